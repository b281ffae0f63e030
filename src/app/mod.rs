//! Use cases and the running program: the only module that sequences steps and commits results.
//!
//! Pages and commands ask [`App`]; `App` asks the pure steps and the edges. Work that waits is in the
//! database and nowhere else: the [`Lightbox`] asks it what is due, so a restart goes on where it was.

mod acceptance;
mod access;
mod accounts;
pub mod alerts;
mod bell;
pub mod clock;
pub mod compare;
pub mod config;
mod connect;
mod correct;
mod doorstep;
pub mod fhir;
mod followup;
mod https;
mod intake;
mod lightbox;
mod models;
pub mod pacs;
mod patience;
mod patients;
pub mod pipeline;
mod printing;
mod pulse;
mod random;
mod reports;
mod site;
pub mod support;
mod sync;
mod trial;
mod updates;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use acceptance::{SheetError, SignedSheet, verify as verify_sheet};
pub use access::{Attendance, Knock, LoginFault, SessionToken};
pub use connect::{
    KnownPortal, PortalLink, PortalWish, Section, SetUpRefused, SmsWay, SmsWish, Ways,
};
pub use doorstep::Doorstep;
pub use fhir::{FhirHealth, FhirSender};
pub use followup::FollowUpStep;
pub use https::{SecurePages, brought_by_portal, https_address};
pub use intake::Intake;
pub use lightbox::Lightbox;
pub use models::{ModelSettings, ShadowView};
pub use pacs::{PacsHealth, PacsSender};
pub use printing::Letter;
pub use pulse::Stuck;
pub use reports::{ReportSettings, ToSign, begun, recommendations};
pub use site::{FirstSteps, PortalStep, RecipientStep};
pub use sync::{
    AnnounceHealth, BoxKeyState, CarriedBack, CarryState, PortalOrders, SupportRequest, SyncHealth,
    Syncer,
};

pub use support::{SupportSettings, SupportState};
pub use updates::{ComingUpdate, UpdateOffer, UpdatePlace, UpdateState};

pub use crate::domain::view::*;
pub use crate::print::{QrPath, qr_path};

use crate::alert::ChannelSettings;
use crate::board::Kernel;
use crate::capture;
use crate::domain::acceleration::Acceleration;
use crate::domain::alert::roster::LocalTime;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::limits::Limits;
use crate::domain::people::Operator;
use crate::domain::quality::{Grade, QualityIssue};
use crate::domain::repeat::{self, Repeat, Shot};
use crate::domain::same_film::FilmAnswer;
use crate::domain::site::Site;
use crate::domain::stamp::{Clock, ClockTrust, Stamp};
use crate::domain::study::{PhotoState, StudyState};
use crate::domain::worklist::{Calendar, Day, WorklistQuery};
use crate::fhir::FhirSettings;
use crate::infer::Networks;
use crate::pacs::PacsSettings;
use crate::print;
use crate::report::{self, FilmNotes, Sides};
use crate::store::{Folder, Store, StoreError};
use crate::sync::PortalSettings;
use access::SetupCode;
use bell::Bell;
use config::{Connections, PageSettings};

/// The running appliance. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    limits: Limits,
    site: RwLock<Site>,
    /// Held while an acceptance test runs.
    testing: Arc<tokio::sync::Mutex<()>>,
    /// The networks that read; replaced between two steps.
    networks: RwLock<Result<Arc<Networks>, String>>,
    models: ModelSettings,
    /// The network that is compared with them.
    candidate: Mutex<lightbox::Candidate>,
    models_passed_over: Vec<String>,
    setup: Mutex<SetupCode>,
    /// One photo at a time is decoded for a page: a large one takes 200 MB.
    decoding: Mutex<()>,
    pages: PageSettings,
    reports: ReportSettings,
    printer: printing::Printer,
    alerts: alerts::AlertDesk,
    kernel: Kernel,
    board: String,
    own_address: Option<String>,
    doorstep: Doorstep,
    visitors: doorstep::Visitors,
    https: Option<SecurePages>,
    runtime_dir: Option<PathBuf>,
    pulse: pulse::Pulse,
    sync: sync::SyncDesk,
    pacs: pacs::PacsDesk,
    fhir: fhir::FhirDesk,
    connect: connect::ConnectDesk,
    updates: UpdatePlace,
    support: SupportSettings,
    on_trial: AtomicBool,
    bell: Bell,
}

impl Inner {
    /// Local time now, by a clock that may be wrong.
    fn local_time(&self) -> LocalTime {
        LocalTime::of(self.local_ms(self.clock.now()))
    }

    /// Local milliseconds since 1970 of a stamp.
    fn local_ms(&self, stamp: Stamp) -> i64 {
        stamp.wall.0.saturating_add(i64::from(self.site().utc_offset_minutes) * 60_000)
    }

