//! What the objects say. Whether they are DICOM, programs that are not ours tell: `tests/it/pacs`.

use dicom_core::Tag;
use dicom_dictionary_std::tags;
use dicom_object::{DefaultDicomObject, InMemDicomObject, from_reader};

use super::*;
use crate::domain::box_id::{BoxCode, BoxId};
use crate::domain::finding::{Evidence, Finding, NotAssessed, Score, Threshold};
use crate::domain::ids::{PatientId, PhotoId, StudyNumber};
use crate::domain::patient::Patient;
use crate::domain::people::{AgeEvidence, LocalId, PersonName, Phi, Sex};
use crate::domain::radiograph::Radiograph;
use crate::domain::reading::{Backend, ModelRef, ScoreLine, ScoreSheet};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::study::StudyState;
use crate::domain::sync::identity::KeyId;
use crate::wire::fhir::ReadingFacts;

/// 2027-01-15 08:00:00 UTC.
const AT: WallMs = WallMs(1_800_000_000_000);

fn about(trust: ClockTrust) -> About {
    let patient = Patient {
        id: PatientId::from_bytes([1; 16]),
        box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 42).unwrap()),
        name: Phi::new(PersonName::parse("आशा^देवी").unwrap()),
        local_id: LocalId::parse("K\\17").map(Phi::new),
        sex: Sex::Female,
        age: AgeEvidence::BirthYear(1980),
    };
    About {
        from: BoxFacts {
            id: KeyId::from_bytes([9; 16]),
            site: "PHC Test".into(),
            version: "1.0",
            utc_offset_minutes: 0,
        },
        study: StudyFacts {
            id: StudyId::from_bytes([2; 16]),
            number: StudyNumber(42),
            state: StudyState::Reported,
            patient,
            programmes: vec![],
            registered: Stamp { wall: AT, trust },
            urgency: None,
            images_url: None,
            photos: [1, 0],
        },
        utc_offset_minutes: 330,
    }
}

fn one_film(trust: ClockTrust, mirror_doubtful: bool) -> DicomObject {
    let facts = FilmFacts {
        radiograph: Radiograph::new(3, 3, (0..9).collect()).unwrap(),
        digest: Sha256Digest::from_bytes([3; 32]),
        received: Stamp { wall: AT, trust },
        mirror_doubtful,
        lossy: Some(Lossy { ratio: 12.345 }),
    };
    film(&about(trust), facts).unwrap()
}

fn one_reading(trust: ClockTrust) -> DicomObject {
    let at = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
    let line = |finding, evidence, score| ScoreLine::new(finding, evidence, at(score), threshold);
    let model = ModelRef {
        id: "findings".into(),
        version: "1.0.0".into(),
        sha256: Sha256Digest::from_bytes([4; 32]),
    };
    let sheet = ScoreSheet {
        model,
        backend: Backend::Tract,
        preprocessing: 2,
        lines: vec![
            line(Finding::Tuberculosis, Evidence::Assessed, 0.9),
            line(Finding::Effusion, Evidence::Hint, 0.9),
        ],
        not_assessed: vec![(Finding::EnlargedCardiomediastinum, NotAssessed::NotInModel)],
        lungs: None,
    };
    let photo = PhotoId::from_bytes([5; 16]);
    let radiograph = Sha256Digest::from_bytes([3; 32]);
    let facts = ReadingFacts { photo, radiograph, sheet };
    reading(&about(trust), &facts, Stamp { wall: AT, trust }).unwrap()
}

fn read(object: &DicomObject) -> DefaultDicomObject {
    from_reader(object.file()).unwrap()
}

fn text(set: &InMemDicomObject, tag: Tag) -> Option<String> {
    set.get(tag).map(|element| element.to_str().unwrap().into_owned())
}

fn below(set: &InMemDicomObject) -> &[InMemDicomObject] {
    set.get(tags::CONTENT_SEQUENCE).and_then(|element| element.items()).unwrap_or_default()
}

/// Value and meaning of the code in a sequence.
fn code(set: &InMemDicomObject, tag: Tag) -> Option<(String, String)> {
    let item = set.get(tag)?.items()?.first()?;
    let value = text(item, tags::CODE_VALUE).or_else(|| text(item, tags::LONG_CODE_VALUE))?;
    Some((value, text(item, tags::CODE_MEANING)?))
}

/// The measurement groups of a reading: what each says of which concept, and its numbers.
type Group = (Vec<(String, String)>, Vec<(String, String)>);

