//! Clocks that are years wrong, and full disks on either side: each has a state that the box's page shows, and
//! nothing is lost.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::{all_done, compare, offline, records, settings, start, until_done};
use crate::clinic::check;

const CLOCK: &str = "FIELDRAY_CLOCK_WRONG_BY_DAYS";
/// Twenty years.
const YEARS: &str = "7300";

/// No certificate is shown and none expires: what the clocks say decides nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_that_are_years_wrong_hold_nothing_up() {
    for (of_box, of_portal) in [(YEARS, "-7300"), ("-7300", "0"), ("0", YEARS)] {
        let clinic = offline(2).await;
        let state = clinic.state.path();
        let portal = Portal_::start(&[(CLOCK, of_portal)]);
        let code = portal.code_by(&[(CLOCK, of_portal)]);
        let file = settings(state, &portal.url(), &portal, &code);
        let server = start(state, &file, &[(CLOCK, of_box)]);
        let mut phone = clinic.phone.clone();
        phone.move_to(&server.address);
        until_done(state, 2, || {}).await;
        let id = super::down::only_box(&portal);
        portal.command(&["set", &id, "support_contact=Ravi 98450", "--by", "District office"]);
        drop(server);
        let server = start(state, &file, &[(CLOCK, of_box)]);
        // A session is of the time in which it began: somebody logs in again.
        phone.move_to(&server.address);
        let phone = phone.log_in_as("Tech One").await;
        phone.page_until("/system", "everything has its receipt").await;
        phone.page_until("/help", "Ravi 98450").await;
        assert!(phone.page("/system").await.contains("The clock is not confirmed"));
        drop(server);
        compare(state, &portal);
        assert!(check(state).ends_with("0 problems"), "{of_box} {of_portal}");
    }
}

/// A small file system in memory; `None`: this machine does not let us mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, mib: u32) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "none"]).arg(at);
        let done = mount.output().ok()?;
        if !done.status.success() {
            println!("skipped: {}", String::from_utf8_lossy(&done.stderr));
            return None;
        }
        Some(Self(at.to_owned()))
    }

    /// Fills it up to so many bytes.
    fn fill(&self, but: u64) {
        let filler = self.0.join("filler");
        let _full = Command::new("dd")
            .args(["if=/dev/zero", "bs=4096"])
            .arg(format!("of={}", filler.display()))
            .output()
            .unwrap();
        let size = std::fs::metadata(&filler).unwrap().len();
        let file = std::fs::OpenOptions::new().write(true).open(&filler).unwrap();
        file.set_len(size.saturating_sub(but)).unwrap();
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let lazily = Command::new("umount").arg("-l").arg(&self.0).output();
        assert!(lazily.is_ok());
    }
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(format!("{}/.", from.display())).arg(to).output();
    assert!(done.unwrap().status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_whose_disk_is_full_takes_nothing_in_says_so_and_loses_nothing() {
    let clinic = offline(3).await;
    let state = clinic.state.path();
    let scratch = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(&scratch.path().join("portal"), 8) else { return };
    let portal = Portal_::start_in(disk.0.clone(), &[]);
    let code = portal.code();
    disk.fill(0);
    let file = settings(state, &portal.url(), &portal, &code);
    let server = start(state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system", "takes nothing in now").await;
    assert!(!all_done(state) && records(state).iter().all(|(.., done)| !done));
    disk.free();
    drop(server);
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    phone.move_to(&server.address);
    phone.page_until("/system", "everything has its receipt").await;
    drop(server);
    compare(state, &portal);
    drop(portal);
    drop(disk);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_whose_disk_is_full_while_it_seals_waits_says_so_and_loses_nothing() {
    let clinic = offline(8).await;
    let scratch = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(&scratch.path().join("box"), 64) else { return };
    let state = disk.0.join("state");
    std::fs::create_dir(&state).unwrap();
    copy(clinic.state.path(), &state);
    let portal = Portal_::start(&[]);
    let link = BadLink::open(portal.boxes, Faults::none()).await;
    let file = settings(scratch.path(), &link.url(), &portal, &portal.code());
    // Room to begin with, and not for all that has to be written down before it is sent.
    disk.fill(160 * 1024);
    let server = start(&state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    tokio::time::sleep(Duration::from_secs(8)).await;
    let before = records(&state);
    assert!(before.iter().any(|(.., done)| !done), "the disk was not full: {before:?}");
    let page = phone.get("/system").await.text().await.unwrap();
    for told in ["0 MiB are free on the disk", "waiting for a receipt"] {
        assert!(page.contains(told), "{told} is not on the page: {page}");
    }
    drop(server);
    disk.free();
    let server = start(&state, &file, &[]);
    until_done(&state, 8, || {}).await;
    phone.move_to(&server.address);
    phone.page_until("/system", "everything has its receipt").await;
    drop(server);
    compare(&state, &portal);
    assert!(check(&state).ends_with("0 problems"));
    drop(disk);
}
