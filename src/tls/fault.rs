//! What a failed handshake means, from the error of whatever client has met it.

use std::error::Error;

use crate::domain::certificate::CertificateFault;

/// What was wrong with the other side's certificate, if that is why an exchange failed.
#[must_use]
pub fn certificate_fault(error: &(dyn Error + 'static)) -> Option<CertificateFault> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(refusal) = cause.downcast_ref::<rustls::Error>() {
            return Some(of(refusal));
        }
        // An I/O error that wraps another one does not name it as its source.
        let io = cause.downcast_ref::<std::io::Error>();
        source = match io.and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    None
}

fn of(refusal: &rustls::Error) -> CertificateFault {
    use rustls::CertificateError as Bad;
    match refusal {
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::Expired
            | Bad::ExpiredContext { .. }
            | Bad::NotValidYet
            | Bad::NotValidYetContext { .. } => CertificateFault::Date,
            // Somebody else under the name of one who is known.
            Bad::UnknownIssuer | Bad::BadSignature => CertificateFault::Unknown,
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => CertificateFault::Name,
            _ => CertificateFault::Other,
        },
        _ => CertificateFault::Other,
    }
}
