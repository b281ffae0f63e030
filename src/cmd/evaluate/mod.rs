//! `fieldray evaluate`: the model's figures on labelled radiographs or photos of them, per finding
//! and source, through the same pipeline as the appliance.

mod alter;
mod figures;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use image::RgbImage;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;

use crate::app::pipeline::{Film, Outcome, Pipeline, untimed};
use crate::capture;
use crate::cmd::analyze::limits_for;
use crate::cmd::evaluate::alter::Alteration;
use crate::cmd::evaluate::figures::{Before, Scored, Tally};
use crate::cmd::{CommandError, FilmArgument, ModelArguments, complain};
use crate::domain::finding::Finding;
use crate::domain::quality::Grade;
use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::ScoreSheet;
use crate::infer::{AgeGate, Viewing};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// CSV with the columns file, source_dataset, labels (semicolon list) and, if there are any,
    /// split, unlabelled (findings that the row says nothing about) and film (one name for all
    /// photos of a film).
    #[arg(long)]
    manifest: PathBuf,
    /// Folder that the manifest's files are relative to.
    #[arg(long)]
    images: PathBuf,
    /// Labels to report; without it, every finding that the model scores.
    #[arg(long = "label", value_parser = parse_finding)]
    labels: Vec<Finding>,
    /// Only rows of this split (train or val).
    #[arg(long)]
    split: Option<String>,
    /// What the pictures show.
    #[arg(long, value_enum, default_value = "upright")]
    film: FilmArgument,
    /// Change each radiograph first, to see what the scores depend on.
    #[arg(long, value_enum)]
    alter: Option<Alteration>,
    /// Score photos too that the appliance would send back for their quality.
    #[arg(long)]
    also_refused: bool,
    /// Write every score into this CSV.
    #[arg(long)]
    scores: Option<PathBuf>,
    /// Compare with the scores of the same films in a CSV that --scores wrote.
    #[arg(long)]
    against: Option<PathBuf>,
    #[command(flatten)]
    models: ModelArguments,
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
}

fn parse_finding(code: &str) -> Result<Finding, String> {
    Finding::parse(code).ok_or_else(|| format!("no finding has the code {code:?}"))
}

#[derive(Debug, Deserialize)]
struct Row {
    file: String,
    source_dataset: String,
    labels: String,
    #[serde(default)]
    split: String,
    #[serde(default)]
    unlabelled: String,
    film: Option<String>,
}

impl Row {
    fn film(&self) -> &str {
        self.film.as_deref().unwrap_or(&self.file)
    }

