//! The file that a bundle is, read as a stream in constant memory.
//!
//! ```text
//! "fieldray bundle 1\n"
//! length of the manifest, u32 little-endian     at most MANIFEST_BYTES_MAX
//! the manifest, TOML
//! length of the signature, u32 little-endian    at most SIGNATURE_BYTES_MAX
//! the signature of the manifest, minisign's text
//! the parts, one after the other, in the manifest's order and of its lengths; then the end
//! ```
//! Nothing is parsed before its signature holds, and no name in the file ever becomes a path.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::update::{Bundle, Part, PartName, Parts};
use crate::infer::{SigningKey, TrustedKeys};
use crate::update::{UpdateError, manifest};

const MAGIC: &[u8] = b"fieldray bundle 1\n";
/// Longest manifest, bytes: [`crate::domain::update::PARTS_MAX`] parts with long names fit.
const MANIFEST_BYTES_MAX: u32 = 128 * 1024;
/// Longest signature, bytes.
const SIGNATURE_BYTES_MAX: u32 = 4096;
/// Bytes in memory while a part goes by.
const BUFFER_BYTES: usize = 64 * 1024;

/// A bundle whose signature holds; its parts are still to be read.
pub struct Opened<R> {
    /// What it says.
    pub bundle: Bundle,
    /// The manifest, byte for byte.
    pub manifest: Vec<u8>,
    /// Digest of the manifest, which stands for the whole bundle.
    pub digest: Sha256Digest,
    rest: R,
}

impl<R> std::fmt::Debug for Opened<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({})", self.bundle.version)
    }
}

/// Opens a bundle: checks the signature, then reads the manifest.
///
/// # Errors
/// [`UpdateError::Format`], [`UpdateError::Signature`], [`UpdateError::Manifest`].
pub fn open<R: Read>(mut from: R, keys: &TrustedKeys) -> Result<Opened<R>, UpdateError> {
    let (manifest, signature) = head(&mut from)?;
    let signature = std::str::from_utf8(&signature);
    let signature = signature.map_err(|_| UpdateError::Format("the signature is no text"))?;
    keys.verify(&manifest, signature).map_err(UpdateError::Signature)?;
    let digest = Sha256Digest::of(&manifest);
    Ok(Opened { bundle: manifest::parse(&manifest)?, manifest, digest, rest: from })
}

/// Reads manifest and signature, neither looked at yet.
fn head(from: &mut impl Read) -> Result<(Vec<u8>, Vec<u8>), UpdateError> {
    let mut magic = [0; MAGIC.len()];
    exactly(from, &mut magic)?;
    if magic != MAGIC {
        return Err(UpdateError::Format("it begins with something else"));
    }
    Ok((block(from, MANIFEST_BYTES_MAX)?, block(from, SIGNATURE_BYTES_MAX)?))
}

fn block(from: &mut impl Read, most: u32) -> Result<Vec<u8>, UpdateError> {
    let mut length = [0; 4];
    exactly(from, &mut length)?;
    let length = u32::from_le_bytes(length);
    if length > most {
        return Err(UpdateError::Format("its head is too long"));
    }
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    exactly(from, &mut bytes)?;
    Ok(bytes)
}

fn exactly(from: &mut impl Read, into: &mut [u8]) -> Result<(), UpdateError> {
    from.read_exact(into).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => UpdateError::Format("it ends too early"),
        _ => UpdateError::file("read", Path::new("the bundle"))(error),
    })
}

impl<R: Read> Opened<R> {
    /// Reads every part through its digest into what `place` gives for it; `told` hears how many bytes
    /// have gone by. What was written before an error is not to be used.
    ///
    /// # Errors
    /// [`UpdateError::Format`] when a part is not the one that was signed or the file does not end
    /// with the last one; what `place` gives.
    pub fn unpack<W: Write>(
        mut self,
        place: &mut dyn FnMut(&Part) -> Result<W, UpdateError>,
        finish: &mut dyn FnMut(&Part, W) -> Result<(), UpdateError>,
        told: &mut dyn FnMut(u64),
    ) -> Result<Bundle, UpdateError> {
        let mut passed = 0;
        let mut buffer = vec![0; BUFFER_BYTES];
        for part in self.bundle.parts.list() {
            let mut into = place(part)?;
            let mut hash = Sha256::new();
            let mut left = part.size_bytes;
            while left > 0 {
                let take = usize::try_from(left).unwrap_or(BUFFER_BYTES).min(BUFFER_BYTES);
                let chunk = buffer.get_mut(..take).unwrap_or_default();
                exactly(&mut self.rest, chunk)?;
                hash.update(&*chunk);
                into.write_all(chunk)
                    .map_err(UpdateError::file("write", Path::new(&part.name.to_string())))?;
                left -= take as u64;
                passed += take as u64;
                told(passed);
            }
            if Sha256Digest::from_bytes(hash.finalize().into()) != part.sha256 {
                return Err(UpdateError::Format("a part is not the one that was signed"));
            }
            finish(part, into)?;
        }
        match self.rest.read(&mut [0]) {
            Ok(0) => Ok(self.bundle),
            Ok(_) => Err(UpdateError::Format("something follows its end")),
            Err(error) => Err(UpdateError::file("read", Path::new("the bundle"))(error)),
        }
    }

