//! What happens before the appliance starts: `fieldray slots boot`, run from the slot that is known to
//! start. It finishes what was begun, counts tries, and points `current` at what is to run.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::crash_point;
use crate::domain::update::{BootRecord, BootStep, Change, Phase, ReleaseVersion, Slot, Standing};
use crate::store::{self, StateLock};
use crate::update::layout::remove;
use crate::update::{Layout, Notes, Status, UpdateError};

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
}

/// Gets a box ready to start.
///
/// # Errors
/// When the appliance runs, or the disk fails; run again, it goes on where it was.
pub fn boot(layout: &Layout, state_dir: &Path) -> Result<Booted, UpdateError> {
    let record = layout.record()?;
    let notes = Notes::of(state_dir);
    let _alone = state_dir.is_dir().then(|| StateLock::take(state_dir)).transpose()?;
    match record.next(notes.confirmed()?) {
        BootStep::StartSettled => start_settled(layout, state_dir, &record, None),
        BootStep::Settle(change) => {
            let record = finish(layout, &notes, &record, change)?;
            start_settled(layout, state_dir, &record, None)
        }
        BootStep::Try { change, number } => try_it(layout, state_dir, &record, change, number),
        BootStep::GoBack(change) => {
            let record = go_back(layout, state_dir, &record, change)?;
            start_settled(layout, state_dir, &record, Some(change.version))
        }
    }
}

/// The record with a change settled whose program has confirmed itself. The appliance may run.
pub(super) fn settle(layout: &Layout, state_dir: &Path) -> Result<BootRecord, UpdateError> {
    let (record, notes) = (layout.record()?, Notes::of(state_dir));
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
    layout.write(&after)?;
    crash_point::reached("slots_settled");
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
    Ok(Booted { slot: record.settled, version: record.version, on_trial: None, went_back_from })
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
    let database = state_dir.join("fieldray.db");
    // Before the first try nobody has changed the database; later it may be half a version further.
    if number == 1 && store::schema_of(&database)? < change.schema && database.is_file() {
        if let Err(error) = store::copy_database(state_dir, &layout.way_back()) {
            // Without a way back nothing is tried: a full disk must not keep the box from starting.
            tracing::error!(%error, "the database cannot be copied; the update is given up");
            remove(&layout.way_back())?;
            let record = go_back(layout, state_dir, record, change)?;
            return start_settled(layout, state_dir, &record, Some(change.version));
        }
        crash_point::reached("slots_way_back_kept");
    }
    let standing = Standing::OnTrial { change, tries: number };
    layout.write(&BootRecord { standing, ..*record })?;
    crash_point::reached("slots_try_counted");
    layout.point("current", change.to)?;
    crash_point::reached("slots_switched");
    Ok(Booted {
        slot: change.to,
        version: change.version,
        on_trial: Some(number),
        went_back_from: None,
    })
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
    let status = Status {
        version: Some(change.version),
        phase: Phase::WentBack,
        percent: 100,
        reason: None,
    };
    Notes::of(state_dir).tell(&status);
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
