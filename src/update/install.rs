//! A bundle into the other slot: verify, unpack, try on a copy of the database, and only then switch.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, lchown, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::crash_point;
use crate::domain::digest::Sha256Digest;
use crate::domain::update::{
    BootRecord, BoxFacts, Bundle, Change, Part, PartName, Phase, ReleaseVersion, Slot, Standing,
    Unfit,
};
use crate::durable;
use crate::store::{self, RowCounts};
use crate::update::layout::{PROGRAM_FILE, remove};
use crate::update::{Layout, Notes, Opened, Status, UpdateError, format};

/// Free space that must be left after an update, bytes.
const SPARE_BYTES: u64 = 64 << 20;
/// Longest answer of a program on trial, bytes.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;
/// How often a program on trial is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The box that is updated.
#[derive(Clone, Debug)]
pub struct Install<'a> {
    /// Its slots.
    pub layout: &'a Layout,
    /// Its state directory.
    pub state_dir: &'a Path,
    /// Its settings file, for the program on trial.
    pub config: Option<&'a Path>,
    /// Time that the program on trial has, seconds.
    pub trial_seconds: u64,
    /// Free bytes on the disk of a folder.
    pub free_bytes: fn(&Path) -> Option<u64>,
}

/// What a program on trial says about itself and the copy of the database.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TrialReport {
    /// Its version.
    pub version: String,
    /// Its target triple.
    pub target: String,
    /// Version of the database that it knows.
    pub schema: u32,
    /// Rows of each table after its upgrade.
    pub rows: RowCounts,
    /// How long the reading of a phantom took, milliseconds.
    pub phantom_ms: u64,
}

/// Installs a bundle; the next start tries it. `expected` is the manifest that somebody agreed to.
///
/// # Errors
/// [`UpdateError`]; the box is then as it was.
pub fn install(
    on: &Install<'_>,
    file: &Path,
    expected: Option<Sha256Digest>,
) -> Result<Bundle, UpdateError> {
    let notes = Notes::of(on.state_dir);
    let mut version = None;
    let done = install_telling(on, file, expected, &notes, &mut version);
    let told = |phase, percent, reason| notes.tell(&Status { version, phase, percent, reason });
    match &done {
        // What is told of the other update holds.
        Ok(_) | Err(UpdateError::UnderWay) => {}
        // Asked for twice, or the power failed between its start and the note that it was done.
        Err(UpdateError::Unfit(Unfit::InUse)) => told(Phase::Done, 100, None),
        Err(error) => told(Phase::Refused, 0, Some(error.code().to_owned())),
    }
    done
}

fn install_telling(
    on: &Install<'_>,
    file: &Path,
    expected: Option<Sha256Digest>,
    notes: &Notes,
    version: &mut Option<ReleaseVersion>,
) -> Result<Bundle, UpdateError> {
    let _alone = on.layout.alone()?;
    let record = super::boot::settle(on.layout, on.state_dir)?;
    if record.standing != Standing::Settled {
        return Err(UpdateError::UnderWay);
    }
    let from = File::open(file).map_err(UpdateError::file("read", file))?;
    let opened = format::open(from, &on.layout.keys()?)?;
    *version = Some(opened.bundle.version);
    if expected.is_some_and(|digest| digest != opened.digest) {
        return Err(UpdateError::Format("it is another one than was agreed to"));
    }
    opened.bundle.fits(&facts(on, &record)?)?;
    // Before the space is measured: what another update left is not in the way of this one.
    clear(on, record.settled.other())?;
    enough_space(on, &opened.bundle)?;
    let done = fill_and_try(on, &record, opened, notes);
    let cleared = clear(on, record.settled.other());
    let bundle = done?;
    if let Err(error) = cleared {
        // The change is recorded; the start that tries it, or the one after, clears again.
        tracing::warn!(%error, "what an update left cannot be removed");
    }
    Ok(bundle)
}

/// Removes what an update needs only while it is at work. A whole copy of the database is among it, which
/// a wiped box must not keep.
fn clear(on: &Install<'_>, slot: Slot) -> Result<(), UpdateError> {
    super::boot::destroyed(on.layout, on.state_dir);
    remove(&trial_dir(on.layout))?;
    remove(&on.layout.slot(slot).with_extension("part"))
}

