//! `/operators`: an administrator sees and adds people who work with the box.

pub(in crate::web) mod one;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::fault::{Fault, Kind};
use crate::domain::login::Account;
use crate::domain::people::{PersonName, Role};
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, new_passcode};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "operators.html")]
struct OperatorsPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    people: Vec<Person>,
    roles: Vec<Choice>,
    added: Option<String>,
}

/// A row of the list.
struct Person {
    id: String,
    name: String,
    role: String,
    /// Where the account stands, unless there is nothing to say.
    state: Option<String>,
}

/// A role to choose.
struct Choice {
    code: &'static str,
    word: String,
    help: String,
    chosen: bool,
}

fn role_choices(locale: &Locale, chosen: &str) -> Vec<Choice> {
    let choice = |role: Role| Choice {
        code: role.code(),
        word: locale.role_word(role),
        help: locale.t(&format!("role-{}.help", role.code())),
        chosen: chosen == role.code(),
    };
    Role::ALL.into_iter().map(choice).collect()
}

/// What happened to the form.
enum Outcome {
    Fresh,
    Added(String),
    Refused(Fault, Fields, Complaints),
}

/// `GET /operators`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    form(&app, &session, Outcome::Fresh).await
}

/// `POST /operators`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let locale = Page::outside("operators-title").locale;
    let mut complaints = Complaints::default();
    let name = complaints.take(PersonName::parse(fields.get("name")), "name", locale);
    let role = complaints.take(Role::parse(fields.get("role")), "role", locale);
    let passcode = new_passcode(&fields, &mut complaints, locale);
    let outcome = match (name, role, passcode) {
        (Some(name), Some(role), Some(passcode)) => {
            let shown = name.as_str().to_owned();
            match app.add_operator(&session.operator, name, passcode, role).await {
                Ok(_) => Outcome::Added(shown),
                Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
                Err(fault) => {
                    if fault == Fault::NameTaken {
                        complaints.add("name", locale, "field-name-taken", &[]);
                    }
                    Outcome::Refused(fault, fields, complaints)
                }
            }
        }
        _ => Outcome::Refused(Fault::FieldInvalid, fields, complaints),
    };
    form(&app, &session, outcome).await
}

async fn form(app: &App, session: &Session, outcome: Outcome) -> Result<Response, Failure> {
    let accounts = app.accounts(&session.operator).await?;
    let frame = Page::inside(session, "operators-title");
    let locale = frame.locale;
    let (status, stop, fields, complaints, added) = match outcome {
        Outcome::Fresh => (StatusCode::OK, None, Fields::default(), Complaints::default(), None),
        Outcome::Added(name) => {
            let text = locale.text("operators-added", &[("name", name.into())]);
            (StatusCode::OK, None, Fields::default(), Complaints::default(), Some(text))
        }
        Outcome::Refused(fault, fields, complaints) => {
            let stop = Stop::new(&frame, fault);
            (status_of(fault.kind()), Some(stop), fields, complaints, None)
        }
    };
    let role = Some(fields.get("role")).filter(|role| !role.is_empty());
    let roles = role_choices(locale, role.unwrap_or(Role::Technician.code()));
    let person = |account: &Account| Person {
        id: account.operator.id.to_string(),
        name: account.operator.name.as_str().to_owned(),
        role: locale.role_word(account.operator.role),
        state: (!account.active || account.must_choose).then(|| locale.t(one::state_key(account))),
    };
    let people = accounts.iter().map(person).collect();
    let template = OperatorsPage { page: frame, stop, fields, complaints, people, roles, added };
    Ok(page(status, &template))
}
