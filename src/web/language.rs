//! Which language a page speaks, and the switch that stands on every page.
//!
//! What a person chose on this phone comes first, then what the box's settings say, then what the
//! browser asks for, then English. The settings come before the browser because phones are sold with
//! English set, whatever their owners read. The choice holds for one request at a time: everything
//! that is written for it asks [`current`], so that no handler can forget to pass it on.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, HOST, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::locale::{Language, Locale};
use crate::web::error::Failure;
use crate::web::forms::Fields;
use crate::web::guard::{self, Session};

const COOKIE_NAME: &str = "fieldray_language";
/// How long a phone remembers the choice: a year.
const COOKIE_AGE_S: u32 = 365 * 24 * 60 * 60;
/// Longest address that the switch goes back to.
const BACK_BYTES_MAX: usize = 300;

/// What one request asked for.
struct Asked {
    locale: &'static Locale,
    /// Where the switch comes back to.
    back: String,
}

tokio::task_local! {
    static ASKED: Asked;
}

/// The words for the answer to this request.
pub(super) fn current() -> &'static Locale {
    ASKED.try_with(|asked| asked.locale).unwrap_or_else(|_| Locale::english())
}

/// The address of the page that is being written, to come back to from the switch.
pub(super) fn back() -> String {
    ASKED.try_with(|asked| asked.back.clone()).unwrap_or_else(|_| "/".to_owned())
}

/// Gives the request its language.
pub(super) async fn choose(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let language = chosen(headers)
        .or(app.language())
        .or_else(|| Language::asked_for(text(headers, ACCEPT_LANGUAGE.as_str())?))
        .unwrap_or(Language::English);
    let asked = Asked { locale: Locale::of(language), back: back_of(&request) };
    ASKED.scope(asked, next.run(request)).await
}

/// `POST /language`: remembers the language on this phone, and for whoever is logged in on every
/// phone, and goes back to the same page. Works before login; the guard against foreign origins holds
/// for it like for every form.
pub(super) async fn submit(
    State(app): State<App>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let language = Language::parse(fields.get("language")).ok_or(Fault::FieldInvalid)?;
    if let Some(session) = Session::of(&headers, &app).await?.filter(Session::is_settled) {
        app.set_language(session.operator.id, language).await?;
    }
    let target = Redirect::to(local_address(fields.get("next")));
    Ok((AppendHeaders([(SET_COOKIE, cookie(language))]), target).into_response())
}

/// What a phone remembers the language by.
pub(super) fn cookie(language: Language) -> HeaderValue {
    let name = COOKIE_NAME;
    let age = COOKIE_AGE_S;
    let code = language.code();
    let text = format!("{name}={code}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}");
    // Codes are two ASCII letters.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

fn chosen(headers: &HeaderMap) -> Option<Language> {
    Language::parse(guard::cookie(headers, COOKIE_NAME)?)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The page itself; for the answer to a form, whose address may take forms only, the page that the
/// form stood on.
fn back_of(request: &Request) -> String {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
        return local_address(address).to_owned();
    }
    let headers = request.headers();
    let page = text(headers, REFERER.as_str()).and_then(|page| page.split_once("://"));
    let page = page.and_then(|(_, page)| page.strip_prefix(text(headers, HOST.as_str())?));
    local_address(page.unwrap_or("/")).to_owned()
}

/// An address of this box, query included; anything doubtful becomes the worklist.
pub(super) fn local_address(address: &str) -> &str {
    let plain = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'?' | b'=' | b'&' | b'%' | b'+')
    };
    let local = address.starts_with('/')
        && !address.starts_with("//")
        && address.len() <= BACK_BYTES_MAX
        && address.bytes().all(plain);
    if local { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn the_switch_goes_back_to_pages_of_this_box_only() {
        let check = |address: &str, expected: &str| assert_eq!(local_address(address), expected);
        check("/studies/new", "/studies/new");
        check("/?state=held&before=12", "/?state=held&before=12");
        check("//evil.example/", "/");
        check("/\\evil.example", "/");
        check("https://evil.example/", "/");
        check("/a\r\nset-cookie:x", "/");
        check("", "/");
    }

    #[test]
    fn after_a_form_the_switch_goes_back_to_the_page_of_the_form() {
        let back = |method: &str, address: &str, page: &str| {
            let request = Request::builder().method(method).uri(address).header("host", "box.lan");
            back_of(&request.header("referer", page).body(Body::empty()).unwrap())
        };
        assert_eq!(back("GET", "/about?x=1", "http://box.lan/help"), "/about?x=1");
        assert_eq!(back("POST", "/logout", "http://box.lan/help?x=1"), "/help?x=1");
        assert_eq!(back("POST", "/logout", "http://evil.example/help"), "/");
        assert_eq!(back("POST", "/logout", "http://box.lan.evil.example/help"), "/");
    }

    #[test]
    fn outside_a_request_the_words_are_english() {
        assert_eq!(current().language(), Language::English);
        assert_eq!(back(), "/");
    }
}
