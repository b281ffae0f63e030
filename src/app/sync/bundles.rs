//! A program that the portal offers: fetched piece by piece, verified, offered to the people of the box or
//! installed at night, and what became of it told. [`crate::domain::sync::bundle`] decides each turn.

use std::time::Duration;

use tokio::time::Instant;

use super::{Round, Stop};
use crate::app::updates::{ask_updater, box_facts, failed};
use crate::app::{App, Inner};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::stamp::Stamp;
use crate::domain::sync::bundle::{
    BundleOffer, FETCHES_MAX, Seen, Stage, Turn, UpdateChoice, turn,
};
use crate::domain::sync::order::{Asked, OrderKind, OrderRefusal, Outcome};
use crate::domain::sync::plan::Fetch;
use crate::domain::update::{BoxFacts, Unfit};
use crate::store::{BundleRow, Effect, StoreError, disk_free_bytes};
use crate::sync::SyncFault;
use crate::update::{Fetched, Layout, Notes, UpdateError, space_needed};
use crate::wire::messages::{BundleTold, ProgramTold};
use crate::wire::orders;

/// Wait before the portal is asked again for a bundle that it does not have, or that makes no sense.
const ASK_AGAIN: Duration = Duration::from_secs(30 * 60);
/// Wait after the box's own disk or slots failed.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// For how long nobody may have used the pages before a program is installed unasked, milliseconds.
const QUIET_MS: i64 = 30 * 60 * 1000;
/// Most turns in one look: moved, verified, asked for.
const TURNS_MAX: usize = 4;

/// What a round remembers of the bundle.
#[derive(Debug, Default)]
pub(super) struct BundleDesk {
    /// What comes now.
    hash: Option<Sha256Digest>,
    /// Nothing is looked at before.
    later: Option<Instant>,
    /// Bytes of images that went up, and of bundles that came down, while both waited.
    shared: (u64, u64),
    /// Both wait.
    both: bool,
}

impl BundleDesk {
    /// Counts bytes of an image.
    pub(super) fn image_went(&mut self, bytes: u64) {
        if self.both {
            self.shared.0 = self.shared.0.saturating_add(bytes);
        }
    }
}

impl Round {
    /// Looks at the portal's bundle: what of it may come now. The box's own trouble with it holds up no
    /// record.
    pub(super) async fn bundle(&mut self, image_waits: bool) -> Option<Fetch> {
        self.bundles.both = false;
        if self.bundles.later.is_some_and(|until| Instant::now() < until) {
            return None;
        }
        let (app, at) = (self.app.clone(), self.app.now());
        let seen = self.app.blocking(move |_| look(&app, at)).await;
        let Ok(fetch) = seen else {
            self.bundles.later = Some(Instant::now() + LOOK_AGAIN);
            return None;
        };
        let (hash, held_bytes, size_bytes) = fetch?;
        self.bundles.hash = Some(hash);
        self.bundles.both = image_waits;
        if !image_waits {
            self.bundles.shared = (0, 0);
        }
        let (images_bytes, fetched_bytes) = self.bundles.shared;
        Some(Fetch { held_bytes, size_bytes, images_bytes, fetched_bytes })
    }

    /// Takes bytes of the bundle, and keeps whatever has come when the link breaks.
    pub(super) async fn fetch(&mut self, from: u64, until: u64) -> Result<(), Stop> {
        let Some(hash) = self.bundles.hash else { return Ok(()) };
        let begun = Instant::now();
        let came = self.client.bundle(hash, from, until - from).await;
        if matches!(came, Ok(None) | Err(SyncFault::BadAnswer)) {
            tracing::warn!("the portal does not give a bundle that it has ordered");
            self.bundles.later = Some(Instant::now() + ASK_AGAIN);
        }
        let Some((bytes, broke)) = came? else { return Ok(()) };
        let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        crate::crash_point::reached("before_bundle_bytes");
        let kept = self.app.blocking(move |inner| keep(inner, hash, from, &bytes)).await;
        crate::crash_point::reached("after_bundle_bytes");
        if kept.is_err() {
            self.bundles.later = Some(Instant::now() + LOOK_AGAIN);
        }
        self.carried(count, begun, false);
        if self.bundles.both {
            self.bundles.shared.1 = self.bundles.shared.1.saturating_add(count);
        }
        broke.map_or(Ok(()), |fault| Err(fault.into()))
    }
}

