//! A patient as the box knows them, and when two of them may be one person.
//!
//! The box never decides that: it shows who is alike and why, and a person chooses.

use crate::domain::box_id::BoxId;
use crate::domain::ids::{PatientId, StudyId, StudyNumber};
use crate::domain::people::{AgeEvidence, LocalId, PersonName, Phi, Sex};
use crate::domain::programme_id::ProgrammeId;
use crate::domain::sound::{Sound, likeness, sounds};
use crate::domain::stamp::Stamp;

/// A registered patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Identity in the database.
    pub id: PatientId,
    /// The id that the box issued.
    pub box_id: Phi<BoxId>,
    /// Name as written by the technician.
    pub name: Phi<PersonName>,
    /// The clinic's own number for the patient, where there is one.
    pub local_id: Option<Phi<LocalId>>,
    /// Administrative sex.
    pub sex: Sex,
    /// Age or year of birth.
    pub age: AgeEvidence,
}

/// A patient as the registration form gives it; every field parsed, no identity yet.
#[derive(Clone, Debug)]
pub struct NewPatient {
    /// Name.
    pub name: Phi<PersonName>,
    /// The clinic's own number.
    pub local_id: Option<Phi<LocalId>>,
    /// Administrative sex.
    pub sex: Sex,
    /// Age or year of birth.
    pub age: AgeEvidence,
    /// Ids of programmes.
    pub programmes: Vec<ProgrammeId>,
}

/// A patient that a search or a comparison found.
#[derive(Clone, Debug)]
pub struct FoundPatient {
    /// Who.
    pub patient: Patient,
    /// The newest study: address, number and when it was registered.
    pub newest: (StudyId, StudyNumber, Stamp),
    /// How many studies there are.
    pub studies: u32,
    /// The year in which the age was told; `None`: the clock was not confirmed.
    pub told_in: Option<i32>,
}

impl FoundPatient {
    /// The age on record, with the year in which it was told.
    #[must_use]
    pub const fn told_age(&self) -> ToldAge {
        (self.patient.age, self.told_in)
    }
}

/// What a search found a patient by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoundBy {
    /// The id that a box gave.
    BoxId,
    /// The number of a study.
    Study(StudyNumber),
    /// The clinic's number.
    LocalId,
    /// The id of a programme.
    Programme,
    /// The name, or how it sounds.
    Name,
}

impl FoundBy {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BoxId => "box-id",
            Self::Study(_) => "study",
            Self::LocalId => "local-id",
            Self::Programme => "programme",
            Self::Name => "name",
        }
    }
}

/// Why somebody may be a person who is registered already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alike {
    /// The same id of the same programme.
    Programme,
    /// The same number of the clinic.
    LocalId,
    /// A name that sounds alike, the same sex, an age that fits.
    Name,
}

impl Alike {
    /// All reasons, the strongest first.
    pub const ALL: [Self; 3] = [Self::Programme, Self::LocalId, Self::Name];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::LocalId => "local-id",
            Self::Name => "name",
        }
    }
}

/// What a search field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// A number alone: a study, or a number of the clinic or of a programme.
    Number(i64),
    /// Anything else.
    Text,
}

impl Asked {
    /// Longest text that is looked for, characters.
    pub const CHARS_MAX: usize = 120;

    /// What a text may be.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Nothing;
        }
        let digits = text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Self::Number(number),
            Ok(_) | Err(_) => Self::Text,
        }
    }
}

