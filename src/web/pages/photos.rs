//! `POST /studies/{study}/photos`: a photo comes in, chunk by chunk.
//!
//! The small fields come first, the file last: nothing of the file is looked at before it is known
//! who sends it and where it belongs. The photo counts only when the whole body has arrived.

use std::pin::Pin;

use axum::body::{Body, HttpBody as _};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, EXPECT};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde_json::json;

use crate::app::{App, Intake};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::limits::Limits;
use crate::domain::view::AddedPhoto;
use crate::web::error::{Failure, wants_json};
use crate::web::guard::{Posted, Session};
use crate::web::html;
use crate::web::pages::pixels::{ids, study_id};
use crate::web::pages::study;
use crate::web::parts::{DRAIN_MAX, drain_parts, patient, small};

/// What a body may hold besides the photo: the small fields and the borders between the parts.
const FIELDS_BYTES_MAX: u64 = 64 * 1024;
/// Bytes gathered before they go to disk.
const WRITE_BYTES: usize = 256 * 1024;

/// Largest body of an upload.
pub(in crate::web) fn body_bytes_max(limits: &Limits) -> usize {
    usize::try_from(limits.photo_bytes_max + FIELDS_BYTES_MAX).unwrap_or(usize::MAX)
}

/// `GET`: somebody loaded the answer to an upload again. Back to the study.
pub(in crate::web) async fn back(
    _session: Session,
    Path(study): Path<String>,
) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&format!("/studies/{}", study_id(&study)?)))
}

/// `POST /studies/{study}/photos`.
pub(in crate::web) async fn add(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let json = wants_json(request.headers());
    let fault = match take_in(&app, &session, &study, request).await {
        Ok(added) => return Ok(acknowledge(added, json)),
        Err(fault) => fault,
    };
    let mut response = match study_id(&study) {
        // A script gets the bare fault; so does everybody whose study page cannot be shown.
        Ok(study)
            if !json
                && session.is_settled()
                && !matches!(fault.kind(), Kind::NotFound | Kind::Forbidden) =>
        {
            study::show_fault(&app, &session, study, fault).await?
        }
        _ => Failure::from(fault).into_response(),
    };
    // The body may not have been read to its end: the connection cannot be used again.
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    Ok(response)
}

/// `POST /studies/{study}/photos/{photo}/release`: try a failed step again.
pub(in crate::web) async fn release(
    State(app): State<App>,
    Path((study, photo)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    // The photo must be of this study: the address is what people see and say.
    let view = app.study(study).await?;
    if !view.photos.iter().any(|one| one.id == photo) {
        return Err(Fault::PageUnknown.into());
    }
    app.release_photo(&posted.session.operator, photo).await?;
    Ok(Redirect::to(&format!("/studies/{study}")).into_response())
}

fn acknowledge(added: AddedPhoto, json: bool) -> Response {
    if json {
        let body = json!({
            "ok": true,
            "study": added.study.to_string(),
            "photo": added.photo.to_string(),
            "known": added.known,
        });
        return html::json(&body);
    }
    let note = if added.known { "?note=known" } else { "" };
    Redirect::to(&format!("/studies/{}{note}", added.study)).into_response()
}

async fn take_in(
    app: &App,
    session: &Session,
    study: &str,
    request: Request,
) -> Result<AddedPhoto, Fault> {
    if announced(request.headers()) > body_bytes_max(app.limits()) as u64 {
        // A client that asked for leave to send has sent nothing: there is nothing to drain.
        if !request.headers().contains_key(EXPECT) {
            drain_body(request.into_body()).await;
        }
        return Err(Fault::PhotoTooLarge);
    }
    // Nothing but the missing border of the parts can be wrong here: not the form of our pages.
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        return Err(Fault::FormUnreadable);
    };
    let answer = match study_id(study) {
        Ok(study) => read_parts(app, session, study, &mut parts).await,
        Err(fault) => Err(fault),
    };
    if answer.is_err() {
        drain_parts(&mut parts).await;
    }
    answer
}

/// Reads the small fields, then the photo.
async fn read_parts(
    app: &App,
    session: &Session,
    study: StudyId,
    parts: &mut Multipart,
) -> Result<AddedPhoto, Fault> {
    let mut ours = false;
    let mut photo = None;
    let mut digest = None;
    while let Some(field) = patient(parts.next_field()).await? {
        match field.name() {
            Some("csrf") => {
                session.check_csrf(&small(field).await?)?;
                ours = true;
            }
            Some("upload_id") => {
                photo = Some(PhotoId::parse(&small(field).await?).ok_or(Fault::FormUnreadable)?);
            }
            Some("digest") => {
                let text = small(field).await?;
                if !text.is_empty() {
                    digest = Some(Sha256Digest::parse(&text).ok_or(Fault::FormUnreadable)?);
                }
            }
            Some("photo") if !ours => return Err(Fault::ForeignRequest),
            Some("photo") => {
                let photo = photo.ok_or(Fault::FormUnreadable)?;
                let unnamed = field.file_name().is_none_or(str::is_empty);
                let intake = app.begin_photo(&session.operator, study, photo, digest).await?;
                let intake = receive(intake, field, unnamed).await?;
                // Only the closing border proves that the photo is whole; a second photo has no id.
                return match patient(parts.next_field()).await? {
                    None => intake.finish().await,
                    Some(_) => Err(Fault::FormUnreadable),
                };
            }
            _ => return Err(Fault::FormUnreadable),
        }
    }
    Err(Fault::PhotoMissing)
}

/// Streams the photo to the box. A form sent without a chosen file has a nameless, empty part.
async fn receive(mut intake: Intake, mut field: Field<'_>, unnamed: bool) -> Result<Intake, Fault> {
    let mut gathered = Vec::with_capacity(WRITE_BYTES);
    let mut empty = true;
    while let Some(chunk) = patient(field.chunk()).await? {
        empty &= chunk.is_empty();
        gathered.extend_from_slice(&chunk);
        if gathered.len() >= WRITE_BYTES {
            intake.write(&gathered).await?;
            gathered.clear();
        }
    }
    if empty {
        return Err(if unnamed { Fault::PhotoMissing } else { Fault::PhotoEmpty });
    }
    if !gathered.is_empty() {
        intake.write(&gathered).await?;
    }
    Ok(intake)
}

/// The size of the body as its sender announced it.
fn announced(headers: &HeaderMap) -> u64 {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Reads on and throws away, for a while, where the body was not opened.
pub(in crate::web) async fn drain_body(mut body: Body) {
    let drain = async {
        while let Some(Ok(_)) =
            std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {}
    };
    let _timed_out = tokio::time::timeout(DRAIN_MAX, drain).await.is_err();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_announced_size_is_read_from_the_head() {
        let mut headers = HeaderMap::new();
        assert_eq!(announced(&headers), 0);
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("524288000"));
        assert_eq!(announced(&headers), 524_288_000);
    }
}
