//! Parses arguments, dispatches, sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    fieldray::cmd::main()
}
