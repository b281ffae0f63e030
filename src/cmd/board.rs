//! `fieldray board`: which board this is, how hot it is, and what its storage says; and the lamp.

pub(super) mod names;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use crate::app::App;
use crate::app::clock::PERSON_MARK;
use crate::app::config::Config;
use crate::board::{Choice, Kernel, SerialUse, choose, profiles};
use crate::cmd::{CommandError, complain, say};
use crate::domain::condition::Storage;
use crate::domain::site::CLOCK_S;
use crate::durable;

/// Oldest request for a time that is still followed.
const REQUEST_AGE_MAX: Duration = Duration::from_secs(60);
/// Folder of root's unit, from which the Wi-Fi's name server reads (provisioning/network.sh).
const NAMES_FOLDER: &str = "/var/lib/fieldray-names";
/// How often the state for the lamp is looked at.
const LAMP_PERIOD: Duration = Duration::from_secs(10);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Settings file of the box.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Print the names of the built-in profiles.
    #[arg(long)]
    list: bool,
    /// Print one value of the profile alone, for scripts.
    #[arg(long, value_enum, conflicts_with = "list")]
    get: Option<Value>,
    /// Judge the storage under this folder; exit code 1 if no box must be set up on it.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["list", "get"])]
    storage: Option<PathBuf>,
    /// Set the clock to the seconds since 1970 in this file, if it is not older than a minute. Needs root.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "get", "storage", "lamp"])]
    set_clock: Option<PathBuf>,
    /// Let phones in the box's Wi-Fi find it by the names in this file. Needs root.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "get", "storage", "lamp", "set_clock"])]
    set_names: Option<PathBuf>,
    /// Light the board's lamp as this file says: `well` or `unwell`. Needs root.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "get", "storage"])]
    lamp: Option<PathBuf>,
}

/// A value of a profile.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Value {
    Id,
    Led,
    PowerButton,
    PowerMode,
    FreeSerial,
}

/// The kernel's files; below another folder where a test says so.
pub(super) fn kernel() -> Kernel {
    std::env::var_os("FIELDRAY_KERNEL_ROOT").map_or_else(Kernel::default, Kernel::at)
}

