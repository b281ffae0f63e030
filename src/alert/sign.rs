//! HMAC-SHA256 (RFC 2104) over what a phone's app sends us. Twenty lines here instead of one more crate.

use sha2::{Digest as _, Sha256};

use crate::domain::hex;

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// The code over the parts of a message, one after the other.
pub(super) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let mut inner = Sha256::new_with_prefix(block.map(|byte| byte ^ 0x36));
    for part in parts {
        inner.update(part);
    }
    let mut outer = Sha256::new_with_prefix(block.map(|byte| byte ^ 0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}

/// Whether a code in hexadecimal is the right one; takes equally long wherever they differ.
pub(super) fn is_code(right: &[u8; 32], text: &str) -> bool {
    let Some(given) = hex::parse::<32>(text) else { return false };
    let difference = given.iter().zip(right).fold(0, |sum, (a, b)| sum | (a ^ b));
    std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &[u8], parts: &[&[u8]], hex: &str) {
        let code = hmac_sha256(key, parts);
        assert!(is_code(&code, hex), "{code:02x?}");
        assert!(is_code(&code, &hex.to_uppercase()));
        let other = format!("{}0", &hex[..63]);
        assert!(hex == other || !is_code(&code, &other));
    }

    /// RFC 4231, test cases 1, 2 and 6.
    #[test]
    fn codes_are_those_of_the_standard() {
        check(
            &[0x0b; 20],
            &[b"Hi There"],
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        );
        check(
            b"Jefe",
            &[b"what do ya want ", b"for nothing?"],
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        );
        check(
            &[0xaa; 131],
            &[b"Test Using Larger Than Block-Size Key - Hash Key First"],
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        );
    }

    #[test]
    fn what_is_no_code_is_none() {
        let code = hmac_sha256(b"k", &[b"x"]);
        for text in ["", "00", &"z".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
            assert!(!is_code(&code, text), "{text}");
        }
    }
}
