//! What a person says about how a film lies in a photo, in place of what the box found.

use crate::domain::film::Orientation;
use crate::domain::geometry::{Point, Quad};

/// The corners of a film as shares of the photo's sides: 0,0 top left, 1,1 bottom right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    /// Top left, top right, bottom right, bottom left as seen in the photo. Strictly convex, within
    /// the photo, at least [`Outline::AREA_MIN`] of it; [`Outline::new`] is the only way in.
    corners: [Point; 4],
}

impl Outline {
    /// Smallest share of the photo that an outline may cover: below it nothing could be read.
    pub const AREA_MIN: f64 = 0.02;
    /// Shape is checked on a square of this side, so that shares have lengths.
    const CHECKED_PX: f64 = 1000.0;

    /// The outline of four corners in any order around the film, or nothing when they make no convex
    /// quadrilateral within the photo, or a tiny one.
    #[must_use]
    pub fn new(corners: [Point; 4]) -> Option<Self> {
        let inside = |p: &Point| (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y);
        let side = Self::CHECKED_PX;
        let quad = Quad::new(corners.map(|p| Point::new(p.x * side, p.y * side)))?;
        let seen = quad.as_seen()?;
        let area = quad.area() / (side * side);
        let fine = corners.iter().all(inside) && area >= Self::AREA_MIN;
        fine.then(|| Self { corners: seen.points().map(|p| Point::new(p.x / side, p.y / side)) })
    }

    /// The corners, in the order in which they lie in the photo.
    #[must_use]
    pub const fn corners(&self) -> &[Point; 4] {
        &self.corners
    }

    /// The outline that a quadrilateral in photo pixels has; nothing when it lies outside by more
    /// than rounding.
    #[must_use]
    pub fn of(quad: &Quad, width: u32, height: u32) -> Option<Self> {
        let share =
            |value: f64, side: u32| ((value + 0.5) / f64::from(side.max(1))).clamp(0.0, 1.0);
        Self::new(quad.points().map(|p| Point::new(share(p.x, width), share(p.y, height))))
    }

    /// The outline in pixels of a photo of that size.
    #[must_use]
    pub fn in_pixels(&self, width: u32, height: u32) -> Option<Quad> {
        let (width, height) = (f64::from(width), f64::from(height));
        Quad::new(self.corners.map(|p| Point::new(p.x * width - 0.5, p.y * height - 0.5)))
    }
}

/// How a person says that the film lies in a photo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction {
    /// Where its corners are.
    pub outline: Outline,
    /// How it is turned, mirrored and shown.
    pub orientation: Orientation,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outline(points: [(f64, f64); 4]) -> Option<Outline> {
        Outline::new(points.map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn only_a_convex_outline_within_the_photo_is_taken() {
        assert!(outline([(0.1, 0.1), (0.9, 0.12), (0.88, 0.9), (0.1, 0.93)]).is_some());
        assert!(outline([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]).is_some());
        // Dragged around each other in turn: the same outline.
        let (a, b, c, d) = ((0.1, 0.1), (0.9, 0.12), (0.88, 0.9), (0.1, 0.93));
        assert_eq!(outline([c, b, a, d]), outline([a, b, c, d]));
        // Two corners dragged past each other, one outside, a sliver, a speck, not a number.
        assert!(outline([(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)]).is_none());
        assert!(outline([(-0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]).is_none());
        assert!(outline([(0.1, 0.1), (0.9, 0.1), (0.9, 0.11), (0.1, 0.11)]).is_none());
        assert!(outline([(0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)]).is_none());
        assert!(outline([(f64::NAN, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]).is_none());
    }

    proptest! {
        #[test]
        fn an_outline_survives_the_pixels(
            left in 0.0..0.3_f64, top in 0.0..0.3_f64, right in 0.6..1.0_f64, bottom in 0.6..1.0_f64,
            width in 320_u32..8000, height in 320_u32..8000,
        ) {
            let given = outline([(left, top), (right, top), (right, bottom), (left, bottom)]).unwrap();
            let back = Outline::of(&given.in_pixels(width, height).unwrap(), width, height).unwrap();
            for (p, q) in given.corners().iter().zip(back.corners()) {
                prop_assert!(p.distance(*q) < 1e-9);
            }
        }
    }
}
