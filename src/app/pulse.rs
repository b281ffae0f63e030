//! Whether work is getting on: what the service manager's watchdog is told.
//!
//! A program that answers pages while its compute thread hangs, or while nothing can be committed any
//! more, looks well and is not. Only what a restart can cure counts here: a full disk does not.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::app::clock::Stopwatch;
use crate::app::{App, chain};

/// Longest that the compute thread may be silent between two looks at the queue. It looks every five
/// seconds; a slow disk may make a look long.
const IDLE_MAX: Duration = Duration::from_secs(120);
/// Longest that one step may take: far beyond the largest photo on the slowest board.
const STEP_MAX: Duration = Duration::from_secs(15 * 60);

/// The compute thread's last sign of life.
#[derive(Debug)]
pub(super) struct Pulse(Mutex<Beat>);

#[derive(Clone, Copy, Debug)]
struct Beat {
    since: Stopwatch,
    busy: bool,
}

/// What has stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stuck {
    /// The compute thread does not look at its queue any more.
    #[error("the compute thread has been silent for {seconds} s")]
    Idle {
        /// For how long.
        seconds: u64,
    },
    /// One step does not end.
    #[error("one step has taken {seconds} s")]
    Step {
        /// For how long.
        seconds: u64,
    },
    /// Nothing can be committed.
    #[error("the database does not answer: {reason}")]
    Database {
        /// What it says.
        reason: String,
    },
}

impl Default for Pulse {
    fn default() -> Self {
        Self(Mutex::new(Beat { since: Stopwatch::start(), busy: false }))
    }
}

impl Pulse {
    /// The thread looks at its queue.
    pub(super) fn looks(&self) {
        self.beat(false);
    }

    /// The thread begins a step.
    pub(super) fn begins(&self) {
        self.beat(true);
    }

    fn beat(&self, busy: bool) {
        let mut beat = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *beat = Beat { since: Stopwatch::start(), busy };
    }

    /// What has stopped, if anything.
    fn stuck(&self, idle_max: Duration, step_max: Duration) -> Option<Stuck> {
        let beat = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let age = beat.since.elapsed();
        let seconds = age.as_secs();
        match beat.busy {
            true if age > step_max => Some(Stuck::Step { seconds }),
            false if age > idle_max => Some(Stuck::Idle { seconds }),
            _ => None,
        }
    }
}

impl App {
    /// Whether the compute thread and the database get on. Does not answer while the database hangs,
    /// which says the same.
    ///
    /// # Errors
    /// [`Stuck`] with what has stopped.
    pub async fn alive(&self) -> Result<(), Stuck> {
        if let Some(stuck) = self.inner.pulse.stuck(IDLE_MAX, STEP_MAX) {
            return Err(stuck);
        }
        let store = self.inner.store.clone();
        let answer = tokio::task::spawn_blocking(move || store.writer_answers()).await;
        let reason = match answer {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => chain(&error),
            Err(error) => error.to_string(),
        };
        Err(Stuck::Database { reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Duration = Duration::ZERO;

    #[test]
    fn silence_counts_by_what_the_thread_is_doing() {
        let pulse = Pulse::default();
        assert_eq!(pulse.stuck(IDLE_MAX, STEP_MAX), None);
        assert!(matches!(pulse.stuck(NONE, STEP_MAX), Some(Stuck::Idle { .. })));
        pulse.begins();
        assert_eq!(pulse.stuck(NONE, STEP_MAX), None);
        assert!(matches!(pulse.stuck(IDLE_MAX, NONE), Some(Stuck::Step { .. })));
        pulse.looks();
        assert_eq!(pulse.stuck(IDLE_MAX, NONE), None);
    }
}
