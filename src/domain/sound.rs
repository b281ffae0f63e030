//! How a name sounds, whatever script it is written in: `Asha`, `Aasha`, `आशा`, `আশা` and `ଆଶା` meet.
//!
//! Names are heard and written down by somebody else each time. Two forms of a word: the *transcript*
//! keeps consonants and coarse vowels, and ranks; the *key* keeps consonants only, is stored, and
//! finds. Both give up what Indian spellings in Latin letters do not agree on: long and short vowels,
//! aspirated and plain consonants, s and sh, v, w and b, y and j at the start of a word.

use unicode_normalization::UnicodeNormalization as _;

/// First code points of the Indic blocks of Unicode that share the layout of ISCII: Devanagari,
/// Bengali and Assamese, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam.
const BLOCKS: [u32; 9] = [0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00, 0x0B80, 0x0C00, 0x0C80, 0x0D00];

/// Words before a name that are no part of it, as transcripts.
const TITLES: [&str; 9] = ["sri", "srimati", "smt", "km", "mr", "mrs", "ms", "dr", "md"];

/// Longest word that is looked at, characters of its transcript.
const WORD_CHARS_MAX: usize = 40;

/// Version of everything between a name and its sounds. A change of it makes what is stored useless:
/// the store then makes it again from the names.
pub const SOUND_VERSION: u32 = 1;

/// How one word of a name sounds.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sound {
    /// Consonants and coarse vowels, for ranking.
    pub transcript: String,
    /// Consonants only; a vowel at the start is `a`. Never empty.
    pub key: String,
}

/// Part of a patient's name: not for logs.
impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sound(…)")
    }
}

/// How the words of a name sound, in order, titles left out unless there is nothing else.
#[must_use]
pub fn sounds(name: &str) -> Vec<Sound> {
    let words = name.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty());
    let heard: Vec<Sound> = words.filter_map(sound).collect();
    let titled = |one: &Sound| TITLES.contains(&one.transcript.as_str());
    if heard.iter().all(titled) {
        return heard;
    }
    heard.into_iter().filter(|one| !titled(one)).collect()
}

fn sound(word: &str) -> Option<Sound> {
    let transcript = coarse(&latin(word));
    let transcript: String = transcript.chars().take(WORD_CHARS_MAX).collect();
    let mut key = String::new();
    for (at, c) in transcript.char_indices() {
        match c {
            'a' | 'e' | 'i' | 'o' | 'u' if at == 0 => key.push('a'),
            'a' | 'e' | 'i' | 'o' | 'u' => {}
            // A y inside a word is lost as often as it is written.
            'y' => {}
            other => key.push(other),
        }
    }
    if key.is_empty() && !transcript.is_empty() {
        key.push('a');
    }
    (!key.is_empty()).then_some(Sound { transcript, key })
}

/// How much two words sound alike, 0 to 1: 1 less the share of characters that must change.
#[must_use]
pub fn likeness(one: &Sound, other: &Sound) -> f32 {
    let (a, b) = (one.transcript.as_bytes(), other.transcript.as_bytes());
    let longer = u16::try_from(a.len().max(b.len())).unwrap_or(u16::MAX);
    let apart = u16::try_from(edits(a, b)).unwrap_or(u16::MAX);
    if longer == 0 { 0.0 } else { 1.0 - f32::from(apart) / f32::from(longer) }
}

/// Whether a stored key may be what was meant by a typed one: the same, a longer word that begins so,
/// or one character apart.
#[must_use]
pub fn may_mean(typed: &str, stored: &str) -> bool {
    let long = typed.len() >= 3 && stored.len() >= 3;
    stored.starts_with(typed)
        || (long
            && typed.len().abs_diff(stored.len()) <= 1
            && edits(typed.as_bytes(), stored.as_bytes()) <= 1)
}

/// Fewest insertions, deletions, replacements and swaps of neighbours between two words.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            next[j + 1] = best;
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

fn is_letter(c: char) -> bool {
    // Vowel signs, the virama and joiners are no letters for Unicode but parts of an Indic word.
    let joiner = matches!(c, '\u{200c}' | '\u{200d}' | '\u{0300}'..='\u{036f}');
    c.is_alphanumeric() || joiner || offset(c).is_some_and(|at| at != 0x64 && at != 0x65)
}

/// Place of a character in its Indic block.
fn offset(c: char) -> Option<u32> {
    let code = u32::from(c);
    BLOCKS.iter().map(|block| code.wrapping_sub(*block)).find(|at| *at < 0x80)
}

