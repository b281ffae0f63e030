//! Whose film it is, which examination, and from which box.

use serde_json::{Value, json};

use super::bundle::{
    Bundle, Name, UCUM, clock_extension, concept, confirmed_local_time, derived, system, time, uuid,
};
use super::{BoxFacts, StudyFacts};
use crate::domain::people::AgeEvidence;
use crate::domain::programme_id::ProgrammeId;
use crate::domain::stamp::Stamp;
use crate::domain::study::StudyState;

/// References to what every bundle begins with.
pub(super) struct Subject {
    pub(super) patient: Value,
    pub(super) study: Value,
}

/// Adds patient and examination.
pub(super) fn add(bundle: &mut Bundle, from: &BoxFacts, study: &StudyFacts) -> Subject {
    let patient = add_patient(bundle, from, study);
    let study = add_study(bundle, from, study, &patient);
    Subject { patient, study }
}

/// Adds the box as the device that assembled.
pub(super) fn add_box(bundle: &mut Bundle, from: &BoxFacts) -> Value {
    let id = uuid(from.id.as_bytes());
    let name = Name::of("box", from.id.to_string());
    let mut device = json!({
        "resourceType": "Device",
        "identifier": [name.identifier()],
        "deviceName": [{"name": "Fieldray", "type": "model-name"}],
        "version": [{"value": from.version}],
    });
    if !from.site.is_empty() {
        device["note"] = json!([{"text": from.site}]);
    }
    bundle.put(&id, &name, device)
}

fn add_patient(bundle: &mut Bundle, from: &BoxFacts, study: &StudyFacts) -> Value {
    let patient = &study.patient;
    let id = uuid(patient.id.as_bytes());
    let name = Name::of("patient", id.clone());
    let slip = Name::of("slip-id", patient.box_id.reveal().to_string());
    let local = patient.local_id.as_ref();
    let local =
        local.map(|id| Name::of(&format!("box:{}:local-id", from.id), id.reveal().as_str()));
    let names = [name.clone(), slip].into_iter().chain(local);
    let identifiers: Vec<Value> = names
        .map(|name| name.identifier())
        .chain(study.programmes.iter().map(programme_identifier))
        .collect();
    let mut resource = json!({
        "resourceType": "Patient",
        "identifier": identifiers,
        "name": [{"text": patient.name.reveal().as_str()}],
        "gender": patient.sex.code(),
    });
    match patient.age {
        AgeEvidence::BirthYear(year) => resource["birthDate"] = json!(format!("{year:04}")),
        AgeEvidence::Told(age) => {
            let value = json!({"value": age.years(), "unit": "years", "system": UCUM, "code": "a"});
            let extension = json!({"url": system("age-at-registration"), "valueAge": value});
            resource["extension"] = json!([extension]);
        }
    }
    bundle.put(&id, &name, resource)
}

/// An id of a programme. Other programmes than those we know are told apart by their name: two of them
/// may give the same number.
fn programme_identifier(id: &ProgrammeId) -> Value {
    let system = match id {
        ProgrammeId::Nikshay(_) | ProgrammeId::Abha(_) => id.kind().system().to_owned(),
        ProgrammeId::Other(_) => {
            let name = derived(&format!("programme {}", id.programme().to_lowercase()));
            format!("{}:{name}", id.kind().system())
        }
    };
    let mut identifier = Name { system, value: id.shown() }.identifier();
    if !id.programme().is_empty() {
        identifier["assigner"] = json!({"display": id.programme()});
    }
    identifier
}

