//! Rows of patients: their ids, how their names sound, and the registration of films.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::domain::box_id::{BoxCode, BoxId, IdRange};
use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, PatientId, StudyId, StudyNumber};
use crate::domain::indication::Reason;
use crate::domain::patient::{FoundPatient, NewPatient, Patient, local_key};
use crate::domain::people::{AgeEvidence, PersonName, Phi, Sex};
use crate::domain::programme_id::{ProgrammeId, ProgrammeKind};
use crate::domain::reading::Urgency;
use crate::domain::registration::{
    Contradiction, Differing, Person, Registered, Registration, Told,
};
use crate::domain::sound::{SOUND_VERSION, sounds};
use crate::domain::stamp::Stamp;
use crate::domain::study::StudyState;
use crate::domain::view::{PatientStudy, PatientView};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::indications::insert_indication;
use crate::store::search::alike;
use crate::store::sql::{parsed, parsed_option, patient, patient_id, stamp, study_id};
use crate::store::studies::{Event, append_event, study_state};

/// Studies that the page of one patient shows; nobody has more chest films than that.
const STUDIES_MAX: u32 = 200;

/// A film to be registered.
#[derive(Clone, Debug)]
pub struct NewStudy {
    /// Chosen by the form, so that a double submit is one study.
    pub id: StudyId,
    /// Identity of the patient, if it is a new one.
    pub newcomer: PatientId,
    /// Whose film, and why.
    pub registration: Registration,
    /// Who registers.
    pub by: OperatorId,
    /// When.
    pub at: Stamp,
    /// The calendar year; `None`: nothing confirmed the clock.
    pub year: Option<i32>,
}

impl Store {
    /// Registers a film, for a new patient or one who is there; or asks, and stores nothing. The same
    /// id again gives the study that is there.
    ///
    /// # Errors
    /// [`Fault::PatientUnknown`], [`Fault::IdsUsedUp`], or when the database fails.
    pub fn register(&self, new: &NewStudy) -> Result<Registered, StoreError> {
        self.write(|tx| {
            if study_state(tx, new.id)?.is_some() {
                return Ok(Registered::Study(new.id));
            }
            let patient = match &new.registration.person {
                Person::New(person) => {
                    let alike = alike(tx, person, new.year)?;
                    if !alike.is_empty() {
                        return Ok(Registered::AskWho(alike));
                    }
                    insert_patient(tx, new.newcomer, person, new.year)?
                }
                Person::SomebodyElse(person) => insert_patient(tx, new.newcomer, person, new.year)?,
                Person::Known { patient, told, differing } => {
                    let found = found_patient(tx, *patient)?.ok_or(Fault::PatientUnknown)?;
                    let record = (found.patient.sex, found.told_age());
                    let wrong = Contradiction::between(record, told, new.year);
                    if !wrong.is_empty() && *differing == Differing::Ask {
                        return Ok(Registered::AskWhether(Box::new(found), wrong));
                    }
                    learn(tx, &found.patient, told, *differing, new.year)?;
                    *patient
                }
            };
            insert_study(tx, new, patient)?;
            Ok(Registered::Study(new.id))
        })
    }

