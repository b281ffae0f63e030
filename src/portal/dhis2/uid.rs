//! Names as DHIS2 has them: a letter and ten letters or digits.

use sha2::{Digest as _, Sha256};

/// Characters of a UID.
const CHARS: usize = 11;
const LETTERS: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALL: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The UID that follows from a text: the same one at every export, so that a second import updates.
#[must_use]
pub fn uid(of: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(format!("fieldray dhis2 {of}")).into();
    let mut number = u128::from_be_bytes(*hash.first_chunk().unwrap_or(&[0; 16]));
    let mut text = String::with_capacity(CHARS);
    let mut pick = |from: &[u8]| {
        let count = u128::try_from(from.len()).unwrap_or(1);
        let at = usize::try_from(number % count).unwrap_or_default();
        number /= count;
        char::from(from.get(at).copied().unwrap_or(b'A'))
    };
    text.push(pick(LETTERS));
    for _ in 1..CHARS {
        text.push(pick(ALL));
    }
    text
}

/// Whether a text is a UID.
#[must_use]
pub fn is_uid(text: &str) -> bool {
    text.len() == CHARS
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_has_one_uid(text: String, other: String) {
            let made = uid(&text);
            prop_assert!(is_uid(&made), "{}", made);
            prop_assert_eq!(&made, &uid(&text));
            prop_assert_eq!(text == other, made == uid(&other));
        }
    }

    #[test]
    fn texts_that_differ_little_have_uids_that_differ() {
        let made: HashSet<String> = (0..20_000).map(|n| uid(&format!("event {n}"))).collect();
        assert_eq!(made.len(), 20_000);
        // What was imported once has this name for ever.
        assert_eq!(uid("event 1"), "UiO4QsC5KVm");
        for wrong in ["", "A123456789", "1A234567890", "A12345678-0", "A1234567890x"] {
            assert!(!is_uid(wrong), "{wrong}");
        }
    }
}
