//! A clinic of many studies, put into a state directory by the program's own code: registered, refused,
//! held, read by the real networks once, signed by a physician, followed up. The box must not run
//! meanwhile.

use std::path::Path;
use std::sync::Arc;

use fieldray::alert::ChannelSettings;
use fieldray::app::clock::SystemClock;
use fieldray::app::config::{Config, PageSettings};
use fieldray::app::pipeline::{Digitised, Film, Outcome, Pipeline, png_grey, untimed};
use fieldray::app::{App, Parts, ReportSettings, ToSign, begun};
use fieldray::board::Kernel;
use fieldray::capture;
use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::fault::Fault;
use fieldray::domain::finding::{Finding, Score};
use fieldray::domain::fingerprint::{DETAIL_PIXELS, Detail, Fingerprint, Signature};
use fieldray::domain::followup::Outcome as Ended;
use fieldray::domain::geometry::Quad;
use fieldray::domain::ids::{OperatorId, PatientId, PhotoId, StudyId};
use fieldray::domain::indication::Indication;
use fieldray::domain::limits::Limits;
use fieldray::domain::lungs::Extent;
use fieldray::domain::patient::NewPatient;
use fieldray::domain::people::{
    AgeEvidence, AgeYears, LocalId, Operator, PersonName, Phi, Role, Sex,
};
use fieldray::domain::quality::{Grade, QualityIssue};
use fieldray::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use fieldray::domain::reading::ScoreSheet;
use fieldray::domain::registration::{Person, Registration};
use fieldray::domain::signing::{FreeText, Opinion};
use fieldray::domain::stamp::{Clock as _, ClockTrust, Stamp, WallMs};
use fieldray::domain::study::PhotoEvent;
use fieldray::infer::{AgeGate, Networks, Viewing};
use fieldray::locale::Locale;
use fieldray::store::{DigitisedRow, Folder, NewPhoto, NewStudy, Store};

use crate::phantom::{self, Shot};

/// Studies of a day. The clinic has as many days as its studies need.
const A_DAY: usize = 170;
/// One study in so many has not been signed yet: the newest ones.
const UNSIGNED: usize = 16;

/// What a study has come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lot {
    NoPhoto,
    Retake,
    Held,
    Read(Kind),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Urgent,
    Soon,
    Routine,
}

/// What was put in.
pub struct Filled {
    /// Addresses of all studies, oldest first.
    pub studies: Vec<String>,
    /// Those that wait for a signature.
    pub unsigned: Vec<String>,
    /// Photos that have a radiograph: study and photo in an address.
    pub films: Vec<String>,
}

/// Everything that all films share.
struct Pattern {
    store: Store,
    radiograph: Sha256Digest,
    corners: Quad,
    sheet: ScoreSheet,
    technician: OperatorId,
    now: Stamp,
}

/// Puts studies in: the newest are unsigned, the others are signed by a physician who is there already.
pub async fn fill(state: &Path, count: usize) -> Filled {
    let now = SystemClock.now();
    let store = Store::open(state, now).unwrap();
    let people: Vec<Operator> =
        store.accounts().unwrap().into_iter().map(|account| account.operator).collect();
    let physician = people.iter().find(|one| one.role == Role::Physician).unwrap().clone();
    let technician = people.iter().find(|one| one.role == Role::Technician).unwrap();
    let pattern = pattern(store.clone(), technician.id, now);
    let app = app(store);
    let mut filled = Filled { studies: vec![], unsigned: vec![], films: vec![] };
    let open = (count / UNSIGNED).max(20);
    for n in 0..count {
        let lot = lot(n, n + open >= count);
        let (study, photo) = pattern.put(n, lot, count);
        let address = format!("/studies/{study}");
        if let Lot::Read(kind) = lot {
            filled.films.push(format!("{address}/photos/{photo}"));
            if n + open < count {
                sign(&app, &physician, study, kind).await;
                pattern.follow_up(study, n, kind);
            } else {
                filled.unsigned.push(address.clone());
            }
        }
        filled.studies.push(address);
    }
    filled
}

