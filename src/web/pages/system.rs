//! `/system`: how the box is, for people who look after it. Nothing about patients.

pub(in crate::web) mod carry;
pub(in crate::web) mod certificates;
pub(in crate::web) mod connect;
pub(in crate::web) mod portal;
pub(in crate::web) mod support;
pub(in crate::web) mod update;
pub(in crate::web) mod ways;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::alerts::{ChannelHealth, WayCheck, WayState};
use crate::app::pacs::fault_key;
use crate::app::{AnnounceHealth, App, FhirHealth, PacsHealth, SupportRequest, SyncHealth};
use crate::domain::acceleration::Acceleration;
use crate::domain::alert::delivery::{SendFault, UndeliveredCounts};
use crate::domain::alert::group::{Group, Standing};
use crate::domain::rights::Right;
use crate::domain::view::Health;
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, page};
use crate::web::pages::about::model_lines;

#[derive(askama::Template)]
#[template(path = "system.html")]
struct SystemPage {
    page: Page,
    checks: Vec<Check>,
    /// What came of trying the ways; empty: they were not tried now.
    ways: Vec<Check>,
    models: Vec<(String, String)>,
    version: String,
    /// Whether the person may change settings.
    sets: bool,
    /// A portal is set: records can be carried there.
    portal: bool,
    /// The way to updates, for who may let the box be updated.
    update: Option<String>,
}

/// How one thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Well,
    /// It needs a person.
    Unwell,
    /// The site does not use it: neither well nor a fault.
    Unused,
}

impl Condition {
    const fn of(well: bool) -> Self {
        if well { Self::Well } else { Self::Unwell }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Well => "done",
            Self::Unwell => "alert",
            Self::Unused => "none",
        }
    }

    /// Key of the word for who cannot see the icon.
    const fn key(self) -> &'static str {
        match self {
            Self::Well => "system-well",
            Self::Unwell => "system-unwell",
            Self::Unused => "system-unused",
        }
    }
}

/// One thing with its state.
struct Check {
    condition: Condition,
    what: String,
    /// What to do when it is not well, or what else to know.
    next: Option<String>,
}

/// `GET /system`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, None).await
}

/// `POST /system`: tries every way to reach people.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let locale = Page::inside(&posted.session, "system-title").locale;
    let tried = app.check_ways(locale).await?;
    render(&app, &posted.session, Some(tried)).await
}

