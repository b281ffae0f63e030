//! Keys follow one another while names stay: killed between any two steps, both sides still know each other.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fieldray::domain::stamp::WallMs;
use fieldray::keys::rotation::BoxKeys;
use reqwest::StatusCode;

use super::carry::{bring_back, carried, take};
use super::down::{count, only_box, orders, until};
use super::portal::Portal_;
use super::{all_done, compare, offline, records, settings, start, until_done};
use crate::clinic::{Phone, check};
use crate::seed::{self, Film};

/// A press of "Make a new key". A box that dies of it gives no answer.
async fn press_new_key(phone: &Phone) -> Option<StatusCode> {
    let csrf = phone.hidden("/system/portal", "csrf").await;
    let pressed = phone.try_post("/system/portal/key", &[("csrf", csrf.as_str())]).await;
    pressed.map(|answer| answer.status())
}

/// The keys of a box that may be changing them: a file may go between two looks.
fn keys(state: &Path) -> BoxKeys {
    let look = || BoxKeys::open_or_make(&state.join("keys"));
    for _ in 0..50 {
        if let Ok(keys) = look() {
            return keys;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    look().unwrap()
}

fn changes(state: &Path) -> usize {
    keys(state).chain().len()
}

fn waits(state: &Path) -> bool {
    keys(state).link().is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_that_dies_between_any_two_steps_of_a_new_key_still_gets_in() {
    let clinic = offline(2).await;
    let state = clinic.state.path();
    let mut portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let mut server = start(state, &file, &[]);
    until_done(state, 2, || {}).await;
    let id = only_box(&portal);
    let mut phone = clinic.phone.clone();
    let deaths = [
        "box_key_made",
        "before_key_told",
        "after_key_told",
        "box_key_chained",
        "box_key_switched",
        "",
    ];
    for (at, death) in deaths.into_iter().enumerate() {
        drop(server);
        server = start(state, &file, &[("FIELDRAY_CRASH_AT", death)]);
        phone.move_to(&server.address);
        press_new_key(&phone).await;
        if !death.is_empty() {
            assert!(server.died().await, "{death} was not met");
            // Whatever was done is good, and goes on.
            assert_eq!(BoxKeys::open_or_make(&state.join("keys")).unwrap().name().to_string(), id);
            server = start(state, &file, &[]);
        }
        until("the new key is in use", || changes(state) == at + 1 && !waits(state)).await;
        // Both ways hold: an order comes down, and what became of it goes up, by the new key.
        portal.command(&["set", &id, &format!("support_contact=Ravi {at}"), "--by", "Office"]);
        drop(server);
        server = start(state, &file, &[]);
        until("the order is done", || {
            let orders = orders(&portal, &id);
            orders.len() == at + 1 && orders.iter().all(|(_, outcome, _)| outcome == "done")
        })
        .await;
    }
    drop(server);

    // The portal dies in the middle of it: before and after it has kept the key.
    let points = ["portal_before_commit", "portal_after_commit"];
    let deaths = points.iter().flat_map(|point| (1..=3).map(move |n| format!("{point}:{n}")));
    for (at, death) in deaths.enumerate() {
        let mut dying = portal.again(&[("FIELDRAY_CRASH_AT", death.as_str())]);
        let file = settings(state, &dying.url(), &dying, "");
        let server = start(state, &file, &[]);
        phone.move_to(&server.address);
        assert_eq!(press_new_key(&phone).await, Some(StatusCode::SEE_OTHER));
        until("the portal dies", || dying.is_dead()).await;
        portal = dying.again(&[]);
        drop(server);
        let file = settings(state, &portal.url(), &portal, "");
        let server = start(state, &file, &[]);
        until("the new key is in use", || changes(state) == 7 + at && !waits(state)).await;
        drop(server);
    }
    assert_eq!(only_box(&portal), id, "it is the same box");

    // What the box makes now goes by the newest key; nothing was sent again.
    let held = portal.records().len();
    seed_one_more(state);
    let file = settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    drop(server);
    assert!(portal.records().len() > held);
    compare(state, &portal);
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_that_has_another_key_before_it_said_a_word_by_the_last_one_still_gets_in() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    drop(server);
    let mut server = start(state, &file, &[("FIELDRAY_CRASH_AT", "box_key_switched")]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    press_new_key(&phone).await;
    assert!(server.died().await);
    assert!(!portal.box_key_used(), "the portal has accepted it, and heard nothing by it");
    BoxKeys::make_next(&state.join("keys")).unwrap();
    let server = start(state, &file, &[]);
    until("the newest key is in use", || changes(state) == 2 && !waits(state)).await;
    until("the portal has heard a word by it", || portal.box_key_used()).await;
    drop(server);
}

/// A film of somebody new in a box that does not run.
fn seed_one_more(state: &Path) {
    let radiograph = Some(vec![7; 9_000]);
    let late = [Film { radiograph, ..Film::clear("Late") }];
    seed::films_over(state, &late, 40, |_| WallMs(1_800_000_000_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_from_before_opens_nothing_and_a_restored_portal_learns_the_new_one() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    let copy = tempfile::tempdir().unwrap();
    let copied = copy.path().join("portal.db");
    let first_key = std::fs::read(state.join("keys/box.key")).unwrap();
    let db = rusqlite::Connection::open(portal.state.path().join("portal.db")).unwrap();
    db.execute("vacuum into ?1", [copied.to_str().unwrap()]).unwrap();
    drop(db);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    assert_eq!(press_new_key(&phone).await, Some(StatusCode::SEE_OTHER));
    until("the new key is in use", || changes(state) == 1).await;
    until("the portal has heard a word by it", || portal.box_key_used()).await;
    drop(server);

    // A thief with the old key is nobody.
    let keys = state.join("keys");
    let aside = state.join("aside");
    std::fs::rename(&keys, &aside).unwrap();
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(keys.join("box.key"), &first_key).unwrap();
    let server = start(state, &settings(state, &portal.url(), &portal, ""), &[]);
    phone.move_to(&server.address);
    phone.page_until("/system", "does not know this box").await;
    drop(server);
    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::rename(&aside, &keys).unwrap();

    // A portal restored from before knows the first key only, and believes the chain that leads from it.
    let portal = portal.restored_from(&copied);
    let file = settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    until("the portal knows the key", || portal.box_key_used()).await;
    phone.page_until("/system", "everything has its receipt").await;
    drop(server);
    assert!(all_done(state));
}

/// Runs a command of the portal that may die; gives whether it ended well, and what it said.
fn try_command(portal: &Portal_, action: &[&str], death: &str) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .arg("portal")
        .args(action)
        .arg("--state")
        .arg(portal.state.path())
        .env("FIELDRAY_CRASH_AT", death)
        .env("FIELDRAY_LOG", "error")
        .output()
        .unwrap();
    let text = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_takes_a_new_key_and_no_box_is_lost() {
    let (here, away) = (offline(1).await, offline(1).await);
    let (state, far) = (here.state.path(), away.state.path());
    let portal = Portal_::start(&[]);
    let first = portal.key.clone();
    let elsewhere = tempfile::tempdir().unwrap();
    let run = |portal: &Portal_, code: &str| {
        let file = settings(elsewhere.path(), &portal.url(), portal, code);
        start(state, &file, &[])
    };
    let server = run(&portal, &portal.code());
    until_done(state, 1, || {}).await;
    drop(server);
    // Another box without a link, whose records are carried there.
    let far_file = super::carry::settings(far, &portal);
    let mut far_phone = away.phone.clone();
    trips(far, &far_file, &mut far_phone, &portal, 1).await;

    for death in ["portal_key_made", "portal_key_announced", "portal_key_announced:2"] {
        assert!(!try_command(&portal, &["new-key"], death).0, "{death} was not met");
    }
    let (good, said) = try_command(&portal, &["new-key"], "");
    assert!(good && said.contains("0 of 2 boxes know it"), "{said}");
    let key = said.lines().next().unwrap();
    assert!(try_command(&portal, &["new-key"], "").1.contains(key), "it is the same key");
    let server = run(&portal, "");
    let knows = || try_command(&portal, &["new-key"], "").1.contains("1 of 2 boxes know it");
    until("the box knows the new key", knows).await;
    drop(server);
    let portal = switch(portal, &first);

    // The box that knew it goes on, whichever key its settings name, and nothing is sent again.
    let held = portal.records().len();
    let by_first = |portal: &Portal_| {
        let (url, file) = (portal.url(), elsewhere.path().join("first.toml"));
        let text = format!("site_name = 'PHC Test'\n[portal]\nurl = '{url}'\nkey = '{first}'\n");
        std::fs::write(&file, text).unwrap();
        file
    };
    let shows = async |file: &Path, text: &str| {
        let server = start(state, file, &[]);
        let mut phone = here.phone.clone();
        phone.move_to(&server.address);
        phone.page_until("/system", text).await;
        drop(server);
    };
    shows(&by_first(&portal), "everything has its receipt").await;
    let by_new = settings(elsewhere.path(), &portal.url(), &portal, "");
    shows(&by_new, "everything has its receipt").await;
    assert_eq!((portal.records().len(), count(state, "portal_key")), (held, 1));
    let seen = || count(state, "portal_key where used = 1") == 1;
    let server = start(state, &by_new, &[]);
    until("the box has seen the new key", seen).await;
    drop(server);
    // By the first key nobody is this portal any more.
    let thief = portal.of_a_thief();
    assert_eq!(thief.key, first);
    shows(&by_first(&thief), "another portal answers at its address").await;
    drop(thief);

    // The other box hears of it by stick, in an answer that the key before has signed.
    trips(far, &far_file, &mut far_phone, &portal, 2).await;
    assert_eq!(count(far, "portal_key"), 1);
    assert!(records(far).iter().all(|(.., done)| *done));
    let server = start(far, &by_first(&portal), &[]);
    far_phone.move_to(&server.address);
    far_phone.page_until("/system", "everything has its receipt").await;
    drop(server);
    for state in [state, far] {
        assert!(check(state).ends_with("0 problems"));
    }
}

/// Carries files to the portal and its answers back.
async fn trips(state: &Path, file: &Path, phone: &mut Phone, portal: &Portal_, count: usize) {
    let server = start(state, file, &[]);
    phone.move_to(&server.address);
    for _ in 0..count {
        let file = carried(phone, "/system/carry/file?images=yes").await;
        let answer = take(portal, &file).unwrap();
        let (status, page) = bring_back(phone, answer).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    drop(server);
}

/// The portal takes the announced key into use, though one box does not know it, dying before and after.
fn switch(mut portal: Portal_, first: &str) -> Portal_ {
    let (good, said) = try_command(&portal, &["use-new-key"], "");
    assert!(!good && said.contains("do not know the new key yet"), "{said}");
    for (death, changed) in [("portal_key_kept", false), ("portal_key_switched", true)] {
        let use_it = ["use-new-key", "--anyway"];
        assert!(!try_command(&portal, &use_it, death).0, "{death} was not met");
        portal = portal.again(&[]);
        assert_eq!(portal.key != first, changed, "{death}");
    }
    portal
}
