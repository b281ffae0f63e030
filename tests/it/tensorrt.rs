//! TensorRT through the whole program, against a test double: who reads, what is said about it, and
//! that every fault ends with a reading by tract.

pub mod gpu;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::clinic::{Box_, PATIENCE, Phone, TestClinic, upload_id};
use crate::phantom::{self, Shot};
use gpu::{Gpu, Mood, marks, stored};

/// The box's health, as soon as the GPU is at one of these states.
async fn at(phone: &Phone, states: &[&str]) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let health: Value = phone.get("/health").await.json().await.unwrap();
        if states.iter().any(|state| health["tensorrt"] == **state) {
            return health;
        }
        assert!(Instant::now() < end, "{health}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// The environment in which the program finds the double, and more.
fn with<'a>(
    environment: &'a [(String, String)],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let found = environment.iter().map(|(name, value)| (&**name, &**value));
    found.chain(more.iter().copied()).collect()
}

async fn open(gpu: &Gpu, more: &[(&str, &str)]) -> TestClinic {
    TestClinic::open_with(&with(&gpu.environment(), more)).await
}

async fn again(clinic: TestClinic, gpu: &Gpu, more: &[(&str, &str)]) -> TestClinic {
    clinic.restart(&with(&gpu.environment(), more)).await
}

/// Has a phantom read and gives the study's page.
async fn read_one(clinic: &TestClinic, number: u32) -> String {
    let study = clinic.phone.register(&format!("Patient {number}"), "44").await;
    let photo = phantom::jpeg(Shot { seed: number, ..Shot::default() });
    clinic.phone.upload(&study, &upload_id(number), photo).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    clinic.phone.page(&study).await
}

#[tokio::test]
async fn tensorrt_takes_over_when_it_has_given_tracts_answers_and_tract_when_it_fails() {
    let Some(gpu) = Gpu::new() else { return };
    let clinic = open(&gpu, &[]).await;
    let health = at(&clinic.phone, &["serving"]).await;
    assert_eq!(health["backend"], "tensorrt");
    assert_eq!(health["tensorrt_detail"], "TensorRT 10.3.0 on Test double, fp32");
    // Three phantoms for each of four networks, in the child and in the appliance.
    assert_eq!(gpu.runs(), 24);
    let page = read_one(&clinic, 1).await;
    assert!(page.contains("on TensorRT"), "{page}");
    assert!(gpu.runs() >= 28, "four networks read a photo");
    let system = clinic.phone.page("/system").await;
    assert!(system.contains("The GPU computes: TensorRT 10.3.0 on Test double"), "{system}");
    assert!(system.contains("have not run it on a GPU or a Jetson"), "{system}");
    let engines = clinic.state.path().join("engines");
    assert_eq!(stored(&engines, ".plan").len(), 4);
    assert_eq!(marks(&engines).len(), 0);
    let description = std::fs::read_to_string(stored(&engines, ".json").remove(0)).unwrap();
    assert!(description.contains("TensorRT 10.3.0 on Test double, built in "), "{description}");
    assert!(description.contains("\"worst_difference\": "), "{description}");

    // A fault in the middle of a reading: tract makes it, and all that follow.
    gpu.set_mood(Mood::Fault);
    let page = read_one(&clinic, 2).await;
    assert!(page.contains("on tract (CPU)"), "{page}");
    let health = at(&clinic.phone, &["withdrawn"]).await;
    assert_eq!(health["backend"], "tract");
    let reason = "the CUDA driver refuses: cuStreamSynchronize gives error 700";
    assert!(health["tensorrt_detail"].as_str().unwrap().starts_with(reason), "{health}");
    assert!(clinic.phone.page("/system").await.contains("because the GPU failed"));
    gpu.set_mood(Mood::Right);
    let runs = gpu.runs();
    assert!(read_one(&clinic, 3).await.contains("on tract (CPU)"));
    assert_eq!(gpu.runs(), runs, "a GPU that failed is not asked again");

    // The next start tries it again, with the engines that are there.
    let clinic = again(clinic, &gpu, &[("TRT_DOUBLE_FAULT", "build")]).await;
    at(&clinic.phone, &["serving"]).await;
    assert_eq!(clinic.stop_and_check(), "3 studies and 6 files checked, 0 problems");
}

