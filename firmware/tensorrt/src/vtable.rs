//! C++ objects by their virtual tables, as the Itanium ABI lays them out on Linux: the first word
//! of an object points to its table, and a method is a function that takes the object first.
//!
//! NVIDIA offers no C interface beyond a few factory functions. Every public object is
//! `{ table, implementation }`, calls go to the implementation's table, and the object is deleted
//! by its own table's deleting destructor. Which method lies in which slot is `slots.rs`.

use std::ffi::{c_char, c_void};
use std::mem::transmute_copy;
use std::ptr::NonNull;

use crate::slots::{DELETE, Slot};

/// Below this no object can lie. Some libraries answer a missing GPU with an offset into a null
/// pointer (0x228 was seen) instead of null.
const OBJECT_ADDRESS_MIN: usize = 4096;

/// What an object's memory begins with.
#[repr(C)]
pub(crate) struct Raw {
    table: *const *const (),
    implementation: *mut Raw,
}

/// A public object that we own.
pub(crate) struct Object {
    raw: NonNull<Raw>,
    delete: Slot,
}

// SAFETY: TensorRT's objects are not tied to the thread that made them; they must not be used by
// two at once, which `&self` on a type that is not `Sync` excludes.
unsafe impl Send for Object {}

impl Object {
    /// Takes what a factory gave; `None` for null and for addresses where no object can lie.
    ///
    /// # Safety
    /// A pointer to a usable address must be an object of TensorRT's that nobody else owns and
    /// whose deleting destructor lies in the slot named.
    pub(crate) unsafe fn own(raw: *mut c_void, delete: Slot) -> Option<Self> {
        checked(raw).map(|raw| Self { raw, delete })
    }

    /// As [`Object::own`] for all objects but a parser.
    ///
    /// # Safety
    /// As [`Object::own`].
    pub(crate) unsafe fn own_usual(raw: *mut c_void) -> Option<Self> {
        // SAFETY: the caller vouches for the same.
        unsafe { Self::own(raw, DELETE) }
    }

    /// The object itself, to be passed as an argument.
    pub(crate) const fn pointer(&self) -> *mut c_void {
        self.raw.as_ptr().cast()
    }

    /// The object itself, to be called: a parser.
    pub(crate) const fn itself(&self) -> This {
        This(self.raw)
    }

    /// The implementation behind a public object, to be called; `None` if there is none.
    pub(crate) fn implementation(&self) -> Option<This> {
        // SAFETY: `own` was given an object, which begins with these two words.
        let implementation = unsafe { (*self.raw.as_ptr()).implementation };
        checked(implementation.cast()).map(This)
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        // SAFETY: the object is ours alone and its deleting destructor is in this slot (`own`); it
        // takes nothing but the object, which is not used afterwards.
        unsafe { call0::<()>(self.itself(), self.delete) };
    }
}

/// What a method is called on. Borrowed: as good as the object that it came from.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct This(NonNull<Raw>);

impl This {
    /// The implementation of an object that TensorRT keeps and only lends (a timing cache).
    ///
    /// # Safety
    /// A pointer to a usable address must be a live public object of TensorRT's.
    pub(crate) unsafe fn implementation_of(raw: *const c_void) -> Option<Self> {
        let raw = checked(raw.cast_mut())?;
        // SAFETY: the caller vouches for an object, which begins with these two words.
        let implementation = unsafe { (*raw.as_ptr()).implementation };
        checked(implementation.cast()).map(This)
    }

    /// An object that TensorRT keeps and that is called itself (a parser's error).
    ///
    /// # Safety
    /// A pointer to a usable address must be a live object of TensorRT's.
    pub(crate) unsafe fn borrowed(raw: *const c_void) -> Option<Self> {
        checked(raw.cast_mut()).map(Self)
    }
}

/// A pointer at which an object can lie.
pub(crate) fn checked(raw: *mut c_void) -> Option<NonNull<Raw>> {
    let raw = raw.cast::<Raw>();
    (raw.addr() >= OBJECT_ADDRESS_MIN && raw.is_aligned()).then(|| NonNull::new(raw)).flatten()
}

