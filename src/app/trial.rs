//! A new program proves itself: it reads a phantom before anybody relies on it.

use std::sync::atomic::Ordering;

use crate::app::pipeline::{Film, Outcome, Pipeline, untimed};
use crate::app::{App, lightbox, log_store_error, random};
use crate::capture;
use crate::domain::ids::{OperatorId, PatientId, PhotoId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, AgeYears, PersonName, Phi, Sex};
use crate::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use crate::domain::registration::{Person, Registration};
use crate::domain::study::PhotoState;
use crate::infer::{AgeGate, Viewing};
use crate::phantom;
use crate::store::{NewPhoto, NewStudy, StoreError};

/// Steps after which a phantom must have been read: photos that waited in the copy go first.
const STEPS_MAX: u32 = 10_000;

/// Films of the box that a new program reads before it is believed: each takes seconds on a slow board.
const FILMS: u32 = 3;

/// A seed of its own: the store refuses a photo that another study has already.
const SEED: u32 = 7_001;

/// The phantom as a phone would photograph it; small, so that a slow box is quick.
fn photo() -> Vec<u8> {
    let shot = phantom::Shot::default();
    phantom::jpeg(phantom::Shot { width: 900, height: 1200, seed: SEED, ..shot })
}

impl App {
    /// Reads a phantom in memory; the state directory is not touched. Blocks for seconds.
    ///
    /// # Errors
    /// What went wrong, for the log.
    pub fn read_phantom(&self) -> Result<(), String> {
        let networks = self.inner.networks()?;
        let pipeline = Pipeline { networks: &networks, limits: &self.inner.limits };
        let photo = capture::decode(&photo(), &self.inner.limits);
        let photo = photo.map_err(|fault| format!("the phantom is not decoded: {fault}"))?;
        let outcome = pipeline.digitise(photo, Film::InPhoto, &mut untimed);
        let digitised = match outcome.map_err(|error| error.to_string())? {
            Outcome::Digitised(digitised) => digitised,
            Outcome::NoFilm => return Err("no film is found in the phantom".to_owned()),
        };
        let accepted = AcceptedRadiograph::gate(digitised.radiograph, digitised.grade);
        let accepted = accepted.map_err(|_| "the phantom is not accepted".to_owned())?;
        let viewing =
            Viewing { channel: CaptureChannel::Phone, age: AgeGate::Patient(AgeYears::new(40)) };
        match networks.read(&accepted, viewing) {
            Ok(Some(sheet)) if !sheet.lines.is_empty() => Ok(()),
            Ok(_) => Err("the phantom has no scores".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Reads the newest films of this box again, with their studies, and keeps nothing of it: real films
    /// may end a program that reads a phantom. Blocks for seconds.
    ///
    /// # Errors
    /// What went wrong, for the log. A film that is not there any more is no fault of the program.
    pub fn read_newest(&self) -> Result<(), String> {
        let networks = self.inner.networks()?;
        let store = &self.inner.store;
        for (study, film) in store.newest_films(FILMS).map_err(|error| error.to_string())? {
            let view = store.study(study).map_err(|error| error.to_string())?;
            view.ok_or_else(|| "a study is not there".to_owned())?;
            let Some((accepted, viewing)) = lightbox::stored(self, &film) else { continue };
            networks.read(&accepted, viewing).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Takes a phantom the whole way through the store, from registration to the draft. For a copy of
    /// the state directory only: it adds a study.
    ///
    /// # Errors
    /// What went wrong, for the log.
    pub fn read_phantom_through_store(&self) -> Result<(), String> {
        let study = self.add_phantom().map_err(|error| {
            log_store_error(&error);
            error.to_string()
        })?;
        for _step in 0..STEPS_MAX {
            if !self.work_once().map_err(|error| error.to_string())? {
                break;
            }
        }
        let view = self.inner.store.study(study).map_err(|error| error.to_string())?;
        let photos = view.map(|view| view.photos).unwrap_or_default();
        match photos.first().map(|photo| photo.state) {
            Some(PhotoState::Reported) => Ok(()),
            Some(state) => Err(format!("the phantom is {}", state.code())),
            None => Err("the phantom is not there".to_owned()),
        }
    }

    fn add_phantom(&self) -> Result<StudyId, StoreError> {
        let store = &self.inner.store;
        let by = OperatorId::from_bytes(random::bytes()?);
        let corrupt = || StoreError::Corrupt { what: "phantom" };
        let patient = NewPatient {
            name: Phi::new(PersonName::parse("Phantom").ok_or_else(corrupt)?),
            local_id: None,
            sex: Sex::Unknown,
            age: AgeEvidence::Told(AgeYears::new(40).ok_or_else(corrupt)?),
            programmes: Vec::new(),
        };
        // Nobody is there to be asked whether it is somebody who was here before.
        let person = Person::SomebodyElse(patient);
        let study = StudyId::from_bytes(random::bytes()?);
        store.register(&NewStudy {
            id: study,
            newcomer: PatientId::from_bytes(random::bytes()?),
            registration: Registration { person, indication: Indication::default() },
            by,
            at: self.now(),
            year: None,
        })?;
        let id = PhotoId::from_bytes(random::bytes()?);
        let mut part = store.new_part(id, 0)?;
        part.write(&photo())?;
        let (media_type, photos_max) = ("image/jpeg", self.limits().photos_per_study_max);
        let new = NewPhoto { id, study, by, part, media_type, at: self.now(), photos_max };
        store.add_photo(&new)?;
        Ok(study)
    }

    /// The program has proved itself and is believed: work is taken in from now on.
    pub fn end_trial(&self) {
        self.inner.on_trial.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phantom_is_a_photo_that_is_taken_in() {
        let header = capture::inspect(&photo(), &crate::domain::limits::Limits::default()).unwrap();
        assert_eq!(header.format.media_type(), "image/jpeg");
    }
}
