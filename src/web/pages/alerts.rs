//! `/alerts`: what is open and how urgent it has become, the proof of each alert, the siren.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::app::alerts::AlertView;
use crate::domain::alert::delivery::Message;
use crate::domain::alert::{Alert, AlertClass, AlertEvent, AlertNumber, AlertSource};
use crate::domain::fault::Fault;
use crate::domain::rights::Right;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};

pub(in crate::web) mod export;
pub(in crate::web) mod month;
pub(in crate::web) mod people;
pub(in crate::web) mod rules;
pub(in crate::web) mod undelivered;

#[derive(askama::Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    page: Page,
    open: Vec<Row>,
    /// Says that more are open than are shown.
    more: Option<String>,
    recent: Vec<Row>,
    siren: bool,
    rules: bool,
    people: bool,
    /// Messages about open alerts that were given up; `None`: none.
    undelivered: Option<String>,
}

/// An alert in a list.
struct Row {
    number: i64,
    heading: String,
    class: &'static str,
    class_word: String,
    findings: String,
    raised: String,
    /// A radiologist of the portal sees it, not the box.
    by_portal: bool,
    study: String,
    red: bool,
    taken: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "alert.html")]
struct ProofPage {
    page: Page,
    row: Row,
    events: Vec<(String, String)>,
    messages: Vec<(String, String)>,
}

/// Most open alerts on one page; the most pressing come first.
const OPEN_MAX: usize = 200;

/// `GET /alerts`.
pub(in crate::web) async fn list(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let open = app.open_alerts().await?;
    let recent = app.recent_alerts().await?;
    let counts = app.undelivered_counts().await?;
    let frame = Page::inside(&session, "alerts-title");
    let taken = recent.iter().filter(|alert| alert.acknowledged.is_some());
    let template = AlertsPage {
        siren: open.iter().any(|view| view.siren),
        open: open
            .iter()
            .take(OPEN_MAX)
            .map(|view| row(&app, frame.locale, &view.alert, view.red))
            .collect(),
        more: (open.len() > OPEN_MAX)
            .then(|| frame.locale.text("alerts-more", &[("count", open.len().into())])),
        recent: taken.map(|alert| row(&app, frame.locale, alert, false)).collect(),
        rules: session.may(Right::SetAlertRules),
        people: session.may(Right::ManagePeople),
        undelivered: undelivered::warning(frame.locale, counts),
        page: Page { refresh: true, ..frame },
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /alerts/{number}`: takes an alert over.
pub(in crate::web) async fn acknowledge(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let number = parse(&number)?;
    app.acknowledge_alert(&posted.session.operator, number).await?;
    Ok(Redirect::to(&format!("/alerts/{number}")).into_response())
}

/// `GET /alerts/{number}`: everything that happened to an alert.
pub(in crate::web) async fn proof(
    State(app): State<App>,
    session: Session,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number = parse(&number)?;
    let proof = app.alert_proof(number).await?;
    let frame = Page::inside(&session, "alert-title");
    let locale = frame.locale;
    let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
    let event = |event: &AlertEvent| {
        let who = event.person.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
        let word = locale.t(&format!("alert-event-{}", event.kind));
        let detail = event.detail.split(' ').map(|code| detail_word(locale, code));
        let detail = detail.collect::<Vec<_>>().join(": ");
        let parts = [word, who, detail].into_iter().filter(|part| !part.is_empty());
        (time(event.at), parts.collect::<Vec<_>>().join(" · "))
    };
    let contacts = app.contacts().await?;
    let message = |message: &Message| {
        let who = contacts.iter().find(|contact| contact.operator == message.person);
        let who = who.map_or_else(String::new, |contact| contact.name.as_str().to_owned());
        let channel = locale.t(&format!("channel-{}", message.channel().code()));
        let state = locale.t(&format!("message-{}", message.state.code()));
        let fault = message.fault.map(|fault| locale.t(&format!("send-{}", fault.code())));
        let args = [("count", message.tries.into())];
        let tries = locale.text("message-tries", &args);
        let parts = [Some(state), Some(tries), fault].into_iter().flatten();
        (format!("{who} · {channel}"), parts.collect::<Vec<_>>().join(" · "))
    };
    let template = ProofPage {
        row: row(&app, locale, &proof.alert, false),
        events: proof.events.iter().map(event).collect(),
        messages: proof.messages.iter().map(message).collect(),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

fn parse(number: &str) -> Result<AlertNumber, Fault> {
    number.parse().map(AlertNumber).map_err(|_| Fault::AlertUnknown)
}

fn row(app: &App, locale: &Locale, alert: &Alert, red: bool) -> Row {
    let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
    let study = format!("{:05}", alert.study_number);
    let taken = alert.acknowledged.as_ref().map(|by| {
        let method = locale.t(&format!("ack-{}", by.method.code()));
        let args = [
            ("name", by.name.as_str().into()),
            ("time", time(by.at).into()),
            ("method", method.into()),
        ];
        locale.text("alert-taken-by", &args)
    });
    let names = alert.findings.iter().map(|finding| locale.finding_name(*finding));
    Row {
        number: alert.number.0,
        heading: locale.text("alert-number", &[("number", alert.number.to_string().into())]),
        class: class_mark(alert.class),
        class_word: locale.t(&format!("alert-class-{}", alert.class.code())),
        findings: names.collect::<Vec<_>>().join(", "),
        raised: {
            let args = [("study", study.into()), ("time", time(alert.raised).into())];
            locale.text("alert-raised", &args)
        },
        by_portal: alert.source == AlertSource::Portal,
        study: format!("/studies/{}", alert.study),
        red,
        taken,
    }
}

/// Colour and icon of a class.
const fn class_mark(class: AlertClass) -> &'static str {
    match class {
        AlertClass::Critical => "urgent",
        AlertClass::Suspect => "soon",
        AlertClass::Digest => "routine",
    }
}

fn detail_word(locale: &Locale, code: &str) -> String {
    match code {
        "" => String::new(),
        "telegram" | "sms" => locale.t(&format!("channel-{code}")),
        "critical" | "suspect" | "digest" => locale.t(&format!("alert-class-{code}")),
        "page" | "report" => locale.t(&format!("ack-{code}")),
        _ => locale.t(&format!("send-{code}")),
    }
}

/// Whether the box shouts now.
pub(super) fn shouts(open: &[AlertView]) -> bool {
    open.iter().any(|view| view.siren)
}

#[derive(askama::Template)]
#[template(path = "siren.html")]
struct SirenPage {
    page: Page,
    rows: Vec<Row>,
}

/// `GET /siren`: for a screen on the wall. It shows and sounds what nobody has answered.
pub(in crate::web) async fn siren(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let open = app.open_alerts().await?;
    let frame = Page::inside(&session, "siren-title");
    let shown = open.iter().filter(|view| view.siren || (view.red && !shouts(&open)));
    let rows = shown.map(|view| row(&app, frame.locale, &view.alert, view.siren)).collect();
    Ok(page(StatusCode::OK, &SirenPage { rows, page: Page { refresh: true, ..frame } }))
}
