//! The one compute thread: takes what is due from the database, one step at a time.
//!
//! It takes no input but the store. A panic in a step holds that photo and nothing else.

mod gentle;
mod recognise;
mod shadow;

pub(in crate::app) use shadow::{Candidate, stored};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::app::clock::{Stopwatch, year};
use crate::app::pipeline::{self, Film, Outcome, Pipeline};
use crate::app::{App, chain, log_store_error};
use crate::capture;
use crate::domain::fault::Fault;
use crate::domain::people::AgeYears;
use crate::domain::quality::{Grade, QualityIssue};
use crate::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use crate::domain::study::{PhotoEvent, Stage};
use crate::infer::{AgeGate, InferError, Networks, Viewing};
use crate::locale::Locale;
use crate::report::{self, FilmNotes, Sides};
use crate::store::{DigitisedRow, DuePhoto, Folder, StoreError};

/// Looks at the queue at least this often, even when nobody rings.
const PERIOD: Duration = Duration::from_secs(5);

/// The running compute thread. Stops after the step in hand when dropped.
#[derive(Debug)]
pub struct Lightbox {
    app: App,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Why a step ended without a result.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the networks failed")]
    Infer(#[from] InferError),
    #[error("there are no networks: {0}")]
    NoNetworks(String),
    #[error("a stored radiograph cannot be decoded")]
    Radiograph,
    #[error("a picture cannot be encoded")]
    Encode(#[from] image::ImageError),
}

impl StepError {
    const fn fault(&self) -> Fault {
        match self {
            Self::Store(StoreError::Corrupt { .. }) | Self::Radiograph => Fault::StoredFileDamaged,
            Self::Infer(_) | Self::NoNetworks(_) => Fault::ModelUnavailable,
            Self::Store(_) | Self::Encode(_) => Fault::StepFailed,
        }
    }
}

impl Lightbox {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn start(app: &App) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (worker, stopped) = (app.clone(), Arc::clone(&stop));
        let thread = std::thread::Builder::new().name("lightbox".to_owned()).spawn(move || {
            gentle::yield_to_pages();
            while !stopped.load(Ordering::SeqCst) {
                worker.inner.pulse.looks();
                match worker.work_once() {
                    Ok(true) => {}
                    Ok(false) => worker.inner.bell.wait(PERIOD),
                    Err(error) => {
                        log_store_error(&error);
                        worker.inner.bell.wait(PERIOD);
                    }
                }
            }
        })?;
        Ok(Self { app: app.clone(), stop, thread: Some(thread) })
    }
}

impl Drop for Lightbox {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.app.inner.bell.ring();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the compute thread ended abnormally");
        }
    }
}

