//! The format: what fits, what comes back, and what does not.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// GSM's basic alphabet as far as ASCII has the same characters at the same places (3GPP TS 23.038, 6.2.1).
fn is_gsm(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.')
}

fn finding() -> impl Strategy<Value = AnnouncedFinding> {
    let levels = any::<[u8; 4]>().prop_map(|all| all.map(Level));
    (prop::sample::select(Finding::ALL), levels).prop_map(|(finding, [score, at, low, high])| {
        AnnouncedFinding { finding, score, threshold: at, band: (low, high) }
    })
}

fn trust() -> impl Strategy<Value = ClockTrust> {
    prop::sample::select(&[ClockTrust::Synced, ClockTrust::Unsynced])
}

/// Results with any numbers, also some that the format cannot say.
fn announced(made_minutes: i64) -> impl Strategy<Value = Announced> {
    let number = || prop_oneof![1..=NUMBER_MAX, NUMBER_MAX - 2..NUMBER_MAX + 3];
    (
        number(),
        number(),
        prop::option::of((-3..70_000_i64, trust())),
        prop::sample::select(&AlertStanding::ALL),
        prop::collection::vec(finding(), 1..=FINDINGS_MAX),
        any::<bool>(),
    )
        .prop_map(move |(seq, study, ago, alert, findings, more)| Announced {
            seq: Seq(seq),
            study: StudyNumber(study),
            known: ago.map(|(ago, trust)| Stamp {
                wall: WallMs((made_minutes - ago) * MINUTE_MS + 59_999),
                trust,
            }),
            alert,
            findings,
            more,
        })
}

/// What the format says of a result; `None` when it cannot.
fn said(one: &Announced, made_minutes: i64) -> Option<Announced> {
    let fits = one.seq.0 <= NUMBER_MAX && one.study.0 <= NUMBER_MAX;
    let minute = |at: Stamp| (at.wall.0.div_euclid(MINUTE_MS), at.trust);
    let known = one.known.map(minute);
    let known = known.filter(|(at, _)| (0..65_535).contains(&(made_minutes - at)));
    let known = known.map(|(at, trust)| Stamp { wall: WallMs(at * MINUTE_MS), trust });
    fits.then(|| Announced { known, ..one.clone() })
}

fn name(tag: [u8; 4], counter: u32, plain: &[u8]) -> DigestName {
    DigestName { tag, counter, texts: if plain.len() == PLAIN_BYTES[0] { 1 } else { 2 } }
}

proptest! {
    #[test]
    fn every_content_fits_two_texts_of_gsm_characters_and_comes_back(
        (minutes, results) in (0..2_000_000_000_i64)
            .prop_flat_map(|at| (Just(at), prop::collection::vec(announced(at), 0..40))),
        trust in trust(),
        waiting: u8,
        tag: [u8; 4],
        counter in 1..=COUNTER_MAX,
        order in any::<bool>(),
    ) {
        let made = Stamp { wall: WallMs(minutes * MINUTE_MS), trust };
        let (plain, taken) = pack(made, waiting, &results);
        prop_assert!(PLAIN_BYTES.contains(&plain.len()));
        let sayable: Vec<_> = results.iter().filter_map(|one| said(one, minutes)).collect();
        let digest = unpack(&plain).expect("it reads back");
        prop_assert_eq!((digest.made, digest.waiting), (made, waiting));
        prop_assert_eq!(&digest.results[..], &sayable[..taken.len()]);
        // As many as fit: the next one would have been too much.
        prop_assert!(taken.len() >= 6 || taken.len() == sayable.len());

        // Sealing adds bytes that look like chance.
        let mut sealed = plain.clone();
        sealed.extend(vec![0xa5; SEALED_EXTRA]);
        let name = name(tag, counter, &plain);
        let mut texts = texts(&name, &sealed).expect("texts");
        prop_assert!(texts.len() <= 2);
        for text in &texts {
            prop_assert_eq!(text.chars().count(), TEXT_CHARS);
            prop_assert!(text.chars().all(is_gsm), "{}", text);
        }
        if order {
            texts.reverse();
        }
        let mut found = read(&format!("Fwd: {}", texts.join("\n")));
        found.sort_by_key(|one| one.piece);
        let pieces: Vec<_> = found.iter().flat_map(|one| one.sealed.clone()).collect();
        prop_assert_eq!(pieces, sealed);
        prop_assert!(found.iter().all(|one| one.name == name));
    }

    #[test]
    fn nonsense_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), text: String) {
        let _anything_but_a_panic = (unpack(&bytes), read(&text), read_answer(&text));
    }

    #[test]
    fn answers_read_back_and_are_short(answer: [u8; 6]) {
        let text = answer_text(&answer);
        prop_assert_eq!(text.len(), ANSWER_CHARS);
        prop_assert!(text.chars().all(is_gsm));
        prop_assert_eq!(read_answer(&format!(" {text}\r\n")), Some(answer));
        prop_assert!(read(&text).is_empty());
    }
}

