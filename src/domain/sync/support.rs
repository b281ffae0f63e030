//! Support bundles on their way to the portal: sealed files, each for one consent, that go after everything else
//! and are gone on both sides when the consent is over.
//!
//! A bundle is no record: what it holds ends, and what a portal holds of records is compared for ever. It has
//! the receipt of one all the same, under a number that no record has.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;

/// Largest sealed bundle, bytes: in base64 it still fits into a frame of a carried file.
pub const BUNDLE_BYTES_MAX: u64 = 768 * 1024;
/// Longest time that a consent can last, milliseconds: the last of [`crate::domain::support::HOURS`].
const LASTS_MS_MAX: i64 = 168 * 60 * 60 * 1000;

/// Which bundle of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SupportBundle {
    /// The box's number for the consent.
    pub consent: i64,
    /// SHA-256 of the sealed file.
    pub hash: Sha256Digest,
}

impl SupportBundle {
    /// The number under which its receipt is signed: no record has a negative one.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        Seq(self.consent.saturating_neg())
    }

    /// Reads a [`SupportBundle::seq`]; `None`: it is a record's.
    #[must_use]
    pub const fn of(seq: Seq, hash: Sha256Digest) -> Option<Self> {
        match seq.0.checked_neg() {
            Some(consent) if consent > 0 => Some(Self { consent, hash }),
            Some(_) | None => None,
        }
    }
}

/// When a consent ends, as a box tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// How long it lasts from now on, milliseconds.
    pub lasts_ms: i64,
    /// When it ends; `None`: nothing has confirmed the box's clock.
    pub until: Option<WallMs>,
}

impl Ends {
    /// When the bundle is to be gone, by the clock of whoever hears it at `now`. A file that people carry takes
    /// days: then only what the box says by a confirmed clock is early enough.
    #[must_use]
    pub fn at(&self, now: WallMs) -> WallMs {
        let last = WallMs(now.0.saturating_add(self.lasts_ms.clamp(0, LASTS_MS_MAX)));
        self.until.map_or(last, |until| WallMs(until.0.min(last.0)))
    }
}

/// How far the bundle of a consent is, for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It waits for the portal.
    Waiting,
    /// The portal has it since then, by its clock.
    Arrived(WallMs),
    /// The portal has had it, or a part of it, and has removed it.
    Removed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_and_a_record_never_have_one_number() {
        let hash = Sha256Digest::from_bytes([3; 32]);
        let bundle = SupportBundle { consent: 7, hash };
        assert_eq!(SupportBundle::of(bundle.seq(), hash), Some(bundle));
        for seq in [0, 1, i64::MAX, i64::MIN] {
            assert_eq!(SupportBundle::of(Seq(seq), hash), None, "{seq}");
        }
    }

    #[test]
    fn a_bundle_ends_with_its_consent_and_never_later_than_one_can_agree_to() {
        let ends = |lasts_ms, until: Option<i64>| Ends { lasts_ms, until: until.map(WallMs) };
        let now = WallMs(1_000_000);
        assert_eq!(ends(500, None).at(now), WallMs(1_000_500));
        assert_eq!(ends(500, Some(1_000_500)).at(now), WallMs(1_000_500));
        // Carried for a while.
        assert_eq!(ends(500, Some(999_000)).at(now), WallMs(999_000));
        // A clock that is ahead, and nonsense.
        assert_eq!(ends(500, Some(9_000_000)).at(now), WallMs(1_000_500));
        assert_eq!(ends(-5, None).at(now), now);
        let longest = i64::from(*crate::domain::support::HOURS.last().unwrap()) * 3_600_000;
        assert_eq!(ends(i64::MAX, None).at(now), WallMs(now.0 + longest));
    }
}
