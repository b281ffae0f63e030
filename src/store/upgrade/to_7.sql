-- Version 7: reports that a physician signs, their chain of versions, and films read in batches.

-- Operators with the role that signs: the table is written anew, since a check cannot be changed.
pragma defer_foreign_keys = on;
create temp table operator_before as select * from operator;
drop table operator;
create table operator (
    id blob primary key check (length(id) = 16),
    name text not null unique,           -- shown on the login page
    role text not null check (role in ('technician', 'physician', 'administrator')),
    pin_hash text not null,              -- argon2id, PHC string
    failures integer not null default 0 check (failures >= 0), -- wrong PINs since the last right one
    failed_ms integer not null default 0,
    failed_trust text not null default 'unsynced' check (failed_trust in ('synced', 'unsynced'))
) strict;
insert into operator (id, name, role, pin_hash, failures, failed_ms, failed_trust)
    select id, name, role, pin_hash, failures, failed_ms, failed_trust from operator_before;
drop table temp.operator_before;

-- The reading in force, and whether it may be signed together with others; 0: read it by itself.
alter table study add column reading_photo_id blob references photo (id);
alter table study add column unremarkable integer not null default 0 check (unremarkable in (0, 1));

-- What a physician has written and not signed yet: one draft of a study, the last that was saved.
create table report_draft (
    study_id blob primary key references study (id),
    revision integer not null check (revision > 0), -- counts saves: an old page cannot undo a new one
    radiograph blob not null check (length(radiograph) = 32), -- what was looked at
    opinions text not null,              -- finding=opinion with commas; undecided ones left out
    conclusion text not null,
    recommendation text not null,
    saved_by blob not null references operator (id),
    saved_ms integer not null,
    saved_trust text not null check (saved_trust in ('synced', 'unsynced'))
) strict;

-- Signed versions of reports. Rows are never changed or removed.
create table report_version (
    study_id blob not null references study (id),
    version integer not null check (version > 0), -- from 1, without gaps
    study_number integer not null,       -- as it was signed
    previous blob check (length(previous) = 32), -- hash of the version before; null: the first
    signer_id blob not null references operator (id),
    signer_name text not null,           -- the name under the report
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    how text not null check (how in ('singly', 'audit_sample', 'batch')),
    reason text not null,                -- why it was amended; empty: the first version
    content text not null,               -- canonical text of the report
    hash blob not null check (length(hash) = 32), -- SHA-256 over all of the above
    primary key (study_id, version),
    check ((version = 1) = (previous is null) and (version = 1) = (reason = ''))
) strict;
create trigger report_version_is_final_update before update on report_version
begin select raise(abort, 'signed reports are final'); end;
create trigger report_version_is_final_delete before delete on report_version
begin select raise(abort, 'signed reports are final'); end;

-- A batch of films for one signature.
create table review_batch (
    seq integer primary key autoincrement,
    operator_id blob not null references operator (id), -- for whom it was drawn
    audit_percent integer not null check (audit_percent between 1 and 100), -- share in force
    drawn_ms integer not null,
    drawn_trust text not null check (drawn_trust in ('synced', 'unsynced'))
) strict;

-- The films of a batch, and which of them chance took out to be read by themselves.
create table review_member (
    study_id blob primary key references study (id), -- once drawn, never drawn again
    batch integer not null references review_batch (seq),
    sampled integer not null check (sampled in (0, 1)), -- 1: to be read by itself
    study_version integer not null       -- seq of the study's last event when it was drawn
) strict;
create index review_member_by_batch on review_member (batch);
