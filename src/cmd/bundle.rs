//! `fieldray bundle`: makes and signs what boxes are updated with.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cmd::slots::own_version;
use crate::cmd::{CommandError, say};
use crate::domain::digest::Sha256Digest;
use crate::domain::update::{Bundle, Part, PartName, Parts, ReleaseVersion};
use crate::infer::SigningKey;
use crate::packs::PackName;
use crate::release;
use crate::store::known_schema;
use crate::update::{self, Source, UpdateError};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Put a program and further model packs into one file.
    Make(Make),
    /// Sign a bundle.
    Sign {
        /// The bundle.
        file: PathBuf,
        /// Secret key that `fieldray models keygen` made.
        #[arg(long)]
        key: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Make {
    /// Where the bundle goes; the ending is .frbundle.
    out: PathBuf,
    /// The program, as it was built for the target.
    #[arg(long)]
    program: PathBuf,
    /// Its version; without it, this program's.
    #[arg(long, value_parser = version)]
    version: Option<ReleaseVersion>,
    /// Its target triple; without it, this program's.
    #[arg(long)]
    target: Option<String>,
    /// Version of the database that it knows; without it, this program's.
    #[arg(long)]
    schema: Option<u32>,
    /// Oldest version that may be updated by it.
    #[arg(long, value_parser = version, default_value = "0.0.0")]
    from_min: ReleaseVersion,
    /// Newest version that may be updated by it; without it, any older one.
    #[arg(long, value_parser = version)]
    from_max: Option<ReleaseVersion>,
    /// Table whose number of rows the new program changes on purpose.
    #[arg(long)]
    changed_table: Vec<String>,
    /// Folder of a signed model pack that goes along, ID@VERSION=FOLDER.
    #[arg(long, value_parser = pack)]
    pack: Vec<(PackName, PathBuf)>,
    /// Secret key; without it the bundle has to be signed before a box takes it.
    #[arg(long)]
    key: Option<PathBuf>,
}

fn version(text: &str) -> Result<ReleaseVersion, String> {
    ReleaseVersion::parse(text).ok_or_else(|| format!("{text:?} is not of the form 1.2.3"))
}

fn pack(text: &str) -> Result<(PackName, PathBuf), String> {
    let wrong = || format!("{text:?} is not of the form ID@VERSION=FOLDER");
    let (name, folder) = text.split_once('=').ok_or_else(wrong)?;
    Ok((PackName::parse(name).ok_or_else(wrong)?, PathBuf::from(folder)))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    match &arguments.action {
        Action::Make(make) => bundle(make),
        Action::Sign { file, key } => {
            let bundle = update::sign(file, &signing_key(key)?)?;
            say(&format!("{} is signed: version {}", file.display(), bundle.version))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn signing_key(path: &Path) -> Result<SigningKey, CommandError> {
    let text = std::fs::read_to_string(path)
        .map_err(CommandError::io(format!("read {}", path.display())))?;
    Ok(SigningKey::read(&text).map_err(UpdateError::Key)?)
}

fn bundle(make: &Make) -> Result<ExitCode, CommandError> {
    let mut sources = vec![Source { name: PartName::Program, path: make.program.clone() }];
    for (name, folder) in &make.pack {
        sources.extend(pack_sources(name, folder)?);
    }
    let version = make.version.map_or_else(own_version, Ok)?;
    // Replaced by what the files are.
    let parts = Parts::new(vec![Part {
        name: PartName::Program,
        size_bytes: 1,
        sha256: Sha256Digest::from_bytes([0; 32]),
    }]);
    let draft = Bundle {
        version,
        target: make.target.clone().unwrap_or_else(|| release::target().to_owned()),
        schema: make.schema.unwrap_or_else(known_schema),
        from_min: make.from_min,
        from_max: make.from_max.unwrap_or(version),
        changed_tables: make.changed_table.clone(),
        parts: parts.ok_or_else(|| CommandError::Usage("no parts".to_owned()))?,
    };
    let key = make.key.as_deref().map(signing_key).transpose()?;
    let made = update::make(draft, &sources, key.as_ref(), &make.out)?;
    let mib = made.parts.size_bytes().div_ceil(1 << 20);
    let signed = if key.is_some() { "signed" } else { "not signed yet" };
    say(&format!("{}: version {version}, {mib} MiB, {signed}", make.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn pack_sources(name: &PackName, folder: &Path) -> Result<Vec<Source>, CommandError> {
    let failed = || CommandError::io(format!("list {}", folder.display()));
    let mut paths = std::fs::read_dir(folder)
        .map_err(failed())?
        .map(|entry| entry.map(|entry| entry.path()).map_err(failed()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    let source = |path: PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = PartName::parse(&format!("packs/{}/{}/{file}", name.id, name.version));
        let wrong = || CommandError::Usage(format!("{} cannot be a part", path.display()));
        Ok(Source { name: part.ok_or_else(wrong)?, path })
    };
    paths.into_iter().map(source).collect()
}
