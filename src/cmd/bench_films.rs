//! `fieldray bench --films N`: how long one film is looked for among N others, all in memory.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "grey levels and counts of films: far below 2^24"
)]

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::app::clock::Stopwatch;
use crate::cmd::stats::quantile;
use crate::cmd::{CommandError, say};
use crate::digitise::{FilmQuery, fingerprint};
use crate::domain::fingerprint::{Fingerprint, Signature};
use crate::domain::lungs::Extent;
use crate::domain::radiograph::Radiograph;

/// Films that are looked for.
const QUERIES: u32 = 20;

/// Side of a drawn film, pixels. The search sees none of its size.
const SIDE: u32 = 128;

/// Times the search among `count` drawn films.
pub(super) fn run(count: u32) -> Result<(), CommandError> {
    let films: Option<Vec<Fingerprint>> = (0..count).map(film).collect();
    let films = films.ok_or(CommandError::Usage("a film cannot be drawn".to_owned()))?;
    let signatures: Vec<Signature> = films.iter().map(|film| film.signature).collect();
    let mut times: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for query in films.iter().step_by((count / QUERIES).max(1) as usize) {
        let total = Stopwatch::start();
        let watch = Stopwatch::start();
        let asked = FilmQuery::new(&query.detail);
        times.entry("prepare").or_default().push(watch.ms());
        let watch = Stopwatch::start();
        let list = asked.shortlist(&signatures);
        times.entry("search").or_default().push(watch.ms());
        let watch = Stopwatch::start();
        let details = |at: usize| Ok::<_, Infallible>(films.get(at).map(|it| it.detail.clone()));
        let Ok(_alike) = asked.compare(&list, details);
        times.entry("compare").or_default().push(watch.ms());
        times.entry("total").or_default().push(total.ms());
    }
    say(&format!("the same film among {count}"))?;
    say("stage         n    median ms      p95 ms")?;
    for (stage, mut values) in times {
        values.sort_by(f64::total_cmp);
        let at = |share| quantile(&values, share).unwrap_or(f64::NAN);
        say(&format!("{stage:10} {:4} {:12.1} {:11.1}", values.len(), at(0.5), at(0.95)))?;
    }
    Ok(())
}

/// A film of smooth noise of its own.
fn film(number: u32) -> Option<Fingerprint> {
    let wave = |at: u32, k: u32| {
        let h = number.wrapping_mul(0x9e37_79b1) ^ k.wrapping_mul(0x85eb_ca77);
        let h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
        let pace = 0.05 + 0.4 * (h & 0xff) as f32 / 255.0;
        (at as f32 * pace + ((h >> 8) & 0xff) as f32).sin()
    };
    let across: Vec<[f32; 4]> =
        (0..SIDE).map(|x| std::array::from_fn(|k| wave(x, k as u32))).collect();
    let down: Vec<[f32; 4]> =
        (0..SIDE).map(|y| std::array::from_fn(|k| wave(y, k as u32 + 4))).collect();
    let grey = |x: &[f32; 4], y: &[f32; 4]| {
        let sum: f32 = x.iter().zip(y).map(|(a, b)| a * b).sum();
        (127.0 + 31.0 * sum).clamp(0.0, 255.0) as u8
    };
    let pixels = down.iter().flat_map(|y| across.iter().map(move |x| grey(x, y))).collect();
    let lungs = Extent::new(0.1, 0.1, 0.9, 0.8)?;
    Some(fingerprint(&Radiograph::new(SIDE, SIDE, pixels)?, lungs))
}
