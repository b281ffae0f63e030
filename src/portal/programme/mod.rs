//! The programme of a district in figures: films, suspicions, tests, answers to alerts, week by week.
//!
//! Rows for counting follow from the records and from nothing else ([`film`]); counting them anew gives the
//! same ([`ProgrammeStorage`]). Here nobody has a name. What cannot be dated or was not scored is a class of
//! its own, never left out.

pub mod figures;
pub mod film;
pub mod week;

use std::collections::BTreeMap;

use crate::domain::alert::AlertClass;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::portal::programme::figures::{
    AlertFigures, Counts, RECENT_WEEKS, USUAL_WEEKS, Warning, warnings,
};
use crate::portal::programme::week::{Week, utc_day};
use crate::portal::{Portal, StorageError};

/// The counts of one box in one week.
#[derive(Clone, Copy, Debug)]
pub struct SiteWeek {
    /// The box.
    pub from: KeyId,
    /// The week; `None`: films without a confirmed date.
    pub week: Option<Week>,
    /// What was counted.
    pub counts: Counts,
}

/// One alert as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct CountedAlert {
    /// The box.
    pub from: KeyId,
    /// The week; `None`: raised at a time that nobody confirmed.
    pub week: Option<Week>,
    /// How pressing.
    pub class: AlertClass,
    /// Somebody took it over.
    pub answered: bool,
    /// From being raised to being taken over, seconds; `None`: open, or not known.
    pub after_s: Option<i64>,
}

/// A box of the programme.
#[derive(Clone, Debug)]
pub struct Site {
    /// The box.
    pub id: KeyId,
    /// What its site is called; may be empty.
    pub name: String,
    /// It was shut out.
    pub revoked: bool,
    /// When it was enrolled.
    pub enrolled: WallMs,
    /// Local day of its newest film, days since 1970; `None`: none with a date.
    pub last_day: Option<i64>,
}

/// Rows for counting.
pub trait ProgrammeStorage {
    /// The counts of all boxes, or of one, for these weeks, and those without a date.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn site_weeks(
        &self,
        site: Option<KeyId>,
        weeks: (Week, Week),
    ) -> Result<Vec<SiteWeek>, StorageError>;

    /// Alerts that are told to people, of all boxes or of one, for these weeks, and those without a date.
    ///
    /// # Errors
    /// [`StorageError`].
    fn counted_alerts(
        &self,
        site: Option<KeyId>,
        weeks: (Week, Week),
    ) -> Result<Vec<CountedAlert>, StorageError>;

    /// All boxes, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    fn sites(&self) -> Result<Vec<Site>, StorageError>;

    /// Makes all rows anew from the records that are held.
    ///
    /// # Errors
    /// [`StorageError`].
    fn recount(&self) -> Result<(), StorageError>;
}

/// How many weeks a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Four.
    Month,
    /// Thirteen.
    #[default]
    Quarter,
    /// Fifty-two.
    Year,
}

impl Span {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// How many weeks.
    #[must_use]
    pub const fn weeks(self) -> u32 {
        match self {
            Self::Month => 4,
            Self::Quarter => 13,
            Self::Year => 52,
        }
    }

    /// Reads [`Span::weeks`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.weeks().to_string() == text)
    }
}

/// Films and alerts of some boxes in some weeks.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Films and people.
    pub counts: Counts,
    /// Urgent alerts.
    pub critical: AlertFigures,
    /// All other alerts of which somebody is told by name.
    pub suspect: AlertFigures,
}

/// One box.
#[derive(Clone, Debug)]
pub struct SiteFigures {
    /// Which one.
    pub site: Site,
    /// In the weeks shown.
    pub figures: Figures,
    /// Films without a date.
    pub undated: Counts,
    /// What a person should look after.
    pub warnings: Vec<Warning>,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Programme {
    /// The weeks shown, the oldest first; the last one is not over yet.
    pub weeks: Vec<(Week, Figures)>,
    /// All of them together.
    pub total: Figures,
    /// What has no date, since the beginning.
    pub undated: Figures,
    /// The boxes, by name.
    pub sites: Vec<SiteFigures>,
}

impl Portal {
    /// Counts for a page.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn programme(&self, span: Span, only: Option<KeyId>) -> Result<Programme, StorageError> {
        let today = utc_day(self.now().wall);
        let mut last = Week::of_day(today);
        let usual = Week(last.0 + 1 - i64::from(RECENT_WEEKS + USUAL_WEEKS));
        let first = Week(last.0 + 1 - i64::from(span.weeks()));
        let rows = self.storage().site_weeks(only, (first.min(usual), Week(last.0 + 1)))?;
        // East of here the next week may have begun.
        if rows.iter().any(|row| row.week > Some(last)) {
            last = Week(last.0 + 1);
        }
        let first = Week(last.0 + 1 - i64::from(span.weeks()));
        let alerts = self.storage().counted_alerts(only, (first, last))?;
        let mut sites = self.storage().sites()?;
        sites.retain(|site| only.is_none_or(|only| only == site.id));
        Ok(put_together((first, last, today), &rows, &alerts, sites))
    }
}

