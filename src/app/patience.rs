//! The waits of loops that bring something somewhere: by chance, longer after every failure, and over as soon
//! as there is something new to bring.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::{App, random};
use crate::domain::sync::pace::wait_ms;
use crate::store::{Store, StoreError};

/// How often the database is asked whether something waits.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Failures in a row over one thing after which another one shows whether it is the thing or the server.
const DOUBTED_AFTER: u32 = 3;

/// Things in a row, each refused for itself, after which it is the server.
const OTHERS_SOON: u32 = 8;

/// How many failures in a row a wait counts: those over one thing alone (`one`) count only when many things
/// have failed.
pub(super) fn counted(failures: u32, one: bool) -> u32 {
    if one { failures.saturating_sub(OTHERS_SOON) } else { failures }
}

/// Whether a server that says that it fails over everything does so over one thing alone: that one would hold
/// up all others for ever.
#[derive(Debug)]
pub(super) struct Doubt<T> {
    over: Option<(T, u32)>,
}

impl<T> Default for Doubt<T> {
    fn default() -> Self {
        Self { over: None }
    }
}

impl<T: Copy + PartialEq> Doubt<T> {
    /// What lets another one go before it.
    pub(super) fn aside(&self) -> Option<T> {
        self.over.filter(|(_, failures)| *failures >= DOUBTED_AFTER).map(|(one, _)| one)
    }

    /// The server failed over this one too, as it says over everything.
    pub(super) fn failed(&mut self, one: T) {
        self.over = match self.over {
            Some((before, failures)) if before == one => Some((one, failures.saturating_add(1))),
            // Over another one as well: it is the server.
            Some(_) if self.aside().is_some() => None,
            _ => Some((one, 1)),
        };
    }

    /// The server took this one, or had a word to say about it; gives the one that was set aside for it: that
    /// one is to blame.
    pub(super) fn answered(&mut self, one: T) -> Option<T> {
        let aside = self.aside().filter(|aside| *aside != one);
        self.over = None;
        aside
    }
}

/// Waits after so many failures in a row, or as long as the other side has told, milliseconds. `seen` is the
/// newest thing that a wait has met: a newer one ends this wait.
pub(super) async fn wait<N: PartialOrd + Send + 'static>(
    app: &App,
    (failures, told): (u32, Option<u64>),
    seen: &mut Option<N>,
    newest: fn(&Store) -> Result<Option<N>, StoreError>,
) {
    let random = random::bytes().map_or(0, u64::from_le_bytes);
    let until = Instant::now() + Duration::from_millis(wait_ms(failures, random, told));
    while Instant::now() < until {
        tokio::time::sleep(LOOK_EVERY.min(until - Instant::now())).await;
        let found = app.blocking(move |inner| newest(&inner.store)).await.ok().flatten();
        if found > *seen {
            *seen = found;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: &[u8]) -> Doubt<u8> {
        let mut doubt = Doubt::default();
        failures.iter().for_each(|one| doubt.failed(*one));
        doubt
    }

    #[test]
    fn what_a_server_fails_over_again_and_again_is_set_aside_until_another_one_tells() {
        assert_eq!(after(&[1, 1]).aside(), None);
        assert_eq!(after(&[1, 1, 1]).aside(), Some(1));
        assert_eq!(after(&[1, 1, 1, 2]).aside(), None, "it is the server");
        let mut doubt = after(&[1, 1, 1]);
        assert_eq!((doubt.answered(2), doubt.aside()), (Some(1), None));
        assert_eq!(after(&[1, 1, 1]).answered(1), None);
        assert_eq!(after(&[1, 1, 2]).answered(2), None);
    }
}
