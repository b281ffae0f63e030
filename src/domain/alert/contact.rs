//! How to reach people, and when they are on duty.

use std::fmt;

use crate::domain::alert::AlertClass;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;

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

/// Minute of a local day, 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// Seven o'clock.
    pub const MORNING: Self = Self(7 * 60);

    /// `None` past the end of a day.
    #[must_use]
    pub const fn new(minute: u16) -> Option<Self> {
        if minute < 1440 { Some(Self(minute)) } else { None }
    }

    /// Reads "07:30".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once(':')?;
        let two = |part: &str| -> Option<u16> {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (hour, minute) = (two(hour)?, two(minute)?);
        if hour < 24 && minute < 60 { Self::new(hour * 60 + minute) } else { None }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A part of every day. It may go past midnight; equal ends are the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailySpan {
    /// First minute.
    pub from: MinuteOfDay,
    /// The minute after the last.
    pub until: MinuteOfDay,
}

impl DailySpan {
    /// Whether a minute lies in it.
    #[must_use]
    pub fn holds(self, minute: MinuteOfDay) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
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
    /// Paired chat.
    pub chat: Option<ChatId>,
    /// Telephone.
    pub phone: Option<PhoneNumber>,
    /// The least pressing class that the person gets.
    pub least: AlertClass,
    /// Place in the order in which people are told, the lowest first.
    pub order: u16,
    /// When the person is on duty; `None`: always.
    pub duty: Option<DailySpan>,
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

    /// Whether the person is on duty at that minute.
    #[must_use]
    pub fn is_on_duty(&self, minute: MinuteOfDay) -> bool {
        self.duty.is_none_or(|duty| duty.holds(minute))
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
    fn a_span_may_go_past_midnight() {
        let minute = |text: &str| MinuteOfDay::parse(text).unwrap();
        let night = DailySpan { from: minute("22:00"), until: minute("6:30") };
        assert!(night.holds(minute("23:59")) && night.holds(minute("00:00")));
        assert!(night.holds(minute("06:29")) && !night.holds(minute("06:30")));
        let day = DailySpan { from: minute("08:00"), until: minute("16:00") };
        assert!(day.holds(minute("08:00")) && !day.holds(minute("16:00")));
        let always = DailySpan { from: minute("08:00"), until: minute("08:00") };
        assert!(always.holds(minute("03:00")));
        for text in ["24:00", "7", "07:60", "-1:00", "007:00"] {
            assert_eq!(MinuteOfDay::parse(text), None, "{text}");
        }
        assert_eq!(minute("7:05").to_string(), "07:05");
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
