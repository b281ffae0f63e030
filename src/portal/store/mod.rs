//! A portal's storage: rows in SQLite or PostgreSQL by one set of queries ([`sql`]), beside images that are
//! named after their content.
//!
//! One transaction for each request, on the disk before it is answered: what was signed for survives a
//! power cut. Commands (`enrol`, `revoke`) may open the same storage beside the running portal.

mod announced;
mod boxes;
mod export;
mod films;
mod images;
mod moving;
mod objects;
mod orders;
mod programme;
mod readers;
mod rollouts;
mod sources;
mod sql;
mod steps;
mod support;
mod ways;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

pub use self::moving::{MoveError, Moved, move_to};

use self::boxes::{Added, Code};
use self::images::{Assembly, Images};
use self::objects::files::{Files, forget_old};
use self::objects::s3::S3;
use self::sql::{Db, Postgres, Scope, Sql, Sqlite, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::receipt::Delivered;
use crate::portal::storage::{
    BoxState, CONTENTS_MAX, CarriedHello, FleetRow, Incoming, Signer, Storage, StorageError, Taken,
};
use crate::wire::messages::Hello;
use crate::wire::pack::pack;

/// What a database is called whose portal was moved to PostgreSQL.
const MOVED: &str = "portal.db.moved";

/// Where a portal keeps everything, unless that is its own folder.
#[derive(Clone, Default)]
pub struct Places {
    /// Address of a database of PostgreSQL; `None`: SQLite in the folder.
    pub database: Option<String>,
    /// Address of an object store; `None`: files in the folder.
    pub objects: Option<String>,
}

impl fmt::Debug for Places {
    /// Without addresses: there may be a password in one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Places({}, {})", self.database.is_some(), self.objects.is_some())
    }
}

/// The storage.
#[derive(Debug)]
pub struct Store {
    sql: Box<dyn Sql>,
    images: Images,
    assembly: Assembly,
    /// Folder for files that come in whole.
    incoming: PathBuf,
}

impl Store {
    /// Opens a portal's storage, creating what is not there.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open(dir: &Path, places: &Places) -> Result<Self, StorageError> {
        let images = match (&places.database, &places.objects) {
            (_, Some(address)) => Images::Shared(Box::new(S3::open(address)?)),
            (Some(_), None) => Images::Shared(Box::new(Files::open(dir)?)),
            (None, None) => Images::Here(Box::new(Files::open(dir)?)),
        };
        let sql: Box<dyn Sql> = match &places.database {
            Some(url) => Box::new(Postgres::open(url)?),
            None if dir.join(MOVED).exists() => {
                let what = "this portal was moved to PostgreSQL; its address is missing";
                return Err(StorageError::Settings { what });
            }
            None => Box::new(Sqlite::open(&dir.join("portal.db"))?),
        };
        let incoming = dir.join("incoming");
        std::fs::create_dir_all(&incoming).map_err(|source| StorageError::File {
            operation: "create",
            path: incoming.clone(),
            source,
        })?;
        Ok(Self { sql, images, assembly: Assembly::default(), incoming })
    }

    /// Asks the database.
    fn read<T>(
        &self,
        mut ask: impl FnMut(&dyn Db) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut answer = None;
        self.sql.read(&mut |db| {
            answer = Some(ask(db)?);
            Ok(())
        })?;
        answer.ok_or(StorageError::Corrupt { what: "answer of the database" })
    }

    /// Changes the database, within one transaction.
    fn write<T>(
        &self,
        scope: Scope<'_>,
        mut change: impl FnMut(&dyn Db) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut answer = None;
        self.sql.write(scope, &mut |tx| {
            answer = Some(change(tx)?);
            Ok(())
        })?;
        answer.ok_or(StorageError::Corrupt { what: "answer of the database" })
    }
}

/// What is to be put into a row, or is there already.
struct NewRow<'a> {
    seq: Seq,
    kind: &'static str,
    study: Option<&'a [u8; 16]>,
    hash: Sha256Digest,
    body: Option<&'a str>,
    size: u64,
}

