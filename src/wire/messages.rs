//! The messages between a box and a portal, as JSON. They are read at the edge into domain values.

use serde::{Deserialize, Serialize};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};
use crate::domain::sync::keys::KeyLink;
use crate::domain::sync::receipt::{Delivered, Receipt};

/// Header with the name of the box that asks.
pub const BOX_HEADER: &str = "fieldray-box";
/// Header with the box's signature over the request.
pub const SIGNATURE_HEADER: &str = "fieldray-signature";

/// A box introduces itself by a code that works once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The code.
    pub code: String,
    /// The box's public key.
    pub key: String,
    /// What the box's site is called.
    pub name: String,
    /// How the key followed the one after which the box is called; empty: it is that one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<SignedLink>,
}

/// One key of a box follows another one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedLink {
    /// The key before.
    pub old: String,
    /// The key from then on.
    pub new: String,
    /// Signature of the key before.
    pub by_old: String,
    /// Signature of the new key.
    pub by_new: String,
}

/// How a box's keys followed one another up to the one by which it signs or wants to sign.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rotate {
    /// The links, the oldest first.
    pub links: Vec<SignedLink>,
}

/// The portal accepts the box by this key as well.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rotated {
    /// The key.
    pub key: String,
}

/// How a box is. The first thing that it says, and again every few minutes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hello {
    /// Version of the program.
    pub version: String,
    /// What its site is called.
    pub name: String,
    /// Number of the last record made.
    pub made: u64,
    /// All records up to this one have their receipt.
    pub through: u64,
    /// Records that wait, lane by lane.
    pub waiting: [u64; 4],
    /// Records that the portal refused.
    pub parked: u64,
    /// Free space for data, MiB.
    pub disk_free_mib: u64,
    /// More about how it is; `None`: an older program, which does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Box<BoxHealth>>,
    /// Key by which its text messages are known, 64 hexadecimal digits; `None`: it sends none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_key: Option<String>,
    /// Which program the box is, and how the portal's bundle is on it; an older program does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<Box<ProgramTold>>,
}

/// How a box is. A field that is missing is one that its program does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoxHealth {
    /// Whether anything confirmed its clock.
    pub clock_synced: Option<bool>,
    /// Code of what runs the networks; empty: nothing does.
    pub backend: String,
    /// Model packs in use, identity and version.
    pub models: Vec<String>,
    /// Chosen model packs that could not be used.
    pub models_passed_over: u64,
    /// Studies held for a person.
    pub held: u64,
    /// Messages about open alerts that were given up.
    pub undelivered: u64,
    /// Code of how hot it is; empty: not known.
    pub heat: String,
    /// Codes of what is wrong with its storage.
    pub storage_flaws: Vec<String>,
    /// To whom things are sealed that only the box may read, an age recipient; empty: it takes none.
    pub seal_key: String,
    /// When the first one ends of the certificates that it has from elsewhere, ms since 1970; `None`: it has
    /// none.
    pub certificate_until_ms: Option<i64>,
}

/// Which program a box is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProgramTold {
    /// Machines for which it was built, a target triple.
    pub target: String,
    /// How long the box has been on in its life, ms.
    pub on_ms: u64,
    /// The last version from which it went back; empty: none.
    #[serde(default)]
    pub failed: String,
    /// How far the portal's bundle is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleTold>,
}

/// How far the portal's bundle is on a box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BundleTold {
    /// Number of its order.
    pub number: u64,
    /// Code of its stage.
    pub stage: String,
    /// Bytes that are there.
    pub held: u64,
}

/// What the portal holds of the box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Welcome {
    /// Version of the portal's program.
    pub version: String,
    /// Records of the box that it holds.
    pub held: u64,
    /// SHA-256 over `seq hash` lines of all of them, in order.
    pub digest: String,
    /// Orders for the box of which nothing has been heard.
    #[serde(default)]
    pub orders: u64,
    /// Key for which text messages to this portal are sealed; `None`: it reads none, or has no key of the box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_key: Option<String>,
    /// It takes support bundles; an older portal does not say.
    #[serde(default)]
    pub support: bool,
}