    /// A patient as lists show one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn found_patient(&self, id: PatientId) -> Result<Option<FoundPatient>, StoreError> {
        self.read(|db| found_patient(db, id))
    }

    /// The patient with an id that a box gave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn patient_with(&self, id: BoxId) -> Result<Option<PatientId>, StoreError> {
        self.read(|db| with_box_id(db, id))
    }

    /// Ids of a patient in programmes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn programme_ids(&self, id: PatientId) -> Result<Vec<ProgrammeId>, StoreError> {
        self.read(|db| programmes(db, id))
    }

    /// A patient with all studies.
    ///
    /// # Errors
    /// When the database fails.
    pub fn patient(&self, id: PatientId) -> Result<Option<PatientView>, StoreError> {
        self.read(|db| {
            let Some(found) = found_patient(db, id)? else { return Ok(None) };
            let programmes = programmes(db, id)?;
            Ok(Some(PatientView { patient: found.patient, programmes, studies: studies(db, id)? }))
        })
    }

    /// The newest studies of the box, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_studies(
        &self,
        most: u32,
    ) -> Result<Vec<(Phi<PersonName>, PatientStudy)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select study.*, study.id as study_id, patient.name, reason from study \
                 join patient on patient.id = patient_id \
                 left join indication on indication.study_id = study.id \
                 where state <> 'voided' order by number desc limit ?1",
            )?;
            let mut rows = select.query([most])?;
            let mut newest = Vec::new();
            while let Some(row) = rows.next()? {
                newest
                    .push((Phi::new(parsed(row, "name", PersonName::parse)?), patient_study(row)?));
            }
            Ok(newest)
        })
    }

    /// Makes a range of ids where there is none, and the sounds of names where their rules have changed.
    pub(super) fn prepare_patients(&self) -> Result<(), StoreError> {
        let settled = self.read(|db| {
            let ranges: i64 =
                db.query_row("select count(*) from id_range", [], |row| row.get(0))?;
            Ok(ranges > 0 && sound_version(db)? == Some(SOUND_VERSION))
        })?;
        if settled { Ok(()) } else { self.write(prepare) }
    }
}

/// Gives patients from before an id and the sounds of their names: the end of the step to version 16.
pub(super) fn identify(tx: &Transaction<'_>) -> Result<(), StoreError> {
    make_range(tx)?;
    let mut select = tx.prepare("select * from temp.patient_before order by place")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let local_id: String = row.get("local_id")?;
        let id = patient_id(row, "id")?;
        tx.execute(
            "insert into patient (id, box_id, name, local_id, local_key, sex, age_told, age_year, \
             birth_year) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, case when ?7 is null then null else \
             (select cast(strftime('%Y', registered_ms / 1000, 'unixepoch') as integer) from study \
              where patient_id = ?1 and registered_trust = 'synced' order by number limit 1) end, ?8)",
            (
                id.as_bytes(),
                issue(tx)?.to_string(),
                row.get::<_, String>("name")?,
                &local_id,
                local_key(&local_id),
                row.get::<_, String>("sex")?,
                row.get::<_, Option<u8>>("age_told")?,
                row.get::<_, Option<i32>>("birth_year")?,
            ),
        )?;
    }
    drop(rows);
    drop(select);
    tx.execute_batch("drop table temp.patient_before")?;
    make_sounds(tx)
}

fn prepare(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let ranges: i64 = tx.query_row("select count(*) from id_range", [], |row| row.get(0))?;
    if ranges == 0 {
        make_range(tx)?;
    }
    if sound_version(tx)? == Some(SOUND_VERSION) { Ok(()) } else { make_sounds(tx) }
}

/// The first range of a box: its own, under a code by chance.
fn make_range(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let chance: [u8; 8] = tx.query_row("select randomblob(8)", [], |row| row.get(0))?;
    let range = IdRange::whole(BoxCode::from_random(chance));
    tx.execute(
        "insert into id_range (code, next, last) values (?1, ?2, ?3)",
        (range.code.as_str(), range.next, range.last),
    )?;
    Ok(())
}

/// The range in force.
pub(super) fn range(db: &Connection) -> Result<IdRange, StoreError> {
    let mut select =
        db.prepare_cached("select code, next, last from id_range order by seq desc limit 1")?;
    let mut rows = select.query([])?;
    let row = rows.next()?.ok_or(StoreError::Corrupt { what: "id_range" })?;
    let code = parsed(row, "code", BoxCode::parse)?;
    Ok(IdRange { code, next: row.get("next")?, last: row.get("last")? })
}

/// Takes the next id out of the range in force.
fn issue(tx: &Transaction<'_>) -> Result<BoxId, StoreError> {
    let (id, left) = range(tx)?.issue().ok_or(Fault::IdsUsedUp)?;
    tx.prepare_cached("update id_range set next = ?2 where code = ?1")?
        .execute((left.code.as_str(), left.next))?;
    Ok(id)
}

fn sound_version(db: &Connection) -> Result<Option<u32>, StoreError> {
    let select = "select value from box where key = 'sound_version'";
    let found: Option<String> = db.query_row(select, [], |row| row.get(0)).optional()?;
    Ok(found.and_then(|version| version.parse().ok()))
}

