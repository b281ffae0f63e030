//! What must hold for every translation. A test that fails names the keys, language by language, so
//! that its message is the list of what is left to translate.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentResource, FluentValue};

use crate::locale::{Arg, Language, Locale};

/// Texts of a file: `key` or `key.attribute`, and the pattern as it is written.
type Texts = BTreeMap<String, String>;

/// Texts that are the same in every language: names, and lines that hold nothing but values.
const SAME_EVERYWHERE: [&str; 7] = [
    "app-name",
    "time-local",
    "patient-line",
    "about-model",
    "about-model-digest",
    "pacs-name",
    "fhir-name",
];

/// Latin words that stand in texts of other scripts: names, units, and what is written on a film or
/// on a phone's screen.
const LATIN_WORDS: [&str; 77] = [
    "PACS",
    "FHIR",
    "DICOM",
    "DHIS",
    "ca",
    "file",
    "AE",
    "title",
    "OK",
    "RT",
    "PCR",
    "Fieldray",
    "FR",
    "PIN",
    "ID",
    "L",
    "R",
    "JPEG",
    "PNG",
    "WebP",
    "HEIC",
    "CMYK",
    "RGB",
    "SHA",
    "CPU",
    "GPU",
    "Jetson",
    "TensorRT",
    "tract",
    "COVID",
    "CT",
    "PDF",
    "Xpert",
    "h",
    "iPhone",
    "Settings",
    "Camera",
    "Formats",
    "Most",
    "Compatible",
    "About",
    "C",
    "Android",
    "Chrome",
    "Safari",
    "QR",
    "SD",
    "NVMe",
    "KiB",
    "ext",
    "data",
    "ordered",
    "CA",
    "certificate",
    "Profile",
    "Downloaded",
    "General",
    "Certificate",
    "Trust",
    "D",
    "Bus",
    "ModemManager",
    "TLS",
    "http",
    "https",
    "HTTPS",
    "CSV",
    "JSON",
    "BotFather",
    "gammu",
    "smsd",
    "UTC",
    "HIV",
    "ABHA",
    "recipient",
    "IMEI",
    "A",
];

fn translations() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|language| *language != Language::English)
}

/// Reads a file line by line: messages begin a line, attributes with four blanks and a dot, and
/// everything else that is indented goes on.
fn texts(language: Language) -> Texts {
    let mut texts = Texts::new();
    let (mut message, mut current) = (String::new(), String::new());
    for line in language.source().lines() {
        let attribute = line.strip_prefix("    .").and_then(|rest| rest.split_once(" ="));
        let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some((key, text)) = attribute {
            current = format!("{message}.{key}");
            texts.insert(current.clone(), text.trim().to_owned());
        } else if let Some((key, text)) = line.split_once(" =").filter(|_| starts) {
            message = key.to_owned();
            current.clone_from(&message);
            let before = texts.insert(message.clone(), text.trim().to_owned());
            assert_eq!(before, None, "{} has {message} twice", language.code());
        } else if line.starts_with(' ')
            && let Some(text) = texts.get_mut(&current)
        {
            text.push(' ');
            text.push_str(line.trim());
        }
    }
    texts
}

fn variables(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1);
    names.map(|rest| rest.split([' ', '}']).next().unwrap_or_default()).collect()
}

/// A text without its gaps and what they choose from.
fn plain(text: &str) -> String {
    let mut depth = 0_i32;
    let mut outside = |c: char| {
        depth += i32::from(c == '{');
        let keep = depth == 0;
        depth -= i32::from(c == '}');
        keep
    };
    text.chars().filter(|c| outside(*c)).collect()
}

fn numbers(text: &str) -> BTreeSet<String> {
    let text = plain(text);
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.map(str::to_owned).collect()
}

/// Collects complaints of all languages, and fails with all of them at once.
fn check(mut complain: impl FnMut(Language, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for language in translations() {
        let mut complaints = Vec::new();
        complain(language, &mut complaints);
        if !complaints.is_empty() {
            wrong.push(format!("web/locales/{}.ftl: {}", language.code(), complaints.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_language_has_every_text() {
    let english = texts(Language::English);
    assert!(english.len() > 300, "the file is not read");
    check(|language, wrong| {
        let ours = texts(language);
        let missing = english.keys().filter(|key| !ours.contains_key(*key));
        wrong.extend(missing.map(|key| format!("missing {key}")));
        let extra = ours.keys().filter(|key| !english.contains_key(*key));
        wrong.extend(extra.map(|key| format!("extra {key}")));
        let empty = ours.iter().filter(|(_, text)| text.is_empty());
        wrong.extend(empty.map(|(key, _)| format!("empty {key}")));
    });
}

#[test]
fn every_translation_has_the_same_gaps_and_numbers() {
    let english = texts(Language::English);
    check(|language, wrong| {
        for (key, text) in texts(language) {
            let Some(original) = english.get(&key) else { continue };
            if variables(&text) != variables(original) {
                wrong.push(format!("gaps of {key}"));
            }
            if numbers(&text) != numbers(original) {
                wrong.push(format!("numbers of {key}"));
            }
        }
    });
}

#[test]
fn every_text_can_be_said() {
    let english = texts(Language::English);
    check(|language, wrong| {
        let resource = FluentResource::try_new(language.source().to_owned());
        if resource.is_err() {
            wrong.push("entries that cannot be read".to_owned());
        }
        for (key, original) in &english {
            // Numbers choose plural forms; a number is good for every other gap too.
            for value in [0, 1, 2, 7] {
                let args: Vec<Arg<'_>> = variables(original)
                    .into_iter()
                    .map(|name| (&*name.to_owned().leak(), FluentValue::from(value)))
                    .collect();
                if Locale::of(language).find(key, &args).is_none_or(|said| said.is_empty()) {
                    wrong.push(format!("{key} with {value}"));
                }
            }
        }
    });
}

#[test]
fn nothing_is_left_in_english() {
    let english = texts(Language::English);
    check(|language, wrong| {
        for (key, text) in texts(language) {
            let words = plain(&text);
            let words = words.split(|c: char| !c.is_ascii_alphabetic());
            let left = words.filter(|word| !word.is_empty() && !LATIN_WORDS.contains(word));
            let same = english.get(&key) == Some(&text) && plain(&text).split(' ').count() > 3;
            let left = language != Language::French && left.count() > 0;
            if (same || left) && !SAME_EVERYWHERE.contains(&key.as_str()) {
                wrong.push(key);
            }
        }
    });
}

#[test]
fn every_text_is_written_in_the_script_of_its_language() {
    let scripts = |language| match language {
        Language::English | Language::French => None,
        Language::Hindi => Some('\u{900}'..='\u{97f}'),
        Language::Bengali | Language::Assamese => Some('\u{980}'..='\u{9ff}'),
        Language::Odia => Some('\u{b00}'..='\u{b7f}'),
    };
    let indic = |c: &char| ('\u{900}'..='\u{d7f}').contains(c) && !matches!(c, '।' | '॥');
    check(|language, wrong| {
        for (key, text) in texts(language) {
            let foreign = text
                .chars()
                .filter(indic)
                .any(|c| scripts(language).is_none_or(|s| !s.contains(&c)));
            if foreign {
                wrong.push(format!("another script in {key}"));
            }
            // Western digits everywhere: numbers are compared with those on films and cards.
            if text.chars().any(|c| c.is_numeric() && !c.is_ascii_digit()) {
                wrong.push(format!("other digits in {key}"));
            }
        }
    });
}
