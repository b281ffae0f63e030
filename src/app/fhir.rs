//! The loop that brings bundles to a FHIR server: takes the next row, makes the bundle from what holds now,
//! sends it, keeps what the server says.
//!
//! Everything that must survive is rows. A restart, or an answer that was lost, sends a bundle again: every
//! entry of it is conditional, and the server keeps one of each.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::app::alerts::{WayCheck, WayState};
use crate::app::pacs::fault_key;
use crate::app::patience::{self, Doubt, LOOK_EVERY};
use crate::app::sync::{own_keys, told_now};
use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::fhir_server::{FhirDepth, ServerWords};
use crate::domain::sync::identity::KeyId;
use crate::fhir::{Client, FhirFault, FhirSettings, Sent};
use crate::locale::Locale;
use crate::store::{BundleFate, Store, StoreError, WaitingBundle};
use crate::wire::fhir::{BoxFacts, entries};

/// How long a server may take to answer whether it is there.
const PROBE: Duration = Duration::from_secs(20);

/// What the box knows of its way to a FHIR server.
#[derive(Debug, Default)]
pub(super) struct FhirDesk {
    settings: Option<FhirSettings>,
    fault: Mutex<Option<FhirFault>>,
}

impl FhirDesk {
    pub(super) fn new(settings: Option<FhirSettings>) -> Self {
        Self { settings, fault: Mutex::default() }
    }

    fn set(&self, fault: Option<FhirFault>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }
}

/// How the way to the FHIR server is, for a page.
#[derive(Clone, Debug)]
pub struct FhirHealth {
    /// How far everything is.
    pub depth: FhirDepth,
    /// Why it takes nothing, if so; a code for texts.
    pub fault: Option<&'static str>,
}

/// The running loop. It ends when it is dropped.
#[derive(Debug)]
pub struct FhirSender {
    _tasks: JoinSet<()>,
}

impl FhirSender {
    /// Starts the loop, if a FHIR server is set. Has to be called inside the runtime.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let mut tasks = JoinSet::new();
        if let Some(settings) = app.inner.fhir.settings.clone() {
            let app = app.clone();
            tasks.spawn(async move {
                match Round::begin(app.clone(), settings).await {
                    Ok(round) => round.run().await,
                    Err(fault) => {
                        tracing::error!(%fault, "the FHIR server cannot be used");
                        app.inner.fhir.set(Some(fault));
                    }
                }
            });
        }
        Self { _tasks: tasks }
    }
}

impl App {
    /// How the way to the FHIR server is; `None` where none is set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fhir_health(&self) -> Result<Option<FhirHealth>, Fault> {
        let Some(settings) = &self.inner.fhir.settings else { return Ok(None) };
        let metered = settings.metered;
        let fault = self.inner.fhir.fault.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let fault = fault.as_ref().map(FhirFault::code);
        let depth = self.blocking(move |inner| inner.store.fhir_depth(metered)).await?;
        Ok(Some(FhirHealth { depth, fault }))
    }
}

/// Asks a FHIR server whether it answers to this box and can do what bundles ask for; nothing is sent.
///
/// # Errors
/// [`Fault::Internal`] when the operating system gives no threads.
pub fn check_fhir(settings: &FhirSettings) -> Result<WayCheck, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        tracing::error!(%error, "no runtime to try the FHIR server with");
        Fault::Internal
    })?;
    let tried = runtime.block_on(async {
        let client = Client::open(settings)?;
        let answer = tokio::time::timeout(PROBE, client.probe()).await;
        answer.unwrap_or(Err(FhirFault::Unreachable))
    });
    let locale = Locale::english();
    Ok(match tried {
        Ok(()) => WayCheck { state: WayState::Good, what: locale.t("fhir-answers"), next: None },
        Err(fault) => {
            let key = fault_key("fhir", fault.code());
            // A box without a link is no box with wrong settings.
            let untried = matches!(
                fault,
                FhirFault::Unreachable | FhirFault::Busy { .. } | FhirFault::Failed { .. }
            );
            WayCheck {
                state: if untried { WayState::Untried } else { WayState::Broken },
                what: format!("{} {}", locale.t("fhir-name"), locale.t(&key)),
                next: Some(locale.t(&format!("{key}.next"))),
            }
        }
    })
}

/// Why a round stopped before its end.
enum Stop {
    /// The server did not do its part.
    Server(FhirFault),
    /// The box's own store failed; it is logged already.
    Store,
}

impl From<FhirFault> for Stop {
    fn from(fault: FhirFault) -> Self {
        Self::Server(fault)
    }
}

impl From<Fault> for Stop {
    fn from(_: Fault) -> Self {
        Self::Store
    }
}

/// What the loop keeps between two bundles.
struct Round {
    app: App,
    settings: FhirSettings,
    client: Client,
    box_id: KeyId,
    /// The server has said what it can do since it last failed.
    asked: bool,
    /// Failures in a row without anything taken.
    failures: u32,
    /// The newest urgent bundle that a wait has seen.
    urgent: Option<i64>,
    /// Bundles that had their turn.
    turns: u32,
    /// What the server fails over, while it says that it is busy.
    doubt: Doubt<WaitingBundle>,
    /// What it failed over just now: another one goes before it, urgent or not.
    failed: Option<WaitingBundle>,
}

