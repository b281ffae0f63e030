//! Score sheet → report draft and heatmap: what the box proposes, for a person to decide on.
//!
//! Sentences are values here; languages say them in `locale`.

mod heatmap;
mod lungs;

pub use heatmap::overlay;
pub use lungs::{lungs_overlay, registered};

use crate::domain::film::Orientation;
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed};
use crate::domain::indication::Indication;
use crate::domain::lungs::{Lung, LungFields};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{ActivationMap, LungReading, ScoreLine, ScoreSheet};
use crate::domain::report::{Draft, Region, Sentence, Side, Zone};
use crate::domain::same_film::{FilmAnswer, SameFilm, Whose};

/// What was noticed about the sides of a film, which a reader of the report must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Taken as it lay.
    AsSeen,
    /// Taken for a film seen from its back, and mirrored.
    Mirrored,
    /// Neither sure nor excluded; not mirrored.
    Doubtful,
}

impl Sides {
    /// From how the film lay and whether that was doubtful.
    #[must_use]
    pub const fn of(orientation: Orientation, mirror_doubtful: bool) -> Self {
        match (orientation.mirrored, mirror_doubtful) {
            (true, _) => Self::Mirrored,
            (false, true) => Self::Doubtful,
            (false, false) => Self::AsSeen,
        }
    }
}

/// What was noticed about a film besides its scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmNotes<'a> {
    /// Remarks on the photo that did not stop the reading.
    pub remarks: &'a [QualityIssue],
    /// Its sides.
    pub sides: Sides,
    /// It looks like a small child's film, but its patient is older.
    pub age_doubtful: bool,
}

/// Drafts the report of one reading.
#[must_use]
pub fn draft(sheet: &ScoreSheet, notes: FilmNotes<'_>) -> Draft {
    let fields = sheet.lungs.as_ref().map(|lungs| &lungs.fields);
    let mut sentences = vec![Sentence::Preamble];
    for evidence in [Evidence::Assessed, Evidence::Hint] {
        let lines = sheet.lines.iter().filter(|line| line.evidence == evidence);
        sentences.extend(lines.map(|line| scored(line, fields)));
    }
    sentences.push(lung_share(sheet.lungs.as_ref()));
    if notes.age_doubtful {
        sentences.push(Sentence::AgeDoubtful);
    }
    match notes.sides {
        Sides::AsSeen => {}
        Sides::Mirrored => sentences.push(Sentence::Mirrored),
        Sides::Doubtful => sentences.push(Sentence::MirrorDoubtful),
    }
    sentences.extend(notes.remarks.iter().copied().map(Sentence::Remark));
    // What depends on this patient stands out; what the model never scores comes after it.
    let (model, patient): (Vec<_>, Vec<_>) =
        sheet.not_assessed.iter().copied().partition(|(_, why)| *why == NotAssessed::NotInModel);
    let gaps = patient.into_iter().chain(model);
    sentences.extend(gaps.map(|(finding, why)| Sentence::NotAssessed(finding, why)));
    sentences.push(Sentence::Model {
        model: format!("{} {}", sheet.model.id, sheet.model.version),
        backend: sheet.backend,
    });
    sentences.push(Sentence::Decision);
    Draft { sentences }
}

/// What a physician's conclusion begins with: the assessed findings at or near their thresholds, or
/// that there is none; the share of lung; and what was not assessed for this patient.
#[must_use]
pub fn conclusion(indication: &Indication, sheet: &ScoreSheet) -> Draft {
    let fields = sheet.lungs.as_ref().map(|lungs| &lungs.fields);
    let assessed = sheet.lines.iter().filter(|line| line.evidence == Evidence::Assessed);
    let mut sentences: Vec<_> = assessed
        .clone()
        .filter(|line| line.call != Call::Below)
        .map(|line| scored(line, fields))
        .collect();
    match (sentences.is_empty(), assessed.count()) {
        (true, 0) => sentences.push(Sentence::NothingAssessed),
        (true, _) => sentences.push(Sentence::NothingAbove),
        (false, _) => {}
    }
    sentences.extend(indicated(indication, sheet));
    sentences.push(lung_share(sheet.lungs.as_ref()));
    let gaps = sheet.not_assessed.iter().filter(|(_, why)| *why != NotAssessed::NotInModel);
    sentences.extend(gaps.map(|(finding, why)| Sentence::NotAssessed(*finding, *why)));
    Draft { sentences }
}

