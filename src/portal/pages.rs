//! The fleet page: every box, when it last spoke, what waits on it, nothing about patients. Behind the same key
//! one box with what it was asked ([`one_box`]), roll-outs ([`rollout`]) and the figures of the programme
//! ([`programme`]). Behind a login of its own ([`login`]) the films that a radiologist reads ([`films`]).

mod amend;
mod announced;
mod charts;
mod films;
mod foreign;
mod login;
mod one_box;
mod programme;
mod rollout;
mod support;

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::domain::certificate::ENDS_SOON_MS;
use crate::domain::condition::StorageFlaw;
use crate::domain::digest::Sha256Digest;
use crate::domain::origin;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::order::Outcome;
use crate::locale::Locale;
use crate::portal::orders::SentOrder;
use crate::portal::{AnnouncementCounts, FleetRow, Portal, StorageError, health};
use crate::wire::encoding::basic_password;
use crate::wire::messages::BoxHealth;

/// After how long without a word a box counts as silent, milliseconds: a day.
const SILENT_MS: i64 = 24 * 60 * 60 * 1000;
/// Free space below which a box is pointed out, MiB: twice that at which it takes no photo any more.
const DISK_FREE_MIB_MIN: u64 = 512;

/// Largest form, bytes.
const FORM_BYTES_MAX: usize = 64 * 1024;

const POLICY: &str = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'self'; object-src 'none'";

#[derive(Template)]
#[template(path = "portal/fleet.html")]
struct FleetPage {
    page: Page,
    summary: String,
    none: String,
    /// How many boxes run which version.
    versions: Vec<String>,
    boxes: Vec<BoxCard>,
    sources: Vec<foreign::SourceCard>,
}

struct BoxCard {
    good: bool,
    /// Address of its own page.
    href: String,
    name: String,
    state: String,
    next: Option<String>,
    facts: Vec<String>,
    /// Its name, and its ring, unless it was shut out.
    ring: Option<(String, u8)>,
    /// Support bundles of it.
    support: Vec<support::SupportLine>,
}

/// The routes for people.
pub(super) fn router(portal: Portal) -> Router {
    let files = FILES.into_iter().fold(Router::new(), |router, (path, kind, bytes)| {
        router.route(path, get(move || async move { ([(CONTENT_TYPE, kind)], bytes) }))
    });
    files
        .route("/", get(fleet))
        .route("/health", get(health::show))
        .route("/programme", get(programme::show))
        .route("/programme.csv", get(programme::table))
        .route("/ring", post(rollout::put_into_ring))
        .route("/box/{id}", get(one_box::show))
        .route("/box/{id}/settings", post(one_box::change_settings))
        .route("/box/{id}/support", post(one_box::ask_for_support))
        .route("/support/{from}/{consent}/{hash}", get(support::file))
        .route("/rollout", get(rollout::show).post(rollout::submit))
        .route("/read", get(films::list))
        .route("/read/login", get(login::show).post(login::submit))
        .route("/read/begin", get(login::show_begin).post(login::begin))
        .route("/read/leave", post(login::leave))
        .route("/read/announced", post(announced::seen))
        .route("/read/dhis2.json", get(foreign::dhis2))
        .route("/read/dicom/{study}", get(foreign::show))
        .route("/read/dicom/{study}/{hash}", get(foreign::picture))
        .route("/read/{from}/{study}", get(films::show).post(films::submit))
        .route("/read/{from}/{study}/radiograph.png", get(films::radiograph))
        .route("/read/{from}/{study}/amend", get(amend::show).post(amend::submit))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(from_fn(same_origin))
        .layer(from_fn(protect))
        .with_state(portal)
}

/// The frame around a page.
struct Page {
    locale: &'static Locale,
    title: String,
    /// Where the name of the program leads.
    home: &'static str,
    /// Who is logged in.
    who: Option<String>,
    /// Value of the hidden field `csrf`; empty outside a session.
    csrf: String,
}

