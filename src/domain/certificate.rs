//! Certificates: what is wrong with the one of a service that the box speaks to, and how those are that the
//! box itself shows and that come from elsewhere.

use crate::domain::stamp::WallMs;

/// Why a certificate is not accepted. Nothing is sent then, and nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// It is not valid today: its time is over, or the box's clock is wrong.
    Date,
    /// It is not vouched for by anybody whom the box trusts.
    Unknown,
    /// It is for another name.
    Name,
    /// It cannot be used for another reason, or the service does not speak TLS.
    Other,
}

impl CertificateFault {
    /// All.
    pub const ALL: [Self; 4] = [Self::Date, Self::Unknown, Self::Name, Self::Other];

    /// Stable code; also the key of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Date => "certificate-date",
            Self::Unknown => "certificate-unknown",
            Self::Name => "certificate-name",
            Self::Other => "certificate-other",
        }
    }
}

/// Before its end by how much somebody has to see to a certificate, ms: thirty days.
pub const ENDS_SOON_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Where a certificate came from that the box shows beside its own. What people of the box have set goes
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroughtBy {
    /// Files that the settings name.
    Files,
    /// The portal.
    Portal,
}

impl BroughtBy {
    /// All, the first one first.
    pub const ALL: [Self; 2] = [Self::Files, Self::Portal];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Portal => "portal",
        }
    }
}

/// How a certificate from elsewhere is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroughtState {
    /// Phones that ask for its names are shown it.
    Holds,
    /// The same, for less than thirty days.
    EndsSoon,
    /// Its time has not begun.
    Early,
    /// Its time is over: the box shows its own.
    Ended,
    /// The files cannot be used; the one before is shown until its end.
    Unusable,
}

impl BroughtState {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::Holds, Self::EndsSoon, Self::Early, Self::Ended, Self::Unusable];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::EndsSoon => "soon",
            Self::Early => "early",
            Self::Ended => "ended",
            Self::Unusable => "unusable",
        }
    }

    /// Whether nobody has to do anything.
    #[must_use]
    pub const fn is_well(self) -> bool {
        matches!(self, Self::Holds)
    }

    /// Whether phones are shown it now.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Holds | Self::EndsSoon)
    }
}

/// A certificate from elsewhere, as pages speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtCertificate {
    /// Where it came from.
    pub by: BroughtBy,
    /// How it is.
    pub state: BroughtState,
    /// Its names, the first label perhaps `*`; none when the files cannot be used.
    pub names: Vec<String>,
    /// Until when it holds.
    pub until: WallMs,
}
