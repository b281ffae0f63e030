//! What the box says about one radiograph, and which pipeline said it.

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score, Threshold};
use crate::domain::lungs::{Extent, LungFields, RepeatError};

/// Which compute back end ran the networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// tract on the CPU.
    Tract,
    /// TensorRT on an NVIDIA device.
    TensorRt,
}

impl Backend {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tract => "tract",
            Self::TensorRt => "tensorrt",
        }
    }

    /// Reads a [`Backend::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Tract, Self::TensorRt].into_iter().find(|backend| backend.code() == code)
    }
}

/// Name of a model, exact to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ModelRef {
    /// Model name, for example `findings`.
    pub id: String,
    /// Version, for example `1.0.0`.
    pub version: String,
    /// Digest of the network file.
    pub sha256: Sha256Digest,
}

/// Version of everything between the photo and the tensor. A change of it makes scores incomparable.
pub const PREPROCESSING_VERSION: u32 = 2;

/// A class activation map: where in the radiograph the network saw the finding.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivationMap {
    width: usize,
    height: usize,
    values: Vec<f32>,
    extent: Extent,
}

impl ActivationMap {
    /// A map over a part of the radiograph. `None` unless `values` holds `width * height` finite
    /// numbers, row by row.
    #[must_use]
    pub fn new(width: usize, height: usize, values: Vec<f32>, extent: Extent) -> Option<Self> {
        let shaped = width > 0 && height > 0 && width.checked_mul(height) == Some(values.len());
        let finite = values.iter().all(|v| v.is_finite());
        (shaped && finite).then_some(Self { width, height, values, extent })
    }

    /// The part of the radiograph that the map covers.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        self.extent
    }

    /// Cells across.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Cells down.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// Contribution of each cell to the logit, row by row; 0 = none.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// One scored finding.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreLine {
    /// What was scored.
    pub finding: Finding,
    /// How well the score is supported.
    pub evidence: Evidence,
    /// The calibrated score.
    pub score: Score,
    /// The threshold in force when it was scored.
    pub threshold: Threshold,
    /// The call made with that threshold.
    pub call: Call,
    /// Where the network saw it; `None` for networks that do not say.
    pub map: Option<ActivationMap>,
}

impl ScoreLine {
    /// A score with the call that its threshold makes; where the network saw it is added by who knows.
    #[must_use]
    pub fn new(finding: Finding, evidence: Evidence, score: Score, threshold: Threshold) -> Self {
        Self { finding, evidence, score, threshold, call: threshold.call(score), map: None }
    }
}

/// Everything one model said about one radiograph.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreSheet {
    /// Who says so.
    pub model: ModelRef,
    /// On which back end.
    pub backend: Backend,
    /// With which preprocessing.
    pub preprocessing: u32,
    /// The scored findings in report order.
    pub lines: Vec<ScoreLine>,
    /// Every other finding, with the reason why it has no score.
    pub not_assessed: Vec<(Finding, NotAssessed)>,
    /// Where the lungs are and how much of them is affected; `None` in readings made before the
    /// box outlined lungs.
    pub lungs: Option<LungReading>,
}

/// The lungs of one radiograph, as a lung model outlined them.
#[derive(Clone, Debug, PartialEq)]
pub struct LungReading {
    /// Who says so.
    pub model: ModelRef,
    /// The outlines and the opacities.
    pub fields: LungFields,
    /// How far a share of them moves from photo to photo.
    pub repeat_error: RepeatError,
}

/// How soon a person should look. "Routine" means only that nothing assessed is above its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Urgency {
    /// Tuberculosis, COVID-19 or pneumothorax above the threshold, with assessed evidence.
    Urgent,
    /// Another assessed finding above its threshold, or any assessed finding indeterminate.
    Soon,
    /// Read; no assessed finding at or above its threshold.
    Routine,
}

impl Urgency {
    /// All urgencies, most urgent first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Soon, Self::Routine];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Soon => "soon",
            Self::Routine => "routine",
        }
    }

    /// Reads an [`Urgency::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.code() == code)
    }

    /// The urgency of a score sheet. Hints never raise it.
    #[must_use]
    pub fn of(sheet: &ScoreSheet) -> Self {
        let assessed = sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed);
        assessed.map(Self::of_line).min().unwrap_or(Self::Soon)
    }

    fn of_line(line: &ScoreLine) -> Self {
        let urgent = match line.finding {
            Finding::Tuberculosis | Finding::Covid19 | Finding::Pneumothorax => true,
            Finding::Pneumonia
            | Finding::Effusion
            | Finding::Cardiomegaly
            | Finding::Abnormal
            | Finding::Nodule
            | Finding::Mass
            | Finding::Atelectasis
            | Finding::Consolidation
            | Finding::Infiltration
            | Finding::Edema
            | Finding::PleuralThickening
            | Finding::Fibrosis
            | Finding::Emphysema
            | Finding::Hernia
            | Finding::LungLesion
            | Finding::LungOpacity
            | Finding::EnlargedCardiomediastinum
            | Finding::Fracture => false,
        };
        match line.call {
            Call::Above if urgent => Self::Urgent,
            Call::Above | Call::Indeterminate => Self::Soon,
            Call::Below => Self::Routine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(finding: Finding, evidence: Evidence, call: Call) -> ScoreLine {
        let half = Score::new(0.5).unwrap();
        ScoreLine {
            finding,
            evidence,
            score: half,
            threshold: Threshold::new(half, half, half).unwrap(),
            call,
            map: ActivationMap::new(1, 1, vec![0.0], Extent::WHOLE),
        }
    }

    fn check(lines: Vec<ScoreLine>, expected: Urgency) {
        let sheet = ScoreSheet {
            model: ModelRef {
                id: "m".into(),
                version: "1".into(),
                sha256: Sha256Digest::from_bytes([0; 32]),
            },
            backend: Backend::Tract,
            preprocessing: PREPROCESSING_VERSION,
            lines,
            not_assessed: vec![],
            lungs: None,
        };
        assert_eq!(Urgency::of(&sheet), expected);
    }

    #[test]
    fn urgency_follows_assessed_findings_only() {
        use Evidence::{Assessed, Hint};
        check(vec![line(Finding::Tuberculosis, Assessed, Call::Above)], Urgency::Urgent);
        check(vec![line(Finding::Effusion, Assessed, Call::Above)], Urgency::Soon);
        check(vec![line(Finding::Tuberculosis, Assessed, Call::Indeterminate)], Urgency::Soon);
        check(
            vec![
                line(Finding::Abnormal, Assessed, Call::Below),
                line(Finding::Covid19, Hint, Call::Above),
            ],
            Urgency::Routine,
        );
    }

    #[test]
    fn a_sheet_without_assessed_findings_is_never_routine() {
        check(vec![line(Finding::Covid19, Evidence::Hint, Call::Below)], Urgency::Soon);
        check(vec![], Urgency::Soon);
    }
}
