//! Evens out the light behind a film and spreads its grey values.

use image::{GrayImage, RgbImage};

use super::content::Fractions;
use super::cores::in_bands;
use super::plane::{grey, luma};
use crate::domain::geometry::{Point, Quad};

/// Gamma of the photo; see `view`.
const GAMMA: f64 = 2.2;
/// How far outside the film the lit panel is looked at, share of the film.
const RINGS: [f64; 5] = [0.03, 0.06, 0.10, 0.16, 0.24];
/// Places looked at along each side of each ring.
const PLACES: usize = 24;
/// Level from which a place is clipped and tells nothing, 0 to 255.
const CLIPPED: f32 = 247.0;
/// Places darker than this share of the brightest light are not panel.
const PANEL_SHARE: f64 = 0.45;
/// Sides on which the panel must show for a tilted estimate; fewer give none.
const SIDES_MIN: usize = 3;
/// Share of a side's places that must show panel for the side to count.
const SIDE_SHARE_MIN: f64 = 0.25;
/// Largest correction, as a factor. A good box is 30 % uneven, a poor one 50 % (SPIE, see facts).
const CORRECTION_MAX: f64 = 1.6;
/// Shares of the grey values that are clipped below and above by [`window`].
const WINDOW_SHARES: (f64, f64) = (0.005, 0.995);

/// One look at the panel: where, in shares of the film from its middle, and log light there.
struct Glimpse {
    u: f64,
    v: f64,
    log: f64,
}

/// Divides a rectified film by the unevenness of the panel behind it.
///
/// The panel is seen only OUTSIDE the film, in the photo; a plane in log light is fitted there and
/// carried inwards. Never a blur of the film itself: that is unsharp masking and erases effusions
/// and hearts. Nothing when too little unclipped panel is visible.
#[must_use]
pub fn flatten(photo: &RgbImage, quad: &Quad, rectified: &GrayImage) -> Option<GrayImage> {
    let slope = panel_slope(&glimpses(photo, quad)?)?;
    let limit = CORRECTION_MAX.ln();
    let (width, height) = rectified.dimensions();
    // What the panel is divided by is a product of one factor a column and one a row.
    let factors = |slope: f64, side: u32| -> Vec<f32> {
        let panel = |i: u32| slope * ((f64::from(i) + 0.5) / f64::from(side) - 0.5);
        (0..side).map(|i| (-panel(i) / GAMMA).exp() as f32).collect()
    };
    let (columns, rows) = (factors(slope.0, width), factors(slope.1, height));
    let most = (limit / GAMMA).exp() as f32;
    let mut flat = GrayImage::new(width, height);
    in_bands(&mut flat, width as usize, |band, out| {
        let from = rectified.as_raw().chunks_exact(width as usize).skip(band.start);
        for ((out, from), row) in out.chunks_exact_mut(width as usize).zip(from).zip(&rows[band]) {
            for ((out, value), column) in out.iter_mut().zip(from).zip(&columns) {
                let factor = (row * column).clamp(1.0 / most, most);
                *out = grey(f32::from(*value) * factor);
            }
        }
    });
    Some(flat)
}

/// Unclipped panel around the film; nothing when it shows on too few sides.
fn glimpses(photo: &RgbImage, quad: &Quad) -> Option<Vec<Glimpse>> {
    let map = quad.from_unit()?;
    let mut seen: [Vec<Glimpse>; 4] = Default::default();
    for ring in RINGS {
        for i in 0..PLACES {
            let t = (i as f64 + 0.5) / PLACES as f64;
            let places = [(t, -ring), (1.0 + ring, t), (t, 1.0 + ring), (-ring, t)];
            for (side, (u, v)) in seen.iter_mut().zip(places) {
                let p = map.apply(Point::new(u, v));
                let inside = p.x >= 0.0
                    && p.y >= 0.0
                    && p.x < f64::from(photo.width())
                    && p.y < f64::from(photo.height());
                if !inside {
                    continue;
                }
                let level = luma(photo.get_pixel(p.x as u32, p.y as u32).0);
                if level < CLIPPED {
                    let log = (f64::from(level.max(1.0)) / 255.0).ln() * GAMMA;
                    side.push(Glimpse { u: u - 0.5, v: v - 0.5, log });
                }
            }
        }
    }
    let mut logs: Vec<f64> = seen.iter().flatten().map(|g| g.log).collect();
    logs.sort_by(f64::total_cmp);
    let bright = *logs.get(logs.len().saturating_sub(1 + logs.len() / 20))?;
    if bright < (0.12_f64).ln() {
        return None;
    }
    let least = (SIDE_SHARE_MIN * (PLACES * RINGS.len()) as f64) as usize;
    for side in &mut seen {
        side.retain(|g| g.log >= bright + PANEL_SHARE.ln());
    }
    let sides = seen.iter().filter(|side| side.len() >= least).count();
    (sides >= SIDES_MIN).then(|| seen.into_iter().flatten().collect())
}

