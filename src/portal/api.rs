//! What boxes ask: every request is signed, every answer says what is on the disk.

mod support;

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature, request_text};
use crate::domain::sync::keys::{KeyLink, name_of};
use crate::domain::sync::order::OrderKind;
use crate::domain::sync::pace::CHUNK_BYTES_MAX;
use crate::keys::signed_by;
use crate::portal::turns::Turn;
use crate::portal::{BoxState, IMAGE_BYTES_MAX, Portal, StorageError};
use crate::wire::messages::{
    Answers, AskOrders, BOX_HEADER, Enrol, Held, Hello, ImageAnswer, Records, Rotate, Rotated,
    SIGNATURE_HEADER, SignedLink, Welcome,
};
use crate::wire::pack::{pack, unpack};

/// Largest body, bytes.
const BODY_BYTES_MAX: usize = 1024 * 1024;
/// How long a body may take to come in.
const BODY_MAX: Duration = Duration::from_secs(240);
/// Memory for what boxes send at the same time, KiB: when a district's link is back, everybody comes at once.
/// Who finds no room is not read yet.
const ROOM_KIB: usize = 192 * 1024;
static ROOM: Semaphore = Semaphore::const_new(ROOM_KIB);
/// The same for who may be a stranger: nobody whom the portal does not know holds up one whom it knows.
static STRANGERS_ROOM: Semaphore = Semaphore::const_new(16 * 1024);
/// How long one waits for room. Then its box comes again: a connection that is not read for longer counts
/// as lost there.
const ROOM_WAIT_MAX: Duration = Duration::from_secs(30);
/// How much memory a body takes for each of its bytes: bytes of an image as they come and in one piece,
/// records compressed, unpacked and read.
const IMAGE_WEIGHT: usize = 2;
const MESSAGE_WEIGHT: usize = 16;
/// Longest message of who may be a stranger, bytes: a code, keys, and every change of a key.
const STRANGER_BYTES_MAX: usize = 256 * 1024;
/// What is read of a stranger's other messages, bytes: so that short ones get their answer.
const CLEARED_BYTES_MAX: usize = 4 * 1024;
/// Most records in one request.
const RECORDS_MAX: usize = 256;
/// Most changes of a box's key that are told together.
const LINKS_MAX: usize = 1_000;
/// The same of who may be a stranger: each is two signatures to verify.
const STRANGER_LINKS_MAX: usize = 50;
/// How long a box is asked to wait when the portal cannot take anything in, seconds.
const BUSY_SECONDS: &str = "60";

/// Why a request is not served.
enum Refusal {
    /// Makes no sense.
    Bad,
    /// Not from an enrolled box, or the code is wrong.
    NotEnrolled,
    /// From a box that was shut out.
    Revoked,
    /// The storage failed; it is logged already.
    Busy,
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        if matches!(error, StorageError::BeyondEnd | StorageError::TooManyContents) {
            return Self::Bad;
        }
        let source = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(%error, source, "the portal's storage failed");
        Self::Busy
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Bad => StatusCode::BAD_REQUEST.into_response(),
            Self::NotEnrolled => StatusCode::UNAUTHORIZED.into_response(),
            Self::Revoked => StatusCode::FORBIDDEN.into_response(),
            Self::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, BUSY_SECONDS)]).into_response()
            }
        }
    }
}

/// The routes for boxes.
pub(super) fn router(portal: Portal) -> Router {
    Router::new()
        .route("/sync/v1/enrol", post(enrol))
        .route("/sync/v1/rotate", post(rotate))
        .route("/sync/v1/hello", post(hello))
        .route("/sync/v1/records", post(records))
        .route("/sync/v1/held", get(held))
        .route("/sync/v1/orders", post(orders))
        .route("/sync/v1/images/{hash}", put(image))
        .route("/sync/v1/bundles/{hash}", get(bundle))
        .route("/sync/v1/support/{hash}", put(support::piece))
        .route("/sync/v1/support/over", post(support::over))
        .with_state(portal)
}

async fn enrol(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let signed = Signed::read(request).await?;
        blocking(move || Ok(enrolled(&portal, &signed))).await??;
        Ok(Welcome {
            version: version(),
            held: 0,
            digest: String::new(),
            orders: 0,
            sms_key: None,
            support: true,
        })
    })
    .await
}

