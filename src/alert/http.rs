//! What every way over HTTP has in common: a client with limits, and what a failure means.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, Response, StatusCode};

use crate::alert::ChannelError;
use crate::domain::alert::delivery::{FailedTry, SendFault};
use crate::domain::certificate::CertificateFault;
use crate::tls::certificate_fault;

/// How long one request may take, seconds.
const REQUEST_S: u64 = 30;

/// A client that follows no redirects: a service that sends us elsewhere is not the one that was set up.
pub(super) fn client() -> Result<Client, ChannelError> {
    Client::builder()
        .timeout(Duration::from_secs(REQUEST_S))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| ChannelError::Client(error.to_string()))
}

/// A key or password in a file of its own.
pub(super) fn secret(path: &Path) -> Result<String, ChannelError> {
    std::fs::read_to_string(path)
        .map(|text| text.trim().to_owned())
        .map_err(|source| ChannelError::Secret { path: path.to_owned(), source })
}

/// Why a request had no answer.
pub(super) fn unanswered(error: &reqwest::Error) -> SendFault {
    if error.is_builder() {
        return SendFault::Refused;
    }
    // A certificate whose time it is not is told apart: on a box without a clock it is the commonest.
    match certificate_fault(error) {
        None => SendFault::Unreachable,
        Some(CertificateFault::Date) => SendFault::CertificateDate,
        Some(CertificateFault::Unknown | CertificateFault::Name | CertificateFault::Other) => {
            SendFault::Tls
        }
    }
}

/// What an answer other than success means.
pub(super) fn refused(answer: &Response) -> FailedTry {
    let retry = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after_ms = retry.and_then(|s| s.parse::<u64>().ok()).map(|s| s.saturating_mul(1000));
    let status = answer.status();
    let fault = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => SendFault::Unauthorised,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => SendFault::Busy,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => SendFault::NotSetUp,
        _ if status.is_client_error() => SendFault::Refused,
        _ if status.is_server_error() => SendFault::ServerError,
        _ => SendFault::Garbled,
    };
    FailedTry { fault, retry_after_ms }
}
