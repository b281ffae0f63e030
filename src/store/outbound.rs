//! What the tables of things that go to a server of somebody else have in common: `fhir_bundle` and
//! `pacs_object`. Triggers fill them, and a row that waits is sent.

use rusqlite::{OptionalExtension as _, Transaction};

use crate::store::error::StoreError;

/// How often a server may fail over an urgent thing before others may go between its tries.
pub(super) const URGENT_TRIES: u32 = 4;
/// One turn in so many is for the urgent, however often the server failed over them.
pub(super) const URGENT_TURN: u32 = 8;

/// One such table.
pub(super) struct Outbound {
    /// Its name.
    pub(super) table: &'static str,
    /// Name of the fact that holds which server its rows are for.
    pub(super) place: &'static str,
    /// Columns, each with a comma behind it, that say what that server called a row: empty for another one.
    pub(super) theirs: &'static str,
}

impl Outbound {
    /// Says to which server rows go. For another one than before everything begins anew, the newest row of
    /// each thing; what was refused is tried again.
    pub(super) fn choose(&self, tx: &Transaction<'_>, place: &str) -> Result<(), StoreError> {
        let Self { table, place: fact, theirs } = self;
        let select = "select value from box where key = ?1";
        let before: Option<String> = tx.query_row(select, [fact], |row| row.get(0)).optional()?;
        if before.is_some_and(|before| before != place) {
            let anew = format!(
                "update {table} set tries = 0, {theirs} reason = null, wall_ms = null, \
                 clock_trust = null, state = case when exists (select 1 from {table} as later \
                   where later.kind = {table}.kind and later.part = {table}.part \
                     and later.study_id = {table}.study_id and later.seq > {table}.seq) \
                   then 'dropped' else 'waiting' end"
            );
            tx.execute(&anew, [])?;
        }
        let again = format!(
            "update {table} set state = 'waiting', reason = null, tries = 0 where state = 'refused'"
        );
        tx.execute(&again, [])?;
        tx.execute("insert or replace into box (key, value) values (?1, ?2)", (fact, place))?;
        Ok(())
    }

    /// Lets the others go before a row over which the server failed.
    pub(super) fn put_back(&self, tx: &Transaction<'_>, seq: i64) -> Result<(), StoreError> {
        let update = format!("update {} set tries = tries + 1 where seq = ?1", self.table);
        tx.execute(&update, [seq])?;
        Ok(())
    }
}
