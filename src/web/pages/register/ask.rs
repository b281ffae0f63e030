//! The two questions before a film is registered: who is it, and is it really this patient?

use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::patient::FoundPatient;
use crate::domain::people::{AgeEvidence, Sex};
use crate::domain::registration::{Contradiction, LikelyDuplicate};
use crate::locale::Locale;
use crate::web::forms::Fields;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::patients::Person;

/// Fields that the questions carry along are all but these: a button says the one anew, and the other is
/// in the frame.
const OWN_FIELDS: [&str; 2] = ["chosen", "csrf"];

#[derive(askama::Template)]
#[template(path = "ask_who.html")]
struct WhoPage {
    page: Page,
    carried: Vec<(String, String)>,
    /// What was typed, in a line.
    typed: String,
    /// Who may be the same person, and why.
    alike: Vec<(Person, Vec<String>)>,
}

#[derive(askama::Template)]
#[template(path = "ask_whether.html")]
struct WhetherPage {
    page: Page,
    carried: Vec<(String, String)>,
    person: Person,
    wrong: Vec<String>,
}

/// "Is it one of these?"
pub(super) fn who(
    app: &App,
    session: &Session,
    fields: &Fields,
    alike: &[LikelyDuplicate],
) -> Response {
    let frame = Page::inside(session, "ask-who-title");
    let locale = frame.locale;
    let one = |one: &LikelyDuplicate| {
        let why = one.alike.iter().map(|why| locale.alike_text(*why)).collect();
        (Person::of(locale, app, &one.found), why)
    };
    let template = WhoPage {
        carried: carried(fields),
        typed: typed(fields),
        alike: alike.iter().map(one).collect(),
        page: frame,
    };
    page(StatusCode::OK, &template)
}

/// "Is it really this patient?"
pub(super) fn whether(
    app: &App,
    session: &Session,
    fields: &Fields,
    found: &FoundPatient,
    wrong: &[Contradiction],
) -> Response {
    let frame = Page::inside(session, "ask-whether-title");
    let locale = frame.locale;
    let template = WhetherPage {
        carried: carried(fields),
        person: Person::of(locale, app, found),
        wrong: wrong.iter().map(|one| contradiction(locale, *one, fields, found)).collect(),
        page: frame,
    };
    page(StatusCode::OK, &template)
}

fn carried(fields: &Fields) -> Vec<(String, String)> {
    let all = fields.all().filter(|(name, _)| !OWN_FIELDS.contains(name));
    all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Name and number as they were typed.
fn typed(fields: &Fields) -> String {
    let parts = ["name", "local_id"].map(|name| fields.get(name).trim());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn contradiction(
    locale: &Locale,
    what: Contradiction,
    fields: &Fields,
    found: &FoundPatient,
) -> String {
    match what {
        Contradiction::Sex => {
            let told = Sex::parse(fields.get("sex"));
            let told = told.map(|sex| locale.sex_word(sex)).unwrap_or_default();
            let record = locale.sex_word(found.patient.sex);
            locale.text("ask-sex", &[("told", told.into()), ("record", record.into())])
        }
        Contradiction::Age => {
            let told = [fields.get("age").trim(), fields.get("birth_year").trim()];
            let told = told.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            let record = match (found.patient.age, found.told_in) {
                (AgeEvidence::BirthYear(year), _) => {
                    let year = year.to_string();
                    locale.text("ask-age-born", &[("year", year.into())])
                }
                (AgeEvidence::Told(age), Some(year)) => {
                    let year = year.to_string();
                    let years = age.years().into();
                    locale.text("ask-age-told", &[("years", years), ("year", year.into())])
                }
                (AgeEvidence::Told(age), None) => {
                    locale.text("age-years", &[("years", age.years().into())])
                }
            };
            locale.text("ask-age", &[("told", told.to_owned().into()), ("record", record.into())])
        }
    }
}
