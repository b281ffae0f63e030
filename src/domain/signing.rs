//! The report that a physician signs, and the chain that holds its versions together.
//!
//! What the box said stands beside what the person decided, never under it. A signed version is a
//! text and the SHA-256 over it; the text names the hash of the version before, so no version can be
//! changed, taken out or put in without a trace. An amendment is a further version with a reason.

mod chain;
mod credit;

pub use chain::{
    BrokenChain, HowRead, SignedVersion, VersionHead, escaped, hash_of, unescaped, verify_chain,
};
pub use credit::{Credit, CreditKind};

use crate::domain::box_id::BoxId;
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score};
use crate::domain::ids::{PhotoId, StudyNumber};
use crate::domain::indication::{Indication, IndicationNote};
use crate::domain::lungs::Percent;
use crate::domain::patient::Patient;
use crate::domain::people::{AgeEvidence, LocalId, PersonName, Phi, Sex};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{Backend, ModelRef, ScoreSheet};
use crate::domain::report::Sentence;
use crate::domain::same_film::Whose;

/// What a physician decided about one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Nothing was said. Never the same as "not there".
    NotCommented,
    /// The box pointed at it, and the physician sees it too.
    Accepted,
    /// The physician does not see it.
    Rejected,
    /// The physician sees it, and the box did not point at it.
    Added,
}

impl Decision {
    /// All decisions.
    pub const ALL: [Self; 4] = [Self::NotCommented, Self::Accepted, Self::Rejected, Self::Added];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotCommented => "not_commented",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Added => "added",
        }
    }

    /// Reads a [`Decision::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }

    /// The decision that a person's opinion is, beside what the box said.
    #[must_use]
    pub const fn of(opinion: Opinion, machine: Machine) -> Self {
        match (opinion, machine.points_at_it()) {
            (Opinion::Undecided, _) => Self::NotCommented,
            (Opinion::Seen, true) => Self::Accepted,
            (Opinion::Seen, false) => Self::Added,
            (Opinion::NotSeen, _) => Self::Rejected,
        }
    }
}

/// What a person says about one finding, whatever the box said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opinion {
    /// It is on the film.
    Seen,
    /// It is not on the film.
    NotSeen,
    /// Nothing is said.
    Undecided,
}

impl Opinion {
    /// All opinions in the order in which a form shows them.
    pub const ALL: [Self; 3] = [Self::Seen, Self::NotSeen, Self::Undecided];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::NotSeen => "not_seen",
            Self::Undecided => "undecided",
        }
    }

    /// Reads an [`Opinion::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|opinion| opinion.code() == code)
    }
}

impl From<Decision> for Opinion {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::NotCommented => Self::Undecided,
            Decision::Accepted | Decision::Added => Self::Seen,
            Decision::Rejected => Self::NotSeen,
        }
    }
}

/// What the box said about one finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Machine {
    /// A score.
    Scored {
        /// How well it is supported.
        evidence: Evidence,
        /// The score.
        score: Score,
        /// Its threshold.
        threshold: Score,
        /// The call.
        call: Call,
    },
    /// No score, and why.
    NotAssessed(NotAssessed),
}

impl Machine {
    /// Whether the box put it at or above its threshold, or could not say.
    #[must_use]
    pub const fn points_at_it(self) -> bool {
        match self {
            Self::Scored { call: Call::Above | Call::Indeterminate, .. } => true,
            Self::Scored { call: Call::Below, .. } | Self::NotAssessed(_) => false,
        }
    }

    /// Whether a report may not be signed before a person has decided: assessed, and pointed at.
    #[must_use]
    pub const fn asks_for_decision(self) -> bool {
        match self {
            Self::Scored { evidence: Evidence::Assessed, .. } => self.points_at_it(),
            Self::Scored { evidence: Evidence::Hint, .. } | Self::NotAssessed(_) => false,
        }
    }
}

/// One finding of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportedFinding {
    /// Which one.
    pub finding: Finding,
    /// What the box said.
    pub machine: Machine,
    /// What the physician decided.
    pub decision: Decision,
}

/// Free text of a person, lines kept. Hides its content from `Debug`, and so from logs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FreeText(String);

