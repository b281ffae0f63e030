//! The HTTP client.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;

use super::access::Credentials;
use super::told::{capability_fault, is_outcome, refusal, words};
use super::{FhirFault, FhirSettings, Sent};
use crate::tls::{self, certificate_fault};

/// Longest request.
const REQUEST_MAX: Duration = Duration::from_secs(300);
/// Longest answer, bytes: what a server says of itself is long.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
/// What is sent and understood.
const JSON: &str = "application/fhir+json";

/// Speaks to one FHIR server.
pub struct Client {
    http: reqwest::Client,
    url: String,
    credentials: Credentials,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(…)")
    }
}

impl Client {
    /// Makes a client; connects to nothing yet.
    ///
    /// # Errors
    /// [`FhirFault::SetUp`].
    pub fn open(settings: &FhirSettings) -> Result<Self, FhirFault> {
        let failed = |what: &str, error: &dyn std::fmt::Display| {
            FhirFault::SetUp(format!("{what}: {error}"))
        };
        Url::parse(&settings.url).map_err(|error| failed(&settings.url, &error))?;
        let http =
            tls::client(settings.ca_file.as_deref(), REQUEST_MAX).map_err(FhirFault::SetUp)?;
        let credentials = Credentials::open(&settings.access)?;
        Ok(Self { http, url: settings.url.clone(), credentials })
    }

    /// Asks the server what it can do; sends nothing.
    ///
    /// # Errors
    /// [`FhirFault`]: it cannot do what bundles ask for, or does not answer.
    pub async fn probe(&self) -> Result<(), FhirFault> {
        let url = format!("{}/metadata", self.url);
        let answer = self.exchange(|| self.http.request(Method::GET, url.as_str())).await?;
        if let Some(fault) = fault_of(&answer) {
            return Err(fault);
        }
        if !answer.status().is_success() {
            return Err(FhirFault::BadAnswer);
        }
        capability_fault(&read(answer).await?).map_or(Ok(()), Err)
    }

    /// Sends one transaction bundle of that many entries. One that is sent again leaves one of each.
    ///
    /// # Errors
    /// [`FhirFault`]; whether it was taken is not known then.
    pub async fn send(&self, bundle: &str, entries: usize) -> Result<Sent, FhirFault> {
        let post = || {
            let request = self.http.request(Method::POST, self.url.as_str());
            // The answer then has no resources: they are here already.
            let request = request.header("content-type", JSON).header("prefer", "return=minimal");
            request.body(bundle.to_owned())
        };
        let answer = self.exchange(post).await?;
        if let Some(fault) = fault_of(&answer) {
            return Err(fault);
        }
        let status = answer.status();
        let told = read(answer).await?;
        if status.is_success() {
            return Ok(refusal(&told, entries)?.map_or(Sent::Taken, Sent::Refused));
        }
        match status {
            // Where nothing is, and where nothing may be sent, unless a server says it of the bundle.
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE
                if !is_outcome(&told) =>
            {
                Err(FhirFault::BadAnswer)
            }
            _ => Ok(Sent::Refused(words(status.as_str(), &told))),
        }
    }

    /// Makes a request; once more with a new token where the one that was used does not hold any more.
    async fn exchange(&self, request: impl Fn() -> RequestBuilder) -> Result<Response, FhirFault> {
        let mut answer = self.once(request()).await?;
        if answer.status() == StatusCode::UNAUTHORIZED && self.credentials.forget().await {
            answer = self.once(request()).await?;
        }
        Ok(answer)
    }

    async fn once(&self, request: RequestBuilder) -> Result<Response, FhirFault> {
        let request = self.credentials.sign(&self.http, request.header("accept", JSON)).await?;
        request.send().await.map_err(|error| broken(&error))
    }
}

/// An answer that is about the way and not about the bundle.
fn fault_of(answer: &Response) -> Option<FhirFault> {
    match answer.status() {
        StatusCode::UNAUTHORIZED => Some(FhirFault::NotAllowed),
        StatusCode::FORBIDDEN => Some(FhirFault::Forbidden),
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Some(busy(answer)),
        StatusCode::NOT_IMPLEMENTED => Some(FhirFault::NoTransactions),
        status if status.is_redirection() => Some(FhirFault::BadAnswer),
        status if status.is_server_error() => Some(FhirFault::Failed { wait_ms: told(answer) }),
        _ => None,
    }
}

/// The server is busy, and may say for how long.
pub(super) fn busy(answer: &Response) -> FhirFault {
    FhirFault::Busy { wait_ms: told(answer) }
}

/// How long an answer asks to wait, milliseconds.
fn told(answer: &Response) -> Option<u64> {
    let told = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let seconds = told.and_then(|text| text.trim().parse::<u64>().ok());
    seconds.map(|seconds| seconds.saturating_mul(1000))
}

/// The JSON of an answer; `Null` where it is something else.
pub(super) async fn read(mut answer: Response) -> Result<Value, FhirFault> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(FhirFault::BadAnswer);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

/// What a failed exchange means. The address may be in the error, the content never is.
pub(super) fn broken(error: &reqwest::Error) -> FhirFault {
    tracing::debug!(%error, "the exchange with the FHIR server failed");
    match certificate_fault(error) {
        Some(fault) => FhirFault::Certificate(fault),
        None if error.is_builder() => FhirFault::SetUp(error.to_string()),
        None => FhirFault::Unreachable,
    }
}
