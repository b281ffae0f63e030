//! `fieldray analyze`: photos in, one JSON object a line out. The fields are a stable contract.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use crate::app::clock::Stopwatch;
use crate::app::pipeline::{self, Digitised, Film, Outcome, Pipeline};
use crate::capture;
use crate::cmd::bench::peak_rss_mib;
use crate::cmd::{CommandError, FilmArgument, ModelArguments, complain, create_folder, say};
use crate::domain::fault::Fault;
use crate::domain::finding::{Call, Evidence};
use crate::domain::limits::Limits;
use crate::domain::people::AgeYears;
use crate::domain::quality::QualityIssue;
use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::{ActivationMap, ScoreLine, ScoreSheet};
use crate::infer::{AgeGate, Viewing};
use crate::locale::Locale;
use crate::report;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Photos to read.
    #[arg(required = true)]
    photos: Vec<PathBuf>,
    /// Print JSON, one object a line (this is also what it prints without the flag, when stdout is
    /// no terminal).
    #[arg(long)]
    json: bool,
    /// Write the rectified radiograph and the heatmap of each photo here, as PNG.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    models: ModelArguments,
    /// What the pictures show.
    #[arg(long, value_enum, default_value_t)]
    film: FilmArgument,
    /// The pictures are cropped, upright radiographs already; the same as --film upright.
    #[arg(long)]
    already_digital: bool,
    /// Print the peak resident memory on stderr at the end.
    #[arg(long)]
    memory: bool,
    /// Age of the patient in years; without it no finding is withheld for age.
    #[arg(long, value_parser = parse_age)]
    age: Option<AgeYears>,
}

fn parse_age(text: &str) -> Result<AgeYears, String> {
    let years = text.parse().ok().and_then(AgeYears::new);
    years.ok_or_else(|| format!("not an age from 0 to {} years", AgeYears::MAX))
}

/// One line of output. Names and meanings are stable.
#[derive(Debug, Serialize)]
struct Line {
    photo: String,
    path: String,
    corners: Option<[[f64; 2]; 4]>,
    rotation: u16,
    mirrored: bool,
    inverted: bool,
    verdict: &'static str,
    reason: Option<Vec<&'static str>>,
    message: String,
    scores: Option<BTreeMap<&'static str, f32>>,
    calls: Option<BTreeMap<&'static str, &'static str>>,
    lung_affected_percent: Option<f32>,
    model: Option<Model>,
    backend: Option<&'static str>,
    stages_ms: BTreeMap<&'static str, f64>,
    ms: f64,
}

#[derive(Debug, Serialize)]
struct Model {
    id: String,
    version: String,
    sha256: String,
}

/// Whether a photo came to an answer.
enum Answer {
    Given(Box<Line>),
    /// It could not be processed; the line says why.
    NotProcessed(Box<Line>),
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    use std::io::IsTerminal as _;
    if let Some(out) = &arguments.out {
        create_folder(out)?;
    }
    let networks = arguments.models.load()?;
    let film = if arguments.already_digital { FilmArgument::Upright } else { arguments.film };
    let limits = limits_for(film);
    let reader = Reader {
        pipeline: Pipeline { networks: &networks, limits: &limits },
        film: film.into(),
        age: arguments.age.map_or(AgeGate::Unrestricted, |age| AgeGate::Patient(Some(age))),
        out: arguments.out.as_deref(),
    };
    let as_json = arguments.json || !std::io::stdout().is_terminal();
    let mut all_processed = true;
    for path in &arguments.photos {
        let line = match reader.read(path)? {
            Answer::Given(line) => line,
            Answer::NotProcessed(line) => {
                all_processed = false;
                complain(&format!("fieldray: {}: {}", line.path, line.message));
                line
            }
        };
        say(&if as_json { json(&line)? } else { words(&line) })?;
    }
    if arguments.memory
        && let Some(peak) = peak_rss_mib()
    {
        complain(&format!("peak resident memory {peak:.0} MiB"));
    }
    Ok(if all_processed { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Radiographs of public data sets are small; photos must not be.
pub(super) fn limits_for(film: FilmArgument) -> Limits {
    match film {
        FilmArgument::Find => Limits::default(),
        FilmArgument::Upright => {
            Limits { photo_side_min: 32, photo_millibytes_per_pixel_min: 0, ..Limits::default() }
        }
    }
}

struct Reader<'a> {
    pipeline: Pipeline<'a>,
    film: Film,
    age: AgeGate,
    out: Option<&'a Path>,
}

impl Reader<'_> {
    fn read(&self, path: &Path) -> Result<Answer, CommandError> {
        let watch = Stopwatch::start();
        let mut stages = BTreeMap::new();
        let mut line = Line::of(path);
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                line.message = error.to_string();
                return Ok(Answer::NotProcessed(Box::new(line)));
            }
        };
        let decoding = Stopwatch::start();
        let photo = match capture::decode(&bytes, self.pipeline.limits) {
            Ok(photo) => photo,
            Err(fault) => {
                line.message = fault_message(fault);
                line.ms = watch.ms();
                return Ok(Answer::NotProcessed(Box::new(line)));
            }
        };
        drop(bytes);
        stages.insert("decode", decoding.ms());
        let mut clock = |stage, ms| {
            stages.insert(stage, ms);
        };
        match self.pipeline.digitise(photo, self.film, &mut clock)? {
            Outcome::NoFilm => line.refuse(&[QualityIssue::NoFilm]),
            Outcome::Digitised(digitised) => self.score(digitised, &mut line, &mut stages)?,
        }
        line.stages_ms = stages;
        line.ms = watch.ms();
        Ok(Answer::Given(Box::new(line)))
    }

    fn score(
        &self,
        digitised: Digitised,
        line: &mut Line,
        stages: &mut BTreeMap<&'static str, f64>,
    ) -> Result<(), CommandError> {
        let sides = report::Sides::of(digitised.orientation, digitised.mirror_doubtful);
        let age_doubtful = digitised.looks_like_child
            && matches!(self.age, AgeGate::Patient(Some(age)) if age.is_past_childhood());
        line.corners = digitised.corners.map(|quad| quad.points().map(|p| [p.x, p.y]));
        line.rotation = digitised.orientation.turn.degrees();
        line.mirrored = digitised.orientation.mirrored;
        line.inverted = digitised.orientation.inverted;
        self.write("rectified", &line.path, || pipeline::png_grey(&digitised.radiograph))?;
        let accepted = match AcceptedRadiograph::gate(digitised.radiograph, digitised.grade) {
            Ok(accepted) => accepted,
            Err(issues) => {
                line.refuse(issues.as_slice());
                return Ok(());
            }
        };
        let watch = Stopwatch::start();
        let viewing = Viewing { channel: self.film.channel(), age: self.age };
        let Some(sheet) = self.pipeline.networks.read(&accepted, viewing)? else {
            line.refuse(&[QualityIssue::LungsNotSeen]);
            return Ok(());
        };
        stages.insert("score", watch.ms());
        let radiograph = accepted.radiograph();
        if let Some((top, map)) = top_line(&sheet) {
            let (width, height) = (radiograph.width(), radiograph.height());
            let lungs = report::clip(top.finding, sheet.lungs.as_ref());
            let heatmap = || pipeline::png_rgba(&report::overlay(map, lungs, width, height));
            self.write("heatmap", &line.path, heatmap)?;
        }
        let notes = report::FilmNotes { remarks: accepted.remarks(), sides, age_doubtful };
        line.accept(&sheet, &report::draft(&sheet, notes));
        Ok(())
    }

    fn write(
        &self,
        what: &str,
        path: &str,
        png: impl FnOnce() -> Result<Vec<u8>, image::ImageError>,
    ) -> Result<(), CommandError> {
        let Some(out) = self.out else { return Ok(()) };
        let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
        let name = match what {
            "rectified" => format!("{stem}.png"),
            _ => format!("{stem}.{what}.png"),
        };
        let to = out.join(name);
        let write = |png: Vec<u8>| std::fs::write(&to, png);
        png()
            .map_err(std::io::Error::other)
            .and_then(write)
            .map_err(CommandError::io(format!("write {}", to.display())))
    }
}

