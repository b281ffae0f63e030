//! Small square grey pictures, and what is done to them: sample, blur, take a band.

use crate::domain::fingerprint::DETAIL_SIDE;
use crate::domain::lungs::Extent;

/// A rectangle in shares of a radiograph; may reach beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Region {
    /// An extent with a margin, in shares of its own sides, on every side.
    pub(super) fn around(extent: Extent, margin: f32) -> Self {
        let [left, top, right, bottom] = extent.sides();
        let (width, height) = (right - left, bottom - top);
        Self {
            left: left - margin * width,
            top: top - margin * height,
            width: width * (1.0 + 2.0 * margin),
            height: height * (1.0 + 2.0 * margin),
        }
    }

    /// The same region moved by shares of its sides and stretched about its middle.
    pub(super) fn moved(self, step: Step) -> Self {
        let (width, height) = (self.width * step.wider, self.height * step.taller);
        Self {
            left: self.left + self.width * (0.5 + step.right) - width / 2.0,
            top: self.top + self.height * (0.5 + step.down) - height / 2.0,
            width,
            height,
        }
    }

    /// The way from places in this region to the same places in another.
    pub(super) fn onto(self, other: Self) -> Affine {
        let (sx, sy) = (other.width / self.width, other.height / self.height);
        Affine {
            x: [sx, 0.0, other.left - sx * self.left],
            y: [0.0, sy, other.top - sy * self.top],
        }
    }
}

/// How a region is moved and stretched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) right: f32,
    pub(super) down: f32,
    pub(super) wider: f32,
    pub(super) taller: f32,
}

/// x' = x\[0\] x + x\[1\] y + x\[2\], and y' alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Affine {
    pub(super) x: [f32; 3],
    pub(super) y: [f32; 3],
}

impl Affine {
    pub(super) const SAME: Self = Self { x: [1.0, 0.0, 0.0], y: [0.0, 1.0, 0.0] };

    pub(super) fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let row = |r: &[f32; 3]| r[0] * x + r[1] * y + r[2];
        (row(&self.x), row(&self.y))
    }

    /// First `inner`, then this.
    pub(super) fn after(&self, inner: &Self) -> Self {
        let row = |r: &[f32; 3]| {
            [
                r[0] * inner.x[0] + r[1] * inner.y[0],
                r[0] * inner.x[1] + r[1] * inner.y[1],
                r[0] * inner.x[2] + r[1] * inner.y[2] + r[2],
            ]
        };
        Self { x: row(&self.x), y: row(&self.y) }
    }
}

/// A square grey picture.
#[derive(Clone, Debug)]
pub(super) struct Patch {
    side: usize,
    values: Vec<f32>,
}

impl Patch {
    /// A detail's pixels.
    pub(super) fn from_grey(pixels: &[u8]) -> Self {
        Self { side: DETAIL_SIDE, values: pixels.iter().map(|p| f32::from(*p)).collect() }
    }

    pub(super) const fn side(&self) -> usize {
        self.side
    }

    pub(super) fn values(&self) -> &[f32] {
        &self.values
    }

    /// The picture seen in a mirror.
    pub(super) fn mirrored(&self) -> Self {
        let rows = self.values.chunks_exact(self.side);
        Self { side: self.side, values: rows.flat_map(|row| row.iter().rev().copied()).collect() }
    }

    /// A region as a picture of another size.
    pub(super) fn sample(&self, region: Region, side: usize) -> Self {
        self.sample_through(region, &Affine::SAME, side)
    }

    /// What lies in this picture where `way` leads from the places of a region.
    pub(super) fn sample_through(&self, region: Region, way: &Affine, side: usize) -> Self {
        let scale = self.side as f32;
        let mut values = Vec::with_capacity(side * side);
        for row in 0..side {
            let y = region.top + (row as f32 + 0.5) / side as f32 * region.height;
            for column in 0..side {
                let x = region.left + (column as f32 + 0.5) / side as f32 * region.width;
                let (x, y) = way.at(x, y);
                values.push(self.value(x * scale - 0.5, y * scale - 0.5));
            }
        }
        Self { side, values }
    }

