//! The HTTP client.

mod support;

pub use support::SupportState;

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::sync::identity::{KeyId, PublicKey, request_text};
use crate::domain::sync::keys::{KeyLink, PortalKeys};
use crate::domain::sync::receipt::{self, Delivered, Receipt};
use crate::keys::rotation::BoxKeys;
use crate::keys::sms::SmsPublicKey;
use crate::keys::tls;
use crate::sync::{PortalSettings, SyncFault};
use crate::wire::messages::{
    Answers, AskOrders, BOX_HEADER, Enrol, Held, Hello, ImageAnswer, OrderList, Record, Records,
    Rotate, Rotated, SIGNATURE_HEADER, SignedLink, SignedOrder, SignedReceipt, ToldOutcome,
    Welcome,
};
use crate::wire::pack::{pack, unpack};

/// How long a connection may take to come up, its TLS among it: at 9.6 kbit/s with every fifth packet lost
/// both have to be repeated.
const CONNECT_MAX: Duration = Duration::from_secs(60);
/// How long the other side may confirm nothing of what was sent before a connection counts as lost. What
/// comes forward slowly is not lost: each confirmed packet begins this anew.
const UNCONFIRMED_MAX: Duration = Duration::from_secs(90);
/// How long a connection may be silent before the system asks whether the other side is there.
const ASK_AFTER: Duration = Duration::from_secs(30);
/// Longest request: a step is made for 8 seconds, a link may be much slower than it just was.
const REQUEST_MAX: Duration = Duration::from_secs(240);
/// Longest answer, bytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// A record on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The box's number for it.
    pub seq: Seq,
    /// Code of its kind.
    pub kind: &'static str,
    /// The study.
    pub study: String,
    /// SHA-256 of its content.
    pub hash: Sha256Digest,
    /// Its content.
    pub body: String,
}

impl From<Outgoing> for Record {
    fn from(one: Outgoing) -> Self {
        Self {
            seq: one.seq.0,
            kind: one.kind.to_owned(),
            study: one.study,
            hash: one.hash.to_string(),
            body: one.body,
        }
    }
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The portal has it, and signed for it.
    Receipt(Receipt),
    /// The portal refuses it; a code says why.
    Refused(Seq, String),
}

/// What the portal says it has of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageState {
    /// Bytes, from the first one.
    pub held: u64,
    /// The receipt for the whole image.
    pub receipt: Option<Receipt>,
}

/// What the portal holds of this box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalHolds {
    /// Version of its program.
    pub version: String,
    /// Records.
    pub records: u64,
    /// Over all of them.
    pub digest: Sha256Digest,
    /// Whether it has orders for this box.
    pub orders: bool,
    /// Whether it takes support bundles.
    pub support: bool,
    /// For whom text messages to it are sealed; `None`: it reads none, or does not have this box's key.
    pub sms_key: Option<SmsPublicKey>,
}

/// Speaks to one portal. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    settings: PortalSettings,
    portal: PortalKeys,
    keys: Arc<BoxKeys>,
    seen: tls::KeySeen,
}

