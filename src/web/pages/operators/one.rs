//! `/operators/{operator}`: one account, for an administrator.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::OperatorId;
use crate::domain::login::{Account, AccountChange, SessionRow};
use crate::domain::people::{PersonName, Role};
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, new_passcode};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::account::SessionLine;
use crate::web::pages::operators::{Choice, role_choices};

#[derive(askama::Template)]
#[template(path = "operator.html")]
struct OperatorPage {
    page: Page,
    stop: Option<Stop>,
    complaints: Complaints,
    id: String,
    name: String,
    state: String,
    active: bool,
    /// The account of the person who looks at it.
    own: bool,
    roles: Vec<Choice>,
    sessions: Vec<SessionLine>,
}

/// `GET /operators/{operator}`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(operator): Path<String>,
) -> Result<Response, Failure> {
    let operator = OperatorId::parse(&operator).ok_or(Fault::PersonUnknown)?;
    render(&app, &session, operator, None, Complaints::default()).await
}

/// `POST /operators/{operator}`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    Path(operator): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let operator = OperatorId::parse(&operator).ok_or(Fault::PersonUnknown)?;
    let mut complaints = Complaints::default();
    let locale = Page::outside("operator-title").locale;
    let Some(change) = wanted(&fields, &mut complaints, locale) else {
        return render(&app, &session, operator, Some(Fault::FieldInvalid), complaints).await;
    };
    match app.change_account(&session.operator, operator, change).await {
        Ok(()) => Ok(Redirect::to(&format!("/operators/{operator}")).into_response()),
        Err(fault) if matches!(fault.kind(), Kind::Internal | Kind::NotFound) => Err(fault.into()),
        Err(fault) => {
            if fault == Fault::NameTaken {
                complaints.add("name", locale, "field-name-taken", &[]);
            }
            render(&app, &session, operator, Some(fault), complaints).await
        }
    }
}

fn wanted(fields: &Fields, complaints: &mut Complaints, locale: &Locale) -> Option<AccountChange> {
    match fields.get("change") {
        "reset" => new_passcode(fields, complaints, locale).map(AccountChange::Reset),
        "close" => Some(AccountChange::Close),
        "reopen" => Some(AccountChange::Reopen),
        "role" => {
            let role = complaints.take(Role::parse(fields.get("role")), "role", locale);
            role.map(AccountChange::Role)
        }
        "rename" => {
            let name = complaints.take(PersonName::parse(fields.get("name")), "name", locale);
            name.map(AccountChange::Rename)
        }
        _ => None,
    }
}

async fn render(
    app: &App,
    session: &Session,
    operator: OperatorId,
    stop: Option<Fault>,
    complaints: Complaints,
) -> Result<Response, Failure> {
    let accounts = app.accounts(&session.operator).await?;
    let account = accounts.into_iter().find(|account| account.operator.id == operator);
    let account = account.ok_or(Fault::PersonUnknown)?;
    let rows = app.sessions(&session.operator, operator).await?;
    let frame = Page::inside(session, "operator-title");
    let locale = frame.locale;
    let line = |row: &SessionRow| SessionLine::new(app, locale, row, session.attendance.id);
    let status = stop.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    let template = OperatorPage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        complaints,
        id: operator.to_string(),
        name: account.operator.name.as_str().to_owned(),
        state: locale.t(state_key(&account)),
        active: account.active,
        own: operator == session.operator.id,
        roles: role_choices(locale, account.operator.role.code()),
        sessions: rows.iter().map(line).collect(),
        page: frame,
    };
    Ok(page(status, &template))
}

/// Key of the sentence that says where an account stands.
pub(super) const fn state_key(account: &Account) -> &'static str {
    match (account.active, account.must_choose) {
        (false, _) => "operator-closed",
        (true, true) => "operator-given",
        (true, false) => "operator-active",
    }
}
