//! The loop that brings DICOM objects to a PACS: takes the next row, makes the object from what holds now,
//! sends it, keeps what the PACS says.
//!
//! Everything that must survive is rows. A restart, or an answer that was lost, sends an object again under
//! the same UID, and the PACS keeps one.

mod content;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::app::alerts::{WayCheck, WayState};
use crate::app::patience::{self, Doubt, LOOK_EVERY};
use crate::app::sync::own_keys;
use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::pacs::{ObjectKind, PacsDepth, Refusal};
use crate::domain::sync::identity::KeyId;
use crate::locale::Locale;
use crate::pacs::{Client, PacsFault, PacsSettings, Sent};
use crate::store::{ObjectFate, Store, WaitingObject};
use crate::wire::fhir::BoxFacts;
use content::Made;

/// How long a PACS may take to answer whether it is there.
const PROBE: Duration = Duration::from_secs(15);

/// What the box knows of its way to a PACS.
#[derive(Debug, Default)]
pub(super) struct PacsDesk {
    settings: Option<PacsSettings>,
    fault: Mutex<Option<PacsFault>>,
}

impl PacsDesk {
    pub(super) fn new(settings: Option<PacsSettings>) -> Self {
        Self { settings, fault: Mutex::default() }
    }

    fn set(&self, fault: Option<PacsFault>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }
}

/// How the way to the PACS is, for a page.
#[derive(Clone, Debug)]
pub struct PacsHealth {
    /// How far everything is.
    pub depth: PacsDepth,
    /// Why it takes nothing, if so; a code for texts.
    pub fault: Option<&'static str>,
}

/// The running loop. It ends when it is dropped.
#[derive(Debug)]
pub struct PacsSender {
    _tasks: JoinSet<()>,
}

impl PacsSender {
    /// Starts the loop, if a PACS is set. Has to be called inside the runtime.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let mut tasks = JoinSet::new();
        if let Some(settings) = app.inner.pacs.settings.clone() {
            let app = app.clone();
            tasks.spawn(async move {
                match Round::begin(app.clone(), &settings).await {
                    Ok(round) => round.run().await,
                    Err(fault) => {
                        tracing::error!(%fault, "the PACS cannot be used");
                        app.inner.pacs.set(Some(fault));
                    }
                }
            });
        }
        Self { _tasks: tasks }
    }
}

impl App {
    /// How the way to the PACS is; `None` where none is set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pacs_health(&self) -> Result<Option<PacsHealth>, Fault> {
        if self.inner.pacs.settings.is_none() {
            return Ok(None);
        }
        let fault = self.inner.pacs.fault.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let fault = fault.as_ref().map(PacsFault::code);
        let depth = self.blocking(|inner| inner.store.pacs_depth()).await?;
        Ok(Some(PacsHealth { depth, fault }))
    }
}

/// Asks a PACS whether it answers to this box; nothing is sent.
///
/// # Errors
/// [`Fault::Internal`] when the operating system gives no threads.
pub fn check_pacs(settings: &PacsSettings) -> Result<WayCheck, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        tracing::error!(%error, "no runtime to try the PACS with");
        Fault::Internal
    })?;
    let tried = runtime.block_on(async {
        let client = Client::open(settings)?;
        let answer = tokio::time::timeout(PROBE, client.probe()).await;
        answer.unwrap_or(Err(PacsFault::Unreachable))
    });
    let locale = Locale::english();
    Ok(match tried {
        Ok(()) => WayCheck { state: WayState::Good, what: locale.t("pacs-answers"), next: None },
        Err(fault) => {
            let key = fault_key("pacs", fault.code());
            let reason = locale.t(&key);
            // A box without a link is no box with wrong settings.
            let untried = matches!(
                fault,
                PacsFault::Unreachable | PacsFault::Busy { .. } | PacsFault::Failed { .. }
            );
            WayCheck {
                state: if untried { WayState::Untried } else { WayState::Broken },
                what: format!("{} {reason}", locale.t("pacs-name")),
                next: Some(locale.t(&format!("{key}.next"))),
            }
        }
    })
}

/// Key of the words for a fault of a way: what is wrong with a certificate is told alike for every way.
#[must_use]
pub fn fault_key(way: &str, code: &str) -> String {
    match code.starts_with("certificate-") {
        true => code.to_owned(),
        false => format!("{way}-fault-{code}"),
    }
}

/// Why a round stopped before its end.
enum Stop {
    /// The PACS did not do its part.
    Pacs(PacsFault),
    /// The box's own store failed; it is logged already.
    Store,
}

impl From<PacsFault> for Stop {
    fn from(fault: PacsFault) -> Self {
        Self::Pacs(fault)
    }
}

impl From<Fault> for Stop {
    fn from(_: Fault) -> Self {
        Self::Store
    }
}

/// What the loop keeps between two objects.
struct Round {
    app: App,
    client: Client,
    box_id: KeyId,
    /// Failures in a row without anything stored.
    failures: u32,
    /// The newest object that a wait has seen.
    newest: Option<i64>,
    /// Objects that had their turn.
    turns: u32,
    /// What the PACS fails over, while it says that it is busy.
    doubt: Doubt<WaitingObject>,
    /// What it failed over just now: another one goes before it, urgent or not.
    failed: Option<WaitingObject>,
}