/// Enrols whoever sent this. What takes long, off the async threads, comes after a look at the code: a stranger
/// has none.
fn enrolled(portal: &Portal, signed: &Signed) -> Result<(), Refusal> {
    let message: Enrol = signed.json()?;
    let key = PublicKey::parse(&message.key).ok_or(Refusal::Bad)?;
    let refused = || {
        tracing::warn!(box_id = %signed.from, "an enrolment was refused");
        Refusal::NotEnrolled
    };
    if !portal.knows_code(&message.code, &key)? {
        return Err(refused());
    }
    let links = links(&message.chain, STRANGER_LINKS_MAX)?;
    if !signed.is_by(portal, &key) || name_of(&links, &key, signed_by) != Some(signed.from) {
        return Err(Refusal::Bad);
    }
    if !portal.enrol(&message.code, (&key, &links), &message.name)? {
        return Err(refused());
    }
    tracing::info!(box_id = %signed.from, "a box is enrolled");
    Ok(())
}

/// A box tells by which key it will sign. Said by the key before, which the portal may not have heard a word by
/// yet, or, to a portal that has only an older one, by the last one.
async fn rotate(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let signed = Signed::read(request).await?;
        let links = links(&signed.json::<Rotate>()?.links, LINKS_MAX)?;
        let key = blocking(move || Ok(rotated(&portal, &signed, &links))).await??;
        Ok(Rotated { key: key.to_string() })
    })
    .await
}

/// The key by which the box is accepted from now on. Off the async threads.
fn rotated(portal: &Portal, signed: &Signed, links: &[KeyLink]) -> Result<PublicKey, Refusal> {
    let known = match portal.storage().box_state(signed.from)? {
        BoxState::Enrolled(known) => known,
        BoxState::Revoked(_) => return Err(Refusal::Revoked),
        BoxState::Unknown => return Err(Refusal::NotEnrolled),
    };
    let last = links.last().ok_or(Refusal::Bad)?;
    // Whoever signs by one of the last ones alone may be a stranger who has made all of them.
    let few = links.len() <= STRANGER_LINKS_MAX;
    let by_last = || [last.old, last.new].iter().any(|key| signed.is_by(portal, key));
    let sound = signed.is_by(portal, &known) || (few && by_last());
    let accepted = if sound { portal.accept_key(signed.from, links)? } else { None };
    accepted.ok_or(Refusal::NotEnrolled)
}

fn links(told: &[SignedLink], most: usize) -> Result<Vec<KeyLink>, Refusal> {
    if told.len() > most {
        return Err(Refusal::Bad);
    }
    told.iter().map(SignedLink::read).collect::<Option<_>>().ok_or(Refusal::Bad)
}

async fn hello(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let (message, from) = (signed.json::<Hello>()?, signed.from);
        let work = move || {
            // Room and turn are the work's: it goes on when the box hangs up.
            let _signed = signed;
            let told = portal.heard(from, &message)?;
            if let Some(program) = &message.program {
                portal.storage().hear_program(from, program)?;
            }
            Ok((told, portal.storage().orders_left(from)?))
        };
        let (((held, digest), sms_key), orders) = blocking(work).await?;
        let digest = digest.to_string();
        Ok(Welcome { version: version(), held, digest, orders, sms_key, support: true })
    })
    .await
}

async fn records(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let (message, from) = (signed.json::<Records>()?, signed.from);
        if message.records.len() > RECORDS_MAX {
            return Err(Refusal::Bad);
        }
        let work = move || {
            let _signed = signed;
            portal.take(from, &message.records)
        };
        let answers = blocking(work).await?;
        Ok(Answers { answers })
    })
    .await
}

/// Hands out orders. A box that was shut out still hears that it is to wipe itself.
async fn orders(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let (signed, state) = Signed::with_state(&portal, request).await?;
        let only = match state {
            BoxState::Enrolled(_) => None,
            BoxState::Revoked(_) => Some(OrderKind::Wipe),
            BoxState::Unknown => return Err(Refusal::NotEnrolled),
        };
        let (message, from) = (signed.json::<AskOrders>()?, signed.from);
        let work = move || {
            let _signed = signed;
            portal.hand_out(from, &message, only)
        };
        let list = blocking(work).await?;
        match (only, list.orders.is_empty()) {
            (Some(_), true) => Err(Refusal::Revoked),
            (Some(_) | None, _) => Ok(list),
        }
    })
    .await
}

#[derive(Deserialize)]
struct After {
    after: i64,
}

