//! Domain values → FHIR R4 transaction bundles.
//!
//! The same values always give the same bytes, and every identifier follows from the box's own ids and
//! hashes: a bundle that is sent again changes nothing on any FHIR server. Mutable resources are
//! conditional updates, immutable ones conditional creates. What these bundles must never do: show a
//! finding without a score as if it were normal, a hint as if it were more, a score as a diagnosis.

mod alert;
mod bundle;
mod counted;
mod follow_up;
pub mod read;
mod reading;
mod report;
mod subject;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{PhotoId, StudyId, StudyNumber};
use crate::domain::patient::Patient;
use crate::domain::programme_id::ProgrammeId;
use crate::domain::reading::{ScoreSheet, Urgency};
use crate::domain::stamp::Stamp;
use crate::domain::study::StudyState;
use crate::domain::sync::identity::KeyId;

pub use alert::{AlertFacts, alert};
pub use counted::{ToldAlert, ToldFollowUp};
pub use follow_up::follow_up;
pub use reading::{result, urgent};
pub use report::report;

use bundle::Bundle;

/// Which box speaks.
#[derive(Clone, Debug)]
pub struct BoxFacts {
    /// Its name.
    pub id: KeyId,
    /// What its site is called; may be empty.
    pub site: String,
    /// Version of its program.
    pub version: &'static str,
    /// Minutes east of UTC of the clock on its wall.
    pub utc_offset_minutes: i32,
}

impl BoxFacts {
    /// A box that runs this program and keeps world time.
    #[must_use]
    pub const fn of(id: KeyId, site: String) -> Self {
        Self { id, site, version: env!("CARGO_PKG_VERSION"), utc_offset_minutes: 0 }
    }

    /// The same where local time is so many minutes ahead of UTC.
    #[must_use]
    pub fn at(self, utc_offset_minutes: i32) -> Self {
        Self { utc_offset_minutes, ..self }
    }
}

/// What a bundle is about.
#[derive(Clone, Debug)]
pub struct StudyFacts {
    /// The study.
    pub id: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Where it stands.
    pub state: StudyState,
    /// Whose film it is.
    pub patient: Patient,
    /// Its ids in programmes.
    pub programmes: Vec<ProgrammeId>,
    /// When it was registered.
    pub registered: Stamp,
    /// How soon a person should look; `None` without a reading.
    pub urgency: Option<Urgency>,
    /// Where others find its images: the address of a DICOMweb service; `None`: nowhere.
    pub images_url: Option<String>,
    /// Photos taken of it, and how many of them were refused.
    pub photos: [u32; 2],
}

/// A reading.
#[derive(Clone, Debug)]
pub struct ReadingFacts {
    /// The photo that was read.
    pub photo: PhotoId,
    /// SHA-256 of its radiograph.
    pub radiograph: Sha256Digest,
    /// What was said.
    pub sheet: ScoreSheet,
}

/// How many entries a bundle has.
#[must_use]
pub fn entries(bundle: &str) -> usize {
    let bundle: serde_json::Value = serde_json::from_str(bundle).unwrap_or_default();
    bundle["entry"].as_array().map_or(0, Vec::len)
}

/// A study without a reading.
#[must_use]
pub fn study(from: &BoxFacts, study: &StudyFacts) -> String {
    let mut bundle = Bundle::default();
    subject::add(&mut bundle, from, study);
    bundle.text()
}

#[cfg(test)]
mod tests;
