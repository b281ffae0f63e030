//! `fieldray check`: verifies the state directory.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::clock::SystemClock;
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
    Ok(if count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
