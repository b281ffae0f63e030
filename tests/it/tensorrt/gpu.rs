//! What stands for a GPU: the test double of `firmware/tensorrt`, built here, whose arithmetic this
//! process does with tract, and which fails when a test says so. No GPU and nothing of NVIDIA's.

use std::collections::HashMap;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use fieldray::infer::{BackendChoice, Network, PackSet, Role, bare_network};
use tempfile::TempDir;

/// How the double answers a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Right,
    /// A fault of the GPU.
    Fault,
    /// No answer in time: it comes after twelve seconds.
    Late,
    /// A crash inside the library.
    Crash,
}

/// A GPU that is none.
pub struct Gpu {
    folder: TempDir,
    served: Arc<Served>,
}

struct Served {
    mood: Mutex<Mood>,
    runs: AtomicU32,
}

/// A network of the built-in packs.
struct Known {
    network: Box<dyn Network>,
    file: Vec<u8>,
    text: String,
    channels: usize,
    pixels: usize,
}

impl Gpu {
    /// `None`, with a word, where there is no C++ compiler.
    pub fn new() -> Option<Self> {
        libraries()?;
        let folder = tempfile::tempdir().unwrap();
        let served = Arc::new(Served { mood: Mutex::new(Mood::Right), runs: AtomicU32::new(0) });
        let listener = UnixListener::bind(folder.path().join("compute")).unwrap();
        let serving = Arc::clone(&served);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let serving = Arc::clone(&serving);
                // A program that was killed leaves half a question.
                std::thread::spawn(move || drop(answer(&mut stream.unwrap(), &serving)));
            }
        });
        Some(Self { folder, served })
    }

    /// What the program has to be started with to find it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let socket = self.folder.path().join("compute");
        let pair = |name: &str, path: &Path| (name.to_owned(), path.to_str().unwrap().to_owned());
        vec![pair("LD_LIBRARY_PATH", libraries().unwrap()), pair("TRT_DOUBLE_COMPUTE", &socket)]
    }

    pub fn set_mood(&self, mood: Mood) {
        *self.served.mood.lock().unwrap() = mood;
    }

    /// Runs so far.
    pub fn runs(&self) -> u32 {
        self.served.runs.load(Ordering::SeqCst)
    }
}

/// Builds the double of TensorRT 10 and of the driver once.
fn libraries() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    FOLDER.get_or_init(build).as_ref().map(TempDir::path)
}

fn build() -> Option<TempDir> {
    let compiler = std::env::var("FIELDRAY_TEST_CXX").unwrap_or_else(|_| "g++".to_owned());
    let mut words = compiler.split_whitespace();
    let (program, first) = (words.next().unwrap(), words.collect::<Vec<_>>());
    if !Command::new(program).arg("--version").output().is_ok_and(|it| it.status.success()) {
        println!("skipped: no C++ compiler for the TensorRT test double");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("firmware/tensorrt/tests/double");
    for (source, library) in [("nvinfer.cpp", "libnvinfer.so.10"), ("cuda.cpp", "libcuda.so.1")] {
        let done = Command::new(program)
            .args(&first)
            .args(["-std=c++17", "-O1", "-shared", "-fPIC", "-DMAJOR=10"])
            .arg(sources.join(source))
            .arg("-o")
            .arg(folder.path().join(library))
            .status();
        assert!(done.unwrap().success(), "{source}");
    }
    let parser = folder.path().join("libnvonnxparser.so.10");
    std::os::unix::fs::symlink("libnvinfer.so.10", parser).unwrap();
    Some(folder)
}

/// The network files of the program, each loaded once, by a name that stands in the double's plans.
fn known() -> &'static HashMap<&'static str, Known> {
    static KNOWN: OnceLock<HashMap<&'static str, Known>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let packs = PackSet::embedded().unwrap();
        Role::ALL.map(|role| (role.code(), load(&packs, role))).into_iter().collect()
    })
}

fn load(packs: &PackSet, role: Role) -> Known {
    let pack = packs.of(role);
    let input = &pack.manifest.input;
    let choice = BackendChoice::Tract;
    let network = bare_network(&pack.network, input.width, input.channels, choice).unwrap();
    let pixels = input.width * input.height;
    let (channels, height, width) = (input.channels, input.height, input.width);
    let mut text =
        format!("REMOTE {}\nin {} 1 {channels} {height} {width}\n", role.code(), input.name);
    for output in network.run(&vec![0.0; pixels]).unwrap() {
        let shape: Vec<String> = output.shape.iter().map(ToString::to_string).collect();
        text.push_str(&format!("out {} {}\n", output.name, shape.join(" ")));
    }
    Known { network, file: pack.network.to_vec(), text, channels, pixels }
}

/// Answers one question of the double; see `nvinfer.cpp`.
fn answer(stream: &mut UnixStream, served: &Served) -> io::Result<()> {
    let mut kind = [0];
    stream.read_exact(&mut kind)?;
    let text = read_text(stream)?;
    if kind == *b"d" {
        let known = known().values().find(|known| known.file == text);
        let described = known.map_or("", |known| &known.text);
        stream.write_all(&(described.len() as u64).to_le_bytes())?;
        return stream.write_all(described.as_bytes());
    }
    let text = String::from_utf8(text).unwrap();
    let name = text.lines().next().unwrap().trim_start_matches("REMOTE ");
    let known = &known()[name];
    let mut bytes = vec![0; known.pixels * known.channels * 4];
    stream.read_exact(&mut bytes)?;
    served.runs.fetch_add(1, Ordering::SeqCst);
    let mood = *served.mood.lock().unwrap();
    let status = match mood {
        Mood::Right => 0,
        Mood::Fault => 1,
        Mood::Late => 2,
        Mood::Crash => 3,
    };
    stream.write_all(&[status])?;
    if mood != Mood::Right {
        return Ok(());
    }
    let values: Vec<f32> =
        bytes.chunks_exact(4).map(|it| f32::from_le_bytes(it.try_into().unwrap())).collect();
    // The first channel: all are the same grey.
    for output in known.network.run(&values[..known.pixels]).unwrap() {
        let bytes: Vec<u8> = output.values.iter().flat_map(|it| it.to_le_bytes()).collect();
        stream.write_all(&bytes)?;
    }
    Ok(())
}

fn read_text(stream: &mut UnixStream) -> io::Result<Vec<u8>> {
    let mut size = [0; 8];
    stream.read_exact(&mut size)?;
    let mut text = vec![0; u64::from_le_bytes(size) as usize];
    stream.read_exact(&mut text)?;
    Ok(text)
}

/// Marks of calls in a folder of engines.
pub fn marks(engines: &Path) -> Vec<PathBuf> {
    let mut all = stored(engines, "");
    all.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("in-a-run"));
    all
}

/// Files in a folder of engines with an ending.
pub fn stored(engines: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(engines) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}
