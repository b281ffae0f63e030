//! TensorRT with a GPU: plan → engine → context → values.

use std::ffi::{CStr, CString, c_char, c_void};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::builder::{BuildOptions, Built};
use crate::cuda::{Buffer, Cuda, Device, Stream};
use crate::error::{BuildError, EngineError, LoadError, RunError};
use crate::library::{Library, Paths};
use crate::logger;
use crate::slots::{Layout, Slot, Slots};
use crate::vtable::{Object, This, call0, call1, call2, call3};

/// `DataType::kFLOAT`.
pub(crate) const TYPE_F32: i32 = 0;
/// `TensorIOMode::kINPUT` and `kOUTPUT`.
pub(crate) const MODE_INPUT: i32 = 1;
pub(crate) const MODE_OUTPUT: i32 = 2;
/// Most inputs and outputs of an engine; ours have four.
const TENSORS_MAX: i32 = 64;
/// Most values of one tensor: 256 MiB.
const VALUES_MAX: usize = 64 << 20;

/// TensorRT on the first GPU of this machine.
pub struct Runtime {
    // Deleted first: it needs the driver.
    object: Mutex<Object>,
    library: Library,
    cuda: Arc<Cuda>,
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Runtime({self})")
    }
}

impl fmt::Display for Runtime {
    /// For the health page: "TensorRT 10.3.0 on Orin".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TensorRT {} on {}", self.library.version(), self.cuda.device.name)
    }
}

impl Runtime {
    /// Opens the driver, then TensorRT, and checks that this program knows its version.
    ///
    /// # Errors
    /// [`LoadError`], in words for the person who wonders why the box runs on its processor.
    pub fn load(paths: &Paths) -> Result<Arc<Self>, LoadError> {
        let cuda = Cuda::load(&paths.cuda)?;
        let library = Library::open(&paths.tensorrt)?;
        cuda.enter()?;
        logger::clear();
        let logger = logger::logger(library.slots.layout);
        // SAFETY: a factory of a library whose version is known, with a logger of that version's
        // layout, which lives as long as the process. A driver is there and answers.
        let object = unsafe { (library.create_runtime)(logger, library.number) };
        // SAFETY: a new runtime, ours to delete.
        let object = unsafe { Object::own_usual(object) }.ok_or_else(|| LoadError::NoObject {
            version: library.version().to_string(),
            what: "runtime",
            log: logger::words(),
        })?;
        Ok(Arc::new(Self { object: Mutex::new(object), library, cuda }))
    }

    /// The library behind it.
    #[must_use]
    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// The GPU.
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.cuda.device
    }

    /// Builds the plan of a network file for this GPU. Minutes on a small board.
    ///
    /// # Errors
    /// [`BuildError`].
    pub fn build(&self, onnx: &[u8], options: BuildOptions<'_, '_>) -> Result<Built, BuildError> {
        self.cuda.enter()?;
        self.library.build(onnx, options)
    }

    /// Loads a plan that this version built on this GPU, and looks at its tensors.
    ///
    /// # Errors
    /// [`EngineError`]; [`EngineError::Refused`] when the plan must be built anew.
    pub fn engine(self: &Arc<Self>, plan: &[u8]) -> Result<Engine, EngineError> {
        self.cuda.enter()?;
        logger::clear();
        let refused = || EngineError::Refused { log: logger::words() };
        let object = locked(&self.object);
        let this = object.implementation().ok_or_else(refused)?;
        // SAFETY: `deserializeCudaEngine(void const*, size_t)` of a live runtime, alone under the
        // lock; the bytes live during the call. Major 8 takes a third argument, which must be null;
        // the others do not look at it, since it would be in a register of its own.
        let engine = unsafe {
            call3::<*const u8, usize, *const c_void, *mut c_void>(
                this,
                self.library.slots.runtime_deserialize,
                plan.as_ptr(),
                plan.len(),
                std::ptr::null(),
            )
        };
        drop(object);
        // SAFETY: a new engine, ours to delete.
        let object = unsafe { Object::own_usual(engine) }.ok_or_else(refused)?;
        let tensors = tensors(object.implementation().ok_or_else(refused)?, self.library.slots)?;
        Ok(Engine { object: Mutex::new(object), tensors, runtime: Arc::clone(self) })
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // The object is deleted after this, with the GPU's context current. A failure shows there.
        drop(self.cuda.enter());
    }
}

/// A tensor that goes in or comes out, 32-bit floats of a fixed shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name in the network file.
    pub name: String,
    /// Extent of each dimension.
    pub shape: Vec<usize>,
    /// Whether it goes in.
    pub input: bool,
    name_c: CString,
}

/// A network ready for this GPU.
pub struct Engine {
    // Deleted before the runtime that made it.
    object: Mutex<Object>,
    tensors: Vec<TensorInfo>,
    runtime: Arc<Runtime>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("tensors", &self.tensors).finish_non_exhaustive()
    }
}

