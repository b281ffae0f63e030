//! What is wrong with the film itself, whatever photo is taken of it: its exposure, lungs that reach
//! its edge, a patient who was turned.
//!
//! Measured on the radiograph and the outlined lungs. Limits were set on 600 films of five public
//! sources and on the same films with a part cut off or another exposure (docs/performance.md).

use crate::domain::lungs::{Lung, LungFields};
use crate::domain::quality::QualityIssue;
use crate::domain::radiograph::Radiograph;

/// Lung along the edge of the film, share of the lung's greatest width (at top and bottom) or height
/// (at the sides). On films of whole chests at most 0.15 in 99 %; with a tenth of the lungs' height
/// cut off, 0.38 and more in 90 %.
const CUT_SHARE: f32 = 0.35;
/// Difference of the lungs' widths between a tenth and a half of their height: logarithm of the ratio.
/// 0.27 and less in 99 % of ordinary films.
const TURNED_LOG_RATIO: f32 = 0.30;
/// Share of the lungs within [`END_SHARE`] of the darkest level: 0.07 and less in 99 % of films.
const BLACK_LUNGS_SHARE: f32 = 0.15;
/// Share of what lies between the lungs within [`END_SHARE`] of the brightest level: 0.67 and less in
/// 99 % of films.
const WHITE_MIDDLE_SHARE: f32 = 0.75;
/// How near the ends of the grey scale a level counts as lost, share of the range.
const END_SHARE: f32 = 0.04;
/// Darkest and brightest level, share of all cells below it.
const LOWEST: f32 = 0.005;
const HIGHEST: f32 = 0.995;
/// Rows both lungs must share to be compared, cells.
const ROWS_MIN: usize = 8;

/// What a reader should know about the film itself, worst first.
#[must_use]
pub fn film_faults(radiograph: &Radiograph, lungs: &LungFields) -> Vec<QualityIssue> {
    let mut faults = Vec::new();
    if edge_share(lungs) >= CUT_SHARE {
        faults.push(QualityIssue::LungsCutOff);
    }
    let rows = Rows::of(lungs);
    let levels = levels(radiograph, lungs);
    let [black, white] = lost(&levels, lungs, &rows);
    if black >= BLACK_LUNGS_SHARE {
        faults.push(QualityIssue::FilmOverexposed);
    }
    if white >= WHITE_MIDDLE_SHARE {
        faults.push(QualityIssue::FilmUnderexposed);
    }
    if rows.width_ratio().is_some_and(|ratio| ratio >= TURNED_LOG_RATIO) {
        faults.push(QualityIssue::PatientTurned);
    }
    faults
}

/// The longest run of lung along an edge, share of the lung's greatest extent that way.
fn edge_share(lungs: &LungFields) -> f32 {
    let (width, height) = (lungs.width(), lungs.height());
    let is = |lung: Lung, x: usize, y: usize| lungs.cells()[y * width + x].lung() == Some(lung);
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let of = |lung: Lung| {
        let across = |y: usize| (0..width).filter(|x| is(lung, *x, y)).count();
        let down = |x: usize| (0..height).filter(|y| is(lung, x, *y)).count();
        let widest = (0..height).map(across).max().unwrap_or(0);
        let tallest = (0..width).map(down).max().unwrap_or(0);
        let side = match lung {
            Lung::Right => 0,
            Lung::Left => width - 1,
        };
        let ends = share(across(0).max(across(height - 1)), widest);
        ends.max(share(down(side), tallest))
    };
    Lung::BOTH.into_iter().map(of).fold(0.0, f32::max)
}

/// First and one past the last column of each lung in the rows that both have.
#[derive(Debug)]
struct Rows {
    /// Row, right lung, left lung.
    list: Vec<(usize, [(usize, usize); 2])>,
    /// First row that both lungs have, and how many rows there are from it to the last one.
    first: usize,
    count: usize,
}

impl Rows {
    fn of(lungs: &LungFields) -> Self {
        let span = |lung: Lung, y: usize| {
            let row = &lungs.cells()[y * lungs.width()..(y + 1) * lungs.width()];
            let inside = |cell: &crate::domain::lungs::Cell| cell.lung() == Some(lung);
            let first = row.iter().position(inside)?;
            Some((first, row.iter().rposition(inside)? + 1))
        };
        let both = |y: usize| Some((y, [span(Lung::Right, y)?, span(Lung::Left, y)?]));
        let list: Vec<_> = (0..lungs.height()).filter_map(both).collect();
        let first = list.first().map_or(0, |row| row.0);
        let count = list.last().map_or(0, |row| row.0 + 1 - first);
        Self { list, first, count }
    }

    /// Rows between two shares of the common height.
    fn between(&self, from: f32, to: f32) -> impl Iterator<Item = &(usize, [(usize, usize); 2])> {
        let at = move |share: f32| self.first + (share * self.count as f32) as usize;
        self.list.iter().filter(move |row| (at(from)..at(to)).contains(&row.0))
    }

    /// How much wider one lung is than the other: logarithm of the ratio; nothing without enough rows.
    fn width_ratio(&self) -> Option<f32> {
        if self.count < ROWS_MIN {
            return None;
        }
        let wide = |lung: usize| -> f32 {
            self.between(0.1, 0.5).map(|(_, spans)| (spans[lung].1 - spans[lung].0) as f32).sum()
        };
        let ratio = (wide(0) / wide(1)).ln().abs();
        ratio.is_finite().then_some(ratio)
    }
}

