//! The reduced photo in which films are looked for: log luminance, its gradient, what is lit.

use image::RgbImage;

use super::plane::{LUMA, Plane, Region, shrink};

/// Long side of the copy on which sides are refined, pixels. A side is then placed within about
/// 0.05 % of the photo, and a 12 MP photo shrinks to 1.5 MP.
const FINE_LONG_SIDE_PX: f64 = 1440.0;

/// Gamma of the photo, to get back to light. A power is near enough to sRGB for contrasts.
const GAMMA: f32 = 2.2;

/// Light added before the logarithm, as a share of the brightest parts: below it contrast is noise.
const LOG_FLOOR_SHARE: f32 = 0.012;

/// Share of the brightest light above which a place counts as lit.
const LIT_SHARE: f32 = 0.55;

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
    fn new(light: &Plane, bright: f32, smoothing: usize, scale: f64) -> Self {
        let floor = (LOG_FLOOR_SHARE * bright).max(1e-4);
        let mut log = light.clone();
        for value in &mut log.values {
            *value = (*value + floor).ln();
        }
        let log = log.smoothed(smoothing);
        let (w, h) = (log.width, log.height);
        let gx = Plane::from_fn(w, h, |x, y| {
            0.5 * (log.at((x + 1).min(w - 1), y) - log.at(x.saturating_sub(1), y))
        });
        let gy = Plane::from_fn(w, h, |x, y| {
            0.5 * (log.at(x, (y + 1).min(h - 1)) - log.at(x, y.saturating_sub(1)))
        });
        Self { log, gx, gy, lit_log: (LIT_SHARE * bright + floor).ln(), scale }
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

/// The photo at the two sizes the search needs.
#[derive(Debug)]
pub(crate) struct Views {
    /// Half of `fine`: lines are found here (long side 720 pixels or less).
    pub(crate) coarse: View,
    /// Sides are refined here (long side 1440 pixels or less).
    pub(crate) fine: View,
    /// Saturation of colour, 0 to 1, at the coarse size.
    pub(crate) colour: Plane,
}

impl Views {
    /// Reduces a photo; nothing when it is smaller than 64 pixels on a side.
    pub(crate) fn new(photo: &RgbImage) -> Option<Self> {
        if photo.width().min(photo.height()) < 64 {
            return None;
        }
        let long = f64::from(photo.width().max(photo.height()));
        let scale = (long / FINE_LONG_SIDE_PX).max(1.0);
        let side = |full: u32| (f64::from(full) / scale).round() as usize;
        let (width, height) = (side(photo.width()), side(photo.height()));
        let rgb = shrink(photo, Region::whole(photo), (width, height), |p| p.map(f32::from));
        let light = Plane {
            width,
            height,
            values: rgb
                .iter()
                .map(|p| {
                    let luma = LUMA[0] * p[0] + LUMA[1] * p[1] + LUMA[2] * p[2];
                    (luma / 255.0).powf(GAMMA)
                })
                .collect(),
        };
        let colour = saturation(&rgb, width, height);
        drop(rgb);
        let half = light.halved();
        let bright = half.quantile(0.98).max(1e-3);
        Some(Self {
            coarse: View::new(&half, bright, 2, 2.0 * scale),
            fine: View::new(&light, bright, 2, scale),
            colour,
        })
    }
}

/// Colour saturation at half the size of `rgb`.
fn saturation(rgb: &[[f32; 3]], width: usize, height: usize) -> Plane {
    Plane::from_fn((width / 2).max(1), (height / 2).max(1), |x, y| {
        let p = rgb[(2 * y).min(height - 1) * width + (2 * x).min(width - 1)];
        let high = p[0].max(p[1]).max(p[2]);
        let low = p[0].min(p[1]).min(p[2]);
        (high - low) / (high + 8.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;

    #[test]
    fn large_photos_are_reduced_and_small_ones_are_not_enlarged() {
        let photo = phantom::film_on_a_box();
        let views = Views::new(&photo).expect("large enough");
        assert!((views.fine.scale - 1.0).abs() < 1e-9 && (views.coarse.scale - 2.0).abs() < 1e-9);
        let large = RgbImage::new(2880, 2000);
        let views = Views::new(&large).expect("large enough");
        assert_eq!((views.fine.log.width, views.fine.log.height), (1440, 1000));
        assert_eq!(views.coarse.log.width, 720);
    }

    #[test]
    fn the_panel_is_lit_and_the_housing_is_not() {
        let views = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let view = &views.coarse;
        assert!(view.log.sample(100.0, 200.0) > view.lit_log);
        assert!(view.log.sample(70.0, 200.0) < view.lit_log);
    }
}
