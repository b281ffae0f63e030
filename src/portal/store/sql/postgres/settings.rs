//! How the server is reached: `postgres://user:password@host/database?sslmode=…&sslrootcert=…`.
//!
//! - `sslmode`: `disable`, or `require` and `verify-full`, which are the same here: a certificate is always
//!   checked with the name of the server. Without it, `require` for another machine and `disable` for this one.
//! - `sslrootcert`: a PEM file of those who may have signed it. Without it, the operating system's.
//! - `connections`: the most at the same time.
//! - Everything else as libpq has it. The password may stand in `PGPASSWORD` instead.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::portal::storage::StorageError;

/// Connections of one replica, unless the address says otherwise.
const CONNECTIONS: usize = 8;
/// How long a server may take to answer a new connection.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// How long what was sent may stay without an acknowledgement of TCP.
const SILENT_MAX: Duration = Duration::from_secs(20);
/// What the server keeps to: no statement and no wait for a lock hangs for ever, and what was committed is
/// on its disk.
const OPTIONS: &str = "-c statement_timeout=60s -c lock_timeout=30s \
                       -c idle_in_transaction_session_timeout=60s -c synchronous_commit=on";
/// Where operating systems keep the authorities that they trust.
const AUTHORITIES: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// How the server is reached.
pub(super) struct Settings {
    pub(super) config: postgres::Config,
    pub(super) tls: MakeRustlsConnect,
    pub(super) connections: usize,
}

/// Reads an address.
///
/// # Errors
/// [`StorageError::Settings`].
pub(super) fn read(url: &str) -> Result<Settings, StorageError> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut kept, mut mode, mut roots) = (Vec::new(), None, None);
    let mut connections = CONNECTIONS;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value),
            Some(("sslrootcert", value)) => roots = Some(value),
            Some(("connections", value)) => {
                let read = value.parse().ok().filter(|count| (1..=1000).contains(count));
                connections = read.ok_or_else(|| wrong("connections is a number from 1"))?;
            }
            _ => kept.push(pair),
        }
    }
    let address = format!("{address}?{}", kept.join("&"));
    let mut config: postgres::Config = address.trim_end_matches('?').parse().map_err(|_| {
        // What the parser says could quote the password.
        wrong("the database is postgres://user@host/name")
    })?;
    let near = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(&**name, "localhost" | "127.0.0.1" | "::1"),
        Host::Unix(_) => true,
    });
    config.ssl_mode(match mode {
        Some("disable") => SslMode::Disable,
        None if near => SslMode::Disable,
        None | Some("require" | "verify-full") => SslMode::Require,
        Some(_) => return Err(wrong("sslmode is disable, require or verify-full")),
    });
    if config.get_password().is_none()
        && let Some(password) = std::env::var_os("PGPASSWORD")
    {
        config.password(password.as_encoded_bytes());
    }
    if config.get_application_name().is_none() {
        config.application_name("fieldray portal");
    }
    let options = config.get_options().map_or_else(String::new, |it| format!("{it} "));
    config.options(&format!("{options}{OPTIONS}"));
    config.connect_timeout(CONNECT_MAX).tcp_user_timeout(SILENT_MAX);
    config.keepalives_idle(SILENT_MAX).keepalives_interval(Duration::from_secs(5));
    config.keepalives_retries(3);
    let tls = tls(config.get_ssl_mode() == SslMode::Require, roots.map(Path::new))?;
    Ok(Settings { config, tls, connections })
}

fn tls(needed: bool, file: Option<&Path>) -> Result<MakeRustlsConnect, StorageError> {
    let mut roots = RootCertStore::empty();
    if needed {
        let system = || AUTHORITIES.map(Path::new).into_iter().find(|path| path.exists());
        let file = file.or_else(system).ok_or_else(|| wrong("sslrootcert is missing"))?;
        let found = CertificateDer::pem_file_iter(file).map_err(|_| wrong("sslrootcert"))?;
        for certificate in found {
            let certificate = certificate.map_err(|_| wrong("sslrootcert cannot be read"))?;
            // One that rustls cannot use is none that could have signed for the server.
            let _used = roots.add(certificate);
        }
        if roots.is_empty() {
            return Err(wrong("sslrootcert has no certificate"));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StorageError::Database(Box::new(error)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn wrong(what: &'static str) -> StorageError {
    StorageError::Settings { what }
}
