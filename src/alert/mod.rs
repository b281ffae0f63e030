//! The ways to reach people: Telegram, and text messages by a modem, a modem's daemon, a phone or a
//! gateway.
//!
//! Here: one message out, what comes back in, and how a way is. Not here: who is told, when, and what is
//! written down: that is `app`'s, by the rules in `domain::alert`. No way decides anything.

mod android;
mod gammu;
mod gateway;
mod http;
pub mod message;
pub mod modem;
pub mod probe;
mod sign;
mod telegram;

use std::path::PathBuf;
use std::sync::Arc;

pub use android::{Android, AndroidSettings, CallRefused};
pub use gammu::Gammu;
pub use gateway::Gateway;
pub use modem::{Modem, ModemSettings};
pub use telegram::{Tapped, Telegram};

use crate::domain::alert::AlertNumber;
use crate::domain::alert::contact::{Address, ChannelKind, ChatId, PhoneNumber};
use crate::domain::alert::delivery::{FailedTry, SendFault};
use crate::domain::alert::group::{GroupTitle, Standing};
use crate::domain::sync::sms_digest::ANSWER_MARK;

/// How the ways are set up. Keys and passwords are in files of their own, so that settings can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelSettings {
    /// Telegram; `None`: not used.
    pub telegram: Option<TelegramSettings>,
    /// Text messages; `None`: not used.
    pub sms: Option<SmsSettings>,
}

/// How to reach Telegram's Bot API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelegramSettings {
    /// File with the bot's token.
    pub token_file: PathBuf,
    /// Base address of the Bot API.
    pub api_url: String,
}

/// How text messages leave the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsSettings {
    /// gammu-smsd with the `files` service: its spool folder, with `inbox`, `outbox`, `sent`, `error`.
    Gammu {
        /// The spool folder.
        spool: PathBuf,
    },
    /// The box's own modem, by ModemManager.
    Modem(ModemSettings),
    /// A phone with the app "SMS Gateway for Android".
    Android(AndroidSettings),
    /// A gateway that takes a request over HTTP: a provider, another app.
    Gateway(GatewaySettings),
}

pub use gateway::GatewaySettings;

/// A message on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The text.
    pub text: String,
    /// The alert that it is about, for the buttons under it; `None`: none.
    pub alert: Option<Buttons>,
    /// A picture beside it, JPEG, where the way can carry one; `None`: none.
    pub picture: Option<Vec<u8>>,
}

impl Outgoing {
    /// A text and nothing else.
    #[must_use]
    pub const fn text(text: String) -> Self {
        Self { text, alert: None, picture: None }
    }
}

/// Words of the buttons under an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buttons {
    /// Which alert.
    pub number: AlertNumber,
    /// "I take it over".
    pub acknowledge: String,
    /// "Not mine".
    pub pass_on: String,
    /// "Open", and where.
    pub open: Option<(String, String)>,
}

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Somebody takes an alert over.
    Acknowledge {
        /// From where.
        from: Address,
        /// Which.
        number: AlertNumber,
    },
    /// Somebody passes an alert on.
    PassOn {
        /// From where.
        from: Address,
        /// Which.
        number: AlertNumber,
    },
    /// A chat sends a code that a person got on the box.
    Pair {
        /// The chat.
        chat: ChatId,
        /// The code as written.
        code: String,
    },
    /// A group sends a code that an administrator got on the box.
    PairGroup {
        /// The group.
        chat: ChatId,
        /// What it is called.
        title: GroupTitle,
        /// The code as written.
        code: String,
    },
    /// The bot was added to a group or removed from it.
    Membership {
        /// The group.
        chat: ChatId,
        /// Whether it is in it now.
        standing: Standing,
    },
    /// A group has another number now.
    Moved {
        /// The number that it had.
        from: ChatId,
        /// The number that it has.
        to: ChatId,
    },
    /// What became of a text message after the service had taken it.
    Report(Report),
    /// The portal's word that it has opened a digest, as it came; who sent it proves nothing.
    Heard {
        /// The text.
        text: String,
    },
    /// Anything else from somewhere.
    Other {
        /// From where.
        from: Address,
    },
}

/// What became of a text message after the service had taken it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the service calls the message; `None`: it does not say which one.
    pub receipt: Option<String>,
    /// To whom it went, where the service says no more.
    pub to: Option<PhoneNumber>,
    /// It is on the phone; or the network has given it up.
    pub delivered: bool,
}

/// The ways that are set up.
#[derive(Clone, Default)]
pub struct Channels {
    /// Telegram.
    pub telegram: Option<Arc<Telegram>>,
    /// Text messages.
    pub sms: Option<Arc<Sms>>,
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (telegram, sms) = (self.telegram.is_some(), self.sms.is_some());
        write!(f, "Channels {{ telegram: {telegram}, sms: {sms} }}")
    }
}

/// A way for text messages.
#[derive(Debug)]
pub enum Sms {
    /// A modem, by gammu's daemon.
    Gammu(Gammu),
    /// The box's own modem.
    Modem(Modem),
    /// A phone.
    Android(Android),
    /// A gateway over HTTP.
    Gateway(Gateway),
}

impl Sms {
    async fn send(&self, to: &PhoneNumber, text: &str, turn: Turn) -> Result<String, FailedTry> {
        match self {
            Self::Gammu(gammu) => gammu.send(to, text, turn).await,
            Self::Modem(modem) => modem.send(to, text).await,
            Self::Android(android) => android.send(to, text).await,
            Self::Gateway(gateway) => gateway.send(to, text).await,
        }
    }
}

