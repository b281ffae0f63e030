//! Each fact makes its record, in the same transaction; receipts alone end one.

use super::*;
use crate::domain::alert::{AckMethod, AlertNumber};
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::followup::{Outcome, Test, TestResult};
use crate::domain::ids::{FormId, OperatorId, PatientId, PhotoId};
use crate::domain::indication::Indication;
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, LocalId, Operator, PersonName, Phi, Role, Sex};
use crate::domain::reading::{Backend, ModelRef, ScoreLine, ScoreSheet};
use crate::domain::registration::{Person, Registration};
use crate::domain::signing::FreeText;
use crate::domain::stamp::{ClockTrust, WallMs};
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::receipt::Delivered;
use crate::store::{DigitisedRow, NewPhoto, NewStudy, NewVersion};

const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
const STUDY: StudyId = StudyId::from_bytes([1; 16]);
const BY: OperatorId = OperatorId::from_bytes([2; 16]);
const PORTAL: PublicKey = PublicKey::from_bytes([8; 32]);

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), NOW).unwrap();
    store
        .write(|tx| {
            let insert = "insert into operator (id, name, role, passcode_hash, passcode_kind) \
                          values (?1, 'Dr Rao', 'physician', '', 'pin')";
            Ok(tx.execute(insert, [BY.as_bytes()])?)
        })
        .unwrap();
    (dir, store)
}

fn register(store: &Store) {
    let patient = NewPatient {
        name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
        local_id: LocalId::parse("K-1").map(Phi::new),
        sex: Sex::Female,
        age: AgeEvidence::BirthYear(1980),
        programmes: vec![],
    };
    let registration =
        Registration { person: Person::New(patient), indication: Indication::default() };
    let newcomer = PatientId::from_bytes([3; 16]);
    let new = NewStudy { id: STUDY, newcomer, registration, by: BY, at: NOW, year: Some(2027) };
    store.register(&new).unwrap();
}

fn read_photo(store: &Store, number: u8, score: f32) {
    let id = PhotoId::from_bytes([number; 16]);
    let mut part = store.new_part(id, 1).unwrap();
    part.write(&[number; 64]).unwrap();
    let media_type = "image/jpeg";
    let new = NewPhoto { id, study: STUDY, by: BY, part, media_type, at: NOW, photos_max: 9 };
    store.add_photo(&new).unwrap();
    let radiograph = store.keep_bytes(id, &[number; 5_000], Folder::Radiographs).unwrap();
    let row = DigitisedRow::plain(radiograph);
    store.digitised(id, &row, None, NOW).unwrap();
    store.graded(id, &row.grade, &[], NOW).unwrap();
    let at = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(at(0.5), at(0.5), at(0.5)).unwrap();
    let sheet = ScoreSheet {
        model: ModelRef {
            id: "m".into(),
            version: "1".into(),
            sha256: Sha256Digest::from_bytes([4; 32]),
        },
        backend: Backend::Tract,
        preprocessing: 1,
        lines: vec![ScoreLine::new(
            Finding::Tuberculosis,
            Evidence::Assessed,
            at(score),
            threshold,
        )],
        not_assessed: vec![],
        lungs: None,
    };
    store.scored(id, &sheet, NOW).unwrap();
    store.drafted(id, "text", NOW).unwrap();
}

fn sign(store: &Store, reason: &str) {
    let (study_version, _) = store.study_version(STUDY).unwrap().unwrap();
    let new = NewVersion {
        proposal: None,
        study: STUDY,
        study_version,
        text: Phi::new("text".into()),
        suspicions: vec![],
        batch: false,
        reason: FreeText::parse(reason).unwrap(),
    };
    let name = PersonName::parse("Dr Rao").unwrap();
    let signer = Operator { id: BY, name, role: Role::Physician };
    store.sign_reports(&[new], &signer, NOW).unwrap();
}

/// Kinds and numbers of what waits, in the order of sending.
fn waiting(store: &Store) -> Vec<(&'static str, i64)> {
    let window = store.sync_window().unwrap();
    window.iter().map(|one| (one.kind.code(), one.seq.0)).collect()
}

fn seal(store: &Store, seq: i64, content: u8) -> bool {
    let open = store.open_record(Seq(seq)).unwrap().unwrap();
    store.seal_record(&open, Sha256Digest::from_bytes([content; 32]), &[content]).unwrap()
}

fn receipt(seq: i64, hash: Sha256Digest) -> Receipt {
    let box_id = KeyId::from_bytes([6; 16]);
    Receipt {
        delivered: Delivered { box_id, seq: Seq(seq), hash },
        place: 7,
        at: WallMs(9),
        signature: Signature([5; 64]),
    }
}

