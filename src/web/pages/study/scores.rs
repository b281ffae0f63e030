//! A reading in words, and its bars.

use crate::domain::finding::{Call, Evidence, Score};
use crate::domain::reading::ScoreLine;
use crate::domain::view::ReadingView;
use crate::locale::{Locale, score_texts};

/// What the box says.
pub(in crate::web) struct Reading {
    /// Findings with good evidence.
    pub(in crate::web) assessed: Vec<Line>,
    /// Findings with weak evidence.
    pub(in crate::web) hints: Vec<Line>,
    /// Names of findings, and the reason that they share.
    pub(in crate::web) not_assessed: Vec<(String, String)>,
    /// Remarks on the photo and on how the film lay.
    pub(in crate::web) remarks: Vec<String>,
    /// Share of lung with opacity, in a line.
    pub(in crate::web) lung_share: Option<String>,
    /// What to check on the film itself: doubt, and what to do.
    pub(in crate::web) doubts: Vec<(String, String)>,
    /// The report draft, a sentence a line.
    pub(in crate::web) report: String,
    /// Number of lines of the report, wrapped lines included, for the height of its field.
    pub(in crate::web) report_rows: usize,
    /// Model and back end.
    pub(in crate::web) model: String,
}

/// One score.
pub(in crate::web) struct Line {
    /// Code of the finding.
    pub(in crate::web) finding: &'static str,
    /// Whether there is a heatmap.
    pub(in crate::web) mapped: bool,
    /// Name of the finding.
    pub(in crate::web) name: String,
    /// Score in words.
    pub(in crate::web) score: String,
    /// Threshold in words.
    pub(in crate::web) threshold: String,
    /// Code of the call.
    pub(in crate::web) call: &'static str,
    /// Call in words.
    pub(in crate::web) call_word: String,
    /// "Hint" in words, for weak evidence.
    pub(in crate::web) hint: Option<String>,
    /// The whole bar in words.
    pub(in crate::web) label: String,
    /// The bar.
    pub(in crate::web) bar: Bar,
}

/// Places on a bar that is 1000 wide.
pub(in crate::web) struct Bar {
    /// End of the score.
    pub(in crate::web) score: u16,
    /// The threshold.
    pub(in crate::web) threshold: u16,
    /// Start of the indeterminate band.
    pub(in crate::web) band: u16,
    /// Width of the indeterminate band.
    pub(in crate::web) band_width: u16,
}

impl Reading {
    pub(in crate::web) fn of(locale: &Locale, view: &ReadingView) -> Self {
        let of = |evidence: Evidence| {
            let lines = view.sheet.lines.iter().filter(|line| line.evidence == evidence);
            let mut lines: Vec<_> = lines.collect();
            lines.sort_by_key(|line| rank(line.call));
            lines.into_iter().map(|line| Line::of(locale, line)).collect::<Vec<_>>()
        };
        let not_assessed = not_assessed(locale, view);
        let mut remarks: Vec<_> =
            view.remarks.iter().map(|issue| locale.remark_text(*issue)).collect();
        remarks.extend(view.glare_on_lungs.and_then(|share| locale.glare_text(share)));
        remarks.extend(locale.orientation_text(view.orientation));
        let doubts =
            [(view.age_doubtful, "age-doubtful"), (view.mirror_doubtful, "mirror-doubtful")];
        let doubts = doubts.into_iter().filter(|(doubted, _)| *doubted);
        let doubts = doubts.map(|(_, key)| (locale.t(key), locale.t(&format!("{key}.next"))));
        let model = format!("{} {}", view.sheet.model.id, view.sheet.model.version);
        let backend = locale.backend_name(view.sheet.backend);
        let report = locale.draft_text(&view.draft);
        Self {
            assessed: of(Evidence::Assessed),
            hints: of(Evidence::Hint),
            not_assessed,
            remarks,
            lung_share: view.sheet.lungs.as_ref().map(|lungs| locale.lung_share_text(lungs)),
            doubts: doubts.collect(),
            report_rows: rows(&report),
            report,
            model: locale
                .text("model-line", &[("model", model.into()), ("backend", backend.into())]),
        }
    }
}

impl Line {
    fn of(locale: &Locale, line: &ScoreLine) -> Self {
        let (score, threshold) = score_texts(line.score, line.threshold.at());
        let name = locale.finding_name(line.finding);
        let call_word = locale.call_word(line.call);
        let label = locale.text(
            "score-bar",
            &[
                ("finding", name.as_str().into()),
                ("score", score.as_str().into()),
                ("threshold", threshold.as_str().into()),
                ("call", call_word.as_str().into()),
            ],
        );
        let (low, high) = line.threshold.band();
        let band = place(low);
        Self {
            finding: line.finding.code(),
            mapped: line.map.is_some(),
            name,
            score: locale.text("score-label", &[("score", score.into())]),
            threshold: locale.text("threshold-label", &[("threshold", threshold.into())]),
            call: line.call.code(),
            call_word,
            hint: (line.evidence == Evidence::Hint).then(|| locale.t("hint-mark")),
            label,
            bar: Bar {
                score: place(line.score),
                threshold: place(line.threshold.at()),
                band,
                band_width: place(high).saturating_sub(band),
            },
        }
    }
}

/// What the box says nothing about, findings with the same reason together.
fn not_assessed(locale: &Locale, view: &ReadingView) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (finding, reason) in &view.sheet.not_assessed {
        let name = locale.finding_name(*finding);
        let reason = locale.not_assessed_reason(*reason);
        match groups.iter_mut().find(|(_, known)| *known == reason) {
            Some((names, _)) => {
                names.push_str(", ");
                names.push_str(&name);
            }
            None => groups.push((name, reason)),
        }
    }
    if view.sheet.lungs.is_none() {
        let lung_share = ["not-assessed-lung-share", "not-assessed-lung-share-reason"];
        groups.push(lung_share.map(|key| locale.t(key)).into());
    }
    let heart_ratio = ["not-assessed-heart-ratio", "not-assessed-heart-ratio-reason"];
    groups.push(heart_ratio.map(|key| locale.t(key)).into());
    groups
}

/// What needs a person comes first.
const fn rank(call: Call) -> u8 {
    match call {
        Call::Above => 0,
        Call::Indeterminate => 1,
        Call::Below => 2,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is 0 to 1, so the place is 0 to 1000"
)]
fn place(score: Score) -> u16 {
    (score.value() * 1000.0).round() as u16
}

/// Lines at about 36 characters, as a phone shows them.
fn rows(text: &str) -> usize {
    text.lines().map(|line| line.chars().count() / 36 + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_scores() {
        let check = |value, expected| assert_eq!(place(Score::new(value).unwrap()), expected);
        check(0.0, 0);
        check(0.4567, 457);
        check(1.0, 1000);
    }
}
