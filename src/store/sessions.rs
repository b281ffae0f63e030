//! Rows of sessions.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::OperatorId;
use crate::domain::login::{Device, SessionId, SessionRow};
use crate::domain::people::Operator;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::operators::{note, operator};
use crate::store::sql::{operator_id, stamp};

/// A session as a request finds it.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Its number.
    pub id: SessionId,
    /// Whose it is.
    pub operator: Operator,
    /// Whether the person has to choose a passcode first.
    pub must_choose: bool,
    /// Last request.
    pub seen: Stamp,
}

impl Store {
    /// Opens a session after a right passcode, forgets the wrong tries, and ends the session that the
    /// same browser had before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_session(
        &self,
        token_hash: Sha256Digest,
        operator: OperatorId,
        device: &Device,
        replaces: Option<Sha256Digest>,
        now: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            if let Some(before) = replaces {
                tx.execute("delete from session where token_hash = ?1", [before.as_bytes()])?;
            }
            tx.execute("update operator set failures = 0 where id = ?1", [operator.as_bytes()])?;
            let insert = "insert into session (token_hash, operator_id, device, opened_ms, \
                          opened_trust, seen_ms, seen_trust) values (?1, ?2, ?3, ?4, ?5, ?4, ?5)";
            let (wall, trust) = (now.wall.0, now.trust.code());
            let (token, whose) = (token_hash.as_bytes(), operator.as_bytes());
            tx.execute(insert, (token, whose, device.as_str(), wall, trust))?;
            note(tx, operator, "logged_in", operator, now)
        })
    }

    /// The session of a cookie.
    ///
    /// # Errors
    /// When the database fails.
    pub fn session(&self, token_hash: Sha256Digest) -> Result<Option<StoredSession>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select session.id as number, operator.id, name, role, must_choose, seen_ms, \
                 seen_trust from session join operator on operator.id = operator_id \
                 where token_hash = ?1 and active = 1",
            )?;
            let mut rows = select.query([token_hash.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(StoredSession {
                id: SessionId(row.get("number")?),
                operator: operator(row)?,
                must_choose: row.get("must_choose")?,
                seen: stamp(row, "seen_ms", "seen_trust")?,
            }))
        })
    }

    /// The sessions of one person, or everybody's, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sessions(&self, whose: Option<OperatorId>) -> Result<Vec<SessionRow>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from session where ?1 is null or operator_id = ?1 order by seen_ms desc",
            )?;
            let mut rows = select.query([whose.map(|id| *id.as_bytes())])?;
            let mut sessions = Vec::new();
            while let Some(row) = rows.next()? {
                sessions.push(SessionRow {
                    id: SessionId(row.get("id")?),
                    operator: operator_id(row, "operator_id")?,
                    device: Device::stored(row.get("device")?),
                    opened: stamp(row, "opened_ms", "opened_trust")?,
                    seen: stamp(row, "seen_ms", "seen_trust")?,
                });
            }
            Ok(sessions)
        })
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn touch_session(&self, id: SessionId, now: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update session set seen_ms = ?2, seen_trust = ?3 where id = ?1";
            tx.execute(update, (id.0, now.wall.0, now.trust.code()))?;
            Ok(())
        })
    }

    /// Ends a session: any, or only one of that person. Whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_session(
        &self,
        id: SessionId,
        whose: Option<OperatorId>,
        by: OperatorId,
        now: Stamp,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            let delete = "delete from session where id = ?1 and (?2 is null or operator_id = ?2) \
                          returning operator_id";
            let ended: Option<[u8; 16]> = {
                let mut statement = tx.prepare_cached(delete)?;
                let mut rows = statement.query((id.0, whose.map(|id| *id.as_bytes())))?;
                match rows.next()? {
                    Some(row) => Some(row.get(0)?),
                    None => None,
                }
            };
            let Some(whose) = ended else { return Ok(false) };
            note(tx, by, "session_ended", OperatorId::from_bytes(whose), now)?;
            Ok(true)
        })
    }
}
