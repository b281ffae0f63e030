//! The soak: days of simulated time with the real store and the real rounds of the courier. Only what is
//! outside the box is simulated: the ways, the people, the clocks, the power. Every run is drawn from one
//! number, which is printed, and is the same again from the same number.
//!
//! `make soak-alerts` runs more and longer ones than the default test does.

pub(super) mod clinic;
mod ledger;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clinic::{DEAD_GROUP, PEOPLE, SimClock, UNREACHABLE, WRONG_NUMBER, person};
use ledger::{Ledger, Raised};

use crate::app::App;
use crate::app::alerts::rounds::{Departure, Outcome, Rounds, TRY_MAX_MS};
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{FailedTry, MessageId, SendFault};
use crate::domain::alert::{AckMethod, AlertClass, AlertNumber};
use crate::domain::ids::{OperatorId, PhotoId};
use crate::domain::stamp::Clock as _;
use crate::locale::Locale;
use crate::store::QueuedKind;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// How long everything works after the bad days, so that what is open can end.
const AFTER_MS: i64 = 4 * HOUR_MS;

/// Where the power can fail.
const PLACES: [&str; 7] = [
    "before the reading",
    "after the reading",
    "before a look",
    "between row and send",
    "after the mark, before the send",
    "after the send, before the note",
    "after the note",
];

/// Something wrong on purpose, to see that the promises are really held against what happens.
#[derive(Clone, Copy, PartialEq)]
enum Planted {
    Nothing,
    /// The box ends an alert by itself.
    EndsByItself,
    /// Messages come without the mark of a repetition.
    NoMark,
    /// After some hours nobody looks any more.
    Sleeps,
    /// Nobody is told any more once a group was.
    GroupIsEnough,
    /// Groups read without the mark of a repetition.
    NoMarkInGroup,
}

/// What will happen.
enum Event {
    Look,
    Check,
    Film,
    Kill,
    ClockWrong,
    ClockRight,
    Hang,
    /// An administrator adds the bot once more to the group that it was removed from.
    PairGroups,
    TryEnds(MessageId, Outcome),
    Arrives(OperatorId, AlertNumber, bool),
    ReadInGroup(AlertNumber, bool),
    Answer(OperatorId, AlertNumber),
    PassOn(OperatorId, AlertNumber),
}

/// Splitmix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn percent(&mut self, share: u64) -> bool {
        self.draw() % 100 < share
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.draw() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }
}

struct Sim {
    dir: tempfile::TempDir,
    clock: Arc<SimClock>,
    chance: Chance,
    /// The box while it is on.
    on: Option<(App, Rounds)>,
    now_ms: i64,
    end_ms: i64,
    /// How long the box has been on.
    on_ms: i64,
    look_every_ms: i64,
    agenda: BTreeMap<(i64, u64), Event>,
    put: u64,
    films: u32,
    hangs_until_ms: i64,
    /// The next power cut comes when this place is passed.
    bomb: Option<&'static str>,
    /// A film whose reading was being written when the power failed.
    unwritten: Option<(PhotoId, AlertClass)>,
    ledger: Ledger,
    planted: Planted,
}

impl Sim {
    fn new(seed: u64, hours: i64, look_every_ms: i64, planted: Planted) -> Self {
        // In memory where that is possible: what is measured is not the disk.
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let clock = Arc::new(SimClock::default());
        let mut sim = Self {
            dir,
            clock,
            chance: Chance(seed),
            on: None,
            now_ms: 0,
            end_ms: hours * HOUR_MS,
            on_ms: 0,
            look_every_ms,
            agenda: BTreeMap::new(),
            put: 0,
            films: 0,
            hangs_until_ms: 0,
            bomb: None,
            unwritten: None,
            ledger: Ledger::default(),
            planted,
        };
        sim.start();
        clinic::add_people(&sim.app().inner.store, sim.clock.now());
        sim.put(0, Event::PairGroups);
        sim.put(0, Event::Film);
        sim.put(5 * MINUTE_MS, Event::Check);
        sim.put(20 * MINUTE_MS, Event::Kill);
        sim.put(HOUR_MS, Event::ClockWrong);
        sim.put(90 * MINUTE_MS, Event::Hang);
        sim
    }

    fn app(&self) -> &App {
        &self.on.as_ref().unwrap().0
    }

    fn put(&mut self, in_ms: i64, event: Event) {
        self.put += 1;
        self.agenda.insert((self.now_ms + in_ms, self.put), event);
    }

    fn is_bad(&self) -> bool {
        self.now_ms < self.end_ms
    }

    fn start(&mut self) {
        let app = clinic::start(self.dir.path(), &self.clock);
        let mut waits = Chance(self.chance.draw());
        let rounds = Rounds::new(self.now_ms, Box::new(move || waits.draw()));
        self.on = Some((app, rounds));
        if let Some((photo, class)) = self.unwritten.take() {
            self.draft(photo, class);
        }
        self.put(self.look_every_ms, Event::Look);
    }

