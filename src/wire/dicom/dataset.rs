//! A data set under construction, and the modules that all objects share.

use dicom_core::value::{DataSetSequence, PrimitiveValue, Value};
use dicom_core::{DataElement, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};
use time::{Duration, OffsetDateTime};

use super::{About, DicomObject, NotWritten, derived_uid, uid};
use crate::domain::people::{AgeEvidence, Sex};
use crate::domain::stamp::{ClockTrust, Stamp};

/// Issuer of the ids that boxes give.
const ISSUER: &str = "FIELDRAY";
/// Coding scheme of our own codes; PS3.16 section 8 leaves names that begin with 99 to everybody.
pub(super) const SCHEME: &str = "99FIELDRAY";

/// A concept: value, coding scheme, meaning.
#[derive(Clone, Debug)]
pub(super) struct Code {
    value: String,
    scheme: &'static str,
    meaning: String,
}

impl Code {
    /// A code of the standard.
    pub(super) fn new(value: &str, scheme: &'static str, meaning: &str) -> Self {
        Self { value: value.to_owned(), scheme, meaning: meaning.to_owned() }
    }

    /// A code of DICOM's own scheme.
    pub(super) fn dcm(value: &str, meaning: &str) -> Self {
        Self::new(value, "DCM", meaning)
    }

    /// A code of ours.
    pub(super) fn own(value: &str, meaning: &str) -> Self {
        Self::new(value, SCHEME, meaning)
    }

    /// As an item of a code sequence.
    pub(super) fn item(&self) -> Dataset {
        let mut item = Dataset::default();
        // A Code Value holds 16 characters: PS3.3 section 8.1.
        if self.value.len() <= 16 {
            item.text(tags::CODE_VALUE, VR::SH, &self.value);
        } else {
            item.text(tags::LONG_CODE_VALUE, VR::UC, &self.value);
        }
        item.text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, self.scheme);
        item.text(tags::CODE_MEANING, VR::LO, &self.meaning);
        item
    }
}

/// Elements, in the order of their tags.
#[derive(Debug)]
pub(super) struct Dataset(InMemDicomObject);

impl Default for Dataset {
    fn default() -> Self {
        Self(InMemDicomObject::new_empty())
    }
}

impl Dataset {
    /// A text, made to fit its value representation (PS3.5 section 6.2).
    pub(super) fn text(&mut self, tag: Tag, vr: VR, text: &str) {
        self.put(tag, vr, PrimitiveValue::from(fitting(vr, text)));
    }

    /// Several values of one element.
    pub(super) fn texts(&mut self, tag: Tag, vr: VR, texts: &[&str]) {
        let texts = texts.iter().map(|text| fitting(vr, text)).collect();
        self.put(tag, vr, PrimitiveValue::Strs(texts));
    }

    /// An element that has to be there and has no value (type 2).
    pub(super) fn empty(&mut self, tag: Tag, vr: VR) {
        self.put(tag, vr, PrimitiveValue::Empty);
    }

    pub(super) fn number(&mut self, tag: Tag, number: u16) {
        self.put(tag, VR::US, PrimitiveValue::from(number));
    }

    pub(super) fn long(&mut self, tag: Tag, number: u32) {
        self.put(tag, VR::UL, PrimitiveValue::from(number));
    }

    /// Bytes, with one more where their number is odd.
    pub(super) fn bytes(&mut self, tag: Tag, mut bytes: Vec<u8>) {
        if !bytes.len().is_multiple_of(2) {
            bytes.push(0);
        }
        self.put(tag, VR::OB, PrimitiveValue::U8(bytes.into()));
    }

    pub(super) fn sequence(&mut self, tag: Tag, items: Vec<Self>) {
        let items: Vec<InMemDicomObject> = items.into_iter().map(|item| item.0).collect();
        let value: Value<InMemDicomObject> = Value::from(DataSetSequence::from(items));
        self.0.put(DataElement::new(tag, VR::SQ, value));
    }

    pub(super) fn code(&mut self, tag: Tag, code: &Code) {
        self.sequence(tag, vec![code.item()]);
    }

    /// A date and a time of day, local; left out where nobody confirmed the clock.
    pub(super) fn moment(&mut self, (date, time): (Tag, Tag), at: Stamp, about: &About) {
        if at.trust == ClockTrust::Synced {
            self.clock((date, time), at, about);
        }
    }

