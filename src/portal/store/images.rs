//! Image files: appended to in `incoming/`, compared with their hash, then renamed into `images/`.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::sync::identity::KeyId;
use crate::durable;
use crate::portal::storage::StorageError;

/// Bytes read at a time while a hash is computed.
const BLOCK_BYTES: usize = 64 * 1024;

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
    if digest_of(&part)? != hash {
        tracing::error!(%hash, "an image came in with another hash and begins anew");
        fs::remove_file(&part).map_err(failed("remove", &part))?;
        return Ok(0);
    }
    durable::sync_and_rename(&part, &whole).map_err(failed("keep", &part))?;
    Ok(held)
}

fn digest_of(path: &Path) -> Result<Sha256Digest, StorageError> {
    let mut file = File::open(path).map_err(failed("open", path))?;
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(Sha256Digest::from_bytes(hash.finalize().into())),
            Ok(read) => hash.update(block.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(failed("read", path)(error)),
        }
    }
}

fn failed(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StorageError {
    let path: PathBuf = path.to_owned();
    move |source| StorageError::File { operation, path, source }
}
