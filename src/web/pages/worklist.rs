//! `/`: the worklist, what needs a person first.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::domain::patient::Patient;
use crate::domain::people::Phi;
use crate::domain::reading::Urgency;
use crate::domain::rights::Right;
use crate::domain::stamp::ClockTrust;
use crate::domain::study::StudyState;
use crate::domain::sync::review::AlarmReason;
use crate::domain::view::{WorklistCounts, WorklistRow, shown_age};
use crate::domain::worklist::{Place, SearchText, Turning, When, WorklistQuery};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::alerts::undelivered;
use crate::web::pages::patients::list_id;

mod address;

use address::Address;

/// Studies that are named above the list because the portal sees more on them.
const ALARMS_MAX: usize = 5;

#[derive(askama::Template)]
#[template(path = "worklist.html")]
struct WorklistPage {
    page: Page,
    /// A critical alert of which nobody may know; `None`: none.
    undelivered: Option<String>,
    /// Studies on which the portal sees more than the box: address, words.
    alarms: Vec<(String, String)>,
    /// The two lists that people ask for most: films to be taken again, films that wait for a physician.
    lists: [Filter; 2],
    states: Vec<Filter>,
    urgencies: Vec<Filter>,
    days: Vec<Filter>,
    /// What is looked for, the chosen day, and what else the forms have to keep.
    text: String,
    when: String,
    day: String,
    today: String,
    kept: Vec<(&'static str, String)>,
    /// Text, urgency and days that are chosen, in words; `None`: none is.
    narrowed: Option<String>,
    /// A day is chosen, and nothing confirmed the clock.
    clock_doubtful: bool,
    rows: Vec<Row>,
    /// Where more could be found; `None`: nothing is chosen, so that there is nothing else.
    wider: Option<String>,
    previous: Option<String>,
    next: Option<String>,
}

/// A link that shows a part of the list.
struct Filter {
    href: String,
    word: String,
    icon: &'static str,
    class: &'static str,
    count: u64,
    chosen: bool,
}

/// One study.
struct Row {
    href: String,
    number: String,
    name: String,
    local_id: String,
    person: String,
    state: &'static str,
    state_word: String,
    urgency: Option<(&'static str, String)>,
    headline: Option<String>,
    /// The portal sees more than the box.
    alarm: bool,
    /// The portal proposes to amend its report, and nobody has answered.
    proposed: bool,
    registered: String,
}

/// What comes in the address. What cannot be read is as if it were not there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Wanted {
    state: String,
    urgency: String,
    day: String,
    q: String,
    after: String,
    before: String,
}

impl Wanted {
    fn query(&self) -> WorklistQuery {
        let after = Place::parse(&self.after).map(Turning::After);
        let before = || Place::parse(&self.before).map(Turning::Before);
        WorklistQuery {
            state: StudyState::parse(&self.state),
            urgency: Urgency::parse(&self.urgency),
            when: When::parse(&self.day).unwrap_or_default(),
            text: SearchText::parse(&self.q).map(Phi::new),
            turning: after.or_else(before).unwrap_or_default(),
        }
    }
}

/// `GET /`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    if !session.may(Right::SeePatients) {
        // Support begins where it may see something.
        return Ok(Redirect::to("/system").into_response());
    }
    let query = wanted.query();
    let list = app.worklist(query.clone()).await?;
    let counts = app.undelivered_counts().await?;
    let alarms = app.review_alarms().await?;
    let frame = Page::inside(&session, "worklist-title");
    let shown = Shown {
        locale: frame.locale,
        year: app.year_now(),
        utc_offset_minutes: app.utc_offset_minutes(),
    };
    let here = Address::of(&query);
    let filters =
        Filters { locale: frame.locale, query: &query, here: &here, counts: &list.counts };
    let (first, last) = list.turn;
    let template = WorklistPage {
        undelivered: (counts.critical > 0)
            .then(|| undelivered::warning(frame.locale, counts))
            .flatten(),
        alarms: alarms
            .iter()
            .take(ALARMS_MAX)
            .map(|one| {
                let number = one.number.to_string();
                let key = match one.reason {
                    AlarmReason::SeesMore => "review-alarm",
                    AlarmReason::Proposed => "proposal-alarm",
                };
                let text = frame.locale.text(key, &[("number", number.into())]);
                (format!("/studies/{}", one.study), text)
            })
            .collect(),
        lists: filters.lists(),
        states: filters.states(),
        urgencies: filters.urgencies(),
        days: filters.days(),
        text: here.text.clone(),
        when: query.when.code(),
        day: match query.when {
            When::On(day) => day.to_string(),
            When::AnyDay | When::Today | When::Week => String::new(),
        },
        today: app.calendar().today.to_string(),
        kept: here.kept(),
        narrowed: filters.narrowed(),
        clock_doubtful: query.when != When::AnyDay && app.now().trust == ClockTrust::Unsynced,
        rows: list
            .rows
            .iter()
            .map(|row| {
                let alarm =
                    |reason| alarms.iter().any(|one| one.study == row.id && one.reason == reason);
                let (sees_more, proposed) =
                    (alarm(AlarmReason::SeesMore), alarm(AlarmReason::Proposed));
                Row { alarm: sees_more, proposed, ..shown.row(row) }
            })
            .collect(),
        wider: here.wider(),
        previous: first.map(|place| here.turned(Turning::Before(place))),
        next: last.map(|place| here.turned(Turning::After(place))),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// Makes the links that choose a part of the list; each keeps what else is chosen.
struct Filters<'a> {
    locale: &'static Locale,
    query: &'a WorklistQuery,
    here: &'a Address,
    counts: &'a WorklistCounts,
}

