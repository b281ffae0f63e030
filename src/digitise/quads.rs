//! Candidate quadrilaterals from pairs of lines, and how well the photo supports their sides.
//!
//! A film is darker than what lights it from behind, so light rises outwards on all four sides;
//! panels and housings are the other way round. On a monitor this does not hold, so both
//! directions are kept apart as evidence and nothing is ruled out here.

use super::cores::both;
use super::hough::{Line, Run};
use super::view::View;
use crate::domain::geometry::{Point, Quad};

/// A side's edge is looked for this far to either side of the straight line, pixels: films bow and
/// lenses bend straight lines.
const BEND_PX: i32 = 2;
/// Gradient at which an edge counts as half present, log light per pixel.
const GRADIENT_HALF: f32 = 0.03;
/// Distance from the line at which the levels on either side are compared, pixels.
const STEP_PX: f64 = 5.0;
/// Largest step counted, natural log of light.
const STEP_MAX: f32 = 1.5;
/// A side may run this far out of the photo, as a share of the photo's side.
const OVERHANG: f64 = 0.2;
/// Smallest quadrilateral, share of the photo.
const AREA_SHARE_MIN: f64 = 0.008;
/// Most unequal opposite sides allowed; 1.31 was seen on hard photos.
const OPPOSITE_RATIO_MAX: f64 = 1.7;
/// Longest shape allowed, long to short side.
const SHAPE_RATIO_MAX: f64 = 2.2;

/// Least cosine of the angle between a side and its run.
const RUN_MIN: f64 = 0.6;

/// What is summed along a line, per pixel of its run.
const CHANNELS: usize = 6;
const RISE: usize = 0;
const FALL: usize = 1;
const STEP: usize = 2;
const LIT_AHEAD: usize = 3;
const LIT_BEHIND: usize = 4;
const INSIDE: usize = 5;

/// Running sums of the evidence along one line, so that any stretch of it is read in two look-ups.
#[derive(Debug)]
struct Profile {
    line: Line,
    /// Coordinate along the run of the first sum.
    first: i64,
    sums: Vec<[f32; CHANNELS]>,
}

impl Profile {
    fn new(view: &View, line: Line) -> Self {
        let extent = match line.run {
            Run::Level => view.width(),
            Run::Upright => view.height(),
        };
        let pad = (extent * OVERHANG).ceil() as i64 + 1;
        let mut sums = Vec::with_capacity((extent as i64 + 2 * pad) as usize + 1);
        let mut total = [0.0; CHANNELS];
        sums.push(total);
        for along in -pad..extent as i64 + pad {
            let evidence = evidence(view, &line, along as f64);
            for (sum, value) in total.iter_mut().zip(evidence) {
                *sum += value;
            }
            sums.push(total);
        }
        Self { line, first: -pad, sums }
    }

    /// Means between two coordinates along the run, per pixel inside the photo, and the share of
    /// the stretch that is inside.
    fn between(&self, from: f64, to: f64) -> [f32; CHANNELS] {
        let last = self.sums.len() as i64 - 1;
        let index = |v: f64| ((v.round() as i64) - self.first).clamp(0, last) as usize;
        let (a, b) = (index(from.min(to)), index(from.max(to)));
        let (low, high) = (&self.sums[a], &self.sums[b]);
        let inside = high[INSIDE] - low[INSIDE];
        let mut mean = [0.0; CHANNELS];
        for channel in 0..INSIDE {
            mean[channel] = (high[channel] - low[channel]) / inside.max(1.0);
        }
        mean[INSIDE] = inside / (b - a).max(1) as f32;
        mean
    }
}

/// The point of a line at a coordinate along its run.
fn on_line(line: &Line, along: f64) -> Point {
    match line.run {
        Run::Level => Point::new(along, (line.rho - along * line.cos) / line.sin),
        Run::Upright => Point::new((line.rho - along * line.sin) / line.cos, along),
    }
}

