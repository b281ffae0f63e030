//! Support bundles on the cards of their boxes, for whoever has the key of the pages. They stay sealed:
//! `fieldray support open` reads one, with the key of support.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::{Trouble, ask_for_key, blocking, keyed_form, utc};
use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::support::SupportBundle;
use crate::locale::Locale;
use crate::portal::{Portal, SupportRow};

/// A bundle in words, and where it is.
pub(super) struct SupportLine {
    /// When it came, how large it is, until when it stays.
    pub(super) text: String,
    /// Address of the sealed file.
    pub(super) href: String,
}

/// The bundles of one box.
pub(super) fn lines(
    locale: &Locale,
    rows: &[SupportRow],
    of: KeyId,
    now: Stamp,
) -> Vec<SupportLine> {
    let time = |wall: WallMs| utc(locale, Stamp { wall, ..now });
    let line = |row: &SupportRow| SupportLine {
        text: locale.text(
            "portal-support-line",
            &[
                ("time", time(row.received).into()),
                ("size", row.size_bytes.div_ceil(1024).into()),
                ("until", time(row.ends).into()),
            ],
        ),
        href: format!("/support/{of}/{}/{}", row.bundle.consent, row.bundle.hash),
    };
    rows.iter().filter(|row| row.from == of).map(line).collect()
}

/// `GET /support/{box}/{consent}/{hash}`: the sealed file.
pub(super) async fn file(
    State(portal): State<Portal>,
    Path((from, consent, hash)): Path<(String, i64, String)>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    if keyed_form(&portal, &headers).await?.is_none() {
        return Ok(ask_for_key(&headers));
    }
    let from = KeyId::parse(&from).ok_or(Trouble::Unknown)?;
    let hash = Sha256Digest::parse(&hash).ok_or(Trouble::Unknown)?;
    let (bundle, now) = (SupportBundle { consent, hash }, portal.now().wall);
    let found = blocking(move || portal.storage().support_bytes(from, bundle, now)).await?;
    let sealed = found.ok_or(Trouble::Unknown)?;
    let short: String = from.to_string().chars().take(8).collect();
    let name = format!("attachment; filename=\"fieldray-support-{short}-{consent}.age\"");
    tracing::info!(box_id = %from, consent, "a support bundle is downloaded");
    let head = [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((head, sealed).into_response())
}
