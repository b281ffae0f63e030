//! From measures to a grade. Thresholds are here and nowhere else.

use super::clues::CLUES;
use super::measure::Measures;
use super::weights;
use crate::domain::film::Shows;
use crate::domain::quality::{Grade, Issues, QualityIssue};

/// From when a measure is worth a remark, and from when the photo is refused.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Limits {
    remark: f64,
    refuse: f64,
}

/// Below this confidence of location no film counts as found. On simulated photos that should be
/// accepted 2 % lie below it, of wrong quadrilaterals about half.
pub const CONFIDENCE_MIN: f64 = 0.30;
/// Shorter side in photo pixels; refused at 380 (facts, section 6), remark below 500 (simulator).
pub const SHORT_SIDE_REFUSE_PX: f64 = 380.0;
/// See [`SHORT_SIDE_REFUSE_PX`].
pub const SHORT_SIDE_REMARK_PX: f64 = 500.0;
/// 90th percentile of the radiograph's grey levels; refused below 65 (facts, section 6).
pub const LEVEL_P90_REFUSE: f64 = 65.0;
/// Remark below this 90th percentile (simulator: 120 - 30).
pub const LEVEL_P90_REMARK: f64 = 90.0;
/// Share of the radiograph that is clipped (facts, section 6, says 0.28 of the film's content;
/// measured here on the area-averaged, cropped radiograph 0.22 to 0.60 where the simulator refuses,
/// below 0.08 in 98 % of the photos it accepts).
const CLIPPED: Limits = Limits { remark: 0.12, refuse: 0.21 };
/// Share of the film outside the photo (facts, section 6: 4 %).
const OUTSIDE: Limits = Limits { remark: 0.01, refuse: 0.04 };
/// Sigma of sharp edges at 1024 rows. The simulator refuses at 3.6 of added blur; lens, raster and
/// smoothing are part of what is measured here, and 98 % of sharp photos lie below 2.4.
const BLUR: Limits = Limits { remark: 2.1, refuse: 2.55 };
/// Fitted scores, 0 to 1; limits set for 1 % false alarms each (cross-validated) on simulated photos.
const COVERED: Limits = Limits { remark: 0.12, refuse: 0.25 };
const GLARE: Limits = Limits { remark: 0.80, refuse: 0.95 };
const BACKLIGHT: Limits = Limits { remark: 0.65, refuse: 0.82 };

