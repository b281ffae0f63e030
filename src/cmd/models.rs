//! `fieldray models`: which networks this box has, which ones read, and other people's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::config::Config;
use crate::cmd::bench::{peak_rss_mib, rss_mib};
use crate::cmd::{BackendArgument, CommandError, complain, models_time, say};
use crate::domain::digest::Sha256Digest;
use crate::infer::{
    BackendChoice, MANIFEST_FILE, Manifest, ModelKind, Pack, Role, SIGNATURE_FILE, SigningKey,
    Trials, TrustedKeys, bare_network,
};
use crate::packs::{Import, Library, Origin, PackName, import};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Settings file of the box.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// State folder of the box, over the settings.
    #[arg(long, global = true)]
    state: Option<PathBuf>,
    /// Compute back end, over the settings.
    #[arg(long, global = true)]
    backend: Option<BackendArgument>,
    /// Memory for all loaded networks together, MiB, over the settings.
    #[arg(long, global = true, value_parser = clap::value_parser!(u32).range(1..))]
    memory_mib: Option<u32>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Every model pack, and which ones are in use.
    List,
    /// Check signatures, digests and known answers.
    Verify {
        /// Packs as ID@VERSION; without any, all.
        #[arg(value_parser = pack_name)]
        packs: Vec<PackName>,
        /// Print how much memory each network takes, MiB.
        #[arg(long)]
        memory: bool,
    },
    /// What people should know about a model.
    Show {
        /// ID@VERSION.
        #[arg(value_parser = pack_name)]
        pack: PackName,
    },
    /// Copy a signed pack onto the box.
    Install {
        /// Folder with manifest.toml, its signature and the files that it lists.
        folder: PathBuf,
    },
    /// Read with a pack from now on; the appliance takes it up when it is started again.
    Use {
        /// ID@VERSION.
        #[arg(value_parser = pack_name)]
        pack: PackName,
    },
    /// Return to the pack before the last `use`.
    Rollback {
        /// findings, orientation, lungs or locator.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Hold fast by name which findings pack reads, and copy it out of the program. An update does so
    /// first: the pack in the next program reads only after it was compared.
    Pin,
    /// Take up a network from elsewhere: try it, record its answers, sign it with this box's key.
    Import {
        /// The network, ONNX.
        network: PathBuf,
        /// What goes in and what comes out: a manifest without a `[files]` table.
        #[arg(long)]
        manifest: PathBuf,
        /// What people should know about it, Markdown.
        #[arg(long)]
        card: Option<PathBuf>,
    },
    /// Time any ONNX file: one run for each line on stdin, milliseconds on stdout.
    Time {
        /// The network, ONNX.
        network: PathBuf,
        /// Side of its square input, pixels.
        #[arg(long)]
        side: usize,
        /// Channels of its input.
        #[arg(long, default_value_t = 1)]
        channels: usize,
        /// Print the outputs on the phantoms first, one JSON object each.
        #[arg(long)]
        answers: bool,
        /// Tell instead what each node takes, as the medians of this many runs.
        #[arg(long, value_name = "RUNS", conflicts_with = "answers")]
        nodes: Option<usize>,
    },
    /// Make a key that signs packs.
    Keygen {
        /// File for the secret key; the public one goes beside it, with the ending .pub.
        key: PathBuf,
    },
    /// Sign packs for other boxes.
    Sign {
        /// Folders of packs.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        /// Secret key that `keygen` made.
        #[arg(long)]
        key: PathBuf,
    },
}

fn pack_name(text: &str) -> Result<PackName, String> {
    PackName::parse(text).ok_or_else(|| format!("{text:?} is not of the form ID@VERSION"))
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| format!("{text:?} is none of {}", role_names()))
}

