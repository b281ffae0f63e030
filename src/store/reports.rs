//! Rows of reports: what a physician has written so far, and the signed versions.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::followup::{Source, Suspicion};
use crate::domain::ids::{OperatorId, StudyId, StudyNumber};
use crate::domain::people::{Operator, PersonName, Phi};
use crate::domain::signing::{
    Credit, Edits, FreeText, HowRead, Opinion, SignedVersion, VersionHead, verify_chain,
};
use crate::domain::stamp::Stamp;
use crate::domain::study::{StudyEvent, StudyState};
use crate::domain::view::ReportDraft;
use crate::store::Store;
use crate::store::alerts;
use crate::store::amendments;
use crate::store::error::StoreError;
use crate::store::followup;
use crate::store::sql::{digest, operator_id, parsed, stamp, study_id};
use crate::store::studies::{Event, append_event, study_state};

/// A version about to be signed.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The study.
    pub study: StudyId,
    /// Number of the study's last event when its page was made: what was looked at.
    pub study_version: i64,
    /// Canonical text of the report.
    pub text: Phi<String>,
    /// What the report makes one suspect.
    pub suspicions: Vec<Suspicion>,
    /// Whether others are signed by the same signature.
    pub batch: bool,
    /// Why a signed report is amended; empty for the first version.
    pub reason: FreeText,
    /// The portal's proposal that it takes over.
    pub proposal: Option<Sha256Digest>,
}

impl Store {
    /// What a physician has written about a study and not signed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn report_draft(&self, study: StudyId) -> Result<Option<ReportDraft>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select report_draft.*, operator.name as saved_name from report_draft \
                 join operator on operator.id = saved_by where study_id = ?1",
            )?;
            let mut rows = select.query([study.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(ReportDraft {
                revision: row.get("revision")?,
                radiograph: digest(row, "radiograph")?,
                edits: Edits {
                    opinions: parsed(row, "opinions", parse_opinions)?,
                    conclusion: parsed(row, "conclusion", FreeText::parse)?,
                    recommendation: parsed(row, "recommendation", FreeText::parse)?,
                    credits: parsed(row, "credits", parse_credits)?,
                },
                saved_by: parsed(row, "saved_name", PersonName::parse)?,
                saved: stamp(row, "saved_ms", "saved_trust")?,
            }))
        })
    }

    /// Saves what a physician has written, over the revision that the page was made from; gives the
    /// new revision. When this returns, it may be acknowledged.
    ///
    /// # Errors
    /// [`Fault::ReportChanged`] when somebody has saved since, [`Fault::ReportNotReady`] when the
    /// study has no reading, or when the database fails.
    pub fn save_report_draft(
        &self,
        study: StudyId,
        (revision, radiograph): (u32, Sha256Digest),
        edits: &Edits,
        by: OperatorId,
        at: Stamp,
    ) -> Result<u32, StoreError> {
        self.write(|tx| {
            writable(tx, study)?;
            let found = draft_revision(tx, study)?;
            if found != revision {
                return Err(Fault::ReportChanged.into());
            }
            tx.execute(
                "insert or replace into report_draft (study_id, revision, radiograph, opinions, \
                 conclusion, recommendation, saved_by, saved_ms, saved_trust, credits) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                (
                    study.as_bytes(),
                    found + 1,
                    radiograph.as_bytes(),
                    opinions_text(&edits.opinions),
                    edits.conclusion.as_str(),
                    edits.recommendation.as_str(),
                    by.as_bytes(),
                    at.wall.0,
                    at.trust.code(),
                    credits_text(&edits.credits),
                ),
            )?;
            Ok(found + 1)
        })
    }

    /// The signed versions of a study's report, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn report_versions(&self, study: StudyId) -> Result<Vec<SignedVersion>, StoreError> {
        self.read(|db| versions(db, study))
    }

    /// Signs reports: all of them, or none. Each gets its version, its study the new state, the
    /// audit trail the version's hash.
    ///
    /// # Errors
    /// [`Fault::StudyChanged`] when something happened to a study since its page was made,
    /// [`Fault::ReportNotReady`], [`Fault::ReasonMissing`], or when the database fails.
    pub fn sign_reports(
        &self,
        new: &[NewVersion],
        signer: &Operator,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| new.iter().try_for_each(|one| sign(tx, one, signer, at)))
    }
}

