//! Who speaks: a box and a portal are known by their ed25519 public keys.

use std::fmt;

use crate::domain::digest::Sha256Digest;
use crate::domain::hex::{self, Hex};

/// An ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Wraps the 32 bytes of a key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::parse(text.trim()).map(Self)
    }

    /// The name that follows from the key.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256Digest::of(self.0).as_bytes()[..16]);
        KeyId(id)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0).fmt(f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The first 16 bytes of the SHA-256 of a public key: the name of a box or of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; 16]);

impl KeyId {
    /// Wraps 16 bytes read back from a row.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 32 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::parse(text).map(Self)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0).fmt(f)
    }
}

/// An ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl Signature {
    /// Reads 128 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::parse(text).map(Self)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0).fmt(f)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}

/// What a box signs to show that a request is its own and meant for this portal.
///
/// `target` is path and query as sent, `body` the SHA-256 of the body as sent.
#[must_use]
pub fn request_text(portal: &PublicKey, method: &str, target: &str, body: &[u8]) -> String {
    let hash = Sha256Digest::of(body);
    format!("fieldray request 1\nportal {portal}\n{method} {target}\nbody {hash}\n")
}

/// What the writer of a carried file signs: it is from that box, or for it, and holds nothing else.
///
/// `hash` is the SHA-256 of everything in the file before the signature.
#[must_use]
pub fn carried_text(portal: &PublicKey, way: CarriedWay, hash: Sha256Digest) -> String {
    let way = match way {
        CarriedWay::From(id) => format!("from {id}"),
        CarriedWay::To(id) => format!("to {id}"),
    };
    format!("fieldray carried 1\nportal {portal}\n{way}\nhash {hash}\n")
}

/// Which way a carried file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedWay {
    /// From that box to its portal.
    From(KeyId),
    /// From the portal to that box.
    To(KeyId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ids_and_signatures_read_back() {
        let key = PublicKey::from_bytes([7; 32]);
        assert_eq!(PublicKey::parse(&key.to_string()), Some(key));
        assert_eq!(KeyId::parse(&key.key_id().to_string()), Some(key.key_id()));
        let signature = Signature([9; 64]);
        assert_eq!(Signature::parse(&signature.to_string()), Some(signature));
        assert_eq!(PublicKey::parse("07"), None);
        assert_eq!(PublicKey::parse(&"zz".repeat(32)), None);
    }

    #[test]
    fn a_request_for_one_portal_says_nothing_to_another() {
        let text = |key| request_text(&PublicKey::from_bytes([key; 32]), "POST", "/x?y=1", b"z");
        assert_ne!(text(1), text(2));
    }
}
