//! Content-addressed files: write, fsync, rename, fsync the folder; only then may a row name them.
//!
//! The order is what a rebuilt power cut proved: without the folder's fsync the file is gone after
//! a cut in more than half of all cases, with the row first a row can point at nothing.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::PhotoId;
use crate::durable;
use crate::store::Store;
use crate::store::error::StoreError;

/// The kinds of stored files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folder {
    /// Photos as they were uploaded, byte for byte.
    Photos,
    /// Rectified radiographs, PNG.
    Radiographs,
}

impl Folder {
    pub(super) const ALL: [Self; 2] = [Self::Photos, Self::Radiographs];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Radiographs => "radiographs",
        }
    }

    fn path(self, dir: &Path, digest: Sha256Digest) -> PathBuf {
        dir.join(self.name()).join(digest.to_string())
    }
}

/// Uploads on their way in.
const INCOMING: &str = "incoming";
/// Files that no row names: kept for a person to look at, never deleted.
const ASIDE: &str = "set_aside";

/// Creates the folders.
pub(super) fn prepare(dir: &Path) -> Result<(), StoreError> {
    let names = Folder::ALL.map(Folder::name).into_iter().chain([INCOMING, ASIDE]);
    for path in names.map(|name| dir.join(name)) {
        fs::create_dir_all(&path).map_err(|e| StoreError::file("create", &path, e))?;
    }
    sync_folder(dir)?;
    clear_incoming(&dir.join(INCOMING))
}

/// Parts of uploads that were never acknowledged: their senders still have them.
fn clear_incoming(incoming: &Path) -> Result<(), StoreError> {
    for path in list(incoming)? {
        fs::remove_file(&path).map_err(|e| StoreError::file("remove", &path, e))?;
    }
    Ok(())
}

/// Moves files without a row out of the way, as an interrupted intake leaves them.
pub(super) fn set_aside_unknown(
    dir: &Path,
    known: &HashSet<(Folder, Sha256Digest)>,
) -> Result<(), StoreError> {
    for folder in Folder::ALL {
        for path in list(&dir.join(folder.name()))? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let is_known = Sha256Digest::parse(name).is_some_and(|d| known.contains(&(folder, d)));
            if !is_known {
                let aside = dir.join(ASIDE).join(format!("{}-{name}", folder.name()));
                tracing::warn!(file = %aside.display(), "a stored file has no row and is set aside");
                fs::rename(&path, &aside).map_err(|e| StoreError::file("set aside", &path, e))?;
            }
        }
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |error| StoreError::file("list", folder, error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    durable::sync_folder(folder).map_err(|error| StoreError::file("sync", folder, error))
}

/// Makes a finished file durable under its final name: fsync, rename, fsync the folder.
pub(super) fn sync_and_rename(part: &Path, to: &Path) -> Result<(), StoreError> {
    durable::sync_and_rename(part, to).map_err(|error| StoreError::file("keep", part, error))
}

/// Opens the lock of a state directory. An update does so with more rights than the directory's owner
/// has, so that no link is followed.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let flags = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).custom_flags(flags).open(path)
}

/// Opens a file to write over what it holds. No link is followed: its owner may have fewer rights.
pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    let flags = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    fs::OpenOptions::new().write(true).custom_flags(flags).open(path)
}

/// Free bytes for a program without special rights on the disk of `dir`.
///
/// # Errors
/// When the disk does not answer.
pub fn disk_free_bytes(dir: &Path) -> Result<u64, StoreError> {
    let stat = rustix::fs::statvfs(dir).map_err(|e| StoreError::file("ask", dir, e.into()))?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// An upload on its way in: bytes go to a part file and through the hash, never into memory.
///
/// Dropped before the store has kept it, it removes its file.
pub struct Part {
    path: PathBuf,
    file: File,
    hash: Sha256,
    size: u64,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Part({} bytes)", self.size)
    }
}

