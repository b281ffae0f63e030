//! How wide edges are: the measure of blur that does not depend on contrast.
//!
//! Motion blurs only edges across it, so widths are taken apart by direction and the widest count. Anatomy is soft, so in each direction only the sharpest edges (film border, label,
//! marker, metal) tell about the camera.

use std::f32::consts::PI;
use std::ops::Range;

use image::{GrayImage, RgbImage};

use crate::digitise::{both, rectify};
use crate::domain::geometry::{Point, Quad};

/// The film is looked at with this much around it, share of its size: its own border is an edge.
const MARGIN_SHARE: f64 = 0.025;
/// Long side of the copy that is measured, pixels: near the 1024 rows that widths refer to.
const LONG_SIDE_PX: u32 = 1100;
/// Height in rows to which widths are referred.
const REFERENCE_HEIGHT: f32 = 1024.0;
/// Directions told apart, over half a turn.
pub(super) const DIRECTIONS: usize = 8;
/// Steps smaller than this, grey levels, are not edges to measure.
const STEP_MIN: f32 = 22.0;
/// How far an edge is followed to either side, pixels: three sigmas of a strong blur.
const REACH: i32 = 26;
/// Gradient over four pixels from which a place may be an edge, grey levels.
const GRADIENT_MIN: f32 = 6.0;
/// Every how many rows and columns are looked at.
const STRIDE: usize = 2;
/// A perfect step blurred by a Gaussian of sigma s has height / steepest slope = s * sqrt(2 pi).
const SLOPE_TO_SIGMA: f32 = 2.506_63;
/// Fewest edges in a direction for a measurement.
const EDGES_MIN: usize = 30;
/// The reported width is that of the edge which this share of a direction's edges undercut.
const SHARP_SHARE: f64 = 0.10;

/// Widths of the sharp edges per direction, sigma of a Gaussian in pixels at 1024 rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sharpness {
    /// Direction `i` is crossed at `i * 22.5` degrees; nothing without enough edges.
    pub(super) widths: [Option<f64>; DIRECTIONS],
}

impl Sharpness {
    /// Measures the film at `quad`.
    pub(super) fn of(photo: &RgbImage, quad: &Quad) -> Self {
        let none = Self { widths: [None; DIRECTIONS] };
        let (low, high) = (-MARGIN_SHARE, 1.0 + MARGIN_SHARE);
        let wide = quad.from_unit().and_then(|map| {
            let at = |u, v| map.apply(Point::new(u, v));
            Quad::new([at(low, low), at(high, low), at(high, high), at(low, high)])
        });
        wide.map_or(none, |wide| Self::of_film(&rectify(photo, &wide, LONG_SIDE_PX)))
    }

    /// Measures a rectified film.
    fn of_film(film: &GrayImage) -> Self {
        let h = film.height() as usize;
        let last = h.saturating_sub(2).max(2);
        // Even, as every second row is looked at.
        let middle = last / 4 * 2;
        let (mut sigmas, lower) =
            both(|| sigmas(film, 2..middle), || sigmas(film, middle.max(2)..last));
        for (all, more) in sigmas.iter_mut().zip(lower) {
            all.extend(more);
        }
        let scale = REFERENCE_HEIGHT * (1.0 + 2.0 * MARGIN_SHARE as f32) / h.max(1) as f32;
        Self { widths: sigmas.map(|mut list| typical(&mut list, scale)) }
    }

    /// The second widest direction, as one alone may hold nothing but soft anatomy; nothing when
    /// fewer than two directions have edges to measure.
    pub(super) fn worst(self) -> Option<f64> {
        let mut widths: Vec<f64> = self.widths.iter().copied().flatten().collect();
        widths.sort_by(f64::total_cmp);
        widths.len().checked_sub(2).map(|second| widths[second])
    }
}

/// Sigmas of the edges in some rows, by direction.
fn sigmas(film: &GrayImage, rows: Range<usize>) -> [Vec<f32>; DIRECTIONS] {
    let w = film.width() as usize;
    let mut sigmas: [Vec<f32>; DIRECTIONS] = Default::default();
    let level = |x: usize, y: usize| f32::from(film.as_raw()[y * w + x]);
    for y in rows.step_by(STRIDE) {
        for x in (2..w.saturating_sub(2)).step_by(STRIDE) {
            let gx = level(x + 2, y) - level(x - 2, y);
            let gy = level(x, y + 2) - level(x, y - 2);
            let strength = (gx * gx + gy * gy).sqrt();
            if strength < GRADIENT_MIN {
                continue;
            }
            let (nx, ny) = (gx / strength, gy / strength);
            if let Some(sigma) = width(film, (x as f32, y as f32), (nx, ny)) {
                let turn = ny.atan2(nx).rem_euclid(PI) / PI * DIRECTIONS as f32;
                sigmas[turn.round() as usize % DIRECTIONS].push(sigma);
            }
        }
    }
    sigmas
}

