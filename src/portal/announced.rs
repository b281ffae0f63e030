//! Urgent results that boxes announce by text message: taken in once, kept beside the records, closed when
//! the record itself is there. An announcement is never a record, and no receipt is given for it.

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{Seq, StudyNumber};
use crate::domain::people::PersonName;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::sync::RecordKind;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::sms_digest::{
    AlertStanding, Announced, AnnouncedFinding, Level, SmsDigest, told,
};
use crate::keys::SigningKey;
use crate::keys::sms::{Opened, SmsKey, SmsPublicKey};
use crate::portal::{BoxState, CarriedHello, Portal, StorageError};
use crate::wire::fhir::read::Told;
use crate::wire::messages::Hello;
use crate::wire::sms_digest::{self, DigestName, SmsSegment};

/// After how long an announced record that has not come is worth a question, milliseconds: two weeks.
const OVERDUE_MS: i64 = 14 * 24 * 60 * 60 * 1000;

/// Where an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The record has not come.
    Waits,
    /// It has not come for two weeks.
    Overdue,
    /// The box says that it has a receipt for it, and it is not here.
    Missing,
    /// It is here, and says something else.
    Differs,
}

impl Standing {
    /// Stable code, for texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Overdue => "overdue",
            Self::Missing => "missing",
            Self::Differs => "differs",
        }
    }

    /// Whether text message and records do not fit together: somebody has to look.
    #[must_use]
    pub const fn is_contradiction(self) -> bool {
        match self {
            Self::Missing | Self::Differs => true,
            Self::Waits | Self::Overdue => false,
        }
    }

    /// Of an announcement that is not closed.
    #[must_use]
    pub const fn of(differs: bool, has_receipt: bool, came: WallMs, now: WallMs) -> Self {
        match (differs, has_receipt) {
            (true, _) => Self::Differs,
            (false, true) => Self::Missing,
            (false, false) if now.0 - came.0 > OVERDUE_MS => Self::Overdue,
            (false, false) => Self::Waits,
        }
    }
}

/// Which announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnouncementId {
    /// Of which box.
    pub box_id: KeyId,
    /// The box's number for the record.
    pub seq: Seq,
    /// SHA-256 of the digest as it was sealed.
    pub hash: Sha256Digest,
}

/// An announcement that is not closed.
#[derive(Clone, Debug)]
pub struct OpenAnnouncement {
    /// Which.
    pub id: AnnouncementId,
    /// What the site is called.
    pub site: String,
    /// What was said.
    pub said: Announced,
    /// When it came, by the portal's clock.
    pub came: WallMs,
    /// The record is here, and says something else.
    pub differs: bool,
    /// The box has a receipt for a record with that number.
    pub has_receipt: bool,
}

/// How many announcements of a box are open, for the fleet page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnnouncementCounts {
    /// Their record has not come.
    pub waiting: u64,
    /// Record and announcement do not fit together, and nobody has looked.
    pub contradictions: u64,
    /// Texts of digests whose other half has not come.
    pub incomplete: u64,
}

/// A text that is kept until its digest is whole.
#[derive(Clone, Debug)]
pub struct KeptText {
    /// Of which digest.
    pub name: DigestName,
    /// Which of its texts, from 1.
    pub place: u8,
    /// Its share of what is sealed.
    pub piece: Vec<u8>,
}

impl KeptText {
    /// By which a repetition is known.
    #[must_use]
    pub fn hash(&self) -> Sha256Digest {
        Sha256Digest::of([&self.name.head()[..], &[self.place], &self.piece].concat())
    }
}

/// Announcements in a portal's storage.
pub trait AnnouncementStorage {
    /// Keeps a key by which a box's texts are known, beside those that it had before.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn keep_sms_key(&self, id: KeyId, key: &SmsPublicKey, at: WallMs) -> Result<(), StorageError>;

    /// The keys with a tag, and whose they are.
    ///
    /// # Errors
    /// [`StorageError`].
    fn sms_keys(&self, tag: [u8; 4]) -> Result<Vec<(KeyId, SmsPublicKey)>, StorageError>;

    /// Keeps a text for a week; gives all that are kept of that digest.
    ///
    /// # Errors
    /// [`StorageError`].
    fn keep_text(&self, text: &KeptText, at: WallMs) -> Result<Vec<KeptText>, StorageError>;

    /// Takes a digest in, with everything that it tells; `false`: it was taken before.
    ///
    /// # Errors
    /// [`StorageError`]; nothing is stored then.
    fn take_digest(
        &self,
        from: KeyId,
        named: (&DigestName, Sha256Digest),
        digest: &SmsDigest,
        at: WallMs,
    ) -> Result<bool, StorageError>;

