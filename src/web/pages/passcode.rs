//! `/passcode`: a person chooses the PIN or password that only this person knows.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, LoginFault};
use crate::domain::fault::{Fault, Kind};
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, new_passcode};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "passcode.html")]
struct PasscodePage {
    page: Page,
    stop: Option<Stop>,
    complaints: Complaints,
    /// Somebody else made the one in force: it was asked for a moment ago.
    given: bool,
}

/// `GET /passcode`.
pub(in crate::web) async fn show(session: Session) -> Response {
    form(&session, None, Complaints::default())
}

/// `POST /passcode`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let locale = Page::outside("passcode-title").locale;
    let mut complaints = Complaints::default();
    let Some(passcode) = new_passcode(&fields, &mut complaints, locale) else {
        return Ok(form(&session, Some(Fault::FieldInvalid.into()), complaints));
    };
    if !session.attendance.must_choose {
        let old = app.check_passcode(session.operator.id, fields.get("old")).await;
        if let Err(refused) = old {
            return Ok(form(&session, Some(refused), complaints));
        }
    }
    match app.choose_passcode(&session.attendance, passcode).await {
        Ok(()) if session.attendance.must_choose => Ok(Redirect::to("/").into_response()),
        Ok(()) => Ok(Redirect::to("/account?chosen=1").into_response()),
        Err(fault) => Ok(form(&session, Some(fault.into()), complaints)),
    }
}

fn form(session: &Session, refused: Option<LoginFault>, complaints: Complaints) -> Response {
    if let Some(refused) = refused
        && refused.fault.kind() == Kind::Internal
    {
        return Failure::from(refused.fault).into_response();
    }
    let given = session.attendance.must_choose;
    let frame = if given {
        Page { csrf: session.csrf(), ..Page::outside("passcode-title") }
    } else {
        Page::inside(session, "passcode-title")
    };
    let stop = refused.map(|it| Stop::new(&frame, it.fault).waiting(&frame, it.wait_s));
    let status = refused.map_or(StatusCode::OK, |it| status_of(it.fault.kind()));
    page(status, &PasscodePage { page: frame, stop, complaints, given })
}