/// Fills the other slot, tries it on a copy, and commits the change.
fn fill_and_try(
    on: &Install<'_>,
    record: &BootRecord,
    opened: Opened<File>,
    notes: &Notes,
) -> Result<Bundle, UpdateError> {
    let tell = |version, phase| {
        notes.tell(&Status { version: Some(version), phase, percent: 0, reason: None });
    };
    let to = record.settled.other();
    let bundle = opened.bundle.clone();
    tell(bundle.version, Phase::Unpacking);
    // Whatever lies there is no way back from now on.
    let record = BootRecord { before: None, ..*record };
    on.layout.write(&record)?;
    unpack(on.layout, to, opened, notes)?;
    tell(bundle.version, Phase::Copying);
    keep_pack(on, record.settled)?;
    let before = copy(on)?;
    tell(bundle.version, Phase::Trying);
    try_out(on, to, &bundle, &before)?;
    install_packs(on, to, &bundle)?;
    let change = Change { to, version: bundle.version, schema: bundle.schema };
    switch(on, &record, change)?;
    tell(bundle.version, Phase::Switching);
    Ok(bundle)
}

/// What this box is.
fn facts(on: &Install<'_>, record: &BootRecord) -> Result<BoxFacts, UpdateError> {
    Ok(BoxFacts {
        version: record.version,
        target: crate::release::target().to_owned(),
        schema: store::schema_of(&on.state_dir.join("fieldray.db"))?,
        failed: record.failed,
    })
}

/// Free bytes that it takes to install a bundle whose parts have so many.
#[must_use]
pub fn space_needed(state_dir: &Path, parts_bytes: u64) -> u64 {
    let database = fs::metadata(state_dir.join("fieldray.db")).map_or(0, |meta| meta.len());
    // The way back, and what an upgrade takes: a copy of its own, and the log of what is rewritten. The
    // database may grow until then. Packs lie in slot and library.
    parts_bytes * 2 + database * 4 + SPARE_BYTES
}

fn enough_space(on: &Install<'_>, bundle: &Bundle) -> Result<(), UpdateError> {
    let needed = space_needed(on.state_dir, bundle.parts.size_bytes());
    for folder in [on.layout.work(), on.state_dir.to_owned()] {
        if let Some(free) = (on.free_bytes)(&folder)
            && free < needed
        {
            return Err(UpdateError::Space { free_mib: free >> 20, needed_mib: needed >> 20 });
        }
    }
    Ok(())
}

/// Reads the bundle into a folder beside the slot, durably, and puts that in the slot's place.
fn unpack(
    layout: &Layout,
    slot: Slot,
    opened: Opened<File>,
    notes: &Notes,
) -> Result<(), UpdateError> {
    let to = layout.slot(slot);
    let part = to.with_extension("part");
    remove(&part)?;
    fs::create_dir_all(&part).map_err(UpdateError::file("create", &part))?;
    let manifest = part.join("manifest.toml");
    durable::replace(&manifest, &opened.manifest).map_err(UpdateError::file("write", &manifest))?;
    let (version, size) = (opened.bundle.version, opened.bundle.parts.size_bytes().max(1));
    let mut told_percent = 0;
    opened.unpack(
        &mut |what| place(&part, what),
        &mut |what, file: File| {
            file.sync_all().map_err(UpdateError::file("sync", Path::new(&what.name.to_string())))
        },
        &mut |passed| {
            let percent = u8::try_from(passed.saturating_mul(100) / size).unwrap_or(100);
            if percent >= told_percent + 10 {
                told_percent = percent;
                let phase = Phase::Unpacking;
                notes.tell(&Status { version: Some(version), phase, percent, reason: None });
            }
        },
    )?;
    sync_tree(&part)?;
    crash_point::reached("update_unpacked");
    remove(&to)?;
    crash_point::reached("update_slot_cleared");
    fs::rename(&part, &to).map_err(UpdateError::file("rename", &part))?;
    let slots = layout.slots_folder();
    durable::sync_folder(&slots).map_err(UpdateError::file("sync", &slots))?;
    crash_point::reached("update_slot_filled");
    Ok(())
}

fn place(slot: &Path, part: &Part) -> Result<File, UpdateError> {
    let (path, mode) = match &part.name {
        PartName::Program => (slot.join(PROGRAM_FILE), 0o755),
        PartName::PackFile { id, version, file } => {
            let folder = slot.join("packs").join(id).join(version);
            fs::create_dir_all(&folder).map_err(UpdateError::file("create", &folder))?;
            (folder.join(file), 0o644)
        }
    };
    let file = File::create_new(&path).map_err(UpdateError::file("create", &path))?;
    // The service starts and reads it, whatever mode new files have here.
    file.set_permissions(fs::Permissions::from_mode(mode))
        .map_err(UpdateError::file("open up", &path))?;
    Ok(file)
}

