//! The fleet page: every box, when it last spoke, what waits on it. Nothing about patients.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

use crate::domain::stamp::{Stamp, WallMs};
use crate::locale::{Language, Locale};
use crate::portal::{FleetRow, Portal};
use crate::wire::encoding::basic_password;

/// After how long without a word a box counts as silent, milliseconds: a day.
const SILENT_MS: i64 = 24 * 60 * 60 * 1000;

const POLICY: &str = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'none'; object-src 'none'";

#[derive(Template)]
#[template(path = "portal/fleet.html")]
struct FleetPage {
    locale: &'static Locale,
    summary: String,
    none: String,
    boxes: Vec<BoxCard>,
}

impl FleetPage {
    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

struct BoxCard {
    good: bool,
    name: String,
    state: String,
    next: Option<String>,
    facts: Vec<String>,
}

/// The routes for people.
pub(super) fn router(portal: Portal) -> Router {
    Router::new()
        .route("/", get(fleet))
        .route("/portal.css", get(stylesheet))
        .layer(from_fn(protect))
        .with_state(portal)
}

async fn stylesheet() -> Response {
    let css = include_str!("../../web/static/app.css");
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

async fn fleet(State(portal): State<Portal>, headers: HeaderMap) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let key = header(AUTHORIZATION).and_then(basic_password);
    let language = header(ACCEPT_LANGUAGE).and_then(Language::asked_for);
    let locale = language.map_or_else(Locale::english, Locale::of);
    let now = portal.now();
    let asked = tokio::task::spawn_blocking(move || {
        let may = match key {
            Some(key) => portal.is_pages_key(&key)?,
            None => false,
        };
        may.then(|| portal.storage().fleet()).transpose()
    });
    match asked.await {
        Ok(Ok(Some(rows))) => {
            let boxes: Vec<BoxCard> =
                rows.iter().map(|row| BoxCard::of(locale, row, now)).collect();
            let well = boxes.iter().filter(|card| card.good).count();
            let summary = locale
                .text("portal-fleet-well", &[("well", well.into()), ("count", boxes.len().into())]);
            let none =
                locale.text("portal-fleet-none", &[("command", "fieldray portal enrol".into())]);
            match (FleetPage { locale, summary, none, boxes }).render() {
                Ok(html) => Html(html).into_response(),
                Err(error) => {
                    tracing::error!(%error, "the fleet page could not be made");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            }
        }
        Ok(Ok(None)) => {
            let ask = [(WWW_AUTHENTICATE, "Basic realm=\"Fieldray portal\", charset=\"UTF-8\"")];
            (StatusCode::UNAUTHORIZED, ask, key_asked(locale)).into_response()
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the fleet could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the fleet page ended abnormally");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn key_asked(locale: &Locale) -> String {
    locale.text("portal-key-asked", &[("command", "fieldray portal pages-key".into())])
}

impl BoxCard {
    fn of(locale: &'static Locale, row: &FleetRow, now: Stamp) -> Self {
        let silent = row.seen.is_none_or(|WallMs(seen)| now.wall.0 - seen > SILENT_MS);
        let state = match () {
            () if row.revoked => "revoked",
            () if row.conflict => "conflict",
            () if row.parked > 0 => "parked",
            () if silent => "silent",
            () => "well",
        };
        let number = |key, count: u64| locale.text(key, &[("count", count.into())]);
        let seen = row.seen.map(|wall| locale.time_text(Stamp { wall, ..now }, 0));
        let contact = match seen {
            Some(time) => locale.text("portal-box-contact", &[("time", time.into())]),
            None => locale.t("portal-box-never"),
        };
        let id: String = row.id.to_string().chars().take(8).collect();
        let mut facts = vec![contact, number("portal-box-held", row.held)];
        if row.seen.is_some() {
            let [urgent, results, reports, images] = row.waiting;
            facts.push(locale.text(
                "sync-waiting",
                &[
                    ("urgent", urgent.into()),
                    ("results", results.into()),
                    ("reports", reports.into()),
                    ("images", images.into()),
                ],
            ));
            facts.push(number("portal-box-disk", row.disk_free_mib));
            facts.push(locale.text("about-version", &[("version", row.version.as_str().into())]));
        }
        let name = if row.name.is_empty() { id.clone() } else { format!("{} · {id}", row.name) };
        Self {
            good: state == "well",
            name,
            state: locale.t(&format!("portal-state-{state}")),
            next: (state != "well").then(|| locale.t(&format!("portal-state-{state}.next"))),
            facts,
        }
    }
}

/// Headers that every page has.
async fn protect(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        answer.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
    }
    answer
}