#[tokio::test]
async fn engines_that_are_no_good_are_set_aside_and_built_anew() {
    let Some(gpu) = Gpu::new() else { return };
    let clinic = open(&gpu, &[]).await;
    at(&clinic.phone, &["serving"]).await;
    let engines = clinic.state.path().join("engines");
    // One cut short, and all of them for another chip under the same name.
    let plan = stored(&engines, ".plan").remove(0);
    let bytes = std::fs::read(&plan).unwrap();
    std::fs::write(&plan, &bytes[..bytes.len() / 2]).unwrap();
    let clinic = again(clinic, &gpu, &[("TRT_DOUBLE_GPU", "B")]).await;
    at(&clinic.phone, &["serving"]).await;
    assert_eq!(stored(&engines, ".plan.bad").len(), 4);
    assert_eq!(stored(&engines, ".plan").len(), 4);

    // Another TensorRT: another key. The old engines go once the new ones serve.
    let clinic = again(clinic, &gpu, &[("TRT_DOUBLE_VERSION", "101301")]).await;
    let health = at(&clinic.phone, &["serving"]).await;
    assert_eq!(health["tensorrt_detail"], "TensorRT 10.13.1 on Test double, fp32");
    assert_eq!(stored(&engines, ".plan").len(), 4);
    assert_eq!(stored(&engines, ".bad").len(), 0);
}

#[tokio::test]
async fn what_is_wrong_at_the_start_leaves_tract_with_a_reason() {
    let Some(gpu) = Gpu::new() else { return };
    let cases = [
        ("wrong-result", "its answers are not tract's: output"),
        ("nan", "its answers are not tract's: output"),
        ("segv", "NVIDIA's libraries crashed (segmentation fault, signal 11) while building the"),
        ("cu-init", "the CUDA driver refuses: cuInit gives error 999"),
        ("parse", "no importer registered for op: Frobnicate"),
    ];
    let mut clinic = open(&gpu, &[("TRT_DOUBLE_FAULT", "low-pointer")]).await;
    let health = at(&clinic.phone, &["refused"]).await;
    assert!(health["tensorrt_detail"].as_str().unwrap().contains("gives no runtime"), "{health}");
    for (fault, reason) in cases {
        clinic = again(clinic, &gpu, &[("TRT_DOUBLE_FAULT", fault)]).await;
        let health = at(&clinic.phone, &["refused", "serving", "absent"]).await;
        let found = health["tensorrt_detail"].as_str().unwrap();
        assert!(found.contains(reason), "{fault}: {health}");
        assert_eq!((&health["tensorrt"], &health["backend"]), (&"refused".into(), &"tract".into()));
        // What answered wrongly is not kept.
        assert_eq!(stored(&clinic.state.path().join("engines"), ".plan").len(), 0, "{fault}");
    }
    assert!(clinic.phone.page("/system").await.contains("because the GPU was refused"));
    assert!(read_one(&clinic, 1).await.contains("on tract (CPU)"));
}

