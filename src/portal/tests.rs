//! What a portal holds, signs for, and refuses.

#[path = "../../tests/peers/postgres.rs"]
#[expect(dead_code, unreachable_pub, reason = "the tests of the whole program use it too")]
pub(super) mod postgres_server;

use sha2::{Digest as _, Sha256};

use super::*;
use crate::domain::stamp::ClockTrust;
use crate::domain::sync::receipt::text;
use crate::wire::messages::Hello;

/// A clock that stands where it is put.
#[derive(Debug, Default)]
struct Still(std::sync::atomic::AtomicI64);

impl Clock for Still {
    fn now(&self) -> Stamp {
        let wall = WallMs(self.0.load(std::sync::atomic::Ordering::SeqCst));
        Stamp { wall, trust: ClockTrust::Synced }
    }
}

struct Bench {
    dir: tempfile::TempDir,
    portal: Portal,
    clock: Arc<Still>,
    box_key: PublicKey,
}

/// Runs a test on every back end that is there.
fn on_each(test: impl Fn(&Bench)) {
    test(&bench(|dir| Store::open(dir, &Places::default()).unwrap()));
    if let Some(server) = postgres_server::Server::shared() {
        test(&bench(|dir| Store::open(dir, &postgres(server.database())).unwrap()));
    }
}

fn postgres(url: String) -> Places {
    Places { database: Some(url), objects: None }
}

fn bench(open: impl Fn(&Path) -> Store) -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(Still::default());
    let storage = Box::new(open(dir.path()));
    let key = PortalKeyring::open_or_make(dir.path()).unwrap();
    let reader = Identity::open_or_make(&dir.path().join("portal.age")).unwrap();
    let portal = Portal::new(storage, key, reader, Arc::<Still>::clone(&clock));
    let box_key = SigningKey::of_seed([1; 32]).unwrap().public();
    let code = portal.new_code().unwrap();
    assert!(portal.enrol(&code, (&box_key, &[]), "PHC One").unwrap());
    Bench { dir, portal, clock, box_key }
}

fn record(seq: i64, note: &str) -> Record {
    let body = format!(r#"{{"resourceType":"Bundle","type":"transaction","note":"{note}"}}"#);
    Record {
        seq,
        kind: "result".into(),
        study: "11".repeat(16),
        hash: text_hash(&body).to_string(),
        body,
    }
}

fn hello() -> Hello {
    Hello {
        version: "1".into(),
        name: "PHC One".into(),
        made: 2,
        through: 1,
        waiting: [0, 1, 0, 0],
        parked: 0,
        disk_free_mib: 900,
        health: None,
        sms_key: None,
        program: None,
    }
}

#[test]
fn a_record_is_held_once_and_signed_for_once() {
    on_each(|Bench { portal, box_key, clock, .. }| {
        let from = box_key.key_id();
        let first = portal.take(from, &[record(1, "a"), record(2, "b")]).unwrap();
        clock.0.store(9_000, std::sync::atomic::Ordering::SeqCst);
        let again = portal.take(from, &[record(2, "b"), record(3, "c")]).unwrap();
        let receipts: Vec<_> = [&first[0], &first[1], &again[1]]
            .map(|answer| answer.receipt.clone().unwrap())
            .into_iter()
            .map(|receipt| receipt.place)
            .collect();
        assert_eq!(receipts, [1, 2, 3]);
        let (before, after) =
            (first[1].receipt.clone().unwrap(), again[0].receipt.clone().unwrap());
        assert_eq!((before.signature.clone(), before.time), (after.signature, after.time));
        let receipt = before.read(from, Seq(2)).unwrap();
        let signed = text(&portal.key(), &receipt.delivered, receipt.place, receipt.at);
        assert!(signed_by(&portal.key(), &signed, &receipt.signature));
        assert_eq!(portal.storage().fleet().unwrap()[0].held, 3);
    });
}

#[test]
fn one_number_with_two_contents_is_kept_twice_and_shown() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        portal.take(from, &[record(1, "a")]).unwrap();
        assert!(!portal.storage().fleet().unwrap()[0].conflict);
        let other = portal.take(from, &[record(1, "other")]).unwrap();
        assert!(other[0].receipt.is_some());
        let row = &portal.storage().fleet().unwrap()[0];
        assert!(row.conflict);
        assert_eq!(row.held, 2);
    });
}

