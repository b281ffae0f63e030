//! Bodies of orders as JSON, read at the edge into [`Asked`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::Finding;
use crate::domain::ids::StudyId;
use crate::domain::people::{PersonName, Phi};
use crate::domain::signing::{FreeText, Opinion};
use crate::domain::stamp::WallMs;
use crate::domain::sync::amendment::Amendment;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::certificate::CertificateOffer;
use crate::domain::sync::identity::{PublicKey, Signature};
use crate::domain::sync::order::{
    Asked, Order, OrderKind, OrderRefusal, PortalKeyChange, PortalSetting, Request, hours_allowed,
};
use crate::domain::sync::review::Review;
use crate::domain::update::ReleaseVersion;
use crate::wire::encoding::{base64, from_base64};
use crate::wire::messages::SignedOrder;

/// Longest code of a kind, characters.
const KIND_CHARS_MAX: usize = 40;

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
struct AmendmentBody {
    study: String,
    /// Hash of the signed version that it follows.
    follows: String,
    radiograph: String,
    reader: String,
    time: i64,
    opinions: BTreeMap<String, String>,
    conclusion: String,
    recommendation: String,
    reason: String,
}

#[derive(Serialize, Deserialize)]
struct PortalKeyBody {
    by: String,
    old: String,
    new: String,
    by_new: String,
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

#[derive(Serialize, Deserialize)]
struct BundleBody {
    by: String,
    hash: String,
    size: u64,
    version: String,
    target: String,
    from_min: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    packs: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct WithdrawBody {
    by: String,
    hash: String,
    keep: bool,
}

#[derive(Serialize, Deserialize)]
struct CertificateBody {
    by: String,
    /// Together with `key`; neither: the box's own certificate alone again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chain: Option<String>,
    /// Sealed, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
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
        Asked::Amendment(amendment) => (OrderKind::Amendment, amendment_text(amendment)),
        Asked::Rotate(why) => (OrderKind::Rotate, request(why, None)),
        Asked::PortalKey(by, PortalKeyChange { old, new, by_new }) => {
            let (old, new, by_new) = (old.to_string(), new.to_string(), by_new.to_string());
            let by = by.as_str().to_owned();
            (OrderKind::PortalKey, json(&PortalKeyBody { by, old, new, by_new }))
        }
        Asked::Bundle(by, offer) => (OrderKind::Bundle, bundle_text(by, offer)),
        Asked::WithdrawBundle { by, hash, keep } => {
            let (by, hash) = (by.as_str().to_owned(), hash.to_string());
            (OrderKind::WithdrawBundle, json(&WithdrawBody { by, hash, keep: *keep }))
        }
        Asked::Certificate(by, offer) => {
            let chain = offer.as_ref().map(|offer| offer.chain.clone());
            let key = offer.as_ref().map(|offer| base64(&offer.sealed_key));
            let by = by.as_str().to_owned();
            (OrderKind::Certificate, json(&CertificateBody { by, chain, key }))
        }
    }
}

fn bundle_text(by: &PersonName, offer: &BundleOffer) -> String {
    json(&BundleBody {
        by: by.as_str().to_owned(),
        hash: offer.hash.to_string(),
        size: offer.size_bytes,
        version: offer.version.to_string(),
        target: offer.target.clone(),
        from_min: offer.from_min.to_string(),
        packs: offer.packs.clone(),
    })
}

fn review_text(review: &Review) -> String {
    json(&ReviewBody {
        study: review.study.to_string(),
        radiograph: review.radiograph.to_string(),
        reader: review.reader.as_str().to_owned(),
        time: review.at.0,
        opinions: opinion_codes(&review.opinions),
        conclusion: review.conclusion.as_str().to_owned(),
    })
}

fn amendment_text(amendment: &Amendment) -> String {
    json(&AmendmentBody {
        study: amendment.study.to_string(),
        follows: amendment.follows.to_string(),
        radiograph: amendment.radiograph.to_string(),
        reader: amendment.reader.as_str().to_owned(),
        time: amendment.at.0,
        opinions: opinion_codes(&amendment.opinions),
        conclusion: amendment.conclusion.as_str().to_owned(),
        recommendation: amendment.recommendation.as_str().to_owned(),
        reason: amendment.reason.as_str().to_owned(),
    })
}

fn opinion_codes(opinions: &[(Finding, Opinion)]) -> BTreeMap<String, String> {
    opinions.iter().map(|(f, o)| (f.code().to_owned(), o.code().to_owned())).collect()
}

fn read_opinions(codes: &BTreeMap<String, String>) -> Option<Vec<(Finding, Opinion)>> {
    let pairs = codes
        .iter()
        .map(|(finding, opinion)| Some((Finding::parse(finding)?, Opinion::parse(opinion)?)));
    let mut opinions = pairs.collect::<Option<Vec<_>>>()?;
    opinions.sort_by_key(|(finding, _)| *finding);
    Some(opinions)
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
        OrderKind::Amendment => {
            amendment(body).map(Asked::Amendment).ok_or(OrderRefusal::Unreadable)
        }
        OrderKind::Rotate => Ok(Asked::Rotate(request(body)?.0)),
        OrderKind::PortalKey => portal_key(body).ok_or(OrderRefusal::Unreadable),
        OrderKind::Bundle => bundle(body).ok_or(OrderRefusal::Unreadable),
        OrderKind::WithdrawBundle => withdraw(body).ok_or(OrderRefusal::Unreadable),
        OrderKind::Certificate => certificate(body).ok_or(OrderRefusal::Unreadable),
    }
}

