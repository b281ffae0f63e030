//! Whether a replica can work, for a load balancer; and what is done now and then beside the requests.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use crate::domain::stamp::WallMs;
use crate::portal::Portal;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(5);
/// How long the storage may take to answer one.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// Looks between two sweeps: an hour.
const SWEEP_EVERY: u32 = 720;
/// After how long an image that is not whole is forgotten, milliseconds: 30 days. Its box begins anew.
const HALF_LIVES_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What the last look gave: 0 nothing yet or no database, 1 no images, 2 everything.
#[derive(Debug, Default)]
pub(super) struct Health(AtomicU8);

impl Health {
    fn set(&self, found: u8) {
        self.0.store(found, Ordering::Relaxed);
    }
}

/// Looks at the storage for as long as the portal serves, so that a question costs nothing.
pub(super) async fn watch(portal: Portal) {
    let mut looks = 0_u32;
    loop {
        let asked = portal.clone();
        let mut look = tokio::task::spawn_blocking(move || match asked.storage().check() {
            Ok(images) => 1 + u8::from(images),
            Err(error) => {
                let source = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(%error, source, "the database cannot be reached");
                0
            }
        });
        let found = match tokio::time::timeout(ANSWER_MAX, &mut look).await {
            Ok(found) => found,
            Err(_) => {
                portal.inner.health.set(0);
                look.await
            }
        };
        portal.inner.health.set(found.unwrap_or(0));
        if looks.is_multiple_of(SWEEP_EVERY) {
            sweep(portal.clone()).await;
        }
        looks = looks.wrapping_add(1);
        tokio::time::sleep(EVERY).await;
    }
}

async fn sweep(portal: Portal) {
    let before = WallMs(portal.now().wall.0 - HALF_LIVES_MS);
    let swept = tokio::task::spawn_blocking(move || portal.storage().sweep(before)).await;
    if let Ok(Err(error)) = swept {
        tracing::warn!(%error, "what never became whole could not be forgotten");
    }
}

/// `GET /health`. Without the object store a replica still takes records and shows lists, and no other
/// replica would do better: it stays in the balance and says so.
pub(super) async fn show(State(portal): State<Portal>) -> Response {
    let (status, text) = match portal.inner.health.0.load(Ordering::Relaxed) {
        0 => (StatusCode::SERVICE_UNAVAILABLE, "{\"database\":false}\n"),
        1 => (StatusCode::OK, "{\"database\":true,\"objects\":false}\n"),
        _ => (StatusCode::OK, "{\"database\":true,\"objects\":true}\n"),
    };
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}
