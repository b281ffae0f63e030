//! The loop that brings records to the portal: asks the plan what to do, does it, keeps what comes back.
//!
//! Everything that must survive is rows; the loop itself holds waits, the link's rate and how much was
//! sent today. A restart asks the same questions again.

mod announce;
mod bundles;
mod carry;
mod content;
mod hello;
mod keys;
mod orders;
mod state;
mod support;

pub use announce::AnnounceHealth;
pub use carry::{CarriedBack, CarryState};

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::app::App;
use crate::app::patience::{self, LOOK_EVERY};
use crate::domain::fault::Fault;
use crate::domain::ids::Seq;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{PortalSetting, SetByPortal};
use crate::domain::sync::pace::{LIMIT_BYTES_FIRST, narrower, rate, wider};
use crate::domain::sync::plan::{Link, Rest, Step};
use crate::domain::sync::{Lane, QueueDepth};
use crate::keys::KeyError;
use crate::keys::rotation::BoxKeys;
use crate::store::{Store, StoreError};
use crate::sync::{Answered, Client, PortalSettings, SyncFault};
use crate::wire::fhir::BoxFacts;
use hello::{HELLO_EVERY, Talk};

pub(super) use bundles::tidy as tidy_bundles;
pub(super) use content::{reading_facts, study_facts, told_now};
pub use keys::BoxKeyState;
pub use orders::{PortalOrders, SupportRequest};

/// How long the bytes of a budget last.
const BUDGET_LASTS: Duration = Duration::from_secs(24 * 60 * 60);
/// Most bytes of records in one request before compression: the portal unpacks no more than four times
/// as much.
const UNPACKED_MAX: usize = 512 * 1024;
/// Uploads of an image in a row that bring nothing forward, after which something is wrong.
const STUCK_MAX: u32 = 4;
/// The fact that holds the portal on which the box is enrolled.
pub(super) const ENROLLED: &str = "sync_enrolled";
/// The fact that holds when the portal last answered.
const CONTACT: &str = "sync_contact";

/// What the box knows of its way to the portal.
#[derive(Debug, Default)]
pub(super) struct SyncDesk {
    pub(super) settings: Option<PortalSettings>,
    status: Mutex<Status>,
    /// The portal has told this box to destroy what it holds.
    wipe: Notify,
    /// Counts changes of the box's own keys and of those by which it knows the portal.
    keys_changed: AtomicU64,
}

#[derive(Clone, Debug, Default)]
struct Status {
    fault: Option<SyncFault>,
    rest: Option<Rest>,
}

impl SyncDesk {
    pub(super) fn new(settings: Option<PortalSettings>) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Whether the last try to reach the portal failed.
    fn is_down(&self) -> bool {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).fault.is_some()
    }

    /// Whether the settings name a portal.
    pub(super) const fn has_portal(&self) -> bool {
        self.settings.is_some()
    }

    fn set(&self, fault: Option<SyncFault>, rest: Option<Rest>) {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = Status { fault, rest };
    }
}

/// How the way to the portal is, for a page.
#[derive(Clone, Debug)]
pub struct SyncHealth {
    /// What waits for its receipt.
    pub depth: QueueDepth,
    /// When the portal last answered; `None`: never.
    pub last_contact: Option<Stamp>,
    /// Why it does not answer, if it does not; a code for texts.
    pub fault: Option<&'static str>,
    /// Images wait because every byte costs, or because today's bytes are used up.
    pub held_back: bool,
}

/// The running loop. It ends when it is dropped.
#[derive(Debug)]
pub struct Syncer {
    _tasks: JoinSet<()>,
}

impl Syncer {
    /// Starts the loop, if a portal is set. Has to be called inside the runtime.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let mut tasks = JoinSet::new();
        if let Some(settings) = app.inner.sync.settings.clone() {
            if let Some(announce) = settings.sms.clone() {
                tasks.spawn(announce::run(app.clone(), settings.key, announce));
            }
            let app = app.clone();
            tasks.spawn(async move {
                match Round::begin(app.clone(), settings).await {
                    Ok(round) => round.run().await,
                    Err(fault) => {
                        tracing::error!(%fault, "the portal cannot be used");
                        app.inner.sync.set(Some(fault), None);
                    }
                }
            });
        }
        Self { _tasks: tasks }
    }
}

