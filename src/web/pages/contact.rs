//! `/contact`: how a person is reached, the code that pairs a chat, and a test.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Contact, DailySpan, MinuteOfDay, PhoneNumber};
use crate::domain::fault::Fault;
use crate::web::error::{Failure, status_of};
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "contact.html")]
struct ContactPage {
    page: Page,
    stop: Option<Stop>,
    done: Option<String>,
    phone: String,
    order: u16,
    all: bool,
    duty_from: String,
    duty_until: String,
    paired: bool,
    /// Whether the site uses Telegram.
    telegram: bool,
    /// A fresh code, and the bot's address where it is known.
    pairing: Option<(String, Option<String>)>,
}

/// `GET /contact`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, None, None, None).await
}

/// `POST /contact`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    match fields.get("do") {
        "pair" => {
            let code = app.pairing_code(by)?;
            render(&app, &session, None, None, Some(code)).await
        }
        "test" => match app.test_alert(by, by.id).await {
            Ok(_) => render(&app, &session, None, Some("contact-tested"), None).await,
            Err(fault) => render(&app, &session, Some(fault), None, None).await,
        },
        _ => {
            let before = own(&app, &session).await?;
            let outcome = match read(&fields, before) {
                Some(contact) => app.set_contact(by, contact).await,
                None => Err(Fault::FieldInvalid),
            };
            match outcome {
                Ok(()) => render(&app, &session, None, Some("contact-saved"), None).await,
                Err(fault) => render(&app, &session, Some(fault), None, None).await,
            }
        }
    }
}

fn read(fields: &Fields, before: Contact) -> Option<Contact> {
    let phone = match fields.get("phone").trim() {
        "" => None,
        text => Some(PhoneNumber::parse(text)?),
    };
    let minute = |name: &str| MinuteOfDay::parse(fields.get(name));
    let duty = match (fields.get("duty_from").trim(), fields.get("duty_until").trim()) {
        ("", "") => None,
        _ => Some(DailySpan { from: minute("duty_from")?, until: minute("duty_until")? }),
    };
    let least = if fields.get("all") == "yes" { AlertClass::Suspect } else { AlertClass::Critical };
    let order = fields.get("order").trim().parse().ok().filter(|order| *order <= 999)?;
    Some(Contact { phone, least, order, duty, ..before })
}

async fn own(app: &App, session: &Session) -> Result<Contact, Failure> {
    let contacts = app.contacts().await?;
    let own = contacts.into_iter().find(|contact| contact.operator == session.operator.id);
    Ok(own.unwrap_or_else(|| Contact {
        operator: session.operator.id,
        name: session.operator.name.clone(),
        chat: None,
        phone: None,
        least: AlertClass::Suspect,
        order: 100,
        duty: None,
    }))
}

async fn render(
    app: &App,
    session: &Session,
    stop: Option<Fault>,
    done: Option<&str>,
    code: Option<String>,
) -> Result<Response, Failure> {
    let contact = own(app, session).await?;
    let health = app.channel_health().await?;
    let frame = Page::inside(session, "contact-title");
    let bot = app.bot_name();
    let link = |code: &str| bot.as_ref().map(|bot| format!("https://t.me/{bot}?start={code}"));
    let duty = |end: fn(DailySpan) -> MinuteOfDay| {
        contact.duty.map_or_else(String::new, |duty| end(duty).to_string())
    };
    let template = ContactPage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        done: done.map(|key| frame.locale.t(key)),
        phone: contact.phone.as_ref().map(|p| p.as_str().to_owned()).unwrap_or_default(),
        order: contact.order,
        all: contact.least == AlertClass::Suspect,
        duty_from: duty(|duty| duty.from),
        duty_until: duty(|duty| duty.until),
        paired: contact.chat.is_some(),
        telegram: health.iter().any(|one| one.kind.code() == "telegram" && one.set_up),
        pairing: code.map(|code| {
            let link = link(&code);
            (code, link)
        }),
        page: frame,
    };
    let status = stop.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}
