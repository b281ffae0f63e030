//! Rows of studies as the newest records tell them.

use super::sql::{Db, Row, Value, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::people::Phi;
use crate::domain::reading::Urgency;
use crate::domain::stamp::WallMs;
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::KeyId;
use crate::portal::reading::{FilmRecords, FilmStorage, WaitingFilm};
use crate::portal::storage::StorageError;
use crate::portal::store::Store;
use crate::wire::fhir::read::Told;
use crate::wire::pack::unpack;

/// Films on the worklist.
const WAITING_ROWS: u32 = 200;
/// Records looked at together when the films are made of them.
const FOLLOWED_ROWS: u32 = 500;
/// Films on the list of those that were read.
const READ_ROWS: u32 = 30;

impl FilmStorage for Store {
    fn waiting_films(&self) -> Result<Vec<WaitingFilm>, StorageError> {
        let order = "result_place is not null and read_ms is null and state <> 'voided' \
                     order by turn, received_ms";
        self.read(|db| films(db, order, WAITING_ROWS))
    }

    fn read_films(&self) -> Result<Vec<WaitingFilm>, StorageError> {
        let order = "read_ms is not null order by read_ms desc";
        self.read(|db| films(db, order, READ_ROWS))
    }

    fn film(&self, from: KeyId, study: StudyId) -> Result<Option<FilmRecords>, StorageError> {
        self.read(|db| film(db, from, study))
    }

    fn radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<Option<Vec<u8>>, StorageError> {
        if !self.has_radiograph(from, hash)? {
            return Ok(None);
        }
        self.assembly.answers()?;
        self.images.whole().get(hash).map(Some)
    }

    fn has_radiograph(&self, from: KeyId, hash: Sha256Digest) -> Result<bool, StorageError> {
        let select = "select 1 from record where box_id = ?1 and kind = 'image' and hash = ?2";
        let key = params![from.as_bytes(), hash.as_bytes()];
        Ok(self.read(|db| db.first(select, &key))?.is_some())
    }
}

/// What a new record changes. A bundle that does not tell of a study changes nothing: it is held all the
/// same.
pub(super) fn follow(
    tx: &dyn Db,
    from: KeyId,
    (seq, study, place): (Seq, StudyId, u64),
    (kind, told): (RecordKind, &Told),
    at: WallMs,
) -> Result<(), StorageError> {
    let Some(about) = told.study() else { return Ok(()) };
    let urgency = about.urgency.map(Urgency::code);
    // An older record that arrives late does not replace a newer one.
    tx.execute(
        "insert into examination (box_id, study, told_seq, number, name, state, urgency, received_ms) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (box_id, study) do update set \
         told_seq = excluded.told_seq, number = excluded.number, name = excluded.name, \
         state = excluded.state, urgency = excluded.urgency \
         where excluded.told_seq >= examination.told_seq and examination.state <> 'voided'",
        &params![
            from.as_bytes(),
            study.as_bytes(),
            seq.0,
            &about.number,
            about.name.reveal().as_str(),
            about.state.code(),
            urgency,
            at.0,
        ],
    )?;
    if urgency.is_none() {
        // The reading was withdrawn since: nobody is shown it as if it held.
        let update = "update examination set result_place = null, radiograph = null \
                      where box_id = ?1 and study = ?2 and told_seq = ?3 and result_seq < ?3";
        tx.execute(update, &params![from.as_bytes(), study.as_bytes(), seq.0])?;
    }
    if kind == RecordKind::Report {
        let update = "update examination set signed = 1 where box_id = ?1 and study = ?2";
        tx.execute(update, &params![from.as_bytes(), study.as_bytes()])?;
    }
    if let (RecordKind::Result, Some(reading)) = (kind, told.reading()) {
        // Another radiograph is another film to read, whoever read the one before.
        let radiograph = reading.radiograph.as_bytes();
        tx.execute(
            "update examination set result_seq = ?3, result_place = ?4, read_ms = case \
             when radiograph is not distinct from ?5 then read_ms end, radiograph = ?5 \
             where box_id = ?1 and study = ?2 and coalesce(result_seq, 0) <= ?3",
            &params![from.as_bytes(), study.as_bytes(), seq.0, place, radiograph],
        )?;
    }
    Ok(())
}

/// Follows every record that was there before this table was.
pub(super) fn follow_all(tx: &dyn Db) -> Result<(), StorageError> {
    let select = "select * from record where study is not null and place > ?1 \
                  order by place limit ?2";
    let mut after = 0_u64;
    loop {
        let rows = tx.query(select, &params![after, FOLLOWED_ROWS])?;
        for row in &rows {
            after = row.get("place")?;
            let kind: String = row.get("kind")?;
            let kind = RecordKind::parse(&kind).ok_or(StorageError::Corrupt { what: "kind" })?;
            let packed: Vec<u8> = row.get("body")?;
            let Some(told) = Told::parse(&text(&packed)?) else { continue };
            let which = (Seq(row.get("seq")?), StudyId::from_bytes(row.get("study")?), after);
            let from = KeyId::from_bytes(row.get("box_id")?);
            follow(tx, from, which, (kind, &told), WallMs(row.get("received_ms")?))?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

pub(super) fn text(packed: &[u8]) -> Result<String, StorageError> {
    let body = unpack(packed).and_then(|body| String::from_utf8(body).ok());
    body.ok_or(StorageError::Corrupt { what: "body" })
}

fn films(db: &dyn Db, which: &str, most: u32) -> Result<Vec<WaitingFilm>, StorageError> {
    let select = format!(
        "select examination.*, box.name as site from examination \
         join box on box.id = examination.box_id where {which} limit ?1"
    );
    db.query(&select, &params![most])?.iter().map(waiting_film).collect()
}

fn waiting_film(row: &Row) -> Result<WaitingFilm, StorageError> {
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
        read: row.get::<Option<i64>>("read_ms")?.map(WallMs),
    })
}

fn film(db: &dyn Db, from: KeyId, study: StudyId) -> Result<Option<FilmRecords>, StorageError> {
    let key = params![from.as_bytes(), study.as_bytes()];
    let found = db.first(
        "select box.name as site, told_seq, result_place from examination \
         join box on box.id = box_id where box_id = ?1 and study = ?2",
        &key,
    )?;
    let Some(row) = found else { return Ok(None) };
    let Some(result_place) = row.get::<Option<i64>>("result_place")? else { return Ok(None) };
    let told_seq: i64 = row.get("told_seq")?;
    let body = |select: &str, key: &[Value]| text(&db.number::<Vec<u8>>(select, key)?);
    let reports = db.query(
        "select body from record where box_id = ?1 and study = ?2 and kind = 'report' order by seq",
        &key,
    )?;
    let reports = reports.iter().map(|row| text(&row.get::<Vec<u8>>("body")?));
    Ok(Some(FilmRecords {
        site: row.get("site")?,
        state: body(
            "select body from record where box_id = ?1 and study = ?2 and seq = ?3 \
             order by place desc limit 1",
            &params![from.as_bytes(), study.as_bytes(), told_seq],
        )?,
        reading: body("select body from record where place = ?1", &params![result_place])?,
        reports: reports.collect::<Result<_, _>>()?,
    }))
}
