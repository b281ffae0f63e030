//! Rows of operators, sessions and the first-login code.

use rusqlite::OptionalExtension as _;

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::{Operator, PersonName, Role, Throttle};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, stamp};

/// An operator with what is needed to look at a PIN.
#[derive(Clone)]
pub struct OperatorSecret {
    /// The operator.
    pub operator: Operator,
    /// argon2id in PHC notation.
    pub pin_hash: String,
    /// Wrong tries so far.
    pub throttle: Throttle,
}

impl std::fmt::Debug for OperatorSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OperatorSecret({:?})", self.operator)
    }
}

fn operator(row: &rusqlite::Row<'_>) -> Result<Operator, StoreError> {
    Ok(Operator {
        id: operator_id(row, "id")?,
        name: parsed(row, "name", PersonName::parse)?,
        role: parsed(row, "role", Role::parse)?,
    })
}

impl Store {
    /// A fact about this box.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fact(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let select = "select value from box where key = ?1";
            Ok(db.query_row(select, [key], |row| row.get(0)).optional()?)
        })
    }

    /// Sets a fact about this box.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_fact(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("insert or replace into box (key, value) values (?1, ?2)", (key, value))?;
            Ok(())
        })
    }

    /// All operators by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        self.read(|db| {
            let mut select =
                db.prepare_cached("select id, name, role from operator order by name")?;
            let mut rows = select.query([])?;
            let mut operators = Vec::new();
            while let Some(row) = rows.next()? {
                operators.push(operator(row)?);
            }
            Ok(operators)
        })
    }

    /// Adds an operator; `first` only succeeds while there is none, so that two people racing for
    /// the first login cannot both win.
    ///
    /// # Errors
    /// [`Fault::AlreadySetUp`], or [`Fault::FieldInvalid`] when the name is taken.
    pub fn add_operator(
        &self,
        operator: &Operator,
        pin_hash: &str,
        first: bool,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let count: i64 = tx.query_row("select count(*) from operator", [], |row| row.get(0))?;
            if first && count > 0 {
                return Err(Fault::AlreadySetUp.into());
            }
            let insert =
                "insert or ignore into operator (id, name, role, pin_hash) values (?1, ?2, ?3, ?4)";
            let values =
                (operator.id.as_bytes(), operator.name.as_str(), operator.role.code(), pin_hash);
            if tx.execute(insert, values)? == 0 {
                return Err(Fault::FieldInvalid.into());
            }
            Ok(())
        })
    }

    /// An operator with the PIN's hash and the wrong tries so far.
    ///
    /// # Errors
    /// When the database fails.
    pub fn operator_secret(&self, id: OperatorId) -> Result<Option<OperatorSecret>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from operator where id = ?1")?;
            let mut rows = select.query([id.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(OperatorSecret {
                operator: operator(row)?,
                pin_hash: row.get("pin_hash")?,
                throttle: Throttle {
                    failures: row.get("failures")?,
                    last: stamp(row, "failed_ms", "failed_trust")?,
                },
            }))
        })
    }

    /// Counts a PIN try before its hash is looked at, so that parallel tries cannot outrun the count.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_pin_try(&self, id: OperatorId, now: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update operator set failures = failures + 1, failed_ms = ?2, \
                          failed_trust = ?3 where id = ?1";
            tx.execute(update, (id.as_bytes(), now.wall.0, now.trust.code()))?;
            Ok(())
        })
    }

    /// Forgets the wrong tries after a right PIN.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_pin_tries(&self, id: OperatorId) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("update operator set failures = 0 where id = ?1", [id.as_bytes()])?;
            Ok(())
        })
    }

    /// Opens a session after a right PIN and forgets the wrong tries.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_session(
        &self,
        token_hash: Sha256Digest,
        operator: OperatorId,
        now: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("update operator set failures = 0 where id = ?1", [operator.as_bytes()])?;
            let insert = "insert into session (token_hash, operator_id, seen_ms, seen_trust) \
                          values (?1, ?2, ?3, ?4)";
            let values =
                (token_hash.as_bytes(), operator.as_bytes(), now.wall.0, now.trust.code());
            tx.execute(insert, values)?;
            tx.execute(
                "insert into event (operator_id, kind, wall_ms, clock_trust) values (?1, 'logged_in', ?2, ?3)",
                (operator.as_bytes(), now.wall.0, now.trust.code()),
            )?;
            Ok(())
        })
    }

    /// The operator of a session and when it was last used.
    ///
    /// # Errors
    /// When the database fails.
    pub fn session(
        &self,
        token_hash: Sha256Digest,
    ) -> Result<Option<(Operator, Stamp)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select id, name, role, seen_ms, seen_trust from session \
                 join operator on id = operator_id where token_hash = ?1",
            )?;
            let mut rows = select.query([token_hash.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some((operator(row)?, stamp(row, "seen_ms", "seen_trust")?)))
        })
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn touch_session(&self, token_hash: Sha256Digest, now: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update session set seen_ms = ?2, seen_trust = ?3 where token_hash = ?1";
            tx.execute(update, (token_hash.as_bytes(), now.wall.0, now.trust.code()))?;
            Ok(())
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub fn close_session(&self, token_hash: Sha256Digest) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("delete from session where token_hash = ?1", [token_hash.as_bytes()])?;
            Ok(())
        })
    }
}
