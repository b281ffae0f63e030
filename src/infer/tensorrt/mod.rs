//! GPU back end, beside tract and never instead of it. The only place that names the TensorRT crate.
//!
//! tract serves from the start. TensorRT takes over when its engines are there and have given tract's
//! answers, first in a child process and then here; the first failure afterwards gives the work back
//! to tract for good. Not here: how the libraries are called (`firmware/tensorrt`).

mod engines;
mod worker;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fieldray_tensorrt::{Outcome, Paths, Runtime, probe};

use crate::domain::acceleration::Acceleration;
use crate::domain::digest::Sha256Digest;
use crate::infer::Networks;
use crate::infer::network::{Network, Tensor};
use crate::infer::pack::Pack;
use worker::Worker;

/// File in the folder of engines that is there while an engine runs. Found at a start, it says that
/// the program ended inside a run: a power cut leaves none, since it is never synced to the disk.
const IN_A_RUN: &str = "in-a-run";

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
}

impl GpuSettings {
    /// [`GpuSettings::workspace_mib`] unless settings say otherwise.
    pub const WORKSPACE_MIB: u32 = 256;
    /// [`GpuSettings::patience`] unless settings say otherwise.
    pub const PATIENCE: Duration = Duration::from_secs(1800);

    /// The usual settings with a folder of engines, which may be built.
    #[must_use]
    pub const fn in_folder(engines: PathBuf) -> Self {
        Self {
            engines,
            precision: GpuPrecision::Fp32,
            workspace_mib: Self::WORKSPACE_MIB,
            patience: Self::PATIENCE,
            build: true,
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
    mark: PathBuf,
}

impl Serving {
    /// Runs a network; `None` when it is none of these.
    fn run(&self, id: Sha256Digest, input: &[f32]) -> Option<Result<Vec<Tensor>, String>> {
        let worker = self.workers.get(&id)?;
        // What cannot be marked is run all the same: only a crash loop would be seen later.
        drop(std::fs::write(&self.mark, env!("CARGO_PKG_VERSION")));
        let answer = worker.run(input);
        drop(std::fs::remove_file(&self.mark));
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
                self.set(Acceleration::Withdrawn { reason }, None);
                // Not closed: NVIDIA's libraries are in a state that nobody knows, and are not called
                // again. The memory comes back with the next start.
                std::mem::forget(serving);
                None
            }
        }
    }

    pub(super) fn preparing(&self, stage: &str) {
        self.set(Acceleration::Preparing { stage: stage.to_owned() }, None);
    }

    pub(super) fn serve(&self, runtime: String, serving: Serving) {
        tracing::info!(runtime, "TensorRT serves");
        self.set(Acceleration::Serving { runtime }, Some(Arc::new(serving)));
    }

    pub(super) fn refuse(&self, Refusal { reason, absent }: Refusal) {
        if absent {
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

/// The parent's side: the probe in a child process, then the same engines here. Builds none here.
pub(super) fn take_over(
    candidates: &[Candidate<'_>],
    settings: &GpuSettings,
    command: Command,
    tell: &mut dyn FnMut(&str),
) -> Result<(String, Serving), Refusal> {
    let mark = settings.engines.join(IN_A_RUN);
    if let Some(refusal) = ended_in_a_run(&mark) {
        return Err(refusal);
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
    let runtime = Runtime::load(&Paths::default()).map_err(Refusal::of)?;
    let begun = &mut |stage: &str| {
        tell(stage);
        Ok(())
    };
    let ready = engines::ready(&runtime, candidates, &here, begun)?;
    if let Err(error) = engines::forget_others(&settings.engines, &ready) {
        tracing::warn!(%error, "engines that are not used any more could not be removed");
    }
    let told = format!("{runtime}, {}", engines::precisions(&ready));
    let workers = ready.into_iter().map(|one| (one.id, one.worker)).collect();
    Ok((told, Serving { workers, mark }))
}

/// Whether the program has ended inside a run before. Another version of it tries again.
fn ended_in_a_run(mark: &Path) -> Option<Refusal> {
    let version = std::fs::read_to_string(mark).ok()?;
    if version.trim() != env!("CARGO_PKG_VERSION") {
        drop(std::fs::remove_file(mark));
        return None;
    }
    Some(Refusal::of(format!(
        "the program ended during a run on the GPU; to try it again, remove {} and restart",
        mark.display()
    )))
}

/// The child's side: loads TensorRT, builds what is missing, and compares with tract.
pub(super) fn probe(
    settings: &GpuSettings,
    networks: impl FnOnce() -> Result<Networks, String>,
    out: &mut dyn io::Write,
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
