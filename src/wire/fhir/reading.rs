//! What the box says about a film.

use serde_json::{Value, json};

use super::bundle::{
    Bundle, Name, UCUM, clock_extension, concept, decimal, derived, system, time, uuid,
};
use super::subject::{Subject, add, add_box, add_provenance, agent, entity};
use super::{BoxFacts, ReadingFacts, StudyFacts};
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed};
use crate::domain::lungs::Percent;
use crate::domain::reading::{ModelRef, ScoreLine, Urgency};
use crate::domain::signing::LungShare;
use crate::domain::stamp::Stamp;
use crate::locale::Locale;

/// The reading in force, in full.
#[must_use]
pub fn result(from: &BoxFacts, study: &StudyFacts, reading: &ReadingFacts, at: Stamp) -> String {
    let mut bundle = Bundle::default();
    let maker = Maker::add(&mut bundle, from, study, reading);
    let box_ = add_box(&mut bundle, from);
    let sheet = &reading.sheet;
    let mut results: Vec<Value> =
        sheet.lines.iter().map(|line| maker.add_score(&mut bundle, line)).collect();
    for (finding, why) in &sheet.not_assessed {
        results.push(maker.add_not_assessed(&mut bundle, *finding, *why));
    }
    if let Some(share) = LungShare::of(sheet) {
        results.push(maker.add_lung_share(&mut bundle, &share));
    }
    let name = Name::of("reading", maker.key.clone());
    let report = json!({
        "resourceType": "DiagnosticReport",
        "identifier": [name.identifier()],
        // Never final: a physician's report is another resource.
        "status": "preliminary",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "RAD",
        }]}],
        "code": {
            "coding": [{"system": "http://loinc.org", "code": "18748-4"}],
            "text": "Diagnostic imaging study",
        },
        "subject": maker.subject.patient,
        "imagingStudy": [maker.subject.study],
        "result": results,
        "conclusion": "Scores of a network. Not read by a physician.",
        "extension": [{
            "url": system("urgency"), "valueCode": Urgency::of(sheet).code(),
        }],
    });
    let report = bundle.create(&maker.key, &name, report);
    let mut provenance = json!({"target": [report], "recorded": time(at)});
    if let Some(extension) = clock_extension(at) {
        provenance["extension"] = json!([extension]);
    }
    let agents = vec![agent("assembler", &box_), agent("performer", &maker.model)];
    let entities = vec![
        entity("source", "sha256", reading.radiograph.to_string()),
        entity("source", "model", sheet.model.sha256.to_string()),
    ];
    add_provenance(&mut bundle, &maker.key, provenance, agents, entities);
    bundle.text()
}

/// What makes a reading urgent, in few bytes.
#[must_use]
pub fn urgent(from: &BoxFacts, study: &StudyFacts, reading: &ReadingFacts) -> String {
    let mut bundle = Bundle::default();
    let maker = Maker::add(&mut bundle, from, study, reading);
    let lines = reading.sheet.lines.iter();
    let pressing =
        lines.filter(|line| line.evidence == Evidence::Assessed && line.call == Call::Above);
    let reasons: Vec<Value> = pressing.map(|line| maker.add_score(&mut bundle, line)).collect();
    let id = derived(&format!("look {}", study.id));
    let name = Name::of("task", id.clone());
    let mut task = json!({
        "resourceType": "Task",
        "identifier": [name.identifier()],
        "status": "requested",
        "intent": "proposal",
        "priority": "urgent",
        "code": concept("task", "look", "Look at this film soon"),
        "focus": maker.subject.study,
        "for": maker.subject.patient,
    });
    if let Some(reason) = reasons.first() {
        task["reasonReference"] = reason.clone();
    }
    bundle.create(&id, &name, task);
    bundle.text()
}

/// Makes the observations of one reading.
struct Maker {
    subject: Subject,
    /// The network that scored.
    model: Value,
    /// Name of the reading: another model, radiograph or preprocessing is another reading.
    key: String,
    radiograph: String,
    backend: &'static str,
    preprocessing: u32,
}

impl Maker {
    fn add(
        bundle: &mut Bundle,
        from: &BoxFacts,
        study: &StudyFacts,
        reading: &ReadingFacts,
    ) -> Self {
        let subject = add(bundle, from, study);
        let ReadingFacts { photo, radiograph, sheet } = reading;
        let (model, preprocessing) = (&sheet.model, sheet.preprocessing);
        let key = format!("reading {photo} {radiograph} {} {preprocessing}", model.sha256);
        Self {
            subject,
            model: add_model(bundle, model),
            key: derived(&key),
            radiograph: radiograph.to_string(),
            backend: sheet.backend.code(),
            preprocessing,
        }
    }

