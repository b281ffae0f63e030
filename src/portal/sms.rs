//! How text messages reach a portal: the folder of a gammu-smsd, and a webhook for gateways.
//!
//! Both doors take anything that anybody sends to the portal's number. What is no digest of a box is left
//! alone, and nothing of it is logged.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use serde::Deserialize;

use crate::domain::alert::contact::PhoneNumber;
use crate::domain::digest::Sha256Digest;
use crate::portal::announced::answers;
use crate::portal::{Portal, SmsTaken, StorageError};
use crate::wire::spool::{Details, decode, encode, sender};

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a file is left alone: the daemon may still be writing it.
const SETTLED: Duration = Duration::from_secs(2);
/// Largest file that is read as a message, bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024;
/// Largest body of the webhook, bytes.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// Ending of files that hold no digest of a box.
const OTHER: &str = "other";
/// Fewest characters of a token.
const TOKEN_CHARS_MIN: usize = 16;

/// Why a door cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum SmsDoorsError {
    /// A folder is missing.
    #[error("{} is no folder", .0.display())]
    Folder(PathBuf),
    /// The token cannot be read.
    #[error("cannot read {}", path.display())]
    Token {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The token could be guessed.
    #[error("the token in {} has fewer than {TOKEN_CHARS_MIN} characters", .0.display())]
    Short(PathBuf),
}

/// The doors for text messages.
#[derive(Clone, Debug, Default)]
pub struct SmsDoors {
    inbox: Option<PathBuf>,
    outbox: Option<PathBuf>,
    /// SHA-256 of the webhook's token.
    token: Option<Sha256Digest>,
}

impl SmsDoors {
    /// Doors for a folder into which a gammu-smsd puts what comes in, one from which it takes what goes out
    /// (answers to boxes), and for gateways that know the token in a file.
    ///
    /// # Errors
    /// [`SmsDoorsError`].
    pub fn open(
        inbox: Option<PathBuf>,
        outbox: Option<PathBuf>,
        token_file: Option<&Path>,
    ) -> Result<Self, SmsDoorsError> {
        for folder in inbox.iter().chain(&outbox) {
            if !folder.is_dir() {
                return Err(SmsDoorsError::Folder(folder.clone()));
            }
        }
        let token = token_file.map(read_token).transpose()?;
        Ok(Self { inbox, outbox, token })
    }
}

fn read_token(path: &Path) -> Result<Sha256Digest, SmsDoorsError> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|source| SmsDoorsError::Token { path: path.to_owned(), source })?;
    if text.trim().len() < TOKEN_CHARS_MIN {
        return Err(SmsDoorsError::Short(path.to_owned()));
    }
    Ok(Sha256Digest::of(text.trim()))
}

