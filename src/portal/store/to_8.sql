-- Version 7: urgent results that boxes announce by text message. docs/sync.md has the whole picture.

-- Keys by which the texts of a box are known, as it has told in requests that it had signed.
create table sms_key (
    box_id blob not null references box (id),
    key blob not null check (length(key) = 32), -- X25519
    tag blob not null check (length(tag) = 4), -- first bytes of its SHA-256
    told_ms integer not null,
    primary key (box_id, key)
) strict;
create index sms_key_by_tag on sms_key (tag);

-- Texts of digests, until a week after they came: a half that comes twice is known.
create table sms_text (
    hash blob primary key check (length(hash) = 32), -- SHA-256 of tag, counter, place and piece
    tag blob not null check (length(tag) = 4),
    counter integer not null,
    texts integer not null check (texts in (1, 2)), -- in how many the digest comes
    place integer not null check (place between 1 and 2),
    piece blob not null,                 -- its share of what is sealed
    came_ms integer not null,
    done integer not null default 0 check (done in (0, 1)) -- 1: its digest was opened
) strict;
create index sms_text_by_name on sms_text (tag, counter, texts);
create index sms_text_by_time on sms_text (came_ms);

-- Digests that were opened. Rows are never removed: a repetition is known by its hash for ever. The same
-- number with another content is a row of its own: a box was restored from an old copy.
create table sms_digest (
    box_id blob not null references box (id),
    counter integer not null,            -- the box's number for it
    hash blob not null check (length(hash) = 32), -- SHA-256 of what was sealed
    made_ms integer not null,            -- by the box's clock, to the minute
    made_trust text not null check (made_trust in ('synced', 'unsynced')),
    waiting integer not null,            -- urgent records that waited on the box; 255: that many or more
    came_ms integer not null,            -- when it was whole, by the portal's clock
    primary key (box_id, counter, hash)
) strict;

-- Results that they tell of.
create table announcement (
    box_id blob not null references box (id),
    seq integer not null,                -- the box's number for the record
    hash blob not null,                  -- of the digest
    study_number integer not null,       -- the number that people of the box say
    known_ms integer,                    -- when the box knew it, by its clock; null: it did not say
    known_trust text check (known_trust in ('synced', 'unsynced')),
    alert text not null check (alert in ('open', 'none', 'acknowledged')),
    findings text not null,              -- code, score, threshold, band in 1/255, with commas between findings
    more integer not null check (more in (0, 1)), -- 1: there are further findings
    came_ms integer not null,
    state text not null check (state in ('waits', 'arrived', 'differs')), -- of the record that it tells of
    study blob check (length(study) = 16), -- of that record, once it is there
    settled_ms integer,
    looked_by text,                      -- who has seen that record and announcement differ
    looked_ms integer,
    primary key (box_id, seq, hash)
) strict;
create index announcement_waits on announcement (box_id, seq) where state <> 'arrived';
