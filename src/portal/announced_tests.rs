//! Texts of boxes: which are taken, once, in whatever order; which are refused; and how announcements end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::domain::box_id::{BoxCode, BoxId};
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::ids::{PatientId, PhotoId, StudyId};
use crate::domain::patient::Patient;
use crate::domain::people::{AgeEvidence, AgeYears, Phi, Sex};
use crate::domain::reading::{Backend, ModelRef, ScoreLine, ScoreSheet, Urgency};
use crate::domain::stamp::{Clock, ClockTrust};
use crate::domain::study::StudyState;
use crate::keys::SigningKey;
use crate::keys::sms::SmsKey;
use crate::portal::Places;
use crate::wire::fhir::{self, BoxFacts, ReadingFacts, StudyFacts};
use crate::wire::messages::Record;
use crate::wire::sms_digest::{PLAIN_BYTES, pack, texts};

const AT: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug)]
struct Still(AtomicI64);

impl Clock for Still {
    fn now(&self) -> Stamp {
        Stamp { wall: WallMs(self.0.load(Ordering::SeqCst)), trust: ClockTrust::Synced }
    }
}

struct Bench {
    _dir: tempfile::TempDir,
    portal: Portal,
    clock: Arc<Still>,
    from: KeyId,
    box_: SmsKey,
}

fn key(byte: u8) -> SmsKey {
    SmsKey::of_seed(&[byte; 32])
}

/// A portal with a box that has told it the key of its text messages.
fn bench() -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(Still(AtomicI64::new(AT.wall.0)));
    let portal =
        Portal::open(dir.path(), &Places::default(), Arc::<Still>::clone(&clock) as Arc<dyn Clock>)
            .unwrap();
    let public = SigningKey::of_seed([1; 32]).unwrap().public();
    let code = portal.new_code().unwrap();
    assert!(portal.enrol(&code, (&public, &[]), "PHC One").unwrap());
    let bench = Bench { _dir: dir, portal, clock, from: public.key_id(), box_: key(1) };
    bench.hello(0);
    bench
}

impl Bench {
    fn hello(&self, through: u64) {
        let hello = Hello {
            version: "1".into(),
            name: "PHC One".into(),
            made: 9,
            through,
            waiting: [1, 0, 0, 0],
            parked: 0,
            disk_free_mib: 900,
            health: None,
            program: None,
            sms_key: Some(self.box_.public().to_string()),
        };
        let (_, told) = self.portal.heard(self.from, &hello).unwrap();
        assert_eq!(told, Some(self.portal.sms_key().to_string()));
    }

    /// The texts of a digest about records, from 1.
    fn texts(&self, counter: u32, records: i64) -> Vec<String> {
        let results: Vec<_> = (1..=records).map(|seq| said(seq, 0.9)).collect();
        sealed(&self.box_, &self.portal.sms_key(), counter, &results)
    }

    fn take(&self, message: &str) -> Vec<&'static str> {
        self.portal.take_sms(message).unwrap().iter().map(SmsTaken::code).collect()
    }

    /// Number and standing of what is open.
    fn open(&self) -> Vec<(i64, &'static str)> {
        let (now, open) = (self.portal.now().wall, self.portal.storage().open_announcements());
        let standing = |one: &OpenAnnouncement| {
            Standing::of(one.differs, one.has_receipt, one.came, now).code()
        };
        open.unwrap().iter().map(|one| (one.id.seq.0, standing(one))).collect()
    }

    fn counts(&self) -> (u64, u64, u64) {
        let counts = self.portal.storage().announcement_counts(None).unwrap();
        let (_, one) = counts.into_iter().find(|(id, _)| *id == self.from).unwrap();
        (one.waiting, one.contradictions, one.incomplete)
    }

    fn later(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn arrives(&self, record: Record) {
        assert!(self.portal.take(self.from, &[record]).unwrap()[0].receipt.is_some());
    }
}

fn sealed(by: &SmsKey, to: &SmsPublicKey, counter: u32, results: &[Announced]) -> Vec<String> {
    let (plain, taken) = pack(AT, 9, results);
    assert_eq!(taken.len(), results.len());
    let count = if plain.len() == PLAIN_BYTES[0] { 1 } else { 2 };
    let name = DigestName { tag: by.public().tag(), counter, texts: count };
    let sealed = by.seal(to, &name.head(), &plain).unwrap();
    texts(&name, &sealed.bytes).unwrap()
}

/// What a box says of a record: from its own bytes, as the box makes it.
fn said(seq: i64, score: f32) -> Announced {
    let told_by = Told::parse(&urgent(seq, score).body).unwrap();
    let (findings, more) = told(&told_by.scored_findings());
    Announced {
        seq: Seq(seq),
        study: StudyNumber(100 + seq),
        known: Some(Stamp { wall: WallMs(AT.wall.0 - 3_600_000), ..AT }),
        alert: AlertStanding::Open,
        findings,
        more,
    }
}