/// Looks into the folder until the program ends.
pub(super) async fn watch(portal: Portal, doors: SmsDoors) {
    let Some(inbox) = doors.inbox else { return };
    let outbox = doors.outbox.map(|folder| Arc::new(Outbox::new(folder)));
    loop {
        let (portal, inbox, outbox) = (portal.clone(), inbox.clone(), outbox.clone());
        let look = move || look(&portal, &inbox, outbox.as_deref());
        if let Err(error) = tokio::task::spawn_blocking(look).await {
            tracing::error!(%error, "the look into the inbox ended abnormally");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn look(portal: &Portal, inbox: &Path, outbox: Option<&Outbox>) {
    let Ok(entries) = std::fs::read_dir(inbox) else {
        tracing::error!("the inbox for text messages cannot be read");
        return;
    };
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|one| one.path()).collect();
    paths.retain(|path| path.extension() != Some(OsStr::new(OTHER)) && is_settled(path));
    paths.sort();
    for path in paths {
        // What the storage could not take stays, and is read again at the next look.
        let Ok(digest) = take_file(portal, &path, outbox) else { return };
        let done = match digest {
            true => std::fs::remove_file(&path),
            false => std::fs::rename(&path, path.with_extension(OTHER)),
        };
        if let Err(error) = done {
            tracing::error!(%error, "a text message that was read cannot be put away");
            return;
        }
    }
}

/// Whether a file is there and nobody writes it any more; one from the future was written by another clock.
fn is_settled(path: &Path) -> bool {
    let Ok(about) = path.metadata() else { return false };
    let age = about.modified().ok().and_then(|at| at.elapsed().ok());
    about.is_file() && age.is_none_or(|age| age >= SETTLED)
}

/// Takes a file in; whether it held anything for us.
fn take_file(portal: &Portal, path: &Path, outbox: Option<&Outbox>) -> Result<bool, StorageError> {
    let small = path.metadata().is_ok_and(|meta| meta.len() <= FILE_BYTES_MAX);
    let Some(bytes) = small.then(|| std::fs::read(path).ok()).flatten() else { return Ok(false) };
    let file = decode(&bytes);
    let details = Details::read(&file);
    let text = details.as_ref().map_or(file.as_str(), |details| details.text.as_str());
    let taken = take(portal, text)?;
    let from = path.file_name().and_then(OsStr::to_str).and_then(sender);
    if let (Some(outbox), Some(from)) = (outbox, from) {
        for answer in answers(&taken) {
            outbox.put(&from, answer);
        }
    }
    Ok(!taken.is_empty())
}

fn take(portal: &Portal, text: &str) -> Result<Vec<SmsTaken>, StorageError> {
    portal.take_sms(text).inspect_err(|error| {
        let source = std::error::Error::source(error).map(ToString::to_string);
        tracing::error!(%error, source, "a text message could not be taken in");
    })
}

/// From where a gammu-smsd takes what goes out.
struct Outbox {
    folder: PathBuf,
    serial: AtomicU32,
}

impl Outbox {
    fn new(folder: PathBuf) -> Self {
        Self { folder, serial: AtomicU32::new(std::process::id() % 10_000) }
    }

    /// Hands an answer to the daemon. One that is lost costs nothing: the box knows less, and tells again.
    fn put(&self, to: &PhoneNumber, text: &str) {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let name = format!("OUTC{serial:08}_000000_00_{}_fieldray.txt", to.as_str());
        let part = self.folder.join(format!(".fieldray-{serial}"));
        let write = || -> io::Result<()> {
            let mut file = std::fs::File::create(&part)?;
            file.write_all(&encode(text))?;
            file.sync_all()?;
            std::fs::rename(&part, self.folder.join(name))
        };
        if let Err(error) = write() {
            tracing::error!(%error, "an answer to a box cannot be handed to gammu-smsd");
        }
    }
}

/// What the webhook needs.
#[derive(Clone)]
struct Hook {
    portal: Portal,
    token: Sha256Digest,
}

/// The route for gateways; nothing where no token is set.
pub(super) fn router(portal: Portal, doors: &SmsDoors) -> Router {
    let Some(token) = doors.token else { return Router::new() };
    Router::new()
        .route("/sms/in", post(hook))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(Hook { portal, token })
}

#[derive(Deserialize)]
struct Asked {
    /// For gateways that cannot send headers.
    token: Option<String>,
    text: Option<String>,
}

/// `POST /sms/in`: one message. The answer to the box is the body of the answer, which gateways such as Kannel
/// send back as a text message.
async fn hook(
    State(hook): State<Hook>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).or(asked.token.as_deref());
    // Hashes are compared: how long that takes says nothing about the token.
    if token.map(|token| Sha256Digest::of(token.trim())) != Some(hook.token) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let Some(text) = asked.text.or_else(|| text_of(kind, &body)) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let portal = hook.portal;
    match tokio::task::spawn_blocking(move || take(&portal, &text)).await {
        Ok(Ok(taken)) => answers(&taken).join("\n").into_response(),
        // The gateway tries again.
        Ok(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(error) => {
            tracing::error!(%error, "work for a gateway ended abnormally");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The text in a body: JSON of a gateway or of the app "SMS Gateway for Android", a form, or the bare text.
fn text_of(kind: &str, body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Flat {
        #[serde(alias = "message", alias = "body", alias = "content")]
        text: Option<String>,
        payload: Option<Payload>,
    }
    #[derive(Deserialize)]
    struct Payload {
        message: Option<String>,
    }
    if kind.contains("json") {
        let flat: Flat = serde_json::from_slice(body).ok()?;
        return flat.text.or(flat.payload.and_then(|payload| payload.message));
    }
    if kind.contains("x-www-form-urlencoded") {
        let names = ["text", "message", "body", "content"];
        // A form is written as the query of an address is.
        let address: Uri = format!("/?{}", std::str::from_utf8(body).ok()?).parse().ok()?;
        let Query(fields) = Query::<Vec<(String, String)>>::try_from_uri(&address).ok()?;
        return fields.into_iter().find(|(name, _)| names.contains(&&**name)).map(|(_, text)| text);
    }
    String::from_utf8(body.to_vec()).ok()
}
