//! Rows of keys that follow one another, and of orders that are carried.

use super::sql::{Db, Scope, params};
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::keys::KeyLink;
use crate::domain::sync::order::{Order, OrderKind};
use crate::portal::keys::KeyStorage;
use crate::portal::storage::StorageError;
use crate::portal::store::{Store, orders};

/// Most orders in one carried file.
const CARRIED_ROWS: u32 = 2_000;

impl KeyStorage for Store {
    fn next_key(&self, id: KeyId) -> Result<Option<PublicKey>, StorageError> {
        let select = "select public_key from box_key where box_id = ?1 and used_ms is null";
        let found: Option<[u8; 32]> = self.read(|db| db.value(select, &params![id.as_bytes()]))?;
        Ok(found.map(PublicKey::from_bytes))
    }

    fn add_next_key(
        &self,
        id: KeyId,
        key: &PublicKey,
        links: &[KeyLink],
        at: WallMs,
    ) -> Result<(), StorageError> {
        let line =
            |link: &KeyLink| format!("{} {} {} {}\n", link.old, link.new, link.by_old, link.by_new);
        let proof: String = links.iter().map(line).collect();
        self.write(Scope::Box(id), |tx| {
            let never_used = "delete from box_key where box_id = ?1 and used_ms is null";
            tx.execute(never_used, &params![id.as_bytes()])?;
            tx.execute(
                "insert into box_key (box_id, public_key, proof, told_ms) values (?1, ?2, ?3, ?4) \
                 on conflict (box_id, public_key) do update set used_ms = null, \
                 told_ms = excluded.told_ms, proof = excluded.proof",
                &params![id.as_bytes(), key.as_bytes(), &proof, at.0],
            )
            .map(drop)
        })
    }

    fn use_next_key(&self, id: KeyId, key: &PublicKey, at: WallMs) -> Result<(), StorageError> {
        self.write(Scope::Box(id), |tx| use_next(tx, id, key, at))
    }

    fn carried_orders(
        &self,
        to: KeyId,
        bytes: u64,
        only: Option<OrderKind>,
    ) -> Result<Vec<Order>, StorageError> {
        self.read(|db| {
            let rows = db.query(
                "select * from box_order where box_id = ?1 and outcome is null \
                 and (kind = ?2 or ?2 is null) order by lane, number limit ?3",
                &params![to.as_bytes(), only.map(OrderKind::code), CARRIED_ROWS],
            )?;
            let (mut found, mut total) = (Vec::new(), 0_u64);
            for row in &rows {
                let order = orders::order(row)?;
                total = total.saturating_add(order.body.reveal().len() as u64);
                if total > bytes {
                    break;
                }
                found.push(order);
            }
            Ok(found)
        })
    }

    fn change_keys(&self, keys: &str) -> Result<(), StorageError> {
        let update = "update portal set value = ?1 where key = 'keys'";
        self.write(Scope::Named(b"keys"), |tx| tx.execute(update, &params![keys.as_bytes()]))
            .map(drop)
    }
}

fn use_next(tx: &dyn Db, id: KeyId, key: &PublicKey, at: WallMs) -> Result<(), StorageError> {
    let key = key.as_bytes();
    let used = "update box_key set used_ms = ?3 where box_id = ?1 and public_key = ?2";
    tx.execute(used, &params![id.as_bytes(), key, at.0])?;
    let present = "update box set public_key = ?2 where id = ?1";
    tx.execute(present, &params![id.as_bytes(), key]).map(drop)
}
