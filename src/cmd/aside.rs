//! The application beside the appliance: for commands that need what it does, without pages, without
//! messages to anybody, and on a state directory that nobody else uses.

use std::sync::Arc;

use crate::app::clock::SystemClock;
use crate::app::config::Config;
use crate::app::{App, Doorstep, Parts};
use crate::cmd::{CommandError, board, serve};
use crate::domain::limits::Limits;
use crate::infer::BackendChoice;
use crate::store::Store;

/// Puts it together on an open state directory.
pub(super) fn app(config: Config, store: Store) -> Result<App, CommandError> {
    let board = board::chosen(&config.board)?;
    // On the CPU: a GPU is brought in where people wait for readings.
    let memory = config.model_memory_bytes(board.networks_mib());
    let (networks, models_passed_over) = serve::load(&config, BackendChoice::Tract, memory);
    let support = config.support();
    let models = config.models(board.networks_mib());
    Ok(App::new(Parts {
        store,
        clock: Arc::new(SystemClock),
        limits: Limits::default(),
        utc_offset_minutes: config.utc_offset_minutes,
        networks,
        models,
        models_passed_over,
        pages: config.pages,
        reports: config.reports,
        channels: config.channels,
        link_base: None,
        kernel: board::kernel(),
        board: board.profile.name,
        doorstep: Doorstep::Off,
        trust: None,
        runtime_dir: None,
        setup_code: None,
        portal: None,
        updates: config.updates,
        support,
        // Only what is asked for happens: no comparison of networks, no decision about any.
        on_trial: true,
    })?)
}
