//! Rows of what goes to a PACS. Triggers write them (`upgrade/to_20.sql`): no code path can forget one.

use rusqlite::{Connection, Row};

use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::pacs::{ObjectKind, PacsDepth, Refusal};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::outbound::{Outbound, URGENT_TRIES, URGENT_TURN};
use crate::store::sql::{parsed, stamp, study_id};

/// The table.
const OBJECTS: Outbound =
    Outbound { table: "pacs_object", place: "pacs_place", theirs: "uid = null," };

/// An object that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingObject {
    seq: i64,
    changed: i64,
    /// What it shows.
    pub kind: ObjectKind,
    /// Of which study.
    pub study: StudyId,
    /// Which version of a report; 0 for other kinds.
    pub part: u32,
}

/// What became of an object.
#[derive(Clone, Debug)]
pub enum ObjectFate {
    /// The PACS has it, under this SOP Instance UID.
    Stored(String, Stamp),
    /// The PACS does not take it, or it cannot be made.
    Refused(Refusal),
    /// There is nothing to send any more, or the PACS has the same object already.
    Dropped,
}

impl Store {
    /// Says to which PACS objects go. For another one than before everything begins anew; what was
    /// refused is tried again at every start.
    ///
    /// # Errors
    /// When the database fails.
    pub fn choose_pacs(&self, place: &str) -> Result<(), StoreError> {
        self.write(|tx| OBJECTS.choose(tx, place))
    }

    /// The next object: film and reading of an urgent study first, and one over which the PACS failed after
    /// all others. An urgent one stays before them for a few failures, and then has one turn in eight; `turn`
    /// counts them. `aside` goes only when nothing else does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next_pacs_object(
        &self,
        turn: u32,
        aside: Option<WaitingObject>,
    ) -> Result<Option<WaitingObject>, StoreError> {
        self.read(|db| {
            let not = aside.map_or(0, |aside| aside.seq);
            if let Some(urgent) = urgent(db, turn, not)? {
                return Ok(Some(urgent));
            }
            match first(db, not)? {
                None if aside.is_some() => first(db, 0),
                found => Ok(found),
            }
        })
    }

    /// When the reading of a photo was made, by its event.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reading_made(
        &self,
        study: StudyId,
        photo: PhotoId,
    ) -> Result<Option<Stamp>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select wall_ms, clock_trust from event where study_id = ?1 and photo_id = ?2 \
                 and kind = 'report_drafted' order by seq desc limit 1",
            )?;
            let mut rows = select.query((study.as_bytes(), photo.as_bytes()))?;
            let row = rows.next()?;
            row.map(|row| stamp(row, "wall_ms", "clock_trust")).transpose()
        })
    }

    /// Whether the PACS has said that it has this object of that study.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pacs_has(&self, study: StudyId, uid: &str) -> Result<bool, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select 1 from pacs_object where study_id = ?1 and uid = ?2 and state = 'stored'",
            )?;
            Ok(select.exists((study.as_bytes(), uid))?)
        })
    }

    /// Keeps what became of an object. If what it shows has changed since it was read, it stays waiting
    /// and is made again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_pacs_object(
        &self,
        object: &WaitingObject,
        fate: &ObjectFate,
    ) -> Result<(), StoreError> {
        let (state, uid, reason, at) = match fate {
            ObjectFate::Stored(uid, at) => ("stored", Some(uid.as_str()), None, Some(*at)),
            ObjectFate::Refused(why) => ("refused", None, Some(why.as_str()), None),
            ObjectFate::Dropped => ("dropped", None, None, None),
        };
        let update = "update pacs_object set state = ?3, uid = ?4, reason = ?5, wall_ms = ?6, \
                      clock_trust = ?7 where seq = ?1 and changed = ?2 and state = 'waiting'";
        let (wall, trust) = (at.map(|at| at.wall.0), at.map(|at| at.trust.code()));
        let row = (object.seq, object.changed, state, uid, reason, wall, trust);
        self.write(|tx| Ok(tx.execute(update, row)?)).map(|_| ())
    }

    /// Lets the others go before an object over which the PACS failed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_back_pacs_object(&self, object: &WaitingObject) -> Result<(), StoreError> {
        self.write(|tx| OBJECTS.put_back(tx, object.seq))
    }

    /// A number that grows with every object that begins to wait.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_pacs_object(&self) -> Result<Option<i64>, StoreError> {
        self.read(|db| Ok(db.query_row("select max(seq) from pacs_object", [], |row| row.get(0))?))
    }

    /// How far everything is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pacs_depth(&self) -> Result<PacsDepth, StoreError> {
        self.read(|db| {
            let count = "select coalesce(sum(state = 'waiting'), 0), \
                         coalesce(sum(state = 'stored'), 0), coalesce(sum(state = 'refused'), 0) \
                         from pacs_object";
            let (waiting, stored, refused) =
                db.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let mut select = db.prepare_cached(
                "select distinct reason from pacs_object where state = 'refused' \
                 order by reason limit ?1",
            )?;
            let reasons = select.query_map([PacsDepth::REASONS_MAX], |row| row.get(0))?;
            let reasons = reasons.collect::<Result<_, _>>()?;
            Ok(PacsDepth { waiting, stored, refused, reasons })
        })
    }
}

