//! `/system/ways`: how the box reaches people, as an administrator sets it. What is secret is written here
//! and never shown.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::alerts::{WayCheck, WayState};
use crate::app::{App, Section, SetUpRefused, SmsWay, SmsWish};
use crate::domain::fault::Fault;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::system::connect::starts_again;

/// Fields that are not written back into a form.
const SECRET: [&str; 4] = ["bot_token", "phone_password", "phone_signing_key", "gateway_secret"];

#[derive(askama::Template)]
#[template(path = "ways.html")]
struct WaysPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    damaged: bool,
    /// What came of trying the ways; empty: they were not tried now.
    tried: Vec<Line>,
    telegram: Part,
    sms: Part,
    /// Which kind of way for text messages is open: `modem`, `phone`, `gateway`, or empty.
    open: &'static str,
}

/// One line of what came of trying.
struct Line {
    icon: &'static str,
    key: &'static str,
    what: String,
    next: Option<String>,
}

/// How one of the two is set.
struct Part {
    /// The settings file names it.
    fixed: bool,
    /// In words; `None`: it is not set up.
    now: Option<String>,
}

/// `GET /system/ways`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    Ok(render(&app, &session, Fields::default(), Complaints::default(), None, Vec::new()))
}

/// `POST /system/ways`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    let given = |name: &str| fields.get(name).to_owned();
    let outcome = match fields.get("do") {
        "try" => {
            let locale = Page::inside(&session, "ways-title").locale;
            let tried = app.check_ways(locale).await?;
            let (fields, none) = (Fields::default(), Complaints::default());
            return Ok(render(&app, &session, fields, none, None, tried));
        }
        "bot" => app.set_bot(by, fields.get("bot_token")).await,
        "no-bot" => app.forget_way(by, Section::Telegram).await,
        "no-sms" => app.forget_way(by, Section::Sms).await,
        "modem" => app.set_sms(by, SmsWish::Modem { which: given("modem") }).await,
        "phone" => {
            let (url, user) = (given("phone_url"), given("phone_user"));
            let (password, signing_key) = (given("phone_password"), given("phone_signing_key"));
            app.set_sms(by, SmsWish::Phone { url, user, password, signing_key }).await
        }
        "gateway" => {
            let (url, body) = (given("gateway_url"), given("gateway_body"));
            let (user, secret) = (given("gateway_user"), given("gateway_secret"));
            app.set_sms(by, SmsWish::Gateway { url, body, user, secret }).await
        }
        _ => Err(Fault::FieldInvalid.into()),
    };
    let locale = Page::inside(&session, "ways-title").locale;
    let mut complaints = Complaints::default();
    let fault = match outcome {
        Ok(()) => return Ok(starts_again(&session, "/system/ways")),
        Err(SetUpRefused::Fault(fault)) => fault,
        Err(SetUpRefused::Fields(wrong)) => {
            for field in wrong {
                complaints.take(None::<()>, field, locale);
            }
            Fault::FieldInvalid
        }
    };
    let shown = SECRET.iter().fold(fields, |fields, name| fields.without(name));
    Ok(render(&app, &session, shown, complaints, Some(fault), Vec::new()))
}

fn render(
    app: &App,
    session: &Session,
    fields: Fields,
    complaints: Complaints,
    fault: Option<Fault>,
    tried: Vec<WayCheck>,
) -> Response {
    let frame = Page::inside(session, "ways-title");
    let locale = frame.locale;
    let ways = app.ways();
    let line = |way: WayCheck| {
        let well = way.state == WayState::Good;
        let (icon, key) = if well { ("done", "system-well") } else { ("alert", "system-unwell") };
        Line { icon, key, what: way.what, next: way.next }
    };
    let bot = ways.telegram.then(|| match app.bot_name() {
        Some(name) => locale.text("ways-bot-named", &[("name", name.into())]),
        None => locale.t("ways-bot-unnamed"),
    });
    let open = match fields.get("do") {
        "modem" => "modem",
        "phone" => "phone",
        "gateway" => "gateway",
        _ => "",
    };
    let template = WaysPage {
        stop: fault.map(|fault| Stop::new(&frame, fault)),
        fields,
        complaints,
        damaged: ways.damaged,
        tried: tried.into_iter().map(line).collect(),
        telegram: Part { fixed: ways.fixed.telegram, now: bot },
        sms: Part {
            fixed: ways.fixed.sms,
            now: ways.sms.as_ref().map(|way| sms_line(locale, way)),
        },
        open,
        page: frame,
    };
    page(fault.map_or(StatusCode::OK, |fault| status_of(fault.kind())), &template)
}

fn sms_line(locale: &Locale, way: &SmsWay) -> String {
    match way {
        SmsWay::Modem(None) => locale.t("ways-now-modem-any"),
        SmsWay::Modem(Some(name)) => {
            locale.text("ways-now-modem", &[("name", name.as_str().into())])
        }
        SmsWay::Phone(host, user) => {
            let args = [("host", host.as_str().into()), ("user", user.as_str().into())];
            locale.text("ways-now-phone", &args)
        }
        SmsWay::Gateway(host) => locale.text("ways-now-gateway", &[("host", host.as_str().into())]),
        SmsWay::Spool(folder) => {
            locale.text("ways-now-spool", &[("folder", folder.as_str().into())])
        }
    }
}