#[test]
fn one_number_with_very_many_contents_is_refused_and_holds_up_nobody() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let first: Vec<_> = (0..16).map(|at| record(1, &format!("content {at}"))).collect();
        let answers = portal.take(from, &first).unwrap();
        assert!(answers.iter().all(|answer| answer.receipt.is_some()));
        let more = portal.take(from, &[record(1, "further"), record(2, "good")]).unwrap();
        assert_eq!(more[0].refused.as_deref(), Some("too_many_contents"));
        assert!(more[0].receipt.is_none() && more[1].receipt.is_some());
        assert!(portal.take(from, &first[3..4]).unwrap()[0].receipt.is_some(), "a repetition");
        assert_eq!(portal.storage().hello(from, &hello(), WallMs(5)).unwrap().0, 17);
        let (held, more) = portal.storage().held(from, Seq(0)).unwrap();
        assert_eq!((held.len(), more), (17, false));
    });
}

#[test]
fn a_record_that_makes_no_sense_is_refused_and_holds_up_no_other() {
    on_each(|Bench { portal, box_key, .. }| {
        let check = |bad: Record, why: &str| {
            let answers = portal.take(box_key.key_id(), &[bad, record(7, "good")]).unwrap();
            assert_eq!(answers[0].refused.as_deref(), Some(why));
            assert!(answers[0].receipt.is_none());
            assert!(answers[1].receipt.is_some());
        };
        check(Record { hash: "00".repeat(32), ..record(1, "a") }, "wrong_hash");
        check(Record { kind: "image".into(), ..record(1, "a") }, "unknown_kind");
        check(Record { study: "x".into(), ..record(1, "a") }, "unreadable");
        check(Record { seq: 0, ..record(1, "a") }, "unreadable");
        let empty = "{}".to_owned();
        check(
            Record { hash: text_hash(&empty).to_string(), body: empty, ..record(1, "a") },
            "no_bundle",
        );
    });
}

#[test]
fn a_code_works_for_one_box_within_a_week() {
    on_each(|Bench { portal, clock, box_key, .. }| {
        let other = PublicKey::from_bytes([2; 32]);
        let code = portal.new_code().unwrap();
        assert!(!portal.enrol("AAAAA-AAAAA", (&other, &[]), "").unwrap());
        assert!(!portal.knows_code("AAAAA-AAAAA", &other).unwrap());
        assert!(portal.knows_code(&code, &other).unwrap());
        assert!(portal.enrol(&code.to_lowercase(), (&other, &[]), "").unwrap());
        assert!(portal.enrol(&code, (&other, &[]), "").unwrap(), "the first answer was lost");
        assert!(!portal.enrol(&code, (box_key, &[]), "").unwrap());
        assert!(portal.knows_code(&code, &other).unwrap());
        assert!(!portal.knows_code(&code, box_key).unwrap());
        let late = portal.new_code().unwrap();
        clock.0.store(8 * 24 * 60 * 60 * 1000, std::sync::atomic::Ordering::SeqCst);
        assert!(!portal.enrol(&late, (&PublicKey::from_bytes([3; 32]), &[]), "").unwrap());
    });
}

#[test]
fn a_lost_box_is_shut_out_until_it_gets_a_new_code() {
    on_each(|Bench { portal, box_key, .. }| {
        let id = box_key.key_id();
        assert_eq!(portal.storage().box_state(id).unwrap(), BoxState::Enrolled(*box_key));
        assert!(portal.storage().revoke(id, WallMs(1)).unwrap());
        assert_eq!(portal.storage().box_state(id).unwrap(), BoxState::Revoked(*box_key));
        let code = portal.new_code().unwrap();
        assert!(portal.enrol(&code, (box_key, &[]), "").unwrap());
        assert_eq!(portal.storage().box_state(id).unwrap(), BoxState::Enrolled(*box_key));
        assert!(!portal.storage().revoke(KeyId::from_bytes([9; 16]), WallMs(1)).unwrap());
    });
}

