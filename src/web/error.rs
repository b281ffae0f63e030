//! From a [`Fault`] to an answer: the status by its [`Kind`], the body by what the client reads.
//!
//! A handler returns a [`Failure`]; [`show_failures`] writes the page or the JSON, because only there
//! the request's headers are known. No handler writes an error body itself.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::domain::fault::{Fault, Kind};
use crate::web::html::{Page, Stop, json, page};
use crate::web::language;

/// Seconds after which a busy box may be asked again.
const BUSY_WAIT_S: u32 = 30;

/// A fault on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    fault: Fault,
    status: StatusCode,
    wait_s: Option<u32>,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let wait_s = (fault.kind() == Kind::Busy).then_some(BUSY_WAIT_S);
        Self { fault, status: status_of(fault.kind()), wait_s }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.wait_s {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The HTTP status of a kind of trouble.
pub(super) const fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::SlowDown => StatusCode::TOO_MANY_REQUESTS,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Whether the client is a script that reads JSON.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

/// Gives every [`Failure`] its body.
pub(super) async fn show_failures(request: Request, next: Next) -> Response {
    let for_script = wants_json(request.headers());
    let mut response = next.run(request).await;
    let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };
    let body = if for_script {
        json_body(failure.fault)
    } else {
        page_body(failure.fault, failure.status)
    };
    let (body_parts, body) = body.into_parts();
    // The headers of the failure (Retry-After, Connection) stay, those of the body join them.
    for (name, value) in &body_parts.headers {
        response.headers_mut().insert(name, value.clone());
    }
    *response.body_mut() = body;
    response
}

/// `404` for an address that means nothing.
pub(super) async fn page_unknown() -> Failure {
    Failure::from(Fault::PageUnknown)
}

/// `405` for an address that does not take this method.
pub(super) async fn method_unknown() -> Failure {
    Failure { status: StatusCode::METHOD_NOT_ALLOWED, ..Failure::from(Fault::PageUnknown) }
}

fn json_body(fault: Fault) -> Response {
    let advice = language::current().fault_text(fault);
    json(&json!({ "code": fault.code(), "what": advice.what, "next": advice.next }))
}

fn page_body(fault: Fault, status: StatusCode) -> Response {
    let frame = Page::outside("fault-title");
    let stop = Stop::new(&frame, fault);
    page(status, &FaultPage { page: frame, stop }).map(Body::new)
}

#[derive(askama::Template)]
#[template(path = "fault.html")]
struct FaultPage {
    page: Page,
    stop: Stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_alone_decides_the_status() {
        let check = |fault: Fault, status: u16| {
            assert_eq!(Failure::from(fault).into_response().status().as_u16(), status, "{fault}");
        };
        check(Fault::PhotoTruncated, 422);
        check(Fault::PhotoTooLarge, 413);
        check(Fault::PhotoHeic, 415);
        check(Fault::PhotoInOtherStudy, 409);
        check(Fault::LoginNeeded, 401);
        check(Fault::ForeignRequest, 403);
        check(Fault::StudyUnknown, 404);
        check(Fault::PasscodeBlocked, 429);
        check(Fault::DiskFull, 503);
        check(Fault::Internal, 500);
    }

    #[test]
    fn a_busy_box_says_when_to_come_back() {
        let response = Failure::from(Fault::QueueFull).into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "30");
    }
}