fn urgent(seq: i64, score: f32) -> Record {
    let at = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
    let number = u8::try_from(seq).unwrap();
    let study = StudyFacts {
        id: StudyId::from_bytes([number; 16]),
        number: StudyNumber(100 + seq),
        state: StudyState::Reported,
        patient: Patient {
            id: PatientId::from_bytes([number; 16]),
            box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 42).unwrap()),
            name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
            local_id: None,
            sex: Sex::Female,
            age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
        },
        programmes: vec![],
        registered: AT,
        urgency: Some(Urgency::Urgent),
        images_url: None,
        photos: [1, 0],
    };
    let sheet = ScoreSheet {
        model: ModelRef {
            id: "findings".into(),
            version: "1".into(),
            sha256: Sha256Digest::from_bytes([4; 32]),
        },
        backend: Backend::Tract,
        preprocessing: 2,
        lines: vec![
            ScoreLine::new(Finding::Tuberculosis, Evidence::Assessed, at(score), threshold),
            ScoreLine::new(Finding::Covid19, Evidence::Hint, at(0.9), threshold),
        ],
        not_assessed: vec![],
        lungs: None,
    };
    let photo = PhotoId::from_bytes([number; 16]);
    let reading = ReadingFacts { photo, radiograph: Sha256Digest::from_bytes([7; 32]), sheet };
    let from = BoxFacts::of(KeyId::from_bytes([9; 16]), "PHC One".into());
    let body = fhir::urgent(&from, &study, &reading);
    record(seq, "urgent", study.id, body)
}

fn record(seq: i64, kind: &str, study: StudyId, body: String) -> Record {
    let hash = Sha256Digest::of(&body).to_string();
    Record { seq, kind: kind.into(), study: study.to_string(), hash, body }
}

#[test]
fn a_digest_is_taken_once_in_any_order_together_or_in_pieces() {
    let bench = bench();
    let one = bench.texts(1, 3);
    assert_eq!((one.len(), bench.take(&one[0])), (1, vec!["taken"]));
    assert_eq!(bench.take(&one[0]), ["known"], "a repetition, or a replay");
    assert_eq!(bench.open().len(), 3);

    let two = sealed(
        &bench.box_,
        &bench.portal.sms_key(),
        2,
        &(1..=9).map(|n| said(n, 0.8)).collect::<Vec<_>>(),
    );
    assert_eq!(two.len(), 2);
    assert_eq!(bench.take(&two[1]), ["incomplete"]);
    assert_eq!(bench.take(&two[1]), ["incomplete"]);
    assert_eq!(bench.counts().2, 1, "shown as incomplete, once");
    assert_eq!(bench.take(&two[0]), ["taken"]);
    assert_eq!(bench.counts().2, 0);
    assert_eq!(bench.take(&two[1]), ["known"], "a half that comes late");
    assert_eq!(bench.counts().2, 0);

    let joined = sealed(
        &bench.box_,
        &bench.portal.sms_key(),
        3,
        &(1..=9).map(|n| said(n, 0.7)).collect::<Vec<_>>(),
    );
    let message = format!("From +91 98765\n{} {}", joined[1], joined[0]);
    assert_eq!(bench.take(&message), ["incomplete", "taken"]);
    assert!(bench.take("OK 17").is_empty());
}

#[test]
fn a_box_that_was_restored_from_an_old_copy_is_heard() {
    let bench = bench();
    assert_eq!(bench.take(&bench.texts(5, 1)[0]), ["taken"]);
    // A number that was used before, with another content: only the holder of the key can make it.
    assert_eq!(bench.take(&bench.texts(5, 2)[0]), ["taken"]);
    assert_eq!(bench.take(&bench.texts(1, 3)[0]), ["taken"]);
}

#[test]
fn a_lost_half_is_shown_for_a_week_and_then_let_go() {
    let bench = bench();
    let lost = bench.texts(1, 9);
    assert_eq!(bench.take(&lost[0]), ["incomplete"]);
    bench.later(7 * DAY_MS + 1);
    assert_eq!(bench.take(&bench.texts(2, 1)[0]), ["taken"]);
    assert_eq!(bench.counts().2, 0);
    assert_eq!(bench.take(&lost[1]), ["incomplete"], "the first half is gone");
}

