//! The end of a lost box: keys, database and images are destroyed, and a note says so.
//!
//! The wish is a file of its own, durable before anything is destroyed: a box that is switched off in
//! the middle goes on at its next start. What flash storage keeps of removed files is not in our hands;
//! an encrypted disk is.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::domain::people::PersonName;
use crate::domain::stamp::WallMs;
use crate::durable;
use crate::store::error::StoreError;
use crate::store::files;

/// The wish; while it is there, nothing is opened.
const WISH: &str = "wipe";
/// What stays: that this box was wiped.
const DONE: &str = "wiped";
/// What goes first, in this order, and is overwritten: without the keys nobody can speak as this box.
const FIRST: [&str; 6] =
    ["keys", "tls", "chosen", "fieldray.db-wal", "fieldray.db", "fieldray.db-shm"];
/// Folders whose files are overwritten: keys, and what opens the ways to people and to the portal.
const SECRET_FOLDERS: [&str; 3] = ["keys", "tls", "chosen"];
/// Zeros written at once.
static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];

/// Who asked for it, and when, by the portal's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wiped {
    /// As the portal names them.
    pub by: PersonName,
    /// When the order was made.
    pub at: WallMs,
}

/// Writes the wish down. From now on the box will be wiped, whatever happens.
///
/// # Errors
/// When the disk fails; nothing is wiped then.
pub fn ask_wipe(dir: &Path, wiped: &Wiped) -> Result<(), StoreError> {
    let path = dir.join(WISH);
    let text = format!("{}\n{}\n", wiped.by.as_str(), wiped.at.0);
    durable::replace(&path, text.as_bytes()).map_err(|e| StoreError::file("write", &path, e))
}

/// Finishes what was asked for, and says whether this box was wiped, now or before.
///
/// # Errors
/// When the disk fails; the next start goes on.
pub fn wipe_if_asked(dir: &Path) -> Result<Option<Wiped>, StoreError> {
    let (wish, done) = (dir.join(WISH), dir.join(DONE));
    if let Some(wiped) = read(&done)? {
        return Ok(Some(wiped));
    }
    let Some(wiped) = read(&wish)? else { return Ok(None) };
    for name in FIRST {
        overwrite(&dir.join(name))?;
        remove(&dir.join(name))?;
    }
    let entries = fs::read_dir(dir).map_err(|e| StoreError::file("list", dir, e))?;
    for entry in entries {
        let path = entry.map_err(|e| StoreError::file("list", dir, e))?.path();
        // A copy of the database from before an upgrade holds what the database holds.
        if path != wish {
            overwrite(&path)?;
            remove(&path)?;
        }
    }
    durable::sync_and_rename(&wish, &done).map_err(|e| StoreError::file("keep", &wish, e))?;
    tracing::warn!("this box was wiped");
    Ok(Some(wiped))
}

/// Whether this box was told to wipe itself, or has done so: nothing may bring its patients back.
#[must_use]
pub fn is_wiped(dir: &Path) -> bool {
    [WISH, DONE].into_iter().any(|name| fs::symlink_metadata(dir.join(name)).is_ok())
}

/// Destroys what lies in a folder of copies outside the state directory: zeros over its files and over
/// those one folder further down, then all of it goes. Everything is tried, whatever fails.
///
/// # Errors
/// With what failed first.
pub fn destroy_copies(folder: &Path) -> Result<(), StoreError> {
    let mut done = Ok(());
    for path in listed(folder)? {
        let below = match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => listed(&path).unwrap_or_default(),
            _ => Vec::new(),
        };
        for file in below.iter().chain([&path]) {
            done = done.and(zero_alone(file).map_err(|e| StoreError::file("overwrite", file, e)));
        }
        done = done.and(remove(&path));
    }
    done
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |e| StoreError::file("list", folder, e);
    let list = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        list => list.map_err(failed)?,
    };
    list.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