fn typical(sigmas: &mut [f32], scale: f32) -> Option<f64> {
    if sigmas.len() < EDGES_MIN {
        return None;
    }
    let index = (sigmas.len() as f64 * SHARP_SHARE) as usize;
    let (_, sigma, _) = sigmas.select_nth_unstable_by(index, f32::total_cmp);
    Some(f64::from(*sigma * scale))
}

/// Grey level between pixels; nothing outside.
fn sample(film: &GrayImage, x: f32, y: f32) -> Option<f32> {
    let (w, h) = (film.width() as usize, film.height() as usize);
    if x < 0.0 || y < 0.0 || x >= (w - 1) as f32 || y >= (h - 1) as f32 {
        return None;
    }
    let (x0, y0) = (x as usize, y as usize);
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let raw = film.as_raw();
    let at = |x: usize, y: usize| f32::from(raw[y * w + x]);
    let top = at(x0, y0) * (1.0 - fx) + at(x0 + 1, y0) * fx;
    let bottom = at(x0, y0 + 1) * (1.0 - fx) + at(x0 + 1, y0 + 1) * fx;
    Some(top * (1.0 - fy) + bottom * fy)
}

/// Sigma of the edge at a place, if it is one and this is its steepest place.
fn width(film: &GrayImage, (x, y): (f32, f32), (nx, ny): (f32, f32)) -> Option<f32> {
    let value = |k: i32| {
        let k = k as f32;
        // Two more taps along the edge quieten noise without widening it.
        let centre = sample(film, x + k * nx, y + k * ny)?;
        let left = sample(film, x + k * nx - ny, y + k * ny + nx)?;
        let right = sample(film, x + k * nx + ny, y + k * ny - nx)?;
        Some(0.5 * centre + 0.25 * (left + right))
    };
    let near = [value(-1)?, value(0)?, value(1)?];
    let slope = 0.5 * (near[2] - near[0]);
    if slope <= 0.5 {
        return None;
    }
    let weak = slope / 7.0;
    let mut height = 0.0;
    for sign in [-1, 1] {
        let mut last = near[1];
        for k in 1..=REACH {
            let Some(next) = value(sign * k) else { break };
            let rise = (next - last) * sign as f32;
            // Steeper further out: this is not the middle of the edge.
            if rise > 1.25 * slope {
                return None;
            }
            if rise < weak {
                break;
            }
            height += rise;
            last = next;
        }
    }
    (height >= STEP_MIN).then(|| {
        let seen = height / (slope * SLOPE_TO_SIGMA);
        // Differences over two pixels widen by a variance of one third.
        (seen * seen - 0.33).max(0.01).sqrt()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Bars whose edges are blurred by a Gaussian of the given sigma in each direction.
    fn bars(across: f32, down: f32) -> GrayImage {
        GrayImage::from_fn(1024, 1024, |x, y| {
            let wave = |v: u32, sigma: f32| {
                let phase = (v % 128) as f32;
                let edge = |at: f32| 1.0 / (1.0 + (-(phase - at) * 1.702 / sigma).exp());
                edge(32.0) - edge(96.0)
            };
            Luma([(30.0 + 90.0 * wave(x, across) + 90.0 * wave(y, down)) as u8])
        })
    }

    #[test]
    fn edge_width_follows_the_blur() {
        for sigma in [1.5, 3.0, 5.0] {
            let widths = Sharpness::of_film(&bars(sigma, sigma)).widths;
            for direction in [0, DIRECTIONS / 2] {
                let seen = widths[direction].expect("plenty of edges");
                assert!((seen / f64::from(sigma) - 1.0).abs() < 0.35, "{sigma}: {seen}");
            }
        }
    }

    #[test]
    fn blur_in_one_direction_is_told_apart() {
        let widths = Sharpness::of_film(&bars(5.0, 1.5)).widths;
        let (across, down) = (widths[0].expect("edges"), widths[DIRECTIONS / 2].expect("edges"));
        assert!(across > 3.5 && down < 2.2, "{across} {down}");
    }

    #[test]
    fn an_even_film_has_no_edges() {
        let even = GrayImage::from_pixel(300, 300, Luma([90]));
        assert_eq!(Sharpness::of_film(&even).worst(), None);
    }
}
