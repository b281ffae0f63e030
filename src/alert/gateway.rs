//! Text messages by a gateway that takes a request over HTTP: the SMS app of an Android phone in the
//! same Wi-Fi, or a provider.

use std::path::PathBuf;

use reqwest::{Client, Method, Url};

use crate::alert::{ChannelError, http};
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::{FailedTry, SendFault};

/// Longest name of a message that is kept.
const RECEIPT_CHARS_MAX: usize = 120;

/// How a gateway is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Where. `{to}` and `{text}` stand for the number and the text, percent-encoded. Services that want
    /// their password there find it at `{secret}`.
    pub url: String,
    /// What is sent; empty: nothing, and the method is GET. `{to}` and `{text}` stand for the number and
    /// the text, as they have to be inside a JSON string.
    pub body: String,
    /// User of HTTP's basic authentication; empty: none.
    pub user: String,
    /// File with that user's password, or with a bearer token where there is no user, or with what stands
    /// for `{secret}`.
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
        let sample = ["{to}", "{text}", "{secret}"]
            .iter()
            .fold(settings.url.clone(), |url, place| url.replace(place, "0"));
        let url = Url::parse(&sample).map_err(|_| address())?;
        let says_what = settings.url.contains("{to}") || settings.body.contains("{to}");
        if !matches!(url.scheme(), "http" | "https") || !says_what {
            return Err(address());
        }
        let secret = settings.secret_file.as_deref().map(http::secret).transpose()?;
        let client = http::client()?;
        Ok(Self { client, settings: settings.clone(), secret })
    }

    pub(super) async fn send(&self, to: &PhoneNumber, text: &str) -> Result<String, FailedTry> {
        let fill = |template: &str, encode: fn(&str) -> String| {
            template.replace("{to}", &encode(to.as_str())).replace("{text}", &encode(text))
        };
        let secret = self.secret.as_deref().map(percent).unwrap_or_default();
        let in_url = self.settings.url.contains("{secret}");
        let url = fill(&self.settings.url, percent).replace("{secret}", &secret);
        let url = Url::parse(&url).map_err(|_| SendFault::Refused)?;
        let mut request = if self.settings.body.is_empty() {
            self.client.request(Method::GET, url)
        } else {
            let body = fill(&self.settings.body, json_inside);
            self.client.post(url).header("content-type", "application/json").body(body)
        };
        request = match (self.settings.user.as_str(), &self.secret) {
            ("", None) => request,
            _ if in_url => request,
            ("", Some(token)) => request.bearer_auth(token),
            (user, password) => request.basic_auth(user, password.as_ref()),
        };
        let answer = request.send().await.map_err(|error| http::unanswered(&error))?;
        if !answer.status().is_success() {
            return Err(http::refused(&answer));
        }
        let body: serde_json::Value = answer.json().await.unwrap_or_default();
        let id = body.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
        Ok(id.chars().take(RECEIPT_CHARS_MAX).collect())
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
