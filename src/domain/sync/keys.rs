//! Keys that change while names stay: a box and a portal are called after their first key for good.
//!
//! A key is followed by another one in a [`KeyLink`] that both have signed. The verification of signatures
//! is handed in: this module knows of no cryptography.

use crate::domain::sync::identity::{KeyId, PublicKey, Signature};

/// One key of a box follows another one. Both have signed [`link_text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLink {
    /// The key before.
    pub old: PublicKey,
    /// The key from then on.
    pub new: PublicKey,
    /// By the key before: the box itself says so.
    pub by_old: Signature,
    /// By the new key: the box holds it.
    pub by_new: Signature,
}

/// What both keys of a box sign.
#[must_use]
pub fn link_text(box_id: KeyId, old: &PublicKey, new: &PublicKey) -> String {
    format!("fieldray box key 1\nbox {box_id}\nold {old}\nnew {new}\n")
}

/// What the new key of a portal signs; the key before signs the order that announces it.
#[must_use]
pub fn portal_link_text(old: &PublicKey, new: &PublicKey) -> String {
    format!("fieldray portal key 1\nold {old}\nnew {new}\n")
}

impl KeyLink {
    /// Whether both keys have signed it for that box.
    #[must_use]
    pub fn holds(
        &self,
        box_id: KeyId,
        signed_by: impl Fn(&PublicKey, &str, &Signature) -> bool,
    ) -> bool {
        let text = link_text(box_id, &self.old, &self.new);
        self.old != self.new
            && signed_by(&self.old, &text, &self.by_old)
            && signed_by(&self.new, &text, &self.by_new)
    }
}

/// The name of the box whose keys follow one another up to `current`: that of its first key. `None`: a
/// link is missing or was not signed by both of its keys.
#[must_use]
pub fn name_of(
    chain: &[KeyLink],
    current: &PublicKey,
    signed_by: impl Fn(&PublicKey, &str, &Signature) -> bool,
) -> Option<KeyId> {
    let mut at = chain.first().map_or(*current, |link| link.old);
    let name = at.key_id();
    for link in chain {
        if link.old != at || !link.holds(name, &signed_by) {
            return None;
        }
        at = link.new;
    }
    (at == *current).then_some(name)
}

/// The last key of a chain, as far as it leads on from a key that is known. `None`: it does not, or a link
/// was not signed by both of its keys.
#[must_use]
pub fn followed(
    chain: &[KeyLink],
    box_id: KeyId,
    known: &PublicKey,
    signed_by: impl Fn(&PublicKey, &str, &Signature) -> bool,
) -> Option<PublicKey> {
    let from = chain.iter().position(|link| link.old == *known);
    let Some(from) = from else {
        return chain.last().map(|link| link.new).filter(|new| new == known);
    };
    let mut at = *known;
    for link in chain.iter().skip(from) {
        if link.old != at || !link.holds(box_id, &signed_by) {
            return None;
        }
        at = link.new;
    }
    Some(at)
}

/// A key that a portal has announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterKey {
    /// The key.
    pub key: PublicKey,
    /// The portal has shown it: the ones before are over for connections.
    pub used: bool,
}

/// All keys of one portal that a box knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalKeys {
    first: PublicKey,
    later: Vec<LaterKey>,
}

impl PortalKeys {
    /// The first one, which names the portal for good, and those announced since, in their order.
    #[must_use]
    pub const fn new(first: PublicKey, later: Vec<LaterKey>) -> Self {
        Self { first, later }
    }

    /// The first key: under it the box keeps what it knows of this portal.
    #[must_use]
    pub const fn name(&self) -> PublicKey {
        self.first
    }

    /// The last one announced.
    #[must_use]
    pub fn newest(&self) -> PublicKey {
        self.later.last().map_or(self.first, |later| later.key)
    }

    /// All of them, the newest first: by which receipts and orders may be signed. A record that is
    /// repeated gets its first receipt, whatever the key of today.
    #[must_use]
    pub fn known(&self) -> Vec<PublicKey> {
        let later = self.later.iter().rev().map(|later| later.key);
        later.chain([self.first]).collect()
    }