    /// Announcements that are not closed, contradictions that nobody has looked at among them; those where
    /// nobody had the alert first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn open_announcements(&self) -> Result<Vec<OpenAnnouncement>, StorageError>;

    /// The same as numbers, box by box, or of one box.
    ///
    /// # Errors
    /// [`StorageError`].
    fn announcement_counts(
        &self,
        of: Option<KeyId>,
    ) -> Result<Vec<(KeyId, AnnouncementCounts)>, StorageError>;

    /// Somebody has seen that record and announcement do not fit together.
    ///
    /// # Errors
    /// [`StorageError`].
    fn announcement_seen(
        &self,
        id: &AnnouncementId,
        by: &PersonName,
        at: WallMs,
    ) -> Result<(), StorageError>;
}

/// What came of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsTaken {
    /// It is kept until the other one comes.
    Incomplete,
    /// The digest is whole, and was opened.
    Opened {
        /// Whose it is.
        from: KeyId,
        /// Results in it.
        results: usize,
        /// It was not taken in before.
        new: bool,
        /// What proves to the box that it was opened.
        answer: String,
    },
    /// No box with that tag is known.
    Unknown,
    /// The box was shut out.
    Revoked,
    /// It was changed on the way, made by somebody else, or by a program that this one does not understand.
    Unreadable,
}

