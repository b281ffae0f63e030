//! Proof and outlook: what did not arrive, how a month went, what rules would have meant.

use crate::app::{App, Inner, printing};
use crate::domain::alert::contact::Contact;
use crate::domain::alert::delivery::{Message, MessageId, Undelivered, UndeliveredCounts};
use crate::domain::alert::escalation::StepMinutes;
use crate::domain::alert::forecast::{FORECAST_DAYS, Forecast, forecast};
use crate::domain::alert::report::{
    Figures, Month, MonthAlert, MonthReport, month_report, target_minutes,
};
use crate::domain::alert::roster::LocalTime;
use crate::domain::alert::rules::Rules;
use crate::domain::fault::Fault;
use crate::domain::finding::{Evidence, Finding};
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::stamp::WallMs;
use crate::locale::Locale;
use crate::print::{Fact, Group, Summary};

/// Most undelivered messages that a page shows.
const UNDELIVERED_MAX: u32 = 200;
const DAY_MS: i64 = 24 * 3_600_000;

/// A month of alerts.
#[derive(Clone, Debug)]
pub struct MonthView {
    /// Which.
    pub month: Month,
    /// The alerts, oldest first.
    pub alerts: Vec<MonthAlert>,
    /// In figures.
    pub report: MonthReport,
    /// Length of a step of the escalation now, from which the target comes.
    pub step: StepMinutes,
}

impl App {
    /// Messages that did not arrive, those that matter first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undelivered(&self) -> Result<Vec<Undelivered>, Fault> {
        self.blocking(|inner| inner.store.undelivered(UNDELIVERED_MAX)).await
    }

    /// How many messages about open alerts were given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undelivered_counts(&self) -> Result<UndeliveredCounts, Fault> {
        self.blocking(|inner| inner.store.undelivered_counts()).await
    }

    /// Everybody who can be told, in order, and the newest test of each by each way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_told(&self) -> Result<(Vec<Contact>, Vec<Message>), Fault> {
        self.blocking(|inner| Ok((inner.store.contacts()?, inner.store.last_tests()?))).await
    }

    /// Local time now, by a clock that may be wrong.
    #[must_use]
    pub fn local_time(&self) -> LocalTime {
        self.inner.local_time()
    }

    /// Asks for one more try of a message that was given up. False when there is nothing to be told any
    /// more.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SeePatients`].
    pub async fn resend(&self, by: &Operator, message: MessageId) -> Result<bool, Fault> {
        by.needs(Right::SeePatients)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.resend(message, by, at)).await
    }

    /// The month in which the box is now, by a clock that may be wrong.
    #[must_use]
    pub fn month_now(&self) -> Month {
        Month::of(self.inner.local_ms(self.now()))
    }

    /// How a month of alerts went.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SetAlertRules`].
    pub async fn alert_month(&self, by: &Operator, month: Month) -> Result<MonthView, Fault> {
        by.needs(Right::SetAlertRules)?;
        self.blocking(move |inner| {
            let offset_ms = i64::from(inner.site().utc_offset_minutes) * 60_000;
            let wall = |month: Month| WallMs(month.first_ms() - offset_ms);
            let alerts = inner.store.alerts_between(wall(month), wall(month.next()))?;
            let step = inner.store.alert_rules()?.rules.step;
            Ok(MonthView { month, report: month_report(&alerts, step), alerts, step })
        })
        .await
    }

    /// The same on paper, as PDF.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SetAlertRules`], [`Fault::PrinterBusy`].
    pub async fn alert_month_pdf(
        &self,
        by: &Operator,
        month: Month,
        locale: &'static Locale,
    ) -> Result<Vec<u8>, Fault> {
        let view = self.alert_month(by, month).await?;
        let made = locale.time_text(self.now(), self.utc_offset_minutes());
        let summary = Summary {
            language: locale.code().to_owned(),
            site: self.inner.site().name,
            title: locale.text("month-of", &[("month", month.to_string().into())]),
            lead: locale.t("month-help"),
            groups: month_groups(locale, &view),
            foot: locale.text("month-made", &[("time", made.into())]),
            page_word: locale.t("print-page"),
        };
        printing::summary(self, summary).await
    }

    /// What rules would have meant for the site's readings of the last weeks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_forecast(&self, rules: Rules) -> Result<Forecast, Fault> {
        let now = self.now();
        self.blocking(move |inner| {
            let since = WallMs(now.wall.0 - i64::from(FORECAST_DAYS + 1) * DAY_MS);
            let readings = inner.store.past_readings(since, |stamp| inner.local_ms(stamp))?;
            let contacts = inner.store.contacts()?;
            Ok(forecast(&rules, &contacts, &readings, inner.local_ms(now)))
        })
        .await
    }

    /// The findings that the box's network assesses, in report order: nothing else can raise an alert.
    #[must_use]
    pub fn assessed_findings(&self) -> Vec<Finding> {
        assessed(&self.inner)
    }
}

/// See [`App::assessed_findings`].
pub(super) fn assessed(inner: &Inner) -> Vec<Finding> {
    let Ok(networks) = inner.networks() else { return Vec::new() };
    let assessed = |finding: &&Finding| {
        networks
            .findings
            .specs()
            .iter()
            .any(|spec| spec.finding == **finding && spec.evidence == Evidence::Assessed)
    };
    Finding::ALL.iter().filter(assessed).copied().collect()
}

/// A month in words: by urgency, then by the person who answered.
#[must_use]
pub fn month_groups(locale: &Locale, view: &MonthView) -> Vec<Group> {
    let mut groups = Vec::new();
    for (class, figures) in &view.report.classes {
        if figures.alerts > 0 {
            let target = target_minutes(*class, view.step);
            groups.push(Group {
                title: locale.t(&format!("alert-class-{}", class.code())),
                facts: class_facts(locale, figures, target),
            });
        }
    }
    for (name, figures) in &view.report.people {
        let title = locale.text("month-by", &[("name", name.as_str().into())]);
        groups.push(Group { title, facts: time_facts(locale, figures) });
    }
    groups
}

fn class_facts(locale: &Locale, figures: &Figures, target: i64) -> Vec<Fact> {
    let count = |key: &str, number: u32| Fact::new(locale.t(key), number.to_string());
    let mut facts = vec![
        count("month-alerts", figures.alerts),
        count("month-unanswered", figures.alerts - figures.answered),
    ];
    facts.extend(time_facts(locale, figures));
    let within = [("count", figures.within.into()), ("of", figures.timed.into())];
    let wanted = if target % 60 == 0 {
        locale.text("month-within-hours", &[("hours", (target / 60).into())])
    } else {
        locale.text("month-within", &[("minutes", target.into())])
    };
    facts.push(Fact::new(wanted, locale.text("month-within-value", &within)));
    facts.push(count("month-escalated", figures.escalated));
    facts.push(count("month-undelivered", figures.dead));
    facts
}

fn time_facts(locale: &Locale, figures: &Figures) -> Vec<Fact> {
    let minutes = |minutes: Option<i64>| match minutes {
        Some(minutes) => locale.text("month-minutes", &[("count", minutes.into())]),
        None => "–".to_owned(),
    };
    let mut facts = vec![
        Fact::new(locale.t("month-answered"), figures.answered.to_string()),
        Fact::new(locale.t("month-median"), minutes(figures.median_minutes)),
        Fact::new(locale.t("month-p90"), minutes(figures.p90_minutes)),
    ];
    if figures.timed < figures.answered {
        let untimed = (figures.answered - figures.timed).to_string();
        facts.push(Fact::new(locale.t("month-untimed"), untimed));
    }
    facts
}
