//! TensorRT for Fieldray, found and checked at run time; the one place with `unsafe`.
//!
//! Nothing of NVIDIA's is linked: one program serves boards with and without TensorRT. What is
//! missing, too old, too new or broken is a typed error whose text tells a person why the box runs
//! on its processor.
//!
//! - [`Runtime::load`] opens the driver and TensorRT and checks the version,
//! - [`Runtime::prepare`] gets an [`Engine`] from the [`Cache`] or builds it from a network file,
//! - [`Engine::context`] gives a [`Context`], which runs one input at a time,
//! - [`probe`] does all of it first in a child process, because what is wrong inside a vendor's
//!   library ends the process that it happens in.
//!
//! What holds everywhere:
//! - A handle is an owned type; its `Drop` calls the deleting destructor through the object's
//!   table. What was made by another object keeps that object alive.
//! - Libraries are never closed: they start threads and keep our logger.
//! - Nothing that NVIDIA calls may panic: the logger and the progress monitor catch panics.
//! - Tensors are 32-bit floats of a fixed shape. Others are refused when the engine is loaded.
//! - After a failure on the GPU a context is not used again.
//!
//! Not here: which model runs where, and what its outputs mean (the main program's `infer`).

#[cfg(not(target_os = "linux"))]
compile_error!("the layout of NVIDIA's C++ objects is known for Linux only");

mod builder;
mod cache;
mod cuda;
mod error;
mod library;
mod logger;
mod prepare;
pub mod probe;
mod progress;
mod runtime;
mod slots;
mod vtable;

pub use builder::{BuildOptions, Built, Precision};
pub use cache::{Cache, Found, Key};
pub use cuda::Device;
pub use error::{BuildError, CudaError, EngineError, LoadError, RunError};
pub use library::{Candidate, Flavour, Library, Paths, Version};
pub use prepare::{Origin, PrepareError, Prepared, Wanted};
pub use probe::{Outcome, Report, Trial};
pub use progress::{Listener, Progress};
pub use runtime::{Context, Engine, Runtime, TensorInfo, Values};
pub use slots::table;
