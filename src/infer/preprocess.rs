//! The one place that turns pixels into a tensor; shared by all back ends.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: sides stay below 2^16"
)]

use std::ops::Range;

use crate::domain::lungs::Extent;
use crate::infer::manifest::{Input, Tone};

/// Grey pixels, row by row.
#[derive(Clone, Copy)]
pub(super) struct Plane<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: &'a [u8],
}

/// Squashes a radiograph to the network's size by area averaging and normalises it:
/// `(grey / 255 - mean) / std`, row by row.
pub(super) fn to_plane(radiograph: Plane<'_>, input: &Input) -> Vec<f32> {
    extent_to_plane(radiograph, Extent::WHOLE, input)
}

/// As [`to_plane`], for a part of the radiograph.
pub(super) fn extent_to_plane(radiograph: Plane<'_>, extent: Extent, input: &Input) -> Vec<f32> {
    let mut grey = squash(radiograph, extent, input.width, input.height);
    if input.tone == Tone::Equalised {
        equalise(&mut grey);
    }
    for value in &mut grey {
        *value = (*value / 255.0 - input.mean) / input.std;
    }
    grey
}

/// Replaces grey levels by their middle rank, 0 to 255: which tone curve film, light and phone had
/// no longer matters.
fn equalise(grey: &mut [f32]) {
    let level = |value: f32| value.round().clamp(0.0, 255.0) as usize;
    let mut counts = [0_u32; 256];
    for value in grey.iter() {
        counts[level(*value)] += 1;
    }
    let mut below = 0.0_f32;
    let ranks = counts.map(|count| {
        let middle = below + count as f32 / 2.0;
        below += count as f32;
        (middle / grey.len() as f32 * 255.0).round()
    });
    for value in grey {
        *value = ranks[level(*value)];
    }
}

/// Area-averaging resize to `width * height` grey values from 0 to 255.
///
/// Each output cell is the mean of the source area that it covers, so that no frequency aliases;
/// when enlarging, a cell lies between two source pixels and is interpolated linearly, as the
/// training side enlarges small films.
fn squash(source: Plane<'_>, extent: Extent, width: usize, height: usize) -> Vec<f32> {
    let [left, top, right, bottom] = extent.sides();
    let columns = spans(pixels_of(left, right, source.width), width);
    let rows = spans(pixels_of(top, bottom, source.height), height);
    let mut plane = vec![0.0_f32; width * height];
    let mut line = vec![0.0_f32; width];
    for (row, out) in rows.iter().zip(plane.chunks_exact_mut(width)) {
        for (y, weight) in row.weights() {
            let pixels = &source.pixels[y * source.width..(y + 1) * source.width];
            for (cell, column) in line.iter_mut().zip(&columns) {
                *cell = column.mean(pixels);
            }
            for (sum, value) in out.iter_mut().zip(&line) {
                *sum += weight * value;
            }
        }
    }
    plane
}

/// The source pixels that make one output cell: whole pixels and two ends with weights of their own.
struct Span {
    first: usize,
    last: usize,
    first_weight: f32,
    last_weight: f32,
    inner_weight: f32,
}

impl Span {
    fn weights(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        (self.first..=self.last).map(|i| {
            let weight = match i {
                i if i == self.first => self.first_weight,
                i if i == self.last => self.last_weight,
                _ => self.inner_weight,
            };
            (i, weight)
        })
    }

    fn mean(&self, pixels: &[u8]) -> f32 {
        let first = self.first_weight * f32::from(pixels[self.first]);
        if self.first == self.last {
            return first;
        }
        let inner: u32 = pixels[self.first + 1..self.last].iter().map(|p| u32::from(*p)).sum();
        first + self.inner_weight * inner as f32 + self.last_weight * f32::from(pixels[self.last])
    }
}

/// The whole pixels that a stretch from `low` to `high`, shares of a side, touches.
fn pixels_of(low: f32, high: f32, side: usize) -> Range<usize> {
    let first = ((low * side as f32).floor() as usize).min(side - 1);
    let last = ((high * side as f32).ceil() as usize).clamp(first + 1, side);
    first..last
}

