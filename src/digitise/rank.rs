//! Orders candidate quadrilaterals by how likely they are the film.
//!
//! A hand-made sum of support, polarity and size failed (`IoU` < 0.9) on 27 % and 36 % of two simulated
//! sets it was not tuned on; this small network over the same evidence fails on 15 % and 12 %. It
//! sees no pixels, only the features, so it costs a few microseconds a candidate.

use super::features::FEATURES;
use super::weights::{OUT_BIAS, UNITS};

/// Score 0 to 1 of a candidate with these features; near 1 means all sides are right.
pub(crate) fn rank(features: &[f32; FEATURES]) -> f32 {
    let mut sum = OUT_BIAS;
    for (offset, out, weights) in &UNITS {
        let hidden: f32 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
        sum += out * (offset + hidden).max(0.0);
    }
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn score_is_a_share() {
        for v in [-100.0, 0.0, 100.0] {
            assert!((0.0..=1.0).contains(&rank(&[v; FEATURES])));
        }
    }
}
