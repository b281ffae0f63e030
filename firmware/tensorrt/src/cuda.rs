//! The CUDA driver, opened at run time: one GPU, its memory and one stream for each context.
//!
//! Asked before TensorRT, because TensorRT without a driver hands out pointers that crash.

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::path::{Path, PathBuf};
use std::ptr::{null_mut, slice_from_raw_parts, slice_from_raw_parts_mut};
use std::sync::Arc;

use crate::error::{CudaError, LoadError};
use crate::library::{Unopened, open_first, symbol};

/// `CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR` and `_MINOR`.
const ATTRIBUTE_COMPUTE: (c_int, c_int) = (75, 76);
/// `CUDA_ERROR_NO_DEVICE`: how a driver without a GPU answers the first call.
const NO_DEVICE: Status = 100;
/// `CU_STREAM_NON_BLOCKING`: nothing else in the process can hold us up through the null stream.
const STREAM_NON_BLOCKING: c_uint = 1;
/// Bytes kept for a device's name.
const NAME_BYTES: usize = 128;

type Status = c_int;
type DeviceAddress = u64;

/// The GPU that TensorRT runs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// As the driver calls it: "Orin".
    pub name: String,
    /// Compute capability: (8, 7) for Orin.
    pub compute: (i32, i32),
    /// The newest CUDA version that the driver serves: 12060 for 12.6.
    pub driver: i32,
}

/// The driver's functions that we use.
struct Functions {
    error_name: unsafe extern "C" fn(Status, *mut *const c_char) -> Status,
    init: unsafe extern "C" fn(c_uint) -> Status,
    driver_version: unsafe extern "C" fn(*mut c_int) -> Status,
    device_count: unsafe extern "C" fn(*mut c_int) -> Status,
    device_get: unsafe extern "C" fn(*mut c_int, c_int) -> Status,
    device_name: unsafe extern "C" fn(*mut c_char, c_int, c_int) -> Status,
    device_attribute: unsafe extern "C" fn(*mut c_int, c_int, c_int) -> Status,
    context_retain: unsafe extern "C" fn(*mut *mut c_void, c_int) -> Status,
    context_release: unsafe extern "C" fn(c_int) -> Status,
    context_enter: unsafe extern "C" fn(*mut c_void) -> Status,
    alloc: unsafe extern "C" fn(*mut DeviceAddress, usize) -> Status,
    free: unsafe extern "C" fn(DeviceAddress) -> Status,
    alloc_pinned: unsafe extern "C" fn(*mut *mut c_void, usize, c_uint) -> Status,
    free_pinned: unsafe extern "C" fn(*mut c_void) -> Status,
    upload: unsafe extern "C" fn(DeviceAddress, *const c_void, usize, *mut c_void) -> Status,
    download: unsafe extern "C" fn(*mut c_void, DeviceAddress, usize, *mut c_void) -> Status,
    stream_create: unsafe extern "C" fn(*mut *mut c_void, c_uint) -> Status,
    stream_destroy: unsafe extern "C" fn(*mut c_void) -> Status,
    stream_wait: unsafe extern "C" fn(*mut c_void) -> Status,
}

impl Functions {
    fn load(library: &'static libloading::Library, path: &Path) -> Result<Self, LoadError> {
        // Each type is the declaration in `cuda.h` with handles as pointers; `_v2` is the name that
        // the header gives the function since CUDA 4.
        Ok(Self {
            error_name: symbol(library, path, c"cuGetErrorName")?,
            init: symbol(library, path, c"cuInit")?,
            driver_version: symbol(library, path, c"cuDriverGetVersion")?,
            device_count: symbol(library, path, c"cuDeviceGetCount")?,
            device_get: symbol(library, path, c"cuDeviceGet")?,
            device_name: symbol(library, path, c"cuDeviceGetName")?,
            device_attribute: symbol(library, path, c"cuDeviceGetAttribute")?,
            context_retain: symbol(library, path, c"cuDevicePrimaryCtxRetain")?,
            context_release: symbol(library, path, c"cuDevicePrimaryCtxRelease_v2")?,
            context_enter: symbol(library, path, c"cuCtxSetCurrent")?,
            alloc: symbol(library, path, c"cuMemAlloc_v2")?,
            free: symbol(library, path, c"cuMemFree_v2")?,
            alloc_pinned: symbol(library, path, c"cuMemHostAlloc")?,
            free_pinned: symbol(library, path, c"cuMemFreeHost")?,
            upload: symbol(library, path, c"cuMemcpyHtoDAsync_v2")?,
            download: symbol(library, path, c"cuMemcpyDtoHAsync_v2")?,
            stream_create: symbol(library, path, c"cuStreamCreate")?,
            stream_destroy: symbol(library, path, c"cuStreamDestroy_v2")?,
            stream_wait: symbol(library, path, c"cuStreamSynchronize")?,
        })
    }

