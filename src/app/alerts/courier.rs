//! The loops behind alerts: one that escalates and delivers, one for each way that listens.
//!
//! They read the database only and hold nothing that a restart would lose: which messages exist, how often
//! each was tried and what came of it are rows. Waits between tries are kept in memory by a clock that
//! never jumps; after a restart everything that waits is simply tried again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::alert::{Buttons, Outgoing, message};
use crate::app::{App, alerts::inbox};
use crate::domain::alert::contact::{Address, ChannelKind, Contact};
use crate::domain::alert::delivery::{
    FailedTry, Message, MessageId, MessageState, SendFault, wait_ms,
};
use crate::domain::alert::escalation::{Situation, due};
use crate::domain::alert::rules::Rules;
use crate::domain::alert::{Alert, AlertClass, AlertNumber};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::stamp::WallMs;
use crate::locale::Locale;
use crate::store::{DueMessage, QueuedKind, StoreError};

/// How often open alerts and the outbox are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Longest time that one look counts as time that the box was on, milliseconds. A machine that was
/// suspended was not on.
const LOOK_COUNTS_MAX_MS: i64 = 10_000;
/// How often the time that alerts have been open is written down. A power cut loses at most that much of
/// it, which delays a step by as much; writing at every look would wear out the disk.
const SAVE_EVERY: Duration = Duration::from_secs(30);
/// Messages on their way at the same time.
const AT_ONCE_MAX: usize = 4;
/// How long one try may take, in case a way never answers.
const TRY_MAX: Duration = Duration::from_secs(120);
/// Name of the fact that holds the local day of the last digest.
const DIGEST_DAY: &str = "alert_digest_day";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The running loops. They end when it is dropped.
#[derive(Debug)]
pub struct Courier {
    tasks: JoinSet<()>,
}

impl Courier {
    /// Starts the loops. Has to be called inside the runtime.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(Round::new(app.clone()).run());
        if app.inner.alerts.channels.telegram.is_some() {
            tasks.spawn(inbox::listen_to_telegram(app.clone()));
        }
        if app.inner.alerts.channels.sms.is_some() {
            tasks.spawn(inbox::listen_to_sms(app.clone()));
        }
        Self { tasks }
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.tasks.abort_all();
    }
}

/// Addresses that turned out dead for an alert.
pub(super) fn dead_addresses(messages: &[Message]) -> BTreeSet<Address> {
    let dead = messages.iter().filter(|message| message.state == MessageState::Dead);
    dead.map(|message| message.address.clone()).collect()
}

/// What the loop keeps between two looks.
struct Round {
    app: App,
    last_look: Instant,
    last_save: Instant,
    /// Time that alerts have been open and that is not written down yet, milliseconds.
    unsaved: BTreeMap<AlertNumber, i64>,
    /// When a message may be tried again, and how many tries failed in this run.
    waits: BTreeMap<MessageId, (Instant, u32)>,
    /// Addresses with a message on its way: one at a time, so that no address gets two at once and none
    /// holds up another.
    busy: BTreeSet<Address>,
    tries: JoinSet<(DueMessage, Result<(), FailedTry>)>,
}

impl Round {
    fn new(app: App) -> Self {
        Self {
            app,
            last_look: Instant::now(),
            last_save: Instant::now(),
            unsaved: BTreeMap::new(),
            waits: BTreeMap::new(),
            busy: BTreeSet::new(),
            tries: JoinSet::new(),
        }
    }

