//! TensorRT beside tract: how a command brings it in, and its probe, which is this program once more as
//! a child process.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::app::clock::Stopwatch;
use crate::app::config::Config;
use crate::cmd::{CommandError, complain};
use crate::domain::acceleration::Acceleration;
use crate::domain::reading::Backend;
use crate::infer::{
    BackendChoice, GpuPrecision, GpuSettings, GpuUser, InferError, MEMORY_CEILING, Networks,
    Starter, end_gpu_in_order, network_being_built, probe_gpu,
};
use crate::packs::Library;

/// Name of the hidden subcommand.
const PROBE: &str = "tensorrt-probe";

/// How readily the kernel ends the child when memory runs out: before the appliance, which has -500, and
/// before anything else of the box.
const OOM_SCORE_ADJUST: &str = "500";

/// The child's nice value: the reading thread has 5, and a build may take as long as it likes.
const NICE: i32 = 19;

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
    stand_back();
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
        user: GpuUser::Command,
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

/// Lets everything else go first: for the processor, and when memory runs out. For this thread and all that
/// it starts. Where the system refuses, the work is done all the same.
fn stand_back() {
    if let Err(error) = std::fs::write("/proc/self/oom_score_adj", OOM_SCORE_ADJUST) {
        tracing::warn!(%error, "the probe is not the first to go when memory runs out");
    }
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::warn!(%error, "the probe keeps its priority");
    }
}

/// This program, to be started once more.
fn this_program() -> Result<PathBuf, CommandError> {
    std::env::current_exe().map_err(CommandError::io("find this program"))
}

/// How the child is started; it takes [`Arguments`].
fn child(
    program: &Path,
    state: Option<&Path>,
    settings: &GpuSettings,
    memory_bytes: u64,
) -> Command {
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
    command
}

/// What a person may choose of a GPU for a command.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Tuning {
    /// Arithmetic of TensorRT's engines: fp32, or fp16 where that gives tract's answers.
    #[arg(long, value_parser = precision, default_value = GpuPrecision::Fp32.code())]
    precision: GpuPrecision,
    /// Memory on the GPU that a layer may use while it works, MiB.
    #[arg(long, default_value_t = GpuSettings::WORKSPACE_MIB, value_parser = clap::value_parser!(u32).range(16..=8192))]
    workspace_mib: u32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self { precision: GpuPrecision::default(), workspace_mib: GpuSettings::WORKSPACE_MIB }
    }
}

/// For commands that end: `auto` takes engines that are there and waits for nothing; `tensorrt` builds
/// them, and refuses when they cannot serve.
pub(super) fn bring_in(
    networks: &Networks,
    choice: BackendChoice,
    state: Option<&Path>,
    tuning: Tuning,
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
    let Tuning { precision, workspace_mib } = tuning;
    let settings = GpuSettings {
        build: demanded,
        precision,
        workspace_mib,
        ..GpuSettings::in_folder(engines)
    };
    let command = child(&this_program()?, state, &settings, MEMORY_CEILING);
    let mut tell = |stage: &str, since: Duration| match (demanded, since.as_secs()) {
        (true, 0) => complain(&format!("TensorRT: {stage}")),
        (true, seconds) => complain(&format!("TensorRT: {stage}, for {seconds} s")),
        (false, _) => {}
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

/// What the log is told while TensorRT is prepared: when a build begins, and how long it took.
#[derive(Default)]
struct Diary {
    building: Option<(String, Stopwatch)>,
}

impl Diary {
    /// Takes down a stage, or that it goes on.
    fn hear(&mut self, stage: &str) {
        let network = network_being_built(stage);
        if self.building.as_ref().map(|(network, _)| network.as_str()) == network {
            return;
        }
        self.close();
        if let Some(network) = network {
            tracing::info!(network, "TensorRT builds an engine, which takes minutes");
            self.building = Some((network.to_owned(), Stopwatch::start()));
        }
    }

    fn close(&mut self) {
        if let Some((network, watch)) = self.building.take() {
            let seconds = watch.elapsed().as_secs();
            tracing::info!(network, seconds, "the build of an engine has ended");
        }
    }
}

impl Drop for Diary {
    fn drop(&mut self) {
        self.close();
    }
}

/// For the appliance and what stands for it, with `tensorrt`: before it serves, or not at all.
pub(super) fn bring_in_first(
    networks: &Networks,
    config: &Config,
    user: GpuUser,
    memory_bytes: u64,
) -> Result<(), CommandError> {
    let settings = GpuSettings { user, ..config.gpu() };
    let command = child(&this_program()?, Some(&config.state_dir), &settings, memory_bytes);
    let mut diary = Diary::default();
    serving(&networks.accelerate(&settings, command, &mut |stage, _| diary.hear(stage)))
}

/// For the appliance: with `auto` now, on a thread beside, while tract serves; and in any case but `tract` for
/// networks that take the place of these.
pub(super) fn bring_in_beside(
    networks: &Arc<Networks>,
    choice: BackendChoice,
    config: &Config,
    memory_bytes: u64,
) -> Result<(), CommandError> {
    match choice {
        BackendChoice::Auto => networks.accelerate_by(&starter(config, memory_bytes)?),
        BackendChoice::TensorRt => networks.keep_starter(&starter(config, memory_bytes)?),
        BackendChoice::Tract => {}
    }
    Ok(())
}

fn starter(config: &Config, memory_bytes: u64) -> Result<Starter, CommandError> {
    let settings = GpuSettings { user: GpuUser::Appliance, ..config.gpu() };
    let (program, state) = (this_program()?, config.state_dir.clone());
    // One after the other: two builds together need twice the memory.
    let turn = Arc::new(Mutex::new(()));
    Ok(Arc::new(move |networks: &Arc<Networks>| {
        let command = child(&program, Some(&state), &settings, memory_bytes);
        let (settings, turn) = (settings.clone(), Arc::clone(&turn));
        let waiting = Arc::downgrade(networks);
        let thread = std::thread::Builder::new().name("tensorrt".to_owned());
        let thread = thread.spawn(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            // Others have taken their place while they waited.
            let Some(networks) = waiting.upgrade() else { return };
            let mut diary = Diary::default();
            networks.accelerate(&settings, command, &mut |stage, _| diary.hear(stage));
        });
        if let Err(error) = thread {
            networks.refuse_acceleration(format!("no thread to prepare it on: {error}"));
        }
    }))
}

/// Says at the end of the appliance that it ends in order, however it does: see [`end_gpu_in_order`].
pub(super) struct InOrder;

impl Drop for InOrder {
    fn drop(&mut self) {
        end_gpu_in_order();
    }
}
