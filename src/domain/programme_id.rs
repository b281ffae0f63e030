//! Numbers by which national programmes know a patient.
//!
//! Each is a type of its own, so that none is taken for another. Checked as far as is published: the
//! length and the digits. A check digit is only looked at where its rule is known for certain.

use std::fmt;

use crate::domain::people::PersonName;

/// Ni-kshay id of India's tuberculosis programme: a running number, digits only.
///
/// No length is published, so five to twelve digits are taken: enough to catch a slip, not to prove an id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NikshayId(String);

impl NikshayId {
    /// Reads digits, with blanks and dashes between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text)?;
        let plausible = (5..=12).contains(&digits.len()) && digits.bytes().any(|b| b != b'0');
        plausible.then_some(Self(digits))
    }
}

/// ABHA number of India's Ayushman Bharat Digital Mission: 14 digits, written 2-4-4-4.
///
/// Its last digit is said to be a check digit, but no rule is published, and the number in the
/// mission's own FHIR examples (22-7225-4829-5255) fits neither Verhoeff nor Luhn: not checked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AbhaNumber(String);

impl AbhaNumber {
    /// Reads 14 digits, with blanks and dashes between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text)?;
        (digits.len() == 14 && !digits.starts_with('0')).then_some(Self(digits))
    }
}

/// Id of any other programme, as its card has it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OtherProgrammeId {
    /// The programme.
    pub programme: PersonName,
    value: String,
}

impl OtherProgrammeId {
    /// Longest id, characters.
    pub const CHARS_MAX: usize = 40;

    /// Reads the name of the programme and 2 to 40 letters, digits and marks; case does not count.
    #[must_use]
    pub fn parse(programme: &str, value: &str) -> Option<Self> {
        let programme = PersonName::parse(programme)?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        let fits = (2..=Self::CHARS_MAX).contains(&value.chars().count());
        let plain = value.chars().all(|c| c.is_alphanumeric() || " -/.:_".contains(c));
        (fits && plain && value.chars().any(char::is_alphanumeric))
            .then_some(Self { programme, value })
    }
}

macro_rules! unprinted {
    ($($name:ident),+) => {$(
        /// Identifies a patient: not for logs.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

unprinted!(NikshayId, AbhaNumber, OtherProgrammeId);

/// An id of any programme.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum ProgrammeId {
    /// Tuberculosis programme of India.
    Nikshay(NikshayId),
    /// Health account of India.
    Abha(AbhaNumber),
    /// Any other.
    Other(OtherProgrammeId),
}

/// Identifies a patient: not for logs.
impl fmt::Debug for ProgrammeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProgrammeId({})", self.kind().code())
    }
}

/// Kind of a [`ProgrammeId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProgrammeKind {
    /// Tuberculosis programme of India.
    Nikshay,
    /// Health account of India.
    Abha,
    /// Any other.
    Other,
}

impl ProgrammeKind {
    /// All kinds in the order in which forms show them.
    pub const ALL: [Self; 3] = [Self::Nikshay, Self::Abha, Self::Other];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nikshay => "nikshay",
            Self::Abha => "abha",
            Self::Other => "other",
        }
    }

    /// Reads a [`ProgrammeKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Name of the numbering system, as FHIR's `Identifier.system` has it. ABHA's is the one of the
    /// mission's published examples; Ni-kshay publishes none, so that one is ours.
    #[must_use]
    pub const fn system(self) -> &'static str {
        match self {
            Self::Nikshay => "urn:x-fieldray:programme:nikshay",
            Self::Abha => "https://healthid.ndhm.gov.in",
            Self::Other => "urn:x-fieldray:programme:other",
        }
    }
}

impl ProgrammeId {
    /// Kind.
    #[must_use]
    pub const fn kind(&self) -> ProgrammeKind {
        match self {
            Self::Nikshay(_) => ProgrammeKind::Nikshay,
            Self::Abha(_) => ProgrammeKind::Abha,
            Self::Other(_) => ProgrammeKind::Other,
        }
    }

