//! How to reach people, and when they are on duty.

use std::fmt;

use crate::domain::alert::AlertClass;
use crate::domain::alert::roster::{LocalTime, Roster};
use crate::domain::ids::OperatorId;
use crate::domain::people::{PersonName, Role};

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelKind {
    /// A Telegram chat.
    Telegram,
    /// Text message.
    Sms,
}

impl ChannelKind {
    /// Both, in the order in which they are tried.
    pub const ALL: [Self; 2] = [Self::Telegram, Self::Sms];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Sms => "sms",
        }
    }

    /// Reads a [`ChannelKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A telephone number as ITU-T E.164 has it: a plus and 7 to 15 digits. Hidden in logs.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number with country code; spaces, dashes, dots and brackets do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let kept: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}'))
            .collect();
        let digits = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00"))?;
        let fits = (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        fits.then(|| Self(format!("+{digits}")))
    }

    /// Plus and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

/// A Telegram chat that was paired by a one-time code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatId(pub i64);

impl ChatId {
    /// Whether several people read it: Telegram gives groups negative numbers.
    #[must_use]
    pub const fn is_group(self) -> bool {
        self.0 < 0
    }
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// A chat.
    Chat(ChatId),
    /// A telephone.
    Phone(PhoneNumber),
}

impl Address {
    /// By which way.
    #[must_use]
    pub const fn kind(&self) -> ChannelKind {
        match self {
            Self::Chat(_) => ChannelKind::Telegram,
            Self::Phone(_) => ChannelKind::Sms,
        }
    }

    /// Whether several people read there.
    #[must_use]
    pub const fn is_group(&self) -> bool {
        match self {
            Self::Chat(chat) => chat.is_group(),
            Self::Phone(_) => false,
        }
    }

    /// As the database has it.
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::Chat(chat) => chat.0.to_string(),
            Self::Phone(number) => number.as_str().to_owned(),
        }
    }

    /// Reads [`Address::stored`].
    #[must_use]
    pub fn read(kind: ChannelKind, text: &str) -> Option<Self> {
        match kind {
            ChannelKind::Telegram => text.parse().ok().map(|chat| Self::Chat(ChatId(chat))),
            ChannelKind::Sms => PhoneNumber::parse(text).map(Self::Phone),
        }
    }
}

/// How a person is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub operator: OperatorId,
    /// The person's name.
    pub name: PersonName,
    /// What the person is: rules say which roles are told.
    pub role: Role,
    /// Paired chat.
    pub chat: Option<ChatId>,
    /// Telephone.
    pub phone: Option<PhoneNumber>,
    /// The least pressing class that the person gets.
    pub least: AlertClass,
    /// Place in the order in which people are told, the lowest first.
    pub order: u16,
    /// When the person is on duty; `None`: always.
    pub duty: Option<Roster>,
}

impl Contact {
    /// The ways to reach the person, in the order in which they are tried.
    #[must_use]
    pub fn addresses(&self) -> Vec<Address> {
        let chat = self.chat.map(Address::Chat);
        chat.into_iter().chain(self.phone.clone().map(Address::Phone)).collect()
    }

    /// Whether the person gets alerts of a class.
    #[must_use]
    pub fn gets(&self, class: AlertClass) -> bool {
        class <= self.least
    }

    /// Whether the person is on duty then.
    #[must_use]
    pub fn is_on_duty(&self, now: LocalTime) -> bool {
        self.duty.is_none_or(|duty| duty.holds(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_need_a_country_code() {
        let read = |text: &str| PhoneNumber::parse(text).map(|number| number.as_str().to_owned());
        assert_eq!(read("+91 98765-43210").as_deref(), Some("+919876543210"));
        assert_eq!(read("0091 (98765) 43210").as_deref(), Some("+919876543210"));
        for text in ["9876543210", "+0123456789", "+91", "+91987654321098765", "+91 9876x"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", PhoneNumber::parse("+919876543210")), "Some(PhoneNumber(…))");
    }

    #[test]
    fn addresses_read_back_and_come_in_order() {
        for address in [
            Address::Chat(ChatId(-42)),
            Address::Phone(PhoneNumber::parse("+919876543210").unwrap()),
        ] {
            assert_eq!(Address::read(address.kind(), &address.stored()), Some(address));
        }
    }
}
