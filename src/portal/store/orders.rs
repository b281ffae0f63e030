//! Rows of orders.

use super::sql::{Db, Row, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::StudyId;
use crate::domain::people::Phi;
use crate::domain::signing::FreeText;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, Signature};
use crate::domain::sync::order::{Order, OrderKind, Outcome};
use crate::portal::orders::{NewOrder, OrderSigner, OrderStorage, SentOrder};
use crate::portal::storage::StorageError;
use crate::portal::store::{Store, boxes};
use crate::wire::messages::ToldOutcome;

/// Most orders looked at for one answer.
const WINDOW_ROWS: usize = 64;
/// Orders on a list.
const LIST_ROWS: u32 = 200;

impl OrderStorage for Store {
    fn add_order(
        &self,
        to: KeyId,
        order: &NewOrder,
        sign: &OrderSigner<'_>,
    ) -> Result<u64, StorageError> {
        self.write(Scope::Box(to), |tx| add(tx, to, order, sign))
    }

    fn hear(&self, from: KeyId, told: &[ToldOutcome], at: WallMs) -> Result<(), StorageError> {
        if told.is_empty() {
            return Ok(());
        }
        self.write(Scope::Box(from), |tx| told.iter().try_for_each(|one| hear(tx, from, one, at)))
    }

    fn waiting_orders(
        &self,
        to: KeyId,
        bytes: u64,
        only: Option<OrderKind>,
    ) -> Result<(Vec<Order>, bool), StorageError> {
        self.read(|db| waiting(db, to, bytes, only))
    }

    fn orders_left(&self, to: KeyId) -> Result<u64, StorageError> {
        let select = "select count(*) from box_order where box_id = ?1 and outcome is null";
        self.read(|db| db.number(select, &params![to.as_bytes()]))
    }

    fn sent_orders(
        &self,
        to: KeyId,
        study: Option<StudyId>,
    ) -> Result<Vec<SentOrder>, StorageError> {
        self.read(|db| sent(db, to, study))
    }
}

pub(super) fn add(
    tx: &dyn Db,
    to: KeyId,
    order: &NewOrder,
    sign: &OrderSigner<'_>,
) -> Result<u64, StorageError> {
    let next = "select coalesce(max(number), 0) + 1 from box_order where box_id = ?1";
    let number: u64 = tx.number(next, &params![to.as_bytes()])?;
    tx.execute(
        "insert into box_order (box_id, number, kind, lane, study, hash, body, made_by, made_ms, \
         signature) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &params![
            to.as_bytes(),
            number,
            order.kind.code(),
            order.lane,
            order.study.as_ref().map(StudyId::as_bytes),
            order.hash.as_bytes(),
            order.body.reveal().as_str(),
            order.by.as_str(),
            order.at.0,
            sign(number).0,
        ],
    )?;
    match order.kind {
        OrderKind::Wipe => drop(boxes::revoke(tx, to, order.at)?),
        OrderKind::Review | OrderKind::Amendment => {
            let update = "update examination set read_ms = ?3 where box_id = ?1 and study = ?2";
            let study = order.study.as_ref().map(StudyId::as_bytes);
            tx.execute(update, &params![to.as_bytes(), study, order.at.0])?;
        }
        OrderKind::Settings
        | OrderKind::Support
        | OrderKind::Rotate
        | OrderKind::PortalKey
        | OrderKind::Bundle
        | OrderKind::WithdrawBundle
        | OrderKind::Certificate => {}
    }
    Ok(number)
}

/// What a box says of an order. Something that is no outcome is left alone: a newer box may say it. A request of
/// support that is answered stays so: a file that was carried for long says what held before.
fn hear(tx: &dyn Db, from: KeyId, told: &ToldOutcome, at: WallMs) -> Result<(), StorageError> {
    let outcome = Outcome::parse(&told.outcome, &told.reason);
    let (Some(outcome), Some(hash)) = (outcome, Sha256Digest::parse(&told.hash)) else {
        return Ok(());
    };
    let words = FreeText::parse(&told.words).unwrap_or_default();
    tx.execute(
        "update box_order set outcome = ?4, reason = ?5, heard_ms = ?6, words = ?7 \
         where box_id = ?1 and number = ?2 and hash = ?3 \
         and (kind <> 'support' or outcome is null or outcome = 'waiting' or ?4 <> 'waiting')",
        &params![
            from.as_bytes(),
            told.number,
            hash.as_bytes(),
            outcome.code(),
            outcome.reason(),
            at.0,
            words.as_str()
        ],
    )?;
    Ok(())
}

fn waiting(
    db: &dyn Db,
    to: KeyId,
    bytes: u64,
    only: Option<OrderKind>,
) -> Result<(Vec<Order>, bool), StorageError> {
    let rows = db.query(
        "select * from box_order where box_id = ?1 and outcome is null \
         and (kind = ?2 or ?2 is null) order by lane, number limit ?3",
        &params![to.as_bytes(), only.map(OrderKind::code), WINDOW_ROWS + 1],
    )?;
    let (mut found, mut total) = (Vec::new(), 0_u64);
    for row in &rows {
        let order = order(row)?;
        let size = u64::try_from(order.body.reveal().len()).unwrap_or(u64::MAX);
        total = total.saturating_add(size);
        let fits = total <= bytes || (found.is_empty() && bytes > 0);
        if !fits || found.len() == WINDOW_ROWS {
            return Ok((found, true));
        }
        found.push(order);
    }
    Ok((found, false))
}

fn sent(db: &dyn Db, to: KeyId, study: Option<StudyId>) -> Result<Vec<SentOrder>, StorageError> {
    let rows = db.query(
        "select * from box_order where box_id = ?1 and (study = ?2 or ?2 is null) \
         order by number desc limit ?3",
        &params![to.as_bytes(), study.as_ref().map(StudyId::as_bytes), LIST_ROWS],
    )?;
    let sent = rows.iter().map(|row| {
        Ok(SentOrder {
            order: order(row)?,
            by: row.get("made_by")?,
            outcome: row.get("outcome")?,
            reason: row.get("reason")?,
            words: Phi::new(row.get("words")?),
        })
    });
    sent.collect()
}

pub(super) fn order(row: &Row) -> Result<Order, StorageError> {
    Ok(Order {
        number: row.get("number")?,
        kind: row.get("kind")?,
        hash: Sha256Digest::from_bytes(row.get("hash")?),
        body: Phi::new(row.get("body")?),
        at: WallMs(row.get("made_ms")?),
        signature: Signature(row.get("signature")?),
    })
}