/// The finding whose heatmap is written: assessed first, then the farthest over its threshold.
fn top_line(sheet: &ScoreSheet) -> Option<(&ScoreLine, &ActivationMap)> {
    let rank = |line: &ScoreLine| {
        let assessed = if line.evidence == Evidence::Assessed { 1.0 } else { 0.0 };
        let above = if line.call == Call::Above { 2.0 } else { 0.0 };
        above + assessed + line.score.value() - line.threshold.at().value()
    };
    let mapped = sheet.lines.iter().filter_map(|line| Some((line, line.map.as_ref()?)));
    mapped.max_by(|(a, _), (b, _)| rank(a).total_cmp(&rank(b)))
}

impl Line {
    fn of(path: &Path) -> Self {
        Self {
            photo: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            path: path.to_string_lossy().into_owned(),
            corners: None,
            rotation: 0,
            mirrored: false,
            inverted: false,
            verdict: "retake",
            reason: None,
            message: String::new(),
            scores: None,
            calls: None,
            lung_affected_percent: None,
            model: None,
            backend: None,
            stages_ms: BTreeMap::new(),
            ms: 0.0,
        }
    }

    fn refuse(&mut self, issues: &[QualityIssue]) {
        let locale = Locale::english();
        let sentences = issues.iter().map(|issue| {
            let advice = locale.issue_text(*issue);
            format!("{} {}", advice.what, advice.next)
        });
        self.message = sentences.collect::<Vec<_>>().join(" ");
        self.verdict = "retake";
        self.reason = Some(issues.iter().map(|issue| pipeline::public_reason(*issue)).collect());
    }

    fn accept(&mut self, sheet: &ScoreSheet, draft: &crate::domain::report::Draft) {
        let lines = sheet.lines.iter();
        self.scores = Some(lines.clone().map(|l| (l.finding.code(), l.score.value())).collect());
        self.calls = Some(lines.map(|l| (l.finding.code(), l.call.code())).collect());
        self.model = Some(Model {
            id: sheet.model.id.clone(),
            version: sheet.model.version.clone(),
            sha256: sheet.model.sha256.to_string(),
        });
        self.lung_affected_percent =
            sheet.lungs.as_ref().map(|lungs| lungs.fields.affected().both.value());
        self.backend = Some(sheet.backend.code());
        self.verdict = "accept";
        self.message = Locale::english().draft_text(draft);
    }
}

fn fault_message(fault: Fault) -> String {
    let advice = Locale::english().fault_text(fault);
    format!("{} {} ({})", advice.what, advice.next, fault.code())
}

fn json(line: &Line) -> Result<String, CommandError> {
    serde_json::to_string(line).map_err(|error| CommandError::Usage(error.to_string()))
}

fn words(line: &Line) -> String {
    let mut text = format!("{}: {}\n{}\n", line.photo, line.verdict, line.message);
    text.push_str(&format!("{:.0} ms\n", line.ms));
    text
}
