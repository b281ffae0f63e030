//! Sync with a portal: what a record is, in which order records go, and what proves that one arrived.
//!
//! Pure: the store says what waits, [`plan`] says what to do next, the client does it and comes back
//! with [`receipt`]s. Nothing here knows of connections. `docs/sync.md` has the whole picture.

pub mod amendment;
pub mod bundle;
pub mod certificate;
pub mod identity;
pub mod introduction;
pub mod inventory;
pub mod keys;
pub mod order;
pub mod pace;
pub mod plan;
pub mod receipt;
pub mod review;
pub mod rollout;
pub mod sms_digest;
pub mod support;

/// What a record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// An urgent reading in few bytes, ahead of everything else.
    Urgent,
    /// A study without a reading: registered, refused, held, voided, or its reading withdrawn.
    Study,
    /// The reading in force.
    Result,
    /// Suspicions, tests and how it ended.
    FollowUp,
    /// An alert: when it was raised, sent and taken over.
    Alert,
    /// One signed version of a report.
    Report,
    /// The radiograph of a photo.
    Image,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Urgent,
        Self::Study,
        Self::Result,
        Self::FollowUp,
        Self::Alert,
        Self::Report,
        Self::Image,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Study => "study",
            Self::Result => "result",
            Self::FollowUp => "follow_up",
            Self::Alert => "alert",
            Self::Report => "report",
            Self::Image => "image",
        }
    }

    /// Reads a [`RecordKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The lane in which it goes.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Urgent => Lane::Urgent,
            Self::Study | Self::Result | Self::FollowUp | Self::Alert => Lane::Results,
            Self::Report => Lane::Reports,
            Self::Image => Lane::Images,
        }
    }
}

/// Records of an earlier lane go before those of a later one; within a lane, in the order in which the
/// box made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Urgent readings.
    Urgent,
    /// Studies, readings, follow-up, alerts.
    Results,
    /// Signed reports.
    Reports,
    /// Radiographs, by byte range.
    Images,
}

impl Lane {
    /// All lanes, first one first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Results, Self::Reports, Self::Images];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Results => "results",
            Self::Reports => "reports",
            Self::Images => "images",
        }
    }

    /// Its place in the order, from 0.
    #[must_use]
    pub fn place(self) -> i64 {
        Self::ALL.into_iter().zip(0..).find(|(lane, _)| *lane == self).map_or(0, |(_, at)| at)
    }
}

/// How much waits for its receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// Records of each lane, in the order of [`Lane::ALL`].
    pub lanes: [u64; 4],
    /// Records that the portal refused; they are tried again after a while.
    pub parked: u64,
    /// Records made so far: the number of the last one.
    pub made: u64,
    /// All records up to this number have their receipt.
    pub through: u64,
}

impl QueueDepth {
    /// Records of all lanes.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.lanes.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back_and_images_go_last() {
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::parse(kind.code()), Some(kind));
            assert_eq!(kind.lane() == Lane::Images, kind == RecordKind::Image);
        }
        assert!(Lane::ALL.is_sorted());
    }
}