/// Puts a record in and signs for it; a repetition gives the first receipt, and one content too many nothing.
fn take(
    tx: &dyn Db,
    from: KeyId,
    row: &NewRow<'_>,
    (at, sign): (WallMs, &Signer<'_>),
    added: &mut Added,
) -> Result<Option<Taken>, StorageError> {
    let delivered = Delivered { box_id: from, seq: row.seq, hash: row.hash };
    let select = "select place, hash, received_ms, signature from record \
                  where box_id = ?1 and seq = ?2";
    let known = tx.query(select, &params![from.as_bytes(), row.seq.0])?;
    for known in &known {
        if known.get::<[u8; 32]>("hash")? == *row.hash.as_bytes() {
            let (place, at) = (known.get("place")?, WallMs(known.get("received_ms")?));
            let signature = Signature(known.get("signature")?);
            return Ok(Some(Taken { delivered, place, at, signature }));
        }
    }
    if known.len() >= CONTENTS_MAX {
        tracing::error!(box_id = %from, seq = %row.seq, "one number came with too many contents");
        return Ok(None);
    }
    added.held += 1;
    added.conflicts += u64::from(!known.is_empty());
    added.lowest = Some(added.lowest.map_or(row.seq, |lowest| lowest.min(row.seq)));
    // The place is part of what is signed.
    let place = tx.next_place()?;
    let signature = sign(row.seq, row.hash, place, at);
    tx.execute(
        "insert into record (place, box_id, seq, kind, study, hash, body, size_bytes, received_ms, \
         signature) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &params![
            place,
            from.as_bytes(),
            row.seq.0,
            row.kind,
            row.study,
            row.hash.as_bytes(),
            row.body.map(|body| pack(body.as_bytes())),
            row.size,
            at.0,
            signature.0,
        ],
    )?;
    Ok(Some(Taken { delivered, place, at, signature }))
}

impl Storage for Store {
    fn new_code(&self, hash: Sha256Digest, at: WallMs) -> Result<(), StorageError> {
        self.write(Scope::Named(hash.as_bytes()), |tx| boxes::new_code(tx, hash, at))
    }

    fn knows_code(
        &self,
        code: Sha256Digest,
        key: &PublicKey,
        at: WallMs,
    ) -> Result<bool, StorageError> {
        self.read(|db| Ok(boxes::code(db, code, key, at)? != Code::Bad))
    }

    fn enrol(
        &self,
        code: Sha256Digest,
        (id, key): (KeyId, &PublicKey),
        name: &str,
        at: WallMs,
    ) -> Result<bool, StorageError> {
        // Of two boxes with one code, one is let in.
        self.write(Scope::All, |tx| boxes::enrol(tx, code, (id, key), name, at))
    }

    fn box_state(&self, id: KeyId) -> Result<BoxState, StorageError> {
        self.read(|db| boxes::state(db, id))
    }

    fn revoke(&self, id: KeyId, at: WallMs) -> Result<bool, StorageError> {
        self.write(Scope::Box(id), |tx| boxes::revoke(tx, id, at))
    }

    fn hello(
        &self,
        id: KeyId,
        hello: &Hello,
        at: WallMs,
    ) -> Result<(u64, Sha256Digest), StorageError> {
        self.write(Scope::Box(id), |tx| boxes::hello(tx, id, hello, at))
    }

    fn carried_hello(&self, id: KeyId, hello: &Hello) -> Result<CarriedHello, StorageError> {
        self.write(Scope::Box(id), |tx| boxes::carried_hello(tx, id, hello))
    }

