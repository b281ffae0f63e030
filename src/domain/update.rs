//! Updates of the program: versions, what a bundle holds, which bundle a box takes, which slot starts.
//!
//! Two slots hold a program each. One is *settled*: it is known to start here. A new program is *on
//! trial* until it has confirmed itself; three starts without that, and the box *goes back*.

use std::fmt;

use crate::domain::digest::Sha256Digest;

/// Starts that a program on trial gets before the box goes back.
pub const TRIES_MAX: u8 = 3;

/// Most parts of a bundle.
pub const PARTS_MAX: usize = 256;

/// Most bytes of all parts of a bundle together.
pub const BUNDLE_BYTES_MAX: u64 = 1 << 30;

/// Most characters of one component of a part's name.
const NAME_CHARS_MAX: usize = 64;

/// Version of a release: three numbers, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseVersion([u32; 3]);

impl ReleaseVersion {
    /// Reads `1.2.3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let canonical = part == "0" || !part.starts_with('0');
            (plain && canonical).then(|| part.parse().ok()).flatten()
        };
        let mut parts = text.split('.');
        let mut next = || parts.next().and_then(number);
        let version = Self([next()?, next()?, next()?]);
        parts.next().is_none().then_some(version)
    }
}

impl fmt::Display for ReleaseVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// One of the two places for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

impl Slot {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Name of its folder.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// Reads a [`Slot::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }
}

/// What a part of a bundle is. Its path on the box is made from this and never taken from the bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartName {
    /// The program; web pages and the usual model packs are inside it.
    Program,
    /// A file of a further model pack.
    PackFile {
        /// Name of the pack.
        id: String,
        /// Its version.
        version: String,
        /// Name of the file.
        file: String,
    },
}

impl PartName {
    /// Reads `program` or `packs/ID/VERSION/FILE`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "program" {
            return Some(Self::Program);
        }
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            ["packs", id, version, file] if [id, version, file].into_iter().all(|p| plain(p)) => {
                let owned = |part: &str| part.to_owned();
                Some(Self::PackFile { id: owned(id), version: owned(version), file: owned(file) })
            }
            _ => None,
        }
    }
}

/// Whether a text can only be a name within its folder.
fn plain(part: &str) -> bool {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=NAME_CHARS_MAX).contains(&part.len()) && !part.starts_with('.') && part.chars().all(safe)
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => f.write_str("program"),
            Self::PackFile { id, version, file } => write!(f, "packs/{id}/{version}/{file}"),
        }
    }
}

/// One part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub name: PartName,
    /// Its length, bytes.
    pub size_bytes: u64,
    /// Its digest.
    pub sha256: Sha256Digest,
}

/// The parts of a bundle: exactly one program, nothing twice, within the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// `None` when the rules above do not hold.
    #[must_use]
    pub fn new(parts: Vec<Part>) -> Option<Self> {
        let programs = parts.iter().filter(|part| part.name == PartName::Program).count();
        let mut names: Vec<_> =
            parts.iter().map(|part| part.name.to_string().to_lowercase()).collect();
        names.sort();
        names.dedup();
        let total = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(part.size_bytes));
        let fine = programs == 1
            && parts.len() <= PARTS_MAX
            && names.len() == parts.len()
            && total.is_some_and(|total| total <= BUNDLE_BYTES_MAX)
            && parts.iter().all(|part| part.size_bytes > 0);
        fine.then_some(Self(parts))
    }

    /// The parts in the order of the file.
    #[must_use]
    pub fn list(&self) -> &[Part] {
        &self.0
    }

    /// Bytes of all of them.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.0.iter().map(|part| part.size_bytes).sum()
    }
}

/// What a bundle says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Version of its program.
    pub version: ReleaseVersion,
    /// Machines for which it is, a target triple.
    pub target: String,
    /// Version of the database that its program knows.
    pub schema: u32,
    /// Oldest version that may be updated by it.
    pub from_min: ReleaseVersion,
    /// Newest version that may be updated by it.
    pub from_max: ReleaseVersion,
    /// Tables whose number of rows its program changes on purpose.
    pub changed_tables: Vec<String>,
    /// What is in it.
    pub parts: Parts,
}

/// What a box is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxFacts {
    /// Version of the program in use.
    pub version: ReleaseVersion,
    /// Its target triple.
    pub target: String,
    /// Version of the database.
    pub schema: u32,
    /// The last bundle that this box had to go back from.
    pub failed: Option<ReleaseVersion>,
}

/// Why a box does not take a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// For other machines.
    #[error("it is for another kind of machine")]
    OtherMachine,
    /// In use already.
    #[error("this version is in use already")]
    InUse,
    /// Older than the program in use.
    #[error("it is older than the program in use; `fieldray update rollback` goes back")]
    Older,
    /// The program in use is too old for it.
    #[error("the program in use is too old for it: install a version in between first")]
    FromTooOld,
    /// The program in use is newer than it expects.
    #[error("the program in use is newer than it expects")]
    FromTooNew,
    /// Its program does not know the database.
    #[error("its program does not know the database of this box")]
    DatabaseNewer,
}

