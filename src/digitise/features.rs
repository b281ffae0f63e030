//! What a candidate quadrilateral looks like, as numbers for the ranking network.

use super::cores::both;
use super::plane::Plane;
use super::quads::{Candidate, Side};
use super::view::Views;
use crate::domain::geometry::{Homography, Point};

/// Number of features of a candidate.
pub(crate) const FEATURES: usize = 48;

/// Where in the list the spread of log light and the lit share of the inside are.
const INSIDE_SPREAD: usize = 32;
const INSIDE_LIT: usize = 33;
/// Inside, a blank panel is lit everywhere, and even: films of the worst exposure vary more.
const BLANK_LIT_MIN: f32 = 0.97;
const BLANK_SPREAD_MAX: f32 = 0.2;

/// Whether these are the features of an evenly lit surface with nothing on it.
pub(crate) fn is_blank(features: &[f32; FEATURES]) -> bool {
    features[INSIDE_LIT] > BLANK_LIT_MIN && features[INSIDE_SPREAD] < BLANK_SPREAD_MAX
}

/// Cells looked at across the inside of a candidate, each way.
const GRID: usize = 14;
/// Places looked at along each side of a ring.
const RING: usize = 16;

/// Features of all candidates of one photo, in order.
pub(crate) fn features(views: &Views, candidates: &[Candidate]) -> Vec<[f32; FEATURES]> {
    let best =
        |f: &dyn Fn(&Candidate) -> f32| candidates.iter().map(f).fold(f32::NEG_INFINITY, f32::max);
    let best_film = best(&|c| c.as_film);
    let best_screen = best(&|c| c.as_screen);
    let of = |some: &[Candidate]| -> Vec<[f32; FEATURES]> {
        some.iter()
            .map(|candidate| {
                let mut list = List { values: [0.0; FEATURES], next: 0 };
                list.push(candidate.as_film);
                list.push(candidate.as_screen);
                list.push(best_film - candidate.as_film);
                list.push(best_screen - candidate.as_screen);
                sides(&candidate.sides, &mut list);
                shape(views, candidate, &mut list);
                if let Some(map) = candidate.quad.from_unit() {
                    inside(views, &map, &mut list);
                    rings(views, &map, &mut list);
                }
                list.values
            })
            .collect()
    };
    let (first, second) = candidates.split_at(candidates.len() / 2);
    let (mut all, rest) = both(|| of(first), || of(second));
    all.extend(rest);
    all
}

struct List {
    values: [f32; FEATURES],
    next: usize,
}

impl List {
    /// Appends a value; one too many is a mistake that the tests show.
    fn push(&mut self, value: f32) {
        debug_assert!(self.next < FEATURES, "more features than FEATURES");
        if self.next < FEATURES {
            self.values[self.next] = if value.is_finite() { value } else { 0.0 };
            self.next += 1;
        }
    }
}

/// Mean, smallest and second smallest, which do not depend on where a turned film has its top.
fn spread(values: [f32; 4]) -> [f32; 3] {
    let mut sorted = values;
    sorted.sort_by(f32::total_cmp);
    [values.iter().sum::<f32>() / 4.0, sorted[0], sorted[1]]
}

fn sides(sides: &[Side; 4], list: &mut List) {
    for read in [
        (|s| s.outward) as fn(&Side) -> f32,
        |s| s.inward,
        |s| s.outward.max(s.inward),
        |s| s.step,
        |s| s.lit_outside,
        |s| s.lit_inside,
    ] {
        for value in spread(sides.map(|s| read(&s))) {
            list.push(value);
        }
    }
    let seen = spread(sides.map(|s| s.seen));
    list.push(seen[0]);
    list.push(seen[1]);
    list.push(sides.iter().filter(|s| s.frame).count() as f32);
    let steps = sides.map(|s| s.step);
    list.push(steps.iter().copied().fold(f32::NEG_INFINITY, f32::max));
}

