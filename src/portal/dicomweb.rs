//! `/dicomweb`: objects of imaging systems come in (STOW-RS), are found (a subset of QIDO-RS) and go out again
//! (WADO-RS) as they came, byte for byte. PS3.18 chapter 10.

mod find;
mod store;

use axum::Router;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::Value;

use crate::portal::gate::{Gate, Shut};
use crate::wire::dicom::read::is_uid;

const JSON: &str = "application/dicom+json";
const DICOM: &str = "application/dicom";

/// The routes for imaging systems.
pub(super) fn router(gate: Gate) -> Router {
    Router::new()
        .route("/dicomweb/studies", post(store::store).get(find::studies))
        .route("/dicomweb/studies/{study}", post(store::store_in).get(find::study))
        .route("/dicomweb/studies/{study}/metadata", get(find::study_metadata))
        .route("/dicomweb/studies/{study}/series", get(find::series_of))
        .route("/dicomweb/studies/{study}/instances", get(find::instances_of))
        .route("/dicomweb/studies/{study}/series/{series}", get(find::series))
        .route("/dicomweb/studies/{study}/series/{series}/metadata", get(find::series_metadata))
        .route("/dicomweb/studies/{study}/series/{series}/instances", get(find::instances))
        .route("/dicomweb/studies/{study}/series/{series}/instances/{uid}", get(find::instance))
        .route(
            "/dicomweb/studies/{study}/series/{series}/instances/{uid}/metadata",
            get(find::instance_metadata),
        )
        .with_state(gate)
}

/// Why a request is not served.
enum Refusal {
    Shut(Shut),
    /// Makes no sense.
    Bad(&'static str),
    /// Not the kind of body that is taken.
    Kind,
    /// There is no such object.
    Unknown,
}

impl From<Shut> for Refusal {
    fn from(shut: Shut) -> Self {
        Self::Shut(shut)
    }
}

impl Refusal {
    fn into_response(self) -> Response {
        let (status, words) = match self {
            Self::Shut(shut) => (shut.status().0, shut.words()),
            Self::Bad(why) => (StatusCode::BAD_REQUEST, why),
            Self::Kind => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "only multipart/related of application/dicom is taken",
            ),
            Self::Unknown => (StatusCode::NOT_FOUND, "there is no such object"),
        };
        let mut response = (status, words).into_response();
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
        }
        response
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, JSON)], body.to_string()).into_response()
}

fn uid(text: String) -> Result<String, Refusal> {
    if is_uid(&text) { Ok(text) } else { Err(Refusal::Bad("that is no UID")) }
}
