//! `fieldray serve`: the appliance.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::sync::watch;

use crate::app::alerts::Courier;
use crate::app::clock::{Stopwatch, SystemClock};
use crate::app::config::Config;
use crate::app::{App, Doorstep, FhirSender, Lightbox, PacsSender, Parts, Syncer};
use crate::board::Choice;
use crate::cmd::service_manager::ServiceManager;
use crate::cmd::{BackendArgument, CommandError, board, chain, gpu, https, say};
use crate::crash_point;
use crate::domain::limits::Limits;
use crate::domain::stamp::Clock as _;
use crate::domain::update::{ReleaseVersion, Standing};
use crate::infer::{BackendChoice, GpuUser, Networks};
use crate::packs::{Library, PassedOver};
use crate::release;
use crate::store::{Store, Wiped, wipe_if_asked};
use crate::update::{Layout, Notes, UpdateError};
use crate::web;

/// Time that a program on trial has to prove itself after its networks are loaded, seconds.
const TRIAL_SECONDS: u64 = 120;
/// Most bytes read of its own answer.
const HEALTH_BYTES_MAX: u64 = 64 * 1024;
/// Longest wait for answers under way when the program ends: nobody holds up a wipe by reading slowly.
const LAST_ANSWERS: std::time::Duration = std::time::Duration::from_secs(3);
/// How long the doors stay open after settings were saved on a page: the one that says so still loads what it
/// is drawn with.
const LAST_PAGE: std::time::Duration = std::time::Duration::from_secs(2);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Settings file (TOML); the other arguments go over it.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Address and port to serve pages on.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Where everything is stored.
    #[arg(long)]
    state: Option<PathBuf>,
    /// Compute back end.
    #[arg(long)]
    backend: Option<BackendArgument>,
    /// Which board this is: `auto`, a name that `fieldray board --list` prints, or a file ending in
    /// .toml.
    #[arg(long)]
    board: Option<String>,
}

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Somebody stopped it, or it wipes itself.
    Stopped,
    /// Settings were saved on a page: it starts again with them, at the same address.
    Again(SocketAddr),
}

pub(super) fn run(mut arguments: Arguments) -> Result<ExitCode, CommandError> {
    // What the appliance held is let go of in order before anything takes its place.
    match appliance(&arguments)? {
        Ending::Stopped => Ok(ExitCode::SUCCESS),
        Ending::Again(address) => {
            arguments.listen = Some(address);
            Err(arguments.start_again())
        }
    }
}

fn appliance(arguments: &Arguments) -> Result<Ending, CommandError> {
    let watch = Stopwatch::start();
    let config = settings(arguments)?;
    let manager = ServiceManager::find();
    // Before anything else: a box that was told to wipe itself opens nothing.
    if let Some(wiped) = wipe_if_asked(&config.state_dir)? {
        end(&wiped, config.listen, &manager)?;
        return Ok(Ending::Stopped);
    }
    let config = config.with_chosen();
    let board = board::chosen(&config.board)?;
    tracing::info!(board = board.profile.id, why = %board.why, networks_mib = board.networks_mib(), "board");
    let clock = Arc::new(SystemClock);
    let trial = on_trial(&config)?.map(|version| (version, Notes::of(&config.state_dir)));
    let store = Store::open(&config.state_dir, clock.now())?;
    let backend = config.backend_on(board.profile.backend);
    let runtime = network_threads()?;
    // Told to stop while engines are looked at: that is no crash of the GPU's either.
    let early = runtime.spawn(ends_early());
    let quiet = parts(&config, &board, store, (backend, GpuUser::Appliance));
    if let Ok(networks) = &quiet.networks {
        gpu::bring_in_beside(
            networks,
            backend,
            &config,
            config.model_memory_bytes(board.networks_mib()),
        )?;
    }
    // However this ends from here on, it is no crash of the GPU's.
    let _in_order = gpu::InOrder;
    let https = https::open(&config, board::runtime_dir());
    let app = App::new(Parts {
        limits: config.limits(),
        setup_code: setup_code(&config)?,
        link_base: config.link_base,
        doorstep: config.doorstep,
        https: https.as_ref().map(https::Https::pages),
        runtime_dir: board::runtime_dir(),
        portal: config.portal,
        pacs: config.pacs,
        fhir: config.fhir,
        on_trial: trial.is_some(),
        ..quiet
    })?;
    let served = serve(app, https, (config.listen, watch, early), &manager, trial);
    let served = runtime.block_on(served);
    // Ends every task: nothing writes while files are destroyed.
    drop(runtime);
    let ending = served?;
    if let Some(wiped) = wipe_if_asked(&config.state_dir)? {
        end(&wiped, config.listen, &manager)?;
        return Ok(Ending::Stopped);
    }
    if manager.is_there()
        && let Err(error) = Notes::of(&config.state_dir).ends_in_order()
    {
        tracing::warn!(%error, "this end counts as a crash");
    }
    // A service manager starts it again, after what it does before each start.
    Ok(if manager.is_there() { Ending::Stopped } else { ending })
}

