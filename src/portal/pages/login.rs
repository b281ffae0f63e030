//! `/read/login`, `/read/begin`: who reads films for the portal.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};

use super::{Fields, Page, Trouble, blocking, render};
use crate::domain::login::{Passcode, PasscodeKind};
use crate::portal::Portal;
use crate::portal::readers::{Reader, Refused, Token};

const COOKIE_NAME: &str = "fieldray_portal";
/// How long a browser keeps the cookie. The portal ends idle sessions much earlier.
const COOKIE_AGE_S: u32 = 24 * 60 * 60;

#[derive(Template)]
#[template(path = "portal/login.html")]
struct LoginPage {
    page: Page,
    stop: Option<String>,
    name: String,
    /// The first time, with a code.
    begin: bool,
}

/// A reader who is logged in.
pub(super) struct Session {
    pub(super) reader: Reader,
    token: Token,
}

impl Session {
    /// The session of a request's cookie.
    pub(super) async fn of(portal: &Portal, headers: &HeaderMap) -> Result<Self, Trouble> {
        let token = token(headers).ok_or(Trouble::Login)?;
        let portal = portal.clone();
        let reader = blocking(move || portal.reader(token)).await?;
        reader.map(|reader| Self { reader, token }).ok_or(Trouble::Login)
    }

    /// A page for this session.
    pub(super) fn page(&self, headers: &HeaderMap, title: &str) -> Page {
        let who = Some(self.reader.name.as_str().to_owned());
        Page { who, csrf: self.token.csrf(), ..Page::of(headers, title) }
    }

    /// Refuses a form that did not come from a page of this session.
    pub(super) fn check(&self, fields: &Fields) -> Result<(), Trouble> {
        // Both are hashes: how long the comparison takes tells nothing about the token.
        if fields.get("csrf") == self.token.csrf() { Ok(()) } else { Err(Trouble::Foreign) }
    }
}

fn token(headers: &HeaderMap) -> Option<Token> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(key, _)| key.trim() == COOKIE_NAME);
    found.and_then(|(_, value)| Token::parse(value.trim()))
}

/// `GET /read/login`.
pub(super) async fn show(headers: HeaderMap) -> Result<Response, Trouble> {
    form(&headers, None, String::new())
}

/// `GET /read/begin`.
pub(super) async fn show_begin(headers: HeaderMap) -> Result<Response, Trouble> {
    begin_form(&headers, None, String::new())
}

/// `POST /read/login`.
pub(super) async fn submit(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let fields = Fields(fields);
    let name = fields.get("name").to_owned();
    let done = blocking(move || portal.log_in(fields.get("name"), fields.get("passcode"))).await?;
    match done {
        Ok(token) => Ok(enter(&headers, token)),
        Err(Refused::Choose) => Ok(Redirect::to("/read/begin").into_response()),
        Err(refused) => form(&headers, Some(refused), name),
    }
}

/// `POST /read/begin`.
pub(super) async fn begin(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let fields = Fields(fields);
    let name = fields.get("name").to_owned();
    let same = fields.get("pin").trim() == fields.get("pin_again").trim();
    // A portal is on the internet, and its pages show a district: a PIN is not enough.
    let strong = |chosen: &Passcode| same && chosen.kind() == PasscodeKind::Password;
    let Some(chosen) = Passcode::parse(fields.get("pin")).filter(strong) else {
        return begin_form(&headers, Some("portal-read-choose-wrong"), name);
    };
    let work = move || portal.begin_reading(fields.get("name"), fields.get("code"), &chosen);
    match blocking(work).await? {
        Ok(token) => Ok(enter(&headers, token)),
        Err(_) => begin_form(&headers, Some("portal-read-code-wrong"), name),
    }
}

/// `POST /read/leave`.
pub(super) async fn leave(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    session.check(&Fields(fields))?;
    blocking(move || portal.log_out(session.token)).await?;
    Ok((cookie(&headers, "", 0), Redirect::to("/read/login")).into_response())
}

fn enter(headers: &HeaderMap, token: Token) -> Response {
    (cookie(headers, &token.expose(), COOKIE_AGE_S), Redirect::to("/read")).into_response()
}

fn cookie(
    headers: &HeaderMap,
    value: &str,
    age_s: u32,
) -> AppendHeaders<[(axum::http::HeaderName, String); 1]> {
    // What stands before the portal says how the browser came; a cookie of HTTPS never goes in the clear.
    let said = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    let https = said.is_some_and(|said| said.trim().eq_ignore_ascii_case("https"));
    let secure = if https { "; Secure" } else { "" };
    let text = format!(
        "{COOKIE_NAME}={value}; Path=/; HttpOnly; SameSite=Strict{secure}; Max-Age={age_s}"
    );
    AppendHeaders([(SET_COOKIE, text)])
}

fn form(headers: &HeaderMap, refused: Option<Refused>, name: String) -> Result<Response, Trouble> {
    let page = Page::of(headers, "portal-read-login");
    let (status, stop) = match refused {
        None => (StatusCode::OK, None),
        Some(Refused::Wait(seconds)) => {
            let text = page.locale.text("login-wait", &[("seconds", seconds.into())]);
            (StatusCode::TOO_MANY_REQUESTS, Some(text))
        }
        Some(Refused::Wrong | Refused::Choose) => {
            (StatusCode::UNAUTHORIZED, Some(page.t("portal-read-wrong")))
        }
    };
    render(status, &LoginPage { page, stop, name, begin: false })
}

fn begin_form(headers: &HeaderMap, stop: Option<&str>, name: String) -> Result<Response, Trouble> {
    let page = Page::of(headers, "portal-read-begin");
    let status = if stop.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let stop = stop.map(|key| page.t(key));
    render(status, &LoginPage { page, stop, name, begin: true })
}
