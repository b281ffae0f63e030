//! Rows of bundles, rings and roll-outs.

use super::orders;
use super::sql::{Db, Row, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::people::PersonName;
use crate::domain::stamp::WallMs;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::PortalSetting;
use crate::domain::sync::rollout::{Ring, Rules, State};
use crate::domain::update::ReleaseVersion;
use crate::portal::orders::{NewOrder, OrderSigner};
use crate::portal::rollout::{
    AskedRow, BoxRow, Change, NewRollout, PIECE_BYTES, Recall, Rollout, RolloutEvent,
    RolloutStorage, What,
};
use crate::portal::storage::StorageError;
use crate::portal::store::Store;
use crate::wire::messages::{BundleTold, ProgramTold};

/// Roll-outs on the page.
const PAGE_ROWS: u32 = 20;
/// What roll-outs have in common: two changes of them wait for each other.
const ROLLOUTS: Scope<'static> = Scope::Named(b"rollouts");

impl RolloutStorage for Store {
    fn keep_piece(
        &self,
        hash: Sha256Digest,
        number: u64,
        bytes: &[u8],
    ) -> Result<(), StorageError> {
        let insert = "insert into bundle_piece (hash, number, bytes) values (?1, ?2, ?3) \
                      on conflict (hash, number) do nothing";
        self.write(Scope::Named(hash.as_bytes()), |tx| {
            tx.execute(insert, &params![hash.as_bytes(), number, bytes]).map(drop)
        })
    }

    fn keep_bundle(&self, offer: &BundleOffer, at: WallMs) -> Result<bool, StorageError> {
        self.write(Scope::Named(offer.hash.as_bytes()), |tx| {
            let added = tx.execute(
                "insert into bundle (hash, size_bytes, version, target, from_min, packs, added_ms) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (hash) do nothing",
                &params![
                    offer.hash.as_bytes(),
                    offer.size_bytes,
                    offer.version.to_string(),
                    offer.target.as_str(),
                    offer.from_min.to_string(),
                    offer.packs.join(","),
                    at.0,
                ],
            )?;
            Ok(added > 0)
        })
    }

    fn bundles(&self) -> Result<Vec<(BundleOffer, WallMs)>, StorageError> {
        self.read(|db| {
            let rows = db.query("select * from bundle order by added_ms desc, hash", &[])?;
            rows.iter().map(|row| Ok((offer(row)?, WallMs(row.get("added_ms")?)))).collect()
        })
    }

    fn bundle_bytes(
        &self,
        hash: Sha256Digest,
        from: u64,
        most: u64,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(|db| {
            let size = "select size_bytes from bundle where hash = ?1";
            let size: Option<u64> = db.value(size, &params![hash.as_bytes()])?;
            if size.is_none_or(|size| from >= size) {
                return Ok(None);
            }
            let piece = PIECE_BYTES as u64;
            let rows = db.query(
                "select bytes from bundle_piece where hash = ?1 and number >= ?2 \
                 order by number limit ?3",
                &params![hash.as_bytes(), from / piece, most / piece + 2],
            )?;
            let mut bytes = Vec::new();
            for row in &rows {
                bytes.extend(row.get::<Vec<u8>>("bytes")?);
            }
            let begin = usize::try_from(from % piece).unwrap_or(usize::MAX).min(bytes.len());
            let mut bytes = bytes.split_off(begin);
            bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            Ok(Some(bytes))
        })
    }

    fn set_ring(&self, id: KeyId, ring: Ring) -> Result<(), StorageError> {
        let insert = "insert into box_ring (box_id, ring) values (?1, ?2) \
                      on conflict (box_id) do update set ring = excluded.ring";
        self.write(Scope::Box(id), |tx| {
            tx.execute(insert, &params![id.as_bytes(), ring.number()]).map(drop)
        })
    }

    fn hear_program(&self, id: KeyId, told: &ProgramTold) -> Result<(), StorageError> {
        self.write(Scope::Box(id), |tx| hear_program(tx, id, told))
    }

    fn begin_rollout(
        &self,
        new: &NewRollout,
        at: WallMs,
    ) -> Result<Result<u64, u64>, StorageError> {
        self.write(ROLLOUTS, |tx| begin(tx, new, at))
    }

    fn rollouts(&self, unsettled: bool) -> Result<Vec<Rollout>, StorageError> {
        self.read(|db| {
            let select = "select * from rollout left join bundle on bundle.hash = rollout.bundle";
            let rows = match unsettled {
                true => db.query(
                    &format!(
                        "{select} where state in ('running', 'held', 'stopped') \
                         or (state = 'withdrawn' and settled = 0) order by id desc"
                    ),
                    &[],
                )?,
                false => {
                    db.query(&format!("{select} order by id desc limit ?1"), &params![PAGE_ROWS])?
                }
            };
            rows.iter().map(rollout).collect()
        })
    }

    fn boxes_of(&self, id: Option<u64>) -> Result<Vec<BoxRow>, StorageError> {
        self.read(|db| {
            let rows = db.query(
                "select box.id, box.name, box.version, \
                   case when box_order.heard_ms > coalesce(box.seen_ms, 0) \
                     then box_order.heard_ms else box.seen_ms end as seen_ms, coalesce(ring, ?2) as ring, \
                   target, on_ms, failed, order_number, stage, held_bytes, \
                   rollout_box.number as number, recalled, done_on_ms, excused, outcome, reason \
                 from box left join box_ring on box_ring.box_id = box.id \
                 left join box_program on box_program.box_id = box.id \
                 left join rollout_box on rollout_box.box_id = box.id and rollout_box.rollout = ?1 \
                 left join box_order on box_order.box_id = box.id \
                   and box_order.number = rollout_box.number \
                 where revoked_ms is null order by box.name, box.id",
                &params![id, Ring::USUAL.number()],
            )?;
            rows.iter().map(box_row).collect()
        })
    }

    fn rollout_events(&self, id: u64) -> Result<Vec<RolloutEvent>, StorageError> {
        self.read(|db| {
            let select = "select * from rollout_event where rollout = ?1 order by number";
            db.query(select, &params![id])?.iter().map(event).collect()
        })
    }

    fn change_rollout(&self, rollout: &Rollout, change: &Change) -> Result<bool, StorageError> {
        self.write(ROLLOUTS, |tx| {
            let changed = tx.execute(
                "update rollout set state = ?3, ring = ?4, changes = changes + 1, settled = 0 \
                 where id = ?1 and changes = ?2",
                &params![rollout.id, rollout.changes, change.state.code(), change.ring.number(),],
            )?;
            if changed == 0 {
                return Ok(false);
            }
            for id in &change.excuse {
                let update =
                    "update rollout_box set excused = 1 where rollout = ?1 and box_id = ?2";
                tx.execute(update, &params![rollout.id, id.as_bytes()])?;
            }
            add_event(tx, rollout.id, &change.event)?;
            Ok(true)
        })
    }

    fn settle_rollout(&self, id: u64) -> Result<(), StorageError> {
        let update = "update rollout set settled = 1 where id = ?1 and state = 'withdrawn'";
        self.write(ROLLOUTS, |tx| tx.execute(update, &params![id]).map(drop))
    }

    fn ask_box(
        &self,
        id: u64,
        to: KeyId,
        order: &NewOrder,
        sign: &OrderSigner<'_>,
    ) -> Result<(), StorageError> {
        self.write(Scope::Box(to), |tx| ask(tx, id, to, order, sign))
    }

    fn recall_box(
        &self,
        id: u64,
        from: KeyId,
        how: Recall,
        order: Option<(&NewOrder, &OrderSigner<'_>)>,
    ) -> Result<(), StorageError> {
        self.write(Scope::Box(from), |tx| {
            let recalled: u32 = match how {
                Recall::ForNow => 1,
                Recall::ForGood => 2,
            };
            let asked = "select count(*) from rollout_box \
                         where rollout = ?1 and box_id = ?2 and recalled < ?3";
            let asked: u64 = tx.number(asked, &params![id, from.as_bytes(), recalled])?;
            if asked == 0 {
                return Ok(());
            }
            // A box that has it already goes on to say what became of it.
            tx.execute(
                "update box_order set outcome = 'withdrawn' where box_id = ?1 and outcome is null \
                 and number = (select number from rollout_box where rollout = ?2 and box_id = ?1)",
                &params![from.as_bytes(), id],
            )?;
            let update = "update rollout_box set recalled = ?3 where rollout = ?1 and box_id = ?2";
            tx.execute(update, &params![id, from.as_bytes(), recalled])?;
            if let Some((order, sign)) = order {
                orders::add(tx, from, order, sign)?;
            }
            Ok(())
        })
    }
}

fn hear_program(tx: &dyn Db, id: KeyId, told: &ProgramTold) -> Result<(), StorageError> {
    let clean = crate::portal::clean;
    let coming = told.bundle.as_ref();
    tx.execute(
        "insert into box_program (box_id, target, on_ms, failed, order_number, stage, held_bytes) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (box_id) do update set \
         target = excluded.target, on_ms = excluded.on_ms, failed = excluded.failed, \
         order_number = excluded.order_number, stage = excluded.stage, \
         held_bytes = excluded.held_bytes",
        &params![
            id.as_bytes(),
            clean(&told.target),
            told.on_ms,
            clean(&told.failed),
            coming.map(|one| one.number),
            coming.map_or_else(String::new, |one| clean(&one.stage)),
            coming.map_or(0, |one| one.held),
        ],
    )?;
    // The soak begins when it is first heard of; a box that was set up anew begins its life anew.
    tx.execute(
        "update rollout_box set done_on_ms = ?2 where box_id = ?1 \
         and (done_on_ms is null or done_on_ms > ?2) and exists (select 1 from box_order \
           where box_order.box_id = ?1 and box_order.number = rollout_box.number \
           and outcome = 'done')",
        &params![id.as_bytes(), told.on_ms],
    )?;
    Ok(())
}

fn begin(tx: &dyn Db, new: &NewRollout, at: WallMs) -> Result<Result<u64, u64>, StorageError> {
    let open = tx.query(
        "select * from rollout left join bundle on bundle.hash = rollout.bundle \
         where state in ('running', 'held', 'stopped')",
        &[],
    )?;
    for row in &open {
        let open = rollout(row)?;
        if open.what.meets(&new.what) {
            return Ok(Err(open.id));
        }
    }
    let id: u64 = tx.number("select coalesce(max(id), 0) + 1 from rollout", &[])?;
    let (bundle, settings) = match &new.what {
        What::Bundle(offer) => (Some(*offer.hash.as_bytes()), String::new()),
        What::Settings(values) => {
            let lines = values.iter().map(|(name, value)| format!("{}={value}", name.code()));
            (None, lines.collect::<Vec<_>>().join("\n"))
        }
    };
    tx.execute(
        "insert into rollout (id, bundle, settings, made_by, made_ms, soak_hours, share_percent, \
         seen_days, state, ring) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'running', 0)",
        &params![
            id,
            bundle,
            settings,
            new.by.as_str(),
            at.0,
            new.rules.soak_hours,
            new.rules.share_percent,
            new.rules.seen_days,
        ],
    )?;
    let event = RolloutEvent {
        at,
        by: new.by.as_str().to_owned(),
        kind: "begun".to_owned(),
        box_id: None,
        detail: "0".to_owned(),
    };
    add_event(tx, id, &event)?;
    Ok(Ok(id))
}

fn ask(
    tx: &dyn Db,
    id: u64,
    to: KeyId,
    order: &NewOrder,
    sign: &OrderSigner<'_>,
) -> Result<(), StorageError> {
    let runs = "select count(*) from rollout where id = ?1 and state = 'running'";
    // One that was recalled, or whose order nobody heard of, may be asked anew.
    let asked = "select count(*) from rollout_box left join box_order \
                   on box_order.box_id = rollout_box.box_id \
                   and box_order.number = rollout_box.number \
                 where rollout = ?1 and rollout_box.box_id = ?2 and recalled = 0 \
                 and (outcome is null or outcome <> 'withdrawn')";
    let asked: u64 = tx.number(asked, &params![id, to.as_bytes()])?;
    let runs: u64 = tx.number(runs, &params![id])?;
    if runs == 0 || asked > 0 {
        return Ok(());
    }
    let number = orders::add(tx, to, order, sign)?;
    tx.execute(
        "insert into rollout_box (rollout, box_id, number) values (?1, ?2, ?3) \
         on conflict (rollout, box_id) do update set number = excluded.number, recalled = 0, \
         done_on_ms = null",
        &params![id, to.as_bytes(), number],
    )?;
    Ok(())
}

fn add_event(tx: &dyn Db, id: u64, event: &RolloutEvent) -> Result<(), StorageError> {
    let next = "select coalesce(max(number), 0) + 1 from rollout_event where rollout = ?1";
    let number: u64 = tx.number(next, &params![id])?;
    tx.execute(
        "insert into rollout_event (rollout, number, made_ms, made_by, kind, box_id, detail) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &params![
            id,
            number,
            event.at.0,
            event.by.as_str(),
            event.kind.as_str(),
            event.box_id.as_ref().map(KeyId::as_bytes),
            event.detail.as_str(),
        ],
    )?;
    Ok(())
}

/// Reads a text column through a domain parser.
fn parsed<T>(
    row: &Row,
    column: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StorageError> {
    parse(&row.get::<String>(column)?).ok_or(StorageError::Corrupt { what: column })
}

fn ring(row: &Row) -> Result<Ring, StorageError> {
    let number = u8::try_from(row.get::<u32>("ring")?).ok();
    number.and_then(Ring::new).ok_or(StorageError::Corrupt { what: "ring" })
}

fn offer(row: &Row) -> Result<BundleOffer, StorageError> {
    let packs: String = row.get("packs")?;
    Ok(BundleOffer {
        hash: Sha256Digest::from_bytes(row.get("hash")?),
        size_bytes: row.get("size_bytes")?,
        version: parsed(row, "version", ReleaseVersion::parse)?,
        target: row.get("target")?,
        from_min: parsed(row, "from_min", ReleaseVersion::parse)?,
        packs: packs.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
    })
}

fn rollout(row: &Row) -> Result<Rollout, StorageError> {
    let bundle: Option<Vec<u8>> = row.get("bundle")?;
    let what = match bundle {
        Some(_) => What::Bundle(offer(row)?),
        None => What::Settings(parsed(row, "settings", settings)?),
    };
    let share = u8::try_from(row.get::<u32>("share_percent")?).unwrap_or(u8::MAX);
    let rules = Rules::new(row.get("soak_hours")?, share, row.get("seen_days")?);
    Ok(Rollout {
        id: row.get("id")?,
        what,
        by: parsed(row, "made_by", PersonName::parse)?,
        at: WallMs(row.get("made_ms")?),
        rules: rules.ok_or(StorageError::Corrupt { what: "rules" })?,
        state: parsed(row, "state", State::parse)?,
        ring: ring(row)?,
        changes: row.get("changes")?,
        settled: row.get("settled")?,
    })
}

fn settings(text: &str) -> Option<Vec<(PortalSetting, String)>> {
    let line = |line: &str| {
        let (name, value) = line.split_once('=')?;
        Some((PortalSetting::parse(name)?, value.to_owned()))
    };
    text.lines().map(line).collect()
}

fn box_row(row: &Row) -> Result<BoxRow, StorageError> {
    let target: Option<String> = row.get("target")?;
    let program = target.map(|target| {
        let number: Option<u64> = row.get("order_number")?;
        let told = |number| {
            let (stage, held) = (row.get("stage")?, row.get("held_bytes")?);
            Ok::<_, StorageError>(BundleTold { number, stage, held })
        };
        Ok::<_, StorageError>(ProgramTold {
            target,
            on_ms: row.get("on_ms")?,
            failed: row.get("failed")?,
            bundle: number.map(told).transpose()?,
        })
    });
    let number: Option<u64> = row.get("number")?;
    let asked = number.map(|number| {
        Ok::<_, StorageError>(AskedRow {
            number,
            outcome: row.get("outcome")?,
            reason: row.get::<Option<String>>("reason")?.unwrap_or_default(),
            recalled: row.get("recalled")?,
            done_on_ms: row.get("done_on_ms")?,
            excused: row.get("excused")?,
        })
    });
    Ok(BoxRow {
        id: KeyId::from_bytes(row.get("id")?),
        name: row.get("name")?,
        ring: ring(row)?,
        seen: row.get::<Option<i64>>("seen_ms")?.map(WallMs),
        version: row.get("version")?,
        program: program.transpose()?,
        asked: asked.transpose()?,
    })
}

fn event(row: &Row) -> Result<RolloutEvent, StorageError> {
    let box_id: Option<[u8; 16]> = row.get("box_id")?;
    Ok(RolloutEvent {
        at: WallMs(row.get("made_ms")?),
        by: row.get("made_by")?,
        kind: row.get("kind")?,
        box_id: box_id.map(KeyId::from_bytes),
        detail: row.get("detail")?,
    })
}
