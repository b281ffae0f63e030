//! A new findings network beside the one in use, on films that were read already: what would change.
//!
//! Nothing that was read changes. The comparison decides only whether the new network may read from now
//! on by itself, or a physician has to agree first.

use crate::domain::finding::{Call, Finding, Score, Threshold};
use crate::domain::ids::{PhotoId, StudyId, StudyNumber};

/// Most films of a comparison, the newest.
pub const FILMS_MAX: u32 = 500;

/// Most films beyond those, with a confirmed disease: they only say where the site's own threshold belongs.
/// On a busy box the newest films alone hold too few of them.
pub const CONFIRMED_FILMS_MAX: u32 = 500;

/// Fewest films on which a share of [`FLIPS_MAX_PERCENT`] can be seen at all: one film in fifty.
pub const FILMS_MIN: usize = 50;

/// Share of the calls of one finding that may change without anybody being asked, percent. All findings
/// together would hide a rare and grave one behind many that stay.
pub const FLIPS_MAX_PERCENT: usize = 2;

/// Fewest confirmed cases of a disease for a threshold of the site's own: with thirty, one case is three
/// points of sensitivity, and the 95 % interval of a sensitivity of 0.9 reaches from 0.74 to 0.98.
pub const CONFIRMED_MIN: usize = 30;

/// A finding that both networks scored on a film, or only the one in use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// The photo.
    pub photo: PhotoId,
    /// Its study.
    pub study: StudyId,
    /// What people call the study.
    pub number: StudyNumber,
    /// What was scored.
    pub finding: Finding,
    /// Score and threshold as they were shown.
    pub old: (Score, Threshold),
    /// What the new network gives; `None`: it does not assess this here.
    pub new: Option<(Score, Threshold)>,
    /// Whether the disease was confirmed in this patient by a test or as the outcome.
    pub confirmed: bool,
}

impl Compared {
    /// The call as it was shown.
    #[must_use]
    pub fn old_call(&self) -> Call {
        self.old.1.call(self.old.0)
    }

    /// The call that the new network would make.
    #[must_use]
    pub fn new_call(&self) -> Option<Call> {
        self.new.map(|(score, threshold)| threshold.call(score))
    }

    /// Whether anything would be shown otherwise.
    #[must_use]
    pub fn flips(&self) -> bool {
        self.new_call() != Some(self.old_call())
    }

    /// How grave a change is: a finding that would be seen no more comes first.
    #[must_use]
    pub fn gravity(&self) -> u8 {
        match (self.old_call(), self.new_call()) {
            (Call::Above, Some(Call::Below) | None) => 0,
            (Call::Below, Some(Call::Above)) => 1,
            (Call::Above | Call::Indeterminate, _) => 2,
            (Call::Below, _) => 3,
        }
    }
}

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The new network may read.
    Use,
    /// A physician looks first: too few films to tell.
    FewFilms,
    /// A physician looks first: something is assessed that was not, and cannot be compared.
    NewFinding,
    /// A physician looks first: too many calls of a finding would change.
    ManyFlips,
}

/// Calls of one finding that were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which finding.
    pub finding: Finding,
    /// Its calls.
    pub calls: usize,
    /// Those that would change.
    pub flips: usize,
}

impl Tally {
    const fn has_many_flips(&self) -> bool {
        self.flips * 100 > self.calls * FLIPS_MAX_PERCENT
    }
}

/// Counts calls, and those that would change, for each finding.
#[must_use]
pub fn tallies(compared: &[Compared]) -> Vec<Tally> {
    let count = |finding| {
        let calls = compared.iter().filter(|one| one.finding == finding);
        let flips = calls.clone().filter(|one| one.flips()).count();
        Tally { finding, calls: calls.count(), flips }
    };
    Finding::ALL.iter().copied().map(count).filter(|tally| tally.calls > 0).collect()
}

/// Whether somebody has to be asked. `adds`: the new network assesses what was not assessed.
#[must_use]
pub fn verdict(films: usize, tallies: &[Tally], adds: bool) -> Verdict {
    if films < FILMS_MIN || tallies.is_empty() {
        Verdict::FewFilms
    } else if adds {
        Verdict::NewFinding
    } else if tallies.iter().any(Tally::has_many_flips) {
        Verdict::ManyFlips
    } else {
        Verdict::Use
    }
}

/// The threshold at which the new network finds as many of the site's confirmed cases as the one in use
/// does, or its own where there are too few cases. The band keeps its place between threshold and ends.
#[must_use]
pub fn remapped(compared: &[Compared], finding: Finding, own: Threshold) -> Threshold {
    let cases: Vec<_> = compared
        .iter()
        .filter(|one| one.finding == finding && one.confirmed)
        .filter_map(|one| Some((one.old, one.new?.0)))
        .collect();
    if cases.len() < CONFIRMED_MIN {
        return own;
    }
    let found = cases.iter().filter(|((score, threshold), _)| *score >= threshold.at()).count();
    let mut scores: Vec<f32> = cases.iter().map(|(_, new)| new.value()).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    // Between the last case that must be found and the next one; on the case itself where they touch.
    let at = match (found.checked_sub(1).and_then(|last| scores.get(last)), scores.get(found)) {
        (Some(last), Some(next)) if next < last => last.midpoint(*next),
        (Some(last), _) => *last,
        (None, _) => return own,
    };
    moved(own, at).unwrap_or(own)
}

