//! The same film again: a fingerprint of a radiograph, and how alike two of them are.
//!
//! Two steps, because one alone is either slow or wrong. Chests look alike: the signature, a bit for
//! each bright or dark place, only shortens the list of films ([`search`]). What decides is whether
//! ribs and vessels lie on each other when small blocks of both films are matched ([`align`]): that
//! holds for another photo with other corners, borders and light, and not for another chest.
//!
//! Pure: radiographs and fingerprints in, values out. Asking a person belongs to `app` and `web`.

mod align;
mod patch;
mod search;

pub use search::{FilmQuery, LIKENESS_MIN};

use patch::{Patch, Region};

use crate::domain::fingerprint::{DETAIL_SIDE, Detail, FRAME_WORDS, Fingerprint, Signature};
use crate::domain::lungs::Extent;
use crate::domain::radiograph::Radiograph;

/// Cells across and down a frame: one bit each. With fewer, chests look alike; with more, small
/// errors of the frame flip bits.
const CELLS: usize = 24;

/// Blur of the finest and of the coarsest structure that a bit sees, cells: what is finer differs
/// from photo to photo, what is coarser is light.
const BAND_CELLS: (f32, f32) = (0.6, 4.0);

/// Added around the lungs on every side, share of the frame; left off on every side of the film,
/// where borders, clips and fingers are.
const LUNGS_MARGIN: f32 = 0.05;
const FILM_MARGIN: f32 = -0.05;

/// Makes the fingerprint of an upright, unmirrored radiograph. `lungs`: the part around both lungs.
#[must_use]
pub fn fingerprint(radiograph: &Radiograph, lungs: Extent) -> Fingerprint {
    let (width, height) = (radiograph.width() as usize, radiograph.height() as usize);
    let small = patch::squash(radiograph.pixels(), width, height, DETAIL_SIDE);
    let pixels = patch::equalise(&small);
    let whole = Patch::from_grey(&pixels);
    let signature = Signature {
        lungs: bits(&whole, Frame::Lungs.region(lungs)),
        film: bits(&whole, Frame::Film.region(lungs)),
    };
    let detail = Detail::new(lungs, pixels).expect("the film was squashed to this size");
    Fingerprint { signature, detail }
}

/// One of the two places in which signatures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    Lungs,
    Film,
}

impl Frame {
    const BOTH: [Self; 2] = [Self::Lungs, Self::Film];

    fn region(self, lungs: Extent) -> Region {
        match self {
            Self::Lungs => Region::around(lungs, LUNGS_MARGIN),
            Self::Film => Region::around(Extent::WHOLE, FILM_MARGIN),
        }
    }

    const fn of(self, signature: &Signature) -> &[u64; FRAME_WORDS] {
        match self {
            Self::Lungs => &signature.lungs,
            Self::Film => &signature.film,
        }
    }
}

/// A bit for each cell of a region: whether it is brighter than its surroundings.
fn bits(film: &Patch, region: Region) -> [u64; FRAME_WORDS] {
    let cells = film.sample(region, 2 * CELLS).halved();
    let band = cells.band(BAND_CELLS.0, BAND_CELLS.1);
    let mean = band.values().iter().sum::<f32>() / band.values().len() as f32;
    let mut words = [0_u64; FRAME_WORDS];
    for (at, value) in band.values().iter().enumerate() {
        words[at / 64] |= u64::from(*value > mean) << (at % 64);
    }
    words
}

#[cfg(test)]
mod tests;