#[tokio::test]
async fn a_probe_that_hangs_is_ended_while_tract_serves() {
    let Some(gpu) = Gpu::new() else { return };
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(settings.path(), "[tensorrt]\nbuild_seconds_max = 8\n").unwrap();
    let state = tempfile::tempdir().unwrap();
    let arguments = ["--config", settings.path().to_str().unwrap()];
    let environment = gpu.environment();
    let environment = with(&environment, &[("TRT_DOUBLE_FAULT", "hang")]);
    let server = Box_::start_with(state.path(), &environment, &arguments);
    let phone = Phone::set_up(&server, state.path()).await;
    let clinic = TestClinic { state, server, phone };
    let health = at(&clinic.phone, &["preparing"]).await;
    assert_eq!(health["backend"], "tract");
    assert!(read_one(&clinic, 1).await.contains("on tract (CPU)"));
    let health = at(&clinic.phone, &["refused"]).await;
    // Before that stage on a machine that is very busy.
    let reason = "after 8 s it was still ";
    assert!(health["tensorrt_detail"].as_str().unwrap().starts_with(reason), "{health}");

    // A probe does not outlive the program that waits for it.
    let clinic = again(clinic, &gpu, &[("TRT_DOUBLE_FAULT", "hang")]).await;
    let stage = "building the engine of the ";
    let end = Instant::now() + PATIENCE;
    while !at(&clinic.phone, &["preparing"]).await["tensorrt_detail"]
        .as_str()
        .unwrap()
        .starts_with(stage)
    {
        assert!(Instant::now() < end);
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let engines = clinic.state.path().join("engines");
    let engines = engines.to_str().unwrap().to_owned();
    let [probe] = probes(&engines).try_into().unwrap();
    // The clinic goes first: for memory, and for the processor.
    let score = std::fs::read_to_string(probe.join("oom_score_adj")).unwrap();
    assert_eq!(score.trim(), "500");
    let stat = std::fs::read_to_string(probe.join("stat")).unwrap();
    let nice = stat.rsplit_once(')').unwrap().1.split_whitespace().nth(16).unwrap();
    assert_eq!(nice, "19");
    clinic.server.kill();
    let end = Instant::now() + PATIENCE;
    while !probes(&engines).is_empty() {
        assert!(Instant::now() < end, "the probe is still there");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Processes that probe for a folder of engines, as the kernel shows them.
fn probes(engines: &str) -> Vec<PathBuf> {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = processes.map(|process| process.path()).collect();
    found.retain(|path| {
        let line = std::fs::read(path.join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        line.contains("tensorrt-probe") && line.contains(engines)
    });
    found
}

#[tokio::test]
async fn a_crash_when_the_appliance_takes_over_costs_one_start() {
    let Some(gpu) = Gpu::new() else { return };
    let state = tempfile::tempdir().unwrap();
    // The probe comes through; the appliance's own first run does not.
    let environment = gpu.environment();
    let environment = with(&environment, &[("TRT_DOUBLE_FAULT", "appliance:segv-enqueue")]);
    let mut server = Box_::start(state.path(), &environment);
    assert!(server.died().await, "the double crashes the program");
    let engines = state.path().join("engines");
    assert_eq!((stored(&engines, ".plan").len(), marks(&engines).len()), (4, 1));

    let server = Box_::start(state.path(), &environment);
    let phone = Phone::set_up(&server, state.path()).await;
    let clinic = TestClinic { state, server, phone };
    let health = at(&clinic.phone, &["refused", "serving"]).await;
    let reason = "the program ended while it used the GPU";
    assert!(health["tensorrt_detail"].as_str().unwrap().starts_with(reason), "{health}");
    assert!(read_one(&clinic, 1).await.contains("on tract (CPU)"));
}

#[tokio::test]
async fn a_program_that_is_told_to_stop_inside_a_run_tries_the_gpu_again() {
    let Some(gpu) = Gpu::new() else { return };
    let state = tempfile::tempdir().unwrap();
    let environment = gpu.environment();
    let hangs = with(&environment, &[("TRT_DOUBLE_FAULT", "appliance:hang-enqueue")]);
    let mut server = Box_::start(state.path(), &hangs);
    let engines = state.path().join("engines");
    let end = Instant::now() + PATIENCE;
    while marks(&engines).is_empty() {
        assert!(Instant::now() < end, "it has not come to its first run");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let stopped = Command::new("kill").arg(server.pid().to_string()).status();
    assert!(stopped.unwrap().success());
    assert!(server.died().await);
    assert_eq!(marks(&engines).len(), 0);
    let server = Box_::start(state.path(), &with(&environment, &[]));
    let phone = Phone::set_up(&server, state.path()).await;
    let health = at(&phone, &["serving", "refused"]).await;
    assert_eq!(health["tensorrt"], "serving", "{health}");
}

#[tokio::test]
async fn networks_whose_16_bits_are_too_coarse_are_built_once_and_use_32() {
    let Some(gpu) = Gpu::new() else { return };
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(settings.path(), "[tensorrt]\nprecision = \"fp16\"\n").unwrap();
    let state = tempfile::tempdir().unwrap();
    let arguments = ["--config", settings.path().to_str().unwrap()];
    let environment = gpu.environment();
    let coarse = with(&environment, &[("TRT_DOUBLE_FAULT", "wrong-half")]);
    let server = Box_::start_with(state.path(), &coarse, &arguments);
    let phone = Phone::set_up(&server, state.path()).await;
    let health = at(&phone, &["serving", "refused"]).await;
    assert_eq!(health["tensorrt_detail"], "TensorRT 10.3.0 on Test double, fp32");
    let engines = state.path().join("engines");
    assert_eq!((stored(&engines, ".plan").len(), stored(&engines, ".json").len()), (4, 8));

    // The next start builds none again: it could not.
    server.kill();
    let no_build = with(&environment, &[("TRT_DOUBLE_FAULT", "build")]);
    let server = Box_::start_with(state.path(), &no_build, &arguments);
    let mut phone = phone;
    phone.move_to(&server.address);
    let health = at(&phone, &["serving", "refused"]).await;
    assert_eq!(health["tensorrt_detail"], "TensorRT 10.3.0 on Test double, fp32");
}

#[tokio::test]
async fn a_crash_in_a_run_costs_one_start_and_not_the_clinic() {
    let Some(gpu) = Gpu::new() else { return };
    let mut clinic = open(&gpu, &[]).await;
    at(&clinic.phone, &["serving"]).await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    gpu.set_mood(Mood::Crash);
    let photo = phantom::jpeg(Shot::default());
    drop(clinic.phone.try_upload(&study, &upload_id(1), photo).await);
    assert!(clinic.server.died().await, "the double crashes the program");
    gpu.set_mood(Mood::Right);
    let clinic = again(clinic, &gpu, &[]).await;
    let health = at(&clinic.phone, &["refused"]).await;
    let reason = "the program ended while it used the GPU";
    assert!(health["tensorrt_detail"].as_str().unwrap().starts_with(reason), "{health}");
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    assert!(clinic.phone.page(&study).await.contains("on tract (CPU)"));

    // Somebody has removed the mark, as the reason says.
    let [mark] = marks(&clinic.state.path().join("engines")).try_into().unwrap();
    std::fs::remove_file(mark).unwrap();
    let clinic = again(clinic, &gpu, &[]).await;
    at(&clinic.phone, &["serving"]).await;
}

#[tokio::test]
async fn a_run_that_hangs_is_given_up_made_by_tract_and_never_touched_again() {
    let Some(gpu) = Gpu::new() else { return };
    let mut clinic = open(&gpu, &[]).await;
    at(&clinic.phone, &["serving"]).await;
    gpu.set_mood(Mood::Late);
    assert!(read_one(&clinic, 1).await.contains("on tract (CPU)"));
    let health = at(&clinic.phone, &["withdrawn"]).await;
    assert_eq!(health["tensorrt_detail"], "no answer within 10 s");
    // The answer comes after all. The double would crash the program if it were closed then.
    let end = Instant::now() + Duration::from_secs(5);
    while Instant::now() < end {
        assert!(!clinic.server.is_dead());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_machine_without_a_gpu_says_so_and_is_well() {
    let Some(gpu) = Gpu::new() else { return };
    let clinic = open(&gpu, &[("TRT_DOUBLE_FAULT", "no-device")]).await;
    let health = at(&clinic.phone, &["absent"]).await;
    assert_eq!(health["backend"], "tract");
    assert_eq!(health["tensorrt_detail"], "the CUDA driver finds no GPU");
    let clinic = again(clinic, &gpu, &[("TRT_DOUBLE_FAULT", "cu-no-device")]).await;
    let health = at(&clinic.phone, &["absent", "refused"]).await;
    assert_eq!(health["tensorrt"], "absent", "{health}");
    assert!(!clinic.state.path().join("engines").exists());
    assert!(clinic.phone.page("/system").await.contains("no GPU to be used here"));
}

fn fieldray(gpu: Option<&Gpu>, home: &Path, fault: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(arguments)
        .envs(gpu.map(Gpu::environment).unwrap_or_default())
        .env("TRT_DOUBLE_FAULT", fault)
        .env("XDG_CACHE_HOME", home)
        .env("FIELDRAY_LOG", "warn")
        .output()
        .unwrap()
}

#[test]
fn commands_build_engines_when_told_to_and_take_what_is_there() {
    let Some(gpu) = Gpu::new() else { return };
    let home = tempfile::tempdir().unwrap();
    let photo = home.path().join("film.jpg");
    std::fs::write(&photo, phantom::jpeg(Shot::default())).unwrap();
    let photo = photo.to_str().unwrap();
    let scores = |output: &Output, backend: &str| {
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}");
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(line["backend"], backend, "{error}");
        line["scores"].clone()
    };
    let on_tract = fieldray(None, home.path(), "", &["analyze", photo, "--backend", "tract"]);
    let on_tract = scores(&on_tract, "tract");

    // Nothing has been built: auto does not wait.
    let auto = fieldray(Some(&gpu), home.path(), "", &["analyze", photo]);
    assert_eq!(scores(&auto, "tract"), on_tract);
    let said = String::from_utf8_lossy(&auto.stderr).into_owned();
    assert!(said.contains("no engine for it has been built yet"), "{said}");

    let told = fieldray(Some(&gpu), home.path(), "", &["analyze", photo, "--backend", "tensorrt"]);
    assert_eq!(scores(&told, "tensorrt"), on_tract);
    assert_eq!(stored(&home.path().join("fieldray/engines"), ".plan").len(), 4);
    let auto = fieldray(Some(&gpu), home.path(), "build", &["analyze", photo]);
    assert_eq!(scores(&auto, "tensorrt"), on_tract);

    // What brings a command down is seen by who runs it, and is tried again.
    let crash = "appliance:segv-enqueue";
    let crashed = fieldray(Some(&gpu), home.path(), crash, &["analyze", photo]);
    assert_eq!(crashed.status.code(), None);
    let auto = fieldray(Some(&gpu), home.path(), "build", &["analyze", photo]);
    assert_eq!(scores(&auto, "tensorrt"), on_tract);

    // Each network by itself, in 16 bits; the engines of others stay where they are.
    let bench = ["bench", "--backend", "tensorrt", "--precision", "fp16"];
    let measured = fieldray(Some(&gpu), home.path(), "", &bench);
    let said = String::from_utf8(measured.stdout).unwrap();
    let back_end = "back end tensorrt; TensorRT serving: TensorRT 10.3.0 on Test double, fp16";
    assert!(said.contains(back_end), "{said}");
    assert!(said.lines().any(|line| line.starts_with("findings     30 ")), "{said}");
    assert_eq!(stored(&home.path().join("fieldray/engines"), ".plan").len(), 8);

    let folder = home.path().to_str().unwrap();
    let bench = ["bench", "--photos", folder, "--backend", "tensorrt"];
    let measured = fieldray(Some(&gpu), home.path(), "", &bench);
    let said = String::from_utf8(measured.stdout).unwrap();
    assert!(said.contains("back end tensorrt; TensorRT serving: TensorRT 10.3.0"), "{said}");
    let refused = fieldray(Some(&gpu), home.path(), "wrong-result", &bench);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("back end tensorrt is not available: the"), "{said}");
    let nothing = fieldray(Some(&gpu), home.path(), "no-device", &bench);
    assert_eq!(nothing.status.code(), Some(2));
    let said = String::from_utf8(nothing.stderr).unwrap();
    assert!(said.contains("not available: the CUDA driver finds no GPU"), "{said}");
}
