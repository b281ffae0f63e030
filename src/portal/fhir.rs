//! `/fhir`: what programmes and other FHIR clients send, and read back. Transaction bundles are taken as boxes
//! make them: conditional creates and updates by identifier or tag, creates without a condition, references
//! within the bundle. Everything else of FHIR is refused and says so.

mod serve;

pub(super) use serve::router;

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::domain::digest::Sha256Digest;
use crate::domain::stamp::WallMs;
use crate::wire::fhir::read::time_text;

/// Most entries of a bundle.
const ENTRIES_MAX: usize = 500;
/// Longest kind, name or value, characters.
const TEXT_MAX: usize = 400;

/// A name under which a resource is found: system and value, of an identifier or a tag.
pub type Named = (String, String);

/// What one entry of a bundle asks for.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its address within the bundle; may be empty.
    pub full_url: String,
    /// Kind of resource.
    pub kind: String,
    /// It is found again by this; `None`: it is always a new one.
    pub condition: Option<Named>,
    /// One that is found is written anew; else it stays as it is.
    pub replaces: bool,
    /// The resource.
    pub resource: Value,
    /// Every name that it has.
    pub names: Vec<Named>,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Kind and name at this portal.
    pub location: String,
    /// How often it was written.
    pub version: u64,
    /// It was not there before.
    pub created: bool,
}

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is done.
    Done(Vec<Answer>),
    /// Nothing is: more than one resource fits the condition of this entry.
    TwoMatch(usize),
}

/// Why a bundle is not taken, in words for whoever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) &'static str);

/// Reads a transaction bundle.
pub(crate) fn read(bundle: &Value) -> Result<Vec<Entry>, Wrong> {
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "transaction" {
        return Err(Wrong("only Bundles of the type transaction are taken"));
    }
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    if entries.len() > ENTRIES_MAX {
        return Err(Wrong("a Bundle has at most 500 entries"));
    }
    entries.iter().map(entry).collect()
}

fn entry(entry: &Value) -> Result<Entry, Wrong> {
    let resource = entry["resource"].clone();
    let kind = resource["resourceType"].as_str().filter(|kind| is_kind(kind));
    let kind = kind.ok_or(Wrong("an entry has no resource"))?.to_owned();
    let request = &entry["request"];
    let url = request["url"].as_str().unwrap_or_default();
    let (target, query) = url.split_once('?').map_or((url, None), |(a, b)| (a, Some(b)));
    if target != kind {
        return Err(Wrong("request.url does not name the kind of the resource"));
    }
    let none_exist = request["ifNoneExist"].as_str();
    let (condition, replaces) = match (request["method"].as_str(), query, none_exist) {
        (Some("POST"), None, None) => (None, false),
        (Some("POST"), None, Some(query)) => (Some(condition(query)?), false),
        (Some("PUT"), Some(query), None) => (Some(condition(query)?), true),
        _ => return Err(Wrong("only POST, POST with ifNoneExist and PUT with a query are taken")),
    };
    let names = names(&resource);
    if condition.as_ref().is_some_and(|one| !names.contains(one)) {
        return Err(Wrong("the resource does not have the name that its condition asks for"));
    }
    let full_url = entry["fullUrl"].as_str().unwrap_or_default().to_owned();
    Ok(Entry { full_url, kind, condition, replaces, resource, names })
}

