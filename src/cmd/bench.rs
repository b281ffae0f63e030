//! `fieldray bench`: photo → reading, per stage, on a folder of photos and on enlarged copies; without
//! photos, each network by itself.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sides and counts of pixels: far below 2^52"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use image::ImageEncoder as _;

use crate::app::clock::Stopwatch;
use crate::app::pipeline::{Film, Outcome, Pipeline};
use crate::capture;
use crate::cmd::stats::quantile;
use crate::cmd::{
    BackendArgument, CommandError, ModelArguments, bench_films, bench_networks, bench_patients,
    gpu, say,
};
use crate::domain::limits::Limits;
use crate::domain::radiograph::{AcceptedRadiograph, CaptureChannel};
use crate::infer::{AgeGate, Networks, Viewing};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of JPEG photos; without it, each network is timed on its drawn inputs.
    #[arg(long)]
    photos: Option<PathBuf>,
    /// Time instead how long one film is looked for among this many.
    #[arg(long)]
    films: Option<u32>,
    /// Time instead how long patients are looked for among this many.
    #[arg(long)]
    patients: Option<u32>,
    /// Digitise the photo whose path comes on each line of stdin and print its times as JSON, so that
    /// another program can take turns.
    #[arg(long, conflicts_with = "photos")]
    turns: bool,
    /// Enlarge each photo to this many megapixels first (outside the clock).
    #[arg(long)]
    megapixels: Option<f64>,
    /// Most photos to use.
    #[arg(long, default_value_t = usize::MAX)]
    count: usize,
    /// Write the last enlarged photo here, to use it with other commands.
    #[arg(long)]
    keep: Option<PathBuf>,
    #[command(flatten)]
    models: ModelArguments,
    #[command(flatten)]
    tuning: gpu::Tuning,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if let Some(films) = arguments.films {
        bench_films::run(films)?;
    }
    if let Some(patients) = arguments.patients {
        bench_patients::run(patients)?;
    }
    let something_else = arguments.films.is_some() || arguments.patients.is_some();
    if arguments.photos.is_none() && !arguments.turns && something_else {
        return Ok(ExitCode::SUCCESS);
    }
    let watch = Stopwatch::start();
    let networks = arguments.models.load_with(arguments.tuning)?;
    let load_ms = watch.ms();
    let limits = Limits::default();
    let pipeline = Pipeline { networks: &networks, limits: &limits };
    if arguments.turns {
        return turns(&pipeline);
    }
    let Some(folder) = &arguments.photos else {
        let times = bench_networks::time(&networks)?;
        still_serving(arguments, &networks)?;
        say(&back_end(&networks))?;
        bench_networks::tell(times)?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut times: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    let mut pixels = 0_u64;
    let mut photos = 0_u32;
    for path in jpegs(folder)?.into_iter().take(arguments.count) {
        let bytes = read(&path)?;
        let bytes = match arguments.megapixels {
            Some(megapixels) => enlarged(&bytes, megapixels, &limits)?,
            None => bytes,
        };
        if let Some(keep) = &arguments.keep {
            std::fs::write(keep, &bytes)
                .map_err(CommandError::io(format!("write {}", keep.display())))?;
        }
        pixels += time_one(&pipeline, &bytes, &mut times)?;
        photos += 1;
    }
    still_serving(arguments, &networks)?;
    say(&back_end(&networks))?;
    let megapixels = pixels as f64 / 1e6 / f64::from(photos.max(1));
    say(&format!(
        "photos {photos}, mean {megapixels:.1} megapixels, networks loaded in {load_ms:.0} ms"
    ))?;
    say("stage         n    median ms      p95 ms")?;
    for (stage, mut values) in times {
        values.sort_by(f64::total_cmp);
        let at = |share| quantile(&values, share).unwrap_or(f64::NAN);
        say(&format!("{stage:10} {:4} {:12.1} {:11.1}", values.len(), at(0.5), at(0.95)))?;
    }
    if arguments.megapixels.is_none()
        && let Some(peak) = peak_rss_mib()
    {
        say(&format!("peak resident memory {peak:.0} MiB"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An error when TensorRT was demanded and has failed on the way: a fault gives the work to tract, and times of
/// both would be told as those of one.
fn still_serving(arguments: &Arguments, networks: &Networks) -> Result<(), CommandError> {
    match arguments.models.backend {
        BackendArgument::Tensorrt => gpu::serving(&networks.acceleration()),
        BackendArgument::Auto | BackendArgument::Tract => Ok(()),
    }
}

/// Which back end computed, and how things stand with the GPU.
fn back_end(networks: &Networks) -> String {
    let (code, acceleration) = (networks.backend().code(), networks.acceleration());
    match acceleration.detail() {
        Some(detail) => format!("back end {code}; TensorRT {}: {detail}", acceleration.code()),
        None => format!("back end {code}"),
    }
}

/// Milliseconds of each stage of the photos named on stdin, one JSON object a line; `digitised` is all
/// of them from the bytes to the judged radiograph.
fn turns(pipeline: &Pipeline<'_>) -> Result<ExitCode, CommandError> {
    for line in std::io::stdin().lines() {
        let path = PathBuf::from(line.map_err(CommandError::io("read stdin"))?);
        let bytes = read(&path)?;
        let mut times: BTreeMap<&'static str, f64> = BTreeMap::new();
        let total = Stopwatch::start();
        let photo = capture::decode(&bytes, pipeline.limits)?;
        times.insert("decode", total.ms());
        pipeline.digitise(photo, Film::InPhoto, &mut |stage, ms| {
            times.insert(stage, ms);
        })?;
        times.insert("digitised", total.ms());
        let text = serde_json::to_string(&times);
        say(&text.map_err(|error| CommandError::Usage(error.to_string()))?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(CommandError::io(format!("read {}", path.display())))
}

fn jpegs(folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let failed = || CommandError::io(format!("list {}", folder.display()));
    let entries = std::fs::read_dir(folder).map_err(failed())?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|e| e.path())).collect();
    let mut paths = paths.map_err(failed())?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    paths.sort();
    Ok(paths)
}

/// The photo at another size, as a phone with more pixels would have taken it.
fn enlarged(bytes: &[u8], megapixels: f64, limits: &Limits) -> Result<Vec<u8>, CommandError> {
    let photo = capture::decode(bytes, limits)?;
    let pixels = f64::from(photo.width()) * f64::from(photo.height());
    let scale = (megapixels * 1e6 / pixels).sqrt();
    let side = |side: u32| (f64::from(side) * scale).round() as u32;
    let (width, height) = (side(photo.width()), side(photo.height()));
    let filter = image::imageops::FilterType::Triangle;
    let photo = image::imageops::resize(&photo, width, height, filter);
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90)
        .write_image(&photo, width, height, image::ExtendedColorType::Rgb8)
        .map_err(|error| CommandError::Usage(error.to_string()))?;
    Ok(jpeg)
}

fn time_one(
    pipeline: &Pipeline<'_>,
    bytes: &[u8],
    times: &mut BTreeMap<&'static str, Vec<f64>>,
) -> Result<u64, CommandError> {
    let total = Stopwatch::start();
    let photo = capture::decode(bytes, pipeline.limits)?;
    times.entry("decode").or_default().push(total.ms());
    let pixels = u64::from(photo.width()) * u64::from(photo.height());
    let mut clock = |stage, ms| times.entry(stage).or_default().push(ms);
    let outcome = pipeline.digitise(photo, Film::InPhoto, &mut clock)?;
    if let Outcome::Digitised(digitised) = outcome
        && let Ok(accepted) = AcceptedRadiograph::gate(digitised.radiograph, digitised.grade)
    {
        let scoring = Stopwatch::start();
        let viewing = Viewing { channel: CaptureChannel::Phone, age: AgeGate::Unrestricted };
        pipeline.networks.read(&accepted, viewing)?;
        times.entry("score").or_default().push(scoring.ms());
    }
    times.entry("total").or_default().push(total.ms());
    Ok(pixels)
}

/// High-water mark of resident memory, from the kernel.
pub(super) fn peak_rss_mib() -> Option<f64> {
    memory_mib("VmHWM:")
}

/// Resident memory now, from the kernel.
pub(super) fn rss_mib() -> Option<f64> {
    memory_mib("VmRSS:")
}

fn memory_mib(key: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(key))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
