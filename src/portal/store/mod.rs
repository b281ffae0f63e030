//! A portal's storage on one machine: one SQLite file beside content-addressed images.
//!
//! WAL and `synchronous = full`, one transaction for each request: what was signed for survives a power
//! cut. Commands (`enrol`, `revoke`) may open the same file beside the running portal.

mod boxes;
mod films;
mod images;
mod orders;
mod readers;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::receipt::Delivered;
use crate::portal::storage::{BoxState, FleetRow, Incoming, Signer, Storage, StorageError, Taken};
use crate::wire::messages::Hello;
use crate::wire::pack::pack;

/// Marks the file as a portal's: "FRpo" in ASCII.
const APPLICATION_ID: i64 = 0x4652_706f;
/// The version that this program knows.
const VERSION: i64 = 2;
/// Locks for images on their way in: two requests for one image wait for each other.
const IMAGE_LOCKS: usize = 64;

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

/// The storage.
pub struct SqliteStorage {
    dir: PathBuf,
    connection: Mutex<Connection>,
    image_locks: [Mutex<()>; IMAGE_LOCKS],
}

impl fmt::Debug for SqliteStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SqliteStorage({})", self.dir.display())
    }
}

impl SqliteStorage {
    /// Opens a portal's state directory, creating it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open(dir: &Path) -> Result<Self, StorageError> {
        images::prepare(dir)?;
        let mut connection = Connection::open(dir.join("portal.db"))?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
             pragma trusted_schema = off; pragma cell_size_check = on; \
             pragma journal_size_limit = 16777216;",
        )?;
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        create(&tx)?;
        tx.commit()?;
        let image_locks = std::array::from_fn(|_| Mutex::new(()));
        Ok(Self { dir: dir.to_owned(), connection: Mutex::new(connection), image_locks })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic leaves nothing half done: SQLite rolls back what was not committed.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = change(&tx)?;
        crate::crash_point::reached("portal_before_commit");
        tx.commit()?;
        crate::crash_point::reached("portal_after_commit");
        Ok(answer)
    }
}

fn create(tx: &Transaction<'_>) -> Result<(), StorageError> {
    let pragma = |name| tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (id, found) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = tx.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    match (id, tables) {
        (0, 0) => {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            to_2(tx)
        }
        (APPLICATION_ID, _) if found == VERSION => Ok(()),
        (APPLICATION_ID, _) if found == 1 => to_2(tx),
        _ => Err(StorageError::UnknownVersion { found, known: VERSION }),
    }
}

/// From version 1: the films are those that the records tell of.
fn to_2(tx: &Transaction<'_>) -> Result<(), StorageError> {
    tx.execute_batch(include_str!("to_2.sql"))?;
    films::follow_all(tx)?;
    Ok(tx.pragma_update(None, "user_version", VERSION)?)
}

/// What is to be put into a row, or is there already.
struct NewRow<'a> {
    seq: Seq,
    kind: &'static str,
    study: Option<&'a [u8; 16]>,
    hash: Sha256Digest,
    body: Option<&'a str>,
    size: u64,
}

/// Puts a record in and signs for it; a repetition gives the first receipt.
fn take(
    tx: &Transaction<'_>,
    from: KeyId,
    row: &NewRow<'_>,
    at: WallMs,
    sign: &Signer<'_>,
) -> Result<Taken, StorageError> {
    let delivered = Delivered { box_id: from, seq: row.seq, hash: row.hash };
    let mut select = tx.prepare_cached(
        "select place, received_ms, signature from record \
         where box_id = ?1 and seq = ?2 and hash = ?3",
    )?;
    let known = select
        .query_row((from.as_bytes(), row.seq.0, row.hash.as_bytes()), |row| {
            let (place, at, signature) = (row.get(0)?, WallMs(row.get(1)?), row.get(2)?);
            Ok(Taken { delivered, place, at, signature: Signature(signature) })
        })
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    // The place is part of what is signed; nobody else writes within this transaction.
    let last = "select coalesce((select seq from sqlite_sequence where name = 'record'), 0)";
    let place = tx.query_row(last, [], |row| row.get::<_, u64>(0))?.saturating_add(1);
    let signature = sign(row.seq, row.hash, place, at);
    tx.prepare_cached(
        "insert into record (place, box_id, seq, kind, study, hash, body, size_bytes, received_ms, \
         signature) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(rusqlite::params![
        place,
        from.as_bytes(),
        row.seq.0,
        row.kind,
        row.study,
        row.hash.as_bytes(),
        row.body.map(|body| pack(body.as_bytes())),
        row.size,
        at.0,
        signature.0,
    ])?;
    Ok(Taken { delivered, place, at, signature })
}

