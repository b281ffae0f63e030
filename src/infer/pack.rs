//! A model pack: manifest, signature, network, known answers and card, checked against each other.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::digest::Sha256Digest;
use crate::infer::manifest::{GOLDEN_FILE, Manifest, ManifestError, NETWORK_FILE};
use crate::infer::network::{InferError, Network, output};
use crate::infer::signature::{SignatureError, TrustedKeys};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The manifest of a pack.
pub const MANIFEST_FILE: &str = "manifest.toml";
/// The signature over the manifest.
pub const SIGNATURE_FILE: &str = "manifest.toml.minisig";
/// What people should know about a model.
pub const CARD_FILE: &str = "CARD.md";

/// The files of a pack by plain name.
pub type PackFiles = BTreeMap<String, Cow<'static, [u8]>>;

/// A pack whose signature is trusted and whose files are the ones that were signed.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The parsed manifest.
    pub manifest: Manifest,
    /// The network file.
    pub network: Cow<'static, [u8]>,
    /// The known answers.
    pub golden: Golden,
    /// The model card, Markdown; empty when the pack has none.
    pub card: String,
}

/// Why a pack is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No such pack in this program.
    #[error("no model pack named {0:?} is built in")]
    Unknown(String),
    /// The manifest is refused.
    #[error("manifest refused: {0}")]
    Manifest(#[from] ManifestError),
    /// The signature is refused.
    #[error("signature refused: {0}")]
    Signature(#[from] SignatureError),
    /// A file that the manifest lists is missing, or one is there that it does not list.
    #[error("file {name} is {}", if *.listed { "missing" } else { "not listed in the manifest" })]
    Files {
        /// Which file.
        name: String,
        /// Whether the manifest lists it.
        listed: bool,
    },
    /// A file is not the one that the manifest names.
    #[error("file {name} has digest {found}, the manifest says {stated}")]
    Digest {
        /// Which file.
        name: String,
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
    /// [`PackError`] when there is none, or it does not hold.
    pub fn embedded(id: &str) -> Result<Self, PackError> {
        let named = built_in().iter().filter(|pack| pack.id == id);
        let newest = named.max_by_key(|pack| version_key(pack.version));
        let newest = newest.ok_or_else(|| PackError::Unknown(id.to_owned()))?;
        Self::open(newest.files(), &maker()?)
    }

    /// The files of a built-in pack; `None` when there is no such pack.
    #[must_use]
    pub fn embedded_files(id: &str, version: &str) -> Option<PackFiles> {
        let found = built_in().iter().find(|pack| (pack.id, pack.version) == (id, version));
        found.map(EmbeddedPack::files)
    }

    /// Every built-in pack.
    pub fn all_embedded() -> impl Iterator<Item = Result<Self, PackError>> {
        let open = |pack: &EmbeddedPack| Self::open(pack.files(), &maker()?);
        built_in().iter().map(open)
    }

    /// Checks the signature, then the manifest, then every file against its digest.
    ///
    /// # Errors
    /// [`PackError`] with the part at fault.
    pub fn open(mut files: PackFiles, keys: &TrustedKeys) -> Result<Self, PackError> {
        let missing = |name: &str| PackError::Files { name: name.to_owned(), listed: true };
        let manifest = files.remove(MANIFEST_FILE).ok_or_else(|| missing(MANIFEST_FILE))?;
        let signature = files.remove(SIGNATURE_FILE).ok_or_else(|| missing(SIGNATURE_FILE))?;
        keys.verify(&manifest, &String::from_utf8_lossy(&signature))?;
        Self::assemble(Manifest::parse(&String::from_utf8_lossy(&manifest))?, files)
    }

    /// Joins a manifest with its files; its origin is the caller's to know.
    pub(super) fn assemble(manifest: Manifest, mut files: PackFiles) -> Result<Self, PackError> {
        for (name, stated) in &manifest.files {
            let bytes = files.get(name);
            let bytes =
                bytes.ok_or_else(|| PackError::Files { name: name.clone(), listed: true })?;
            let (name, stated, found) = (name.clone(), *stated, Sha256Digest::of(bytes));
            if found != stated {
                return Err(PackError::Digest { name, found, stated });
            }
        }
        if let Some(name) = files.keys().find(|name| !manifest.files.contains_key(*name)) {
            return Err(PackError::Files { name: name.clone(), listed: false });
        }
        let mut take = |name: &str| files.remove(name).unwrap_or_default();
        let golden = serde_json::from_slice(&take(GOLDEN_FILE));
        let golden = golden.map_err(|error| PackError::Golden(error.to_string()))?;
        let card = String::from_utf8_lossy(&take(CARD_FILE)).into_owned();
        Ok(Self { network: take(NETWORK_FILE), manifest, golden, card })
    }
}

/// The packs in this program.
#[cfg(not(debug_assertions))]
fn built_in() -> &'static [EmbeddedPack] {
    EMBEDDED_PACKS
}

/// Who signs the packs in this program.
#[cfg(not(debug_assertions))]
fn maker() -> Result<TrustedKeys, SignatureError> {
    TrustedKeys::project()
}

/// The packs in this program. The environment can put another one in the place of those of its name
/// (`FIELDRAY_PRETEND_PACK`, its folder), so that a later program is tested with this one.
#[cfg(debug_assertions)]
fn built_in() -> &'static [EmbeddedPack] {
    use std::sync::OnceLock;
    static PACKS: OnceLock<Vec<EmbeddedPack>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let pretended = std::env::var_os("FIELDRAY_PRETEND_PACK")
            .and_then(|folder| pretended(std::path::Path::new(&folder)));
        let other = |pack: &&EmbeddedPack| pretended.as_ref().is_none_or(|it| it.id != pack.id);
        let kept = EMBEDDED_PACKS.iter().filter(other);
        let mut packs: Vec<_> = kept.map(|pack| EmbeddedPack { ..*pack }).collect();
        packs.extend(pretended);
        packs
    })
}

