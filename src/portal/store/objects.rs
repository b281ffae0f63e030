//! Where whole images are, each under its SHA-256: files of this machine, or an object store behind the
//! S3 protocol.

pub(super) mod files;
pub(super) mod s3;

use std::fmt;

use crate::domain::digest::Sha256Digest;
use crate::portal::storage::StorageError;

/// Whole images by their content.
pub(super) trait Objects: fmt::Debug + Send + Sync {
    /// Keeps bytes whose hash that is; they are durable when this returns. The same again does no harm.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn put(&self, hash: Sha256Digest, bytes: &[u8]) -> Result<(), StorageError>;

    /// The bytes, compared with their hash.
    ///
    /// # Errors
    /// [`StorageError`]; also when there are none.
    fn get(&self, hash: Sha256Digest) -> Result<Vec<u8>, StorageError>;

    /// How many bytes there are; `None`: it is not there.
    ///
    /// # Errors
    /// [`StorageError`].
    fn size(&self, hash: Sha256Digest) -> Result<Option<u64>, StorageError>;

    /// Whether it can be reached.
    ///
    /// # Errors
    /// [`StorageError`]: it cannot.
    fn check(&self) -> Result<(), StorageError>;
}

/// Bytes that are what they should be.
fn checked(hash: Sha256Digest, bytes: Vec<u8>) -> Result<Vec<u8>, StorageError> {
    if Sha256Digest::of(&bytes) == hash {
        Ok(bytes)
    } else {
        tracing::error!(%hash, "a stored image has another hash");
        Err(StorageError::Corrupt { what: "image" })
    }
}
