//! The slip that a patient takes home: on the page to be photographed, or on paper.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::language;
use crate::web::pages::pixels::study_id;
use crate::web::pages::print::answer;
use crate::web::qr;

#[derive(askama::Template)]
#[template(path = "slip.html")]
struct SlipPage {
    page: Page,
    href: String,
    site: String,
    name: String,
    box_id: String,
    /// Drawing of the code, made by the program.
    qr_svg: String,
    number: String,
    local_id: String,
    registered: String,
}

/// `GET /studies/{study}/slip`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let study = app.study(study_id(&study)?).await?;
    let frame = Page::inside(&session, "slip-title");
    let patient = &study.patient;
    let box_id = patient.box_id.reveal().to_string();
    let template = SlipPage {
        href: format!("/studies/{}", study.id),
        site: app.site().name,
        name: patient.name.reveal().as_str().to_owned(),
        qr_svg: qr::svg(&box_id, &frame.locale.t("slip-code")).unwrap_or_default(),
        box_id,
        number: study.number.to_string(),
        local_id: super::patients::local_id(patient),
        registered: frame.locale.time_text(study.registered, app.utc_offset_minutes()),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /studies/{study}/slip.pdf`.
pub(in crate::web) async fn pdf(
    State(app): State<App>,
    _session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    let pdf = app.slip_pdf(study, language::current()).await?;
    Ok(answer("slip.pdf", pdf))
}
