//! Why a film was taken, and what the patient told: it changes texts and how soon a person looks.
//!
//! The packs carry three figures for each finding: the threshold and the two ends of the band around
//! it. Nothing else is made up here. A reason moves which of these figures counts; it never makes
//! anything less urgent than the scores alone do.

use crate::domain::finding::{Call, Evidence, Finding};
use crate::domain::people::Phi;
use crate::domain::reading::{ScoreLine, ScoreSheet, Urgency};

macro_rules! coded {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All values in the order in which forms show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    )+};
}

coded! {
    /// Why the film was taken.
    Reason {
        /// Somebody without complaints, as in a camp.
        Screening = "screening",
        /// Somebody with complaints, to decide what is done next.
        Triage = "triage",
        /// Somebody who lies in a ward.
        Ward = "ward",
        /// Somebody who is to be operated on.
        PreOperative = "pre_operative",
    }

    /// What the patient told, or what was noticed.
    Symptom {
        /// Cough for two weeks or longer.
        Cough = "cough",
        /// Fever.
        Fever = "fever",
        /// Loss of weight.
        WeightLoss = "weight_loss",
        /// Sweating at night.
        NightSweats = "night_sweats",
        /// Blood in the sputum.
        BloodInSputum = "blood_in_sputum",
        /// Short of breath.
        Breathlessness = "breathlessness",
        /// Pain in the chest.
        ChestPain = "chest_pain",
        /// Lives or works with somebody who has tuberculosis. No symptom, but asked with them.
        TbContact = "tb_contact",
    }

    /// Whether the patient was treated for tuberculosis before, as told at the examination.
    PastTb {
        /// Not asked or not told.
        Unknown = "unknown",
        /// Told: never.
        No = "no",
        /// Told: yes.
        Yes = "yes",
    }

    /// HIV status as told at the examination. Never on lists, slips or in logs.
    HivStatus {
        /// Not asked or not told.
        Unknown = "unknown",
        /// Told: negative.
        Negative = "negative",
        /// Told: positive.
        Positive = "positive",
    }
}

impl Symptom {
    /// Whether it alone is a reason to test for tuberculosis: the four symptoms of WHO's screen
    /// (consolidated guidelines, module 2, 2021: cough, fever, weight loss, night sweats) and blood in
    /// the sputum.
    #[must_use]
    pub const fn suggests_tb(self) -> bool {
        match self {
            Self::Cough
            | Self::Fever
            | Self::WeightLoss
            | Self::NightSweats
            | Self::BloodInSputum => true,
            Self::Breathlessness | Self::ChestPain | Self::TbContact => false,
        }
    }
}

/// Which of a pack's figures decides for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatingPoint {
    /// The lower end of the band: few are missed, more are called back.
    LowerEdge,
    /// The threshold with the band around it.
    Band,
    /// The threshold itself, also within the band.
    Threshold,
}

/// Why the film was taken and what was told. Two people must not see the last of it by accident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indication {
    /// Why; `None`: nobody said.
    pub reason: Option<Reason>,
    symptoms: Vec<Symptom>,
    /// Treated for tuberculosis before.
    pub past_tb: PastTb,
    /// HIV status.
    pub hiv: Phi<HivStatus>,
}

impl Default for Indication {
    fn default() -> Self {
        Self::new(None, Vec::new(), PastTb::Unknown, HivStatus::Unknown)
    }
}

/// What a reader is told because of the indication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndicationNote {
    /// Screening: a finding is at or above the lower end of its band, and that counts here.
    ScreeningPoint,
    /// Complaints that call for a test whatever the score says.
    SymptomsCallForTest,
    /// Tuberculosis at or above its threshold within the band, in somebody with such complaints.
    SymptomsAndScore,
    /// Fitness for an operation is not judged.
    FitnessNotJudged,
    /// Films taken in bed are not what the networks were measured on.
    WardFilm,
}

impl IndicationNote {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ScreeningPoint => "screening-point",
            Self::SymptomsCallForTest => "symptoms-call-for-test",
            Self::SymptomsAndScore => "symptoms-and-score",
            Self::FitnessNotJudged => "fitness-not-judged",
            Self::WardFilm => "ward-film",
        }
    }

    /// Reads an [`IndicationNote::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|note| note.code() == code)
    }

    /// All notes.
    pub const ALL: [Self; 5] = [
        Self::SymptomsAndScore,
        Self::SymptomsCallForTest,
        Self::ScreeningPoint,
        Self::WardFilm,
        Self::FitnessNotJudged,
    ];
}

