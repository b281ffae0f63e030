//! `/box/{id}`: one box, what the portal has asked of it and what became of that; its settings are changed here, and
//! its people asked to let support see how it is. Behind the key of the pages.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::films::time;
use super::{BoxCard, Fields, Page, Trouble, ask_for_key, blocking, keyed_form, outcome, render};
use crate::domain::people::PersonName;
use crate::domain::signing::FreeText;
use crate::domain::site::Site;
use crate::domain::support::HOURS;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::{
    Asked, OrderKind, Outcome, PortalSetting, Request, hours_allowed,
};
use crate::locale::Locale;
use crate::portal::orders::SentOrder;
use crate::portal::{BoxState, Portal, StorageError};
use crate::wire::orders;

#[derive(Template)]
#[template(path = "portal/box.html")]
struct BoxPage {
    page: Page,
    stop: Option<String>,
    /// Something was asked just now.
    sent: bool,
    card: BoxCard,
    /// It hears of what it is asked: it was not shut out.
    hears: bool,
    orders: Vec<OrderLine>,
    draft: Draft,
    /// Hours, in words, whether they are chosen.
    hours: Vec<(u32, String, bool)>,
    value_max: usize,
    name_max: usize,
    text_max: usize,
}

/// An order in words.
struct OrderLine {
    what: String,
    /// What a person may read of its content; nothing about patients.
    content: Vec<String>,
    outcome: String,
    times: String,
}

/// What was written so far.
#[derive(Default)]
struct Draft {
    by: String,
    contact: String,
    metered: String,
    budget: String,
    reason: String,
    hours: String,
}

impl Draft {
    fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).trim().to_owned();
        Self {
            by: get("by"),
            contact: get("support_contact"),
            metered: get("metered"),
            budget: get("budget_mib_per_day"),
            reason: get("reason"),
            hours: get("hours"),
        }
    }

    fn value(&self, setting: PortalSetting) -> &str {
        match setting {
            PortalSetting::SupportContact => &self.contact,
            PortalSetting::Metered => &self.metered,
            PortalSetting::BudgetMib => &self.budget,
        }
    }

    fn person(&self, locale: &Locale) -> Result<PersonName, String> {
        PersonName::parse(&self.by).ok_or_else(|| locale.t("portal-rollout-name-missing"))
    }

    /// Settings that were filled in; what is empty stays as it is.
    fn settings(&self, locale: &Locale) -> Result<Asked, String> {
        let filled = PortalSetting::ALL.map(|setting| (setting, self.value(setting).to_owned()));
        let filled: Vec<_> = filled.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        if let Some((setting, value)) =
            filled.iter().find(|(setting, value)| !setting.accepts(value))
        {
            let name = locale.t(&format!("portal-setting-{}", setting.code()));
            let args = [("setting", name.into()), ("value", value.as_str().into())];
            return Err(locale.text("portal-box-set-wrong", &args));
        }
        if filled.is_empty() {
            return Err(locale.t("portal-box-set-nothing"));
        }
        Ok(Asked::Settings(self.person(locale)?, filled))
    }

    fn support(&self, locale: &Locale) -> Result<Asked, Stop> {
        let hours = self.hours.parse().ok().filter(|hours| hours_allowed(*hours));
        let hours = hours.ok_or(Stop::Foreign)?;
        let most = [("most", FreeText::CHARS_MAX.into())];
        let reason = FreeText::parse(&self.reason);
        let reason = reason.ok_or_else(|| Stop::Said(locale.text("field-text-long", &most)))?;
        let by = self.person(locale).map_err(Stop::Said)?;
        Ok(Asked::Support(Request { by, reason }, hours))
    }
}

/// Why nothing is asked.
enum Stop {
    /// No form of this page says that.
    Foreign,
    /// Something is to be written otherwise.
    Said(String),
}

/// What the page says on top.
enum Said {
    Nothing,
    /// Something is on its way to the box.
    Sent,
    /// Nothing was asked, and why.
    Stop(String),
}

/// What comes in the address.
#[derive(Deserialize)]
pub(super) struct Note {
    sent: Option<String>,
}

/// `GET /box/{id}`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(note): Query<Note>,
) -> Result<Response, Trouble> {
    let Some(csrf) = keyed_form(&portal, &headers).await? else { return Ok(ask_for_key(&headers)) };
    let id = KeyId::parse(&id).ok_or(Trouble::Unknown)?;
    let page = Page { home: "/", csrf, ..Page::of(&headers, "portal-box-title") };
    let said = if note.sent.is_some() { Said::Sent } else { Said::Nothing };
    box_page(portal, page, id, said, Draft::default()).await
}

/// `POST /box/{id}/settings`.
pub(super) async fn change_settings(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let asked = |draft: &Draft, locale: &Locale| draft.settings(locale).map_err(Stop::Said);
    ask(portal, &headers, &id, &Fields(fields), asked).await
}

/// `POST /box/{id}/support`: asks the people of the box.
pub(super) async fn ask_for_support(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    ask(portal, &headers, &id, &Fields(fields), Draft::support).await
}