/// A box and a week, with what was counted; without a week: what has no date.
pub type TableRow = (String, KeyId, Option<Week>, Figures);

impl Portal {
    /// Every week of every box in which anything was counted, box by box, the oldest week first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn programme_table(
        &self,
        span: Span,
        only: Option<KeyId>,
    ) -> Result<Vec<TableRow>, StorageError> {
        let last = Week(Week::of_day(utc_day(self.now().wall)).0 + 1);
        let first = Week(last.0 - i64::from(span.weeks()));
        let mut cells: BTreeMap<(KeyId, Week), (Counts, Vec<CountedAlert>)> = BTreeMap::new();
        let undated = Week(Week::UNDATED);
        for row in self.storage().site_weeks(only, (first, last))? {
            cells.entry((row.from, row.week.unwrap_or(undated))).or_default().0.add(&row.counts);
        }
        for alert in self.storage().counted_alerts(only, (first, last))? {
            cells.entry((alert.from, alert.week.unwrap_or(undated))).or_default().1.push(alert);
        }
        let names: BTreeMap<KeyId, String> =
            self.storage().sites()?.into_iter().map(|site| (site.id, site.name)).collect();
        let rows = cells.into_iter().map(|((from, week), (counts, alerts))| {
            let alerts: Vec<&CountedAlert> = alerts.iter().collect();
            let figures = Figures {
                counts,
                critical: AlertFigures::of(&alerts, AlertClass::Critical),
                suspect: AlertFigures::of(&alerts, AlertClass::Suspect),
            };
            let name = names.get(&from).cloned().unwrap_or_default();
            (name, from, Some(week).filter(|week| *week != undated), figures)
        });
        Ok(rows.collect())
    }
}

/// Puts rows together.
fn put_together(
    (first, last, today): (Week, Week, i64),
    rows: &[SiteWeek],
    alerts: &[CountedAlert],
    sites: Vec<Site>,
) -> Programme {
    let shown = |week: &Week| (first..=last).contains(week);
    let mut by_site: BTreeMap<KeyId, (Vec<&SiteWeek>, Vec<&CountedAlert>)> = BTreeMap::new();
    for row in rows {
        by_site.entry(row.from).or_default().0.push(row);
    }
    for alert in alerts {
        by_site.entry(alert.from).or_default().1.push(alert);
    }
    let figures = |rows: &mut dyn Iterator<Item = &SiteWeek>, alerts: &[&CountedAlert]| Figures {
        counts: Counts::sum(rows.map(|row| &row.counts)),
        critical: AlertFigures::of(alerts, AlertClass::Critical),
        suspect: AlertFigures::of(alerts, AlertClass::Suspect),
    };
    let in_weeks: Vec<&CountedAlert> =
        alerts.iter().filter(|one| one.week.as_ref().is_some_and(shown)).collect();
    let undated: Vec<&CountedAlert> = alerts.iter().filter(|one| one.week.is_none()).collect();
    let mut weeks: BTreeMap<Week, (Counts, Vec<&CountedAlert>)> =
        (first.0..=last.0).map(|week| (Week(week), Default::default())).collect();
    for row in rows {
        if let Some(slot) = row.week.and_then(|week| weeks.get_mut(&week)) {
            slot.0.add(&row.counts);
        }
    }
    for alert in &in_weeks {
        if let Some(slot) = alert.week.and_then(|week| weeks.get_mut(&week)) {
            slot.1.push(alert);
        }
    }
    let sites = sites.into_iter().map(|site| {
        let (rows, alerts) = by_site.remove(&site.id).unwrap_or_default();
        let dated: Vec<&CountedAlert> =
            alerts.into_iter().filter(|one| one.week.as_ref().is_some_and(shown)).collect();
        let mut in_range = rows.iter().copied().filter(|row| row.week.as_ref().is_some_and(shown));
        let without = rows.iter().filter(|row| row.week.is_none());
        let undated = Counts::sum(without.map(|row| &row.counts));
        SiteFigures {
            figures: figures(&mut in_range, &dated),
            warnings: warnings(&site, &rows, &undated, today),
            undated,
            site,
        }
    });
    let sites = sites.collect();
    Programme {
        total: figures(
            &mut rows.iter().filter(|row| row.week.as_ref().is_some_and(shown)),
            &in_weeks,
        ),
        undated: figures(&mut rows.iter().filter(|row| row.week.is_none()), &undated),
        weeks: weeks
            .into_iter()
            .map(|(week, (counts, alerts))| {
                (week, Figures { counts, ..figures(&mut [].iter(), &alerts) })
            })
            .collect(),
        sites,
    }
}
