-- Version 22: which messages in chats have been changed since somebody took their alert over.

alter table message add column edited integer not null default 0 check (edited in (0, 1)); -- 1: it says who has the alert, or cannot be changed
update message set edited = 1 where alert in (select number from alert where ack_by is not null);
create index message_unedited on message (id) where edited = 0 and channel = 'telegram' and state in ('sent', 'delivered');
-- The newest message to an address.
create index message_by_address on message (channel, address, id);
