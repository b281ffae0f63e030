//! Who may ask: sessions, the token against forged forms, and the origin of a request.
//!
//! A handler that takes a [`Session`] is closed to strangers; one that takes a [`Posted`] is closed
//! to forged forms too. There is no other way to a form's fields inside a session.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};

use crate::app::{App, SessionToken};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::people::Operator;
use crate::web::error::{Failure, wants_json};
use crate::web::forms::Fields;

const COOKIE_NAME: &str = "fieldray_session";
/// How long a browser keeps the cookie. The box ends idle sessions much earlier.
const COOKIE_AGE_S: u32 = 7 * 24 * 60 * 60;

/// Somebody is logged in.
pub(super) struct Session {
    /// Who.
    pub(super) operator: Operator,
    token: SessionToken,
}

impl Session {
    /// Value of the hidden field `csrf`: known only to a page that the box gave to this session.
    pub(super) fn csrf(&self) -> String {
        csrf_of(&self.token)
    }

    /// Refuses a form that did not come from a page of this session.
    pub(super) fn check_csrf(&self, given: &str) -> Result<(), Fault> {
        if same(given.as_bytes(), self.csrf().as_bytes()) {
            Ok(())
        } else {
            Err(Fault::ForeignRequest)
        }
    }

    /// The token, to end the session.
    pub(super) const fn token(&self) -> &SessionToken {
        &self.token
    }

    /// The session of a request's cookie, if it holds.
    pub(super) async fn of(headers: &HeaderMap, app: &App) -> Result<Option<Self>, Fault> {
        let Some(token) = cookie(headers, COOKIE_NAME).and_then(SessionToken::parse) else {
            return Ok(None);
        };
        Ok(app.session(&token).await?.map(|operator| Self { operator, token }))
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let session = Self::of(&parts.headers, app).await?;
        session.ok_or_else(|| {
            if parts.method == Method::GET && !wants_json(&parts.headers) {
                Refusal::LogIn { next: parts.uri.path().to_owned() }
            } else {
                Refusal::Failed(Fault::LoginNeeded.into())
            }
        })
    }
}

/// A form sent from a page of this session.
pub(super) struct Posted {
    /// Who sent it.
    pub(super) session: Session,
    /// What was sent.
    pub(super) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let session = Session::from_request_parts(&mut parts, app).await?;
        let fields = Fields::from_request(Request::from_parts(parts, body), app).await?;
        session.check_csrf(fields.get("csrf"))?;
        Ok(Self { session, fields })
    }
}

/// Why a request does not get through.
pub(super) enum Refusal {
    /// A page for people who are logged in: log in first, then go on there.
    LogIn {
        /// Path that was asked for.
        next: String,
    },
    /// Anything else.
    Failed(Failure),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.into())
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::LogIn { next } => {
                let next = local_path(&next);
                let target =
                    if next == "/" { "/login".to_owned() } else { format!("/login?next={next}") };
                Redirect::to(&target).into_response()
            }
            Self::Failed(failure) => failure.into_response(),
        }
    }
}

/// A path of this box to go on to after login; anything doubtful becomes the worklist.
pub(super) fn local_path(text: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    let local = text.starts_with('/') && !text.starts_with("//") && text.bytes().all(plain);
    if local { text } else { "/" }
}

/// Answers with a redirect that opens a session.
pub(super) fn enter(token: &SessionToken, path: &str) -> Response {
    let cookie = format!(
        "{COOKIE_NAME}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={COOKIE_AGE_S}",
        token.expose()
    );
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(path)).into_response()
}

/// Answers with a redirect that forgets the session.
pub(super) fn leave(path: &str) -> Response {
    let cookie = format!("{COOKIE_NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(path)).into_response()
}

/// Refuses every request that changes something and comes from a page of another address.
///
/// Browsers send `Origin` with every such request; other clients send neither header and carry no
/// cookie that a foreign page could borrow.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        Failure::from(Fault::ForeignRequest).into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    let site = value("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = value(ORIGIN.as_str()).is_none_or(|origin| {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some() && host == value(HOST.as_str())
    });
    site && origin
}

/// A cookie of a request.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

fn csrf_of(token: &SessionToken) -> String {
    let hash = Sha256::new_with_prefix("csrf").chain_update(token.expose());
    Sha256Digest::from_bytes(hash.finalize().into()).to_string()
}

/// Compares without telling by its duration where the first difference is.
fn same(left: &[u8], right: &[u8]) -> bool {
    let difference = left.iter().zip(right).fold(0, |sum, (a, b)| sum | (a ^ b));
    left.len() == right.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_form_token_belongs_to_one_session_and_does_not_tell_its_cookie() {
        let [one, two] = ["11", "22"].map(|pair| SessionToken::parse(&pair.repeat(32)).unwrap());
        assert_eq!(csrf_of(&one), csrf_of(&one));
        assert_ne!(csrf_of(&one), csrf_of(&two));
        assert_ne!(csrf_of(&one), one.expose());
    }

    #[test]
    fn tokens_are_the_same_only_in_full() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
        assert!(!same(b"", b"abc"));
    }

    #[test]
    fn the_session_cookie_is_found_among_others() {
        let headers = headers(&[("cookie", "a=1; fieldray_session=abc ;b=2")]);
        assert_eq!(cookie(&headers, COOKIE_NAME), Some("abc"));
        assert_eq!(cookie(&headers, "session"), None);
    }

    #[test]
    fn requests_from_foreign_pages_are_known() {
        let check = |pairs: &[(&'static str, &'static str)], expected: bool| {
            assert_eq!(is_same_origin(&headers(pairs)), expected, "{pairs:?}");
        };
        let host = ("host", "fieldray.lan:8080");
        check(&[host], true);
        check(&[host, ("origin", "http://fieldray.lan:8080")], true);
        check(&[host, ("origin", "http://evil.example")], false);
        check(&[host, ("origin", "http://fieldray.lan")], false);
        check(&[host, ("origin", "null")], false);
        check(&[host, ("sec-fetch-site", "cross-site")], false);
        check(&[host, ("sec-fetch-site", "same-origin")], true);
    }

    #[test]
    fn login_goes_on_to_local_paths_only() {
        let check = |path: &str, expected: &str| assert_eq!(local_path(path), expected, "{path}");
        check("/studies/new", "/studies/new");
        check("//evil.example", "/");
        check("/\\evil.example", "/");
        check("https://evil.example", "/");
        check("/a?b", "/");
    }
}
