//! Text messages by a gateway that takes a request over HTTP: the SMS app of an Android phone in the
//! same Wi-Fi, or a provider.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode, Url};

use crate::alert::ChannelError;
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::{FailedTry, SendFault};

const REQUEST_S: u64 = 30;
/// Longest name of a message that is kept.
const RECEIPT_CHARS_MAX: usize = 120;

/// How a gateway is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Where. `{to}` and `{text}` stand for the number and the text, percent-encoded.
    pub url: String,
    /// What is sent; empty: nothing, and the method is GET. `{to}` and `{text}` stand for the number and
    /// the text, as they have to be inside a JSON string.
    pub body: String,
    /// User of HTTP's basic authentication; empty: none.
    pub user: String,
    /// File with that user's password, or with a bearer token where there is no user.
    pub secret_file: Option<PathBuf>,
}

/// A gateway.
pub struct Gateway {
    client: Client,
    settings: GatewaySettings,
    secret: Option<String>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway(…)")
    }
}

impl Gateway {
    pub(super) fn open(settings: &GatewaySettings) -> Result<Self, ChannelError> {
        let address = || ChannelError::Address(settings.url.clone());
        let sample = settings.url.replace("{to}", "0").replace("{text}", "x");
        let url = Url::parse(&sample).map_err(|_| address())?;
        let says_what = settings.url.contains("{to}") || settings.body.contains("{to}");
        if !matches!(url.scheme(), "http" | "https") || !says_what {
            return Err(address());
        }
        let secret = match &settings.secret_file {
            None => None,
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|source| ChannelError::Secret { path: path.clone(), source })?,
            ),
        };
        let client = Client::builder()
            .timeout(Duration::from_secs(REQUEST_S))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ChannelError::Client(error.to_string()))?;
        let secret = secret.map(|secret| secret.trim().to_owned());
        Ok(Self { client, settings: settings.clone(), secret })
    }

    pub(super) async fn send(&self, to: &PhoneNumber, text: &str) -> Result<String, FailedTry> {
        let fill = |template: &str, encode: fn(&str) -> String| {
            template.replace("{to}", &encode(to.as_str())).replace("{text}", &encode(text))
        };
        let url = Url::parse(&fill(&self.settings.url, percent)).map_err(|_| SendFault::Refused)?;
        let mut request = if self.settings.body.is_empty() {
            self.client.request(Method::GET, url)
        } else {
            let body = fill(&self.settings.body, json_inside);
            self.client.post(url).header("content-type", "application/json").body(body)
        };
        request = match (self.settings.user.as_str(), &self.secret) {
            ("", None) => request,
            ("", Some(token)) => request.bearer_auth(token),
            (user, password) => request.basic_auth(user, password.as_ref()),
        };
        let answer = request.send().await.map_err(|error| {
            if error.is_builder() { SendFault::Refused } else { SendFault::Unreachable }
        })?;
        let status = answer.status();
        let retry = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let retry_after_ms =
            retry.and_then(|s| s.parse::<u64>().ok()).map(|s| s.saturating_mul(1000));
        if status.is_success() {
            let body: serde_json::Value = answer.json().await.unwrap_or_default();
            let id = body.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
            return Ok(id.chars().take(RECEIPT_CHARS_MAX).collect());
        }
        let fault = match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => SendFault::Unauthorised,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => SendFault::Busy,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => SendFault::NotSetUp,
            _ if status.is_client_error() => SendFault::Refused,
            _ => SendFault::Garbled,
        };
        Err(FailedTry { fault, retry_after_ms })
    }
}

fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn json_inside(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_out_of_their_place() {
        assert_eq!(percent("+91 a&b"), "%2B91%20a%26b");
        assert_eq!(json_inside("a\"b\\\n"), "a\\\"b\\\\\\n");
    }

    #[test]
    fn a_gateway_needs_an_address_and_a_place_for_the_number() {
        let open = |url: &str, body: &str| {
            let settings = GatewaySettings {
                url: url.into(),
                body: body.into(),
                user: String::new(),
                secret_file: None,
            };
            Gateway::open(&settings).is_ok()
        };
        assert!(open("http://phone.lan/send?to={to}&text={text}", ""));
        assert!(open("http://phone.lan/message", "{\"to\":\"{to}\"}"));
        assert!(!open("http://phone.lan/message", "{}"));
        assert!(!open("ftp://phone.lan/{to}", ""));
        assert!(!open("phone", "{to}"));
    }
}
