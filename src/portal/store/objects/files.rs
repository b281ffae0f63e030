//! Images as files: appended to in `incoming/`, compared with their hash, then renamed into `images/`.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use super::{Objects, checked};
use crate::crash_point;
use crate::domain::digest::Sha256Digest;
use crate::domain::hex::Hex;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::durable;
use crate::keys;
use crate::portal::storage::StorageError;

/// The machine gives no random numbers.
const NO_CHANCE: StorageError = StorageError::Corrupt { what: "source of random numbers" };
/// Locks for images on their way in: two requests for one image wait for each other.
const LOCKS: usize = 64;

/// Folders of this machine, or of one that several share.
#[derive(Debug)]
pub(in super::super) struct Files {
    images: PathBuf,
    incoming: PathBuf,
    locks: [Mutex<()>; LOCKS],
}

impl Files {
    /// Opens the folders, creating them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn open(dir: &Path) -> Result<Self, StorageError> {
        let (images, incoming) = (dir.join("images"), dir.join("incoming"));
        for path in [&images, &incoming] {
            fs::create_dir_all(path).map_err(failed("create", path))?;
        }
        durable::sync_folder(dir).map_err(failed("sync", dir))?;
        Ok(Self { images, incoming, locks: std::array::from_fn(|_| Mutex::new(())) })
    }

    fn path(&self, hash: Sha256Digest) -> PathBuf {
        self.images.join(hash.to_string())
    }

    /// See [`crate::portal::Storage::append_image`].
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn append(
        &self,
        from: KeyId,
        (hash, size): (Sha256Digest, u64),
        offset: u64,
        bytes: &[u8],
    ) -> Result<u64, StorageError> {
        let slot = usize::from(hash.as_bytes()[0]) % LOCKS;
        let _turn = self.locks[slot].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(whole) = self.size(hash)? {
            return Ok(whole);
        }
        let part = self.incoming.join(format!("{from}-{hash}"));
        let mut options = OpenOptions::new();
        let mut file =
            options.create(true).append(true).open(&part).map_err(failed("open", &part))?;
        let mut held = file.metadata().map_err(failed("look at", &part))?.len();
        if held > size {
            // Sent with another size before: one of the two is wrong, and the hash will tell.
            file.set_len(0).map_err(failed("empty", &part))?;
            held = 0;
        }
        // Whole already: the portal died before it had compared or kept it, and both are still to be done.
        if held < size {
            if offset != held {
                return Ok(held);
            }
            let sent = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            if held.saturating_add(sent) > size {
                return Err(StorageError::BeyondEnd);
            }
            file.write_all(bytes).map_err(failed("write", &part))?;
            file.sync_data().map_err(failed("sync", &part))?;
            held += sent;
            if held < size {
                return Ok(held);
            }
            crash_point::reached("image_after_pieces");
        }
        if durable::measure(&part).map_err(failed("read", &part))?.0 != hash {
            tracing::error!(%hash, "an image came in with another hash and begins anew");
            fs::remove_file(&part).map_err(failed("remove", &part))?;
            return Ok(0);
        }
        crash_point::reached("image_before_rename");
        let whole = self.path(hash);
        durable::sync_and_rename(&part, &whole).map_err(failed("keep", &part))?;
        Ok(held)
    }

    /// Keeps a file that is complete under its hash; one that is there already stays.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn keep(
        &self,
        hash: Sha256Digest,
        part: &Path,
    ) -> Result<(), StorageError> {
        if self.size(hash)?.is_some() {
            return Ok(());
        }
        durable::sync_and_rename(part, &self.path(hash)).map_err(failed("keep", part))
    }

    /// Forgets what began to come in and was last added to before that time.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn forget(&self, before: WallMs) -> Result<(), StorageError> {
        forget_old(&self.incoming, before)
    }
}

/// Forgets files that were last written before that time.
///
/// # Errors
/// [`StorageError`].
pub(in super::super) fn forget_old(folder: &Path, before: WallMs) -> Result<(), StorageError> {
    let before = UNIX_EPOCH + Duration::from_millis(u64::try_from(before.0).unwrap_or(0));
    let list = fs::read_dir(folder).map_err(failed("list", folder))?;
    for entry in list {
        let entry = entry.map_err(failed("list", folder))?;
        // One that has just become whole is gone.
        let Ok(written) = entry.metadata().and_then(|meta| meta.modified()) else { continue };
        if written < before {
            let path = entry.path();
            fs::remove_file(&path).map_err(failed("remove", &path))?;
        }
    }
    Ok(())
}

impl Objects for Files {
    fn put(&self, hash: Sha256Digest, bytes: &[u8]) -> Result<(), StorageError> {
        // Another replica on the same folder may write the same, and have the same number as a process on
        // its machine: each has a file of its own until then.
        let name: [u8; 8] = keys::random().map_err(|_| NO_CHANCE)?;
        let part = self.incoming.join(format!("put-{}-{hash}", Hex(&name)));
        let slot = usize::from(hash.as_bytes()[0]) % LOCKS;
        let _turn = self.locks[slot].lock().unwrap_or_else(PoisonError::into_inner);
        fs::write(&part, bytes).map_err(failed("write", &part))?;
        durable::sync_and_rename(&part, &self.path(hash)).map_err(failed("keep", &part))
    }

    fn get(&self, hash: Sha256Digest) -> Result<Vec<u8>, StorageError> {
        let path = self.path(hash);
        checked(hash, fs::read(&path).map_err(failed("read", &path))?)
    }

    fn size(&self, hash: Sha256Digest) -> Result<Option<u64>, StorageError> {
        let path = self.path(hash);
        match fs::metadata(&path) {
            Ok(meta) => Ok(Some(meta.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("look at", &path)(error)),
        }
    }

    fn check(&self) -> Result<(), StorageError> {
        fs::metadata(&self.images).map_err(failed("look at", &self.images)).map(drop)
    }
}

fn failed(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StorageError {
    let path: PathBuf = path.to_owned();
    move |source| StorageError::File { operation, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: KeyId = KeyId::from_bytes([1; 16]);

    /// Files of a portal that died when all bytes were on the disk, and the hash that was said of them.
    fn died_before_keeping(bytes: &[u8], hash: Sha256Digest) -> (tempfile::TempDir, Files) {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path()).unwrap();
        fs::write(files.incoming.join(format!("{BOX}-{hash}")), bytes).unwrap();
        (dir, files)
    }

    #[test]
    fn an_image_that_was_whole_when_the_portal_died_is_kept_before_it_counts() {
        let hash = Sha256Digest::of("a film");
        for (offset, bytes) in [(2, "film"), (0, "a film"), (6, "")] {
            let (_dir, files) = died_before_keeping(b"a film", hash);
            assert_eq!(files.append(BOX, (hash, 6), offset, bytes.as_bytes()).unwrap(), 6);
            assert_eq!(files.get(hash).unwrap(), b"a film");
        }
    }

    #[test]
    fn bytes_that_were_whole_when_the_portal_died_are_compared() {
        let hash = Sha256Digest::of("a film");
        let (_dir, files) = died_before_keeping(b"a fils", hash);
        assert_eq!(files.append(BOX, (hash, 6), 6, b"").unwrap(), 0);
        assert_eq!(files.size(hash).unwrap(), None);
        assert_eq!(files.append(BOX, (hash, 6), 0, b"a film").unwrap(), 6);
        assert_eq!(files.get(hash).unwrap(), b"a film");
    }
}