/// A threshold moved to another place with its band.
fn moved(own: Threshold, at: f32) -> Option<Threshold> {
    let (low, high) = own.band();
    let was = own.at().value();
    let below = if was > 0.0 { low.value() / was } else { 1.0 };
    let above = if was < 1.0 { (1.0 - high.value()) / (1.0 - was) } else { 1.0 };
    let low = Score::new((at * below).clamp(0.0, at))?;
    let high = Score::new((1.0 - (1.0 - at) * above).clamp(at, 1.0))?;
    Threshold::new(Score::new(at)?, low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(value: f32) -> Score {
        Score::new(value).unwrap()
    }

    fn threshold(at: f32) -> Threshold {
        Threshold::new(score(at), score(at * 0.8), score(1.0 - (1.0 - at) * 0.8)).unwrap()
    }

    fn compared(old: f32, new: f32, confirmed: bool) -> Compared {
        Compared {
            photo: PhotoId::from_bytes([1; 16]),
            study: StudyId::from_bytes([1; 16]),
            number: StudyNumber(1),
            finding: Finding::Tuberculosis,
            old: (score(old), threshold(0.5)),
            new: Some((score(new), threshold(0.5))),
            confirmed,
        }
    }

    #[test]
    fn two_calls_in_a_hundred_of_each_finding_may_change_and_no_more() {
        let of = |finding, calls, flips| Tally { finding, calls, flips };
        let many = of(Finding::Tuberculosis, 1000, 0);
        let rare = |flips| [many, of(Finding::Pneumothorax, 100, flips)];
        assert_eq!(verdict(500, &rare(2), false), Verdict::Use);
        assert_eq!(verdict(500, &rare(3), false), Verdict::ManyFlips, "others do not hide it");
        assert_eq!(verdict(500, &rare(0), true), Verdict::NewFinding);
        assert_eq!(verdict(FILMS_MIN - 1, &[many], false), Verdict::FewFilms);
        assert_eq!(verdict(FILMS_MIN, &[], false), Verdict::FewFilms);
    }

    #[test]
    fn calls_are_counted_for_each_finding() {
        let other = Compared { finding: Finding::Pneumothorax, ..compared(0.9, 0.1, false) };
        let all = [compared(0.9, 0.95, false), other, other];
        let of = |finding, calls, flips| Tally { finding, calls, flips };
        let mut found = tallies(&all);
        found.sort_by_key(|tally| tally.calls);
        assert_eq!(found, [of(Finding::Tuberculosis, 1, 0), of(Finding::Pneumothorax, 2, 2)]);
    }

    #[test]
    fn as_many_confirmed_cases_are_found_as_before() {
        // 40 cases, of which the network in use finds 36; the new one scores all of them lower.
        let cases: Vec<_> = (0..40_u8)
            .map(|n| {
                let old = if n < 36 { 0.9 } else { 0.1 };
                compared(old, 0.2 + f32::from(n) * 0.01, true)
            })
            .chain((0..100).map(|_| compared(0.1, 0.9, false)))
            .collect();
        let own = threshold(0.5);
        let new = remapped(&cases, Finding::Tuberculosis, own);
        let found = cases.iter().filter(|c| c.confirmed && c.new.unwrap().0 >= new.at()).count();
        assert_eq!(found, 36);
        let (low, high) = new.band();
        assert!(low < new.at() && new.at() < high);
        assert_eq!(remapped(&cases, Finding::Covid19, own), own, "no cases of it");
        assert_eq!(remapped(&cases[..29], Finding::Tuberculosis, own), own, "too few");
    }

    #[test]
    fn equal_scores_never_lose_a_case() {
        let cases: Vec<_> =
            (0..30_u8).map(|n| compared(if n < 20 { 0.9 } else { 0.1 }, 0.3, true)).collect();
        let new = remapped(&cases, Finding::Tuberculosis, threshold(0.5));
        assert_eq!(new.at(), score(0.3));
    }

    #[test]
    fn the_gravest_change_is_a_finding_that_is_seen_no_more() {
        let lost = compared(0.9, 0.1, false);
        let gained = compared(0.1, 0.9, false);
        let unsure = compared(0.1, 0.5, false);
        let missing = Compared { new: None, ..lost };
        assert!(lost.flips() && gained.flips() && unsure.flips() && missing.flips());
        assert!(!compared(0.9, 0.95, false).flips());
        let gravity = [lost, missing, gained, unsure].map(|one| one.gravity());
        assert_eq!(gravity, [0, 0, 1, 3]);
    }
}
