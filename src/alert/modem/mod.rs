//! Text messages by the box's own modem, through ModemManager on the system bus.
//!
//! Sent messages ask for the network's report; what comes in is read when the modem says so, and at every
//! look in case a sign was lost, and is deleted once it is stored. A modem that hangs, has failed, or has
//! been in no network for long is reset, with growing waits; after a reset it is found again under its new
//! path. No AT command is spoken here: that zoo is ModemManager's.

mod bus;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::Instant;

use crate::alert::{Incoming, Report, read_reply};
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::alert::delivery::{FailedTry, SendFault};
use bus::{Bus, Found, Held, Standing};

/// Which modem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModemSettings {
    /// IMEI, device path or port; `None`: the first one that can send.
    pub wanted: Option<String>,
    /// Address of the bus; `None`: the system bus.
    pub bus: Option<String>,
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For an answer of ModemManager.
    pub answer: Duration,
    /// For the network to take a message.
    pub sending: Duration,
    /// Between two looks when nothing comes in.
    pub look_every: Duration,
    /// Without a network before the modem is reset.
    pub lost: Duration,
    /// From one reset to the next; doubles each time.
    pub reset_first: Duration,
    /// Longest wait between two resets.
    pub reset_max: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(20),
            // A slow network takes up to a minute for one message.
            sending: Duration::from_secs(75),
            look_every: Duration::from_secs(15),
            lost: Duration::from_secs(10 * 60),
            reset_first: Duration::from_secs(60),
            reset_max: Duration::from_secs(30 * 60),
        }
    }
}

/// Digits of a number that name it in a receipt: networks write the country in several ways.
const RECEIPT_DIGITS: usize = 8;
/// Most messages that one look reads.
const MESSAGES_MAX: usize = 100;

/// The modem of the box.
pub struct Modem {
    settings: ModemSettings,
    pace: Pace,
    open: tokio::sync::Mutex<Option<Open>>,
    watch: Mutex<Watch>,
}

impl std::fmt::Debug for Modem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Modem(…)")
    }
}

/// A connection, shared by looks and messages.
#[derive(Clone)]
struct Open {
    bus: Arc<Bus>,
    arrivals: Arc<tokio::sync::Mutex<zbus::MessageStream>>,
}

/// What the watchdog remembers.
#[derive(Debug, Default)]
struct Watch {
    /// The modem that was last seen, for a reset when nothing answers any more.
    path: Option<String>,
    /// A call on the modem had no answer.
    hung: bool,
    /// Since when it is in no network.
    lost_since: Option<Instant>,
    resets: u32,
    reset_again: Option<Instant>,
}

/// What one look has found.
#[derive(Debug, Default)]
pub struct Look {
    /// What is wrong with the modem; `None`: it can send.
    pub fault: Option<SendFault>,
    /// What has come in; `None`: something that nobody needs. Each stays until [`Modem::done`].
    pub arrived: Vec<(Place, Option<Incoming>)>,
}

/// Where a message lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    modem: String,
    sms: String,
}

impl Modem {
    /// Nothing is asked of the bus yet: it may come up later than we do.
    #[must_use]
    pub fn new(settings: &ModemSettings) -> Self {
        Self::with_pace(settings, Pace::default())
    }

    /// The same with other times.
    #[must_use]
    pub fn with_pace(settings: &ModemSettings, pace: Pace) -> Self {
        Self {
            settings: settings.clone(),
            pace,
            open: tokio::sync::Mutex::default(),
            watch: Mutex::default(),
        }
    }