fn bundle(body: &str) -> Option<Asked> {
    let read: BundleBody = serde_json::from_str(body).ok()?;
    let offer = BundleOffer {
        hash: Sha256Digest::parse(&read.hash)?,
        size_bytes: read.size,
        version: ReleaseVersion::parse(&read.version)?,
        target: read.target,
        from_min: ReleaseVersion::parse(&read.from_min)?,
        packs: read.packs,
    };
    let by = PersonName::parse(&read.by)?;
    offer.makes_sense().then_some(Asked::Bundle(by, offer))
}

fn withdraw(body: &str) -> Option<Asked> {
    let WithdrawBody { by, hash, keep } = serde_json::from_str(body).ok()?;
    let (by, hash) = (PersonName::parse(&by)?, Sha256Digest::parse(&hash)?);
    Some(Asked::WithdrawBundle { by, hash, keep })
}

fn certificate(body: &str) -> Option<Asked> {
    let CertificateBody { by, chain, key } = serde_json::from_str(body).ok()?;
    let offer = match (chain, key) {
        (None, None) => None,
        (Some(chain), Some(key)) => {
            let offer = CertificateOffer { chain, sealed_key: from_base64(&key)? };
            Some(offer.makes_sense().then_some(offer)?)
        }
        _ => return None,
    };
    Some(Asked::Certificate(PersonName::parse(&by)?, offer))
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
    Some(Review {
        study: StudyId::parse(&study)?,
        radiograph: Sha256Digest::parse(&radiograph)?,
        reader: PersonName::parse(&reader)?,
        at: WallMs(time),
        opinions: read_opinions(&opinions)?,
        conclusion: FreeText::parse(&conclusion)?,
    })
}

fn amendment(body: &str) -> Option<Amendment> {
    let body: AmendmentBody = serde_json::from_str(body).ok()?;
    let reason = FreeText::parse(&body.reason)?;
    let conclusion = FreeText::parse(&body.conclusion)?;
    // A report is not changed without a reason, nor into one without a word.
    if reason.is_empty() || conclusion.is_empty() {
        return None;
    }
    Some(Amendment {
        study: StudyId::parse(&body.study)?,
        follows: Sha256Digest::parse(&body.follows)?,
        radiograph: Sha256Digest::parse(&body.radiograph)?,
        reader: PersonName::parse(&body.reader)?,
        at: WallMs(body.time),
        opinions: read_opinions(&body.opinions)?,
        conclusion,
        recommendation: FreeText::parse(&body.recommendation)?,
        reason,
    })
}

