//! Rows of suspicions, ordered tests, results and outcomes.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::fault::Fault;
use crate::domain::followup::{
    Entry, FollowUp, OpenLoop, OpenPerson, Order, OrderId, Outcome, RecordedOutcome, Source,
    Suspicion, Test, TestResult, WaitsFor, waits_for,
};
use crate::domain::ids::{FormId, OperatorId, PatientId, StudyId, StudyNumber};
use crate::domain::people::{PersonName, Phi};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{parsed, patient, patient_id, stamp, study_id};
use crate::store::studies::{Event, note_event};

/// Most people whose open loops a page shows.
const OPEN_MAX: u32 = 100;

impl Store {
    /// Orders a test for the patient of a study, for all of whose films it is that make one suspect what
    /// it settles. The same form sent twice orders it once.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub fn order_test(
        &self,
        form_id: FormId,
        study: StudyId,
        test: Test,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            known(tx, study)?;
            let insert = "insert or ignore into test_order \
                          (form_id, study_id, test, operator_id, wall_ms, clock_trust) \
                          values (?1, ?2, ?3, ?4, ?5, ?6)";
            let (wall, trust) = (at.wall.0, at.trust.code());
            let (study_id, operator) = (study.as_bytes(), by.as_bytes());
            let order = (form_id.as_bytes(), study_id, test.code(), operator, wall, trust);
            if tx.execute(insert, order)? == 0 {
                return Ok(());
            }
            let order = OrderId(tx.last_insert_rowid());
            let suspicion = test.is_for();
            let mut films = open_films(tx, study, Some(suspicion))?;
            if films.is_empty() {
                // A test that was ordered waits for its result, whatever the film shows.
                tx.execute(
                    "insert into suspicion (study_id, suspicion, source, since_ms, since_trust, \
                     suspected, open) values (?1, ?2, 'order', ?3, ?4, 1, 1) \
                     on conflict do nothing",
                    (study_id, suspicion.code(), wall, trust),
                )?;
            }
            films.push(study);
            for film in films {
                cover(tx, order, film)?;
            }
            for film in films_of(tx, order)? {
                note(tx, film, by, "test_ordered", test.code(), at)?;
                settle(tx, film)?;
            }
            Ok(())
        })
    }

    /// Writes down what came of a test that was ordered for that study, for all films that it is for.
    ///
    /// # Errors
    /// [`Fault::OrderUnknown`], [`Fault::FieldInvalid`] for a result that the test cannot have, or
    /// when the database fails.
    pub fn enter_result(
        &self,
        study: StudyId,
        order: OrderId,
        result: TestResult,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let orders = orders(tx, study)?;
            let ordered = orders.iter().find(|one| one.id == order).ok_or(Fault::OrderUnknown)?;
            if !ordered.test.results().contains(&result) {
                return Err(Fault::FieldInvalid.into());
            }
            if ordered.result.as_ref().is_some_and(|(before, _)| *before == result) {
                // Sent twice.
                return Ok(());
            }
            let insert = "insert into test_result \
                          (order_id, result, operator_id, wall_ms, clock_trust) \
                          values (?1, ?2, ?3, ?4, ?5)";
            let (wall, trust) = (at.wall.0, at.trust.code());
            tx.execute(insert, (order.0, result.code(), by.as_bytes(), wall, trust))?;
            let detail = format!("{}={}", ordered.test.code(), result.code());
            for film in films_of(tx, order)? {
                note(tx, film, by, "test_result", &detail, at)?;
                settle(tx, film)?;
            }
            Ok(())
        })
    }

    /// Writes down how it ended for the patient of a study: for this film, for those with anything open, and
    /// for those that the outcome is for that it corrects. A later outcome stands for an earlier one, since
    /// patients who were lost come again.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub fn record_outcome(
        &self,
        study: StudyId,
        outcome: Outcome,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            known(tx, study)?;
            let mut films = open_films(tx, study, None)?;
            if self::outcome(tx, study)?.is_some_and(|before| before.outcome == outcome) {
                if films.is_empty() {
                    // Sent twice.
                    return Ok(());
                }
            } else {
                films.extend(ended_with(tx, study)?);
                films.push(study);
            }
            films.sort_unstable();
            films.dedup();
            let insert = "insert into outcome (study_id, outcome, operator_id, wall_ms, clock_trust) \
                          values (?1, ?2, ?3, ?4, ?5)";
            let (wall, trust) = (at.wall.0, at.trust.code());
            tx.execute(insert, (study.as_bytes(), outcome.code(), by.as_bytes(), wall, trust))?;
            let seq = tx.last_insert_rowid();
            for film in films {
                let insert = "insert into outcome_film (outcome_seq, study_id) values (?1, ?2)";
                tx.execute(insert, (seq, film.as_bytes()))?;
                note(tx, film, by, "outcome", outcome.code(), at)?;
                settle(tx, film)?;
            }
            Ok(())
        })
    }

    /// What happened after the film of a study.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub fn follow_up(&self, study: StudyId) -> Result<FollowUp, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select *, study.id as study_id from study \
                 join patient on patient.id = study.patient_id where study.id = ?1",
            )?;
            let mut rows = select.query([study.as_bytes()])?;
            let row = rows.next()?.ok_or(Fault::StudyUnknown)?;
            let mut found = follow_up(db, row)?;
            let patient = found.patient.reveal().id;
            let films = open_follow_ups(db, patient)?;
            found.person = OpenPerson::group(&films).pop().map(|one| one.loops).unwrap_or_default();
            Ok(found)
        })
    }

    /// People with suspicions that nothing has settled, the longest known first, and how many there are
    /// in all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_loops(&self) -> Result<(Vec<OpenPerson>, u32), StoreError> {
        self.read(|db| {
            let count = "select count(distinct patient_id) from suspicion \
                         join study on study.id = study_id where open = 1";
            let count = db.query_row(count, [], |row| row.get(0))?;
            let mut select = db.prepare_cached(
                "select patient_id from suspicion join study on study.id = study_id \
                 where open = 1 group by patient_id order by min(since_ms), min(number) limit ?1",
            )?;
            let mut rows = select.query([OPEN_MAX])?;
            let mut films = Vec::new();
            while let Some(row) = rows.next()? {
                films.extend(open_follow_ups(db, patient_id(row, "patient_id")?)?);
            }
            Ok((OpenPerson::group(&films), count))
        })
    }
}