impl Page {
    fn of(headers: &HeaderMap, title: &str) -> Self {
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let locale = Locale::asked_for(asked);
        Self { locale, title: locale.t(title), home: "/read", who: None, csrf: String::new() }
    }

    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

/// Why there is no page.
enum Trouble {
    /// Nobody is logged in.
    Login,
    /// There is no such thing.
    Unknown,
    /// The form came from another page, or makes no sense.
    Foreign,
    /// The storage or the page failed; it is logged already.
    Failed,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        match self {
            Self::Login => Redirect::to("/read/login").into_response(),
            Self::Unknown => StatusCode::NOT_FOUND.into_response(),
            Self::Foreign => StatusCode::FORBIDDEN.into_response(),
            Self::Failed => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
}

/// Runs storage work off the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, Trouble> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(%error, source, "a page could not be served");
            Err(Trouble::Failed)
        }
        Err(error) => {
            tracing::error!(%error, "work for a page ended abnormally");
            Err(Trouble::Failed)
        }
    }
}

fn render(status: StatusCode, template: &impl Template) -> Result<Response, Trouble> {
    match template.render() {
        Ok(html) => Ok((status, Html(html)).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            Err(Trouble::Failed)
        }
    }
}

/// The fields of a form; the first of several of one name counts.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Refuses every request that changes something and comes from a page of another address.
async fn same_origin(request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    if harmless || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        Trouble::Foreign.into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    origin::is_same(value("sec-fetch-site"), value("origin"), value("host"))
}

/// What the pages load: the box's own style, its mark, and the letters that phones may lack.
const FILES: [(&str, &str, &[u8]); 5] = [
    ("/portal.css", "text/css; charset=utf-8", include_bytes!("../../web/static/app.css")),
    ("/logo.svg", "image/svg+xml", include_bytes!("../../web/static/logo.svg")),
    (
        "/noto-sans-devanagari-5.3.0.woff2",
        "font/woff2",
        include_bytes!("../../web/static/noto-sans-devanagari-5.3.0.woff2"),
    ),
    (
        "/noto-sans-bengali-5.3.0.woff2",
        "font/woff2",
        include_bytes!("../../web/static/noto-sans-bengali-5.3.0.woff2"),
    ),
    (
        "/noto-sans-oriya-5.3.0.woff2",
        "font/woff2",
        include_bytes!("../../web/static/noto-sans-oriya-5.3.0.woff2"),
    ),
];

async fn fleet(State(portal): State<Portal>, headers: HeaderMap) -> Result<Response, Trouble> {
    let Some(csrf) = keyed_form(&portal, &headers).await? else {
        return Ok(ask_for_key(&headers));
    };
    let page = Page { home: "/", csrf, ..Page::of(&headers, "portal-fleet-title") };
    let (locale, now) = (page.locale, portal.now());
    let storage = move || {
        let storage = portal.storage();
        let counts: BTreeMap<_, _> = storage.announcement_counts(None)?.into_iter().collect();
        let boxes = (storage.fleet()?, storage.boxes_of(None)?);
        let bundles = storage.support_bundles(None, now.wall)?;
        Ok::<_, StorageError>((boxes, storage.sources()?, counts, bundles))
    };
    let ((rows, rings), sources, counts, bundles) = blocking(storage).await?;
    let card = |row: &FleetRow| {
        let ring = rings.iter().find(|one| one.id == row.id);
        let ring = ring.map(|one| (one.id.to_string(), one.ring.number()));
        let announced = counts.get(&row.id).copied().unwrap_or_default();
        let support = support::lines(locale, &bundles, row.id, now);
        BoxCard { ring, support, ..BoxCard::of(locale, row, announced, now) }
    };
    let boxes: Vec<BoxCard> = rows.iter().map(card).collect();
    let well = boxes.iter().filter(|card| card.good).count();
    let counts = [("well", well.into()), ("count", boxes.len().into())];
    let summary = locale.text("portal-fleet-well", &counts);
    let none = locale.text("portal-fleet-none", &[("command", "fieldray portal enrol".into())]);
    let sources = sources.iter().map(|row| foreign::SourceCard::of(locale, row)).collect();
    let versions = versions(locale, &rows);
    render(StatusCode::OK, &FleetPage { page, summary, none, versions, boxes, sources })
}

