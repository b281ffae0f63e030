//! Puts a film upright: undoes the turn, the mirroring and the inversion it was photographed with.

use image::{GrayImage, imageops};

use crate::domain::film::{Orientation, Turn};
use crate::domain::geometry::{Point, Quad};

/// The radiograph as it is read: upright, not mirrored, bone bright.
#[must_use]
pub fn orient(mut gray: GrayImage, orientation: Orientation) -> GrayImage {
    if orientation.inverted {
        imageops::invert(&mut gray);
    }
    let mut upright = match orientation.turn {
        Turn::None => gray,
        Turn::Quarter => imageops::rotate270(&gray),
        Turn::Half => imageops::rotate180(&gray),
        Turn::ThreeQuarter => imageops::rotate90(&gray),
    };
    if orientation.mirrored {
        imageops::flip_horizontal_in_place(&mut upright);
    }
    upright
}

/// The same corners in the order of the upright, unmirrored film: top left, top right, bottom
/// right, bottom left of the film itself.
#[must_use]
pub fn quad_in_film_order(quad: &Quad, orientation: Orientation) -> Quad {
    // Where each corner of the film lies after mirroring; turning moves all of them on.
    let mirrored = if orientation.mirrored { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
    let shown = quad.points();
    let points: [Point; 4] = mirrored.map(|i| shown[(i + orientation.turn.quarters()) % 4]);
    // Turning and mirroring keep a quadrilateral convex.
    Quad::new(points).unwrap_or(*quad)
}

/// The opposite of [`quad_in_film_order`]: top left, top right, bottom right, bottom left as seen.
#[must_use]
pub fn quad_as_it_lies(quad: &Quad, orientation: Orientation) -> Quad {
    let mirrored = if orientation.mirrored { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
    let mut shown = *quad.points();
    for (i, corner) in mirrored.into_iter().zip(quad.points()) {
        shown[(i + orientation.turn.quarters()) % 4] = *corner;
    }
    Quad::new(shown).unwrap_or(*quad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;
    use proptest::prelude::*;

    /// How the simulator shows a film: mirror, then turn clockwise.
    fn shown(film: &GrayImage, orientation: Orientation) -> GrayImage {
        let mut gray = film.clone();
        if orientation.mirrored {
            imageops::flip_horizontal_in_place(&mut gray);
        }
        let mut turned = match orientation.turn {
            Turn::None => gray,
            Turn::Quarter => imageops::rotate90(&gray),
            Turn::Half => imageops::rotate180(&gray),
            Turn::ThreeQuarter => imageops::rotate270(&gray),
        };
        if orientation.inverted {
            imageops::invert(&mut turned);
        }
        turned
    }

    fn orientations() -> impl Strategy<Value = Orientation> {
        (0..4_usize, any::<bool>(), any::<bool>()).prop_map(|(turn, mirrored, inverted)| {
            Orientation { turn: Turn::ALL[turn], mirrored, inverted }
        })
    }

    proptest! {
        #[test]
        fn showing_then_orienting_gives_the_film_back(
            o in orientations(), w in 1..9_u32, h in 1..9_u32,
        ) {
            let film = GrayImage::from_fn(w, h, |x, y| Luma([(x * 16 + y) as u8]));
            prop_assert_eq!(orient(shown(&film, o), o), film);
        }

        #[test]
        fn corners_go_there_and_back(o in orientations()) {
            let p = Point::new;
            let quad = Quad::new([p(1.0, 2.0), p(90.0, 0.0), p(95.0, 90.0), p(0.0, 80.0)]).unwrap();
            prop_assert_eq!(quad_as_it_lies(&quad_in_film_order(&quad, o), o), quad);
        }

        #[test]
        fn corners_follow_the_film(o in orientations()) {
            // A film whose corners carry their own number shows which is where.
            let film = GrayImage::from_fn(2, 2, |x, y| Luma([[[1, 2], [4, 3]][y as usize][x as usize]]));
            let plain = Orientation { inverted: false, ..o };
            let photo = shown(&film, plain);
            let p = Point::new;
            let quad = Quad::new([p(0.0, 0.0), p(90.0, 0.0), p(90.0, 90.0), p(0.0, 90.0)]).unwrap();
            let numbers: Vec<u8> = quad_in_film_order(&quad, plain)
                .points()
                .iter()
                .map(|c| photo.get_pixel(u32::from(c.x > 1.0), u32::from(c.y > 1.0))[0])
                .collect();
            prop_assert_eq!(numbers, vec![1, 2, 3, 4]);
        }
    }
}
