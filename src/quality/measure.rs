//! Measures a located and rectified film.

use image::{GrayImage, RgbImage};

use super::hidden::{Cover, Hidden};
use super::patch::Patch;
use super::sharpness::Sharpness;
use crate::digitise::{Fractions, Located, crop_content};
use crate::domain::geometry::{Point, Quad};

/// Everything the grade depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Confidence of the location, 0 to 1.
    pub confidence: f64,
    /// Shorter mean side of the film in the photo, pixels.
    pub short_side_px: f64,
    /// Share of the quadrilateral outside the photo, 0 to 1.
    pub outside_share: f64,
    /// Sides of the photo at which the film seems to go on.
    pub cut_sides: usize,
    /// Median grey level of the radiograph, 0 to 255.
    pub level_p50: f64,
    /// Grey level that 10 % of the radiograph exceed, 0 to 255.
    pub level_p90: f64,
    /// Share of the radiograph at 246 or more.
    pub clipped_share: f64,
    /// Width of the sharp edges, sigma in pixels at 1024 rows; nothing without edges.
    pub blur_sigma: Option<f64>,
    /// Widths per direction of crossing.
    pub widths: [Option<f64>; 8],
    /// The exposed part of the film.
    pub content: Fractions,
    /// Where the film is hidden.
    pub hidden: Hidden,
}

/// Level from which a pixel counts as clipped (facts, section 6; the simulator's `judge`).
const CLIPPED_LEVEL: u8 = 246;

/// What is measured in the photo itself, so that it can be done while the film is straightened.
#[derive(Debug)]
pub struct Looks {
    sharpness: Sharpness,
    hidden: Hidden,
}

impl Looks {
    /// Looks at a film and its surroundings.
    #[must_use]
    pub fn of(photo: &RgbImage, quad: &Quad) -> Self {
        let hidden = || Patch::of(photo, quad).map_or_else(Hidden::nothing, |p| Hidden::of(&p));
        Self { sharpness: Sharpness::of(photo, quad), hidden: hidden() }
    }
}

/// Measures a photo whose film was found, looked at and rectified.
#[must_use]
pub fn measure(
    photo: &RgbImage,
    located: &Located,
    rectified: &GrayImage,
    looks: Looks,
) -> Measures {
    let Looks { sharpness, hidden } = looks;
    let quad = &located.quad;
    let content = crop_content(rectified);
    let (width, height) = quad.mean_size();
    let counts = histogram(rectified, content.pixels(rectified.width(), rectified.height()));
    Measures {
        confidence: located.confidence,
        short_side_px: width.min(height),
        outside_share: outside_share(photo, quad),
        cut_sides: located.cut.iter().filter(|cut| **cut).count(),
        level_p50: level(&counts, 0.5),
        level_p90: level(&counts, 0.9),
        clipped_share: share_from(&counts, CLIPPED_LEVEL),
        blur_sigma: sharpness.worst(),
        widths: sharpness.widths,
        content,
        hidden,
    }
}

impl Measures {
    /// Share of the radiograph that is hidden so, 0 to 1.
    #[must_use]
    pub fn hidden_share(&self, cover: Cover) -> f64 {
        self.hidden.share(cover, &self.content)
    }
}

fn histogram(film: &GrayImage, (x0, y0, width, height): (u32, u32, u32, u32)) -> [u32; 256] {
    let mut counts = [0; 256];
    let (across, down) = (x0..(x0 + width).min(film.width()), y0..(y0 + height).min(film.height()));
    for y in down {
        let row = y as usize * film.width() as usize;
        for value in &film.as_raw()[row + across.start as usize..row + across.end as usize] {
            counts[usize::from(*value)] += 1;
        }
    }
    counts
}

fn level(counts: &[u32; 256], share: f64) -> f64 {
    let total: u32 = counts.iter().sum();
    let mut seen = 0.0;
    let found = counts.iter().position(|&n| {
        seen += f64::from(n);
        seen >= share * f64::from(total)
    });
    found.unwrap_or(0) as f64
}

fn share_from(counts: &[u32; 256], level: u8) -> f64 {
    let total: u32 = counts.iter().sum();
    let above: u32 = counts[usize::from(level)..].iter().sum();
    f64::from(above) / f64::from(total.max(1))
}

/// Share of a quadrilateral that lies outside the photo, counted on a grid over the film.
fn outside_share(photo: &RgbImage, quad: &Quad) -> f64 {
    const GRID: u32 = 64;
    let Some(map) = quad.from_unit() else { return 1.0 };
    let (right, bottom) = (f64::from(photo.width()) - 0.5, f64::from(photo.height()) - 0.5);
    let place = |i: u32| (f64::from(i) + 0.5) / f64::from(GRID);
    let outside = (0..GRID * GRID)
        .map(|i| map.apply(Point::new(place(i % GRID), place(i / GRID))))
        .filter(|p| p.x < -0.5 || p.y < -0.5 || p.x > right || p.y > bottom)
        .count();
    outside as f64 / f64::from(GRID * GRID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::{locate, phantom, rectify};
    use crate::domain::film::Shows;
    use crate::domain::quality::{Grade, QualityIssue};
    use crate::quality::Seen;

    fn measured(photo: &RgbImage) -> Measures {
        let located =
            Located { quad: phantom::corners(), ..locate(photo, None).expect("something") };
        let looks = Looks::of(photo, &located.quad);
        measure(photo, &located, &rectify(photo, &located.quad, 2048), looks)
    }

    fn darker(photo: &RgbImage, share: f64) -> RgbImage {
        let mut dark = photo.clone();
        for value in dark.iter_mut() {
            *value = (f64::from(*value) * share) as u8;
        }
        dark
    }

    #[test]
    fn a_sharp_film_measures_as_drawn() {
        let m = measured(&phantom::film_on_a_box());
        assert!((m.short_side_px - 463.0).abs() < 6.0, "{}", m.short_side_px);
        assert!(m.outside_share < 1e-9 && m.cut_sides == 0);
        assert!(m.level_p90 > 130.0, "{}", m.level_p90);
        assert!(m.clipped_share < 0.01);
        let blur = m.blur_sigma.expect("drawn edges");
        assert!(blur < 2.1, "{blur}");
    }

    #[test]
    fn a_blurred_film_measures_wider_edges() {
        let photo = phantom::film_on_a_box();
        let blurred = image::imageops::blur(&photo, 3.0);
        let (sharp, soft) = (measured(&photo).blur_sigma, measured(&blurred).blur_sigma);
        assert!(soft > sharp.map(|s| s + 2.0), "{sharp:?} {soft:?}");
    }

    #[test]
    fn a_dark_photo_is_refused_as_dark() {
        let m = measured(&darker(&phantom::film_on_a_box(), 0.25));
        let Grade::Refused { issues } = super::super::grade(&m, Seen::film(Shows::FrontalChest))
        else {
            panic!("accepted: {m:?}")
        };
        assert!(issues.as_slice().contains(&QualityIssue::Underexposed), "{issues:?}");
    }

    #[test]
    fn a_film_half_out_of_the_photo_is_measured_so() {
        let photo = phantom::film_on_a_box();
        let p = Point::new;
        let points = [p(-200.0, 100.0), p(200.0, 100.0), p(200.0, 500.0), p(-200.0, 500.0)];
        let quad = Quad::new(points).expect("a square");
        assert!((outside_share(&photo, &quad) - 0.5).abs() < 0.02);
    }
}