impl Unfit {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::OtherMachine,
        Self::InUse,
        Self::Older,
        Self::FromTooOld,
        Self::FromTooNew,
        Self::DatabaseNewer,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OtherMachine => "other-machine",
            Self::InUse => "in-use",
            Self::Older => "older",
            Self::FromTooOld => "from-too-old",
            Self::FromTooNew => "from-too-new",
            Self::DatabaseNewer => "database-newer",
        }
    }
}

impl Bundle {
    /// Whether a box may take it.
    ///
    /// # Errors
    /// [`Unfit`] when not.
    pub fn fits(&self, facts: &BoxFacts) -> Result<(), Unfit> {
        let refuse = |when: bool, why: Unfit| if when { Err(why) } else { Ok(()) };
        refuse(self.target != facts.target, Unfit::OtherMachine)?;
        refuse(self.version == facts.version, Unfit::InUse)?;
        refuse(self.version < facts.version, Unfit::Older)?;
        refuse(facts.version < self.from_min, Unfit::FromTooOld)?;
        refuse(facts.version > self.from_max, Unfit::FromTooNew)?;
        refuse(self.schema < facts.schema, Unfit::DatabaseNewer)
    }
}

/// A change from one slot to the other that is not settled yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The slot on trial.
    pub to: Slot,
    /// Version of its program.
    pub version: ReleaseVersion,
    /// Version of the database that it knows.
    pub schema: u32,
}

/// Where the box stands between its slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The settled slot starts.
    Settled,
    /// The other slot starts, until it confirms itself or its tries are used up.
    OnTrial {
        /// To what.
        change: Change,
        /// Starts so far.
        tries: u8,
    },
    /// The settled slot is put back, with its database.
    GoingBack {
        /// From what.
        change: Change,
    },
}

/// What the box remembers between starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BootRecord {
    /// The slot that is known to start.
    pub settled: Slot,
    /// Version of its program.
    pub version: ReleaseVersion,
    /// The program that was settled before it and still lies in the other slot: the way back by hand.
    pub before: Option<ReleaseVersion>,
    /// Where the box stands.
    pub standing: Standing,
    /// The last version that the box had to go back from.
    pub failed: Option<ReleaseVersion>,
}

/// What a start begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BootStep {
    /// Start the settled slot.
    StartSettled,
    /// The program on trial has confirmed itself: settle it, then start it.
    Settle(Change),
    /// Count a try and start the slot on trial. Before the first, keep a copy of the database.
    Try {
        /// Which change.
        change: Change,
        /// Number of this try, from 1.
        number: u8,
    },
    /// Put the settled slot and its database back, then start it.
    GoBack(Change),
}

impl BootRecord {
    /// A box with one program and no change under way.
    #[must_use]
    pub const fn settled(slot: Slot, version: ReleaseVersion) -> Self {
        Self { settled: slot, version, before: None, standing: Standing::Settled, failed: None }
    }

    /// What the next start begins with, given which version has confirmed itself.
    #[must_use]
    pub fn next(&self, confirmed: Option<ReleaseVersion>) -> BootStep {
        match self.standing {
            Standing::Settled => BootStep::StartSettled,
            Standing::OnTrial { change, .. } if confirmed == Some(change.version) => {
                BootStep::Settle(change)
            }
            Standing::OnTrial { change, tries } if tries < TRIES_MAX => {
                BootStep::Try { change, number: tries + 1 }
            }
            Standing::OnTrial { change, .. } | Standing::GoingBack { change } => {
                BootStep::GoBack(change)
            }
        }
    }

    /// The record after a change was settled.
    #[must_use]
    pub const fn after(&self, change: Change) -> Self {
        let settled = Self::settled(change.to, change.version);
        Self { before: Some(self.version), failed: self.failed, ..settled }
    }

    /// The record after a settled program was taken back for the one before.
    #[must_use]
    pub const fn taken_back(&self, before: ReleaseVersion) -> Self {
        let settled = Self::settled(self.settled.other(), before);
        Self { failed: Some(self.version), ..settled }
    }

    /// The record after the box went back.
    #[must_use]
    pub const fn gone_back(&self, change: Change) -> Self {
        let settled = Self::settled(self.settled, self.version);
        Self { failed: Some(change.version), ..settled }
    }
}

/// How far an update has come, for the person who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Somebody asked for it.
    Asked,
    /// The bundle is read and compared with its digests.
    Unpacking,
    /// The database is copied.
    Copying,
    /// The new program tries the copy and reads a phantom.
    Trying,
    /// The new program is to start.
    Switching,
    /// It runs.
    Done,
    /// It was refused; nothing has changed.
    Refused,
    /// It did not start; the box went back.
    WentBack,
}

