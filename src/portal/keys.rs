//! Keys that follow one another: those of boxes, each told by the box itself, and the portal's own, which
//! an order announces to every box.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use crate::crash_point;
use crate::domain::people::PersonName;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::keys::{KeyLink, followed};
use crate::domain::sync::order::{Asked, Order, OrderKind, PortalKeyChange, text};
use crate::keys::rotation::{PortalKeyring, announce};
use crate::keys::{KeyError, SigningKey, signed_by};
use crate::portal::orders::NewOrder;
use crate::portal::{BoxState, OpenError, Portal, StorageError};

/// The name under which the portal itself asks.
const PORTAL_NAME: &str = "Portal";
/// Most bytes of orders in one carried file.
pub(super) const CARRIED_ORDER_BYTES: u64 = 8 * 1024 * 1024;

/// Keys and carried orders in a portal's storage.
pub trait KeyStorage {
    /// The key of a box that follows the present one and was not used yet.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn next_key(&self, id: KeyId) -> Result<Option<PublicKey>, StorageError>;

    /// Keeps the key that is to follow, with how the box's keys led up to it. Another one that waited is
    /// replaced: the box never used it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn add_next_key(
        &self,
        id: KeyId,
        key: &PublicKey,
        links: &[KeyLink],
        at: WallMs,
    ) -> Result<(), StorageError>;

    /// The box has used its next key: the present one is over.
    ///
    /// # Errors
    /// [`StorageError`].
    fn use_next_key(&self, id: KeyId, key: &PublicKey, at: WallMs) -> Result<(), StorageError>;

    /// Keeps which public keys are this portal's, in place of those before.
    ///
    /// # Errors
    /// [`StorageError`].
    fn change_keys(&self, keys: &str) -> Result<(), StorageError>;

    /// Orders of which nothing has been heard, what presses first, for a file that is carried: as many as
    /// fit into those bytes. `only`: of that kind alone.
    ///
    /// # Errors
    /// [`StorageError`].
    fn carried_orders(
        &self,
        to: KeyId,
        bytes: u64,
        only: Option<OrderKind>,
    ) -> Result<Vec<Order>, StorageError>;
}

/// A box to which the portal's next key was announced.
#[derive(Clone, Debug)]
pub struct Announced {
    /// The box.
    pub id: KeyId,
    /// What its site is called.
    pub name: String,
    /// It has said that it knows the key.
    pub known: bool,
}

