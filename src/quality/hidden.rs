//! What hides a film: reflections, covers and dark things behind it, cell by cell.
//!
//! Each cell of the patch is described by its own level and by what is around it, on both sides of the
//! body and beyond the film's edges, and a small network says how likely it is hidden, and how. Fitted
//! by `models/training/digitise/fit_hidden.py` on rendered photos, of which the renderer told the
//! reflections, the covers and the unlit parts.

use super::grid::{dilate, erode, mean};
use super::patch::{INNER, Patch};
use crate::digitise::{Fractions, in_bands};

/// Cells of the film.
const CELLS: usize = INNER * INNER;
/// Numbers that describe a cell.
const FEATURES: usize = 47;
/// Cells of the two hidden layers.
const WIDTHS: [usize; 2] = [48, 24];
/// The fitted numbers, little-endian `f32`: weights of a layer row by row, then its offsets.
const NUMBERS: &[u8] = include_bytes!("hidden.f32");
/// Rim of the film that is not counted, cells: its edge, blurred.
const RIM: usize = 2;

/// One way in which a film is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// A reflection.
    Glare,
    /// A hand or an object in front.
    Object,
    /// Something dark behind, or no light.
    Dark,
}

impl Cover {
    /// Probability from which a cell counts as hidden so. Bright parts of a chest look like weak
    /// reflections, so those must be nearly sure: at 0.9 all strong reflections of 520 photos were told
    /// from 98 % of the good photos, at 0.5 a quarter of them.
    const fn sure(self) -> f32 {
        match self {
            Self::Glare => 0.9,
            Self::Object | Self::Dark => 0.5,
        }
    }
}

/// Where a film is hidden, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// Probabilities of the three ways, each row by row over the film.
    maps: [Vec<f32>; 3],
}

impl Hidden {
    /// Nothing is hidden.
    pub(super) fn nothing() -> Self {
        Self { maps: std::array::from_fn(|_| vec![0.0; CELLS]) }
    }

    /// Looks at a film and its surroundings.
    pub(super) fn of(patch: &Patch) -> Self {
        let columns = describe(patch);
        let numbers: Vec<f32> =
            NUMBERS.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let (one, rest) = numbers.split_at(WIDTHS[0] * (FEATURES + 1));
        let (two, three) = rest.split_at(WIDTHS[1] * (WIDTHS[0] + 1));
        let one = Layer::<FEATURES, { WIDTHS[0] }>::new(one);
        let two = Layer::<{ WIDTHS[0] }, { WIDTHS[1] }>::new(two);
        let three = Layer::<{ WIDTHS[1] }, 3>::new(three);
        let mut cells = vec![[0.0; 3]; CELLS];
        in_bands(&mut cells, INNER, |rows, band| {
            let mut cell = [0.0; FEATURES];
            for (at, ways) in (rows.start * INNER..).zip(band) {
                for (value, column) in cell.iter_mut().zip(&columns) {
                    *value = column[at];
                }
                let wide = one.of(&cell).map(|v| v.max(0.0));
                let narrow = two.of(&wide).map(|v| v.max(0.0));
                *ways = three.of(&narrow).map(|v| 1.0 / (1.0 + (-v).exp()));
            }
        });
        Self { maps: std::array::from_fn(|way| cells.iter().map(|ways| ways[way]).collect()) }
    }

    /// Everything is hidden so; for tests of what follows from it.
    #[cfg(test)]
    pub(super) fn everywhere(cover: Cover) -> Self {
        let mut hidden = Self::nothing();
        hidden.maps[cover as usize].fill(1.0);
        hidden
    }

    /// Whether a place in shares of the film is hidden so.
    fn at(&self, cover: Cover, u: f64, v: f64) -> bool {
        let cell = |share: f64| ((share * INNER as f64).max(0.0) as usize).min(INNER - 1);
        self.maps[cover as usize][cell(v) * INNER + cell(u)] >= cover.sure()
    }

    /// Share of a part of the film that is hidden so, 0 to 1.
    #[must_use]
    pub fn share(&self, cover: Cover, part: &Fractions) -> f64 {
        let span = |from: f64, to: f64| {
            let at = |share: f64| (share * INNER as f64).round() as usize;
            at(from).max(RIM)..at(to).min(INNER - RIM)
        };
        let (across, down) = (span(part.left, part.right), span(part.top, part.bottom));
        let hidden = |at: usize| self.maps[cover as usize][at] >= cover.sure();
        let all = across.len() * down.len();
        let count = down
            .flat_map(|y| across.clone().map(move |x| y * INNER + x))
            .filter(|at| hidden(*at))
            .count();
        count as f64 / all.max(1) as f64
    }

    /// Where a part of the film is hidden so: 255 or 0 on a square grid.
    #[must_use]
    pub fn mask(&self, cover: Cover, part: &Fractions) -> image::GrayImage {
        let side = INNER as u32;
        let place = |from: f64, to: f64, i: u32| {
            from + (to - from) * (f64::from(i) + 0.5) / f64::from(side)
        };
        image::GrayImage::from_fn(side, side, |x, y| {
            let (u, v) = (place(part.left, part.right, x), place(part.top, part.bottom, y));
            image::Luma([if self.at(cover, u, v) { 255 } else { 0 }])
        })
    }
}

