-- Version 5: what films are recognised by, and films that look like one of another study.

-- Small fingerprints: a search reads all of them.
create table fingerprint (
    photo_id blob primary key references photo (id),
    version integer not null,            -- of everything between radiograph and fingerprint
    signature blob check (length(signature) = 144) -- bright and dark places, a bit each; null: none could be made
) strict;

-- The film in small: a search reads a few of them.
create table film_detail (
    photo_id blob primary key references photo (id),
    lungs_left real not null,            -- the part of the radiograph around both lungs, shares of its sides
    lungs_top real not null,
    lungs_right real not null,
    lungs_bottom real not null,
    pixels blob not null check (length(pixels) = 12544) -- 112 x 112 grey levels, row by row
) strict;

-- Two studies with a film that looks the same: a question for a person, who alone answers it.
create table same_film (
    seq integer primary key autoincrement,
    study_id blob not null references study (id), -- the study whose photo raised the question
    other_study_id blob not null references study (id), -- the study that had the film before
    photo_id blob not null references photo (id),
    other_photo_id blob not null references photo (id),
    likeness real not null check (likeness between 0 and 1),
    answer text check (answer in ('same', 'other')), -- null: nobody has answered
    answered_by blob references operator (id),
    answered_ms integer,
    answered_trust text check (answered_trust in ('synced', 'unsynced')),
    check (study_id <> other_study_id),
    check ((answer is null) = (answered_by is null) and (answer is null) = (answered_ms is null)
        and (answer is null) = (answered_trust is null)),
    unique (study_id, other_study_id)
) strict;
create index same_film_by_other on same_film (other_study_id);
