//! Places the sides of a found quadrilateral precisely, on the fine view.
//!
//! Along each side the strongest edge across it is sought at many places; a parabola is fitted
//! robustly, because lenses bend straight edges, and neighbours are crossed to give the corners.

use super::plane::Plane;
use crate::domain::geometry::{Point, Quad};

/// Places looked at along a side.
const PLACES: usize = 72;
/// How far from the side the edge is sought, share of the mean side.
const REACH_SHARE: f64 = 0.012;
/// Rounds of reweighted fitting.
const ROUNDS: usize = 8;
/// An edge further from the fit than this counts little, pixels of the fine view.
const TIGHT_PX: f64 = 1.5;

/// A side after refinement: offset from its chord as `c0 + c1 t + c2 t²`, t from -1 to 1.
#[derive(Debug, Clone, Copy)]
struct Fit {
    from: Point,
    to: Point,
    normal: (f64, f64),
    curve: [f64; 3],
}

impl Fit {
    fn at(&self, t: f64) -> Point {
        let base = self.from.towards(self.to, f64::midpoint(t, 1.0));
        let offset = self.curve[0] + t * (self.curve[1] + t * self.curve[2]);
        Point::new(base.x + offset * self.normal.0, base.y + offset * self.normal.1)
    }

    /// The tangent's end points near t = -1 or 1, for crossing with the neighbour.
    fn tangent(&self, t: f64) -> (Point, Point) {
        let p = self.at(t);
        let slope = self.curve[1] + 2.0 * t * self.curve[2];
        let half = ((self.to.x - self.from.x) / 2.0, (self.to.y - self.from.y) / 2.0);
        let q =
            Point::new(p.x + half.0 + slope * self.normal.0, p.y + half.1 + slope * self.normal.1);
        (p, q)
    }
}

/// Moves the sides of `quad` (in pixels of `log`, log light) onto the edges near them.
///
/// `outward` tells for each side whether the brighter part lies outside. Sides on the photo's
/// border (`frame`) stay. Returns the quadrilateral unchanged when the result makes no sense.
pub(crate) fn refine(log: &Plane, quad: &Quad, outward: [bool; 4], frame: [bool; 4]) -> Quad {
    let mut current = *quad;
    for _ in 0..2 {
        let points = *current.points();
        let reach = (current.area().sqrt() * REACH_SHARE).clamp(3.0, 14.0);
        let fits: Vec<Fit> = (0..4)
            .map(|i| {
                let (from, to) = (points[i], points[(i + 1) % 4]);
                if frame[i] { straight(from, to) } else { fit(log, from, to, outward[i], reach) }
            })
            .collect();
        let corner = |i: usize| {
            let before = fits[(i + 3) % 4].tangent(1.0);
            let after = fits[i].tangent(-1.0);
            cross(before, after).filter(|p| p.distance(points[i]) < 6.0 * reach)
        };
        let corners = [corner(0), corner(1), corner(2), corner(3)];
        let [Some(a), Some(b), Some(c), Some(d)] = corners else { return current };
        match Quad::new([a, b, c, d]) {
            Some(better) => current = better,
            None => return current,
        }
    }
    current
}

fn straight(from: Point, to: Point) -> Fit {
    let length = from.distance(to).max(1e-9);
    // Clockwise corners: the normal to the left of travel points outwards.
    let normal = ((to.y - from.y) / length, -(to.x - from.x) / length);
    Fit { from, to, normal, curve: [0.0; 3] }
}

fn fit(log: &Plane, from: Point, to: Point, outward: bool, reach: f64) -> Fit {
    let mut side = straight(from, to);
    let sign = if outward { 1.0 } else { -1.0 };
    let mut seen = Vec::with_capacity(PLACES * 3);
    for i in 0..PLACES {
        let t = -0.95 + 1.9 * (i as f64 + 0.5) / PLACES as f64;
        let base = from.towards(to, f64::midpoint(t, 1.0));
        peaks(log, base, side.normal, sign, reach, |offset, weight| {
            seen.push((t, offset, weight));
        });
    }
    if seen.len() >= PLACES / 4 {
        side.curve = robust(&seen, reach);
    }
    side
}