    /// The networks that read, or why there are none.
    fn networks(&self) -> Result<Arc<Networks>, String> {
        self.networks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads with other networks from the next step on.
    fn set_networks(&self, networks: Arc<Networks>) {
        *self.networks.write().unwrap_or_else(PoisonError::into_inner) = Ok(networks);
    }
}

/// What an [`App`] is made from.
pub struct Parts {
    /// The open state directory.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Limits in force.
    pub limits: Limits,
    /// Local time minus UTC, minutes, for what pages show.
    pub utc_offset_minutes: i32,
    /// The networks, or why there are none.
    pub networks: Result<Arc<Networks>, String>,
    /// How networks are loaded, and when a new one may be tried.
    pub models: ModelSettings,
    /// Chosen model packs that could not be used, each with the reason.
    pub models_passed_over: Vec<String>,
    /// What the pages say beside their own texts.
    pub pages: PageSettings,
    /// How reports are written and reviewed.
    pub reports: ReportSettings,
    /// How people are reached.
    pub channels: ChannelSettings,
    /// Address of the box on its own network, for links in messages; `None`: no links.
    pub link_base: Option<String>,
    /// Where the kernel says how the machine is.
    pub kernel: Kernel,
    /// The board's name.
    pub board: String,
    /// What phones meet that test the network for internet.
    pub doorstep: Doorstep,
    /// Pages over HTTPS, where there are any.
    pub https: Option<SecurePages>,
    /// Folder in which root's units are asked for something; `None` without a service manager.
    pub runtime_dir: Option<PathBuf>,
    /// The first login code, where provisioning has made one; eight digits.
    pub setup_code: Option<String>,
    /// Where records go; `None`: they stay on the box.
    pub portal: Option<PortalSettings>,
    /// Where films and reports go as DICOM objects; `None`: nowhere.
    pub pacs: Option<PacsSettings>,
    /// The FHIR server where bundles go; `None`: nowhere.
    pub fhir: Option<FhirSettings>,
    /// What the pages may set of the ways out, and have set.
    pub connections: Connections,
    /// Where slots and bundles are.
    pub updates: UpdatePlace,
    /// How support is reached.
    pub support: SupportSettings,
    /// Whether the program is on trial: no work is taken in until it has confirmed itself.
    pub on_trial: bool,
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({:?})", self.store)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "App({:?})", self.inner.store)
    }
}

impl App {
    /// Puts the parts together. Work starts with [`Lightbox::start`].
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn new(parts: Parts) -> Result<Self, Fault> {
        let given = Site {
            name: parts.reports.site_name.clone(),
            language: parts.pages.language.map(|it| it.code().to_owned()).unwrap_or_default(),
            utc_offset_minutes: parts.utc_offset_minutes,
            support_contact: parts.pages.support_contact.clone().unwrap_or_default(),
        };
        let site = parts.store.site(given).map_err(|error| {
            log_store_error(&error);
            error.fault()
        })?;
        let inner = Inner {
            store: parts.store,
            clock: parts.clock,
            limits: parts.limits,
            site: RwLock::new(site),
            testing: Arc::default(),
            networks: RwLock::new(parts.networks),
            models: parts.models,
            candidate: Mutex::new(None),
            models_passed_over: parts.models_passed_over,
            setup: Mutex::new(SetupCode::new(parts.setup_code.as_deref())?),
            decoding: Mutex::new(()),
            pages: parts.pages,
            reports: parts.reports,
            printer: printing::Printer::default(),
            alerts: alerts::AlertDesk::new(&parts.channels, parts.link_base.clone()),
            kernel: parts.kernel,
            board: parts.board,
            own_address: parts.link_base,
            doorstep: parts.doorstep,
            visitors: doorstep::Visitors::default(),
            https: parts.https,
            runtime_dir: parts.runtime_dir,
            pulse: pulse::Pulse::default(),
            sync: sync::SyncDesk::new(parts.portal),
            pacs: pacs::PacsDesk::new(parts.pacs),
            fhir: fhir::FhirDesk::new(parts.fhir),
            connect: connect::ConnectDesk::new(parts.connections),
            updates: parts.updates,
            support: parts.support,
            on_trial: AtomicBool::new(parts.on_trial),
            bell: Bell::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Address of the box on its own network, without a slash at the end, where the settings name one.
    #[must_use]
    pub fn own_address(&self) -> Option<&str> {
        self.inner.own_address.as_deref()
    }

    /// Whether the program is on trial and takes no work in.
    #[must_use]
    pub fn on_trial(&self) -> bool {
        self.inner.on_trial.load(Ordering::SeqCst)
    }

    /// Limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// The time now, with its quality.
    #[must_use]
    pub fn now(&self) -> Stamp {
        self.inner.clock.now()
    }

    /// The calendar year now, by a clock that may be wrong.
    #[must_use]
    pub fn year_now(&self) -> i32 {
        clock::year(self.now())
    }

    /// The calendar year of a stamp.
    #[must_use]
    pub fn year_of(&self, stamp: Stamp) -> i32 {
        clock::year(stamp)
    }

    /// Local time minus UTC, minutes.
    #[must_use]
    pub fn utc_offset_minutes(&self) -> i32 {
        self.inner.site.read().unwrap_or_else(PoisonError::into_inner).utc_offset_minutes
    }

    /// One page of the worklist.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn worklist(&self, query: WorklistQuery) -> Result<Worklist, Fault> {
        let calendar = self.calendar();
        self.blocking(move |inner| inner.store.worklist(&query, calendar)).await
    }

    /// What day it is on the clinic's wall, by a clock that may be wrong.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let utc_offset_minutes = self.utc_offset_minutes();
        Calendar { today: Day::of(self.now().wall, utc_offset_minutes), utc_offset_minutes }
    }

