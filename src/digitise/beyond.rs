//! Where a film goes on beyond the photo's edge.

use super::rectify::aspect;
use crate::domain::geometry::{Point, Quad};

/// Proportions of films, depth over width seen from any side: 3:4 to 35:43, square, and the first ones
/// on their side.
const FORMATS: [f64; 3] = [0.79, 1.0, 1.25];
/// A film that runs out of a photo is usually this much deeper than what is seen of it: cut less, it
/// would have been photographed again; cut more, nobody takes it for a photo of the film.
const USUAL_DEPTH: f64 = 1.3;
/// Deepest extension, times what is seen.
const DEPTH_MAX: f64 = 1.8;

/// The whole film of which the photo's edge cut off one side (`cut`: top, right, bottom, left): what is
/// seen, made as deep as the usual film nearest to [`USUAL_DEPTH`] times that. A film cut on no side, or
/// on several, stays as it is.
pub(super) fn whole_film(photo: (u32, u32), seen: &Quad, cut: [bool; 4]) -> Quad {
    let mut sides = (0..4).filter(|side| cut[*side]);
    let (Some(side), None) = (sides.next(), sides.next()) else { return *seen };
    let across = aspect(photo.0, photo.1, seen);
    let depth = if side % 2 == 0 { 1.0 / across } else { across };
    let apart = |format: f64| (format / (USUAL_DEPTH * depth)).ln().abs();
    let deeper = FORMATS.into_iter().filter(|format| *format > depth);
    let Some(format) = deeper.min_by(|a, b| apart(*a).total_cmp(&apart(*b))) else { return *seen };
    let more = (format / depth).min(DEPTH_MAX) - 1.0;
    let ([mut left, mut top], [mut right, mut bottom]) = ([0.0, 0.0], [1.0, 1.0]);
    match side {
        0 => top -= more,
        1 => right += more,
        2 => bottom += more,
        _ => left -= more,
    }
    let Some(map) = seen.from_unit() else { return *seen };
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let whole = Quad::new(corners.map(|(u, v)| map.apply(Point::new(u, v))));
    // Far beyond the photo the perspective of a few pixels decides everything.
    let (width, height) = (f64::from(photo.0), f64::from(photo.1));
    let near =
        |p: &Point| (-width..2.0 * width).contains(&p.x) && (-height..2.0 * height).contains(&p.y);
    whole.filter(|quad| quad.points().iter().all(near)).unwrap_or(*seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rectangle(left: f64, top: f64, right: f64, bottom: f64) -> Quad {
        let p = Point::new;
        Quad::new([p(left, top), p(right, top), p(right, bottom), p(left, bottom)]).expect("convex")
    }

    fn apart(a: &Quad, b: &Quad) -> f64 {
        a.points().iter().zip(b.points()).map(|(p, q)| p.distance(*q)).fold(0.0, f64::max)
    }

    #[test]
    fn a_cut_film_is_made_as_deep_as_a_film() {
        // 350 mm across, of which the upper 80 % are in the photo.
        let whole = whole_film(
            (1000, 800),
            &rectangle(300.0, 520.0, 650.0, 799.0),
            [false, false, true, false],
        );
        assert!(apart(&whole, &rectangle(300.0, 520.0, 650.0, 870.0)) < 1.0, "{whole:?}");
        // 430 mm across, of which 60 % of 350 mm are in the photo, at its left side.
        let whole = whole_film(
            (1000, 800),
            &rectangle(0.0, 200.0, 210.0, 630.0),
            [false, false, false, true],
        );
        assert!(apart(&whole, &rectangle(-130.0, 200.0, 210.0, 630.0)) < 15.0, "{whole:?}");
    }

    #[test]
    fn a_film_that_is_not_cut_or_lacks_a_corner_stays() {
        let film = rectangle(0.0, 0.0, 400.0, 500.0);
        for cut in [[false; 4], [true, false, false, true], [true; 4]] {
            assert_eq!(whole_film((1000, 800), &film, cut), film);
        }
    }
}
