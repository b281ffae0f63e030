//! What the film finder and the quality gate see in each photo of a folder, for fitting their weights.
//!
//! `cargo run --release --example digitise-features -- candidates|measures|lungs DIR > OUT.txt`
//!
//! `candidates`: a line for each quadrilateral considered: photo, eight corner coordinates, features.
//! `measures`: a line for each photo: photo, then everything the grade depends on as `name=value`.
//! `lungs`: a line for each upright radiograph: name, columns, rows and the codes of the cells.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use fieldray::app::pipeline::{Film, Outcome, Pipeline, untimed};
use fieldray::domain::limits::Limits;
use fieldray::infer::Networks;
use fieldray::{capture, digitise, quality};
use image::RgbImage;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("usage: digitise-features candidates|measures|lungs DIR".into());
    };
    let paths: Result<Vec<PathBuf>, _> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    paths.sort();
    let networks = match what.as_str() {
        "measures" | "lungs" => Some(Networks::embedded()?),
        _ => None,
    };
    let mut out = std::io::stdout().lock();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let lines = match (what.as_str(), &networks) {
            ("candidates", _) => candidates(&photo(&path, &Limits::default())?),
            ("measures", Some(networks)) => measures(&path, networks)?,
            ("lungs", Some(networks)) => lungs(&path, networks)?,
            _ => return Err("first argument: candidates, measures or lungs".into()),
        };
        for line in lines {
            writeln!(out, "{name} {line}")?;
        }
    }
    Ok(())
}

fn photo(path: &Path, limits: &Limits) -> Result<RgbImage, Failure> {
    Ok(capture::decode(&std::fs::read(path)?, limits)?)
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

fn measures(path: &Path, networks: &Networks) -> Result<Vec<String>, Failure> {
    let Ok(photo) = photo(path, &Limits::default()) else { return Ok(Vec::new()) };
    let guess = networks.locator.find(&photo)?;
    let seen = guess.corners.filter(|_| guess.present >= 0.5);
    let Some(located) = digitise::locate(&photo, seen.as_ref()) else { return Ok(Vec::new()) };
    let film = digitise::rectify(&photo, &located.quad, 2048);
    let looks = quality::Looks::of(&photo, &located.quad);
    let m = quality::measure(&photo, &located, &film, looks);
    let content = digitise::crop_content(&film);
    let (x, y, w, h) = content.pixels(film.width(), film.height());
    let windowed = digitise::window(&film, &content);
    let cropped = image::imageops::crop_imm(&windowed, x, y, w, h).to_image();
    let shown = networks.orientation.guess(&cropped)?;
    let corners = located.quad.points().map(|p| format!("{:.1},{:.1}", p.x, p.y)).join(";");
    Ok(vec![format!(
        "present={} agreement={} confidence={} quad={corners} short={} outside={} cut={} p50={} \
         p90={} clipped={} blur={} covered={} glare={} backlight={} shows={:?} chest={}",
        guess.present,
        guess.agreement,
        m.confidence,
        m.short_side_px,
        m.outside_share,
        m.cut_sides,
        m.level_p50,
        m.level_p90,
        m.clipped_share,
        m.blur_sigma.unwrap_or(f64::NAN),
        m.hidden_share(quality::Cover::Object),
        m.hidden_share(quality::Cover::Glare),
        m.hidden_share(quality::Cover::Dark),
        shown.shows,
        shown.chest,
    )])
}

fn lungs(path: &Path, networks: &Networks) -> Result<Vec<String>, Failure> {
    let limits =
        Limits { photo_side_min: 32, photo_millibytes_per_pixel_min: 0, ..Limits::default() };
    let pipeline = Pipeline { networks, limits: &limits };
    let Ok(photo) = photo(path, &limits) else { return Ok(Vec::new()) };
    let outcome = pipeline.digitise(photo, Film::Upright, &mut untimed)?;
    let Outcome::Digitised(digitised) = outcome else { return Ok(Vec::new()) };
    let Some(fields) = networks.lungs.outline(&digitised.radiograph)? else {
        return Ok(vec!["0 0 -".to_owned()]);
    };
    let cells: String = fields.cells().iter().map(|cell| char::from(b'0' + cell.code())).collect();
    Ok(vec![format!("{} {} {cells}", fields.width(), fields.height())])
}
