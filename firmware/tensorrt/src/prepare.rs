//! Network file → engine, by way of the cache: what a start of the appliance does for each model.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use crate::builder::{BuildOptions, Precision};
use crate::cache::{Cache, Found, Key};
use crate::error::{BuildError, EngineError};
use crate::progress::{Listener, Progress};
use crate::runtime::{Engine, Runtime};

/// How an engine came about, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the cache.
    Cache,
    /// Built: there was none.
    Built {
        /// How long that took.
        seconds: u64,
    },
    /// Built anew, because the stored one was no good.
    Rebuilt {
        /// How long that took.
        seconds: u64,
        /// What was wrong with it.
        reason: String,
    },
}

/// An engine that can serve, and that the cache has.
#[derive(Debug)]
pub struct Prepared {
    /// It.
    pub engine: Arc<Engine>,
    /// How it came about.
    pub origin: Origin,
}

impl Prepared {
    /// How it came about, for the log and the report of a probe.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.origin {
            Origin::Cache => "cache".to_owned(),
            Origin::Built { seconds } => format!("built in {seconds} s"),
            Origin::Rebuilt { seconds, reason } => format!("rebuilt in {seconds} s: {reason}"),
        }
    }
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// None is stored that can be used, and none was to be built.
    #[error("no engine for it has been built yet on this machine")]
    NotBuilt,
    /// One was built before, and its answers were refused.
    #[error("its engine was refused before: {0}")]
    Refused(String),
    /// The build failed.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The engine just built does not load. It is not kept; the next start tries again.
    #[error("an engine just built does not load: {0}")]
    Load(#[from] EngineError),
    /// The cache cannot be read.
    #[error("the engine cache cannot be read: {0}")]
    Cache(#[from] io::Error),
    /// The cache cannot be written to, so that every start would build anew.
    #[error("the engine cannot be kept: {0}")]
    NotKept(#[source] io::Error),
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
    /// set aside and built anew, once. A build is told by [`Progress::Begun`], and by more where the
    /// version tells more.
    ///
    /// # Errors
    /// [`PrepareError`]. Nothing is built for minutes that could not be kept: room for an engine is
    /// tried first.
    #[expect(clippy::disallowed_methods, reason = "how long a build took; no step waits for it")]
    pub fn prepare<'p>(
        self: &Arc<Self>,
        onnx: &[u8],
        wanted: Wanted,
        cache: &Cache,
        mut progress: Option<&'p mut Listener<'p>>,
    ) -> Result<Prepared, PrepareError> {
        let key = self.key(onnx, wanted);
        let damaged = match cache.find(&key)? {
            Found::Nothing => None,
            Found::Refused(reason) => return Err(PrepareError::Refused(reason)),
            Found::Damaged(reason) => Some(reason),
            Found::Plan(plan) => match self.engine(&plan) {
                Ok(engine) => {
                    return Ok(Prepared { engine: Arc::new(engine), origin: Origin::Cache });
                }
                Err(error) => {
                    cache.set_aside(&key)?;
                    Some(error.to_string())
                }
            },
        };
        if !wanted.build {
            return Err(PrepareError::NotBuilt);
        }
        // A plan is about as long as its network file.
        cache.try_room(&key, onnx.len()).map_err(PrepareError::NotKept)?;
        if let Some(listener) = &mut progress
            && listener(Progress::Begun).is_break()
        {
            return Err(BuildError::Stopped.into());
        }
        let began = Instant::now();
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
        let seconds = began.elapsed().as_secs();
        let note = format!("{self}, built in {seconds} s");
        cache.store(&key, &built.plan, &note).map_err(PrepareError::NotKept)?;
        if let Some(timing) = built.timing_cache {
            // Only speed is lost with it.
            drop(cache.store_timing(&key, &timing));
        }
        let origin = match damaged {
            None => Origin::Built { seconds },
            Some(reason) => Origin::Rebuilt { seconds, reason },
        };
        Ok(Prepared { engine: Arc::new(engine), origin })
    }
}
