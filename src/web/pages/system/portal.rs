//! `/system/portal`: what the portal has asked of this box, what became of it, and what it has set.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::{App, PortalOrders};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::sync::order::{OrderKind, Outcome, SetByPortal};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::Session;
use crate::web::html::{Page, page};

#[derive(askama::Template)]
#[template(path = "portal_orders.html")]
struct PortalPage {
    page: Page,
    set: Vec<String>,
    orders: Vec<Line>,
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
    let PortalOrders { orders, set } = app.portal_orders(&session.operator).await?;
    let frame = Page::inside(&session, "orders-title");
    let (locale, minutes) = (frame.locale, app.utc_offset_minutes());
    let orders = orders.iter().map(|row| {
        let icon = match row.outcome {
            Outcome::Done => "done",
            Outcome::Waiting => "waiting",
            Outcome::Kept | Outcome::Refused(_) => "alert",
        };
        let what = match OrderKind::parse(&row.order.kind) {
            Some(kind) => locale.t(&format!("order-kind-{}", kind.code())),
            None => locale.text("order-kind-other", &[("kind", row.order.kind.as_str().into())]),
        };
        let made = Stamp { wall: row.order.at, trust: ClockTrust::Synced };
        let (made, taken) = (locale.time_text(made, minutes), locale.time_text(row.taken, minutes));
        let number = row.order.number.into();
        let args = [("number", number), ("made", made.into()), ("taken", taken.into())];
        Line {
            icon,
            what,
            outcome: outcome(locale, row.outcome, row.told),
            times: locale.text("order-times", &args),
        }
    });
    let template = PortalPage {
        set: set.iter().map(|one| setting(locale, one, minutes)).collect(),
        orders: orders.collect(),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// What became of an order, why, and whether the portal knows.
fn outcome(locale: &Locale, outcome: Outcome, told: bool) -> String {
    let mut parts = vec![locale.t(&format!("order-{}", outcome.code()))];
    if let Outcome::Refused(why) = outcome {
        parts.push(locale.t(&format!("order-refused-{}", why.code())));
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
            ("value", one.value.as_str().into()),
            ("name", one.by.as_str().into()),
            ("time", time.into()),
            ("number", one.number.into()),
        ],
    )
}
