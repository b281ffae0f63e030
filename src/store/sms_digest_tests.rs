//! A digest is written before it is sent, says each record once, and is no receipt.

use super::*;
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{OperatorId, PatientId};
use crate::domain::indication::Indication;
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, PersonName, Phi, Sex};
use crate::domain::registration::{Person, Registration};
use crate::domain::stamp::{ClockTrust, WallMs};
use crate::store::NewStudy;

const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
const PORTAL: PublicKey = PublicKey::from_bytes([8; 32]);
const OTHER: PublicKey = PublicKey::from_bytes([9; 32]);

fn number() -> PhoneNumber {
    PhoneNumber::parse("+919876543210").unwrap()
}

/// A store with urgent records 2, 3, … of one study, sealed.
fn store(urgent: u8) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), NOW).unwrap();
    let by = OperatorId::from_bytes([2; 16]);
    store
        .write(|tx| {
            let insert = "insert into operator (id, name, role, passcode_hash, passcode_kind) \
                          values (?1, 'Dr Rao', 'physician', '', 'pin')";
            Ok(tx.execute(insert, [by.as_bytes()])?)
        })
        .unwrap();
    let patient = NewPatient {
        name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
        local_id: None,
        sex: Sex::Female,
        age: AgeEvidence::BirthYear(1980),
        programmes: vec![],
    };
    let registration =
        Registration { person: Person::New(patient), indication: Indication::default() };
    let (id, newcomer) = (StudyId::from_bytes([1; 16]), PatientId::from_bytes([3; 16]));
    let new = NewStudy { id, newcomer, registration, by, at: NOW, year: Some(2027) };
    store.register(&new).unwrap();
    for at in 0..urgent {
        let hash = Sha256Digest::from_bytes([at; 32]);
        let insert = "insert into sync_record (kind, study_id, hash, body, size_bytes) \
                      values ('urgent', ?1, ?2, x'00', 1)";
        store.write(|tx| Ok(tx.execute(insert, (id.as_bytes(), hash.as_bytes()))?)).unwrap();
    }
    (dir, store)
}

fn make(store: &Store, records: &[i64], texts: usize) {
    let seqs: Vec<Seq> = records.iter().map(|seq| Seq(*seq)).collect();
    let seal = |counter: u32| {
        let text = "A".repeat(160);
        Some((vec![text; texts], [u8::try_from(counter).unwrap(); 6]))
    };
    assert!(store.sms_make(&PORTAL, &number(), &seqs, seal).unwrap());
}

fn standing(store: &Store) -> SmsStanding {
    store.sms_standing(&PORTAL, 0).unwrap()
}

/// Sends what waits; gives which texts left.
fn send_all(store: &Store) -> Vec<(u32, u8)> {
    let mut sent = Vec::new();
    while let Some(due) = store.sms_next_text(&PORTAL).unwrap() {
        store.sms_begin(&due, 5).unwrap();
        store.sms_sent(&due, &format!("{}/{}", due.counter, due.part), 5, NOW).unwrap();
        sent.push((due.counter, due.part));
    }
    sent
}

fn receipt(store: &Store, seq: i64) {
    let update = "update sync_record set done = 1, body = null where seq = ?1";
    store.write(|tx| Ok(tx.execute(update, [seq])?)).unwrap();
}

#[test]
fn waiting_is_counted_until_a_record_is_announced_and_never_again() {
    let (_dir, store) = store(2);
    assert_eq!(standing(&store).waited_ms, Some(0));
    for _ in 0..3 {
        store.sms_count(&PORTAL, 30_000).unwrap();
    }
    // The first look makes the row.
    assert_eq!(standing(&store).waited_ms, Some(60_000));
    let (candidates, waiting) = store.sms_candidates(&PORTAL).unwrap();
    let seqs: Vec<_> = candidates.iter().map(|one| one.seq.0).collect();
    assert_eq!((seqs, waiting), (vec![2, 3], 2));
    assert_eq!((candidates[0].alert, candidates[0].known), (AlertStanding::None, NOW));
    make(&store, &[2], 1);
    store.sms_nothing(Seq(3)).unwrap();
    assert_eq!(standing(&store).waited_ms, None);
    // For another portal everything is news.
    assert!(store.sms_standing(&OTHER, 0).unwrap().waited_ms.is_some());
    assert_eq!(store.sms_candidates(&OTHER).unwrap().0.len(), 1);
    assert_eq!(store.sync_window().unwrap().len(), 3, "an announcement is no receipt");
}

