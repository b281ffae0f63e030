//! `/alerts/rules`: what raises an alert and how people are told; proposed by one person, confirmed by another.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::AlertClass;
use crate::domain::alert::escalation::StepMinutes;
use crate::domain::alert::forecast::{Forecast, PerDay};
use crate::domain::alert::roster::{DailySpan, MinuteOfDay};
use crate::domain::alert::rules::{Detail, Rule, Rules, RulesVersion, may_be_told};
use crate::domain::fault::Fault;
use crate::domain::finding::{Finding, Score};
use crate::domain::people::Role;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "alert_rules.html")]
struct RulesPage {
    page: Page,
    stop: Option<Stop>,
    done: Option<String>,
    findings: Vec<Choice>,
    rules: Shown,
    waiting: Vec<Proposal>,
    /// What the rules in the form would have meant, and whether they may be proposed now.
    forecast: Vec<String>,
    previewed: bool,
    /// Rules in force that have no effect, because the network does not assess their finding.
    idle: Vec<String>,
    /// Versions that were decided about, the newest first.
    history: Vec<String>,
}

/// The rules in a form.
struct Shown {
    step: u16,
    quiet_from: String,
    quiet_until: String,
    budget: u16,
    digest: String,
    detail: bool,
    picture: bool,
    /// Roles that may be told: code, name, and whether they are.
    roles: Vec<(&'static str, String, bool)>,
}

/// A finding with what it raises.
struct Choice {
    code: &'static str,
    name: String,
    class: &'static str,
    /// Score from which on; empty: the network's own threshold.
    from: String,
}

/// A version that waits for a second person.
struct Proposal {
    version: i64,
    who: String,
    lines: Vec<String>,
    forecast: Vec<String>,
    own: bool,
}

/// `GET /alerts/rules`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, None, None, None).await
}

/// `POST /alerts/rules`: proposes rules, or decides about somebody else's.
pub(in crate::web) async fn submit(
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
        Err(_) => match read_rules(&app, &fields).await? {
            Some(rules) if fields.get("do") == "preview" => {
                return render(&app, &session, None, None, Some(rules)).await;
            }
            Some(rules) => (app.propose_alert_rules(by, rules).await.map(|_| ()), "rules-proposed"),
            None => (Err(Fault::FieldInvalid), ""),
        },
    };
    match outcome {
        Ok(()) => render(&app, &session, None, Some(done), None).await,
        Err(fault) => render(&app, &session, Some(fault), None, None).await,
    }
}

async fn render(
    app: &App,
    session: &Session,
    stop: Option<Fault>,
    done: Option<&str>,
    preview: Option<Rules>,
) -> Result<Response, Failure> {
    let (stored, versions) = app.alert_rules().await?;
    let frame = Page::inside(session, "rules-title");
    let locale = frame.locale;
    let previewed = preview.is_some();
    let rules = &preview.unwrap_or(stored.rules);
    let assessed = app.assessed_findings();
    let (offered, idle): (Vec<_>, Vec<_>) =
        Finding::ALL.iter().copied().partition(|finding| assessed.contains(finding));
    let held = |finding: &Finding| rules.rules.iter().find(|rule| rule.finding == *finding);
    let history = versions.iter().filter_map(|version| decided(app, locale, version)).collect();
    let mut waiting = Vec::new();
    for version in versions.iter().filter(|version| version.decided.is_none()) {
        let forecast = forecast_words(locale, &app.alert_forecast(version.rules.clone()).await?);
        waiting.push(Proposal {
            version: version.version,
            who: proposed_by(app, locale, version),
            lines: describe(locale, &version.rules),
            forecast,
            own: version.proposed_by == session.operator.id,
        });
    }
    let choice = |finding: &Finding| Choice {
        code: finding.code(),
        name: locale.finding_name(*finding),
        class: held(finding).map_or("", |rule| rule.class.code()),
        from: held(finding).and_then(score_text).unwrap_or_default(),
    };
    let quiet = |end: fn(DailySpan) -> MinuteOfDay| {
        rules.quiet.map_or_else(String::new, |quiet| end(quiet).to_string())
    };
    let template = RulesPage {
        stop: stop.map(|fault| Stop::new(&frame, fault)),
        done: done.map(|key| locale.t(key)),
        findings: offered.iter().map(choice).collect(),
        rules: Shown {
            step: rules.step.get(),
            quiet_from: quiet(|quiet| quiet.from),
            quiet_until: quiet(|quiet| quiet.until),
            budget: rules.budget_per_day,
            digest: rules.digest_at.to_string(),
            detail: rules.detail == Detail::Finding,
            picture: rules.picture,
            roles: Role::ALL
                .into_iter()
                .filter(|role| may_be_told(*role))
                .map(|role| (role.code(), role_name(locale, role), rules.tells(role)))
                .collect(),
        },
        waiting,
        history,
        forecast: forecast_words(locale, &app.alert_forecast(rules.clone()).await?),
        previewed,
        idle: idle.iter().filter_map(held).map(|rule| rule_line(locale, rule)).collect(),
        page: frame,
    };
    let status = stop.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}

