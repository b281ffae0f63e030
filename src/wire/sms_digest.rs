//! A digest of urgent results as bytes, and sealed bytes as text messages. `docs/sync.md` has both byte by
//! byte, `tests/vectors/sms_digest.txt` has examples.
//!
//! A digest is one text message or two, each of exactly 160 characters and each a message of its own: nothing
//! depends on how modems and gateways split long texts and put them together again. The length says nothing
//! about how many results there are, but for whether they needed the second one.

use crate::domain::finding::Finding;
use crate::domain::ids::{Seq, StudyNumber};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::sms_digest::{
    ANSWER_MARK, AlertStanding, Announced, AnnouncedFinding, FINDINGS_MAX, Level, SmsDigest,
};
use crate::wire::encoding::{from_sms_text, sms_text};

/// Characters of a text message in GSM's alphabet.
pub const TEXT_CHARS: usize = 160;
/// Highest counter of a digest: three bytes.
pub const COUNTER_MAX: u32 = 0x00ff_ffff;
/// Characters of the text by which a portal says that it has opened a digest.
pub const ANSWER_CHARS: usize = 12;

/// What every text begins with: who speaks, and the version of the format.
const MARK: &str = "FR1";
/// Bytes of a text after mark and part.
const BODY_BYTES: usize = (TEXT_CHARS - 4) / 4 * 3;
/// Bytes of tag and counter.
const NAME_BYTES: usize = 7;
/// Sealed bytes in one text.
pub const PIECE_BYTES: usize = BODY_BYTES - NAME_BYTES;
/// Bytes that sealing adds: `keys::sms` has the same number, and a test compares them.
pub const SEALED_EXTRA: usize = 48;
/// Bytes to be sealed for one text, and for two.
pub const PLAIN_BYTES: [usize; 2] = [PIECE_BYTES - SEALED_EXTRA, 2 * PIECE_BYTES - SEALED_EXTRA];

const HEAD_BYTES: usize = 6;
const RESULT_BYTES: usize = 9;
const FINDING_BYTES: usize = 5;
/// Largest number that three bytes hold.
const NUMBER_MAX: i64 = 0x00ff_ffff;
/// Stands for a time that lies too far back to be said.
const TIME_UNSAID: u16 = u16::MAX;
const CLOCK_CONFIRMED: u32 = 1 << 31;
const MINUTE_MS: i64 = 60_000;

/// Numbers of findings. Never changed, never used again.
const FINDINGS: [(Finding, u8); 21] = [
    (Finding::Tuberculosis, 1),
    (Finding::Covid19, 2),
    (Finding::Pneumonia, 3),
    (Finding::Effusion, 4),
    (Finding::Cardiomegaly, 5),
    (Finding::Abnormal, 6),
    (Finding::Pneumothorax, 7),
    (Finding::Nodule, 8),
    (Finding::Mass, 9),
    (Finding::Atelectasis, 10),
    (Finding::Consolidation, 11),
    (Finding::Infiltration, 12),
    (Finding::Edema, 13),
    (Finding::PleuralThickening, 14),
    (Finding::Fibrosis, 15),
    (Finding::Emphysema, 16),
    (Finding::Hernia, 17),
    (Finding::LungLesion, 18),
    (Finding::LungOpacity, 19),
    (Finding::EnlargedCardiomediastinum, 20),
    (Finding::Fracture, 21),
];

/// Puts as many results into a digest as two texts hold, the first ones first. Gives the bytes to be sealed,
/// padded to the size for one text or for two, and how many results are in them. A result whose numbers are
/// too large for the format, or that says nothing, is left out and counts as none.
#[must_use]
pub fn pack(made: Stamp, waiting: u8, results: &[Announced]) -> (Vec<u8>, Vec<Seq>) {
    let minutes = made.wall.0.div_euclid(MINUTE_MS);
    let confirmed = if made.trust == ClockTrust::Synced { CLOCK_CONFIRMED } else { 0 };
    let told = u32::try_from(minutes).unwrap_or(0) & !CLOCK_CONFIRMED;
    let mut bytes = (confirmed | told).to_be_bytes().to_vec();
    bytes.extend([waiting, 0]);
    let mut taken = Vec::new();
    for one in results {
        let Some(packed) = result(one, i64::from(told)) else { continue };
        if bytes.len() + packed.len() > PLAIN_BYTES[1] {
            break;
        }
        bytes.extend(packed);
        taken.push(one.seq);
    }
    // At most as many as fit, which is fewer than 255.
    bytes[HEAD_BYTES - 1] = u8::try_from(taken.len()).unwrap_or_default();
    let size = if bytes.len() <= PLAIN_BYTES[0] { PLAIN_BYTES[0] } else { PLAIN_BYTES[1] };
    bytes.resize(size, 0);
    (bytes, taken)
}

