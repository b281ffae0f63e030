//! The orientation model: which way up, which way round, bone white or black, and chest or not.

use std::sync::Arc;

use image::GrayImage;

use crate::domain::film::{Orientation, Shows, Turn};
use crate::domain::reading::ModelRef;
use crate::infer::manifest::{Input, ManifestError, ModelKind, OrientationSpec};
use crate::infer::network::{InferError, Network, Tensor, output, sigmoid};
use crate::infer::pack::{Pack, PackError};
use crate::infer::preprocess::{Plane, to_plane};
use crate::infer::shelf::Shelf;

/// What the network thinks of a rectified film, and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct OrientationGuess {
    /// What to act on: turned, mirrored or inverted only where sure.
    pub orientation: Orientation,
    /// Probability of the likeliest turn, 0 to 1.
    pub turn_confidence: f32,
    /// Probability that the film lies on its back, given that turn, 0 to 1.
    pub mirrored: f32,
    /// Mirroring is neither sure nor excluded: ask the technician to look for the side marker.
    pub mirror_doubtful: bool,
    /// What the picture shows.
    pub shows: Shows,
    /// Probability that the picture is a radiograph of a chest, 0 to 1.
    pub chest: f32,
    /// It looks like a small child's film: ask whether patient and film belong together.
    pub looks_like_child: bool,
}

/// A loaded orientation model.
pub struct OrientationModel {
    model: ModelRef,
    input: Input,
    spec: OrientationSpec,
    network: Box<dyn Network>,
}

impl std::fmt::Debug for OrientationModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OrientationModel({})", self.model.version)
    }
}

impl OrientationModel {
    /// Loads a pack of the orientation kind.
    ///
    /// # Errors
    /// [`InferError`] when the pack is of another kind or its network does not load and pass.
    pub(super) fn load(pack: &Pack, shelf: &Arc<Shelf>) -> Result<Self, InferError> {
        let ModelKind::Orientation(spec) = &pack.manifest.kind else {
            return Err(PackError::from(ManifestError::Value { field: "kind" }).into());
        };
        Ok(Self {
            model: pack.manifest.model.clone(),
            input: pack.manifest.input.clone(),
            spec: spec.clone(),
            network: shelf.place(pack)?,
        })
    }

    /// Name, version and digest.
    #[must_use]
    pub const fn model(&self) -> &ModelRef {
        &self.model
    }

    /// Looks at a rectified film as it appeared in the photo.
    ///
    /// # Errors
    /// [`InferError`] when the network fails.
    pub fn guess(&self, rectified: &GrayImage) -> Result<OrientationGuess, InferError> {
        let plane = Plane {
            width: rectified.width() as usize,
            height: rectified.height() as usize,
            pixels: rectified.as_raw(),
        };
        let outputs = self.network.run(&to_plane(plane, &self.input))?;
        let eight = output(&outputs, &self.spec.orientation, Some(8))?;
        let inverted = sigmoid(output(&outputs, &self.spec.inverted, Some(1))?.values[0]);
        let chest = sigmoid(output(&outputs, &self.spec.chest, Some(1))?.values[0]);
        let kinds = self.kinds(&outputs)?;
        let probabilities = softmax(&eight.values);
        let turns = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarter];
        let by_turn = turns.into_iter().zip(probabilities.chunks_exact(2));
        let by_turn = by_turn.map(|(turn, pair)| (turn, pair[0] + pair[1], pair[1]));
        let likeliest = by_turn.max_by(|a, b| a.1.total_cmp(&b.1));
        let (turn, turn_confidence, mirrored_share) = likeliest.unwrap_or((Turn::None, 0.0, 0.0));
        let mirrored = mirrored_share / turn_confidence.max(f32::EPSILON);
        let sure_turn = turn_confidence >= self.spec.turn_confidence;
        let sure_mirror = sure_turn && mirrored >= self.spec.mirror_confidence;
        Ok(OrientationGuess {
            orientation: Orientation {
                turn: if sure_turn { turn } else { Turn::None },
                mirrored: sure_mirror,
                inverted: inverted >= self.spec.inverted_threshold,
            },
            turn_confidence,
            mirrored,
            mirror_doubtful: !sure_mirror && mirrored >= 0.5,
            shows: self.shows(chest, &kinds),
            chest,
            looks_like_child: self.spec.kinds.as_ref().is_some_and(|spec| kinds[2] >= spec.child),
        })
    }

    /// Probabilities of a lateral film, of two films and of a child's film; 0 where the network
    /// does not say.
    fn kinds(&self, outputs: &[Tensor]) -> Result<[f32; 3], InferError> {
        let Some(spec) = &self.spec.kinds else { return Ok([0.0; 3]) };
        let values = &output(outputs, &spec.output, Some(3))?.values;
        Ok([sigmoid(values[0]), sigmoid(values[1]), sigmoid(values[2])])
    }

    fn shows(&self, chest: f32, [lateral, two_films, _]: &[f32; 3]) -> Shows {
        let kinds = self.spec.kinds.as_ref();
        if kinds.is_some_and(|spec| *two_films >= spec.two_films) {
            Shows::TwoFilms
        } else if kinds.is_some_and(|spec| *lateral >= spec.lateral) {
            Shows::LateralChest
        } else if chest >= self.spec.chest_threshold {
            Shows::FrontalChest
        } else {
            Shows::SomethingElse
        }
    }
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_sums_to_one_and_keeps_order() {
        let p = softmax(&[1000.0, 999.0, -5.0]);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(p[0] > p[1] && p[1] > p[2]);
    }
}
