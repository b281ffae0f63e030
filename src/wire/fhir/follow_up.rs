//! What happens after a film: suspicions, tests, how it ended.

use serde_json::{Value, json};

use super::bundle::{Bundle, Name, concept, confirmed_time, derived, system, uuid};
use super::subject::{Subject, add, add_audit, add_box};
use super::{BoxFacts, StudyFacts};
use crate::domain::alert::Alert;
use crate::domain::followup::{FollowUp, OpenLoop, Order, RecordedOutcome, Suspicion, TestResult};
use crate::domain::ids::StudyId;
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;

/// Everything that happened after the film of a study, and the alerts about it that people took over.
#[must_use]
pub fn follow_up(from: &BoxFacts, study: &StudyFacts, facts: &FollowUp, taken: &[Alert]) -> String {
    let mut bundle = Bundle::default();
    let subject = add(&mut bundle, from, study);
    for suspicion in Suspicion::ALL {
        let open = facts.open.iter().find(|one| one.suspicion == suspicion);
        add_task(&mut bundle, &subject, study, suspicion, open);
    }
    for order in &facts.orders {
        add_test(&mut bundle, &subject, study, order);
    }
    if let Some(outcome) = &facts.outcome {
        add_outcome(&mut bundle, &subject, study, outcome);
    }
    let box_ = (!taken.is_empty()).then(|| add_box(&mut bundle, from));
    for (alert, box_) in taken.iter().zip(box_.iter().cycle()) {
        add_taken(&mut bundle, &subject, box_, alert);
    }
    bundle.text()
}

/// Somebody took an alert over: who, when, and that is all. What raised it is in the reading.
fn add_taken(bundle: &mut Bundle, subject: &Subject, box_: &Value, alert: &Alert) {
    let Some(taken) = &alert.acknowledged else { return };
    let what = ("alert-acknowledged", "A person took over an alert about a film");
    let who = (taken.name.as_str(), taken.at);
    let of = format!("alert {}", uuid(alert.id.as_bytes()));
    add_audit(bundle, &of, what, who, (box_, subject.study.clone()));
}

/// A task for each suspicion: open ones are asked for, the others are settled. One that never was is
/// settled too; an older bundle may have opened it.
fn add_task(
    bundle: &mut Bundle,
    subject: &Subject,
    study: &StudyFacts,
    suspicion: Suspicion,
    open: Option<&OpenLoop>,
) {
    let id = derived(&format!("suspicion {} {}", study.id, suspicion.code()));
    let name = Name::of("task", id.clone());
    let text = match suspicion {
        Suspicion::Tuberculosis => "Test for tuberculosis",
        Suspicion::Covid19 => "Test for COVID-19",
        Suspicion::Nodule => "CT for a nodule or mass",
    };
    let mut task = json!({
        "resourceType": "Task",
        "identifier": [name.identifier()],
        "status": if open.is_some() { "requested" } else { "completed" },
        "intent": "proposal",
        "code": concept("suspicion", suspicion.code(), text),
        "focus": subject.study,
        "for": subject.patient,
    });
    if let Some(open) = open {
        task["extension"] =
            json!([{"url": system("suspected-by"), "valueCode": open.source.code()}]);
        if let Some(time) = confirmed_time(open.since) {
            task["authoredOn"] = json!(time);
        }
    }
    bundle.put(&id, &name, task);
}

/// One observation for a test, whichever of its films the bundle is about.
fn add_test(bundle: &mut Bundle, subject: &Subject, study: &StudyFacts, order: &Order) {
    let code = concept("test", order.test.code(), order.test.code());
    let first = order.films.first().copied().unwrap_or(study.id);
    let id = derived(&format!("test {} {first}", order.id.0));
    let films: Vec<Value> = order.films.iter().map(|film| film_of(subject, study, *film)).collect();
    let observation = |by, at| {
        let mut resource = observation(subject, &code, by, at);
        resource["derivedFrom"] = json!(films);
        resource
    };
    let resource = match &order.result {
        // A test that could not be done has no result: never the same as a negative one.
        Some((TestResult::NotDone, entry)) => {
            let mut resource = observation(&entry.by, entry.at);
            resource["status"] = json!("cancelled");
            resource["dataAbsentReason"] = json!({
                "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                    "code": "not-performed",
                }],
                "text": "The test was not done",
            });
            resource
        }
        Some((result, entry)) => {
            let mut resource = observation(&entry.by, entry.at);
            resource["valueCodeableConcept"] = concept("test-result", result.code(), result.code());
            resource
        }
        None => {
            let mut resource = observation(&order.ordered.by, order.ordered.at);
            resource["status"] = json!("registered");
            resource
        }
    };
    put(bundle, &id, resource);
}

/// A film that a test is for: in this bundle, or by its name in another one.
fn film_of(subject: &Subject, study: &StudyFacts, film: StudyId) -> Value {
    if film == study.id {
        return subject.study.clone();
    }
    let name = Name::of("study", uuid(film.as_bytes()));
    json!({"type": "ImagingStudy", "identifier": name.identifier()})
}

fn add_outcome(
    bundle: &mut Bundle,
    subject: &Subject,
    study: &StudyFacts,
    recorded: &RecordedOutcome,
) {
    let code = concept("measure", "outcome", "How it ended, as the clinic wrote it down");
    let mut resource = observation(subject, &code, &recorded.entry.by, recorded.entry.at);
    let outcome = recorded.outcome.code();
    resource["valueCodeableConcept"] = concept("outcome", outcome, outcome);
    put(bundle, &derived(&format!("outcome {}", study.id)), resource);
}

fn observation(subject: &Subject, code: &Value, by: &PersonName, at: Stamp) -> Value {
    let mut resource = json!({
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        "subject": subject.patient,
        "derivedFrom": [subject.study],
        "performer": [{"display": by.as_str()}],
    });
    if let Some(time) = confirmed_time(at) {
        resource["issued"] = json!(time);
    }
    resource
}

fn put(bundle: &mut Bundle, id: &str, mut resource: Value) {
    let name = Name::of("observation", id);
    resource["identifier"] = json!([name.identifier()]);
    bundle.put(id, &name, resource);
}
