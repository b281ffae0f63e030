//! Files that survive a power cut: write, fsync, rename, fsync the folder.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

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
    // A bare name lies in the working directory.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or_else(|| Path::new(".")))
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
    use std::os::unix::fs::OpenOptionsExt as _;
    let part = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(&part)?.write_all(bytes)?;
    sync_and_rename(&part, path)
}
