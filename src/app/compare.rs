//! Use cases around what is laid over and beside a radiograph: the lungs' outlines, and an earlier film.

use std::sync::PoisonError;

use crate::app::pipeline;
use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::prior::{Prior, Registration, ShareChange};
use crate::domain::reading::LungReading;
use crate::domain::view::{ReadingView, StudyView};
use crate::report;
use crate::store::{Folder, StoreError};

/// Two studies of one patient side by side; both have a reading in force.
#[derive(Debug)]
pub struct Comparison {
    /// The newer study.
    pub newer: StudyView,
    /// The earlier one.
    pub earlier: StudyView,
    /// How the share of lung affected has changed; `None` where one of them has no figure.
    pub change: Option<ShareChange>,
    /// Whether the earlier film could be laid over the newer one by their lungs.
    pub registered: bool,
}

impl App {
    /// The lungs as they were outlined, to lay over the radiograph, PNG.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when the photo has no reading with outlined lungs.
    pub async fn lungs_png(&self, study: StudyId, photo: PhotoId) -> Result<Vec<u8>, Fault> {
        self.blocking(move |inner| {
            inner.store.photo_file(study, photo)?.ok_or(Fault::PageUnknown)?;
            let (sheet, _) = inner.store.reading(photo)?.ok_or(Fault::PageUnknown)?;
            let lungs = sheet.lungs.ok_or(Fault::PageUnknown)?;
            let (width, height) = radiograph_size(inner, photo)?;
            pipeline::png_rgba(&report::lungs_overlay(&lungs.fields, width, height))
                .map_err(|_| Fault::Internal.into())
        })
        .await
    }

    /// Earlier studies of the same patient that have a reading, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn priors(&self, study: StudyId) -> Result<Vec<Prior>, Fault> {
        self.blocking(move |inner| inner.store.priors(study)).await
    }

    /// A study and an earlier one of the same patient.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when that is no earlier study of the same patient with a reading.
    pub async fn comparison(&self, newer: StudyId, earlier: StudyId) -> Result<Comparison, Fault> {
        if !self.priors(newer).await?.iter().any(|prior| prior.study == earlier) {
            return Err(Fault::PageUnknown);
        }
        let (newer, earlier) = (self.study(newer).await?, self.study(earlier).await?);
        let (Some(now), Some(then)) = (lungs_of(&newer)?, lungs_of(&earlier)?) else {
            return Ok(Comparison { newer, earlier, change: None, registered: false });
        };
        let change = ShareChange::of(then, now);
        Ok(Comparison { change, registered: true, newer, earlier })
    }

    /// The radiograph of an earlier study as it lies over that of a newer one, PNG.
    ///
    /// # Errors
    /// As [`App::comparison`]; [`Fault::StoredFileDamaged`] when a file rotted.
    pub async fn prior_png(&self, newer: StudyId, earlier: StudyId) -> Result<Vec<u8>, Fault> {
        let pair = self.comparison(newer, earlier).await?;
        let (now, then) = (reading(&pair.newer)?.photo, reading(&pair.earlier)?.photo);
        let lies = match (lungs_of(&pair.newer)?, lungs_of(&pair.earlier)?) {
            (Some(now), Some(then)) => Registration::by_lungs(&now.fields, &then.fields),
            _ => Registration::NONE,
        };
        self.blocking(move |inner| {
            let (width, height) = radiograph_size(inner, now)?;
            let row = inner.store.digitised_row(then)?.ok_or(Fault::PageUnknown)?;
            let file = inner.store.file(Folder::Radiographs, row.radiograph)?;
            // One at a time: a whole radiograph is decoded.
            let _turn = inner.decoding.lock().unwrap_or_else(PoisonError::into_inner);
            let earlier = pipeline::radiograph(&file).ok_or(Fault::StoredFileDamaged)?;
            let shown = report::registered(&earlier, lies, width, height);
            let shown = shown.ok_or(Fault::Internal)?;
            pipeline::png_grey(&shown).map_err(|_| Fault::Internal.into())
        })
        .await
    }
}

/// Width and height of a photo's stored radiograph, pixels.
pub(super) fn radiograph_size(inner: &Inner, photo: PhotoId) -> Result<(u32, u32), StoreError> {
    let row = inner.store.digitised_row(photo)?.ok_or(Fault::PageUnknown)?;
    let file = inner.store.file(Folder::Radiographs, row.radiograph)?;
    Ok(pipeline::png_size(&file).ok_or(Fault::StoredFileDamaged)?)
}

fn reading(view: &StudyView) -> Result<&ReadingView, Fault> {
    view.reading.as_ref().ok_or(Fault::PageUnknown)
}

fn lungs_of(view: &StudyView) -> Result<Option<&LungReading>, Fault> {
    Ok(reading(view)?.sheet.lungs.as_ref())
}
