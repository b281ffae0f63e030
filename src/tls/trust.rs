//! The client of a service that somebody else runs, and whose certificate may come from their own authority.

use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder};

/// How long a connection may take to come up.
const CONNECT_MAX: Duration = Duration::from_secs(30);
/// How long nothing may arrive before a request counts as lost: a PACS writes three megabytes meanwhile, a
/// FHIR server checks a whole bundle.
const SILENCE_MAX: Duration = Duration::from_secs(120);

/// A client that follows no redirection and uses no proxy, since what it sends has patients' names. With
/// `ca_file` (PEM) the authorities in it are trusted in place of the known ones; no request is longer than
/// `request_max`.
///
/// # Errors
/// In words for support: the file cannot be read or holds no certificate, or the client cannot be made.
pub fn client(ca_file: Option<&Path>, request_max: Duration) -> Result<Client, String> {
    let mut builder = Client::builder();
    if let Some(path) = ca_file {
        let failed = |error: &dyn Display| format!("{}: {error}", path.display());
        let pem = std::fs::read(path).map_err(|error| failed(&error))?;
        let roots = Certificate::from_pem_bundle(&pem).map_err(|error| failed(&error))?;
        if roots.is_empty() {
            return Err(failed(&"no certificate"));
        }
        builder = builder.tls_built_in_root_certs(false);
        builder = roots.into_iter().fold(builder, ClientBuilder::add_root_certificate);
    }
    let built = builder
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_MAX)
        .read_timeout(SILENCE_MAX)
        .timeout(request_max)
        .build();
    built.map_err(|error| format!("client: {error}"))
}
