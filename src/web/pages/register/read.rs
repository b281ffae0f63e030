//! Reading the registration form. Every field that is wrong gets its own message.

use crate::domain::fault::Fault;
use crate::domain::ids::PatientId;
use crate::domain::indication::{HivStatus, Indication, PastTb, Reason, Symptom};
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use crate::domain::programme_id::{AbhaNumber, NikshayId, OtherProgrammeId, ProgrammeId};
use crate::domain::registration::{Differing, Person, Registration, Told};
use crate::locale::Locale;
use crate::web::forms::{Complaints, Fields, number};

/// No box was built before this year: a clock that says less is not set.
const CLOCK_YEAR_MIN: i32 = 2026;

/// What somebody answered to the question whose film it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Chosen {
    /// Not asked yet.
    Nobody,
    /// Somebody else than all who are alike.
    SomebodyElse,
    /// This patient, and what to do where something does not fit.
    Patient(PatientId, Differing),
    /// Back to the form.
    Back,
}

impl Chosen {
    /// Reads what a button or a hidden field says; `None` when no page of ours wrote it.
    pub(in crate::web) fn parse(text: &str) -> Option<Self> {
        match text.split_once('.') {
            None if text.is_empty() => Some(Self::Nobody),
            None if text == "else" => Some(Self::SomebodyElse),
            None if text == "back" => Some(Self::Back),
            None => PatientId::parse(text).map(|id| Self::Patient(id, Differing::Ask)),
            Some((id, how)) => {
                let differing = match how {
                    "record" => Differing::RecordRight,
                    "told" => Differing::ToldRight,
                    _ => return None,
                };
                PatientId::parse(id).map(|id| Self::Patient(id, differing))
            }
        }
    }
}

