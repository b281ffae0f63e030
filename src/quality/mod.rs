//! Grades a photo of a film: can it be read, and if not, what is the first thing to do better.
//!
//! Measured after rectification, on the radiograph. Pure; the remedy's words belong to the pages.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: sides stay below 2^16, so every count and level fits"
)]

mod film;
mod grade;
mod grid;
mod hidden;
mod measure;
mod patch;
mod sharpness;

pub use film::film_faults;
pub use grade::{
    CONFIDENCE_MIN, LEVEL_P90_REFUSE, LEVEL_P90_REMARK, SHORT_SIDE_REFUSE_PX, SHORT_SIDE_REMARK_PX,
    Seen, grade,
};
pub use hidden::{Cover, Hidden};
pub use measure::{Looks, Measures, measure};
