//! Signed reports and referral letters on paper.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::app::{App, Letter};
use crate::domain::fault::{Fault, Kind};
use crate::domain::signing::FreeText;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::pixels::study_id;

#[derive(askama::Template)]
#[template(path = "letter.html")]
struct LetterPage {
    page: Page,
    stop: Option<Stop>,
    href: String,
    fields: Fields,
    complaints: Complaints,
}

/// `GET /studies/{study}/report/{version}/report.pdf`.
pub(in crate::web) async fn report(
    State(app): State<App>,
    _session: Session,
    Path((study, version)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let version: u32 = version.parse().map_err(|_| Fault::PageUnknown)?;
    let study = study_id(&study)?;
    let number = app.report(study).await?.study.number;
    let pdf = app.report_pdf(study, version).await?;
    Ok(answer(&format!("report-{number}-{version}.pdf"), pdf))
}

/// `GET /studies/{study}/letter`.
pub(in crate::web) async fn letter_form(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    if app.report(study).await?.versions.is_empty() {
        return Err(Fault::ReportNotReady.into());
    }
    let template = LetterPage {
        page: Page::inside(&session, "letter-title"),
        stop: None,
        href: format!("/studies/{study}"),
        fields: Fields::default(),
        complaints: Complaints::default(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /studies/{study}/letter`: the letter itself.
pub(in crate::web) async fn letter(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let study = study_id(&study)?;
    let frame = Page::inside(&session, "letter-title");
    let mut complaints = Complaints::default();
    let mut take = |field: &'static str, needed: bool| {
        let parsed = FreeText::parse(fields.get(field));
        let parsed = parsed.filter(|text| {
            text.as_str().chars().count() <= LETTER_CHARS_MAX && !(needed && text.is_empty())
        });
        if parsed.is_none() {
            let most = [("most", LETTER_CHARS_MAX.into())];
            complaints.add(field, frame.locale, "letter-field", &most);
        }
        parsed
    };
    let (to, reason) = (take("to", true), take("reason", true));
    let question = take("question", false);
    let fault = match (to, reason, question) {
        (Some(to), Some(reason), Some(question)) => {
            match app.letter_pdf(study, Letter { to, reason, question }).await {
                Ok(pdf) => {
                    let number = app.report(study).await?.study.number;
                    return Ok(answer(&format!("letter-{number}.pdf"), pdf));
                }
                Err(fault) if fault.kind() == Kind::Internal => return Err(fault.into()),
                Err(fault) => fault,
            }
        }
        _ => Fault::FieldInvalid,
    };
    let stop = Some(Stop::new(&frame, fault));
    let href = format!("/studies/{study}");
    let template = LetterPage { page: frame, stop, href, fields, complaints };
    Ok(page(status_of(fault.kind()), &template))
}

/// Longest text of one field of a letter, characters: three of them fit on a page with the report.
const LETTER_CHARS_MAX: usize = 400;

/// A PDF to look at or to save. The name tells no patient.
pub(super) fn answer(name: &str, pdf: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    (headers, pdf).into_response()
}
