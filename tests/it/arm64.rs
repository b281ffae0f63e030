//! The program built for the ARM box, run under qemu, beside this machine's own build. Only where
//! `scripts/test-arm64` says how to run it: `FIELDRAY_ARM64` holds the words of the command.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::clinic::shared;
use crate::phantom::{self, Shot};
use crate::tensorrt::gpu::Gpu;

/// Largest difference of a score between the two builds.
const SCORE_TOLERANCE: f64 = 1e-4;
/// Real photos that are compared, where they are.
const PHOTOS: usize = 8;

/// The ARM program, ready for arguments; `None`, with a word, where it was not built.
fn arm64() -> Option<Command> {
    let Ok(words) = std::env::var("FIELDRAY_ARM64") else {
        println!("skipped: scripts/test-arm64 runs this");
        return None;
    };
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words).env("FIELDRAY_LOG", "error");
    Some(command)
}

fn analyze(mut command: Command, photos: &[PathBuf]) -> Vec<Value> {
    let done = command.arg("analyze").args(photos).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_arm_build_reads_as_this_machine_does() {
    let Some(command) = arm64() else { return };
    let folder = tempfile::tempdir().unwrap();
    let shots = [
        Shot::default(),
        Shot { seed: 7, chest: 3, ..Shot::default() },
        Shot { film: false, ..Shot::default() },
    ];
    let mut photos = Vec::new();
    for (index, shot) in shots.into_iter().enumerate() {
        let path = folder.path().join(format!("phantom{index}.jpg"));
        std::fs::write(&path, phantom::jpeg(shot)).unwrap();
        photos.push(path);
    }
    if let Some(real) = shared("photos") {
        let mut real: Vec<PathBuf> =
            std::fs::read_dir(real).unwrap().map(|entry| entry.unwrap().path()).collect();
        real.retain(|path| path.extension().is_some_and(|ending| ending == "jpg"));
        real.sort();
        photos.extend(real.into_iter().take(PHOTOS));
    }
    let here = analyze(Command::new(env!("CARGO_BIN_EXE_fieldray")), &photos);
    let there = analyze(command, &photos);
    assert_eq!((here.len(), there.len()), (photos.len(), photos.len()));
    let (mut worst, mut read) = (0.0_f64, 0);
    for (here, there) in here.iter().zip(&there) {
        for field in ["photo", "verdict", "reason", "rotation", "mirrored", "calls", "model"] {
            assert_eq!(here[field], there[field], "{field} of {}", here["photo"]);
        }
        let Some(scores) = here["scores"].as_object() else { continue };
        read += 1;
        assert_eq!(scores.len(), there["scores"].as_object().unwrap().len());
        for (finding, score) in scores {
            let other = there["scores"][finding].as_f64().unwrap();
            let off = (score.as_f64().unwrap() - other).abs();
            assert!(off <= SCORE_TOLERANCE, "{finding} of {} is off by {off:e}", here["photo"]);
            worst = worst.max(off);
        }
    }
    assert!(read >= 2, "the phantoms at least are read");
    let photos = photos.len();
    println!("{photos} photos, {read} read, scores differ by {worst:e} at most");
}

#[tokio::test]
async fn the_arm_build_serves() {
    let Some(mut command) = arm64() else { return };
    let state = tempfile::tempdir().unwrap();
    let mut child = command
        .args(["serve", "--listen", "127.0.0.1:0", "--state"])
        .arg(state.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.next().unwrap().unwrap();
    let address = ready.rsplit(' ').next().unwrap();
    let health = reqwest::get(format!("{address}/health")).await.unwrap();
    let health: Value = health.json().await.unwrap();
    let page = reqwest::get(format!("{address}/login")).await.unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((&health["backend"], page.status().as_u16()), (&"tract".into(), 200));
    println!("{health}");
}

#[test]
fn the_arm_build_calls_tensorrt_through_its_tables() {
    let Some(mut command) = arm64() else { return };
    // The double has to be built for ARM too.
    if std::env::var("FIELDRAY_TEST_CXX").is_err() {
        println!("skipped: no C++ compiler for ARM");
        return;
    }
    let Some(gpu) = Gpu::new() else { return };
    let engines = tempfile::tempdir().unwrap();
    // The child of the appliance, run directly: this machine's kernel starts no ARM program by itself.
    let done = command
        .args(["tensorrt-probe", "--precision", "fp32", "--workspace-mib", "64", "--build"])
        .args(["--memory-bytes", "536870912", "--engines"])
        .arg(engines.path())
        .envs(gpu.environment())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let error = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said} {error}");
    let report = said.lines().find_map(|line| line.strip_prefix("fieldray-tensorrt-report "));
    let report: Value = serde_json::from_str(report.unwrap_or_default()).unwrap();
    assert_eq!(report["runtime"], "TensorRT 10.3.0 on Test double", "{said} {error}");
    assert_eq!(report["trials"].as_array().unwrap().len(), 4);
    println!("{report}");
}
