//! GPU back end, beside tract and never instead of it. The only place that names the TensorRT crate.
//!
//! tract serves from the start. TensorRT takes over when its engines are there and have given tract's
//! answers, first in a child process and then here; the first failure afterwards gives the work back
//! to tract for good. Not here: how the libraries are called (`firmware/tensorrt`).

mod engines;
mod mark;
mod worker;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use fieldray_tensorrt::{Outcome, Paths, Runtime, probe};

use crate::domain::acceleration::Acceleration;
use crate::domain::digest::Sha256Digest;
use crate::infer::network::{Network, Tensor};
use crate::infer::pack::Pack;
use crate::infer::{Networks, Starter};
use mark::Mark;
use worker::Worker;

/// Why NVIDIA's libraries are not called any more in this process: what served has failed.
static FAILED: OnceLock<String> = OnceLock::new();

/// Takes the mark away that says that this process is inside NVIDIA's libraries: it ends because it was
/// told to, and what may still be under way there must not count as a crash at the next start.
pub fn end_gpu_in_order() {
    mark::end_in_order();
}

/// The network whose engine is built in a stage that was told.
#[must_use]
pub fn network_being_built(stage: &str) -> Option<&str> {
    engines::network_being_built(stage)
}

/// Who uses the GPU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GpuUser {
    /// The appliance. It marks its calls, so that a crash in one is known at the next start, and removes
    /// engines that nothing uses any more.
    Appliance,
    /// A command, which a person sees end. What it does not use may be the appliance's.
    #[default]
    Command,
}

/// Arithmetic of engines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GpuPrecision {
    /// 32 bits.
    #[default]
    Fp32,
    /// 16 bits where that gives tract's answers, otherwise 32.
    Fp16,
}

impl GpuPrecision {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fp32 => "fp32",
            Self::Fp16 => "fp16",
        }
    }

    /// Reads a [`GpuPrecision::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Fp32, Self::Fp16].into_iter().find(|precision| precision.code() == code)
    }
}

/// How the GPU is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuSettings {
    /// Where engines are kept.
    pub engines: PathBuf,
    /// Their arithmetic.
    pub precision: GpuPrecision,
    /// Memory on the GPU that a layer may use while it works, MiB.
    pub workspace_mib: u32,
    /// Longest silent stage of the probe, of which building an engine is one.
    pub patience: Duration,
    /// Whether engines that are not there may be built, which takes minutes.
    pub build: bool,
    /// For whom.
    pub user: GpuUser,
}

impl GpuSettings {
    /// [`GpuSettings::workspace_mib`] unless settings say otherwise.
    pub const WORKSPACE_MIB: u32 = 256;
    /// [`GpuSettings::patience`] unless settings say otherwise.
    pub const PATIENCE: Duration = Duration::from_secs(1800);

    /// The usual settings with a folder of engines, which may be built, for a command.
    #[must_use]
    pub const fn in_folder(engines: PathBuf) -> Self {
        Self {
            engines,
            precision: GpuPrecision::Fp32,
            workspace_mib: Self::WORKSPACE_MIB,
            patience: Self::PATIENCE,
            build: true,
            user: GpuUser::Command,
        }
    }
}

/// Why TensorRT does not take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) reason: String,
    /// There is nothing here that could.
    pub(super) absent: bool,
}

impl Refusal {
    fn of(reason: impl fmt::Display) -> Self {
        Self { reason: reason.to_string(), absent: false }
    }
}

impl From<probe::Failure> for Refusal {
    fn from(failure: probe::Failure) -> Self {
        Self { reason: failure.reason, absent: failure.absent }
    }
}

/// One network to accelerate: its pack, and the same network on tract to compare with.
pub(super) struct Candidate<'a> {
    pub(super) pack: &'a Pack,
    pub(super) reference: Box<dyn Network>,
}

/// Engines that serve.
pub(super) struct Serving {
    workers: BTreeMap<Sha256Digest, Worker>,
    settings: GpuSettings,
}

impl Serving {
    /// Runs a network; `None` when it is none of these.
    fn run(&self, id: Sha256Digest, input: &[f32]) -> Option<Result<Vec<Tensor>, String>> {
        let worker = self.workers.get(&id)?;
        let mark = mark_of(&self.settings);
        let answer = worker.run(input);
        drop(mark);
        Some(answer.and_then(|outputs| {
            let finite = outputs.iter().flat_map(|it| &it.values).all(|value| value.is_finite());
            finite.then_some(outputs).ok_or_else(|| "it answered with no number".to_owned())
        }))
    }
}

/// The switch between tract and TensorRT.
#[derive(Default)]
pub(super) struct Accelerator {
    state: Mutex<(Acceleration, Option<Arc<Serving>>)>,
    starter: OnceLock<Starter>,
}