    /// Those that may answer a connection or sign a file, the newest first: the last one in use, and
    /// those announced since.
    #[must_use]
    pub fn pinned(&self) -> Vec<PublicKey> {
        let from = self.later.iter().rposition(|later| later.used);
        let later = self.later.iter().skip(from.unwrap_or(0)).rev().map(|later| later.key);
        later.chain(from.is_none().then_some(self.first)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [PublicKey; 3] = [
        PublicKey::from_bytes([1; 32]),
        PublicKey::from_bytes([2; 32]),
        PublicKey::from_bytes([3; 32]),
    ];

    /// A signature of the key's first byte and of what the text adds up to: enough to tell both.
    fn signed(key: &PublicKey, text: &str, signature: &Signature) -> bool {
        *signature == sign(key, text)
    }

    fn sign(key: &PublicKey, text: &str) -> Signature {
        Signature([text.bytes().fold(key.as_bytes()[0], |sum, byte| sum.rotate_left(1) ^ byte); 64])
    }

    fn link(name: KeyId, old: PublicKey, new: PublicKey) -> KeyLink {
        let text = link_text(name, &old, &new);
        KeyLink { old, new, by_old: sign(&old, &text), by_new: sign(&new, &text) }
    }

    #[test]
    fn a_box_keeps_its_name_through_all_its_keys() {
        let name = KEYS[0].key_id();
        let chain = [link(name, KEYS[0], KEYS[1]), link(name, KEYS[1], KEYS[2])];
        assert_eq!(name_of(&[], &KEYS[0], signed), Some(name));
        assert_eq!(name_of(&chain, &KEYS[2], signed), Some(name));
        assert_eq!(name_of(&chain, &KEYS[1], signed), None, "it ends with another key");
        assert_eq!(name_of(&chain[1..], &KEYS[2], signed), None, "signed for another name");
        let mut forged = chain;
        forged[1].by_old = Signature([0; 64]);
        assert_eq!(name_of(&forged, &KEYS[2], signed), None);
        let follow = |chain: &[KeyLink], known| followed(chain, name, known, signed);
        assert_eq!(follow(&chain, &KEYS[0]), Some(KEYS[2]));
        assert_eq!(follow(&chain, &KEYS[1]), Some(KEYS[2]));
        assert_eq!(follow(&chain, &KEYS[2]), Some(KEYS[2]), "said again");
        assert_eq!(follow(&chain[1..], &KEYS[0]), None);
        assert_eq!(follow(&forged, &KEYS[0]), None);
        let swapped = [chain[1], chain[0]];
        assert_eq!(name_of(&swapped, &KEYS[1], signed), None);
        assert!(!link(name, KEYS[0], KEYS[0]).holds(name, signed), "no key follows itself");
    }

    #[test]
    fn a_portal_is_known_by_both_keys_until_it_shows_the_new_one() {
        let later = |at: usize, used| LaterKey { key: KEYS[at], used };
        let keys = |later: Vec<LaterKey>| PortalKeys::new(KEYS[0], later);
        let check = |keys: &PortalKeys, pinned: &[usize]| {
            let expected: Vec<_> = pinned.iter().map(|at| KEYS[*at]).collect();
            assert_eq!(keys.pinned(), expected);
            assert_eq!(keys.name(), KEYS[0]);
            assert_eq!(keys.known().last(), Some(&KEYS[0]), "old receipts stay good");
        };
        check(&keys(vec![]), &[0]);
        check(&keys(vec![later(1, false)]), &[1, 0]);
        check(&keys(vec![later(1, true)]), &[1]);
        check(&keys(vec![later(1, true), later(2, false)]), &[2, 1]);
        check(&keys(vec![later(1, false), later(2, true)]), &[2]);
        assert_eq!(keys(vec![later(1, false)]).newest(), KEYS[1]);
    }
}
