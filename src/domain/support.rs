//! What support may be told about a box, and for how long somebody agreed to it.
//!
//! A support bundle is built from what this file allows. A text leaves the box only as a word that the
//! program itself knows; whatever else stands in a column is counted, never copied.

use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;

/// For how long one may agree, hours.
pub const HOURS: [u32; 3] = [24, 72, 168];

/// Events of the audit trail that a bundle may name. Every other one is counted as [`OTHER`].
pub const EVENT_KINDS: [&str; 42] = [
    "film_other",
    "film_same",
    "logged_in",
    "model_rolled_back",
    "model_shadow_began",
    "model_shadow_ended",
    "model_used",
    "model_refused",
    "operator_added",
    "operator_closed",
    "operator_renamed",
    "operator_reopened",
    "operator_role",
    "order_answered",
    "outcome",
    "passcode_chosen",
    "passcode_reset",
    "photo_accepted",
    "photo_added",
    "photo_corrected",
    "photo_digitised",
    "photo_refused",
    "photo_released",
    "photo_scored",
    "portal_chosen",
    "portal_settings",
    "report_amended",
    "report_drafted",
    "review_received",
    "review_seen",
    "same_film_asked",
    "session_ended",
    "step_failed",
    "study_registered",
    "study_signed",
    "study_voided",
    "support_agreed",
    "support_ended",
    "test_ordered",
    "test_result",
    "update_asked",
    "ways_chosen",
];

/// What stands for a word that the program does not know.
pub const OTHER: &str = "other";

/// The word itself when it is one of the known ones, else [`OTHER`].
#[must_use]
pub fn known<'a>(word: &str, words: &[&'a str]) -> &'a str {
    words.iter().copied().find(|known| *known == word).unwrap_or(OTHER)
}

/// Somebody agreed that support may see how the box is.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its number.
    pub seq: i64,
    /// Who.
    pub by: PersonName,
    /// When.
    pub at: Stamp,
    /// Until when, milliseconds of the box's clock.
    pub until_ms: i64,
    /// Whether it was taken back.
    pub ended: Option<Stamp>,
}

impl std::fmt::Debug for Consent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Consent({})", self.seq)
    }
}

impl Consent {
    /// Whether it holds now. A clock that went back behind the moment of consent ends it too: nobody
    /// agreed to a time before.
    #[must_use]
    pub const fn holds(&self, now: Stamp) -> bool {
        self.ended.is_none() && now.wall.0 >= self.at.wall.0 && now.wall.0 < self.until_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    fn at(ms: i64) -> Stamp {
        Stamp { wall: WallMs(ms), trust: ClockTrust::Synced }
    }

    #[test]
    fn consent_ends_by_time_by_hand_and_by_a_clock_that_went_back() {
        let by = PersonName::parse("Admin").unwrap();
        let consent = Consent { seq: 1, by, at: at(1000), until_ms: 2000, ended: None };
        assert!(consent.holds(at(1000)) && consent.holds(at(1999)));
        assert!(!consent.holds(at(2000)) && !consent.holds(at(999)));
        assert!(!Consent { ended: Some(at(1500)), ..consent }.holds(at(1600)));
    }

    #[test]
    fn a_word_that_is_not_known_is_not_said() {
        assert_eq!(known("photo_added", &EVENT_KINDS), "photo_added");
        assert_eq!(known("asha_devi", &EVENT_KINDS), OTHER);
        assert!(
            EVENT_KINDS.iter().all(|kind| kind.chars().all(|c| c == '_' || c.is_ascii_lowercase()))
        );
    }
}
