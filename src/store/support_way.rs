//! Rows of support bundles on their way to the portal: which waits, how far it is, what the portal has signed for,
//! and what it is to let go. None goes up for a consent that does not hold.

use rusqlite::{OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{OrderRefusal, Outcome};
use crate::domain::sync::receipt::Receipt;
use crate::domain::sync::support::{SupportBundle, Way};
use crate::store::error::StoreError;
use crate::store::sql::digest;
use crate::store::{Store, journal};

/// Most bundles that are looked at together.
const WINDOW_ROWS: u32 = 16;
/// Consents that hold, by [`crate::domain::support::Consent::holds`]; `?1` is now.
const HOLDS: &str = "(ended_ms is null and support_consent.wall_ms <= ?1 and until_ms > ?1)";

/// A bundle that waits for the portal.
#[derive(Clone, Copy, Debug)]
pub struct WaitingSupport {
    /// Which one.
    pub bundle: SupportBundle,
    /// Its bytes.
    pub size_bytes: u64,
    /// Bytes that the portal says it has.
    pub held_bytes: u64,
    /// When its consent ends, by the box's clock.
    pub until: WallMs,
}

impl Store {
    /// Writes down the file of a consent that was given before files went to the portal.
    ///
    /// # Errors
    /// When the database fails.
    pub fn adopt_support(&self, bundle: SupportBundle, size_bytes: u64) -> Result<(), StoreError> {
        self.write(|tx| insert(tx, bundle, size_bytes))
    }

    /// Consents that hold and whose file no row knows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unadopted_support(&self, now: Stamp) -> Result<Vec<i64>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select seq from support_consent where {HOLDS} \
                 and seq not in (select consent from support_bundle) limit {WINDOW_ROWS}"
            ))?;
            let found = select.query_map([now.wall.0], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Bundles whose consent holds and for which that portal has not signed, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_support(
        &self,
        portal: &PublicKey,
        now: Stamp,
    ) -> Result<Vec<WaitingSupport>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select consent, hash, size_bytes, until_ms, \
                 case when portal = ?2 then held_bytes else 0 end as held from support_bundle \
                 join support_consent on seq = consent where {HOLDS} \
                 and (portal is null or portal <> ?2 or (received_ms is null and over = 0)) \
                 order by consent limit {WINDOW_ROWS}"
            ))?;
            let mut rows = select.query((now.wall.0, portal.as_bytes()))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(WaitingSupport {
                    bundle: bundle(row)?,
                    size_bytes: row.get("size_bytes")?,
                    held_bytes: row.get("held")?,
                    until: WallMs(row.get("until_ms")?),
                });
            }
            Ok(found)
        })
    }

    /// A bundle is about to go to that portal: from now on it has to hear when the consent is over.
    ///
    /// # Errors
    /// When the database fails; then not one byte may go.
    pub fn begin_support(
        &self,
        portal: &PublicKey,
        bundle: SupportBundle,
    ) -> Result<(), StoreError> {
        let begun = "select 1 from support_bundle where consent = ?1 and portal = ?2";
        let key = (bundle.consent, portal.as_bytes());
        if self.read(|db| Ok(db.prepare_cached(begun)?.exists(key)?))? {
            return Ok(());
        }
        let update = "update support_bundle set portal = ?2, held_bytes = 0, received_ms = null, \
                      signature = null, over = 0 where consent = ?1";
        self.write(|tx| Ok(tx.execute(update, key)?)).map(drop)
    }

    /// How much of a bundle that portal has, as it says itself.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support_held(
        &self,
        portal: &PublicKey,
        bundle: SupportBundle,
        bytes: u64,
    ) -> Result<(), StoreError> {
        let update = "update support_bundle set held_bytes = min(?4, size_bytes) \
                      where consent = ?1 and hash = ?2 and portal = ?3";
        let key = (bundle.consent, bundle.hash.as_bytes(), portal.as_bytes(), bytes);
        self.write(|tx| Ok(tx.execute(update, key)?)).map(drop)
    }

    /// Keeps the receipt for a bundle, whose signature has been verified; the request that it answers is done.
    ///
    /// # Errors
    /// When the database fails; then the bundle counts as not sent.
    pub fn support_received(
        &self,
        portal: &PublicKey,
        receipt: &Receipt,
    ) -> Result<(), StoreError> {
        let (seq, hash) = (receipt.delivered.seq, receipt.delivered.hash);
        let Some(bundle) = SupportBundle::of(seq, hash) else { return Ok(()) };
        self.write(|tx| {
            let kept = tx.execute(
                "update support_bundle set held_bytes = size_bytes, received_ms = ?4, signature = ?5 \
                 where consent = ?1 and hash = ?2 and portal = ?3",
                (
                    bundle.consent,
                    hash.as_bytes(),
                    portal.as_bytes(),
                    receipt.at.0,
                    receipt.signature.0,
                ),
            )?;
            if kept == 1 {
                tx.execute(
                    "update portal_order set outcome = ?2, reason = ?3, told = 0 \
                     where outcome = 'waiting' and agreed = 1 and exists (select 1 \
                     from support_bundle as one where one.consent = ?1 \
                     and one.order_portal = portal_order.portal \
                     and one.order_number = portal_order.number \
                     and one.order_hash = portal_order.hash)",
                    (bundle.consent, Outcome::Done.code(), Outcome::Done.reason()),
                )?;
            }
            Ok(())
        })
    }

    /// Bundles that went to that portal, wholly or in part, and whose consent is over: it is to let them go.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support_over(
        &self,
        portal: &PublicKey,
        now: Stamp,
    ) -> Result<Vec<SupportBundle>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select consent, hash from support_bundle join support_consent on seq = consent \
                 where portal = ?2 and over = 0 and not {HOLDS} order by consent limit {WINDOW_ROWS}"
            ))?;
            let mut rows = select.query((now.wall.0, portal.as_bytes()))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(bundle(row)?);
            }
            Ok(found)
        })
    }

    /// That portal has let the bundle of a consent go, and takes no more of it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support_let_go(&self, portal: &PublicKey, consent: i64) -> Result<(), StoreError> {
        let update = "update support_bundle set over = 1 where consent = ?1 and portal = ?2";
        self.write(|tx| Ok(tx.execute(update, (consent, portal.as_bytes()))?)).map(drop)
    }

    /// Ends the requests that somebody agreed to and whose bundle can come no more: the portal is told so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn settle_support(&self, now: Stamp) -> Result<(), StoreError> {
        let ended = format!(
            "outcome = 'waiting' and agreed = 1 and exists (select 1 from support_bundle as one \
             join support_consent on seq = one.consent \
             where one.order_portal = portal_order.portal \
             and one.order_number = portal_order.number and one.order_hash = portal_order.hash \
             and one.received_ms is null and (one.over = 1 or not {HOLDS}))"
        );
        let any = format!("select 1 from portal_order where {ended}");
        // Nothing is written while there is nothing to write: this is asked every few minutes.
        if !self.read(|db| Ok(db.prepare_cached(&any)?.exists([now.wall.0])?))? {
            return Ok(());
        }
        let outcome = Outcome::Refused(OrderRefusal::ConsentEnded);
        let update =
            format!("update portal_order set outcome = ?2, reason = ?3, told = 0 where {ended}");
        let values = (now.wall.0, outcome.code(), outcome.reason());
        self.write(|tx| Ok(tx.execute(&update, values)?)).map(drop)
    }

    /// How far the bundles of the last consents are, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support_ways(&self) -> Result<Vec<(i64, Way)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select consent, received_ms, over from support_bundle order by consent desc limit 50",
            )?;
            let mut rows = select.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let way = match (row.get("over")?, row.get("received_ms")?) {
                    (true, _) => Way::Removed,
                    (false, Some(at)) => Way::Arrived(WallMs(at)),
                    (false, None) => Way::Waiting,
                };
                found.push((row.get("consent")?, way));
            }
            Ok(found)
        })
    }
}

