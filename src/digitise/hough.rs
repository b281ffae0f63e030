//! Straight edges of a view by an oriented, weighted Hough transform.
//!
//! `imageproc::hough` takes a binary image and gives whole degrees without weights: one degree is
//! 12 pixels over 700. Here every edge pixel votes only near its own gradient direction, with its
//! contrast as weight, and a found line takes its votes away before the next is looked for.

use std::f64::consts::PI;
use std::ops::Range;

use super::cores::both;
use super::view::View;

/// Angle bins of half a degree.
const ANGLES: usize = 360;
/// Angle of the first bin, degrees. Normals from -45 to 45 belong to upright lines and point
/// right; from 45 to 135 to level lines and point down.
const FIRST_ANGLE_DEG: f64 = -45.0;
/// Width of a distance bin, pixels of the view.
const RHO_STEP: f64 = 1.5;
/// A pixel votes this many angle bins to either side of its gradient: 3 degrees.
const SPREAD: isize = 6;
/// Gradients weaker than this, in log light per pixel, are noise.
const GRADIENT_MIN: f32 = 0.012;
/// Above this a stronger gradient does not weigh more.
const GRADIENT_FULL: f32 = 0.25;
/// Votes within this distance of a found line are taken away, pixels.
const CLAIM_PX: f64 = 2.2;
/// And within this angle of it, in bins: 8 degrees.
const CLAIM_BINS: isize = 16;

/// Which way a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Within 45 degrees of horizontal; its normal points down.
    Level,
    /// Within 45 degrees of vertical; its normal points right.
    Upright,
}

/// The points where `x cos + y sin = rho`, in pixels of the coarse view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) run: Run,
    pub(crate) cos: f64,
    pub(crate) sin: f64,
    pub(crate) rho: f64,
    /// A border of the photo, not an edge: stands in for a side that was cut off.
    pub(crate) frame: bool,
}

struct Edge {
    x: f64,
    y: f64,
    angle: isize,
    weight: f32,
}

struct Votes {
    cells: Vec<f32>,
    rhos: usize,
    rho_zero: f64,
    directions: Vec<(f64, f64)>,
}

impl Votes {
    fn new(view: &View) -> Self {
        let diagonal = view.width().hypot(view.height());
        let rhos = (2.0 * diagonal / RHO_STEP).ceil() as usize + 3;
        let directions = (0..ANGLES)
            .map(|i| (FIRST_ANGLE_DEG + i as f64 * 0.5) * PI / 180.0)
            .map(|a| (a.cos(), a.sin()))
            .collect();
        Self { cells: vec![0.0; ANGLES * rhos], rhos, rho_zero: diagonal, directions }
    }

    /// Adds (or with -1 takes back) the votes of one edge pixel.
    fn cast(&mut self, edge: &Edge, sign: f32) {
        for offset in -SPREAD..=SPREAD {
            let bin = (edge.angle + offset).rem_euclid(ANGLES as isize) as usize;
            let (cos, sin) = self.directions[bin];
            let place = (edge.x * cos + edge.y * sin + self.rho_zero) / RHO_STEP;
            let cell = place as usize;
            let rest = (place - cell as f64) as f32;
            let share = 1.0 - offset.abs() as f32 / (SPREAD + 1) as f32;
            let vote = sign * edge.weight * share;
            let at = bin * self.rhos + cell;
            self.cells[at] += vote * (1.0 - rest);
            self.cells[at + 1] += vote * rest;
        }
    }

    /// The strongest place of an angle and its votes; the first of equals.
    fn peak(&self, bin: usize) -> (usize, f32) {
        const LANES: usize = 8;
        let row = &self.cells[bin * self.rhos..(bin + 1) * self.rhos];
        let count = self.rhos - 2;
        let (before, here, after) = (&row[..count], &row[1..=count], &row[2..]);
        let votes = |i: usize| here[i] + 0.5 * (before[i] + after[i]);
        let mut best = [0.0_f32; LANES];
        let chunks = before.as_chunks::<LANES>().0.iter();
        let chunks = chunks.zip(here.as_chunks::<LANES>().0).zip(after.as_chunks::<LANES>().0);
        for ((a, b), c) in chunks {
            for lane in 0..LANES {
                let votes = b[lane] + 0.5 * (a[lane] + c[lane]);
                best[lane] = if votes > best[lane] { votes } else { best[lane] };
            }
        }
        let rest = (count - count % LANES..count).map(votes);
        let most = best.into_iter().chain(rest).fold(0.0, f32::max);
        if most <= 0.0 {
            return (0, 0.0);
        }
        let place = (0..count).position(|i| votes(i) >= most);
        (place.map_or(0, |i| i + 1), most)
    }
}

