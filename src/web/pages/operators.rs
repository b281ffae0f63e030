//! `/operators`: an administrator adds people who work with the box.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::fault::{Fault, Kind};
use crate::domain::people::{Operator, PersonName, Role};
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, new_pin};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "operators.html")]
struct OperatorsPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    people: Vec<(String, String)>,
    roles: Vec<Choice>,
    added: Option<String>,
}

/// A role to choose.
struct Choice {
    code: &'static str,
    word: String,
    help: String,
    chosen: bool,
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
    administrator(&session)?;
    form(&app, &session, Outcome::Fresh).await
}

/// `POST /operators`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    administrator(&session)?;
    let locale = Page::outside("operators-title").locale;
    let mut complaints = Complaints::default();
    let name = complaints.take(PersonName::parse(fields.get("name")), "name", locale);
    let role = complaints.take(Role::parse(fields.get("role")), "role", locale);
    let pin = new_pin(&fields, &mut complaints, locale);
    let outcome = match (name, role, pin) {
        (Some(name), Some(role), Some(pin)) => {
            let shown = name.as_str().to_owned();
            match app.add_operator(&session.operator, name, pin, role).await {
                Ok(_) => Outcome::Added(shown),
                Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
                Err(fault) => {
                    if fault == Fault::FieldInvalid {
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

fn administrator(session: &Session) -> Result<(), Fault> {
    match session.operator.role {
        Role::Administrator => Ok(()),
        Role::Technician | Role::Physician => Err(Fault::NotAllowed),
    }
}

async fn form(app: &App, session: &Session, outcome: Outcome) -> Result<Response, Failure> {
    let operators = app.operators().await?;
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
    let choice = |role: Role| Choice {
        code: role.code(),
        word: locale.role_word(role),
        help: locale.t(&format!("role-{}.help", role.code())),
        chosen: fields.get("role") == role.code()
            || (fields.get("role").is_empty() && role == Role::Technician),
    };
    let roles = Role::ALL.into_iter().map(choice).collect();
    let person = |one: &Operator| (one.name.as_str().to_owned(), locale.role_word(one.role));
    let people = operators.iter().map(person).collect();
    let template = OperatorsPage { page: frame, stop, fields, complaints, people, roles, added };
    Ok(page(status, &template))
}