/// Records in one request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Records {
    /// The records.
    pub records: Vec<Record>,
}

/// One record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The box's number for it.
    pub seq: i64,
    /// Code of its kind.
    pub kind: String,
    /// The study, 32 hexadecimal digits.
    pub study: String,
    /// SHA-256 of `body`.
    pub hash: String,
    /// The bundle, exact to the byte.
    pub body: String,
}

/// Answers to [`Records`], in their order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// One for each record.
    pub answers: Vec<Answer>,
}

/// What became of one record: a receipt, or the reason why there is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The box's number for it.
    pub seq: i64,
    /// The receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<SignedReceipt>,
    /// Why it was refused; a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// What the portal has of an image.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImageAnswer {
    /// Bytes, from the first one.
    pub held: u64,
    /// The receipt, as soon as it has all of them and they are the right ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<SignedReceipt>,
}

/// Which records the portal holds, a page at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Number and hash of each, in order.
    pub records: Vec<(i64, String)>,
    /// Whether there are more after the last one.
    pub more: bool,
}

/// The box says what became of orders, and asks for more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskOrders {
    /// What became of orders since it last said so.
    pub told: Vec<ToldOutcome>,
    /// Most bytes of bodies that it takes now; one order comes whatever its size.
    pub bytes: u64,
}

/// What became of one order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ToldOutcome {
    /// The portal's number for it.
    pub number: u64,
    /// SHA-256 of its body.
    pub hash: String,
    /// Code of the outcome.
    pub outcome: String,
    /// Why it was refused; empty unless it was.
    pub reason: String,
    /// The same in a person's words; empty where nobody wrote any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Orders for a box, what presses first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderList {
    /// The orders.
    pub orders: Vec<SignedOrder>,
    /// Whether there are more.
    pub more: bool,
}

/// An order on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedOrder {
    /// The portal's number for it.
    pub number: u64,
    /// Code of its kind.
    pub kind: String,
    /// SHA-256 of `body`.
    pub hash: String,
    /// When it was made, by the portal's clock, ms since 1970.
    pub time: i64,
    /// The portal's signature.
    pub signature: String,
    /// What is asked, exact to the byte.
    pub body: String,
}

/// A receipt on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedReceipt {
    /// SHA-256 of what was delivered.
    pub hash: String,
    /// The portal's number for it.
    pub place: u64,
    /// When, by the portal's clock, ms since 1970.
    pub time: i64,
    /// The portal's signature.
    pub signature: String,
}

impl SignedLink {
    /// Writes a link.
    #[must_use]
    pub fn of(link: &KeyLink) -> Self {
        Self {
            old: link.old.to_string(),
            new: link.new.to_string(),
            by_old: link.by_old.to_string(),
            by_new: link.by_new.to_string(),
        }
    }

    /// Reads a link; `None` for texts that are none.
    #[must_use]
    pub fn read(&self) -> Option<KeyLink> {
        Some(KeyLink {
            old: PublicKey::parse(&self.old)?,
            new: PublicKey::parse(&self.new)?,
            by_old: Signature::parse(&self.by_old)?,
            by_new: Signature::parse(&self.by_new)?,
        })
    }
}

impl SignedReceipt {
    /// Writes a receipt.
    #[must_use]
    pub fn of(receipt: &Receipt) -> Self {
        Self {
            hash: receipt.delivered.hash.to_string(),
            place: receipt.place,
            time: receipt.at.0,
            signature: receipt.signature.to_string(),
        }
    }

    /// Reads a receipt for a record of that box; `None` for texts that are none.
    #[must_use]
    pub fn read(&self, box_id: KeyId, seq: Seq) -> Option<Receipt> {
        let hash = Sha256Digest::parse(&self.hash)?;
        Some(Receipt {
            delivered: Delivered { box_id, seq, hash },
            place: self.place,
            at: WallMs(self.time),
            signature: Signature::parse(&self.signature)?,
        })
    }
}
