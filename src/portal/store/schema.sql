-- A portal's database, version 1. Every table is strict; the program refuses a version it does not know.

-- Facts about this portal.
create table portal (
    key text primary key,
    value blob not null
) strict;

-- Enrolment codes. Each works for one box.
create table code (
    hash blob primary key check (length(hash) = 32), -- SHA-256; the code itself is not kept
    made_ms integer not null,            -- ms since 1970 UTC, by the portal's clock
    box_key blob check (length(box_key) = 32) -- which box used it; null: nobody yet
) strict;

-- Boxes.
create table box (
    id blob primary key check (length(id) = 16), -- first half of the SHA-256 of the key
    public_key blob not null unique check (length(public_key) = 32),
    name text not null,                  -- what its site is called, as it says
    enrolled_ms integer not null,
    revoked_ms integer,                  -- null: it may speak
    seen_ms integer,                     -- when it last said how it is; null: never
    version text not null default '',    -- the rest: as it said then
    made integer not null default 0,
    through integer not null default 0,
    urgent integer not null default 0,   -- what waits on it, lane by lane
    results integer not null default 0,
    reports integer not null default 0,
    images integer not null default 0,
    parked integer not null default 0,
    disk_free_mib integer not null default 0,
    digest_place integer not null default 0, -- up to which place the digest below was made
    digest_count integer not null default 0,
    digest blob                          -- SHA-256 over "seq hash" lines of all its records
) strict;

-- Records, as they came. Rows are never changed or removed. The same number with another hash is a row
-- of its own: both are kept.
create table record (
    place integer primary key autoincrement, -- the portal's number for it
    box_id blob not null references box (id),
    seq integer not null check (seq > 0), -- the box's number for it
    kind text not null check (kind in ('urgent', 'study', 'result', 'follow_up', 'report', 'image')),
    study blob check (length(study) = 16), -- null: an image
    hash blob not null check (length(hash) = 32),
    body blob,                           -- the bundle, compressed; null: the file images/<hash>
    size_bytes integer not null,         -- of the bundle or the file
    received_ms integer not null,        -- in the receipt
    signature blob not null check (length(signature) = 64), -- of the receipt
    unique (box_id, seq, hash),
    check ((kind = 'image') = (body is null) and (kind = 'image') = (study is null))
) strict;
create index record_by_box on record (box_id, place);
create index record_by_study on record (study, place) where study is not null;
create trigger record_is_final_update before update on record
begin select raise(abort, 'records are final'); end;
create trigger record_is_final_delete before delete on record
begin select raise(abort, 'records are final'); end;