fn lot(n: usize, unsigned: bool) -> Lot {
    match n % 40 {
        0 if unsigned => Lot::NoPhoto,
        1 | 2 if unsigned => Lot::Retake,
        3 if unsigned => Lot::Held,
        4 | 5 => Lot::Read(Kind::Urgent),
        6..=13 => Lot::Read(Kind::Soon),
        _ => Lot::Read(Kind::Routine),
    }
}

fn app(store: Store) -> App {
    App::new(Parts {
        store,
        clock: Arc::new(SystemClock),
        limits: Limits::default(),
        utc_offset_minutes: 0,
        networks: Err("nothing is read here".to_owned()),
        models_passed_over: vec![],
        pages: PageSettings::default(),
        reports: ReportSettings::default(),
        channels: ChannelSettings::default(),
        link_base: None,
        kernel: Kernel::default(),
        board: String::new(),
        doorstep: Config::default().doorstep,
        https: None,
        runtime_dir: None,
        setup_code: None,
        portal: None,
        pacs: None,
        fhir: None,
        connections: fieldray::app::config::Connections::default(),
        updates: fieldray::app::UpdatePlace::default(),
        on_trial: false,
        support: fieldray::app::SupportSettings::default(),
        models: fieldray::app::ModelSettings::default(),
    })
    .unwrap()
}

/// A film that the real networks read, so that rows are as large as they are in a clinic.
fn pattern(store: Store, technician: OperatorId, now: Stamp) -> Pattern {
    let networks = Networks::embedded().unwrap();
    let limits = Limits::default();
    let photo = capture::decode(&phantom::jpeg(Shot::default()), &limits).unwrap();
    let pipeline = Pipeline { networks: &networks, limits: &limits };
    let outcome = pipeline.digitise(photo, Film::InPhoto, &mut untimed).unwrap();
    let Outcome::Digitised(Digitised { radiograph, corners, grade, .. }) = outcome else {
        unreachable!("the phantom has a film");
    };
    let png = png_grey(&radiograph).unwrap();
    let accepted = AcceptedRadiograph::gate(radiograph, grade);
    let age = AgeGate::Patient(AgeYears::new(44));
    let viewing = Viewing { channel: CaptureChannel::Phone, age };
    let sheet = networks.read(&accepted.expect("a good film"), viewing).unwrap().unwrap();
    let any = PhotoId::from_bytes([7; 16]);
    let radiograph = store.keep_bytes(any, &png, Folder::Radiographs).unwrap();
    Pattern { store, radiograph, corners: corners.unwrap(), sheet, technician, now }
}

impl Pattern {
    fn put(&self, n: usize, lot: Lot, count: usize) -> (StudyId, PhotoId) {
        let id = (n as u128 + 1).to_be_bytes();
        let (study, photo) = (StudyId::from_bytes(id), PhotoId::from_bytes(id));
        let day_ms = 24 * 60 * 60 * 1000;
        let ago = i64::try_from((count - 1 - n) * day_ms / A_DAY).unwrap();
        let at = Stamp { wall: WallMs(self.now.wall.0 - ago), trust: ClockTrust::Synced };
        let names = ["Asha Devi", "Ravi Kumar", "Sita Munda", "Budhni Oraon", "Karan Singh"];
        let patient = NewPatient {
            name: Phi::new(PersonName::parse(&format!("{} {n}", names[n % 5])).unwrap()),
            // Every twelfth patient was here before.
            local_id: LocalId::parse(&format!("K-{}", n - n % 12 / 11)).map(Phi::new),
            sex: if n.is_multiple_of(2) { Sex::Female } else { Sex::Male },
            age: AgeEvidence::Told(AgeYears::new(20 + (n % 60) as u8).unwrap()),
            programmes: vec![],
        };
        let by = self.technician;
        let somebody = Person::SomebodyElse(patient);
        let registration = Registration { person: somebody, indication: Indication::default() };
        let newcomer = PatientId::from_bytes(id);
        let new = NewStudy { id: study, newcomer, registration, by, at, year: None };
        self.store.register(&new).unwrap();
        if lot == Lot::NoPhoto {
            return (study, photo);
        }
        let mut part = self.store.new_part(photo, 1).unwrap();
        part.write(&id).unwrap();
        let media_type = "image/jpeg";
        let new = NewPhoto { id: photo, study, by, part, media_type, at, photos_max: 9 };
        self.store.add_photo(&new).unwrap();
        match lot {
            Lot::NoPhoto => {}
            Lot::Retake => {
                let event = PhotoEvent::Refused { issues: vec![QualityIssue::Blur] };
                self.store.refuse_photo(photo, &event, at).unwrap();
            }
            Lot::Held => self.store.hold_photo(photo, Fault::StepFailed, at).unwrap(),
            Lot::Read(kind) => self.read(photo, n, kind, at),
        }
        (study, photo)
    }