fn result(one: &Announced, made_minutes: i64) -> Option<Vec<u8>> {
    if one.findings.is_empty() || one.findings.len() > FINDINGS_MAX {
        return None;
    }
    let mut bytes = Vec::with_capacity(RESULT_BYTES + FINDING_BYTES * FINDINGS_MAX);
    bytes.extend(three(one.seq.0)?);
    bytes.extend(three(one.study.0)?);
    let ago = one.known.map(|at| made_minutes - at.wall.0.div_euclid(MINUTE_MS));
    let ago = ago.and_then(|ago| u16::try_from(ago).ok()).filter(|ago| *ago != TIME_UNSAID);
    bytes.extend(ago.unwrap_or(TIME_UNSAID).to_be_bytes());
    let confirmed = ago.is_some() && one.known.is_some_and(|at| at.trust == ClockTrust::Synced);
    let alert = match one.alert {
        AlertStanding::None => 0,
        AlertStanding::Open => 1,
        AlertStanding::Acknowledged => 2,
    };
    let count = u8::try_from(one.findings.len()).ok()?;
    bytes.push(count | alert << 2 | u8::from(one.more) << 4 | u8::from(confirmed) << 5);
    for said in &one.findings {
        let (_, number) = FINDINGS.iter().find(|(finding, _)| *finding == said.finding)?;
        let (low, high) = said.band;
        bytes.extend([*number, said.score.0, said.threshold.0, low.0, high.0]);
    }
    Some(bytes)
}

fn three(number: i64) -> Option<[u8; 3]> {
    let [.., a, b, c] = number.to_be_bytes();
    (1..=NUMBER_MAX).contains(&number).then_some([a, b, c])
}

/// Reads what was sealed; `None` when it is no digest of this version.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<SmsDigest> {
    let mut from = Reader(bytes);
    let made = from.number::<4>()?;
    let confirmed = made & i64::from(CLOCK_CONFIRMED) != 0;
    let made_minutes = made & i64::from(!CLOCK_CONFIRMED);
    let [waiting, count] = from.take::<2>()?;
    let results: Option<Vec<_>> =
        (0..count).map(|_| read_result(&mut from, made_minutes)).collect();
    let results = results.filter(|_| from.0.iter().all(|byte| *byte == 0))?;
    Some(SmsDigest { made: stamp(made_minutes, confirmed), waiting, results })
}

fn stamp(minutes: i64, confirmed: bool) -> Stamp {
    let trust = if confirmed { ClockTrust::Synced } else { ClockTrust::Unsynced };
    Stamp { wall: WallMs(minutes * MINUTE_MS), trust }
}

fn read_result(from: &mut Reader<'_>, made_minutes: i64) -> Option<Announced> {
    let (seq, study) = (from.number::<3>()?, from.number::<3>()?);
    let ago = from.number::<2>()?;
    let [flags] = from.take::<1>()?;
    let alert = match flags >> 2 & 3 {
        0 => AlertStanding::None,
        1 => AlertStanding::Open,
        2 => AlertStanding::Acknowledged,
        _ => return None,
    };
    let count = usize::from(flags & 3);
    if seq == 0 || study == 0 || count == 0 || flags >> 6 != 0 {
        return None;
    }
    let said = ago != i64::from(TIME_UNSAID);
    let findings: Option<Vec<_>> = (0..count).map(|_| read_finding(from)).collect();
    Some(Announced {
        seq: Seq(seq),
        study: StudyNumber(study),
        known: said.then(|| stamp(made_minutes - ago, flags & 1 << 5 != 0)),
        alert,
        findings: findings?,
        more: flags & 1 << 4 != 0,
    })
}

fn read_finding(from: &mut Reader<'_>) -> Option<AnnouncedFinding> {
    let [number, score, threshold, low, high] = from.take::<FINDING_BYTES>()?;
    let (finding, _) = FINDINGS.iter().find(|(_, one)| *one == number)?;
    Some(AnnouncedFinding {
        finding: *finding,
        score: Level(score),
        threshold: Level(threshold),
        band: (Level(low), Level(high)),
    })
}

/// What is left to be read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn number<const N: usize>(&mut self) -> Option<i64> {
        let bytes = self.take::<N>()?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | i64::from(*byte)))
    }
}

