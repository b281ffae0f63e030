//! A roll-out: something that boxes get ring by ring, and that stops by itself where it does harm.
//!
//! Pure: [`next`] decides one move from what the boxes have told; the portal carries it out and asks again.

use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::OrderRefusal;

/// Milliseconds of an hour.
const HOUR_MS: u64 = 60 * 60 * 1000;
/// Milliseconds of a day.
const DAY_MS: u64 = 24 * HOUR_MS;

/// In which turn a box gets what is rolled out: 0 (the canaries) to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ring(u8);

impl Ring {
    /// All rings, the first one first.
    pub const ALL: [Self; 4] = [Self(0), Self(1), Self(2), Self(3)];
    /// The canaries.
    pub const FIRST: Self = Self(0);
    /// Where a box is before anybody has said something else.
    pub const USUAL: Self = Self(2);

    /// `None` beyond the last ring.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|ring| ring.0 == number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The next one; `None` after the last.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        Self::new(self.0 + 1)
    }
}

/// When a ring counts as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long each box has to be on with it, hours.
    pub soak_hours: u32,
    /// How many of a ring's boxes have to be, percent.
    pub share_percent: u8,
    /// A box that nobody has heard of for so long does not count, days.
    pub seen_days: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { soak_hours: 72, share_percent: 100, seen_days: 14 }
    }
}

impl Rules {
    /// Longest soak, hours: a year.
    const SOAK_HOURS_MAX: u32 = 365 * 24;
    /// Longest silence, days.
    const SEEN_DAYS_MAX: u32 = 365;

    /// `None` when they are out of bounds: 0 to 8760 hours, 1 to 100 percent, 1 to 365 days.
    #[must_use]
    pub fn new(soak_hours: u32, share_percent: u8, seen_days: u32) -> Option<Self> {
        let fine = soak_hours <= Self::SOAK_HOURS_MAX
            && (1..=100).contains(&share_percent)
            && (1..=Self::SEEN_DAYS_MAX).contains(&seen_days);
        fine.then_some(Self { soak_hours, share_percent, seen_days })
    }

    /// The soak, milliseconds.
    #[must_use]
    pub const fn soak_ms(self) -> u64 {
        self.soak_hours as u64 * HOUR_MS
    }
}

/// Where a roll-out stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It goes on by itself.
    Running,
    /// A person has halted it.
    Held,
    /// A box was not well: it has halted itself.
    Stopped,
    /// Every ring is well.
    Finished,
    /// A person has taken it back.
    Withdrawn,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] =
        [Self::Running, Self::Held, Self::Stopped, Self::Finished, Self::Withdrawn];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Held => "held",
            Self::Stopped => "stopped",
            Self::Finished => "finished",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a [`State::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it can still go on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Held | Self::Stopped)
    }

    /// Where a person's word leads; `None` where the word has no meaning.
    #[must_use]
    pub const fn by(self, word: Word) -> Option<Self> {
        match (self, word) {
            (Self::Running | Self::Stopped, Word::Hold) => Some(Self::Held),
            (Self::Held | Self::Stopped, Word::GoOn) | (Self::Running, Word::NextRing) => {
                Some(Self::Running)
            }
            (Self::Running | Self::Held | Self::Stopped | Self::Finished, Word::Withdraw) => {
                Some(Self::Withdrawn)
            }
            (Self::Running, Word::GoOn)
            | (Self::Held, Word::Hold)
            | (Self::Held | Self::Stopped, Word::NextRing)
            | (Self::Finished, Word::Hold | Word::GoOn | Word::NextRing)
            | (Self::Withdrawn, _) => None,
        }
    }
}

/// What an administrator says to a roll-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// Halt it: boxes that have not installed it yet do not.
    Hold,
    /// Go on; what has failed so far was looked at.
    GoOn,
    /// Do not wait for this ring any longer.
    NextRing,
    /// Take it back from every box that has not installed it.
    Withdraw,
}

impl Word {
    /// All words, in the order of the buttons.
    pub const ALL: [Self; 4] = [Self::GoOn, Self::Hold, Self::NextRing, Self::Withdraw];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::GoOn => "go_on",
            Self::NextRing => "next_ring",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads a [`Word::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.code() == code)
    }
}

/// What is wrong with a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It did not do it.
    Refused(OrderRefusal),
    /// It did it, and was not heard of since, before its soak was over.
    Silent,
}

impl Trouble {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(why) => why.code(),
            Self::Silent => "silent",
        }
    }

    /// Reads a [`Trouble::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "silent" => Some(Self::Silent),
            code => OrderRefusal::parse(code).map(Self::Refused),
        }
    }
}

/// What became of it on one box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was not asked, or was asked to let it be for now.
    Unasked,
    /// It was asked, and has said nothing.
    Asked,
    /// It has the order: its bytes come, or somebody is to agree.
    Waiting,
    /// It has done it, and was on with it for so long since, milliseconds.
    Taken {
        /// Time on with it.
        on_ms: u64,
    },
    /// It has not done it.
    Failed(OrderRefusal),
    /// It is not meant for this box.
    PassedOver(OrderRefusal),
}

