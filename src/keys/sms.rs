//! Sealing for what a box says by text message: HPKE (RFC 9180) in its auth mode, DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20Poly1305.
//!
//! Only the portal opens it, and only the box that holds the named key can have made it: the key that the
//! portal knows from a request that the box had signed. That costs 48 bytes, where a signature would cost 64
//! more. Whoever steals the portal's own key could make messages of any box to that portal; they would
//! read everything as well.

use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{CryptoRng, Error, RngCore};
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use sha2::{Digest as _, Sha256};

use crate::domain::hex::{self, Hex};
use crate::keys::{KeyError, SigningKey, random};

/// Bytes that sealing adds: the encapsulated key and the tag.
pub const SEALED_EXTRA: usize = 32 + 16;
/// Bytes by which a portal shows that it has opened a message.
pub const ANSWER_BYTES: usize = 6;

/// What the key schedule is bound to.
const INFO: &[u8] = b"fieldray sms digest 1";
/// What a key for text messages is derived under.
const SEED: &[u8] = b"fieldray sms key 1";
/// What the answer is derived under.
const ANSWER: &[u8] = b"fieldray sms heard 1";
const ENCAPPED: usize = 32;

type Kem = X25519HkdfSha256;
type Private = <Kem as hpke::Kem>::PrivateKey;
type Public = <Kem as hpke::Kem>::PublicKey;

/// The public half of a key for text messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SmsPublicKey([u8; 32]);

impl SmsPublicKey {
    /// Wraps 32 bytes read back from a row.
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

    /// By which a portal finds the key: the first four bytes of its SHA-256. Two boxes may share one; both
    /// keys are tried then.
    #[must_use]
    pub fn tag(&self) -> [u8; 4] {
        let hash: [u8; 32] = Sha256::digest(self.0).into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    fn read(&self) -> Option<Public> {
        Public::from_bytes(&self.0).ok()
    }
}

impl fmt::Display for SmsPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(&self.0).fmt(f)
    }
}

impl fmt::Debug for SmsPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmsPublicKey({self})")
    }
}

/// A key for text messages: X25519, used for nothing else. It follows from the key that signs, so that there is
/// one secret to keep, and replicas of a portal have the same.
pub struct SmsKey {
    private: Private,
    public: SmsPublicKey,
}

impl fmt::Debug for SmsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmsKey({})", self.public)
    }
}

/// A sealed message, and what its reader will answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Encapsulated key, ciphertext, tag.
    pub bytes: Vec<u8>,
    /// What proves that it was opened.
    pub answer: [u8; ANSWER_BYTES],
}

/// A message that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it says.
    pub plain: Vec<u8>,
    /// What proves to its sender that it was opened.
    pub answer: [u8; ANSWER_BYTES],
}

impl SmsKey {
    /// The key that follows from 32 random bytes, by RFC 9180's DeriveKeyPair.
    #[must_use]
    pub fn of_seed(seed: &[u8; 32]) -> Self {
        let (private, public) = Kem::derive_keypair(seed);
        Self { private, public: SmsPublicKey(public.to_bytes().into()) }
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> SmsPublicKey {
        self.public
    }

    /// Seals a message of this key's owner for one reader. `head` travels in the open and cannot be changed.
    ///
    /// # Errors
    /// [`KeyError::Random`], also for a reader whose key is no key.
    pub fn seal(&self, to: &SmsPublicKey, head: &[u8], plain: &[u8]) -> Result<Sealed, KeyError> {
        self.seal_by(to, head, plain, random()?).ok_or(KeyError::Random)
    }

    /// The same from random bytes that are given; never twice from the same.
    fn seal_by(
        &self,
        to: &SmsPublicKey,
        head: &[u8],
        plain: &[u8],
        drawn: [u8; 32],
    ) -> Option<Sealed> {
        let mode = OpModeS::Auth((self.private.clone(), self.public.read()?));
        let (encapped, mut context) = hpke::setup_sender::<ChaCha20Poly1305, HkdfSha256, Kem, _>(
            &mode,
            &to.read()?,
            INFO,
            &mut Drawn { seed: drawn, count: 0 },
        )
        .ok()?;
        let mut answer = [0; ANSWER_BYTES];
        context.export(ANSWER, &mut answer).ok()?;
        let mut bytes = encapped.to_bytes().to_vec();
        bytes.extend(context.seal(plain, head).ok()?);
        Some(Sealed { bytes, answer })
    }

    /// Opens a message; `None` when it was changed, is for another reader, or was not made by `from`.
    #[must_use]
    pub fn open(&self, from: &SmsPublicKey, head: &[u8], sealed: &[u8]) -> Option<Opened> {
        let (encapped, body) = sealed.split_at_checked(ENCAPPED)?;
        let encapped = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapped).ok()?;
        let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Auth(from.read()?),
            &self.private,
            &encapped,
            INFO,
        )
        .ok()?;
        let plain = context.open(body, head).ok()?;
        let mut answer = [0; ANSWER_BYTES];
        context.export(ANSWER, &mut answer).ok()?;
        Some(Opened { plain, answer })
    }
}

