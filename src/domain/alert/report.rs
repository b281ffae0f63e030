//! A month of alerts in figures: how long from the photo to a person's answer.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::alert::escalation::StepMinutes;
use crate::domain::alert::{AckMethod, AlertClass, AlertNumber};
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;

const DAY_MS: i64 = 24 * 3_600_000;
const MINUTE_MS: i64 = 60_000;
/// Answers that took longer are not believed: the clock was set in between, milliseconds.
pub(super) const BELIEVED_MS: i64 = 60 * DAY_MS;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    /// 1 to 12.
    month: u8,
}

impl Month {
    /// Reads "2026-11"; years 1970 to 9999.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let fits = year.len() == 4 && month.len() == 2;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !(fits && digits(year) && digits(month)) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (year >= 1970 && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month of a moment, local milliseconds since 1970.
    #[must_use]
    pub fn of(local_ms: i64) -> Self {
        let days = local_ms.div_euclid(DAY_MS).clamp(0, 2_900_000);
        // No month is longer than 31 days: the first guess is never too late.
        let mut month = Self { year: 1970, month: 1 };
        let guess = i32::try_from(days / 366).unwrap_or(0);
        month.year += guess;
        while month.next().first_day() <= days {
            month = month.next();
        }
        month
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The month before; January 1970 has none.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        match (self.year, self.month) {
            (1970, 1) => None,
            (year, 1) => Some(Self { year: year - 1, month: 12 }),
            (year, month) => Some(Self { year, month: month - 1 }),
        }
    }

    /// Its first moment, local milliseconds since 1970.
    #[must_use]
    pub fn first_ms(self) -> i64 {
        self.first_day() * DAY_MS
    }

    /// Days from 1970-01-01 to its first day (H. Hinnant, "chrono-compatible low-level date algorithms").
    fn first_day(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// One alert of a month.
#[derive(Clone, Debug)]
pub struct MonthAlert {
    /// Its number.
    pub number: AlertNumber,
    /// How pressing.
    pub class: AlertClass,
    /// When the photo came; `None`: not known any more.
    pub uploaded: Option<Stamp>,
    /// When the box found it.
    pub raised: Stamp,
    /// Who answered, how and when; `None`: nobody yet.
    pub answered: Option<(PersonName, AckMethod, Stamp)>,
    /// For how long the box had been on between, milliseconds.
    pub open_ms: i64,
    /// By how many ways people were told, counting each person's each way once.
    pub told: u32,
    /// Messages that could not be delivered.
    pub dead: u32,
}

impl MonthAlert {
    /// Minutes from the photo to the answer by the wall clock; `None` when nobody has answered, or when
    /// the clock was set in between so that the figure cannot be right.
    #[must_use]
    pub fn minutes(&self) -> Option<i64> {
        let (_, _, answered) = self.answered.as_ref()?;
        let from = self.uploaded.unwrap_or(self.raised);
        let (waited, passed) =
            (answered.wall.0 - from.wall.0, answered.wall.0 - self.raised.wall.0);
        // The box cannot have been on for longer than time has passed.
        let believed =
            (0..=BELIEVED_MS).contains(&waited) && passed + 2 * MINUTE_MS >= self.open_ms;
        believed.then_some(waited / MINUTE_MS)
    }

    /// Whether somebody beyond the first person's first way had to be told.
    #[must_use]
    pub const fn escalated(&self) -> bool {
        self.told > 1
    }
}

/// Figures of some alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Alerts.
    pub alerts: u32,
    /// Answered by a person.
    pub answered: u32,
    /// Answered, with a time that can be right.
    pub timed: u32,
    /// Half of the answers took at most so many minutes; `None` without any.
    pub median_minutes: Option<i64>,
    /// Nine of ten answers took at most so many minutes.
    pub p90_minutes: Option<i64>,
    /// Of the timed ones, those within the target.
    pub within: u32,
    /// Where somebody beyond the first person's first way had to be told.
    pub escalated: u32,
    /// Messages that could not be delivered.
    pub dead: u32,
}

/// A month in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthReport {
    /// By urgency, the most pressing first.
    pub classes: Vec<(AlertClass, Figures)>,
    /// By the person who answered, by name.
    pub people: Vec<(PersonName, Figures)>,
}

/// Within how many minutes somebody should answer: for a critical alert before everybody has to be told,
/// for all others within a day.
#[must_use]
pub fn target_minutes(class: AlertClass, step: StepMinutes) -> i64 {
    match class {
        AlertClass::Critical => 3 * i64::from(step.get()),
        AlertClass::Suspect | AlertClass::Digest => 24 * 60,
    }
}