    /// Interpolated value; places outside have the value of the nearest border.
    fn value(&self, x: f32, y: f32) -> f32 {
        let last = self.side - 1;
        let (x, y) = (x.clamp(0.0, last as f32), y.clamp(0.0, last as f32));
        let (left, top) = ((x as usize).min(last - 1), (y as usize).min(last - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = top * self.side + left;
        let upper = self.values[at] + fx * (self.values[at + 1] - self.values[at]);
        let at = at + self.side;
        let lower = self.values[at] + fx * (self.values[at + 1] - self.values[at]);
        upper + fy * (lower - upper)
    }

    /// Half the size, four pixels averaged.
    pub(super) fn halved(&self) -> Self {
        let side = self.side / 2;
        let mut values = Vec::with_capacity(side * side);
        for row in 0..side {
            for column in 0..side {
                let at = 2 * row * self.side + 2 * column;
                let below = at + self.side;
                let sum = self.values[at] + self.values[at + 1];
                values.push((sum + self.values[below] + self.values[below + 1]) / 4.0);
            }
        }
        Self { side, values }
    }

    /// Structure between two widths: a little blurred less much blurred.
    pub(super) fn band(&self, fine: f32, coarse: f32) -> Self {
        let (fine, coarse) = (self.blurred(fine), self.blurred(coarse));
        let values = fine.values.iter().zip(&coarse.values).map(|(a, b)| a - b).collect();
        Self { side: self.side, values }
    }

    /// Gaussian blur; the border's values go on beyond it.
    fn blurred(&self, sigma: f32) -> Self {
        let kernel = kernel(sigma);
        let side = self.side;
        let mut across = vec![0.0; side * side];
        let mut padded = vec![0.0; side + kernel.len() - 1];
        for (row, out) in self.values.chunks_exact(side).zip(across.chunks_exact_mut(side)) {
            pad(row.iter().copied(), &mut padded, kernel.len() / 2);
            // Tap by tap, so that the machine adds many pixels at once.
            for (tap, weight) in kernel.iter().enumerate() {
                for (value, source) in out.iter_mut().zip(&padded[tap..]) {
                    *value += weight * source;
                }
            }
        }
        let mut values = vec![0.0; side * side];
        let reach = kernel.len() / 2;
        for row in 0..side {
            let out = &mut values[row * side..(row + 1) * side];
            for (tap, weight) in kernel.iter().enumerate() {
                let from = (row + tap).saturating_sub(reach).min(side - 1);
                let source = &across[from * side..(from + 1) * side];
                for (value, source) in out.iter_mut().zip(source) {
                    *value += weight * source;
                }
            }
        }
        Self { side, values }
    }
}

fn pad(row: impl Iterator<Item = f32>, padded: &mut [f32], reach: usize) {
    let end = padded.len() - reach;
    for (slot, value) in padded[reach..end].iter_mut().zip(row) {
        *slot = value;
    }
    let (first, last) = (padded[reach], padded[end - 1]);
    padded[..reach].fill(first);
    padded[end..].fill(last);
}

/// Gaussian weights as far as three sigma, sum 1.
fn kernel(sigma: f32) -> Vec<f32> {
    let reach = (3.0 * sigma).ceil().max(1.0);
    let taps = 2 * reach as usize + 1;
    let weight = |tap: usize| (-0.5 * ((tap as f32 - reach) / sigma).powi(2)).exp();
    let weights: Vec<f32> = (0..taps).map(weight).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The whole picture as a square of another size, averaging when it shrinks.
pub(super) fn squash(pixels: &[u8], width: usize, height: usize, side: usize) -> Vec<u8> {
    let columns = shares(width, side);
    let rows = shares(height, side);
    let mut squashed = Vec::with_capacity(side * side);
    let mut sums = vec![0.0_f32; width];
    for parts in &rows {
        sums.fill(0.0);
        for (row, share) in parts {
            let source = &pixels[row * width..(row + 1) * width];
            for (sum, pixel) in sums.iter_mut().zip(source) {
                *sum += share * f32::from(*pixel);
            }
        }
        for parts in &columns {
            let value: f32 = parts.iter().map(|(column, share)| share * sums[*column]).sum();
            squashed.push(value.round().clamp(0.0, 255.0) as u8);
        }
    }
    squashed
}

/// For each of `side` cells, the pixels that it covers with their shares of it.
fn shares(len: usize, side: usize) -> Vec<Vec<(usize, f32)>> {
    let step = len as f32 / side as f32;
    let cell = |at: usize| {
        let (from, to) = (at as f32 * step, (at + 1) as f32 * step);
        let pixels = (from as usize)..(to.ceil() as usize).min(len);
        let part = |pixel: usize| (to.min(pixel as f32 + 1.0) - from.max(pixel as f32)).max(0.0);
        pixels.map(|pixel| (pixel, part(pixel) / step)).collect()
    };
    (0..side).map(cell).collect()
}

/// Grey levels replaced by their middle rank: what tone curve film, light and phone had no longer
/// matters.
pub(super) fn equalise(pixels: &[u8]) -> Vec<u8> {
    let mut counts = [0_u32; 256];
    for pixel in pixels {
        counts[usize::from(*pixel)] += 1;
    }
    let mut below = 0.0_f32;
    let ranks = counts.map(|count| {
        let middle = below + count as f32 / 2.0;
        below += count as f32;
        (middle / pixels.len() as f32 * 255.0).round() as u8
    });
    pixels.iter().map(|pixel| ranks[usize::from(*pixel)]).collect()
}
