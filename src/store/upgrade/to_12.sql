-- Version 12: alerts know when somebody has to look at them again, each address has a queue of its own,
-- duty is by day of the week, and a class of alerts goes into the digest alone.

pragma defer_foreign_keys = on;

-- For how long the box has been on since it has alerts, by a clock that never jumps. One row.
create table alert_clock (
    only_row integer primary key check (only_row = 1),
    on_ms integer not null check (on_ms >= 0),       -- all of it: the time of critical alerts, budgets and digests
    awake_ms integer not null check (awake_ms >= 0)  -- without quiet hours: the time of all other alerts
) strict;
insert into alert_clock (only_row, on_ms, awake_ms) values (1, 0, 0);

-- Alerts. Only the time of being open and the acknowledgement change.
create temp table alert_before as select * from alert;
drop table alert;
create table alert (
    number integer primary key autoincrement, -- what people say
    id blob not null unique check (length(id) = 16),
    study_id blob not null references study (id),
    class text not null check (class in ('critical', 'suspect', 'digest')),
    findings text not null,              -- codes with commas
    rules_version integer,               -- version of the rules in force; null: the ones that come with the program
    raised_ms integer not null,
    raised_trust text not null check (raised_trust in ('synced', 'unsynced')),
    open_ms integer not null default 0 check (open_ms >= 0), -- how long the box had been on while it was open, up to base_ms
    base_ms integer,                     -- reading of alert_clock from which open_ms goes on: on_ms for critical alerts, else awake_ms; null: not looked at yet, or taken over
    due_ms integer not null default 0,   -- reading of the same at which it has to be looked at again
    ack_by blob references operator (id), -- null: open
    ack_method text check (ack_method in ('page', 'telegram', 'sms', 'report')),
    ack_ms integer,
    ack_trust text check (ack_trust in ('synced', 'unsynced')),
    check ((ack_by is null) = (ack_method is null) and (ack_by is null) = (ack_ms is null)
        and (ack_by is null) = (ack_trust is null))
) strict;
insert into alert (number, id, study_id, class, findings, rules_version, raised_ms, raised_trust, open_ms,
        ack_by, ack_method, ack_ms, ack_trust)
    select number, id, study_id, class, findings, rules_version, raised_ms, raised_trust, open_ms,
        ack_by, ack_method, ack_ms, ack_trust from alert_before;
drop table temp.alert_before;
create index alert_due on alert (class, due_ms) where ack_by is null;
create index alert_by_study on alert (study_id, number);
create trigger alert_stays_acknowledged before update on alert when old.ack_by is not null
begin select raise(abort, 'an acknowledged alert is final'); end;
create trigger alert_is_never_deleted before delete on alert
begin select raise(abort, 'alerts are final'); end;

-- How people are reached.
create temp table contact_before as select * from contact;
drop table contact;
create table contact (
    operator_id blob primary key references operator (id),
    chat_id integer unique,              -- Telegram chat, paired by a one-time code; null: none
    phone text,                          -- E.164; null: none
    least text not null default 'critical' check (least in ('critical', 'suspect')), -- least pressing alert that the person gets
    place integer not null default 100 check (place between 0 and 999), -- order in which people are told
    roster text                          -- hours of duty, "monday 08:00-16:00" with commas; null: always on duty
) strict;
insert into contact (operator_id, chat_id, phone, least, place, roster)
    select operator_id, chat_id, phone, least, place, case when duty_from is not null then
        (select group_concat(day || printf(' %02d:%02d-%02d:%02d', duty_from / 60, duty_from % 60,
                duty_until / 60, duty_until % 60), ',')
            from (select 'monday' as day union all select 'tuesday' union all select 'wednesday'
                union all select 'thursday' union all select 'friday' union all select 'saturday'
                union all select 'sunday'))
        end from contact_before;
drop table temp.contact_before;

-- Messages: critical ones first in every queue.
alter table message add column rank integer not null default 1 check (rank in (0, 1)); -- 0: about a critical alert
alter table message add column on_ms integer; -- alert_clock.on_ms when it was queued, for budgets; null: from before version 12
update message set rank = 0 where alert in (select number from alert where class = 'critical');
drop index message_waits;
create index message_queue on message (channel, address, rank, tries, id) where state = 'queued';
create index message_sending on message (id) where state = 'sending';
create index message_dead on message (id) where state = 'dead';
create index message_by_person on message (operator_id, on_ms) where kind = 'alert';