/// Makes the sounds of all names anew.
fn make_sounds(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("delete from name_sound", [])?;
    let mut select = tx.prepare("select id, name from patient")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        insert_sounds(tx, patient_id(row, "id")?, &row.get::<_, String>("name")?)?;
    }
    tx.execute(
        "insert or replace into box (key, value) values ('sound_version', ?1)",
        [SOUND_VERSION.to_string()],
    )?;
    Ok(())
}

fn insert_sounds(tx: &Transaction<'_>, patient: PatientId, name: &str) -> Result<(), StoreError> {
    let sounds = sounds(name);
    let words = i64::try_from(sounds.len()).unwrap_or(i64::MAX);
    let mut insert = tx.prepare_cached(
        "insert into name_sound (key, patient_id, place, words, transcript) \
         values (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (place, sound) in (0_i64..).zip(&sounds) {
        insert.execute((&sound.key, patient.as_bytes(), place, words, &sound.transcript))?;
    }
    Ok(())
}

fn insert_patient(
    tx: &Transaction<'_>,
    id: PatientId,
    new: &NewPatient,
    year: Option<i32>,
) -> Result<PatientId, StoreError> {
    let (told, age_year, birth) = age_columns(new.age, year);
    let local_id = new.local_id.as_ref().map(|id| id.reveal().as_str());
    tx.execute(
        "insert into patient (id, box_id, name, local_id, local_key, sex, age_told, age_year, \
         birth_year) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (
            id.as_bytes(),
            issue(tx)?.to_string(),
            new.name.reveal().as_str(),
            local_id,
            local_id.map(local_key),
            new.sex.code(),
            told,
            age_year,
            birth,
        ),
    )?;
    insert_sounds(tx, id, new.name.reveal().as_str())?;
    add_programmes(tx, id, &new.programmes)?;
    Ok(id)
}

/// Age told, the year in which it was told, and year of birth.
fn age_columns(age: AgeEvidence, year: Option<i32>) -> (Option<u8>, Option<i32>, Option<i32>) {
    match age {
        AgeEvidence::Told(age) => (Some(age.years()), year, None),
        AgeEvidence::BirthYear(birth) => (None, None, Some(birth)),
    }
}

/// Adds what a patient tells anew: what is not on record; an age that fits, which is newer; and where the
/// record is wrong, sex and age.
fn learn(
    tx: &Transaction<'_>,
    known: &Patient,
    told: &Told,
    differing: Differing,
    year: Option<i32>,
) -> Result<(), StoreError> {
    let id = known.id.as_bytes();
    let wrong = differing == Differing::ToldRight;
    let sex = told.sex.filter(|sex| *sex != Sex::Unknown && (wrong || known.sex == Sex::Unknown));
    if let Some(sex) = sex {
        tx.execute("update patient set sex = ?2 where id = ?1", (id, sex.code()))?;
    }
    let newer = match (known.age, told.age) {
        // Years told in round numbers do not take the place of a year of birth that they fit.
        (AgeEvidence::BirthYear(_), Some(AgeEvidence::Told(_))) => wrong,
        (AgeEvidence::BirthYear(_) | AgeEvidence::Told(_), _) => {
            differing != Differing::RecordRight
        }
    };
    if let Some(age) = told.age.filter(|_| newer) {
        let (told, age_year, birth) = age_columns(age, year);
        tx.execute(
            "update patient set age_told = ?2, age_year = ?3, birth_year = ?4 where id = ?1",
            (id, told, age_year, birth),
        )?;
    }
    if let Some(local_id) = told.local_id.as_ref().filter(|_| known.local_id.is_none()) {
        let local_id = local_id.reveal().as_str();
        tx.execute(
            "update patient set local_id = ?2, local_key = ?3 where id = ?1",
            (id, local_id, local_key(local_id)),
        )?;
    }
    add_programmes(tx, known.id, &told.programmes)
}

