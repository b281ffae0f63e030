//! What an administrator has chosen on the pages: the sections `[portal]`, `[telegram]` and `[sms]` as a
//! settings file has them, in a folder of the state directory, with each secret in a file of its own.
//!
//! A section of the settings file goes before the same section here. The list is one file, written whole,
//! and names its secrets; a secret that it does not name is a leftover. A section that cannot be read costs
//! that section and nothing else: what a page has saved never keeps a box from starting.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Component, Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ways::TELEGRAM_API;
use super::{Config, ConfigError, PortalFile, SmsFile};
use crate::alert::{SmsSettings, TelegramSettings};
use crate::domain::hex::Hex;
use crate::durable;
use crate::sync::PortalSettings;

/// The folder in the state directory. A wipe overwrites it (`store/wipe.rs`).
const FOLDER: &str = "chosen";
/// The list in it.
const LIST: &str = "chosen.toml";
/// Largest list that is read, bytes.
const LIST_BYTES_MAX: u64 = 64 * 1024;

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Chosen {
    /// The site has said that it has no portal.
    pub no_portal: bool,
    /// The portal.
    pub portal: Option<PortalFile>,
    /// The bot.
    pub telegram: Option<BotFile>,
    /// The way for text messages.
    pub sms: Option<SmsFile>,
}

/// The bot: the name of the file with its token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct BotFile {
    token_file: PathBuf,
}

/// Which sections the settings file has: the pages leave those alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// `[portal]`.
    pub portal: bool,
    /// `[telegram]` with a token.
    pub telegram: bool,
    /// `[sms]`.
    pub sms: bool,
}

/// What the pages may set of the ways out of the box, and have set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connections {
    /// What was chosen on the pages.
    pub chosen: Chosen,
    /// What the settings file keeps to itself.
    pub fixed: Fixed,
    /// Where the Bot API is for a token from the pages.
    pub telegram_api: String,
    /// Something that was chosen cannot be read any more.
    pub damaged: bool,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            chosen: Chosen::default(),
            fixed: Fixed::default(),
            telegram_api: TELEGRAM_API.to_owned(),
            damaged: false,
        }
    }
}

impl Config {
    /// The same with what was chosen on the pages, wherever the settings file says nothing of it.
    #[must_use]
    pub fn with_chosen(mut self) -> Self {
        let (chosen, mut damaged) = Chosen::open(&self.state_dir);
        let fixed = Fixed {
            portal: self.portal.is_some(),
            telegram: self.channels.telegram.is_some(),
            sms: self.channels.sms.is_some(),
        };
        let mut used = |read: Result<(), ConfigError>| damaged |= read.is_err();
        if !fixed.portal {
            used(chosen.portal().map(|portal| self.portal = portal));
        }
        if !fixed.telegram {
            let folder = folder(&self.state_dir);
            let api_url = self.connections.telegram_api.clone();
            self.channels.telegram = chosen
                .telegram
                .as_ref()
                .map(|bot| TelegramSettings { token_file: folder.join(&bot.token_file), api_url });
        }
        if !fixed.sms {
            used(chosen.sms(&self.state_dir).map(|sms| self.channels.sms = sms));
        }
        if damaged {
            tracing::error!("settings that were saved on a page cannot be read");
        }
        self.connections = Connections { chosen, fixed, damaged, ..self.connections };
        self
    }
}

