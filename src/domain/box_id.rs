//! The id that a box gives a patient: box code, running number, check character.
//!
//! `K7PXM-00042-R`: people read it aloud, type it and photograph it, so it holds no letters that look
//! alike, and its check character finds every wrong character and every two neighbours that changed
//! places. The box takes numbers from an [`IdRange`] of its own; ids of two boxes never meet.

use std::fmt;

/// Digits and letters, without I, L, O, S and Z, which are read as digits. 31 of them: a prime
/// number, without which the check character would miss some errors.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKMNPQRTUVWXY";

/// What a box code is made of: besides, no letters that look like each other or like a digit.
const CODE_ALPHABET: &[u8; 20] = b"ACDEFHJKMNPQRTWXY347";

/// How many of [`CODE_ALPHABET`] are letters; they come first.
const CODE_LETTERS: usize = 17;

/// Factor between the weights of neighbouring characters. A primitive root modulo 31: the weights of
/// any two of 30 places differ. The pure systems of ISO 7064 are built the same way.
const FACTOR: u32 = 3;

/// Characters of a box code: 17 * 20^4 codes, so that among 100 boxes with codes of their own choice
/// two have the same with a chance of one in 500.
const CODE_CHARS: usize = 5;

/// Digits of a running number, at least.
const NUMBER_DIGITS_MIN: usize = 5;
/// Digits of a running number, at most.
const NUMBER_DIGITS_MAX: usize = 8;

/// Names the range of one box within the ids of all boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BoxCode([u8; CODE_CHARS]);

impl BoxCode {
    /// A code from random bytes; the first character is a letter, so that no id looks like a number.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut rest = u64::from_be_bytes(bytes);
        let mut pick = |choices: usize| {
            let choices = u64::try_from(choices).unwrap_or(1);
            let at = rest % choices;
            rest /= choices;
            CODE_ALPHABET[usize::try_from(at).unwrap_or(0)]
        };
        let mut code = [0; CODE_CHARS];
        for (at, slot) in code.iter_mut().enumerate() {
            *slot = pick(if at == 0 { CODE_LETTERS } else { CODE_ALPHABET.len() });
        }
        Self(code)
    }

    /// Reads a code; letters that look like digits are taken for them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; CODE_CHARS] = characters(text)?.try_into().ok()?;
        code[0].is_ascii_alphabetic().then_some(Self(code))
    }

    /// The five characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A patient's id, issued by one box. Identifies the patient: does not print itself into logs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BoxId {
    code: BoxCode,
    number: u32,
}

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBoxId {
    /// It does not look like one.
    Shape,
    /// It looks like one, but the check character says that it was mistyped.
    Check,
}

impl BoxId {
    /// The last number that fits.
    pub const NUMBER_MAX: u32 = 99_999_999;

    /// `None` for number 0 and above [`BoxId::NUMBER_MAX`].
    #[must_use]
    pub fn new(code: BoxCode, number: u32) -> Option<Self> {
        (1..=Self::NUMBER_MAX).contains(&number).then_some(Self { code, number })
    }

    /// Reads an id as it is printed, typed or held by a QR code: any case, with or without dashes and
    /// blanks, and O, I, L, S, Z for the digits that they look like.
    ///
    /// # Errors
    /// [`NoBoxId`].
    pub fn read(text: &str) -> Result<Self, NoBoxId> {
        let all = characters(text).ok_or(NoBoxId::Shape)?;
        let digits = all.len().checked_sub(CODE_CHARS + 1).ok_or(NoBoxId::Shape)?;
        let (code, rest) = all.split_at(CODE_CHARS);
        let (number, check) = rest.split_at(digits);
        let shaped = (NUMBER_DIGITS_MIN..=NUMBER_DIGITS_MAX).contains(&digits)
            && code[0].is_ascii_alphabetic()
            && number.iter().all(u8::is_ascii_digit)
            && (digits == NUMBER_DIGITS_MIN || number[0] != b'0');
        if !shaped {
            return Err(NoBoxId::Shape);
        }
        let code = BoxCode([code[0], code[1], code[2], code[3], code[4]]);
        let number = std::str::from_utf8(number).ok().and_then(|text| text.parse().ok());
        let id = number.and_then(|number| Self::new(code, number)).ok_or(NoBoxId::Check)?;
        if check == [id.check()] { Ok(id) } else { Err(NoBoxId::Check) }
    }

    /// Whether a text that is no id was meant to be one of this box: it begins with the box's code.
    #[must_use]
    pub fn is_meant(text: &str, code: BoxCode) -> bool {
        let digit = |c: &u8| c.is_ascii_digit();
        characters(text).is_some_and(|all| {
            all.starts_with(&code.0) && all.iter().skip(CODE_CHARS).take(3).all(digit)
        })
    }

    /// The range that it was issued from.
    #[must_use]
    pub const fn code(self) -> BoxCode {
        self.code
    }

    fn check(self) -> u8 {
        let body = format!("{}{:05}", self.code.as_str(), self.number);
        let mut sum = 0;
        for byte in body.bytes() {
            sum = (sum + value(byte)) * FACTOR % 31;
        }
        ALPHABET[usize::try_from((31 - sum) % 31).unwrap_or(0)]
    }
}

