//! Finds the film in a photo.

use image::RgbImage;

use super::beyond::whole_film;
use super::cores::both;
use super::features::{FEATURES, features, is_blank};
use super::hough::lines;
use super::quads::{Candidate, Side, candidates, through};
use super::rank::rank;
use super::refine::refine;
use super::view::{View, Views};
use crate::domain::geometry::{Point, Quad};

/// Mean distance of corners, share of the diagonal, from which a candidate counts as another film
/// than the guess.
const NEAR_SHARE: f64 = 0.1;
/// What a candidate at the guess gains over one elsewhere; scores run from 0 to 1. Of 0, 0.15, 0.4
/// and 1, failures (IoU under 0.9) on three sets of rendered photos fell from 9, 10 and 15 % to 6, 5
/// and 4 %, and most at 1.
const NEARNESS_WEIGHT: f32 = 1.0;

/// How near to the photo's border a side may be that is none, share of the photo's long side. The locator
/// network has no corners nearer than its cells are wide.
const BORDER_SHARE: f64 = 0.0175;
/// Support from which a side there is an edge all the same. In 800 rendered photos true edges have 0.82
/// and more, ends of the photo 0.59 and less.
const EDGE_MIN: f32 = 0.7;

/// Lines of each run that are paired.
const LINES: usize = 18;

/// A film found in a photo, and the evidence for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Corners as they lie in the photo: top left, top right, bottom right, bottom left, pixels.
    pub quad: Quad,
    /// The corners of the whole film, where the photo's edge cuts off a side: a guess by usual formats,
    /// to show how much is missing. Nothing beyond the photo is ever read.
    pub whole: Quad,
    /// How likely the quadrilateral is the film or the radiograph, 0 to 1.
    pub confidence: f64,
    /// Per side (top, right, bottom, left): support for an edge, 0 to 1.
    pub support: [f64; 4],
    /// Per side: rise of log light from inside to outside.
    pub step: [f64; 4],
    /// Per side: share with something lit just outside.
    pub lit_outside: [f64; 4],
    /// Per side: the film seems to go on beyond the photo there.
    pub cut: [bool; 4],
}

impl Located {
    /// A film whose corners a person has set: there is no doubt where it is.
    #[must_use]
    pub const fn by_hand(quad: Quad) -> Self {
        Self {
            quad,
            whole: quad,
            confidence: 1.0,
            support: [1.0; 4],
            step: [0.0; 4],
            lit_outside: [1.0; 4],
            cut: [false; 4],
        }
    }
}

/// All candidates of a photo with their features, best last guess first: for fitting the ranking.
#[derive(Debug)]
pub struct Candidates {
    /// Quadrilaterals in photo pixels with their features and score.
    pub list: Vec<(Quad, [f32; FEATURES], f32)>,
}

/// The film in a photo, or nothing when no quadrilateral is worth considering.
///
/// `guess` is where something else saw a film, in photo pixels and any order of corners. It is one
/// more candidate among those that the lines of the photo make, judged by the same evidence.
#[must_use]
pub fn locate(photo: &RgbImage, guess: Option<&Quad>) -> Option<Located> {
    let (views, fine_view) = Views::new(photo)?;
    let scale = fine_view.scale;
    let ((candidates, ranked), log) = both(|| search(&views, guess), || fine_view.log());
    let (best, confidence, _) = *ranked.first()?;
    let candidate = &candidates[best];
    let fine = candidate.quad.scaled(2.0, 0.5)?;
    let outward = candidate.sides.map(|s| s.outward >= s.inward);
    let cut = cut_sides(&views.coarse, candidate);
    let refined = refine(&log, &fine, outward, cut);
    let quad = refined.scaled(scale, 0.5 * scale - 0.5)?;
    let read = |f: fn(&Side) -> f32| candidate.sides.map(|s| f64::from(f(&s)));
    Some(Located {
        quad,
        whole: whole_film(photo.dimensions(), &quad, cut),
        confidence: f64::from(confidence),
        support: read(|s| s.outward.max(s.inward)),
        step: read(|s| s.step),
        lit_outside: read(|s| s.lit_outside),
        cut,
    })
}

/// Sides at which the film runs out of the photo: on its border, or so near to it with so little of an
/// edge that what was taken for the side is only where the photo ends.
fn cut_sides(view: &View, candidate: &Candidate) -> [bool; 4] {
    let (right, bottom) = (view.width() - 1.0, view.height() - 1.0);
    let near = BORDER_SHARE * right.max(bottom);
    let points = candidate.quad.points();
    std::array::from_fn(|i| {
        let from_border = |p: Point| [p.y, right - p.x, bottom - p.y, p.x][i];
        let farther = from_border(points[i]).max(from_border(points[(i + 1) % 4]));
        let side = &candidate.sides[i];
        side.frame || (farther < near && side.outward.max(side.inward) < EDGE_MIN)
    })
}

/// A candidate's place in the list, its score and its features.
type Ranked = (usize, f32, [f32; FEATURES]);

/// Candidates and their order, best first.
fn search(views: &Views, guess: Option<&Quad>) -> (Vec<Candidate>, Vec<Ranked>) {
    let (level, upright) = lines(&views.coarse, LINES);
    let mut candidates = candidates(&views.coarse, &level, &upright);
    let guess = guess.and_then(|quad| in_view(&views.coarse, quad));
    candidates.extend(guess.iter().flat_map(|quad| from_guess(&views.coarse, quad)));
    let mut ranked: Vec<Ranked> = features(views, &candidates)
        .into_iter()
        .enumerate()
        .filter(|(_, f)| !is_blank(f))
        .map(|(i, f)| (i, rank(&f), f))
        .collect();
    let standing = |(at, score, _): &Ranked| {
        let near = guess.as_ref().map_or(0.0, |guess| nearness(guess, &candidates[*at].quad));
        *score + NEARNESS_WEIGHT * near as f32
    };
    ranked.sort_by(|a, b| standing(b).total_cmp(&standing(a)));
    (candidates, ranked)
}

