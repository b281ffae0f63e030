//! The box's own key and the portal's, while they change: both sides know both keys until the new one was
//! used. Everything that a restart needs is files and rows; the loop only looks whether they have changed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Round, Stop, keys_folder, own_keys};
use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::keys::PortalKeys;
use crate::keys::KeyError;
use crate::keys::rotation::BoxKeys;
use crate::store::{Store, StoreError};
use crate::sync::{Client, PortalSettings, SyncFault};

/// The box's key, for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxKeyState {
    /// The name of the box, which stays.
    pub name: KeyId,
    /// The key by which it signs.
    pub key: PublicKey,
    /// How often it has changed.
    pub changes: usize,
    /// A new one waits until the portal has heard of it.
    pub waits: bool,
}

/// A client that speaks by the box's key of now, to the portal by all keys that it may have now.
pub(super) async fn client(app: &App, settings: &PortalSettings) -> Result<Client, SyncFault> {
    let named = settings.key;
    let made =
        app.blocking(move |inner| Ok((own_keys(&inner.store), inner.store.portal_keys(&named)?)));
    let made = made.await.map_err(|fault| SyncFault::SetUp(format!("{} {fault}", fault.code())));
    let (own, portal) = made?;
    let own = own.map_err(|error| SyncFault::SetUp(error.to_string()))?;
    Client::new(settings.clone(), portal, Arc::new(own))
}

impl Round {
    /// Makes the client anew when a key has changed, and notes that the portal has shown a new one.
    pub(super) async fn follow_keys(&mut self) -> Result<(), Stop> {
        if let Some(shown) = self.client.take_shown() {
            let portal = self.portal;
            let inner = Arc::clone(&self.app.inner);
            self.app.blocking(move |inner| inner.store.portal_key_used(&portal, &shown)).await?;
            inner.sync.keys_changed.fetch_add(1, Ordering::SeqCst);
        }
        let changed = self.app.inner.sync.keys_changed.load(Ordering::SeqCst);
        if changed != self.keys_changed {
            self.client = client(&self.app, &self.settings).await?;
            self.keys_changed = changed;
        }
        Ok(())
    }

    /// Tells the portal of a new key of the box, if there is one, and signs by it from then on.
    pub(super) async fn tell_key(&mut self) -> Result<bool, Stop> {
        let Some(link) = self.client.link().filter(|_| !self.key_untold) else { return Ok(false) };
        crate::crash_point::reached("before_key_told");
        match self.client.rotate().await {
            // A portal that knows nothing of keys that change: everything else goes on.
            Err(SyncFault::BadAnswer) => {
                tracing::warn!("the portal does not take a new key of this box");
                self.key_untold = true;
                return Ok(false);
            }
            told => told?,
        }
        crate::crash_point::reached("after_key_told");
        self.app.blocking(move |inner| switch(inner, &link.new)).await?;
        self.progress = true;
        // A word by the new key ends the one before at once.
        self.said_hello = None;
        self.follow_keys().await?;
        tracing::info!("the box signs by a new key");
        Ok(true)
    }
}

impl Round {
    /// A portal that does not know the box's key may know one from before: it was restored from an older
    /// copy. Says whether the box may go on.
    pub(super) async fn is_known_by_chain(&mut self) -> bool {
        let before = self.keys_changed;
        // A file that was carried may have brought the new key into use just now.
        let followed = self.follow_keys().await.is_ok() && self.keys_changed != before;
        followed || self.client.rotate().await.is_ok()
    }
}

/// Signs by the new key from now on: the portal has accepted it.
pub(super) fn switch(inner: &Inner, accepted: &PublicKey) -> Result<(), StoreError> {
    BoxKeys::switch(&keys_folder(&inner.store), accepted).map_err(|error| of_key(&error))?;
    inner.sync.keys_changed.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

/// Makes a new key of the box, which the portal hears of next. One that waits already stays.
pub(super) fn make_next(inner: &Inner) -> Result<(), StoreError> {
    BoxKeys::make_next(&keys_folder(&inner.store)).map_err(|error| of_key(&error))?;
    inner.sync.keys_changed.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

/// The keys of the portal that the settings name.
pub(super) fn portal(store: &Store, settings: &PortalSettings) -> Result<PortalKeys, StoreError> {
    store.portal_keys(&settings.key)
}

pub(super) fn of_key(error: &KeyError) -> Fault {
    tracing::error!(%error, "a key of the box cannot be used");
    Fault::StorageFailed
}

impl App {
    /// The box's key; `None` where no portal is set.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`], or when a key cannot be read.
    pub async fn box_key(&self, by: &Operator) -> Result<Option<BoxKeyState>, Fault> {
        by.needs(Right::SeeSystem)?;
        if self.inner.sync.settings.is_none() {
            return Ok(None);
        }
        self.blocking(|inner| {
            let keys = own_keys(&inner.store).map_err(|error| of_key(&error))?;
            Ok(Some(BoxKeyState {
                name: keys.name(),
                key: keys.key().public(),
                changes: keys.chain().len(),
                waits: keys.link().is_some(),
            }))
        })
        .await
    }

    /// Makes a new key of the box. The portal hears of it with the next contact or carried file; until
    /// then the present one stays in use.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`]; [`Fault::PageUnknown`] where no portal is set; or when the disk fails.
    pub async fn new_box_key(&self, by: &Operator) -> Result<(), Fault> {
        by.needs(Right::ManageSite)?;
        if self.inner.sync.settings.is_none() {
            return Err(Fault::PageUnknown);
        }
        self.blocking(make_next).await
    }
}
