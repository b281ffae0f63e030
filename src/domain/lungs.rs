//! Where the lungs are in a radiograph, and what share of them is affected.
//!
//! Sides are the patient's: in an upright, unmirrored radiograph the right lung is on the left.

use crate::domain::report::{Side, Zone};

/// A rectangle in shares of a picture: 0 to 1, right and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Extent {
    /// The whole picture.
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

    /// `None` unless `0 <= left < right <= 1` and `0 <= top < bottom <= 1`.
    #[must_use]
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Option<Self> {
        let ordered = |low: f32, high: f32| 0.0 <= low && low < high && high <= 1.0;
        (ordered(left, right) && ordered(top, bottom)).then_some(Self { left, top, right, bottom })
    }

    /// Left, top, right, bottom.
    #[must_use]
    pub const fn sides(&self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom]
    }

    /// Enlarged by a share of its own width and height on every side, as far as the picture goes.
    #[must_use]
    pub fn enlarged(self, margin: f32) -> Self {
        let (dx, dy) = (margin * (self.right - self.left), margin * (self.bottom - self.top));
        Self {
            left: (self.left - dx).max(0.0),
            top: (self.top - dy).max(0.0),
            right: (self.right + dx).min(1.0),
            bottom: (self.bottom + dy).min(1.0),
        }
    }
}

/// A share in percent, finite, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(f32);

impl Percent {
    /// `None` for anything that is not a finite number from 0 to 100.
    #[must_use]
    pub fn new(value: f32) -> Option<Self> {
        (value.is_finite() && (0.0..=100.0).contains(&value)).then_some(Self(value))
    }

    /// The number, 0 to 100.
    #[must_use]
    pub const fn value(self) -> f32 {
        self.0
    }

    fn of(part: usize, whole: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of cells stay below 2^20")]
        let share = if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
        Self(share.clamp(0.0, 1.0) * 100.0)
    }
}

/// What one cell of the grid shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// Neither lung.
    Outside,
    /// A lung without opacity here.
    Clear(Lung),
    /// A lung with opacity here.
    Opaque(Lung),
}

/// One of the two lungs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lung {
    /// The patient's right lung, left in the radiograph.
    Right,
    /// The patient's left lung, right in the radiograph; with the part behind the heart.
    Left,
}

impl Lung {
    /// Right, then left.
    pub const BOTH: [Self; 2] = [Self::Right, Self::Left];

    /// The same as a side.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Right => Side::Right,
            Self::Left => Side::Left,
        }
    }
}

impl Cell {
    /// The lung that the cell belongs to.
    #[must_use]
    pub const fn lung(self) -> Option<Lung> {
        match self {
            Self::Outside => None,
            Self::Clear(lung) | Self::Opaque(lung) => Some(lung),
        }
    }

    /// Stable code of one byte.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Outside => 0,
            Self::Clear(Lung::Right) => 1,
            Self::Clear(Lung::Left) => 2,
            Self::Opaque(Lung::Right) => 3,
            Self::Opaque(Lung::Left) => 4,
        }
    }

    /// Reads a [`Cell::code`].
    #[must_use]
    pub const fn parse(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Outside),
            1 => Some(Self::Clear(Lung::Right)),
            2 => Some(Self::Clear(Lung::Left)),
            3 => Some(Self::Opaque(Lung::Right)),
            4 => Some(Self::Opaque(Lung::Left)),
            _ => None,
        }
    }
}

/// Both lungs on a grid that covers the whole radiograph. Has at least one cell of each lung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LungFields {
    width: usize,
    height: usize,
    cells: Vec<Cell>,
}

impl LungFields {
    /// `None` unless `cells` holds `width * height` cells, row by row, with both lungs among them.
    #[must_use]
    pub fn new(width: usize, height: usize, cells: Vec<Cell>) -> Option<Self> {
        let shaped = width > 0 && width.checked_mul(height) == Some(cells.len());
        let has = |lung| cells.iter().any(|cell| cell.lung() == Some(lung));
        (shaped && has(Lung::Right) && has(Lung::Left)).then_some(Self { width, height, cells })
    }