impl Engine {
    /// What goes in and comes out, in the engine's order.
    #[must_use]
    pub fn tensors(&self) -> &[TensorInfo] {
        &self.tensors
    }

    /// Memory and a place to run: one for each thread that runs the engine.
    ///
    /// # Errors
    /// [`EngineError`]; as a rule, memory is short.
    pub fn context(self: &Arc<Self>) -> Result<Context, EngineError> {
        let runtime = &self.runtime;
        runtime.cuda.enter()?;
        logger::clear();
        let none = || EngineError::NoContext { log: logger::words() };
        let slots = runtime.library.slots;
        let object = locked(&self.object);
        let this = object.implementation().ok_or_else(none)?;
        // SAFETY: `createExecutionContext(ExecutionContextAllocationStrategy)` of a live engine,
        // alone under the lock; 0 is kSTATIC. Major 8 takes no argument and does not look at one.
        let context = unsafe { call1::<i32, *mut c_void>(this, slots.engine_create_context, 0) };
        drop(object);
        // SAFETY: a new context, ours to delete.
        let object = unsafe { Object::own_usual(context) }.ok_or_else(none)?;
        let this = object.implementation().ok_or_else(none)?;
        let mut buffers = Vec::with_capacity(self.tensors.len());
        for tensor in &self.tensors {
            let buffer = Buffer::new(&runtime.cuda, tensor.shape.iter().product())?;
            let name = tensor.name_c.as_ptr();
            let slot = slots.context_set_address;
            // SAFETY: `setTensorAddress(char const*, void*)` of a live context; the buffer has room
            // for the whole tensor and is kept as long as the context.
            let set = unsafe {
                call2::<*const c_char, *mut c_void, u8>(this, slot, name, buffer.device())
            };
            if set == 0 {
                let reason = format!("it takes no address: {}", logger::words());
                return Err(EngineError::Tensor { name: tensor.name.clone(), reason });
            }
            buffers.push(buffer);
        }
        let stream = Stream::new(&runtime.cuda)?;
        Ok(Context { object, stream, buffers, spent: false, engine: Arc::clone(self) })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // As for the runtime.
        drop(self.runtime.cuda.enter());
    }
}

/// Named values that came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Name in the network file.
    pub name: String,
    /// Extent of each dimension.
    pub shape: Vec<usize>,
    /// Row by row.
    pub values: Vec<f32>,
}

/// Runs an engine on one input at a time.
pub struct Context {
    // Deleted in this order, all before the engine.
    object: Object,
    stream: Stream,
    buffers: Vec<Buffer>,
    spent: bool,
    engine: Arc<Engine>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context({:?})", self.engine)
    }
}

impl Context {
    /// The engine that it runs.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs once. Every input is given by name with all its values; every output comes back.
    ///
    /// # Errors
    /// [`RunError`]. After a failure on the GPU the context is not used again.
    pub fn run(&mut self, inputs: &[(&str, &[f32])]) -> Result<Vec<Values>, RunError> {
        if self.spent {
            return Err(RunError::Spent);
        }
        self.fill(inputs)?;
        let cuda = Arc::clone(&self.engine.runtime.cuda);
        cuda.enter()?;
        logger::clear();
        // From here the GPU may touch the buffers: spent until all of it is known to be done.
        self.spent = true;
        let queued = self.queue();
        let waited = self.stream.wait();
        queued?;
        waited?;
        self.spent = false;
        let outputs = self.engine.tensors.iter().zip(&self.buffers).filter(|(it, _)| !it.input);
        let values = |(tensor, buffer): (&TensorInfo, &Buffer)| Values {
            name: tensor.name.clone(),
            shape: tensor.shape.clone(),
            values: buffer.values().to_vec(),
        };
        Ok(outputs.map(values).collect())
    }

    fn fill(&mut self, inputs: &[(&str, &[f32])]) -> Result<(), RunError> {
        let wrong = |name: &str, reason: String| RunError::Input { name: name.to_owned(), reason };
        let known = |name: &str| self.engine.tensors.iter().any(|it| it.input && it.name == name);
        if let Some((name, _)) = inputs.iter().find(|(name, _)| !known(name)) {
            return Err(wrong(name, "the engine has no such input".to_owned()));
        }
        let tensors = self.engine.tensors.iter().zip(&mut self.buffers);
        for (tensor, buffer) in tensors.filter(|(it, _)| it.input) {
            let given = inputs.iter().find(|(name, _)| *name == tensor.name);
            let (_, values) = given.ok_or_else(|| wrong(&tensor.name, "not given".to_owned()))?;
            if values.len() != buffer.len() {
                let (given, shape) = (values.len(), &tensor.shape);
                let reason = format!("{given} values given for a tensor of shape {shape:?}");
                return Err(wrong(&tensor.name, reason));
            }
            buffer.values_mut().copy_from_slice(values);
        }
        Ok(())
    }

