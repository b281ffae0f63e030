//! Rows of support bundles and their bytes. The bytes are rows too, unlike images: a bundle is small and goes again,
//! and in one transaction with its row no replica can keep what another one was told to remove.

use super::sql::{Db, Row, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, Signature};
use crate::domain::sync::receipt::Delivered;
use crate::domain::sync::support::SupportBundle;
use crate::portal::storage::{Signer, StorageError, Taken};
use crate::portal::store::Store;
use crate::portal::support::{
    NewSupport, OPEN_MAX, SupportHeld, SupportRow, SupportStorage, taken,
};

/// Bundles on a page.
const LIST_ROWS: u32 = 500;
/// Bundles that are removed together.
const FORGET_ROWS: u32 = 100;

impl SupportStorage for Store {
    fn take_support(
        &self,
        from: KeyId,
        new: &NewSupport,
        piece: (u64, &[u8]),
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<SupportHeld, StorageError> {
        self.write(Scope::Box(from), |tx| take(tx, from, new, piece, (at, sign)))
    }

    fn end_support(
        &self,
        from: KeyId,
        bundles: &[SupportBundle],
        at: WallMs,
    ) -> Result<(), StorageError> {
        self.write(Scope::Box(from), |tx| {
            bundles.iter().try_for_each(|bundle| end(tx, from, *bundle, at))
        })
    }

    fn support_bundles(
        &self,
        of: Option<KeyId>,
        now: WallMs,
    ) -> Result<Vec<SupportRow>, StorageError> {
        let select = "select * from support_bundle where received_ms is not null \
                      and over_ms is null and ends_ms > ?1 and (box_id = ?3 or ?3 is null) \
                      order by received_ms desc limit ?2";
        let of = of.as_ref().map(KeyId::as_bytes);
        let rows = self.read(|db| db.query(select, &params![now.0, LIST_ROWS, of]))?;
        rows.iter().map(row).collect()
    }

    fn support_bytes(
        &self,
        from: KeyId,
        bundle: SupportBundle,
        now: WallMs,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(|db| {
            let select = "select 1 from support_bundle where box_id = ?1 and consent = ?2 \
                          and hash = ?3 and received_ms is not null and over_ms is null \
                          and ends_ms > ?4";
            let key = (from.as_bytes(), bundle.consent, bundle.hash.as_bytes());
            if db.query(select, &params![key.0, key.1, key.2, now.0])?.is_empty() {
                return Ok(None);
            }
            let sealed = assemble(db, from, bundle)?;
            match Sha256Digest::of(&sealed) == bundle.hash {
                true => Ok(Some(sealed)),
                false => Err(StorageError::Corrupt { what: "support bundle" }),
            }
        })
    }

    fn forget_support(&self, now: WallMs) -> Result<u64, StorageError> {
        let select = "select box_id, consent, hash from support_bundle \
                      where over_ms is null and ends_ms <= ?1 limit ?2";
        let rows = self.read(|db| db.query(select, &params![now.0, FORGET_ROWS]))?;
        for row in &rows {
            let (from, bundle) = (KeyId::from_bytes(row.get("box_id")?), bundle(row)?);
            self.write(Scope::Box(from), |tx| end(tx, from, bundle, now))?;
        }
        Ok(rows.len() as u64)
    }
}

fn take(
    tx: &dyn Db,
    from: KeyId,
    new: &NewSupport,
    piece: (u64, &[u8]),
    (at, sign): (WallMs, &Signer<'_>),
) -> Result<SupportHeld, StorageError> {
    let bundle = new.bundle;
    let key = params![from.as_bytes(), bundle.consent, bundle.hash.as_bytes()];
    let select = "select * from support_bundle where box_id = ?1 and consent = ?2 and hash = ?3";
    match tx.first(select, &key)? {
        Some(row) => {
            let ends: i64 = row.get("ends_ms")?;
            if row.get::<Option<i64>>("over_ms")?.is_some() || ends.min(new.ends.0) <= at.0 {
                end(tx, from, bundle, at)?;
                return Ok(SupportHeld::Over);
            }
            if let Some(received) = row.get::<Option<i64>>("received_ms")? {
                let signature = Signature(row.get("signature")?);
                let delivered = Delivered { box_id: from, seq: bundle.seq(), hash: bundle.hash };
                let taken = Taken { delivered, place: 0, at: WallMs(received), signature };
                return Ok(SupportHeld::Whole(taken));
            }
            if new.ends.0 < ends {
                let update = "update support_bundle set ends_ms = ?4 \
                              where box_id = ?1 and consent = ?2 and hash = ?3";
                tx.execute(update, &[key.as_slice(), &params![new.ends.0]].concat())?;
            }
            if row.get::<u64>("size_bytes")? != new.size_bytes {
                return Err(StorageError::BeyondEnd);
            }
        }
        None => {
            let open = "select count(*) from support_bundle where box_id = ?1 and over_ms is null";
            let open: u64 = tx.number(open, &params![from.as_bytes()])?;
            if new.ends.0 <= at.0 || open >= OPEN_MAX {
                return Ok(SupportHeld::Over);
            }
            insert(tx, from, new, at)?;
        }
    }
    let held = append(tx, from, (bundle, new.size_bytes), piece)?;
    if held < new.size_bytes {
        return Ok(SupportHeld::Part(held));
    }
    if Sha256Digest::of(assemble(tx, from, bundle)?) != bundle.hash {
        tracing::error!("a support bundle came in with another hash and begins anew");
        forget(tx, from, bundle)?;
        return Ok(SupportHeld::Part(0));
    }
    let taken = taken(from, bundle, at, sign);
    let update = "update support_bundle set received_ms = ?4, signature = ?5 \
                  where box_id = ?1 and consent = ?2 and hash = ?3";
    tx.execute(update, &[key.as_slice(), &params![at.0, taken.signature.0]].concat())?;
    Ok(SupportHeld::Whole(taken))
}

fn insert(tx: &dyn Db, from: KeyId, new: &NewSupport, at: WallMs) -> Result<(), StorageError> {
    let insert = "insert into support_bundle (box_id, consent, hash, size_bytes, ends_ms, begun_ms) \
                  values (?1, ?2, ?3, ?4, ?5, ?6)";
    let (consent, hash) = (new.bundle.consent, new.bundle.hash);
    let values =
        params![from.as_bytes(), consent, hash.as_bytes(), new.size_bytes, new.ends.0, at.0];
    tx.execute(insert, &values).map(drop)
}

/// Adds a piece if it begins where the last one ends; gives where they end now.
fn append(
    tx: &dyn Db,
    from: KeyId,
    (bundle, size): (SupportBundle, u64),
    (offset, bytes): (u64, &[u8]),
) -> Result<u64, StorageError> {
    let (id, hash) = (from.as_bytes(), bundle.hash.as_bytes());
    let last = "select begins + length(body) from support_part where box_id = ?1 and consent = ?2 \
                and hash = ?3 order by begins desc limit 1";
    let held: Option<u64> = tx.value(last, &params![id, bundle.consent, hash])?;
    let held = held.unwrap_or(0);
    if offset != held || bytes.is_empty() {
        return Ok(held);
    }
    let end = held.saturating_add(bytes.len() as u64);
    if end > size {
        return Err(StorageError::BeyondEnd);
    }
    let insert = "insert into support_part (box_id, consent, hash, begins, body) \
                  values (?1, ?2, ?3, ?4, ?5)";
    tx.execute(insert, &params![id, bundle.consent, hash, offset, bytes])?;
    Ok(end)
}

/// All pieces, one after the other.
fn assemble(db: &dyn Db, from: KeyId, bundle: SupportBundle) -> Result<Vec<u8>, StorageError> {
    let select = "select body from support_part where box_id = ?1 and consent = ?2 and hash = ?3 \
                  order by begins";
    let key = params![from.as_bytes(), bundle.consent, bundle.hash.as_bytes()];
    let mut whole = Vec::new();
    for row in &db.query(select, &key)? {
        whole.extend(row.get::<Vec<u8>>("body")?);
    }
    Ok(whole)
}

fn forget(tx: &dyn Db, from: KeyId, bundle: SupportBundle) -> Result<(), StorageError> {
    let delete = "delete from support_part where box_id = ?1 and consent = ?2 and hash = ?3";
    let key = params![from.as_bytes(), bundle.consent, bundle.hash.as_bytes()];
    tx.execute(delete, &key).map(drop)
}

/// Removes the bytes of a bundle and notes that no more may come, also of one that never came.
fn end(tx: &dyn Db, from: KeyId, bundle: SupportBundle, at: WallMs) -> Result<(), StorageError> {
    forget(tx, from, bundle)?;
    tx.execute(
        "insert into support_bundle (box_id, consent, hash, size_bytes, ends_ms, begun_ms, over_ms) \
         values (?1, ?2, ?3, 0, ?4, ?4, ?4) on conflict (box_id, consent, hash) do update \
         set over_ms = coalesce(support_bundle.over_ms, excluded.over_ms)",
        &params![from.as_bytes(), bundle.consent, bundle.hash.as_bytes(), at.0],
    )?;
    Ok(())
}

fn row(row: &Row) -> Result<SupportRow, StorageError> {
    Ok(SupportRow {
        from: KeyId::from_bytes(row.get("box_id")?),
        bundle: bundle(row)?,
        size_bytes: row.get("size_bytes")?,
        received: WallMs(row.get("received_ms")?),
        ends: WallMs(row.get("ends_ms")?),
    })
}

fn bundle(row: &Row) -> Result<SupportBundle, StorageError> {
    let hash = Sha256Digest::from_bytes(row.get("hash")?);
    Ok(SupportBundle { consent: row.get("consent")?, hash })
}
