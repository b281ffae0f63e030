//! The one page of a box that was told to destroy what it held.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::get;

use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::locale::Locale;
use crate::web::assets;
use crate::web::html::{page, protect};

#[derive(Template)]
#[template(path = "wiped.html")]
struct WipedPage {
    locale: &'static Locale,
    style: String,
    told: String,
}

impl WipedPage {
    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

/// Answers every address with it.
pub fn wiped(by: String, at: WallMs) -> Router {
    Router::new()
        .route("/static/{tag}/{name}", get(assets::serve))
        .fallback(show)
        .layer(from_fn(protect))
        .with_state(Arc::new((by, at)))
}

async fn show(State(wiped): State<Arc<(String, WallMs)>>, headers: HeaderMap) -> Response {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::asked_for(asked);
    let (by, at) = &*wiped;
    let time = locale.time_text(Stamp { wall: *at, trust: ClockTrust::Synced }, 0);
    let told = locale.text("wiped-told", &[("name", by.as_str().into()), ("time", time.into())]);
    page(StatusCode::GONE, &WipedPage { locale, style: assets::address("app.css"), told })
}
