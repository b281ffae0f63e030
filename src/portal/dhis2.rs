//! Studies as DHIS2's tracker takes them in (`POST /api/tracker`): the flat payload of tracked entities,
//! enrolments and events. Every name follows from the boxes' own, so that a second import updates.

mod mapping;
mod uid;

pub use mapping::{Mapping, MappingError, Stage, Stages};
pub use uid::{is_uid, uid};

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::finding::Evidence;
use crate::domain::ids::StudyId;
use crate::domain::people::AgeEvidence;
use crate::domain::signing::Machine;
use crate::domain::stamp::WallMs;
use crate::domain::study::StudyState;
use crate::domain::sync::identity::KeyId;
use crate::portal::{Portal, StorageError};
use crate::wire::fhir::read::{Told, ToldStudy, time_text};

/// Studies read from the storage at once.
const PAGE_ROWS: u32 = 100;

/// Everything that is held of one study.
#[derive(Clone, Debug)]
pub struct ExportStudy {
    /// Of which box.
    pub box_id: KeyId,
    /// What its site is called.
    pub site: String,
    /// The study.
    pub study: StudyId,
    /// When its first record came in.
    pub received: WallMs,
    /// When its newest record came in.
    pub newest: WallMs,
    /// The newest record of each kind, by code of the kind, the newest of all last.
    pub bodies: Vec<(String, String)>,
}

/// Studies for exports, in a portal's storage.
pub trait ExportStorage {
    /// Studies of all boxes in a fixed order, those after that one; at most `most`.
    ///
    /// # Errors
    /// [`StorageError`].
    fn export_studies(
        &self,
        after: Option<(KeyId, StudyId)>,
        most: u32,
    ) -> Result<Vec<ExportStudy>, StorageError>;
}

/// An export.
#[derive(Clone, Debug)]
pub struct Export {
    /// The payload.
    pub payload: Value,
    /// Films in it.
    pub films: u64,
    /// Films of sites that the mapping has no organisation unit for, by the site's name.
    pub left_out: BTreeMap<String, u64>,
}

impl Portal {
    /// Lets readers download films by that mapping. The first one given counts.
    pub fn offer_dhis2(&self, mapping: Mapping) {
        let _first_counts = self.inner.dhis2.set(mapping);
    }

    /// The mapping by which readers may download.
    pub(crate) fn dhis2(&self) -> Option<&Mapping> {
        self.inner.dhis2.get()
    }

    /// What has come in since then, as that mapping has it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn export_dhis2(&self, mapping: &Mapping, since: WallMs) -> Result<Export, StorageError> {
        let mut parts = Parts::default();
        let mut after = None;
        loop {
            let page = self.storage().export_studies(after, PAGE_ROWS)?;
            let Some(last) = page.last() else { break };
            after = Some((last.box_id, last.study));
            for study in &page {
                parts.add(mapping, study, since);
            }
        }
        Ok(parts.finish())
    }
}

/// The beginning of a day, `YYYY-MM-DD`, UTC.
#[must_use]
pub fn day(text: &str) -> Option<WallMs> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(WallMs(date.midnight().assume_utc().unix_timestamp().checked_mul(1000)?))
}

/// An export under construction.
#[derive(Default)]
struct Parts {
    entities: BTreeMap<String, Value>,
    enrolments: BTreeMap<String, Value>,
    /// The day of a patient's first film, whenever it came in.
    first: BTreeMap<String, String>,
    events: Vec<Value>,
    films: u64,
    left_out: BTreeMap<String, u64>,
}

impl Parts {
    fn add(&mut self, mapping: &Mapping, held: &ExportStudy, since: WallMs) {
        let Some((_, newest)) = held.bodies.last() else { return };
        let Some(told) = Told::parse(newest) else { return };
        let (Some(study), Some(patient)) = (told.study(), told.patient_name()) else { return };
        let day = |time: &str| time.chars().take(10).collect::<String>();
        let date = told.started().map_or_else(|| day(&time_text(held.received)), |t| day(&t));
        let entity = uid(&format!("tracked entity {patient}"));
        let first = self.first.entry(entity.clone()).or_insert_with(|| date.clone());
        if date < *first {
            first.clone_from(&date);
        }
        if held.newest < since {
            return;
        }
        let Some(unit) = mapping.org_unit(&held.site, &held.box_id.to_string()) else {
            let site =
                if held.site.is_empty() { held.box_id.to_string() } else { held.site.clone() };
            *self.left_out.entry(site).or_default() += 1;
            return;
        };
        self.films += 1;
        let enrolment = uid(&format!("enrolment {} {patient}", mapping.program));
        self.entities.insert(
            entity.clone(),
            json!({
                "trackedEntity": entity, "trackedEntityType": mapping.tracked_entity_type,
                "orgUnit": unit, "attributes": attributes(mapping, &told, &study),
            }),
        );
        self.enrolments.insert(
            entity.clone(),
            json!({
                "enrollment": enrolment, "trackedEntity": entity, "program": mapping.program,
                "orgUnit": unit, "status": "ACTIVE",
            }),
        );
        let event = |stage: &Stage, of: &str, at: &str, values: Vec<Value>| {
            let voided = study.state == StudyState::Voided;
            json!({
                "event": uid(&format!("event {} {} {of}", mapping.program, stage.uid)),
                "enrollment": enrolment, "trackedEntity": entity, "program": mapping.program,
                "programStage": stage.uid, "orgUnit": unit, "occurredAt": at,
                // What is called back stays called back at the next import.
                "status": if voided { "SKIPPED" } else { "COMPLETED" },
                "dataValues": values,
            })
        };
        if let Some(stage) = &mapping.stages.film {
            let values = data_values(mapping, stage, &film_values(held, &study));
            self.events.push(event(stage, &held.study.to_string(), &date, values));
        }
        let follow_up = held.body("follow_up");
        for test in follow_up.iter().flat_map(Told::tests) {
            let Some(stage) = &mapping.stages.test else { break };
            let mut values = vec![("test".to_owned(), test.test)];
            values.extend(test.result.map(|result| ("result".to_owned(), result)));
            let at = test.issued.map_or_else(|| date.clone(), |time| day(&time));
            let values = data_values(mapping, stage, &values);
            self.events.push(event(stage, &test.name, &at, values));
        }
        if let (Some(stage), Some(outcome)) =
            (&mapping.stages.outcome, follow_up.as_ref().and_then(Told::outcome))
        {
            let values = data_values(mapping, stage, &[("outcome".to_owned(), outcome)]);
            self.events.push(event(stage, &held.study.to_string(), &date, values));
        }
    }

