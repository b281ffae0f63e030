//! Taking a photo in: streamed to disk, checked, made durable, and only then acknowledged.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::app::{App, Inner, log_store_error};
use crate::capture;
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, PhotoId, StudyId};
use crate::domain::people::Operator;
use crate::domain::view::AddedPhoto;
use crate::store::{NewPhoto, Part, StoreError};

/// A photo on its way in. Dropped before [`Intake::finish`], it leaves nothing behind.
pub struct Intake {
    app: App,
    part: Option<Part>,
    study: StudyId,
    photo: PhotoId,
    by: OperatorId,
    digest: Option<Sha256Digest>,
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Intake({} of {})", self.photo, self.study)
    }
}

/// Tells two tries of the same upload apart on disk.
static ATTEMPT: AtomicU64 = AtomicU64::new(1);

impl App {
    /// Begins to take a photo in.
    ///
    /// # Errors
    /// [`Fault::StudyUnknown`], [`Fault::StudyClosed`], [`Fault::QueueFull`], [`Fault::DiskFull`].
    pub async fn begin_photo(
        &self,
        by: &Operator,
        study: StudyId,
        photo: PhotoId,
        digest: Option<Sha256Digest>,
    ) -> Result<Intake, Fault> {
        let attempt = ATTEMPT.fetch_add(1, Ordering::Relaxed);
        let admit = move |inner: &Inner| {
            let limits = &inner.limits;
            let (queue, free) = (limits.queue_len_max, limits.disk_free_bytes_min);
            inner.store.admit_photo(study, photo, queue, free)?;
            inner.store.new_part(photo, attempt)
        };
        let part = self.blocking(admit).await?;
        Ok(Intake { app: self.clone(), part: Some(part), study, photo, by: by.id, digest })
    }
}

impl Intake {
    /// Appends bytes as they arrive. Memory stays constant.
    ///
    /// # Errors
    /// [`Fault::PhotoTooLarge`] as soon as the limit is passed; disk faults.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), Fault> {
        let mut part = self.part.take().ok_or(Fault::UploadInterrupted)?;
        if part.size().saturating_add(chunk.len() as u64) > self.app.limits().photo_bytes_max {
            return Err(Fault::PhotoTooLarge);
        }
        let chunk = chunk.to_vec();
        let write = move |_: &Inner| part.write(&chunk).map(|()| part);
        self.part = Some(self.app.blocking(write).await?);
        crate::crash_point::reached("after_part_write");
        Ok(())
    }

    /// Checks the photo, makes it durable and queues it. When this answers, it may be acknowledged.
    ///
    /// # Errors
    /// Everything that is wrong with the photo; nothing is stored then.
    pub async fn finish(mut self) -> Result<AddedPhoto, Fault> {
        let part = self.part.take().ok_or(Fault::UploadInterrupted)?;
        let (study, photo, by, digest) = (self.study, self.photo, self.by, self.digest);
        let at = self.app.now();
        let store = move |inner: &Inner| {
            if digest.is_some_and(|digest| digest != part.digest()) {
                return Err(Fault::PhotoDamagedInTransfer.into());
            }
            let header = capture::inspect(&part.read()?, &inner.limits)?;
            let media_type = header.format.media_type();
            let photos_max = inner.limits.photos_per_study_max;
            let new = NewPhoto { id: photo, study, by, part, media_type, at, photos_max };
            inner.store.add_photo(&new)
        };
        // Not cancelled when the connection goes: a stored photo is always a queued one.
        let inner = Arc::clone(&self.app.inner);
        let added = tokio::task::spawn_blocking(move || {
            let added: Result<AddedPhoto, StoreError> = store(&inner);
            inner.bell.ring();
            added.map_err(|error| {
                log_store_error(&error);
                error.fault()
            })
        });
        added.await.unwrap_or(Err(Fault::Internal))
    }
}
