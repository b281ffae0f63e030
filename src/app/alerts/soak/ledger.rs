//! What the simulation itself knows, and the promises that are held against the box's database.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::App;
use crate::app::alerts::open_views;
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::delivery::Message;
use crate::domain::alert::{AlertClass, AlertNumber};
use crate::domain::ids::OperatorId;

/// Steps of ten minutes, milliseconds.
const STEP_MS: i64 = 600_000;
/// From then on the box has to shout, milliseconds of being on: four steps, and a power cut's loss.
const SHOUT_MS: i64 = 4 * STEP_MS + 2 * 60_000;
/// Longest silence about an open critical alert that somebody can be told of, milliseconds of being on:
/// two steps between tellings, the longest wait that a service may ask for, and a try that hangs.
const SILENCE_MS: i64 = 2 * STEP_MS + 15 * 60_000 + 5 * 60_000;

/// One alert as the simulation saw it.
#[derive(Debug)]
pub(super) struct Raised {
    pub(super) class: AlertClass,
    pub(super) raised_ms: i64,
    /// Time that the box has been on when it was raised.
    pub(super) raised_on_ms: i64,
    /// The same when something of it was last handed to a way.
    pub(super) told_on_ms: Option<i64>,
    pub(super) arrived_ms: Option<i64>,
    /// Who has answered, in order, and what the box was told.
    pub(super) answers: Vec<OperatorId>,
    /// Whether the box has stored the first answer.
    pub(super) taken_ms: Option<i64>,
}

/// Everything that happened outside the box.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) alerts: BTreeMap<AlertNumber, Raised>,
    /// Messages that reached a phone without the mark of a repetition, by alert and person.
    unmarked: BTreeMap<(AlertNumber, OperatorId), u32>,
    /// Alerts that reached a group without that mark.
    unmarked_groups: BTreeMap<AlertNumber, u32>,
    /// Alerts that were found ended: the database lets nobody change them.
    ended: BTreeSet<AlertNumber>,
    pub(super) arrivals: u32,
    pub(super) marked: u32,
    pub(super) group_arrivals: u32,
    /// Tries to write into the group that is dead.
    pub(super) dead_group: u32,
    /// Answers from a group.
    pub(super) group_answers: u32,
    pub(super) tries: u32,
    pub(super) kills: BTreeMap<&'static str, u32>,
    pub(super) jumps: u32,
    pub(super) hangs: u32,
    pub(super) lost_answers: u32,
    pub(super) double_answers: u32,
    pub(super) late_answers: u32,
    pub(super) waiting_max: u64,
    pub(super) looked: usize,
    /// Promises that were broken.
    pub(super) broken: BTreeSet<String>,
}

impl Ledger {
    /// A message about an alert reached a person.
    pub(super) fn arrived(&mut self, number: AlertNumber, who: OperatorId, marked: bool, at: i64) {
        self.arrivals += 1;
        if let Some(raised) = self.alerts.get_mut(&number) {
            raised.arrived_ms.get_or_insert(at);
        }
        if marked {
            self.marked += 1;
            return;
        }
        let count = self.unmarked.entry((number, who)).or_default();
        *count += 1;
        if *count > 1 {
            self.broken.insert(format!("alert {number} came twice to one person without a mark"));
        }
    }

    /// A message about an alert reached a group. Nobody has been told by that.
    pub(super) fn group_read(&mut self, number: AlertNumber, marked: bool) {
        self.group_arrivals += 1;
        let count = self.unmarked_groups.entry(number).or_default();
        *count += u32::from(!marked);
        if *count > 1 {
            self.broken.insert(format!("alert {number} came twice to a group without a mark"));
        }
    }

    /// A group never replaces a person: where it is told, somebody is told in person or cannot be.
    fn check_people(&mut self, app: &App, number: AlertNumber) {
        let store = &app.inner.store;
        let messages = store.messages_of(number).unwrap();
        let to_group = |message: &Message| message.address.is_group();
        let told = messages.iter().any(|message| !to_group(message));
        if messages.iter().any(to_group) && !told {
            self.broken.insert(format!("alert {number} went to a group and to no person"));
        }
    }