/// The grade of a photo; `shows` is what a network takes its film for.
#[must_use]
pub fn grade(measures: &Measures, shows: Shows) -> Grade {
    if measures.confidence < CONFIDENCE_MIN {
        return Grade::Refused { issues: QualityIssue::NoFilm.into() };
    }
    let unreadable = match shows {
        Shows::FrontalChest => None,
        Shows::LateralChest => Some(QualityIssue::Lateral),
        Shows::TwoFilms => Some(QualityIssue::TwoFilms),
        Shows::SomethingElse => Some(QualityIssue::NotChestFilm),
    };
    if let Some(issue) = unreadable {
        return Grade::Refused { issues: issue.into() };
    }
    let mut issues = Vec::new();
    let mut remarks = Vec::new();
    for (issue, state) in states(measures) {
        match state {
            State::Good => {}
            State::Borderline => remarks.push(issue),
            State::Bad => issues.push(issue),
        }
    }
    match Issues::new(issues) {
        Some(issues) => Grade::Refused { issues },
        None => Grade::Accepted { remarks },
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    Borderline,
    Bad,
}

impl Limits {
    fn judge(self, value: f64) -> State {
        if value >= self.refuse {
            State::Bad
        } else if value >= self.remark {
            State::Borderline
        } else {
            State::Good
        }
    }
}

/// The state of each property, the most certain and most basic first: a film that is too small or
/// too dark cannot be judged for the finer faults, so those are left out.
fn states(m: &Measures) -> Vec<(QualityIssue, State)> {
    use QualityIssue::{
        Backlight, Blur, CutOff, Glare, Occluded, Overexposed, TooSmall, Underexposed,
    };
    let small = Limits { remark: -SHORT_SIDE_REMARK_PX, refuse: -SHORT_SIDE_REFUSE_PX }
        .judge(-m.short_side_px);
    let dark = Limits { remark: -LEVEL_P90_REMARK, refuse: -LEVEL_P90_REFUSE }.judge(-m.level_p90);
    let cut = if m.cut_sides > 0 { State::Bad } else { OUTSIDE.judge(m.outside_share) };
    let bright = CLIPPED.judge(m.clipped_share);
    let mut list =
        vec![(TooSmall, small), (Underexposed, dark), (Overexposed, bright), (CutOff, cut)];
    if small == State::Bad || dark == State::Bad {
        return list;
    }
    list.push((Occluded, COVERED.judge(m.covered_score())));
    list.push((Blur, m.blur_sigma.map_or(State::Good, |sigma| BLUR.judge(sigma))));
    if bright != State::Bad {
        list.push((Glare, GLARE.judge(m.glare_score())));
    }
    list.push((Backlight, BACKLIGHT.judge(m.backlight_score())));
    list
}

fn logistic((offset, weights): &(f32, [f32; CLUES]), clues: &[f32; CLUES]) -> f64 {
    let sum: f32 = weights.iter().zip(clues).map(|(w, c)| w * c).sum();
    1.0 / (1.0 + f64::from(-(offset + sum)).exp())
}

impl Measures {
    /// How likely hands or objects cover more of the radiograph than can be read around, 0 to 1.
    #[must_use]
    pub fn covered_score(&self) -> f64 {
        logistic(&weights::OCCLUDED, &self.clues)
    }

    /// How likely reflections cover too much of the radiograph, 0 to 1.
    #[must_use]
    pub fn glare_score(&self) -> f64 {
        logistic(&weights::GLARE, &self.clues)
    }

    /// How likely bars, blinds or an unlit part show through the radiograph, 0 to 1.
    #[must_use]
    pub fn backlight_score(&self) -> f64 {
        logistic(&weights::BACKLIGHT, &self.clues)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Measures {
        Measures {
            confidence: 0.95,
            short_side_px: 900.0,
            outside_share: 0.0,
            cut_sides: 0,
            level_p50: 90.0,
            level_p90: 170.0,
            clipped_share: 0.01,
            blur_sigma: Some(1.2),
            widths: [Some(1.2); 8],
            clues: [0.0; CLUES],
        }
    }

    fn worst(measures: &Measures, shows: Shows) -> Option<QualityIssue> {
        match grade(measures, shows) {
            Grade::Accepted { .. } => None,
            Grade::Refused { issues } => Some(issues.worst()),
        }
    }

    #[test]
    fn each_fault_is_named() {
        use QualityIssue::{
            Blur, CutOff, Lateral, NoFilm, NotChestFilm, Overexposed, TooSmall, TwoFilms,
            Underexposed,
        };
        let chest = Shows::FrontalChest;
        for (measures, shows, wanted) in [
            (Measures { confidence: 0.1, ..good() }, chest, NoFilm),
            (good(), Shows::SomethingElse, NotChestFilm),
            (good(), Shows::LateralChest, Lateral),
            (good(), Shows::TwoFilms, TwoFilms),
            (Measures { short_side_px: 300.0, ..good() }, chest, TooSmall),
            (Measures { level_p90: 40.0, ..good() }, chest, Underexposed),
            (Measures { clipped_share: 0.4, ..good() }, chest, Overexposed),
            (Measures { cut_sides: 1, ..good() }, chest, CutOff),
            (Measures { outside_share: 0.1, ..good() }, chest, CutOff),
            (Measures { blur_sigma: Some(5.0), ..good() }, chest, Blur),
        ] {
            assert_eq!(worst(&measures, shows), Some(wanted));
        }
        assert_eq!(worst(&good(), chest), None);
    }

    #[test]
    fn a_small_film_is_not_also_called_blurred() {
        let measures = Measures { short_side_px: 200.0, blur_sigma: Some(5.0), ..good() };
        let Grade::Refused { issues } = grade(&measures, Shows::FrontalChest) else {
            panic!("too small")
        };
        assert_eq!(issues.as_slice(), [QualityIssue::TooSmall]);
    }
}
