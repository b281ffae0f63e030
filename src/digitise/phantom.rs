//! Photos drawn by code, for tests only: no patient film ever enters the repository.

use image::{Rgb, RgbImage};

use crate::domain::geometry::{Point, Quad};

/// Corners of the phantom film in a photo of 1200 by 900 pixels.
pub(crate) fn corners() -> Quad {
    let p = Point::new;
    Quad::new([p(390.0, 130.0), p(835.0, 150.0), p(850.0, 700.0), p(370.0, 680.0)])
        .expect("convex by hand")
}

/// Light through the film at u, v (0 to 1), relative to the panel: dark lungs, bright middle, clear
/// letters, black border.
fn film(u: f64, v: f64) -> f64 {
    let border = !(0.05..0.95).contains(&u) || !(0.04..0.96).contains(&v);
    if border {
        return 0.02;
    }
    let lung = |x: f64| ((u - x) / 0.17).powi(2) + ((v - 0.45) / 0.30).powi(2) < 1.0;
    if lung(0.30) || lung(0.70) {
        0.05 + 0.03 * (v * 60.0).sin().max(0.0)
    } else if (u - 0.5).abs() < 0.08 {
        0.5
    } else {
        0.25
    }
}

/// Pseudo-random value from -1 to 1 that depends only on the place.
fn grain(x: u32, y: u32) -> f64 {
    let mut h = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 13;
    f64::from(h) / f64::from(u32::MAX) * 2.0 - 1.0
}

fn photo(light: impl Fn(f64, f64) -> f64) -> RgbImage {
    RgbImage::from_fn(1200, 900, |x, y| {
        // Four looks per pixel, so that edges are as soft as a lens makes them.
        let sum: f64 = [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)]
            .iter()
            .map(|(dx, dy)| light(f64::from(x) + dx, f64::from(y) + dy))
            .sum();
        let level = 255.0 * (sum / 4.0).clamp(0.0, 1.0).powf(1.0 / 2.2) + 2.0 * grain(x, y);
        Rgb([level.clamp(0.0, 255.0) as u8; 3])
    })
}

/// A lit panel (a little uneven) in a dark housing on a darker wall.
fn box_light(x: f64, y: f64) -> f64 {
    let inside = |margin: f64| {
        (150.0 - margin..1050.0 + margin).contains(&x)
            && (40.0 - margin..860.0 + margin).contains(&y)
    };
    if inside(0.0) {
        0.75 + 0.1 * (x / 1200.0)
    } else if inside(25.0) {
        0.05
    } else {
        0.12
    }
}

/// A film on a view box.
pub(crate) fn film_on_a_box() -> RgbImage {
    let to_film = corners().from_unit().and_then(|m| m.inverse()).expect("a proper quad");
    photo(|x, y| {
        let p = to_film.apply(Point::new(x, y));
        let on_film = (0.0..1.0).contains(&p.x) && (0.0..1.0).contains(&p.y);
        box_light(x, y) * if on_film { film(p.x, p.y) } else { 1.0 }
    })
}

/// The view box without a film.
pub(crate) fn empty_box() -> RgbImage {
    photo(box_light)
}

/// Nothing but noise.
pub(crate) fn noise() -> RgbImage {
    RgbImage::from_fn(800, 600, |x, y| Rgb([(128.0 + 90.0 * grain(x, y)) as u8; 3]))
}