/// Films of one patient with anything open, the newest first.
fn open_follow_ups(db: &Connection, patient: PatientId) -> Result<Vec<FollowUp>, StoreError> {
    let mut select = db.prepare_cached(
        "select study.*, patient.*, study.id as study_id from study \
         join patient on patient.id = study.patient_id where patient_id = ?1 and exists \
           (select 1 from suspicion where suspicion.study_id = study.id and open = 1) \
         order by number desc",
    )?;
    let mut rows = select.query([patient.as_bytes()])?;
    let mut films = Vec::new();
    while let Some(row) = rows.next()? {
        films.push(follow_up(db, row)?);
    }
    Ok(films)
}

/// Films of the patient of a study with an open suspicion, or with this one.
fn open_films(
    tx: &Transaction<'_>,
    study: StudyId,
    suspicion: Option<Suspicion>,
) -> Result<Vec<StudyId>, StoreError> {
    let select = "select distinct suspicion.study_id from study \
                  join study other on other.patient_id = study.patient_id \
                  join suspicion on suspicion.study_id = other.id and open = 1 \
                  where study.id = ?1 and suspicion = coalesce(?2, suspicion)";
    studies(tx, select, (study.as_bytes(), suspicion.map(Suspicion::code)))
}

/// Films that the outcome of a study is for, where it is still in force.
fn ended_with(tx: &Transaction<'_>, study: StudyId) -> Result<Vec<StudyId>, StoreError> {
    let select = "select study_id from outcome_film film where outcome_seq = \
                    (select max(outcome_seq) from outcome_film where study_id = ?1) \
                  and outcome_seq = \
                    (select max(outcome_seq) from outcome_film where study_id = film.study_id)";
    studies(tx, select, [study.as_bytes()])
}

