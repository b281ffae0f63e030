//! The first load of NVIDIA's libraries, in a child process: what crashes or hangs there costs the
//! child and leaves a reason.
//!
//! The child says on its standard output what it begins, a line each, and at last one line of JSON.
//! Both kinds have a mark in front, because the libraries write there too. The parent reads them
//! with a time limit and a size limit, and turns every end of the child into words.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cache::Cache;
use crate::error::LoadError;
use crate::library::Paths;
use crate::prepare::Wanted;
use crate::runtime::{Runtime, Values};

/// Before the name of a stage.
const STAGE: &str = "fieldray-tensorrt-stage ";
/// Before the JSON.
const REPORT: &str = "fieldray-tensorrt-report ";
/// Most that is read of a child's output, bytes.
const OUTPUT_BYTES_MAX: u64 = 1 << 20;

/// One network with an input whose outputs are known from another back end.
#[derive(Debug)]
pub struct Trial<'a> {
    /// The network file.
    pub onnx: &'a [u8],
    /// How to build it.
    pub wanted: Wanted,
    /// Where its engine is kept.
    pub cache: &'a Cache,
    /// Inputs by name.
    pub inputs: &'a [(&'a str, &'a [f32])],
    /// Outputs by name.
    pub expected: &'a [(&'a str, &'a [f32])],
    /// Largest absolute difference allowed.
    pub tolerance: f32,
}

/// What a child found.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// "TensorRT 10.3.0 on Orin".
    pub runtime: String,
    /// Compute capability and driver, for the log.
    pub device: String,
    /// Why network files cannot be read, if so.
    pub parser_missing: Option<String>,
    /// Where the engines of the trials came from and how far the outputs were off, each.
    pub trials: Vec<(String, f32)>,
}

/// How often somebody is told that a stage goes on.
const TICK: Duration = Duration::from_secs(10);

/// Between two looks at a child that has closed its output.
const TURN: Duration = Duration::from_millis(10);

/// How a probe ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// TensorRT serves.
    Ready(Report),
    /// There is no GPU, no driver or no TensorRT here: nothing is wrong.
    Absent {
        /// In words for people.
        reason: String,
    },
    /// It does not, and said why.
    Unusable {
        /// In words for people.
        reason: String,
    },
    /// The child was ended by a signal.
    Crashed {
        /// Its number.
        signal: i32,
        /// What the child was doing.
        stage: String,
    },
    /// The child was still busy at the time limit, and was ended.
    TimedOut {
        /// The limit.
        limit: Duration,
        /// What the child was doing.
        stage: String,
    },
    /// The child ended without a report that can be read.
    NoReport {
        /// Its exit code.
        code: i32,
        /// What the child was doing.
        stage: String,
    },
    /// There was no child.
    NotStarted {
        /// The system's words.
        reason: String,
    },
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready(report) => write!(f, "{} is ready", report.runtime),
            _ => write!(f, "TensorRT is not used: {}", self.reason()),
        }
    }
}

impl Outcome {
    /// Why TensorRT does not serve, in words for people; empty when it does.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Ready(_) => String::new(),
            Self::Absent { reason } | Self::Unusable { reason } => reason.clone(),
            Self::Crashed { signal, stage } => {
                let signal = signal_name(*signal);
                format!("NVIDIA's libraries crashed ({signal}) while {stage}")
            }
            Self::TimedOut { limit, stage } => {
                format!("after {} s it was still {stage}", limit.as_secs())
            }
            Self::NoReport { code, stage } => {
                format!("the probe ended with code {code} and no report while {stage}")
            }
            Self::NotStarted { reason } => format!("the probe did not start: {reason}"),
        }
    }
}

fn signal_name(signal: i32) -> String {
    let name = match signal {
        4 => "illegal instruction",
        6 => "abort",
        7 => "bus error",
        8 => "arithmetic error",
        9 => "killed, perhaps for want of memory",
        11 => "segmentation fault",
        _ => "signal",
    };
    format!("{name}, signal {signal}")
}

/// Why the work of a child ended without a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In words for people.
    pub reason: String,
    /// There is no GPU, no driver or no TensorRT here: nothing is wrong.
    pub absent: bool,
}

impl Failure {
    /// Something is wrong.
    pub fn of(reason: impl fmt::Display) -> Self {
        Self { reason: reason.to_string(), absent: false }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        let absent = matches!(
            error,
            LoadError::NoDriver { .. } | LoadError::NoTensorRt { .. } | LoadError::NoDevice
        );
        Self { reason: error.to_string(), absent }
    }
}

/// Where a child says what it begins.
pub struct Stages<'a> {
    out: &'a mut (dyn Write + Send),
}

