//! `/system/support`: what support may see, who agreed and until when, and the file to be carried.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, SupportState};
use crate::domain::fault::{Fault, Kind};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::support::{Consent, HOURS};
use crate::domain::sync::order::{OrderRefusal, Outcome};
use crate::domain::sync::support::Way;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "support.html")]
struct SupportPage {
    page: Page,
    stop: Option<Stop>,
    possible: bool,
    /// Address of the file that lies ready.
    ready: Option<String>,
    hours: Vec<(u32, String)>,
    /// Number of a request of the portal, its words, and its reason.
    requests: Vec<(u64, String, String)>,
    log: Vec<String>,
}

/// `GET /system/support`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    form(&app, &session, None).await
}

/// `POST /system/support`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let number = fields.get("request").parse().unwrap_or(0);
    let done = if fields.get("do") == "end" {
        app.end_support(&session.operator).await
    } else if fields.get("do") == "decline" {
        let declined = Outcome::Refused(OrderRefusal::Declined);
        app.answer_support(&session.operator, number, declined).await
    } else if fields.get("do") == "allow" {
        app.answer_support(&session.operator, number, Outcome::Agreed).await
    } else if fields.get("agree") != "yes" {
        Err(Fault::ConsentMissing)
    } else {
        let hours = fields.get("hours").parse().unwrap_or(0);
        app.agree_to_support(&session.operator, hours).await.map(drop)
    };
    match done {
        Ok(()) => Ok(Redirect::to("/system/support").into_response()),
        Err(fault) if fault.kind() == Kind::Internal => Err(fault.into()),
        Err(fault) => form(&app, &session, Some(fault)).await,
    }
}

/// `GET /system/support/{number}`: the encrypted file, for whoever carries it.
pub(in crate::web) async fn file(
    State(app): State<App>,
    session: Session,
    Path(number): Path<i64>,
) -> Result<Response, Failure> {
    let bytes = app.support_bundle(&session.operator, number).await?;
    let name = format!("attachment; filename=\"fieldray-support-{number}.age\"");
    let headers =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

async fn form(app: &App, session: &Session, fault: Option<Fault>) -> Result<Response, Failure> {
    let state = app.support_state(&session.operator).await?;
    let SupportState { possible, consents, ready, ways } = state;
    let frame = Page::inside(session, "support-title");
    let locale = frame.locale;
    let hours =
        HOURS.map(|hours| (hours, locale.text("support-hours", &[("count", hours.into())])));
    let way = |one: &Consent| ways.iter().find(|(seq, _)| *seq == one.seq).map(|(_, way)| *way);
    let log = consents.iter().map(|one| log_line(app, &frame, one, way(one))).collect();
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    let stop = fault.map(|fault| Stop::new(&frame, fault));
    let requests = app.support_requests().await?;
    let requests = requests.iter().map(|one| {
        let name = one.request.by.as_str();
        let args = [("name", name.into()), ("count", one.hours.into())];
        let reason = one.request.reason.as_str().to_owned();
        (one.number, locale.text("support-asked", &args), reason)
    });
    let requests = requests.collect();
    let ready = ready.map(|seq| format!("/system/support/{seq}"));
    let hours = hours.into();
    Ok(page(status, &SupportPage { page: frame, stop, possible, ready, hours, requests, log }))
}

/// Who agreed, when, until when, and whether the portal has the file.
fn log_line(app: &App, page: &Page, consent: &Consent, way: Option<Way>) -> String {
    let line = consent_line(app, page, consent);
    let told = match way {
        None => return line,
        // Nothing of it goes any more, and nothing of it went.
        Some(Way::Waiting) if !consent.holds(app.now()) => return line,
        Some(Way::Waiting) => page.locale.t("support-way-waiting"),
        Some(Way::Removed) => page.locale.t("support-way-removed"),
        Some(Way::Arrived(wall)) => {
            let at = Stamp { wall, trust: ClockTrust::Synced };
            let time = page.locale.time_text(at, app.utc_offset_minutes());
            page.locale.text("support-way-arrived", &[("time", time.into())])
        }
    };
    format!("{line} · {told}")
}

fn consent_line(app: &App, page: &Page, consent: &Consent) -> String {
    let time = |at: Stamp| page.locale.time_text(at, app.utc_offset_minutes());
    let until = Stamp { wall: WallMs(consent.until_ms), trust: consent.at.trust };
    let (name, from) = (consent.by.as_str(), time(consent.at));
    match consent.ended {
        Some(ended) => {
            let until = time(ended);
            let args = [("name", name.into()), ("from", from.into()), ("until", until.into())];
            page.locale.text("support-log-ended", &args)
        }
        None => {
            let until = time(until);
            let args = [("name", name.into()), ("from", from.into()), ("until", until.into())];
            page.locale.text("support-log", &args)
        }
    }
}
