//! The identity of bytes.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::domain::hex::{self, Hex};

/// SHA-256 of a file. Two photos with the same digest are the same photo.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256Digest([u8; 32]);

impl Sha256Digest {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Wraps a finished hash.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes of the hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits, upper or lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::parse(text).map(Self)
    }
}

impl fmt::Display for Sha256Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0).fmt(f)
    }
}

impl fmt::Debug for Sha256Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256Digest({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_what_it_prints() {
        let digest =
            Sha256Digest::from_bytes(std::array::from_fn(|i| u8::try_from(i * 7).unwrap_or(3)));
        assert_eq!(Sha256Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Sha256Digest::parse(&digest.to_string()[1..]), None);
        assert_eq!(Sha256Digest::parse(&"+1".repeat(32)), None);
    }
}
