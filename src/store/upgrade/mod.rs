//! Database versions: from nothing or an older version to the one that this program knows.
//!
//! Before an upgrade the database is copied beside itself; the upgrade is one transaction, so a
//! power cut leaves the old version whole. A newer version than known is refused, never guessed at.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::store::copy::forget_part;
use crate::store::error::StoreError;
use crate::store::patients;

/// Marks the file as ours: "FRay" in ASCII.
const APPLICATION_ID: i64 = 0x4652_6179;

/// The steps; step n leads from version n to version n + 1. Steps are never edited once released.
const STEPS: &[&str] = &[
    include_str!("../schema.sql"),
    include_str!("to_2.sql"),
    include_str!("to_3.sql"),
    include_str!("to_4.sql"),
    include_str!("to_5.sql"),
    include_str!("to_6.sql"),
    include_str!("to_7.sql"),
    include_str!("to_8.sql"),
    include_str!("to_9.sql"),
    include_str!("to_10.sql"),
    include_str!("to_11.sql"),
    include_str!("to_12.sql"),
    include_str!("to_13.sql"),
    include_str!("to_14.sql"),
    include_str!("to_15.sql"),
    include_str!("to_16.sql"),
    include_str!("to_17.sql"),
    include_str!("to_18.sql"),
    include_str!("to_19.sql"),
    include_str!("to_20.sql"),
    include_str!("to_21.sql"),
    include_str!("to_22.sql"),
    include_str!("to_23.sql"),
    include_str!("to_24.sql"),
    include_str!("to_25.sql"),
    include_str!("to_26.sql"),
    include_str!("to_27.sql"),
    include_str!("to_28.sql"),
    include_str!("to_29.sql"),
];

