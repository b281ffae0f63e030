//! The findings model: radiograph → score sheet.

use std::sync::Arc;

use crate::domain::finding::{Finding, NotAssessed, Score};
use crate::domain::lungs::Extent;
use crate::domain::people::AgeYears;
use crate::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use crate::domain::reading::{
    ActivationMap, LungReading, ModelRef, PREPROCESSING_VERSION, ScoreLine, ScoreSheet,
};
use crate::infer::manifest::{
    Activation, FindingSpec, FindingsSpec, Input, ManifestError, ModelKind, Operation, Region,
};
use crate::infer::network::{InferError, Network, Tensor, output, sigmoid};
use crate::infer::pack::{Pack, PackError};
use crate::infer::preprocess::{Plane, extent_to_plane};
use crate::infer::shelf::Shelf;

/// Whose radiograph it is, as far as the scores depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeGate {
    /// A patient whose age is known, or not.
    Patient(Option<AgeYears>),
    /// A public data set or a command line without a patient: every output is shown.
    Unrestricted,
}

/// What besides the pixels decides how scores are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewing {
    /// How the radiograph reached the box.
    pub channel: CaptureChannel,
    /// Whose it is.
    pub age: AgeGate,
}

/// A loaded findings model.
pub struct FindingsModel {
    model: ModelRef,
    input: Input,
    spec: FindingsSpec,
    network: Box<dyn Network>,
}

impl std::fmt::Debug for FindingsModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FindingsModel({})", self.model.version)
    }
}

impl FindingsModel {
    /// Loads a pack of the findings kind.
    ///
    /// # Errors
    /// [`InferError`] when the pack is of another kind or its network does not load and pass.
    pub(super) fn load(pack: &Pack, shelf: &Arc<Shelf>) -> Result<Self, InferError> {
        let ModelKind::Findings(spec) = &pack.manifest.kind else {
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

    /// The scored findings with their operating points.
    #[must_use]
    pub fn specs(&self) -> &[FindingSpec] {
        &self.spec.findings
    }

    /// Scores an upright, unmirrored radiograph with bone white, whose lungs were outlined.
    ///
    /// # Errors
    /// [`InferError`] when the network fails or gives something that is no score.
    pub fn score(
        &self,
        accepted: &AcceptedRadiograph,
        lungs: LungReading,
        viewing: Viewing,
    ) -> Result<ScoreSheet, InferError> {
        let extent = match self.input.region {
            Region::Frame => Extent::WHOLE,
            Region::Lungs => lungs.fields.extent().enlarged(self.input.margin),
        };
        let radiograph = accepted.radiograph();
        let plane = Plane {
            width: radiograph.width() as usize,
            height: radiograph.height() as usize,
            pixels: radiograph.pixels(),
        };
        let plane = extent_to_plane(plane, extent, &self.input);
        let (outputs, backend) = self.network.run_on(&plane)?;
        let mut lines = Vec::new();
        let mut not_assessed = Vec::new();
        for finding in Finding::ALL {
            let spec = self.spec.findings.iter().find(|spec| spec.finding == *finding);
            match spec.ok_or(NotAssessed::NotInModel).and_then(|spec| usable(spec, viewing)) {
                Ok((spec, operation)) => {
                    lines.push(self.line(spec, operation, &outputs, extent)?);
                }
                Err(why) => not_assessed.push((*finding, why)),
            }
        }
        Ok(ScoreSheet {
            model: self.model.clone(),
            backend,
            preprocessing: PREPROCESSING_VERSION,
            lines,
            not_assessed,
            lungs: Some(lungs),
        })
    }

    fn line(
        &self,
        spec: &FindingSpec,
        operation: Operation,
        outputs: &[Tensor],
        extent: Extent,
    ) -> Result<ScoreLine, InferError> {
        let wrong = |name: &str| InferError::Output { name: name.to_owned() };
        let name = &self.spec.logits;
        let values = &output(outputs, name, Some(self.spec.count))?.values;
        let value = *values.get(spec.index).ok_or_else(|| wrong(name))?;
        let logit = match self.spec.activation {
            Activation::Logit => value,
            Activation::Sigmoid if (0.0..=1.0).contains(&value) => logit(value),
            Activation::Sigmoid => return Err(wrong(name)),
        };
        let score = Score::new(sigmoid(operation.scale * logit + operation.offset));
        let score = score.ok_or_else(|| wrong(name))?;
        let map = match &self.spec.maps {
            Some(name) => {
                let maps = output(outputs, name, None)?;
                Some(activation_map(maps, spec.index, extent).ok_or_else(|| wrong(name))?)
            }
            None => None,
        };
        let line = ScoreLine::new(spec.finding, spec.evidence, score, operation.threshold);
        Ok(ScoreLine { map, ..line })
    }
}

fn activation_map(maps: &Tensor, index: usize, extent: Extent) -> Option<ActivationMap> {
    let &[1, _, height, width] = maps.shape.as_slice() else { return None };
    let area = height * width;
    let cells = maps.values.get(index * area..(index + 1) * area)?;
    ActivationMap::new(width, height, cells.to_vec(), extent)
}

/// The inverse of the logistic function, finite at 0 and 1.
fn logit(probability: f32) -> f32 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

/// Whether a finding may be scored for this patient and channel, and how.
fn usable(spec: &FindingSpec, viewing: Viewing) -> Result<(&FindingSpec, Operation), NotAssessed> {
    if let Some(why) = refusal(spec, viewing.age) {
        return Err(why);
    }
    let operation = spec.on(viewing.channel).ok_or(NotAssessed::ChannelNotCalibrated)?;
    Ok((spec, operation))
}

fn refusal(spec: &FindingSpec, age: AgeGate) -> Option<NotAssessed> {
    let min = spec.min_age;
    match age {
        AgeGate::Unrestricted => None,
        _ if min.years() == 0 => None,
        AgeGate::Patient(Some(age)) if age >= min => None,
        AgeGate::Patient(Some(_)) => Some(NotAssessed::BelowValidatedAge { min }),
        AgeGate::Patient(None) => Some(NotAssessed::AgeUnknown { min }),
    }
}
