//! Moves a portal from its folder into PostgreSQL and an object store: table by table, image by image, on
//! from where it stopped, and compared at the end.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::sql::{Db, Row, Scope, Value, params};
use super::{MOVED, Places, Store};
use crate::domain::digest::Sha256Digest;
use crate::portal::storage::StorageError;

/// Rows that are moved together.
const PAGE_ROWS: usize = 500;
/// Says in the new database that everything is there.
const DONE: &str = "moved_here";

/// Why a portal is not moved. What was copied stays; the portal in the folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// One of the two storages failed.
    #[error("the storage failed")]
    Storage(#[from] StorageError),
    /// There is nowhere to go.
    #[error("a portal moves to a database of PostgreSQL: give its address")]
    NoDatabase,
    /// The new database has something else in it.
    #[error("the new database belongs to another portal")]
    Foreign,
    /// Both sides differ after everything was copied.
    #[error(
        "{what} differs on both sides: the portal was used meanwhile; stop it, empty the new database \
         and begin anew"
    )]
    Differs {
        /// Table.
        what: String,
    },
    /// The old database cannot be laid aside.
    #[error(
        "everything is moved, but portal.db cannot be renamed: do so before anything is started"
    )]
    Aside(#[source] std::io::Error),
}

/// What was moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Rows of all tables.
    pub rows: u64,
    /// Images.
    pub images: u64,
}

/// A table of the old database.
struct Table {
    name: String,
    columns: Vec<String>,
    key: Vec<String>,
    /// Its key is one integer that it gives itself.
    numbered: bool,
}

/// Moves a portal that is stopped from its folder to other places. Its `portal.db` is renamed then, so that
/// nobody starts it again by mistake. `tell` hears of each table, and of images.
///
/// # Errors
/// [`MoveError`].
pub fn move_to(
    dir: &Path,
    places: &Places,
    tell: &mut dyn FnMut(&str, u64),
) -> Result<Moved, MoveError> {
    if places.database.is_none() {
        return Err(MoveError::NoDatabase);
    }
    let old = Store::open(dir, &Places::default())?;
    let new = Store::open(dir, places)?;
    let known = new.read(|db| db.number::<i64>("select count(*) from record", &[]))?;
    let (ours, theirs) = (own_keys(&old)?, own_keys(&new)?);
    if theirs.as_ref().is_some_and(|theirs| Some(theirs) != ours.as_ref())
        || (theirs.is_none() && known > 0)
    {
        return Err(MoveError::Foreign);
    }
    let moved = if is_done(&new)? { Moved::default() } else { copy_all(&old, &new, tell)? };
    drop(old);
    std::fs::rename(dir.join("portal.db"), dir.join(MOVED)).map_err(MoveError::Aside)?;
    crate::durable::sync_folder(dir).map_err(MoveError::Aside)?;
    Ok(moved)
}

/// Copies everything, compares everything, and writes down that it is done.
fn copy_all(old: &Store, new: &Store, tell: &mut dyn FnMut(&str, u64)) -> Result<Moved, MoveError> {
    let tables = old.read(tables)?;
    let mut moved = Moved::default();
    for table in &tables {
        copy(old, new, table)?;
        tell(&table.name, count(old, table)?);
    }
    images(old, new, true)?;
    for table in &tables {
        moved.rows += count(old, table)?;
        if digest(old, table)? != digest(new, table)? {
            return Err(MoveError::Differs { what: table.name.clone() });
        }
    }
    moved.images = images(old, new, false)?;
    tell("images", moved.images);
    let done = "insert into portal (key, value) values (?1, ?2) on conflict (key) do nothing";
    new.write(Scope::All, |tx| tx.execute(done, &params![DONE, &[1_u8]]))?;
    Ok(moved)
}

fn own_keys(store: &Store) -> Result<Option<Vec<u8>>, StorageError> {
    store.read(|db| db.value(super::KEYS, &[]))
}

fn is_done(new: &Store) -> Result<bool, StorageError> {
    let select = "select value from portal where key = ?1";
    Ok(new.read(|db| db.value::<Vec<u8>>(select, &params![DONE]))?.is_some())
}

/// The tables of SQLite, each after those that it refers to.
fn tables(db: &dyn Db) -> Result<Vec<Table>, StorageError> {
    let names = "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' \
                 order by name";
    let mut waiting = Vec::new();
    for row in db.query(names, &[])? {
        let name: String = row.get("name")?;
        let refers = "select \"table\" as name from pragma_foreign_key_list(?1)";
        let refers = db.query(refers, &params![&name])?;
        let refers =
            refers.iter().map(|row| row.get("name")).collect::<Result<Vec<String>, _>>()?;
        waiting.push((table(db, name)?, refers));
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|(table, refers)| {
            refers.iter().all(|name| {
                *name == table.name || sorted.iter().any(|earlier| earlier.name == *name)
            })
        });
        let ready = ready.ok_or(StorageError::Corrupt { what: "schema" })?;
        sorted.push(waiting.remove(ready).0);
    }
    Ok(sorted)
}