    /// Everything that a study's page shows.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub async fn study(&self, id: StudyId) -> Result<StudyView, Fault> {
        self.blocking(move |inner| {
            let mut view = inner.store.study(id)?.ok_or(Fault::StudyUnknown)?;
            add_readings(&inner.store, &mut view)?;
            if let Some(reading) = &mut view.reading {
                let above = report::above_draft(&view.same_films);
                let indicated = report::indicated(&view.indication, &reading.sheet);
                reading.draft.sentences.splice(0..0, above.sentences.into_iter().chain(indicated));
            }
            Ok(view)
        })
        .await
    }

    /// A number that grows with everything that happens to the study, and where it stands.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], or when the database fails.
    pub async fn study_version(&self, id: StudyId) -> Result<(i64, StudyState), Fault> {
        let answer = self.blocking(move |inner| inner.store.study_version(id)).await?;
        answer.ok_or(Fault::StudyUnknown)
    }

    /// Gives a held photo back to the queue.
    ///
    /// # Errors
    /// When it is not held, or the database fails.
    pub async fn release_photo(&self, by: &Operator, photo: PhotoId) -> Result<(), Fault> {
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.release_photo(photo, by, at)).await?;
        self.inner.bell.ring();
        Ok(())
    }

    /// Keeps what a person says about two studies whose films look the same. Nothing else changes:
    /// both studies stay as they are.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when nobody asked about these two studies, or when the database fails.
    pub async fn answer_same_film(
        &self,
        by: &Operator,
        studies: (StudyId, StudyId),
        answer: FilmAnswer,
    ) -> Result<(), Fault> {
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.answer_same_film(studies, answer, by, at)).await
    }

    /// The rectified radiograph of a photo, PNG.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is none, [`Fault::StoredFileDamaged`] when it rotted.
    pub async fn radiograph_png(&self, study: StudyId, photo: PhotoId) -> Result<Vec<u8>, Fault> {
        self.blocking(move |inner| {
            inner.store.photo_file(study, photo)?.ok_or(Fault::PageUnknown)?;
            let row = inner.store.digitised_row(photo)?.ok_or(Fault::PageUnknown)?;
            inner.store.file(Folder::Radiographs, row.radiograph)
        })
        .await
    }

    /// The radiograph of a photo, small enough for many on a page, JPEG.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is none, [`Fault::StoredFileDamaged`] when it rotted.
    pub async fn thumbnail_jpeg(&self, study: StudyId, photo: PhotoId) -> Result<Vec<u8>, Fault> {
        self.blocking(move |inner| {
            inner.store.photo_file(study, photo)?.ok_or(Fault::PageUnknown)?;
            let row = inner.store.digitised_row(photo)?.ok_or(Fault::PageUnknown)?;
            let file = inner.store.file(Folder::Radiographs, row.radiograph)?;
            let _turn = inner.decoding.lock().unwrap_or_else(PoisonError::into_inner);
            print::thumbnail(&file).map_err(StoreError::from)
        })
        .await
    }

    /// The heatmap of one finding as a PNG to stretch over the radiograph.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when the finding was not scored, or its network gives no maps.
    pub async fn heatmap_png(
        &self,
        study: StudyId,
        photo: PhotoId,
        finding: Finding,
    ) -> Result<Vec<u8>, Fault> {
        self.blocking(move |inner| {
            inner.store.photo_file(study, photo)?.ok_or(Fault::PageUnknown)?;
            let (sheet, _) = inner.store.reading(photo)?.ok_or(Fault::PageUnknown)?;
            let line = sheet.lines.iter().find(|line| line.finding == finding);
            let map = line.and_then(|line| line.map.as_ref()).ok_or(Fault::PageUnknown)?;
            let (width, height) = compare::radiograph_size(inner, photo)?;
            let lungs = report::clip(finding, sheet.lungs.as_ref());
            pipeline::png_rgba(&report::overlay(map, lungs, width, height))
                .map_err(|_| Fault::Internal.into())
        })
        .await
    }

    /// A photo with its media type: its pixels byte for byte, but no place, device or time of taking.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`] when there is none, [`Fault::StoredFileDamaged`] when it rotted.
    pub async fn original_photo(
        &self,
        study: StudyId,
        photo: PhotoId,
    ) -> Result<(String, Vec<u8>), Fault> {
        self.blocking(move |inner| {
            let file = inner.store.photo_file(study, photo)?;
            let (digest, media_type) = file.ok_or(Fault::PageUnknown)?;
            let photo = inner.store.file(Folder::Photos, digest)?;
            Ok((media_type, capture::without_metadata(&photo)))
        })
        .await
    }

    /// How the box is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn health(&self) -> Result<Health, Fault> {
        let clock_synced = self.now().trust == ClockTrust::Synced;
        self.blocking(move |inner| {
            let (waiting, held) = inner.store.queue()?;
            let networks = inner.networks();
            let models = networks.as_ref().map(|networks| {
                networks
                    .models()
                    .map(|model| {
                        (model.id.clone(), model.version.clone(), model.sha256.to_string())
                    })
                    .to_vec()
            });
            Ok(Health {
                version: crate::release::version(),
                backend: networks
                    .as_ref()
                    .map(|networks| networks.backend().code())
                    .map_err(Clone::clone),
                acceleration: networks
                    .as_ref()
                    .map_or_else(|_| Acceleration::Off, |networks| networks.acceleration()),
                models: models.unwrap_or_default(),
                models_passed_over: inner.models_passed_over.clone(),
                waiting,
                held,
                disk_free_bytes: inner.store.disk_free_bytes()?,
                clock_synced,
                board: inner.board.clone(),
                heat: inner.kernel.heat(),
                storage: inner.kernel.storage(inner.store.dir()),
                undelivered: inner.store.undelivered_counts()?,
                certificates: inner.brought_state(),
            })
        })
        .await
    }

    /// Runs store work off the async threads; logs a failure once, here, with its whole chain.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Fault> {
        let inner = Arc::clone(&self.inner);
        match tokio::task::spawn_blocking(move || work(&inner)).await {
            Ok(answer) => answer.map_err(|error| {
                log_store_error(&error);
                error.fault()
            }),
            Err(error) => {
                tracing::error!(%error, "store work ended abnormally");
                Err(Fault::Internal)
            }
        }
    }
}

