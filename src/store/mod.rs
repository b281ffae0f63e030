//! The state directory: one SQLite file beside content-addressed photo files.
//!
//! The only module that names rusqlite or touches the state directory. Three invariants, which
//! `fieldray check` verifies:
//! 1. every photo row has a file with that size and digest;
//! 2. every file has a row, or was left by an interrupted intake and is set aside at the next start;
//! 3. a state and the event that explains it change in one transaction.
//!
//! One connection writes and alone checkpoints (SQLite before 3.51.3 could corrupt a WAL that two
//! connections reset); readers have connections of their own and never wait for it.

mod alerts;
mod amendments;
mod bundles;
mod certificates;
mod check;
mod copy;
mod corrections;
mod digitised;
mod error;
mod fhir;
mod files;
mod films;
mod followup;
mod indications;
mod journal;
mod operators;
mod orders;
mod outbound;
mod pacs;
mod patients;
mod photos;
mod portal_keys;
mod priors;
mod readings;
mod reports;
mod review;
mod search;
mod sessions;
mod shadow;
mod site;
mod sms_digest;
mod sql;
mod studies;
mod support;
mod support_way;
mod sync;
mod upgrade;
mod wipe;
mod worklist;

use std::fmt;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use alerts::{DueMessage, Looked, QueuedKind, ReportOf, Reported, Unedited, Waiting};
pub use bundles::BundleRow;
pub use certificates::{CertificateFile, portal_certificate};
pub use check::{CheckReport, Problem};
pub use copy::{
    RowCounts, StateLock, copy_database, restore_database, row_counts, schema_of, sound,
};
pub use digitised::DigitisedRow;
pub use error::StoreError;
pub use fhir::{BundleFate, WaitingBundle};
pub use files::{Folder, Part, disk_free_bytes};
pub use films::Alike;
pub use operators::{NewSecret, OperatorSecret};
pub use orders::{Effect, OrderRow};
pub use pacs::{ObjectFate, WaitingObject};
pub use patients::NewStudy;
pub use photos::{DuePhoto, NewPhoto};
pub use reports::NewVersion;
pub use sessions::StoredSession;
pub use shadow::{ShadowFilm, ShadowRun, ShadowState};
pub use sms_digest::{DueText, SmsCandidate, SmsStanding, SmsState};
pub use support::{DatabaseFacts, Moment};
pub use support_way::WaitingSupport;
pub use sync::{OpenRecord, SealedRecord, inventory_digest};
pub use upgrade::known_schema;
pub use wipe::{Wiped, ask_wipe, destroy_copies, is_wiped, wipe_if_asked};

use crate::domain::stamp::Stamp;

/// Oldest bundled SQLite that this program may run with, 3.51.3: see the module text.
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// Most idle read connections kept: one for each thread that may ask at the same time, since opening
/// one reads the whole schema and forgets every prepared statement.
const READERS_MAX: usize = 16;

/// Prepared statements that a connection keeps. Every page needs a few, and all of them some 120.
const STATEMENTS_MAX: usize = 160;

/// The open state directory. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    dir: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Held for as long as the store is open: two programs must not share a state directory.
    _lock: File,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.inner.dir.display())
    }
}

impl Store {
    /// Opens a state directory, creating or upgrading it, and tidies what an interrupted intake left.
    ///
    /// # Errors
    /// [`StoreError`] when another program holds it, it is newer than this program, or the disk fails.
    pub fn open(dir: &Path, now: Stamp) -> Result<Self, StoreError> {
        if rusqlite::version_number() < SQLITE_VERSION_MIN {
            return Err(StoreError::SqliteTooOld { found: rusqlite::version() });
        }
        files::prepare(dir)?;
        let lock = lock(dir)?;
        let path = dir.join("fieldray.db");
        upgrade::to_current(&path)?;
        let writer = connect(&path, false)?;
        let inner = Inner {
            dir: dir.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            _lock: lock,
        };
        let store = Self { inner: Arc::new(inner) };
        store.write(|tx| {
            tx.execute(
                "insert into start (program_version, wall_ms, clock_trust) values (?1, ?2, ?3)",
                (crate::release::version(), now.wall.0, now.trust.code()),
            )?;
            Ok(())
        })?;
        store.prepare_patients()?;
        let known = store.known_files()?;
        files::set_aside_unknown(dir, &known)?;
        Ok(store)
    }

