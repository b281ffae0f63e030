//! What happens after a film: tests that settle a suspicion, their results, and how it ended.
//!
//! A suspicion opens a loop; a conclusive result or an outcome closes it. What stays open for too long
//! is shown until somebody closes it: forgetting is not a way to close one.

mod person;

pub use person::{OpenPerson, PersonLoop};

use crate::domain::finding::{Call, Evidence, Finding};
use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::patient::Patient;
use crate::domain::people::{PersonName, Phi};
use crate::domain::reading::ScoreSheet;
use crate::domain::signing::{Decision, ReportContent};
use crate::domain::stamp::Stamp;

/// What a film makes one suspect and a test can settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suspicion {
    /// Pulmonary tuberculosis.
    Tuberculosis,
    /// COVID-19.
    Covid19,
    /// A nodule or mass, which a CT shows better.
    Nodule,
}

impl Suspicion {
    /// All, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Tuberculosis, Self::Covid19, Self::Nodule];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tuberculosis => "tuberculosis",
            Self::Covid19 => "covid19",
            Self::Nodule => "nodule",
        }
    }

    /// Reads a [`Suspicion::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The suspicion that a finding raises.
    #[must_use]
    pub const fn of(finding: Finding) -> Option<Self> {
        match finding {
            Finding::Tuberculosis => Some(Self::Tuberculosis),
            Finding::Covid19 => Some(Self::Covid19),
            Finding::Nodule | Finding::Mass | Finding::LungLesion => Some(Self::Nodule),
            _ => None,
        }
    }

    /// What the box's reading makes one suspect. Hints raise nothing: they are too weak to send a
    /// patient to a test.
    #[must_use]
    pub fn raised_by(sheet: &ScoreSheet) -> Vec<Self> {
        let lines = sheet.lines.iter();
        let above = lines.filter(|l| l.evidence == Evidence::Assessed && l.call == Call::Above);
        sorted(above.filter_map(|line| Self::of(line.finding)))
    }

    /// What a physician's report makes one suspect.
    #[must_use]
    pub fn signed_in(report: &ReportContent) -> Vec<Self> {
        let decided = report.basis.findings.iter().zip(&report.decisions);
        let seen = decided
            .filter(|(_, decision)| matches!(decision, Decision::Accepted | Decision::Added));
        sorted(seen.filter_map(|((finding, _), _)| Self::of(*finding)))
    }
}

fn sorted(found: impl Iterator<Item = Suspicion>) -> Vec<Suspicion> {
    let mut found: Vec<_> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A test that is ordered after a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Rapid molecular test for tuberculosis: Xpert, Truenat.
    Xpert,
    /// Sputum smear microscopy.
    Smear,
    /// RT-PCR for SARS-CoV-2.
    RtPcr,
    /// Rapid antigen test for SARS-CoV-2.
    RapidAntigen,
    /// Computed tomography of the chest.
    Ct,
}

impl Test {
    /// All, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Xpert, Self::Smear, Self::RtPcr, Self::RapidAntigen, Self::Ct];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xpert => "xpert",
            Self::Smear => "smear",
            Self::RtPcr => "rt_pcr",
            Self::RapidAntigen => "rapid_antigen",
            Self::Ct => "ct",
        }
    }

    /// Reads a [`Test::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The suspicion that the test is for.
    #[must_use]
    pub const fn is_for(self) -> Suspicion {
        match self {
            Self::Xpert | Self::Smear => Suspicion::Tuberculosis,
            Self::RtPcr | Self::RapidAntigen => Suspicion::Covid19,
            Self::Ct => Suspicion::Nodule,
        }
    }

    /// Whether a negative result settles the suspicion.
    ///
    /// Smear microscopy misses about half of pulmonary tuberculosis, and WHO's consolidated guidelines
    /// on tuberculosis, module 3, ask for a molecular test first; a negative rapid antigen test in a
    /// suspect patient is to be confirmed by a nucleic acid test (WHO, antigen-detection guidance).
    #[must_use]
    pub const fn excludes(self) -> bool {
        match self {
            Self::Xpert | Self::RtPcr | Self::Ct => true,
            Self::Smear | Self::RapidAntigen => false,
        }
    }

    /// Results that the test can have, in the order of the form.
    #[must_use]
    pub const fn results(self) -> &'static [TestResult] {
        use TestResult::{Inconclusive, Negative, NotDone, Positive, PositiveResistant};
        match self {
            Self::Xpert => &[Negative, Positive, PositiveResistant, Inconclusive, NotDone],
            _ => &[Negative, Positive, Inconclusive, NotDone],
        }
    }
}

/// What came of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestResult {
    /// Found what it looks for.
    Positive,
    /// Tuberculosis with resistance to rifampicin.
    PositiveResistant,
    /// Did not find it.
    Negative,
    /// Invalid or unclear: to be repeated.
    Inconclusive,
    /// The patient did not come, or there was no sample.
    NotDone,
}