/// Lower-case Latin letters for a word in any script that is known; others stay as they are.
fn latin(word: &str) -> String {
    let mut out = Writer::default();
    for c in word.nfd() {
        match offset(c) {
            Some(at) => out.indic(at, u32::from(c) - at),
            None if matches!(c, '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}') => {}
            None => {
                out.flush(true);
                out.text.extend(c.to_lowercase());
            }
        }
    }
    out.end()
}

/// Writes Indic characters as Latin ones: a consonant waits for the sign that says its vowel.
#[derive(Default)]
struct Writer {
    text: String,
    waiting: Option<&'static str>,
    /// Consonants of the word so far.
    consonants: usize,
}

impl Writer {
    fn indic(&mut self, at: u32, block: u32) {
        if let Some(consonant) = consonant(at, block) {
            self.flush(true);
            self.waiting = Some(consonant);
            self.consonants += 1;
        } else if at == 0x3c {
            self.waiting = self.waiting.map(|consonant| match consonant {
                "d" | "dh" => "r",
                other => other,
            });
        } else if at == 0x4d {
            self.flush(false);
        } else {
            let (sign, vowel) = vowel(at);
            self.flush(!sign);
            self.text.push_str(vowel);
        }
    }

    /// Writes the consonant that waits, with the vowel that is heard where none is written.
    fn flush(&mut self, vowel: bool) {
        if let Some(consonant) = self.waiting.take() {
            self.text.push_str(consonant);
            if vowel {
                self.text.push('a');
            }
        }
    }

    /// The vowel after a last consonant is not heard, except in words of one consonant.
    fn end(mut self) -> String {
        let alone = self.consonants < 2;
        self.flush(alone);
        self.text.replace("jny", "gy")
    }
}

fn consonant(at: u32, block: u32) -> Option<&'static str> {
    Some(match at {
        0x15 => "k",
        0x16 => "kh",
        0x17 => "g",
        0x18 => "gh",
        0x19 | 0x23 | 0x28 | 0x29 => "n",
        0x1a => "ch",
        0x1b => "chh",
        0x1c => "j",
        0x1d => "jh",
        0x1e => "ny",
        0x1f | 0x24 => "t",
        0x20 | 0x25 => "th",
        0x21 | 0x26 => "d",
        0x22 | 0x27 => "dh",
        0x2a => "p",
        0x2b => "ph",
        0x2c => "b",
        0x2d => "bh",
        0x2e => "m",
        0x2f | 0x5f => "y",
        0x30 | 0x31 => "r",
        0x32..=0x34 => "l",
        0x35 => "v",
        0x36 | 0x37 => "sh",
        0x38 => "s",
        0x39 => "h",
        // Bengali khanda ta, Assamese ra and wa, Odia wa.
        0x4e if block == 0x0980 => "t",
        0x70 if block == 0x0980 => "r",
        0x71 if block == 0x0980 || block == 0x0b00 => "v",
        _ => return None,
    })
}

/// A vowel or nasal, and whether it is the sign of a vowel after a consonant.
const fn vowel(at: u32) -> (bool, &'static str) {
    match at {
        0x01 | 0x02 => (false, "n"),
        0x05 | 0x06 => (false, "a"),
        0x07 | 0x08 => (false, "i"),
        0x09 | 0x0a => (false, "u"),
        0x0b | 0x60 => (false, "ri"),
        0x0c | 0x61 => (false, "li"),
        0x0d..=0x0f => (false, "e"),
        0x10 => (false, "ai"),
        0x11..=0x13 => (false, "o"),
        0x14 => (false, "au"),
        0x3e => (true, "a"),
        0x3f | 0x40 => (true, "i"),
        0x41 | 0x42 => (true, "u"),
        0x43 | 0x44 => (true, "ri"),
        0x45..=0x47 => (true, "e"),
        0x48 => (true, "ai"),
        0x49..=0x4b => (true, "o"),
        0x4c => (true, "au"),
        // Digits, danda, visarga, length marks: nothing that is heard.
        _ => (false, ""),
    }
}

