//! The text of a manifest → [`Manifest`]. Unknown keys, unknown findings and values that make no
//! sense refuse the whole file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::lungs::RepeatError;
use crate::domain::people::AgeYears;
use crate::domain::radiograph::CaptureChannel;
use crate::domain::reading::ModelRef;
use crate::infer::manifest::{
    Activation, FindingSpec, FindingsSpec, Input, KindsSpec, LocatorSpec, LungsSpec, Manifest,
    ManifestError, ModelKind, Operation, OrientationSpec, TrainingData,
};

/// The version of the manifest's form.
const SCHEMA: u32 = 2;
/// The network of a pack.
pub(in crate::infer) const NETWORK_FILE: &str = "model.onnx";
/// The known answers of a pack.
pub(in crate::infer) const GOLDEN_FILE: &str = "golden.json";

const fn wrong(field: &'static str) -> ManifestError {
    ManifestError::Value { field }
}

impl Manifest {
    /// Parses a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] with the field at fault.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let raw: Raw =
            toml::from_str(text).map_err(|error| ManifestError::Syntax(error.to_string()))?;
        if raw.schema != SCHEMA {
            return Err(wrong("schema"));
        }
        for (field, name) in [("id", &raw.id), ("version", &raw.version)] {
            if !is_plain(name) {
                return Err(wrong(field));
            }
        }
        check_input(&raw.input)?;
        let files = files(&raw.files)?;
        let sha256 = *files.get(NETWORK_FILE).ok_or_else(|| wrong("files"))?;
        if !files.contains_key(GOLDEN_FILE) {
            return Err(wrong("files"));
        }
        let kind = match raw.kind.as_str() {
            "findings" => ModelKind::Findings(findings(&raw.outputs, raw.finding)?),
            "orientation" => ModelKind::Orientation(orientation(raw.outputs, raw.orientation)?),
            "lungs" => ModelKind::Lungs(lungs(raw.outputs, raw.lungs.as_ref())?),
            "locator" => ModelKind::Locator(locator(raw.outputs)?),
            _ => return Err(wrong("kind")),
        };
        let known = |data: &TrainingData| {
            !data.source.is_empty() && data.images > 0 && !data.licence.is_empty()
        };
        if !raw.training.iter().all(known) {
            return Err(wrong("training"));
        }
        Ok(Self {
            model: ModelRef { id: raw.id, version: raw.version, sha256 },
            input: raw.input,
            kind,
            intended_use: raw.intended_use,
            known_failures: raw.known_failures,
            licence: raw.licence,
            training: raw.training,
            files,
        })
    }
}

/// A name that is safe as a file or folder name: letters, digits, `.`, `-` and `_`, not first a dot.
fn is_plain(name: &str) -> bool {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.len() <= 64 && !name.starts_with('.') && name.chars().all(safe)
}

fn check_input(input: &Input) -> Result<(), ManifestError> {
    let side = |pixels| (16..=1024).contains(&pixels);
    let normal = input.mean.is_finite() && input.std.is_finite() && input.std > 0.0;
    let framed = (0.0..=0.5).contains(&input.margin);
    let coloured = matches!(input.channels, 1 | 3);
    let fine = side(input.width) && side(input.height) && normal && framed && coloured;
    if fine { Ok(()) } else { Err(wrong("input")) }
}

