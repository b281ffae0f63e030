//! `fieldray models time`: how long a network takes, in turns with another runtime or node by node.

use std::collections::BTreeMap;
use std::process::ExitCode;

use crate::app::clock::Stopwatch;
use crate::cmd::{CommandError, say};
use crate::infer::{Network, NodeTime, phantom_planes};

/// Nodes told one by one; the others are in the sums only.
const SLOWEST: usize = 15;

/// Runs on demand, so that another runtime can take turns with it.
pub(super) fn on_demand(
    network: &dyn Network,
    side: usize,
    answers: bool,
) -> Result<ExitCode, CommandError> {
    let planes: Vec<Vec<f32>> = phantom_planes(side).collect();
    for plane in planes.iter().filter(|_| answers) {
        let outputs: BTreeMap<String, Vec<f32>> =
            network.run(plane)?.into_iter().map(|tensor| (tensor.name, tensor.values)).collect();
        let line = serde_json::to_string(&outputs);
        say(&line.map_err(|error| CommandError::Usage(error.to_string()))?)?;
    }
    for (line, plane) in std::io::stdin().lines().zip(planes.iter().cycle()) {
        line.map_err(CommandError::io("read stdin"))?;
        let watch = Stopwatch::start();
        network.run(plane)?;
        say(&format!("{:.4}", watch.ms()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what kinds of operation and which nodes take the time: medians over some runs.
pub(super) fn nodes(
    network: &dyn Network,
    side: usize,
    runs: usize,
) -> Result<ExitCode, CommandError> {
    let watch = Stopwatch::start();
    let mut all: Vec<Vec<NodeTime>> = Vec::new();
    for plane in phantom_planes(side).collect::<Vec<_>>().iter().cycle().take(runs.max(1)) {
        all.push(network.profile(plane, &|| watch.ms())?);
    }
    let first = all.first().map_or(&[][..], Vec::as_slice);
    let median = |index: usize| {
        let mut times: Vec<f64> = all.iter().map(|run| run[index].ms).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let mut nodes: Vec<(&NodeTime, f64)> =
        first.iter().enumerate().map(|(index, node)| (node, median(index))).collect();
    let total: f64 = nodes.iter().map(|(_, ms)| ms).sum();
    let mut kinds: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (node, ms) in &nodes {
        let kind = kinds.entry(&node.op).or_default();
        *kind = (kind.0 + 1, kind.1 + ms);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    say(&format!("{total:.2} ms in {} nodes, medians of {runs} runs", nodes.len()))?;
    for (op, (count, ms)) in kinds {
        say(&format!("{ms:8.3} ms {:5.1} %  {count:4} {op}", 100.0 * ms / total))?;
    }
    nodes.sort_by(|a, b| b.1.total_cmp(&a.1));
    say("slowest nodes:")?;
    for (node, ms) in nodes.iter().take(SLOWEST) {
        say(&format!("{ms:8.3} ms  {} {}", node.op, node.node))?;
    }
    Ok(ExitCode::SUCCESS)
}
