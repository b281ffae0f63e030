//! Text messages by the app "SMS Gateway for Android" (sms-gate.app) on a phone in the same Wi-Fi, in its
//! local server mode: JSON over HTTP with a user and a password. What becomes of a message is asked for,
//! and comes by webhook where the phone can reach the box; the same goes for what people write back.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use crate::alert::{ChannelError, Incoming, Report, http, read_reply, sign};
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::{FailedTry, SendFault};

/// How long the phone may keep a message that it cannot send, seconds: nobody gets an alert hours later
/// as news. The app then says "Failed", and the next way is tried.
const KEEP_S: u32 = 15 * 60;
/// Longest name of a message that is kept.
const ID_CHARS_MAX: usize = 120;
/// How many messages of the phone's inbox one look takes.
const INBOX_MAX: usize = 50;
/// Calls of the webhook that may come at once, and how long until one more may.
const CALLS_AT_ONCE: u32 = 60;
const CALL_EVERY: Duration = Duration::from_millis(500);
/// How far the time in a signature may be off, seconds, where the box knows the time.
const TIME_OFF_MAX_S: i64 = 10 * 60;
/// Calls that are remembered, so that one that comes twice is acted on once.
const CALLS_KEPT: usize = 256;

/// How the phone is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndroidSettings {
    /// Address of the app's local server.
    pub url: String,
    /// User, as the app shows it.
    pub user: String,
    /// File with the password.
    pub secret_file: PathBuf,
    /// File with the key with which the app signs its webhooks; `None`: the webhook is closed.
    pub webhook_secret_file: Option<PathBuf>,
}

/// A phone with the app.
pub struct Android {
    client: Client,
    base: Url,
    user: String,
    password: String,
    webhook_key: Option<String>,
    calls: Mutex<Calls>,
}

/// What is remembered of the calls of the webhook.
#[derive(Default)]
struct Calls {
    /// Calls that count against [`CALLS_AT_ONCE`].
    open: u32,
    since: Option<Instant>,
    seen: VecDeque<String>,
}

impl std::fmt::Debug for Android {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Android(…)")
    }
}

/// Why a call of the webhook is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallRefused {
    /// No key is set up.
    Closed,
    /// Too many calls.
    TooMany,
    /// Not signed with our key, or too long ago.
    Unsigned,
    /// Signed, and not understood.
    Garbled,
}

/// A call of the webhook that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The app's name of it, the same for every repetition.
    pub id: String,
    /// What it says; `None`: nothing for us.
    pub incoming: Option<Incoming>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MessageAnswer {
    #[serde(default)]
    id: String,
    #[serde(default)]
    state: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InboxAnswer {
    id: String,
    sender: String,
    #[serde(default)]
    content_preview: String,
}

#[derive(Deserialize)]
struct CallBody {
    event: String,
    id: String,
    #[serde(default)]
    payload: CallPayload,
}

/// Newer versions of the app call the other side `sender` or `recipient`, older ones `phoneNumber`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CallPayload {
    message_id: Option<String>,
    message: Option<String>,
    sender: Option<String>,
    phone_number: Option<String>,
}

impl Android {
    pub(super) fn open(settings: &AndroidSettings) -> Result<Self, ChannelError> {
        let address = || ChannelError::Address(settings.url.clone());
        let base = Url::parse(&settings.url).map_err(|_| address())?;
        if !matches!(base.scheme(), "http" | "https") || base.cannot_be_a_base() {
            return Err(address());
        }
        Ok(Self {
            client: http::client()?,
            base,
            user: settings.user.clone(),
            password: http::secret(&settings.secret_file)?,
            webhook_key: settings.webhook_secret_file.as_deref().map(http::secret).transpose()?,
            calls: Mutex::default(),
        })
    }

    pub(super) async fn send(&self, to: &PhoneNumber, text: &str) -> Result<String, FailedTry> {
        let body = json!({
            "textMessage": { "text": text },
            "phoneNumbers": [to.as_str()],
            "withDeliveryReport": true,
            "ttl": KEEP_S,
        });
        let request = self.client.post(self.at(&["message"])).json(&body);
        let answer: MessageAnswer = self.ask(request).await?;
        if answer.id.is_empty() || answer.id.chars().count() > ID_CHARS_MAX {
            return Err(SendFault::Garbled.into());
        }
        Ok(answer.id)
    }

