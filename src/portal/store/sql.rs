//! The SQL of the portal: every query is written once and runs in SQLite and in PostgreSQL.
//!
//! Rules for queries, which `dialect.rs` translates and both back ends then take:
//! - `?1`, `?2` …; `?2 is null` comes after a comparison with `?2`, which tells PostgreSQL its type;
//! - `insert … on conflict (…) do …` with the table named in front of a column that `excluded` has too;
//! - `cast(sum(x) as integer)`; `is not distinct from` and not `is ?1`; no `insert or …`, rowid or `pragma`;
//! - values are integers, texts and blobs; a truth is an integer, 0 or 1, and a comparison reads as one.
//!
//! Schema steps are files in SQLite's strict dialect, applied once by `steps.rs`. A trigger that is not
//! `begin select raise(abort, '…'); end` needs its counterpart in the step's `postgres` text.
//! A write names its [`Scope`]: nobody else writes there meanwhile, on whichever machine, so what was read
//! within it still holds when it ends. Numbers from [`Db::next_place`] are unique; they rise within a box,
//! and in no other order with several replicas. A write may be run again from its beginning.

mod dialect;
mod postgres;
mod sqlite;

use std::fmt;
use std::sync::Arc;

use crate::domain::sync::identity::KeyId;
use crate::portal::storage::StorageError;

pub(super) use postgres::Postgres;
pub(super) use sqlite::Sqlite;

/// What a column holds.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// An integer.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl fmt::Debug for Value {
    /// Without what it holds, which may be about a patient.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Int(_) => "Int",
            Self::Text(_) => "Text",
            Self::Blob(_) => "Blob",
        })
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl From<u8> for Value {
    fn from(value: u8) -> Self {
        Self::Int(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(value.into())
    }
}

impl From<u64> for Value {
    /// Beyond the largest integer of a database it is that one: nothing that is counted here gets there.
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The parameters of a query.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::portal::store::sql::Value::from($value)),*]
    };
}
pub(super) use params;

/// What a column can be read as.
pub(super) trait FromValue: Sized {
    /// Reads it; `None`: it is something else.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Int(value) = value { Some(*value) } else { None }
    }
}

impl FromValue for u64 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(|value| value != 0)
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(value) = value { Some(value.clone()) } else { None }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Blob(value) = value { Some(value.clone()) } else { None }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Blob(value) = value { value.as_slice().try_into().ok() } else { None }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        if *value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// A row that was found.
#[derive(Clone, Debug)]
pub(super) struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    /// The column of that name.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`]: there is none, or it holds something else.
    pub(super) fn get<T: FromValue>(&self, name: &'static str) -> Result<T, StorageError> {
        let at = self.columns.iter().position(|column| column == name);
        let value = at.and_then(|at| self.values.get(at));
        value.and_then(T::from_value).ok_or(StorageError::Corrupt { what: name })
    }

    /// The column of that name as it is; nothing where there is none.
    pub(super) fn raw(&self, name: &str) -> Value {
        let at = self.columns.iter().position(|column| column == name);
        at.and_then(|at| self.values.get(at)).cloned().unwrap_or(Value::Null)
    }

    /// The first column.
    fn first<T: FromValue>(&self) -> Result<T, StorageError> {
        let value = self.values.first().and_then(T::from_value);
        value.ok_or(StorageError::Corrupt { what: "answer of the database" })
    }
}

/// What a query can be asked of: a database, or a transaction in it.
pub(super) trait Db {
    /// All rows of a query. One that can have very many asks for a page of them.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StorageError>;

    /// Changes rows; gives how many.
    ///
    /// # Errors
    /// [`StorageError`].
    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StorageError>;

    /// Runs the statements of a schema step, written in SQLite's dialect.
    ///
    /// # Errors
    /// [`StorageError`].
    fn batch(&self, sql: &str) -> Result<(), StorageError>;

    /// A number for a record that no other has.
    ///
    /// # Errors
    /// [`StorageError`].
    fn next_place(&self) -> Result<u64, StorageError>;

    /// Runs what SQLite needs beside a schema step; nothing in PostgreSQL.
    ///
    /// # Errors
    /// [`StorageError`].
    fn batch_sqlite(&self, sql: &str) -> Result<(), StorageError>;

    /// Runs what PostgreSQL needs beside a schema step; nothing in SQLite.
    ///
    /// # Errors
    /// [`StorageError`].
    fn batch_postgres(&self, sql: &str) -> Result<(), StorageError>;
}

impl dyn Db + '_ {
    /// The first row of a query.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(super) fn first(&self, sql: &str, params: &[Value]) -> Result<Option<Row>, StorageError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The first column of the first row.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(super) fn value<T: FromValue>(
        &self,
        sql: &str,
        params: &[Value],
    ) -> Result<Option<T>, StorageError> {
        self.first(sql, params)?.map(|row| row.first()).transpose()
    }

    /// The first column of a query that always has a row, such as a count.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(super) fn number<T: FromValue>(
        &self,
        sql: &str,
        params: &[Value],
    ) -> Result<T, StorageError> {
        let found = self.value(sql, params)?;
        found.ok_or(StorageError::Corrupt { what: "answer of the database" })
    }
}

/// What a write is about. Two writes of one scope never run at the same time, wherever they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    /// Everything. It waits for all other writes and holds them up: for what is rare.
    All,
    /// One box: its records, its orders, its row and its films.
    Box(KeyId),
    /// Something else that has a name of its own: a reader, a session.
    Named(&'a [u8]),
}

/// Work within a database.
pub(super) type Work<'a> = dyn FnMut(&dyn Db) -> Result<(), StorageError> + 'a;

/// A database.
pub(super) trait Sql: fmt::Debug + Send + Sync {
    /// Runs queries that change nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    fn read(&self, work: &mut Work<'_>) -> Result<(), StorageError>;

    /// Runs a transaction: all of it is on the disk when this returns, or nothing has changed. Only when
    /// the connection is lost at the very end nobody knows, and repeating it must do no harm.
    ///
    /// # Errors
    /// [`StorageError`].
    fn write(&self, scope: Scope<'_>, work: &mut Work<'_>) -> Result<(), StorageError>;
}