fn files(raw: &BTreeMap<String, String>) -> Result<BTreeMap<String, Sha256Digest>, ManifestError> {
    let entry = |(name, digest): (&String, &String)| {
        let digest = Sha256Digest::parse(digest).filter(|_| is_plain(name));
        Ok((name.clone(), digest.ok_or_else(|| wrong("files"))?))
    };
    raw.iter().map(entry).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    id: String,
    version: String,
    kind: String,
    licence: String,
    intended_use: String,
    known_failures: Vec<String>,
    files: BTreeMap<String, String>,
    input: Input,
    outputs: RawOutputs,
    #[serde(default)]
    finding: Vec<RawFinding>,
    orientation: Option<RawOrientation>,
    lungs: Option<RawLungs>,
    training: Vec<TrainingData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutputs {
    logits: Option<String>,
    count: Option<usize>,
    #[serde(default)]
    activation: Activation,
    maps: Option<String>,
    orientation: Option<String>,
    inverted: Option<String>,
    chest: Option<String>,
    kinds: Option<String>,
    masks: Option<String>,
    corners: Option<String>,
    mask: Option<String>,
    present: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFinding {
    code: String,
    index: usize,
    status: String,
    min_age_years: u8,
    evidence: String,
    channel: Vec<RawChannel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChannel {
    channel: String,
    scale: f32,
    offset: f32,
    threshold: f32,
    indeterminate: [f32; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrientation {
    turn_confidence: f32,
    mirror_confidence: f32,
    inverted_threshold: f32,
    chest_threshold: f32,
    lateral_threshold: Option<f32>,
    two_films_threshold: Option<f32>,
    child_threshold: Option<f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLungs {
    lung_area_min: f32,
    contrast_min: f32,
    repeat_error_base: f32,
    repeat_error_slope: f32,
}

fn findings(outputs: &RawOutputs, raw: Vec<RawFinding>) -> Result<FindingsSpec, ManifestError> {
    let (Some(logits), Some(count)) = (&outputs.logits, outputs.count) else {
        return Err(wrong("outputs"));
    };
    if raw.is_empty() {
        return Err(wrong("finding"));
    }
    let mut findings: Vec<FindingSpec> = Vec::with_capacity(raw.len());
    for entry in raw {
        let spec = finding(count, entry)?;
        if findings.iter().any(|known| known.finding == spec.finding) {
            return Err(wrong("finding.code"));
        }
        if findings.iter().any(|known| known.index == spec.index) {
            return Err(wrong("finding.index"));
        }
        findings.push(spec);
    }
    Ok(FindingsSpec {
        logits: logits.clone(),
        maps: outputs.maps.clone(),
        activation: outputs.activation,
        count,
        findings,
    })
}

fn finding(count: usize, raw: RawFinding) -> Result<FindingSpec, ManifestError> {
    if raw.index >= count {
        return Err(wrong("finding.index"));
    }
    let mut operation = Vec::with_capacity(raw.channel.len());
    for entry in &raw.channel {
        let channel = CaptureChannel::parse(&entry.channel);
        let channel = channel.ok_or_else(|| wrong("finding.channel.channel"))?;
        if operation.iter().any(|(known, _)| *known == channel) {
            return Err(wrong("finding.channel.channel"));
        }
        operation.push((channel, calibration(entry)?));
    }
    if operation.is_empty() {
        return Err(wrong("finding.channel"));
    }
    let finding = Finding::parse(&raw.code);
    Ok(FindingSpec {
        finding: finding.ok_or(ManifestError::UnknownFinding { code: raw.code })?,
        index: raw.index,
        evidence: Evidence::parse(&raw.status).ok_or_else(|| wrong("finding.status"))?,
        operation,
        min_age: AgeYears::new(raw.min_age_years).ok_or_else(|| wrong("finding.min_age_years"))?,
        evidence_text: raw.evidence,
    })
}

fn calibration(raw: &RawChannel) -> Result<Operation, ManifestError> {
    if !(raw.scale.is_finite() && raw.scale > 0.0 && raw.offset.is_finite()) {
        return Err(wrong("finding.channel.scale"));
    }
    let score = |value| Score::new(value).ok_or_else(|| wrong("finding.channel.threshold"));
    let [low, high] = raw.indeterminate;
    let threshold = Threshold::new(score(raw.threshold)?, score(low)?, score(high)?);
    let threshold = threshold.ok_or_else(|| wrong("finding.channel.indeterminate"))?;
    Ok(Operation { scale: raw.scale, offset: raw.offset, threshold })
}

fn orientation(
    outputs: RawOutputs,
    raw: Option<RawOrientation>,
) -> Result<OrientationSpec, ManifestError> {
    let (Some(orientation), Some(inverted), Some(chest), Some(raw)) =
        (outputs.orientation, outputs.inverted, outputs.chest, raw)
    else {
        return Err(wrong("outputs"));
    };
    let points =
        [raw.turn_confidence, raw.mirror_confidence, raw.inverted_threshold, raw.chest_threshold];
    let kinds = kinds(outputs.kinds, &raw)?;
    let more = kinds.iter().flat_map(|kinds| [kinds.lateral, kinds.two_films, kinds.child]);
    if !points.into_iter().chain(more).all(|point| (0.0..=1.0).contains(&point)) {
        return Err(wrong("orientation"));
    }
    Ok(OrientationSpec {
        orientation,
        inverted,
        chest,
        turn_confidence: raw.turn_confidence,
        mirror_confidence: raw.mirror_confidence,
        inverted_threshold: raw.inverted_threshold,
        chest_threshold: raw.chest_threshold,
        kinds,
    })
}

/// All of it or nothing.
fn kinds(output: Option<String>, raw: &RawOrientation) -> Result<Option<KindsSpec>, ManifestError> {
    match (output, raw.lateral_threshold, raw.two_films_threshold, raw.child_threshold) {
        (None, None, None, None) => Ok(None),
        (Some(output), Some(lateral), Some(two_films), Some(child)) => {
            Ok(Some(KindsSpec { output, lateral, two_films, child }))
        }
        _ => Err(wrong("orientation")),
    }
}

fn lungs(outputs: RawOutputs, raw: Option<&RawLungs>) -> Result<LungsSpec, ManifestError> {
    let (Some(masks), Some(raw)) = (outputs.masks, raw) else { return Err(wrong("outputs")) };
    if !((0.0..1.0).contains(&raw.lung_area_min) && (0.0..255.0).contains(&raw.contrast_min)) {
        return Err(wrong("lungs"));
    }
    let repeat_error = RepeatError::new(raw.repeat_error_base, raw.repeat_error_slope);
    Ok(LungsSpec {
        masks,
        lung_area_min: raw.lung_area_min,
        contrast_min: raw.contrast_min,
        repeat_error: repeat_error.ok_or_else(|| wrong("lungs.repeat_error"))?,
    })
}

fn locator(outputs: RawOutputs) -> Result<LocatorSpec, ManifestError> {
    let (Some(corners), Some(mask), Some(present)) =
        (outputs.corners, outputs.mask, outputs.present)
    else {
        return Err(wrong("outputs"));
    };
    Ok(LocatorSpec { corners, mask, present })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
schema = 2
id = "findings"
version = "1.0.0"
kind = "findings"
licence = "x"
intended_use = "x"
known_failures = []
[files]
"model.onnx" = "00000000000000000000000000000000000000000000000000000000000000ff"
"golden.json" = "00000000000000000000000000000000000000000000000000000000000000fe"
[input]
name = "radiograph"
width = 224
height = 224
mean = 0.5
std = 0.25
[outputs]
logits = "logits"
count = 18
[[finding]]
code = "tuberculosis"
index = 3
status = "assessed"
min_age_years = 15
evidence = "x"
[[finding.channel]]
channel = "phone"
scale = 1.0
offset = 0.0
threshold = 0.5
indeterminate = [0.4, 0.6]
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
        let ModelKind::Findings(spec) = manifest.kind else { panic!("wrong kind") };
        let finding = &spec.findings[0];
        assert_eq!((finding.finding, finding.index), (Finding::Tuberculosis, 3));
        assert_eq!(finding.min_age.years(), 15);
        assert!(finding.on(CaptureChannel::Phone).is_some());
        assert_eq!(finding.on(CaptureChannel::Digital), None);
    }

    #[test]
    fn anything_doubtful_refuses_the_pack() {
        check_refused("\"tuberculosis\"", "\"TB\"");
        check_refused("schema = 2", "schema = 1");
        check_refused("[0.4, 0.6]", "[0.6, 0.7]");
        check_refused("threshold = 0.5", "threshold = 1.5");
        check_refused("index = 3", "index = 18");
        check_refused("std = 0.25", "std = 0.0");
        check_refused("std = 0.25", "std = 0.25\nchannels = 2");
        check_refused("\"assessed\"", "\"proven\"");
        check_refused("\"phone\"", "\"fax\"");
        check_refused("\"golden.json\"", "\"../golden.json\"");
        check_refused("id = \"findings\"", "id = \"../findings\"");
        check_refused("schema = 2", "schema = 2\nextra = 1");
        check_refused("000000ff", "000000f");
    }
}