fn portal_key(body: &str) -> Option<Asked> {
    let PortalKeyBody { by, old, new, by_new } = serde_json::from_str(body).ok()?;
    let change = PortalKeyChange {
        old: PublicKey::parse(&old)?,
        new: PublicKey::parse(&new)?,
        by_new: Signature::parse(&by_new)?,
    };
    Some(Asked::PortalKey(PersonName::parse(&by)?, change))
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

    /// Number, kind and hash of an order as it came, whatever its body and its signature are worth; `None`
    /// where it cannot be named at all.
    #[must_use]
    pub fn named(&self) -> Option<(u64, String, Sha256Digest)> {
        let numbered = self.number > 0 && i64::try_from(self.number).is_ok();
        let plain = |c: &char| c.is_ascii_lowercase() || *c == '_';
        let kind = self.kind.chars().filter(plain).take(KIND_CHARS_MAX).collect();
        let hash = Sha256Digest::parse(&self.hash)?;
        numbered.then_some((self.number, kind, hash))
    }

    /// Reads an order whose body has the hash that it names; `None` for anything else.
    #[must_use]
    pub fn read(self) -> Option<Order> {
        let hash = Sha256Digest::parse(&self.hash)?;
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        let named = !self.kind.is_empty()
            && self.kind.len() <= KIND_CHARS_MAX
            && self.kind.chars().all(plain);
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
        let amendment = Amendment {
            study: StudyId::from_bytes([1; 16]),
            follows: Sha256Digest::from_bytes([4; 32]),
            radiograph: Sha256Digest::from_bytes([2; 32]),
            reader: request().by,
            at: WallMs(6),
            opinions: vec![(Finding::Tuberculosis, Opinion::Seen)],
            conclusion: FreeText::parse("Cavity.").unwrap(),
            recommendation: FreeText::default(),
            reason: FreeText::parse("Seen at the second look.").unwrap(),
        };
        let key = |byte| PublicKey::from_bytes([byte; 32]);
        let change = PortalKeyChange { old: key(1), new: key(2), by_new: Signature([3; 64]) };
        let offer = BundleOffer {
            hash: Sha256Digest::from_bytes([3; 32]),
            size_bytes: 150_000_000,
            version: ReleaseVersion::parse("0.3.0").unwrap(),
            target: "aarch64-unknown-linux-gnu".to_owned(),
            from_min: ReleaseVersion::parse("0.1.0").unwrap(),
            packs: vec!["findings@3.0.0".to_owned()],
        };
        let certificate =
            CertificateOffer { chain: "-----BEGIN".to_owned(), sealed_key: vec![1, 2, 255] };
        for asked in [
            Asked::Certificate(request().by, Some(certificate)),
            Asked::Certificate(request().by, None),
            Asked::WithdrawBundle { by: request().by, hash: offer.hash, keep: true },
            Asked::Bundle(request().by, offer),
            Asked::Wipe(request()),
            Asked::Support(request(), 72),
            Asked::Settings(request().by, values),
            Asked::Review(review),
            Asked::Amendment(amendment),
            Asked::Rotate(request()),
            Asked::PortalKey(request().by, change),
        ] {
            let (kind, body) = body(&asked);
            assert_eq!(read(kind, &body), Ok(asked));
        }
    }

    #[test]
    fn a_certificate_comes_with_its_key_or_not_at_all() {
        for parts in [r#","chain":"A""#, r#","key":"AA==""#, r#","chain":"A","key":"?""#] {
            let body = format!(r#"{{"by":"Dr. Sen"{parts}}}"#);
            assert_eq!(read(OrderKind::Certificate, &body), Err(OrderRefusal::Unreadable));
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
