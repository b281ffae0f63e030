//! The files of a bundle that comes from the portal, piece by piece and over weeks: one part file beside the
//! inbox while it grows, a bundle in the inbox once it is whole and signed.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::domain::digest::Sha256Digest;
use crate::domain::update::{Bundle, ReleaseVersion};
use crate::durable;
use crate::infer::TrustedKeys;
use crate::update::notes::BUNDLE_ENDING;
use crate::update::{Notes, UpdateError, format};

/// How the names of the portal's files begin; nobody else's are touched.
const PREFIX: &str = "portal-";
/// How the name of a part ends.
const PART_ENDING: &str = "part";
/// Characters of the hash in a name.
const HASH_CHARS: usize = 32;

/// Where a bundle of the portal lies.
#[derive(Clone, Debug)]
pub struct Fetched {
    hash: Sha256Digest,
    part: PathBuf,
    whole: PathBuf,
}

impl Notes {
    /// The files of the bundle with that hash.
    #[must_use]
    pub fn fetched(&self, hash: Sha256Digest) -> Fetched {
        let name: String = hash.to_string().chars().take(HASH_CHARS).collect();
        let name = format!("{PREFIX}{name}");
        Fetched {
            hash,
            part: self.folder().join(format!("{name}.{PART_ENDING}")),
            whole: self.inbox().join(format!("{name}.{BUNDLE_ENDING}")),
        }
    }

    /// Removes every file of bundles of the portal but those of this one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn forget_fetched(&self, but: Option<Sha256Digest>) -> Result<(), UpdateError> {
        let stays = but.map(|hash| self.fetched(hash));
        for folder in [self.folder().to_owned(), self.inbox()] {
            let Ok(list) = fs::read_dir(&folder) else { continue };
            for path in list.flatten().map(|entry| entry.path()) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let ours = name.starts_with(PREFIX)
                    && path.extension().is_some_and(|it| it == PART_ENDING || it == BUNDLE_ENDING);
                let stays =
                    stays.as_ref().is_some_and(|one| [&one.part, &one.whole].contains(&&path));
                if ours && !stays {
                    super::layout::remove(&path)?;
                }
            }
        }
        Ok(())
    }
}

impl Notes {
    /// Removes bundles in the inbox that no box takes any more: of the version that runs, or older.
    /// Those of the portal go with their orders, and what cannot be read is left for a person to look at.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn forget_taken(
        &self,
        running: ReleaseVersion,
        keys: &TrustedKeys,
    ) -> Result<(), UpdateError> {
        let Ok(list) = fs::read_dir(self.inbox()) else { return Ok(()) };
        for path in list.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_bundle = path.extension().is_some_and(|ending| ending == BUNDLE_ENDING);
            if !is_bundle || name.starts_with(PREFIX) {
                continue;
            }
            let Ok(file) = fs::File::open(&path) else { continue };
            if format::open(file, keys).is_ok_and(|opened| opened.bundle.version <= running) {
                super::layout::remove(&path)?;
                tracing::info!("a bundle that is not needed any more was removed");
            }
        }
        Ok(())
    }
}

impl Fetched {
    /// The finished bundle.
    #[must_use]
    pub fn whole(&self) -> &Path {
        &self.whole
    }