/// The first urgent one whose turn it is.
fn urgent(db: &Connection, turn: u32, not: i64) -> Result<Option<WaitingObject>, StoreError> {
    let tries = if turn.is_multiple_of(URGENT_TURN) { u32::MAX } else { URGENT_TRIES };
    let mut select = db.prepare_cached(
        "select pacs_object.* from pacs_object join study on study.id = study_id \
         where pacs_object.state = 'waiting' and kind in ('film', 'reading') and tries < ?1 \
           and seq <> ?2 and urgency = 'urgent' and study.state not in ('signed', 'voided') \
         order by tries, seq limit 1",
    )?;
    let mut rows = select.query((tries, not))?;
    rows.next()?.map(waiting).transpose()
}

fn first(db: &Connection, not: i64) -> Result<Option<WaitingObject>, StoreError> {
    let mut select = db.prepare_cached(
        "select * from pacs_object where state = 'waiting' and seq <> ?1 order by tries, seq limit 1",
    )?;
    let mut rows = select.query([not])?;
    rows.next()?.map(waiting).transpose()
}

fn waiting(row: &Row<'_>) -> Result<WaitingObject, StoreError> {
    Ok(WaitingObject {
        seq: row.get("seq")?,
        changed: row.get("changed")?,
        kind: parsed(row, "kind", ObjectKind::parse)?,
        study: study_id(row, "study_id")?,
        part: row.get("part")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    const PHOTO: PhotoId = PhotoId::from_bytes([7; 16]);

    fn study(number: u8) -> StudyId {
        StudyId::from_bytes([number; 16])
    }

    /// A store with two studies, the readings of both in force.
    fn two_readings() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), NOW).unwrap();
        store
            .write(|tx| {
                let insert = "insert into patient (id, box_id, name, sex, birth_year) \
                              values (zeroblob(16), 'K7PXM-00042-R', 'Asha', 'female', 1980)";
                tx.execute(insert, [])?;
                let insert = "insert into study (id, patient_id, state, version, registered_ms, \
                              registered_trust) values (?1, zeroblob(16), 'reported', 1, 0, 'synced')";
                tx.execute(insert, [study(1).as_bytes()])?;
                tx.execute(insert, [study(2).as_bytes()])?;
                let insert = "insert into photo (id, study_id, digest, size_bytes, media_type, state, \
                              received_ms, received_trust) values (?1, ?2, zeroblob(32), 1, \
                              'image/jpeg', 'reported', 0, 'synced')";
                Ok(tx.execute(insert, (PHOTO.as_bytes(), study(1).as_bytes()))?)
            })
            .unwrap();
        show(&store, study(1));
        show(&store, study(2));
        (dir, store)
    }

    fn show(store: &Store, study: StudyId) {
        let update = "update study set reading_photo_id = ?2 where id = ?1";
        store.write(|tx| Ok(tx.execute(update, (study.as_bytes(), PHOTO.as_bytes()))?)).unwrap();
    }

    fn next(store: &Store) -> WaitingObject {
        store.next_pacs_object(1, None).unwrap().unwrap()
    }

    #[test]
    fn a_fact_makes_one_row_and_one_that_changes_meanwhile_is_made_again() {
        let (_dir, store) = two_readings();
        assert_eq!(store.pacs_depth().unwrap().waiting, 4);
        let object = next(&store);
        assert_eq!((object.kind, object.study), (ObjectKind::Film, study(1)));
        show(&store, study(1));
        assert_eq!(store.pacs_depth().unwrap().waiting, 4, "no second row");
        store.end_pacs_object(&object, &ObjectFate::Stored("2.25.1".to_owned(), NOW)).unwrap();
        assert!(!store.pacs_has(study(1), "2.25.1").unwrap(), "made from what does not hold");
        store
            .end_pacs_object(&next(&store), &ObjectFate::Stored("2.25.2".to_owned(), NOW))
            .unwrap();
        assert!(store.pacs_has(study(1), "2.25.2").unwrap());
        show(&store, study(1));
        assert_eq!(store.pacs_depth().unwrap().waiting, 4, "a stored object stays as it is");
    }

    #[test]
    fn an_object_over_which_a_pacs_fails_comes_last() {
        let (_dir, store) = two_readings();
        let first = next(&store);
        store.put_back_pacs_object(&first).unwrap();
        for _ in 0..3 {
            assert_ne!(next(&store), first);
            store.end_pacs_object(&next(&store), &ObjectFate::Dropped).unwrap();
        }
        assert_eq!(next(&store), first);
    }

    #[test]
    fn film_and_reading_of_an_urgent_study_go_first_and_hold_others_up_for_a_while() {
        let (_dir, store) = two_readings();
        let update = "update study set urgency = 'urgent' where id = ?1";
        store.write(|tx| Ok(tx.execute(update, [study(2).as_bytes()])?)).unwrap();
        let urgent = next(&store);
        assert_eq!((urgent.kind, urgent.study), (ObjectKind::Film, study(2)));
        let reading = store.next_pacs_object(1, Some(urgent)).unwrap().unwrap();
        assert_eq!((reading.kind, reading.study), (ObjectKind::Reading, study(2)));
        store.end_pacs_object(&reading, &ObjectFate::Dropped).unwrap();
        for _ in 0..4 {
            assert_eq!(next(&store), urgent);
            store.put_back_pacs_object(&urgent).unwrap();
        }
        assert_eq!(next(&store).study, study(1));
        assert_eq!(store.next_pacs_object(8, None).unwrap(), Some(urgent), "its turn");
        while next(&store) != urgent {
            store.end_pacs_object(&next(&store), &ObjectFate::Dropped).unwrap();
        }
        assert_eq!(store.next_pacs_object(1, Some(urgent)).unwrap(), Some(urgent));
    }

    #[test]
    fn another_pacs_gets_everything_and_a_start_tries_again_what_was_refused() {
        let (_dir, store) = two_readings();
        store.choose_pacs("a").unwrap();
        let refusal = Refusal::of("status A900");
        store.end_pacs_object(&next(&store), &ObjectFate::Refused(refusal)).unwrap();
        let depth = store.pacs_depth().unwrap();
        assert_eq!((depth.refused, depth.reasons), (1, vec!["status A900".to_owned()]));
        store.choose_pacs("a").unwrap();
        assert_eq!(store.pacs_depth().unwrap().refused, 0);
        while let Some(object) = store.next_pacs_object(1, None).unwrap() {
            store.end_pacs_object(&object, &ObjectFate::Stored("2.25.3".to_owned(), NOW)).unwrap();
        }
        show(&store, study(2));
        store.choose_pacs("a").unwrap();
        assert_eq!(store.pacs_depth().unwrap().waiting, 2);
        store.choose_pacs("b").unwrap();
        let depth = store.pacs_depth().unwrap();
        assert_eq!((depth.waiting, depth.stored), (4, 0), "one of each");
    }
}
