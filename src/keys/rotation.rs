//! Keys that follow one another, as files beside each other.
//!
//! A box: `box.key` signs; `box.next` is the key that the portal is told about; `box.chain` holds a line for
//! each change, signed by both keys. A portal: `portal.key` signs; `portal.next` is announced to the boxes;
//! `portal.old` still signs for those that have not heard. Every step is one file written whole, so that
//! whoever dies between two of them stands in a state that is good, and goes on.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::sealed::durable_key;
use super::{KeyError, SigningKey, signed_by};
use crate::crash_point;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::keys::{KeyLink, link_text, name_of, portal_link_text};
use crate::durable;

const BOX_KEY: &str = "box.key";
const BOX_NEXT: &str = "box.next";
const BOX_CHAIN: &str = "box.chain";
const PORTAL_KEY: &str = "portal.key";
const PORTAL_NEXT: &str = "portal.next";
const PORTAL_OLD: &str = "portal.old";

/// The keys of a box.
#[derive(Debug)]
pub struct BoxKeys {
    name: KeyId,
    key: SigningKey,
    chain: Vec<KeyLink>,
    next: Option<SigningKey>,
}

impl BoxKeys {
    /// Reads the keys in a folder; makes the first one where there is none.
    ///
    /// # Errors
    /// [`KeyError`]; a damaged file is never overwritten.
    pub fn open_or_make(folder: &Path) -> Result<Self, KeyError> {
        // The next key first: it becomes the present one by a change of its name.
        let next = open(&folder.join(BOX_NEXT))?;
        let key = SigningKey::open_or_make(&folder.join(BOX_KEY))?;
        let path = folder.join(BOX_CHAIN);
        let damaged = || KeyError::Damaged { path: path.clone() };
        let written = read_chain(&path)?;
        // A change that was written down and not made is the last line.
        let end = written.iter().position(|link| link.old == key.public());
        let chain = written.get(..end.unwrap_or(written.len())).unwrap_or_default().to_vec();
        let name = name_of(&chain, &key.public(), signed_by).ok_or_else(damaged)?;
        let next = next.filter(|next| next.public() != key.public());
        Ok(Self { name, key, chain, next })
    }

    /// Those of a box with one key, which is kept elsewhere.
    #[must_use]
    pub fn of(key: SigningKey) -> Self {
        Self { name: key.public().key_id(), key, chain: Vec::new(), next: None }
    }

    /// The name of the box: it follows from its first key, and stays.
    #[must_use]
    pub const fn name(&self) -> KeyId {
        self.name
    }

    /// The key that signs.
    #[must_use]
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The same for whoever keeps it.
    #[must_use]
    pub fn into_key(self) -> SigningKey {
        self.key
    }

    /// How the key followed the first one.
    #[must_use]
    pub fn chain(&self) -> &[KeyLink] {
        &self.chain
    }

    /// The change that the portal is to hear of; `None`: there is none.
    #[must_use]
    pub fn link(&self) -> Option<KeyLink> {
        let next = self.next.as_ref()?;
        let (old, new) = (self.key.public(), next.public());
        let text = link_text(self.name, &old, &new);
        Some(KeyLink { old, new, by_old: self.key.sign(&text), by_new: next.sign(&text) })
    }

    /// Makes the key that is to follow; one that waits already stays.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn make_next(folder: &Path) -> Result<(), KeyError> {
        Self::open_or_make(folder)?;
        SigningKey::open_or_make(&folder.join(BOX_NEXT))?;
        crash_point::reached("box_key_made");
        Ok(())
    }

    /// Signs by the next key from now on, if it is the one that the portal has accepted. Said twice, it
    /// changes nothing the second time.
    ///
    /// # Errors
    /// [`KeyError`]; the present key signs on then.
    pub fn switch(folder: &Path, accepted: &PublicKey) -> Result<(), KeyError> {
        let keys = Self::open_or_make(folder)?;
        let Some(link) = keys.link().filter(|link| link.new == *accepted) else { return Ok(()) };
        let lines: Vec<String> = keys.chain.iter().chain([&link]).map(line).collect();
        let path = folder.join(BOX_CHAIN);
        let text = format!("{}\n", lines.join("\n"));
        durable::replace_private(&path, text.as_bytes()).map_err(failed("write", &path))?;
        crash_point::reached("box_key_chained");
        let path = folder.join(BOX_KEY);
        durable::sync_and_rename(&folder.join(BOX_NEXT), &path)
            .map_err(failed("replace", &path))?;
        crash_point::reached("box_key_switched");
        Ok(())
    }
}