#[test]
fn an_image_comes_in_pieces_and_is_compared_as_a_whole() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let bytes: Vec<u8> = (0..10_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let hash = Sha256Digest::of(&bytes);
        let image = (Seq(4), hash, 10_000);
        assert_eq!(portal.take_image(from, image, 0, &bytes[..6_000]).unwrap().0, 6_000);
        // A repetition and a gap change nothing, and are told where it goes on.
        assert_eq!(portal.take_image(from, image, 0, &bytes[..6_000]).unwrap().0, 6_000);
        assert_eq!(portal.take_image(from, image, 7_000, &bytes[7_000..]).unwrap().0, 6_000);
        assert!(portal.take_image(from, image, 6_000, &bytes).is_err());
        let (held, receipt) = portal.take_image(from, image, 6_000, &bytes[6_000..]).unwrap();
        assert_eq!(held, 10_000);
        let receipt = receipt.unwrap();
        let again = portal.take_image(from, image, 10_000, &[]).unwrap().1.unwrap();
        assert_eq!(receipt.signature, again.signature);

        let other = (Seq(5), Sha256Digest::from_bytes([7; 32]), 100);
        let (held, receipt) = portal.take_image(from, other, 0, &[1; 100]).unwrap();
        assert_eq!(held, 0, "bytes with another hash begin anew");
        assert!(receipt.is_none());
    });
}

#[test]
fn both_sides_make_the_same_digest_of_what_is_held() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let digest = |seqs: &[i64]| {
            let mut hash = Sha256::new();
            for seq in seqs {
                let record = record(*seq, "x");
                hash.update(format!("{} {}\n", record.seq, record.hash));
            }
            Sha256Digest::from_bytes(hash.finalize().into())
        };
        let said = |portal: &Portal| portal.storage().hello(from, &hello(), WallMs(5)).unwrap();
        assert_eq!(said(portal), (0, digest(&[])));
        portal.take(from, &[record(2, "x"), record(1, "x")]).unwrap();
        assert_eq!(said(portal), (2, digest(&[1, 2])));
        assert_eq!(said(portal), (2, digest(&[1, 2])));
        portal.take(from, &[record(3, "x")]).unwrap();
        assert_eq!(said(portal), (3, digest(&[1, 2, 3])));
        let (held, more) = portal.storage().held(from, Seq(1)).unwrap();
        assert_eq!(held.iter().map(|(seq, _)| seq.0).collect::<Vec<_>>(), [2, 3]);
        assert!(!more);
        let row = &portal.storage().fleet().unwrap()[0];
        assert_eq!(
            (row.name.as_str(), row.seen, row.waiting),
            ("PHC One", Some(WallMs(5)), [0, 1, 0, 0])
        );
    });
}

#[test]
fn a_hello_in_a_file_from_before_changes_nothing_and_none_is_a_contact() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let carried = |made, version: &str| {
            let hello = Hello { made, version: version.into(), ..hello() };
            portal.storage().carried_hello(from, &hello).unwrap().fresh
        };
        let row = || {
            let row = portal.storage().fleet().unwrap().remove(0);
            (row.version, row.seen)
        };
        assert!(carried(2, "1.0.0"));
        assert_eq!(row(), ("1.0.0".to_owned(), None));
        let new = Hello { made: 5, version: "2.0.0".into(), ..hello() };
        portal.storage().hello(from, &new, WallMs(7)).unwrap();
        assert!(!carried(4, "1.0.0") && !carried(5, "1.0.0"), "from before the update");
        assert_eq!(row(), ("2.0.0".to_owned(), Some(WallMs(7))));
        assert!(carried(5, "2.0.1") && carried(6, "2.0.0"));
        assert_eq!(row(), ("2.0.0".to_owned(), Some(WallMs(7))));
    });
}

#[test]
fn a_sum_over_very_many_goes_on_where_it_was_and_begins_anew_when_it_must() {
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let mut all: Vec<(i64, String)> = Vec::new();
        let mut deliver = |seqs: std::ops::RangeInclusive<i64>, note: &str| {
            let records: Vec<_> = seqs.map(|seq| record(seq, note)).collect();
            portal.take(from, &records).unwrap();
            all.extend(records.iter().map(|one| (one.seq, one.hash.clone())));
            all.sort();
            let mut hash = Sha256::new();
            for (seq, digest) in &all {
                hash.update(format!("{seq} {digest}\n"));
            }
            (all.len() as u64, Sha256Digest::from_bytes(hash.finalize().into()))
        };
        let said = |through| {
            let hello = Hello { through, ..hello() };
            portal.storage().hello(from, &hello, WallMs(5)).unwrap()
        };
        assert_eq!(deliver(1..=700, "x"), said(600));
        assert_eq!(deliver(701..=1_400, "x"), said(1_350));
        // Beyond a page, from the kept sum on.
        assert_eq!(deliver(1_401..=4_000, "x"), said(3_990));
        // A box that was restored from an old copy uses a number again.
        assert_eq!(deliver(5..=5, "other"), said(3_995));
        assert_eq!(deliver(4_001..=4_002, "x"), said(u64::MAX));
        assert_eq!(deliver(4_003..=4_003, "x"), said(0));
    });
}

