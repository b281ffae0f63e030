//! `/system/settings`: what an administrator sets for the site; `/system/first-steps`: what a new box
//! still needs, in the order in which it is done.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, PortalStep, RecipientStep};
use crate::domain::fault::Fault;
use crate::domain::site::{Site, SiteField, offset_text, parse_offset, wall_seconds};
use crate::locale::Language;
use crate::web::error::{Failure, status_of};
use crate::web::forms::{Complaints, Fields};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

/// Time zones to choose from, minutes, where the box is most likely to stand; others are typed.
const OFFSETS: [i32; 6] = [0, 60, 120, 180, 330, 345];

#[derive(askama::Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    complaints: Complaints,
    offsets: Vec<String>,
    /// The page is one of the first steps.
    first: bool,
}

/// `GET /system/settings`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let site = app.site();
    let fields = Fields::of_pairs([
        (SiteField::Name.code(), site.name),
        ("language", site.language),
        (SiteField::Offset.code(), offset_text(site.utc_offset_minutes)),
        (SiteField::Contact.code(), site.support_contact),
    ]);
    let first = !app.first_steps().await?.site;
    Ok(render(&session, fields, Complaints::default(), None, first))
}

/// `POST /system/settings`.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let locale = Page::inside(&session, "settings-title").locale;
    let mut complaints = Complaints::default();
    let text = |name: &str| fields.get(name).trim().to_owned();
    let offset = parse_offset(fields.get(SiteField::Offset.code()));
    let offset = complaints.take(offset, SiteField::Offset.code(), locale);
    let language = match fields.get("language") {
        "" => Some(String::new()),
        code => Language::parse(code).map(|language| language.code().to_owned()),
    };
    let site = Site {
        name: text(SiteField::Name.code()),
        language: language.ok_or(Fault::FieldInvalid)?,
        utc_offset_minutes: offset.unwrap_or(0),
        support_contact: text(SiteField::Contact.code()),
    };
    for field in site.wrong() {
        complaints.take(None::<()>, field.code(), locale);
    }
    let first = !app.first_steps().await?.site;
    if !complaints.none() {
        return Ok(render(&session, fields, complaints, Some(Fault::FieldInvalid), first));
    }
    app.set_site(&session.operator, site).await?;
    Ok(Redirect::to("/system/first-steps").into_response())
}

fn render(
    session: &Session,
    fields: Fields,
    complaints: Complaints,
    fault: Option<Fault>,
    first: bool,
) -> Response {
    let frame = Page::inside(session, "settings-title");
    let template = SettingsPage {
        stop: fault.map(|fault| Stop::new(&frame, fault)),
        fields,
        complaints,
        offsets: OFFSETS.map(offset_text).to_vec(),
        first,
        page: frame,
    };
    page(fault.map_or(StatusCode::OK, |fault| status_of(fault.kind())), &template)
}

#[derive(askama::Template)]
#[template(path = "clock.html")]
struct ClockPage {
    page: Page,
    stop: Option<Stop>,
    fields: Fields,
    now: String,
    /// Whether a person can set the clock here.
    settable: bool,
    offset: String,
    offset_minutes: i32,
    set: bool,
}

/// `GET /system/clock`.
pub(in crate::web) async fn clock(
    State(app): State<App>,
    session: Session,
    Query(done): Query<ClockDone>,
) -> Result<Response, Failure> {
    Ok(clock_page(&app, &session, Fields::default(), None, done.set.is_some()))
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct ClockDone {
    set: Option<String>,
}

/// `POST /system/clock`: what a person has read off a phone or a watch.
pub(in crate::web) async fn set_clock(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let offset = app.utc_offset_minutes();
    match wall_seconds(fields.get("day"), fields.get("time"), offset) {
        Some(wall_s) => {
            app.set_clock(&session.operator, wall_s).await?;
            Ok(Redirect::to("/system/clock?set=1").into_response())
        }
        None => Ok(clock_page(&app, &session, fields, Some(Fault::FieldInvalid), false)),
    }
}

fn clock_page(
    app: &App,
    session: &Session,
    fields: Fields,
    fault: Option<Fault>,
    set: bool,
) -> Response {
    let frame = Page::inside(session, "clock-title");
    let offset = app.utc_offset_minutes();
    let template = ClockPage {
        stop: fault.map(|fault| Stop::new(&frame, fault)),
        fields,
        now: frame.locale.time_text(app.now(), offset),
        settable: app.sets_clock(),
        offset: offset_text(offset),
        offset_minutes: offset,
        set,
        page: frame,
    };
    page(fault.map_or(StatusCode::OK, |fault| status_of(fault.kind())), &template)
}

#[derive(askama::Template)]
#[template(path = "first_steps.html")]
struct FirstStepsPage {
    page: Page,
    steps: Vec<StepLine>,
}

/// One step.
struct StepLine {
    done: bool,
    what: String,
    how: String,
    href: &'static str,
}

/// `GET /system/first-steps`.
pub(in crate::web) async fn first_steps(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let steps = app.first_steps().await?;
    let accepted = app.acceptance_passed().await?;
    let frame = Page::inside(&session, "first-title");
    let says = |done, key: &str, how: &str, href| StepLine {
        done,
        what: frame.locale.t(key),
        how: frame.locale.t(&format!("{key}.{how}")),
        href,
    };
    let line = |done, key: &str, href| says(done, key, "how", href);
    let (portal, portal_how) = match steps.portal {
        PortalStep::Open => (false, "how"),
        PortalStep::PutAside => (true, "aside"),
        PortalStep::Unreached => (false, "unreached"),
        PortalStep::Enrolled => (true, "enrolled"),
    };
    let (reached, reached_how, reach) = match steps.recipients {
        RecipientStep::NoWay => (false, "way", "/system/ways"),
        RecipientStep::Nobody => (false, "how", "/contact"),
        RecipientStep::Untried => (false, "untried", "/alerts/people"),
        RecipientStep::Works => (true, "works", "/alerts/people"),
    };
    let steps = vec![
        line(steps.site, "first-site", "/system/settings"),
        line(steps.clock, "first-clock", "/system/clock"),
        line(steps.people, "first-people", "/operators"),
        says(portal, "first-portal", portal_how, "/system/portal/connect"),
        says(reached, "first-recipients", reached_how, reach),
        line(accepted, "first-acceptance", "/system/acceptance"),
    ];
    Ok(page(StatusCode::OK, &FirstStepsPage { page: frame, steps }))
}
