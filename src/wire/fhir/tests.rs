//! Bundles: what they say, that they always say it with the same bytes, and what they must never say.

use serde_json::Value;

use super::*;
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::{
    AckMethod, Acknowledgement, Alert, AlertClass, AlertNumber, AlertSource,
};
use crate::domain::box_id::{BoxCode, BoxId};
use crate::domain::finding::{Evidence, Finding, NotAssessed, Score, Threshold};
use crate::domain::followup::{
    Entry, FollowUp, OpenLoop, Order, OrderId, Outcome, RecordedOutcome, Source, Suspicion, Test,
    TestResult, WaitsFor,
};
use crate::domain::ids::{AlertId, OperatorId, PatientId};
use crate::domain::indication::{HivStatus, Indication};
use crate::domain::lungs::{Cell, Lung, LungFields, RepeatError};
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use crate::domain::programme_id::{ProgrammeId, ProgrammeKind};
use crate::domain::reading::{Backend, LungReading, ModelRef, PREPROCESSING_VERSION, ScoreLine};
use crate::domain::report_text;
use crate::domain::signing::{
    Basis, Decision, FreeText, HowRead, LungShare, ReportContent, ReportSubject, SignedVersion,
    VersionHead,
};
use crate::domain::stamp::{ClockTrust, WallMs};
use crate::wire::pack::pack;

const AT: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };

/// Another film of the same patient.
const EARLIER: StudyId = StudyId::from_bytes([0x50; 16]);

fn from() -> BoxFacts {
    BoxFacts {
        id: KeyId::from_bytes([0xB0; 16]),
        site: "PHC Test".into(),
        version: "0.0.0",
        utc_offset_minutes: 330,
    }
}

fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap()
}

fn facts() -> StudyFacts {
    StudyFacts {
        id: StudyId::from_bytes([0x51; 16]),
        number: StudyNumber(42),
        state: StudyState::Reported,
        patient: Patient {
            id: PatientId::from_bytes([0xA1; 16]),
            box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 42).unwrap()),
            name: Phi::new(name("आशा देवी")),
            local_id: LocalId::parse("OPD-101/26").map(Phi::new),
            sex: Sex::Female,
            age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
        },
        programmes: vec![
            programme(ProgrammeKind::Nikshay, "", "12345678"),
            programme(ProgrammeKind::Abha, "", "22722548295255"),
            programme(ProgrammeKind::Other, "Silicosis board", "SB/2026 17"),
        ],
        registered: AT,
        urgency: Some(Urgency::Urgent),
        images_url: None,
        photos: [3, 2],
    }
}

fn programme(kind: ProgrammeKind, programme: &str, value: &str) -> ProgrammeId {
    ProgrammeId::stored(kind, programme, value).unwrap()
}

fn line(finding: Finding, evidence: Evidence, score: f32) -> ScoreLine {
    let at = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
    ScoreLine::new(finding, evidence, at(score), threshold)
}

fn model(id: &str) -> ModelRef {
    ModelRef { id: id.into(), version: "1.0.0".into(), sha256: Sha256Digest::from_bytes([4; 32]) }
}

fn reading() -> ReadingFacts {
    let cells = vec![Cell::Clear(Lung::Right), Cell::Clear(Lung::Left)];
    let min = AgeYears::new(15).unwrap();
    ReadingFacts {
        photo: PhotoId::from_bytes([0xF0; 16]),
        radiograph: Sha256Digest::from_bytes([0x7A; 32]),
        sheet: ScoreSheet {
            model: model("findings"),
            backend: Backend::Tract,
            preprocessing: PREPROCESSING_VERSION,
            lines: vec![
                line(Finding::Tuberculosis, Evidence::Assessed, 0.9),
                line(Finding::Effusion, Evidence::Hint, 0.8),
                line(Finding::Abnormal, Evidence::Assessed, 0.1),
            ],
            not_assessed: vec![
                (Finding::Covid19, NotAssessed::AgeUnknown { min }),
                (Finding::Mass, NotAssessed::NotInModel),
            ],
            lungs: Some(LungReading {
                model: model("lungs"),
                fields: LungFields::new(2, 1, cells).unwrap(),
                repeat_error: RepeatError::new(2.0, 0.1).unwrap(),
            }),
        },
    }
}

