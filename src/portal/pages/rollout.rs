//! `/rollout`: what goes to boxes ring by ring, box by box, and what an administrator says to it. `/ring`: in
//! which ring a box is. Both behind the key of the pages.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Fields, Page, Trouble, ask_for_key, blocking, contact, keyed_form, render};
use crate::domain::people::PersonName;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::bundle::Stage;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::OrderRefusal;
use crate::domain::sync::rollout::{Fate, Member, Move, Ring, Wait, Word, next};
use crate::domain::sync::rollout::{State as RolloutState, Trouble as BoxTrouble};
use crate::locale::Locale;
use crate::portal::{BoxRow, Heard, Portal, Rollout, RolloutEvent, StorageError, What};

/// Milliseconds of an hour.
const HOUR_MS: u64 = 60 * 60 * 1000;

#[derive(Template)]
#[template(path = "portal/rollout.html")]
struct RolloutPage {
    page: Page,
    stop: Option<String>,
    none: String,
    rollouts: Vec<Card>,
}

struct Card {
    id: u64,
    title: String,
    state: String,
    next: Option<String>,
    facts: Vec<String>,
    rings: Vec<RingLines>,
    events: Vec<String>,
    /// Code and text of what may be said to it now.
    words: Vec<(&'static str, String)>,
}

struct RingLines {
    title: String,
    boxes: Vec<BoxLine>,
}

struct BoxLine {
    name: String,
    fate: String,
    seen: String,
    wrong: bool,
}

/// A roll-out with all that its card shows.
type Whole = (Rollout, Vec<BoxRow>, Vec<RolloutEvent>);

/// `GET /rollout`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    match keyed_form(&portal, &headers).await? {
        Some(csrf) => page(portal, &headers, csrf, None).await,
        None => Ok(ask_for_key(&headers)),
    }
}

/// `POST /rollout`.
pub(super) async fn submit(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Some(csrf) = keyed_form(&portal, &headers).await? else { return Ok(ask_for_key(&headers)) };
    let fields = Fields(fields);
    if fields.get("csrf") != csrf {
        return Err(Trouble::Foreign);
    }
    let word = Word::parse(fields.get("word")).ok_or(Trouble::Foreign)?;
    let id: u64 = fields.get("rollout").parse().map_err(|_| Trouble::Foreign)?;
    let Some(by) = PersonName::parse(fields.get("by")) else {
        return page(portal, &headers, csrf, Some("portal-rollout-name-missing")).await;
    };
    let said = portal.clone();
    match blocking(move || said.say_to_rollout(id, word, &by)).await? {
        Heard::Done => Ok(Redirect::to(&format!("/rollout#rollout-{id}")).into_response()),
        Heard::Unknown => Err(Trouble::Unknown),
        Heard::Meaningless => page(portal, &headers, csrf, Some("portal-rollout-late")).await,
    }
}

/// `POST /ring`.
pub(super) async fn put_into_ring(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Some(csrf) = keyed_form(&portal, &headers).await? else { return Ok(ask_for_key(&headers)) };
    let fields = Fields(fields);
    if fields.get("csrf") != csrf {
        return Err(Trouble::Foreign);
    }
    let ring = fields.get("ring").parse().ok().and_then(Ring::new).ok_or(Trouble::Foreign)?;
    let id = KeyId::parse(fields.get("box")).ok_or(Trouble::Foreign)?;
    blocking(move || {
        let known = portal.storage().boxes_of(None)?.iter().any(|one| one.id == id);
        known.then(|| portal.storage().set_ring(id, ring)).transpose()
    })
    .await?
    .ok_or(Trouble::Unknown)?;
    Ok(Redirect::to("/").into_response())
}

