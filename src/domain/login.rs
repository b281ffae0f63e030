//! How a person proves who they are, and how long a phone stays theirs.

use std::fmt;

use crate::domain::ids::OperatorId;
use crate::domain::people::{Operator, PersonName, Role};
use crate::domain::stamp::{ClockTrust, Stamp};

/// Which of the two kinds a passcode is; a login page offers the right keyboard for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasscodeKind {
    /// Digits only.
    Pin,
    /// Any characters.
    Password,
}

impl PasscodeKind {
    /// Word used in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Password => "password",
        }
    }

    /// Reads [`PasscodeKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Pin, Self::Password].into_iter().find(|kind| kind.code() == code)
    }
}

/// A PIN of 4 to 12 digits or a password of 8 to 128 characters. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passcode {
    text: String,
    kind: PasscodeKind,
}

impl Passcode {
    /// Longest accepted password, characters.
    pub const CHARS_MAX: usize = 128;
    /// Shortest accepted password, characters (NIST SP 800-63B, 5.1.1.2).
    pub const PASSWORD_CHARS_MIN: usize = 8;

    /// Digits alone are a PIN: 4 to 12, not all the same. Everything else is a password of at least
    /// 8 characters, not all the same and without control characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut chars = text.chars();
        let first = chars.next()?;
        let varied = chars.any(|c| c != first);
        let count = text.chars().count();
        let kind = if text.bytes().all(|b| b.is_ascii_digit()) && count <= 12 {
            PasscodeKind::Pin
        } else {
            PasscodeKind::Password
        };
        let long = match kind {
            PasscodeKind::Pin => count >= 4,
            PasscodeKind::Password => (Self::PASSWORD_CHARS_MIN..=Self::CHARS_MAX).contains(&count),
        };
        let clean = !text.chars().any(char::is_control);
        (long && varied && clean).then(|| Self { text: text.to_owned(), kind })
    }

    /// PIN or password.
    #[must_use]
    pub const fn kind(&self) -> PasscodeKind {
        self.kind
    }

    /// The characters, for hashing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passcode(…)")
    }
}

/// Slows down guessing: how long a passcode is refused after wrong tries.
///
/// Four free tries, then 5 s doubling to 15 minutes: a 4-digit PIN then takes over ten weeks to
/// exhaust, and a technician who mistypes is back in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// Wrong tries since the last right one.
    pub failures: u32,
    /// When the last of them was.
    pub last: Stamp,
}

impl Throttle {
    const FREE_TRIES: u32 = 4;
    const FIRST_WAIT_MS: i64 = 5_000;
    const WAIT_MAX_MS: i64 = 15 * 60 * 1000;

    /// What becomes of a try that is made now: milliseconds until one is looked at, and what is kept. One that
    /// is looked at now, 0, counts before anybody knows whether it is right.
    ///
    /// Both belong in one transaction with what was kept before: tries that come at once are told apart there.
    /// After a clock was set back the wait begins anew from now, and ends.
    #[must_use]
    pub fn tried(self, now: Stamp) -> (i64, Self) {
        match self.wait_ms(now) {
            0 => (0, Self { failures: self.failures.saturating_add(1), last: now }),
            wait if now.wall < self.last.wall => (wait, Self { last: now, ..self }),
            wait => (wait, self),
        }
    }

    /// Milliseconds until the next try is looked at; 0 = now.
    ///
    /// A clock that jumped back must not lock people out for longer than one full wait.
    #[must_use]
    pub fn wait_ms(&self, now: Stamp) -> i64 {
        let Some(step) = self.failures.checked_sub(Self::FREE_TRIES) else { return 0 };
        let wait = Self::FIRST_WAIT_MS.saturating_mul(1_i64 << step.min(20)).min(Self::WAIT_MAX_MS);
        let passed = now.wall.0 - self.last.wall.0;
        if passed < 0 { wait } else { (wait - passed).max(0) }
    }
}

/// After how many minutes without a request a session asks for the passcode again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockAfter(u16);

impl LockAfter {
    /// 1 to 720 minutes, the length at which a session ends anyway.
    #[must_use]
    pub const fn minutes(minutes: u16) -> Option<Self> {
        if minutes >= 1 && minutes <= 720 { Some(Self(minutes)) } else { None }
    }

    /// The time in milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        i64::from(self.0) * 60_000
    }
}

impl Default for LockAfter {
    /// A quarter of an hour: as long as HIPAA guides and NIST SP 800-53 AC-11 commonly advise.
    fn default() -> Self {
        Self(15)
    }
}

/// Whether a session is still good for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// In use.
    Open,
    /// Left alone for a while: the passcode is asked before anything is shown.
    Locked,
    /// Left alone for so long that it ends.
    Over,
}

/// How a session ends by itself, milliseconds without a request: shared phones lie about.
pub const SESSION_IDLE_MS: i64 = 12 * 60 * 60 * 1000;

/// Where a session last used at `seen` stands at `now`.
///
/// A clock that is not confirmed may jump by years when it is set: then the session stays open,
/// since the jump says nothing about idleness.
#[must_use]
pub fn session_state(seen: Stamp, now: Stamp, lock_after: LockAfter) -> SessionState {
    let idle = now.wall.0 - seen.wall.0;
    let jumped = seen.trust == ClockTrust::Unsynced && now.trust == ClockTrust::Synced;
    if jumped || idle < lock_after.ms() {
        SessionState::Open
    } else if idle <= SESSION_IDLE_MS {
        SessionState::Locked
    } else {
        SessionState::Over
    }
}

/// Number of a session on this box. Says nothing about its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub i64);

/// A phone or computer in words, from what its browser says about itself: "Android, Chrome".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device(String);