/// Bytes first, then the row: it never counts what a cut could take away.
fn keep(inner: &Inner, hash: Sha256Digest, from: u64, bytes: &[u8]) -> Result<(), StoreError> {
    let store = &inner.store;
    let held = match Notes::of(store.dir()).fetched(hash).append(from, bytes) {
        Ok(held) => held,
        Err(UpdateError::File { source, .. })
            if source.kind() == std::io::ErrorKind::StorageFull =>
        {
            tracing::warn!("the disk is full: a bundle of the portal waits for room");
            return store.bundle_stage(Stage::NoRoom);
        }
        Err(error) => return Err(failed(error)),
    };
    crate::crash_point::reached("between_bundle_bytes");
    let open = store.open_bundle()?.filter(|row| row.file_hash == hash);
    open.map_or(Ok(()), |_| store.bundle_held(held, false))
}

/// Hash, bytes that are here, and bytes of the whole.
type Coming = Option<(Sha256Digest, u64, u64)>;

/// Looks at the bundle and does what is to be done about it; what of it may come now.
fn look(app: &App, at: Stamp) -> Result<Coming, StoreError> {
    let inner = &app.inner;
    for _ in 0..TURNS_MAX {
        let Some(row) = inner.store.open_bundle()? else { return Ok(None) };
        let Some(offer) = offer(&row) else {
            end(inner, Outcome::Refused(OrderRefusal::Unreadable), at)?;
            continue;
        };
        let layout = match Layout::open(&inner.updates.slots_dir) {
            Ok(layout) => layout,
            Err(UpdateError::NoSlots(_)) => {
                end(inner, Outcome::Refused(OrderRefusal::NoSlots), at)?;
                continue;
            }
            Err(error) => return Err(failed(error)),
        };
        let facts = box_facts(&layout.record().map_err(failed)?);
        let files = Notes::of(inner.store.dir()).fetched(row.file_hash);
        match turn(&offer, &seen(app, &row, &facts, &files)?) {
            Turn::Wait => return Ok(None),
            Turn::Fetch => return Ok(Some((row.file_hash, row.held_bytes, row.size_bytes))),
            Turn::Move(stage) => inner.store.bundle_stage(stage)?,
            Turn::Verify => verify(inner, (&row, &offer), (&layout, &facts), at)?,
            Turn::Install => install(inner, &row, at)?,
            Turn::End(outcome) => end(inner, outcome, at)?,
        }
    }
    Ok(None)
}

fn seen(app: &App, row: &BundleRow, facts: &BoxFacts, files: &Fetched) -> Result<Seen, StoreError> {
    let inner = &app.inner;
    let dir = inner.store.dir();
    let coming = row.size_bytes.saturating_sub(row.held_bytes);
    // What is fetched in vain costs weeks: there must be room for its installation, and for films.
    let needed = space_needed(dir, row.size_bytes).max(inner.limits.disk_free_bytes_min);
    let last = Notes::of(dir).status();
    Ok(Seen {
        stage: row.stage,
        held_bytes: row.held_bytes,
        running: facts.version,
        failed: facts.failed,
        last: last.map(|status| (status.phase, status.reason)),
        there: files.whole().is_file(),
        room: disk_free_bytes(dir)? >= coming.saturating_add(needed),
        at_night: row.stage == Stage::Ready && app.may_install_unasked()?,
    })
}

/// What the order of a bundle says.
fn offer(row: &BundleRow) -> Option<BundleOffer> {
    match orders::read(OrderKind::Bundle, row.order.order.body.reveal()) {
        Ok(Asked::Bundle(_, offer)) => Some(offer),
        _ => None,
    }
}