#[test]
fn what_was_changed_forged_or_is_for_somebody_else_is_refused() {
    let bench = bench();
    let good = bench.texts(1, 2).remove(0);
    for at in [3, 5, 12, 40, 100, 159] {
        let mut changed = good.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'Z' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let taken = bench.take(&changed);
        assert!(!taken.iter().any(|one| matches!(*one, "taken" | "known")), "{at}: {taken:?}");
    }
    // Another box, another portal, another key with the right tag.
    let stranger = key(9);
    let text = |by: &SmsKey, to: SmsPublicKey| sealed(by, &to, 1, &[said(1, 0.9)]).remove(0);
    assert_eq!(bench.take(&text(&stranger, bench.portal.sms_key())), ["unknown"]);
    assert_eq!(bench.take(&text(&bench.box_, stranger.public())), ["unreadable"]);
    let (plain, _) = pack(AT, 1, &[said(1, 0.9)]);
    let name = DigestName { tag: bench.box_.public().tag(), counter: 3, texts: 1 };
    let forged = stranger.seal(&bench.portal.sms_key(), &name.head(), &plain).unwrap();
    let forged = texts(&name, &forged.bytes).unwrap();
    assert_eq!(bench.take(&forged[0]), ["unreadable"]);
    assert!(bench.open().is_empty());
    assert_eq!(bench.take(&good), ["taken"]);
}

#[test]
fn halves_that_somebody_makes_up_do_not_stop_the_real_ones() {
    let bench = bench();
    let real = bench.texts(7, 9);
    // Same tag, number and place, other bytes.
    for at in 0..20 {
        let mut fake = real[0].clone().into_bytes();
        fake[60] = b'a' + at;
        bench.take(&String::from_utf8(fake).unwrap());
    }
    assert_eq!(bench.take(&real[0]), ["incomplete"]);
    assert_eq!(bench.take(&real[1]), ["taken"]);
}

#[test]
fn a_box_that_was_shut_out_announces_nothing() {
    let bench = bench();
    let text = bench.texts(1, 1).remove(0);
    bench.portal.storage().revoke(bench.from, AT.wall).unwrap();
    assert_eq!(bench.take(&text), ["revoked"]);
    assert!(bench.open().is_empty());
}

#[test]
fn the_record_closes_its_announcement_whichever_comes_first() {
    let bench = bench();
    bench.arrives(urgent(2, 0.9));
    assert_eq!(bench.take(&bench.texts(1, 3)[0]), ["taken"]);
    assert_eq!(bench.open(), [(1, "waits"), (3, "waits")]);
    assert_eq!(bench.counts(), (2, 0, 0));
    bench.arrives(urgent(1, 0.9));
    assert_eq!(bench.open(), [(3, "waits")]);
    bench.later(15 * DAY_MS);
    assert_eq!(bench.open(), [(3, "overdue")]);
    bench.hello(3);
    assert_eq!(bench.open(), [(3, "missing")], "the box has a receipt, and it is not here");
    assert_eq!(bench.counts(), (0, 1, 0));
    bench.arrives(urgent(3, 0.9));
    assert!(bench.open().is_empty());
}

#[test]
fn a_record_that_says_something_else_is_shown_until_somebody_has_looked() {
    let bench = bench();
    assert_eq!(bench.take(&bench.texts(1, 3)[0]), ["taken"]);
    bench.arrives(urgent(1, 0.7));
    // Not urgent any more by the time that it was sealed.
    let study = urgent(2, 0.9);
    bench.arrives(Record { kind: "study".into(), ..study });
    assert_eq!(bench.open(), [(1, "differs"), (2, "differs"), (3, "waits")]);
    assert_eq!(bench.counts(), (1, 2, 0));
    let open = bench.portal.storage().open_announcements().unwrap();
    let by = PersonName::parse("Dr Sen").unwrap();
    bench.portal.storage().announcement_seen(&open[0].id, &by, AT.wall).unwrap();
    assert_eq!(bench.open(), [(2, "differs"), (3, "waits")]);
    assert_eq!(open[0].said, said(1, 0.9), "it is kept as it was said");
}

#[test]
fn an_answer_is_the_boxs_own_and_given_once_for_a_message() {
    let bench = bench();
    let (plain, _) = pack(AT, 1, &(1..=9).map(|n| said(n, 0.9)).collect::<Vec<_>>());
    let name = DigestName { tag: bench.box_.public().tag(), counter: 1, texts: 2 };
    let sealed = bench.box_.seal(&bench.portal.sms_key(), &name.head(), &plain).unwrap();
    let texts = texts(&name, &sealed.bytes).unwrap();
    let taken = bench.portal.take_sms(&texts.concat()).unwrap();
    let expected = sms_digest::answer_text(&sealed.answer);
    assert_eq!(answers(&taken), [expected.as_str()]);
    let taken = bench.portal.take_sms(&texts.concat()).unwrap();
    assert_eq!(answers(&taken), [expected.as_str()], "a repetition is answered again");
}
