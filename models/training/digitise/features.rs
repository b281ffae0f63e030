//! What the film finder and the quality gate see in each photo of a folder, for fitting their weights.
//!
//! `cargo run --release --example digitise-features -- candidates|clues DIR > OUT.txt`
//!
//! `candidates`: a line for each quadrilateral considered: photo, eight corner coordinates, features.
//! `clues`: a line for each photo with a film: photo, confidence of location, clues.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use fieldray::domain::limits::Limits;
use fieldray::{capture, digitise, quality};
use image::RgbImage;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("usage: digitise-features candidates|clues DIR".into());
    };
    let paths: Result<Vec<PathBuf>, _> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    paths.sort();
    let mut out = std::io::stdout().lock();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let photo = photo(&path)?;
        let lines = match what.as_str() {
            "candidates" => candidates(&photo),
            "clues" => clues(&photo),
            _ => return Err("first argument: candidates or clues".into()),
        };
        for line in lines {
            writeln!(out, "{name} {line}")?;
        }
    }
    Ok(())
}

fn photo(path: &Path) -> Result<RgbImage, Box<dyn std::error::Error>> {
    Ok(capture::decode(&std::fs::read(path)?, &Limits::default())?)
}

fn candidates(photo: &RgbImage) -> Vec<String> {
    let list = digitise::all_candidates(photo).list.into_iter();
    list.map(|(quad, features, _)| {
        let corners = quad.points().iter().flat_map(|point| [point.x, point.y]);
        let corners = corners.map(|value| format!("{value:.2}"));
        let features = features.into_iter().map(|value| format!("{value:.4}"));
        corners.chain(features).collect::<Vec<_>>().join(" ")
    })
    .collect()
}

fn clues(photo: &RgbImage) -> Vec<String> {
    let Some(located) = digitise::locate(photo, None) else { return Vec::new() };
    let film = digitise::rectify(photo, &located.quad, 2048);
    let measures = quality::measure(photo, &located, &film);
    let clues = measures.clue_values().iter().map(|value| format!("{value:.4}"));
    vec![format!("{} {}", located.confidence, clues.collect::<Vec<_>>().join(" "))]
}
