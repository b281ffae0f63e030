//! Domain values → DICOM objects: the radiograph as Secondary Capture, the reading as Comprehensive
//! SR (TID 1500), the signed report as Encapsulated PDF.
//!
//! The same facts always give the same UIDs, so that an object that is sent again is the same object.
//! What these objects must never do: claim that the box made the exposure, show a finding without a
//! score as if it were normal, a hint as if it were more, a score as a physician's finding, or a date of
//! a clock that nobody confirmed as certain.

mod dataset;
mod film;
pub mod json;
pub mod picture;
pub mod read;
mod reading;
mod report;
mod tree;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::StudyId;
use crate::wire::encoding::derived_uuid;
use crate::wire::fhir::{BoxFacts, StudyFacts};

pub use film::{FilmFacts, Lossy, film};
pub use reading::reading;
pub use report::{ReportFacts, report};

/// What every object is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Which box speaks.
    pub from: BoxFacts,
    /// Whose film, which examination.
    pub study: StudyFacts,
    /// Local time minus UTC, minutes: dates in DICOM are local.
    pub utc_offset_minutes: i32,
}

/// A DICOM object as it is sent: Explicit VR Little Endian.
#[derive(Clone, PartialEq, Eq)]
pub struct DicomObject {
    /// SOP Class UID.
    pub class: &'static str,
    /// SOP Instance UID.
    pub uid: String,
    file: Vec<u8>,
    dataset_at: usize,
}

/// Pixels and patients do not reach logs.
impl std::fmt::Debug for DicomObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DicomObject({} {})", self.class, self.uid)
    }
}

impl DicomObject {
    /// As a file of PS3.10.
    #[must_use]
    pub fn file(&self) -> &[u8] {
        &self.file
    }

    /// The data set alone, as a C-STORE carries it.
    #[must_use]
    pub fn dataset(&self) -> &[u8] {
        self.file.get(self.dataset_at..).unwrap_or_default()
    }
}

/// An object could not be put into bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a DICOM object cannot be written: {0}")]
pub struct NotWritten(String);

/// 16 bytes of a UUID as a UID: PS3.5 section B.2.
fn uid(bytes: &[u8; 16]) -> String {
    format!("2.25.{}", u128::from_be_bytes(*bytes))
}

/// A UID that follows from a text.
fn derived_uid(text: &str) -> String {
    uid(&derived_uuid(text))
}

/// The film's object: of one study, by the bytes of the radiograph.
fn film_uid(study: StudyId, radiograph: Sha256Digest) -> String {
    derived_uid(&format!("dicom film {study} {radiograph}"))
}

#[cfg(test)]
mod tests;
