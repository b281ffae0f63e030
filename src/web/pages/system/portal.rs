//! `/system/portal`: what the portal has asked of this box, what became of it, and what it has set.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, BoxKeyState, PortalOrders};
use crate::domain::rights::Right;
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::sync::order::{OrderRefusal, Outcome, ParkedOrder, SetByPortal};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "portal_orders.html")]
struct PortalPage {
    page: Page,
    set: Vec<String>,
    orders: Vec<Line>,
    /// Orders that cannot be trusted or kept.
    parked: Vec<Line>,
    /// The name of the box and its key, in words; empty: no portal is set.
    keys: Vec<String>,
    /// A new key may be made here.
    may_change_key: bool,
    /// The person may set which portal it is.
    may_connect: bool,
}

/// An order in words.
struct Line {
    icon: &'static str,
    what: String,
    outcome: String,
    times: String,
}

/// `GET /system/portal`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let PortalOrders { orders, parked, set } = app.portal_orders(&session.operator).await?;
    let key = app.box_key(&session.operator).await?;
    let frame = Page::inside(&session, "orders-title");
    let (locale, minutes) = (frame.locale, app.utc_offset_minutes());
    let orders = orders.iter().map(|row| {
        let icon = match row.outcome {
            Outcome::Done => "done",
            Outcome::Waiting | Outcome::Agreed => "waiting",
            Outcome::Kept | Outcome::Refused(_) => "alert",
        };
        let made = Stamp { wall: row.order.at, trust: ClockTrust::Synced };
        let (made, taken) = (locale.time_text(made, minutes), locale.time_text(row.taken, minutes));
        let number = row.order.number.into();
        let args = [("number", number), ("made", made.into()), ("taken", taken.into())];
        Line {
            icon,
            what: locale.order_kind(&row.order.kind),
            outcome: outcome(locale, row.outcome, row.told, &row.words),
            times: locale.text("order-times", &args),
        }
    });
    let template = PortalPage {
        set: set.iter().map(|one| setting(locale, one, minutes)).collect(),
        orders: orders.collect(),
        parked: parked.iter().map(|one| parked_line(locale, one, minutes)).collect(),
        keys: key.as_ref().map_or_else(Vec::new, |key| key_lines(locale, key)),
        may_connect: session.may(Right::ManageSite),
        may_change_key: key.is_some_and(|key| !key.waits) && session.may(Right::ManageSite),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /system/portal/key`: a new key of the box.
pub(in crate::web) async fn new_key(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    app.new_box_key(&posted.session.operator).await?;
    Ok(Redirect::to("/system/portal").into_response())
}

/// Name and key of the box, short: enough to compare with what the portal shows.
fn key_lines(locale: &Locale, key: &BoxKeyState) -> Vec<String> {
    let short = key.key.to_string().chars().take(16).collect::<String>();
    let count = u64::try_from(key.changes).unwrap_or(u64::MAX);
    let mut lines = vec![
        locale.text("box-name-line", &[("name", key.name.to_string().into())]),
        locale.text("box-key-line", &[("key", short.into()), ("count", count.into())]),
    ];
    lines.extend(key.waits.then(|| locale.t("box-key-waits")));
    lines
}

fn parked_line(locale: &Locale, one: &ParkedOrder, minutes: i32) -> Line {
    let refused = Outcome::Refused(OrderRefusal::Unverifiable);
    let taken = locale.time_text(one.at, minutes);
    let times = [("number", one.number.into()), ("taken", taken.into())];
    Line {
        icon: "alert",
        what: locale.order_kind(&one.kind),
        outcome: outcome(locale, refused, true, ""),
        times: locale.text("order-parked-times", &times),
    }
}

/// What became of an order, why, and whether the portal knows.
fn outcome(locale: &Locale, outcome: Outcome, told: bool, words: &str) -> String {
    let mut parts = locale.outcome(outcome);
    if !words.is_empty() {
        parts.push(words.to_owned());
    }
    if !told {
        parts.push(locale.t("order-untold"));
    }
    parts.join(" · ")
}

fn setting(locale: &Locale, one: &SetByPortal, minutes: i32) -> String {
    let name = locale.t(&format!("portal-setting-{}", one.setting.code()));
    let time = locale.time_text(one.at, minutes);
    locale.text(
        "order-set",
        &[
            ("setting", name.into()),
            ("value", locale.setting_value(one.setting, &one.value).into()),
            ("name", one.by.as_str().into()),
            ("time", time.into()),
            ("number", one.number.into()),
        ],
    )
}