/// When a text message has its turn, where the way has a queue of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// As soon as it can be.
    First,
    /// After everything that is for people.
    Last,
}

/// Why a way cannot be set up, for the person who sets it up.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// A file with a key cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Secret {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// An address cannot be understood.
    #[error("{0:?} is no address of a service")]
    Address(String),
    /// The HTTP client does not start.
    #[error("the HTTP client does not start: {0}")]
    Client(String),
    /// A spool folder is missing.
    #[error("{} is not a spool folder of gammu-smsd: it needs inbox, outbox, sent and error", .0.display())]
    Spool(PathBuf),
}

impl ChannelError {
    /// Code of the sentence that says it on a page, and what that sentence names.
    #[must_use]
    pub fn code(&self) -> (&'static str, String) {
        match self {
            Self::Secret { path, .. } => ("secret", path.display().to_string()),
            Self::Address(address) => ("address", address.clone()),
            Self::Client(reason) => ("client", reason.clone()),
            Self::Spool(path) => ("spool", path.display().to_string()),
        }
    }
}

impl Channels {
    /// Sets the ways up. A way that cannot be set up is left out, with the reason.
    #[must_use]
    pub fn open(settings: &ChannelSettings) -> (Self, Vec<(ChannelKind, ChannelError)>) {
        let mut faults = Vec::new();
        let telegram = settings.telegram.as_ref().and_then(|settings| {
            let opened = Telegram::open(settings);
            opened.map_err(|error| faults.push((ChannelKind::Telegram, error))).ok()
        });
        let sms = settings.sms.as_ref().and_then(|settings| {
            let opened = match settings {
                SmsSettings::Gammu { spool } => Gammu::open(spool).map(Sms::Gammu),
                SmsSettings::Modem(settings) => Ok(Sms::Modem(Modem::new(settings))),
                SmsSettings::Android(settings) => Android::open(settings).map(Sms::Android),
                SmsSettings::Gateway(settings) => Gateway::open(settings).map(Sms::Gateway),
            };
            opened.map_err(|error| faults.push((ChannelKind::Sms, error))).ok()
        });
        (Self { telegram: telegram.map(Arc::new), sms: sms.map(Arc::new) }, faults)
    }

    /// Sends one message; gives what the service calls it once the service has taken it.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn send(&self, to: &Address, message: &Outgoing) -> Result<String, FailedTry> {
        match (to, &self.telegram, self.sms.as_deref()) {
            (Address::Chat(chat), Some(telegram), _) => telegram.send(*chat, message).await,
            (Address::Phone(number), _, Some(sms)) => {
                sms.send(number, &message.text, Turn::First).await
            }
            _ => Err(SendFault::NotSetUp.into()),
        }
    }

    /// Sends a text message to a machine: after everything that is for people, where the way has a queue.
    ///
    /// # Errors
    /// A [`FailedTry`].
    pub async fn send_to_machine(&self, to: &PhoneNumber, text: &str) -> Result<String, FailedTry> {
        match self.sms.as_deref() {
            Some(sms) => sms.send(to, text, Turn::Last).await,
            None => Err(SendFault::NotSetUp.into()),
        }
    }

    /// Whether a way is set up.
    #[must_use]
    pub const fn has(&self, kind: ChannelKind) -> bool {
        match kind {
            ChannelKind::Telegram => self.telegram.is_some(),
            ChannelKind::Sms => self.sms.is_some(),
        }
    }
}

/// What an answer by text message means: "OK 17", "ok17", "OK-17", "17 ok". Letters in any script are
/// looked past, so that "ठीक 17" does as well: what counts is one number and nothing that denies.
fn read_reply(from: &PhoneNumber, text: &str) -> Incoming {
    if text.trim_start().starts_with(ANSWER_MARK) {
        return Incoming::Heard { text: text.to_owned() };
    }
    let address = Address::Phone(from.clone());
    let numbers: Vec<i64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| (1..=9).contains(&part.len()))
        .filter_map(|part| part.parse().ok())
        .collect();
    let lower = text.to_lowercase();
    let word = |word: &str| lower.split(|c: char| !c.is_alphabetic()).any(|one| one == word);
    match numbers.as_slice() {
        [number] if word("no") || word("not") => {
            Incoming::PassOn { from: address, number: AlertNumber(*number) }
        }
        [number] if lower.contains("ok") || !lower.is_ascii() => {
            Incoming::Acknowledge { from: address, number: AlertNumber(*number) }
        }
        _ => Incoming::Other { from: address },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_needs_one_number_and_a_yes() {
        let from = PhoneNumber::parse("+919876543210").unwrap();
        let read = |text: &str| match read_reply(&from, text) {
            Incoming::Acknowledge { number, .. } => Some((true, number.0)),
            Incoming::PassOn { number, .. } => Some((false, number.0)),
            _ => None,
        };
        for text in ["OK 17", "ok17", " Ok-17.", "17 ok", "OK alert 17", "ठीक 17"] {
            assert_eq!(read(text), Some((true, 17)), "{text}");
        }
        let heard = read_reply(&from, "FR1Hd4AfulS5");
        assert_eq!(heard, Incoming::Heard { text: "FR1Hd4AfulS5".to_owned() });
        assert_eq!(read("NO 17"), Some((false, 17)));
        assert_eq!(read("not mine, ok? 17"), Some((false, 17)));
        for text in ["OK", "17", "OK 17 18", "call me at 9876543210", "", "look 17 and 12"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
