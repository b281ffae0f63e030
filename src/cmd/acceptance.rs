//! `fieldray acceptance`: phantom films through the real box; prints a signed sheet.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::clock::SystemClock;
use crate::app::config::Config;
use crate::app::{App, Parts, SignedSheet, verify_sheet};
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
    /// Check a sheet instead: the one file that the page gives, or a sheet alone with its signature beside
    /// it, with the ending .minisig.
    #[arg(long, value_name = "SHEET")]
    verify: Option<PathBuf>,
    /// The public key of the box that made the sheet. Without it the key in the one file counts, which
    /// says that nothing was changed, but not which box it was.
    #[arg(long)]
    key: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if let Some(sheet) = &arguments.verify {
        return check(sheet, arguments.key.as_deref());
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

fn check(sheet: &Path, key: Option<&Path>) -> Result<ExitCode, CommandError> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(CommandError::io(format!("read {}", path.display())))
    };
    let file = read(sheet)?;
    let given = key.map(read).transpose()?;
    let by = if given.is_some() { "" } else { " by the key in the file itself" };
    let (text, signature, key) = match (SignedSheet::of_one_file(&file), given) {
        (Some(whole), given) => (whole.text, whole.signature, given.unwrap_or(whole.key)),
        (None, Some(key)) => {
            let mut beside = sheet.as_os_str().to_owned();
            beside.push(".minisig");
            (file, read(Path::new(&beside))?, key)
        }
        (None, None) => {
            let text = "this is a sheet alone: --key has to name the public key of its box";
            return Err(CommandError::Usage(text.to_owned()));
        }
    };
    match verify_sheet(&text, &signature, &key) {
        Ok(passed) => {
            let outcome = if passed { "the box passed" } else { "the box did NOT pass" };
            say(&format!("genuine{by}; {outcome}"))?;
            Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(error) => {
            complain(&format!("{error}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