impl Filters<'_> {
    /// One tap from wherever one is: these keep nothing.
    fn lists(&self) -> [Filter; 2] {
        let only = |state: StudyState, key: &str, icon, count| {
            let address = Address { state: Some(state), ..Address::default() };
            Filter {
                chosen: *self.here == address,
                href: address.text(),
                word: self.locale.t(key),
                icon,
                class: state.code(),
                count,
            }
        };
        [
            only(StudyState::RetakeAsked, "worklist-retake", "camera", self.counts.retake),
            only(StudyState::Reported, "worklist-physician", "eye", self.counts.physician),
        ]
    }

    /// "All", and each state that has studies.
    fn states(&self) -> Vec<Filter> {
        let counted = |wanted: StudyState| {
            let found = self.counts.states.iter().find(|(state, _)| *state == wanted);
            found.map_or(0, |(_, count)| *count)
        };
        let shown = |state: &StudyState| self.query.urgency.is_none() || state.is_open();
        let voided = |state: &StudyState| *state == StudyState::Voided;
        let all = StudyState::ALL.into_iter().filter(shown).filter(|state| !voided(state));
        let all = Filter {
            href: Address { state: None, ..self.here.clone() }.text(),
            word: self.locale.t("worklist-all"),
            icon: "list",
            class: "all",
            count: all.map(counted).sum(),
            chosen: self.query.state.is_none(),
        };
        let one = |state: StudyState| {
            let (count, chosen) = (counted(state), self.query.state == Some(state));
            (count > 0 || chosen).then(|| Filter {
                href: Address { state: Some(state), ..self.here.clone() }.text(),
                word: self.locale.state_word(state),
                icon: state.code(),
                class: state.code(),
                count,
                chosen,
            })
        };
        std::iter::once(all).chain(StudyState::ALL.into_iter().filter_map(one)).collect()
    }

    fn urgencies(&self) -> Vec<Filter> {
        let any = Filter {
            href: Address { urgency: None, ..self.here.clone() }.text(),
            word: self.locale.t("worklist-any-urgency"),
            icon: "list",
            class: "all",
            // Nothing to count: studies without a reading have no urgency.
            count: 0,
            chosen: self.query.urgency.is_none(),
        };
        let one = |(urgency, count): &(Urgency, u64)| Filter {
            href: Address { urgency: Some(*urgency), ..self.here.clone() }.text(),
            word: self.locale.urgency_word(*urgency),
            icon: urgency.code(),
            class: urgency.code(),
            count: *count,
            chosen: self.query.urgency == Some(*urgency),
        };
        std::iter::once(any).chain(self.counts.urgencies.iter().map(one)).collect()
    }

    fn days(&self) -> Vec<Filter> {
        let choices = [
            (When::AnyDay, "worklist-any-day"),
            (When::Today, "worklist-today"),
            (When::Week, "worklist-week"),
        ];
        let one = |((when, key), count): ((When, &str), u64)| Filter {
            href: Address { when, ..self.here.clone() }.text(),
            word: self.locale.t(key),
            icon: "list",
            class: "all",
            count,
            chosen: self.query.when == when,
        };
        choices.into_iter().zip(self.counts.days).map(one).collect()
    }

    /// Text, urgency and days that are chosen, in words.
    fn narrowed(&self) -> Option<String> {
        let urgency = self.query.urgency.map(|one| self.locale.urgency_word(one));
        let day = match self.query.when {
            When::AnyDay => None,
            When::Today => Some(self.locale.t("worklist-today")),
            When::Week => Some(self.locale.t("worklist-week")),
            When::On(day) => Some(self.locale.day_text(day)),
        };
        let text = (!self.here.text.is_empty()).then(|| self.here.text.clone());
        let chosen: Vec<_> = text.into_iter().chain(urgency).chain(day).collect();
        (!chosen.is_empty()).then(|| chosen.join(" · "))
    }
}

