//! `/models`: what a new network would change, side by side, and the physician's decision.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, ShadowView};
use crate::domain::fault::{Fault, Kind};
use crate::domain::finding::{Call, Finding, Score, Threshold};
use crate::domain::shadow::{Compared, Verdict};
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

/// Most changed calls on the page, the gravest.
const FLIPS_MAX: usize = 200;

#[derive(askama::Template)]
#[template(path = "models.html")]
struct ModelsPage {
    page: Page,
    stop: Option<Stop>,
    waiting: Option<Waiting>,
}

struct Waiting {
    seq: i64,
    title: String,
    figures: String,
    why: String,
    remapped: Option<String>,
    flips: Vec<Flip>,
    /// How many more there are than the page shows.
    more: Option<String>,
}

/// A call that would change.
struct Flip {
    href: String,
    thumbnail: String,
    number: String,
    finding: String,
    old: String,
    new: String,
    confirmed: bool,
}

/// `GET /models`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    form(&app, &session, None).await
}

/// `POST /models`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    let decided = match app.check_passcode(by.id, fields.get("pin").trim()).await {
        Err(knock) => Err(knock.fault),
        Ok(()) => match (fields.get("do"), fields.get("run").parse()) {
            ("back", _) => app.roll_back_network(by).await,
            ("use", Ok(seq)) if fields.get("looked") == "yes" => {
                app.decide_shadow(by, seq, true).await
            }
            ("use", _) => Err(Fault::ConsentMissing),
            ("refuse", Ok(seq)) => app.decide_shadow(by, seq, false).await,
            _ => Err(Fault::FieldInvalid),
        },
    };
    match decided {
        Ok(()) => Ok(Redirect::to("/models").into_response()),
        Err(fault) if fault.kind() == Kind::Internal => Err(fault.into()),
        Err(fault) => form(&app, &session, Some(fault)).await,
    }
}

async fn form(app: &App, session: &Session, fault: Option<Fault>) -> Result<Response, Failure> {
    let view = app.shadow_view(&session.operator).await?;
    let frame = Page::inside(session, "models-title");
    let waiting = view.map(|view| waiting(frame.locale, &view));
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    let stop = fault.map(|fault| Stop::new(&frame, fault));
    Ok(page(status, &ModelsPage { page: frame, stop, waiting }))
}

fn waiting(locale: &Locale, view: &ShadowView) -> Waiting {
    let model = &view.run.model;
    let args = [("id", model.id.as_str().into()), ("version", model.version.as_str().into())];
    let figures = [
        ("films", view.films.into()),
        ("calls", view.calls.into()),
        ("flips", view.flips.len().into()),
    ];
    let named = |key: &str, findings: &[Finding]| {
        let names: Vec<_> = findings.iter().map(|one| locale.finding_name(*one)).collect();
        locale.text(key, &[("findings", names.join(", ").into())])
    };
    let why = match view.verdict() {
        Verdict::FewFilms => locale.t("models-few"),
        Verdict::NewFinding => named("models-added", &view.added),
        Verdict::ManyFlips | Verdict::Use => locale.t("models-many"),
    };
    let remapped = (!view.remapped.is_empty()).then(|| named("models-remapped", &view.remapped));
    let more = view.flips.len().saturating_sub(FLIPS_MAX);
    Waiting {
        seq: view.run.seq,
        title: locale.text("models-new", &args),
        figures: locale.text("models-figures", &figures),
        why,
        remapped,
        flips: view.flips.iter().take(FLIPS_MAX).map(|one| flip(locale, one)).collect(),
        more: (more > 0).then(|| locale.text("models-more", &[("count", more.into())])),
    }
}

fn flip(locale: &Locale, one: &Compared) -> Flip {
    let call = |score: Score, threshold: Threshold, call: Call| {
        let word = locale.t(&format!("call-{}", call.code()));
        let args = [
            ("score", format!("{:.2}", score.value()).into()),
            ("threshold", format!("{:.2}", threshold.at().value()).into()),
            ("call", word.into()),
        ];
        locale.text("models-call", &args)
    };
    let new = match (one.new, one.new_call()) {
        (Some((score, threshold)), Some(now)) => call(score, threshold, now),
        _ => locale.t("models-not-assessed"),
    };
    let study = one.study;
    let number = one.number.to_string();
    Flip {
        href: format!("/studies/{study}"),
        thumbnail: format!("/studies/{study}/photos/{}/thumbnail.jpg", one.photo),
        number: locale.text("study-number", &[("number", number.into())]),
        finding: locale.finding_name(one.finding),
        old: call(one.old.0, one.old.1, one.old_call()),
        new,
        confirmed: one.confirmed,
    }
}
