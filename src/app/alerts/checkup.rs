//! Trying every way before it is needed, and saying what came of it: the same sentences on the page of the
//! box's state and in `fieldray check`.

use crate::alert::ChannelSettings;
use crate::alert::probe::{Probe, probe};
use crate::app::{App, log_store_error};
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::delivery::SendFault;
use crate::domain::fault::Fault;
use crate::domain::people::PersonName;
use crate::locale::Locale;
use crate::store::Store;

/// How a way did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayState {
    /// Not used, or it works.
    Good,
    /// It could not be tried: no connection now.
    Untried,
    /// Somebody has to do something.
    Broken,
}

/// What came of trying a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayCheck {
    /// How it did.
    pub state: WayState,
    /// Which way, and what is with it.
    pub what: String,
    /// What to do; `None`: nothing.
    pub next: Option<String>,
}

impl App {
    /// Tries every way now, and says which people a way does not reach. Nothing is sent to anybody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_ways(&self, locale: &'static Locale) -> Result<Vec<WayCheck>, Fault> {
        let mut checks = say(locale, probe(&self.inner.alerts.settings).await);
        let dead = self.blocking(|inner| inner.store.dead_receivers()).await?;
        checks.extend(dead.iter().map(|dead| receiver(locale, dead)));
        Ok(checks)
    }
}

/// The same without a running box.
///
/// # Errors
/// [`Fault::Internal`] when the operating system gives no threads or the database fails.
pub fn check_ways(settings: &ChannelSettings, store: &Store) -> Result<Vec<WayCheck>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        tracing::error!(%error, "no runtime to try the ways with");
        Fault::Internal
    })?;
    let locale = Locale::english();
    let mut checks = say(locale, runtime.block_on(probe(settings)));
    let dead = store.dead_receivers().map_err(|error| {
        log_store_error(&error);
        Fault::Internal
    })?;
    checks.extend(dead.iter().map(|dead| receiver(locale, dead)));
    Ok(checks)
}

/// A person whom a way does not reach.
fn receiver(locale: &Locale, dead: &(PersonName, ChannelKind, SendFault)) -> WayCheck {
    let (name, kind, fault) = dead;
    let args = [
        ("way", locale.t(&format!("channel-{}", kind.code())).into()),
        ("name", name.as_str().into()),
        ("reason", locale.t(&format!("send-{}", fault.code())).into()),
    ];
    WayCheck {
        state: WayState::Broken,
        what: locale.text("way-receiver", &args),
        next: Some(locale.t(&format!("send-{}.next", fault.code()))),
    }
}

fn say(locale: &Locale, probes: [(ChannelKind, Probe); 2]) -> Vec<WayCheck> {
    probes.into_iter().map(|(kind, probe)| words(locale, kind, &probe)).collect()
}

fn words(locale: &Locale, kind: ChannelKind, probe: &Probe) -> WayCheck {
    let name = locale.t(&format!("channel-{}", kind.code()));
    let (state, what, next) = match probe {
        Probe::Unused => (WayState::Good, locale.t("channel-unused"), None),
        Probe::Works(None) => (WayState::Good, locale.t("way-works"), None),
        Probe::Works(Some(bot)) => {
            (WayState::Good, locale.text("way-works-bot", &[("name", bot.as_str().into())]), None)
        }
        Probe::Settings(error) => {
            let (code, subject) = error.code();
            let key = format!("channel-fault-{code}");
            let reason = locale.text(&key, &[("subject", subject.into())]);
            let what = locale.text("channel-set-up-fault", &[("reason", reason.into())]);
            (WayState::Broken, what, Some(locale.t("channel-set-up-next")))
        }
        Probe::NoToken(file) => {
            let what = locale.text("way-token", &[("file", file.display().to_string().into())]);
            (WayState::Broken, what, Some(locale.t("way-token.next")))
        }
        Probe::DaemonAsleep(folder) => {
            let args = [("folder", folder.display().to_string().into())];
            let what = locale.text("way-asleep", &args);
            (WayState::Broken, what, Some(locale.t("way-asleep.next")))
        }
        Probe::Fault(fault) => {
            let reason = locale.t(&format!("send-{}", fault.code()));
            let next = Some(locale.t(&format!("send-{}.next", fault.code())));
            // A box without a link is no box with wrong settings.
            if matches!(fault, SendFault::Unreachable | SendFault::Busy) {
                let what = locale.text("way-untried", &[("reason", reason.into())]);
                (WayState::Untried, what, next)
            } else {
                (WayState::Broken, reason, next)
            }
        }
    };
    WayCheck { state, what: format!("{name}: {what}"), next }
}
