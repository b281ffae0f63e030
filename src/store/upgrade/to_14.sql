-- Version 14: lists that stay quick at ten thousand studies.

-- What a study waits for: 0 a person at once, 1 another photo or help, 2 a person soon, 3 the box or a
-- first photo, 4 a signature, 5 nothing; 6 was voided.
alter table study add column turn integer generated always as (
    case when state = 'voided' then 6
         when state = 'signed' then 5
         when urgency = 'urgent' then 0
         when state in ('retake_asked', 'held') then 1
         when urgency = 'soon' then 2
         when state in ('registered', 'processing') then 3
         else 4 end) virtual;
-- Among those of one turn: what waits for a person longest comes first, of the others the newest.
alter table study add column place integer generated always as (
    case when turn in (3, 5, 6) then -number else number end) virtual;
drop index study_by_state;
create index study_by_state on study (state, turn, place);
create index study_by_turn on study (turn, place, urgency);
create index study_by_registered on study (registered_ms);
create index study_by_count on study (state, urgency, registered_ms);
create index study_by_patient on study (patient_id);
create index patient_by_local_id on patient (local_id);