/// The registration, or nothing after noting what is wrong.
pub(super) fn registration(
    fields: &Fields,
    chosen: Chosen,
    year: i32,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Result<Option<Registration>, Fault> {
    let indication = indication(fields)?;
    let person = match chosen {
        Chosen::Nobody => newcomer(fields, year, locale, complaints).map(Person::New),
        Chosen::SomebodyElse => {
            newcomer(fields, year, locale, complaints).map(Person::SomebodyElse)
        }
        Chosen::Patient(patient, differing) => told(fields, year, locale, complaints)
            .map(|told| Person::Known { patient, told, differing }),
        Chosen::Back => None,
    };
    Ok(person.map(|person| Registration { person, indication }))
}

fn newcomer(
    fields: &Fields,
    year: i32,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<NewPatient> {
    // A name that is taken for an id has its complaint already.
    let name = match complaints.of("name") {
        Some(_) => None,
        None => complaints.take(PersonName::parse(fields.get("name")), "name", locale),
    };
    let local_id = local_id(fields, locale, complaints);
    let sex = complaints.take(Sex::parse(fields.get("sex")), "sex", locale);
    let age = age(fields, year, locale, complaints);
    let programmes = programmes(fields, locale, complaints);
    Some(NewPatient {
        name: Phi::new(name?),
        local_id: local_id?,
        sex: sex?,
        age: age?,
        programmes: programmes?,
    })
}

/// What somebody who was here before tells: every field may be empty.
fn told(fields: &Fields, year: i32, locale: &Locale, complaints: &mut Complaints) -> Option<Told> {
    let empty = |names: &[&str]| names.iter().all(|name| fields.get(name).trim().is_empty());
    let local_id = local_id(fields, locale, complaints);
    let sex = match empty(&["sex"]) {
        true => Some(None),
        false => complaints.take(Sex::parse(fields.get("sex")), "sex", locale).map(Some),
    };
    let age = match empty(&["age", "birth_year"]) {
        true => Some(None),
        false => age(fields, year, locale, complaints).map(Some),
    };
    let programmes = programmes(fields, locale, complaints);
    Some(Told { sex: sex?, age: age?, local_id: local_id?, programmes: programmes? })
}

/// No number is an answer; a wrong one is none.
fn local_id(
    fields: &Fields,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<Option<Phi<LocalId>>> {
    let text = fields.get("local_id");
    if text.trim().is_empty() {
        return Some(None);
    }
    complaints.take(LocalId::parse(text), "local_id", locale).map(|id| Some(Phi::new(id)))
}

/// Ids of programmes; a field left empty is none.
fn programmes(
    fields: &Fields,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<Vec<ProgrammeId>> {
    let mut found = Vec::new();
    let mut fine = true;
    let mut take = |field: &'static str, parse: fn(&str) -> Option<ProgrammeId>| {
        let text = fields.get(field);
        if !text.trim().is_empty() {
            match complaints.take(parse(text), field, locale) {
                Some(id) => found.push(id),
                None => fine = false,
            }
        }
    };
    take("nikshay", |text| NikshayId::parse(text).map(ProgrammeId::Nikshay));
    take("abha", |text| AbhaNumber::parse(text).map(ProgrammeId::Abha));
    let (name, value) = (fields.get("programme").trim(), fields.get("programme_id").trim());
    match (name.is_empty(), value.is_empty()) {
        (true, true) => {}
        (true, false) => fine &= complaints.take(None::<()>, "programme", locale).is_some(),
        (false, true) => fine &= complaints.take(None::<()>, "programme_id", locale).is_some(),
        (false, false) => {
            let field =
                if PersonName::parse(name).is_some() { "programme_id" } else { "programme" };
            match complaints.take(OtherProgrammeId::parse(name, value), field, locale) {
                Some(id) => found.push(ProgrammeId::Other(id)),
                None => fine = false,
            }
        }
    }
    fine.then_some(found)
}

/// Why the film is taken. Everything here is chosen, not typed: what does not parse is not our form.
pub(in crate::web) fn indication(fields: &Fields) -> Result<Indication, Fault> {
    let reason = match fields.get("reason") {
        "" => None,
        code => Some(Reason::parse(code).ok_or(Fault::FormUnreadable)?),
    };
    let past_tb = match fields.get("past_tb") {
        "" => PastTb::Unknown,
        code => PastTb::parse(code).ok_or(Fault::FormUnreadable)?,
    };
    let hiv = match fields.get("hiv") {
        "" => HivStatus::Unknown,
        code => HivStatus::parse(code).ok_or(Fault::FormUnreadable)?,
    };
    let told = |symptom: &&Symptom| !fields.get(&format!("symptom-{}", symptom.code())).is_empty();
    let symptoms = Symptom::ALL.iter().filter(told).copied().collect();
    Ok(Indication::new(reason, symptoms, past_tb, hiv))
}

fn age(
    fields: &Fields,
    year: i32,
    locale: &Locale,
    complaints: &mut Complaints,
) -> Option<AgeEvidence> {
    let (age, birth_year) = (fields.get("age").trim(), fields.get("birth_year").trim());
    match (age.is_empty(), birth_year.is_empty()) {
        (true, true) => complaints.add("age", locale, "field-age-missing", &[]),
        (false, false) => complaints.add("age", locale, "field-age-both", &[]),
        (false, true) => {
            let years = number(age).and_then(|age| u8::try_from(age).ok()).and_then(AgeYears::new);
            if let Some(years) = years {
                return Some(AgeEvidence::Told(years));
            }
            complaints.add("age", locale, "field-age-range", &[]);
        }
        (true, false) => {
            // A box with an unset clock must not refuse a true year of birth.
            let last = year.max(CLOCK_YEAR_MIN);
            let years = AgeEvidence::BIRTH_YEAR_MIN..=last;
            let given = number(birth_year).map(i32::from).filter(|given| years.contains(given));
            if let Some(given) = given {
                return Some(AgeEvidence::BirthYear(given));
            }
            let range = [
                ("first", AgeEvidence::BIRTH_YEAR_MIN.to_string().into()),
                ("last", last.to_string().into()),
            ];
            complaints.add("birth_year", locale, "field-birth-year-range", &range);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_age(text: &str, birth_year: &str, year: i32, expected: Result<AgeEvidence, &str>) {
        let mut complaints = Complaints::default();
        let fields = Fields::of(&[("age", text), ("birth_year", birth_year)]);
        let read = age(&fields, year, Locale::english(), &mut complaints);
        let field = complaints.all().first().map_or("", |(field, _)| *field);
        assert_eq!(read.ok_or(field), expected, "{text:?} {birth_year:?} in {year}");
    }

    #[test]
    fn age_or_birth_year_is_enough_and_both_are_too_much() {
        let told = |years| Ok(AgeEvidence::Told(AgeYears::new(years).unwrap()));
        check_age("34", "", 2026, told(34));
        check_age("0", "", 2026, told(0));
        check_age("", "1990", 2026, Ok(AgeEvidence::BirthYear(1990)));
        check_age("34", "1990", 2026, Err("age"));
        check_age("", "", 2026, Err("age"));
        check_age("121", "", 2026, Err("age"));
        check_age("-3", "", 2026, Err("age"));
        check_age("", "2027", 2026, Err("birth_year"));
        check_age("", "1899", 2026, Err("birth_year"));
    }

    #[test]
    fn an_unset_clock_does_not_refuse_a_birth_year() {
        check_age("", "1990", 1970, Ok(AgeEvidence::BirthYear(1990)));
    }

    fn wrong(pairs: &[(&str, &str)], chosen: Chosen) -> Vec<&'static str> {
        let mut complaints = Complaints::default();
        let fields = Fields::of(pairs);
        let english = Locale::english();
        let read = registration(&fields, chosen, 2026, english, &mut complaints).unwrap();
        assert_eq!(read.is_some(), complaints.none());
        complaints.all().iter().map(|(field, _)| *field).collect()
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        assert_eq!(wrong(&[], Chosen::Nobody), ["name", "sex", "age"]);
        let all = [
            ("name", ""),
            ("local_id", "a\u{1}b"),
            ("sex", "x"),
            ("age", "200"),
            ("nikshay", "12"),
            ("abha", "1234"),
            ("programme_id", "17"),
        ];
        let expected = ["name", "local_id", "sex", "age", "nikshay", "abha", "programme"];
        assert_eq!(wrong(&all, Chosen::SomebodyElse), expected);
        assert_eq!(wrong(&[("programme", "Board")], Chosen::SomebodyElse)[3..], ["programme_id"]);
    }

    #[test]
    fn somebody_known_has_to_tell_nothing_but_nothing_wrong() {
        let known = Chosen::parse(&"01".repeat(16)).unwrap();
        assert!(matches!(known, Chosen::Patient(_, Differing::Ask)));
        assert!(wrong(&[], known).is_empty());
        assert_eq!(wrong(&[("sex", "x"), ("age", "200")], known), ["sex", "age"]);
    }

    #[test]
    fn answers_are_those_of_our_pages() {
        let id = "0".repeat(32);
        let with = |end: &str| Chosen::parse(&format!("{id}{end}"));
        assert!(matches!(with(".told"), Some(Chosen::Patient(_, Differing::ToldRight))));
        assert!(matches!(with(".record"), Some(Chosen::Patient(_, Differing::RecordRight))));
        assert_eq!((with(".both"), Chosen::parse("x")), (None, None));
        assert_eq!(Chosen::parse(""), Some(Chosen::Nobody));
    }

    #[test]
    fn the_reason_and_what_was_told_are_read() {
        let fields = Fields::of(&[
            ("reason", "triage"),
            ("symptom-cough", "1"),
            ("past_tb", "yes"),
            ("hiv", "positive"),
        ]);
        let read = indication(&fields).unwrap();
        let expected = Indication::new(
            Some(Reason::Triage),
            vec![Symptom::Cough],
            PastTb::Yes,
            HivStatus::Positive,
        );
        assert_eq!(read, expected);
        assert!(indication(&Fields::default()).unwrap().is_empty());
        assert_eq!(indication(&Fields::of(&[("hiv", "x")])), Err(Fault::FormUnreadable));
    }
}
