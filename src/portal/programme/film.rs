//! What is counted of one film, put together from its records, whatever the order in which they came.

use crate::domain::finding::{Call, Evidence, Finding};
use crate::domain::followup::{Outcome, Suspicion, TestResult};
use crate::domain::ids::{Seq, StudyId};
use crate::domain::signing::{Decision, Machine};
use crate::domain::study::StudyState;
use crate::domain::sync::RecordKind;
use crate::portal::programme::week::Week;
use crate::wire::fhir::read::{Told, ToldStudy};
use crate::wire::fhir::{ToldAlert, ToldFollowUp};

/// A film of the same person within so many days asks the same question as the first one.
const SAME_QUESTION_DAYS: i64 = 90;

/// Where the score for tuberculosis lies, or why there is none. No score is a class of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// At or above the threshold.
    Above,
    /// Too near to say.
    Near,
    /// Below the threshold.
    Below,
    /// The patient is too young, or the age is not known.
    Age,
    /// The networks in use give no call for such radiographs.
    Model,
    /// The box did not say why.
    Unsaid,
    /// No photo could be read yet.
    NoReading,
    /// The reading is still on the box.
    Coming,
}

impl Band {
    /// All of them; those with a score first.
    pub const ALL: [Self; 8] = [
        Self::Above,
        Self::Near,
        Self::Below,
        Self::Age,
        Self::Model,
        Self::Unsaid,
        Self::NoReading,
        Self::Coming,
    ];
    /// How many of them have a score.
    pub const SCORED: usize = 3;

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Near => "near",
            Self::Below => "below",
            Self::Age => "age",
            Self::Model => "model",
            Self::Unsaid => "unsaid",
            Self::NoReading => "no_reading",
            Self::Coming => "coming",
        }
    }

    /// Reads a [`Band::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    fn of(told: &Told) -> Option<Self> {
        let reading = told.reading()?;
        let scored = reading.scored.iter().find(|(finding, _)| *finding == Finding::Tuberculosis);
        Some(match scored {
            Some((_, Machine::Scored { evidence: Evidence::Assessed, call, .. })) => match call {
                Call::Above => Self::Above,
                Call::Indeterminate => Self::Near,
                Call::Below => Self::Below,
            },
            // A hint is no call.
            Some(_) => Self::Model,
            None => match told.not_assessed(Finding::Tuberculosis) {
                Some("below_validated_age" | "age_unknown") => Self::Age,
                Some("not_in_model" | "channel_not_calibrated") => Self::Model,
                Some(_) | None => Self::Unsaid,
            },
        })
    }
}

/// How far tests for tuberculosis have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tests {
    /// None was ordered.
    #[default]
    None,
    /// Ordered, or it could not be done.
    Ordered,
    /// One was done.
    Done,
    /// One found tuberculosis.
    Positive,
}

impl Tests {
    const ALL: [Self; 4] = [Self::None, Self::Ordered, Self::Done, Self::Positive];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ordered => "ordered",
            Self::Done => "done",
            Self::Positive => "positive",
        }
    }

    /// Reads a [`Tests::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    fn of(told: &ToldFollowUp) -> Self {
        let ours = told.tests.iter().filter(|(test, _)| test.is_for() == Suspicion::Tuberculosis);
        let came = ours.map(|(_, result)| match result {
            Some(TestResult::Positive | TestResult::PositiveResistant) => Self::Positive,
            Some(TestResult::Negative | TestResult::Inconclusive) => Self::Done,
            Some(TestResult::NotDone) | None => Self::Ordered,
        });
        came.max().unwrap_or_default()
    }
}

/// What the physician's newest signed report says about tuberculosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Physician {
    /// Nobody has signed.
    #[default]
    NotYet,
    /// Sees it.
    Sees,
    /// Does not, or says nothing.
    DoesNotSee,
}

impl Physician {
    const ALL: [Self; 3] = [Self::NotYet, Self::Sees, Self::DoesNotSee];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Sees => "sees",
            Self::DoesNotSee => "does_not_see",
        }
    }

    /// Reads a [`Physician::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A film as its records tell it. Each part comes from the newest record that tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilmFacts {
    /// The box's own id of the patient.
    pub patient: Option<[u8; 16]>,
    /// Local day of the registration, days since 1970; `None`: the clock was not confirmed.
    pub day: Option<i64>,
    /// Where the study stands; `None`: nothing was told.
    pub state: Option<StudyState>,
    /// A reading is in force.
    pub read: bool,
    /// Photos taken and photos refused, where one was refused.
    pub photos: [u32; 2],
    /// The record that said all this.
    pub told_seq: i64,
    /// What the newest reading says.
    pub band: Option<Band>,
    /// Its record.
    pub result_seq: i64,
    /// A suspicion of tuberculosis is open.
    pub open: bool,
    /// Tests for it.
    pub tests: Tests,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The record that said so.
    pub follow_seq: i64,
    /// The newest signed report.
    pub physician: Physician,
    /// Its record.
    pub report_seq: i64,
}

