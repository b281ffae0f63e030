//! The portal of a district: takes in what boxes send, signs for it, shows how the boxes are.
//!
//! A program of its own within the same binary, with a state directory of its own. It shares the domain,
//! the wire and the keys with the box and nothing else. Storage is behind [`Storage`], so that another
//! one than SQLite beside files can take its place.

mod announced;
mod api;
mod carry;
mod certificate;
pub mod dhis2;
mod dicomweb;
pub mod fhir;
mod gate;
mod health;
mod keys;
mod listen;
mod orders;
mod pages;
pub mod programme;
mod readers;
mod reading;
mod rollout;
mod sms;
mod sources;
mod storage;
mod store;
mod support;
mod turns;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

pub use announced::{
    AnnouncementCounts, AnnouncementId, AnnouncementStorage, KeptText, OpenAnnouncement, SmsTaken,
    Standing, answers,
};
pub use carry::{CarriedIn, CarryError};
pub use certificate::BringError;
pub use keys::{Announced, KeyStorage};
pub use listen::{ServeError, serve};
pub use orders::{NewOrder, OrderSigner, OrderStorage, SentOrder};
pub use programme::ProgrammeStorage;
pub use readers::ReaderStorage;
pub use reading::FilmStorage;
pub use rollout::{
    BoxRow, Heard, NewRollout, PIECE_BYTES, Rollout, RolloutEvent, RolloutStorage, What,
};
pub use sms::{SmsDoors, SmsDoorsError};
pub use sources::{
    HeldObject, HeldResource, Kept, NewBundle, NewObject, ObjectKey, ObjectQuery, ResourceQuery,
    Source, SourceRow, SourceStorage,
};
pub use storage::{
    BoxState, CarriedHello, FleetRow, Incoming, Signer, Storage, StorageError, Taken,
};
pub use store::{MoveError, Moved, Places, Store, move_to};
pub use support::{NewSupport, SupportHeld, SupportRow, SupportStorage};

use self::health::Health;
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::stamp::{Clock, Stamp, WallMs};
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::keys::{KeyLink, followed, name_of};
use crate::domain::sync::receipt::{self, Delivered};
use crate::keys::rotation::PortalKeyring;
use crate::keys::sealed::Identity;
use crate::keys::{self as secrets, KeyError, SigningKey, signed_by};
use crate::wire::fhir::read::Told;
use crate::wire::messages::{Answer, Record, SignedReceipt};

/// Characters of a code: none that look alike when read aloud or written down.
const CODE_ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Length of a code: 50 bits, more than can be tried in the week that it lives.
const CODE_CHARS: usize = 10;
/// Longest name of a site, characters.
const NAME_CHARS_MAX: usize = 120;
/// Largest image, bytes.
pub(crate) const IMAGE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The running portal. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    inner: Arc<Inner>,
}

struct Inner {
    storage: Box<dyn Storage>,
    keys: RwLock<Arc<PortalKeyring>>,
    /// Opens what people carry here.
    reader: Identity,
    clock: Arc<dyn Clock>,
    health: Health,
    /// By which readers may download films for DHIS2.
    dhis2: OnceLock<dhis2::Mapping>,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Portal({})", self.key())
    }
}

/// Why a portal cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its storage.
    #[error("the portal's storage cannot be opened")]
    Storage(#[from] StorageError),
    /// Its key.
    #[error("the portal's key cannot be used")]
    Key(#[from] KeyError),
    /// The storage is that of a portal whose keys are elsewhere.
    #[error(
        "portal.key and portal.age are missing in {}: copy them from another replica or a backup, \
         boxes trust no other key",
        dir.display()
    )]
    KeysMissing {
        /// Where they should be.
        dir: PathBuf,
    },
    /// The storage is that of another portal.
    #[error(
        "the storage belongs to a portal with other keys than those in {}: copy portal.key and \
         portal.age from one of its replicas",
        dir.display()
    )]
    OtherKeys {
        /// Where the keys are.
        dir: PathBuf,
    },
}

