//! Network file → engine, by way of the cache: what a start of the appliance does for each model.

use std::io;
use std::sync::Arc;

use crate::builder::{BuildOptions, Precision};
use crate::cache::{Cache, Found, Key};
use crate::error::{BuildError, EngineError};
use crate::progress::Listener;
use crate::runtime::{Engine, Runtime};

/// How an engine came about, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the cache.
    Cache,
    /// Built: there was none.
    Built,
    /// Built anew, because the stored one was no good.
    Rebuilt {
        /// What was wrong with it.
        reason: String,
    },
}

/// An engine that can serve.
#[derive(Debug)]
pub struct Prepared {
    /// It.
    pub engine: Arc<Engine>,
    /// How it came about.
    pub origin: Origin,
    /// Why the next start builds it once more; `None` when the cache has it.
    pub not_stored: Option<io::Error>,
}

impl Prepared {
    /// How it came about, for the log and the report of a probe.
    #[must_use]
    pub fn told(&self) -> String {
        let origin = match &self.origin {
            Origin::Cache => "cache".to_owned(),
            Origin::Built => "built".to_owned(),
            Origin::Rebuilt { reason } => format!("rebuilt: {reason}"),
        };
        match &self.not_stored {
            Some(error) => format!("{origin}, not stored: {error}"),
            None => origin,
        }
    }
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// None is stored that can be used, and none was to be built.
    #[error("no engine for it has been built yet on this machine")]
    NotBuilt,
    /// The build failed.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The engine just built does not load. It is not kept; the next start tries again.
    #[error("an engine just built does not load: {0}")]
    Load(#[from] EngineError),
    /// The cache cannot be read.
    #[error("the engine cache cannot be read")]
    Cache(#[from] io::Error),
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Arithmetic. Versions that take it from the network file ignore `Fp16`.
    pub precision: Precision,
    /// As [`BuildOptions::workspace_bytes`].
    pub workspace_bytes: usize,
    /// Whether an engine that is not in the cache may be built, which takes minutes.
    pub build: bool,
}

impl Runtime {
    /// The key under which an engine of this network file is stored.
    #[must_use]
    pub fn key(&self, onnx: &[u8], wanted: Wanted) -> Key {
        let precision = self.precision(wanted);
        Key::new(onnx, self.library(), self.device(), precision, wanted.workspace_bytes)
    }

    /// The precision that this version can be asked for.
    fn precision(&self, wanted: Wanted) -> Precision {
        match self.library().slots.flag_fp16 {
            Some(_) => wanted.precision,
            None => Precision::Fp32,
        }
    }

    /// Loads the engine from the cache, or builds and stores it. A stored one that does not load is
    /// set aside and built anew, once.
    ///
    /// # Errors
    /// [`PrepareError`]. A cache that cannot be written to is no error: the engine serves until the
    /// next start, which builds it again ([`Prepared::not_stored`]).
    pub fn prepare<'p>(
        self: &Arc<Self>,
        onnx: &[u8],
        wanted: Wanted,
        cache: &Cache,
        progress: Option<&'p mut Listener<'p>>,
    ) -> Result<Prepared, PrepareError> {
        let key = self.key(onnx, wanted);
        let origin = match cache.find(&key)? {
            Found::Nothing => Origin::Built,
            Found::Damaged(reason) => Origin::Rebuilt { reason },
            Found::Plan(plan) => match self.engine(&plan) {
                Ok(engine) => {
                    let engine = Arc::new(engine);
                    return Ok(Prepared { engine, origin: Origin::Cache, not_stored: None });
                }
                Err(error) => {
                    cache.set_aside(&key)?;
                    Origin::Rebuilt { reason: error.to_string() }
                }
            },
        };
        if !wanted.build {
            return Err(PrepareError::NotBuilt);
        }
        let timing = cache.timing(&key);
        let options = BuildOptions {
            precision: self.precision(wanted),
            workspace_bytes: wanted.workspace_bytes,
            timing_cache: timing.as_deref(),
            progress,
        };
        let built = self.build(onnx, options)?;
        // Loaded before it is stored: what does not load is never kept.
        let engine = self.engine(&built.plan)?;
        let not_stored = cache.store(&key, &built.plan, &self.to_string()).err();
        if let Some(timing) = built.timing_cache {
            // Only speed is lost with it.
            drop(cache.store_timing(&key, &timing));
        }
        Ok(Prepared { engine: Arc::new(engine), origin, not_stored })
    }
}