/// Local maxima of the wanted gradient across a side at one place.
fn peaks(
    log: &Plane,
    base: Point,
    (nx, ny): (f64, f64),
    sign: f64,
    reach: f64,
    mut found: impl FnMut(f64, f64),
) {
    let steps = reach.ceil() as i32 + 1;
    let gradient = |k: i32| {
        let (x, y) = (base.x + f64::from(k) * nx, base.y + f64::from(k) * ny);
        if log.holds(x, y) {
            let across = log.sample(x + 1.0, y) - log.sample(x - 1.0, y);
            let down = log.sample(x, y + 1.0) - log.sample(x, y - 1.0);
            sign * 0.5 * (f64::from(across) * nx + f64::from(down) * ny)
        } else {
            0.0
        }
    };
    let (mut a, mut b) = (gradient(-steps), gradient(-steps + 1));
    for k in -steps + 1..steps {
        let c = gradient(k + 1);
        if b > 0.008 && b >= a && b > c {
            let shift = 0.5 * (a - c) / (a - 2.0 * b + c).min(-1e-9);
            found(f64::from(k) + shift.clamp(-0.5, 0.5), b.min(0.15));
        }
        (a, b) = (b, c);
    }
}

/// Parabola through weighted points, far ones counting less and less.
fn robust(seen: &[(f64, f64, f64)], reach: f64) -> [f64; 3] {
    let mut curve = [0.0; 3];
    for round in 0..ROUNDS {
        let width = TIGHT_PX + reach * 0.6 * (1.0 - round as f64 / (ROUNDS - 1) as f64).powi(2);
        // Bending is allowed late, and held small: a lens bends a side by at most about 1 %.
        let stiff = if round + 3 < ROUNDS { 1e9 } else { 2.0 };
        let mut m = [[0.0; 4]; 3];
        m[2][2] = stiff;
        m[0][0] = 1e-6;
        m[1][1] = 1e-3;
        for &(t, offset, weight) in seen {
            let residual = offset - curve[0] - t * (curve[1] + t * curve[2]);
            let w = weight / (1.0 + (residual / width).powi(2)).powi(2);
            let row = [1.0, t, t * t];
            for i in 0..3 {
                for j in 0..3 {
                    m[i][j] += w * row[i] * row[j];
                }
                m[i][3] += w * row[i] * offset;
            }
        }
        match solve3(m) {
            Some(next) => curve = next,
            None => return curve,
        }
    }
    curve
}

pub(super) fn solve3(mut m: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    for i in 0..3 {
        let pivot = (i..3).max_by(|&a, &b| m[a][i].abs().total_cmp(&m[b][i].abs()))?;
        if m[pivot][i].abs() < 1e-12 {
            return None;
        }
        m.swap(i, pivot);
        for r in 0..3 {
            if r != i {
                let lead = m[i];
                let factor = m[r][i] / lead[i];
                for (value, l) in m[r].iter_mut().zip(lead).skip(i) {
                    *value -= factor * l;
                }
            }
        }
    }
    Some([m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]])
}

/// Where two lines through point pairs cross.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> Option<Point> {
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (d.x - c.x, d.y - c.y);
    let det = ux * vy - uy * vx;
    if det.abs() < 1e-9 {
        return None;
    }
    let t = ((c.x - a.x) * vy - (c.y - a.y) * vx) / det;
    let p = Point::new(a.x + t * ux, a.y + t * uy);
    (p.x.is_finite() && p.y.is_finite()).then_some(p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::phantom;
    use crate::digitise::view::Views;

    #[test]
    fn a_quad_a_little_off_is_moved_onto_the_film() {
        let (_, fine) = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let wanted = phantom::corners();
        let offsets = [(2.5, -2.0), (-2.0, 2.5), (2.0, 2.0), (-2.5, -1.5)];
        let mut points = *wanted.points();
        for (p, (dx, dy)) in points.iter_mut().zip(offsets) {
            *p = Point::new(p.x + dx, p.y + dy);
        }
        let off = Quad::new(points).expect("still convex");
        let found = refine(&fine.log(), &off, [true; 4], [false; 4]);
        for (p, q) in found.points().iter().zip(wanted.points()) {
            assert!(p.distance(*q) < 1.0, "{p:?} is not {q:?}");
        }
    }
}
