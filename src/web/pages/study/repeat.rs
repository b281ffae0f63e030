//! Several readings of one film in words: how far they agree.

use crate::domain::finding::{Call, Score};
use crate::domain::ids::PhotoId;
use crate::domain::repeat::{Repeat, RepeatedFinding};
use crate::domain::view::StudyView;
use crate::locale::{Advice, Locale};

/// How the readings compare.
pub(super) struct Compared {
    /// All of it in a sentence.
    pub(super) summary: String,
    /// What a physician must see; `None` while all calls agree.
    pub(super) doubt: Option<Advice>,
    /// Finding by finding.
    pub(super) lines: Vec<Line>,
}

/// One finding in all readings.
pub(super) struct Line {
    /// Name of the finding.
    pub(super) name: String,
    /// Icon: the common call, or the one for a doubt.
    pub(super) icon: &'static str,
    /// How far the readings agree.
    pub(super) verdict: String,
    /// Photo, score and call of each reading.
    pub(super) readings: Vec<String>,
}

impl Compared {
    /// The comparison; `None` where no finding was assessed in all readings.
    pub(super) fn of(locale: &Locale, view: &StudyView) -> Option<Self> {
        let repeat = view.repeat.as_ref().filter(|repeat| !repeat.findings.is_empty())?;
        let differing = repeat.differing().map(|one| locale.finding_name(one.finding));
        let differing: Vec<_> = differing.collect();
        let doubt = (!differing.is_empty()).then(|| Advice {
            what: locale.text("repeat-doubt", &[("findings", differing.join(", ").into())]),
            next: locale.t("repeat-doubt.next"),
        });
        let line = |finding: &RepeatedFinding| Line::of(locale, view, repeat, finding);
        Some(Self {
            summary: summary(locale, repeat, doubt.is_none()),
            doubt,
            lines: repeat.findings.iter().map(line).collect(),
        })
    }
}

impl Line {
    fn of(locale: &Locale, view: &StudyView, repeat: &Repeat, finding: &RepeatedFinding) -> Self {
        let count = repeat.readings.into();
        let agreement = finding.call().map(|call| {
            let word = locale.call_word(call);
            locale.text("repeat-same", &[("readings", count), ("call", word.into())])
        });
        let agreement = agreement.unwrap_or_else(|| locale.t("repeat-calls-differ"));
        let verdict = if repeat.same_model {
            let difference = difference_text(finding.spread());
            let args = [("difference", difference.into()), ("agreement", agreement.into())];
            locale.text("repeat-finding", &args)
        } else {
            agreement
        };
        let reading = |(photo, score, call): &(PhotoId, Score, Call)| {
            locale.text(
                "repeat-reading",
                &[
                    ("number", number(view, *photo).into()),
                    ("score", score_text(score.value()).into()),
                    ("call", locale.call_word(*call).into()),
                ],
            )
        };
        Self {
            name: locale.finding_name(finding.finding),
            icon: finding.call().map_or("alert", Call::code),
            verdict,
            readings: finding.readings.iter().map(reading).collect(),
        }
    }
}

fn summary(locale: &Locale, repeat: &Repeat, agree: bool) -> String {
    let count = ("readings", repeat.readings.into());
    let Some(spread) = repeat.spread() else {
        return locale.text("repeat-other-model", &[count]);
    };
    let difference = ("difference", difference_text(spread).into());
    let call = repeat.findings.first().and_then(RepeatedFinding::call);
    match (agree, call, repeat.findings.len()) {
        (true, Some(call), 1) => {
            let word = locale.call_word(call);
            let agreement = locale.text("repeat-same", &[count.clone(), ("call", word.into())]);
            locale.text("repeat-one", &[count, difference, ("agreement", agreement.into())])
        }
        (true, _, _) => locale.text("repeat-agree", &[count, difference]),
        (false, _, _) => locale.text("repeat-differ", &[count, difference]),
    }
}

/// What a photo is called on the page: its place among all photos of the study, from 1.
fn number(view: &StudyView, photo: PhotoId) -> usize {
    view.photos.iter().position(|one| one.id == photo).map_or(0, |place| place + 1)
}