/// A layer with its weights input by input, so that all outputs are summed at once.
struct Layer<const INPUTS: usize, const OUTPUTS: usize> {
    weights: Vec<[f32; OUTPUTS]>,
    offsets: [f32; OUTPUTS],
}

impl<const INPUTS: usize, const OUTPUTS: usize> Layer<INPUTS, OUTPUTS> {
    /// From numbers as they lie in the file: for each output a row of weights; the offsets come last.
    fn new(numbers: &[f32]) -> Self {
        let (weights, offsets) = numbers.split_at(INPUTS * OUTPUTS);
        let input = |i: usize| std::array::from_fn(|output| weights[output * INPUTS + i]);
        Self {
            weights: (0..INPUTS).map(input).collect(),
            offsets: std::array::from_fn(|output| offsets[output]),
        }
    }

    fn of(&self, inputs: &[f32; INPUTS]) -> [f32; OUTPUTS] {
        let mut sums = [0.0; OUTPUTS];
        for (weights, value) in self.weights.iter().zip(inputs) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * value;
            }
        }
        for (sum, offset) in sums.iter_mut().zip(self.offsets) {
            *sum += offset;
        }
        sums
    }
}

/// The numbers that describe the cells, one list over all cells for each; in the order in which
/// `fit_hidden.py` makes them.
fn describe(patch: &Patch) -> Vec<Vec<f32>> {
    let film: Vec<f32> = patch.film_levels().iter().map(|level| level / 255.0).collect();
    let light: Vec<f32> = film.iter().map(|level| level.powf(2.2)).collect();
    let mut out = vec![film.clone(), light.clone()];
    let squares: Vec<f32> = film.iter().map(|level| level * level).collect();
    let means = [2, 6, 14].map(|radius| mean(&film, radius));
    let spread = |radius: usize, around: &[f32]| -> Vec<f32> {
        let squares = mean(&squares, radius);
        squares.iter().zip(around).map(|(s, m)| (s - m * m).max(0.0).sqrt()).collect()
    };
    let spreads = [spread(2, &means[0]), spread(6, &means[1])];
    out.extend(means);
    out.extend(spreads);
    for radius in [3, 7, 13] {
        let (low, high) = (erode(&film, radius), dilate(&film, radius));
        out.push(less(&film, &dilate(&low, radius)));
        out.push(less(&erode(&high, radius), &film));
        out.extend([low, high]);
    }
    for radius in [9, 15] {
        out.push(less(&light, &dilate(&erode(&light, radius), radius)));
    }
    let near = dilate(&light, 6);
    out.push(less(&light, &mirrored(&near)));
    out.push(less(&light, &flipped(&near)));
    let steep = steepness(&film);
    let around = [dilate(&steep, 3), dilate(&steep, 8), mean(&steep, 5)];
    out.push(steep);
    out.extend(around);
    let smooth = mean(&light, 4);
    out.push(less(&smooth, &mirrored(&smooth)));
    out.push(less(&smooth, &flipped(&smooth)));
    out.push(less(&light, &mean(&light, 20)));
    out.extend(colours(patch));
    out.extend(surroundings(patch, &film));
    out
}

fn less(values: &[f32], others: &[f32]) -> Vec<f32> {
    values.iter().zip(others).map(|(value, other)| value - other).collect()
}

/// The other side of the body, for a film that lies upright or upside down.
fn mirrored(film: &[f32]) -> Vec<f32> {
    film.chunks_exact(INNER).flat_map(|row| row.iter().rev().copied()).collect()
}

/// The same for a film that lies on its side.
fn flipped(film: &[f32]) -> Vec<f32> {
    film.chunks_exact(INNER).rev().flatten().copied().collect()
}

/// Larger step to the cell two to the right or two below.
fn steepness(film: &[f32]) -> Vec<f32> {
    let at = |x: usize, y: usize| film[y.min(INNER - 1) * INNER + x.min(INNER - 1)];
    let step = |i: usize| {
        let (x, y) = (i % INNER, i / INNER);
        (at(x + 2, y) - at(x, y)).abs().max((at(x, y + 2) - at(x, y)).abs())
    };
    (0..CELLS).map(step).collect()
}

/// Red against green, and red against blue relative to the film's own tone.
fn colours(patch: &Patch) -> [Vec<f32>; 2] {
    let colour = |i: usize| {
        let colour = patch.colour((i % INNER) as isize, (i / INNER) as isize);
        colour.unwrap_or_default().map(|value| value + 6.0)
    };
    let green = (0..CELLS).map(|i| colour(i)[0] / colour(i)[1] - 1.0).collect();
    let blue: Vec<f32> = (0..CELLS).map(|i| colour(i)[0] / colour(i)[2]).collect();
    let mut sorted = blue.clone();
    sorted.sort_by(f32::total_cmp);
    let tone = sorted[CELLS / 2];
    [green, blue.iter().map(|value| value / tone - 1.0).collect()]
}

