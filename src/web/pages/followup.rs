//! `/follow-up`: suspicions that nothing has settled yet; and what happened after one film.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, FollowUpStep};
use crate::domain::fault::Fault;
use crate::domain::followup::{
    Entry, FollowUp, OpenLoop, Order, OrderId, Outcome, PersonLoop, Test, TestResult, WaitDays,
};
use crate::domain::ids::{FormId, StudyNumber};
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::forms::{Fields, random_id};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};
use crate::web::pages::pixels::study_id;
use crate::web::pages::worklist::person_line;

#[derive(askama::Template)]
#[template(path = "followup_list.html")]
struct ListPage {
    page: Page,
    overdue: Vec<Row>,
    waiting: Vec<Row>,
    /// Says that there are more than are shown.
    more: Option<String>,
}

/// A patient in the list.
struct Row {
    href: String,
    name: String,
    person: String,
    loops: Vec<Loop>,
}

/// An open suspicion in words.
pub(super) struct Loop {
    pub(super) overdue: bool,
    pub(super) what: String,
    pub(super) waits: String,
    /// The films that it is about; empty on the page of one film.
    pub(super) films: String,
}

#[derive(askama::Template)]
#[template(path = "followup.html")]
struct StudyFollowUpPage {
    page: Page,
    href: String,
    name: String,
    person: String,
    loops: Vec<Loop>,
    orders: Vec<OrderLine>,
    tests: Vec<(&'static str, String)>,
    /// Made with the form: sent twice, it orders one test.
    form_id: String,
    outcome: Option<String>,
    outcomes: Vec<(&'static str, String)>,
    may_write: bool,
}

/// An ordered test in words.
struct OrderLine {
    id: i64,
    test: String,
    ordered: String,
    result: Option<String>,
    /// Results to choose from.
    results: Vec<(&'static str, String)>,
}

/// `GET /follow-up`.
pub(in crate::web) async fn list(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let (found, count) = app.open_loops().await?;
    let frame = Page::inside(&session, "followup-title");
    let (locale, now, year) = (frame.locale, app.now(), app.year_now());
    let shown = found.len();
    let (mut overdue, mut waiting) = (Vec::new(), Vec::new());
    for one in &found {
        let patient = one.patient.reveal();
        let loops = person_loops(&app, locale, &one.loops, now);
        let late = loops.iter().any(|open| open.overdue);
        let row = Row {
            href: format!("/studies/{}/follow-up", one.study),
            name: patient.name.reveal().as_str().to_owned(),
            person: person_line(locale, patient, year),
            loops,
        };
        if late { overdue.push(row) } else { waiting.push(row) }
    }
    let more = (usize::try_from(count).unwrap_or(usize::MAX) > shown)
        .then(|| locale.text("followup-more", &[("count", count.into())]));
    Ok(page(StatusCode::OK, &ListPage { page: frame, overdue, waiting, more }))
}

/// `GET /studies/{study}/follow-up`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let found = app.follow_up(study_id(&study)?).await?;
    let frame = Page::inside(&session, "followup-study-title");
    let locale = frame.locale;
    let patient = found.patient.reveal();
    let suggested =
        |test: &Test| !found.person.iter().any(|one| one.open.suspicion == test.is_for());
    let mut tests = Test::ALL;
    tests.sort_by_key(suggested);
    let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
    let outcome = found.outcome.as_ref().map(|recorded| {
        let word = locale.t(&format!("outcome-{}", recorded.outcome.code()));
        format!("{word} ({})", entry(locale, &recorded.entry, &time))
    });
    let template = StudyFollowUpPage {
        href: format!("/studies/{}", found.study),
        name: patient.name.reveal().as_str().to_owned(),
        person: person_line(locale, patient, app.year_now()),
        loops: person_loops(&app, locale, &found.person, app.now()),
        orders: found.orders.iter().map(|order| line(locale, order, &time)).collect(),
        tests: tests.map(|test| (test.code(), test_word(locale, test))).to_vec(),
        form_id: FormId::from_bytes(random_id()?).to_string(),
        outcome,
        outcomes: Outcome::ALL
            .map(|one| (one.code(), locale.t(&format!("outcome-{}", one.code()))))
            .to_vec(),
        may_write: session.may(Right::Examine),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /studies/{study}/follow-up`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    let step = step(&posted.fields).ok_or(Fault::FieldInvalid)?;
    app.note_follow_up(&posted.session.operator, study, step).await?;
    Ok(Redirect::to(&format!("/studies/{study}/follow-up")).into_response())
}

fn step(fields: &Fields) -> Option<FollowUpStep> {
    if let Some(test) = Test::parse(fields.get("test")) {
        let form_id = FormId::parse(fields.get("form_id"))?;
        return Some(FollowUpStep::Order { test, form_id });
    }
    if let Some(result) = TestResult::parse(fields.get("result")) {
        let order = OrderId(fields.get("order").parse().ok()?);
        return Some(FollowUpStep::Result { order, result });
    }
    Outcome::parse(fields.get("outcome")).map(FollowUpStep::Outcome)
}

pub(super) fn loops(app: &App, locale: &Locale, found: &FollowUp, now: Stamp) -> Vec<Loop> {
    found.open.iter().map(|open| loop_words(locale, open, now, app.wait_days())).collect()
}

/// What is open for a patient, each suspicion once, with the films that raise it.
fn person_loops(app: &App, locale: &Locale, open: &[PersonLoop], now: Stamp) -> Vec<Loop> {
    let words = |one: &PersonLoop| Loop {
        films: films_words(locale, &one.films),
        ..loop_words(locale, &one.open, now, app.wait_days())
    };
    open.iter().map(words).collect()
}

/// The films of a suspicion in words.
fn films_words(locale: &Locale, films: &[StudyNumber]) -> String {
    let numbers: Vec<_> = films.iter().map(ToString::to_string).collect();
    let args = [("count", films.len().into()), ("numbers", numbers.join(", ").into())];
    locale.text("followup-films", &args)
}

/// An open suspicion in words.
fn loop_words(locale: &Locale, open: &OpenLoop, now: Stamp, wait: WaitDays) -> Loop {
    let suspicion = locale.t(&format!("suspicion-{}", open.suspicion.code()));
    let args = [
        ("suspicion", suspicion.into()),
        ("who", locale.t(&format!("followup-by-{}", open.source.code())).into()),
        ("days", open.days(now).into()),
    ];
    Loop {
        overdue: open.is_overdue(now, wait),
        what: locale.text("followup-loop", &args),
        waits: waits_text(locale, open),
        films: String::new(),
    }
}

fn waits_text(locale: &Locale, open: &OpenLoop) -> String {
    use crate::domain::followup::WaitsFor;
    let with = |key: &str, test| locale.text(key, &[("test", test_word(locale, test).into())]);
    match open.waits_for {
        WaitsFor::Order => locale.t(&format!("waits-order-{}", open.suspicion.code())),
        WaitsFor::Result(test) => with("waits-result", test),
        WaitsFor::Repeat(test) => with("waits-repeat", test),
        WaitsFor::BetterTest(test) => {
            let better =
                Test::ALL.into_iter().find(|t| t.is_for() == test.is_for() && t.excludes());
            let better = test_word(locale, better.unwrap_or(test));
            let args = [("test", test_word(locale, test).into()), ("better", better.into())];
            locale.text("waits-better", &args)
        }
    }
}

fn test_word(locale: &Locale, test: Test) -> String {
    locale.t(&format!("test-{}", test.code()))
}

fn result_word(locale: &Locale, test: Test, result: TestResult) -> String {
    match (test, result) {
        (Test::Ct, TestResult::Positive) => locale.t("result-ct-positive"),
        (Test::Ct, TestResult::Negative) => locale.t("result-ct-negative"),
        _ => locale.t(&format!("result-{}", result.code())),
    }
}

fn entry(locale: &Locale, entry: &Entry, time: &impl Fn(Stamp) -> String) -> String {
    let args = [("name", entry.by.as_str().into()), ("time", time(entry.at).into())];
    locale.text("followup-entry", &args)
}

fn line(locale: &Locale, order: &Order, time: &impl Fn(Stamp) -> String) -> OrderLine {
    let word = |result| result_word(locale, order.test, result);
    OrderLine {
        id: order.id.0,
        test: test_word(locale, order.test),
        ordered: entry(locale, &order.ordered, time),
        result: order
            .result
            .as_ref()
            .map(|(result, by)| format!("{} ({})", word(*result), entry(locale, by, time))),
        results: order.test.results().iter().map(|r| (r.code(), word(*r))).collect(),
    }
}
