-- Fieldray's database, version 1. Every table is strict; the program refuses a version it does not know.

-- Facts about this box.
create table box (
    key text primary key,                -- what the fact is about
    value text not null                  -- the fact
) strict;

-- One row for each start of the program.
create table start (
    seq integer primary key autoincrement,
    program_version text not null,
    wall_ms integer not null,            -- wall clock, ms since 1970 UTC
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;

-- People who work with the box.
create table operator (
    id blob primary key check (length(id) = 16),
    name text not null unique,           -- shown on the login page
    role text not null check (role in ('technician', 'administrator')),
    pin_hash text not null,              -- argon2id, PHC string
    failures integer not null default 0 check (failures >= 0), -- wrong PINs since the last right one
    failed_ms integer not null default 0,
    failed_trust text not null default 'unsynced' check (failed_trust in ('synced', 'unsynced'))
) strict;

-- Who is logged in.
create table session (
    token_hash blob primary key check (length(token_hash) = 32), -- SHA-256 of the cookie
    operator_id blob not null references operator (id),
    seen_ms integer not null,            -- last request
    seen_trust text not null check (seen_trust in ('synced', 'unsynced'))
) strict;

-- Registered patients.
create table patient (
    id blob primary key check (length(id) = 16),
    name text not null,
    local_id text not null,              -- the clinic's own number
    sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
    age_told integer check (age_told between 0 and 120), -- years at registration
    birth_year integer check (birth_year between 1900 and 9999),
    check ((age_told is null) <> (birth_year is null))
) strict;

-- Examinations: the worklist.
create table study (
    number integer primary key autoincrement, -- what people say; order of registration
    id blob not null unique check (length(id) = 16),
    patient_id blob not null references patient (id),
    state text not null check (state in
        ('registered', 'processing', 'retake_asked', 'held', 'reported', 'signed', 'voided')),
    urgency text check (urgency in ('urgent', 'soon', 'routine')), -- null: no reading
    headline text,                       -- finding that matters most in the reading in force
    headline_score real check (headline_score between 0 and 1),
    headline_call text check (headline_call in ('above', 'below', 'indeterminate')),
    version integer not null,            -- seq of the last event of the study
    registered_ms integer not null,
    registered_trust text not null check (registered_trust in ('synced', 'unsynced'))
) strict;
create index study_by_state on study (state, number);

-- Photos of films. Each row has a file photos/<digest> with that size and digest.
create table photo (
    seq integer primary key autoincrement, -- order of arrival; the queue
    id blob not null unique check (length(id) = 16), -- upload id chosen by the sender
    study_id blob not null references study (id),
    digest blob not null unique check (length(digest) = 32), -- SHA-256 of the file
    size_bytes integer not null check (size_bytes > 0),
    media_type text not null,
    state text not null check (state in
        ('captured', 'digitised', 'accepted', 'scored', 'reported', 'refused',
         'held_digitise', 'held_grade', 'held_score', 'held_draft')),
    received_ms integer not null,
    received_trust text not null check (received_trust in ('synced', 'unsynced')),
    issues text not null default '',     -- why refused, codes with commas, most important first
    fault text,                          -- why held, fault code
    attempts integer not null default 0  -- starts of the step that is due, to break crash loops
) strict;
create index photo_by_state on photo (state, seq);
create index photo_by_study on photo (study_id, seq);

-- What digitising made of a photo. The file radiographs/<radiograph> holds the PNG.
create table digitised (
    photo_id blob primary key references photo (id),
    radiograph blob not null check (length(radiograph) = 32), -- SHA-256 of the PNG
    corners text not null,               -- film corners in the photo, x,y pairs with spaces, TL TR BR BL of the film
    turn_degrees integer not null check (turn_degrees in (0, 90, 180, 270)),
    mirrored integer not null check (mirrored in (0, 1)),
    inverted integer not null check (inverted in (0, 1)),
    mirror_doubtful integer not null check (mirror_doubtful in (0, 1)),
    grade_issues text not null,          -- issues found, codes with commas; empty: good
    grade_accepted integer not null check (grade_accepted in (0, 1)),
    preprocessing integer not null       -- version of everything between photo and tensor
) strict;

-- Which model read a photo, and the draft made from it.
create table reading (
    photo_id blob primary key references photo (id),
    model_id text not null,
    model_version text not null,
    model_sha256 blob not null check (length(model_sha256) = 32),
    backend text not null check (backend in ('tract', 'tensorrt')),
    preprocessing integer not null,
    report text                          -- pre-filled report; null until drafted
) strict;

-- The scores of a reading.
create table score (
    photo_id blob not null references reading (photo_id),
    finding text not null,
    evidence text not null check (evidence in ('assessed', 'hint')),
    score real not null check (score between 0 and 1),
    threshold real not null check (threshold between 0 and 1),
    band_low real not null,
    band_high real not null,
    call text not null check (call in ('above', 'below', 'indeterminate')),
    map_width integer not null check (map_width > 0),
    map_height integer not null check (map_height > 0),
    map blob not null,                   -- class activation map, little-endian f32, row by row
    primary key (photo_id, finding)
) strict;

-- Findings without a score, with the reason.
create table not_assessed (
    photo_id blob not null references reading (photo_id),
    finding text not null,
    reason text not null check (reason in ('not_in_model', 'below_validated_age', 'age_unknown')),
    min_age_years integer,
    primary key (photo_id, finding)
) strict;

-- Audit trail: everything that happened, in order. Rows are never changed or removed.
create table event (
    seq integer primary key autoincrement,
    study_id blob references study (id),
    photo_id blob,
    operator_id blob,                    -- who; null: the box itself
    kind text not null,                  -- what
    detail text not null default '',     -- codes only, never patient data
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;
create index event_by_study on event (study_id, seq);
create trigger event_is_final_update before update on event
begin select raise(abort, 'events are final'); end;
create trigger event_is_final_delete before delete on event
begin select raise(abort, 'events are final'); end;
