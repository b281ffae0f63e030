//! Between columns and domain values. A value that does not parse is a damaged row, never a default.

use rusqlite::Row;

use crate::domain::box_id::BoxId;
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, PatientId, PhotoId, StudyId};
use crate::domain::patient::Patient;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use crate::domain::quality::QualityIssue;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::store::error::StoreError;

/// Reads a text column through a domain parser.
pub(super) fn parsed<T>(
    row: &Row<'_>,
    column: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let text = row.get_ref(column)?;
    let text = text.as_str().map_err(|_| StoreError::Corrupt { what: column })?;
    parse(text).ok_or(StoreError::Corrupt { what: column })
}

/// Reads a text column that may be null.
pub(super) fn parsed_option<T>(
    row: &Row<'_>,
    column: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| parse(&text).ok_or(StoreError::Corrupt { what: column })).transpose()
}

fn bytes<const N: usize>(row: &Row<'_>, column: &'static str) -> Result<[u8; N], StoreError> {
    Ok(row.get::<_, [u8; N]>(column)?)
}

pub(super) fn study_id(row: &Row<'_>, column: &'static str) -> Result<StudyId, StoreError> {
    bytes(row, column).map(StudyId::from_bytes)
}

pub(super) fn photo_id(row: &Row<'_>, column: &'static str) -> Result<PhotoId, StoreError> {
    bytes(row, column).map(PhotoId::from_bytes)
}

pub(super) fn operator_id(row: &Row<'_>, column: &'static str) -> Result<OperatorId, StoreError> {
    bytes(row, column).map(OperatorId::from_bytes)
}

pub(super) fn patient_id(row: &Row<'_>, column: &'static str) -> Result<PatientId, StoreError> {
    bytes(row, column).map(PatientId::from_bytes)
}

pub(super) fn digest(row: &Row<'_>, column: &'static str) -> Result<Sha256Digest, StoreError> {
    bytes(row, column).map(Sha256Digest::from_bytes)
}

pub(super) fn stamp(
    row: &Row<'_>,
    wall: &'static str,
    trust: &'static str,
) -> Result<Stamp, StoreError> {
    Ok(Stamp { wall: WallMs(row.get(wall)?), trust: parsed(row, trust, ClockTrust::parse)? })
}

/// Reads the columns of a patient that is joined to the row.
pub(super) fn patient(row: &Row<'_>) -> Result<Patient, StoreError> {
    let told: Option<u8> = row.get("age_told")?;
    let birth: Option<i32> = row.get("birth_year")?;
    let age = match (told.map(AgeYears::new), birth) {
        (Some(Some(age)), None) => AgeEvidence::Told(age),
        (None, Some(year)) => AgeEvidence::BirthYear(year),
        _ => return Err(StoreError::Corrupt { what: "age" }),
    };
    Ok(Patient {
        id: patient_id(row, "patient_id")?,
        box_id: Phi::new(parsed(row, "box_id", |text| BoxId::read(text).ok())?),
        name: Phi::new(parsed(row, "name", PersonName::parse)?),
        local_id: parsed_option(row, "local_id", LocalId::parse)?.map(Phi::new),
        sex: parsed(row, "sex", Sex::parse)?,
        age,
    })
}

/// Issue codes with commas.
pub(super) fn issues_text(issues: &[QualityIssue]) -> String {
    issues.iter().map(|issue| issue.code()).collect::<Vec<_>>().join(",")
}

/// Reads [`issues_text`].
pub(super) fn issues(row: &Row<'_>, column: &'static str) -> Result<Vec<QualityIssue>, StoreError> {
    parsed(row, column, |text| {
        text.split(',').filter(|code| !code.is_empty()).map(QualityIssue::parse).collect()
    })
}

pub(super) fn fault(row: &Row<'_>, column: &'static str) -> Result<Option<Fault>, StoreError> {
    parsed_option(row, column, Fault::parse)
}
