//! The whole path against a test double that the C++ compiler lays out: no GPU, nothing of
//! NVIDIA's. Every test runs the probe as a child process, as the appliance does, so a fault in the
//! double costs the child. Without a C++ compiler the tests say so and pass.

#![expect(clippy::unwrap_used, reason = "test code: a failed unwrap is a failed test")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

const MAJORS: [u32; 3] = [8, 10, 11];
const NETWORK: &str = "NETWORK x y 1x4";

/// Builds the doubles once for all tests; `None` without a compiler.
fn doubles() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    FOLDER.get_or_init(build_doubles).as_ref().map(TempDir::path)
}

fn build_doubles() -> Option<TempDir> {
    let has =
        |it: &&str| Command::new(it).arg("--version").output().is_ok_and(|it| it.status.success());
    let Some(compiler) = ["g++", "clang++", "c++"].into_iter().find(has) else {
        eprintln!("skipped: no C++ compiler for the TensorRT test double");
        return None;
    };
    let folder = TempDir::new().unwrap();
    let compile = |source: &str, target: &Path, options: &[&str]| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/double").join(source);
        let flags = ["-std=c++17", "-O1", "-shared", "-fPIC"];
        let done = Command::new(compiler)
            .args(flags)
            .args(options)
            .arg(source)
            .arg("-o")
            .arg(target)
            .status();
        assert!(done.unwrap().success(), "{compiler} {}", target.display());
    };
    for major in MAJORS {
        let inside = folder.path().join(major.to_string());
        fs::create_dir(&inside).unwrap();
        let library = inside.join(format!("libnvinfer.so.{major}"));
        compile("nvinfer.cpp", &library, &[&format!("-DMAJOR={major}")]);
        // The double has the parser too; both names lead to one file.
        let parser = inside.join(format!("libnvonnxparser.so.{major}"));
        std::os::unix::fs::symlink(&library, parser).unwrap();
        compile("cuda.cpp", &inside.join("libcuda.so.1"), &[]);
    }
    fs::write(folder.path().join("network"), NETWORK).unwrap();
    let lean = folder.path().join("lean");
    fs::create_dir(&lean).unwrap();
    compile("nvinfer.cpp", &lean.join("libnvinfer.so.10"), &["-DMAJOR=10", "-DNO_BUILDER"]);
    compile("cuda.cpp", &lean.join("libcuda.so.1"), &[]);
    Some(folder)
}

/// One probe of a trial with the right answers, unless said otherwise.
struct Run {
    folder: PathBuf,
    cache: TempDir,
    fault: &'static str,
    environment: Vec<(&'static str, &'static str)>,
    input: &'static str,
    expected: &'static str,
    network: Option<PathBuf>,
    seconds: &'static str,
}

struct Said {
    out: String,
    err: String,
}

impl Run {
    /// `None` without a compiler.
    fn on(folder: &str) -> Option<Self> {
        let folder = doubles()?.join(folder);
        Some(Self {
            folder,
            cache: TempDir::new().unwrap(),
            fault: "",
            environment: Vec::new(),
            input: "x=1,-2,3,0.5",
            expected: "y=3,-3,7,2",
            network: None,
            seconds: "30",
        })
    }

    fn with(mut self, fault: &'static str) -> Self {
        self.fault = fault;
        self
    }