impl TestResult {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Positive,
        Self::PositiveResistant,
        Self::Negative,
        Self::Inconclusive,
        Self::NotDone,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::PositiveResistant => "positive_resistant",
            Self::Negative => "negative",
            Self::Inconclusive => "inconclusive",
            Self::NotDone => "not_done",
        }
    }

    /// Reads a [`TestResult::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether the result settles what the test is for.
    #[must_use]
    pub const fn settles(self, test: Test) -> bool {
        match self {
            Self::Positive | Self::PositiveResistant => true,
            Self::Negative => test.excludes(),
            Self::Inconclusive | Self::NotDone => false,
        }
    }
}

/// How it ended for the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Tuberculosis, confirmed in the laboratory.
    TuberculosisConfirmed,
    /// Tuberculosis, treated without confirmation.
    TuberculosisClinical,
    /// COVID-19.
    Covid19,
    /// Another disease.
    OtherDisease,
    /// No disease of the chest.
    NoDisease,
    /// Sent on to another hospital.
    Referred,
    /// Could not be reached any more.
    LostToFollowUp,
    /// Died.
    Died,
}

impl Outcome {
    /// All, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::TuberculosisConfirmed,
        Self::TuberculosisClinical,
        Self::Covid19,
        Self::OtherDisease,
        Self::NoDisease,
        Self::Referred,
        Self::LostToFollowUp,
        Self::Died,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TuberculosisConfirmed => "tb_confirmed",
            Self::TuberculosisClinical => "tb_clinical",
            Self::Covid19 => "covid19",
            Self::OtherDisease => "other_disease",
            Self::NoDisease => "no_disease",
            Self::Referred => "referred",
            Self::LostToFollowUp => "lost",
            Self::Died => "died",
        }
    }

    /// Reads an [`Outcome::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Number of an order on this box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderId(pub i64);

/// Who wrote something down, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The person's name.
    pub by: PersonName,
    /// When.
    pub at: Stamp,
}

/// A test that was ordered, with the result in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its number.
    pub id: OrderId,
    /// Which test.
    pub test: Test,
    /// Who ordered it, and when.
    pub ordered: Entry,
    /// The newest result; earlier ones are kept and not shown.
    pub result: Option<(TestResult, Entry)>,
    /// The film that it was ordered from, then the patient's other films that it is for.
    pub films: Vec<StudyId>,
}

/// How long each suspicion may wait for a result, days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitDays {
    /// For a test for tuberculosis.
    pub tuberculosis: u16,
    /// For a test for COVID-19.
    pub covid19: u16,
    /// For a CT.
    pub nodule: u16,
}

impl Default for WaitDays {
    fn default() -> Self {
        Self { tuberculosis: 7, covid19: 2, nodule: 14 }
    }
}

impl WaitDays {
    /// Days for one suspicion.
    #[must_use]
    pub const fn of(self, suspicion: Suspicion) -> u16 {
        match suspicion {
            Suspicion::Tuberculosis => self.tuberculosis,
            Suspicion::Covid19 => self.covid19,
            Suspicion::Nodule => self.nodule,
        }
    }
}

/// What an open suspicion waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// Nobody has ordered a test.
    Order,
    /// A test was ordered and has no result.
    Result(Test),
    /// The last test said nothing: it is to be repeated.
    Repeat(Test),
    /// The last test was negative and cannot settle it alone.
    BetterTest(Test),
}

/// What an open suspicion waits for; `None` when a result has settled it.
#[must_use]
pub fn waits_for(suspicion: Suspicion, orders: &[Order]) -> Option<WaitsFor> {
    let ours = || orders.iter().filter(|order| order.test.is_for() == suspicion);
    let settled = |order: &Order| order.result.as_ref().is_some_and(|(r, _)| r.settles(order.test));
    if ours().any(settled) {
        return None;
    }
    if let Some(pending) = ours().find(|order| order.result.is_none()) {
        return Some(WaitsFor::Result(pending.test));
    }
    let Some(last) = ours().max_by_key(|order| order.id) else { return Some(WaitsFor::Order) };
    Some(match last.result.as_ref().map(|(result, _)| *result) {
        Some(TestResult::Negative) => WaitsFor::BetterTest(last.test),
        _ => WaitsFor::Repeat(last.test),
    })
}

/// Who suspects something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The box alone.
    Box,
    /// A physician, in a signed report.
    Physician,
    /// Whoever ordered a test, whatever the film shows.
    Order,
}

impl Source {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Physician => "physician",
            Self::Order => "order",
        }
    }

    /// Reads a [`Source::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Box, Self::Physician, Self::Order].into_iter().find(|one| one.code() == code)
    }
}