    /// Cells across.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Cells down.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The cells, row by row.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The lung at a place in shares of the radiograph, 0 to 1.
    #[must_use]
    pub fn lung_at(&self, x: f32, y: f32) -> Option<Lung> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "shares of a grid whose sides stay below 2^12"
        )]
        let index = |share: f32, len: usize| ((share * len as f32).max(0.0) as usize).min(len - 1);
        self.cells[index(y, self.height) * self.width + index(x, self.width)].lung()
    }

    /// The tightest rectangle around both lungs.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let inside = || self.places().filter(|(_, _, cell)| cell.lung().is_some());
        let (mut x0, mut y0, mut x1, mut y1) = (self.width, self.height, 0, 0);
        for (x, y, _) in inside() {
            (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1));
        }
        #[expect(clippy::cast_precision_loss, reason = "grid sides stay below 2^12")]
        let share = |at: usize, len: usize| at as f32 / len as f32;
        Extent {
            left: share(x0, self.width),
            top: share(y0, self.height),
            right: share(x1, self.width),
            bottom: share(y1, self.height),
        }
    }

    /// First and last row of a lung.
    fn rows(&self, lung: Lung) -> (usize, usize) {
        let rows =
            self.places().filter(|(_, _, cell)| cell.lung() == Some(lung)).map(|(_, y, _)| y);
        rows.fold((self.height, 0), |(low, high), y| (low.min(y), high.max(y)))
    }

    /// The third of a lung's own height in which a row lies.
    #[must_use]
    pub fn zone(&self, lung: Lung, row: usize) -> Zone {
        let (first, last) = self.rows(lung);
        let (at, len) = (row.clamp(first, last) - first, last - first + 1);
        match at * 3 / len {
            0 => Zone::Upper,
            1 => Zone::Middle,
            _ => Zone::Lower,
        }
    }

    /// How much of the lungs is opaque.
    #[must_use]
    pub fn affected(&self) -> AffectedShares {
        let mut counts = [[(0_usize, 0_usize); 3]; 2];
        for lung in Lung::BOTH {
            let (first, last) = self.rows(lung);
            for (_, y, cell) in self.places().filter(|(_, _, cell)| cell.lung() == Some(lung)) {
                let third = (y - first) * 3 / (last - first + 1);
                let (opaque, all) = &mut counts[lung as usize][third];
                *opaque += usize::from(matches!(cell, Cell::Opaque(_)));
                *all += 1;
            }
        }
        let sum = |zones: &[(usize, usize)]| {
            zones.iter().fold((0, 0), |(a, b), (opaque, all)| (a + opaque, b + all))
        };
        let percent = |(opaque, all): (usize, usize)| Percent::of(opaque, all);
        let (right, left) = (sum(&counts[0]), sum(&counts[1]));
        AffectedShares {
            both: percent((right.0 + left.0, right.1 + left.1)),
            lungs: [percent(right), percent(left)],
            zones: counts.map(|zones| zones.map(percent)),
        }
    }

    /// Share of both lungs' cells for whose middle, in shares of the radiograph, `test` holds.
    #[must_use]
    pub fn share_where(&self, test: impl Fn(f32, f32) -> bool) -> Percent {
        #[expect(clippy::cast_precision_loss, reason = "grid sides stay below 2^12")]
        let middle = |at: usize, len: usize| (at as f32 + 0.5) / len as f32;
        let inside = self.places().filter(|(_, _, cell)| cell.lung().is_some());
        let (part, all) = inside.fold((0, 0), |(part, all), (x, y, _)| {
            let holds = test(middle(x, self.width), middle(y, self.height));
            (part + usize::from(holds), all + 1)
        });
        Percent::of(part, all)
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize, Cell)> + '_ {
        self.cells.iter().enumerate().map(|(i, cell)| (i % self.width, i / self.width, *cell))
    }
}