impl Fate {
    /// What a refusal means. A box that has something newer, is another machine or has heard of a later
    /// order says nothing against what is rolled out.
    #[must_use]
    pub const fn of_refusal(why: OrderRefusal) -> Self {
        match why {
            OrderRefusal::Older | OrderRefusal::OtherMachine | OrderRefusal::Expired => {
                Self::PassedOver(why)
            }
            OrderRefusal::Withdrawn => Self::Unasked,
            OrderRefusal::Unreadable
            | OrderRefusal::Unverifiable
            | OrderRefusal::StudyUnknown
            | OrderRefusal::VersionUnknown
            | OrderRefusal::SettingUnknown
            | OrderRefusal::SettingInvalid
            | OrderRefusal::Declined
            | OrderRefusal::BadSignature
            | OrderRefusal::Damaged
            | OrderRefusal::FromTooOld
            | OrderRefusal::FromTooNew
            | OrderRefusal::DatabaseNewer
            | OrderRefusal::NoRoom
            | OrderRefusal::NoSlots
            | OrderRefusal::TrialFailed
            | OrderRefusal::WentBack
            | OrderRefusal::InstallFailed
            | OrderRefusal::NoHttps
            | OrderRefusal::CertificateDamaged
            | OrderRefusal::CertificateSealed
            | OrderRefusal::CertificateKey
            | OrderRefusal::CertificateNames
            | OrderRefusal::CertificateEnded
            | OrderRefusal::ConsentEnded => Self::Failed(why),
        }
    }
}

/// A box as a roll-out sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which box.
    pub id: KeyId,
    /// Its ring.
    pub ring: Ring,
    /// When it last spoke; `None`: never.
    pub seen: Option<WallMs>,
    /// What became of it there.
    pub fate: Fate,
    /// An administrator has looked at what is wrong with it, and went on.
    pub excused: bool,
}

impl Member {
    fn was_heard(&self, rules: Rules, now: WallMs) -> bool {
        let most = i64::try_from(u64::from(rules.seen_days) * DAY_MS).unwrap_or(i64::MAX);
        self.seen.is_some_and(|WallMs(seen)| now.0.saturating_sub(seen) <= most)
    }

    /// Whether it has had it long enough and is well.
    #[must_use]
    pub fn is_well(&self, rules: Rules) -> bool {
        matches!(self.fate, Fate::Taken { on_ms } if on_ms >= rules.soak_ms())
    }

    /// What is wrong with it, unless somebody has looked at that.
    #[must_use]
    pub fn trouble(&self, rules: Rules, now: WallMs) -> Option<Trouble> {
        match self.fate {
            _ if self.excused => None,
            Fate::Failed(why) => Some(Trouble::Refused(why)),
            Fate::Taken { .. } if !self.is_well(rules) && !self.was_heard(rules, now) => {
                Some(Trouble::Silent)
            }
            Fate::Unasked | Fate::Asked | Fate::Waiting | Fate::Taken { .. } => None,
            Fate::PassedOver(_) => None,
        }
    }

    /// Whether its ring waits for it.
    fn counts(&self, rules: Rules, now: WallMs) -> bool {
        match self.fate {
            Fate::PassedOver(_) => false,
            // Excused: nobody waits for it any more.
            Fate::Failed(_) => !self.excused,
            Fate::Taken { .. } => self.is_well(rules) || !self.excused,
            Fate::Unasked | Fate::Asked | Fate::Waiting => self.was_heard(rules, now),
        }
    }
}

/// One move of a roll-out that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Ask these boxes.
    Ask(Vec<KeyId>),
    /// Halt: this box is not well.
    Stop(KeyId, Trouble),
    /// Go on to this ring.
    Advance(Ring),
    /// The last ring is well.
    Finish,
    /// Wait.
    Wait(Wait),
}

/// What a roll-out waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Boxes of its ring.
    Boxes {
        /// Well.
        well: usize,
        /// That count.
        of: usize,
    },
    /// Nobody in its ring counts, and no box has shown yet that it does no harm.
    Nobody,
}

/// The next move of a roll-out that runs and has come to `ring`.
#[must_use]
pub fn next(ring: Ring, members: &[Member], rules: Rules, now: WallMs) -> Move {
    let trouble = members.iter().find_map(|one| Some((one.id, one.trouble(rules, now)?)));
    if let Some((id, trouble)) = trouble {
        return Move::Stop(id, trouble);
    }
    // Those of earlier rings too: a box may be enrolled, or put there, later.
    let open = members.iter().filter(|one| one.ring <= ring && one.fate == Fate::Unasked);
    let open: Vec<KeyId> = open.map(|one| one.id).collect();
    if !open.is_empty() {
        return Move::Ask(open);
    }
    let of_ring = members.iter().filter(|one| one.ring == ring && one.counts(rules, now));
    let (well, of) =
        of_ring.fold((0, 0), |(well, of), one| (well + usize::from(one.is_well(rules)), of + 1));
    // An empty ring shows nothing: it is passed over only after another one has.
    let shown = of > 0 || members.iter().any(|one| one.is_well(rules));
    if !shown {
        return Move::Wait(Wait::Nobody);
    }
    if well * 100 < of * usize::from(rules.share_percent) {
        return Move::Wait(Wait::Boxes { well, of });
    }
    ring.after().map_or(Move::Finish, Move::Advance)
}

#[cfg(test)]
#[path = "rollout_tests.rs"]
mod tests;
