//! What a portal counts, read back from bundles. What a bundle does not tell is `None`, never a zero.

use serde_json::Value;

use super::bundle::system;
use super::read::{Told, coded, extension, identifier};
use crate::domain::alert::{AckMethod, AlertClass};
use crate::domain::finding::Finding;
use crate::domain::followup::{Outcome, Suspicion, Test, TestResult};
use crate::domain::hex;
use crate::domain::signing::Decision;

/// 1970-01-01 as a Julian day.
const EPOCH_JULIAN_DAY: i32 = 2_440_588;

/// What happened after a film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldFollowUp {
    /// Suspicions that nothing has settled.
    pub open: Vec<Suspicion>,
    /// Tests with the result in force; `None`: none yet.
    pub tests: Vec<(Test, Option<TestResult>)>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldAlert {
    /// The box's own id of it.
    pub id: [u8; 16],
    /// How pressing.
    pub class: AlertClass,
    /// Local day on which it was raised, days since 1970; `None`: the clock was not confirmed.
    pub day: Option<i64>,
    /// Somebody was told.
    pub sent: bool,
    /// How it was taken over; `None`: it is open.
    pub method: Option<AckMethod>,
    /// From being raised to being taken over, seconds; `None`: open, or the clock was not confirmed.
    pub after_s: Option<i64>,
}

impl Told {
    /// The box's own id of the patient.
    #[must_use]
    pub fn patient_key(&self) -> Option<[u8; 16]> {
        let patient = self.of_type("Patient").next()?;
        named(patient, "patient")
    }

    /// Local day on which the examination was registered, days since 1970; `None`: not confirmed.
    #[must_use]
    pub fn day(&self) -> Option<i64> {
        day(&self.of_type("ImagingStudy").next()?["started"])
    }

    /// Photos taken and photos refused, where any was.
    #[must_use]
    pub fn photos(&self) -> Option<[u32; 2]> {
        let study = self.of_type("ImagingStudy").next()?;
        let count = |kind| extension(study, kind)?.as_u64().and_then(|n| u32::try_from(n).ok());
        Some([count("photos-taken")?, count("photos-refused")?])
    }

    /// Why the box did not score a finding, a code; `None`: it has a score, or the box did not say.
    #[must_use]
    pub fn not_assessed(&self, finding: Finding) -> Option<&str> {
        let of = |one: &&Value| coded(&one["code"], "finding") == Some(finding.code());
        let observation = self.of_type("Observation").find(of)?;
        extension(observation, "not-assessed")?.as_str()
    }

    /// What a signed report says of a finding.
    #[must_use]
    pub fn decision(&self, finding: Finding) -> Option<Decision> {
        let of = |one: &&Value| coded(&one["code"], "finding") == Some(finding.code());
        let observation = self.of_type("Observation").find(of)?;
        match coded(&observation["valueCodeableConcept"], "decision") {
            Some(code) => Decision::ALL.into_iter().find(|one| one.code() == code),
            None => Some(Decision::NotCommented),
        }
    }

    /// What happened after the film.
    #[must_use]
    pub fn follow_up(&self) -> ToldFollowUp {
        let mut told = ToldFollowUp::default();
        for task in self.of_type("Task").filter(|task| task["status"] == "requested") {
            told.open.extend(coded(&task["code"], "suspicion").and_then(Suspicion::parse));
        }
        for observation in self.of_type("Observation") {
            let value = &observation["valueCodeableConcept"];
            if let Some(test) = coded(&observation["code"], "test").and_then(Test::parse) {
                let result = coded(value, "test-result").and_then(TestResult::parse);
                let missed = observation["status"] == "cancelled";
                told.tests.push((test, result.or(missed.then_some(TestResult::NotDone))));
            } else if coded(&observation["code"], "measure") == Some("outcome") {
                told.outcome = coded(value, "outcome").and_then(Outcome::parse);
            }
        }
        told
    }

    /// An alert; `None` where the bundle tells of none.
    #[must_use]
    pub fn alert(&self) -> Option<ToldAlert> {
        let is_alert = |one: &&Value| coded(&one["code"], "task") == Some("alert");
        let task = self.of_type("Task").find(is_alert)?;
        let outputs = task["output"].as_array().map(Vec::as_slice).unwrap_or_default();
        let output = |code: &str, value: &str| {
            let of = |one: &&Value| coded(&one["type"], "task-part") == Some(code);
            outputs.iter().find(of).map(|one| &one[value])
        };
        let seconds = output("acknowledged-after", "valueQuantity");
        Some(ToldAlert {
            id: named(task, "alert")?,
            class: AlertClass::parse(extension(task, "alert-class")?.as_str()?)?,
            day: day(&task["authoredOn"]),
            sent: self.of_type("Communication").next().is_some(),
            method: output("acknowledged-by", "valueCode")
                .and_then(|code| AckMethod::parse(code.as_str()?)),
            after_s: seconds.and_then(|quantity| quantity["value"].as_i64()),
        })
    }
}

/// A name of ours that is a UUID.
fn named(resource: &Value, kind: &str) -> Option<[u8; 16]> {
    hex::parse(&identifier(resource, &system(kind))?.replace('-', ""))
}

/// The day of a time as it is written, by the clock of whoever wrote it.
fn day(time: &Value) -> Option<i64> {
    let mut parts = time.as_str()?.get(..10)?.split('-');
    let mut number = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (number()?, number()?, number()?);
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = time::Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()?;
    Some(i64::from(date.to_julian_day() - EPOCH_JULIAN_DAY))
}