    fn go(&self) -> Said {
        let network = self.folder.parent().unwrap().join("network");
        let network = self.network.as_ref().unwrap_or(&network);
        let output = Command::new(env!("CARGO_BIN_EXE_trt-probe"))
            .arg("trial")
            .args([&self.folder, self.cache.path(), network])
            .args([self.input, self.expected, self.seconds])
            .env("TRT_DOUBLE_FAULT", self.fault)
            .envs(self.environment.iter().copied())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Files in the cache with an ending.
    fn stored(&self, ending: &str) -> Vec<PathBuf> {
        let paths = fs::read_dir(self.cache.path()).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
    }
}

/// Every major answers a fault with these words, and leaks nothing on the way.
fn check_fault(fault: &'static str, expected: &str) {
    for major in MAJORS {
        let Some(run) = Run::on(&major.to_string()) else { return };
        let said = run.with(fault).go();
        assert!(said.out.contains(expected), "{major} {fault}: {} {}", said.out, said.err);
        assert!(!said.out.contains("is ready"), "{major} {fault}: {}", said.out);
        assert_nothing_left(&said);
    }
}

/// The double counts what was made and what was deleted, and reports it when the child ends.
fn assert_nothing_left(said: &Said) {
    let left = said.err.lines().filter(|line| line.ends_with("left"));
    for line in left {
        let clean = ["double: 0 allocations, 0 streams, 0 contexts left", "double: 0 objects left"];
        assert!(clean.contains(&line), "{line}");
    }
}

#[test]
fn a_network_is_built_run_and_closed_without_a_leak() {
    let expected = [
        (8, "TensorRT 8.6.1 on Test double is ready", "half=1 tf32=1"),
        (10, "TensorRT 10.3.0 on Test double is ready", "half=1 tf32=1"),
        (11, "TensorRT 11.4.0 on Test double is ready", "half=0 tf32=0"),
    ];
    for (major, ready, settings) in expected {
        let Some(run) = Run::on(&major.to_string()) else { return };
        let said = run.go();
        assert!(said.out.contains(ready), "{} {}", said.out, said.err);
        assert!(said.out.contains("compute capability 8.7, driver 12060"), "{}", said.out);
        assert!(said.out.contains("trial: built in 0 s, off by 0e0"), "{}", said.out);
        assert!(said.err.contains(settings), "{}", said.err);
        assert!(said.err.contains("double: 0 objects left"), "{}", said.err);
        assert!(said.err.contains("double: 0 allocations"), "{}", said.err);
        assert_nothing_left(&said);
    }
}

#[test]
fn the_second_start_takes_the_engine_from_the_cache() {
    let Some(mut run) = Run::on("10") else { return };
    assert!(run.go().out.contains("trial: built"));
    let second = run.go();
    assert!(second.out.contains("trial: cache, off by 0e0"), "{}", second.out);
    assert!(!second.err.contains("double: built"), "{}", second.err);

    // What one build measured serves the next network on this machine.
    let other = run.cache.path().join("other-network");
    fs::write(&other, "NETWORK x y 2x2").unwrap();
    run.network = Some(other);
    let third = run.go();
    assert!(third.err.contains("timing=TIMING+"), "{}", third.err);
}

#[test]
fn an_engine_that_does_not_load_is_set_aside_and_built_anew() {
    let Some(mut run) = Run::on("10") else { return };
    assert!(run.go().out.contains("trial: built"));
    // The same name and numbers, but another chip: what no key can see.
    run.environment.push(("TRT_DOUBLE_GPU", "B"));
    let said = run.go();
    assert!(
        said.out.contains("trial: rebuilt in 0 s: TensorRT does not take this engine"),
        "{}",
        said.out
    );
    assert!(said.out.contains("not compatible with this GPU"), "{}", said.out);
    assert_eq!(run.stored(".plan.bad").len(), 1);
    assert!(run.go().out.contains("trial: cache"));
    assert_nothing_left(&said);
}

#[test]
fn a_cut_plan_is_set_aside_and_built_anew() {
    let Some(run) = Run::on("11") else { return };
    assert!(run.go().out.contains("trial: built"));
    let plan = run.stored(".plan").remove(0);
    let bytes = fs::read(&plan).unwrap();
    fs::write(&plan, &bytes[..bytes.len() - 3]).unwrap();
    let said = run.go();
    let rebuilt = "trial: rebuilt in 0 s: the plan is not the one described";
    assert!(said.out.contains(rebuilt), "{}", said.out);
    assert_eq!(run.stored(".plan.bad").len(), 1);
}

#[test]
fn an_engine_that_cannot_be_kept_is_told() {
    let Some(run) = Run::on("10") else { return };
    assert!(run.go().out.contains("trial: built"));
    let plan = run.stored(".plan").remove(0);
    fs::remove_file(&plan).unwrap();
    // What a folder in its place does to the rename, a full disk does to the write.
    fs::create_dir(&plan).unwrap();
    fs::write(plan.join("in the way"), "").unwrap();
    fs::remove_file(plan.with_extension("json")).unwrap();
    let said = run.go();
    let reason = "TensorRT is not used: the engine cannot be kept: ";
    assert!(said.out.contains(reason), "{}", said.out);
    assert_eq!(run.stored(".new"), Vec::<PathBuf>::new());
    assert_nothing_left(&said);
}

#[test]
fn a_plan_that_never_loads_is_not_kept() {
    for major in MAJORS {
        let Some(run) = Run::on(&major.to_string()) else { return };
        let run = run.with("plan");
        let said = run.go();
        assert!(said.out.contains("an engine just built does not load"), "{}", said.out);
        assert_eq!(run.stored(".plan"), Vec::<PathBuf>::new());
        assert_nothing_left(&said);
    }
}

#[test]
fn a_missing_or_refusing_driver_is_told() {
    check_fault("cu-init", "cuInit gives error 999 (CUDA_ERROR_UNKNOWN)");
    check_fault("cu-no-device", "the CUDA driver finds no GPU");
    check_fault("no-device", "the CUDA driver finds no GPU");
    check_fault("pinned-memory", "cuMemHostAlloc gives error 2 (CUDA_ERROR_OUT_OF_MEMORY)");
    check_fault("stream", "cuStreamCreate gives error 2 (CUDA_ERROR_OUT_OF_MEMORY)");
    check_fault("upload", "cuMemcpyHtoDAsync gives error 700 (CUDA_ERROR_ILLEGAL_ADDRESS)");
    check_fault("download", "cuMemcpyDtoHAsync gives error 700 (CUDA_ERROR_ILLEGAL_ADDRESS)");
    check_fault("gpu-memory", "cuMemAlloc gives error 2 (CUDA_ERROR_OUT_OF_MEMORY)");
    check_fault("gpu-crash", "cuStreamSynchronize gives error 700 (CUDA_ERROR_ILLEGAL_ADDRESS)");
    let Some(folder) = doubles() else { return };
    let bare = TempDir::new().unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_trt-probe")).arg("check").arg(bare.path()).output();
    let out = String::from_utf8(said.unwrap().stdout).unwrap();
    assert!(out.contains("no CUDA driver on this machine"), "{out}");
    fs::copy(folder.join("10/libcuda.so.1"), bare.path().join("libcuda.so.1")).unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_trt-probe")).arg("check").arg(bare.path()).output();
    let out = String::from_utf8(said.unwrap().stdout).unwrap();
    assert!(out.contains("no TensorRT library on this machine"), "{out}");
    // A library under TensorRT's name that is none.
    fs::copy(folder.join("10/libcuda.so.1"), bare.path().join("libnvinfer.so.10")).unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_trt-probe")).arg("check").arg(bare.path()).output();
    let out = String::from_utf8(said.unwrap().stdout).unwrap();
    assert!(out.contains("has no function getInferLibVersion"), "{out}");
}

/// What `trt-probe check` says of a folder.
fn looked_at(folder: &Path) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_trt-probe")).arg("check").arg(folder).output();
    String::from_utf8(said.unwrap().stdout).unwrap()
}