async fn page(
    portal: Portal,
    headers: &HeaderMap,
    csrf: String,
    stop: Option<&str>,
) -> Result<Response, Trouble> {
    let now = portal.now().wall;
    let page = Page { home: "/", csrf, ..Page::of(headers, "portal-rollout-title") };
    let whole = move || {
        let storage = portal.storage();
        let whole = |one: Rollout| -> Result<Whole, StorageError> {
            let id = one.id;
            Ok((one, storage.boxes_of(Some(id))?, storage.rollout_events(id)?))
        };
        storage.rollouts(false)?.into_iter().map(whole).collect::<Result<Vec<_>, _>>()
    };
    let all = blocking(whole).await?;
    let status = if stop.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let command = [("command", "fieldray portal roll-out".into())];
    let template = RolloutPage {
        stop: stop.map(|key| page.t(key)),
        none: page.locale.text("portal-rollout-none", &command),
        rollouts: all.iter().map(|one| card(page.locale, one, now)).collect(),
        page,
    };
    render(status, &template)
}

fn card(locale: &'static Locale, (one, rows, events): &Whole, now: WallMs) -> Card {
    let members: Vec<Member> = rows.iter().map(|row| row.member(&one.what)).collect();
    let ring = [("ring", one.ring.number().into())];
    let lines = Ring::ALL.into_iter().filter_map(|ring| {
        let of_ring = rows.iter().zip(&members).filter(|(row, _)| row.ring == ring);
        let boxes: Vec<_> =
            of_ring.map(|(row, member)| line(locale, one, (row, member), now)).collect();
        let number = [("ring", ring.number().into())];
        let title = locale.text("portal-ring", &number);
        (!boxes.is_empty()).then_some(RingLines { title, boxes })
    });
    let words = Word::ALL.into_iter().filter(|word| one.state.by(*word).is_some());
    let words = words.filter(|word| *word != Word::NextRing || one.ring.after().is_some());
    Card {
        id: one.id,
        title: title(locale, one),
        state: locale.text(&format!("portal-rollout-{}", one.state.code()), &ring),
        next: (one.state == RolloutState::Running)
            .then(|| waits(locale, &next(one.ring, &members, one.rules, now)))
            .flatten(),
        facts: facts(locale, one),
        rings: lines.collect(),
        events: events.iter().map(|event| happened(locale, event, rows)).collect(),
        words: words
            .map(|word| (word.code(), locale.t(&format!("portal-word-{}", word.code()))))
            .collect(),
    }
}

fn title(locale: &Locale, one: &Rollout) -> String {
    let number = ("number", one.id.into());
    match &one.what {
        What::Bundle(offer) => {
            let version = offer.version.to_string();
            locale.text("portal-rollout-bundle", &[number, ("version", version.into())])
        }
        What::Settings(_) => locale.text("portal-rollout-settings", &[number]),
    }
}

fn waits(locale: &Locale, what: &Move) -> Option<String> {
    match what {
        Move::Wait(Wait::Nobody) => Some(locale.t("portal-rollout-nobody")),
        Move::Wait(Wait::Boxes { well, of }) => {
            let counts = [("well", well.into()), ("count", of.into())];
            Some(locale.text("portal-rollout-well", &counts))
        }
        Move::Ask(_) | Move::Stop(..) | Move::Advance(_) | Move::Finish => None,
    }
}

fn facts(locale: &Locale, one: &Rollout) -> Vec<String> {
    let mut facts = Vec::new();
    match &one.what {
        What::Bundle(offer) => {
            let mib = offer.size_bytes.div_ceil(1 << 20);
            let target = ("target", offer.target.as_str().into());
            facts.push(locale.text("portal-rollout-target", &[target, ("count", mib.into())]));
            if !offer.packs.is_empty() {
                let packs = [("packs", offer.packs.join(", ").into())];
                facts.push(locale.text("portal-rollout-packs", &packs));
            }
        }
        What::Settings(values) => {
            facts
                .extend(values.iter().map(|(setting, value)| locale.setting_line(*setting, value)));
        }
    }
    let rules = [
        ("hours", one.rules.soak_hours.into()),
        ("percent", one.rules.share_percent.into()),
        ("days", one.rules.seen_days.into()),
    ];
    facts.push(locale.text("portal-rollout-rules", &rules));
    facts
}