#[test]
fn orders_go_by_lane_and_a_lost_box_hears_of_its_end_alone() {
    use crate::domain::people::PersonName;
    use crate::domain::signing::FreeText;
    use crate::domain::sync::order::{Asked, OrderKind, PortalSetting, Request};
    use crate::wire::messages::{AskOrders, ToldOutcome};
    on_each(|Bench { portal, box_key, .. }| {
        let to = box_key.key_id();
        let by = PersonName::parse("Dr. Sen").unwrap();
        let metered = vec![(PortalSetting::Metered, "true".to_owned())];
        let reason = FreeText::parse("Lost").unwrap();
        assert_eq!(portal.order(to, &Asked::Settings(by.clone(), metered)).unwrap(), 1);
        let wipe = Asked::Wipe(Request { by: by.clone(), reason });
        assert_eq!(portal.order(to, &wipe).unwrap(), 2);
        assert_eq!(portal.storage().box_state(to).unwrap(), BoxState::Revoked(*box_key));
        let ask =
            |told, bytes, only| portal.hand_out(to, &AskOrders { told, bytes }, only).unwrap();
        let numbers = |list: &crate::wire::messages::OrderList| -> Vec<u64> {
            list.orders.iter().map(|one| one.number).collect()
        };
        assert_eq!(numbers(&ask(vec![], 9_000, None)), [2, 1], "the wipe goes first");
        let one = ask(vec![], 1, None);
        assert_eq!((numbers(&one), one.more), (vec![2], true), "one comes whatever its size");
        let list = ask(vec![], 9_000, Some(OrderKind::Wipe));
        assert_eq!(numbers(&list), [2]);
        let order = list.orders[0].clone().read().unwrap();
        let signed = (order.number, order.kind.as_str(), order.hash, order.at);
        let text = crate::domain::sync::order::text(&portal.key(), to, signed);
        assert!(signed_by(&portal.key(), &text, &order.signature));
        // Found again before it heard of it: nobody wipes it any more.
        let code = portal.new_code().unwrap();
        assert!(portal.enrol(&code, (box_key, &[]), "").unwrap());
        // An order that asks for nothing has a higher number: a wipe that somebody held back is over.
        assert_eq!(numbers(&ask(vec![], 9_000, None)), [1, 3]);
        let told = |hash: &str| ToldOutcome {
            number: 1,
            hash: hash.to_owned(),
            outcome: "done".into(),
            reason: String::new(),
            words: String::new(),
        };
        let hash = ask(vec![], 9_000, None).orders[0].hash.clone();
        assert_eq!(
            numbers(&ask(vec![told(&"00".repeat(32))], 9_000, None)),
            [1, 3],
            "of other content"
        );
        assert_eq!(numbers(&ask(vec![told(&hash)], 9_000, None)), [3]);
        assert_eq!(portal.storage().orders_left(to).unwrap(), 1);
    });
}

