//! Rows of what boxes announce by text message.

use super::sql::{Db, Row, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::sms_digest::{Announced, SmsDigest};
use crate::keys::sms::SmsPublicKey;
use crate::portal::announced::{
    AnnouncementCounts, AnnouncementId, AnnouncementRow, AnnouncementStorage, KeptText,
    OpenAnnouncement, findings_text, is_as_said,
};
use crate::portal::storage::StorageError;
use crate::portal::store::{Store, films};
use crate::wire::fhir::read::Told;
use crate::wire::sms_digest::DigestName;

/// How long texts are kept, milliseconds: a week.
const TEXT_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Most texts that are kept of one tag. Who knows a tag can send as many as he likes.
const TEXTS_MAX: u32 = 256;
/// Announcements on a page.
const OPEN_ROWS: u32 = 200;

impl AnnouncementStorage for Store {
    fn keep_sms_key(&self, id: KeyId, key: &SmsPublicKey, at: WallMs) -> Result<(), StorageError> {
        if self.sms_keys(key.tag())?.contains(&(id, *key)) {
            return Ok(());
        }
        let insert = "insert into sms_key (box_id, key, tag, told_ms) values (?1, ?2, ?3, ?4) \
                      on conflict (box_id, key) do nothing";
        let row = params![id.as_bytes(), key.as_bytes(), key.tag(), at.0];
        self.write(Scope::Box(id), |tx| tx.execute(insert, &row)).map(drop)
    }

    fn sms_keys(&self, tag: [u8; 4]) -> Result<Vec<(KeyId, SmsPublicKey)>, StorageError> {
        let select = "select box_id, key from sms_key where tag = ?1 order by told_ms";
        let rows = self.read(|db| db.query(select, &params![tag]))?;
        rows.iter()
            .map(|row| {
                let key = SmsPublicKey::from_bytes(row.get("key")?);
                Ok((KeyId::from_bytes(row.get("box_id")?), key))
            })
            .collect()
    }

    fn keep_text(&self, text: &KeptText, at: WallMs) -> Result<Vec<KeptText>, StorageError> {
        let name = text.name;
        self.write(Scope::Named(&name.tag), |tx| {
            let delete = "delete from sms_text where came_ms < ?1";
            tx.execute(delete, &params![at.0 - TEXT_KEPT_MS])?;
            tx.execute(
                "insert into sms_text (hash, tag, counter, texts, place, piece, came_ms) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (hash) do nothing",
                &params![
                    text.hash().as_bytes(),
                    name.tag,
                    name.counter,
                    name.texts,
                    text.place,
                    text.piece.clone(),
                    at.0,
                ],
            )?;
            tx.execute(
                "delete from sms_text where tag = ?1 and hash not in (select hash from sms_text \
                 where tag = ?1 order by came_ms desc, hash limit ?2)",
                &params![name.tag, TEXTS_MAX],
            )?;
            let rows = tx.query(
                "select place, piece from sms_text where tag = ?1 and counter = ?2 and texts = ?3 \
                 order by came_ms, hash",
                &params![name.tag, name.counter, name.texts],
            )?;
            let kept = |row: &Row| {
                let place = row.get::<i64>("place")?;
                let place =
                    u8::try_from(place).map_err(|_| StorageError::Corrupt { what: "place" })?;
                Ok(KeptText { name, place, piece: row.get("piece")? })
            };
            rows.iter().map(kept).collect()
        })
    }

    fn take_digest(
        &self,
        from: KeyId,
        (name, hash): (&DigestName, Sha256Digest),
        digest: &SmsDigest,
        at: WallMs,
    ) -> Result<bool, StorageError> {
        self.write(Scope::Box(from), |tx| {
            tx.execute(
                "update sms_text set done = 1 where tag = ?1 and counter = ?2 and texts = ?3",
                &params![name.tag, name.counter, name.texts],
            )?;
            let new = tx.execute(
                "insert into sms_digest (box_id, counter, hash, made_ms, made_trust, waiting, \
                 came_ms) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                 on conflict (box_id, counter, hash) do nothing",
                &params![
                    from.as_bytes(),
                    name.counter,
                    hash.as_bytes(),
                    digest.made.wall.0,
                    digest.made.trust.code(),
                    digest.waiting,
                    at.0,
                ],
            )? == 1;
            if new {
                for said in &digest.results {
                    insert(tx, from, hash, said, at)?;
                    settle(tx, from, said.seq, at)?;
                }
            }
            Ok(new)
        })
    }

    fn open_announcements(&self) -> Result<Vec<OpenAnnouncement>, StorageError> {
        let rows = self.read(|db| {
            db.query(
                "select announcement.*, box.name as site, box.through as through \
                 from announcement join box on box.id = announcement.box_id \
                 where state <> 'arrived' and looked_ms is null and revoked_ms is null \
                 order by case alert when 'open' then 0 when 'none' then 1 else 2 end, \
                 came_ms, seq limit ?1",
                &params![OPEN_ROWS],
            )
        })?;
        rows.iter().map(open).collect()
    }

    fn announcement_counts(
        &self,
        of: Option<KeyId>,
    ) -> Result<Vec<(KeyId, AnnouncementCounts)>, StorageError> {
        let rows = self.read(|db| {
            db.query(
                "select box.id as id, \
                 (select count(*) from announcement where box_id = box.id and state = 'waits' \
                   and seq > through and looked_ms is null) as waiting, \
                 (select count(*) from announcement where box_id = box.id and looked_ms is null \
                   and (state = 'differs' or (state = 'waits' and seq <= through))) \
                   as contradictions, \
                 (select count(*) from sms_text where done = 0 and texts = 2 and tag in \
                   (select tag from sms_key where box_id = box.id)) as incomplete \
                 from box where revoked_ms is null and (id = ?1 or ?1 is null)",
                &params![of.as_ref().map(KeyId::as_bytes)],
            )
        })?;
        rows.iter()
            .map(|row| {
                let counts = AnnouncementCounts {
                    waiting: row.get("waiting")?,
                    contradictions: row.get("contradictions")?,
                    incomplete: row.get("incomplete")?,
                };
                Ok((KeyId::from_bytes(row.get("id")?), counts))
            })
            .collect()
    }

    fn announcement_seen(
        &self,
        id: &AnnouncementId,
        by: &PersonName,
        at: WallMs,
    ) -> Result<(), StorageError> {
        let update = "update announcement set looked_by = ?4, looked_ms = ?5 \
                      where box_id = ?1 and seq = ?2 and hash = ?3 and looked_ms is null";
        let key = params![id.box_id.as_bytes(), id.seq.0, id.hash.as_bytes(), by.as_str(), at.0];
        self.write(Scope::Box(id.box_id), |tx| tx.execute(update, &key)).map(drop)
    }
}

fn open(row: &Row) -> Result<OpenAnnouncement, StorageError> {
    let (said, state): (_, String) = (said(row)?, row.get("state")?);
    let id = AnnouncementId {
        box_id: KeyId::from_bytes(row.get("box_id")?),
        seq: said.seq,
        hash: Sha256Digest::from_bytes(row.get("hash")?),
    };
    Ok(OpenAnnouncement {
        id,
        site: row.get("site")?,
        has_receipt: row.get::<i64>("through")? >= said.seq.0,
        said,
        came: WallMs(row.get("came_ms")?),
        differs: state == "differs",
    })
}

fn insert(
    tx: &dyn Db,
    from: KeyId,
    hash: Sha256Digest,
    said: &Announced,
    at: WallMs,
) -> Result<(), StorageError> {
    tx.execute(
        "insert into announcement (box_id, seq, hash, study_number, known_ms, known_trust, alert, \
         findings, more, came_ms, state) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'waits') \
         on conflict (box_id, seq, hash) do nothing",
        &params![
            from.as_bytes(),
            said.seq.0,
            hash.as_bytes(),
            said.study.0,
            said.known.map(|at| at.wall.0),
            said.known.map(|at| at.trust.code()),
            said.alert.code(),
            findings_text(&said.findings),
            said.more,
            at.0,
        ],
    )
    .map(drop)
}

fn said(row: &Row) -> Result<Announced, StorageError> {
    let corrupt = || StorageError::Corrupt { what: "announcement" };
    let (wall, trust): (Option<i64>, Option<String>) =
        (row.get("known_ms")?, row.get("known_trust")?);
    let known = match (wall, trust) {
        (Some(wall), Some(trust)) => {
            let trust = ClockTrust::parse(&trust).ok_or_else(corrupt)?;
            Some(Stamp { wall: WallMs(wall), trust })
        }
        _ => None,
    };
    let row = AnnouncementRow {
        seq: row.get("seq")?,
        study: row.get("study_number")?,
        known,
        alert: row.get("alert")?,
        findings: row.get("findings")?,
        more: row.get("more")?,
    };
    row.read().ok_or_else(corrupt)
}

/// Compares announcements of a number with the records of that number: one that says the same closes them;
/// otherwise, where there is one, the two contradict each other.
pub(super) fn settle(tx: &dyn Db, from: KeyId, seq: Seq, at: WallMs) -> Result<(), StorageError> {
    let key = params![from.as_bytes(), seq.0];
    let open = "select * from announcement where box_id = ?1 and seq = ?2 and state <> 'arrived'";
    let open = tx.query(open, &key)?;
    if open.is_empty() {
        return Ok(());
    }
    let records = records(tx, from, seq)?;
    for row in open {
        let (hash, said): ([u8; 32], _) = (row.get("hash")?, said(&row)?);
        let same = records.iter().find(|one| one.says(&said));
        let (state, study) = match (same, records.first()) {
            (Some(one), _) => ("arrived", one.study),
            (None, Some(one)) => ("differs", one.study),
            (None, None) => continue,
        };
        tx.execute(
            "update announcement set state = ?4, study = ?5, settled_ms = ?6 \
             where box_id = ?1 and seq = ?2 and hash = ?3",
            &params![from.as_bytes(), seq.0, hash, state, study, at.0],
        )?;
    }
    Ok(())
}

/// A record as far as an announcement can be compared with it.
struct Held {
    kind: RecordKind,
    study: Option<[u8; 16]>,
    told: Option<Told>,
}

impl Held {
    fn says(&self, said: &Announced) -> bool {
        self.told.as_ref().is_some_and(|told| is_as_said(said, self.kind, told))
    }
}

fn records(db: &dyn Db, from: KeyId, seq: Seq) -> Result<Vec<Held>, StorageError> {
    let select =
        "select kind, study, body from record where box_id = ?1 and seq = ?2 order by place";
    let mut found = Vec::new();
    for row in db.query(select, &params![from.as_bytes(), seq.0])? {
        let kind: String = row.get("kind")?;
        let kind = RecordKind::parse(&kind).ok_or(StorageError::Corrupt { what: "kind" })?;
        let packed: Option<Vec<u8>> = row.get("body")?;
        let body = packed.map(|packed| films::text(&packed)).transpose()?;
        let told = body.as_deref().and_then(Told::parse);
        found.push(Held { kind, study: row.get("study")?, told });
    }
    Ok(found)
}
