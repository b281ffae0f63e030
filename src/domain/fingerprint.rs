//! What a film is recognised by when it comes again: a small signature and a film in small.

use std::fmt;

use crate::domain::lungs::Extent;

/// Version of everything between radiograph and fingerprint: only fingerprints of one version are
/// compared.
pub const FINGERPRINT_VERSION: i64 = 1;

/// Side of a [`Detail`], pixels. With the lungs filling two thirds of a film, ribs and vessels are
/// two to four pixels wide, which survives any photo that the quality gate accepts.
pub const DETAIL_SIDE: usize = 112;

/// Pixels of a [`Detail`].
pub const DETAIL_PIXELS: usize = DETAIL_SIDE * DETAIL_SIDE;

/// Words of one frame's bits.
pub const FRAME_WORDS: usize = 9;

/// Bytes of a stored [`Signature`].
pub const SIGNATURE_BYTES: usize = 2 * 8 * FRAME_WORDS;

/// The bright and the dark places of a film, a bit each, once in the frame around both lungs and once
/// in the frame of the whole film: small enough to look through all films of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Bits in the frame around both lungs.
    pub lungs: [u64; FRAME_WORDS],
    /// Bits in the frame of the whole film.
    pub film: [u64; FRAME_WORDS],
}

impl Signature {
    /// The bytes as stored.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; SIGNATURE_BYTES] {
        let mut bytes = [0; SIGNATURE_BYTES];
        let words = self.lungs.iter().chain(&self.film);
        for (slot, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words) {
            *slot = word.to_le_bytes();
        }
        bytes
    }

    /// Reads [`Signature::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8; SIGNATURE_BYTES]) -> Self {
        let (words, _) = bytes.as_chunks::<8>();
        let word = |at: usize| u64::from_le_bytes(words[at]);
        Self {
            lungs: std::array::from_fn(word),
            film: std::array::from_fn(|at| word(FRAME_WORDS + at)),
        }
    }
}

/// The film in small, its grey scale equalised, with the place of the lungs: for comparing two films
/// place by place.
#[derive(Clone, PartialEq)]
pub struct Detail {
    /// The part of the radiograph around both lungs.
    pub lungs: Extent,
    /// [`DETAIL_PIXELS`] grey levels, row by row; [`Detail::new`] is the only constructor.
    pixels: Vec<u8>,
}

impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Detail({DETAIL_SIDE} x {DETAIL_SIDE})")
    }
}

impl Detail {
    /// `None` unless there are [`DETAIL_PIXELS`] pixels.
    #[must_use]
    pub fn new(lungs: Extent, pixels: Vec<u8>) -> Option<Self> {
        (pixels.len() == DETAIL_PIXELS).then_some(Self { lungs, pixels })
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

/// What a film is recognised by.
#[derive(Clone, Debug, PartialEq)]
pub struct Fingerprint {
    /// For looking through all films.
    pub signature: Signature,
    /// For comparing with a few.
    pub detail: Detail,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_reads_back_what_it_stores() {
        let signature = Signature {
            lungs: std::array::from_fn(|i| u64::MAX / (i as u64 + 1)),
            film: std::array::from_fn(|i| 0x0123_4567_89ab_cdef << i),
        };
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
    }

    #[test]
    fn a_detail_has_all_its_pixels() {
        assert!(Detail::new(Extent::WHOLE, vec![0; DETAIL_PIXELS]).is_some());
        assert_eq!(Detail::new(Extent::WHOLE, vec![0; DETAIL_PIXELS - 1]), None);
    }
}
