//! Pages over HTTPS, as the rest of the program sees them: which certificates are shown, and the one that a
//! portal has brought.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::app::{App, Inner};
use crate::domain::certificate::{BroughtBy, BroughtCertificate};
use crate::domain::sync::certificate::CertificateOffer;
use crate::domain::sync::order::{OrderRefusal, Outcome};
use crate::domain::view::Trust;
use crate::keys::KeyError;
use crate::keys::sealed::Identity;
use crate::store::{CertificateFile, Effect};
use crate::tls::{Brought, BroughtError, Served};

/// What pages over HTTPS are served with.
#[derive(Clone, Debug)]
pub struct SecurePages {
    /// The box's own authority; `None` where it cannot be used.
    pub trust: Option<Trust>,
    /// The port, for addresses.
    pub port: u16,
    /// The certificates in force.
    pub served: Arc<Served>,
}

impl App {
    /// The box's own certificate authority, where it serves HTTPS.
    #[must_use]
    pub fn trust(&self) -> Option<&Trust> {
        self.inner.https.as_ref().and_then(|pages| pages.trust.as_ref())
    }

    /// Certificates from elsewhere that the box shows, and addresses of the box by them, where one has a
    /// whole name.
    #[must_use]
    pub fn brought_certificates(&self) -> Vec<(BroughtCertificate, Option<String>)> {
        let Some(pages) = &self.inner.https else { return Vec::new() };
        let with_address = |one: BroughtCertificate| {
            let name = one.names.iter().find(|name| !name.starts_with('*'));
            let address = name.map(|name| https_address(name, pages.port));
            (one, address)
        };
        pages.served.state().into_iter().map(with_address).collect()
    }
}

/// Address of pages over HTTPS.
#[must_use]
pub fn https_address(name: &str, port: u16) -> String {
    match port {
        443 => format!("https://{name}"),
        port => format!("https://{name}:{port}"),
    }
}

/// The certificate in a file that a portal has brought; `None`: there is none.
///
/// # Errors
/// In words for the log: it cannot be read or used.
pub fn brought_by_portal(path: &Path) -> Result<Option<Brought>, String> {
    match std::fs::read(path) {
        Ok(bytes) => Brought::parse(&bytes, &bytes).map(Some).map_err(|error| error.to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

impl Inner {
    /// How certificates from elsewhere are.
    pub(super) fn brought_state(&self) -> Vec<BroughtCertificate> {
        self.https.as_ref().map(|pages| pages.served.state()).unwrap_or_default()
    }

    /// What an order changes that brings a certificate, or takes it away: nothing, unless it can be shown.
    pub(super) fn certificate_effect(
        &self,
        reader: impl FnOnce() -> Result<Identity, KeyError>,
        offer: Option<&CertificateOffer>,
    ) -> Effect {
        let refused = |why| Effect::Nothing(Outcome::Refused(why));
        let Some(offer) = offer else { return Effect::Certificate(None) };
        if self.https.is_none() {
            return refused(OrderRefusal::NoHttps);
        }
        let key = match reader() {
            Ok(reader) => reader.open(&offer.sealed_key),
            // No reason to hold up the orders after this one.
            Err(error) => {
                tracing::error!(%error, "the key cannot be used that opens what is for this box");
                None
            }
        };
        let Some(key) = key else { return refused(OrderRefusal::CertificateSealed) };
        match Brought::parse(offer.chain.as_bytes(), &key) {
            Ok(brought) if brought.has_ended(self.clock.now()) => {
                refused(OrderRefusal::CertificateEnded)
            }
            Ok(_) => Effect::Certificate(Some(CertificateFile::of(&key, &offer.chain))),
            Err(error) => {
                tracing::warn!(%error, "the portal's certificate is not used");
                refused(match error {
                    BroughtError::Chain(_) => OrderRefusal::CertificateDamaged,
                    BroughtError::Key(_) => OrderRefusal::CertificateKey,
                    BroughtError::Names => OrderRefusal::CertificateNames,
                })
            }
        }
    }

    /// Shows the certificate that the portal has brought just now, or shows it no more.
    pub(super) fn follow_certificate(&self) {
        let Some(pages) = &self.https else { return };
        match brought_by_portal(&self.store.portal_certificate()) {
            Ok(brought) => pages.served.set_brought(BroughtBy::Portal, brought),
            Err(reason) => {
                tracing::error!(reason, "the portal's certificate cannot be shown");
                pages.served.set_unusable(BroughtBy::Portal);
            }
        }
    }
}
