//! A model pack: network file, manifest and known answers, checked against each other.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::digest::Sha256Digest;
use crate::infer::manifest::{Manifest, ManifestError};
use crate::infer::network::{InferError, Network, output};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A pack whose network file has the digest that its manifest states.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The parsed manifest.
    pub manifest: Manifest,
    /// The network file.
    pub network: Cow<'static, [u8]>,
    /// The known answers.
    pub golden: Golden,
}

/// Why a pack is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No such pack in this program.
    #[error("no model pack named {0:?} is built in")]
    Unknown(String),
    /// The manifest is refused.
    #[error("manifest refused")]
    Manifest(#[from] ManifestError),
    /// The network file is not the one that the manifest names.
    #[error("the network file has digest {found}, the manifest says {stated}")]
    Digest {
        /// What was found.
        found: Sha256Digest,
        /// What the manifest says.
        stated: Sha256Digest,
    },
    /// The known answers cannot be read.
    #[error("the known answers cannot be read: {0}")]
    Golden(String),
}

impl Pack {
    /// The newest built-in pack of that name.
    ///
    /// # Errors
    /// [`PackError`] when there is none or its parts do not belong together.
    pub fn embedded(id: &str) -> Result<Self, PackError> {
        let named = EMBEDDED_PACKS.iter().filter(|pack| pack.id == id);
        let newest = named.max_by_key(|pack| version_key(pack.version));
        let files = newest.ok_or_else(|| PackError::Unknown(id.to_owned()))?;
        Self::from_parts(files.manifest, Cow::Borrowed(files.network), files.golden)
    }

    /// Joins the three files of a pack.
    ///
    /// # Errors
    /// [`PackError`] when one cannot be read or the digest does not hold.
    pub fn from_parts(
        manifest: &str,
        network: Cow<'static, [u8]>,
        golden: &str,
    ) -> Result<Self, PackError> {
        let manifest = Manifest::parse(manifest)?;
        let found = Sha256Digest::from_bytes(Sha256::digest(&network).into());
        let stated = manifest.model.sha256;
        if found != stated {
            return Err(PackError::Digest { found, stated });
        }
        let golden = serde_json::from_str(golden).map_err(|e| PackError::Golden(e.to_string()))?;
        Ok(Self { manifest, network, golden })
    }
}

fn version_key(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Known answers on phantoms that are drawn by formula, from another runtime.
#[derive(Clone, Debug, Deserialize)]
pub struct Golden {
    tolerance: f32,
    /// Of these outputs every n-th value is listed; of the others every one.
    #[serde(default)]
    stride: BTreeMap<String, usize>,
    cases: Vec<GoldenCase>,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldenCase {
    phantom: String,
    #[serde(flatten)]
    outputs: BTreeMap<String, Vec<f32>>,
}

impl Golden {
    /// Runs every phantom and compares.
    pub(super) fn check(
        &self,
        network: &dyn Network,
        width: usize,
        height: usize,
    ) -> Result<(), InferError> {
        if self.cases.is_empty() {
            return Err(PackError::Golden("there are none".to_owned()).into());
        }
        for case in &self.cases {
            let plane = phantom(&case.phantom, width, height)
                .ok_or_else(|| PackError::Golden(format!("unknown phantom {}", case.phantom)))?;
            let outputs = network.run(&plane)?;
            for (name, expected) in &case.outputs {
                let found = &output(&outputs, name, None)?.values;
                let stride = self.stride.get(name).copied().unwrap_or(1).max(1);
                if found.len().div_ceil(stride) != expected.len() {
                    return Err(InferError::Output { name: name.clone() });
                }
                let differences = found.iter().step_by(stride).zip(expected);
                let difference = differences.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                if difference > self.tolerance {
                    let (case, output) = (case.phantom.clone(), name.clone());
                    return Err(InferError::SelfTest { case, output, difference });
                }
            }
        }
        Ok(())
    }
}

/// A normalised input plane drawn by formula; the training side draws the same.
fn phantom(name: &str, width: usize, height: usize) -> Option<Vec<f32>> {
    #[expect(clippy::cast_precision_loss, reason = "sides stay below 2^16")]
    let ramp = |at: usize, len: usize| at as f32 / (len - 1) as f32 * 2.0 - 1.0;
    let value = |x: usize, y: usize| match name {
        "ramp_x" => Some(ramp(x, width)),
        "ramp_y" => Some(ramp(y, height)),
        "checker16" => Some(if (x / 16 + y / 16).is_multiple_of(2) { 1.0 } else { -1.0 }),
        _ => None,
    };
    (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| value(x, y)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_network_file_refuses_the_pack() {
        let files = EMBEDDED_PACKS.iter().find(|pack| pack.id == "findings").unwrap();
        let mut network = files.network.to_vec();
        let middle = network.len() / 2;
        network[middle] ^= 1;
        let refused = Pack::from_parts(files.manifest, Cow::Owned(network), files.golden);
        assert!(matches!(refused, Err(PackError::Digest { .. })));
    }

    #[test]
    fn the_newest_version_is_taken() {
        assert!(version_key("1.10.0") > version_key("1.9.3"));
    }
}