/// A number of the clinic as it is compared: letters and digits only, in lower case. `K 17`, `k-17`
/// and `K/17` are one number.
#[must_use]
pub fn local_key(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How well a name is what was asked for, 0 to 1; `None` when a word of the question is in no word of
/// the name.
#[must_use]
pub fn name_fit(asked: &[Sound], name: &[Sound]) -> Option<f32> {
    let mut sum = 0.0;
    for word in asked {
        let best = name.iter().map(|other| word_fit(word, other)).fold(0.0, f32::max);
        if best < WORD_FIT_MIN {
            return None;
        }
        sum += best;
    }
    let words = u16::try_from(asked.len().max(1)).unwrap_or(u16::MAX);
    // Of two names with the words that were asked for, the one without others comes first.
    let others = u16::try_from(name.len().saturating_sub(asked.len())).unwrap_or(u16::MAX);
    Some(sum / f32::from(words) - 0.01 * f32::from(others.min(9)))
}

/// Least fit of a word in a search.
const WORD_FIT_MIN: f32 = 0.55;

fn word_fit(asked: &Sound, other: &Sound) -> f32 {
    let alike = likeness(asked, other);
    let begins = other.transcript.starts_with(&asked.transcript);
    let consonants = asked.key == other.key;
    // What is typed may go on; the same consonants with other vowels are often one name.
    let begun: f32 = if begins { 0.9 } else { 0.0 };
    let same: f32 = if consonants { 0.7 } else { 0.0 };
    alike.max(begun).max(same)
}

/// Whether two names may be spellings of one: every word of the shorter one is, by its sound, a word
/// of the longer one.
#[must_use]
pub fn names_alike(one: &str, other: &str) -> bool {
    sounds_alike(&sounds(one), &sounds(other))
}

/// The same for names whose sounds are known.
#[must_use]
pub fn sounds_alike(one: &[Sound], other: &[Sound]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut free: Vec<&Sound> = long.iter().collect();
    !short.is_empty()
        && short.iter().all(|word| {
            let fits = |other: &&Sound| likeness(word, other) >= NAME_LIKENESS_MIN;
            let Some(at) = free.iter().position(fits) else { return false };
            free.swap_remove(at);
            true
        })
}

/// Least likeness of two words that may be one: one vowel of four, or one letter of a longer word.
const NAME_LIKENESS_MIN: f32 = 0.74;

/// An age and the calendar year in which it was told; `None`: the clock was not confirmed.
pub type ToldAge = (AgeEvidence, Option<i32>);

/// Whether two ages may be one person's. Ages are told in round numbers and told anew: two years and
/// a tenth of the age are left for that.
#[must_use]
pub fn ages_compatible(one: ToldAge, other: ToldAge) -> bool {
    let year = one.1.or(other.1).unwrap_or(0);
    let born = |(age, told): ToldAge| match age {
        AgeEvidence::BirthYear(birth) => (birth, birth),
        AgeEvidence::Told(age) => {
            let latest = told.unwrap_or(year) - i32::from(age.years());
            (latest - 1, latest)
        }
    };
    let dated = |(age, told): ToldAge| told.is_some() || matches!(age, AgeEvidence::BirthYear(_));
    let (first, second) = (born(one), born(other));
    // An age without a year and a year of birth cannot be compared: they do not speak against it.
    if year == 0 && (dated(one) || dated(other)) {
        return true;
    }
    let years = |born: (i32, i32)| (year - born.1).clamp(0, 120);
    let slack = 2 + years(first).max(years(second)) / 10;
    first.0 <= second.1 + slack && second.0 <= first.1 + slack
}

/// Whether two told sexes may be one person's.
#[must_use]
pub fn sexes_compatible(one: Sex, other: Sex) -> bool {
    one == other || one == Sex::Unknown || other == Sex::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::AgeYears;

    #[test]
    fn names_are_alike_in_any_script_order_and_length() {
        let check = |one: &str, other: &str, alike: bool| {
            assert_eq!(names_alike(one, other), alike, "{one} {other}");
            assert_eq!(names_alike(other, one), alike, "{other} {one}");
        };
        check("Asha Devi", "आशा देवी", true);
        check("Asha Devi", "Devi Aasha", true);
        check("Asha Devi", "Asha Kumari Devi", true);
        check("Asha Devi", "Usha Devi", false);
        check("Asha Devi", "Rekha Devi", false);
        check("Devi Devi", "Asha Devi", false);
        check("Sunita Oraon", "Sunitha Oraon", true);
        check("Clear Patient 1", "Clear Patient 2", false);
        check("", "Asha", false);
    }

    #[test]
    fn ages_fit_with_the_room_that_told_ages_need() {
        let told = |years| AgeEvidence::Told(AgeYears::new(years).unwrap());
        let check = |one, other, fits| {
            assert_eq!(ages_compatible(one, other), fits, "{one:?} {other:?}");
            assert_eq!(ages_compatible(other, one), fits, "{other:?} {one:?}");
        };
        let now = Some(2026);
        check((told(44), now), (told(44), now), true);
        check((told(44), now), (told(50), now), true);
        check((told(44), now), (told(60), now), false);
        check((told(5), now), (told(9), now), false);
        check((told(40), Some(2021)), (told(45), now), true);
        check((AgeEvidence::BirthYear(1982), now), (told(44), now), true);
        check((AgeEvidence::BirthYear(1982), now), (AgeEvidence::BirthYear(1960), now), false);
        check((told(44), None), (told(44), None), true);
        check((told(44), None), (told(10), None), false);
        check((told(44), None), (AgeEvidence::BirthYear(1982), None), true);
    }

    #[test]
    fn a_question_finds_what_begins_or_sounds_so() {
        let fit = |asked: &str, name: &str| name_fit(&sounds(asked), &sounds(name));
        assert!(fit("asha", "Asha Devi") > fit("asha", "Usha Devi"));
        assert!(fit("ash", "Asha Devi").is_some());
        assert!(fit("devi asha", "आशा देवी") > Some(0.9));
        assert!(fit("asha devi", "Asha Devi") > fit("asha devi", "Asha Kumari Devi"));
        assert_eq!(fit("asha rekha", "Asha Devi"), None);
    }

    #[test]
    fn numbers_alone_and_texts_are_told_apart() {
        assert_eq!(Asked::of("  "), Asked::Nothing);
        assert_eq!(Asked::of(" 00042 "), Asked::Number(42));
        assert_eq!(Asked::of("K7PXM-00042-R"), Asked::Text);
        assert_eq!(Asked::of("22722548295255"), Asked::Text);
        assert_eq!(local_key("K 17/b"), local_key("k-17B"));
    }

    #[test]
    fn sexes_fit_when_one_is_not_known() {
        assert!(sexes_compatible(Sex::Female, Sex::Unknown));
        assert!(!sexes_compatible(Sex::Female, Sex::Male));
    }
}
