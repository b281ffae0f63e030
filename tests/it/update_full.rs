//! A full disk with an update pending: the box starts, with everything that it had. On a small disk in
//! memory, which takes root; elsewhere the test says that it was skipped.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::update::{Manner, NEW, OLD, STEP, Site, done};

/// Size of the disk, MiB: the box and a few MiB.
const DISK_MIB: u64 = 96;
/// What makes the database larger than what the disk has free, bytes.
const PADDING: u64 = 4 << 20;

/// A box on a small disk of its own; taken off at the end.
struct SmallDisk<'a> {
    site: &'a Site,
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let done = Command::new(program).args(arguments).output();
    done.is_ok_and(|output| output.status.success())
}

impl<'a> SmallDisk<'a> {
    /// `None` where no disk can be mounted.
    fn under(site: &'a Site) -> Option<Self> {
        let kept = tempfile::tempdir().unwrap();
        let (from, to) = (site.folder.path().to_str().unwrap(), kept.path().to_str().unwrap());
        assert!(runs("cp", &["-a", &format!("{from}/."), to]));
        let size = format!("size={DISK_MIB}m");
        if !runs("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", from]) {
            println!("skipped: a disk in memory takes root");
            return None;
        }
        let disk = Self { site };
        assert!(runs("cp", &["-a", &format!("{to}/."), from]));
        Some(disk)
    }

    fn filler(&self) -> std::path::PathBuf {
        self.site.path("filler")
    }

    /// Fills the disk to the last byte but so many.
    fn fill(&self, but: u64) {
        let path = self.filler();
        let mut file = File::create(&path).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
        file.set_len(file.metadata().unwrap().len() - but).unwrap();
    }

    fn empty(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _still_in_use = runs("umount", &[self.site.folder.path().to_str().unwrap()]);
    }
}

/// A box with an update that the next start tries, and a database of some size.
fn pending(manner: Manner) -> Site {
    let site = Site::new();
    done(&site.install(&site.bundle(NEW, STEP, manner), ""));
    let database = rusqlite::Connection::open(site.path("state/fieldray.db")).unwrap();
    let sql = format!("create table padding (x); insert into padding values (zeroblob({PADDING}))");
    database.execute_batch(&sql).unwrap();
    site
}

fn record(site: &Site) -> String {
    std::fs::read_to_string(site.path("opt/update/boot.toml")).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let list = std::fs::read_dir(folder).unwrap();
    list.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// No room for the copy of the database: the update is given up, and no part of the copy stays.
#[test]
fn without_room_for_the_way_back_the_old_program_starts() {
    let site = pending(Manner::Well);
    let Some(disk) = SmallDisk::under(&site) else { return };
    disk.fill(1 << 20);
    assert!(done(&site.boot("")).contains("slot a, version 0.1.0"));
    let left = names(&site.path("opt/update/work"));
    assert!(!left.iter().any(|name| name.starts_with("way-back")), "{left:?}");
    assert!(record(&site).contains("failed = \"0.2.0\""), "{}", record(&site));
    drop(site.serve("").expect("the old version starts"));
    disk.empty();
    site.holds(OLD);
}

/// Not a byte is left: the ballast makes room for the record.
#[test]
fn on_a_disk_without_a_byte_the_box_goes_back() {
    let site = pending(Manner::Well);
    let Some(disk) = SmallDisk::under(&site) else { return };
    disk.fill(0);
    assert!(done(&site.boot("")).contains("slot a, version 0.1.0"));
    assert!(record(&site).contains("failed = \"0.2.0\""), "{}", record(&site));
    disk.empty();
    drop(site.serve("").expect("the old version starts"));
    site.holds(OLD);
}

/// Not even the record can be written: the box starts without it, and tries again when there is room.
#[test]
fn without_room_for_the_record_the_box_starts_all_the_same() {
    let site = pending(Manner::Well);
    let Some(disk) = SmallDisk::under(&site) else { return };
    let before = record(&site);
    std::fs::remove_file(site.path("opt/update/work/ballast")).unwrap();
    disk.fill(0);
    for _ in 0..2 {
        assert!(done(&site.boot("")).contains("slot a, version 0.1.0"));
        assert_eq!(record(&site), before);
    }
    disk.empty();
    drop(site.serve("").expect("the old version starts"));
    site.holds(OLD);
    assert!(done(&site.boot("")).contains("version 0.2.0, on trial, try 1"));
    drop(site.serve("").expect("the new version starts"));
    done(&site.boot(""));
    site.holds(NEW);
}

/// The new program has changed the database and fails, and then the disk is full: the database comes back.
#[test]
fn a_database_comes_back_on_a_full_disk() {
    let site = pending(Manner::DiesAtStart);
    let Some(disk) = SmallDisk::under(&site) else { return };
    let before = site.schema();
    assert!(done(&site.boot("")).contains("on trial, try 1"));
    assert!(site.serve("").is_none());
    assert_eq!(site.schema(), before + 1);
    std::fs::remove_file(site.path("opt/update/work/ballast")).unwrap();
    disk.fill(0);
    assert!(done(&site.boot("")).contains("slot a, version 0.1.0"));
    let left = names(&site.path("opt/update/work"));
    assert!(!left.iter().any(|name| name.starts_with("way-back")), "{left:?}");
    disk.empty();
    assert_eq!(site.schema(), before);
    drop(site.serve("").expect("the old version starts"));
    site.holds(OLD);
}