impl Storage for SqliteStorage {
    fn new_code(&self, hash: Sha256Digest, at: WallMs) -> Result<(), StorageError> {
        self.write(|tx| boxes::new_code(tx, hash, at))
    }

    fn enrol(
        &self,
        code: Sha256Digest,
        key: &PublicKey,
        name: &str,
        at: WallMs,
    ) -> Result<bool, StorageError> {
        self.write(|tx| boxes::enrol(tx, code, key, name, at))
    }

    fn box_state(&self, id: KeyId) -> Result<BoxState, StorageError> {
        boxes::state(&self.lock(), id)
    }

    fn revoke(&self, id: KeyId, at: WallMs) -> Result<bool, StorageError> {
        self.write(|tx| boxes::revoke(tx, id, at))
    }

    fn hello(
        &self,
        id: KeyId,
        hello: &Hello,
        at: WallMs,
    ) -> Result<(u64, Sha256Digest), StorageError> {
        self.write(|tx| boxes::hello(tx, id, hello, at))
    }

    fn take(
        &self,
        from: KeyId,
        records: &[Incoming],
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Vec<Taken>, StorageError> {
        self.write(|tx| {
            let rows = records.iter().map(|one| NewRow {
                seq: one.seq,
                kind: one.kind.code(),
                study: Some(one.study.as_bytes()),
                hash: one.hash,
                body: Some(&one.body),
                size: u64::try_from(one.body.len()).unwrap_or(u64::MAX),
            });
            let taken: Vec<Taken> =
                rows.map(|row| take(tx, from, &row, at, sign)).collect::<Result<_, _>>()?;
            for (one, taken) in records.iter().zip(&taken) {
                let which = (one.seq, one.study, taken.place);
                films::follow(tx, from, which, (one.kind, &one.told), at)?;
            }
            Ok(taken)
        })
    }

    fn append_image(
        &self,
        from: KeyId,
        image: (Sha256Digest, u64),
        offset: u64,
        bytes: &[u8],
    ) -> Result<u64, StorageError> {
        let slot = usize::from(image.0.as_bytes()[0]) % IMAGE_LOCKS;
        let _turn = self.image_locks[slot].lock().unwrap_or_else(PoisonError::into_inner);
        images::append(&self.dir, from, image, offset, bytes)
    }

    fn take_image(
        &self,
        from: KeyId,
        (seq, hash, size): (Seq, Sha256Digest, u64),
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Taken, StorageError> {
        let row = NewRow { seq, kind: "image", study: None, hash, body: None, size };
        self.write(|tx| take(tx, from, &row, at, sign))
    }

    fn held(
        &self,
        id: KeyId,
        after: Seq,
    ) -> Result<(Vec<(Seq, Sha256Digest)>, bool), StorageError> {
        boxes::held(&self.lock(), id, after)
    }

    fn fleet(&self) -> Result<Vec<FleetRow>, StorageError> {
        boxes::fleet(&self.lock())
    }

    fn pages_key(&self) -> Result<Option<Sha256Digest>, StorageError> {
        let select = "select value from portal where key = 'pages_key'";
        let found = self.lock().query_row(select, [], |row| row.get(0)).optional()?;
        Ok(found.map(Sha256Digest::from_bytes))
    }

    fn set_pages_key(&self, hash: Sha256Digest) -> Result<(), StorageError> {
        let insert = "insert or replace into portal (key, value) values ('pages_key', ?1)";
        self.write(|tx| Ok(tx.execute(insert, [hash.as_bytes()])?)).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_databases_are_refused_and_records_are_final() {
        let dir = tempfile::tempdir().unwrap();
        let storage = SqliteStorage::open(dir.path()).unwrap();
        assert!(SqliteStorage::open(dir.path()).is_ok(), "commands run beside the portal");
        let delete = storage.lock().execute_batch(
            "insert into box (id, public_key, name, enrolled_ms) \
               values (zeroblob(16), zeroblob(32), '', 0); \
             insert into record (box_id, seq, kind, hash, size_bytes, received_ms, signature) \
               values (zeroblob(16), 1, 'image', zeroblob(32), 1, 0, zeroblob(64)); \
             delete from record;",
        );
        assert!(delete.is_err());
        storage.lock().execute_batch("pragma user_version = 7").unwrap();
        drop(storage);
        assert!(matches!(
            SqliteStorage::open(dir.path()),
            Err(StorageError::UnknownVersion { found: 7, known: 2 })
        ));
    }
}
