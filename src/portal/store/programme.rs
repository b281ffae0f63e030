//! Rows for counting: made from records as they come in, and again from those that are held.

use std::collections::BTreeSet;

use super::films;
use super::sql::{Db, Row, Scope, Value, params};
use crate::domain::alert::{AckMethod, AlertClass};
use crate::domain::followup::Outcome;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::stamp::WallMs;
use crate::domain::study::StudyState;
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::KeyId;
use crate::portal::programme::figures::Counts;
use crate::portal::programme::film::{
    AlertFacts, Band, FilmFacts, Person, Physician, Tests, people,
};
use crate::portal::programme::week::Week;
use crate::portal::programme::{CountedAlert, ProgrammeStorage, Site, SiteWeek};
use crate::portal::storage::StorageError;
use crate::portal::store::Store;
use crate::wire::fhir::read::Told;

/// Records looked at together when everything is counted anew.
const FOLLOWED_ROWS: u32 = 500;
/// Where a voided study is counted.
const VOID: &str = "void";

/// Boxes and weeks whose sums have to be made again.
#[derive(Debug, Default)]
pub(super) struct Stale(BTreeSet<(KeyId, i64)>);

impl ProgrammeStorage for Store {
    fn site_weeks(
        &self,
        site: Option<KeyId>,
        (first, last): (Week, Week),
    ) -> Result<Vec<SiteWeek>, StorageError> {
        let select = "select * from programme_week where (week between ?1 and ?2 or week = -1) \
                      and (box_id = ?3 or ?3 is null)";
        let which = params![first.0, last.0, site.as_ref().map(KeyId::as_bytes)];
        let row = |row: &Row| {
            Ok(SiteWeek {
                from: KeyId::from_bytes(row.get("box_id")?),
                week: week(row)?,
                counts: counts(row)?,
            })
        };
        self.read(|db| db.query(select, &which)?.iter().map(row).collect())
    }

    fn counted_alerts(
        &self,
        site: Option<KeyId>,
        (first, last): (Week, Week),
    ) -> Result<Vec<CountedAlert>, StorageError> {
        // Nobody is told by name of those that go into the digest alone.
        let select = "select box_id, week, class, method, after_s from programme_alert \
                      where (week between ?1 and ?2 or week = -1) and class <> 'digest' \
                      and (box_id = ?3 or ?3 is null)";
        let which = params![first.0, last.0, site.as_ref().map(KeyId::as_bytes)];
        let row = |row: &Row| {
            let class: String = row.get("class")?;
            Ok(CountedAlert {
                from: KeyId::from_bytes(row.get("box_id")?),
                week: week(row)?,
                class: AlertClass::parse(&class)
                    .ok_or(StorageError::Corrupt { what: "class of an alert" })?,
                answered: row.raw("method") != Value::Null,
                after_s: row.get("after_s")?,
            })
        };
        self.read(|db| db.query(select, &which)?.iter().map(row).collect())
    }

    fn sites(&self) -> Result<Vec<Site>, StorageError> {
        let select = "select id, name, revoked_ms, enrolled_ms, \
                      (select max(day) from programme_film where box_id = box.id) as last_day \
                      from box order by name, id";
        let row = |row: &Row| {
            Ok(Site {
                id: KeyId::from_bytes(row.get("id")?),
                name: row.get("name")?,
                revoked: row.raw("revoked_ms") != Value::Null,
                enrolled: WallMs(row.get("enrolled_ms")?),
                last_day: row.get("last_day")?,
            })
        };
        self.read(|db| db.query(select, &[])?.iter().map(row).collect())
    }

    fn recount(&self) -> Result<(), StorageError> {
        self.write(Scope::All, |tx| {
            for table in ["programme_film", "programme_week", "programme_alert"] {
                tx.execute(&format!("delete from {table}"), &[])?;
            }
            follow_all(tx)
        })
    }
}

fn week(row: &Row) -> Result<Option<Week>, StorageError> {
    let week: i64 = row.get("week")?;
    Ok((week != Week::UNDATED).then_some(Week(week)))
}

fn counts(row: &Row) -> Result<Counts, StorageError> {
    let mut bands = [0; Band::ALL.len()];
    for (slot, band) in bands.iter_mut().zip(Band::ALL) {
        *slot = row.get(band.code())?;
    }
    let mut people = [0; 5];
    for (slot, name) in people.iter_mut().zip(PEOPLE) {
        *slot = row.get(name)?;
    }
    Ok(Counts {
        films: row.get("films")?,
        bands,
        signed: row.get("signed")?,
        people,
        photos: row.get("photos")?,
        refused: row.get("refused")?,
        voided: row.get("voided")?,
    })
}

/// Columns of [`Person::counts`].
const PEOPLE: [&str; 5] = ["suspected", "tested", "confirmed", "clinical", "lost"];

