//! Messages about support bundles between a box and its portal. Over a link a bundle goes piece by piece; in a file
//! that people carry it is a [`Record`] of a kind of its own, which a portal that does not know it refuses
//! without refusing the file.

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::support::{BUNDLE_BYTES_MAX, Ends, SupportBundle};
use crate::wire::encoding::{base64, from_base64};
use crate::wire::messages::{Record, SignedReceipt};

/// The kind of a carried bundle.
pub const CARRIED_KIND: &str = "support";
/// Why there is no receipt: the time of the bundle is over, and the portal has let it go.
pub const OVER: &str = "over";

/// The query of `PUT /sync/v1/support/{hash}`: which piece of which bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The box's number for the consent.
    pub consent: i64,
    /// Bytes of the whole.
    pub size: u64,
    /// First byte.
    pub from: u64,
    /// How long the consent lasts from now on, milliseconds.
    pub lasts: i64,
    /// When it ends, ms since 1970, by the box's clock; missing: nothing has confirmed that.
    #[serde(default)]
    pub until: Option<i64>,
}

impl Piece {
    /// The piece that begins at `from`.
    #[must_use]
    pub const fn new(bundle: SupportBundle, size: u64, from: u64, ends: Ends) -> Self {
        let until = match ends.until {
            Some(until) => Some(until.0),
            None => None,
        };
        Self { consent: bundle.consent, size, from, lasts: ends.lasts_ms, until }
    }

    /// As the query of an address.
    #[must_use]
    pub fn query(&self) -> String {
        let Self { consent, size, from, lasts, until } = self;
        let until = until.map(|until| format!("&until={until}")).unwrap_or_default();
        format!("consent={consent}&size={size}&from={from}&lasts={lasts}{until}")
    }

    /// When the consent ends.
    #[must_use]
    pub fn ends(&self) -> Ends {
        Ends { lasts_ms: self.lasts, until: self.until.map(WallMs) }
    }
}

/// What the portal has of a bundle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SupportAnswer {
    /// Bytes, from the first one.
    pub held: u64,
    /// The receipt, as soon as it has all of them and they are the right ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<SignedReceipt>,
    /// Its time is over: the portal has nothing of it, and takes nothing.
    #[serde(default)]
    pub over: bool,
}

/// Bundles whose consents are over. The portal answers with the same once they are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportOver {
    /// Number of the consent and hash of the file.
    pub bundles: Vec<(i64, String)>,
}

impl SupportOver {
    /// Writes them.
    #[must_use]
    pub fn of(bundles: &[SupportBundle]) -> Self {
        let told = bundles.iter().map(|one| (one.consent, one.hash.to_string()));
        Self { bundles: told.collect() }
    }

    /// Reads them; `None` for what is none.
    #[must_use]
    pub fn read(&self) -> Option<Vec<SupportBundle>> {
        let read = |(consent, hash): &(i64, String)| {
            SupportBundle::of(Seq(consent.checked_neg()?), Sha256Digest::parse(hash)?)
        };
        self.bundles.iter().map(read).collect()
    }
}

/// A bundle in a file that people carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// All of it.
    Whole {
        /// Which one.
        bundle: SupportBundle,
        /// When its consent ends.
        ends: Ends,
        /// The sealed file.
        sealed: Vec<u8>,
    },
    /// Its consent is over.
    Over(SupportBundle),
}

#[derive(Serialize, Deserialize)]
struct Body {
    lasts: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    /// In base64; missing: the consent is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
}

impl Carried {
    /// As a record. Its number is none of a record's, and its hash is the one of the file.
    #[must_use]
    pub fn record(&self) -> Record {
        let (bundle, body) = match self {
            Self::Whole { bundle, ends, sealed } => {
                let until = ends.until.map(|until| until.0);
                let sealed = Some(base64(sealed));
                (bundle, Body { lasts: ends.lasts_ms, until, sealed })
            }
            Self::Over(bundle) => (bundle, Body { lasts: 0, until: None, sealed: None }),
        };
        Record {
            seq: bundle.seq().0,
            kind: CARRIED_KIND.to_owned(),
            study: String::new(),
            hash: bundle.hash.to_string(),
            // Numbers and a text: that cannot fail. What is empty would be refused.
            body: serde_json::to_string(&body).unwrap_or_default(),
        }
    }

