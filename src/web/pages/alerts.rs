//! `/alerts`: what is open and how urgent it has become, the proof of each alert, the rules, the siren.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::App;
use crate::app::alerts::AlertView;
use crate::domain::alert::contact::{DailySpan, MinuteOfDay};
use crate::domain::alert::delivery::Message;
use crate::domain::alert::escalation::StepMinutes;
use crate::domain::alert::rules::{Detail, Rule, Rules, RulesVersion};
use crate::domain::alert::{Alert, AlertClass, AlertEvent, AlertNumber};
use crate::domain::fault::Fault;
use crate::domain::finding::{Finding, Score};
use crate::domain::rights::Right;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    page: Page,
    open: Vec<Row>,
    recent: Vec<Row>,
    siren: bool,
    rules: bool,
}

/// An alert in a list.
struct Row {
    number: i64,
    heading: String,
    class: &'static str,
    class_word: String,
    findings: String,
    raised: String,
    study: String,
    red: bool,
    taken: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "alert.html")]
struct ProofPage {
    page: Page,
    row: Row,
    events: Vec<(String, String)>,
    messages: Vec<(String, String)>,
}

#[derive(askama::Template)]
#[template(path = "alert_rules.html")]
struct RulesPage {
    page: Page,
    stop: Option<Stop>,
    done: Option<String>,
    findings: Vec<Choice>,
    rules: Shown,
    waiting: Vec<Proposal>,
}

/// The rules in a form.
struct Shown {
    step: u16,
    quiet_from: String,
    quiet_until: String,
    budget: u16,
    digest: String,
    detail: bool,
}

/// A finding with what it raises.
struct Choice {
    code: &'static str,
    name: String,
    class: &'static str,
}

/// A version that waits for a second person.
struct Proposal {
    version: i64,
    who: String,
    lines: Vec<String>,
    own: bool,
}

/// `GET /alerts`.
pub(in crate::web) async fn list(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let open = app.open_alerts().await?;
    let recent = app.recent_alerts().await?;
    let frame = Page::inside(&session, "alerts-title");
    let taken = recent.iter().filter(|alert| alert.acknowledged.is_some());
    let template = AlertsPage {
        siren: open.iter().any(|view| view.siren),
        open: open.iter().map(|view| row(&app, frame.locale, &view.alert, view.red)).collect(),
        recent: taken.map(|alert| row(&app, frame.locale, alert, false)).collect(),
        rules: session.may(Right::SetAlertRules),
        page: Page { refresh: true, ..frame },
    };
    Ok(page(StatusCode::OK, &template))
}

/// `POST /alerts/{number}`: takes an alert over.
pub(in crate::web) async fn acknowledge(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let number = parse(&number)?;
    app.acknowledge_alert(&posted.session.operator, number).await?;
    Ok(Redirect::to(&format!("/alerts/{number}")).into_response())
}

/// `GET /alerts/{number}`: everything that happened to an alert.
pub(in crate::web) async fn proof(
    State(app): State<App>,
    session: Session,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let number = parse(&number)?;
    let proof = app.alert_proof(number).await?;
    let frame = Page::inside(&session, "alert-title");
    let locale = frame.locale;
    let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
    let event = |event: &AlertEvent| {
        let who = event.person.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
        let word = locale.t(&format!("alert-event-{}", event.kind));
        let detail = event.detail.split(' ').map(|code| detail_word(locale, code));
        let detail = detail.collect::<Vec<_>>().join(": ");
        let parts = [word, who, detail].into_iter().filter(|part| !part.is_empty());
        (time(event.at), parts.collect::<Vec<_>>().join(" · "))
    };
    let contacts = app.contacts().await?;
    let message = |message: &Message| {
        let who = contacts.iter().find(|contact| contact.operator == message.person);
        let who = who.map_or_else(String::new, |contact| contact.name.as_str().to_owned());
        let channel = locale.t(&format!("channel-{}", message.channel().code()));
        let state = locale.t(&format!("message-{}", message.state.code()));
        let fault = message.fault.map(|fault| locale.t(&format!("send-{}", fault.code())));
        let args = [("count", message.tries.into())];
        let tries = locale.text("message-tries", &args);
        let parts = [Some(state), Some(tries), fault].into_iter().flatten();
        (format!("{who} · {channel}"), parts.collect::<Vec<_>>().join(" · "))
    };
    let template = ProofPage {
        row: row(&app, locale, &proof.alert, false),
        events: proof.events.iter().map(event).collect(),
        messages: proof.messages.iter().map(message).collect(),
        page: frame,
    };
    Ok(page(StatusCode::OK, &template))
}

