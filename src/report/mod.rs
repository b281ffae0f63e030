//! Score sheet → report draft and heatmap: what the box proposes, for a person to decide on.
//!
//! Sentences are values here; languages say them in `locale`.

mod heatmap;

pub use heatmap::overlay;

use crate::domain::film::Orientation;
use crate::domain::finding::{Call, Evidence, NotAssessed};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{ActivationMap, ScoreLine, ScoreSheet};
use crate::domain::report::{Draft, Region, Sentence, Side, Zone};

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

/// Drafts the report of one reading.
#[must_use]
pub fn draft(sheet: &ScoreSheet, remarks: &[QualityIssue], sides: Sides) -> Draft {
    let mut sentences = vec![Sentence::Preamble];
    for evidence in [Evidence::Assessed, Evidence::Hint] {
        let lines = sheet.lines.iter().filter(|line| line.evidence == evidence);
        sentences.extend(lines.map(scored));
    }
    match sides {
        Sides::AsSeen => {}
        Sides::Mirrored => sentences.push(Sentence::Mirrored),
        Sides::Doubtful => sentences.push(Sentence::MirrorDoubtful),
    }
    sentences.extend(remarks.iter().copied().map(Sentence::Remark));
    sentences.push(Sentence::LungShareNotAssessed);
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

fn scored(line: &ScoreLine) -> Sentence {
    Sentence::Scored {
        finding: line.finding,
        evidence: line.evidence,
        score: line.score,
        threshold: line.threshold.at(),
        call: line.call,
        region: match line.call {
            Call::Above | Call::Indeterminate => hottest(&line.map),
            Call::Below => None,
        },
    }
}

/// The place of the strongest activation; `None` when nothing speaks for the finding.
fn hottest(map: &ActivationMap) -> Option<Region> {
    let cells = map.values().iter().enumerate();
    let (index, value) = cells.max_by(|a, b| a.1.total_cmp(b.1))?;
    if *value <= 0.0 {
        return None;
    }
    let third = |at: usize, len: usize| (at * 2 + 1) * 3 / (len * 2);
    let side = match third(index % map.width(), map.width()) {
        0 => Side::Right,
        1 => Side::Central,
        _ => Side::Left,
    };
    let zone = match third(index / map.width(), map.height()) {
        0 => Zone::Upper,
        1 => Zone::Middle,
        _ => Zone::Lower,
    };
    Some(Region { side, zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hottest_cell_names_its_region_on_the_patients_side() {
        let mut values = vec![0.0; 49];
        values[6] = 2.0;
        let map = ActivationMap::new(7, 7, values).unwrap();
        assert_eq!(hottest(&map), Some(Region { side: Side::Left, zone: Zone::Upper }));
        let cold = ActivationMap::new(7, 7, vec![-1.0; 49]).unwrap();
        assert_eq!(hottest(&cold), None);
    }
}
