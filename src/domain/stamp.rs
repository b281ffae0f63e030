//! Time with its quality: many boxes have no clock battery.

/// Milliseconds since 1970-01-01 UTC by the box's wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallMs(pub i64);

/// Whether anything confirmed the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockTrust {
    /// A time source (network, GPS, a person) has set the clock since it last lost power.
    Synced,
    /// Nothing confirmed the clock: show the time with that remark, never order by it.
    Unsynced,
}

impl ClockTrust {
    /// Word used in the database and in machine-readable output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Unsynced => "unsynced",
        }
    }

    /// Reads [`ClockTrust::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Synced, Self::Unsynced].into_iter().find(|trust| trust.code() == code)
    }
}

/// When something happened, as well as this box can know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Wall clock reading.
    pub wall: WallMs,
    /// How far the reading can be believed.
    pub trust: ClockTrust,
}

/// Where the program reads the time. The program has one real clock; tests move their own.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The time now.
    fn now(&self) -> Stamp;
}
