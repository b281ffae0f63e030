//! `/alerts/undelivered`: what could not be delivered, to whom, why, what to do, and trying again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::delivery::{MessageId, Undelivered, UndeliveredCounts};
use crate::domain::fault::Fault;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "alert_undelivered.html")]
struct UndeliveredPage {
    page: Page,
    done: Option<String>,
    now: Vec<Row>,
    before: Vec<Row>,
}

/// One message.
struct Row {
    id: i64,
    class: Option<&'static str>,
    /// About what.
    what: String,
    /// Where it leads; `None`: a test or a digest.
    href: Option<String>,
    who: String,
    why: String,
    next: String,
    /// The box does not try again by itself.
    given_up: bool,
    foot: String,
}

/// How many messages about open alerts were given up, in words; `None`: none.
pub(in crate::web::pages) fn warning(locale: &Locale, counts: UndeliveredCounts) -> Option<String> {
    let count = counts.critical + counts.other;
    (count > 0).then(|| locale.text("undelivered-count", &[("count", count.into())]))
}

/// `GET /alerts/undelivered`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, None).await
}

/// `POST /alerts/undelivered`: one more try.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let message = fields.get("message").parse().map_err(|_| Fault::FieldInvalid)?;
    let queued = app.resend(&session.operator, MessageId(message)).await?;
    let key = if queued { "undelivered-again" } else { "undelivered-not-needed" };
    render(&app, &session, Some(key)).await
}

async fn render(app: &App, session: &Session, done: Option<&str>) -> Result<Response, Failure> {
    let frame = Page::inside(session, "undelivered-title");
    let locale = frame.locale;
    let (now, before): (Vec<_>, Vec<_>) =
        app.undelivered().await?.into_iter().partition(Undelivered::matters);
    let rows = |list: &[Undelivered]| list.iter().map(|one| row(app, locale, one)).collect();
    let template = UndeliveredPage {
        done: done.map(|key| locale.t(key)),
        now: rows(&now),
        before: rows(&before),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

fn row(app: &App, locale: &Locale, one: &Undelivered) -> Row {
    let message = &one.message;
    let what = match one.alert {
        Some((number, class, _)) => {
            let heading = locale.text("alert-number", &[("number", number.to_string().into())]);
            format!("{heading} · {}", locale.t(&format!("alert-class-{}", class.code())))
        }
        None => locale.t("undelivered-other"),
    };
    let role = locale.t(&format!("role-{}", one.role.code()));
    let channel = locale.t(&format!("channel-{}", message.channel().code()));
    let fault = message.fault.map(|fault| format!("send-{}", fault.code()));
    let fault = fault.unwrap_or_else(|| "send-unreachable".to_owned());
    let tries = locale.text("message-tries", &[("count", message.tries.into())]);
    let queued = locale.time_text(message.queued, app.utc_offset_minutes());
    Row {
        id: message.id.0,
        class: one.alert.map(|(_, class, _)| super::class_mark(class)),
        what,
        href: one.alert.map(|(number, _, _)| format!("/alerts/{number}")),
        who: format!("{} ({role}) · {channel}", one.name.as_str()),
        why: locale.t(&fault),
        next: locale.t(&format!("{fault}.next")),
        given_up: one.given_up(),
        foot: format!("{queued} · {tries}"),
    }
}