    fn check(&self, call: &'static str, code: Status) -> Result<(), CudaError> {
        if code == 0 {
            return Ok(());
        }
        let mut name = std::ptr::null();
        // SAFETY: takes a number and a place for a pointer to a constant string of the driver's.
        let known = unsafe { (self.error_name)(code, &raw mut name) } == 0 && !name.is_null();
        let name = if known {
            // SAFETY: not null, and the driver's strings are constant and end in a null.
            unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()
        } else {
            "unknown".to_owned()
        };
        Err(CudaError { call, code, name })
    }
}

/// The driver with the first GPU's primary context, the one that TensorRT uses too.
pub(crate) struct Cuda {
    functions: Functions,
    ordinal: c_int,
    context: *mut c_void,
    pub(crate) device: Device,
}

// SAFETY: the driver's functions may be called from any thread; a context handle is only a name.
unsafe impl Send for Cuda {}
// SAFETY: as above; nothing here changes after it was made.
unsafe impl Sync for Cuda {}

impl Cuda {
    /// Opens the driver and takes the first GPU.
    pub(crate) fn load(paths: &[PathBuf]) -> Result<Arc<Self>, LoadError> {
        let (library, path) = open_first(paths).map_err(|none| match none {
            Unopened::Absent { tried, reason } => LoadError::NoDriver { tried, reason },
            Unopened::Broken { reasons } => LoadError::Broken { what: "the CUDA driver", reasons },
        })?;
        let functions = Functions::load(library, &path)?;
        // SAFETY: asks for nothing but a zero.
        let code = unsafe { (functions.init)(0) };
        if code == NO_DEVICE {
            return Err(LoadError::NoDevice);
        }
        functions.check("cuInit", code)?;
        let mut count = 0;
        // SAFETY: writes one number to the place given.
        let code = unsafe { (functions.device_count)(&raw mut count) };
        functions.check("cuDeviceGetCount", code)?;
        if count < 1 {
            return Err(LoadError::NoDevice);
        }
        let mut ordinal = 0;
        // SAFETY: writes one number to the place given; device 0 exists.
        let code = unsafe { (functions.device_get)(&raw mut ordinal, 0) };
        functions.check("cuDeviceGet", code)?;
        let device = describe(&functions, ordinal)?;
        let mut context = null_mut();
        // SAFETY: writes one handle to the place given; released in `drop`.
        let code = unsafe { (functions.context_retain)(&raw mut context, ordinal) };
        functions.check("cuDevicePrimaryCtxRetain", code)?;
        Ok(Arc::new(Self { functions, ordinal, context, device }))
    }

    /// Makes the GPU's context the calling thread's; needed once before other calls on a thread.
    pub(crate) fn enter(&self) -> Result<(), CudaError> {
        // SAFETY: the context is retained until `drop`.
        let code = unsafe { (self.functions.context_enter)(self.context) };
        self.functions.check("cuCtxSetCurrent", code)
    }
}

impl Drop for Cuda {
    fn drop(&mut self) {
        // A failure to release leaves nothing to do.
        // SAFETY: retained once in `load`.
        unsafe { (self.functions.context_release)(self.ordinal) };
    }
}

fn describe(functions: &Functions, ordinal: c_int) -> Result<Device, LoadError> {
    let mut name = [0_u8; NAME_BYTES];
    let length = c_int::try_from(NAME_BYTES - 1).unwrap_or(c_int::MAX);
    // SAFETY: writes at most `length` bytes into a longer array, which so ends in a null.
    let code = unsafe { (functions.device_name)(name.as_mut_ptr().cast(), length, ordinal) };
    functions.check("cuDeviceGetName", code)?;
    let name = CStr::from_bytes_until_nul(&name).unwrap_or_default();
    let attribute = |which| {
        let mut value = 0;
        // SAFETY: writes one number to the place given.
        let code = unsafe { (functions.device_attribute)(&raw mut value, which, ordinal) };
        functions.check("cuDeviceGetAttribute", code).map(|()| value)
    };
    let compute = (attribute(ATTRIBUTE_COMPUTE.0)?, attribute(ATTRIBUTE_COMPUTE.1)?);
    let mut driver = 0;
    // SAFETY: writes one number to the place given.
    let code = unsafe { (functions.driver_version)(&raw mut driver) };
    functions.check("cuDriverGetVersion", code)?;
    Ok(Device { name: name.to_string_lossy().into_owned(), compute, driver })
}

/// An order in which the GPU works: what is queued later runs later.
pub(crate) struct Stream {
    cuda: Arc<Cuda>,
    handle: *mut c_void,
}