/// Evidence for an edge at one place of a line, in the direction of the line's normal.
fn evidence(view: &View, line: &Line, along: f64) -> [f32; CHANNELS] {
    let p = on_line(line, along);
    if !view.log.holds(p.x, p.y) {
        return [0.0; CHANNELS];
    }
    let mut values = [0.0; CHANNELS];
    values[INSIDE] = 1.0;
    if line.frame {
        return values;
    }
    let (cos, sin) = (line.cos as f32, line.sin as f32);
    let (mut rise, mut fall) = (0.0_f32, 0.0_f32);
    for offset in -BEND_PX..=BEND_PX {
        let (x, y) = (p.x + f64::from(offset) * line.cos, p.y + f64::from(offset) * line.sin);
        let gradient = view.gx.sample(x, y) * cos + view.gy.sample(x, y) * sin;
        rise = rise.max(gradient);
        fall = fall.max(-gradient);
    }
    let ahead = view.log.sample(p.x + STEP_PX * line.cos, p.y + STEP_PX * line.sin);
    let behind = view.log.sample(p.x - STEP_PX * line.cos, p.y - STEP_PX * line.sin);
    values[RISE] = rise / (rise + GRADIENT_HALF);
    values[FALL] = fall / (fall + GRADIENT_HALF);
    values[STEP] = (ahead - behind).clamp(-STEP_MAX, STEP_MAX);
    values[LIT_AHEAD] = f32::from(u8::from(ahead >= view.lit_log));
    values[LIT_BEHIND] = f32::from(u8::from(behind >= view.lit_log));
    values
}

/// What one side of a candidate shows, seen from inside the quadrilateral.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Side {
    /// Support for an edge with the brighter part outside, 0 to 1.
    pub(crate) outward: f32,
    /// Support for an edge with the brighter part inside, 0 to 1.
    pub(crate) inward: f32,
    /// Mean rise of log light from inside to outside.
    pub(crate) step: f32,
    /// Share of the side with something lit just outside.
    pub(crate) lit_outside: f32,
    /// Share of the side with something lit just inside.
    pub(crate) lit_inside: f32,
    /// Share of the side that lies in the photo.
    pub(crate) seen: f32,
    /// The side is a border of the photo.
    pub(crate) frame: bool,
}

impl Side {
    fn of(profile: &Profile, from: Point, to: Point, outside_ahead: bool) -> Self {
        let (a, b) = match profile.line.run {
            Run::Level => (from.x, to.x),
            Run::Upright => (from.y, to.y),
        };
        let trim = 0.03 * (b - a);
        let mean = profile.between(a + trim, b - trim);
        let (ahead, behind) = if outside_ahead { (1.0, 0.0) } else { (0.0, 1.0) };
        Self {
            outward: mean[RISE] * ahead + mean[FALL] * behind,
            inward: mean[FALL] * ahead + mean[RISE] * behind,
            step: mean[STEP] * (ahead - behind),
            lit_outside: mean[LIT_AHEAD] * ahead + mean[LIT_BEHIND] * behind,
            lit_inside: mean[LIT_BEHIND] * ahead + mean[LIT_AHEAD] * behind,
            seen: mean[INSIDE],
            frame: profile.line.frame,
        }
    }

    /// The same stretch with the quadrilateral on its other side.
    const fn facing_back(self) -> Self {
        Self {
            outward: self.inward,
            inward: self.outward,
            step: -self.step,
            lit_outside: self.lit_inside,
            lit_inside: self.lit_outside,
            ..self
        }
    }
}

/// A quadrilateral of the coarse view with the evidence on its sides (top, right, bottom, left).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) quad: Quad,
    pub(crate) sides: [Side; 4],
    /// First guess with the film's polarity.
    pub(crate) as_film: f32,
    /// First guess without polarity.
    pub(crate) as_screen: f32,
}

impl Candidate {
    fn new(quad: Quad, sides: [Side; 4], area_share: f64) -> Self {
        let size = 0.3 * (area_share as f32).sqrt();
        let guess = |support: &dyn Fn(&Side) -> f32| {
            let values = sides.map(|s| if s.frame { 0.3 } else { support(&s) * s.seen.powf(0.5) });
            let mean = values.iter().sum::<f32>() / 4.0;
            let least = values.iter().copied().fold(f32::INFINITY, f32::min);
            mean + 0.6 * least + size
        };
        Self {
            quad,
            sides,
            as_film: guess(&|s| s.outward + 0.15 * s.lit_outside),
            as_screen: guess(&|s| s.outward.max(s.inward)),
        }
    }
}