/// For each of `to` cells, the pixels of a range that make it.
fn spans(range: Range<usize>, to: usize) -> Vec<Span> {
    let mut spans = spans_from_zero(range.len(), to);
    for span in &mut spans {
        span.first += range.start;
        span.last += range.start;
    }
    spans
}

fn spans_from_zero(from: usize, to: usize) -> Vec<Span> {
    let step = from as f64 / to as f64;
    let between = |index: usize| {
        let centre = ((index as f64 + 0.5) * step - 0.5).clamp(0.0, (from - 1) as f64);
        let first = centre.floor() as usize;
        let last = (first + 1).min(from - 1);
        let share = (centre - first as f64) as f32;
        let first_weight = if first == last { 1.0 } else { 1.0 - share };
        Span { first, last, first_weight, last_weight: share, inner_weight: 0.0 }
    };
    let under = |index: usize| {
        let (start, end) = (index as f64 * step, (index + 1) as f64 * step);
        let first = (start.floor() as usize).min(from - 1);
        let last = ((end - 1e-9).ceil() as usize - 1).clamp(first, from - 1);
        if first == last {
            return Span { first, last, first_weight: 1.0, last_weight: 0.0, inner_weight: 0.0 };
        }
        Span {
            first,
            last,
            first_weight: ((first as f64 + 1.0 - start) / step) as f32,
            last_weight: ((end - last as f64) / step) as f32,
            inner_weight: (1.0 / step) as f32,
        }
    };
    if from < to { (0..to).map(between).collect() } else { (0..to).map(under).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_mean(width: usize, height: usize, to: usize) {
        let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let source: Vec<u8> =
            cells.map(|(x, y)| u8::try_from((x * 31 + y * 17) % 256).unwrap()).collect();
        let plane = squash(Plane { width, height, pixels: &source }, Extent::WHOLE, to, to);
        let mean = |values: &mut dyn Iterator<Item = f64>, n: usize| values.sum::<f64>() / n as f64;
        let before = mean(&mut source.iter().map(|v| f64::from(*v)), source.len());
        let after = mean(&mut plane.iter().map(|v| f64::from(*v)), plane.len());
        assert!((before - after).abs() < 0.01, "{before} {after}");
    }

    #[test]
    fn averaging_keeps_the_mean_grey_value() {
        check_mean(448, 448, 224);
        check_mean(1000, 731, 224);
        check_mean(225, 2048, 224);
    }

    #[test]
    fn an_even_grey_stays_even_at_any_size() {
        for (width, height) in [(224, 224), (100, 50), (801, 333)] {
            let pixels = vec![77; width * height];
            let plane = squash(Plane { width, height, pixels: &pixels }, Extent::WHOLE, 224, 224);
            assert!(plane.iter().all(|v| (v - 77.0).abs() < 1e-3));
        }
    }

    #[test]
    fn equalised_grey_does_not_know_the_tone_curve() {
        let dull: Vec<f32> = (0..1000).map(|i| ((i * 37) % 200) as f32).collect();
        let mut bent: Vec<f32> = dull.iter().map(|v| (v / 255.0).powf(0.6) * 255.0).collect();
        let mut plain = dull;
        equalise(&mut plain);
        equalise(&mut bent);
        let mean = plain.iter().sum::<f32>() / 1000.0;
        assert!((mean - 127.5).abs() < 1.0);
        let apart = plain.iter().zip(&bent).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(apart <= 3.0, "{apart}");
    }

    #[test]
    fn a_part_is_cut_out_before_it_is_squashed() {
        let pixels: Vec<u8> = (0..100 * 100).map(|i| if i % 100 < 50 { 10 } else { 200 }).collect();
        let right = Extent::new(0.5, 0.2, 1.0, 0.9).unwrap();
        let plane = squash(Plane { width: 100, height: 100, pixels: &pixels }, right, 16, 16);
        assert!(plane.iter().all(|v| (v - 200.0).abs() < 1e-3));
    }
}
