-- Version 26: alerts reach the portal: when one was raised, first sent, on a phone, and taken over.

pragma defer_foreign_keys = on;

-- Records: the table is written anew, since a check cannot be changed. The index saves a look at all receipts for
-- every row.
create index sync_receipt_by_seq on sync_receipt (seq);
create temp table sync_record_before as select * from sync_record;
drop table sync_record;
create table sync_record (
    seq integer primary key autoincrement, -- number on this box, without gaps, never used again
    kind text not null check (kind in ('urgent', 'study', 'result', 'follow_up', 'alert', 'report', 'image')),
    lane integer not null generated always as (case kind when 'urgent' then 0 when 'report' then 2
        when 'image' then 3 else 1 end) stored, -- order of sending, before seq
    study_id blob not null references study (id),
    part integer not null default 0,     -- which version of a report, number of an alert; other kinds: 0
    digest blob check (length(digest) = 32), -- SHA-256 of the radiograph, kind image alone
    changed integer not null default 0,  -- counts changes of what it tells, until its content is fixed
    hash blob check (length(hash) = 32), -- SHA-256 of its content; null: never fixed yet
    body blob,                           -- its content, compressed, from when it is fixed to the receipt
    size_bytes integer check (size_bytes >= 0), -- on the wire; null: not known yet
    held_bytes integer not null default 0 check (held_bytes >= 0), -- how much of an image the portal has
    refused text,                        -- why it is parked, a code; null: it is not
    done integer not null default 0 check (done in (0, 1)), -- 1: the receipt is there
    check ((kind = 'image') = (digest is not null)),
    check (kind <> 'image' or hash = digest),
    check ((kind in ('alert', 'report')) = (part > 0))
) strict;
insert into sync_record (seq, kind, study_id, part, digest, changed, hash, body, size_bytes, held_bytes, refused, done)
    select seq, kind, study_id, part, digest, changed, hash, body, size_bytes, held_bytes, refused, done
        from sync_record_before order by seq;
drop table temp.sync_record_before;
drop index sync_receipt_by_seq;
create index sync_record_waits on sync_record (lane, seq) where done = 0;
create unique index sync_record_open on sync_record (kind, study_id, part) where hash is null;
create unique index sync_record_image on sync_record (digest) where kind = 'image';

-- What is new about an alert is told by its record that waits with its content open, or by one record more.
create view sync_alert_news as select number from alert;
create trigger tell_sync_alert_news instead of insert on sync_alert_news begin
    update sync_record set changed = changed + 1
        where kind = 'alert' and part = new.number and hash is null
            and study_id = (select study_id from alert where number = new.number);
    insert into sync_record (kind, study_id, part)
        select 'alert', study_id, number from alert where number = new.number and not exists
            (select 1 from sync_record where kind = 'alert' and part = new.number and hash is null
                and study_id = alert.study_id);
end;
create trigger sync_alert_raised after insert on alert begin
    insert into sync_alert_news values (new.number);
end;
create trigger sync_alert_taken_over after update of ack_by on alert
when new.ack_by is not null and old.ack_by is null begin
    insert into sync_alert_news values (new.number);
end;
-- The first message that a service took, and the first one that is on a phone.
create trigger sync_alert_told after insert on alert_event
when new.kind in ('sent', 'delivered') and not exists
    (select 1 from alert_event where alert = new.alert and kind = new.kind and seq < new.seq) begin
    insert into sync_alert_news values (new.alert);
end;

-- What was there before.
insert into sync_record (kind, study_id, part) select 'alert', study_id, number from alert order by number;
