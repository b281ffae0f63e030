//! Words with the portal beside the records: how the box is, what the portal holds, what is tried again.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::state::box_health;
use super::{Round, Stop, announce, bundles, contact_was};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::sync::plan::{Link, Step, Waiting, next};
use crate::domain::view::Health;
use crate::store::{Store, StoreError, inventory_digest};
use crate::sync::PortalHolds;
use crate::wire::messages::Hello;

/// How often the box says how it is, while there is a link.
pub(super) const HELLO_EVERY: Duration = Duration::from_secs(5 * 60);
/// After how long parked records are tried again.
const PARKED_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// The same for urgent ones: no longer than a wait after failures may be.
const PARKED_URGENT_MAX: Duration = Duration::from_secs(15 * 60);

/// What is remembered of such words.
#[derive(Debug)]
pub(super) struct Talk {
    /// When one failed that none has followed since.
    failed: Option<Instant>,
    /// What both sides said that they hold, when nothing was missing.
    compared: Option<(Sha256Digest, Sha256Digest)>,
    /// Version of the portal's program.
    version: Option<String>,
    /// When parked records were last tried again, and urgent ones among them.
    unparked: (Instant, Instant),
}

impl Talk {
    /// At a start, when everything that was parked is tried again.
    pub(super) fn begin() -> Self {
        let unparked = (Instant::now(), Instant::now());
        Self { failed: None, compared: None, version: None, unparked }
    }

    /// What to do next. After a word that failed, records go first for a while: what fails may be that word
    /// alone, and they are not to wait for it.
    pub(super) fn step(&self, window: &[Waiting], link: &Link) -> Step {
        if self.failed.is_some_and(|at| at.elapsed() < HELLO_EVERY) {
            let step = next(window, &Link { hello_due: false, orders_due: false, ..*link });
            if !matches!(step, Step::Rest(_)) {
                return step;
            }
        }
        next(window, link)
    }

    /// Notes how a word ended.
    pub(super) fn ended(&mut self, done: &Result<(), Stop>) {
        self.failed = done.is_err().then(Instant::now);
    }
}

/// How the box is, for the portal.
pub(super) fn hello(store: &Store, name: String, health: &Health) -> Result<Hello, StoreError> {
    let depth = store.sync_depth()?;
    Ok(Hello {
        version: crate::release::version().to_owned(),
        name,
        made: depth.made,
        through: depth.through,
        waiting: depth.lanes,
        parked: depth.parked,
        disk_free_mib: store.disk_free_bytes()? >> 20,
        health: Some(Box::new(box_health(store, health))),
        sms_key: announce::own_key(store).map(|key| key.public().to_string()),
        program: None,
    })
}

impl Round {
    /// Tries parked records again after a while, urgent ones soon.
    pub(super) async fn unpark_old(&mut self) -> Result<(), Stop> {
        let (all, urgent) = self.talk.unparked;
        if all.elapsed() >= PARKED_MAX {
            self.app.blocking(|inner| inner.store.sync_unpark()).await?;
            self.talk.unparked = (Instant::now(), Instant::now());
        } else if urgent.elapsed() >= PARKED_URGENT_MAX {
            self.app.blocking(|inner| inner.store.sync_unpark_urgent()).await?;
            self.talk.unparked.1 = Instant::now();
        }
        Ok(())
    }

    /// Another program of the portal may take what the one before refused.
    async fn meet(&mut self, version: &str) -> Result<(), Stop> {
        let before = self.talk.version.replace(version.to_owned());
        if before.is_some_and(|before| before != version) {
            tracing::info!(
                version,
                "the portal has another program: parked records are tried again"
            );
            self.app.blocking(|inner| inner.store.sync_unpark()).await?;
        }
        Ok(())
    }

    /// Says how the box is. While nothing waits, compares what the portal holds with the receipts.
    pub(super) async fn hello(&mut self) -> Result<(), Stop> {
        let name = self.app.site().name;
        let health = self.app.health().await?;
        let hello = self.app.blocking(move |inner| {
            let program = Some(Box::new(bundles::program(inner)?));
            Ok(Hello { program, ..hello(&inner.store, name, &health)? })
        });
        let hello = hello.await?;
        let holds = self.client.hello(&hello).await?;
        // A link that carried a hello and broke afterwards may be there again soon.
        self.progress = true;
        let at = self.app.now();
        let (portal, sms_key) = (self.portal, holds.sms_key);
        let kept = self.app.blocking(move |inner| {
            announce::keep_reader(&inner.store, &portal, sms_key)?;
            contact_was(&inner.store, at)
        });
        kept.await?;
        self.orders_wait = holds.orders;
        self.support.taken = holds.support;
        self.meet(&holds.version).await?;
        self.compare(&holds, hello.waiting.iter().sum::<u64>() == 0).await?;
        self.said_hello = Some(Instant::now());
        self.app.inner.sync.set(None, None);
        Ok(())
    }

    /// Sends again what the portal has signed for and does not hold any more: it was restored from an
    /// older copy. What it holds beyond the receipts is its own business: an answer was lost.
    async fn compare(&mut self, holds: &PortalHolds, quiet: bool) -> Result<(), Stop> {
        let portal = self.portal;
        let mine = self.app.blocking(move |inner| inner.store.receipted(&portal)).await?;
        let count = u64::try_from(mine.len()).unwrap_or(u64::MAX);
        let both = (holds.digest, inventory_digest(&mine));
        let same = holds.records == count && both.0 == both.1;
        // A number with two contents at the portal keeps the digests apart for ever.
        let compared = self.talk.compared == Some(both);
        if same || compared || (holds.records >= count && !quiet) {
            return Ok(());
        }
        let mut missing: BTreeSet<_> = mine.into_iter().collect();
        let mut after = Seq(0);
        loop {
            let (held, more) = self.client.held(after).await?;
            for record in &held {
                missing.remove(record);
            }
            match held.last() {
                Some((seq, _)) if more => after = *seq,
                _ => break,
            }
        }
        if missing.is_empty() {
            self.talk.compared = Some(both);
            return Ok(());
        }
        tracing::warn!(count = missing.len(), "the portal has lost records: they are sent again");
        let seqs: Vec<Seq> = missing.into_iter().map(|(seq, _)| seq).collect();
        Ok(self.app.blocking(move |inner| inner.store.sync_again(&seqs)).await?)
    }
}
