//! `fieldray slots`: the two places for the program on a box.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::config::Config;
use crate::cmd::{CommandError, board, complain, say};
use crate::domain::update::ReleaseVersion;
use crate::release;
use crate::update::{self, Layout};

/// Where the box is.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// Settings file of the box.
    #[arg(long, global = true)]
    pub(super) config: Option<PathBuf>,
    /// State folder of the box, over the settings.
    #[arg(long, global = true)]
    pub(super) state: Option<PathBuf>,
    /// Where the slots are, over the settings.
    #[arg(long, global = true)]
    pub(super) root: Option<PathBuf>,
}

impl Place {
    pub(super) fn settings(&self) -> Result<Config, CommandError> {
        let mut config = Config::read_or_default(self.config.as_deref())?;
        if let Some(state) = &self.state {
            config.state_dir.clone_from(state);
        }
        if let Some(root) = &self.root {
            config.updates.slots_dir.clone_from(root);
        }
        Ok(config)
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make the slots, with a program in the first.
    Init {
        /// The program; without it, this one.
        #[arg(long)]
        program: Option<PathBuf>,
    },
    /// Before each start: finish what was begun, count tries, go back where they are used up.
    Boot,
    /// While the appliance runs: settle a program that has confirmed itself, or destroy the copies of
    /// the database on a box that was wiped.
    Settle,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    let config = arguments.place.settings()?;
    let root = &config.updates.slots_dir;
    match &arguments.action {
        Action::Init { program } => {
            let own = || std::env::current_exe().map_err(CommandError::io("find this program"));
            let program = program.clone().map_or_else(own, Ok)?;
            let version = own_version()?;
            Layout::init(root, &program, version)?;
            say(&format!("{} is ready", root.display()))?;
        }
        Action::Boot => {
            let layout = Layout::open_or_adopt(root)?;
            let booted = update::boot(&layout, &config.state_dir)?;
            if let Some(version) = booted.went_back_from {
                complain(&format!("version {version} did not start here; the box went back"));
            }
            if booted.is_stuck {
                complain("the program starts again and again, and there is nothing to go back to");
                board::call_for_help();
            }
            let (slot, version) = (booted.slot.code(), booted.version);
            say(&match booted.on_trial {
                Some(number) => format!("slot {slot}, version {version}, on trial, try {number}"),
                None => format!("slot {slot}, version {version}"),
            })?;
        }
        Action::Settle => {
            let record = update::settle_now(&Layout::open(root)?, &config.state_dir)?;
            say(&format!("slot {}, version {}", record.settled.code(), record.version))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn own_version() -> Result<ReleaseVersion, CommandError> {
    ReleaseVersion::parse(release::version())
        .ok_or_else(|| CommandError::Usage("this program has no release version".to_owned()))
}
