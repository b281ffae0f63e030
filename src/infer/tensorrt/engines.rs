//! Packs → engines that have given tract's answers.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use fieldray_tensorrt::{
    Cache, Key, Listener, Origin, Precision, PrepareError, Progress, Runtime, Wanted, probe,
};

use super::worker::Worker;
use super::{Candidate, GpuPrecision, GpuSettings};
use crate::domain::digest::Sha256Digest;
use crate::infer::network::Tensor;
use crate::infer::pack::phantoms;

/// Largest difference from tract that serves: absolute for values up to 1, relative above.
pub(super) const TOLERANCE: f32 = 1e-3;

/// How a stage begins in which an engine is built; the network's name follows.
const BUILDING: &str = "building the engine of the ";
/// Of a build that tells its steps, every so manieth is passed on.
const STEPS_TOLD: u32 = 8;

/// The network whose engine is built in this stage.
pub(super) fn network_being_built(stage: &str) -> Option<&str> {
    stage.strip_prefix(BUILDING)?.split_whitespace().next()
}

/// An engine that gave tract's answers.
pub(super) struct Ready {
    pub(super) id: Sha256Digest,
    pub(super) worker: Worker,
    precision: Precision,
    /// What the cache keeps for it: its own key, and those that were tried before it.
    keys: Vec<Key>,
    /// Where it came from, for the log.
    pub(super) told: String,
    /// Largest difference from tract.
    pub(super) worst: f32,
}

/// Says what is begun; an error ends the work.
type Begin<'a> = dyn FnMut(&str) -> Result<(), probe::Failure> + Send + 'a;

/// Gets every engine ready, or says of the first that cannot be why.
pub(super) fn ready(
    runtime: &Arc<Runtime>,
    candidates: &[Candidate<'_>],
    settings: &GpuSettings,
    begin: &mut Begin<'_>,
) -> Result<Vec<Ready>, probe::Failure> {
    let cache = Cache::open(&settings.engines).map_err(|error| {
        probe::Failure::of(format!("the folder {} fails: {error}", settings.engines.display()))
    })?;
    let tries: &[Precision] = match settings.precision {
        GpuPrecision::Fp16 => &[Precision::Fp16, Precision::Fp32],
        GpuPrecision::Fp32 => &[Precision::Fp32],
    };
    let mut all = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let mut last = None;
        let mut keys: Vec<Key> = Vec::new();
        for precision in tries {
            let workspace_bytes = usize::try_from(settings.workspace_mib).unwrap_or(0) << 20;
            let wanted = Wanted { precision: *precision, workspace_bytes, build: settings.build };
            let key = runtime.key(&candidate.pack.network, wanted);
            // A version that takes the arithmetic from the network file has one engine for both.
            if keys.contains(&key) {
                continue;
            }
            keys.push(key.clone());
            let work = Work { runtime, candidate, cache: &cache, wanted, key };
            match work.ready(begin)? {
                Ok(ready) => {
                    all.push(Ready { keys, ..ready });
                    last = None;
                    break;
                }
                Err(reason) => last = Some(reason),
            }
        }
        if let Some(reason) = last {
            let name = &candidate.pack.manifest.model.id;
            return Err(probe::Failure::of(format!("the {name} network: {reason}")));
        }
    }
    Ok(all)
}

/// Which arithmetic engines use, for people.
pub(super) fn precisions(ready: &[Ready]) -> String {
    let half = ready.iter().filter(|one| one.precision == Precision::Fp16).count();
    match half {
        0 => "fp32".to_owned(),
        half if half == ready.len() => "fp16".to_owned(),
        half => format!("fp16 for {half} of {} networks", ready.len()),
    }
}

/// Removes the engines of replaced packs, versions and GPUs.
pub(super) fn forget_others(folder: &Path, ready: &[Ready]) -> io::Result<()> {
    let keys: Vec<Key> = ready.iter().flat_map(|one| one.keys.iter().cloned()).collect();
    Cache::open(folder)?.keep_only(&keys)
}

