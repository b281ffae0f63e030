//! `/login` and `/logout`.

use axum::extract::{Query, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, Knock, LoginFault};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::OperatorId;
use crate::domain::login::{Account, PasscodeKind};
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{self, Posted, Session, local_path};
use crate::web::html::{Page, Stop, page};
use crate::web::language;

#[derive(askama::Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    stop: Option<Stop>,
    complaints: Complaints,
    people: Vec<Person>,
    /// The field takes letters.
    letters: bool,
    /// Somebody has a password.
    passwords: bool,
    /// Where to go on, a local path.
    next: String,
}

/// A name to choose.
struct Person {
    id: String,
    name: String,
    role: String,
    chosen: bool,
    /// The passcode is a password.
    letters: bool,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Target {
    next: Option<String>,
    /// Somebody else takes the phone over.
    switch: Option<String>,
    /// The keyboard has letters.
    password: Option<String>,
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
    if target.switch.is_none() && Session::of(&headers, &app).await?.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let form = Form { chosen: None, letters: target.password.is_some(), next };
    form.page(&app, StatusCode::OK, None, Complaints::default()).await
}

/// `POST /login`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let next = local_path(fields.get("next")).to_owned();
    let locale = Page::outside("login-title").locale;
    let mut complaints = Complaints::default();
    let chosen = OperatorId::parse(fields.get("operator"));
    let refused = match complaints.take(chosen, "operator", locale) {
        Some(operator) => {
            let knock = Knock {
                operator,
                passcode: fields.get("pin").to_owned(),
                device: guard::device(&headers),
                replaces: guard::token(&headers),
            };
            match app.log_in(knock).await {
                Ok(token) => {
                    let mut response = guard::enter(&token, &next);
                    if let Some(language) = app.language_of(operator).await? {
                        response.headers_mut().append(SET_COOKIE, language::cookie(language));
                    }
                    return Ok(response);
                }
                Err(refused) => refused,
            }
        }
        None => LoginFault { fault: Fault::FieldInvalid, wait_s: 0 },
    };
    if refused.fault.kind() == Kind::Internal {
        return Err(refused.fault.into());
    }
    let form = Form { chosen, letters: fields.get("letters") == "yes", next };
    let status = status_of(refused.fault.kind());
    let mut response = form.page(&app, status, Some(refused), complaints).await?;
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
    app.log_out(&posted.session.attendance).await?;
    Ok(guard::leave("/login"))
}

/// What the page shows beside the names.
struct Form {
    chosen: Option<OperatorId>,
    letters: bool,
    next: String,
}

impl Form {
    async fn page(
        self,
        app: &App,
        status: StatusCode,
        refused: Option<LoginFault>,
        complaints: Complaints,
    ) -> Result<Response, Failure> {
        let frame = Page::outside("login-title");
        let accounts = app.people().await?;
        let alone = accounts.len() == 1;
        let person = |account: &Account| Person {
            id: account.operator.id.to_string(),
            name: account.operator.name.as_str().to_owned(),
            role: frame.locale.role_word(account.operator.role),
            chosen: alone || self.chosen == Some(account.operator.id),
            letters: account.kind == PasscodeKind::Password,
        };
        let people: Vec<_> = accounts.iter().map(person).collect();
        let template = LoginPage {
            stop: refused.map(|it| Stop::new(&frame, it.fault).waiting(&frame, it.wait_s)),
            letters: self.letters || people.iter().any(|one| one.chosen && one.letters),
            passwords: people.iter().any(|one| one.letters),
            complaints,
            people,
            next: self.next,
            page: frame,
        };
        Ok(page(status, &template))
    }
}