/// The keys of a portal.
#[derive(Debug)]
pub struct PortalKeyring {
    folder: PathBuf,
    key: SigningKey,
    next: Option<SigningKey>,
    old: Option<SigningKey>,
    /// How the files were when they were read.
    marks: Marks,
}

/// By what a file is known to be the same: its number and when it was changed. `None`: there is none.
type Marks = [Option<(u64, i64, i64)>; 3];

fn marks(folder: &Path) -> Marks {
    [PORTAL_NEXT, PORTAL_KEY, PORTAL_OLD].map(|name| {
        let meta = fs::metadata(folder.join(name)).ok()?;
        Some((meta.ino(), meta.ctime(), meta.ctime_nsec()))
    })
}

impl PortalKeyring {
    /// Reads the keys in a folder; makes the first one where there is none.
    ///
    /// # Errors
    /// [`KeyError`]; a damaged file is never overwritten.
    pub fn open_or_make(folder: &Path) -> Result<Self, KeyError> {
        let before = marks(folder);
        let next = open(&folder.join(PORTAL_NEXT))?;
        let key = SigningKey::open_or_make(&folder.join(PORTAL_KEY))?;
        let old = open(&folder.join(PORTAL_OLD))?;
        let other = |one: &SigningKey| one.public() != key.public();
        let (next, old) = (next.filter(other), old.filter(other));
        Ok(Self { folder: folder.to_owned(), key, next, old, marks: before })
    }

    /// Whether the files are still those that were read.
    #[must_use]
    pub fn is_as_read(&self) -> bool {
        self.marks == marks(&self.folder)
    }

    /// The same read anew: a command may have changed the files.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn again(&self) -> Result<Self, KeyError> {
        Self::open_or_make(&self.folder)
    }

    /// The key that signs and answers connections.
    #[must_use]
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The key that is announced.
    #[must_use]
    pub const fn next(&self) -> Option<&SigningKey> {
        self.next.as_ref()
    }

    /// The key from before the last change.
    #[must_use]
    pub const fn old(&self) -> Option<&SigningKey> {
        self.old.as_ref()
    }

    /// The key of that name.
    #[must_use]
    pub fn of(&self, public: &PublicKey) -> Option<&SigningKey> {
        self.all().find(|key| key.public() == *public)
    }

    /// All keys by which a box may mean this portal.
    pub fn all(&self) -> impl Iterator<Item = &SigningKey> {
        [Some(&self.key), self.next.as_ref(), self.old.as_ref()].into_iter().flatten()
    }

    /// Makes the key that is to follow; one that waits already stays.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn make_next(folder: &Path) -> Result<(), KeyError> {
        let keys = Self::open_or_make(folder)?;
        if keys.next.is_none() {
            let path = folder.join(PORTAL_NEXT);
            // What is left of a change that was made is the present key.
            remove(&path)?;
            SigningKey::open_or_make(&path)?;
        }
        crash_point::reached("portal_key_made");
        Ok(())
    }

    /// Signs and answers by the announced key from now on; `false`: there is none.
    ///
    /// # Errors
    /// [`KeyError`]; the present key stays then.
    pub fn switch(folder: &Path) -> Result<bool, KeyError> {
        let keys = Self::open_or_make(folder)?;
        if keys.next.is_none() {
            return Ok(false);
        }
        let path = folder.join(PORTAL_OLD);
        let line = format!("{}\n", PublicKey::from_bytes(keys.key.seed));
        durable::replace_private(&path, line.as_bytes()).map_err(failed("write", &path))?;
        crash_point::reached("portal_key_kept");
        let path = folder.join(PORTAL_KEY);
        let next = folder.join(PORTAL_NEXT);
        durable::sync_and_rename(&next, &path).map_err(failed("replace", &path))?;
        crash_point::reached("portal_key_switched");
        Ok(true)
    }
}

/// What a portal's new key signs when it is announced.
#[must_use]
pub fn announce(old: &PublicKey, new: &SigningKey) -> Signature {
    new.sign(&portal_link_text(old, &new.public()))
}

/// The key in a file; `None` where there is no file.
fn open(path: &Path) -> Result<Option<SigningKey>, KeyError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
        // Gone between two looks: somebody has just made it the present key.
        Ok(_) => {
            let parse = |text: &str| SigningKey::of_seed(*PublicKey::parse(text)?.as_bytes());
            let gone = || Err(KeyError::Damaged { path: path.to_owned() });
            durable_key(path, parse, gone, |_| String::new()).map(Some)
        }
    }
}

fn read_chain(path: &Path) -> Result<Vec<KeyLink>, KeyError> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(failed("read", path))?,
    };
    let links = text.lines().map(parse_line).collect::<Option<Vec<_>>>();
    links.ok_or_else(|| KeyError::Damaged { path: path.to_owned() })
}