fn role_names() -> String {
    Role::ALL.map(Role::code).join(", ")
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    let mut config = Config::read_or_default(arguments.config.as_deref())?;
    if let Some(state) = &arguments.state {
        config.state_dir.clone_from(state);
    }
    if let Some(mib) = arguments.memory_mib {
        config.model_memory_mib = Some(mib);
    }
    let library = || Library::open(&config.state_dir);
    let board = crate::cmd::board::chosen(&config.board)?;
    let memory = config.model_memory_bytes(board.networks_mib());
    // Packs are tried on tract, whatever reads afterwards.
    let backend = arguments.backend.map_or(BackendChoice::Tract, BackendChoice::from);
    match &arguments.action {
        Action::List => list(&library()?),
        Action::Verify { packs, memory: report } => {
            verify(&library()?, packs, backend, memory, *report)
        }
        Action::Show { pack } => show(&library()?.pack(pack)?),
        Action::Install { folder } => {
            let library = library()?;
            let name = library.install(folder)?;
            if library.propose(&name)? {
                say(&format!(
                    "{name} is installed; the box compares it while the clinic is closed"
                ))?;
            } else {
                say(&format!("{name} is installed; `fieldray models use {name}` reads with it"))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Action::Use { pack } => {
            let role = library()?.choose(pack, memory)?;
            say(&format!("{pack} is in use for {}; start the appliance again", role.code()))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Rollback { role } => {
            let now = library()?.roll_back(*role)?;
            let now = now.map_or_else(|| "the built-in pack".to_owned(), |name| name.to_string());
            say(&format!("{now} is in use for {}; start the appliance again", role.code()))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Pin => {
            library()?.keep_pinned()?;
            say("the findings pack that reads is held fast")?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Import { network, manifest, card } => {
            let what = Paths { network, manifest, card: card.as_deref() };
            import_network(&library()?, &what, backend, memory)
        }
        Action::Time { network, side, channels, answers, nodes } => {
            let network = read(network)?;
            let network = bare_network(&network, *side, *channels, backend)?;
            match nodes {
                Some(runs) => models_time::nodes(network.as_ref(), *side, *runs),
                None => models_time::on_demand(network.as_ref(), *side, *answers),
            }
        }
        Action::Keygen { key } => keygen(key),
        Action::Sign { folders, key } => sign(folders, key),
    }
}

fn list(library: &Library) -> Result<ExitCode, CommandError> {
    say(&format!("{:<28} {:<12} {:<10} {:<7} {}", "pack", "role", "origin", "in use", "state"))?;
    let mut all_hold = true;
    for entry in library.list()? {
        let (role, state) = match library.pack(&entry.name) {
            Ok(pack) => (pack.manifest.kind.role().code(), "holds".to_owned()),
            Err(error) => {
                all_hold = false;
                ("-", format!("refused: {error}"))
            }
        };
        let origin = match entry.origin {
            Origin::BuiltIn => "built in",
            Origin::Installed => "installed",
        };
        let name = entry.name.to_string();
        let used = if entry.in_use { "yes" } else { "" };
        say(&format!("{name:<28} {role:<12} {origin:<10} {used:<7} {state}"))?;
    }
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verify(
    library: &Library,
    wanted: &[PackName],
    backend: BackendChoice,
    memory_ceiling: u64,
    report_memory: bool,
) -> Result<ExitCode, CommandError> {
    for name in wanted {
        library.pack(name)?;
    }
    let mut all_hold = true;
    let trials = Trials::new(backend, memory_ceiling)?;
    for entry in library.list()? {
        if !(wanted.is_empty() || wanted.contains(&entry.name)) {
            continue;
        }
        let tried = match library.pack(&entry.name) {
            Ok(pack) => trials.run(&pack).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let memory = match rss_mib() {
            Some(mib) if report_memory => format!("  {mib:.1} MiB resident"),
            _ => String::new(),
        };
        match tried {
            Ok(()) => say(&format!("{}: holds{memory}", entry.name))?,
            Err(why) => {
                all_hold = false;
                say(&format!("{}: refused: {why}", entry.name))?;
            }
        }
    }
    if report_memory && let Some(peak) = peak_rss_mib() {
        complain(&format!("most memory at any time: {peak:.1} MiB"));
    }
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(pack: &Pack) -> Result<ExitCode, CommandError> {
    let Manifest { model, input, kind, licence, intended_use, .. } = &pack.manifest;
    say(&format!("{}@{}  ({})", model.id, model.version, kind.role().code()))?;
    say(&format!("network  {}  {:.1} MB", model.sha256, megabytes(&pack.network)))?;
    say(&format!(
        "input    {} x {} pixels, {} channel(s)",
        input.width, input.height, input.channels
    ))?;
    say(&format!("licence  {licence}"))?;
    say(&format!("use      {intended_use}"))?;
    if let ModelKind::Findings(spec) = kind {
        for finding in &spec.findings {
            let channels: Vec<_> = finding
                .operation
                .iter()
                .map(|(channel, operation)| {
                    let (low, high) = operation.threshold.band();
                    let at = operation.threshold.at().value();
                    let band = format!("{:.3} to {:.3}", low.value(), high.value());
                    format!("{} from {at:.3} (undecided {band})", channel.code())
                })
                .collect();
            let (name, evidence) = (finding.finding, finding.evidence.code());
            let age = match finding.min_age.years() {
                0 => String::new(),
                years => format!(", from {years} years on"),
            };
            say(&format!("finding  {name} [{evidence}{age}] {}", channels.join("; ")))?;
        }
    }
    for data in &pack.manifest.training {
        say(&format!("trained  {} films: {} ({})", data.images, data.source, data.licence))?;
    }
    say(&format!("\n{}", pack.card.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn megabytes(bytes: &[u8]) -> f64 {
    bytes.len() as f64 / 1e6
}

struct Paths<'a> {
    network: &'a Path,
    manifest: &'a Path,
    card: Option<&'a Path>,
}

fn import_network(
    library: &Library,
    paths: &Paths<'_>,
    backend: BackendChoice,
    memory_ceiling: u64,
) -> Result<ExitCode, CommandError> {
    let text = |path: &Path| {
        std::fs::read_to_string(path).map_err(CommandError::io(format!("read {}", path.display())))
    };
    let network = read(paths.network)?;
    let manifest = text(paths.manifest)?;
    let card = match paths.card {
        Some(path) => text(path)?,
        None => {
            "This model was imported at this site; nothing more was written about it.".to_owned()
        }
    };
    let what = Import { network, manifest: &manifest, card: &card };
    let name = import(library, what, backend, memory_ceiling)?;
    say(&format!("{name} is imported; `fieldray models use {name}` reads with it"))?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(CommandError::io(format!("read {}", path.display())))
}

fn keygen(path: &Path) -> Result<ExitCode, CommandError> {
    let public = path.with_extension("pub");
    if path.exists() || public.exists() {
        let text = format!("{} is there already; a key is never overwritten", path.display());
        return Err(CommandError::Usage(text));
    }
    let (secret, public_text) = SigningKey::generate().map_err(crate::packs::LibraryError::from)?;
    crate::durable::replace_private(path, secret.as_bytes())
        .map_err(CommandError::io(format!("write {}", path.display())))?;
    crate::durable::replace(&public, public_text.as_bytes())
        .map_err(CommandError::io(format!("write {}", public.display())))?;
    say(&format!("secret key: {}\npublic key: {}", path.display(), public.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn sign(folders: &[PathBuf], key: &Path) -> Result<ExitCode, CommandError> {
    let text = std::fs::read_to_string(key);
    let text = text.map_err(CommandError::io(format!("read {}", key.display())))?;
    let key = SigningKey::read(&text).map_err(crate::packs::LibraryError::from)?;
    let (public, _name) = key.public().map_err(crate::packs::LibraryError::from)?;
    for folder in folders {
        let path = folder.join(MANIFEST_FILE);
        let manifest = std::fs::read_to_string(&path);
        let manifest = manifest.map_err(CommandError::io(format!("read {}", path.display())))?;
        check_files(folder, &manifest)?;
        let signature = key.sign(manifest.as_bytes()).map_err(crate::packs::LibraryError::from)?;
        let to = folder.join(SIGNATURE_FILE);
        crate::durable::replace(&to, signature.as_bytes())
            .map_err(CommandError::io(format!("write {}", to.display())))?;
        say(&format!("signed {}", folder.display()))?;
    }
    if !TrustedKeys::project().is_ok_and(|keys| keys.knows(&public)) {
        complain("this is not the project's key: boxes must be given its public key first");
    }
    Ok(ExitCode::SUCCESS)
}

/// A manifest is signed only with the files that it names.
fn check_files(folder: &Path, manifest: &str) -> Result<(), CommandError> {
    let wrong = |why: String| CommandError::Usage(format!("{}: {why}", folder.display()));
    let manifest = Manifest::parse(manifest).map_err(|error| wrong(error.to_string()))?;
    for (name, stated) in &manifest.files {
        let path = folder.join(name);
        let bytes = std::fs::read(&path);
        let bytes = bytes.map_err(CommandError::io(format!("read {}", path.display())))?;
        if Sha256Digest::of(&bytes) != *stated {
            return Err(wrong(format!("{name} is not the file that the manifest names")));
        }
    }
    Ok(())
}