// SAFETY: the driver allows a stream to be used from any thread; we never use one from two at once.
unsafe impl Send for Stream {}

impl Stream {
    pub(crate) fn new(cuda: &Arc<Cuda>) -> Result<Self, CudaError> {
        cuda.enter()?;
        let mut handle = null_mut();
        // SAFETY: writes one handle to the place given; a context is current.
        let code = unsafe { (cuda.functions.stream_create)(&raw mut handle, STREAM_NON_BLOCKING) };
        cuda.functions.check("cuStreamCreate", code)?;
        Ok(Self { cuda: Arc::clone(cuda), handle })
    }

    pub(crate) const fn handle(&self) -> *mut c_void {
        self.handle
    }

    /// Waits until all that was queued is done; a failure on the GPU shows here.
    pub(crate) fn wait(&self) -> Result<(), CudaError> {
        // SAFETY: the stream lives until `drop`.
        let code = unsafe { (self.cuda.functions.stream_wait)(self.handle) };
        self.cuda.functions.check("cuStreamSynchronize", code)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: ours alone, and nothing is queued: every user waits first.
        unsafe { (self.cuda.functions.stream_destroy)(self.handle) };
    }
}

/// The same number of `f32` values twice: pinned in the host's memory, and on the GPU.
pub(crate) struct Buffer {
    cuda: Arc<Cuda>,
    host: *mut f32,
    device: DeviceAddress,
    len: usize,
}

// SAFETY: owns its memory, and neither kind is tied to a thread.
unsafe impl Send for Buffer {}

impl Buffer {
    /// Memory for `len` values, which is at least one. The GPU's context must be current.
    pub(crate) fn new(cuda: &Arc<Cuda>, len: usize) -> Result<Self, CudaError> {
        let mut buffer = Self { cuda: Arc::clone(cuda), host: null_mut(), device: 0, len };
        let bytes = buffer.bytes();
        let mut host = null_mut();
        // SAFETY: writes one pointer to the place given; freed in `drop`.
        let code = unsafe { (cuda.functions.alloc_pinned)(&raw mut host, bytes, 0) };
        cuda.functions.check("cuMemHostAlloc", code)?;
        buffer.host = host.cast();
        // SAFETY: page-locked memory of `bytes` bytes, just allocated. Values are read from it
        // before the GPU has written any only if a run fails; zeros are valid values.
        unsafe { host.cast::<u8>().write_bytes(0, bytes) };
        // SAFETY: writes one address to the place given; freed in `drop`.
        let code = unsafe { (cuda.functions.alloc)(&raw mut buffer.device, bytes) };
        cuda.functions.check("cuMemAlloc", code)?;
        Ok(buffer)
    }

    const fn bytes(&self) -> usize {
        self.len * size_of::<f32>()
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Where the GPU finds the values.
    pub(crate) fn device(&self) -> *mut c_void {
        std::ptr::with_exposed_provenance_mut(usize::try_from(self.device).unwrap_or(0))
    }

    /// The host's values. Only while nothing is queued on them.
    pub(crate) fn values(&self) -> &[f32] {
        // SAFETY: `host` has `len` initialised values, which live as long as `self`.
        unsafe { &*slice_from_raw_parts(self.host, self.len) }
    }

    /// The host's values, to be written. Only while nothing is queued on them.
    pub(crate) fn values_mut(&mut self) -> &mut [f32] {
        // SAFETY: as `values`, and `&mut self` makes it the only reference.
        unsafe { &mut *slice_from_raw_parts_mut(self.host, self.len) }
    }

    /// Queues the way to the GPU. The caller waits for the stream before it touches the values.
    pub(crate) fn upload(&self, stream: &Stream) -> Result<(), CudaError> {
        let host = self.host.cast();
        // SAFETY: both places have `bytes` bytes and live until the caller has waited.
        let code =
            unsafe { (self.cuda.functions.upload)(self.device, host, self.bytes(), stream.handle) };
        self.cuda.functions.check("cuMemcpyHtoDAsync", code)
    }

    /// Queues the way back. The caller waits for the stream before it touches the values.
    pub(crate) fn download(&self, stream: &Stream) -> Result<(), CudaError> {
        let host = self.host.cast();
        // SAFETY: as `upload`.
        let code = unsafe {
            (self.cuda.functions.download)(host, self.device, self.bytes(), stream.handle)
        };
        self.cuda.functions.check("cuMemcpyDtoHAsync", code)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if self.device != 0 {
            // SAFETY: ours alone, and nothing is queued on it.
            unsafe { (self.cuda.functions.free)(self.device) };
        }
        if !self.host.is_null() {
            // SAFETY: as above.
            unsafe { (self.cuda.functions.free_pinned)(self.host.cast()) };
        }
    }
}
