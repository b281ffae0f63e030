//! Rows of patients and studies, and the one place that moves states.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::finding::{Call, Finding, Score};
use crate::domain::ids::{OperatorId, PhotoId, StudyId, StudyNumber};
use crate::domain::reading::Urgency;
use crate::domain::stamp::Stamp;
use crate::domain::study::{PhotoState, StudyEvent, StudyState};
use crate::domain::view::{PhotoView, StudyView};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::films::same_films;
use crate::store::indications::indication;
use crate::store::sql::{fault, issues, parsed, parsed_option, patient, photo_id, stamp};

/// An entry of the audit trail.
pub(super) struct Event<'a> {
    pub(super) study: StudyId,
    pub(super) photo: Option<PhotoId>,
    pub(super) by: Option<OperatorId>,
    pub(super) kind: &'a str,
    /// Codes only, never patient data.
    pub(super) detail: &'a str,
    pub(super) at: Stamp,
}

/// Appends to the audit trail and makes its number the study's version.
pub(super) fn append_event(tx: &Transaction<'_>, event: &Event<'_>) -> Result<(), StoreError> {
    note_event(tx, event)?;
    tx.execute(
        "update study set version = ?2 where id = ?1",
        (event.study.as_bytes(), tx.last_insert_rowid()),
    )?;
    Ok(())
}

/// Appends to the audit trail beside the study's version: pages that are open stay good.
pub(super) fn note_event(tx: &Transaction<'_>, event: &Event<'_>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "insert into event (study_id, photo_id, operator_id, kind, detail, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        event.study.as_bytes(),
        event.photo.as_ref().map(PhotoId::as_bytes),
        event.by.as_ref().map(OperatorId::as_bytes),
        event.kind,
        event.detail,
        event.at.wall.0,
        event.at.trust.code(),
    ))?;
    Ok(())
}

/// Lets the study follow its photos.
pub(super) fn follow_photos(tx: &Transaction<'_>, study: StudyId) -> Result<(), StoreError> {
    let state = study_state(tx, study)?.ok_or(StoreError::Corrupt { what: "study" })?;
    let photos = photo_states(tx, study)?;
    let next = state.advance(&StudyEvent::PhotosMoved(&photos))?;
    tx.execute("update study set state = ?2 where id = ?1", (study.as_bytes(), next.code()))?;
    Ok(())
}

/// The state of a study, `None` when there is no such study.
pub(super) fn study_state(db: &Connection, id: StudyId) -> Result<Option<StudyState>, StoreError> {
    let mut select = db.prepare_cached("select state from study where id = ?1")?;
    let mut rows = select.query([id.as_bytes()])?;
    rows.next()?.map(|row| parsed(row, "state", StudyState::parse)).transpose()
}

/// The states of a study's photos.
pub(super) fn photo_states(db: &Connection, id: StudyId) -> Result<Vec<PhotoState>, StoreError> {
    let mut select =
        db.prepare_cached("select state from photo where study_id = ?1 order by seq")?;
    let mut rows = select.query([id.as_bytes()])?;
    let mut states = Vec::new();
    while let Some(row) = rows.next()? {
        states.push(parsed(row, "state", PhotoState::parse)?);
    }
    Ok(states)
}

/// The finding that a study's line speaks of.
pub(super) fn headline(row: &Row<'_>) -> Result<Option<(Finding, Score, Call)>, StoreError> {
    let finding = parsed_option(row, "headline", Finding::parse)?;
    let call = parsed_option(row, "headline_call", Call::parse)?;
    let score: Option<f32> = row.get("headline_score")?;
    Ok(finding.zip(call).zip(score.and_then(Score::new)).map(|((f, c), s)| (f, s, c)))
}

impl Store {
    /// Everything about one study but its reading.
    ///
    /// # Errors
    /// When the database fails.
    pub fn study(&self, id: StudyId) -> Result<Option<StudyView>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select study.*, patient.*, study.id as study_id from study \
                 join patient on patient.id = study.patient_id where study.id = ?1",
            )?;
            let mut rows = select.query([id.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(StudyView {
                id,
                number: StudyNumber(row.get("number")?),
                state: parsed(row, "state", StudyState::parse)?,
                urgency: parsed_option(row, "urgency", Urgency::parse)?,
                patient: patient(row)?,
                indication: indication(db, id)?,
                registered: stamp(row, "registered_ms", "registered_trust")?,
                photos: photo_views(db, id)?,
                same_films: same_films(db, id)?,
                reading: None,
                better: None,
                repeat: None,
                worth_repeating: None,
                version: row.get("version")?,
            }))
        })
    }

    /// The number of the last event of a study.
    ///
    /// # Errors
    /// When the database fails.
    pub fn study_version(&self, id: StudyId) -> Result<Option<(i64, StudyState)>, StoreError> {
        self.read(|db| {
            let version = db
                .prepare_cached("select version from study where id = ?1")?
                .query_row([id.as_bytes()], |row| row.get(0))
                .optional()?;
            Ok(version.zip(study_state(db, id)?))
        })
    }
}

fn photo_views(db: &Connection, study: StudyId) -> Result<Vec<PhotoView>, StoreError> {
    let mut select = db.prepare_cached(
        "select photo.*, digitised.photo_id is not null as has_radiograph, \
         exists (select 1 from correction where correction.photo_id = photo.id) as corrected \
         from photo left join digitised on digitised.photo_id = id where study_id = ?1 order by seq",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        views.push(PhotoView {
            id: photo_id(row, "id")?,
            received: stamp(row, "received_ms", "received_trust")?,
            state: parsed(row, "state", PhotoState::parse)?,
            issues: issues(row, "issues")?,
            fault: fault(row, "fault")?,
            corrected: row.get("corrected")?,
            has_radiograph: row.get("has_radiograph")?,
        });
    }
    Ok(views)
}