    /// Reads a record; `None`: it is no bundle, or its file is not the one that the hash names.
    #[must_use]
    pub fn of(record: &Record) -> Option<Self> {
        if record.kind != CARRIED_KIND {
            return None;
        }
        let bundle = SupportBundle::of(Seq(record.seq), Sha256Digest::parse(&record.hash)?)?;
        let body: Body = serde_json::from_str(&record.body).ok()?;
        let Some(sealed) = body.sealed else { return Some(Self::Over(bundle)) };
        let sealed = from_base64(&sealed)?;
        let fits = !sealed.is_empty() && sealed.len() as u64 <= BUNDLE_BYTES_MAX;
        let ends = Ends { lasts_ms: body.lasts, until: body.until.map(WallMs) };
        let sound = fits && Sha256Digest::of(&sealed) == bundle.hash;
        sound.then_some(Self::Whole { bundle, ends, sealed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_carried_reads_back(
            consent in 1_i64..1_000_000,
            lasts_ms in 0_i64..700_000_000,
            until: Option<i64>,
            sealed in prop::collection::vec(any::<u8>(), 1..2_000),
        ) {
            let bundle = SupportBundle { consent, hash: Sha256Digest::of(&sealed) };
            let ends = Ends { lasts_ms, until: until.map(WallMs) };
            let over = Carried::Over(bundle);
            prop_assert_eq!(Carried::of(&over.record()), Some(over));
            let mut damaged = sealed.clone();
            damaged[0] ^= 1;
            let whole = Carried::Whole { bundle, ends, sealed };
            prop_assert_eq!(Carried::of(&whole.record()), Some(whole));
            let damaged = Carried::Whole { bundle, ends, sealed: damaged };
            prop_assert_eq!(Carried::of(&damaged.record()), None);
            let told = SupportOver::of(&[bundle]);
            prop_assert_eq!(told.read(), Some(vec![bundle]));
        }
    }

    #[test]
    fn the_largest_bundle_fits_into_a_carried_file() {
        use crate::wire::carry::{Frame, FrameReader, FrameWriter};
        use crate::wire::messages::Records;
        // Bytes by chance, which no compression helps.
        let mut state = 1_u64;
        let byte = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_le_bytes()[7]
        };
        let sealed: Vec<u8> = (0..BUNDLE_BYTES_MAX).map(byte).collect();
        let bundle = SupportBundle { consent: 1, hash: Sha256Digest::of(&sealed) };
        let ends = Ends { lasts_ms: 1, until: None };
        let whole = Carried::Whole { bundle, ends, sealed };
        let mut out = FrameWriter::new(Vec::new());
        out.frame(&Frame::Records(Records { records: vec![whole.record()] })).unwrap();
        let written = out.end(|_| crate::domain::sync::identity::Signature([0; 64])).unwrap();
        let (frame, _) = FrameReader::new(&*written).frame().unwrap();
        let Frame::Records(read) = frame else { panic!("records") };
        assert_eq!(Carried::of(&read.records[0]), Some(whole));
    }

    #[test]
    fn records_of_other_kinds_are_none() {
        let bundle = SupportBundle { consent: 1, hash: Sha256Digest::from_bytes([1; 32]) };
        let sound = Carried::Over(bundle).record();
        for wrong in [
            Record { kind: "result".to_owned(), ..sound.clone() },
            Record { seq: 1, ..sound.clone() },
            Record { seq: i64::MIN, ..sound.clone() },
            Record { body: "{".to_owned(), ..sound.clone() },
        ] {
            assert_eq!(Carried::of(&wrong), None);
        }
    }
}
