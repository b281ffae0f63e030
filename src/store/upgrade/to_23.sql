-- Version 23: what the portal asks of this box, and what became of it. docs/sync.md has the whole picture.

-- Orders as they came. What they say is final; what became of them is not.
create table portal_order (
    portal blob not null check (length(portal) = 32), -- public key
    number integer not null check (number > 0), -- the portal's own number for it, for this box
    hash blob not null check (length(hash) = 32), -- SHA-256 of body
    kind text not null,                  -- known to this program or not
    body text not null,                  -- what is asked, as it was signed
    portal_ms integer not null,          -- when it was made, by the portal's clock
    signature blob not null check (length(signature) = 64),
    wall_ms integer not null,            -- when it was taken in, by the box's clock
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    outcome text not null check (outcome in ('kept', 'waiting', 'done', 'refused')),
    reason text not null default '',     -- why it was refused, a code
    told integer not null default 0 check (told in (0, 1)), -- 1: the portal knows the outcome
    primary key (portal, number, hash),
    check ((outcome = 'refused') = (reason <> ''))
) strict;
create index portal_order_untold on portal_order (portal, number) where told = 0;
create trigger portal_order_is_final_update
before update of portal, number, hash, kind, body, portal_ms, signature, wall_ms, clock_trust on portal_order
begin select raise(abort, 'orders are final'); end;
create trigger portal_order_is_final_delete before delete on portal_order
begin select raise(abort, 'orders are final'); end;

-- Second opinions. Rows are never changed or removed: they stand beside what the box and its people say.
create table portal_review (
    portal blob not null,
    number integer not null,
    hash blob not null,
    study_id blob not null references study (id),
    radiograph blob not null check (length(radiograph) = 32), -- SHA-256 of what was looked at
    reader text not null,
    read_ms integer not null,            -- by the portal's clock
    opinions text not null,              -- finding=opinion, with commas
    beyond text not null,                -- findings that the box had not pointed at, with commas
    conclusion text not null,
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    primary key (portal, number, hash),
    foreign key (portal, number, hash) references portal_order (portal, number, hash)
) strict;
create index portal_review_by_study on portal_review (study_id);
create trigger portal_review_is_final_update before update on portal_review
begin select raise(abort, 'reviews are final'); end;
create trigger portal_review_is_final_delete before delete on portal_review
begin select raise(abort, 'reviews are final'); end;

-- Studies on which the portal sees more than the box, until a physician has signed since, or said so.
create table review_alarm (
    study_id blob primary key references study (id)
) strict, without rowid;
create trigger review_alarm_settled after insert on report_version begin
    delete from review_alarm where study_id = new.study_id;
end;

-- Settings in force because the portal has set them.
create table portal_setting (
    name text primary key,
    value text not null,
    set_by text not null,                -- as the portal names them
    number integer not null,             -- of the order
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict, without rowid;
