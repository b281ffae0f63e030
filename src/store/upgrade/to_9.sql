-- Version 9: accounts that are closed and reset, sessions that are seen and ended.

pragma defer_foreign_keys = on;

create temp table session_before as select * from session;
drop table session;

-- Operators: a fourth role, passwords beside PINs, accounts that are closed.
create temp table operator_before as select * from operator;
drop table operator;
create table operator (
    id blob primary key check (length(id) = 16),
    name text not null unique,           -- shown on the login page
    role text not null check (role in ('technician', 'physician', 'administrator', 'support')),
    active integer not null default 1 check (active in (0, 1)), -- 0: may not log in any more
    language text,                       -- code of the language that the person chose; null: none chosen
    passcode_hash text not null,         -- argon2id, PHC string
    passcode_kind text not null check (passcode_kind in ('pin', 'password')),
    must_choose integer not null default 0 check (must_choose in (0, 1)), -- 1: set by somebody else, good for choosing a new one only
    failures integer not null default 0 check (failures >= 0), -- wrong passcodes since the last right one
    failed_ms integer not null default 0,
    failed_trust text not null default 'unsynced' check (failed_trust in ('synced', 'unsynced'))
) strict;
insert into operator (id, name, role, passcode_hash, passcode_kind, failures, failed_ms, failed_trust)
    select id, name, role, pin_hash, 'pin', failures, failed_ms, failed_trust from operator_before;
drop table temp.operator_before;

-- Sessions hold what a person needs to know them by.
create table session (
    id integer primary key autoincrement, -- what the list of sessions calls it
    token_hash blob not null unique check (length(token_hash) = 32), -- SHA-256 of the cookie
    operator_id blob not null references operator (id),
    device text not null,                -- kind of phone or computer, words from a fixed list
    opened_ms integer not null,
    opened_trust text not null check (opened_trust in ('synced', 'unsynced')),
    seen_ms integer not null,            -- last request of a person
    seen_trust text not null check (seen_trust in ('synced', 'unsynced'))
) strict;
create index session_by_operator on session (operator_id);
insert into session (token_hash, operator_id, device, opened_ms, opened_trust, seen_ms, seen_trust)
    select token_hash, operator_id, '', seen_ms, seen_trust, seen_ms, seen_trust from session_before;
drop table temp.session_before;
