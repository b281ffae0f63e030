//! Support bundles on their way up: after everything else, and not one byte for a consent that does not hold.
//! When a consent is over, the portal hears it and lets go of what it has.

use std::fs;

use tokio::time::Instant;

use super::{Round, STUCK_MAX, Stop};
use crate::app::Inner;
use crate::app::support::{self, sealed_file};
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::plan::SupportPiece;
use crate::domain::sync::receipt::Receipt;
use crate::domain::sync::support::{Ends, SupportBundle};
use crate::store::{Store, StoreError, WaitingSupport};
use crate::sync::{SupportState, SyncFault};
use crate::wire::messages::Record;
use crate::wire::support::{Carried, OVER};

/// What the loop remembers of support bundles.
#[derive(Debug, Default)]
pub(super) struct SupportDesk {
    /// The portal takes them; an older one does not, and one that made nothing of the last word is asked again after
    /// the next hello: a bundle holds up no record.
    pub(super) taken: bool,
}

impl Round {
    /// The bundle that waits, and whether the portal has to hear that consents are over. Where that cannot be read,
    /// which is logged, records go on.
    pub(super) async fn support(&self) -> (Option<SupportPiece>, bool) {
        if !self.support.taken {
            return (None, false);
        }
        let (portal, at) = (self.portal, self.app.now());
        let asked = self.app.blocking(move |inner| {
            adopt(inner, at)?;
            let first = waiting(&inner.store, &portal, at)?.into_iter().next();
            Ok((first, !inner.store.support_over(&portal, at)?.is_empty()))
        });
        let (first, over) = asked.await.unwrap_or_default();
        let piece = first.map(|one| SupportPiece {
            consent: one.bundle.consent,
            held_bytes: one.held_bytes,
            size_bytes: one.size_bytes,
        });
        (piece, over)
    }

    /// Sends bytes of a bundle.
    pub(super) async fn bring(&mut self, consent: i64, from: u64, until: u64) -> Result<(), Stop> {
        let (portal, at) = (self.portal, self.app.now());
        let read = self.app.blocking(move |inner| piece(&inner.store, &portal, consent, at));
        // Taken back, or damaged, since the plan was made.
        let Some((one, sealed)) = read.await? else { return Ok(()) };
        let part = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(sealed.len());
        let bytes = sealed.get(part(from)..part(until)).unwrap_or_default().to_vec();
        let begun = Instant::now();
        let (sent, bundle) = (bytes.len() as u64, one.bundle);
        let whole = (bundle, one.size_bytes, ends(&one, at));
        let answer = self.client.send_support(whole, from, bytes).await;
        let SupportState { held, receipt, over } = answer.map_err(|fault| self.hold_off(fault))?;
        let forward = over || receipt.is_some() || held > from;
        self.stuck = if forward { 0 } else { self.stuck + 1 };
        if self.stuck >= STUCK_MAX {
            self.stuck = 0;
            return Err(self.hold_off(SyncFault::BadAnswer));
        }
        self.carried(sent, begun, false);
        crate::crash_point::reached("before_sync_receipt");
        let kept = self.app.blocking(move |inner| match receipt {
            Some(receipt) => inner.store.support_received(&portal, &receipt),
            None if over => let_go(&inner.store, &portal, consent, at),
            None => inner.store.support_held(&portal, bundle, held),
        });
        Ok(kept.await?)
    }

    /// Says that consents are over; the portal has let go of their bundles when it has answered.
    pub(super) async fn end_support(&mut self) -> Result<(), Stop> {
        let (portal, at) = (self.portal, self.app.now());
        let over = self.app.blocking(move |inner| inner.store.support_over(&portal, at)).await?;
        if over.is_empty() {
            return Ok(());
        }
        let heard = self.client.end_support(&over).await;
        heard.map_err(|fault| self.hold_off(fault))?;
        self.progress = true;
        let kept = self.app.blocking(move |inner| {
            over.iter().try_for_each(|one| let_go(&inner.store, &portal, one.consent, at))
        });
        Ok(kept.await?)
    }

