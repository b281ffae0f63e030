//! Radiograph → scores: model packs, preprocessing, back ends, and what the outputs mean.
//!
//! [`Networks`] is what the rest of the program uses. Raw network output never leaves this module:
//! what comes out is calibrated, in range and tied to the model that said it.
//!
//! Not here: finding the film and judging its quality (`digitise`, `quality`), words for people
//! (`report`, `locale`).

mod findings;
mod lungs;
mod manifest;
mod network;
mod orientation;
mod pack;
mod preprocess;
mod tract;

use std::fmt;

pub use findings::{AgeGate, FindingsModel};
pub use lungs::LungsModel;
pub use manifest::{Manifest, ManifestError};
pub use network::{InferError, Network, Tensor};
pub use orientation::{OrientationGuess, OrientationModel};
pub use pack::{Pack, PackError};

use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::{Backend, LungReading, ScoreSheet};

/// Which back end the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BackendChoice {
    /// The fastest one that passes its self-test.
    #[default]
    Auto,
    /// tract on the CPU.
    Tract,
    /// TensorRT, or a refusal that says why not.
    TensorRt,
}

/// The networks of one reading, loaded and self-tested.
pub struct Networks {
    /// Scores findings.
    pub findings: FindingsModel,
    /// Settles turn, mirroring and inversion, and whether this is a chest radiograph at all.
    pub orientation: OrientationModel,
    /// Outlines the lungs.
    pub lungs: LungsModel,
    /// The back end that runs them.
    pub backend: Backend,
}

impl fmt::Debug for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Networks({} on {})", self.findings.model().version, self.backend.code())
    }
}

impl Networks {
    /// Loads the packs built into the program and runs their known answers.
    ///
    /// # Errors
    /// [`InferError`] when a pack is damaged, a network does not load, a known answer is not met,
    /// or the chosen back end is not to be had on this machine.
    pub fn load(choice: BackendChoice) -> Result<Self, InferError> {
        let backend = match choice {
            BackendChoice::Auto | BackendChoice::Tract => Backend::Tract,
            BackendChoice::TensorRt => {
                return Err(InferError::BackendUnavailable {
                    backend: Backend::TensorRt,
                    reason: "this build has no TensorRT back end; use --backend tract".to_owned(),
                });
            }
        };
        let findings = FindingsModel::load(&Pack::embedded("findings")?, backend)?;
        let orientation = OrientationModel::load(&Pack::embedded("orientation")?, backend)?;
        let lungs = LungsModel::load(&Pack::embedded("lungs")?, backend)?;
        Ok(Self { findings, orientation, lungs, backend })
    }

    /// Outlines the lungs of a radiograph and scores it; `None` when there are no two lungs to see.
    ///
    /// # Errors
    /// [`InferError`] when a network fails.
    pub fn read(
        &self,
        accepted: &AcceptedRadiograph,
        age: AgeGate,
    ) -> Result<Option<ScoreSheet>, InferError> {
        let Some(fields) = self.lungs.outline(accepted.radiograph())? else { return Ok(None) };
        let model = self.lungs.model().clone();
        let lungs = LungReading { model, fields, repeat_error: self.lungs.repeat_error() };
        self.findings.score(accepted, lungs, age).map(Some)
    }
}

/// Loads a pack's network on a back end and compares it with the pack's known answers.
fn load_network(pack: &Pack, backend: Backend) -> Result<Box<dyn Network>, InferError> {
    let input = &pack.manifest.input;
    let network: Box<dyn Network> = match backend {
        Backend::Tract => {
            Box::new(tract::TractNetwork::load(&pack.network, input.width, input.height)?)
        }
        Backend::TensorRt => {
            return Err(InferError::BackendUnavailable {
                backend,
                reason: "this build has no TensorRT back end".to_owned(),
            });
        }
    };
    pack.golden.check(network.as_ref(), input.width, input.height)?;
    Ok(network)
}
