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
mod tensorrt;
mod tract;
mod trial;

use std::fmt;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

pub use findings::{AgeGate, FindingsModel, Viewing};
pub use locator::{FilmGuess, LocatorModel};
pub use lungs::LungsModel;
pub use manifest::{Manifest, ManifestError, ModelKind, Role};
pub use network::{InferError, Network, NodeTime, Tensor};
pub use orientation::{OrientationGuess, OrientationModel};
pub use pack::{CARD_FILE, MANIFEST_FILE, Pack, PackError, PackFiles, SIGNATURE_FILE, version_key};
pub use signature::{SignatureError, SigningKey, TrustedKeys, verify_text};
pub use tensorrt::{GpuPrecision, GpuSettings, GpuUser, end_gpu_in_order, network_being_built};
pub use trial::{Trials, bare_network, complete, phantom_planes, trial};

use crate::domain::acceleration::Acceleration;
use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::{Backend, LungReading, ModelRef, ScoreSheet};
use crate::infer::shelf::Shelf;
use crate::infer::tensorrt::{Candidate, Refusal};

/// Which back end the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BackendChoice {
    /// tract from the start; TensorRT as soon as it has given tract's answers.
    #[default]
    Auto,
    /// tract on the CPU.
    Tract,
    /// TensorRT from the start, or a refusal that says why not.
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

/// Input planes of one network.
pub type Planes = Vec<Vec<f32>>;

/// Brings TensorRT in for networks, on a thread beside, while tract reads.
pub type Starter = Arc<dyn Fn(&Arc<Networks>) + Send + Sync>;

/// Memory for all loaded networks together unless settings say otherwise, bytes.
pub const MEMORY_CEILING: u64 = 512 << 20;

/// How often a reading is made again because the back end changed in the middle of it. It changes
/// twice at most: when TensorRT takes over and when it is withdrawn.
const CHANGES_MAX: usize = 2;

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
    packs: PackSet,
    shelf: Arc<Shelf>,
}

impl fmt::Debug for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Networks({} on {})", self.findings.model().version, self.backend().code())
    }
}

impl Networks {
    /// Loads the packs built into the program under the usual memory ceiling.
    ///
    /// # Errors
    /// As [`Networks::load`].
    pub fn embedded() -> Result<Self, InferError> {
        Self::load(&PackSet::embedded()?, MEMORY_CEILING).map_err(|failed| failed.source)
    }

    /// Places the networks of some packs on tract under a memory ceiling in bytes and runs their
    /// known answers. [`Networks::accelerate`] may bring TensorRT in afterwards.
    ///
    /// # Errors
    /// [`LoadError`] when a network does not load, a known answer is not met, or one of them alone
    /// needs more than the ceiling.
    pub fn load(packs: &PackSet, memory_ceiling: u64) -> Result<Self, LoadError> {
        let failed = |role| move |source| LoadError { role, source };
        let shelf = Shelf::new(memory_ceiling);
        let findings =
            FindingsModel::load(&packs.findings, &shelf).map_err(failed(Role::Findings))?;
        let orientation = OrientationModel::load(&packs.orientation, &shelf)
            .map_err(failed(Role::Orientation))?;
        let lungs = LungsModel::load(&packs.lungs, &shelf).map_err(failed(Role::Lungs))?;
        let locator = LocatorModel::load(&packs.locator, &shelf).map_err(failed(Role::Locator))?;
        Ok(Self { findings, orientation, lungs, locator, packs: packs.clone(), shelf })
    }