/// Gives up what spellings do not agree on. Longer spellings come first.
fn coarse(latin: &str) -> String {
    const SPELLINGS: [(&str, &str); 43] = [
        ("chh", "c"),
        ("ksh", "ks"),
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "c"),
        ("kh", "k"),
        ("gh", "g"),
        ("jh", "j"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "p"),
        ("bh", "b"),
        ("ck", "k"),
        ("rh", "r"),
        ("lh", "l"),
        ("nh", "n"),
        ("mh", "m"),
        ("vh", "b"),
        ("jny", "gy"),
        ("jn", "gy"),
        ("aa", "a"),
        ("ee", "i"),
        ("ii", "i"),
        ("oo", "u"),
        ("uu", "u"),
        ("ai", "e"),
        ("ay", "e"),
        ("au", "o"),
        ("aw", "o"),
        ("ou", "u"),
        ("ie", "i"),
        ("ia", "iya"),
        ("mph", "np"),
        ("mbh", "nb"),
        ("mp", "np"),
        ("mb", "nb"),
        ("x", "ks"),
        ("q", "k"),
        ("c", "k"),
        ("f", "p"),
        ("v", "b"),
        ("w", "b"),
        ("z", "j"),
    ];
    let mut out = String::new();
    let mut rest = latin;
    // Assamese names begin with an x where their neighbours write s; and y and j are one sound there.
    for (spelling, heard) in [("x", "s"), ("y", "j")] {
        if let Some(after) = rest.strip_prefix(spelling) {
            out.push_str(heard);
            rest = after;
        }
    }
    while let Some(c) = rest.chars().next() {
        let found = SPELLINGS.iter().find(|(spelling, _)| rest.starts_with(spelling));
        let (length, heard) = match found {
            Some((spelling, heard)) => (spelling.len(), (*heard).to_owned()),
            None => (c.len_utf8(), c.to_string()),
        };
        for c in heard.chars() {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str) -> String {
        sounds(name).iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// All spellings of one name have one key.
    fn same(names: &[&str]) {
        let expected = keys(names[0]);
        assert!(!expected.is_empty());
        for name in names {
            assert_eq!(keys(name), expected, "{name} and {}", names[0]);
        }
    }

    #[test]
    fn spellings_and_scripts_of_one_name_meet() {
        same(&["Asha", "Aasha", "ASHA", "आशा", "আশা", "ଆଶା", "Áshá"]);
        same(&["Asha Devi", "asha  debi", "आशा देवी", "আশা দেবী", "ଆଶା ଦେବୀ", "Smt. Asha Devi"]);
        same(&["Lakshmi", "Laxmi", "Lakshmee", "लक्ष्मी", "লক্ষ্মী", "ଲକ୍ଷ୍ମୀ"]);
        same(&["Kamla", "Kamala", "Kamalaa", "कमला", "কমলা", "କମଳା"]);
        same(&["Yogesh", "Jogesh", "योगेश", "যোগেশ"]);
        same(&["Krishna", "Krisna", "कृष्ण", "কৃষ্ণ", "କୃଷ୍ଣ"]);
        same(&["Biswas", "Vishwas", "बिस्वास", "विश्वास", "বিশ্বাস"]);
        same(&["Gyan", "Jnan", "ज्ञान", "জ্ঞান"]);
        same(&["Champa", "Chanpa", "चंपा", "চম্পা"]);
        same(&["Rama", "ৰমা", "রমা", "रमा"]);
        same(&["Munda", "मुंडा", "মুন্ডা", "ମୁଣ୍ଡା"]);
        same(&["Khera", "खेड़ा", "खेड़ा"]);
    }

    #[test]
    fn other_names_stay_apart() {
        for (one, other) in [("Asha", "Amma"), ("Ravi", "Rekha"), ("Sita", "Sunita")] {
            assert_ne!(keys(one), keys(other));
        }
        let alike = |one: &str, other: &str| likeness(&sounds(one)[0], &sounds(other)[0]);
        assert!(alike("Asha", "आशा") > 0.99);
        assert!(alike("Asha", "Usha") < 0.8, "one key, but another name");
        assert!(alike("Sunita", "Sunta") > 0.8);
        assert!(alike("Sunita", "Nusita") < 0.7);
    }

    #[test]
    fn a_typing_error_or_the_beginning_of_a_word_finds_it() {
        assert!(may_mean("snt", "snt"));
        assert!(may_mean("sn", "snt"));
        assert!(!may_mean("snt", "st"), "two consonants are too few to guess from");
        assert!(may_mean("mkrj", "mkr"));
        assert!(may_mean("mkrj", "mrkj"), "neighbours that changed places");
        assert!(!may_mean("as", "sn"));
        assert!(!may_mean("mkrj", "bsbs"));
    }

    #[test]
    fn what_holds_no_letters_has_no_sound() {
        for name in ["", " - ", "।", "…"] {
            assert!(sounds(name).is_empty(), "{name}");
        }
        assert_eq!(sounds("Dr").len(), 1, "a title alone is a name");
        assert_eq!(format!("{:?}", sounds("Asha")), "[Sound(…)]");
    }
}
