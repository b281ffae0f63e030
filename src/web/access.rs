//! The gate before every route: is somebody logged in, is the phone locked, has the role the right.
//!
//! [`crate::web::router`] says for each route whom it is for; a route that it does not say it for has
//! no [`Session`] and shows nothing. A locked phone asks for the passcode on the page that was wanted,
//! and keeps what a form brought until it is given.

use axum::body::Body;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::MethodRouter;

use crate::app::{App, LoginFault};
use crate::domain::fault::{Fault, Kind};
use crate::domain::rights::Right;
use crate::web::error::{Failure, status_of, wants_json};
use crate::web::forms::Fields;
use crate::web::guard::Session;
use crate::web::html::{Page, Stop, page};
use crate::web::language::local_address;

/// Header of requests that a page makes by itself: they do not keep a phone open.
const BY_ITSELF: &str = "x-by-itself";
/// Name of the field with the passcode on the page of a locked phone.
const PASSCODE: &str = "unlock_passcode";

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Everybody with a session, even when the phone is locked.
    Leaving,
    /// Everybody with a session, even before a passcode of one's own is chosen.
    Choosing,
    /// Everybody who is logged in.
    Member,
    /// Who has the right.
    Needs(Right),
}

/// The gate of one route.
#[derive(Clone)]
pub(super) struct Gate {
    app: App,
    access: Access,
}

impl Gate {
    /// Puts the gate before the handlers of a route.
    pub(super) fn before(
        app: &App,
        access: Access,
        handlers: MethodRouter<App>,
    ) -> MethodRouter<App> {
        let gate = Self { app: app.clone(), access };
        handlers.route_layer(from_fn_with_state(gate, admit))
    }
}

async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match pass(&gate, request).await {
        Ok(request) => next.run(request).await,
        Err(response) => response,
    }
}

async fn pass(gate: &Gate, mut request: Request) -> Result<Request, Response> {
    let by_person = !request.headers().contains_key(BY_ITSELF);
    let session = Session::seen(request.headers(), &gate.app, by_person).await;
    let session = match session {
        Err(fault) => return Err(refuse(request, fault).await),
        Ok(None) => return Err(log_in(request).await),
        Ok(Some(session)) => session,
    };
    if let Access::Needs(right) = gate.access
        && !session.may(right)
    {
        return Err(refuse(request, Fault::NotAllowed).await);
    }
    if session.attendance.locked && gate.access != Access::Leaving && !is_upload(&request) {
        request = unlock(gate, &session, request).await?;
    }
    let settling = matches!(gate.access, Access::Leaving | Access::Choosing);
    if session.attendance.must_choose && !settling {
        return Err(if is_page(&request) {
            Redirect::to("/passcode").into_response()
        } else {
            refuse(request, Fault::PasscodeGiven).await
        });
    }
    request.extensions_mut().insert(session);
    Ok(request)
}

/// Whether a browser wants to show what comes.
fn is_page(request: &Request) -> bool {
    *request.method() == Method::GET && !wants_json(request.headers())
}

/// A photo on its way: a technician who put the phone down to hang up the film does not lose it. The
/// answer shows nothing of the patient.
fn is_upload(request: &Request) -> bool {
    content_type(request.headers()).starts_with("multipart/form-data")
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Answers with a fault. A phone that is already sending gets to read it.
async fn refuse(request: Request, fault: Fault) -> Response {
    crate::web::pages::drain_body(request.into_body()).await;
    Failure::from(fault).into_response()
}

async fn log_in(request: Request) -> Response {
    if !is_page(&request) {
        return refuse(request, Fault::LoginNeeded).await;
    }
    let next = crate::web::guard::local_path(request.uri().path());
    let target = if next == "/" { "/login".to_owned() } else { format!("/login?next={next}") };
    Redirect::to(&target).into_response()
}

/// Lets a request through a locked phone if it brings the passcode; asks for it otherwise.
async fn unlock(gate: &Gate, session: &Session, request: Request) -> Result<Request, Response> {
    if wants_json(request.headers()) {
        return Err(refuse(request, Fault::SessionLocked).await);
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let next = request.uri().path_and_query().map_or("/", |address| address.as_str());
        let ask = Ask { action: "/unlock", next: local_address(next).to_owned(), carried: vec![] };
        return Err(ask.page(session, None));
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, gate.app.limits().form_bytes_max).await else {
        return Err(Failure::from(Fault::FormUnreadable).into_response());
    };
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let fields = match Fields::from_request(copy, &gate.app).await {
        Ok(fields) => fields,
        Err(failure) => return Err(failure.into_response()),
    };
    if let Err(fault) = session.check_csrf(fields.get("csrf")) {
        return Err(Failure::from(fault).into_response());
    }
    let given = fields.get(PASSCODE);
    let refused = match given {
        "" => None,
        _ => match gate.app.unlock(&session.attendance, given).await {
            Ok(()) => return Ok(Request::from_parts(parts, Body::from(bytes))),
            Err(refused) => Some(refused),
        },
    };
    let carried = fields.all().filter(|(name, _)| !matches!(*name, PASSCODE | "csrf"));
    let carried = carried.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let ask = Ask { action: parts.uri.path(), next: String::new(), carried };
    Err(ask.page(session, refused))
}

/// The page of a locked phone.
struct Ask<'a> {
    /// Where the form goes.
    action: &'a str,
    /// Where to go on; empty when the form itself goes on.
    next: String,
    /// What a form had brought.
    carried: Vec<(String, String)>,
}

impl Ask<'_> {
    fn page(self, session: &Session, refused: Option<LoginFault>) -> Response {
        let mut frame = Page::outside("lock-title");
        frame.csrf = session.csrf();
        if let Some(refused) = refused
            && refused.fault.kind() == Kind::Internal
        {
            return Failure::from(refused.fault).into_response();
        }
        let template = LockPage {
            who: frame.lock_text(session.operator.name.as_str()),
            stop: refused.map(|it| Stop::new(&frame, it.fault).waiting(&frame, it.wait_s)),
            action: self.action.to_owned(),
            next: self.next,
            carried: self.carried,
            page: frame,
        };
        let status = refused.map_or(StatusCode::UNAUTHORIZED, |it| status_of(it.fault.kind()));
        let mut response = page(status, &template);
        if let Some(wait_s) = refused.map(|it| it.wait_s).filter(|wait_s| *wait_s > 0) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait_s));
        }
        response
    }
}

/// `POST /unlock`: the passcode of a phone that was locked while a page was wanted.
pub(super) async fn submit(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    session.check_csrf(fields.get("csrf"))?;
    let next = local_address(fields.get("next")).to_owned();
    match app.unlock(&session.attendance, fields.get(PASSCODE)).await {
        Ok(()) if wants_json(&headers) => {
            Ok(crate::web::html::json(&serde_json::json!({ "ok": true })))
        }
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(refused) if wants_json(&headers) => Err(refused.fault.into()),
        Err(refused) => {
            let ask = Ask { action: "/unlock", next, carried: vec![] };
            Ok(ask.page(&session, Some(refused)))
        }
    }
}

#[derive(askama::Template)]
#[template(path = "lock.html")]
struct LockPage {
    page: Page,
    stop: Option<Stop>,
    who: String,
    action: String,
    next: String,
    carried: Vec<(String, String)>,
}
