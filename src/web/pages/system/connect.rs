//! `/system/portal/connect`: the portal as an administrator sets it, from what the portal prints for a new
//! box; and the page that waits while the box starts again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, KnownPortal, PortalWish, SetUpRefused};
use crate::domain::fault::Fault;
use crate::domain::sync::introduction::{Introduction, TEXT_BYTES_MAX};
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

/// Characters of a key that people compare.
const KEY_CHARS: usize = 16;

#[derive(askama::Template)]
#[template(path = "portal_connect.html")]
struct ConnectPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    /// The settings file names the portal.
    fixed: bool,
    put_aside: bool,
    damaged: bool,
    /// What is known of the portal in use, in words; empty: there is none.
    known: Vec<String>,
    text_max: usize,
    /// Fields are to be seen, because one of them is wrong or the address is missing.
    open: bool,
}

/// `GET /system/portal/connect`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let known = app.portal_link().await?.known;
    let fields = known.as_ref().map(fields_of).unwrap_or_default();
    render(&app, &session, fields, Complaints::default(), None).await
}

/// The form as it stands for the portal in use, so that one value can be changed.
fn fields_of(portal: &KnownPortal) -> Fields {
    let sms = portal.sms.as_ref().map(|number| number.as_str().to_owned());
    Fields::of_pairs([
        ("portal_url", portal.url.clone()),
        ("portal_key", portal.key.to_string()),
        ("portal_recipient", portal.recipient.clone().unwrap_or_default()),
        ("portal_sms", sms.unwrap_or_default()),
        ("metered", if portal.metered { "yes".to_owned() } else { String::new() }),
    ])
}

/// `POST /system/portal/connect`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let agreed = fields.get("agree") == "yes";
    let by = &session.operator;
    let outcome = match fields.get("do") {
        "none" => {
            let in_use = app.portal_link().await?.known.is_some();
            match app.leave_portal(by, agreed).await {
                Ok(()) if in_use => Ok(()),
                Ok(()) => return Ok(Redirect::to("/system/first-steps").into_response()),
                Err(refused) => Err(refused),
            }
        }
        _ => app.set_portal(by, wish(&fields, agreed)).await,
    };
    let wrong = match outcome {
        Ok(()) => return Ok(starts_again(&session, "/system/portal/connect")),
        Err(SetUpRefused::Fault(fault)) => {
            let fields = filled(&fields);
            return render(&app, &session, fields, Complaints::default(), Some(fault)).await;
        }
        Err(SetUpRefused::Fields(wrong)) => wrong,
    };
    let mut complaints = Complaints::default();
    let locale = Page::inside(&session, "connect-title").locale;
    for field in wrong {
        complaints.take(None::<()>, field, locale);
    }
    render(&app, &session, filled(&fields), complaints, Some(Fault::FieldInvalid)).await
}

/// What was pasted, and where that says nothing, what stands in the fields: they may still hold the values
/// of the portal before.
fn introduction(fields: &Fields) -> Introduction {
    let pasted = Introduction::read(fields.get("portal_text"));
    let pasted = pasted.unwrap_or_default();
    // Beside the key of another portal stands what belongs to that one.
    let key = fields.get("portal_key").trim();
    let stale = !key.is_empty() && !pasted.key.is_empty() && pasted.key != key;
    let or_typed = |name: &str, pasted: String| match pasted.as_str() {
        "" => fields.get(name).trim().to_owned(),
        _ => pasted,
    };
    let or_own = |name: &str, pasted: String| if stale { pasted } else { or_typed(name, pasted) };
    Introduction {
        url: or_typed("portal_url", pasted.url),
        key: or_typed("portal_key", pasted.key),
        code: or_typed("portal_code", pasted.code),
        recipient: or_own("portal_recipient", pasted.recipient),
        sms: or_own("portal_sms", pasted.sms),
    }
}