/// The function in a slot, as the function type named.
///
/// # Safety
/// `this` is a live object whose table has at least `slot + 1` entries, and the entry is a function
/// of type `F`.
unsafe fn method<F: Copy>(this: This, slot: Slot) -> F {
    const { assert!(size_of::<F>() == size_of::<*const ()>()) };
    // SAFETY: the object begins with the pointer to its table.
    let table = unsafe { (*this.0.as_ptr()).table };
    // SAFETY: the caller vouches for the slot being inside the table.
    let entry = unsafe { table.add(slot) };
    // SAFETY: as above; tables are never written to after the library is loaded.
    let function = unsafe { entry.read() };
    // SAFETY: both are one pointer wide (asserted), and the caller vouches for the type.
    unsafe { transmute_copy(&function) }
}

/// Calls a method without arguments.
///
/// # Safety
/// `this` is a live object, and the method in `slot` has this type.
pub(crate) unsafe fn call0<R>(this: This, slot: Slot) -> R {
    // SAFETY: the caller vouches for the slot and the type.
    let method = unsafe { method::<unsafe extern "C" fn(This) -> R>(this, slot) };
    // SAFETY: the caller vouches for what the method asks for.
    unsafe { method(this) }
}

/// Calls a method with one argument.
///
/// # Safety
/// As [`call0`], and the argument is what the method asks for.
pub(crate) unsafe fn call1<A, R>(this: This, slot: Slot, a: A) -> R {
    // SAFETY: the caller vouches for the slot and the type.
    let method = unsafe { method::<unsafe extern "C" fn(This, A) -> R>(this, slot) };
    // SAFETY: the caller vouches for what the method asks for.
    unsafe { method(this, a) }
}

/// Calls a method with two arguments.
///
/// # Safety
/// As [`call1`].
pub(crate) unsafe fn call2<A, B, R>(this: This, slot: Slot, a: A, b: B) -> R {
    // SAFETY: the caller vouches for the slot and the type.
    let method = unsafe { method::<unsafe extern "C" fn(This, A, B) -> R>(this, slot) };
    // SAFETY: the caller vouches for what the method asks for.
    unsafe { method(this, a, b) }
}

/// Calls a method with three arguments.
///
/// # Safety
/// As [`call1`].
pub(crate) unsafe fn call3<A, B, C, R>(this: This, slot: Slot, a: A, b: B, c: C) -> R {
    // SAFETY: the caller vouches for the slot and the type.
    let method = unsafe { method::<unsafe extern "C" fn(This, A, B, C) -> R>(this, slot) };
    // SAFETY: the caller vouches for what the method asks for.
    unsafe { method(this, a, b, c) }
}

/// A virtual table of our own, for objects that TensorRT calls. The two words before the slots are
/// the offset to the object's top and its type information; we have neither.
#[repr(C)]
pub(crate) struct Table<const N: usize> {
    offset_to_top: usize,
    type_information: *const (),
    slots: [*const (); N],
}

// SAFETY: holds addresses of functions and is never written to.
unsafe impl<const N: usize> Sync for Table<N> {}

impl<const N: usize> Table<N> {
    /// A table with these functions.
    pub(crate) const fn new(slots: [*const (); N]) -> Self {
        Self { offset_to_top: 0, type_information: std::ptr::null(), slots }
    }

    /// What an object's first word points to.
    pub(crate) const fn slots(&'static self) -> *const *const () {
        // Derived from the whole table: C++ may look at the two words before the slots.
        let table: *const Self = self;
        table.cast::<*const ()>().wrapping_add(2)
    }
}

/// What `getInterfaceInfo` gives.
#[repr(C)]
pub(crate) struct InterfaceInfo {
    pub(crate) kind: *const c_char,
    pub(crate) major: i32,
    pub(crate) minor: i32,
}

/// `getAPILanguage`: `kCPP`, because that is how the object behaves.
pub(crate) extern "C" fn cpp_language(_this: *mut c_void) -> i32 {
    0
}

/// Destructor of objects that Rust owns.
pub(crate) extern "C" fn nothing_to_destroy(_this: *mut c_void) {}