impl Device {
    /// From the `User-Agent` header. Only words from fixed lists are kept.
    #[must_use]
    pub fn of_user_agent(header: &str) -> Self {
        // The first name that is found: Android says Linux too, and Edge says Chrome.
        const SYSTEMS: [(&str, &str); 7] = [
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "Mac"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ];
        const BROWSERS: [(&str, &str); 6] = [
            ("Edg", "Edge"),
            ("SamsungBrowser", "Samsung Internet"),
            ("OPR", "Opera"),
            ("Firefox", "Firefox"),
            ("Chrome", "Chrome"),
            ("Safari", "Safari"),
        ];
        let first = |names: &[(&str, &str)]| {
            let found = names.iter().find(|(mark, _)| header.contains(mark));
            found.map(|(_, name)| (*name).to_owned())
        };
        let words: Vec<_> = [first(&SYSTEMS), first(&BROWSERS)].into_iter().flatten().collect();
        Self(words.join(", "))
    }

    /// As it was stored.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The words; empty when the browser said nothing that is known.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A session in the list of a person's sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its number.
    pub id: SessionId,
    /// Whose it is.
    pub operator: OperatorId,
    /// On which phone or computer.
    pub device: Device,
    /// When the person logged in.
    pub opened: Stamp,
    /// Last request.
    pub seen: Stamp,
}

/// An operator's account as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub operator: Operator,
    /// Whether the person may log in.
    pub active: bool,
    /// PIN or password.
    pub kind: PasscodeKind,
    /// The passcode was set by somebody else and is good for choosing a new one only.
    pub must_choose: bool,
}

/// What an administrator does to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// Gives a passcode that the person must replace at the next login.
    Reset(Passcode),
    /// Lets nobody in under this name any more, and ends its sessions.
    Close,
    /// Lets the person in again.
    Reopen,
    /// Another role from now on; what was signed before stays signed.
    Role(Role),
    /// Another way of writing the name.
    Rename(PersonName),
}

impl AccountChange {
    /// Word used in the journal.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Reset(_) => "passcode_reset",
            Self::Close => "operator_closed",
            Self::Reopen => "operator_reopened",
            Self::Role(_) => "operator_role",
            Self::Rename(_) => "operator_renamed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::WallMs;

    fn at(ms: i64) -> Stamp {
        Stamp { wall: WallMs(ms), trust: ClockTrust::Synced }
    }

    #[test]
    fn trivial_passcodes_are_refused() {
        for text in ["", "123", "0000", "12a4", "short7!", "aaaaaaaaaa", "tab\tinside"] {
            assert_eq!(Passcode::parse(text), None, "{text}");
        }
        assert_eq!(Passcode::parse(&"ab".repeat(65)), None);
    }

    #[test]
    fn digits_are_a_pin_and_everything_else_is_a_password() {
        let kind = |text: &str| Passcode::parse(text).map(|code| code.kind());
        assert_eq!(kind(" 2580 "), Some(PasscodeKind::Pin));
        assert_eq!(kind("1234567890123"), Some(PasscodeKind::Password));
        assert_eq!(kind("correct horse"), Some(PasscodeKind::Password));
        assert_eq!(kind("पासवर्ड लंबा"), Some(PasscodeKind::Password));
    }

    #[test]
    fn wrong_passcodes_slow_down_and_recover() {
        let after = |failures| Throttle { failures, last: at(0) };
        assert_eq!(after(3).wait_ms(at(0)), 0);
        assert_eq!(after(4).wait_ms(at(0)), 5_000);
        assert_eq!(after(6).wait_ms(at(0)), 20_000);
        assert_eq!(after(40).wait_ms(at(0)), 900_000);
        assert_eq!(after(6).wait_ms(at(20_001)), 0);
        assert_eq!(after(4).wait_ms(at(-1_000_000)), 5_000);
    }

    #[test]
    fn a_try_counts_before_it_is_looked_at_and_a_clock_set_back_locks_nobody_out_for_ever() {
        let kept = Throttle { failures: 3, last: at(0) };
        let (wait, kept) = kept.tried(at(50_000));
        assert_eq!((wait, kept), (0, Throttle { failures: 4, last: at(50_000) }));
        assert_eq!(kept.tried(at(51_000)), (4_000, kept));
        let (wait, kept) = kept.tried(at(10_000));
        assert_eq!((wait, kept), (5_000, Throttle { failures: 4, last: at(10_000) }));
        assert_eq!(kept.tried(at(15_000)).0, 0);
    }

    #[test]
    fn a_session_locks_and_then_ends_but_not_because_the_clock_was_set() {
        let lock = LockAfter::minutes(10).unwrap();
        let state = |idle_ms| session_state(at(0), at(idle_ms), lock);
        assert_eq!(state(9 * 60_000), SessionState::Open);
        assert_eq!(state(10 * 60_000), SessionState::Locked);
        assert_eq!(state(SESSION_IDLE_MS + 1), SessionState::Over);
        assert_eq!(state(-SESSION_IDLE_MS), SessionState::Open);
        let unsynced = Stamp { trust: ClockTrust::Unsynced, ..at(0) };
        assert_eq!(session_state(unsynced, at(i64::from(u32::MAX)), lock), SessionState::Open);
    }

    #[test]
    fn a_browser_is_told_by_known_words_only() {
        let device = |header: &str| Device::of_user_agent(header).as_str().to_owned();
        let phone = "Mozilla/5.0 (Linux; Android 14; Asha's phone) AppleWebKit/537.36 Chrome/127.0 Mobile Safari/537.36";
        assert_eq!(device(phone), "Android, Chrome");
        assert_eq!(
            device("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1"),
            "iPhone, Safari"
        );
        assert_eq!(device("<script>"), "");
    }
}
