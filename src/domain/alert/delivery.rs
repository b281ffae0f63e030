//! One message on its way: states, tries, waits.

use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::{AlertClass, AlertNumber};
use crate::domain::ids::OperatorId;
use crate::domain::people::{PersonName, Role};
use crate::domain::stamp::Stamp;

/// Number of a message on this box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub i64);

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageState {
    /// Waits for its next try.
    Queued,
    /// A try has begun and has no known end. Found at a start, it is tried again and says so.
    Sending,
    /// The service has taken it. That is not: a person has read it.
    Sent,
    /// The service says that the phone has it.
    Delivered,
    /// The service will never take it: told another way.
    Dead,
    /// Not needed any more: somebody has acknowledged the alert.
    Dropped,
}

impl MessageState {
    const ALL: [Self; 6] =
        [Self::Queued, Self::Sending, Self::Sent, Self::Delivered, Self::Dead, Self::Dropped];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }

    /// Reads a [`MessageState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why a try failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SendFault {
    /// No connection to the service.
    Unreachable,
    /// The service is overloaded or wants us to wait.
    Busy,
    /// The service answered with something that is no answer.
    Garbled,
    /// The service does not accept our key.
    Unauthorised,
    /// The receiver does not exist or has blocked us.
    NoSuchReceiver,
    /// The service refuses this message for good.
    Refused,
    /// This way is not set up.
    NotSetUp,
    /// The service's certificate is not to be trusted, or it does not speak TLS.
    Tls,
    /// The service's certificate does not hold at the box's date: one of the two is wrong.
    CertificateDate,
    /// The service says that it has failed itself.
    ServerError,
    /// The bus or the service behind which the modem is does not answer.
    NoBus,
    /// There is no modem that can send.
    NoModem,
    /// The modem does not answer any more.
    ModemHung,
    /// The modem is in no network.
    NoNetwork,
    /// The SIM is missing, locked, or refuses.
    Sim,
    /// The modem has tried and could not send this message: a wrong number, no credit, no network.
    NotSent,
    /// The service had taken the message, and the network then gave it up.
    Undelivered,
}

impl SendFault {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Unreachable,
        Self::Busy,
        Self::Garbled,
        Self::Unauthorised,
        Self::NoSuchReceiver,
        Self::Refused,
        Self::NotSetUp,
        Self::Tls,
        Self::CertificateDate,
        Self::ServerError,
        Self::NoBus,
        Self::NoModem,
        Self::ModemHung,
        Self::NoNetwork,
        Self::Sim,
        Self::NotSent,
        Self::Undelivered,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
            Self::Garbled => "garbled",
            Self::Unauthorised => "unauthorised",
            Self::NoSuchReceiver => "no_such_receiver",
            Self::Refused => "refused",
            Self::NotSetUp => "not_set_up",
            Self::Tls => "tls",
            Self::CertificateDate => "certificate_date",
            Self::ServerError => "server_error",
            Self::NoBus => "no_bus",
            Self::NoModem => "no_modem",
            Self::ModemHung => "modem_hung",
            Self::NoNetwork => "no_network",
            Self::Sim => "sim",
            Self::NotSent => "not_sent",
            Self::Undelivered => "undelivered",
        }
    }

    /// Reads a [`SendFault::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether trying again changes nothing for this message. A wrong key is not for good: an
    /// administrator puts it right, and the messages then go.
    #[must_use]
    pub const fn is_final(self) -> bool {
        match self {
            Self::NoSuchReceiver | Self::Refused | Self::Undelivered => true,
            Self::Unreachable
            | Self::Busy
            | Self::Garbled
            | Self::Unauthorised
            | Self::NotSetUp
            | Self::Tls
            | Self::CertificateDate
            | Self::ServerError
            | Self::NoBus
            | Self::NoModem
            | Self::ModemHung
            | Self::NoNetwork
            | Self::Sim
            | Self::NotSent => false,
        }
    }
}

impl SendFault {
    /// Whether the message may have left all the same: a connection that breaks after the service has
    /// taken it looks like one that never was. The next try then says that it may be a repetition.
    #[must_use]
    pub const fn may_have_arrived(self) -> bool {
        match self {
            Self::Unreachable
            | Self::Garbled
            | Self::ServerError
            | Self::ModemHung
            | Self::NotSent => true,
            Self::Busy
            | Self::Unauthorised
            | Self::NoSuchReceiver
            | Self::Refused
            | Self::NotSetUp
            | Self::Tls
            | Self::CertificateDate
            | Self::NoBus
            | Self::NoModem
            | Self::NoNetwork
            | Self::Sim
            | Self::Undelivered => false,
        }
    }
}

