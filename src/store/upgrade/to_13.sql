-- Version 13: what has to reach the portal, and the proof that it did. docs/sync.md has the whole picture.

-- One row for each record. Written by the triggers below, in the transaction that makes the fact.
create table sync_record (
    seq integer primary key autoincrement, -- number on this box, without gaps, never used again
    kind text not null check (kind in ('urgent', 'study', 'result', 'follow_up', 'report', 'image')),
    lane integer not null generated always as (case kind when 'urgent' then 0 when 'report' then 2
        when 'image' then 3 else 1 end) stored, -- order of sending, before seq
    study_id blob not null references study (id),
    part integer not null default 0,     -- which version of a report; other kinds: 0
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
    check ((kind = 'report') = (part > 0))
) strict;
create index sync_record_waits on sync_record (lane, seq) where done = 0;
create unique index sync_record_open on sync_record (kind, study_id, part) where hash is null;
create unique index sync_record_image on sync_record (digest) where kind = 'image';

-- What portals have signed for. Rows are never changed or removed.
create table sync_receipt (
    portal blob not null check (length(portal) = 32), -- public key
    seq integer not null references sync_record (seq),
    hash blob not null check (length(hash) = 32), -- what it signed for
    place integer not null check (place >= 0), -- the portal's own number for it
    portal_ms integer not null,          -- when, by the portal's clock
    signature blob not null check (length(signature) = 64),
    wall_ms integer not null,            -- when the receipt came in, by the box's clock
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    primary key (portal, seq, hash)
) strict;
create trigger sync_receipt_is_final_update before update on sync_receipt
begin select raise(abort, 'receipts are final'); end;
create trigger sync_receipt_is_final_delete before delete on sync_receipt
begin select raise(abort, 'receipts are final'); end;

-- The facts that make records. While a record of the same kind and study waits with its content open, it
-- will tell the newest state anyway: its counter moves instead, so that it is not fixed from an old one.
create trigger sync_study_registered after insert on study begin
    update sync_record set changed = changed + 1
        where kind = 'study' and study_id = new.id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'study', new.id where not exists (select 1 from sync_record
            where kind = 'study' and study_id = new.id and part = 0 and hash is null);
end;
create trigger sync_study_moved after update of state on study
when new.state <> old.state and new.state in ('retake_asked', 'held', 'voided') begin
    update sync_record set changed = changed + 1
        where kind = 'study' and study_id = new.id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'study', new.id where not exists (select 1 from sync_record
            where kind = 'study' and study_id = new.id and part = 0 and hash is null);
end;
create trigger sync_reading_shown after update of reading_photo_id on study
when new.reading_photo_id is not null begin
    update sync_record set changed = changed + 1
        where kind = 'result' and study_id = new.id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'result', new.id where not exists (select 1 from sync_record
            where kind = 'result' and study_id = new.id and part = 0 and hash is null);
end;
create trigger sync_reading_withdrawn after update of reading_photo_id on study
when new.reading_photo_id is null and old.reading_photo_id is not null begin
    update sync_record set changed = changed + 1
        where kind = 'study' and study_id = new.id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'study', new.id where not exists (select 1 from sync_record
            where kind = 'study' and study_id = new.id and part = 0 and hash is null);
end;
create trigger sync_urgent after update of urgency on study
when new.urgency = 'urgent' and (old.urgency is not 'urgent' or old.reading_photo_id is not new.reading_photo_id) begin
    update sync_record set changed = changed + 1
        where kind = 'urgent' and study_id = new.id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'urgent', new.id where not exists (select 1 from sync_record
            where kind = 'urgent' and study_id = new.id and part = 0 and hash is null);
end;
create trigger sync_patient_changed after update on patient begin
    update sync_record set changed = changed + 1 where hash is null and kind <> 'image'
        and study_id in (select id from study where patient_id = new.id);
    insert into sync_record (kind, study_id) select 'study', id from study
        where patient_id = new.id and not exists (select 1 from sync_record
            where kind = 'study' and study_id = study.id and hash is null);
end;
create trigger sync_suspicion after insert on suspicion begin
    update sync_record set changed = changed + 1
        where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'follow_up', new.study_id where not exists (select 1 from sync_record
            where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null);
end;
create trigger sync_suspicion_changed after update on suspicion
when new.open <> old.open or new.source <> old.source begin
    update sync_record set changed = changed + 1
        where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'follow_up', new.study_id where not exists (select 1 from sync_record
            where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null);
end;
create trigger sync_test_ordered after insert on test_order begin
    update sync_record set changed = changed + 1
        where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'follow_up', new.study_id where not exists (select 1 from sync_record
            where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null);
end;
create trigger sync_test_result after insert on test_result begin
    update sync_record set changed = changed + 1
        where kind = 'follow_up' and study_id = (select study_id from test_order where id = new.order_id) and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'follow_up', (select study_id from test_order where id = new.order_id) where not exists (select 1 from sync_record
            where kind = 'follow_up' and study_id = (select study_id from test_order where id = new.order_id) and part = 0 and hash is null);
end;
create trigger sync_outcome after insert on outcome begin
    update sync_record set changed = changed + 1
        where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select 'follow_up', new.study_id where not exists (select 1 from sync_record
            where kind = 'follow_up' and study_id = new.study_id and part = 0 and hash is null);
end;
create trigger sync_report_signed after insert on report_version begin
    insert into sync_record (kind, study_id, part) values ('report', new.study_id, new.version);
end;
create trigger sync_radiograph after insert on digitised begin
    insert into sync_record (kind, study_id, digest, hash)
        select 'image', study_id, new.radiograph, new.radiograph from photo
        where id = new.photo_id and not exists
            (select 1 from sync_record where kind = 'image' and digest = new.radiograph);
end;

-- What was there before: everything goes, oldest study first.
insert into sync_record (kind, study_id) select 'urgent', id from study
    where urgency = 'urgent' and state not in ('signed', 'voided') order by number;
insert into sync_record (kind, study_id)
    select case when reading_photo_id is null then 'study' else 'result' end, id from study order by number;
insert into sync_record (kind, study_id) select distinct 'follow_up', id from study
    where id in (select study_id from suspicion) or id in (select study_id from test_order)
        or id in (select study_id from outcome) order by number;
insert into sync_record (kind, study_id, part)
    select 'report', study_id, version from report_version order by study_number, version;
insert into sync_record (kind, study_id, digest, hash)
    select 'image', study_id, radiograph, radiograph from digitised join photo on photo.id = photo_id
    group by radiograph order by min(photo.seq);