/// Writes down the file of a consent.
pub(super) fn insert(
    tx: &Transaction<'_>,
    bundle: SupportBundle,
    size_bytes: u64,
) -> Result<(), StoreError> {
    tx.execute(
        "insert or ignore into support_bundle (consent, hash, size_bytes) values (?1, ?2, ?3)",
        (bundle.consent, bundle.hash.as_bytes(), size_bytes),
    )?;
    Ok(())
}

/// Notes that a bundle answers the request of that number; the portal is told that somebody agreed.
///
/// # Errors
/// [`Fault::PageUnknown`]: nobody asks under that number.
pub(super) fn answer(
    tx: &Transaction<'_>,
    number: u64,
    consent: i64,
    (by, at): (OperatorId, Stamp),
) -> Result<(), StoreError> {
    let select = "select portal, hash from portal_order where number = ?1 and kind = 'support' \
                  and outcome = 'waiting' and agreed = 0 order by wall_ms desc limit 1";
    let found: Option<([u8; 32], [u8; 32])> =
        tx.query_row(select, [number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (portal, hash) = found.ok_or(Fault::PageUnknown)?;
    tx.execute(
        "update support_bundle set order_portal = ?2, order_number = ?3, order_hash = ?4 \
         where consent = ?1",
        (consent, portal, number, hash),
    )?;
    tx.execute(
        "update portal_order set agreed = 1, told = 0 \
         where portal = ?1 and number = ?2 and hash = ?3",
        (portal, number, hash),
    )?;
    journal::note(tx, Some(by), "order_answered", Outcome::Agreed.reason(), at)
}

fn bundle(row: &Row<'_>) -> Result<SupportBundle, StoreError> {
    let hash: Sha256Digest = digest(row, "hash")?;
    Ok(SupportBundle { consent: row.get("consent")?, hash })
}

#[cfg(test)]
#[path = "support_way_tests.rs"]
mod tests;
