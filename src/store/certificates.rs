//! The certificate that a portal has brought: one private file with key and chain. It is put in its place
//! within the transaction that keeps the order; a transaction that fails after that comes again, and
//! writes the same.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Transaction;

use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{Order, OrderRefusal, Outcome};
use crate::durable;
use crate::store::error::StoreError;
use crate::store::{Store, journal};

/// Key and chain of a certificate, PEM. Hidden from `Debug`.
#[derive(Clone)]
pub struct CertificateFile(Vec<u8>);

impl CertificateFile {
    /// Of a key and a chain, PEM.
    #[must_use]
    pub fn of(key: &[u8], chain: &str) -> Self {
        Self([key, b"\n", chain.as_bytes()].concat())
    }
}

impl fmt::Debug for CertificateFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateFile(…)")
    }
}

impl Store {
    /// Where the certificate is that a portal has brought.
    #[must_use]
    pub fn portal_certificate(&self) -> PathBuf {
        portal_certificate(self.dir())
    }
}

/// Where in a state directory the certificate is that a portal has brought.
#[must_use]
pub fn portal_certificate(state_dir: &Path) -> PathBuf {
    state_dir.join("tls").join("portal.pem")
}

/// Puts a certificate in its place, or takes it away. One that the portal made before the one in force
/// comes too late.
pub(super) fn place(
    tx: &Transaction<'_>,
    dir: &Path,
    (portal, order): (&PublicKey, &Order),
    file: Option<&CertificateFile>,
    at: Stamp,
) -> Result<Outcome, StoreError> {
    let select = "select exists (select 1 from portal_order where portal = ?1 and kind = ?2 \
                  and outcome = 'done' and portal_ms > ?3)";
    let key = (portal.as_bytes(), &order.kind, order.at.0);
    if tx.query_row(select, key, |row| row.get(0))? {
        return Ok(Outcome::Refused(OrderRefusal::Expired));
    }
    let path = portal_certificate(dir);
    match file {
        Some(CertificateFile(bytes)) => write(&path, bytes)?,
        None => remove(&path)?,
    }
    let detail = if file.is_some() { "brought" } else { "taken_back" };
    journal::note(tx, None, "portal_certificate", detail, at)?;
    Ok(Outcome::Done)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |source| StoreError::file("write", path, source);
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    durable::replace_private(path, bytes).map_err(failed)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    let removed = std::fs::remove_file(path).and_then(|()| {
        let folder = path.parent().unwrap_or(path);
        durable::sync_folder(folder)
    });
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other.map_err(|source| StoreError::file("remove", path, source)),
    }
}