impl Chosen {
    /// What was chosen, and whether some of it cannot be read.
    #[must_use]
    pub fn open(state: &Path) -> (Self, bool) {
        let path = folder(state).join(LIST);
        let text = match fs::metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return (Self::default(), false),
            Ok(meta) if meta.len() <= LIST_BYTES_MAX => fs::read_to_string(&path).ok(),
            Ok(_) | Err(_) => None,
        };
        let Some(mut table) = text.and_then(|text| text.parse::<toml::Table>().ok()) else {
            return (Self::default(), true);
        };
        let mut damaged = false;
        let no_portal = table.get("no_portal").and_then(toml::Value::as_bool).unwrap_or(false);
        let portal = section(&mut table, "portal", &mut damaged);
        let mut telegram: Option<BotFile> = section(&mut table, "telegram", &mut damaged);
        let mut sms: Option<SmsFile> = section(&mut table, "sms", &mut damaged);
        // Nothing leads out of the folder.
        if telegram.as_ref().is_some_and(|bot| !is_bare(&bot.token_file)) {
            (telegram, damaged) = (None, true);
        }
        if sms.as_ref().is_some_and(|sms| !sms.secrets().all(|name| is_bare(name))) {
            (sms, damaged) = (None, true);
        }
        (Self { no_portal, portal, telegram, sms }, damaged)
    }

    /// Makes it durable; then removes the secrets that it does not name.
    ///
    /// # Errors
    /// When the disk fails: what was chosen before holds then.
    pub fn save(&self, state: &Path) -> io::Result<()> {
        let folder = made(state)?;
        let text = toml::to_string(self).map_err(io::Error::other)?;
        durable::replace_private(&folder.join(LIST), text.as_bytes())?;
        self.remove_leftovers(state);
        Ok(())
    }

    /// Removes secrets that it does not name: they are of no use to anybody but a thief. Where that fails,
    /// the next save tries again.
    pub fn remove_leftovers(&self, state: &Path) {
        let secrets = self.sms.iter().flat_map(SmsFile::secrets);
        let secrets = secrets.chain(self.telegram.as_ref().map(|bot| &bot.token_file));
        let mut kept: BTreeSet<&OsStr> = secrets.map(|name| name.as_os_str()).collect();
        kept.insert(OsStr::new(LIST));
        let Ok(entries) = fs::read_dir(folder(state)) else { return };
        for entry in entries.filter_map(Result::ok) {
            if !kept.contains(entry.file_name().as_os_str()) {
                let _tried_again = fs::remove_file(entry.path());
            }
        }
    }

    /// The portal; `None`: none was chosen.
    ///
    /// # Errors
    /// [`ConfigError::Range`].
    pub fn portal(&self) -> Result<Option<PortalSettings>, ConfigError> {
        self.portal.clone().map(PortalFile::read).transpose()
    }

    /// The way for text messages; `None`: none was chosen.
    ///
    /// # Errors
    /// [`ConfigError::Range`].
    pub fn sms(&self, state: &Path) -> Result<Option<SmsSettings>, ConfigError> {
        let sms = self.sms.clone().map(|sms| sms.within(&folder(state)));
        sms.map(SmsFile::read).transpose()
    }
}

impl BotFile {
    /// The bot whose token is in that file of secrets.
    #[must_use]
    pub const fn of(token_file: PathBuf) -> Self {
        Self { token_file }
    }
}

/// Writes a secret into a file of its own, for the program's user alone; gives the file's name.
///
/// # Errors
/// When the disk fails.
pub fn keep_secret(state: &Path, what: &str, tag: [u8; 8], secret: &str) -> io::Result<PathBuf> {
    let name = PathBuf::from(format!("{what}-{}", Hex(&tag)));
    durable::replace_private(&made(state)?.join(&name), format!("{secret}\n").as_bytes())?;
    Ok(name)
}

fn folder(state: &Path) -> PathBuf {
    state.join(FOLDER)
}

/// The folder, which nobody else may enter.
fn made(state: &Path) -> io::Result<PathBuf> {
    let folder = folder(state);
    if !folder.is_dir() {
        DirBuilder::new().mode(0o700).create(&folder)?;
        durable::sync_folder(state)?;
    }
    Ok(folder)
}

fn is_bare(name: &Path) -> bool {
    let mut parts = name.components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
}

