//! What the courier does at each look, without the waiting: it counts time, queues what is owed, picks
//! what may be sent, and stores what came of it. [`super::courier`] drives it by the real clock and the
//! real ways; the soak test drives it by simulated ones.
//!
//! Nothing here is needed after a restart but the database. Time comes in as milliseconds of a clock that
//! never jumps, counted from anywhere; the wall clock is only for what people read, for duty and quiet
//! hours, and for the day of the digest.

use std::collections::{BTreeMap, BTreeSet};

use crate::alert::Outgoing;
use crate::app::alerts::compose::compose;
use crate::app::alerts::told;
use crate::app::{Inner, log_store_error};
use crate::domain::alert::contact::{Address, ChannelKind, Contact};
use crate::domain::alert::delivery::{
    FailedTry, Message, MessageId, MessageState, RETRY_AFTER_MAX_MS, SendFault, wait_ms,
};
use crate::domain::alert::escalation::{Situation, StepMinutes, next_change_ms, owed};
use crate::domain::alert::group::{self, Group};
use crate::domain::alert::roster::LocalTime;
use crate::domain::alert::rules::Rules;
use crate::domain::alert::{Alert, AlertClass, OnTime};
use crate::domain::ids::OperatorId;
use crate::store::{DueMessage, Looked, StoreError, Waiting};

/// How long one try may take, milliseconds, in case a way never answers.
pub(super) const TRY_MAX_MS: i64 = 120_000;
/// A try of which nothing was heard for so long is given up, should its task have died, milliseconds.
const TRY_LOST_MS: i64 = TRY_MAX_MS + 60_000;
/// Longest time that one look counts as time that the box was on, milliseconds. A machine that was
/// suspended was not on.
const LOOK_COUNTS_MAX_MS: i64 = 10_000;
/// How often the time is written down while an alert is open, milliseconds. A power cut loses at most that
/// much of it, which delays a step by as much; writing at every look would wear out the disk.
const SAVE_EVERY_MS: i64 = 30_000;
/// The same while none is open.
const SAVE_IDLE_EVERY_MS: i64 = 10 * 60_000;
/// Most alerts of a class that one look takes: the others are next, two seconds later.
const LOOK_ALERTS_MAX: u32 = 200;
/// Messages on their way at the same time by one way, so that a way that hangs holds up no other.
const AT_ONCE_MAX: usize = 4;
/// Name of the fact that holds the local day of the last digest, and the time of alerts at it.
const DIGEST_DAY: &str = "alert_digest_day";
/// A digest goes out on an earlier day than the last only after so long, milliseconds: the clock was wrong
/// then, or is now.
const DIGEST_AGAIN_MS: i64 = 20 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// A message that has to be sent now. Its row says so already.
#[derive(Clone, Debug)]
pub(super) struct Departure {
    pub(super) due: DueMessage,
    pub(super) outgoing: Outgoing,
}

/// What came of a try: what the service calls the message, or why it failed.
pub(super) type Outcome = Result<String, FailedTry>;

/// What decides whom to tell beside the passing of time. When it changes, every open alert is looked at.
#[derive(PartialEq)]
struct World {
    contacts: Vec<Contact>,
    groups: Vec<Group>,
    on_duty: Vec<bool>,
    full: BTreeSet<OperatorId>,
    step: StepMinutes,
    quiet: bool,
}

/// An address whose last try failed.
struct Hold {
    until_ms: i64,
    failures: u32,
    last: MessageId,
}

/// What the courier keeps between two looks.
pub(super) struct Rounds {
    /// `None` until it was read.
    time: Option<OnTime>,
    last_look_ms: i64,
    last_save_ms: i64,
    world: Option<World>,
    holds: BTreeMap<Address, Hold>,
    /// Ways that asked to wait, and until when.
    held_ways: BTreeMap<ChannelKind, i64>,
    /// Tries that run or whose outcome is not stored yet. One for each address, so that no address gets
    /// two at once and none holds up another.
    running: BTreeMap<MessageId, (DueMessage, i64)>,
    unstored: Vec<(MessageId, Outcome)>,
    chance: Box<dyn FnMut() -> u64 + Send>,
}

