//! The section `[portal]`.

use serde::Deserialize;

use crate::app::config::ConfigError;
use crate::domain::alert::contact::PhoneNumber;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::sms_digest::Pace;
use crate::keys::sealed::Recipient;
use crate::sync::{AnnounceSettings, PortalSettings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalFile {
    url: String,
    key: String,
    code: Option<String>,
    #[serde(default)]
    metered: bool,
    budget_mib_per_day: Option<u32>,
    recipient: Option<String>,
    sms: Option<String>,
    sms_after_minutes: Option<u32>,
    sms_per_day: Option<u32>,
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

    pub(super) fn read(self) -> Result<PortalSettings, ConfigError> {
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
