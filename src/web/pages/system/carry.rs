//! `/system/carry`: what waits for the portal as a file to be carried, and the answer that comes back.

use std::io::{self, ErrorKind, Write};

use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest as _, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use tokio::sync::mpsc;

use crate::app::{App, CarriedBack, CarryState};
use crate::domain::fault::{Fault, Kind};
use crate::web::error::{Failure, status_of};
use crate::web::guard::Session;
use crate::web::html::{Page, Stop, page};
use crate::web::parts::{drain_parts, patient, small, whole};

/// Largest answer, bytes: about 150 for each record, and a hundred thousand records.
pub(in crate::web) const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Pieces of a file that wait for a slow phone.
const PIECES_MAX: usize = 4;
/// Bytes of a piece.
const PIECE_BYTES: usize = 64 * 1024;

#[derive(askama::Template)]
#[template(path = "carry.html")]
struct CarryPage {
    page: Page,
    stop: Option<Stop>,
    /// What the answer brought.
    note: Option<String>,
    possible: bool,
    waiting: Option<String>,
    images: bool,
}

/// `GET /system/carry`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    form(&app, &session, Ok(None)).await
}

/// `POST /system/carry`: an answer comes back.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    session: Session,
    request: Request,
) -> Result<Response, Failure> {
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        return Err(Fault::FormUnreadable.into());
    };
    let answer = match read(&session, &mut parts).await {
        Ok(sealed) => app.carry_back(sealed).await,
        Err(fault) => {
            drain_parts(&mut parts).await;
            Err(fault)
        }
    };
    let failed = answer.is_err();
    let mut response = match answer {
        Err(fault) if fault.kind() == Kind::Internal => Failure::from(fault).into_response(),
        answer => form(&app, &session, answer.map(Some)).await?,
    };
    if failed {
        // The body may not have been read to its end: the connection cannot be used again.
        response.headers_mut().insert(CONNECTION, "close".parse().map_err(|_| Fault::Internal)?);
    }
    Ok(response)
}

async fn read(session: &Session, parts: &mut Multipart) -> Result<Vec<u8>, Fault> {
    let mut ours = false;
    while let Some(field) = patient(parts.next_field()).await? {
        match field.name() {
            Some("csrf") => {
                session.check_csrf(&small(field).await?)?;
                ours = true;
            }
            Some("answer") if ours => return whole(field, BODY_BYTES_MAX).await,
            Some("answer") => return Err(Fault::ForeignRequest),
            _ => return Err(Fault::FormUnreadable),
        }
    }
    Err(Fault::FormUnreadable)
}

#[derive(Deserialize)]
pub(in crate::web) struct Choice {
    /// `yes`: with the radiographs.
    #[serde(default)]
    images: String,
}

/// `GET /system/carry/file`: the file, made while it is read, so that it needs no room on the box.
pub(in crate::web) async fn file(
    State(app): State<App>,
    _session: Session,
    Query(choice): Query<Choice>,
) -> Result<Response, Failure> {
    app.carrying()?;
    let (pieces, mut made) = mpsc::channel::<io::Result<Vec<u8>>>(PIECES_MAX);
    let out = Pieces { to: pieces.clone(), gathered: Vec::with_capacity(PIECE_BYTES) };
    tokio::spawn(async move {
        // Without its end the file is refused where it is read: a connection that breaks says so too.
        if app.carry_out(choice.images == "yes", out).await.is_err() {
            let _reader_gone = pieces.send(Err(ErrorKind::Other.into())).await;
        }
    });
    let body = futures_util::stream::poll_fn(move |context| made.poll_recv(context));
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_DISPOSITION, "attachment; filename=\"fieldray-to-portal.age\""),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// Hands bytes on to an answer, and waits where its reader is slow.
struct Pieces {
    to: mpsc::Sender<io::Result<Vec<u8>>>,
    gathered: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.gathered, Vec::with_capacity(PIECE_BYTES));
        self.to.blocking_send(Ok(piece)).map_err(|_| ErrorKind::BrokenPipe.into())
    }
}

async fn form(
    app: &App,
    session: &Session,
    answer: Result<Option<CarriedBack>, Fault>,
) -> Result<Response, Failure> {
    let CarryState { possible, depth } = app.carry_state().await?;
    let frame = Page::inside(session, "carry-title");
    let locale = frame.locale;
    let waiting = (depth.waiting() > 0).then(|| locale.waiting_line(depth.lanes));
    let images = depth.lanes.last().is_some_and(|count| *count > 0);
    let status = answer.err().map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    let stop = answer.err().map(|fault| Stop::new(&frame, fault));
    let note = answer.ok().flatten().map(|brought| {
        let counts = [("receipts", brought.receipts.into()), ("refused", brought.refused.into())];
        let mut text = locale.text("carry-done", &counts);
        if brought.orders > 0 {
            text.push(' ');
            text.push_str(&locale.text("carry-orders", &[("count", brought.orders.into())]));
        }
        text
    });
    Ok(page(status, &CarryPage { page: frame, stop, note, possible, waiting, images }))
}
