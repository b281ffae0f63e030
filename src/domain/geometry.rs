//! Plane geometry of a photographed film: points, quadrilaterals, projective maps.
//!
//! Pixel centres lie at integer coordinates, x to the right, y down.

/// A point in pixels of the displayed photo.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A point from its coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to another point, pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point at `t` of the way to `other`; 0 is here, 1 is there.
    #[must_use]
    pub fn towards(self, other: Self, t: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }
}

/// Smallest area of a quadrilateral, square pixels: below it no homography is meaningful.
pub const QUAD_AREA_MIN_PX2: f64 = 64.0;

/// Smallest sine of an inner angle (about 3 degrees): below it the quadrilateral is degenerate.
const CORNER_SINE_MIN: f64 = 0.05;

/// A strictly convex quadrilateral: top left, top right, bottom right, bottom left.
///
/// "Top left" is in the order's own sense: as seen in the photo, or of the upright film. The order
/// of a mirrored film runs counter-clockwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad {
    /// Finite, strictly convex, at least [`QUAD_AREA_MIN_PX2`]; [`Quad::new`] is the only way in.
    points: [Point; 4],
}

impl Quad {
    /// The quadrilateral, or nothing when it is not finite, not strictly convex or tiny.
    #[must_use]
    pub fn new(points: [Point; 4]) -> Option<Self> {
        if points.iter().any(|p| !p.x.is_finite() || !p.y.is_finite()) {
            return None;
        }
        let mut sign = 0.0;
        for i in 0..4 {
            let (a, b, c) = (points[i], points[(i + 1) % 4], points[(i + 2) % 4]);
            let cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
            let sine = cross / (a.distance(b) * b.distance(c)).max(f64::MIN_POSITIVE);
            if sine.abs() < CORNER_SINE_MIN || sine * sign < 0.0 {
                return None;
            }
            sign = sine;
        }
        let quad = Self { points };
        (quad.area() >= QUAD_AREA_MIN_PX2).then_some(quad)
    }

    /// Top left, top right, bottom right, bottom left.
    #[must_use]
    pub const fn points(&self) -> &[Point; 4] {
        &self.points
    }

    /// Area, square pixels.
    #[must_use]
    pub fn area(&self) -> f64 {
        let p = &self.points;
        let twice: f64 =
            (0..4).map(|i| p[i].x * p[(i + 1) % 4].y - p[(i + 1) % 4].x * p[i].y).sum();
        (twice / 2.0).abs()
    }

    /// Lengths of the top, right, bottom and left side, pixels.
    #[must_use]
    pub fn sides(&self) -> [f64; 4] {
        let p = &self.points;
        [p[0].distance(p[1]), p[1].distance(p[2]), p[2].distance(p[3]), p[3].distance(p[0])]
    }

    /// Mean length of top and bottom, and of left and right, pixels.
    #[must_use]
    pub fn mean_size(&self) -> (f64, f64) {
        let [top, right, bottom, left] = self.sides();
        (f64::midpoint(top, bottom), f64::midpoint(left, right))
    }

    /// The same corners in the order in which they lie in the photo: clockwise from the one nearest
    /// to its top left.
    #[must_use]
    pub fn as_seen(&self) -> Option<Self> {
        let mut points = self.points;
        let twice_area: f64 = (0..4)
            .map(|i| points[i].x * points[(i + 1) % 4].y - points[(i + 1) % 4].x * points[i].y)
            .sum();
        if twice_area < 0.0 {
            points.reverse();
        }
        let corner = |i: &usize| points[*i].x + points[*i].y;
        let first = (0..4).min_by(|a, b| corner(a).total_cmp(&corner(b)))?;
        points.rotate_left(first);
        Self::new(points)
    }

    /// The same quadrilateral in other pixels: each coordinate becomes `c * scale + offset`.
    #[must_use]
    pub fn scaled(&self, scale: f64, offset: f64) -> Option<Self> {
        Self::new(self.points.map(|p| Point::new(p.x * scale + offset, p.y * scale + offset)))
    }

    /// The map from the unit square (0,0 top left, 1,1 bottom right) onto this quadrilateral.
    #[must_use]
    pub fn from_unit(&self) -> Option<Homography> {
        let unit = [
            Point::new(0.0, 0.0),
            Point::new(1.0, 0.0),
            Point::new(1.0, 1.0),
            Point::new(0.0, 1.0),
        ];
        Homography::from_points(&unit, &self.points)
    }
}

/// An invertible projective map of the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography {
    /// Row major, finite, determinant not zero.
    m: [f64; 9],
}

