//! Photos of films, drawn by code: a chest phantom on a view box. No patient is in any of them. The
//! acceptance test of a box and the tests of the program use the same ones.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "levels of a drawn pixel are held within 0 to 255 before they are cast"
)]

use image::{GrayImage, ImageEncoder as _, Luma, Rgb, RgbImage};

/// How a phantom photo is taken.
#[derive(Clone, Copy, Debug)]
pub struct Shot {
    /// Photo width, pixels.
    pub width: u32,
    /// Photo height, pixels.
    pub height: u32,
    /// Tells photos apart: noise, and a little of the heart's size.
    pub seed: u32,
    /// Tells patients apart: ribs, vessels, heart.
    pub chest: u32,
    /// Whether a film lies on the box at all.
    pub film: bool,
}

impl Default for Shot {
    fn default() -> Self {
        Self { width: 1200, height: 1600, seed: 1, chest: 0, film: true }
    }
}

/// The photo as JPEG, quality 90.
#[must_use]
pub fn jpeg(shot: Shot) -> Vec<u8> {
    encoded(&photo(shot), shot)
}

/// The photo with a lamp that mirrors in the film, over the lung at the left.
#[must_use]
pub fn jpeg_with_lamp(shot: Shot) -> Vec<u8> {
    let mut photo = photo(shot);
    let (width, height) = (f64::from(shot.width), f64::from(shot.height));
    for (x, y, pixel) in photo.enumerate_pixels_mut() {
        let (dx, dy) = (f64::from(x) - 0.36 * width, f64::from(y) - 0.47 * height);
        let light = 1.2 * (-(dx.hypot(dy) / (0.08 * width)).powi(2)).exp();
        pixel.0 = pixel.0.map(|level| {
            let sum = (f64::from(level) / 255.0).powf(2.2) + light;
            (255.0 * sum.min(1.0).powf(1.0 / 2.2)) as u8
        });
    }
    encoded(&photo, shot)
}

/// The photo out of focus: blurred by a Gaussian of that sigma, pixels.
#[must_use]
pub fn blurred_jpeg(shot: Shot, sigma: f32) -> Vec<u8> {
    encoded(&image::imageops::fast_blur(&photo(shot), sigma), shot)
}

/// The film alone, as a radiograph that was digitised without a fault.
#[must_use]
pub fn radiograph(shot: Shot) -> GrayImage {
    GrayImage::from_fn(shot.width, shot.height, |x, y| {
        let u = (f64::from(x) + 0.5) / f64::from(shot.width);
        let v = (f64::from(y) + 0.5) / f64::from(shot.height);
        let level = chest(u, v, shot) + noise(x, y, shot.seed) * 0.006;
        Luma([(level.clamp(0.0, 1.0) * 250.0) as u8])
    })
}

fn encoded(photo: &RgbImage, shot: Shot) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90)
        .write_image(photo, shot.width, shot.height, image::ExtendedColorType::Rgb8)
        .expect("memory takes every byte, and the sides fit a JPEG");
    bytes
}

fn photo(shot: Shot) -> RgbImage {
    RgbImage::from_fn(shot.width, shot.height, |x, y| {
        let (u, v) = (
            (f64::from(x) + 0.5) / f64::from(shot.width),
            (f64::from(y) + 0.5) / f64::from(shot.height),
        );
        // A slight turn and tilt, as a hand holds a phone.
        let (cx, cy) = (u - 0.5, v - 0.5);
        let scale = 1.0 + 0.04 * cy;
        let (px, py) = (0.5 + (cx + 0.02 * cy) * scale, 0.5 + (cy - 0.02 * cx) * scale);
        let light = light(px, py, shot) + noise(x, y, shot.seed) * 0.006;
        let level = (light.clamp(0.0, 1.0).powf(1.0 / 2.2) * 250.0) as u8;
        Rgb([level, level, level.saturating_add(2)])
    })
}

/// Linear light at a place of the wall with the view box.
fn light(x: f64, y: f64, shot: Shot) -> f64 {
    let box_edge = inside(x, y, (0.06, 0.94), (0.08, 0.92));
    let panel_edge = inside(x, y, (0.10, 0.90), (0.11, 0.89));
    let film_edge = inside(x, y, (0.16, 0.84), (0.18, 0.80));
    let panel = 0.86 - 0.25 * ((x - 0.5).powi(2) + (y - 0.5).powi(2));
    let wall = 0.02;
    let housing = 0.10;
    let mut light = wall + (housing - wall) * box_edge;
    light += (panel - light) * panel_edge;
    if shot.film {
        let (u, v) = ((x - 0.16) / 0.68, (y - 0.18) / 0.62);
        let density = 2.1 - 1.75 * chest(u, v, shot);
        light += (panel * 10f64.powf(-density) - light) * film_edge;
    }
    light
}

/// 1 inside a rectangle, 0 outside, soft over a few pixels.
fn inside(x: f64, y: f64, (left, right): (f64, f64), (top, bottom): (f64, f64)) -> f64 {
    let soft = |d: f64| (d / 0.0015 + 0.5).clamp(0.0, 1.0);
    soft(x - left).min(soft(right - x)).min(soft(y - top)).min(soft(bottom - y))
}