impl Part {
    /// Appends bytes.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file.write_all(bytes).map_err(|e| StoreError::file("write", &self.path, e))?;
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Bytes so far.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Digest of the bytes so far.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::from_bytes(self.hash.clone().finalize().into())
    }

    /// Reads the whole part back.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read(&self) -> Result<Vec<u8>, StoreError> {
        fs::read(&self.path).map_err(|e| StoreError::file("read", &self.path, e))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(%error, "an unfinished upload could not be removed");
            }
            _ => {}
        }
    }
}

impl Store {
    /// Opens a part file for an upload. Two tries of one upload write to two part files.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn new_part(&self, photo: PhotoId, attempt: u64) -> Result<Part, StoreError> {
        let path = self.dir().join(INCOMING).join(format!("{photo}-{attempt}.part"));
        let file = File::create(&path).map_err(|e| StoreError::file("create", &path, e))?;
        Ok(Part { path, file, hash: Sha256::new(), size: 0 })
    }

    /// Makes an upload durable under its digest. A row may name it afterwards.
    pub(super) fn keep(&self, part: &Part, folder: Folder) -> Result<Sha256Digest, StoreError> {
        let digest = part.digest();
        part.file.sync_all().map_err(|e| StoreError::file("sync", &part.path, e))?;
        crate::crash_point::reached("after_file_fsync");
        let to = folder.path(self.dir(), digest);
        fs::rename(&part.path, &to).map_err(|e| StoreError::file("rename", &part.path, e))?;
        crate::crash_point::reached("after_rename");
        sync_folder(&self.dir().join(folder.name()))?;
        crate::crash_point::reached("after_folder_fsync");
        Ok(digest)
    }

    /// Stores bytes that the box made itself, durably.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn keep_bytes(
        &self,
        photo: PhotoId,
        bytes: &[u8],
        folder: Folder,
    ) -> Result<Sha256Digest, StoreError> {
        let mut part = self.new_part(photo, 0)?;
        part.write(bytes)?;
        self.keep(&part, folder)
    }

    /// Reads a stored file and compares it with its digest: rot is found before it is shown.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes are not the ones that were stored.
    pub fn file(&self, folder: Folder, digest: Sha256Digest) -> Result<Vec<u8>, StoreError> {
        let path = folder.path(self.dir(), digest);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => StoreError::Corrupt { what: "file" },
            _ => StoreError::file("read", &path, error),
        })?;
        let found = Sha256Digest::of(&bytes);
        if found == digest { Ok(bytes) } else { Err(StoreError::Corrupt { what: "file" }) }
    }

    /// Bytes of a stored file, from `from` to before `until`. They are not compared with its digest:
    /// whoever puts them together does that.
    pub(super) fn file_bytes(
        &self,
        folder: Folder,
        digest: Sha256Digest,
        from: u64,
        until: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let path = folder.path(self.dir(), digest);
        let failed = |source| StoreError::file("read", &path, source);
        let mut file = File::open(&path).map_err(failed)?;
        file.seek(SeekFrom::Start(from)).map_err(failed)?;
        let wanted = until.saturating_sub(from);
        let mut bytes = Vec::new();
        file.take(wanted).read_to_end(&mut bytes).map_err(failed)?;
        let whole = u64::try_from(bytes.len()).is_ok_and(|read| read == wanted);
        if whole { Ok(bytes) } else { Err(StoreError::Corrupt { what: "file" }) }
    }

    /// Size of a stored file, or `None` when it is missing.
    pub(super) fn file_size(&self, folder: Folder, digest: Sha256Digest) -> Option<u64> {
        fs::metadata(folder.path(self.dir(), digest)).ok().map(|meta| meta.len())
    }

    /// Names of all files in a folder.
    pub(super) fn file_names(&self, folder: Folder) -> Result<Vec<String>, StoreError> {
        let paths = list(&self.dir().join(folder.name()))?;
        let name = |path: PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned());
        Ok(paths.into_iter().filter_map(name).collect())
    }
}