impl Homography {
    /// The map that takes each `from` point to its `to` point, when the four determine one.
    #[must_use]
    pub fn from_points(from: &[Point; 4], to: &[Point; 4]) -> Option<Self> {
        let mut rows = [[0.0; 9]; 8];
        for (i, (p, q)) in from.iter().zip(to).enumerate() {
            rows[2 * i] = [p.x, p.y, 1.0, 0.0, 0.0, 0.0, -q.x * p.x, -q.x * p.y, q.x];
            rows[2 * i + 1] = [0.0, 0.0, 0.0, p.x, p.y, 1.0, -q.y * p.x, -q.y * p.y, q.y];
        }
        let h = solve(rows)?;
        Self::from_matrix([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1.0])
    }

    /// The map of a row-major matrix, or nothing when it is singular or not finite.
    fn from_matrix(m: [f64; 9]) -> Option<Self> {
        let finite = m.iter().all(|v| v.is_finite());
        let scale = m.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
        (finite && scale > 0.0 && determinant(&m).abs() > 1e-300).then_some(Self { m })
    }

    /// Where `p` goes; not finite for points on the horizon.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        let m = &self.m;
        let w = m[6] * p.x + m[7] * p.y + m[8];
        Point::new((m[0] * p.x + m[1] * p.y + m[2]) / w, (m[3] * p.x + m[4] * p.y + m[5]) / w)
    }

    /// The opposite map.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = self.m;
        let det = determinant(&self.m);
        let adjugate = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        Self::from_matrix(adjugate.map(|v| v / det))
    }

    /// Row-major matrix.
    #[must_use]
    pub const fn matrix(&self) -> &[f64; 9] {
        &self.m
    }
}

fn determinant(m: &[f64; 9]) -> f64 {
    m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
        + m[2] * (m[3] * m[7] - m[4] * m[6])
}

/// Gaussian elimination with row pivoting on eight equations; the last column is the right side.
fn solve(mut rows: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot =
            (column..8).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-12 {
            return None;
        }
        rows.swap(column, pivot);
        let lead = rows[column];
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / lead[column];
            for (value, l) in row.iter_mut().zip(lead).skip(column) {
                *value -= factor * l;
            }
        }
    }
    let mut x = [0.0; 8];
    for i in (0..8).rev() {
        let known: f64 = (i + 1..8).map(|j| rows[i][j] * x[j]).sum();
        x[i] = (rows[i][8] - known) / rows[i][i];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn corners() -> impl Strategy<Value = [Point; 4]> {
        let near = |x: f64, y: f64| {
            (-150.0..150.0, -150.0..150.0).prop_map(move |(dx, dy)| Point::new(x + dx, y + dy))
        };
        (near(200.0, 200.0), near(900.0, 200.0), near(900.0, 1100.0), near(200.0, 1100.0))
            .prop_map(|(a, b, c, d)| [a, b, c, d])
    }

    proptest! {
        #[test]
        fn homography_takes_corners_to_corners_and_back(from in corners(), to in corners()) {
            let map = Homography::from_points(&from, &to).expect("four points in general position");
            let back = map.inverse().expect("invertible");
            for (p, q) in from.iter().zip(&to) {
                prop_assert!(map.apply(*p).distance(*q) < 1e-5);
                prop_assert!(back.apply(map.apply(*p)).distance(*p) < 1e-5);
            }
        }

        #[test]
        fn homography_round_trip_inside(from in corners(), u in 0.0..1.0, v in 0.0..1.0) {
            let quad = Quad::new(from).expect("convex by construction");
            let map = quad.from_unit().expect("quad has a map");
            let p = Point::new(u, v);
            let back = map.inverse().expect("invertible").apply(map.apply(p));
            prop_assert!(back.distance(p) < 1e-7);
        }
    }

    #[test]
    fn quads_that_cannot_be_films_are_refused() {
        let p = Point::new;
        let bow_tie = [p(0.0, 0.0), p(100.0, 100.0), p(100.0, 0.0), p(0.0, 100.0)];
        let dart = [p(0.0, 0.0), p(100.0, 0.0), p(30.0, 30.0), p(0.0, 100.0)];
        let tiny = [p(0.0, 0.0), p(5.0, 0.0), p(5.0, 5.0), p(0.0, 5.0)];
        let endless = [p(0.0, 0.0), p(f64::NAN, 0.0), p(50.0, 50.0), p(0.0, 50.0)];
        let collinear = [p(0.0, 0.0), p(50.0, 0.0), p(100.0, 0.0), p(0.0, 90.0)];
        for points in [bow_tie, dart, tiny, endless, collinear] {
            assert_eq!(Quad::new(points), None, "{points:?}");
        }
    }

    #[test]
    fn both_winding_orders_are_allowed() {
        let p = Point::new;
        let points = [p(0.0, 0.0), p(100.0, 0.0), p(100.0, 50.0), p(0.0, 50.0)];
        let mirrored = [points[1], points[0], points[3], points[2]];
        assert_eq!(Quad::new(points).map(|q| q.area()), Some(5000.0));
        assert_eq!(Quad::new(mirrored).map(|q| q.area()), Some(5000.0));
    }
}
