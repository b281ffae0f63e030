//! The locator model: where a film lies in a photo.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixel arithmetic: sides stay below 2^16"
)]

use std::sync::Arc;

use image::RgbImage;

use crate::domain::geometry::{Point, Quad};
use crate::domain::reading::ModelRef;
use crate::infer::lungs::largest_part;
use crate::infer::manifest::{Input, LocatorSpec, ManifestError, ModelKind};
use crate::infer::network::{InferError, Network, Tensor, output, sigmoid};
use crate::infer::pack::{Pack, PackError};
use crate::infer::preprocess::{Plane, to_plane};
use crate::infer::shelf::Shelf;

/// Cells around a corner of the mask in which the corner maps are asked.
const NEAR: usize = 6;
/// Cells to either side of the likeliest cell that say where between cells the corner lies.
const PEAK_REACH: usize = 2;
/// Least that the maps together give to the surroundings of a corner of the mask; below it the
/// mask's own corner stays.
const SEEN_MIN: f32 = 0.15;
/// Cells that make a mask.
const PART_MIN: usize = 20;

/// Where the network sees a film, good to about a hundredth of its size.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmGuess {
    /// Corners in photo pixels, upper left of the upright film first; the order of a film that
    /// lies on its back runs counter-clockwise. `None` when they span no film.
    pub corners: Option<Quad>,
    /// Probability that there is a film, 0 to 1.
    pub present: f32,
    /// Overlap of the mask with the corners' outline, intersection over union, 0 to 1: two
    /// answers of one network that should agree.
    pub agreement: f32,
}

/// A loaded locator model.
pub struct LocatorModel {
    model: ModelRef,
    input: Input,
    spec: LocatorSpec,
    network: Box<dyn Network>,
}

impl std::fmt::Debug for LocatorModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LocatorModel({})", self.model.version)
    }
}

impl LocatorModel {
    /// Loads a pack of the locator kind.
    ///
    /// # Errors
    /// [`InferError`] when the pack is of another kind or its network does not load and pass.
    pub(super) fn load(pack: &Pack, shelf: &Arc<Shelf>) -> Result<Self, InferError> {
        let ModelKind::Locator(spec) = &pack.manifest.kind else {
            return Err(PackError::from(ManifestError::Value { field: "kind" }).into());
        };
        Ok(Self {
            model: pack.manifest.model.clone(),
            input: pack.manifest.input.clone(),
            spec: spec.clone(),
            network: shelf.place(pack)?,
        })
    }

    /// Name, version and digest.
    #[must_use]
    pub const fn model(&self) -> &ModelRef {
        &self.model
    }

    /// Looks for a film in a photo as it is displayed.
    ///
    /// # Errors
    /// [`InferError`] when the network fails.
    pub fn find(&self, photo: &RgbImage) -> Result<FilmGuess, InferError> {
        let (width, height, pixels) = reduced(photo, 2 * self.input.width.max(self.input.height));
        let source = Plane { width, height, pixels: &pixels };
        let outputs = self.network.run(&to_plane(source, &self.input))?;
        let present = sigmoid(output(&outputs, &self.spec.present, Some(1))?.values[0]);
        let corners = output(&outputs, &self.spec.corners, None)?;
        let mask = output(&outputs, &self.spec.mask, None)?;
        let wrong = |name: &str| InferError::Output { name: name.to_owned() };
        let &[1, 4, rows, columns] = corners.shape.as_slice() else {
            return Err(wrong(&self.spec.corners));
        };
        let &[1, 1, mask_rows, mask_columns] = mask.shape.as_slice() else {
            return Err(wrong(&self.spec.mask));
        };
        if (mask_rows, mask_columns) != (rows, columns) {
            return Err(wrong(&self.spec.mask));
        }
        let maps = probabilities(&corners.values, rows * columns);
        let Some(found) = corners_of(&mask.values, &maps, columns) else {
            return Ok(FilmGuess { corners: None, present, agreement: 0.0 });
        };
        let points = found.map(|cell| {
            Point::new(
                cell.x / columns as f64 * f64::from(photo.width()),
                cell.y / rows as f64 * f64::from(photo.height()),
            )
        });
        let corners = Quad::new(points);
        let agreement = match &corners {
            Some(quad) => {
                agreement(mask, quad, photo).ok_or_else(|| wrong(&self.spec.mask))? as f32
            }
            None => 0.0,
        };
        Ok(FilmGuess { corners, present, agreement })
    }
}

