//! The seam between back ends and the meaning of their outputs.

use crate::domain::reading::Backend;
use crate::infer::pack::PackError;

/// A named output of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Name in the network file.
    pub name: String,
    /// Extent of each dimension.
    pub shape: Vec<usize>,
    /// Values in row-major order.
    pub values: Vec<f32>,
}

/// What one node of a network took in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeTime {
    /// Kind of operation, in the back end's words.
    pub op: String,
    /// Name and the shape that comes out of it.
    pub node: String,
    /// Milliseconds.
    pub ms: f64,
}

/// A loaded network with one grey input plane. One input at a time.
pub trait Network: Send + Sync {
    /// Runs the network on one normalised plane of `height * width` values, row by row.
    ///
    /// # Errors
    /// [`InferError::Run`] when the back end fails or the input has the wrong size.
    fn run(&self, input: &[f32]) -> Result<Vec<Tensor>, InferError>;

    /// The same, and which back end gave these outputs.
    ///
    /// # Errors
    /// As [`Network::run`].
    fn run_on(&self, input: &[f32]) -> Result<(Vec<Tensor>, Backend), InferError> {
        self.run(input).map(|outputs| (outputs, Backend::Tract))
    }

    /// Runs once and tells what each node took, in the order of the run, by a clock that gives
    /// milliseconds. Empty for a back end that cannot tell.
    ///
    /// # Errors
    /// As [`Network::run`].
    fn profile(
        &self,
        input: &[f32],
        _clock: &dyn Fn() -> f64,
    ) -> Result<Vec<NodeTime>, InferError> {
        self.run(input).map(|_| Vec::new())
    }
}

impl Network for std::sync::Arc<dyn Network> {
    fn run(&self, input: &[f32]) -> Result<Vec<Tensor>, InferError> {
        self.as_ref().run(input)
    }

    fn run_on(&self, input: &[f32]) -> Result<(Vec<Tensor>, Backend), InferError> {
        self.as_ref().run_on(input)
    }

    fn profile(&self, input: &[f32], clock: &dyn Fn() -> f64) -> Result<Vec<NodeTime>, InferError> {
        self.as_ref().profile(input, clock)
    }
}

/// Why there is no score.
#[derive(Debug, thiserror::Error)]
pub enum InferError {
    /// A pack cannot be used.
    #[error("the model pack cannot be used: {0}")]
    Pack(#[from] PackError),
    /// The chosen back end is not to be had.
    #[error("back end {} is not available: {reason}", backend.code())]
    BackendUnavailable {
        /// The one asked for.
        backend: Backend,
        /// Why not, for people.
        reason: String,
    },
    /// The network file does not load on the back end.
    #[error("the network does not load: {reason}")]
    Load {
        /// The back end's words.
        reason: String,
    },
    /// The network file leaves the shape of its input open, or gives another one than its manifest.
    #[error(
        "the network's input has the shape {found}: export it for one picture a run, of the shape \
         {wanted:?}"
    )]
    InputShape {
        /// What the file says.
        found: String,
        /// What is needed.
        wanted: [usize; 4],
    },
    /// The network needs more memory than all networks may have.
    #[error("the network needs {bytes} bytes of memory, and all of them may have {ceiling}")]
    TooLarge {
        /// What it is counted with.
        bytes: u64,
        /// What there is.
        ceiling: u64,
    },
    /// A run failed.
    #[error("the network does not run: {reason}")]
    Run {
        /// The back end's words.
        reason: String,
    },
    /// An output is missing or has another shape than the manifest says.
    #[error("network output {name} is missing or has an unexpected shape or value")]
    Output {
        /// Output name.
        name: String,
    },
    /// The network gives other answers than those in its pack.
    #[error("self-test failed: case {case}, output {output}: off by {difference}")]
    SelfTest {
        /// Name of the phantom.
        case: String,
        /// Output name.
        output: String,
        /// Largest absolute difference.
        difference: f32,
    },
}

/// Picks an output by name and checks its element count.
pub(super) fn output<'a>(
    outputs: &'a [Tensor],
    name: &str,
    len: Option<usize>,
) -> Result<&'a Tensor, InferError> {
    outputs
        .iter()
        .find(|tensor| tensor.name == name)
        .filter(|tensor| len.is_none_or(|len| tensor.values.len() == len))
        .filter(|tensor| tensor.values.iter().all(|value| value.is_finite()))
        .ok_or_else(|| InferError::Output { name: name.to_owned() })
}

/// The logistic function.
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