fn section<T: DeserializeOwned>(
    table: &mut toml::Table,
    name: &str,
    damaged: &mut bool,
) -> Option<T> {
    let read = table.remove(name)?.try_into();
    *damaged |= read.is_err();
    read.ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const KEY: &str = "0101010101010101010101010101010101010101010101010101010101010101";

    fn portal(url: &str) -> PortalFile {
        PortalFile { url: url.to_owned(), key: KEY.to_owned(), ..PortalFile::default() }
    }

    fn config(state: &Path, text: &str) -> Config {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        Config { state_dir: state.to_owned(), ..Config::read(file.path()).unwrap() }
    }

    #[test]
    fn what_was_saved_comes_back_and_only_its_secrets_stay() {
        let state = tempfile::tempdir().unwrap();
        assert_eq!(Chosen::open(state.path()), (Chosen::default(), false));
        let old = keep_secret(state.path(), "bot", [1; 8], "old").unwrap();
        let new = keep_secret(state.path(), "bot", [2; 8], "new").unwrap();
        let password = keep_secret(state.path(), "sms", [3; 8], "password").unwrap();
        let chosen = Chosen {
            portal: Some(portal("https://portal:8443")),
            telegram: Some(BotFile::of(new.clone())),
            sms: Some(SmsFile {
                android_url: Some("http://10.0.0.7:8080".to_owned()),
                user: "sms".to_owned(),
                secret_file: Some(password.clone()),
                ..SmsFile::default()
            }),
            no_portal: false,
        };
        chosen.save(state.path()).unwrap();
        assert_eq!(Chosen::open(state.path()), (chosen, false));
        let folder = folder(state.path());
        assert!(!folder.join(old).exists());
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        for name in [new, password, PathBuf::from(LIST)] {
            let mode = fs::metadata(folder.join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let config = config(state.path(), "").with_chosen();
        assert_eq!(config.portal.unwrap().url, "https://portal:8443");
        let bot = config.channels.telegram.unwrap();
        assert_eq!(fs::read_to_string(bot.token_file).unwrap(), "new\n");
        assert!(matches!(config.channels.sms, Some(SmsSettings::Android(_))));
        assert!(!config.connections.damaged);
    }

    #[test]
    fn the_settings_file_goes_before_the_pages_section_by_section() {
        let state = tempfile::tempdir().unwrap();
        let chosen = Chosen {
            portal: Some(portal("https://chosen")),
            sms: Some(SmsFile { modem: Some("any".to_owned()), ..SmsFile::default() }),
            ..Chosen::default()
        };
        chosen.save(state.path()).unwrap();
        let text = format!("[portal]\nurl = 'https://file'\nkey = '{KEY}'\n");
        let config = config(state.path(), &text).with_chosen();
        assert_eq!(config.portal.unwrap().url, "https://file");
        assert!(matches!(config.channels.sms, Some(SmsSettings::Modem(_))));
        assert_eq!(config.connections.fixed, Fixed { portal: true, ..Fixed::default() });
    }

    #[test]
    fn what_cannot_be_read_costs_its_own_section_and_never_the_start() {
        let state = tempfile::tempdir().unwrap();
        let list = made(state.path()).unwrap().join(LIST);
        let good = "[portal]\nurl = 'https://p'\nkey = '01'\n[sms]\nmodem = 'any'\n";
        fs::write(&list, good).unwrap();
        let read = config(state.path(), "").with_chosen();
        assert!(read.portal.is_none() && read.channels.sms.is_some() && read.connections.damaged);
        for text in [
            "no toml",
            "[telegram]\ntoken_file = '../fieldray.db'",
            "[telegram]\ntoken_file = '/etc/passwd'",
            "[sms]\nandroid_url = 'http://x'\nuser = 'x'\nsecret_file = 'a/b'",
            "[sms]\nfax = 'any'",
        ] {
            fs::write(&list, text).unwrap();
            let read = config(state.path(), "").with_chosen();
            assert!(read.connections.damaged, "{text}");
            assert!(read.channels.telegram.is_none() && read.channels.sms.is_none(), "{text}");
        }
        fs::write(&list, "no_portal = true\nfuture = 1\n").unwrap();
        assert!(Chosen::open(state.path()).0.no_portal, "a newer program may know more");
    }
}
