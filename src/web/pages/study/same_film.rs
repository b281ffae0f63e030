//! A film that looks like one of another study: the card that asks, and the answer.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::same_film::{FilmAnswer, SameFilm};
use crate::locale::{Advice, Locale};
use crate::web::error::Failure;
use crate::web::guard::Posted;
use crate::web::pages::pixels::study_id;

/// The card.
pub(super) struct SameFilmCard {
    /// Name of the place on the page.
    pub(super) id: String,
    /// Id of the other study, for the form's address.
    pub(super) other: String,
    /// Page of the other study.
    pub(super) href: String,
    /// The link to it in words.
    pub(super) open: String,
    /// What happened and what to do next.
    pub(super) advice: Advice,
    /// Whether nobody may use the scores before somebody has looked.
    pub(super) doubt: bool,
    /// Who answered and when.
    pub(super) answered: Option<String>,
}

impl SameFilmCard {
    pub(super) fn of(locale: &Locale, film: &SameFilm, utc_offset_minutes: i32) -> Self {
        let number = film.number.to_string();
        let number = [("number", number.as_str().into())];
        let answered = film.answer.as_ref().map(|(_, name, at)| {
            let time = locale.time_text(*at, utc_offset_minutes);
            let args = [("name", name.as_str().into()), ("time", time.into())];
            locale.text("same-film-answered", &args)
        });
        Self {
            id: format!("same-film-{}", film.number),
            other: film.study.to_string(),
            href: format!("/studies/{}", film.study),
            open: locale.text("same-film-open", &number),
            advice: locale.same_film_text(film),
            doubt: film.is_doubt(),
            answered,
        }
    }
}

/// `POST /studies/{study}/same-film/{other}`: whether it is the same film.
pub(in crate::web) async fn answer(
    State(app): State<App>,
    Path((study, other)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (study, other) = (study_id(&study)?, study_id(&other)?);
    let answer = FilmAnswer::parse(posted.fields.get("answer")).ok_or(Fault::FieldInvalid)?;
    app.answer_same_film(&posted.session.operator, (study, other), answer).await?;
    Ok(Redirect::to(&format!("/studies/{study}")).into_response())
}
