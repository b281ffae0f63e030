//! Rows of photos: intake, the queue, and the moves of a photo's state.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, PhotoId, StudyId};
use crate::domain::people::AgeEvidence;
use crate::domain::stamp::Stamp;
use crate::domain::study::{PhotoEvent, PhotoState};
use crate::domain::view::AddedPhoto;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::files::{Folder, Part};
use crate::store::sql::{digest, issues_text, parsed, patient, photo_id, study_id};
use crate::store::studies::{Event, append_event, follow_photos, study_state};

/// Starts of one step after which the photo is held: a step that kills the program must not do so
/// at every start.
const ATTEMPTS_MAX: u32 = 3;

/// A photo whose bytes have arrived.
#[derive(Debug)]
pub struct NewPhoto {
    /// Upload id chosen by the sender.
    pub id: PhotoId,
    /// Study.
    pub study: StudyId,
    /// Who sent it.
    pub by: OperatorId,
    /// The bytes.
    pub part: Part,
    /// Media type by the file's own structure.
    pub media_type: &'static str,
    /// When.
    pub at: Stamp,
    /// Most photos of one study.
    pub photos_max: u64,
}

/// A photo with a step that is due.
#[derive(Clone, Debug)]
pub struct DuePhoto {
    /// Photo.
    pub id: PhotoId,
    /// Its study.
    pub study: StudyId,
    /// Its state, which says what is due.
    pub state: PhotoState,
    /// Its file.
    pub digest: Sha256Digest,
    /// What is known of the patient's age.
    pub age: AgeEvidence,
}

impl Store {
    /// Whether a photo can be taken into a study now; the answer to a retry is known already.
    ///
    /// # Errors
    /// The fault that a person must hear of.
    pub fn admit_photo(
        &self,
        study: StudyId,
        photo: PhotoId,
        queue_max: u64,
        disk_free_bytes_min: u64,
    ) -> Result<(), StoreError> {
        let known = self.read(|db| {
            let state = study_state(db, study)?.ok_or(Fault::StudyUnknown)?;
            if find(db, "id", photo.as_bytes().as_slice())?.is_some() {
                return Ok(true);
            }
            if !state.is_open() {
                return Err(Fault::StudyClosed.into());
            }
            if waiting(db)? >= queue_max {
                return Err(Fault::QueueFull.into());
            }
            Ok(false)
        })?;
        if !known && self.disk_free_bytes()? < disk_free_bytes_min {
            return Err(Fault::DiskFull.into());
        }
        Ok(())
    }

    /// Stores a photo durably and puts it in the queue. When this returns, it may be acknowledged.
    ///
    /// The same upload again, or the same photo again for the same study, gives the photo that is
    /// there. The same photo for another patient's study is refused: one of the two is wrong.
    ///
    /// # Errors
    /// The fault that a person must hear of; nothing already stored is touched.
    pub fn add_photo(&self, new: &NewPhoto) -> Result<AddedPhoto, StoreError> {
        let photo_digest = new.part.digest();
        if let Some(known) = self.read(|db| recognise(db, new, photo_digest))? {
            return Ok(known);
        }
        self.keep(&new.part, Folder::Photos)?;
        let added = self.write(|tx| {
            if let Some(known) = recognise(tx, new, photo_digest)? {
                return Ok(known);
            }
            insert(tx, new, photo_digest)?;
            let event = Event {
                study: new.study,
                photo: Some(new.id),
                by: Some(new.by),
                kind: "photo_added",
                detail: "",
                at: new.at,
            };
            append_event(tx, &event)?;
            follow_photos(tx, new.study)?;
            Ok(AddedPhoto { study: new.study, photo: new.id, known: false })
        })?;
        crate::crash_point::reached("after_photo_row");
        Ok(added)
    }

