//! Signatures of model packs and updates: who vouches for what a manifest says. The only file that names minisign.

use std::io::Cursor;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

/// The key under which this program's own packs are signed.
const PROJECT_KEY: &str = include_str!("../../models/keys/fieldray.pub");

/// Public keys whose packs are believed.
#[derive(Clone, Debug)]
pub struct TrustedKeys(Vec<PublicKey>);

/// Why a signature or key is refused.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// The text is no key.
    #[error("this is no minisign key: {0}")]
    Key(String),
    /// The text is no signature.
    #[error("there is no readable signature")]
    Unreadable,
    /// None of the trusted keys made it, or the text was changed afterwards.
    #[error("no trusted key signed this manifest as it stands")]
    Untrusted,
    /// Signing failed.
    #[error("cannot sign: {0}")]
    Sign(String),
}

impl TrustedKeys {
    /// The project's key alone.
    ///
    /// # Errors
    /// [`SignatureError::Key`] when the built-in key is damaged.
    pub fn project() -> Result<Self, SignatureError> {
        Ok(Self(vec![public_key(PROJECT_KEY)?]))
    }

    /// Trusts one more key, in minisign's form.
    ///
    /// # Errors
    /// [`SignatureError::Key`] when the text is none.
    pub fn trust(&mut self, text: &str) -> Result<(), SignatureError> {
        self.0.push(public_key(text)?);
        Ok(())
    }

    /// Whether a key, in minisign's form, is among the trusted ones.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        public_key(text).is_ok_and(|key| self.0.contains(&key))
    }

    /// Checks that one of the keys signed this text.
    ///
    /// # Errors
    /// [`SignatureError`] when none did.
    pub fn verify(&self, text: &[u8], signature: &str) -> Result<(), SignatureError> {
        let parsed = SignatureBox::from_string(signature);
        let parsed = parsed.map_err(|_why| SignatureError::Unreadable)?;
        let signed = |key: &PublicKey| {
            minisign::verify(key, &parsed, Cursor::new(text), true, false, false).is_ok()
        };
        if self.0.iter().any(signed) { Ok(()) } else { Err(SignatureError::Untrusted) }
    }
}

/// Checks that a key, in minisign's form, signed this text. For texts that are no packs.
///
/// # Errors
/// [`SignatureError`] when it did not, or is none.
pub fn verify_text(text: &[u8], signature: &str, key: &str) -> Result<(), SignatureError> {
    TrustedKeys(vec![public_key(key)?]).verify(text, signature)
}

fn public_key(text: &str) -> Result<PublicKey, SignatureError> {
    let key = PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key);
    key.map_err(|error| SignatureError::Key(error.to_string()))
}

/// A secret key that signs packs.
pub struct SigningKey {
    secret: SecretKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Makes a pair: the text of the secret key, not encrypted, and that of the public key.
    ///
    /// # Errors
    /// [`SignatureError::Sign`] when the system gives no random numbers.
    pub fn generate() -> Result<(String, String), SignatureError> {
        let failed = |error: minisign::PError| SignatureError::Sign(error.to_string());
        let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().map_err(failed)?;
        let secret = sk.to_box(Some("Fieldray model pack key: keep secret")).map_err(failed)?;
        let public = pk.to_box().map_err(failed)?;
        Ok((secret.to_string(), public.to_string()))
    }

    /// Reads a secret key that [`SigningKey::generate`] made.
    ///
    /// # Errors
    /// [`SignatureError::Key`] when the text is none, or is encrypted.
    pub fn read(text: &str) -> Result<Self, SignatureError> {
        let secret = SecretKeyBox::from_string(text)
            .and_then(SecretKeyBox::into_unencrypted_secret_key)
            .map_err(|error| SignatureError::Key(error.to_string()))?;
        Ok(Self { secret })
    }

    /// The public half in minisign's form, and its short name.
    ///
    /// # Errors
    /// [`SignatureError::Sign`] when the key is unusable.
    pub fn public(&self) -> Result<(String, String), SignatureError> {
        let failed = |error: minisign::PError| SignatureError::Sign(error.to_string());
        let key = PublicKey::from_secret_key(&self.secret).map_err(failed)?;
        let name = key.keynum().iter().rev().map(|byte| format!("{byte:02x}")).collect();
        Ok((key.to_box().map_err(failed)?.to_string(), name))
    }

    /// Signs a manifest.
    ///
    /// # Errors
    /// [`SignatureError::Sign`] when the key is unusable.
    pub fn sign(&self, manifest: &[u8]) -> Result<String, SignatureError> {
        self.sign_as(manifest, "manifest.toml", "signature of a Fieldray model pack")
    }

    /// Signs a text that is no manifest; the file's name and the comment are part of what is signed.
    ///
    /// # Errors
    /// [`SignatureError::Sign`] when the key is unusable.
    pub fn sign_as(
        &self,
        text: &[u8],
        file: &str,
        comment: &str,
    ) -> Result<String, SignatureError> {
        minisign::sign(None, &self.secret, Cursor::new(text), Some(file), Some(comment))
            .map(|signature| signature.to_string())
            .map_err(|error| SignatureError::Sign(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_key_over_the_same_text_counts() {
        let (secret, public) = SigningKey::generate().unwrap();
        let signature = SigningKey::read(&secret).unwrap().sign(b"manifest").unwrap();
        let project = TrustedKeys::project().unwrap();
        let mut with_site = project.clone();
        with_site.trust(&public).unwrap();

        assert!(with_site.verify(b"manifest", &signature).is_ok());
        assert!(matches!(
            with_site.verify(b"manifesto", &signature),
            Err(SignatureError::Untrusted)
        ));
        assert!(matches!(project.verify(b"manifest", &signature), Err(SignatureError::Untrusted)));
        assert!(matches!(with_site.verify(b"manifest", ""), Err(SignatureError::Unreadable)));
    }

    #[test]
    fn a_key_that_is_none_is_refused() {
        assert!(TrustedKeys::project().unwrap().trust("RWQ").is_err());
        assert!(SigningKey::read("untrusted comment: x\nAAAA\n").is_err());
    }
}