impl Rounds {
    /// Begins at a moment; `chance` gives any random number.
    pub(super) fn new(now_ms: i64, chance: Box<dyn FnMut() -> u64 + Send>) -> Self {
        Self {
            time: None,
            last_look_ms: now_ms,
            last_save_ms: now_ms,
            world: None,
            holds: BTreeMap::new(),
            held_ways: BTreeMap::new(),
            running: BTreeMap::new(),
            unstored: Vec::new(),
            chance,
        }
    }

    /// Counts time, and queues what is owed by now; gives how many alerts were looked at. What fails is
    /// tried again at the next look.
    pub(super) fn look(&mut self, inner: &Inner, now_ms: i64) -> Result<usize, StoreError> {
        self.give_up_lost_tries(inner, now_ms);
        self.store_outcomes(inner);
        let running = self.running.keys().copied().collect();
        let again = inner.store.requeue_unknown(&running)?;
        if again > 0 {
            tracing::warn!(again, "messages whose sending had no known end are sent again");
        }
        let looked = self.escalate(inner, now_ms)?;
        self.digest(inner)?;
        Ok(looked)
    }

    fn escalate(&mut self, inner: &Inner, now_ms: i64) -> Result<usize, StoreError> {
        let store = &inner.store;
        let passed = (now_ms - self.last_look_ms).clamp(0, LOOK_COUNTS_MAX_MS);
        self.last_look_ms = now_ms;
        let rules = store.alert_rules()?.rules;
        let local = inner.local_time();
        let quiet = rules.quiet.is_some_and(|quiet| quiet.holds(local.minute));
        let mut time = match self.time {
            Some(time) => time,
            None => store.alert_on_time()?,
        };
        time.on_ms += passed;
        time.awake_ms += if quiet { 0 } else { passed };
        self.time = Some(time);
        let suspects = store.any_open_alert(AlertClass::Suspect)?;
        let open = suspects || store.any_open_alert(AlertClass::Critical)?;
        let save_every = if open { SAVE_EVERY_MS } else { SAVE_IDLE_EVERY_MS };
        if now_ms - self.last_save_ms >= save_every {
            store.save_alert_on_time(time)?;
            self.last_save_ms = now_ms;
        }
        if !open {
            return Ok(0);
        }
        let contacts = told(inner, &rules)?;
        let mut left =
            if suspects { budgets(inner, &contacts, &rules, time)? } else { BTreeMap::new() };
        let world = World {
            on_duty: contacts.iter().map(|contact| contact.is_on_duty(local)).collect(),
            full: left.iter().filter(|(_, left)| **left == 0).map(|(person, _)| *person).collect(),
            step: rules.step,
            quiet,
            groups: store.groups()?,
            contacts,
        };
        if self.world.as_ref() != Some(&world) {
            store.look_at_all_alerts()?;
        }
        let world = self.world.insert(world);
        let mut looked = 0;
        for class in [AlertClass::Critical, AlertClass::Suspect] {
            if (class == AlertClass::Suspect && quiet) || !store.any_alert_due(class, time)? {
                continue;
            }
            let look = |alert: &Alert, messages: &[Message]| {
                look_at(alert, messages, world, &mut left, local)
            };
            let at = inner.clock.now();
            looked += store.look_at_due_alerts(class, time, LOOK_ALERTS_MAX, at, look)?;
        }
        Ok(looked)
    }

