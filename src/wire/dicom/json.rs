//! The DICOM JSON model (PS3.18 annex F), for what a portal holds and for what it answers.

use serde_json::{Map, Value, json};

use super::read::{Content, Element, decoded};
use crate::wire::encoding::base64;

/// Elements as a DICOM JSON object. Values that were passed over are left out.
#[must_use]
pub fn object(elements: &[Element]) -> Value {
    let mut members = Map::new();
    for element in elements {
        if let Some(value) = member(element) {
            members.insert(format!("{:08X}", element.tag), value);
        }
    }
    Value::Object(members)
}

fn member(element: &Element) -> Option<Value> {
    let vr = std::str::from_utf8(&element.vr).ok()?;
    let values = match &element.value {
        Content::Long => return None,
        Content::Items(items) => items.iter().map(|item| object(item)).collect(),
        Content::Bytes(bytes) if bytes.is_empty() => Vec::new(),
        Content::Bytes(bytes) => match vr {
            "OB" | "OD" | "OF" | "OL" | "OV" | "OW" | "UN" => {
                return Some(json!({"vr": vr, "InlineBinary": base64(bytes)}));
            }
            "US" => numbers(bytes, |it| u16::from_le_bytes(it).into()),
            "SS" => numbers(bytes, |it| i16::from_le_bytes(it).into()),
            "UL" => numbers(bytes, |it| u32::from_le_bytes(it).into()),
            "SL" => numbers(bytes, |it| i32::from_le_bytes(it).into()),
            "UV" => numbers(bytes, |it| u64::from_le_bytes(it).into()),
            "SV" => numbers(bytes, |it| i64::from_le_bytes(it).into()),
            "FL" => numbers(bytes, |it| f64::from(f32::from_le_bytes(it)).into()),
            "FD" => numbers(bytes, |it| f64::from_le_bytes(it).into()),
            "AT" => numbers(bytes, |[a, b, c, d]: [u8; 4]| {
                Value::String(format!("{b:02X}{a:02X}{d:02X}{c:02X}"))
            }),
            // A text that may hold backslashes.
            "LT" | "ST" | "UR" | "UT" => vec![Value::String(decoded(bytes))],
            _ => decoded(bytes).split('\\').map(|text| spoken(vr, text.trim())).collect(),
        },
    };
    Some(if values.is_empty() { json!({"vr": vr}) } else { json!({"vr": vr, "Value": values}) })
}

fn numbers<const N: usize>(bytes: &[u8], read: impl Fn([u8; N]) -> Value) -> Vec<Value> {
    bytes.as_chunks::<N>().0.iter().map(|chunk| read(*chunk)).collect()
}

fn spoken(vr: &str, text: &str) -> Value {
    match vr {
        _ if text.is_empty() => Value::Null,
        "PN" => {
            let kinds = ["Alphabetic", "Ideographic", "Phonetic"];
            let parts = kinds.into_iter().zip(text.split('='));
            let parts = parts.filter(|(_, part)| !part.is_empty());
            Value::Object(parts.map(|(kind, part)| (kind.to_owned(), part.into())).collect())
        }
        "DS" => text.parse::<f64>().map_or_else(|_| text.into(), Value::from),
        "IS" => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    }
}

/// A member with one text.
#[must_use]
pub fn said(vr: &str, text: &str) -> Value {
    if text.is_empty() { json!({"vr": vr}) } else { json!({"vr": vr, "Value": [spoken(vr, text)]}) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_written_as_the_standard_has_it() {
        let element = |vr: &[u8; 2], bytes: &[u8]| Element {
            tag: 0x0010_0010,
            vr: *vr,
            value: Content::Bytes(bytes.to_vec()),
        };
        let value = |vr, bytes: &[u8]| object(&[element(vr, bytes)])["00100010"]["Value"].clone();
        assert_eq!(
            value(b"PN", "आशा=x".as_bytes()),
            json!([{"Alphabetic": "आशा", "Ideographic": "x"}])
        );
        assert_eq!(value(b"CS", b"A\\ B "), json!(["A", "B"]));
        assert_eq!(value(b"LT", b"a\\b"), json!(["a\\b"]));
        assert_eq!(value(b"DS", b"1.5\\x "), json!([1.5, "x"]));
        assert_eq!(value(b"IS", b"-3"), json!([-3]));
        assert_eq!(value(b"US", &[1, 2, 3, 0]), json!([513, 3]));
        assert_eq!(value(b"FL", &0.5_f32.to_le_bytes()), json!([0.5]));
        assert_eq!(value(b"AT", &[0x10, 0, 0x20, 0]), json!(["00100020"]));
        assert_eq!(value(b"LO", b""), Value::Null);
        let binary = object(&[element(b"OB", &[1, 2])]);
        assert_eq!(binary["00100010"]["InlineBinary"], "AQI=");
        let long = Element { value: Content::Long, ..element(b"OW", &[]) };
        assert_eq!(object(&[long]), json!({}));
    }
}