impl FilmFacts {
    /// Takes in what a record tells. Of two with one number, the one that came later counts.
    pub fn hear(&mut self, seq: Seq, kind: RecordKind, (told, study): (&Told, &ToldStudy)) {
        if seq.0 >= self.told_seq && self.state != Some(StudyState::Voided) {
            self.told_seq = seq.0;
            self.patient = told.patient_key();
            self.day = told.day().filter(|day| *day >= 0);
            self.state = Some(study.state);
            self.read = study.urgency.is_some();
            self.photos = told.photos().unwrap_or_default();
        }
        if kind == RecordKind::Result
            && seq.0 >= self.result_seq
            && let Some(band) = Band::of(told)
        {
            (self.band, self.result_seq) = (Some(band), seq.0);
        }
        if kind == RecordKind::FollowUp && seq.0 >= self.follow_seq {
            let told = told.follow_up();
            self.follow_seq = seq.0;
            self.open = told.open.contains(&Suspicion::Tuberculosis);
            self.tests = Tests::of(&told);
            self.outcome = told.outcome;
        }
        if kind == RecordKind::Report && seq.0 >= self.report_seq && told.report().is_some() {
            self.report_seq = seq.0;
            self.physician = match told.decision(Finding::Tuberculosis) {
                Some(Decision::Accepted | Decision::Added) => Physician::Sees,
                Some(Decision::NotCommented | Decision::Rejected) | None => Physician::DoesNotSee,
            };
        }
    }

    /// Where it is counted.
    #[must_use]
    pub fn band(&self) -> Band {
        if self.read { self.band.unwrap_or(Band::Coming) } else { Band::NoReading }
    }

    /// Whether tuberculosis is or was suspected. A physician's word stands over the box's, as it does there.
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        let seen = match self.physician {
            Physician::NotYet => self.band() == Band::Above,
            Physician::Sees => true,
            Physician::DoesNotSee => false,
        };
        let tuberculosis = matches!(
            self.outcome,
            Some(Outcome::TuberculosisConfirmed | Outcome::TuberculosisClinical)
        );
        !self.is_voided() && (seen || self.open || self.tests != Tests::None || tuberculosis)
    }

    /// Whether it is counted as void alone.
    #[must_use]
    pub fn is_voided(&self) -> bool {
        self.state == Some(StudyState::Voided)
    }

    /// The week in which it is counted, as the rows have it.
    #[must_use]
    pub fn week(&self) -> i64 {
        self.day.map_or(Week::UNDATED, |day| Week::of_day(day).0)
    }
}

/// What a person's films amount to, counted at the first film that raised the suspicion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Person {
    /// Not suspected, or counted at another film.
    #[default]
    NotHere,
    /// Suspected, and no test was done.
    Suspected,
    /// A test was done.
    Tested,
    /// Confirmed by a test (WHO: bacteriologically confirmed).
    Confirmed,
    /// Tested or not, treated without confirmation (WHO: clinically diagnosed).
    Clinical {
        /// A test was done.
        tested: bool,
    },
    /// Tested or not, could not be reached any more.
    Lost {
        /// A test was done.
        tested: bool,
    },
}

impl Person {
    fn of(films: &[&FilmFacts]) -> Self {
        let any = |is: fn(&FilmFacts) -> bool| films.iter().any(|film| is(film));
        let confirmed = any(|film| {
            film.tests == Tests::Positive || film.outcome == Some(Outcome::TuberculosisConfirmed)
        });
        let tested = any(|film| film.tests >= Tests::Done);
        match () {
            () if confirmed => Self::Confirmed,
            () if any(|film| film.outcome == Some(Outcome::TuberculosisClinical)) => {
                Self::Clinical { tested }
            }
            () if any(|film| film.outcome == Some(Outcome::LostToFollowUp)) => {
                Self::Lost { tested }
            }
            () if tested => Self::Tested,
            () => Self::Suspected,
        }
    }