impl SmsTaken {
    /// A word for people who run commands, and for logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Opened { new: true, .. } => "taken",
            Self::Opened { new: false, .. } => "known",
            Self::Unknown => "unknown",
            Self::Revoked => "revoked",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Portal {
    /// For whom boxes seal text messages.
    #[must_use]
    pub fn sms_key(&self) -> SmsPublicKey {
        self.keyring().key().sms_key().public()
    }

    /// Keeps how a box is, and by which key its texts are known. Gives what the storage says of its records,
    /// and the key for the box, if it has one.
    pub(crate) fn heard(
        &self,
        from: KeyId,
        hello: &Hello,
    ) -> Result<((u64, Sha256Digest), Option<String>), StorageError> {
        let held = self.storage().hello(from, hello, self.now().wall)?;
        Ok((held, self.sms_key_for(from, hello)?))
    }

    /// The same of a file that was carried.
    pub(crate) fn heard_carried(
        &self,
        from: KeyId,
        hello: &Hello,
    ) -> Result<((u64, Sha256Digest), Option<String>), StorageError> {
        let CarriedHello { held, .. } = self.storage().carried_hello(from, hello)?;
        // Of an older file too: keys are only added, and a box that hears of none announces nothing.
        Ok((held, self.sms_key_for(from, hello)?))
    }

    /// Keeps the key for text messages that a box tells; gives the portal's own for it.
    fn sms_key_for(&self, from: KeyId, hello: &Hello) -> Result<Option<String>, StorageError> {
        let key = hello.sms_key.as_deref().and_then(SmsPublicKey::parse);
        let Some(key) = key else { return Ok(None) };
        self.storage().keep_sms_key(from, &key, self.now().wall)?;
        Ok(Some(self.sms_key().to_string()))
    }

    /// Takes in a text message, whoever sent it: the sender's number proves nothing. Gives what came of each
    /// text of a digest in it; nothing, where it holds none.
    ///
    /// # Errors
    /// When the storage fails: the message has to be taken in again.
    pub fn take_sms(&self, message: &str) -> Result<Vec<SmsTaken>, StorageError> {
        let segments = sms_digest::read(message);
        segments.into_iter().map(|segment| self.take_segment(segment)).collect()
    }

    fn take_segment(&self, segment: SmsSegment) -> Result<SmsTaken, StorageError> {
        let storage = self.storage();
        let senders = storage.sms_keys(segment.name.tag)?;
        if senders.is_empty() {
            // A box sends none before the portal has its key.
            tracing::warn!("a text message is from no box of this portal");
            return Ok(SmsTaken::Unknown);
        }
        let (place, texts) = segment.piece.place();
        let text = KeptText { name: segment.name, place, piece: segment.sealed };
        let kept = storage.keep_text(&text, self.now().wall)?;
        // Whoever knows the tag can send halves of his own: each is tried with each.
        let other = |one: &&KeptText| one.place != place;
        let candidates: Vec<Vec<u8>> = match texts {
            1 => vec![text.piece.clone()],
            _ => kept.iter().filter(other).map(|one| joined(&text, one)).collect(),
        };
        if candidates.is_empty() {
            return Ok(SmsTaken::Incomplete);
        }
        let keyring = self.keyring();
        let keys: Vec<SmsKey> = keyring.all().map(SigningKey::sms_key).collect();
        for (from, key) in senders {
            for sealed in &candidates {
                // A box without a link may seal for the key that the portal had before.
                let head = text.name.head();
                let opened = keys.iter().find_map(|own| own.open(&key, &head, sealed));
                if let Some(opened) = opened {
                    return self.take_opened(from, &text.name, sealed, &opened);
                }
            }
        }
        tracing::warn!("a text message of a digest cannot be opened");
        Ok(SmsTaken::Unreadable)
    }

    fn take_opened(
        &self,
        from: KeyId,
        name: &DigestName,
        sealed: &[u8],
        opened: &Opened,
    ) -> Result<SmsTaken, StorageError> {
        if !matches!(self.storage().box_state(from)?, BoxState::Enrolled(_)) {
            tracing::warn!(box_id = %from, "a text message of a box that was shut out is refused");
            return Ok(SmsTaken::Revoked);
        }
        let Some(digest) = sms_digest::unpack(&opened.plain) else {
            tracing::warn!(box_id = %from, "a digest is of a kind that this program does not know");
            return Ok(SmsTaken::Unreadable);
        };
        let (hash, at) = (Sha256Digest::of(sealed), self.now().wall);
        let new = self.storage().take_digest(from, (name, hash), &digest, at)?;
        let results = digest.results.len();
        tracing::info!(box_id = %from, counter = name.counter, results, new, "a digest was opened");
        let answer = sms_digest::answer_text(&opened.answer);
        Ok(SmsTaken::Opened { from, results, new, answer })
    }
}

/// Both halves in their order.
fn joined(one: &KeptText, other: &KeptText) -> Vec<u8> {
    let (first, second) = if one.place < other.place { (one, other) } else { (other, one) };
    [&first.piece[..], &second.piece].concat()
}

/// Answers to a message, those of one digest once.
#[must_use]
pub fn answers(taken: &[SmsTaken]) -> Vec<&str> {
    let mut answers: Vec<&str> = taken
        .iter()
        .filter_map(|one| match one {
            SmsTaken::Opened { answer, .. } => Some(answer.as_str()),
            SmsTaken::Incomplete | SmsTaken::Unknown | SmsTaken::Revoked | SmsTaken::Unreadable => {
                None
            }
        })
        .collect();
    answers.dedup();
    answers
}

/// Whether a record is what was announced: the same study, the same findings, to the byte that was sent.
#[must_use]
pub(crate) fn is_as_said(said: &Announced, kind: RecordKind, body: &Told) -> bool {
    let study = body.study().and_then(|study| study.number.parse().ok()).map(StudyNumber);
    kind == RecordKind::Urgent
        && study == Some(said.study)
        && told(&body.scored_findings()) == (said.findings.clone(), said.more)
}

/// Findings as a column holds them: code, score, threshold, band, with commas between findings.
#[must_use]
pub(crate) fn findings_text(findings: &[AnnouncedFinding]) -> String {
    let line = |one: &AnnouncedFinding| {
        let (low, high) = one.band;
        let code = one.finding.code();
        format!("{code} {} {} {} {}", one.score.0, one.threshold.0, low.0, high.0)
    };
    findings.iter().map(line).collect::<Vec<_>>().join(",")
}

/// Reads [`findings_text`].
#[must_use]
pub(crate) fn read_findings(text: &str) -> Option<Vec<AnnouncedFinding>> {
    let line = |text: &str| {
        let mut words = text.split(' ');
        let finding = crate::domain::finding::Finding::parse(words.next()?)?;
        let mut level = || words.next()?.parse().ok().map(Level);
        let (score, threshold) = (level()?, level()?);
        Some(AnnouncedFinding { finding, score, threshold, band: (level()?, level()?) })
    };
    text.split(',').map(line).collect()
}

/// What a row of an announcement says.
pub(crate) struct AnnouncementRow {
    /// The box's number for the record.
    pub(crate) seq: i64,
    /// Number of the study.
    pub(crate) study: i64,
    /// When the box knew it.
    pub(crate) known: Option<Stamp>,
    /// Code of [`AlertStanding`].
    pub(crate) alert: String,
    /// By [`findings_text`].
    pub(crate) findings: String,
    /// There are more.
    pub(crate) more: bool,
}

impl AnnouncementRow {
    /// What was said; `None` when the row is damaged.
    pub(crate) fn read(&self) -> Option<Announced> {
        Some(Announced {
            seq: Seq(self.seq),
            study: StudyNumber(self.study),
            known: self.known,
            alert: AlertStanding::parse(&self.alert)?,
            findings: read_findings(&self.findings)?,
            more: self.more,
        })
    }
}

#[cfg(test)]
#[path = "announced_tests.rs"]
mod tests;
