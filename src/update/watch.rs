//! `update/watch.toml`: starts of a program since it was settled. Nothing else rests on it: what cannot be
//! read or written is logged, and the program is believed.

use std::fs;

use serde::{Deserialize, Serialize};

use crate::domain::update::ReleaseVersion;
use crate::domain::watch::{Steadiness, Watch};
use crate::durable;
use crate::update::layout::remove;
use crate::update::{Layout, UpdateError};

#[derive(Deserialize, Serialize)]
struct RawWatch {
    version: String,
    kernel: String,
    on_s: u64,
    seen_s: u64,
    starts_s: Vec<u64>,
}

/// Watches a program from now on.
pub(super) fn begin(layout: &Layout, version: ReleaseVersion) {
    if let Some((kernel, at_s)) = kernel_time() {
        write(layout, &Watch::begin(version, kernel, at_s));
    }
}

/// Counts a start of a settled program; whether it starts again and again.
pub(super) fn is_restarting(layout: &Layout, version: ReleaseVersion) -> bool {
    let (Some(mut watch), Some((kernel, at_s))) = (read(layout), kernel_time()) else {
        return false;
    };
    let seen =
        if watch.version == version { watch.start(&kernel, at_s) } else { Steadiness::Proved };
    match seen {
        Steadiness::Proved => end(layout),
        Steadiness::Fine | Steadiness::Restarting => write(layout, &watch),
    }
    seen == Steadiness::Restarting
}

/// Watches no more.
pub(super) fn end(layout: &Layout) {
    if let Err(error) = remove(&layout.watch_path()) {
        tracing::warn!(%error, "the starts of a program are still counted");
    }
}

fn read(layout: &Layout) -> Option<Watch> {
    let text = fs::read_to_string(layout.watch_path()).ok()?;
    let raw: RawWatch = toml::from_str(&text).ok()?;
    let RawWatch { version, kernel, on_s, seen_s, starts_s } = raw;
    Some(Watch { version: ReleaseVersion::parse(&version)?, kernel, on_s, seen_s, starts_s })
}

fn write(layout: &Layout, watch: &Watch) {
    let path = layout.watch_path();
    let raw = RawWatch {
        version: watch.version.to_string(),
        kernel: watch.kernel.clone(),
        on_s: watch.on_s,
        seen_s: watch.seen_s,
        starts_s: watch.starts_s.clone(),
    };
    let text = toml::to_string(&raw).unwrap_or_default();
    let written = durable::replace(&path, text.as_bytes());
    if let Err(error) = written.map_err(UpdateError::file("write", &path)) {
        tracing::warn!(%error, "a start of a new program is not counted");
    }
}

/// Which start of the machine this is, and seconds since then.
fn kernel_time() -> Option<(String, u64)> {
    let kernel = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let uptime = fs::read_to_string("/proc/uptime").ok()?;
    let seconds = uptime.split('.').next()?.parse().ok()?;
    Some((kernel.trim().to_owned(), seconds))
}
