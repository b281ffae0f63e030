//! The loop that announces urgent results by text message while no link comes: asks the rule what is due,
//! seals, sends, keeps what came of it.
//!
//! Everything that must survive is rows. A try whose end nobody knows is made again with the same text; the
//! portal takes each digest once. Nothing here is a receipt, and nothing holds up alerts: they have rows and
//! a loop of their own, and go first.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::alerts::note_sms_fault;
use crate::app::{App, Inner};
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::{FailedTry, SendFault};
use crate::domain::fault::Fault;
use crate::domain::ids::StudyNumber;
use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::sms_digest::{
    Announced, Hold, Next, Situation, next, sort, told, wait_ms,
};
use crate::keys::sms::{SmsKey, SmsPublicKey};
use crate::store::{DueText, SmsCandidate, SmsStanding, Store, StoreError};
use crate::sync::AnnounceSettings;
use crate::wire::fhir::read::Told;
use crate::wire::pack::unpack;
use crate::wire::sms_digest::{self, DigestName};

/// How often is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How much waiting is written down at once, milliseconds: a power cut loses at most that much of it.
const COUNT_EVERY_MS: i64 = 30_000;
/// Longest time that one look counts as time that the box was on, milliseconds.
const LOOK_COUNTS_MAX_MS: i64 = 30_000;
/// How long one try may take, should the way never answer.
const TRY_MAX: Duration = Duration::from_secs(120);
/// The fact that holds for whom digests are sealed: the portal, its key, and the box's own key that it has.
const READER: &str = "sms_reader";

/// How announcing is, for a page.
#[derive(Clone, Copy, Debug)]
pub struct AnnounceHealth {
    /// Minutes that a record waits before it is announced.
    pub after_minutes: u32,
    /// Records that were announced and still wait for their receipt.
    pub announced: u64,
    /// When the newest digest left.
    pub sent: Option<Stamp>,
    /// When the portal said that it has opened it.
    pub heard: Option<Stamp>,
    /// Why a text that is to leave does not.
    pub fault: Option<SendFault>,
    /// Why nothing leaves, and a person has to do something.
    pub hold: Option<Hold>,
}

/// The box's key for text messages; `None` when it cannot be used, which is logged.
pub(super) fn own_key(store: &Store) -> Option<SmsKey> {
    let key = super::own_keys(store).map(|keys| keys.key().sms_key());
    key.map_err(|error| tracing::error!(%error, "no key for text messages")).ok()
}

/// Keeps for whom digests are sealed, as the portal itself has said.
pub(super) fn keep_reader(
    store: &Store,
    portal: &PublicKey,
    reader: Option<SmsPublicKey>,
) -> Result<(), StoreError> {
    let own = reader.and_then(|reader| Some((reader, own_key(store)?.public())));
    let line = own.map_or_else(String::new, |(reader, own)| format!("{portal} {reader} {own}"));
    if store.fact(READER)?.unwrap_or_default() != line {
        store.set_fact(READER, &line)?;
    }
    Ok(())
}

/// For whom digests to that portal are sealed, and by which key; `None`: the portal cannot open one yet.
fn reader(store: &Store, portal: &PublicKey) -> Result<Option<(SmsPublicKey, SmsKey)>, StoreError> {
    let Some(line) = store.fact(READER)? else { return Ok(None) };
    let mut words = line.split(' ');
    let named = words.next().and_then(PublicKey::parse);
    let reader = words.next().and_then(SmsPublicKey::parse);
    let known = words.next().and_then(SmsPublicKey::parse);
    let (Some(reader), true) = (reader, named == Some(*portal)) else { return Ok(None) };
    // Another key than the one that the portal has: the next contact tells it.
    Ok(own_key(store).filter(|own| Some(own.public()) == known).map(|own| (reader, own)))
}

/// Runs until the program ends.
pub(super) async fn run(app: App, portal: PublicKey, settings: AnnounceSettings) {
    // Rows are under the portal's first key, whichever one the settings name.
    let named = portal;
    let portal = loop {
        let first = app.blocking(move |inner| Ok(inner.store.portal_keys(&named)?.name())).await;
        match first {
            Ok(first) => break first,
            Err(_) => tokio::time::sleep(LOOK_EVERY).await,
        }
    };
    if app.inner.alerts.channels.sms.is_none() {
        return;
    }
    let lost = app.blocking(|inner| inner.store.sms_requeue()).await.unwrap_or_default();
    if lost > 0 {
        tracing::warn!(lost, "texts to the portal whose sending had no known end are sent again");
    }
    let mut round = Round { app, portal, settings, uncounted_ms: 0, failures: 0, again: None };
    let mut looked = Instant::now();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let passed = i64::try_from(looked.elapsed().as_millis()).unwrap_or(LOOK_COUNTS_MAX_MS);
        looked = Instant::now();
        round.uncounted_ms += passed.min(LOOK_COUNTS_MAX_MS);
        // A failure of the store is logged where it happens; the next look tries again.
        let _tried_again = round.look().await;
    }
}