fn wish(fields: &Fields, agreed: bool) -> PortalWish {
    let metered = fields.get("metered") == "yes";
    PortalWish { introduction: introduction(fields), metered, agreed }
}

/// The form with what was understood of the pasted text in its fields.
fn filled(fields: &Fields) -> Fields {
    let Introduction { url, key, code, recipient, sms } = introduction(fields);
    Fields::of_pairs([
        ("portal_url", url),
        ("portal_key", key),
        ("portal_code", code),
        ("portal_recipient", recipient),
        ("portal_sms", sms),
        ("metered", fields.get("metered").to_owned()),
    ])
}

async fn render(
    app: &App,
    session: &Session,
    fields: Fields,
    complaints: Complaints,
    fault: Option<Fault>,
) -> Result<Response, Failure> {
    let link = app.portal_link().await?;
    let frame = Page::inside(session, "connect-title");
    let known = link.known.as_ref().map(|portal| known_lines(frame.locale, portal));
    let mut known = known.unwrap_or_default();
    if let Some(health) = app.sync_health().await?.filter(|_| !known.is_empty())
        && let Some(code) = health.fault
    {
        let fault = frame.locale.t(&format!("sync-fault-{code}"));
        known.push(frame.locale.text("connect-fault", &[("reason", fault.into())]));
        known.push(frame.locale.t(&format!("sync-fault-{code}.next")));
    }
    let template = ConnectPage {
        stop: fault.map(|fault| Stop::new(&frame, fault)),
        open: fault.is_some(),
        fields,
        complaints,
        fixed: link.fixed,
        put_aside: link.put_aside,
        damaged: link.damaged,
        known,
        text_max: TEXT_BYTES_MAX,
        page: frame,
    };
    Ok(page(fault.map_or(StatusCode::OK, |fault| status_of(fault.kind())), &template))
}

fn known_lines(locale: &Locale, portal: &KnownPortal) -> Vec<String> {
    let key: String = portal.key.to_string().chars().take(KEY_CHARS).collect();
    let mut lines = vec![
        locale.text("connect-address", &[("url", portal.url.as_str().into())]),
        locale.text("connect-key", &[("key", key.into())]),
        locale.t(if portal.enrolled { "connect-enrolled" } else { "connect-not-enrolled" }),
        locale.t(match portal.recipient {
            Some(_) => "connect-carries",
            None => "connect-carries-not",
        }),
    ];
    if portal.metered {
        lines.push(locale.t("connect-metered-on"));
    }
    if let Some(number) = &portal.sms {
        lines.push(locale.text("connect-sms-line", &[("number", number.as_str().into())]));
    }
    lines
}

#[derive(askama::Template)]
#[template(path = "starts_again.html")]
struct AgainPage {
    page: Page,
    next: &'static str,
}

/// Says that the box starts again, waits for it, and goes on.
pub(super) fn starts_again(session: &Session, next: &'static str) -> Response {
    page(StatusCode::OK, &AgainPage { page: Page::inside(session, "restart-title"), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_goes_over_what_still_stands_in_the_fields() {
        let pasted =
            "[portal]\nurl = \"https://ADDRESS:8443\"\nkey = \"01\"\ncode = \"ABCDE-FGHJK\"";
        let before = [
            ("portal_url", " p.example:8443 "),
            ("portal_key", "02"),
            ("portal_recipient", "age1old"),
        ];
        let fields = Fields::of(&[&before[..], &[("portal_text", pasted)]].concat());
        let read = introduction(&fields);
        assert_eq!((read.url.as_str(), read.key.as_str()), ("p.example:8443", "01"));
        assert_eq!(read.recipient, "", "that of another portal");
        assert_eq!(filled(&fields).get("portal_code"), "ABCDE-FGHJK");
        let typed = introduction(&Fields::of(&before));
        assert_eq!((typed.key.as_str(), typed.recipient.as_str()), ("02", "age1old"));
    }
}
