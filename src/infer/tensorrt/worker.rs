//! One engine on a thread of its own, so that a GPU that hangs holds up nothing else.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use fieldray_tensorrt::Context;

use crate::infer::manifest::Input;
use crate::infer::network::Tensor;

/// Longest run. Ours take milliseconds; tract would be done in a second.
const RUN_LIMIT: Duration = Duration::from_secs(10);

type Answer = Result<Vec<Tensor>, String>;

/// Runs one engine, one input at a time.
pub(super) struct Worker {
    channels: usize,
    state: Mutex<State>,
    /// A run did not end in time: the context is never touched again, not even to close it.
    given_up: Arc<AtomicBool>,
}

struct State {
    /// Gone after a run that did not end.
    line: Option<(mpsc::SyncSender<Vec<f32>>, mpsc::Receiver<Answer>)>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worker")
    }
}

impl Worker {
    /// Takes a context and its network's input.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(super) fn start(mut context: Context, input: &Input) -> Result<Self, String> {
        let (sender, jobs) = mpsc::sync_channel::<Vec<f32>>(1);
        let (answers, receiver) = mpsc::sync_channel(1);
        let name = input.name.clone();
        let given_up = Arc::new(AtomicBool::new(false));
        let late = Arc::clone(&given_up);
        let thread = std::thread::Builder::new().name("tensorrt-run".to_owned());
        let thread = thread.spawn(move || {
            for plane in jobs {
                let values = context.run(&[(&name, &plane)]);
                let values = values.map_err(|error| error.to_string()).map(|values| {
                    let tensor = |it: fieldray_tensorrt::Values| Tensor {
                        name: it.name,
                        shape: it.shape,
                        values: it.values,
                    };
                    values.into_iter().map(tensor).collect()
                });
                if answers.send(values).is_err() {
                    break;
                }
            }
            // What was late is in a state that nobody knows: to close it may hang, or crash the program.
            if late.load(Ordering::SeqCst) {
                std::mem::forget(context);
            }
        });
        let thread = thread.map_err(|error| format!("no thread to run it on: {error}"))?;
        let state = State { line: Some((sender, receiver)), thread: Some(thread) };
        Ok(Self { channels: input.channels, state: Mutex::new(state), given_up })
    }

    /// Runs once; a network that expects colour sees the same grey in every channel.
    ///
    /// # Errors
    /// In words for people: what the GPU says, or that it did not answer in time. Then this worker is
    /// given up.
    pub(super) fn run(&self, plane: &[f32]) -> Answer {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = || "its thread ended".to_owned();
        let (jobs, answers) = state.line.as_ref().ok_or_else(ended)?;
        jobs.send(plane.repeat(self.channels)).map_err(|_| ended())?;
        match answers.recv_timeout(RUN_LIMIT) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Err(ended()),
            Err(RecvTimeoutError::Timeout) => {
                // Before the line is cut, which is when the thread looks.
                self.given_up.store(true, Ordering::SeqCst);
                state.line = None;
                // Nobody waits for what may never end.
                state.thread = None;
                Err(format!("no answer within {} s", RUN_LIMIT.as_secs()))
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.line = None;
        if let Some(thread) = state.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a thread of TensorRT ended abnormally");
        }
    }
}
