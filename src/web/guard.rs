//! Who may ask: sessions, the token against forged forms, and the origin of a request.
//!
//! Who may ask for which route stands in [`crate::web::router`]; [`crate::web::access`] holds it. A
//! handler that takes a [`Posted`] is closed to forged forms too: there is no other way to a form's
//! fields inside a session.

use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};

use crate::app::{App, Attendance, SessionToken};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::login::Device;
use crate::domain::origin;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::web::error::Failure;
use crate::web::forms::Fields;

const COOKIE_NAME: &str = "fieldray_session";
/// How long a browser keeps the cookie. The box ends idle sessions much earlier.
const COOKIE_AGE_S: u32 = 7 * 24 * 60 * 60;

/// Somebody is logged in.
#[derive(Clone)]
pub(super) struct Session {
    /// Who.
    pub(super) operator: Operator,
    /// What the box knows about the session.
    pub(super) attendance: Attendance,
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

    /// Whether the person has a right.
    pub(super) const fn may(&self, right: Right) -> bool {
        self.operator.role.may(right)
    }

    /// Whether pages may show the person's name and menu: not while the phone is locked.
    pub(super) const fn is_settled(&self) -> bool {
        !self.attendance.locked && !self.attendance.must_choose
    }

    /// The session of a request's cookie, if it holds; locked ones too.
    pub(super) async fn of(headers: &HeaderMap, app: &App) -> Result<Option<Self>, Fault> {
        Self::seen(headers, app, false).await
    }

    /// The same for a request that a person made, or not.
    pub(super) async fn seen(
        headers: &HeaderMap,
        app: &App,
        by_person: bool,
    ) -> Result<Option<Self>, Fault> {
        let Some(token) = token(headers) else { return Ok(None) };
        let attendance = app.session(&token, by_person).await?;
        let of = |attendance: Attendance| Self {
            operator: attendance.operator.clone(),
            attendance,
            token,
        };
        Ok(attendance.map(of))
    }
}

/// The session's token in a request's cookie.
pub(super) fn token(headers: &HeaderMap) -> Option<SessionToken> {
    cookie(headers, COOKIE_NAME).and_then(SessionToken::parse)
}

/// The phone or computer that asks.
pub(super) fn device(headers: &HeaderMap) -> Device {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    Device::of_user_agent(agent.unwrap_or_default())
}

impl FromRequestParts<App> for Session {
    type Rejection = Failure;

    /// The session that [`crate::web::access`] let through. A route that it does not watch has
    /// none, and so shows nothing to anybody.
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Fault::LoginNeeded.into())
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
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let session = Session::from_request_parts(&mut parts, app).await?;
        let fields = Fields::from_request(Request::from_parts(parts, body), app).await?;
        session.check_csrf(fields.get("csrf"))?;
        Ok(Self { session, fields })
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
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        Failure::from(Fault::ForeignRequest).into_response()
    }
}

/// While a new version of the program proves itself, nothing is shown or taken in: what it would store
/// may be taken back.
pub(super) async fn hold_on_trial(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let open = path == "/health" || path.starts_with("/static/");
    if open || !app.on_trial() {
        next.run(request).await
    } else {
        Failure::from(Fault::UpdateOnTrial).into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    origin::is_same(value("sec-fetch-site"), value(ORIGIN.as_str()), value(HOST.as_str()))
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