/// Asks for the key of the pages; `None`: the request brings it.
async fn keyed(
    portal: &Portal,
    headers: &HeaderMap,
    locale: &Locale,
) -> Result<Option<Response>, Trouble> {
    let refused = keyed_form(portal, headers).await?.is_none();
    Ok(refused.then(|| ask_for_key_in(locale)))
}

/// Whether a request has the key of the pages: then the value of the field `csrf` in forms behind it. It
/// follows from the key, which no page of another address knows.
async fn keyed_form(portal: &Portal, headers: &HeaderMap) -> Result<Option<String>, Trouble> {
    let key = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(key) = key.and_then(basic_password) else { return Ok(None) };
    let portal = portal.clone();
    blocking(move || {
        let may = portal.is_pages_key(&key)?;
        let csrf = Sha256Digest::of(format!("fieldray form {}", key.trim()));
        Ok(may.then(|| csrf.to_string()))
    })
    .await
}

fn ask_for_key(headers: &HeaderMap) -> Response {
    ask_for_key_in(Page::of(headers, "portal-fleet-title").locale)
}

fn ask_for_key_in(locale: &Locale) -> Response {
    let ask = [(WWW_AUTHENTICATE, "Basic realm=\"Fieldray portal\", charset=\"UTF-8\"")];
    (StatusCode::UNAUTHORIZED, ask, key_asked(locale)).into_response()
}

fn key_asked(locale: &Locale) -> String {
    locale.text("portal-key-asked", &[("command", "fieldray portal pages-key".into())])
}

impl BoxCard {
    fn of(
        locale: &'static Locale,
        row: &FleetRow,
        announced: AnnouncementCounts,
        now: Stamp,
    ) -> Self {
        let silent = row.seen.is_none_or(|WallMs(seen)| now.wall.0 - seen > SILENT_MS);
        let state = match () {
            () if row.revoked => "revoked",
            () if row.conflict => "conflict",
            () if announced.contradictions > 0 => "announced",
            () if row.parked > 0 => "parked",
            () if row.seen.is_none() && !row.version.is_empty() => "carried",
            () if silent => "silent",
            () if !machine_well(row, now) => "unwell",
            () => "well",
        };
        let number = |key, count: u64| locale.text(key, &[("count", count.into())]);
        let contact = contact(locale, row.seen.map(|wall| Stamp { wall, ..now }), &row.version);
        let id: String = row.id.to_string().chars().take(8).collect();
        let mut facts = vec![contact, number("portal-box-held", row.held)];
        // Said over a link or in a file.
        if !row.version.is_empty() {
            facts.push(locale.waiting_line(row.waiting));
            facts.push(number("portal-box-disk", row.disk_free_mib));
            facts.push(locale.text("about-version", &[("version", row.version.as_str().into())]));
        }
        facts.extend(row.health.iter().flat_map(|health| health_lines(locale, health)));
        facts.extend(announced::facts(locale, announced));
        let name = if row.name.is_empty() { id.clone() } else { format!("{} · {id}", row.name) };
        Self {
            good: state == "well",
            href: format!("/box/{}", row.id),
            name,
            state: locale.t(&format!("portal-state-{state}")),
            next: (state != "well").then(|| locale.t(&format!("portal-state-{state}.next"))),
            facts,
            ring: None,
            support: Vec::new(),
        }
    }
}

/// When a box last spoke; one that has a version and never did has sent it in a file.
fn contact(locale: &Locale, seen: Option<Stamp>, version: &str) -> String {
    match seen {
        Some(seen) => {
            let time = utc(locale, seen);
            locale.text("portal-box-contact", &[("time", time.into())])
        }
        None if version.is_empty() => locale.t("portal-box-never"),
        None => locale.t("portal-box-by-file"),
    }
}