fn line(link: &KeyLink) -> String {
    format!("{} {} {} {}", link.old, link.new, link.by_old, link.by_new)
}

fn parse_line(line: &str) -> Option<KeyLink> {
    let [old, new, by_old, by_new] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
    Some(KeyLink {
        old: PublicKey::parse(old)?,
        new: PublicKey::parse(new)?,
        by_old: Signature::parse(by_old)?,
        by_new: Signature::parse(by_new)?,
    })
}

fn remove(path: &Path) -> Result<(), KeyError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}

fn failed(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> KeyError {
    let path = path.to_owned();
    move |source| KeyError::File { operation, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_keeps_its_name_and_changes_only_to_the_key_that_was_accepted() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("keys");
        let first = BoxKeys::open_or_make(&folder).unwrap();
        assert_eq!(first.name(), first.key().public().key_id());
        assert!(first.link().is_none() && first.chain().is_empty());
        for changes in 1..=2 {
            BoxKeys::make_next(&folder).unwrap();
            let before = BoxKeys::open_or_make(&folder).unwrap();
            let link = before.link().unwrap();
            BoxKeys::make_next(&folder).unwrap();
            let again = BoxKeys::open_or_make(&folder).unwrap().link().unwrap();
            assert_eq!(again.new, link.new, "one that waits stays");
            assert!(link.holds(first.name(), signed_by));
            BoxKeys::switch(&folder, &first.key().public()).unwrap();
            assert_eq!(BoxKeys::open_or_make(&folder).unwrap().key().public(), link.old);
            for _ in 0..2 {
                BoxKeys::switch(&folder, &link.new).unwrap();
                let after = BoxKeys::open_or_make(&folder).unwrap();
                assert_eq!(after.key().public(), link.new);
                assert_eq!((after.name(), after.chain().len()), (first.name(), changes));
                assert!(after.link().is_none());
            }
        }
        // Cut between the chain and the key: the change was not made, and is made again.
        BoxKeys::make_next(&folder).unwrap();
        let link = BoxKeys::open_or_make(&folder).unwrap().link().unwrap();
        let chain = fs::read_to_string(folder.join(BOX_CHAIN)).unwrap();
        fs::write(folder.join(BOX_CHAIN), format!("{chain}{}\n", line(&link))).unwrap();
        let cut = BoxKeys::open_or_make(&folder).unwrap();
        assert_eq!((cut.name(), cut.chain().len()), (first.name(), 2));
        assert_eq!(cut.link().unwrap().new, link.new);
        BoxKeys::switch(&folder, &link.new).unwrap();
        assert_eq!(BoxKeys::open_or_make(&folder).unwrap().chain().len(), 3);
    }

    #[test]
    fn a_chain_that_was_changed_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let first = BoxKeys::open_or_make(dir.path()).unwrap();
        BoxKeys::make_next(dir.path()).unwrap();
        let link = BoxKeys::open_or_make(dir.path()).unwrap().link().unwrap();
        BoxKeys::switch(dir.path(), &link.new).unwrap();
        let other = KeyLink { old: PublicKey::from_bytes([7; 32]), ..link };
        for text in [line(&other), "x".to_owned(), String::new()] {
            fs::write(dir.path().join(BOX_CHAIN), text).unwrap();
            let opened = BoxKeys::open_or_make(dir.path());
            assert!(opened.is_err() || opened.unwrap().name() != first.name());
        }
    }

    #[test]
    fn a_portal_keeps_the_key_before_and_a_cut_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let first = PortalKeyring::open_or_make(dir.path()).unwrap().key().public();
        assert!(!PortalKeyring::switch(dir.path()).unwrap());
        PortalKeyring::make_next(dir.path()).unwrap();
        let announced = PortalKeyring::open_or_make(dir.path()).unwrap();
        let second = announced.next().unwrap().public();
        let signature = announce(&first, announced.next().unwrap());
        assert!(signed_by(&second, &portal_link_text(&first, &second), &signature));
        // Cut after the key before was kept.
        fs::copy(dir.path().join(PORTAL_KEY), dir.path().join(PORTAL_OLD)).unwrap();
        let cut = PortalKeyring::open_or_make(dir.path()).unwrap();
        assert_eq!((cut.key().public(), cut.old().map(SigningKey::public)), (first, None));
        assert!(PortalKeyring::switch(dir.path()).unwrap());
        let after = announced.again().unwrap();
        assert_eq!(after.key().public(), second);
        assert_eq!(after.old().map(SigningKey::public), Some(first));
        assert!(after.next().is_none() && after.of(&first).is_some());
    }
}