impl App {
    /// How the way to the portal is; `None` where no portal is set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync_health(&self) -> Result<Option<SyncHealth>, Fault> {
        if self.inner.sync.settings.is_none() {
            return Ok(None);
        }
        let status = self.inner.sync.status.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.blocking(move |inner| {
            Ok(Some(SyncHealth {
                depth: inner.store.sync_depth()?,
                last_contact: last_contact(&inner.store)?,
                fault: status.fault.as_ref().map(SyncFault::code),
                held_back: matches!(status.rest, Some(Rest::Metered | Rest::Budget)),
            }))
        })
        .await
    }
}

/// The box's own keys, made where there are none yet.
pub(in crate::app) fn own_keys(store: &Store) -> Result<BoxKeys, KeyError> {
    BoxKeys::open_or_make(&keys_folder(store))
}

fn keys_folder(store: &Store) -> PathBuf {
    store.dir().join("keys")
}

fn contact_was(store: &Store, at: Stamp) -> Result<(), StoreError> {
    store.set_fact(CONTACT, &format!("{} {}", at.wall.0, at.trust.code()))
}

fn last_contact(store: &Store) -> Result<Option<Stamp>, StoreError> {
    let fact = store.fact(CONTACT)?;
    let read = |text: &str| {
        let (wall, trust) = text.split_once(' ')?;
        Some(Stamp { wall: WallMs(wall.parse().ok()?), trust: ClockTrust::parse(trust)? })
    };
    Ok(fact.and_then(|text| read(&text)))
}

/// Why a round stopped before its end.
enum Stop {
    /// The portal did not do its part.
    Portal(SyncFault),
    /// The box's own store failed; it is logged already.
    Store,
}

impl From<SyncFault> for Stop {
    fn from(fault: SyncFault) -> Self {
        Self::Portal(fault)
    }
}

impl From<Fault> for Stop {
    fn from(_: Fault) -> Self {
        Self::Store
    }
}

/// What the loop keeps between two steps.
struct Round {
    app: App,
    settings: PortalSettings,
    /// The portal's first key, under which everything about it is kept.
    portal: PublicKey,
    client: Client,
    /// What [`SyncDesk::keys_changed`] said when the client was made.
    keys_changed: u64,
    /// The portal does not understand that keys change: it is told again at the next start.
    key_untold: bool,
    /// What the link carried lately, bytes a second.
    rate: Option<u64>,
    /// Most bytes of a step, by what broke and what held.
    limit_bytes: u64,
    /// Failures in a row.
    failures: u32,
    /// Something came forward since the last failure.
    progress: bool,
    enrolled: bool,
    said_hello: Option<Instant>,
    spent: u64,
    spent_since: Instant,
    /// Uploads in a row that brought nothing forward.
    stuck: u32,
    /// The largest urgent record that a wait has seen.
    urgent: Option<Seq>,
    /// The portal has orders that were not fetched yet.
    orders_wait: bool,
    /// What is remembered of the bundle that comes.
    bundles: bundles::BundleDesk,
    /// What is remembered of words beside the records.
    talk: Talk,
    support: support::SupportDesk,
}

impl Round {
    async fn begin(app: App, settings: PortalSettings) -> Result<Self, SyncFault> {
        let named = settings.key;
        let keys_changed = app.inner.sync.keys_changed.load(Ordering::SeqCst);
        let made = app
            .blocking(move |inner| {
                let portal = inner.store.portal_keys(&named)?.name();
                inner.store.choose_portal(&portal)?;
                inner.store.sync_unpark()?;
                bundles::tidy(inner)?;
                let enrolled = inner.store.fact(ENROLLED)? == Some(portal.to_string());
                Ok((portal, enrolled))
            })
            .await;
        let (portal, enrolled) =
            made.map_err(|fault| SyncFault::SetUp(format!("{} {fault}", fault.code())))?;
        let client = keys::client(&app, &settings).await?;
        tracing::info!(box_id = %client.box_id(), "records go to the portal");
        Ok(Self {
            app,
            settings,
            portal,
            client,
            keys_changed,
            key_untold: false,
            rate: None,
            limit_bytes: LIMIT_BYTES_FIRST,
            failures: 0,
            progress: false,
            enrolled,
            said_hello: None,
            spent: 0,
            spent_since: Instant::now(),
            stuck: 0,
            urgent: None,
            orders_wait: false,
            bundles: bundles::BundleDesk::default(),
            talk: Talk::begin(),
            support: support::SupportDesk::default(),
        })
    }

