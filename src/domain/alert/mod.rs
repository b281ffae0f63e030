//! Alerts: what raises one, who is told in which order, and when the box itself must shout.
//!
//! An alert ends when a person acknowledges it, and in no other way. Everything here is a pure function
//! of what is known: whom to tell by now ([`escalation::due`]) is computed again and again and stored
//! only as the messages that came of it, so that no crash, restart or clock can lose a step.

pub mod contact;
pub mod delivery;
pub mod escalation;
pub mod forecast;
pub mod group;
pub mod report;
pub mod roster;
pub mod rules;

use std::fmt;

use crate::domain::finding::Finding;
use crate::domain::ids::{AlertId, OperatorId, StudyId};
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp};

/// How pressing an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlertClass {
    /// Somebody must look within minutes: told at any hour, past any budget, until acknowledged.
    Critical,
    /// Somebody must look today: respects quiet hours and the budget.
    Suspect,
    /// Nobody is told by name: it waits on the list, and the daily digest counts it.
    Digest,
}

impl AlertClass {
    /// All, the most pressing first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::Suspect, Self::Digest];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Suspect => "suspect",
            Self::Digest => "digest",
        }
    }

    /// Reads an [`AlertClass::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who found what an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertSource {
    /// The box, by a reading.
    Box,
    /// A radiologist of the portal.
    Portal,
}

impl AlertSource {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Portal => "portal",
        }
    }

    /// Reads an [`AlertSource::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Box, Self::Portal].into_iter().find(|one| one.code() == code)
    }
}

/// For how long the box has been on since it has alerts, milliseconds, by a clock that never jumps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnTime {
    /// All of it: the time of critical alerts, of budgets and digests.
    pub on_ms: i64,
    /// Without quiet hours: the time of all other alerts.
    pub awake_ms: i64,
}

impl OnTime {
    /// The time of a class.
    #[must_use]
    pub const fn of(self, class: AlertClass) -> i64 {
        match class {
            AlertClass::Critical => self.on_ms,
            AlertClass::Suspect | AlertClass::Digest => self.awake_ms,
        }
    }
}

/// The number that people say and write back: short, and never used twice on a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertNumber(pub i64);

impl fmt::Display for AlertNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How an acknowledgement reached the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AckMethod {
    /// On a page of the box.
    Page,
    /// By the button under the Telegram message.
    Telegram,
    /// By a text message.
    Sms,
    /// By signing the report: whoever signs has seen it.
    Report,
}

impl AckMethod {
    const ALL: [Self; 4] = [Self::Page, Self::Telegram, Self::Sms, Self::Report];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Telegram => "telegram",
            Self::Sms => "sms",
            Self::Report => "report",
        }
    }

    /// Reads an [`AckMethod::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who took an alert over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The person.
    pub by: OperatorId,
    /// The person's name.
    pub name: PersonName,
    /// How.
    pub method: AckMethod,
    /// When.
    pub at: Stamp,
}

/// An alert. It holds nothing that identifies the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Identity.
    pub id: AlertId,
    /// Number that people say.
    pub number: AlertNumber,
    /// The study it is about.
    pub study: StudyId,
    /// Number of that study.
    pub study_number: i64,
    /// How pressing.
    pub class: AlertClass,
    /// What raised it, in report order.
    pub findings: Vec<Finding>,
    /// Who found it.
    pub source: AlertSource,
    /// When the box found it, or heard of it.
    pub raised: Stamp,
    /// For how long the box has been on since then, milliseconds. Counted by a clock that never jumps.
    pub open_ms: i64,
    /// Who took it over; `None` while it is open.
    pub acknowledged: Option<Acknowledgement>,
}

impl Alert {
    /// From being raised to being taken over, seconds. `None` while it is open, where nothing confirmed the
    /// clock at either end, and where the clock was set in between so that the figure cannot be right.
    #[must_use]
    pub fn acknowledged_after_s(&self) -> Option<i64> {
        let taken = self.acknowledged.as_ref()?.at;
        let confirmed = [self.raised, taken].iter().all(|at| at.trust == ClockTrust::Synced);
        let passed_ms = taken.wall.0 - self.raised.wall.0;
        (confirmed && (0..=report::BELIEVED_MS).contains(&passed_ms)).then_some(passed_ms / 1000)
    }
}

/// Something that happened to an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertEvent {
    /// What.
    pub kind: String,
    /// About whom, or who.
    pub person: Option<PersonName>,
    /// Codes.
    pub detail: String,
    /// When.
    pub at: Stamp,
}
