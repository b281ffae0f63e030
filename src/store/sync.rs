//! Rows of what has to reach the portal, and of the receipts for it. Triggers write the records
//! (`upgrade/to_13.sql`, `to_21.sql`): no code path can forget one.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::{PublicKey, Signature};
use crate::domain::sync::inventory::Inventory;
use crate::domain::sync::plan::{WINDOW_RECORDS, Waiting};
use crate::domain::sync::receipt::Receipt;
use crate::domain::sync::{Lane, QueueDepth, RecordKind};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::files::Folder;
use crate::store::sql::{digest, parsed, study_id};

/// Name of the fact that holds the public key of the portal that the records are for.
const PORTAL: &str = "sync_portal";

/// A record whose content is to be fixed.
#[derive(Clone, Copy, Debug)]
pub struct OpenRecord {
    /// Its number.
    pub seq: Seq,
    /// What it tells.
    pub kind: RecordKind,
    /// Of which study.
    pub study: StudyId,
    /// Which version of a report, or number of an alert; 0 for other kinds.
    pub part: u32,
    /// Counts changes of what it tells: its content may be fixed only if nothing changed meanwhile.
    pub changed: i64,
}

/// A record whose content is fixed.
#[derive(Clone, Debug)]
pub struct SealedRecord {
    /// Its number.
    pub seq: Seq,
    /// What it tells.
    pub kind: RecordKind,
    /// Of which study.
    pub study: StudyId,
    /// SHA-256 of its content.
    pub hash: Sha256Digest,
    /// Its content, compressed.
    pub body: Vec<u8>,
}

impl Store {
    /// Says to which portal records go. For another one than before, everything begins anew; the
    /// receipts of the one before are kept.
    ///
    /// # Errors
    /// When the database fails.
    pub fn choose_portal(&self, portal: &PublicKey) -> Result<(), StoreError> {
        let name = portal.to_string();
        self.write(|tx| {
            let select = "select value from box where key = ?1";
            let before: Option<String> =
                tx.query_row(select, [PORTAL], |row| row.get(0)).optional()?;
            if before.as_ref() == Some(&name) {
                return Ok(());
            }
            if before.is_some() {
                tx.execute(
                    "update sync_record set done = 0, body = null, held_bytes = 0, refused = null, \
                     size_bytes = case kind when 'image' then size_bytes end",
                    [],
                )?;
            }
            tx.execute("insert or replace into box (key, value) values (?1, ?2)", (PORTAL, name))?;
            Ok(())
        })
    }