    /// Whether the film has a finding; `None` where its source says nothing about it.
    ///
    /// The opacity family counts as pneumonia, and everything but "normal" as abnormal, as the
    /// model card defines them.
    fn truth(&self, finding: Finding) -> Option<bool> {
        let listed = |list: &str, code: &str| list.split(';').any(|item| item.trim() == code);
        let has = |label: &str| listed(&self.labels, label);
        if listed(&self.unlabelled, finding.code()) {
            return None;
        }
        Some(match finding {
            Finding::Abnormal => !has("normal"),
            Finding::Pneumonia => {
                ["pneumonia", "infiltration", "consolidation", "edema"].into_iter().any(has)
            }
            other => has(other.code()),
        })
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    if arguments.alter.is_some() && arguments.film != FilmArgument::Upright {
        let text = "--alter changes upright radiographs; leave --film away";
        return Err(CommandError::Usage(text.to_owned()));
    }
    let networks = arguments.models.load()?;
    let rows = rows(arguments)?;
    let before = arguments.against.as_deref().map(Before::read).transpose()?;
    let scored: BTreeSet<Finding> =
        networks.findings.specs().iter().map(|spec| spec.finding).collect();
    let labels: BTreeSet<Finding> = match arguments.labels.as_slice() {
        [] => scored.clone(),
        labels => labels.iter().copied().collect(),
    };
    for label in labels.difference(&scored) {
        complain(&format!("fieldray: the model does not score {label}"));
    }
    let limits = limits_for(arguments.film);
    let pipeline = Pipeline { networks: &networks, limits: &limits };
    let mut tally = Tally::default();
    let bar = ProgressBar::new(rows.len() as u64).with_style(
        ProgressStyle::with_template("{wide_bar} {pos}/{len} films, {per_sec}, {eta} left")
            .map_err(|error| CommandError::Usage(error.to_string()))?,
    );
    let mut unreadable = 0_usize;
    for row in &rows {
        let path = arguments.images.join(&row.file);
        match score(&pipeline, &path, arguments)? {
            Reading::Scored(sheet) => add(&mut tally, row, &labels, &sheet),
            Reading::Refused => tally.refuse(&row.source_dataset),
            Reading::Unreadable(why) => {
                unreadable += 1;
                complain(&format!("fieldray: {}: {why}", row.file));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(path) = &arguments.scores {
        tally.write(path)?;
    }
    tally.report(before.as_ref(), arguments.json)?;
    Ok(if unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn rows(arguments: &Arguments) -> Result<Vec<Row>, CommandError> {
    let path = arguments.manifest.display();
    let wrong = |error: csv::Error| CommandError::Usage(format!("{path}: {error}"));
    let mut reader = csv::Reader::from_path(&arguments.manifest).map_err(wrong)?;
    let rows: Result<Vec<Row>, _> = reader.deserialize().collect();
    let mut rows = rows.map_err(wrong)?;
    if let Some(split) = &arguments.split {
        rows.retain(|row| row.split == *split);
    }
    Ok(rows)
}

enum Reading {
    Scored(Box<ScoreSheet>),
    Refused,
    Unreadable(String),
}

fn score(
    pipeline: &Pipeline<'_>,
    path: &Path,
    arguments: &Arguments,
) -> Result<Reading, CommandError> {
    let film = Film::from(arguments.film);
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Reading::Unreadable(error.to_string())),
    };
    let mut photo = match capture::decode(&bytes, pipeline.limits) {
        Ok(photo) => photo,
        Err(fault) => return Ok(Reading::Unreadable(fault.to_string())),
    };
    if let Some(alteration) = arguments.alter {
        photo = altered(pipeline, photo, alteration)?;
    }
    let digitised = match pipeline.digitise(photo, film, &mut untimed)? {
        Outcome::NoFilm => return Ok(Reading::Refused),
        Outcome::Digitised(digitised) => digitised,
    };
    let grade = match digitised.grade {
        Grade::Refused { .. } if arguments.also_refused => Grade::Accepted { remarks: Vec::new() },
        grade => grade,
    };
    let Ok(accepted) = AcceptedRadiograph::gate(digitised.radiograph, grade) else {
        return Ok(Reading::Refused);
    };
    let viewing = Viewing { channel: film.channel(), age: AgeGate::Unrestricted };
    let sheet = pipeline.networks.read(&accepted, viewing)?;
    Ok(sheet.map_or(Reading::Refused, |sheet| Reading::Scored(Box::new(sheet))))
}

fn altered(
    pipeline: &Pipeline<'_>,
    photo: RgbImage,
    alteration: Alteration,
) -> Result<RgbImage, CommandError> {
    let plain = pipeline.digitise(photo.clone(), Film::Upright, &mut untimed)?;
    let Outcome::Digitised(plain) = plain else { return Ok(photo) };
    let fields = pipeline.networks.lungs.outline(&plain.radiograph)?;
    Ok(alteration.apply(photo, fields.as_ref()))
}

fn add(tally: &mut Tally, row: &Row, labels: &BTreeSet<Finding>, sheet: &ScoreSheet) {
    for line in sheet.lines.iter().filter(|line| labels.contains(&line.finding)) {
        let Some(positive) = row.truth(line.finding) else { continue };
        tally.add(
            line.finding,
            &row.source_dataset,
            Scored {
                film: row.film().to_owned(),
                positive,
                score: f64::from(line.score.value()),
                call: line.call,
                threshold: line.threshold.at().value(),
                at_threshold: line.score >= line.threshold.at(),
            },
        );
    }
}

/// Scores of one run by finding and film.
type ByFilm = BTreeMap<(Finding, String), Vec<f64>>;
