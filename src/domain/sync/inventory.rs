//! What one side holds, in one hash: box and portal compare it and need not send lists.

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

    /// How many records there are, and the hash over them.
    #[must_use]
    pub fn finish(self) -> (u64, Sha256Digest) {
        (self.count, Sha256Digest::from_bytes(self.hash.finalize().into()))
    }
}