fn add_programmes(
    tx: &Transaction<'_>,
    patient: PatientId,
    programmes: &[ProgrammeId],
) -> Result<(), StoreError> {
    for id in programmes {
        tx.execute(
            "insert or ignore into programme_id (kind, value, programme, patient_id) \
             values (?1, ?2, ?3, ?4)",
            (id.kind().code(), id.value(), id.programme(), patient.as_bytes()),
        )?;
    }
    Ok(())
}

fn insert_study(
    tx: &Transaction<'_>,
    new: &NewStudy,
    patient: PatientId,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into study (id, patient_id, state, version, registered_ms, registered_trust) \
         values (?1, ?2, 'registered', 0, ?3, ?4)",
        (new.id.as_bytes(), patient.as_bytes(), new.at.wall.0, new.at.trust.code()),
    )?;
    insert_indication(tx, new.id, &new.registration.indication)?;
    // Codes only: how the patient was found, for whoever looks into a mix-up later.
    let detail = match &new.registration.person {
        Person::New(_) => "",
        Person::SomebodyElse(_) => "somebody_else",
        Person::Known { differing: Differing::Ask, .. } => "known",
        Person::Known { differing: Differing::RecordRight, .. } => "known_record_right",
        Person::Known { differing: Differing::ToldRight, .. } => "known_told_right",
    };
    append_event(
        tx,
        &Event {
            study: new.id,
            photo: None,
            by: Some(new.by),
            kind: "study_registered",
            detail,
            at: new.at,
        },
    )
}

/// The patient with an id that a box gave.
pub(super) fn with_box_id(db: &Connection, id: BoxId) -> Result<Option<PatientId>, StoreError> {
    let mut select = db.prepare_cached("select id from patient where box_id = ?1")?;
    let mut rows = select.query([id.to_string()])?;
    rows.next()?.map(|row| patient_id(row, "id")).transpose()
}

/// A patient with the newest study.
pub(super) fn found_patient(
    db: &Connection,
    id: PatientId,
) -> Result<Option<FoundPatient>, StoreError> {
    let mut select = db.prepare_cached(
        "select patient.*, study.*, patient.id as patient_id, study.id as study_id, \
           (select count(*) from study where patient_id = ?1) as studies \
         from patient join study on study.patient_id = patient.id \
         where patient.id = ?1 order by number desc limit 1",
    )?;
    let mut rows = select.query([id.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let registered = stamp(row, "registered_ms", "registered_trust")?;
    Ok(Some(FoundPatient {
        patient: patient(row)?,
        newest: (study_id(row, "study_id")?, StudyNumber(row.get("number")?), registered),
        studies: row.get("studies")?,
        told_in: row.get("age_year")?,
    }))
}

fn programmes(db: &Connection, patient: PatientId) -> Result<Vec<ProgrammeId>, StoreError> {
    let mut select = db.prepare_cached(
        "select kind, programme, value from programme_id where patient_id = ?1 order by kind, value",
    )?;
    let mut rows = select.query([patient.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = parsed(row, "kind", ProgrammeKind::parse)?;
        let programme: String = row.get("programme")?;
        found.push(parsed(row, "value", |value| ProgrammeId::stored(kind, &programme, value))?);
    }
    Ok(found)
}

fn studies(db: &Connection, patient: PatientId) -> Result<Vec<PatientStudy>, StoreError> {
    let mut select = db.prepare_cached(
        "select study.*, study.id as study_id, reason from study \
         left join indication on indication.study_id = study.id \
         where patient_id = ?1 order by number desc limit ?2",
    )?;
    let mut rows = select.query((patient.as_bytes(), STUDIES_MAX))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(patient_study(row)?);
    }
    Ok(found)
}

fn patient_study(row: &rusqlite::Row<'_>) -> Result<PatientStudy, StoreError> {
    Ok(PatientStudy {
        id: study_id(row, "study_id")?,
        number: StudyNumber(row.get("number")?),
        state: parsed(row, "state", StudyState::parse)?,
        urgency: parsed_option(row, "urgency", Urgency::parse)?,
        reason: parsed_option(row, "reason", Reason::parse)?,
        registered: stamp(row, "registered_ms", "registered_trust")?,
    })
}
