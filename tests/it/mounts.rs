//! What a box may be set up on: real ext4 file systems in files, mounted as the kernel does it by default.
//! Not here: what other kernels and flash say about themselves (`src/board/health.rs`).

use std::process::Command;

use crate::disk::missing;

/// Size of a disk, bytes.
const SIZE: u64 = 32 * 1024 * 1024;

fn run(program: &str, arguments: &[&str]) {
    let done = Command::new(program).args(arguments).output().unwrap();
    assert!(done.status.success(), "{program} {arguments:?}: {done:?}");
}

/// A mounted disk; taken away with it.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// Made with these options of `mkfs.ext4`, then changed by these of `tune2fs`.
    fn made(features: &[&str], defaults: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self { folder };
        let (image, place) = (disk.path("disk.img"), disk.path("mounted"));
        std::fs::File::create(&image).unwrap().set_len(SIZE).unwrap();
        std::fs::create_dir(&place).unwrap();
        run("mkfs.ext4", &[&["-q", "-F"], features, &[&image]].concat());
        if !defaults.is_empty() {
            run("tune2fs", &[defaults, &[&image]].concat());
        }
        run("mount", &["-o", "loop", &image, &place]);
        disk
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _maybe_not_mounted = Command::new("umount").arg(self.path("mounted")).status();
    }
}

#[test]
fn a_disk_that_forgets_by_its_own_defaults_is_refused() {
    if let Some(why) = missing() {
        println!("skipped: {why}");
        return;
    }
    let check = |features: &[&str], defaults: &[&str], expected: &str| {
        let disk = Disk::made(features, defaults);
        let judged = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["board", "--storage", &disk.path("mounted")])
            .env("FIELDRAY_LOG", "error")
            .output()
            .unwrap();
        let line = String::from_utf8(judged.stdout).unwrap();
        assert_eq!(line.trim().rsplit_once(": ").unwrap().1, expected, "{line}");
        assert_eq!(judged.status.success(), expected == "well", "{line}");
    };
    check(&[], &[], "well");
    check(&[], &["-o", "journal_data"], "well");
    check(&[], &["-o", "journal_data_writeback"], "writeback");
    check(&[], &["-o", "nobarrier"], "no-barrier");
    check(&["-O", "^has_journal"], &[], "no-journal");
    // The old kinds, which the same driver of the kernel serves.
    check(&["-t", "ext3"], &[], "well");
    check(&["-t", "ext2"], &[], "no-journal");
}
