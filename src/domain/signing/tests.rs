//! Reports, their text and their chain.

use proptest::prelude::*;

use super::*;
use crate::domain::box_id::BoxCode;
use crate::domain::ids::{OperatorId, StudyId};
use crate::domain::indication::{HivStatus, PastTb, Reason, Symptom};
use crate::domain::people::AgeYears;
use crate::domain::report_text;
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};

const STUDY: StudyId = StudyId::from_bytes([1; 16]);

fn score(value: f32) -> Score {
    Score::new(value).unwrap()
}

fn scored(evidence: Evidence, value: f32, call: Call) -> Machine {
    Machine::Scored { evidence, score: score(value), threshold: score(0.5), call }
}

fn basis() -> Basis {
    let share = |value| Percent::new(value).unwrap();
    Basis {
        subject: ReportSubject {
            name: Phi::new(PersonName::parse("\u{906}\u{936}\u{93e} \\n Devi").unwrap()),
            box_id: BoxId::new(BoxCode::parse("K7PXM").unwrap(), 42).map(Phi::new),
            local_id: LocalId::parse("K 17").map(Phi::new),
            sex: Sex::Female,
            age: AgeEvidence::BirthYear(1980),
        },
        photo: PhotoId::from_bytes([2; 16]),
        radiograph: Sha256Digest::from_bytes([3; 32]),
        model: ModelRef {
            id: "findings".into(),
            version: "2.0.0".into(),
            sha256: Sha256Digest::from_bytes([4; 32]),
        },
        backend: Backend::Tract,
        preprocessing: 2,
        findings: vec![
            (Finding::Tuberculosis, scored(Evidence::Assessed, 0.731_234, Call::Above)),
            (Finding::Covid19, scored(Evidence::Hint, 0.9, Call::Above)),
            (Finding::Effusion, scored(Evidence::Assessed, 0.1, Call::Below)),
            (
                Finding::Mass,
                Machine::NotAssessed(NotAssessed::AgeUnknown { min: AgeYears::new(15).unwrap() }),
            ),
        ],
        lung_share: Some(LungShare {
            both: share(12.345_678),
            low: share(0.0),
            high: share(20.5),
            lungs: [share(10.0), share(14.0)],
        }),
        remarks: vec![QualityIssue::Blur],
        doubts: vec![
            FilmDoubt::MirrorDoubtful,
            FilmDoubt::LooksTheSame(StudyNumber(7), Whose::AnotherPatient),
        ],
        indication: Indication::new(
            Some(Reason::Triage),
            vec![Symptom::Cough, Symptom::Fever],
            PastTb::Yes,
            HivStatus::Unknown,
        ),
        notes: vec![IndicationNote::SymptomsAndScore],
    }
}

fn content(conclusion: &str, recommendation: &str) -> ReportContent {
    let edits = Edits {
        opinions: vec![
            (Finding::Tuberculosis, Opinion::Seen),
            (Finding::Effusion, Opinion::NotSeen),
            (Finding::Mass, Opinion::Seen),
        ],
        conclusion: FreeText::parse(conclusion).unwrap(),
        recommendation: FreeText::parse(recommendation).unwrap(),
        credits: vec![],
    };
    ReportContent::new("en", basis(), &edits)
}

fn version(versions: &[SignedVersion], reason: &str, text: String) -> SignedVersion {
    let head = VersionHead {
        study: STUDY,
        number: StudyNumber(12),
        version: u32::try_from(versions.len()).unwrap() + 1,
        previous: versions.last().map(|last| last.hash),
        signer: OperatorId::from_bytes([9; 16]),
        signer_name: PersonName::parse("Dr. Rao").unwrap(),
        at: Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced },
        how: HowRead::Singly,
        reason: FreeText::parse(reason).unwrap(),
    };
    SignedVersion::seal(head, text)
}

fn chain(texts: &[String]) -> Vec<SignedVersion> {
    let mut versions: Vec<SignedVersion> = Vec::new();
    for text in texts {
        let reason = if versions.is_empty() { "" } else { "seen again" };
        versions.push(version(&versions, reason, text.clone()));
    }
    versions
}