/// What SQL alone cannot do.
type Work = fn(&Transaction<'_>) -> Result<(), StoreError>;

/// Work at the end of a step, by the version that the step leads to.
const WORK: &[(usize, Work)] = &[(16, patients::identify)];

/// Brings the database at `path` to the newest version, creating it if there is none.
pub(super) fn to_current(path: &Path) -> Result<(), StoreError> {
    match crate::release::pretended_step() {
        None => upgrade(path, STEPS),
        Some(step) => upgrade(path, &[STEPS, &[step.as_str()]].concat()),
    }
}

/// The database version that this program knows.
#[must_use]
pub fn known_schema() -> u32 {
    let further = usize::from(crate::release::pretended_step().is_some());
    u32::try_from(STEPS.len() + further).unwrap_or(u32::MAX)
}

fn upgrade(path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let mut connection = super::connect(path, false)?;
    let found = version(&connection)?;
    if !(0..=known).contains(&found) {
        return Err(StoreError::UnknownVersion { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        copy_beside(&connection, path, found)?;
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    for (at, step) in steps.iter().enumerate().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        tx.execute_batch(step)?;
        for (_, work) in WORK.iter().filter(|(version, _)| *version == at + 1) {
            work(&tx)?;
        }
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

/// The version of a database: 0 for an empty file, -1 for somebody else's.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 =
        connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    match (pragma("application_id")?, tables) {
        (APPLICATION_ID, _) => Ok(pragma("user_version")?),
        (0, 0) => Ok(0),
        _ => Ok(-1),
    }
}

/// Copies the database to `fieldray.db.v<version>`. A copy of the same version is replaced: it is older,
/// left by an upgrade that was taken back.
fn copy_beside(connection: &Connection, path: &Path, found: i64) -> Result<(), StoreError> {
    let copy = path.with_extension(format!("db.v{found}"));
    let part = path.with_extension("db.copying");
    forget_part(&part)?;
    let made = connection.execute("vacuum into ?1", [part.to_string_lossy()]);
    let kept =
        made.map_err(StoreError::from).and_then(|_| super::files::sync_and_rename(&part, &copy));
    if kept.is_err() {
        // Half a copy on a full disk would keep the next start from trying.
        forget_part(&part)?;
    }
    kept?;
    forget_older_copies(path, &copy)
}

/// Removes copies of versions before: each is a whole database, and only the last upgrade is taken back.
fn forget_older_copies(path: &Path, but: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let failed = |error| StoreError::file("list", folder, error);
    let stem = path.with_extension("db.v");
    let stem = stem.file_name().unwrap_or_default().to_string_lossy();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let other = entry.map_err(failed)?.path();
        let name = other.file_name().unwrap_or_default().to_string_lossy();
        let number = name.strip_prefix(&*stem).unwrap_or_default();
        let is_copy = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        if is_copy && other != but {
            forget_part(&other)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up next version, so that the mechanism is tested before there is a second one.
    const NEXT: &str = "alter table patient add column phone text; \
                        create index patient_by_local_id on patient (local_id);";

    fn schema(path: &Path) -> Vec<(String, Option<String>)> {
        let connection = Connection::open(path).unwrap();
        let mut query =
            connection.prepare("select name, sql from sqlite_schema order by name").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn add_patient(path: &Path) {
        let connection = Connection::open(path).unwrap();
        let insert = "insert into patient (id, name, local_id, sex, age_told) \
                      values (zeroblob(16), 'Kept Patient', 'K-1', 'female', 40)";
        connection.execute(insert, []).unwrap();
    }

    #[test]
    fn an_upgraded_database_equals_a_fresh_one_and_keeps_its_rows() {
        let dir = tempfile::tempdir().unwrap();
        let (old, fresh) = (dir.path().join("old.db"), dir.path().join("fresh.db"));
        upgrade(&old, &STEPS[..1]).unwrap();
        add_patient(&old);
        let next = [STEPS[0], NEXT];
        upgrade(&old, &next).unwrap();
        upgrade(&fresh, &next).unwrap();
        assert_eq!(schema(&old), schema(&fresh));
        let kept: String = Connection::open(&old)
            .unwrap()
            .query_row("select name from patient", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, "Kept Patient");
        assert!(dir.path().join("old.db.v1").exists());

        upgrade(&old, &[STEPS[0], NEXT, "create table third (x)"]).unwrap();
        let copies = |version: u32| dir.path().join(format!("old.db.v{version}")).exists();
        assert!(copies(2) && !copies(1), "only the last copy is kept");
    }

    /// A box in the field has taken these steps; one that is changed would leave it with another schema
    /// than a fresh box, and the next step may not fit it.
    #[test]
    fn steps_that_were_taken_never_change() {
        const TAKEN: usize = 28;
        let taken = crate::domain::digest::Sha256Digest::of(STEPS[..TAKEN].concat());
        assert_eq!(
            taken.to_string(),
            "9c07191653cf601c0e6ad31a4a46054d549e5e00b6d700ea483981c7f88f6267"
        );
    }

    #[test]
    fn alerts_and_hours_of_duty_survive_the_queues() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fieldray.db");
        upgrade(&path, &STEPS[..11]).unwrap();
        add_patient(&path);
        let insert = "insert into operator (id, name, role, passcode_hash, passcode_kind) \
                        values (zeroblob(16), 'Dr Rao', 'physician', 'hash', 'pin'); \
                      insert into study (id, patient_id, state, version, registered_ms, registered_trust) \
                        values (zeroblob(16), zeroblob(16), 'reported', 1, 0, 'synced'); \
                      insert into contact (operator_id, phone, least, duty_from, duty_until) \
                        values (zeroblob(16), '+919876543210', 'suspect', 1200, 485); \
                      insert into alert (id, study_id, class, findings, raised_ms, raised_trust, open_ms) \
                        values (zeroblob(16), zeroblob(16), 'critical', 'pneumothorax', 5, 'synced', 77); \
                      insert into message (alert, kind, operator_id, channel, address, round, \
                        queued_ms, queued_trust) \
                        values (1, 'alert', zeroblob(16), 'sms', '+919876543210', 0, 6, 'synced');";
        crate::store::connect(&path, false).unwrap().execute_batch(insert).unwrap();
        upgrade(&path, STEPS).unwrap();
        let db = crate::store::connect(&path, false).unwrap();
        let kept: (i64, i64, String, i64) = db
            .query_row(
                "select open_ms, due_ms, roster, rank from alert join message on alert = number \
                 join contact using (operator_id)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .unwrap();
        assert_eq!((kept.0, kept.1, kept.3), (77, 0, 0));
        let roster = crate::domain::alert::roster::Roster::parse(&kept.2).unwrap();
        assert_eq!(
            roster.on(crate::domain::alert::roster::Weekday::Sunday).unwrap().to_string(),
            "20:00-08:05"
        );
        let broken: i64 = db
            .query_row("select count(*) from pragma_foreign_key_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(broken, 0);
    }

    #[test]
    fn operators_and_their_sessions_survive_new_roles() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fieldray.db");
        upgrade(&path, &STEPS[..5]).unwrap();
        let insert = "insert into operator (id, name, role, pin_hash, failures) \
                        values (zeroblob(16), 'Tech One', 'technician', 'hash', 3); \
                      insert into session (token_hash, operator_id, seen_ms, seen_trust) \
                        values (zeroblob(32), zeroblob(16), 5, 'synced');";
        crate::store::connect(&path, false).unwrap().execute_batch(insert).unwrap();
        upgrade(&path, STEPS).unwrap();
        let db = crate::store::connect(&path, false).unwrap();
        let kept: (String, i64, i64) = db
            .query_row(
                "select name, failures, seen_ms from operator join session on operator_id = operator.id",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!(kept, ("Tech One".to_owned(), 3, 5));
        assert!(!db.prepare("pragma foreign_key_check").unwrap().exists([]).unwrap());
        db.execute("update operator set role = 'support', must_choose = 1", []).unwrap();
    }

    #[test]
    fn patients_from_before_get_ids_and_are_found_by_their_names() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fieldray.db");
        upgrade(&path, &STEPS[..15]).unwrap();
        let insert = "insert into patient (id, name, local_id, sex, age_told) values \
                        (zeroblob(16), 'Asha Devi', 'K 17/b', 'female', 44); \
                      insert into patient (id, name, local_id, sex, birth_year) values \
                        (x'01010101010101010101010101010101', 'आशा देवी', '18', 'female', 1980); \
                      insert into study (id, patient_id, state, version, registered_ms, registered_trust) \
                        values (zeroblob(16), zeroblob(16), 'registered', 0, 1763456701000, 'synced');";
        crate::store::connect(&path, false).unwrap().execute_batch(insert).unwrap();
        upgrade(&path, STEPS).unwrap();
        let db = crate::store::connect(&path, false).unwrap();
        let mut select =
            db.prepare("select box_id, local_key, age_year from patient order by box_id").unwrap();
        let rows: Vec<(String, String, Option<i32>)> = select
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!((rows[0].1.as_str(), rows[0].2), ("k17b", Some(2025)));
        assert_eq!((rows[1].1.as_str(), rows[1].2), ("18", None));
        for (at, row) in rows.iter().enumerate() {
            let id = crate::domain::box_id::BoxId::read(&row.0).unwrap();
            assert!(id.to_string().contains(&format!("-{:05}-", at + 1)));
        }
        let keys: Vec<String> = db
            .prepare("select key from name_sound order by patient_id, place")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(keys[..2], keys[2..], "one name in two scripts has one key");
        assert!(!db.prepare("pragma foreign_key_check").unwrap().exists([]).unwrap());
    }

    #[test]
    fn a_failed_upgrade_leaves_the_old_version_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fieldray.db");
        upgrade(&path, &STEPS[..1]).unwrap();
        add_patient(&path);
        let before = schema(&path);
        assert!(upgrade(&path, &[STEPS[0], "create table good (x); create broken"]).is_err());
        assert_eq!(schema(&path), before);
        upgrade(&path, &STEPS[..1]).unwrap();
    }

    #[test]
    fn newer_and_foreign_databases_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let newer = dir.path().join("newer.db");
        upgrade(&newer, &[STEPS[0], NEXT]).unwrap();
        let refused = upgrade(&newer, &STEPS[..1]);
        assert!(matches!(refused, Err(StoreError::UnknownVersion { found: 2, known: 1 })));
        let foreign = dir.path().join("foreign.db");
        Connection::open(&foreign).unwrap().execute_batch("create table x (y)").unwrap();
        assert!(matches!(to_current(&foreign), Err(StoreError::UnknownVersion { found: -1, .. })));
    }
}