    /// Once a day everybody who gets more than critical alerts hears how many are open; nobody hears
    /// of none. The day is written down first: a clock that is set back repeats no digest.
    fn digest(&self, inner: &Inner) -> Result<(), StoreError> {
        let at = inner.clock.now();
        let on_ms = self.time.unwrap_or_default().on_ms;
        let local_ms = inner.local_ms(at);
        let today = local_ms.div_euclid(DAY_MS);
        let last = inner.store.fact(DIGEST_DAY)?;
        let last = last.as_deref().and_then(|text| {
            let (day, at) = text.split_once(' ').unwrap_or((text, "0"));
            Some((day.parse::<i64>().ok()?, at.parse::<i64>().ok()?))
        });
        let due = last.is_none_or(|(day, last_ms)| {
            today > day || (today < day && on_ms - last_ms >= DIGEST_AGAIN_MS)
        });
        let rules = inner.store.alert_rules()?.rules;
        if !due || LocalTime::of(local_ms).minute < rules.digest_at {
            return Ok(());
        }
        inner.store.set_fact(DIGEST_DAY, &format!("{today} {on_ms}"))?;
        if inner.store.open_alert_count(None)? == 0 {
            return Ok(());
        }
        for contact in told(inner, &rules)? {
            let way = contact.addresses().into_iter().next();
            if let Some(way) = way.filter(|_| contact.gets(AlertClass::Suspect)) {
                inner.store.queue_digest(contact.operator, &way, at)?;
            }
        }
        Ok(())
    }

    /// Picks what may be sent now, and marks its rows. The caller sends all of it, and tells
    /// [`Rounds::finish`] what came of each.
    pub(super) fn depart(
        &mut self,
        inner: &Inner,
        now_ms: i64,
    ) -> Result<Vec<Departure>, StoreError> {
        let waiting = inner.store.waiting_messages()?;
        let waits: BTreeSet<_> = waiting.iter().map(|one| one.address.clone()).collect();
        let busy: BTreeSet<_> =
            self.running.values().map(|(due, _)| due.message.address.clone()).collect();
        self.holds.retain(|address, _| waits.contains(address) || busy.contains(address));
        self.held_ways.retain(|_, until| *until > now_ms);
        let mut ready: Vec<_> = waiting
            .into_iter()
            .filter(|one| !busy.contains(&one.address))
            .filter(|one| !self.held_ways.contains_key(&one.address.kind()))
            .filter_map(|one| self.choose(one, now_ms))
            .collect();
        ready.sort_by_key(|(other, due)| (*other, due.message.tries, due.message.id));
        let mut departures = Vec::new();
        for (_, due) in ready {
            let kind = due.message.channel();
            let on_the_way =
                self.running.values().filter(|(due, _)| due.message.channel() == kind).count();
            if on_the_way >= AT_ONCE_MAX {
                continue;
            }
            let Some(due) = inner.store.begin_try(due.message.id)? else { continue };
            match compose(inner, &due) {
                Ok(Some(outgoing)) => {
                    self.running.insert(due.message.id, (due.clone(), now_ms));
                    departures.push(Departure { due, outgoing });
                }
                Ok(None) => inner.store.message_dropped(due.message.id)?,
                // Found "sending" at the next look, it waits again.
                Err(error) => log_store_error(&error),
            }
        }
        Ok(departures)
    }

    /// Which message of an address may go; with whether it is about no critical alert. After a failure
    /// only what was never tried goes before the wait is over, and then the two kinds take turns: a
    /// message that always fails holds up nothing.
    fn choose(&self, waiting: Waiting, now_ms: i64) -> Option<(bool, DueMessage)> {
        let Waiting { address, critical, other } = waiting;
        let fresh = |due: &DueMessage| due.message.tries == 0;
        let (critical, other) = match self.holds.get(&address) {
            None => (critical, other),
            Some(hold) if now_ms < hold.until_ms => (critical.filter(fresh), other.filter(fresh)),
            Some(hold) => {
                let turn = |due: &DueMessage| other.is_none() || due.message.id != hold.last;
                (critical.filter(turn), other)
            }
        };
        critical.map(|due| (false, due)).or(other.map(|due| (true, due)))
    }

    /// What came of a try.
    pub(super) fn finish(&mut self, inner: &Inner, id: MessageId, outcome: Outcome, now_ms: i64) {
        let Some((due, _)) = self.running.get(&id) else { return };
        let address = due.message.address.clone();
        match outcome {
            Ok(_) => drop(self.holds.remove(&address)),
            Err(failed) if failed.fault.is_final() => {}
            Err(failed) => {
                let failures = self.holds.get(&address).map_or(1, |hold| hold.failures + 1);
                let wait = wait_ms(failures, failed, (self.chance)());
                let until_ms = now_ms.saturating_add_unsigned(wait);
                if let Some(asked) = failed.retry_after_ms {
                    // The service holds everybody back, not one receiver.
                    let until = now_ms.saturating_add_unsigned(asked.min(RETRY_AFTER_MAX_MS));
                    self.held_ways.insert(address.kind(), until);
                }
                self.holds.insert(address, Hold { until_ms, failures, last: id });
            }
        }
        self.unstored.push((id, outcome));
        self.store_outcomes(inner);
    }

