//! Random bytes from the operating system.

use crate::domain::fault::Fault;

/// `N` random bytes.
///
/// # Errors
/// When the operating system has none to give.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        Fault::Internal
    })?;
    Ok(bytes)
}