struct Round {
    app: App,
    portal: PublicKey,
    settings: AnnounceSettings,
    /// Waiting that is not written down yet, milliseconds.
    uncounted_ms: i64,
    /// Tries in a row that failed.
    failures: u32,
    /// Not before.
    again: Option<Instant>,
}

impl Round {
    async fn look(&mut self) -> Result<(), Fault> {
        let (portal, uncounted) = (self.portal, self.uncounted_ms);
        let looked = self.app.blocking(move |inner| look(inner, &portal, uncounted)).await?;
        if looked.counted {
            self.uncounted_ms = 0;
        }
        let down = self.app.inner.sync.is_down();
        let now = situation(down, looked.ready, &looked.standing);
        match next(self.settings.pace, now) {
            Next::Nothing | Next::Held(_) => Ok(()),
            Next::Make => {
                let number = self.settings.number.clone();
                let at = self.app.now();
                self.app.blocking(move |inner| make(inner, &portal, &number, at)).await
            }
            Next::Send if self.again.is_some_and(|again| Instant::now() < again) => Ok(()),
            Next::Send => self.send().await,
        }
    }

    async fn send(&mut self) -> Result<(), Fault> {
        let portal = self.portal;
        let begun = self.app.blocking(move |inner| {
            let Some(due) = inner.store.sms_next_text(&portal)? else { return Ok(None) };
            inner.store.sms_begin(&due, inner.store.alert_on_time()?.on_ms)?;
            Ok(Some(due))
        });
        let Some(due) = begun.await? else { return Ok(()) };
        let channels = &self.app.inner.alerts.channels;
        let sending = channels.send_to_machine(&self.settings.number, &due.text);
        let tried = tokio::time::timeout(TRY_MAX, sending).await;
        let outcome = tried.unwrap_or(Err(SendFault::Unreachable.into()));
        crate::crash_point::reached("before_sms_sent");
        self.finish(due, outcome).await
    }

    async fn finish(
        &mut self,
        due: DueText,
        outcome: Result<String, FailedTry>,
    ) -> Result<(), Fault> {
        let at = self.app.now();
        note_sms_fault(&self.app, outcome.as_ref().err().map(|failed| failed.fault));
        match outcome {
            Ok(receipt) => {
                (self.failures, self.again) = (0, None);
                self.app
                    .blocking(move |inner| {
                        let on_ms = inner.store.alert_on_time()?.on_ms;
                        inner.store.sms_sent(&due, &receipt, on_ms, at)
                    })
                    .await
            }
            Err(FailedTry { fault, retry_after_ms }) => {
                self.failures = self.failures.saturating_add(1);
                let wait = u64::try_from(wait_ms(self.failures)).unwrap_or_default();
                let wait = wait.max(retry_after_ms.unwrap_or(0));
                self.again = Instant::now().checked_add(Duration::from_millis(wait));
                tracing::warn!(fault = fault.code(), "a text to the portal did not leave");
                self.app.blocking(move |inner| inner.store.sms_failed(&due, fault)).await
            }
        }
    }
}

/// What one look has found.
struct Looked {
    standing: SmsStanding,
    ready: bool,
    /// The waiting is written down.
    counted: bool,
}

fn look(inner: &Inner, portal: &PublicKey, uncounted_ms: i64) -> Result<Looked, StoreError> {
    let store = &inner.store;
    let on_ms = store.alert_on_time()?.on_ms;
    store.sms_settle(portal, on_ms)?;
    let standing = store.sms_standing(portal, on_ms)?;
    let waits = standing.waited_ms.is_some();
    let count = waits && uncounted_ms >= COUNT_EVERY_MS;
    if count {
        store.sms_count(portal, uncounted_ms)?;
    }
    let ready = (waits || standing.text_waits) && reader(store, portal)?.is_some();
    // While none waits no time is owed to any.
    Ok(Looked { standing, ready, counted: count || !waits })
}

