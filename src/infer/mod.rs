//! Radiograph → scores: model packs, preprocessing, back ends, and what the outputs mean.
//!
//! [`Networks`] is what the rest of the program uses. Raw network output never leaves this module:
//! what comes out is calibrated, in range and tied to the model that said it.
//!
//! Not here: finding the film and judging its quality (`digitise`, `quality`), words for people
//! (`report`, `locale`).

mod findings;
mod locator;
mod lungs;
mod manifest;
mod network;
mod orientation;
mod pack;
mod preprocess;
mod shelf;
mod signature;
mod tract;
mod trial;

use std::fmt;

pub use findings::{AgeGate, FindingsModel, Viewing};
pub use locator::{FilmGuess, LocatorModel};
pub use lungs::LungsModel;
pub use manifest::{Manifest, ManifestError, ModelKind, Role};
pub use network::{InferError, Network, NodeTime, Tensor};
pub use orientation::{OrientationGuess, OrientationModel};
pub use pack::{
    CARD_FILE, MANIFEST_FILE, Pack, PackError, PackFiles, SIGNATURE_FILE, digest_of, version_key,
};
pub use signature::{SignatureError, SigningKey, TrustedKeys};
pub use trial::{Trials, bare_network, complete, phantom_planes, trial};

use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::{Backend, LungReading, ScoreSheet};
use crate::infer::shelf::Shelf;

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

/// The packs of one reading, one for each role.
#[derive(Clone, Debug)]
pub struct PackSet {
    /// Scores findings.
    pub findings: Pack,
    /// Puts a film upright.
    pub orientation: Pack,
    /// Outlines the lungs.
    pub lungs: Pack,
    /// Finds the film in a photo.
    pub locator: Pack,
}

impl PackSet {
    /// The packs built into the program.
    ///
    /// # Errors
    /// [`PackError`] when one does not hold.
    pub fn embedded() -> Result<Self, PackError> {
        Ok(Self {
            findings: Pack::embedded("findings")?,
            orientation: Pack::embedded("orientation")?,
            lungs: Pack::embedded("lungs")?,
            locator: Pack::embedded("locator")?,
        })
    }

    /// Takes a pack for the role that its kind has.
    pub fn set(&mut self, pack: Pack) {
        match pack.manifest.kind.role() {
            Role::Findings => self.findings = pack,
            Role::Orientation => self.orientation = pack,
            Role::Lungs => self.lungs = pack,
            Role::Locator => self.locator = pack,
        }
    }

    /// Returns a role to the built-in pack.
    ///
    /// # Errors
    /// [`PackError`] when that does not hold.
    pub fn reset(&mut self, role: Role) -> Result<(), PackError> {
        self.set(Pack::embedded(role.code())?);
        Ok(())
    }

    /// The pack of a role.
    #[must_use]
    pub const fn of(&self, role: Role) -> &Pack {
        match role {
            Role::Findings => &self.findings,
            Role::Orientation => &self.orientation,
            Role::Lungs => &self.lungs,
            Role::Locator => &self.locator,
        }
    }
}

/// A network that cannot be used, and for what.
#[derive(Debug, thiserror::Error)]
#[error("the {} network cannot be used: {source}", role.code())]
pub struct LoadError {
    /// Its role.
    pub role: Role,
    /// Why not.
    pub source: InferError,
}

/// Memory for all loaded networks together unless settings say otherwise, bytes.
pub const MEMORY_CEILING: u64 = 512 << 20;

/// The networks of one reading, self-tested, and loaded as far as the memory ceiling allows.
pub struct Networks {
    /// Scores findings.
    pub findings: FindingsModel,
    /// Settles turn, mirroring and inversion, and whether this is a chest radiograph at all.
    pub orientation: OrientationModel,
    /// Outlines the lungs.
    pub lungs: LungsModel,
    /// Finds the film in a photo.
    pub locator: LocatorModel,
    /// The back end that runs them.
    pub backend: Backend,
}

impl fmt::Debug for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Networks({} on {})", self.findings.model().version, self.backend.code())
    }
}

impl Networks {
    /// Loads the packs built into the program under the usual memory ceiling.
    ///
    /// # Errors
    /// As [`Networks::load`].
    pub fn embedded(choice: BackendChoice) -> Result<Self, InferError> {
        Self::load(choice, &PackSet::embedded()?, MEMORY_CEILING).map_err(|failed| failed.source)
    }

    /// Places the networks of some packs under a memory ceiling in bytes and runs their known
    /// answers.
    ///
    /// # Errors
    /// [`LoadError`] when a network does not load, a known answer is not met, one of them alone
    /// needs more than the ceiling, or the chosen back end is not to be had on this machine.
    pub fn load(
        choice: BackendChoice,
        packs: &PackSet,
        memory_ceiling: u64,
    ) -> Result<Self, LoadError> {
        let failed = |role| move |source| LoadError { role, source };
        let backend = backend(choice).map_err(failed(Role::Findings))?;
        let shelf = Shelf::new(backend, memory_ceiling);
        let findings =
            FindingsModel::load(&packs.findings, &shelf).map_err(failed(Role::Findings))?;
        let orientation = OrientationModel::load(&packs.orientation, &shelf)
            .map_err(failed(Role::Orientation))?;
        let lungs = LungsModel::load(&packs.lungs, &shelf).map_err(failed(Role::Lungs))?;
        let locator = LocatorModel::load(&packs.locator, &shelf).map_err(failed(Role::Locator))?;
        Ok(Self { findings, orientation, lungs, locator, backend })
    }

    /// Outlines the lungs of a radiograph and scores it; `None` when there are no two lungs to see.
    ///
    /// # Errors
    /// [`InferError`] when a network fails.
    pub fn read(
        &self,
        accepted: &AcceptedRadiograph,
        viewing: Viewing,
    ) -> Result<Option<ScoreSheet>, InferError> {
        let Some(fields) = self.lungs.outline(accepted.radiograph())? else { return Ok(None) };
        let model = self.lungs.model().clone();
        let lungs = LungReading { model, fields, repeat_error: self.lungs.repeat_error() };
        self.findings.score(accepted, lungs, viewing).map(Some)
    }
}

fn backend(choice: BackendChoice) -> Result<Backend, InferError> {
    match choice {
        BackendChoice::Auto | BackendChoice::Tract => Ok(Backend::Tract),
        BackendChoice::TensorRt => Err(InferError::BackendUnavailable {
            backend: Backend::TensorRt,
            reason: "this build has no TensorRT back end; use --backend tract".to_owned(),
        }),
    }
}
