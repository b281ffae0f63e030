//! `/about`: what the box is, what it is not, and which models it runs. No login.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "about.html")]
struct AboutPage {
    page: Page,
    version: String,
    backend: String,
    /// Name with version, and digest in words.
    models: Vec<(String, String)>,
}

/// `GET /about`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let health = app.health().await?;
    let frame = match Session::of(&headers, &app).await? {
        Some(session) if session.is_settled() => Page::inside(&session, "about-title"),
        _ => Page::outside("about-title"),
    };
    let locale = frame.locale;
    let backend = match health.backend {
        Ok(code) => {
            let name = locale.t(&format!("backend-{code}"));
            locale.text("about-backend", &[("backend", name.into())])
        }
        // The reason is in the log and in `/health`: it means nothing to people at the box.
        Err(_) => locale.t("about-backend-none"),
    };
    let template = AboutPage {
        version: locale.text("about-version", &[("version", health.version.into())]),
        backend,
        models: model_lines(locale, &health.models),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// Name with version, and digest in words, of each model.
pub(super) fn model_lines(
    locale: &Locale,
    models: &[(String, String, String)],
) -> Vec<(String, String)> {
    let line = |(id, version, sha256): &(String, String, String)| {
        let args = [("id", id.as_str().into()), ("version", version.as_str().into())];
        let digest = locale.text("about-model-digest", &[("digest", sha256.as_str().into())]);
        (locale.text("about-model", &args), digest)
    };
    models.iter().map(line).collect()
}