/// Makes a filled slot durable, and its folders readable for the service.
fn sync_tree(folder: &Path) -> Result<(), UpdateError> {
    for entry in fs::read_dir(folder).map_err(UpdateError::file("list", folder))? {
        let path = entry.map_err(UpdateError::file("list", folder))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .map_err(UpdateError::file("open up", folder))?;
    durable::sync_folder(folder).map_err(UpdateError::file("sync", folder))
}

fn trial_dir(layout: &Layout) -> PathBuf {
    layout.work().join("trial")
}

/// Makes the trial's state directory: the database copied, the model packs linked.
fn copy(on: &Install<'_>) -> Result<RowCounts, UpdateError> {
    let trial = trial_dir(on.layout);
    remove(&trial)?;
    fs::create_dir_all(&trial).map_err(UpdateError::file("create", &trial))?;
    let database = trial.join("fieldray.db");
    let rows = if on.state_dir.join("fieldray.db").is_file() {
        store::copy_database(on.state_dir, &database)?;
        store::row_counts(&database)?
    } else {
        RowCounts::new()
    };
    let models = on.state_dir.join("models");
    if models.is_dir() {
        let models = models.canonicalize().map_err(UpdateError::file("find", &models))?;
        symlink(&models, trial.join("models")).map_err(UpdateError::file("link", &models))?;
    }
    if let Some((uid, gid)) = service(on)? {
        let give = |path: &Path| lchown(path, Some(uid), Some(gid));
        for entry in fs::read_dir(&trial).map_err(UpdateError::file("list", &trial))? {
            let path = entry.map_err(UpdateError::file("list", &trial))?.path();
            give(&path).map_err(UpdateError::file("give away", &path))?;
        }
        chown(&trial, Some(uid), Some(gid)).map_err(UpdateError::file("give away", &trial))?;
    }
    crash_point::reached("update_copied");
    Ok(rows)
}

/// User and group of the service, when this program is somebody else: root.
fn service(on: &Install<'_>) -> Result<Option<(u32, u32)>, UpdateError> {
    let owner = |folder: &Path| {
        let found = fs::metadata(folder).map_err(UpdateError::file("ask", folder))?;
        Ok::<_, UpdateError>((found.uid(), found.gid()))
    };
    let service = owner(on.state_dir)?;
    Ok((service.0 != owner(&on.layout.work())?.0).then_some(service))
}

/// A slot's program, to be run as the service runs it: with no more rights than the service has.
fn as_service(on: &Install<'_>, slot: Slot) -> Result<Command, UpdateError> {
    let mut command = Command::new(on.layout.program(slot));
    if let Some((uid, gid)) = service(on)? {
        command.uid(uid).gid(gid);
    }
    command.env_remove("FIELDRAY_CRASH_AT").stdin(Stdio::null());
    Ok(command)
}

/// Lets the new program open the copy and read a phantom, and compares what it says.
fn try_out(
    on: &Install<'_>,
    slot: Slot,
    bundle: &Bundle,
    before: &RowCounts,
) -> Result<(), UpdateError> {
    let program = on.layout.program(slot);
    let mut command = as_service(on, slot)?;
    command.args(["update", "trial", "--state"]).arg(trial_dir(on.layout));
    if let Some(config) = on.config {
        command.arg("--config").arg(config);
    }
    let child =
        command.stdout(Stdio::piped()).spawn().map_err(UpdateError::file("run", &program))?;
    let answer = answer(child, Duration::from_secs(on.trial_seconds))?;
    let report: TrialReport = serde_json::from_str(answer.trim())
        .map_err(|error| UpdateError::Trial(format!("its answer is not understood: {error}")))?;
    compare(&report, bundle, before)?;
    crash_point::reached("update_tried");
    remove(&trial_dir(on.layout))
}

/// Waits for a program, but not longer than it may take.
#[expect(
    clippy::disallowed_methods,
    reason = "a child has no other way to be waited for with a limit"
)]
fn answer(mut child: Child, limit: Duration) -> Result<String, UpdateError> {
    let failed = |what: String| UpdateError::Trial(what);
    let out = child.stdout.take();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let read = out.map(|out| out.take(ANSWER_BYTES_MAX).read_to_string(&mut text));
        read.and_then(Result::ok).map(|_| text)
    });
    let mut waited = Duration::ZERO;
    let status = loop {
        match child.try_wait().map_err(|error| failed(error.to_string()))? {
            Some(status) => break status,
            None if waited >= limit => {
                let _already_dead = child.kill();
                let _reaped = child.wait();
                return Err(failed(format!("no answer within {} s", limit.as_secs())));
            }
            None => {
                std::thread::sleep(LOOK);
                waited += LOOK;
            }
        }
    };
    let text = reader.join().ok().flatten();
    if !status.success() {
        return Err(failed(format!("it ended with {status}")));
    }
    text.ok_or_else(|| failed("its answer is no text".to_owned()))
}

