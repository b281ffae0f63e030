//! From measures to a grade. Thresholds are here and nowhere else.

use super::hidden::Cover;
use super::measure::Measures;
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
/// smoothing are part of what is measured here, and 98 % of sharp photos lie below 2.4. Of 800 rendered
/// photos no blurred one lies between 2.45 and 3.05, and sharp small ones reach 2.75.
const BLUR: Limits = Limits { remark: 2.1, refuse: 2.9 };
/// Shares of the radiograph that are hidden; refused from what 1 to 2 % of the good simulated photos
/// exceed (docs/performance.md).
const COVERED: Limits = Limits { remark: 0.008, refuse: 0.025 };
const GLARE: Limits = Limits { remark: 0.012, refuse: 0.038 };
const BACKLIGHT: Limits = Limits { remark: 0.025, refuse: 0.065 };

/// What networks saw in a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What the film is taken for.
    pub shows: Shows,
    /// A film was seen in the photo, wherever its edges are.
    pub film: bool,
}

impl Seen {
    /// A film that shows this.
    #[must_use]
    pub const fn film(shows: Shows) -> Self {
        Self { shows, film: true }
    }
}

/// The grade of a photo; `seen` is what networks saw in it.
///
/// A photo in which no chest film can be made out may be one of something else, or a bad photo of a
/// chest film. Where a film was seen and the photo has a plain fault, that fault is named first: it is
/// the likelier cause, and the one that a new photo can do without.
#[must_use]
pub fn grade(measures: &Measures, seen: Seen) -> Grade {
    let found = measures.confidence >= CONFIDENCE_MIN;
    let unreadable = match seen.shows {
        _ if !found => Some(QualityIssue::NoFilm),
        Shows::FrontalChest => None,
        Shows::LateralChest => Some(QualityIssue::Lateral),
        Shows::TwoFilms => Some(QualityIssue::TwoFilms),
        Shows::SomethingElse => Some(QualityIssue::NotChestFilm),
    };
    let states = states(measures, if unreadable.is_some() { PLAIN } else { 1.0 });
    let of = |wanted: State| states.iter().filter(move |(_, state)| *state == wanted);
    let mut issues: Vec<QualityIssue> = of(State::Bad).map(|(issue, _)| *issue).collect();
    let remarks = of(State::Borderline).map(|(issue, _)| *issue).collect();
    match unreadable {
        None => {}
        Some(QualityIssue::NoFilm | QualityIssue::NotChestFilm) if seen.film => {
            issues.extend(unreadable);
        }
        Some(issue) => issues = vec![issue],
    }
    match Issues::new(issues) {
        Some(issues) => Grade::Refused { issues },
        None => Grade::Accepted { remarks },
    }
}

/// How many times its limit of refusal what hides a film must reach to be plain: what is no chest film
/// may look a little like a hidden one.
const PLAIN: f64 = 1.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    Borderline,
    Bad,
}

impl Limits {
    /// How many times the limit of refusal a value is.
    fn times(self, value: f64) -> f64 {
        value / self.refuse
    }

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
/// too dark cannot be judged for the finer faults, so those are left out. Of the finer ones the one
/// farthest over its limit, times `strict`, comes first.
fn states(m: &Measures, strict: f64) -> Vec<(QualityIssue, State)> {
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
    let blur = m.blur_sigma.unwrap_or(0.0);
    let mut finer = vec![(Blur, BLUR.judge(blur), BLUR.times(blur))];
    let covers = [
        (Occluded, COVERED, Cover::Object),
        (Glare, GLARE, Cover::Glare),
        (Backlight, BACKLIGHT, Cover::Dark),
    ];
    for (issue, limits, cover) in covers {
        let share = m.hidden_share(cover) / strict;
        if issue != Glare || bright != State::Bad {
            finer.push((issue, limits.judge(share), limits.times(share)));
        }
    }
    finer.sort_by(|a, b| b.2.total_cmp(&a.2));
    list.extend(finer.into_iter().map(|(issue, state, _)| (issue, state)));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::Fractions;
    use crate::quality::Hidden;

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
            content: Fractions::WHOLE,
            hidden: Hidden::nothing(),
        }
    }

    fn worst(measures: &Measures, shows: Shows) -> Option<QualityIssue> {
        match grade(measures, Seen::film(shows)) {
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
    fn what_hides_a_film_is_named() {
        use QualityIssue::{Backlight, Glare, Occluded};
        for (cover, wanted) in
            [(Cover::Glare, Glare), (Cover::Object, Occluded), (Cover::Dark, Backlight)]
        {
            let measures = Measures { hidden: Hidden::everywhere(cover), ..good() };
            assert_eq!(worst(&measures, Shows::FrontalChest), Some(wanted));
        }
    }

    #[test]
    fn a_fault_of_the_photo_comes_before_no_chest_film_where_a_film_was_seen() {
        use QualityIssue::{Glare, NoFilm, NotChestFilm};
        let glare = Measures { hidden: Hidden::everywhere(Cover::Glare), ..good() };
        let lost = Measures { confidence: 0.1, ..glare.clone() };
        for (measures, film, wanted) in [
            (&glare, true, vec![Glare, NotChestFilm]),
            (&glare, false, vec![NotChestFilm]),
            (&lost, true, vec![Glare, NoFilm]),
            (&lost, false, vec![NoFilm]),
            (&good(), true, vec![NotChestFilm]),
        ] {
            let Grade::Refused { issues } =
                grade(measures, Seen { shows: Shows::SomethingElse, film })
            else {
                panic!("no chest film was made out")
            };
            assert_eq!(issues.as_slice(), wanted);
        }
    }

    #[test]
    fn a_small_film_is_not_also_called_blurred() {
        let measures = Measures { short_side_px: 200.0, blur_sigma: Some(5.0), ..good() };
        let Grade::Refused { issues } = grade(&measures, Seen::film(Shows::FrontalChest)) else {
            panic!("too small")
        };
        assert_eq!(issues.as_slice(), [QualityIssue::TooSmall]);
    }
}
