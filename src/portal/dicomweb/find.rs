//! What is held: found by study, series and object, described, and given back as it came.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, WARNING};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use super::{DICOM, JSON, Refusal, json as answer_json, uid};
use crate::domain::digest::Sha256Digest;
use crate::portal::gate::{Gate, Shut, blocking};
use crate::portal::sources::{HeldObject, ObjectQuery};

/// Most objects that one answer tells of or holds.
const OBJECTS_MAX: u32 = 2_000;
/// Most studies of one answer.
const STUDIES_MAX: u32 = 200;

/// Most bytes of descriptions in one answer.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most modalities of a study that are told.
const MODALITIES_MAX: usize = 32;
/// Answers that are put together at the same time.
static LISTS: Semaphore = Semaphore::const_new(4);

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

/// Which objects the address names, of what this source may see.
async fn which(
    gate: &Gate,
    headers: &HeaderMap,
    (study, series, uid): (Option<String>, Option<String>, Option<String>),
    asked: &Asked,
) -> Result<ObjectQuery, Refusal> {
    let source = gate.source(headers).await?;
    let value = |names: [&str; 2]| names.iter().find_map(|name| asked.get(*name)).cloned();
    Ok(ObjectQuery {
        source: (!source.reads_all).then_some(source.name),
        study: study.or_else(|| value(["StudyInstanceUID", "0020000D"])),
        series: series.or_else(|| value(["SeriesInstanceUID", "0020000E"])),
        uid: uid.or_else(|| value(["SOPInstanceUID", "00080018"])),
        patient: value(["PatientID", "00100020"]),
    })
}

/// Runs over the objects, with one of few turns, and gives what came of it.
async fn over<T: Send + 'static>(
    gate: &Gate,
    which: ObjectQuery,
    mut gathered: T,
    mut each: impl FnMut(&mut T, HeldObject) -> ControlFlow<()> + Send + 'static,
) -> Result<T, Refusal> {
    let turn = LISTS.acquire().await.map_err(|_| Shut::Busy)?;
    let portal = gate.portal.clone();
    let work = move || {
        // Whoever hangs up does not end the work: the turn is the work's.
        let _turn = turn;
        portal.each_object(&which, OBJECTS_MAX, |one| each(&mut gathered, one))?;
        Ok(gathered)
    };
    Ok(blocking(work).await?)
}

/// `GET /dicomweb/studies`.
pub(super) async fn studies(
    State(gate): State<Gate>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(&gate, &headers, (None, None, None), (&asked, Level::Study)).await
}

/// `GET /dicomweb/studies/{study}/series`.
pub(super) async fn series_of(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(&gate, &headers, (Some(study), None, None), (&asked, Level::Series)).await
}

/// `GET /dicomweb/studies/{study}/instances`.
pub(super) async fn instances_of(
    State(gate): State<Gate>,
    Path(study): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(&gate, &headers, (Some(study), None, None), (&asked, Level::Object)).await
}

