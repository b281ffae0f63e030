//! What a physician signed. Every version is a resource of its own; none replaces another.

use serde_json::{Value, json};

use super::bundle::{
    Bundle, Name, clock_extension, concept, confirmed_time, derived, system, time,
};
use super::subject::{Subject, add, add_audit, add_box, add_provenance, agent, entity};
use super::{BoxFacts, StudyFacts};
use crate::domain::signing::{Decision, ReportContent, ReportedFinding, SignedVersion};
use crate::locale::Locale;
use crate::wire::encoding::base64;

/// One signed version, with the text that its seal is over.
#[must_use]
pub fn report(
    from: &BoxFacts,
    study: &StudyFacts,
    signed: &SignedVersion,
    content: &ReportContent,
) -> String {
    let mut bundle = Bundle::default();
    let subject = add(&mut bundle, from, study);
    let box_ = add_box(&mut bundle, from);
    let head = &signed.head;
    let key = format!("report {} {}", head.study, head.version);
    let id = derived(&key);
    let name = Name::of("report", id.clone());
    let physician = json!({"display": head.signer_name.as_str()});
    let results: Vec<Value> = content
        .findings()
        .map(|one| add_decision(&mut bundle, &subject, &key, one, &physician))
        .collect();
    let mut resource = json!({
        "resourceType": "DiagnosticReport",
        "identifier": [name.identifier()],
        "status": if head.version == 1 { "final" } else { "amended" },
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "RAD",
        }]}],
        "code": {
            "coding": [{"system": "http://loinc.org", "code": "18748-4"}],
            "text": "Diagnostic imaging study",
        },
        "subject": subject.patient,
        "imagingStudy": [subject.study],
        "resultsInterpreter": [physician],
        "result": results,
        "presentedForm": [{
            "contentType": "text/plain; charset=utf-8",
            "data": base64(signed.text.reveal().as_bytes()),
            "title": "The text that was signed",
        }],
        "extension": extensions(signed, content),
    });
    if !content.conclusion.is_empty() {
        resource["conclusion"] = json!(content.conclusion.as_str());
    }
    if let Some(time) = confirmed_time(head.at) {
        resource["issued"] = json!(time);
    }
    let reference = bundle.create(&id, &name, resource);
    let signer = (head.signer_name.as_str(), head.at);
    let what = ("report-signed", "A physician signed a report");
    add_audit(&mut bundle, &key, what, signer, (&box_, reference.clone()));
    let mut provenance = json!({"target": [reference], "recorded": time(head.at)});
    if let Some(extension) = clock_extension(head.at) {
        provenance["extension"] = json!([extension]);
    }
    let agents = vec![agent("author", &physician), agent("assembler", &box_)];
    let mut entities = vec![
        entity("source", "sha256", content.basis.radiograph.to_string()),
        entity("source", "model", content.basis.model.sha256.to_string()),
    ];
    if let Some(previous) = head.previous {
        entities.push(entity("revision", "report-seal", previous.to_string()));
    }
    add_provenance(&mut bundle, &key, provenance, agents, entities);
    bundle.text()
}

/// What FHIR has no place for.
fn extensions(signed: &SignedVersion, content: &ReportContent) -> Vec<Value> {
    let head = &signed.head;
    let mut extensions = vec![
        json!({"url": system("seal"), "valueString": signed.hash.to_string()}),
        json!({"url": system("version"), "valueInteger": head.version}),
        json!({"url": system("how-read"), "valueCode": head.how.code()}),
    ];
    if !head.reason.is_empty() {
        extensions
            .push(json!({"url": system("amended-because"), "valueString": head.reason.as_str()}));
    }
    extensions.extend(content.credits.iter().map(|credit| {
        let text = format!("{}: {}", credit.kind.code(), credit.name.as_str());
        json!({"url": system("with-words-of"), "valueString": text})
    }));
    extensions.extend(clock_extension(head.at));
    extensions
}

/// What the physician said to one finding. Nothing said is no value: never the same as not seen.
fn add_decision(
    bundle: &mut Bundle,
    subject: &Subject,
    key: &str,
    one: ReportedFinding,
    physician: &Value,
) -> Value {
    let words = Locale::english();
    let id = derived(&format!("{key} {}", one.finding.code()));
    let name = Name::of("observation", id.clone());
    let mut resource = json!({
        "resourceType": "Observation",
        "identifier": [name.identifier()],
        "status": "final",
        "code": concept("finding", one.finding.code(), &words.finding_name(one.finding)),
        "subject": subject.patient,
        "performer": [physician],
        "derivedFrom": [subject.study],
    });
    let text = words.decision_word(one.decision);
    match one.decision {
        Decision::NotCommented => {
            resource["dataAbsentReason"] = json!({
                "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                    "code": "unknown",
                }],
                "text": text,
            });
        }
        Decision::Accepted | Decision::Rejected | Decision::Added => {
            resource["valueCodeableConcept"] = concept("decision", one.decision.code(), &text);
        }
    }
    bundle.create(&id, &name, resource)
}