    fn read(&self, photo: PhotoId, n: usize, kind: Kind, at: Stamp) {
        let row = DigitisedRow {
            radiograph: self.radiograph,
            corners: self.corners,
            orientation: fieldray::domain::film::Orientation::default(),
            mirror_doubtful: false,
            age_doubtful: false,
            glare_on_lungs: None,
            grade: Grade::Accepted { remarks: vec![] },
        };
        self.store.digitised(photo, &row, Some(&fingerprint(n)), at).unwrap();
        self.store.graded(photo, &row.grade, &[], at).unwrap();
        self.store.scored(photo, &self.scored(kind), at).unwrap();
        self.store.drafted(photo, "draft", at).unwrap();
    }

    /// The pattern's sheet with the scores that the kind asks for.
    fn scored(&self, kind: Kind) -> ScoreSheet {
        let mut sheet = self.sheet.clone();
        for line in &mut sheet.lines {
            let above = matches!(
                (kind, line.finding),
                (Kind::Urgent, Finding::Tuberculosis | Finding::Abnormal)
                    | (Kind::Soon, Finding::Abnormal)
            );
            let (low, high) = line.threshold.band();
            let value = if above { f32::midpoint(high.value(), 1.0) } else { low.value() / 2.0 };
            line.score = Score::new(value).unwrap();
            line.call = line.threshold.call(line.score);
        }
        sheet
    }

    /// Most suspicions are settled; some wait.
    fn follow_up(&self, study: StudyId, n: usize, kind: Kind) {
        if kind == Kind::Urgent && !n.is_multiple_of(5) {
            let (by, at) = (self.technician, self.now);
            self.store.record_outcome(study, Ended::TuberculosisConfirmed, by, at).unwrap();
        }
    }
}

/// A film that looks like no other.
fn fingerprint(n: usize) -> Fingerprint {
    let mut state = n as u64 + 1;
    let mut chance = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ (mixed >> 27)
    };
    let signature = Signature {
        lungs: std::array::from_fn(|_| chance()),
        film: std::array::from_fn(|_| chance()),
    };
    let pixels = (0..DETAIL_PIXELS).map(|_| (chance() >> 56) as u8).collect();
    let lungs = Extent::new(0.1, 0.1, 0.9, 0.8).unwrap();
    Fingerprint { signature, detail: Detail::new(lungs, pixels).unwrap() }
}

async fn sign(app: &App, physician: &Operator, study: StudyId, kind: Kind) {
    let view = app.report(study).await.unwrap();
    let mut edits = begun(&view, app.report_settings(), Locale::english());
    let seen: &[Finding] = match kind {
        Kind::Urgent => &[Finding::Tuberculosis, Finding::Abnormal],
        Kind::Soon => &[Finding::Abnormal],
        Kind::Routine => &[],
    };
    edits.opinions = seen.iter().map(|finding| (*finding, Opinion::Seen)).collect();
    let study_version = view.study.version;
    let reason = FreeText::default();
    let (language, proposal) = ("en", None);
    let to_sign = ToSign { study, study_version, language, edits, reason, proposal };
    app.sign_report(physician, to_sign).await.unwrap();
}
