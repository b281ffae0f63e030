-- Version 17: Telegram groups that alerts go to as well.

-- Paired by a code that an administrator made.
create table chat_group (
    chat_id integer primary key check (chat_id < 0), -- Telegram's number of it; groups have negative ones
    title text not null,
    standing text not null check (standing in ('in', 'out')), -- out: the bot was removed, or the group is gone
    paired_by blob not null references operator (id), -- who made the code
    paired_ms integer not null,
    paired_trust text not null check (paired_trust in ('synced', 'unsynced'))
) strict;