/// What lies beyond the film in the cell's row and column, the film's own rows and columns, how far
/// the edge is, and what holds for the whole photo.
fn surroundings(patch: &Patch, film: &[f32]) -> Vec<Vec<f32>> {
    let rows: [fn(usize) -> usize; 2] = [|i| i % INNER, |i| i / INNER];
    let [column, row] = rows;
    let outside = |side: usize, along: fn(usize) -> usize| -> Vec<f32> {
        let level = |i: usize| patch.beside(side, along(i), 4).map_or(-0.1, |level| level / 255.0);
        (0..CELLS).map(level).collect()
    };
    let mut out = vec![outside(0, column), outside(2, column), outside(3, row), outside(1, row)];
    let average = |along: fn(usize) -> usize| -> Vec<f32> {
        let mut sums = [0.0; INNER];
        for (i, level) in film.iter().enumerate() {
            sums[along(i)] += level / INNER as f32;
        }
        (0..CELLS).map(|i| sums[along(i)]).collect()
    };
    out.extend([average(row), average(column)]);
    let from_edge = |at: usize| at.min(INNER - 1 - at);
    let edge = |i: usize| from_edge(column(i)).min(from_edge(row(i))) as f32 / 50.0;
    out.push((0..CELLS).map(edge).collect());
    let mut ring: Vec<f32> = (0..4)
        .flat_map(|side| [3, 5, 8].map(|distance| (side, distance)))
        .flat_map(|(side, distance)| (0..INNER).map(move |along| (side, along, distance)))
        .filter_map(|(side, along, distance)| patch.beside(side, along, distance))
        .map(|level| level / 255.0)
        .collect();
    ring.sort_by(f32::total_cmp);
    let mut inner: Vec<f32> = (0..CELLS)
        .filter(|i| from_edge(column(*i)) >= 4 && from_edge(row(*i)) >= 4)
        .map(|i| film[i])
        .collect();
    inner.sort_by(f32::total_cmp);
    let at = |sorted: &[f32], share: f32| {
        let last = sorted.len().saturating_sub(1);
        sorted.get((last as f32 * share) as usize).copied().unwrap_or(0.0)
    };
    let ring = [0.85, 0.5, 0.15].map(|share| at(&ring, share));
    let inner = [0.02, 0.1, 0.5, 0.9, 0.98].map(|share| at(&inner, share));
    out.extend(ring.into_iter().chain(inner).map(|value| vec![value; CELLS]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;
    use image::RgbImage;

    fn seen(photo: &RgbImage) -> Hidden {
        Hidden::of(&Patch::of(photo, &phantom::corners()).expect("a quad"))
    }

    #[test]
    fn every_cell_is_described_and_the_file_fits() {
        let patch = Patch::of(&phantom::film_on_a_box(), &phantom::corners()).expect("a quad");
        let columns = describe(&patch);
        assert_eq!(columns.len(), FEATURES);
        assert!(columns.iter().all(|c| c.len() == CELLS && c.iter().all(|v| v.is_finite())));
        let [first, second] = WIDTHS;
        let wanted = first * (FEATURES + 1) + second * (first + 1) + 3 * (second + 1);
        assert_eq!(NUMBERS.len(), 4 * wanted);
    }

    #[test]
    fn a_lamp_that_mirrors_in_the_film_is_seen_where_it_is() {
        let clean = phantom::film_on_a_box();
        let mut photo = clean.clone();
        let corners = phantom::corners();
        let [a, b, _, d] = corners.points();
        let place = |u: f64, v: f64| {
            (a.x + u * (b.x - a.x) + v * (d.x - a.x), a.y + u * (b.y - a.y) + v * (d.y - a.y))
        };
        let ((x, y), radius) = (place(0.3, 0.45), 0.1 * (b.x - a.x));
        for (i, j, pixel) in photo.enumerate_pixels_mut() {
            let far = (f64::from(i) - x).hypot(f64::from(j) - y) / radius;
            let light = 1.2 * (-far * far).exp();
            pixel.0 = pixel.0.map(|v| {
                let sum = (f64::from(v) / 255.0).powf(2.2) + light;
                (255.0 * sum.min(1.0).powf(1.0 / 2.2)) as u8
            });
        }
        let (before, after) = (seen(&clean), seen(&photo));
        let spot = Fractions { left: 0.26, top: 0.41, right: 0.34, bottom: 0.49 };
        let (none, lamp) = (before.share(Cover::Glare, &spot), after.share(Cover::Glare, &spot));
        assert!(none < 0.1 && lamp > 0.5, "{none} {lamp}");
        let elsewhere = Fractions { left: 0.6, top: 0.3, right: 0.9, bottom: 0.9 };
        assert!(after.share(Cover::Glare, &elsewhere) < 0.1);
        let mask = after.mask(Cover::Glare, &Fractions::WHOLE);
        assert_eq!((mask.get_pixel(30, 45)[0], mask.get_pixel(75, 60)[0]), (255, 0));
    }
}
