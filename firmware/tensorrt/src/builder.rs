//! Network file → plan, the serialised form of an engine, by NVIDIA's parser and builder. Minutes
//! on a small board: call it on a thread of its own.

use std::ffi::{CStr, c_char, c_void};
use std::fmt;

use crate::error::BuildError;
use crate::library::{Flavour, Library};
use crate::logger;
use crate::progress::{Listener, Monitor};
use crate::slots::Slots;
use crate::vtable::{Object, This, call0, call1, call2, call3};

/// `MemoryPoolType::kWORKSPACE`.
pub(crate) const POOL_WORKSPACE: i32 = 0;
/// Parser errors told.
const ERRORS_MAX: i32 = 5;

/// The arithmetic that an engine may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits, without the 10-bit products of TF32 where the version can forbid them.
    Fp32,
    /// 16 bits where the builder finds it faster.
    Fp16,
}

impl Precision {
    /// For file names and logs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fp32 => "fp32",
            Self::Fp16 => "fp16",
        }
    }
}

/// How to build.
pub struct BuildOptions<'t, 'p> {
    /// Arithmetic.
    pub precision: Precision,
    /// Most memory on the GPU that a layer may use while it works.
    pub workspace_bytes: usize,
    /// What an earlier build on this GPU measured; makes this one faster.
    pub timing_cache: Option<&'t [u8]>,
    /// Told how far the build is. Versions before 11 tell nothing.
    pub progress: Option<&'p mut Listener<'p>>,
}

impl fmt::Debug for BuildOptions<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuildOptions")
            .field("precision", &self.precision)
            .field("workspace_bytes", &self.workspace_bytes)
            .finish_non_exhaustive()
    }
}

/// What a build gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The engine, for this version on this GPU only.
    pub plan: Vec<u8>,
    /// For the next build on this GPU; absent where TensorRT gives none.
    pub timing_cache: Option<Vec<u8>>,
}

impl Library {
    /// Builds a plan where no GPU is. Only TensorRT-RTX can.
    ///
    /// # Errors
    /// [`BuildError`]; [`BuildError::NeedsGpu`] for every other library.
    pub fn build_without_gpu(
        &self,
        onnx: &[u8],
        options: BuildOptions<'_, '_>,
    ) -> Result<Built, BuildError> {
        if self.version().flavour != Flavour::Rtx {
            return Err(BuildError::NeedsGpu { version: self.version().to_string() });
        }
        self.build(onnx, options)
    }

    /// Builds a plan. The GPU's context is current, or the library needs none.
    pub(crate) fn build(
        &self,
        onnx: &[u8],
        options: BuildOptions<'_, '_>,
    ) -> Result<Built, BuildError> {
        let version = || self.version().to_string();
        let parser = self.parser.as_ref();
        let parser = *parser.map_err(|reason| BuildError::NoParser {
            version: version(),
            reason: reason.clone(),
        })?;
        if options.precision == Precision::Fp16 && self.slots.flag_fp16.is_none() {
            return Err(BuildError::PrecisionFixed { version: version() });
        }
        let missing = BuildError::NoBuilder { symbol: "createInferBuilder_INTERNAL" };
        let create_builder = self.create_builder.ok_or(missing)?;
        logger::clear();
        let logger = logger::logger(self.slots.layout);

        // SAFETY: a factory of a library whose version is known, with a logger of that version's
        // layout, which lives as long as the process.
        let builder = unsafe { create_builder(logger, self.number) };
        // SAFETY: a new builder, ours to delete.
        let builder = taken(unsafe { Object::own_usual(builder) }, "builder")?;
        let network = new_network(&builder, self.slots)?;
        // SAFETY: as the builder's factory; the network outlives the parser (declared before it).
        let parser = unsafe { (parser.create)(network.pointer(), logger, parser.version) };
        // SAFETY: a new parser, ours to delete, with its destructor in this slot.
        let parser = unsafe { Object::own(parser, self.slots.parser_delete) };
        let parser = taken(parser, "parser")?;
        parse(&parser, onnx, self.slots)?;
        build_parsed(&builder, &network, options, self.slots)
    }
}

