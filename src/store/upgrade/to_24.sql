-- Version 24: proposed amendments, orders that cannot be trusted, keys of the portal that follow one another, alerts
-- for what a radiologist of the portal sees. docs/sync.md has the whole picture.

-- Amendments that a radiologist of the portal proposes. Rows are never changed or removed.
create table portal_amendment (
    portal blob not null,
    number integer not null,
    hash blob not null,
    study_id blob not null references study (id),
    follows blob not null check (length(follows) = 32), -- hash of the signed version that it follows
    radiograph blob not null check (length(radiograph) = 32), -- SHA-256 of what was looked at
    reader text not null,
    proposed_ms integer not null,        -- by the portal's clock
    opinions text not null,              -- finding=opinion, with commas
    conclusion text not null,
    recommendation text not null,
    reason text not null,
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    primary key (portal, number, hash),
    foreign key (portal, number, hash) references portal_order (portal, number, hash)
) strict;
create index portal_amendment_by_study on portal_amendment (study_id);
create index portal_amendment_by_hash on portal_amendment (hash);
create trigger portal_amendment_is_final_update before update on portal_amendment
begin select raise(abort, 'proposals are final'); end;
create trigger portal_amendment_is_final_delete before delete on portal_amendment
begin select raise(abort, 'proposals are final'); end;

-- What a physician of the box made of one. One answer each, for good.
create table amendment_answer (
    portal blob not null,
    number integer not null,
    hash blob not null,
    version integer,                     -- the box's own version that takes it over; null: declined
    reason text not null,                -- why it was declined; empty when taken over
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    primary key (portal, number, hash),
    foreign key (portal, number, hash) references portal_amendment (portal, number, hash),
    check ((version is null) = (reason <> ''))
) strict;
create trigger amendment_answer_is_final_update before update on amendment_answer
begin select raise(abort, 'answers are final'); end;
create trigger amendment_answer_is_final_delete before delete on amendment_answer
begin select raise(abort, 'answers are final'); end;

-- What a person of the box wrote to the portal about an order.
alter table portal_order add column words text not null default '';

-- Whose words of the portal were taken over into a draft: lines as in the signed text.
alter table report_draft add column credits text not null default '';

-- Orders that were not signed by the portal for this box, or cannot be kept. Nothing is done for them, they hold up
-- no other, and their numbers count for nothing.
create table parked_order (
    portal blob not null check (length(portal) = 32),
    number integer not null check (number > 0),
    hash blob not null check (length(hash) = 32), -- as it came
    kind text not null,                  -- as it came
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    told integer not null default 0 check (told in (0, 1)), -- 1: the portal knows that it is refused
    primary key (portal, number, hash)
) strict;

-- Keys that a portal has announced. A portal is called after its first key for good.
create table portal_key (
    seq integer primary key autoincrement,
    portal blob not null check (length(portal) = 32), -- its first key
    key blob not null check (length(key) = 32),
    number integer not null,             -- of the order
    used integer not null default 0 check (used in (0, 1)), -- 1: the portal has shown it
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    unique (portal, key)
) strict;

-- Who found what an alert is about.
alter table alert add column source text not null default 'box' check (source in ('box', 'portal'));