impl Indication {
    /// Symptoms are put in order; each counts once.
    #[must_use]
    pub fn new(
        reason: Option<Reason>,
        mut symptoms: Vec<Symptom>,
        past_tb: PastTb,
        hiv: HivStatus,
    ) -> Self {
        symptoms.sort_unstable();
        symptoms.dedup();
        Self { reason, symptoms, past_tb, hiv: Phi::new(hiv) }
    }

    /// The same without the HIV status: for everybody who does not need it, and for paper.
    #[must_use]
    pub fn without_hiv(&self) -> Self {
        self.with_hiv(HivStatus::Unknown)
    }

    /// The same with another HIV status.
    #[must_use]
    pub fn with_hiv(&self, status: HivStatus) -> Self {
        Self { hiv: Phi::new(status), ..self.clone() }
    }

    /// What was told, in order.
    #[must_use]
    pub fn symptoms(&self) -> &[Symptom] {
        &self.symptoms
    }

    /// Whether there is anything to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Complaints that call for a test for tuberculosis.
    #[must_use]
    pub fn suggests_tb(&self) -> bool {
        self.symptoms.iter().any(|symptom| symptom.suggests_tb())
    }

    /// Which figure decides about tuberculosis.
    #[must_use]
    pub fn operating_point(&self) -> OperatingPoint {
        match self.reason {
            Some(Reason::Screening) => OperatingPoint::LowerEdge,
            Some(Reason::Triage | Reason::Ward) if self.suggests_tb() => OperatingPoint::Threshold,
            Some(Reason::Triage | Reason::Ward | Reason::PreOperative) | None => {
                OperatingPoint::Band
            }
        }
    }

    /// How soon a person should look: as the scores say, or sooner.
    #[must_use]
    pub fn urgency(&self, sheet: &ScoreSheet) -> Urgency {
        let scores = Urgency::of(sheet);
        let told = if self.tuberculosis_at_threshold(sheet) {
            Urgency::Urgent
        } else if self.suggests_tb() {
            Urgency::Soon
        } else {
            Urgency::Routine
        };
        scores.min(told)
    }

    /// What a reader is told, most important first.
    #[must_use]
    pub fn notes(&self, sheet: &ScoreSheet) -> Vec<IndicationNote> {
        let holds = |note: &IndicationNote| match note {
            IndicationNote::SymptomsAndScore => self.tuberculosis_at_threshold(sheet),
            IndicationNote::SymptomsCallForTest => {
                self.suggests_tb() && !self.tuberculosis_at_threshold(sheet)
            }
            IndicationNote::ScreeningPoint => {
                self.operating_point() == OperatingPoint::LowerEdge
                    && assessed(sheet).any(|line| line.call == Call::Indeterminate)
            }
            IndicationNote::WardFilm => self.reason == Some(Reason::Ward),
            IndicationNote::FitnessNotJudged => self.reason == Some(Reason::PreOperative),
        };
        IndicationNote::ALL.into_iter().filter(holds).collect()
    }

    /// Tuberculosis at or above the threshold although within the band, where that counts.
    fn tuberculosis_at_threshold(&self, sheet: &ScoreSheet) -> bool {
        self.operating_point() == OperatingPoint::Threshold
            && assessed(sheet).any(|line| {
                line.finding == Finding::Tuberculosis
                    && line.call == Call::Indeterminate
                    && line.score >= line.threshold.at()
            })
    }
}

