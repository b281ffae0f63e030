//! What happens before the appliance starts: `fieldray slots boot`, run from the slot that is known to
//! start. It finishes what was begun, counts tries, and points `current` at what is to run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::crash_point;
use crate::domain::update::{BootRecord, BootStep, Change, Phase, ReleaseVersion, Slot, Standing};
use crate::durable;
use crate::store::{self, StateLock, StoreError};
use crate::update::layout::remove;
use crate::update::{Layout, Notes, Status, UpdateError, watch};

/// What a start begins with, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booted {
    /// The slot that runs.
    pub slot: Slot,
    /// Version of its program.
    pub version: ReleaseVersion,
    /// Number of the try, when it is on trial.
    pub on_trial: Option<u8>,
    /// The version that the box went back from just now.
    pub went_back_from: Option<ReleaseVersion>,
    /// The program starts again and again, and there is nothing to go back to: somebody must act.
    pub is_stuck: bool,
}

impl Booted {
    /// A program that is believed.
    const fn settled(slot: Slot, version: ReleaseVersion) -> Self {
        Self { slot, version, on_trial: None, went_back_from: None, is_stuck: false }
    }
}

/// Gets a box ready to start.
///
/// # Errors
/// When the appliance runs, or the disk fails; run again, it goes on where it was.
pub fn boot(layout: &Layout, state_dir: &Path) -> Result<Booted, UpdateError> {
    let record = layout.record()?;
    if let Some(booted) = start_wiped(layout, state_dir, &record)? {
        return Ok(booted);
    }
    let notes = Notes::of(state_dir);
    let _alone = state_dir.is_dir().then(|| StateLock::take(state_dir)).transpose()?;
    // Somebody restarts the service, or saves settings on its pages: that is no program that crashes.
    let in_order = notes.take_in_order();
    match record.next(notes.confirmed()?) {
        BootStep::StartSettled if !in_order && watch::is_restarting(layout, record.version) => {
            leave(layout, state_dir, &record)
        }
        BootStep::StartSettled => start_settled(layout, state_dir, &record, None),
        BootStep::Settle(change) => match finish(layout, &notes, &record, change) {
            Ok(record) => start_settled(layout, state_dir, &record, None),
            Err(error) if error.is_full() => {
                tracing::error!(%error, "the disk is full: the new program is settled later");
                layout.point("current", change.to)?;
                Ok(Booted::settled(change.to, change.version))
            }
            Err(error) => Err(error),
        },
        BootStep::Try { change, number } => try_it(layout, state_dir, &record, change, number),
        BootStep::GoBack(change) => start_before(layout, state_dir, &record, change),
    }
}

/// Leaves a settled program that starts again and again for the one before, where that knows the database.
fn leave(layout: &Layout, state_dir: &Path, record: &BootRecord) -> Result<Booted, UpdateError> {
    let restarting = record.version;
    let stuck = || -> Result<Booted, UpdateError> {
        let booted = start_settled(layout, state_dir, record, None)?;
        Ok(Booted { is_stuck: true, ..booted })
    };
    let before = before(layout, record);
    let found = store::schema_of(&state_dir.join("fieldray.db"));
    // One that is newer was left by a person, and for a reason.
    let before = before.filter(|(version, _)| *version < restarting);
    let (Some((version, known)), Ok(found)) = (before, found) else {
        tracing::error!(%restarting, "the program starts again and again, and there is none before it");
        return stuck();
    };
    if found > known {
        tracing::error!(
            %restarting, found, known,
            "the program starts again and again, and the one before does not know the database: \
             install a corrected bundle"
        );
        return stuck();
    }
    let back = record.taken_back(version);
    match layout.write(&back) {
        Err(error) if error.is_full() => {
            tracing::error!(%error, %restarting, "the disk is full: the program before waits for room");
            return stuck();
        }
        written => written?,
    }
    watch::end(layout);
    tell_went_back(&Notes::of(state_dir), restarting);
    start_settled(layout, state_dir, &back, Some(restarting))
}

/// Version and database version of the program that was settled before and lies in the other slot.
pub(super) fn before(layout: &Layout, record: &BootRecord) -> Option<(ReleaseVersion, u32)> {
    record.before?;
    let slot = record.settled.other();
    match fs::read(layout.slot(slot).join("manifest.toml")) {
        Ok(text) => {
            let bundle = super::manifest::parse(&text).ok()?;
            Some((bundle.version, bundle.schema))
        }
        Err(_) => described(&layout.program(slot)),
    }
}

