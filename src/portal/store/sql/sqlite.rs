//! SQLite: one file beside the images.
//!
//! WAL and `synchronous = full`: what was signed for survives a power cut. Commands may open the same file
//! beside the running portal.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior, params_from_iter};

use super::{Db, Row, Scope, Sql, Value, Work};
use crate::portal::storage::StorageError;
use crate::portal::store::steps;

/// Marks the file as a portal's: "FRpo" in ASCII.
const APPLICATION_ID: i64 = 0x4652_706f;
/// How long a command waits for the portal to end a transaction, or the other way round.
const BUSY: Duration = Duration::from_secs(10);

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

/// A file of SQLite.
pub(in super::super) struct Sqlite {
    connection: Mutex<Connection>,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sqlite")
    }
}

impl Sqlite {
    /// Opens a file, making it, and takes it to the version of this program.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn open(path: &Path) -> Result<Self, StorageError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
             pragma trusted_schema = off; pragma cell_size_check = on; \
             pragma journal_size_limit = 16777216;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        upgrade(&tx)?;
        tx.commit()?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic leaves nothing half done: SQLite rolls back what was not committed.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn upgrade(db: &Connection) -> Result<(), StorageError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (id, found) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = db.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if (id, tables) != (0, 0) && (id != APPLICATION_ID || found < 1) {
        return Err(StorageError::UnknownVersion { found, known: steps::version() });
    }
    let made = steps::apply(db, found)?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(db.pragma_update(None, "user_version", made)?)
}

impl Sql for Sqlite {
    fn read(&self, work: &mut Work<'_>) -> Result<(), StorageError> {
        work(&*self.lock())
    }

    fn write(&self, _scope: Scope<'_>, work: &mut Work<'_>) -> Result<(), StorageError> {
        let mut connection = self.lock();
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        work(&*tx)?;
        crate::crash_point::reached("portal_before_commit");
        tx.commit()?;
        crate::crash_point::reached("portal_after_commit");
        Ok(())
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(SqliteValue::Null),
            Self::Int(value) => ToSqlOutput::Owned(SqliteValue::Integer(*value)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn value(found: ValueRef<'_>) -> Result<Value, StorageError> {
    Ok(match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        // No column of the portal is one; a sum that left the integers would be.
        ValueRef::Real(_) => return Err(StorageError::Corrupt { what: "number" }),
        ValueRef::Text(text) => Value::Text(
            std::str::from_utf8(text).map_err(|_| StorageError::Corrupt { what: "text" })?.into(),
        ),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

impl Db for Connection {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StorageError> {
        let mut select = self.prepare_cached(sql)?;
        let columns: Arc<[String]> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query(params_from_iter(params))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns.len()).map(|at| value(row.get_ref(at)?));
            let values = values.collect::<Result<_, StorageError>>()?;
            found.push(Row { columns: Arc::clone(&columns), values });
        }
        Ok(found)
    }

    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StorageError> {
        let changed = self.prepare_cached(sql)?.execute(params_from_iter(params))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn batch(&self, sql: &str) -> Result<(), StorageError> {
        Ok(self.execute_batch(sql)?)
    }

    fn next_place(&self) -> Result<u64, StorageError> {
        // Nobody else writes within this transaction.
        let last = "select coalesce((select seq from sqlite_sequence where name = 'record'), 0)";
        let last: u64 = self.prepare_cached(last)?.query_row([], |row| row.get(0))?;
        Ok(last.saturating_add(1))
    }

    fn batch_sqlite(&self, sql: &str) -> Result<(), StorageError> {
        Ok(self.execute_batch(sql)?)
    }

    fn batch_postgres(&self, _sql: &str) -> Result<(), StorageError> {
        Ok(())
    }
}
