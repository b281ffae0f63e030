//! Model packs of a box: those built in, those installed, and which one is in use for each role.
//!
//! Everything lies under `<state>/models`: `<id>/<version>/` for each installed pack, `in-use.toml`
//! for the choice, `keys/` for keys that this site trusts besides the project's. A chosen pack that
//! does not hold is passed over for the built-in one of its role, and that is said aloud: a box
//! without any model would read nothing at all.

mod import;
mod in_use;
mod pinned;
mod site;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use import::{Import, import};
pub use site::SiteThresholds;

use crate::durable;
use crate::infer::{
    InferError, MANIFEST_FILE, ManifestError, Networks, Pack, PackError, PackFiles, PackSet, Role,
    SignatureError, TrustedKeys, version_key,
};
use crate::packs::in_use::{Choice, InUse};

/// Folder of site keys, beside the packs.
const KEYS: &str = "keys";
/// No file of a pack is larger, bytes: a pack with one is refused before it fills memory.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Name and version of a pack, written `id@version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackName {
    /// Name, for example `findings`.
    pub id: String,
    /// Version, for example `2.0.0`.
    pub version: String,
}

impl PackName {
    /// Reads `id@version`; `None` for anything that would not be a plain folder name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, version) = text.split_once('@')?;
        let plain = |part: &str| {
            let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            !part.is_empty() && !part.starts_with('.') && part.chars().all(safe)
        };
        // What else lies beside the packs.
        let taken = [KEYS, site::THRESHOLDS, site::PROPOSED, "in-use.toml"];
        let fine = plain(id) && plain(version) && !taken.contains(&id);
        fine.then(|| Self { id: id.to_owned(), version: version.to_owned() })
    }

    /// The name of a pack.
    #[must_use]
    pub fn of(pack: &Pack) -> Self {
        let model = &pack.manifest.model;
        Self { id: model.id.clone(), version: model.version.clone() }
    }
}

impl fmt::Display for PackName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

