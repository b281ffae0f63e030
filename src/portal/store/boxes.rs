//! Rows of boxes and enrolment codes, and what is held of each box.

use std::cmp::Ordering;

use super::sql::{Db, Row, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::inventory::Inventory;
use crate::domain::update::ReleaseVersion;
use crate::portal::storage::{BoxState, CONTENTS_MAX, CarriedHello, FleetRow, StorageError};
use crate::wire::messages::{BoxHealth, Hello};

/// How long an enrolment code lives, milliseconds: a week.
const CODE_LIVES_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// By how many records a kept sum goes further before it is kept again.
const SUMMED_RECORDS: u64 = 500;
/// Most packs and flaws that are kept of what a box says.
const HEALTH_TEXTS_MAX: usize = 12;
/// Records on one page of what is held.
const PAGE_RECORDS: usize = 2_000;
const _: () = assert!(PAGE_RECORDS > CONTENTS_MAX, "a page has room for all contents of a number");

pub(super) fn new_code(tx: &dyn Db, hash: Sha256Digest, at: WallMs) -> Result<(), StorageError> {
    let insert = "insert into code (hash, made_ms) values (?1, ?2)";
    tx.execute(insert, &params![hash.as_bytes(), at.0]).map(drop)
}

/// What a code is good for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// Nothing: there is none such, somebody else has used it, or it is too old.
    Bad,
    /// It enrols the box.
    Good,
    /// This box has used it before.
    Used,
}

pub(super) fn code(
    db: &dyn Db,
    code: Sha256Digest,
    key: &PublicKey,
    at: WallMs,
) -> Result<Code, StorageError> {
    let select = "select made_ms, box_key from code where hash = ?1";
    let Some(row) = db.first(select, &params![code.as_bytes()])? else { return Ok(Code::Bad) };
    let made: i64 = row.get("made_ms")?;
    Ok(match row.get::<Option<[u8; 32]>>("box_key")? {
        Some(used_by) if used_by == *key.as_bytes() => Code::Used,
        None if (0..CODE_LIVES_MS).contains(&(at.0 - made)) => Code::Good,
        Some(_) | None => Code::Bad,
    })
}

pub(super) fn enrol(
    tx: &dyn Db,
    code: Sha256Digest,
    (id, key): (KeyId, &PublicKey),
    name: &str,
    at: WallMs,
) -> Result<bool, StorageError> {
    match self::code(tx, code, key, at)? {
        // The answer to the first try was lost.
        Code::Used => return Ok(true),
        Code::Bad => return Ok(false),
        Code::Good => {}
    }
    let used = "update code set box_key = ?2 where hash = ?1";
    tx.execute(used, &params![code.as_bytes(), key.as_bytes()])?;
    // A box that was shut out comes back by a code that somebody gave it.
    tx.execute(
        "insert into box (id, public_key, name, enrolled_ms) values (?1, ?2, ?3, ?4) \
         on conflict (id) do update set revoked_ms = null, name = ?3",
        &params![id.as_bytes(), key.as_bytes(), name, at.0],
    )?;
    // It was found again: nobody wipes it any more.
    let withdraw = "update box_order set outcome = 'withdrawn', heard_ms = ?2 \
                    where box_id = ?1 and kind = 'wipe' and outcome is null";
    tx.execute(withdraw, &params![id.as_bytes(), at.0])?;
    Ok(true)
}

pub(super) fn state(db: &dyn Db, id: KeyId) -> Result<BoxState, StorageError> {
    let select = "select public_key, revoked_ms from box where id = ?1";
    let Some(row) = db.first(select, &params![id.as_bytes()])? else {
        return Ok(BoxState::Unknown);
    };
    let key = PublicKey::from_bytes(row.get("public_key")?);
    Ok(match row.get::<Option<i64>>("revoked_ms")? {
        Some(_) => BoxState::Revoked(key),
        None => BoxState::Enrolled(key),
    })
}

pub(super) fn revoke(tx: &dyn Db, id: KeyId, at: WallMs) -> Result<bool, StorageError> {
    let update = "update box set revoked_ms = coalesce(revoked_ms, ?2) where id = ?1";
    Ok(tx.execute(update, &params![id.as_bytes(), at.0])? == 1)
}

