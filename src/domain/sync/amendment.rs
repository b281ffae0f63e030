//! An amendment that a radiologist of the portal proposes to a signed report.
//!
//! It changes nothing by itself. A physician of the box takes it over into a version of the box's own,
//! signed here, or declines it with a reason; until then the study stands on top of the worklist.

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::Finding;
use crate::domain::ids::StudyId;
use crate::domain::people::PersonName;
use crate::domain::signing::{Credit, CreditKind, Edits, FreeText, Opinion};
use crate::domain::stamp::{Stamp, WallMs};

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// To the report of which study.
    pub study: StudyId,
    /// Hash of the signed version that it follows.
    pub follows: Sha256Digest,
    /// SHA-256 of the radiograph that was looked at.
    pub radiograph: Sha256Digest,
    /// By whom.
    pub reader: PersonName,
    /// When, by the portal's clock.
    pub at: WallMs,
    /// Opinions that differ from "undecided", in report order.
    pub opinions: Vec<(Finding, Opinion)>,
    /// What the film shows, in words.
    pub conclusion: FreeText,
    /// What to do next.
    pub recommendation: FreeText,
    /// Why the signed report should be changed.
    pub reason: FreeText,
}

impl Amendment {
    /// What the report would be, as a physician begins with it. Opinions count for the radiograph that
    /// was looked at, and for no other.
    #[must_use]
    pub fn edits(&self, shown: Option<Sha256Digest>) -> Edits {
        let same = shown == Some(self.radiograph);
        Edits {
            opinions: if same { self.opinions.clone() } else { Vec::new() },
            conclusion: self.conclusion.clone(),
            recommendation: self.recommendation.clone(),
            credits: vec![self.credit()],
        }
    }

    /// How a version that takes it over names the one who proposed it.
    #[must_use]
    pub fn credit(&self) -> Credit {
        Credit { kind: CreditKind::Amendment, name: self.reader.clone(), at: self.at }
    }

    /// Findings that are seen here and were not seen by whoever signed the version before.
    #[must_use]
    pub fn news(&self, signed: &Edits) -> Vec<Finding> {
        let seen = self.opinions.iter().filter(|(_, opinion)| *opinion == Opinion::Seen);
        let news = seen.map(|(finding, _)| *finding);
        news.filter(|finding| signed.opinion(*finding) != Opinion::Seen).collect()
    }
}

/// What a physician of the box made of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Taken over into that version of the box's own.
    TakenOver(u32),
    /// Declined, and why.
    Declined(FreeText),
}

/// A proposal as the box keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAmendment {
    /// The portal's number for it.
    pub number: u64,
    /// SHA-256 of the order: what names it here.
    pub hash: Sha256Digest,
    /// What is proposed.
    pub amendment: Amendment,
    /// When it came in.
    pub received: Stamp,
    /// What became of it, by whom and when; `None`: it waits for a physician.
    pub settled: Option<(Settled, PersonName, Stamp)>,
}

impl KeptAmendment {
    /// Whether a physician has to answer it.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.settled.is_none()
    }

    /// Whether the box has signed another version since the one that it follows. Both are kept and shown;
    /// a person settles it.
    #[must_use]
    pub fn is_about_older(&self, newest: Option<Sha256Digest>) -> bool {
        newest != Some(self.amendment.follows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::ClockTrust;

    fn amendment() -> Amendment {
        Amendment {
            study: StudyId::from_bytes([1; 16]),
            follows: Sha256Digest::from_bytes([2; 32]),
            radiograph: Sha256Digest::from_bytes([3; 32]),
            reader: PersonName::parse("Dr. Sen").unwrap(),
            at: WallMs(5),
            opinions: vec![
                (Finding::Tuberculosis, Opinion::Seen),
                (Finding::Effusion, Opinion::NotSeen),
            ],
            conclusion: FreeText::parse("Cavity.").unwrap(),
            recommendation: FreeText::default(),
            reason: FreeText::parse("Seen at the second look.").unwrap(),
        }
    }

    #[test]
    fn opinions_count_for_the_radiograph_that_was_looked_at() {
        let amendment = amendment();
        assert_eq!(amendment.edits(Some(amendment.radiograph)).opinions.len(), 2);
        let other = amendment.edits(Some(Sha256Digest::from_bytes([9; 32])));
        assert!(other.opinions.is_empty() && other.conclusion == amendment.conclusion);
        assert_eq!(other.credits, [amendment.credit()]);
    }

    #[test]
    fn only_what_nobody_had_seen_is_news() {
        let seen = |opinions| Edits { opinions, ..Edits::default() };
        let amendment = amendment();
        assert_eq!(amendment.news(&Edits::default()), [Finding::Tuberculosis]);
        assert!(amendment.news(&seen(vec![(Finding::Tuberculosis, Opinion::Seen)])).is_empty());
        let not = seen(vec![(Finding::Tuberculosis, Opinion::NotSeen)]);
        assert_eq!(amendment.news(&not), [Finding::Tuberculosis]);
    }

    #[test]
    fn a_proposal_that_follows_an_older_version_says_so() {
        let at = Stamp { wall: WallMs(6), trust: ClockTrust::Synced };
        let hash = Sha256Digest::from_bytes([4; 32]);
        let kept =
            KeptAmendment { number: 1, hash, amendment: amendment(), received: at, settled: None };
        assert!(!kept.is_about_older(Some(kept.amendment.follows)) && kept.waits());
        assert!(kept.is_about_older(Some(Sha256Digest::from_bytes([5; 32]))));
    }
}
