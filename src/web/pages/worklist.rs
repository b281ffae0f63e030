//! `/`: the worklist, what needs a person first.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::domain::people::Patient;
use crate::domain::rights::Right;
use crate::domain::study::StudyState;
use crate::domain::view::{WorklistQuery, WorklistRow, shown_age};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::alerts::undelivered;

#[derive(askama::Template)]
#[template(path = "worklist.html")]
struct WorklistPage {
    page: Page,
    /// A critical alert of which nobody may know; `None`: none.
    undelivered: Option<String>,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    newer: Option<String>,
    older: Option<String>,
}

/// A link that shows one state.
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
    registered: String,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    state: Option<String>,
    page: Option<String>,
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
    let query = WorklistQuery {
        state: wanted.state.as_deref().and_then(StudyState::parse),
        page: wanted.page.and_then(|page| page.parse().ok()).unwrap_or(0),
    };
    let list = app.worklist(query).await?;
    let counts = app.undelivered_counts().await?;
    let frame = Page::inside(&session, "worklist-title");
    let shown = Shown {
        locale: frame.locale,
        year: app.year_now(),
        utc_offset_minutes: app.utc_offset_minutes(),
    };
    let template = WorklistPage {
        undelivered: (counts.critical > 0)
            .then(|| undelivered::warning(frame.locale, counts))
            .flatten(),
        filters: filters(frame.locale, &list.counts, query.state),
        rows: list.rows.iter().map(|row| shown.row(row)).collect(),
        newer: query.page.checked_sub(1).map(|page| address(query.state, page)),
        older: list.more.then(|| address(query.state, query.page.saturating_add(1))),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
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
            local_id: row.patient.local_id.reveal().as_str().to_owned(),
            person: person_line(locale, &row.patient, self.year),
            state: row.state.code(),
            state_word: locale.state_word(row.state),
            urgency: row.urgency.map(|urgency| (urgency.code(), locale.urgency_word(urgency))),
            headline,
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

/// "All", and each state that has studies.
fn filters(
    locale: &Locale,
    counts: &[(StudyState, u64)],
    chosen: Option<StudyState>,
) -> Vec<Filter> {
    let all = Filter {
        href: address(None, 0),
        word: locale.t("worklist-all"),
        icon: "list",
        class: "all",
        count: counts.iter().map(|(_, count)| count).sum(),
        chosen: chosen.is_none(),
    };
    let one = |state: StudyState| {
        let count = counts.iter().find(|(counted, _)| *counted == state).map_or(0, |(_, n)| *n);
        let shown = count > 0 || chosen == Some(state);
        shown.then(|| Filter {
            href: address(Some(state), 0),
            word: locale.state_word(state),
            icon: state.code(),
            class: state.code(),
            count,
            chosen: chosen == Some(state),
        })
    };
    std::iter::once(all).chain(StudyState::ALL.into_iter().filter_map(one)).collect()
}

fn address(state: Option<StudyState>, page: u32) -> String {
    let parts = [
        state.map(|state| format!("state={}", state.code())),
        (page > 0).then(|| format!("page={page}")),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_only_what_is_chosen() {
        assert_eq!(address(None, 0), "/");
        assert_eq!(address(Some(StudyState::Held), 2), "/?state=held&page=2");
    }

    #[test]
    fn only_states_with_studies_are_offered() {
        let counts = [(StudyState::Held, 2), (StudyState::Reported, 0), (StudyState::Signed, 3)];
        let filters = filters(Locale::english(), &counts, None);
        let shown: Vec<_> = filters.iter().map(|filter| (filter.class, filter.count)).collect();
        assert_eq!(shown, [("all", 5), ("held", 2), ("signed", 3)]);
    }
}
