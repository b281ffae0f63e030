//! The report draft as sentences that any language can say.

use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score};
use crate::domain::ids::StudyNumber;
use crate::domain::indication::IndicationNote;
use crate::domain::lungs::Percent;
use crate::domain::quality::QualityIssue;
use crate::domain::reading::Backend;
use crate::domain::same_film::Whose;

/// One sentence of a report draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    /// What the draft is and is not.
    Preamble,
    /// A scored finding.
    Scored {
        /// What was scored.
        finding: Finding,
        /// How well the score is supported.
        evidence: Evidence,
        /// The score.
        score: Score,
        /// Its threshold.
        threshold: Score,
        /// The call.
        call: Call,
        /// Where the network saw it, for findings at or near their threshold.
        region: Option<Region>,
    },
    /// Findings were assessed, and none is at or near its threshold.
    NothingAbove,
    /// No finding was assessed.
    NothingAssessed,
    /// The film was taken for one seen from its back, and mirrored: a reader must check the marker.
    Mirrored,
    /// Whether the film was seen from its back is not sure: a reader must check the marker.
    MirrorDoubtful,
    /// The film looks like a small child's, but its patient is older.
    AgeDoubtful,
    /// The film looks the same as one of another study, and nobody has said whether it is.
    LooksTheSame {
        /// The other study.
        number: StudyNumber,
        /// Whose film that one is.
        whose: Whose,
    },
    /// A person said that the film is one of another patient's study too: one name is wrong.
    SameFilmOtherPatient {
        /// The other study.
        number: StudyNumber,
    },
    /// What the reason of the film and the complaints mean for the reading.
    Indicated(IndicationNote),
    /// A remark on the photo that did not stop the reading.
    Remark(QualityIssue),
    /// A finding without a score.
    NotAssessed(Finding, NotAssessed),
    /// The share of lung affected.
    LungShare {
        /// Of both lungs together.
        both: Percent,
        /// Lower end of what another photo of the film could give.
        low: Percent,
        /// Upper end.
        high: Percent,
        /// Of the right lung and of the left lung.
        lungs: [Percent; 2],
        /// The third of a lung that is affected most, where the share is more than repeat error.
        worst: Option<Region>,
    },
    /// The share of lung affected has no figure.
    LungShareNotAssessed,
    /// Which model on which back end.
    Model {
        /// Model name and version.
        model: String,
        /// Back end.
        backend: Backend,
    },
    /// A person decides.
    Decision,
}

/// A coarse place in the radiograph. Sides are the patient's: the patient's right is on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Region {
    /// Patient's side.
    pub side: Side,
    /// Height.
    pub zone: Zone,
}

/// Side of the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Patient's right, left in the radiograph.
    Right,
    /// Around the middle.
    Central,
    /// Patient's left, right in the radiograph.
    Left,
}

impl Side {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Central => "central",
            Self::Left => "left",
        }
    }
}

/// Third of the radiograph's height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Upper third.
    Upper,
    /// Middle third.
    Middle,
    /// Lower third.
    Lower,
}

impl Zone {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Middle => "middle",
            Self::Lower => "lower",
        }
    }
}

/// A report draft: what the box proposes and a person decides on.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
}
