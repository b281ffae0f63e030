-- Version 6: programs and settings that go to boxes ring by ring.

-- Bundles that boxes may be given: whole, signed, looked into before they were kept.
create table bundle (
    hash blob primary key check (length(hash) = 32), -- SHA-256 of the file
    size_bytes integer not null check (size_bytes > 0),
    version text not null,
    target text not null,                -- for which machines, a target triple
    from_min text not null,              -- oldest program that takes it
    packs text not null,                 -- id@version of model packs in it, with commas
    added_ms integer not null
) strict;
-- Their bytes, in pieces of one size but for the last; a bundle without its row above is not whole yet.
create table bundle_piece (
    hash blob not null check (length(hash) = 32),
    number integer not null check (number >= 0),
    bytes blob not null,
    primary key (hash, number)
) strict;

-- Boxes that are in another ring than the usual one.
create table box_ring (
    box_id blob primary key references box (id),
    ring integer not null check (ring between 0 and 3)
) strict;

-- Which program a box is, as it said last.
create table box_program (
    box_id blob primary key references box (id),
    target text not null,
    on_ms integer not null,              -- how long it has been on in its life
    failed text not null,                -- the last version from which it went back; empty: none
    order_number integer,                -- of the bundle that comes to it; null: none does
    stage text not null,                 -- how far that is
    held_bytes integer not null
) strict;

create table rollout (
    id integer primary key,
    bundle blob references bundle (hash), -- null: settings
    settings text not null,              -- name=value, line by line; empty: a bundle
    made_by text not null,
    made_ms integer not null,
    soak_hours integer not null,
    share_percent integer not null,
    seen_days integer not null,
    state text not null check (state in ('running', 'held', 'stopped', 'finished', 'withdrawn')),
    ring integer not null check (ring between 0 and 3),
    changes integer not null default 0,  -- counts moves: two that look at once make each one once
    settled integer not null default 0 check (settled in (0, 1)), -- 1: nothing is left to take back
    check ((bundle is null) = (settings <> ''))
) strict;

-- Boxes that were asked.
create table rollout_box (
    rollout integer not null references rollout (id),
    box_id blob not null references box (id),
    number integer not null,             -- of the order
    recalled integer not null default 0 check (recalled between 0 and 2), -- 1: let it be for now, 2: for good
    done_on_ms integer,                  -- on time of the box when it was first heard of as done
    excused integer not null default 0 check (excused in (0, 1)), -- 1: somebody looked at what is wrong
    primary key (rollout, box_id)
) strict;
create index rollout_box_of_box on rollout_box (box_id, rollout);

-- What happened, and who did it; nobody: the portal by its rule.
create table rollout_event (
    rollout integer not null references rollout (id),
    number integer not null,
    made_ms integer not null,
    made_by text not null,
    kind text not null,
    box_id blob check (length(box_id) = 16),
    detail text not null,                -- a code, or the number of a ring
    primary key (rollout, number)
) strict;
create trigger rollout_event_is_final_update before update on rollout_event
begin select raise(abort, 'events are final'); end;
create trigger rollout_event_is_final_delete before delete on rollout_event
begin select raise(abort, 'events are final'); end;
