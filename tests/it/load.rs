//! Many phones ask for pages while photos are read: the default run is small and only sees that every
//! page answers; `make load` measures ten thousand studies and twenty phones (docs/performance.md).
//!
//! `FIELDRAY_LOAD_STUDIES`, `_PHONES`, `_SECONDS`, `_PHOTOS` (different ones that are sent) and
//! `_PAUSE_MS` (how long a person looks at a page, on average) change the run; `FIELDRAY_PROGRAM` names
//! the program that is measured.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::StatusCode;

use crate::clinic::{Box_, Phone, TestClinic, check};
use crate::phantom::{self, Shot};

mod fill;

use fill::Filled;

/// Pages that a person waits for; what a page loads beside itself is told apart.
const PICTURES: [&str; 2] = ["radiograph", "thumbnail"];

/// Photos that are on their way at the same time.
const UPLOADS: usize = 3;

/// What is measured.
struct Plan {
    studies: usize,
    phones: usize,
    photos: u32,
    duration: Duration,
    pause: Duration,
}

impl Plan {
    fn from_environment() -> Self {
        let number = |name: &str, small: u64| {
            let text = std::env::var(format!("FIELDRAY_LOAD_{name}"));
            text.map_or(small, |text| text.parse().unwrap())
        };
        Self {
            studies: number("STUDIES", 80) as usize,
            phones: number("PHONES", 4) as usize,
            photos: number("PHOTOS", 2) as u32,
            duration: Duration::from_secs(number("SECONDS", 2)),
            pause: Duration::from_millis(number("PAUSE_MS", 100)),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_answer_while_photos_are_read() {
    let plan = Plan::from_environment();
    let mut clinic = TestClinic::open_quick().await;
    for name in ["Tech Two", "Tech Three"] {
        clinic.person(name, "technician").await;
    }
    clinic.physician("Dr. Rao").await;
    clinic.server.stop();
    let begun = Instant::now();
    let filled = Arc::new(fill::fill(clinic.state.path(), plan.studies).await);
    let seconds = begun.elapsed().as_secs();
    // Filled in memory, measured on a disk.
    let disk = tempfile::tempdir().unwrap();
    copy(clinic.state.path(), disk.path());
    println!("{} studies put in within {seconds} s", plan.studies);
    clinic.state = disk;
    clinic.server = Box_::start(clinic.state.path(), &[]);
    clinic.phone.base.clone_from(&clinic.server.address);

    let (times, photos) = measure(&clinic, &plan, &filled).await;
    report(&times, &photos);
    assert!(times.len() >= 8, "not every kind of page was asked for: {:?}", times.keys());
    assert!(!photos.is_empty(), "no photo was read");
    let state = clinic.state;
    clinic.server.kill();
    assert!(check(state.path()).ends_with("0 problems"));
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Milliseconds of each kind of page.
type Times = BTreeMap<&'static str, Vec<f64>>;

async fn measure(clinic: &TestClinic, plan: &Plan, filled: &Arc<Filled>) -> (Times, Vec<f64>) {
    let mut phones = Vec::new();
    for n in 0..plan.phones {
        let name = ["Tech Two", "Dr. Rao", "Tech Three", "Tech One"][n % 4];
        phones.push(Walk { phone: clinic.phone.elsewhere(name).await, signs: n % 4 == 1, seed: n });
    }
    let photos: Arc<Vec<_>> = Arc::new((1..=plan.photos).map(photo).collect());
    let uploader = clinic.phone.elsewhere("Tech Two").await;
    println!("load average before: {}", load_average());
    let cpu = (processor_ms(clinic.server.pid()), processor_ms(std::process::id()));
    let begun = Instant::now();
    let end = begun + plan.duration;
    let sent = Arc::new(AtomicU32::new(0));
    let uploads: Vec<_> = (0..UPLOADS)
        .map(|_| {
            tokio::spawn(upload(uploader.clone(), Arc::clone(&photos), Arc::clone(&sent), end))
        })
        .collect();
    let pause = plan.pause;
    let walks: Vec<_> = phones
        .into_iter()
        .map(|walk| tokio::spawn(walk.until(end, pause, Arc::clone(filled))))
        .collect();
    let mut times = Times::new();
    for walk in walks {
        for (kind, took) in walk.await.unwrap() {
            times.entry(kind).or_default().push(took);
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let spent = |pid: u32, before: f64| (processor_ms(pid) - before) / (took * 10.0);
    println!("load average after: {}", load_average());
    println!(
        "processor time in {took:.0} s, percent of one core: the box {:.0}, the phones {:.0}",
        spent(clinic.server.pid(), cpu.0),
        spent(std::process::id(), cpu.1),
    );
    let mut read = Vec::new();
    for upload in uploads {
        read.extend(upload.await.unwrap());
    }
    (times, read)
}

/// Sends a photo of a new patient as soon as the one before was read; gives the milliseconds from the
/// upload to the reading.
async fn upload(
    phone: Phone,
    photos: Arc<Vec<Vec<u8>>>,
    sent: Arc<AtomicU32>,
    end: Instant,
) -> Vec<f64> {
    let mut read = Vec::new();
    while read.is_empty() || Instant::now() < end {
        let n = sent.fetch_add(1, Ordering::Relaxed);
        let study = phone.register_as("Load Patient", "44", &format!("L-{n}")).await;
        let upload_id = format!("{:032x}", (1_u128 << 64) + u128::from(n));
        let photo = marked(&photos[n as usize % photos.len()], n);
        let begun = Instant::now();
        let (status, answer) = phone.upload(&study, &upload_id, photo).await;
        assert!(status.is_success(), "{answer}");
        // As often as the page itself asks while a photo is being read.
        let mut state = "processing".to_owned();
        while state == "processing" {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let status: serde_json::Value =
                phone.get(&format!("{study}/status")).await.json().await.unwrap();
            status["state"].as_str().unwrap().clone_into(&mut state);
        }
        assert_ne!(state, "held");
        read.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    read
}

/// A photo of a patient of its own.
fn photo(chest: u32) -> Vec<u8> {
    phantom::jpeg(Shot { chest, seed: chest, ..Shot::default() })
}

/// The photo with a comment of its own, so that it is another file.
fn marked(photo: &[u8], n: u32) -> Vec<u8> {
    let comment = n.to_be_bytes();
    let (start, rest) = photo.split_at(2);
    [start, &[0xff, 0xfe, 0, 6], &comment, rest].concat()
}

/// A phone in somebody's hand.
struct Walk {
    phone: Phone,
    signs: bool,
    seed: usize,
}

/// Every tenth page of a physician, and of everybody else.
const PHYSICIAN: [&str; 10] = [
    "review",
    "report form",
    "radiograph",
    "report form",
    "radiograph",
    "thumbnail",
    "study",
    "alerts",
    "worklist filter",
    "status",
];
const TECHNICIAN: [&str; 10] = [
    "worklist",
    "study",
    "status",
    "status",
    "worklist filter",
    "radiograph",
    "status",
    "follow-up",
    "alerts",
    "search",
];
/// Parts of the worklist.
const PARTS: [&str; 8] = [
    "/?state=retake_asked",
    "/?state=reported",
    "/?day=today",
    "/?day=week&urgency=urgent",
    "/?urgency=soon",
    "/?state=signed",
    "/?after=5.-5000",
    "/?state=signed&before=5.-2000",
];

impl Walk {
    async fn until(
        self,
        end: Instant,
        pause: Duration,
        filled: Arc<Filled>,
    ) -> Vec<(&'static str, f64)> {
        let mut times = Vec::new();
        let mut state = self.seed as u64;
        let mut chance = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below.max(1)
        };
        let kinds = if self.signs { PHYSICIAN } else { TECHNICIAN };
        let mut turn = self.seed * 3;
        while times.len() < kinds.len() || Instant::now() < end {
            let kind = kinds[turn % kinds.len()];
            turn += 1;
            // People open what is new; now and then something old.
            let new = filled.studies.len() - 1 - chance(filled.studies.len().min(300));
            let study = if chance(10) == 0 { chance(filled.studies.len()) } else { new };
            let film = &filled.films[filled.films.len() - 1 - chance(filled.films.len().min(300))];
            let path = match kind {
                "worklist" => "/".to_owned(),
                "worklist filter" => PARTS[chance(PARTS.len())].to_owned(),
                "search" => format!("/?q={}", ["Munda", "K-77", "nobody", "00042"][chance(4)]),
                "study" => filled.studies[study].clone(),
                "status" => format!("{}/status", filled.studies[study]),
                "report form" => {
                    format!("{}/report?queue=1", filled.unsigned[chance(filled.unsigned.len())])
                }
                "radiograph" => format!("{film}/radiograph.png"),
                "thumbnail" => format!("{film}/thumbnail.jpg"),
                other => format!("/{other}"),
            };
            let begun = Instant::now();
            let answer = self.phone.get(&path).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            answer.bytes().await.unwrap();
            times.push((kind, begun.elapsed().as_secs_f64() * 1000.0));
            if !pause.is_zero() {
                let ms = pause.as_millis() as usize;
                tokio::time::sleep(Duration::from_millis((ms / 2 + chance(ms)) as u64)).await;
            }
        }
        times
    }
}

fn report(times: &Times, photos: &[f64]) {
    println!("{:16} {:>6} {:>8} {:>8} {:>8}", "page, ms", "n", "p50", "p95", "max");
    let line = |name: &str, mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let at = |percent: usize| values[(values.len() * percent / 100).min(values.len() - 1)];
        let (half, most, max) = (at(50), at(95), at(100));
        println!("{name:16} {:6} {half:8.1} {most:8.1} {max:8.1}", values.len());
        most
    };
    for (kind, values) in times {
        line(kind, values.clone());
    }
    let pages = times.iter().filter(|(kind, _)| !PICTURES.contains(kind));
    let most = line("all pages", pages.flat_map(|(_, values)| values.clone()).collect());
    println!("target: 95 of 100 pages within 300 ms; here {most:.0} ms");
    line("photo to reading", photos.to_vec());
}

fn load_average() -> String {
    std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()
}

/// Processor time of a process and its threads, milliseconds; the system counts in hundredths.
pub fn processor_ms(pid: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|f| f.parse().ok()).collect();
    fields.iter().sum::<f64>() * 10.0
}
