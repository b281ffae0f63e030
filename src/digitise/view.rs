//! The reduced photo in which films are looked for: log luminance, its gradient, what is lit.

use image::RgbImage;

use super::plane::{Plane, Region, luma_of, shrunk};

/// Long side of the copy on which sides are refined, pixels. A side is then placed within about
/// 0.05 % of the photo, and a 12 MP photo shrinks to 1.5 MP.
const FINE_LONG_SIDE_PX: f64 = 1440.0;

/// Gamma of the photo, to get back to light. A power is near enough to sRGB for contrasts.
const GAMMA: f32 = 2.2;

/// Light added before the logarithm, as a share of the brightest parts: below it contrast is noise.
const LOG_FLOOR_SHARE: f32 = 0.012;

/// Share of the brightest light above which a place counts as lit.
const LIT_SHARE: f32 = 0.55;

/// Steps per grey level of the table of light.
const LIGHT_STEPS: f32 = 8.0;

/// A reduced photo in log light, with everything the search reads from it.
#[derive(Debug)]
pub(crate) struct View {
    /// Natural logarithm of light, smoothed.
    pub(crate) log: Plane,
    /// Its derivative to the right, per pixel.
    pub(crate) gx: Plane,
    /// Its derivative downwards, per pixel.
    pub(crate) gy: Plane,
    /// Log light at and above which a place counts as lit.
    pub(crate) lit_log: f32,
    /// Photo pixels per pixel of this view.
    pub(crate) scale: f64,
}

impl View {
    fn new(light: Plane, bright: f32, scale: f64) -> Self {
        let log = log_light(light, bright);
        let (w, h) = (log.width, log.height);
        let mut gx = Plane { width: w, height: h, values: vec![0.0; w * h] };
        let mut gy = gx.clone();
        for (row, out) in log.values.chunks_exact(w).zip(gx.values.chunks_exact_mut(w)) {
            let pairs = row.iter().zip(row.get(2..).unwrap_or_default());
            for (v, (a, b)) in out.iter_mut().skip(1).zip(pairs) {
                *v = 0.5 * (b - a);
            }
            out[0] = 0.5 * (row[1.min(w - 1)] - row[0]);
            out[w - 1] = 0.5 * (row[w - 1] - row[w.saturating_sub(2)]);
        }
        let row = |y: usize| &log.values[y * w..(y + 1) * w];
        for (y, out) in gy.values.chunks_exact_mut(w).enumerate() {
            let (above, below) = (row(y.saturating_sub(1)), row((y + 1).min(h - 1)));
            for ((v, a), b) in out.iter_mut().zip(above).zip(below) {
                *v = 0.5 * (b - a);
            }
        }
        Self { log, gx, gy, lit_log: (LIT_SHARE * bright + floor(bright)).ln(), scale }
    }

    /// Width in pixels of this view.
    pub(crate) fn width(&self) -> f64 {
        self.log.width as f64
    }

    /// Height in pixels of this view.
    pub(crate) fn height(&self) -> f64 {
        self.log.height as f64
    }
}

/// What is added to light before its logarithm.
fn floor(bright: f32) -> f32 {
    (LOG_FLOOR_SHARE * bright).max(1e-4)
}

/// Natural logarithm of light, smoothed.
fn log_light(mut light: Plane, bright: f32) -> Plane {
    let floor = floor(bright);
    for value in &mut light.values {
        *value = ln(*value + floor);
    }
    light.smoothed(2)
}

/// Natural logarithm of a positive, normal number, to the last digit or two. Without branches, so that
/// the compiler takes several at once, which it does not with the library's; after musl's `logf`.
fn ln(x: f32) -> f32 {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    const ONE: u32 = 0x3f80_0000;
    let bits = x.to_bits().wrapping_add(ONE - SQRT_HALF);
    let exponent = ((bits >> 23) as i32 - 127) as f32;
    let f = f32::from_bits((bits & 0x007f_ffff) + SQRT_HALF) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = w * (0.400_009_72 + w * 0.242_790_79);
    let even = z * (0.666_666_6 + w * 0.284_987_87);
    let half = 0.5 * f * f;
    exponent * 0.693_138_1 - (half - (s * (half + odd + even) + exponent * 9.058_001e-6) - f)
}

/// Light of a grey level, from a table with straight lines between its values.
struct Light {
    table: Vec<f32>,
}

impl Light {
    fn new() -> Self {
        let level = |i: usize| (i as f32 / LIGHT_STEPS / 255.0).powf(GAMMA);
        Self { table: (0..=(255.0 * LIGHT_STEPS) as usize + 1).map(level).collect() }
    }