async fn render(
    app: &App,
    session: &Session,
    tried: Option<Vec<WayCheck>>,
) -> Result<Response, Failure> {
    let health = app.health().await?;
    let channels = app.channel_health().await?;
    let sync = app.sync_health().await?;
    let announce = app.announce_health().await?;
    let pacs = app.pacs_health().await?;
    let fhir = app.fhir_health().await?;
    let groups = app.alert_groups().await?;
    let requests = app.support_requests().await?;
    let frame = Page::inside(session, "system-title");
    let locale = frame.locale;
    let (brought, minutes) = (health.certificates.iter(), app.utc_offset_minutes());
    let way = |way: WayCheck| Check {
        condition: Condition::of(way.state == WayState::Good),
        what: way.what,
        next: way.next,
    };
    let template = SystemPage {
        checks: checks(locale, &health, app.limits().disk_free_bytes_min)
            .into_iter()
            .chain(channels.iter().map(|one| channel_check(app, locale, one)))
            .chain([sync_check(app, locale, sync.as_ref())])
            .chain(announce.map(|health| announce_check(app, locale, &health)))
            .chain([pacs_check(locale, pacs.as_ref())])
            .chain([fhir_check(locale, fhir.as_ref())])
            .chain(brought.map(|one| certificates::check(locale, one, minutes)))
            .chain(groups.iter().map(|group| group_check(locale, group)))
            .chain(requests.iter().map(|request| request_check(locale, request)))
            .collect(),
        ways: tried.unwrap_or_default().into_iter().map(way).collect(),
        models: model_lines(locale, &health.models),
        version: locale.text("about-version", &[("version", health.version.into())]),
        portal: sync.is_some(),
        sets: session.may(Right::ManageSite),
        update: match session.may(Right::UpdateBox) {
            true => Some(update::headline(locale, &app.update_state().await?)),
            false => None,
        },
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// How the board and its storage are, and what to do.
fn machine_checks(locale: &Locale, health: &Health) -> Vec<Check> {
    let heat = health.heat;
    let degrees = heat.degrees().unwrap_or(0);
    let heat_key = format!("system-heat-{}", heat.code());
    let storage = &health.storage;
    let mut checks = vec![
        Check {
            condition: Condition::Well,
            what: locale.text("system-board", &[("board", health.board.as_str().into())]),
            next: None,
        },
        Check {
            condition: Condition::of(heat.is_well()),
            what: locale.text(&heat_key, &[("degrees", degrees.into())]),
            next: (!heat.is_well()).then(|| locale.t("system-heat-next")),
        },
    ];
    if storage.is_well() {
        let percent = storage.used_life_percent;
        let life = percent.map(|percent| {
            locale.text("system-storage-life", &[("percent", u32::from(percent).into())])
        });
        let what = life.unwrap_or_else(|| locale.t("system-storage-well"));
        checks.push(Check { condition: Condition::Well, what, next: None });
    }
    checks.extend(storage.flaws.iter().map(|flaw| Check {
        condition: Condition::Unwell,
        what: locale.t(&format!("storage-{}", flaw.code())),
        next: Some(locale.t(&format!("storage-{}.next", flaw.code()))),
    }));
    checks
}

/// How the way to the portal is. "Everything has its receipt" is said only when everything has one.
fn sync_check(app: &App, locale: &Locale, health: Option<&SyncHealth>) -> Check {
    let Some(health) = health else {
        return Check { condition: Condition::Unused, what: locale.t("sync-none"), next: None };
    };
    let contact = match health.last_contact {
        Some(at) => {
            let time = locale.time_text(at, app.utc_offset_minutes());
            locale.text("sync-contact", &[("time", time.into())])
        }
        None => locale.t("sync-never"),
    };
    let depth = &health.depth;
    let mut parts = vec![contact];
    if let Some(code) = health.fault {
        parts.push(locale.t(&format!("sync-fault-{code}")));
    }
    if depth.made > 0 && depth.through == depth.made {
        parts.push(locale.t("sync-all"));
    } else if depth.waiting() > 0 {
        parts.push(locale.waiting_line(depth.lanes));
    }
    // A program or a support bundle may wait as well; neither is a film.
    if health.held_back && depth.waiting() > 0 {
        parts.push(locale.t("sync-held-back"));
    }
    if depth.parked > 0 {
        parts.push(locale.text("sync-parked", &[("count", depth.parked.into())]));
    }
    let parked = (depth.parked > 0).then(|| locale.t("sync-parked.next"));
    let next = health.fault.map(|code| locale.t(&format!("sync-fault-{code}.next"))).or(parked);
    let condition = Condition::of(next.is_none());
    Check { condition, what: parts.join(" · "), next }
}

/// How urgent results reach the portal without a link. Being announced is never called being sent.
fn announce_check(app: &App, locale: &Locale, health: &AnnounceHealth) -> Check {
    let time = |at| locale.time_text(at, app.utc_offset_minutes());
    let mut parts = Vec::new();
    match health.sent {
        Some(at) if health.announced > 0 => {
            let args = [("count", health.announced.into()), ("time", time(at).into())];
            parts.push(locale.text("announce-sent", &args));
            if let Some(at) = health.heard {
                parts.push(locale.text("announce-heard", &[("time", time(at).into())]));
            }
        }
        _ => {
            let args = [("minutes", health.after_minutes.into())];
            parts.push(locale.text("announce-ready", &args));
        }
    }
    let mut next = None;
    if let Some(hold) = health.hold {
        parts.push(locale.t(&format!("announce-{}", hold.code())));
        next = Some(locale.t(&format!("announce-{}.next", hold.code())));
    }
    if let Some(fault) = health.fault {
        parts.push(locale.t(&format!("send-{}", fault.code())));
        next = Some(locale.t(&format!("send-{}.next", fault.code())));
    }
    Check { condition: Condition::of(next.is_none()), what: parts.join(" · "), next }
}

/// How the way to the PACS is. "Everything is stored" is said only when the PACS has said so of everything.
fn pacs_check(locale: &Locale, health: Option<&PacsHealth>) -> Check {
    let Some(PacsHealth { depth, fault }) = health else {
        return Check { condition: Condition::Unused, what: locale.t("pacs-none"), next: None };
    };
    let mut parts = Vec::new();
    if depth.waiting == 0 && depth.refused == 0 && depth.stored > 0 {
        parts.push(locale.text("pacs-all", &[("count", depth.stored.into())]));
    } else {
        let counts = [("stored", depth.stored.into()), ("waiting", depth.waiting.into())];
        parts.push(locale.text("pacs-counts", &counts));
    }
    let fault = fault.map(|code| fault_key("pacs", code));
    if let Some(key) = &fault {
        parts.push(locale.t(key));
    }
    if depth.refused > 0 {
        let reasons = depth.reasons.join(", ");
        let args = [("count", depth.refused.into()), ("reasons", reasons.into())];
        parts.push(locale.text("pacs-refused", &args));
    }
    let refused = (depth.refused > 0).then(|| locale.t("pacs-refused.next"));
    let next = fault.map(|key| locale.t(&format!("{key}.next"))).or(refused);
    let condition = Condition::of(next.is_none());
    let what = format!("{} {}", locale.t("pacs-name"), parts.join(" · "));
    Check { condition, what, next }
}

/// How the way to the FHIR server is. "Everything is taken" is said only when the server has said so of
/// everything.
fn fhir_check(locale: &Locale, health: Option<&FhirHealth>) -> Check {
    let Some(FhirHealth { depth, fault }) = health else {
        return Check { condition: Condition::Unused, what: locale.t("fhir-none"), next: None };
    };
    let mut parts = Vec::new();
    if depth.waiting == 0 && depth.refused == 0 && depth.taken > 0 {
        parts.push(locale.text("fhir-all", &[("count", depth.taken.into())]));
    } else {
        let counts = [("taken", depth.taken.into()), ("waiting", depth.waiting.into())];
        parts.push(locale.text("fhir-counts", &counts));
    }
    if depth.held_back > 0 {
        parts.push(locale.text("fhir-held-back", &[("count", depth.held_back.into())]));
    }
    let fault = fault.map(|code| fault_key("fhir", code));
    if let Some(key) = &fault {
        parts.push(locale.t(key));
    }
    if depth.refused > 0 {
        let reasons = depth.reasons.join(", ");
        let args = [("count", depth.refused.into()), ("reasons", reasons.into())];
        parts.push(locale.text("fhir-refused", &args));
    }
    let refused = (depth.refused > 0).then(|| locale.t("fhir-refused.next"));
    let next = fault.map(|key| locale.t(&format!("{key}.next"))).or(refused);
    let condition = Condition::of(next.is_none());
    let what = format!("{} {}", locale.t("fhir-name"), parts.join(" · "));
    Check { condition, what, next }
}

/// How a way to reach people is, and what to do.
fn channel_check(app: &App, locale: &Locale, health: &ChannelHealth) -> Check {
    let name = locale.t(&format!("channel-{}", health.kind.code()));
    let fault = health.fault.map(|fault| locale.t(&format!("send-{}", fault.code())));
    let last = health.last_sent.map(|at| locale.time_text(at, app.utc_offset_minutes()));
    let text = match (health.set_up, &health.set_up_fault, fault) {
        (false, _, _) => locale.t("channel-unused"),
        (true, Some(why), _) => {
            let reason = locale.text(
                &format!("channel-fault-{}", why.code),
                &[("subject", why.subject.as_str().into())],
            );
            locale.text("channel-set-up-fault", &[("reason", reason.into())])
        }
        (true, None, Some(fault)) => fault,
        (true, None, None) => match last {
            Some(time) => locale.text("channel-last-sent", &[("time", time.into())]),
            None => locale.t("channel-ready"),
        },
    };
    let waiting = locale.text("channel-waiting", &[("count", health.waiting.into())]);
    let what = if health.set_up || health.waiting > 0 {
        format!("{name}: {text} · {waiting}")
    } else {
        format!("{name}: {text}")
    };
    let condition = channel_state(
        health.set_up,
        health.set_up_fault.as_ref().map(|why| why.code),
        health.fault,
    );
    let next = health.fault.map(|fault| locale.t(&format!("send-{}.next", fault.code())));
    let next =
        next.or_else(|| health.set_up_fault.as_ref().map(|_| locale.t("channel-set-up-next")));
    Check { condition, what, next }
}

fn channel_state(set_up: bool, set_up_fault: Option<&str>, fault: Option<SendFault>) -> Condition {
    match (set_up, set_up_fault, fault) {
        (_, Some(_), _) | (true, None, Some(_)) => Condition::Unwell,
        (true, None, None) => Condition::Well,
        (false, None, _) => Condition::Unused,
    }
}

/// Who computes besides the processor, or why nobody does; nothing when nobody asked.
fn gpu_check(locale: &Locale, acceleration: &Acceleration) -> Option<Check> {
    let detail = acceleration.detail()?;
    let key = format!("system-gpu-{}", acceleration.code());
    let next = match acceleration {
        Acceleration::Serving { .. } => Some("system-gpu-untried"),
        Acceleration::Refused { .. } | Acceleration::Withdrawn { .. } => Some("system-gpu-next"),
        Acceleration::Off | Acceleration::Preparing { .. } | Acceleration::Absent { .. } => None,
    };
    Some(Check {
        condition: Condition::of(acceleration.is_well()),
        what: locale.text(&key, &[("detail", detail.into())]),
        next: next.map(|key| locale.t(key)),
    })
}

/// Support asks for something, and nobody has answered.
fn request_check(locale: &Locale, asked: &SupportRequest) -> Check {
    let name = asked.request.by.as_str();
    Check {
        condition: Condition::Unwell,
        what: locale.text("support-asked", &[("name", name.into()), ("count", asked.hours.into())]),
        next: Some(locale.t("support-asked-next")),
    }
}

/// Whether alerts reach a Telegram group.
fn group_check(locale: &Locale, group: &Group) -> Check {
    let name = locale.text("system-group", &[("title", group.title.as_str().into())]);
    let good = group.standing == Standing::In;
    let state = locale.t(if good { "groups-in" } else { "groups-out" });
    Check {
        condition: Condition::of(good),
        what: format!("{name}: {state}"),
        next: (!good).then(|| locale.t("groups-out-next")),
    }
}

fn checks(locale: &Locale, health: &Health, disk_free_bytes_min: u64) -> Vec<Check> {
    let check = |good: bool, what: String, next: &str| Check {
        condition: Condition::of(good),
        what,
        next: (!good).then(|| locale.t(next)),
    };
    let count = |key: &str, number: u64| locale.text(key, &[("count", number.into())]);
    let networks = match &health.backend {
        Ok(code) => {
            let name = locale.t(&format!("backend-{code}"));
            locale.text("about-backend", &[("backend", name.into())])
        }
        Err(why) => locale.text("system-networks-none", &[("reason", why.as_str().into())]),
    };
    let free_mib = health.disk_free_bytes >> 20;
    // Twice the space at which no photo is taken any more: time to act before that day.
    let roomy = health.disk_free_bytes >= disk_free_bytes_min.saturating_mul(2);
    let passed_over = health.models_passed_over.iter().map(|reason| Check {
        condition: Condition::Unwell,
        what: locale.text("system-pack-passed-over", &[("reason", reason.as_str().into())]),
        next: Some(locale.t("system-pack-next")),
    });
    let mut checks = vec![
        check(health.backend.is_ok(), networks, "system-networks-next"),
        check(roomy, count("system-disk", free_mib), "system-disk-next"),
        check(true, count("system-waiting", health.waiting), "system-held-next"),
        check(health.held == 0, count("system-held", health.held), "system-held-next"),
        check(
            health.undelivered == UndeliveredCounts::default(),
            count("system-undelivered", health.undelivered.critical + health.undelivered.other),
            "system-undelivered-next",
        ),
        check(
            health.clock_synced,
            locale.t(if health.clock_synced {
                "system-clock-synced"
            } else {
                "system-clock-unsynced"
            }),
            "system-clock-next",
        ),
    ];
    checks.extend(passed_over);
    checks.extend(machine_checks(locale, health));
    checks.extend(gpu_check(locale, &health.acceleration));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_up_and_works_gets_a_tick() {
        assert_eq!(channel_state(false, None, None), Condition::Unused);
        assert_eq!(channel_state(true, None, None), Condition::Well);
        assert_eq!(channel_state(true, None, Some(SendFault::ALL[0])), Condition::Unwell);
        assert_eq!(channel_state(false, Some("no such folder"), None), Condition::Unwell);
    }
}
