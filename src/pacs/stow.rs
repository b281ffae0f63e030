//! STOW-RS: one object in a `multipart/related` request (PS3.18 section 10.5).

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;

use super::{PacsFault, Sent, StowSettings};
use crate::domain::digest::Sha256Digest;
use crate::domain::pacs::{Answer, Refusal};
use crate::tls::{self, certificate_fault};
use crate::wire::dicom::DicomObject;

/// Longest request: three megabytes at 10 kB/s.
const REQUEST_MAX: Duration = Duration::from_secs(600);
/// Longest answer, bytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// What is understood of an answer.
const JSON: &str = "application/dicom+json";

/// Speaks to one DICOMweb service.
pub struct Stow {
    http: Client,
    settings: StowSettings,
    secret: Option<String>,
}

impl std::fmt::Debug for Stow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stow(…)")
    }
}

impl Stow {
    pub(super) fn open(settings: &StowSettings) -> Result<Self, PacsFault> {
        let failed = |what: &str, error: &dyn std::fmt::Display| {
            PacsFault::SetUp(format!("{what}: {error}"))
        };
        Url::parse(&settings.url).map_err(|error| failed(&settings.url, &error))?;
        let read = |path: &std::path::PathBuf| {
            let text = std::fs::read_to_string(path);
            text.map_err(|error| failed(&path.display().to_string(), &error))
        };
        let secret = settings.secret_file.as_ref().map(read).transpose()?;
        let http =
            tls::client(settings.ca_file.as_deref(), REQUEST_MAX).map_err(PacsFault::SetUp)?;
        let secret = secret.map(|text| text.trim().to_owned());
        Ok(Self { http, settings: settings.clone(), secret })
    }

    pub(super) async fn send(&self, object: &DicomObject) -> Result<Sent, PacsFault> {
        // Follows from the object, and so is not in it.
        let boundary = Sha256Digest::of(object.file()).to_string();
        let head = format!("--{boundary}\r\nContent-Type: application/dicom\r\n\r\n");
        let tail = format!("\r\n--{boundary}--\r\n");
        let body = [head.as_bytes(), object.file(), tail.as_bytes()].concat();
        let kind = format!("multipart/related; type=\"application/dicom\"; boundary={boundary}");
        let request = self.request(Method::POST, "studies").header("content-type", kind).body(body);
        let answer = request.send().await.map_err(|error| broken(&error))?;
        let status = answer.status();
        if let Some(fault) = fault_of(&answer) {
            return Err(fault);
        }
        let told = read(answer).await?;
        if let Some(reason) = failure_of(&told, &object.uid) {
            return match Answer::of_status(reason) {
                Answer::Stored => Ok(Sent::Stored),
                Answer::Refused(why) => Ok(Sent::Refused(why)),
                Answer::Busy => Err(PacsFault::Busy { wait_ms: None }),
                Answer::NotAllowed => Err(PacsFault::Forbidden),
            };
        }
        // A success is believed only where the object is named as stored.
        match (status.is_success(), names(&told, REFERENCED, &object.uid)) {
            (true, true) => Ok(Sent::Stored),
            (true, false) => Err(PacsFault::BadAnswer),
            (false, _) => Ok(Sent::Refused(Refusal::of(&format!("HTTP {}", status.as_u16())))),
        }
    }

    pub(super) async fn probe(&self) -> Result<(), PacsFault> {
        let answer = self.request(Method::GET, "studies?limit=1").send().await;
        let answer = answer.map_err(|error| broken(&error))?;
        match fault_of(&answer) {
            Some(fault) => Err(fault),
            None if answer.status().is_success() => Ok(()),
            None => Err(PacsFault::BadAnswer),
        }
    }

    fn request(&self, method: Method, what: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/{what}", self.settings.url));
        let request = request.header("accept", JSON);
        match (self.settings.user.as_str(), &self.secret) {
            ("", None) => request,
            ("", Some(token)) => request.bearer_auth(token),
            (user, password) => request.basic_auth(user, password.as_ref()),
        }
    }
}

/// An answer that is about the way and not about the object.
fn fault_of(answer: &Response) -> Option<PacsFault> {
    match answer.status() {
        StatusCode::UNAUTHORIZED => Some(PacsFault::NotAllowed),
        StatusCode::FORBIDDEN => Some(PacsFault::Forbidden),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(PacsFault::BadAnswer),
        status if status.is_redirection() => Some(PacsFault::BadAnswer),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Some(PacsFault::Busy { wait_ms: told(answer) }),
        status if status.is_server_error() => Some(PacsFault::Failed { wait_ms: told(answer) }),
        _ => None,
    }
}

/// How long an answer asks to wait, milliseconds.
fn told(answer: &Response) -> Option<u64> {
    let told = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let seconds = told.and_then(|text| text.trim().parse::<u64>().ok());
    seconds.map(|seconds| seconds.saturating_mul(1000))
}

/// The JSON of an answer; `Null` where it is something else.
async fn read(mut answer: Response) -> Result<Value, PacsFault> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(PacsFault::BadAnswer);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

/// Failed SOP Sequence. A service may send it without items when everything went well.
const FAILED: &str = "00081198";
/// Referenced SOP Sequence: what is stored.
const REFERENCED: &str = "00081199";

fn items<'a>(told: &'a Value, sequence: &str) -> impl Iterator<Item = &'a Value> {
    told[sequence]["Value"].as_array().into_iter().flatten()
}

fn is_of(item: &Value, uid: &str) -> bool {
    item["00081155"]["Value"][0] == uid
}

fn names(told: &Value, sequence: &str, uid: &str) -> bool {
    items(told, sequence).any(|item| is_of(item, uid))
}

/// Why an object was not stored; 0110, "processing failure", where nothing is said.
fn failure_of(told: &Value, uid: &str) -> Option<u16> {
    let item = items(told, FAILED).find(|item| is_of(item, uid))?;
    let reason = item["00081197"]["Value"][0].as_u64();
    Some(reason.and_then(|reason| u16::try_from(reason).ok()).unwrap_or(0x0110))
}

fn broken(error: &reqwest::Error) -> PacsFault {
    tracing::debug!(%error, "the exchange with the PACS failed");
    match certificate_fault(error) {
        Some(fault) => PacsFault::Certificate(fault),
        None if error.is_builder() => PacsFault::SetUp(error.to_string()),
        None => PacsFault::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_about_the_object_that_was_sent() {
        let told = json!({
            "00081198": {"vr": "SQ", "Value": [{
                "00081155": {"vr": "UI", "Value": ["2.25.1"]},
                "00081197": {"vr": "US", "Value": [43264]},
            }]},
            "00081199": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": ["2.25.2"]}}]},
        });
        assert_eq!(failure_of(&told, "2.25.1"), Some(0xa900));
        assert_eq!(failure_of(&told, "2.25.2"), None);
        assert!(names(&told, REFERENCED, "2.25.2") && !names(&told, REFERENCED, "2.25.1"));
        // Orthanc's: the sequence is there, and empty.
        assert_eq!(failure_of(&json!({"00081198": {"vr": "SQ"}}), "2.25.1"), None);
        assert_eq!(failure_of(&Value::Null, "2.25.1"), None);
    }
}
