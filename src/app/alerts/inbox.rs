//! What comes in: taps, codes, text messages.

use std::sync::PoisonError;
use std::time::Duration;

use crate::alert::{Incoming, Outgoing, Tapped, Telegram};
use crate::app::alerts::Pairing;
use crate::app::alerts::sms::store_report;
use crate::app::{App, Inner};
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{SendFault, wait_ms};
use crate::domain::alert::{AckMethod, Alert, AlertNumber};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::OperatorId;
use crate::locale::Locale;
use crate::store::StoreError;

/// Name of the fact that holds where to go on with Telegram's updates.
const OFFSET: &str = "telegram_offset";
/// Name of the fact that holds of which bot those updates are.
const BOT: &str = "telegram_bot";
/// How long to wait after what came in could not be stored.
const STORE_AGAIN: Duration = Duration::from_secs(5);

/// Remembers how the last talk with a way went.
pub(super) fn note_fault(app: &App, channel: ChannelKind, fault: Option<SendFault>) {
    let mut faults = app.inner.alerts.last_faults.lock().unwrap_or_else(PoisonError::into_inner);
    match fault {
        // A dead receiver says nothing against the way itself.
        Some(fault) if !fault.is_final() => faults.insert(channel.code(), fault),
        Some(_) | None => faults.remove(channel.code()),
    };
}

/// The same for text messages that are no alerts.
pub(in crate::app) fn note_sms_fault(app: &App, fault: Option<SendFault>) {
    note_fault(app, ChannelKind::Sms, fault);
}

/// Asks Telegram for updates until the program ends.
pub(super) async fn listen_to_telegram(app: App) {
    let Some(telegram) = app.inner.alerts.channels.telegram.clone() else { return };
    let number = telegram.number().to_owned();
    // Logged where it happens; at worst a code has to be sent once more.
    let _from_the_start = app.blocking(move |inner| of_this_bot(inner, &number)).await;
    let mut failures = 0;
    loop {
        let known = app.bot_name().is_some();
        if !known && let Ok(name) = telegram.name().await {
            *app.inner.alerts.bot_name.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
        }
        let stored = app.blocking(|inner| inner.store.fact(OFFSET)).await;
        let offset = stored.ok().flatten().and_then(|text| text.parse().ok()).unwrap_or(0);
        for (from, to) in telegram.take_moved() {
            // If it cannot be stored, the next message to the old number finds it again.
            let _found_again = app.blocking(move |inner| inner.store.move_group(from, to)).await;
        }
        match telegram.updates(offset).await {
            Ok(updates) => {
                failures = 0;
                note_fault(&app, ChannelKind::Telegram, None);
                if act_on_all(&app, &telegram, updates.incoming).await.is_err() {
                    // Not stored: the same updates are asked for again.
                    tokio::time::sleep(STORE_AGAIN).await;
                } else if updates.next_offset != offset {
                    // After acting: a crash in between asks for the same updates again, and a second
                    // acknowledgement changes nothing.
                    let next = updates.next_offset.to_string();
                    let _seen_again =
                        app.blocking(move |inner| inner.store.set_fact(OFFSET, &next)).await;
                }
            }
            Err(failed) => {
                failures += 1;
                note_fault(&app, ChannelKind::Telegram, Some(failed.fault));
                let chance = crate::app::random::bytes().map_or(0, u64::from_le_bytes);
                tokio::time::sleep(Duration::from_millis(wait_ms(failures, failed, chance))).await;
            }
        }
    }
}

/// Begins anew for another bot than before: each counts its updates for itself, and would hold back those
/// below the number where the other one was.
fn of_this_bot(inner: &Inner, number: &str) -> Result<(), StoreError> {
    match inner.store.fact(BOT)? {
        Some(before) if before == number => return Ok(()),
        Some(_) => inner.store.set_fact(OFFSET, "0")?,
        None => {}
    }
    inner.store.set_fact(BOT, number)
}

/// Acts on everything that came in by Telegram, and answers.
async fn act_on_all(app: &App, telegram: &Telegram, incoming: Vec<Tapped>) -> Result<(), Fault> {
    for tapped in incoming {
        let mut answer = act(app, &tapped.incoming, AckMethod::Telegram).await?;
        if answer.is_none() && tapped.in_group && tapped.tap.is_some() {
            // Everybody in the group sees the buttons. Whoever is not paired learns why nothing happens.
            answer = Some(site_words(app).t("group-stranger"));
        }
        if let (Some(tap), Some(text)) = (&tapped.tap, &answer) {
            let _told_by_the_message = telegram.answer_tap(tap, text).await;
        } else if let (Some(text), Some(to)) = (answer, from(&tapped.incoming)) {
            let outgoing = Outgoing::text(text);
            let _asked_again = app.inner.alerts.channels.send(&to, &outgoing).await;
        }
    }
    Ok(())
}

