-- Version 16: ids that the box gives, patients without a number of the clinic, how names sound, ids of
-- programmes, and why a film was taken. `patients::identify` fills the tables from the rows before.

-- The numbers that this box may give out; the newest row is in force.
create table id_range (
    seq integer primary key autoincrement,
    code text not null unique,           -- five characters before every number
    next integer not null check (next >= 1), -- next number to give out
    last integer not null check (last >= next - 1) -- last one of the range
) strict;

-- Patients: the table is written anew, since a column cannot be made optional.
pragma defer_foreign_keys = on;
create temp table patient_before as select rowid as place, * from patient;
drop table patient;
create table patient (
    id blob primary key check (length(id) = 16),
    box_id text not null unique,         -- the id that the box gave, as it is printed
    name text not null,
    local_id text,                       -- the clinic's own number; null: none
    local_key text,                      -- the same, letters and digits only, in lower case
    sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
    age_told integer check (age_told between 0 and 120), -- years, in the year below
    age_year integer check (age_year between 1970 and 9999), -- when the age was told; null: the clock was not confirmed
    birth_year integer check (birth_year between 1900 and 9999),
    check ((age_told is null) <> (birth_year is null)),
    check ((local_id is null) = (local_key is null))
) strict;
create index patient_by_local_key on patient (local_key) where local_key is not null;
create index patient_by_local_id on patient (local_id);
drop index study_by_patient;
create index study_by_patient on study (patient_id, number);

-- How the words of names sound: made from the names, and made again when the rules of sound change.
create table name_sound (
    key text not null,                   -- consonants, by which a word is found
    patient_id blob not null references patient (id),
    place integer not null check (place >= 0), -- which word of the name
    words integer not null check (words > place), -- how many words it has
    transcript text not null,            -- consonants and coarse vowels, by which what was found is ranked
    primary key (key, patient_id, place)
) strict, without rowid;
create index name_sound_by_patient on name_sound (patient_id, place);

-- Ids by which programmes know a patient. Two patients may have one: a person decides.
create table programme_id (
    kind text not null check (kind in ('nikshay', 'abha', 'other')),
    value text not null,                 -- as it is compared
    programme text not null,             -- name of another programme; empty for those that need none
    patient_id blob not null references patient (id),
    primary key (value, kind, programme, patient_id),
    check ((kind = 'other') = (programme <> ''))
) strict, without rowid;
create index programme_id_by_patient on programme_id (patient_id);

-- Why a film was taken, and what the patient told. No row: nothing was said.
create table indication (
    study_id blob primary key references study (id),
    reason text check (reason in ('screening', 'triage', 'ward', 'pre_operative')), -- null: nobody said
    symptoms text not null,              -- codes with commas
    past_tb text not null check (past_tb in ('unknown', 'no', 'yes')),
    hiv text not null check (hiv in ('unknown', 'negative', 'positive')) -- shown to physicians only
) strict;

-- Dropped with the table: what a changed patient has to tell the portal.
create trigger sync_patient_changed after update on patient begin
    update sync_record set changed = changed + 1 where hash is null and kind <> 'image'
        and study_id in (select id from study where patient_id = new.id);
    insert into sync_record (kind, study_id) select 'study', id from study
        where patient_id = new.id and not exists (select 1 from sync_record
            where kind = 'study' and study_id = study.id and hash is null);
end;
