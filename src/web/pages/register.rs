//! `/studies/new`: a patient is registered, and a study opened for the film.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::StudyId;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Sex};
use crate::domain::view::Registration;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields, number, random_id};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    /// Identity of the study that this form makes: sent twice, it makes one.
    form_id: String,
    sexes: Vec<Choice>,
}

/// An answer to choose.
struct Choice {
    code: &'static str,
    word: String,
    chosen: bool,
}

/// `GET /studies/new`.
pub(in crate::web) async fn show(session: Session) -> Result<Response, Failure> {
    let form_id = StudyId::from_bytes(random_id()?);
    let frame = Page::inside(&session, "register-title");
    let (fields, complaints) = (Fields::default(), Complaints::default());
    Ok(form(StatusCode::OK, frame, None, fields, complaints, form_id))
}

/// `POST /studies/new`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let form_id = StudyId::parse(fields.get("form_id")).ok_or(Fault::FormUnreadable)?;
    let frame = Page::inside(&session, "register-title");
    let mut complaints = Complaints::default();
    let fault = match read(&fields, app.year_now(), frame.locale, &mut complaints) {
        Some(registration) => match app.register(&session.operator, registration, form_id).await {
            Ok(study) => return Ok(Redirect::to(&format!("/studies/{study}")).into_response()),
            Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
            Err(fault) => fault,
        },
        None => Fault::FieldInvalid,
    };
    let stop = Some(Stop::new(&frame, fault));
    Ok(form(status_of(fault.kind()), frame, stop, fields, complaints, form_id))
}

fn form(
    status: StatusCode,
    frame: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    form_id: StudyId,
) -> Response {
    let choice = |sex: Sex| Choice {
        code: sex.code(),
        word: frame.locale.sex_word(sex),
        chosen: fields.get("sex") == sex.code(),
    };
    let sexes = Sex::ALL.into_iter().map(choice).collect();
    let form_id = form_id.to_string();
    page(status, &RegisterPage { page: frame, stop, fields, complaints, form_id, sexes })
}

/// The registration, or nothing after noting what is wrong.
fn read(
    fields: &Fields,
    year: i32,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<Registration> {
    let name = complaints.take(PersonName::parse(fields.get("name")), "name", locale);
    let local_id = complaints.take(LocalId::parse(fields.get("local_id")), "local_id", locale);
    let sex = complaints.take(Sex::parse(fields.get("sex")), "sex", locale);
    let age = read_age(fields, year, locale, complaints);
    Some(Registration { name: name?, local_id: local_id?, sex: sex?, age: age? })
}

fn read_age(
    fields: &Fields,
    year: i32,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<AgeEvidence> {
    let (age, birth_year) = (fields.get("age").trim(), fields.get("birth_year").trim());
    match (age.is_empty(), birth_year.is_empty()) {
        (true, true) => complaints.add("age", locale, "field-age-missing", &[]),
        (false, false) => complaints.add("age", locale, "field-age-both", &[]),
        (false, true) => {
            let years = number(age).and_then(|age| u8::try_from(age).ok()).and_then(AgeYears::new);
            if let Some(years) = years {
                return Some(AgeEvidence::Told(years));
            }
            complaints.add("age", locale, "field-age-range", &[]);
        }
        (true, false) => {
            // A box with an unset clock must not refuse a true year of birth.
            let last = year.max(CLOCK_YEAR_MIN);
            let years = AgeEvidence::BIRTH_YEAR_MIN..=last;
            let given = number(birth_year).map(i32::from).filter(|given| years.contains(given));
            if let Some(given) = given {
                return Some(AgeEvidence::BirthYear(given));
            }
            let range = [
                ("first", AgeEvidence::BIRTH_YEAR_MIN.to_string().into()),
                ("last", last.to_string().into()),
            ];
            complaints.add("birth_year", locale, "field-birth-year-range", &range);
        }
    }
    None
}

/// No box was built before this year: a clock that says less is not set.
const CLOCK_YEAR_MIN: i32 = 2026;

#[cfg(test)]
mod tests {
    use super::*;

    fn check_age(age: &str, birth_year: &str, year: i32, expected: Result<AgeEvidence, &str>) {
        let mut complaints = Complaints::default();
        let fields = Fields::of(&[("age", age), ("birth_year", birth_year)]);
        let read = read_age(&fields, year, Locale::english(), &mut complaints);
        let field = complaints.all().first().map_or("", |(field, _)| *field);
        assert_eq!(read.ok_or(field), expected, "{age:?} {birth_year:?} in {year}");
    }

    #[test]
    fn age_or_birth_year_is_enough_and_both_are_too_much() {
        let told = |years| Ok(AgeEvidence::Told(AgeYears::new(years).unwrap()));
        check_age("34", "", 2026, told(34));
        check_age("0", "", 2026, told(0));
        check_age("", "1990", 2026, Ok(AgeEvidence::BirthYear(1990)));
        check_age("34", "1990", 2026, Err("age"));
        check_age("", "", 2026, Err("age"));
        check_age("121", "", 2026, Err("age"));
        check_age("-3", "", 2026, Err("age"));
        check_age("", "2027", 2026, Err("birth_year"));
        check_age("", "1899", 2026, Err("birth_year"));
    }

    #[test]
    fn an_unset_clock_does_not_refuse_a_birth_year() {
        check_age("", "1990", 1970, Ok(AgeEvidence::BirthYear(1990)));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut complaints = Complaints::default();
        assert!(read(&Fields::default(), 2026, Locale::english(), &mut complaints).is_none());
        let fields: Vec<_> = complaints.all().iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "local_id", "sex", "age"]);
    }
}