/// `GET /alerts/rules`.
pub(in crate::web) async fn rules(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render_rules(&app, &session, None, None).await
}

/// `POST /alerts/rules`: proposes rules, or decides about somebody else's.
pub(in crate::web) async fn submit_rules(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    let (outcome, done) = match fields.get("version").parse() {
        Ok(version) => {
            let confirmed = fields.get("decide") == "confirm";
            let key = if confirmed { "rules-confirmed" } else { "rules-rejected" };
            (app.decide_alert_rules(by, version, confirmed).await, key)
        }
        Err(_) => match read_rules(&fields) {
            Some(rules) => (app.propose_alert_rules(by, rules).await.map(|_| ()), "rules-proposed"),
            None => (Err(Fault::FieldInvalid), ""),
        },
    };
    match outcome {
        Ok(()) => render_rules(&app, &session, None, Some(done)).await,
        Err(fault) => render_rules(&app, &session, Some(fault), None).await,
    }
}

fn parse(number: &str) -> Result<AlertNumber, Fault> {
    number.parse().map(AlertNumber).map_err(|_| Fault::AlertUnknown)
}

fn row(app: &App, locale: &Locale, alert: &Alert, red: bool) -> Row {
    let time = |stamp| locale.time_text(stamp, app.utc_offset_minutes());
    let study = format!("{:05}", alert.study_number);
    let taken = alert.acknowledged.as_ref().map(|by| {
        let method = locale.t(&format!("ack-{}", by.method.code()));
        let args = [
            ("name", by.name.as_str().into()),
            ("time", time(by.at).into()),
            ("method", method.into()),
        ];
        locale.text("alert-taken-by", &args)
    });
    let names = alert.findings.iter().map(|finding| locale.finding_name(*finding));
    Row {
        number: alert.number.0,
        heading: locale.text("alert-number", &[("number", alert.number.to_string().into())]),
        class: match alert.class {
            AlertClass::Critical => "urgent",
            AlertClass::Suspect => "soon",
        },
        class_word: locale.t(&format!("alert-class-{}", alert.class.code())),
        findings: names.collect::<Vec<_>>().join(", "),
        raised: locale
            .text("alert-raised", &[("study", study.into()), ("time", time(alert.raised).into())]),
        study: format!("/studies/{}", alert.study),
        red,
        taken,
    }
}

fn detail_word(locale: &Locale, code: &str) -> String {
    match code {
        "" => String::new(),
        "telegram" | "sms" => locale.t(&format!("channel-{code}")),
        "critical" | "suspect" => locale.t(&format!("alert-class-{code}")),
        "page" | "report" => locale.t(&format!("ack-{code}")),
        _ => locale.t(&format!("send-{code}")),
    }
}