    /// What all observations have.
    fn observation(&self, name: &Name, code: &Value) -> Value {
        json!({
            "resourceType": "Observation",
            "identifier": [name.identifier()],
            "status": "preliminary",
            "category": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": "imaging",
            }]}],
            "code": code,
            "subject": self.subject.patient,
            "device": self.model,
            "derivedFrom": [self.subject.study],
        })
    }

    fn name(&self, what: &str) -> (String, Name) {
        let id = derived(&format!("{} {what}", self.key));
        let name = Name::of("observation", id.clone());
        (id, name)
    }

    fn add_score(&self, bundle: &mut Bundle, line: &ScoreLine) -> Value {
        let words = Locale::english();
        let (id, name) = self.name(line.finding.code());
        let finding = words.finding_name(line.finding);
        let (low, high) = line.threshold.band();
        let text = match line.evidence {
            Evidence::Assessed => finding,
            Evidence::Hint => format!("Hint, weak evidence: {finding}"),
        };
        let code = concept("finding", line.finding.code(), &text);
        let mut observation = self.observation(&name, &code);
        observation["valueQuantity"] = score(line.score.value());
        observation["component"] = json!([
            part("threshold", "Threshold of the model", &score(line.threshold.at().value())),
            part("band-low", "No call is made from here", &score(low.value())),
            part("band-high", "to here", &score(high.value())),
        ]);
        observation["extension"] = json!([
            {"url": system("evidence"), "valueCode": line.evidence.code()},
            {"url": system("call"), "valueCode": line.call.code()},
            {"url": system("radiograph"), "valueString": self.radiograph},
            {"url": system("backend"), "valueCode": self.backend},
            {"url": system("preprocessing"), "valueInteger": self.preprocessing},
        ]);
        match line.evidence {
            Evidence::Assessed => {
                let interpretation = concept("call", line.call.code(), call_text(line.call));
                observation["interpretation"] = json!([interpretation]);
            }
            Evidence::Hint => {
                let note =
                    "A hint with weak evidence: no call, no urgency and no alert rests on it.";
                observation["note"] = json!([{"text": note}]);
            }
        }
        bundle.create(&id, &name, observation)
    }

    fn add_not_assessed(&self, bundle: &mut Bundle, finding: Finding, why: NotAssessed) -> Value {
        let words = Locale::english();
        let (id, name) = self.name(finding.code());
        let code = concept("finding", finding.code(), &words.finding_name(finding));
        let mut observation = self.observation(&name, &code);
        observation["dataAbsentReason"] = json!({
            "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                "code": "not-performed",
            }],
            "text": format!("Not assessed: {}", words.not_assessed_reason(why)),
        });
        observation["extension"] =
            json!([{"url": system("not-assessed"), "valueCode": why.code()}]);
        bundle.create(&id, &name, observation)
    }

    fn add_lung_share(&self, bundle: &mut Bundle, share: &LungShare) -> Value {
        let (id, name) = self.name("lung share");
        let text = "Share of the area of both lungs that is opaque";
        let mut observation = self.observation(&name, &concept("measure", "lung-share", text));
        let [right, left] = share.lungs;
        observation["valueQuantity"] = percent(share.both);
        observation["component"] = json!([
            part("low", "Another photo could give from", &percent(share.low)),
            part("high", "to", &percent(share.high)),
            part("right", "Right lung", &percent(right)),
            part("left", "Left lung", &percent(left)),
        ]);
        bundle.create(&id, &name, observation)
    }
}

fn add_model(bundle: &mut Bundle, model: &ModelRef) -> Value {
    let name = Name::of("model", model.sha256.to_string());
    let mut id = [0; 16];
    id.copy_from_slice(&model.sha256.as_bytes()[..16]);
    let device = json!({
        "resourceType": "Device",
        "identifier": [name.identifier()],
        "deviceName": [{"name": model.id, "type": "model-name"}],
        "version": [{"value": model.version}],
        "type": concept("device", "network", "Network that scores findings"),
    });
    bundle.create(&uuid(&id), &name, device)
}

fn part(code: &str, text: &str, value: &Value) -> Value {
    json!({"code": concept("component", code, text), "valueQuantity": value})
}

fn score(value: f32) -> Value {
    json!({"value": decimal(value), "unit": "score, 0 to 1", "system": UCUM, "code": "1"})
}

fn percent(share: Percent) -> Value {
    json!({"value": decimal(share.value()), "unit": "%", "system": UCUM, "code": "%"})
}

const fn call_text(call: Call) -> &'static str {
    match call {
        Call::Above => "At or above the threshold of the model",
        Call::Below => "Below the threshold of the model: does not say that it is not there",
        Call::Indeterminate => "Too near the threshold to say",
    }
}
