//! The lungs as the network outlined them, to lay over the radiograph; and an earlier film laid over a
//! newer one by its lungs.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "cells and pixels: sides stay below 2^14"
)]

use image::{Rgba, RgbaImage};

use crate::domain::lungs::{Cell, LungFields};
use crate::domain::prior::Registration;
use crate::domain::radiograph::Radiograph;
use crate::report::heatmap::with_long_side;

/// Longest side of the overlay, pixels.
const SIDE: u32 = 512;
/// Longest side of an earlier film that is shown beside a newer one, pixels.
const PRIOR_SIDE_MAX: u32 = 1600;
/// Rim of a lung: sky blue of the Okabe-Ito palette, which colour-blind readers tell from grey.
const RIM: Rgba<u8> = Rgba([86, 180, 233, 255]);
/// Stripes over what counts as affected: orange of the same palette. Stripes and not a plain tint, so
/// that shape alone tells the two apart.
const STRIPE: Rgba<u8> = Rgba([230, 159, 0, 210]);
/// Width of a stripe and of the gap between two, pixels of the overlay.
const STRIPE_PX: u32 = 5;

/// Draws the rims of both lungs, and stripes over what counts as affected, in the proportions of the
/// radiograph.
#[must_use]
pub fn lungs_overlay(lungs: &LungFields, width: u32, height: u32) -> RgbaImage {
    let (width, height) = with_long_side(SIDE, width, height);
    let cell = |x: i64, y: i64| {
        let inside = x >= 0 && y >= 0 && x < i64::from(width) && y < i64::from(height);
        if !inside {
            return Cell::Outside;
        }
        let at = |i: i64, pixels: u32, cells: usize| {
            ((i as f32 + 0.5) / pixels as f32 * cells as f32) as usize
        };
        let column = at(x, width, lungs.width()).min(lungs.width() - 1);
        let row = at(y, height, lungs.height()).min(lungs.height() - 1);
        lungs.cells()[row * lungs.width() + column]
    };
    RgbaImage::from_fn(width, height, |x, y| {
        let (column, row) = (i64::from(x), i64::from(y));
        let here = cell(column, row);
        let Some(lung) = here.lung() else { return Rgba([0, 0, 0, 0]) };
        let near = [(-2, 0), (2, 0), (0, -2), (0, 2)];
        let rim = near.iter().any(|(dx, dy)| cell(column + dx, row + dy).lung() != Some(lung));
        let striped = ((x + y) / STRIPE_PX).is_multiple_of(2);
        match here {
            _ if rim => RIM,
            Cell::Opaque(_) if striped => STRIPE,
            Cell::Opaque(_) | Cell::Clear(_) | Cell::Outside => Rgba([0, 0, 0, 0]),
        }
    })
}

/// Draws the earlier film as it lies over the newer one of that width and height; black where the
/// earlier film does not reach.
#[must_use]
pub fn registered(
    earlier: &Radiograph,
    registration: Registration,
    width: u32,
    height: u32,
) -> Option<Radiograph> {
    let shown = width.max(height).min(PRIOR_SIDE_MAX);
    let (width, height) = with_long_side(shown, width, height);
    let (columns, rows) = (earlier.width(), earlier.height());
    let pixel = |x: u32, y: u32| f32::from(earlier.pixels()[(y * columns + x) as usize]);
    let mut grey = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let share = |i: u32, pixels: u32| (i as f32 + 0.5) / pixels as f32;
            let (px, py) = registration.earlier(share(x, width), share(y, height));
            if !((0.0..=1.0).contains(&px) && (0.0..=1.0).contains(&py)) {
                grey.push(0);
                continue;
            }
            let place = |v: f32, side: u32| (v * side as f32 - 0.5).clamp(0.0, (side - 1) as f32);
            let (fx, fy) = (place(px, columns), place(py, rows));
            let (left, above) = (fx as u32, fy as u32);
            let (right, below) = ((left + 1).min(columns - 1), (above + 1).min(rows - 1));
            let (tx, ty) = (fx - left as f32, fy - above as f32);
            let upper = pixel(left, above) * (1.0 - tx) + pixel(right, above) * tx;
            let lower = pixel(left, below) * (1.0 - tx) + pixel(right, below) * tx;
            grey.push((upper * (1.0 - ty) + lower * ty).round() as u8);
        }
    }
    Radiograph::new(width, height, grey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lungs::Lung;

    /// Right lung in columns 1 to 3, left lung in 5 to 7, rows 1 to 7 of 9; the last rows are opaque.
    fn lungs(opaque_from: usize) -> LungFields {
        let cells = (0..9).flat_map(|y| (0..9).map(move |x| (x, y))).map(|(x, y)| {
            let lung = match (x, y) {
                (_, 0 | 8) | (0 | 4 | 8, _) => return Cell::Outside,
                (1..=3, _) => Lung::Right,
                _ => Lung::Left,
            };
            if y >= opaque_from { Cell::Opaque(lung) } else { Cell::Clear(lung) }
        });
        LungFields::new(9, 9, cells.collect()).unwrap()
    }

    #[test]
    fn rims_are_drawn_and_only_affected_lung_is_striped() {
        let count =
            |picture: &RgbaImage, colour| picture.pixels().filter(|p| **p == colour).count();
        let clear = lungs_overlay(&lungs(9), 900, 900);
        assert_eq!(clear.dimensions(), (512, 512));
        assert!(count(&clear, RIM) > 1000);
        assert_eq!(count(&clear, STRIPE), 0);
        let affected = lungs_overlay(&lungs(6), 900, 900);
        let stripes = count(&affected, STRIPE);
        // Two of seven rows, half of them between the stripes, less the rim.
        assert!((5_000..20_000).contains(&stripes), "{stripes}");
        assert_eq!(affected.get_pixel(5, 5).0[3], 0);
    }

    #[test]
    fn an_earlier_film_lies_under_the_newer_ones_lungs() {
        // A bright dot in the middle of the earlier film's right lung.
        let mut grey = vec![10_u8; 90 * 90];
        for y in 40..50 {
            for x in 20..30 {
                grey[y * 90 + x] = 250;
            }
        }
        let earlier = Radiograph::new(90, 90, grey).unwrap();
        let shown = registered(&earlier, Registration::NONE, 180, 180).unwrap();
        assert_eq!((shown.width(), shown.height()), (180, 180));
        assert!(shown.pixels()[90 * 180 + 50] > 240);
        // The newer lungs fill the left upper quarter: the dot follows them.
        let cells = (0..18).flat_map(|y| (0..18).map(move |x| (x, y))).map(|(x, y)| match (x, y) {
            (1..=3, 1..=7) => Cell::Clear(Lung::Right),
            (5..=7, 1..=7) => Cell::Clear(Lung::Left),
            _ => Cell::Outside,
        });
        let newer = LungFields::new(18, 18, cells.collect()).unwrap();
        let lies = Registration::by_lungs(&newer, &lungs(9));
        let shown = registered(&earlier, lies, 180, 180).unwrap();
        assert!(shown.pixels()[45 * 180 + 25] > 240, "the dot in the quarter");
        assert_eq!(shown.pixels()[150 * 180 + 150], 0, "nothing beyond the earlier film");
    }
}
