//! Sums, shares, percentiles, and what a person should look after.

use crate::domain::alert::AlertClass;
use crate::portal::programme::film::Band;
use crate::portal::programme::week::{Week, utc_day};
use crate::portal::programme::{CountedAlert, Site, SiteWeek};

/// A share of fewer than this is told by its two numbers alone.
const WHOLE_MIN: u32 = 5;
/// Weeks that count as "lately".
pub const RECENT_WEEKS: u32 = 4;
/// Weeks before those, which say what is usual at a box.
pub const USUAL_WEEKS: u32 = 22;
/// Days without a film after which somebody should ask.
const QUIET_DAYS: i64 = 7;
/// Photos and films that a share must rest on before it is called unusual.
const PHOTOS_MIN: u32 = 20;
const SCORED_MIN: [u32; 2] = [30, 60];
/// Share of refused photos that is high, tenths.
const REFUSED_TENTHS: u32 = 3;
/// Standard errors by which a share must differ from the usual one, and least difference.
const ERRORS_MIN: f64 = 3.0;
const DIFFERENCE_MIN: f64 = 0.05;

/// Films and people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Films, voided ones left out.
    pub films: u32,
    /// The same by [`Band::ALL`].
    pub bands: [u32; Band::ALL.len()],
    /// Films with a signed report.
    pub signed: u32,
    /// People with suspected tuberculosis; of them tested, confirmed by a test, treated without
    /// confirmation, lost. In the order of [`super::film::Person::counts`].
    pub people: [u32; 5],
    /// Photos taken.
    pub photos: u32,
    /// Photos refused.
    pub refused: u32,
    /// Voided studies, which are in no other number.
    pub voided: u32,
}

impl Counts {
    /// Adds up.
    #[must_use]
    pub fn sum<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        all.for_each(|one| sum.add(one));
        sum
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.films += other.films;
        self.signed += other.signed;
        self.photos += other.photos;
        self.refused += other.refused;
        self.voided += other.voided;
        for (mine, more) in self.bands.iter_mut().zip(other.bands) {
            *mine += more;
        }
        for (mine, more) in self.people.iter_mut().zip(other.people) {
            *mine += more;
        }
    }

    /// Films of one class.
    #[must_use]
    pub fn band(&self, band: Band) -> u32 {
        Band::ALL.into_iter().zip(self.bands).find(|(one, _)| *one == band).map_or(0, |(_, n)| n)
    }

    /// Films with a score for tuberculosis.
    #[must_use]
    pub fn scored(&self) -> u32 {
        self.bands.iter().take(Band::SCORED).sum()
    }

    /// Films without one.
    #[must_use]
    pub fn unscored(&self) -> u32 {
        self.bands.iter().skip(Band::SCORED).sum()
    }
}

/// How alerts were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertFigures {
    /// Alerts.
    pub alerts: u32,
    /// Nobody has taken them over.
    pub open: u32,
    /// Taken over at a time that nobody confirmed.
    pub untimed: u32,
    /// Half of the others took at most so many seconds; `None` without any.
    pub median_s: Option<i64>,
    /// Nine of ten took at most so many seconds.
    pub p90_s: Option<i64>,
}

impl AlertFigures {
    /// Of the alerts of one class.
    #[must_use]
    pub fn of(alerts: &[&CountedAlert], class: AlertClass) -> Self {
        let ours = || alerts.iter().filter(|one| one.class == class);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut seconds: Vec<i64> = ours().filter_map(|one| one.after_s).collect();
        seconds.sort_unstable();
        let answered = ours().filter(|one| one.answered).count();
        Self {
            alerts: count(ours().count()),
            open: count(ours().count() - answered),
            untimed: count(answered.saturating_sub(seconds.len())),
            median_s: nearest_rank(&seconds, 50),
            p90_s: nearest_rank(&seconds, 90),
        }
    }
}

