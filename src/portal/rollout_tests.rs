//! Roll-outs with the portal's real rows, and boxes that say what they like.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::domain::stamp::{Clock, ClockTrust, Stamp};
use crate::domain::sync::order::{Order, Outcome};
use crate::keys::SigningKey;
use crate::portal::Places;
use crate::portal::tests::postgres_server::Server;
use crate::wire::messages::{AskOrders, Hello, ToldOutcome};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Default)]
struct Still(AtomicI64);

impl Clock for Still {
    fn now(&self) -> Stamp {
        let wall = WallMs(self.0.load(Ordering::SeqCst));
        Stamp { wall, trust: ClockTrust::Synced }
    }
}

struct District {
    _dir: tempfile::TempDir,
    portal: Portal,
    clock: Arc<Still>,
    boxes: Vec<KeyId>,
}

/// Runs a test on every back end that is there: a portal with a bundle, and a box in each of these rings.
fn on_each(rings: &[u8], test: impl Fn(&District, BundleOffer)) {
    let (here, offer) = district(rings, &Places::default());
    test(&here, offer);
    if let Some(server) = Server::shared() {
        let places = Places { database: Some(server.database()), objects: None };
        let (there, offer) = district(rings, &places);
        test(&there, offer);
    }
}

fn district(rings: &[u8], places: &Places) -> (District, BundleOffer) {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(Still(AtomicI64::new(100 * DAY_MS)));
    let portal = Portal::open(dir.path(), places, Arc::<Still>::clone(&clock)).unwrap();
    let mut boxes = Vec::new();
    for (at, ring) in rings.iter().enumerate() {
        let seed = [u8::try_from(at).unwrap() + 1; 32];
        let key = SigningKey::of_seed(seed).unwrap().public();
        let code = portal.new_code().unwrap();
        assert!(portal.enrol(&code, (&key, &[]), "PHC").unwrap());
        portal.storage().set_ring(key.key_id(), Ring::new(*ring).unwrap()).unwrap();
        boxes.push(key.key_id());
    }
    let bytes: Vec<u8> = (0..600_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
    let offer = BundleOffer {
        hash: Sha256Digest::of(&bytes),
        size_bytes: bytes.len() as u64,
        version: ReleaseVersion::parse("0.2.0").unwrap(),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        from_min: ReleaseVersion::parse("0.1.0").unwrap(),
        packs: vec!["findings@3.0.0".to_owned()],
    };
    for (number, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
        portal.storage().keep_piece(offer.hash, number as u64, piece).unwrap();
    }
    assert!(portal.storage().keep_bundle(&offer, portal.now().wall).unwrap());
    assert!(!portal.storage().keep_bundle(&offer, portal.now().wall).unwrap());
    (District { _dir: dir, portal, clock, boxes }, offer)
}

impl District {
    fn by() -> PersonName {
        PersonName::parse("District office").unwrap()
    }

    fn begin(&self, what: &What) -> u64 {
        let new = NewRollout { what: what.clone(), by: Self::by(), rules: Rules::default() };
        self.portal.roll_out(&new).unwrap().unwrap()
    }

    fn pass(&self, days: i64) {
        self.clock.0.fetch_add(days * DAY_MS, Ordering::SeqCst);
    }

    fn says(&self, at: usize, version: &str, on_hours: u64, failed: &str) {
        let program = ProgramTold {
            target: "x86_64-unknown-linux-gnu".to_owned(),
            on_ms: on_hours * 60 * 60 * 1000,
            failed: failed.to_owned(),
            bundle: None,
        };
        let hello = Hello {
            version: version.to_owned(),
            name: "PHC".to_owned(),
            made: 0,
            through: 0,
            waiting: [0; 4],
            parked: 0,
            disk_free_mib: 1,
            health: None,
            sms_key: None,
            program: None,
        };
        let id = self.boxes[at];
        self.portal.storage().hello(id, &hello, self.portal.now().wall).unwrap();
        self.portal.storage().hear_program(id, &program).unwrap();
    }

    /// Orders that wait for a box.
    fn waiting(&self, at: usize) -> Vec<Order> {
        let ask = AskOrders { told: Vec::new(), bytes: 1 << 20 };
        let list = self.portal.hand_out(self.boxes[at], &ask, None).unwrap();
        list.orders.into_iter().map(|one| one.read().unwrap()).collect()
    }

    fn tells(&self, at: usize, order: &Order, outcome: Outcome) {
        let told = vec![ToldOutcome {
            number: order.number,
            hash: order.hash.to_string(),
            outcome: outcome.code().to_owned(),
            reason: outcome.reason().to_owned(),
            words: String::new(),
        }];
        self.portal.hand_out(self.boxes[at], &AskOrders { told, bytes: 0 }, None).unwrap();
    }

    fn look(&self) -> Rollout {
        self.portal.look_at_rollouts().unwrap();
        self.portal.storage().rollouts(false).unwrap().remove(0)
    }

    fn stands(&self) -> (State, u8) {
        let rollout = self.look();
        (rollout.state, rollout.ring.number())
    }
}

#[test]
fn a_bundle_is_given_out_in_ranges_and_nothing_beyond_its_end() {
    on_each(&[], |district, offer| {
        let storage = district.portal.storage();
        let mut got = Vec::new();
        while (got.len() as u64) < offer.size_bytes {
            let most = 90_001;
            got.extend(storage.bundle_bytes(offer.hash, got.len() as u64, most).unwrap().unwrap());
        }
        assert_eq!(Sha256Digest::of(&got), offer.hash);
        assert_eq!(storage.bundle_bytes(offer.hash, offer.size_bytes, 1).unwrap(), None);
        assert_eq!(storage.bundle_bytes(Sha256Digest::from_bytes([9; 32]), 0, 1).unwrap(), None);
        assert_eq!(storage.bundles().unwrap()[0].0, offer);
        // Pieces without their row are not a bundle yet.
        let half = Sha256Digest::from_bytes([7; 32]);
        storage.keep_piece(half, 0, b"begun").unwrap();
        assert_eq!(storage.bundle_bytes(half, 0, 5).unwrap(), None);
    });
}

#[test]
fn two_rings_one_after_the_other_and_then_the_end() {
    on_each(&[0, 2], |district, offer| {
        let what = What::Bundle(offer);
        district.begin(&what);
        let new = NewRollout { what, by: District::by(), rules: Rules::default() };
        assert_eq!(district.portal.roll_out(&new).unwrap(), Err(1), "one at a time");
        assert_eq!(district.stands(), (State::Running, 0));
        district.says(0, "0.1.0", 10, "");
        district.says(1, "0.1.0", 5, "");
        let order = district.waiting(0).remove(0);
        assert!(district.waiting(1).is_empty());
        district.tells(0, &order, Outcome::Waiting);
        assert!(district.waiting(0).is_empty(), "the box has it");
        district.says(0, "0.2.0", 12, "");
        district.tells(0, &order, Outcome::Done);
        // 72 hours of being on count from the first word after that.
        district.says(0, "0.2.0", 13, "");
        district.says(0, "0.2.0", 84, "");
        assert_eq!(district.stands(), (State::Running, 0));
        district.says(0, "0.2.0", 85, "");
        assert_eq!(district.stands(), (State::Running, 2));
        let order = district.waiting(1).remove(0);
        district.tells(1, &order, Outcome::Done);
        district.says(1, "0.2.0", 0, "");
        district.says(1, "0.2.0", 72, "");
        assert_eq!(district.stands(), (State::Finished, 3));
        let events = district.portal.storage().rollout_events(1).unwrap();
        let kinds: Vec<_> =
            events.iter().map(|one| (one.kind.as_str(), one.detail.as_str())).collect();
        let rings = [("begun", "0"), ("ring", "1"), ("ring", "2"), ("ring", "3"), ("finished", "")];
        assert_eq!(kinds, rings);
    });
}

#[test]
fn one_that_goes_back_stops_it_and_calls_back_the_others() {
    on_each(&[0, 0, 0, 1], |district, offer| {
        let hash = offer.hash;
        district.begin(&What::Bundle(offer));
        for at in 0..3 {
            district.says(at, "0.1.0", 10, "");
        }
        let first = district.waiting(0).remove(0);
        let second = district.waiting(1).remove(0);
        district.tells(0, &first, Outcome::Waiting);
        district.tells(1, &second, Outcome::Waiting);
        // It says so with its hello, before it tells the outcome.
        district.says(0, "0.1.0", 11, "0.2.0");
        assert_eq!(district.stands(), (State::Stopped, 0));
        let events = district.portal.storage().rollout_events(1).unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.detail.as_str(), last.box_id), ("went_back", Some(district.boxes[0])));
        assert!(last.by.is_empty());
        // The second one is to let it be for now, and the third one never hears of it.
        let recall = district.waiting(1).remove(0);
        assert_eq!(recall.kind, "withdraw_bundle");
        assert!(recall.body.reveal().contains(&hash.to_string()));
        assert!(recall.body.reveal().contains("\"keep\":true"));
        let unheard = district.waiting(2);
        assert!(unheard.iter().all(|order| order.kind == "withdraw_bundle"));
        district.tells(0, &first, Outcome::Refused(OrderRefusal::WentBack));
        assert_eq!(district.stands(), (State::Stopped, 0), "nothing moves by itself");
        // Somebody looks, and goes on: the others are asked anew.
        let go_on = district.portal.say_to_rollout(1, Word::GoOn, &District::by()).unwrap();
        assert_eq!(go_on, Heard::Done);
        assert_eq!(district.stands(), (State::Running, 0));
        for at in [1, 2] {
            let kinds: Vec<_> = district.waiting(at).into_iter().map(|order| order.kind).collect();
            assert_eq!(kinds, ["withdraw_bundle", "bundle"], "in that order");
        }
        assert!(district.waiting(3).is_empty());
        assert!(district.waiting(0).iter().all(|order| order.kind != "bundle"));
    });
}

