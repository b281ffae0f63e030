//! Rows of alerts: raised in the transaction that shows a reading, ended by a person alone.

mod contacts;
mod groups;
mod looks;
mod months;
mod outbox;
mod reports;
mod rules;
mod undelivered;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::alert::{
    AckMethod, Acknowledgement, Alert, AlertClass, AlertEvent, AlertNumber, AlertSource,
};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::{AlertId, OperatorId, StudyId};
use crate::domain::people::PersonName;
use crate::domain::reading::ScoreSheet;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, stamp, study_id};

pub use looks::Looked;
pub use outbox::{DueMessage, QueuedKind, Unedited, Waiting};
pub use reports::{ReportOf, Reported};

const ALERT: &str = "select alert.*, study.number as study_number, operator.name as ack_name, \
     case class when 'critical' then on_ms else awake_ms end as reading from alert join alert_clock \
     join study on study.id = alert.study_id left join operator on operator.id = ack_by";

fn select(condition: &str) -> String {
    format!("{ALERT} {condition}")
}

impl Store {
    /// Open alerts, the most pressing and oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_alerts(&self) -> Result<Vec<Alert>, StoreError> {
        self.read(|db| {
            let order = "where ack_by is null order by case class when 'critical' then 0 \
                         when 'suspect' then 1 else 2 end, alert.number";
            list(db, order, [])
        })
    }

    /// The newest alerts, open or not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn recent_alerts(&self, most: u32) -> Result<Vec<Alert>, StoreError> {
        self.read(|db| list(db, "order by alert.number desc limit ?1", [most]))
    }

    /// One alert.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alert(&self, number: AlertNumber) -> Result<Option<Alert>, StoreError> {
        self.read(|db| one(db, number))
    }

    /// What happened to an alert, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alert_events(&self, number: AlertNumber) -> Result<Vec<AlertEvent>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select alert_event.*, operator.name as who from alert_event \
                 left join operator on operator.id = operator_id where alert = ?1 order by seq",
            )?;
            let mut rows = select.query([number.0])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let who: Option<String> = row.get("who")?;
                events.push(AlertEvent {
                    kind: row.get("kind")?,
                    person: who.as_deref().and_then(PersonName::parse),
                    detail: row.get("detail")?,
                    at: stamp(row, "wall_ms", "clock_trust")?,
                });
            }
            Ok(events)
        })
    }

    /// Alerts of a study that somebody has taken over, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn taken_alerts(&self, study: StudyId) -> Result<Vec<Alert>, StoreError> {
        self.read(|db| {
            let which = "where alert.study_id = ?1 and ack_by is not null order by number";
            list(db, which, [study.as_bytes()])
        })
    }

    /// Somebody takes an alert over. The first one does; for everybody after nothing changes. Messages
    /// that have not left are dropped.
    ///
    /// # Errors
    /// [`Fault::AlertUnknown`], or when the database fails.
    pub fn acknowledge(
        &self,
        number: AlertNumber,
        by: OperatorId,
        method: AckMethod,
        at: Stamp,
    ) -> Result<Alert, StoreError> {
        self.write(|tx| {
            let found = one(tx, number)?.ok_or(Fault::AlertUnknown)?;
            if found.acknowledged.is_none() {
                acknowledge(tx, number, by, method, at)?;
            }
            one(tx, number)?.ok_or_else(|| Fault::AlertUnknown.into())
        })
    }
}

