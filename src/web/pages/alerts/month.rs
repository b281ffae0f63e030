//! `/alerts/month`: how a month of alerts went, as a page, as a table and on paper.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::app::App;
use crate::app::alerts::{MonthView, month_groups};
use crate::domain::alert::report::{Month, MonthAlert};
use crate::domain::fault::Fault;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::alerts::export::{Table, utc_text};
use crate::web::pages::print;

#[derive(askama::Template)]
#[template(path = "alert_month.html")]
struct MonthPage {
    page: Page,
    heading: String,
    month: String,
    before: Option<String>,
    next: Option<String>,
    groups: Vec<(String, Vec<(String, String)>)>,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    month: Option<String>,
}

impl Wanted {
    fn month(&self, app: &App) -> Result<Month, Fault> {
        match self.month.as_deref() {
            None => Ok(app.month_now()),
            Some(text) => Month::parse(text).ok_or(Fault::PageUnknown),
        }
    }
}

/// `GET /alerts/month`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let view = app.alert_month(&session.operator, wanted.month(&app)?).await?;
    let frame = Page::inside(&session, "month-title");
    let month = view.month.to_string();
    let groups = month_groups(frame.locale, &view).into_iter().map(|group| {
        let facts = group.facts.into_iter().map(|fact| (fact.label, fact.value));
        (group.title, facts.collect())
    });
    let template = MonthPage {
        heading: frame.locale.text("month-of", &[("month", month.as_str().into())]),
        before: view.month.before().map(|month| month.to_string()),
        next: (view.month < app.month_now()).then(|| view.month.next().to_string()),
        month,
        groups: groups.collect(),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /alerts/month/table.csv`: a line for each alert.
pub(in crate::web) async fn table(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let view = app.alert_month(&session.operator, wanted.month(&app)?).await?;
    Ok(month_table(&view).download(&format!("alerts-{}.csv", view.month)))
}

/// `GET /alerts/month/page.pdf`.
pub(in crate::web) async fn pdf(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let month = wanted.month(&app)?;
    let locale = Page::inside(&session, "month-title").locale;
    let pdf = app.alert_month_pdf(&session.operator, month, locale).await?;
    Ok(print::answer(&format!("alerts-{month}.pdf"), pdf))
}

fn month_table(view: &MonthView) -> Table {
    let mut table = Table::new(&[
        "alert",
        "class",
        "photo_utc",
        "found_utc",
        "answered_utc",
        "minutes_photo_to_answer",
        "answered_by",
        "answered_how",
        "ways_told",
        "messages_undelivered",
    ]);
    for alert in &view.alerts {
        table.add(&month_line(alert));
    }
    table
}

fn month_line(alert: &MonthAlert) -> Vec<String> {
    let answered = alert.answered.as_ref();
    vec![
        alert.number.to_string(),
        alert.class.code().to_owned(),
        alert.uploaded.map(utc_text).unwrap_or_default(),
        utc_text(alert.raised),
        answered.map(|(_, _, at)| utc_text(*at)).unwrap_or_default(),
        alert.minutes().map(|minutes| minutes.to_string()).unwrap_or_default(),
        answered.map(|(name, _, _)| name.as_str().to_owned()).unwrap_or_default(),
        answered.map(|(_, method, _)| method.code().to_owned()).unwrap_or_default(),
        alert.told.to_string(),
        alert.dead.to_string(),
    ]
}
