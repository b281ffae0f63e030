//! The section `[portal]`.

use serde::{Deserialize, Serialize};

use crate::app::config::ConfigError;
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::sms_digest::Pace;
use crate::keys::sealed::Recipient;
use crate::sync::{AnnounceSettings, PortalSettings};

/// The section as it is written.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PortalFile {
    pub(in crate::app) url: String,
    pub(in crate::app) key: String,
    pub(in crate::app) code: Option<String>,
    #[serde(default)]
    pub(in crate::app) metered: bool,
    pub(in crate::app) budget_mib_per_day: Option<u32>,
    pub(in crate::app) recipient: Option<String>,
    pub(in crate::app) sms: Option<String>,
    pub(in crate::app) sms_after_minutes: Option<u32>,
    pub(in crate::app) sms_per_day: Option<u32>,
}

impl std::fmt::Debug for PortalFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PortalFile({:?})", self.url)
    }
}

impl PortalFile {
    /// Longest wait before urgent results are announced by text message: a day.
    const SMS_AFTER_MINUTES_MAX: u32 = 24 * 60;
    /// Most text messages in a day.
    const SMS_PER_DAY_MAX: u32 = 200;

    fn sms(&self) -> Result<Option<AnnounceSettings>, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let usual = Pace::default();
        let after_minutes = self.sms_after_minutes.unwrap_or(usual.after_minutes);
        let texts_per_day = self.sms_per_day.unwrap_or(usual.texts_per_day);
        if after_minutes > Self::SMS_AFTER_MINUTES_MAX {
            return Err(range("portal.sms_after_minutes"));
        }
        if !(1..=Self::SMS_PER_DAY_MAX).contains(&texts_per_day) {
            return Err(range("portal.sms_per_day"));
        }
        let Some(text) = &self.sms else { return Ok(None) };
        let number = PhoneNumber::parse(text).ok_or_else(|| range("portal.sms"))?;
        Ok(Some(AnnounceSettings { number, pace: Pace { after_minutes, texts_per_day } }))
    }

    /// The settings that it stands for.
    ///
    /// # Errors
    /// [`ConfigError::Range`] with the setting at fault.
    pub fn read(self) -> Result<PortalSettings, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let url = self.url.trim_end_matches('/').to_owned();
        if !url.starts_with("https://") {
            return Err(range("portal.url"));
        }
        if self.budget_mib_per_day == Some(0) {
            return Err(range("portal.budget_mib_per_day"));
        }
        let sms = self.sms()?;
        Ok(PortalSettings {
            sms,
            url,
            key: PublicKey::parse(&self.key).ok_or(range("portal.key"))?,
            code: self.code.filter(|code| !code.trim().is_empty()),
            metered: self.metered,
            budget_bytes_per_day: self.budget_mib_per_day.map(|mib| u64::from(mib) << 20),
            recipient: match self.recipient {
                Some(text) => {
                    Some(Recipient::parse(&text).ok_or_else(|| range("portal.recipient"))?)
                }
                None => None,
            },
        })
    }
}