/// Why the library refuses.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The disk failed.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// No such pack.
    #[error("there is no model pack {0}; `fieldray models list` shows what there is")]
    Unknown(PackName),
    /// Installed or built in already, with other content.
    #[error("a different model pack {0} is already there: give the new one another version")]
    Taken(PackName),
    /// The pack does not hold.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The manifest of an import is refused.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] SignatureError),
    /// The network does not load or gives other answers than it should.
    #[error(transparent)]
    Infer(#[from] InferError),
    /// The file that says which packs are in use is damaged.
    #[error("{} cannot be read: {reason}; remove it to return to the built-in models", path.display())]
    InUse {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file with the site's thresholds of a pack is damaged.
    #[error("{} cannot be read: {reason}; remove it to return to the pack's own thresholds", path.display())]
    Thresholds {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing to go back to.
    #[error("no other pack was in use for {} before", role.code())]
    NothingBefore {
        /// For which role.
        role: Role,
    },
}

impl LibraryError {
    fn file(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { operation, path, source }
    }
}

/// Where a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Part of the program.
    BuiltIn,
    /// From the state folder.
    Installed,
}

/// One line of the library's list.
#[derive(Debug)]
pub struct Entry {
    /// Which pack.
    pub name: PackName,
    /// Where from.
    pub origin: Origin,
    /// Whether readings use it.
    pub in_use: bool,
}

/// A chosen pack that was passed over.
#[derive(Debug)]
pub struct PassedOver {
    /// For which role.
    pub role: Role,
    /// Which one.
    pub name: PackName,
    /// Why.
    pub reason: String,
}

/// The packs of one box.
#[derive(Debug)]
pub struct Library {
    folder: PathBuf,
    keys: TrustedKeys,
}

impl Library {
    /// The library of a state folder; nothing is created until something is installed.
    ///
    /// # Errors
    /// [`LibraryError`] when a site key cannot be read.
    pub fn open(state_dir: &Path) -> Result<Self, LibraryError> {
        let folder = state_dir.join("models");
        let mut keys = TrustedKeys::project()?;
        for path in entries(&folder.join(KEYS))? {
            if path.extension().is_some_and(|extension| extension == "pub") {
                let text = fs::read_to_string(&path).map_err(LibraryError::file("read", &path))?;
                keys.trust(&text)?;
            }
        }
        Ok(Self { folder, keys })
    }

    /// Every pack, built in or installed, by name and version. None is opened: all of them together
    /// would fill memory.
    ///
    /// # Errors
    /// [`LibraryError`] when the folder or the choice cannot be read.
    pub fn list(&self) -> Result<Vec<Entry>, LibraryError> {
        let mut found = Vec::new();
        for pack in Pack::all_embedded() {
            found.push((PackName::of(&pack?), Origin::BuiltIn));
        }
        // A copy of a built-in pack, kept for the next program, is the same one.
        let mut installed = self.installed()?;
        installed.retain(|name| found.iter().all(|(built_in, _)| built_in != name));
        found.extend(installed.into_iter().map(|name| (name, Origin::Installed)));
        let used = self.names_in_use()?;
        let entry = |(name, origin)| Entry { in_use: used.contains(&name), name, origin };
        let mut list: Vec<Entry> = found.into_iter().map(entry).collect();
        list.sort_by_key(|entry| (entry.name.id.clone(), version_key(&entry.name.version)));
        Ok(list)
    }

    /// One pack, built in or installed.
    ///
    /// # Errors
    /// [`LibraryError`] when it is unknown or does not hold.
    pub fn pack(&self, name: &PackName) -> Result<Pack, LibraryError> {
        match built_in(name)? {
            Some(pack) => Ok(pack),
            None => self.read(name),
        }
    }

    /// Checks a folder's pack and copies it in: as a whole, or not at all.
    ///
    /// # Errors
    /// [`LibraryError`] when it does not hold, or another pack has its name.
    pub fn install(&self, folder: &Path) -> Result<PackName, LibraryError> {
        let files = read_files(folder)?;
        let pack = Pack::open(files.clone(), &self.keys)?;
        self.keep(&pack, &files)
    }

    /// Writes the files of a checked pack.
    fn keep(&self, pack: &Pack, files: &PackFiles) -> Result<PackName, LibraryError> {
        let name = PackName::of(pack);
        let name = PackName::parse(&name.to_string()).ok_or(LibraryError::Unknown(name))?;
        if let Some(other) = built_in(&name)? {
            let same = other.manifest == pack.manifest;
            return if same { Ok(name) } else { Err(LibraryError::Taken(name)) };
        }
        self.keep_files(name, files)
    }

    fn keep_files(&self, name: PackName, files: &PackFiles) -> Result<PackName, LibraryError> {
        let to = self.folder_of(&name);
        if to.is_dir() {
            let same = read_files(&to)? == *files;
            return if same { Ok(name) } else { Err(LibraryError::Taken(name)) };
        }
        let part = self.folder.join(format!(".part-{}-{}", name.id, name.version));
        if part.is_dir() {
            fs::remove_dir_all(&part).map_err(LibraryError::file("remove", &part))?;
        }
        fs::create_dir_all(&part).map_err(LibraryError::file("create", &part))?;
        for (file, bytes) in files {
            let path = part.join(file);
            durable::replace(&path, bytes).map_err(LibraryError::file("write", &path))?;
        }
        let parent = self.folder.join(&name.id);
        fs::create_dir_all(&parent).map_err(LibraryError::file("create", &parent))?;
        fs::rename(&part, &to).map_err(LibraryError::file("rename", &part))?;
        for folder in [&parent, &self.folder] {
            durable::sync_folder(folder).map_err(LibraryError::file("sync", folder))?;
        }
        Ok(name)
    }

    /// Puts a pack in use for its role, after it loaded here and gave its known answers.
    ///
    /// # Errors
    /// [`LibraryError`] when it does not; the choice then stays as it was.
    pub fn choose(&self, name: &PackName, memory_ceiling: u64) -> Result<Role, LibraryError> {
        let pack = self.pack(name)?;
        let role = pack.manifest.kind.role();
        let mut packs = self.packs(role, &mut Vec::new())?;
        packs.set(pack);
        Networks::load(&packs, memory_ceiling).map_err(|failed| failed.source)?;
        let mut in_use = self.in_use()?;
        in_use.choose(role, self.choice(name)?);
        self.write(&in_use)?;
        Ok(role)
    }

    /// Returns a role to the pack before the last choice, and tells which that is; without a name
    /// it is the built-in one.
    ///
    /// # Errors
    /// [`LibraryError`] when there was none before or the file cannot be written.
    pub fn roll_back(&self, role: Role) -> Result<Option<PackName>, LibraryError> {
        let mut in_use = self.in_use()?;
        let before = in_use.roll_back(role).ok_or(LibraryError::NothingBefore { role })?;
        self.write(&in_use)?;
        Ok(match before {
            Choice::BuiltIn => None,
            Choice::Named(name) => Some(name),
        })
    }

    /// Loads the networks in use with one pack in the place of its own.
    ///
    /// # Errors
    /// [`LibraryError`] when it is unknown, or does not hold, load or pass.
    pub fn load_with(
        &self,
        name: &PackName,
        memory_ceiling: u64,
    ) -> Result<Networks, LibraryError> {
        let pack = self.pack(name)?;
        let mut packs = self.packs(pack.manifest.kind.role(), &mut Vec::new())?;
        packs.set(pack);
        Ok(Networks::load(&packs, memory_ceiling).map_err(|failed| failed.source)?)
    }

    /// Loads the networks in use. A chosen pack that does not hold, load or pass is passed over.
    ///
    /// # Errors
    /// [`InferError`] when even the built-in packs do not load.
    pub fn load(&self, memory_ceiling: u64) -> Result<(Networks, Vec<PassedOver>), LibraryError> {
        let mut passed_over = Vec::new();
        let mut packs = PackSet::embedded()?;
        let in_use = self.in_use_or_none(&mut passed_over);
        for role in Role::ALL {
            if let Choice::Named(name) = in_use.of(role) {
                self.put(&mut packs, role, name, &mut passed_over);
            }
        }
        self.apply_thresholds(&mut packs)?;
        loop {
            match Networks::load(&packs, memory_ceiling) {
                Ok(networks) => return Ok((networks, passed_over)),
                Err(failed) => {
                    let chosen = in_use.of(failed.role);
                    let Choice::Named(name) = chosen else { return Err(failed.source.into()) };
                    if passed_over.iter().any(|known| known.role == failed.role) {
                        return Err(failed.source.into());
                    }
                    let (name, reason) = (name.clone(), failed.source.to_string());
                    passed_over.push(PassedOver { role: failed.role, name, reason });
                    packs.reset(failed.role)?;
                    self.apply_thresholds(&mut packs)?;
                }
            }
        }
    }
}

impl Library {
    fn put(
        &self,
        packs: &mut PackSet,
        role: Role,
        name: &PackName,
        passed_over: &mut Vec<PassedOver>,
    ) {
        let pack = self.pack(name).map_err(|error| error.to_string()).and_then(|pack| {
            let fits = pack.manifest.kind.role() == role;
            fits.then_some(pack).ok_or_else(|| "it is a pack for another role".to_owned())
        });
        match pack {
            Ok(pack) => packs.set(pack),
            Err(reason) => passed_over.push(PassedOver { role, name: name.clone(), reason }),
        }
    }

    /// The packs in use for all roles but one.
    fn packs(&self, but: Role, passed_over: &mut Vec<PassedOver>) -> Result<PackSet, LibraryError> {
        let mut packs = PackSet::embedded()?;
        let in_use = self.in_use()?;
        for role in Role::ALL {
            if let Choice::Named(name) = in_use.of(role)
                && role != but
            {
                self.put(&mut packs, role, name, passed_over);
            }
        }
        Ok(packs)
    }

    fn choice(&self, name: &PackName) -> Result<Choice, LibraryError> {
        Ok(match built_in(name)? {
            Some(pack) if pack.manifest.kind.role() != Role::Findings => Choice::BuiltIn,
            Some(_) | None => Choice::Named(name.clone()),
        })
    }

    fn names_in_use(&self) -> Result<Vec<PackName>, LibraryError> {
        let in_use = self.in_use()?;
        let embedded = PackSet::embedded()?;
        let name = |role| match in_use.of(role) {
            Choice::Named(name) => name.clone(),
            Choice::BuiltIn => PackName::of(embedded.of(role)),
        };
        Ok(Role::ALL.into_iter().map(name).collect())
    }

    fn in_use_path(&self) -> PathBuf {
        self.folder.join("in-use.toml")
    }

    fn in_use(&self) -> Result<InUse, LibraryError> {
        let path = self.in_use_path();
        match fs::read_to_string(&path) {
            Ok(text) => InUse::parse(&text).map_err(|reason| LibraryError::InUse { path, reason }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(InUse::default()),
            Err(error) => Err(LibraryError::file("read", &path)(error)),
        }
    }

    /// As [`Library::in_use`], but a damaged file means the built-in packs.
    fn in_use_or_none(&self, passed_over: &mut Vec<PassedOver>) -> InUse {
        self.in_use().unwrap_or_else(|error| {
            let name = PackName { id: "in-use.toml".to_owned(), version: String::new() };
            let reason = error.to_string();
            passed_over.push(PassedOver { role: Role::Findings, name, reason });
            InUse::default()
        })
    }

    fn write(&self, in_use: &InUse) -> Result<(), LibraryError> {
        fs::create_dir_all(&self.folder).map_err(LibraryError::file("create", &self.folder))?;
        let path = self.in_use_path();
        durable::replace(&path, in_use.to_text().as_bytes())
            .map_err(LibraryError::file("write", &path))
    }

    fn folder_of(&self, name: &PackName) -> PathBuf {
        self.folder.join(&name.id).join(&name.version)
    }

    fn read(&self, name: &PackName) -> Result<Pack, LibraryError> {
        let folder = self.folder_of(name);
        if !folder.join(MANIFEST_FILE).is_file() {
            return Err(LibraryError::Unknown(name.clone()));
        }
        let pack = Pack::open(read_files(&folder)?, &self.keys)?;
        // A signed pack under another pack's name would be used in its place.
        if PackName::of(&pack) == *name {
            Ok(pack)
        } else {
            Err(LibraryError::Unknown(name.clone()))
        }
    }

    fn installed(&self) -> Result<Vec<PackName>, LibraryError> {
        let mut names = Vec::new();
        for id in entries(&self.folder)? {
            for version in entries(&id)? {
                let text = format!("{}@{}", plain_name(&id), plain_name(&version));
                if version.is_dir() {
                    names.extend(PackName::parse(&text));
                }
            }
        }
        Ok(names)
    }
}

fn built_in(name: &PackName) -> Result<Option<Pack>, LibraryError> {
    for pack in Pack::all_embedded() {
        let pack = pack?;
        if PackName::of(&pack) == *name {
            return Ok(Some(pack));
        }
    }
    Ok(None)
}

fn plain_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// What a folder holds; nothing when it is not there or no folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = || LibraryError::file("list", folder);
    let list = fs::read_dir(folder).map_err(failed())?;
    let mut paths: Vec<_> = list
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()
        .map_err(failed())?;
    paths.sort();
    Ok(paths)
}

/// The files of a pack's folder.
fn read_files(folder: &Path) -> Result<PackFiles, LibraryError> {
    let mut files = BTreeMap::new();
    if !folder.is_dir() {
        let missing = io::Error::from(io::ErrorKind::NotFound);
        return Err(LibraryError::file("read", folder)(missing));
    }
    for path in entries(folder)? {
        let bytes = read_bounded(&path).map_err(LibraryError::file("read", &path))?;
        files.insert(plain_name(&path).into_owned(), Cow::Owned(bytes));
    }
    Ok(files)
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let size = fs::metadata(path)?.len();
    if size > FILE_BYTES_MAX {
        return Err(io::Error::other("the file is larger than any model pack's"));
    }
    fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_name_never_leaves_the_folder() {
        assert!(PackName::parse("findings@2.0.0").is_some());
        for bad in ["findings", "@1", "a@", "../a@1", "a@..", "a/b@1", "a@1/2", "keys@1", ".a@1"] {
            assert_eq!(PackName::parse(bad), None, "{bad}");
        }
    }
}
