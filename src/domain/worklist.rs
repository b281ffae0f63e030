//! Which studies the worklist shows, and from where on.
//!
//! The order itself is in the database, since an index has to follow it: `study.turn` says what a
//! study waits for, `study.place` orders studies of the same turn (`store/upgrade`).

use crate::domain::people::Phi;
use crate::domain::reading::Urgency;
use crate::domain::stamp::WallMs;
use crate::domain::study::StudyState;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A day of the calendar on the clinic's wall, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day of a time, where local time is UTC plus the offset.
    #[must_use]
    pub const fn of(at: WallMs, utc_offset_minutes: i32) -> Self {
        Self((at.0 + offset_ms(utc_offset_minutes)).div_euclid(DAY_MS))
    }

    /// Reads `2026-11-28`; years from 1970 to 9999.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<i64>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let whole = parts.next().is_none() && year >= 1970 && (1..=12).contains(&month);
        (whole && (1..=month_days(year, month)).contains(&day))
            .then(|| Self(days_before(year, month) + day - 1))
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i64, i64, i64) {
        let mut year = 1970 + self.0.div_euclid(366);
        while days_before(year + 1, 1) <= self.0 {
            year += 1;
        }
        let months = (1..=12).rev();
        let month = months.into_iter().find(|month| days_before(year, *month) <= self.0);
        let month = month.unwrap_or(1);
        (year, month, self.0 - days_before(year, month) + 1)
    }

    /// The time from this day's beginning on, for that many days.
    const fn span(self, days: i64, utc_offset_minutes: i32) -> Span {
        let from = self.0 * DAY_MS - offset_ms(utc_offset_minutes);
        Span { from: WallMs(from), until: WallMs(from + days * DAY_MS) }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

const fn offset_ms(minutes: i32) -> i64 {
    minutes as i64 * 60_000
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the first of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let years = year - 1;
    let leaps = |years: i64| years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let whole = (year - 1970) * 365 + leaps(years) - leaps(1969);
    whole + (1..month).map(|month| month_days(year, month)).sum::<i64>()
}

/// A stretch of wall clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First moment of it.
    pub from: WallMs,
    /// First moment after it.
    pub until: WallMs,
}

/// When the studies of a list were registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// On whatever day.
    #[default]
    AnyDay,
    /// Today.
    Today,
    /// Today and the six days before.
    Week,
    /// On that day.
    On(Day),
}

impl When {
    /// Word used in addresses; nothing for any day.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::AnyDay => String::new(),
            Self::Today => "today".to_owned(),
            Self::Week => "week".to_owned(),
            Self::On(day) => day.to_string(),
        }
    }

    /// Reads [`When::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "" => Some(Self::AnyDay),
            "today" => Some(Self::Today),
            "week" => Some(Self::Week),
            day => Day::parse(day).map(Self::On),
        }
    }
}

/// What day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The day.
    pub today: Day,
    /// Local time minus UTC, minutes.
    pub utc_offset_minutes: i32,
}

impl Calendar {
    /// The time that is meant; `None` for any day.
    #[must_use]
    pub const fn span(self, when: When) -> Option<Span> {
        let (first, days) = match when {
            When::AnyDay => return None,
            When::Today => (self.today, 1),
            When::Week => (Day(self.today.0 - 6), 7),
            When::On(day) => (day, 1),
        };
        Some(first.span(days, self.utc_offset_minutes))
    }
}

/// What is looked for in names and numbers: 1 to [`SearchText::CHARS_MAX`] characters.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchText(String);

impl std::fmt::Debug for SearchText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchText(…)")
    }
}

impl SearchText {
    /// Longest text, characters.
    pub const CHARS_MAX: usize = 80;

    /// Blanks around it do not count; `None` when nothing is left, or too much.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= Self::CHARS_MAX;
        (fits && !text.contains(char::is_control)).then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The study number that it may be.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        let digits = self.0.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| self.0.parse().ok())?
    }
}

/// Where a study stands in the list. Pages go on from the last row that was shown, so that a study
/// that comes or goes meanwhile moves no other one over the edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it waits for.
    pub turn: i64,
    /// Its place among those.
    pub place: i64,
}

impl Place {
    /// Word used in addresses.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}.{}", self.turn, self.place)
    }

    /// Reads [`Place::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let (turn, place) = code.split_once('.')?;
        Some(Self { turn: turn.parse().ok()?, place: place.parse().ok()? })
    }
}

/// Which page of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turning {
    /// The first one.
    #[default]
    First,
    /// The one that begins after a row.
    After(Place),
    /// The one that ends before a row.
    Before(Place),
}

/// Which part of the worklist to show.
#[derive(Clone, Debug, Default)]
pub struct WorklistQuery {
    /// Only this state; `None`: all but voided ones.
    pub state: Option<StudyState>,
    /// Only this urgency, of what nobody has signed unless that state is asked for.
    pub urgency: Option<Urgency>,
    /// Only studies registered then.
    pub when: When,
    /// Only studies whose number this is, or whose patient's name or number contains it.
    pub text: Option<Phi<SearchText>>,
    /// Which page.
    pub turning: Turning,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        let check = |text: &str, days: i64| {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
            assert_eq!(Day(days).to_string(), text);
        };
        check("1970-01-01", 0);
        check("1972-02-29", 789);
        check("2000-03-01", 11_017);
        check("2026-11-28", 20_785);
        check("9999-12-31", 2_932_896);
        for days in (0..2_932_896).step_by(97) {
            assert_eq!(Day::parse(&Day(days).to_string()), Some(Day(days)));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        let wrong = ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "1969-12-31"];
        for text in wrong.into_iter().chain(["2026-04-31", "+026-04-01", "2026-04-01-01", "x"]) {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_the_clinics_midnight() {
        // 18 November 2025, 14:35 in India.
        let today = Day::of(WallMs(1_763_456_701_000), 330);
        assert_eq!(today.to_string(), "2025-11-18");
        let calendar = Calendar { today, utc_offset_minutes: 330 };
        let span = calendar.span(When::Today).unwrap();
        assert_eq!(Day::of(span.from, 330), today);
        assert_eq!(Day::of(WallMs(span.from.0 - 1), 330).to_string(), "2025-11-17");
        assert_eq!(span.until.0 - span.from.0, DAY_MS);
        let week = calendar.span(When::Week).unwrap();
        assert_eq!(week.until, span.until);
        assert_eq!(Day::of(week.from, 330).to_string(), "2025-11-12");
        assert_eq!(calendar.span(When::AnyDay), None);
    }

    #[test]
    fn addresses_read_back_what_they_say() {
        let day = Day::parse("2026-11-28").unwrap();
        for when in [When::AnyDay, When::Today, When::Week, When::On(day)] {
            assert_eq!(When::parse(&when.code()), Some(when));
        }
        let place = Place { turn: 3, place: -120 };
        assert_eq!(Place::parse(&place.code()), Some(place));
        assert_eq!(Place::parse("3"), None);
    }

    #[test]
    fn only_digits_may_be_a_study_number() {
        let number = |text: &str| SearchText::parse(text).unwrap().number();
        assert_eq!(number(" 00012 "), Some(12));
        assert_eq!(number("K-12"), None);
        assert_eq!(number("99999999999999999999"), None);
        assert_eq!(SearchText::parse("  "), None);
        assert_eq!(SearchText::parse(&"x".repeat(81)), None);
    }
}
