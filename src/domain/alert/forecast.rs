//! What rules would have meant: the site's own readings of the last weeks, judged by them.

use std::collections::BTreeMap;

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::Contact;
use crate::domain::alert::roster::LocalTime;
use crate::domain::alert::rules::Rules;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;
use crate::domain::reading::ScoreLine;

/// How many days are looked back.
pub const FORECAST_DAYS: u32 = 28;
const DAY_MS: i64 = 24 * 3_600_000;

/// A reading that the box has made.
#[derive(Clone, Debug)]
pub struct PastReading {
    /// When the film came, local milliseconds since 1970.
    pub local_ms: i64,
    /// The scores.
    pub lines: Vec<ScoreLine>,
}

/// How many a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PerDay {
    /// Mean over all days.
    pub mean: f64,
    /// On the day with most.
    pub most: u32,
}

/// What one person would have heard.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonForecast {
    /// Who.
    pub name: PersonName,
    /// If the first person always answers at once.
    pub least: PerDay,
    /// If nobody ever answers.
    pub most: PerDay,
}

/// What rules would have meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Days looked back: as many as there are readings of, [`FORECAST_DAYS`] at most.
    pub days: u32,
    /// Films read in them.
    pub films: u32,
    /// Alerts, class by class.
    pub classes: Vec<(AlertClass, PerDay)>,
    /// Everybody who can be told.
    pub people: Vec<PersonForecast>,
    /// Alerts that are not critical and that nobody would have been told of by name, because everybody
    /// had had enough that day: the digest counts them.
    pub digest_only: u32,
}

/// Counts by day.
#[derive(Default)]
struct Days(BTreeMap<i64, u32>);

impl Days {
    fn of(&self, day: i64) -> u32 {
        self.0.get(&day).copied().unwrap_or(0)
    }

    fn add(&mut self, day: i64) {
        *self.0.entry(day).or_default() += 1;
    }

    fn per_day(&self, days: u32) -> PerDay {
        let sum: u32 = self.0.values().sum();
        let mean = f64::from(sum) / f64::from(days.max(1));
        PerDay { mean, most: self.0.values().copied().max().unwrap_or(0) }
    }
}

/// One way in which people may answer.
#[derive(Default)]
struct Told {
    all: BTreeMap<OperatorId, Days>,
    /// Without critical ones, for the budget.
    budgeted: BTreeMap<OperatorId, Days>,
    withheld: u32,
}

impl Told {
    fn tell(
        &mut self,
        class: AlertClass,
        people: &[&Contact],
        day: i64,
        budget: u16,
        everybody: bool,
    ) {
        let mut told = false;
        for contact in people {
            let used = self.budgeted.entry(contact.operator).or_default();
            if class != AlertClass::Critical && used.of(day) >= u32::from(budget) {
                continue;
            }
            if class != AlertClass::Critical {
                used.add(day);
            }
            self.all.entry(contact.operator).or_default().add(day);
            told = true;
            if !everybody {
                break;
            }
        }
        self.withheld += u32::from(!told && !people.is_empty());
    }
}

