//! Bodies of orders as JSON, read at the edge into [`Asked`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::Finding;
use crate::domain::ids::StudyId;
use crate::domain::people::{PersonName, Phi};
use crate::domain::signing::{FreeText, Opinion};
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::Signature;
use crate::domain::sync::order::{
    Asked, Order, OrderKind, OrderRefusal, PortalSetting, Request, hours_allowed,
};
use crate::domain::sync::review::Review;
use crate::wire::messages::SignedOrder;

#[derive(Serialize, Deserialize)]
struct ReviewBody {
    study: String,
    radiograph: String,
    reader: String,
    time: i64,
    /// Code of a finding, code of the opinion.
    opinions: BTreeMap<String, String>,
    conclusion: String,
}

#[derive(Serialize, Deserialize)]
struct SettingsBody {
    by: String,
    values: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct RequestBody {
    by: String,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<u32>,
}

/// Kind and body of an order.
#[must_use]
pub fn body(asked: &Asked) -> (OrderKind, String) {
    let request = |request: &Request, hours| {
        let (by, reason) = (request.by.as_str().to_owned(), request.reason.as_str().to_owned());
        json(&RequestBody { by, reason, hours })
    };
    match asked {
        Asked::Wipe(why) => (OrderKind::Wipe, request(why, None)),
        Asked::Support(why, hours) => (OrderKind::Support, request(why, Some(*hours))),
        Asked::Settings(by, values) => {
            let values = values.iter().map(|(one, value)| (one.code().to_owned(), value.clone()));
            let by = by.as_str().to_owned();
            (OrderKind::Settings, json(&SettingsBody { by, values: values.collect() }))
        }
        Asked::Review(review) => (OrderKind::Review, review_text(review)),
    }
}

fn review_text(review: &Review) -> String {
    let opinions = review.opinions.iter();
    json(&ReviewBody {
        study: review.study.to_string(),
        radiograph: review.radiograph.to_string(),
        reader: review.reader.as_str().to_owned(),
        time: review.at.0,
        opinions: opinions.map(|(f, o)| (f.code().to_owned(), o.code().to_owned())).collect(),
        conclusion: review.conclusion.as_str().to_owned(),
    })
}

fn json(body: &impl Serialize) -> String {
    // Texts and numbers under fixed names cannot fail to be written.
    serde_json::to_string(body).unwrap_or_default()
}

/// Reads an order's body.
///
/// # Errors
/// Why it is refused.
pub fn read(kind: OrderKind, body: &str) -> Result<Asked, OrderRefusal> {
    match kind {
        OrderKind::Wipe => Ok(Asked::Wipe(request(body)?.0)),
        OrderKind::Support => {
            let (request, hours) = request(body)?;
            let hours = hours.filter(|hours| hours_allowed(*hours));
            Ok(Asked::Support(request, hours.ok_or(OrderRefusal::Unreadable)?))
        }
        OrderKind::Settings => settings(body),
        OrderKind::Review => review(body).map(Asked::Review).ok_or(OrderRefusal::Unreadable),
    }
}

fn request(body: &str) -> Result<(Request, Option<u32>), OrderRefusal> {
    let read = || {
        let RequestBody { by, reason, hours } = serde_json::from_str(body).ok()?;
        let by = PersonName::parse(&by)?;
        Some((Request { by, reason: FreeText::parse(&reason)? }, hours))
    };
    read().ok_or(OrderRefusal::Unreadable)
}

fn settings(body: &str) -> Result<Asked, OrderRefusal> {
    let read: Option<SettingsBody> = serde_json::from_str(body).ok();
    let SettingsBody { by, values } = read.ok_or(OrderRefusal::Unreadable)?;
    let by = PersonName::parse(&by).ok_or(OrderRefusal::Unreadable)?;
    let values = values.into_iter().map(|(name, value)| {
        let setting = PortalSetting::parse(&name).ok_or(OrderRefusal::SettingUnknown)?;
        if setting.accepts(&value) {
            Ok((setting, value))
        } else {
            Err(OrderRefusal::SettingInvalid)
        }
    });
    Ok(Asked::Settings(by, values.collect::<Result<_, _>>()?))
}

fn review(body: &str) -> Option<Review> {
    let ReviewBody { study, radiograph, reader, time, opinions, conclusion } =
        serde_json::from_str(body).ok()?;
    let opinions = opinions
        .iter()
        .map(|(finding, opinion)| Some((Finding::parse(finding)?, Opinion::parse(opinion)?)));
    let mut opinions = opinions.collect::<Option<Vec<_>>>()?;
    opinions.sort_by_key(|(finding, _)| *finding);
    Some(Review {
        study: StudyId::parse(&study)?,
        radiograph: Sha256Digest::parse(&radiograph)?,
        reader: PersonName::parse(&reader)?,
        at: WallMs(time),
        opinions,
        conclusion: FreeText::parse(&conclusion)?,
    })
}

impl SignedOrder {
    /// Writes an order.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        Self {
            number: order.number,
            kind: order.kind.clone(),
            hash: order.hash.to_string(),
            time: order.at.0,
            signature: order.signature.to_string(),
            body: order.body.reveal().clone(),
        }
    }

    /// Reads an order whose body has the hash that it names; `None` for anything else.
    #[must_use]
    pub fn read(self) -> Option<Order> {
        let hash = Sha256Digest::parse(&self.hash)?;
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        let named = !self.kind.is_empty() && self.kind.len() <= 40 && self.kind.chars().all(plain);
        // The number becomes a column of a database.
        let numbered = self.number > 0 && i64::try_from(self.number).is_ok();
        if !named || !numbered || Sha256Digest::of(&self.body) != hash {
            return None;
        }
        Some(Order {
            number: self.number,
            kind: self.kind,
            hash,
            at: WallMs(self.time),
            signature: Signature::parse(&self.signature)?,
            body: Phi::new(self.body),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn request() -> Request {
        let by = PersonName::parse("Dr. Sen").unwrap();
        Request { by, reason: FreeText::parse("Stolen from the bus").unwrap() }
    }

    #[test]
    fn what_is_asked_reads_back() {
        let review = Review {
            study: StudyId::from_bytes([1; 16]),
            radiograph: Sha256Digest::from_bytes([2; 32]),
            reader: request().by,
            at: WallMs(5),
            opinions: vec![
                (Finding::Tuberculosis, Opinion::Seen),
                (Finding::Effusion, Opinion::NotSeen),
            ],
            conclusion: FreeText::parse("Cavity.\nRight upper zone.").unwrap(),
        };
        let values = vec![(PortalSetting::Metered, "true".to_owned())];
        for asked in [
            Asked::Wipe(request()),
            Asked::Support(request(), 72),
            Asked::Settings(request().by, values),
            Asked::Review(review),
        ] {
            let (kind, body) = body(&asked);
            assert_eq!(read(kind, &body), Ok(asked));
        }
    }

    #[test]
    fn what_may_not_be_set_is_refused_as_a_whole() {
        let check = |values: &str, why| {
            let body = format!(r#"{{"by":"Dr. Sen","values":{{{values}}}}}"#);
            assert_eq!(read(OrderKind::Settings, &body), Err(why));
        };
        check(r#""metered":"true","alert_rules":"none""#, OrderRefusal::SettingUnknown);
        check(r#""metered":"perhaps""#, OrderRefusal::SettingInvalid);
        let long = r#"{"by":"A","reason":"","hours":100000}"#;
        assert_eq!(read(OrderKind::Support, long), Err(OrderRefusal::Unreadable));
    }

    proptest! {
        #[test]
        fn odd_bodies_do_no_harm(body in ".{0,200}") {
            for kind in OrderKind::ALL {
                prop_assert!(read(kind, &body).is_err());
            }
        }
    }
}
