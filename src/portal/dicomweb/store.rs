//! STOW-RS: each object is written to a file while it comes in, read as far as its pixels, and kept.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::extract::{Path as Segments, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::{DICOM, Refusal, json as answer_json, uid};
use crate::domain::hex::Hex;
use crate::durable;
use crate::keys;
use crate::portal::gate::{Gate, Shut, blocking};
use crate::portal::sources::{Kept, NewObject, Source};
use crate::portal::{IMAGE_BYTES_MAX, Portal, StorageError};
use crate::wire::dicom::json::{object, said};
use crate::wire::dicom::read::{Header, ObjectIds, Unreadable};
use crate::wire::multipart::{Piece, Splitter};

/// Most bytes of one request.
const REQUEST_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Most objects of one request.
const OBJECTS_MAX: usize = 1_000;
/// How long nothing may arrive before a request counts as lost.
const SILENCE_MAX: Duration = Duration::from_secs(120);

/// Longest description of an object, bytes of JSON.
const HEADER_BYTES_MAX: usize = 1_500_000;

/// How names of files on their way in begin.
const PART: &str = "stow-";

/// Failure reasons: PS3.18 section 10.5.3.2, PS3.7 annex C.
const OUT_OF_RESOURCES: u16 = 0xa700;
const DOES_NOT_FIT: u16 = 0xa900;
const NOT_UNDERSTOOD: u16 = 0xc000;
const OTHER_SYNTAX: u16 = 0xc122;
/// Duplicate SOP Instance: another content came under the same UID before. Both are kept.
const DUPLICATE: u16 = 0x0111;

/// What became of one part of a request.
enum Fate {
    Stored(ObjectIds),
    Failed(ObjectIds, u16),
    /// It is not known which object it was to be.
    Unread(u16),
}

/// A part on its way in. Its file is gone when this is, unless it was kept.
struct Part {
    path: PathBuf,
    file: File,
    size: u64,
    /// Why its bytes are not written any more.
    failed: Option<u16>,
}

impl Drop for Part {
    fn drop(&mut self) {
        // Kept files have been moved away.
        let _not_there = std::fs::remove_file(&self.path);
    }
}