impl FreeText {
    /// Longest accepted text, characters: fills one page beside the film.
    pub const CHARS_MAX: usize = 2_000;

    /// Line ends become `\n`, white space at the ends of lines and of the text goes away; `None` when
    /// too long or with control characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let text = lines.trim_matches('\n').trim().to_owned();
        let odd = text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
        (!odd && text.chars().count() <= Self::CHARS_MAX).then(|| Self(text.replace('\t', " ")))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for FreeText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FreeText(…)")
    }
}

/// Whose film it was when the report was signed: later changes of the patient do not reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSubject {
    /// Name.
    pub name: Phi<PersonName>,
    /// The id that the box gave; `None` in reports from before it gave any.
    pub box_id: Option<Phi<BoxId>>,
    /// The clinic's number, where there is one.
    pub local_id: Option<Phi<LocalId>>,
    /// Administrative sex.
    pub sex: Sex,
    /// Age or year of birth.
    pub age: AgeEvidence,
}

impl From<&Patient> for ReportSubject {
    fn from(patient: &Patient) -> Self {
        let Patient { box_id, name, local_id, sex, age, .. } = patient;
        Self {
            name: name.clone(),
            box_id: Some(box_id.clone()),
            local_id: local_id.clone(),
            sex: *sex,
            age: *age,
        }
    }
}

/// Why a reader must look twice at whose film this is, or at its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilmDoubt {
    /// Taken for a film seen from its back, and mirrored.
    Mirrored,
    /// Neither sure nor excluded that it was seen from its back.
    MirrorDoubtful,
    /// It looks like a small child's, but the patient is older.
    AgeDoubtful,
    /// It looks the same as a film of another study, and nobody has said whether it is.
    LooksTheSame(StudyNumber, Whose),
    /// A person said that the same film is one of another patient's study.
    AnotherPatients(StudyNumber),
}

impl FilmDoubt {
    /// The sentence that says so.
    #[must_use]
    pub const fn sentence(self) -> Sentence {
        match self {
            Self::Mirrored => Sentence::Mirrored,
            Self::MirrorDoubtful => Sentence::MirrorDoubtful,
            Self::AgeDoubtful => Sentence::AgeDoubtful,
            Self::LooksTheSame(number, whose) => Sentence::LooksTheSame { number, whose },
            Self::AnotherPatients(number) => Sentence::SameFilmOtherPatient { number },
        }
    }
}

/// The share of lung with opacity as a report has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LungShare {
    /// Of both lungs together.
    pub both: Percent,
    /// Lower end of what another photo of the film could give.
    pub low: Percent,
    /// Upper end.
    pub high: Percent,
    /// Right lung and left lung.
    pub lungs: [Percent; 2],
}

impl LungShare {
    /// The share of a score sheet; `None` where the lungs were not outlined.
    #[must_use]
    pub fn of(sheet: &ScoreSheet) -> Option<Self> {
        let lungs = sheet.lungs.as_ref()?;
        let shares = lungs.fields.affected();
        let (low, high) = lungs.repeat_error.interval(shares.both);
        Some(Self { both: shares.both, low, high, lungs: shares.lungs })
    }
}

/// What a report rests on: the reading that the physician looked at. No person can edit it.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Whose film.
    pub subject: ReportSubject,
    /// The photo that was read.
    pub photo: PhotoId,
    /// SHA-256 of the radiograph that was looked at.
    pub radiograph: Sha256Digest,
    /// Which model scored it.
    pub model: ModelRef,
    /// On which back end.
    pub backend: Backend,
    /// With which preprocessing.
    pub preprocessing: u32,
    /// Every finding with what the box said, in report order.
    pub findings: Vec<(Finding, Machine)>,
    /// Share of lung with opacity; `None`: not assessed.
    pub lung_share: Option<LungShare>,
    /// Remarks on the photo.
    pub remarks: Vec<QualityIssue>,
    /// Doubts about the film.
    pub doubts: Vec<FilmDoubt>,
    /// Why the film was taken, without the HIV status: reports leave the clinic.
    pub indication: Indication,
    /// What that meant for the reading.
    pub notes: Vec<IndicationNote>,
}