    /// A place where the power can fail; true when it does.
    fn power_fails(&mut self, place: &'static str) -> bool {
        if self.bomb != Some(place) {
            return false;
        }
        self.bomb = None;
        *self.ledger.kills.entry(place).or_default() += 1;
        self.on = None;
        // What ran in the box ends with it; what had left it is on its way.
        self.agenda.retain(|_, event| !matches!(event, Event::TryEnds(..) | Event::Look));
        let off_ms = self.chance.between(10 * SECOND_MS, 30 * MINUTE_MS);
        self.put(off_ms, Event::Look);
        true
    }

    fn run(&mut self) {
        while let Some(((at, _), event)) = self.agenda.pop_first() {
            if at > self.end_ms + AFTER_MS {
                break;
            }
            if self.on.is_some() {
                self.on_ms += at - self.now_ms;
            }
            self.now_ms = at;
            self.clock.passed_ms.store(at, Ordering::Relaxed);
            self.happen(event);
        }
        if self.on.is_none() {
            self.start();
        }
        let app = self.app().clone();
        self.ledger.check(&app, self.on_ms);
        let open = |(number, raised): (&AlertNumber, &Raised)| {
            let left = raised.class == AlertClass::Critical && raised.taken_ms.is_none();
            left.then(|| format!("critical alert {number} was never answered"))
        };
        let left: Vec<_> = self.ledger.alerts.iter().filter_map(open).collect();
        self.ledger.broken.extend(left);
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Look => self.look(),
            Event::Check => {
                if let Some((app, _)) = &self.on {
                    self.ledger.check(app, self.on_ms);
                }
                if self.planted == Planted::EndsByItself && self.on.is_some() {
                    let (store, at) = (&self.app().inner.store, self.clock.now());
                    for number in self.ledger.alerts.keys().take(1) {
                        store.acknowledge(*number, person(1), AckMethod::Page, at).unwrap();
                    }
                }
                self.put(5 * MINUTE_MS, Event::Check);
            }
            Event::Film => self.take_film(),
            Event::Kill if self.is_bad() => {
                let place = self.chance.between(0, 6);
                self.bomb = Some(PLACES[usize::try_from(place).unwrap()]);
                let next = self.chance.between(30 * MINUTE_MS, 4 * HOUR_MS);
                self.put(next, Event::Kill);
            }
            Event::ClockWrong if self.is_bad() => self.set_clock_wrong(),
            Event::ClockRight => self.clock.wrong_by_ms.store(0, Ordering::Relaxed),
            Event::Hang if self.is_bad() => {
                self.ledger.hangs += 1;
                self.hangs_until_ms = self.now_ms + self.chance.between(10, 180) * MINUTE_MS;
                let next = self.chance.between(4, 9) * HOUR_MS;
                self.put(next, Event::Hang);
            }
            Event::PairGroups => {
                if self.on.is_some() {
                    clinic::pair_groups(&self.app().inner.store, self.clock.now());
                }
                let next = self.chance.between(2, 10) * HOUR_MS;
                self.put(next, Event::PairGroups);
            }
            Event::Kill | Event::ClockWrong | Event::Hang => {}
            Event::TryEnds(id, outcome) => self.end_try(id, outcome),
            Event::Arrives(who, number, marked) => self.arrive(who, number, marked),
            Event::ReadInGroup(number, marked) => self.read_in_group(number, marked),
            Event::Answer(who, number) => self.answer(who, number),
            Event::PassOn(who, number) => self.pass_on(who, number),
        }
    }

    fn set_clock_wrong(&mut self) {
        self.ledger.jumps += 1;
        let years = self.chance.percent(30);
        let most = if years { 10 * 365 * 24 * HOUR_MS } else { 30 * HOUR_MS };
        let by = self.chance.between(-most, most);
        self.clock.wrong_by_ms.store(by, Ordering::Relaxed);
        let right = self.chance.between(1, 300) * MINUTE_MS;
        self.put(right, Event::ClockRight);
        let next = self.chance.between(3, 12) * HOUR_MS;
        self.put(next, Event::ClockWrong);
    }

    fn take_film(&mut self) {
        if !self.is_bad() {
            return;
        }
        let next = self.chance.between(2 * MINUTE_MS, 40 * MINUTE_MS);
        self.put(next, Event::Film);
        if self.on.is_none() {
            return;
        }
        self.films += 1;
        let class =
            if self.chance.percent(40) { AlertClass::Critical } else { AlertClass::Suspect };
        let photo = clinic::film(&self.app().inner.store, self.films, class, self.clock.now());
        if self.power_fails("before the reading") {
            self.unwritten = Some((photo, class));
            return;
        }
        self.draft(photo, class);
        self.power_fails("after the reading");
    }

    fn draft(&mut self, photo: PhotoId, class: AlertClass) {
        clinic::draft(&self.app().inner.store, photo, self.clock.now());
        let number = AlertNumber(i64::try_from(self.ledger.alerts.len() + 1).unwrap());
        let raised = Raised {
            class,
            raised_ms: self.now_ms,
            raised_on_ms: self.on_ms,
            told_on_ms: None,
            arrived_ms: None,
            answers: vec![],
            taken_ms: None,
        };
        self.ledger.alerts.insert(number, raised);
    }

    fn look(&mut self) {
        if self.on.is_none() {
            self.start();
            return;
        }
        self.put(self.look_every_ms, Event::Look);
        let asleep = self.planted == Planted::Sleeps && self.now_ms > 10 * HOUR_MS;
        if asleep || self.power_fails("before a look") {
            return;
        }
        let now_ms = self.now_ms;
        let (app, rounds) = self.on.as_mut().unwrap();
        self.ledger.looked += rounds.look(&app.inner, now_ms).unwrap();
        if !self.power_fails("between row and send") {
            self.depart();
        }
    }

    fn depart(&mut self) {
        let now_ms = self.now_ms;
        let (app, rounds) = self.on.as_mut().unwrap();
        let departures = rounds.depart(&app.inner, now_ms).unwrap();
        for departure in departures {
            // Marked as being sent, and nothing has left.
            if self.power_fails("after the mark, before the send") {
                return;
            }
            self.send(&departure);
        }
    }

    /// A way, with everything that ways do.
    fn send(&mut self, departure: &Departure) {
        let due = &departure.due;
        let (id, who) = (due.message.id, due.message.person);
        self.ledger.tries += 1;
        let QueuedKind::Alert(number) = due.kind else {
            self.put(SECOND_MS, Event::TryEnds(id, Ok(String::new())));
            return;
        };
        let group = due.message.address.is_group();
        if self.planted == Planted::GroupIsEnough && !group && self.now_ms > 2 * HOUR_MS {
            self.put(SECOND_MS, Event::TryEnds(id, Ok(String::new())));
            return;
        }
        if let Some(raised) = self.ledger.alerts.get_mut(&number).filter(|_| !group) {
            raised.told_on_ms = Some(self.on_ms);
        }
        let repeated = Locale::english().t("alert-repeat");
        let word = repeated.split(':').next().unwrap();
        let marked = departure.outgoing.text.starts_with(word) && self.planted != Planted::NoMark;
        let marked = marked && !(group && self.planted == Planted::NoMarkInGroup);
        let arrives = || {
            if group {
                Event::ReadInGroup(number, marked)
            } else {
                Event::Arrives(who, number, marked)
            }
        };
        let gone = due.message.address == Address::Chat(DEAD_GROUP);
        self.ledger.dead_group += u32::from(gone);
        let sms = due.message.channel() == ChannelKind::Sms;
        // A group reads whoever is on duty, whether that person can be reached or not.
        let nobody = who == person(UNREACHABLE) || (who == person(WRONG_NUMBER) && sms);
        let dead = if group { gone } else { nobody };
        let failed = |fault: SendFault| Err(FailedTry::from(fault));
        let lost = self.is_bad() && self.chance.percent(50);
        let (after_ms, outcome) = if self.is_bad() && sms && self.now_ms < self.hangs_until_ms {
            // The modem hangs; what it had taken may come out one day.
            if self.chance.percent(10) {
                self.put(TRY_MAX_MS / 2, arrives());
            }
            (TRY_MAX_MS, failed(SendFault::Unreachable))
        } else if lost {
            match self.chance.draw() % 5 {
                0 => (SECOND_MS, failed(SendFault::Unreachable)),
                1 => {
                    // It arrives, and the answer is lost.
                    self.put(2 * SECOND_MS, arrives());
                    (40 * SECOND_MS, failed(SendFault::Unreachable))
                }
                2 => {
                    self.put(SECOND_MS, arrives());
                    (SECOND_MS, failed(SendFault::Garbled))
                }
                3 => {
                    let wait = u64::try_from(self.chance.between(1, 120)).unwrap() * 1_000;
                    let busy = FailedTry { fault: SendFault::Busy, retry_after_ms: Some(wait) };
                    (SECOND_MS, Err(busy))
                }
                // Taken, and never seen again.
                _ => (SECOND_MS, Ok("r".into())),
            }
        } else if dead {
            (SECOND_MS, failed(SendFault::NoSuchReceiver))
        } else {
            let on_the_way = self.chance.between(1, 60) * SECOND_MS;
            self.put(on_the_way, arrives());
            (self.chance.between(1, 5) * SECOND_MS, Ok("r".into()))
        };
        self.put(after_ms, Event::TryEnds(id, outcome));
    }

    fn end_try(&mut self, id: MessageId, outcome: Outcome) {
        if self.power_fails("after the send, before the note") {
            return;
        }
        let now_ms = self.now_ms;
        let (app, rounds) = self.on.as_mut().unwrap();
        rounds.finish(&app.inner, id, outcome, now_ms);
        if !self.power_fails("after the note") {
            self.depart();
        }
    }

    /// Somebody in the group may answer with a tap: who has paired a chat, and nobody else.
    fn read_in_group(&mut self, number: AlertNumber, marked: bool) {
        self.ledger.group_read(number, marked);
        if self.chance.percent(if self.is_bad() { 10 } else { 50 }) {
            let who = u8::try_from(self.chance.between(1, i64::from(PEOPLE))).unwrap();
            let after = self.chance.between(1, 90) * MINUTE_MS;
            self.ledger.group_answers += 1;
            self.put(after, Event::Answer(person(who), number));
        }
    }

    /// A person has a message in the hand.
    fn arrive(&mut self, who: OperatorId, number: AlertNumber, marked: bool) {
        self.ledger.arrived(number, who, marked, self.now_ms);
        let (answers, passes) = if self.is_bad() { (35, 10) } else { (90, 0) };
        let after = self.chance.between(1, if self.is_bad() { 90 } else { 5 }) * MINUTE_MS;
        if self.chance.percent(answers) {
            self.put(after, Event::Answer(who, number));
            if self.chance.percent(20) {
                self.ledger.double_answers += 1;
                self.put(after + SECOND_MS, Event::Answer(who, number));
            }
        } else if self.chance.percent(passes) {
            self.put(after, Event::PassOn(who, number));
        }
    }

    fn answer(&mut self, who: OperatorId, number: AlertNumber) {
        let lost = self.is_bad() && self.chance.percent(50);
        if lost || self.on.is_none() {
            self.ledger.lost_answers += 1;
            return;
        }
        let at = self.clock.now();
        let stored = self.app().inner.store.acknowledge(number, who, AckMethod::Sms, at).unwrap();
        let raised = self.ledger.alerts.get_mut(&number).unwrap();
        raised.answers.push(who);
        if raised.taken_ms.is_some() {
            self.ledger.late_answers += 1;
        }
        raised.taken_ms.get_or_insert(self.now_ms);
        assert!(stored.acknowledged.is_some());
    }

    fn pass_on(&mut self, who: OperatorId, number: AlertNumber) {
        if self.on.is_some() {
            let at = self.clock.now();
            self.app().inner.store.pass_alert_on(number, who, 10 * MINUTE_MS, at).unwrap();
        }
    }
}