impl fmt::Debug for Stages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stages")
    }
}

impl Stages<'_> {
    /// Says what comes next, as the end of "while …".
    ///
    /// # Errors
    /// When nobody listens any more: then the work has no purpose.
    pub fn begin(&mut self, stage: &str) -> Result<(), Failure> {
        let said = writeln!(self.out, "\n{STAGE}{stage}").and_then(|()| self.out.flush());
        said.map_err(Failure::of)
    }
}

/// The child's side of any probe: does the work and writes the report. The exit code is 0 whatever
/// it says.
///
/// # Errors
/// When the output cannot be written to.
pub fn report(
    out: &mut (dyn Write + Send),
    work: impl FnOnce(&mut Stages<'_>) -> Result<Report, Failure>,
) -> std::io::Result<()> {
    let report = match work(&mut Stages { out }) {
        Ok(report) => json!({
            "runtime": report.runtime,
            "device": report.device,
            "parser_missing": report.parser_missing,
            "trials": report.trials,
        }),
        Err(Failure { reason, absent }) => json!({ "failed": reason, "absent": absent }),
    };
    writeln!(out, "\n{REPORT}{report}")?;
    out.flush()
}

/// The child's side: loads TensorRT, runs the trials and writes the report. The exit code is 0
/// whatever it says.
///
/// # Errors
/// When the output cannot be written to.
pub fn child(
    paths: &Paths,
    trials: &[Trial<'_>],
    out: &mut (impl Write + Send),
) -> std::io::Result<()> {
    report(out, |stages| examine(paths, trials, stages))
}

fn examine(
    paths: &Paths,
    trials: &[Trial<'_>],
    stages: &mut Stages<'_>,
) -> Result<Report, Failure> {
    stages.begin("loading the libraries")?;
    let runtime = Runtime::load(paths)?;
    let mut done = Vec::new();
    for trial in trials {
        stages.begin("preparing an engine")?;
        let prepared = runtime.prepare(trial.onnx, trial.wanted, trial.cache, None);
        let prepared = prepared.map_err(Failure::of)?;
        stages.begin("running an engine")?;
        let mut context = prepared.engine.context().map_err(Failure::of)?;
        let outputs = context.run(trial.inputs).map_err(Failure::of)?;
        let worst = compare(&outputs, trial.expected).map_err(Failure::of)?;
        // Written so that a difference that is not a number fails.
        if worst.is_nan() || worst > trial.tolerance {
            let allowed = trial.tolerance;
            return Err(Failure::of(format!(
                "its answers are off by {worst}, and {allowed} is allowed"
            )));
        }
        done.push((prepared.told(), worst));
    }
    stages.begin("closing the libraries")?;
    Ok(Report::of(&runtime, done))
}

impl Report {
    /// What a runtime is, with the trials that it passed.
    #[must_use]
    pub fn of(runtime: &Runtime, trials: Vec<(String, f32)>) -> Self {
        let device = runtime.device();
        let (major, minor) = device.compute;
        Self {
            runtime: runtime.to_string(),
            device: format!("compute capability {major}.{minor}, driver {}", device.driver),
            parser_missing: runtime.library().parser_missing().map(str::to_owned),
            trials,
        }
    }
}

/// Largest absolute difference; not a number where any value is none.
fn compare(outputs: &[Values], expected: &[(&str, &[f32])]) -> Result<f32, String> {
    let mut worst = 0_f32;
    for (name, wanted) in expected {
        let output = outputs.iter().find(|output| output.name == *name);
        let output = output.ok_or_else(|| format!("output {name} is missing"))?;
        if output.values.len() != wanted.len() {
            return Err(format!("output {name} has {} values", output.values.len()));
        }
        for (value, wanted) in output.values.iter().zip(*wanted) {
            let difference = (value - wanted).abs();
            if difference.is_nan() {
                return Ok(difference);
            }
            worst = worst.max(difference);
        }
    }
    Ok(worst)
}

/// The parent's side: starts the child and waits for its report, no longer than the limit for each
/// stage.
#[must_use]
pub fn run(command: Command, limit: Duration) -> Outcome {
    run_and_tell(command, limit, &mut |_, _| {})
}

/// The same; each stage that the child begins is told, and then again, with the time since, as long as
/// the child says nothing new. The child's standard input stays open as long
/// as this process lives, and nothing is written to it: a child that reads it to its end knows then
/// that nobody waits for it any more.
pub fn run_and_tell(
    mut command: Command,
    limit: Duration,
    tell: &mut dyn FnMut(&str, Duration),
) -> Outcome {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Outcome::NotStarted { reason: error.to_string() },
    };
    let Some(output) = child.stdout.take() else {
        end(&mut child);
        return Outcome::NotStarted { reason: "it has no output".to_owned() };
    };
    // The reader ends with the child's output; if a process of the child's keeps it open, the
    // thread stays behind and costs nothing.
    let (said, heard) = mpsc::sync_channel(16);
    let reader = std::thread::Builder::new().name("tensorrt-probe".to_owned());
    let started = reader.spawn(move || read(output, &said));
    if let Err(error) = started {
        end(&mut child);
        return Outcome::NotStarted { reason: error.to_string() };
    }
    listen(&mut child, &heard, limit, tell)
}

enum Line {
    Stage(String),
    Report(String),
    End,
}

fn read(output: impl Read, said: &mpsc::SyncSender<Line>) {
    let mut output = BufReader::new(output.take(OUTPUT_BYTES_MAX));
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        line.clear();
        let stage = text.strip_prefix(STAGE).map(|text| Line::Stage(text.to_owned()));
        let report = || text.strip_prefix(REPORT).map(|text| Line::Report(text.to_owned()));
        if let Some(line) = stage.or_else(report)
            && said.send(line).is_err()
        {
            return;
        }
    }
    // A child that writes more than is read must not die of it: its own end is what counts.
    drop(std::io::copy(output.get_mut().get_mut(), &mut std::io::sink()));
    // Nobody may be listening any more.
    drop(said.send(Line::End));
}

fn listen(
    child: &mut Child,
    heard: &mpsc::Receiver<Line>,
    limit: Duration,
    tell: &mut dyn FnMut(&str, Duration),
) -> Outcome {
    let mut stage = "starting".to_owned();
    let mut report = None;
    // The limit is for a silent child: it counts anew at each stage, of which there are few.
    let mut silent = Duration::ZERO;
    loop {
        let wait = TICK.min(limit.saturating_sub(silent));
        match heard.recv_timeout(wait) {
            Ok(Line::Stage(next)) => {
                tell(&next, Duration::ZERO);
                stage = next;
                silent = Duration::ZERO;
            }
            Ok(Line::Report(text)) => report = Some(text),
            Ok(Line::End) | Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                silent += wait;
                if silent >= limit {
                    end(child);
                    return Outcome::TimedOut { limit, stage };
                }
                tell(&stage, silent);
            }
        }
    }
    match ended(child, limit) {
        Ok(Some(status)) => conclude(status, report.as_deref(), stage),
        Ok(None) => {
            end(child);
            Outcome::TimedOut { limit, stage }
        }
        Err(error) => {
            end(child);
            let reason = format!("the end of the probe is not known: {error}");
            Outcome::Unusable { reason }
        }
    }
}

