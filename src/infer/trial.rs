//! A network nobody has vouched for yet: run it here, see that its outputs are what its manifest
//! says, and take its answers down as the known ones.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::domain::digest::Sha256Digest;
use crate::infer::manifest::{
    Activation, FindingsSpec, GOLDEN_FILE, Input, Manifest, ManifestError, ModelKind,
};
use crate::infer::network::{InferError, Network, Tensor, output};
use crate::infer::pack::{Golden, Pack, PackError, phantoms};
use crate::infer::shelf::Shelf;
use crate::infer::tract::TractNetwork;
use crate::infer::{BackendChoice, tract_only};

/// Packs tried one after the other, all resident as far as the memory ceiling allows.
pub struct Trials {
    shelf: Arc<Shelf>,
}

impl fmt::Debug for Trials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trials")
    }
}

impl Trials {
    /// No packs yet; the ceiling is in bytes.
    ///
    /// # Errors
    /// [`InferError::BackendUnavailable`] for TensorRT.
    pub fn new(choice: BackendChoice, memory_ceiling: u64) -> Result<Self, InferError> {
        tract_only(choice)?;
        Ok(Self { shelf: Shelf::new(memory_ceiling) })
    }

    /// Loads a pack's network and compares its known answers.
    ///
    /// # Errors
    /// [`InferError`] when it does not load or pass.
    pub fn run(&self, pack: &Pack) -> Result<(), InferError> {
        self.shelf.place(pack).map(drop)
    }
}

/// Loads any ONNX file with one grey (1) or colour (3) plane as input, outside of all packs.
///
/// # Errors
/// [`InferError`] when it does not load on the back end.
pub fn bare_network(
    network: &[u8],
    side: usize,
    channels: usize,
    choice: BackendChoice,
) -> Result<Box<dyn Network>, InferError> {
    let input = Input::plain(side, channels);
    tract_only(choice)?;
    Ok(Box::new(TractNetwork::load(network, &input)?))
}

/// The input planes on which networks are compared.
pub fn phantom_planes(side: usize) -> impl Iterator<Item = Vec<f32>> {
    phantoms(side, side)
}

/// Adds the digests of a pack's files to a manifest that has none.
///
/// # Errors
/// [`ManifestError`] when the text is no TOML or has digests already.
pub fn complete(manifest: &str, files: &[(&str, &[u8])]) -> Result<String, ManifestError> {
    let table: toml::Table =
        toml::from_str(manifest).map_err(|error| ManifestError::Syntax(error.to_string()))?;
    if table.contains_key("files") {
        return Err(ManifestError::Value { field: "files: leave it out, it is written here" });
    }
    let mut text = format!("{}\n\n[files]\n", manifest.trim_end());
    for (name, bytes) in files {
        // Writing to a string cannot fail.
        let _written = writeln!(text, "\"{name}\" = \"{}\"", Sha256Digest::of(bytes));
    }
    Ok(text)
}

/// Runs a network on phantoms and returns its answers as the text of `golden.json`.
///
/// # Errors
/// [`InferError`] when it does not load or run, its input is not of one picture of fixed size, or an
/// output is missing, has another shape than the manifest says, or values that it cannot have.
pub fn trial(
    manifest: &Manifest,
    network: &[u8],
    choice: BackendChoice,
    memory_ceiling: u64,
) -> Result<String, InferError> {
    let pack = Pack {
        manifest: manifest.clone(),
        network: Cow::Owned(network.to_vec()),
        golden: Golden::default(),
        card: String::new(),
    };
    tract_only(choice)?;
    TractNetwork::require_fixed(network, &manifest.input)?;
    let shelf = Shelf::new(memory_ceiling);
    let placed = shelf.place_unchecked(&pack)?;
    let (width, height) = (manifest.input.width, manifest.input.height);
    for plane in phantoms(width, height) {
        check_outputs(&manifest.kind, &placed.run(&plane)?)?;
    }
    let golden = Golden::record(placed.as_ref(), width, height)?;
    let text = serde_json::to_string(&golden);
    text.map_err(|error| PackError::Golden(format!("{GOLDEN_FILE}: {error}")).into())
}

fn check_outputs(kind: &ModelKind, outputs: &[Tensor]) -> Result<(), InferError> {
    let check = |name: &str, shape: &dyn Fn(&[usize]) -> bool| {
        let tensor = output(outputs, name, None)?;
        let fine = shape(&tensor.shape) && !tensor.values.is_empty();
        if fine { Ok(()) } else { Err(InferError::Output { name: name.to_owned() }) }
    };
    match kind {
        ModelKind::Findings(spec) => check_findings(spec, outputs),
        ModelKind::Orientation(spec) => {
            output(outputs, &spec.orientation, Some(8))?;
            output(outputs, &spec.inverted, Some(1))?;
            output(outputs, &spec.chest, Some(1)).map(drop)
        }
        ModelKind::Lungs(spec) => check(&spec.masks, &|shape| matches!(shape, [1, 3, _, _])),
        ModelKind::Locator(spec) => {
            check(&spec.corners, &|shape| matches!(shape, [1, 4, _, _]))?;
            check(&spec.mask, &|shape| matches!(shape, [1, 1, _, _]))?;
            output(outputs, &spec.present, Some(1)).map(drop)
        }
    }
}

fn check_findings(spec: &FindingsSpec, outputs: &[Tensor]) -> Result<(), InferError> {
    let wrong = |name: &str| InferError::Output { name: name.to_owned() };
    let values = &output(outputs, &spec.logits, Some(spec.count))?.values;
    let probable = values.iter().all(|value| (0.0..=1.0).contains(value));
    if spec.activation == Activation::Sigmoid && !probable {
        return Err(wrong(&spec.logits));
    }
    let Some(name) = &spec.maps else { return Ok(()) };
    match output(outputs, name, None)?.shape.as_slice() {
        &[1, classes, height, width] if classes == spec.count && height * width > 0 => Ok(()),
        _ => Err(wrong(name)),
    }
}
