//! What must hold for the English texts, which are written first, and for how texts are said.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use crate::domain::alert::AlertClass;
use crate::domain::alert::roster::Weekday;
use crate::domain::certificate::{BroughtBy, BroughtState};
use crate::domain::fault::Fault;
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score};
use crate::domain::ids::StudyNumber;
use crate::domain::indication::{HivStatus, IndicationNote, PastTb, Reason, Symptom};
use crate::domain::patient::{Alike, FoundBy};
use crate::domain::people::{AgeYears, Role, Sex};
use crate::domain::programme_id::ProgrammeKind;
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{Backend, Urgency};
use crate::domain::report::{Draft, Region, Sentence, Side, Zone};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::study::{PhotoState, Stage, StudyState};
use crate::domain::sync::bundle::UpdateChoice;
use crate::domain::sync::order::{OrderKind, OrderRefusal, PortalSetting};
use crate::domain::sync::rollout::{self, Word};
use crate::domain::update::Phase;
use crate::locale::{Language, Locale, score_texts};

const ENGLISH: &str = Language::English.source();

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
fn every_phase_of_an_update_has_its_sentence() {
    check_keys(Phase::ALL.iter().map(|phase| format!("update-phase-{}", phase.code())));
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
    check_keys(Reason::ALL.iter().map(|r| format!("reason-{}", r.code())));
    check_keys(Symptom::ALL.iter().map(|s| format!("symptom-{}", s.code())));
    check_keys(PastTb::ALL.iter().map(|p| format!("past-tb-{}", p.code())));
    check_keys(HivStatus::ALL.iter().map(|h| format!("hiv-{}", h.code())));
    check_keys(Alike::ALL.iter().map(|a| format!("alike-{}", a.code())));
    check_keys(ProgrammeKind::ALL.iter().map(|k| format!("programme-{}", k.code())));
    let notes = IndicationNote::ALL.iter().map(|note| format!("note-{}", note.code()));
    check_keys(notes.flat_map(|key| [format!("{key}.next"), key]));
    let found = [
        FoundBy::BoxId,
        FoundBy::Study(StudyNumber(1)),
        FoundBy::LocalId,
        FoundBy::Programme,
        FoundBy::Name,
    ];
    check_keys(found.map(|by| format!("found-by-{}", by.code())));
    check_keys(Sex::ALL.iter().map(|s| format!("sex-{}", s.code())));
    check_keys(Role::ALL.iter().map(|r| format!("role-{}", r.code())));
    check_keys([Backend::Tract, Backend::TensorRt].map(|b| format!("backend-{}", b.code())));
    check_keys(AlertClass::ALL.iter().map(|c| format!("alert-class-{}", c.code())));
    check_keys(Weekday::ALL.iter().map(|d| format!("day-{}", d.code())));
    check_keys(OrderKind::ALL.iter().map(|k| format!("order-kind-{}", k.code())));
    check_keys(OrderRefusal::ALL.iter().map(|why| format!("order-refused-{}", why.code())));
    check_keys(UpdateChoice::ALL.map(|choice| format!("update-choice-{}", choice.code())));
    check_keys(Word::ALL.map(|word| format!("portal-word-{}", word.code())));
    let states = rollout::State::ALL.map(rollout::State::code);
    check_keys(states.map(|state| format!("portal-rollout-{state}")));
    check_keys(["begun", "ring"].into_iter().chain(states).map(|it| format!("portal-event-{it}")));
    check_keys(PortalSetting::ALL.iter().map(|s| format!("portal-setting-{}", s.code())));
    let outcomes = ["kept", "waiting", "agreed", "done", "refused", "withdrawn", "sent"];
    check_keys(outcomes.map(|outcome| format!("order-{outcome}")));
    check_keys(BroughtState::ALL.map(|state| format!("brought-{}", state.code())));
    check_keys(["early", "unusable"].map(|state| format!("brought-{state}.next")));
    let by = BroughtBy::ALL.map(|by| format!("brought-{}", by.code()));
    check_keys(by.into_iter().flat_map(|key| [format!("{key}.next"), key]));
    let gpu = ["serving", "preparing", "absent", "refused", "withdrawn", "next", "untried"];
    check_keys(gpu.map(|state| format!("system-gpu-{state}")));
    let states = StudyState::ALL.iter().map(|s| format!("state-{}", s.code()));
    let urgencies = Urgency::ALL.iter().map(|u| format!("urgency-{}", u.code()));
    let keys = states.chain(urgencies);
    check_keys(keys.flat_map(|key| [format!("{key}.what"), format!("{key}.next"), key]));
}

#[test]
fn pages_and_script_use_existing_texts_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = Vec::new();
    for folder in ["web/templates", "src/web", "src/portal", "src/locale"] {
        for path in files_under(root.join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            used.extend(keys_in(&text, &CALLS));
        }
    }
    assert!(used.len() > 50, "the search for keys finds too little");
    check_keys(used);
    let script = std::fs::read_to_string(root.join("web/static/app.js")).unwrap();
    check_keys(keys_in(&script, &["say(\""]));
}

fn files_under(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    found
}

/// How templates and pages name a key.
const CALLS: [&str; 6] =
    ["t(\"", "text(\"", "locale, \"", "outside(\"", "inside(session, \"", "inside(&session, \""];

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
