-- Version 20: what goes to a PACS as DICOM objects, and how far each is. docs/sync.md has the whole picture.

-- One row for each object. Written by the triggers below, in the transaction that makes the fact.
create table pacs_object (
    seq integer primary key autoincrement, -- order of sending, after tries
    kind text not null check (kind in ('film', 'reading', 'report')),
    study_id blob not null references study (id),
    part integer not null default 0,     -- which version of a report; other kinds: 0
    changed integer not null default 0,  -- counts changes of what it shows, until the PACS has it
    tries integer not null default 0,    -- how often the PACS failed over it: others go first
    state text not null default 'waiting' check (state in ('waiting', 'stored', 'refused', 'dropped')),
    uid text,                            -- SOP Instance UID that the PACS says it has
    reason text,                         -- what it said when it refused
    wall_ms integer,                     -- when it was stored, by the box's clock
    clock_trust text check (clock_trust in ('synced', 'unsynced')),
    check ((state = 'stored') = (uid is not null)),
    check ((state = 'refused') = (reason is not null)),
    check ((uid is null) = (wall_ms is null) and (uid is null) = (clock_trust is null)),
    check ((kind = 'report') = (part > 0))
) strict;
create index pacs_object_waits on pacs_object (tries, seq) where state = 'waiting';
create index pacs_object_of_study on pacs_object (study_id, kind);
create unique index pacs_object_open on pacs_object (kind, study_id, part) where state in ('waiting', 'refused');

-- The facts that make objects. While one of the same kind and study is open, it will show the newest state
-- anyway: its counter moves instead, so that one made from an old state does not count as sent.
create view pacs_news as select kind, study_id from pacs_object;
create trigger tell_pacs_news instead of insert on pacs_news begin
    update pacs_object set changed = changed + 1, tries = 0, state = 'waiting', reason = null
        where kind = new.kind and study_id = new.study_id and state in ('waiting', 'refused');
    insert into pacs_object (kind, study_id)
        select new.kind, new.study_id where not exists (select 1 from pacs_object
            where kind = new.kind and study_id = new.study_id and state in ('waiting', 'refused'));
end;
create trigger pacs_reading_shown after update of reading_photo_id on study
when new.reading_photo_id is not null begin
    insert into pacs_news values ('film', new.id);
    insert into pacs_news values ('reading', new.id);
end;
create trigger pacs_report_signed after insert on report_version begin
    insert into pacs_object (kind, study_id, part) values ('report', new.study_id, new.version);
end;

-- What was there before: everything goes, oldest study first.
insert into pacs_object (kind, study_id)
    select kind, id from study, (select 'film' as kind union all select 'reading')
    where reading_photo_id is not null and state <> 'voided' order by number, kind;
insert into pacs_object (kind, study_id, part)
    select 'report', study_id, version from report_version order by study_number, version;
