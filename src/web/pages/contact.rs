//! `/contact`: how a person is reached, the code that pairs a chat, and a test.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Contact, PhoneNumber};
use crate::domain::alert::roster::{DailySpan, MinuteOfDay, Roster, Weekday};
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
    week: Vec<Day>,
    paired: bool,
    /// Whether the site uses Telegram.
    telegram: bool,
    /// A fresh code, and the bot's address where it is known.
    pairing: Option<(String, Option<String>)>,
}

/// A day of the roster.
struct Day {
    code: &'static str,
    name: String,
    from: String,
    until: String,
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
    let mut duty = Roster::default();
    for day in Weekday::ALL {
        let field = |end: &str| fields.get(&format!("{}-{end}", day.code())).trim().to_owned();
        let (from, until) = (field("from"), field("until"));
        if !(from.is_empty() && until.is_empty()) {
            let (from, until) = (MinuteOfDay::parse(&from)?, MinuteOfDay::parse(&until)?);
            duty = duty.with(day, Some(DailySpan { from, until }));
        }
    }
    // A person without any hours is always on duty.
    let duty = (duty != Roster::default()).then_some(duty);
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
    let day = |day: Weekday| {
        let span = contact.duty.and_then(|duty| duty.on(day));
        let end =
            |end: fn(DailySpan) -> MinuteOfDay| span.map(end).map(|minute| minute.to_string());
        Day {
            code: day.code(),
            name: frame.locale.t(&format!("day-{}", day.code())),
            from: end(|span| span.from).unwrap_or_default(),
            until: end(|span| span.until).unwrap_or_default(),
        }
    };
    let template = ContactPage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        done: done.map(|key| frame.locale.t(key)),
        phone: contact.phone.as_ref().map(|p| p.as_str().to_owned()).unwrap_or_default(),
        order: contact.order,
        all: contact.least == AlertClass::Suspect,
        week: Weekday::ALL.into_iter().map(day).collect(),
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
