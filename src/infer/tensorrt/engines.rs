//! Packs → engines that have given tract's answers.

use std::io;
use std::path::Path;
use std::sync::Arc;

use fieldray_tensorrt::{Cache, Key, Origin, Precision, Runtime, Wanted, probe};

use super::worker::Worker;
use super::{Candidate, GpuPrecision, GpuSettings};
use crate::domain::digest::Sha256Digest;
use crate::infer::network::Tensor;
use crate::infer::pack::phantoms;

/// Largest difference from tract that serves: absolute for values up to 1, relative above.
pub(super) const TOLERANCE: f32 = 1e-3;

/// An engine that gave tract's answers.
pub(super) struct Ready {
    pub(super) id: Sha256Digest,
    pub(super) worker: Worker,
    key: Key,
    precision: Precision,
    /// Where it came from, for the log.
    pub(super) told: String,
    /// Largest difference from tract.
    pub(super) worst: f32,
}

/// Says what is begun; an error ends the work.
type Begin<'a> = dyn FnMut(&str) -> Result<(), probe::Failure> + 'a;

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
        for precision in tries {
            let workspace_bytes = usize::try_from(settings.workspace_mib).unwrap_or(0) << 20;
            let wanted = Wanted { precision: *precision, workspace_bytes, build: settings.build };
            let work = Work { runtime, candidate, cache: &cache, wanted };
            match work.ready(begin)? {
                Ok(ready) => {
                    all.push(ready);
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
    let keys: Vec<Key> = ready.iter().map(|one| one.key.clone()).collect();
    Cache::open(folder)?.keep_only(&keys)
}

struct Work<'a> {
    runtime: &'a Arc<Runtime>,
    candidate: &'a Candidate<'a>,
    cache: &'a Cache,
    wanted: Wanted,
}

impl Work<'_> {
    /// The engine from the cache, or built; one whose answers are wrong is set aside, and a stored one
    /// is then built anew, once. The outer error ends all work, the inner one this engine.
    fn ready(&self, begin: &mut Begin<'_>) -> Result<Result<Ready, String>, probe::Failure> {
        let name = &self.candidate.pack.manifest.model.id;
        loop {
            begin(&format!("preparing the engine of the {name} network"))?;
            let (ready, stored) = match self.prepare() {
                Ok(prepared) => prepared,
                Err(reason) => return Ok(Err(reason)),
            };
            begin(&format!("comparing the engine of the {name} network with tract"))?;
            let reason = match self.trial(&ready.worker) {
                Ok(worst) => return Ok(Ok(Ready { worst, ..ready })),
                Err(reason) => reason,
            };
            drop(ready);
            let key = self.runtime.key(&self.candidate.pack.network, self.wanted);
            if let Err(error) = self.cache.set_aside(&key) {
                return Ok(Err(format!("{reason}; and it cannot be set aside: {error}")));
            }
            if !(stored && self.wanted.build) {
                return Ok(Err(reason));
            }
        }
    }

    /// An engine that has answered nothing yet, and whether it was stored before.
    fn prepare(&self) -> Result<(Ready, bool), String> {
        let pack = self.candidate.pack;
        let told = |error: &dyn std::error::Error| error.to_string();
        let prepared = self.runtime.prepare(&pack.network, self.wanted, self.cache, None);
        let prepared = prepared.map_err(|error| told(&error))?;
        let context = prepared.engine.context().map_err(|error| told(&error))?;
        let worker = Worker::start(context, &pack.manifest.input)?;
        let key = self.runtime.key(&pack.network, self.wanted);
        let precision = key.precision();
        let stored = prepared.origin == Origin::Cache;
        let told = format!("{}: {}", pack.manifest.model.id, prepared.told());
        let id = pack.manifest.model.sha256;
        Ok((Ready { id, worker, key, precision, told, worst: f32::NAN }, stored))
    }

    /// Runs the phantoms on both and gives the largest difference.
    fn trial(&self, worker: &Worker) -> Result<f32, String> {
        let input = &self.candidate.pack.manifest.input;
        let mut worst = 0_f32;
        for plane in phantoms(input.width, input.height) {
            let expected = self.candidate.reference.run(&plane);
            let expected = expected.map_err(|error| format!("tract fails: {error}"))?;
            worst = worst.max(difference(&expected, &worker.run(&plane)?)?);
        }
        Ok(worst)
    }
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
    fn another_shape_or_name_is_another_answer() {
        let expected = tensor("y", &[1, 2], &[0.0, 0.0]);
        difference(&expected, &tensor("y", &[2, 1], &[0.0, 0.0])).unwrap_err();
        difference(&expected, &tensor("z", &[1, 2], &[0.0, 0.0])).unwrap_err();
        difference(&expected, &[]).unwrap_err();
    }
}