    /// The programme's name; empty for those that need none.
    #[must_use]
    pub fn programme(&self) -> &str {
        match self {
            Self::Nikshay(_) | Self::Abha(_) => "",
            Self::Other(id) => id.programme.as_str(),
        }
    }

    /// The value as it is stored and compared.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Nikshay(NikshayId(value)) | Self::Abha(AbhaNumber(value)) => value,
            Self::Other(id) => &id.value,
        }
    }

    /// The value as people write it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Abha(AbhaNumber(digits)) => {
                let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
                format!("{}-{}-{}-{}", part(0, 2), part(2, 6), part(6, 10), part(10, 14))
            }
            Self::Nikshay(_) | Self::Other(_) => self.value().to_owned(),
        }
    }

    /// Reads what is stored.
    #[must_use]
    pub fn stored(kind: ProgrammeKind, programme: &str, value: &str) -> Option<Self> {
        match kind {
            ProgrammeKind::Nikshay => NikshayId::parse(value).map(Self::Nikshay),
            ProgrammeKind::Abha => AbhaNumber::parse(value).map(Self::Abha),
            ProgrammeKind::Other => OtherProgrammeId::parse(programme, value).map(Self::Other),
        }
    }
}

/// ASCII digits of a text that holds nothing else but blanks and dashes. Devanagari, Bengali and Odia
/// digits are read as the digits that they are.
fn digits(text: &str) -> Option<String> {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '\u{2011}'));
    kept.map(|c| {
        let zero = [0x30, 0x0966, 0x09e6, 0x0b66].into_iter();
        let value = zero.map(|zero| u32::from(c).wrapping_sub(zero)).find(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abha_number_has_fourteen_digits_and_is_shown_in_groups() {
        let check = |text: &str, shown: Option<&str>| {
            let read = AbhaNumber::parse(text).map(ProgrammeId::Abha);
            assert_eq!(read.map(|id| id.shown()).as_deref(), shown, "{text}");
        };
        check("22-7225-4829-5255", Some("22-7225-4829-5255"));
        check("22722548295255", Some("22-7225-4829-5255"));
        check("२२ ७२२५ ४८२९ ५२५५", Some("22-7225-4829-5255"));
        check("2272254829525", None);
        check("227225482952555", None);
        check("02722548295255", None);
        check("asha@abdm", None);
    }

    #[test]
    fn a_nikshay_id_is_a_number_of_plausible_length() {
        let check = |text: &str, fine: bool| assert_eq!(NikshayId::parse(text).is_some(), fine);
        check("12345678", true);
        check(" 1234 5678 ", true);
        check("00000000", false);
        check("1234", false);
        check("1234567890123", false);
        check("MH-12345", false);
    }

    #[test]
    fn another_programme_needs_its_name() {
        assert!(OtherProgrammeId::parse("Silicosis board", "sb/2026 17").is_some());
        assert!(OtherProgrammeId::parse("", "17").is_none());
        assert!(OtherProgrammeId::parse("Silicosis board", "-").is_none());
        assert!(OtherProgrammeId::parse("Silicosis board", "<b>").is_none());
    }

    #[test]
    fn every_id_reads_back_what_is_stored() {
        let ids = [
            NikshayId::parse("12345678").map(ProgrammeId::Nikshay),
            AbhaNumber::parse("22722548295255").map(ProgrammeId::Abha),
            OtherProgrammeId::parse("Board", "sb 17").map(ProgrammeId::Other),
        ];
        for id in ids.into_iter().flatten() {
            let read = ProgrammeId::stored(id.kind(), id.programme(), id.value());
            assert_eq!(read, Some(id.clone()));
            assert_eq!(ProgrammeKind::parse(id.kind().code()), Some(id.kind()));
            assert!(!format!("{id:?}").contains("17"));
        }
    }
}