#[test]
fn a_decision_says_what_the_box_had_said_too() {
    let above = scored(Evidence::Hint, 0.9, Call::Above);
    let below = scored(Evidence::Assessed, 0.1, Call::Below);
    let none = Machine::NotAssessed(NotAssessed::NotInModel);
    assert_eq!(Decision::of(Opinion::Seen, above), Decision::Accepted);
    assert_eq!(Decision::of(Opinion::Seen, below), Decision::Added);
    assert_eq!(Decision::of(Opinion::Seen, none), Decision::Added);
    assert_eq!(Decision::of(Opinion::NotSeen, above), Decision::Rejected);
    assert_eq!(Decision::of(Opinion::NotSeen, below), Decision::Rejected);
    for machine in [above, below, none] {
        assert_eq!(Decision::of(Opinion::Undecided, machine), Decision::NotCommented);
    }
}

#[test]
fn nothing_is_signed_before_the_box_was_answered_and_a_word_was_said() {
    let signable = |opinions: Vec<_>, conclusion: &str| {
        let conclusion = FreeText::parse(conclusion).unwrap();
        let edits = Edits { opinions, conclusion, ..Edits::default() };
        ReportContent::new("en", basis(), &edits).signable()
    };
    let decided = vec![(Finding::Tuberculosis, Opinion::NotSeen)];
    assert_eq!(signable(vec![], "x"), Err(NotSignable::Undecided(Finding::Tuberculosis)));
    assert_eq!(signable(decided.clone(), "  \n "), Err(NotSignable::NoConclusion));
    // A hint may stay without a word.
    assert_eq!(signable(decided, "x"), Ok(()));
}

#[test]
fn edits_come_back_from_a_report() {
    let content = content("One line.\nAnother line.", "Sputum test.");
    let again = ReportContent::new("en", basis(), &content.edits());
    assert_eq!(again, content);
    assert!(content.sees_something());
}

#[test]
fn a_report_reads_back_what_it_writes() {
    let content = content("a \\n b\nc \\", "");
    let text = report_text::write(&content);
    assert_eq!(report_text::read(&text), Some(content));
    assert_eq!(report_text::read(text.trim_end()), None);
    assert_eq!(report_text::read(&text.replace("report 2", "report 3")), None);
    assert_eq!(report_text::read(&text.replace("report 2", "report 1")), None);
    assert_eq!(report_text::read(&format!("{text}more\n")), None);
}

/// A report as it was signed before patients had ids of the box and films a reason.
#[test]
fn a_report_of_the_first_format_stays_readable() {
    let content = content("a", "b");
    let old =
        |line: &&str| !["box-id", "indication", "note"].contains(&line.split(' ').next().unwrap());
    let text = report_text::write(&content).replace("report 2", "report 1");
    let text: String = text.lines().filter(old).map(|line| format!("{line}\n")).collect();
    let read = report_text::read(&text).unwrap();
    assert_eq!(read.basis.subject.box_id, None);
    assert!(read.basis.indication.is_empty() && read.basis.notes.is_empty());
    assert_eq!(read.basis.subject.local_id, content.basis.subject.local_id);
    assert_eq!(read.conclusion, content.conclusion);
    assert_eq!(report_text::read(&text.replace("local-id K 17", "local-id ")), None);
}

#[test]
fn a_report_without_a_number_of_the_clinic_reads_back_and_no_report_tells_the_hiv_status() {
    let mut content = content("a", "b");
    content.basis.subject.local_id = None;
    assert_eq!(report_text::read(&report_text::write(&content)), Some(content.clone()));
    content.basis.indication =
        Indication::new(None, Vec::new(), PastTb::Unknown, HivStatus::Positive);
    let text = report_text::write(&content);
    assert!(!text.contains("positive") && !text.contains("indication"));
}

