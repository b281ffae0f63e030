//! The logger that TensorRT calls: an object with a C++ virtual table, made here.
//!
//! Its messages are the only reason text that TensorRT gives. The last ones are kept in one list
//! for the process, because the libraries keep the pointer for as long as they like.

use std::collections::VecDeque;
use std::ffi::{CStr, c_char, c_void};
use std::panic::catch_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::slots::Layout;
use crate::vtable::{InterfaceInfo, Table, cpp_language, nothing_to_destroy};

/// Messages kept.
const MESSAGES_MAX: usize = 32;
/// Longest message kept, bytes.
const MESSAGE_BYTES_MAX: usize = 1000;
/// `Severity::kWARNING`; what is less severe has a higher number and is dropped.
pub(crate) const WARNING: i32 = 2;

static MESSAGES: Mutex<VecDeque<(i32, String)>> = Mutex::new(VecDeque::new());

/// `ILogger` of 8 and 10: `[log, ~complete, ~deleting]`.
static V8_V10: Table<3> = Table::new([
    log as *const (),
    nothing_to_destroy as *const (),
    nothing_to_destroy as *const (),
]);

/// `ILogger` of 11, which tells about itself first:
/// `[getAPILanguage, getInterfaceInfo, ~complete, ~deleting, log]`.
static V11: Table<5> = Table::new([
    cpp_language as *const (),
    interface_info as *const (),
    nothing_to_destroy as *const (),
    nothing_to_destroy as *const (),
    log as *const (),
]);

/// A C++ object whose only content is the pointer to its table.
#[repr(transparent)]
struct CppLogger(*const *const ());

// SAFETY: it points to a static table that nobody writes to.
unsafe impl Sync for CppLogger {}

static LOGGER_V8_V10: CppLogger = CppLogger(V8_V10.slots());
static LOGGER_V11: CppLogger = CppLogger(V11.slots());

/// The logger for libraries of a layout; it lives as long as the process.
pub(crate) fn logger(layout: Layout) -> *mut c_void {
    let logger: *const CppLogger = match layout {
        Layout::V8 | Layout::V10 => &raw const LOGGER_V8_V10,
        Layout::V11 => &raw const LOGGER_V11,
    };
    logger.cast_mut().cast()
}

/// Empties the list: called before an operation whose words are wanted.
pub(crate) fn clear() {
    messages().clear();
}

/// What was said since, errors alone where there are any, as one line.
pub(crate) fn words() -> String {
    let messages = messages();
    let any_error = messages.iter().any(|(severity, _)| *severity < WARNING);
    let wanted = messages.iter().filter(|(severity, _)| !any_error || *severity < WARNING);
    let mut words: Vec<&str> = wanted.map(|(_, text)| text.as_str()).collect();
    words.dedup();
    words.join("; ")
}

fn messages() -> MutexGuard<'static, VecDeque<(i32, String)>> {
    // A list of lines is whole at any time.
    MESSAGES.lock().unwrap_or_else(PoisonError::into_inner)
}

extern "C" fn log(_this: *mut c_void, severity: i32, text: *const c_char) {
    if severity > WARNING || text.is_null() {
        return;
    }
    // A panic must not cross into C++; a lost message is the smaller harm.
    drop(catch_unwind(|| {
        // SAFETY: TensorRT passes a string that ends in a null and lives during this call; null was
        // excluded above.
        let text = unsafe { CStr::from_ptr(text) };
        let bytes = text.to_bytes();
        let kept = &bytes[..bytes.len().min(MESSAGE_BYTES_MAX)];
        let text = String::from_utf8_lossy(kept).trim().replace(['\n', '\r'], " ");
        let mut messages = messages();
        if messages.len() == MESSAGES_MAX {
            messages.pop_front();
        }
        messages.push_back((severity, text));
    }));
}

extern "C" fn interface_info(_this: *mut c_void) -> InterfaceInfo {
    InterfaceInfo { kind: c"ILogger".as_ptr(), major: 1, minor: 0 }
}

#[cfg(test)]
mod tests {
    use std::ffi::CString;

    use super::*;

    #[test]
    fn errors_are_kept_short_and_what_is_said_beside_them_is_not_told() {
        clear();
        let say = |severity, text: &CStr| log(std::ptr::null_mut(), severity, text.as_ptr());
        log(std::ptr::null_mut(), 1, std::ptr::null());
        say(3, c"built in 3 s");
        assert_eq!(words(), "");
        say(2, c"a warning");
        assert_eq!(words(), "a warning");
        say(1, c" first\nline ");
        say(1, c" first\nline ");
        say(0, c"\xff");
        assert_eq!(words(), "first line; \u{fffd}");
        let long = CString::new(vec![b'x'; 5000]).unwrap();
        (0..100).for_each(|_| say(1, &long));
        assert_eq!(words().len(), MESSAGE_BYTES_MAX);
        clear();
        assert_eq!(words(), "");
    }
}