    /// The photo that is due first, counting this start of its step.
    ///
    /// A step that was started three times without an end is held instead of tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next_due(&self, at: Stamp) -> Result<Option<DuePhoto>, StoreError> {
        self.write(|tx| {
            loop {
                let Some((due, attempts)) = first_due(tx)? else { return Ok(None) };
                if attempts < ATTEMPTS_MAX {
                    let update = "update photo set attempts = attempts + 1 where id = ?1";
                    tx.execute(update, [due.id.as_bytes()])?;
                    return Ok(Some(due));
                }
                hold(tx, due.id, Fault::StepFailed, at)?;
            }
        })
    }

    /// Takes back the count of a start that the disk or the database ended: the photo is not to
    /// blame, and must not be held for it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forgive_start(&self, photo: PhotoId) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update photo set attempts = max(attempts - 1, 0) where id = ?1";
            tx.execute(update, [photo.as_bytes()])?;
            Ok(())
        })
    }

    /// Holds a photo whose step failed for good.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hold_photo(&self, photo: PhotoId, fault: Fault, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| hold(tx, photo, fault, at))
    }

    /// Gives a held photo back to the queue.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`] when there is no such photo; an illegal transition when it is not held.
    pub fn release_photo(
        &self,
        photo: PhotoId,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            move_photo(tx, photo, &PhotoEvent::Released, "", Some(by), at)?;
            tx.execute("update photo set fault = null where id = ?1", [photo.as_bytes()])?;
            Ok(())
        })
    }

    /// Refuses a photo before a radiograph was made from it.
    ///
    /// # Errors
    /// When the database fails or the photo has moved on.
    pub fn refuse_photo(
        &self,
        photo: PhotoId,
        event: &PhotoEvent,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| move_photo(tx, photo, event, "", None, at))
    }

    /// Number of photos waiting or being read, and of photos held.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue(&self) -> Result<(u64, u64), StoreError> {
        self.read(|db| {
            let held = "select count(*) from photo where state >= 'held_' and state < 'held`'";
            Ok((waiting(db)?, db.query_row(held, [], |row| row.get(0))?))
        })
    }

    /// Digest and media type of a photo of a study.
    ///
    /// # Errors
    /// When the database fails.
    pub fn photo_file(
        &self,
        study: StudyId,
        photo: PhotoId,
    ) -> Result<Option<(Sha256Digest, String)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select digest, media_type from photo where id = ?1 and study_id = ?2",
            )?;
            let mut rows = select.query((photo.as_bytes(), study.as_bytes()))?;
            let row = rows.next()?;
            row.map(|row| Ok((digest(row, "digest")?, row.get("media_type")?))).transpose()
        })
    }
}

/// Moves a photo, writes the event, and lets the study follow: the only way a photo's state changes.
pub(super) fn move_photo(
    tx: &Transaction<'_>,
    photo: PhotoId,
    event: &PhotoEvent,
    detail: &str,
    by: Option<OperatorId>,
    at: Stamp,
) -> Result<(), StoreError> {
    let (study, state) = {
        let mut select = tx.prepare_cached("select study_id, state from photo where id = ?1")?;
        let mut rows = select.query([photo.as_bytes()])?;
        let row = rows.next()?.ok_or(Fault::StudyUnknown)?;
        (study_id(row, "study_id")?, parsed(row, "state", PhotoState::parse)?)
    };
    let next = state.advance(event)?;
    let refused = match event {
        PhotoEvent::Refused { issues } => issues_text(issues),
        PhotoEvent::Digitised
        | PhotoEvent::Accepted
        | PhotoEvent::Scored
        | PhotoEvent::Drafted
        | PhotoEvent::Failed
        | PhotoEvent::Released
        | PhotoEvent::Corrected => String::new(),
    };
    tx.execute(
        "update photo set state = ?2, issues = ?3, attempts = 0 where id = ?1",
        (photo.as_bytes(), next.code(), &refused),
    )?;
    let detail = if detail.is_empty() { refused.as_str() } else { detail };
    append_event(tx, &Event { study, photo: Some(photo), by, kind: event.code(), detail, at })?;
    follow_photos(tx, study)
}

fn hold(tx: &Transaction<'_>, photo: PhotoId, fault: Fault, at: Stamp) -> Result<(), StoreError> {
    move_photo(tx, photo, &PhotoEvent::Failed, fault.code(), None, at)?;
    tx.execute("update photo set fault = ?2 where id = ?1", (photo.as_bytes(), fault.code()))?;
    Ok(())
}