async fn held(
    State(portal): State<Portal>,
    Query(After { after }): Query<After>,
    request: Request,
) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let work = move || {
            let signed = signed;
            portal.storage().held(signed.from, Seq(after))
        };
        let (records, more) = blocking(work).await?;
        let records = records.into_iter().map(|(seq, hash)| (seq.0, hash.to_string())).collect();
        Ok(Held { records, more })
    })
    .await
}

#[derive(Deserialize)]
struct Part {
    seq: i64,
    size: u64,
    from: u64,
}

async fn image(
    State(portal): State<Portal>,
    Path(hash): Path<String>,
    Query(part): Query<Part>,
    request: Request,
) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let hash = Sha256Digest::parse(&hash).ok_or(Refusal::Bad)?;
        if part.seq < 1 || !(1..=IMAGE_BYTES_MAX).contains(&part.size) {
            return Err(Refusal::Bad);
        }
        let image = (Seq(part.seq), hash, part.size);
        let work = move || {
            let signed = signed;
            portal.take_image(signed.from, image, part.from, &signed.body)
        };
        let (held, receipt) = blocking(work).await?;
        Ok(ImageAnswer { held, receipt })
    })
    .await
}

#[derive(Deserialize)]
struct Range {
    from: u64,
    most: u64,
}