#[test]
fn a_broken_installation_is_not_taken_for_none() {
    let Some(folder) = doubles() else { return };
    let broken = TempDir::new().unwrap();
    // No library: as after a copy that was cut short. The others are not there at all.
    fs::write(broken.path().join("libcuda.so.1"), "not a library, but long enough to look at")
        .unwrap();
    let said = looked_at(broken.path());
    assert!(said.contains("the CUDA driver is there and does not load: "), "{said}");
    fs::copy(folder.join("10/libcuda.so.1"), broken.path().join("libcuda.so.1")).unwrap();
    fs::write(broken.path().join("libnvinfer.so.10"), "").unwrap();
    let said = looked_at(broken.path());
    assert!(said.contains("TensorRT is there and does not load: "), "{said}");
    assert!(said.contains("libnvinfer.so.10: file too short"), "{said}");
    // The library is whole, and one that it needs is not there.
    let needed = broken.path().join("libneeded.so");
    let link = |source: &str, target: &Path, more: &[&std::ffi::OsStr]| {
        let compiler = ["g++", "clang++", "c++"].into_iter().find(|it| {
            Command::new(it).arg("--version").output().is_ok_and(|it| it.status.success())
        });
        let text = broken.path().join("source.cpp");
        fs::write(&text, source).unwrap();
        let mut command = Command::new(compiler.unwrap());
        command.args(["-shared", "-fPIC", "-o"]).arg(target).arg(text).args(more);
        assert!(command.status().unwrap().success());
    };
    link("extern \"C\" int needed() { return 1; }", &needed, &[]);
    let source = "extern \"C\" int needed(); extern \"C\" int here() { return needed(); }";
    link(source, &broken.path().join("libnvinfer.so.10"), &[needed.as_os_str()]);
    fs::remove_file(needed).unwrap();
    let said = looked_at(broken.path());
    assert!(said.contains("TensorRT is there and does not load: "), "{said}");
    assert!(said.contains("libneeded.so: cannot open shared object file"), "{said}");
}

#[test]
fn measurements_that_are_refused_cost_time_and_nothing_else() {
    let Some(mut run) = Run::on("10") else { return };
    assert!(run.go().out.contains("is ready"));
    let other = run.cache.path().join("other-network");
    fs::write(&other, "NETWORK x y 2x2").unwrap();
    run.network = Some(other);
    let run = run.with("timing");
    let said = run.go();
    assert!(said.out.contains("is ready"), "{}", said.out);
    assert!(said.err.contains("timing=TIMING\n"), "{}", said.err);
    assert_nothing_left(&said);
    let run = Run::on("10").unwrap().with("no-timing");
    let said = run.go();
    assert!(said.out.contains("is ready"), "{}", said.out);
    assert!(said.err.contains("timing=none"), "{}", said.err);
    assert_nothing_left(&said);
}

