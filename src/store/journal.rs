//! Events of the box itself: what somebody did to it, or it did by itself.

use rusqlite::Transaction;

use crate::domain::ids::OperatorId;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;

impl Store {
    /// Writes an event about the box into the audit trail; `detail` holds codes only, never patients.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note(
        &self,
        by: Option<OperatorId>,
        kind: &str,
        detail: &str,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| note(tx, by, kind, detail, at))
    }
}

/// The same within a transaction.
pub(super) fn note(
    tx: &Transaction<'_>,
    by: Option<OperatorId>,
    kind: &str,
    detail: &str,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into event (operator_id, kind, detail, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5)",
        (by.as_ref().map(OperatorId::as_bytes), kind, detail, at.wall.0, at.trust.code()),
    )?;
    Ok(())
}
