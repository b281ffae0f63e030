//! `/account`: a person's own passcode and sessions.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::login::{SessionId, SessionRow};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    role: String,
    note: Option<String>,
    sessions: Vec<SessionLine>,
}

/// A session in a list.
pub(super) struct SessionLine {
    pub(super) id: i64,
    pub(super) device: String,
    pub(super) times: String,
    /// The phone that shows the page.
    pub(super) here: bool,
}

impl SessionLine {
    pub(super) fn new(app: &App, locale: &Locale, row: &SessionRow, here: SessionId) -> Self {
        let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
        let times = [("opened", time(row.opened).into()), ("seen", time(row.seen).into())];
        let device = row.device.as_str();
        Self {
            id: row.id.0,
            device: if device.is_empty() { locale.t("session-device") } else { device.to_owned() },
            times: locale.text("session-times", &times),
            here: row.id == here,
        }
    }
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    chosen: Option<String>,
    ended: Option<String>,
}

/// `GET /account`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let frame = Page::inside(&session, "account-title");
    let locale = frame.locale;
    let rows = app.sessions(&session.operator, session.operator.id).await?;
    let line = |row: &SessionRow| SessionLine::new(&app, locale, row, session.attendance.id);
    let note = match (done.chosen, done.ended) {
        (Some(_), _) => Some(locale.t("account-passcode-chosen")),
        (_, Some(_)) => Some(locale.t("session-ended")),
        _ => None,
    };
    let template = AccountPage {
        role: locale.role_word(session.operator.role),
        note,
        sessions: rows.iter().map(line).collect(),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /account/sessions`: ends a session; an administrator may end anybody's.
pub(in crate::web) async fn end_session(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let id = fields.get("session").parse().map_err(|_| Fault::FieldInvalid)?;
    app.end_session(&session.operator, SessionId(id)).await?;
    let back = match fields.get("operator") {
        "" => "/account?ended=1".to_owned(),
        operator => crate::web::guard::local_path(&format!("/operators/{operator}")).to_owned(),
    };
    Ok(Redirect::to(&back).into_response())
}