    /// What became of a message that the phone has taken; `None`: not decided, or the phone has forgotten
    /// it.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn outcome(&self, receipt: &str) -> Result<Option<Report>, FailedTry> {
        let asked =
            self.ask::<MessageAnswer>(self.client.get(self.at(&["message", receipt]))).await;
        let state = match asked {
            Ok(answer) => answer.state,
            Err(failed) if failed.fault == SendFault::NotSetUp => return Ok(None),
            Err(failed) => return Err(failed),
        };
        let delivered = match state.as_str() {
            "Delivered" => true,
            "Failed" => false,
            _ => return Ok(None),
        };
        Ok(Some(Report { receipt: Some(receipt.to_owned()), to: None, delivered }))
    }

    /// What lies in the phone's inbox, each with the phone's name for it. Versions of the app without an
    /// inbox have none.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn inbox(&self) -> Result<Vec<(String, Incoming)>, FailedTry> {
        let mut at = self.at(&["inbox"]);
        at.query_pairs_mut()
            .append_pair("type", "SMS")
            .append_pair("limit", &INBOX_MAX.to_string());
        let messages: Vec<InboxAnswer> = match self.ask(self.client.get(at)).await {
            Ok(messages) => messages,
            Err(failed) if failed.fault == SendFault::NotSetUp => return Ok(Vec::new()),
            Err(failed) => return Err(failed),
        };
        let read = |one: InboxAnswer| {
            let from = PhoneNumber::parse(&one.sender)?;
            Some((one.id, read_reply(&from, &one.content_preview)))
        };
        Ok(messages.into_iter().take(INBOX_MAX).filter_map(read).collect())
    }

    /// Reads a call of the webhook: signed as the app does, HMAC-SHA256 in hexadecimal over the body and
    /// the time of signing. `now_s`: seconds since 1970, where the box is sure of them.
    ///
    /// # Errors
    /// [`CallRefused`].
    pub fn read_call(
        &self,
        signature: &str,
        time: &str,
        body: &[u8],
        now_s: Option<i64>,
    ) -> Result<Call, CallRefused> {
        let key = self.webhook_key.as_ref().ok_or(CallRefused::Closed)?;
        if !self.admit(Instant::now()) {
            return Err(CallRefused::TooMany);
        }
        let code = sign::hmac_sha256(key.as_bytes(), &[body, time.as_bytes()]);
        let signed_s: i64 = time.parse().map_err(|_| CallRefused::Unsigned)?;
        let fresh = now_s.is_none_or(|now_s| (now_s - signed_s).abs() <= TIME_OFF_MAX_S);
        if !sign::is_code(&code, signature) || !fresh {
            return Err(CallRefused::Unsigned);
        }
        let call: CallBody = serde_json::from_slice(body).map_err(|_| CallRefused::Garbled)?;
        Ok(Call { id: call.id.clone(), incoming: meaning(call) })
    }

    /// Whether a call was acted on already.
    pub fn knows_call(&self, id: &str) -> bool {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.seen.iter().any(|seen| seen == id)
    }

    /// A call was acted on.
    pub fn call_done(&self, id: String) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.seen.len() >= CALLS_KEPT {
            calls.seen.pop_front();
        }
        calls.seen.push_back(id);
    }

    /// A leaking bucket: what pours in faster than it leaks is turned away.
    fn admit(&self, now: Instant) -> bool {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let since = calls.since.unwrap_or(now);
        let passed = now.saturating_duration_since(since).as_millis() / CALL_EVERY.as_millis();
        let leaked = u32::try_from(passed).unwrap_or(u32::MAX);
        if leaked > 0 || calls.since.is_none() {
            calls.since = Some(now);
            calls.open = calls.open.saturating_sub(leaked);
        }
        let room = calls.open < CALLS_AT_ONCE;
        calls.open += u32::from(room);
        room
    }

    fn at(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<T, FailedTry> {
        let request = request.basic_auth(&self.user, Some(&self.password));
        let answer = request.send().await.map_err(|error| http::unanswered(&error))?;
        if !matches!(answer.status(), StatusCode::OK | StatusCode::ACCEPTED | StatusCode::CREATED) {
            return Err(http::refused(&answer));
        }
        answer.json().await.map_err(|error| {
            let cut = error.is_timeout() || error.is_body();
            if cut { SendFault::Unreachable.into() } else { SendFault::Garbled.into() }
        })
    }
}

