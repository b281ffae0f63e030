-- Version 3: films that look younger than their patient.

alter table digitised add column age_doubtful integer not null default 0
    check (age_doubtful in (0, 1));      -- looks like a small child's film, but the patient is older
