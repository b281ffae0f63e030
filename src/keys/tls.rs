//! TLS 1.3 with raw public keys (RFC 7250): the portal shows its key, the box accepts that one alone.
//!
//! No certificate: nothing expires, no clock has to be right, no authority is trusted.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{
    CertificateDer, PrivatePkcs8KeyDer, ServerName, SubjectPublicKeyInfoDer, UnixTime,
};
use rustls::server::AlwaysResolvesServerRawPublicKeys;
use rustls::sign::CertifiedKey;
use rustls::version::TLS13;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme,
};

use super::SigningKey;
use crate::domain::sync::identity::PublicKey;

/// What stands before the 32 bytes of a public key: RFC 8410, section 4.
const SPKI_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before the 32 bytes of a private key: RFC 8410, section 7.
const PKCS8_HEAD: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// Who has answered at the portal's address.
#[derive(Clone, Debug, Default)]
pub struct KeySeen(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    wrong: AtomicBool,
    right: Mutex<Option<PublicKey>>,
}

impl KeySeen {
    /// Whether a portal with another key than the pinned ones has answered, since this was last asked.
    #[must_use]
    pub fn take_wrong(&self) -> bool {
        self.0.wrong.swap(false, Ordering::SeqCst)
    }

    /// The pinned key that was shown last, since this was last asked.
    #[must_use]
    pub fn take_right(&self) -> Option<PublicKey> {
        self.0.right.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A box's side: connects to the portal with one of these keys and to nobody else.
///
/// # Errors
/// When rustls refuses the settings, which a test excludes.
pub fn client(portal: &[PublicKey], seen: KeySeen) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let keys = portal.iter().map(|key| (*key, spki(key))).collect();
    let pinned = Pinned { keys, provider: Arc::clone(&provider), seen };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(pinned))
        .with_no_client_auth())
}

/// A portal's side.
///
/// # Errors
/// When rustls refuses the settings, which a test excludes.
pub fn server(key: &SigningKey) -> Result<ServerConfig, Error> {
    let private = PrivatePkcs8KeyDer::from([&PKCS8_HEAD[..], &key.seed].concat());
    let signing = rustls::crypto::ring::sign::any_eddsa_type(&private)?;
    let shown = CertificateDer::from(spki(&key.public).as_ref().to_vec());
    let certified = Arc::new(CertifiedKey::new(vec![shown], signing));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(certified))))
}

fn spki(key: &PublicKey) -> SubjectPublicKeyInfoDer<'static> {
    SubjectPublicKeyInfoDer::from([&SPKI_HEAD[..], key.as_bytes()].concat())
}

/// Accepts the keys of one portal.
#[derive(Debug)]
struct Pinned {
    keys: Vec<(PublicKey, SubjectPublicKeyInfoDer<'static>)>,
    provider: Arc<CryptoProvider>,
    seen: KeySeen,
}

impl Pinned {
    fn find(&self, shown: &[u8]) -> Option<&(PublicKey, SubjectPublicKeyInfoDer<'static>)> {
        self.keys.iter().find(|(_, spki)| spki.as_ref() == shown)
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _chain: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.find(shown).is_some() {
            return Ok(ServerCertVerified::assertion());
        }
        self.seen.0.wrong.store(true, Ordering::SeqCst);
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _shown: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.2 is never spoken".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let unknown = Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
        let (key, spki) = self.find(shown).ok_or(unknown)?;
        // By the pinned key itself: what the other side shows is not even parsed.
        let algorithms = &self.provider.signature_verification_algorithms;
        let valid = verify_tls13_signature_with_raw_key(message, spki, signature, algorithms)?;
        *self.seen.0.right.lock().unwrap_or_else(PoisonError::into_inner) = Some(*key);
        Ok(valid)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