fn line(locale: &Locale, one: &Rollout, (row, member): (&BoxRow, &Member), now: WallMs) -> BoxLine {
    let synced = |wall| Stamp { wall, trust: ClockTrust::Synced };
    let trouble = member.trouble(one.rules, now);
    let mut fate = match trouble {
        Some(BoxTrouble::Silent) => locale.t("portal-fate-silent"),
        Some(BoxTrouble::Refused(_)) | None => fate(locale, one, row, member),
    };
    if member.excused {
        fate = format!("{fate} · {}", locale.t("portal-fate-excused"));
    }
    BoxLine {
        name: name(row),
        fate,
        seen: contact(locale, row.seen.map(synced), &row.version),
        wrong: trouble.is_some(),
    }
}

fn name(row: &BoxRow) -> String {
    let id: String = row.id.to_string().chars().take(8).collect();
    if row.name.is_empty() { id } else { format!("{} · {id}", row.name) }
}

fn fate(locale: &Locale, one: &Rollout, row: &BoxRow, member: &Member) -> String {
    let because = |key: &str, why: OrderRefusal| {
        format!("{}: {}", locale.t(key), locale.t(&format!("order-refused-{}", why.code())))
    };
    match member.fate {
        Fate::Unasked => locale.t("portal-fate-unasked"),
        Fate::Asked => locale.t("portal-fate-asked"),
        Fate::Waiting => waiting(locale, one, row),
        Fate::Taken { .. } if member.is_well(one.rules) => locale.t("portal-fate-well"),
        Fate::Taken { on_ms } => {
            locale.text("portal-fate-taken", &[("hours", (on_ms / HOUR_MS).into())])
        }
        Fate::Failed(why) => because("order-refused", why),
        Fate::PassedOver(why) => because("portal-fate-passed", why),
    }
}

/// How far a bundle is on a box that has its order.
fn waiting(locale: &Locale, one: &Rollout, row: &BoxRow) -> String {
    let told = row.program.as_ref().and_then(|program| program.bundle.as_ref());
    let number = row.asked.as_ref().map(|asked| asked.number);
    let told = told.filter(|told| Some(told.number) == number);
    let stage = told.and_then(|told| Some((Stage::parse(&told.stage)?, told.held)));
    match (stage, &one.what) {
        (Some((Stage::Fetching, held)), What::Bundle(offer)) => {
            let percent = held.saturating_mul(100) / offer.size_bytes.max(1);
            locale.text("portal-fate-fetching", &[("percent", percent.min(100).into())])
        }
        (Some((Stage::NoRoom, _)), _) => locale.t("portal-fate-no_room"),
        (Some((Stage::Ready, _)), _) => locale.t("portal-fate-ready"),
        (Some((Stage::Asked, _)), _) => locale.t("portal-fate-installing"),
        (Some((Stage::Fetching | Stage::Ended, _)) | None, _) => locale.t("portal-fate-waiting"),
    }
}

fn happened(locale: &Locale, event: &RolloutEvent, rows: &[BoxRow]) -> String {
    let stamp = Stamp { wall: event.at, trust: ClockTrust::Synced };
    let ring = [("ring", event.detail.as_str().into())];
    let mut parts = vec![
        locale.time_text(stamp, 0),
        locale.text(&format!("portal-event-{}", event.kind), &ring),
    ];
    if let Some(id) = event.box_id {
        let row = rows.iter().find(|row| row.id == id);
        parts.push(row.map_or_else(|| id.to_string(), name));
        parts.push(match BoxTrouble::parse(&event.detail) {
            Some(BoxTrouble::Refused(why)) => locale.t(&format!("order-refused-{}", why.code())),
            Some(BoxTrouble::Silent) | None => locale.t("portal-fate-silent"),
        });
    }
    parts.push(match event.by.as_str() {
        "" => locale.t("portal-event-itself"),
        by => by.to_owned(),
    });
    parts.join(" · ")
}
