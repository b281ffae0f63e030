//! The settings of the way to a FHIR server.

use std::path::PathBuf;

use serde::Deserialize;

use super::ConfigError;
use crate::fhir::{Access, FhirSettings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FhirFile {
    url: String,
    #[serde(default)]
    user: String,
    secret_file: Option<PathBuf>,
    token_url: Option<String>,
    client_id: Option<String>,
    scope: Option<String>,
    ca_file: Option<PathBuf>,
    #[serde(default)]
    metered: bool,
    images_url: Option<String>,
}

/// An address without a slash at the end.
fn address(url: &str, name: &'static str) -> Result<String, ConfigError> {
    let plain = url.trim_end_matches('/');
    let sound = (plain.starts_with("http://") || plain.starts_with("https://"))
        && !plain.contains(['?', '#', ' ']);
    sound.then(|| plain.to_owned()).ok_or(ConfigError::Range { name })
}

impl FhirFile {
    /// One way of access, and no setting that belongs to another: it would be without effect.
    pub(super) fn read(self) -> Result<FhirSettings, ConfigError> {
        let url = address(&self.url, "fhir.url")?;
        let user = Some(self.user).filter(|user| !user.is_empty());
        let access = match (user, self.secret_file, self.token_url, self.client_id, self.scope) {
            (None, None, None, None, None) => Access::None,
            (None, Some(token_file), None, None, None) => Access::Bearer { token_file },
            (Some(user), Some(password_file), None, None, None) => {
                Access::Basic { user, password_file }
            }
            (None, Some(secret_file), Some(token_url), Some(client_id), scope) => Access::Client {
                token_url: address(&token_url, "fhir.token_url")?,
                client_id,
                secret_file,
                scope: scope.unwrap_or_default(),
            },
            _ => return Err(ConfigError::Range { name: "fhir" }),
        };
        let images_url = self.images_url.map(|url| address(&url, "fhir.images_url"));
        let images_url = images_url.transpose()?;
        Ok(FhirSettings { url, access, ca_file: self.ca_file, metered: self.metered, images_url })
    }
}
