//! HTTPS as an extra: a certificate authority of this box alone, made on it, and the certificate that
//! it gives to itself. Pages need none of it; only a phone's live camera view does.
//!
//! The authority may vouch for nothing but names under `.local` and `.lan` and private addresses, so
//! a phone that trusts it does not thereby trust a stolen box about anything else.

mod authority;
mod fault;
mod trust;

pub use authority::{Authority, AuthorityError};
pub use fault::certificate_fault;
pub use trust::client;

use std::sync::{Arc, PoisonError, RwLock};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// The certificate in force; replaced while the program runs.
#[derive(Debug)]
pub struct Certificate(RwLock<Arc<CertifiedKey>>);

impl Certificate {
    /// Reads a certificate chain and its key, both PEM.
    ///
    /// # Errors
    /// [`AuthorityError::Certificate`] when they are none, or do not belong together.
    pub fn parse(chain: &[u8], key: &[u8]) -> Result<Self, AuthorityError> {
        Ok(Self(RwLock::new(certified(chain, key)?)))
    }

    /// Puts another one in its place.
    ///
    /// # Errors
    /// [`AuthorityError::Certificate`]; the old one then stays.
    pub fn replace(&self, chain: &[u8], key: &[u8]) -> Result<(), AuthorityError> {
        let new = certified(chain, key)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// How this box speaks TLS 1.2 and 1.3.
    ///
    /// # Errors
    /// [`AuthorityError::Certificate`] when the cipher suites do not fit, which a test excludes.
    pub fn server(self: &Arc<Self>) -> Result<Arc<rustls::ServerConfig>, AuthorityError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(provider);
        let builder = builder.with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| AuthorityError::Certificate(error.to_string()))?;
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Self>::clone(self);
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn certified(chain: &[u8], key: &[u8]) -> Result<Arc<CertifiedKey>, AuthorityError> {
    let refused = |reason: String| AuthorityError::Certificate(reason);
    let chain = CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|error| refused(error.to_string()))?;
    if chain.is_empty() {
        return Err(refused("there is none in the file".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| refused(error.to_string()))?;
    let provider = rustls::crypto::ring::default_provider();
    let certified = CertifiedKey::from_der(chain, key, &provider);
    certified.map(Arc::new).map_err(|error| refused(error.to_string()))
}
