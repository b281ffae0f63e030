//! What a server says: of itself, and to a bundle.

use serde_json::Value;

use super::FhirFault;
use crate::domain::fhir_server::ServerWords;

/// Kinds of resources that every box sends.
const KINDS: [&str; 7] =
    ["Patient", "ImagingStudy", "Observation", "DiagnosticReport", "Device", "Task", "Provenance"];

/// Whether a server can do what bundles ask for, by its CapabilityStatement. What it does not speak of is
/// tried: many servers do more than they say.
pub(super) fn capability_fault(statement: &Value) -> Option<FhirFault> {
    if statement["resourceType"] != "CapabilityStatement" {
        return Some(FhirFault::BadAnswer);
    }
    // 4.0 is R4, 4.3 is R4B; everything that bundles have is the same in both.
    if statement["fhirVersion"].as_str().is_some_and(|version| !version.starts_with("4.")) {
        return Some(FhirFault::OtherVersion);
    }
    let servers = statement["rest"].as_array().map(Vec::as_slice).unwrap_or_default();
    let server = servers.iter().find(|one| one["mode"] != "client")?;
    let interactions = server["interaction"].as_array();
    if interactions.is_some_and(|all| !all.iter().any(|one| one["code"] == "transaction")) {
        return Some(FhirFault::NoTransactions);
    }
    let resources = server["resource"].as_array()?;
    let denied =
        |one: &Value| one["conditionalCreate"] == false || one["conditionalUpdate"] == false;
    let needed = |one: &Value| one["type"].as_str().is_some_and(|kind| KINDS.contains(&kind));
    resources.iter().any(|one| needed(one) && denied(one)).then_some(FhirFault::NoConditions)
}

/// Whether the answer to a transaction says of every entry that it was done; else what it says.
///
/// # Errors
/// [`FhirFault::BadAnswer`] when it is no answer to a transaction of that many entries.
pub(super) fn refusal(answer: &Value, entries: usize) -> Result<Option<ServerWords>, FhirFault> {
    if answer["resourceType"] != "Bundle" || answer["type"] != "transaction-response" {
        return Err(FhirFault::BadAnswer);
    }
    let told = answer["entry"].as_array().ok_or(FhirFault::BadAnswer)?;
    if told.len() != entries {
        return Err(FhirFault::BadAnswer);
    }
    let status = |one: &Value| one["response"]["status"].as_str().unwrap_or_default().to_owned();
    let failed = told.iter().find(|one| !status(one).starts_with('2'));
    Ok(failed.map(|one| words(&status(one), &one["response"]["outcome"])))
}

/// A refusal in the server's own words: the status, then what its OperationOutcome says first.
pub(super) fn words(status: &str, outcome: &Value) -> ServerWords {
    let issues = outcome["issue"].as_array().map(Vec::as_slice).unwrap_or_default();
    let worst = issues.iter().find(|one| one["severity"] == "error" || one["severity"] == "fatal");
    let said = worst.or(issues.first()).map(|issue| {
        let texts = [&issue["diagnostics"], &issue["details"]["text"], &issue["code"]];
        texts.into_iter().find_map(Value::as_str).unwrap_or_default()
    });
    ServerWords::of(&format!("HTTP {status}: {}", said.unwrap_or("?")))
}

/// Whether an answer is an OperationOutcome: a server that speaks of a bundle, and no page of something else.
pub(super) fn is_outcome(answer: &Value) -> bool {
    answer["resourceType"] == "OperationOutcome"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn statement(change: impl FnOnce(&mut Value)) -> Option<FhirFault> {
        let mut statement = json!({
            "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
            "rest": [{"mode": "server", "interaction": [{"code": "batch"}, {"code": "transaction"}],
                "resource": [
                    {"type": "Patient", "conditionalCreate": true, "conditionalUpdate": true},
                    {"type": "Basic", "conditionalCreate": false},
                ]}],
        });
        change(&mut statement);
        capability_fault(&statement)
    }

    #[test]
    fn a_server_is_asked_for_what_bundles_need_and_for_no_more() {
        assert_eq!(statement(|_| ()), None);
        assert_eq!(statement(|it| it["rest"] = json!([])), None);
        let version = statement(|it| it["fhirVersion"] = json!("3.0.2"));
        assert_eq!(version, Some(FhirFault::OtherVersion));
        let batch = statement(|it| it["rest"][0]["interaction"] = json!([{"code": "batch"}]));
        assert_eq!(batch, Some(FhirFault::NoTransactions));
        let plain =
            statement(|it| it["rest"][0]["resource"][0]["conditionalUpdate"] = json!(false));
        assert_eq!(plain, Some(FhirFault::NoConditions));
        assert_eq!(capability_fault(&json!({"hello": 1})), Some(FhirFault::BadAnswer));
    }

    #[test]
    fn a_bundle_is_taken_only_when_every_entry_was() {
        let answer = |kind: &str, statuses: &[&str]| {
            let entry = |status: &&str| {
                json!({"response": {"status": status, "outcome": {
                    "resourceType": "OperationOutcome",
                    "issue": [{"severity": "information", "code": "informational"},
                        {"severity": "error", "code": "duplicate", "diagnostics": "two match"}],
                }}})
            };
            let entries: Vec<_> = statuses.iter().map(entry).collect();
            json!({"resourceType": "Bundle", "type": kind, "entry": entries})
        };
        let told = |kind: &str, statuses: &[&str]| refusal(&answer(kind, statuses), 2);
        assert_eq!(told("transaction-response", &["200 OK", "201 Created"]), Ok(None));
        let refused = told("transaction-response", &["200 OK", "412"]).unwrap().unwrap();
        assert_eq!(refused.as_str(), "HTTP 412: two match");
        assert_eq!(told("transaction-response", &["200 OK"]), Err(FhirFault::BadAnswer));
        assert_eq!(told("batch-response", &["200", "200"]), Err(FhirFault::BadAnswer));
    }
}
