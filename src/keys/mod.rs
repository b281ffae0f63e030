//! ed25519 keys of boxes and portals: made once, kept in a file for the program's user alone.
//!
//! The only module that names ring, age and hpke, and rustls for raw keys. A private key never leaves it: it signs here.
//! What people prove themselves by is kept by [`passcode`].

pub mod passcode;
pub mod rotation;
pub mod sealed;
pub mod sms;
pub mod tls;

use std::fmt;
use std::path::{Path, PathBuf};

use ring::rand::SecureRandom as _;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use crate::domain::sync::identity::{PublicKey, Signature};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file holds no key. It is not replaced: a new key would be a new box.
    #[error("{} holds no key", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Random,
}

/// A key that signs.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    seed: [u8; 32],
    public: PublicKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

impl SigningKey {
    /// Reads the key in a file; makes one where there is no file.
    ///
    /// # Errors
    /// [`KeyError`]; a damaged file is never overwritten.
    pub fn open_or_make(path: &Path) -> Result<Self, KeyError> {
        // A seed has the shape of a public key.
        let parse = |text: &str| Self::of_seed(*PublicKey::parse(text)?.as_bytes());
        let make = || Self::of_seed(random()?).ok_or(KeyError::Random);
        sealed::durable_key(path, parse, make, |key| PublicKey::from_bytes(key.seed).to_string())
    }

    /// The key that follows from 32 random bytes.
    #[must_use]
    pub fn of_seed(seed: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        let public = PublicKey::from_bytes(pair.public_key().as_ref().try_into().ok()?);
        Some(Self { pair, seed, public })
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs a text.
    #[must_use]
    pub fn sign(&self, text: &str) -> Signature {
        let signature = self.pair.sign(text.as_bytes());
        let mut bytes = [0; 64];
        bytes.copy_from_slice(signature.as_ref());
        Signature(bytes)
    }
}

/// Whether that key signed that text.
#[must_use]
pub fn signed_by(key: &PublicKey, text: &str, signature: &Signature) -> bool {
    UnparsedPublicKey::new(&ED25519, key.as_bytes()).verify(text.as_bytes(), &signature.0).is_ok()
}

/// `N` random bytes.
///
/// # Errors
/// When the operating system has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    ring::rand::SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stays_the_same_and_its_file_is_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/box.key");
        let made = SigningKey::open_or_make(&path).unwrap();
        let opened = SigningKey::open_or_make(&path).unwrap();
        assert_eq!(made.public(), opened.public());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let signature = made.sign("text");
        assert!(signed_by(&opened.public(), "text", &signature));
        assert!(!signed_by(&opened.public(), "other", &signature));
    }

    #[test]
    fn a_damaged_file_is_not_replaced_by_another_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("box.key");
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(SigningKey::open_or_make(&path), Err(KeyError::Damaged { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "not a key");
    }
}
