//! A box's way to its portal: one HTTP client that speaks to the pinned portal alone.
//!
//! Requests are signed by the box, receipts are verified before anybody sees them. What to send, and
//! when, is decided elsewhere (`domain::sync::plan`, `app::sync`).

mod client;

pub use client::{
    Answered, Client, ImageState, Outgoing, PortalHolds, SupportState, enrolment, short,
};

use crate::domain::alert::contact::PhoneNumber;
use crate::domain::ids::Seq;
use crate::domain::sync::identity::{KeyId, PublicKey};
use crate::domain::sync::keys::{PortalKeys, portal_link_text};
use crate::domain::sync::order::{self, Order, PortalKeyChange};
use crate::domain::sync::receipt::{self, Receipt};
use crate::domain::sync::sms_digest::Pace;
use crate::keys::sealed::Recipient;
use crate::keys::signed_by;
use crate::wire::messages::SignedReceipt;

/// Where the portal is, and how much may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalSettings {
    /// Address, `https://…`.
    pub url: String,
    /// A public key of the portal: its first one, or one that it has announced since.
    pub key: PublicKey,
    /// One-time code of the enrolment; not needed any more once the box is enrolled.
    pub code: Option<String>,
    /// Every byte costs: images wait.
    pub metered: bool,
    /// Most bytes in 24 hours of the box being on; urgent records go beyond it.
    pub budget_bytes_per_day: Option<u64>,
    /// To whom files are encrypted that people carry to the portal; `None`: nothing is carried.
    pub recipient: Option<Recipient>,
    /// Where urgent results are announced by text message while no link comes; `None`: nowhere.
    pub sms: Option<AnnounceSettings>,
}

/// Announcing urgent results by text message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceSettings {
    /// The portal's telephone number.
    pub number: PhoneNumber,
    /// When, and how many.
    pub pace: Pace,
}

/// A receipt, if this portal signed it by any of its keys, for that record of that box.
#[must_use]
pub fn receipt(
    portal: &PortalKeys,
    box_id: KeyId,
    seq: Seq,
    signed: &SignedReceipt,
) -> Option<Receipt> {
    let receipt = signed.read(box_id, seq)?;
    let is_by = |key: &PublicKey| {
        let text = receipt::text(key, &receipt.delivered, receipt.place, receipt.at);
        signed_by(key, &text, &receipt.signature)
    };
    portal.known().iter().any(is_by).then_some(receipt)
}

/// Whether this portal signed an order for that box, by any of its keys.
#[must_use]
pub fn is_ordered(portal: &PortalKeys, box_id: KeyId, order: &Order) -> bool {
    let signed = (order.number, order.kind.as_str(), order.hash, order.at);
    let is_by =
        |key: &PublicKey| signed_by(key, &order::text(key, box_id, signed), &order.signature);
    portal.known().iter().any(is_by)
}

/// Whether the new key of a portal's announcement has signed it, and follows a key that is known.
#[must_use]
pub fn is_announced(portal: &PortalKeys, change: &PortalKeyChange) -> bool {
    let text = portal_link_text(&change.old, &change.new);
    portal.known().contains(&change.old) && signed_by(&change.new, &text, &change.by_new)
}

/// Why the portal did not answer as it should. Nothing is lost by any of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncFault {
    /// No connection, or it broke.
    #[error("the portal cannot be reached")]
    Unreachable,
    /// Somebody else answers at the portal's address.
    #[error("another portal answers at the address")]
    WrongPortal,
    /// The code of the enrolment is wrong, used or too old, or there is none.
    #[error("the portal does not accept the enrolment code")]
    NotEnrolled,
    /// The portal has shut this box out.
    #[error("the portal has revoked this box")]
    Revoked,
    /// The portal is busy, its disk is full, or it failed.
    #[error("the portal takes nothing in at the moment")]
    Busy {
        /// How long it asks to wait, milliseconds.
        wait_ms: Option<u64>,
    },
    /// An answer that makes no sense, or a receipt with a wrong signature.
    #[error("the portal's answer cannot be trusted")]
    BadAnswer,
    /// The box's own key or settings cannot be used.
    #[error("the connection to the portal cannot be set up: {0}")]
    SetUp(String),
}

impl SyncFault {
    /// Stable code, for texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::WrongPortal => "wrong-portal",
            Self::NotEnrolled => "not-enrolled",
            Self::Revoked => "revoked",
            Self::Busy { .. } => "busy",
            Self::BadAnswer => "bad-answer",
            Self::SetUp(_) => "set-up",
        }
    }
}
