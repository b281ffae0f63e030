//! Rows of readers and of their sessions.

use rusqlite::{OptionalExtension as _, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::login::Throttle;
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::portal::readers::{Reader, ReaderSecret, ReaderStorage};
use crate::portal::storage::StorageError;
use crate::portal::store::SqliteStorage;

impl ReaderStorage for SqliteStorage {
    fn set_reader(&self, name: &PersonName, secret: &str, at: WallMs) -> Result<(), StorageError> {
        self.write(|tx| {
            tx.execute(
                "insert into reader (name, secret, must_choose, made_ms) values (?1, ?2, 1, ?3) \
                 on conflict (name) do update set secret = ?2, must_choose = 1, closed_ms = null, \
                 failures = 0",
                (name.as_str(), secret, at.0),
            )?;
            end_sessions(tx, name)
        })
    }

    fn close_reader(&self, name: &PersonName, at: WallMs) -> Result<bool, StorageError> {
        self.write(|tx| {
            end_sessions(tx, name)?;
            let update = "update reader set closed_ms = coalesce(closed_ms, ?2) where name = ?1";
            Ok(tx.execute(update, (name.as_str(), at.0))? == 1)
        })
    }

    fn reader_secret(&self, name: &PersonName) -> Result<Option<ReaderSecret>, StorageError> {
        let db = self.lock();
        let mut select =
            db.prepare_cached("select * from reader where name = ?1 and closed_ms is null")?;
        let mut rows = select.query([name.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let last = Stamp { wall: WallMs(row.get("failed_ms")?), trust: ClockTrust::Synced };
        Ok(Some(ReaderSecret {
            reader: Reader { id: row.get("id")?, name: name.clone() },
            secret: row.get("secret")?,
            must_choose: row.get("must_choose")?,
            throttle: Throttle { failures: row.get("failures")?, last },
        }))
    }

    fn choose_secret(&self, id: i64, secret: &str) -> Result<(), StorageError> {
        let update = "update reader set secret = ?2, must_choose = 0 where id = ?1";
        self.write(|tx| Ok(tx.execute(update, (id, secret))?)).map(drop)
    }

    fn count_try(&self, id: i64, at: WallMs) -> Result<(), StorageError> {
        let update = "update reader set failures = failures + 1, failed_ms = ?2 where id = ?1";
        self.write(|tx| Ok(tx.execute(update, (id, at.0))?)).map(drop)
    }

    fn open_session(&self, token: Sha256Digest, id: i64, at: WallMs) -> Result<(), StorageError> {
        self.write(|tx| {
            tx.execute("update reader set failures = 0 where id = ?1", [id])?;
            let insert =
                "insert into reader_session (token, reader_id, seen_ms) values (?1, ?2, ?3)";
            Ok(tx.execute(insert, (token.as_bytes(), id, at.0))?)
        })
        .map(drop)
    }

    fn session(&self, token: Sha256Digest) -> Result<Option<(Reader, WallMs)>, StorageError> {
        let db = self.lock();
        let mut select = db.prepare_cached(
            "select id, name, seen_ms from reader_session join reader on reader.id = reader_id \
             where token = ?1 and closed_ms is null",
        )?;
        let found: Option<(i64, String, i64)> = select
            .query_row([token.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((id, name, seen)) = found else { return Ok(None) };
        let name = PersonName::parse(&name).ok_or(StorageError::Corrupt { what: "name" })?;
        Ok(Some((Reader { id, name }, WallMs(seen))))
    }

    fn touch_session(&self, token: Sha256Digest, at: WallMs) -> Result<(), StorageError> {
        let update = "update reader_session set seen_ms = ?2 where token = ?1";
        self.write(|tx| Ok(tx.execute(update, (token.as_bytes(), at.0))?)).map(drop)
    }

    fn end_session(&self, token: Sha256Digest) -> Result<(), StorageError> {
        let delete = "delete from reader_session where token = ?1";
        self.write(|tx| Ok(tx.execute(delete, [token.as_bytes()])?)).map(drop)
    }
}

/// Logs a reader out everywhere.
fn end_sessions(tx: &Transaction<'_>, name: &PersonName) -> Result<(), StorageError> {
    let delete =
        "delete from reader_session where reader_id = (select id from reader where name = ?1)";
    tx.execute(delete, [name.as_str()])?;
    Ok(())
}
