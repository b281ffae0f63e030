//! TensorRT for Fieldray, found and checked at run time.
mod builder;
mod cuda;
mod error;
mod library;
mod logger;
mod progress;
mod runtime;
mod slots;
mod vtable;
pub use builder::{BuildOptions, Built, Precision};
pub use cuda::Device;
pub use error::{BuildError, CudaError, EngineError, LoadError, RunError};
pub use library::{Candidate, Flavour, Library, Paths, Version};
pub use progress::{Listener, Progress};
pub use runtime::{Context, Engine, Runtime, TensorInfo, Values};
pub use slots::table;
