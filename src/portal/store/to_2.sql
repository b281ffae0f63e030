-- Version 2: orders for boxes, the films that a radiologist reads, and the people of the portal.

-- Orders. What they say is final; what became of them comes from the box.
create table box_order (
    box_id blob not null references box (id),
    number integer not null check (number > 0), -- for this box, without gaps
    kind text not null,
    lane integer not null,               -- order of sending, before number
    study blob check (length(study) = 16), -- a review: of which study
    hash blob not null check (length(hash) = 32), -- SHA-256 of body
    body text not null,
    made_by text not null,
    made_ms integer not null,
    signature blob not null check (length(signature) = 64),
    outcome text check (outcome in ('kept', 'waiting', 'done', 'refused', 'withdrawn')), -- null: nothing heard
    reason text not null default '',     -- why it was refused, a code
    heard_ms integer,                    -- when the box said so
    primary key (box_id, number)
) strict;
create index box_order_waits on box_order (box_id, lane, number) where outcome is null;
create index box_order_by_study on box_order (box_id, study, number) where study is not null;
create trigger box_order_is_final_update
before update of box_id, number, kind, lane, study, hash, body, made_by, made_ms, signature on box_order
begin select raise(abort, 'orders are final'); end;
create trigger box_order_is_final_delete before delete on box_order
begin select raise(abort, 'orders are final'); end;

-- Studies as the newest record tells them, for the worklist. Everything here follows from the records.
create table examination (
    box_id blob not null references box (id),
    study blob not null check (length(study) = 16),
    told_seq integer not null,           -- the record that said state, urgency and patient
    number text not null,                -- the number that people of the box say
    name text not null,
    state text not null,
    urgency text,                        -- null: no reading
    turn integer not null generated always as (case urgency when 'urgent' then 0 when 'soon' then 1
        when 'routine' then 2 else 3 end) stored,
    result_seq integer,                  -- the record with the reading in force; null: none
    result_place integer references record (place),
    radiograph blob check (length(radiograph) = 32), -- SHA-256 of what was read
    signed integer not null default 0 check (signed in (0, 1)), -- 1: a physician of the box has signed
    received_ms integer not null,        -- first record
    read_ms integer,                     -- when somebody of the portal read it last; null: nobody
    primary key (box_id, study)
) strict;
create index examination_waits on examination (turn, received_ms)
    where result_place is not null and read_ms is null and state <> 'voided';
create index examination_read on examination (read_ms) where read_ms is not null;

-- People who read films for the portal.
create table reader (
    id integer primary key autoincrement,
    name text not null unique,
    secret text not null,                -- argon2id, PHC notation
    must_choose integer not null check (must_choose in (0, 1)), -- 1: the secret is a code that works once
    made_ms integer not null,
    closed_ms integer,                   -- null: may read
    failures integer not null default 0, -- wrong tries since the last right one
    failed_ms integer not null default 0
) strict;
create table reader_session (
    token blob primary key check (length(token) = 32), -- SHA-256; the token itself is not kept
    reader_id integer not null references reader (id),
    seen_ms integer not null
) strict, without rowid;
