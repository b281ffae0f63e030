//! `/system/acceptance`: phantom films through the real box, and the signed sheet.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::acceptance::Outcome;
use crate::domain::fault::Fault;
use crate::domain::rights::Right;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};

/// Seconds after which a page of a running test is loaded again.
const AGAIN_S: &str = "4";

#[derive(askama::Template)]
#[template(path = "acceptance.html")]
struct AcceptancePage {
    page: Page,
    running: bool,
    may_start: bool,
    /// Whether there was a test.
    tested: bool,
    passed: bool,
    lines: Vec<Line>,
}

/// One line of the sheet.
struct Line {
    good: bool,
    what: String,
    outcome: String,
    detail: String,
    next: Option<String>,
}

/// `GET /system/acceptance`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let sheet = app.last_acceptance().await?;
    let running = app.is_testing();
    let frame = Page::inside(&session, "acceptance-title");
    let locale = frame.locale;
    let findings = sheet.as_ref().map(crate::app::SignedSheet::findings).unwrap_or_default();
    let lines = findings.into_iter().map(|finding| {
        let key = format!("acceptance-{}", finding.item.code());
        let good = finding.outcome == Outcome::Good;
        Line {
            good,
            what: locale.t(&key),
            outcome: locale.t(match finding.outcome {
                Outcome::Good => "acceptance-good",
                Outcome::Missing => "acceptance-missing",
                Outcome::Bad => "acceptance-bad",
            }),
            detail: finding.detail,
            next: (!good).then(|| locale.t(&format!("{key}.next"))),
        }
    });
    let template = AcceptancePage {
        running,
        may_start: session.may(Right::ManageSite),
        tested: sheet.is_some(),
        passed: sheet.as_ref().is_some_and(crate::app::SignedSheet::passed),
        lines: lines.collect(),
        page: frame,
    };
    let mut response = page(StatusCode::OK, &template);
    if running {
        let refresh = HeaderName::from_static("refresh");
        response.headers_mut().insert(refresh, HeaderValue::from_static(AGAIN_S));
    }
    Ok(response)
}

/// `POST /system/acceptance`: starts the test; the page shows when it is done.
pub(in crate::web) async fn start(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    app.start_acceptance(&posted.session.operator)?;
    Ok(Redirect::to("/system/acceptance").into_response())
}

/// `GET /system/acceptance/sheet.txt`: the sheet, its signature and the key, in one file.
pub(in crate::web) async fn sheet(State(app): State<App>) -> Result<Response, Failure> {
    let sheet = app.last_acceptance().await?.ok_or(Fault::PageUnknown)?;
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"fieldray-acceptance.txt\""),
    ];
    Ok((headers, sheet.in_one_file()).into_response())
}
