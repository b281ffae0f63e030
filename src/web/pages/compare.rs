//! `/studies/{study}/compare/{other}`: a film beside an earlier one of the same patient.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::app::compare::Comparison;
use crate::domain::finding::Call;
use crate::domain::ids::StudyId;
use crate::domain::prior::{Change as Trend, Prior, ShareChange};
use crate::domain::view::StudyView;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};
use crate::web::pages::pixels::{ids, study_id};
use crate::web::pages::worklist::person_line;

#[derive(askama::Template)]
#[template(path = "compare.html")]
struct ComparePage {
    page: Page,
    href: String,
    newer: Film,
    earlier: Film,
    /// The earlier film lies under the newer one's lungs.
    registered: bool,
    change: Option<Change>,
    /// Calls of findings that both studies have.
    calls: Vec<Calls>,
    /// The names of the two differ: is it the same person?
    names_differ: bool,
    /// The earlier film over the newer one.
    prior_href: String,
    current_href: String,
}

/// One of the two films in words.
struct Film {
    href: String,
    heading: String,
    registered: String,
    name: String,
    person: String,
}

/// The change of the share of lung affected in words.
struct Change {
    /// Icon that goes with the verdict.
    icon: &'static str,
    verdict: String,
    shares: String,
}

/// What was said of one finding then and now.
struct Calls {
    finding: String,
    words: String,
}

/// `GET /studies/{study}/compare/{other}`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path((study, other)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let pair = app.comparison(study_id(&study)?, study_id(&other)?).await?;
    let frame = Page::inside(&session, "compare-title");
    let locale = frame.locale;
    let film = |view: &StudyView, key: &str| film(&app, locale, view, key);
    let photo = pair.newer.reading.as_ref().map(|reading| reading.photo.to_string());
    let href = format!("/studies/{}", pair.newer.id);
    let names = [&pair.newer, &pair.earlier].map(|view| view.patient.name.reveal().as_str());
    let template = ComparePage {
        newer: film(&pair.newer, "compare-newer"),
        earlier: film(&pair.earlier, "compare-earlier"),
        registered: pair.registered,
        change: pair.change.map(|change| change_words(locale, change)),
        calls: calls(locale, &pair),
        names_differ: names[0].to_lowercase() != names[1].to_lowercase(),
        prior_href: format!("{href}/compare/{}/earlier.png", pair.earlier.id),
        current_href: format!("{href}/photos/{}/radiograph.png", photo.unwrap_or_default()),
        href,
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /studies/{study}/compare/{other}/earlier.png`.
pub(in crate::web) async fn earlier(
    State(app): State<App>,
    _session: Session,
    Path((study, other)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let png = app.prior_png(study_id(&study)?, study_id(&other)?).await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}

/// `GET /studies/{study}/photos/{photo}/lungs.png`.
pub(in crate::web) async fn lungs(
    State(app): State<App>,
    _session: Session,
    Path((study, photo)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (study, photo) = ids(&study, &photo)?;
    Ok(([(CONTENT_TYPE, "image/png")], app.lungs_png(study, photo).await?).into_response())
}

/// A link to the comparison with an earlier film.
pub(super) struct PriorLink {
    pub(super) href: String,
    pub(super) words: String,
}

/// Links to the earlier films of a study's patient.
pub(super) async fn links(
    app: &App,
    locale: &Locale,
    study: StudyId,
) -> Result<Vec<PriorLink>, Failure> {
    let minutes = app.utc_offset_minutes();
    let link = |prior: &Prior| {
        let time = locale.time_text(prior.registered, minutes);
        let number = prior.number.to_string();
        PriorLink {
            href: format!("/studies/{study}/compare/{}", prior.study),
            words: locale.text("prior-link", &[("number", number.into()), ("time", time.into())]),
        }
    };
    Ok(app.priors(study).await?.iter().map(link).collect())
}

fn film(app: &App, locale: &Locale, view: &StudyView, key: &str) -> Film {
    let time = locale.time_text(view.registered, app.utc_offset_minutes());
    Film {
        href: format!("/studies/{}", view.id),
        heading: locale.text(key, &[("number", view.number.to_string().into())]),
        registered: locale.text("study-registered", &[("time", time.into())]),
        name: view.patient.name.reveal().as_str().to_owned(),
        person: person_line(locale, &view.patient, app.year_now()),
    }
}

fn change_words(locale: &Locale, change: ShareChange) -> Change {
    let percent = |value: f32| format!("{value:.0}").into();
    let code = change.change.code();
    Change {
        icon: match change.change {
            Trend::More => "above",
            Trend::Less => "below",
            Trend::NotReliable => "indeterminate",
        },
        verdict: locale.t(&format!("compare-change-{code}")),
        shares: locale.text(
            "compare-shares",
            &[
                ("before", percent(change.before.value())),
                ("after", percent(change.after.value())),
                ("error", percent(change.error)),
            ],
        ),
    }
}

fn call_words(locale: &Locale, then: Call, now: Call) -> String {
    let [earlier, newer] = [then, now].map(|call| locale.call_word(call));
    if then == now {
        return locale.text("compare-call-same", &[("call", newer.into())]);
    }
    locale.text("compare-call", &[("earlier", earlier.into()), ("newer", newer.into())])
}

/// Findings called in both studies, in the order of the newer one. Their scores are not set against
/// each other: how far they may change between two photos is not part of a reading.
fn calls(locale: &Locale, pair: &Comparison) -> Vec<Calls> {
    let lines = |view: &StudyView| {
        let lines = view.reading.as_ref().map(|reading| reading.sheet.lines.clone());
        lines.unwrap_or_default()
    };
    let earlier = lines(&pair.earlier);
    let both = lines(&pair.newer).into_iter().filter_map(|now| {
        let then = earlier.iter().find(|then| then.finding == now.finding)?;
        let same = then.evidence == now.evidence;
        same.then(|| Calls {
            finding: locale.finding_name(now.finding),
            words: call_words(locale, then.call, now.call),
        })
    });
    both.collect()
}
