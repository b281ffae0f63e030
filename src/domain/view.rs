//! What the use cases answer with: whole values for a page or a command, no rows and no handles.
//!
//! Here, because the store fills them and the pages show them, and neither may know the other.

use crate::domain::acceleration::Acceleration;
use crate::domain::alert::delivery::UndeliveredCounts;
use crate::domain::certificate::BroughtCertificate;
use crate::domain::condition::{Heat, Storage};
use crate::domain::correction::Outline;
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::film::Orientation;
use crate::domain::finding::{Call, Finding, Score};
use crate::domain::ids::{PhotoId, StudyId, StudyNumber};
use crate::domain::indication::{Indication, Reason};
use crate::domain::lungs::Percent;
use crate::domain::patient::{FoundBy, FoundPatient, Patient};
use crate::domain::people::{AgeYears, PersonName};
use crate::domain::programme_id::ProgrammeId;
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{ScoreSheet, Urgency};
use crate::domain::repeat::Repeat;
use crate::domain::report::Draft;
use crate::domain::same_film::SameFilm;
use crate::domain::signing::{Basis, BrokenChain, Edits, SignedVersion};
use crate::domain::stamp::Stamp;
use crate::domain::study::{PhotoState, StudyState};
use crate::domain::sync::amendment::KeptAmendment;
use crate::domain::sync::review::KeptReview;
use crate::domain::worklist::Place;

/// One line of the worklist.
#[derive(Clone, Debug)]
pub struct WorklistRow {
    /// Study.
    pub id: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Where it stands.
    pub state: StudyState,
    /// How soon a person should look; `None` while there is no reading.
    pub urgency: Option<Urgency>,
    /// Whose film it is.
    pub patient: Patient,
    /// When it was registered.
    pub registered: Stamp,
    /// The assessed finding that matters most, with its call.
    pub headline: Option<(Finding, Score, Call)>,
    /// Where it stands in the list.
    pub place: Place,
}

/// One page of the worklist.
#[derive(Clone, Debug)]
pub struct Worklist {
    /// Rows in order: what needs a person first.
    pub rows: Vec<WorklistRow>,
    /// How many studies each filter would show.
    pub counts: WorklistCounts,
    /// Where to go on backwards and forwards; `None`: nothing is there.
    pub turn: (Option<Place>, Option<Place>),
}

/// How many studies a filter would show, with the others as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorklistCounts {
    /// In each state.
    pub states: Vec<(StudyState, u64)>,
    /// Of each urgency.
    pub urgencies: Vec<(Urgency, u64)>,
    /// Registered on any day, today, and in the last seven days.
    pub days: [u64; 3],
    /// Films to be taken again, whatever else is chosen.
    pub retake: u64,
    /// Films that wait for a physician, whatever else is chosen.
    pub physician: u64,
}

/// Everything a study's page shows.
#[derive(Clone, Debug)]
pub struct StudyView {
    /// Study.
    pub id: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Where it stands.
    pub state: StudyState,
    /// How soon a person should look; `None` while there is no reading.
    pub urgency: Option<Urgency>,
    /// Whose film it is.
    pub patient: Patient,
    /// Why the film was taken. Holds the HIV status: pages show that to physicians only.
    pub indication: Indication,
    /// When it was registered.
    pub registered: Stamp,
    /// Its photos, oldest first.
    pub photos: Vec<PhotoView>,
    /// Studies with a film that looks the same as one of this study.
    pub same_films: Vec<SameFilm>,
    /// The reading in force, as [`crate::domain::repeat::in_force`] chooses it.
    pub reading: Option<ReadingView>,
    /// The photo with fewer, milder remarks, where several were read and one stands out.
    pub better: Option<PhotoId>,
    /// How the readings of its photos compare, where there are several.
    pub repeat: Option<Repeat>,
    /// The remark for which a second photo is worth taking.
    pub worth_repeating: Option<QualityIssue>,
    /// Grows with everything that happens to the study; a page compares it to know that it is old.
    pub version: i64,
}