/// The profile in force.
pub(super) fn chosen(name: &str) -> Result<Choice, CommandError> {
    Ok(choose(&kernel(), name)?)
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if arguments.list {
        for profile in profiles()? {
            say(&format!("{:<14} {}", profile.id, profile.name))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(folder) = &arguments.storage {
        return judge_storage(folder);
    }
    if let Some(file) = &arguments.set_clock {
        return set_clock(file);
    }
    if let Some(file) = &arguments.set_names {
        return names::set(file, Path::new(NAMES_FOLDER));
    }
    let config = Config::read_or_default(arguments.config.as_deref())?;
    let choice = chosen(&config.board)?;
    if let Some(file) = &arguments.lamp {
        return light(&choice, file);
    }
    if let Some(value) = arguments.get {
        say(&value_of(&choice, value))?;
        return Ok(ExitCode::SUCCESS);
    }
    let profile = &choice.profile;
    let tried = if profile.tried.is_empty() { "nothing yet" } else { &profile.tried };
    let heat = kernel().heat();
    let degrees = heat.degrees().map_or_else(String::new, |degrees| format!(", {degrees} °C"));
    say(&format!("board     {} ({}): {}", profile.name, profile.id, choice.why))?;
    say(&format!("model     {}", choice.model))?;
    say(&format!(
        "memory    {} MiB, of which networks at most {}",
        choice.memory_mib,
        choice.networks_mib()
    ))?;
    say(&format!("tried     {tried}"))?;
    say(&format!("heat      {}{degrees}", heat.code()))?;
    say(&format!("storage   {}", storage_line(&kernel().storage(&config.state_dir))))?;
    Ok(ExitCode::SUCCESS)
}

fn value_of(choice: &Choice, value: Value) -> String {
    let profile = &choice.profile;
    match value {
        Value::Id => profile.id.clone(),
        Value::Led => profile.led.clone().unwrap_or_default(),
        Value::PowerButton => profile.power_button.code().to_owned(),
        Value::PowerMode => profile.power_mode.clone().unwrap_or_default(),
        Value::FreeSerial => {
            let free = profile.serial.iter().filter(|port| port.purpose == SerialUse::Free);
            free.map(|port| port.path.as_str()).collect::<Vec<_>>().join(" ")
        }
    }
}

fn storage_line(storage: &Storage) -> String {
    let unknown = |text: &str| if text.is_empty() { "?".to_owned() } else { text.to_owned() };
    let life = storage.used_life_percent;
    let life = life.map_or_else(String::new, |percent| format!(", {percent} % of its life used"));
    let flaws: Vec<_> = storage.flaws.iter().map(|flaw| flaw.code()).collect();
    let flaws = if flaws.is_empty() { "well".to_owned() } else { flaws.join(", ") };
    format!("{} on {}{life}: {flaws}", unknown(&storage.filesystem), unknown(&storage.device))
}

fn judge_storage(folder: &Path) -> Result<ExitCode, CommandError> {
    let storage = kernel().storage(folder);
    say(&storage_line(&storage))?;
    let refused = storage.flaws.iter().any(|flaw| flaw.refuses_a_box());
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Where a service manager lets the service leave requests for root's units.
pub(super) fn runtime_dir() -> Option<PathBuf> {
    std::env::var_os("RUNTIME_DIRECTORY").map(PathBuf::from)
}

/// Sets the clock, and the one with a battery where there is one, and notes that a person did.
fn set_clock(file: &Path) -> Result<ExitCode, CommandError> {
    let failed = || CommandError::io(format!("read {}", file.display()));
    let text = std::fs::read_to_string(file).map_err(failed())?;
    let age = std::fs::metadata(file).and_then(|data| data.modified()).map_err(failed())?.elapsed();
    let wanted = text.trim().parse::<i64>().ok().filter(|seconds| CLOCK_S.contains(seconds));
    // A request that lay about would set the clock back to when it was made.
    let (Some(wanted), true) = (wanted, age.is_ok_and(|age| age < REQUEST_AGE_MAX)) else {
        return Err(CommandError::Usage(format!("{} asks for no time of today", file.display())));
    };
    let run = |program: &str, argument: &str| {
        let done = std::process::Command::new(program).args(["-u", argument]).status();
        done.map(|status| status.success()).map_err(CommandError::io(format!("run {program}")))
    };
    if !run("date", &format!("--set=@{wanted}"))? {
        return Err(CommandError::Usage("the system refuses to set the clock".to_owned()));
    }
    // Many boards have none; its absence is no failure.
    if Path::new("/dev/rtc0").exists() && !run("hwclock", "--systohc").unwrap_or(false) {
        complain("the clock with the battery was not set");
    }
    let mark = Path::new(PERSON_MARK);
    std::fs::write(mark, text).map_err(CommandError::io(format!("write {PERSON_MARK}")))?;
    tracing::info!(wanted, "a person has set the clock");
    Ok(ExitCode::SUCCESS)
}

/// Steady when all is well, blinking otherwise. A board without a lamp has nothing to do.
fn light(choice: &Choice, file: &Path) -> Result<ExitCode, CommandError> {
    let Some(led) = &choice.profile.led else { return Ok(ExitCode::SUCCESS) };
    let failed = |what: &Path| CommandError::io(format!("reach {}", what.display()));
    let state = std::fs::read_to_string(file).map_err(failed(file))?;
    let well = state.trim() == "well";
    if kernel().set_led(led, well).map_err(failed(Path::new(led)))? {
        tracing::info!(led, well, "lamp");
    }
    Ok(ExitCode::SUCCESS)
}

/// Lets the lamp blink for a program that does not stay up long enough to say so. Root does it, in a folder
/// of the service, which replaces what is written as soon as it is well.
pub(super) fn call_for_help() {
    use std::io::Write as _;
    let Some(folder) = runtime_dir().filter(|folder| folder.is_dir()) else { return };
    let part = folder.join("lamp.help");
    let written = durable::create_for_owner(&part)
        .and_then(|mut file| file.write_all(b"unwell"))
        .and_then(|()| durable::sync_and_rename(&part, &folder.join("lamp")));
    if let Err(error) = written {
        tracing::warn!(%error, "the lamp's state cannot be written");
    }
}

/// Writes down whether all is well, for the unit that lights the lamp: the service itself may not
/// write below `/sys`. Without a runtime folder of a service manager it never ends and does nothing.
pub(super) async fn show_state(app: &App) {
    let Some(folder) = runtime_dir() else {
        return std::future::pending().await;
    };
    let file = folder.join("lamp");
    let mut tick = tokio::time::interval(LAMP_PERIOD);
    let mut shown = None;
    loop {
        tick.tick().await;
        let minimum = app.limits().disk_free_bytes_min;
        let well = app.health().await.is_ok_and(|health| health.is_well(minimum));
        if shown != Some(well) {
            shown = Some(well);
            let word = if well { "well" } else { "unwell" };
            if let Err(error) = durable::replace(&file, word.as_bytes()) {
                tracing::warn!(%error, "the lamp's state cannot be written");
            }
        }
    }
}
