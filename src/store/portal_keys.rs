//! Rows of the keys that a portal has announced, and of orders that no key of it has signed.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::keys::{LaterKey, PortalKeys};
use crate::domain::sync::order::ParkedOrder;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{digest, stamp};

/// Most orders that are kept apart: one who sends more of them fills no disk.
const PARKED_MAX: u32 = 1_000;
/// Of them on a page, and told in one request.
const PAGE_ROWS: u32 = 100;

impl Store {
    /// The keys of the portal that the settings name by any of its keys.
    ///
    /// # Errors
    /// When the database fails.
    pub fn portal_keys(&self, named: &PublicKey) -> Result<PortalKeys, StoreError> {
        self.read(|db| keys(db, named))
    }

    /// Notes that the portal has shown a key: the ones before are over for connections.
    ///
    /// # Errors
    /// When the database fails.
    pub fn portal_key_used(&self, portal: &PublicKey, key: &PublicKey) -> Result<(), StoreError> {
        let update = "update portal_key set used = 1 where portal = ?1 and key = ?2 and used = 0";
        self.write(|tx| Ok(tx.execute(update, (portal.as_bytes(), key.as_bytes()))?)).map(drop)
    }

    /// Keeps an order apart that cannot be trusted or kept. Nothing else happens.
    ///
    /// # Errors
    /// When the database fails.
    pub fn park_order(&self, portal: &PublicKey, parked: &ParkedOrder) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert or ignore into parked_order (portal, number, hash, kind, wall_ms, clock_trust) \
                 select ?1, ?2, ?3, ?4, ?5, ?6 where (select count(*) from parked_order) < ?7",
                (
                    portal.as_bytes(),
                    parked.number,
                    parked.hash.as_bytes(),
                    &parked.kind,
                    parked.at.wall.0,
                    parked.at.trust.code(),
                    PARKED_MAX,
                ),
            )?;
            // It came again: the portal has not heard that it is refused.
            let again = "update parked_order set told = 0 where portal = ?1 and number = ?2 and hash = ?3";
            tx.execute(again, (portal.as_bytes(), parked.number, parked.hash.as_bytes()))?;
            Ok(())
        })
    }

    /// Orders kept apart of which the portal does not know yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn untold_parked(&self, portal: &PublicKey) -> Result<Vec<ParkedOrder>, StoreError> {
        self.read(|db| parked(db, "portal = ?1 and told = 0", portal))
    }

    /// All orders kept apart, the newest first; not those that came again and could be trusted then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn parked_orders(&self, portal: &PublicKey) -> Result<Vec<ParkedOrder>, StoreError> {
        let none = "portal = ?1 and not exists (select 1 from portal_order as kept where \
                    kept.portal = parked_order.portal and kept.number = parked_order.number \
                    and kept.hash = parked_order.hash)";
        self.read(|db| parked(db, none, portal))
    }

    /// Notes that the portal knows of them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn parked_told(&self, portal: &PublicKey, told: &[ParkedOrder]) -> Result<(), StoreError> {
        if told.is_empty() {
            return Ok(());
        }
        self.write(|tx| {
            let mut update = tx.prepare_cached(
                "update parked_order set told = 1 where portal = ?1 and number = ?2 and hash = ?3",
            )?;
            for one in told {
                update.execute((portal.as_bytes(), one.number, one.hash.as_bytes()))?;
            }
            Ok(())
        })
    }
}

fn keys(db: &Connection, named: &PublicKey) -> Result<PortalKeys, StoreError> {
    let select = "select portal from portal_key where key = ?1 order by seq desc limit 1";
    let first: Option<[u8; 32]> =
        db.query_row(select, [named.as_bytes()], |row| row.get(0)).optional()?;
    let first = first.map_or(*named, PublicKey::from_bytes);
    let mut select =
        db.prepare_cached("select key, used from portal_key where portal = ?1 order by seq")?;
    let rows = select.query_map([first.as_bytes()], |row| {
        Ok(LaterKey { key: PublicKey::from_bytes(row.get(0)?), used: row.get(1)? })
    })?;
    Ok(PortalKeys::new(first, rows.collect::<Result<_, _>>()?))
}

/// Keeps a key that the portal has announced, in the transaction of its order.
pub(super) fn add_key(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    (key, number): (&PublicKey, u64),
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert or ignore into portal_key (portal, key, number, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5)",
        (portal.as_bytes(), key.as_bytes(), number, at.wall.0, at.trust.code()),
    )?;
    Ok(())
}

fn parked(
    db: &Connection,
    which: &str,
    portal: &PublicKey,
) -> Result<Vec<ParkedOrder>, StoreError> {
    let mut select = db.prepare_cached(&format!(
        "select * from parked_order where {which} order by wall_ms desc, number desc limit ?2"
    ))?;
    let mut rows = select.query((portal.as_bytes(), PAGE_ROWS))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(ParkedOrder {
            number: row.get("number")?,
            kind: row.get("kind")?,
            hash: digest(row, "hash")?,
            at: stamp(row, "wall_ms", "clock_trust")?,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::stamp::{ClockTrust, WallMs};

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    const FIRST: PublicKey = PublicKey::from_bytes([1; 32]);
    const SECOND: PublicKey = PublicKey::from_bytes([2; 32]);

    #[test]
    fn a_portal_is_found_by_any_of_its_keys() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        assert_eq!(store.portal_keys(&SECOND).unwrap().name(), SECOND);
        for _ in 0..2 {
            store.write(|tx| add_key(tx, &FIRST, (&SECOND, 4), NOW)).unwrap();
        }
        for named in [FIRST, SECOND] {
            let keys = store.portal_keys(&named).unwrap();
            assert_eq!((keys.name(), keys.newest()), (FIRST, SECOND));
            assert_eq!(keys.pinned(), [SECOND, FIRST]);
        }
        store.portal_key_used(&FIRST, &SECOND).unwrap();
        assert_eq!(store.portal_keys(&SECOND).unwrap().pinned(), [SECOND]);
    }

    #[test]
    fn what_is_kept_apart_is_told_and_told_again_when_it_comes_again() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        let hash = Sha256Digest::from_bytes([3; 32]);
        let one = ParkedOrder { number: 9, kind: "wipe".into(), hash, at: NOW };
        store.park_order(&FIRST, &one).unwrap();
        let ones = std::slice::from_ref(&one);
        assert_eq!(store.untold_parked(&FIRST).unwrap(), ones);
        assert!(store.untold_parked(&SECOND).unwrap().is_empty());
        store.parked_told(&FIRST, ones).unwrap();
        assert!(store.untold_parked(&FIRST).unwrap().is_empty());
        store.park_order(&FIRST, &one).unwrap();
        assert_eq!(store.untold_parked(&FIRST).unwrap().len(), 1);
        assert_eq!(store.parked_orders(&FIRST).unwrap().len(), 1);
        assert_eq!(store.newest_order(&FIRST).unwrap(), None, "its number counts for nothing");
    }
}