/// What a new record changes. One that tells of no study changes nothing.
pub(super) fn follow(
    tx: &dyn Db,
    from: KeyId,
    (seq, study): (Seq, StudyId),
    (kind, told): (RecordKind, &Told),
    stale: &mut Stale,
) -> Result<(), StorageError> {
    if kind == RecordKind::Alert {
        follow_alert(tx, from, seq, told)?;
    }
    let Some(about) = told.study() else { return Ok(()) };
    let before = film(tx, from, study)?;
    let known = before.is_some();
    let mut facts = before.clone().unwrap_or_default();
    facts.hear(seq, kind, (told, &about));
    if before.as_ref() == Some(&facts) {
        return Ok(());
    }
    stale.0.insert((from, facts.week()));
    if let Some(before) = before {
        stale.0.insert((from, before.week()));
        if before.patient != facts.patient {
            save(tx, from, study, &facts, known)?;
            return [before.patient, facts.patient]
                .into_iter()
                .try_for_each(|person| count_person(tx, from, person, stale));
        }
    }
    save(tx, from, study, &facts, known)?;
    count_person(tx, from, facts.patient, stale)
}

/// Counts every record that is held.
pub(super) fn follow_all(tx: &dyn Db) -> Result<(), StorageError> {
    let select = "select place, box_id, seq, kind, study, body from record \
                  where study is not null and place > ?1 order by place limit ?2";
    let (mut stale, mut after) = (Stale::default(), 0_u64);
    loop {
        let rows = tx.query(select, &params![after, FOLLOWED_ROWS])?;
        for row in &rows {
            after = row.get("place")?;
            let kind: String = row.get("kind")?;
            let kind = RecordKind::parse(&kind).ok_or(StorageError::Corrupt { what: "kind" })?;
            let packed: Vec<u8> = row.get("body")?;
            let Some(told) = Told::parse(&films::text(&packed)?) else { continue };
            let which = (Seq(row.get("seq")?), StudyId::from_bytes(row.get("study")?));
            follow(tx, KeyId::from_bytes(row.get("box_id")?), which, (kind, &told), &mut stale)?;
        }
        if rows.is_empty() {
            return add_up(tx, &stale);
        }
    }
}

/// Makes the sums of stale weeks anew.
pub(super) fn add_up(tx: &dyn Db, stale: &Stale) -> Result<(), StorageError> {
    for (from, week) in &stale.0 {
        let key = params![from.as_bytes(), *week];
        tx.execute("delete from programme_week where box_id = ?1 and week = ?2", &key)?;
        tx.execute(ADD_UP, &key)?;
    }
    Ok(())
}

/// The sums of one week of one box. A film without a count of photos that was read had one.
const ADD_UP: &str = "\
    insert into programme_week (box_id, week, films, above, near, below, age, model, unsaid, \
      no_reading, coming, signed, suspected, tested, confirmed, clinical, lost, photos, refused, voided) \
    select box_id, week, \
      cast(sum(case when counted = 'void' then 0 else 1 end) as integer), \
      cast(sum(case when counted = 'above' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'near' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'below' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'age' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'model' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'unsaid' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'no_reading' then 1 else 0 end) as integer), \
      cast(sum(case when counted = 'coming' then 1 else 0 end) as integer), \
      cast(sum(case when counted <> 'void' and physician <> 'not_yet' then 1 else 0 end) as integer), \
      cast(sum(suspected) as integer), cast(sum(tested) as integer), \
      cast(sum(confirmed) as integer), cast(sum(clinical) as integer), cast(sum(lost) as integer), \
      cast(sum(case when counted = 'void' then 0 when photos > 0 then photos else has_reading end) as integer), \
      cast(sum(case when counted = 'void' then 0 else refused end) as integer), \
      cast(sum(case when counted = 'void' then 1 else 0 end) as integer) \
    from programme_film where box_id = ?1 and week = ?2 group by box_id, week";

fn film(db: &dyn Db, from: KeyId, study: StudyId) -> Result<Option<FilmFacts>, StorageError> {
    let select = "select * from programme_film where box_id = ?1 and study = ?2";
    let found = db.first(select, &params![from.as_bytes(), study.as_bytes()])?;
    found.as_ref().map(facts).transpose()
}