impl Portal {
    /// Opens a portal's state directory and what it keeps elsewhere, making the portal's keys where it is
    /// new. Replicas have the same keys: one with others is refused.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(dir: &Path, places: &Places, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let storage = Store::open(dir, places)?;
        let (key, reader) = (dir.join("portal.key"), dir.join("portal.age"));
        let known = storage.keys()?;
        if known.is_some() && !(key.exists() && reader.exists()) {
            return Err(OpenError::KeysMissing { dir: dir.to_owned() });
        }
        let (keys, reader) = (PortalKeyring::open_or_make(dir)?, Identity::open_or_make(&reader)?);
        let own = |key: &SigningKey| format!("{} {}", key.public(), reader.recipient());
        let present = own(keys.key());
        let kept = match known {
            Some(known) => known,
            None => storage.set_keys(&present)?,
        };
        if kept != present {
            // The storage may know the key from before a change that was made in this folder, or the one
            // after it from another replica.
            if !keys.all().any(|key| own(key) == kept) {
                return Err(OpenError::OtherKeys { dir: dir.to_owned() });
            }
            if keys.old().is_some_and(|old| own(old) == kept) {
                storage.change_keys(&present)?;
            }
        }
        Ok(Self::new(Box::new(storage), keys, reader, clock))
    }

    /// Puts a portal together.
    #[must_use]
    pub fn new(
        storage: Box<dyn Storage>,
        keys: PortalKeyring,
        reader: Identity,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let keys = RwLock::new(Arc::new(keys));
        let (health, dhis2) = (Health::default(), OnceLock::new());
        Self { inner: Arc::new(Inner { storage, keys, reader, clock, health, dhis2 }) }
    }

    /// The portal's public key: what boxes pin.
    #[must_use]
    pub fn key(&self) -> PublicKey {
        self.keyring().key().public()
    }

    /// The storage.
    #[must_use]
    pub fn storage(&self) -> &dyn Storage {
        self.inner.storage.as_ref()
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Stamp {
        self.inner.clock.now()
    }

    /// A new code for the enrolment of one box.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn new_code(&self) -> Result<String, OpenError> {
        let code = spoken_code()?;
        self.storage().new_code(code_hash(&code), self.now().wall)?;
        Ok(code)
    }

    /// A new key for the pages, in place of the one before.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn new_pages_key(&self) -> Result<String, OpenError> {
        let bytes: [u8; 16] = secrets::random()?;
        let key = KeyId::from_bytes(bytes).to_string();
        self.storage().set_pages_key(text_hash(&key))?;
        Ok(key)
    }

    /// Whether that is the key of the pages.
    pub(crate) fn is_pages_key(&self, key: &str) -> Result<bool, StorageError> {
        Ok(self.storage().pages_key()? == Some(text_hash(key.trim())))
    }

    /// Whether that is a code by which a box with that key can enrol. Quickly told: nothing is verified.
    pub(crate) fn knows_code(&self, code: &str, key: &PublicKey) -> Result<bool, StorageError> {
        self.storage().knows_code(code_hash(code), key, self.now().wall)
    }

    /// Enrols a box by one of its keys and how that followed the first one. The same box with the same
    /// code again is a repetition. A box that is known must be so by that key or one that led to it:
    /// nobody takes another box's name by a code.
    pub(crate) fn enrol(
        &self,
        code: &str,
        (key, links): (&PublicKey, &[KeyLink]),
        name: &str,
    ) -> Result<bool, StorageError> {
        let Some(id) = name_of(links, key, signed_by) else { return Ok(false) };
        if let BoxState::Enrolled(known) | BoxState::Revoked(known) =
            self.storage().box_state(id)?
        {
            let leads = followed(links, id, &known, signed_by) == Some(*key);
            let waits = self.storage().next_key(id)? == Some(*key);
            if known != *key && !leads && !waits {
                return Ok(false);
            }
        }
        let (name, at) = (clean(name), self.now().wall);
        let enrolled = self.storage().enrol(code_hash(code), (id, key), &name, at)?;
        if enrolled {
            if let BoxState::Enrolled(known) = self.storage().box_state(id)?
                && known != *key
            {
                self.storage().add_next_key(id, key, links, at)?;
                self.storage().use_next_key(id, key, at)?;
            }
            self.outnumber_wipe(id)?;
            self.announce_to(id)?;
        }
        Ok(enrolled)
    }

    /// Takes in records. All of them are on the disk when this returns.
    pub(crate) fn take(
        &self,
        from: KeyId,
        records: &[Record],
    ) -> Result<Vec<Answer>, StorageError> {
        let mut sound = Vec::with_capacity(records.len());
        let checked: Vec<Result<(), &'static str>> =
            records.iter().map(|one| incoming(one).map(|one| sound.push(one))).collect();
        let at = self.now().wall;
        let mut taken = self.storage().take(from, &sound, at, &self.signer(from))?.into_iter();
        let answers = records.iter().zip(checked).map(|(record, checked)| match checked {
            Ok(()) => {
                let receipt = taken.next().flatten().map(|one| one.receipt());
                let refused = receipt.is_none().then(|| "too_many_contents".to_owned());
                Answer { seq: record.seq, receipt, refused }
            }
            Err(why) => Answer { seq: record.seq, receipt: None, refused: Some(why.to_owned()) },
        });
        Ok(answers.collect())
    }

    /// Takes in bytes of an image; the receipt once all of them are there.
    pub(crate) fn take_image(
        &self,
        from: KeyId,
        (seq, hash, size): (Seq, Sha256Digest, u64),
        offset: u64,
        bytes: &[u8],
    ) -> Result<(u64, Option<SignedReceipt>), StorageError> {
        let at = self.now().wall;
        let held = self.storage().append_image(from, (hash, size), (offset, bytes), at)?;
        if held < size {
            return Ok((held, None));
        }
        let taken = self.storage().take_image(from, (seq, hash, size), at, &self.signer(from))?;
        Ok((held, Some(taken.receipt())))
    }

    fn signer(&self, from: KeyId) -> impl Fn(Seq, Sha256Digest, u64, WallMs) -> Signature + '_ {
        let keys = self.keyring();
        move |seq, hash, place, at| {
            let delivered = Delivered { box_id: from, seq, hash };
            let key = keys.key();
            key.sign(&receipt::text(&key.public(), &delivered, place, at))
        }
    }
}

