//! The sections `[telegram]` and `[sms]`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::alert::{
    AndroidSettings, GatewaySettings, ModemSettings, SmsSettings, TelegramSettings,
};
use crate::app::config::ConfigError;

/// Where Telegram's Bot API is unless the settings say another place.
pub(super) const TELEGRAM_API: &str = "https://api.telegram.org";

/// The section as it is written. With `api_url` alone the token comes from the pages.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TelegramFile {
    token_file: Option<PathBuf>,
    api_url: Option<String>,
}

/// What the section stands for.
pub(super) struct TelegramPart {
    /// The bot, where the file names its token.
    pub(super) settings: Option<TelegramSettings>,
    /// Where the Bot API is, whoever names the token.
    pub(super) api_url: String,
}

impl TelegramFile {
    pub(super) fn read(self) -> Result<TelegramPart, ConfigError> {
        let api_url = self.api_url.unwrap_or_else(|| TELEGRAM_API.to_owned());
        if !api_url.starts_with("https://") && !api_url.starts_with("http://") {
            return Err(ConfigError::Range { name: "telegram.api_url" });
        }
        let bot = |token_file| TelegramSettings { token_file, api_url: api_url.clone() };
        Ok(TelegramPart { settings: self.token_file.map(bot), api_url })
    }
}

/// The section as it is written.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SmsFile {
    pub(in crate::app) gammu_spool: Option<PathBuf>,
    pub(in crate::app) modem: Option<String>,
    pub(in crate::app) bus: Option<String>,
    pub(in crate::app) android_url: Option<String>,
    pub(in crate::app) webhook_secret_file: Option<PathBuf>,
    pub(in crate::app) url: Option<String>,
    #[serde(default)]
    pub(in crate::app) body: String,
    #[serde(default)]
    pub(in crate::app) user: String,
    pub(in crate::app) secret_file: Option<PathBuf>,
}

impl std::fmt::Debug for SmsFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address may hold a password.
        f.write_str("SmsFile(…)")
    }
}

impl SmsFile {
    /// What `modem` says for the first one that can send.
    pub(in crate::app) const ANY_MODEM: &str = "any";

    /// One way, and no setting that belongs to another: it would be without effect.
    ///
    /// # Errors
    /// [`ConfigError::Range`].
    pub fn read(self) -> Result<SmsSettings, ConfigError> {
        let range = || ConfigError::Range { name: "sms" };
        let http = !self.user.is_empty() || self.secret_file.is_some();
        let template = !self.body.is_empty();
        let webhook = self.webhook_secret_file.is_some();
        match (self.gammu_spool, self.modem, self.android_url, self.url) {
            (Some(spool), None, None, None)
                if !http && !template && !webhook && self.bus.is_none() =>
            {
                Ok(SmsSettings::Gammu { spool })
            }
            (None, Some(name), None, None)
                if !http && !template && !webhook && !name.is_empty() =>
            {
                let wanted = Some(name).filter(|name| name != Self::ANY_MODEM);
                Ok(SmsSettings::Modem(ModemSettings { wanted, bus: self.bus }))
            }
            (None, None, Some(url), None) if !template && self.bus.is_none() => {
                Ok(SmsSettings::Android(AndroidSettings {
                    url,
                    user: self.user,
                    secret_file: self.secret_file.ok_or_else(range)?,
                    webhook_secret_file: self.webhook_secret_file,
                }))
            }
            (None, None, None, Some(url)) if !webhook && self.bus.is_none() => {
                Ok(SmsSettings::Gateway(GatewaySettings {
                    url,
                    body: self.body,
                    user: self.user,
                    secret_file: self.secret_file,
                }))
            }
            _ => Err(range()),
        }
    }

    /// Its files of secrets.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &PathBuf> {
        self.secret_file.iter().chain(&self.webhook_secret_file)
    }

    /// The same with its files of secrets in a folder.
    pub(super) fn within(mut self, folder: &Path) -> Self {
        let place = |name: PathBuf| folder.join(name);
        self.secret_file = self.secret_file.map(place);
        self.webhook_secret_file = self.webhook_secret_file.map(place);
        self
    }
}