/// Whether a text can be the name of a kind of resources.
pub(crate) fn is_kind(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `identifier=system|value` or `_tag=system|code`, escaped or not.
pub(crate) fn condition(query: &str) -> Result<Named, Wrong> {
    let wrong = Wrong("a condition is one identifier=system|value or _tag=system|code");
    let (key, value) = query.split_once('=').ok_or(wrong)?;
    let value = plain(unescaped(value));
    let (system, value) = value.split_once('|').ok_or(wrong)?;
    let fits = matches!(key, "identifier" | "_tag") && !value.is_empty() && !value.contains('&');
    let fits = fits && system.chars().count() <= TEXT_MAX && value.chars().count() <= TEXT_MAX;
    if fits { Ok((system.to_owned(), value.to_owned())) } else { Err(wrong) }
}

/// A name as every database holds it: PostgreSQL has no texts with NUL.
fn plain(mut text: String) -> String {
    text.retain(|c| c != '\0');
    text
}

/// A part of an address without its percent signs.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (first, pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn names(resource: &Value) -> Vec<Named> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let named = |one: &Value, key: &str| {
        let text = |value: &Value| value.as_str().map(|text| plain(text.to_owned()));
        let (system, value) = (text(&one["system"]).unwrap_or_default(), text(&one[key])?);
        let fits = system.chars().count() <= TEXT_MAX && value.chars().count() <= TEXT_MAX;
        fits.then_some((system, value))
    };
    let identifiers = list(&resource["identifier"]);
    let identifiers = identifiers.iter().filter_map(|one| named(one, "value"));
    let tags = list(&resource["meta"]["tag"]);
    let mut names: Vec<Named> =
        identifiers.chain(tags.iter().filter_map(|one| named(one, "code"))).collect();
    names.sort();
    names.dedup();
    names
}

/// The name that a new resource gets: it follows from who sent it and in which bundle.
#[must_use]
pub fn new_id(source: &str, hash: Sha256Digest, place: usize) -> String {
    let text = format!("{source} {hash} {place}");
    Sha256Digest::of(text).to_string().chars().take(32).collect()
}

/// A resource as it is stored: references within the bundle lead to where things are here.
#[must_use]
pub fn settled(
    resource: &Value,
    places: &HashMap<String, String>,
    (id, version, at): (&str, u64, WallMs),
) -> String {
    let mut resource = resource.clone();
    lead(&mut resource, places);
    resource["id"] = json!(id);
    resource["meta"]["versionId"] = json!(version.to_string());
    resource["meta"]["lastUpdated"] = json!(time_text(at));
    resource.to_string()
}

/// As deep as `serde_json` reads: 128 levels.
fn lead(value: &mut Value, places: &HashMap<String, String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("reference")
                && let Some(place) = places.get(reference.as_str())
            {
                reference.clone_from(place);
            }
            fields.values_mut().for_each(|field| lead(field, places));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| lead(item, places)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(request: &Value) -> Value {
        json!({"resourceType": "Bundle", "type": "transaction", "entry": [{
            "fullUrl": "urn:uuid:1",
            "resource": {"resourceType": "Patient", "identifier": [{"system": "urn:a", "value": "7"}]},
            "request": request,
        }]})
    }

    #[test]
    fn conditions_are_read_as_boxes_and_others_write_them() {
        let put = json!({"method": "PUT", "url": "Patient?identifier=urn:a|7"});
        let entries = read(&bundle(&put)).unwrap();
        assert!(entries[0].replaces);
        assert_eq!(entries[0].condition, Some(("urn:a".to_owned(), "7".to_owned())));
        let escaped =
            json!({"method": "POST", "url": "Patient", "ifNoneExist": "identifier=urn%3Aa%7C7"});
        assert_eq!(read(&bundle(&escaped)).unwrap()[0].condition, entries[0].condition);
        assert_eq!(unescaped("%zz%4"), "%zz%4");
        for wrong in [
            json!({"method": "DELETE", "url": "Patient?identifier=urn:a|7"}),
            json!({"method": "PUT", "url": "Patient/1"}),
            json!({"method": "PUT", "url": "Patient?name=a"}),
            json!({"method": "PUT", "url": "Observation?identifier=urn:a|7"}),
            json!({"method": "PUT", "url": "Patient?identifier=urn:a|8"}),
            json!({"method": "POST", "url": "Patient", "ifNoneExist": "identifier=7"}),
        ] {
            assert!(read(&bundle(&wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn references_lead_to_where_things_are() {
        let places = HashMap::from([("urn:uuid:1".to_owned(), "Patient/x".to_owned())]);
        let resource = json!({"subject": {"reference": "urn:uuid:1"},
            "focus": [{"reference": "urn:uuid:2"}]});
        let text = settled(&resource, &places, ("y", 2, WallMs(0)));
        let settled: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(settled["subject"]["reference"], "Patient/x");
        assert_eq!(settled["focus"][0]["reference"], "urn:uuid:2");
        assert_eq!(settled["meta"]["versionId"], "2");
    }
}