impl Round {
    async fn begin(app: App, settings: FhirSettings) -> Result<Self, FhirFault> {
        let client = Client::open(&settings)?;
        let place = settings.url.clone();
        let made = app
            .blocking(move |inner| {
                inner.store.choose_fhir_server(&place)?;
                Ok(own_keys(&inner.store))
            })
            .await;
        let keys = made.map_err(|fault| FhirFault::SetUp(format!("{} {fault}", fault.code())))?;
        let keys = keys.map_err(|error| FhirFault::SetUp(error.to_string()))?;
        tracing::info!("bundles go to the FHIR server");
        let box_id = keys.name();
        Ok(Self {
            app,
            settings,
            client,
            box_id,
            asked: false,
            failures: 0,
            urgent: None,
            turns: 0,
            doubt: Doubt::default(),
            failed: None,
        })
    }

    async fn run(mut self) {
        loop {
            match self.until_rest().await {
                Ok(()) => {
                    self.failures = 0;
                    self.app.inner.fhir.set(None);
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(stop) => self.wait(stop).await,
            }
        }
    }

    /// Bundle after bundle until nothing waits.
    async fn until_rest(&mut self) -> Result<(), Stop> {
        while let Some(bundle) = self.next().await? {
            if !self.asked {
                self.client.probe().await?;
                self.asked = true;
            }
            self.bring(bundle).await?;
        }
        Ok(())
    }

    async fn next(&mut self) -> Result<Option<WaitingBundle>, Stop> {
        self.turns = self.turns.wrapping_add(1);
        let (metered, turn) = (self.settings.metered, self.turns);
        let aside = self.failed.take().or(self.doubt.aside());
        let next = move |inner: &Inner| inner.store.next_fhir_bundle(metered, turn, aside);
        Ok(self.app.blocking(next).await?)
    }

    async fn bring(&mut self, bundle: WaitingBundle) -> Result<(), Stop> {
        let Some(text) = self.make(bundle).await? else {
            let why = ServerWords::of("stored_damaged");
            return self.end(bundle, BundleFate::Refused(why)).await;
        };
        let sent = self.client.send(&text, entries(&text)).await;
        crate::crash_point::reached("before_fhir_taken");
        if sent.is_ok()
            && let Some(blamed) = self.doubt.answered(bundle)
        {
            self.put_back(blamed).await?;
        }
        match sent {
            Ok(Sent::Taken) => {
                self.failures = 0;
                self.app.inner.fhir.set(None);
                self.end(bundle, BundleFate::Taken(self.app.now())).await
            }
            Ok(Sent::Refused(why)) => {
                // What the server says may name what is in the bundle: the page has it, no log.
                tracing::error!(kind = bundle.kind.code(), "the FHIR server refuses a bundle");
                self.end(bundle, BundleFate::Refused(why)).await
            }
            Err(fault) => {
                match fault {
                    // About this bundle, as far as anybody can tell: the others go first.
                    FhirFault::Forbidden | FhirFault::Failed { .. } | FhirFault::BadAnswer => {
                        self.put_back(bundle).await?;
                        self.failed = Some(bundle);
                    }
                    // About the way, as far as the server can tell.
                    FhirFault::Busy { .. } | FhirFault::Unreachable => self.doubt.failed(bundle),
                    FhirFault::NotAllowed
                    | FhirFault::Certificate(_)
                    | FhirFault::OtherVersion
                    | FhirFault::NoTransactions
                    | FhirFault::NoConditions
                    | FhirFault::SetUp(_) => {}
                }
                Err(fault.into())
            }
        }
    }

    /// Lets the others go before a bundle.
    async fn put_back(&self, bundle: WaitingBundle) -> Result<(), Stop> {
        let back = move |inner: &Inner| inner.store.put_back_fhir_bundle(&bundle);
        Ok(self.app.blocking(back).await?)
    }

    /// Makes the bundle from what holds now; `None`: what is stored is damaged.
    async fn make(&self, bundle: WaitingBundle) -> Result<Option<String>, Stop> {
        let site = self.app.site();
        let from = BoxFacts::of(self.box_id, site.name).at(site.utc_offset_minutes);
        let (at, images_url) = (self.app.now(), self.settings.images_url.clone());
        let make = move |inner: &Inner| {
            let about = (bundle.kind, bundle.study, bundle.part);
            match told_now(&inner.store, &from, about, (at, images_url.as_deref())) {
                Ok(text) => Ok(Some(text)),
                Err(StoreError::Corrupt { what }) => {
                    tracing::error!(what, "a bundle cannot be made from what is stored");
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        };
        Ok(self.app.blocking(make).await?)
    }

    async fn end(&self, bundle: WaitingBundle, fate: BundleFate) -> Result<(), Stop> {
        let keep = move |inner: &Inner| inner.store.end_fhir_bundle(&bundle, &fate);
        Ok(self.app.blocking(keep).await?)
    }

    /// Waits after a failure; a new urgent bundle ends the wait.
    async fn wait(&mut self, stop: Stop) {
        self.failures = self.failures.saturating_add(1);
        let told = match &stop {
            Stop::Server(FhirFault::Busy { wait_ms } | FhirFault::Failed { wait_ms }) => *wait_ms,
            Stop::Server(_) | Stop::Store => None,
        };
        // What fails over one thing alone says nothing of the next: a few have their turn soon.
        let failures = patience::counted(self.failures, self.failed.is_some());
        if let Stop::Server(fault) = stop {
            // What it can do is asked again only where somebody else may have answered.
            self.asked &= matches!(
                fault,
                FhirFault::Busy { .. }
                    | FhirFault::Failed { .. }
                    | FhirFault::Forbidden
                    | FhirFault::Unreachable
            );
            if self.failures == 1 {
                tracing::warn!(%fault, "bundles wait for the FHIR server");
            }
            self.app.inner.fhir.set(Some(fault));
        }
        let pace = (failures, told);
        patience::wait(&self.app, pace, &mut self.urgent, Store::newest_urgent_bundle).await;
    }
}
