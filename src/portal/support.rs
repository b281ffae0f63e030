//! Support bundles of boxes, as the portal keeps them: sealed, so that whoever has the key of support alone can read
//! one, until the consent to it is over.

use std::time::Duration;

use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::receipt::Delivered;
use crate::domain::sync::support::{Ends, SupportBundle};
use crate::portal::storage::{Signer, Taken};
use crate::portal::{Portal, StorageError};
use crate::wire::messages::{Answer, Record, SignedReceipt};
use crate::wire::support::{Carried, OVER, SupportAnswer};

/// How often somebody looks whether the time of a bundle is over.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Most bundles of one box at the same time: people agree to one after the other.
pub(super) const OPEN_MAX: u64 = 8;

/// A bundle that comes in.
#[derive(Clone, Copy, Debug)]
pub struct NewSupport {
    /// Which one of the box.
    pub bundle: SupportBundle,
    /// Bytes of the whole.
    pub size_bytes: u64,
    /// When it is to be gone, by the portal's clock.
    pub ends: WallMs,
}

/// What is held of a bundle that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupportHeld {
    /// So many bytes, from the first one.
    Part(u64),
    /// All of it, now or since an earlier delivery.
    Whole(Taken),
    /// Nothing, and nothing is taken: its time is over, or the box has too many.
    Over,
}

/// A bundle that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupportRow {
    /// Of which box.
    pub from: KeyId,
    /// Which one.
    pub bundle: SupportBundle,
    /// Its bytes.
    pub size_bytes: u64,
    /// When it was whole.
    pub received: WallMs,
    /// When it is to be gone.
    pub ends: WallMs,
}

/// Support bundles in a portal's storage.
pub trait SupportStorage {
    /// Appends a piece to a bundle if it begins where the bundle ends, and signs for the whole, once. A bundle
    /// whose hash is another one in the end begins anew.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn take_support(
        &self,
        from: KeyId,
        new: &NewSupport,
        piece: (u64, &[u8]),
        at: WallMs,
        sign: &Signer<'_>,
    ) -> Result<SupportHeld, StorageError>;

    /// The consents to these bundles are over: their bytes go, also of one that is still under way.
    ///
    /// # Errors
    /// [`StorageError`].
    fn end_support(
        &self,
        from: KeyId,
        bundles: &[SupportBundle],
        at: WallMs,
    ) -> Result<(), StorageError>;

    /// Bundles that are here and whose time is not over, of all boxes or of one, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn support_bundles(
        &self,
        of: Option<KeyId>,
        now: WallMs,
    ) -> Result<Vec<SupportRow>, StorageError>;

    /// The sealed file; `None`: it is not here, or its time is over.
    ///
    /// # Errors
    /// [`StorageError`].
    fn support_bytes(
        &self,
        from: KeyId,
        bundle: SupportBundle,
        now: WallMs,
    ) -> Result<Option<Vec<u8>>, StorageError>;

    /// Removes the bytes of bundles whose time is over; gives of how many.
    ///
    /// # Errors
    /// [`StorageError`].
    fn forget_support(&self, now: WallMs) -> Result<u64, StorageError>;
}

impl Portal {
    /// Takes in bytes of a bundle; the receipt once all of them are there.
    pub(crate) fn take_support(
        &self,
        from: KeyId,
        (bundle, size_bytes, ends): (SupportBundle, u64, Ends),
        offset: u64,
        bytes: &[u8],
    ) -> Result<SupportAnswer, StorageError> {
        let at = self.now().wall;
        let new = NewSupport { bundle, size_bytes, ends: ends.at(at) };
        let sign = self.signer(from);
        let held = self.storage().take_support(from, &new, (offset, bytes), at, &sign)?;
        Ok(match held {
            SupportHeld::Part(held) => SupportAnswer { held, receipt: None, over: false },
            SupportHeld::Whole(taken) => {
                SupportAnswer { held: size_bytes, receipt: Some(taken.receipt()), over: false }
            }
            SupportHeld::Over => SupportAnswer { held: 0, receipt: None, over: true },
        })
    }

    /// Takes in what a file brings, whatever came of it before over a link.
    pub(crate) fn take_carried_support(
        &self,
        from: KeyId,
        record: &Record,
    ) -> Result<Answer, StorageError> {
        let answer = |receipt: Option<SignedReceipt>, refused: &str| {
            let refused = receipt.is_none().then(|| refused.to_owned());
            Answer { seq: record.seq, receipt, refused }
        };
        let (bundle, ends, sealed) = match Carried::of(record) {
            None => return Ok(answer(None, "unreadable")),
            Some(Carried::Over(bundle)) => {
                self.storage().end_support(from, &[bundle], self.now().wall)?;
                return Ok(answer(None, OVER));
            }
            Some(Carried::Whole { bundle, ends, sealed }) => (bundle, ends, sealed),
        };
        let size = sealed.len() as u64;
        let first = self.take_support(from, (bundle, size, ends), 0, &sealed)?;
        let told = match usize::try_from(first.held).ok().and_then(|held| sealed.get(held..)) {
            // A part of it came over a link before.
            Some(rest @ [_, ..]) if first.receipt.is_none() && !first.over => {
                self.take_support(from, (bundle, size, ends), first.held, rest)?
            }
            Some(_) | None => first,
        };
        Ok(answer(told.receipt, if told.over { OVER } else { "wrong_hash" }))
    }
}

/// The receipt of a bundle. It has no place among the records.
pub(in crate::portal) fn taken(
    from: KeyId,
    bundle: SupportBundle,
    at: WallMs,
    sign: &Signer<'_>,
) -> Taken {
    let (seq, hash) = (bundle.seq(), bundle.hash);
    let delivered = Delivered { box_id: from, seq, hash };
    Taken { delivered, place: 0, at, signature: sign(seq, hash, 0, at) }
}

/// Removes bundles whose time is over, as long as the portal serves.
pub(super) async fn watch(portal: Portal) {
    loop {
        let looked = portal.clone();
        let look = move || looked.storage().forget_support(looked.now().wall);
        match tokio::task::spawn_blocking(look).await {
            Ok(Ok(0)) => {}
            Ok(Ok(count)) => {
                tracing::info!(count, "support bundles whose time is over are removed");
            }
            Ok(Err(error)) => tracing::warn!(%error, "support bundles could not be looked at"),
            Err(error) => tracing::error!(%error, "looking at support bundles ended abnormally"),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
