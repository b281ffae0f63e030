//! Whether a film was here before, for another study; and fingerprints for films that have none yet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::app::clock::Stopwatch;
use crate::app::{App, pipeline};
use crate::digitise::{FilmQuery, LIKENESS_MIN};
use crate::domain::digest::Sha256Digest;
use crate::domain::fingerprint::Fingerprint;
use crate::store::{Alike, DuePhoto, Folder, StoreError};

/// The photos of other studies whose films look the same as this one's, one of each film looked at.
pub(super) fn alike(app: &App, due: &DuePhoto) -> Result<Vec<Alike>, StoreError> {
    let store = &app.inner.store;
    let Some(film) = store.film_detail(due.id)? else { return Ok(Vec::new()) };
    let watch = Stopwatch::start();
    let (photos, signatures) = store.signatures_elsewhere(due.study)?;
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    let query = FilmQuery::new(&film);
    let compared =
        query.compare(&query.shortlist(&signatures), |index| store.film_detail(photos[index]))?;
    let same = compared.into_iter().filter(|(_, likeness)| *likeness >= LIKENESS_MIN);
    let same = same.map(|(index, likeness)| Alike { photo: photos[index], likeness });
    let same: Vec<Alike> = same.collect();
    tracing::info!(
        photo.id = %due.id,
        films = photos.len(),
        alike = same.len(),
        duration_ms = watch.ms(),
        "looked for the same film"
    );
    Ok(same)
}

/// Makes the fingerprint of one film that was stored before films had any, the newest first; `false`
/// when none lacks it. Called when nothing else is due.
pub(super) fn catch_up(app: &App) -> Result<bool, StoreError> {
    let store = &app.inner.store;
    if app.inner.networks().is_err() {
        return Ok(false);
    }
    let Some((photo, radiograph)) = store.without_fingerprint()? else { return Ok(false) };
    // First the note that none can be made: a film that ends the program is not tried again.
    store.keep_fingerprint(photo, None)?;
    let made = catch_unwind(AssertUnwindSafe(|| fingerprint(app, radiograph)));
    match made {
        Ok(Some(made)) => store.keep_fingerprint(photo, Some(&made))?,
        Ok(None) => tracing::warn!(photo.id = %photo, "no fingerprint can be made of this film"),
        Err(_) => tracing::error!(photo.id = %photo, "making a fingerprint panicked"),
    }
    Ok(true)
}

fn fingerprint(app: &App, radiograph: Sha256Digest) -> Option<Fingerprint> {
    let png = app.inner.store.file(Folder::Radiographs, radiograph).ok()?;
    let radiograph = pipeline::radiograph(&png)?;
    let networks = app.inner.networks().ok()?;
    let lungs = networks.lungs.outline(&radiograph).ok()??;
    Some(pipeline::fingerprint(&radiograph, &lungs))
}
