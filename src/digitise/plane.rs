//! Pixel planes in floating point and area reduction of a photo; no knowledge of films here.

use std::ops::Range;

use image::RgbImage;

use super::cores::in_bands;

/// Weights of red, green and blue in luminance (Rec. 709).
pub(crate) const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// One value per pixel, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Plane {
    /// A plane whose value at x, y is given by `f`.
    pub(crate) fn from_fn(width: usize, height: usize, f: impl Fn(usize, usize) -> f32) -> Self {
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            values.extend((0..width).map(|x| f(x, y)));
        }
        Self { width, height, values }
    }

    /// The value at a pixel inside the plane.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.width + x]
    }

    /// Bilinear value; coordinates outside are moved to the border.
    pub(crate) fn sample(&self, x: f64, y: f64) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f64) as f32;
        let y = y.clamp(0.0, (self.height - 1) as f64) as f32;
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let top = self.at(x0, y0) * (1.0 - fx) + self.at(x1, y0) * fx;
        let bottom = self.at(x0, y1) * (1.0 - fx) + self.at(x1, y1) * fx;
        top * (1.0 - fy) + bottom * fy
    }

    /// Whether a point lies on the plane.
    pub(crate) fn holds(&self, x: f64, y: f64) -> bool {
        x >= 0.0 && y >= 0.0 && x <= (self.width - 1) as f64 && y <= (self.height - 1) as f64
    }

    /// The value below which `share` (0 to 1) of the pixels lie.
    pub(crate) fn quantile(&self, share: f64) -> f32 {
        quantile(&mut self.values.clone(), share)
    }

    /// Means of 2 by 2 pixels; an odd last row or column is left out.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let row = |y: usize| &self.values[y.min(self.height - 1) * self.width..][..self.width];
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            let (above, below) = (row(2 * y), row(2 * y + 1));
            if self.width < 2 {
                values.push(0.5 * (above[0] + below[0]));
                continue;
            }
            let pairs = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
            values.extend(pairs.map(|(a, b)| 0.25 * (a[0] + a[1] + b[0] + b[1])));
        }
        Self { width, height, values }
    }

    /// Light smoothing by 1-2-1 in both directions (a Gaussian of sigma 0.7 pixels), `passes` times.
    pub(crate) fn smoothed(mut self, passes: usize) -> Self {
        let w = self.width;
        let mut across = vec![0.0; self.values.len()];
        for _ in 0..passes {
            for (row, out) in self.values.chunks_exact(w).zip(across.chunks_exact_mut(w)) {
                blend(out, &row[..w.saturating_sub(2)], &row[w.min(1)..], &row[w.min(2)..]);
                let (first, last) = (row[0], row[w - 1]);
                out[0] = 0.25 * (first + row[1.min(w - 1)]) + 0.5 * first;
                out[w - 1] = 0.25 * (row[w.saturating_sub(2)] + last) + 0.5 * last;
            }
            let row = |y: usize| &across[y * w..(y + 1) * w];
            for (y, out) in self.values.chunks_exact_mut(w).enumerate() {
                let (above, below) = (row(y.saturating_sub(1)), row((y + 1).min(self.height - 1)));
                for (((v, a), b), c) in out.iter_mut().zip(above).zip(below).zip(row(y)) {
                    *v = 0.25 * (a + b) + 0.5 * c;
                }
            }
        }
        self
    }
}

/// 1-2-1 along a row: everything but its first and its last value.
fn blend(out: &mut [f32], before: &[f32], here: &[f32], after: &[f32]) {
    let last = out.len().saturating_sub(1);
    let inner = out.get_mut(1..last).unwrap_or_default();
    for (((v, a), c), b) in inner.iter_mut().zip(before).zip(here).zip(after) {
        *v = 0.25 * (a + b) + 0.5 * c;
    }
}

/// The value below which `share` of `values` lie; reorders them. Zero when there are none.
pub(crate) fn quantile(values: &mut [f32], share: f64) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let last = values.len() - 1;
    let index = ((last as f64 * share.clamp(0.0, 1.0)).round() as usize).min(last);
    *values.select_nth_unstable_by(index, f32::total_cmp).1
}

/// A rectangle of whole photo pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Region {
    /// The whole photo.
    pub(crate) fn whole(photo: &RgbImage) -> Self {
        Self { x: 0, y: 0, width: photo.width(), height: photo.height() }
    }
}

/// One in the fixed point of [`Span::shares`].
const WHOLE: u16 = 256;

/// The source cells that an output cell covers, and how much each gives, in 256ths that add up to one.
#[derive(Debug)]
struct Span {
    first: usize,
    shares: Vec<u16>,
}

/// How `source` cells are shared out to `target` cells of equal width, which are not more.
fn spans(source: usize, target: usize) -> Vec<Span> {
    let ratio = source as f64 / target as f64;
    let span = |cell: usize| {
        let (from, to) = (cell as f64 * ratio, (cell + 1) as f64 * ratio);
        let first = (from as usize).min(source - 1);
        let last = (to.ceil() as usize).clamp(first + 1, source);
        // Rounded sums rather than rounded shares: they end at exactly one.
        let until = |at: usize| {
            let share = (at as f64).clamp(from, to) - from;
            (share / (to - from) * f64::from(WHOLE)).round() as u16
        };
        let shares = (first..last).map(|at| until(at + 1).min(WHOLE) - until(at)).collect();
        Span { first, shares }
    };
    (0..target).map(span).collect()
}

