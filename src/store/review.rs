//! Rows of the review: unsigned reports by urgency, and films read in batches.

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::{OperatorId, PhotoId, StudyId, StudyNumber};
use crate::domain::reading::Urgency;
use crate::domain::review::AuditShare;
use crate::domain::stamp::Stamp;
use crate::domain::study::StudyState;
use crate::domain::view::{Batch, BatchMember, QueuePlace, ReviewQueue, ReviewRow};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{parsed, parsed_option, patient, photo_id, stamp, study_id};
use crate::store::studies::headline;

/// Most unsigned reports shown at once: a morning's films of a busy site, and some more.
const QUEUE_ROWS: u32 = 400;

/// Hints above their thresholds in the reading in force: they keep no film out of a batch, but they
/// are shown there.
const HINTS: &str = "(select group_concat(finding) from score \
     where score.photo_id = study.reading_photo_id and evidence = 'hint' and call = 'above')";

/// What makes a study fit for a batch: the same words where it is counted, drawn and signed. What is
/// unremarkable is routine by its scores; that is asked for all the same, so that no slip there can put
/// an urgent film among those that are signed together. Turn 4 is read, routine and unsigned.
const FIT: &str = "study.turn = 4 and study.urgency = 'routine' and study.unremarkable = 1 \
     and study.reading_photo_id is not null \
     and not exists (select 1 from same_film where (same_film.study_id = study.id \
         or same_film.other_study_id = study.id) and (answer is null or answer = 'same'))";

impl Store {
    /// Unsigned reports, the most urgent and of those the oldest first; and whether there are films
    /// for another batch, counted up to `films_max`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn review_queue(&self, films_max: u32) -> Result<ReviewQueue, StoreError> {
        self.read(|db| {
            let sql = format!(
                "select study.*, patient.*, study.id as study_id, review_member.batch as batch, \
                   coalesce(review_member.sampled, 0) as sampled, ({FIT}) as fit, {HINTS} as hints \
                 from study \
                 join patient on patient.id = study.patient_id \
                 left join review_member on review_member.study_id = study.id \
                 where study.state = 'reported' \
                 order by turn, place limit ?1"
            );
            let mut select = db.prepare_cached(&sql)?;
            let mut rows = select.query([QUEUE_ROWS])?;
            let mut queue = ReviewQueue::default();
            while let Some(row) = rows.next()? {
                queue.rows.push(review_row(row)?);
            }
            queue.unsigned = db
                .prepare_cached("select count(*) from study where state = 'reported'")?
                .query_row([], |row| row.get(0))?;
            let undrawn = format!(
                "select count(*) from (select 1 from study where {FIT} and not exists \
                 (select 1 from review_member where review_member.study_id = study.id) limit ?1)"
            );
            queue.undrawn =
                db.prepare_cached(&undrawn)?.query_row([films_max], |row| row.get(0))?;
            Ok(queue)
        })
    }

    /// Where a study stands among the unsigned reports, in the order of [`Store::review_queue`];
    /// `None` for one that does not wait there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue_place(&self, study: StudyId) -> Result<Option<QueuePlace>, StoreError> {
        self.read(|db| {
            let here = db
                .prepare_cached(
                    "select turn, place from study where id = ?1 and state = 'reported'",
                )?
                .query_row([study.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((turn, place)): Option<(i64, i64)> = here else { return Ok(None) };
            let count = |than: &str| -> Result<u64, StoreError> {
                let sql = format!(
                    "select count(*) from study where state = 'reported' \
                     and (turn, place) {than} (?1, ?2)"
                );
                Ok(db.prepare_cached(&sql)?.query_row((turn, place), |row| row.get(0))?)
            };
            let neighbour = |than: &str, order: &str| -> Result<Option<StudyId>, StoreError> {
                let sql = format!(
                    "select id from study where state = 'reported' and (turn, place) {than} (?1, ?2) \
                     order by turn {order}, place {order} limit 1"
                );
                let mut select = db.prepare_cached(&sql)?;
                let mut rows = select.query((turn, place))?;
                rows.next()?.map(|row| study_id(row, "id")).transpose()
            };
            let before = count("<")?;
            Ok(Some(QueuePlace {
                at: before + 1,
                of: before + count(">=")?,
                previous: neighbour("<", "desc")?,
                next: neighbour(">", "asc")?,
            }))
        })
    }

    /// Draws the next batch for one physician: the oldest films that may be signed together, and by
    /// chance those among them that are to be read by themselves. What was drawn stays drawn.
    ///
    /// # Errors
    /// [`Fault::BatchEmpty`] when no film may be signed together with others.
    pub fn draw_batch(
        &self,
        films_max: u32,
        share: AuditShare,
        draw: impl Fn(usize) -> Vec<usize>,
        by: OperatorId,
        at: Stamp,
    ) -> Result<i64, StoreError> {
        self.write(|tx| {
            let sql = format!(
                "select study.id as id, version from study where {FIT} and not exists \
                 (select 1 from review_member where review_member.study_id = study.id) \
                 order by place limit ?1"
            );
            let mut studies: Vec<(StudyId, i64)> = Vec::new();
            let mut select = tx.prepare_cached(&sql)?;
            let mut rows = select.query([films_max])?;
            while let Some(row) = rows.next()? {
                studies.push((study_id(row, "id")?, row.get("version")?));
            }
            if studies.is_empty() {
                return Err(Fault::BatchEmpty.into());
            }
            tx.execute(
                "insert into review_batch (operator_id, audit_percent, drawn_ms, drawn_trust) \
                 values (?1, ?2, ?3, ?4)",
                (by.as_bytes(), share.percent(), at.wall.0, at.trust.code()),
            )?;
            let batch = tx.last_insert_rowid();
            let sampled = draw(studies.len());
            let mut insert = tx.prepare_cached(
                "insert into review_member (study_id, batch, sampled, study_version) \
                 values (?1, ?2, ?3, ?4)",
            )?;
            for (place, (study, version)) in studies.iter().enumerate() {
                let taken_out = sampled.contains(&place);
                insert.execute((study.as_bytes(), batch, taken_out, version))?;
            }
            Ok(batch)
        })
    }

    /// A batch with its films as they are now.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is no such batch, or when the database fails.
    pub fn batch(&self, seq: i64) -> Result<Batch, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from review_batch where seq = ?1")?;
            let mut rows = select.query([seq])?;
            let row = rows.next()?.ok_or(Fault::PageUnknown)?;
            let drawn = stamp(row, "drawn_ms", "drawn_trust")?;
            Ok(Batch { seq, drawn, members: members(db, seq)? })
        })
    }
}

