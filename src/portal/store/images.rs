//! Image files: appended to in `incoming/`, compared with their hash, then renamed into `images/`.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::domain::digest::Sha256Digest;
use crate::domain::sync::identity::KeyId;
use crate::durable;
use crate::portal::storage::StorageError;

/// Creates the folders.
pub(super) fn prepare(dir: &Path) -> Result<(), StorageError> {
    for path in [dir.join("images"), dir.join("incoming")] {
        fs::create_dir_all(&path).map_err(failed("create", &path))?;
    }
    durable::sync_folder(dir).map_err(failed("sync", dir))
}

/// See [`super::Storage::append_image`].
pub(super) fn append(
    dir: &Path,
    from: KeyId,
    (hash, size): (Sha256Digest, u64),
    offset: u64,
    bytes: &[u8],
) -> Result<u64, StorageError> {
    let whole = dir.join("images").join(hash.to_string());
    if let Ok(meta) = fs::metadata(&whole) {
        return Ok(meta.len());
    }
    let part = dir.join("incoming").join(format!("{from}-{hash}"));
    let mut options = OpenOptions::new();
    let mut file = options.create(true).append(true).open(&part).map_err(failed("open", &part))?;
    let mut held = file.metadata().map_err(failed("look at", &part))?.len();
    if held > size {
        // Sent with another size before: one of the two is wrong, and the hash will tell.
        file.set_len(0).map_err(failed("empty", &part))?;
        held = 0;
    }
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
    if durable::measure(&part).map_err(failed("read", &part))?.0 != hash {
        tracing::error!(%hash, "an image came in with another hash and begins anew");
        fs::remove_file(&part).map_err(failed("remove", &part))?;
        return Ok(0);
    }
    durable::sync_and_rename(&part, &whole).map_err(failed("keep", &part))?;
    Ok(held)
}

/// A whole image.
pub(super) fn read(dir: &Path, hash: Sha256Digest) -> Result<Vec<u8>, StorageError> {
    let path = dir.join("images").join(hash.to_string());
    fs::read(&path).map_err(failed("read", &path))
}

fn failed(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StorageError {
    let path: PathBuf = path.to_owned();
    move |source| StorageError::File { operation, path, source }
}