fn content() -> ReportContent {
    let (study, reading) = (facts(), reading());
    let sheet = &reading.sheet;
    ReportContent {
        language: "en".into(),
        basis: Basis {
            subject: ReportSubject::from(&study.patient),
            photo: reading.photo,
            radiograph: reading.radiograph,
            model: sheet.model.clone(),
            backend: sheet.backend,
            preprocessing: sheet.preprocessing,
            findings: Basis::findings_of(sheet),
            lung_share: LungShare::of(sheet),
            remarks: vec![],
            doubts: vec![],
            indication: Indication::default(),
            notes: vec![],
        },
        decisions: vec![
            Decision::Accepted,
            Decision::NotCommented,
            Decision::Rejected,
            Decision::NotCommented,
            Decision::Added,
        ],
        conclusion: FreeText::parse("Opacity of the right upper zone.").unwrap(),
        recommendation: FreeText::parse("").unwrap(),
        credits: vec![],
    }
}

fn signed(version: u32) -> SignedVersion {
    let reason = if version == 1 { "" } else { "wrong side" };
    let head = VersionHead {
        study: facts().id,
        number: StudyNumber(42),
        version,
        previous: (version > 1).then(|| Sha256Digest::from_bytes([9; 32])),
        signer: OperatorId::from_bytes([3; 16]),
        signer_name: name("Dr Rao"),
        at: Stamp { trust: ClockTrust::Unsynced, ..AT },
        how: HowRead::Singly,
        reason: FreeText::parse(reason).unwrap(),
    };
    SignedVersion::seal(head, report_text::write(&content()))
}

fn follow_up_facts() -> FollowUp {
    let entry = || Entry { by: name("Tech One"), at: AT };
    let order = |id, test, result: Option<TestResult>| Order {
        id: OrderId(id),
        test,
        ordered: entry(),
        result: result.map(|result| (result, entry())),
        films: if id == 3 { vec![EARLIER, facts().id] } else { vec![facts().id] },
    };
    FollowUp {
        study: facts().id,
        number: StudyNumber(42),
        patient: Phi::new(facts().patient),
        open: vec![OpenLoop {
            suspicion: Suspicion::Tuberculosis,
            since: AT,
            source: Source::Box,
            waits_for: WaitsFor::Order,
        }],
        person: vec![],
        orders: vec![
            order(1, Test::Xpert, Some(TestResult::NotDone)),
            order(2, Test::Smear, Some(TestResult::Negative)),
            order(3, Test::Xpert, None),
        ],
        outcome: Some(RecordedOutcome { outcome: Outcome::Referred, entry: entry() }),
    }
}

/// An alert that somebody took over.
fn taken() -> Alert {
    Alert {
        id: AlertId::from_bytes([0xA7; 16]),
        number: AlertNumber(5),
        study: facts().id,
        study_number: 42,
        class: AlertClass::Critical,
        findings: vec![Finding::Pneumothorax],
        source: AlertSource::Box,
        raised: AT,
        open_ms: 60_000,
        acknowledged: Some(Acknowledgement {
            by: OperatorId::from_bytes([3; 16]),
            name: name("Dr Rao"),
            method: AckMethod::Telegram,
            at: Stamp { trust: ClockTrust::Unsynced, ..AT },
        }),
    }
}

/// An alert that somebody was told of at once, and took over so many minutes later.
fn alert_facts(minutes: Option<i64>) -> AlertFacts {
    let after = |minutes: i64| Stamp { wall: WallMs(AT.wall.0 + minutes * 60_000), ..AT };
    let acknowledged = minutes.map(|minutes| Acknowledgement {
        by: OperatorId::from_bytes([3; 16]),
        name: name("Dr Rao"),
        method: AckMethod::Telegram,
        at: after(minutes),
    });
    let alert = Alert {
        id: AlertId::from_bytes([0xA7; 16]),
        number: AlertNumber(3),
        study: facts().id,
        study_number: 42,
        class: AlertClass::Suspect,
        findings: vec![Finding::Tuberculosis, Finding::Pneumothorax],
        source: AlertSource::Box,
        raised: AT,
        open_ms: 0,
        acknowledged,
    };
    AlertFacts {
        sent: Some((ChannelKind::Telegram, after(1))),
        received: minutes.map(|_| after(2)),
        alert,
    }
}