fn soak(seed: u64, hours: i64, look_every_ms: i64, planted: Planted) -> Ledger {
    let mut sim = Sim::new(seed, hours, look_every_ms, planted);
    sim.run();
    sim.ledger
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// `FIELDRAY_SOAK_SEED` is the first number, `FIELDRAY_SOAK_RUNS` how many runs, `FIELDRAY_SOAK_HOURS` how
/// long each is, `FIELDRAY_SOAK_LOOK_MS` how often the box looks.
#[test]
fn no_critical_alert_is_lost_stuck_or_repeated_without_saying_so() {
    let hours = i64::try_from(setting("FIELDRAY_SOAK_HOURS", 72)).unwrap();
    let look_ms = i64::try_from(setting("FIELDRAY_SOAK_LOOK_MS", 10_000)).unwrap();
    let (first, runs) = (setting("FIELDRAY_SOAK_SEED", 1), setting("FIELDRAY_SOAK_RUNS", 1));
    for seed in first..first + runs {
        let ledger = soak(seed, hours, look_ms, Planted::Nothing);
        println!("soak of {hours} h from number {seed}: {}", ledger.figures());
        assert!(ledger.broken.is_empty(), "number {seed}: {:#?}", ledger.broken);
        assert!(hours < 72 || ledger.kills.len() >= 6, "the power failed in too few places");
    }
}

#[test]
fn the_soak_sees_what_it_is_there_to_see() {
    for (planted, complaint) in [
        (Planted::EndsByItself, "not by who answered first"),
        (Planted::NoMark, "without a mark"),
        (Planted::Sleeps, "nobody is told any more"),
        (Planted::GroupIsEnough, "nobody is told any more"),
        (Planted::NoMarkInGroup, "to a group without a mark"),
    ] {
        let ledger = soak(7, 12, 10_000, planted);
        let said = ledger.broken.iter().any(|broken| broken.contains(complaint));
        assert!(said, "{complaint}: {:?}", ledger.broken);
    }
}

#[test]
fn the_same_number_is_the_same_run() {
    let run = || soak(11, 3, 10_000, Planted::Nothing).figures();
    assert_eq!(run(), run());
}
