//! Updates of the whole box: signed bundles, two slots, a trial on a copy, and the way back.
//!
//! # What lies where
//!
//! The *layout* (`/opt/fieldray` unless `slots_dir` says otherwise) belongs to root:
//!
//! | path | what |
//! | --- | --- |
//! | `slots/a/`, `slots/b/` | `fieldray`, the bundle's `manifest.toml`, `packs/` |
//! | `current` → `slots/x` | what the service runs: `ExecStart=/opt/fieldray/current/fieldray serve …` |
//! | `good` → `slots/x` | what is known to start: `ExecStartPre=+/opt/fieldray/good/fieldray slots boot …` |
//! | `update/boot.toml` | the record that decides; both links follow it |
//! | `update/watch.toml` | starts of a program since it was settled: five in ten minutes, none after an end in order, and the box goes back |
//! | `update/keys/*.pub` | keys that sign bundles, beside the project's |
//! | `update/work/` | copies of the database: the one for the trial, and the way back; ballast for a full disk |
//!
//! The *updates folder* (`<state>/updates`) belongs to the appliance: `portal-*.part` while a bundle of the
//! portal comes, `inbox/` for bundles that are whole and signed,
//! `request.toml` when an administrator has asked, `status.json` while it goes on, `confirmed` once a
//! program on trial has proved itself, `in-order` when the service ended as it was told to. The appliance itself never writes into the layout: `fieldray
//! update run`, started by a path unit on `request.toml` and run by root, does; then it is restarted.
//!
//! # Provisioning
//!
//! `fieldray slots init` makes the layout from this program, or takes over what an installer laid out:
//! a slot with a program and `current`. The units are in `firmware/systemd`: `fieldray.service` with the
//! two lines above, `fieldray-update.path` on `request.toml`, and `fieldray-update.service`, which runs
//! `update run` and restarts the service; `fieldray-settle.path` on `confirmed` and `wiped`, and
//! `fieldray-settle.service`, which runs `slots settle`. A stick is mounted read-only under one of `update_folders`.
//!
//! # More rights than the appliance
//!
//! `slots boot` and `update run` are root's and work in the appliance's folder: no link there is followed,
//! and what they leave there is the appliance's. The new program is tried, and its model packs are
//! installed, as the appliance's user.
//!
//! # A box that was wiped
//!
//! The copies in `update/work` are root's, and the appliance that wipes its state cannot reach them. So
//! the way back goes as soon as the new program has confirmed itself, `slots boot` and `slots settle` of
//! a wiped box destroy whatever copy lies there, and nothing is ever put back on it.
//!
//! # A full disk
//!
//! It must not keep a box from starting. Copies that fail are removed, a little ballast makes room for the
//! record, and where even that cannot be written the settled program starts without it.
//!
//! # A power cut at any moment
//!
//! Every step is written so that doing it again comes to the same, and the record moves on only after
//! the step is on the disk. The program on trial takes no work in until its word that it is well is on
//! the disk, so the copy that the way back restores never lacks anything that somebody was promised.

mod boot;
mod fetched;
mod format;
mod install;
mod layout;
mod manifest;
mod notes;
mod watch;

use std::io;
use std::path::{Path, PathBuf};

pub use boot::{Booted, boot, settle_now};
pub use fetched::Fetched;
pub use format::{Opened, Source, make, open, sign};
pub use install::{Install, TrialReport, install, roll_back, space_needed};
pub use layout::{FOLDERS_DEFAULT, Layout, PROGRAM_FILE};
pub use manifest::{parse as parse_manifest, to_text as manifest_text};
pub use notes::{BUNDLE_ENDING, Notes, Request, Status};

use crate::domain::update::Unfit;
use crate::infer::SignatureError;
use crate::store::StoreError;

/// Why an update is refused or fails.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The disk failed.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Not a bundle, or a damaged one.
    #[error("this is no whole bundle: {0}")]
    Format(&'static str),
    /// The manifest makes no sense.
    #[error("the bundle's manifest is refused: {0}")]
    Manifest(String),
    /// Nobody whom this box believes has signed it.
    #[error("the bundle is not signed by a key that this box trusts")]
    Signature(#[source] SignatureError),
    /// A key cannot be used.
    #[error("a key cannot be used")]
    Key(#[source] SignatureError),
    /// Not for this box.
    #[error("the bundle is not for this box: {0}")]
    Unfit(#[from] Unfit),
    /// There are no slots here.
    #[error("{} holds no slots; `fieldray slots init` makes them", .0.display())]
    NoSlots(PathBuf),
    /// A change is under way.
    #[error("another update is not settled yet; start the appliance and wait until it is ready")]
    UnderWay,
    /// The record of the slots is damaged.
    #[error("the record {} cannot be read", .0.display())]
    Record(PathBuf),
    /// Not enough space.
    #[error("the disk has {free_mib} MiB free, the update needs {needed_mib}")]
    Space {
        /// Free, MiB.
        free_mib: u64,
        /// Needed, MiB.
        needed_mib: u64,
    },
    /// The new program did not prove itself on the copy.
    #[error("the new program failed its trial: {0}")]
    Trial(String),
    /// The other slot holds nothing to go back to.
    #[error("there is no other program to go back to")]
    NothingBefore,
    /// The program to go back to does not know the database any more.
    #[error(
        "the program before knows the database up to version {known}, it has version {found}: \
         install a corrected newer bundle instead"
    )]
    DatabaseNewer {
        /// Version of the database.
        found: u32,
        /// What the program before knows.
        known: u32,
    },
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// The findings pack in use could not be put aside for the new program.
    #[error("the findings pack in use cannot be kept for the new program")]
    PackInUse,
    /// A model pack in the bundle does not hold.
    #[error("the model pack {} of the bundle cannot be installed", .0.display())]
    Pack(PathBuf),
}

impl UpdateError {
    pub(crate) fn file(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { operation, path, source }
    }

    /// Whether the disk is full.
    fn is_full(&self) -> bool {
        matches!(self, Self::File { source, .. } if crate::durable::is_full(source))
    }

    /// Stable code of the reason, for the page that shows it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unfit(why) => why.code(),
            Self::Format(_) | Self::Manifest(_) => "damaged",
            Self::Signature(_) | Self::Key(_) => "signature",
            Self::Space { .. } => "space",
            Self::Trial(_) => "trial",
            Self::UnderWay => "under-way",
            Self::File { .. }
            | Self::NoSlots(_)
            | Self::Record(_)
            | Self::NothingBefore
            | Self::DatabaseNewer { .. }
            | Self::Store(_)
            | Self::PackInUse
            | Self::Pack(_) => "failed",
        }
    }

    /// Every code that [`UpdateError::code`] gives.
    pub const CODES: [&'static str; 12] = [
        "other-machine",
        "in-use",
        "older",
        "from-too-old",
        "from-too-new",
        "database-newer",
        "damaged",
        "signature",
        "space",
        "trial",
        "under-way",
        "failed",
    ];
}