fn meaning(call: CallBody) -> Option<Incoming> {
    let payload = call.payload;
    match call.event.as_str() {
        "sms:received" => {
            let from = payload.sender.or(payload.phone_number)?;
            Some(read_reply(&PhoneNumber::parse(&from)?, &payload.message?))
        }
        "sms:delivered" | "sms:failed" => {
            let delivered = call.event == "sms:delivered";
            Some(Incoming::Report(Report { receipt: payload.message_id, to: None, delivered }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::AlertNumber;
    use crate::domain::alert::contact::Address;

    fn android(key: &str) -> Android {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, format!("{key}\n")).unwrap();
        Android::open(&AndroidSettings {
            url: "http://phone.lan:8080".into(),
            user: "sms".into(),
            secret_file: file.clone(),
            webhook_secret_file: Some(file),
        })
        .unwrap()
    }

    fn signed(key: &str, body: &str, time: &str) -> String {
        let code = sign::hmac_sha256(key.as_bytes(), &[body.as_bytes(), time.as_bytes()]);
        crate::domain::hex::Hex(&code).to_string()
    }

    const REPLY: &str = r#"{"deviceId":"d","event":"sms:received","id":"e1","payload":
        {"messageId":"x","message":"OK 1234","sender":"+919876543210","recipient":null,
        "phoneNumber":"+919876543210","simNumber":1,"receivedAt":"2026-11-25T10:15:00.000+05:30"},
        "webhookId":"w"}"#;

    #[test]
    fn a_signed_reply_is_read_and_nothing_else() {
        let android = android("key");
        let signature = signed("key", REPLY, "1800000000");
        let read = |signature: &str, time: &str, body: &str, now| {
            android.read_call(signature, time, body.as_bytes(), now).map(|call| call.incoming)
        };
        let from = Address::Phone(PhoneNumber::parse("+919876543210").unwrap());
        let meant = Some(Incoming::Acknowledge { from, number: AlertNumber(1234) });
        assert_eq!(read(&signature, "1800000000", REPLY, Some(1_800_000_100)), Ok(meant.clone()));
        assert_eq!(read(&signature, "1800000000", REPLY, None), Ok(meant), "clock not set");
        let unsigned = Err(CallRefused::Unsigned);
        assert_eq!(read(&signature, "1800000000", REPLY, Some(1_800_001_000)), unsigned, "old");
        assert_eq!(read(&signature, "1800000001", REPLY, None), unsigned, "another time");
        assert_eq!(read(&signature, "1800000000", &REPLY.replace("1234", "1235"), None), unsigned);
        assert_eq!(read(&signed("other", REPLY, "1"), "1", REPLY, None), unsigned);
        assert_eq!(read("", "", REPLY, None), unsigned);
        let garbled = read(&signed("key", "{}", "1"), "1", "{}", None);
        assert_eq!(garbled, Err(CallRefused::Garbled));
    }

    #[test]
    fn reports_name_the_message_and_pings_nothing() {
        let android = android("key");
        let read = |body: &str| {
            let signature = signed("key", body, "1");
            android.read_call(&signature, "1", body.as_bytes(), None).unwrap().incoming
        };
        let failed = read(
            r#"{"event":"sms:failed","id":"1","payload":{"messageId":"m","reason":"RESULT"}}"#,
        );
        let report = Report { receipt: Some("m".into()), to: None, delivered: false };
        assert_eq!(failed, Some(Incoming::Report(report)));
        assert_eq!(read(r#"{"event":"system:ping","id":"2","payload":{"health":{}}}"#), None);
    }

    #[test]
    fn calls_that_come_too_fast_are_turned_away_for_a_while() {
        let android = android("key");
        let now = Instant::now();
        let admitted = (0..200).filter(|_| android.admit(now)).count();
        assert_eq!(admitted, CALLS_AT_ONCE as usize);
        assert!(android.admit(now + CALL_EVERY));
        assert!(!android.admit(now + CALL_EVERY));
        let later = now + CALL_EVERY * 1000;
        assert_eq!((0..200).filter(|_| android.admit(later)).count(), CALLS_AT_ONCE as usize);
    }

    #[test]
    fn a_call_is_remembered_and_old_ones_are_forgotten() {
        let android = android("key");
        for n in 0..=CALLS_KEPT {
            android.call_done(n.to_string());
        }
        assert!(!android.knows_call("0") && android.knows_call("1"));
    }
}