/// The smallest value that at least so many per cent do not exceed.
fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Per cent, rounded; `None` where so few say nothing.
#[must_use]
pub fn percent(part: u32, whole: u32) -> Option<u32> {
    let rounded = || (u64::from(part) * 200 + u64::from(whole)) / (2 * u64::from(whole));
    (whole >= WHOLE_MIN).then(|| u32::try_from(rounded()).unwrap_or(u32::MAX))
}

/// What a person should look after at a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// No film for so many days.
    Quiet {
        /// Days since the newest one.
        days: i64,
    },
    /// No film since it was enrolled.
    NeverAFilm,
    /// Many photos were refused lately.
    Refused {
        /// Refused.
        part: u32,
        /// Of so many.
        whole: u32,
    },
    /// Scores lie above the threshold more, or less, often than is usual here.
    Share {
        /// Above and scored, lately.
        now: [u32; 2],
        /// The same before.
        usual: [u32; 2],
    },
    /// Films without a date.
    Undated {
        /// How many.
        films: u32,
    },
}

impl Warning {
    /// Part of the keys of its texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quiet { .. } => "quiet",
            Self::NeverAFilm => "never",
            Self::Refused { .. } => "refused",
            Self::Share { .. } => "share",
            Self::Undated { .. } => "undated",
        }
    }
}

/// Looks at one box. `rows` hold its newest weeks, at least [`RECENT_WEEKS`] and [`USUAL_WEEKS`] of them.
#[must_use]
pub fn warnings(site: &Site, rows: &[&SiteWeek], undated: &Counts, today: i64) -> Vec<Warning> {
    if site.revoked {
        return Vec::new();
    }
    let mut found = Vec::new();
    match site.last_day.map(|day| today - day) {
        Some(days) if days > QUIET_DAYS => found.push(Warning::Quiet { days }),
        None if undated.films == 0 && today - utc_day(site.enrolled) > QUIET_DAYS => {
            found.push(Warning::NeverAFilm);
        }
        Some(_) | None => {}
    }
    let last = Week::of_day(today).0;
    let recent_from = last + 1 - i64::from(RECENT_WEEKS);
    let sum = |from: i64, until: i64| {
        let wanted =
            |row: &&&SiteWeek| row.week.is_some_and(|week| (from..until).contains(&week.0));
        Counts::sum(rows.iter().filter(wanted).map(|row| &row.counts))
    };
    let recent = sum(recent_from, last + 1);
    let before = sum(recent_from - i64::from(USUAL_WEEKS), recent_from);
    let (part, whole) = (recent.refused, recent.photos);
    if whole >= PHOTOS_MIN && u64::from(part) * 10 >= u64::from(whole) * u64::from(REFUSED_TENTHS) {
        found.push(Warning::Refused { part, whole });
    }
    let now = [recent.band(Band::Above), recent.scored()];
    let usual = [before.band(Band::Above), before.scored()];
    if is_unusual(now, usual) {
        found.push(Warning::Share { now, usual });
    }
    if undated.films > 0 {
        found.push(Warning::Undated { films: undated.films });
    }
    found
}

