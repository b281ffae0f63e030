//! Scores of a run → figures per finding and source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cmd::evaluate::ByFilm;
use crate::cmd::stats::{Estimate, auc, calibration_error, median, standard_deviation, wilson};
use crate::cmd::{CommandError, say};
use crate::domain::finding::{Call, Finding};

/// A scored film: label or not, score, call.
pub(super) struct Scored {
    pub(super) film: String,
    pub(super) positive: bool,
    pub(super) score: f64,
    pub(super) call: Call,
    pub(super) threshold: f32,
    pub(super) at_threshold: bool,
}

/// Scores by finding and source.
#[derive(Default)]
pub(super) struct Tally {
    scored: BTreeMap<(Finding, String), Vec<Scored>>,
    refused: BTreeMap<String, usize>,
}

/// One finding in one source.
#[derive(Debug, Serialize)]
struct Figures {
    label: &'static str,
    source: String,
    n: usize,
    positives: usize,
    threshold: f32,
    auc: Option<[f64; 3]>,
    /// At the threshold, undecided films counted by the side that they are on.
    sensitivity: Option<[f64; 3]>,
    specificity: Option<[f64; 3]>,
    indeterminate: usize,
    /// Share of films with and without the finding whose call is right or undecided.
    coverage: [Option<f64>; 2],
    /// Both classes weighted alike, and what films of a perfect score would give by chance.
    calibration_error: Option<[f64; 2]>,
    not_scored: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<Repeats>,
}

/// How the scores moved against an earlier run on the same films.
#[derive(Debug, Serialize)]
struct Change {
    n: usize,
    auc_before: Option<f64>,
    auc_after: Option<f64>,
    shift_median: f64,
    shift_mean: f64,
    /// Share of films whose score crossed the threshold.
    crossed: f64,
    /// Share of films called the other way round, above for below or below for above.
    flipped: f64,
}

/// Several pictures of one film.
#[derive(Debug, Serialize)]
struct Repeats {
    films: usize,
    pictures: usize,
    /// Mean over films of the standard deviation of the score.
    deviation: f64,
    /// Share of pictures with the commonest call of their film.
    same_call: f64,
}

/// One line of a scores file.
#[derive(Serialize, Deserialize)]
struct Line {
    finding: String,
    source: String,
    film: String,
    positive: bool,
    score: f64,
    call: String,
}

/// An earlier run.
pub(super) struct Before {
    scores: ByFilm,
    calls: BTreeMap<(Finding, String), Call>,
}

impl Before {
    /// Reads a file that [`Tally::write`] wrote.
    pub(super) fn read(path: &Path) -> Result<Self, CommandError> {
        let wrong = |error: csv::Error| CommandError::Usage(format!("{}: {error}", path.display()));
        let mut reader = csv::Reader::from_path(path).map_err(wrong)?;
        let mut before = Self { scores: BTreeMap::new(), calls: BTreeMap::new() };
        for line in reader.deserialize::<Line>() {
            let line = line.map_err(wrong)?;
            let Some(finding) = Finding::parse(&line.finding) else { continue };
            let key = (finding, line.film);
            before.scores.entry(key.clone()).or_default().push(line.score);
            if let Some(call) = Call::parse(&line.call) {
                before.calls.insert(key, call);
            }
        }
        Ok(before)
    }
}

impl Tally {
    pub(super) fn add(&mut self, finding: Finding, source: &str, scored: Scored) {
        self.scored.entry((finding, source.to_owned())).or_default().push(scored);
    }

    pub(super) fn refuse(&mut self, source: &str) {
        *self.refused.entry(source.to_owned()).or_default() += 1;
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), CommandError> {
        let wrong = |error: csv::Error| CommandError::Usage(format!("{}: {error}", path.display()));
        let mut writer = csv::Writer::from_path(path).map_err(wrong)?;
        for ((finding, source), films) in &self.scored {
            for scored in films {
                let line = Line {
                    finding: finding.code().to_owned(),
                    source: source.clone(),
                    film: scored.film.clone(),
                    positive: scored.positive,
                    score: scored.score,
                    call: scored.call.code().to_owned(),
                };
                writer.serialize(line).map_err(wrong)?;
            }
        }
        writer.flush().map_err(CommandError::io(format!("write {}", path.display())))
    }

