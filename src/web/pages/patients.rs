//! `/patients`: who was here before, and everything that was examined.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::ids::PatientId;
use crate::domain::patient::{Asked, FoundBy, FoundPatient, Patient};
use crate::domain::programme_id::{ProgrammeId, ProgrammeKind};
use crate::domain::study::StudyState;
use crate::domain::view::PatientStudy;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::worklist::person_line;

/// A patient in words.
pub(in crate::web) struct Person {
    /// Identity, as forms and addresses have it.
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    /// Sex and age.
    pub(in crate::web) line: String,
    pub(in crate::web) box_id: String,
    /// Number of the clinic; empty: none.
    pub(in crate::web) local_id: String,
    /// Newest study: number and when it was registered.
    pub(in crate::web) newest: String,
}

impl Person {
    pub(in crate::web) fn of(locale: &Locale, app: &App, found: &FoundPatient) -> Self {
        let (_, number, registered) = found.newest;
        let time = locale.time_text(registered, app.utc_offset_minutes());
        let newest = locale.text(
            "patient-newest",
            &[
                ("count", found.studies.into()),
                ("number", number.to_string().into()),
                ("time", time.into()),
            ],
        );
        Self {
            id: found.patient.id.to_string(),
            name: found.patient.name.reveal().as_str().to_owned(),
            line: person_line(locale, &found.patient, app.year_now()),
            box_id: found.patient.box_id.reveal().to_string(),
            local_id: local_id(&found.patient),
            newest,
        }
    }
}

/// The clinic's number of a patient; empty where there is none.
pub(in crate::web) fn local_id(patient: &Patient) -> String {
    patient.local_id.as_ref().map(|id| id.reveal().as_str().to_owned()).unwrap_or_default()
}

/// The number that a list shows: the clinic's where there is one, else the one that the box gave.
pub(in crate::web) fn list_id(patient: &Patient) -> String {
    match &patient.local_id {
        Some(id) => id.reveal().as_str().to_owned(),
        None => patient.box_id.reveal().to_string(),
    }
}

#[derive(askama::Template)]
#[template(path = "patients.html")]
struct SearchPage {
    page: Page,
    asked: String,
    asked_max: usize,
    /// Patients, and what they were found by.
    hits: Vec<(Person, String)>,
    /// Nothing was asked: these are the newest.
    newest: bool,
    more: bool,
    mistyped: bool,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    q: Option<String>,
}

/// `GET /patients?q=`.
pub(in crate::web) async fn search(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let asked: String = wanted.q.unwrap_or_default().chars().take(Asked::CHARS_MAX).collect();
    let found = app.search_patients(asked.clone()).await?;
    let frame = Page::inside(&session, "patients-title");
    let locale = frame.locale;
    let newest = Asked::of(&asked) == Asked::Nothing;
    let hit = |(found, by): &(FoundPatient, FoundBy)| {
        let by = if newest { String::new() } else { locale.found_by_text(*by) };
        (Person::of(locale, &app, found), by)
    };
    let template = SearchPage {
        hits: found.hits.iter().map(hit).collect(),
        newest,
        more: found.more && !newest,
        mistyped: found.mistyped,
        asked,
        asked_max: Asked::CHARS_MAX,
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

#[derive(askama::Template)]
#[template(path = "patient.html")]
struct PatientPage {
    page: Page,
    id: String,
    name: String,
    line: String,
    box_id: String,
    local_id: String,
    programmes: Vec<(String, String)>,
    studies: Vec<Study>,
}

/// One study in words.
struct Study {
    href: String,
    number: String,
    state: StudyState,
    state_word: String,
    urgency: Option<(&'static str, String)>,
    reason: Option<String>,
    registered: String,
}

/// `GET /patients/{patient}`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(patient): Path<String>,
) -> Result<Response, Failure> {
    let id = PatientId::parse(&patient).ok_or(Fault::PatientUnknown)?;
    let view = app.patient(id).await?;
    let mut frame = Page::inside(&session, "patients-title");
    let locale = frame.locale;
    let name = view.patient.name.reveal().as_str().to_owned();
    frame.title.clone_from(&name);
    let programme = |id: &ProgrammeId| {
        let label = match id.kind() {
            ProgrammeKind::Other => id.programme().to_owned(),
            kind @ (ProgrammeKind::Nikshay | ProgrammeKind::Abha) => {
                locale.t(&format!("programme-{}", kind.code()))
            }
        };
        (label, id.shown())
    };
    let template = PatientPage {
        id: id.to_string(),
        line: person_line(locale, &view.patient, app.year_now()),
        box_id: view.patient.box_id.reveal().to_string(),
        local_id: local_id(&view.patient),
        programmes: view.programmes.iter().map(programme).collect(),
        studies: view
            .studies
            .iter()
            .map(|one| study(locale, one, app.utc_offset_minutes()))
            .collect(),
        name,
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

fn study(locale: &Locale, one: &PatientStudy, minutes: i32) -> Study {
    Study {
        href: format!("/studies/{}", one.id),
        number: one.number.to_string(),
        state: one.state,
        state_word: locale.state_word(one.state),
        urgency: one.urgency.map(|urgency| (urgency.code(), locale.urgency_word(urgency))),
        reason: one.reason.map(|reason| locale.reason_word(reason)),
        registered: locale.time_text(one.registered, minutes),
    }
}