    /// The first records without a receipt, by lane and number. An image whose file is missing is
    /// parked here, so that it holds up no other.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_window(&self) -> Result<Vec<Waiting>, StoreError> {
        self.sync_window_after(None)
    }

    /// The same after that record, whatever becomes of the ones before it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_window_after(&self, after: Option<&Waiting>) -> Result<Vec<Waiting>, StoreError> {
        let mut window = Vec::new();
        for (mut waiting, image) in self.read(|db| first_waiting(db, after))? {
            if let (None, Some(digest)) = (waiting.bytes, image) {
                let Some(size) = self.file_size(Folder::Radiographs, digest) else {
                    self.sync_park(waiting.seq, "file_missing")?;
                    continue;
                };
                let update = "update sync_record set size_bytes = ?2 where seq = ?1";
                self.write(|tx| Ok(tx.execute(update, (waiting.seq.0, size))?))?;
                waiting.bytes = Some(size);
            }
            window.push(waiting);
        }
        Ok(window)
    }

    /// The newest urgent record, sent or not: a larger one than before is a reason to stop waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_urgent(&self) -> Result<Option<Seq>, StoreError> {
        let select = "select max(seq) from sync_record where lane = 0 and done = 0";
        self.read(|db| Ok(db.query_row(select, [], |row| row.get::<_, Option<i64>>(0))?.map(Seq)))
    }

    /// A record whose content is to be fixed; `None` when it is fixed, or has its receipt.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_record(&self, seq: Seq) -> Result<Option<OpenRecord>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from sync_record where seq = ?1 and body is null and done = 0 \
                 and kind <> 'image'",
            )?;
            let mut rows = select.query([seq.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(OpenRecord {
                seq,
                kind: parsed(row, "kind", RecordKind::parse)?,
                study: study_id(row, "study_id")?,
                part: row.get("part")?,
                changed: row.get("changed")?,
            }))
        })
    }

    /// Fixes the content of a record. `false` when what it tells has changed since it was read: the
    /// content is made again then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn seal_record(
        &self,
        open: &OpenRecord,
        hash: Sha256Digest,
        body: &[u8],
    ) -> Result<bool, StoreError> {
        let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
        self.write(|tx| {
            let sealed = tx.execute(
                "update sync_record set hash = ?3, body = ?4, size_bytes = ?5 \
                 where seq = ?1 and changed = ?2 and body is null and done = 0",
                (open.seq.0, open.changed, hash.as_bytes(), body, size),
            )?;
            Ok(sealed == 1)
        })
    }

    /// Records as they are sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sealed_records(&self, seqs: &[Seq]) -> Result<Vec<SealedRecord>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from sync_record where seq = ?1 and body is not null and done = 0",
            )?;
            let mut found = Vec::new();
            for seq in seqs {
                let mut rows = select.query([seq.0])?;
                if let Some(row) = rows.next()? {
                    found.push(sealed(row)?);
                }
            }
            Ok(found)
        })
    }

    /// The radiograph of an image record: its digest and size, and the study that it belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub fn image_record(&self, seq: Seq) -> Result<Option<(Sha256Digest, u64)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select digest, size_bytes from sync_record where seq = ?1 and digest is not null",
            )?;
            let mut rows = select.query([seq.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some((digest(row, "digest")?, row.get("size_bytes")?)))
        })
    }

    /// Bytes of a radiograph, from `from` to before `until`.
    ///
    /// # Errors
    /// When the file is missing or shorter.
    pub fn radiograph_bytes(
        &self,
        digest: Sha256Digest,
        from: u64,
        until: u64,
    ) -> Result<Vec<u8>, StoreError> {
        self.file_bytes(Folder::Radiographs, digest, from, until)
    }

    /// How much of an image the portal has, as it says itself.
    ///
    /// # Errors
    /// When the database fails.
    pub fn image_held(&self, seq: Seq, bytes: u64) -> Result<(), StoreError> {
        let update = "update sync_record set held_bytes = min(?2, size_bytes) \
                      where seq = ?1 and kind = 'image' and done = 0";
        self.write(|tx| Ok(tx.execute(update, (seq.0, bytes))?)).map(|_| ())
    }

    /// Keeps receipts whose signatures have been verified, and lets go of the bodies. A receipt for
    /// other content than the record's is not kept.
    ///
    /// # Errors
    /// When the database fails; then no record has its tick.
    pub fn keep_receipts(
        &self,
        portal: &PublicKey,
        receipts: &[Receipt],
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| receipts.iter().try_for_each(|one| keep_receipt(tx, portal, one, at)))
    }

    /// Parks a record: it is tried again after a while, and holds up no other until then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_park(&self, seq: Seq, why: &str) -> Result<(), StoreError> {
        let update = "update sync_record set refused = ?2 where seq = ?1 and done = 0";
        self.write(|tx| Ok(tx.execute(update, (seq.0, why))?)).map(|_| ())
    }

    /// Tries parked records again, their content made anew.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_unpark(&self) -> Result<(), StoreError> {
        self.unpark("")
    }

    /// The same for urgent ones alone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_unpark_urgent(&self) -> Result<(), StoreError> {
        self.unpark("and lane = 0")
    }

    fn unpark(&self, which: &str) -> Result<(), StoreError> {
        let update = format!(
            "update sync_record set refused = null, body = null, \
             size_bytes = case kind when 'image' then size_bytes end \
             where refused is not null and done = 0 {which}"
        );
        self.write(|tx| Ok(tx.execute(&update, [])?)).map(|_| ())
    }

    /// Sends records again that the portal has lost; their old receipts are kept.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_again(&self, seqs: &[Seq]) -> Result<(), StoreError> {
        self.write(|tx| {
            let mut update = tx.prepare_cached(
                "update sync_record set done = 0, held_bytes = 0, body = null, \
                 size_bytes = case kind when 'image' then size_bytes end where seq = ?1",
            )?;
            for seq in seqs {
                update.execute([seq.0])?;
            }
            Ok(())
        })
    }

    /// How much waits.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sync_depth(&self) -> Result<QueueDepth, StoreError> {
        self.read(|db| {
            let mut depth = QueueDepth::default();
            let mut select = db.prepare_cached(
                "select lane, refused is not null as parked, count(*) as n from sync_record \
                 where done = 0 group by lane, parked",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let (lane, parked): (usize, bool) = (row.get("lane")?, row.get("parked")?);
                let count: u64 = row.get("n")?;
                if parked {
                    depth.parked += count;
                } else if let Some(slot) = depth.lanes.get_mut(lane) {
                    *slot = count;
                }
            }
            debug_assert_eq!(depth.lanes.len(), Lane::ALL.len());
            let select = "select coalesce(max(seq), 0), \
                coalesce((select min(seq) - 1 from sync_record where done = 0), max(seq), 0) \
                from sync_record";
            (depth.made, depth.through) =
                db.query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(depth)
        })
    }

    /// Number and hash of every record with a receipt of that portal, in order: what the portal should
    /// hold at least.
    ///
    /// # Errors
    /// When the database fails.
    pub fn receipted(&self, portal: &PublicKey) -> Result<Vec<(Seq, Sha256Digest)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select sync_receipt.seq, sync_receipt.hash from sync_receipt \
                 join sync_record on sync_record.seq = sync_receipt.seq \
                   and sync_record.hash = sync_receipt.hash \
                 where portal = ?1 and done = 1 order by sync_receipt.seq, sync_receipt.hash",
            )?;
            let mut rows = select.query([portal.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push((Seq(row.get("seq")?), digest(row, "hash")?));
            }
            Ok(found)
        })
    }

    /// The signature of a kept receipt, for whoever wants to prove it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn receipt_signature(
        &self,
        portal: &PublicKey,
        seq: Seq,
    ) -> Result<Option<Signature>, StoreError> {
        let select = "select signature from sync_receipt where portal = ?1 and seq = ?2";
        self.read(|db| {
            let found = db.query_row(select, (portal.as_bytes(), seq.0), |row| row.get(0));
            Ok(found.optional()?.map(Signature))
        })
    }
}

