//! Rows of operators, and facts about the box.

use rusqlite::{OptionalExtension as _, Transaction};

use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::login::{Account, AccountChange, PasscodeKind, SessionId, Throttle};
use crate::domain::people::{Operator, PersonName, Role};
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, stamp};

/// An account with what is needed to look at a passcode.
#[derive(Clone)]
pub struct OperatorSecret {
    /// The account.
    pub account: Account,
    /// argon2id in PHC notation.
    pub hash: String,
}

impl std::fmt::Debug for OperatorSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OperatorSecret({:?})", self.account.operator)
    }
}

/// A passcode ready to be stored.
#[derive(Clone)]
pub struct NewSecret {
    /// argon2id in PHC notation.
    pub hash: String,
    /// PIN or password.
    pub kind: PasscodeKind,
    /// Whether somebody else than its owner made it.
    pub must_choose: bool,
}

impl std::fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewSecret({:?})", self.kind)
    }
}

pub(super) fn operator(row: &rusqlite::Row<'_>) -> Result<Operator, StoreError> {
    Ok(Operator {
        id: operator_id(row, "id")?,
        name: parsed(row, "name", PersonName::parse)?,
        role: parsed(row, "role", Role::parse)?,
    })
}

fn account(row: &rusqlite::Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        operator: operator(row)?,
        active: row.get("active")?,
        kind: parsed(row, "passcode_kind", PasscodeKind::parse)?,
        must_choose: row.get("must_choose")?,
    })
}

fn throttle(row: &rusqlite::Row<'_>) -> Result<Throttle, StoreError> {
    let last = stamp(row, "failed_ms", "failed_trust")?;
    Ok(Throttle { failures: row.get("failures")?, last })
}

/// Writes into the journal what somebody did to an account.
pub(super) fn note(
    tx: &Transaction<'_>,
    by: OperatorId,
    kind: &str,
    whom: OperatorId,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into event (operator_id, kind, detail, wall_ms, clock_trust) values (?1, ?2, ?3, ?4, ?5)",
        (by.as_bytes(), kind, whom.to_string(), at.wall.0, at.trust.code()),
    )?;
    Ok(())
}

fn end_all_sessions(
    tx: &Transaction<'_>,
    whom: OperatorId,
    but: Option<SessionId>,
) -> Result<(), StoreError> {
    let delete = "delete from session where operator_id = ?1 and id is not ?2";
    tx.execute(delete, (whom.as_bytes(), but.map(|id| id.0)))?;
    Ok(())
}

impl Store {
    /// A fact about this box.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fact(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select value from box where key = ?1")?;
            Ok(select.query_row([key], |row| row.get(0)).optional()?)
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

