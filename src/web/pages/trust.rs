//! `/trust`: how a phone comes to trust this box's own certificates, for the live camera view. Works
//! over plain HTTP; nothing else on the box needs it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::web::error::Failure;
use crate::web::html::{Page, page};
use crate::web::pages::system::certificates::sentence;
use crate::web::qr;

#[derive(askama::Template)]
#[template(path = "trust.html")]
struct TrustPage {
    page: Page,
    /// The address that works once the phone trusts the box.
    secure: String,
    qr: Option<String>,
    fingerprint: String,
    /// Certificates from elsewhere that phones are shown, in words, and the address for one with a whole name.
    brought: Vec<(String, Option<String>)>,
}

/// `GET /trust`.
pub(in crate::web) async fn show(State(app): State<App>) -> Result<Response, Failure> {
    let trust = app.trust().ok_or(Fault::PageUnknown)?;
    let frame = Page::outside("trust-title");
    let here = app.own_address().map(|base| format!("{base}/trust"));
    let qr = here.and_then(|here| qr::svg(&here, &frame.locale.t("trust-qr")));
    let brought = app.brought_certificates().into_iter().filter(|(one, _)| one.state.is_shown());
    let minutes = app.utc_offset_minutes();
    let brought = brought.map(|(one, address)| (sentence(frame.locale, &one, minutes), address));
    let template = TrustPage {
        brought: brought.collect(),
        secure: trust.address.clone(),
        qr,
        fingerprint: pairs(&trust.fingerprint.to_string()),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /trust/fieldray-box.crt`: the authority's certificate.
pub(in crate::web) async fn certificate(State(app): State<App>) -> Result<Response, Failure> {
    let trust = app.trust().ok_or(Fault::PageUnknown)?;
    let headers = [
        (CONTENT_TYPE, "application/x-x509-ca-cert"),
        (CONTENT_DISPOSITION, "attachment; filename=\"fieldray-box.crt\""),
    ];
    Ok((headers, trust.certificate.clone()).into_response())
}

/// Hexadecimal digits in groups of four, as people compare them.
fn pairs(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push(' ');
        }
        text.push(digit.to_ascii_uppercase());
    }
    text
}
