-- Version 28: urgent results that the portal hears of by text message while no link comes. docs/sync.md has
-- the whole picture. None of this is a receipt: sync_record alone says what the portal holds.

-- For how long urgent records have waited without being announced, while the box was on.
create table sms_wait (
    seq integer primary key references sync_record (seq),
    waited_ms integer not null default 0 check (waited_ms >= 0),
    unsayable integer not null default 0 check (unsayable in (0, 1)) -- 1: it holds nothing that a digest can say
) strict;

-- Digests. A number is never used again: the portal takes each once.
create table sms_digest (
    counter integer primary key autoincrement check (counter between 1 and 16777215),
    portal blob not null check (length(portal) = 32), -- public key; sealed for it alone
    receiver text not null,              -- the portal's telephone number
    answer blob not null check (length(answer) = 6), -- what it answers once it has opened this one
    state text not null check (state in ('open', 'sent', 'heard', 'dropped')), -- dropped: the link was first
    sent_ms integer,                     -- when the last of its texts left
    sent_trust text check (sent_trust in ('synced', 'unsynced')),
    sent_on_ms integer not null default 0, -- the same by the time that alerts count by
    heard_ms integer,                    -- when the portal's answer came
    heard_trust text check (heard_trust in ('synced', 'unsynced')),
    check ((sent_ms is null) = (sent_trust is null) and (heard_ms is null) = (heard_trust is null))
) strict;
create index sms_digest_waits on sms_digest (counter) where state in ('open', 'sent');

-- Their texts, as they leave and as they are repeated.
create table sms_text (
    counter integer not null references sms_digest (counter),
    part integer not null check (part in (1, 2)),
    text text not null check (length(text) = 160),
    state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'delivered')),
    tries integer not null default 0 check (tries >= 0),
    spent integer not null default 0 check (spent >= 0), -- tries after which it may have left, and cost
    on_ms integer not null default 0,    -- last try, by the time that alerts count by
    fault text,                          -- why the last try failed
    receipt text,                        -- what the way calls it
    primary key (counter, part)
) strict, without rowid;
create index sms_text_waits on sms_text (counter, part) where state in ('queued', 'sending');
create index sms_text_by_receipt on sms_text (receipt) where receipt is not null;
create index sms_text_by_time on sms_text (on_ms) where spent > 0;

-- Which records a digest tells of.
create table sms_announced (
    seq integer not null references sync_record (seq),
    counter integer not null references sms_digest (counter),
    primary key (seq, counter)
) strict, without rowid;
create index sms_announced_by_digest on sms_announced (counter);
