//! Images on their way in, piece by piece, at any replica: rows of the database until all of them are there,
//! then one object. Nothing is given up before the record of the image is committed, so that a replica may
//! die between any two steps.

use super::Store;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::objects::Objects;
use super::objects::files::Files;
use super::sql::{Db, Scope, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::portal::storage::StorageError;

/// Images that a replica puts together at the same time; the largest is 64 MiB, and a try to send it copies it.
const TURNS: usize = 2;
/// How long one waits for its turn. Then its box comes again: the threads are needed for records.
const TURN_MAX: Duration = Duration::from_secs(5);

/// Who puts images together now, and whether there is somewhere to put them.
#[derive(Debug)]
pub(super) struct Assembly {
    free: Mutex<usize>,
    returned: Condvar,
    /// The object store did not answer when it was last looked at: nobody waits for it.
    pub(super) away: AtomicBool,
}

impl Default for Assembly {
    fn default() -> Self {
        Self { free: Mutex::new(TURNS), returned: Condvar::new(), away: AtomicBool::new(false) }
    }
}

impl Assembly {
    /// Whether the object store answered when it was last looked at.
    ///
    /// # Errors
    /// [`StorageError::Busy`]: it did not.
    pub(super) fn answers(&self) -> Result<(), StorageError> {
        if self.away.load(Ordering::Relaxed) { Err(StorageError::Busy) } else { Ok(()) }
    }

    fn turn(&self) -> Result<Turn<'_>, StorageError> {
        self.answers()?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.returned.wait_timeout_while(free, TURN_MAX, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1).ok_or(StorageError::Busy)?;
        Ok(Turn(self))
    }
}

/// The right to put an image together.
struct Turn<'a>(&'a Assembly);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.returned.notify_one();
    }
}

/// Where images are.
#[derive(Debug)]
pub(super) enum Images {
    /// Files of one machine; pieces are files too.
    Here(Box<Files>),
    /// Somewhere that several replicas share; pieces are rows.
    Shared(Box<dyn Objects>),
}

impl Images {
    /// Whole ones.
    pub(super) fn whole(&self) -> &dyn Objects {
        match self {
            Self::Here(files) => &**files,
            Self::Shared(objects) => &**objects,
        }
    }
}

impl Store {
    /// Keeps a file that came in whole, under its hash.
    pub(super) fn keep_file(&self, hash: Sha256Digest, part: &Path) -> Result<(), StorageError> {
        match &self.images {
            Images::Here(files) => files.keep(hash, part),
            Images::Shared(objects) => {
                let _turn = self.assembly.turn()?;
                let bytes = std::fs::read(part).map_err(|source| StorageError::File {
                    operation: "read",
                    path: part.to_owned(),
                    source,
                })?;
                objects.put(hash, &bytes)
            }
        }
    }

    /// See [`crate::portal::Storage::append_image`], with pieces as rows.
    pub(super) fn append_row(
        &self,
        objects: &dyn Objects,
        from: KeyId,
        (hash, size): (Sha256Digest, u64),
        (offset, bytes): (u64, &[u8]),
        at: WallMs,
    ) -> Result<u64, StorageError> {
        if let Some(size) = self.read(|db| taken(db, hash))? {
            return Ok(size);
        }
        let add = |tx: &dyn Db| add(tx, from, (hash, size), (offset, bytes), at);
        let held = self.write(Scope::Box(from), add)?;
        if held < size {
            return Ok(held);
        }
        let _turn = self.assembly.turn()?;
        let whole = self.read(|db| assemble(db, from, hash))?;
        if whole.len() as u64 == size && Sha256Digest::of(&whole) == hash {
            objects.put(hash, &whole)?;
            crate::crash_point::reached("object_after_put");
            return Ok(held);
        }
        if let Some(size) = self.read(|db| taken(db, hash))? {
            // Another replica was faster, and the pieces are gone.
            return Ok(size);
        }
        tracing::error!(%hash, "an image came in with another hash and begins anew");
        self.write(Scope::Box(from), |tx| forget(tx, from, hash))?;
        Ok(0)
    }
}

/// The size of an image that is there as a whole.
fn taken(db: &dyn Db, hash: Sha256Digest) -> Result<Option<u64>, StorageError> {
    let select = "select size_bytes from record where kind = 'image' and hash = ?1 limit 1";
    db.value(select, &params![hash.as_bytes()])
}

/// Adds a piece if it begins where the last one ends; gives where they end now.
fn add(
    tx: &dyn Db,
    from: KeyId,
    (hash, size): (Sha256Digest, u64),
    (offset, bytes): (u64, &[u8]),
    at: WallMs,
) -> Result<u64, StorageError> {
    let last = "select begins + length(body) from image_part where box_id = ?1 and hash = ?2 \
                order by begins desc limit 1";
    let held: Option<u64> = tx.value(last, &params![from.as_bytes(), hash.as_bytes()])?;
    let mut held = held.unwrap_or(0);
    if held > size {
        // Sent with another size before: one of the two is wrong, and the hash will tell.
        forget(tx, from, hash)?;
        held = 0;
    }
    if offset != held || bytes.is_empty() {
        return Ok(held);
    }
    let sent = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if held.saturating_add(sent) > size {
        return Err(StorageError::BeyondEnd);
    }
    let insert = "insert into image_part (box_id, hash, begins, body, received_ms) \
                  values (?1, ?2, ?3, ?4, ?5)";
    tx.execute(insert, &params![from.as_bytes(), hash.as_bytes(), offset, bytes, at.0])?;
    Ok(held + sent)
}

/// All pieces, one after the other, read one by one.
fn assemble(db: &dyn Db, from: KeyId, hash: Sha256Digest) -> Result<Vec<u8>, StorageError> {
    let select = "select body from image_part where box_id = ?1 and hash = ?2 and begins = ?3";
    let mut whole = Vec::new();
    loop {
        let key = params![from.as_bytes(), hash.as_bytes(), whole.len()];
        let Some(piece) = db.value::<Vec<u8>>(select, &key)? else { return Ok(whole) };
        whole.extend_from_slice(&piece);
    }
}

/// Forgets the pieces of an image, which is whole by now or begins anew.
pub(super) fn forget(tx: &dyn Db, from: KeyId, hash: Sha256Digest) -> Result<(), StorageError> {
    let delete = "delete from image_part where box_id = ?1 and hash = ?2";
    tx.execute(delete, &params![from.as_bytes(), hash.as_bytes()]).map(drop)
}

/// Forgets the pieces of images to which nothing was added since that time.
pub(super) fn forget_old(tx: &dyn Db, before: WallMs) -> Result<(), StorageError> {
    let delete = "delete from image_part where (box_id, hash) in (select box_id, hash \
                  from image_part group by box_id, hash having max(received_ms) < ?1)";
    tx.execute(delete, &params![before.0]).map(drop)
}