#[test]
fn a_version_with_an_unknown_interface_is_refused_before_it_is_used() {
    for version in ["90000", "120100", "7205", "8402", "0", "-5"] {
        let Some(mut run) = Run::on("10") else { return };
        run.environment.push(("TRT_DOUBLE_VERSION", version));
        let said = run.go();
        assert!(said.out.contains("this program knows 8.5, 8.6, 10.x, 11.x"), "{}", said.out);
        assert_nothing_left(&said);
    }
}

#[test]
fn objects_that_are_none_are_refused() {
    check_fault("no-runtime", "gives no runtime: CUDA initialization failure with error: 35");
    check_fault("low-pointer", "gives no runtime: CUDA initialization failure with error: 35");
    check_fault("no-builder", "gives no builder");
    check_fault("no-network", "gives no network");
    check_fault("no-config", "gives no builder configuration");
    check_fault("no-parser", "gives no parser");
    check_fault("no-context", "gives no context to run in");
}

#[test]
fn a_network_that_cannot_be_built_says_why() {
    check_fault("parse", "no importer registered for op: Frobnicate");
    check_fault("build", "could not find any implementation for node Conv_0");
    check_fault("deserialize", "not compatible with this GPU");
}

#[test]
fn a_runtime_without_builder_says_so() {
    let Some(run) = Run::on("lean") else { return };
    let said = run.go();
    assert!(said.out.contains("the ONNX parser of TensorRT 10.3.0 is not usable"), "{}", said.out);
    assert_nothing_left(&said);
}

#[test]
fn an_engine_with_strange_tensors_is_refused() {
    check_fault("no-tensors", "the engine says it has 0 of them");
    check_fault("no-name", "it has no name");
    check_fault("half-input", "it is not of 32-bit floats");
    check_fault("dynamic-shape", "its shape is not fixed");
    check_fault("huge-shape", "its shape is not fixed, or out of bounds");
    check_fault("bad-rank", "its shape is not fixed, or out of bounds");
    check_fault("set-address", "it takes no address");
}

#[test]
fn a_run_that_fails_or_answers_wrongly_does_not_serve() {
    check_fault("enqueue", "TensorRT did not run the engine");
    check_fault("wrong-result", "its answers are off by 0.5, and 0.001 is allowed");
    check_fault("nan", "its answers are off by NaN");
}

#[test]
fn inputs_are_checked_against_the_engine() {
    let check = |input, expected: &str| {
        let Some(mut run) = Run::on("11") else { return };
        run.input = input;
        let said = run.go();
        assert!(said.out.contains(expected), "{}", said.out);
        assert_nothing_left(&said);
    };
    check("x=1,2,3", "input x: 3 values given for a tensor of shape [1, 4]");
    check("x=1,2,3,4,5", "input x: 5 values given for a tensor of shape [1, 4]");
    check("z=1,2,3,4", "input z: the engine has no such input");
    check("y=1,2,3,4", "input y: the engine has no such input");
}

#[test]
fn a_crash_costs_the_child_and_names_the_stage() {
    let check = |fault, seconds, expected: &str| {
        for major in MAJORS {
            let Some(mut run) = Run::on(&major.to_string()) else { return };
            run.seconds = seconds;
            let said = run.with(fault).go();
            assert!(said.out.contains(expected), "{major} {fault}: {}", said.out);
        }
    };
    let crashed = "crashed (segmentation fault, signal 11) while preparing an engine";
    check("segv", "30", crashed);
    check("segv-enqueue", "30", "(segmentation fault, signal 11) while running an engine");
    check("abort", "30", "crashed (abort, signal 6) while preparing an engine");
    check("exit", "30", "ended with code 3 and no report while preparing an engine");
    check("hang", "1", "after 1 s it was still preparing an engine");
}

#[test]
fn progress_is_told_and_can_stop_a_build() {
    let Some(folder) = doubles() else { return };
    let build = |stop_at: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_trt-probe"))
            .arg("build")
            .args([folder.join("11/libnvinfer.so.11"), folder.join("11/libnvonnxparser.so.11")])
            .args([folder.join("network"), folder.join("network")])
            // The product that builds without a GPU.
            .env("TRT_DOUBLE_VERSION", "10701")
            .env("TRT_PROBE_STOP_AT", stop_at)
            .output()
            .unwrap();
        let all = [output.stdout, output.stderr].concat();
        String::from_utf8(all).unwrap()
    };
    let whole = build("");
    assert!(whole.contains("plan 22 bytes, timing cache 7 bytes, 4 steps told"), "{whole}");
    assert!(whole.contains("plan 22 bytes, timing cache 8 bytes, 4 steps told"), "{whole}");
    assert!(whole.contains("double: 0 objects left"), "{whole}");
    let stopped = build("2");
    assert!(stopped.contains("the build was stopped"), "{stopped}");
    assert!(stopped.contains("double: 0 objects left"), "{stopped}");
}
