//! The words that a person at the box reads.
//!
//! Here: looking up a text by its key, and the texts of domain values. Not here: where a text
//! stands on a page (`web/templates`), and the texts themselves (`web/locales/*.ftl`).
//! A *key* names a text; `key.next` names its attribute `next`: what to do.

mod report;

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::fault::Fault;
use crate::domain::film::{Orientation, Turn};
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed};
use crate::domain::lungs::Percent;
use crate::domain::people::{Role, Sex};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{Backend, LungReading, Urgency};
use crate::domain::report::{Draft, Region, Sentence, Side};
use crate::domain::same_film::{FilmAnswer, SameFilm};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::study::{PhotoState, Stage, StudyState};

pub use report::{FindingWords, ReportWords, score_texts};

const ENGLISH: &str = include_str!("../web/locales/en.ftl");

/// A name and its value for a text with a gap.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

/// What happened, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What happened: one sentence.
    pub what: String,
    /// What to do next: one sentence.
    pub next: String,
}

/// All texts of one language.
pub struct Locale {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// Keys that were asked for in vain: each is logged once.
    missing: Mutex<HashSet<String>>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locale({})", self.code)
    }
}

impl Locale {
    /// English.
    pub fn english() -> &'static Self {
        static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::load("en", ENGLISH));
        &LOCALE
    }

    fn load(code: &'static str, source: &str) -> Self {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| {
            tracing::error!(locale = code, "the language file holds entries that cannot be read");
            partial
        });
        let language: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolation marks would end up in the report text that people copy.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { code, bundle, missing: Mutex::default() }
    }

    /// Language code as HTML's `lang` has it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The text of a key without gaps.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.text(key, &[])
    }

    /// The text of a key. A missing key shows itself: a page with a gap is better than no page.
    #[must_use]
    pub fn text(&self, key: &str, args: &[Arg<'_>]) -> String {
        self.find(key, args).unwrap_or_else(|| {
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            if missing.insert(key.to_owned()) {
                tracing::warn!(locale = self.code, key, "a text is missing or lacks a value");
            }
            key.to_owned()
        })
    }

    /// The text of a key, or nothing if it is missing or one of its gaps was not filled.
    fn find(&self, key: &str, args: &[Arg<'_>]) -> Option<String> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    fn advice(&self, key: &str) -> Advice {
        Advice { what: self.t(key), next: self.t(&format!("{key}.next")) }
    }

    /// Keys with their texts, for the script.
    #[must_use]
    pub fn texts_of(&self, keys: &[&'static str]) -> Vec<(&'static str, String)> {
        keys.iter().map(|key| (*key, self.t(key))).collect()
    }
}

/// Texts of domain values.
impl Locale {
    /// Name of a finding.
    #[must_use]
    pub fn finding_name(&self, finding: Finding) -> String {
        self.t(&format!("finding-{}", finding.code()))
    }

    /// A call in words.
    #[must_use]
    pub fn call_word(&self, call: Call) -> String {
        self.t(&format!("call-{}", call.code()))
    }

    /// What is wrong with a photo, and how to take a better one.
    #[must_use]
    pub fn issue_text(&self, issue: QualityIssue) -> Advice {
        self.advice(&format!("issue-{}", issue.code()))
    }

    /// What a slight form of the issue means for the reader.
    #[must_use]
    pub fn remark_text(&self, issue: QualityIssue) -> String {
        self.t(&format!("issue-{}.remark", issue.code()))
    }

    /// What a fault is, and what to do.
    #[must_use]
    pub fn fault_text(&self, fault: Fault) -> Advice {
        self.advice(&format!("fault-{}", fault.code()))
    }

    /// Where a study stands.
    #[must_use]
    pub fn state_word(&self, state: StudyState) -> String {
        self.t(&format!("state-{}", state.code()))
    }

    /// What the state means, and what to do.
    #[must_use]
    pub fn state_text(&self, state: StudyState) -> Advice {
        let key = format!("state-{}", state.code());
        Advice { what: self.t(&format!("{key}.what")), next: self.t(&format!("{key}.next")) }
    }

    /// Where a photo stands.
    #[must_use]
    pub fn photo_state_word(&self, state: PhotoState) -> String {
        self.t(&format!("photo-{}", state.code()))
    }

    /// A step that a photo passes.
    #[must_use]
    pub fn stage_name(&self, stage: Stage) -> String {
        self.t(&format!("stage-{}", stage.code()))
    }

    /// How soon.
    #[must_use]
    pub fn urgency_word(&self, urgency: Urgency) -> String {
        self.t(&format!("urgency-{}", urgency.code()))
    }

    /// What the urgency means, and what to do.
    #[must_use]
    pub fn urgency_text(&self, urgency: Urgency) -> Advice {
        let key = format!("urgency-{}", urgency.code());
        Advice { what: self.t(&format!("{key}.what")), next: self.t(&format!("{key}.next")) }
    }

    /// A film that looks like one of another study, and what to do.
    #[must_use]
    pub fn same_film_text(&self, film: &SameFilm) -> Advice {
        let key = match film.answer {
            None => format!("same-film-{}", film.whose.code()),
            Some((FilmAnswer::Same, ..)) => format!("same-film-same-{}", film.whose.code()),
            Some((FilmAnswer::Other, ..)) => "same-film-other".to_owned(),
        };
        let number = film.number.to_string();
        let args = [("number", number.as_str().into())];
        Advice { what: self.text(&key, &args), next: self.text(&format!("{key}.next"), &args) }
    }

    /// Administrative sex.
    #[must_use]
    pub fn sex_word(&self, sex: Sex) -> String {
        self.t(&format!("sex-{}", sex.code()))
    }

    /// What an operator is.
    #[must_use]
    pub fn role_word(&self, role: Role) -> String {
        self.t(&format!("role-{}", role.code()))
    }

    /// Name of a compute back end.
    #[must_use]
    pub fn backend_name(&self, backend: Backend) -> String {
        self.t(&format!("backend-{}", backend.code()))
    }

    /// Why a finding has no score.
    #[must_use]
    pub fn not_assessed_reason(&self, reason: NotAssessed) -> String {
        match reason {
            NotAssessed::NotInModel => self.t("not-assessed-not-in-model"),
            NotAssessed::ChannelNotCalibrated => self.t("not-assessed-channel"),
            NotAssessed::BelowValidatedAge { min } => {
                self.text("not-assessed-below-age", &[("min", min.years().into())])
            }
            NotAssessed::AgeUnknown { min } => {
                self.text("not-assessed-age-unknown", &[("min", min.years().into())])
            }
        }
    }

    /// What the box undid, sentence by sentence; empty for an upright film.
    #[must_use]
    pub fn orientation_text(&self, orientation: Orientation) -> Vec<String> {
        let turn = match orientation.turn {
            Turn::None => None,
            Turn::Quarter => Some("orientation-90"),
            Turn::Half => Some("orientation-180"),
            Turn::ThreeQuarter => Some("orientation-270"),
        };
        let mirrored = orientation.mirrored.then_some("orientation-mirrored");
        let inverted = orientation.inverted.then_some("orientation-inverted");
        [turn, mirrored, inverted].into_iter().flatten().map(|key| self.t(key)).collect()
    }

    /// Local time, with a remark when nothing confirmed the clock.
    #[must_use]
    pub fn time_text(&self, stamp: Stamp, utc_offset_minutes: i32) -> String {
        let Some(time) = local(stamp, utc_offset_minutes) else { return self.t("time-unsynced") };
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        let text = self.text(
            "time-local",
            &[
                ("day", time.day().into()),
                ("month", self.t(&format!("month-{}", u8::from(time.month()))).into()),
                ("year", time.year().to_string().into()),
                ("time", clock.into()),
            ],
        );
        match stamp.trust {
            ClockTrust::Synced => text,
            ClockTrust::Unsynced => format!("{text} ({})", self.t("time-unsynced")),
        }
    }

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

    fn lung_share_args(
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

/// Calendar time of a stamp on the clinic's wall, where it is one.
fn local(stamp: Stamp, utc_offset_minutes: i32) -> Option<time::OffsetDateTime> {
    let seconds = stamp.wall.0.div_euclid(1000) + i64::from(utc_offset_minutes) * 60;
    time::OffsetDateTime::from_unix_timestamp(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Score;
    use crate::domain::people::AgeYears;
    use crate::domain::report::Zone;
    use crate::domain::stamp::WallMs;
    use std::path::Path;

    fn has(key: &str) -> bool {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
        Locale::english().bundle.get_message(id).is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    fn check_keys(keys: impl IntoIterator<Item = String>) {
        let missing: Vec<_> = keys.into_iter().filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "texts are missing: {missing:?}");
    }

    #[test]
    fn the_language_file_is_readable_and_has_no_key_twice() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
        let mut seen = HashSet::new();
        for line in ENGLISH.lines() {
            let Some((key, _)) = line.split_once(" =") else { continue };
            let starts_a_message = key.starts_with(|c: char| c.is_ascii_alphabetic());
            assert!(!starts_a_message || seen.insert(key), "{key} is there twice");
        }
    }

    #[test]
    fn every_fault_says_what_happened_and_what_to_do() {
        let keys = Fault::ALL.iter().map(|fault| format!("fault-{}", fault.code()));
        check_keys(keys.flat_map(|key| [format!("{key}.next"), key]));
    }

    #[test]
    fn every_quality_issue_has_advice_and_a_remark() {
        let keys = QualityIssue::ALL.iter().map(|issue| format!("issue-{}", issue.code()));
        check_keys(keys.flat_map(|key| [format!("{key}.next"), format!("{key}.remark"), key]));
    }

    #[test]
    fn every_domain_value_has_its_word() {
        check_keys(Finding::ALL.iter().map(|f| format!("finding-{}", f.code())));
        check_keys(Call::ALL.iter().map(|c| format!("call-{}", c.code())));
        check_keys(PhotoState::ALL.iter().map(|s| format!("photo-{}", s.code())));
        check_keys(Stage::ALL.iter().map(|s| format!("stage-{}", s.code())));
        check_keys(Sex::ALL.iter().map(|s| format!("sex-{}", s.code())));
        check_keys(Role::ALL.iter().map(|r| format!("role-{}", r.code())));
        check_keys([Backend::Tract, Backend::TensorRt].map(|b| format!("backend-{}", b.code())));
        let states = StudyState::ALL.iter().map(|s| format!("state-{}", s.code()));
        let urgencies = Urgency::ALL.iter().map(|u| format!("urgency-{}", u.code()));
        let keys = states.chain(urgencies);
        check_keys(keys.flat_map(|key| [format!("{key}.what"), format!("{key}.next"), key]));
    }

    #[test]
    fn pages_and_script_use_existing_texts_only() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = Vec::new();
        for folder in [
            "web/templates",
            "src/web",
            "src/web/pages",
            "src/web/pages/study",
            "src/web/pages/report",
            "src/locale",
        ] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let text = std::fs::read_to_string(&path).unwrap();
                    used.extend(keys_in(&text, &CALLS));
                }
            }
        }
        assert!(used.len() > 50, "the search for keys finds too little");
        check_keys(used);
        let script = std::fs::read_to_string(root.join("web/static/app.js")).unwrap();
        check_keys(keys_in(&script, &["say(\""]));
    }

    /// How templates and pages name a key.
    const CALLS: [&str; 6] = [
        "t(\"",
        "text(\"",
        "locale, \"",
        "outside(\"",
        "inside(session, \"",
        "inside(&session, \"",
    ];

    fn keys_in(text: &str, calls: &[&str]) -> Vec<String> {
        let mut keys = Vec::new();
        for call in calls {
            for (start, _) in text.match_indices(call) {
                let is_word = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
                let rest = &text[start + call.len()..];
                let key = &rest[..rest.find('"').unwrap_or(0)];
                if !is_word && !key.contains('{') && !key.is_empty() {
                    keys.push(key.to_owned());
                }
            }
        }
        keys
    }

    #[test]
    fn texts_never_claim_what_the_box_cannot_know() {
        let lower = ENGLISH.to_lowercase();
        for banned in ["diagnosis", "positive patient", "detected disease", " normal"] {
            assert!(!lower.contains(banned), "{banned:?} is a banned word");
        }
    }

    #[test]
    fn a_missing_key_shows_itself() {
        assert_eq!(Locale::english().t("no-such-key"), "no-such-key");
        assert_eq!(Locale::english().t("age-years"), "age-years");
    }

    #[test]
    fn scores_are_written_so_that_the_comparison_can_be_checked() {
        let check = |score, threshold, expected: (&str, &str)| {
            let texts = score_texts(Score::new(score).unwrap(), Score::new(threshold).unwrap());
            assert_eq!((texts.0.as_str(), texts.1.as_str()), expected);
        };
        check(0.731, 0.4, ("0.73", "0.40"));
        check(0.4561, 0.4579, ("0.456", "0.458"));
        check(0.031, 0.4, ("0.031", "0.400"));
        check(0.997, 0.4, ("0.997", "0.400"));
    }

    #[test]
    fn times_say_when_nothing_confirmed_the_clock() {
        let at = |trust| Stamp { wall: WallMs(1_763_456_701_000), trust };
        let text = |trust| Locale::english().time_text(at(trust), 330);
        assert_eq!(text(ClockTrust::Synced), "18 Nov 2025, 14:35");
        assert_eq!(text(ClockTrust::Unsynced), "18 Nov 2025, 14:35 (clock not confirmed)");
    }

    #[test]
    fn a_report_draft_is_one_sentence_a_line() {
        let score = |value| Score::new(value).unwrap();
        let draft = Draft {
            sentences: vec![
                Sentence::Scored {
                    finding: Finding::Effusion,
                    evidence: Evidence::Assessed,
                    score: score(0.81),
                    threshold: score(0.35),
                    call: Call::Above,
                    region: Some(Region { side: Side::Right, zone: Zone::Lower }),
                },
                Sentence::NotAssessed(
                    Finding::Tuberculosis,
                    NotAssessed::BelowValidatedAge { min: AgeYears::new(15).unwrap() },
                ),
                Sentence::NotAssessed(Finding::Nodule, NotAssessed::NotInModel),
                Sentence::NotAssessed(Finding::Mass, NotAssessed::NotInModel),
                Sentence::Decision,
            ],
        };
        assert_eq!(
            Locale::english().draft_text(&draft),
            "Pleural effusion: score 0.81 (threshold 0.35), above the threshold; seen most in the \
             lower third, patient’s right side.\n\
             Not assessed: Consistent with tuberculosis. The patient is, or may be, younger than \
             15 years, and the model was checked only from that age on.\n\
             Not assessed: Nodule, Mass. Not scored by the model on this box.\n\
             A physician looks at the film and decides."
        );
    }
}