    async fn run(mut self) {
        let again = self.app.blocking(|inner| inner.store.requeue_unknown()).await;
        if let Ok(count @ 1..) = again {
            tracing::warn!(count, "messages whose sending had no known end are sent again");
        }
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {
                    // A failure is logged where it happens; the next look tries again.
                    let _tried_again = self.escalate().await;
                    let _tried_again = self.digest().await;
                    let _tried_again = self.deliver().await;
                }
                Some(done) = self.tries.join_next(), if !self.tries.is_empty() => {
                    if let Ok((message, outcome)) = done {
                        self.finish(&message, outcome);
                    }
                    let _tried_again = self.deliver().await;
                }
            }
        }
    }

    /// Counts time, and queues what is owed by now.
    async fn escalate(&mut self) -> Result<(), Fault> {
        let now = Instant::now();
        let passed = i64::try_from((now - self.last_look).as_millis()).unwrap_or(i64::MAX);
        self.last_look = now;
        let passed = passed.min(LOOK_COUNTS_MAX_MS);
        let save = now - self.last_save >= SAVE_EVERY;
        let mut unsaved = std::mem::take(&mut self.unsaved);
        let minute = self.app.minute_of_day();
        let at = self.app.now();
        let looked = self
            .app
            .blocking(move |inner| {
                let alerts = inner.store.open_alerts()?;
                if alerts.is_empty() {
                    return Ok(BTreeMap::new());
                }
                let rules = inner.store.alert_rules()?.rules;
                let contacts = inner.store.contacts()?;
                let quiet = rules.quiet.is_some_and(|quiet| quiet.holds(minute));
                let awake = |alert: &&Alert| alert.class == AlertClass::Critical || !quiet;
                let awake: Vec<&Alert> = alerts.iter().filter(awake).collect();
                unsaved.retain(|number, _| alerts.iter().any(|alert| alert.number == *number));
                for alert in &awake {
                    *unsaved.entry(alert.number).or_default() += passed;
                }
                let since = WallMs(at.wall.0 - DAY_MS);
                let full = over_budget(inner, &contacts, &rules, since)?;
                for alert in awake {
                    let messages = inner.store.messages_of(alert.number)?;
                    let told: BTreeSet<_> = messages.iter().map(|m| m.person).collect();
                    // Whoever has had enough for today is not told of new ones; who has begun with one
                    // stays with it.
                    let contacts: Vec<Contact> = contacts
                        .iter()
                        .filter(|c| {
                            alert.class == AlertClass::Critical
                                || told.contains(&c.operator)
                                || !full.contains(&c.operator)
                        })
                        .cloned()
                        .collect();
                    let dead = dead_addresses(&messages);
                    let situation = Situation {
                        class: alert.class,
                        open_ms: alert.open_ms + unsaved.get(&alert.number).copied().unwrap_or(0),
                        contacts: &contacts,
                        minute,
                        dead: &dead,
                        step: rules.step,
                    };
                    let known: BTreeSet<_> =
                        messages.iter().map(|m| (m.address.clone(), m.round)).collect();
                    let mut due = due(&situation);
                    due.retain(|one| !known.contains(&(one.address.clone(), one.round)));
                    if !due.is_empty() {
                        inner.store.queue_messages(alert.number, &due, at)?;
                    }
                }
                if save {
                    inner.store.age_alerts(&std::mem::take(&mut unsaved))?;
                }
                Ok(unsaved)
            })
            .await;
        if save {
            self.last_save = now;
        }
        // If the database failed, the time since the last save is lost: the steps come that much later.
        self.unsaved = looked?;
        Ok(())
    }

    /// Once a day everybody who gets more than critical alerts hears how many are open; nobody hears
    /// of none. The day is written down first: a clock that is set back repeats no digest.
    async fn digest(&self) -> Result<(), Fault> {
        let (minute, at) = (self.app.minute_of_day(), self.app.now());
        let local_ms = at.wall.0 + i64::from(self.app.utc_offset_minutes()) * 60_000;
        let today = local_ms.div_euclid(DAY_MS);
        self.app
            .blocking(move |inner| {
                let rules = inner.store.alert_rules()?.rules;
                let last = inner.store.fact(DIGEST_DAY)?.and_then(|day| day.parse::<i64>().ok());
                if minute < rules.digest_at || last.is_some_and(|last| last >= today) {
                    return Ok(());
                }
                inner.store.set_fact(DIGEST_DAY, &today.to_string())?;
                if inner.store.open_alerts()?.is_empty() {
                    return Ok(());
                }
                for contact in inner.store.contacts()? {
                    let way = contact.addresses().into_iter().next();
                    if let Some(way) = way.filter(|_| contact.gets(AlertClass::Suspect)) {
                        inner.store.queue_other(true, contact.operator, &way, at)?;
                    }
                }
                Ok(())
            })
            .await
    }

    /// Begins as many tries as may run.
    async fn deliver(&mut self) -> Result<(), Fault> {
        let due = self.app.blocking(|inner| inner.store.due_messages()).await?;
        let ids: BTreeSet<_> = due.iter().map(|one| one.message.id).collect();
        self.waits.retain(|id, _| ids.contains(id));
        let now = Instant::now();
        for one in due {
            if self.tries.len() >= AT_ONCE_MAX {
                break;
            }
            let waits = self.waits.get(&one.message.id).is_some_and(|(until, _)| *until > now);
            if waits || self.busy.contains(&one.message.address) {
                continue;
            }
            let id = one.message.id;
            if !self.app.blocking(move |inner| inner.store.begin_try(id)).await? {
                continue;
            }
            self.busy.insert(one.message.address.clone());
            let app = self.app.clone();
            self.tries.spawn(async move {
                let outcome = attempt(&app, &one).await;
                (one, outcome)
            });
        }
        Ok(())
    }

    fn finish(&mut self, message: &DueMessage, outcome: Result<(), FailedTry>) {
        self.busy.remove(&message.message.address);
        let Err(failed) = outcome else {
            self.waits.remove(&message.message.id);
            return;
        };
        let tries = self.waits.get(&message.message.id).map_or(1, |(_, tries)| tries + 1);
        let chance = crate::app::random::bytes().map_or(0, u64::from_le_bytes);
        let wait = Duration::from_millis(wait_ms(tries, failed, chance));
        self.waits.insert(message.message.id, (Instant::now() + wait, tries));
    }
}