fn tell_went_back(notes: &Notes, from: ReleaseVersion) {
    let (version, phase) = (Some(from), Phase::WentBack);
    notes.tell(&Status { version, phase, percent: 100, reason: None });
}

/// What a wiped box starts with; `None`: it is none. Nothing is counted, settled or put back any more, and
/// copies of the database are destroyed. Whoever took the order to wipe is `current`, and ends it.
fn start_wiped(
    layout: &Layout,
    state_dir: &Path,
    record: &BootRecord,
) -> Result<Option<Booted>, UpdateError> {
    if !destroyed(layout, state_dir) {
        return Ok(None);
    }
    let slot = layout.pointed("current").unwrap_or(record.settled);
    layout.point("current", slot)?;
    let version = match record.standing {
        Standing::OnTrial { change, .. } | Standing::GoingBack { change } if change.to == slot => {
            change.version
        }
        Standing::OnTrial { .. } | Standing::GoingBack { .. } | Standing::Settled => record.version,
    };
    Ok(Some(Booted::settled(slot, version)))
}

/// Destroys the copies of the database when this box was wiped; whether it was. What cannot be destroyed
/// must not keep the rest of the wipe from its turn, and is tried again each time.
pub(super) fn destroyed(layout: &Layout, state_dir: &Path) -> bool {
    let wiped = store::is_wiped(state_dir);
    if wiped && let Err(error) = store::destroy_copies(&layout.work()) {
        tracing::error!(%error, "a copy of the database cannot be destroyed");
    }
    wiped
}

/// Settles what has confirmed itself, while the appliance runs: the copy of the database must not lie
/// there until the next start. On a wiped box the copies are destroyed.
///
/// # Errors
/// [`UpdateError::UnderWay`] while an update is at work, which settles by itself; disk faults.
pub fn settle_now(layout: &Layout, state_dir: &Path) -> Result<BootRecord, UpdateError> {
    let _alone = layout.alone()?;
    settle(layout, state_dir)
}

/// The record with a change settled whose program has confirmed itself. The appliance may run.
pub(super) fn settle(layout: &Layout, state_dir: &Path) -> Result<BootRecord, UpdateError> {
    let (record, notes) = (layout.record()?, Notes::of(state_dir));
    if destroyed(layout, state_dir) {
        return Ok(record);
    }
    match record.next(notes.confirmed()?) {
        BootStep::Settle(change) => finish(layout, &notes, &record, change),
        BootStep::StartSettled | BootStep::Try { .. } | BootStep::GoBack(_) => Ok(record),
    }
}

/// Makes the slot on trial the settled one.
fn finish(
    layout: &Layout,
    notes: &Notes,
    record: &BootRecord,
    change: Change,
) -> Result<BootRecord, UpdateError> {
    layout.point("good", change.to)?;
    crash_point::reached("slots_good_pointed");
    let after = record.after(change);
    match layout.write(&after) {
        Err(error) if error.is_full() => {
            // It has confirmed itself, and that is on the disk: nobody goes back, and the copy makes room.
            remove(&layout.way_back())?;
            layout.write(&after)?;
        }
        written => written?,
    }
    crash_point::reached("slots_settled");
    watch::begin(layout, change.version);
    remove(&layout.way_back())?;
    notes.forget_confirmed()?;
    let (version, phase) = (Some(change.version), Phase::Done);
    notes.tell(&Status { version, phase, percent: 100, reason: None });
    Ok(after)
}

fn start_settled(
    layout: &Layout,
    state_dir: &Path,
    record: &BootRecord,
    went_back_from: Option<ReleaseVersion>,
) -> Result<Booted, UpdateError> {
    let notes = Notes::of(state_dir);
    layout.point("good", record.settled)?;
    layout.point("current", record.settled)?;
    // Whatever an interrupted update left; one that is at work while the appliance starts is let be.
    if let Ok(_alone) = layout.alone() {
        for slot in Slot::ALL {
            remove(&layout.slot(slot).with_extension("part"))?;
        }
        remove(&layout.work().join("trial"))?;
        remove(&layout.way_back())?;
        notes.forget_confirmed()?;
        end_interrupted(&notes, record)?;
    }
    Ok(Booted { went_back_from, ..Booted::settled(record.settled, record.version) })
}

