//! `/read/{from}/{study}/amend`: a radiologist proposes an amendment to a report that the box has signed.
//! Nothing is changed by it: a physician of the box takes it over or declines it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::films::{Addable, Choice, Written, choice, ids, is_hint, load, place};
use super::login::Session;
use super::{Fields, Page, Trouble, blocking, render};
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::Finding;
use crate::domain::ids::StudyId;
use crate::domain::signing::{FreeText, Machine, Opinion, ReportContent};
use crate::domain::sync::amendment::Amendment;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::Asked;
use crate::portal::Portal;
use crate::portal::reading::FilmToRead;
use crate::wire::fhir::read::ToldReport;

#[derive(Template)]
#[template(path = "portal/amend.html")]
struct AmendPage {
    page: Page,
    stop: Option<String>,
    href: String,
    name: String,
    place: String,
    /// Heading, conclusion and recommendation of the version that would be amended.
    report: (String, String, String),
    /// Its seal.
    follows: String,
    has_radiograph: bool,
    scored: Vec<Choice>,
    unscored: Vec<Addable>,
    added: bool,
    conclusion: String,
    recommendation: String,
    reason: String,
    text_max: usize,
}

/// What was written so far.
struct Draft {
    written: Written,
    recommendation: String,
    reason: String,
}

/// The version that an amendment would follow.
struct Followed<'a> {
    report: &'a ToldReport,
    content: &'a ReportContent,
    seal: Sha256Digest,
}

/// The newest version that the box has signed, as far as it can be read; `None`: nothing can be amended.
fn newest(film: &FilmToRead) -> Option<Followed<'_>> {
    let report = film.reports.last()?;
    Some(Followed { report, content: report.content.as_ref()?, seal: report.seal? })
}

/// Whether an amendment can be proposed.
pub(super) fn is_possible(film: &FilmToRead) -> bool {
    newest(film).is_some()
}

/// `GET /read/{from}/{study}/amend`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((from, study)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let (from, study) = ids(&from, &study)?;
    let (film, _) = load(&portal, from, study).await?;
    let followed = newest(&film).ok_or(Trouble::Unknown)?;
    let page = session.page(&headers, "portal-amend-title");
    let edits = followed.content.edits();
    let draft = Draft {
        written: Written {
            opinions: edits.opinions,
            conclusion: edits.conclusion.as_str().to_owned(),
        },
        recommendation: edits.recommendation.as_str().to_owned(),
        reason: String::new(),
    };
    render(StatusCode::OK, &amend_page(page, (from, study), (&film, &followed), &draft, None))
}

/// `POST /read/{from}/{study}/amend`: proposes it; it goes down to the box.
pub(super) async fn submit(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((from, study)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let fields = Fields(fields);
    session.check(&fields)?;
    let (from, study) = ids(&from, &study)?;
    let (film, _) = load(&portal, from, study).await?;
    let followed = newest(&film).ok_or(Trouble::Unknown)?;
    let draft = Draft {
        written: Written {
            opinions: opinions(followed.content, &fields),
            conclusion: fields.get("conclusion").to_owned(),
        },
        recommendation: fields.get("recommendation").to_owned(),
        reason: fields.get("reason").to_owned(),
    };
    let texts = [&draft.written.conclusion, &draft.recommendation, &draft.reason]
        .map(|text| FreeText::parse(text));
    let wrong = match &texts {
        // Another version has come since the page was made: what was written may not fit it.
        _ if fields.get("follows") != followed.seal.to_string() => Some("portal-amend-newer"),
        [Some(conclusion), ..] if conclusion.is_empty() => Some("report-no-conclusion"),
        [.., Some(reason)] if reason.is_empty() => Some("portal-amend-no-reason"),
        _ => None,
    };
    let page = |stop| {
        let page = session.page(&headers, "portal-amend-title");
        let page = amend_page(page, (from, study), (&film, &followed), &draft, Some(stop));
        render(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let words = session.page(&headers, "portal-amend-title");
    if let Some(key) = wrong {
        return page(words.t(key));
    }
    let [Some(conclusion), Some(recommendation), Some(reason)] = texts else {
        let most = [("most", FreeText::CHARS_MAX.into())];
        return page(words.locale.text("field-text-long", &most));
    };
    let amendment = Amendment {
        study,
        follows: followed.seal,
        radiograph: followed.content.basis.radiograph,
        reader: session.reader.name.clone(),
        at: portal.now().wall,
        opinions: draft.written.opinions.clone(),
        conclusion,
        recommendation,
        reason,
    };
    let number = blocking(move || portal.order(from, &Asked::Amendment(amendment))).await?;
    tracing::info!(%from, %study, number, "a proposed amendment waits for its box");
    Ok(Redirect::to(&format!("/read/{from}/{study}?proposed=1")).into_response())
}

fn opinions(content: &ReportContent, fields: &Fields) -> Vec<(Finding, Opinion)> {
    let said = content.basis.findings.iter().filter_map(|(finding, _)| {
        let opinion = Opinion::parse(fields.get(&format!("finding-{}", finding.code())))?;
        (opinion != Opinion::Undecided).then_some((*finding, opinion))
    });
    said.collect()
}

fn amend_page(
    page: Page,
    (from, study): (KeyId, StudyId),
    (film, followed): (&FilmToRead, &Followed<'_>),
    draft: &Draft,
    stop: Option<String>,
) -> AmendPage {
    let locale = page.locale;
    let findings = &followed.content.basis.findings;
    let scored = |hint: bool| {
        let wanted = findings.iter().filter(move |(_, machine)| {
            matches!(machine, Machine::Scored { .. }) && is_hint(*machine) == hint
        });
        wanted.map(|(finding, machine)| choice(locale, (*finding, *machine), &draft.written))
    };
    let unscored: Vec<Addable> = findings
        .iter()
        .filter_map(|(finding, machine)| match machine {
            Machine::NotAssessed(why) => Some(Addable {
                code: finding.code(),
                name: locale.finding_name(*finding),
                why: locale.not_assessed_reason(*why),
                seen: draft.written.opinion(*finding) == Opinion::Seen,
            }),
            Machine::Scored { .. } => None,
        })
        .collect();
    let version = followed.report.version.into();
    let title = locale.text("report-version", &[("version", version)]);
    AmendPage {
        stop,
        href: format!("/read/{from}/{study}"),
        name: film.study.name.reveal().as_str().to_owned(),
        place: place(locale, &film.site, &film.study.number),
        report: (
            format!("{title} · {}", followed.report.signer),
            followed.content.conclusion.as_str().to_owned(),
            followed.content.recommendation.as_str().to_owned(),
        ),
        follows: followed.seal.to_string(),
        has_radiograph: film.has_radiograph,
        scored: scored(false).chain(scored(true)).collect(),
        added: unscored.iter().any(|one| one.seen),
        unscored,
        conclusion: draft.written.conclusion.clone(),
        recommendation: draft.recommendation.clone(),
        reason: draft.reason.clone(),
        text_max: FreeText::CHARS_MAX,
        page,
    }
}