#[test]
fn a_try_without_a_known_end_is_made_again_with_the_same_text_and_counts_as_spent() {
    let (_dir, store) = store(1);
    make(&store, &[2], 2);
    let due = store.sms_next_text(&PORTAL).unwrap().unwrap();
    assert_eq!((due.counter, due.part), (1, 1));
    store.sms_begin(&due, 5).unwrap();
    assert_eq!(store.sms_next_text(&PORTAL).unwrap().unwrap().part, 2);
    assert_eq!(store.sms_requeue().unwrap(), 1);
    assert_eq!(store.sms_next_text(&PORTAL).unwrap(), Some(due.clone()));
    assert_eq!(standing(&store).spent, 1);
    // One that surely did not leave costs nothing.
    store.sms_begin(&due, 5).unwrap();
    store.sms_failed(&due, SendFault::NoNetwork).unwrap();
    assert_eq!(standing(&store).spent, 1);
    assert_eq!(store.sms_state(&PORTAL).unwrap().fault, Some(SendFault::NoNetwork));
    assert_eq!(send_all(&store), [(1, 1), (1, 2)]);
    assert_eq!(standing(&store).spent, 3);
    assert_eq!(store.sms_standing(&PORTAL, 25 * 3_600_000).unwrap().spent, 0, "another day");
    let state = store.sms_state(&PORTAL).unwrap();
    assert_eq!((state.announced, state.sent, state.heard), (1, Some(NOW), None));
    receipt(&store, 2);
    assert_eq!(store.sms_state(&PORTAL).unwrap().announced, 0);
}

#[test]
fn what_the_link_has_brought_first_is_not_announced_any_more() {
    let (_dir, store) = store(2);
    make(&store, &[2, 3], 1);
    receipt(&store, 2);
    store.sms_settle(&PORTAL, 0).unwrap();
    assert!(standing(&store).text_waits, "one of them waits");
    receipt(&store, 3);
    store.sms_settle(&PORTAL, 0).unwrap();
    assert!(!standing(&store).text_waits);
}

#[test]
fn an_answer_is_for_one_digest_and_a_portal_that_answers_is_told_again() {
    let (_dir, store) = store(2);
    make(&store, &[2], 1);
    make(&store, &[3], 2);
    assert_eq!(send_all(&store), [(1, 1), (2, 1), (2, 2)]);
    store.sms_settle(&PORTAL, 100 * REPEAT_MS).unwrap();
    assert!(!standing(&store).text_waits, "this portal may not answer at all");
    assert!(!store.sms_heard(&[7; 6], NOW).unwrap());
    assert!(store.sms_heard(&[1; 6], NOW).unwrap());
    assert!(!store.sms_heard(&[1; 6], NOW).unwrap(), "the same again changes nothing");
    assert_eq!(store.sms_state(&PORTAL).unwrap().heard, None, "the second was not heard");
    store.sms_settle(&PORTAL, 5 + REPEAT_MS - 1).unwrap();
    assert!(!standing(&store).text_waits);
    for _ in 0..5 {
        store.sms_settle(&PORTAL, 5 + REPEAT_MS).unwrap();
        send_all(&store);
    }
    let tries = "select max(tries) from sms_text where counter = 2";
    let tries: u32 = store.read(|db| Ok(db.query_row(tries, [], |row| row.get(0))?)).unwrap();
    assert_eq!(tries, REPEATS_MAX);
    assert!(store.sms_heard(&[2; 6], NOW).unwrap());
    assert_eq!(store.sms_state(&PORTAL).unwrap().heard, Some(NOW));
}

#[test]
fn what_the_network_gives_up_is_sent_again_and_nobody_elses_report_counts() {
    let (_dir, store) = store(1);
    make(&store, &[2], 2);
    send_all(&store);
    let of = |name: &str| ReportOf::Receipt(name.to_owned());
    assert!(!store.sms_reported(&of("9/9"), false).unwrap());
    assert!(store.sms_reported(&of("1/1"), true).unwrap());
    let to = ReportOf::Address(Address::Phone(number()));
    assert_eq!(store.sms_unreported(0, 9).unwrap(), ["1/2"]);
    assert!(store.sms_reported(&to, false).unwrap());
    assert_eq!(send_all(&store), [(1, 2)]);
    let other = Address::Phone(PhoneNumber::parse("+919876543211").unwrap());
    assert!(!store.sms_reported(&ReportOf::Address(other), false).unwrap());
}

#[test]
fn a_number_is_never_used_again() {
    let (_dir, store) = store(2);
    make(&store, &[2], 1);
    store
        .write(|tx| {
            Ok(tx.execute_batch(
                "delete from sms_announced; delete from sms_text; delete from sms_digest;",
            )?)
        })
        .unwrap();
    make(&store, &[3], 1);
    assert_eq!(store.sms_next_text(&PORTAL).unwrap().unwrap().counter, 2);
    let nothing = store.sms_make(&PORTAL, &number(), &[Seq(2)], |_| None).unwrap();
    assert!(!nothing);
}

#[test]
fn a_record_that_the_portal_refuses_is_announced_although_there_is_a_link() {
    let (_dir, store) = store(2);
    assert!(!standing(&store).parked);
    store.sync_park(Seq(2), "unknown_kind").unwrap();
    assert!(standing(&store).parked);
    let (candidates, waiting) = store.sms_candidates(&PORTAL).unwrap();
    assert_eq!(candidates.iter().map(|one| one.seq.0).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(waiting, 2);
    store.sync_unpark_urgent().unwrap();
    assert!(!standing(&store).parked);
    assert_eq!(store.sync_window().unwrap().len(), 3, "it is tried again");
}
