//! Others than boxes that send to the portal: programmes, imaging systems, FHIR clients. Each has a token of
//! its own; what it sends is kept under its name, never mixed with what boxes have sealed.

use std::ops::ControlFlow;

use crate::domain::digest::Sha256Digest;
use crate::domain::people::Phi;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::keys;
use crate::portal::{OpenError, Portal, StorageError, clean, text_hash};
use crate::wire::dicom::read::ObjectIds;

/// Objects whose descriptions are in memory at the same time.
const PAGE_OBJECTS: usize = 16;

/// Somebody who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// It may read what all sources have sent, not its own alone.
    pub reads_all: bool,
}

/// A source as the fleet page shows it.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// Its name.
    pub name: String,
    /// It may read what all sources have sent.
    pub reads_all: bool,
    /// It may not speak any more.
    pub closed: bool,
    /// When it last sent something; `None`: never.
    pub seen: Option<WallMs>,
    /// DICOM objects of it.
    pub objects: u64,
    /// Of these, objects whose UID came with two contents.
    pub conflicts: u64,
    /// FHIR bundles of it.
    pub bundles: u64,
}

/// A DICOM object that has come in as a file.
#[derive(Clone, Debug)]
pub struct NewObject<'a> {
    /// Who sent it.
    pub source: &'a str,
    /// Its names.
    pub ids: &'a ObjectIds,
    /// Transfer Syntax UID.
    pub syntax: &'a str,
    /// SHA-256 of the file.
    pub hash: Sha256Digest,
    /// Bytes of the file.
    pub size: u64,
    /// Whether it has pixels.
    pub pixels: bool,
    /// Its elements, DICOM JSON.
    pub header: &'a str,
    /// Patient ID, for queries.
    pub patient: &'a str,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, now or since an earlier delivery.
    Held,
    /// It is kept beside another one of the same UID.
    Conflict,
}

/// A DICOM object that is held.
#[derive(Clone, Debug)]
pub struct HeldObject {
    /// Who sent it.
    pub source: String,
    /// Its names.
    pub ids: ObjectIds,
    /// Transfer Syntax UID.
    pub syntax: String,
    /// SHA-256 of the file.
    pub hash: Sha256Digest,
    /// Bytes of the file.
    pub size: u64,
    /// Whether it has pixels.
    pub pixels: bool,
    /// Its UID came with two contents.
    pub conflict: bool,
    /// Its elements, DICOM JSON.
    pub header: Phi<String>,
    /// When it came first.
    pub received: WallMs,
}

/// Which object: its source, its SOP Instance UID, the SHA-256 of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectKey {
    /// The source's name.
    pub source: String,
    /// SOP Instance UID.
    pub uid: String,
    /// SHA-256 of the file.
    pub hash: Sha256Digest,
}

/// Which objects are asked for; what is `None` may be anything.
#[derive(Clone, Debug, Default)]
pub struct ObjectQuery {
    /// Of this source.
    pub source: Option<String>,
    /// Of this study.
    pub study: Option<String>,
    /// Of this series.
    pub series: Option<String>,
    /// This one.
    pub uid: Option<String>,
    /// Of the patient with this Patient ID.
    pub patient: Option<String>,
}

/// A FHIR bundle that has come in, read.
#[derive(Clone, Debug)]
pub struct NewBundle<'a> {
    /// Who sent it.
    pub source: &'a str,
    /// SHA-256 of what was sent.
    pub hash: Sha256Digest,
    /// What was sent.
    pub body: &'a str,
    /// What it asks for.
    pub entries: &'a [crate::portal::fhir::Entry],
}

/// A FHIR resource that is held.
#[derive(Clone, Debug)]
pub struct HeldResource {
    /// Its name at this portal.
    pub id: String,
    /// How often it was written.
    pub version: u64,
    /// The resource, JSON.
    pub body: Phi<String>,
    /// When it was written last.
    pub updated: WallMs,
}

/// What a resource is asked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceQuery {
    /// The portal's own name for it.
    Id(String),
    /// An identifier or a tag: system and value.
    Named(String, String),
}