fn shape(views: &Views, candidate: &Candidate, list: &mut List) {
    let view = &views.coarse;
    let quad = &candidate.quad;
    let (width, height) = quad.mean_size();
    let [a, b, c, d] = quad.sides();
    list.push((quad.area() / (view.width() * view.height())).sqrt() as f32);
    list.push((width / height).ln().abs() as f32);
    list.push((a / c).ln().abs().max((b / d).ln().abs()) as f32);
    let p = quad.points();
    let mut worst = 0.0_f64;
    for i in 0..4 {
        let (q, r, s) = (p[(i + 3) % 4], p[i], p[(i + 1) % 4]);
        let dot = (q.x - r.x) * (s.x - r.x) + (q.y - r.y) * (s.y - r.y);
        worst = worst.max((dot / (q.distance(r) * s.distance(r))).abs());
    }
    list.push(worst as f32);
    let centre = p.iter().fold((0.0, 0.0), |m, q| (m.0 + q.x / 4.0, m.1 + q.y / 4.0));
    let off = (centre.0 / view.width() - 0.5).hypot(centre.1 / view.height() - 0.5);
    list.push(off as f32);
}

fn mean_and_spread(values: &[f32]) -> (f32, f32) {
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    let square = values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / values.len() as f32;
    (mean, square.sqrt())
}

fn read(plane: &Plane, p: Point) -> Option<f32> {
    plane.holds(p.x, p.y).then(|| plane.sample(p.x, p.y))
}

/// Brightness and structure inside: lungs are dark to the sides of a bright middle.
fn inside(views: &Views, map: &Homography, list: &mut List) {
    let view = &views.coarse;
    let mut all = Vec::with_capacity(GRID * GRID);
    let (mut middle, mut flanks) = (Vec::new(), Vec::new());
    let mut colours = Vec::new();
    let mut lit = 0.0;
    for j in 0..GRID {
        for i in 0..GRID {
            let u = (i as f64 + 0.5) / GRID as f64;
            let v = (j as f64 + 0.5) / GRID as f64;
            let p = map.apply(Point::new(u, v));
            let Some(value) = read(&view.log, p) else { continue };
            all.push(value);
            lit += f32::from(u8::from(value >= view.lit_log));
            colours.extend(read(&views.colour, p));
            if (0.2..0.8).contains(&v) {
                if (0.42..0.58).contains(&u) {
                    middle.push(value);
                } else if (0.15..0.38).contains(&u) || (0.62..0.85).contains(&u) {
                    flanks.push(value);
                }
            }
        }
    }
    let (mean, spread) = mean_and_spread(&all);
    let count = all.len().max(1) as f32;
    list.push(mean - view.lit_log);
    list.push(spread);
    list.push(lit / count);
    list.push(mean_and_spread(&middle).0 - mean_and_spread(&flanks).0);
    list.push(mean_and_spread(&colours).0);
}

/// The levels just inside, just outside and further outside, and how even the outside is.
fn rings(views: &Views, map: &Homography, list: &mut List) {
    let view = &views.coarse;
    for (distance, full) in [(-0.04, false), (0.035, true), (0.10, true)] {
        let mut values = Vec::with_capacity(4 * RING);
        for i in 0..RING {
            let t = (i as f64 + 0.5) / RING as f64;
            let (low, high) = (-distance, 1.0 + distance);
            for p in [(t, low), (high, t), (t, high), (low, t)] {
                values.extend(read(&view.log, map.apply(Point::new(p.0, p.1))));
            }
        }
        let (mean, spread) = mean_and_spread(&values);
        list.push(mean - view.lit_log);
        list.push(spread);
        if full {
            let lit = values.iter().filter(|v| **v >= view.lit_log).count();
            list.push(lit as f32 / values.len().max(1) as f32);
            list.push(values.len() as f32 / (4 * RING) as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_panel_is_told_by_the_right_features() {
        let mut values = [0.0; FEATURES];
        assert!(!is_blank(&values));
        values[INSIDE_LIT] = 1.0;
        assert!(is_blank(&values));
        values[INSIDE_SPREAD] = 0.5;
        assert!(!is_blank(&values));
    }
}
