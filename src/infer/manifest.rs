//! `models/**/manifest.toml`: what a network is, what goes in, and what its outputs mean.

use serde::Deserialize;

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::lungs::RepeatError;
use crate::domain::people::AgeYears;
use crate::domain::reading::ModelRef;

/// A parsed manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// Name, version and digest of the network file.
    pub model: ModelRef,
    /// What goes in.
    pub input: Input,
    /// What comes out, and what it means.
    pub kind: ModelKind,
    /// What the model is for, in a sentence.
    pub intended_use: String,
    /// Where it is known to fail.
    pub known_failures: Vec<String>,
    /// Licence of the weights.
    pub licence: String,
}

/// The input plane of a network.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Input name in the network file.
    pub name: String,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Subtracted from grey / 255.
    pub mean: f32,
    /// Divides afterwards.
    pub std: f32,
    /// What happens to the grey scale first.
    #[serde(default)]
    pub tone: Tone,
    /// Which part of the radiograph goes in.
    #[serde(default)]
    pub region: Region,
    /// Added around the lungs on every side, share of their box.
    #[serde(default)]
    pub margin: f32,
}

/// What happens to the grey scale before normalisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing.
    #[default]
    Linear,
    /// Grey levels become their rank, so that every input uses the whole scale evenly.
    Equalised,
}

/// The part of a radiograph that a network sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// All of it.
    #[default]
    Frame,
    /// The box around both lungs, with [`Input::margin`].
    Lungs,
}

/// What a network's outputs mean.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelKind {
    /// Scores findings.
    Findings {
        /// Output with one logit a finding.
        logits: String,
        /// Output with one class activation map a finding.
        maps: String,
        /// The findings in output order.
        findings: Vec<FindingSpec>,
    },
    /// Settles orientation and whether it is a chest radiograph.
    Orientation(OrientationSpec),
    /// Outlines both lungs and opacities in them.
    Lungs(LungsSpec),
}

/// Output and limits of a lung model.
#[derive(Clone, Debug, PartialEq)]
pub struct LungsSpec {
    /// Output with three logit masks: lung on the left of the picture, lung on its right, opacity.
    pub masks: String,
    /// Smallest area of a lung, share of the picture.
    pub lung_area_min: f32,
    /// Smallest standard deviation of grey inside a lung, grey levels of 255: below it there is
    /// no anatomy.
    pub contrast_min: f32,
    /// How far the share of lung affected moves from photo to photo.
    pub repeat_error: RepeatError,
}

/// One output of a findings model.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingSpec {
    /// What it scores.
    pub finding: Finding,
    /// How well it is supported.
    pub evidence: Evidence,
    /// Calibration: score = sigmoid(scale × logit + offset).
    pub scale: f32,
    /// Calibration offset.
    pub offset: f32,
    /// Operating point and indeterminate band.
    pub threshold: Threshold,
    /// Youngest validated age.
    pub min_age: AgeYears,
    /// The evidence in a sentence.
    pub evidence_text: String,
}

/// Outputs and operating points of an orientation model.
#[derive(Clone, Debug, PartialEq)]
pub struct OrientationSpec {
    /// Output with eight logits, index 2 × quarter turns + mirrored.
    pub orientation: String,
    /// Output with the inversion logit.
    pub inverted: String,
    /// Output with the chest-radiograph logit.
    pub chest: String,
    /// Probability from which a turn is acted on.
    pub turn_confidence: f32,
    /// Probability from which mirroring is acted on.
    pub mirror_confidence: f32,
    /// Probability from which inversion is acted on.
    pub inverted_threshold: f32,
    /// Probability below which a film is refused as not a chest radiograph.
    pub chest_threshold: f32,
}

/// Why a manifest is refused.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not TOML, a key missing, or a key too many.
    #[error("the manifest cannot be read: {0}")]
    Syntax(String),
    /// A value that makes no sense.
    #[error("the manifest's {field} is wrong")]
    Value {
        /// Which one.
        field: &'static str,
    },
    /// An output label that is no finding.
    #[error("unknown finding {code:?}")]
    UnknownFinding {
        /// The label.
        code: String,
    },
}