#[test]
fn a_person_holds_goes_on_and_withdraws() {
    on_each(&[0, 0], |district, offer| {
        let id = district.begin(&What::Bundle(offer));
        let say = |word| district.portal.say_to_rollout(id, word, &District::by()).unwrap();
        let order = district.waiting(0).remove(0);
        district.tells(0, &order, Outcome::Waiting);
        assert_eq!(say(Word::GoOn), Heard::Meaningless);
        assert_eq!(say(Word::Hold), Heard::Done);
        assert_eq!(district.stands().0, State::Held);
        assert_eq!(say(Word::Withdraw), Heard::Done);
        assert_eq!(say(Word::GoOn), Heard::Meaningless);
        let rollout = district.look();
        assert!(rollout.state == State::Withdrawn && rollout.settled);
        let bodies: Vec<String> =
            district.waiting(0).iter().map(|order| order.body.reveal().clone()).collect();
        assert!(bodies.last().unwrap().contains("\"keep\":false"), "{bodies:?}");
        let count = bodies.len();
        district.look();
        assert_eq!(district.waiting(0).len(), count, "it is asked once");
        let unknown = district.portal.say_to_rollout(99, Word::Hold, &District::by()).unwrap();
        assert_eq!(unknown, Heard::Unknown);
    });
}

