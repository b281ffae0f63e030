//! `/setup`: the first person makes the first account, with the code from the console.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::{Fault, Kind};
use crate::domain::people::PersonName;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, new_passcode};
use crate::web::guard;
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "setup.html")]
struct SetupPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
}

/// `GET /setup`.
pub(in crate::web) async fn show(State(app): State<App>) -> Result<Response, Failure> {
    if !app.setup_needed().await? {
        return Ok(Redirect::to("/login").into_response());
    }
    let frame = Page::outside("setup-title");
    let template = SetupPage {
        page: frame,
        stop: None,
        fields: Fields::default(),
        complaints: Complaints::default(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /setup`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let frame = Page::outside("setup-title");
    let mut complaints = Complaints::default();
    let code = fields.get("code").trim();
    let code_given = complaints.take((!code.is_empty()).then_some(()), "code", frame.locale);
    let name = complaints.take(PersonName::parse(fields.get("name")), "name", frame.locale);
    let passcode = new_passcode(&fields, &mut complaints, frame.locale);
    let fault = match (code_given, name, passcode) {
        (Some(()), Some(name), Some(passcode)) => {
            match app.set_up(code, name, passcode, guard::device(&headers)).await {
                Ok(token) => return Ok(guard::enter(&token, "/system/first-steps")),
                Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
                Err(fault) => fault,
            }
        }
        _ => Fault::FieldInvalid,
    };
    let stop = Some(Stop::new(&frame, fault));
    let template = SetupPage { page: frame, stop, fields, complaints };
    Ok(page(status_of(fault.kind()), &template))
}