/// Puts a month into figures.
#[must_use]
pub fn month_report(alerts: &[MonthAlert], step: StepMinutes) -> MonthReport {
    let figures = |chosen: &[&MonthAlert]| {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut minutes: Vec<_> = chosen.iter().filter_map(|alert| alert.minutes()).collect();
        minutes.sort_unstable();
        let within = |alert: &&&MonthAlert| {
            alert.minutes().is_some_and(|minutes| minutes <= target_minutes(alert.class, step))
        };
        Figures {
            alerts: count(chosen.len()),
            answered: count(chosen.iter().filter(|alert| alert.answered.is_some()).count()),
            timed: count(minutes.len()),
            median_minutes: share_of(&minutes, 50),
            p90_minutes: share_of(&minutes, 90),
            within: count(chosen.iter().filter(within).count()),
            escalated: count(chosen.iter().filter(|alert| alert.escalated()).count()),
            dead: chosen.iter().map(|alert| alert.dead).sum(),
        }
    };
    let of = |class: AlertClass| alerts.iter().filter(|a| a.class == class).collect::<Vec<_>>();
    let mut by_person: BTreeMap<&str, (&PersonName, Vec<&MonthAlert>)> = BTreeMap::new();
    for alert in alerts {
        if let Some((name, _, _)) = &alert.answered {
            by_person.entry(name.as_str()).or_insert((name, Vec::new())).1.push(alert);
        }
    }
    MonthReport {
        classes: AlertClass::ALL.into_iter().map(|class| (class, figures(&of(class)))).collect(),
        people: by_person.values().map(|(name, of)| ((*name).clone(), figures(of))).collect(),
    }
}

/// The smallest value that at least so many per cent do not exceed (nearest rank).
fn share_of(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    fn stamp(minutes: i64) -> Stamp {
        Stamp { wall: WallMs(1_795_000_000_000 + minutes * MINUTE_MS), trust: ClockTrust::Synced }
    }

    fn alert(class: AlertClass, answered: Option<i64>, open: i64) -> MonthAlert {
        MonthAlert {
            number: AlertNumber(1),
            class,
            uploaded: Some(stamp(0)),
            raised: stamp(1),
            answered: answered
                .map(|at| (PersonName::parse("Dr Rao").unwrap(), AckMethod::Page, stamp(at))),
            open_ms: open * MINUTE_MS,
            told: 1,
            dead: 0,
        }
    }

    #[test]
    fn months_are_counted_as_calendars_do() {
        for (text, first) in
            [("1970-01", 0), ("1970-02", 31), ("2000-03", 11_017), ("2026-11", 20_758)]
        {
            let month = Month::parse(text).unwrap();
            assert_eq!(month.first_ms(), first * DAY_MS, "{text}");
            assert_eq!(Month::of(first * DAY_MS), month);
            assert_eq!(Month::of(month.next().first_ms() - 1), month);
            assert_eq!(month.next().before(), Some(month));
        }
        for text in ["2026-13", "2026-0", "26-11", "1969-12", "2026-00", "x", "2026-1a"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
        assert_eq!(Month::parse("2026-11").unwrap().to_string(), "2026-11");
    }

    #[test]
    fn figures_count_what_was_answered_and_say_what_was_not() {
        let critical = |answered| alert(AlertClass::Critical, answered, 0);
        let mut alerts: Vec<_> = (1..=10).map(|n| critical(Some(n * 5))).collect();
        alerts.push(critical(None));
        let report = month_report(&alerts, StepMinutes::default());
        let figures = report.classes[0].1;
        assert_eq!((figures.alerts, figures.answered, figures.timed), (11, 10, 10));
        assert_eq!((figures.median_minutes, figures.p90_minutes), (Some(25), Some(45)));
        assert_eq!(figures.within, 6, "30 minutes or less");
        assert_eq!(report.people.len(), 1);
        assert_eq!(report.classes[1].1, Figures::default());
    }

    #[test]
    fn a_clock_that_was_set_in_between_gives_no_figure() {
        assert_eq!(alert(AlertClass::Critical, Some(-5), 0).minutes(), None);
        assert_eq!(alert(AlertClass::Critical, Some(100 * 24 * 60), 0).minutes(), None);
        // Two minutes by the wall clock, an hour by the clock that never jumps.
        assert_eq!(alert(AlertClass::Critical, Some(3), 60).minutes(), None);
        assert_eq!(alert(AlertClass::Critical, Some(61), 60).minutes(), Some(61));
    }
}