const fn situation(link_down: bool, portal_ready: bool, standing: &SmsStanding) -> Situation {
    let SmsStanding { waited_ms, spent, text_waits, alert_waits, parked } = *standing;
    let link_down = link_down || parked;
    Situation { link_down, portal_ready, alert_waits, waited_ms, spent, text_waits }
}

/// Makes a digest of as many records as fit.
fn make(
    inner: &Inner,
    portal: &PublicKey,
    receiver: &PhoneNumber,
    at: Stamp,
) -> Result<(), StoreError> {
    let store = &inner.store;
    let Some((reader, own)) = reader(store, portal)? else { return Ok(()) };
    let (candidates, waiting) = store.sms_candidates(portal)?;
    let mut results = Vec::new();
    for candidate in &candidates {
        match announced(candidate) {
            Some(one) => results.push(one),
            // Nothing urgent holds any more, or it cannot be read: the record itself says what does.
            None => store.sms_nothing(candidate.seq)?,
        }
    }
    sort(&mut results);
    let waiting = u8::try_from(waiting).unwrap_or(u8::MAX);
    let (plain, taken) = sms_digest::pack(at, waiting, &results);
    if taken.is_empty() {
        return Ok(());
    }
    let texts = u8::from(plain.len() > sms_digest::PLAIN_BYTES[0]) + 1;
    let made = store.sms_make(portal, receiver, &taken, |counter| {
        let name = DigestName { tag: own.public().tag(), counter, texts };
        let sealed = own.seal(&reader, &name.head(), &plain);
        let sealed = sealed.map_err(|error| tracing::error!(%error, "nothing was sealed")).ok()?;
        Some((sms_digest::texts(&name, &sealed.bytes)?, sealed.answer))
    })?;
    if made {
        tracing::info!(count = taken.len(), "urgent results are announced by text message");
    }
    Ok(())
}

/// What is said of a record, from its own bytes; `None`: nothing in it is urgent.
fn announced(candidate: &SmsCandidate) -> Option<Announced> {
    let body = String::from_utf8(unpack(&candidate.body)?).ok()?;
    let bundle = Told::parse(&body)?;
    let study: i64 = bundle.study()?.number.parse().ok()?;
    let (findings, more) = told(&bundle.scored_findings());
    let fits = (1..=i64::from(sms_digest::COUNTER_MAX)).contains(&study);
    if !fits || findings.is_empty() {
        return None;
    }
    Some(Announced {
        seq: candidate.seq,
        study: StudyNumber(study),
        known: Some(candidate.known),
        alert: candidate.alert,
        findings,
        more,
    })
}

impl App {
    /// How announcing by text message is; `None` where it is not set up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce_health(&self) -> Result<Option<AnnounceHealth>, Fault> {
        let Some(settings) = &self.inner.sync.settings else { return Ok(None) };
        let (portal, Some(announce)) = (settings.key, settings.sms.clone()) else {
            return Ok(None);
        };
        let down = self.inner.sync.is_down();
        self.blocking(move |inner| {
            let store = &inner.store;
            let portal = store.portal_keys(&portal)?.name();
            let state = store.sms_state(&portal)?;
            let standing = store.sms_standing(&portal, store.alert_on_time()?.on_ms)?;
            let ready = reader(store, &portal)?.is_some();
            let set_up = inner.alerts.channels.sms.is_some();
            // It is good to know before a link is down that nothing could be announced then.
            let hold = match next(announce.pace, situation(down, ready, &standing)) {
                Next::Held(hold @ (Hold::NotReady | Hold::Spent)) => Some(hold),
                _ if !ready => Some(Hold::NotReady),
                _ => None,
            };
            Ok(Some(AnnounceHealth {
                after_minutes: announce.pace.after_minutes,
                announced: state.announced,
                sent: state.sent,
                heard: state.heard,
                fault: state.fault.or((!set_up).then_some(SendFault::NotSetUp)),
                hold,
            }))
        })
        .await
    }

    /// The portal says by text message that it has opened a digest. Nothing else comes of such a message.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::app) async fn portal_heard(&self, text: &str) -> Result<(), Fault> {
        let Some(answer) = sms_digest::read_answer(text) else { return Ok(()) };
        let at = self.now();
        let heard = self.blocking(move |inner| inner.store.sms_heard(&answer, at)).await?;
        if !heard {
            tracing::warn!("an answer of the portal belongs to no digest");
        }
        Ok(())
    }
}
