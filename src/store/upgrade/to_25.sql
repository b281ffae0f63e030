-- Version 25: what goes to a FHIR server as bundles, and how far each is. docs/sync.md has the whole picture.

-- One row for each bundle. Written by the triggers below, in the transaction that makes the fact. What it says
-- is made when it is sent, from what holds then.
create table fhir_bundle (
    seq integer primary key autoincrement, -- order of sending, after tries and lane
    kind text not null check (kind in ('urgent', 'study', 'result', 'follow_up', 'report')),
    lane integer not null generated always as (case kind when 'urgent' then 0 when 'report' then 2 else 1 end) stored,
    study_id blob not null references study (id),
    part integer not null default 0,     -- which version of a report; other kinds: 0
    changed integer not null default 0,  -- counts changes of what it tells, until the server has it
    tries integer not null default 0,    -- how often the server failed over it: others go first
    state text not null default 'waiting' check (state in ('waiting', 'taken', 'refused', 'dropped')),
    reason text,                         -- what the server said when it refused
    wall_ms integer,                     -- when it was taken, by the box's clock
    clock_trust text check (clock_trust in ('synced', 'unsynced')),
    check ((state = 'refused') = (reason is not null)),
    check ((state = 'taken') = (wall_ms is not null) and (wall_ms is null) = (clock_trust is null)),
    check ((kind = 'report') = (part > 0))
) strict;
create index fhir_bundle_waits on fhir_bundle (tries, lane, seq) where state = 'waiting';
create index fhir_bundle_of_study on fhir_bundle (study_id, kind);
create unique index fhir_bundle_open on fhir_bundle (kind, study_id, part) where state in ('waiting', 'refused');

-- The same news that make records for a portal. While one of the same kind and study is open, it will tell the
-- newest state anyway: its counter moves instead, so that one made from an old state does not count as sent.
create trigger tell_fhir_news instead of insert on sync_news begin
    update fhir_bundle set changed = changed + 1, tries = 0, state = 'waiting', reason = null
        where kind = new.kind and study_id = new.study_id and part = 0 and state in ('waiting', 'refused');
    insert into fhir_bundle (kind, study_id)
        select new.kind, new.study_id where not exists (select 1 from fhir_bundle
            where kind = new.kind and study_id = new.study_id and part = 0 and state in ('waiting', 'refused'));
end;
create trigger tell_fhir_patient_news instead of insert on sync_patient_news begin
    update fhir_bundle set changed = changed + 1, tries = 0, state = 'waiting', reason = null
        where state in ('waiting', 'refused') and study_id in (select id from study where patient_id = new.id);
    insert into fhir_bundle (kind, study_id) select 'study', id from study
        where patient_id = new.id and not exists (select 1 from fhir_bundle
            where kind = 'study' and study_id = study.id and state in ('waiting', 'refused'));
end;
create trigger fhir_report_signed after insert on report_version begin
    insert into fhir_bundle (kind, study_id, part) values ('report', new.study_id, new.version);
end;

-- Who had taken over an alert is told with what happened after the film, here and to a portal.
create trigger sync_alert_taken after update of ack_by on alert
when old.ack_by is null and new.ack_by is not null begin
    insert into sync_news values ('follow_up', new.study_id);
end;

-- What was there before: everything goes, oldest study first.
insert into fhir_bundle (kind, study_id) select 'urgent', id from study
    where urgency = 'urgent' and state not in ('signed', 'voided') order by number;
insert into fhir_bundle (kind, study_id)
    select case when reading_photo_id is null then 'study' else 'result' end, id from study order by number;
insert into fhir_bundle (kind, study_id) select distinct 'follow_up', id from study
    where id in (select study_id from suspicion) or id in (select study_id from test_film)
        or id in (select study_id from outcome_film) or id in (select study_id from alert where ack_by is not null)
    order by number;
insert into fhir_bundle (kind, study_id, part)
    select 'report', study_id, version from report_version order by study_number, version;

-- Alerts that somebody took over before: their studies are told once more.
insert into sync_news select distinct 'follow_up', study_id from alert where ack_by is not null;