/// How near two quadrilaterals are: 1 when they are the same, 0 from a mean distance of their
/// corners of [`NEAR_SHARE`] of the first one's diagonal.
fn nearness(guess: &Quad, other: &Quad) -> f64 {
    let (p, q) = (guess.points(), other.points());
    let diagonal = f64::midpoint(p[0].distance(p[2]), p[1].distance(p[3]));
    let apart: f64 = p.iter().zip(q).map(|(a, b)| a.distance(*b)).sum::<f64>() / 4.0;
    (1.0 - apart / (NEAR_SHARE * diagonal)).max(0.0)
}

/// A guess in photo pixels as a quadrilateral of the view, in the order in which it lies.
fn in_view(view: &View, guess: &Quad) -> Option<Quad> {
    guess.as_seen()?.scaled(1.0 / view.scale, 0.5 / view.scale - 0.5)
}

/// Candidates from a guess: as it is, and drawn to the edges near it.
fn from_guess(view: &View, rough: &Quad) -> Vec<Candidate> {
    let drawn = [true, false].map(|outward| refine(&view.log, rough, [outward; 4], [false; 4]));
    [*rough].iter().chain(&drawn).filter_map(|quad| through(view, quad)).collect()
}

/// Everything [`locate`] chooses from; for fitting the ranking and for looking at mistakes.
#[must_use]
pub fn all_candidates(photo: &RgbImage) -> Candidates {
    let Some((views, _)) = Views::new(photo) else { return Candidates { list: Vec::new() } };
    let (candidates, ranked) = search(&views, None);
    let scale = views.coarse.scale;
    let list = ranked
        .into_iter()
        .filter_map(|(i, score, f)| {
            Some((candidates[i].quad.scaled(scale, 0.5 * scale - 0.5)?, f, score))
        })
        .collect();
    Candidates { list }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::{phantom, rectify};
    use crate::domain::film::Shows;
    use crate::domain::quality::Grade;
    use crate::quality;

    #[test]
    fn a_film_on_a_box_is_found_within_one_percent() {
        let located = locate(&phantom::film_on_a_box(), None).expect("a film");
        let wanted = phantom::corners();
        let diagonal = wanted.points()[0].distance(wanted.points()[2]);
        for (p, q) in located.quad.points().iter().zip(wanted.points()) {
            assert!(p.distance(*q) < 0.01 * diagonal, "{p:?} is not {q:?}");
        }
        assert!(located.confidence > 0.5, "{}", located.confidence);
        assert_eq!(located.cut, [false; 4]);
    }

    #[test]
    fn the_found_film_is_rectified() {
        let photo = phantom::film_on_a_box();
        let located = locate(&photo, None).expect("a film");
        let film = rectify(&photo, &located.quad, 2048);
        let level = |u: f64, v: f64| {
            let (w, h) = (f64::from(film.width()), f64::from(film.height()));
            film.get_pixel((u * w) as u32, (v * h) as u32)[0]
        };
        let (middle, lung, border) = (level(0.5, 0.5), level(0.3, 0.45), level(0.5, 0.015));
        assert!(middle > lung + 60 && lung > border + 10, "{middle} {lung} {border}");
        assert!(film.width().max(film.height()) <= 565);
    }

    #[test]
    fn a_guess_of_any_order_is_drawn_to_the_film() {
        let photo = phantom::film_on_a_box();
        let (views, _) = Views::new(&photo).expect("views");
        let wanted = phantom::corners();
        let mut rough = wanted.points().map(|p| Point::new(p.x + 3.0, p.y - 2.0));
        rough.reverse();
        rough.rotate_left(1);
        let guess = Quad::new(rough).expect("a quadrilateral");
        let guess = in_view(&views.coarse, &guess).expect("a quadrilateral");
        let found = from_guess(&views.coarse, &guess);
        let scale = views.coarse.scale;
        let best = found.iter().filter_map(|c| c.quad.scaled(scale, 0.5 * scale - 0.5));
        let worst = |quad: Quad| {
            let apart = quad.points().iter().zip(wanted.points()).map(|(p, q)| p.distance(*q));
            apart.fold(0.0, f64::max)
        };
        let nearest = best.map(worst).fold(f64::INFINITY, f64::min);
        assert!(nearest < 2.0, "{nearest} px");
    }

    #[test]
    fn locating_is_repeatable() {
        let photo = phantom::film_on_a_box();
        assert_eq!(locate(&photo, None), locate(&photo, None));
    }

    #[test]
    fn without_a_film_nothing_is_accepted() {
        let seen = quality::Seen::film(Shows::FrontalChest);
        for photo in [phantom::empty_box(), phantom::noise(), RgbImage::new(300, 200)] {
            let Some(located) = locate(&photo, None) else { continue };
            let film = rectify(&photo, &located.quad, 2048);
            let looks = quality::Looks::of(&photo, &located.quad);
            let grade = quality::grade(&quality::measure(&photo, &located, &film, looks), seen);
            assert!(matches!(grade, Grade::Refused { .. }), "{} {located:?}", photo.width());
        }
    }

    #[test]
    fn photos_too_small_to_search_give_nothing() {
        assert_eq!(locate(&RgbImage::new(40, 300), None), None);
    }
}
