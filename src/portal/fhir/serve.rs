//! The routes under `/fhir`.

use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::{Answer, Outcome, Wrong, condition, is_kind, read};
use crate::portal::Portal;
use crate::portal::gate::{Gate, Shut, blocking, whole};
use crate::portal::sources::{HeldResource, NewBundle, ResourceQuery, Source};
use crate::portal::text_hash;
use crate::wire::fhir::read::time_text;

/// Most resources in an answer.
const FOUND_MAX: u32 = 200;
/// Largest bundle, bytes.
const BUNDLE_BYTES_MAX: usize = 2 * 1024 * 1024;
const JSON: &str = "application/fhir+json";

/// The routes for FHIR clients.
pub(in crate::portal) fn router(gate: Gate) -> Router {
    Router::new()
        .route("/fhir", post(transaction))
        .route("/fhir/", post(transaction))
        .route("/fhir/metadata", get(metadata))
        .route("/fhir/{kind}", get(search))
        .route("/fhir/{kind}/{id}", get(one))
        .with_state(gate)
}

/// Why a request is not served.
enum Refusal {
    Shut(Shut),
    Wrong(StatusCode, &'static str, String),
}

impl From<Shut> for Refusal {
    fn from(shut: Shut) -> Self {
        Self::Shut(shut)
    }
}

impl From<Wrong> for Refusal {
    fn from(Wrong(why): Wrong) -> Self {
        Self::Wrong(StatusCode::UNPROCESSABLE_ENTITY, "not-supported", why.to_owned())
    }
}

fn answer(done: Result<Value, Refusal>) -> Response {
    let (status, code, why) = match done {
        Ok(body) => return ([(CONTENT_TYPE, JSON)], body.to_string()).into_response(),
        Err(Refusal::Shut(shut)) => {
            let (status, code) = shut.status();
            (status, code, shut.words().to_owned())
        }
        Err(Refusal::Wrong(status, code, why)) => (status, code, why),
    };
    let issue = json!({"severity": "error", "code": code, "diagnostics": why});
    let body = json!({"resourceType": "OperationOutcome", "issue": [issue]}).to_string();
    let mut response = (status, [(CONTENT_TYPE, JSON)], body).into_response();
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("30"));
    }
    response
}

async fn transaction(State(gate): State<Gate>, request: Request) -> Response {
    answer(
        async {
            let source = gate.source(request.headers()).await?;
            let body = whole(request.into_body(), BUNDLE_BYTES_MAX).await?;
            take(&gate.portal, source, body).await
        }
        .await,
    )
}

async fn take(portal: &Portal, source: Source, body: Vec<u8>) -> Result<Value, Refusal> {
    let bad = |why: &str| Refusal::Wrong(StatusCode::BAD_REQUEST, "structure", why.to_owned());
    let body = String::from_utf8(body).map_err(|_| bad("the body is not UTF-8"))?;
    let bundle: Value = serde_json::from_str(&body).map_err(|_| bad("the body is not JSON"))?;
    let entries = read(&bundle)?;
    let (portal, name) = (portal.clone(), source.name.clone());
    let outcome = blocking(move || {
        let hash = text_hash(&body);
        let new = NewBundle { source: &source.name, hash, body: &body, entries: &entries };
        portal.storage().take_bundle(&new, portal.now().wall)
    })
    .await?;
    match outcome {
        Outcome::Done(answers) => {
            tracing::info!(source = %name, entries = answers.len(), "a source sent a bundle");
            let entries: Vec<Value> = answers.iter().map(done).collect();
            Ok(json!({"resourceType": "Bundle", "type": "transaction-response", "entry": entries}))
        }
        Outcome::TwoMatch(place) => Err(Refusal::Wrong(
            StatusCode::PRECONDITION_FAILED,
            "multiple-matches",
            format!("more than one resource fits the condition of entry {place}"),
        )),
    }
}

fn done(answer: &Answer) -> Value {
    let Answer { location, version, created } = answer;
    let status = if *created { "201 Created" } else { "200 OK" };
    let location = format!("{location}/_history/{version}");
    json!({"response": {"status": status, "location": location, "etag": format!("W/\"{version}\"")}})
}

/// Of whom resources are shown: a source sees its own, unless it may see all.
fn shown(source: Source) -> Option<String> {
    (!source.reads_all).then_some(source.name)
}

async fn search(
    State(gate): State<Gate>,
    Path(kind): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    answer(
        async {
            let source = gate.source(&headers).await?;
            let (system, value) = condition(query.as_deref().unwrap_or_default())?;
            let query = ResourceQuery::Named(system, value);
            let found = find(&gate.portal, kind, query, shown(source)).await?;
            let entries: Vec<Value> = found
                .iter()
                .map(|one| json!({"resource": parsed(one), "search": {"mode": "match"}}))
                .collect();
            let total = entries.len();
            Ok(json!({
                "resourceType": "Bundle", "type": "searchset", "total": total, "entry": entries,
            }))
        }
        .await,
    )
}

async fn one(
    State(gate): State<Gate>,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    answer(
        async {
            let source = gate.source(&headers).await?;
            let found = find(&gate.portal, kind, ResourceQuery::Id(id), shown(source)).await?;
            found.first().map(parsed).ok_or_else(|| {
                let why = "there is no such resource".to_owned();
                Refusal::Wrong(StatusCode::NOT_FOUND, "not-found", why)
            })
        }
        .await,
    )
}

async fn find(
    portal: &Portal,
    kind: String,
    query: ResourceQuery,
    source: Option<String>,
) -> Result<Vec<HeldResource>, Refusal> {
    if !is_kind(&kind) {
        return Err(Wrong("there is no such kind of resource").into());
    }
    let portal = portal.clone();
    let work = move || portal.storage().resources(&kind, &query, source.as_deref(), FOUND_MAX);
    Ok(blocking(work).await?)
}

fn parsed(held: &HeldResource) -> Value {
    serde_json::from_str(held.body.reveal()).unwrap_or_default()
}

/// What this server can do; anybody may know.
async fn metadata(State(gate): State<Gate>) -> Response {
    let kinds = [
        "Patient",
        "ImagingStudy",
        "Observation",
        "DiagnosticReport",
        "Device",
        "Task",
        "Provenance",
        "AuditEvent",
        "Endpoint",
    ];
    let resources: Vec<Value> = kinds
        .iter()
        .map(|kind| {
            json!({
                "type": kind, "interaction": [{"code": "read"}, {"code": "search-type"}],
                "conditionalCreate": true, "conditionalUpdate": true,
                "searchParam": [{"name": "identifier", "type": "token"}, {"name": "_tag", "type": "token"}],
            })
        })
        .collect();
    answer(Ok(json!({
        "resourceType": "CapabilityStatement", "status": "active", "kind": "instance",
        "date": time_text(gate.portal.now().wall), "fhirVersion": "4.0.1",
        "format": ["json"],
        "software": {"name": "Fieldray portal", "version": env!("CARGO_PKG_VERSION")},
        "implementation": {"description": "Fieldray portal"},
        "rest": [{"mode": "server", "interaction": [{"code": "transaction"}], "resource": resources}],
    })))
}
