-- Version 5: rows for counting, how boxes are, and records of any kind that a program knows.

alter table box add column health text; -- what it said of itself, JSON; null: an older program

-- Films as they are counted. Everything here follows from the records; nobody has a name.
create table programme_film (
    box_id blob not null references box (id),
    study blob not null check (length(study) = 16),
    patient blob check (length(patient) = 16), -- the box's own id of the person
    day integer check (day >= 0),        -- local day of the registration, days since 1970; null: clock not confirmed
    state text,                          -- where the study stands; null: nothing was told
    has_reading integer not null check (has_reading in (0, 1)), -- 1: a reading is in force
    photos integer not null,             -- taken; 0: none was refused, and nobody counted
    refused integer not null,            -- of those
    told_seq integer not null,           -- the record that said all this
    band text,                           -- where the score for tuberculosis lies, or why there is none; null: no reading came
    result_seq integer not null,         -- the record that said so
    suspicion_open integer not null check (suspicion_open in (0, 1)),
    tests text not null,                 -- how far tests for tuberculosis have come
    outcome text,                        -- how it ended; null: nobody said
    follow_seq integer not null,         -- the record that said so
    physician text not null,             -- what the newest signed report says of tuberculosis
    report_seq integer not null,         -- its record
    week integer not null,               -- weeks since the one that holds 1970-01-01; -1: no confirmed date
    counted text not null,               -- the class that it is counted in; 'void': in none
    suspected integer not null default 0, -- the person is counted here; the rest: how far they came
    tested integer not null default 0,
    confirmed integer not null default 0,
    clinical integer not null default 0,
    lost integer not null default 0,
    primary key (box_id, study)
) strict;
create index programme_film_by_patient on programme_film (box_id, patient);
create index programme_film_by_week on programme_film (box_id, week);
create index programme_film_by_day on programme_film (box_id, day);

-- The same added up: what a page reads.
create table programme_week (
    box_id blob not null references box (id),
    week integer not null,
    films integer not null,
    above integer not null,
    near integer not null,
    below integer not null,
    age integer not null,
    model integer not null,
    unsaid integer not null,
    no_reading integer not null,
    coming integer not null,
    signed integer not null,
    suspected integer not null,
    tested integer not null,
    confirmed integer not null,
    clinical integer not null,
    lost integer not null,
    photos integer not null,
    refused integer not null,
    voided integer not null,
    primary key (box_id, week)
) strict;
create index programme_week_by_week on programme_week (week);

-- Alerts as they are counted.
create table programme_alert (
    box_id blob not null references box (id),
    alert blob not null check (length(alert) = 16), -- the box's own id of it
    told_seq integer not null,           -- the newest record of it
    class text not null,
    week integer not null,
    told integer not null check (told in (0, 1)), -- 1: a message has left the box
    method text,                         -- how it was taken over; null: it is open
    after_s integer check (after_s >= 0), -- from being raised to being taken over; null: open, or not known
    primary key (box_id, alert)
) strict;
create index programme_alert_by_week on programme_alert (week);
