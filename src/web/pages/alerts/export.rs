//! What leaves the box as files: tables, and the timeline of one alert. Nothing in them names a patient.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::app::alerts::AlertProof;
use crate::app::clock;
use crate::domain::alert::AlertEvent;
use crate::domain::alert::delivery::Message;
use crate::domain::stamp::Stamp;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html;

/// A table as CSV (RFC 4180).
pub(super) struct Table(String);

impl Table {
    pub(super) fn new(heads: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.add(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>());
        table
    }

    pub(super) fn add(&mut self, line: &[String]) {
        let cells: Vec<_> = line.iter().map(|cell| quoted(cell)).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// The answer to a browser. The mark at the beginning tells spreadsheets that it is UTF-8.
    pub(super) fn download(self, name: &str) -> Response {
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers =
            [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, &*disposition)];
        (headers, format!("\u{feff}{}", self.0)).into_response()
    }
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe: names are written by people.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// A time as ISO 8601, UTC.
pub(super) fn utc_text(stamp: Stamp) -> String {
    clock::utc_text(stamp)
}

/// `GET /alerts/{number}/timeline.csv`.
pub(in crate::web) async fn timeline_csv(
    State(app): State<App>,
    _session: Session,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number = super::parse(&number)?;
    let proof = app.alert_proof(number).await?;
    let mut table = Table::new(&["time_utc", "clock", "event", "person", "detail"]);
    for event in &proof.events {
        table.add(&[
            utc_text(event.at),
            event.at.trust.code().to_owned(),
            event.kind.clone(),
            event.person.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default(),
            event.detail.clone(),
        ]);
    }
    Ok(table.download(&format!("alert-{number}.csv")))
}

/// `GET /alerts/{number}/timeline.json`.
pub(in crate::web) async fn timeline_json(
    State(app): State<App>,
    _session: Session,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let proof = app.alert_proof(super::parse(&number)?).await?;
    Ok(html::json(&timeline(&proof)))
}

fn timeline(proof: &AlertProof) -> Value {
    let alert = &proof.alert;
    let event = |event: &AlertEvent| {
        json!({
            "time_utc": utc_text(event.at), "clock": event.at.trust.code(), "event": event.kind,
            "person": event.person.as_ref().map(|name| name.as_str()), "detail": event.detail,
        })
    };
    let message = |message: &Message| {
        json!({
            "person_id": message.person.to_string(), "way": message.channel().code(),
            "round": message.round, "state": message.state.code(), "tries": message.tries,
            "marked_as_repetition": message.repeat,
            "fault": message.fault.map(|fault| fault.code()),
            "queued_utc": utc_text(message.queued), "sent_utc": message.sent.map(utc_text),
        })
    };
    let answered = alert.acknowledged.as_ref().map(|by| {
        json!({
            "by": by.name.as_str(), "how": by.method.code(), "time_utc": utc_text(by.at),
            "clock": by.at.trust.code(),
        })
    });
    json!({
        "alert": alert.number.0,
        "study": alert.study_number,
        "class": alert.class.code(),
        "findings": alert.findings.iter().map(|finding| finding.code()).collect::<Vec<_>>(),
        "found_utc": utc_text(alert.raised),
        "clock": alert.raised.trust.code(),
        "open_ms": alert.open_ms,
        "answered": answered,
        "events": proof.events.iter().map(event).collect::<Vec<_>>(),
        "messages": proof.messages.iter().map(message).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_like_formulas_are_only_names() {
        let mut table = Table::new(&["a", "b"]);
        table.add(&["=1+1".to_owned(), "Rao, \"Dr\"".to_owned()]);
        assert_eq!(table.0, "a,b\r\n'=1+1,\"Rao, \"\"Dr\"\"\"\r\n");
    }
}