impl Round {
    async fn begin(app: App, settings: &PacsSettings) -> Result<Self, PacsFault> {
        let client = Client::open(settings)?;
        let place = settings.place();
        let made = app
            .blocking(move |inner| {
                inner.store.choose_pacs(&place)?;
                Ok(own_keys(&inner.store))
            })
            .await;
        let keys = made.map_err(|fault| PacsFault::SetUp(format!("{} {fault}", fault.code())))?;
        let keys = keys.map_err(|error| PacsFault::SetUp(error.to_string()))?;
        tracing::info!("films and reports go to the PACS");
        Ok(Self {
            app,
            client,
            box_id: keys.name(),
            failures: 0,
            newest: None,
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
                    self.app.inner.pacs.set(None);
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(stop) => self.wait(stop).await,
            }
        }
    }

    /// Object after object until nothing waits.
    async fn until_rest(&mut self) -> Result<(), Stop> {
        while let Some(object) = self.next().await? {
            self.bring(object).await?;
        }
        Ok(())
    }

    async fn next(&mut self) -> Result<Option<WaitingObject>, Stop> {
        self.turns = self.turns.wrapping_add(1);
        let (turn, aside) = (self.turns, self.failed.take().or(self.doubt.aside()));
        let next = move |inner: &Inner| inner.store.next_pacs_object(turn, aside);
        Ok(self.app.blocking(next).await?)
    }

    async fn bring(&mut self, object: WaitingObject) -> Result<(), Stop> {
        let made = match self.make(object).await? {
            Made::Object(made) => made,
            Made::Nothing => return self.end(object, ObjectFate::Dropped).await,
            Made::Broken(why) => return self.end(object, ObjectFate::Refused(why)).await,
        };
        let (study, uid) = (object.study, made.uid.clone());
        let there = self.app.blocking(move |inner| inner.store.pacs_has(study, &uid)).await?;
        if there {
            return self.end(object, ObjectFate::Dropped).await;
        }
        let sent = self.client.send(&made).await;
        crate::crash_point::reached("before_pacs_stored");
        if sent.is_ok()
            && let Some(blamed) = self.doubt.answered(object)
        {
            self.put_back(blamed).await?;
        }
        match sent {
            Ok(Sent::Stored) => {
                self.failures = 0;
                self.app.inner.pacs.set(None);
                self.end(object, ObjectFate::Stored(made.uid, self.app.now())).await
            }
            Ok(Sent::Refused(why)) => {
                let (kind, reason) = (object.kind.code(), why.as_str());
                tracing::error!(kind, reason, "the PACS refuses an object");
                self.end(object, ObjectFate::Refused(why)).await
            }
            Err(fault) => {
                match fault {
                    // About this object, as far as anybody can tell: the others go first.
                    PacsFault::Forbidden | PacsFault::Failed { .. } | PacsFault::BadAnswer => {
                        self.put_back(object).await?;
                        self.failed = Some(object);
                    }
                    // About the way, as far as the PACS can tell.
                    PacsFault::Busy { .. } | PacsFault::Unreachable => self.doubt.failed(object),
                    PacsFault::NotAllowed | PacsFault::Certificate(_) | PacsFault::SetUp(_) => {}
                }
                Err(fault.into())
            }
        }
    }

    /// Lets the others go before an object.
    async fn put_back(&self, object: WaitingObject) -> Result<(), Stop> {
        let back = move |inner: &Inner| inner.store.put_back_pacs_object(&object);
        Ok(self.app.blocking(back).await?)
    }

    /// Makes the object from what holds now.
    async fn make(&self, object: WaitingObject) -> Result<Made, Stop> {
        let pdf = match object.kind {
            ObjectKind::Film | ObjectKind::Reading => None,
            ObjectKind::Report => match self.app.report_pdf(object.study, object.part).await {
                Ok(pdf) => Some(pdf),
                // Pages for people go first.
                Err(Fault::PrinterBusy) => return Err(Stop::Store),
                Err(fault) => return Ok(Made::Broken(Refusal::of(fault.code()))),
            },
        };
        let site = self.app.site();
        let from = BoxFacts::of(self.box_id, site.name);
        let minutes = site.utc_offset_minutes;
        let limits = self.app.limits().clone();
        let make = move |inner: &Inner| {
            content::make(&inner.store, (from, minutes), &limits, &object, pdf)
        };
        Ok(self.app.blocking(make).await?)
    }

    async fn end(&self, object: WaitingObject, fate: ObjectFate) -> Result<(), Stop> {
        let keep = move |inner: &Inner| inner.store.end_pacs_object(&object, &fate);
        Ok(self.app.blocking(keep).await?)
    }

    /// Waits after a failure; a new object ends the wait.
    async fn wait(&mut self, stop: Stop) {
        self.failures = self.failures.saturating_add(1);
        let told = match &stop {
            Stop::Pacs(PacsFault::Busy { wait_ms } | PacsFault::Failed { wait_ms }) => *wait_ms,
            Stop::Pacs(_) | Stop::Store => None,
        };
        // What fails over one thing alone says nothing of the next: a few have their turn soon.
        let failures = patience::counted(self.failures, self.failed.is_some());
        if let Stop::Pacs(fault) = stop {
            if self.failures == 1 {
                tracing::warn!(%fault, "films and reports wait for the PACS");
            }
            self.app.inner.pacs.set(Some(fault));
        }
        let pace = (failures, told);
        patience::wait(&self.app, pace, &mut self.newest, Store::newest_pacs_object).await;
    }
}
