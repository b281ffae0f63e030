//! What a radiologist of the portal needs: which films wait, and everything about one of them.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::StudyId;
use crate::domain::people::Phi;
use crate::domain::reading::Urgency;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::portal::StorageError;
use crate::wire::fhir::read::{Told, ToldReading, ToldReport, ToldStudy};

/// A study on the worklist of the portal.
#[derive(Clone, Debug)]
pub struct WaitingFilm {
    /// Of which box.
    pub box_id: KeyId,
    /// What its site is called.
    pub site: String,
    /// The study.
    pub study: StudyId,
    /// The number that people of the box say.
    pub number: String,
    /// The patient's name.
    pub name: Phi<String>,
    /// How soon a person should look; `None` where the box does not say.
    pub urgency: Option<Urgency>,
    /// A physician of the box has signed.
    pub signed: bool,
    /// When its first record came in.
    pub received: WallMs,
    /// When somebody of the portal read it last.
    pub read: Option<WallMs>,
}

/// Everything about one study as its records tell it.
#[derive(Clone, Debug)]
pub(crate) struct FilmToRead {
    /// What its site is called.
    pub site: String,
    /// Patient and state.
    pub study: ToldStudy,
    /// The reading in force.
    pub reading: ToldReading,
    /// Signed reports of the box, the oldest first.
    pub reports: Vec<ToldReport>,
    /// Whether the radiograph has come.
    pub has_radiograph: bool,
}

/// Bodies of the records that a page needs, as they came.
#[derive(Clone, Debug)]
pub struct FilmRecords {
    /// What the site is called.
    pub site: String,
    /// The newest record that says how the study stands.
    pub state: String,
    /// The record with the reading in force.
    pub reading: String,
    /// Records of signed reports, by number.
    pub reports: Vec<String>,
}

/// Films in a portal's storage.
pub trait FilmStorage {
    /// Films that wait for a radiologist: most urgent first, then by when they came.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn waiting_films(&self) -> Result<Vec<WaitingFilm>, StorageError>;

    /// Films that were read, the last one first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn read_films(&self) -> Result<Vec<WaitingFilm>, StorageError>;

    /// The records of one study with a reading; `None`: there is none.
    ///
    /// # Errors
    /// [`StorageError`].
    fn film(&self, from: KeyId, study: StudyId) -> Result<Option<FilmRecords>, StorageError>;

    /// A radiograph that a box has sent; `None`: it has not come.
    ///
    /// # Errors
    /// [`StorageError`].
    fn radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<Option<Vec<u8>>, StorageError>;

    /// Whether [`FilmStorage::radiograph`] would give it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn has_radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<bool, StorageError>;
}

impl crate::portal::Portal {
    /// Everything about one study; `None`: there is no reading of it.
    pub(crate) fn film(
        &self,
        from: KeyId,
        study: StudyId,
    ) -> Result<Option<FilmToRead>, StorageError> {
        let Some(records) = self.storage().film(from, study)? else { return Ok(None) };
        let corrupt = || StorageError::Corrupt { what: "bundle" };
        let reading = Told::parse(&records.reading).ok_or_else(corrupt)?;
        let state = Told::parse(&records.state).ok_or_else(corrupt)?;
        let told = reading.reading().ok_or_else(corrupt)?;
        let reports = records.reports.iter().filter_map(|body| Told::parse(body)?.report());
        Ok(Some(FilmToRead {
            site: records.site,
            study: state.study().ok_or_else(corrupt)?,
            has_radiograph: self.storage().has_radiograph(from, told.radiograph)?,
            reading: told,
            reports: reports.collect(),
        }))
    }
}