#[test]
fn each_fact_makes_its_record() {
    let (_dir, store) = store();
    register(&store);
    assert_eq!(waiting(&store), [("study", 1)]);
    read_photo(&store, 6, 0.9);
    // The radiograph first, then the reading: urgent before all, images last.
    let found = waiting(&store);
    assert_eq!(found.len(), 6);
    assert_eq!((found[0].0, found[5].0), ("urgent", "image"));
    for kind in ["study", "result", "follow_up", "alert"] {
        assert!(found[1..5].iter().any(|(one, _)| *one == kind), "{kind}");
    }
    let depth = store.sync_depth().unwrap();
    assert_eq!((depth.lanes, depth.made, depth.through), ([1, 4, 0, 1], 6, 0));

    sign(&store, "");
    sign(&store, "wrong side");
    let reports = waiting(&store).iter().filter(|(kind, _)| *kind == "report").count();
    assert_eq!(reports, 2, "each version is a record of its own");
}

#[test]
fn follow_up_and_changes_of_the_patient_make_records_too() {
    let (_dir, store) = store();
    register(&store);
    assert!(seal(&store, 1, 1));
    store.order_test(FormId::from_bytes([1; 16]), STUDY, Test::Xpert, BY, NOW).unwrap();
    assert_eq!(waiting(&store), [("study", 1), ("follow_up", 2)]);
    assert!(seal(&store, 2, 2));
    let order = store.follow_up(STUDY).unwrap().orders[0].id;
    store.enter_result(STUDY, order, TestResult::Negative, BY, NOW).unwrap();
    assert_eq!(waiting(&store).last(), Some(&("follow_up", 3)));
    assert!(seal(&store, 3, 3));
    store.record_outcome(STUDY, Outcome::NoDisease, BY, NOW).unwrap();
    assert_eq!(waiting(&store).last(), Some(&("follow_up", 4)));
    store.write(|tx| Ok(tx.execute("update patient set name = 'Asha'", [])?)).unwrap();
    assert_eq!(waiting(&store).last(), Some(&("study", 5)));
    assert!(seal(&store, 5, 5));
    let told = "insert into programme_id (kind, value, programme, patient_id) \
                select 'nikshay', '12345678', '', id from patient";
    store.write(|tx| Ok(tx.execute(told, [])?)).unwrap();
    assert_eq!(waiting(&store).last(), Some(&("study", 6)));
}

#[test]
fn an_alert_makes_a_record_when_it_is_raised_first_told_and_taken_over() {
    let (_dir, store) = store();
    register(&store);
    read_photo(&store, 6, 0.9);
    let alerts = || {
        let kinds = waiting(&store).into_iter().filter(|(kind, _)| *kind == "alert");
        kinds.map(|(_, seq)| seq).collect::<Vec<_>>()
    };
    let note = |kind: &str| {
        let insert = "insert into alert_event (alert, kind, detail, wall_ms, clock_trust) \
                      values (1, ?1, 'sms', 5, 'synced')";
        store.write(|tx| Ok(tx.execute(insert, [kind])?)).unwrap();
    };
    let [raised] = alerts()[..] else { panic!("one record") };
    assert_eq!(store.open_record(Seq(raised)).unwrap().unwrap().part, 1);
    note("queued");
    note("sent");
    assert_eq!(alerts(), [raised], "while it waits, it tells the newest");
    assert!(seal(&store, raised, 1));
    note("sent");
    assert_eq!(alerts().len(), 1, "the first message counts");
    note("delivered");
    let told = alerts()[1];
    assert!(seal(&store, told, 2));
    store.acknowledge(AlertNumber(1), BY, AckMethod::Page, NOW).unwrap();
    store.acknowledge(AlertNumber(1), BY, AckMethod::Sms, NOW).unwrap();
    assert_eq!(alerts().len(), 3, "raised, told, taken over");
    assert_eq!(store.check(false).unwrap().problems, []);
    let forget = "delete from sync_record where kind = 'alert'";
    store.write(|tx| Ok(tx.execute(forget, [])?)).unwrap();
    let missed = store.check(false).unwrap().problems;
    assert_eq!(missed, [crate::store::Problem::AlertRecordMissing(1)]);
}

#[test]
fn content_is_never_fixed_from_an_old_state() {
    let (_dir, store) = store();
    register(&store);
    let open = store.open_record(Seq(1)).unwrap().unwrap();
    store.write(|tx| Ok(tx.execute("update patient set name = 'Asha'", [])?)).unwrap();
    assert_eq!(waiting(&store), [("study", 1)], "one record tells both");
    let hash = Sha256Digest::from_bytes([1; 32]);
    assert!(!store.seal_record(&open, hash, b"old").unwrap());
    assert!(seal(&store, 1, 2));
    assert!(store.open_record(Seq(1)).unwrap().is_none());
    assert_eq!(store.sealed_records(&[Seq(1)]).unwrap()[0].body, [2]);
}

