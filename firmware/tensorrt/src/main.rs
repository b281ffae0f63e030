//! The crate by hand, for the tests and for a look at a board: `trt-probe help`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use fieldray_tensorrt::{
    BuildOptions, Cache, Candidate, Library, Outcome, Paths, Precision, Progress, Trial, Wanted,
    probe, table,
};

const HELP: &str = "\
trt-probe slots MAJOR               the slot table of TensorRT 8, 10 or 11
trt-probe check [FOLDER]            loads TensorRT in a child process and says what there is
trt-probe trial FOLDER CACHE FILE IN=V,V OUT=V,V [SECONDS]
                                    the same, and runs a network on one input with known outputs
trt-probe build LIBRARY PARSER FILE...
                                    builds engines without a GPU (TensorRT-RTX only)
FOLDER holds the libraries under their usual names; - is where the system looks.";

const WORKSPACE_BYTES: usize = 256 << 20;
const CHECK_LIMIT: Duration = Duration::from_secs(60);
/// An engine takes minutes on a small board.
const TRIAL_LIMIT: Duration = Duration::from_secs(1800);
const TOLERANCE: f32 = 1e-3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["slots", major] => slots(major),
        ["check"] => check(&["child", "-"], CHECK_LIMIT),
        ["check", folder] => check(&["child", folder], CHECK_LIMIT),
        ["trial", rest @ .., seconds] if rest.len() == 5 => {
            let limit = seconds.parse().map(Duration::from_secs);
            limit.map_err(|error| error.to_string()).and_then(|limit| trial(rest, limit))
        }
        ["trial", rest @ ..] if rest.len() == 5 => trial(rest, TRIAL_LIMIT),
        ["child", folder] => child(&paths(folder), &[]),
        ["child", folder, cache, file, input, output] => {
            child_trial(folder, cache, file, input, output)
        }
        ["build", library, parser, files @ ..] => build(library, parser, files),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn slots(major: &str) -> Result<(), String> {
    let rows = major.parse().ok().and_then(table);
    let rows = rows.ok_or_else(|| format!("there is no table for {major}"))?;
    for (name, slot) in rows {
        println!("{name} {slot}");
    }
    Ok(())
}

fn check(arguments: &[&str], limit: Duration) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = std::process::Command::new(program);
    command.args(arguments);
    let outcome = probe::run(command, limit);
    println!("{outcome}");
    let Outcome::Ready(report) = outcome else { return Ok(()) };
    println!("{}", report.device);
    if let Some(reason) = report.parser_missing {
        println!("no ONNX parser: {reason}");
    }
    for (origin, worst) in report.trials {
        println!("trial: {origin}, off by {worst:e}");
    }
    Ok(())
}

fn trial(rest: &[&str], limit: Duration) -> Result<(), String> {
    check(&[&["child"], rest].concat(), limit)
}

fn child(paths: &Paths, trials: &[Trial<'_>]) -> Result<(), String> {
    probe::child(paths, trials, &mut std::io::stdout()).map_err(|error| error.to_string())
}

fn child_trial(
    folder: &str,
    cache: &str,
    file: &str,
    input: &str,
    output: &str,
) -> Result<(), String> {
    let onnx = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let cache = Cache::open(Path::new(cache)).map_err(|error| format!("{cache}: {error}"))?;
    let (input, given) = named(input)?;
    let (output, expected) = named(output)?;
    let trial = Trial {
        onnx: &onnx,
        wanted: Wanted {
            precision: Precision::Fp16,
            workspace_bytes: WORKSPACE_BYTES,
            build: true,
        },
        cache: &cache,
        inputs: &[(input, &given)],
        expected: &[(output, &expected)],
        tolerance: TOLERANCE,
    };
    child(&paths(folder), &[trial])
}

fn named(text: &str) -> Result<(&str, Vec<f32>), String> {
    let (name, values) = text.split_once('=').ok_or("expected NAME=V,V,V")?;
    let values = values.split(',').map(|value| value.parse::<f32>().map_err(|it| it.to_string()));
    Ok((name, values.collect::<Result<_, _>>()?))
}

fn paths(folder: &str) -> Paths {
    if folder == "-" { Paths::default() } else { Paths::in_folder(Path::new(folder)) }
}

fn build(library: &str, parser: &str, files: &[&str]) -> Result<(), String> {
    let candidate = Candidate { tensorrt: PathBuf::from(library), parser: PathBuf::from(parser) };
    let library = Library::open(&[candidate]).map_err(|error| error.to_string())?;
    println!("TensorRT {}", library.version());
    if let Some(reason) = library.parser_missing() {
        println!("no ONNX parser: {reason}");
    }
    // For the tests: stop at this step of a phase.
    let stop_at = std::env::var("TRT_PROBE_STOP_AT").ok().and_then(|step| step.parse().ok());
    let mut timing: Option<Vec<u8>> = None;
    for file in files {
        let onnx = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
        let mut steps = 0_u32;
        let mut listen = |progress: Progress| {
            let Progress::Step { step, .. } = progress else { return ControlFlow::Continue(()) };
            steps += 1;
            if Some(step) == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = BuildOptions {
            precision: Precision::Fp32,
            workspace_bytes: WORKSPACE_BYTES,
            timing_cache: timing.as_deref(),
            progress: Some(&mut listen),
        };
        let built = library.build_without_gpu(&onnx, options);
        let built = built.map_err(|error| format!("{file}: {error}"))?;
        let cached = built.timing_cache.as_ref().map_or(0, Vec::len);
        let plan = built.plan.len();
        println!("{file}: plan {plan} bytes, timing cache {cached} bytes, {steps} steps told");
        timing = built.timing_cache;
    }
    Ok(())
}
