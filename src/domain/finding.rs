//! What a network may say about a radiograph, and how far it is to be believed.

use std::fmt;

use crate::domain::people::AgeYears;

macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// A radiological finding that a model may score. Closed: a model with another label fails
        /// to load, so that label order can never shift silently.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Finding { $($(#[$doc])* $name),+ }

        impl Finding {
            /// All findings in report order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Stable code used in files, columns and machine-readable output.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

findings! {
    /// Consistent with pulmonary tuberculosis.
    Tuberculosis = "tuberculosis",
    /// Pattern seen in COVID-19 pneumonia.
    Covid19 = "covid19",
    /// Opacity family: pneumonia, infiltration, consolidation, edema.
    Pneumonia = "pneumonia",
    /// Pleural effusion.
    Effusion = "effusion",
    /// Enlarged heart shadow.
    Cardiomegaly = "cardiomegaly",
    /// Any abnormality at all.
    Abnormal = "abnormal",
    /// Air in the pleural space.
    Pneumothorax = "pneumothorax",
    /// Nodule up to 3 cm.
    Nodule = "nodule",
    /// Mass over 3 cm.
    Mass = "mass",
    /// Volume loss.
    Atelectasis = "atelectasis",
    /// Airspace consolidation on its own.
    Consolidation = "consolidation",
    /// Infiltration on its own.
    Infiltration = "infiltration",
    /// Pulmonary edema on its own.
    Edema = "edema",
    /// Thickened pleura.
    PleuralThickening = "pleural_thickening",
    /// Scarring.
    Fibrosis = "fibrosis",
    /// Emphysema.
    Emphysema = "emphysema",
    /// Hiatal hernia.
    Hernia = "hernia",
    /// Lung lesion: a nodule or a mass.
    LungLesion = "lung_lesion",
    /// Lung opacity of any kind.
    LungOpacity = "lung_opacity",
    /// Widened heart and mediastinum shadow.
    EnlargedCardiomediastinum = "enlarged_cardiomediastinum",
    /// Fracture of a bone in the picture.
    Fracture = "fracture",
}

impl Finding {
    /// Reads a [`Finding::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|finding| finding.code() == code)
    }

    /// Whether the finding is inside the lungs (the part behind the heart included) and nowhere
    /// else, so that what a coarse map shows outside of them is spill.
    #[must_use]
    pub const fn lies_in_lungs(self) -> bool {
        match self {
            Self::Tuberculosis
            | Self::Covid19
            | Self::Pneumonia
            | Self::Nodule
            | Self::Mass
            | Self::Atelectasis
            | Self::Consolidation
            | Self::Infiltration
            | Self::Edema
            | Self::Fibrosis
            | Self::Emphysema
            | Self::LungLesion
            | Self::LungOpacity => true,
            Self::Effusion
            | Self::Cardiomegaly
            | Self::Abnormal
            | Self::Pneumothorax
            | Self::PleuralThickening
            | Self::Hernia
            | Self::EnlargedCardiomediastinum
            | Self::Fracture => false,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A calibrated score, finite, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Score(f32);

impl Score {
    /// The lowest score.
    pub const ZERO: Self = Self(0.0);

    /// `None` for anything that is not a finite number from 0 to 1: NaN must never be triaged as low.
    #[must_use]
    pub fn new(value: f32) -> Option<Self> {
        (value.is_finite() && (0.0..=1.0).contains(&value)).then_some(Self(value))
    }

    /// The number, 0 to 1.
    #[must_use]
    pub const fn value(self) -> f32 {
        self.0
    }
}

/// Where a score becomes a call, with the band around it in which no call is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    at: Score,
    low: Score,
    high: Score,
}

impl Threshold {
    /// `None` unless `low <= at <= high`. Thresholds come from a model's manifest only.
    #[must_use]
    pub fn new(at: Score, low: Score, high: Score) -> Option<Self> {
        (low <= at && at <= high).then_some(Self { at, low, high })
    }

    /// The operating point.
    #[must_use]
    pub const fn at(self) -> Score {
        self.at
    }

    /// Lower and upper end of the indeterminate band.
    #[must_use]
    pub const fn band(self) -> (Score, Score) {
        (self.low, self.high)
    }

    /// The call for a score. Inside the band, ends included, it is indeterminate, unless the band
    /// is empty.
    #[must_use]
    pub fn call(self, score: Score) -> Call {
        let banded = self.low < self.high;
        if banded && self.low <= score && score <= self.high {
            Call::Indeterminate
        } else if score >= self.at {
            Call::Above
        } else {
            Call::Below
        }
    }
}

/// What a score says at its threshold. Not a boolean: "no" and "not run" must stay apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// At or over the threshold.
    Above,
    /// Under the threshold.
    Below,
    /// Too close to the threshold to say.
    Indeterminate,
}

impl Call {
    /// All calls.
    pub const ALL: [Self; 3] = [Self::Above, Self::Below, Self::Indeterminate];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::Indeterminate => "indeterminate",
        }
    }

    /// Reads a [`Call::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.code() == code)
    }
}

/// How well a finding's score is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Measured well enough to act on.
    Assessed,
    /// Weak evidence: shown as such, never raises urgency, never alerts.
    Hint,
}

impl Evidence {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Assessed => "assessed",
            Self::Hint => "hint",
        }
    }

    /// Reads an [`Evidence::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Assessed, Self::Hint].into_iter().find(|evidence| evidence.code() == code)
    }
}

/// Why a finding has no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAssessed {
    /// The model in use does not score it.
    NotInModel,
    /// The model in use was not calibrated for radiographs that came this way.
    ChannelNotCalibrated,
    /// The patient is younger than the model was validated for.
    BelowValidatedAge {
        /// Youngest validated age.
        min: AgeYears,
    },
    /// The age is not known well enough to say that the patient is old enough.
    AgeUnknown {
        /// Youngest validated age.
        min: AgeYears,
    },
}

impl NotAssessed {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInModel => "not_in_model",
            Self::ChannelNotCalibrated => "channel_not_calibrated",
            Self::BelowValidatedAge { .. } => "below_validated_age",
            Self::AgeUnknown { .. } => "age_unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(value: f32) -> Score {
        Score::new(value).unwrap()
    }

    #[test]
    fn numbers_outside_the_range_are_no_scores() {
        for value in [f32::NAN, f32::INFINITY, -0.01, 1.01] {
            assert_eq!(Score::new(value), None);
        }
    }

    #[test]
    fn scores_near_the_threshold_are_indeterminate() {
        let threshold = Threshold::new(score(0.5), score(0.4), score(0.6)).unwrap();
        assert_eq!(threshold.call(score(0.39)), Call::Below);
        assert_eq!(threshold.call(score(0.4)), Call::Indeterminate);
        assert_eq!(threshold.call(score(0.6)), Call::Indeterminate);
        assert_eq!(threshold.call(score(0.61)), Call::Above);
        let sharp = Threshold::new(score(0.5), score(0.5), score(0.5)).unwrap();
        assert_eq!(sharp.call(score(0.5)), Call::Above);
    }

    #[test]
    fn every_finding_reads_back_its_code() {
        for finding in Finding::ALL {
            assert_eq!(Finding::parse(finding.code()), Some(*finding));
        }
        assert_eq!(Finding::parse("Tuberculosis"), None);
    }
}
