//! The schema, step by step. A step that was taken never changes: a database of any age goes through those
//! that it lacks, within one transaction.

use super::sql::Db;
use super::{films, programme};
use crate::portal::storage::StorageError;

/// What is done with rows.
type Then = fn(&dyn Db) -> Result<(), StorageError>;

/// One step.
struct Step {
    /// In SQLite's strict dialect; translated for PostgreSQL.
    sql: &'static str,
    /// What SQLite needs after that.
    sqlite: &'static str,
    /// What PostgreSQL needs after that.
    postgres: &'static str,
    /// What is done with the rows that are there, once all steps are taken.
    then: Option<Then>,
}

const STEPS: [Step; 9] = [
    Step { sql: include_str!("schema.sql"), sqlite: "", postgres: "", then: None },
    // From version 1: the films are those that the records tell of.
    Step { sql: include_str!("to_2.sql"), sqlite: "", postgres: "", then: Some(films::follow_all) },
    Step {
        sql: include_str!("to_3.sql"),
        sqlite: "",
        postgres: include_str!("postgres_3.sql"),
        then: None,
    },
    Step { sql: include_str!("to_4.sql"), sqlite: "", postgres: "", then: None },
    Step { sql: include_str!("to_5.sql"), sqlite: "", postgres: "", then: None },
    // What is counted follows from the records, too.
    Step {
        sql: include_str!("to_6.sql"),
        sqlite: include_str!("to_6_sqlite.sql"),
        postgres: "alter table record drop constraint record_kind_check;",
        then: Some(programme::follow_all),
    },
    Step { sql: include_str!("to_7.sql"), sqlite: "", postgres: "", then: None },
    Step { sql: include_str!("to_8.sql"), sqlite: "", postgres: "", then: None },
    Step { sql: include_str!("to_9.sql"), sqlite: "", postgres: "", then: None },
];

/// The version that this program knows.
pub(super) fn version() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Takes a database of that version to this program's; gives that version. 0: it is empty.
///
/// # Errors
/// [`StorageError::UnknownVersion`]: a newer program wrote it.
pub(super) fn apply(db: &dyn Db, found: i64) -> Result<i64, StorageError> {
    let missing = usize::try_from(found).ok().and_then(|found| STEPS.get(found..));
    let missing = missing.ok_or(StorageError::UnknownVersion { found, known: version() })?;
    for step in missing {
        db.batch(step.sql)?;
        db.batch_sqlite(step.sqlite)?;
        db.batch_postgres(step.postgres)?;
    }
    // With every table as this program knows it.
    missing.iter().filter_map(|step| step.then).try_for_each(|then| then(db))?;
    Ok(version())
}