/// All bytes are here: hash, signature, and only then what is inside.
fn verify(
    inner: &Inner,
    (row, offer): (&BundleRow, &BundleOffer),
    (layout, facts): (&Layout, &BoxFacts),
    at: Stamp,
) -> Result<(), StoreError> {
    let store = &inner.store;
    let files = Notes::of(store.dir()).fetched(row.file_hash);
    if !files.is_whole().map_err(failed)? {
        if row.fetches >= FETCHES_MAX {
            return end(inner, Outcome::Refused(OrderRefusal::Damaged), at);
        }
        tracing::warn!(
            "a bundle of the portal has another hash than its order: it comes once more"
        );
        files.drop_bytes().map_err(failed)?;
        return store.bundle_held(0, true);
    }
    let refused = |why| end(inner, Outcome::Refused(why), at);
    match files.verify(&layout.keys().map_err(failed)?) {
        Ok((bundle, manifest)) => {
            if bundle.version != offer.version || bundle.target != offer.target {
                return refused(OrderRefusal::Damaged);
            }
            match bundle.fits(facts) {
                Ok(()) => {
                    files.offer().map_err(failed)?;
                    crate::crash_point::reached("before_bundle_ready");
                    store.bundle_ready(manifest)?;
                    tracing::info!(version = %bundle.version, "a program of the portal lies ready");
                    Ok(())
                }
                Err(Unfit::InUse) => end(inner, Outcome::Done, at),
                Err(why) => refused(OrderRefusal::unfit(why)),
            }
        }
        Err(UpdateError::Signature(_)) => refused(OrderRefusal::BadSignature),
        Err(UpdateError::Format(_) | UpdateError::Manifest(_)) => refused(OrderRefusal::Damaged),
        Err(error) => Err(failed(error)),
    }
}

/// Asks the updater without anybody: the people of the box have chosen so.
fn install(inner: &Inner, row: &BundleRow, at: Stamp) -> Result<(), StoreError> {
    let Some(manifest) = row.manifest else { return inner.store.bundle_stage(Stage::Fetching) };
    match ask_updater(inner, None, manifest, at) {
        Err(StoreError::Refused(Fault::UpdateGone)) => {
            end(inner, Outcome::Refused(OrderRefusal::InstallFailed), at)
        }
        done => done,
    }
}

fn end(inner: &Inner, outcome: Outcome, at: Stamp) -> Result<(), StoreError> {
    inner.store.end_bundle(outcome, None, at)?;
    tracing::info!(outcome = outcome.code(), reason = outcome.reason(), "a program of the portal");
    tidy(inner)
}

/// Brings files where the rows say that they are.
pub(in crate::app) fn tidy(inner: &Inner) -> Result<(), StoreError> {
    let notes = Notes::of(inner.store.dir());
    let stays = inner.store.bundle_to_keep()?;
    if let Some((hash, Stage::Ended | Stage::Fetching | Stage::NoRoom)) = stays {
        notes.fetched(hash).put_back().map_err(failed)?;
    }
    notes.forget_fetched(stays.map(|(hash, _)| hash)).map_err(failed)
}

/// What an order about a bundle changes here.
pub(super) fn effect(inner: &Inner, offer: BundleOffer) -> Result<Effect, StoreError> {
    let layout = match Layout::open(&inner.updates.slots_dir) {
        Ok(layout) => layout,
        Err(UpdateError::NoSlots(_)) => {
            return Ok(Effect::Nothing(Outcome::Refused(OrderRefusal::NoSlots)));
        }
        Err(error) => return Err(failed(error)),
    };
    let facts = box_facts(&layout.record().map_err(failed)?);
    let known = offer.at_once(&facts);
    Ok(known.map_or_else(|| Effect::Bundle(offer), Effect::Nothing))
}

/// Which program this box is, for the portal.
pub(super) fn program(inner: &Inner) -> Result<ProgramTold, StoreError> {
    let record = Layout::open(&inner.updates.slots_dir).and_then(|layout| layout.record());
    let failed = record.ok().and_then(|record| record.failed);
    let on_ms = inner.store.alert_on_time()?.on_ms;
    let open = inner.store.open_bundle()?;
    Ok(ProgramTold {
        target: crate::release::target().to_owned(),
        on_ms: u64::try_from(on_ms).unwrap_or(0),
        failed: failed.map(|version| version.to_string()).unwrap_or_default(),
        bundle: open.map(|row| BundleTold {
            number: row.order.order.number,
            stage: row.stage.code().to_owned(),
            held: row.held_bytes,
        }),
    })
}

impl App {
    /// Whether a program may be installed now that nobody has agreed to: the people of the box have chosen
    /// so, the clinic is closed, and nobody uses the pages.
    fn may_install_unasked(&self) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        if self.clinic_works() || store.update_choice()? != UpdateChoice::AtNight {
            return Ok(false);
        }
        let used = store.pages_used_ms()?;
        let now = self.now().wall.0;
        // A clock that was set back must not make a long quiet of a short one.
        Ok(used.is_none_or(|used| !(0..QUIET_MS).contains(&(now - used))))
    }
}
