//! Whom to tell by now, and whether the box itself must shout.
//!
//! Steps of equal length: the first person by the first way; the same person by every way; the next
//! person as well; everybody; then everybody again and again. A way that turned out dead is left out as if
//! it had never been there, so that nobody waits for it. Time is how long the box has been on since the
//! alert was raised: no clock that is set can fire or suppress a step.

use std::collections::BTreeSet;

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Address, Contact};
use crate::domain::alert::delivery::{Message, MessageState};
use crate::domain::alert::roster::LocalTime;
use crate::domain::ids::OperatorId;

/// How long each step waits for an acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepMinutes(u16);

impl StepMinutes {
    /// 1 to 120 minutes.
    #[must_use]
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes >= 1 && minutes <= 120 { Some(Self(minutes)) } else { None }
    }

    /// The number of minutes.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    fn ms(self) -> i64 {
        i64::from(self.0) * 60_000
    }
}

impl Default for StepMinutes {
    fn default() -> Self {
        Self(10)
    }
}

/// The step from which on everybody is told.
const EVERYBODY: i64 = 3;
/// The step from which on the box itself shouts for a critical alert.
const SIREN: i64 = 4;
/// How many times everybody is told about an alert that is not critical. It stays open, and red.
const ROUNDS_OF_SUSPECT: u16 = 2;
/// The step from which on time alone owes nobody a further message about an alert that is not critical:
/// whoever comes last is told first at step 3, and everybody once more at step 4 at the latest.
const SUSPECT_IS_TOLD: i64 = EVERYBODY + 1 + 2 * (ROUNDS_OF_SUSPECT as i64 - 2);

/// A message that has to exist by now. Equal ones are one message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// For whom.
    pub person: OperatorId,
    /// Where to.
    pub address: Address,
    /// Which telling it is, from 0.
    pub round: u16,
}

/// What is known when somebody looks at an open alert.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// How pressing it is.
    pub class: AlertClass,
    /// For how long the box has been on since it was raised, milliseconds.
    pub open_ms: i64,
    /// Everybody who can be told at all.
    pub contacts: &'a [Contact],
    /// Local time, for duty.
    pub now: LocalTime,
    /// Ways that turned out dead for this alert.
    pub dead: &'a BTreeSet<Address>,
    /// Length of a step.
    pub step: StepMinutes,
}

impl Situation<'_> {
    pub(super) fn step_now(&self) -> i64 {
        self.open_ms.max(0) / self.step.ms()
    }

    /// People who get this class, those on duty first.
    pub(super) fn in_order(&self) -> Vec<&Contact> {
        let mut people: Vec<_> =
            self.contacts.iter().filter(|contact| contact.gets(self.class)).collect();
        people.sort_by_key(|one| (!one.is_on_duty(self.now), one.order, one.operator));
        people
    }

    /// Those of them who can be reached, each with the living ways.
    fn reachable(&self) -> Vec<(OperatorId, Vec<Address>)> {
        let people = self.in_order();
        let living = |contact: &&Contact| {
            let ways = contact.addresses().into_iter().filter(|way| !self.dead.contains(way));
            (contact.operator, ways.collect::<Vec<_>>())
        };
        people.iter().map(living).filter(|(_, ways)| !ways.is_empty()).collect()
    }
}

/// A way by which a person has to be told by now, and how often.
struct Telling {
    person: OperatorId,
    address: Address,
    /// At least 1.
    rounds: u16,
}

/// The messages that have to exist by now.
#[must_use]
pub fn due(now: &Situation<'_>) -> BTreeSet<Due> {
    let one = |telling: Telling| {
        let Telling { person, address, rounds } = telling;
        (0..rounds).map(move |round| Due { person, address: address.clone(), round })
    };
    tellings(now).into_iter().flat_map(one).collect()
}

