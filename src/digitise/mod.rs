//! From photo to radiograph: find the film, rectify it, turn it, even out its light.
//!
//! Pure: pixels in, values out. Grading the result belongs to `quality`; what a chest is, to the
//! networks.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: sides stay below 2^16, so every count and level fits"
)]

mod beyond;
mod content;
mod cores;
mod features;
mod fingerprint;
mod hough;
mod locate;
mod moire;
mod orient;
#[cfg(test)]
pub(crate) mod phantom;
mod plane;
mod quads;
mod rank;
mod rectify;
mod refine;
mod tone;
mod view;
mod weights;

pub use content::{Fractions, crop_content};
pub use cores::both;
pub(crate) use cores::in_bands;
pub use fingerprint::{FilmQuery, LIKENESS_MIN, fingerprint};
pub use locate::{Candidates, Located, all_candidates, locate};
pub use moire::without_moire;
pub use orient::{orient, quad_as_it_lies, quad_in_film_order};
pub use rectify::{aspect, rectify};
pub use tone::{flatten, window};
