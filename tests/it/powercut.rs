//! Power cuts, rebuilt: what was acknowledged before the cut is there after it.
//!
//! One run of the real program on a logging disk; then, for many moments of that run, the disk as a
//! cut would have left it is mounted and compared with a ledger that was kept outside.

use std::path::Path;

use fieldray::domain::ids::{PhotoId, StudyId};
use fieldray::domain::stamp::{ClockTrust, Stamp, WallMs};
use fieldray::domain::study::StudyState;
use fieldray::store::{Folder, Store};

use crate::clinic::{Box_, Phone, upload_id};
use crate::disk::{Cut, LoggingDisk, Mounted, missing};
use crate::phantom::{self, Shot};

/// Photos uploaded in the run.
const PHOTOS: u32 = 14;

/// Points rebuilt unless `FIELDRAY_POWERCUT_POINTS` says otherwise.
const POINTS: usize = 100;

/// Something that the box said to a phone, and how far the disk's log was then.
struct Acknowledged {
    position: usize,
    study: StudyId,
    what: What,
}

enum What {
    Registered,
    Stored(PhotoId),
    Read,
}

/// The run and its ledger.
struct Run {
    disk: LoggingDisk,
    ledger: Vec<Acknowledged>,
    uploaded_bytes: usize,
}

/// Works through a morning on the logging disk, then pulls the plug.
async fn run(scratch: &Path) -> Run {
    let disk = LoggingDisk::formatted(scratch);
    let (served, mounted) = (scratch.join("served"), scratch.join("mounted"));
    std::fs::create_dir_all(&served).unwrap();
    let session = disk.serve(&served);
    let mount = Mounted::new(&served.join("disk.img"), &mounted).unwrap();
    let settings = scratch.join("settings.toml");
    std::fs::write(&settings, "disk_free_mib_min = 1\n").unwrap();
    let state = mounted.join("state");
    let arguments = ["--config", settings.to_str().unwrap()];
    let server = Box_::start_with(&state, &[], &arguments);
    let phone = Phone::set_up(&server, scratch).await;

    let mut ledger = Vec::new();
    let mut uploaded_bytes = 0;
    let mut note =
        |study, what| ledger.push(Acknowledged { position: disk.position(), study, what });
    for n in 0..PHOTOS {
        let path = phone.register(&format!("Patient {n}"), "40").await;
        let study = StudyId::parse(path.rsplit('/').next().unwrap()).unwrap();
        note(study, What::Registered);
        let photo = phantom::jpeg(Shot { width: 600, height: 800, seed: n, ..Shot::default() });
        uploaded_bytes += photo.len();
        let id = upload_id(n + 1);
        let (status, _) = phone.upload(&path, &id, photo).await;
        assert_eq!(status, reqwest::StatusCode::OK);
        note(study, What::Stored(PhotoId::parse(&id).unwrap()));
        // Every second reading is waited for; the others overlap with the next upload.
        if n % 2 == 1 {
            phone.settled(&path).await;
            note(study, What::Read);
        }
    }
    server.kill();
    drop(mount);
    drop(session);
    Run { disk, ledger, uploaded_bytes }
}

/// What is missing or damaged on the disk that a cut leaves; empty when nothing is.
fn losses(run: &Run, scratch: &Path, position: usize, cut: Cut) -> Vec<String> {
    let image = scratch.join("cut.img");
    std::fs::write(&image, run.disk.after_cut(position, cut, position as u64 * 31 + 7)).unwrap();
    let due = || run.ledger.iter().filter(|entry| entry.position <= position);
    let mount = match Mounted::new(&image, &scratch.join("after")) {
        Ok(mount) => mount,
        Err(why) => return vec![format!("the disk does not mount: {why}")],
    };
    let state = scratch.join("after/state");
    if !state.join("fieldray.db").exists() {
        return due().map(|_| "the database is gone".to_owned()).collect();
    }
    let now = Stamp { wall: WallMs(0), trust: ClockTrust::Unsynced };
    let store = match Store::open(&state, now) {
        Ok(store) => store,
        Err(error) => return vec![format!("the store does not open: {error}")],
    };
    let mut found: Vec<String> = match store.check(true) {
        Ok(report) => report.problems.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    };
    found.extend(due().filter_map(|entry| lost(&store, entry)));
    drop(store);
    drop(mount);
    found
}

/// What was acknowledged and is not there.
fn lost(store: &Store, entry: &Acknowledged) -> Option<String> {
    let study = store.study(entry.study).ok().flatten();
    let Some(study) = study else { return Some(format!("study {} is lost", entry.study)) };
    match entry.what {
        What::Registered => None,
        What::Stored(photo) => {
            let file = store.photo_file(entry.study, photo).ok().flatten();
            let whole = file.is_some_and(|(digest, _)| store.file(Folder::Photos, digest).is_ok());
            (!whole).then(|| format!("photo {photo} is lost"))
        }
        What::Read => {
            let read = study.state == StudyState::Reported;
            (!read).then(|| format!("the reading of {} is lost", entry.study))
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_at_any_rebuilt_power_cut() {
    if let Some(why) = missing() {
        println!("skipped: {why}");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let run = run(scratch.path()).await;
    let points = std::env::var("FIELDRAY_POWERCUT_POINTS").ok().and_then(|text| text.parse().ok());
    let points: usize = points.unwrap_or(POINTS);
    let end = run.disk.position();
    let first = run.ledger[0].position;
    let modes = [Cut::Nothing, Cut::Everything, Cut::Blocks, Cut::Sectors];
    let mut lost = Vec::new();
    for point in 0..points {
        // Evenly over the run, with a step that meets every kind of moment.
        let position = first + (end - first) * (point + 1) / points;
        let cut = modes[point % modes.len()];
        for loss in losses(&run, scratch.path(), position, cut) {
            lost.push(format!("cut at {position} of {end}, {cut:?}: {loss}"));
        }
    }
    let (flushes, bytes) = run.disk.wear();
    println!(
        "{points} power cuts rebuilt from {end} disk events: {} acknowledgements, {} lost; \
         {PHOTOS} uploads of {} bytes in all cost {flushes} flushes and {bytes} bytes written",
        run.ledger.len(),
        lost.len(),
        run.uploaded_bytes,
    );
    assert_eq!(lost, Vec::<String>::new());

    // The same eyes must see a loss where there is one: a disk that lies about its flushes.
    let mut seen = 0;
    for entry in run.ledger.iter().filter(|entry| matches!(entry.what, What::Stored(_))) {
        seen += losses(&run, scratch.path(), entry.position, Cut::LyingDisk).len();
    }
    println!("a disk that lies about its last three flushes: {seen} losses seen");
    assert!(seen > 0, "the test is blind");
}
