//! When people are on duty: parts of days, and which part on which day of the week.

use std::fmt;

/// Minute of a local day, 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// Seven o'clock.
    pub const MORNING: Self = Self(7 * 60);

    /// `None` past the end of a day.
    #[must_use]
    pub const fn new(minute: u16) -> Option<Self> {
        if minute < 1440 { Some(Self(minute)) } else { None }
    }

    /// Reads "07:30".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once(':')?;
        let two = |part: &str| -> Option<u16> {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (hour, minute) = (two(hour)?, two(minute)?);
        if hour < 24 && minute < 60 { Self::new(hour * 60 + minute) } else { None }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// The week, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// Reads a [`Weekday::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The day before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self::ALL[(self as usize + 6) % 7]
    }
}

/// A local time in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub day: Weekday,
    /// The time of day.
    pub minute: MinuteOfDay,
}

impl LocalTime {
    /// From milliseconds since 1970-01-01, which was a Thursday, in local time.
    #[must_use]
    pub fn of(local_ms: i64) -> Self {
        let minutes = local_ms.div_euclid(60_000);
        let day = usize::try_from((minutes.div_euclid(1440) + 3).rem_euclid(7)).unwrap_or(0);
        let minute = u16::try_from(minutes.rem_euclid(1440)).unwrap_or(0);
        Self {
            day: Weekday::ALL[day % 7],
            minute: MinuteOfDay::new(minute).unwrap_or(MinuteOfDay::MORNING),
        }
    }
}

/// A part of every day. It may go past midnight; equal ends are the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailySpan {
    /// First minute.
    pub from: MinuteOfDay,
    /// The minute after the last.
    pub until: MinuteOfDay,
}

impl DailySpan {
    /// Whether a minute lies in it.
    #[must_use]
    pub fn holds(self, minute: MinuteOfDay) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }
}

impl fmt::Display for DailySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.until)
    }
}

/// Hours of duty, day by day. A part that goes past midnight belongs to the day on which it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    days: [Option<DailySpan>; 7],
}

impl Roster {
    /// The same on every day.
    #[must_use]
    pub const fn daily(span: DailySpan) -> Self {
        Self { days: [Some(span); 7] }
    }

    /// The part of a day; `None`: off.
    #[must_use]
    pub const fn on(&self, day: Weekday) -> Option<DailySpan> {
        self.days[day as usize]
    }

    /// The same with another part on a day.
    #[must_use]
    pub const fn with(mut self, day: Weekday, span: Option<DailySpan>) -> Self {
        self.days[day as usize] = span;
        self
    }

    /// Whether it holds a moment.
    #[must_use]
    pub fn holds(&self, now: LocalTime) -> bool {
        let begun_today = self.on(now.day).is_some_and(|span| {
            now.minute >= span.from && (span.from >= span.until || now.minute < span.until)
        });
        let begun_before = self
            .on(now.day.before())
            .is_some_and(|span| span.from >= span.until && now.minute < span.until);
        begun_today || begun_before
    }

    /// As it is stored: "monday 08:00-16:00,tuesday 20:00-08:00"; days off are left out.
    #[must_use]
    pub fn write(&self) -> String {
        let day = |day: Weekday| self.on(day).map(|span| format!("{} {span}", day.code()));
        Weekday::ALL.into_iter().filter_map(day).collect::<Vec<_>>().join(",")
    }

    /// Reads [`Roster::write`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut roster = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (day, span) = part.split_once(' ')?;
            let (from, until) = span.split_once('-')?;
            let (from, until) = (MinuteOfDay::parse(from)?, MinuteOfDay::parse(until)?);
            roster = roster.with(Weekday::parse(day)?, Some(DailySpan { from, until }));
        }
        Some(roster)
    }
}

