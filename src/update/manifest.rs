//! The manifest of a bundle: TOML as signed ↔ [`Bundle`].

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::update::{Bundle, Part, PartName, Parts, ReleaseVersion};
use crate::update::UpdateError;

/// What the first line of meaning says, so that no other signed text passes for a bundle.
const KIND: &str = "fieldray-bundle-1";

/// Longest target triple, characters.
const TARGET_CHARS_MAX: usize = 64;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    kind: String,
    version: String,
    target: String,
    schema: u32,
    from_min: String,
    from_max: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changed_tables: Vec<String>,
    part: Vec<RawPart>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    name: String,
    size_bytes: u64,
    sha256: String,
}

/// Reads a manifest whose signature was checked.
///
/// # Errors
/// [`UpdateError::Manifest`] with what is wrong.
pub fn parse(text: &[u8]) -> Result<Bundle, UpdateError> {
    let wrong = |what: &str| UpdateError::Manifest(what.to_owned());
    let text = std::str::from_utf8(text).map_err(|_| wrong("it is no text"))?;
    let raw: RawManifest =
        toml::from_str(text).map_err(|error| UpdateError::Manifest(error.message().to_owned()))?;
    if raw.kind != KIND {
        return Err(wrong("it is of another kind"));
    }
    let version =
        |text: &str| ReleaseVersion::parse(text).ok_or_else(|| wrong("a version is no version"));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if raw.target.is_empty()
        || raw.target.len() > TARGET_CHARS_MAX
        || !raw.target.chars().all(plain)
    {
        return Err(wrong("the target is none"));
    }
    let parts = raw.part.iter().map(|part| {
        Some(Part {
            name: PartName::parse(&part.name)?,
            size_bytes: part.size_bytes,
            sha256: Sha256Digest::parse(&part.sha256)?,
        })
    });
    let parts: Option<Vec<Part>> = parts.collect();
    let parts =
        parts.and_then(Parts::new).ok_or_else(|| wrong("its parts are not as they must be"))?;
    Ok(Bundle {
        version: version(&raw.version)?,
        target: raw.target,
        schema: raw.schema,
        from_min: version(&raw.from_min)?,
        from_max: version(&raw.from_max)?,
        changed_tables: raw.changed_tables,
        parts,
    })
}

/// Writes a manifest.
///
/// # Errors
/// [`UpdateError::Manifest`] when it cannot be written.
pub fn to_text(bundle: &Bundle) -> Result<String, UpdateError> {
    let part = |part: &Part| RawPart {
        name: part.name.to_string(),
        size_bytes: part.size_bytes,
        sha256: part.sha256.to_string(),
    };
    let raw = RawManifest {
        kind: KIND.to_owned(),
        version: bundle.version.to_string(),
        target: bundle.target.clone(),
        schema: bundle.schema,
        from_min: bundle.from_min.to_string(),
        from_max: bundle.from_max.to_string(),
        changed_tables: bundle.changed_tables.clone(),
        part: bundle.parts.list().iter().map(part).collect(),
    };
    toml::to_string(&raw).map_err(|error| UpdateError::Manifest(error.to_string()))
}