/// Where an answer goes.
fn from(incoming: &Incoming) -> Option<Address> {
    match incoming {
        Incoming::Acknowledge { from, .. }
        | Incoming::PassOn { from, .. }
        | Incoming::Other { from } => Some(from.clone()),
        Incoming::Pair { chat, .. } | Incoming::PairGroup { chat, .. } => {
            Some(Address::Chat(*chat))
        }
        Incoming::Membership { .. }
        | Incoming::Moved { .. }
        | Incoming::Report(_)
        | Incoming::Heard { .. } => None,
    }
}

/// Does what came in asks for; gives what to answer. Strangers get no answer at all.
///
/// # Errors
/// When it could not be stored, and so has to be done again.
pub(super) async fn act(
    app: &App,
    incoming: &Incoming,
    method: AckMethod,
) -> Result<Option<String>, Fault> {
    let from = match incoming {
        Incoming::Pair { chat, code } => {
            let Some(person) = app.redeem_pairing(code, Pairing::Person) else { return Ok(None) };
            let chat = *chat;
            let paired = app.blocking(move |inner| inner.store.pair_chat(person, chat)).await;
            let key = if paired.is_ok() { "pair-done" } else { "pair-failed" };
            return Ok(Some(words(app, person).await.t(key)));
        }
        Incoming::PairGroup { chat, title, code } => {
            let Some(by) = app.redeem_pairing(code, Pairing::Group) else { return Ok(None) };
            let (chat, title, at) = (*chat, title.clone(), app.now());
            let pair = move |inner: &Inner| inner.store.pair_group(chat, &title, by, at);
            let paired = app.blocking(pair).await;
            let key = if paired.is_ok() { "group-pair-done" } else { "pair-failed" };
            return Ok(Some(site_words(app).t(key)));
        }
        Incoming::Membership { chat, standing } => {
            let (chat, standing) = (*chat, *standing);
            app.blocking(move |inner| inner.store.set_group_standing(chat, standing)).await?;
            return Ok(None);
        }
        Incoming::Moved { from, to } => {
            let (from, to) = (*from, *to);
            app.blocking(move |inner| inner.store.move_group(from, to)).await?;
            return Ok(None);
        }
        Incoming::Report(report) => return store_report(app, report).await.map(|()| None),
        Incoming::Heard { text } => return app.portal_heard(text).await.map(|()| None),
        Incoming::Acknowledge { from, .. }
        | Incoming::PassOn { from, .. }
        | Incoming::Other { from } => from,
    };
    let Some(person) = person_of(app, from).await? else { return Ok(None) };
    let locale = words(app, person).await;
    let done = match incoming {
        Incoming::Acknowledge { number, .. } => {
            let alert = app.acknowledge_as(person, *number, method).await;
            alert.map(|alert| taken_text(locale, &alert, person))
        }
        Incoming::PassOn { number, .. } => {
            let noted = pass_on(app, person, *number).await;
            noted.map(|()| locale.t("alert-passed-on"))
        }
        Incoming::Pair { .. }
        | Incoming::PairGroup { .. }
        | Incoming::Membership { .. }
        | Incoming::Moved { .. }
        | Incoming::Report(_)
        | Incoming::Heard { .. }
        | Incoming::Other { .. } => Ok(locale.t("alert-not-understood")),
    };
    match done {
        Ok(text) => Ok(Some(text)),
        Err(fault) if fault.kind() == Kind::Internal => Err(fault),
        Err(fault) => Ok(Some(locale.fault_text(fault).what)),
    }
}

/// Tells a person who has the alert: the person, or somebody who was first.
fn taken_text(locale: &Locale, alert: &Alert, person: OperatorId) -> String {
    let by = alert.acknowledged.as_ref();
    let others = by.filter(|by| by.by != person);
    let key = if others.is_some() { "alert-ack-others" } else { "alert-ack-yours" };
    let name = by.map_or("", |by| by.name.as_str());
    let args = [("number", alert.number.to_string().into()), ("name", name.into())];
    locale.text(key, &args)
}

/// "Not mine": noted, and the next step comes at once.
async fn pass_on(app: &App, person: OperatorId, number: AlertNumber) -> Result<(), Fault> {
    let at = app.now();
    app.blocking(move |inner| {
        let step = inner.store.alert_rules()?.rules.step;
        inner.store.pass_alert_on(number, person, i64::from(step.get()) * 60_000, at)
    })
    .await
}

async fn person_of(app: &App, from: &Address) -> Result<Option<OperatorId>, Fault> {
    let from = from.clone();
    app.blocking(move |inner| match &from {
        Address::Chat(chat) => inner.store.person_of_chat(*chat),
        Address::Phone(number) => inner.store.person_of_phone(number),
    })
    .await
}

/// The language of what several people read.
fn site_words(app: &App) -> &'static Locale {
    Locale::of(app.language().unwrap_or_default())
}

async fn words(app: &App, person: OperatorId) -> &'static Locale {
    let language = app.language_of(person).await.ok().flatten();
    Locale::of(language.or(app.language()).unwrap_or_default())
}