/// Brightness of the radiograph, 0 = black, 1 = white, at a place of the film.
///
/// Soft tissue first, air taken out of it, bone laid over it: what lies over the heart or the spine
/// stays bright.
fn chest(u: f64, v: f64, shot: Shot) -> f64 {
    // How this patient differs from the first one, -1 to 1 for each property.
    let own = |n: u32| if shot.chest == 0 { 0.0 } else { noise(n, shot.chest, 77) };
    let s = f64::from(shot.seed % 7) * 0.006 + 0.02 * own(0);
    let half_width = 0.49 * soft(v + 0.04, 0.34).max(0.30);
    let body = soft(half_width - (u - 0.5).abs(), 0.03);
    let spine = bump((u - 0.5) / 0.045);
    let mediastinum = bump((u - 0.505) / (0.075 + 0.03 * v)) * 0.95;
    let heart = ellipse(u, v, (0.570 + s, 0.640), (0.170 + s, 0.150)).max(ellipse(
        u,
        v,
        (0.535, 0.50),
        (0.095, 0.16),
    ));
    let aorta = ellipse(u, v, (0.545, 0.315), (0.055, 0.065)) * 0.8;
    let mut air: f64 = 0.0;
    let mut bone: f64 = 0.0;
    for (side, centre) in [(-1.0, 0.285), (1.0, 0.715)] {
        let out = side * (u - 0.5);
        let dome = 0.735 + 0.015 * side + 0.55 * (u - centre + 0.02 * side).powi(2) * 2.0;
        let lung = ellipse(u, v, (centre, 0.50), (0.185, 0.44)) * soft(dome - v, 0.02);
        let reach = ((u - (centre - side * 0.13)).powi(2) + (v - 0.47).powi(2)).sqrt();
        let vessels = bump(reach / 0.13)
            * (0.5
                + 0.5
                    * ((u * (83.0 + 25.0 * own(1))).sin()
                        * (v * (71.0 + 25.0 * own(2)) + u * (40.0 + 15.0 * own(3))).sin()));
        air += lung * (1.0 - 0.45 * vessels - 0.25 * v);
        // Posterior ribs fall away from the spine, anterior ones rise towards it.
        let along = (out - 0.02) / 0.42;
        let rows = (v + (0.10 + 0.04 * own(4)) * along * along - 0.02) * (12.5 + 1.5 * own(5))
            + 1.0
            + own(6);
        let posterior =
            band((rows.fract() - 0.5) / 0.13) * soft(along, 0.1) * soft(1.0 - along, 0.1);
        let rows =
            (v - (0.42 + 0.06 * own(7)) * along + 0.40) * (9.0 + 1.2 * own(8)) + 1.0 + own(9);
        let anterior =
            band((rows.fract() - 0.5) / 0.14) * soft(along - 0.45, 0.2) * soft(1.0 - along, 0.1);
        let cage = soft(v - 0.10, 0.05) * soft(0.80 - v, 0.1);
        bone += (0.16 * posterior + 0.09 * anterior) * cage;
        let clavicle =
            v - (0.155 + 0.02 * own(10) - 0.16 * (out - 0.05) + 0.25 * (out - 0.05).powi(2));
        bone += 0.18 * band(clavicle / 0.014) * soft(out - 0.03, 0.03) * soft(0.36 - out, 0.05);
        bone += 0.12 * ellipse(u, v, (0.5 + side * 0.42, 0.16), (0.07, 0.09));
    }
    let tissue = mediastinum.max(heart).max(aorta);
    let mut value = body * (0.56 + 0.10 * soft(v - 0.72, 0.08) + 0.22 * tissue);
    value -= body * 0.46 * (air.min(1.0)) * (1.0 - 0.92 * tissue);
    value += body * (bone + 0.10 * spine * (0.7 + 0.3 * (v * 75.0).sin()));
    value -= 0.20 * ellipse(u, v, (0.70, 0.825), (0.07, 0.03));
    let grain = (u * 311.0 + v * 173.0).sin() * (v * 251.0 - u * 97.0).sin();
    (0.04 + value + 0.010 * grain).clamp(0.0, 1.0)
}

fn soft(distance: f64, width: f64) -> f64 {
    let t = (distance / width + 0.5).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn bump(x: f64) -> f64 {
    (-x * x).exp()
}

/// A bone: bright walls, a paler marrow, sharp edges.
fn band(x: f64) -> f64 {
    soft(1.0 - x.abs(), 0.12) * (0.6 + 0.4 * x.abs())
}

fn ellipse(u: f64, v: f64, (cx, cy): (f64, f64), (rx, ry): (f64, f64)) -> f64 {
    let r = (((u - cx) / rx).powi(2) + ((v - cy) / ry).powi(2)).sqrt();
    soft(1.0 - r, 0.03)
}

/// Noise that is the same on every run, -1 to 1.
fn noise(x: u32, y: u32, seed: u32) -> f64 {
    let mut h =
        x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ seed.wrapping_mul(0xc2b2_ae3d);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    f64::from(h & 0xffff) / 32768.0 - 1.0
}
