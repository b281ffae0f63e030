//! `/login` and `/logout`.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, LoginFault};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::OperatorId;
use crate::domain::people::Operator;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{self, Posted, Session, local_path};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    stop: Option<Stop>,
    complaints: Complaints,
    people: Vec<Person>,
    /// Where to go on, a local path.
    next: String,
}

/// A name to choose.
struct Person {
    id: String,
    name: String,
    role: String,
    chosen: bool,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Target {
    next: Option<String>,
}

/// `GET /login`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Query(target): Query<Target>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let next = local_path(target.next.as_deref().unwrap_or("/")).to_owned();
    if app.setup_needed().await? {
        return Ok(Redirect::to("/setup").into_response());
    }
    if Session::of(&headers, &app).await?.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let frame = Page::outside("login-title");
    let people = people(&frame, &app.operators().await?, None);
    let complaints = Complaints::default();
    Ok(page(StatusCode::OK, &LoginPage { page: frame, stop: None, complaints, people, next }))
}

/// `POST /login`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    fields: Fields,
) -> Result<Response, Failure> {
    let next = local_path(fields.get("next")).to_owned();
    let frame = Page::outside("login-title");
    let mut complaints = Complaints::default();
    let chosen = OperatorId::parse(fields.get("operator"));
    let refused = match complaints.take(chosen, "operator", frame.locale) {
        Some(operator) => match app.log_in(operator, fields.get("pin").trim()).await {
            Ok(token) => return Ok(guard::enter(&token, &next)),
            Err(refused) => refused,
        },
        None => LoginFault { fault: Fault::FieldInvalid, wait_s: 0 },
    };
    if refused.fault.kind() == Kind::Internal {
        return Err(refused.fault.into());
    }
    let stop = Some(Stop::new(&frame, refused.fault).waiting(&frame, refused.wait_s));
    let people = people(&frame, &app.operators().await?, chosen);
    let template = LoginPage { page: frame, stop, complaints, people, next };
    let mut response = page(status_of(refused.fault.kind()), &template);
    if refused.wait_s > 0 {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(refused.wait_s));
    }
    Ok(response)
}

/// `POST /logout`.
pub(in crate::web) async fn leave(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    app.log_out(posted.session.token()).await?;
    Ok(guard::leave("/login"))
}

fn people(frame: &Page, operators: &[Operator], chosen: Option<OperatorId>) -> Vec<Person> {
    let alone = operators.len() == 1;
    let person = |operator: &Operator| Person {
        id: operator.id.to_string(),
        name: operator.name.as_str().to_owned(),
        role: frame.locale.role_word(operator.role),
        chosen: alone || chosen == Some(operator.id),
    };
    operators.iter().map(person).collect()
}
