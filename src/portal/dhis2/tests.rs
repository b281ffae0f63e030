//! What leaves for DHIS2: as its tracker wants it, the same at every export, and nothing that the mapping
//! does not name.

use std::path::Path;

use super::*;

const MAPPING: &str = include_str!("../../../docs/dhis2-mapping.toml");

fn mapping() -> Mapping {
    Mapping::parse(MAPPING, Path::new("docs/dhis2-mapping.toml")).unwrap()
}

fn body(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wire/fhir/snapshots");
    let file = folder.join(format!("fieldray__wire__fhir__tests__bundle_{name}.snap"));
    let text = std::fs::read_to_string(file).unwrap();
    // After the head of the snapshot.
    text.splitn(3, "---").nth(2).unwrap().trim().to_owned()
}

fn study(site: &str) -> ExportStudy {
    let kinds = ["result", "follow_up", "report"];
    let mut bodies: Vec<_> = kinds.map(|kind| (kind.to_owned(), body(kind))).to_vec();
    bodies.push(("study".to_owned(), body("study")));
    ExportStudy {
        box_id: KeyId::from_bytes([0xB0; 16]),
        site: site.to_owned(),
        study: StudyId::from_bytes([0x51; 16]),
        received: WallMs(1_800_000_000_000),
        newest: WallMs(1_800_000_500_000),
        bodies,
    }
}

fn export(mapping: &Mapping, studies: &[ExportStudy]) -> Export {
    let mut parts = Parts::default();
    studies.iter().for_each(|one| parts.add(mapping, one, WallMs(0)));
    parts.finish()
}

/// What the tracker's import demands of each object (DHIS2 developer guide, tracker, import payload).
fn check_shape(payload: &Value) {
    let is = |value: &Value| value.as_str().is_some_and(is_uid);
    let date = |value: &Value| day(value.as_str().unwrap()).is_some();
    let all = |key: &str| payload[key].as_array().unwrap().clone();
    let (entities, enrolments, events) =
        (all("trackedEntities"), all("enrollments"), all("events"));
    assert_eq!(payload.as_object().unwrap().len(), 3);
    for one in &entities {
        assert!(["trackedEntity", "trackedEntityType", "orgUnit"].iter().all(|key| is(&one[key])));
        let attributes = one["attributes"].as_array().unwrap();
        assert!(attributes.iter().all(|it| is(&it["attribute"]) && it["value"].is_string()));
    }
    for one in &enrolments {
        let keys = ["enrollment", "trackedEntity", "program", "orgUnit"];
        assert!(keys.iter().all(|key| is(&one[key])), "{one}");
        assert!(date(&one["enrolledAt"]) && date(&one["occurredAt"]));
        assert_eq!(one["status"], "ACTIVE");
        assert!(entities.iter().any(|it| it["trackedEntity"] == one["trackedEntity"]));
    }
    for one in &events {
        let keys = ["event", "enrollment", "program", "programStage", "orgUnit"];
        assert!(keys.iter().all(|key| is(&one[key])), "{one}");
        assert!(date(&one["occurredAt"]));
        assert!(one["status"] == "COMPLETED" || one["status"] == "SKIPPED");
        let values = one["dataValues"].as_array().unwrap();
        assert!(values.iter().all(|it| is(&it["dataElement"]) && it["value"].is_string()));
        assert!(enrolments.iter().any(|it| it["enrollment"] == one["enrollment"]));
    }
}

#[test]
fn a_film_is_told_as_the_tracker_wants_it_and_always_in_the_same_way() {
    let made = export(&mapping(), &[study("PHC Test")]);
    check_shape(&made.payload);
    assert_eq!((made.films, made.left_out.len()), (1, 0));
    // The same film from two exports, and a film of the same patient twice in one: one of each.
    let again = export(&mapping(), &[study("PHC Test"), study("PHC Test")]);
    assert_eq!(made.payload, again.payload);
    insta::assert_snapshot!("payload", serde_json::to_string_pretty(&made.payload).unwrap());
}

#[test]
fn nothing_leaves_that_the_mapping_does_not_name() {
    let text = export(&mapping(), &[study("PHC Test")]).payload.to_string();
    for hidden in ["आशा", "OPD-101", "12345678", "Dr Rao", "22-7225"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    // A finding without a score, and a hint, have no number.
    let mut wide = mapping();
    let stage = wide.stages.film.as_mut().unwrap();
    for (at, finding) in ["covid19", "mass", "effusion"].iter().enumerate() {
        stage.data_elements.insert(format!("score.{finding}"), uid(&format!("element {at}")));
    }
    assert_eq!(export(&wide, &[study("PHC Test")]).payload.to_string(), text);
    let mut named = mapping();
    named.attributes.insert("name".to_owned(), uid("name"));
    assert!(export(&named, &[study("PHC Test")]).payload.to_string().contains("आशा"));
}

#[test]
fn a_site_without_a_unit_is_left_out_and_said() {
    let made = export(&mapping(), &[study("PHC Elsewhere")]);
    assert_eq!((made.films, made.left_out.get("PHC Elsewhere")), (0, Some(&1)));
    assert_eq!(made.payload["events"], json!([]));
}

#[test]
fn mappings_with_mistakes_are_refused() {
    for (from, to) in [
        ("urgency =", "urgencies ="),
        ("\"score.tuberculosis\"", "\"score.flu\""),
        ("[attributes]", "[attributes]\nhiv = \"A1234567890\""),
        ("program = \"", "program = \"x"),
        ("[stages.film]", "[stages.films]"),
    ] {
        let wrong = MAPPING.replacen(from, to, 1);
        assert_ne!(wrong, MAPPING, "{from} is in the example");
        assert!(Mapping::parse(&wrong, Path::new("x")).is_err(), "{to}");
    }
    assert_eq!(day("2026-11-29"), Some(WallMs(1_795_910_400_000)));
    assert_eq!(day("2026-13-01"), None);
}
