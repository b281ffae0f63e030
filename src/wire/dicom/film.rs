//! The radiograph as Secondary Capture Image: a digitised film, never DX or CR, because the box did not
//! make the exposure.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};

use super::dataset::{Kind, begin, finish};
use super::{About, DicomObject, NotWritten, film_uid};
use crate::domain::digest::Sha256Digest;
use crate::domain::radiograph::Radiograph;
use crate::domain::stamp::Stamp;

/// SOP class of the film's object.
pub(super) const CLASS: &str = uids::SECONDARY_CAPTURE_IMAGE_STORAGE;

/// A radiograph, and what is known of how it came to be.
#[derive(Debug)]
pub struct FilmFacts {
    /// The pixels.
    pub radiograph: Radiograph,
    /// SHA-256 of the stored file.
    pub digest: Sha256Digest,
    /// When the photo came in.
    pub received: Stamp,
    /// Nobody can say which side is the patient's left one.
    pub mirror_doubtful: bool,
    /// How the photo lost detail; `None`: not at all, or not known.
    pub lossy: Option<Lossy>,
}

/// Compression that lost detail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lossy {
    /// Bytes of the pixels for each byte of the photo.
    pub ratio: f64,
}

/// The film's object.
///
/// # Errors
/// [`NotWritten`].
pub fn film(about: &About, film: FilmFacts) -> Result<DicomObject, NotWritten> {
    let kind = Kind {
        class: CLASS,
        uid: film_uid(about.study.id, film.digest),
        modality: "OT",
        number: 1,
        description: "Chest X-ray film, photographed and rectified".to_owned(),
    };
    let mut set = begin(about, &kind);
    set.text(tags::BODY_PART_EXAMINED, VR::CS, "CHEST");
    set.text(tags::CONVERSION_TYPE, VR::CS, "DF");
    // When the film was exposed nobody has told the box; when it was photographed is known.
    let captured = (tags::DATE_OF_SECONDARY_CAPTURE, tags::TIME_OF_SECONDARY_CAPTURE);
    set.moment(captured, film.received, about);
    set.moment((tags::CONTENT_DATE, tags::CONTENT_TIME), film.received, about);
    set.texts(tags::IMAGE_TYPE, VR::CS, &["DERIVED", "SECONDARY"]);
    let derivation = "Photo of a film: outlined, rectified, turned upright, light evened, grey";
    set.text(tags::DERIVATION_DESCRIPTION, VR::ST, derivation);
    // The label that a film carries is not removed: a name may be on it.
    set.text(tags::BURNED_IN_ANNOTATION, VR::CS, "YES");
    if film.mirror_doubtful {
        set.empty(tags::PATIENT_ORIENTATION, VR::CS);
        set.text(tags::IMAGE_COMMENTS, VR::LT, "Left and right may be exchanged: see the marker.");
    } else {
        set.texts(tags::PATIENT_ORIENTATION, VR::CS, &["L", "F"]);
    }
    if let Some(Lossy { ratio }) = film.lossy {
        set.text(tags::LOSSY_IMAGE_COMPRESSION, VR::CS, "01");
        set.text(tags::LOSSY_IMAGE_COMPRESSION_RATIO, VR::DS, &format!("{ratio:.2}"));
        set.text(tags::LOSSY_IMAGE_COMPRESSION_METHOD, VR::CS, "ISO_10918_1");
    }
    // No spacing of pixels: how large the film was nobody knows, and a made-up one would be measured by.
    let side = |pixels: u32| {
        u16::try_from(pixels)
            .map_err(|_| NotWritten("a side has more than 65535 pixels".to_owned()))
    };
    set.number(tags::ROWS, side(film.radiograph.height())?);
    set.number(tags::COLUMNS, side(film.radiograph.width())?);
    set.number(tags::SAMPLES_PER_PIXEL, 1);
    set.text(tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "MONOCHROME2");
    set.number(tags::BITS_ALLOCATED, 8);
    set.number(tags::BITS_STORED, 8);
    set.number(tags::HIGH_BIT, 7);
    set.number(tags::PIXEL_REPRESENTATION, 0);
    set.text(tags::WINDOW_CENTER, VR::DS, "128");
    set.text(tags::WINDOW_WIDTH, VR::DS, "256");
    set.bytes(tags::PIXEL_DATA, film.radiograph.into_pixels());
    finish(set, kind)
}
