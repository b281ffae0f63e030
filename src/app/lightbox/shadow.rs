//! One film of a comparison at a time, when nothing else is due and the clinic does not work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::PoisonError;

use crate::app::clock::year;
use crate::app::{App, chain, models, pipeline};
use crate::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use crate::domain::reading::ScoreSheet;
use crate::infer::{AgeGate, Networks, Viewing};
use crate::packs::{Library, PackName};
use crate::store::{Folder, ShadowFilm, ShadowState, StoreError};

/// The proposed network while it is compared; it is let go when the comparison ends.
pub(in crate::app) type Candidate = Option<(PackName, Networks)>;

/// Scores one film with the proposed network; `false` when there is nothing to compare now.
pub(super) fn catch_up(app: &App) -> Result<bool, StoreError> {
    let mut candidate = app.inner.candidate.lock().unwrap_or_else(PoisonError::into_inner);
    if app.clinic_works() || app.on_trial() {
        *candidate = None;
        return Ok(false);
    }
    let Ok(in_use) = app.inner.networks() else { return Ok(false) };
    if candidate.is_none() && !load(app, &mut candidate)? {
        return Ok(false);
    }
    let Some((_, networks)) = candidate.as_ref() else { return Ok(false) };
    let (model, against) = (networks.findings.model(), in_use.findings.model().sha256);
    let store = &app.inner.store;
    let run = match store.shadow_run(model.sha256)? {
        Some(run) if run.state == ShadowState::Scoring => run,
        Some(run) if run.state == ShadowState::Waiting => {
            *candidate = None;
            return Ok(false);
        }
        // Decided before, and proposed anew: compared anew.
        _ => {
            store.begin_shadow(model, against, app.now())?;
            return Ok(true);
        }
    };
    let Some(film) = store.shadow_next(run.seq)? else {
        *candidate = None;
        models::conclude(&app.inner, run, app.now())?;
        return Ok(true);
    };
    // First the note that it cannot be scored: a film that ends the program is not tried again.
    store.keep_shadow(run.seq, film.photo, None)?;
    let scored = catch_unwind(AssertUnwindSafe(|| score(app, networks, &film)));
    let sheet = scored.unwrap_or_else(|_| {
        tracing::error!(photo.id = %film.photo, "scoring a film for comparison panicked");
        None
    });
    store.keep_shadow(run.seq, film.photo, sheet.as_ref())?;
    Ok(true)
}

/// Loads the proposed network; one that cannot be used is proposed no more.
fn load(app: &App, candidate: &mut Candidate) -> Result<bool, StoreError> {
    let library = Library::open(app.inner.store.dir()).map_err(models::failed)?;
    let Some(name) = library.proposed().map_err(models::failed)? else { return Ok(false) };
    // A decision that waits needs no network in memory.
    if let Some(waiting) = app.inner.store.shadow_waiting()?
        && format!("{}@{}", waiting.model.id, waiting.model.version) == name.to_string()
    {
        return Ok(false);
    }
    match models::candidate(&app.inner) {
        Ok(loaded) => *candidate = loaded,
        Err(error) => {
            tracing::error!(error = chain(&error), "a new network cannot be used");
            library.forget_proposed(&name).map_err(models::failed)?;
            app.inner.store.note(None, "model_refused", &name.to_string(), app.now())?;
        }
    }
    Ok(candidate.is_some())
}

fn score(app: &App, networks: &Networks, film: &ShadowFilm) -> Option<ScoreSheet> {
    let (accepted, viewing) = stored(app, film)?;
    networks.read(&accepted, viewing).ok()?
}

/// A stored film as networks see it; `None` when it cannot be read any more.
pub(in crate::app) fn stored(
    app: &App,
    film: &ShadowFilm,
) -> Option<(AcceptedRadiograph, Viewing)> {
    let png = app.inner.store.file(Folder::Radiographs, film.radiograph).ok()?;
    let row = app.inner.store.digitised_row(film.photo).ok()??;
    let accepted = AcceptedRadiograph::gate(pipeline::radiograph(&png)?, row.grade).ok()?;
    let age = film.age.at_least(year(app.now()));
    Some((accepted, Viewing { channel: CaptureChannel::Phone, age: AgeGate::Patient(age) }))
}