    fn queue(&self) -> Result<(), RunError> {
        let tensors = || self.engine.tensors.iter().zip(&self.buffers);
        for (_, buffer) in tensors().filter(|(it, _)| it.input) {
            buffer.upload(&self.stream)?;
        }
        let refused = || RunError::Enqueue { log: logger::words() };
        let this = self.object.implementation().ok_or_else(refused)?;
        let slot = self.engine.runtime.library.slots.context_enqueue;
        // SAFETY: `enqueueV3(cudaStream_t)` of a live context, used by one at a time (`run` takes
        // `&mut self`); all addresses are set, and the caller waits for the stream.
        let queued = unsafe { call1::<*mut c_void, u8>(this, slot, self.stream.handle()) };
        if queued == 0 {
            return Err(refused());
        }
        for (_, buffer) in tensors().filter(|(it, _)| !it.input) {
            buffer.download(&self.stream)?;
        }
        Ok(())
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // What is deleted after this needs the GPU's context current, and the GPU idle. A failure
        // of either leaves nothing to do.
        drop(self.engine.runtime.cuda.enter());
        drop(self.stream.wait());
    }
}

/// Reads what goes in and comes out, and refuses what this program cannot feed or read.
fn tensors(engine: This, slots: &Slots) -> Result<Vec<TensorInfo>, EngineError> {
    let wrong = |name: &str, reason: &str| EngineError::Tensor {
        name: name.to_owned(),
        reason: reason.to_owned(),
    };
    // SAFETY: `getNbIOTensors()` of a live engine.
    let count = unsafe { call0::<i32>(engine, slots.engine_tensor_count) };
    if !(2..=TENSORS_MAX).contains(&count) {
        return Err(wrong("all", &format!("the engine says it has {count} of them")));
    }
    let mut tensors = Vec::new();
    for index in 0..count {
        // SAFETY: `getIOTensorName(int32_t)` of a live engine, below its count.
        let name = unsafe { call1::<i32, *const c_char>(engine, slots.engine_tensor_name, index) };
        if name.is_null() {
            return Err(wrong(&format!("number {index}"), "it has no name"));
        }
        // SAFETY: not null; the engine keeps a string that ends in a null.
        let name_c = unsafe { CStr::from_ptr(name) }.to_owned();
        let name = name_c.to_string_lossy().into_owned();
        let number = |slot| {
            // SAFETY: `getTensorDataType` or `getTensorIOMode(char const*)` of a live engine.
            unsafe { call1::<*const c_char, i32>(engine, slot, name_c.as_ptr()) }
        };
        if number(slots.engine_tensor_type) != TYPE_F32 {
            return Err(wrong(&name, "it is not of 32-bit floats"));
        }
        let input = match number(slots.engine_tensor_mode) {
            MODE_INPUT => true,
            MODE_OUTPUT => false,
            _ => return Err(wrong(&name, "it goes neither in nor out")),
        };
        let shape = shape(engine, slots.engine_tensor_shape, slots.layout, &name_c)
            .ok_or_else(|| wrong(&name, "its shape is not fixed, or out of bounds"))?;
        tensors.push(TensorInfo { name, shape, input, name_c });
    }
    Ok(tensors)
}

/// `Dims` of 10 and 11.
#[repr(C)]
struct Dims64 {
    count: i32,
    extents: [i64; 8],
}

/// `Dims` of 8.
#[repr(C)]
struct Dims32 {
    count: i32,
    extents: [i32; 8],
}

/// A fixed shape of a sane size; `None` for any other.
fn shape(this: This, slot: Slot, layout: Layout, name: &CStr) -> Option<Vec<usize>> {
    let (count, extents) = match layout {
        Layout::V8 => {
            // SAFETY: `getTensorShape(char const*)` of a live object; `Dims` comes back in memory
            // that the caller gives, in C++ as in Rust, since it is longer than two registers.
            let dims = unsafe { call1::<*const c_char, Dims32>(this, slot, name.as_ptr()) };
            (dims.count, dims.extents.map(i64::from))
        }
        Layout::V10 | Layout::V11 => {
            // SAFETY: as above.
            let dims = unsafe { call1::<*const c_char, Dims64>(this, slot, name.as_ptr()) };
            (dims.count, dims.extents)
        }
    };
    let extents = extents.get(..usize::try_from(count).ok()?)?;
    let positive = |extent: &i64| usize::try_from(*extent).ok().filter(|extent| *extent > 0);
    let shape: Vec<usize> = extents.iter().map(positive).collect::<Option<_>>()?;
    let total = shape.iter().try_fold(1_usize, |total, extent| total.checked_mul(*extent))?;
    (total <= VALUES_MAX).then_some(shape)
}

fn locked(object: &Mutex<Object>) -> MutexGuard<'_, Object> {
    // A panic of ours leaves a C++ object as it was between calls.
    object.lock().unwrap_or_else(PoisonError::into_inner)
}
