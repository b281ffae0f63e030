//! The two slots on the disk: links, record, keys. [`crate::update`] draws the layout.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::update::{BootRecord, Change, ReleaseVersion, Slot, Standing};
use crate::durable;
use crate::infer::TrustedKeys;
use crate::update::UpdateError;

/// Name of the program in its slot.
pub const PROGRAM_FILE: &str = "fieldray";

/// Where slots are unless the settings say another place.
pub const FOLDERS_DEFAULT: &str = "/opt/fieldray";

/// Mode of a folder that the service reads.
const OPEN: u32 = 0o755;
/// Mode of the folder of copies: the one for the trial is reached, and nothing else seen.
const PASSED_THROUGH: u32 = 0o711;

/// Bytes of the ballast: a few blocks, for a record and a link on a disk that is full.
const BALLAST_BYTES: usize = 64 * 1024;

/// A box with two slots.
#[derive(Clone, Debug)]
pub struct Layout {
    root: PathBuf,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawRecord {
    settled: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<RawChange>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    to: String,
    version: String,
    schema: u32,
    /// Starts so far; absent: the box goes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<u8>,
}

impl Layout {
    /// The slots under a folder.
    ///
    /// # Errors
    /// [`UpdateError::NoSlots`] when there are none.
    pub fn open(root: &Path) -> Result<Self, UpdateError> {
        let layout = Self { root: root.to_owned() };
        let path = layout.record_path();
        // A record that cannot be looked at is not the same as none: the way back rests on it.
        match fs::metadata(&path) {
            Ok(_) => Ok(layout),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Err(UpdateError::NoSlots(root.to_owned()))
            }
            Err(error) => Err(UpdateError::file("read", &path)(error)),
        }
    }

    /// The same; a box whose installer filled a slot and pointed `current` at it, and did no more, gets
    /// its record now.
    ///
    /// # Errors
    /// [`UpdateError::NoSlots`] when no slot is in use.
    pub fn open_or_adopt(root: &Path) -> Result<Self, UpdateError> {
        let layout = match Self::open(root) {
            Err(UpdateError::NoSlots(_)) => Self { root: root.to_owned() },
            opened => return opened,
        };
        let no_slots = || UpdateError::NoSlots(root.to_owned());
        let current = fs::canonicalize(root.join("current")).map_err(|_| no_slots())?;
        let name = current.file_name().and_then(|name| name.to_str()).and_then(Slot::parse);
        let slot = name.ok_or_else(no_slots)?;
        let (version, _) = super::boot::described(&layout.program(slot)).ok_or_else(no_slots)?;
        layout.begin(slot, version)?;
        Ok(layout)
    }