/// Zeros over a plain file that has no second name: that one may lie where other things are.
fn zero_alone(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() && found.nlink() == 1 => zero(path),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<Option<Wiped>, StoreError> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let mut lines = text.lines();
            let by = lines.next().and_then(PersonName::parse);
            let at = lines.next().and_then(|line| line.parse().ok()).map(WallMs);
            let wiped = by.zip(at).map(|(by, at)| Wiped { by, at });
            wiped.map(Some).ok_or(StoreError::Corrupt { what: "wipe" })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::file("read", path, error)),
    }
}

/// Writes zeros over keys and databases. Images are only removed: there are too many to be written
/// before somebody pulls the plug, and without the database nobody knows whose they are.
fn overwrite(path: &Path) -> Result<(), StoreError> {
    let failed = |e| StoreError::file("overwrite", path, e);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    if path.is_dir() {
        if SECRET_FOLDERS.contains(&name.as_str()) {
            for entry in fs::read_dir(path).map_err(failed)? {
                // What cannot be written over, a link among them, is removed all the same: patients go first.
                let entry = entry.map_err(failed)?.path();
                if let Err(error) = zero_alone(&entry) {
                    tracing::error!(%error, "a key could not be overwritten before it is removed");
                }
            }
        }
        return Ok(());
    }
    if name.starts_with("fieldray.db") { zero(path).map_err(failed) } else { Ok(()) }
}

fn zero(path: &Path) -> io::Result<()> {
    let mut file = match files::open_to_overwrite(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let mut left = file.metadata()?.len();
    while left > 0 {
        let some = left.min(ZEROS.len() as u64);
        file.write_all(&ZEROS[..usize::try_from(some).unwrap_or(ZEROS.len())])?;
        left -= some;
    }
    file.sync_all()
}

fn remove(path: &Path) -> Result<(), StoreError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StoreError::file("remove", path, error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_but_the_note_and_a_second_start_knows_it() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("keys")).unwrap();
        fs::create_dir(at("chosen")).unwrap();
        fs::create_dir_all(at("photos/deep")).unwrap();
        for name in [
            "keys/box.key",
            "chosen/bot-1",
            "fieldray.db",
            "fieldray.db.v19",
            "photos/deep/film",
            "lock",
        ] {
            fs::write(at(name), "secret").unwrap();
        }
        assert_eq!(wipe_if_asked(dir.path()).unwrap(), None);
        assert!(at("fieldray.db").exists());
        let wiped = Wiped { by: PersonName::parse("Dr. Sen").unwrap(), at: WallMs(7) };
        ask_wipe(dir.path(), &wiped).unwrap();
        // Cut in the middle: the keys are gone, the rest is not.
        fs::remove_dir_all(at("keys")).unwrap();
        for _ in 0..2 {
            assert_eq!(wipe_if_asked(dir.path()).unwrap().as_ref(), Some(&wiped));
            let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(Result::unwrap).collect();
            assert_eq!(left.len(), 1);
            assert_eq!(left[0].file_name(), DONE);
        }
    }

    #[test]
    fn copies_elsewhere_are_destroyed_and_what_a_link_names_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("work/trial/photos")).unwrap();
        for name in
            ["work/way-back.db", "work/trial/fieldray.db", "work/trial/photos/film", "other"]
        {
            fs::write(at(name), "secret").unwrap();
        }
        fs::hard_link(at("work/way-back.db"), at("work/second")).unwrap();
        let mut copy = fs::File::open(at("work/trial/fieldray.db")).unwrap();
        std::os::unix::fs::symlink(at("other"), at("work/trial/link")).unwrap();
        std::os::unix::fs::symlink(at("other"), at("work/link")).unwrap();
        destroy_copies(&at("work")).unwrap();
        destroy_copies(&at("never there")).unwrap();
        assert_eq!(fs::read_dir(at("work")).unwrap().count(), 0);
        assert_eq!(fs::read(at("other")).unwrap(), b"secret");
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut copy, &mut bytes).unwrap();
        assert_eq!(bytes, [0; 6], "overwritten before it went");
    }

    #[test]
    fn zeros_replace_every_byte() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fieldray.db");
        fs::write(&path, vec![7; 200_000]).unwrap();
        overwrite(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), vec![0; 200_000]);
    }
}