/// Appends one version and moves the study.
fn sign(
    tx: &Transaction<'_>,
    new: &NewVersion,
    signer: &Operator,
    at: Stamp,
) -> Result<(), StoreError> {
    let state = writable(tx, new.study)?;
    let (number, study_version): (i64, i64) = tx
        .prepare_cached("select number, version from study where id = ?1")?
        .query_row([new.study.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if study_version != new.study_version {
        return Err(Fault::StudyChanged.into());
    }
    let chain = versions(tx, new.study)?;
    verify_chain(new.study, &chain).map_err(|_| StoreError::Corrupt { what: "signed report" })?;
    let event = if chain.is_empty() { StudyEvent::Signed } else { StudyEvent::Amended };
    if new.reason.is_empty() != chain.is_empty() {
        return Err(Fault::ReasonMissing.into());
    }
    let next = state.advance(&event)?;
    let head = VersionHead {
        study: new.study,
        number: StudyNumber(number),
        version: u32::try_from(chain.len()).unwrap_or(u32::MAX).saturating_add(1),
        previous: chain.last().map(|last| last.hash),
        signer: signer.id,
        signer_name: signer.name.clone(),
        at,
        how: how(tx, new)?,
        reason: new.reason.clone(),
    };
    let signed = SignedVersion::seal(head, new.text.reveal().clone());
    insert(tx, &signed)?;
    tx.execute("delete from report_draft where study_id = ?1", [new.study.as_bytes()])?;
    if let Some(proposal) = new.proposal {
        let version = signed.head.version;
        amendments::taken_over(tx, new.study, proposal, version, signer.id, at)?;
    }
    let detail = signed.hash.to_string();
    let (study, by, kind) = (new.study, Some(signer.id), event.code());
    append_event(tx, &Event { study, photo: None, by, kind, detail: &detail, at })?;
    tx.execute("update study set state = ?2 where id = ?1", (study.as_bytes(), next.code()))?;
    alerts::acknowledge_of_study(tx, new.study, signer.id, at)?;
    followup::suspect(tx, new.study, &new.suspicions, Source::Physician, at)
}

/// The state of a study whose report may be written or amended.
fn writable(db: &Connection, study: StudyId) -> Result<StudyState, StoreError> {
    match study_state(db, study)?.ok_or(Fault::StudyUnknown)? {
        state @ (StudyState::Reported | StudyState::Signed) => Ok(state),
        StudyState::Voided => Err(Fault::StudyClosed.into()),
        StudyState::Registered
        | StudyState::Processing
        | StudyState::RetakeAsked
        | StudyState::Held => Err(Fault::ReportNotReady.into()),
    }
}

/// How the film was read: a film that chance took out of a batch says so for good.
fn how(db: &Connection, new: &NewVersion) -> Result<HowRead, StoreError> {
    if new.batch {
        return Ok(HowRead::Batch);
    }
    let sampled: Option<bool> = db
        .prepare_cached("select sampled from review_member where study_id = ?1")?
        .query_row([new.study.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(if sampled == Some(true) { HowRead::AuditSample } else { HowRead::Singly })
}

/// Revision of the draft; 0 where there is none.
fn draft_revision(db: &Connection, study: StudyId) -> Result<u32, StoreError> {
    let mut select = db.prepare_cached("select revision from report_draft where study_id = ?1")?;
    let found = select.query_row([study.as_bytes()], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(0))
}

fn insert(tx: &Transaction<'_>, signed: &SignedVersion) -> Result<(), StoreError> {
    let SignedVersion { head, text, hash } = signed;
    tx.execute(
        "insert into report_version (study_id, version, study_number, previous, signer_id, \
         signer_name, wall_ms, clock_trust, how, reason, content, hash) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            head.study.as_bytes(),
            head.version,
            head.number.0,
            head.previous.as_ref().map(Sha256Digest::as_bytes),
            head.signer.as_bytes(),
            head.signer_name.as_str(),
            head.at.wall.0,
            head.at.trust.code(),
            head.how.code(),
            head.reason.as_str(),
            text.reveal(),
            hash.as_bytes(),
        ),
    )?;
    Ok(())
}

/// The versions of a study, oldest first.
pub(super) fn versions(db: &Connection, study: StudyId) -> Result<Vec<SignedVersion>, StoreError> {
    let mut select =
        db.prepare_cached("select * from report_version where study_id = ?1 order by version")?;
    let mut rows = select.query([study.as_bytes()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(version(row)?);
    }
    Ok(versions)
}

fn version(row: &Row<'_>) -> Result<SignedVersion, StoreError> {
    let previous: Option<[u8; 32]> = row.get("previous")?;
    let head = VersionHead {
        study: study_id(row, "study_id")?,
        number: StudyNumber(row.get("study_number")?),
        version: row.get("version")?,
        previous: previous.map(Sha256Digest::from_bytes),
        signer: operator_id(row, "signer_id")?,
        signer_name: parsed(row, "signer_name", PersonName::parse)?,
        at: stamp(row, "wall_ms", "clock_trust")?,
        how: parsed(row, "how", HowRead::parse)?,
        reason: parsed(row, "reason", FreeText::parse)?,
    };
    Ok(SignedVersion { head, text: Phi::new(row.get("content")?), hash: digest(row, "hash")? })
}

/// The hashes of signed versions as the audit trail has them, oldest first.
pub(super) fn signed_hashes(db: &Connection, study: StudyId) -> Result<Vec<String>, StoreError> {
    let mut select = db.prepare_cached(
        "select detail from event where study_id = ?1 \
         and kind in ('study_signed', 'report_amended') order by seq",
    )?;
    let rows = select.query_map([study.as_bytes()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// As in the signed text, a line each.
fn credits_text(credits: &[Credit]) -> String {
    credits.iter().map(Credit::write).collect::<Vec<_>>().join("\n")
}

fn parse_credits(text: &str) -> Option<Vec<Credit>> {
    text.lines().map(Credit::parse).collect()
}

pub(super) fn opinions_text(opinions: &[(Finding, Opinion)]) -> String {
    let pairs = opinions.iter().map(|(f, opinion)| format!("{}={}", f.code(), opinion.code()));
    pairs.collect::<Vec<_>>().join(",")
}

pub(super) fn parse_opinions(text: &str) -> Option<Vec<(Finding, Opinion)>> {
    let pairs = text.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        let (finding, opinion) = pair.split_once('=')?;
        Some((Finding::parse(finding)?, Opinion::parse(opinion)?))
    });
    pairs.collect()
}
