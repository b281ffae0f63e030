//! Progress of a build: an `IProgressMonitor` made here, for layouts where the compiler checked it.
//!
//! TensorRT may call it from several threads at once and asks after each step whether to go on.

use std::ffi::{CStr, c_char, c_void};
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::vtable::{InterfaceInfo, Table, cpp_language, nothing_to_destroy};

/// How far a build is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The build begins. Every version tells this, and some no more.
    Begun,
    /// A phase begins.
    Started {
        /// TensorRT's name of it.
        phase: String,
        /// Steps that it has.
        steps: u32,
    },
    /// A step of a phase is done.
    Step {
        /// TensorRT's name of the phase.
        phase: String,
        /// The step, from 0.
        step: u32,
    },
    /// A phase is over.
    Finished {
        /// TensorRT's name of it.
        phase: String,
    },
}

/// What is told about a build. `Break` stops it at its next step.
pub type Listener<'a> = dyn FnMut(Progress) -> ControlFlow<()> + Send + 'a;

/// `IVersionedInterface`'s four, then our three, in the order of their declaration.
static TABLE: Table<7> = Table::new([
    cpp_language as *const (),
    interface_info as *const (),
    nothing_to_destroy as *const (),
    nothing_to_destroy as *const (),
    phase_start as *const (),
    step_complete as *const (),
    phase_finish as *const (),
]);

/// The object that TensorRT calls.
#[repr(C)]
pub(crate) struct Monitor<'a> {
    table: *const *const (),
    stopped: AtomicBool,
    listener: Mutex<&'a mut Listener<'a>>,
}

impl fmt::Debug for Monitor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Monitor(stopped: {})", self.stopped())
    }
}

impl<'a> Monitor<'a> {
    pub(crate) fn new(listener: &'a mut Listener<'a>) -> Self {
        let stopped = AtomicBool::new(false);
        Self { table: TABLE.slots(), stopped, listener: Mutex::new(listener) }
    }

    /// Whether the listener said stop.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// As TensorRT sees it; valid while `self` is.
    pub(crate) const fn pointer(&self) -> *mut c_void {
        (&raw const *self).cast_mut().cast()
    }

    fn tell(&self, progress: Progress) {
        // A panic must not cross into C++: it stops the build instead.
        let told = catch_unwind(AssertUnwindSafe(|| {
            let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
            listener(progress)
        }));
        if !matches!(told, Ok(ControlFlow::Continue(()))) {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }
}

/// The monitor behind a call of TensorRT's.
///
/// # Safety
/// `this` is what [`Monitor::pointer`] gave, and that monitor is alive.
unsafe fn monitor<'a>(this: *mut c_void) -> &'a Monitor<'a> {
    // SAFETY: the caller vouches for the object; it is only ever shared.
    unsafe { &*this.cast::<Monitor<'a>>() }
}

/// A phase's name.
///
/// # Safety
/// Null, or a string that ends in a null and lives during this call.
unsafe fn text(name: *const c_char) -> String {
    if name.is_null() {
        return String::new();
    }
    // SAFETY: the caller vouches for the string; null was excluded.
    unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()
}

extern "C" fn interface_info(_this: *mut c_void) -> InterfaceInfo {
    InterfaceInfo { kind: c"IProgressMonitor".as_ptr(), major: 1, minor: 0 }
}

extern "C" fn phase_start(
    this: *mut c_void,
    name: *const c_char,
    _parent: *const c_char,
    steps: i32,
) {
    // SAFETY: TensorRT calls the object that it was given, during the build.
    let monitor = unsafe { monitor(this) };
    // SAFETY: TensorRT passes a string that lives during this call.
    let phase = unsafe { text(name) };
    monitor.tell(Progress::Started { phase, steps: u32::try_from(steps).unwrap_or(0) });
}

extern "C" fn step_complete(this: *mut c_void, name: *const c_char, step: i32) -> bool {
    // SAFETY: as in `phase_start`.
    let monitor = unsafe { monitor(this) };
    // SAFETY: as in `phase_start`.
    let phase = unsafe { text(name) };
    monitor.tell(Progress::Step { phase, step: u32::try_from(step).unwrap_or(0) });
    !monitor.stopped()
}

extern "C" fn phase_finish(this: *mut c_void, name: *const c_char) {
    // SAFETY: as in `phase_start`.
    let monitor = unsafe { monitor(this) };
    // SAFETY: as in `phase_start`.
    let phase = unsafe { text(name) };
    monitor.tell(Progress::Finished { phase });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_that_panics_stops_the_build_and_nothing_else() {
        let mut listener = |progress: Progress| match progress {
            Progress::Step { step: 1, .. } => panic!("the listener is broken"),
            _ => ControlFlow::Continue(()),
        };
        let monitor = Monitor::new(&mut listener);
        let name = c"phase".as_ptr();
        phase_start(monitor.pointer(), name, std::ptr::null(), 3);
        assert!(step_complete(monitor.pointer(), name, 0));
        assert!(!step_complete(monitor.pointer(), name, 1));
        assert!(!step_complete(monitor.pointer(), std::ptr::null(), 2));
        phase_finish(monitor.pointer(), name);
        assert!(monitor.stopped());
    }

    #[test]
    fn steps_are_told_in_order() {
        let mut told = Vec::new();
        let mut listener = |progress| {
            told.push(progress);
            ControlFlow::Continue(())
        };
        let monitor = Monitor::new(&mut listener);
        phase_start(monitor.pointer(), c"a".as_ptr(), c"b".as_ptr(), -1);
        assert!(step_complete(monitor.pointer(), c"a".as_ptr(), 7));
        phase_finish(monitor.pointer(), c"a".as_ptr());
        assert!(!monitor.stopped());
        let phase = || "a".to_owned();
        let expected = [
            Progress::Started { phase: phase(), steps: 0 },
            Progress::Step { phase: phase(), step: 7 },
            Progress::Finished { phase: phase() },
        ];
        assert_eq!(told, expected);
    }
}
