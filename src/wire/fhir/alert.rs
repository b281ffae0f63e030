//! An alert: the task that somebody looks at a film, the first message about it, and who took it over.

use serde_json::{Value, json};

use super::bundle::{Bundle, Name, UCUM, concept, confirmed_local_time, derived, system, uuid};
use super::subject::{Subject, add};
use super::{BoxFacts, StudyFacts};
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::{AckMethod, Alert, AlertClass};
use crate::domain::stamp::Stamp;
use crate::locale::Locale;

/// An alert as far as a portal is told of it.
#[derive(Clone, Debug)]
pub struct AlertFacts {
    /// The alert.
    pub alert: Alert,
    /// The first message that a service took, by which way; `None`: nobody was told.
    pub sent: Option<(ChannelKind, Stamp)>,
    /// When the first message was on a phone, where a service says so.
    pub received: Option<Stamp>,
}

/// An alert as it is now. The task changes, and is the same one for every record of this alert.
#[must_use]
pub fn alert(from: &BoxFacts, study: &StudyFacts, facts: &AlertFacts) -> String {
    let mut bundle = Bundle::default();
    let subject = add(&mut bundle, from, study);
    let alert = &facts.alert;
    let time = |stamp| confirmed_local_time(stamp, from.utc_offset_minutes);
    let words = Locale::english();
    let id = uuid(alert.id.as_bytes());
    let name = Name::of("alert", id.clone());
    let input: Vec<Value> = alert
        .findings
        .iter()
        .map(|finding| {
            let kind = concept("task-part", "finding", &words.finding_name(*finding));
            json!({"type": kind, "valueCode": finding.code()})
        })
        .collect();
    let method = alert.acknowledged.as_ref().map(|taken| taken.method);
    let mut task = json!({
        "resourceType": "Task",
        "identifier": [name.identifier()],
        "status": status(method),
        "intent": "order",
        "priority": priority(alert.class),
        "code": concept("task", "alert", "Somebody has to look at this film"),
        "focus": subject.study,
        "for": subject.patient,
        "input": input,
        "extension": [
            {"url": system("alert-class"), "valueCode": alert.class.code()},
            {"url": system("alert-source"), "valueCode": alert.source.code()},
        ],
    });
    if let Some(time) = time(alert.raised) {
        task["authoredOn"] = json!(time);
    }
    if let Some(taken) = &alert.acknowledged {
        task["owner"] = json!({"display": taken.name.as_str()});
        let part = |code, text| concept("task-part", code, text);
        let mut output = vec![json!({
            "type": part("acknowledged-by", "How it was taken over"),
            "valueCode": taken.method.code(),
        })];
        if let Some(time) = time(taken.at) {
            let kind = part("acknowledged-at", "When it was taken over");
            output.push(json!({"type": kind, "valueDateTime": time}));
        }
        if let Some(seconds) = alert.acknowledged_after_s() {
            let value = json!({"value": seconds, "unit": "s", "system": UCUM, "code": "s"});
            let kind = part("acknowledged-after", "From being raised to being taken over");
            output.push(json!({"type": kind, "valueQuantity": value}));
        }
        task["output"] = json!(output);
    }
    let task = bundle.put(&id, &name, task);
    add_message(&mut bundle, &subject, (&id, task), facts, from.utc_offset_minutes);
    bundle.text()
}

/// Adds the first message, if there was one.
fn add_message(
    bundle: &mut Bundle,
    subject: &Subject,
    (alert, task): (&str, Value),
    facts: &AlertFacts,
    utc_offset_minutes: i32,
) {
    let Some((channel, sent)) = facts.sent else { return };
    let id = derived(&format!("alert {alert} told"));
    let name = Name::of("communication", id.clone());
    let mut message = json!({
        "resourceType": "Communication",
        "identifier": [name.identifier()],
        "basedOn": [task],
        // On its way until a phone has it; many services never say so.
        "status": if facts.received.is_some() { "completed" } else { "in-progress" },
        "category": [concept("communication", "alert", "First message about an alert")],
        "priority": priority(facts.alert.class),
        "medium": [concept("channel", channel.code(), channel.code())],
        "subject": subject.patient,
        "about": [subject.study],
    });
    let time = |stamp| confirmed_local_time(stamp, utc_offset_minutes);
    if let Some(time) = time(sent) {
        message["sent"] = json!(time);
    }
    if let Some(time) = facts.received.and_then(time) {
        message["received"] = json!(time);
    }
    bundle.put(&id, &name, message);
}

const fn status(method: Option<AckMethod>) -> &'static str {
    match method {
        None => "requested",
        Some(AckMethod::Page | AckMethod::Telegram | AckMethod::Sms) => "accepted",
        // Whoever signs has looked.
        Some(AckMethod::Report) => "completed",
    }
}

const fn priority(class: AlertClass) -> &'static str {
    match class {
        AlertClass::Critical => "stat",
        AlertClass::Suspect => "urgent",
        AlertClass::Digest => "routine",
    }
}
