//! The proof that a record arrived: the portal's signed word for one record and its hash.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::{KeyId, PublicKey, Signature};

/// What a receipt is about: one record of one box, exact to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The box.
    pub box_id: KeyId,
    /// Its number for the record.
    pub seq: Seq,
    /// SHA-256 of the record as it was sent, or of the image.
    pub hash: Sha256Digest,
}

/// A portal's receipt. It is kept beside the record for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What was delivered.
    pub delivered: Delivered,
    /// The portal's own number for it: two records never share one, a repetition gets the first one's.
    pub place: u64,
    /// When it was taken in, by the portal's clock.
    pub at: WallMs,
    /// Over [`text`].
    pub signature: Signature,
}

/// What a portal signs.
#[must_use]
pub fn text(portal: &PublicKey, delivered: &Delivered, place: u64, at: WallMs) -> String {
    let Delivered { box_id, seq, hash } = delivered;
    format!(
        "fieldray receipt 1\nportal {portal}\nbox {box_id}\nrecord {seq}\nhash {hash}\n\
         place {place}\ntime {}\n",
        at.0
    )
}

/// Whether an answer is the receipt for what was sent, so that no record gets its tick by the receipt
/// of another one. The signature is verified where the cryptography is.
#[must_use]
pub fn answers(receipt: &Receipt, sent: &Delivered) -> bool {
    receipt.delivered == *sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_says_which_bytes_of_which_box_it_is_for() {
        let portal = PublicKey::from_bytes([1; 32]);
        let delivered = |seq| Delivered {
            box_id: KeyId::from_bytes([2; 16]),
            seq: Seq(seq),
            hash: Sha256Digest::from_bytes([3; 32]),
        };
        let text = |seq| text(&portal, &delivered(seq), 9, WallMs(5));
        assert_ne!(text(1), text(2));
        assert!(text(1).ends_with("place 9\ntime 5\n"));
        let receipt = Receipt {
            delivered: delivered(1),
            place: 9,
            at: WallMs(5),
            signature: Signature([0; 64]),
        };
        assert!(answers(&receipt, &delivered(1)));
        assert!(!answers(&receipt, &delivered(2)));
    }
}