impl Manifest {
    /// Parses a manifest. Unknown keys and unknown findings refuse the whole file.
    ///
    /// # Errors
    /// [`ManifestError`] with the field at fault.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let raw: Raw =
            toml::from_str(text).map_err(|error| ManifestError::Syntax(error.to_string()))?;
        let wrong = |field| ManifestError::Value { field };
        if raw.schema != 1 {
            return Err(wrong("schema"));
        }
        if raw.file != "model.onnx" {
            return Err(wrong("file"));
        }
        let Input { width, height, mean, std, .. } = raw.input;
        let sized = (16..=1024).contains(&width) && (16..=1024).contains(&height);
        let normal = mean.is_finite() && std.is_finite() && std > 0.0;
        let framed = (0.0..=0.5).contains(&raw.input.margin);
        if !(sized && normal && framed) {
            return Err(wrong("input"));
        }
        let kind = match raw.kind.as_str() {
            "findings" => findings_kind(&raw.outputs, raw.finding)?,
            "orientation" => orientation_kind(raw.outputs, raw.orientation)?,
            "lungs" => lungs_kind(raw.outputs, raw.lungs.as_ref())?,
            _ => return Err(wrong("kind")),
        };
        if raw
            .training
            .iter()
            .any(|data| data.source.is_empty() || data.images == 0 || data.licence.is_empty())
        {
            return Err(wrong("training"));
        }
        let sha256 = Sha256Digest::parse(&raw.sha256).ok_or_else(|| wrong("sha256"))?;
        Ok(Self {
            model: ModelRef { id: raw.id, version: raw.version, sha256 },
            input: raw.input,
            kind,
            intended_use: raw.intended_use,
            known_failures: raw.known_failures,
            licence: raw.licence,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    id: String,
    version: String,
    kind: String,
    file: String,
    sha256: String,
    licence: String,
    intended_use: String,
    known_failures: Vec<String>,
    input: Input,
    outputs: RawOutputs,
    #[serde(default)]
    finding: Vec<RawFinding>,
    orientation: Option<RawOrientation>,
    lungs: Option<RawLungs>,
    training: Vec<RawTraining>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutputs {
    logits: Option<String>,
    maps: Option<String>,
    orientation: Option<String>,
    inverted: Option<String>,
    chest: Option<String>,
    masks: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLungs {
    lung_area_min: f32,
    contrast_min: f32,
    repeat_error_base: f32,
    repeat_error_slope: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFinding {
    code: String,
    index: usize,
    status: String,
    scale: f32,
    offset: f32,
    threshold: f32,
    indeterminate: [f32; 2],
    min_age_years: u8,
    evidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrientation {
    turn_confidence: f32,
    mirror_confidence: f32,
    inverted_threshold: f32,
    chest_threshold: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTraining {
    source: String,
    images: u32,
    licence: String,
}

fn findings_kind(outputs: &RawOutputs, raw: Vec<RawFinding>) -> Result<ModelKind, ManifestError> {
    let wrong = |field| ManifestError::Value { field };
    let (Some(logits), Some(maps)) = (&outputs.logits, &outputs.maps) else {
        return Err(wrong("outputs"));
    };
    if raw.is_empty() {
        return Err(wrong("finding"));
    }
    let mut findings: Vec<FindingSpec> = Vec::with_capacity(raw.len());
    for (index, entry) in raw.into_iter().enumerate() {
        let spec = finding_spec(index, entry)?;
        if findings.iter().any(|known| known.finding == spec.finding) {
            return Err(wrong("finding.code"));
        }
        findings.push(spec);
    }
    Ok(ModelKind::Findings { logits: logits.clone(), maps: maps.clone(), findings })
}

fn finding_spec(index: usize, raw: RawFinding) -> Result<FindingSpec, ManifestError> {
    let wrong = |field| ManifestError::Value { field };
    if raw.index != index {
        return Err(wrong("finding.index"));
    }
    if !(raw.scale.is_finite() && raw.scale > 0.0 && raw.offset.is_finite()) {
        return Err(wrong("finding.scale"));
    }
    let score = |value| Score::new(value).ok_or_else(|| wrong("finding.threshold"));
    let [low, high] = raw.indeterminate;
    let threshold = Threshold::new(score(raw.threshold)?, score(low)?, score(high)?);
    let finding = Finding::parse(&raw.code);
    Ok(FindingSpec {
        finding: finding.ok_or(ManifestError::UnknownFinding { code: raw.code })?,
        evidence: Evidence::parse(&raw.status).ok_or_else(|| wrong("finding.status"))?,
        scale: raw.scale,
        offset: raw.offset,
        threshold: threshold.ok_or_else(|| wrong("finding.indeterminate"))?,
        min_age: AgeYears::new(raw.min_age_years).ok_or_else(|| wrong("finding.min_age_years"))?,
        evidence_text: raw.evidence,
    })
}

fn orientation_kind(
    outputs: RawOutputs,
    raw: Option<RawOrientation>,
) -> Result<ModelKind, ManifestError> {
    let (Some(orientation), Some(inverted), Some(chest), Some(raw)) =
        (outputs.orientation, outputs.inverted, outputs.chest, raw)
    else {
        return Err(ManifestError::Value { field: "outputs" });
    };
    let points =
        [raw.turn_confidence, raw.mirror_confidence, raw.inverted_threshold, raw.chest_threshold];
    if !points.iter().all(|point| (0.0..=1.0).contains(point)) {
        return Err(ManifestError::Value { field: "orientation" });
    }
    Ok(ModelKind::Orientation(OrientationSpec {
        orientation,
        inverted,
        chest,
        turn_confidence: raw.turn_confidence,
        mirror_confidence: raw.mirror_confidence,
        inverted_threshold: raw.inverted_threshold,
        chest_threshold: raw.chest_threshold,
    }))
}

fn lungs_kind(outputs: RawOutputs, raw: Option<&RawLungs>) -> Result<ModelKind, ManifestError> {
    let wrong = |field| ManifestError::Value { field };
    let (Some(masks), Some(raw)) = (outputs.masks, raw) else { return Err(wrong("outputs")) };
    if !((0.0..1.0).contains(&raw.lung_area_min) && (0.0..255.0).contains(&raw.contrast_min)) {
        return Err(wrong("lungs"));
    }
    let repeat_error = RepeatError::new(raw.repeat_error_base, raw.repeat_error_slope);
    Ok(ModelKind::Lungs(LungsSpec {
        masks,
        lung_area_min: raw.lung_area_min,
        contrast_min: raw.contrast_min,
        repeat_error: repeat_error.ok_or_else(|| wrong("lungs.repeat_error"))?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
schema = 1
id = "findings"
version = "1.0.0"
kind = "findings"
file = "model.onnx"
sha256 = "00000000000000000000000000000000000000000000000000000000000000ff"
licence = "x"
intended_use = "x"
known_failures = []
[input]
name = "radiograph"
width = 224
height = 224
mean = 0.5
std = 0.25
[outputs]
logits = "logits"
maps = "maps"
[[finding]]
code = "tuberculosis"
index = 0
status = "assessed"
scale = 1.0
offset = 0.0
threshold = 0.5
indeterminate = [0.4, 0.6]
min_age_years = 15
evidence = "x"
[[training]]
source = "x"
images = 1
licence = "x"
"#;

    #[track_caller]
    fn check_refused(from: &str, to: &str) {
        assert!(GOOD.contains(from));
        assert!(Manifest::parse(&GOOD.replace(from, to)).is_err(), "{from} -> {to}");
    }

    #[test]
    fn a_good_manifest_is_read() {
        let manifest = Manifest::parse(GOOD).unwrap();
        assert_eq!(manifest.model.version, "1.0.0");
        let ModelKind::Findings { findings, .. } = manifest.kind else { panic!("wrong kind") };
        assert_eq!(findings[0].finding, Finding::Tuberculosis);
        assert_eq!(findings[0].min_age.years(), 15);
    }

    #[test]
    fn anything_doubtful_refuses_the_pack() {
        check_refused("\"tuberculosis\"", "\"TB\"");
        check_refused("schema = 1", "schema = 2");
        check_refused("[0.4, 0.6]", "[0.6, 0.7]");
        check_refused("threshold = 0.5", "threshold = 1.5");
        check_refused("index = 0", "index = 1");
        check_refused("std = 0.25", "std = 0.0");
        check_refused("\"assessed\"", "\"proven\"");
        check_refused("file = \"model.onnx\"", "file = \"../model.onnx\"");
        check_refused("schema = 1", "schema = 1\nextra = 1");
        check_refused("000000ff", "000000f");
    }
}