/// Waits for a child that has closed its output, and may hang all the same; `None` at the limit.
/// Asked again and again, because the standard library has no wait with a limit.
fn ended(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let turns = limit.as_millis() / TURN.as_millis();
    for _ in 0..turns.max(1) {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::park_timeout(TURN);
    }
    child.try_wait()
}

fn end(child: &mut Child) {
    // Either may find it gone already.
    drop(child.kill());
    drop(child.wait());
}

fn conclude(status: ExitStatus, report: Option<&str>, stage: String) -> Outcome {
    // A crash after the report counts: the appliance would crash when it closes the libraries.
    if let Some(signal) = status.signal() {
        return Outcome::Crashed { signal, stage };
    }
    let code = status.code().unwrap_or(-1);
    let report = report.and_then(|text| serde_json::from_str::<Value>(text).ok());
    match report {
        Some(report) if code == 0 => understand(&report),
        _ => None,
    }
    .unwrap_or(Outcome::NoReport { code, stage })
}

fn understand(report: &Value) -> Option<Outcome> {
    if let Some(reason) = report["failed"].as_str() {
        let (reason, absent) = (reason.to_owned(), report["absent"] == true);
        return Some(match absent {
            true => Outcome::Absent { reason },
            false => Outcome::Unusable { reason },
        });
    }
    let trials = report["trials"].as_array()?.iter().map(|trial| {
        // Written from an `f32`; what is lost is lost nowhere else.
        let worst: f32 = trial[1].to_string().parse().ok()?;
        Some((trial[0].as_str()?.to_owned(), worst))
    });
    Some(Outcome::Ready(Report {
        runtime: report["runtime"].as_str()?.to_owned(),
        device: report["device"].as_str()?.to_owned(),
        parser_missing: report["parser_missing"].as_str().map(str::to_owned),
        trials: trials.collect::<Option<_>>()?,
    }))
}
