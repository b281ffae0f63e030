//! Copies of the database that an update makes: gone when it has ended, however it ended, and never put
//! back on a box that was wiped.

use std::path::{Path, PathBuf};

use crate::update::{Manner, NEW, OLD, STEP, Site, done, refused};

const PATIENT: &[u8] = b"Asha Devi";

/// Files below a folder that hold the name of a patient.
fn with_patients(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let meta = path.symlink_metadata().unwrap();
        if meta.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if meta.is_file()
            && std::fs::read(&path).unwrap().windows(PATIENT.len()).any(|part| part == PATIENT)
        {
            found.push(path);
        }
    }
    found
}

fn switched(site: &Site) {
    done(&site.install(&site.bundle(NEW, STEP, Manner::Well), ""));
    done(&site.boot(""));
}

/// The wish comes when the new program runs and is not settled: its starts would count as tries, and
/// after the third the database would come back.
#[test]
fn a_box_that_is_wiped_after_an_update_gets_no_patient_back() {
    let site = Site::new();
    switched(&site);
    drop(site.serve("").expect("the new version starts"));
    assert!(site.path("state/updates/confirmed").exists());
    assert!(!with_patients(&site.path("opt/update")).is_empty(), "the way back is there");
    std::fs::write(site.path("state/wipe"), "Dr. Sen\n7\n").unwrap();
    for start in 1..=5 {
        assert!(done(&site.boot("")).contains("slot b, version 0.2.0"), "start {start}");
        assert_eq!(with_patients(&site.path("opt")), Vec::<PathBuf>::new(), "start {start}");
        drop(site.serve("").expect("a wiped box says so"));
        assert_eq!(with_patients(&site.path("state")), Vec::<PathBuf>::new(), "start {start}");
        assert!(site.path("state/wiped").exists());
        assert!(!site.path("state/fieldray.db").exists());
    }
}

/// The same while the box runs: root's unit is asked as soon as the box was wiped.
#[test]
fn copies_of_a_wiped_box_are_destroyed_while_it_runs() {
    let site = Site::new();
    switched(&site);
    std::fs::write(site.path("state/wiped"), "Dr. Sen\n7\n").unwrap();
    assert!(!with_patients(&site.path("opt/update")).is_empty());
    done(&site.run(&site.path("opt/current/fieldray"), &["slots", "settle"], ""));
    assert_eq!(with_patients(&site.path("opt")), Vec::<PathBuf>::new());
    // An update that was asked for before changes nothing any more.
    let bundle = site.bundle("0.3.0", STEP, Manner::Well);
    refused(&site.install(&bundle, ""), "not settled yet");
}

#[test]
fn the_way_back_goes_as_soon_as_the_new_program_is_well() {
    let site = Site::new();
    switched(&site);
    let settle = || site.run(&site.path("opt/current/fieldray"), &["slots", "settle"], "");
    done(&settle());
    assert!(site.path("opt/update/work/way-back.db").exists(), "it has not confirmed itself");
    let served = site.serve("").expect("the new version starts");
    assert!(done(&settle()).contains("slot b, version 0.2.0"));
    assert!(!site.path("opt/update/work/way-back.db").exists());
    assert!(!site.path("state/updates/confirmed").exists());
    assert!(done(&settle()).contains("slot b, version 0.2.0"), "again, it comes to the same");
    drop(served);
    done(&site.boot(""));
    site.holds(NEW);
}

#[test]
fn a_trial_that_fails_leaves_no_copy_and_half_a_copy_is_in_nobodys_way() {
    let site = Site::new();
    let left = || {
        let found = |name: &str| site.path(name).exists();
        (found("opt/update/work/trial"), found("opt/slots/b.part"))
    };
    refused(&site.install(&site.bundle(NEW, STEP, Manner::LosesRows), ""), "patient would lose");
    assert_eq!(left(), (false, false));
    let bundle = site.bundle(NEW, STEP, Manner::Hangs);
    let slow = ["update", "install", &bundle, "--trial-seconds", "1"];
    refused(&site.good(&slow, ""), "no answer within 1 s");
    assert_eq!(left(), (false, false));
    assert_eq!(with_patients(&site.path("opt")), Vec::<PathBuf>::new());

    for name in ["opt/update/work/trial", "opt/slots/b.part"] {
        std::fs::create_dir_all(site.path(name)).unwrap();
        std::fs::write(site.path(name).join("left"), "left").unwrap();
    }
    let bundle = site.bundle(NEW, STEP, Manner::Well);
    let mut bytes = std::fs::read(&bundle).unwrap();
    let end = bytes.len() - 1;
    bytes[end] ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    refused(&site.install(&bundle, ""), "not the one that was signed");
    assert_eq!(left(), (false, false));
    site.holds(OLD);
}

/// Bundles from a stick do not pile up in the inbox.
#[test]
fn bundles_that_nobody_takes_any_more_leave_the_inbox() {
    let site = Site::new();
    let inbox = site.path("state/updates/inbox");
    std::fs::create_dir_all(&inbox).unwrap();
    let bundles = [("0.0.9", "older"), (OLD, "same"), (NEW, "newer")];
    for (version, name) in bundles {
        let bundle = site.bundle(version, "", Manner::Well);
        std::fs::copy(bundle, inbox.join(name).with_extension("frbundle")).unwrap();
    }
    std::fs::write(inbox.join("junk.frbundle"), "junk").unwrap();
    drop(site.serve("").expect("it starts"));
    let mut left: Vec<_> = std::fs::read_dir(&inbox)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["junk.frbundle", "newer.frbundle"]);
}

/// Settled, and then it ends at every start: the box goes back by itself while the program before knows
/// the database, and stays where it does not.
#[test]
fn a_settled_program_that_starts_again_and_again_is_left() {
    let site = Site::new();
    let settled = |version: &str, step: &str| {
        done(&site.install(&site.bundle(version, step, Manner::DiesWhereTold), ""));
        done(&site.boot(""));
        drop(site.serve("").expect("it starts"));
        done(&site.boot(""));
        // Restarts by people, whatever their number: the program ended in order before each.
        for _ in 0..8 {
            std::fs::write(site.path("state/updates/in-order"), "").unwrap();
            assert!(done(&site.boot("")).contains(&format!("slot b, version {version}")));
        }
        std::fs::write(site.path("opt/dies"), "").unwrap();
        for start in 1..=5 {
            let said = done(&site.boot(""));
            assert!(said.contains(&format!("slot b, version {version}")), "{start}: {said}");
            assert!(site.serve("").is_none());
        }
        done(&site.boot(""))
    };
    assert!(settled(NEW, "").contains("slot a, version 0.1.0"));
    std::fs::remove_file(site.path("opt/dies")).unwrap();
    drop(site.serve("").expect("the old version starts"));
    site.holds(OLD);
    let status = done(&site.good(&["update", "status"], ""));
    assert!(status.contains("version 0.2.0 did not start here"), "{status}");
    refused(&site.good(&["update", "rollback"], ""), "no other program");

    assert!(settled("0.3.0", STEP).contains("slot b, version 0.3.0"));
    let runtime = tempfile::tempdir().unwrap();
    let boot = std::process::Command::new(site.path("opt/good/fieldray"))
        .args(["slots", "boot", "--config"])
        .arg(site.path("settings.toml"))
        .env("RUNTIME_DIRECTORY", runtime.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&boot.stderr).contains("nothing to go back to"), "{boot:?}");
    assert_eq!(std::fs::read_to_string(runtime.path().join("lamp")).unwrap(), "unwell");
    std::fs::remove_file(site.path("opt/dies")).unwrap();
    site.holds("0.3.0");
}