/// Reads a record; a code says why it is refused.
fn incoming(record: &Record) -> Result<Incoming, &'static str> {
    let kind = RecordKind::parse(&record.kind).filter(|kind| *kind != RecordKind::Image);
    let kind = kind.ok_or("unknown_kind")?;
    let study = StudyId::parse(&record.study).ok_or("unreadable")?;
    let hash = Sha256Digest::parse(&record.hash).ok_or("unreadable")?;
    if record.seq < 1 {
        return Err("unreadable");
    }
    if text_hash(&record.body) != hash {
        return Err("wrong_hash");
    }
    let told = Told::parse(&record.body).ok_or("unreadable")?;
    if !told.is_transaction() {
        return Err("no_bundle");
    }
    Ok(Incoming { seq: Seq(record.seq), kind, study, hash, body: record.body.clone(), told })
}

fn text_hash(text: &str) -> Sha256Digest {
    Sha256Digest::of(text)
}

/// A new code that is easily read aloud, in two groups.
fn spoken_code() -> Result<String, KeyError> {
    let bytes: [u8; CODE_CHARS] = secrets::random()?;
    let code: String =
        bytes.iter().map(|byte| char::from(CODE_ALPHABET[usize::from(byte % 32)])).collect();
    let (first, last) = code.split_at(CODE_CHARS / 2);
    Ok(format!("{first}-{last}"))
}

/// A code as it was made; dashes, blanks and case do not matter.
fn plain_code(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_uppercase()
}

/// The hash under which a code is kept.
fn code_hash(code: &str) -> Sha256Digest {
    text_hash(&format!("fieldray enrolment {}", plain_code(code)))
}

/// A text from outside that a page shows: short, and without control characters.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests;