/// Every kind of bundle, with what it is called.
fn bundles() -> Vec<(&'static str, String)> {
    vec![
        ("study", study(&from(), &facts())),
        ("urgent", urgent(&from(), &facts(), &reading())),
        ("result", result(&from(), &facts(), &reading(), AT)),
        ("follow_up", follow_up(&from(), &facts(), &follow_up_facts(), &[taken()])),
        ("alert", alert(&from(), &facts(), &alert_facts(None))),
        ("alert_taken_over", alert(&from(), &facts(), &alert_facts(Some(12)))),
        ("report", report(&from(), &facts(), &signed(1), &content())),
        ("amended", report(&from(), &facts(), &signed(2), &content())),
    ]
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn entries(bundle: &Value) -> &Vec<Value> {
    bundle["entry"].as_array().unwrap()
}

#[test]
fn bundles_are_as_they_were() {
    for (name, text) in bundles() {
        let pretty = serde_json::to_string_pretty(&parsed(&text)).unwrap();
        insta::assert_snapshot!(format!("bundle_{name}"), pretty);
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_and_no_two_resources_one_name() {
    assert_eq!(bundles(), bundles());
    let mut urls = Vec::new();
    for (_, text) in bundles() {
        let bundle = parsed(&text);
        let mut own: Vec<_> = entries(&bundle).iter().map(|e| e["fullUrl"].clone()).collect();
        let count = own.len();
        own.sort_by_key(Value::to_string);
        own.dedup();
        assert_eq!(own.len(), count);
        urls.push(own);
    }
    // The urgent record names the observation that the full reading names too.
    let (urgent, result) = (&urls[1], &urls[2]);
    assert!(urgent.iter().filter(|url| result.contains(url)).count() >= 4);
    // An amendment is another report.
    let only_amended = urls[7].iter().filter(|url| !urls[6].contains(url)).count();
    assert!(only_amended >= 2);
}

#[test]
fn every_reference_leads_somewhere_within_the_bundle() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(url)) = fields.get("reference") {
                    found.push(url.clone());
                }
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    for (name, text) in bundles() {
        let bundle = parsed(&text);
        let mut found = Vec::new();
        references(&bundle, &mut found);
        for reference in found {
            let known = entries(&bundle).iter().any(|e| e["fullUrl"] == reference.as_str());
            assert!(known, "{name}: {reference}");
        }
    }
}

#[test]
fn a_patient_has_every_id_by_its_own_system_and_no_two_programmes_one() {
    let bundle = parsed(&study(&from(), &facts()));
    let identifiers = entries(&bundle)[0]["resource"]["identifier"].as_array().unwrap().clone();
    let value = |system: &str| {
        let found = identifiers.iter().find(|one| one["system"] == system);
        found.map(|one| one["value"].as_str().unwrap().to_owned())
    };
    let slip = facts().patient.box_id.reveal().to_string();
    assert_eq!(value("urn:x-fieldray:slip-id"), Some(slip));
    assert_eq!(value("urn:x-fieldray:programme:nikshay").as_deref(), Some("12345678"));
    assert_eq!(value("https://healthid.ndhm.gov.in").as_deref(), Some("22-7225-4829-5255"));
    assert_eq!(identifiers.len(), 6);
    let other = |programme: &str| {
        let programmes = vec![self::programme(ProgrammeKind::Other, programme, "17")];
        let bundle = parsed(&study(&from(), &StudyFacts { programmes, ..facts() }));
        entries(&bundle)[0]["resource"]["identifier"][3].clone()
    };
    assert_eq!(other("Board A")["assigner"]["display"], "Board A");
    assert_eq!(other("Board A")["system"], other("board a")["system"]);
    assert_ne!(other("Board A")["system"], other("Board B")["system"]);
}

#[test]
fn a_test_of_two_films_is_the_same_observation_in_the_bundles_of_both() {
    let test = |study: StudyId| {
        let facts = StudyFacts { id: study, ..facts() };
        let bundle = parsed(&follow_up(&from(), &facts, &follow_up_facts(), &[taken()]));
        let waits = |e: &&Value| {
            let resource = &e["resource"];
            resource["resourceType"] == "Observation" && resource["status"] == "registered"
        };
        entries(&bundle).iter().find(waits).unwrap().clone()
    };
    let (one, other) = (test(facts().id), test(EARLIER));
    assert_eq!(one["fullUrl"], other["fullUrl"]);
    assert_eq!(one["resource"]["identifier"], other["resource"]["identifier"]);
    assert_eq!(one["resource"]["derivedFrom"].as_array().unwrap().len(), 2);
}

#[test]
fn no_bundle_tells_the_hiv_status() {
    let with = |status| {
        let mut told = content();
        told.basis.indication = Indication::default().with_hiv(status);
        let mut version = signed(1);
        version.text = Phi::new(report_text::write(&told));
        report(&from(), &facts(), &version, &told)
    };
    assert_eq!(with(HivStatus::Positive), with(HivStatus::Unknown));
}

fn observation(bundle: &Value, finding: Finding) -> Value {
    let of = |e: &&Value| e["resource"]["code"]["coding"][0]["code"] == finding.code();
    entries(bundle).iter().find(of).unwrap()["resource"].clone()
}

#[test]
fn a_finding_without_a_score_is_never_normal() {
    let bundle = parsed(&result(&from(), &facts(), &reading(), AT));
    for finding in [Finding::Covid19, Finding::Mass] {
        let observation = observation(&bundle, finding);
        assert_eq!(observation["dataAbsentReason"]["coding"][0]["code"], "not-performed");
        for field in ["valueQuantity", "valueCodeableConcept", "interpretation", "component"] {
            assert_eq!(observation[field], Value::Null, "{field}");
        }
    }
    let report = parsed(&report(&from(), &facts(), &signed(1), &content()));
    let silent = observation(&report, Finding::Covid19);
    assert_eq!(silent["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert_eq!(silent["valueCodeableConcept"], Value::Null);
}

#[test]
fn a_hint_says_that_it_is_one_and_gets_no_call() {
    let bundle = parsed(&result(&from(), &facts(), &reading(), AT));
    let hint = observation(&bundle, Finding::Effusion);
    assert_eq!(hint["interpretation"], Value::Null);
    assert!(hint["code"]["text"].as_str().unwrap().starts_with("Hint"));
    assert!(hint["note"][0]["text"].as_str().unwrap().contains("weak evidence"));
    let assessed = observation(&bundle, Finding::Tuberculosis);
    assert_eq!(assessed["interpretation"][0]["coding"][0]["code"], "above");
    assert_eq!(assessed["valueQuantity"]["value"], 0.9);
}

#[test]
fn a_machine_signs_nothing_and_an_unconfirmed_clock_dates_nothing() {
    let bundle = parsed(&result(&from(), &facts(), &reading(), AT));
    for entry in entries(&bundle) {
        assert_ne!(entry["resource"]["status"], "final");
        assert_ne!(entry["resource"]["resourceType"], "Condition");
    }
    let bundle = parsed(&report(&from(), &facts(), &signed(1), &content()));
    let of = |e: &&Value| e["resource"]["resourceType"] == "DiagnosticReport";
    let report = &entries(&bundle).iter().find(of).unwrap()["resource"];
    assert_eq!(report["status"], "final");
    assert_eq!(report["issued"], Value::Null);
    assert!(report["extension"].to_string().contains("clock-not-confirmed"));
}

#[test]
fn a_portal_reads_back_how_an_alert_was_answered_and_no_false_time() {
    let told = |facts: &AlertFacts| {
        read::Told::parse(&alert(&from(), &self::facts(), facts)).unwrap().alert().unwrap()
    };
    let open = told(&alert_facts(None));
    assert_eq!((open.id, open.class), ([0xA7; 16], AlertClass::Suspect));
    assert_eq!((open.method, open.after_s, open.sent), (None, None, true));
    // 08:00 UTC on 15 January 2027; the day is the clinic's.
    assert_eq!(open.day, Some(20_833));
    let taken = told(&alert_facts(Some(12)));
    assert_eq!((taken.method, taken.after_s), (Some(AckMethod::Telegram), Some(720)));
    let mut doubted = alert_facts(Some(12));
    doubted.alert.raised.trust = ClockTrust::Unsynced;
    doubted.sent = None;
    let told = told(&doubted);
    assert_eq!((told.day, told.after_s, told.sent), (None, None, false));
    assert_eq!(told.method, Some(AckMethod::Telegram));
    // Nothing more of the patient than in any other bundle.
    let text = alert(&from(), &facts(), &alert_facts(Some(12)));
    assert_eq!(text.matches("आशा").count(), 1);
}

#[test]
fn a_portal_reads_back_what_it_counts() {
    let told = read::Told::parse(&follow_up(&from(), &facts(), &follow_up_facts(), &[])).unwrap();
    let follow_up = told.follow_up();
    assert_eq!(follow_up.open, [Suspicion::Tuberculosis]);
    let tests = [
        (Test::Xpert, Some(TestResult::NotDone)),
        (Test::Smear, Some(TestResult::Negative)),
        (Test::Xpert, None),
    ];
    assert_eq!(
        (follow_up.tests.as_slice(), follow_up.outcome),
        (&tests[..], Some(Outcome::Referred))
    );
    assert_eq!((told.patient_key(), told.photos()), (Some([0xA1; 16]), Some([3, 2])));
    let late = StudyFacts {
        registered: Stamp { wall: WallMs(AT.wall.0 + 12 * 3_600_000), ..AT },
        ..facts()
    };
    let day = |facts: &StudyFacts| read::Told::parse(&study(&from(), facts)).unwrap().day();
    assert_eq!((day(&facts()), day(&late)), (Some(20_833), Some(20_834)), "the clinic's day");
    let trust = ClockTrust::Unsynced;
    assert_eq!(day(&StudyFacts { registered: Stamp { trust, ..AT }, ..facts() }), None);
    let result = read::Told::parse(&result(&from(), &facts(), &reading(), AT)).unwrap();
    assert_eq!(result.not_assessed(Finding::Covid19), Some("age_unknown"));
    assert_eq!(result.not_assessed(Finding::Tuberculosis), None);
    let report = read::Told::parse(&report(&from(), &facts(), &signed(1), &content())).unwrap();
    assert_eq!(report.decision(Finding::Tuberculosis), Some(Decision::Accepted));
    assert_eq!(report.decision(Finding::Effusion), Some(Decision::Rejected));
    assert_eq!(report.decision(Finding::Covid19), Some(Decision::NotCommented));
}

#[test]
fn an_urgent_record_fits_into_two_kilobytes() {
    let mut reading = reading();
    for finding in [Finding::Covid19, Finding::Pneumothorax, Finding::Cardiomegaly] {
        reading.sheet.lines.push(line(finding, Evidence::Assessed, 0.95));
    }
    let mut facts = facts();
    facts.patient.name = Phi::new(name(&"श्रीमती लक्ष्मीबाई ".repeat(6)));
    let packed = pack(urgent(&from(), &facts, &reading).as_bytes()).len();
    assert!(packed <= 2_000, "{packed} bytes");
}

#[test]
fn a_portal_reads_back_what_the_box_said_hints_and_gaps_included() {
    let told = read::Told::parse(&result(&from(), &facts(), &reading(), AT)).unwrap();
    let study = told.study().unwrap();
    assert_eq!(study.number, facts().number.to_string());
    assert_eq!(study.name, facts().patient.name);
    assert_eq!((study.sex, study.age), (Sex::Female, Some(facts().patient.age)));
    assert_eq!((study.state, study.urgency), (StudyState::Reported, Some(Urgency::Urgent)));
    let back = told.reading().unwrap();
    assert_eq!(back.radiograph, reading().radiograph);
    assert_eq!(back.model, "findings 1.0.0");
    let findings = Basis::findings_of(&reading().sheet);
    let scored: Vec<_> = findings
        .iter()
        .filter(|(_, machine)| matches!(machine, crate::domain::signing::Machine::Scored { .. }))
        .copied()
        .collect();
    let mut told_scores = back.scored.clone();
    told_scores.sort_by_key(|(finding, _)| *finding);
    assert_eq!(told_scores, scored);
    assert_eq!(back.unscored.len(), 2);
    assert!(back.unscored.iter().all(|(_, why)| why.starts_with("Not assessed: ")));
    assert!(told.report().is_none());

    let report = read::Told::parse(&report(&from(), &facts(), &signed(2), &content())).unwrap();
    assert!(report.reading().is_none());
    let report = report.report().unwrap();
    assert_eq!((report.version, report.signer.as_str()), (2, "Dr Rao"));
    assert_eq!(report.conclusion.reveal(), "Opacity of the right upper zone.");
}

#[test]
fn images_are_where_the_settings_say_under_the_same_uid() {
    let url = Some("https://pacs.example/dicom-web".to_owned());
    let bundle = parsed(&study(&from(), &StudyFacts { images_url: url, ..facts() }));
    let of = |kind: &str| {
        let found = entries(&bundle).iter().find(|one| one["resource"]["resourceType"] == kind);
        found.unwrap().clone()
    };
    let (place, study) = (of("Endpoint"), of("ImagingStudy"));
    assert_eq!(place["resource"]["address"], "https://pacs.example/dicom-web");
    assert_eq!(study["resource"]["endpoint"][0]["reference"], place["fullUrl"]);
    assert_eq!(super::entries(&bundle.to_string()), entries(&bundle).len());
}
