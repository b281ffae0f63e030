//! Bars and slats behind a film: dark outside on two opposite sides, and darker in between.

use super::patch::{INNER, Patch};

/// Distance outside the film at which dark runs are looked for, cells.
const OUTSIDE: isize = 4;
/// Level below which the surroundings are dark, share of the panel's level. A quarter of the light
/// (the simulator's limit) is 0.53 of the level at gamma 2.2.
const DARK_SHARE: f32 = 0.55;
/// A run longer than this is the housing or the wall, not a bar, cells.
const RUN_MAX: usize = 60;
/// How far a bar may be displaced between one side and the other, cells.
const SLANT_MAX: f32 = 30.0;
/// Log-level contrast from which a band inside counts as the same bar.
const CONTRAST_MIN: f32 = 0.12;
/// Places looked at along a band.
const PLACES: usize = 32;

/// What was found of bars.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Bands {
    /// Share of the film's width or height that bars cover, the larger direction.
    pub(super) share: f32,
    /// Number of bars.
    pub(super) count: f32,
    /// Strongest log-level contrast of a bar to its surroundings inside the film.
    pub(super) contrast: f32,
}

/// Looks for bars between the two pairs of opposite sides.
pub(super) fn bands(patch: &Patch, panel: f32) -> Bands {
    let mut best = Bands::default();
    for (one, other, level) in [(0, 2, false), (3, 1, true)] {
        let (a, b) = (runs(patch, one, panel), runs(patch, other, panel));
        let mut found = Bands::default();
        for &from in &a {
            let contrast = b
                .iter()
                .filter(|to| alike(from, **to))
                .map(|to| contrast(patch, from, *to, level))
                .fold(0.0_f32, f32::max);
            if contrast > CONTRAST_MIN {
                found.share += (from.1 - from.0) as f32 / INNER as f32;
                found.count += 1.0;
            }
            found.contrast = found.contrast.max(contrast);
        }
        best.count += found.count;
        best.contrast = best.contrast.max(found.contrast);
        best.share = best.share.max(found.share);
    }
    best
}

/// Runs of dark cells beside a side, first and one past the last.
fn runs(patch: &Patch, side: usize, panel: f32) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for along in 0..=INNER {
        let level = (along < INNER).then(|| patch.beside(side, along, OUTSIDE)).flatten();
        let dark = level.is_some_and(|l| l < DARK_SHARE * panel);
        match (dark, start) {
            (true, None) => start = Some(along),
            (false, Some(from)) => {
                if (2..=RUN_MAX).contains(&(along - from)) {
                    runs.push((from, along));
                }
                start = None;
            }
            _ => {}
        }
    }
    runs
}

fn middle((from, to): (usize, usize)) -> f32 {
    (from + to) as f32 / 2.0
}

/// Two runs that one bar could make.
fn alike(a: (usize, usize), b: (usize, usize)) -> bool {
    let (wide, narrow) = ((a.1 - a.0) as f32, (b.1 - b.0) as f32);
    (middle(a) - middle(b)).abs() < SLANT_MAX && (wide / narrow).max(narrow / wide) < 2.5
}

/// Median log-level difference between beside and on the band that joins two runs.
fn contrast(patch: &Patch, a: (usize, usize), b: (usize, usize), level: bool) -> f32 {
    let half = ((a.1 - a.0).max(b.1 - b.0) as f32 / 2.0 + 3.0).round() as isize;
    let mut seen: Vec<f32> = (0..PLACES)
        .filter_map(|i| {
            let t = (i as f32 + 0.5) / PLACES as f32;
            let across = (middle(a) + (middle(b) - middle(a)) * t) as isize;
            let along = (t * INNER as f32) as isize;
            let log = |shift: isize| {
                let (x, y) = if level { (along, across + shift) } else { (across + shift, along) };
                patch.level(x, y).map(|v| (v + 6.0).ln())
            };
            Some((log(-half)? + log(half)?) / 2.0 - log(0)?)
        })
        .collect();
    seen.sort_by(f32::total_cmp);
    seen.get(seen.len() / 3).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;
    use image::RgbImage;

    /// The phantom with upright bars behind everything at these columns.
    fn barred(columns: &[std::ops::Range<u32>]) -> RgbImage {
        let mut photo = phantom::film_on_a_box();
        for (x, _, pixel) in photo.enumerate_pixels_mut() {
            if columns.iter().any(|c| c.contains(&x)) {
                pixel.0 = pixel.0.map(|v| v / 4);
            }
        }
        photo
    }

    fn found(photo: &RgbImage) -> Bands {
        let patch = Patch::of(photo, &phantom::corners()).expect("a proper quad");
        bands(&patch, 225.0)
    }

    #[test]
    fn bars_behind_the_film_are_counted() {
        let seen = found(&barred(&[470..500, 680..710]));
        assert!((seen.count - 2.0).abs() < 0.1, "{seen:?}");
        assert!((0.08..0.2).contains(&seen.share), "{seen:?}");
    }

    #[test]
    fn an_even_panel_has_no_bars() {
        assert!(found(&barred(&[])).count < 0.1);
    }
}
