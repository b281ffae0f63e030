//! `fieldray evaluate`: the model's figures on labelled radiographs, per label and source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use crate::app::pipeline::{Film, Outcome, Pipeline, untimed};
use crate::capture;
use crate::cmd::analyze::limits_for;
use crate::cmd::stats::{Estimate, auc, wilson};
use crate::cmd::{CommandError, FilmArgument, ModelArguments, complain, say};
use crate::domain::finding::{Call, Finding};
use crate::domain::radiograph::AcceptedRadiograph;
use crate::domain::reading::ScoreSheet;
use crate::infer::{AgeGate, Viewing};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// CSV with the columns file, source_dataset, labels (semicolon list) and split.
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
}

/// One label in one source.
#[derive(Debug, Serialize)]
struct Figures {
    label: &'static str,
    source: String,
    n: usize,
    positives: usize,
    threshold: f32,
    auc: Option<[f64; 3]>,
    sensitivity: Option<[f64; 3]>,
    specificity: Option<[f64; 3]>,
    indeterminate: usize,
    not_scored: usize,
}

/// A scored film: label or not, score, call.
struct Scored {
    positive: bool,
    score: f64,
    call: Call,
    threshold: f32,
    at_threshold: bool,
}

/// Scores by label and source.
#[derive(Default)]
struct Tally {
    scored: BTreeMap<(Finding, String), Vec<Scored>>,
    refused: BTreeMap<String, usize>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    let networks = arguments.models.load()?;
    let rows = rows(arguments)?;
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
        match score(&pipeline, &arguments.images.join(&row.file), arguments.film)? {
            Reading::Scored(sheet) => tally.add(row, &labels, &sheet),
            Reading::Refused => *tally.refused.entry(row.source_dataset.clone()).or_default() += 1,
            Reading::Unreadable(why) => {
                unreadable += 1;
                complain(&format!("fieldray: {}: {why}", row.file));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    report(&tally, arguments.json)?;
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
    film: FilmArgument,
) -> Result<Reading, CommandError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Reading::Unreadable(error.to_string())),
    };
    let photo = match capture::decode(&bytes, pipeline.limits) {
        Ok(photo) => photo,
        Err(fault) => return Ok(Reading::Unreadable(fault.to_string())),
    };
    let digitised = match pipeline.digitise(photo, film.into(), &mut untimed)? {
        Outcome::NoFilm => return Ok(Reading::Refused),
        Outcome::Digitised(digitised) => digitised,
    };
    let Ok(accepted) = AcceptedRadiograph::gate(digitised.radiograph, digitised.grade) else {
        return Ok(Reading::Refused);
    };
    let viewing = Viewing { channel: Film::from(film).channel(), age: AgeGate::Unrestricted };
    let sheet = pipeline.networks.read(&accepted, viewing)?;
    Ok(sheet.map_or(Reading::Refused, |sheet| Reading::Scored(Box::new(sheet))))
}

/// Whether a data set's labels name a finding.
///
/// The opacity family counts as pneumonia, and everything but "normal" as abnormal, as the model
/// card defines them.
fn truth(finding: Finding, labels: &BTreeSet<&str>) -> bool {
    let has = |label: &str| labels.contains(label);
    match finding {
        Finding::Abnormal => !has("normal"),
        Finding::Pneumonia => {
            ["pneumonia", "infiltration", "consolidation", "edema"].into_iter().any(has)
        }
        other => has(other.code()),
    }
}

impl Tally {
    fn add(&mut self, row: &Row, labels: &BTreeSet<Finding>, sheet: &ScoreSheet) {
        let given: BTreeSet<&str> = row.labels.split(';').map(str::trim).collect();
        for line in sheet.lines.iter().filter(|line| labels.contains(&line.finding)) {
            let threshold = line.threshold.at();
            let key = (line.finding, row.source_dataset.clone());
            self.scored.entry(key).or_default().push(Scored {
                positive: truth(line.finding, &given),
                score: f64::from(line.score.value()),
                call: line.call,
                threshold: threshold.value(),
                at_threshold: line.score >= threshold,
            });
        }
    }
}

fn report(tally: &Tally, as_json: bool) -> Result<(), CommandError> {
    if !as_json {
        say(
            "label            source                        n   pos  AUC (95 % CI)         sensitivity           specificity           indeterminate  not scored",
        )?;
    }
    let labels: BTreeSet<Finding> = tally.scored.keys().map(|(label, _)| *label).collect();
    for label in labels {
        let sources = tally.scored.iter().filter(|((l, _), _)| *l == label);
        let mut all: Vec<&Scored> = Vec::new();
        for ((_, source), scored) in sources {
            let scored: Vec<&Scored> = scored.iter().collect();
            let refused = tally.refused.get(source).copied().unwrap_or(0);
            print(&figures(label, source, &scored, refused), as_json)?;
            // A source that never names the finding does not label it: its films would pass for
            // films without it, and the pooled figure would tell sources apart instead.
            if scored.iter().any(|film| film.positive) {
                all.extend(scored);
            }
        }
        print(&figures(label, "ALL LABELLED", &all, tally.refused.values().sum()), as_json)?;
    }
    Ok(())
}

fn figures(label: Finding, source: &str, scored: &[&Scored], not_scored: usize) -> Figures {
    let of = |positive: bool| scored.iter().filter(move |s| s.positive == positive);
    let scores = |positive| of(positive).map(|s| s.score).collect::<Vec<_>>();
    let (positives, negatives) = (scores(true), scores(false));
    let hit = of(true).filter(|s| s.at_threshold).count();
    let spared = of(false).filter(|s| !s.at_threshold).count();
    let triple = |estimate: Estimate| [estimate.value, estimate.low, estimate.high];
    Figures {
        label: label.code(),
        source: source.to_owned(),
        n: scored.len(),
        positives: positives.len(),
        threshold: scored.first().map_or(f32::NAN, |s| s.threshold),
        auc: auc(&positives, &negatives).map(triple),
        sensitivity: wilson(hit, positives.len()).map(triple),
        specificity: wilson(spared, negatives.len()).map(triple),
        indeterminate: scored.iter().filter(|s| s.call == Call::Indeterminate).count(),
        not_scored,
    }
}

fn print(figures: &Figures, as_json: bool) -> Result<(), CommandError> {
    if as_json {
        let line = serde_json::to_string(figures);
        return say(&line.map_err(|error| CommandError::Usage(error.to_string()))?);
    }
    let show = |estimate: Option<[f64; 3]>| match estimate {
        Some([value, low, high]) => format!("{value:.3} ({low:.3}-{high:.3})"),
        None => "-".to_owned(),
    };
    say(&format!(
        "{:16} {:26} {:5} {:5}  {:20}  {:20}  {:20}  {:13}  {:10}",
        figures.label,
        figures.source,
        figures.n,
        figures.positives,
        show(figures.auc),
        show(figures.sensitivity),
        show(figures.specificity),
        figures.indeterminate,
        figures.not_scored,
    ))
}
