//! The chain of a report's signed versions.

use sha2::{Digest as _, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::{OperatorId, StudyId, StudyNumber};
use crate::domain::people::{PersonName, Phi};
use crate::domain::signing::FreeText;
use crate::domain::stamp::Stamp;

/// How a physician came to sign a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HowRead {
    /// By itself.
    Singly,
    /// By itself, because chance chose it out of a batch.
    AuditSample,
    /// With others of its batch, under one signature.
    Batch,
}

impl HowRead {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Singly, Self::AuditSample, Self::Batch];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Singly => "singly",
            Self::AuditSample => "audit_sample",
            Self::Batch => "batch",
        }
    }

    /// Reads a [`HowRead::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.code() == code)
    }
}

/// Everything of a version but its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionHead {
    /// The study.
    pub study: StudyId,
    /// Its number as people say it.
    pub number: StudyNumber,
    /// From 1, without gaps.
    pub version: u32,
    /// Hash of the version before; `None` in the first.
    pub previous: Option<Sha256Digest>,
    /// Who signed.
    pub signer: OperatorId,
    /// The name under the report.
    pub signer_name: PersonName,
    /// When.
    pub at: Stamp,
    /// How the film was read.
    pub how: HowRead,
    /// Why it was amended; empty in the first version, written in every later one.
    pub reason: FreeText,
}

/// One signed version, as it is stored for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedVersion {
    /// Who, when, after what.
    pub head: VersionHead,
    /// The content in its canonical text: see [`crate::domain::report_text`].
    pub text: Phi<String>,
    /// SHA-256 over head and text.
    pub hash: Sha256Digest,
}

impl SignedVersion {
    /// Seals a version.
    #[must_use]
    pub fn seal(head: VersionHead, text: String) -> Self {
        let hash = hash_of(&head, &text);
        Self { head, text: Phi::new(text), hash }
    }
}

/// SHA-256 over everything that a version says. One fact a line; line feeds and backslashes in a fact
/// are escaped, so no two versions share their bytes.
#[must_use]
pub fn hash_of(head: &VersionHead, text: &str) -> Sha256Digest {
    let previous = head.previous.map_or_else(|| "none".to_owned(), |hash| hash.to_string());
    let lines = [
        "fieldray signed report 1".to_owned(),
        format!("study {} {}", head.study, head.number.0),
        format!("version {}", head.version),
        format!("previous {previous}"),
        format!("signer {} {}", head.signer, escaped(head.signer_name.as_str())),
        format!("time {} {}", head.at.wall.0, head.at.trust.code()),
        format!("how {}", head.how.code()),
        format!("reason {}", escaped(head.reason.as_str())),
    ];
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update("\n");
    }
    hash.update(text);
    Sha256Digest::from_bytes(hash.finalize().into())
}

/// A text on one line.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

/// Reads [`escaped`]; `None` for an escape that is none.
#[must_use]
pub fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\\' {
            match rest.next()? {
                'n' => plain.push('\n'),
                '\\' => plain.push('\\'),
                _ => return None,
            }
        } else {
            plain.push(c);
        }
    }
    Some(plain)
}

/// What is wrong with a chain, at which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenChain {
    /// A number is missing or twice.
    #[error("version {0} is not where it should be")]
    Order(u32),
    /// It does not name the version before it.
    #[error("version {0} does not follow the version before it")]
    Link(u32),
    /// Its bytes are not the ones that were signed.
    #[error("version {0} is not what was signed")]
    Content(u32),
    /// A later version without a reason, or a first one with one.
    #[error("version {0} lacks its reason")]
    Reason(u32),
    /// It belongs to another study.
    #[error("version {0} belongs to another study")]
    Study(u32),
}

/// Verifies the versions of one study's report, oldest first. An empty chain is sound.
///
/// # Errors
/// The first break.
pub fn verify_chain(study: StudyId, versions: &[SignedVersion]) -> Result<(), BrokenChain> {
    let mut previous = None;
    for (signed, expected) in versions.iter().zip(1_u32..) {
        let SignedVersion { head, text, hash } = signed;
        let first = expected == 1;
        let broken = match () {
            () if head.version != expected => Some(BrokenChain::Order(head.version)),
            () if head.study != study => Some(BrokenChain::Study(expected)),
            () if head.previous != previous => Some(BrokenChain::Link(expected)),
            () if head.reason.is_empty() != first => Some(BrokenChain::Reason(expected)),
            () if hash_of(head, text.reveal()) != *hash => Some(BrokenChain::Content(expected)),
            () => None,
        };
        if let Some(broken) = broken {
            return Err(broken);
        }
        previous = Some(*hash);
    }
    Ok(())
}