fn waiting(db: &Connection) -> Result<u64, StoreError> {
    let count =
        "select count(*) from photo where state in ('captured', 'digitised', 'accepted', 'scored')";
    Ok(db.prepare_cached(count)?.query_row([], |row| row.get(0))?)
}

/// Study, id and digest of the photo with that id or digest.
fn find(
    db: &Connection,
    column: &str,
    value: &[u8],
) -> Result<Option<(StudyId, PhotoId, Sha256Digest)>, StoreError> {
    let sql = format!("select study_id, id, digest from photo where {column} = ?1");
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query([value])?;
    let row = rows.next()?;
    row.map(|row| Ok((study_id(row, "study_id")?, photo_id(row, "id")?, digest(row, "digest")?)))
        .transpose()
}

/// Whether the photo is here already, and whether it may be.
fn recognise(
    db: &Connection,
    new: &NewPhoto,
    photo_digest: Sha256Digest,
) -> Result<Option<AddedPhoto>, StoreError> {
    let known = |study, photo| Ok(Some(AddedPhoto { study, photo, known: true }));
    if let Some((study, photo, digest)) = find(db, "id", new.id.as_bytes().as_slice())? {
        let same = study == new.study && digest == photo_digest;
        return if same { known(study, photo) } else { Err(Fault::UploadIdReused.into()) };
    }
    if let Some((study, photo, _)) = find(db, "digest", photo_digest.as_bytes().as_slice())? {
        let same = study == new.study;
        return if same { known(study, photo) } else { Err(Fault::PhotoInOtherStudy.into()) };
    }
    Ok(None)
}

fn insert(
    tx: &Transaction<'_>,
    new: &NewPhoto,
    photo_digest: Sha256Digest,
) -> Result<(), StoreError> {
    let state = study_state(tx, new.study)?.ok_or(Fault::StudyUnknown)?;
    if !state.is_open() {
        return Err(Fault::StudyClosed.into());
    }
    let count = "select count(*) from photo where study_id = ?1";
    let photos: u64 = tx.query_row(count, [new.study.as_bytes()], |row| row.get(0))?;
    if photos >= new.photos_max {
        return Err(Fault::TooManyPhotos.into());
    }
    tx.execute(
        "insert into photo (id, study_id, digest, size_bytes, media_type, state, received_ms, \
         received_trust) values (?1, ?2, ?3, ?4, ?5, 'captured', ?6, ?7)",
        (
            new.id.as_bytes(),
            new.study.as_bytes(),
            photo_digest.as_bytes(),
            new.part.size(),
            new.media_type,
            new.at.wall.0,
            new.at.trust.code(),
        ),
    )?;
    Ok(())
}

fn first_due(tx: &Transaction<'_>) -> Result<Option<(DuePhoto, u32)>, StoreError> {
    // A photo that is further along goes first: a reading begun is finished before the next begins.
    let mut select = tx.prepare_cached(
        "select photo.*, patient.*, patient_id, photo.id as photo_id from photo \
         join study on study.id = study_id join patient on patient.id = patient_id \
         where photo.state in ('captured', 'digitised', 'accepted', 'scored') \
           and study.state in ('registered', 'processing', 'retake_asked', 'held', 'reported') \
         order by photo.state = 'captured', photo.seq limit 1",
    )?;
    let mut rows = select.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let due = DuePhoto {
        id: photo_id(row, "photo_id")?,
        study: study_id(row, "study_id")?,
        state: parsed(row, "state", PhotoState::parse)?,
        digest: digest(row, "digest")?,
        age: patient(row)?.age,
    };
    Ok(Some((due, row.get("attempts")?)))
}

/// Study of a photo.
pub(super) fn study_of(db: &Connection, photo: PhotoId) -> Result<Option<StudyId>, StoreError> {
    let mut select = db.prepare_cached("select study_id from photo where id = ?1")?;
    let id: Option<[u8; 16]> = select.query_row([photo.as_bytes()], |row| row.get(0)).optional()?;
    Ok(id.map(StudyId::from_bytes))
}
