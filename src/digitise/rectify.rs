//! Straightens the film: true proportions, luminance only, no aliasing.

use image::{GrayImage, RgbImage};

use super::cores::in_bands;
use super::plane::{Plane, Region, grey, shrink_luma};
use crate::domain::geometry::{Point, Quad};

/// Focal length assumed when perspective is too weak to tell it, in long sides of the photo.
/// Main cameras of phones are near 26 mm equivalent: 0.77 at 4:3; 1.5 is a 2x lens.
const FOCAL_DEFAULT: f64 = 0.85;
/// Focal lengths that a phone can have, in long sides of the photo.
const FOCAL_RANGE: (f64, f64) = (0.6, 2.2);
/// How far opposite sides must be from parallel before the focal length is read from the corners.
const PERSPECTIVE_MIN: f64 = 0.06;
/// A photo up to this much finer than the result needs no area reduction first.
const MINIFY_MAX: f64 = 1.15;
/// Longest shape given out, long to short side; films are at most 1.33.
const ASPECT_MAX: f64 = 2.5;

/// Width over height of the flat rectangle that a quadrilateral in a photo shows.
///
/// Single-view metrology after Zhang and He, "Whiteboard scanning and image enhancement"
/// (MSR-TR-2003-39), section 3, with the principal point in the middle of the photo. Falls back to
/// the side lengths when the corners do not determine it.
#[must_use]
pub fn aspect(photo_width: u32, photo_height: u32, quad: &Quad) -> f64 {
    let (width, height) = quad.mean_size();
    let plain = width / height;
    let centre =
        (f64::from(photo_width.max(1) - 1) / 2.0, f64::from(photo_height.max(1) - 1) / 2.0);
    let long = f64::from(photo_width.max(photo_height)).max(1.0);
    // Coordinates in long sides of the photo keep the numbers near one.
    let [tl, tr, br, bl] =
        quad.points().map(|p| [(p.x - centre.0) / long, (p.y - centre.1) / long, 1.0]);
    let k2 = dot(cross(tl, br), bl) / dot(cross(tr, br), bl);
    let k3 = dot(cross(tl, br), tr) / dot(cross(bl, br), tr);
    let n2 = [0, 1, 2].map(|i| k2 * tr[i] - tl[i]);
    let n3 = [0, 1, 2].map(|i| k3 * bl[i] - tl[i]);
    let measured = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
    let told = n2[2].abs() > PERSPECTIVE_MIN && n3[2].abs() > PERSPECTIVE_MIN;
    let focal = if told && measured > 0.0 {
        measured.sqrt().clamp(FOCAL_RANGE.0, FOCAL_RANGE.1)
    } else {
        FOCAL_DEFAULT
    };
    let length = |n: [f64; 3]| ((n[0] * n[0] + n[1] * n[1]) / (focal * focal) + n[2] * n[2]).sqrt();
    let aspect = length(n2) / length(n3);
    if aspect.is_finite() && (aspect / plain).max(plain / aspect) < 1.6 { aspect } else { plain }
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Size in pixels that keeps the photo's resolution, with a long side of at most `long_max`.
fn output_size(photo: &RgbImage, quad: &Quad, long_max: u32) -> (u32, u32) {
    let (width, height) = quad.mean_size();
    let natural = width.max(height);
    let long = natural.min(f64::from(long_max.max(1))).max(1.0);
    let aspect = aspect(photo.width(), photo.height(), quad).clamp(1.0 / ASPECT_MAX, ASPECT_MAX);
    let (w, h) = if aspect >= 1.0 { (long, long / aspect) } else { (long * aspect, long) };
    ((w.floor() as u32).max(1), (h.floor() as u32).max(1))
}

/// The part of the photo that the quadrilateral covers, with a margin for interpolation.
fn cover(photo: &RgbImage, quad: &Quad) -> Region {
    let span = |low: f64, high: f64, size: u32| {
        let last = f64::from(size - 1);
        let from = (low - 3.0).clamp(0.0, last).floor() as u32;
        let to = (high + 3.0).clamp(0.0, last).ceil() as u32;
        (from, to - from + 1)
    };
    let p = quad.points();
    let range = |f: fn(&Point) -> f64| {
        p.iter().map(f).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let ((left, right), (top, bottom)) = (range(|p| p.x), range(|p| p.y));
    let (x, width) = span(left, right, photo.width());
    let (y, height) = span(top, bottom, photo.height());
    Region { x, y, width, height }
}

/// The quadrilateral's content as an upright rectangle in luminance.
///
/// The long side is at most `long_side_max` pixels and never longer than the film is in the photo:
/// nothing is enlarged. Parts outside the photo repeat its border.
#[must_use]
pub fn rectify(photo: &RgbImage, quad: &Quad, long_side_max: u32) -> GrayImage {
    if photo.width() == 0 || photo.height() == 0 {
        return GrayImage::new(1, 1);
    }
    let (width, height) = output_size(photo, quad, long_side_max);
    let region = cover(photo, quad);
    let (across, down) = quad.mean_size();
    let minify = (across.max(down) / f64::from(width.max(height))).max(1.0);
    let shrink_by = if minify > MINIFY_MAX { minify } else { 1.0 };
    let side = |full: u32| ((f64::from(full) / shrink_by).round() as usize).max(1);
    let plane = shrink_luma(photo, region, (side(region.width), side(region.height)));
    let scale_x = plane.width as f64 / f64::from(region.width);
    let scale_y = plane.height as f64 / f64::from(region.height);
    let in_plane = quad.points().map(|p| {
        Point::new(
            (p.x - f64::from(region.x) + 0.5) * scale_x - 0.5,
            (p.y - f64::from(region.y) + 0.5) * scale_y - 0.5,
        )
    });
    match Quad::new(in_plane) {
        Some(quad) => warp(&plane, &quad, width, height),
        None => GrayImage::new(width, height),
    }
}

fn warp(plane: &Plane, quad: &Quad, width: u32, height: u32) -> GrayImage {
    let mut out = GrayImage::new(width, height);
    let Some(map) = quad.from_unit() else { return out };
    let m = map.matrix();
    let columns: Vec<f64> = (0..width).map(|i| (f64::from(i) + 0.5) / f64::from(width)).collect();
    let (side, right, bottom) = (plane.width, (plane.width - 1) as f64, (plane.height - 1) as f64);
    in_bands(&mut out, width as usize, |rows, band| {
        for (j, row) in rows.zip(band.chunks_exact_mut(width as usize)) {
            let v = (j as f64 + 0.5) / f64::from(height);
            let [x, y, w] = [0, 3, 6].map(|at| m[at + 1] * v + m[at + 2]);
            for (pixel, u) in row.iter_mut().zip(&columns) {
                let scale = 1.0 / (m[6] * u + w);
                let (x, y) = ((m[0] * u + x) * scale, (m[3] * u + y) * scale);
                let value = if x >= 0.0 && y >= 0.0 && x < right && y < bottom {
                    let (x0, y0) = (x as u32, y as u32);
                    let (fx, fy) = ((x - f64::from(x0)) as f32, (y - f64::from(y0)) as f32);
                    let at = y0 as usize * side + x0 as usize;
                    let (above, below) =
                        (&plane.values[at..at + 2], &plane.values[at + side..at + side + 2]);
                    let top = above[0] + (above[1] - above[0]) * fx;
                    top + (below[0] + (below[1] - below[0]) * fx - top) * fy
                } else {
                    plane.sample(x, y)
                };
                *pixel = grey(value);
            }
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corners of a rectangle of the given aspect seen by a pinhole camera turned by yaw and pitch.
    fn seen(aspect: f64, yaw: f64, pitch: f64, focal_px: f64) -> Quad {
        let project = |x: f64, y: f64| {
            let (a, c) = (x * yaw.cos(), -x * yaw.sin());
            let (b, d) = (y * pitch.cos() - c * pitch.sin(), y * pitch.sin() + c * pitch.cos());
            let depth = d + 3.0;
            Point::new(799.5 + focal_px * a / depth, 599.5 + focal_px * b / depth)
        };
        let (x, y) = (aspect / 2.0, 0.5);
        let corners = [project(-x, -y), project(x, -y), project(x, y), project(-x, y)];
        Quad::new(corners).expect("a rectangle in view")
    }

    #[test]
    fn tilted_rectangles_keep_their_proportions() {
        for (yaw, pitch) in [(0.0, 0.0), (0.4, 0.0), (0.0, 0.35), (0.3, 0.25), (-0.4, 0.3)] {
            for wanted in [0.8, 1.0, 1.2] {
                let got = aspect(1600, 1200, &seen(wanted, yaw, pitch, 1360.0));
                assert!((got / wanted - 1.0).abs() < 0.03, "{yaw} {pitch} {wanted}: {got}");
            }
        }
    }

    #[test]
    fn nothing_is_enlarged() {
        let photo = RgbImage::new(400, 300);
        let p = Point::new;
        let quad =
            Quad::new([p(100.0, 50.0), p(300.0, 50.0), p(300.0, 250.0), p(100.0, 250.0)]).unwrap();
        let flat = rectify(&photo, &quad, 2048);
        assert_eq!((flat.width(), flat.height()), (200, 200));
        let small = rectify(&photo, &quad, 64);
        assert_eq!(small.width().max(small.height()), 64);
    }

    #[test]
    fn a_gradient_comes_out_in_place() {
        let photo = RgbImage::from_fn(600, 400, |x, _| {
            let v = u8::try_from(x * 255 / 599).unwrap();
            image::Rgb([v, v, v])
        });
        let p = Point::new;
        let quad = Quad::new([p(150.0, 100.0), p(450.0, 100.0), p(450.0, 300.0), p(150.0, 300.0)])
            .unwrap();
        let flat = rectify(&photo, &quad, 100);
        let middle = f64::from(flat.get_pixel(flat.width() / 2, 30)[0]);
        assert!((middle - 127.5).abs() < 2.0, "{middle}");
    }
}
