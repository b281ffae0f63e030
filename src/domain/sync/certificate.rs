//! A certificate that a portal brings to one box, for its pages over HTTPS.

/// A certificate chain and its key, which only the box can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateOffer {
    /// The chain, PEM, the box's own certificate first.
    pub chain: String,
    /// The key, PEM, encrypted to the box.
    pub sealed_key: Vec<u8>,
}

impl CertificateOffer {
    /// Longest chain, bytes: five certificates of the largest kind in use.
    pub const CHAIN_BYTES_MAX: usize = 32 * 1024;
    /// Longest sealed key, bytes: an RSA key of 8192 bits, and what encryption adds.
    pub const KEY_BYTES_MAX: usize = 12 * 1024;

    /// Whether it can be one at all. What is in it only the box can judge.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        (1..=Self::CHAIN_BYTES_MAX).contains(&self.chain.len())
            && self.chain.is_ascii()
            && (1..=Self::KEY_BYTES_MAX).contains(&self.sealed_key.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_both_parts_and_a_size_makes_sense() {
        let check = |chain: usize, key: usize, expected: bool| {
            let offer = CertificateOffer { chain: "a".repeat(chain), sealed_key: vec![0; key] };
            assert_eq!(offer.makes_sense(), expected, "{chain} {key}");
        };
        check(1, 1, true);
        check(0, 1, false);
        check(1, 0, false);
        check(CertificateOffer::CHAIN_BYTES_MAX, CertificateOffer::KEY_BYTES_MAX, true);
        check(CertificateOffer::CHAIN_BYTES_MAX + 1, 1, false);
        check(1, CertificateOffer::KEY_BYTES_MAX + 1, false);
        let accents = CertificateOffer { chain: "é".to_owned(), sealed_key: vec![0] };
        assert!(!accents.makes_sense());
    }
}
