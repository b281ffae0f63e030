//! Rows of what goes to a FHIR server. Triggers write them (`upgrade/to_25.sql`): no code path can forget one.

use rusqlite::{Connection, Row};

use crate::domain::fhir_server::{FhirDepth, ServerWords};
use crate::domain::ids::StudyId;
use crate::domain::stamp::Stamp;
use crate::domain::sync::RecordKind;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::outbound::{Outbound, URGENT_TRIES, URGENT_TURN};
use crate::store::sql::{parsed, study_id};

/// The table.
const BUNDLES: Outbound = Outbound { table: "fhir_bundle", place: "fhir_place", theirs: "" };

/// A bundle that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingBundle {
    seq: i64,
    changed: i64,
    /// What it tells.
    pub kind: RecordKind,
    /// Of which study.
    pub study: StudyId,
    /// Which version of a report; 0 for other kinds.
    pub part: u32,
}

/// What became of a bundle.
#[derive(Clone, Debug)]
pub enum BundleFate {
    /// The server has all of it.
    Taken(Stamp),
    /// The server does not take it, or it cannot be made.
    Refused(ServerWords),
}

impl Store {
    /// Says to which server bundles go. For another one than before everything begins anew; what was
    /// refused is tried again at every start.
    ///
    /// # Errors
    /// When the database fails.
    pub fn choose_fhir_server(&self, place: &str) -> Result<(), StoreError> {
        self.write(|tx| BUNDLES.choose(tx, place))
    }

    /// The next bundle: urgent ones first, and one over which the server failed after all others. An urgent
    /// one stays before them for a few failures, and then has one turn in eight; `turn` counts them. Where
    /// every byte costs, one that a later one repeats waits for that one. `aside` goes only when nothing
    /// else does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next_fhir_bundle(
        &self,
        metered: bool,
        turn: u32,
        aside: Option<WaitingBundle>,
    ) -> Result<Option<WaitingBundle>, StoreError> {
        self.read(|db| {
            let not = aside.map_or(0, |aside| aside.seq);
            if let Some(urgent) = urgent(db, turn, not)? {
                return Ok(Some(urgent));
            }
            match first(db, metered, not)? {
                None if aside.is_some() => first(db, metered, 0),
                found => Ok(found),
            }
        })
    }

    /// Keeps what became of a bundle. If what it tells has changed since it was read, it stays waiting
    /// and is made again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_fhir_bundle(
        &self,
        bundle: &WaitingBundle,
        fate: &BundleFate,
    ) -> Result<(), StoreError> {
        let (state, reason, at) = match fate {
            BundleFate::Taken(at) => ("taken", None, Some(*at)),
            BundleFate::Refused(why) => ("refused", Some(why.as_str()), None),
        };
        let update = "update fhir_bundle set state = ?3, reason = ?4, wall_ms = ?5, clock_trust = ?6 \
                      where seq = ?1 and changed = ?2 and state = 'waiting'";
        let (wall, trust) = (at.map(|at| at.wall.0), at.map(|at| at.trust.code()));
        let row = (bundle.seq, bundle.changed, state, reason, wall, trust);
        self.write(|tx| Ok(tx.execute(update, row)?)).map(|_| ())
    }

    /// Lets the others go before a bundle over which the server failed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_back_fhir_bundle(&self, bundle: &WaitingBundle) -> Result<(), StoreError> {
        self.write(|tx| BUNDLES.put_back(tx, bundle.seq))
    }

    /// The newest urgent bundle that waits: a larger one than before is a reason to stop waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_urgent_bundle(&self) -> Result<Option<i64>, StoreError> {
        let select = "select max(seq) from fhir_bundle where lane = 0 and state = 'waiting'";
        self.read(|db| Ok(db.query_row(select, [], |row| row.get(0))?))
    }

    /// How far everything is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fhir_depth(&self, metered: bool) -> Result<FhirDepth, StoreError> {
        self.read(|db| {
            let count = "select coalesce(sum(state = 'waiting'), 0), \
                         coalesce(sum(state = 'waiting' and kind = 'study' and ?1), 0), \
                         coalesce(sum(state = 'taken'), 0), coalesce(sum(state = 'refused'), 0) \
                         from fhir_bundle";
            let (waiting, held_back, taken, refused) = db.query_row(count, [metered], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
            let mut select = db.prepare_cached(
                "select distinct reason from fhir_bundle where state = 'refused' \
                 order by reason limit ?1",
            )?;
            let reasons = select.query_map([FhirDepth::REASONS_MAX], |row| row.get(0))?;
            let reasons = reasons.collect::<Result<_, _>>()?;
            Ok(FhirDepth { waiting, held_back, taken, refused, reasons })
        })
    }
}

/// The first urgent one whose turn it is. Few tries are named one by one: the index answers that at once.
fn urgent(db: &Connection, turn: u32, not: i64) -> Result<Option<WaitingBundle>, StoreError> {
    let tries = if turn.is_multiple_of(URGENT_TURN) { "" } else { "and tries in (0, 1, 2, 3)" };
    let select = format!(
        "select * from fhir_bundle where state = 'waiting' and lane = 0 {tries} and seq <> ?1 \
         order by tries, seq limit 1"
    );
    const { assert!(URGENT_TRIES == 4, "the tries that are named") };
    let mut select = db.prepare_cached(&select)?;
    let mut rows = select.query([not])?;
    rows.next()?.map(waiting).transpose()
}

