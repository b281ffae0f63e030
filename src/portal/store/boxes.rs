//! Rows of boxes and enrolment codes, and what is held of each box.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::inventory::Inventory;
use crate::portal::storage::{BoxState, FleetRow, StorageError};
use crate::wire::messages::Hello;

/// How long an enrolment code lives, milliseconds: a week.
const CODE_LIVES_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Records on one page of what is held.
const PAGE_RECORDS: usize = 2_000;

pub(super) fn new_code(
    tx: &Transaction<'_>,
    hash: Sha256Digest,
    at: WallMs,
) -> Result<(), StorageError> {
    let insert = "insert into code (hash, made_ms) values (?1, ?2)";
    tx.execute(insert, (hash.as_bytes(), at.0))?;
    Ok(())
}

pub(super) fn enrol(
    tx: &Transaction<'_>,
    code: Sha256Digest,
    key: &PublicKey,
    name: &str,
    at: WallMs,
) -> Result<bool, StorageError> {
    let select = "select made_ms, box_key from code where hash = ?1";
    let found: Option<(i64, Option<[u8; 32]>)> =
        tx.query_row(select, [code.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match found {
        None => return Ok(false),
        // The answer to the first try was lost.
        Some((_, Some(used_by))) => return Ok(used_by == *key.as_bytes()),
        Some((made, None)) if !(0..CODE_LIVES_MS).contains(&(at.0 - made)) => return Ok(false),
        Some((_, None)) => {}
    }
    tx.execute("update code set box_key = ?2 where hash = ?1", (code.as_bytes(), key.as_bytes()))?;
    // A box that was shut out comes back by a code that somebody gave it.
    tx.execute(
        "insert into box (id, public_key, name, enrolled_ms) values (?1, ?2, ?3, ?4) \
         on conflict (id) do update set revoked_ms = null, name = ?3",
        (key.key_id().as_bytes(), key.as_bytes(), name, at.0),
    )?;
    // It was found again: nobody wipes it any more.
    let withdraw = "update box_order set outcome = 'withdrawn', heard_ms = ?2 \
                    where box_id = ?1 and kind = 'wipe' and outcome is null";
    tx.execute(withdraw, (key.key_id().as_bytes(), at.0))?;
    Ok(true)
}

pub(super) fn state(db: &Connection, id: KeyId) -> Result<BoxState, StorageError> {
    let mut select = db.prepare_cached("select public_key, revoked_ms from box where id = ?1")?;
    let found: Option<([u8; 32], Option<i64>)> =
        select.query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match found {
        None => BoxState::Unknown,
        Some((key, Some(_))) => BoxState::Revoked(PublicKey::from_bytes(key)),
        Some((key, None)) => BoxState::Enrolled(PublicKey::from_bytes(key)),
    })
}

pub(super) fn revoke(tx: &Transaction<'_>, id: KeyId, at: WallMs) -> Result<bool, StorageError> {
    let update = "update box set revoked_ms = coalesce(revoked_ms, ?2) where id = ?1";
    Ok(tx.execute(update, (id.as_bytes(), at.0))? == 1)
}

pub(super) fn hello(
    tx: &Transaction<'_>,
    id: KeyId,
    hello: &Hello,
    at: WallMs,
) -> Result<(u64, Sha256Digest), StorageError> {
    let [urgent, results, reports, images] = hello.waiting;
    tx.execute(
        "update box set seen_ms = ?2, version = ?3, name = ?4, made = ?5, through = ?6, \
         urgent = ?7, results = ?8, reports = ?9, images = ?10, parked = ?11, disk_free_mib = ?12 \
         where id = ?1",
        rusqlite::params![
            id.as_bytes(),
            at.0,
            super::super::clean(&hello.version),
            super::super::clean(&hello.name),
            hello.made,
            hello.through,
            urgent,
            results,
            reports,
            images,
            hello.parked,
            hello.disk_free_mib,
        ],
    )?;
    inventory(tx, id)
}

/// How many records of a box are held, and the digest over them; made anew only when one was added.
fn inventory(tx: &Transaction<'_>, id: KeyId) -> Result<(u64, Sha256Digest), StorageError> {
    let last = "select coalesce(max(place), 0) from record where box_id = ?1";
    let last: i64 = tx.query_row(last, [id.as_bytes()], |row| row.get(0))?;
    let known = "select digest_count, digest from box where id = ?1 and digest_place = ?2";
    let known: Option<(u64, Option<[u8; 32]>)> = tx
        .query_row(known, (id.as_bytes(), last), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((count, Some(digest))) = known {
        return Ok((count, Sha256Digest::from_bytes(digest)));
    }
    let mut select =
        tx.prepare_cached("select seq, hash from record where box_id = ?1 order by seq, hash")?;
    let mut rows = select.query([id.as_bytes()])?;
    let mut inventory = Inventory::default();
    while let Some(row) = rows.next()? {
        let (seq, digest) = record(row)?;
        inventory.add(seq, digest);
    }
    let (count, digest) = inventory.finish();
    tx.execute(
        "update box set digest_place = ?2, digest_count = ?3, digest = ?4 where id = ?1",
        (id.as_bytes(), last, count, digest.as_bytes()),
    )?;
    Ok((count, digest))
}

pub(super) fn held(
    db: &Connection,
    id: KeyId,
    after: Seq,
) -> Result<(Vec<(Seq, Sha256Digest)>, bool), StorageError> {
    let mut select = db.prepare_cached(
        "select seq, hash from record where box_id = ?1 and seq > ?2 order by seq, hash limit ?3",
    )?;
    let mut rows = select.query((id.as_bytes(), after.0, PAGE_RECORDS + 1))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(record(row)?);
    }
    let more = found.len() > PAGE_RECORDS;
    if more {
        // The last number may have further contents: it comes whole with the next page.
        let last = found.last().map(|(seq, _)| *seq);
        found.retain(|(seq, _)| Some(*seq) != last);
    }
    Ok((found, more))
}

fn record(row: &Row<'_>) -> Result<(Seq, Sha256Digest), StorageError> {
    Ok((Seq(row.get("seq")?), Sha256Digest::from_bytes(row.get("hash")?)))
}

pub(super) fn fleet(db: &Connection) -> Result<Vec<FleetRow>, StorageError> {
    let mut select = db.prepare_cached(
        "select box.*, (select count(*) from record where box_id = box.id) as held, \
           exists (select 1 from record where box_id = box.id group by seq having count(*) > 1) \
             as conflict \
         from box order by name, id",
    )?;
    let mut rows = select.query([])?;
    let mut fleet = Vec::new();
    while let Some(row) = rows.next()? {
        fleet.push(FleetRow {
            id: KeyId::from_bytes(row.get("id")?),
            name: row.get("name")?,
            version: row.get("version")?,
            seen: row.get::<_, Option<i64>>("seen_ms")?.map(WallMs),
            revoked: row.get::<_, Option<i64>>("revoked_ms")?.is_some(),
            waiting: [
                row.get("urgent")?,
                row.get("results")?,
                row.get("reports")?,
                row.get("images")?,
            ],
            parked: row.get("parked")?,
            disk_free_mib: row.get("disk_free_mib")?,
            held: row.get("held")?,
            conflict: row.get("conflict")?,
        });
    }
    Ok(fleet)
}