fn over_budget(
    inner: &crate::app::Inner,
    contacts: &[Contact],
    rules: &Rules,
    since: WallMs,
) -> Result<BTreeSet<OperatorId>, StoreError> {
    let mut full = BTreeSet::new();
    for contact in contacts {
        if inner.store.told_since(contact.operator, since)? >= u32::from(rules.budget_per_day) {
            full.insert(contact.operator);
        }
    }
    Ok(full)
}

/// One try, and what came of it in the database.
async fn attempt(app: &App, due: &DueMessage) -> Result<(), FailedTry> {
    let channel = due.message.channel();
    let sent = match outgoing(app, due).await {
        Ok(Some(outgoing)) => {
            let send = app.inner.alerts.channels.send(&due.message.address, &outgoing);
            let limited = tokio::time::timeout(TRY_MAX, send).await;
            let sent = limited.unwrap_or(Err(SendFault::Unreachable.into()));
            inbox::note_fault(app, channel, sent.as_ref().err().map(|failed| failed.fault));
            sent
        }
        // Taken over meanwhile, or nothing to say any more: the try ends as if it had failed, and the
        // row becomes a dropped one.
        Ok(None) | Err(_) => Err(SendFault::Unreachable.into()),
    };
    let at = app.now();
    let row = due.clone();
    match sent {
        Ok(receipt) => {
            let store =
                move |inner: &crate::app::Inner| inner.store.message_sent(&row, &receipt, at);
            // If this fails, the row stays "sending" and is sent again, marked, at the next start.
            let _logged = app.blocking(store).await;
            Ok(())
        }
        Err(failed) => {
            tracing::warn!(
                message = due.message.id.0,
                channel = channel.code(),
                fault = failed.fault.code(),
                "a message did not leave"
            );
            let store =
                move |inner: &crate::app::Inner| inner.store.message_failed(&row, failed.fault, at);
            let _logged = app.blocking(store).await;
            Err(failed)
        }
    }
}

/// What a message says, in the language of the person who gets it.
async fn outgoing(app: &App, due: &DueMessage) -> Result<Option<Outgoing>, Fault> {
    let language = app.language_of(due.message.person).await?;
    let locale = Locale::of(language.or(app.page_settings().language).unwrap_or_default());
    let desk = &app.inner.alerts;
    let number = match due.kind {
        QueuedKind::Test => {
            let text = locale.text("alert-test", &[("site", desk.site.as_str().into())]);
            return Ok(Some(Outgoing { text, alert: None }));
        }
        QueuedKind::Digest => {
            let open = app.open_alerts().await?.len();
            let args = [("site", desk.site.as_str().into()), ("count", open.into())];
            let text = locale.text("alert-digest", &args);
            return Ok(Some(Outgoing { text, alert: None }));
        }
        QueuedKind::Alert(number) => number,
    };
    let read = move |inner: &crate::app::Inner| {
        Ok((inner.store.alert(number)?, inner.store.alert_rules()?.rules.detail))
    };
    let (alert, detail) = app.blocking(read).await?;
    let Some(alert) = alert.filter(|alert| alert.acknowledged.is_none()) else { return Ok(None) };
    let repeat = due.message.repeat;
    Ok(Some(match due.message.channel() {
        ChannelKind::Sms => {
            Outgoing { text: message::short(locale, &alert, &desk.site, repeat), alert: None }
        }
        ChannelKind::Telegram => Outgoing {
            text: message::long(locale, &alert, &desk.site, detail, repeat),
            alert: Some(Buttons {
                number,
                acknowledge: locale.t("alert-button-ack"),
                pass_on: locale.t("alert-button-pass"),
                open: desk.link_base.as_ref().map(|base| {
                    (locale.t("alert-button-open"), format!("{base}/studies/{}", alert.study))
                }),
            }),
        },
    }))
}

/// Writes into every chat that was told who has taken the alert over.
pub(super) async fn show_taken_over(app: &App, alert: &Alert) {
    let (Some(telegram), Some(by)) =
        (app.inner.alerts.channels.telegram.clone(), alert.acknowledged.clone())
    else {
        return;
    };
    let number = alert.number;
    let receipts = app
        .blocking(move |inner| inner.store.receipts_of(number, ChannelKind::Telegram))
        .await
        .unwrap_or_default();
    let (app, alert) = (app.clone(), alert.clone());
    // Not waited for: whoever has just tapped wants an answer now.
    tokio::spawn(async move {
        for (address, receipt) in receipts {
            let Address::Chat(chat) = address else { continue };
            let locale = Locale::of(app.page_settings().language.unwrap_or_default());
            let time = locale.time_text(by.at, app.utc_offset_minutes());
            let text = message::taken_over(locale, &alert, &by, &time);
            if let Err(failed) = telegram.edit(chat, &receipt, &text).await {
                tracing::warn!(fault = failed.fault.code(), "a message could not be changed");
            }
        }
    });
}
