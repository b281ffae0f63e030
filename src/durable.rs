//! Files that survive a power cut: write, fsync, rename, fsync the folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, fchown};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::domain::digest::Sha256Digest;

/// Bytes that are read at once.
const BLOCK_BYTES: usize = 64 * 1024;

/// Whether a disk, or a quota on it, is full.
#[must_use]
pub fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Digest and size of a file, whatever its size in constant memory.
///
/// # Errors
/// When it cannot be read.
pub fn measure(path: &Path) -> io::Result<(Sha256Digest, u64)> {
    let mut file = File::open(path)?;
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok((Sha256Digest::from_bytes(hash.finalize().into()), size_bytes)),
            Ok(read) => {
                hash.update(block.get(..read).unwrap_or_default());
                size_bytes += read as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes names in a folder durable.
///
/// # Errors
/// When the disk fails.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Makes a finished file durable under its final name.
///
/// # Errors
/// When the disk fails; the final name then holds the old file or none.
pub fn sync_and_rename(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    sync_folder(folder_of(to))
}

/// The folder of a file; a bare name lies in the working directory.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

/// Replaces a file as a whole: after a cut there is the old one or the new one.
///
/// # Errors
/// When the disk fails.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    File::create(&part)?.write_all(bytes)?;
    sync_and_rename(&part, path)
}

/// As [`replace`], readable for this program's user alone.
///
/// # Errors
/// When the disk fails.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(&part)?.write_all(bytes)?;
    sync_and_rename(&part, path)
}

/// Creates a file in a folder that may belong to somebody with fewer rights than this program has: what
/// lies there under its name goes first, no link is followed, and the file is the folder's owner's.
///
/// # Errors
/// When the disk fails, or somebody puts another file there meanwhile.
pub fn create_for_owner(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    give_to_owner(&file, folder_of(path))?;
    Ok(file)
}

/// Gives a file to whom its folder belongs, unless it has a second name, which may lie elsewhere.
///
/// # Errors
/// When the disk fails.
pub fn give_to_owner(file: &File, folder: &Path) -> io::Result<()> {
    let (has, wanted) = (file.metadata()?, fs::metadata(folder)?);
    if (has.uid(), has.gid()) == (wanted.uid(), wanted.gid()) || has.nlink() > 1 {
        return Ok(());
    }
    fchown(file, Some(wanted.uid()), Some(wanted.gid()))
}