/// A suspicion of one study that nothing has settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLoop {
    /// Of what.
    pub suspicion: Suspicion,
    /// Since when it is known.
    pub since: Stamp,
    /// Who suspects it.
    pub source: Source,
    /// What it waits for.
    pub waits_for: WaitsFor,
}

impl OpenLoop {
    /// Full days since it is known; a clock that jumped back counts as none.
    #[must_use]
    pub fn days(&self, now: Stamp) -> u32 {
        let ms = (now.wall.0 - self.since.wall.0).max(0);
        u32::try_from(ms / (24 * 60 * 60 * 1000)).unwrap_or(u32::MAX)
    }

    /// Whether it has waited for too long.
    #[must_use]
    pub fn is_overdue(&self, now: Stamp, wait: WaitDays) -> bool {
        self.days(now) >= u32::from(wait.of(self.suspicion))
    }
}

/// An outcome as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedOutcome {
    /// Which.
    pub outcome: Outcome,
    /// Who wrote it down, and when.
    pub entry: Entry,
}

/// Everything that happened after the film of one study.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// The study.
    pub study: StudyId,
    /// Number that people say.
    pub number: StudyNumber,
    /// The patient.
    pub patient: Phi<Patient>,
    /// Suspicions of this film that nothing has settled.
    pub open: Vec<OpenLoop>,
    /// The same of all films of the patient; empty where a list of films was asked for.
    pub person: Vec<PersonLoop>,
    /// Tests, oldest first.
    pub orders: Vec<Order>,
    /// The newest outcome; earlier ones are kept and not shown.
    pub outcome: Option<RecordedOutcome>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    fn entry() -> Entry {
        let at = Stamp { wall: WallMs(0), trust: ClockTrust::Synced };
        Entry { by: PersonName::parse("Tara").unwrap(), at }
    }

    fn order(id: i64, test: Test, result: Option<TestResult>) -> Order {
        let result = result.map(|result| (result, entry()));
        let films = vec![StudyId::from_bytes([1; 16])];
        Order { id: OrderId(id), test, ordered: entry(), result, films }
    }

    #[test]
    fn a_suspicion_waits_until_a_result_settles_it() {
        let tb = |orders: &[Order]| waits_for(Suspicion::Tuberculosis, orders);
        let xpert = |result| order(1, Test::Xpert, result);
        assert_eq!(tb(&[]), Some(WaitsFor::Order));
        assert_eq!(tb(&[xpert(None)]), Some(WaitsFor::Result(Test::Xpert)));
        assert_eq!(tb(&[xpert(Some(TestResult::Negative))]), None);
        assert_eq!(tb(&[xpert(Some(TestResult::PositiveResistant))]), None);
        let unclear = xpert(Some(TestResult::Inconclusive));
        assert_eq!(tb(std::slice::from_ref(&unclear)), Some(WaitsFor::Repeat(Test::Xpert)));
        // The repetition counts as soon as it is ordered.
        let again = order(2, Test::Xpert, None);
        assert_eq!(tb(&[unclear, again]), Some(WaitsFor::Result(Test::Xpert)));
    }

    #[test]
    fn a_negative_smear_or_antigen_test_settles_nothing() {
        let smear = order(1, Test::Smear, Some(TestResult::Negative));
        let waits = waits_for(Suspicion::Tuberculosis, &[smear]);
        assert_eq!(waits, Some(WaitsFor::BetterTest(Test::Smear)));
        let antigen = order(1, Test::RapidAntigen, Some(TestResult::Negative));
        let waits = waits_for(Suspicion::Covid19, &[antigen]);
        assert_eq!(waits, Some(WaitsFor::BetterTest(Test::RapidAntigen)));
    }

    #[test]
    fn a_test_settles_only_what_it_is_for() {
        let ct = order(1, Test::Ct, Some(TestResult::Negative));
        assert_eq!(waits_for(Suspicion::Nodule, std::slice::from_ref(&ct)), None);
        assert_eq!(waits_for(Suspicion::Tuberculosis, &[ct]), Some(WaitsFor::Order));
    }

    #[test]
    fn every_test_has_results_of_its_own_and_can_be_settled() {
        for test in Test::ALL {
            assert_eq!(Test::parse(test.code()), Some(test));
            assert!(test.results().iter().any(|result| result.settles(test)));
        }
        assert!(!Test::Smear.results().contains(&TestResult::PositiveResistant));
    }

    #[test]
    fn loops_are_overdue_by_full_days() {
        let day = 24 * 60 * 60 * 1000;
        let at = |ms| Stamp { wall: WallMs(ms), trust: ClockTrust::Synced };
        let open = OpenLoop {
            suspicion: Suspicion::Covid19,
            since: at(day),
            source: Source::Box,
            waits_for: WaitsFor::Order,
        };
        assert!(!open.is_overdue(at(3 * day - 1), WaitDays::default()));
        assert!(open.is_overdue(at(3 * day), WaitDays::default()));
        assert_eq!(open.days(at(0)), 0);
    }
}
