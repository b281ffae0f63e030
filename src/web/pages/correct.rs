//! `/studies/{study}/photos/{photo}/correct`: a person shows where the film is and how it lies.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::correction::{Correction, Outline};
use crate::domain::fault::{Fault, Kind};
use crate::domain::film::{Orientation, Turn};
use crate::domain::geometry::Point;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::pixels::ids;

/// The corners as seen in the photo, in the order of their fields.
const CORNERS: [&str; 4] = ["top-left", "top-right", "bottom-right", "bottom-left"];

#[derive(askama::Template)]
#[template(path = "correct.html")]
struct CorrectPage {
    page: Page,
    stop: Option<Stop>,
    href: String,
    study_href: String,
    found: bool,
    corners: Vec<Corner>,
    turns: Vec<Choice>,
    mirrored: bool,
    inverted: bool,
    script_texts: String,
}

/// A corner, percent of the photo's sides.
struct Corner {
    index: usize,
    name: String,
    x: String,
    y: String,
}

/// A way in which the film may be turned.
struct Choice {
    code: u16,
    word: String,
    chosen: bool,
}

/// `GET`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    let film = app.film_in_photo(study, photo).await?;
    let place = Place { study: study.to_string(), photo: photo.to_string() };
    let corners = film.outline.corners().map(|p| [percent(p.x), percent(p.y)]);
    let frame = Page::inside(&session, "correct-title");
    let shown = Shown { corners, orientation: film.orientation, found: film.found };
    Ok(form(StatusCode::OK, frame, None, &place, shown))
}

/// `GET …/preview.jpg`: the photo to draw on.
pub(in crate::web) async fn preview(
    State(app): State<App>,
    _session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    let jpeg = app.photo_preview(study, photo).await?;
    Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "no-store")], jpeg).into_response())
}

/// `POST`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    Path((study, photo)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let (study, photo) = ids(&study, &photo)?;
    let place = Place { study: study.to_string(), photo: photo.to_string() };
    let orientation = orientation(&fields);
    let fault = match (outline(&fields), orientation) {
        (Some(outline), Some(orientation)) => {
            let correction = Correction { outline, orientation };
            match app.correct_photo(&session.operator, study, photo, correction).await {
                Ok(()) => return Ok(Redirect::to(&place.study_href()).into_response()),
                Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
                Err(fault) => fault,
            }
        }
        _ => Fault::OutlineImpossible,
    };
    let frame = Page::inside(&session, "correct-title");
    let stop = Some(Stop::new(&frame, fault));
    let written = |axis: &str, i: usize| fields.get(&format!("{axis}{i}")).trim().to_owned();
    let corners = [0, 1, 2, 3].map(|i| [written("x", i), written("y", i)]);
    let shown = Shown { corners, orientation: orientation.unwrap_or_default(), found: true };
    Ok(form(status_of(fault.kind()), frame, stop, &place, shown))
}

/// Where the page is.
struct Place {
    study: String,
    photo: String,
}

impl Place {
    fn study_href(&self) -> String {
        format!("/studies/{}", self.study)
    }
}

/// What the form is filled with.
struct Shown {
    corners: [[String; 2]; 4],
    orientation: Orientation,
    found: bool,
}

fn form(
    status: StatusCode,
    frame: Page,
    stop: Option<Stop>,
    place: &Place,
    shown: Shown,
) -> Response {
    let locale = frame.locale;
    let named = CORNERS.into_iter().zip(shown.corners).enumerate();
    let corners = named.map(|(index, (key, [x, y]))| Corner {
        index,
        name: locale.t(&format!("corner-{key}")),
        x,
        y,
    });
    let turns = Turn::ALL.map(|turn| Choice {
        code: turn.degrees(),
        word: locale.t(&format!("turn-{}", turn.degrees())),
        chosen: turn == shown.orientation.turn,
    });
    let template = CorrectPage {
        stop,
        href: format!("{}/photos/{}", place.study_href(), place.photo),
        study_href: place.study_href(),
        found: shown.found,
        corners: corners.collect(),
        turns: turns.into(),
        mirrored: shown.orientation.mirrored,
        inverted: shown.orientation.inverted,
        script_texts: script_texts(locale),
        page: frame,
    };
    page(status, &template)
}

/// Names of the corners, for the script.
fn script_texts(locale: &Locale) -> String {
    let names = CORNERS.map(|key| Value::from(locale.t(&format!("corner-{key}"))));
    json!({ "corners": names, "move": locale.t("correct-move") }).to_string()
}

fn percent(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

fn outline(fields: &Fields) -> Option<Outline> {
    let share = |axis: &str, i: usize| {
        let text = fields.get(&format!("{axis}{i}")).trim().replace(',', ".");
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse::<f64>().ok().filter(|_| plain).map(|percent| percent / 100.0)
    };
    let corner = |i| Some(Point::new(share("x", i)?, share("y", i)?));
    Outline::new([corner(0)?, corner(1)?, corner(2)?, corner(3)?])
}

fn orientation(fields: &Fields) -> Option<Orientation> {
    let degrees = fields.get("turn").parse().ok()?;
    let ticked = |name: &str| fields.get(name) == "yes";
    Some(Orientation {
        turn: Turn::from_degrees(degrees)?,
        mirrored: ticked("mirrored"),
        inverted: ticked("inverted"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_corners_that_a_film_can_have_are_read() {
        let good = [
            ("x0", "10"),
            ("y0", "12,5"),
            ("x1", "90.25"),
            ("y1", "11"),
            ("x2", "91"),
            ("y2", "88"),
            ("x3", "9"),
            ("y3", "90"),
        ];
        let read = outline(&Fields::of(&good)).unwrap();
        assert_eq!(read.corners()[0], Point::new(0.1, 0.125));
        for (field, wrong) in
            [("x0", "-10"), ("y2", "1e1"), ("x1", "inf"), ("y3", ""), ("x2", "101")]
        {
            let fields = good.map(|(name, text)| (name, if name == field { wrong } else { text }));
            assert!(outline(&Fields::of(&fields)).is_none(), "{field} {wrong}");
        }
    }

    #[test]
    fn a_turn_that_is_none_is_refused() {
        assert!(orientation(&Fields::of(&[("turn", "45")])).is_none());
        let read = orientation(&Fields::of(&[("turn", "90"), ("mirrored", "yes")])).unwrap();
        assert!(read.mirrored && !read.inverted && read.turn == Turn::Quarter);
    }
}