impl App {
    /// Does one step of the photo that is due first; `false` when nothing is due.
    pub(super) fn work_once(&self) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        let Some(due) = store.next_due(self.now())? else {
            return Ok(recognise::catch_up(self)? || shadow::catch_up(self)?);
        };
        let Some(stage) = due.state.due() else { return Ok(false) };
        let watch = Stopwatch::start();
        self.inner.pulse.begins();
        let step = catch_unwind(AssertUnwindSafe(|| self.step(&due, stage)));
        let failed = match step {
            Ok(Ok(())) => {
                tracing::info!(photo.id = %due.id, stage = stage.code(), duration_ms = watch.ms(), "step done");
                return Ok(true);
            }
            Ok(Err(StepError::Store(
                error @ (StoreError::Sqlite(_) | StoreError::File { .. }),
            ))) => {
                // The disk or the database: the photo is not to blame and stays due.
                store.forgive_start(due.id)?;
                return Err(error);
            }
            Ok(Err(error)) => {
                tracing::error!(photo.id = %due.id, stage = stage.code(), error = chain(&error), "step failed");
                error.fault()
            }
            Err(_) => {
                tracing::error!(photo.id = %due.id, stage = stage.code(), "step panicked");
                Fault::StepFailed
            }
        };
        store.hold_photo(due.id, failed, self.now())?;
        Ok(true)
    }

    fn step(&self, due: &DuePhoto, stage: Stage) -> Result<(), StepError> {
        match stage {
            Stage::Digitise => self.digitise(due),
            Stage::Grade => self.grade(due),
            Stage::Score => self.score(due),
            Stage::Draft => self.draft(due),
        }
    }

    fn networks(&self) -> Result<Arc<Networks>, StepError> {
        self.inner.networks().map_err(StepError::NoNetworks)
    }

    fn digitise(&self, due: &DuePhoto) -> Result<(), StepError> {
        let store = &self.inner.store;
        let networks = self.networks()?;
        let pipeline = Pipeline { networks: &networks, limits: &self.inner.limits };
        let bytes = store.file(Folder::Photos, due.digest)?;
        let refuse = |issue: QualityIssue| {
            let event = PhotoEvent::Refused { issues: vec![issue] };
            store.refuse_photo(due.id, &event, self.now())
        };
        let Ok(photo) = capture::decode(&bytes, &self.inner.limits) else {
            return Ok(refuse(QualityIssue::Unreadable)?);
        };
        drop(bytes);
        let film = store.correction(due.id)?.map_or(Film::InPhoto, Film::Shown);
        let digitised = match pipeline.digitise(photo, film, &mut pipeline::untimed)? {
            Outcome::NoFilm => return Ok(refuse(QualityIssue::NoFilm)?),
            Outcome::Digitised(digitised) => digitised,
        };
        let corners = digitised.corners.ok_or(StepError::Radiograph)?;
        let png = pipeline::png_grey(&digitised.radiograph)?;
        let radiograph = store.keep_bytes(due.id, &png, Folder::Radiographs)?;
        let age = due.age.at_least(year(self.now()));
        let row = DigitisedRow {
            radiograph,
            corners,
            orientation: digitised.orientation,
            mirror_doubtful: digitised.mirror_doubtful,
            age_doubtful: digitised.looks_like_child
                && age.is_some_and(AgeYears::is_past_childhood),
            grade: digitised.grade,
            glare_on_lungs: digitised.glare_on_lungs,
        };
        crate::crash_point::reached("before_digitised_row");
        store.digitised(due.id, &row, digitised.fingerprint.as_deref(), self.now())?;
        crate::crash_point::reached("after_digitised_row");
        Ok(())
    }

    fn digitised_row(&self, due: &DuePhoto) -> Result<DigitisedRow, StepError> {
        let row = self.inner.store.digitised_row(due.id)?;
        Ok(row.ok_or(StoreError::Corrupt { what: "digitised" })?)
    }

    fn grade(&self, due: &DuePhoto) -> Result<(), StepError> {
        let row = self.digitised_row(due)?;
        let alike = match &row.grade {
            Grade::Accepted { .. } => recognise::alike(self, due)?,
            Grade::Refused { .. } => Vec::new(),
        };
        self.inner.store.graded(due.id, &row.grade, &alike, self.now())?;
        crate::crash_point::reached("after_graded_row");
        Ok(())
    }

    fn score(&self, due: &DuePhoto) -> Result<(), StepError> {
        let row = self.digitised_row(due)?;
        let png = self.inner.store.file(Folder::Radiographs, row.radiograph)?;
        let radiograph = pipeline::radiograph(&png).ok_or(StepError::Radiograph)?;
        let accepted = AcceptedRadiograph::gate(radiograph, row.grade);
        let accepted = accepted.map_err(|_| StoreError::Corrupt { what: "grade" })?;
        let age = due.age.at_least(year(self.now()));
        let networks = self.networks()?;
        // The same pixels were outlined when the photo was graded; without lungs it was refused.
        let viewing = Viewing { channel: CaptureChannel::Phone, age: AgeGate::Patient(age) };
        let sheet = networks.read(&accepted, viewing)?;
        let sheet = sheet.ok_or(StoreError::Corrupt { what: "radiograph" })?;
        self.inner.store.scored(due.id, &sheet, self.now())?;
        crate::crash_point::reached("after_scored_row");
        Ok(())
    }

    fn draft(&self, due: &DuePhoto) -> Result<(), StepError> {
        let store = &self.inner.store;
        let row = self.digitised_row(due)?;
        let reading = store.reading(due.id)?;
        let (sheet, _) = reading.ok_or(StoreError::Corrupt { what: "reading" })?;
        let accepted = match &row.grade {
            Grade::Accepted { remarks } => remarks.as_slice(),
            Grade::Refused { .. } => &[],
        };
        let sides = Sides::of(row.orientation, row.mirror_doubtful);
        let notes = FilmNotes { remarks: accepted, sides, age_doubtful: row.age_doubtful };
        let text = Locale::english().draft_text(&report::draft(&sheet, notes));
        store.drafted(due.id, &text, self.now())?;
        crate::crash_point::reached("after_reported_row");
        Ok(())
    }
}
