//! What an object shows: the facts of the moment, as DICOM.

use crate::app::sync::{reading_facts, study_facts};
use crate::app::{add_readings, pipeline};
use crate::capture::inspect;
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::PhotoId;
use crate::domain::limits::Limits;
use crate::domain::pacs::{ObjectKind, Refusal};
use crate::domain::report_text;
use crate::domain::study::StudyState;
use crate::domain::view::StudyView;
use crate::store::{Folder, Store, StoreError, WaitingObject};
use crate::wire::dicom::{self, About, DicomObject, FilmFacts, Lossy, NotWritten, ReportFacts};
use crate::wire::fhir::BoxFacts;

/// What came of making an object.
pub(super) enum Made {
    Object(DicomObject),
    /// What it was to show does not hold any more.
    Nothing,
    /// It cannot be made from what is stored.
    Broken(Refusal),
}

/// Makes an object; a report's page is printed already.
pub(super) fn make(
    store: &Store,
    (from, utc_offset_minutes): (BoxFacts, i32),
    limits: &Limits,
    object: &WaitingObject,
    pdf: Option<Vec<u8>>,
) -> Result<Made, StoreError> {
    let made = (|| {
        let mut view = store.study(object.study)?.ok_or(StoreError::Corrupt { what: "study" })?;
        if view.state == StudyState::Voided {
            return Ok(None);
        }
        add_readings(store, &mut view)?;
        let about = About { from, study: study_facts(store, &view)?, utc_offset_minutes };
        match (object.kind, pdf) {
            (ObjectKind::Film, _) => film(store, &about, &view, limits),
            (ObjectKind::Reading, _) => reading(store, &about, &view),
            (ObjectKind::Report, Some(pdf)) => report(store, &about, object, pdf).map(Some),
            (ObjectKind::Report, None) => Ok(None),
        }
    })();
    match made {
        Ok(Some(Ok(object))) => Ok(Made::Object(object)),
        Ok(Some(Err(error))) => {
            tracing::error!(%error, "an object for the PACS cannot be made");
            Ok(Made::Broken(Refusal::of("not written")))
        }
        Ok(None) => Ok(Made::Nothing),
        Err(StoreError::Corrupt { what }) => {
            tracing::error!(what, "an object for the PACS cannot be made from what is stored");
            Ok(Made::Broken(Refusal::of(&format!("stored {what} damaged"))))
        }
        Err(error) => Err(error),
    }
}

type Written = Result<DicomObject, NotWritten>;

fn film(
    store: &Store,
    about: &About,
    view: &StudyView,
    limits: &Limits,
) -> Result<Option<Written>, StoreError> {
    let Some(reading) = &view.reading else { return Ok(None) };
    let corrupt = |what| StoreError::Corrupt { what };
    let row = store.digitised_row(reading.photo)?.ok_or(corrupt("radiograph"))?;
    let png = store.file(Folder::Radiographs, row.radiograph)?;
    let radiograph = pipeline::radiograph(&png).ok_or(corrupt("radiograph"))?;
    let photo = view.photos.iter().find(|photo| photo.id == reading.photo);
    let facts = FilmFacts {
        radiograph,
        digest: row.radiograph,
        received: photo.ok_or(corrupt("photo"))?.received,
        mirror_doubtful: row.mirror_doubtful,
        lossy: lossy(store, view, reading.photo, limits)?,
    };
    Ok(Some(dicom::film(about, facts)))
}

/// How the photo was compressed, from its header. Of a photo whose file is damaged nothing is known: the
/// radiograph made from it is whole all the same.
fn lossy(
    store: &Store,
    view: &StudyView,
    photo: PhotoId,
    limits: &Limits,
) -> Result<Option<Lossy>, StoreError> {
    let bytes_of = |digest: Sha256Digest| match store.file(Folder::Photos, digest) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StoreError::Corrupt { .. }) => Ok(None),
        Err(error) => Err(error),
    };
    let file = store.photo_file(view.id, photo)?;
    let Some((digest, _)) = file.filter(|(_, kind)| kind == "image/jpeg") else { return Ok(None) };
    let Some(bytes) = bytes_of(digest)? else { return Ok(None) };
    let Ok(header) = inspect(&bytes, limits) else { return Ok(None) };
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let pixel_bytes = f64::from(header.width) * f64::from(header.height) * 3.0;
    Ok(Some(Lossy { ratio: pixel_bytes / f64::from(size) }))
}

fn reading(store: &Store, about: &About, view: &StudyView) -> Result<Option<Written>, StoreError> {
    let Some(facts) = reading_facts(store, view)? else { return Ok(None) };
    let made = store.reading_made(view.id, facts.photo)?;
    Ok(Some(dicom::reading(about, &facts, made.ok_or(StoreError::Corrupt { what: "event" })?)))
}

fn report(
    store: &Store,
    about: &About,
    object: &WaitingObject,
    pdf: Vec<u8>,
) -> Result<Written, StoreError> {
    let corrupt = StoreError::Corrupt { what: "report" };
    let versions = store.report_versions(object.study)?;
    let signed = versions.iter().find(|one| one.head.version == object.part);
    let Some(signed) = signed else { return Err(corrupt) };
    let Some(content) = report_text::read(signed.text.reveal()) else { return Err(corrupt) };
    let radiograph = content.basis.radiograph;
    Ok(dicom::report(about, ReportFacts { head: &signed.head, radiograph, pdf }))
}
