//! What is held: found by study, series and object, described, and given back as it came.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde_json::{Map, Value, json};

use super::{DICOM, Refusal, json as answer_json, uid};
use crate::domain::digest::Sha256Digest;
use crate::portal::gate::{Gate, blocking};
use crate::portal::sources::{HeldObject, ObjectQuery};

/// Most objects that one answer tells of or holds.
const OBJECTS_MAX: u32 = 2_000;
/// Most studies of one answer.
const STUDIES_MAX: u32 = 200;

/// Elements that a list of studies tells: PS3.18 table 10.6.3-3.
const OF_STUDY: [&str; 13] = [
    "00080005", "00080020", "00080030", "00080050", "00080090", "00080201", "00081030", "00100010",
    "00100020", "00100030", "00100040", "0020000D", "00200010",
];
/// Elements that a list of series tells.
const OF_SERIES: [&str; 5] = ["00080005", "00080060", "0008103E", "0020000E", "00200011"];
/// Elements that a list of objects tells.
const OF_OBJECT: [&str; 7] =
    ["00080005", "00080016", "00080018", "00200013", "00280010", "00280011", "00280100"];

type Asked = BTreeMap<String, String>;

/// What the address names, of what this source may see.
async fn held(
    gate: &Gate,
    headers: &HeaderMap,
    (study, series, uid): (Option<String>, Option<String>, Option<String>),
    asked: &Asked,
) -> Result<Vec<HeldObject>, Refusal> {
    let source = gate.source(headers).await?;
    let value = |names: [&str; 2]| names.iter().find_map(|name| asked.get(*name)).cloned();
    let which = ObjectQuery {
        source: (!source.reads_all).then_some(source.name),
        study: study.or_else(|| value(["StudyInstanceUID", "0020000D"])),
        series: series.or_else(|| value(["SeriesInstanceUID", "0020000E"])),
        uid: uid.or_else(|| value(["SOPInstanceUID", "00080018"])),
        patient: value(["PatientID", "00100020"]),
    };
    let portal = gate.portal.clone();
    Ok(blocking(move || portal.storage().objects(&which, 0, OBJECTS_MAX)).await?)
}

/// `GET /dicomweb/studies`.
pub(super) async fn studies(
    State(gate): State<Gate>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(held(&gate, &headers, (None, None, None), &asked).await, &asked, Level::Study)
}

/// `GET /dicomweb/studies/{study}/series`.
pub(super) async fn series_of(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(held(&gate, &headers, (Some(study), None, None), &asked).await, &asked, Level::Series)
}

/// `GET /dicomweb/studies/{study}/instances`.
pub(super) async fn instances_of(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(held(&gate, &headers, (Some(study), None, None), &asked).await, &asked, Level::Object)
}