impl Arguments {
    /// Puts this program, started anew, in the place of this process. Comes back only where that fails.
    fn start_again(&self) -> CommandError {
        use std::os::unix::process::CommandExt as _;
        let program = match std::env::current_exe() {
            Ok(program) => program,
            Err(error) => return CommandError::io("find this program")(error),
        };
        let mut command = std::process::Command::new(program);
        command.arg("serve");
        if let Some(config) = &self.config {
            command.arg("--config").arg(config);
        }
        if let Some(listen) = &self.listen {
            command.arg("--listen").arg(listen.to_string());
        }
        if let Some(state) = &self.state {
            command.arg("--state").arg(state);
        }
        if let Some(name) = self.backend.as_ref().and_then(clap::ValueEnum::to_possible_value) {
            command.arg("--backend").arg(name.get_name());
        }
        if let Some(board) = &self.board {
            command.arg("--board").arg(board);
        }
        CommandError::io("start again")(command.exec())
    }
}

/// What is left of a box that was wiped: a page that says so.
fn end(wiped: &Wiped, listen: SocketAddr, manager: &ServiceManager) -> Result<(), CommandError> {
    let pages = web::wiped(wiped.by.as_str().to_owned(), wiped.at);
    network_threads()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener.map_err(CommandError::io(format!("listen on {listen}")))?;
        let address = listener.local_addr().map_err(CommandError::io("ask for the address"))?;
        // Whoever started the program may not listen any more.
        let _unheard = say(&format!("This box was wiped. It says so at http://{address}"));
        manager.say("READY=1");
        let served = axum::serve(listener, pages).with_graceful_shutdown(shutdown());
        tokio::select! {
            served = served.into_future() => served.map_err(CommandError::io("serve pages")),
            () = manager.beat() => Ok(()),
        }
    })
}

/// What an application is made from by the settings, without what only the appliance itself does: no
/// links in messages, no first login code, no way out to a portal, a PACS or a FHIR server, and nothing on trial.
pub(super) fn parts(
    config: &Config,
    board: &Choice,
    store: Store,
    backend: (BackendChoice, GpuUser),
) -> Parts {
    let memory = config.model_memory_bytes(board.networks_mib());
    let (networks, models_passed_over) = load(config, backend, memory);
    Parts {
        store,
        clock: Arc::new(SystemClock),
        limits: Limits::default(),
        utc_offset_minutes: config.utc_offset_minutes,
        networks,
        models: config.models(board.networks_mib()),
        models_passed_over,
        pages: config.pages.clone(),
        reports: config.reports.clone(),
        channels: config.channels.clone(),
        link_base: None,
        kernel: board::kernel(),
        board: board.profile.name.clone(),
        doorstep: Doorstep::Off,
        https: None,
        runtime_dir: None,
        setup_code: None,
        portal: None,
        pacs: None,
        fhir: None,
        connections: config.connections.clone(),
        updates: config.updates.clone(),
        support: config.support(),
        on_trial: false,
    }
}

/// Threads for what goes over the network.
pub(super) fn network_threads() -> Result<tokio::runtime::Runtime, CommandError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(CommandError::io("start the network threads"))
}