/// Judges readings by rules. `now_local_ms`: local milliseconds since 1970. Budgets count by calendar day
/// here and by the last 24 hours in the courier, which comes to the same over weeks. One alert a film is
/// assumed, as for a film with one photo.
#[must_use]
pub fn forecast(
    rules: &Rules,
    contacts: &[Contact],
    readings: &[PastReading],
    now_local_ms: i64,
) -> Forecast {
    let day_of = |local_ms: i64| local_ms.div_euclid(DAY_MS);
    let today = day_of(now_local_ms);
    let first = today - i64::from(FORECAST_DAYS) + 1;
    let counted: Vec<_> = readings
        .iter()
        .filter(|reading| (first..=today).contains(&day_of(reading.local_ms)))
        .collect();
    let oldest = counted.iter().map(|reading| day_of(reading.local_ms)).min().unwrap_or(today);
    let days = u32::try_from(today - oldest + 1).unwrap_or(FORECAST_DAYS);
    let mut classes: BTreeMap<AlertClass, Days> = BTreeMap::new();
    let (mut least, mut most) = (Told::default(), Told::default());
    let told = |contact: &&Contact| rules.tells(contact.role) && !contact.addresses().is_empty();
    for reading in &counted {
        let Some(cause) = rules.cause_of(&reading.lines) else { continue };
        let day = day_of(reading.local_ms);
        classes.entry(cause.class).or_default().add(day);
        let now = LocalTime::of(reading.local_ms);
        let mut people: Vec<_> =
            contacts.iter().filter(told).filter(|contact| contact.gets(cause.class)).collect();
        people.sort_by_key(|one| (!one.is_on_duty(now), one.order, one.operator));
        least.tell(cause.class, &people, day, rules.budget_per_day, false);
        most.tell(cause.class, &people, day, rules.budget_per_day, true);
    }
    let per_day = |told: &Told, who: OperatorId| {
        told.all.get(&who).map(|all| all.per_day(days)).unwrap_or_default()
    };
    Forecast {
        days,
        films: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        classes: AlertClass::ALL
            .into_iter()
            .map(|class| (class, classes.get(&class).map(|d| d.per_day(days)).unwrap_or_default()))
            .collect(),
        people: contacts
            .iter()
            .filter(told)
            .map(|contact| PersonForecast {
                name: contact.name.clone(),
                least: per_day(&least, contact.operator),
                most: per_day(&most, contact.operator),
            })
            .collect(),
        digest_only: least.withheld,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::contact::ChatId;
    use crate::domain::finding::{Evidence, Finding, Score, Threshold};
    use crate::domain::people::Role;

    fn reading(day: i64, hour: i64, finding: Finding, evidence: Evidence) -> PastReading {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
        let line = ScoreLine::new(finding, evidence, at(0.9), threshold);
        PastReading { local_ms: (day * 24 + hour) * 3_600_000, lines: vec![line] }
    }

    fn contact(n: u8) -> Contact {
        Contact {
            operator: OperatorId::from_bytes([n; 16]),
            name: PersonName::parse(&format!("Dr {n}")).unwrap(),
            role: Role::Physician,
            chat: Some(ChatId(i64::from(n))),
            phone: None,
            least: AlertClass::Suspect,
            order: u16::from(n),
            duty: None,
        }
    }

    #[test]
    fn a_budget_moves_alerts_to_the_next_person_and_then_to_the_digest() {
        let rules = Rules { budget_per_day: 2, ..Rules::default() };
        let people = [contact(1), contact(2)];
        let tb = |day, hour| reading(day, hour, Finding::Tuberculosis, Evidence::Assessed);
        let readings: Vec<_> = (0..5).map(|hour| tb(100, hour)).chain([tb(101, 0)]).collect();
        let seen = forecast(&rules, &people, &readings, 101 * DAY_MS + 1);
        assert_eq!((seen.days, seen.films, seen.digest_only), (2, 6, 1));
        assert_eq!(seen.classes[1], (AlertClass::Suspect, PerDay { mean: 3.0, most: 5 }));
        assert_eq!(seen.people[0].least, PerDay { mean: 1.5, most: 2 });
        assert_eq!(seen.people[1].least, PerDay { mean: 1.0, most: 2 });
        assert_eq!(seen.people[1].most, PerDay { mean: 1.5, most: 2 });
    }

    #[test]
    fn roles_that_are_not_told_hear_nothing() {
        let rules = Rules { roles: vec![Role::Physician], ..Rules::default() };
        let people = [Contact { role: Role::Technician, ..contact(1) }, contact(2)];
        let critical = reading(7, 1, Finding::Pneumothorax, Evidence::Assessed);
        let seen = forecast(&rules, &people, &[critical], 7 * DAY_MS + 1);
        let names: Vec<_> = seen.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Dr 2"]);
        assert_eq!(seen.people[0].least.most, 1);
    }

    #[test]
    fn nothing_critical_is_ever_withheld_and_hints_count_for_nothing() {
        let rules = Rules { budget_per_day: 0, ..Rules::default() };
        let critical = |hour| reading(7, hour, Finding::Pneumothorax, Evidence::Assessed);
        let mut readings: Vec<_> = (0..4).map(critical).collect();
        readings.push(reading(7, 5, Finding::Tuberculosis, Evidence::Hint));
        let seen = forecast(&rules, &[contact(1)], &readings, 7 * DAY_MS + 1);
        assert_eq!(seen.people[0].least, PerDay { mean: 4.0, most: 4 });
        assert_eq!((seen.films, seen.digest_only), (5, 0));
    }

    #[test]
    fn what_is_older_than_four_weeks_does_not_count() {
        let old = reading(10, 0, Finding::Tuberculosis, Evidence::Assessed);
        let seen = forecast(&Rules::default(), &[], &[old], 60 * DAY_MS);
        assert_eq!((seen.days, seen.films), (1, 0));
    }
}
