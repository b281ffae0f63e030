//! The database as a whole: copied, put back, counted. What an update needs before it may touch it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use crate::durable;
use crate::store::error::StoreError;
use crate::store::{connect, upgrade};

/// Number of rows of each table.
pub type RowCounts = BTreeMap<String, u64>;

/// Keeps every other program out of a state directory while it lives.
#[derive(Debug)]
pub struct StateLock(#[expect(dead_code, reason = "held, not read")] File);

impl StateLock {
    /// Takes the lock of a state directory.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when the appliance runs.
    pub fn take(dir: &Path) -> Result<Self, StoreError> {
        let file = super::lock(dir)?;
        // An update runs with more rights than the appliance, which has to open it afterwards.
        durable::give_to_owner(&file, dir)
            .map_err(|error| StoreError::file("give away", &dir.join("lock"), error))?;
        Ok(Self(file))
    }
}

/// Copies the database of a state directory by SQLite's backup, durably, while others may use it.
///
/// # Errors
/// When it cannot be read, or the disk is full.
pub fn copy_database(dir: &Path, to: &Path) -> Result<(), StoreError> {
    let part = to.with_extension("copying");
    forget_part(&part)?;
    let copied = copy_to(&dir.join("fieldray.db"), &part).and_then(|()| {
        durable::sync_and_rename(&part, to).map_err(|error| StoreError::file("keep", to, error))
    });
    if copied.is_err() {
        // Half a copy helps nobody, and may be what fills the disk.
        forget_part(&part)?;
    }
    copied
}

fn copy_to(from: &Path, part: &Path) -> Result<(), StoreError> {
    // Patients are in it: nobody else reads it, wherever it lies.
    durable::create_for_owner(part).map_err(|error| StoreError::file("create", part, error))?;
    let source = connect(from, true)?;
    let mut copy = Connection::open_with_flags(
        part,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    // In one step: writers go on meanwhile, and none of them makes the backup begin anew.
    Backup::new(&source, &mut copy)?.run_to_completion(
        i32::MAX,
        std::time::Duration::ZERO,
        None,
    )?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Removes what an unfinished copy left: the file, and the journal that SQLite keeps beside it. Over
/// another file of that name the journal would be poison.
pub(super) fn forget_part(part: &Path) -> Result<(), StoreError> {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = part.as_os_str().to_owned();
        name.push(ending);
        remove_if_there(Path::new(&name))?;
    }
    Ok(())
}

/// Puts a copy in the place of the database. Done again after an interruption, it comes to the same.
/// On a full disk the database that goes anyway makes room; the copy is whole and durable.
///
/// # Errors
/// When the disk fails; the copy is still there.
pub fn restore_database(copy: &Path, dir: &Path) -> Result<(), StoreError> {
    let path = dir.join("fieldray.db");
    let part = path.with_extension("db.restoring");
    let mut copied = copy_file(copy, &part);
    if copied.as_ref().is_err_and(durable::is_full) {
        remove_if_there(&part)?;
        for ending in ["db-wal", "db-shm", "db"] {
            remove_if_there(&path.with_extension(ending))?;
        }
        copied = copy_file(copy, &part);
    }
    if let Err(error) = copied {
        remove_if_there(&part)?;
        return Err(StoreError::file("copy", copy, error));
    }
    // The journal belongs to the database that goes: over the other one it would be poison.
    for ending in ["db-wal", "db-shm"] {
        remove_if_there(&path.with_extension(ending))?;
    }
    durable::sync_folder(dir).map_err(|error| StoreError::file("sync", dir, error))?;
    durable::sync_and_rename(&part, &path).map_err(|error| StoreError::file("keep", &path, error))
}

/// Copies a file durably.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut copy = durable::create_for_owner(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StoreError::file("remove", path, error))
        }
        _ => Ok(()),
    }
}

/// The version of a database file; 0: there is none yet.
///
/// # Errors
/// When it is not ours, or cannot be read.
pub fn schema_of(path: &Path) -> Result<u32, StoreError> {
    if !path.is_file() {
        return Ok(0);
    }
    let found = upgrade::version(&connect(path, true)?)?;
    u32::try_from(found).map_err(|_| StoreError::UnknownVersion {
        found,
        known: i64::from(upgrade::known_schema()),
    })
}

/// Counts the rows of every table of a database file.
///
/// # Errors
/// When it cannot be read.
pub fn row_counts(path: &Path) -> Result<RowCounts, StoreError> {
    counts(&connect(path, true)?)
}

pub(super) fn counts(db: &Connection) -> Result<RowCounts, StoreError> {
    let mut select = db.prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    )?;
    let names = select.query_map([], |row| row.get::<_, String>(0))?;
    let mut counts = RowCounts::new();
    for name in names {
        let name = name?;
        let quoted = name.replace('"', "\"\"");
        let count =
            db.query_row(&format!("select count(*) from \"{quoted}\""), [], |row| row.get(0))?;
        counts.insert(name, count);
    }
    Ok(counts)
}

/// SQLite's own check of a database file: pages, indexes, and rows that name missing rows.
///
/// # Errors
/// [`StoreError::Corrupt`] when it fails.
pub fn sound(path: &Path) -> Result<(), StoreError> {
    let db = connect(path, true)?;
    let said: String = db.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    let whole = said == "ok" && !db.prepare("pragma foreign_key_check")?.exists([])?;
    if whole { Ok(()) } else { Err(StoreError::Corrupt { what: "database" }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
    use crate::store::Store;

    const NOW: Stamp = Stamp { wall: WallMs(0), trust: ClockTrust::Synced };

    #[test]
    fn a_copy_holds_what_an_open_box_has_written_and_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let copy = dir.path().join("copy.db");
        let store = Store::open(dir.path(), NOW).unwrap();
        store.note(None, "kept", "x", NOW).unwrap();
        copy_database(dir.path(), &copy).unwrap();
        sound(&copy).unwrap();
        assert_eq!(schema_of(&copy).unwrap(), upgrade::known_schema());
        assert_eq!(row_counts(&copy).unwrap()["event"], 1);

        store.note(None, "not kept", "x", NOW).unwrap();
        drop(store);
        restore_database(&copy, dir.path()).unwrap();
        restore_database(&copy, dir.path()).unwrap();
        let path = dir.path().join("fieldray.db");
        assert_eq!(row_counts(&path).unwrap(), row_counts(&copy).unwrap());
        Store::open(dir.path(), NOW).unwrap();
    }

    #[test]
    fn a_state_directory_in_use_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let _store = Store::open(dir.path(), NOW).unwrap();
        assert!(matches!(StateLock::take(dir.path()), Err(StoreError::InUse { .. })));
    }

    #[test]
    fn a_damaged_copy_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path(), NOW).unwrap());
        let copy = dir.path().join("copy.db");
        copy_database(dir.path(), &copy).unwrap();
        let mut bytes = fs::read(&copy).unwrap();
        for byte in bytes.iter_mut().skip(4096).step_by(7) {
            *byte ^= 0x55;
        }
        fs::write(&copy, bytes).unwrap();
        assert!(sound(&copy).is_err());
    }
}