struct Work<'a> {
    runtime: &'a Arc<Runtime>,
    candidate: &'a Candidate<'a>,
    cache: &'a Cache,
    wanted: Wanted,
    key: Key,
}

/// Why an engine did not pass its trial.
enum Failed {
    /// Its answers are not tract's.
    Differs(String),
    /// There was no answer to compare: from the engine, or from tract.
    NoAnswer(String),
}

impl Work<'_> {
    /// The engine from the cache, or built; one whose answers are wrong is set aside, and a stored one
    /// is then built anew, once. One of 16 bits that was just built is not built again at later starts:
    /// its answers are as wrong then. The outer error ends all work, the inner one this engine.
    fn ready(&self, begin: &mut Begin<'_>) -> Result<Result<Ready, String>, probe::Failure> {
        let name = &self.candidate.pack.manifest.model.id;
        loop {
            begin(&format!("preparing the engine of the {name} network"))?;
            let (ready, stored) = match self.prepare(begin) {
                Ok(prepared) => prepared,
                Err(reason) => return Ok(Err(reason)),
            };
            begin(&format!("comparing the engine of the {name} network with tract"))?;
            let failed = match self.trial(&ready.worker) {
                Ok(worst) => {
                    if !stored {
                        // Only a note is lost with it.
                        drop(self.cache.compared(&self.key, worst));
                    }
                    return Ok(Ok(Ready { worst, ..ready }));
                }
                Err(failed) => failed,
            };
            drop(ready);
            let (Failed::Differs(reason) | Failed::NoAnswer(reason)) = &failed;
            let mut kept = self.cache.set_aside(&self.key);
            let half = self.key.precision() == Precision::Fp16;
            if matches!(failed, Failed::Differs(_)) && !stored && half {
                kept = kept.and_then(|()| self.cache.refuse(&self.key, reason));
            }
            if let Err(error) = kept {
                return Ok(Err(format!("{reason}; and it cannot be set aside: {error}")));
            }
            if !(stored && self.wanted.build) {
                return Ok(Err(reason.clone()));
            }
        }
    }

    /// An engine that has answered nothing yet, and whether it was stored before.
    fn prepare(&self, begin: &mut Begin<'_>) -> Result<(Ready, bool), String> {
        let pack = self.candidate.pack;
        let name = &pack.manifest.model.id;
        let told = |error: &dyn std::error::Error| error.to_string();
        let mut listener = |progress: Progress| match step(&progress) {
            None => ControlFlow::Continue(()),
            // Nobody listens any more: then the build has no purpose.
            Some(step) => match begin(&format!("{BUILDING}{name} network{step}")) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            },
        };
        let prepared = prepare(self, &mut listener).map_err(|error| told(&error))?;
        let context = prepared.engine.context().map_err(|error| told(&error))?;
        let worker = Worker::start(context, &pack.manifest.input)?;
        let precision = self.key.precision();
        let stored = prepared.origin == Origin::Cache;
        let told = format!("{name}: {}", prepared.told());
        let id = pack.manifest.model.sha256;
        Ok((Ready { id, worker, precision, keys: Vec::new(), told, worst: f32::NAN }, stored))
    }

    /// Runs the phantoms on both and gives the largest difference.
    fn trial(&self, worker: &Worker) -> Result<f32, Failed> {
        let input = &self.candidate.pack.manifest.input;
        let mut worst = 0_f32;
        for plane in phantoms(input.width, input.height) {
            let expected = self.candidate.reference.run(&plane);
            let expected =
                expected.map_err(|error| Failed::NoAnswer(format!("tract fails: {error}")))?;
            let found = worker.run(&plane).map_err(Failed::NoAnswer)?;
            worst = worst.max(difference(&expected, &found).map_err(Failed::Differs)?);
        }
        Ok(worst)
    }
}