/// Films that a test is for, the one that it was ordered from first.
fn films_of(db: &Connection, order: OrderId) -> Result<Vec<StudyId>, StoreError> {
    let select = "select test_film.study_id from test_film \
                  join test_order on test_order.id = order_id join study on study.id = test_film.study_id \
                  where order_id = ?1 order by test_film.study_id <> test_order.study_id, number";
    studies(db, select, [order.0])
}

fn studies(
    db: &Connection,
    select: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<StudyId>, StoreError> {
    let mut select = db.prepare_cached(select)?;
    let mut rows = select.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(study_id(row, "study_id")?);
    }
    Ok(found)
}

fn cover(tx: &Transaction<'_>, order: OrderId, film: StudyId) -> Result<(), StoreError> {
    let insert = "insert or ignore into test_film (order_id, study_id) values (?1, ?2)";
    tx.execute(insert, (order.0, film.as_bytes()))?;
    Ok(())
}

/// Tests of the patient of a study that have no result yet are for this film too.
fn await_with_others(
    tx: &Transaction<'_>,
    study: StudyId,
    suspicion: Suspicion,
) -> Result<(), StoreError> {
    let mut select = tx.prepare_cached(
        "select test_order.id, test from study \
         join study other on other.patient_id = study.patient_id \
         join test_order on test_order.study_id = other.id where study.id = ?1 \
           and not exists (select 1 from test_result where order_id = test_order.id)",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    while let Some(row) = rows.next()? {
        if parsed(row, "test", Test::parse)?.is_for() == suspicion {
            cover(tx, OrderId(row.get("id")?), study)?;
        }
    }
    Ok(())
}

/// Notes what a reading or a signed report makes one suspect. What is not suspected any more is
/// settled; what was suspected before stays known since then.
pub(super) fn suspect(
    tx: &Transaction<'_>,
    study: StudyId,
    suspicions: &[Suspicion],
    source: Source,
    at: Stamp,
) -> Result<(), StoreError> {
    let id = study.as_bytes();
    let signed: Option<i64> = tx
        .prepare_cached("select 1 from report_version where study_id = ?1 limit 1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if signed.is_some() && source == Source::Box {
        // The box does not reopen what a person has decided.
        return Ok(());
    }
    for suspicion in Suspicion::ALL {
        if suspicions.contains(&suspicion) {
            tx.execute(
                "insert into suspicion (study_id, suspicion, source, since_ms, since_trust, \
                 suspected, open) values (?1, ?2, ?3, ?4, ?5, 1, 1) \
                 on conflict (study_id, suspicion) do update set source = ?3, suspected = 1",
                (id, suspicion.code(), source.code(), at.wall.0, at.trust.code()),
            )?;
            await_with_others(tx, study, suspicion)?;
        } else {
            tx.execute(
                "update suspicion set suspected = 0 \
                 where study_id = ?1 and suspicion = ?2 and source <> 'order'",
                (id, suspicion.code()),
            )?;
        }
    }
    settle(tx, study)
}

/// Closes what a result or an outcome settles, and opens again what none settles any more: a wrong
/// entry was corrected.
fn settle(tx: &Transaction<'_>, study: StudyId) -> Result<(), StoreError> {
    let ended = outcome(tx, study)?.is_some();
    let orders = orders(tx, study)?;
    for suspicion in Suspicion::ALL {
        let waits = waits_for(suspicion, &orders);
        let ordered = matches!(waits, Some(WaitsFor::Result(_)));
        let open = !ended && waits.is_some();
        tx.execute(
            "update suspicion set open = ?3 and (suspected or ?4) \
             where study_id = ?1 and suspicion = ?2",
            (study.as_bytes(), suspicion.code(), open, ordered),
        )?;
    }
    Ok(())
}

fn follow_up(db: &Connection, row: &Row<'_>) -> Result<FollowUp, StoreError> {
    let study = study_id(row, "study_id")?;
    let orders = orders(db, study)?;
    Ok(FollowUp {
        study,
        number: StudyNumber(row.get("number")?),
        patient: Phi::new(patient(row)?),
        person: Vec::new(),
        open: open(db, study, &orders)?,
        outcome: outcome(db, study)?,
        orders,
    })
}

fn open(db: &Connection, study: StudyId, orders: &[Order]) -> Result<Vec<OpenLoop>, StoreError> {
    let mut select =
        db.prepare_cached("select * from suspicion where study_id = ?1 and open = 1")?;
    let mut rows = select.query([study.as_bytes()])?;
    let mut open = Vec::new();
    while let Some(row) = rows.next()? {
        let suspicion = parsed(row, "suspicion", Suspicion::parse)?;
        let Some(waits_for) = waits_for(suspicion, orders) else { continue };
        open.push(OpenLoop {
            suspicion,
            since: stamp(row, "since_ms", "since_trust")?,
            source: parsed(row, "source", Source::parse)?,
            waits_for,
        });
    }
    open.sort_by_key(|one| one.suspicion);
    Ok(open)
}

fn orders(db: &Connection, study: StudyId) -> Result<Vec<Order>, StoreError> {
    let mut select = db.prepare_cached(
        "select test_order.*, operator.name as who from test_film \
         join test_order on test_order.id = order_id \
         join operator on operator.id = operator_id \
         where test_film.study_id = ?1 order by test_order.id",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next()? {
        let id = OrderId(row.get("id")?);
        let test = parsed(row, "test", Test::parse)?;
        let (ordered, result, films) = (entry(row)?, result(db, id)?, films_of(db, id)?);
        orders.push(Order { id, test, ordered, result, films });
    }
    Ok(orders)
}

fn result(db: &Connection, order: OrderId) -> Result<Option<(TestResult, Entry)>, StoreError> {
    let mut select = db.prepare_cached(
        "select test_result.*, operator.name as who from test_result \
         join operator on operator.id = operator_id where order_id = ?1 \
         order by seq desc limit 1",
    )?;
    let mut rows = select.query([order.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((parsed(row, "result", TestResult::parse)?, entry(row)?)))
}

fn outcome(db: &Connection, study: StudyId) -> Result<Option<RecordedOutcome>, StoreError> {
    let mut select = db.prepare_cached(
        "select outcome.*, operator.name as who from outcome_film \
         join outcome on outcome.seq = outcome_seq join operator on operator.id = operator_id \
         where outcome_film.study_id = ?1 order by outcome_seq desc limit 1",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let outcome = parsed(row, "outcome", Outcome::parse)?;
    Ok(Some(RecordedOutcome { outcome, entry: entry(row)? }))
}

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    let by = parsed(row, "who", PersonName::parse)?;
    Ok(Entry { by, at: stamp(row, "wall_ms", "clock_trust")? })
}

fn known(tx: &Transaction<'_>, study: StudyId) -> Result<(), StoreError> {
    let select = "select 1 from study where id = ?1";
    let found: Option<i64> =
        tx.query_row(select, [study.as_bytes()], |row| row.get(0)).optional()?;
    found.map(|_| ()).ok_or_else(|| Fault::StudyUnknown.into())
}

/// Into the journal, beside the study's version: a physician who is writing the report is not sent
/// back by a test that somebody orders meanwhile.
fn note(
    tx: &Transaction<'_>,
    study: StudyId,
    by: OperatorId,
    kind: &str,
    detail: &str,
    at: Stamp,
) -> Result<(), StoreError> {
    note_event(tx, &Event { study, photo: None, by: Some(by), kind, detail, at })
}