fn first(db: &Connection, metered: bool, not: i64) -> Result<Option<WaitingBundle>, StoreError> {
    let mut select = db.prepare_cached(
        "select * from fhir_bundle where state = 'waiting' and (kind <> 'study' or ?1 = 0) \
         and seq <> ?2 order by tries, lane, seq limit 1",
    )?;
    let mut rows = select.query((metered, not))?;
    rows.next()?.map(waiting).transpose()
}

fn waiting(row: &Row<'_>) -> Result<WaitingBundle, StoreError> {
    Ok(WaitingBundle {
        seq: row.get("seq")?,
        changed: row.get("changed")?,
        kind: parsed(row, "kind", RecordKind::parse)?,
        study: study_id(row, "study_id")?,
        part: row.get("part")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{ClockTrust, WallMs};

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };

    fn study(number: u8) -> StudyId {
        StudyId::from_bytes([number; 16])
    }

    /// A store with two studies.
    fn two_studies() -> (tempfile::TempDir, Store) {
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
                Ok(tx.execute(insert, [study(2).as_bytes()])?)
            })
            .unwrap();
        (dir, store)
    }

    fn change(store: &Store, sql: &str) {
        store.write(|tx| Ok(tx.execute(sql, [])?)).unwrap();
    }

    fn next(store: &Store) -> Option<WaitingBundle> {
        store.next_fhir_bundle(false, 1, None).unwrap()
    }

    fn take(store: &Store) -> WaitingBundle {
        let bundle = next(store).unwrap();
        store.end_fhir_bundle(&bundle, &BundleFate::Taken(NOW)).unwrap();
        bundle
    }

    #[test]
    fn news_make_one_row_and_urgent_ones_go_first() {
        let (_dir, store) = two_studies();
        assert_eq!(store.fhir_depth(false).unwrap().waiting, 2);
        let first = next(&store).unwrap();
        change(&store, "update patient set name = 'Asha Devi'");
        assert_eq!(store.fhir_depth(false).unwrap().waiting, 2, "no second row");
        store.end_fhir_bundle(&first, &BundleFate::Taken(NOW)).unwrap();
        assert_eq!(store.fhir_depth(false).unwrap().taken, 0, "made from what does not hold");
        take(&store);
        change(
            &store,
            "update study set urgency = 'urgent' where id = x'02020202020202020202020202020202'",
        );
        assert_eq!(store.newest_urgent_bundle().unwrap(), Some(3));
        assert_eq!(take(&store).kind, RecordKind::Urgent);
        take(&store);
        change(&store, "update patient set name = 'Asha D'");
        assert_eq!(store.fhir_depth(false).unwrap().waiting, 2, "told anew");
        assert_eq!(store.next_fhir_bundle(true, 1, None).unwrap(), None, "every byte costs");
        assert_eq!(store.fhir_depth(true).unwrap().held_back, 2);
    }

    #[test]
    fn an_urgent_one_over_which_a_server_fails_stays_before_others_and_holds_them_up_for_a_while() {
        let (_dir, store) = two_studies();
        change(
            &store,
            "update study set urgency = 'urgent' where id = x'02020202020202020202020202020202'",
        );
        let urgent = next(&store).unwrap();
        assert_eq!(urgent.kind, RecordKind::Urgent);
        let others = store.next_fhir_bundle(false, 1, Some(urgent)).unwrap().unwrap();
        assert_ne!(others, urgent, "set aside");
        for _ in 0..4 {
            assert_eq!(next(&store), Some(urgent));
            store.put_back_fhir_bundle(&urgent).unwrap();
        }
        assert_eq!(next(&store), Some(others));
        assert_eq!(store.next_fhir_bundle(false, 8, None).unwrap(), Some(urgent), "its turn");
        while next(&store) != Some(urgent) {
            take(&store);
        }
        assert_eq!(store.next_fhir_bundle(false, 1, Some(urgent)).unwrap(), Some(urgent));
    }

    #[test]
    fn a_refused_one_waits_for_a_start_and_another_server_gets_everything() {
        let (_dir, store) = two_studies();
        store.choose_fhir_server("a").unwrap();
        let words = ServerWords::of("HTTP 412: two match");
        store.end_fhir_bundle(&next(&store).unwrap(), &BundleFate::Refused(words)).unwrap();
        let depth = store.fhir_depth(false).unwrap();
        assert_eq!((depth.refused, depth.reasons), (1, vec!["HTTP 412: two match".to_owned()]));
        let failed = next(&store).unwrap();
        store.choose_fhir_server("a").unwrap();
        store.put_back_fhir_bundle(&failed).unwrap();
        assert_ne!(take(&store), failed, "one over which the server failed comes last");
        assert_eq!(take(&store).study, failed.study);
        change(&store, "update patient set name = 'Asha Devi'");
        take(&store);
        store.choose_fhir_server("b").unwrap();
        let depth = store.fhir_depth(false).unwrap();
        assert_eq!((depth.waiting, depth.taken), (2, 0), "one of each");
    }
}
