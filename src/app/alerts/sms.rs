//! Listening to the way of text messages: what people write back, what became of what was sent, and how
//! the modem or the phone is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::alert::{Android, CallRefused, Modem, Report, Sms};
use crate::app::App;
use crate::app::alerts::inbox::{act, note_fault};
use crate::domain::alert::AckMethod;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::FailedTry;
use crate::domain::fault::Fault;
use crate::domain::stamp::{ClockTrust, WallMs};
use crate::store::{ReportOf, Reported};

const SPOOL_LOOK_EVERY: Duration = Duration::from_secs(1);
const PHONE_LOOK_EVERY: Duration = Duration::from_secs(10);
/// Longest wait between two questions for the same message.
const ASK_MAX: Duration = Duration::from_secs(30 * 60);
/// How long a message is asked for, milliseconds. Networks give up within two days.
const ASK_FOR_MS: i64 = 2 * 24 * 60 * 60 * 1000;
/// Messages asked for at one look.
const ASK_AT_ONCE: u32 = 20;
/// Name of the fact that holds which messages of the phone's inbox were acted on, a line each.
const INBOX_SEEN: &str = "sms_inbox_seen";

/// Listens until the program ends.
pub(super) async fn listen(app: App) {
    let Some(sms) = app.inner.alerts.channels.sms.clone() else { return };
    match &*sms {
        Sms::Gammu(_) => listen_to_spool(&app, &sms).await,
        Sms::Modem(modem) => listen_to_modem(&app, modem).await,
        Sms::Android(android) => listen_to_phone(&app, android).await,
        // Providers have nothing to listen to.
        Sms::Gateway(_) => {}
    }
}

async fn listen_to_spool(app: &App, sms: &Arc<Sms>) {
    let Sms::Gammu(gammu) = &**sms else { return };
    loop {
        tokio::time::sleep(SPOOL_LOOK_EVERY).await;
        let looking = Arc::clone(sms);
        let looked = tokio::task::spawn_blocking(move || match &*looking {
            Sms::Gammu(gammu) => gammu.incoming(),
            Sms::Modem(_) | Sms::Android(_) | Sms::Gateway(_) => Vec::new(),
        });
        for (file, incoming) in looked.await.unwrap_or_default() {
            // A message whose wish could not be stored stays, and is read again.
            if act(app, &incoming, AckMethod::Sms).await.is_ok() {
                gammu.done(&file);
            }
        }
    }
}

async fn listen_to_modem(app: &App, modem: &Modem) {
    let mut known = None;
    loop {
        let look = modem.look().await;
        if look.fault != known {
            match look.fault {
                Some(fault) => tracing::warn!(fault = fault.code(), "the modem cannot send"),
                None => tracing::info!("the modem can send again"),
            }
            known = look.fault;
        }
        note_fault(app, ChannelKind::Sms, look.fault);
        for (place, incoming) in look.arrived {
            let stored = match incoming {
                Some(incoming) => act(app, &incoming, AckMethod::Sms).await.is_ok(),
                None => true,
            };
            if stored {
                modem.done(&place).await;
            }
        }
        modem.wait().await;
    }
}

async fn listen_to_phone(app: &App, android: &Android) {
    let mut asked = BTreeMap::new();
    loop {
        let talked = async {
            read_inbox(app, android).await?;
            ask_for_outcomes(app, android, &mut asked).await
        };
        let failed = talked.await.err();
        note_fault(app, ChannelKind::Sms, failed.map(|failed| failed.fault));
        tokio::time::sleep(PHONE_LOOK_EVERY).await;
    }
}

/// Acts on what is new in the phone's inbox. What was there before the box knew the phone is not new.
async fn read_inbox(app: &App, android: &Android) -> Result<(), FailedTry> {
    let inbox = android.inbox().await?;
    // What cannot be stored now is new again at the next look.
    let Ok(before) = app.blocking(|inner| inner.store.fact(INBOX_SEEN)).await else {
        return Ok(());
    };
    let first = before.is_none();
    let before: BTreeSet<String> =
        before.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    for (id, incoming) in inbox {
        let known = first || before.contains(&id);
        if known || act(app, &incoming, AckMethod::Sms).await.is_ok() {
            seen.insert(id);
        }
    }
    if first || seen != before {
        let text = seen.into_iter().collect::<Vec<_>>().join("\n");
        let _acted_on_twice =
            app.blocking(move |inner| inner.store.set_fact(INBOX_SEEN, &text)).await;
    }
    Ok(())
}