/// A time by the portal's clock: it knows nothing of its readers' own.
fn utc(locale: &Locale, at: Stamp) -> String {
    let text = format!("{} UTC", locale.time_text(Stamp { trust: ClockTrust::Synced, ..at }, 0));
    match at.trust {
        ClockTrust::Synced => text,
        ClockTrust::Unsynced => format!("{text} ({})", locale.t("time-unsynced")),
    }
}

/// What a box says became of an order, and why.
fn outcome(locale: &Locale, sent: &SentOrder) -> Vec<String> {
    let told = sent.outcome.as_deref().map(|code| (code, Outcome::parse(code, &sent.reason)));
    match told {
        None => vec![locale.t("order-sent")],
        Some((_, Some(outcome))) => locale.outcome(outcome),
        // The portal's own word for one that it took back.
        Some(("withdrawn", None)) => vec![locale.t("order-withdrawn")],
        // Kept by a newer portal, whose reasons this one does not know.
        Some((_, None)) => vec![locale.t("order-refused")],
    }
}

/// Whether the machine itself needs nobody, as far as it has said anything.
fn machine_well(row: &FleetRow, now: Stamp) -> bool {
    let roomy = row.version.is_empty() || row.disk_free_mib >= DISK_FREE_MIB_MIN;
    roomy
        && row.health.as_ref().is_none_or(|health| {
            health.clock_synced != Some(false)
                && !health.backend.is_empty()
                && health.models_passed_over == 0
                && health.held == 0
                && health.undelivered == 0
                && health.storage_flaws.is_empty()
                && health.heat != "hot"
                && health
                    .certificate_until_ms
                    .is_none_or(|end| end.saturating_sub(now.wall.0) >= ENDS_SOON_MS)
        })
}

/// What a box says of itself, in the words of its own page.
fn health_lines(locale: &Locale, health: &BoxHealth) -> Vec<String> {
    let count = |key, count: u64| locale.text(key, &[("count", count.into())]);
    let mut lines = Vec::new();
    if let Some(synced) = health.clock_synced {
        let key = if synced { "system-clock-synced" } else { "system-clock-unsynced" };
        lines.push(locale.t(key));
    }
    lines.push(match health.backend.as_str() {
        known @ ("tract" | "tensorrt") => {
            let name = locale.t(&format!("backend-{known}"));
            locale.text("about-backend", &[("backend", name.into())])
        }
        "" => locale.t("about-backend-none"),
        other => locale.text("about-backend", &[("backend", other.into())]),
    });
    if !health.models.is_empty() {
        let models = health.models.join(", ");
        lines.push(locale.text("portal-box-models", &[("models", models.into())]));
    }
    if health.models_passed_over > 0 {
        lines.push(count("portal-box-passed-over", health.models_passed_over));
    }
    if health.held > 0 {
        lines.push(count("system-held", health.held));
    }
    if health.undelivered > 0 {
        lines.push(count("system-undelivered", health.undelivered));
    }
    if health.heat == "hot" {
        lines.push(locale.t("portal-box-hot"));
    }
    let known = |flaw: &&String| StorageFlaw::ALL.iter().any(|one| one.code() == flaw.as_str());
    if let Some(until) = health.certificate_until_ms {
        let until = Stamp { wall: WallMs(until), trust: ClockTrust::Synced };
        let time = locale.time_text(until, 0);
        lines.push(locale.text("portal-box-certificate", &[("time", time.into())]));
    }
    let flaws = health.storage_flaws.iter().filter(known);
    lines.extend(flaws.map(|flaw| locale.t(&format!("storage-{flaw}"))));
    lines
}

/// How many boxes run which version, the most common first.
fn versions(locale: &Locale, rows: &[FleetRow]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.revoked && !row.version.is_empty()) {
        *counts.entry(&row.version).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let line = |(version, count): (&str, usize)| {
        let text = locale.text("about-version", &[("version", version.into())]);
        format!("{text}: {count}")
    };
    counts.into_iter().map(line).collect()
}

/// Headers that every page has.
async fn protect(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: with it browsers send `Origin: null` with forms.
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        answer.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
    }
    answer
}