/// Rules in words, for the second person.
fn describe(locale: &Locale, rules: &Rules) -> Vec<String> {
    let mut lines: Vec<_> = rules.rules.iter().map(|rule| rule_line(locale, rule)).collect();
    lines.push(locale.text("rules-step-is", &[("minutes", rules.step.get().into())]));
    if let Some(quiet) = rules.quiet {
        let args =
            [("from", quiet.from.to_string().into()), ("until", quiet.until.to_string().into())];
        lines.push(locale.text("rules-quiet-is", &args));
    }
    lines.push(locale.text("rules-budget-is", &[("count", rules.budget_per_day.into())]));
    lines.push(locale.t(&format!("rules-detail-{}", rules.detail.code())));
    lines.push(locale.t(if rules.picture { "rules-picture-yes" } else { "rules-picture-no" }));
    let roles: Vec<_> = rules.roles.iter().map(|role| role_name(locale, *role)).collect();
    lines.push(locale.text("rules-roles-are", &[("roles", roles.join(", ").into())]));
    lines
}

fn role_name(locale: &Locale, role: Role) -> String {
    locale.t(&format!("role-{}", role.code()))
}

fn proposed_by(app: &App, locale: &Locale, version: &RulesVersion) -> String {
    let time = locale.time_text(version.proposed, app.utc_offset_minutes());
    let args = [("name", version.proposer.as_str().into()), ("time", time.into())];
    locale.text("rules-by", &args)
}

/// A version with who made it and who decided; `None` while it waits.
fn decided(app: &App, locale: &Locale, version: &RulesVersion) -> Option<String> {
    let (confirmed, by) = version.decided.as_ref()?;
    let key = if *confirmed { "rules-was-confirmed" } else { "rules-was-rejected" };
    let args = [
        ("version", version.version.into()),
        ("proposed", proposed_by(app, locale, version).into()),
        ("decided", locale.text(key, &[("name", by.as_str().into())]).into()),
    ];
    Some(locale.text("rules-version", &args))
}

fn rule_line(locale: &Locale, rule: &Rule) -> String {
    let class = locale.t(&format!("alert-class-{}", rule.class.code()));
    let line = format!("{}: {class}", locale.finding_name(rule.finding));
    match score_text(rule) {
        None => line,
        Some(from) => {
            locale.text("rules-rule-from", &[("rule", line.into()), ("from", from.into())])
        }
    }
}

/// The score of a rule that asks for more than the network's own threshold.
fn score_text(rule: &Rule) -> Option<String> {
    (rule.from > Score::ZERO).then(|| rule.from.value().to_string())
}

/// What rules would have meant, in words.
fn forecast_words(locale: &Locale, forecast: &Forecast) -> Vec<String> {
    if forecast.films == 0 {
        return vec![locale.t("forecast-none")];
    }
    // One digit: the figures come from a few weeks.
    let mean = |per_day: PerDay| format!("{:.1}", per_day.mean);
    let films = [("films", forecast.films.into()), ("days", forecast.days.into())];
    let mut lines = vec![locale.text("forecast-films", &films)];
    for (class, per_day) in &forecast.classes {
        let args = [
            ("class", locale.t(&format!("alert-class-{}", class.code())).into()),
            ("mean", mean(*per_day).into()),
            ("most", per_day.most.into()),
        ];
        lines.push(locale.text("forecast-class", &args));
    }
    for person in &forecast.people {
        let args = [
            ("name", person.name.as_str().into()),
            ("low", mean(person.least).into()),
            ("high", mean(person.most).into()),
            ("most", person.most.most.into()),
        ];
        lines.push(locale.text("forecast-person", &args));
    }
    lines.push(locale.text("forecast-digest", &[("count", forecast.digest_only.into())]));
    lines
}

/// Reads the form; `None`: it cannot be understood. Rules in force for findings that the network does not
/// assess are no part of the form, and stay.
async fn read_rules(app: &App, fields: &Fields) -> Result<Option<Rules>, Failure> {
    let assessed = app.assessed_findings();
    let (stored, _) = app.alert_rules().await?;
    let mut kept = stored.rules.rules;
    kept.retain(|rule| !assessed.contains(&rule.finding));
    Ok(read_form(fields, kept))
}

fn read_form(fields: &Fields, kept: Vec<Rule>) -> Option<Rules> {
    let mut rules = kept;
    for finding in Finding::ALL {
        match fields.get(&format!("class-{}", finding.code())) {
            "" => {}
            _ if rules.iter().any(|rule: &Rule| rule.finding == *finding) => {}
            class => {
                let from = match fields.get(&format!("from-{}", finding.code())).trim() {
                    "" => Score::ZERO,
                    text => Score::new(text.replace(',', ".").parse().ok()?)?,
                };
                rules.push(Rule { finding: *finding, class: AlertClass::parse(class)?, from });
            }
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
        picture: fields.get("picture") == "yes",
        roles: Role::ALL
            .into_iter()
            .filter(|role| fields.get(&format!("role-{}", role.code())) == "yes")
            .collect(),
    };
    // What is written must read back: limits are checked in one place.
    Rules::parse(&read.write())
}