impl Portal {
    /// The portal's keys of now.
    pub(crate) fn keyring(&self) -> Arc<PortalKeyring> {
        Arc::clone(&self.inner.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the keys anew: a command beside the running portal may have made one.
    pub(crate) fn read_keys(&self) -> Result<(), KeyError> {
        let keys = Arc::new(self.keyring().again()?);
        *self.inner.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Whether one of the portal's keys is meant in a text that a box has signed.
    pub(crate) fn is_meant(&self, meant: impl Fn(&PublicKey) -> bool) -> bool {
        let asks = |portal: &Self| portal.keyring().all().any(|key| meant(&key.public()));
        // Files are read for those that have changed alone: a stranger can send wrong signatures without end.
        asks(self) || (!self.keyring().is_as_read() && self.read_keys().is_ok() && asks(self))
    }

    /// Accepts a box by the last of its keys as well, if they follow one another from one by which it is
    /// known; gives that key.
    pub(crate) fn accept_key(
        &self,
        id: KeyId,
        links: &[KeyLink],
    ) -> Result<Option<PublicKey>, StorageError> {
        let BoxState::Enrolled(known) = self.storage().box_state(id)? else { return Ok(None) };
        let Some(key) = followed(links, id, &known, signed_by) else { return Ok(None) };
        if key != known && self.storage().next_key(id)? != Some(key) {
            self.storage().add_next_key(id, &key, links, self.now().wall)?;
            tracing::info!(box_id = %id, "a box will have another key");
        }
        Ok(Some(key))
    }

    /// Whether a box may speak by a key. The first word by its next key ends the one before.
    pub(crate) fn may_speak(&self, id: KeyId, key: &PublicKey) -> Result<bool, StorageError> {
        let (BoxState::Enrolled(known) | BoxState::Revoked(known)) =
            self.storage().box_state(id)?
        else {
            return Ok(false);
        };
        if known == *key {
            return Ok(true);
        }
        let next = self.storage().next_key(id)? == Some(*key);
        if next {
            self.storage().use_next_key(id, key, self.now().wall)?;
            tracing::info!(box_id = %id, "a box uses its new key");
        }
        Ok(next)
    }

    /// Makes the key that is to follow the portal's own, and announces it to every box that has not been
    /// told. Said again, it tells those that were enrolled since.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn announce_key(&self, folder: &Path) -> Result<Vec<Announced>, OpenError> {
        PortalKeyring::make_next(folder)?;
        self.read_keys()?;
        let mut boxes = Vec::new();
        for row in self.storage().fleet()? {
            if row.revoked {
                continue;
            }
            self.announce_to(row.id)?;
            crash_point::reached("portal_key_announced");
            let known = self.knows_next(row.id)?;
            boxes.push(Announced { id: row.id, name: row.name, known });
        }
        Ok(boxes)
    }

    /// The key that is announced; `None`: there is none.
    #[must_use]
    pub fn next_key(&self) -> Option<PublicKey> {
        self.keyring().next().map(SigningKey::public)
    }

    /// Signs and answers by the announced key from the portal's next start on; `false`: there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn use_announced_key(&self, folder: &Path) -> Result<bool, KeyError> {
        PortalKeyring::switch(folder)
    }

    /// Whether a box has said that it knows the portal's next key.
    fn knows_next(&self, id: KeyId) -> Result<bool, StorageError> {
        let keys = self.keyring();
        let Some(next) = keys.next() else { return Ok(false) };
        let sent = self.storage().sent_orders(id, None)?;
        Ok(sent.iter().any(|one| {
            announces(&one.order, &next.public()) && one.outcome.as_deref() == Some("done")
        }))
    }

    /// Announces the portal's next key to one box, unless it was announced; after a change, the present one
    /// to a box that still knows the one before.
    pub(crate) fn announce_to(&self, id: KeyId) -> Result<(), StorageError> {
        let keys = self.keyring();
        if let Some(next) = keys.next() {
            self.announce(id, keys.key(), next)?;
        }
        Ok(())
    }

    /// The key by which a box can verify what it is told, having said by which it knows the portal. One that
    /// knows only the key before the last change is told of the present one.
    pub(crate) fn key_for(&self, id: KeyId, knows: &str) -> Result<PublicKey, StorageError> {
        let keys = self.keyring();
        let present = keys.key().public();
        let old = keys.old().filter(|old| PublicKey::parse(knows) == Some(old.public()));
        match old {
            None => Ok(present),
            Some(old) => {
                self.announce(id, old, keys.key())?;
                Ok(old.public())
            }
        }
    }

    fn announce(&self, id: KeyId, old: &SigningKey, new: &SigningKey) -> Result<(), StorageError> {
        let sent = self.storage().sent_orders(id, None)?;
        if sent.iter().any(|one| announces(&one.order, &new.public())) {
            return Ok(());
        }
        let (old_key, new_key) = (old.public(), new.public());
        let by_new = announce(&old_key, new);
        let change = PortalKeyChange { old: old_key, new: new_key, by_new };
        let by = PersonName::parse(PORTAL_NAME).ok_or(StorageError::Corrupt { what: "name" })?;
        self.order_by(old, id, &Asked::PortalKey(by, change)).map(drop)
    }

    /// Makes an order signed by that key of the portal.
    pub(crate) fn order_by(
        &self,
        key: &SigningKey,
        to: KeyId,
        asked: &Asked,
    ) -> Result<u64, StorageError> {
        let order = NewOrder::of(asked, self.now().wall);
        let sign = |number| -> Signature {
            let signed = (number, order.kind.code(), order.hash, order.at);
            key.sign(&text(&key.public(), to, signed))
        };
        self.storage().add_order(to, &order, &sign)
    }

    /// Something harmless with a number after that of a wipe that was taken back: the wipe may lie in a file
    /// that somebody still carries, and an order that comes after a later one is over.
    pub(crate) fn outnumber_wipe(&self, id: KeyId) -> Result<(), StorageError> {
        let sent = self.storage().sent_orders(id, None)?;
        let last = sent.first().filter(|one| one.order.kind == OrderKind::Wipe.code());
        if last.is_some_and(|one| one.outcome.as_deref() == Some("withdrawn")) {
            let by =
                PersonName::parse(PORTAL_NAME).ok_or(StorageError::Corrupt { what: "name" })?;
            self.order(id, &Asked::Settings(by, Vec::new()))?;
        }
        Ok(())
    }
}

/// Whether an order announces that key.
fn announces(order: &Order, key: &PublicKey) -> bool {
    order.kind == OrderKind::PortalKey.code() && order.body.reveal().contains(&key.to_string())
}