    async fn run(mut self) {
        self.retake_kept().await;
        loop {
            match self.until_rest().await {
                Ok(rest) => {
                    self.failures = 0;
                    self.app.inner.sync.set(None, Some(rest));
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(stop) => self.wait(stop).await,
            }
        }
    }

    /// Step after step until nothing may be sent.
    async fn until_rest(&mut self) -> Result<Rest, Stop> {
        loop {
            self.unpark_old().await?;
            let window = self.app.blocking(|inner| inner.store.sync_window()).await?;
            let (set, untold) = self.portal_wants().await?;
            let image = window.iter().any(|one| one.kind.lane() == Lane::Images);
            let fetch = self.bundle(image).await;
            let (support, support_over) = self.support().await;
            let link = Link { fetch, support, support_over, ..self.link(&set, untold) };
            let step = self.talk.step(&window, &link);
            self.follow_keys().await?;
            let urgent = window.first().is_some_and(|one| one.kind.lane() == Lane::Urgent);
            if self.enrolled && !urgent && self.tell_key().await? {
                continue;
            }
            if let Step::Rest(rest) = step {
                return Ok(rest);
            }
            if !self.enrolled && !matches!(step, Step::Seal(_)) {
                self.enrol().await?;
            }
            match step {
                Step::Seal(seqs) => self.seal(seqs).await?,
                Step::Send(seqs) => {
                    let mut sent = window.iter().filter(|one| seqs.contains(&one.seq));
                    let urgent = sent.all(|one| one.kind.lane() == Lane::Urgent);
                    self.send(seqs, urgent).await?;
                }
                Step::Upload { seq, from, until } => self.upload(seq, from, until).await?,
                Step::Hello => {
                    let said = self.hello().await;
                    self.talk.ended(&said);
                    said?;
                }
                Step::Orders => {
                    let taken = self.orders().await;
                    self.talk.ended(&taken);
                    taken?;
                }
                Step::Fetch { from, until } => self.fetch(from, until).await?,
                Step::Support { consent, from, until } => self.bring(consent, from, until).await?,
                Step::SupportOver => self.end_support().await?,
                Step::Rest(_) => {}
            }
        }
    }

    /// How the link is. What the portal has set goes over the settings file.
    fn link(&mut self, set: &[SetByPortal], untold: bool) -> Link {
        if self.spent_since.elapsed() >= BUDGET_LASTS {
            self.spent_since = Instant::now();
            self.spent = 0;
        }
        let value =
            |setting| set.iter().find(|one| one.setting == setting).map(|one| one.value.as_str());
        let metered = value(PortalSetting::Metered).and_then(|text| text.parse().ok());
        let budget = value(PortalSetting::BudgetMib).and_then(|text| text.parse::<u64>().ok());
        let budget = match budget {
            Some(0) => None,
            Some(mib) => Some(mib << 20),
            None => self.settings.budget_bytes_per_day,
        };
        Link {
            metered: metered.unwrap_or(self.settings.metered),
            budget_bytes: budget.map(|budget| budget.saturating_sub(self.spent)),
            bytes_per_second: self.rate,
            limit_bytes: self.limit_bytes,
            hello_due: self.said_hello.is_none_or(|at| at.elapsed() >= HELLO_EVERY),
            orders_due: self.orders_wait || untold,
            ..Link::default()
        }
    }

    /// Waits after a failure; a new urgent record ends the wait.
    async fn wait(&mut self, stop: Stop) {
        let told = match &stop {
            Stop::Portal(SyncFault::Busy { wait_ms }) => *wait_ms,
            Stop::Portal(_) | Stop::Store => None,
        };
        self.failures = if self.progress { 0 } else { self.failures.saturating_add(1) };
        self.progress = false;
        if let Stop::Portal(fault) = stop {
            self.limit_bytes = narrower(self.limit_bytes);
            if fault == SyncFault::NotEnrolled && !self.is_known_by_chain().await {
                self.enrolled = false;
            }
            // A code that somebody gave it since lets it in again, before it hears of its end.
            if fault == SyncFault::Revoked && !self.is_let_in_again().await {
                self.hear_last_order().await;
            }
            if self.failures == 1 {
                tracing::warn!(%fault, "records wait for the portal");
            }
            self.app.inner.sync.set(Some(fault), None);
        }
        let pace = (self.failures, told);
        patience::wait(&self.app, pace, &mut self.urgent, Store::newest_urgent).await;
    }

    async fn enrol(&mut self) -> Result<(), Stop> {
        self.client.enrol(&self.app.site().name).await?;
        let portal = self.portal.to_string();
        self.app.blocking(move |inner| inner.store.set_fact(ENROLLED, &portal)).await?;
        self.enrolled = true;
        tracing::info!("the box is enrolled at the portal");
        Ok(())
    }

    /// Fixes the content of records. One whose content cannot be made is parked.
    async fn seal(&self, seqs: Vec<Seq>) -> Result<(), Stop> {
        let site = self.app.site();
        let from = BoxFacts::of(self.client.box_id(), site.name).at(site.utc_offset_minutes);
        let at = self.app.now();
        self.app
            .blocking(move |inner| {
                for seq in seqs {
                    content::seal(&inner.store, &from, seq, at)?;
                }
                Ok(())
            })
            .await?;
        crate::crash_point::reached("after_sync_seal");
        Ok(())
    }

    async fn send(&mut self, seqs: Vec<Seq>, urgent: bool) -> Result<(), Stop> {
        let records = self.app.blocking(move |inner| inner.store.sealed_records(&seqs)).await?;
        let (mut size, mut unpacked) = (0, 0);
        let mut outgoing = Vec::with_capacity(records.len());
        for record in records {
            // The others wait for the next request.
            if unpacked > UNPACKED_MAX {
                break;
            }
            size += u64::try_from(record.body.len()).unwrap_or(u64::MAX);
            let Some(record) = content::unpacked(&record) else {
                self.park(record.seq, "body_damaged".to_owned()).await?;
                continue;
            };
            unpacked += record.body.len();
            outgoing.push(record);
        }
        if outgoing.is_empty() {
            return Ok(());
        }
        let begun = Instant::now();
        let answers = self.client.send(&outgoing).await?;
        self.carried(size, begun, urgent);
        crate::crash_point::reached("before_sync_receipt");
        let mut receipts = Vec::new();
        for answer in answers {
            match answer {
                Answered::Receipt(receipt) => receipts.push(receipt),
                Answered::Refused(seq, why) => self.park(seq, why).await?,
            }
        }
        let (portal, at) = (self.portal, self.app.now());
        self.app.blocking(move |inner| inner.store.keep_receipts(&portal, &receipts, at)).await?;
        crate::crash_point::reached("after_sync_receipt");
        Ok(())
    }

    async fn park(&self, seq: Seq, why: String) -> Result<(), Stop> {
        tracing::error!(%seq, %why, "a record is parked");
        Ok(self.app.blocking(move |inner| inner.store.sync_park(seq, &why)).await?)
    }

    async fn upload(&mut self, seq: Seq, from: u64, until: u64) -> Result<(), Stop> {
        let read = self
            .app
            .blocking(move |inner| {
                let Some((digest, size)) = inner.store.image_record(seq)? else { return Ok(None) };
                // A file that rotted would be sent for ever: the portal compares the whole.
                let sound = from > 0 || content::radiograph_is_sound(&inner.store, digest)?;
                let bytes = match sound {
                    true => inner.store.radiograph_bytes(digest, from, until),
                    false => Err(StoreError::Corrupt { what: "file" }),
                };
                match bytes {
                    Ok(bytes) => Ok(Some((digest, size, bytes))),
                    Err(StoreError::Corrupt { .. }) => {
                        inner.store.sync_park(seq, "file_damaged")?;
                        Ok(None)
                    }
                    Err(error) => Err(error),
                }
            })
            .await?;
        let Some((digest, size, bytes)) = read else { return Ok(()) };
        let begun = Instant::now();
        let sent = until - from;
        let state = self.client.upload((seq, digest, size), from, bytes).await?;
        let forward = state.receipt.is_some() || state.held > from;
        self.stuck = if forward { 0 } else { self.stuck + 1 };
        if self.stuck >= STUCK_MAX {
            self.stuck = 0;
            return Err(SyncFault::BadAnswer.into());
        }
        self.carried(sent, begun, false);
        self.bundles.image_went(sent);
        crate::crash_point::reached("before_sync_receipt");
        let (portal, at) = (self.portal, self.app.now());
        let stored = self.app.blocking(move |inner| match state.receipt {
            Some(receipt) => inner.store.keep_receipts(&portal, &[receipt], at),
            None => inner.store.image_held(seq, state.held),
        });
        Ok(stored.await?)
    }

    /// Counts what an exchange brought.
    fn carried(&mut self, bytes: u64, begun: Instant, urgent: bool) {
        self.progress = true;
        if !urgent {
            self.spent = self.spent.saturating_add(bytes);
        }
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.rate = Some(rate(self.rate, bytes, ms));
        self.limit_bytes = wider(self.limit_bytes);
    }
}