/// Grey copy of a photo, shrunk by a whole number so that its short side keeps at least `least`
/// pixels: as sharp as the network can see, at a fraction of the reading.
fn reduced(photo: &RgbImage, least: usize) -> (usize, usize, Vec<u8>) {
    let (across, down) = (photo.width() as usize, photo.height() as usize);
    let step = (across.min(down) / least).max(1);
    let (width, height) = (across / step, down / step);
    let pixels = photo.as_raw();
    let mut grey = Vec::with_capacity(width * height);
    let count = (step * step) as u32;
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0;
            for row in y * step..(y + 1) * step {
                let start = 3 * (row * across + x * step);
                for p in pixels[start..start + 3 * step].chunks_exact(3) {
                    // Luma of BT.601, as the training side reads JPEG.
                    sum += 299 * u32::from(p[0]) + 587 * u32::from(p[1]) + 114 * u32::from(p[2]);
                }
            }
            grey.push((sum / (1000 * count)).min(255) as u8);
        }
    }
    (width, height, grey)
}

/// The four maps as shares of 1 each.
fn probabilities(logits: &[f32], cells: usize) -> Vec<f32> {
    let mut maps = logits.to_vec();
    for map in maps.chunks_exact_mut(cells) {
        let top = map.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for value in map.iter_mut() {
            *value = (*value - top).exp();
        }
        let sum: f32 = map.iter().sum();
        for value in map.iter_mut() {
            *value /= sum;
        }
    }
    maps
}

/// Corners in cells, upper left of the upright film first; `None` without a mask.
///
/// The mask says where the four corners are, the maps say where exactly and which is which: of the
/// eight orders the one to which the four maps together give most. A map by itself may point at two
/// corners at once.
fn corners_of(mask: &[f32], maps: &[f32], columns: usize) -> Option<[Point; 4]> {
    let rough = corners_of_mask(mask, columns)?;
    let cells = mask.len();
    let any_corner: Vec<f32> =
        (0..cells).map(|i| maps.iter().skip(i).step_by(cells).sum()).collect();
    let mut found = [Point::new(0.0, 0.0); 4];
    let mut share = [[0.0_f32; 4]; 4];
    for ((corner, shares), (x, y)) in found.iter_mut().zip(&mut share).zip(rough) {
        let near = around(x, y, NEAR, columns, cells);
        for (share, map) in shares.iter_mut().zip(maps.chunks_exact(cells)) {
            *share = near.clone().map(|i| map[i]).sum();
        }
        let seen: f32 = shares.iter().sum();
        let highest = near.max_by(|a, b| any_corner[*a].total_cmp(&any_corner[*b]));
        *corner = match highest {
            Some(at) if seen >= SEEN_MIN => centre(&any_corner, at, columns),
            _ => Point::new(x as f64 + 0.5, y as f64 + 0.5),
        };
    }
    let orders = (0..8).map(|order: usize| {
        let corner = move |k: usize| if order < 4 { (k + order) % 4 } else { (order - k) % 4 };
        (0..4).map(corner).collect::<Vec<_>>()
    });
    let given = |order: &[usize]| -> f32 {
        order.iter().enumerate().map(|(map, corner)| share[*corner][map]).sum()
    };
    let best = orders.max_by(|a, b| given(a).total_cmp(&given(b)))?;
    Some([0, 1, 2, 3].map(|k| found[best[k]]))
}

/// Cells that are farthest out towards the corners of the smallest rectangle around the mask's
/// largest part, as (column, row), in turn around it.
fn corners_of_mask(mask: &[f32], columns: usize) -> Option<[(usize, usize); 4]> {
    let part = largest_part(mask, columns);
    let cells: Vec<usize> = (0..mask.len()).filter(|i| part[*i]).collect();
    if cells.len() < PART_MIN {
        return None;
    }
    let place = |i: usize| ((i % columns) as f32, (i / columns) as f32);
    let points: Vec<_> =
        cells.iter().map(|i| imageproc::point::Point::new(place(*i).0, place(*i).1)).collect();
    let [origin, right, _, below] = imageproc::geometry::min_area_rect(&points);
    // Coordinates along the two sides, each from 0 to 1 plus a constant.
    let along = |to: imageproc::point::Point<f32>, (x, y): (f32, f32)| {
        let (dx, dy) = (to.x - origin.x, to.y - origin.y);
        (x * dx + y * dy) / (dx * dx + dy * dy).max(f32::EPSILON)
    };
    let farthest = |(u, v): (f32, f32)| {
        let out = |i: usize| u * along(right, place(i)) + v * along(below, place(i));
        cells.iter().copied().max_by(|a, b| out(*a).total_cmp(&out(*b)))
    };
    let corner = |way| farthest(way).map(|i| (i % columns, i / columns));
    Some([corner((-1.0, -1.0))?, corner((1.0, -1.0))?, corner((1.0, 1.0))?, corner((-1.0, 1.0))?])
}

