//! Readings put into a state directory without a network: many of them, with scores that a test
//! chooses. The box must not run meanwhile.

use std::path::Path;

use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::film::Orientation;
use fieldray::domain::finding::{Evidence, Finding, NotAssessed, Score, Threshold};
use fieldray::domain::geometry::{Point, Quad};
use fieldray::domain::ids::{OperatorId, PatientId, PhotoId, StudyId};
use fieldray::domain::indication::Indication;
use fieldray::domain::lungs::{Cell, Lung, LungFields, RepeatError};
use fieldray::domain::patient::NewPatient;
use fieldray::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use fieldray::domain::quality::{Grade, QualityIssue};
use fieldray::domain::reading::{
    Backend, LungReading, ModelRef, PREPROCESSING_VERSION, ScoreLine, ScoreSheet,
};
use fieldray::domain::registration::{Differing, Person, Registration, Told};
use fieldray::domain::stamp::{ClockTrust, Stamp, WallMs};
use fieldray::store::{DigitisedRow, Folder, NewPhoto, NewStudy, Store};
use image::imageops::FilterType;

use crate::phantom::{self, Shot};

/// One film to be put in.
#[derive(Clone)]
pub struct Film {
    pub name: String,
    /// Tuberculosis and any abnormality; the threshold is 0.5, the band 0.4 to 0.6.
    pub scores: [f32; 2],
    pub remarks: Vec<QualityIssue>,
    pub scored_for_age: bool,
    /// Bytes of a radiograph of its own; `None`: the drawn one that all films share.
    pub radiograph: Option<Vec<u8>>,
    pub indication: Indication,
    /// Whose film it is: the patient of an earlier one, by its place in the list; `None`: somebody new.
    pub of: Option<usize>,
}

impl Film {
    /// Everything assessed, nothing near its threshold, nothing remarked.
    pub fn clear(name: &str) -> Self {
        Self {
            name: name.into(),
            scores: [0.1, 0.2],
            remarks: vec![],
            scored_for_age: true,
            radiograph: None,
            indication: Indication::default(),
            of: None,
        }
    }

    pub fn urgent(name: &str) -> Self {
        Self { scores: [0.9, 0.8], ..Self::clear(name) }
    }
}

/// Puts films in, in order; gives the addresses of their studies.
pub fn films(state: &Path, films: &[Film]) -> Vec<String> {
    films_over(state, films, 0, |_| WallMs(1_800_000_000_000))
}

/// The same beside as many as `first` that are there already; `when` says the time of each by its place.
pub fn films_over(
    state: &Path,
    films: &[Film],
    first: usize,
    when: impl Fn(usize) -> WallMs,
) -> Vec<String> {
    let stamp = |at| Stamp { wall: when(at), trust: ClockTrust::Synced };
    let store = Store::open(state, stamp(first)).unwrap();
    let by = store.accounts().unwrap()[0].operator.id;
    let any = PhotoId::from_bytes([7; 16]);
    let shared = || store.keep_bytes(any, radiograph_png(), Folder::Radiographs).unwrap();
    let put = |(at, film): (usize, &Film)| {
        let own = film.radiograph.as_ref();
        let own = own.map(|bytes| store.keep_bytes(any, bytes, Folder::Radiographs).unwrap());
        put(&store, at, film, own.unwrap_or_else(shared), by, stamp(at))
    };
    (first..).zip(films).map(put).collect()
}

/// A patient's id is none of a study's.
fn person_id(at: usize) -> PatientId {
    PatientId::from_bytes(((1 << 100) | (at as u128 + 1)).to_be_bytes())
}

fn put(
    store: &Store,
    at: usize,
    film: &Film,
    radiograph: Sha256Digest,
    by: OperatorId,
    now: Stamp,
) -> String {
    let id = (at as u128 + 1).to_be_bytes();
    let newcomer = person_id(at);
    let patient = NewPatient {
        name: Phi::new(PersonName::parse(&film.name).unwrap()),
        local_id: LocalId::parse(&format!("K-{at}")).map(Phi::new),
        sex: Sex::Female,
        age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
        programmes: vec![],
    };
    let study = StudyId::from_bytes(id);
    let person = match film.of {
        None => Person::SomebodyElse(patient),
        Some(earlier) => Person::Known {
            patient: person_id(earlier),
            told: Told::default(),
            differing: Differing::Ask,
        },
    };
    let registration = Registration { person, indication: film.indication.clone() };
    let new = NewStudy { id: study, newcomer, registration, by, at: now, year: Some(2027) };
    store.register(&new).unwrap();
    let photo = PhotoId::from_bytes(id);
    let mut part = store.new_part(photo, 1).unwrap();
    part.write(&id).unwrap();
    let media_type = "image/jpeg";
    let new = NewPhoto { id: photo, study, by, part, media_type, at: now, photos_max: 9 };
    store.add_photo(&new).unwrap();
    let corner = |x, y| Point::new(x, y);
    let corners = [corner(0.0, 0.0), corner(90.0, 0.0), corner(90.0, 90.0), corner(0.0, 90.0)];
    let row = DigitisedRow {
        radiograph,
        corners: Quad::new(corners).unwrap(),
        orientation: Orientation::default(),
        mirror_doubtful: false,
        age_doubtful: false,
        glare_on_lungs: None,
        grade: Grade::Accepted { remarks: film.remarks.clone() },
    };
    store.digitised(photo, &row, None, now).unwrap();
    store.graded(photo, &row.grade, &[], now).unwrap();
    store.scored(photo, &sheet(film), now).unwrap();
    store.drafted(photo, "draft", now).unwrap();
    format!("/studies/{study}")
}

/// What is said of a film.
pub fn sheet(film: &Film) -> ScoreSheet {
    let model = |id: &str| ModelRef {
        id: id.into(),
        version: "1".into(),
        sha256: Sha256Digest::from_bytes([4; 32]),
    };
    let at = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
    let line = |finding, evidence, score| ScoreLine::new(finding, evidence, at(score), threshold);
    let mut lines = vec![
        line(Finding::Abnormal, Evidence::Assessed, film.scores[1]),
        line(Finding::Effusion, Evidence::Hint, 0.2),
    ];
    let mut not_assessed = vec![(Finding::Mass, NotAssessed::NotInModel)];
    if film.scored_for_age {
        lines.push(line(Finding::Tuberculosis, Evidence::Assessed, film.scores[0]));
    } else {
        let min = AgeYears::new(15).unwrap();
        not_assessed.push((Finding::Tuberculosis, NotAssessed::AgeUnknown { min }));
    }
    let cells = vec![Cell::Clear(Lung::Right), Cell::Clear(Lung::Left)];
    ScoreSheet {
        model: model("findings"),
        backend: Backend::Tract,
        preprocessing: PREPROCESSING_VERSION,
        lines,
        not_assessed,
        lungs: Some(LungReading {
            model: model("lungs"),
            fields: LungFields::new(2, 1, cells).unwrap(),
            repeat_error: RepeatError::new(2.0, 0.1).unwrap(),
        }),
    }
}

/// A drawn radiograph at the size that the box stores, made once for all tests.
fn radiograph_png() -> &'static [u8] {
    static DRAWN: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    DRAWN.get_or_init(|| {
        let half = phantom::radiograph(Shot { width: 800, height: 950, ..Shot::default() });
        let film = image::imageops::resize(&half, 1600, 1900, FilterType::Triangle);
        let mut bytes = std::io::Cursor::new(Vec::new());
        film.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    })
}
