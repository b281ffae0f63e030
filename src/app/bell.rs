//! The bell between whoever puts work into the database and the thread that does it.

use std::sync::{Condvar, Mutex, PoisonError};

/// Wakes the lightbox. A ring that nobody hears is remembered, so none is lost.
#[derive(Default)]
pub(super) struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    pub(super) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_all();
    }

    /// Waits for a ring, at most the given time.
    pub(super) fn wait(&self, period: std::time::Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.heard.wait_timeout_while(rung, period, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
    }
}
