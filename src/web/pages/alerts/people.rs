//! `/alerts/people`: who is told, when and how, whether the last test arrived, and a test for each person.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::Contact;
use crate::domain::alert::delivery::Message;
use crate::domain::alert::roster::{LocalTime, Weekday, uncovered};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "alert_people.html")]
struct PeoplePage {
    page: Page,
    stop: Option<Stop>,
    done: Option<String>,
    people: Vec<Person>,
    /// Parts of the week without anybody on duty.
    gaps: Vec<String>,
}

/// Somebody who can be told.
struct Person {
    id: String,
    name: String,
    on_duty: bool,
    what: String,
    hours: Vec<String>,
    ways: Vec<String>,
    /// The rules tell nobody of this role.
    untold: bool,
}

/// `GET /alerts/people`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, None, None).await
}

/// `POST /alerts/people`: a test for a person.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let person = OperatorId::parse(fields.get("person")).ok_or(Fault::PersonUnknown)?;
    match app.test_alert(&session.operator, person).await {
        Ok(_) => render(&app, &session, None, Some("people-tested")).await,
        Err(fault) => render(&app, &session, Some(fault), None).await,
    }
}

async fn render(
    app: &App,
    session: &Session,
    stop: Option<Fault>,
    done: Option<&str>,
) -> Result<Response, Failure> {
    let (contacts, tests) = app.people_told().await?;
    let (stored, _) = app.alert_rules().await?;
    let told = |contact: &Contact| stored.rules.tells(contact.role);
    let frame = Page::inside(session, "people-title");
    let locale = frame.locale;
    let now = app.local_time();
    let rosters: Vec<_> = contacts
        .iter()
        .filter(|contact| told(contact) && !contact.addresses().is_empty())
        .map(|contact| contact.duty)
        .collect();
    let gap = |(from, until): &(LocalTime, LocalTime)| {
        let day = |at: &LocalTime| locale.t(&format!("day-{}", at.day.code()));
        let args = [
            ("from", format!("{} {}", day(from), from.minute).into()),
            ("until", format!("{} {}", day(until), until.minute).into()),
        ];
        locale.text("people-span", &args)
    };
    let template = PeoplePage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        done: done.map(|key| locale.t(key)),
        people: contacts
            .iter()
            .map(|contact| Person {
                untold: !told(contact),
                ..person(app, locale, contact, now, &tests)
            })
            .collect(),
        gaps: uncovered(&rosters).iter().map(gap).collect(),
        page: frame,
    };
    let status = stop.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}

fn person(
    app: &App,
    locale: &Locale,
    contact: &Contact,
    now: LocalTime,
    tests: &[Message],
) -> Person {
    let hours = match contact.duty {
        None => vec![locale.t("people-always")],
        Some(duty) => Weekday::ALL
            .into_iter()
            .filter_map(|day| Some((day, duty.on(day)?)))
            .map(|(day, span)| format!("{}: {span}", locale.t(&format!("day-{}", day.code()))))
            .collect(),
    };
    let way = |address: &crate::domain::alert::contact::Address| {
        let channel = locale.t(&format!("channel-{}", address.kind().code()));
        let of = |test: &&Message| test.person == contact.operator && test.address == *address;
        let state = match tests.iter().find(of) {
            None => locale.t("people-untested"),
            Some(test) => {
                let state = locale.t(&format!("message-{}", test.state.code()));
                let time = locale.time_text(test.queued, app.utc_offset_minutes());
                let fault = test.fault.map(|fault| locale.t(&format!("send-{}", fault.code())));
                let args = [("state", state.into()), ("time", time.into())];
                let tested = locale.text("people-test-was", &args);
                fault.map_or(tested.clone(), |fault| format!("{tested} · {fault}"))
            }
        };
        format!("{channel}: {state}")
    };
    let mut ways: Vec<_> = contact.addresses().iter().map(way).collect();
    if ways.is_empty() {
        ways.push(locale.t("people-no-way"));
    }
    let what = if contact.gets(AlertClass::Suspect) { "people-all" } else { "people-critical" };
    let place = locale.text("people-place", &[("place", contact.order.into())]);
    Person {
        id: contact.operator.to_string(),
        name: contact.name.as_str().to_owned(),
        on_duty: contact.is_on_duty(now),
        what: format!("{place} · {}", locale.t(what)),
        hours,
        ways,
        untold: false,
    }
}
