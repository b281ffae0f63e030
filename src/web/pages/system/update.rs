//! `/system/update`: a new version that lies ready, the administrator's consent, and how far it is.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, ComingUpdate, UpdateOffer, UpdateState};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::{Fault, Kind};
use crate::domain::sync::bundle::UpdateChoice;
use crate::domain::update::Phase;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "update.html")]
struct UpdatePage {
    page: Page,
    stop: Option<Stop>,
    progress: Option<Progress>,
    offers: Vec<Offer>,
    none: Option<String>,
    /// What comes from the portal, how far it is in percent, and whether it does not go on.
    coming: Option<(String, u8, bool)>,
    /// Code, words, whether it is chosen; nothing without a portal.
    choices: Vec<(&'static str, String, bool)>,
}

/// How far the last update has come.
struct Progress {
    text: String,
    /// Percent, while it goes on.
    percent: Option<u8>,
    good: bool,
    reason: Option<String>,
}

struct Offer {
    digest: String,
    title: String,
    size: String,
    warning: Option<String>,
    /// Who offers it, when it came from the portal.
    from_portal: Option<String>,
}

/// `GET /system/update`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    form(&app, &session, None).await
}

/// `POST /system/update`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    let bundle = Sha256Digest::parse(fields.get("bundle"));
    let asked = match bundle {
        _ if fields.get("do") == "choose" => match UpdateChoice::parse(fields.get("updates")) {
            Some(choice) => app.choose_updates(by, choice).await,
            None => Err(Fault::FieldInvalid),
        },
        Some(digest) if fields.get("do") == "decline" => app.decline_update(by, digest).await,
        _ if fields.get("agree") != "yes" => Err(Fault::ConsentMissing),
        None => Err(Fault::UpdateGone),
        Some(digest) => app.ask_for_update(by, digest).await,
    };
    match asked {
        Ok(()) => Ok(Redirect::to("/system/update").into_response()),
        Err(fault) if fault.kind() == Kind::Internal => Err(fault.into()),
        Err(fault) => form(&app, &session, Some(fault)).await,
    }
}

async fn form(app: &App, session: &Session, fault: Option<Fault>) -> Result<Response, Failure> {
    let state = app.update_state().await?;
    let mut frame = Page::inside(session, "update-title");
    let locale = frame.locale;
    let progress = progress(locale, &state);
    let goes_on = progress.as_ref().is_some_and(|progress| progress.percent.is_some());
    frame.refresh = goes_on;
    let offers: Vec<_> = match goes_on {
        true => Vec::new(),
        false => state.offers.iter().map(|one| offer(locale, one)).collect(),
    };
    let nothing = offers.is_empty() && !goes_on && state.coming.is_none();
    let none = nothing.then(|| locale.t(none_key(&state)));
    let coming = state.coming.as_ref();
    let coming = coming.map(|one| (coming_text(locale, one), one.percent, one.no_room));
    let choices = state.choice.map_or_else(Vec::new, |chosen| choices(locale, chosen));
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    let stop = fault.map(|fault| Stop::new(&frame, fault));
    Ok(page(status, &UpdatePage { page: frame, stop, progress, offers, none, coming, choices }))
}

fn coming_text(locale: &Locale, one: &ComingUpdate) -> String {
    let version = one.version.to_string();
    let args = [("version", version.as_str().into()), ("percent", one.percent.into())];
    let key = if one.no_room { "update-no-room" } else { "update-coming" };
    locale.text(key, &args)
}

fn choices(locale: &Locale, chosen: UpdateChoice) -> Vec<(&'static str, String, bool)> {
    let choice = |one: UpdateChoice| {
        (one.code(), locale.t(&format!("update-choice-{}", one.code())), one == chosen)
    };
    UpdateChoice::ALL.map(choice).to_vec()
}

const fn none_key(state: &UpdateState) -> &'static str {
    if state.possible { "update-none" } else { "update-impossible" }
}

/// One sentence for the page about the box.
pub(super) fn headline(locale: &Locale, state: &UpdateState) -> String {
    let going = progress(locale, state).filter(|progress| progress.percent.is_some());
    match (going, state.offers.last(), &state.coming) {
        (Some(progress), _, _) => progress.text,
        (None, Some(one), _) => offer(locale, one).title,
        (None, None, Some(one)) => coming_text(locale, one),
        (None, None, None) => locale.t(none_key(state)),
    }
}

fn offer(locale: &Locale, offer: &UpdateOffer) -> Offer {
    let version = offer.version.to_string();
    Offer {
        digest: offer.digest.to_string(),
        title: locale.text("update-offer", &[("version", version.as_str().into())]),
        size: locale.text("update-size", &[("count", offer.size_mib.into())]),
        warning: offer.failed_before.then(|| locale.t("update-failed-before")),
        from_portal: offer
            .from_portal
            .as_ref()
            .map(|name| locale.text("update-from-portal", &[("name", name.as_str().into())])),
    }
}

fn progress(locale: &Locale, state: &UpdateState) -> Option<Progress> {
    let status = state.status.as_ref()?;
    let version = status.version.map(|version| version.to_string()).unwrap_or_default();
    let key = format!("update-phase-{}", status.phase.code());
    let reason = status.reason.as_ref().filter(|_| status.phase == Phase::Refused);
    Some(Progress {
        text: locale.text(&key, &[("version", version.as_str().into())]),
        percent: status.phase.goes_on().then_some(status.percent),
        good: !matches!(status.phase, Phase::Refused | Phase::WentBack),
        reason: reason.map(|code| locale.t(&format!("update-reason-{code}"))),
    })
}