/// Bytes of a bundle as they are: they are compressed already, and what arrives before a cut can be used.
async fn bundle(
    State(portal): State<Portal>,
    Path(hash): Path<String>,
    Query(Range { from, most }): Query<Range>,
    request: Request,
) -> Response {
    let bytes = async {
        let signed = Signed::from_box(&portal, request).await?;
        let hash = Sha256Digest::parse(&hash).ok_or(Refusal::Bad)?;
        if !(1..=CHUNK_BYTES_MAX).contains(&most) {
            return Err(Refusal::Bad);
        }
        let work = move || {
            let _signed = signed;
            portal.storage().bundle_bytes(hash, from, most)
        };
        blocking(work).await
    };
    match bytes.await {
        Ok(Some(bytes)) => ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// What a request says before its body is read.
struct Head {
    from: KeyId,
    signature: Signature,
    method: Method,
    target: String,
    /// Length of the body as the box says it, else the most that it may be; bytes.
    bytes: usize,
}

impl Head {
    fn of(parts: &Parts, body: &Body) -> Result<Self, Refusal> {
        let from = header(&parts.headers, BOX_HEADER).and_then(KeyId::parse);
        let signature = header(&parts.headers, SIGNATURE_HEADER).and_then(Signature::parse);
        let (from, signature) = from.zip(signature).ok_or(Refusal::Bad)?;
        let told = body.size_hint().upper().map(usize::try_from);
        let bytes = told.unwrap_or(Ok(BODY_BYTES_MAX)).map_err(|_| Refusal::Bad)?;
        if bytes > BODY_BYTES_MAX {
            return Err(Refusal::Bad);
        }
        let (method, target) = (parts.method.clone(), target(&parts.uri));
        Ok(Self { from, signature, method, target, bytes })
    }

    /// Room for the body and what is made of it.
    async fn room(&self, of: &'static Semaphore) -> Result<SemaphorePermit<'static>, Refusal> {
        let weight = if self.method == Method::PUT { IMAGE_WEIGHT } else { MESSAGE_WEIGHT };
        let kib = u32::try_from((self.bytes * weight).div_ceil(1024).max(1));
        let turn = of.acquire_many(kib.map_err(|_| Refusal::Bad)?);
        match tokio::time::timeout(ROOM_WAIT_MAX, turn).await {
            Ok(Ok(room)) => Ok(room),
            Ok(Err(_)) | Err(_) => {
                tracing::warn!("more comes in than there is memory for");
                Err(Refusal::Busy)
            }
        }
    }
}

/// A request with its whole body.
struct Signed {
    from: KeyId,
    head: Head,
    body: Bytes,
    /// Given back with the answer.
    _room: SemaphorePermit<'static>,
    /// The same; a stranger has none.
    _turn: Option<Turn>,
}

impl Signed {
    /// From somebody who may be a stranger.
    async fn read(request: Request) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let head = Head::of(&parts, &body)?;
        if head.bytes > STRANGER_BYTES_MAX {
            return Err(Refusal::Bad);
        }
        Self::whole(head, body, &STRANGERS_ROOM).await
    }

    async fn whole(head: Head, body: Body, of: &'static Semaphore) -> Result<Self, Refusal> {
        let room = head.room(of).await?;
        let body = whole(body, head.bytes).await?;
        Ok(Self { from: head.from, head, body, _room: room, _turn: None })
    }

    /// The same from under the name of a box: nobody takes all the room under one name.
    async fn in_turn(head: Head, body: Body, of: &'static Semaphore) -> Result<Self, Refusal> {
        let turn = Turn::begin(head.from).await.ok_or(Refusal::Busy)?;
        let signed = turn.unless_over(Self::whole(head, body, of)).await;
        Ok(Self { _turn: Some(turn), ..signed.ok_or(Refusal::Busy)?? })
    }

    /// From a box that may speak.
    async fn from_box(portal: &Portal, request: Request) -> Result<Self, Refusal> {
        match Self::with_state(portal, request).await? {
            (signed, BoxState::Enrolled(_)) => Ok(signed),
            (_, BoxState::Revoked(_)) => Err(Refusal::Revoked),
            (_, BoxState::Unknown) => Err(Refusal::NotEnrolled),
        }
    }

    /// From a box whose key is known, with whether it may speak. Next to nothing of a stranger's body is read.
    async fn with_state(portal: &Portal, request: Request) -> Result<(Self, BoxState), Refusal> {
        let (parts, body) = request.into_parts();
        let head = Head::of(&parts, &body)?;
        let (asked, from) = (portal.clone(), head.from);
        let find = move || Ok((asked.storage().box_state(from)?, asked.storage().next_key(from)?));
        let (state, next) = blocking(find).await?;
        let (BoxState::Enrolled(key) | BoxState::Revoked(key)) = state else {
            // What is short is taken out of the way, so that the answer arrives.
            whole(body, CLEARED_BYTES_MAX).await.ok();
            return Err(Refusal::NotEnrolled);
        };
        let signed = match state {
            BoxState::Revoked(_) if head.bytes > STRANGER_BYTES_MAX => {
                whole(body, CLEARED_BYTES_MAX).await.ok();
                return Err(Refusal::Revoked);
            }
            // Who may have stolen it holds up nobody who may speak.
            BoxState::Revoked(_) => Self::in_turn(head, body, &STRANGERS_ROOM).await?,
            BoxState::Enrolled(_) | BoxState::Unknown => Self::in_turn(head, body, &ROOM).await?,
        };
        if signed.is_by(portal, &key) {
            return Ok((signed, state));
        }
        let next = next.filter(|next| signed.is_by(portal, next)).ok_or(Refusal::NotEnrolled)?;
        let asked = portal.clone();
        let may = blocking(move || asked.may_speak(from, &next)).await?;
        if may { Ok((signed, state)) } else { Err(Refusal::NotEnrolled) }
    }

    fn is_by(&self, portal: &Portal, key: &PublicKey) -> bool {
        let Head { method, target, signature, .. } = &self.head;
        portal.is_meant(|meant| {
            let text = request_text(meant, method.as_str(), target, &self.body);
            signed_by(key, &text, signature)
        })
    }

    fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let json = unpack(&self.body).ok_or(Refusal::Bad)?;
        serde_json::from_slice(&json).map_err(|_| Refusal::Bad)
    }
}

async fn whole(body: Body, most: usize) -> Result<Bytes, Refusal> {
    let read = tokio::time::timeout(BODY_MAX, to_bytes(body, most)).await;
    match read {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) | Err(_) => Err(Refusal::Bad),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn target(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Runs storage work off the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => {
            tracing::error!(%error, "storage work ended abnormally");
            Err(Refusal::Busy)
        }
    }
}

async fn answer<T: Serialize>(work: impl Future<Output = Result<T, Refusal>>) -> Response {
    let refusal = match work.await {
        Ok(message) => match serde_json::to_vec(&message) {
            Ok(json) => {
                let head = [(CONTENT_TYPE, "application/octet-stream")];
                return (head, pack(&json)).into_response();
            }
            Err(_) => Refusal::Busy,
        },
        Err(refusal) => refusal,
    };
    refusal.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_no_room_waits_until_somebody_has_an_answer() {
        let head = Head {
            from: KeyId::from_bytes([1; 16]),
            signature: Signature([0; 64]),
            method: Method::PUT,
            target: String::new(),
            bytes: 256 * 1024,
        };
        let everything = ROOM.acquire_many(u32::try_from(ROOM_KIB).unwrap()).await.unwrap();
        let soon = Duration::from_millis(50);
        assert!(tokio::time::timeout(soon, head.room(&ROOM)).await.is_err());
        drop(everything);
        let room = head.room(&ROOM).await;
        assert!(room.is_ok());
        assert_eq!(ROOM.available_permits(), ROOM_KIB - 512);
    }
}