    /// Reads everything and keeps nothing.
    ///
    /// # Errors
    /// As [`Opened::unpack`].
    pub fn verify(self) -> Result<Bundle, UpdateError> {
        self.unpack(&mut |_| Ok(std::io::sink()), &mut |_, _| Ok(()), &mut |_| {})
    }
}

/// A file that goes into a bundle.
#[derive(Clone, Debug)]
pub struct Source {
    /// As what.
    pub name: PartName,
    /// From where.
    pub path: PathBuf,
}

/// Writes a bundle of some files; `draft` says the rest, its parts are replaced. Without a key it is
/// not signed, and no box takes it.
///
/// # Errors
/// When a file cannot be read, the parts break a rule, or the disk fails.
pub fn make(
    draft: Bundle,
    sources: &[Source],
    key: Option<&SigningKey>,
    to: &Path,
) -> Result<Bundle, UpdateError> {
    let parts = sources.iter().map(measured).collect::<Result<Vec<_>, _>>()?;
    let parts = Parts::new(parts)
        .ok_or_else(|| UpdateError::Manifest("its parts are not as they must be".to_owned()))?;
    let bundle = Bundle { parts, ..draft };
    let manifest = manifest::to_text(&bundle)?;
    let part_file = to.with_extension("part");
    let mut out = begin(&part_file, manifest.as_bytes(), key)?;
    for source in sources {
        let mut from = File::open(&source.path).map_err(UpdateError::file("read", &source.path))?;
        std::io::copy(&mut from, &mut out).map_err(UpdateError::file("write", &part_file))?;
    }
    finish(out, &part_file, to)?;
    Ok(bundle)
}

/// Signs a bundle that was made elsewhere, after its parts were compared with their digests.
///
/// # Errors
/// As [`open`] and [`Opened::unpack`], whoever signed it before.
pub fn sign(path: &Path, key: &SigningKey) -> Result<Bundle, UpdateError> {
    let mut from = File::open(path).map_err(UpdateError::file("read", path))?;
    let (manifest, _signature) = head(&mut from)?;
    let part_file = path.with_extension("part");
    let out = begin(&part_file, &manifest, Some(key))?;
    let digest = Sha256Digest::of(&manifest);
    let opened = Opened { bundle: manifest::parse(&manifest)?, manifest, digest, rest: from };
    let failed = || UpdateError::file("write", &part_file);
    let bundle = opened.unpack(
        &mut |_| out.try_clone().map_err(failed()),
        &mut |_, _| Ok(()),
        &mut |_| {},
    )?;
    finish(out, &part_file, path)?;
    Ok(bundle)
}

fn begin(path: &Path, manifest: &[u8], key: Option<&SigningKey>) -> Result<File, UpdateError> {
    let signature = match key {
        Some(key) => key.sign(manifest).map_err(UpdateError::Key)?,
        None => String::new(),
    };
    let mut bytes = MAGIC.to_vec();
    for block in [manifest, signature.as_bytes()] {
        let length = u32::try_from(block.len());
        let length = length.map_err(|_| UpdateError::Manifest("it is too long".to_owned()))?;
        bytes.extend(length.to_le_bytes());
        bytes.extend(block);
    }
    let mut out = File::create(path).map_err(UpdateError::file("create", path))?;
    out.write_all(&bytes).map_err(UpdateError::file("write", path))?;
    Ok(out)
}

fn finish(out: File, part: &Path, to: &Path) -> Result<(), UpdateError> {
    drop(out);
    crate::durable::sync_and_rename(part, to).map_err(UpdateError::file("keep", to))
}

fn measured(source: &Source) -> Result<Part, UpdateError> {
    let measured = crate::durable::measure(&source.path);
    let (sha256, size_bytes) = measured.map_err(UpdateError::file("read", &source.path))?;
    Ok(Part { name: source.name.clone(), size_bytes, sha256 })
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
