//! A camp: many films in a row. The phone remembers it in a cookie until somebody ends it; the box does
//! nothing else differently.

use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::ids::StudyId;
use crate::domain::people::{PersonName, Phi};
use crate::domain::view::PatientStudy;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, cookie};

const COOKIE_NAME: &str = "fieldray_camp";
/// Seconds after which a forgotten camp is over: one long day.
const COOKIE_AGE_S: u32 = 16 * 60 * 60;
/// Films that the strip shows.
const STRIP_FILMS: u32 = 6;

/// The films before this one, newest first.
pub(in crate::web) struct Strip {
    pub(in crate::web) films: Vec<StripFilm>,
}

/// One film of the strip.
pub(in crate::web) struct StripFilm {
    pub(in crate::web) href: String,
    pub(in crate::web) name: String,
    /// Class and icon of the urgency where there is a reading, else of the state.
    pub(in crate::web) mark: &'static str,
    pub(in crate::web) word: String,
    pub(in crate::web) here: bool,
}

impl Strip {
    pub(in crate::web) async fn of(
        app: &App,
        locale: &Locale,
        here: Option<StudyId>,
    ) -> Result<Self, Fault> {
        let films = app.newest_studies(STRIP_FILMS).await?;
        let film =
            |(name, study): &(Phi<PersonName>, PatientStudy)| strip_film(locale, name, study, here);
        Ok(Self { films: films.iter().map(film).collect() })
    }
}

fn strip_film(
    locale: &Locale,
    name: &Phi<PersonName>,
    study: &PatientStudy,
    here: Option<StudyId>,
) -> StripFilm {
    let (mark, word) = match study.urgency {
        Some(urgency) => (urgency.code(), locale.urgency_word(urgency)),
        None => (study.state.code(), locale.state_word(study.state)),
    };
    StripFilm {
        href: format!("/studies/{}", study.id),
        name: name.reveal().as_str().to_owned(),
        mark,
        word,
        here: here == Some(study.id),
    }
}

/// Whether this phone is in a camp.
pub(in crate::web) fn is_on(headers: &HeaderMap) -> bool {
    cookie(headers, COOKIE_NAME) == Some("1")
}

/// `POST /camp`: begins or ends a camp.
pub(in crate::web) async fn submit(posted: Posted) -> Result<Response, Failure> {
    let (value, age, to) = match posted.fields.get("camp") {
        "on" => ("1", COOKIE_AGE_S, "/studies/new"),
        "off" => ("", 0, "/"),
        _ => return Err(Fault::FormUnreadable.into()),
    };
    let cookie = format!("{COOKIE_NAME}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}");
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(to)).into_response())
}
