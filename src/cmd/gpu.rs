//! TensorRT beside tract: how a command brings it in, and its probe, which is this program once more as
//! a child process.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use crate::app::config::Config;
use crate::cmd::{CommandError, complain};
use crate::domain::acceleration::Acceleration;
use crate::domain::reading::Backend;
use crate::infer::{
    BackendChoice, GpuPrecision, GpuSettings, InferError, MEMORY_CEILING, Networks, probe_gpu,
};
use crate::packs::Library;

/// Name of the hidden subcommand.
const PROBE: &str = "tensorrt-probe";

/// What the parent tells the child.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(long)]
    state: Option<PathBuf>,
    #[arg(long)]
    engines: PathBuf,
    #[arg(long, value_parser = precision)]
    precision: GpuPrecision,
    #[arg(long)]
    workspace_mib: u32,
    #[arg(long)]
    memory_bytes: u64,
    #[arg(long)]
    build: bool,
    /// Ends when stdin does: with the program that started it.
    #[arg(long)]
    leash: bool,
}

fn precision(text: &str) -> Result<GpuPrecision, String> {
    GpuPrecision::parse(text).ok_or_else(|| "fp32 or fp16".to_owned())
}

/// The child: see [`probe_gpu`]. What it finds is on stdout, for the parent.
pub(super) fn probe(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if arguments.leash {
        let thread = std::thread::Builder::new().name("leash".to_owned());
        let thread = thread.spawn(|| {
            let _ended = io::copy(&mut io::stdin(), &mut io::sink());
            // At once: what NVIDIA's libraries do at an orderly end may hang with them.
            std::process::abort();
        });
        thread.map_err(CommandError::io("start a thread"))?;
    }
    let settings = GpuSettings {
        engines: arguments.engines.clone(),
        precision: arguments.precision,
        workspace_mib: arguments.workspace_mib,
        patience: Duration::MAX,
        build: arguments.build,
    };
    let networks = || match &arguments.state {
        None => Networks::embedded().map_err(|error| error.to_string()),
        Some(state) => Library::open(state)
            .and_then(|library| library.load(arguments.memory_bytes))
            .map(|(networks, _)| networks)
            .map_err(|error| error.to_string()),
    };
    probe_gpu(&settings, networks, &mut io::stdout()).map_err(CommandError::io("answer"))?;
    Ok(ExitCode::SUCCESS)
}

/// How the child is started; it takes [`Arguments`].
fn child(
    state: Option<&Path>,
    settings: &GpuSettings,
    memory_bytes: u64,
) -> Result<Command, CommandError> {
    let program = std::env::current_exe().map_err(CommandError::io("find this program"))?;
    let mut command = Command::new(program);
    command.args([PROBE, "--leash", "--engines"]);
    command.arg(&settings.engines);
    command.args(["--precision", settings.precision.code()]);
    command.args(["--workspace-mib", &settings.workspace_mib.to_string()]);
    command.args(["--memory-bytes", &memory_bytes.to_string()]);
    if let Some(state) = state {
        command.arg("--state").arg(state);
    }
    if settings.build {
        command.arg("--build");
    }
    Ok(command)
}

/// For commands that end: `auto` takes engines that are there and waits for nothing; `tensorrt` builds
/// them, and refuses when they cannot serve.
pub(super) fn bring_in(
    networks: &Networks,
    choice: BackendChoice,
    state: Option<&Path>,
) -> Result<(), CommandError> {
    if choice == BackendChoice::Tract {
        return Ok(());
    }
    let demanded = choice == BackendChoice::TensorRt;
    let Some(engines) = state.map_or_else(user_engines, |state| Some(state.join("engines"))) else {
        let text = "there is no place for engines: give --state, or set HOME";
        networks.refuse_acceleration(text.to_owned());
        return if demanded { Err(CommandError::Usage(text.to_owned())) } else { Ok(()) };
    };
    let settings = GpuSettings { build: demanded, ..GpuSettings::in_folder(engines) };
    let command = child(state, &settings, MEMORY_CEILING)?;
    let mut tell = |stage: &str| {
        if demanded {
            complain(&format!("TensorRT: {stage}"));
        }
    };
    let found = networks.accelerate(&settings, command, &mut tell);
    if demanded { serving(&found) } else { Ok(()) }
}

/// An error that says why TensorRT does not serve.
pub(super) fn serving(found: &Acceleration) -> Result<(), CommandError> {
    if matches!(found, Acceleration::Serving { .. }) {
        return Ok(());
    }
    let reason = found.detail().unwrap_or("it was not asked for").to_owned();
    Err(InferError::BackendUnavailable { backend: Backend::TensorRt, reason }.into())
}

/// Engines of commands without a state folder: a folder of this user, since an engine is as good as
/// a program.
fn user_engines() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let cache = folder("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(folder("HOME")?).join(".cache")))?;
    Some(cache.join("fieldray/engines"))
}

/// For the appliance with `tensorrt`: before it serves, or not at all.
pub(super) fn bring_in_first(
    networks: &Networks,
    config: &Config,
    memory_bytes: u64,
) -> Result<(), CommandError> {
    let settings = config.gpu();
    let command = child(Some(&config.state_dir), &settings, memory_bytes)?;
    let mut tell = |stage: &str| tracing::info!(stage, "TensorRT is being prepared");
    serving(&networks.accelerate(&settings, command, &mut tell))
}

/// For the appliance with `auto`: on a thread beside, while tract serves.
pub(super) fn bring_in_beside(
    networks: &Arc<Networks>,
    config: &Config,
    memory_bytes: u64,
) -> Result<(), CommandError> {
    let settings = config.gpu();
    let command = child(Some(&config.state_dir), &settings, memory_bytes)?;
    let networks = Arc::clone(networks);
    let thread = std::thread::Builder::new().name("tensorrt".to_owned());
    let thread = thread.spawn(move || {
        let mut tell = |stage: &str| tracing::debug!(stage, "TensorRT is being prepared");
        networks.accelerate(&settings, command, &mut tell);
    });
    thread.map(drop).map_err(CommandError::io("start the thread of TensorRT"))
}
