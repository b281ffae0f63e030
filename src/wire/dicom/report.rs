//! What a physician signed, as Encapsulated PDF. Every version is an object of its own.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};

use super::dataset::{Code, Kind, begin, finish, reference};
use super::{About, DicomObject, NotWritten, derived_uid, film, film_uid};
use crate::domain::digest::Sha256Digest;
use crate::domain::signing::VersionHead;

/// A signed version on paper.
#[derive(Debug)]
pub struct ReportFacts<'a> {
    /// Which version, signed when.
    pub head: &'a VersionHead,
    /// SHA-256 of the radiograph that was looked at.
    pub radiograph: Sha256Digest,
    /// The printed page.
    pub pdf: Vec<u8>,
}

/// The object of a signed version.
///
/// # Errors
/// [`NotWritten`].
pub fn report(about: &About, report: ReportFacts<'_>) -> Result<DicomObject, NotWritten> {
    let ReportFacts { head, radiograph, pdf } = report;
    let kind = Kind {
        class: uids::ENCAPSULATED_PDF_STORAGE,
        uid: derived_uid(&format!("dicom report {} {}", head.study, head.version)),
        modality: "DOC",
        number: 3,
        description: "Signed report".to_owned(),
    };
    let mut set = begin(about, &kind);
    // Equipment: a page that a program laid out.
    set.text(tags::CONVERSION_TYPE, VR::CS, "WSD");
    set.empty(tags::CONTENT_DATE, VR::DA);
    set.empty(tags::CONTENT_TIME, VR::TM);
    set.moment((tags::CONTENT_DATE, tags::CONTENT_TIME), head.at, about);
    set.empty(tags::ACQUISITION_DATE_TIME, VR::DT);
    set.text(tags::BURNED_IN_ANNOTATION, VR::CS, "YES");
    let title = format!("Report of a chest X-ray film, version {}", head.version);
    set.text(tags::DOCUMENT_TITLE, VR::ST, &title);
    let concept = Code::new("18748-4", "LN", "Diagnostic imaging study");
    set.code(tags::CONCEPT_NAME_CODE_SEQUENCE, &concept);
    set.text(tags::VERIFICATION_FLAG, VR::CS, "VERIFIED");
    let source = reference(film::CLASS, &film_uid(about.study.id, radiograph));
    set.sequence(tags::SOURCE_INSTANCE_SEQUENCE, vec![source]);
    set.text(tags::MIME_TYPE_OF_ENCAPSULATED_DOCUMENT, VR::LO, "application/pdf");
    let length = u32::try_from(pdf.len()).map_err(|_| NotWritten("too long".to_owned()))?;
    set.long(tags::ENCAPSULATED_DOCUMENT_LENGTH, length);
    set.bytes(tags::ENCAPSULATED_DOCUMENT, pdf);
    finish(set, kind)
}
