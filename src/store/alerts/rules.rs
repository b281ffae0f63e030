//! Rows of the rules: proposed by one person, confirmed by another.

use rusqlite::{Connection, Row};

use crate::domain::alert::rules::{Rules, RulesVersion, StoredRules};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, stamp};

pub(super) fn in_force(db: &Connection) -> Result<StoredRules, StoreError> {
    let mut select = db.prepare_cached(
        "select version, content from alert_rules where confirmed = 1 order by version desc limit 1",
    )?;
    let mut rows = select.query([])?;
    Ok(match rows.next()? {
        None => StoredRules { version: None, rules: Rules::default() },
        Some(row) => StoredRules {
            version: Some(row.get("version")?),
            rules: parsed(row, "content", Rules::parse)?,
        },
    })
}

impl Store {
    /// The rules in force.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alert_rules(&self) -> Result<StoredRules, StoreError> {
        self.read(in_force)
    }

    /// The newest versions, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alert_rules_versions(&self) -> Result<Vec<RulesVersion>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select alert_rules.*, one.name as proposer, two.name as decider from alert_rules \
                 join operator as one on one.id = proposed_by \
                 left join operator as two on two.id = decided_by order by version desc limit 20",
            )?;
            let mut rows = select.query([])?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                versions.push(version(row)?);
            }
            Ok(versions)
        })
    }

    /// Proposes rules. They count once another person has confirmed them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn propose_alert_rules(
        &self,
        rules: &Rules,
        by: OperatorId,
        at: Stamp,
    ) -> Result<i64, StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into alert_rules (content, proposed_by, proposed_ms, proposed_trust) \
                 values (?1, ?2, ?3, ?4)",
                (rules.write(), by.as_bytes(), at.wall.0, at.trust.code()),
            )?;
            Ok(tx.last_insert_rowid())
        })
    }

    /// Confirms or rejects what somebody else has proposed.
    ///
    /// # Errors
    /// [`Fault::OwnProposal`], [`Fault::RulesChanged`] when it was decided already or a newer version
    /// is in force, or when the database fails.
    pub fn decide_alert_rules(
        &self,
        version: i64,
        confirmed: bool,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let mut select = tx.prepare("select * from alert_rules where version = ?1")?;
            let mut rows = select.query([version])?;
            let row = rows.next()?.ok_or(Fault::RulesChanged)?;
            if operator_id(row, "proposed_by")? == by {
                return Err(Fault::OwnProposal.into());
            }
            let decided: Option<bool> = row.get("confirmed")?;
            let newer = in_force(tx)?.version.is_some_and(|newest| newest > version);
            if decided.is_some() || newer {
                return Err(Fault::RulesChanged.into());
            }
            tx.execute(
                "update alert_rules set decided_by = ?2, confirmed = ?3, decided_ms = ?4, \
                 decided_trust = ?5 where version = ?1",
                (version, by.as_bytes(), confirmed, at.wall.0, at.trust.code()),
            )?;
            Ok(())
        })
    }
}

fn version(row: &Row<'_>) -> Result<RulesVersion, StoreError> {
    let decider: Option<String> = row.get("decider")?;
    let confirmed: Option<bool> = row.get("confirmed")?;
    let decider = decider.as_deref().and_then(PersonName::parse);
    Ok(RulesVersion {
        version: row.get("version")?,
        rules: parsed(row, "content", Rules::parse)?,
        proposed_by: operator_id(row, "proposed_by")?,
        proposer: parsed(row, "proposer", PersonName::parse)?,
        proposed: stamp(row, "proposed_ms", "proposed_trust")?,
        decided: confirmed.zip(decider),
    })
}