/// Parts of a week in which none of them is on duty, each with its first minute and the minute after its
/// last, from Monday on. `None`: somebody who is always on duty.
#[must_use]
pub fn uncovered(rosters: &[Option<Roster>]) -> Vec<(LocalTime, LocalTime)> {
    /// 1970-01-05 was a Monday.
    const MONDAY_MS: i64 = 4 * 24 * 3_600_000;
    let at = |minute: i64| LocalTime::of(MONDAY_MS + minute * 60_000);
    let mut parts: Vec<(LocalTime, LocalTime)> = Vec::new();
    let mut open = None;
    for minute in 0..=7 * 1440 {
        let now = at(minute);
        let covered = minute == 7 * 1440
            || rosters.iter().any(|roster| roster.is_none_or(|roster| roster.holds(now)));
        match (covered, open) {
            (false, None) => open = Some(now),
            (true, Some(from)) => {
                parts.push((from, now));
                open = None;
            }
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(text: &str) -> MinuteOfDay {
        MinuteOfDay::parse(text).unwrap()
    }

    fn span(from: &str, until: &str) -> DailySpan {
        DailySpan { from: minute(from), until: minute(until) }
    }

    #[test]
    fn a_span_may_go_past_midnight() {
        let night = span("22:00", "6:30");
        assert!(night.holds(minute("23:59")) && night.holds(minute("00:00")));
        assert!(night.holds(minute("06:29")) && !night.holds(minute("06:30")));
        let day = span("08:00", "16:00");
        assert!(day.holds(minute("08:00")) && !day.holds(minute("16:00")));
        assert!(span("08:00", "08:00").holds(minute("03:00")));
        for text in ["24:00", "7", "07:60", "-1:00", "007:00"] {
            assert_eq!(MinuteOfDay::parse(text), None, "{text}");
        }
        assert_eq!(minute("7:05").to_string(), "07:05");
    }

    #[test]
    fn a_week_begins_on_monday_and_1970_on_a_thursday() {
        let at = LocalTime::of(0);
        assert_eq!((at.day, at.minute.minutes()), (Weekday::Thursday, 0));
        let before = LocalTime::of(-60_000);
        assert_eq!((before.day, before.minute.minutes()), (Weekday::Wednesday, 1439));
        // 28 November 2026, 12:30 UTC.
        let at = LocalTime::of(1_795_869_000_000);
        assert_eq!((at.day, at.minute), (Weekday::Saturday, minute("12:30")));
        assert_eq!(Weekday::Monday.before(), Weekday::Sunday);
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        let roster = Roster::default()
            .with(Weekday::Friday, Some(span("20:00", "08:00")))
            .with(Weekday::Sunday, Some(span("09:00", "17:00")));
        let on = |day, text| roster.holds(LocalTime { day, minute: minute(text) });
        assert!(on(Weekday::Friday, "20:00") && on(Weekday::Saturday, "07:59"));
        assert!(!on(Weekday::Friday, "07:00") && !on(Weekday::Saturday, "20:00"));
        assert!(on(Weekday::Sunday, "09:00") && !on(Weekday::Monday, "09:00"));
        let always = Roster::daily(span("08:00", "08:00"));
        for day in Weekday::ALL {
            assert!(always.holds(LocalTime { day, minute: minute("03:00") }));
        }
    }

    #[test]
    fn hours_without_anybody_are_found() {
        let span = |from: &str, until: &str| DailySpan { from: minute(from), until: minute(until) };
        let days = Roster::daily(span("08:00", "20:00"));
        let nights = Roster::daily(span("20:00", "08:00")).with(Weekday::Sunday, None);
        assert_eq!(uncovered(&[Some(days), None]), []);
        let parts = uncovered(&[Some(days), Some(nights)]);
        let words: Vec<_> = parts
            .iter()
            .map(|(from, until)| format!("{:?} {} {}", from.day, from.minute, until.minute))
            .collect();
        assert_eq!(words, ["Monday 00:00 08:00", "Sunday 20:00 00:00"]);
        assert_eq!(uncovered(&[]).len(), 1, "the whole week");
    }

    #[test]
    fn a_roster_reads_back_what_it_writes() {
        let roster = Roster::daily(span("08:00", "16:00")).with(Weekday::Sunday, None);
        assert_eq!(Roster::parse(&roster.write()), Some(roster));
        assert_eq!(Roster::parse(""), Some(Roster::default()));
        for text in ["monday", "monday 8", "funday 08:00-09:00", "monday 08:00-25:00"] {
            assert_eq!(Roster::parse(text), None, "{text}");
        }
    }
}