    /// As numbers that can be added up: suspected, tested, confirmed, clinical, lost.
    #[must_use]
    pub fn counts(self) -> [u32; 5] {
        match self {
            Self::NotHere => [0, 0, 0, 0, 0],
            Self::Suspected => [1, 0, 0, 0, 0],
            Self::Tested => [1, 1, 0, 0, 0],
            Self::Confirmed => [1, 1, 1, 0, 0],
            Self::Clinical { tested } => [1, u32::from(tested), 0, 1, 0],
            Self::Lost { tested } => [1, u32::from(tested), 0, 0, 1],
        }
    }
}

/// Counts one person's films: each film's person, in the order of the films.
///
/// Suspect films within `SAME_QUESTION_DAYS` of the first one are one question; tests and outcomes of all
/// of them count there, once. Films without a date are one question by themselves.
#[must_use]
pub fn people(films: &[(StudyId, FilmFacts)]) -> Vec<Person> {
    let mut order: Vec<usize> = (0..films.len()).filter(|at| films[*at].1.is_suspect()).collect();
    order.sort_by_key(|at| (films[*at].1.day, *films[*at].0.as_bytes()));
    let mut people = vec![Person::NotHere; films.len()];
    let mut rest = order.as_slice();
    while let Some(first) = rest.first() {
        let day = films[*first].1.day;
        let same = |at: &&usize| match (day, films[**at].1.day) {
            (Some(first), Some(day)) => day - first <= SAME_QUESTION_DAYS,
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
        };
        let count = rest.iter().take_while(same).count().max(1);
        let facts: Vec<&FilmFacts> = rest[..count].iter().map(|at| &films[*at].1).collect();
        people[*first] = Person::of(&facts);
        rest = &rest[count..];
    }
    people
}

/// An alert in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertFacts {
    /// What the newest record says of it.
    pub told: ToldAlert,
    /// That record.
    pub told_seq: i64,
}

impl AlertFacts {
    /// The week in which it is counted, as the rows have it.
    #[must_use]
    pub fn week(&self) -> i64 {
        self.told.day.filter(|day| *day >= 0).map_or(Week::UNDATED, |day| Week::of_day(day).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(at: u8, day: Option<i64>, change: impl FnOnce(&mut FilmFacts)) -> (StudyId, FilmFacts) {
        let mut facts = FilmFacts {
            day,
            read: true,
            state: Some(StudyState::Reported),
            band: Some(Band::Above),
            ..FilmFacts::default()
        };
        change(&mut facts);
        (StudyId::from_bytes([at; 16]), facts)
    }

    fn same(_: &mut FilmFacts) {}

    #[test]
    fn a_person_counts_once_for_a_question_however_many_films_ask_it() {
        let films = [
            film(3, Some(100), |film| film.tests = Tests::Positive),
            film(1, Some(80), same),
            film(2, Some(171), |film| film.tests = Tests::Ordered),
            film(4, None, |film| film.outcome = Some(Outcome::LostToFollowUp)),
            film(5, None, same),
            film(6, Some(90), |film| film.band = Some(Band::Below)),
        ];
        use Person::{Confirmed, Lost, NotHere, Suspected};
        let expected = [NotHere, Confirmed, Suspected, Lost { tested: false }, NotHere, NotHere];
        assert_eq!(people(&films), expected);
        let mut turned = films.clone();
        turned.reverse();
        let mut backwards = people(&turned);
        backwards.reverse();
        assert_eq!(backwards, expected, "the order of rows does not matter");
    }

    #[test]
    fn a_physicians_word_stands_over_the_boxs_and_a_test_over_both() {
        let suspect = |change: fn(&mut FilmFacts)| film(1, Some(1), change).1.is_suspect();
        assert!(suspect(same));
        assert!(!suspect(|film| film.physician = Physician::DoesNotSee));
        assert!(suspect(|film| {
            film.band = Some(Band::Age);
            film.physician = Physician::Sees;
        }));
        assert!(suspect(|film| {
            film.physician = Physician::DoesNotSee;
            film.tests = Tests::Done;
        }));
        assert!(!suspect(|film| film.state = Some(StudyState::Voided)));
        assert!(!suspect(|film| film.read = false), "a reading that was withdrawn");
        assert!(!suspect(|film| film.band = None), "one that has not come yet");
    }

    #[test]
    fn what_was_not_scored_is_in_a_class_of_its_own() {
        let band = |change: fn(&mut FilmFacts)| film(1, Some(1), change).1.band();
        assert_eq!(band(|film| film.band = None), Band::Coming);
        assert_eq!(band(|film| film.read = false), Band::NoReading);
        for one in Band::ALL {
            assert_eq!(Band::parse(one.code()), Some(one));
        }
        for person in [Person::Clinical { tested: true }, Person::Lost { tested: true }] {
            assert_eq!(person.counts()[..2], [1, 1]);
        }
    }
}
