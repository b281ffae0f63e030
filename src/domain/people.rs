//! The people around a film: what is known of each of them, operators and their roles, and the marking of
//! what identifies a patient. Patients themselves are in [`crate::domain::patient`].
//! What operators may do is in [`crate::domain::rights`], how they log in in [`crate::domain::login`].

use std::fmt;

use crate::domain::ids::OperatorId;

/// Patient health information. Hides its content from `Debug`, and so from logs.
///
/// Showing it needs an explicit [`Phi::reveal`], which review looks for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Marks a value as identifying a patient.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that really shows it to the care team.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phi(…)")
    }
}

/// Administrative sex as FHIR R4 `administrative-gender` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither of the two.
    Other,
    /// Not asked or not told.
    Unknown,
}

impl Sex {
    /// All values in the order in which forms show them.
    pub const ALL: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Unknown];

    /// FHIR code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a FHIR code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }
}

/// Completed years of life, 0 to 120.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgeYears(u8);

impl AgeYears {
    /// Oldest age that the forms accept, years.
    pub const MAX: u8 = 120;

    /// `None` above [`AgeYears::MAX`].
    #[must_use]
    pub const fn new(years: u8) -> Option<Self> {
        if years <= Self::MAX { Some(Self(years)) } else { None }
    }

    /// The number of years.
    #[must_use]
    pub const fn years(self) -> u8 {
        self.0
    }

    /// From this age on no film can pass for a small child's: 15 years leave room for late growth
    /// and for ages that are told wrong by a year or two.
    #[must_use]
    pub const fn is_past_childhood(self) -> bool {
        self.0 >= 15
    }
}

/// What the clinic knows about a patient's age: whichever of the two the patient could tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeEvidence {
    /// Age told at registration.
    Told(AgeYears),
    /// Year of birth, 1900 and later.
    BirthYear(i32),
}

impl AgeEvidence {
    /// First birth year that the forms accept.
    pub const BIRTH_YEAR_MIN: i32 = 1900;

    /// The lowest age that agrees with the evidence in the given calendar year.
    ///
    /// The lowest, because the age decides whether a score may be shown at all: a person born 15
    /// years ago may still be 14. `None` where the year cannot be right, as with an unset clock.
    #[must_use]
    pub fn at_least(self, year: i32) -> Option<AgeYears> {
        match self {
            Self::Told(age) => Some(age),
            Self::BirthYear(birth) => {
                let years = u8::try_from((year - birth - 1).max(0)).ok()?;
                if year < birth { None } else { AgeYears::new(years) }
            }
        }
    }
}

macro_rules! trimmed_text {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl $name {
            /// Longest accepted text, characters.
            pub const CHARS_MAX: usize = $max;

            /// Trims, folds runs of white space into one space; `None` when empty, too long, or
            /// holding control characters.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let fits = (1..=Self::CHARS_MAX).contains(&folded.chars().count());
                (fits && !folded.chars().any(char::is_control)).then_some(Self(folded))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

trimmed_text! {
    /// Name of a patient or operator, in any script.
    PersonName, 120
}
trimmed_text! {
    /// Number or code by which the clinic knows a patient.
    LocalId, 40
}

/// What an operator may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Registers patients and photographs films.
    Technician,
    /// Reads films and signs reports.
    Physician,
    /// Also adds and closes accounts. The first person to set up the box has this role.
    Administrator,
    /// Looks after the box from near or far, and sees no patient.
    Support,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] =
        [Self::Technician, Self::Physician, Self::Administrator, Self::Support];

    /// Word used in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Technician => "technician",
            Self::Physician => "physician",
            Self::Administrator => "administrator",
            Self::Support => "support",
        }
    }

    /// Reads [`Role::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A person who works with the box.
#[derive(Clone, PartialEq, Eq)]
pub struct Operator {
    /// Identity on this box.
    pub id: OperatorId,
    /// Name shown on the login page.
    pub name: PersonName,
    /// What the person may do.
    pub role: Role,
}

impl fmt::Debug for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operator({} {})", self.id, self.role.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patient_names_do_not_reach_debug_output() {
        let name = Phi::new(PersonName::parse("Asha  Devi").unwrap());
        assert_eq!(format!("{name:?}"), "Phi(…)");
        assert_eq!(name.reveal().as_str(), "Asha Devi");
    }

    #[test]
    fn a_birth_year_gives_the_lowest_possible_age() {
        assert_eq!(AgeEvidence::BirthYear(2011).at_least(2026), AgeYears::new(14));
        assert_eq!(AgeEvidence::BirthYear(2026).at_least(2026), AgeYears::new(0));
        assert_eq!(AgeEvidence::BirthYear(2011).at_least(1970), None);
        assert_eq!(AgeEvidence::Told(AgeYears(15)).at_least(1970), AgeYears::new(15));
    }
}
