-- Version 21: tests and outcomes are a person's: entered once, they hold for all films with the same open
-- question. And ids of programmes reach the portal.

-- The facts that make records go by way of two views from now on. While a record of the same kind and study
-- waits with its content open, it will tell the newest state anyway: its counter moves instead, so that it is not
-- fixed from an old one. Two statements: `on conflict` would use up a number.
create view sync_news as select kind, study_id from sync_record;
create trigger tell_sync_news instead of insert on sync_news begin
    update sync_record set changed = changed + 1
        where kind = new.kind and study_id = new.study_id and part = 0 and hash is null;
    insert into sync_record (kind, study_id)
        select new.kind, new.study_id where not exists (select 1 from sync_record
            where kind = new.kind and study_id = new.study_id and part = 0 and hash is null);
end;
-- Something about a patient is told by everything of theirs that waits, and by one record more of each study.
create view sync_patient_news as select id from patient;
create trigger tell_sync_patient_news instead of insert on sync_patient_news begin
    update sync_record set changed = changed + 1 where hash is null and kind <> 'image'
        and study_id in (select id from study where patient_id = new.id);
    insert into sync_record (kind, study_id) select 'study', id from study
        where patient_id = new.id and not exists (select 1 from sync_record
            where kind = 'study' and study_id = study.id and hash is null);
end;
drop trigger sync_study_registered;
create trigger sync_study_registered after insert on study begin
    insert into sync_news values ('study', new.id);
end;
drop trigger sync_study_moved;
create trigger sync_study_moved after update of state on study
when new.state <> old.state and new.state in ('retake_asked', 'held', 'voided') begin
    insert into sync_news values ('study', new.id);
end;
drop trigger sync_reading_shown;
create trigger sync_reading_shown after update of reading_photo_id on study
when new.reading_photo_id is not null begin
    insert into sync_news values ('result', new.id);
end;
drop trigger sync_reading_withdrawn;
create trigger sync_reading_withdrawn after update of reading_photo_id on study
when new.reading_photo_id is null and old.reading_photo_id is not null begin
    insert into sync_news values ('study', new.id);
end;
drop trigger sync_urgent;
create trigger sync_urgent after update of urgency on study
when new.urgency = 'urgent' and (old.urgency is not 'urgent' or old.reading_photo_id is not new.reading_photo_id) begin
    insert into sync_news values ('urgent', new.id);
end;
drop trigger sync_patient_changed;
create trigger sync_patient_changed after update on patient begin
    insert into sync_patient_news values (new.id);
end;
drop trigger sync_suspicion;
create trigger sync_suspicion after insert on suspicion begin
    insert into sync_news values ('follow_up', new.study_id);
end;
drop trigger sync_suspicion_changed;
create trigger sync_suspicion_changed after update on suspicion
when new.open <> old.open or new.source <> old.source begin
    insert into sync_news values ('follow_up', new.study_id);
end;

-- Films that a test is for: the one that it was ordered from, the others of the patient that made one suspect
-- the same, and those that came before its result.
create table test_film (
    order_id integer not null references test_order (id),
    study_id blob not null references study (id),
    primary key (order_id, study_id)
) strict;
create index test_film_by_study on test_film (study_id, order_id);
insert into test_film select id, study_id from test_order;
insert or ignore into test_film select test_order.id, other.id from test_order
    join study on study.id = test_order.study_id
    join study other on other.patient_id = study.patient_id
    join suspicion on suspicion.study_id = other.id and open = 1 and suspicion = case test
        when 'ct' then 'nodule' when 'xpert' then 'tuberculosis' when 'smear' then 'tuberculosis' else 'covid19' end
    where not exists (select 1 from test_result where order_id = test_order.id);

-- Films that an outcome is for; the newest of a film is in force.
create table outcome_film (
    outcome_seq integer not null references outcome (seq),
    study_id blob not null references study (id),
    primary key (outcome_seq, study_id)
) strict;
create index outcome_film_by_study on outcome_film (study_id, outcome_seq);
insert into outcome_film select seq, study_id from outcome;

drop trigger sync_test_ordered;
create trigger sync_test_ordered after insert on test_film begin
    insert into sync_news values ('follow_up', new.study_id);
end;
drop trigger sync_test_result;
create trigger sync_test_result after insert on test_result begin
    insert into sync_news select 'follow_up', study_id from test_film where order_id = new.order_id;
end;
drop trigger sync_outcome;
create trigger sync_outcome after insert on outcome_film begin
    insert into sync_news values ('follow_up', new.study_id);
end;

-- An id of a programme that is told later, as any other change of the patient.
create trigger sync_programme_told after insert on programme_id begin
    insert into sync_patient_news values (new.patient_id);
end;
-- What was sent before held no id of the box and of programmes: once more for each patient.
insert into sync_news select 'study', id from study
    where number = (select max(number) from study newest where newest.patient_id = study.patient_id) order by number;