/// The strongest `count` level and upright lines of a view, strongest first, the photo's borders
/// last.
pub(crate) fn lines(view: &View, count: usize) -> (Vec<Line>, Vec<Line>) {
    let mut edges = edges(view);
    let mut votes = Votes::new(view);
    for edge in &edges {
        votes.cast(edge, 1.0);
    }
    let mut peaks: Vec<(usize, f32)> = (0..ANGLES).map(|bin| votes.peak(bin)).collect();
    let mut found = [Vec::new(), Vec::new()];
    for (run, list) in [Run::Level, Run::Upright].into_iter().zip(&mut found) {
        let bins = match run {
            Run::Upright => 0..ANGLES / 2,
            Run::Level => ANGLES / 2..ANGLES,
        };
        for _ in 0..count {
            let mut best = (0, 0, 0.0);
            for bin in bins.clone() {
                let (cell, strength) = peaks[bin];
                if strength > best.2 {
                    best = (bin, cell, strength);
                }
            }
            let (bin, cell, strength) = best;
            if strength < 4.0 {
                break;
            }
            let (cos, sin) = votes.directions[bin];
            let rho = peak_rho(&votes, bin, cell);
            list.push(Line { run, cos, sin, rho, frame: false });
            edges.retain(|edge| {
                let apart = (edge.angle - bin as isize + ANGLES as isize / 2)
                    .rem_euclid(ANGLES as isize)
                    - ANGLES as isize / 2;
                let claimed = apart.abs() <= CLAIM_BINS
                    && (edge.x * cos + edge.y * sin - rho).abs() <= CLAIM_PX;
                if claimed {
                    votes.cast(edge, -1.0);
                }
                !claimed
            });
            // Only the angles that lost votes can have another peak.
            for offset in -(CLAIM_BINS + SPREAD)..=CLAIM_BINS + SPREAD {
                let lost = (bin as isize + offset).rem_euclid(ANGLES as isize) as usize;
                peaks[lost] = votes.peak(lost);
            }
        }
    }
    let [mut level, mut upright] = found;
    let (right, bottom) = (view.width() - 1.0, view.height() - 1.0);
    for rho in [0.0, bottom] {
        level.push(Line { run: Run::Level, cos: 0.0, sin: 1.0, rho, frame: true });
    }
    for rho in [0.0, right] {
        upright.push(Line { run: Run::Upright, cos: 1.0, sin: 0.0, rho, frame: true });
    }
    (level, upright)
}

/// Distance of a peak between bins, from the centre of its three cells.
fn peak_rho(votes: &Votes, bin: usize, cell: usize) -> f64 {
    let row = &votes.cells[bin * votes.rhos..(bin + 1) * votes.rhos];
    let (a, b, c) = (row[cell - 1].max(0.0), row[cell].max(0.0), row[cell + 1].max(0.0));
    let shift = f64::from((c - a) / (a + b + c).max(f32::MIN_POSITIVE));
    (cell as f64 + shift) * RHO_STEP - votes.rho_zero
}

/// Edge pixels: local maxima of the gradient along its own direction.
fn edges(view: &View) -> Vec<Edge> {
    let last = view.log.height.saturating_sub(2).max(2);
    let middle = last.midpoint(2);
    let (mut edges, lower) =
        both(|| edges_of_rows(view, 2..middle), || edges_of_rows(view, middle..last));
    edges.extend(lower);
    edges
}

fn edges_of_rows(view: &View, rows: Range<usize>) -> Vec<Edge> {
    let w = view.log.width;
    // As exact as `hypot`, which calls the library.
    let length = |gx: f32, gy: f32| {
        let (gx, gy) = (f64::from(gx), f64::from(gy));
        (gx * gx + gy * gy).sqrt() as f32
    };
    let strength = |x: usize, y: usize| length(view.gx.at(x, y), view.gy.at(x, y));
    let mut edges = Vec::new();
    for y in rows {
        for x in 2..w.saturating_sub(2) {
            let (gx, gy) = (view.gx.at(x, y), view.gy.at(x, y));
            if gx * gx + gy * gy < 0.99 * GRADIENT_MIN * GRADIENT_MIN {
                continue;
            }
            let here = length(gx, gy);
            if here < GRADIENT_MIN {
                continue;
            }
            let (before, after) = if gx.abs() > 2.4 * gy.abs() {
                (strength(x - 1, y), strength(x + 1, y))
            } else if gy.abs() > 2.4 * gx.abs() {
                (strength(x, y - 1), strength(x, y + 1))
            } else if gx * gy > 0.0 {
                (strength(x - 1, y - 1), strength(x + 1, y + 1))
            } else {
                (strength(x + 1, y - 1), strength(x - 1, y + 1))
            };
            if here < before || here <= after {
                continue;
            }
            let degrees = f64::from(gy.atan2(gx)) * 180.0 / PI;
            let angle = ((degrees - FIRST_ANGLE_DEG) * 2.0).round() as isize;
            let weight = (here.min(GRADIENT_FULL) / GRADIENT_FULL).sqrt();
            edges.push(Edge {
                x: x as f64,
                y: y as f64,
                angle: angle.rem_euclid(ANGLES as isize),
                weight,
            });
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;
    use crate::digitise::view::Views;

    #[test]
    fn every_side_of_a_film_is_among_the_lines() {
        let (views, _) = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let (level, upright) = lines(&views.coarse, 18);
        let scale = views.coarse.scale;
        let p = phantom::corners().points().map(|p| (p.x / scale, p.y / scale));
        for (list, i) in [(&level, 0), (&upright, 1), (&level, 2), (&upright, 3)] {
            let near = |line: &Line, (x, y): (f64, f64)| {
                (x * line.cos + y * line.sin - line.rho).abs() < 3.0
            };
            let found = list.iter().any(|line| near(line, p[i]) && near(line, p[(i + 1) % 4]));
            assert!(found, "side {i}");
        }
    }

    #[test]
    fn the_photos_borders_are_offered_as_sides() {
        let (views, _) = Views::new(&phantom::noise()).expect("large enough");
        let (level, upright) = lines(&views.coarse, 4);
        assert_eq!(level.iter().chain(&upright).filter(|line| line.frame).count(), 4);
    }
}
