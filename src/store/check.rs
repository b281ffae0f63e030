//! Verifies the store's invariants; what `fieldray check` reports.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::StudyId;
use crate::domain::report_text;
use crate::domain::signing::{BrokenChain, verify_chain};
use crate::domain::study::{StudyEvent, StudyState};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::files::Folder;
use crate::store::reports::{signed_hashes, versions};
use crate::store::sql::{digest, study_id};
use crate::store::studies::{photo_states, study_state};

/// What a check looked at and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Studies looked at.
    pub studies: u64,
    /// Stored files looked at.
    pub files: u64,
    /// What is wrong; empty when all invariants hold.
    pub problems: Vec<Problem>,
}

/// A broken invariant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// SQLite's own check failed.
    #[error("the database file is damaged: {0}")]
    Database(String),
    /// A row names a file that is not there.
    #[error("{folder}/{digest} is missing")]
    FileMissing {
        /// Folder.
        folder: &'static str,
        /// Name.
        digest: Sha256Digest,
    },
    /// A file's bytes are not the ones that were stored.
    #[error("{folder}/{digest} is damaged")]
    FileDamaged {
        /// Folder.
        folder: &'static str,
        /// Name.
        digest: Sha256Digest,
    },
    /// A file that no row names.
    #[error("{folder}/{name} belongs to no photo")]
    FileUnknown {
        /// Folder.
        folder: &'static str,
        /// Name.
        name: String,
    },
    /// A study's state is not what its photos amount to.
    #[error("study {0} is in another state than its photos say")]
    StudyState(StudyId),
    /// A study without a trace of how it came to be.
    #[error("study {0} has no events or a version that no event has")]
    StudyEvents(StudyId),
    /// A signed report whose versions do not hold together.
    #[error("the signed report of study {study}: {broken}")]
    ReportChain {
        /// The study.
        study: StudyId,
        /// What is wrong.
        broken: BrokenChain,
    },
    /// Signed versions and the audit trail tell different stories.
    #[error("the signed report of study {0} is not the one that the audit trail has")]
    ReportTrail(StudyId),
    /// A reported photo without a reading.
    #[error("{0} photos are reported without a reading")]
    ReadingMissing(u64),
    /// Readings and signed versions that no row brings to a PACS.
    #[error("{0} readings and signed reports are missing among what goes to a PACS")]
    PacsRowMissing(u64),
    /// What happened to studies that no row brings to a FHIR server.
    #[error("{0} studies and signed reports are missing among what goes to a FHIR server")]
    FhirRowMissing(u64),
    /// Alerts that no record brings to a portal.
    #[error("{0} alerts are missing among what goes to the portal")]
    AlertRecordMissing(u64),
    /// Records that count as sent without the portal's receipt.
    #[error("{0} records count as sent without a receipt")]
    ReceiptMissing(u64),
}

impl Store {
    /// Verifies every invariant; with `deep` the digests of all files are computed too.
    ///
    /// # Errors
    /// When the check itself cannot go on.
    pub fn check(&self, deep: bool) -> Result<CheckReport, StoreError> {
        let mut report = CheckReport::default();
        self.check_database(&mut report)?;
        self.check_files(deep, &mut report)?;
        self.check_studies(&mut report)?;
        Ok(report)
    }

    /// Every file that a row names.
    pub(super) fn known_files(&self) -> Result<HashSet<(Folder, Sha256Digest)>, StoreError> {
        Ok(self.named_files()?.into_iter().map(|(folder, digest, _)| (folder, digest)).collect())
    }