    /// Stores what came of tries. What cannot be stored now is kept, and its address stays busy.
    fn store_outcomes(&mut self, inner: &Inner) {
        let at = inner.clock.now();
        for (id, outcome) in std::mem::take(&mut self.unstored) {
            let Some((due, _)) = self.running.get(&id) else { continue };
            let stored = match &outcome {
                Ok(receipt) => inner.store.message_sent(due, receipt, at),
                Err(failed) => inner.store.message_failed(due, failed.fault, at),
            };
            match stored {
                Ok(()) => drop(self.running.remove(&id)),
                Err(error) => {
                    log_store_error(&error);
                    self.unstored.push((id, outcome));
                }
            }
        }
    }

    fn give_up_lost_tries(&mut self, inner: &Inner, now_ms: i64) {
        let unstored: BTreeSet<_> = self.unstored.iter().map(|(id, _)| *id).collect();
        let lost: Vec<_> = self
            .running
            .iter()
            .filter(|(id, (_, begun))| now_ms - begun >= TRY_LOST_MS && !unstored.contains(id))
            .map(|(id, _)| *id)
            .collect();
        for id in lost {
            self.finish(inner, id, Err(SendFault::Unreachable.into()), now_ms);
        }
    }
}

/// Addresses that turned out dead for an alert.
fn dead_addresses(messages: &[Message]) -> BTreeSet<Address> {
    let dead = messages.iter().filter(|message| message.state == MessageState::Dead);
    dead.map(|message| message.address.clone()).collect()
}

fn look_at(
    alert: &Alert,
    messages: &[Message],
    world: &World,
    left: &mut BTreeMap<OperatorId, u32>,
    now: LocalTime,
) -> Looked {
    // Whom a group's message names has not been told by that.
    let in_person = |message: &&Message| !message.address.is_group();
    let told: BTreeSet<_> =
        messages.iter().filter(in_person).map(|message| message.person).collect();
    // Whoever has had enough for today is not told of new ones; who has begun with one stays with it.
    let may_hear = |contact: &&Contact| {
        alert.class == AlertClass::Critical
            || told.contains(&contact.operator)
            || left.get(&contact.operator).is_none_or(|left| *left > 0)
    };
    let contacts: Vec<Contact> = world.contacts.iter().filter(may_hear).cloned().collect();
    let situation = Situation {
        class: alert.class,
        open_ms: alert.open_ms,
        contacts: &contacts,
        now,
        dead: &dead_addresses(messages),
        step: world.step,
    };
    let mut owed = owed(&situation, messages);
    if alert.class == AlertClass::Suspect {
        let new: BTreeSet<_> = owed.iter().map(|due| due.person).collect();
        for person in new.difference(&told) {
            left.entry(*person).and_modify(|left| *left = left.saturating_sub(1));
        }
    }
    owed.extend(group::owed(&situation, &world.groups, messages));
    Looked { owed, next_ms: next_change_ms(alert.class, alert.open_ms, world.step) }
}

