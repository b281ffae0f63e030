//! `fieldray check`: verifies the state directory, and with the settings the ways to reach people, the PACS and the FHIR server.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::alerts::{self, WayState};
use crate::app::clock::SystemClock;
use crate::app::config::Config;
use crate::app::fhir::check_fhir;
use crate::app::pacs::check_pacs;
use crate::cmd::{CommandError, say};
use crate::domain::stamp::Clock as _;
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The state directory.
    #[arg(long, default_value = "state")]
    state: PathBuf,
    /// Compute the digest of every file too.
    #[arg(long)]
    deep: bool,
    /// Settings file (TOML): try the ways to reach people, the PACS and the FHIR server too, and say whom the ways do not reach.
    /// Nothing is sent to anybody.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if !arguments.state.join("fieldray.db").is_file() {
        let state = arguments.state.display();
        return Err(CommandError::Usage(format!("{state} is no Fieldray state directory")));
    }
    let store = Store::open(&arguments.state, SystemClock.now())?;
    let report = store.check(arguments.deep)?;
    for problem in &report.problems {
        say(&format!("problem: {problem}"))?;
    }
    let (studies, files) = (report.studies, report.files);
    let count = report.problems.len();
    say(&format!("{studies} studies and {files} files checked, {count} problems"))?;
    let broken = match &arguments.config {
        None => 0,
        Some(config) => check_ways(config, &arguments.state, &store)?,
    };
    Ok(if count + broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tries the ways to people, to the PACS and to the FHIR server; gives how many need somebody. One that could not be tried for
/// want of a connection is said, and is no fault.
fn check_ways(config: &Path, state: &Path, store: &Store) -> Result<usize, CommandError> {
    let mut config = Config::read(config)?;
    state.clone_into(&mut config.state_dir);
    let config = config.with_chosen();
    let mut broken = 0;
    let pacs = config.pacs.as_ref().map(check_pacs).transpose()?;
    let fhir = config.fhir.as_ref().map(check_fhir).transpose()?;
    let ways = alerts::check_ways(&config.channels, store)?;
    for way in ways.into_iter().chain(pacs).chain(fhir) {
        let mark = match way.state {
            WayState::Good => "",
            WayState::Untried => "not tried: ",
            WayState::Broken => "problem: ",
        };
        broken += usize::from(way.state == WayState::Broken);
        let next = way.next.map(|next| format!(". {next}")).unwrap_or_default();
        say(&format!("{mark}{}{next}", way.what))?;
    }
    Ok(broken)
}