/// The messages to queue now, given those that exist: of what is due and not there, the newest telling
/// by each way, and none while an earlier one still waits there. So a way that was down for hours owes
/// one message of an alert when it comes back, and not one for each step that has passed.
#[must_use]
pub fn owed(now: &Situation<'_>, messages: &[Message]) -> Vec<Due> {
    let waits = |message: &Message| match message.state {
        MessageState::Queued | MessageState::Sending => true,
        MessageState::Sent
        | MessageState::Delivered
        | MessageState::Dead
        | MessageState::Dropped => false,
    };
    let mut owed = Vec::new();
    for Telling { person, address, rounds } in tellings(now) {
        let there = || messages.iter().filter(|message| message.address == address);
        let told = there().map(|message| message.round + 1).max().unwrap_or(0);
        if rounds > told && !there().any(waits) {
            owed.push(Due { person, address, round: rounds - 1 });
        }
    }
    owed
}

/// For how long the alert has to have been open, milliseconds, until the passing of time can owe
/// somebody a further message; `None`: never again.
#[must_use]
pub fn next_change_ms(class: AlertClass, open_ms: i64, step: StepMinutes) -> Option<i64> {
    let now = open_ms.max(0) / step.ms();
    let goes_on = match class {
        AlertClass::Critical => true,
        AlertClass::Suspect => now < SUSPECT_IS_TOLD,
        AlertClass::Digest => false,
    };
    goes_on.then(|| (now + 1).saturating_mul(step.ms()))
}

fn tellings(now: &Situation<'_>) -> Vec<Telling> {
    let most = match now.class {
        AlertClass::Critical => u16::MAX,
        AlertClass::Suspect => ROUNDS_OF_SUSPECT,
        AlertClass::Digest => return Vec::new(),
    };
    let people = now.reachable();
    let step = now.step_now();
    let mut tellings = Vec::new();
    for (place, (person, ways)) in people.iter().enumerate() {
        for (way, address) in ways.iter().enumerate() {
            let first = match (place, way) {
                (0, 0) => 0,
                (0, _) => 1,
                (1, _) => 2,
                _ => EVERYBODY,
            };
            if step < first {
                continue;
            }
            // Everybody together at step 3, and again every two steps.
            let rounds = again(step, first).saturating_add(1);
            let rounds = rounds.min(most);
            tellings.push(Telling { person: *person, address: address.clone(), rounds });
        }
    }
    tellings
}

fn again(step: i64, first: i64) -> u16 {
    let joint = EVERYBODY.max(first + 1);
    if step < joint { 0 } else { u16::try_from(1 + (step - joint) / 2).unwrap_or(u16::MAX) }
}

/// Whether the box itself must shout: nobody has answered for long, or nobody can be reached at all.
#[must_use]
pub fn siren(now: &Situation<'_>) -> bool {
    now.class == AlertClass::Critical && (now.step_now() >= SIREN || now.reachable().is_empty())
}

