//! Telegram groups: every alert is told there as well, with the name of whoever is on duty. A group is no
//! person: that it was told makes nobody responsible, and it is never a reason to keep the box quiet.

use std::fmt;

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Address, ChatId};
use crate::domain::alert::delivery::{Message, MessageState};
use crate::domain::alert::escalation::{Due, Situation};
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;

/// What a group is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTitle(String);

impl GroupTitle {
    /// Longest title that is kept; Telegram's own limit.
    const CHARS_MAX: usize = 128;

    /// Whatever Telegram gives, without control characters and cut to length.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let kept = text.chars().filter(|c| !c.is_control()).take(Self::CHARS_MAX);
        Self(kept.collect::<String>().trim().to_owned())
    }

    /// The title.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GroupTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the bot is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can write there.
    In,
    /// It was removed, or the group is gone.
    Out,
}

impl Standing {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// Reads a [`Standing::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::In, Self::Out].into_iter().find(|one| one.code() == code)
    }
}

/// A group that an administrator has paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its chat.
    pub chat: ChatId,
    /// What it is called.
    pub title: GroupTitle,
    /// Whether the bot is in it.
    pub standing: Standing,
    /// Who made the code.
    pub paired_by: PersonName,
    /// When it was used.
    pub paired: Stamp,
}

/// How many times a group is told about an alert that is not critical.
const ROUNDS_OF_SUSPECT: i64 = 2;

/// The messages to queue for groups now: at once, and again every two steps. Each names the next person
/// in order. None while an earlier one still waits there, and none where writing has failed for good.
#[must_use]
pub fn owed(now: &Situation<'_>, groups: &[Group], messages: &[Message]) -> Vec<Due> {
    let people = now.in_order();
    if people.is_empty() {
        return Vec::new();
    }
    let most = match now.class {
        AlertClass::Critical => i64::from(u16::MAX),
        AlertClass::Suspect => ROUNDS_OF_SUSPECT,
        AlertClass::Digest => return Vec::new(),
    };
    let rounds = u16::try_from((1 + now.step_now() / 2).min(most)).unwrap_or(u16::MAX);
    let waits =
        |message: &Message| matches!(message.state, MessageState::Queued | MessageState::Sending);
    let mut owed = Vec::new();
    for group in groups.iter().filter(|group| group.standing == Standing::In) {
        let address = Address::Chat(group.chat);
        let there = || messages.iter().filter(|message| message.address == address);
        let told = there().map(|message| message.round + 1).max().unwrap_or(0);
        let waiting = there().any(waits);
        if rounds <= told || waiting || now.dead.contains(&address) {
            continue;
        }
        let round = rounds - 1;
        let person = people[usize::from(round) % people.len()].operator;
        owed.push(Due { person, address, round });
    }
    owed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::alert::contact::Contact;
    use crate::domain::alert::delivery::MessageId;
    use crate::domain::alert::escalation::tests::at as situation;
    use crate::domain::alert::roster::{DailySpan, MinuteOfDay, Roster};
    use crate::domain::ids::OperatorId;
    use crate::domain::people::Role;
    use crate::domain::stamp::{ClockTrust, WallMs};

    fn contact(n: u8, duty: Option<Roster>) -> Contact {
        Contact {
            operator: OperatorId::from_bytes([n; 16]),
            name: PersonName::parse("Dr").unwrap(),
            role: Role::Physician,
            chat: None,
            phone: None,
            least: AlertClass::Suspect,
            order: u16::from(n),
            duty,
        }
    }

    fn group(standing: Standing) -> Group {
        let paired = Stamp { wall: WallMs(0), trust: ClockTrust::Synced };
        let title = GroupTitle::of("TB team");
        let paired_by = PersonName::parse("Admin").unwrap();
        Group { chat: ChatId(-5), title, standing, paired_by, paired }
    }

    fn told(
        class: AlertClass,
        minutes: i64,
        people: &[Contact],
        before: &[Message],
    ) -> Vec<(u8, u16)> {
        let dead = BTreeSet::new();
        let now = situation(class, minutes, people, &dead);
        let owed = owed(&now, &[group(Standing::In)], before);
        owed.iter().map(|due| (due.person.as_bytes()[0], due.round)).collect()
    }

    fn message(round: u16, state: MessageState) -> Message {
        Message {
            id: MessageId(1),
            person: OperatorId::from_bytes([1; 16]),
            address: Address::Chat(ChatId(-5)),
            round,
            state,
            tries: 1,
            repeat: false,
            fault: None,
            queued: Stamp { wall: WallMs(0), trust: ClockTrust::Synced },
            sent: None,
        }
    }

    #[test]
    fn a_group_hears_at_once_who_is_on_duty_and_later_who_is_next() {
        let night = Roster::daily(DailySpan {
            from: MinuteOfDay::parse("22:00").unwrap(),
            until: MinuteOfDay::parse("06:00").unwrap(),
        });
        let people = [contact(1, Some(night)), contact(2, None), contact(3, None)];
        let critical =
            |minutes, before: &[Message]| told(AlertClass::Critical, minutes, &people, before);
        assert_eq!(critical(0, &[]), [(2, 0)], "1 is off duty");
        let first = message(0, MessageState::Sent);
        assert!(critical(19, std::slice::from_ref(&first)).is_empty());
        assert_eq!(critical(20, std::slice::from_ref(&first)), [(3, 1)]);
        assert_eq!(critical(40, &[first, message(1, MessageState::Delivered)]), [(1, 2)]);
    }

    #[test]
    fn a_group_that_was_out_of_reach_hears_once_and_not_for_each_step() {
        let people = [contact(1, None)];
        assert_eq!(told(AlertClass::Critical, 600, &people, &[]), [(1, 30)]);
        let waits = message(0, MessageState::Queued);
        assert!(told(AlertClass::Critical, 600, &people, &[waits]).is_empty());
        assert_eq!(told(AlertClass::Suspect, 600, &people, &[]), [(1, 1)], "twice at most");
        assert!(told(AlertClass::Critical, 0, &[], &[]).is_empty(), "nobody to be named");
    }

    #[test]
    fn a_group_without_the_bot_hears_nothing() {
        let people = [contact(1, None)];
        let dead = BTreeSet::from([Address::Chat(ChatId(-5))]);
        let none = BTreeSet::new();
        let now = situation(AlertClass::Critical, 0, &people, &none);
        assert!(owed(&now, &[group(Standing::Out)], &[]).is_empty());
        let now = situation(AlertClass::Critical, 0, &people, &dead);
        assert!(owed(&now, &[group(Standing::In)], &[]).is_empty());
    }

    #[test]
    fn titles_are_kept_short_and_clean() {
        assert_eq!(GroupTitle::of(" TB\nteam ").as_str(), "TBteam");
        assert_eq!(GroupTitle::of(&"a".repeat(500)).as_str().len(), GroupTitle::CHARS_MAX);
    }
}