/// `GET /dicomweb/studies/{study}/series/{series}/instances`.
pub(super) async fn instances(
    State(gate): State<Gate>,
    Path((study, series)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    list(&gate, &headers, (Some(study), Some(series), None), (&asked, Level::Object)).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Study,
    Series,
    Object,
}

/// A study, series or instance of an answer.
struct Listed {
    key: String,
    told: Value,
    count: u64,
    modalities: Vec<Value>,
}

/// What a QIDO-RS answer tells.
#[derive(Default)]
struct Listing {
    rows: Vec<Listed>,
    /// Bytes of what is told.
    bytes: usize,
    /// There is more than an answer holds.
    more: bool,
}

impl Listing {
    fn add(&mut self, one: &HeldObject, level: Level) -> ControlFlow<()> {
        let key = match level {
            Level::Study => &one.ids.study,
            Level::Series => &one.ids.series,
            Level::Object => &one.ids.uid,
        };
        let header = header(one);
        let modality = header["00080060"]["Value"][0].clone();
        if let Some(row) = self.rows.iter_mut().find(|row| row.key == *key) {
            row.count += 1;
            if !row.modalities.contains(&modality) && row.modalities.len() < MODALITIES_MAX {
                self.bytes += modality.to_string().len();
                row.modalities.push(modality);
            }
        } else {
            let told = told(&header, level);
            self.bytes += told.to_string().len() + modality.to_string().len();
            let modalities = vec![modality];
            self.rows.push(Listed { key: key.clone(), told, count: 1, modalities });
        }
        self.more = self.bytes > ANSWER_BYTES_MAX;
        if self.more { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// A QIDO-RS answer: one object for each study, series or instance.
async fn list(
    gate: &Gate,
    headers: &HeaderMap,
    names: (Option<String>, Option<String>, Option<String>),
    (asked, level): (&Asked, Level),
) -> Response {
    let found = async {
        let which = which(gate, headers, names, asked).await?;
        over(gate, which, Listing::default(), move |all, one| all.add(&one, level)).await
    };
    let found = match found.await {
        Ok(found) => found,
        Err(refusal) => return refusal.into_response(),
    };
    let number = |name: &str| asked.get(name).and_then(|text| text.parse::<usize>().ok());
    let most = usize::try_from(if level == Level::Study { STUDIES_MAX } else { OBJECTS_MAX });
    let most = number("limit").unwrap_or(usize::MAX).min(most.unwrap_or(usize::MAX));
    let rows = found.rows.into_iter().skip(number("offset").unwrap_or(0)).take(most);
    let rows: Vec<Value> = rows
        .map(|Listed { mut told, count, modalities, .. }| {
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
    let mut answer = match rows.is_empty() {
        true => StatusCode::NO_CONTENT.into_response(),
        false => answer_json(StatusCode::OK, &Value::Array(rows)),
    };
    if found.more {
        // PS3.18 table 8.3.4-1.
        let warning =
            HeaderValue::from_static("299 fieldray \"there is more than one answer holds\"");
        answer.headers_mut().insert(WARNING, warning);
    }
    answer
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
    metadata(&gate, &headers, (Some(study), None, None)).await
}

/// `GET /dicomweb/studies/{study}/series/{series}/metadata`.
pub(super) async fn series_metadata(
    State(gate): State<Gate>,
    Path((study, series)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    metadata(&gate, &headers, (Some(study), Some(series), None)).await
}

/// `GET /dicomweb/studies/{study}/series/{series}/instances/{uid}/metadata`.
pub(super) async fn instance_metadata(
    State(gate): State<Gate>,
    Path((study, series, uid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    metadata(&gate, &headers, (Some(study), Some(series), Some(uid))).await
}

async fn metadata(
    gate: &Gate,
    headers: &HeaderMap,
    names: (Option<String>, Option<String>, Option<String>),
) -> Response {
    let found = async {
        let which = which(gate, headers, names, &Asked::new()).await?;
        // Descriptions are JSON already.
        over(gate, which, String::new(), |all, one| {
            all.push(if all.is_empty() { '[' } else { ',' });
            all.push_str(one.header.reveal());
            let full = all.len() > ANSWER_BYTES_MAX;
            if full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await
    };
    match found.await {
        Ok(all) if all.is_empty() => Refusal::Unknown.into_response(),
        Ok(all) if all.len() > ANSWER_BYTES_MAX => Refusal::from(Shut::Large).into_response(),
        Ok(all) => (StatusCode::OK, [(CONTENT_TYPE, JSON)], all + "]").into_response(),
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
    let found = async {
        let which = which(gate, headers, names, &Asked::new()).await?;
        over(gate, which, Vec::new(), |all: &mut Vec<Sha256Digest>, one| {
            all.push(one.hash);
            ControlFlow::Continue(())
        })
        .await
    };
    let found = match found.await {
        Ok(found) if found.is_empty() => return Refusal::Unknown.into_response(),
        Ok(found) => found,
        Err(refusal) => return refusal.into_response(),
    };
    let turn = match gate.turn() {
        Ok(turn) => turn,
        Err(shut) => return Refusal::from(shut).into_response(),
    };
    let boundary = Sha256Digest::of(format!("{:?}", found.first())).to_string();
    let kind = format!("multipart/related; type=\"{DICOM}\"; boundary={boundary}");
    let portal = gate.portal.clone();
    // One file in memory at a time.
    let parts = stream::unfold(Some(0_usize), move |at| {
        let (portal, boundary) = (portal.clone(), boundary.clone());
        let hash = at.and_then(|at| found.get(at)).copied();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Phi;
    use crate::domain::stamp::WallMs;
    use crate::wire::dicom::read::ObjectIds;

    /// An object whose description has a long name of a patient.
    fn object(study: u32, at: u32, name_bytes: usize) -> HeldObject {
        let header = json!({
            "00080060": {"vr": "CS", "Value": ["CR"]},
            "00100010": {"vr": "PN", "Value": [{"Alphabetic": "x".repeat(name_bytes)}]},
        });
        HeldObject {
            source: "PACS".to_owned(),
            ids: ObjectIds {
                class: "1.2".to_owned(),
                uid: format!("1.{study}.1.{at}"),
                study: format!("1.{study}"),
                series: format!("1.{study}.1"),
            },
            syntax: "1.2.840.10008.1.2.1".to_owned(),
            hash: Sha256Digest::from_bytes([1; 32]),
            size: 1,
            pixels: true,
            conflict: false,
            header: Phi::new(header.to_string()),
            received: WallMs(0),
        }
    }

    #[test]
    fn an_answer_ends_before_it_fills_the_memory() {
        let mut few = Listing::default();
        for at in 0..3 {
            assert!(few.add(&object(1, at, 1_000_000), Level::Study).is_continue());
        }
        assert_eq!((few.rows.len(), few.rows[0].count, few.more), (1, 3, false));
        let mut many = Listing::default();
        let mut studies = 0..;
        let mut next = || many.add(&object(studies.next().unwrap(), 0, 1_000_000), Level::Study);
        while next().is_continue() {}
        assert!(many.more && many.rows.len() <= 17);
    }
}
