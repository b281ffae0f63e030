-- Version 10: what happens after a film.

-- What a film makes one suspect. A row stays when it is settled.
create table suspicion (
    study_id blob not null references study (id),
    suspicion text not null check (suspicion in ('tuberculosis', 'covid19', 'nodule')),
    source text not null check (source in ('box', 'physician', 'order')), -- who suspects it: the box alone, a signed report, whoever ordered a test
    since_ms integer not null,
    since_trust text not null check (since_trust in ('synced', 'unsynced')),
    suspected integer not null check (suspected in (0, 1)), -- 0: a later reading or report does not see it
    open integer not null check (open in (0, 1)), -- 0: not suspected, or settled by a result or an outcome
    primary key (study_id, suspicion)
) strict;
create index suspicion_open on suspicion (since_ms) where open = 1;

-- Tests that were ordered.
create table test_order (
    id integer primary key autoincrement,
    form_id blob not null unique check (length(form_id) = 16), -- made with the form: sent twice, it orders one test
    study_id blob not null references study (id),
    test text not null check (test in ('xpert', 'smear', 'rt_pcr', 'rapid_antigen', 'ct')),
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;
create index test_order_by_study on test_order (study_id, id);

-- Results; the newest of an order is in force. Rows are never changed or removed.
create table test_result (
    seq integer primary key autoincrement,
    order_id integer not null references test_order (id),
    result text not null check (result in
        ('positive', 'positive_resistant', 'negative', 'inconclusive', 'not_done')),
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;
create index test_result_by_order on test_result (order_id, seq);
create trigger test_result_is_final_update before update on test_result
begin select raise(abort, 'results are final'); end;
create trigger test_result_is_final_delete before delete on test_result
begin select raise(abort, 'results are final'); end;

-- How it ended; the newest row of a study is in force. Rows are never changed or removed.
create table outcome (
    seq integer primary key autoincrement,
    study_id blob not null references study (id),
    outcome text not null check (outcome in ('tb_confirmed', 'tb_clinical', 'covid19',
        'other_disease', 'no_disease', 'referred', 'lost', 'died')),
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced'))
) strict;
create index outcome_by_study on outcome (study_id, seq);
create trigger outcome_is_final_update before update on outcome
begin select raise(abort, 'outcomes are final'); end;
create trigger outcome_is_final_delete before delete on outcome
begin select raise(abort, 'outcomes are final'); end;

-- Readings from before: what the box says of those that nobody has signed.
insert into suspicion (study_id, suspicion, source, since_ms, since_trust, suspected, open)
    select distinct study.id, case finding when 'tuberculosis' then 'tuberculosis'
            when 'covid19' then 'covid19' else 'nodule' end, 'box', registered_ms, registered_trust, 1, 1
        from study join score on score.photo_id = study.reading_photo_id
        where state = 'reported' and evidence = 'assessed' and call = 'above'
            and finding in ('tuberculosis', 'covid19', 'nodule', 'mass', 'lung_lesion');
