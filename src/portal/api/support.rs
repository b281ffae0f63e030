//! Support bundles: piece by piece, and the word that a consent is over.

use axum::extract::{Path, Query, Request, State};
use axum::response::Response;

use super::{Refusal, Signed, answer, blocking};
use crate::domain::digest::Sha256Digest;
use crate::domain::sync::support::{BUNDLE_BYTES_MAX, SupportBundle};
use crate::portal::Portal;
use crate::wire::support::{Piece, SupportOver};

/// Most bundles whose end is told in one request.
const OVER_MAX: usize = 256;

/// `PUT /sync/v1/support/{hash}`.
pub(super) async fn piece(
    State(portal): State<Portal>,
    Path(hash): Path<String>,
    Query(piece): Query<Piece>,
    request: Request,
) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let hash = Sha256Digest::parse(&hash).ok_or(Refusal::Bad)?;
        if piece.consent < 1 || !(1..=BUNDLE_BYTES_MAX).contains(&piece.size) {
            return Err(Refusal::Bad);
        }
        let whole = (SupportBundle { consent: piece.consent, hash }, piece.size, piece.ends());
        let work = move || {
            let signed = signed;
            portal.take_support(signed.from, whole, piece.from, &signed.body)
        };
        blocking(work).await
    })
    .await
}

/// `POST /sync/v1/support/over`.
pub(super) async fn over(State(portal): State<Portal>, request: Request) -> Response {
    answer(async {
        let signed = Signed::from_box(&portal, request).await?;
        let (message, from) = (signed.json::<SupportOver>()?, signed.from);
        let bundles = message.read().filter(|told| told.len() <= OVER_MAX).ok_or(Refusal::Bad)?;
        let at = portal.now().wall;
        let work = move || {
            let _signed = signed;
            portal.storage().end_support(from, &bundles, at)
        };
        blocking(work).await?;
        Ok(message)
    })
    .await
}
