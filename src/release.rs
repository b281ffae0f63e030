//! Which release this program is: version and target.
//!
//! In a debug build the environment can make it another version (`FIELDRAY_PRETEND_VERSION`) or give it
//! one more step of the database (`FIELDRAY_PRETEND_STEP`, SQL), so that updates are tested with one program.

/// The version from `Cargo.toml`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Version of this program.
#[cfg(not(debug_assertions))]
#[must_use]
pub fn version() -> &'static str {
    VERSION
}

/// Version of this program.
#[cfg(debug_assertions)]
#[must_use]
pub fn version() -> &'static str {
    use std::sync::OnceLock;
    static PRETENDED: OnceLock<Option<String>> = OnceLock::new();
    let pretended = PRETENDED.get_or_init(|| std::env::var("FIELDRAY_PRETEND_VERSION").ok());
    pretended.as_deref().unwrap_or(VERSION)
}

/// One more step of the database than the program has.
#[cfg(not(debug_assertions))]
#[must_use]
pub fn pretended_step() -> Option<String> {
    None
}

/// One more step of the database than the program has.
#[cfg(debug_assertions)]
#[must_use]
pub fn pretended_step() -> Option<String> {
    std::env::var("FIELDRAY_PRETEND_STEP").ok()
}

/// The target triple for which it was built.
#[must_use]
pub const fn target() -> &'static str {
    env!("FIELDRAY_TARGET")
}