impl Basis {
    /// The findings of a score sheet, scored and not assessed, in report order.
    #[must_use]
    pub fn findings_of(sheet: &ScoreSheet) -> Vec<(Finding, Machine)> {
        let scored = sheet.lines.iter().map(|line| {
            let (evidence, score, call) = (line.evidence, line.score, line.call);
            let threshold = line.threshold.at();
            (line.finding, Machine::Scored { evidence, score, threshold, call })
        });
        let gaps = sheet.not_assessed.iter().map(|(f, why)| (*f, Machine::NotAssessed(*why)));
        let mut findings: Vec<_> = scored.chain(gaps).collect();
        findings.sort_by_key(|(finding, _)| *finding);
        findings
    }
}

/// What a person made of a reading so far. Saved on the box at every step, signed or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Opinions that differ from "undecided", in report order.
    pub opinions: Vec<(Finding, Opinion)>,
    /// What the film shows, in words.
    pub conclusion: FreeText,
    /// What to do next.
    pub recommendation: FreeText,
    /// Whose words of the portal were taken over.
    pub credits: Vec<Credit>,
}

impl Edits {
    /// The opinion about a finding.
    #[must_use]
    pub fn opinion(&self, finding: Finding) -> Opinion {
        let found = self.opinions.iter().find(|(one, _)| *one == finding);
        found.map_or(Opinion::Undecided, |(_, opinion)| *opinion)
    }
}

/// A whole report: the reading and what the physician made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportContent {
    /// Language in which it is written, as HTML's `lang` has it.
    pub language: String,
    /// What the box said.
    pub basis: Basis,
    /// What the physician decided about each finding, in the order of the basis.
    pub decisions: Vec<Decision>,
    /// What the film shows, in words.
    pub conclusion: FreeText,
    /// What to do next.
    pub recommendation: FreeText,
    /// Whose words of the portal were taken over: they are named beside the one who signs.
    pub credits: Vec<Credit>,
}

/// Why a report cannot be signed as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignable {
    /// The box points at a finding, and the physician has not decided about it.
    Undecided(Finding),
    /// No word about what the film shows.
    NoConclusion,
}

impl ReportContent {
    /// Puts a reading and a person's edits together.
    #[must_use]
    pub fn new(language: &str, basis: Basis, edits: &Edits) -> Self {
        let decide = |(finding, machine): &(Finding, Machine)| {
            Decision::of(edits.opinion(*finding), *machine)
        };
        Self {
            language: language.to_owned(),
            decisions: basis.findings.iter().map(decide).collect(),
            basis,
            conclusion: edits.conclusion.clone(),
            recommendation: edits.recommendation.clone(),
            credits: edits.credits.clone(),
        }
    }

    /// The findings with machine value and decision.
    pub fn findings(&self) -> impl Iterator<Item = ReportedFinding> {
        let pairs = self.basis.findings.iter().zip(&self.decisions);
        pairs.map(|((finding, machine), decision)| ReportedFinding {
            finding: *finding,
            machine: *machine,
            decision: *decision,
        })
    }

    /// The edits that lead to this content again: what an amendment begins with.
    #[must_use]
    pub fn edits(&self) -> Edits {
        let opinions = self.findings().map(|one| (one.finding, Opinion::from(one.decision)));
        Edits {
            opinions: opinions.filter(|(_, opinion)| *opinion != Opinion::Undecided).collect(),
            conclusion: self.conclusion.clone(),
            recommendation: self.recommendation.clone(),
            credits: self.credits.clone(),
        }
    }

    /// Whether a physician may put a name under it.
    ///
    /// # Errors
    /// The first thing that is missing.
    pub fn signable(&self) -> Result<(), NotSignable> {
        let open = self
            .findings()
            .find(|one| one.decision == Decision::NotCommented && one.machine.asks_for_decision());
        match open {
            Some(one) => Err(NotSignable::Undecided(one.finding)),
            None if self.conclusion.is_empty() => Err(NotSignable::NoConclusion),
            None => Ok(()),
        }
    }

    /// Whether the physician sees anything: a finding accepted or added.
    #[must_use]
    pub fn sees_something(&self) -> bool {
        self.decisions.iter().any(|one| matches!(one, Decision::Accepted | Decision::Added))
    }
}

#[cfg(test)]
mod tests;
