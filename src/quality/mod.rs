//! Grades a photo of a film: can it be read, and if not, what is the first thing to do better.
//!
//! Measured after rectification, on the radiograph. Pure; the remedy's words belong to the pages.

mod clues;
mod grade;
mod measure;
mod patch;
mod sharpness;
mod weights;

pub use grade::{CHEST_MIN, CONFIDENCE_MIN, grade};
pub use measure::{Measures, measure};
