//! How the machine is, read from the kernel: numbers, and names that the kernel or the board gave.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// Most entries of a folder of the kernel's that are looked at.
const ENTRIES_MAX: usize = 64;

/// Memory, load, temperatures, wear of the storage.
pub(super) fn told(state: &Path) -> Value {
    json!({
        "memory_kib": memory(),
        "load": numbers("/proc/loadavg", 3),
        "uptime_s": numbers("/proc/uptime", 1),
        "temperatures": temperatures(),
        "storage": storage(),
        "state_dir_read_only": read_only(state),
    })
}

fn memory() -> Value {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let mut told = Map::new();
    for name in ["MemTotal", "MemAvailable", "SwapTotal", "SwapFree"] {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        told.insert(name.to_owned(), json!(kib));
    }
    Value::Object(told)
}

/// The first numbers of a file of the kernel's.
fn numbers(path: &str, count: usize) -> Vec<f64> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().take(count).filter_map(|word| word.parse().ok()).collect()
}

fn temperatures() -> Value {
    let zones = entries("/sys/class/thermal").into_iter().filter_map(|zone| {
        let millidegrees: i64 = read(&zone.join("temp"))?.parse().ok()?;
        let name = read(&zone.join("type")).unwrap_or_default();
        Some(json!({ "zone": super::plain(&name), "millidegrees": millidegrees }))
    });
    zones.collect()
}

/// Size of each disk in sectors of 512 bytes, and how worn an eMMC says it is (1 to 11, tenths of its life).
fn storage() -> Value {
    let disks = entries("/sys/block").into_iter().filter_map(|disk| {
        let sectors: u64 = read(&disk.join("size"))?.parse().ok().filter(|size| *size > 0)?;
        let name = disk.file_name()?.to_str()?.to_owned();
        let worn = read(&disk.join("device/life_time"));
        let worn: Vec<u64> = worn
            .iter()
            .flat_map(|text| text.split_whitespace())
            .filter_map(|word| u64::from_str_radix(word.trim_start_matches("0x"), 16).ok())
            .collect();
        Some(json!({ "disk": super::plain(&name), "sectors": sectors, "worn": worn }))
    });
    disks.collect()
}

fn read_only(state: &Path) -> bool {
    fs::metadata(state).is_ok_and(|meta| meta.permissions().readonly())
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

fn entries(folder: &str) -> Vec<PathBuf> {
    let list = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = list.take(ENTRIES_MAX).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_says_how_much_memory_it_has() {
        let told = told(Path::new("/tmp"));
        assert!(told["memory_kib"]["MemTotal"].as_u64().unwrap() > 0);
        assert_eq!(told["load"].as_array().unwrap().len(), 3);
    }
}
