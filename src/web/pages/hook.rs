//! `POST /hooks/sms`: calls of the phone that sends our text messages. No session: the signature says who
//! calls, and nothing is read before it has been checked.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::app::App;
use crate::app::alerts::HookRefused;

/// Largest call, bytes. A text message of several parts with its envelope is a tenth of it.
pub(in crate::web) const BODY_BYTES_MAX: usize = 16 * 1024;

/// `POST /hooks/sms`. The phone repeats a call that is not answered with success.
pub(in crate::web) async fn sms(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let value = |name: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    match app.take_sms_call(&value("x-signature"), &value("x-timestamp"), &body).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(HookRefused::Closed) => StatusCode::NOT_FOUND,
        Err(HookRefused::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Err(HookRefused::Unsigned) => StatusCode::UNAUTHORIZED,
        Err(HookRefused::Garbled) => StatusCode::BAD_REQUEST,
        Err(HookRefused::Again) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