    /// Sends a message; gives the receipt by which the network's report is told.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn send(&self, to: &PhoneNumber, text: &str) -> Result<String, FailedTry> {
        let open = self.open().await?;
        let modem = self.choose(open.bus.modems().await.map_err(|fault| self.note(fault))?)?;
        if let Some(fault) = modem.standing.fault() {
            return Err(fault.into());
        }
        let sms = open.bus.create(&modem.path, to, text).await.map_err(|fault| self.note(fault))?;
        let sent = open.bus.submit(&sms, self.pace.sending).await;
        let sent = sent.map_err(|fault| self.note(fault));
        let reference = match sent {
            Ok(()) => open.bus.reference(&sms).await.unwrap_or_default(),
            Err(_) => 0,
        };
        // The modem's memory holds few messages; the report comes as one of its own.
        let _left_in_memory = open.bus.delete(&modem.path, &sms).await;
        sent?;
        self.watch().hung = false;
        Ok(receipt(to.as_str(), reference))
    }

    /// What is wrong with the modem now; `None`: it can send. Nothing is changed.
    pub async fn fault(&self) -> Option<SendFault> {
        let modem = async {
            let open = self.open().await?;
            self.choose(open.bus.modems().await?)
        };
        match modem.await.map(|modem| modem.standing) {
            Ok(standing) => standing.fault(),
            Err(fault) => Some(fault),
        }
    }

    /// Looks how the modem is and what it holds, and does what brings it back.
    pub async fn look(&self) -> Look {
        match self.look_once().await {
            Ok(look) => look,
            Err(fault) => Look { fault: Some(fault), arrived: Vec::new() },
        }
    }

    async fn look_once(&self) -> Result<Look, SendFault> {
        let open = self.open().await?;
        let found = match open.bus.modems().await {
            Ok(found) => found,
            Err(fault) => {
                self.note(fault);
                self.restart_if_hung(&open).await;
                return Err(self.forget(fault).await);
            }
        };
        let modem = self.choose(found)?;
        self.watch().path = Some(modem.path.clone());
        let fault = self.judge(&open, &modem).await;
        if self.restart_if_hung(&open).await {
            return Err(SendFault::ModemHung);
        }
        let fault = fault.or(self.watch().hung.then_some(SendFault::ModemHung));
        // A modem without network still holds what came in before.
        let listed = match modem.standing {
            Standing::Ready | Standing::Searching => open.bus.messages(&modem.path).await,
            Standing::Disabled | Standing::Sim | Standing::Failed => Ok(Vec::new()),
        };
        let listed = listed.map_err(|fault| self.note(fault))?;
        let mut arrived = Vec::new();
        for sms in listed.into_iter().take(MESSAGES_MAX) {
            // One that cannot be read does not hide the others: it is read again at the next look.
            let Ok(held) = open.bus.read(&sms).await.map_err(|fault| self.note(fault)) else {
                continue;
            };
            if let Some(meant) = meaning(held) {
                arrived.push((Place { modem: modem.path.clone(), sms }, meant));
            }
        }
        Ok(Look { fault, arrived })
    }

    /// Removes a message once what it asked for is stored.
    pub async fn done(&self, place: &Place) {
        let Ok(open) = self.open().await else { return };
        // If it stays, it is read again: acknowledging twice changes nothing.
        let _read_again = open.bus.delete(&place.modem, &place.sms).await;
    }

    /// Waits until a message comes in, or until the next look.
    pub async fn wait(&self) {
        let open = self.open.lock().await.clone();
        let Some(open) = open else { return tokio::time::sleep(self.pace.look_every).await };
        let mut arrivals = open.arrivals.lock().await;
        match tokio::time::timeout(self.pace.look_every, arrivals.next()).await {
            Ok(Some(_)) | Err(_) => {}
            // The connection has ended: the next look opens another one.
            Ok(None) => {
                *self.open.lock().await = None;
                tokio::time::sleep(self.pace.look_every).await;
            }
        }
    }

    async fn open(&self) -> Result<Open, SendFault> {
        let mut open = self.open.lock().await;
        if let Some(open) = &*open {
            return Ok(open.clone());
        }
        let bus = Bus::open(self.settings.bus.as_deref(), self.pace.answer).await?;
        let arrivals = bus.arrivals().await?;
        let arrivals = Arc::new(tokio::sync::Mutex::new(arrivals));
        let opened = Open { bus: Arc::new(bus), arrivals };
        *open = Some(opened.clone());
        Ok(opened)
    }

    /// Drops the connection after a failure of the bus itself; gives the failure on.
    async fn forget(&self, fault: SendFault) -> SendFault {
        if fault == SendFault::NoBus {
            *self.open.lock().await = None;
        }
        fault
    }

    fn choose(&self, found: Vec<Found>) -> Result<Found, SendFault> {
        let wanted = |modem: &Found| match &self.settings.wanted {
            Some(name) => modem.names.contains(name),
            None => true,
        };
        let mut usable: Vec<_> = found.into_iter().filter(|m| m.can_send && wanted(m)).collect();
        usable.sort_by_key(|modem| modem.standing != Standing::Ready);
        usable.into_iter().next().ok_or(SendFault::NoModem)
    }

    /// What is wrong with a modem, and what has to be done about it at the next chance.
    async fn judge(&self, open: &Open, modem: &Found) -> Option<SendFault> {
        let lost = self.pace.lost;
        match modem.standing {
            Standing::Ready => {
                self.watch().lost_since = None;
                None
            }
            Standing::Sim => Some(SendFault::Sim),
            Standing::Failed => Some(self.note(SendFault::ModemHung)),
            Standing::Disabled | Standing::Searching => {
                let since = *self.watch().lost_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= lost {
                    self.watch().hung = true;
                } else if modem.standing == Standing::Disabled {
                    // Whether it worked shows at the next look.
                    let _seen_next = open.bus.enable(&modem.path).await;
                }
                Some(SendFault::NoNetwork)
            }
        }
    }

    fn note(&self, fault: SendFault) -> SendFault {
        if fault == SendFault::ModemHung {
            self.watch().hung = true;
        }
        fault
    }

    /// Resets a modem that hangs, unless it was reset a moment ago; says whether it did.
    async fn restart_if_hung(&self, open: &Open) -> bool {
        let path = {
            let mut watch = self.watch();
            let now = Instant::now();
            if !watch.hung {
                // Well for as long as the longest wait: the next trouble is a new one.
                if watch.reset_again.is_some_and(|again| now > again + self.pace.reset_max) {
                    (watch.resets, watch.reset_again) = (0, None);
                }
                return false;
            }
            let waits = watch.reset_again.is_some_and(|again| now < again);
            let Some(path) = watch.path.clone().filter(|_| !waits) else { return false };
            let wait = self.pace.reset_first.saturating_mul(1 << watch.resets.min(16));
            watch.reset_again = Some(now + wait.min(self.pace.reset_max));
            watch.resets += 1;
            (watch.hung, watch.lost_since) = (false, None);
            path
        };
        tracing::warn!("the modem does not work: it is reset");
        if let Err(fault) = open.bus.reset(&path).await {
            tracing::error!(fault = fault.code(), "the modem could not be reset");
            self.watch().hung = true;
        }
        true
    }

    fn watch(&self) -> std::sync::MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a message in the modem means; `None`: it stays where it is.