/// Two digits, three where two would show a small score as none or a large one as certain.
fn score_text(score: f32) -> String {
    if (0.1..=0.994).contains(&score) { format!("{score:.2}") } else { format!("{score:.3}") }
}

/// Rounded up: "at most" must hold. The allowance is for what `f32` cannot hold exactly.
fn difference_text(difference: f32) -> String {
    format!("{:.2}", (difference * 100.0 - 1e-3).ceil().max(0.0) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::box_id::{BoxCode, BoxId};
    use crate::domain::finding::Finding;
    use crate::domain::ids::{PatientId, StudyId, StudyNumber};
    use crate::domain::indication::Indication;
    use crate::domain::patient::Patient;
    use crate::domain::people::{AgeEvidence, PersonName, Phi, Sex};
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
    use crate::domain::study::{PhotoState, StudyState};
    use crate::domain::view::PhotoView;

    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    const PHOTOS: [PhotoId; 2] = [PhotoId::from_bytes([1; 16]), PhotoId::from_bytes([2; 16])];

    /// A study whose two photos gave these scores of tuberculosis.
    fn compared(scores: [(f32, Call); 2], same_model: bool) -> Compared {
        let readings = PHOTOS.into_iter().zip(scores);
        let readings =
            readings.map(|(photo, (score, call))| (photo, Score::new(score).unwrap(), call));
        let finding =
            RepeatedFinding { finding: Finding::Tuberculosis, readings: readings.collect() };
        let photo = |id| PhotoView {
            id,
            received: NOW,
            state: PhotoState::Reported,
            issues: vec![],
            fault: None,
            corrected: false,
            has_radiograph: true,
        };
        let view = StudyView {
            id: StudyId::from_bytes([3; 16]),
            number: StudyNumber(1),
            state: StudyState::Reported,
            urgency: None,
            patient: Patient {
                id: PatientId::from_bytes([4; 16]),
                box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), 1).unwrap()),
                name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
                local_id: None,
                sex: Sex::Female,
                age: AgeEvidence::BirthYear(1980),
            },
            indication: Indication::default(),
            registered: NOW,
            photos: PHOTOS.map(photo).to_vec(),
            same_films: Vec::new(),
            reading: None,
            better: None,
            repeat: Some(Repeat { readings: 2, findings: vec![finding], same_model }),
            worth_repeating: None,
            version: 1,
        };
        Compared::of(Locale::english(), &view).unwrap()
    }

    #[test]
    fn readings_that_agree_are_one_sentence() {
        let compared = compared([(0.71, Call::Above), (0.75, Call::Above)], true);
        assert_eq!(
            compared.summary,
            "Two photos of this film: scores differ by at most 0.04; both above the threshold."
        );
        assert_eq!(compared.doubt, None);
        assert_eq!(compared.lines[0].readings[1], "Photo 2: 0.75, above the threshold");
    }

    #[test]
    fn calls_that_differ_are_a_doubt_that_a_physician_must_see() {
        let compared = compared([(0.48, Call::Below), (0.55, Call::Above)], true);
        let doubt = compared.doubt.unwrap();
        assert!(doubt.what.contains("do not agree: Consistent with tuberculosis"), "{doubt:?}");
        assert!(doubt.next.starts_with("A physician must see the film"), "{doubt:?}");
        assert!(compared.summary.ends_with("The calls differ."), "{}", compared.summary);
        assert_eq!(compared.lines[0].icon, "alert");
    }

    #[test]
    fn scores_of_different_models_are_not_subtracted() {
        let compared = compared([(0.48, Call::Below), (0.55, Call::Below)], false);
        assert!(compared.summary.contains("different models"), "{}", compared.summary);
        assert_eq!(compared.lines[0].verdict, "both below the threshold");
    }

    #[test]
    fn a_difference_is_never_told_smaller_than_it_is() {
        let check = |difference, expected| assert_eq!(difference_text(difference), expected);
        check(0.0, "0.00");
        check(0.74 - 0.70, "0.04");
        check(0.0401, "0.05");
        check(0.001, "0.01");
        check(1.0, "1.00");
    }
}