/// The version on trial, when it is this program. What cannot be read ends the start: work that a
/// program on trial takes in is lost when the box goes back.
fn on_trial(config: &Config) -> Result<Option<ReleaseVersion>, CommandError> {
    let record = match Layout::open(&config.updates.slots_dir) {
        Ok(layout) => layout.record()?,
        Err(UpdateError::NoSlots(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Standing::OnTrial { change, .. } = record.standing else { return Ok(None) };
    let own = ReleaseVersion::parse(release::version());
    let confirmed = Notes::of(&config.state_dir).confirmed()?;
    Ok(own.filter(|own| change.version == *own && confirmed != Some(*own)))
}

/// Loads the networks in use; without any, photos are still taken in and kept: each waits, held,
/// for a working model.
fn load(
    config: &Config,
    (backend, user): (BackendChoice, GpuUser),
    memory: u64,
) -> (Result<Arc<Networks>, String>, Vec<String>) {
    let library = Library::open(&config.state_dir);
    let loaded = library.and_then(|library| library.load(memory));
    let loaded = loaded.map_err(CommandError::from).and_then(|(networks, passed_over)| {
        if backend == BackendChoice::TensorRt {
            gpu::bring_in_first(&networks, config, user, memory)?;
        }
        Ok((networks, passed_over))
    });
    match loaded {
        Ok((networks, passed_over)) => {
            let reasons = passed_over.iter().map(|PassedOver { role, name, reason }| {
                let role = role.code();
                tracing::error!(role, %name, reason, "a chosen model pack is passed over");
                format!("{name} for {role}: {reason}")
            });
            (Ok(Arc::new(networks)), reasons.collect())
        }
        Err(error) => {
            let reason = chain(&error);
            tracing::error!(reason, "no networks: photos will be held");
            (Err(reason), Vec::new())
        }
    }
}

/// The first login code that provisioning has made; without a file the program makes one and prints it.
fn setup_code(config: &Config) -> Result<Option<String>, CommandError> {
    let Some(path) = &config.setup_code_file else { return Ok(None) };
    let text = std::fs::read_to_string(path);
    text.map(Some).map_err(CommandError::io(format!("read {}", path.display())))
}

fn settings(arguments: &Arguments) -> Result<Config, CommandError> {
    let mut config = Config::read_or_default(arguments.config.as_deref())?;
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    if let Some(state) = &arguments.state {
        config.state_dir.clone_from(state);
    }
    if let Some(backend) = arguments.backend {
        config.backend = backend.into();
    }
    if let Some(board) = &arguments.board {
        config.board.clone_from(board);
    }
    Ok(config)
}

async fn serve(
    app: App,
    https: Option<https::Https>,
    (listen, watch, early): (SocketAddr, Stopwatch, tokio::task::JoinHandle<()>),
    manager: &ServiceManager,
    trial: Option<(ReleaseVersion, Notes)>,
) -> Result<Ending, CommandError> {
    let listener = tokio::net::TcpListener::bind(listen).await;
    let listener = listener.map_err(CommandError::io(format!("listen on {listen}")))?;
    let address = listener.local_addr().map_err(CommandError::io("ask for the address"))?;
    let pages = web::router(app.clone());
    let (close, closing) = watch::channel(());
    let mut extra = tokio::task::JoinSet::new();
    if let Some(https) = https {
        extra.spawn(https.serve(pages.clone(), closed(closing.clone())));
    }
    let pages = pages.into_make_service_with_connect_info::<SocketAddr>();
    let pages = axum::serve(listener, pages).with_graceful_shutdown(closed(closing));
    let mut pages = tokio::spawn(pages.into_future());
    // The pages end by themselves from here on.
    early.abort();
    if let Some((version, notes)) = trial {
        confirm(&app, address, version, &notes).await?;
    }
    // A consent whose time ran out while the box was off ends before anybody can take its file.
    app.expire_support().await?;
    app.settle_networks().await;
    app.forget_taken_bundles().await;
    tokio::spawn(app.clone().keep_house());
    // Work begins only now: what a program on trial did to the database may be taken back.
    let lightbox = Lightbox::start(&app).map_err(CommandError::io("start the compute thread"))?;
    let courier = Courier::start(&app);
    let syncer = Syncer::start(&app);
    let pacs = PacsSender::start(&app);
    let fhir = FhirSender::start(&app);
    let host =
        if address.ip().is_loopback() { "localhost".to_owned() } else { address.ip().to_string() };
    // Whoever started the program may not listen any more.
    let _unheard = say(&format!("Fieldray is ready at http://{host}:{}", address.port()));
    if app.setup_needed().await? {
        let _unheard = say(&format!("First login code: {}", app.setup_code()));
    }
    tracing::info!(%address, start_ms = watch.ms(), "serving");
    manager.say("READY=1");
    let ended = |served: Result<std::io::Result<()>, tokio::task::JoinError>| {
        let served = served.map_err(std::io::Error::other).and_then(|served| served);
        served.map(|()| Ending::Stopped).map_err(CommandError::io("serve pages"))
    };
    let served = tokio::select! {
        served = &mut pages => ended(served),
        () = app.wipe_asked() => Ok(Ending::Stopped),
        () = again(&app) => Ok(Ending::Again(address)),
        () = manager.keep_watch(&app) => Ok(Ending::Stopped),
        () = board::show_state(&app) => Ok(Ending::Stopped),
    };
    manager.say("STOPPING=1");
    drop((close, courier, syncer, pacs, fhir));
    // Whoever brought the order to wipe on a stick, or saved settings, still reads that it was taken.
    let last_answers = async {
        if !pages.is_finished() {
            let _ended = (&mut pages).await;
        }
        while extra.join_next().await.is_some() {}
    };
    if tokio::time::timeout(LAST_ANSWERS, last_answers).await.is_err() {
        tracing::warn!("some answers were not read to their end");
    }
    // Waits for the step in hand.
    let _stopped = tokio::task::spawn_blocking(move || drop(lightbox)).await;
    served
}

/// Lets the program on trial prove itself, and makes that durable before any work is taken in.
async fn confirm(
    app: &App,
    address: SocketAddr,
    version: ReleaseVersion,
    notes: &Notes,
) -> Result<(), CommandError> {
    let limit = std::time::Duration::from_secs(TRIAL_SECONDS);
    let proved = tokio::time::timeout(limit, prove(app, address)).await;
    proved.unwrap_or_else(|_| Err("it takes too long".to_owned())).map_err(|why| {
        CommandError::Usage(format!("version {version} has not proved itself: {why}"))
    })?;
    crash_point::reached("update_before_confirmed");
    notes.confirm(version)?;
    crash_point::reached("update_confirmed");
    app.end_trial();
    tracing::info!(%version, "the new program has proved itself");
    Ok(())
}

/// Asks this program's own `/health` over its socket, then reads a phantom.
async fn prove(app: &App, address: SocketAddr) -> Result<(), String> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let ip = address.ip();
    let own = match ip {
        std::net::IpAddr::V4(ip) if ip.is_unspecified() => std::net::Ipv4Addr::LOCALHOST.into(),
        std::net::IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    let own = SocketAddr::new(own, address.port());
    let failed = |error: std::io::Error| format!("its pages do not answer: {error}");
    let mut stream = tokio::net::TcpStream::connect(own).await.map_err(failed)?;
    let request = format!("GET /health HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut answer = String::new();
    stream.take(HEALTH_BYTES_MAX).read_to_string(&mut answer).await.map_err(failed)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let health: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let ready = answer.starts_with("HTTP/1.1 200")
        && health.get("version").is_some_and(|version| version == release::version())
        && health.get("backend").is_some_and(serde_json::Value::is_string);
    if !ready {
        return Err("/health does not say that it is ready".to_owned());
    }
    let app = app.clone();
    let read = move || app.read_phantom().and_then(|()| app.read_newest());
    let read = tokio::task::spawn_blocking(read).await;
    read.unwrap_or_else(|_| Err("the reading of a film ended abnormally".to_owned()))
}

/// Runs a little work of the application's from a command.
pub(super) fn blocking<T>(work: impl Future<Output = T>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(CommandError::io("start a thread"))?.block_on(work))
}

/// Ends the program when it is told to stop before it serves.
#[expect(clippy::exit, reason = "nothing is under way yet that has to come to its end")]
async fn ends_early() {
    shutdown().await;
    crate::infer::end_gpu_in_order();
    std::process::exit(0);
}

/// Resolves when the program is to start again with what was saved on a page.
async fn again(app: &App) {
    app.start_again_asked().await;
    tokio::time::sleep(LAST_PAGE).await;
}

/// Resolves when this program is to stop, or when it closes its doors by itself.
async fn closed(mut closing: watch::Receiver<()>) {
    tokio::select! {
        () = shutdown() => {}
        _ = closing.changed() => {}
    }
    // From here on no end is a crash of the GPU's, however long the last answers take.
    crate::infer::end_gpu_in_order();
}

/// Resolves on Ctrl-C or a service manager's stop.
pub(super) async fn shutdown() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "no stop signal from the service manager");
            let _stopped = interrupt.await;
        }
    }
}
