//! Earlier studies of the same patient.

use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::prior::Prior;
use crate::domain::study::StudyState;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{parsed, stamp, study_id};

/// Earlier films that a page offers.
const PRIORS_MAX: u32 = 6;

impl Store {
    /// Earlier studies with a reading of the patient whose study this is, newest first: those under
    /// the same patient or the same number of the clinic.
    ///
    /// # Errors
    /// When the database fails.
    pub fn priors(&self, study: StudyId) -> Result<Vec<Prior>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select other.id as study_id, other.number, other.state, other.registered_ms, \
                   other.registered_trust \
                 from study as this join patient as mine on mine.id = this.patient_id \
                 join study as other on other.number < this.number \
                 join patient as theirs on theirs.id = other.patient_id \
                 where this.id = ?1 and other.state in ('reported', 'signed') \
                   and (theirs.id = mine.id or theirs.local_key = mine.local_key) \
                 order by other.number desc limit ?2",
            )?;
            let mut rows = select.query((study.as_bytes(), PRIORS_MAX))?;
            let mut priors = Vec::new();
            while let Some(row) = rows.next()? {
                priors.push(Prior {
                    study: study_id(row, "study_id")?,
                    number: StudyNumber(row.get("number")?),
                    state: parsed(row, "state", StudyState::parse)?,
                    registered: stamp(row, "registered_ms", "registered_trust")?,
                });
            }
            Ok(priors)
        })
    }
}