fn meaning(held: Held) -> Option<Option<Incoming>> {
    match held {
        Held::Written { from: Some(from), text } => Some(Some(read_reply(&from, &text))),
        // From a service with a name in place of a number. It goes, too: a full memory takes nothing in.
        Held::Written { from: None, .. } => Some(None),
        Held::Reported { outcome: None, .. } => Some(None),
        Held::Reported { to, reference, outcome: Some(delivered) } => {
            let receipt = Some(receipt(&to, reference));
            Some(Some(Incoming::Report(Report { receipt, to: None, delivered })))
        }
        Held::Other => None,
    }
}

/// The network names a message by its receiver and a number that starts again after 255.
fn receipt(to: &str, reference: u32) -> String {
    let digits: Vec<char> = to.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(RECEIPT_DIGITS);
    let last: String = digits.iter().skip(last).collect();
    format!("{last}/{reference}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::AlertNumber;
    use crate::domain::alert::contact::Address;

    fn found(path: &str, names: &[&str], can_send: bool, standing: Standing) -> Found {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Found { path: path.into(), names, can_send, standing }
    }

    #[test]
    fn the_wanted_modem_is_taken_or_the_first_that_can_send() {
        let modems = || {
            vec![
                found("/0", &["111"], false, Standing::Ready),
                found("/1", &["222", "cdc-wdm0"], true, Standing::Searching),
                found("/2", &["333"], true, Standing::Ready),
            ]
        };
        let choose = |wanted: Option<&str>, found| {
            let wanted = wanted.map(str::to_owned);
            Modem::new(&ModemSettings { wanted, bus: None }).choose(found).map(|modem| modem.path)
        };
        assert_eq!(choose(None, modems()).as_deref(), Ok("/2"));
        assert_eq!(choose(Some("cdc-wdm0"), modems()).as_deref(), Ok("/1"));
        assert_eq!(choose(Some("111"), modems()), Err(SendFault::NoModem), "it cannot send");
        assert_eq!(choose(Some("444"), modems()), Err(SendFault::NoModem));
        assert_eq!(choose(None, vec![]), Err(SendFault::NoModem));
    }

    #[test]
    fn receipts_are_the_same_however_the_network_writes_the_number() {
        assert_eq!(receipt("+919876543210", 7), receipt("9876543210", 7));
        assert_ne!(receipt("+919876543210", 7), receipt("+919876543210", 8));
        assert_ne!(receipt("+919876543210", 7), receipt("+919876543211", 7));
        assert_eq!(receipt("12", 0), "12/0");
    }

    #[test]
    fn what_the_modem_holds_is_acted_on_or_cleared_away() {
        let from = PhoneNumber::parse("+919876543210").unwrap();
        let said = Held::Written { from: Some(from.clone()), text: "OK 17".into() };
        let number = AlertNumber(17);
        let acknowledged = Incoming::Acknowledge { from: Address::Phone(from), number };
        assert_eq!(meaning(said), Some(Some(acknowledged)));
        assert_eq!(meaning(Held::Written { from: None, text: "sale".into() }), Some(None));
        assert_eq!(meaning(Held::Other), None);
        let report = |outcome| Held::Reported { to: "+919876543210".into(), reference: 3, outcome };
        assert_eq!(meaning(report(None)), Some(None));
        let receipt = Some("76543210/3".to_owned());
        let failed = Incoming::Report(Report { receipt, to: None, delivered: false });
        assert_eq!(meaning(report(Some(false))), Some(Some(failed)));
    }
}