/// Where two lines cross.
fn crossing(a: &Line, b: &Line) -> Option<Point> {
    let det = a.cos * b.sin - a.sin * b.cos;
    if det.abs() < 0.2 {
        return None;
    }
    let x = (a.rho * b.sin - a.sin * b.rho) / det;
    let y = (a.cos * b.rho - a.rho * b.cos) / det;
    Some(Point::new(x, y))
}

/// How many of the best candidates by each first guess go on to a closer look.
const KEPT_EACH: usize = 110;

/// The most promising quadrilaterals of all pairs of level and upright lines.
pub(crate) fn candidates(view: &View, level: &[Line], upright: &[Line]) -> Vec<Candidate> {
    let profiles = |lines: &[Line]| -> Vec<Profile> {
        lines.iter().map(|line| Profile::new(view, *line)).collect()
    };
    let (level, upright) = both(|| profiles(level), || profiles(upright));
    let (cx, cy) = (view.width() / 2.0, view.height() / 2.0);
    let rows = pairs(&level, |p| on_line(&p.line, cx).y);
    let columns = pairs(&upright, |p| on_line(&p.line, cy).x);
    let crossings: Vec<Vec<Option<Point>>> = level
        .iter()
        .map(|row| upright.iter().map(|column| crossing(&row.line, &column.line)).collect())
        .collect();
    // Each stretch of a line between two others is a side of many quadrilaterals.
    let (across, down) = both(
        || stretches(&level, &columns, |line, other| crossings[line][other]),
        || stretches(&upright, &rows, |line, other| crossings[other][line]),
    );
    let of = |rows_from: usize, some_rows: &[(usize, usize)]| {
        let mut all = Vec::new();
        for (row, &(top, bottom)) in some_rows.iter().enumerate() {
            let row = rows_from + row;
            for (column, &(left, right)) in columns.iter().enumerate() {
                let corners = [(top, left), (top, right), (bottom, right), (bottom, left)];
                let [Some(a), Some(b), Some(c), Some(d)] = corners.map(|(i, j)| crossings[i][j])
                else {
                    continue;
                };
                let sides = || {
                    Some([
                        across[top][column]?,
                        down[right][row]?.facing_back(),
                        across[bottom][column]?.facing_back(),
                        down[left][row]?,
                    ])
                };
                all.extend(candidate(view, [a, b, c, d], sides));
            }
        }
        all
    };
    let half = rows.len() / 2;
    let (mut all, rest) = both(|| of(0, &rows[..half]), || of(half, &rows[half..]));
    all.extend(rest);
    shortlist(all)
}

/// For every line and every pair of lines of the other run what the line shows between them, seen with
/// the quadrilateral ahead.
fn stretches(
    lines: &[Profile],
    pairs: &[(usize, usize)],
    crossing: impl Fn(usize, usize) -> Option<Point>,
) -> Vec<Vec<Option<Side>>> {
    let of = |line: usize| {
        let side = |&(from, to): &(usize, usize)| {
            Some(Side::of(&lines[line], crossing(line, from)?, crossing(line, to)?, false))
        };
        pairs.iter().map(side).collect()
    };
    (0..lines.len()).map(of).collect()
}

/// The candidate whose sides run through these corners (top left, top right, bottom right, bottom
/// left), when its sides are level and upright enough to be told apart.
pub(crate) fn through(view: &View, quad: &Quad) -> Option<Candidate> {
    let [tl, tr, br, bl] = *quad.points();
    let side = |run, from: Point, to: Point| {
        let (dx, dy, length) = (to.x - from.x, to.y - from.y, from.distance(to));
        // The normal points down of level lines and to the right of upright ones.
        let (cos, sin) = match run {
            Run::Level => (-dy / length, dx / length),
            Run::Upright => (dy / length, -dx / length),
        };
        let steep = match run {
            Run::Level => sin,
            Run::Upright => cos,
        };
        let line = Line { run, cos, sin, rho: from.x * cos + from.y * sin, frame: false };
        (steep > RUN_MIN).then(|| Profile::new(view, line))
    };
    let top = side(Run::Level, tl, tr)?;
    let right = side(Run::Upright, tr, br)?;
    let bottom = side(Run::Level, bl, br)?;
    let left = side(Run::Upright, tl, bl)?;
    let corners = [
        crossing(&top.line, &left.line)?,
        crossing(&top.line, &right.line)?,
        crossing(&bottom.line, &right.line)?,
        crossing(&bottom.line, &left.line)?,
    ];
    let [tl, tr, br, bl] = corners;
    candidate(view, corners, || {
        Some([
            Side::of(&top, tl, tr, false),
            Side::of(&right, tr, br, true),
            Side::of(&bottom, bl, br, true),
            Side::of(&left, tl, bl, false),
        ])
    })
}

