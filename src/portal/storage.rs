//! What a portal asks of its storage. Every call is complete on the disk when it returns, or has
//! changed nothing.

use std::fmt;
use std::path::PathBuf;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::stamp::WallMs;
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::receipt::{Delivered, Receipt};
use crate::portal::announced::AnnouncementStorage;
use crate::portal::dhis2::ExportStorage;
use crate::portal::keys::KeyStorage;
use crate::portal::orders::OrderStorage;
use crate::portal::programme::ProgrammeStorage;
use crate::portal::readers::ReaderStorage;
use crate::portal::reading::FilmStorage;
use crate::portal::rollout::RolloutStorage;
use crate::portal::sources::SourceStorage;
use crate::portal::support::SupportStorage;
use crate::wire::fhir::read::Told;
use crate::wire::messages::{BoxHealth, Hello, SignedReceipt};

/// Contents of one number that are kept. A box that was restored from an old copy makes a second one, and a
/// further one each time; a page of what is held has room for all of them.
pub(super) const CONTENTS_MAX: usize = 16;

/// Signs for a record: number, hash, place, time.
pub type Signer<'a> = dyn Fn(Seq, Sha256Digest, u64, WallMs) -> Signature + 'a;

/// A record that has been read.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The box's number for it.
    pub seq: Seq,
    /// What it tells.
    pub kind: RecordKind,
    /// Of which study.
    pub study: StudyId,
    /// SHA-256 of the body.
    pub hash: Sha256Digest,
    /// The bundle.
    pub body: String,
    /// The same, read.
    pub told: Told,
}

/// A record that is held, now or since an earlier delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which one.
    pub delivered: Delivered,
    /// The portal's number for it.
    pub place: u64,
    /// When it came in first.
    pub at: WallMs,
    /// The signature of its receipt, made once.
    pub signature: Signature,
}

impl Taken {
    /// The receipt as it is sent.
    #[must_use]
    pub fn receipt(&self) -> SignedReceipt {
        let Self { delivered, place, at, signature } = *self;
        SignedReceipt::of(&Receipt { delivered, place, at, signature })
    }
}

/// What came of a hello in a file.
#[derive(Clone, Copy, Debug)]
pub struct CarriedHello {
    /// It is not older than what is known.
    pub fresh: bool,
    /// How many records of the box are held, and the digest over them.
    pub held: (u64, Sha256Digest),
}

/// Whether a box may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxState {
    /// It may, with this key.
    Enrolled(PublicKey),
    /// It was shut out; its key proves that it is the one that is still to be wiped.
    Revoked(PublicKey),
    /// Nobody knows it.
    Unknown,
}

/// A box as the fleet page shows it.
#[derive(Clone, Debug)]
pub struct FleetRow {
    /// Its name.
    pub id: KeyId,
    /// What its site is called; may be empty.
    pub name: String,
    /// Version of its program; empty: it never spoke.
    pub version: String,
    /// When it last spoke.
    pub seen: Option<WallMs>,
    /// It was shut out.
    pub revoked: bool,
    /// What waits on it, lane by lane, as it said last.
    pub waiting: [u64; 4],
    /// Records that were refused, as it said last.
    pub parked: u64,
    /// Free space on it, MiB, as it said last.
    pub disk_free_mib: u64,
    /// More about how it is, as it said last; `None`: an older program, or nothing heard.
    pub health: Option<BoxHealth>,
    /// Records held of it.
    pub held: u64,
    /// One of its numbers came with two contents; both are kept.
    pub conflict: bool,
}

/// Why the storage did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database failed.
    #[error("the portal's database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The object store failed.
    #[error("the portal's object store failed")]
    Objects(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The object store is away or has too much to do: whoever sends comes again.
    #[error("an image has to wait for the object store")]
    Busy,
    /// A file operation failed.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A stored value makes no sense.
    #[error("stored {what} cannot be read")]
    Corrupt {
        /// Which value.
        what: &'static str,
    },
    /// The database was written by a newer program, or by another one.
    #[error("the portal's database has version {found}, this program knows {known}")]
    UnknownVersion {
        /// Version found.
        found: i64,
        /// Version known.
        known: i64,
    },
    /// How the database or the objects are reached makes no sense.
    #[error("the settings of the portal's storage make no sense: {what}")]
    Settings {
        /// What is wrong.
        what: &'static str,
    },
    /// What was sent does not fit together.
    #[error("bytes beyond the end of an image")]
    BeyondEnd,
    /// A number came with so many contents that no further one is taken.
    #[error("one number came with too many contents")]
    TooManyContents,
}