fn one(seq: i64, findings: usize) -> Announced {
    let finding = AnnouncedFinding {
        finding: Finding::Tuberculosis,
        score: Level(230),
        threshold: Level(128),
        band: (Level(120), Level(140)),
    };
    Announced {
        seq: Seq(seq),
        study: StudyNumber(seq),
        known: None,
        alert: AlertStanding::Open,
        findings: vec![finding; findings],
        more: false,
    }
}

/// The arithmetic of `docs/sync.md`.
#[test]
fn four_results_fit_one_text_and_eleven_fit_two() {
    let made = Stamp { wall: WallMs(0), trust: ClockTrust::Unsynced };
    let fit = |count: i64, findings: usize| {
        let results: Vec<_> = (1..=count).map(|seq| one(seq, findings)).collect();
        let (plain, taken) = pack(made, 0, &results);
        (taken.len(), PLAIN_BYTES.iter().position(|size| *size == plain.len()).unwrap() + 1)
    };
    assert_eq!(PLAIN_BYTES, [62, 172]);
    assert_eq!((fit(4, 1), fit(5, 1), fit(11, 1), fit(99, 1)), ((4, 1), (5, 2), (11, 2), (11, 2)));
    assert_eq!((fit(2, 3), fit(3, 3), fit(99, 3)), ((2, 1), (3, 2), (6, 2)));
    assert_eq!(SEALED_EXTRA, 32 + 16);
}

#[test]
fn every_finding_has_a_number_of_its_own() {
    let numbers: BTreeSet<u8> = FINDINGS.iter().map(|(_, number)| *number).collect();
    let findings: BTreeSet<Finding> = FINDINGS.iter().map(|(finding, _)| *finding).collect();
    assert_eq!((numbers.len(), findings.len()), (FINDINGS.len(), Finding::ALL.len()));
    assert!(!numbers.contains(&0));
}

#[test]
fn what_a_newer_program_says_is_not_read_as_something_else() {
    let made = Stamp { wall: WallMs(0), trust: ClockTrust::Synced };
    let (plain, _) = pack(made, 1, &[one(1, 1)]);
    assert!(unpack(&plain).is_some());
    let mut further = plain.clone();
    *further.last_mut().unwrap() = 1;
    assert_eq!(unpack(&further), None, "something after the results");
    let mut flag = plain.clone();
    flag[HEAD_BYTES + 8] |= 1 << 7;
    assert_eq!(unpack(&flag), None, "a flag that is not known");
    let mut finding = plain.clone();
    finding[HEAD_BYTES + RESULT_BYTES] = 200;
    assert_eq!(unpack(&finding), None, "a finding that is not known");
    let mut texts = texts(&name([1; 4], 7, &plain), &[0; PIECE_BYTES]).unwrap();
    texts[0].replace_range(..3, "FR2");
    assert!(read(&texts[0]).is_empty(), "another version");
}

/// The vectors of the format, so that another program can be written against them.
#[test]
fn the_vectors_hold() {
    use crate::domain::hex::Hex;
    let vectors = include_str!("../../tests/vectors/sms_digest.txt");
    let value = |name: &str| {
        let line = vectors.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")));
        line.unwrap_or_else(|| panic!("{name}")).to_owned()
    };
    let at = |minutes| Stamp { wall: WallMs(minutes * MINUTE_MS), trust: ClockTrust::Synced };
    let made = at(29_933_000);
    let results: Vec<_> = (1..=5)
        .map(|seq| Announced {
            study: StudyNumber(100 + seq),
            known: Some(at(29_933_000 - 20 * seq)),
            ..one(seq, 1)
        })
        .collect();
    let (plain, taken) = pack(made, 5, &results);
    assert_eq!((Hex(&plain).to_string(), taken.len()), (value("plain"), 5));
    let sealed = value("sealed");
    let sealed: Vec<u8> = sealed
        .as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    let tag = crate::domain::hex::parse(&value("tag")).unwrap();
    let name = DigestName { tag, counter: 7, texts: 2 };
    assert_eq!(Hex(&name.head()).to_string(), value("head"));
    let texts = texts(&name, &sealed).unwrap();
    assert_eq!(texts, [value("text 1"), value("text 2")]);
    let answer = crate::domain::hex::parse(&value("answer")).unwrap();
    assert_eq!(answer_text(&answer), value("answer text"));
}