/// Area averages of a region at a smaller size, row by row, without a full-size copy.
///
/// Each output pixel is the mean of the source area it covers, so nothing aliases. `row` gets the
/// number of each row in `rows` with its red, green and blue. Sizes are at least 1 and at most the
/// region's. In integers, rows first: so the processor adds many pixels at once.
fn shrink(
    photo: &RgbImage,
    region: Region,
    (width, height): (usize, usize),
    rows: Range<usize>,
    mut row: impl FnMut(usize, &[[f32; 3]]),
) {
    let source = region.width as usize;
    let columns = spans(source, width);
    let lines = spans(region.height as usize, height);
    let stride = photo.width() as usize * 3;
    let raw = photo.as_raw();
    let mut sums = vec![0_u16; source * 3];
    let mut out = vec![[0.0; 3]; width];
    for y in rows {
        let Span { first, shares } = &lines[y];
        for (i, share) in shares.iter().enumerate() {
            let start = (region.y as usize + first + i) * stride + region.x as usize * 3;
            let line = &raw[start..start + source * 3];
            if i == 0 {
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum = share * u16::from(*value);
                }
            } else {
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += share * u16::from(*value);
                }
            }
        }
        let pixels = sums.as_chunks::<3>().0;
        for (mean, Span { first, shares }) in out.iter_mut().zip(&columns) {
            let mut total = [0_u32; 3];
            for (pixel, share) in pixels[*first..].iter().zip(shares) {
                for (sum, value) in total.iter_mut().zip(pixel) {
                    *sum += u32::from(*share) * u32::from(*value);
                }
            }
            *mean = total.map(|sum| sum as f32 / 65536.0);
        }
        row(y, &out);
    }
}

/// What `row` makes of the area averages of a region, with both cores; see [`shrink`].
///
/// `row` gets the number of a row, its reds, greens and blues, and where its values go.
pub(crate) fn shrunk<T: Clone + Default + Send>(
    photo: &RgbImage,
    region: Region,
    (width, height): (usize, usize),
    row: impl Fn(usize, &[[f32; 3]], &mut [T]) + Sync,
) -> Vec<T> {
    let mut values = vec![T::default(); width * height];
    in_bands(&mut values, width, |rows, band| {
        let first = rows.start;
        shrink(photo, region, (width, height), rows, |y, pixels| {
            row(y, pixels, &mut band[(y - first) * width..(y - first + 1) * width]);
        });
    });
    values
}

/// The nearest grey level of a value from 0 up; what lies above 255 is 255. By way of the digits of a
/// number so large that its last one is 1: several at once, where a plain conversion goes one by one.
pub(crate) fn grey(value: f32) -> u8 {
    const LAST_DIGIT_ONE: f32 = 8_388_608.0;
    ((value.min(255.0) + LAST_DIGIT_ONE).to_bits() & 0xff) as u8
}

/// Luminance of a photo pixel, 0 to 255, gamma encoded as in the photo.
pub(crate) fn luma(rgb: [u8; 3]) -> f32 {
    luma_of(rgb.map(f32::from))
}

/// The same of a mean of pixels.
pub(crate) fn luma_of(rgb: [f32; 3]) -> f32 {
    LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2]
}

/// Area-averaged luminance of a region.
pub(crate) fn shrink_luma(photo: &RgbImage, region: Region, size: (usize, usize)) -> Plane {
    let width = size.0.clamp(1, region.width as usize);
    let height = size.1.clamp(1, region.height as usize);
    let values = shrunk(photo, region, (width, height), |_, pixels, out| {
        for (value, pixel) in out.iter_mut().zip(pixels) {
            *value = luma_of(*pixel);
        }
    });
    Plane { width, height, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinking_keeps_the_mean() {
        let photo = RgbImage::from_fn(317, 211, |x, y| {
            let v = u8::try_from((x * 7 + y * 13) % 256).unwrap();
            image::Rgb([v, v, v])
        });
        let mean = |v: &[f32]| v.iter().sum::<f32>() / v.len() as f32;
        let full: Vec<f32> = photo.pixels().map(|p| luma(p.0)).collect();
        let small = shrink_luma(&photo, Region::whole(&photo), (100, 67));
        assert!((mean(&full) - mean(&small.values)).abs() < 0.05);
    }

    #[test]
    fn sampling_between_pixels_is_linear() {
        let plane = Plane::from_fn(4, 4, |x, y| x as f32 + 10.0 * y as f32);
        assert!((plane.sample(1.5, 2.25) - 24.0).abs() < 1e-5);
        assert!((plane.sample(-5.0, 9.0) - 30.0).abs() < 1e-5);
    }

    #[test]
    fn greys_are_rounded_and_held_below_256() {
        assert_eq!(
            [0.0, 0.4, 0.6, 127.49, 254.7, 255.0, 300.0].map(grey),
            [0, 0, 1, 127, 255, 255, 255]
        );
    }

    #[test]
    fn every_source_cell_is_given_away_once() {
        for (source, target) in [(317, 100), (100, 100), (5000, 3), (7, 1), (1441, 1440)] {
            let spans = spans(source, target);
            assert_eq!(spans.len(), target);
            assert!(spans.iter().all(|s| s.shares.iter().sum::<u16>() == WHOLE));
            let last = spans.last().expect("a cell");
            assert_eq!((spans[0].first, last.first + last.shares.len()), (0, source));
        }
    }

    #[test]
    fn quantile_of_nothing_is_zero() {
        assert!(quantile(&mut [], 0.5).abs() < f32::EPSILON);
        assert!((quantile(&mut [3.0, 1.0, 2.0], 0.5) - 2.0).abs() < f32::EPSILON);
    }
}
