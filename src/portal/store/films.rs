//! Rows of studies as the newest records tell them.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::people::Phi;
use crate::domain::reading::Urgency;
use crate::domain::stamp::WallMs;
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::KeyId;
use crate::portal::reading::{FilmRecords, FilmStorage, WaitingFilm};
use crate::portal::storage::StorageError;
use crate::portal::store::{SqliteStorage, images};
use crate::wire::fhir::read::Told;
use crate::wire::pack::unpack;

/// Films on the worklist.
const WAITING_ROWS: u32 = 200;
/// Films on the list of those that were read.
const READ_ROWS: u32 = 30;

impl FilmStorage for SqliteStorage {
    fn waiting_films(&self) -> Result<Vec<WaitingFilm>, StorageError> {
        let order = "result_place is not null and read_ms is null and state <> 'voided' \
                     order by turn, received_ms";
        films(&self.lock(), order, WAITING_ROWS)
    }

    fn read_films(&self) -> Result<Vec<WaitingFilm>, StorageError> {
        films(&self.lock(), "read_ms is not null order by read_ms desc", READ_ROWS)
    }

    fn film(&self, from: KeyId, study: StudyId) -> Result<Option<FilmRecords>, StorageError> {
        film(&self.lock(), from, study)
    }

    fn radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<Option<Vec<u8>>, StorageError> {
        if !self.has_radiograph(from, hash)? {
            return Ok(None);
        }
        images::read(&self.dir, hash).map(Some)
    }

    fn has_radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<bool, StorageError> {
        let select = "select 1 from record where box_id = ?1 and kind = 'image' and hash = ?2";
        Ok(self.lock().prepare_cached(select)?.exists((from.as_bytes(), hash.as_bytes()))?)
    }
}

/// What a new record changes. A bundle that does not tell of a study changes nothing: it is held all the
/// same.
pub(super) fn follow(
    tx: &Transaction<'_>,
    from: KeyId,
    (seq, study, place): (Seq, StudyId, u64),
    (kind, told): (RecordKind, &Told),
    at: WallMs,
) -> Result<(), StorageError> {
    let Some(about) = told.study() else { return Ok(()) };
    let key = (from.as_bytes(), study.as_bytes());
    let urgency = about.urgency.map(Urgency::code);
    // An older record that arrives late does not replace a newer one.
    tx.prepare_cached(
        "insert into examination (box_id, study, told_seq, number, name, state, urgency, received_ms) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (box_id, study) do update set \
         told_seq = excluded.told_seq, number = excluded.number, name = excluded.name, \
         state = excluded.state, urgency = excluded.urgency \
         where excluded.told_seq >= told_seq and state <> 'voided'",
    )?
    .execute((
        key.0,
        key.1,
        seq.0,
        &about.number,
        about.name.reveal().as_str(),
        about.state.code(),
        urgency,
        at.0,
    ))?;
    if urgency.is_none() {
        // The reading was withdrawn since: nobody is shown it as if it held.
        let update = "update examination set result_place = null, radiograph = null \
                      where box_id = ?1 and study = ?2 and told_seq = ?3 and result_seq < ?3";
        tx.prepare_cached(update)?.execute((key.0, key.1, seq.0))?;
    }
    if kind == RecordKind::Report {
        let update = "update examination set signed = 1 where box_id = ?1 and study = ?2";
        tx.prepare_cached(update)?.execute(key)?;
    }
    if let (RecordKind::Result, Some(reading)) = (kind, told.reading()) {
        // Another radiograph is another film to read, whoever read the one before.
        tx.prepare_cached(
            "update examination set result_seq = ?3, result_place = ?4, \
             read_ms = case when radiograph is ?5 then read_ms end, radiograph = ?5 \
             where box_id = ?1 and study = ?2 and coalesce(result_seq, 0) <= ?3",
        )?
        .execute((key.0, key.1, seq.0, place, reading.radiograph.as_bytes()))?;
    }
    Ok(())
}

/// Follows every record that was there before this table was.
pub(super) fn follow_all(tx: &Transaction<'_>) -> Result<(), StorageError> {
    let mut select = tx.prepare("select * from record where study is not null order by place")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let kind: String = row.get("kind")?;
        let kind = RecordKind::parse(&kind).ok_or(StorageError::Corrupt { what: "kind" })?;
        let packed: Vec<u8> = row.get("body")?;
        let Some(told) = Told::parse(&text(&packed)?) else { continue };
        let which =
            (Seq(row.get("seq")?), StudyId::from_bytes(row.get("study")?), row.get("place")?);
        let from = KeyId::from_bytes(row.get("box_id")?);
        follow(tx, from, which, (kind, &told), WallMs(row.get("received_ms")?))?;
    }
    Ok(())
}

fn text(packed: &[u8]) -> Result<String, StorageError> {
    let body = unpack(packed).and_then(|body| String::from_utf8(body).ok());
    body.ok_or(StorageError::Corrupt { what: "body" })
}

fn films(db: &Connection, which: &str, most: u32) -> Result<Vec<WaitingFilm>, StorageError> {
    let mut select = db.prepare_cached(&format!(
        "select examination.*, box.name as site from examination \
         join box on box.id = examination.box_id where {which} limit ?1"
    ))?;
    let mut rows = select.query([most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(waiting_film(row)?);
    }
    Ok(found)
}

fn waiting_film(row: &Row<'_>) -> Result<WaitingFilm, StorageError> {
    let urgency: Option<String> = row.get("urgency")?;
    Ok(WaitingFilm {
        box_id: KeyId::from_bytes(row.get("box_id")?),
        site: row.get("site")?,
        study: StudyId::from_bytes(row.get("study")?),
        number: row.get("number")?,
        name: Phi::new(row.get("name")?),
        urgency: urgency.as_deref().and_then(Urgency::parse),
        signed: row.get("signed")?,
        received: WallMs(row.get("received_ms")?),
        read: row.get::<_, Option<i64>>("read_ms")?.map(WallMs),
    })
}

fn film(db: &Connection, from: KeyId, study: StudyId) -> Result<Option<FilmRecords>, StorageError> {
    let key = (from.as_bytes(), study.as_bytes());
    let found: Option<(String, i64, Option<i64>)> = db
        .prepare_cached(
            "select box.name, told_seq, result_place from examination \
             join box on box.id = box_id where box_id = ?1 and study = ?2",
        )?
        .query_row(key, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((site, told_seq, Some(result_place))) = found else { return Ok(None) };
    let body = |select: &str, key: &[&dyn rusqlite::ToSql]| -> Result<String, StorageError> {
        let packed: Vec<u8> = db.prepare_cached(select)?.query_row(key, |row| row.get(0))?;
        text(&packed)
    };
    let mut reports = Vec::new();
    let mut select = db.prepare_cached(
        "select body from record where box_id = ?1 and study = ?2 and kind = 'report' order by seq",
    )?;
    let mut rows = select.query(key)?;
    while let Some(row) = rows.next()? {
        reports.push(text(&row.get::<_, Vec<u8>>(0)?)?);
    }
    Ok(Some(FilmRecords {
        site,
        state: body(
            "select body from record where box_id = ?1 and study = ?2 and seq = ?3 \
             order by place desc limit 1",
            &[&key.0, &key.1, &told_seq],
        )?,
        reading: body("select body from record where place = ?1", &[&result_place])?,
        reports,
    }))
}