impl SigningKey {
    /// The key for text messages of whoever has this key.
    #[must_use]
    pub fn sms_key(&self) -> SmsKey {
        let hash = Sha256::new().chain_update(SEED).chain_update(self.seed);
        SmsKey::of_seed(&hash.finalize().into())
    }
}

/// Random bytes that were drawn before: the operating system may have none, and this interface cannot
/// say so. More than 32 bytes follow from them by SHA-256; the ephemeral key needs exactly 32.
struct Drawn {
    seed: [u8; 32],
    count: u64,
}

impl RngCore for Drawn {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, to: &mut [u8]) {
        for part in to.chunks_mut(32) {
            let hash = Sha256::new().chain_update(self.seed).chain_update(self.count.to_le_bytes());
            let bytes: [u8; 32] = hash.finalize().into();
            part.copy_from_slice(&bytes[..part.len()]);
            self.count += 1;
        }
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(to);
        Ok(())
    }
}

impl CryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SmsKey {
        SmsKey::of_seed(&[byte; 32])
    }

    #[test]
    fn only_the_reader_opens_it_only_from_its_sender_and_only_as_it_was() {
        let (box_, portal, other) = (key(1), key(2), key(3));
        let sealed = box_.seal(&portal.public(), b"head", b"text").unwrap();
        assert_eq!(sealed.bytes.len(), 4 + SEALED_EXTRA);
        let opened = portal.open(&box_.public(), b"head", &sealed.bytes).unwrap();
        assert_eq!((opened.plain.as_slice(), opened.answer), (&b"text"[..], sealed.answer));
        assert_eq!(other.open(&box_.public(), b"head", &sealed.bytes), None, "another reader");
        assert_eq!(portal.open(&other.public(), b"head", &sealed.bytes), None, "another sender");
        assert_eq!(portal.open(&box_.public(), b"heal", &sealed.bytes), None, "another head");
        for at in 0..sealed.bytes.len() {
            let mut changed = sealed.bytes.clone();
            changed[at] ^= 1;
            assert_eq!(portal.open(&box_.public(), b"head", &changed), None, "byte {at}");
        }
        assert_eq!(portal.open(&box_.public(), b"head", &[]), None);
        let again = box_.seal(&portal.public(), b"head", b"text").unwrap();
        assert_ne!(again.bytes, sealed.bytes);
        assert_ne!(again.answer, sealed.answer, "one digest's answer proves nothing of another's");
    }

    #[test]
    fn a_key_of_zeros_seals_and_opens_nothing() {
        let nobody = SmsPublicKey::from_bytes([0; 32]);
        assert!(key(1).seal(&nobody, b"", b"text").is_err());
        let sealed = key(1).seal(&key(2).public(), b"", b"text").unwrap();
        assert_eq!(key(2).open(&nobody, b"", &sealed.bytes), None);
    }

    #[test]
    fn a_key_follows_from_the_key_that_signs() {
        let signing = |byte| SigningKey::of_seed([byte; 32]).unwrap();
        let public = signing(1).sms_key().public();
        assert_eq!(signing(1).sms_key().public(), public);
        assert_ne!(signing(2).sms_key().public(), public);
        assert_ne!(key(1).public(), public, "the secret itself is not the key");
        assert_eq!(SmsPublicKey::parse(&public.to_string()), Some(public));
    }

    /// The vectors of the format, so that another program can be written against them.
    #[test]
    fn what_is_sealed_is_as_the_vectors_have_it() {
        let vectors = include_str!("../../tests/vectors/sms_digest.txt");
        let value = |name: &str| {
            let line = vectors.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")));
            line.unwrap_or_else(|| panic!("{name}")).to_owned()
        };
        let seed = |name| SmsKey::of_seed(&hex::parse(&value(name)).unwrap());
        let bytes = |name: &str| -> Vec<u8> {
            let text = value(name);
            let pairs = text.as_bytes().as_chunks::<2>().0.iter();
            pairs
                .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
                .collect()
        };
        let (box_, portal) = (seed("box seed"), seed("portal seed"));
        assert_eq!(box_.public().to_string(), value("box key"));
        assert_eq!(portal.public().to_string(), value("portal key"));
        let drawn = hex::parse(&value("drawn")).unwrap();
        let (head, plain) = (bytes("head"), bytes("plain"));
        let sealed = box_.seal_by(&portal.public(), &head, &plain, drawn).unwrap();
        assert_eq!(Hex(&sealed.bytes).to_string(), value("sealed"));
        assert_eq!(Hex(&sealed.answer).to_string(), value("answer"));
        assert_eq!(portal.open(&box_.public(), &head, &bytes("sealed")).unwrap().plain, plain);
    }
}
