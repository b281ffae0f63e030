//! `fieldray bench --patients N`: how long patients are looked for, and those alike, among N others in a
//! real database in a folder of its own, which is removed again.

use std::path::PathBuf;

use crate::app::clock::{Stopwatch, SystemClock};
use crate::cmd::stats::quantile;
use crate::cmd::{CommandError, say};
use crate::domain::ids::{OperatorId, PatientId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use crate::domain::registration::{Person, Registration};
use crate::domain::stamp::{Clock as _, Stamp};
use crate::store::{NewStudy, Store, StoreError};

/// First names: common ones, so that a search meets many.
const FIRST: [&str; 24] = [
    "Asha",
    "Sunita",
    "Rekha",
    "Budhni",
    "Mira",
    "Lakshmi",
    "Anita",
    "Phulmani",
    "Sita",
    "Kamala",
    "Ravi",
    "Bikash",
    "Birsa",
    "Suresh",
    "Manoj",
    "Jogesh",
    "Krishna",
    "Ramesh",
    "Dinesh",
    "Mangra",
    "আশা",
    "सुनीता",
    "ଲକ୍ଷ୍ମୀ",
    "कृष्ण",
];
/// Last names: one in six is the commonest.
const LAST: [&str; 18] = [
    "Devi",
    "Kumar",
    "Munda",
    "Oraon",
    "Tudu",
    "Hansda",
    "Kujur",
    "Das",
    "Biswas",
    "Barman",
    "Sah",
    "Mahto",
    "Toppo",
    "Lakra",
    "देवी",
    "দেবী",
    "Devi",
    "Kumari",
];
/// What is typed: the name of a test's row, and the text.
const ASKED: [(&str, &str); 8] = [
    ("first and last name", "asha devi"),
    ("another script", "आशा देवी"),
    ("a common last name", "devi"),
    ("one letter", "a"),
    ("mistyped", "sunta oraon"),
    ("nobody", "Zebulon Quimby"),
    ("number of the clinic", "OPD-4711/26"),
    ("number of a study", "4711"),
];
/// Searches of each kind.
const TIMES: u32 = 20;

/// A folder that goes away with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is only space.
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

/// Times searches among `count` patients.
pub(super) fn run(count: u32) -> Result<(), CommandError> {
    let now = SystemClock.now();
    let folder =
        Folder(std::env::temp_dir().join(format!("fieldray-bench-{}", std::process::id())));
    let failed = |error: StoreError| CommandError::Usage(format!("the trial database: {error}"));
    let store = Store::open(&folder.0, now).map_err(failed)?;
    for number in 0..count {
        store.register(&study(number, now, Person::SomebodyElse)?).map_err(failed)?;
    }
    say(&format!("among {count} patients; milliseconds"))?;
    say("search                   median      p95    found")?;
    for (what, text) in ASKED {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..TIMES {
            let watch = Stopwatch::start();
            found = store.search_patients(text).map_err(failed)?.hits.len();
            times.push(watch.ms());
        }
        row(what, times, &found.to_string())?;
    }
    let mut times = Vec::new();
    for number in 0..TIMES {
        let new = study(count + number, now, Person::New)?;
        let watch = Stopwatch::start();
        store.register(&new).map_err(failed)?;
        times.push(watch.ms());
    }
    row("registering, those alike", times, "")
}

fn row(what: &str, mut times: Vec<f64>, found: &str) -> Result<(), CommandError> {
    times.sort_by(f64::total_cmp);
    let at = |share| quantile(&times, share).unwrap_or(f64::NAN);
    say(&format!("{what:24} {:6.1} {:8.1} {found:>8}", at(0.5), at(0.95)))
}

/// The study of a made-up patient.
fn study(
    number: u32,
    at: Stamp,
    person: fn(NewPatient) -> Person,
) -> Result<NewStudy, CommandError> {
    let pick = |names: &[&'static str], by: u32| {
        let at = usize::try_from(number / by).unwrap_or(0) % names.len();
        names.get(at).copied().unwrap_or_default()
    };
    let first = u32::try_from(FIRST.len()).unwrap_or(1);
    let name = format!("{} {}", pick(&FIRST, 1), pick(&LAST, first));
    let wrong = || CommandError::Usage("a made-up patient is not one".to_owned());
    let years = u8::try_from(number % 90).ok().and_then(AgeYears::new);
    let patient = NewPatient {
        name: PersonName::parse(&name).map(Phi::new).ok_or_else(wrong)?,
        local_id: LocalId::parse(&format!("OPD-{number}/26")).map(Phi::new),
        sex: if number.is_multiple_of(2) { Sex::Female } else { Sex::Male },
        age: AgeEvidence::Told(years.ok_or_else(wrong)?),
        programmes: Vec::new(),
    };
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let registration = Registration { person: person(patient), indication: Indication::default() };
    let by = OperatorId::from_bytes([0; 16]);
    let newcomer = PatientId::from_bytes(id);
    Ok(NewStudy { id: StudyId::from_bytes(id), newcomer, registration, by, at, year: Some(2026) })
}