fn assessed(sheet: &ScoreSheet) -> impl Iterator<Item = &ScoreLine> {
    sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::finding::{Score, Threshold};
    use crate::domain::reading::{Backend, ModelRef};
    use proptest::prelude::*;

    /// Tuberculosis with the threshold at 0.5 and the band from 0.4 to 0.6.
    fn sheet(score: f32, evidence: Evidence) -> ScoreSheet {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
        let sha256 = Sha256Digest::from_bytes([0; 32]);
        let (score, finding) = (at(score), Finding::Tuberculosis);
        let call = threshold.call(score);
        ScoreSheet {
            model: ModelRef { id: "m".into(), version: "1".into(), sha256 },
            backend: Backend::Tract,
            preprocessing: 1,
            lines: vec![ScoreLine { finding, evidence, score, threshold, call, map: None }],
            not_assessed: vec![],
            lungs: None,
        }
    }

    fn told(reason: Option<Reason>, symptoms: &[Symptom]) -> Indication {
        Indication::new(reason, symptoms.to_vec(), PastTb::Unknown, HivStatus::Unknown)
    }

    fn check(indication: &Indication, score: f32, expected: Urgency) {
        assert_eq!(indication.urgency(&sheet(score, Evidence::Assessed)), expected, "{score}");
    }

    #[test]
    fn complaints_and_a_score_at_the_threshold_do_not_wait() {
        let coughs = told(Some(Reason::Triage), &[Symptom::Cough]);
        check(&coughs, 0.45, Urgency::Soon);
        check(&coughs, 0.5, Urgency::Urgent);
        check(&told(Some(Reason::Triage), &[Symptom::ChestPain]), 0.5, Urgency::Soon);
        check(&told(Some(Reason::Screening), &[Symptom::Cough]), 0.5, Urgency::Soon);
        check(&told(None, &[Symptom::Cough]), 0.5, Urgency::Soon);
    }

    #[test]
    fn nobody_with_such_complaints_is_routine() {
        for reason in Reason::ALL.iter().copied().map(Some).chain([None]) {
            check(&told(reason, &[Symptom::NightSweats]), 0.1, Urgency::Soon);
            check(&told(reason, &[Symptom::TbContact]), 0.1, Urgency::Routine);
        }
    }

    #[test]
    fn hints_are_not_raised_by_complaints() {
        let coughs = told(Some(Reason::Triage), &[Symptom::Cough]);
        assert_eq!(coughs.urgency(&sheet(0.55, Evidence::Hint)), Urgency::Soon);
    }

    #[test]
    fn the_reason_says_what_counts_and_what_is_not_judged() {
        let notes =
            |indication: &Indication, score| indication.notes(&sheet(score, Evidence::Assessed));
        let screening = told(Some(Reason::Screening), &[]);
        assert_eq!(notes(&screening, 0.41), [IndicationNote::ScreeningPoint]);
        assert_eq!(notes(&screening, 0.3), []);
        let coughs = told(Some(Reason::Triage), &[Symptom::Cough]);
        assert_eq!(notes(&coughs, 0.3), [IndicationNote::SymptomsCallForTest]);
        assert_eq!(notes(&coughs, 0.55), [IndicationNote::SymptomsAndScore]);
        let operation = told(Some(Reason::PreOperative), &[]);
        assert_eq!(notes(&operation, 0.3), [IndicationNote::FitnessNotJudged]);
        assert_eq!(notes(&told(None, &[]), 0.5), []);
    }

    #[test]
    fn hiv_status_does_not_print() {
        let one = Indication::new(None, vec![], PastTb::Yes, HivStatus::Positive);
        assert!(!format!("{one:?}").contains("Positive"));
        assert!(!one.is_empty() && Indication::default().is_empty());
        assert_eq!(*one.without_hiv().hiv.reveal(), HivStatus::Unknown);
        assert_eq!(one.without_hiv().past_tb, PastTb::Yes);
    }

    proptest! {
        #[test]
        fn nothing_that_is_told_lowers_the_urgency(
            reason in prop::option::of(prop::sample::select(Reason::ALL.to_vec())),
            symptoms in prop::sample::subsequence(Symptom::ALL.to_vec(), 0..=8),
            past_tb in prop::sample::select(PastTb::ALL.to_vec()),
            hiv in prop::sample::select(HivStatus::ALL.to_vec()),
            score in 0.0_f32..=1.0,
            hint: bool,
        ) {
            let evidence = if hint { Evidence::Hint } else { Evidence::Assessed };
            let sheet = sheet(score, evidence);
            let indication = Indication::new(reason, symptoms, past_tb, hiv);
            prop_assert!(indication.urgency(&sheet) <= Urgency::of(&sheet));
        }
    }
}
