//! Rows of why films were taken.

use rusqlite::{Connection, Transaction};

use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, StudyId};
use crate::domain::indication::{HivStatus, Indication, PastTb, Reason, Symptom};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::readings::show_in_force;
use crate::store::sql::{parsed, parsed_option};
use crate::store::studies::{Event, append_event, study_state};

impl Store {
    /// Keeps another indication of a study. The reading stays; urgency and what is said about it follow.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], [`Fault::StudyClosed`], or when the database fails.
    pub fn indicate(
        &self,
        study: StudyId,
        indication: &Indication,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let state = study_state(tx, study)?.ok_or(Fault::StudyUnknown)?;
            if !state.is_open() {
                return Err(Fault::StudyClosed.into());
            }
            if self::indication(tx, study)? == *indication {
                return Ok(());
            }
            insert_indication(tx, study, indication)?;
            let kind = "indication_changed";
            let event = Event { study, photo: None, by: Some(by), kind, detail: "", at };
            append_event(tx, &event)?;
            show_in_force(tx, study, at)
        })
    }
}

/// Why the film of a study was taken.
pub(super) fn indication(db: &Connection, study: StudyId) -> Result<Indication, StoreError> {
    let mut select = db.prepare_cached("select * from indication where study_id = ?1")?;
    let mut rows = select.query([study.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(Indication::default()) };
    let symptoms = parsed(row, "symptoms", |text| {
        text.split(',').filter(|code| !code.is_empty()).map(Symptom::parse).collect()
    })?;
    Ok(Indication::new(
        parsed_option(row, "reason", Reason::parse)?,
        symptoms,
        parsed(row, "past_tb", PastTb::parse)?,
        parsed(row, "hiv", HivStatus::parse)?,
    ))
}

/// Writes why a film is taken, in place of what was written before.
pub(super) fn insert_indication(
    tx: &Transaction<'_>,
    study: StudyId,
    indication: &Indication,
) -> Result<(), StoreError> {
    let symptoms: Vec<_> = indication.symptoms().iter().map(|symptom| symptom.code()).collect();
    tx.execute(
        "insert or replace into indication (study_id, reason, symptoms, past_tb, hiv) \
         values (?1, ?2, ?3, ?4, ?5)",
        (
            study.as_bytes(),
            indication.reason.map(Reason::code),
            symptoms.join(","),
            indication.past_tb.code(),
            indication.hiv.reveal().code(),
        ),
    )?;
    Ok(())
}