    /// Appends bytes at `from`, durably, and gives how many are there. Where fewer are there than was
    /// believed nothing is written; what lies beyond `from` was never counted, and goes.
    ///
    /// # Errors
    /// When the disk fails or is full; what was counted before is still there.
    pub fn append(&self, from: u64, bytes: &[u8]) -> Result<u64, UpdateError> {
        let failed = |operation| UpdateError::file(operation, &self.part);
        let folder = self.part.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(UpdateError::file("create", folder))?;
        let is_new = !self.part.exists();
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true);
        let mut file = options.open(&self.part).map_err(failed("open"))?;
        let held = file.metadata().map_err(failed("look at"))?.len();
        if held < from {
            return Ok(held);
        }
        file.set_len(from).map_err(failed("shorten"))?;
        file.seek(SeekFrom::Start(from)).map_err(failed("write"))?;
        file.write_all(bytes).map_err(failed("write"))?;
        file.sync_data().map_err(failed("sync"))?;
        if is_new {
            durable::sync_folder(folder).map_err(UpdateError::file("sync", folder))?;
        }
        Ok(from + bytes.len() as u64)
    }

    /// Whether the bytes that are here are those of the hash.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn is_whole(&self) -> Result<bool, UpdateError> {
        let path = self.path();
        match durable::measure(path) {
            Ok((found, _)) => Ok(found == self.hash),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(UpdateError::file("read", path)(error)),
        }
    }

    fn path(&self) -> &Path {
        if self.whole.is_file() { &self.whole } else { &self.part }
    }

    /// Compares the signature, and only then reads what the bundle says and compares its parts; gives
    /// that, and the digest of its manifest.
    ///
    /// # Errors
    /// [`UpdateError::Format`], [`UpdateError::Signature`], [`UpdateError::Manifest`].
    pub fn verify(&self, keys: &TrustedKeys) -> Result<(Bundle, Sha256Digest), UpdateError> {
        let path = self.path();
        let failed = || UpdateError::file("read", path);
        let opened = format::open(fs::File::open(path).map_err(failed())?, keys)?;
        let digest = opened.digest;
        Ok((opened.verify()?, digest))
    }

    /// Puts the verified bundle where offers lie.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn offer(&self) -> Result<(), UpdateError> {
        let inbox = self.whole.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(inbox).map_err(UpdateError::file("create", inbox))?;
        match durable::sync_and_rename(&self.part, &self.whole) {
            // A cut came between this and the row.
            Err(error) if error.kind() == ErrorKind::NotFound && self.whole.is_file() => Ok(()),
            done => done.map_err(UpdateError::file("keep", &self.whole)),
        }
    }

    /// Takes the bundle from where offers lie; its bytes stay.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn put_back(&self) -> Result<(), UpdateError> {
        if !self.whole.is_file() {
            return Ok(());
        }
        durable::sync_and_rename(&self.whole, &self.part)
            .map_err(UpdateError::file("put back", &self.whole))
    }

    /// Lets go of bytes that are not the bundle's.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn drop_bytes(&self) -> Result<(), UpdateError> {
        super::layout::remove(&self.part)?;
        super::layout::remove(&self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_appended_where_they_belong_and_nothing_else_is_touched() {
        let dir = tempfile::tempdir().unwrap();
        let notes = Notes::of(dir.path());
        let bytes: Vec<u8> = (0..100_u8).collect();
        let hash = Sha256Digest::of(&bytes);
        let one = notes.fetched(hash);
        assert_eq!(one.append(0, &bytes[..40]).unwrap(), 40);
        assert_eq!(one.append(50, &bytes[50..]).unwrap(), 40, "a gap is not filled with nothing");
        // The row was not written after the last bytes: they come again.
        assert_eq!(one.append(30, &bytes[30..60]).unwrap(), 60);
        assert_eq!(one.append(60, &bytes[60..]).unwrap(), 100);
        assert_eq!(fs::read(&one.part).unwrap(), bytes);
        assert!(
            one.is_whole().unwrap() && !notes.fetched(Sha256Digest::of(b"x")).is_whole().unwrap()
        );
        let keys = TrustedKeys::project().unwrap();
        assert!(matches!(one.verify(&keys), Err(UpdateError::Format(_))), "no bundle at all");

        one.offer().unwrap();
        one.offer().unwrap();
        assert!(one.whole().is_file() && !one.part.exists());
        fs::write(notes.inbox().join("by-hand.frbundle"), "x").unwrap();
        notes.forget_fetched(Some(hash)).unwrap();
        assert!(one.whole().is_file());
        one.put_back().unwrap();
        assert_eq!(fs::read(&one.part).unwrap(), bytes);
        notes.forget_fetched(None).unwrap();
        assert!(!one.part.exists() && notes.inbox().join("by-hand.frbundle").exists());
    }
}