    /// Makes the layout with a program in slot `a`. On a box that has one, nothing happens.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn init(root: &Path, program: &Path, version: ReleaseVersion) -> Result<Self, UpdateError> {
        let layout = match Self::open_or_adopt(root) {
            Err(UpdateError::NoSlots(_)) => Self { root: root.to_owned() },
            opened => return opened,
        };
        for folder in [layout.slots_folder(), layout.slot(Slot::A)] {
            folder_for(&folder, OPEN)?;
        }
        let to = layout.program(Slot::A);
        let part = to.with_extension("part");
        fs::copy(program, &part).map_err(UpdateError::file("copy", program))?;
        fs::set_permissions(&part, fs::Permissions::from_mode(0o755))
            .map_err(UpdateError::file("make runnable", &part))?;
        durable::sync_and_rename(&part, &to).map_err(UpdateError::file("keep", &to))?;
        layout.begin(Slot::A, version)?;
        Ok(layout)
    }

    fn begin(&self, slot: Slot, version: ReleaseVersion) -> Result<(), UpdateError> {
        folder_for(&self.root.join("update"), OPEN)?;
        folder_for(&self.keys_folder(), OPEN)?;
        folder_for(&self.work(), PASSED_THROUGH)?;
        self.point("good", slot)?;
        self.point("current", slot)?;
        self.write(&BootRecord::settled(slot, version))
    }

    pub(super) fn record_path(&self) -> PathBuf {
        self.root.join("update").join("boot.toml")
    }

    /// Folder of a slot.
    #[must_use]
    pub fn slot(&self, slot: Slot) -> PathBuf {
        self.root.join("slots").join(slot.code())
    }

    /// The program of a slot.
    #[must_use]
    pub fn program(&self, slot: Slot) -> PathBuf {
        self.slot(slot).join(PROGRAM_FILE)
    }

    pub(super) fn slots_folder(&self) -> PathBuf {
        self.root.join("slots")
    }

    pub(super) fn keys_folder(&self) -> PathBuf {
        self.root.join("update").join("keys")
    }

    /// Starts of a program that was settled lately.
    pub(super) fn watch_path(&self) -> PathBuf {
        self.root.join("update").join("watch.toml")
    }

    /// Where copies of the database lie.
    pub(super) fn work(&self) -> PathBuf {
        self.root.join("update").join("work")
    }

    /// The database as it was before the program on trial.
    pub(super) fn way_back(&self) -> PathBuf {
        self.work().join("way-back.db")
    }

    /// What makes room for the record when the disk is full.
    fn ballast(&self) -> PathBuf {
        self.work().join("ballast")
    }

    /// Takes room for the record of what comes, before the disk can be full.
    pub(super) fn take_ballast(&self) -> Result<(), UpdateError> {
        let path = self.ballast();
        // Bytes that no file system leaves out or makes smaller.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut bytes = Vec::with_capacity(BALLAST_BYTES);
        while bytes.len() < BALLAST_BYTES {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.extend(state.to_le_bytes());
        }
        durable::replace(&path, &bytes).map_err(UpdateError::file("write", &path))
    }

    /// The record.
    ///
    /// # Errors
    /// [`UpdateError::Record`] when it is damaged, which no power cut can do.
    pub fn record(&self) -> Result<BootRecord, UpdateError> {
        let path = self.record_path();
        let text = fs::read_to_string(&path).map_err(UpdateError::file("read", &path))?;
        let raw: Option<RawRecord> = toml::from_str(&text).ok();
        raw.and_then(|raw| read(&raw)).ok_or(UpdateError::Record(path))
    }

    /// Writes the record; on a full disk the ballast makes room.
    pub(super) fn write(&self, record: &BootRecord) -> Result<(), UpdateError> {
        match self.write_once(record) {
            Err(error) if error.is_full() => {
                remove(&self.record_path().with_extension("part"))?;
                remove(&self.ballast())?;
                self.write_once(record)
            }
            done => done,
        }
    }

    fn write_once(&self, record: &BootRecord) -> Result<(), UpdateError> {
        let path = self.record_path();
        let text = toml::to_string(&raw(record));
        let text = text.map_err(|_| UpdateError::Record(path.clone()))?;
        // The service reads it, whatever its unit says about new files.
        let part = path.with_extension("part");
        fs::write(&part, text).map_err(UpdateError::file("write", &part))?;
        fs::set_permissions(&part, fs::Permissions::from_mode(0o644))
            .map_err(UpdateError::file("open up", &part))?;
        durable::sync_and_rename(&part, &path).map_err(UpdateError::file("write", &path))
    }

    /// The slot that a link points at; `None` when it points nowhere.
    pub(super) fn pointed(&self, link: &str) -> Option<Slot> {
        let target = fs::read_link(self.root.join(link)).ok()?;
        let slot = target.file_name().and_then(|name| name.to_str()).and_then(Slot::parse)?;
        self.program(slot).is_file().then_some(slot)
    }

    /// Keeps other updates out while the file lives.
    ///
    /// # Errors
    /// [`UpdateError::UnderWay`] when one is at work.
    pub(super) fn alone(&self) -> Result<File, UpdateError> {
        let path = self.root.join("update").join("lock");
        let file = File::create(&path).map_err(UpdateError::file("create", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(UpdateError::UnderWay),
            Err(TryLockError::Error(error)) => Err(UpdateError::file("lock", &path)(error)),
        }
    }

    /// Points one of the two links at a slot, by one rename.
    pub(super) fn point(&self, link: &str, slot: Slot) -> Result<(), UpdateError> {
        let (path, target) = (self.root.join(link), Path::new("slots").join(slot.code()));
        if fs::read_link(&path).is_ok_and(|found| found == target) {
            return Ok(());
        }
        let part = self.root.join(format!("{link}.part"));
        remove(&part)?;
        symlink(&target, &part).map_err(UpdateError::file("link", &part))?;
        fs::rename(&part, &path).map_err(UpdateError::file("rename", &part))?;
        durable::sync_folder(&self.root).map_err(UpdateError::file("sync", &self.root))
    }

    /// The keys whose bundles this box believes. A site's own key for model packs is none of them: it
    /// lies where the appliance can write.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn keys(&self) -> Result<TrustedKeys, UpdateError> {
        let mut keys = TrustedKeys::project().map_err(UpdateError::Key)?;
        let folder = self.keys_folder();
        let list = match fs::read_dir(&folder) {
            Ok(list) => list,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(keys),
            Err(error) => return Err(UpdateError::file("list", &folder)(error)),
        };
        for entry in list {
            let path = entry.map_err(UpdateError::file("list", &folder))?.path();
            if path.extension().is_some_and(|ending| ending == "pub") {
                let text = fs::read_to_string(&path).map_err(UpdateError::file("read", &path))?;
                keys.trust(&text).map_err(UpdateError::Key)?;
            }
        }
        Ok(keys)
    }
}