/// One photo of a study.
#[derive(Clone, Debug)]
pub struct PhotoView {
    /// Photo.
    pub id: PhotoId,
    /// When it was safely stored.
    pub received: Stamp,
    /// Where it stands.
    pub state: PhotoState,
    /// Why it was refused, most important first; empty unless refused.
    pub issues: Vec<QualityIssue>,
    /// Why it is held; `None` unless held.
    pub fault: Option<Fault>,
    /// A person has said how the film lies in it.
    pub corrected: bool,
    /// Whether a rectified radiograph is stored for it.
    pub has_radiograph: bool,
}

/// What the box says about the study.
#[derive(Clone, Debug)]
pub struct ReadingView {
    /// The photo that was read.
    pub photo: PhotoId,
    /// The scores.
    pub sheet: ScoreSheet,
    /// Remarks on the photo that did not stop the reading.
    pub remarks: Vec<QualityIssue>,
    /// Share of both lungs under reflections, where it was measured.
    pub glare_on_lungs: Option<Percent>,
    /// How the film lay in the photo.
    pub orientation: Orientation,
    /// The technician should check the side marker.
    pub mirror_doubtful: bool,
    /// The film looks like a small child's, but the patient is older: is it this patient's film?
    pub age_doubtful: bool,
    /// The pre-filled report, as sentences that any language can say.
    pub draft: Draft,
}

/// What a physician has written about a study and not signed yet.
#[derive(Clone, Debug)]
pub struct ReportDraft {
    /// Counts saves, from 1.
    pub revision: u32,
    /// The radiograph that was looked at.
    pub radiograph: Sha256Digest,
    /// What was written.
    pub edits: Edits,
    /// Who saved it last.
    pub saved_by: PersonName,
    /// When.
    pub saved: Stamp,
}

/// A study's report as its page shows it.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// The study.
    pub study: StudyView,
    /// What a report can be written on; `None` without a reading.
    pub basis: Option<Basis>,
    /// What is written so far.
    pub draft: Option<ReportDraft>,
    /// Signed versions, oldest first.
    pub versions: Vec<SignedVersion>,
    /// Whether the chain of versions holds.
    pub chain: Result<(), BrokenChain>,
    /// Second opinions from the portal, oldest first.
    pub reviews: Vec<KeptReview>,
    /// Amendments that the portal proposes, oldest first.
    pub amendments: Vec<KeptAmendment>,
    /// The portal sees more than the box, and nobody has looked at it since.
    pub review_alarm: bool,
}

/// One unsigned report in the review.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Study.
    pub id: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Whose film it is.
    pub patient: Patient,
    /// How soon a person should look.
    pub urgency: Option<Urgency>,
    /// The assessed finding that matters most, with its call.
    pub headline: Option<(Finding, Score, Call)>,
    /// When it was registered.
    pub registered: Stamp,
    /// The photo whose reading is in force.
    pub photo: Option<PhotoId>,
    /// Hints above their thresholds.
    pub hints: Vec<Finding>,
    /// Whether it may be signed together with others now.
    pub fit: bool,
    /// The batch that it was drawn into.
    pub batch: Option<i64>,
    /// Whether chance took it out of that batch, to be read by itself.
    pub sampled: bool,
}

/// Unsigned reports.
#[derive(Clone, Debug, Default)]
pub struct ReviewQueue {
    /// The most urgent first.
    pub rows: Vec<ReviewRow>,
    /// Number of all unsigned reports, shown or not.
    pub unsigned: u64,
    /// Number of films that may be signed together and are in no batch yet, at most one batch of them.
    pub undrawn: u64,
}

/// Where an unsigned report stands among all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    /// Its place, from 1.
    pub at: u64,
    /// Number of all unsigned reports.
    pub of: u64,
    /// The report before it.
    pub previous: Option<StudyId>,
    /// The report after it.
    pub next: Option<StudyId>,
}

/// Films for one signature.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number.
    pub seq: i64,
    /// When it was drawn.
    pub drawn: Stamp,
    /// Its films in order of registration, those taken out by chance too.
    pub members: Vec<BatchMember>,
}

impl Batch {
    /// Whether every film that chance took out was signed by itself, or has left the batch's reach.
    #[must_use]
    pub fn sample_read(&self) -> bool {
        let mut sampled = self.members.iter().filter(|member| member.row.sampled);
        sampled.all(|member| matches!(member.state, StudyState::Signed | StudyState::Voided))
    }
}

