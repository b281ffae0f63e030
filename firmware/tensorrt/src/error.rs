//! Why TensorRT does not serve, in words for the person who reads the box's health page.

/// Why the libraries cannot be used on this machine.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The CUDA driver's library is not there: this board has no NVIDIA GPU, or no driver.
    #[error("no CUDA driver on this machine (tried {tried}): {reason}")]
    NoDriver {
        /// Names tried.
        tried: String,
        /// The loader's words.
        reason: String,
    },
    /// No TensorRT library of a major that this program knows.
    #[error("no TensorRT library on this machine (tried {tried}): {reason}")]
    NoTensorRt {
        /// Names tried.
        tried: String,
        /// The loader's words about the last one.
        reason: String,
    },
    /// A library is there and does not load: a broken installation.
    #[error("{what} is there and does not load: {reasons}")]
    Broken {
        /// What the library is.
        what: &'static str,
        /// The loader's words about each that is there.
        reasons: String,
    },
    /// A library lacks a function that every version known to this program has.
    #[error("{library} has no function {symbol}: it is not the library that its name says")]
    MissingSymbol {
        /// File or name of the library.
        library: String,
        /// The function.
        symbol: &'static str,
    },
    /// A version whose interface this program does not know.
    #[error(
        "{library} is TensorRT {version}; this program knows 8.5, 8.6, 10.x, 11.x and RTX 1.x, \
         and does not guess at others"
    )]
    UnknownVersion {
        /// File or name of the library.
        library: String,
        /// Its version.
        version: String,
    },
    /// The driver is there and refuses.
    #[error("the CUDA driver refuses: {0}")]
    Cuda(#[from] CudaError),
    /// The driver knows no GPU.
    #[error("the CUDA driver finds no GPU")]
    NoDevice,
    /// TensorRT gave no usable object.
    #[error("TensorRT {version} gives no {what}{}", said(log))]
    NoObject {
        /// Version of TensorRT.
        version: String,
        /// What was asked for.
        what: &'static str,
        /// What TensorRT logged.
        log: String,
    },
}

/// A call of the CUDA driver that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{call} gives error {code} ({name})")]
pub struct CudaError {
    /// The function.
    pub call: &'static str,
    /// The driver's number.
    pub code: i32,
    /// The driver's name of it.
    pub name: String,
}

/// Why a network file did not become an engine.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// This version has no switch for the precision: it is written in the network file.
    #[error("TensorRT {version} takes the precision from the network file; build as it stands")]
    PrecisionFixed {
        /// Version of TensorRT.
        version: String,
    },
    /// The library cannot build without a GPU.
    #[error("TensorRT {version} builds only where a GPU is")]
    NeedsGpu {
        /// Version of TensorRT.
        version: String,
    },
    /// No parser library was loaded.
    #[error("the ONNX parser of TensorRT {version} is not usable: {reason}")]
    NoParser {
        /// Version of TensorRT.
        version: String,
        /// The loader's words.
        reason: String,
    },
    /// The driver refuses.
    #[error("the CUDA driver refuses: {0}")]
    Cuda(#[from] CudaError),
    /// A library without the builder (the lean and dispatch runtimes).
    #[error("this TensorRT library cannot build engines: it has no {symbol}")]
    NoBuilder {
        /// The function that is missing.
        symbol: &'static str,
    },
    /// TensorRT gave no usable object.
    #[error("TensorRT gives no {what}{}", said(log))]
    NoObject {
        /// What was asked for.
        what: &'static str,
        /// What TensorRT logged.
        log: String,
    },
    /// The parser does not take the network file.
    #[error("the network file is not understood: {errors}")]
    Parse {
        /// The parser's words.
        errors: String,
    },
    /// The builder gave no engine.
    #[error("TensorRT built no engine{}", said(log))]
    NotBuilt {
        /// What TensorRT logged.
        log: String,
    },
    /// The person or the program asked to stop.
    #[error("the build was stopped")]
    Stopped,
}

/// Why a stored engine cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// TensorRT refuses the bytes: another version, another GPU, or damage.
    #[error("TensorRT does not take this engine{}", said(log))]
    Refused {
        /// What TensorRT logged.
        log: String,
    },
    /// The engine has a tensor that this program cannot feed or read.
    #[error("tensor {name} of the engine cannot be used: {reason}")]
    Tensor {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
    /// TensorRT gave no context to run in: as a rule, memory is short.
    #[error("TensorRT gives no context to run in{}", said(log))]
    NoContext {
        /// What TensorRT logged.
        log: String,
    },
    /// The driver refuses.
    #[error("the CUDA driver refuses: {0}")]
    Cuda(#[from] CudaError),
}

/// Why one run gave no values.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The caller's inputs are not the engine's.
    #[error("input {name}: {reason}")]
    Input {
        /// Name of the tensor.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// TensorRT refused to start the run.
    #[error("TensorRT did not run the engine{}", said(log))]
    Enqueue {
        /// What TensorRT logged.
        log: String,
    },
    /// An earlier run of this context failed on the GPU, and its state is unknown.
    #[error("this context failed before and is not used again")]
    Spent,
    /// The driver refuses.
    #[error("the CUDA driver refuses: {0}")]
    Cuda(#[from] CudaError),
}

/// A log as the end of a sentence.
fn said(log: &str) -> String {
    if log.is_empty() { " and says nothing".to_owned() } else { format!(": {log}") }
}
