//! Base64 (RFC 4648), where a format asks for it, and names that follow from texts.

use base64::Engine as _;
use base64::alphabet::Alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, STANDARD};

use crate::domain::digest::Sha256Digest;

/// Bytes as FHIR carries them.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads [`base64()`]; `None` for anything else.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Base64 for text messages: `-` and `.` in place of `+` and `/`, no padding. All 64 are in GSM's alphabet at
/// the place that ASCII gives them, count once, and are left alone by forms and addresses of HTTP.
fn for_sms() -> Option<GeneralPurpose> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
    // Sixty-four different characters, which is all that could be wrong: a test reads them back.
    Some(GeneralPurpose::new(&Alphabet::new(alphabet).ok()?, NO_PAD))
}

/// Bytes as a text message carries them.
#[must_use]
pub fn sms_text(bytes: &[u8]) -> String {
    for_sms().map(|engine| engine.encode(bytes)).unwrap_or_default()
}

/// Reads [`sms_text`].
#[must_use]
pub fn from_sms_text(text: &str) -> Option<Vec<u8>> {
    for_sms()?.decode(text).ok()
}

/// A UUID (version 8, RFC 9562 section 5.8) that follows from a text.
#[must_use]
pub fn derived_uuid(text: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256Digest::of(text).as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes
}

/// The password of an `Authorization` header of HTTP's basic scheme (RFC 7617).
#[must_use]
pub fn basic_password(header: &str) -> Option<String> {
    let (scheme, value) = header.split_once(' ')?;
    let bytes =
        scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(value.trim()).ok())??;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_as_browsers_send_it() {
        let header = format!("Basic {}", base64(b"anybody:a:b"));
        assert_eq!(basic_password(&header).as_deref(), Some("a:b"));
        for text in ["", "Basic", "Basic ???", "Bearer YTpi", "Basic YWI="] {
            assert_eq!(basic_password(text), None, "{text}");
        }
    }
}
