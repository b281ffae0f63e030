//! A second opinion: what a radiologist of the portal says about a film of a box.
//!
//! It stands beside what the box and its people say, and replaces neither.

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Call, Evidence, Finding};
use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::people::PersonName;
use crate::domain::reading::ScoreSheet;
use crate::domain::signing::{FreeText, Opinion};
use crate::domain::stamp::{Stamp, WallMs};

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// About which study.
    pub study: StudyId,
    /// SHA-256 of the radiograph that was looked at.
    pub radiograph: Sha256Digest,
    /// By whom.
    pub reader: PersonName,
    /// When, by the portal's clock.
    pub at: WallMs,
    /// Opinions that differ from "undecided", in report order.
    pub opinions: Vec<(Finding, Opinion)>,
    /// What the film shows, in words.
    pub conclusion: FreeText,
}

impl Review {
    /// The findings that the reader sees.
    pub fn seen(&self) -> impl Iterator<Item = Finding> {
        let seen = self.opinions.iter().filter(|(_, opinion)| *opinion == Opinion::Seen);
        seen.map(|(finding, _)| *finding)
    }

    /// Findings that the reader sees and the box did not point at with evidence: somebody must look
    /// again. A hint of the box does not count as having pointed at it.
    #[must_use]
    pub fn beyond(&self, sheet: Option<&ScoreSheet>) -> Vec<Finding> {
        let pointed_at = |finding: Finding| {
            sheet.is_some_and(|sheet| {
                sheet.lines.iter().any(|line| {
                    line.finding == finding
                        && line.evidence == Evidence::Assessed
                        && matches!(line.call, Call::Above | Call::Indeterminate)
                })
            })
        };
        self.seen().filter(|finding| !pointed_at(*finding)).collect()
    }
}

/// A second opinion as the box keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReview {
    /// The portal's number for it.
    pub number: u64,
    /// What was said.
    pub review: Review,
    /// What goes beyond the box's reading of that time.
    pub beyond: Vec<Finding>,
    /// When it came in.
    pub received: Stamp,
}

/// Why a study stands on top of the worklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmReason {
    /// The portal sees more than the box, and nobody has looked at it since.
    SeesMore,
    /// The portal proposes an amendment, and nobody has answered it.
    Proposed,
}

/// A study on which the portal has said something that a physician must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewAlarm {
    /// Which study.
    pub study: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Why.
    pub reason: AlarmReason,
}
