//! What one side holds, in one hash: box and portal compare it and need not send lists.

use sha2::digest::common::hazmat::SerializableState as _;
use sha2::{Digest as _, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;

/// SHA-256 over lines of number and hash, in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    hash: Sha256,
    count: u64,
}

impl Inventory {
    /// Adds a record.
    pub fn add(&mut self, seq: Seq, digest: Sha256Digest) {
        self.hash.update(format!("{seq} {digest}\n"));
        self.count += 1;
    }

    /// What is needed to go on from here another time, beside the count: the unfinished hash.
    #[must_use]
    pub fn state(&self) -> (u64, Vec<u8>) {
        (self.count, self.hash.serialize().to_vec())
    }

    /// Goes on from there; `None`: that is no state of one.
    #[must_use]
    pub fn resume(count: u64, state: &[u8]) -> Option<Self> {
        let hash = Sha256::deserialize(&state.try_into().ok()?).ok()?;
        Some(Self { hash, count })
    }

    /// How many records there are, and the hash over them.
    #[must_use]
    pub fn finish(self) -> (u64, Sha256Digest) {
        (self.count, Sha256Digest::from_bytes(self.hash.finalize().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_goes_on_where_it_was_left() {
        let digest = |at: u8| Sha256Digest::of([at]);
        let (mut whole, mut left) = (Inventory::default(), Inventory::default());
        for at in 0..100_u8 {
            whole.add(Seq(i64::from(at) + 1), digest(at));
            left.add(Seq(i64::from(at) + 1), digest(at));
            let (count, state) = left.state();
            left = Inventory::resume(count, &state).unwrap();
        }
        assert_eq!(left.finish(), whole.finish());
        assert!(Inventory::resume(1, &[0; 7]).is_none());
    }
}