fn new_network(builder: &Object, slots: &Slots) -> Result<Object, BuildError> {
    let this = taken(builder.implementation(), "builder")?;
    // SAFETY: `createNetworkV2(uint32_t)` of a live builder.
    let network = unsafe {
        call1::<u32, *mut c_void>(this, slots.builder_create_network, slots.explicit_batch)
    };
    // SAFETY: a new network, ours to delete.
    taken(unsafe { Object::own_usual(network) }, "network")
}

fn parse(parser: &Object, onnx: &[u8], slots: &Slots) -> Result<(), BuildError> {
    let this = parser.itself();
    // SAFETY: `parse(void const*, size_t, char const*)` of a live parser: the bytes live during the
    // call, and no path means no weights beside the file. A C++ bool is one byte, 0 or 1.
    let parsed = unsafe {
        call3::<*const u8, usize, *const c_char, u8>(
            this,
            slots.parser_parse,
            onnx.as_ptr(),
            onnx.len(),
            std::ptr::null(),
        )
    };
    if parsed != 0 {
        return Ok(());
    }
    // SAFETY: `getNbErrors()` of a live parser.
    let count = unsafe { call0::<i32>(this, slots.parser_error_count) };
    let mut errors: Vec<String> = Vec::new();
    for index in 0..count.min(ERRORS_MAX) {
        // SAFETY: `getError(int)` of a live parser, below the count that it gave.
        let error = unsafe { call1::<i32, *const c_void>(this, slots.parser_error, index) };
        // SAFETY: the parser keeps its errors until it is deleted.
        let Some(error) = (unsafe { This::borrowed(error) }) else { continue };
        // SAFETY: `desc()` of a live error.
        let text = unsafe { call0::<*const c_char>(error, slots.parser_error_text) };
        if !text.is_null() {
            // SAFETY: not null; the error keeps a string that ends in a null.
            errors.push(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned());
        }
    }
    if errors.is_empty() {
        errors.push(logger::words());
    }
    Err(BuildError::Parse { errors: errors.join("; ") })
}

fn build_parsed(
    builder: &Object,
    network: &Object,
    options: BuildOptions<'_, '_>,
    slots: &Slots,
) -> Result<Built, BuildError> {
    let this = taken(builder.implementation(), "builder")?;
    // SAFETY: `createBuilderConfig()` of a live builder.
    let config = unsafe { call0::<*mut c_void>(this, slots.builder_create_config) };
    // The monitor and the timing cache are declared before the configuration, so that they outlive
    // it. Locals are dropped in reverse order.
    let monitor = options.progress.map(Monitor::new);
    let timing_cache;
    // SAFETY: a new configuration, ours to delete.
    let config = taken(unsafe { Object::own_usual(config) }, "builder configuration")?;
    let settings = taken(config.implementation(), "builder configuration")?;
    configure(settings, options.precision, options.workspace_bytes, slots);
    timing_cache = set_timing_cache(settings, options.timing_cache.unwrap_or_default(), slots);
    if let (Some(monitor), Some(slot)) = (&monitor, slots.config_set_progress_monitor) {
        // SAFETY: `setProgressMonitor(IProgressMonitor*)` of a live configuration; the monitor
        // outlives it and has this layout's table.
        unsafe { call1::<*mut c_void, ()>(settings, slot, monitor.pointer()) };
    }
    // SAFETY: `buildSerializedNetwork(INetworkDefinition&, IBuilderConfig&)`, all three alive;
    // references are passed as pointers.
    let plan = unsafe {
        call2::<*mut c_void, *mut c_void, *mut c_void>(
            this,
            slots.builder_build,
            network.pointer(),
            config.pointer(),
        )
    };
    // SAFETY: new memory, ours to delete.
    let plan = unsafe { Object::own_usual(plan) };
    if monitor.as_ref().is_some_and(Monitor::stopped) {
        return Err(BuildError::Stopped);
    }
    let plan = plan.and_then(|plan| bytes(&plan, slots));
    let plan = plan.ok_or_else(|| BuildError::NotBuilt { log: logger::words() })?;
    let timing_cache = timing_cache.and_then(|_kept| read_timing_cache(settings, slots));
    Ok(Built { plan, timing_cache })
}

