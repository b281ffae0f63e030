//! `/contact`: how a person is reached, the code that pairs a chat, and a test. An administrator sets the
//! same for others at `/alerts/people/{operator}`, without the chat: only its owner can pair one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{Contact, PhoneNumber};
use crate::domain::alert::roster::{DailySpan, MinuteOfDay, Roster, Weekday};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::Operator;
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
    /// Where the form goes.
    action: String,
    /// Somebody else's, set by an administrator.
    other: bool,
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
    let own = session.operator.clone();
    render(&app, &session, &own, None, None, None).await
}

/// `GET /alerts/people/{operator}`.
pub(in crate::web) async fn show_other(
    State(app): State<App>,
    session: Session,
    Path(operator): Path<String>,
) -> Result<Response, Failure> {
    let whom = other(&app, &session, &operator).await?;
    render(&app, &session, &whom, None, None, None).await
}

/// `POST /alerts/people/{operator}`.
pub(in crate::web) async fn submit_other(
    State(app): State<App>,
    Path(operator): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let whom = other(&app, &session, &operator).await?;
    save(&app, &session, &whom, &fields).await
}

async fn other(app: &App, session: &Session, operator: &str) -> Result<Operator, Failure> {
    let id = OperatorId::parse(operator).ok_or(Fault::PersonUnknown)?;
    let accounts = app.accounts(&session.operator).await?;
    let found = accounts.into_iter().find(|one| one.active && one.operator.id == id);
    Ok(found.ok_or(Fault::PersonUnknown)?.operator)
}

async fn save(
    app: &App,
    session: &Session,
    whom: &Operator,
    fields: &Fields,
) -> Result<Response, Failure> {
    let before = contact_of(app, whom).await?;
    let outcome = match read(fields, before) {
        Some(contact) => app.set_contact(&session.operator, contact).await,
        None => Err(Fault::FieldInvalid),
    };
    match outcome {
        Ok(()) => render(app, session, whom, None, Some("contact-saved"), None).await,
        Err(fault) => render(app, session, whom, Some(fault), None, None).await,
    }
}

/// `POST /contact`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = session.operator.clone();
    match fields.get("do") {
        "pair" => {
            let code = app.pairing_code(&by)?;
            render(&app, &session, &by, None, None, Some(code)).await
        }
        "test" => match app.test_alert(&by, by.id).await {
            Ok(_) => render(&app, &session, &by, None, Some("contact-tested"), None).await,
            Err(fault) => render(&app, &session, &by, Some(fault), None, None).await,
        },
        _ => save(&app, &session, &by, &fields).await,
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

async fn contact_of(app: &App, whom: &Operator) -> Result<Contact, Failure> {
    let contacts = app.contacts().await?;
    let found = contacts.into_iter().find(|contact| contact.operator == whom.id);
    Ok(found.unwrap_or_else(|| Contact {
        operator: whom.id,
        name: whom.name.clone(),
        role: whom.role,
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
    whom: &Operator,
    stop: Option<Fault>,
    done: Option<&str>,
    code: Option<String>,
) -> Result<Response, Failure> {
    let contact = contact_of(app, whom).await?;
    let other = whom.id != session.operator.id;
    let health = app.channel_health().await?;
    let mut frame = Page::inside(session, "contact-title");
    if other {
        frame.title = frame.locale.text("contact-of", &[("name", whom.name.as_str().into())]);
    }
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
        action: if other { format!("/alerts/people/{}", whom.id) } else { "/contact".to_owned() },
        other,
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