    /// Holds the promises against the database.
    pub(super) fn check(&mut self, app: &App, on_ms: i64) {
        let inner = &app.inner;
        let open = open_views(inner).unwrap();
        let siren: BTreeMap<_, _> =
            open.iter().map(|view| (view.alert.number, view.siren)).collect();
        let mut still_open = BTreeSet::new();
        for (number, raised) in &self.alerts {
            if self.ended.contains(number) {
                continue;
            }
            let stored = inner.store.alert(*number).unwrap();
            let Some(stored) = stored else {
                self.broken.insert(format!("alert {number} is lost"));
                continue;
            };
            if let Some(by) = stored.acknowledged {
                if raised.answers.first() != Some(&by.by) {
                    self.broken
                        .insert(format!("alert {number} ended, and not by who answered first"));
                }
                self.ended.insert(*number);
                continue;
            }
            if raised.taken_ms.is_some() {
                self.broken.insert(format!("alert {number} is open again"));
            }
            let Some(siren) = siren.get(number) else {
                self.broken.insert(format!("alert {number} is not on the list of open ones"));
                continue;
            };
            still_open.insert(*number);
            if raised.class == AlertClass::Critical {
                let open_for = on_ms - raised.raised_on_ms;
                if open_for > SHOUT_MS && !siren {
                    self.broken.insert(format!("the box is silent about alert {number}"));
                }
                let told = raised.told_on_ms.unwrap_or(raised.raised_on_ms);
                if on_ms - told > SILENCE_MS {
                    self.broken.insert(format!("alert {number} is stuck: nobody is told any more"));
                }
            }
        }
        for number in still_open {
            self.check_people(app, number);
        }
        let waiting: u64 = ChannelKind::ALL
            .iter()
            .map(|kind| u64::from(inner.store.channel_backlog(*kind).unwrap().0))
            .sum();
        self.waiting_max = self.waiting_max.max(waiting);
        // One message of each open alert and one digest for each address, and no more.
        let addresses: usize =
            inner.store.contacts().unwrap().iter().map(|contact| contact.addresses().len()).sum();
        let groups = inner.store.groups().unwrap().len();
        let bound = u64::try_from((open.len() + 1) * (addresses + groups)).unwrap();
        if waiting > bound {
            self.broken.insert(format!("{waiting} messages wait for {} open alerts", open.len()));
        }
    }

    /// What happened, in figures.
    pub(super) fn figures(&self) -> String {
        let of = |class| self.alerts.values().filter(move |raised| raised.class == class);
        let count = |class| of(class).count();
        let (critical, suspect) = (count(AlertClass::Critical), count(AlertClass::Suspect));
        let minutes = |end: fn(&Raised) -> Option<i64>| {
            let mut all: Vec<_> = of(AlertClass::Critical)
                .filter_map(|raised| Some((end(raised)? - raised.raised_ms) / 60_000))
                .collect();
            all.sort_unstable();
            let at = |share: usize| all.get((all.len().max(1) - 1) * share / 100).copied();
            format!("{:?}/{:?} of {}", at(50).unwrap_or(-1), at(95).unwrap_or(-1), all.len())
        };
        let open = of(AlertClass::Suspect).filter(|raised| raised.taken_ms.is_none()).count();
        format!(
            "{critical} critical and {suspect} other alerts ({open} others still open, red on the box); \
             {} tries, {} messages on phones, {} of them marked as a repetition; critical: minutes to a \
             phone (median/95 %) {}, to a person's answer {}; kills {:?}; clock set wrong {} times; modem \
             hung {} times; answers: {} lost, {} double, {} late, {} from a group; {} messages in a group, {} \
             tries into a dead one; most waiting messages {}; {} looks at an alert",
            self.tries,
            self.arrivals,
            self.marked,
            minutes(|raised| raised.arrived_ms),
            minutes(|raised| raised.taken_ms),
            self.kills,
            self.jumps,
            self.hangs,
            self.lost_answers,
            self.double_answers,
            self.late_answers,
            self.group_answers,
            self.group_arrivals,
            self.dead_group,
            self.waiting_max,
            self.looked,
        )
    }
}