fn configure(settings: This, precision: Precision, workspace_bytes: usize, slots: &Slots) {
    let slot = slots.config_set_memory_limit;
    // SAFETY: `setMemoryPoolLimit(MemoryPoolType, size_t)` of a live configuration.
    unsafe { call2::<i32, usize, ()>(settings, slot, POOL_WORKSPACE, workspace_bytes) };
    match (precision, slots.flag_fp16, slots.flag_tf32) {
        (Precision::Fp16, Some(fp16), _) => {
            // SAFETY: `setFlag(BuilderFlag)` of a live configuration, with a flag of its version.
            unsafe { call1::<i32, ()>(settings, slots.config_set_flag, fp16) };
        }
        (Precision::Fp32, _, Some(tf32)) => {
            // SAFETY: `clearFlag(BuilderFlag)`, as above.
            unsafe { call1::<i32, ()>(settings, slots.config_clear_flag, tf32) };
        }
        (Precision::Fp16, None, _) | (Precision::Fp32, _, None) => {}
    }
}

/// Gives the builder what was measured before; a cache that it refuses is replaced by an empty one.
/// `None` when it takes neither: then it measures without.
fn set_timing_cache(settings: This, known: &[u8], slots: &Slots) -> Option<Object> {
    for blob in [known, &[]] {
        // SAFETY: `createTimingCache(void const*, size_t)` of a live configuration; it copies the
        // bytes, and none are an empty cache.
        let cache = unsafe {
            call2::<*const u8, usize, *mut c_void>(
                settings,
                slots.config_create_timing_cache,
                blob.as_ptr(),
                blob.len(),
            )
        };
        // SAFETY: a new cache, ours to delete.
        let Some(cache) = (unsafe { Object::own_usual(cache) }) else { continue };
        let slot = slots.config_set_timing_cache;
        // SAFETY: `setTimingCache(ITimingCache const&, bool)`; the caller keeps the cache longer
        // than the configuration. False: one of another GPU is refused.
        if unsafe { call2::<*mut c_void, bool, u8>(settings, slot, cache.pointer(), false) } != 0 {
            return Some(cache);
        }
    }
    None
}

fn read_timing_cache(settings: This, slots: &Slots) -> Option<Vec<u8>> {
    // SAFETY: `getTimingCache()` of a live configuration, which keeps the cache.
    let cache = unsafe { call0::<*const c_void>(settings, slots.config_timing_cache) };
    // SAFETY: alive as long as the configuration.
    let this = unsafe { This::implementation_of(cache) }?;
    // SAFETY: `serialize()` of a live cache.
    let memory = unsafe { call0::<*mut c_void>(this, slots.timing_cache_serialize) };
    // SAFETY: new memory, ours to delete.
    bytes(&unsafe { Object::own_usual(memory) }?, slots)
}

/// Copies what TensorRT's memory object holds; `None` for nothing.
fn bytes(memory: &Object, slots: &Slots) -> Option<Vec<u8>> {
    let this = memory.implementation()?;
    // SAFETY: `data()` of live memory.
    let data = unsafe { call0::<*const u8>(this, slots.memory_data) };
    // SAFETY: `size()` of live memory.
    let size = unsafe { call0::<usize>(this, slots.memory_size) };
    if data.is_null() || size == 0 || isize::try_from(size).is_err() {
        return None;
    }
    // SAFETY: the memory object holds `size` bytes at `data` until it is deleted.
    Some(unsafe { std::slice::from_raw_parts(data, size) }.to_vec())
}

fn taken<T>(object: Option<T>, what: &'static str) -> Result<T, BuildError> {
    object.ok_or_else(|| BuildError::NoObject { what, log: logger::words() })
}