/// Shares of lung with opacity. A film is flat: these are shares of area, not of volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AffectedShares {
    /// Of both lungs together.
    pub both: Percent,
    /// Of the right lung and of the left lung.
    pub lungs: [Percent; 2],
    /// Upper, middle and lower third of the right lung, then of the left one.
    pub zones: [[Percent; 3]; 2],
}

/// How far a measured share may move when the same film is photographed again: 90 % of repeats
/// stay within `base + slope * share`, percentage points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepeatError {
    /// At a share of 0, percentage points.
    pub base: f32,
    /// Growth by point of share.
    pub slope: f32,
}

impl RepeatError {
    /// `None` unless both numbers are finite and not negative.
    #[must_use]
    pub fn new(base: f32, slope: f32) -> Option<Self> {
        let fine = |v: f32| v.is_finite() && v >= 0.0;
        (fine(base) && fine(slope)).then_some(Self { base, slope })
    }

    /// Lower and upper end around a share.
    #[must_use]
    pub fn interval(self, share: Percent) -> (Percent, Percent) {
        let half = self.base + self.slope * share.0;
        (Percent((share.0 - half).max(0.0)), Percent((share.0 + half).min(100.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two lungs, three rows high and two cells wide each, with an empty rim and a gap.
    fn lungs(opaque: &[(usize, usize)]) -> LungFields {
        let cells = (0..5).flat_map(|y| (0..7).map(move |x| (x, y))).map(|(x, y)| {
            let lung = match (x, y) {
                (_, 0 | 4) | (0 | 3 | 6, _) => return Cell::Outside,
                (1 | 2, _) => Lung::Right,
                _ => Lung::Left,
            };
            if opaque.contains(&(x, y)) { Cell::Opaque(lung) } else { Cell::Clear(lung) }
        });
        LungFields::new(7, 5, cells.collect()).unwrap()
    }

    #[test]
    fn the_share_of_each_lung_and_zone_is_counted_on_its_own() {
        let shares = lungs(&[(1, 1), (2, 1), (4, 3)]).affected();
        assert_eq!(shares.both, Percent(25.0));
        assert!((shares.lungs[0].0 - 100.0 / 3.0).abs() < 1e-4);
        assert_eq!(shares.zones[0].map(Percent::value), [100.0, 0.0, 0.0]);
        assert_eq!(shares.zones[1].map(Percent::value), [0.0, 0.0, 50.0]);
    }

    #[test]
    fn clear_lungs_are_not_affected_and_full_ones_wholly() {
        assert_eq!(lungs(&[]).affected().both, Percent(0.0));
        let all: Vec<_> = (0..7).flat_map(|x| (0..5).map(move |y| (x, y))).collect();
        assert_eq!(lungs(&all).affected().both, Percent(100.0));
    }

    #[test]
    fn the_share_under_a_reflection_counts_lung_only() {
        let lungs = lungs(&[]);
        assert_eq!(lungs.share_where(|x, _| x < 0.5), Percent(50.0));
        assert_eq!(lungs.share_where(|_, y| y > 0.8), Percent(0.0));
    }

    #[test]
    fn one_lung_alone_is_no_pair() {
        let cells = vec![Cell::Clear(Lung::Right); 4];
        assert_eq!(LungFields::new(2, 2, cells), None);
    }

    #[test]
    fn the_extent_is_tight_and_grows_only_inside_the_picture() {
        let extent = lungs(&[]).extent();
        assert_eq!(extent.sides(), [1.0 / 7.0, 0.2, 6.0 / 7.0, 0.8]);
        assert_eq!(extent.enlarged(1.0), Extent::WHOLE);
    }

    #[test]
    fn the_interval_stays_a_share() {
        let error = RepeatError::new(3.0, 0.1).unwrap();
        let (low, high) = error.interval(Percent(1.0));
        assert!(low == Percent(0.0) && (high.value() - 4.1).abs() < 1e-4);
    }

    #[test]
    fn every_cell_reads_back_its_code() {
        for code in 0..=4 {
            assert_eq!(Cell::parse(code).unwrap().code(), code);
        }
        assert_eq!(Cell::parse(5), None);
    }
}