/// What is told of a build's progress, as the end of a stage; `None`: nothing.
fn step(progress: &Progress) -> Option<String> {
    match progress {
        Progress::Begun => Some(String::new()),
        Progress::Started { phase, steps } => Some(format!(": {phase}, {steps} steps")),
        Progress::Step { phase, step } if step % STEPS_TOLD == 0 => {
            Some(format!(": {phase}, step {step}"))
        }
        Progress::Step { .. } | Progress::Finished { .. } => None,
    }
}

fn prepare<'p>(
    work: &Work<'_>,
    listener: &'p mut Listener<'p>,
) -> Result<fieldray_tensorrt::Prepared, PrepareError> {
    work.runtime.prepare(&work.candidate.pack.network, work.wanted, work.cache, Some(listener))
}

/// The largest difference of outputs of one name, which must not be over the tolerance.
fn difference(expected: &[Tensor], found: &[Tensor]) -> Result<f32, String> {
    let mut worst = 0_f32;
    for wanted in expected {
        let name = &wanted.name;
        let output = found.iter().find(|output| output.name == *name);
        let output = output.ok_or_else(|| format!("the engine has no output {name}"))?;
        if output.shape != wanted.shape || output.values.len() != wanted.values.len() {
            let (found, wanted) = (&output.shape, &wanted.shape);
            return Err(format!("output {name} has the shape {found:?} and not {wanted:?}"));
        }
        for (value, wanted) in output.values.iter().zip(&wanted.values) {
            let off = (value - wanted).abs() / wanted.abs().max(1.0);
            // Written so that what is no number fails.
            if off.is_nan() || off > TOLERANCE {
                return Err(format!(
                    "its answers are not tract's: output {name} is off by {off}, and {TOLERANCE} \
                     is allowed"
                ));
            }
            worst = worst.max(off);
        }
    }
    Ok(worst)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(name: &str, shape: &[usize], values: &[f32]) -> Vec<Tensor> {
        vec![Tensor { name: name.to_owned(), shape: shape.to_vec(), values: values.to_vec() }]
    }

    #[test]
    fn small_values_are_compared_absolutely_and_large_ones_relatively() {
        let expected = tensor("y", &[1, 2], &[0.001, -200.0]);
        let check = |values: &[f32]| difference(&expected, &tensor("y", &[1, 2], values)).is_ok();
        assert!(check(&[0.001, -200.0]));
        assert!(check(&[0.0019, -200.19]));
        assert!(!check(&[0.0022, -200.0]));
        assert!(!check(&[0.001, -200.3]));
        assert!(!check(&[f32::NAN, -200.0]));
        assert!(!check(&[0.001, f32::INFINITY]));
    }

    #[test]
    fn a_build_is_told_with_its_network() {
        let stage = |progress| format!("{BUILDING}lungs network{}", step(&progress).unwrap());
        let phase = || "Building".to_owned();
        let begun = stage(Progress::Begun);
        assert_eq!(begun, "building the engine of the lungs network");
        let eighth = stage(Progress::Step { phase: phase(), step: 8 });
        assert_eq!(eighth, "building the engine of the lungs network: Building, step 8");
        assert_eq!(step(&Progress::Step { phase: phase(), step: 9 }), None);
        assert_eq!(step(&Progress::Finished { phase: phase() }), None);
        let started = stage(Progress::Started { phase: phase(), steps: 40 });
        for stage in [begun, eighth, started] {
            assert_eq!(network_being_built(&stage), Some("lungs"));
        }
        assert_eq!(network_being_built("comparing the engine of the lungs network"), None);
    }

    #[test]
    fn another_shape_or_name_is_another_answer() {
        let expected = tensor("y", &[1, 2], &[0.0, 0.0]);
        difference(&expected, &tensor("y", &[2, 1], &[0.0, 0.0])).unwrap_err();
        difference(&expected, &tensor("z", &[1, 2], &[0.0, 0.0])).unwrap_err();
        difference(&expected, &[]).unwrap_err();
    }
}