/// What others than boxes send, in a portal's storage.
pub trait SourceStorage {
    /// Keeps a source with the hash of its token, or gives one that is there another token.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn set_source(
        &self,
        source: &Source,
        token: Sha256Digest,
        at: WallMs,
    ) -> Result<(), StorageError>;

    /// Lets a source speak no more; `false`: there is none of that name.
    ///
    /// # Errors
    /// [`StorageError`].
    fn close_source(&self, name: &str, at: WallMs) -> Result<bool, StorageError>;

    /// Who has that token, and may speak.
    ///
    /// # Errors
    /// [`StorageError`].
    fn source(&self, token: Sha256Digest) -> Result<Option<Source>, StorageError>;

    /// All sources.
    ///
    /// # Errors
    /// [`StorageError`].
    fn sources(&self) -> Result<Vec<SourceRow>, StorageError>;

    /// A folder for files that come in; what is left in it after a cut belongs to nobody.
    fn incoming(&self) -> std::path::PathBuf;

    /// Keeps a DICOM object whose file is complete at `part`; the file is gone from there afterwards.
    ///
    /// # Errors
    /// [`StorageError`]; nothing is kept then.
    fn keep_object(
        &self,
        object: &NewObject<'_>,
        part: &std::path::Path,
        at: WallMs,
    ) -> Result<Kept, StorageError>;

    /// Objects that are held, study by study, newest study last; at most `most`.
    ///
    /// # Errors
    /// [`StorageError`].
    fn object_keys(&self, which: &ObjectQuery, most: u32) -> Result<Vec<ObjectKey>, StorageError>;

    /// Those objects, in the same order, without any that are gone.
    ///
    /// # Errors
    /// [`StorageError`].
    fn objects(&self, keys: &[ObjectKey]) -> Result<Vec<HeldObject>, StorageError>;

    /// Studies with pixels, the newest first, each by its first object; at most `most`.
    ///
    /// # Errors
    /// [`StorageError`].
    fn object_studies(&self, most: u32) -> Result<Vec<HeldObject>, StorageError>;

    /// The file of an object.
    ///
    /// # Errors
    /// [`StorageError`].
    fn object_file(&self, hash: Sha256Digest) -> Result<Vec<u8>, StorageError>;

    /// Does what a bundle asks for, all of it or nothing. One that came before is answered as then.
    ///
    /// # Errors
    /// [`StorageError`].
    fn take_bundle(
        &self,
        bundle: &NewBundle<'_>,
        at: WallMs,
    ) -> Result<crate::portal::fhir::Outcome, StorageError>;

    /// Resources of that kind; of one source, or of all. At most `most`.
    ///
    /// # Errors
    /// [`StorageError`].
    fn resources(
        &self,
        kind: &str,
        query: &ResourceQuery,
        source: Option<&str>,
        most: u32,
    ) -> Result<Vec<HeldResource>, StorageError>;
}

impl Portal {
    /// A new token for a source, in place of the one before.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn add_source(&self, name: &str, reads_all: bool) -> Result<String, OpenError> {
        let bytes: [u8; 16] = keys::random()?;
        let token = KeyId::from_bytes(bytes).to_string();
        let source = Source { name: clean(name), reads_all };
        self.storage().set_source(&source, token_hash(&token), self.now().wall)?;
        Ok(token)
    }

    /// Runs over objects that are held, at most `most`, until `each` has enough. A few are in memory at a time:
    /// a description can have a megabyte and a half.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(crate) fn each_object(
        &self,
        which: &ObjectQuery,
        most: u32,
        mut each: impl FnMut(HeldObject) -> ControlFlow<()>,
    ) -> Result<(), StorageError> {
        for keys in self.storage().object_keys(which, most)?.chunks(PAGE_OBJECTS) {
            if self.storage().objects(keys)?.into_iter().try_for_each(&mut each).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Who has that token.
    pub(crate) fn source(&self, token: &str) -> Result<Option<Source>, StorageError> {
        self.storage().source(token_hash(token.trim()))
    }
}

/// The hash under which a token is kept: 128 random bits need no slow one.
fn token_hash(token: &str) -> Sha256Digest {
    text_hash(&format!("fieldray source {token}"))
}