/// Which piece of a digest a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// All of it.
    Only,
    /// The first of two.
    First,
    /// The second of two.
    Second,
}

impl Piece {
    const ALL: [(Self, char); 3] = [(Self::Only, 'A'), (Self::First, 'B'), (Self::Second, 'C')];

    fn letter(self) -> char {
        Self::ALL.into_iter().find(|(piece, _)| *piece == self).map_or('A', |(_, letter)| letter)
    }

    fn read(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, one)| *one == letter).map(|(piece, _)| piece)
    }

    /// Its place, from 1, and how many there are.
    #[must_use]
    pub const fn place(self) -> (u8, u8) {
        match self {
            Self::Only => (1, 1),
            Self::First => (1, 2),
            Self::Second => (2, 2),
        }
    }
}

/// Which digest a text belongs to: in the open, so that texts find each other and their key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestName {
    /// Tag of the sender's key.
    pub tag: [u8; 4],
    /// The sender's number of the digest, from 1.
    pub counter: u32,
    /// In how many texts it comes: 1 or 2.
    pub texts: u8,
}

impl DigestName {
    /// What is sealed together with the content: none of it can be changed on the way.
    #[must_use]
    pub fn head(&self) -> Vec<u8> {
        let [_, a, b, c] = self.counter.to_be_bytes();
        let mut head = MARK.as_bytes().to_vec();
        head.push(self.texts);
        head.extend(self.tag);
        head.extend([a, b, c]);
        head
    }
}

/// One text of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsSegment {
    /// Of which digest.
    pub name: DigestName,
    /// Which piece.
    pub piece: Piece,
    /// Its share of what is sealed, [`PIECE_BYTES`].
    pub sealed: Vec<u8>,
}

/// The texts of a digest; `None` where what is sealed has another size than [`PLAIN_BYTES`] gives.
#[must_use]
pub fn texts(name: &DigestName, sealed: &[u8]) -> Option<Vec<String>> {
    let (pieces, rest) = sealed.as_chunks::<PIECE_BYTES>();
    if !rest.is_empty() || usize::from(name.texts) != pieces.len() || name.counter > COUNTER_MAX {
        return None;
    }
    let which: &[Piece] = match name.texts {
        1 => &[Piece::Only],
        2 => &[Piece::First, Piece::Second],
        _ => return None,
    };
    let [_, a, b, c] = name.counter.to_be_bytes();
    let text = |(piece, bytes): (&Piece, &[u8; PIECE_BYTES])| {
        let body = [&name.tag[..], &[a, b, c], bytes].concat();
        format!("{MARK}{}{}", piece.letter(), sms_text(&body))
    };
    Some(which.iter().zip(pieces).map(text).collect())
}

/// Every text of a digest that a message holds: one alone, two that a gateway or a person has joined, in any
/// order, with blanks and line ends anywhere, with other words around them.
#[must_use]
pub fn read(message: &str) -> Vec<SmsSegment> {
    let bare: Vec<char> = message.chars().filter(|c| !c.is_whitespace()).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(text) = bare.get(at..at + TEXT_CHARS) {
        match segment(text) {
            Some(segment) => {
                found.push(segment);
                at += TEXT_CHARS;
            }
            None => at += 1,
        }
    }
    found
}

fn segment(text: &[char]) -> Option<SmsSegment> {
    let text: String = text.iter().collect();
    let mut rest = text.strip_prefix(MARK)?.chars();
    let piece = Piece::read(rest.next()?)?;
    let body = from_sms_text(rest.as_str())?;
    let mut from = Reader(&body);
    let tag = from.take::<4>()?;
    let counter = u32::try_from(from.number::<3>()?).ok()?;
    let name = DigestName { tag, counter, texts: piece.place().1 };
    Some(SmsSegment { name, piece, sealed: from.0.to_vec() })
}

/// What a portal answers once it has opened and kept a digest.
#[must_use]
pub fn answer_text(answer: &[u8; 6]) -> String {
    format!("{ANSWER_MARK}{}", sms_text(answer))
}

/// The answer in a message, if it is one.
#[must_use]
pub fn read_answer(message: &str) -> Option<[u8; 6]> {
    let bare: String = message.chars().filter(|c| !c.is_whitespace()).collect();
    let body = bare.strip_prefix(ANSWER_MARK)?;
    from_sms_text(body)?.try_into().ok()
}

#[cfg(test)]
#[path = "sms_digest_tests.rs"]
mod tests;
