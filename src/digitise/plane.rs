//! Pixel planes in floating point and area reduction of a photo; no knowledge of films here.

use image::RgbImage;

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
        let pick = |x: usize, y: usize| self.at(x.min(self.width - 1), y.min(self.height - 1));
        Self::from_fn(width, height, |x, y| {
            let (x, y) = (2 * x, 2 * y);
            0.25 * (pick(x, y) + pick(x + 1, y) + pick(x, y + 1) + pick(x + 1, y + 1))
        })
    }

    /// Light smoothing by 1-2-1 in both directions (a Gaussian of sigma 0.7 pixels), `passes` times.
    pub(crate) fn smoothed(&self, passes: usize) -> Self {
        let (w, h) = (self.width, self.height);
        let mut plane = self.clone();
        for _ in 0..passes {
            let mut across = plane.clone();
            for y in 0..h {
                let row = &plane.values[y * w..(y + 1) * w];
                let out = &mut across.values[y * w..(y + 1) * w];
                for x in 0..w {
                    let (a, b) = (row[x.saturating_sub(1)], row[(x + 1).min(w - 1)]);
                    out[x] = 0.25 * (a + b) + 0.5 * row[x];
                }
            }
            for y in 0..h {
                let (above, below) = (y.saturating_sub(1) * w, (y + 1).min(h - 1) * w);
                for x in 0..w {
                    plane.values[y * w + x] = 0.25
                        * (across.values[above + x] + across.values[below + x])
                        + 0.5 * across.values[y * w + x];
                }
            }
        }
        plane
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

/// To which output cells a source cell gives how much: first cell, its share, the rest to the next.
fn spread(source: usize, target: usize) -> Vec<(usize, f32, f32)> {
    let ratio = target as f64 / source as f64;
    (0..source)
        .map(|i| {
            let (from, to) = (i as f64 * ratio, (i + 1) as f64 * ratio);
            let cell = (from as usize).min(target - 1);
            let border = (cell + 1) as f64;
            let first = (to.min(border) - from).max(0.0);
            let second = if cell + 1 < target { (to - border).max(0.0) } else { 0.0 };
            (cell, first as f32, second as f32)
        })
        .collect()
}

/// Area average of a region at a smaller size, in one pass and without a full-size copy.
///
/// Each output pixel is the exact mean of the source area it covers, so nothing aliases. `pixel`
/// turns a photo pixel into the channels wanted. Sizes are at least 1 and at most the region's.
pub(crate) fn shrink<const N: usize>(
    photo: &RgbImage,
    region: Region,
    size: (usize, usize),
    pixel: impl Fn([u8; 3]) -> [f32; N],
) -> Vec<[f32; N]> {
    let (source_w, source_h) = (region.width as usize, region.height as usize);
    let (width, height) = (size.0.clamp(1, source_w), size.1.clamp(1, source_h));
    let columns = spread(source_w, width);
    let rows = spread(source_h, height);
    let stride = photo.width() as usize * 3;
    let raw = photo.as_raw();
    let mut out = vec![[0.0; N]; width * height];
    let mut row = vec![[0.0; N]; width + 1];
    for (y, &(target, first, second)) in rows.iter().enumerate() {
        row.fill([0.0; N]);
        let start = (region.y as usize + y) * stride + region.x as usize * 3;
        let line = &raw[start..start + source_w * 3];
        for (rgb, &(cell, near, next)) in line.chunks_exact(3).zip(&columns) {
            let value = pixel([rgb[0], rgb[1], rgb[2]]);
            for channel in 0..N {
                row[cell][channel] += near * value[channel];
                row[cell + 1][channel] += next * value[channel];
            }
        }
        for (share, y) in [(first, target), (second, target + 1)] {
            if share > 0.0 && y < height {
                for (sum, value) in out[y * width..(y + 1) * width].iter_mut().zip(&row) {
                    for channel in 0..N {
                        sum[channel] += share * value[channel];
                    }
                }
            }
        }
    }
    out
}

/// Luminance of a photo pixel, 0 to 255, gamma encoded as in the photo.
pub(crate) fn luma(rgb: [u8; 3]) -> f32 {
    LUMA[0] * f32::from(rgb[0]) + LUMA[1] * f32::from(rgb[1]) + LUMA[2] * f32::from(rgb[2])
}

/// Area-averaged luminance of a region.
pub(crate) fn shrink_luma(photo: &RgbImage, region: Region, size: (usize, usize)) -> Plane {
    let width = size.0.clamp(1, region.width as usize);
    let height = size.1.clamp(1, region.height as usize);
    let values = shrink(photo, region, (width, height), |rgb| [luma(rgb)]);
    Plane { width, height, values: values.into_iter().map(|[v]| v).collect() }
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
    fn quantile_of_nothing_is_zero() {
        assert!(quantile(&mut [], 0.5).abs() < f32::EPSILON);
        assert!((quantile(&mut [3.0, 1.0, 2.0], 0.5) - 2.0).abs() < f32::EPSILON);
    }
}
