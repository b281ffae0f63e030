//! A signed report, its versions and their seals.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::{App, ReportView};
use crate::domain::fault::Fault;
use crate::domain::report_text;
use crate::domain::rights::Right;
use crate::domain::signing::SignedVersion;
use crate::locale::{Locale, ReportWords};
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, Stop, page};
use crate::web::pages::pixels::study_id;
use crate::web::pages::proposal::Proposal;
use crate::web::pages::report::edit::subject_id;
use crate::web::pages::second::Second;

#[derive(askama::Template)]
#[template(path = "report_signed.html")]
struct SignedPage {
    page: Page,
    /// The chain does not hold.
    stop: Option<Stop>,
    href: String,
    heading: String,
    name: String,
    local_id: String,
    language: String,
    words: ReportWords,
    photo: String,
    conclusion: String,
    recommendation: String,
    shown: Version,
    older: bool,
    versions: Vec<Version>,
    may_amend: bool,
    /// Whose words of the portal stand in it.
    credits: Vec<String>,
    /// Amendments that the portal proposes.
    proposals: Vec<Proposal>,
    proposals_href: String,
    /// Second opinions from the portal.
    seconds: Vec<Second>,
    alarm: bool,
    seen_href: String,
}

/// A version in words.
struct Version {
    number: u32,
    title: String,
    signed: String,
    how: String,
    reason: Option<String>,
    hash: String,
    shown: bool,
}

impl Version {
    fn of(locale: &Locale, one: &SignedVersion, minutes: i32, shown: bool) -> Self {
        let head = &one.head;
        let reason = head.reason.as_str();
        Self {
            number: head.version,
            title: locale.text("report-version", &[("version", head.version.into())]),
            signed: locale.signed_line(head, minutes),
            how: locale.how_word(head.how),
            reason: (!reason.is_empty())
                .then(|| locale.text("report-reason-line", &[("reason", reason.into())])),
            hash: one.hash.to_string(),
            shown,
        }
    }
}

/// `GET /studies/{study}/report/{version}`.
pub(in crate::web) async fn version(
    State(app): State<App>,
    session: Session,
    Path((study, version)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let version = version.parse().map_err(|_| Fault::PageUnknown)?;
    let view = app.report(study_id(&study)?).await?;
    render(&app, &session, &view, Some(version))
}

/// The page of one version; `None`: the newest.
pub(super) fn render(
    app: &App,
    session: &Session,
    view: &ReportView,
    version: Option<u32>,
) -> Result<Response, Failure> {
    let frame = Page::inside(session, "report-signed-title");
    let locale = frame.locale;
    let newest = view.versions.last().map(|last| last.head.version);
    let version = version.or(newest).ok_or(Fault::PageUnknown)?;
    let found = view.versions.iter().find(|one| one.head.version == version);
    let found = found.ok_or(Fault::PageUnknown)?;
    let content = report_text::read(found.text.reveal()).ok_or(Fault::ReportBroken)?;
    let minutes = app.utc_offset_minutes();
    let number = view.study.number.to_string();
    let broken = view.chain.is_err();
    if broken {
        tracing::error!(study.id = %view.study.id, "the versions of a signed report do not hold");
    }
    let template = SignedPage {
        stop: broken.then(|| Stop::new(&frame, Fault::ReportBroken)),
        href: format!("/studies/{}", view.study.id),
        heading: locale.text("study-title", &[("number", number.into())]),
        name: content.basis.subject.name.reveal().as_str().to_owned(),
        local_id: subject_id(&content.basis.subject),
        language: content.language.clone(),
        words: locale.report_words(&content, app.year_of(found.head.at)),
        photo: content.basis.photo.to_string(),
        conclusion: content.conclusion.as_str().to_owned(),
        recommendation: content.recommendation.as_str().to_owned(),
        shown: Version::of(locale, found, minutes, true),
        older: newest != Some(version),
        versions: view
            .versions
            .iter()
            .rev()
            .map(|one| Version::of(locale, one, minutes, one.head.version == version))
            .collect(),
        may_amend: session.may(Right::Report) && !broken,
        credits: content.credits.iter().map(|one| locale.credit_line(one, minutes)).collect(),
        proposals: Proposal::all(app, locale, session, (&view.amendments, &view.versions)),
        proposals_href: format!("/studies/{}", view.study.id),
        seconds: Second::all(locale, &view.reviews, Some(content.basis.radiograph), minutes),
        alarm: view.review_alarm,
        seen_href: format!("/studies/{}/second-opinion", view.study.id),
        page: frame,
    };
    let status = if broken { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK };
    Ok(page(status, &template))
}
