//! Weeks as ISO 8601 has them: from Monday, named by year and number.

use std::fmt;

use crate::domain::stamp::WallMs;

/// 1970-01-01 as a Julian day.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;
/// Days from the Monday of the week that holds 1970-01-01, a Thursday, to that day.
const EPOCH_FROM_MONDAY: i64 = 3;

/// A week: weeks since the one that holds 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(pub i64);

impl Week {
    /// What the rows have in place of a week where no clock was confirmed.
    pub const UNDATED: i64 = -1;

    /// The week of a day, days since 1970.
    #[must_use]
    pub const fn of_day(day: i64) -> Self {
        Self((day + EPOCH_FROM_MONDAY).div_euclid(7))
    }

    /// Its Monday, days since 1970.
    #[must_use]
    pub const fn monday(self) -> i64 {
        self.0 * 7 - EPOCH_FROM_MONDAY
    }

    /// Year and number; `None` beyond the calendar.
    #[must_use]
    pub fn name(self) -> Option<(i32, u8)> {
        let day = i32::try_from(self.monday() + EPOCH_JULIAN_DAY).ok()?;
        let date = time::Date::from_julian_day(day).ok()?;
        let (year, week, _) = date.to_iso_week_date();
        Some((year, week))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some((year, week)) => write!(f, "{year}-W{week:02}"),
            None => f.write_str("?"),
        }
    }
}

/// The day of a moment, UTC, days since 1970.
#[must_use]
pub const fn utc_day(wall: WallMs) -> i64 {
    wall.0.div_euclid(24 * 60 * 60 * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days since 1970 of a calendar day.
    fn day(year: i32, month: u8, day: u8) -> i64 {
        let month = time::Month::try_from(month).unwrap();
        let date = time::Date::from_calendar_date(year, month, day).unwrap();
        i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY
    }

    #[test]
    fn weeks_begin_on_monday_and_belong_to_the_year_of_their_thursday() {
        for (at, name) in [
            (day(1970, 1, 1), "1970-W01"),
            (day(2024, 12, 29), "2024-W52"),
            (day(2024, 12, 30), "2025-W01"),
            (day(2026, 12, 31), "2026-W53"),
            (day(2027, 1, 3), "2026-W53"),
            (day(2027, 1, 4), "2027-W01"),
        ] {
            assert_eq!(Week::of_day(at).to_string(), name, "{at}");
        }
        for at in day(2026, 11, 1)..day(2027, 2, 1) {
            let week = Week::of_day(at);
            assert!((0..7).contains(&(at - week.monday())), "{at}");
        }
    }
}
