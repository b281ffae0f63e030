//! Several photos of one film: whose reading is in force, which photo is the better one, and how well
//! the scores repeat.
//!
//! Patient safety comes before the quality of a photo: the most urgent reading is in force, however
//! many remarks its photo has. A second shot can raise the urgency and never lower it; the better
//! photo decides only between equally urgent readings.

use crate::domain::finding::{Call, Evidence, Finding, Score};
use crate::domain::ids::PhotoId;
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{ScoreLine, ScoreSheet, Urgency};

/// One read photo of a film. Photos are given oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Shot<'a> {
    /// The photo.
    pub photo: PhotoId,
    /// What the box said about it.
    pub sheet: &'a ScoreSheet,
    /// Remarks on it.
    pub remarks: &'a [QualityIssue],
}

impl Shot<'_> {
    /// Smaller is better: first what may hide a part of the film, then the number of remarks.
    fn flaws(&self) -> (usize, usize) {
        let hiding = self.remarks.iter().filter(|remark| remark.may_hide_film()).count();
        (hiding, self.remarks.len())
    }
}

/// Place of the shot whose reading is in force: the most urgent; of equally urgent ones that of the
/// better photo; of equally good ones the newest.
#[must_use]
pub fn in_force(shots: &[Shot<'_>]) -> Option<usize> {
    // The last of equals wins: `min_by_key` takes the first, so the order is turned.
    let newest_first = shots.iter().enumerate().rev();
    let first = newest_first.min_by_key(|(_, shot)| (Urgency::of(shot.sheet), shot.flaws()));
    first.map(|(place, _)| place)
}

/// The photo with fewer, milder remarks than every other one; `None` where none stands out.
#[must_use]
pub fn better(shots: &[Shot<'_>]) -> Option<PhotoId> {
    let best = shots.iter().min_by_key(|shot| shot.flaws())?;
    let beaten = shots.iter().filter(|shot| shot.flaws() > best.flaws()).count();
    (shots.len() > 1 && beaten + 1 == shots.len()).then_some(best.photo)
}

/// Whether a second photo is worth asking for: the only reading has a remark that another photo may
/// do without.
#[must_use]
pub fn worth_repeating(shots: &[Shot<'_>]) -> Option<QualityIssue> {
    let [only] = shots else { return None };
    only.remarks.iter().copied().find(|remark| remark.another_photo_may_help())
}

/// How the readings of several photos of one film compare.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// Number of readings; at least two.
    pub readings: usize,
    /// Findings that are assessed in every reading, in report order.
    pub findings: Vec<RepeatedFinding>,
    /// Whether one model with one preprocessing made all of them: else scores do not compare.
    pub same_model: bool,
}

/// One finding in every reading, oldest photo first.
#[derive(Clone, Debug, PartialEq)]
pub struct RepeatedFinding {
    /// What was scored.
    pub finding: Finding,
    /// Photo, score and call of each reading; at least two.
    pub readings: Vec<(PhotoId, Score, Call)>,
}

impl Repeat {
    /// The comparison; `None` for fewer than two readings.
    #[must_use]
    pub fn of(shots: &[Shot<'_>]) -> Option<Self> {
        let (first, others) = shots.split_first()?;
        if others.is_empty() {
            return None;
        }
        let same_model = others.iter().all(|shot| {
            shot.sheet.model == first.sheet.model
                && shot.sheet.preprocessing == first.sheet.preprocessing
        });
        let findings = assessed(first.sheet).filter_map(|line| {
            let readings: Option<Vec<_>> = shots
                .iter()
                .map(|shot| {
                    let same = assessed(shot.sheet).find(|other| other.finding == line.finding)?;
                    Some((shot.photo, same.score, same.call))
                })
                .collect();
            Some(RepeatedFinding { finding: line.finding, readings: readings? })
        });
        Some(Self { readings: shots.len(), findings: findings.collect(), same_model })
    }

    /// The widest difference of scores over all findings; `None` where scores do not compare.
    #[must_use]
    pub fn spread(&self) -> Option<f32> {
        let spreads = self.findings.iter().map(RepeatedFinding::spread);
        spreads.max_by(f32::total_cmp).filter(|_| self.same_model)
    }

    /// Findings that one photo puts on the other side of the threshold than another, or into the
    /// indeterminate band.
    pub fn differing(&self) -> impl Iterator<Item = &RepeatedFinding> {
        self.findings.iter().filter(|finding| finding.call().is_none())
    }
}

impl RepeatedFinding {
    /// The call of all readings; `None` when they differ.
    #[must_use]
    pub fn call(&self) -> Option<Call> {
        let (_, _, first) = self.readings.first()?;
        self.readings.iter().all(|(_, _, call)| call == first).then_some(*first)
    }

    /// Highest minus lowest score, 0 to 1.
    #[must_use]
    pub fn spread(&self) -> f32 {
        let values = || self.readings.iter().map(|(_, score, _)| score.value());
        let highest = values().fold(f32::MIN, f32::max);
        let lowest = values().fold(f32::MAX, f32::min);
        (highest - lowest).max(0.0)
    }
}

/// Hints are left out: nobody acts on them, so their changes would only disquiet.
fn assessed(sheet: &ScoreSheet) -> impl Iterator<Item = &ScoreLine> {
    sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::finding::Threshold;
    use crate::domain::reading::{Backend, ModelRef};

    const FIRST: PhotoId = PhotoId::from_bytes([1; 16]);
    const SECOND: PhotoId = PhotoId::from_bytes([2; 16]);

    /// Tuberculosis, urgent from 0.5 on, and a hint that swings.
    fn sheet(score: f32, hint: f32) -> ScoreSheet {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.5), at(0.5)).unwrap();
        let line =
            |finding, evidence, value| ScoreLine::new(finding, evidence, at(value), threshold);
        ScoreSheet {
            model: ModelRef {
                id: "m".into(),
                version: "1".into(),
                sha256: Sha256Digest::from_bytes([4; 32]),
            },
            backend: Backend::Tract,
            preprocessing: 1,
            lines: vec![
                line(Finding::Tuberculosis, Evidence::Assessed, score),
                line(Finding::Nodule, Evidence::Hint, hint),
            ],
            not_assessed: vec![],
            lungs: None,
        }
    }

    fn shots<'a>(sheets: &'a [ScoreSheet; 2], remarks: [&'a [QualityIssue]; 2]) -> [Shot<'a>; 2] {
        let shot = |photo, i: usize| Shot { photo, sheet: &sheets[i], remarks: remarks[i] };
        [shot(FIRST, 0), shot(SECOND, 1)]
    }

    use QualityIssue::{Blur, Glare, LungsNotSeen, Underexposed};

    #[test]
    fn the_more_urgent_reading_is_in_force_even_on_the_worse_photo() {
        let check = |scores: [f32; 2], remarks: [&[QualityIssue]; 2], expected| {
            let sheets = scores.map(|score| sheet(score, 0.1));
            assert_eq!(
                in_force(&shots(&sheets, remarks)),
                Some(expected),
                "{scores:?} {remarks:?}"
            );
        };
        check([0.9, 0.1], [&[Glare, Blur], &[]], 0);
        check([0.1, 0.9], [&[], &[Glare, Blur]], 1);
        // Equally urgent: the better photo, then the newest.
        check([0.9, 0.8], [&[], &[Blur]], 0);
        check([0.9, 0.8], [&[Blur], &[]], 1);
        check([0.9, 0.8], [&[], &[]], 1);
        assert_eq!(in_force(&[]), None);
    }

    #[test]
    fn the_better_photo_hides_less_and_then_has_fewer_remarks() {
        let sheets = [sheet(0.1, 0.1), sheet(0.1, 0.1)];
        let check = |remarks: [&[QualityIssue]; 2], expected| {
            assert_eq!(better(&shots(&sheets, remarks)), expected, "{remarks:?}");
        };
        check([&[Blur], &[]], Some(SECOND));
        check([&[Blur], &[Blur, Underexposed]], Some(FIRST));
        check([&[Glare], &[Blur, Underexposed]], Some(SECOND));
        check([&[Blur], &[Underexposed]], None);
        check([&[], &[]], None);
        assert_eq!(better(&shots(&sheets, [&[], &[Blur]])[..1]), None);
    }

    #[test]
    fn a_second_photo_is_asked_for_once_and_only_where_it_may_help() {
        let sheets = [sheet(0.1, 0.1), sheet(0.1, 0.1)];
        let two = shots(&sheets, [&[LungsNotSeen, Blur], &[Blur]]);
        assert_eq!(worth_repeating(&two[..1]), Some(Blur));
        assert_eq!(worth_repeating(&two), None);
        let two = shots(&sheets, [&[LungsNotSeen], &[]]);
        assert_eq!(worth_repeating(&two[..1]), None);
        assert_eq!(worth_repeating(&two[1..]), None);
    }

    #[test]
    fn repeated_scores_are_compared_and_hints_are_not() {
        let sheets = [sheet(0.70, 0.1), sheet(0.74, 0.9)];
        let repeat = Repeat::of(&shots(&sheets, [&[], &[]])).unwrap();
        assert_eq!((repeat.readings, repeat.findings.len()), (2, 1));
        assert_eq!(repeat.findings[0].call(), Some(Call::Above));
        assert!((repeat.spread().unwrap() - 0.04).abs() < 1e-6);
        assert_eq!(repeat.differing().count(), 0);
        assert_eq!(Repeat::of(&shots(&sheets, [&[], &[]])[..1]), None);
    }

    #[test]
    fn differing_calls_are_told() {
        let sheets = [sheet(0.4, 0.1), sheet(0.6, 0.1)];
        let repeat = Repeat::of(&shots(&sheets, [&[], &[]])).unwrap();
        let differing: Vec<_> = repeat.differing().map(|one| one.finding).collect();
        assert_eq!(differing, [Finding::Tuberculosis]);
    }

    #[test]
    fn scores_of_two_models_have_no_difference_but_their_calls_do() {
        let mut sheets = [sheet(0.4, 0.1), sheet(0.6, 0.1)];
        sheets[1].model.version = "2".into();
        let repeat = Repeat::of(&shots(&sheets, [&[], &[]])).unwrap();
        assert_eq!(repeat.spread(), None);
        assert_eq!(repeat.differing().count(), 1);
    }
}