/// What stands above a draft while one film may stand for two studies. Not stored with the draft: a
/// person's answer changes it.
#[must_use]
pub fn above_draft(same_films: &[SameFilm]) -> Draft {
    let sentence = |film: &SameFilm| {
        let (number, whose) = (film.number, film.whose);
        match (&film.answer, whose) {
            (None, _) => Some(Sentence::LooksTheSame { number, whose }),
            (Some((FilmAnswer::Same, ..)), Whose::AnotherPatient) => {
                Some(Sentence::SameFilmOtherPatient { number })
            }
            (Some((FilmAnswer::Same, ..)), Whose::ThisPatient)
            | (Some((FilmAnswer::Other, ..)), _) => None,
        }
    };
    Draft { sentences: same_films.iter().filter_map(sentence).collect() }
}

/// What is said because of why the film was taken. Not stored with the draft: what a patient told may be
/// added later.
#[must_use]
pub fn indicated(indication: &Indication, sheet: &ScoreSheet) -> Vec<Sentence> {
    indication.notes(sheet).into_iter().map(Sentence::Indicated).collect()
}

/// What is said about the share of lung affected.
fn lung_share(lungs: Option<&LungReading>) -> Sentence {
    let Some(lungs) = lungs else { return Sentence::LungShareNotAssessed };
    let shares = lungs.fields.affected();
    let (low, high) = lungs.repeat_error.interval(shares.both);
    let zones = Lung::BOTH.into_iter().zip(shares.zones).flat_map(|(lung, zones)| {
        let named = [Zone::Upper, Zone::Middle, Zone::Lower].into_iter().zip(zones);
        named.map(move |(zone, share)| (Region { side: lung.side(), zone }, share))
    });
    let worst = zones.max_by(|a, b| a.1.value().total_cmp(&b.1.value()));
    Sentence::LungShare {
        both: shares.both,
        low,
        high,
        lungs: shares.lungs,
        // A zone is named only when the share is more than what another photo could bring.
        worst: worst.filter(|_| low.value() > 0.0).map(|(region, _)| region),
    }
}

fn scored(line: &ScoreLine, fields: Option<&LungFields>) -> Sentence {
    Sentence::Scored {
        finding: line.finding,
        evidence: line.evidence,
        score: line.score,
        threshold: line.threshold.at(),
        call: line.call,
        region: match line.call {
            Call::Above | Call::Indeterminate => line.map.as_ref().and_then(|map| match fields {
                Some(fields) => hottest_in_chest(map, line.finding, fields),
                None => hottest(map),
            }),
            Call::Below => None,
        },
    }
}

/// The lungs to which a finding's map is clipped; `None` for findings that lie elsewhere too.
#[must_use]
pub fn clip(finding: Finding, lungs: Option<&LungReading>) -> Option<&LungFields> {
    lungs.filter(|_| finding.lies_in_lungs()).map(|lungs| &lungs.fields)
}

/// The lung and its third, or the middle of the chest, with the strongest activation; `None` when
/// nothing speaks for the finding.
fn hottest_in_chest(map: &ActivationMap, finding: Finding, fields: &LungFields) -> Option<Region> {
    let [_, top, _, bottom] = fields.extent().sides();
    let width = fields.width();
    #[expect(clippy::cast_precision_loss, reason = "grid sides stay below 2^12")]
    let share = |at: usize, len: usize| (at as f32 + 0.5) / len as f32;
    let place = |i: usize| (share(i % width, width), share(i / width, fields.height()));
    let considered = fields.cells().iter().enumerate().filter(|(i, cell)| {
        let (_, y) = place(*i);
        cell.lung().is_some() || (!finding.lies_in_lungs() && (top..=bottom).contains(&y))
    });
    let warm = considered.map(|(i, cell)| {
        let (x, y) = place(i);
        (i, cell.lung(), y, heatmap::heat_at(map, x, y))
    });
    let (i, lung, y, heat) = warm.max_by(|a, b| a.3.total_cmp(&b.3))?;
    if heat <= 0.0 {
        return None;
    }
    Some(match lung {
        Some(lung) => Region { side: lung.side(), zone: fields.zone(lung, i / width) },
        None => Region { side: Side::Central, zone: third((y - top) / (bottom - top)) },
    })
}

fn third(share: f32) -> Zone {
    match share {
        s if s < 1.0 / 3.0 => Zone::Upper,
        s if s < 2.0 / 3.0 => Zone::Middle,
        _ => Zone::Lower,
    }
}