    /// The state directory.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// Runs a query on a read connection.
    ///
    /// # Errors
    /// What the query gives.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock_poisoned(&self.inner.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.inner.dir.join("fieldray.db"), true)?,
        };
        let answer = query(&connection);
        let mut readers = lock_poisoned(&self.inner.readers);
        if readers.len() < READERS_MAX {
            readers.push(connection);
        }
        answer
    }

    /// Runs a transaction on the one write connection: all of it is committed, or nothing.
    ///
    /// # Errors
    /// What the change gives; nothing is stored then.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = lock_poisoned(&self.inner.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = change(&tx)?;
        tx.commit()?;
        Ok(answer)
    }

    /// Whether the write connection can begin a change. Changes nothing and writes nothing, so a full
    /// disk answers too; one that hangs, or a lock that nobody gives back, does not.
    ///
    /// # Errors
    /// When it cannot.
    pub fn writer_answers(&self) -> Result<(), StoreError> {
        let mut writer = lock_poisoned(&self.inner.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(tx.rollback()?)
    }

    /// Free bytes on the disk that holds the state directory.
    ///
    /// # Errors
    /// When the disk does not answer.
    pub fn disk_free_bytes(&self) -> Result<u64, StoreError> {
        disk_free_bytes(self.dir())
    }
}

/// A panic while a lock was held leaves nothing half done: SQLite rolls back what was not committed.
fn lock_poisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("lock");
    let file = files::open_lock(&path).map_err(|source| StoreError::file("open", &path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { dir: dir.to_owned() }),
        Err(TryLockError::Error(source)) => Err(StoreError::file("lock", &path, source)),
    }
}

/// Opens a connection with the settings that a power cut demands; `reliability` tests read them back.
fn connect(path: &Path, read_only: bool) -> Result<Connection, StoreError> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.execute_batch(
        "pragma foreign_keys = on; pragma trusted_schema = off; pragma cell_size_check = on; \
         pragma mmap_size = 0;",
    )?;
    if read_only {
        // KiB, for each of many readers; the operating system holds the rest of the file.
        connection.execute_batch("pragma cache_size = -1024;")?;
    } else {
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; \
             pragma journal_size_limit = 16777216;",
        )?;
    }
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };

    #[test]
    fn the_settings_that_survive_a_power_cut_are_in_force() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        let settings = store.write(|tx| {
            let pragma = |name: &str| {
                tx.query_row(&format!("pragma {name}"), [], |row| row.get::<_, i64>(0))
            };
            let mode: String = tx.query_row("pragma journal_mode", [], |row| row.get(0))?;
            Ok((mode, pragma("synchronous")?, pragma("foreign_keys")?, pragma("trusted_schema")?))
        });
        assert_eq!(settings.unwrap(), ("wal".to_owned(), 2, 1, 0));
    }

    #[test]
    fn a_second_program_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let first = Store::open(dir.path(), NOW).unwrap();
        assert!(matches!(Store::open(dir.path(), NOW), Err(StoreError::InUse { .. })));
        drop(first);
        Store::open(dir.path(), NOW).unwrap();
    }

    #[test]
    fn events_cannot_be_rewritten() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        let insert = "insert into event (kind, wall_ms, clock_trust) values ('x', 0, 'synced')";
        store.write(|tx| Ok(tx.execute(insert, [])?)).unwrap();
        assert!(store.write(|tx| Ok(tx.execute("update event set kind = 'y'", [])?)).is_err());
        assert!(store.write(|tx| Ok(tx.execute("delete from event", [])?)).is_err());
    }
}
