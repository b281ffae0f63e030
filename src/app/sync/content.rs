//! What a record says: the facts of the moment, as a bundle.

use crate::app::add_readings;
use crate::domain::alert::AlertNumber;
use crate::domain::alert::contact::ChannelKind;
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::reading::Urgency;
use crate::domain::report_text;
use crate::domain::stamp::Stamp;
use crate::domain::study::PhotoState;
use crate::domain::sync::RecordKind;
use crate::domain::view::StudyView;
use crate::store::{Folder, SealedRecord, Store, StoreError};
use crate::sync::Outgoing;
use crate::wire::fhir::{self, AlertFacts, BoxFacts, ReadingFacts, StudyFacts};
use crate::wire::pack::{pack, unpack};

/// Times that content is made again because something changed meanwhile. After that it is another
/// round's turn.
const TRIES_MAX: u32 = 3;

/// Fixes the content of a record. A record whose facts cannot be read is parked.
pub(super) fn seal(store: &Store, from: &BoxFacts, seq: Seq, at: Stamp) -> Result<(), StoreError> {
    for _ in 0..TRIES_MAX {
        let Some(open) = store.open_record(seq)? else { return Ok(()) };
        let about = (open.kind, open.study, open.part);
        let text = match told_now(store, from, about, (at, None)) {
            Ok(text) => text,
            Err(StoreError::Corrupt { what }) => {
                tracing::error!(%seq, what, "a record cannot be made from what is stored");
                return store.sync_park(seq, "stored_damaged");
            }
            Err(error) => return Err(error),
        };
        let hash = Sha256Digest::of(&text);
        if store.seal_record(&open, hash, &pack(text.as_bytes()))? {
            return Ok(());
        }
    }
    Ok(())
}

/// A record as it is sent, its content as it was sealed; `None` when that is damaged.
pub(super) fn unpacked(record: &SealedRecord) -> Option<Outgoing> {
    let body = String::from_utf8(unpack(&record.body)?).ok()?;
    let (seq, kind, hash) = (record.seq, record.kind.code(), record.hash);
    Some(Outgoing { seq, kind, study: record.study.to_string(), hash, body })
}

/// Whether the file of a radiograph is the one that was stored.
pub(super) fn radiograph_is_sound(store: &Store, digest: Sha256Digest) -> Result<bool, StoreError> {
    match store.file(Folder::Radiographs, digest) {
        Ok(_) => Ok(true),
        Err(StoreError::Corrupt { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What is told about a study now: its kind, the study, which version of a report. `images_url` is where
/// others find its images, if anywhere.
pub(in crate::app) fn told_now(
    store: &Store,
    from: &BoxFacts,
    (kind, id, part): (RecordKind, StudyId, u32),
    (at, images_url): (Stamp, Option<&str>),
) -> Result<String, StoreError> {
    let corrupt = |what| StoreError::Corrupt { what };
    let mut view = store.study(id)?.ok_or(corrupt("study"))?;
    add_readings(store, &mut view)?;
    let mut study = study_facts(store, &view)?;
    study.images_url = images_url.map(str::to_owned);
    let reading = reading_facts(store, &view)?;
    Ok(match (kind, reading) {
        (RecordKind::Urgent, Some(reading)) if Urgency::of(&reading.sheet) == Urgency::Urgent => {
            fhir::urgent(from, &study, &reading)
        }
        (RecordKind::Result, Some(reading)) => fhir::result(from, &study, &reading, at),
        (RecordKind::FollowUp, _) => {
            let taken = store.taken_alerts(id)?;
            fhir::follow_up(from, &study, &store.follow_up(id)?, &taken)
        }
        (RecordKind::Alert, _) => {
            fhir::alert(from, &study, &alert_facts(store, AlertNumber(part.into()))?)
        }
        (RecordKind::Report, _) => {
            let versions = store.report_versions(id)?;
            let signed = versions.iter().find(|one| one.head.version == part);
            let signed = signed.ok_or(corrupt("report"))?;
            let content = report_text::read(signed.text.reveal()).ok_or(corrupt("report"))?;
            fhir::report(from, &study, signed, &content)
        }
        // What was to be told does not hold any more: the study as it is now.
        (RecordKind::Urgent | RecordKind::Result | RecordKind::Study | RecordKind::Image, _) => {
            fhir::study(from, &study)
        }
    })
}

/// An alert with the first time that somebody was told of it.
fn alert_facts(store: &Store, number: AlertNumber) -> Result<AlertFacts, StoreError> {
    let alert = store.alert(number)?.ok_or(StoreError::Corrupt { what: "alert" })?;
    let events = store.alert_events(number)?;
    let first = |kind: &str| events.iter().find(|event| event.kind == kind);
    let sent = first("sent");
    Ok(AlertFacts {
        sent: sent.and_then(|event| Some((ChannelKind::parse(&event.detail)?, event.at))),
        received: first("delivered").map(|event| event.at),
        alert,
    })
}

pub(in crate::app) fn study_facts(
    store: &Store,
    view: &StudyView,
) -> Result<StudyFacts, StoreError> {
    let refused = view.photos.iter().filter(|photo| photo.state == PhotoState::Refused).count();
    Ok(StudyFacts {
        id: view.id,
        number: view.number,
        state: view.state,
        patient: view.patient.clone(),
        programmes: store.programme_ids(view.patient.id)?,
        registered: view.registered,
        urgency: view.urgency,
        images_url: None,
        photos: [view.photos.len(), refused].map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
    })
}

pub(in crate::app) fn reading_facts(
    store: &Store,
    view: &StudyView,
) -> Result<Option<ReadingFacts>, StoreError> {
    let Some(reading) = &view.reading else { return Ok(None) };
    let row = store.digitised_row(reading.photo)?;
    let radiograph = row.ok_or(StoreError::Corrupt { what: "radiograph" })?.radiograph;
    Ok(Some(ReadingFacts { photo: reading.photo, radiograph, sheet: reading.sheet.clone() }))
}
