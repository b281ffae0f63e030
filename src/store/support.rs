//! Rows of consents, and what support may be told about the database: counts and known words only.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::study::{PhotoState, StudyState};
use crate::domain::support::{Consent, EVENT_KINDS, OTHER, known};
use crate::domain::sync::support::SupportBundle;
use crate::domain::update::ReleaseVersion;
use crate::store::copy::{RowCounts, counts};
use crate::store::error::StoreError;
use crate::store::sql::parsed;
use crate::store::{Store, support_way, upgrade};

/// Most consents that a page lists.
const CONSENTS_MAX: u32 = 50;
/// Most events in a bundle, the newest.
const EVENTS_MAX: u32 = 2000;
/// Most starts of the program in a bundle, the newest.
const STARTS_MAX: u32 = 100;

/// Something that happened: which kind, when, and whether the clock was confirmed.
pub type Moment = (String, i64, bool);

/// The database as support may see it.
#[derive(Clone, Debug, Default)]
pub struct DatabaseFacts {
    /// Its version.
    pub schema: u32,
    /// Whether SQLite's quick check passes.
    pub sound: bool,
    /// Rows of each table of ours.
    pub rows: RowCounts,
    /// Photos by state.
    pub photos: BTreeMap<&'static str, u64>,
    /// Studies by state.
    pub studies: BTreeMap<&'static str, u64>,
    /// Photos that are held, by fault code.
    pub faults: BTreeMap<&'static str, u64>,
    /// Events by kind.
    pub event_counts: BTreeMap<&'static str, u64>,
    /// The last events, the newest first.
    pub events: Vec<Moment>,
    /// The last starts, the newest first: version, time.
    pub starts: Vec<Moment>,
}

impl Store {
    /// Writes down that somebody agrees until then, with hash and length of the file that `keep` puts on the disk
    /// by the number of the consent; gives that number. With `answers` it is the yes to that request of the portal.
    ///
    /// # Errors
    /// [`Fault::PageUnknown`]: nobody asks under that number; what `keep` gives; or when the database fails.
    pub fn agree_to_support(
        &self,
        (by, at, until_ms): (OperatorId, Stamp, i64),
        (hash, size_bytes): (Sha256Digest, u64),
        answers: Option<u64>,
        keep: impl FnOnce(i64) -> Result<(), StoreError>,
    ) -> Result<i64, StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into support_consent (operator_id, wall_ms, clock_trust, until_ms) \
                 values (?1, ?2, ?3, ?4)",
                (by.as_bytes(), at.wall.0, at.trust.code(), until_ms),
            )?;
            let seq = tx.last_insert_rowid();
            super::journal::note(tx, Some(by), "support_agreed", &until_ms.to_string(), at)?;
            support_way::insert(tx, SupportBundle { consent: seq, hash }, size_bytes)?;
            if let Some(number) = answers {
                support_way::answer(tx, number, seq, (by, at))?;
            }
            // Before the row is there: a file without a consent is removed, a consent without a file never ends well.
            keep(seq)?;
            Ok(seq)
        })
    }

    /// Takes every consent back that still holds.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_support(&self, by: OperatorId, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            let changed = tx.execute(
                "update support_consent set ended_by = ?1, ended_ms = ?2, ended_trust = ?3 \
                 where ended_by is null and until_ms > ?2",
                (by.as_bytes(), at.wall.0, at.trust.code()),
            )?;
            if changed > 0 {
                super::journal::note(tx, Some(by), "support_ended", "", at)?;
            }
            Ok(())
        })
    }

    /// The last consents, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support_consents(&self) -> Result<Vec<Consent>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select support_consent.*, name from support_consent \
                 join operator on operator.id = operator_id order by seq desc limit ?1",
            )?;
            let mut rows = select.query([CONSENTS_MAX])?;
            let mut consents = Vec::new();
            while let Some(row) = rows.next()? {
                consents.push(consent(row)?);
            }
            Ok(consents)
        })
    }

    /// What support may be told about the database. Every word in it is one of this program.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn database_facts(&self) -> Result<DatabaseFacts, StoreError> {
        self.read(|db| {
            let said: String = db.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
            let states = PhotoState::ALL.map(PhotoState::code);
            let studies = StudyState::ALL.map(StudyState::code);
            let faults: Vec<_> = Fault::ALL.iter().map(|fault| fault.code()).collect();
            let by = |column: &str, table: &str, words: &[&'static str]| {
                let select =
                    format!("select {column}, count(*) from {table} where {column} is not null group by 1");
                tally(db, &select, words)
            };
            Ok(DatabaseFacts {
                schema: upgrade::known_schema(),
                sound: said == "ok",
                rows: counts(db)?,
                photos: by("state", "photo", &states)?,
                studies: by("state", "study", &studies)?,
                faults: by("fault", "photo", &faults)?,
                event_counts: by("kind", "event", &EVENT_KINDS)?,
                events: moments(
                    db,
                    "select kind, wall_ms, clock_trust from event order by seq desc limit ?1",
                    EVENTS_MAX,
                    |kind| known(kind, &EVENT_KINDS).to_owned(),
                )?,
                starts: moments(
                    db,
                    "select program_version, wall_ms, clock_trust from start order by seq desc limit ?1",
                    STARTS_MAX,
                    |version| {
                        let version = ReleaseVersion::parse(version).map(|one| one.to_string());
                        version.unwrap_or_else(|| OTHER.to_owned())
                    },
                )?,
            })
        })
    }
}

fn consent(row: &Row<'_>) -> Result<Consent, StoreError> {
    let ended: Option<i64> = row.get("ended_ms")?;
    let ended = match ended {
        None => None,
        Some(ms) => {
            let trust = parsed(row, "ended_trust", ClockTrust::parse)?;
            Some(Stamp { wall: WallMs(ms), trust })
        }
    };
    Ok(Consent {
        seq: row.get("seq")?,
        by: parsed(row, "name", PersonName::parse)?,
        at: crate::store::sql::stamp(row, "wall_ms", "clock_trust")?,
        until_ms: row.get("until_ms")?,
        ended,
    })
}

fn tally(
    db: &Connection,
    select: &str,
    words: &[&'static str],
) -> Result<BTreeMap<&'static str, u64>, StoreError> {
    let mut select = db.prepare(select)?;
    let mut rows = select.query([])?;
    let mut tally = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (word, count): (String, u64) = (row.get(0)?, row.get(1)?);
        *tally.entry(known(&word, words)).or_insert(0) += count;
    }
    Ok(tally)
}

fn moments(
    db: &Connection,
    select: &str,
    most: u32,
    word: impl Fn(&str) -> String,
) -> Result<Vec<Moment>, StoreError> {
    let mut select = db.prepare(select)?;
    let mut rows = select.query([most])?;
    let mut moments = Vec::new();
    while let Some(row) = rows.next()? {
        let (text, at, trust): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        moments.push((word(&text), at, trust == ClockTrust::Synced.code()));
    }
    Ok(moments)
}
