//! The activation map as a picture to lay over the radiograph.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "cells and pixels: sides stay below 2^12"
)]

use image::{Rgba, RgbaImage};

use crate::domain::lungs::LungFields;
use crate::domain::reading::ActivationMap;

/// Longest side of the overlay, pixels. The map is coarse; the browser stretches the rest.
const SIDE: u32 = 256;

/// Share of the strongest activation below which a cell is left clear.
const FLOOR: f32 = 0.25;

/// Draws the map in the proportions of the radiograph: clear where cold, and from violet over green
/// to yellow where the network saw the finding. The scale is viridis, even to the eye and safe for
/// colour-blind readers (Smith and van der Walt, 2015).
///
/// With `lungs`, what lies outside both of them stays clear: the map is coarse and spills over.
#[must_use]
pub fn overlay(
    map: &ActivationMap,
    lungs: Option<&LungFields>,
    width: u32,
    height: u32,
) -> RgbaImage {
    let (width, height) = with_long_side(SIDE, width, height);
    let share = |i: u32, pixels: u32| (i as f32 + 0.5) / pixels as f32;
    let inside = |x: f32, y: f32| lungs.is_none_or(|lungs| lungs.lung_at(x, y).is_some());
    let value = |x: f32, y: f32| if inside(x, y) { heat_at(map, x, y) } else { 0.0 };
    // The scale is that of what is shown: a peak outside the lungs must not dim the rest.
    let heats: Vec<f32> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| value(share(x, width), share(y, height)))
        .collect();
    let top = heats.iter().copied().fold(0.0_f32, f32::max);
    RgbaImage::from_fn(width, height, |x, y| {
        let value = heats[(y * width + x) as usize];
        colour(if top > 0.0 { (value / top).clamp(0.0, 1.0) } else { 0.0 })
    })
}

/// Width and height in the proportions of a picture, with that longest side; at least one pixel each.
pub(super) fn with_long_side(side_max: u32, width: u32, height: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height).max(1));
    let scale = |side: u32| (u64::from(side.max(1)) * u64::from(side_max) / longest).max(1) as u32;
    (scale(width), scale(height))
}

/// The map's value at a place in shares of the radiograph, between cells linearly; 0 outside the
/// part that the map covers.
pub(super) fn heat_at(map: &ActivationMap, x: f32, y: f32) -> f32 {
    let [left, top, right, bottom] = map.extent().sides();
    if !((left..=right).contains(&x) && (top..=bottom).contains(&y)) {
        return 0.0;
    }
    let place = |v: f32, low: f32, high: f32, cells: usize| {
        ((v - low) / (high - low) * cells as f32 - 0.5).clamp(0.0, (cells - 1) as f32)
    };
    let (x, y) = (place(x, left, right, map.width()), place(y, top, bottom, map.height()));
    let (left, above) = (x.floor() as usize, y.floor() as usize);
    let (right, below) = ((left + 1).min(map.width() - 1), (above + 1).min(map.height() - 1));
    let (fx, fy) = (x - left as f32, y - above as f32);
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
    use crate::domain::lungs::{Cell, Extent, Lung};

    fn hot_at(cell: usize, extent: Extent) -> ActivationMap {
        let mut values = vec![0.0; 49];
        values[cell] = 4.0;
        ActivationMap::new(7, 7, values, extent).unwrap()
    }

    #[test]
    fn the_overlay_is_warm_where_the_map_is_and_clear_elsewhere() {
        let overlay = overlay(&hot_at(7 * 3 + 5, Extent::WHOLE), None, 1000, 2000);
        assert_eq!(overlay.dimensions(), (128, 256));
        assert!(overlay.get_pixel(128 * 11 / 14, 128).0[3] > 200);
        assert_eq!(overlay.get_pixel(5, 5).0[3], 0);
    }

    #[test]
    fn a_map_of_a_part_lies_over_that_part() {
        let right_half = Extent::new(0.5, 0.0, 1.0, 1.0).unwrap();
        let overlay = overlay(&hot_at(7 * 3 + 3, right_half), None, 100, 100);
        assert!(overlay.get_pixel(192, 128).0[3] > 200);
        assert!((0..128).all(|x| overlay.get_pixel(x, 128).0[3] == 0));
    }

    #[test]
    fn nothing_shows_outside_the_lungs() {
        let cells = [Cell::Clear(Lung::Right), Cell::Outside, Cell::Clear(Lung::Left)];
        let lungs = LungFields::new(3, 1, cells.to_vec()).unwrap();
        let overlay = overlay(&hot_at(7 * 3 + 2, Extent::WHOLE), Some(&lungs), 100, 100);
        assert_eq!(overlay.get_pixel(92, 128).0[3], 0, "the peak lies between the lungs");
        assert!(overlay.pixels().any(|pixel| pixel.0[3] > 200), "rescaled to what is shown");
    }

    #[test]
    fn a_map_without_evidence_is_clear_everywhere() {
        let map = ActivationMap::new(2, 2, vec![-3.0; 4], Extent::WHOLE).unwrap();
        assert!(overlay(&map, None, 10, 10).pixels().all(|pixel| pixel.0[3] == 0));
    }
}
