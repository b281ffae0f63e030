//! Reading many films in one sitting: which may be signed together, and which of those chance takes
//! out, to be read by themselves.

use crate::domain::finding::{Call, Evidence, Finding, NotAssessed};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::ScoreSheet;

/// Findings without whose scores no film is signed together with others: an absent score never
/// counts as a low one.
const REQUIRED: [Finding; 2] = [Finding::Tuberculosis, Finding::Abnormal];

/// Whether a reading may be signed together with others: every finding that this patient's film
/// should be assessed for was assessed, each of them clearly below its threshold, the lungs were
/// outlined, and nothing was remarked on the photo and nothing doubtful about the film.
#[must_use]
pub fn is_unremarkable(sheet: &ScoreSheet, remarks: &[QualityIssue], doubts: bool) -> bool {
    let mut assessed = sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed);
    let required = REQUIRED.iter().all(|finding| {
        let mut scored = sheet.lines.iter();
        scored.any(|line| line.finding == *finding && line.evidence == Evidence::Assessed)
    });
    let gaps = sheet.not_assessed.iter().any(|(_, why)| match why {
        NotAssessed::NotInModel => false,
        NotAssessed::ChannelNotCalibrated
        | NotAssessed::BelowValidatedAge { .. }
        | NotAssessed::AgeUnknown { .. } => true,
    });
    let below = assessed.all(|line| match line.call {
        Call::Below => true,
        Call::Above | Call::Indeterminate => false,
    });
    required && below && !gaps && sheet.lungs.is_some() && remarks.is_empty() && !doubts
}

/// How large a share of the films that could be signed together is read by itself, percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditShare(u8);

impl AuditShare {
    /// One film in ten.
    pub const DEFAULT: Self = Self(10);

    /// `None` unless 1 to 100: without a sample nobody would notice that the scores went wrong.
    #[must_use]
    pub const fn new(percent: u8) -> Option<Self> {
        if percent >= 1 && percent <= 100 { Some(Self(percent)) } else { None }
    }

    /// The share, percent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        self.0
    }

    /// How many of so many films: the share rounded up, at least one.
    #[must_use]
    pub fn of(self, films: usize) -> usize {
        (films * usize::from(self.0)).div_ceil(100).clamp(1, films.max(1))
    }
}

/// Places of a sample out of so many films, by numbers of chance; each place at most once.
#[must_use]
pub fn sample(share: AuditShare, films: usize, mut chance: impl FnMut() -> u64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..films).collect();
    let count = share.of(films).min(films);
    for taken in 0..count {
        let left = u64::try_from(films - taken).unwrap_or(1);
        let at = taken + usize::try_from(chance() % left).unwrap_or(0);
        places.swap(taken, at);
    }
    places.truncate(count);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::finding::{Score, Threshold};
    use crate::domain::lungs::{Cell, Lung, LungFields, RepeatError};
    use crate::domain::people::AgeYears;
    use crate::domain::reading::{Backend, LungReading, ModelRef, ScoreLine};

    fn sheet(changed: impl FnOnce(&mut ScoreSheet)) -> ScoreSheet {
        let model = || ModelRef {
            id: "m".into(),
            version: "1".into(),
            sha256: Sha256Digest::from_bytes([0; 32]),
        };
        let at = |value| Score::new(value).unwrap();
        let line = |finding, evidence, call| ScoreLine {
            finding,
            evidence,
            score: at(0.1),
            threshold: Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap(),
            call,
            map: None,
        };
        let cells = vec![Cell::Clear(Lung::Right), Cell::Clear(Lung::Left)];
        let mut sheet = ScoreSheet {
            model: model(),
            backend: Backend::Tract,
            preprocessing: 2,
            lines: vec![
                line(Finding::Tuberculosis, Evidence::Assessed, Call::Below),
                line(Finding::Abnormal, Evidence::Assessed, Call::Below),
                line(Finding::Covid19, Evidence::Hint, Call::Above),
            ],
            not_assessed: vec![(Finding::Mass, NotAssessed::NotInModel)],
            lungs: Some(LungReading {
                model: model(),
                fields: LungFields::new(2, 1, cells).unwrap(),
                repeat_error: RepeatError::new(1.0, 0.1).unwrap(),
            }),
        };
        changed(&mut sheet);
        sheet
    }

    #[test]
    fn only_a_wholly_assessed_clear_reading_is_unremarkable() {
        let holds = |changed: fn(&mut ScoreSheet)| is_unremarkable(&sheet(changed), &[], false);
        assert!(holds(|_| {}));
        assert!(!holds(|s| s.lines[0].call = Call::Indeterminate));
        assert!(!holds(|s| s.lines[1].call = Call::Above));
        assert!(!holds(|s| s.lungs = None));
        assert!(!is_unremarkable(&sheet(|_| {}), &[QualityIssue::Blur], false));
        assert!(!is_unremarkable(&sheet(|_| {}), &[], true));
    }

    #[test]
    fn an_absent_score_never_counts_as_a_low_one() {
        let holds = |changed: fn(&mut ScoreSheet)| is_unremarkable(&sheet(changed), &[], false);
        assert!(!holds(|s| s.lines.clear()));
        assert!(!holds(|s| {
            s.lines.remove(0);
        }));
        assert!(!holds(|s| s.lines[1].evidence = Evidence::Hint));
        assert!(!holds(|s| {
            let min = AgeYears::new(15).unwrap();
            s.not_assessed.push((Finding::Nodule, NotAssessed::AgeUnknown { min }));
        }));
    }

    #[test]
    fn a_sample_has_its_size_and_no_place_twice() {
        let mut state = 7_u64;
        for films in 0..80 {
            let share = AuditShare::DEFAULT;
            let drawn = sample(share, films, || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                state >> 11
            });
            let expected = if films == 0 { 0 } else { films.div_ceil(10) };
            assert_eq!(drawn.len(), expected, "{films}");
            assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(drawn.iter().all(|place| *place < films));
        }
        assert_eq!(AuditShare::new(0), None);
        assert_eq!(AuditShare::new(100).unwrap().of(7), 7);
    }

    #[test]
    fn every_place_can_be_drawn() {
        let drawn = |chance: u64| sample(AuditShare::DEFAULT, 10, || chance);
        let all: Vec<_> = (0..10).flat_map(drawn).collect();
        assert_eq!(all, (0..10).collect::<Vec<_>>());
    }
}