pub(super) fn hello(
    tx: &dyn Db,
    id: KeyId,
    hello: &Hello,
    at: WallMs,
) -> Result<(u64, Sha256Digest), StorageError> {
    keep(tx, id, hello)?;
    let update = "update box set seen_ms = ?2 where id = ?1";
    tx.execute(update, &params![id.as_bytes(), at.0])?;
    inventory(tx, id, hello.through)
}

/// A file may have lain somewhere for weeks. Its hello is older than what is known where the box had made fewer
/// records then, or as many and was an older program.
pub(super) fn carried_hello(
    tx: &dyn Db,
    id: KeyId,
    hello: &Hello,
) -> Result<CarriedHello, StorageError> {
    let select = "select made, version from box where id = ?1";
    let row = tx.first(select, &params![id.as_bytes()])?;
    let row = row.ok_or(StorageError::Corrupt { what: "box" })?;
    let (made, version): (u64, String) = (row.get("made")?, row.get("version")?);
    let known = ReleaseVersion::parse(&version).zip(ReleaseVersion::parse(&hello.version));
    let fresh = match hello.made.cmp(&made) {
        Ordering::Less => false,
        Ordering::Equal => known.is_none_or(|(known, said)| said >= known),
        Ordering::Greater => true,
    };
    if fresh {
        keep(tx, id, hello)?;
    }
    Ok(CarriedHello { fresh, held: inventory(tx, id, hello.through)? })
}

fn keep(tx: &dyn Db, id: KeyId, hello: &Hello) -> Result<(), StorageError> {
    let [urgent, results, reports, images] = hello.waiting;
    tx.execute(
        "update box set version = ?2, name = ?3, made = ?4, through = ?5, urgent = ?6, \
         results = ?7, reports = ?8, images = ?9, parked = ?10, disk_free_mib = ?11, \
         health = ?12 where id = ?1",
        &params![
            id.as_bytes(),
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
            hello.health.as_deref().and_then(health_text),
        ],
    )
    .map(drop)
}

/// What a box says of itself, as it is kept: short texts without control characters.
fn health_text(health: &BoxHealth) -> Option<String> {
    let tidy = |texts: &[String]| {
        let texts = texts.iter().take(HEALTH_TEXTS_MAX);
        texts.map(|text| super::super::clean(text)).collect()
    };
    let kept = BoxHealth {
        backend: super::super::clean(&health.backend),
        heat: super::super::clean(&health.heat),
        models: tidy(&health.models),
        storage_flaws: tidy(&health.storage_flaws),
        seal_key: super::super::clean(&health.seal_key),
        ..health.clone()
    };
    serde_json::to_string(&kept).ok()
}