fn add_study(bundle: &mut Bundle, from: &BoxFacts, study: &StudyFacts, patient: &Value) -> Value {
    let id = uuid(study.id.as_bytes());
    let name = Name::of("study", id.clone());
    // A UUID as a DICOM UID: PS3.5 section B.2. DICOM objects made later have the same one.
    let uid = format!("urn:oid:2.25.{}", u128::from_be_bytes(*study.id.as_bytes()));
    let number = Name::of(&format!("box:{}:study-number", from.id), study.number.to_string());
    let status = match study.state {
        StudyState::Voided => "cancelled",
        StudyState::Registered
        | StudyState::Processing
        | StudyState::RetakeAsked
        | StudyState::Held => "registered",
        StudyState::Reported | StudyState::Signed => "available",
    };
    let mut extensions = vec![json!({"url": system("state"), "valueCode": study.state.code()})];
    if let Some(urgency) = study.urgency {
        extensions.push(json!({"url": system("urgency"), "valueCode": urgency.code()}));
    }
    extensions.extend(clock_extension(study.registered));
    let [taken, refused] = study.photos;
    if refused > 0 {
        extensions.push(json!({"url": system("photos-taken"), "valueInteger": taken}));
        extensions.push(json!({"url": system("photos-refused"), "valueInteger": refused}));
    }
    let dicom = "http://dicom.nema.org/resources/ontology/DCM";
    let mut resource = json!({
        "resourceType": "ImagingStudy",
        "identifier": [
            {"system": "urn:dicom:uid", "value": uid}, name.identifier(), number.identifier(),
        ],
        "status": status,
        // OT: the box did not make the exposure, it photographed a film.
        "modality": [{"system": dicom, "code": "OT"}],
        "subject": patient,
        "procedureCode": [concept("procedure", "chest-film-photo", "Photo of a chest X-ray film")],
        "extension": extensions,
    });
    if let Some(time) = confirmed_local_time(study.registered, from.utc_offset_minutes) {
        resource["started"] = json!(time);
    }
    if let Some(url) = &study.images_url {
        resource["endpoint"] = json!([add_images_place(bundle, url)]);
    }
    bundle.put(&id, &name, resource)
}

/// Adds the DICOMweb service that has the images; the study's UID is the same there.
fn add_images_place(bundle: &mut Bundle, url: &str) -> Value {
    let id = derived(&format!("endpoint {url}"));
    let name = Name::of("endpoint", id.clone());
    let kinds = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
    let place = json!({
        "resourceType": "Endpoint",
        "identifier": [name.identifier()],
        "status": "active",
        "connectionType": {"system": kinds, "code": "dicom-wado-rs"},
        "payloadType": [{"text": "DICOM"}],
        "address": url,
    });
    bundle.create(&id, &name, place)
}

/// Adds that a person did something that counts: signed, took over. Of what is done once there is one
/// event.
pub(super) fn add_audit(
    bundle: &mut Bundle,
    of: &str,
    (what, text): (&str, &str),
    (who, at): (&str, Stamp),
    (observer, about): (&Value, Value),
) {
    let mut event = json!({
        "resourceType": "AuditEvent",
        "type": {"system": system("audit"), "code": what, "display": text},
        "action": "E",
        "recorded": time(at),
        "outcome": "0",
        "agent": [{"name": who, "requestor": true}],
        "source": {"observer": observer},
        "entity": [{"what": about}],
    });
    if let Some(extension) = clock_extension(at) {
        event["extension"] = json!([extension]);
    }
    bundle.create_tagged(&derived(&format!("audit {of}")), event);
}

/// Adds what binds a resource to who made it from what. The record of one resource never changes.
pub(super) fn add_provenance(
    bundle: &mut Bundle,
    of: &str,
    mut provenance: Value,
    agents: Vec<Value>,
    entities: Vec<Value>,
) {
    provenance["resourceType"] = json!("Provenance");
    provenance["agent"] = Value::Array(agents);
    provenance["entity"] = Value::Array(entities);
    bundle.create_tagged(&derived(&format!("provenance {of}")), provenance);
}

/// Somebody or something that took part.
pub(super) fn agent(role: &str, who: &Value) -> Value {
    let participation = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    json!({"type": {"coding": [{"system": participation, "code": role}]}, "who": who})
}

/// Something that was used, by its hash.
pub(super) fn entity(role: &str, kind: &str, hash: impl Into<String>) -> Value {
    json!({"role": role, "what": {"identifier": Name::of(kind, hash).identifier()}})
}
