-- Version 18: who agreed that support may see how the box is, and until when.

create table support_consent (
    seq integer primary key autoincrement,
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    until_ms integer not null check (until_ms > wall_ms), -- by the same clock
    ended_by blob references operator (id), -- null: not taken back
    ended_ms integer,
    ended_trust text check (ended_trust in ('synced', 'unsynced')),
    check ((ended_by is null) = (ended_ms is null) and (ended_by is null) = (ended_trust is null))
) strict;
create trigger support_consent_stays before delete on support_consent
begin select raise(abort, 'consents are kept'); end;
