-- Version 11: alerts, who gets them, and every message that went out.

-- What raises an alert, version by version. A version is in force once a second person has confirmed it.
create table alert_rules (
    version integer primary key autoincrement,
    content text not null,               -- canonical text of the rules
    proposed_by blob not null references operator (id),
    proposed_ms integer not null,
    proposed_trust text not null check (proposed_trust in ('synced', 'unsynced')),
    decided_by blob references operator (id), -- null: waits for a second person
    confirmed integer check (confirmed in (0, 1)), -- 0: rejected
    decided_ms integer,
    decided_trust text check (decided_trust in ('synced', 'unsynced')),
    check ((decided_by is null) = (confirmed is null) and (decided_by is null) = (decided_ms is null)
        and (decided_by is null) = (decided_trust is null)),
    check (decided_by <> proposed_by)
) strict;

-- How people are reached.
create table contact (
    operator_id blob primary key references operator (id),
    chat_id integer unique,              -- Telegram chat, paired by a one-time code; null: none
    phone text,                          -- E.164; null: none
    least text not null default 'critical' check (least in ('critical', 'suspect')), -- least pressing alert that the person gets
    place integer not null default 100 check (place between 0 and 999), -- order in which people are told
    duty_from integer check (duty_from between 0 and 1439), -- minute of the local day; null: always on duty
    duty_until integer check (duty_until between 0 and 1439),
    check ((duty_from is null) = (duty_until is null))
) strict;

-- Alerts. Only open_ms and the acknowledgement change.
create table alert (
    number integer primary key autoincrement, -- what people say
    id blob not null unique check (length(id) = 16),
    study_id blob not null references study (id),
    class text not null check (class in ('critical', 'suspect')),
    findings text not null,              -- codes with commas
    rules_version integer,               -- version of the rules in force; null: the ones that come with the program
    raised_ms integer not null,
    raised_trust text not null check (raised_trust in ('synced', 'unsynced')),
    open_ms integer not null default 0 check (open_ms >= 0), -- how long the box has been on while it was open
    ack_by blob references operator (id), -- null: open
    ack_method text check (ack_method in ('page', 'telegram', 'sms', 'report')),
    ack_ms integer,
    ack_trust text check (ack_trust in ('synced', 'unsynced')),
    check ((ack_by is null) = (ack_method is null) and (ack_by is null) = (ack_ms is null)
        and (ack_by is null) = (ack_trust is null))
) strict;
create index alert_open on alert (number) where ack_by is null;
create index alert_by_study on alert (study_id, number);
create trigger alert_stays_acknowledged before update on alert when old.ack_by is not null
begin select raise(abort, 'an acknowledged alert is final'); end;
create trigger alert_is_never_deleted before delete on alert
begin select raise(abort, 'alerts are final'); end;

-- Messages: the outbox. A row is written before anything is sent.
create table message (
    id integer primary key autoincrement,
    alert integer references alert (number), -- null: a test or a digest
    kind text not null check (kind in ('alert', 'test', 'digest')),
    operator_id blob not null references operator (id),
    channel text not null check (channel in ('telegram', 'sms')),
    address text not null,
    round integer not null check (round >= 0), -- which telling of that address it is
    state text not null default 'queued'
        check (state in ('queued', 'sending', 'sent', 'delivered', 'dead', 'dropped')),
    tries integer not null default 0 check (tries >= 0),
    repeat integer not null default 0 check (repeat in (0, 1)), -- a try before had no known end: it may arrive twice
    fault text,                          -- why the last try failed
    receipt text,                        -- what the service calls it
    queued_ms integer not null,
    queued_trust text not null check (queued_trust in ('synced', 'unsynced')),
    sent_ms integer,                     -- when the service took it
    sent_trust text check (sent_trust in ('synced', 'unsynced')),
    check ((kind = 'alert') = (alert is not null)),
    check ((sent_ms is null) = (sent_trust is null))
) strict;
create unique index message_once on message (alert, channel, address, round) where kind = 'alert';
create index message_waits on message (id) where state in ('queued', 'sending');
create index message_by_alert on message (alert, id);
create index message_by_receipt on message (channel, receipt);

-- What happened to an alert, for the proof. Rows are never changed or removed.
create table alert_event (
    seq integer primary key autoincrement,
    alert integer not null references alert (number),
    kind text not null,
    operator_id blob,                    -- about whom, or who; null: nobody
    detail text not null default '',     -- codes only
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;
create index alert_event_by_alert on alert_event (alert, seq);
create trigger alert_event_is_final_update before update on alert_event
begin select raise(abort, 'events are final'); end;
create trigger alert_event_is_final_delete before delete on alert_event
begin select raise(abort, 'events are final'); end;