/// As it is printed: `K7PXM-00042-R`.
impl fmt::Display for BoxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:05}-{}", self.code.as_str(), self.number, char::from(self.check()))
    }
}

impl fmt::Debug for BoxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxId(…)")
    }
}

/// The numbers that a box may give out under one code. A box makes its first range itself, with a
/// code by chance; one that is handed to it later takes its place as soon as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRange {
    /// The code before every number.
    pub code: BoxCode,
    /// The next number to give out.
    pub next: u32,
    /// The last one.
    pub last: u32,
}

impl IdRange {
    /// All numbers under a code.
    #[must_use]
    pub const fn whole(code: BoxCode) -> Self {
        Self { code, next: 1, last: BoxId::NUMBER_MAX }
    }

    /// The next id, and what is left; `None` when the range is used up.
    #[must_use]
    pub fn issue(self) -> Option<(BoxId, Self)> {
        let id = BoxId::new(self.code, self.next).filter(|_| self.next <= self.last)?;
        Some((id, Self { next: self.next + 1, ..self }))
    }
}

/// The characters of an id, written one way; `None` when one of them is in no id.
fn characters(text: &str) -> Option<Vec<u8>> {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '\u{2011}'));
    let folded = kept.map(|c| {
        let byte = u8::try_from(c).ok()?.to_ascii_uppercase();
        let byte = match byte {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            b'S' => b'5',
            b'Z' => b'2',
            other => other,
        };
        ALPHABET.contains(&byte).then_some(byte)
    });
    folded.collect()
}

fn value(byte: u8) -> u32 {
    let at = ALPHABET.iter().position(|one| *one == byte).unwrap_or(0);
    u32::try_from(at).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(random: [u8; 8], number: u32) -> BoxId {
        BoxId::new(BoxCode::from_random(random), number).unwrap()
    }

    #[test]
    fn an_id_is_read_as_people_write_it() {
        let code = BoxCode::parse("K7PXM").unwrap();
        let id = BoxId::new(code, 42).unwrap();
        let text = id.to_string();
        assert_eq!(&text[..12], "K7PXM-00042-");
        let check = |text: &str| assert_eq!(BoxId::read(text), Ok(id), "{text}");
        check(&text);
        check(&text.to_lowercase());
        check(&text.replace('-', " "));
        check(&text.replace('-', ""));
        check(&text.replace('0', "O"));
        assert_eq!(format!("{id:?}"), "BoxId(…)");
    }

    #[test]
    fn names_numbers_and_half_ids_are_no_ids() {
        for text in ["", "Asha", "00042", "OPD-101/26", "K7PXM", "K7PXM-42-R", "आशा"] {
            assert_eq!(BoxId::read(text), Err(NoBoxId::Shape), "{text}");
        }
        assert_eq!(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 0), None);
        assert_eq!(BoxCode::parse("7KPXM"), None);
    }

    #[test]
    fn a_lost_character_is_still_an_id_of_this_box() {
        let code = BoxCode::parse("K7PXM").unwrap();
        assert!(BoxId::is_meant("k7pxm-0042-R", code));
        assert!(!BoxId::is_meant("K7PXN-0042-R", code));
        assert!(!BoxId::is_meant("Kumari", code));
    }

    #[test]
    fn a_range_gives_each_number_once_and_ends() {
        let code = BoxCode::parse("K7PXM").unwrap();
        let range = IdRange { code, next: 7, last: 8 };
        let (seven, range) = range.issue().unwrap();
        let (eight, range) = range.issue().unwrap();
        assert_ne!(seven, eight);
        assert_eq!(range.issue(), None);
        assert!(IdRange::whole(code).issue().is_some());
    }

    proptest! {
        #[test]
        fn every_id_reads_back(random: [u8; 8], number in 1..=BoxId::NUMBER_MAX) {
            let id = id(random, number);
            prop_assert_eq!(BoxId::read(&id.to_string()), Ok(id));
            prop_assert_eq!(BoxCode::parse(id.code().as_str()), Some(id.code()));
        }

        #[test]
        fn every_wrong_character_is_caught(random: [u8; 8], number in 1..=BoxId::NUMBER_MAX) {
            let text = id(random, number).to_string().replace('-', "");
            for at in 0..text.len() {
                for other in ALPHABET {
                    let mut wrong = text.clone().into_bytes();
                    if wrong[at] != *other {
                        wrong[at] = *other;
                        prop_assert!(BoxId::read(std::str::from_utf8(&wrong).unwrap()).is_err());
                    }
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_caught(random: [u8; 8], number in 1..=BoxId::NUMBER_MAX) {
            let text = id(random, number).to_string().replace('-', "");
            for at in 1..text.len() {
                let mut wrong = text.clone().into_bytes();
                wrong.swap(at - 1, at);
                let wrong = String::from_utf8(wrong).unwrap();
                prop_assert!(wrong == text || BoxId::read(&wrong).is_err(), "{} {}", text, wrong);
            }
        }
    }
}