/// Asks what became of messages: soon after they were sent often, later less and less.
async fn ask_for_outcomes(
    app: &App,
    android: &Android,
    asked: &mut BTreeMap<String, (Instant, Duration)>,
) -> Result<(), FailedTry> {
    let since = WallMs(app.now().wall.0 - ASK_FOR_MS);
    let waiting = app
        .blocking(move |inner| {
            let mut waiting = inner.store.unreported(ChannelKind::Sms, since, ASK_AT_ONCE)?;
            let on_ms = inner.store.alert_on_time()?.on_ms;
            waiting.extend(inner.store.sms_unreported(on_ms, ASK_AT_ONCE)?);
            Ok(waiting)
        })
        .await
        .unwrap_or_default();
    asked.retain(|receipt, _| waiting.contains(receipt));
    let now = Instant::now();
    for receipt in waiting {
        let wait = match asked.get(&receipt) {
            Some((next, _)) if *next > now => continue,
            Some((_, wait)) => (*wait * 2).min(ASK_MAX),
            None => PHONE_LOOK_EVERY,
        };
        asked.insert(receipt.clone(), (now + wait, wait));
        if let Some(report) = android.outcome(&receipt).await? {
            // If it cannot be stored, it is asked for again.
            let _asked_again = store_report(app, &report).await;
        }
    }
    Ok(())
}

/// Stores what became of a message.
///
/// # Errors
/// When it has to come again: the database failed, or the message is not known yet.
pub(super) async fn store_report(app: &App, report: &Report) -> Result<(), Fault> {
    let of = match (&report.receipt, &report.to) {
        (Some(receipt), _) => ReportOf::Receipt(receipt.clone()),
        (None, Some(to)) => ReportOf::Address(Address::Phone(to.clone())),
        (None, None) => return Ok(()),
    };
    let (delivered, at) = (report.delivered, app.now());
    let stored = app
        .blocking(move |inner| match inner.store.sms_reported(&of, delivered)? {
            true => Ok(Reported::Stored),
            false => inner.store.message_reported(ChannelKind::Sms, &of, delivered, at),
        })
        .await?;
    match stored {
        Reported::Stored | Reported::Nothing => Ok(()),
        // Nothing is wrong, and it has to come again all the same.
        Reported::TooEarly => Err(Fault::Internal),
    }
}

impl App {
    /// Takes a call of the phone's webhook.
    ///
    /// # Errors
    /// [`HookRefused`], as the phone has to be told.
    pub async fn take_sms_call(
        &self,
        signature: &str,
        time: &str,
        body: &[u8],
    ) -> Result<(), HookRefused> {
        let sms = self.inner.alerts.channels.sms.clone();
        let Some(Sms::Android(android)) = sms.as_deref() else { return Err(HookRefused::Closed) };
        let now = self.now();
        let now_s = (now.trust == ClockTrust::Synced).then(|| now.wall.0.div_euclid(1000));
        let call = android.read_call(signature, time, body, now_s).map_err(|why| match why {
            CallRefused::Closed => HookRefused::Closed,
            CallRefused::TooMany => HookRefused::TooMany,
            CallRefused::Unsigned => HookRefused::Unsigned,
            CallRefused::Garbled => HookRefused::Garbled,
        })?;
        if let Some(incoming) = call.incoming.filter(|_| !android.knows_call(&call.id)) {
            let acted = act(self, &incoming, AckMethod::Sms).await;
            // The phone calls again.
            acted.map_err(|_| HookRefused::Again)?;
            android.call_done(call.id);
        }
        Ok(())
    }
}

/// Why a call of the webhook is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookRefused {
    /// The site has no phone whose calls are signed.
    Closed,
    /// Too many calls.
    TooMany,
    /// Not signed by the phone.
    Unsigned,
    /// Signed, and not understood.
    Garbled,
    /// It could not be stored and has to come again.
    Again,
}
