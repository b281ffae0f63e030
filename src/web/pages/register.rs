//! `/studies/new`: a film is registered, for a new patient or for one who was here before.
//!
//! A form that is sent says at most once each: what is wrong in it, who may be the same person, and that
//! a chosen patient does not fit. What was typed goes through all of these unchanged.

mod ask;
pub(in crate::web) mod read;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::domain::box_id::{BoxId, NoBoxId};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::{PatientId, StudyId};
use crate::domain::patient::FoundPatient;
use crate::domain::people::Sex;
use crate::domain::registration::Registered;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, random_id};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::camp::{self, Strip};
use crate::web::pages::indication::{Choice, Told};
use crate::web::pages::patients::Person;
use read::Chosen;

#[derive(askama::Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    /// Identity of the study that this form makes: sent twice, it makes one.
    form_id: String,
    /// The patient who was chosen; `None`: a new one.
    known: Option<Person>,
    sexes: Vec<Choice>,
    told: Told,
    /// The films before this one, in a camp.
    strip: Option<Strip>,
    /// Whether the foldable part is open: something in it is wrong, or written.
    more: bool,
}

/// Fields of the foldable part that somebody writes into.
const MORE_FIELDS: [&str; 4] = ["nikshay", "abha", "programme", "programme_id"];

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    patient: Option<String>,
}

/// `GET /studies/new`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let form_id = StudyId::from_bytes(random_id()?);
    let mut fields = Fields::default();
    if let Some(patient) = &wanted.patient {
        let patient = PatientId::parse(patient).ok_or(Fault::PatientUnknown)?;
        fields.suggest("chosen", &patient.to_string());
    }
    let form = Form { app: &app, session: &session, camp: camp::is_on(&headers), form_id };
    form.answer(None, fields, Complaints::default()).await
}

/// `POST /studies/new`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let form_id = StudyId::parse(fields.get("form_id")).ok_or(Fault::FormUnreadable)?;
    let form = Form { app: &app, session: &session, camp: camp::is_on(&headers), form_id };
    let frame = Page::inside(&session, "register-title");
    let chosen = Chosen::parse(fields.get("chosen")).ok_or(Fault::FormUnreadable)?;
    let mut complaints = Complaints::default();
    match chosen {
        Chosen::Back => {
            let fields = fields.without("chosen");
            return form.answer(None, fields, complaints).await;
        }
        Chosen::Nobody => match BoxId::read(fields.get("name")) {
            // Somebody scanned or typed the slip into the field that comes first.
            Ok(id) => match app.patient_with(id).await? {
                Some(patient) => {
                    let to = format!("/studies/new?patient={patient}");
                    return Ok(Redirect::to(&to).into_response());
                }
                None => complaints.add("name", frame.locale, "box-id-unknown", &[]),
            },
            Err(NoBoxId::Check) => complaints.add("name", frame.locale, "box-id-mistyped", &[]),
            Err(NoBoxId::Shape) => {}
        },
        Chosen::SomebodyElse | Chosen::Patient(..) => {}
    }
    let read = read::registration(&fields, chosen, app.year_now(), frame.locale, &mut complaints)?;
    let fault = match read.filter(|_| complaints.none()) {
        Some(registration) => match app.register(&session.operator, registration, form_id).await {
            Ok(Registered::Study(study)) => {
                return Ok(Redirect::to(&format!("/studies/{study}")).into_response());
            }
            Ok(Registered::AskWho(alike)) => return Ok(ask::who(&app, &session, &fields, &alike)),
            Ok(Registered::AskWhether(found, wrong)) => {
                return Ok(ask::whether(&app, &session, &fields, &found, &wrong));
            }
            Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
            Err(fault) => fault,
        },
        None => Fault::FieldInvalid,
    };
    form.answer(Some(fault), fields, complaints).await
}

/// The form, for whom and where.
struct Form<'a> {
    app: &'a App,
    session: &'a Session,
    camp: bool,
    form_id: StudyId,
}

impl Form<'_> {
    async fn answer(
        &self,
        fault: Option<Fault>,
        mut fields: Fields,
        complaints: Complaints,
    ) -> Result<Response, Failure> {
        let known = self.known(&fields).await?;
        let title = match (&known, self.camp) {
            (Some(_), _) => "register-known-title",
            (None, true) => "camp-title",
            (None, false) => "register-title",
        };
        let frame = Page::inside(self.session, title);
        let locale = frame.locale;
        let strip = if self.camp { Some(Strip::of(self.app, locale, None).await?) } else { None };
        // What a camp is for.
        if self.camp {
            fields.suggest("reason", "screening");
        }
        let sexes = Sex::ALL.into_iter().map(|sex| Choice {
            code: sex.code(),
            word: locale.sex_word(sex),
            chosen: fields.get("sex") == sex.code(),
        });
        let told = Told::of_fields(locale, &fields);
        let written = |name: &&str| !fields.get(name).trim().is_empty();
        let more = MORE_FIELDS.iter().any(written) || (told.is_written() && !self.camp);
        let stop = fault.map(|fault| Stop::new(&frame, fault));
        let template = RegisterPage {
            sexes: sexes.collect(),
            told,
            more,
            strip,
            known: known.map(|found| Person::of(locale, self.app, &found)),
            form_id: self.form_id.to_string(),
            page: frame,
            stop,
            fields,
            complaints,
        };
        let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
        Ok(page(status, &template))
    }

    /// The patient who was chosen.
    async fn known(&self, fields: &Fields) -> Result<Option<FoundPatient>, Fault> {
        match Chosen::parse(fields.get("chosen")) {
            Some(Chosen::Patient(patient, _)) => self.app.found_patient(patient).await.map(Some),
            Some(Chosen::Nobody | Chosen::SomebodyElse | Chosen::Back) | None => Ok(None),
        }
    }
}
