//! The updates folder in the state directory: what the appliance and the updater tell each other.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{MetadataExt as _, fchown};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::update::{Bundle, Phase, ReleaseVersion};
use crate::durable;
use crate::infer::TrustedKeys;
use crate::update::{UpdateError, format};

/// How the name of a bundle ends.
pub const BUNDLE_ENDING: &str = "frbundle";

/// Says that the program ended in order.
const IN_ORDER: &str = "in-order";

/// Most bundles looked at in one folder.
const OFFERS_MAX: usize = 16;
/// Longest note, bytes: whatever else lies there is no note.
const NOTE_BYTES_MAX: u64 = 4096;

/// The updates folder.
#[derive(Clone, Debug)]
pub struct Notes {
    folder: PathBuf,
}

/// An update that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The bundle.
    pub file: PathBuf,
    /// Digest of its manifest as it was shown: another bundle under its name is not what was asked for.
    pub digest: Sha256Digest,
}

/// How far an update has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// To which version, once that is known.
    pub version: Option<ReleaseVersion>,
    /// Where it is.
    pub phase: Phase,
    /// How much of the phase is done, percent.
    pub percent: u8,
    /// Why it was refused, an [`UpdateError::code`].
    pub reason: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawRequest {
    file: PathBuf,
    manifest_sha256: String,
}

#[derive(Deserialize, Serialize)]
struct RawStatus {
    version: Option<String>,
    phase: String,
    percent: u8,
    reason: Option<String>,
}

impl Notes {
    /// The updates folder of a state directory.
    #[must_use]
    pub fn of(state_dir: &Path) -> Self {
        Self { folder: state_dir.join("updates") }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where sync puts bundles.
    #[must_use]
    pub fn inbox(&self) -> PathBuf {
        self.folder.join("inbox")
    }

    fn read(&self, name: &str) -> Result<Option<String>, UpdateError> {
        let path = self.folder.join(name);
        let failed = || UpdateError::file("read", &path);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() && found.len() <= NOTE_BYTES_MAX => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed()(error)),
        }
        fs::read_to_string(&path).map(Some).map_err(failed())
    }

    /// The folder belongs to the appliance, and the updater has more rights: no link is followed, and
    /// what it leaves there is the appliance's, which replaces it next time.
    fn write(&self, name: &str, text: &str) -> Result<(), UpdateError> {
        let folder = &self.folder;
        if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
            return Err(UpdateError::file("use", folder)(ErrorKind::NotADirectory.into()));
        }
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(UpdateError::file("create", folder))?;
            let made = File::open(folder).and_then(|made| {
                let above = folder.parent().unwrap_or(folder);
                let (has, wanted) = (made.metadata()?, fs::metadata(above)?);
                if has.uid() == wanted.uid() {
                    return Ok(());
                }
                fchown(&made, Some(wanted.uid()), Some(wanted.gid()))
            });
            made.map_err(UpdateError::file("give away", folder))?;
        }
        let path = folder.join(name);
        let part = path.with_extension("part");
        durable::create_for_owner(&part)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| durable::sync_and_rename(&part, &path))
            .map_err(UpdateError::file("write", &path))
    }

    fn remove(&self, name: &str) -> Result<(), UpdateError> {
        super::layout::remove(&self.folder.join(name))?;
        if self.folder.is_dir() {
            durable::sync_folder(&self.folder).map_err(UpdateError::file("sync", &self.folder))?;
        }
        Ok(())
    }

    /// Notes that the program ends in order: the start after it is no sign of a crash.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn ends_in_order(&self) -> Result<(), UpdateError> {
        self.write(IN_ORDER, "")
    }

    /// Whether the program ended in order before this start; forgets it. A note that cannot be removed says
    /// nothing: it would excuse every start from now on.
    pub(super) fn take_in_order(&self) -> bool {
        matches!(self.read(IN_ORDER), Ok(Some(_))) && self.remove(IN_ORDER).is_ok()
    }

    /// Notes that somebody asked for an update.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn ask(&self, request: &Request) -> Result<(), UpdateError> {
        let raw =
            RawRequest { file: request.file.clone(), manifest_sha256: request.digest.to_string() };
        let text = toml::to_string(&raw).map_err(|e| UpdateError::Manifest(e.to_string()))?;
        self.write("request.toml", &text)
    }

    /// The update that was asked for; a note that makes no sense is none.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn request(&self) -> Result<Option<Request>, UpdateError> {
        let Some(text) = self.read("request.toml")? else { return Ok(None) };
        let raw: Option<RawRequest> = toml::from_str(&text).ok();
        Ok(raw.and_then(|raw| {
            let digest = Sha256Digest::parse(&raw.manifest_sha256)?;
            Some(Request { file: raw.file, digest })
        }))
    }

    /// Takes the request back: it was done, or refused.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn answered(&self) -> Result<(), UpdateError> {
        self.remove("request.toml")
    }

    /// Says how far an update has come. Nothing rests on it, so a failure is only logged.
    pub fn tell(&self, status: &Status) {
        let raw = RawStatus {
            version: status.version.map(|version| version.to_string()),
            phase: status.phase.code().to_owned(),
            percent: status.percent,
            reason: status.reason.clone(),
        };
        let text = serde_json::to_string(&raw).unwrap_or_default();
        if let Err(error) = self.write("status.json", &text) {
            tracing::warn!(%error, "the progress of an update could not be told");
        }
    }

    /// How far the last update has come; `None`: there was none, or the note is not readable.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        let raw: RawStatus = serde_json::from_str(&self.read("status.json").ok()??).ok()?;
        Some(Status {
            version: raw.version.as_deref().and_then(ReleaseVersion::parse),
            phase: Phase::parse(&raw.phase)?,
            percent: raw.percent.min(100),
            reason: raw.reason.filter(|code| UpdateError::CODES.contains(&code.as_str())),
        })
    }

    /// The program on trial says that it is well. Durable when this returns.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn confirm(&self, version: ReleaseVersion) -> Result<(), UpdateError> {
        self.write("confirmed", &version.to_string())
    }

    /// The version that has confirmed itself and is not settled yet.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn confirmed(&self) -> Result<Option<ReleaseVersion>, UpdateError> {
        Ok(self.read("confirmed")?.as_deref().map(str::trim).and_then(ReleaseVersion::parse))
    }

    pub(super) fn forget_confirmed(&self) -> Result<(), UpdateError> {
        self.remove("confirmed")
    }

    /// Signed bundles in some folders: file, what it says, digest of its manifest. Parts are not read
    /// here; what is no bundle or not signed is passed over.
    #[must_use]
    pub fn offers(folders: &[PathBuf], keys: &TrustedKeys) -> Vec<(PathBuf, Bundle, Sha256Digest)> {
        let mut found = Vec::new();
        for folder in folders {
            let Ok(list) = fs::read_dir(folder) else { continue };
            let mut paths: Vec<_> = list
                .flatten()
                .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
                .map(|entry| entry.path())
                .filter(|path| path.extension().is_some_and(|ending| ending == BUNDLE_ENDING))
                .collect();
            // By name, so that the same ones are looked at each time.
            paths.sort();
            paths.truncate(OFFERS_MAX);
            for path in paths {
                let opened = File::open(&path).ok().map(|file| format::open(file, keys));
                match opened {
                    Some(Ok(opened)) => found.push((path, opened.bundle, opened.digest)),
                    Some(Err(error)) => {
                        tracing::info!(%error, "a file that looks like a bundle is passed over");
                    }
                    None => {}
                }
            }
        }
        found
    }
}
