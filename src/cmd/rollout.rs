//! `fieldray portal add-bundle`, `ring`, `roll-out` …: programs and settings that boxes get ring by ring.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::cmd::portal::{StateArgument, known_box, person, settings};
use crate::cmd::{CommandError, say};
use crate::domain::digest::Sha256Digest;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::rollout::{Ring, Rules, Word};
use crate::domain::update::{Bundle, PartName};
use crate::durable;
use crate::infer::TrustedKeys;
use crate::portal::{Heard, NewRollout, PIECE_BYTES, Portal, What};
use crate::update::{self, UpdateError};

/// Least characters of a hash by which a bundle is named.
const HASH_CHARS_MIN: usize = 8;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// Keep a signed bundle for boxes, after its signature, its manifest and every part were checked.
    AddBundle {
        #[command(flatten)]
        state: StateArgument,
        /// The bundle. Keys beside the project's own lie in the folder `keys` of the portal's state.
        file: PathBuf,
    },
    /// List the bundles, one JSON object a line.
    Bundles {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Put a box into a ring: 0 (the canaries) to 3; every box begins in 2.
    Ring {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list of boxes has it.
        id: String,
        /// Number of the ring.
        ring: u8,
    },
    /// Offer a bundle to the boxes of ring 0, and to each next ring when the one before is well.
    RollOut {
        #[command(flatten)]
        state: StateArgument,
        /// Its version, or the first 8 or more characters of its hash.
        bundle: String,
        #[command(flatten)]
        how: How,
    },
    /// Change settings of all boxes in the same way, ring by ring.
    RollOutSettings {
        #[command(flatten)]
        state: StateArgument,
        /// What is set, `name=value`, as for `set`.
        #[arg(required = true)]
        values: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// List the roll-outs with their boxes, one JSON object a line.
    RollOuts {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Halt a roll-out: boxes that have not installed it let it be.
    Hold {
        #[command(flatten)]
        which: Which,
    },
    /// Let a roll-out go on that was halted, by somebody or by itself; what is wrong was looked at.
    GoOn {
        #[command(flatten)]
        which: Which,
    },
    /// Do not wait for the ring that a roll-out has come to.
    NextRing {
        #[command(flatten)]
        which: Which,
    },
    /// Take a roll-out back from every box that has not installed it.
    Withdraw {
        #[command(flatten)]
        which: Which,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// Who begins it, as boxes show it.
    #[arg(long)]
    by: String,
    /// How long each box of a ring has to be on with it, hours.
    #[arg(long, default_value_t = Rules::default().soak_hours)]
    soak_hours: u32,
    /// How many of a ring's boxes have to be well, percent.
    #[arg(long, default_value_t = Rules::default().share_percent)]
    share_percent: u8,
    /// A box that nobody has heard of for so long holds up no ring, days.
    #[arg(long, default_value_t = Rules::default().seen_days)]
    seen_days: u32,
}

#[derive(Debug, clap::Args)]
pub(super) struct Which {
    #[command(flatten)]
    state: StateArgument,
    /// Number of the roll-out.
    number: u64,
    /// Who says so.
    #[arg(long)]
    by: String,
}

pub(super) fn run(action: Action) -> Result<(), CommandError> {
    match action {
        Action::AddBundle { state, file } => add_bundle(&state, &file),
        Action::Bundles { state } => bundles(&state.open()?),
        Action::Ring { state, id, ring } => put_into(&state.open()?, &id, ring),
        Action::RollOut { state, bundle, how } => {
            let portal = state.open()?;
            let offer = find(&portal, &bundle)?;
            begin(&portal, What::Bundle(offer), &how)
        }
        Action::RollOutSettings { state, values, how } => {
            begin(&state.open()?, What::Settings(settings(&values)?), &how)
        }
        Action::RollOuts { state } => list(&state.open()?),
        Action::Hold { which } => word(&which, Word::Hold),
        Action::GoOn { which } => word(&which, Word::GoOn),
        Action::NextRing { which } => word(&which, Word::NextRing),
        Action::Withdraw { which } => word(&which, Word::Withdraw),
    }
}

/// The project's key, and those that lie in the portal's own folder.
fn keys(state: &Path) -> Result<TrustedKeys, CommandError> {
    let mut keys = TrustedKeys::project().map_err(UpdateError::Key)?;
    let folder = state.join("keys");
    let Ok(list) = std::fs::read_dir(&folder) else { return Ok(keys) };
    for entry in list {
        let path = entry.map_err(CommandError::io(format!("list {}", folder.display())))?.path();
        if path.extension().is_some_and(|ending| ending == "pub") {
            let text = std::fs::read_to_string(&path)
                .map_err(CommandError::io(format!("read {}", path.display())))?;
            keys.trust(&text).map_err(UpdateError::Key)?;
        }
    }
    Ok(keys)
}

fn add_bundle(state: &StateArgument, path: &Path) -> Result<(), CommandError> {
    let failed = || CommandError::io(format!("read {}", path.display()));
    let portal = state.open()?;
    let (hash, size_bytes) = durable::measure(path).map_err(failed())?;
    let file = File::open(path).map_err(failed())?;
    let bundle = update::open(file, &keys(state.folder())?)?.verify()?;
    let offer = offer(&bundle, hash, size_bytes)?;
    let mut file = File::open(path).map_err(failed())?;
    let mut number = 0;
    loop {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        file.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut piece).map_err(failed())?;
        if piece.is_empty() {
            break;
        }
        portal.storage().keep_piece(hash, number, &piece)?;
        number += 1;
    }
    let added = portal.storage().keep_bundle(&offer, portal.now().wall)?;
    let known = if added { "is kept" } else { "was kept already" };
    say(&format!("Bundle {hash} {known}: version {} for {}", offer.version, offer.target))?;
    for part in bundle.parts.list() {
        say(&format!("{:>12} bytes  {}  {}", part.size_bytes, part.sha256, part.name))?;
    }
    Ok(())
}

fn offer(bundle: &Bundle, hash: Sha256Digest, size: u64) -> Result<BundleOffer, CommandError> {
    let mut packs: Vec<String> = Vec::new();
    for part in bundle.parts.list() {
        if let PartName::PackFile { id, version, .. } = &part.name {
            packs.push(format!("{id}@{version}"));
        }
    }
    packs.dedup();
    let offer = BundleOffer {
        hash,
        size_bytes: size,
        version: bundle.version,
        target: bundle.target.clone(),
        from_min: bundle.from_min,
        packs,
    };
    match offer.makes_sense() {
        true => Ok(offer),
        false => Err(CommandError::Usage("no box would take this bundle: too much in it".into())),
    }
}

fn bundles(portal: &Portal) -> Result<(), CommandError> {
    for (offer, added) in portal.storage().bundles()? {
        let json = serde_json::json!({
            "hash": offer.hash.to_string(),
            "version": offer.version.to_string(),
            "target": offer.target,
            "from_min": offer.from_min.to_string(),
            "packs": offer.packs,
            "size_bytes": offer.size_bytes,
            "added_ms": added.0,
        });
        say(&json.to_string())?;
    }
    Ok(())
}

fn put_into(portal: &Portal, id: &str, ring: u8) -> Result<(), CommandError> {
    let id = known_box(portal, id)?;
    let ring = Ring::new(ring).ok_or_else(|| CommandError::Usage("a ring is 0 to 3".into()))?;
    portal.storage().set_ring(id, ring)?;
    say(&format!("{id} is in ring {}", ring.number()))
}

/// The bundle of that version, or whose hash begins so.
fn find(portal: &Portal, name: &str) -> Result<BundleOffer, CommandError> {
    let named = |offer: &BundleOffer| {
        let hash = offer.hash.to_string();
        offer.version.to_string() == name
            || (name.len() >= HASH_CHARS_MIN && hash.starts_with(&name.to_ascii_lowercase()))
    };
    let all = portal.storage().bundles()?;
    let mut found: Vec<_> =
        all.into_iter().map(|(offer, _)| offer).filter(|offer| named(offer)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(offer), true) => Ok(offer),
        (Some(_), false) => Err(CommandError::Usage(format!(
            "several bundles are called {name}: say the hash, as `fieldray portal bundles` has it"
        ))),
        (None, _) => Err(CommandError::Usage(format!(
            "no bundle is called {name}: see `fieldray portal bundles`"
        ))),
    }
}

fn begin(portal: &Portal, what: What, how: &How) -> Result<(), CommandError> {
    let rules = Rules::new(how.soak_hours, how.share_percent, how.seen_days).ok_or_else(|| {
        CommandError::Usage("at most 8760 hours; 1 to 100 percent; 1 to 365 days".into())
    })?;
    let new = NewRollout { what, by: person(&how.by)?, rules };
    match portal.roll_out(&new)? {
        Ok(id) => say(&format!("Roll-out {id} begins with ring 0")),
        Err(id) => Err(CommandError::Usage(format!(
            "roll-out {id} is still open: withdraw it, or wait for its end"
        ))),
    }
}

fn list(portal: &Portal) -> Result<(), CommandError> {
    for rollout in portal.storage().rollouts(false)? {
        let (bundle, set) = match &rollout.what {
            What::Bundle(offer) => (Some(offer.version.to_string()), Vec::new()),
            What::Settings(values) => {
                let set = values.iter().map(|(name, value)| format!("{}={value}", name.code()));
                (None, set.collect())
            }
        };
        let rows = portal.storage().boxes_of(Some(rollout.id))?;
        let boxes: Vec<_> = rows
            .iter()
            .map(|row| {
                let asked = row.asked.as_ref();
                serde_json::json!({
                    "id": row.id.to_string(),
                    "ring": row.ring.number(),
                    "order": asked.map(|asked| asked.number),
                    "outcome": asked.and_then(|asked| asked.outcome.clone()),
                    "reason": asked.map(|asked| asked.reason.clone()),
                })
            })
            .collect();
        let json = serde_json::json!({
            "id": rollout.id,
            "version": bundle,
            "settings": set,
            "by": rollout.by.as_str(),
            "made_ms": rollout.at.0,
            "state": rollout.state.code(),
            "ring": rollout.ring.number(),
            "boxes": boxes,
        });
        say(&json.to_string())?;
    }
    Ok(())
}

fn word(which: &Which, word: Word) -> Result<(), CommandError> {
    let portal = which.state.open()?;
    let id = which.number;
    match portal.say_to_rollout(id, word, &person(&which.by)?)? {
        Heard::Done => say(&format!("Roll-out {id}: {}", word.code())),
        Heard::Unknown => Err(CommandError::Usage(format!("there is no roll-out {id}"))),
        Heard::Meaningless => {
            Err(CommandError::Usage(format!("roll-out {id} stands where that has no meaning")))
        }
    }
}
