//! Answers to the tests that phones make for internet, and the page in their small window.
//!
//! Only HTTP is answered, and only the makers' test addresses; the Wi-Fi's name server sends just those
//! here (`provisioning/hotspot`). What each maker expects is from public descriptions of their tests.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::web::error::Failure;
use crate::web::html::{Page, page};
use crate::web::qr;

/// What a phone's maker expects where there is internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// Status 204 without a body.
    NoContent,
    /// Status 200 with this text of that type.
    Text(&'static str, &'static str),
}

const APPLE: &str = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";

/// Test addresses: host, and what is expected there.
const PROBES: [(&str, Expected); 15] = [
    ("connectivitycheck.gstatic.com", Expected::NoContent),
    ("connectivitycheck.android.com", Expected::NoContent),
    ("clients3.google.com", Expected::NoContent),
    ("connectivitycheck.platform.hicloud.com", Expected::NoContent),
    ("connect.rom.miui.com", Expected::NoContent),
    ("wifi.vivo.com.cn", Expected::NoContent),
    ("conn1.oppomobile.com", Expected::NoContent),
    ("conn2.oppomobile.com", Expected::NoContent),
    ("connectivity-check.ubuntu.com", Expected::NoContent),
    ("captive.apple.com", Expected::Text("text/html", APPLE)),
    ("www.msftconnecttest.com", Expected::Text("text/plain", "Microsoft Connect Test")),
    ("ipv6.msftconnecttest.com", Expected::Text("text/plain", "Microsoft Connect Test")),
    ("www.msftncsi.com", Expected::Text("text/plain", "Microsoft NCSI")),
    ("detectportal.firefox.com", Expected::Text("text/plain", "success\n")),
    ("nmcheck.gnome.org", Expected::Text("text/plain", "NetworkManager is online\n")),
];

/// Where the page is.
const PAGE: &str = "/captive";

/// Answers tests for internet before anything else looks at the request.
pub(super) async fn answer_tests(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(expected) = expected(request.headers()) else { return next.run(request).await };
    let Some(base) = app.own_address().filter(|_| app.doorstep() != crate::app::Doorstep::Off)
    else {
        return next.run(request).await;
    };
    let phone = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if phone.is_some_and(|phone| app.lets_phone_stay(phone)) {
        return as_expected(expected);
    }
    let Ok(target) = HeaderValue::try_from(format!("{base}{PAGE}")) else {
        return as_expected(expected);
    };
    let mut answer = StatusCode::FOUND.into_response();
    answer.headers_mut().insert(LOCATION, target);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn expected(headers: &HeaderMap) -> Option<Expected> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let host = host.split(':').next().unwrap_or(host);
    PROBES.iter().find(|(name, _)| host.eq_ignore_ascii_case(name)).map(|(_, expected)| *expected)
}

fn as_expected(expected: Expected) -> Response {
    match expected {
        Expected::NoContent => StatusCode::NO_CONTENT.into_response(),
        Expected::Text(kind, text) => {
            ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], text).into_response()
        }
    }
}

#[derive(askama::Template)]
#[template(path = "captive.html")]
struct CaptivePage {
    page: Page,
    address: String,
    qr: Option<String>,
    done: bool,
}

/// `GET /captive`: how to open the browser. Nothing else: the small window that shows it cannot send
/// photos, and forgets who is logged in.
pub(super) async fn show(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let address = app.own_address().ok_or(Fault::PageUnknown)?.to_owned();
    let frame = Page::outside("captive-title");
    let qr = qr::svg(&address, &frame.locale.t("captive-qr"));
    let done = peer(&request).is_some_and(|phone| app.lets_phone_stay(phone));
    Ok(page(StatusCode::OK, &CaptivePage { page: frame, address, qr, done }))
}

/// `POST /captive`: read; from now on the phone's tests are answered as it expects.
pub(super) async fn read(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    app.own_address().ok_or(Fault::PageUnknown)?;
    if let Some(phone) = peer(&request) {
        app.doorstep_read(phone);
    }
    Ok(Redirect::to(PAGE).into_response())
}

fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_makers_test_addresses_are_answered() {
        let check = |host: &'static str, known: bool| {
            let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
            assert_eq!(expected(&headers).is_some(), known, "{host}");
        };
        check("connectivitycheck.gstatic.com", true);
        check("Captive.Apple.com:80", true);
        check("fieldray.lan", false);
        check("10.42.0.1", false);
        check("gstatic.com", false);
    }
}