/// All pairs of profiles, by number, with the one of smaller `place` first.
fn pairs(list: &[Profile], place: impl Fn(&Profile) -> f64) -> Vec<(usize, usize)> {
    let places: Vec<f64> = list.iter().map(place).collect();
    let mut pairs = Vec::new();
    for i in 0..places.len() {
        for j in i + 1..places.len() {
            pairs.push(if places[i] <= places[j] { (i, j) } else { (j, i) });
        }
    }
    pairs
}

/// The candidate with these corners, if it can be a film; `sides` are looked at only then.
fn candidate(
    view: &View,
    corners: [Point; 4],
    sides: impl FnOnce() -> Option<[Side; 4]>,
) -> Option<Candidate> {
    let (w, h) = (view.width(), view.height());
    let near = |p: &Point| {
        p.x > -OVERHANG * w
            && p.x < (1.0 + OVERHANG) * w
            && p.y > -OVERHANG * h
            && p.y < (1.0 + OVERHANG) * h
    };
    if corners[0].x >= corners[1].x || corners[0].y >= corners[3].y || !corners.iter().all(near) {
        return None;
    }
    let quad = Quad::new(corners)?;
    let area_share = quad.area() / (w * h);
    let [a, b, c, d] = quad.sides();
    let (width, height) = quad.mean_size();
    if area_share < AREA_SHARE_MIN
        || (a / c).max(c / a) > OPPOSITE_RATIO_MAX
        || (b / d).max(d / b) > OPPOSITE_RATIO_MAX
        || (width / height).max(height / width) > SHAPE_RATIO_MAX
    {
        return None;
    }
    let sides = sides()?;
    if sides.iter().filter(|s| s.frame).count() > 2 {
        return None;
    }
    Some(Candidate::new(quad, sides, area_share))
}

/// The best by either first guess, without repeats.
fn shortlist(mut all: Vec<Candidate>) -> Vec<Candidate> {
    all.sort_by(|a, b| b.as_film.total_cmp(&a.as_film));
    let rest = all.split_off(all.len().min(KEPT_EACH));
    let mut rest = rest;
    rest.sort_by(|a, b| b.as_screen.total_cmp(&a.as_screen));
    all.extend(rest.into_iter().take(KEPT_EACH));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digitise::hough::lines;
    use crate::digitise::phantom;
    use crate::digitise::view::Views;

    #[test]
    fn the_film_is_a_candidate_and_light_rises_outwards_from_it() {
        let (views, _) = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let (level, upright) = lines(&views.coarse, 18);
        let wanted = phantom::corners()
            .points()
            .map(|p| Point::new(p.x / views.coarse.scale, p.y / views.coarse.scale));
        let all = candidates(&views.coarse, &level, &upright);
        let film = all
            .iter()
            .find(|c| c.quad.points().iter().zip(&wanted).all(|(p, q)| p.distance(*q) < 4.0))
            .expect("the film's quadrilateral");
        for side in film.sides {
            assert!(side.outward > 0.7 && side.step > 0.5, "{side:?}");
            assert!(side.lit_outside > 0.9 && side.lit_inside < 0.1, "{side:?}");
        }
    }

    #[test]
    fn the_shortlist_is_limited() {
        let (views, _) = Views::new(&phantom::film_on_a_box()).expect("large enough");
        let (level, upright) = lines(&views.coarse, 18);
        let all = candidates(&views.coarse, &level, &upright);
        assert!(all.len() <= 2 * KEPT_EACH);
    }
}
