//! Radiographs, heatmaps and original photos of a study.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::{PhotoId, StudyId};
use crate::web::error::Failure;
use crate::web::guard::Session;

const PNG: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "image/png")];

/// `GET /studies/{study}/photos/{photo}/radiograph.png`.
pub(in crate::web) async fn radiograph(
    State(app): State<App>,
    _session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    Ok((PNG, app.radiograph_png(study, photo).await?).into_response())
}

/// `GET /studies/{study}/photos/{photo}/thumbnail.jpg`.
pub(in crate::web) async fn thumbnail(
    State(app): State<App>,
    _session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    let jpeg = app.thumbnail_jpeg(study, photo).await?;
    Ok(([(CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// `GET /studies/{study}/photos/{photo}/heatmap/{finding}.png`.
pub(in crate::web) async fn heatmap(
    State(app): State<App>,
    _session: Session,
    Path((study, photo, finding)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    let finding = finding.strip_suffix(".png").and_then(Finding::parse);
    let finding = finding.ok_or(Fault::PageUnknown)?;
    Ok((PNG, app.heatmap_png(study, photo, finding).await?).into_response())
}

/// `GET /studies/{study}/photos/{photo}/original`: to keep, never to be shown as a page.
pub(in crate::web) async fn original(
    State(app): State<App>,
    _session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    let (media_type, bytes) = app.original_photo(study, photo).await?;
    let ending = match media_type.as_str() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        _ => "bin",
    };
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"photo-{photo}.{ending}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// The ids of an address.
pub(super) fn ids(study: &str, photo: &str) -> Result<(StudyId, PhotoId), Fault> {
    let photo = PhotoId::parse(photo).ok_or(Fault::PageUnknown)?;
    Ok((study_id(study)?, photo))
}

/// The study of an address.
pub(super) fn study_id(text: &str) -> Result<StudyId, Fault> {
    StudyId::parse(text).ok_or(Fault::StudyUnknown)
}
