//! What only one reader can open: age encryption to an x25519 key, for files that people carry.

use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use age_crypt::secrecy::ExposeSecret as _;
use age_crypt::stream::{StreamReader, StreamWriter};
use age_crypt::{Decryptor, Encryptor, x25519};

use crate::durable;
use crate::keys::KeyError;

/// Whom something is encrypted to.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

impl Recipient {
    /// Reads an age recipient, `age1…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Encrypts bytes.
    ///
    /// # Errors
    /// When the encryption fails, which no content can cause.
    pub fn seal(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = self.writer(Vec::new())?;
        writer.write_all(bytes)?;
        writer.finish()
    }

    /// Encrypts what is written, piece by piece. Only after `finish` it can be opened.
    ///
    /// # Errors
    /// When `to` cannot be written.
    pub fn writer<W: Write>(&self, to: W) -> io::Result<StreamWriter<W>> {
        let encryptor = Encryptor::with_recipients(std::iter::once(&self.0 as _));
        encryptor.map_err(io::Error::other)?.wrap_output(to)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

/// The secret key of a reader.
pub struct Identity(x25519::Identity);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}

impl Identity {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads a secret key, `AGE-SECRET-KEY-1…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// The secret key as text. It goes into a file of its owner's, and nowhere else.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// Reads the key in a file; makes one where there is no file.
    ///
    /// # Errors
    /// [`KeyError`]; a damaged file is never overwritten.
    pub fn open_or_make(path: &Path) -> Result<Self, KeyError> {
        durable_key(path, Self::parse, || Ok(Self::generate()), Self::secret)
    }

    /// The public half.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// Opens bytes; `None` when they are damaged or for another reader.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut opened = Vec::new();
        self.reader(sealed)?.read_to_end(&mut opened).ok()?;
        Some(opened)
    }

    /// Decrypts what is read, piece by piece; `None` when it is nothing of the kind, or for another
    /// reader. A piece that was damaged, and a missing end, are errors of reading.
    pub fn reader<R: BufRead>(&self, from: R) -> Option<StreamReader<R>> {
        Decryptor::new_buffered(from).ok()?.decrypt(std::iter::once(&self.0 as _)).ok()
    }
}

/// Reads a key from its file; makes it, readable for the program's user alone, where there is none. One at a
/// time: of two that are made at once, one would not be on the disk.
pub(super) fn durable_key<K>(
    path: &Path,
    parse: impl Fn(&str) -> Option<K>,
    make: impl FnOnce() -> Result<K, KeyError>,
    text: impl FnOnce(&K) -> String,
) -> Result<K, KeyError> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let failed =
        |operation| move |source| KeyError::File { operation, path: path.to_owned(), source };
    match std::fs::read_to_string(path) {
        Ok(held) => parse(&held).ok_or_else(|| KeyError::Damaged { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = make()?;
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(failed("create the folder of"))?;
            }
            let line = format!("{}\n", text(&key));
            durable::replace_private(path, line.as_bytes()).map_err(failed("write"))?;
            Ok(key)
        }
        Err(error) => Err(failed("read")(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_reader_opens_it_and_only_whole() {
        let (one, other) = (Identity::generate(), Identity::generate());
        let sealed = one.recipient().seal(b"text").unwrap();
        assert_eq!(one.open(&sealed).as_deref(), Some(&b"text"[..]));
        assert_eq!(other.open(&sealed), None);
        assert_eq!(one.open(&sealed[..sealed.len() - 1]), None);
        assert_eq!(Recipient::parse(&one.recipient().to_string()), Some(one.recipient()));
    }

    #[test]
    fn a_key_stays_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/carry.key");
        let made = Identity::open_or_make(&path).unwrap().recipient();
        assert_eq!(Identity::open_or_make(&path).unwrap().recipient(), made);
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Identity::open_or_make(&path), Err(KeyError::Damaged { .. })));
    }
}
