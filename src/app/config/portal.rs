//! The settings of the way to the portal.

use serde::Deserialize;

use super::ConfigError;
use crate::domain::sync::identity::PublicKey;
use crate::keys::sealed::Recipient;
use crate::sync::PortalSettings;

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
}

impl PortalFile {
    pub(super) fn read(self) -> Result<PortalSettings, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let url = self.url.trim_end_matches('/').to_owned();
        if !url.starts_with("https://") {
            return Err(range("portal.url"));
        }
        if self.budget_mib_per_day == Some(0) {
            return Err(range("portal.budget_mib_per_day"));
        }
        Ok(PortalSettings {
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