async fn render_rules(
    app: &App,
    session: &Session,
    stop: Option<Fault>,
    done: Option<&str>,
) -> Result<Response, Failure> {
    let (stored, versions) = app.alert_rules().await?;
    let frame = Page::inside(session, "rules-title");
    let locale = frame.locale;
    let rules = &stored.rules;
    let choice = |finding: &Finding| Choice {
        code: finding.code(),
        name: locale.finding_name(*finding),
        class: rules.rules.iter().find(|r| r.finding == *finding).map_or("", |r| r.class.code()),
    };
    let waits = |version: &&RulesVersion| version.decided.is_none();
    let proposal = |version: &RulesVersion| Proposal {
        version: version.version,
        who: locale.text(
            "rules-by",
            &[
                ("name", version.proposer.as_str().into()),
                ("time", locale.time_text(version.proposed, app.utc_offset_minutes()).into()),
            ],
        ),
        lines: describe(locale, &version.rules),
        own: version.proposed_by == session.operator.id,
    };
    let quiet = |end: fn(DailySpan) -> MinuteOfDay| {
        rules.quiet.map_or_else(String::new, |quiet| end(quiet).to_string())
    };
    let template = RulesPage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        done: done.map(|key| locale.t(key)),
        findings: Finding::ALL.iter().map(choice).collect(),
        rules: Shown {
            step: rules.step.get(),
            quiet_from: quiet(|quiet| quiet.from),
            quiet_until: quiet(|quiet| quiet.until),
            budget: rules.budget_per_day,
            digest: rules.digest_at.to_string(),
            detail: rules.detail == Detail::Finding,
        },
        waiting: versions.iter().filter(waits).map(proposal).collect(),
        page: frame,
    };
    let status = stop.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}

/// Rules in words, for the second person.
fn describe(locale: &Locale, rules: &Rules) -> Vec<String> {
    let mut lines: Vec<_> = rules
        .rules
        .iter()
        .map(|rule| {
            let class = locale.t(&format!("alert-class-{}", rule.class.code()));
            format!("{}: {class}", locale.finding_name(rule.finding))
        })
        .collect();
    lines.push(locale.text("rules-step-is", &[("minutes", rules.step.get().into())]));
    if let Some(quiet) = rules.quiet {
        let args =
            [("from", quiet.from.to_string().into()), ("until", quiet.until.to_string().into())];
        lines.push(locale.text("rules-quiet-is", &args));
    }
    lines.push(locale.text("rules-budget-is", &[("count", rules.budget_per_day.into())]));
    lines.push(locale.t(&format!("rules-detail-{}", rules.detail.code())));
    lines
}

fn read_rules(fields: &Fields) -> Option<Rules> {
    let mut rules = Vec::new();
    for finding in Finding::ALL {
        match fields.get(&format!("class-{}", finding.code())) {
            "" => {}
            class => rules.push(Rule {
                finding: *finding,
                class: AlertClass::parse(class)?,
                from: Score::ZERO,
            }),
        }
    }
    let minute = |name: &str| MinuteOfDay::parse(fields.get(name));
    let quiet = match (fields.get("quiet_from"), fields.get("quiet_until")) {
        ("", "") => None,
        _ => Some(DailySpan { from: minute("quiet_from")?, until: minute("quiet_until")? }),
    };
    let read = Rules {
        rules,
        step: StepMinutes::new(fields.get("step").parse().ok()?)?,
        quiet,
        budget_per_day: fields.get("budget").parse().ok()?,
        digest_at: minute("digest")?,
        detail: if fields.get("detail") == "finding" { Detail::Finding } else { Detail::Minimal },
    };
    // What is written must read back: limits are checked in one place.
    Rules::parse(&read.write())
}

/// Whether the box shouts now.
pub(super) fn shouts(open: &[AlertView]) -> bool {
    open.iter().any(|view| view.siren)
}

#[derive(askama::Template)]
#[template(path = "siren.html")]
struct SirenPage {
    page: Page,
    rows: Vec<Row>,
}

/// `GET /siren`: for a screen on the wall. It shows and sounds what nobody has answered.
pub(in crate::web) async fn siren(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    let open = app.open_alerts().await?;
    let frame = Page::inside(&session, "siren-title");
    let shown = open.iter().filter(|view| view.siren || (view.red && !shouts(&open)));
    let rows = shown.map(|view| row(&app, frame.locale, &view.alert, view.siren)).collect();
    Ok(page(StatusCode::OK, &SirenPage { rows, page: Page { refresh: true, ..frame } }))
}