#[test]
fn a_reader_begins_with_a_code_and_goes_on_with_a_passcode() {
    use crate::domain::login::Passcode;
    use crate::domain::people::PersonName;
    use crate::portal::readers::Refused;
    on_each(|Bench { portal, clock, .. }| {
        let name = PersonName::parse("Dr. Sen").unwrap();
        let code = portal.add_reader(&name).unwrap();
        let chosen = Passcode::parse("2580").unwrap();
        assert!(portal.log_in("Dr. Sen", "2580").unwrap().is_err());
        let begun = portal.begin_reading("Dr. Sen", &code.to_lowercase(), &chosen).unwrap();
        let token = begun.ok().unwrap();
        assert_eq!(portal.reader(token).unwrap().unwrap().name, name);
        assert_eq!(
            portal.begin_reading("Dr. Sen", &code, &chosen).unwrap().err(),
            Some(Refused::Wrong)
        );
        assert!(portal.log_in("Dr. Sen", "2580").unwrap().is_ok());
        // Left alone for longer than a hard film takes.
        clock.0.store(61 * 60 * 1000, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(portal.reader(token).unwrap(), None);
        for _ in 0..4 {
            assert_eq!(portal.log_in("Dr. Sen", "1").unwrap().err(), Some(Refused::Wrong));
        }
        assert_eq!(portal.log_in("Dr. Sen", "2580").unwrap().err(), Some(Refused::Wait(5)));
        // A clock that was set back: the wait begins anew, and ends.
        clock.0.store(0, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(portal.log_in("Dr. Sen", "2580").unwrap().err(), Some(Refused::Wait(5)));
        clock.0.store(5_000, std::sync::atomic::Ordering::SeqCst);
        assert!(portal.log_in("Dr. Sen", "2580").unwrap().is_ok());
        assert!(portal.storage().close_reader(&name, WallMs(1)).unwrap());
        assert_eq!(portal.log_in("Dr. Sen", "2580").unwrap().err(), Some(Refused::Wrong));
    });
}

#[test]
fn guesses_that_come_at_once_are_told_apart() {
    use crate::domain::people::PersonName;
    use crate::portal::readers::Refused;
    on_each(|Bench { portal, .. }| {
        portal.add_reader(&PersonName::parse("Dr. Sen").unwrap()).unwrap();
        let guess = || portal.log_in("Dr. Sen", "1234").unwrap().err();
        let refused: Vec<_> = std::thread::scope(|scope| {
            let guesses: Vec<_> = (0..10).map(|_| scope.spawn(guess)).collect();
            guesses.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let looked_at = refused.iter().filter(|one| **one == Some(Refused::Wrong)).count();
        assert_eq!(looked_at, 4, "{refused:?}");
    });
}

#[test]
fn two_replicas_at_once_hold_a_record_once_and_number_orders_without_gaps() {
    use crate::domain::people::PersonName;
    use crate::domain::sync::order::{Asked, PortalSetting};
    let Some(server) = postgres_server::Server::shared() else { return };
    let url = server.database();
    let open = |dir: &Path| Store::open(dir, &postgres(url.clone())).unwrap();
    let (one, other) = (bench(open), bench(open));
    let from = one.box_key.key_id();
    // Both sign as one portal; here they do not, which shows whose receipt was given.
    let deliver = |portal: &Portal| {
        let records: Vec<_> = (1..=40).map(|seq| record(seq, "same")).collect();
        let answers = records.chunks(4).flat_map(|some| portal.take(from, some).unwrap());
        answers.map(|answer| answer.receipt.unwrap().signature).collect::<Vec<_>>()
    };
    let order = |portal: &Portal| {
        let by = PersonName::parse("Dr. Sen").unwrap();
        let asked = Asked::Settings(by, vec![(PortalSetting::Metered, "true".to_owned())]);
        (0..20).map(|_| portal.order(from, &asked).unwrap()).collect::<Vec<_>>()
    };
    let (first, second) = std::thread::scope(|scope| {
        let there = scope.spawn(|| (deliver(&other.portal), order(&other.portal)));
        let here = (deliver(&one.portal), order(&one.portal));
        (here, there.join().unwrap())
    });
    assert_eq!(first.0, second.0, "one receipt for each record");
    assert_eq!(one.portal.storage().fleet().unwrap()[0].held, 40);
    let mut numbers = [first.1, second.1].concat();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<u64>>());
}

mod keys {
    use super::*;
    use crate::domain::people::PersonName;
    use crate::domain::signing::FreeText;
    use crate::domain::sync::keys::{KeyLink, link_text};
    use crate::domain::sync::order::{Asked, OrderKind, PortalSetting, Request};
    use crate::wire::messages::AskOrders;

    fn sqlite() -> Bench {
        bench(|dir| Store::open(dir, &Places::default()).unwrap())
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::of_seed([seed; 32]).unwrap()
    }

    /// The box of the bench has the key of seed 1 and is called after it.
    fn link(old: u8, new: u8) -> KeyLink {
        let (old, new) = (key(old), key(new));
        let text = link_text(key(1).public().key_id(), &old.public(), &new.public());
        KeyLink {
            old: old.public(),
            new: new.public(),
            by_old: old.sign(&text),
            by_new: new.sign(&text),
        }
    }

    #[test]
    fn both_keys_are_accepted_until_the_new_one_was_used() {
        let Bench { portal, box_key, .. } = &sqlite();
        let id = box_key.key_id();
        let may = |seed: u8| portal.may_speak(id, &key(seed).public()).unwrap();
        assert!(may(1) && !may(2));
        let forged = KeyLink { by_old: link(3, 2).by_old, ..link(1, 2) };
        assert_eq!(portal.accept_key(id, &[forged]).unwrap(), None);
        for _ in 0..2 {
            assert_eq!(portal.accept_key(id, &[link(1, 2)]).unwrap(), Some(key(2).public()));
        }
        assert!(may(1), "nobody has used the new one");
        assert!(may(2));
        assert!(!may(1), "it is over");
        assert_eq!(portal.storage().box_state(id).unwrap(), BoxState::Enrolled(key(2).public()));
        // The chain from the first key leads on; one that does not begin here does not.
        let chain = [link(1, 2), link(2, 3)];
        assert_eq!(portal.accept_key(id, &chain).unwrap(), Some(key(3).public()));
        assert_eq!(portal.accept_key(id, &[link(1, 4)]).unwrap(), None);
        assert_eq!(portal.storage().fleet().unwrap().len(), 1, "it is one box");
    }

    #[test]
    fn nobody_takes_the_name_of_another_box_by_a_code() {
        let Bench { portal, box_key, .. } = &sqlite();
        let code = portal.new_code().unwrap();
        let thief = key(9).public();
        let forged = KeyLink { new: thief, by_new: key(9).sign("x"), ..link(1, 2) };
        assert!(!portal.enrol(&code, (&thief, &[forged]), "").unwrap());
        // A box that has changed its key at another portal brings the chain, and is the one it was.
        let chain = [link(1, 2), link(2, 3)];
        assert!(portal.enrol(&code, (&key(3).public(), &chain), "PHC One").unwrap());
        let state = portal.storage().box_state(box_key.key_id()).unwrap();
        assert_eq!(state, BoxState::Enrolled(key(3).public()));
        assert_eq!(portal.storage().fleet().unwrap().len(), 1);
    }

    #[test]
    fn a_wipe_that_was_taken_back_is_outnumbered() {
        let Bench { portal, box_key, .. } = &sqlite();
        let to = box_key.key_id();
        let by = PersonName::parse("Dr. Sen").unwrap();
        let wipe = Asked::Wipe(Request { by, reason: FreeText::default() });
        assert_eq!(portal.order(to, &wipe).unwrap(), 1);
        let code = portal.new_code().unwrap();
        assert!(portal.enrol(&code, (box_key, &[]), "").unwrap());
        let list = portal.hand_out(to, &AskOrders { told: vec![], bytes: 9_000 }, None).unwrap();
        assert_eq!((list.orders.len(), list.orders[0].number), (1, 2));
        let order = list.orders[0].clone().read().unwrap();
        let kind = OrderKind::parse(&order.kind).unwrap();
        let asked = crate::wire::orders::read(kind, order.body.reveal()).unwrap();
        let none: Vec<(PortalSetting, String)> = Vec::new();
        assert!(matches!(asked, Asked::Settings(_, values) if values == none));
    }

    #[test]
    fn the_next_key_is_announced_once_to_every_box_and_to_those_enrolled_since() {
        let bench = sqlite();
        let Bench { portal, box_key, .. } = &bench;
        let folder = bench.dir.path();
        let announced = |id| {
            let sent = portal.storage().sent_orders(id, None).unwrap();
            sent.iter().filter(|one| one.order.kind == OrderKind::PortalKey.code()).count()
        };
        for _ in 0..2 {
            let boxes = portal.announce_key(folder).unwrap();
            assert_eq!((boxes.len(), boxes[0].known), (1, false));
            assert_eq!(announced(box_key.key_id()), 1);
        }
        let late = key(5).public();
        let code = portal.new_code().unwrap();
        assert!(portal.enrol(&code, (&late, &[]), "PHC Two").unwrap());
        assert_eq!(announced(late.key_id()), 1);
        let (first, next) = (portal.key(), portal.next_key().unwrap());
        assert!(portal.use_announced_key(folder).unwrap());
        portal.read_keys().unwrap();
        assert_eq!(portal.key(), next);
        // Whoever knows the first key only is answered by it.
        assert_eq!(portal.key_for(late.key_id(), &first.to_string()).unwrap(), first);
        assert_eq!(portal.key_for(late.key_id(), &next.to_string()).unwrap(), next);
        assert_eq!(announced(late.key_id()), 1);
    }
}

#[path = "support_tests.rs"]
mod support;

#[path = "carry_tests.rs"]
mod carry;
