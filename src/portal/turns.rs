//! How many requests of one box the portal serves at the same time.
//!
//! A box makes one after the other. More than two under one name are of somebody else, or of connections that
//! broke unnoticed: a further one waits a moment, then the oldest whose body still comes in gives way to it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::sync::identity::KeyId;

/// Requests of one box at the same time.
const AT_ONCE_MAX: usize = 2;

/// How long a further one waits before another gives way.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// A turn was given back.
static RETURNED: Notify = Notify::const_new();
static TURNS: Mutex<BTreeMap<KeyId, Vec<Arc<Request>>>> = Mutex::new(BTreeMap::new());

/// A request that is served.
#[derive(Debug)]
struct Request {
    /// Its body still comes in.
    coming: AtomicBool,
    /// It gives way to a newer one.
    over: Notify,
}

/// The right of a request to be served; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    of: KeyId,
    request: Arc<Request>,
}

impl Turn {
    /// A turn for a request of that box; `None`: too many are served at this moment.
    pub(super) async fn begin(of: KeyId) -> Option<Self> {
        let free = async {
            loop {
                // Before the look: what is returned after it is not missed.
                let returned = RETURNED.notified();
                if let Some(turn) = Self::free(of) {
                    return turn;
                }
                returned.await;
            }
        };
        let free = tokio::time::timeout(WAIT_MAX, free).await;
        free.ok().or_else(|| Self::instead(of))
    }

    /// A turn that nobody has.
    fn free(of: KeyId) -> Option<Self> {
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        let served = turns.entry(of).or_default();
        (served.len() < AT_ONCE_MAX).then(|| Self::add(of, served))
    }

    /// The turn of the oldest request whose body still comes in.
    fn instead(of: KeyId) -> Option<Self> {
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        let served = turns.entry(of).or_default();
        if served.len() >= AT_ONCE_MAX {
            let oldest = served.iter().position(|one| one.coming.load(Ordering::SeqCst))?;
            served.remove(oldest).over.notify_one();
        }
        Some(Self::add(of, served))
    }

    fn add(of: KeyId, served: &mut Vec<Arc<Request>>) -> Self {
        let request = Arc::new(Request { coming: AtomicBool::new(true), over: Notify::new() });
        served.push(Arc::clone(&request));
        Self { of, request }
    }

    /// Waits for a body; `None`: a newer request of the same box has come.
    pub(super) async fn unless_over<T>(&self, body: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            body = body => {
                self.request.coming.store(false, Ordering::SeqCst);
                Some(body)
            }
            () = self.request.over.notified() => None,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(served) = turns.get_mut(&self.of) {
            served.retain(|one| !Arc::ptr_eq(one, &self.request));
            if served.is_empty() {
                turns.remove(&self.of);
            }
        }
        RETURNED.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn the_oldest_of_three_requests_gives_way_after_a_moment() {
        let id = KeyId::from_bytes([0x71; 16]);
        let (first, second) = (Turn::free(id).unwrap(), Turn::free(id).unwrap());
        assert!(Turn::free(id).is_none());
        let third = Turn::instead(id).unwrap();
        assert_eq!(first.unless_over(pending::<()>()).await, None);
        assert_eq!(second.unless_over(ready(7)).await, Some(7));
        assert_eq!(third.unless_over(ready(8)).await, Some(8));
        assert!(Turn::instead(id).is_none(), "both are answered at this moment");
        drop(first);
        assert!(Turn::free(id).is_none(), "its place was taken already");
        let fourth = tokio::spawn(Turn::begin(id));
        drop(second);
        assert!(fourth.await.unwrap().is_some(), "it has waited for a place");
        assert!(Turn::begin(KeyId::from_bytes([0x72; 16])).await.is_some());
    }
}