/// Mean grey level of the radiograph in each cell of the lungs' grid.
fn levels(radiograph: &Radiograph, lungs: &LungFields) -> Vec<f32> {
    let (columns, rows) = (lungs.width(), lungs.height());
    let (width, height) = (radiograph.width() as usize, radiograph.height() as usize);
    let span = |at: usize, cells: usize, pixels: usize| {
        let from = (at * pixels / cells).min(pixels - 1);
        from..((at + 1) * pixels / cells).clamp(from + 1, pixels)
    };
    let mean = |cell: usize| {
        let across = span(cell % columns, columns, width);
        let down = span(cell / columns, rows, height);
        let count = across.len() * down.len();
        let line =
            |y: usize| &radiograph.pixels()[y * width + across.start..y * width + across.end];
        let sum: u32 = down.flat_map(line).map(|v| u32::from(*v)).sum();
        sum as f32 / count as f32
    };
    (0..columns * rows).map(mean).collect()
}

/// Share of the lungs that is black, and of what lies between them that is white.
fn lost(levels: &[f32], lungs: &LungFields, rows: &Rows) -> [f32; 2] {
    let mut sorted = levels.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f32| sorted[((sorted.len() - 1) as f32 * share) as usize];
    let (low, high) = (at(LOWEST), at(HIGHEST));
    let end = END_SHARE * (high - low);
    let share = |(lost, all): (usize, usize)| lost as f32 / all.max(1) as f32;
    let count = |counts: (usize, usize), lost: bool| (counts.0 + usize::from(lost), counts.1 + 1);
    let lung = levels.iter().zip(lungs.cells()).filter(|(_, cell)| cell.lung().is_some());
    let black = lung.fold((0, 0), |counts, (level, _)| count(counts, *level <= low + end));
    let middle = rows.between(0.2, 0.9).flat_map(|(y, [right, left])| {
        let row = &levels[y * lungs.width()..(y + 1) * lungs.width()];
        row[right.1.min(left.0)..left.0].iter()
    });
    let white = middle.fold((0, 0), |counts, level| count(counts, *level >= high - end));
    [share(black), share(white)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lungs::Cell;

    const SIDE: usize = 64;

    /// Lungs as rectangles: columns of the right one, of the left one, rows of both.
    fn lungs(
        right: std::ops::Range<usize>,
        left: std::ops::Range<usize>,
        rows: std::ops::Range<usize>,
    ) -> LungFields {
        let cell = |i: usize| match (i % SIDE, i / SIDE) {
            (x, y) if rows.contains(&y) && right.contains(&x) => Cell::Clear(Lung::Right),
            (x, y) if rows.contains(&y) && left.contains(&x) => Cell::Clear(Lung::Left),
            _ => Cell::Outside,
        };
        LungFields::new(SIDE, SIDE, (0..SIDE * SIDE).map(cell).collect()).expect("two lungs")
    }

    fn whole() -> LungFields {
        lungs(8..26, 38..56, 8..54)
    }

    /// A black rim, grey soft tissue, lungs and the middle with texture around these levels.
    fn film(fields: &LungFields, lung: u8, middle: u8) -> Radiograph {
        let pixel = |i: usize| {
            let (x, y) = (i % (2 * SIDE), i / (2 * SIDE));
            let texture = u8::try_from((x / 4 + y / 6) % 5 * 8).expect("small");
            if !(4..124).contains(&x) {
                return 4;
            }
            match fields.cells()[y / 2 * SIDE + x / 2] {
                Cell::Outside if (52..76).contains(&x) => middle.saturating_add(texture),
                Cell::Outside => 120,
                _ => lung.saturating_add(texture),
            }
        };
        let pixels = (0..4 * SIDE * SIDE).map(pixel).collect();
        Radiograph::new(2 * SIDE as u32, 2 * SIDE as u32, pixels).expect("pixels")
    }

    #[test]
    fn an_ordinary_film_has_no_fault() {
        assert_eq!(film_faults(&film(&whole(), 50, 190), &whole()), []);
    }

    #[test]
    fn lungs_at_any_edge_are_cut_off() {
        use QualityIssue::LungsCutOff;
        for fields in [
            lungs(8..26, 38..56, 0..54),
            lungs(8..26, 38..56, 8..64),
            lungs(0..26, 38..60, 8..54),
            lungs(4..26, 38..64, 8..54),
        ] {
            assert_eq!(film_faults(&film(&fields, 50, 190), &fields), [LungsCutOff]);
        }
    }

    #[test]
    fn lungs_of_unlike_width_speak_for_a_turned_patient() {
        let fields = lungs(8..30, 42..56, 8..54);
        let faults = film_faults(&film(&fields, 50, 190), &fields);
        assert_eq!(faults, [QualityIssue::PatientTurned]);
        let little = lungs(8..27, 39..56, 8..54);
        assert_eq!(film_faults(&film(&little, 50, 190), &little), []);
    }

    #[test]
    fn lost_lungs_and_a_lost_middle_are_told_apart() {
        let whole = whole();
        let black = Radiograph::new(
            2 * SIDE as u32,
            2 * SIDE as u32,
            film(&whole, 0, 190).pixels().iter().map(|v| v.saturating_sub(40)).collect(),
        );
        let faults = film_faults(&black.expect("pixels"), &whole);
        assert_eq!(faults, [QualityIssue::FilmOverexposed]);
        let white = film_faults(&film(&whole, 110, 255), &whole);
        assert_eq!(white, [QualityIssue::FilmUnderexposed]);
    }
}
