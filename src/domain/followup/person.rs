//! Open suspicions by person: one test settles the same question of all films of a patient.

use crate::domain::followup::{FollowUp, OpenLoop, Source, WaitsFor};
use crate::domain::ids::{StudyId, StudyNumber};
use crate::domain::patient::Patient;
use crate::domain::people::Phi;

/// A patient with suspicions that nothing has settled.
#[derive(Clone, Debug)]
pub struct OpenPerson {
    /// The patient.
    pub patient: Phi<Patient>,
    /// The newest film with anything open.
    pub study: StudyId,
    /// What is open, each suspicion once.
    pub loops: Vec<PersonLoop>,
}

/// An open suspicion of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLoop {
    /// Since the first film; by who knows best; and how far it has come.
    pub open: OpenLoop,
    /// The films that raise it, oldest first.
    pub films: Vec<StudyNumber>,
}

impl OpenPerson {
    /// Puts films together by patient and suspicion. People stay in the order in which they come first;
    /// what is open is in the order of the list of suspicions.
    #[must_use]
    pub fn group(films: &[FollowUp]) -> Vec<Self> {
        let mut people: Vec<(StudyNumber, Self)> = Vec::new();
        for film in films {
            let id = film.patient.reveal().id;
            let at = people.iter().position(|(_, one)| one.patient.reveal().id == id);
            let at = at.unwrap_or_else(|| {
                let (patient, study) = (film.patient.clone(), film.study);
                people.push((film.number, Self { patient, study, loops: Vec::new() }));
                people.len() - 1
            });
            let Some((newest, person)) = people.get_mut(at) else { continue };
            if film.number > *newest {
                (*newest, person.study) = (film.number, film.study);
            }
            for open in &film.open {
                person.add(open, film.number);
            }
        }
        people.into_iter().map(|(_, person)| person).collect()
    }

    fn add(&mut self, open: &OpenLoop, film: StudyNumber) {
        match self.loops.iter_mut().find(|one| one.open.suspicion == open.suspicion) {
            Some(known) => {
                let all = &mut known.open;
                if open.since.wall < all.since.wall {
                    all.since = open.since;
                }
                all.source = all.source.max_by_knowledge(open.source);
                if progress(open.waits_for) > progress(all.waits_for) {
                    all.waits_for = open.waits_for;
                }
                known.films.push(film);
                known.films.sort_unstable();
            }
            None => {
                self.loops.push(PersonLoop { open: open.clone(), films: vec![film] });
                self.loops.sort_by_key(|one| one.open.suspicion);
            }
        }
    }
}

impl Source {
    /// Of two, the one that knows more of it.
    const fn max_by_knowledge(self, other: Self) -> Self {
        match (self, other) {
            (Self::Physician, _) | (_, Self::Physician) => Self::Physician,
            (Self::Box, _) | (_, Self::Box) => Self::Box,
            (Self::Order, Self::Order) => Self::Order,
        }
    }
}

/// How far it has come: what is on its way says more than that nothing was ordered for another film.
const fn progress(waits: WaitsFor) -> u8 {
    match waits {
        WaitsFor::Order => 0,
        WaitsFor::BetterTest(_) => 1,
        WaitsFor::Repeat(_) => 2,
        WaitsFor::Result(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::box_id::{BoxCode, BoxId};
    use crate::domain::followup::{Suspicion, Test};
    use crate::domain::ids::PatientId;
    use crate::domain::people::{AgeEvidence, AgeYears, PersonName, Sex};
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};

    fn film(patient: u8, number: i64, open: &[(Suspicion, Source, i64, WaitsFor)]) -> FollowUp {
        let open = open.iter().map(|&(suspicion, source, since, waits_for)| OpenLoop {
            suspicion,
            source,
            since: Stamp { wall: WallMs(since), trust: ClockTrust::Synced },
            waits_for,
        });
        FollowUp {
            study: StudyId::from_bytes([u8::try_from(number).unwrap(); 16]),
            number: StudyNumber(number),
            patient: Phi::new(Patient {
                id: PatientId::from_bytes([patient; 16]),
                box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 42).unwrap()),
                name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
                local_id: None,
                sex: Sex::Female,
                age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
            }),
            open: open.collect(),
            person: vec![],
            orders: vec![],
            outcome: None,
        }
    }

    #[test]
    fn films_of_one_person_are_one_line_for_each_suspicion() {
        use {Source::Box, Source::Physician, Suspicion::Nodule, Suspicion::Tuberculosis};
        let waits = WaitsFor::Result(Test::Xpert);
        let films = [
            film(1, 3, &[(Nodule, Box, 30, WaitsFor::Order), (Tuberculosis, Box, 30, waits)]),
            film(2, 2, &[(Tuberculosis, Box, 20, WaitsFor::Order)]),
            film(1, 9, &[(Tuberculosis, Physician, 10, WaitsFor::Order)]),
        ];
        let people = OpenPerson::group(&films);
        assert_eq!(people.len(), 2);
        let [tuberculosis, nodule] = &people[0].loops[..] else { panic!("two suspicions") };
        assert_eq!(people[0].study, films[2].study, "the newest film");
        assert_eq!(tuberculosis.films, [StudyNumber(3), StudyNumber(9)]);
        let open = &tuberculosis.open;
        assert_eq!((open.since.wall, open.source, open.waits_for), (WallMs(10), Physician, waits));
        assert_eq!(nodule.films, [StudyNumber(3)]);
        assert_eq!(people[1].loops.len(), 1);
    }
}