#[test]
fn a_taken_out_swapped_or_moved_version_breaks_the_chain() {
    let versions = chain(&["a".into(), "b".into(), "c".into()]);
    assert_eq!(verify_chain(STUDY, &versions), Ok(()));
    assert_eq!(verify_chain(STUDY, &[]), Ok(()));
    let without = |at: usize| {
        let mut less = versions.clone();
        less.remove(at);
        verify_chain(STUDY, &less)
    };
    assert!(without(0).is_err() && without(1).is_err());
    let other = StudyId::from_bytes([5; 16]);
    assert_eq!(verify_chain(other, &versions), Err(BrokenChain::Study(1)));
    let resealed = version(&[], "", "x".into());
    let swapped = [resealed, versions[1].clone()];
    assert_eq!(verify_chain(STUDY, &swapped), Err(BrokenChain::Link(2)));
    let unexplained = [versions[0].clone(), version(&versions[..1], "", "y".into())];
    assert_eq!(verify_chain(STUDY, &unexplained), Err(BrokenChain::Reason(2)));
}

/// Computed by another program from the description of the format: a report signed today must verify
/// for good.
#[test]
fn the_seal_of_a_known_version_never_changes() {
    let versions = chain(&["a".into()]);
    let known = "2cb39ddef87d049d683bb0bd14a551583d092c8c75d0ba4888f65ebe1518d06e";
    assert_eq!(versions[0].hash.to_string(), known);
}

#[test]
fn free_text_keeps_its_lines_and_nothing_hidden() {
    let check = |text: &str, expected: Option<&str>| {
        let parsed = FreeText::parse(text);
        assert_eq!(parsed.as_ref().map(FreeText::as_str), expected, "{text:?}");
    };
    check(" a \r\nb\n\n", Some("a\nb"));
    check("a\u{0}b", None);
    check(&"x".repeat(FreeText::CHARS_MAX + 1), None);
    check("", Some(""));
}

proptest! {
    #[test]
    fn any_words_survive_the_text(conclusion in "\\PC{0,60}", more in "[a-z\\\\\n]{0,40}") {
        let Some(words) = FreeText::parse(&format!("{conclusion}\n{more}")) else { return Ok(()) };
        let content = content(words.as_str(), more.as_str());
        prop_assert_eq!(report_text::read(&report_text::write(&content)), Some(content));
    }

    #[test]
    fn any_changed_character_of_any_version_is_found(
        texts in prop::collection::vec("[a-z]{1,20}", 1..5),
        at in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
    ) {
        let mut versions = chain(&texts);
        let at = at.index(versions.len());
        let mut text = versions[at].text.reveal().clone().into_bytes();
        let place = place.index(text.len());
        text[place] = if text[place] == b'z' { b'a' } else { text[place] + 1 };
        versions[at].text = Phi::new(String::from_utf8(text).unwrap());
        let broken = Err(BrokenChain::Content(u32::try_from(at).unwrap() + 1));
        prop_assert_eq!(verify_chain(STUDY, &versions), broken);
    }
}

#[test]
fn a_report_names_whose_words_it_has_and_one_without_any_keeps_its_bytes() {
    let plain = content("Cavity.", "");
    assert!(report_text::write(&plain).starts_with("report 2\n"));
    let credit = |kind, name| Credit {
        kind,
        name: PersonName::parse(name).unwrap(),
        at: WallMs(1_800_000_000_000),
    };
    let credits =
        vec![credit(CreditKind::Review, "Dr. A Sen"), credit(CreditKind::Amendment, "Dr. Bose")];
    let named = ReportContent { credits, ..plain.clone() };
    let text = report_text::write(&named);
    assert!(text.starts_with("report 3\n") && text.contains("\ncredit review "), "{text}");
    assert_eq!(report_text::read(&text), Some(named.clone()));
    assert_eq!(named.edits().credits, named.credits);
    // A text of the other format without what makes it one is no text of ours.
    let other = report_text::write(&plain).replacen("report 2", "report 3", 1);
    assert_eq!(report_text::read(&other), None);
    assert_eq!(report_text::read(&text.replacen("report 3", "report 2", 1)), None);
}
