//! Rows of readers and of their sessions.

use super::sql::{Db, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::login::Throttle;
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::portal::readers::{Reader, ReaderSecret, ReaderStorage};
use crate::portal::storage::StorageError;
use crate::portal::store::Store;

impl ReaderStorage for Store {
    fn set_reader(&self, name: &PersonName, secret: &str, at: WallMs) -> Result<(), StorageError> {
        self.write(scope(name), |tx| {
            tx.execute(
                "insert into reader (name, secret, must_choose, made_ms) values (?1, ?2, 1, ?3) \
                 on conflict (name) do update set secret = ?2, must_choose = 1, closed_ms = null, \
                 failures = 0",
                &params![name.as_str(), secret, at.0],
            )?;
            end_sessions(tx, name)
        })
    }

    fn close_reader(&self, name: &PersonName, at: WallMs) -> Result<bool, StorageError> {
        self.write(scope(name), |tx| {
            end_sessions(tx, name)?;
            let update = "update reader set closed_ms = coalesce(closed_ms, ?2) where name = ?1";
            Ok(tx.execute(update, &params![name.as_str(), at.0])? == 1)
        })
    }

    fn reader_secret(&self, name: &PersonName) -> Result<Option<ReaderSecret>, StorageError> {
        let select = "select * from reader where name = ?1 and closed_ms is null";
        let found = self.read(|db| db.first(select, &params![name.as_str()]))?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(ReaderSecret {
            reader: Reader { id: row.get("id")?, name: name.clone() },
            secret: row.get("secret")?,
            must_choose: row.get("must_choose")?,
        }))
    }

    fn choose_secret(&self, id: i64, secret: &str) -> Result<(), StorageError> {
        let update = "update reader set secret = ?2, must_choose = 0 where id = ?1";
        self.write(Scope::Named(&id.to_be_bytes()), |tx| tx.execute(update, &params![id, secret]))
            .map(drop)
    }

    fn begin_try(&self, id: i64, now: Stamp) -> Result<i64, StorageError> {
        self.write(Scope::Named(&id.to_be_bytes()), |tx| {
            let select = "select failures, failed_ms from reader where id = ?1";
            let row = tx.first(select, &params![id])?;
            let row = row.ok_or(StorageError::Corrupt { what: "reader" })?;
            let last = Stamp { wall: WallMs(row.get("failed_ms")?), trust: ClockTrust::Synced };
            let before = Throttle { failures: row.get("failures")?, last };
            let (wait_ms, kept) = before.tried(now);
            let update = "update reader set failures = ?2, failed_ms = ?3 where id = ?1";
            tx.execute(update, &params![id, kept.failures, kept.last.wall.0])?;
            Ok(wait_ms)
        })
    }

    fn open_session(&self, token: Sha256Digest, id: i64, at: WallMs) -> Result<(), StorageError> {
        self.write(Scope::Named(&id.to_be_bytes()), |tx| {
            tx.execute("update reader set failures = 0 where id = ?1", &params![id])?;
            let insert =
                "insert into reader_session (token, reader_id, seen_ms) values (?1, ?2, ?3)";
            tx.execute(insert, &params![token.as_bytes(), id, at.0])
        })
        .map(drop)
    }

    fn session(&self, token: Sha256Digest) -> Result<Option<(Reader, WallMs)>, StorageError> {
        let select = "select id, name, seen_ms from reader_session \
                      join reader on reader.id = reader_id where token = ?1 and closed_ms is null";
        let found = self.read(|db| db.first(select, &params![token.as_bytes()]))?;
        let Some(row) = found else { return Ok(None) };
        let name: String = row.get("name")?;
        let name = PersonName::parse(&name).ok_or(StorageError::Corrupt { what: "name" })?;
        Ok(Some((Reader { id: row.get("id")?, name }, WallMs(row.get("seen_ms")?))))
    }

    fn touch_session(&self, token: Sha256Digest, at: WallMs) -> Result<(), StorageError> {
        let update = "update reader_session set seen_ms = ?2 where token = ?1";
        let values = params![token.as_bytes(), at.0];
        self.write(Scope::Named(token.as_bytes()), |tx| tx.execute(update, &values)).map(drop)
    }

    fn end_session(&self, token: Sha256Digest) -> Result<(), StorageError> {
        let delete = "delete from reader_session where token = ?1";
        let values = params![token.as_bytes()];
        self.write(Scope::Named(token.as_bytes()), |tx| tx.execute(delete, &values)).map(drop)
    }
}

fn scope(name: &PersonName) -> Scope<'_> {
    Scope::Named(name.as_str().as_bytes())
}

/// Logs a reader out everywhere.
fn end_sessions(tx: &dyn Db, name: &PersonName) -> Result<(), StorageError> {
    let delete =
        "delete from reader_session where reader_id = (select id from reader where name = ?1)";
    tx.execute(delete, &params![name.as_str()]).map(drop)
}