    /// The back end that runs them now.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self.acceleration() {
            Acceleration::Serving { .. } => Backend::TensorRt,
            _ => Backend::Tract,
        }
    }

    /// How things stand with the GPU.
    #[must_use]
    pub fn acceleration(&self) -> Acceleration {
        self.shelf.accelerator().shown()
    }

    /// Brings TensorRT in: first all of it in a child process, started by the command, which calls
    /// [`probe_gpu`]; then the same engines here, compared with tract once more. Building them
    /// takes minutes, while which readings go on by tract. Each stage is told, and again with the time
    /// since it began.
    pub fn accelerate(
        &self,
        settings: &GpuSettings,
        command: Command,
        tell: &mut (dyn FnMut(&str, Duration) + Send),
    ) -> Acceleration {
        let accelerator = self.shelf.accelerator();
        let mut begun = |stage: &str, since: Duration| {
            accelerator.preparing(stage, since);
            tell(stage, since);
        };
        begun("starting", Duration::ZERO);
        let serving = self
            .candidates()
            .and_then(|all| tensorrt::take_over(&all, settings, command, &mut begun));
        match serving {
            Ok((runtime, serving)) => {
                accelerator.serve(runtime, serving);
                // On such a board GPU and CPU share their memory.
                self.shelf.clear();
            }
            Err(refusal) => accelerator.refuse(refusal),
        }
        self.acceleration()
    }

    /// Has TensorRT brought in by a starter, which keeps what it needs for it. Networks that follow these
    /// have it brought in the same way.
    pub fn accelerate_by(self: &Arc<Self>, starter: &Starter) {
        self.keep_starter(starter);
        self.shelf.accelerator().preparing("starting", Duration::ZERO);
        starter(self);
    }

    /// Keeps a starter for the networks that follow these.
    pub fn keep_starter(&self, starter: &Starter) {
        self.shelf.accelerator().keep_starter(starter);
    }

    /// Takes the place of other networks: has TensorRT brought in where it was for those.
    pub fn follow(self: &Arc<Self>, before: &Self) {
        if let Some(starter) = before.shelf.accelerator().starter() {
            self.accelerate_by(&starter);
        }
    }

    /// Notes why TensorRT is not even tried.
    pub fn refuse_acceleration(&self, reason: String) {
        self.shelf.accelerator().refuse(Refusal { reason, absent: false });
    }

    fn candidates(&self) -> Result<Vec<Candidate<'_>>, Refusal> {
        let packs = Role::ALL.map(|role| self.packs.of(role));
        if !self.shelf.fits(&packs) {
            let reason = "the engines of all networks together need more memory than they may have";
            return Err(Refusal { reason: reason.to_owned(), absent: false });
        }
        let candidate = |pack| {
            let reference = self.shelf.place_unchecked(pack);
            let reference =
                reference.map_err(|error| Refusal { reason: error.to_string(), absent: false })?;
            Ok(Candidate { pack, reference })
        };
        packs.into_iter().map(candidate).collect()
    }

    /// Every network's name, version and digest, in the order of their work.
    #[must_use]
    pub const fn models(&self) -> [&ModelRef; 4] {
        [self.locator.model(), self.orientation.model(), self.lungs.model(), self.findings.model()]
    }

    /// A role's network, as readings use it, and the input planes that are drawn for it.
    ///
    /// # Errors
    /// [`InferError::TooLarge`].
    pub fn drawn(&self, role: Role) -> Result<(Box<dyn Network>, Planes), InferError> {
        let pack = self.packs.of(role);
        let input = &pack.manifest.input;
        let planes = pack::phantoms(input.width, input.height).collect();
        Ok((self.shelf.place_unchecked(pack)?, planes))
    }

    /// Outlines the lungs of a radiograph and scores it; `None` when there are no two lungs to see.
    /// One back end makes the whole reading.
    ///
    /// # Errors
    /// [`InferError`] when a network fails.
    pub fn read(
        &self,
        accepted: &AcceptedRadiograph,
        viewing: Viewing,
    ) -> Result<Option<ScoreSheet>, InferError> {
        let mut changes = 0;
        loop {
            let (fields, outlined_on) = self.lungs.outline_on(accepted.radiograph())?;
            let Some(fields) = fields else { return Ok(None) };
            let model = self.lungs.model().clone();
            let lungs = LungReading { model, fields, repeat_error: self.lungs.repeat_error() };
            let sheet = self.findings.score(accepted, lungs, viewing)?;
            if sheet.backend == outlined_on || changes == CHANGES_MAX {
                return Ok(Some(sheet));
            }
            changes += 1;
        }
    }
}

/// The child's side of [`Networks::accelerate`]: loads TensorRT, builds what is missing, compares with
/// tract, and writes for the parent. Networks are loaded only where there is a TensorRT.
///
/// # Errors
/// When nobody reads what is written.
pub fn probe_gpu(
    settings: &GpuSettings,
    networks: impl FnOnce() -> Result<Networks, String>,
    out: &mut (dyn io::Write + Send),
) -> io::Result<()> {
    tensorrt::probe(settings, networks, out)
}

/// Refuses TensorRT where only tract is meant to answer.
fn tract_only(choice: BackendChoice) -> Result<(), InferError> {
    match choice {
        BackendChoice::Auto | BackendChoice::Tract => Ok(()),
        BackendChoice::TensorRt => Err(InferError::BackendUnavailable {
            backend: Backend::TensorRt,
            reason: "packs are tried on the processor; TensorRT is compared with it when readings \
                     start"
                .to_owned(),
        }),
    }
}
