//! The findings model: radiograph → score sheet.

use crate::domain::finding::{Finding, NotAssessed, Score};
use crate::domain::lungs::Extent;
use crate::domain::people::AgeYears;
use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::{
    ActivationMap, Backend, LungReading, ModelRef, PREPROCESSING_VERSION, ScoreLine, ScoreSheet,
};
use crate::infer::load_network;
use crate::infer::manifest::{FindingSpec, Input, ManifestError, ModelKind, Region};
use crate::infer::network::{InferError, Network, Tensor, output, sigmoid};
use crate::infer::pack::{Pack, PackError};
use crate::infer::preprocess::{Plane, extent_to_plane};

/// Whose radiograph it is, as far as the scores depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeGate {
    /// A patient whose age is known, or not.
    Patient(Option<AgeYears>),
    /// A public data set or a command line without a patient: every output is shown.
    Unrestricted,
}

/// A loaded findings model.
pub struct FindingsModel {
    model: ModelRef,
    backend: Backend,
    input: Input,
    logits: String,
    maps: String,
    specs: Vec<FindingSpec>,
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
    pub fn load(pack: &Pack, backend: Backend) -> Result<Self, InferError> {
        let ModelKind::Findings { logits, maps, findings } = &pack.manifest.kind else {
            return Err(PackError::from(ManifestError::Value { field: "kind" }).into());
        };
        Ok(Self {
            model: pack.manifest.model.clone(),
            backend,
            input: pack.manifest.input.clone(),
            logits: logits.clone(),
            maps: maps.clone(),
            specs: findings.clone(),
            network: load_network(pack, backend)?,
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
        &self.specs
    }

    /// Scores an upright, unmirrored radiograph with bone white, whose lungs were outlined.
    ///
    /// # Errors
    /// [`InferError`] when the network fails or gives something that is no score.
    pub fn score(
        &self,
        accepted: &AcceptedRadiograph,
        lungs: LungReading,
        age: AgeGate,
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
        let outputs = self.network.run(&extent_to_plane(plane, extent, &self.input))?;
        let logits = output(&outputs, &self.logits, Some(self.specs.len()))?;
        let maps = output(&outputs, &self.maps, None)?;
        let mut lines = Vec::new();
        let mut not_assessed = Vec::new();
        for finding in Finding::ALL {
            let spec = self.specs.iter().enumerate().find(|(_, spec)| spec.finding == *finding);
            let Some((index, spec)) = spec else {
                not_assessed.push((*finding, NotAssessed::NotInModel));
                continue;
            };
            match refusal(spec, age) {
                Some(why) => not_assessed.push((*finding, why)),
                None => lines.push(self.line(spec, index, logits, maps, extent)?),
            }
        }
        Ok(ScoreSheet {
            model: self.model.clone(),
            backend: self.backend,
            preprocessing: PREPROCESSING_VERSION,
            lines,
            not_assessed,
            lungs: Some(lungs),
        })
    }

    fn line(
        &self,
        spec: &FindingSpec,
        index: usize,
        logits: &Tensor,
        maps: &Tensor,
        extent: Extent,
    ) -> Result<ScoreLine, InferError> {
        let wrong = |name: &str| InferError::Output { name: name.to_owned() };
        let logit = logits.values.get(index).ok_or_else(|| wrong(&self.logits))?;
        let score = Score::new(sigmoid(spec.scale * logit + spec.offset))
            .ok_or_else(|| wrong(&self.logits))?;
        let &[1, _, height, width] = maps.shape.as_slice() else { return Err(wrong(&self.maps)) };
        let cells = maps.values.chunks_exact(width * height).nth(index);
        let map = cells.and_then(|cells| ActivationMap::new(width, height, cells.to_vec(), extent));
        Ok(ScoreLine {
            finding: spec.finding,
            evidence: spec.evidence,
            score,
            threshold: spec.threshold,
            call: spec.threshold.call(score),
            map: map.ok_or_else(|| wrong(&self.maps))?,
        })
    }
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