impl Accelerator {
    pub(super) fn shown(&self) -> Acceleration {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Runs a network on the GPU; `None` when tract has to: nothing serves, or what served has just
    /// failed and was withdrawn.
    pub(super) fn run(&self, id: Sha256Digest, input: &[f32]) -> Option<Vec<Tensor>> {
        let serving = self.state.lock().unwrap_or_else(PoisonError::into_inner).1.clone()?;
        match serving.run(id, input)? {
            Ok(outputs) => Some(outputs),
            Err(reason) => {
                tracing::error!(reason, "TensorRT failed: tract takes over until the next start");
                // The first reason stays.
                drop(FAILED.set(reason.clone()));
                self.set(Acceleration::Withdrawn { reason }, None);
                // Not closed: NVIDIA's libraries are in a state that nobody knows, and are not called
                // again. The memory comes back with the next start.
                std::mem::forget(serving);
                None
            }
        }
    }

    pub(super) fn preparing(&self, stage: &str, since: Duration) {
        let stage = match since.as_secs() {
            0 => stage.to_owned(),
            seconds => format!("{stage}, for {seconds} s"),
        };
        self.set(Acceleration::Preparing { stage }, None);
    }

    pub(super) fn keep_starter(&self, starter: &Starter) {
        // The first one stays: there is one for a process.
        drop(self.starter.set(Arc::clone(starter)));
    }

    pub(super) fn starter(&self) -> Option<Starter> {
        self.starter.get().cloned()
    }

    pub(super) fn serve(&self, runtime: String, serving: Serving) {
        if let Some(reason) = FAILED.get() {
            // Engines of other packs, which served until now, have failed meanwhile.
            std::mem::forget(serving);
            return self.refuse(Refusal::of(reason));
        }
        tracing::info!(runtime, "TensorRT serves");
        self.set(Acceleration::Serving { runtime }, Some(Arc::new(serving)));
    }

    pub(super) fn refuse(&self, Refusal { reason, absent }: Refusal) {
        if let Some(reason) = FAILED.get() {
            self.set(Acceleration::Withdrawn { reason: reason.clone() }, None);
        } else if absent {
            tracing::debug!(reason, "TensorRT is not here");
            self.set(Acceleration::Absent { reason }, None);
        } else {
            tracing::warn!(reason, "TensorRT is not used");
            self.set(Acceleration::Refused { reason }, None);
        }
    }

    fn set(&self, shown: Acceleration, serving: Option<Arc<Serving>>) {
        let before = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *state, (shown, serving))
        };
        // Engines are closed outside of the lock: that may take a while.
        drop(before);
    }
}

fn mark_of(settings: &GpuSettings) -> Option<Mark> {
    (settings.user == GpuUser::Appliance).then(|| Mark::set(&settings.engines))
}

/// The parent's side: the probe in a child process, then the same engines here. Builds none here.
pub(super) fn take_over(
    candidates: &[Candidate<'_>],
    settings: &GpuSettings,
    command: Command,
    tell: &mut (dyn FnMut(&str, Duration) + Send),
) -> Result<(String, Serving), Refusal> {
    if let Some(mark) = mark::left_behind(&settings.engines) {
        return Err(Refusal::of(format!(
            "the program ended while it used the GPU; to try it again, remove {} and restart",
            mark.display()
        )));
    }
    if let Some(reason) = FAILED.get() {
        return Err(Refusal::of(reason));
    }
    let report = match probe::run_and_tell(command, settings.patience, tell) {
        Outcome::Ready(report) => report,
        Outcome::Absent { reason } => return Err(Refusal { reason, absent: true }),
        other => return Err(Refusal::of(other.reason())),
    };
    for (origin, worst) in &report.trials {
        tracing::debug!(origin, worst, device = report.device, "an engine gave tract's answers");
    }
    let here = GpuSettings { build: false, ..settings.clone() };
    // What the child came through may still bring this process down, at every start.
    let mark = mark_of(settings);
    let begun = &mut |stage: &str| {
        tell(stage, Duration::ZERO);
        Ok(())
    };
    let taken = Runtime::load(&Paths::default()).map_err(Refusal::of).and_then(|runtime| {
        let ready = engines::ready(&runtime, candidates, &here, begun)?;
        Ok((format!("{runtime}, {}", engines::precisions(&ready)), ready))
    });
    drop(mark);
    let (told, ready) = taken?;
    if settings.user == GpuUser::Appliance
        && let Err(error) = engines::forget_others(&settings.engines, &ready)
    {
        tracing::warn!(%error, "engines that are not used any more could not be removed");
    }
    let workers = ready.into_iter().map(|one| (one.id, one.worker)).collect();
    Ok((told, Serving { workers, settings: here }))
}

/// The child's side: loads TensorRT, builds what is missing, and compares with tract.
pub(super) fn probe(
    settings: &GpuSettings,
    networks: impl FnOnce() -> Result<Networks, String>,
    out: &mut (dyn io::Write + Send),
) -> io::Result<()> {
    probe::report(out, |stages| {
        stages.begin("loading the libraries")?;
        let runtime = Runtime::load(&Paths::default())?;
        stages.begin("loading the networks")?;
        let networks = networks().map_err(probe::Failure::of)?;
        let candidates = networks.candidates();
        let candidates = candidates.map_err(|refusal| probe::Failure::of(refusal.reason))?;
        let mut begin = |stage: &str| stages.begin(stage);
        let ready = engines::ready(&runtime, &candidates, settings, &mut begin)?;
        stages.begin("closing the libraries")?;
        let told = ready.iter().map(|one| (one.told.clone(), one.worst)).collect();
        drop(ready);
        Ok(probe::Report::of(&runtime, told))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn networks_that_follow_others_have_the_gpu_brought_in_as_those_had() {
        let [first, second, third] = [(); 3].map(|()| Arc::new(Networks::embedded().unwrap()));
        let asked = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&asked);
        let starter: Starter = Arc::new(move |_: &Arc<Networks>| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        // Nobody asked for a GPU.
        second.follow(&first);
        assert_eq!(second.acceleration(), Acceleration::Off);
        first.accelerate_by(&starter);
        assert_eq!(first.acceleration().code(), "preparing");
        second.follow(&first);
        third.follow(&second);
        assert_eq!(third.acceleration().code(), "preparing");
        assert_eq!(asked.load(Ordering::SeqCst), 3);
    }
}
