//! An earlier film of the same patient: how it lies over the newer one, and whether the share of lung
//! affected has changed by more than another photo of the same film would change it.

use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::lungs::{Extent, LungFields, Percent};
use crate::domain::reading::LungReading;
use crate::domain::stamp::Stamp;
use crate::domain::study::StudyState;

/// An earlier study of the same patient that has a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// The study.
    pub study: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Where it stands.
    pub state: StudyState,
    /// When it was registered.
    pub registered: Stamp,
}

/// Lays one picture over another by the boxes around the lungs of both: each axis is moved and
/// stretched for itself. Neither turns: both films were put upright before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Registration {
    scale: [f32; 2],
    shift: [f32; 2],
}

impl Registration {
    /// The film as it lies, for films whose lungs were not outlined.
    pub const NONE: Self = Self { scale: [1.0, 1.0], shift: [0.0, 0.0] };

    /// From the lungs of the newer film to those of the earlier one.
    #[must_use]
    pub fn by_lungs(newer: &LungFields, earlier: &LungFields) -> Self {
        let (to, from): (Extent, Extent) = (newer.extent(), earlier.extent());
        let ([l, t, r, b], [pl, pt, pr, pb]) = (to.sides(), from.sides());
        let scale = [(pr - pl) / (r - l), (pb - pt) / (b - t)];
        Self { scale, shift: [pl - scale[0] * l, pt - scale[1] * t] }
    }

    /// The place in the earlier film that belongs to a place in the newer one; both in shares of
    /// width and height. May lie outside 0 to 1: nothing is to be seen there.
    #[must_use]
    pub fn earlier(&self, x: f32, y: f32) -> (f32, f32) {
        (self.scale[0] * x + self.shift[0], self.scale[1] * y + self.shift[1])
    }
}

/// What may be said of a change of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// More lung is affected, by more than the repeat error of both readings.
    More,
    /// Less lung is affected, by more than the repeat error of both readings.
    Less,
    /// The difference is within what another photo of either film could bring.
    NotReliable,
}

impl Change {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::Less => "less",
            Self::NotReliable => "not-reliable",
        }
    }
}

/// The share of lung affected then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareChange {
    /// Both lungs together in the earlier film.
    pub before: Percent,
    /// Both lungs together in the newer film.
    pub after: Percent,
    /// How far the difference may be off, percentage points.
    pub error: f32,
    /// What may be said of it.
    pub change: Change,
}

impl ShareChange {
    /// Compares two readings. The errors of both are independent, so their squares add up; both are
    /// ends of a 90 % interval, and so is the sum.
    ///
    /// `None` when different networks outlined them: the difference could be theirs.
    #[must_use]
    pub fn of(earlier: &LungReading, newer: &LungReading) -> Option<Self> {
        if earlier.model != newer.model {
            return None;
        }
        let (before, after) = (earlier.fields.affected().both, newer.fields.affected().both);
        let half = |reading: &LungReading, share: Percent| {
            reading.repeat_error.base + reading.repeat_error.slope * share.value()
        };
        let error = half(earlier, before).hypot(half(newer, after));
        let difference = after.value() - before.value();
        let change = match difference {
            d if d > error => Change::More,
            d if d < -error => Change::Less,
            _ => Change::NotReliable,
        };
        Some(Self { before, after, error, change })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::lungs::{Cell, Lung, RepeatError};
    use crate::domain::reading::ModelRef;
    use proptest::prelude::*;

    /// Two lungs in ten columns, from `top` to `bottom`, with the first `opaque` cells affected.
    fn fields(left: usize, top: usize, bottom: usize, opaque: usize) -> LungFields {
        let mut count = 0;
        let cells = (0..20).flat_map(|y| (0..20).map(move |x| (x, y))).map(|(x, y)| {
            let lung = match x {
                _ if !(top..bottom).contains(&y) => return Cell::Outside,
                x if (left..left + 4).contains(&x) => Lung::Right,
                x if (left + 5..left + 9).contains(&x) => Lung::Left,
                _ => return Cell::Outside,
            };
            count += 1;
            if count <= opaque { Cell::Opaque(lung) } else { Cell::Clear(lung) }
        });
        LungFields::new(20, 20, cells.collect()).unwrap()
    }

    fn reading(version: &str, opaque: usize) -> LungReading {
        LungReading {
            model: ModelRef {
                id: "lungs".into(),
                version: version.into(),
                sha256: Sha256Digest::from_bytes([0; 32]),
            },
            fields: fields(1, 2, 12, opaque),
            repeat_error: RepeatError::new(3.0, 0.0).unwrap(),
        }
    }

    #[test]
    fn a_change_counts_only_beyond_the_repeat_error_of_both_films() {
        // 80 cells: 4 more are 5 points, past the error of either film but beyond both only by 0.76.
        let check = |before, after, expected| {
            let found = ShareChange::of(&reading("1", before), &reading("1", after)).unwrap();
            assert_eq!(found.change, expected, "{before} to {after}");
            assert!((found.error - 18.0_f32.sqrt()).abs() < 1e-4);
        };
        check(0, 3, Change::NotReliable);
        check(0, 4, Change::More);
        check(40, 10, Change::Less);
        check(7, 7, Change::NotReliable);
    }

    #[test]
    fn readings_of_two_networks_are_not_compared() {
        assert_eq!(ShareChange::of(&reading("1", 0), &reading("2", 60)), None);
    }

    proptest! {
        #[test]
        fn the_lungs_of_both_films_come_to_lie_over_each_other(
            left in 0_usize..10, top in 0_usize..8, height in 2_usize..10,
            earlier_left in 0_usize..10, earlier_top in 0_usize..8, earlier_height in 2_usize..10,
        ) {
            let newer = fields(left, top, top + height, 0);
            let earlier = fields(earlier_left, earlier_top, earlier_top + earlier_height, 0);
            let lies = Registration::by_lungs(&newer, &earlier);
            let ([l, t, r, b], [pl, pt, pr, pb]) = (newer.extent().sides(), earlier.extent().sides());
            let close = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1) < 1e-4;
            prop_assert!(close(lies.earlier(l, t), (pl, pt)));
            prop_assert!(close(lies.earlier(r, b), (pr, pb)));
        }
    }
}
