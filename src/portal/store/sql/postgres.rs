//! PostgreSQL: one database for any number of replicas.
//!
//! A write is one transaction with `synchronous_commit` on. Advisory locks keep its [`Scope`]: shared for
//! the whole and exclusive for the part, or exclusive for the whole. They come first, so that what the
//! transaction reads is what the one before has written.

mod pool;
mod settings;
mod values;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Statement};

use self::pool::Pool;
use self::values::Raw;
use super::{Db, Row, Scope, Sql, Value, Work, dialect};
use crate::domain::digest::Sha256Digest;
use crate::portal::storage::StorageError;
use crate::portal::store::steps;

/// How often a write begins anew that the server took back or whose connection was lost before its end.
const TRIES: u32 = 5;
/// Prepared statements of one connection; there are fewer queries than that.
const STATEMENTS_MAX: usize = 400;
/// The advisory lock of everything: "FRpo" in ASCII.
const WHOLE: i64 = 0x4652_706f;
/// Marks a schema as a portal's.
const VERSION_TABLE: &str = "portal_schema";

/// What PostgreSQL refused, without the values of the row that it may be about.
#[derive(Debug, thiserror::Error)]
#[error("PostgreSQL: {what} {code} {about}")]
struct Refused {
    what: &'static str,
    code: String,
    about: String,
}

/// What became of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes on.
    Sound,
    /// The server took the transaction back: another one was in its way.
    Again,
    /// It is lost.
    Lost,
}

/// A database of PostgreSQL.
#[derive(Debug)]
pub(in super::super) struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Connects, and takes the schema to the version of this program, one replica at a time.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(in super::super) fn open(url: &str) -> Result<Self, StorageError> {
        let database = Self { pool: Pool::new(settings::read(url)?) };
        let mut found = None;
        database.read(&mut |db| {
            found = version(db)?;
            Ok(())
        })?;
        if found != Some(steps::version()) {
            database.write(Scope::All, &mut upgrade)?;
        }
        Ok(database)
    }

    /// Runs work on a connection, again on another one where nothing can have come of it.
    fn run(
        &self,
        work: &mut dyn FnMut(&Session) -> Result<(), StorageError>,
    ) -> Result<(), StorageError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let session = self.pool.take()?;
            let done = work(&session);
            let (fate, ended) = (session.fate.get(), session.ending.get());
            if fate == Fate::Lost {
                self.pool.forget_all();
            }
            drop(session);
            match done {
                Err(error) if fate != Fate::Sound && !ended && tries < TRIES => {
                    tracing::debug!(%error, "work in PostgreSQL begins anew");
                }
                done => return done,
            }
        }
    }
}

/// The version of the schema; `None`: there is none.
fn version(db: &dyn Db) -> Result<Option<i64>, StorageError> {
    let table = "select count(*) from pg_tables \
                 where schemaname = current_schema() and tablename = ?1";
    let known: i64 = db.number(table, &super::params![VERSION_TABLE])?;
    if known == 0 { Ok(None) } else { db.value("select version from portal_schema", &[]) }
}

fn upgrade(db: &dyn Db) -> Result<(), StorageError> {
    db.batch_postgres("set local statement_timeout = 0")?;
    let found = version(db)?;
    if found.is_none() {
        db.batch_postgres(
            "create table portal_schema (version bigint not null); \
             create function refuse_change() returns trigger language plpgsql as \
             $$ begin raise exception '%', tg_argv[0]; end $$",
        )?;
        db.execute("insert into portal_schema (version) values (0)", &[])?;
    }
    let found = found.unwrap_or(0);
    let made = steps::apply(db, found)?;
    if made != found {
        db.execute("update portal_schema set version = ?1", &super::params![made])?;
    }
    Ok(())
}

impl Sql for Postgres {
    fn read(&self, work: &mut Work<'_>) -> Result<(), StorageError> {
        self.run(&mut |session| work(session))
    }

    fn write(&self, scope: Scope<'_>, work: &mut Work<'_>) -> Result<(), StorageError> {
        let begin = begin(scope);
        self.run(&mut |session| {
            session.open.set(true);
            session.plain(&begin)?;
            let done = work(session);
            if done.is_err() {
                session.take_back();
                return done;
            }
            crate::crash_point::reached("portal_before_commit");
            session.ending.set(true);
            let ended = session.plain("commit");
            if session.fate.get() == Fate::Again {
                // The server says that it took it back.
                session.ending.set(false);
                session.take_back();
            }
            ended?;
            session.open.set(false);
            crate::crash_point::reached("portal_after_commit");
            Ok(())
        })
    }
}