async fn ask(
    portal: Portal,
    headers: &HeaderMap,
    id: &str,
    fields: &Fields,
    read: impl Fn(&Draft, &Locale) -> Result<Asked, Stop>,
) -> Result<Response, Trouble> {
    let Some(csrf) = keyed_form(&portal, headers).await? else { return Ok(ask_for_key(headers)) };
    if fields.get("csrf") != csrf {
        return Err(Trouble::Foreign);
    }
    let id = KeyId::parse(id).ok_or(Trouble::Unknown)?;
    let page = Page { home: "/", csrf, ..Page::of(headers, "portal-box-title") };
    let draft = Draft::of(fields);
    let asked = match read(&draft, page.locale) {
        Ok(asked) => asked,
        Err(Stop::Foreign) => return Err(Trouble::Foreign),
        Err(Stop::Said(stop)) => {
            return box_page(portal, page, id, Said::Stop(stop), draft).await;
        }
    };
    let kind = match asked {
        Asked::Support(..) => OrderKind::Support,
        _ => OrderKind::Settings,
    };
    let at = portal.clone();
    let stop = blocking(move || {
        let storage = at.storage();
        match storage.box_state(id)? {
            BoxState::Unknown => return Ok(Err(Trouble::Unknown)),
            BoxState::Revoked(_) => return Ok(Ok(Some("portal-box-hears-nothing"))),
            BoxState::Enrolled(_) => {}
        }
        // Pressed twice, people at the clinic would be asked twice.
        let support = kind == OrderKind::Support;
        if support && storage.sent_orders(id, None)?.iter().any(waits_for_support) {
            return Ok(Ok(Some("portal-box-support-asked")));
        }
        let number = at.order(id, &asked)?;
        tracing::info!(box_id = %id, kind = kind.code(), number, "an order waits for its box");
        Ok(Ok(None))
    });
    match stop.await?? {
        None => Ok(Redirect::to(&format!("/box/{id}?sent=1")).into_response()),
        Some(key) => {
            let stop = Said::Stop(page.t(key));
            box_page(portal, page, id, stop, draft).await
        }
    }
}

async fn box_page(
    portal: Portal,
    page: Page,
    id: KeyId,
    said: Said,
    draft: Draft,
) -> Result<Response, Trouble> {
    let (locale, now) = (page.locale, portal.now());
    let found = blocking(move || {
        let storage = portal.storage();
        let Some(row) = storage.fleet_row(id)? else { return Ok(None) };
        let counts = storage.announcement_counts(Some(id))?.pop();
        let bundles = storage.support_bundles(Some(id), now.wall)?;
        let orders = storage.sent_orders(id, None)?;
        Ok::<_, StorageError>(Some((row, counts, bundles, orders)))
    });
    let (row, counts, bundles, orders) = found.await?.ok_or(Trouble::Unknown)?;
    let announced = counts.map(|(_, counts)| counts).unwrap_or_default();
    let support = super::support::lines(locale, &bundles, id, now);
    let hours = HOURS.map(|hours| {
        let chosen = draft.hours.parse().map_or(hours == HOURS[1], |written: u32| written == hours);
        (hours, locale.text("support-hours", &[("count", hours.into())]), chosen)
    });
    let (stop, sent) = match said {
        Said::Nothing => (None, false),
        Said::Sent => (None, true),
        Said::Stop(why) => (Some(why), false),
    };
    let status = if stop.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let template = BoxPage {
        stop,
        sent,
        card: BoxCard { support, ..BoxCard::of(locale, &row, announced, now) },
        hears: !row.revoked,
        orders: orders.iter().map(|one| order_line(locale, one)).collect(),
        draft,
        hours: hours.to_vec(),
        value_max: Site::TEXT_CHARS_MAX,
        name_max: PersonName::CHARS_MAX,
        text_max: FreeText::CHARS_MAX,
        page,
    };
    render(status, &template)
}

fn order_line(locale: &Locale, sent: &SentOrder) -> OrderLine {
    let args = [
        ("number", sent.order.number.into()),
        ("name", sent.by.as_str().into()),
        ("time", time(locale, sent.order.at).into()),
    ];
    OrderLine {
        what: locale.order_kind(&sent.order.kind),
        content: content(locale, sent),
        // Words of a person of the box may be about a patient: they stand beside the film alone.
        outcome: outcome(locale, sent).join(" · "),
        times: locale.text("portal-box-order", &args),
    }
}

/// What settings and requests say. Everything else may be about a patient.
fn content(locale: &Locale, sent: &SentOrder) -> Vec<String> {
    let kind = OrderKind::parse(&sent.order.kind);
    let kind = kind.filter(|kind| matches!(kind, OrderKind::Settings | OrderKind::Support));
    match kind.and_then(|kind| orders::read(kind, sent.order.body.reveal()).ok()) {
        Some(Asked::Settings(_, values)) => {
            values.iter().map(|(setting, value)| locale.setting_line(*setting, value)).collect()
        }
        Some(Asked::Support(request, hours)) => {
            let hours = locale.text("support-hours", &[("count", hours.into())]);
            let reason = request.reason.as_str();
            let reason = (!reason.is_empty()).then(|| reason.to_owned());
            [Some(hours), reason].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a request of support waits for an answer of the clinic.
fn waits_for_support(sent: &SentOrder) -> bool {
    sent.order.kind == OrderKind::Support.code()
        && match sent.outcome.as_deref() {
            None => true,
            Some(code) => Outcome::parse(code, &sent.reason) == Some(Outcome::Waiting),
        }
}