/// What is in a table; columns that are made of others are not among it.
fn table(db: &dyn Db, name: String) -> Result<Table, StorageError> {
    let select = "select name, type, pk from pragma_table_info(?1) order by cid";
    let rows = db.query(select, &params![&name])?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for row in &rows {
        let column: String = row.get("name")?;
        if let at @ 1.. = row.get::<i64>("pk")? {
            key.push((at, column.clone(), row.get::<String>("type")?));
        }
        columns.push(column);
    }
    key.sort();
    let numbered = matches!(key.as_slice(), [(_, _, kind)] if kind.eq_ignore_ascii_case("integer"));
    let key = key.into_iter().map(|(_, column, _)| column).collect();
    Ok(Table { name, columns, key, numbered })
}

/// Copies what is not there yet.
fn copy(old: &Store, new: &Store, table: &Table) -> Result<(), StorageError> {
    let places: Vec<String> = (1..=table.columns.len()).map(|at| format!("?{at}")).collect();
    let insert = format!(
        "insert into {} ({}) values ({}) on conflict ({}) do nothing",
        table.name,
        table.columns.join(", "),
        places.join(", "),
        table.key.join(", ")
    );
    each_page(old, table, |rows| {
        let rows: Vec<Vec<Value>> = rows.iter().map(|row| values(row, &table.columns)).collect();
        new.write(Scope::All, |tx| {
            rows.iter().try_for_each(|values| tx.execute(&insert, values).map(drop))
        })
    })?;
    if !table.numbered {
        return Ok(());
    }
    // Numbers go on after the last one that was ever given.
    let key = &table.key[0];
    let last = format!(
        "select max(coalesce((select max({key}) from {0}), 0), \
         coalesce((select seq from sqlite_sequence where name = '{0}'), 0))",
        table.name
    );
    let last: i64 = old.read(|db| db.number(&last, &[]))?;
    if last > 0 {
        let set = "select setval(pg_get_serial_sequence(?1, ?2), ?3)";
        new.write(Scope::All, |tx| tx.query(set, &params![&table.name, key, last]))?;
    }
    Ok(())
}

fn values(row: &Row, columns: &[String]) -> Vec<Value> {
    columns.iter().map(|column| row.raw(column)).collect()
}

/// All rows in the order of their key, some at a time.
fn each_page(
    store: &Store,
    table: &Table,
    mut work: impl FnMut(&[Row]) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    let (key, name) = (table.key.join(", "), &table.name);
    let places: Vec<String> = (1..=table.key.len()).map(|at| format!("?{at}")).collect();
    let first = format!("select * from {name} order by {key} limit {PAGE_ROWS}");
    let next = format!(
        "select * from {name} where ({key}) > ({}) order by {key} limit {PAGE_ROWS}",
        places.join(", ")
    );
    let mut rows = store.read(|db| db.query(&first, &[]))?;
    while let Some(last) = rows.last() {
        let after = values(last, &table.key);
        work(&rows)?;
        rows = store.read(|db| db.query(&next, &after))?;
    }
    Ok(())
}

fn count(store: &Store, table: &Table) -> Result<u64, StorageError> {
    store.read(|db| db.number(&format!("select count(*) from {}", table.name), &[]))
}

/// A hash over every value of every row.
fn digest(store: &Store, table: &Table) -> Result<[u8; 32], StorageError> {
    let mut hash = Sha256::new();
    each_page(store, table, |rows| {
        for row in rows {
            for value in values(row, &table.columns) {
                let (kind, bytes) = match value {
                    Value::Null => (0_u8, Vec::new()),
                    Value::Int(value) => (1, value.to_be_bytes().to_vec()),
                    Value::Text(text) => (2, text.into_bytes()),
                    Value::Blob(bytes) => (3, bytes),
                };
                hash.update([kind]);
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
        }
        Ok(())
    })?;
    Ok(hash.finalize().into())
}

/// Copies images that are not there yet, or reads every one back; gives how many there are.
fn images(old: &Store, new: &Store, copying: bool) -> Result<u64, StorageError> {
    let select = "select distinct hash, size_bytes from \
                  (select hash, size_bytes from record where kind = 'image' \
                   union select hash, size_bytes from dicom_object) as held \
                  where hash > ?1 order by hash limit 500";
    let (old_images, new_images) = (old.images.whole(), new.images.whole());
    let (mut count, mut after) = (0, [0; 32]);
    loop {
        let rows = old.read(|db| db.query(select, &params![&after]))?;
        for row in &rows {
            after = row.get("hash")?;
            let hash = Sha256Digest::from_bytes(after);
            count += 1;
            if !copying {
                // Compares the hash.
                new_images.get(hash)?;
            } else if new_images.size(hash)? != Some(row.get("size_bytes")?) {
                new_images.put(hash, &old_images.get(hash)?)?;
            }
        }
        if rows.is_empty() {
            return Ok(count);
        }
    }
}
