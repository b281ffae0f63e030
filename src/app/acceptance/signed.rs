//! The sheet under the box's own signature: who it is from can be checked with minisign anywhere.

use std::fs;
use std::path::Path;

use crate::domain::acceptance::{Finding, read_sheet};
use crate::durable;
use crate::infer::{SignatureError, SigningKey, verify_text};

/// The secret key of this box, made at its first test; it signs sheets and nothing else.
const KEY: &str = "box.key";
/// The public half.
const PUBLIC: &str = "box.pub";
/// The last sheet.
const SHEET: &str = "acceptance.txt";
/// Its signature, in minisign's form.
const SIGNATURE: &str = "acceptance.txt.minisig";
/// How a signature and a key of minisign begin.
const COMMENT: &str = "untrusted comment: ";

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The disk fails.
    #[error("cannot reach {path}")]
    File {
        /// Which file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature(#[from] SignatureError),
    /// The text is no sheet.
    #[error("this is no acceptance sheet")]
    NoSheet,
}

/// A sheet with its signature and the key that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedSheet {
    /// The sheet.
    pub text: String,
    /// Its signature, in minisign's form.
    pub signature: String,
    /// The public key, in minisign's form.
    pub key: String,
}

/// The key of this box.
pub(super) struct BoxKey {
    key: SigningKey,
    public: String,
    name: String,
}

/// Opens the key of this box, making it at the first test.
pub(super) fn box_key(folder: &Path) -> Result<BoxKey, SheetError> {
    let path = folder.join(KEY);
    if !path.is_file() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
        let (secret, _public) = SigningKey::generate()?;
        durable::replace_private(&path, secret.as_bytes()).map_err(failed(&path))?;
    }
    let key = SigningKey::read(&fs::read_to_string(&path).map_err(failed(&path))?)?;
    let (public, name) = key.public()?;
    Ok(BoxKey { key, public, name })
}

impl BoxKey {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn sign(&self, text: &str) -> Result<SignedSheet, SheetError> {
        let signature =
            self.key.sign_as(text.as_bytes(), SHEET, "acceptance sheet of a Fieldray box")?;
        Ok(SignedSheet { text: text.to_owned(), signature, key: self.public.clone() })
    }
}

impl SignedSheet {
    /// The lines.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        read_sheet(&self.text).map(|(findings, _)| findings).unwrap_or_default()
    }

    /// Whether the box passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        read_sheet(&self.text).is_some_and(|(_, passed)| passed)
    }

    /// The sheet, its signature and the key, as the page gives them in one file.
    #[must_use]
    pub fn in_one_file(&self) -> String {
        format!("{}\n{}\n{}", self.text, self.signature, self.key)
    }

    /// Takes such a file apart; `None` when it is a sheet alone. Nothing is checked.
    #[must_use]
    pub fn of_one_file(file: &str) -> Option<Self> {
        // Signature and key each begin with a comment of minisign; the sheet has no such line.
        let (rest, key) = file.rsplit_once(&format!("\n{COMMENT}"))?;
        let (text, signature) = rest.split_once(&format!("\n{COMMENT}"))?;
        Some(Self {
            text: text.to_owned(),
            signature: format!("{COMMENT}{signature}"),
            key: format!("{COMMENT}{key}"),
        })
    }

    pub(super) fn keep(&self, folder: &Path) -> Result<(), SheetError> {
        for (name, text) in [(PUBLIC, &self.key), (SIGNATURE, &self.signature), (SHEET, &self.text)]
        {
            let path = folder.join(name);
            durable::replace(&path, text.as_bytes()).map_err(failed(&path))?;
        }
        Ok(())
    }

    /// The sheet in a folder; `None` when there is none, or its signature does not hold.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
        let sheet = Self { text: read(SHEET)?, signature: read(SIGNATURE)?, key: read(PUBLIC)? };
        verify(&sheet.text, &sheet.signature, &sheet.key).ok()?;
        Some(sheet)
    }
}

/// Checks a sheet against a public key; says whether the box passed.
///
/// # Errors
/// [`SheetError`] when the signature does not hold or the text is no sheet.
pub fn verify(text: &str, signature: &str, key: &str) -> Result<bool, SheetError> {
    verify_text(text.as_bytes(), signature, key)?;
    read_sheet(text).map(|(_, passed)| passed).ok_or(SheetError::NoSheet)
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> SheetError {
    let path = path.display().to_string();
    move |source| SheetError::File { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Fieldray acceptance sheet\n\nheat        good     fine\n\nresult  PASSED\n";

    #[test]
    fn a_changed_sheet_is_no_sheet() {
        let dir = tempfile::tempdir().unwrap();
        let key = box_key(dir.path()).unwrap();
        let sheet = key.sign(TEXT).unwrap();
        sheet.keep(dir.path()).unwrap();
        assert_eq!(SignedSheet::read(dir.path()), Some(sheet.clone()));
        assert!(verify(TEXT, &sheet.signature, &sheet.key).unwrap());
        let changed = TEXT.replace("good", "BAD ");
        assert!(verify(&changed, &sheet.signature, &sheet.key).is_err());
        fs::write(dir.path().join(SHEET), changed).unwrap();
        assert_eq!(SignedSheet::read(dir.path()), None);
    }

    #[test]
    fn one_file_holds_all_that_checks_it() {
        let dir = tempfile::tempdir().unwrap();
        let sheet = box_key(dir.path()).unwrap().sign(TEXT).unwrap();
        let file = sheet.in_one_file();
        let apart = SignedSheet::of_one_file(&file).unwrap();
        assert_eq!(apart.text, TEXT);
        assert!(verify(&apart.text, &apart.signature, &apart.key).unwrap());
        let changed = SignedSheet::of_one_file(&file.replace("good", "BAD ")).unwrap();
        assert!(verify(&changed.text, &changed.signature, &changed.key).is_err());
        assert_eq!(SignedSheet::of_one_file(TEXT), None);
        assert_eq!(SignedSheet::of_one_file(""), None);
    }

    #[test]
    fn the_key_of_a_box_stays() {
        let dir = tempfile::tempdir().unwrap();
        let names =
            [box_key(dir.path()).unwrap(), box_key(dir.path()).unwrap()].map(|key| key.name);
        assert_eq!(names[0], names[1]);
    }
}