impl BatchMember {
    /// Whether it may be signed together with the others now.
    #[must_use]
    pub fn may_be_signed(&self) -> bool {
        !self.row.sampled && self.row.fit && self.state == StudyState::Reported
    }
}

/// One film of a batch.
#[derive(Clone, Debug)]
pub struct BatchMember {
    /// The study as the review shows it.
    pub row: ReviewRow,
    /// Where the study stands now.
    pub state: StudyState,
    /// Number of its last event.
    pub version: i64,
}

/// What a search for patients found.
#[derive(Clone, Debug, Default)]
pub struct PatientSearch {
    /// Patients with what they were found by, the best first.
    pub hits: Vec<(FoundPatient, FoundBy)>,
    /// Whether there are more than those.
    pub more: bool,
    /// What was asked for looks like an id of a box, but is mistyped.
    pub mistyped: bool,
}

/// A patient with everything that was examined.
#[derive(Clone, Debug)]
pub struct PatientView {
    /// Who.
    pub patient: Patient,
    /// Ids of programmes.
    pub programmes: Vec<ProgrammeId>,
    /// All studies, newest first.
    pub studies: Vec<PatientStudy>,
}

/// One study of a patient.
#[derive(Clone, Debug)]
pub struct PatientStudy {
    /// Study.
    pub id: StudyId,
    /// The number that people say.
    pub number: StudyNumber,
    /// Where it stands.
    pub state: StudyState,
    /// How soon a person should look; `None` while there is no reading.
    pub urgency: Option<Urgency>,
    /// Why the film was taken.
    pub reason: Option<Reason>,
    /// When it was registered.
    pub registered: Stamp,
}

/// How a film lies in its photo, to be shown and corrected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilmInPhoto {
    /// Its corners.
    pub outline: Outline,
    /// How it is turned, mirrored and shown.
    pub orientation: Orientation,
    /// Whether somebody or the box has found it; else the corners are only a place to begin.
    pub found: bool,
}

/// A photo that is safely stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedPhoto {
    /// The study that holds it.
    pub study: StudyId,
    /// The photo.
    pub photo: PhotoId,
    /// It was here already: a retry, or the same photo twice.
    pub known: bool,
}

/// The box's own certificate authority, as a phone meets it.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The address that works once the phone trusts the box.
    pub address: String,
    /// The authority's certificate, DER.
    pub certificate: Vec<u8>,
    /// SHA-256 of the certificate.
    pub fingerprint: Sha256Digest,
}

/// How the box is.
#[derive(Clone, Debug)]
pub struct Health {
    /// Version of the program.
    pub version: &'static str,
    /// Back end that runs the networks, or why there is none.
    pub backend: Result<&'static str, String>,
    /// How things stand with the GPU.
    pub acceleration: Acceleration,
    /// Models in use: id, version, digest.
    pub models: Vec<(String, String, String)>,
    /// Chosen model packs that could not be used, each with the reason.
    pub models_passed_over: Vec<String>,
    /// Photos waiting to be read.
    pub waiting: u64,
    /// Studies held for a person.
    pub held: u64,
    /// Free bytes on the disk with the data.
    pub disk_free_bytes: u64,
    /// Whether anything confirmed the clock.
    pub clock_synced: bool,
    /// The board's name.
    pub board: String,
    /// How hot the machine is.
    pub heat: Heat,
    /// Where the data lies.
    pub storage: Storage,
    /// Messages about open alerts that were given up.
    pub undelivered: UndeliveredCounts,
    /// Certificates from elsewhere for pages over HTTPS.
    pub certificates: Vec<BroughtCertificate>,
}

impl Health {
    /// Whether nobody has to do anything, given the free space at which no photo is taken any more.
    #[must_use]
    pub fn is_well(&self, disk_free_bytes_min: u64) -> bool {
        self.backend.is_ok()
            && self.held == 0
            && self.disk_free_bytes >= disk_free_bytes_min.saturating_mul(2)
            && self.heat.is_well()
            && self.storage.is_well()
            && self.undelivered == UndeliveredCounts::default()
    }
}

/// Age as shown, from the evidence and the current year.
#[must_use]
pub fn shown_age(patient: &Patient, year: i32) -> Option<AgeYears> {
    patient.age.at_least(year)
}
