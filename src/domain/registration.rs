//! Registering a film: for a new patient or for one who was here before.
//!
//! The box asks twice at most: whether somebody alike is the same person, and whether a chosen patient
//! is the right one when sex or age do not fit. It never merges two patients and never chooses one.

use crate::domain::ids::{PatientId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::patient::{
    Alike, FoundPatient, NewPatient, ToldAge, ages_compatible, sexes_compatible,
};
use crate::domain::people::{AgeEvidence, LocalId, Phi, Sex};
use crate::domain::programme_id::ProgrammeId;

/// A film that is about to be taken.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Whose.
    pub person: Person,
    /// Why.
    pub indication: Indication,
}

/// Whose film it is.
#[derive(Clone, Debug)]
pub enum Person {
    /// Somebody new; is asked about when others are alike.
    New(NewPatient),
    /// Somebody new, whatever others are alike: a person has looked at them.
    SomebodyElse(NewPatient),
    /// A patient who is registered.
    Known {
        /// Who.
        patient: PatientId,
        /// What was told now.
        told: Told,
        /// What to do where that does not fit.
        differing: Differing,
    },
}

/// What somebody who was here before tells anew.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Sex, if it was asked.
    pub sex: Option<Sex>,
    /// Age or year of birth, if it was asked.
    pub age: Option<AgeEvidence>,
    /// Number of the clinic.
    pub local_id: Option<Phi<LocalId>>,
    /// Ids of programmes.
    pub programmes: Vec<ProgrammeId>,
}

/// What to do when what is told does not fit what is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differing {
    /// Ask whether it is the right patient.
    Ask,
    /// It is, and the record is right.
    RecordRight,
    /// It is, and what was told now is right.
    ToldRight,
}

/// What a told value does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contradiction {
    /// Another sex.
    Sex,
    /// An age that this person cannot have.
    Age,
}

impl Contradiction {
    /// What speaks against a patient on record. `year`: the calendar year now, where it is known.
    #[must_use]
    pub fn between(record: (Sex, ToldAge), told: &Told, year: Option<i32>) -> Vec<Self> {
        let (sex, age) = record;
        let other_sex = told.sex.is_some_and(|told| !sexes_compatible(sex, told));
        let other_age = told.age.is_some_and(|told| !ages_compatible(age, (told, year)));
        let sex = other_sex.then_some(Self::Sex);
        sex.into_iter().chain(other_age.then_some(Self::Age)).collect()
    }
}

/// Somebody who may be the person who is being registered, and why.
#[derive(Clone, Debug)]
pub struct LikelyDuplicate {
    /// Who.
    pub found: FoundPatient,
    /// Why, the strongest reason first; never empty.
    pub alike: Vec<Alike>,
}

/// What became of a registration.
#[derive(Clone, Debug)]
pub enum Registered {
    /// A study is open: this time, or it was before.
    Study(StudyId),
    /// Nothing was stored: others are alike, and a person must look at them. Never empty.
    AskWho(Vec<LikelyDuplicate>),
    /// Nothing was stored: what was told does not fit the chosen patient. Never empty.
    AskWhether(Box<FoundPatient>, Vec<Contradiction>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::AgeYears;

    #[test]
    fn only_what_was_told_can_contradict() {
        let age = |years| AgeEvidence::Told(AgeYears::new(years).unwrap());
        let record = (Sex::Female, (age(44), Some(2026)));
        let check = |sex, age, expected: &[Contradiction]| {
            let told = Told { sex, age, ..Told::default() };
            assert_eq!(Contradiction::between(record, &told, Some(2026)), expected);
        };
        check(None, None, &[]);
        check(Some(Sex::Female), Some(age(45)), &[]);
        check(Some(Sex::Unknown), None, &[]);
        check(Some(Sex::Male), None, &[Contradiction::Sex]);
        check(Some(Sex::Male), Some(age(12)), &[Contradiction::Sex, Contradiction::Age]);
    }
}
