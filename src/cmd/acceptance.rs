//! `fieldray acceptance`: phantom films through the real box; prints a signed sheet.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::clock::SystemClock;
use crate::app::config::Config;
use crate::app::{App, Parts, verify_sheet};
use crate::cmd::serve::load;
use crate::cmd::{CommandError, board, complain, say};
use crate::domain::limits::Limits;
use crate::domain::stamp::Clock as _;
use crate::store::{Store, StoreError};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Settings file of the box.
    #[arg(long)]
    config: Option<PathBuf>,
    /// State folder of the box, over the settings.
    #[arg(long)]
    state: Option<PathBuf>,
    /// Check a sheet instead; its signature lies beside it, with the ending .minisig.
    #[arg(long, value_name = "SHEET", requires = "key")]
    verify: Option<PathBuf>,
    /// The public key of the box that made the sheet.
    #[arg(long)]
    key: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if let (Some(sheet), Some(key)) = (&arguments.verify, &arguments.key) {
        return check(sheet, key);
    }
    let mut config = arguments.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    if let Some(state) = &arguments.state {
        config.state_dir.clone_from(state);
    }
    let board = board::chosen(&config.board)?;
    let store = Store::open(&config.state_dir, SystemClock.now());
    if matches!(store, Err(StoreError::InUse { .. })) {
        let text =
            "the box is running: start the test on the page /system/acceptance, or stop it first";
        return Err(CommandError::Usage(text.to_owned()));
    }
    let backend = config.backend_on(board.profile.backend);
    let memory = config.model_memory_bytes(board.networks_mib());
    let (networks, models_passed_over) = load(&config, backend, memory);
    let support = config.support();
    let models = config.models(board.networks_mib());
    let app = App::new(Parts {
        store: store?,
        clock: Arc::new(SystemClock),
        limits: Limits {
            disk_free_bytes_min: u64::from(config.disk_free_mib_min) * 1024 * 1024,
            ..Limits::default()
        },
        utc_offset_minutes: config.utc_offset_minutes,
        networks,
        models,
        models_passed_over,
        pages: config.pages,
        reports: config.reports,
        channels: config.channels,
        link_base: config.link_base,
        kernel: board::kernel(),
        board: board.profile.name,
        doorstep: config.doorstep,
        trust: None,
        runtime_dir: None,
        setup_code: None,
        portal: None,
        updates: config.updates,
        support,
        on_trial: false,
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(CommandError::io("start the threads"))?;
    complain("Reading phantom films; this takes up to a few minutes …");
    let sheet = runtime.block_on(app.accept_box())?;
    say(&sheet.text)?;
    say(&sheet.signature)?;
    Ok(if sheet.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(sheet: &Path, key: &Path) -> Result<ExitCode, CommandError> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(CommandError::io(format!("read {}", path.display())))
    };
    let mut signature = sheet.as_os_str().to_owned();
    signature.push(".minisig");
    let signature = read(Path::new(&signature))?;
    match verify_sheet(&read(sheet)?, &signature, &read(key)?) {
        Ok(passed) => {
            say(if passed { "genuine; the box passed" } else { "genuine; the box did NOT pass" })?;
            Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(error) => {
            complain(&format!("{error}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
