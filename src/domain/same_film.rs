//! A film that looks like one of another study: a question for a person, never a decision.

use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;

/// What a person says about two films that look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilmAnswer {
    /// One film, photographed for two studies.
    Same,
    /// Two films.
    Other,
}

impl FilmAnswer {
    /// Both answers.
    pub const ALL: [Self; 2] = [Self::Same, Self::Other];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
        }
    }

    /// Reads a [`FilmAnswer::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// Whose film the other study has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The same clinic number and the same name.
    ThisPatient,
    /// Another number or another name.
    AnotherPatient,
}

impl Whose {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThisPatient => "this",
            Self::AnotherPatient => "another",
        }
    }
}

/// A film of a study looks the same as a film of an earlier one.
#[derive(Clone, Debug)]
pub struct SameFilm {
    /// The other study.
    pub study: StudyId,
    /// Its number.
    pub number: StudyNumber,
    /// Whose film that one is.
    pub whose: Whose,
    /// What a person said, who and when; `None` while nobody has.
    pub answer: Option<(FilmAnswer, PersonName, Stamp)>,
}

impl SameFilm {
    /// Whether a reader must know: nobody has answered, or one film stands for two patients.
    #[must_use]
    pub const fn is_doubt(&self) -> bool {
        match (&self.answer, self.whose) {
            (None, _) | (Some((FilmAnswer::Same, ..)), Whose::AnotherPatient) => true,
            (Some((FilmAnswer::Same, ..)), Whose::ThisPatient)
            | (Some((FilmAnswer::Other, ..)), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_parses_back() {
        for answer in FilmAnswer::ALL {
            assert_eq!(FilmAnswer::parse(answer.code()), Some(answer));
        }
        assert_eq!(FilmAnswer::parse("merge"), None);
    }
}