/// Whether two shares differ by more than chance and by enough to matter (two-proportion z test, pooled).
fn is_unusual(now: [u32; 2], usual: [u32; 2]) -> bool {
    if now[1] < SCORED_MIN[0] || usual[1] < SCORED_MIN[1] {
        return false;
    }
    let [(a, n), (b, m)] = [now, usual].map(|[part, whole]| (f64::from(part), f64::from(whole)));
    let together = (a + b) / (n + m);
    let error = (together * (1.0 - together) * (1.0 / n + 1.0 / m)).sqrt();
    let difference = (a / n - b / m).abs();
    difference >= DIFFERENCE_MIN && difference >= ERRORS_MIN * error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::WallMs;
    use crate::domain::sync::identity::KeyId;

    const TODAY: i64 = 20_786;
    const BOX: KeyId = KeyId::from_bytes([7; 16]);

    fn site(last_day: Option<i64>) -> Site {
        let enrolled = WallMs((TODAY - 100) * 86_400_000);
        Site { id: BOX, name: "PHC".into(), revoked: false, enrolled, last_day }
    }

    fn week(ago: i64, above: u32, scored: u32, refused: u32) -> SiteWeek {
        let mut counts =
            Counts { films: scored, photos: scored + refused, refused, ..Counts::default() };
        counts.bands[0] = above;
        counts.bands[2] = scored - above;
        SiteWeek { from: BOX, week: Some(Week(Week::of_day(TODAY).0 - ago)), counts }
    }

    fn found(last_day: Option<i64>, rows: &[SiteWeek], undated: u32) -> Vec<&'static str> {
        let rows: Vec<&SiteWeek> = rows.iter().collect();
        let undated = Counts { films: undated, ..Counts::default() };
        let found = warnings(&site(last_day), &rows, &undated, TODAY);
        found.into_iter().map(Warning::code).collect()
    }

    #[test]
    fn a_share_of_a_few_is_not_told_in_per_cent() {
        assert_eq!(percent(4, 4), None);
        assert_eq!((percent(0, 5), percent(1, 8), percent(2, 3_000)), (Some(0), Some(13), Some(0)));
        assert_eq!((percent(5, 5), percent(1, 200)), (Some(100), Some(1)));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let alert = |after_s: Option<i64>, answered| CountedAlert {
            from: BOX,
            week: None,
            class: AlertClass::Critical,
            answered,
            after_s,
        };
        let mut alerts: Vec<_> = (1..=10).map(|n| alert(Some(n * 60), true)).collect();
        alerts.push(alert(None, false));
        alerts.push(alert(None, true));
        alerts.push(CountedAlert { class: AlertClass::Suspect, ..alert(Some(1), true) });
        let all: Vec<&CountedAlert> = alerts.iter().collect();
        let expected =
            AlertFigures { alerts: 12, open: 1, untimed: 1, median_s: Some(300), p90_s: Some(540) };
        assert_eq!(AlertFigures::of(&all, AlertClass::Critical), expected);
        assert_eq!(AlertFigures::of(&[], AlertClass::Critical), AlertFigures::default());
        let one = AlertFigures::of(&all[..1], AlertClass::Critical);
        assert_eq!((one.median_s, one.p90_s), (Some(60), Some(60)));
    }

    #[test]
    fn a_quiet_box_and_a_poor_light_are_pointed_out_and_chance_is_not() {
        let usual: Vec<SiteWeek> = (4..26).map(|ago| week(ago, 3, 30, 1)).collect();
        let with = |now: SiteWeek| [usual.clone(), vec![now]].concat();
        let today = Some(TODAY);
        assert_eq!(found(Some(TODAY - 7), &with(week(0, 3, 30, 2)), 0), [""; 0]);
        assert_eq!(found(Some(TODAY - 8), &with(week(0, 3, 30, 2)), 0), ["quiet"]);
        assert_eq!(found(None, &[], 0), ["never"]);
        assert_eq!(found(None, &[], 2), ["undated"]);
        assert_eq!(found(today, &with(week(1, 3, 28, 12)), 0), ["refused"]);
        assert_eq!(found(today, &[week(1, 0, 10, 9)], 0), [""; 0], "too few to tell");
        assert_eq!(found(today, &with(week(1, 15, 40, 0)), 0), ["share"]);
        assert_eq!(found(today, &with(week(1, 7, 40, 0)), 0), [""; 0], "within chance");
        assert_eq!(found(today, &with(week(1, 10, 20, 0)), 0), [""; 0], "too few to tell");
        let many: Vec<SiteWeek> = (4..26).map(|ago| week(ago, 200, 2_000, 1)).collect();
        let now = week(0, 250, 2_000, 0);
        assert_eq!(found(today, &[many, vec![now]].concat(), 0), [""; 0], "too small to matter");
        let mut shut = site(None);
        shut.revoked = true;
        assert_eq!(warnings(&shut, &[], &Counts::default(), TODAY), []);
    }
}
