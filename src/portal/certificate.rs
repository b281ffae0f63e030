//! Certificates that the portal brings to its boxes, for their pages over HTTPS.

use std::io;

use crate::domain::people::PersonName;
use crate::domain::sync::certificate::CertificateOffer;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::Asked;
use crate::keys::sealed::Recipient;
use crate::portal::{Portal, StorageError};
use crate::wire::encoding::base64;

/// Characters in a line of PEM (RFC 7468, section 2).
const LINE_CHARS: usize = 64;

/// Why a certificate is not sent.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// The box has never said to whom things for it alone are sealed.
    #[error(
        "the box has not said yet to whom its key is to be sealed: its program is older, or it has not been \
         in contact since"
    )]
    NoSealKey,
    /// Chain or key are longer than any that are in use.
    #[error("the chain or the key is too long")]
    TooLong,
    /// Sealing failed.
    #[error("the key cannot be sealed")]
    Seal(#[from] io::Error),
    /// The storage failed.
    #[error("the portal's storage failed")]
    Storage(#[from] StorageError),
}

impl Portal {
    /// Brings a certificate chain (DER, the box's own certificate first) and its key (PEM) to a box; gives the
    /// number of the order. The portal keeps the key only as the box alone can read it. Whether the two belong
    /// together is not looked at here: the box does, and says so.
    ///
    /// # Errors
    /// [`BringError`]; nothing is sent then.
    pub fn bring_certificate(
        &self,
        to: KeyId,
        by: PersonName,
        (chain, key): (&[&[u8]], &[u8]),
    ) -> Result<u64, BringError> {
        let fleet = self.storage().fleet()?;
        let health = fleet.into_iter().find(|row| row.id == to).and_then(|row| row.health);
        let recipient = health.and_then(|health| Recipient::parse(&health.seal_key));
        let sealed_key = recipient.ok_or(BringError::NoSealKey)?.seal(key)?;
        let chain = chain.iter().map(|one| pem(one)).collect();
        let offer = CertificateOffer { chain, sealed_key };
        if !offer.makes_sense() {
            return Err(BringError::TooLong);
        }
        Ok(self.order(to, &Asked::Certificate(by, Some(offer)))?)
    }
}

/// A certificate as PEM. Written anew from what was read: a file may hold the key beside it, in the clear.
fn pem(der: &[u8]) -> String {
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for (place, character) in base64(der).chars().enumerate() {
        if place > 0 && place % LINE_CHARS == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text + "\n-----END CERTIFICATE-----\n"
}