fn health_of(row: &Row) -> Result<Option<BoxHealth>, StorageError> {
    let text: Option<String> = row.get("health")?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// How many records of a box are held, and the digest over them; made anew only when one was added, and then
/// from the last number on up to which the box once had every receipt.
fn inventory(tx: &dyn Db, id: KeyId, through: u64) -> Result<(u64, Sha256Digest), StorageError> {
    let last = "select coalesce(max(place), 0) from record where box_id = ?1";
    let last: i64 = tx.number(last, &params![id.as_bytes()])?;
    let known = "select digest_place, digest_count, digest, sum_seq, sum_count, sum_state \
                 from box where id = ?1";
    let Some(row) = tx.first(known, &params![id.as_bytes()])? else {
        return Err(StorageError::Corrupt { what: "box" });
    };
    if let (true, Some(digest)) = (row.get::<i64>("digest_place")? == last, row.get("digest")?) {
        return Ok((row.get("digest_count")?, Sha256Digest::from_bytes(digest)));
    }
    let state: Option<Vec<u8>> = row.get("sum_state")?;
    let sum = (row.get("sum_count")?, state);
    let (mut after, mut inventory) = (Seq(0), Inventory::default());
    if let (count, Some(state)) = sum
        && let Some(left) = Inventory::resume(count, &state)
    {
        (after, inventory) = (Seq(row.get("sum_seq")?), left);
    }
    let begun = inventory.state().0;
    let (mut settled, mut more) = (None, true);
    while more {
        let page;
        (page, more) = held(tx, id, after)?;
        for (seq, digest) in page {
            if u64::try_from(seq.0).is_ok_and(|seq| seq > through) && settled.is_none() {
                settled = Some((after, inventory.state()));
            }
            inventory.add(seq, digest);
            after = seq;
        }
    }
    let (sum_seq, (count, state)) = settled.unwrap_or_else(|| (after, inventory.state()));
    if count >= begun + SUMMED_RECORDS {
        let update = "update box set sum_seq = ?2, sum_count = ?3, sum_state = ?4 where id = ?1";
        tx.execute(update, &params![id.as_bytes(), sum_seq.0, count, state])?;
    }
    let (count, digest) = inventory.finish();
    tx.execute(
        "update box set digest_place = ?2, digest_count = ?3, digest = ?4 where id = ?1",
        &params![id.as_bytes(), last, count, digest.as_bytes()],
    )?;
    Ok((count, digest))
}

/// What came in of a box within one transaction.
#[derive(Default)]
pub(super) struct Added {
    /// Records that were not there.
    pub(super) held: u64,
    /// Those among them whose number was there with other content.
    pub(super) conflicts: u64,
    /// The lowest of their numbers.
    pub(super) lowest: Option<Seq>,
}

/// Counts what came in. A sum that goes further than the lowest number does not hold any more.
pub(super) fn count(tx: &dyn Db, id: KeyId, added: &Added) -> Result<(), StorageError> {
    let Some(lowest) = added.lowest else { return Ok(()) };
    let update = "update box set held = held + ?2, conflicts = conflicts + ?3, \
                  sum_count = case when sum_seq >= ?4 then 0 else sum_count end, \
                  sum_state = case when sum_seq >= ?4 then null else sum_state end, \
                  sum_seq = case when sum_seq >= ?4 then 0 else sum_seq end where id = ?1";
    let values = params![id.as_bytes(), added.held, added.conflicts, lowest.0];
    tx.execute(update, &values).map(drop)
}

pub(super) fn held(
    db: &dyn Db,
    id: KeyId,
    after: Seq,
) -> Result<(Vec<(Seq, Sha256Digest)>, bool), StorageError> {
    let rows = db.query(
        "select seq, hash from record where box_id = ?1 and seq > ?2 order by seq, hash limit ?3",
        &params![id.as_bytes(), after.0, PAGE_RECORDS + 1],
    )?;
    let mut found = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
    let more = found.len() > PAGE_RECORDS;
    if more {
        // The last number may have further contents: it comes whole with the next page.
        let last = found.last().map(|(seq, _)| *seq);
        found.retain(|(seq, _)| Some(*seq) != last);
        // Who asks for what comes after it would ask for ever.
        if found.is_empty() {
            return Err(StorageError::Corrupt { what: "list of records" });
        }
    }
    Ok((found, more))
}

fn record(row: &Row) -> Result<(Seq, Sha256Digest), StorageError> {
    Ok((Seq(row.get("seq")?), Sha256Digest::from_bytes(row.get("hash")?)))
}

pub(super) fn fleet(db: &dyn Db) -> Result<Vec<FleetRow>, StorageError> {
    db.query("select * from box order by name, id", &[])?.iter().map(fleet_row).collect()
}

pub(super) fn fleet_row_of(db: &dyn Db, id: KeyId) -> Result<Option<FleetRow>, StorageError> {
    let rows = db.query("select * from box where id = ?1", &params![id.as_bytes()])?;
    rows.first().map(fleet_row).transpose()
}

fn fleet_row(row: &Row) -> Result<FleetRow, StorageError> {
    Ok(FleetRow {
        id: KeyId::from_bytes(row.get("id")?),
        name: row.get("name")?,
        version: row.get("version")?,
        seen: row.get::<Option<i64>>("seen_ms")?.map(WallMs),
        revoked: row.get::<Option<i64>>("revoked_ms")?.is_some(),
        waiting: [row.get("urgent")?, row.get("results")?, row.get("reports")?, row.get("images")?],
        parked: row.get("parked")?,
        disk_free_mib: row.get("disk_free_mib")?,
        health: health_of(row)?,
        held: row.get("held")?,
        conflict: row.get::<u64>("conflicts")? > 0,
    })
}
