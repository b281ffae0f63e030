//! The files of `web/static`, in the program and at addresses that change with their content.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::domain::fault::Fault;
use crate::web::error::Failure;

/// One embedded file.
struct Asset {
    name: &'static str,
    /// Start of the content's digest: a new content gets a new address.
    tag: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Address of a file of `web/static`.
pub(super) fn address(name: &str) -> String {
    let tag = ASSETS.iter().find(|asset| asset.name == name).map_or("0", |asset| asset.tag);
    format!("/static/{tag}/{name}")
}

/// `GET /static/{tag}/{name}`. An old tag still gets the file of today, but not to keep.
pub(super) async fn serve(Path((tag, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Fault::PageUnknown)?;
    // The stylesheet names a font beside itself, so under its own tag; a font's version is in its name.
    let lasting = asset.tag == tag || name.ends_with(".woff2");
    let caching = if lasting { "public, max-age=31536000, immutable" } else { "no-store" };
    Ok(([(CONTENT_TYPE, media_type(&name)), (CACHE_CONTROL, caching)], asset.bytes).into_response())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_known_type_and_an_address() {
        for asset in ASSETS {
            assert_ne!(media_type(asset.name), "application/octet-stream", "{}", asset.name);
            assert_eq!(address(asset.name), format!("/static/{}/{}", asset.tag, asset.name));
        }
        for name in ["app.css", "app.js", "session.js", "check.js", "icons.svg"] {
            assert!(ASSETS.iter().any(|asset| asset.name == name), "{name} is not embedded");
        }
    }
}
