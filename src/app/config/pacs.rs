//! The settings of the way to a PACS.

use std::path::PathBuf;

use serde::Deserialize;

use super::ConfigError;
use crate::pacs::{CStoreSettings, PacsSettings, StowSettings};

/// The AE title of a box that has no other.
const OWN_AE_TITLE: &str = "FIELDRAY";
/// Longest AE title, characters (PS3.5 section 6.2).
const AE_TITLE_CHARS_MAX: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PacsFile {
    stow: Option<String>,
    #[serde(default)]
    user: String,
    secret_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
    host: Option<String>,
    port: Option<u16>,
    called_ae_title: Option<String>,
    calling_ae_title: Option<String>,
}

impl PacsFile {
    /// One way, and no setting that belongs to the other: it would be without effect.
    pub(super) fn read(self) -> Result<PacsSettings, ConfigError> {
        let range = |name| ConfigError::Range { name };
        let web = !self.user.is_empty() || self.secret_file.is_some() || self.ca_file.is_some();
        let titles = self.called_ae_title.is_some() || self.calling_ae_title.is_some();
        match (self.stow, self.host, self.port) {
            (Some(url), None, None) if !titles => {
                let url = url.trim_end_matches('/').to_owned();
                if !url.starts_with("http://") && !url.starts_with("https://") {
                    return Err(range("pacs.stow"));
                }
                let (user, secret_file, ca_file) = (self.user, self.secret_file, self.ca_file);
                Ok(PacsSettings::Stow(StowSettings { url, user, secret_file, ca_file }))
            }
            (None, Some(host), Some(port)) if !web => {
                let title = |title: String| {
                    let plain = title.chars().all(|c| c.is_ascii_graphic() && c != '\\');
                    let fits = (1..=AE_TITLE_CHARS_MAX).contains(&title.len());
                    (plain && fits).then_some(title)
                };
                if host.is_empty() || port == 0 {
                    return Err(range("pacs.host"));
                }
                let called = self.called_ae_title.and_then(title);
                let called = called.ok_or_else(|| range("pacs.called_ae_title"))?;
                let calling = self.calling_ae_title.unwrap_or_else(|| OWN_AE_TITLE.to_owned());
                let calling = title(calling).ok_or_else(|| range("pacs.calling_ae_title"))?;
                Ok(PacsSettings::CStore(CStoreSettings { host, port, called, calling }))
            }
            _ => Err(range("pacs")),
        }
    }
}
