//! The one place that reads a clock.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::stamp::{Clock, ClockTrust, Stamp, WallMs};

/// The box's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// Written by systemd-timesyncd and chrony's glue when the clock has been set from the network.
const SYNC_MARK: &str = "/run/systemd/timesync/synchronized";

/// Written by `fieldray board --set-clock` when a person has set the clock; gone when the power goes.
pub const PERSON_MARK: &str = "/run/fieldray-clock/confirmed";

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Stamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let wall = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        let wall = WallMs(wall.saturating_add(wrong_by_ms()));
        let synced = [SYNC_MARK, PERSON_MARK].into_iter().any(|mark| Path::new(mark).exists());
        Stamp { wall, trust: if synced { ClockTrust::Synced } else { ClockTrust::Unsynced } }
    }
}

/// How far the wall clock is wrong on purpose.
#[cfg(not(debug_assertions))]
const fn wrong_by_ms() -> i64 {
    0
}

/// How far the wall clock is wrong on purpose: `FIELDRAY_CLOCK_WRONG_BY_DAYS` of a debug build.
#[cfg(debug_assertions)]
fn wrong_by_ms() -> i64 {
    use std::sync::OnceLock;
    static DAYS: OnceLock<i64> = OnceLock::new();
    let asked = || std::env::var("FIELDRAY_CLOCK_WRONG_BY_DAYS").ok()?.parse().ok();
    DAYS.get_or_init(|| asked().unwrap_or(0)) * 24 * 60 * 60 * 1000
}

/// Measures how long steps take.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since the start.
    #[must_use]
    pub fn ms(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// A stamp as ISO 8601, UTC, to the second: "2026-11-28T16:05:00Z".
#[must_use]
pub fn utc_text(stamp: Stamp) -> String {
    let seconds = stamp.wall.0.div_euclid(1000);
    let at = time::OffsetDateTime::from_unix_timestamp(seconds)
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    let month = u8::from(month);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Calendar year, UTC, of a stamp.
#[must_use]
pub fn year(stamp: Stamp) -> i32 {
    let seconds = stamp.wall.0.div_euclid(1000);
    time::OffsetDateTime::from_unix_timestamp(seconds).map_or(1970, time::OffsetDateTime::year)
}
