//! HTTPS as an extra: a certificate authority of this box alone, made on it, and the certificate that
//! it gives to itself; beside that certificates from elsewhere, each for the names in it. Pages need none
//! of it; only a phone's live camera view does.
//!
//! The authority may vouch for nothing but names under `.local` and `.lan` and private addresses, so
//! a phone that trusts it does not thereby trust a stolen box about anything else.

mod authority;
mod brought;
mod fault;
mod served;
mod trust;

pub use authority::{Authority, AuthorityError, may_vouch_for};
pub use brought::{Brought, BroughtError, can_be_asked_for};
pub use fault::certificate_fault;
pub use served::Served;
pub use trust::client;

use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

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
