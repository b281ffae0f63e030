//! Which findings pack reads, held fast by name: a new program may have another one inside, and that reads
//! only after it was compared on the films of this box.

use crate::domain::digest::Sha256Digest;
use crate::infer::{Pack, Role, version_key};
use crate::packs::{Library, LibraryError, PackName};

impl Library {
    /// Names the findings pack that reads, and the one before, wherever the choice leaves that to the
    /// program.
    ///
    /// # Errors
    /// When the choice cannot be read or written.
    pub fn pin(&self) -> Result<(), LibraryError> {
        let newest = PackName::of(&Pack::embedded(Role::Findings.code())?);
        let mut in_use = self.in_use()?;
        if in_use.pin(Role::Findings, &newest) {
            self.write(&in_use)?;
        }
        Ok(())
    }

    /// The same, and copies what is named out of the program: the next one may not have it.
    ///
    /// # Errors
    /// As [`Library::pin`], and when the disk is full.
    pub fn keep_pinned(&self) -> Result<(), LibraryError> {
        self.pin()?;
        for name in self.in_use()?.named(Role::Findings) {
            if let Some(files) = Pack::embedded_files(&name.id, &name.version) {
                self.keep_files(name.clone(), &files)?;
            }
        }
        Ok(())
    }

    /// The findings pack in this program and the digest of its network, where it follows the one that
    /// reads. A site that reads with a pack of another name has chosen by itself.
    ///
    /// # Errors
    /// When the choice cannot be read, or a pack in the program does not hold.
    pub fn newer_built_in(&self) -> Result<Option<(PackName, Sha256Digest)>, LibraryError> {
        let newest = Pack::embedded(Role::Findings.code())?;
        let name = PackName::of(&newest);
        let used = self.names_in_use()?.into_iter().find(|used| used.id == name.id);
        let is_newer =
            used.is_some_and(|used| version_key(&name.version) > version_key(&used.version));
        Ok(is_newer.then_some((name, newest.manifest.model.sha256)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_is_named_and_kept_outside_the_program() {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::open(dir.path()).unwrap();
        let name = PackName::of(&Pack::embedded("findings").unwrap());
        let before = library.names_in_use().unwrap();
        library.keep_pinned().unwrap();
        library.keep_pinned().unwrap();
        assert_eq!(library.names_in_use().unwrap(), before);
        let kept = dir.path().join("models").join(&name.id).join(&name.version);
        assert!(kept.join("manifest.toml.minisig").is_file());
        assert_eq!(PackName::of(&library.read(&name).unwrap()), name, "it holds there too");
        assert_eq!(library.newer_built_in().unwrap(), None);
        let nothing = library.roll_back(Role::Findings);
        assert!(matches!(nothing, Err(LibraryError::NothingBefore { .. })));
    }
}
