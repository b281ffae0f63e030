//! The report draft in words: one sentence a line.

use std::collections::HashSet;

use crate::domain::finding::{Evidence, NotAssessed, Score};
use crate::domain::lungs::Percent;
use crate::domain::reading::LungReading;
use crate::domain::report::{Draft, Region, Sentence, Side};
use crate::locale::{Arg, Locale};

impl Locale {
    /// The pre-filled report, one sentence a line. Findings without a score share a line where they
    /// share the reason: a long list of the same words hides the few that differ.
    #[must_use]
    pub fn draft_text(&self, draft: &Draft) -> String {
        let mut lines = Vec::new();
        let mut told = HashSet::new();
        for sentence in &draft.sentences {
            match sentence {
                Sentence::NotAssessed(_, reason) => {
                    if told.insert(*reason) {
                        lines.push(self.not_assessed_line(&draft.sentences, *reason));
                    }
                }
                sentence => lines.push(self.sentence_text(sentence)),
            }
        }
        lines.join("\n")
    }

    fn not_assessed_line(&self, sentences: &[Sentence], wanted: NotAssessed) -> String {
        let names = sentences.iter().filter_map(|sentence| match sentence {
            Sentence::NotAssessed(finding, reason) if *reason == wanted => {
                Some(self.finding_name(*finding))
            }
            _ => None,
        });
        let names = names.collect::<Vec<_>>().join(", ");
        let reason = self.not_assessed_reason(wanted);
        self.text("draft-not-assessed", &[("findings", names.into()), ("reason", reason.into())])
    }

    fn sentence_text(&self, sentence: &Sentence) -> String {
        match sentence {
            Sentence::Preamble => self.t("draft-preamble"),
            Sentence::Scored { finding, evidence, score, threshold, call, region } => {
                let (score, threshold) = score_texts(*score, *threshold);
                let mut args: Vec<Arg<'_>> = vec![
                    ("finding", self.finding_name(*finding).into()),
                    ("score", score.into()),
                    ("threshold", threshold.into()),
                    ("call", self.call_word(*call).into()),
                ];
                if let Some(region) = region {
                    args.push(("region", self.region_text(*region).into()));
                }
                let key = match (evidence, region) {
                    (Evidence::Assessed, None) => "draft-scored",
                    (Evidence::Assessed, Some(_)) => "draft-scored-region",
                    (Evidence::Hint, None) => "draft-hint",
                    (Evidence::Hint, Some(_)) => "draft-hint-region",
                };
                self.text(key, &args)
            }
            Sentence::NothingAbove => self.t("draft-nothing-above"),
            Sentence::NothingAssessed => self.t("draft-nothing-assessed"),
            Sentence::Mirrored => self.t("draft-mirrored"),
            Sentence::LooksTheSame { number, whose } => {
                let key = format!("draft-looks-the-same-{}", whose.code());
                self.text(&key, &[("number", number.to_string().into())])
            }
            Sentence::SameFilmOtherPatient { number } => {
                self.text("draft-same-film-another", &[("number", number.to_string().into())])
            }
            Sentence::MirrorDoubtful => self.t("draft-mirror-doubtful"),
            Sentence::AgeDoubtful => self.t("draft-age-doubtful"),
            Sentence::Indicated(note) => {
                let advice = self.indication_note(*note);
                format!("{} {}", advice.what, advice.next)
            }
            Sentence::Remark(issue) => {
                self.text("draft-remark", &[("remark", self.remark_text(*issue).into())])
            }
            Sentence::NotAssessed(_, reason) => {
                self.not_assessed_line(std::slice::from_ref(sentence), *reason)
            }
            Sentence::LungShare { both, low, high, lungs: [right, left], worst } => {
                let mut args = self.lung_share_args(*both, (*low, *high), [*right, *left]);
                if let Some(region) = worst {
                    args.push(("region", self.region_text(*region).into()));
                }
                let key =
                    if worst.is_some() { "draft-lung-share-region" } else { "draft-lung-share" };
                self.text(key, &args)
            }
            Sentence::LungShareNotAssessed => self.t("draft-lung-share-none"),
            Sentence::Model { model, backend } => self.text(
                "draft-model",
                &[
                    ("model", model.as_str().into()),
                    ("backend", self.backend_name(*backend).into()),
                ],
            ),
            Sentence::Decision => self.t("draft-decision"),
        }
    }

    /// The share of lung affected, in one line.
    #[must_use]
    pub fn lung_share_text(&self, lungs: &LungReading) -> String {
        let shares = lungs.fields.affected();
        let interval = lungs.repeat_error.interval(shares.both);
        self.text("lung-share", &self.lung_share_args(shares.both, interval, shares.lungs))
    }

    /// How much of the lungs lies under reflections; nothing where that is less than half a percent.
    #[must_use]
    pub fn glare_text(&self, share: Percent) -> Option<String> {
        let whole = format!("{:.0}", share.value());
        (whole != "0").then(|| self.text("glare-on-lungs", &[("share", whole.into())]))
    }

    pub(super) fn lung_share_args(
        &self,
        both: Percent,
        (low, high): (Percent, Percent),
        [right, left]: [Percent; 2],
    ) -> Vec<Arg<'static>> {
        let whole = |share: Percent| format!("{:.0}", share.value()).into();
        vec![
            ("both", whole(both)),
            ("low", whole(low)),
            ("high", whole(high)),
            ("right", whole(right)),
            ("left", whole(left)),
        ]
    }

    fn region_text(&self, region: Region) -> String {
        let zone = ("zone", self.t(&format!("zone-{}", region.zone.code())).into());
        match region.side {
            Side::Central => self.text("draft-region-central", &[zone]),
            Side::Right | Side::Left => {
                let side = ("side", self.t(&format!("side-{}", region.side.code())).into());
                self.text("draft-region-side", &[zone, side])
            }
        }
    }
}

/// A score and its threshold as people compare them: two digits, or three where two would show
/// different numbers as the same, a small number as none, or a large one as certain.
#[must_use]
pub fn score_texts(score: Score, threshold: Score) -> (String, String) {
    let two = |value: f32| format!("{value:.2}");
    let (score, threshold) = (score.value(), threshold.value());
    if two(score) == two(threshold) || score.min(threshold) < 0.1 || score.max(threshold) > 0.994 {
        (format!("{score:.3}"), format!("{threshold:.3}"))
    } else {
        (two(score), two(threshold))
    }
}
