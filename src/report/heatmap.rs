//! The activation map as a picture to lay over the radiograph.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "cells and pixels: sides stay below 2^12"
)]

use image::{Rgba, RgbaImage};

use crate::domain::reading::ActivationMap;

/// Longest side of the overlay, pixels. The map is coarse; the browser stretches the rest.
const SIDE: u32 = 256;

/// Share of the strongest activation below which a cell is left clear.
const FLOOR: f32 = 0.25;

/// Draws the map in the proportions of the radiograph: clear where cold, and from violet over green
/// to yellow where the network saw the finding. The scale is viridis, even to the eye and safe for
/// colour-blind readers (Smith and van der Walt, 2015).
#[must_use]
pub fn overlay(map: &ActivationMap, width: u32, height: u32) -> RgbaImage {
    let longest = width.max(height).max(1);
    let scale = |side: u32| (u64::from(side.max(1)) * u64::from(SIDE) / u64::from(longest)).max(1);
    let (width, height) = (scale(width) as u32, scale(height) as u32);
    let top = map.values().iter().copied().fold(0.0_f32, f32::max);
    RgbaImage::from_fn(width, height, |x, y| {
        let at = |i: u32, pixels: u32, cells: usize| {
            (f64::from(i) + 0.5) / f64::from(pixels) * cells as f64 - 0.5
        };
        let value = sample(map, at(x, width, map.width()), at(y, height, map.height()));
        let heat = if top > 0.0 { (value / top).clamp(0.0, 1.0) } else { 0.0 };
        colour(heat)
    })
}

/// Bilinear value at a place in cells; outside, the nearest cell's.
fn sample(map: &ActivationMap, x: f64, y: f64) -> f32 {
    let clamp = |v: f64, cells: usize| v.clamp(0.0, (cells - 1) as f64);
    let (x, y) = (clamp(x, map.width()), clamp(y, map.height()));
    let (left, above) = (x.floor() as usize, y.floor() as usize);
    let (right, below) = ((left + 1).min(map.width() - 1), (above + 1).min(map.height() - 1));
    let (fx, fy) = ((x - left as f64) as f32, (y - above as f64) as f32);
    let cell = |x: usize, y: usize| map.values()[y * map.width() + x];
    let upper = cell(left, above) * (1.0 - fx) + cell(right, above) * fx;
    let lower = cell(left, below) * (1.0 - fx) + cell(right, below) * fx;
    upper * (1.0 - fy) + lower * fy
}

fn colour(heat: f32) -> Rgba<u8> {
    const VIRIDIS: [[f32; 3]; 5] = [
        [68.0, 1.0, 84.0],
        [59.0, 82.0, 139.0],
        [33.0, 145.0, 140.0],
        [94.0, 201.0, 98.0],
        [253.0, 231.0, 37.0],
    ];
    if heat < FLOOR {
        return Rgba([0, 0, 0, 0]);
    }
    let step = heat * (VIRIDIS.len() - 1) as f32;
    let low = (step as usize).min(VIRIDIS.len() - 2);
    let share = step - low as f32;
    let mix = |i: usize| (VIRIDIS[low][i] * (1.0 - share) + VIRIDIS[low + 1][i] * share) as u8;
    let alpha = (heat - FLOOR) / (1.0 - FLOOR) * 255.0;
    Rgba([mix(0), mix(1), mix(2), alpha as u8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overlay_is_warm_where_the_map_is_and_clear_elsewhere() {
        let mut values = vec![0.0; 49];
        values[7 * 3 + 5] = 4.0;
        let overlay = overlay(&ActivationMap::new(7, 7, values).unwrap(), 1000, 2000);
        assert_eq!(overlay.dimensions(), (128, 256));
        assert!(overlay.get_pixel(128 * 11 / 14, 128).0[3] > 200);
        assert_eq!(overlay.get_pixel(5, 5).0[3], 0);
    }

    #[test]
    fn a_map_without_evidence_is_clear_everywhere() {
        let overlay = overlay(&ActivationMap::new(2, 2, vec![-3.0; 4]).unwrap(), 10, 10);
        assert!(overlay.pixels().all(|pixel| pixel.0[3] == 0));
    }
}