/// In which words and at which time rows are shown.
struct Shown {
    locale: &'static Locale,
    year: i32,
    utc_offset_minutes: i32,
}

impl Shown {
    fn row(&self, row: &WorklistRow) -> Row {
        let locale = self.locale;
        let headline = row.headline.map(|(finding, _, call)| {
            let names = [locale.finding_name(finding), locale.call_word(call)];
            let [finding, call] = names;
            locale.text("headline", &[("finding", finding.into()), ("call", call.into())])
        });
        Row {
            href: format!("/studies/{}", row.id),
            number: row.number.to_string(),
            name: row.patient.name.reveal().as_str().to_owned(),
            local_id: list_id(&row.patient),
            person: person_line(locale, &row.patient, self.year),
            state: row.state.code(),
            state_word: locale.state_word(row.state),
            urgency: row.urgency.map(|urgency| (urgency.code(), locale.urgency_word(urgency))),
            headline,
            alarm: false,
            proposed: false,
            registered: locale.time_text(row.registered, self.utc_offset_minutes),
        }
    }
}

/// Sex and age in words.
pub(super) fn person_line(locale: &Locale, patient: &Patient, year: i32) -> String {
    let age = shown_age(patient, year).map_or_else(
        || locale.t("age-unknown"),
        |age| locale.text("age-years", &[("years", age.years().into())]),
    );
    let sex = locale.sex_word(patient.sex);
    locale.text("patient-line", &[("sex", sex.into()), ("age", age.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &WorklistQuery, counts: &WorklistCounts, expected: &[(&str, u64)]) {
        let here = Address::of(query);
        let filters = Filters { locale: Locale::english(), query, here: &here, counts };
        let states = filters.states();
        let shown: Vec<_> = states.iter().map(|filter| (filter.class, filter.count)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn only_states_with_studies_are_offered_and_all_are_those_that_are_shown() {
        let states = vec![
            (StudyState::Held, 2),
            (StudyState::Reported, 0),
            (StudyState::Signed, 3),
            (StudyState::Voided, 7),
        ];
        let counts = WorklistCounts { states, ..WorklistCounts::default() };
        let mut query = WorklistQuery::default();
        check(&query, &counts, &[("all", 5), ("held", 2), ("signed", 3), ("voided", 7)]);
        query.urgency = Some(Urgency::Urgent);
        check(&query, &counts, &[("all", 2), ("held", 2), ("signed", 3), ("voided", 7)]);
    }

    #[test]
    fn an_address_that_cannot_be_read_shows_everything() {
        let wanted = Wanted {
            state: "gone".into(),
            urgency: "?".into(),
            day: "2026-02-31".into(),
            q: "  ".into(),
            after: "x.y".into(),
            before: String::new(),
        };
        assert_eq!(Address::of(&wanted.query()), Address::default());
        assert_eq!(wanted.query().turning, Turning::First);
    }
}