/// A failed try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedTry {
    /// Why.
    pub fault: SendFault,
    /// How long the service asks us to wait, milliseconds.
    pub retry_after_ms: Option<u64>,
}

impl From<SendFault> for FailedTry {
    fn from(fault: SendFault) -> Self {
        Self { fault, retry_after_ms: None }
    }
}

/// First wait after a failed try, milliseconds.
const WAIT_FIRST_MS: u64 = 5_000;
/// Longest wait between two tries, milliseconds. Short, because an alert that waits helps nobody.
const WAIT_MAX_MS: u64 = 5 * 60 * 1000;
/// No service makes us wait for longer than this, milliseconds.
pub const RETRY_AFTER_MAX_MS: u64 = 15 * 60 * 1000;

/// How long to wait after the n-th failed try, n from 1: doubling, with full jitter ("Exponential Backoff
/// and Jitter", M. Brooker, 2015) over the upper half, so that boxes that lost the same link do not come
/// back together. `chance` is any random number.
#[must_use]
pub fn wait_ms(tries: u32, failed: FailedTry, chance: u64) -> u64 {
    let doubled = WAIT_FIRST_MS.saturating_mul(1_u64 << tries.saturating_sub(1).min(16));
    let whole = doubled.min(WAIT_MAX_MS);
    let drawn = whole / 2 + chance % (whole / 2 + 1);
    let asked = failed.retry_after_ms.unwrap_or(0).min(RETRY_AFTER_MAX_MS);
    drawn.max(asked)
}

/// A message as the proof of an alert shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// For whom.
    pub person: OperatorId,
    /// Where to.
    pub address: Address,
    /// Which telling of the same person by the same way it is, from 0.
    pub round: u16,
    /// Where it stands.
    pub state: MessageState,
    /// Tries so far.
    pub tries: u32,
    /// The person may have got a message of this alert before: the text says so.
    pub repeat: bool,
    /// Why the last try failed.
    pub fault: Option<SendFault>,
    /// When it was queued.
    pub queued: Stamp,
    /// When the service took it.
    pub sent: Option<Stamp>,
}

impl Message {
    /// By which way.
    #[must_use]
    pub const fn channel(&self) -> ChannelKind {
        self.address.kind()
    }
}

/// A message that has not reached anybody: given up, or tried in vain so far.
#[derive(Clone, Debug)]
pub struct Undelivered {
    /// The message.
    pub message: Message,
    /// The alert, how pressing it is, and whether it still waits for a person; `None`: a test or a digest.
    pub alert: Option<(AlertNumber, AlertClass, bool)>,
    /// For whom.
    pub name: PersonName,
    /// What that person is.
    pub role: Role,
}

impl Undelivered {
    /// Whether somebody has to do something about it.
    #[must_use]
    pub fn matters(&self) -> bool {
        self.alert.is_none_or(|(_, _, open)| open)
    }

    /// Whether the box will not try again by itself.
    #[must_use]
    pub fn given_up(&self) -> bool {
        self.message.state == MessageState::Dead
    }
}

/// How many messages about open alerts could not be delivered and were given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndeliveredCounts {
    /// About critical alerts.
    pub critical: u64,
    /// About all others.
    pub other: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_bounded_and_honour_what_the_service_asks() {
        let failed = FailedTry::from(SendFault::Unreachable);
        for chance in [0, 1, 77, u64::MAX] {
            let waits: Vec<_> = (1..40).map(|tries| wait_ms(tries, failed, chance)).collect();
            assert!((2_500..=5_000).contains(&waits[0]), "{}", waits[0]);
            assert!(waits.iter().all(|wait| *wait <= WAIT_MAX_MS));
            assert!(waits[30] >= WAIT_MAX_MS / 2);
        }
        let asked = FailedTry { fault: SendFault::Busy, retry_after_ms: Some(40_000) };
        assert_eq!(wait_ms(1, asked, 0), 40_000);
        let absurd = FailedTry { fault: SendFault::Busy, retry_after_ms: Some(u64::MAX) };
        assert_eq!(wait_ms(1, absurd, 0), RETRY_AFTER_MAX_MS);
    }

    #[test]
    fn codes_read_back() {
        for fault in SendFault::ALL {
            assert_eq!(SendFault::parse(fault.code()), Some(fault));
        }
        for state in MessageState::ALL {
            assert_eq!(MessageState::parse(state.code()), Some(state));
        }
    }
}