#[test]
fn only_the_receipt_for_the_right_bytes_ends_a_record() {
    let (_dir, store) = store();
    register(&store);
    assert!(seal(&store, 1, 1));
    let right = Sha256Digest::from_bytes([1; 32]);
    let other = receipt(1, Sha256Digest::from_bytes([2; 32]));
    store.keep_receipts(&PORTAL, &[other], NOW).unwrap();
    assert_eq!(waiting(&store).len(), 1);
    store.keep_receipts(&PORTAL, &[receipt(1, right)], NOW).unwrap();
    store.keep_receipts(&PORTAL, &[receipt(1, right)], NOW).unwrap();
    assert_eq!(waiting(&store), []);
    assert_eq!(store.receipted(&PORTAL).unwrap(), [(Seq(1), right)]);
    assert_eq!(store.receipt_signature(&PORTAL, Seq(1)).unwrap(), Some(Signature([5; 64])));
    let depth = store.sync_depth().unwrap();
    assert_eq!((depth.waiting(), depth.made, depth.through), (0, 1, 1));
    assert!(store.write(|tx| Ok(tx.execute("delete from sync_receipt", [])?)).is_err());
}

#[test]
fn a_parked_record_holds_up_no_other_and_is_tried_again() {
    let (_dir, store) = store();
    register(&store);
    assert!(seal(&store, 1, 1));
    store.sync_park(Seq(1), "unreadable").unwrap();
    assert_eq!(waiting(&store), []);
    assert_eq!(store.sync_depth().unwrap().parked, 1);
    store.sync_unpark().unwrap();
    assert_eq!(waiting(&store), [("study", 1)]);
    assert!(seal(&store, 1, 2), "its content is made anew");
}

#[test]
fn an_image_is_sent_once_and_goes_on_where_it_stopped() {
    let (_dir, store) = store();
    register(&store);
    read_photo(&store, 6, 0.1);
    let image = *store.sync_window().unwrap().last().unwrap();
    assert_eq!((image.kind, image.bytes, image.held_bytes), (RecordKind::Image, Some(5_000), 0));
    let (digest, _) = store.image_record(image.seq).unwrap().unwrap();
    assert_eq!(store.radiograph_bytes(digest, 4_000, 4_003).unwrap(), [6, 6, 6]);
    assert!(store.radiograph_bytes(digest, 4_000, 5_001).is_err());
    store.image_held(image.seq, 4_000).unwrap();
    assert_eq!(store.sync_window().unwrap().last().unwrap().held_bytes, 4_000);
    store.keep_receipts(&PORTAL, &[receipt(image.seq.0, digest)], NOW).unwrap();
    assert!(store.sync_window().unwrap().iter().all(|one| one.kind != RecordKind::Image));
}

#[test]
fn a_missing_image_is_parked_and_another_portal_gets_everything() {
    let (_dir, store) = store();
    store.choose_portal(&PORTAL).unwrap();
    register(&store);
    read_photo(&store, 6, 0.1);
    let image = store.sync_window().unwrap().last().unwrap().seq;
    let (digest, _) = store.image_record(image).unwrap().unwrap();
    store.keep_receipts(&PORTAL, &[receipt(image.0, digest)], NOW).unwrap();
    let made = store.sync_depth().unwrap().made;
    store.choose_portal(&PORTAL).unwrap();
    assert!(store.sync_depth().unwrap().waiting() < made);
    store.choose_portal(&PublicKey::from_bytes([9; 32])).unwrap();
    assert_eq!(store.sync_depth().unwrap().waiting(), made);
    assert_eq!(store.receipted(&PORTAL).unwrap(), [], "what is sent again is not done");

    std::fs::remove_file(store.dir().join("radiographs").join(digest.to_string())).unwrap();
    store.write(|tx| Ok(tx.execute("update sync_record set size_bytes = null", [])?)).unwrap();
    store.sync_window().unwrap();
    assert_eq!(store.sync_depth().unwrap().parked, 1);
}

/// Tables that a later step writes anew lose their triggers without a word: this list is the word.
#[test]
fn no_trigger_is_missing() {
    let (_dir, store) = store();
    let names = store.read(|db| {
        let select = "select name from sqlite_schema where type = 'trigger' \
                      and name like 'sync_%' order by name";
        let mut select = db.prepare(select)?;
        let rows = select.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    });
    let expected = [
        "sync_alert_raised",
        "sync_alert_taken",
        "sync_alert_taken_over",
        "sync_alert_told",
        "sync_outcome",
        "sync_patient_changed",
        "sync_programme_told",
        "sync_radiograph",
        "sync_reading_shown",
        "sync_reading_withdrawn",
        "sync_receipt_is_final_delete",
        "sync_receipt_is_final_update",
        "sync_report_signed",
        "sync_study_moved",
        "sync_study_registered",
        "sync_suspicion",
        "sync_suspicion_changed",
        "sync_test_ordered",
        "sync_test_result",
        "sync_urgent",
    ];
    assert_eq!(names.unwrap(), expected);
}