/// Logs a store failure with its chain; a refusal is an answer, not a failure.
fn log_store_error(error: &StoreError) {
    if !matches!(error, StoreError::Refused(_)) {
        tracing::error!(error = chain(error), "the store failed");
    }
}

/// An error and its sources in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Adds what its read photos say: the reading in force, and how the readings compare.
fn add_readings(store: &Store, view: &mut StudyView) -> Result<(), StoreError> {
    let reported = view.photos.iter().filter(|photo| photo.state == PhotoState::Reported);
    let readings = reported.map(|photo| reading_of(store, photo.id));
    let mut readings = readings.collect::<Result<Vec<_>, _>>()?;
    let shots: Vec<_> = readings
        .iter()
        .map(|one| Shot { photo: one.photo, sheet: &one.sheet, remarks: &one.remarks })
        .collect();
    view.better = repeat::better(&shots);
    view.repeat = Repeat::of(&shots);
    view.worth_repeating = repeat::worth_repeating(&shots);
    let in_force = repeat::in_force(&shots);
    view.reading = in_force.map(|place| readings.swap_remove(place));
    Ok(())
}

fn reading_of(store: &Store, photo: PhotoId) -> Result<ReadingView, StoreError> {
    let corrupt = || StoreError::Corrupt { what: "reading" };
    let (sheet, stored) = store.reading(photo)?.ok_or_else(corrupt)?;
    stored.ok_or_else(corrupt)?;
    let row = store.digitised_row(photo)?.ok_or_else(corrupt)?;
    let remarks: Vec<QualityIssue> = match row.grade {
        Grade::Accepted { remarks } => remarks,
        Grade::Refused { .. } => return Err(corrupt()),
    };
    let sides = Sides::of(row.orientation, row.mirror_doubtful);
    let notes = FilmNotes { remarks: &remarks, sides, age_doubtful: row.age_doubtful };
    Ok(ReadingView {
        // Made again from what is stored, so that every page can say it in its own language.
        draft: report::draft(&sheet, notes),
        photo,
        sheet,
        remarks,
        glare_on_lungs: row.glare_on_lungs,
        orientation: row.orientation,
        mirror_doubtful: row.mirror_doubtful,
        age_doubtful: row.age_doubtful,
    })
}