impl Client {
    /// Makes a client; connects to nothing yet.
    ///
    /// # Errors
    /// [`SyncFault::SetUp`].
    pub fn new(
        settings: PortalSettings,
        portal: PortalKeys,
        keys: Arc<BoxKeys>,
    ) -> Result<Self, SyncFault> {
        let seen = tls::KeySeen::default();
        let tls = tls::client(&portal.pinned(), seen.clone())
            .map_err(|error| SyncFault::SetUp(error.to_string()))?;
        let http = reqwest::Client::builder()
            .use_preconfigured_tls(tls)
            .https_only(true)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_MAX)
            .tcp_user_timeout(UNCONFIRMED_MAX)
            .tcp_keepalive(ASK_AFTER)
            .timeout(REQUEST_MAX)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|error| SyncFault::SetUp(error.to_string()))?;
        Ok(Self { http, settings, portal, keys, seen })
    }

    /// The name of this box.
    #[must_use]
    pub fn box_id(&self) -> KeyId {
        self.keys.name()
    }

    /// The change of the box's key that the portal is to hear of.
    #[must_use]
    pub fn link(&self) -> Option<KeyLink> {
        self.keys.link()
    }

    /// A key that the portal has announced and shows now, since this was last asked.
    #[must_use]
    pub fn take_shown(&self) -> Option<PublicKey> {
        let oldest = self.portal.pinned().last().copied();
        self.seen.take_right().filter(|shown| Some(*shown) != oldest)
    }

    /// Whether the settings hold a code.
    #[must_use]
    pub const fn has_code(&self) -> bool {
        self.settings.code.is_some()
    }

    /// Introduces the box by the one-time code. Sent again after a lost answer it is accepted again.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn enrol(&self, name: &str) -> Result<(), SyncFault> {
        let code = self.settings.code.clone().ok_or(SyncFault::NotEnrolled)?;
        let message = enrolment(&self.keys, code, name.to_owned());
        let _welcome: Welcome = self.post("/sync/v1/enrol", &message).await?;
        Ok(())
    }

    /// Tells the portal by which key the box will sign, and how the keys followed one another up to it.
    /// Told again after a lost answer it is accepted again; so it is by a portal that was restored from a
    /// copy from before.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn rotate(&self) -> Result<(), SyncFault> {
        let links: Vec<KeyLink> = self.keys.chain().iter().copied().chain(self.link()).collect();
        let Some(last) = links.last() else { return Err(SyncFault::NotEnrolled) };
        let message = Rotate { links: links.iter().map(SignedLink::of).collect() };
        let rotated: Rotated = self.post("/sync/v1/rotate", &message).await?;
        let same = PublicKey::parse(&rotated.key) == Some(last.new);
        if same { Ok(()) } else { Err(SyncFault::BadAnswer) }
    }

    /// Says how the box is; hears what the portal holds.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn hello(&self, hello: &Hello) -> Result<PortalHolds, SyncFault> {
        let welcome: Welcome = self.post("/sync/v1/hello", hello).await?;
        let digest = Sha256Digest::parse(&welcome.digest).ok_or(SyncFault::BadAnswer)?;
        Ok(PortalHolds {
            version: welcome.version,
            records: welcome.held,
            digest,
            orders: welcome.orders > 0,
            support: welcome.support,
            sms_key: welcome.sms_key.as_deref().and_then(SmsPublicKey::parse),
        })
    }

    /// Sends records. There is an answer for each of them, or for none.
    ///
    /// # Errors
    /// [`SyncFault`]; whether the records arrived is not known then.
    pub async fn send(&self, records: &[Outgoing]) -> Result<Vec<Answered>, SyncFault> {
        let message = Records { records: records.iter().cloned().map(Record::from).collect() };
        let answers: Answers = self.post("/sync/v1/records", &message).await?;
        if answers.answers.len() != records.len() {
            return Err(SyncFault::BadAnswer);
        }
        let pairs = records.iter().zip(answers.answers);
        pairs
            .map(|(sent, answer)| match (answer.receipt, answer.refused) {
                _ if answer.seq != sent.seq.0 => Err(SyncFault::BadAnswer),
                (Some(receipt), None) => {
                    self.verified(&receipt, sent.seq, sent.hash).map(Answered::Receipt)
                }
                (None, Some(why)) => Ok(Answered::Refused(sent.seq, short(&why))),
                (None, None) | (Some(_), Some(_)) => Err(SyncFault::BadAnswer),
            })
            .collect()
    }

    /// Sends bytes of an image, from `from` on. The portal says how many it has; when that is not
    /// what was believed, nothing was taken and the sender goes on from there.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn upload(
        &self,
        (seq, digest, size): (Seq, Sha256Digest, u64),
        from: u64,
        bytes: Vec<u8>,
    ) -> Result<ImageState, SyncFault> {
        let target = format!("/sync/v1/images/{digest}?seq={seq}&size={size}&from={from}");
        let answer = self.request(Method::PUT, &target, bytes).await?;
        let answer: ImageAnswer = parse(&answer)?;
        let receipt = answer.receipt.map(|receipt| self.verified(&receipt, seq, digest));
        Ok(ImageState { held: answer.held, receipt: receipt.transpose()? })
    }

    /// Number and hash of the records that the portal holds, after that number; and whether there are
    /// more.
    ///
    /// # Errors
    /// [`SyncFault`].
    pub async fn held(&self, after: Seq) -> Result<(Vec<(Seq, Sha256Digest)>, bool), SyncFault> {
        let target = format!("/sync/v1/held?after={after}");
        let held: Held = parse(&self.request(Method::GET, &target, Vec::new()).await?)?;
        let records = held.records.iter().map(|(seq, hash)| {
            let hash = Sha256Digest::parse(hash).ok_or(SyncFault::BadAnswer)?;
            if *seq > after.0 { Ok((Seq(*seq), hash)) } else { Err(SyncFault::BadAnswer) }
        });
        Ok((records.collect::<Result<_, _>>()?, held.more))
    }

    /// Says what became of orders; gives a few more as they came, and whether there are others.
    ///
    /// # Errors
    /// [`SyncFault`]; none of the orders is given then.
    pub async fn orders(
        &self,
        told: Vec<ToldOutcome>,
        bytes: u64,
    ) -> Result<(Vec<SignedOrder>, bool), SyncFault> {
        let asked = AskOrders { told, bytes };
        let list: OrderList = self.post("/sync/v1/orders", &asked).await?;
        Ok((list.orders, list.more))
    }

    /// Bytes of a bundle, `from` the first one on and at most so many; `None`: the portal does not have it.
    /// Where the link breaks, what had come by then is given too: every byte of it was protected on its
    /// way, and the whole is compared with its hash.
    ///
    /// # Errors
    /// [`SyncFault`], when not one byte has come.
    pub async fn bundle(
        &self,
        hash: Sha256Digest,
        from: u64,
        most: u64,
    ) -> Result<Option<(Vec<u8>, Option<SyncFault>)>, SyncFault> {
        let target = format!("/sync/v1/bundles/{hash}?from={from}&most={most}");
        let mut answer = self.ask(Method::GET, &target, Vec::new()).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        refused(&answer)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(piece)) if bytes.len() + piece.len() <= most => {
                    bytes.extend_from_slice(&piece);
                }
                Ok(Some(_)) => return Err(SyncFault::BadAnswer),
                Ok(None) if bytes.is_empty() => return Err(SyncFault::BadAnswer),
                Ok(None) => return Ok(Some((bytes, None))),
                Err(error) if bytes.is_empty() => return Err(self.broken(&error)),
                Err(error) => return Ok(Some((bytes, Some(self.broken(&error))))),
            }
        }
    }

    /// A receipt, if it is the portal's, for that record, for those bytes.
    fn verified(
        &self,
        signed: &SignedReceipt,
        seq: Seq,
        hash: Sha256Digest,
    ) -> Result<Receipt, SyncFault> {
        let box_id = self.box_id();
        let sent = Delivered { box_id, seq, hash };
        let receipt = super::receipt(&self.portal, box_id, seq, signed);
        receipt.filter(|one| receipt::answers(one, &sent)).ok_or(SyncFault::BadAnswer)
    }

    async fn post<A: DeserializeOwned>(
        &self,
        target: &str,
        message: &impl Serialize,
    ) -> Result<A, SyncFault> {
        let json = serde_json::to_vec(message).map_err(|_| SyncFault::BadAnswer)?;
        parse(&self.request(Method::POST, target, pack(&json)).await?)
    }

    /// Sends a signed request; gives the answer whose body is still to come.
    async fn ask(
        &self,
        method: Method,
        target: &str,
        body: Vec<u8>,
    ) -> Result<reqwest::Response, SyncFault> {
        let text = request_text(&self.portal.newest(), method.as_str(), target, &body);
        let sent = self
            .http
            .request(method, format!("{}{target}", self.settings.url))
            .header(BOX_HEADER, self.box_id().to_string())
            .header(SIGNATURE_HEADER, self.keys.key().sign(&text).to_string())
            .body(body)
            .send()
            .await;
        sent.map_err(|error| self.broken(&error))
    }

    /// Sends a signed request; gives the unpacked answer.
    async fn request(
        &self,
        method: Method,
        target: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, SyncFault> {
        let mut answer = self.ask(method, target, body).await?;
        refused(&answer)?;
        let mut packed = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| self.broken(&error))? {
            if packed.len() + piece.len() > ANSWER_BYTES_MAX {
                return Err(SyncFault::BadAnswer);
            }
            packed.extend_from_slice(&piece);
        }
        unpack(&packed).ok_or(SyncFault::BadAnswer)
    }

    /// What a failed exchange means. The address may be in the error, the content never is.
    fn broken(&self, error: &reqwest::Error) -> SyncFault {
        tracing::debug!(%error, "the exchange with the portal failed");
        if self.seen.take_wrong() { SyncFault::WrongPortal } else { SyncFault::Unreachable }
    }
}

/// How a box introduces itself by a code.
#[must_use]
pub fn enrolment(keys: &BoxKeys, code: String, name: String) -> Enrol {
    let chain = keys.chain().iter().map(SignedLink::of).collect();
    Enrol { code, key: keys.key().public().to_string(), name, chain }
}

/// What the head of an answer says against going on.
fn refused(answer: &reqwest::Response) -> Result<(), SyncFault> {
    match answer.status() {
        StatusCode::OK => Ok(()),
        StatusCode::UNAUTHORIZED => Err(SyncFault::NotEnrolled),
        StatusCode::FORBIDDEN => Err(SyncFault::Revoked),
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            let told = answer.headers().get("retry-after");
            let seconds = told.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
            let wait_ms = seconds.map(|seconds| seconds.saturating_mul(1000));
            Err(SyncFault::Busy { wait_ms })
        }
        _ => Err(SyncFault::BadAnswer),
    }
}

fn parse<A: DeserializeOwned>(json: &[u8]) -> Result<A, SyncFault> {
    serde_json::from_slice(json).map_err(|_| SyncFault::BadAnswer)
}

/// A code from outside, short enough to be stored and shown.
#[must_use]
pub fn short(why: &str) -> String {
    why.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect()
}