    /// All accounts by name, closed ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from operator order by name")?;
            let mut rows = select.query([])?;
            let mut accounts = Vec::new();
            while let Some(row) = rows.next()? {
                accounts.push(account(row)?);
            }
            Ok(accounts)
        })
    }

    /// Adds an account; `by` nobody makes the first one and only succeeds while there is none, so
    /// that two people racing for the first login cannot both win.
    ///
    /// # Errors
    /// [`Fault::AlreadySetUp`], or [`Fault::NameTaken`].
    pub fn add_operator(
        &self,
        by: Option<OperatorId>,
        operator: &Operator,
        secret: &NewSecret,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let count: i64 = tx.query_row("select count(*) from operator", [], |row| row.get(0))?;
            if by.is_none() && count > 0 {
                return Err(Fault::AlreadySetUp.into());
            }
            let insert = "insert or ignore into operator \
                          (id, name, role, passcode_hash, passcode_kind, must_choose) \
                          values (?1, ?2, ?3, ?4, ?5, ?6)";
            let values = (
                operator.id.as_bytes(),
                operator.name.as_str(),
                operator.role.code(),
                &secret.hash,
                secret.kind.code(),
                secret.must_choose,
            );
            if tx.execute(insert, values)? == 0 {
                return Err(Fault::NameTaken.into());
            }
            note(tx, by.unwrap_or(operator.id), "operator_added", operator.id, at)
        })
    }

    /// An account with its passcode's hash.
    ///
    /// # Errors
    /// When the database fails.
    pub fn operator_secret(&self, id: OperatorId) -> Result<Option<OperatorSecret>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from operator where id = ?1")?;
            let mut rows = select.query([id.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(OperatorSecret { account: account(row)?, hash: row.get("passcode_hash")? }))
        })
    }

    /// Changes somebody else's account. `secret` belongs to [`AccountChange::Reset`].
    ///
    /// Whoever changes it must still be allowed to when the change is written: of two administrators
    /// who close each other at the same time one stays.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], [`Fault::OwnAccount`], [`Fault::NameTaken`], [`Fault::PersonUnknown`].
    pub fn change_account(
        &self,
        by: OperatorId,
        whom: OperatorId,
        change: &AccountChange,
        secret: Option<&NewSecret>,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let select = "select role from operator where id = ?1 and active = 1";
            let role: Option<String> =
                tx.query_row(select, [by.as_bytes()], |row| row.get(0)).optional()?;
            let role = role.as_deref().and_then(Role::parse);
            if !role.is_some_and(|role| role.may(Right::ManagePeople)) {
                return Err(Fault::NotAllowed.into());
            }
            if by == whom {
                return Err(Fault::OwnAccount.into());
            }
            let id = whom.as_bytes();
            let changed = match (change, secret) {
                (AccountChange::Reset(_), Some(secret)) => {
                    let update = "update operator set passcode_hash = ?2, passcode_kind = ?3, \
                                  must_choose = ?4, failures = 0 where id = ?1";
                    end_all_sessions(tx, whom, None)?;
                    tx.execute(update, (id, &secret.hash, secret.kind.code(), secret.must_choose))?
                }
                (AccountChange::Reset(_), None) => return Err(Fault::Internal.into()),
                (AccountChange::Close, _) => {
                    end_all_sessions(tx, whom, None)?;
                    tx.execute("update operator set active = 0 where id = ?1", [id])?
                }
                (AccountChange::Reopen, _) => {
                    tx.execute("update operator set active = 1 where id = ?1", [id])?
                }
                (AccountChange::Role(role), _) => {
                    let update = "update operator set role = ?2 where id = ?1";
                    tx.execute(update, (id, role.code()))?
                }
                (AccountChange::Rename(name), _) => {
                    let taken = "select count(*) from operator where name = ?2 and id <> ?1";
                    let taken: i64 = tx.query_row(taken, (id, name.as_str()), |row| row.get(0))?;
                    if taken > 0 {
                        return Err(Fault::NameTaken.into());
                    }
                    let update = "update operator set name = ?2 where id = ?1";
                    tx.execute(update, (id, name.as_str()))?
                }
            };
            if changed == 0 {
                return Err(Fault::PersonUnknown.into());
            }
            note(tx, by, change.code(), whom, at)
        })
    }

    /// Stores the passcode that a person chose, and ends the person's other sessions.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_passcode(
        &self,
        whom: OperatorId,
        secret: &NewSecret,
        here: SessionId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update operator set passcode_hash = ?2, passcode_kind = ?3, \
                          must_choose = ?4, failures = 0 where id = ?1";
            let values = (whom.as_bytes(), &secret.hash, secret.kind.code(), secret.must_choose);
            tx.execute(update, values)?;
            end_all_sessions(tx, whom, Some(here))?;
            note(tx, whom, "passcode_chosen", whom, at)
        })
    }

    /// Code of the language that a person chose.
    ///
    /// # Errors
    /// When the database fails.
    pub fn language_of(&self, whom: OperatorId) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let select = "select language from operator where id = ?1";
            let code: Option<Option<String>> =
                db.query_row(select, [whom.as_bytes()], |row| row.get(0)).optional()?;
            Ok(code.flatten())
        })
    }

    /// Remembers the language that a person chose.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_language(&self, whom: OperatorId, code: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update operator set language = ?2 where id = ?1";
            tx.execute(update, (whom.as_bytes(), code))?;
            Ok(())
        })
    }

    /// Begins a try: milliseconds that it has to wait, and the tries so far. One that need not wait is counted
    /// before its hash is looked at. All in one transaction, so that parallel tries cannot outrun the count.
    ///
    /// # Errors
    /// When the database fails, or there is no such operator.
    pub fn begin_login_try(
        &self,
        id: OperatorId,
        now: Stamp,
    ) -> Result<(i64, Throttle), StoreError> {
        self.write(|tx| {
            let before = tx
                .prepare_cached("select * from operator where id = ?1")?
                .query_row([id.as_bytes()], |row| Ok(throttle(row)))??;
            let (wait_ms, kept) = before.tried(now);
            let update = "update operator set failures = ?2, failed_ms = ?3, failed_trust = ?4 \
                          where id = ?1";
            let (last, trust) = (kept.last.wall.0, kept.last.trust.code());
            tx.execute(update, (id.as_bytes(), kept.failures, last, trust))?;
            Ok((wait_ms, kept))
        })
    }

    /// Forgets the wrong tries after a right passcode.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_tries(&self, id: OperatorId) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("update operator set failures = 0 where id = ?1", [id.as_bytes()])?;
            Ok(())
        })
    }
}
