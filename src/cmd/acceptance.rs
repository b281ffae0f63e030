//! `fieldray acceptance`: phantom films through the real box; prints a signed sheet.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::clock::SystemClock;
use crate::app::config::Config;
use crate::app::{App, Parts, verify_sheet};
use crate::cmd::{CommandError, board, complain, say, serve};
use crate::domain::stamp::Clock as _;
use crate::infer::GpuUser;
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
    let mut config = Config::read_or_default(arguments.config.as_deref())?;
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
    let parts = serve::parts(&config, &board, store?, (backend, GpuUser::Command));
    let (limits, link_base, doorstep) = (config.limits(), config.link_base, config.doorstep);
    let app = App::new(Parts { limits, link_base, doorstep, ..parts })?;
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