    pub(super) fn report(
        &self,
        before: Option<&Before>,
        as_json: bool,
    ) -> Result<(), CommandError> {
        if !as_json {
            say(
                "label            source                        n   pos  AUC (95 % CI)         sensitivity           specificity           indeterminate  not scored",
            )?;
        }
        let labels: BTreeSet<Finding> = self.scored.keys().map(|(label, _)| *label).collect();
        for label in labels {
            let sources = self.scored.iter().filter(|((l, _), _)| *l == label);
            let mut all: Vec<&Scored> = Vec::new();
            for ((_, source), scored) in sources {
                let scored: Vec<&Scored> = scored.iter().collect();
                let refused = self.refused.get(source).copied().unwrap_or(0);
                print(&figures(label, source, &scored, refused, before), as_json)?;
                // A source that never names the finding does not label it: its films would pass
                // for films without it, and the pooled figure would tell sources apart instead.
                if scored.iter().any(|film| film.positive) {
                    all.extend(scored);
                }
            }
            let refused = self.refused.values().sum();
            print(&figures(label, "ALL LABELLED", &all, refused, before), as_json)?;
        }
        Ok(())
    }
}

fn figures(
    label: Finding,
    source: &str,
    scored: &[&Scored],
    not_scored: usize,
    before: Option<&Before>,
) -> Figures {
    let of = |positive: bool| scored.iter().filter(move |s| s.positive == positive);
    let scores = |positive| of(positive).map(|s| s.score).collect::<Vec<_>>();
    let (positives, negatives) = (scores(true), scores(false));
    let hit = of(true).filter(|s| s.at_threshold).count();
    let spared = of(false).filter(|s| !s.at_threshold).count();
    let covered = |positive: bool, wrong: Call| {
        let kept = of(positive).filter(|s| s.call != wrong).count();
        share(kept, of(positive).count())
    };
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
        coverage: [covered(true, Call::Below), covered(false, Call::Above)],
        calibration_error: calibration_error(&positives, &negatives),
        not_scored,
        against: before.and_then(|before| change(label, scored, before)),
        repeats: repeats(scored),
    }
}

fn triple(estimate: Estimate) -> [f64; 3] {
    [estimate.value, estimate.low, estimate.high]
}

#[expect(clippy::cast_precision_loss, reason = "counts of films")]
fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn change(label: Finding, scored: &[&Scored], before: &Before) -> Option<Change> {
    let mut pairs = Vec::new();
    for film in scored {
        let key = (label, film.film.clone());
        let (Some(scores), Some(call)) = (before.scores.get(&key), before.calls.get(&key)) else {
            continue;
        };
        pairs.push((*film, *scores.first()?, *call));
    }
    let of = |positive: bool, value: &dyn Fn(&(&Scored, f64, Call)) -> f64| {
        pairs.iter().filter(|pair| pair.0.positive == positive).map(value).collect::<Vec<_>>()
    };
    let area = |value: &dyn Fn(&(&Scored, f64, Call)) -> f64| {
        auc(&of(true, value), &of(false, value)).map(|estimate| estimate.value)
    };
    let shifts: Vec<f64> = pairs.iter().map(|(film, old, _)| (film.score - old).abs()).collect();
    let crossed = pairs.iter().filter(|(film, old, _)| {
        (film.score >= f64::from(film.threshold)) != (*old >= f64::from(film.threshold))
    });
    let flipped = pairs.iter().filter(|(film, _, old)| {
        matches!((film.call, old), (Call::Above, Call::Below) | (Call::Below, Call::Above))
    });
    Some(Change {
        n: pairs.len(),
        auc_before: area(&|pair| pair.1),
        auc_after: area(&|pair| pair.0.score),
        shift_median: median(&shifts)?,
        shift_mean: mean(&shifts)?,
        crossed: share(crossed.count(), pairs.len())?,
        flipped: share(flipped.count(), pairs.len())?,
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of films")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn repeats(scored: &[&Scored]) -> Option<Repeats> {
    let mut films: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for film in scored {
        films.entry(&film.film).or_default().push(film);
    }
    films.retain(|_, pictures| pictures.len() > 1);
    let deviations: Vec<f64> = films
        .values()
        .map(|pictures| standard_deviation(&pictures.iter().map(|p| p.score).collect::<Vec<_>>()))
        .collect();
    let commonest = |pictures: &Vec<&Scored>| {
        let calls = [Call::Above, Call::Below, Call::Indeterminate];
        let count = |call: Call| pictures.iter().filter(|p| p.call == call).count();
        calls.map(count).into_iter().max().unwrap_or(0)
    };
    let pictures = films.values().map(Vec::len).sum();
    let same = films.values().map(commonest).sum();
    Some(Repeats {
        films: films.len(),
        pictures,
        deviation: mean(&deviations)?,
        same_call: share(same, pictures)?,
    })
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
    ))?;
    if let Some(change) = &figures.against {
        say(&format!(
            "{:43} against {} films: AUC {} then {}, shift {:.3} median {:.3} mean, crossed {:.3}, \
             flipped {:.3}",
            "",
            change.n,
            number(change.auc_before),
            number(change.auc_after),
            change.shift_median,
            change.shift_mean,
            change.crossed,
            change.flipped,
        ))?;
    }
    Ok(())
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}