    fn named_files(&self) -> Result<Vec<(Folder, Sha256Digest, Option<u64>)>, StoreError> {
        self.read(|db| {
            let mut named = Vec::new();
            let mut select = db.prepare("select digest, size_bytes from photo")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                named.push((Folder::Photos, digest(row, "digest")?, Some(row.get("size_bytes")?)));
            }
            let mut select = db.prepare(
                "select radiograph from digitised union \
                 select replaced_radiograph from correction where replaced_radiograph is not null",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                named.push((Folder::Radiographs, digest(row, "radiograph")?, None));
            }
            Ok(named)
        })
    }

    fn check_database(&self, report: &mut CheckReport) -> Result<(), StoreError> {
        self.read(|db| {
            let answer: String = db.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
            if answer != "ok" {
                report.problems.push(Problem::Database(answer));
            }
            let mut foreign = db.prepare("pragma foreign_key_check")?;
            if foreign.exists([])? {
                report.problems.push(Problem::Database("a reference leads nowhere".to_owned()));
            }
            let missing = "select count(*) from photo left join reading on photo_id = id \
                           where state = 'reported' and (report is null or photo_id is null)";
            match db.query_row(missing, [], |row| row.get(0))? {
                0 => {}
                count => report.problems.push(Problem::ReadingMissing(count)),
            }
            let unproven = "select count(*) from sync_record where done = 1 and not exists \
                            (select 1 from sync_receipt where sync_receipt.seq = sync_record.seq \
                             and sync_receipt.hash = sync_record.hash)";
            match db.query_row(unproven, [], |row| row.get(0))? {
                0 => {}
                count => report.problems.push(Problem::ReceiptMissing(count)),
            }
            let untold = "select count(*) from (select number from alert except \
                          select part from sync_record where kind = 'alert')";
            match db.query_row(untold, [], |row| row.get(0))? {
                0 => {}
                count => report.problems.push(Problem::AlertRecordMissing(count)),
            }
            let unqueued = "select \
                (select count(*) from study, (select 'film' as kind union all select 'reading') as made \
                  where reading_photo_id is not null and state <> 'voided' and not exists \
                    (select 1 from pacs_object where study_id = study.id and kind = made.kind)) + \
                (select count(*) from report_version where not exists (select 1 from pacs_object \
                  where pacs_object.study_id = report_version.study_id and part = version))";
            match db.query_row(unqueued, [], |row| row.get(0))? {
                0 => {}
                count => report.problems.push(Problem::PacsRowMissing(count)),
            }
            let unqueued = "select \
                (select count(*) from study where not exists \
                    (select 1 from fhir_bundle where study_id = study.id)) + \
                (select count(*) from report_version where not exists (select 1 from fhir_bundle \
                  where fhir_bundle.study_id = report_version.study_id and part = version))";
            match db.query_row(unqueued, [], |row| row.get(0))? {
                0 => {}
                count => report.problems.push(Problem::FhirRowMissing(count)),
            }
            Ok(())
        })
    }

    fn check_files(&self, deep: bool, report: &mut CheckReport) -> Result<(), StoreError> {
        for (folder, digest, size) in self.named_files()? {
            report.files += 1;
            let name = folder.name();
            let Some(found) = self.file_size(folder, digest) else {
                report.problems.push(Problem::FileMissing { folder: name, digest });
                continue;
            };
            let sound = size.is_none_or(|size| size == found)
                && (!deep || self.file(folder, digest).is_ok());
            if !sound {
                report.problems.push(Problem::FileDamaged { folder: name, digest });
            }
        }
        let known = self.known_files()?;
        for folder in Folder::ALL {
            for name in self.file_names(folder)? {
                if !Sha256Digest::parse(&name).is_some_and(|d| known.contains(&(folder, d))) {
                    report.problems.push(Problem::FileUnknown { folder: folder.name(), name });
                }
            }
        }
        Ok(())
    }

    fn check_studies(&self, report: &mut CheckReport) -> Result<(), StoreError> {
        self.read(|db| {
            let mut select = db.prepare(
                "select id, version, (select max(seq) from event where study_id = study.id \
                   and kind not in ('test_ordered', 'test_result', 'outcome')) as last \
                 from study",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                report.studies += 1;
                let id = study_id(row, "id")?;
                let (version, last): (i64, Option<i64>) = (row.get("version")?, row.get("last")?);
                if last != Some(version) {
                    report.problems.push(Problem::StudyEvents(id));
                }
                let state = study_state(db, id)?.ok_or(StoreError::Corrupt { what: "study" })?;
                let photos = photo_states(db, id)?;
                let expected = StudyState::Registered.advance(&StudyEvent::PhotosMoved(&photos))?;
                if state.is_open() && state != expected {
                    report.problems.push(Problem::StudyState(id));
                }
                check_report(db, id, state, report)?;
            }
            Ok(())
        })
    }
}

/// Verifies the signed versions of one study: their chain, and that the audit trail has the same.
fn check_report(
    db: &Connection,
    study: StudyId,
    state: StudyState,
    report: &mut CheckReport,
) -> Result<(), StoreError> {
    let versions = versions(db, study)?;
    if let Err(broken) = verify_chain(study, &versions) {
        report.problems.push(Problem::ReportChain { study, broken });
    }
    let readable = versions.iter().all(|one| report_text::read(one.text.reveal()).is_some());
    let hashes: Vec<_> = versions.iter().map(|one| one.hash.to_string()).collect();
    let signed = state == StudyState::Signed;
    if !readable || hashes != signed_hashes(db, study)? || signed == versions.is_empty() {
        report.problems.push(Problem::ReportTrail(study));
    }
    Ok(())
}