/// As [`hottest_in_chest`], for readings without outlined lungs: thirds of the radiograph.
fn hottest(map: &ActivationMap) -> Option<Region> {
    let cells = map.values().iter().enumerate();
    let (index, value) = cells.max_by(|a, b| a.1.total_cmp(b.1))?;
    if *value <= 0.0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "map sides stay below 2^12")]
    let share = |at: usize, len: usize| (at as f32 + 0.5) / len as f32;
    let side = match third(share(index % map.width(), map.width())) {
        Zone::Upper => Side::Right,
        Zone::Middle => Side::Central,
        Zone::Lower => Side::Left,
    };
    Some(Region { side, zone: third(share(index / map.width(), map.height())) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Sha256Digest;
    use crate::domain::lungs::{Cell, Extent, RepeatError};
    use crate::domain::reading::ModelRef;

    fn map(hot: usize) -> ActivationMap {
        let mut values = vec![0.0; 49];
        values[hot] = 2.0;
        ActivationMap::new(7, 7, values, Extent::WHOLE).unwrap()
    }

    #[test]
    fn a_draft_tells_of_the_same_film_until_it_is_no_doubt_any_more() {
        use crate::domain::ids::{StudyId, StudyNumber};
        use crate::domain::people::PersonName;
        use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
        let number = StudyNumber(7);
        let check = |whose, answer: Option<FilmAnswer>, expected: &[Sentence]| {
            let at = Stamp { wall: WallMs(0), trust: ClockTrust::Synced };
            let answer = answer.map(|it| (it, PersonName::parse("Tech One").unwrap(), at));
            let film = SameFilm { study: StudyId::from_bytes([7; 16]), number, whose, answer };
            assert_eq!(above_draft(&[film]).sentences, expected);
        };
        let another = Whose::AnotherPatient;
        check(another, None, &[Sentence::LooksTheSame { number, whose: another }]);
        check(another, Some(FilmAnswer::Same), &[Sentence::SameFilmOtherPatient { number }]);
        check(another, Some(FilmAnswer::Other), &[]);
        check(Whose::ThisPatient, Some(FilmAnswer::Same), &[]);
    }

    /// Right lung in the columns 0 to 2, left lung in 4 to 6; the lungs end above the last rows.
    fn lungs(opaque: impl Fn(usize, usize) -> bool) -> LungReading {
        let cells = (0..7).flat_map(|y| (0..7).map(move |x| (x, y))).map(|(x, y)| {
            let lung = match (x, y) {
                (3, _) | (_, 6) => return Cell::Outside,
                (0..=2, _) => Lung::Right,
                _ => Lung::Left,
            };
            if opaque(x, y) { Cell::Opaque(lung) } else { Cell::Clear(lung) }
        });
        LungReading {
            model: ModelRef {
                id: "lungs".into(),
                version: "1".into(),
                sha256: Sha256Digest::from_bytes([0; 32]),
            },
            fields: LungFields::new(7, 7, cells.collect()).unwrap(),
            repeat_error: RepeatError::new(2.0, 0.0).unwrap(),
        }
    }

    #[test]
    fn the_hottest_cell_names_its_region_on_the_patients_side() {
        let region = |side, zone| Some(Region { side, zone });
        assert_eq!(hottest(&map(6)), region(Side::Left, Zone::Upper));
        let cold = ActivationMap::new(7, 7, vec![-1.0; 49], Extent::WHOLE).unwrap();
        assert_eq!(hottest(&cold), None);
    }

    #[test]
    fn a_region_is_a_third_of_the_lung_and_not_of_the_film() {
        let fields = lungs(|_, _| false).fields;
        // Row 4 of 7 is the film's middle third, but the lower third of lungs six rows high.
        let found = hottest_in_chest(&map(4 * 7 + 1), Finding::Pneumonia, &fields);
        assert_eq!(found, Some(Region { side: Side::Right, zone: Zone::Lower }));
    }

    #[test]
    fn heat_between_the_lungs_belongs_to_the_heart_or_to_the_nearer_lung() {
        let fields = lungs(|_, _| false).fields;
        let heart = hottest_in_chest(&map(2 * 7 + 3), Finding::Cardiomegaly, &fields);
        assert_eq!(heart, Some(Region { side: Side::Central, zone: Zone::Middle }));
        let lung = hottest_in_chest(&map(2 * 7 + 3), Finding::Pneumonia, &fields);
        assert_ne!(lung.map(|region| region.side), Some(Side::Central));
    }

    #[test]
    fn the_worst_zone_is_named_only_beyond_the_repeat_error() {
        let Sentence::LungShare { worst, lungs: [right, left], .. } =
            lung_share(Some(&lungs(|x, y| x < 3 && y < 2)))
        else {
            panic!("no share")
        };
        assert_eq!(worst, Some(Region { side: Side::Right, zone: Zone::Upper }));
        assert!((right.value() - 100.0 / 3.0).abs() < 1e-3 && left.value() == 0.0);
        let Sentence::LungShare { worst, .. } = lung_share(Some(&lungs(|_, _| false))) else {
            panic!("no share")
        };
        assert_eq!(worst, None);
        assert_eq!(lung_share(None), Sentence::LungShareNotAssessed);
    }
}
