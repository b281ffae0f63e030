//! `fieldray update`: look at a bundle, install it, go back.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::clock::{Stopwatch, SystemClock};
use crate::app::config::Config;
use crate::cmd::aside;
use crate::cmd::slots::{Place, own_version};
use crate::cmd::{CommandError, say};
use crate::domain::stamp::Clock as _;
use crate::domain::update::{Phase, Standing};
use crate::release;
use crate::store::{self, Store};
use crate::update::{self, Install, Layout, Notes, Status, TrialReport};

/// Time that a new program has to prove itself on the copy, seconds: a slow board loads networks in 20.
const TRIAL_SECONDS: u64 = 300;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Read a bundle, compare signature and digests, and say whether this box takes it.
    Inspect {
        /// The bundle.
        file: PathBuf,
    },
    /// Put a bundle into the other slot after a trial on a copy; the next start tries it.
    Install {
        /// The bundle.
        file: PathBuf,
        /// Time for the new program's trial, seconds.
        #[arg(long, default_value_t = TRIAL_SECONDS)]
        trial_seconds: u64,
    },
    /// Install what an administrator has agreed to on the page about the box.
    Run {
        /// Time for the new program's trial, seconds.
        #[arg(long, default_value_t = TRIAL_SECONDS)]
        trial_seconds: u64,
    },
    /// Which programs this box has, and where it stands.
    Status,
    /// Go back to the program before; the next start tries it.
    Rollback,
    /// For installers: what this program is, as JSON.
    Describe,
    /// For installers: try a copy of a state directory and read a phantom.
    Trial,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if matches!(arguments.action, Action::Describe) {
        return describe();
    }
    let config = arguments.place.settings()?;
    match &arguments.action {
        Action::Inspect { file } => inspect(&config, file),
        Action::Install { file, trial_seconds } => {
            let layout = Layout::open(&config.updates.slots_dir)?;
            let on = place(&layout, &config, &arguments.place, *trial_seconds);
            let bundle = update::install(&on, file, None)?;
            let version = bundle.version;
            say(&format!("version {version} is installed; the next start tries it"))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Run { trial_seconds } => run_request(&config, &arguments.place, *trial_seconds),
        Action::Status => status(&config),
        Action::Rollback => {
            let layout = Layout::open(&config.updates.slots_dir)?;
            let version = update::roll_back(&place(&layout, &config, &arguments.place, 0))?;
            say(&format!("the next start goes back to version {version}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Describe => describe(),
        Action::Trial => trial(&config),
    }
}

fn place<'a>(
    layout: &'a Layout,
    config: &'a Config,
    place: &'a Place,
    trial_seconds: u64,
) -> Install<'a> {
    Install {
        layout,
        state_dir: &config.state_dir,
        config: place.config.as_deref(),
        trial_seconds,
        free_bytes: |folder| store::disk_free_bytes(folder).ok(),
    }
}

fn inspect(config: &Config, file: &Path) -> Result<ExitCode, CommandError> {
    // A computer without slots may look at a bundle too, with the project's key.
    let layout = Layout::open(&config.updates.slots_dir).ok();
    let keys = match &layout {
        Some(layout) => layout.keys()?,
        None => crate::infer::TrustedKeys::project().map_err(update::UpdateError::Key)?,
    };
    let from = File::open(file).map_err(CommandError::io(format!("read {}", file.display())))?;
    let bundle = update::open(from, &keys)?.verify()?;
    say(&format!("version {} for {}", bundle.version, bundle.target))?;
    say(&format!("database {}, from {} to {}", bundle.schema, bundle.from_min, bundle.from_max))?;
    for part in bundle.parts.list() {
        say(&format!("{:>12} bytes  {}  {}", part.size_bytes, part.sha256, part.name))?;
    }
    let facts = crate::domain::update::BoxFacts {
        version: own_version()?,
        target: release::target().to_owned(),
        schema: store::known_schema(),
        failed: None,
    };
    match bundle.fits(&facts) {
        Ok(()) => {
            say("signature and digests hold; this program takes it")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(why) => {
            say(&format!("signature and digests hold; this program does not take it: {why}"))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn run_request(config: &Config, at: &Place, trial_seconds: u64) -> Result<ExitCode, CommandError> {
    let notes = Notes::of(&config.state_dir);
    let Some(request) = notes.request()? else {
        notes.answered()?;
        say("nobody has asked for an update")?;
        return Ok(ExitCode::SUCCESS);
    };
    let layout = match Layout::open_or_adopt(&config.updates.slots_dir) {
        Ok(layout) => layout,
        Err(error) => {
            // Answered, or it would be taken up again and again.
            notes.answered()?;
            let reason = Some(error.code().to_owned());
            notes.tell(&Status { version: None, phase: Phase::Refused, percent: 0, reason });
            return Err(error.into());
        }
    };
    let on = place(&layout, config, at, trial_seconds);
    let done = update::install(&on, &request.file, Some(request.digest));
    notes.answered()?;
    let version = done?.version;
    say(&format!("version {version} is installed; the next start tries it"))?;
    Ok(ExitCode::SUCCESS)
}

fn status(config: &Config) -> Result<ExitCode, CommandError> {
    let record = Layout::open(&config.updates.slots_dir)?.record()?;
    say(&format!("slot {}, version {}, known to start", record.settled.code(), record.version))?;
    match record.standing {
        Standing::Settled => {}
        Standing::OnTrial { change, tries } => say(&format!(
            "slot {}, version {}, on trial, {tries} starts so far",
            change.to.code(),
            change.version
        ))?,
        Standing::GoingBack { change } => {
            say(&format!("going back from version {}", change.version))?;
        }
    }
    if let Some(version) = record.failed {
        say(&format!("version {version} did not start here"))?;
    }
    if let Some(status) = Notes::of(&config.state_dir).status() {
        let reason = status.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        say(&format!("last update: {} {} %{reason}", status.phase.code(), status.percent))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn describe() -> Result<ExitCode, CommandError> {
    let (version, target) = (release::version(), release::target());
    let schema = store::known_schema();
    say(&serde_json::json!({ "version": version, "target": target, "schema": schema }).to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Upgrades the copy, checks it, and takes a phantom from registration to draft on it.
fn trial(config: &Config) -> Result<ExitCode, CommandError> {
    let now = SystemClock.now();
    let database = config.state_dir.join("fieldray.db");
    let opened = Store::open(&config.state_dir, now)?;
    store::sound(&database)?;
    let rows = store::row_counts(&database)?;
    let watch = Stopwatch::start();
    let app = aside::app(config, opened)?;
    app.read_phantom_through_store().map_err(CommandError::Usage)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds")]
    let phantom_ms = watch.ms() as u64;
    let report = TrialReport {
        version: release::version().to_owned(),
        target: release::target().to_owned(),
        schema: store::known_schema(),
        rows,
        phantom_ms,
    };
    let text = serde_json::to_string(&report);
    say(&text.map_err(|error| CommandError::Usage(error.to_string()))?)?;
    Ok(ExitCode::SUCCESS)
}