    /// The same whatever the clock is worth, where the standard demands a date.
    pub(super) fn clock(&mut self, (date, time): (Tag, Tag), at: Stamp, about: &About) {
        let local = OffsetDateTime::from_unix_timestamp(at.wall.0.div_euclid(1000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .saturating_add(Duration::minutes(about.utc_offset_minutes.into()));
        let (year, month, day) = local.to_calendar_date();
        self.text(date, VR::DA, &format!("{year:04}{:02}{day:02}", u8::from(month)));
        let (hour, minute, second) = local.to_hms();
        self.text(time, VR::TM, &format!("{hour:02}{minute:02}{second:02}"));
    }

    fn put(&mut self, tag: Tag, vr: VR, value: PrimitiveValue) {
        self.0.put(DataElement::new(tag, vr, value));
    }
}

/// A text without what would end it or begin another value, and no longer than its kind allows.
fn fitting(vr: VR, text: &str) -> String {
    let (most, single) = match vr {
        VR::CS | VR::SH | VR::DS | VR::AE => (16, true),
        VR::LO | VR::PN | VR::UI => (64, true),
        VR::ST => (1_024, false),
        VR::LT => (10_240, false),
        VR::UC => (usize::MAX, true),
        _ => (usize::MAX, false),
    };
    let clean = |c: char| match c {
        '\\' if single => '/',
        // They part the components of a name.
        '^' | '=' if vr == VR::PN => ' ',
        '\n' if !single => c,
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().take(most).map(clean).collect()
}

/// What kind of object it is, and how its series is called.
pub(super) struct Kind {
    pub(super) class: &'static str,
    pub(super) uid: String,
    pub(super) modality: &'static str,
    /// Order of series among those of a study.
    pub(super) number: u16,
    pub(super) description: String,
}

/// A data set with the modules Patient, General Study, Patient Study, Series, General Equipment and SOP
/// Common (PS3.3 annex C).
pub(super) fn begin(about: &About, kind: &Kind) -> Dataset {
    let mut set = Dataset::default();
    set.text(tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 192");
    set.text(tags::SOP_CLASS_UID, VR::UI, kind.class);
    set.text(tags::SOP_INSTANCE_UID, VR::UI, &kind.uid);
    let minutes = about.utc_offset_minutes;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    set.text(tags::TIMEZONE_OFFSET_FROM_UTC, VR::SH, &format!("{sign}{hours:02}{rest:02}"));
    patient(&mut set, about);
    study(&mut set, about);
    set.text(tags::MODALITY, VR::CS, kind.modality);
    set.text(tags::SERIES_INSTANCE_UID, VR::UI, &derived_uid(&format!("series {}", kind.uid)));
    set.text(tags::SERIES_NUMBER, VR::IS, &kind.number.to_string());
    set.text(tags::SERIES_DESCRIPTION, VR::LO, &kind.description);
    set.text(tags::INSTANCE_NUMBER, VR::IS, "1");
    set.text(tags::MANUFACTURER, VR::LO, "Fieldray");
    set.text(tags::MANUFACTURER_MODEL_NAME, VR::LO, "Fieldray");
    set.text(tags::DEVICE_SERIAL_NUMBER, VR::LO, &about.from.id.to_string());
    set.text(tags::SOFTWARE_VERSIONS, VR::LO, about.from.version);
    if !about.from.site.is_empty() {
        set.text(tags::INSTITUTION_NAME, VR::LO, &about.from.site);
    }
    set
}

fn patient(set: &mut Dataset, about: &About) {
    let patient = &about.study.patient;
    // One component: nobody said which part is the family's name.
    set.text(tags::PATIENT_NAME, VR::PN, patient.name.reveal().as_str());
    set.text(tags::PATIENT_ID, VR::LO, &patient.box_id.reveal().to_string());
    set.text(tags::ISSUER_OF_PATIENT_ID, VR::LO, ISSUER);
    if let Some(number) = &patient.local_id {
        let mut other = Dataset::default();
        other.text(tags::PATIENT_ID, VR::LO, number.reveal().as_str());
        other.text(tags::TYPE_OF_PATIENT_ID, VR::CS, "TEXT");
        set.sequence(tags::OTHER_PATIENT_I_DS_SEQUENCE, vec![other]);
    }
    let sex = match patient.sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Other => "O",
        Sex::Unknown => "",
    };
    set.text(tags::PATIENT_SEX, VR::CS, sex);
    // A date of birth is never known to the day, and a made-up one would look like a known one.
    set.empty(tags::PATIENT_BIRTH_DATE, VR::DA);
    match patient.age {
        AgeEvidence::Told(age) => {
            set.text(tags::PATIENT_AGE, VR::AS, &format!("{:03}Y", age.years()));
        }
        AgeEvidence::BirthYear(year) => {
            set.text(tags::PATIENT_COMMENTS, VR::LT, &format!("Year of birth: {year}"));
        }
    }
}

fn study(set: &mut Dataset, about: &About) {
    let study = &about.study;
    set.text(tags::STUDY_INSTANCE_UID, VR::UI, &uid(study.id.as_bytes()));
    set.empty(tags::STUDY_DATE, VR::DA);
    set.empty(tags::STUDY_TIME, VR::TM);
    set.moment((tags::STUDY_DATE, tags::STUDY_TIME), study.registered, about);
    set.text(tags::STUDY_ID, VR::SH, &study.number.to_string());
    set.text(tags::STUDY_DESCRIPTION, VR::LO, "Photo of a chest X-ray film");
    // Given by an information system, which the box has none of.
    set.empty(tags::ACCESSION_NUMBER, VR::SH);
    set.empty(tags::REFERRING_PHYSICIAN_NAME, VR::PN);
}

/// The finished object.
pub(super) fn finish(set: Dataset, kind: Kind) -> Result<DicomObject, NotWritten> {
    let failed = |error: &dyn std::fmt::Display| NotWritten(error.to_string());
    let meta = FileMetaTableBuilder::new().transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN);
    let object = set.0.with_meta(meta).map_err(|error| failed(&error))?;
    let mut file = vec![0; 128];
    file.extend_from_slice(b"DICM");
    object.write_meta(&mut file).map_err(|error| failed(&error))?;
    let dataset_at = file.len();
    object.write_dataset(&mut file).map_err(|error| failed(&error))?;
    Ok(DicomObject { class: kind.class, uid: kind.uid, file, dataset_at })
}

/// An item that names an object: class and instance.
pub(super) fn reference(class: &str, uid: &str) -> Dataset {
    let mut item = Dataset::default();
    item.text(tags::REFERENCED_SOP_CLASS_UID, VR::UI, class);
    item.text(tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid);
    item
}