#[cfg(debug_assertions)]
fn pretended(folder: &std::path::Path) -> Option<EmbeddedPack> {
    let mut files: Vec<(&'static str, &'static [u8])> = Vec::new();
    for entry in std::fs::read_dir(folder).ok()? {
        let path = entry.ok()?.path();
        let bytes: &'static [u8] = std::fs::read(&path).ok()?.leak();
        let name: &'static str = path.file_name()?.to_str()?.to_owned().leak();
        files.push((name, bytes));
    }
    let manifest = files.iter().find(|(name, _)| *name == MANIFEST_FILE)?.1;
    let model = Manifest::parse(&String::from_utf8_lossy(manifest)).ok()?.model;
    let (id, version) = (model.id.leak(), model.version.leak());
    Some(EmbeddedPack { id, version, files: files.leak() })
}

/// Who signs the packs in this program; with a pretended one, its maker too (`FIELDRAY_PRETEND_KEY`).
#[cfg(debug_assertions)]
fn maker() -> Result<TrustedKeys, SignatureError> {
    let mut keys = TrustedKeys::project()?;
    let path = std::env::var_os("FIELDRAY_PRETEND_KEY");
    if let Some(text) = path.and_then(|path| std::fs::read_to_string(path).ok()) {
        keys.trust(&text)?;
    }
    Ok(keys)
}

impl EmbeddedPack {
    fn files(&self) -> PackFiles {
        let borrowed =
            |(name, bytes): &(&str, &'static [u8])| ((*name).to_owned(), Cow::Borrowed(*bytes));
        self.files.iter().map(borrowed).collect()
    }
}

/// Orders versions by their numbers.
#[must_use]
pub fn version_key(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Known answers on phantoms that are drawn by formula, from another runtime.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Golden {
    /// Largest absolute difference that still passes.
    tolerance: f32,
    /// Of these outputs every n-th value is listed; of the others every one.
    #[serde(default)]
    stride: BTreeMap<String, usize>,
    cases: Vec<GoldenCase>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
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

impl Golden {
    /// Runs every phantom and takes the answers as the known ones.
    pub(super) fn record(
        network: &dyn Network,
        width: usize,
        height: usize,
    ) -> Result<Self, InferError> {
        let mut cases = Vec::with_capacity(PHANTOMS.len());
        let mut stride = BTreeMap::new();
        for name in PHANTOMS {
            let plane = phantom(name, width, height).unwrap_or_default();
            let mut outputs = BTreeMap::new();
            for tensor in network.run(&plane)? {
                // Large outputs are thinned out; the step shares no factor with usual sides.
                let step = if tensor.values.len() > 4096 { 97 } else { 1 };
                stride.insert(tensor.name.clone(), step);
                let values = tensor.values.into_iter().step_by(step).collect();
                outputs.insert(tensor.name, values);
            }
            cases.push(GoldenCase { phantom: name.to_owned(), outputs });
        }
        Ok(Self { tolerance: 1e-3, stride, cases })
    }
}

/// Every phantom as an input plane.
pub(super) fn phantoms(width: usize, height: usize) -> impl Iterator<Item = Vec<f32>> {
    PHANTOMS.into_iter().filter_map(move |name| phantom(name, width, height))
}

/// Names of the phantoms.
const PHANTOMS: [&str; 3] = ["ramp_x", "ramp_y", "checker16"];

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

    fn files() -> PackFiles {
        EMBEDDED_PACKS.iter().find(|pack| pack.id == "orientation").unwrap().files()
    }

    fn open(files: PackFiles) -> Result<Pack, PackError> {
        Pack::open(files, &TrustedKeys::project().unwrap())
    }

    #[test]
    fn every_pack_of_this_program_holds() {
        let opened: Vec<Pack> = Pack::all_embedded().map(Result::unwrap).collect();
        assert!(opened.len() >= 3);
        assert!(opened.iter().all(|pack| !pack.card.is_empty()));
    }

    #[test]
    fn a_changed_file_refuses_the_pack() {
        let mut files = files();
        let network = files.get_mut(NETWORK_FILE).unwrap().to_mut();
        let middle = network.len() / 2;
        network[middle] ^= 1;
        assert!(matches!(open(files), Err(PackError::Digest { .. })));
    }

    #[test]
    fn a_changed_manifest_refuses_the_pack() {
        let mut files = files();
        let text = String::from_utf8(files[MANIFEST_FILE].to_vec()).unwrap();
        let text = text.replace("chest_threshold = 0", "chest_threshold = 0.0");
        files.insert(MANIFEST_FILE.to_owned(), Cow::Owned(text.into_bytes()));
        assert!(matches!(open(files), Err(PackError::Signature(SignatureError::Untrusted))));
    }

    #[test]
    fn a_missing_or_additional_file_refuses_the_pack() {
        let mut less = files();
        less.remove(GOLDEN_FILE);
        assert!(matches!(open(less), Err(PackError::Files { listed: true, .. })));
        let mut more = files();
        more.insert("other.onnx".to_owned(), Cow::Borrowed(b"x"));
        assert!(matches!(open(more), Err(PackError::Files { listed: false, .. })));
        let mut unsigned = files();
        unsigned.remove(SIGNATURE_FILE);
        assert!(matches!(open(unsigned), Err(PackError::Files { listed: true, .. })));
    }

    #[test]
    fn the_newest_version_is_taken() {
        assert!(version_key("1.10.0") > version_key("1.9.3"));
    }
}
