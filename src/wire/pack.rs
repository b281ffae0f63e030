//! Compression with a bound on what comes out: a small body must not unpack to all of memory.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// Most bytes that a message unpacks to.
pub const UNPACKED_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// Compresses bytes. Bytes in memory cannot fail to be written; if they did, nothing would be lost:
/// what comes out is sent, refused, and sent again.
#[must_use]
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// Expands bytes; `None` when they are damaged or expand to more than [`UNPACKED_BYTES_MAX`].
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut expanded = Vec::new();
    let mut decoder = DeflateDecoder::new(bytes).take(UNPACKED_BYTES_MAX + 1);
    let size = decoder.read_to_end(&mut expanded).ok()?;
    (u64::try_from(size).ok()? <= UNPACKED_BYTES_MAX).then_some(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
            prop_assert_eq!(unpack(&pack(&bytes)), Some(bytes));
        }

        #[test]
        fn damaged_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _anything_but_a_panic = unpack(&bytes);
        }
    }

    #[test]
    fn a_small_body_does_not_fill_the_memory() {
        let bomb = pack(&vec![0; 3 * 1024 * 1024]);
        assert!(bomb.len() < 10_000);
        assert_eq!(unpack(&bomb), None);
    }
}
