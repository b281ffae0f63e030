//! Use cases around a correction: the photo to draw on, what stands now, and the correction itself.

use std::sync::PoisonError;

use image::ImageEncoder as _;
use image::codecs::jpeg::JpegEncoder;

use crate::app::{App, Inner};
use crate::capture;
use crate::digitise;
use crate::domain::correction::{Correction, Outline};
use crate::domain::fault::Fault;
use crate::domain::film::Orientation;
use crate::domain::geometry::Point;
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::people::Operator;
use crate::domain::view::FilmInPhoto;
use crate::store::{Folder, StoreError};

/// Longest side of the photo that a person draws on, pixels: sharp on a phone when enlarged twice.
const PREVIEW_SIDE_MAX: u32 = 1600;
/// JPEG quality of it.
const PREVIEW_QUALITY: u8 = 80;
/// Corners that are offered when the box has found no film: this far from the photo's edges.
const OFFERED_INSET: f64 = 0.12;

impl App {
    /// Stores how a person says that the film lies in the photo; the photo is then read again.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`], [`Fault::StudyClosed`], [`Fault::PhotoBusy`], or a failed database.
    pub async fn correct_photo(
        &self,
        by: &Operator,
        study: StudyId,
        photo: PhotoId,
        correction: Correction,
    ) -> Result<(), Fault> {
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.correct_photo(study, photo, &correction, by, at))
            .await?;
        self.inner.bell.ring();
        Ok(())
    }

    /// How the film lies in the photo as far as it is known: a person's word before the box's own.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is no such photo, [`Fault::StoredFileDamaged`].
    pub async fn film_in_photo(
        &self,
        study: StudyId,
        photo: PhotoId,
    ) -> Result<FilmInPhoto, Fault> {
        self.blocking(move |inner| {
            let photo_rgb = decoded(inner, study, photo)?;
            if let Some(Correction { outline, orientation }) = inner.store.correction(photo)? {
                return Ok(FilmInPhoto { outline, orientation, found: true });
            }
            let row = inner.store.digitised_row(photo)?;
            let found = row.as_ref().and_then(|row| {
                let quad = digitise::quad_as_it_lies(&row.corners, row.orientation);
                Outline::of(&quad, photo_rgb.width(), photo_rgb.height())
            });
            let orientation = row.map_or_else(Orientation::default, |row| row.orientation);
            let offered = found.or_else(offered).ok_or(StoreError::Corrupt { what: "outline" })?;
            Ok(FilmInPhoto { outline: offered, orientation, found: found.is_some() })
        })
        .await
    }

    /// The photo the right way up and small enough for a phone, JPEG.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is no such photo, [`Fault::StoredFileDamaged`].
    pub async fn photo_preview(&self, study: StudyId, photo: PhotoId) -> Result<Vec<u8>, Fault> {
        self.blocking(move |inner| {
            let photo = decoded(inner, study, photo)?;
            let scale = f64::from(PREVIEW_SIDE_MAX) / f64::from(photo.width().max(photo.height()));
            let small = if scale < 1.0 {
                let side = |pixels: u32| shrunk(pixels, scale);
                image::imageops::thumbnail(&photo, side(photo.width()), side(photo.height()))
            } else {
                photo
            };
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, PREVIEW_QUALITY)
                .write_image(&small, small.width(), small.height(), image::ExtendedColorType::Rgb8)
                .map_err(|_| Fault::Internal)?;
            Ok(jpeg)
        })
        .await
    }
}

/// The stored photo, the right way up. One at a time: see [`Inner`].
fn decoded(inner: &Inner, study: StudyId, photo: PhotoId) -> Result<image::RgbImage, StoreError> {
    let (digest, _) = inner.store.photo_file(study, photo)?.ok_or(Fault::PageUnknown)?;
    let bytes = inner.store.file(Folder::Photos, digest)?;
    let _turn = inner.decoding.lock().unwrap_or_else(PoisonError::into_inner);
    capture::decode(&bytes, &inner.limits).map_err(StoreError::from)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number below the side that it was made from"
)]
fn shrunk(pixels: u32, scale: f64) -> u32 {
    ((f64::from(pixels) * scale).round() as u32).max(1)
}

/// Corners to begin with where the box has found no film.
fn offered() -> Option<Outline> {
    let (near, far) = (OFFERED_INSET, 1.0 - OFFERED_INSET);
    let corners = [(near, near), (far, near), (far, far), (near, far)];
    Outline::new(corners.map(|(x, y)| Point::new(x, y)))
}