/// Slope of the panel's log light across and down the film, by a robust plane fit.
fn panel_slope(seen: &[Glimpse]) -> Option<(f64, f64)> {
    let mut fit = [0.0; 3];
    for round in 0..6 {
        let mut m = [[0.0; 4]; 3];
        for g in seen {
            let residual = g.log - fit[0] - fit[1] * g.u - fit[2] * g.v;
            let w = if round == 0 { 1.0 } else { 1.0 / (1.0 + (residual / 0.1).powi(2)) };
            let row = [1.0, g.u, g.v];
            for i in 0..3 {
                for j in 0..3 {
                    m[i][j] += w * row[i] * row[j];
                }
                m[i][3] += w * row[i] * g.log;
            }
        }
        fit = super::refine::solve3(m)?;
    }
    Some((fit[1], fit[2]))
}

/// Spreads the grey values between the 0.5 % and 99.5 % shares of the content over 0 to 255.
#[must_use]
pub fn window(film: &GrayImage, content: &Fractions) -> GrayImage {
    let (x, y, width, height) = content.pixels(film.width(), film.height());
    let inside = image::imageops::crop_imm(film, x, y, width, height).to_image();
    let counts = &imageproc::stats::cumulative_histogram(&inside).channels[0];
    let total = f64::from(counts[255]);
    let level = |share: f64| {
        let found = counts.iter().position(|count| f64::from(*count) >= share * total);
        found.and_then(|level| u8::try_from(level).ok())
    };
    let low = level(WINDOW_SHARES.0).unwrap_or(0).min(254);
    let high = level(WINDOW_SHARES.1).unwrap_or(255).max(low + 1);
    imageproc::contrast::stretch_contrast(film, low, high, 0, 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    fn quad() -> Quad {
        let p = Point::new;
        Quad::new([p(100.0, 100.0), p(300.0, 100.0), p(300.0, 300.0), p(100.0, 300.0)]).unwrap()
    }

    /// A film of even density in front of a panel that is brighter on the right.
    fn uneven(film_share: f64) -> RgbImage {
        RgbImage::from_fn(400, 400, |x, y| {
            let panel = 0.35 + 0.3 * f64::from(x) / 400.0;
            let inside = (100..300).contains(&x) && (100..300).contains(&y);
            let light = if inside { panel * film_share } else { panel };
            let v = (light.powf(1.0 / GAMMA) * 255.0) as u8;
            image::Rgb([v, v, v])
        })
    }

    #[test]
    fn an_uneven_panel_is_evened_out() {
        let photo = uneven(0.2);
        let film = super::super::rectify::rectify(&photo, &quad(), 200);
        let flat = flatten(&photo, &quad(), &film).expect("panel on four sides");
        let level = |im: &GrayImage, x| f64::from(im.get_pixel(x, 100)[0]);
        assert!(level(&film, 190) - level(&film, 10) > 8.0);
        assert!((level(&flat, 190) - level(&flat, 10)).abs() < 3.0);
    }

    #[test]
    fn without_a_visible_panel_nothing_is_divided() {
        let dark = RgbImage::from_pixel(400, 400, image::Rgb([20, 20, 20]));
        let film = super::super::rectify::rectify(&dark, &quad(), 200);
        assert_eq!(flatten(&dark, &quad(), &film), None);
    }

    #[test]
    fn windowing_uses_the_whole_grey_scale() {
        let film = GrayImage::from_fn(100, 100, |x, _| Luma([u8::try_from(60 + x).unwrap()]));
        let out = window(&film, &Fractions::WHOLE);
        assert_eq!(out.get_pixel(0, 0)[0], 0);
        assert_eq!(out.get_pixel(99, 0)[0], 255);
    }
}
