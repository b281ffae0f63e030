//! What comes in: taps, codes, text messages.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use crate::alert::{Incoming, Outgoing, Sms};
use crate::app::App;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{SendFault, wait_ms};
use crate::domain::alert::{AckMethod, AlertNumber};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::locale::Locale;

/// Name of the fact that holds where to go on with Telegram's updates.
const OFFSET: &str = "telegram_offset";
const SMS_LOOK_EVERY: Duration = Duration::from_secs(1);

/// Remembers how the last talk with a way went.
pub(super) fn note_fault(app: &App, channel: ChannelKind, fault: Option<SendFault>) {
    let mut faults = app.inner.alerts.last_faults.lock().unwrap_or_else(PoisonError::into_inner);
    match fault {
        // A dead receiver says nothing against the way itself.
        Some(fault) if !fault.is_final() => faults.insert(channel.code(), fault),
        Some(_) | None => faults.remove(channel.code()),
    };
}

/// Asks Telegram for updates until the program ends.
pub(super) async fn listen_to_telegram(app: App) {
    let Some(telegram) = app.inner.alerts.channels.telegram.clone() else { return };
    let mut failures = 0;
    loop {
        let known = app.bot_name().is_some();
        if !known && let Ok(name) = telegram.name().await {
            *app.inner.alerts.bot_name.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
        }
        let stored = app.blocking(|inner| inner.store.fact(OFFSET)).await;
        let offset = stored.ok().flatten().and_then(|text| text.parse().ok()).unwrap_or(0);
        match telegram.updates(offset).await {
            Ok(updates) => {
                failures = 0;
                note_fault(&app, ChannelKind::Telegram, None);
                for tapped in updates.incoming {
                    let answer = act(&app, &tapped.incoming, AckMethod::Telegram).await;
                    if let (Some(tap), Some(text)) = (&tapped.tap, &answer) {
                        let _told_by_the_message = telegram.answer_tap(tap, text).await;
                    } else if let (Some(text), Some(to)) = (answer, from(&tapped.incoming)) {
                        let outgoing = Outgoing { text, alert: None };
                        let _asked_again = app.inner.alerts.channels.send(&to, &outgoing).await;
                    }
                }
                if updates.next_offset != offset {
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

/// Looks for text messages until the program ends.
pub(super) async fn listen_to_sms(app: App) {
    loop {
        tokio::time::sleep(SMS_LOOK_EVERY).await;
        let Some(sms) = app.inner.alerts.channels.sms.clone() else { return };
        if !matches!(*sms, Sms::Gammu(_)) {
            return;
        }
        let looked = tokio::task::spawn_blocking(move || {
            let mut found = Vec::new();
            if let Sms::Gammu(gammu) = &*sms {
                gammu.incoming(|incoming| {
                    found.push(incoming.clone());
                    true
                });
            }
            found
        });
        for incoming in looked.await.unwrap_or_default() {
            act(&app, &incoming, AckMethod::Sms).await;
        }
    }
}

/// Where an answer goes.
fn from(incoming: &Incoming) -> Option<Address> {
    match incoming {
        Incoming::Acknowledge { from, .. }
        | Incoming::PassOn { from, .. }
        | Incoming::Other { from } => Some(from.clone()),
        Incoming::Pair { chat, .. } => Some(Address::Chat(*chat)),
        Incoming::Delivered { .. } => None,
    }
}

/// Does what came in asks for; gives what to answer. Strangers get no answer at all.
async fn act(app: &App, incoming: &Incoming, method: AckMethod) -> Option<String> {
    match incoming {
        Incoming::Pair { chat, code } => {
            let person = app.redeem_pairing(code)?;
            let chat = *chat;
            let paired = app.blocking(move |inner| inner.store.pair_chat(person, chat)).await;
            Some(words(app, person).await.t(if paired.is_ok() {
                "pair-done"
            } else {
                "pair-failed"
            }))
        }
        Incoming::Acknowledge { from, number } => {
            let person = person_of(app, from).await?;
            let locale = words(app, person).await;
            Some(match app.acknowledge_as(person, *number, method).await {
                Ok(alert) => {
                    let by = alert.acknowledged?;
                    let key = if by.by == person { "alert-ack-yours" } else { "alert-ack-others" };
                    let args =
                        [("number", number.to_string().into()), ("name", by.name.as_str().into())];
                    locale.text(key, &args)
                }
                Err(fault) => locale.fault_text(fault).what,
            })
        }
        Incoming::PassOn { from, number } => {
            let person = person_of(app, from).await?;
            let noted = pass_on(app, person, *number).await;
            let locale = words(app, person).await;
            Some(match noted {
                Ok(()) => locale.t("alert-passed-on"),
                Err(fault) => locale.fault_text(fault).what,
            })
        }
        Incoming::Delivered { receipt } => {
            let (receipt, at) = (receipt.clone(), app.now());
            let channel = ChannelKind::Sms;
            let note = move |inner: &crate::app::Inner| {
                inner.store.message_delivered(channel, &receipt, at)
            };
            let _unknown_receipts_do_no_harm = app.blocking(note).await;
            None
        }
        Incoming::Other { from } => {
            let person = person_of(app, from).await?;
            Some(words(app, person).await.t("alert-not-understood"))
        }
    }
}

/// "Not mine": noted, and the next step comes at once.
async fn pass_on(app: &App, person: OperatorId, number: AlertNumber) -> Result<(), Fault> {
    let at = app.now();
    app.blocking(move |inner| {
        let step = inner.store.alert_rules()?.rules.step;
        inner.store.note_alert(number, "passed_on", Some(person), "", at)?;
        inner.store.age_alerts(&BTreeMap::from([(number, i64::from(step.get()) * 60_000)]))
    })
    .await
}

async fn person_of(app: &App, from: &Address) -> Option<OperatorId> {
    let from = from.clone();
    app.blocking(move |inner| match &from {
        Address::Chat(chat) => inner.store.person_of_chat(*chat),
        Address::Phone(number) => inner.store.person_of_phone(number),
    })
    .await
    .ok()
    .flatten()
}

async fn words(app: &App, person: OperatorId) -> &'static Locale {
    let language = app.language_of(person).await.ok().flatten();
    Locale::of(language.or(app.page_settings().language).unwrap_or_default())
}