fn begin(scope: Scope<'_>) -> String {
    let part = |kind: &[u8], name: &[u8]| {
        let hash = Sha256Digest::of([kind, name].concat());
        let first = hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
        let part = i64::from_be_bytes(first);
        format!(
            "select pg_advisory_xact_lock_shared({WHOLE}); select pg_advisory_xact_lock({part})"
        )
    };
    let lock = match scope {
        Scope::All => format!("select pg_advisory_xact_lock({WHOLE})"),
        Scope::Box(id) => part(b"box ", id.as_bytes()),
        Scope::Named(name) => part(b"name ", name),
    };
    format!("begin isolation level read committed; {lock}")
}

/// A connection on loan.
struct Session {
    client: RefCell<Option<Client>>,
    statements: RefCell<HashMap<String, Statement>>,
    fate: Cell<Fate>,
    /// A transaction is open: the connection is of no use to others.
    open: Cell<bool>,
    /// The transaction is about to end: whether it did cannot be told when the connection is lost.
    ending: Cell<bool>,
    home: Arc<pool::Home>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({:?})", self.fate.get())
    }
}

impl Session {
    /// Does something with the client, and notes what an error says about the connection.
    fn with<T>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, StorageError> {
        let lost = || {
            let about = "the connection was lost".to_owned();
            StorageError::Database(Box::new(Refused { what, code: String::new(), about }))
        };
        let mut client = self.client.try_borrow_mut().map_err(|_| lost())?;
        let client = client.as_mut().ok_or_else(lost)?;
        work(client).map_err(|error| {
            let fate = fate(&error);
            if fate != Fate::Sound {
                self.fate.set(fate);
            }
            refused(what, &error)
        })
    }

    /// Runs statements that have no parameters.
    fn plain(&self, sql: &str) -> Result<(), StorageError> {
        self.with("transaction", |client| client.batch_execute(sql))
    }

    /// Ends a transaction without what it changed; a connection that is lost does so by itself.
    fn take_back(&self) {
        if self.fate.get() != Fate::Lost && self.plain("rollback").is_ok() {
            self.open.set(false);
        }
    }

    fn prepared(&self, sql: &str) -> Result<Statement, StorageError> {
        if let Some(known) = self.statements.borrow().get(sql) {
            return Ok(known.clone());
        }
        let made = self.with("query", |client| client.prepare(&dialect::query(sql)))?;
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        statements.insert(sql.to_owned(), made.clone());
        Ok(made)
    }
}

impl Db for Session {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StorageError> {
        let select = self.prepared(sql)?;
        let columns: Arc<[String]> =
            select.columns().iter().map(|column| column.name().to_owned()).collect();
        let rows = self.with("query", |client| client.query(&select, &pointers(params)))?;
        let read = |row: &postgres::Row| {
            let values = (0..columns.len()).map(|at| row.try_get::<_, Raw>(at).map(|raw| raw.0));
            let values = values.collect::<Result<_, _>>();
            values.map_err(|error| refused("value", &error))
        };
        rows.iter()
            .map(|row| Ok(Row { columns: Arc::clone(&columns), values: read(row)? }))
            .collect()
    }

    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StorageError> {
        let change = self.prepared(sql)?;
        self.with("change", |client| client.execute(&change, &pointers(params)))
    }

    fn batch(&self, sql: &str) -> Result<(), StorageError> {
        self.with("step", |client| client.batch_execute(&dialect::schema(sql)))
    }

    fn next_place(&self) -> Result<u64, StorageError> {
        let next = "select nextval(pg_get_serial_sequence('record', 'place'))";
        <dyn Db>::number(self, next, &[])
    }

    fn batch_sqlite(&self, _sql: &str) -> Result<(), StorageError> {
        Ok(())
    }

    fn batch_postgres(&self, sql: &str) -> Result<(), StorageError> {
        self.with("step", |client| client.batch_execute(sql))
    }
}

fn pointers(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// What an error says about the connection.
fn fate(error: &postgres::Error) -> Fate {
    const AGAIN: [SqlState; 2] =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
    const LOST: [SqlState; 4] = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        // Another replica has changed a table since the statement was prepared.
        SqlState::FEATURE_NOT_SUPPORTED,
    ];
    let by_system = || std::error::Error::source(error).is_some_and(|it| it.is::<std::io::Error>());
    match error.code() {
        Some(code) if AGAIN.contains(code) => Fate::Again,
        Some(code) if LOST.contains(code) => Fate::Lost,
        None if error.is_closed() || by_system() => Fate::Lost,
        Some(_) | None => Fate::Sound,
    }
}

/// An error without what it may quote: a detail has the values of a row.
fn refused(what: &'static str, error: &postgres::Error) -> StorageError {
    let (code, about) = match error.as_db_error() {
        Some(told) => (
            told.code().code().to_owned(),
            told.constraint().or(told.table()).unwrap_or_default().to_owned(),
        ),
        None => (String::new(), error.to_string()),
    };
    StorageError::Database(Box::new(Refused { what, code, about }))
}