/// The hash over records: what both sides compare.
#[must_use]
pub fn inventory_digest(records: &[(Seq, Sha256Digest)]) -> Sha256Digest {
    let mut inventory = Inventory::default();
    for (seq, digest) in records {
        inventory.add(*seq, *digest);
    }
    inventory.finish().1
}

/// The first waiting records; images with their digest.
fn first_waiting(
    db: &Connection,
    after: Option<&Waiting>,
) -> Result<Vec<(Waiting, Option<Sha256Digest>)>, StoreError> {
    let mut select = db.prepare_cached(
        "select seq, kind, size_bytes, held_bytes, digest from sync_record \
         where done = 0 and refused is null and (lane, seq) > (?2, ?3) order by lane, seq limit ?1",
    )?;
    let (lane, seq) = after.map_or((-1, 0), |one| (one.kind.lane().place(), one.seq.0));
    let mut rows = select.query((WINDOW_RECORDS, lane, seq))?;
    let mut window = Vec::new();
    while let Some(row) = rows.next()? {
        let waiting = Waiting {
            seq: Seq(row.get("seq")?),
            kind: parsed(row, "kind", RecordKind::parse)?,
            bytes: row.get("size_bytes")?,
            held_bytes: row.get("held_bytes")?,
        };
        let image: Option<[u8; 32]> = row.get("digest")?;
        window.push((waiting, image.map(Sha256Digest::from_bytes)));
    }
    Ok(window)
}

fn sealed(row: &Row<'_>) -> Result<SealedRecord, StoreError> {
    Ok(SealedRecord {
        seq: Seq(row.get("seq")?),
        kind: parsed(row, "kind", RecordKind::parse)?,
        study: study_id(row, "study_id")?,
        hash: digest(row, "hash")?,
        body: row.get("body")?,
    })
}

fn keep_receipt(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    receipt: &Receipt,
    at: Stamp,
) -> Result<(), StoreError> {
    let seq = receipt.delivered.seq.0;
    let hash = receipt.delivered.hash;
    let done = tx.execute(
        "update sync_record set done = 1, body = null, refused = null \
         where seq = ?1 and hash = ?2",
        (seq, hash.as_bytes()),
    )?;
    if done == 0 {
        return Ok(());
    }
    tx.execute(
        "insert or ignore into sync_receipt (portal, seq, hash, place, portal_ms, signature, \
         wall_ms, clock_trust) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            portal.as_bytes(),
            seq,
            hash.as_bytes(),
            receipt.place,
            receipt.at.0,
            receipt.signature.0,
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    Ok(())
}

#[cfg(test)]
#[path = "sync_tests.rs"]
mod tests;
