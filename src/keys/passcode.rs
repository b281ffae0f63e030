//! Passcodes of people, as they are kept: argon2id with the crate's defaults (19 MiB, two passes:
//! OWASP's first choice).

use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};

use crate::domain::login::Passcode;

/// The hash under which a passcode is kept, PHC notation; `None` when it could not be made.
#[must_use]
pub fn hash(passcode: &Passcode, salt: &[u8; 16]) -> Option<String> {
    let hashed = Argon2::default().hash_password_with_salt(passcode.expose().as_bytes(), salt);
    let hashed = hashed.map(|hash| hash.to_string());
    hashed.map_err(|error| tracing::error!(%error, "a passcode could not be hashed")).ok()
}

/// Whether that is the passcode.
#[must_use]
pub fn verify(passcode: &Passcode, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| {
        Argon2::default().verify_password(passcode.expose().as_bytes(), &kept).is_ok()
    })
}