    fn take(
        &self,
        from: KeyId,
        records: &[Incoming],
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Vec<Option<Taken>>, StorageError> {
        self.write(Scope::Box(from), |tx| {
            let rows = records.iter().map(|one| NewRow {
                seq: one.seq,
                kind: one.kind.code(),
                study: Some(one.study.as_bytes()),
                hash: one.hash,
                body: Some(&one.body),
                size: u64::try_from(one.body.len()).unwrap_or(u64::MAX),
            });
            let (mut added, mut taken, mut fresh) = (Added::default(), Vec::new(), Vec::new());
            for row in rows {
                let before = added.held;
                taken.push(take(tx, from, &row, (at, sign), &mut added)?);
                fresh.push(added.held > before);
            }
            boxes::count(tx, from, &added)?;
            let mut stale = programme::Stale::default();
            for ((one, taken), fresh) in records.iter().zip(&taken).zip(fresh) {
                let Some(taken) = taken else { continue };
                let which = (one.seq, one.study, taken.place);
                films::follow(tx, from, which, (one.kind, &one.told), at)?;
                // A repetition tells nothing new, also where one number came with two contents.
                if fresh {
                    let which = (one.seq, one.study);
                    programme::follow(tx, from, which, (one.kind, &one.told), &mut stale)?;
                }
                announced::settle(tx, from, one.seq, at)?;
            }
            programme::add_up(tx, &stale)?;
            Ok(taken)
        })
    }

    fn append_image(
        &self,
        from: KeyId,
        image: (Sha256Digest, u64),
        piece: (u64, &[u8]),
        at: WallMs,
    ) -> Result<u64, StorageError> {
        match &self.images {
            Images::Here(files) => files.append(from, image, piece.0, piece.1),
            Images::Shared(objects) => self.append_row(&**objects, from, image, piece, at),
        }
    }

    fn take_image(
        &self,
        from: KeyId,
        (seq, hash, size): (Seq, Sha256Digest, u64),
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<Taken, StorageError> {
        let row = NewRow { seq, kind: "image", study: None, hash, body: None, size };
        self.write(Scope::Box(from), |tx| {
            let mut added = Added::default();
            let taken = take(tx, from, &row, (at, sign), &mut added)?;
            let taken = taken.ok_or(StorageError::TooManyContents)?;
            boxes::count(tx, from, &added)?;
            images::forget(tx, from, hash)?;
            announced::settle(tx, from, seq, at)?;
            Ok(taken)
        })
    }

    fn held(
        &self,
        id: KeyId,
        after: Seq,
    ) -> Result<(Vec<(Seq, Sha256Digest)>, bool), StorageError> {
        self.read(|db| boxes::held(db, id, after))
    }

    fn fleet(&self) -> Result<Vec<FleetRow>, StorageError> {
        self.read(boxes::fleet)
    }

    fn fleet_row(&self, id: KeyId) -> Result<Option<FleetRow>, StorageError> {
        self.read(|db| boxes::fleet_row_of(db, id))
    }

    fn pages_key(&self) -> Result<Option<Sha256Digest>, StorageError> {
        let select = "select value from portal where key = 'pages_key'";
        let found = self.read(|db| db.value(select, &[]))?;
        Ok(found.map(Sha256Digest::from_bytes))
    }

    fn set_pages_key(&self, hash: Sha256Digest) -> Result<(), StorageError> {
        let insert = "insert into portal (key, value) values ('pages_key', ?1) \
                      on conflict (key) do update set value = excluded.value";
        self.write(Scope::Named(b"pages_key"), |tx| tx.execute(insert, &params![hash.as_bytes()]))
            .map(drop)
    }

    fn keys(&self) -> Result<Option<String>, StorageError> {
        let found: Option<Vec<u8>> = self.read(|db| db.value(KEYS, &[]))?;
        let read =
            |bytes| String::from_utf8(bytes).map_err(|_| StorageError::Corrupt { what: "keys" });
        found.map(read).transpose()
    }

    fn set_keys(&self, keys: &str) -> Result<String, StorageError> {
        let insert = "insert into portal (key, value) values ('keys', ?1) \
                      on conflict (key) do nothing";
        self.write(Scope::Named(b"keys"), |tx| tx.execute(insert, &params![keys.as_bytes()]))?;
        Ok(self.keys()?.unwrap_or_default())
    }

    fn check(&self) -> Result<bool, StorageError> {
        let one: i64 = self.read(|db| db.number("select count(*) from portal", &[]))?;
        tracing::trace!(rows = one, "the database answers");
        let found = self.images.whole().check();
        if let Err(error) = &found {
            let source = std::error::Error::source(error).map(ToString::to_string);
            tracing::warn!(%error, source, "images cannot be reached");
        }
        self.assembly.away.store(found.is_err(), Ordering::Relaxed);
        Ok(found.is_ok())
    }

    fn sweep(&self, before: WallMs) -> Result<(), StorageError> {
        match &self.images {
            Images::Here(files) => files.forget(before)?,
            Images::Shared(_) => forget_old(&self.incoming, before)?,
        }
        self.write(Scope::Named(b"sweep"), |tx| images::forget_old(tx, before))
    }
}

/// The public keys of this portal.
const KEYS: &str = "select value from portal where key = 'keys'";

#[cfg(test)]
mod tests {
    use super::*;

    fn open(dir: &Path) -> Result<Store, StorageError> {
        Store::open(dir, &Places::default())
    }

    #[test]
    fn foreign_databases_are_refused_and_records_are_final() {
        let dir = tempfile::tempdir().unwrap();
        let storage = open(dir.path()).unwrap();
        assert!(open(dir.path()).is_ok(), "commands run beside the portal");
        let delete = storage.write(Scope::All, |db| {
            db.batch(
                "insert into box (id, public_key, name, enrolled_ms) \
                   values (zeroblob(16), zeroblob(32), '', 0); \
                 insert into record (box_id, seq, kind, hash, size_bytes, received_ms, signature) \
                   values (zeroblob(16), 1, 'image', zeroblob(32), 1, 0, zeroblob(64)); \
                 delete from record;",
            )
        });
        assert!(delete.is_err());
        let known = steps::version();
        storage.read(|db| db.batch("pragma user_version = 70")).unwrap();
        drop(storage);
        match open(dir.path()) {
            Err(StorageError::UnknownVersion { found: 70, known: told }) => assert_eq!(told, known),
            other => panic!("{other:?}"),
        }
    }

    /// A database of PostgreSQL, where it is installed.
    fn postgres() -> Option<(tempfile::TempDir, Places)> {
        let server = crate::portal::tests::postgres_server::Server::shared()?;
        let places = Places { database: Some(server.database()), objects: None };
        Some((tempfile::tempdir().unwrap(), places))
    }

    const BOX: &str = "insert into box (id, public_key, name, enrolled_ms) values (?1, ?2, ?3, 0)";

    #[test]
    fn postgres_has_every_trigger_and_keeps_records_final() {
        let Some((dir, places)) = postgres() else { return };
        let (here, there) = (open(dir.path()).unwrap(), Store::open(dir.path(), &places).unwrap());
        let made = "select count(*) from sqlite_schema where type = 'trigger'";
        let translated = "select count(*) from pg_trigger where not tgisinternal";
        let count = |store: &Store, select: &str| -> i64 {
            store.read(|db| db.number(select, &[])).unwrap()
        };
        assert_eq!(count(&here, made), count(&there, translated));
        there.write(Scope::All, |tx| tx.execute(BOX, &params![[0; 16], [0; 32], "a"])).unwrap();
        let record = "insert into record (place, box_id, seq, kind, hash, size_bytes, received_ms, \
                      signature) values (7, ?1, 1, 'image', ?2, 1, 0, ?3)";
        let values = params![[0; 16], [0; 32], [0; 64]];
        there.write(Scope::All, |tx| tx.execute(record, &values)).unwrap();
        for change in ["delete from record", "update record set seq = 2"] {
            assert!(there.write(Scope::All, |tx| tx.execute(change, &[])).is_err(), "{change}");
        }
        assert_eq!(count(&there, "select count(*) from record"), 1);
    }

    #[test]
    fn postgres_goes_on_when_tables_change_and_connections_end() {
        let Some((dir, places)) = postgres() else { return };
        let [one, other] = [(); 2].map(|()| Store::open(dir.path(), &places).unwrap());
        let rows =
            |store: &Store| store.read(|db| db.query("select * from box", &[])).unwrap().len();
        one.write(Scope::All, |tx| tx.execute(BOX, &params![[1; 16], [1; 32], "a\0b"])).unwrap();
        assert_eq!(rows(&one), 1);
        // A replica of a newer version has added a column.
        let add = "alter table box add column later bigint";
        other.write(Scope::All, |tx| tx.batch_postgres(add)).unwrap();
        assert_eq!(rows(&one), 1);
        let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
                   where datname = current_database() and pid <> pg_backend_pid()";
        other.read(|db| db.number::<i64>(end, &[])).unwrap();
        assert_eq!(rows(&one), 1);
        let name = "select name from box";
        let name: Option<String> = one.read(|db| db.value(name, &[])).unwrap();
        assert_eq!(name.as_deref(), Some("a\u{fffd}b"));
    }

    #[test]
    fn what_postgres_refuses_is_told_without_the_row() {
        let Some((dir, places)) = postgres() else { return };
        let store = Store::open(dir.path(), &places).unwrap();
        let add = |name: &'static str| {
            store.write(Scope::All, |tx| tx.execute(BOX, &params![[1; 16], [1; 32], name]))
        };
        add("Kamala").unwrap();
        let error = add("Kamala").unwrap_err();
        let told = format!("{error} {:?} {:?}", std::error::Error::source(&error), error);
        assert!(told.contains("23505") && told.contains("box_pkey"), "{told}");
        assert!(!told.contains("Kamala") && !told.contains("x0101"), "{told}");
        let secret = Places {
            database: Some("postgres://me:secret@127.0.0.1:1/x?sslmode=disable".to_owned()),
            objects: None,
        };
        let error = Store::open(dir.path(), &secret).unwrap_err();
        let told = format!("{error} {:?} {secret:?}", std::error::Error::source(&error));
        assert!(!told.contains("secret"), "{told}");
    }

    #[test]
    fn postgres_is_reached_by_tls_with_a_certificate_that_somebody_trusts() {
        let Some(server) = crate::portal::tests::postgres_server::Server::shared() else { return };
        let dir = tempfile::tempdir().unwrap();
        let open = |more: &str| {
            let url = format!("{}?sslmode=require{more}", server.database());
            Store::open(dir.path(), &Places { database: Some(url), objects: None })
        };
        let store = open(&format!("&sslrootcert={}", server.authority().display())).unwrap();
        let encrypted = "select count(*) from pg_stat_ssl where ssl and pid = pg_backend_pid()";
        assert_eq!(store.read(|db| db.number::<i64>(encrypted, &[])).unwrap(), 1);
        assert!(open("").is_err(), "nobody whom this machine trusts has signed it");
    }
}
