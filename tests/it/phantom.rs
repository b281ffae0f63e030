//! The phantoms that the acceptance test of a box uses too.

pub use fieldray::phantom::*;