/// Whether an open alert stands in red on the box: any that nobody has answered in time.
#[must_use]
pub fn red(now: &Situation<'_>) -> bool {
    if now.class == AlertClass::Digest {
        return false;
    }
    now.step_now() >= EVERYBODY || now.reachable().is_empty() || siren(now)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::alert::contact::{ChatId, PhoneNumber};
    use crate::domain::alert::delivery::MessageId;
    use crate::domain::alert::roster::{DailySpan, MinuteOfDay, Roster, Weekday};
    use crate::domain::people::{PersonName, Role};
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};

    fn minute(text: &str) -> MinuteOfDay {
        MinuteOfDay::parse(text).unwrap()
    }

    fn contact(n: u8, chat: bool, phone: bool) -> Contact {
        Contact {
            operator: OperatorId::from_bytes([n; 16]),
            name: PersonName::parse("Dr").unwrap(),
            role: Role::Physician,
            chat: chat.then(|| ChatId(i64::from(n))),
            phone: phone.then(|| PhoneNumber::parse(&format!("+91987654321{n}")).unwrap()),
            least: AlertClass::Suspect,
            order: u16::from(n),
            duty: None,
        }
    }

    /// An alert of a class that has been open for minutes, on a Monday at noon.
    pub(in crate::domain::alert) fn at<'a>(
        class: AlertClass,
        minutes: i64,
        contacts: &'a [Contact],
        dead: &'a BTreeSet<Address>,
    ) -> Situation<'a> {
        Situation {
            class,
            open_ms: minutes * 60_000,
            contacts,
            now: LocalTime { day: Weekday::Monday, minute: minute("12:00") },
            dead,
            step: StepMinutes::default(),
        }
    }

    fn told_of(now: &Situation<'_>) -> Vec<(u8, &'static str, u16)> {
        let due = due(now);
        due.iter().map(|d| (d.person.as_bytes()[0], d.address.kind().code(), d.round)).collect()
    }

    #[test]
    fn one_way_then_every_way_then_the_next_person_then_everybody() {
        let contacts = [contact(1, true, true), contact(2, false, true), contact(3, true, false)];
        let none = BTreeSet::new();
        let told = |minutes| told_of(&at(AlertClass::Critical, minutes, &contacts, &none));
        assert_eq!(told(0), [(1, "telegram", 0)]);
        assert_eq!(told(10), [(1, "telegram", 0), (1, "sms", 0)]);
        assert_eq!(told(20), [(1, "telegram", 0), (1, "sms", 0), (2, "sms", 0)]);
        let everybody: BTreeSet<_> = told(30).iter().map(|(person, _, _)| *person).collect();
        assert_eq!(everybody, BTreeSet::from([1, 2, 3]));
        assert!(told(30).contains(&(1, "telegram", 1)), "and the first once more");
        assert!(told(200).iter().any(|(_, _, round)| *round >= 8), "again and again");
        let suspect = told_of(&at(AlertClass::Suspect, 2_000, &contacts, &none));
        assert!(suspect.iter().all(|(_, _, round)| *round < 2), "but not for every film");
    }

    #[test]
    fn nobody_waits_for_a_dead_way() {
        let contacts = [contact(1, true, true), contact(2, false, true)];
        let dead = BTreeSet::from([Address::Chat(ChatId(1))]);
        assert_eq!(told_of(&at(AlertClass::Critical, 0, &contacts, &dead)), [(1, "sms", 0)]);
        let dead: BTreeSet<_> = contacts[0].addresses().into_iter().collect();
        assert_eq!(told_of(&at(AlertClass::Critical, 0, &contacts, &dead)), [(2, "sms", 0)]);
    }

    #[test]
    fn people_on_duty_are_told_first_and_others_are_still_told() {
        let mut contacts = [contact(1, true, false), contact(2, true, false)];
        let night = DailySpan { from: minute("20:00"), until: minute("08:00") };
        contacts[0].duty = Some(Roster::daily(night));
        let none = BTreeSet::new();
        assert_eq!(told_of(&at(AlertClass::Critical, 0, &contacts, &none)), [(2, "telegram", 0)]);
        assert!(told_of(&at(AlertClass::Critical, 30, &contacts, &none)).iter().any(|t| t.0 == 1));
    }

    #[test]
    fn what_is_for_the_digest_is_told_to_nobody_by_name() {
        let contacts = [contact(1, true, true)];
        let none = BTreeSet::new();
        for minutes in [0, 30, 5_000] {
            let now = at(AlertClass::Digest, minutes, &contacts, &none);
            assert!(due(&now).is_empty() && !red(&now) && !siren(&now));
        }
    }

    #[test]
    fn the_box_shouts_when_nobody_answers_or_can_be_reached() {
        let contacts = [contact(1, true, false)];
        let (none, dead) = (BTreeSet::new(), BTreeSet::from([Address::Chat(ChatId(1))]));
        assert!(!siren(&at(AlertClass::Critical, 39, &contacts, &none)));
        assert!(siren(&at(AlertClass::Critical, 40, &contacts, &none)));
        assert!(siren(&at(AlertClass::Critical, 0, &contacts, &dead)));
        assert!(siren(&at(AlertClass::Critical, 0, &[], &none)));
        assert!(!siren(&at(AlertClass::Suspect, 4_000, &contacts, &none)));
        assert!(red(&at(AlertClass::Suspect, 30, &contacts, &none)));
        assert!(red(&at(AlertClass::Suspect, 0, &[], &none)));
    }

    #[test]
    fn time_changes_nothing_between_the_moments_that_are_named() {
        let contacts = [contact(1, true, true), contact(2, true, true), contact(3, true, true)];
        let none = BTreeSet::new();
        for class in AlertClass::ALL {
            let due_at =
                |ms: i64| due(&Situation { open_ms: ms, ..at(class, 0, &contacts, &none) });
            let mut ms = 0;
            for _ in 0..12 {
                let next = next_change_ms(class, ms, StepMinutes::default());
                let until = next.unwrap_or(ms + 100 * 3_600_000);
                assert_eq!(due_at(ms), due_at(until - 1), "{class:?} {ms}");
                let Some(next) = next else { break };
                ms = next;
            }
            assert_eq!(
                next_change_ms(class, ms, StepMinutes::default()).is_none(),
                class != AlertClass::Critical
            );
        }
    }

    #[test]
    fn a_way_that_was_down_owes_one_message_and_not_one_for_each_step() {
        let contacts = [contact(1, true, false)];
        let none = BTreeSet::new();
        let hours = at(AlertClass::Critical, 10 * 60, &contacts, &none);
        let first = owed(&hours, &[]);
        assert_eq!(first.len(), 1);
        let mut message = Message {
            id: MessageId(1),
            person: first[0].person,
            address: first[0].address.clone(),
            round: 0,
            state: MessageState::Queued,
            tries: 3,
            repeat: false,
            fault: None,
            queued: Stamp { wall: WallMs(0), trust: ClockTrust::Synced },
            sent: None,
        };
        assert_eq!(owed(&hours, &[message.clone()]), [], "it still waits");
        message.state = MessageState::Sent;
        let again = owed(&hours, &[message.clone()]);
        assert_eq!(again, first, "the newest telling alone");
        message.round = again[0].round;
        assert_eq!(owed(&hours, &[message]), [], "nothing until the next step");
    }

    /// A small world, looked at whole: two people, three ways, every way a message can go, every order
    /// of events until the box must have shouted.
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct World {
        step: i64,
        /// Way by way: 0 not told, 1 queued, 2 a try runs, 3 taken by the service, 4 dead.
        ways: [u8; 3],
        acknowledged: bool,
    }

    #[test]
    fn no_reachable_state_lets_a_critical_alert_end_silently() {
        let contacts = [contact(1, true, true), contact(2, false, true)];
        let ways: Vec<Address> = contacts.iter().flat_map(Contact::addresses).collect();
        let start = World { step: 0, ways: [0; 3], acknowledged: false };
        let (mut seen, mut todo) = (BTreeSet::new(), vec![start]);
        while let Some(world) = todo.pop() {
            if !seen.insert(world.clone()) || world.acknowledged {
                continue;
            }
            let dead: BTreeSet<_> = ways
                .iter()
                .zip(world.ways)
                .filter(|(_, w)| *w == 4)
                .map(|(a, _)| a.clone())
                .collect();
            let now = at(AlertClass::Critical, world.step * 10, &contacts, &dead);
            let owed = due(&now);
            // Somebody is being told, or the box shouts: in every state, at every moment.
            let living = ways.iter().zip(world.ways).any(|(_, w)| w != 4);
            assert!(siren(&now) || !owed.is_empty());
            assert!(living || siren(&now), "nobody can be reached and the box is silent");
            assert!(world.step < SIREN || siren(&now), "nobody has answered and the box is silent");
            // What is owed is never taken back while its way lives.
            let later = Situation { open_ms: now.open_ms + 600_000, ..now };
            assert!(owed.is_subset(&due(&later)));
            let mut next = |change: &dyn Fn(&mut World)| {
                let mut world = world.clone();
                change(&mut world);
                todo.push(world);
            };
            next(&|world| world.acknowledged = true);
            if world.step <= SIREN {
                next(&|world| world.step += 1);
            }
            for (n, way) in ways.iter().enumerate() {
                let is_owed = owed.iter().any(|due| due.address == *way);
                match world.ways[n] {
                    0 if is_owed => next(&|world| world.ways[n] = 1),
                    1 => next(&|world| world.ways[n] = 2),
                    2 => {
                        // Taken; refused for good; failed for now, or the power failed meanwhile.
                        for end in [3, 4, 1] {
                            next(&|world| world.ways[n] = end);
                        }
                    }
                    _ => {}
                }
            }
        }
        assert!(seen.len() > 500, "{}", seen.len());
    }
}
