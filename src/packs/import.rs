//! Other people's networks: an ONNX file and a manifest without digests → a pack of this site.
//!
//! The site vouches for what it imports: the pack is signed with a key that is made on the box at
//! the first import and never leaves it.

use std::borrow::Cow;
use std::fs;

use crate::durable;
use crate::infer::{
    BackendChoice, CARD_FILE, MANIFEST_FILE, Manifest, Pack, PackFiles, SIGNATURE_FILE, SigningKey,
    TrustedKeys, complete, trial,
};
use crate::packs::{KEYS, Library, LibraryError, PackName};

/// The secret key of a site.
const KEY_FILE: &str = "site.key";

/// What is imported.
#[derive(Debug)]
pub struct Import<'a> {
    /// The network.
    pub network: Vec<u8>,
    /// The manifest without its `[files]` table.
    pub manifest: &'a str,
    /// The model card, Markdown.
    pub card: &'a str,
}

/// Tries a network on this machine, records its answers, signs and installs it.
///
/// # Errors
/// [`LibraryError`] when the manifest is refused, the network does not load, or its outputs are not
/// what the manifest says.
pub fn import(
    library: &Library,
    what: Import<'_>,
    backend: BackendChoice,
    memory_ceiling: u64,
) -> Result<PackName, LibraryError> {
    let Import { network, manifest, card } = what;
    let draft = complete(manifest, &[("model.onnx", &network), ("golden.json", b"")])?;
    let golden = trial(&Manifest::parse(&draft)?, &network, backend, memory_ceiling)?;
    let files = [
        ("model.onnx", network.as_slice()),
        ("golden.json", golden.as_bytes()),
        (CARD_FILE, card.as_bytes()),
    ];
    let manifest = complete(manifest, &files)?;
    let key = site_key(library)?;
    let signature = key.sign(manifest.as_bytes())?;
    trust_site(library, &key)?;
    let mut pack: PackFiles = files
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), Cow::Owned(bytes.to_vec())))
        .collect();
    pack.insert(MANIFEST_FILE.to_owned(), Cow::Owned(manifest.into_bytes()));
    pack.insert(SIGNATURE_FILE.to_owned(), Cow::Owned(signature.into_bytes()));
    let mut keys = TrustedKeys::project()?;
    keys.trust(&key.public()?.0)?;
    library.keep(&Pack::open(pack.clone(), &keys)?, &pack)
}

/// The key of this site, made when there is none.
fn site_key(library: &Library) -> Result<SigningKey, LibraryError> {
    let folder = library.folder.join(KEYS);
    let path = folder.join(KEY_FILE);
    if !path.is_file() {
        fs::create_dir_all(&folder).map_err(LibraryError::file("create", &folder))?;
        let (secret, _public) = SigningKey::generate()?;
        durable::replace_private(&path, secret.as_bytes())
            .map_err(LibraryError::file("write", &path))?;
    }
    let text = fs::read_to_string(&path).map_err(LibraryError::file("read", &path))?;
    Ok(SigningKey::read(&text)?)
}

/// Keeps the public half beside the packs, under its own name: a key that was replaced stays
/// trusted, with what it signed.
fn trust_site(library: &Library, key: &SigningKey) -> Result<(), LibraryError> {
    let (public, name) = key.public()?;
    let path = library.folder.join(KEYS).join(format!("{name}.pub"));
    if path.is_file() {
        return Ok(());
    }
    durable::replace(&path, public.as_bytes()).map_err(LibraryError::file("write", &path))
}
