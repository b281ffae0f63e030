//! The loops behind alerts: one that escalates and delivers, one for each way that listens.
//!
//! They read the database only and hold nothing that a restart would lose: which messages exist, how often
//! each was tried and what came of it are rows. Waits between tries are kept in memory by a clock that
//! never jumps; after a restart everything that waits is simply tried again. What is done at each look is
//! in [`super::rounds`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::app::alerts::rounds::{Departure, Outcome, Rounds, TRY_MAX_MS};
use crate::app::alerts::{edits, inbox, sms};
use crate::app::{App, Inner, random};
use crate::domain::alert::delivery::{MessageId, SendFault};
use crate::domain::fault::Fault;
use crate::store::StoreError;

/// How often open alerts and the outbox are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long one try may take.
const TRY_MAX: Duration = Duration::from_millis(TRY_MAX_MS.unsigned_abs());

/// The running loops. They end when it is dropped.
#[derive(Debug)]
pub struct Courier {
    tasks: JoinSet<()>,
}

impl Courier {
    /// Starts the loops. Has to be called inside the runtime.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(Round::new(app.clone()).run());
        if app.inner.alerts.channels.telegram.is_some() {
            tasks.spawn(inbox::listen_to_telegram(app.clone()));
            tasks.spawn(edits::keep_true(app.clone()));
        }
        if app.inner.alerts.channels.sms.is_some() {
            tasks.spawn(sms::listen(app.clone()));
        }
        Self { tasks }
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.tasks.abort_all();
    }
}

/// The loop that escalates and delivers.
struct Round {
    app: App,
    begun: Instant,
    rounds: Arc<Mutex<Rounds>>,
    tries: JoinSet<(MessageId, Outcome)>,
}

impl Round {
    fn new(app: App) -> Self {
        // Without random numbers the waits are the shortest ones.
        let chance = || random::bytes().map_or(0, u64::from_le_bytes);
        let rounds = Arc::new(Mutex::new(Rounds::new(0, Box::new(chance))));
        Self { app, begun: Instant::now(), rounds, tries: JoinSet::new() }
    }

    async fn run(mut self) {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            // A failure is logged where it happens; the next look tries again.
            tokio::select! {
                _ = tick.tick() => {
                    let _tried_again = self.with(|rounds, inner, now| rounds.look(inner, now)).await;
                }
                Some(done) = self.tries.join_next(), if !self.tries.is_empty() => {
                    // A try whose task died is given up by the rounds.
                    if let Ok((id, outcome)) = done {
                        let finish = move |rounds: &mut Rounds, inner: &Inner, now| {
                            rounds.finish(inner, id, outcome, now);
                            Ok(())
                        };
                        let _tried_again = self.with(finish).await;
                    }
                }
            }
            let departures = self.with(|rounds, inner, now| rounds.depart(inner, now)).await;
            for departure in departures.unwrap_or_default() {
                self.tries.spawn(attempt(self.app.clone(), departure));
            }
        }
    }

    /// Does something with the rounds, off the async threads.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Rounds, &Inner, i64) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Fault> {
        let now_ms = i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        let rounds = Arc::clone(&self.rounds);
        self.app
            .blocking(move |inner| {
                let mut rounds = rounds.lock().unwrap_or_else(PoisonError::into_inner);
                work(&mut rounds, inner, now_ms)
            })
            .await
    }
}

/// One try.
async fn attempt(app: App, departure: Departure) -> (MessageId, Outcome) {
    let Departure { due, outgoing } = departure;
    let (id, channel) = (due.message.id, due.message.channel());
    let send = app.inner.alerts.channels.send(&due.message.address, &outgoing);
    let limited = tokio::time::timeout(TRY_MAX, send).await;
    let outcome = limited.unwrap_or(Err(SendFault::Unreachable.into()));
    inbox::note_fault(&app, channel, outcome.as_ref().err().map(|failed| failed.fault));
    if let Err(failed) = &outcome {
        let (channel, fault) = (channel.code(), failed.fault.code());
        tracing::warn!(message = id.0, channel, fault, "a message did not leave");
    }
    (id, outcome)
}