    fn finish(self) -> Export {
        let Self { entities, enrolments, first, mut events, films, left_out } = self;
        // A test of two films is told with both of them, and is one.
        events.sort_by_key(|one| one["event"].to_string());
        events.dedup_by_key(|one| one["event"].to_string());
        let enrolments: Vec<Value> = enrolments
            .into_iter()
            .map(|(entity, mut enrolment)| {
                let date = first.get(&entity).cloned().unwrap_or_default();
                enrolment["enrolledAt"] = json!(date);
                enrolment["occurredAt"] = json!(date);
                enrolment
            })
            .collect();
        let entities: Vec<Value> = entities.into_values().collect();
        let payload =
            json!({"trackedEntities": entities, "enrollments": enrolments, "events": events});
        Export { payload, films, left_out }
    }
}

impl ExportStudy {
    fn body(&self, kind: &str) -> Option<Told> {
        let (_, body) = self.bodies.iter().find(|(one, _)| one == kind)?;
        Told::parse(body)
    }
}

/// What is told of a person, as far as the mapping names it.
fn attributes(mapping: &Mapping, told: &Told, study: &ToldStudy) -> Vec<Value> {
    let id = |ending: &str| told.patient_id(ending);
    let value = |what: &str| match (what, study.age) {
        ("name", _) => Some(study.name.reveal().as_str().to_owned()),
        ("sex", _) => mapping.option(what, study.sex.code()),
        ("age_years", Some(AgeEvidence::Told(age))) => Some(age.years().to_string()),
        ("birth_year", Some(AgeEvidence::BirthYear(year))) => Some(year.to_string()),
        ("slip_id", _) => id(":slip-id"),
        ("clinic_id", _) => id(":local-id"),
        ("nikshay", _) => id(":nikshay"),
        ("abha", _) => id("healthid.ndhm.gov.in"),
        _ => None,
    };
    let said = mapping.attributes.iter().filter_map(|(what, attribute)| {
        value(what).map(|value| json!({"attribute": attribute, "value": value}))
    });
    said.collect()
}

/// What is told of a film. A finding without a score has none here either, never a nought; a hint is no
/// score.
fn film_values(held: &ExportStudy, study: &ToldStudy) -> Vec<(String, String)> {
    let mut values = vec![
        ("number".to_owned(), study.number.clone()),
        ("state".to_owned(), study.state.code().to_owned()),
    ];
    values.extend(study.urgency.map(|one| ("urgency".to_owned(), one.code().to_owned())));
    // A reading that was withdrawn does not hold any more.
    let reading = held.body("result").and_then(|told| told.reading());
    if let Some(reading) = reading.filter(|_| study.urgency.is_some()) {
        values.push(("model".to_owned(), reading.model.clone()));
        for (finding, machine) in &reading.scored {
            if let Machine::Scored { evidence: Evidence::Assessed, score, call, .. } = machine {
                values.push((format!("score.{}", finding.code()), score.value().to_string()));
                values.push((format!("call.{}", finding.code()), call.code().to_owned()));
            }
        }
    }
    let report = held.body("report");
    let signed = report.as_ref().and_then(Told::report);
    values.push(("signed".to_owned(), signed.is_some().to_string()));
    if let Some(signed) = signed {
        values.push(("conclusion".to_owned(), signed.conclusion.reveal().clone()));
    }
    for (finding, decision) in report.iter().flat_map(Told::decisions) {
        values.push((format!("decision.{}", finding.code()), decision));
    }
    values
}

fn data_values(mapping: &Mapping, stage: &Stage, values: &[(String, String)]) -> Vec<Value> {
    let said = values.iter().filter(|(_, value)| !value.is_empty());
    let said = said.filter_map(|(what, value)| {
        let element = stage.data_elements.get(what)?;
        // Numbers and texts have no options.
        let coded = !matches!(what.as_str(), "number" | "conclusion" | "model" | "signed")
            && !what.starts_with("score.");
        let value = if coded { mapping.option(what, value)? } else { value.clone() };
        Some(json!({"dataElement": element, "value": value}))
    });
    said.collect()
}

#[cfg(test)]
mod tests;