/// Makes a folder with a mode, whatever the caller's usual one is.
fn folder_for(folder: &Path, mode: u32) -> Result<(), UpdateError> {
    fs::create_dir_all(folder).map_err(UpdateError::file("create", folder))?;
    let mode = fs::Permissions::from_mode(mode);
    fs::set_permissions(folder, mode).map_err(UpdateError::file("open up", folder))
}

/// Removes a file or a folder with all in it; nothing there is fine.
pub(super) fn remove(path: &Path) -> Result<(), UpdateError> {
    let done = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(UpdateError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

fn read(raw: &RawRecord) -> Option<BootRecord> {
    let version = |text: &Option<String>| match text {
        None => Some(None),
        Some(text) => ReleaseVersion::parse(text).map(Some),
    };
    let (before, failed) = (version(&raw.before)?, version(&raw.failed)?);
    let standing = match &raw.change {
        None => Standing::Settled,
        Some(change) => {
            let tries = change.tries;
            let change = Change {
                to: Slot::parse(&change.to)?,
                version: ReleaseVersion::parse(&change.version)?,
                schema: change.schema,
            };
            match tries {
                Some(tries) => Standing::OnTrial { change, tries },
                None => Standing::GoingBack { change },
            }
        }
    };
    let (settled, version) = (Slot::parse(&raw.settled)?, ReleaseVersion::parse(&raw.version)?);
    Some(BootRecord { settled, version, before, standing, failed })
}

fn raw(record: &BootRecord) -> RawRecord {
    let change = match record.standing {
        Standing::Settled => None,
        Standing::OnTrial { change, tries } => Some((change, Some(tries))),
        Standing::GoingBack { change } => Some((change, None)),
    };
    RawRecord {
        settled: record.settled.code().to_owned(),
        version: record.version.to_string(),
        before: record.before.map(|version| version.to_string()),
        failed: record.failed.map(|version| version.to_string()),
        change: change.map(|(change, tries)| RawChange {
            to: change.to.code().to_owned(),
            version: change.version.to_string(),
            schema: change.schema,
            tries,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_reads_back_in_every_standing() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, "#!/bin/sh\n").unwrap();
        let v = |text| ReleaseVersion::parse(text).unwrap();
        let root = folder.path().join("slots");
        let layout = Layout::init(&root, &program, v("0.1.0")).unwrap();
        assert_eq!(layout.record().unwrap(), BootRecord::settled(Slot::A, v("0.1.0")));
        let change = Change { to: Slot::B, version: v("0.2.0"), schema: 12 };
        for standing in [Standing::OnTrial { change, tries: 2 }, Standing::GoingBack { change }] {
            let failed = Some(v("0.3.0"));
            let record =
                BootRecord { standing, failed, before: failed, ..layout.record().unwrap() };
            layout.write(&record).unwrap();
            assert_eq!(Layout::open(&root).unwrap().record().unwrap(), record);
        }
        layout.point("current", Slot::B).unwrap();
        assert_eq!(fs::read_link(root.join("current")).unwrap(), Path::new("slots/b"));
        assert!(matches!(Layout::open(folder.path()), Err(UpdateError::NoSlots(_))));
    }
}
