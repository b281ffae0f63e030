//! Whom to tell by now, and whether the box itself must shout.
//!
//! Steps of equal length: the first person by the first way; the same person by every way; the next
//! person as well; everybody; then everybody again and again. A way that turned out dead is left out as if
//! it had never been there, so that nobody waits for it. Time is how long the box has been on since the
//! alert was raised: no clock that is set can fire or suppress a step.

use std::collections::BTreeSet;

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Address, Contact, MinuteOfDay};
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
/// Most rounds of one critical alert: two weeks of them.
const ROUNDS_MAX: u16 = 1_000;

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
    /// Local time of day.
    pub minute: MinuteOfDay,
    /// Ways that turned out dead for this alert.
    pub dead: &'a BTreeSet<Address>,
    /// Length of a step.
    pub step: StepMinutes,
}

impl Situation<'_> {
    fn step_now(&self) -> i64 {
        self.open_ms.max(0) / self.step.ms()
    }

    /// People who get this class and can be reached, those on duty first, each with the living ways.
    fn reachable(&self) -> Vec<(OperatorId, Vec<Address>)> {
        let mut people: Vec<_> =
            self.contacts.iter().filter(|contact| contact.gets(self.class)).collect();
        people.sort_by_key(|one| (!one.is_on_duty(self.minute), one.order, one.operator));
        let living = |contact: &&Contact| {
            let ways = contact.addresses().into_iter().filter(|way| !self.dead.contains(way));
            (contact.operator, ways.collect::<Vec<_>>())
        };
        people.iter().map(living).filter(|(_, ways)| !ways.is_empty()).collect()
    }
}

/// The messages that have to exist by now.
#[must_use]
pub fn due(now: &Situation<'_>) -> BTreeSet<Due> {
    let people = now.reachable();
    let step = now.step_now();
    let mut due = BTreeSet::new();
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
            let rounds = 1 + again(step, first);
            let most = match now.class {
                AlertClass::Critical => ROUNDS_MAX,
                AlertClass::Suspect => ROUNDS_OF_SUSPECT,
            };
            for round in 0..rounds.min(most) {
                due.insert(Due { person: *person, address: address.clone(), round });
            }
        }
    }
    due
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
    now.step_now() >= EVERYBODY || now.reachable().is_empty() || siren(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::contact::{ChatId, DailySpan, PhoneNumber};
    use crate::domain::people::PersonName;

    fn minute(text: &str) -> MinuteOfDay {
        MinuteOfDay::parse(text).unwrap()
    }

    fn contact(n: u8, chat: bool, phone: bool) -> Contact {
        Contact {
            operator: OperatorId::from_bytes([n; 16]),
            name: PersonName::parse("Dr").unwrap(),
            chat: chat.then(|| ChatId(i64::from(n))),
            phone: phone.then(|| PhoneNumber::parse(&format!("+91987654321{n}")).unwrap()),
            least: AlertClass::Suspect,
            order: u16::from(n),
            duty: None,
        }
    }

    fn at<'a>(
        class: AlertClass,
        minutes: i64,
        contacts: &'a [Contact],
        dead: &'a BTreeSet<Address>,
    ) -> Situation<'a> {
        Situation {
            class,
            open_ms: minutes * 60_000,
            contacts,
            minute: minute("12:00"),
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
        contacts[0].duty = Some(DailySpan { from: minute("20:00"), until: minute("08:00") });
        let none = BTreeSet::new();
        assert_eq!(told_of(&at(AlertClass::Critical, 0, &contacts, &none)), [(2, "telegram", 0)]);
        assert!(told_of(&at(AlertClass::Critical, 30, &contacts, &none)).iter().any(|t| t.0 == 1));
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
