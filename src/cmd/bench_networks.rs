//! `fieldray bench` without photos: how long each network takes on the inputs that are drawn for it, which
//! needs nothing but the program. Photos tell more; a board that is new has none.

use crate::app::clock::Stopwatch;
use crate::cmd::stats::quantile;
use crate::cmd::{CommandError, say};
use crate::infer::{Networks, Role};

/// Runs of each drawn input that count.
const ROUNDS: usize = 10;

/// Milliseconds of every run, by role.
pub(super) fn time(networks: &Networks) -> Result<Vec<(Role, Vec<f64>)>, CommandError> {
    let mut all = Vec::new();
    for role in Role::ALL {
        let (network, planes) = networks.drawn(role)?;
        // The first run loads what was taken down.
        for plane in &planes {
            network.run_on(plane)?;
        }
        let mut times = Vec::new();
        for plane in planes.iter().cycle().take(ROUNDS * planes.len()) {
            let watch = Stopwatch::start();
            network.run_on(plane)?;
            times.push(watch.ms());
        }
        all.push((role, times));
    }
    Ok(all)
}

/// Prints them.
pub(super) fn tell(all: Vec<(Role, Vec<f64>)>) -> Result<(), CommandError> {
    say("network       n    median ms      p95 ms")?;
    for (role, mut times) in all {
        times.sort_by(f64::total_cmp);
        let at = |share| quantile(&times, share).unwrap_or(f64::NAN);
        say(&format!("{:11} {:3} {:12.2} {:11.2}", role.code(), times.len(), at(0.5), at(0.95)))?;
    }
    Ok(())
}