impl Phase {
    /// All phases.
    pub const ALL: [Self; 8] = [
        Self::Asked,
        Self::Unpacking,
        Self::Copying,
        Self::Trying,
        Self::Switching,
        Self::Done,
        Self::Refused,
        Self::WentBack,
    ];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unpacking => "unpacking",
            Self::Copying => "copying",
            Self::Trying => "trying",
            Self::Switching => "switching",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::WentBack => "went-back",
        }
    }

    /// Reads a [`Phase::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Whether something still happens by itself.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        match self {
            Self::Asked | Self::Unpacking | Self::Copying | Self::Trying | Self::Switching => true,
            Self::Done | Self::Refused | Self::WentBack => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(text: &str) -> ReleaseVersion {
        ReleaseVersion::parse(text).unwrap()
    }

    fn part(name: &str, size_bytes: u64) -> Part {
        let name = PartName::parse(name).unwrap();
        Part { name, size_bytes, sha256: Sha256Digest::from_bytes([1; 32]) }
    }

    #[test]
    fn versions_are_ordered_as_numbers() {
        assert!(v("0.10.0") > v("0.9.9"));
        for bad in ["1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.3-rc1", "", "1..3", "9999999999.0.0"]
        {
            assert_eq!(ReleaseVersion::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn no_part_can_leave_its_folder() {
        assert!(PartName::parse("packs/findings/3.0.0/model.onnx").is_some());
        for bad in [
            "../program",
            "/program",
            "program/",
            "packs/../x/y",
            "packs/a/../b",
            "packs/a/b",
            "packs/a/b/c/d",
            "packs/a/b/.ssh",
            "packs/a/b/c\\d",
            "packs//b/c",
            "slots/a/fieldray",
            "packs/a/b/c\0",
            "",
        ] {
            assert_eq!(PartName::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn parts_are_one_program_and_nothing_twice() {
        let pack = "packs/a/1/model.onnx";
        assert!(Parts::new(vec![part("program", 1), part(pack, 1)]).is_some());
        assert!(Parts::new(vec![part(pack, 1)]).is_none());
        assert!(Parts::new(vec![part("program", 1), part("program", 1)]).is_none());
        let twice = vec![part("program", 1), part(pack, 1), part("packs/A/1/model.onnx", 1)];
        assert!(Parts::new(twice).is_none());
        assert!(Parts::new(vec![part("program", BUNDLE_BYTES_MAX + 1)]).is_none());
        assert!(Parts::new(vec![part("program", u64::MAX), part(pack, 2)]).is_none());
    }

    #[test]
    fn a_box_takes_only_what_is_for_it() {
        let bundle = Bundle {
            version: v("0.3.0"),
            target: "x86_64-unknown-linux-gnu".to_owned(),
            schema: 12,
            from_min: v("0.2.0"),
            from_max: v("0.2.9"),
            changed_tables: vec![],
            parts: Parts::new(vec![part("program", 1)]).unwrap(),
        };
        let facts = |version: &str, schema| BoxFacts {
            version: v(version),
            target: bundle.target.clone(),
            schema,
            failed: None,
        };
        assert_eq!(bundle.fits(&facts("0.2.1", 11)), Ok(()));
        assert_eq!(bundle.fits(&facts("0.3.0", 12)), Err(Unfit::InUse));
        assert_eq!(bundle.fits(&facts("0.4.0", 12)), Err(Unfit::Older));
        assert_eq!(bundle.fits(&facts("0.1.9", 11)), Err(Unfit::FromTooOld));
        assert_eq!(bundle.fits(&facts("0.2.10", 11)), Err(Unfit::FromTooNew));
        assert_eq!(bundle.fits(&facts("0.2.1", 13)), Err(Unfit::DatabaseNewer));
        let arm = BoxFacts { target: "aarch64-unknown-linux-gnu".to_owned(), ..facts("0.2.1", 11) };
        assert_eq!(bundle.fits(&arm), Err(Unfit::OtherMachine));
    }

    #[test]
    fn three_starts_without_a_word_and_the_box_goes_back() {
        let change = Change { to: Slot::B, version: v("0.2.0"), schema: 12 };
        let mut record = BootRecord::settled(Slot::A, v("0.1.0"));
        assert_eq!(record.next(None), BootStep::StartSettled);
        for number in 1..=TRIES_MAX {
            record.standing = Standing::OnTrial { change, tries: number - 1 };
            assert_eq!(record.next(None), BootStep::Try { change, number });
            assert_eq!(record.next(Some(v("0.1.0"))), BootStep::Try { change, number });
            assert_eq!(record.next(Some(v("0.2.0"))), BootStep::Settle(change));
        }
        record.standing = Standing::OnTrial { change, tries: TRIES_MAX };
        assert_eq!(record.next(None), BootStep::GoBack(change));
        assert_eq!(record.next(Some(v("0.2.0"))), BootStep::Settle(change));
        record.standing = Standing::GoingBack { change };
        assert_eq!(
            record.next(Some(v("0.2.0"))),
            BootStep::GoBack(change),
            "half way back is no way"
        );

        let back = record.gone_back(change);
        assert_eq!(
            (back.settled, back.version, back.failed),
            (Slot::A, v("0.1.0"), Some(v("0.2.0")))
        );
        assert_eq!(back.before, None, "what did not start is no way back");
        let after = record.after(change);
        assert_eq!((after.settled, after.before), (Slot::B, Some(v("0.1.0"))));
        assert_eq!(after.taken_back(v("0.1.0")), back, "the same, only later");
    }
}