/// How many alerts that are not critical each person may still be told of.
fn budgets(
    inner: &Inner,
    contacts: &[Contact],
    rules: &Rules,
    time: OnTime,
) -> Result<BTreeMap<OperatorId, u32>, StoreError> {
    let mut left = BTreeMap::new();
    for contact in contacts {
        let told = inner.store.told_since(contact.operator, time.on_ms - DAY_MS)?;
        left.insert(contact.operator, u32::from(rules.budget_per_day).saturating_sub(told));
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::app::App;
    use crate::app::alerts::soak::clinic::{self, SimClock};
    use crate::app::clock::Stopwatch;
    use crate::store::QueuedKind;

    /// Opens that many alerts which are not critical, and looks until nothing is due.
    fn settled(dir: &std::path::Path, alerts: u32) -> (App, Rounds, i64) {
        let clock = Arc::new(SimClock::default());
        let app = clinic::start(dir, &clock);
        clinic::add_people(&app.inner.store, inner_now(&app));
        clinic::many_alerts(&app.inner.store, alerts);
        // Beyond the last step, when everybody was told twice.
        looked_until(app, &clock, 3 * 3_600_000)
    }

    /// Looks every ten seconds until that time.
    fn looked_until(app: App, clock: &SimClock, end_ms: i64) -> (App, Rounds, i64) {
        let mut rounds = Rounds::new(0, Box::new(|| 0));
        for now_ms in (0..end_ms).step_by(10_000).map(|ms| ms + 10_000) {
            clock.passed_ms.store(now_ms, Ordering::Relaxed);
            rounds.look(&app.inner, now_ms).unwrap();
        }
        (app, rounds, end_ms)
    }

    fn inner_now(app: &App) -> crate::domain::stamp::Stamp {
        app.inner.clock.now()
    }

    /// A critical alert that everybody has to be told of, and one that is not critical.
    fn urgent(dir: &std::path::Path) -> (App, Rounds, i64) {
        let clock = Arc::new(SimClock::default());
        let app = clinic::start(dir, &clock);
        let store = &app.inner.store;
        clinic::add_people(store, inner_now(&app));
        for (n, class) in [(1, AlertClass::Critical), (2, AlertClass::Suspect)] {
            let photo = clinic::film(store, n, class, inner_now(&app));
            clinic::draft(store, photo, inner_now(&app));
        }
        looked_until(app, &clock, 40 * 60_000)
    }

    #[test]
    fn a_way_that_hangs_holds_up_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let (app, mut rounds, now_ms) = urgent(dir.path());
        let first = rounds.depart(&app.inner, now_ms).unwrap();
        let by = |kind| first.iter().filter(move |one| one.due.message.channel() == kind);
        assert_eq!(by(ChannelKind::Sms).count(), AT_ONCE_MAX);
        assert!(first.iter().all(|one| one.outgoing.text.contains("Critical")), "these come first");
        for one in by(ChannelKind::Telegram) {
            rounds.finish(&app.inner, one.due.message.id, Ok("1".into()), now_ms);
        }
        let second = rounds.depart(&app.inner, now_ms).unwrap();
        assert!(second.len() >= AT_ONCE_MAX);
        assert!(second.iter().all(|one| one.due.message.channel() == ChannelKind::Telegram));
    }

    #[test]
    fn a_message_that_always_fails_holds_up_no_other_to_the_same_phone() {
        let dir = tempfile::tempdir().unwrap();
        let (app, mut rounds, mut now_ms) = urgent(dir.path());
        let (mut failed, mut left) = (0, 0);
        for _ in 0..60 {
            for one in rounds.depart(&app.inner, now_ms).unwrap() {
                let critical = one.outgoing.text.contains("Critical");
                failed += u32::from(critical);
                left += u32::from(!critical);
                let bad = Err(SendFault::Garbled.into());
                let outcome = if critical { bad } else { Ok("1".into()) };
                rounds.finish(&app.inner, one.due.message.id, outcome, now_ms);
            }
            now_ms += 10_000;
        }
        assert!(failed > 20 && left >= 8, "{failed} {left}");
    }

    #[test]
    fn a_service_that_asks_to_wait_is_left_alone_and_the_other_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (app, mut rounds, now_ms) = urgent(dir.path());
        let first = rounds.depart(&app.inner, now_ms).unwrap();
        for one in &first {
            let busy = FailedTry { fault: SendFault::Busy, retry_after_ms: Some(60_000) };
            let outcome = match one.due.message.channel() {
                ChannelKind::Telegram => Err(busy),
                ChannelKind::Sms => Ok("1".into()),
            };
            rounds.finish(&app.inner, one.due.message.id, outcome, now_ms);
        }
        let soon = rounds.depart(&app.inner, now_ms + 59_000).unwrap();
        assert!(!soon.is_empty());
        assert!(soon.iter().all(|one| one.due.message.channel() == ChannelKind::Sms));
        let later = rounds.depart(&app.inner, now_ms + 61_000).unwrap();
        assert!(later.iter().any(|one| one.due.message.channel() == ChannelKind::Telegram));
    }

    /// Years by which a wall clock is wrong for a while.
    const AHEAD_MS: i64 = 10 * 365 * DAY_MS;

    #[test]
    fn a_clock_that_was_far_ahead_for_a_while_stops_no_digest() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SimClock::default());
        let app = clinic::start(dir.path(), &clock);
        clinic::add_people(&app.inner.store, inner_now(&app));
        clinic::many_alerts(&app.inner.store, 1);
        let mut rounds = Rounds::new(0, Box::new(|| 0));
        let mut now_ms = 0;
        let mut digests = |rounds: &mut Rounds, wrong_by_ms: i64| {
            clock.wrong_by_ms.store(wrong_by_ms, Ordering::Relaxed);
            let mut count = 0;
            for _ in 0..9 {
                now_ms += 2_000;
                rounds.look(&app.inner, now_ms).unwrap();
                for one in rounds.depart(&app.inner, now_ms).unwrap() {
                    count += u32::from(one.due.kind == QueuedKind::Digest);
                    rounds.finish(&app.inner, one.due.message.id, Ok("1".into()), now_ms);
                }
            }
            count
        };
        assert_eq!(digests(&mut rounds, 0), 5, "everybody who gets more than critical alerts");
        assert_eq!(digests(&mut rounds, 0), 0, "once a day");
        assert_eq!(digests(&mut rounds, AHEAD_MS), 5);
        assert_eq!(digests(&mut rounds, 0), 0, "a clock that is set back repeats none");
        rounds.time.as_mut().unwrap().on_ms += DIGEST_AGAIN_MS;
        assert_eq!(digests(&mut rounds, 0), 5, "and stops none");
    }

    #[test]
    fn a_budget_is_a_day_of_the_box_and_not_of_the_wall_clock() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SimClock::default());
        let app = clinic::start(dir.path(), &clock);
        let store = &app.inner.store;
        clinic::add_people(store, inner_now(&app));
        clinic::many_alerts(store, 25);
        clock.wrong_by_ms.store(AHEAD_MS, Ordering::Relaxed);
        let mut rounds = Rounds::new(0, Box::new(|| 0));
        rounds.look(&app.inner, 2_000).unwrap();
        let told = |person: u8, since| store.told_since(clinic::person(person), since).unwrap();
        assert_eq!((told(2, 0), told(3, 0)), (20, 5), "the rest goes to the next person");
        clock.wrong_by_ms.store(0, Ordering::Relaxed);
        let later = rounds.time.as_mut().unwrap();
        later.on_ms += DAY_MS + 1;
        let since = later.on_ms;
        let photo = clinic::film(store, 900, AlertClass::Suspect, inner_now(&app));
        clinic::draft(store, photo, inner_now(&app));
        rounds.look(&app.inner, 4_000).unwrap();
        assert_eq!((told(2, since), told(3, since)), (1, 0), "a new day has begun");
    }

    #[test]
    fn open_alerts_with_nothing_due_cost_nothing() {
        let mut times = Vec::new();
        for alerts in [10, 4_000] {
            let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            let (app, mut rounds, mut now_ms) = settled(dir.path(), alerts);
            assert_eq!(app.inner.store.open_alert_count(None).unwrap(), u64::from(alerts));
            let watch = Stopwatch::start();
            for _ in 0..50 {
                now_ms += 2_000;
                assert_eq!(rounds.look(&app.inner, now_ms).unwrap(), 0);
                rounds.depart(&app.inner, now_ms).unwrap();
            }
            times.push(watch.ms() / 50.0);
        }
        println!(
            "one look and departure: {:.2} ms with 10 open alerts, {:.2} ms with 4,000",
            times[0], times[1]
        );
        // Not a bound on speed, which differs between machines, but on growth.
        assert!(times[1] < 20.0 * times[0] + 5.0, "{times:?}");
    }
}