fn compare(report: &TrialReport, bundle: &Bundle, before: &RowCounts) -> Result<(), UpdateError> {
    let refuse = |what: String| Err(UpdateError::Trial(what));
    if report.version != bundle.version.to_string()
        || report.target != bundle.target
        || report.schema != bundle.schema
    {
        return refuse("it is another program than its bundle says".to_owned());
    }
    for (table, rows) in before {
        // Each start adds a row there.
        let fine = match report.rows.get(table) {
            Some(after) if table == "start" => after >= rows,
            Some(after) => after == rows,
            None => false,
        };
        if !fine && !bundle.changed_tables.contains(table) {
            return refuse(format!("the table {table} would lose or gain rows"));
        }
    }
    Ok(())
}

/// Lets the program that runs put the findings pack that reads into the library, by name: the new program
/// may have another one inside, which reads only once it was compared.
fn keep_pack(on: &Install<'_>, settled: Slot) -> Result<(), UpdateError> {
    let mut command = as_service(on, settled)?;
    command.args(["models", "pin", "--state"]).arg(on.state_dir);
    let done = command.output().map_err(UpdateError::file("run", &on.layout.program(settled)))?;
    if done.status.success() { Ok(()) } else { Err(UpdateError::PackInUse) }
}

/// Model packs of the bundle go into the library; which of them read is decided there.
fn install_packs(on: &Install<'_>, slot: Slot, bundle: &Bundle) -> Result<(), UpdateError> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for part in bundle.parts.list() {
        if let PartName::PackFile { id, version, .. } = &part.name {
            folders.push(on.layout.slot(slot).join("packs").join(id).join(version));
        }
    }
    folders.dedup();
    if folders.is_empty() {
        return Ok(());
    }
    for folder in folders {
        let mut command = as_service(on, slot)?;
        command.args(["models", "install"]).arg(&folder).arg("--state").arg(on.state_dir);
        let done = command.output().map_err(UpdateError::file("run", &on.layout.program(slot)))?;
        if !done.status.success() {
            return Err(UpdateError::Pack(folder));
        }
    }
    Ok(())
}

/// Commits the change: from here on the next start tries the other slot.
fn switch(on: &Install<'_>, record: &BootRecord, change: Change) -> Result<(), UpdateError> {
    Notes::of(on.state_dir).forget_confirmed()?;
    remove(&on.layout.way_back())?;
    on.layout.take_ballast()?;
    crash_point::reached("update_before_record");
    let standing = Standing::OnTrial { change, tries: 0 };
    on.layout.write(&BootRecord { standing, ..*record })?;
    crash_point::reached("update_recorded");
    Ok(())
}

/// Goes back to the program in the other slot; it proves itself at the next start like a new one.
///
/// # Errors
/// [`UpdateError::NothingBefore`], [`UpdateError::DatabaseNewer`], and disk faults.
pub fn roll_back(on: &Install<'_>) -> Result<ReleaseVersion, UpdateError> {
    let _alone = on.layout.alone()?;
    let record = super::boot::settle(on.layout, on.state_dir)?;
    if record.standing != Standing::Settled {
        return Err(UpdateError::UnderWay);
    }
    let to = record.settled.other();
    let before = super::boot::before(on.layout, &record);
    let (version, known) = before.ok_or(UpdateError::NothingBefore)?;
    let found = store::schema_of(&on.state_dir.join("fieldray.db"))?;
    if found > known {
        return Err(UpdateError::DatabaseNewer { found, known });
    }
    switch(on, &record, Change { to, version, schema: known })?;
    Ok(version)
}
