//! A transaction bundle under construction, and the names of things in it.

use serde_json::{Value, json};

use crate::domain::hex::Hex;
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::wire::encoding::derived_uuid;

/// Code system of units.
pub(super) const UCUM: &str = "http://unitsofmeasure.org";

/// A name under which a resource is found again: system and value.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) system: String,
    pub(super) value: String,
}

impl Name {
    /// A name of ours.
    pub(super) fn of(kind: &str, value: impl Into<String>) -> Self {
        Self { system: system(kind), value: value.into() }
    }

    /// As a FHIR Identifier.
    pub(super) fn identifier(&self) -> Value {
        json!({"system": self.system, "value": self.value})
    }

    fn query(&self) -> String {
        format!("identifier={}|{}", self.system, self.value)
    }
}

/// One of our systems and addresses of extensions.
pub(super) fn system(kind: &str) -> String {
    format!("urn:x-fieldray:{kind}")
}

/// A concept of ours with its words.
pub(super) fn concept(kind: &str, code: &str, text: &str) -> Value {
    json!({"coding": [{"system": system(kind), "code": code}], "text": text})
}

/// Several resources that a portal takes in together or not at all.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    entries: Vec<Value>,
}

impl Bundle {
    /// Adds a resource that changes: the newest replaces what has the same name.
    pub(super) fn put(&mut self, id: &str, name: &Name, resource: Value) -> Value {
        let kind = kind(&resource);
        let request = json!({"method": "PUT", "url": format!("{kind}?{}", name.query())});
        self.add(id, resource, request)
    }

    /// Adds a resource that never changes: nothing happens where one of that name exists.
    pub(super) fn create(&mut self, id: &str, name: &Name, resource: Value) -> Value {
        self.create_if_none(id, &name.query(), resource)
    }

    /// The same for kinds of resources without identifiers: found again by a tag.
    pub(super) fn create_tagged(&mut self, id: &str, mut resource: Value) -> Value {
        let system = system("record");
        resource["meta"] = json!({"tag": [{"system": system, "code": id}]});
        self.create_if_none(id, &format!("_tag={system}|{id}"), resource)
    }

    fn create_if_none(&mut self, id: &str, query: &str, resource: Value) -> Value {
        let request = json!({"method": "POST", "url": kind(&resource), "ifNoneExist": query});
        self.add(id, resource, request)
    }

    /// Adds an entry; gives a reference to it.
    fn add(&mut self, id: &str, resource: Value, request: Value) -> Value {
        let url = format!("urn:uuid:{id}");
        let reference = json!({"reference": url});
        let mut entry = serde_json::Map::new();
        entry.insert("fullUrl".to_owned(), Value::String(url));
        entry.insert("resource".to_owned(), resource);
        entry.insert("request".to_owned(), request);
        self.entries.push(Value::Object(entry));
        reference
    }

    /// The bundle as it is sent: keys in alphabetical order, no white space.
    pub(super) fn text(self) -> String {
        json!({"resourceType": "Bundle", "type": "transaction", "entry": self.entries}).to_string()
    }
}

fn kind(resource: &Value) -> String {
    resource["resourceType"].as_str().unwrap_or_default().to_owned()
}

/// 16 bytes as a UUID is written.
pub(super) fn uuid(bytes: &[u8; 16]) -> String {
    let hex = Hex(bytes).to_string();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// A UUID that follows from a text, as it is written.
pub(super) fn derived(text: &str) -> String {
    uuid(&derived_uuid(text))
}

/// A number as it is shown, not as binary fractions have it: 0.9, not 0.8999999761581421.
pub(super) fn decimal(value: f32) -> Value {
    value.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}

/// A time that somebody confirmed; a false date must not look like a certain one.
pub(super) fn confirmed_time(stamp: Stamp) -> Option<String> {
    (stamp.trust == ClockTrust::Synced).then(|| time(stamp))
}

/// The same by the clock on the wall of the clinic, so that its day can be read off.
pub(super) fn confirmed_local_time(stamp: Stamp, utc_offset_minutes: i32) -> Option<String> {
    let offset = time::UtcOffset::from_whole_seconds(utc_offset_minutes.saturating_mul(60)).ok();
    let local = moment(stamp).zip(offset).and_then(|(time, offset)| time.checked_to_offset(offset));
    let text = local.and_then(|t| t.format(&time::format_description::well_known::Rfc3339).ok());
    confirmed_time(stamp).map(|utc| text.unwrap_or(utc))
}

/// A time by the box's clock, whatever it is worth.
pub(super) fn time(stamp: Stamp) -> String {
    let text =
        moment(stamp).and_then(|t| t.format(&time::format_description::well_known::Rfc3339).ok());
    text.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
}

fn moment(stamp: Stamp) -> Option<time::OffsetDateTime> {
    let nanoseconds = i128::from(stamp.wall.0) * 1_000_000;
    time::OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()
}

/// Says that the clock was not confirmed.
pub(super) fn clock_extension(stamp: Stamp) -> Option<Value> {
    (stamp.trust == ClockTrust::Unsynced)
        .then(|| json!({"url": system("clock-not-confirmed"), "valueDateTime": time(stamp)}))
}
