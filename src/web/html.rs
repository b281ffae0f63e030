//! What all pages share: the frame, the marked fault, the protecting headers.

use askama::Template;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::Value;

use crate::domain::fault::Fault;
use crate::domain::rights::Right;
use crate::locale::{Language, Locale};
use crate::web::assets;
use crate::web::guard::Session;
use crate::web::language;

const POLICY: &str = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'self'; object-src 'none'";

/// The frame around every page, and the words for its template.
pub(super) struct Page {
    /// The words.
    pub(super) locale: &'static Locale,
    /// Heading and window title.
    pub(super) title: String,
    /// Who is logged in.
    pub(super) who: Option<Who>,
    /// Value of the hidden field `csrf`; empty outside a session.
    pub(super) csrf: String,
    /// Whether a browser without script should load the page again by itself.
    pub(super) refresh: bool,
}

/// Who is logged in, as the frame shows it: the name, and what the menu offers.
pub(super) struct Who {
    pub(super) name: String,
    pub(super) sees_patients: bool,
    pub(super) signs: bool,
    pub(super) manages_people: bool,
    pub(super) sees_system: bool,
    /// Milliseconds without a touch after which the page locks.
    pub(super) lock_ms: i64,
}

impl Page {
    /// A page for somebody who is logged in.
    pub(super) fn inside(session: &Session, title_key: &str) -> Self {
        let who = Who {
            name: session.operator.name.as_str().to_owned(),
            sees_patients: session.may(Right::SeePatients),
            signs: session.may(Right::Report),
            manages_people: session.may(Right::ManagePeople),
            sees_system: session.may(Right::SeeSystem),
            lock_ms: session.attendance.lock_after.ms(),
        };
        Self { who: Some(who), csrf: session.csrf(), ..Self::outside(title_key) }
    }

    /// A page for anybody.
    pub(super) fn outside(title_key: &str) -> Self {
        let locale = language::current();
        let (title, csrf) = (locale.t(title_key), String::new());
        Self { locale, title, who: None, csrf, refresh: false }
    }

    /// Whether the person signs reports.
    pub(super) fn signs(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.signs)
    }

    /// Where a physician says that a second opinion was looked at.
    pub(super) fn second_href(&self, study: &str) -> String {
        format!("{study}/second-opinion")
    }

    /// Says whose phone is locked, and how to go on.
    pub(super) fn lock_text(&self, name: &str) -> String {
        self.locale.text("lock-who", &[("name", name.into())])
    }

    /// Every language of the switch.
    pub(super) fn languages(&self) -> [Language; Language::ALL.len()] {
        Language::ALL
    }

    /// Where the switch of languages comes back to.
    pub(super) fn back(&self) -> String {
        language::back()
    }

    /// The text of a key.
    pub(super) fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// Address of a file of `web/static`.
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Markup of an icon of `icons.svg`; it stands beside a word and is silent for screen readers.
    pub(super) fn icon(&self, name: &str) -> String {
        let file = assets::address("icons.svg");
        format!(
            "<svg class=\"icon\" width=\"24\" height=\"24\" aria-hidden=\"true\" \
             focusable=\"false\"><use href=\"{file}#{name}\"></use></svg>"
        )
    }
}

/// A fault on top of a page: code, what happened, what to do next.
pub(super) struct Stop {
    /// Short code readable over a phone.
    pub(super) code: String,
    /// What happened.
    pub(super) what: String,
    /// What to do next.
    pub(super) next: String,
    /// How long to wait, in words.
    pub(super) wait: Option<String>,
}

impl Stop {
    pub(super) fn new(page: &Page, fault: Fault) -> Self {
        let advice = page.locale.fault_text(fault);
        let code = page.locale.text("fault-code", &[("code", fault.code().into())]);
        Self { code, what: advice.what, next: advice.next, wait: None }
    }

    /// The same with a waiting time; 0 is none.
    pub(super) fn waiting(mut self, page: &Page, seconds: u32) -> Self {
        let text = || page.locale.text("login-wait", &[("seconds", seconds.into())]);
        self.wait = (seconds > 0).then(text);
        self
    }
}

/// Renders a page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Answers a script.
pub(super) fn json(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Headers on every answer: nothing foreign runs, nothing of a patient stays in a cache.
pub(super) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(CONTENT_SECURITY_POLICY, POLICY);
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: with it browsers send `Origin: null` with forms, and the guard needs it.
    put(REFERRER_POLICY, "same-origin");
    put(CACHE_CONTROL, "no-store");
    response
}