/// An update that was cut off does not go on by itself, and what is shown of it must not say so: nobody
/// could ask for another one. One that is still asked for begins anew.
fn end_interrupted(notes: &Notes, record: &BootRecord) -> Result<(), UpdateError> {
    let Some(status) = notes.status().filter(|status| status.phase.goes_on()) else {
        return Ok(());
    };
    if notes.request()?.is_some() {
        return Ok(());
    }
    let (phase, reason) = if status.version == Some(record.version) {
        (Phase::Done, None)
    } else if status.version.is_some() && status.version == record.failed {
        (Phase::WentBack, None)
    } else {
        (Phase::Refused, Some("failed".to_owned()))
    };
    notes.tell(&Status { phase, reason, percent: 100, ..status });
    Ok(())
}

fn try_it(
    layout: &Layout,
    state_dir: &Path,
    record: &BootRecord,
    change: Change,
    number: u8,
) -> Result<Booted, UpdateError> {
    if let Err(error) = keep_way_back(layout, state_dir, change) {
        // Without a way back nothing is tried: a full disk must not keep the box from starting.
        tracing::error!(%error, "the database cannot be copied; the update is given up");
        return start_before(layout, state_dir, record, change);
    }
    let standing = Standing::OnTrial { change, tries: number };
    match layout.write(&BootRecord { standing, ..*record }) {
        // A try that is not counted could be repeated for ever.
        Err(error) if error.is_full() => return start_before(layout, state_dir, record, change),
        written => written?,
    }
    crash_point::reached("slots_try_counted");
    layout.point("current", change.to)?;
    crash_point::reached("slots_switched");
    Ok(Booted { on_trial: Some(number), ..Booted::settled(change.to, change.version) })
}

/// Copies a database that the program on trial will change. While it has the version from before, nobody
/// has.
fn keep_way_back(layout: &Layout, state_dir: &Path, change: Change) -> Result<(), StoreError> {
    let database = state_dir.join("fieldray.db");
    if store::schema_of(&database)? < change.schema && database.is_file() {
        store::copy_database(state_dir, &layout.way_back())?;
        crash_point::reached("slots_way_back_kept");
    }
    Ok(())
}

/// Goes back and starts what was settled. Where the disk has no room for the record, the same is done
/// without it: the next start begins with the change again, and copies the database anew.
fn start_before(
    layout: &Layout,
    state_dir: &Path,
    record: &BootRecord,
    change: Change,
) -> Result<Booted, UpdateError> {
    match go_back(layout, state_dir, record, change) {
        Ok(back) => return start_settled(layout, state_dir, &back, Some(change.version)),
        Err(error) if error.is_full() => {
            tracing::error!(%error, "the disk is full: the box goes back without a record of it");
        }
        Err(error) => return Err(error),
    }
    if layout.way_back().is_file() {
        store::restore_database(&layout.way_back(), state_dir)?;
        // The program before takes work in from now on: nothing may be put over that.
        remove(&layout.way_back())?;
        let work = layout.work();
        durable::sync_folder(&work).map_err(UpdateError::file("sync", &work))?;
    }
    layout.point("current", record.settled)?;
    let went_back_from = Some(change.version);
    Ok(Booted { went_back_from, ..Booted::settled(record.settled, record.version) })
}

fn go_back(
    layout: &Layout,
    state_dir: &Path,
    record: &BootRecord,
    change: Change,
) -> Result<BootRecord, UpdateError> {
    layout.write(&BootRecord { standing: Standing::GoingBack { change }, ..*record })?;
    crash_point::reached("slots_going_back");
    if layout.way_back().is_file() {
        store::restore_database(&layout.way_back(), state_dir)?;
    }
    crash_point::reached("slots_database_back");
    layout.point("current", record.settled)?;
    crash_point::reached("slots_back_pointed");
    let back = record.gone_back(change);
    layout.write(&back)?;
    crash_point::reached("slots_went_back");
    tell_went_back(&Notes::of(state_dir), change.version);
    Ok(back)
}

/// Version and database version of a program without a manifest: the first one of a box.
pub(super) fn described(program: &Path) -> Option<(ReleaseVersion, u32)> {
    #[derive(Deserialize)]
    struct Described {
        version: String,
        schema: u32,
    }
    let output = Command::new(program)
        .args(["update", "describe"])
        .env_remove("FIELDRAY_CRASH_AT")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let described: Described = serde_json::from_slice(&output.stdout).ok()?;
    Some((ReleaseVersion::parse(&described.version)?, described.schema))
}
