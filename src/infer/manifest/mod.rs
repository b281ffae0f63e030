//! `models/**/manifest.toml`: what a network is, what goes in, and what its outputs mean.

mod parse;

use std::collections::BTreeMap;

use serde::Deserialize;

pub(super) use parse::{GOLDEN_FILE, NETWORK_FILE};

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, Threshold};
use crate::domain::lungs::RepeatError;
use crate::domain::people::AgeYears;
use crate::domain::radiograph::CaptureChannel;
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
    /// Films that the weights were trained on: source, number, licence.
    pub training: Vec<TrainingData>,
    /// Digest of every other file in the pack, by plain file name.
    pub files: BTreeMap<String, Sha256Digest>,
}

/// Films of one source in a model's training.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingData {
    /// Where they come from.
    pub source: String,
    /// How many.
    pub images: u32,
    /// Their licence, as far as it was seen.
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
    /// 1, or 3 for networks that expect colour: the grey plane is repeated.
    #[serde(default = "one")]
    pub channels: usize,
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

impl Input {
    /// A square without preprocessing of its own.
    pub(super) fn plain(side: usize, channels: usize) -> Self {
        Self {
            name: String::new(),
            width: side,
            height: side,
            channels,
            mean: 0.0,
            std: 1.0,
            tone: Tone::Linear,
            region: Region::Frame,
            margin: 0.0,
        }
    }
}

const fn one() -> usize {
    1
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
    Findings(FindingsSpec),
    /// Settles orientation and whether it is a chest radiograph.
    Orientation(OrientationSpec),
    /// Outlines both lungs and opacities in them.
    Lungs(LungsSpec),
    /// Finds the film in a photo.
    Locator(LocatorSpec),
}

impl ModelKind {
    /// Which job the model can be chosen for.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Findings(_) => Role::Findings,
            Self::Orientation(_) => Role::Orientation,
            Self::Lungs(_) => Role::Lungs,
            Self::Locator(_) => Role::Locator,
        }
    }
}

/// A job in the pipeline that one model at a time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Scores findings.
    Findings,
    /// Puts a film upright.
    Orientation,
    /// Outlines the lungs.
    Lungs,
    /// Finds the film in a photo.
    Locator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Findings, Self::Orientation, Self::Lungs, Self::Locator];

    /// Stable code; the `kind` of a manifest.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Findings => "findings",
            Self::Orientation => "orientation",
            Self::Lungs => "lungs",
            Self::Locator => "locator",
        }
    }

    /// Reads a [`Role::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Outputs of a findings model.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsSpec {
    /// Output with one value for each of [`FindingsSpec::count`] classes.
    pub logits: String,
    /// Output with one class activation map a class; `None` for networks without.
    pub maps: Option<String>,
    /// What the values are.
    pub activation: Activation,
    /// Number of classes, scored ones and others.
    pub count: usize,
    /// The scored findings.
    pub findings: Vec<FindingSpec>,
}

/// What the values of a network's output are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activation {
    /// Any number; 0 is undecided.
    #[default]
    Logit,
    /// Probabilities, made by a logistic function inside the network.
    Sigmoid,
}

/// One scored output of a findings model.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingSpec {
    /// What it scores.
    pub finding: Finding,
    /// Place among the classes, from 0.
    pub index: usize,
    /// How well it is supported.
    pub evidence: Evidence,
    /// How its values are read, for each capture channel that was calibrated.
    pub operation: Vec<(CaptureChannel, Operation)>,
    /// Youngest validated age.
    pub min_age: AgeYears,
    /// The evidence in a sentence.
    pub evidence_text: String,
}

impl FindingSpec {
    /// How values are read on a channel; `None` where the model was not calibrated for it.
    #[must_use]
    pub fn on(&self, channel: CaptureChannel) -> Option<Operation> {
        self.operation.iter().find(|(known, _)| *known == channel).map(|(_, operation)| *operation)
    }
}

/// Calibration and operating point: score = sigmoid(scale × logit + offset).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Operation {
    /// Calibration scale, over 0.
    pub scale: f32,
    /// Calibration offset.
    pub offset: f32,
    /// Operating point and indeterminate band.
    pub threshold: Threshold,
}

/// Outputs of a film locator.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatorSpec {
    /// Output with one heat map for each corner of the film.
    pub corners: String,
    /// Output with the film's mask.
    pub mask: String,
    /// Output with the logit of a film being there.
    pub present: String,
}

/// Output and limits of a lung model.
#[derive(Clone, Debug, PartialEq)]
pub struct LungsSpec {
    /// Output with three logit masks: lung on the left of the picture, lung on its right, opacity.
    pub masks: String,
    /// Smallest area of a lung, share of the picture.
    pub lung_area_min: f32,
    /// Smallest interquartile range of grey inside a lung, grey levels of 255: below it there is
    /// no anatomy.
    pub contrast_min: f32,
    /// How far the share of lung affected moves from photo to photo.
    pub repeat_error: RepeatError,
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
    /// What else the network tells; `None` for networks that do not.
    pub kinds: Option<KindsSpec>,
}

/// The output of an orientation model that tells kinds of films apart, with its operating points.
#[derive(Clone, Debug, PartialEq)]
pub struct KindsSpec {
    /// Output with three logits: lateral, two films, child.
    pub output: String,
    /// Probability from which a film is refused as lateral.
    pub lateral: f32,
    /// Probability from which a picture is refused as one of two films.
    pub two_films: f32,
    /// Probability from which a film is taken for a small child's.
    pub child: f32,
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
