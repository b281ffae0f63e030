//! Subcommands: one file each. Results go to stdout, progress and logs to stderr.

mod acceptance;
mod analyze;
mod aside;
mod bench;
mod bench_films;
mod bench_networks;
mod bench_patients;
mod board;
mod bundle;
mod check;
mod evaluate;
mod gpu;
mod https;
mod log_lines;
mod models;
mod models_time;
mod portal;
mod rollout;
mod serve;
mod service_manager;
mod slots;
mod stats;
mod support;
mod update;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use clap::{Parser, Subcommand, ValueEnum};

use crate::app::pipeline::Film;
use crate::infer::{BackendChoice, MEMORY_CEILING, Networks};
use crate::packs::{Library, PassedOver};

/// Reads phone photos of chest X-ray films, on the box, without internet. Scores assist; a person
/// decides.
#[derive(Debug, Parser)]
#[command(name = "fieldray", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the appliance.
    Serve(serve::Arguments),
    /// Read photos from the command line, one JSON object a line on stdout.
    Analyze(analyze::Arguments),
    /// Measure the model on labelled radiographs.
    Evaluate(evaluate::Arguments),
    /// Verify the state directory: rows against files, states against events.
    Check(check::Arguments),
    /// The networks of this box: list, check, install, choose, bring your own.
    Models(models::Arguments),
    /// Read phantom films on this box and print a signed sheet.
    Acceptance(acceptance::Arguments),
    /// Time photo to reading, per stage.
    Bench(bench::Arguments),
    /// Which board this is, and how hot it and its storage are.
    Board(board::Arguments),
    /// Tries TensorRT for another process of this program.
    #[command(name = "tensorrt-probe", hide = true)]
    TensorRtProbe(gpu::Arguments),
    /// The portal of a district: takes in what boxes send, and shows how they are.
    Portal(portal::Arguments),
    /// Update this box, and go back.
    Update(update::Arguments),
    /// What support may know about a box.
    Support(support::Arguments),
    /// The two places for the program on this box.
    Slots(slots::Arguments),
    /// Make and sign what boxes are updated with.
    Bundle(bundle::Arguments),
}

/// Which back end to run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum BackendArgument {
    /// The CPU, and an NVIDIA device as soon as it has given the CPU's answers.
    #[default]
    Auto,
    /// The CPU.
    Tract,
    /// An NVIDIA device, or a refusal that says why not.
    Tensorrt,
}

impl From<BackendArgument> for BackendChoice {
    fn from(argument: BackendArgument) -> Self {
        match argument {
            BackendArgument::Auto => Self::Auto,
            BackendArgument::Tract => Self::Tract,
            BackendArgument::Tensorrt => Self::TensorRt,
        }
    }
}

/// What the pictures show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum FilmArgument {
    /// Photos with a film somewhere in them.
    #[default]
    Find,
    /// Cropped, upright radiographs.
    Upright,
}

impl From<FilmArgument> for Film {
    fn from(argument: FilmArgument) -> Self {
        match argument {
            FilmArgument::Find => Self::InPhoto,
            FilmArgument::Upright => Self::Upright,
        }
    }
}

/// Which models a command reads with.
#[derive(Debug, clap::Args)]
struct ModelArguments {
    /// Compute back end.
    #[arg(long, value_enum, default_value_t)]
    backend: BackendArgument,
    /// Read with the model packs in use in this state folder instead of the built-in ones.
    #[arg(long)]
    state: Option<PathBuf>,
}

impl ModelArguments {
    fn load(&self) -> Result<Networks, CommandError> {
        self.load_with(gpu::Tuning::default())
    }

    fn load_with(&self, tuning: gpu::Tuning) -> Result<Networks, CommandError> {
        let networks = self.load_on_tract()?;
        gpu::bring_in(&networks, self.backend.into(), self.state.as_deref(), tuning)?;
        Ok(networks)
    }

    fn load_on_tract(&self) -> Result<Networks, CommandError> {
        let Some(state) = &self.state else { return Ok(Networks::embedded()?) };
        let library = Library::open(state)?;
        let (networks, passed_over) = library.load(MEMORY_CEILING)?;
        match passed_over.first() {
            // Figures of another model than the chosen one would be believed to be its own.
            Some(PassedOver { name, reason, .. }) => {
                Err(CommandError::Usage(format!("the model pack {name} cannot be used: {reason}")))
            }
            None => Ok(networks),
        }
    }
}

/// Why a command ended without doing its work.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("the networks cannot be loaded")]
    Infer(#[from] crate::infer::InferError),
    #[error("the model packs cannot be used")]
    Library(#[from] crate::packs::LibraryError),
    #[error(transparent)]
    Update(#[from] crate::update::UpdateError),
    #[error("the state directory cannot be used")]
    Store(#[from] crate::store::StoreError),
    #[error("the board is not known")]
    Board(#[from] crate::board::ProfileError),
    #[error("the settings cannot be used")]
    Config(#[from] crate::app::config::ConfigError),
    #[error("cannot {operation}")]
    Io { operation: String, source: io::Error },
    #[error("the portal cannot be used")]
    Portal(#[from] crate::portal::OpenError),
    /// A portal cannot be moved.
    #[error("the portal is not moved")]
    MovePortal(#[from] crate::portal::MoveError),
    #[error("the portal cannot serve")]
    Serve(#[from] crate::portal::ServeError),
    #[error("the portal's storage failed")]
    Storage(#[from] crate::portal::StorageError),
    #[error("{0}")]
    Fault(#[from] crate::domain::fault::Fault),
    #[error("{0}")]
    Usage(String),
}

impl CommandError {
    fn io(operation: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let operation = operation.into();
        move |source| Self::Io { operation, source }
    }
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    let done = match arguments.command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Analyze(arguments) => analyze::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Acceptance(arguments) => acceptance::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Board(arguments) => board::run(&arguments),
        Command::TensorRtProbe(arguments) => gpu::probe(&arguments),
        Command::Portal(arguments) => portal::run(arguments),
        Command::Update(arguments) => update::run(&arguments),
        Command::Support(arguments) => support::run(&arguments),
        Command::Slots(arguments) => slots::run(&arguments),
        Command::Bundle(arguments) => bundle::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("fieldray: {}", chain(&error)));
            ExitCode::from(2)
        }
    }
}

/// An error and its sources in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}

fn start_log() {
    use std::io::IsTerminal as _;
    let level = match std::env::var("FIELDRAY_LOG").as_deref() {
        Ok("debug") => tracing::Level::DEBUG,
        Ok("warn") => tracing::Level::WARN,
        Ok("error") => tracing::Level::ERROR,
        _ => tracing::Level::INFO,
    };
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(level)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .finish()
        .with(log_lines::KeepLines)
        .init();
}

/// Writes a line to stdout; a reader that went away is no reason to panic.
fn say(text: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(CommandError::io("write to stdout"))
}

/// Writes a line to stderr, where nobody may be listening.
fn complain(text: &str) {
    let mut err = io::stderr().lock();
    let _unheard = writeln!(err, "{text}");
}

/// Creates a folder and all above it.
fn create_folder(path: &PathBuf) -> Result<(), CommandError> {
    std::fs::create_dir_all(path).map_err(CommandError::io(format!("create {}", path.display())))
}
