//! Messages in chats that are true no more: once somebody has an alert, each says who, and its buttons go.
//! Which ones wait for that are rows: neither a crash nor a link that is down leaves a button behind.

use std::time::Duration;

use crate::alert::message;
use crate::app::alerts::compose::reader;
use crate::app::{App, Inner, random};
use crate::domain::alert::contact::Address;
use crate::domain::alert::delivery::{FailedTry, wait_ms};
use crate::locale::Locale;
use crate::store::{StoreError, Unedited};

/// How often rows are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Messages that are changed at one look.
const AT_ONCE: u32 = 20;

/// Changes what has to be changed, until the program ends.
pub(super) async fn keep_true(app: App) {
    let mut failures = 0;
    loop {
        let wait = match change(&app).await {
            Ok(()) => {
                failures = 0;
                LOOK_EVERY
            }
            Err(failed) => {
                failures += 1;
                let chance = random::bytes().map_or(0, u64::from_le_bytes);
                Duration::from_millis(wait_ms(failures, failed, chance))
            }
        };
        tokio::time::sleep(wait).await;
    }
}

/// One look. An error is the service's, and everything that is left waits for the next look.
async fn change(app: &App) -> Result<(), FailedTry> {
    let Some(telegram) = app.inner.alerts.channels.telegram.clone() else { return Ok(()) };
    // What cannot be read now is read at the next look; the failure is logged where it happened.
    let waiting = app.blocking(texts).await.unwrap_or_default();
    for (Unedited { id, address, receipt, .. }, text) in waiting {
        if let Address::Chat(chat) = address {
            match telegram.edit(chat, &receipt, &text).await {
                Err(failed) if !failed.fault.is_final() => return Err(failed),
                Ok(()) => {}
                // Deleted, too old, or the chat is gone: nothing is left to be changed.
                Err(failed) => {
                    tracing::warn!(fault = failed.fault.code(), "a message could not be changed");
                }
            }
        }
        // If it cannot be stored, the same change is made again, and Telegram says that it is there.
        let _changed_again = app.blocking(move |inner| inner.store.message_edited(id)).await;
    }
    Ok(())
}

/// What each message has to say now, in the language of whoever reads it.
fn texts(inner: &Inner) -> Result<Vec<(Unedited, String)>, StoreError> {
    let mut texts = Vec::new();
    for one in inner.store.unedited(AT_ONCE)? {
        let Some(alert) = inner.store.alert(one.alert)? else { continue };
        let Some(by) = &alert.acknowledged else { continue };
        let locale: &Locale = reader(inner, one.person, &one.address)?;
        let time = locale.time_text(by.at, inner.site().utc_offset_minutes);
        let text = message::taken_over(locale, &alert, by, &time);
        texts.push((one, text));
    }
    Ok(texts)
}