    /// What failed here alone is left until the next hello; what failed as everything does comes again at once.
    fn hold_off(&mut self, fault: SyncFault) -> Stop {
        if matches!(fault, SyncFault::BadAnswer | SyncFault::Busy { .. }) {
            self.support.taken = false;
        }
        fault.into()
    }
}

/// What a file takes along that people carry to the portal: bundles that wait, and consents that are over.
pub(super) fn carried(
    store: &Store,
    portal: &PublicKey,
    at: Stamp,
) -> Result<Vec<Record>, StoreError> {
    let mut records = Vec::new();
    for one in waiting(store, portal, at)? {
        if let Some((one, sealed)) = piece(store, portal, one.bundle.consent, at)? {
            let whole = Carried::Whole { bundle: one.bundle, ends: ends(&one, at), sealed };
            records.push(whole.record());
        }
    }
    let over = store.support_over(portal, at)?;
    records.extend(over.into_iter().map(|one| Carried::Over(one).record()));
    Ok(records)
}

/// Keeps what the portal answered to a bundle of a file.
pub(super) fn answered(
    store: &Store,
    portal: &PublicKey,
    (seq, receipt, refused): (i64, Option<Receipt>, Option<&str>),
    at: Stamp,
) -> Result<(), StoreError> {
    match receipt {
        Some(receipt) => store.support_received(portal, &receipt),
        None if refused == Some(OVER) => let_go(store, portal, seq.saturating_neg(), at),
        // An older portal does not know what it is: it stays here, and may go another way.
        None => Ok(()),
    }
}

fn let_go(store: &Store, portal: &PublicKey, consent: i64, at: Stamp) -> Result<(), StoreError> {
    store.support_let_go(portal, consent)?;
    store.settle_support(at)
}

/// Bundles that wait and whose files are there, as long as they should be.
fn waiting(
    store: &Store,
    portal: &PublicKey,
    at: Stamp,
) -> Result<Vec<WaitingSupport>, StoreError> {
    let mut found = store.waiting_support(portal, at)?;
    found.retain(|one| {
        let file = fs::metadata(sealed_file(store.dir(), one.bundle.consent));
        file.is_ok_and(|file| file.len() == one.size_bytes)
    });
    Ok(found)
}

/// The sealed file of a consent that holds now, and that it goes to that portal; `None`: it does not go.
fn piece(
    store: &Store,
    portal: &PublicKey,
    consent: i64,
    at: Stamp,
) -> Result<Option<(WaitingSupport, Vec<u8>)>, StoreError> {
    let waiting = waiting(store, portal, at)?;
    let Some(one) = waiting.into_iter().find(|one| one.bundle.consent == consent) else {
        return Ok(None);
    };
    let sealed = fs::read(sealed_file(store.dir(), consent)).unwrap_or_default();
    store.begin_support(portal, one.bundle)?;
    if Sha256Digest::of(&sealed) != one.bundle.hash {
        tracing::error!("a support bundle has rotted on the disk and does not go");
        let_go(store, portal, consent, at)?;
        return Ok(None);
    }
    Ok(Some((one, sealed)))
}

/// When a consent ends, as the portal hears it.
fn ends(one: &WaitingSupport, at: Stamp) -> Ends {
    let sure = at.trust == ClockTrust::Synced;
    Ends { lasts_ms: one.until.0.saturating_sub(at.wall.0), until: sure.then_some(one.until) }
}

/// Files of consents that were given before files went to the portal: they go too.
fn adopt(inner: &Inner, at: Stamp) -> Result<(), StoreError> {
    for consent in inner.store.unadopted_support(at)? {
        let Ok(sealed) = fs::read(sealed_file(inner.store.dir(), consent)) else { continue };
        if !support::fits(&sealed) {
            continue;
        }
        let bundle = SupportBundle { consent, hash: Sha256Digest::of(&sealed) };
        inner.store.adopt_support(bundle, sealed.len() as u64)?;
    }
    Ok(())
}