fn groups(object: &DicomObject) -> Vec<Group> {
    let root = read(object);
    let measurements = below(&root).iter().find(|item| {
        code(item, tags::CONCEPT_NAME_CODE_SEQUENCE).is_some_and(|(code, _)| code == "126010")
    });
    let group = |group: &InMemDicomObject| {
        let mut codes = Vec::new();
        let mut numbers = Vec::new();
        for item in below(group) {
            let contains = text(item, tags::RELATIONSHIP_TYPE).as_deref() == Some("CONTAINS");
            let (name, _) = code(item, tags::CONCEPT_NAME_CODE_SEQUENCE).unwrap();
            if let (true, Some((value, _))) = (contains, code(item, tags::CONCEPT_CODE_SEQUENCE)) {
                codes.push((name, value));
            } else if let Some(measured) = item.get(tags::MEASURED_VALUE_SEQUENCE) {
                let value = text(&measured.items().unwrap()[0], tags::NUMERIC_VALUE).unwrap();
                numbers.push((name, value));
            }
        }
        (codes, numbers)
    };
    below(measurements.unwrap()).iter().map(group).collect()
}

#[test]
fn the_same_facts_give_the_same_object() {
    assert_eq!(one_film(ClockTrust::Synced, false), one_film(ClockTrust::Synced, false));
    assert_eq!(one_reading(ClockTrust::Synced), one_reading(ClockTrust::Synced));
    let film = one_film(ClockTrust::Synced, false);
    assert!(film.uid.starts_with("2.25.") && film.uid.len() <= 64);
    assert_ne!(film.uid, one_reading(ClockTrust::Synced).uid);
}

#[test]
fn a_film_is_a_digitised_film_and_hides_what_is_not_known() {
    let object = one_film(ClockTrust::Synced, false);
    let set = read(&object);
    let of = |tag| text(&set, tag);
    assert_eq!(of(tags::CONVERSION_TYPE).as_deref(), Some("DF"));
    assert_eq!(of(tags::MODALITY).as_deref(), Some("OT"));
    assert_eq!(of(tags::PATIENT_NAME).as_deref(), Some("आशा देवी"));
    assert_eq!(of(tags::PATIENT_BIRTH_DATE).as_deref(), Some(""));
    assert_eq!(of(tags::DATE_OF_SECONDARY_CAPTURE).as_deref(), Some("20270115"));
    assert_eq!(of(tags::TIME_OF_SECONDARY_CAPTURE).as_deref(), Some("133000"));
    assert_eq!(
        of(tags::STUDY_INSTANCE_UID),
        Some(format!("2.25.{}", u128::from_be_bytes([2; 16])))
    );
    for unknown in
        [tags::PIXEL_SPACING, tags::NOMINAL_SCANNED_PIXEL_SPACING, tags::ACQUISITION_DATE]
    {
        assert!(set.get(unknown).is_none(), "{unknown}");
    }
    let pixels = set.get(tags::PIXEL_DATA).unwrap().to_bytes().unwrap().into_owned();
    assert_eq!(pixels, [0, 1, 2, 3, 4, 5, 6, 7, 8, 0], "nine pixels and one byte of padding");
    assert_eq!(of(tags::PATIENT_ORIENTATION).as_deref(), Some("L\\F"));
    let doubtful = read(&one_film(ClockTrust::Synced, true));
    assert_eq!(text(&doubtful, tags::PATIENT_ORIENTATION).as_deref(), Some(""));
}

#[test]
fn a_date_that_nobody_confirmed_is_left_out_or_said_to_be_such() {
    let set = read(&one_film(ClockTrust::Unsynced, false));
    for tag in [tags::DATE_OF_SECONDARY_CAPTURE, tags::CONTENT_DATE] {
        assert!(set.get(tag).is_none(), "{tag}");
    }
    assert_eq!(text(&set, tags::STUDY_DATE).as_deref(), Some(""));
    let set = read(&one_reading(ClockTrust::Unsynced));
    let said = text(&set, tags::SERIES_DESCRIPTION).unwrap();
    assert!(said.contains("date not confirmed"), "{said}");
}

#[test]
fn a_reading_says_scores_and_calls_and_never_a_finding() {
    let object = one_reading(ClockTrust::Synced);
    let groups = groups(&object);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let (tb, hint, missing) = (&groups[0], &groups[1], &groups[2]);
    assert_eq!(tb.0, [pair("tuberculosis", "above")]);
    assert!(tb.1.contains(&pair("score", "0.900000")));
    assert!(tb.1.contains(&pair("threshold", "0.500000")));
    assert_eq!(hint.0, [pair("hint-effusion", "no-call")], "a hint has no call");
    assert_eq!(missing.0, [pair("enlarged_cardiomediastinum", "not-assessed")]);
    assert_eq!(missing.1, [], "what was not assessed has no number");
    let set = read(&object);
    assert_eq!(text(&set, tags::VERIFICATION_FLAG).as_deref(), Some("UNVERIFIED"));
    let bytes = object.dataset();
    assert!(!bytes.windows(6).any(|at| at == b"121071"), "no item says \"Finding\"");
}