impl Part {
    async fn begin(folder: &Path, kind: &str) -> Result<Self, Shut> {
        let name: [u8; 16] = keys::random().map_err(|_| Shut::Busy)?;
        let path = folder.join(format!("{PART}{}", Hex(&name)));
        let file = File::create(&path).await.map_err(|error| broken_disk(&error))?;
        let other = !kind.is_empty() && kind != DICOM;
        Ok(Self { path, file, size: 0, failed: other.then_some(NOT_UNDERSTOOD) })
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Shut> {
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.size > IMAGE_BYTES_MAX {
            self.failed.get_or_insert(OUT_OF_RESOURCES);
        }
        if self.failed.is_some() {
            return Ok(());
        }
        self.file.write_all(bytes).await.map_err(|error| broken_disk(&error))
    }

    async fn keep(
        mut self,
        portal: &Portal,
        source: &Source,
        study: Option<&str>,
    ) -> Result<Fate, Shut> {
        if let Some(reason) = self.failed {
            return Ok(Fate::Unread(reason));
        }
        self.file.flush().await.map_err(|error| broken_disk(&error))?;
        let (portal, source) = (portal.clone(), source.name.clone());
        let study = study.map(str::to_owned);
        blocking(move || keep(&portal, &source, (&self.path, self.size), study.as_deref())).await
    }
}

fn broken_disk(error: &std::io::Error) -> Shut {
    tracing::error!(%error, "an object that came in cannot be written");
    Shut::Busy
}

fn keep(
    portal: &Portal,
    source: &str,
    (path, size): (&Path, u64),
    study: Option<&str>,
) -> Result<Fate, StorageError> {
    let failed = |operation| {
        move |error| StorageError::File { operation, path: path.to_owned(), source: error }
    };
    let file = std::fs::File::open(path).map_err(failed("open"))?;
    let header = match Header::read(BufReader::new(file)) {
        Ok(header) => header,
        Err(Unreadable::Syntax) => return Ok(Fate::Unread(OTHER_SYNTAX)),
        Err(Unreadable::Damaged | Unreadable::Uids) => return Ok(Fate::Unread(NOT_UNDERSTOOD)),
    };
    if study.is_some_and(|study| study != header.ids.study) {
        return Ok(Fate::Failed(header.ids, DOES_NOT_FIT));
    }
    let (hash, _) = durable::measure(path).map_err(failed("read"))?;
    let elements = object(&header.elements).to_string();
    if elements.len() > HEADER_BYTES_MAX {
        return Ok(Fate::Failed(header.ids, NOT_UNDERSTOOD));
    }
    let new = NewObject {
        source,
        ids: &header.ids,
        syntax: &header.syntax,
        hash,
        size,
        pixels: header.pixels.is_some(),
        header: &elements,
        // PostgreSQL has no texts with NUL.
        patient: &header.text(0x0010_0020).unwrap_or_default().replace('\0', ""),
    };
    Ok(match portal.storage().keep_object(&new, path, portal.now().wall)? {
        Kept::Held => Fate::Stored(header.ids),
        Kept::Conflict => Fate::Failed(header.ids, DUPLICATE),
    })
}

/// `POST /dicomweb/studies`.
pub(super) async fn store(State(gate): State<Gate>, request: Request) -> Response {
    take(&gate, None, request).await.unwrap_or_else(Refusal::into_response)
}

/// `POST /dicomweb/studies/{study}`: objects of that study alone.
pub(super) async fn store_in(
    State(gate): State<Gate>,
    Segments(study): Segments<String>,
    request: Request,
) -> Response {
    let taken = match uid(study) {
        Ok(study) => take(&gate, Some(study), request).await,
        Err(refusal) => Err(refusal),
    };
    taken.unwrap_or_else(Refusal::into_response)
}

async fn take(gate: &Gate, study: Option<String>, request: Request) -> Result<Response, Refusal> {
    let source = gate.source(request.headers()).await?;
    let _turn = gate.turn()?;
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut splitter = kind.and_then(Splitter::of).ok_or(Refusal::Kind)?;
    let folder = gate.portal.storage().incoming();
    let mut body = request.into_body().into_data_stream();
    let (mut fates, mut open, mut size) = (Vec::new(), None, 0_u64);
    while let Ok(Some(bytes)) = tokio::time::timeout(SILENCE_MAX, body.next()).await {
        let bytes = bytes.map_err(|_| Shut::Broken)?;
        size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > REQUEST_BYTES_MAX || fates.len() >= OBJECTS_MAX {
            return Err(Shut::Large.into());
        }
        for piece in splitter.feed(&bytes).map_err(|_| Refusal::Bad("no multipart body"))? {
            match (piece, open.as_mut()) {
                (Piece::Begin(kind), _) => open = Some(Part::begin(&folder, &kind).await?),
                (Piece::Bytes(bytes), Some(part)) => part.write(&bytes).await?,
                (Piece::End, Some(_)) => {
                    if let Some(part) = open.take() {
                        fates.push(part.keep(&gate.portal, &source, study.as_deref()).await?);
                    }
                }
                (Piece::Bytes(_) | Piece::End, None) => {}
            }
        }
    }
    // What is complete is kept; that the request broke off is said all the same.
    if !splitter.is_done() {
        return Err(Shut::Broken.into());
    }
    tracing::info!(source = %source.name, objects = fates.len(), "a source sent objects");
    Ok(told(&fates))
}

/// The response of PS3.18 table 10.5.3-1.
fn told(fates: &[Fate]) -> Response {
    let item = |ids: &ObjectIds| json!({"00081150": said("UI", &ids.class), "00081155": said("UI", &ids.uid)});
    let reason = |code: u16| json!({"vr": "US", "Value": [code]});
    let (mut stored, mut failed, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for fate in fates {
        match fate {
            Fate::Stored(ids) => stored.push(item(ids)),
            Fate::Failed(ids, code) => {
                let mut item = item(ids);
                item["00081197"] = reason(*code);
                failed.push(item);
            }
            Fate::Unread(code) => unread.push(json!({"00081197": reason(*code)})),
        }
    }
    let status = match (stored.is_empty(), failed.is_empty() && unread.is_empty()) {
        (_, true) if !stored.is_empty() => StatusCode::OK,
        (true, _) => StatusCode::CONFLICT,
        (false, _) => StatusCode::ACCEPTED,
    };
    let mut body = json!({});
    let mut put = |tag: &str, items: Vec<Value>| {
        if !items.is_empty() {
            body[tag] = json!({"vr": "SQ", "Value": items});
        }
    };
    put("00081199", stored);
    put("00081198", failed);
    put("0008119A", unread);
    answer_json(status, &body)
}
