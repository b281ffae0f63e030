//! Identifiers that cannot be mixed up, and the sequence that orders things.
//!
//! Ids name, they never order: a box without a clock battery cannot trust time-based ids.
//! Order comes from [`Seq`], which the database hands out.

use std::fmt;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Wraps 16 bytes that the caller knows to be unique (random, or read back from a row).
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes as stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Reads the 32 hexadecimal digits of an id; dashes are ignored, anything else is `None`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                parse_hex_16(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                crate::domain::hex::Hex(&self.0).fmt(f)
            }
        }
    )+};
}

uuid_ids! {
    /// One examination of one patient: the unit of the worklist.
    StudyId,
    /// One upload of one photo. Chosen by the sender, so that a retry is recognised.
    PhotoId,
    /// One form as a page gave it out, so that a form sent twice is recognised.
    FormId,
    /// An alert.
    AlertId,
    /// A registered patient.
    PatientId,
    /// A person who works with the box.
    OperatorId,
}

/// Position in the order in which this box recorded things. Starts at 1, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seq(pub i64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number that people say aloud for a study: the study's sequence number on this box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StudyNumber(pub i64);

impl fmt::Display for StudyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

fn parse_hex_16(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0_u8; 16];
    let mut digits = 0_usize;
    for c in text.chars().filter(|c| *c != '-') {
        let value = u8::try_from(c.to_digit(16)?).ok()?;
        let slot = bytes.get_mut(digits / 2)?;
        *slot = (*slot << 4) | value;
        digits += 1;
    }
    (digits == 32).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints() {
        let id = StudyId::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 254, 255]);
        assert_eq!(StudyId::parse(&id.to_string()), Some(id));
        assert_eq!(StudyId::parse("00010203-0405-0607-0809-0a0b0c0dfeff"), Some(id));
    }

    #[test]
    fn short_long_and_foreign_texts_are_no_id() {
        for text in ["", "12", "zz010203-0405-0607-0809-0a0b0c0dfeff", &"0".repeat(33)] {
            assert_eq!(StudyId::parse(text), None, "{text:?}");
        }
    }
}
