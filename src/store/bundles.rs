//! Rows of programs that the portal offers: how far each has come. Their bytes are files of `update`.

use rusqlite::{OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::OperatorId;
use crate::domain::stamp::Stamp;
use crate::domain::sync::bundle::{BundleOffer, Stage, UpdateChoice};
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{Order, OrderRefusal, Outcome};
use crate::store::error::StoreError;
use crate::store::orders::{OrderRow, order_row};
use crate::store::sql::{digest, parsed};
use crate::store::{Store, journal};

/// The fact that holds when programs of the portal are installed.
const CHOICE: &str = "updates";

/// A program that the portal offers.
#[derive(Clone, Debug)]
pub struct BundleRow {
    /// The order.
    pub order: OrderRow,
    /// SHA-256 of the bundle.
    pub file_hash: Sha256Digest,
    /// Its length, bytes.
    pub size_bytes: u64,
    /// Bytes that are on the disk for good.
    pub held_bytes: u64,
    /// How often its bytes were begun with.
    pub fetches: u32,
    /// How far it is.
    pub stage: Stage,
    /// Digest of its manifest, once its signature held.
    pub manifest: Option<Sha256Digest>,
}

impl Store {
    /// The bundle that something still happens to; there is one at most.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_bundle(&self) -> Result<Option<BundleRow>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from portal_bundle join portal_order using (portal, number, hash) \
                 where stage <> 'ended'",
            )?;
            let mut rows = select.query([])?;
            rows.next()?.map(bundle_row).transpose()
        })
    }

    /// The bundle whose bytes are to stay: the open one, or one that was taken back for now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn bundle_to_keep(&self) -> Result<Option<(Sha256Digest, Stage)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select file_hash, stage from portal_bundle where stage <> 'ended' or kept = 1 \
                 order by stage <> 'ended' desc, number desc limit 1",
            )?;
            let mut rows = select.query([])?;
            let row = rows.next()?;
            row.map(|row| Ok((digest(row, "file_hash")?, parsed(row, "stage", Stage::parse)?)))
                .transpose()
        })
    }

    /// Writes down how many bytes of the open bundle are on the disk. `anew`: they were not its own, and
    /// it is begun with once more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn bundle_held(&self, held: u64, anew: bool) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update portal_bundle set held_bytes = min(?1, size_bytes), fetches = fetches + ?2 \
                 where stage <> 'ended'",
                (held, anew),
            )?;
            Ok(())
        })
    }

    /// Moves the open bundle to another stage.
    ///
    /// # Errors
    /// When the database fails.
    pub fn bundle_stage(&self, stage: Stage) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update portal_bundle set stage = ?1 where stage <> 'ended'";
            tx.execute(update, [stage.code()])?;
            Ok(())
        })
    }

    /// The open bundle is whole and signed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn bundle_ready(&self, manifest: Sha256Digest) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update portal_bundle set stage = 'ready', manifest = ?1 \
                          where stage <> 'ended'";
            tx.execute(update, [manifest.as_bytes()])?;
            Ok(())
        })
    }

    /// The updater has been asked for the bundle with that manifest. Nothing happens when it is not the
    /// portal's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn bundle_asked(&self, manifest: Sha256Digest) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update portal_bundle set stage = 'asked' \
                          where stage = 'ready' and manifest = ?1";
            tx.execute(update, [manifest.as_bytes()])?;
            Ok(())
        })
    }

    /// The open bundle comes to an end; the portal is told.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_bundle(
        &self,
        outcome: Outcome,
        by: Option<OperatorId>,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            if end(tx, outcome, false)? {
                let why = outcome.reason();
                let detail = if why.is_empty() { outcome.code() } else { why };
                journal::note(tx, by, "portal_update", detail, at)?;
            }
            Ok(())
        })
    }

    /// When programs of the portal are installed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn update_choice(&self) -> Result<UpdateChoice, StoreError> {
        let fact = self.fact(CHOICE)?;
        Ok(fact.as_deref().and_then(UpdateChoice::parse).unwrap_or_default())
    }

    /// Sets it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn choose_updates(
        &self,
        choice: UpdateChoice,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let insert = "insert or replace into box (key, value) values (?1, ?2)";
            tx.execute(insert, (CHOICE, choice.code()))?;
            journal::note(tx, Some(by), "updates_chosen", choice.code(), at)
        })
    }

    /// When somebody last used the pages, ms since 1970 by the box's clock; `None`: nobody is logged in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pages_used_ms(&self) -> Result<Option<i64>, StoreError> {
        self.read(|db| Ok(db.query_row("select max(seen_ms) from session", [], |row| row.get(0))?))
    }
}

/// Takes up a bundle; the one before it, if it is open, comes to its end.
pub(super) fn begin(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    order: &Order,
    offer: &BundleOffer,
) -> Result<Outcome, StoreError> {
    end(tx, Outcome::Refused(OrderRefusal::Expired), false)?;
    let kept = "select held_bytes from portal_bundle where file_hash = ?1 and kept = 1 \
                order by number desc limit 1";
    let held: Option<u64> =
        tx.query_row(kept, [offer.hash.as_bytes()], |row| row.get(0)).optional()?;
    tx.execute("update portal_bundle set kept = 0", [])?;
    tx.execute(
        "insert into portal_bundle (portal, number, hash, file_hash, size_bytes, held_bytes, stage) \
         values (?1, ?2, ?3, ?4, ?5, ?6, 'fetching')",
        (
            portal.as_bytes(),
            order.number,
            order.hash.as_bytes(),
            offer.hash.as_bytes(),
            offer.size_bytes,
            held.unwrap_or(0).min(offer.size_bytes),
        ),
    )?;
    Ok(Outcome::Waiting)
}

/// Lets a bundle be. One that the updater was asked for goes its way.
pub(super) fn withdraw(
    tx: &Transaction<'_>,
    file_hash: Sha256Digest,
    keep: bool,
) -> Result<Outcome, StoreError> {
    let open = "select 1 from portal_bundle where file_hash = ?1 \
                and stage in ('fetching', 'no_room', 'ready')";
    if tx.prepare_cached(open)?.exists([file_hash.as_bytes()])? {
        end(tx, Outcome::Refused(OrderRefusal::Withdrawn), keep)?;
    } else if !keep {
        let update = "update portal_bundle set kept = 0 where file_hash = ?1";
        tx.execute(update, [file_hash.as_bytes()])?;
    }
    Ok(Outcome::Done)
}

/// Ends the open bundle; whether there was one.
fn end(tx: &Transaction<'_>, outcome: Outcome, kept: bool) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "update portal_order set outcome = ?1, reason = ?2, told = 0 where exists \
           (select 1 from portal_bundle as one where one.portal = portal_order.portal \
            and one.number = portal_order.number and one.hash = portal_order.hash \
            and one.stage <> 'ended')",
        (outcome.code(), outcome.reason()),
    )?;
    let update = "update portal_bundle set stage = 'ended', kept = ?1 where stage <> 'ended'";
    tx.execute(update, [kept])?;
    Ok(ended > 0)
}

fn bundle_row(row: &Row<'_>) -> Result<BundleRow, StoreError> {
    let manifest: Option<[u8; 32]> = row.get("manifest")?;
    Ok(BundleRow {
        order: order_row(row)?,
        file_hash: digest(row, "file_hash")?,
        size_bytes: row.get("size_bytes")?,
        held_bytes: row.get("held_bytes")?,
        fetches: row.get("fetches")?,
        stage: parsed(row, "stage", Stage::parse)?,
        manifest: manifest.map(Sha256Digest::from_bytes),
    })
}