/// `GET /dicomweb/studies/{study}/series/{series}/instances`.
pub(super) async fn instances(
    State(gate): State<Gate>,
    Path((study, series)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let names = (Some(study), Some(series), None);
    list(held(&gate, &headers, names, &asked).await, &asked, Level::Object)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Study,
    Series,
    Object,
}

/// A QIDO-RS answer: one object for each study, series or instance.
fn list(found: Result<Vec<HeldObject>, Refusal>, asked: &Asked, level: Level) -> Response {
    let found = match found {
        Ok(found) => found,
        Err(refusal) => return refusal.into_response(),
    };
    let number = |name: &str| asked.get(name).and_then(|text| text.parse::<usize>().ok());
    let most = usize::try_from(if level == Level::Study { STUDIES_MAX } else { OBJECTS_MAX });
    let most = number("limit").unwrap_or(usize::MAX).min(most.unwrap_or(usize::MAX));
    let mut seen: Vec<(String, Value, u64, Vec<Value>)> = Vec::new();
    for one in &found {
        let key = match level {
            Level::Study => &one.ids.study,
            Level::Series => &one.ids.series,
            Level::Object => &one.ids.uid,
        };
        let header = header(one);
        let modality = header["00080060"]["Value"][0].clone();
        match seen.iter_mut().find(|(seen, ..)| seen == key) {
            Some((_, _, count, modalities)) => {
                *count += 1;
                if !modalities.contains(&modality) {
                    modalities.push(modality);
                }
            }
            None => seen.push((key.clone(), told(&header, level), 1, vec![modality])),
        }
    }
    let rows = seen.into_iter().skip(number("offset").unwrap_or(0)).take(most);
    let rows: Vec<Value> = rows
        .map(|(_, mut told, count, modalities)| {
            match level {
                Level::Study => {
                    told["00080061"] = json!({"vr": "CS", "Value": modalities});
                    told["00201208"] = json!({"vr": "IS", "Value": [count]});
                }
                Level::Series => told["00201209"] = json!({"vr": "IS", "Value": [count]}),
                Level::Object => {}
            }
            told
        })
        .collect();
    if rows.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    answer_json(StatusCode::OK, &Value::Array(rows))
}

fn told(header: &Value, level: Level) -> Value {
    let wanted = OF_STUDY
        .iter()
        .chain(OF_SERIES.iter().filter(|_| level != Level::Study))
        .chain(OF_OBJECT.iter().filter(|_| level == Level::Object));
    let members = wanted.filter_map(|tag| Some(((*tag).to_owned(), header.get(*tag)?.clone())));
    Value::Object(members.collect::<Map<_, _>>())
}

fn header(one: &HeldObject) -> Value {
    serde_json::from_str(one.header.reveal()).unwrap_or_default()
}

/// `GET /dicomweb/studies/{study}/metadata`.
pub(super) async fn study_metadata(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    headers: HeaderMap,
) -> Response {
    metadata(held(&gate, &headers, (Some(study), None, None), &Asked::new()).await)
}

/// `GET /dicomweb/studies/{study}/series/{series}/metadata`.
pub(super) async fn series_metadata(
    State(gate): State<Gate>,
    Path((study, series)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    metadata(held(&gate, &headers, (Some(study), Some(series), None), &Asked::new()).await)
}

/// `GET /dicomweb/studies/{study}/series/{series}/instances/{uid}/metadata`.
pub(super) async fn instance_metadata(
    State(gate): State<Gate>,
    Path((study, series, uid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    metadata(held(&gate, &headers, (Some(study), Some(series), Some(uid)), &Asked::new()).await)
}

fn metadata(found: Result<Vec<HeldObject>, Refusal>) -> Response {
    match found {
        Ok(found) if found.is_empty() => Refusal::Unknown.into_response(),
        Ok(found) => {
            let all: Vec<Value> = found.iter().map(header).collect();
            answer_json(StatusCode::OK, &Value::Array(all))
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// `GET /dicomweb/studies/{study}`.
pub(super) async fn study(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    headers: HeaderMap,
) -> Response {
    give(&gate, &headers, (Some(study), None, None)).await
}

/// `GET /dicomweb/studies/{study}/series/{series}`.
pub(super) async fn series(
    State(gate): State<Gate>,
    Path((study, series)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    give(&gate, &headers, (Some(study), Some(series), None)).await
}

/// `GET /dicomweb/studies/{study}/series/{series}/instances/{uid}`.
pub(super) async fn instance(
    State(gate): State<Gate>,
    Path((study, series, uid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    give(&gate, &headers, (Some(study), Some(series), Some(uid))).await
}

async fn give(
    gate: &Gate,
    headers: &HeaderMap,
    names: (Option<String>, Option<String>, Option<String>),
) -> Response {
    if let Some(study) = &names.0
        && let Err(refusal) = uid(study.clone())
    {
        return refusal.into_response();
    }
    let found = match held(gate, headers, names, &Asked::new()).await {
        Ok(found) if found.is_empty() => return Refusal::Unknown.into_response(),
        Ok(found) => found,
        Err(refusal) => return refusal.into_response(),
    };
    let turn = match gate.turn() {
        Ok(turn) => turn,
        Err(shut) => return Refusal::from(shut).into_response(),
    };
    let boundary = Sha256Digest::of(format!("{:?}", found.first().map(|one| one.hash))).to_string();
    let kind = format!("multipart/related; type=\"{DICOM}\"; boundary={boundary}");
    let portal = gate.portal.clone();
    // One file in memory at a time.
    let parts = stream::unfold(Some(0_usize), move |at| {
        let (portal, boundary) = (portal.clone(), boundary.clone());
        let hash = at.and_then(|at| found.get(at)).map(|one| one.hash);
        let _held = &turn;
        async move {
            let at = at?;
            let Some(hash) = hash else {
                return Some((Ok(format!("\r\n--{boundary}--\r\n").into_bytes()), None));
            };
            let file = blocking(move || portal.storage().object_file(hash)).await;
            let part = file.map(|file| {
                let head = format!("\r\n--{boundary}\r\nContent-Type: {DICOM}\r\n\r\n");
                [head.into_bytes(), file].concat()
            });
            let part = part.map_err(|shut| std::io::Error::other(shut.words()));
            let next = part.is_ok().then(|| at + 1);
            Some((part, next))
        }
    });
    ([(CONTENT_TYPE, kind)], Body::from_stream(parts)).into_response()
}
