//! The application beside the appliance: for commands that need what it does, without pages, without
//! messages to anybody, and on a state directory that nobody else uses.

use crate::app::config::Config;
use crate::app::{App, Parts};
use crate::cmd::{CommandError, board, serve};
use crate::infer::{BackendChoice, GpuUser};
use crate::store::Store;

/// Puts it together on an open state directory.
pub(super) fn app(config: &Config, store: Store) -> Result<App, CommandError> {
    let board = board::chosen(&config.board)?;
    // On the CPU: a GPU is brought in where people wait for readings.
    let parts = serve::parts(config, &board, store, (BackendChoice::Tract, GpuUser::Command));
    // Only what is asked for happens: no comparison of networks, no decision about any.
    Ok(App::new(Parts { on_trial: true, ..parts })?)
}