/// Indices of the cells at most `reach` columns and rows away.
fn around(
    x: usize,
    y: usize,
    reach: usize,
    columns: usize,
    cells: usize,
) -> impl Iterator<Item = usize> + Clone {
    let rows = y.saturating_sub(reach)..(y + reach + 1).min(cells / columns);
    let across = x.saturating_sub(reach)..(x + reach + 1).min(columns);
    rows.flat_map(move |row| across.clone().map(move |column| row * columns + column))
}

/// Mean place, in cells, of what the map gives to the surroundings of a cell.
fn centre(map: &[f32], at: usize, columns: usize) -> Point {
    let (mut sum, mut across, mut down) = (0.0_f64, 0.0_f64, 0.0_f64);
    for i in around(at % columns, at / columns, PEAK_REACH, columns, map.len()) {
        let weight = f64::from(map[i]);
        sum += weight;
        across += weight * ((i % columns) as f64 + 0.5);
        down += weight * ((i / columns) as f64 + 0.5);
    }
    Point::new(across / sum, down / sum)
}

/// Intersection over union of a mask of logits with a quadrilateral in photo pixels.
fn agreement(mask: &Tensor, quad: &Quad, photo: &RgbImage) -> Option<f64> {
    let &[1, 1, rows, columns] = mask.shape.as_slice() else { return None };
    let unit = quad.from_unit()?.inverse()?;
    let cell = (f64::from(photo.width()) / columns as f64, f64::from(photo.height()) / rows as f64);
    let (mut both, mut either) = (0_u32, 0_u32);
    for (i, logit) in mask.values.iter().enumerate() {
        let centre = Point::new(
            ((i % columns) as f64 + 0.5) * cell.0,
            ((i / columns) as f64 + 0.5) * cell.1,
        );
        let p = unit.apply(centre);
        let inside = (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y);
        both += u32::from(inside && *logit > 0.0);
        either += u32::from(inside || *logit > 0.0);
    }
    Some(f64::from(both) / f64::from(either.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mask of a rectangle on 32 × 32 cells, and maps with a peak at each of its corners in the
    /// order given.
    fn answers(order: [usize; 4]) -> (Vec<f32>, Vec<f32>) {
        let inside = |i: usize| (8..24).contains(&(i % 32)) && (6..26).contains(&(i / 32));
        let mask = (0..32 * 32).map(|i| if inside(i) { 3.0 } else { -3.0 }).collect();
        let corners = [(8, 6), (23, 6), (23, 25), (8, 25)];
        let mut logits = vec![-20.0; 4 * 32 * 32];
        for (map, corner) in logits.chunks_exact_mut(32 * 32).zip(order) {
            let (x, y) = corners[corner];
            map[y * 32 + x] = 5.0;
            // Each map also sees the opposite corner, a little less.
            let (x, y) = corners[(corner + 2) % 4];
            map[y * 32 + x] = 4.5;
        }
        (mask, probabilities(&logits, 32 * 32))
    }

    #[test]
    fn corners_come_in_the_films_own_order() {
        for order in [[0, 1, 2, 3], [2, 3, 0, 1], [1, 2, 3, 0], [1, 0, 3, 2], [3, 2, 1, 0]] {
            let (mask, maps) = answers(order);
            let found = corners_of(&mask, &maps, 32).expect("a film");
            let corners = [(8.5, 6.5), (23.5, 6.5), (23.5, 25.5), (8.5, 25.5)];
            for (at, corner) in found.iter().zip(order) {
                let (x, y) = corners[corner];
                assert!(at.distance(Point::new(x, y)) < 0.1, "{order:?}: {found:?}");
            }
        }
    }

    #[test]
    fn without_a_mask_there_are_no_corners() {
        let (mut mask, maps) = answers([0, 1, 2, 3]);
        mask.fill(-1.0);
        assert_eq!(corners_of(&mask, &maps, 32), None);
    }

    #[test]
    fn agreement_is_overlap_over_union() {
        let photo = RgbImage::new(80, 80);
        let corners = [(0.0, 0.0), (80.0, 0.0), (80.0, 40.0), (0.0, 40.0)];
        let quad = Quad::new(corners.map(|(x, y)| Point::new(x, y))).unwrap();
        let mut mask =
            Tensor { name: "mask".to_owned(), shape: vec![1, 1, 8, 8], values: vec![-1.0; 64] };
        mask.values[..16].fill(1.0);
        assert!((agreement(&mask, &quad, &photo).unwrap() - 0.5).abs() < 1e-9);
        mask.values[..32].fill(1.0);
        assert!((agreement(&mask, &quad, &photo).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_photo_is_shrunk_by_the_mean_of_its_luma() {
        let photo = RgbImage::from_fn(40, 20, |x, _| {
            image::Rgb(if x % 2 == 0 { [255; 3] } else { [0; 3] })
        });
        let (width, height, grey) = reduced(&photo, 10);
        assert_eq!((width, height), (20, 10));
        assert!(grey.iter().all(|level| *level == 127));
    }
}