/// The storage of a portal.
pub trait Storage:
    OrderStorage
    + FilmStorage
    + ReaderStorage
    + KeyStorage
    + SourceStorage
    + ExportStorage
    + ProgrammeStorage
    + AnnouncementStorage
    + RolloutStorage
    + SupportStorage
    + Send
    + Sync
    + fmt::Debug
{
    /// Keeps the hash of an enrolment code.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn new_code(&self, hash: Sha256Digest, at: WallMs) -> Result<(), StorageError>;

    /// Whether a box with that key can enrol by that code.
    ///
    /// # Errors
    /// [`StorageError`].
    fn knows_code(
        &self,
        code: Sha256Digest,
        key: &PublicKey,
        at: WallMs,
    ) -> Result<bool, StorageError>;

    /// Enrols a box, by its name and its key, by a code that nobody else has used and that is not too old; `false`: refused.
    ///
    /// # Errors
    /// [`StorageError`].
    fn enrol(
        &self,
        code: Sha256Digest,
        key: (KeyId, &PublicKey),
        name: &str,
        at: WallMs,
    ) -> Result<bool, StorageError>;

    /// Whether a box may speak.
    ///
    /// # Errors
    /// [`StorageError`].
    fn box_state(&self, id: KeyId) -> Result<BoxState, StorageError>;

    /// Shuts a box out; `false`: there is no such box.
    ///
    /// # Errors
    /// [`StorageError`].
    fn revoke(&self, id: KeyId, at: WallMs) -> Result<bool, StorageError>;

    /// Keeps how a box is. Gives how many of its records are held, and the digest over them.
    ///
    /// # Errors
    /// [`StorageError`].
    fn hello(
        &self,
        id: KeyId,
        hello: &Hello,
        at: WallMs,
    ) -> Result<(u64, Sha256Digest), StorageError>;

    /// The same of a file that was carried, which may be older than what is known: nothing is kept of a hello
    /// from before, and none counts as the box having spoken.
    ///
    /// # Errors
    /// [`StorageError`].
    fn carried_hello(&self, id: KeyId, hello: &Hello) -> Result<CarriedHello, StorageError>;

    /// Takes in records, all together; a repetition gives what was given first. `None`: the number of this
    /// one came with too many other contents before, and no further one is kept.
    ///
    /// # Errors
    /// [`StorageError`]; nothing is stored then.
    fn take(
        &self,
        from: KeyId,
        records: &[Incoming],
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Vec<Option<Taken>>, StorageError>;

    /// Appends a piece to an image if it begins where the image ends; gives where it ends now. At its full
    /// size its hash has been compared, and it is kept as a whole; an image that fails that begins anew.
    ///
    /// # Errors
    /// [`StorageError`].
    fn append_image(
        &self,
        from: KeyId,
        image: (Sha256Digest, u64),
        piece: (u64, &[u8]),
        at: WallMs,
    ) -> Result<u64, StorageError>;

    /// Takes in an image that is complete.
    ///
    /// # Errors
    /// [`StorageError`]; [`StorageError::TooManyContents`] where [`Storage::take`] gives `None`.
    fn take_image(
        &self,
        from: KeyId,
        image: (Seq, Sha256Digest, u64),
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Taken, StorageError>;

    /// Numbers and hashes of the records held of a box, after that number, a page of them. A number is
    /// never split between pages.
    ///
    /// # Errors
    /// [`StorageError`].
    fn held(&self, id: KeyId, after: Seq)
    -> Result<(Vec<(Seq, Sha256Digest)>, bool), StorageError>;

    /// All boxes.
    ///
    /// # Errors
    /// [`StorageError`].
    fn fleet(&self) -> Result<Vec<FleetRow>, StorageError>;

    /// One box; `None`: nobody knows it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn fleet_row(&self, id: KeyId) -> Result<Option<FleetRow>, StorageError>;

    /// The hash of the key of the pages.
    ///
    /// # Errors
    /// [`StorageError`].
    fn pages_key(&self) -> Result<Option<Sha256Digest>, StorageError>;

    /// Replaces it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn set_pages_key(&self, hash: Sha256Digest) -> Result<(), StorageError>;

    /// The public keys of the portal that this is the storage of; `None`: it is new.
    ///
    /// # Errors
    /// [`StorageError`].
    fn keys(&self) -> Result<Option<String>, StorageError>;

    /// Keeps them where there are none; gives those that are there.
    ///
    /// # Errors
    /// [`StorageError`].
    fn set_keys(&self, keys: &str) -> Result<String, StorageError>;

    /// Whether images can be reached.
    ///
    /// # Errors
    /// [`StorageError`]: the database cannot.
    fn check(&self) -> Result<bool, StorageError>;

    /// Forgets images that began to come in and to which nothing was added since that time.
    ///
    /// # Errors
    /// [`StorageError`].
    fn sweep(&self, before: WallMs) -> Result<(), StorageError>;
}