/// Raises what a reading raises by the rules in force, unless an alert of the study has said the same
/// already, acknowledged or not: a second photo of a film is no news.
pub(super) fn raise(
    tx: &Transaction<'_>,
    study: StudyId,
    sheet: &ScoreSheet,
    at: Stamp,
) -> Result<(), StoreError> {
    let rules = rules::in_force(tx)?;
    let Some(cause) = rules.rules.cause(sheet) else { return Ok(()) };
    let before = list(tx, "where alert.study_id = ?1", [study.as_bytes()])?;
    let said = |finding: &Finding| {
        before.iter().any(|alert| alert.class <= cause.class && alert.findings.contains(finding))
    };
    if cause.findings.iter().all(said) {
        return Ok(());
    }
    // From the study and what was raised: the same on every replay of the same reading.
    let findings = codes(&cause.findings);
    let id = alert_id(study, cause.class, &findings);
    tx.execute(
        "insert or ignore into alert (id, study_id, class, findings, rules_version, raised_ms, \
         raised_trust) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            id.as_bytes(),
            study.as_bytes(),
            cause.class.code(),
            &findings,
            rules.version,
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    if tx.changes() == 0 {
        return Ok(());
    }
    note(tx, AlertNumber(tx.last_insert_rowid()), "raised", None, cause.class.code(), at)
}

/// Raises what a radiologist of the portal sees and the box did not point at, or the signed report does not
/// have. A person's word raises an alert also where no rule names the finding: rules judge scores. Skipped
/// where somebody is being told of the same already.
pub(super) fn raise_by_portal(
    tx: &Transaction<'_>,
    study: StudyId,
    seen: &[Finding],
    order: Sha256Digest,
    at: Stamp,
) -> Result<(), StoreError> {
    let rules = rules::in_force(tx)?;
    let Some(class) = rules.rules.class_of_seen(seen) else { return Ok(()) };
    let open = list(tx, "where alert.study_id = ?1 and ack_by is null", [study.as_bytes()])?;
    let said = |finding: &Finding| {
        open.iter().any(|alert| alert.class <= class && alert.findings.contains(finding))
    };
    if seen.iter().all(said) {
        return Ok(());
    }
    let findings = codes(seen);
    let id = alert_id(study, class, &format!("{findings} {order}"));
    tx.execute(
        "insert or ignore into alert (id, study_id, class, findings, rules_version, raised_ms, \
         raised_trust, source) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'portal')",
        (
            id.as_bytes(),
            study.as_bytes(),
            class.code(),
            &findings,
            rules.version,
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    if tx.changes() == 0 {
        return Ok(());
    }
    note(tx, AlertNumber(tx.last_insert_rowid()), "raised", None, class.code(), at)
}

/// Whoever says that what the portal sees was looked at has taken its alerts over.
pub(super) fn acknowledge_of_portal(
    tx: &Transaction<'_>,
    study: StudyId,
    by: OperatorId,
    at: Stamp,
) -> Result<(), StoreError> {
    let open = "where alert.study_id = ?1 and ack_by is null and source = 'portal'";
    let open = list(tx, open, [study.as_bytes()])?;
    open.iter().try_for_each(|alert| acknowledge(tx, alert.number, by, AckMethod::Page, at))
}

/// Whoever signs a report has seen the film: that acknowledges what is open about it.
pub(super) fn acknowledge_of_study(
    tx: &Transaction<'_>,
    study: StudyId,
    by: OperatorId,
    at: Stamp,
) -> Result<(), StoreError> {
    let open = list(tx, "where alert.study_id = ?1 and ack_by is null", [study.as_bytes()])?;
    open.iter().try_for_each(|alert| acknowledge(tx, alert.number, by, AckMethod::Report, at))
}

fn acknowledge(
    tx: &Transaction<'_>,
    number: AlertNumber,
    by: OperatorId,
    method: AckMethod,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update alert set ack_by = ?2, ack_method = ?3, ack_ms = ?4, ack_trust = ?5, base_ms = null, \
         open_ms = open_ms + coalesce((select max(0, iif(class = 'critical', on_ms, awake_ms) - base_ms) \
         from alert_clock), 0) where number = ?1 and ack_by is null",
        (number.0, by.as_bytes(), method.code(), at.wall.0, at.trust.code()),
    )?;
    tx.execute(
        "update message set state = 'dropped' where alert = ?1 and state = 'queued'",
        [number.0],
    )?;
    note(tx, number, "acknowledged", Some(by), method.code(), at)
}

pub(super) fn note(
    tx: &Transaction<'_>,
    number: AlertNumber,
    kind: &str,
    person: Option<OperatorId>,
    detail: &str,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into alert_event (alert, kind, operator_id, detail, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        (number.0, kind, person.map(|id| *id.as_bytes()), detail, at.wall.0, at.trust.code()),
    )?;
    Ok(())
}

fn alert_id(study: StudyId, class: AlertClass, findings: &str) -> AlertId {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::new_with_prefix("alert")
        .chain_update(study.as_bytes())
        .chain_update(class.code())
        .chain_update(findings)
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    AlertId::from_bytes(id)
}

fn codes(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.code()).collect::<Vec<_>>().join(",")
}

fn one(db: &Connection, number: AlertNumber) -> Result<Option<Alert>, StoreError> {
    Ok(list(db, "where alert.number = ?1", [number.0])?.into_iter().next())
}

fn list(
    db: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Alert>, StoreError> {
    let mut select = db.prepare_cached(&select(condition))?;
    let mut rows = select.query(values)?;
    let mut alerts = Vec::new();
    while let Some(row) = rows.next()? {
        alerts.push(alert(row)?);
    }
    Ok(alerts)
}

fn alert(row: &Row<'_>) -> Result<Alert, StoreError> {
    let id: [u8; 16] = row.get("id")?;
    let name: Option<String> = row.get("ack_name")?;
    let acknowledged = match name.as_deref().map(PersonName::parse) {
        None => None,
        Some(None) => return Err(StoreError::Corrupt { what: "operator's name" }),
        Some(Some(name)) => Some(Acknowledgement {
            by: operator_id(row, "ack_by")?,
            name,
            method: parsed(row, "ack_method", AckMethod::parse)?,
            at: stamp(row, "ack_ms", "ack_trust")?,
        }),
    };
    let base: Option<i64> = row.get("base_ms")?;
    let reading: i64 = row.get("reading")?;
    let counted: i64 = row.get("open_ms")?;
    Ok(Alert {
        id: AlertId::from_bytes(id),
        number: AlertNumber(row.get("number")?),
        study: study_id(row, "study_id")?,
        study_number: row.get("study_number")?,
        class: parsed(row, "class", AlertClass::parse)?,
        findings: parsed(row, "findings", |text| text.split(',').map(Finding::parse).collect())?,
        source: parsed(row, "source", AlertSource::parse)?,
        raised: stamp(row, "raised_ms", "raised_trust")?,
        open_ms: counted + base.map_or(0, |base| (reading - base).max(0)),
        acknowledged,
    })
}

/// Whether the person may take alerts over at all.
pub(super) fn is_active(db: &Connection, person: OperatorId) -> Result<bool, StoreError> {
    let select = "select 1 from operator where id = ?1 and active = 1";
    let found: Option<i64> =
        db.query_row(select, [person.as_bytes()], |row| row.get(0)).optional()?;
    Ok(found.is_some())
}