fn facts(row: &Row) -> Result<FilmFacts, StorageError> {
    let word = |name| row.get::<Option<String>>(name);
    let corrupt = || StorageError::Corrupt { what: "row for counting" };
    Ok(FilmFacts {
        patient: row.get("patient")?,
        day: row.get("day")?,
        state: word("state")?.as_deref().and_then(StudyState::parse),
        read: row.get("has_reading")?,
        photos: [row.get("photos")?, row.get("refused")?],
        told_seq: row.get("told_seq")?,
        band: word("band")?.as_deref().and_then(Band::parse),
        result_seq: row.get("result_seq")?,
        open: row.get("suspicion_open")?,
        tests: word("tests")?.as_deref().and_then(Tests::parse).ok_or_else(corrupt)?,
        outcome: word("outcome")?.as_deref().and_then(Outcome::parse),
        follow_seq: row.get("follow_seq")?,
        physician: word("physician")?.as_deref().and_then(Physician::parse).ok_or_else(corrupt)?,
        report_seq: row.get("report_seq")?,
    })
}

fn save(
    tx: &dyn Db,
    from: KeyId,
    study: StudyId,
    facts: &FilmFacts,
    known: bool,
) -> Result<(), StorageError> {
    let text = if known {
        "update programme_film set patient = ?3, day = ?4, state = ?5, has_reading = ?6, \
         photos = ?7, refused = ?8, told_seq = ?9, band = ?10, result_seq = ?11, \
         suspicion_open = ?12, tests = ?13, outcome = ?14, follow_seq = ?15, physician = ?16, \
         report_seq = ?17, week = ?18, counted = ?19 where box_id = ?1 and study = ?2"
    } else {
        "insert into programme_film (box_id, study, patient, day, state, has_reading, photos, \
         refused, told_seq, band, result_seq, suspicion_open, tests, outcome, follow_seq, \
         physician, report_seq, week, counted) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
         ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
    };
    let [photos, refused] = facts.photos;
    let values = params![
        from.as_bytes(),
        study.as_bytes(),
        facts.patient,
        facts.day,
        facts.state.map(StudyState::code),
        i64::from(facts.read),
        photos,
        refused,
        facts.told_seq,
        facts.band.map(Band::code),
        facts.result_seq,
        i64::from(facts.open),
        facts.tests.code(),
        facts.outcome.map(Outcome::code),
        facts.follow_seq,
        facts.physician.code(),
        facts.report_seq,
        facts.week(),
        if facts.is_voided() { VOID } else { facts.band().code() },
    ];
    tx.execute(text, &values).map(drop)
}

/// Counts a person anew over all their films.
fn count_person(
    tx: &dyn Db,
    from: KeyId,
    patient: Option<[u8; 16]>,
    stale: &mut Stale,
) -> Result<(), StorageError> {
    let Some(patient) = patient else { return Ok(()) };
    let select = "select * from programme_film where box_id = ?1 and patient = ?2";
    let (mut films, mut before) = (Vec::new(), Vec::new());
    for row in tx.query(select, &params![from.as_bytes(), patient])? {
        films.push((StudyId::from_bytes(row.get("study")?), facts(&row)?));
        let mut counts = [0; 5];
        for (slot, name) in counts.iter_mut().zip(PEOPLE) {
            *slot = row.get(name)?;
        }
        before.push(counts);
    }
    let counted = people(&films).into_iter().map(Person::counts);
    for (((study, facts), before), now) in films.iter().zip(before).zip(counted) {
        if before == now {
            continue;
        }
        stale.0.insert((from, facts.week()));
        let [suspected, tested, confirmed, clinical, lost] = now;
        tx.execute(
            "update programme_film set suspected = ?3, tested = ?4, confirmed = ?5, clinical = ?6, \
             lost = ?7 where box_id = ?1 and study = ?2",
            &params![
                from.as_bytes(),
                study.as_bytes(),
                suspected,
                tested,
                confirmed,
                clinical,
                lost
            ],
        )?;
    }
    Ok(())
}

fn follow_alert(tx: &dyn Db, from: KeyId, seq: Seq, told: &Told) -> Result<(), StorageError> {
    let Some(told) = told.alert() else { return Ok(()) };
    let select = "select told_seq from programme_alert where box_id = ?1 and alert = ?2";
    let known: Option<i64> = tx.value(select, &params![from.as_bytes(), told.id])?;
    if known.is_some_and(|known| known > seq.0) {
        return Ok(());
    }
    let facts = AlertFacts { told, told_seq: seq.0 };
    tx.execute(
        "insert into programme_alert (box_id, alert, told_seq, class, week, told, method, after_s) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (box_id, alert) do update set \
         told_seq = excluded.told_seq, class = excluded.class, week = excluded.week, \
         told = excluded.told, method = excluded.method, after_s = excluded.after_s",
        &params![
            from.as_bytes(),
            facts.told.id,
            facts.told_seq,
            facts.told.class.code(),
            facts.week(),
            facts.told.sent,
            facts.told.method.map(AckMethod::code),
            facts.told.after_s.filter(|seconds| *seconds >= 0),
        ],
    )
    .map(drop)
}

#[cfg(test)]
#[path = "programme_tests.rs"]
mod tests;