#[test]
fn settings_go_by_rings_too_and_a_box_that_nobody_hears_of_holds_up_no_ring() {
    on_each(&[0, 0, 3], |district, _| {
        let values = vec![(PortalSetting::Metered, "true".to_owned())];
        district.begin(&What::Settings(values));
        district.says(0, "0.1.0", 5, "");
        district.says(1, "0.1.0", 5, "");
        let order = district.waiting(0).remove(0);
        assert_eq!(order.kind, "settings");
        district.tells(0, &order, Outcome::Done);
        district.says(0, "0.1.0", 6, "");
        district.pass(15);
        district.says(0, "0.1.0", 80, "");
        district.says(2, "0.1.0", 80, "");
        assert_eq!(district.stands(), (State::Running, 3), "the second one is silent");
        let order = district.waiting(2).remove(0);
        district.tells(2, &order, Outcome::Refused(OrderRefusal::SettingUnknown));
        assert_eq!(district.stands(), (State::Stopped, 3));
    });
}

#[test]
fn a_box_of_another_kind_is_not_asked_at_all() {
    on_each(&[0, 0], |district, mut offer| {
        offer.target = "aarch64-unknown-linux-gnu".to_owned();
        offer.hash = Sha256Digest::from_bytes([5; 32]);
        district.portal.storage().keep_bundle(&offer, WallMs(1)).unwrap();
        district.says(0, "0.1.0", 5, "");
        district.begin(&What::Bundle(offer));
        assert!(district.waiting(0).is_empty());
        assert_eq!(district.waiting(1).len(), 1, "the other one has not said what it is");
    });
}