fn members(db: &Connection, batch: i64) -> Result<Vec<BatchMember>, StoreError> {
    let sql = format!(
        "select study.*, patient.*, study.id as study_id, batch, sampled, ({FIT}) as fit, {HINTS} as hints, \
           study_version = study.version as untouched from review_member \
         join study on study.id = review_member.study_id \
         join patient on patient.id = study.patient_id where batch = ?1 order by number"
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query([batch])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let state = parsed(row, "state", StudyState::parse)?;
        let untouched: bool = row.get("untouched")?;
        let row_view = review_row(row)?;
        let fit = row_view.fit && untouched;
        let version = row.get("version")?;
        members.push(BatchMember { row: ReviewRow { fit, ..row_view }, state, version });
    }
    Ok(members)
}

fn review_row(row: &Row<'_>) -> Result<ReviewRow, StoreError> {
    let photo: Option<PhotoId> = match row.get_ref("reading_photo_id")? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(photo_id(row, "reading_photo_id")?),
    };
    Ok(ReviewRow {
        id: study_id(row, "study_id")?,
        number: StudyNumber(row.get("number")?),
        patient: patient(row)?,
        urgency: parsed_option(row, "urgency", Urgency::parse)?,
        headline: headline(row)?,
        registered: stamp(row, "registered_ms", "registered_trust")?,
        photo,
        hints: parsed_option(row, "hints", |codes| codes.split(',').map(Finding::parse).collect())?
            .unwrap_or_default(),
        fit: row.get("fit")?,
        batch: row.get("batch")?,
        sampled: row.get("sampled")?,
    })
}
