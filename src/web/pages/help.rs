//! `/help`: a good photo in three pictures, what a score means and does not mean, whom to call. No
//! login: who cannot log in needs help most.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "help.html")]
struct HelpPage {
    page: Page,
    /// Whom to call when the box does not work.
    call: String,
    /// Whether phones can be asked to trust this box, for the live camera view.
    trust: bool,
}

/// `GET /help`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let frame = match Session::of(&headers, &app).await? {
        Some(session) if session.is_settled() => Page::inside(&session, "help-title"),
        _ => Page::outside("help-title"),
    };
    let contact = app.site().support_contact;
    let call = match contact.as_str() {
        "" => frame.locale.t("help-call-nobody"),
        contact => frame.locale.text("help-call-contact", &[("contact", contact.into())]),
    };
    Ok(page(StatusCode::OK, &HelpPage { page: frame, call, trust: app.trust().is_some() }))
}