    fn of(&self, level: f32) -> f32 {
        let place = level.clamp(0.0, 255.0) * LIGHT_STEPS;
        let at = place as usize;
        let (low, high) = (self.table[at], self.table[at + 1]);
        low + (high - low) * (place - at as f32)
    }
}

/// The photo at the size at which sides are refined.
#[derive(Debug)]
pub(crate) struct Fine {
    light: Plane,
    bright: f32,
    /// Photo pixels per pixel of this view.
    pub(crate) scale: f64,
}

impl Fine {
    /// Natural logarithm of light, smoothed.
    pub(crate) fn log(self) -> Plane {
        log_light(self.light, self.bright)
    }
}

/// The photo at the two sizes the search needs.
#[derive(Debug)]
pub(crate) struct Views {
    /// Half of the fine one: lines are found here (long side 720 pixels or less).
    pub(crate) coarse: View,
    /// Saturation of colour, 0 to 1, at the coarse size.
    pub(crate) colour: Plane,
}

impl Views {
    /// Reduces a photo, to the views in which the film is looked for and the one in which its sides are
    /// refined (long side 1440 pixels or less); nothing when it is smaller than 64 pixels on a side.
    pub(crate) fn new(photo: &RgbImage) -> Option<(Self, Fine)> {
        if photo.width().min(photo.height()) < 64 {
            return None;
        }
        let long = f64::from(photo.width().max(photo.height()));
        let scale = (long / FINE_LONG_SIDE_PX).max(1.0);
        let side = |full: u32| (f64::from(full) / scale).round() as usize;
        let (width, height) = (side(photo.width()), side(photo.height()));
        let table = Light::new();
        // Light, and how much colour there is in one pixel of four.
        let seen = shrunk(photo, Region::whole(photo), (width, height), |y, pixels, out| {
            for (value, pixel) in out.iter_mut().zip(pixels) {
                *value = [table.of(luma_of(*pixel)), 0.0];
            }
            if y % 2 == 0 {
                for (value, pixel) in out.iter_mut().zip(pixels).step_by(2) {
                    value[1] = saturation(*pixel);
                }
            }
        });
        let colour = Plane::from_fn((width / 2).max(1), (height / 2).max(1), |x, y| {
            seen[2 * y * width + 2 * x][1]
        });
        let light = Plane { width, height, values: seen.into_iter().map(|[v, _]| v).collect() };
        let half = light.halved();
        let bright = half.quantile(0.98).max(1e-3);
        let coarse = View::new(half, bright, 2.0 * scale);
        Some((Self { coarse, colour }, Fine { light, bright, scale }))
    }
}

/// Saturation of a colour, 0 to 1.
fn saturation(p: [f32; 3]) -> f32 {
    let high = p[0].max(p[1]).max(p[2]);
    let low = p[0].min(p[1]).min(p[2]);
    (high - low) / (high + 8.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;

    #[test]
    fn large_photos_are_reduced_and_small_ones_are_not_enlarged() {
        let photo = phantom::film_on_a_box();
        let (views, fine) = Views::new(&photo).expect("large enough");
        assert!((fine.scale - 1.0).abs() < 1e-9 && (views.coarse.scale - 2.0).abs() < 1e-9);
        let large = RgbImage::new(2880, 2000);
        let (views, fine) = Views::new(&large).expect("large enough");
        let fine = fine.log();
        assert_eq!((fine.width, fine.height), (1440, 1000));
        assert_eq!(views.coarse.log.width, 720);
    }

    #[test]
    fn the_logarithm_is_the_librarys() {
        for i in 1..=4000 {
            let x = 1e-4 * i as f32 * i as f32;
            assert!((ln(x) - x.ln()).abs() <= 2e-7 * x.ln().abs().max(1.0), "{x}");
        }
    }

    #[test]
    fn light_is_the_power_of_the_level() {
        let table = Light::new();
        for i in 0..=2550 {
            let level = 0.1 * i as f32;
            assert!((table.of(level) - (level / 255.0).powf(GAMMA)).abs() < 1e-5, "{level}");
        }
    }

    #[test]
    fn the_panel_is_lit_and_the_housing_is_not() {
        let (views, _) = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let view = &views.coarse;
        assert!(view.log.sample(100.0, 200.0) > view.lit_log);
        assert!(view.log.sample(70.0, 200.0) < view.lit_log);
    }
}
