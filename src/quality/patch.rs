//! A small, square, colour copy of the film and what lies around it, for looking at covers,
//! reflections and backgrounds.

use image::RgbImage;

use crate::digitise::in_bands;
use crate::domain::geometry::{Point, Quad};

/// Cells across the film, each way: one cell is 1 %.
pub(super) const INNER: usize = 100;
/// Cells around the film on each side.
pub(super) const MARGIN: usize = 25;
/// Cells of the whole patch, each way.
pub(super) const SIZE: usize = INNER + 2 * MARGIN;
/// Photo places averaged per cell and direction.
const TAPS: usize = 3;

/// The film's surroundings on a grid in the film's own plane.
#[derive(Debug)]
pub(super) struct Patch {
    /// Mean red, green and blue of each cell, 0 to 255; nothing outside the photo.
    cells: Vec<Option<[f32; 3]>>,
}

impl Patch {
    /// Samples the photo; nothing when the quadrilateral has no projective map.
    pub(super) fn of(photo: &RgbImage, quad: &Quad) -> Option<Self> {
        let map = quad.from_unit()?;
        let (last_x, last_y) = (f64::from(photo.width()) - 0.5, f64::from(photo.height()) - 0.5);
        let place = |cell: usize, tap: usize| {
            (cell as f64 - MARGIN as f64 + (tap as f64 + 0.5) / TAPS as f64) / INNER as f64
        };
        let cell = |i: usize, j: usize| {
            let mut sum = [0_u32; 3];
            let mut count = 0_u32;
            for tap in 0..TAPS * TAPS {
                let p = map.apply(Point::new(place(i, tap % TAPS), place(j, tap / TAPS)));
                if p.x > -0.5 && p.y > -0.5 && p.x < last_x && p.y < last_y {
                    let pixel = photo.get_pixel((p.x + 0.5) as u32, (p.y + 0.5) as u32);
                    for (total, value) in sum.iter_mut().zip(pixel.0) {
                        *total += u32::from(value);
                    }
                    count += 1;
                }
            }
            (count > 0).then(|| sum.map(|v| v as f32 / count as f32))
        };
        let mut cells = vec![None; SIZE * SIZE];
        in_bands(&mut cells, SIZE, |rows, band| {
            for (j, row) in rows.zip(band.chunks_exact_mut(SIZE)) {
                for (i, seen) in row.iter_mut().enumerate() {
                    *seen = cell(i, j);
                }
            }
        });
        Some(Self { cells })
    }

    /// Colour of a cell by its column and row, counted from the film's top left cell.
    pub(super) fn colour(&self, i: isize, j: isize) -> Option<[f32; 3]> {
        let (x, y) = (i + MARGIN as isize, j + MARGIN as isize);
        let size = SIZE as isize;
        if x < 0 || y < 0 || x >= size || y >= size {
            return None;
        }
        self.cells[(y * size + x) as usize]
    }

    /// Mean of the three colours of a cell.
    pub(super) fn level(&self, i: isize, j: isize) -> Option<f32> {
        self.colour(i, j).map(|c| (c[0] + c[1] + c[2]) / 3.0)
    }

    /// Levels over the film, row by row; cells outside the photo repeat their neighbour's level.
    pub(super) fn film_levels(&self) -> Vec<f32> {
        let mut levels = Vec::with_capacity(INNER * INNER);
        let mut last = 0.0;
        for j in 0..INNER as isize {
            for i in 0..INNER as isize {
                last = self.level(i, j).unwrap_or(last);
                levels.push(last);
            }
        }
        levels
    }

    /// Level outside a side (top, right, bottom, left) at a cell along it and a distance from it.
    pub(super) fn beside(&self, side: usize, along: usize, distance: isize) -> Option<f32> {
        let (a, last) = (along as isize, INNER as isize - 1);
        match side {
            0 => self.level(a, -distance),
            1 => self.level(last + distance, a),
            2 => self.level(a, last + distance),
            _ => self.level(-distance, a),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;

    #[test]
    fn the_panel_lies_around_the_film_and_the_border_within() {
        let patch = Patch::of(&phantom::film_on_a_box(), &phantom::corners()).expect("a quad");
        for side in 0..4 {
            assert!(patch.beside(side, 50, 4).is_some_and(|l| l > 200.0), "side {side}");
            assert!(patch.beside(side, 50, -2).is_some_and(|l| l < 80.0), "side {side}");
        }
        assert_eq!(patch.film_levels().len(), INNER * INNER);
        assert_eq!(patch.level(-(MARGIN as isize) - 1, 0), None);
    }
}
