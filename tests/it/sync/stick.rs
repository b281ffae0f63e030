//! What a portal asks, carried by people: by the same code as over a link, once whichever way it comes.

use std::path::Path;

use reqwest::StatusCode;
use rusqlite::Connection;

use super::carry::{NOWHERE, bring_back, carried, settings as far_away, take};
use super::down::{Reader, count, only_box, orders, until};
use super::portal::Portal_;
use super::{all_done, offline, start};
use crate::clinic::{Box_, Phone, check};

/// A box that never had a link, with its records at the portal, and the phone of its administrator.
async fn carried_there(state: &Path, phone: &mut Phone, portal: &Portal_) -> Box_ {
    let file = far_away(state, portal);
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    trip(phone, portal).await;
    server
}

/// A file to the portal, and its answer back; gives both.
async fn trip(phone: &Phone, portal: &Portal_) -> (Vec<u8>, Vec<u8>) {
    let file = carried(phone, "/system/carry/file?images=yes").await;
    let answer = take(portal, &file).unwrap();
    let (status, page) = bring_back(phone, answer.clone()).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    (file, answer)
}

fn outcomes(portal: &Portal_, id: &str) -> Vec<(String, String)> {
    orders(portal, id).into_iter().map(|(kind, outcome, _)| (kind, outcome)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_go_down_by_stick_and_what_became_of_them_goes_up() {
    let clinic = offline(2).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let mut phone = clinic.phone.clone();
    let server = carried_there(state, &mut phone, &portal).await;
    let id = only_box(&portal);

    portal.command(&["set", &id, "support_contact=Ravi 98450", "--by", "District office"]);
    portal.command(&["ask-support", &id, "--by", "Help desk"]);
    let reader = Reader::begin(&portal, "Dr. Sen").await;
    let clear = reader.film("Patient 1").await;
    let words = [("conclusion", "Small cavity, left apex."), ("finding-tuberculosis", "seen")];
    reader.give(&clear, &words).await;
    let (_, answer) = trip(&phone, &portal).await;
    assert!(phone.page("/help").await.contains("Ravi 98450"));
    assert_eq!((count(state, "portal_order"), count(state, "portal_review")), (3, 1));
    assert!(outcomes(&portal, &id).iter().all(|(_, outcome)| outcome.is_empty()));

    // The next file says what became of them; the answer before does no harm after it.
    let (_, newer) = trip(&phone, &portal).await;
    let expected = [("settings", "done"), ("support", "waiting"), ("review", "done")]
        .map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(outcomes(&portal, &id), expected);
    portal.command(&["set", &id, "support_contact=Mina 99000", "--by", "District office"]);
    trip(&phone, &portal).await;
    for old in [answer, newer] {
        assert_eq!(bring_back(&phone, old).await.0, StatusCode::OK);
    }
    assert!(phone.page("/help").await.contains("Mina 99000"), "an old answer undoes nothing");

    // The same orders over a link: there is one of each.
    drop(server);
    let text = std::fs::read_to_string(state.join("settings.toml")).unwrap();
    std::fs::write(state.join("settings.toml"), text.replace(NOWHERE, &portal.url())).unwrap();
    let server = start(state, &state.join("settings.toml"), &[]);
    until("all are told", || outcomes(&portal, &id).iter().all(|(_, it)| !it.is_empty())).await;
    drop(server);
    assert_eq!((count(state, "portal_order"), count(state, "portal_review")), (4, 1));
    assert!(check(state).ends_with("0 problems"));
}

/// Runs SQL on the database of a box that stands still.
fn change(state: &Path, sql: &str) {
    Connection::open(state.join("fieldray.db")).unwrap().execute_batch(sql).unwrap();
}

/// Orders cannot be kept, as if the disk failed under them alone.
const FAILING: &str = "create trigger failing before insert on portal_order begin \
                       select no_such_function(); end";
const NEWS: &str = "update patient set name = name || ' x'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_cannot_be_kept_holds_up_no_record_and_no_receipt() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let mut phone = clinic.phone.clone();
    drop(carried_there(state, &mut phone, &portal).await);
    let id = only_box(&portal);
    portal.command(&["ask-support", &id, "--by", "Help desk"]);

    change(state, &format!("{FAILING}; {NEWS}"));
    let server = carried_there(state, &mut phone, &portal).await;
    assert!(all_done(state), "the receipts are kept");
    assert_eq!(count(state, "portal_order"), 0);
    drop(server);

    change(state, NEWS);
    assert!(!all_done(state));
    let text = std::fs::read_to_string(state.join("settings.toml")).unwrap();
    std::fs::write(state.join("settings.toml"), text.replace(NOWHERE, &portal.url())).unwrap();
    let server = start(state, &state.join("settings.toml"), &[]);
    until("records go over the link", || all_done(state)).await;
    assert_eq!(outcomes(&portal, &id), [("support".to_owned(), String::new())]);
    drop(server);

    change(state, "drop trigger failing");
    let server = start(state, &state.join("settings.toml"), &[]);
    until("the order is kept", || outcomes(&portal, &id)[0].1 == "waiting").await;
    drop(server);
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_box_is_wiped_by_stick_and_one_that_was_found_is_not() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let mut phone = clinic.phone.clone();
    let server = carried_there(state, &mut phone, &portal).await;
    let id = only_box(&portal);

    // Lost, and found again before anybody carried the wipe to it.
    let wipe = ["wipe", &id, "--by", "District office", "--reason", "Stolen"];
    let file = carried(&phone, "/system/carry/file").await;
    portal.command(&wipe);
    let deadly = take(&portal, &file).unwrap();
    let held = portal.records().len();
    drop(server);
    let text = std::fs::read_to_string(state.join("settings.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with("code")).unwrap().to_owned();
    let again = format!("code = \"{}\"", portal.code());
    std::fs::write(state.join("settings.toml"), text.replace(&line, &again)).unwrap();
    let server = start(state, &state.join("settings.toml"), &[]);
    phone.move_to(&server.address);
    trip(&phone, &portal).await;
    let (status, _) = bring_back(&phone, deadly).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!state.join("wipe").exists() && !state.join("wiped").exists());
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let reason: String = db
        .query_row("select reason from portal_order where kind = 'wipe'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(reason, "expired");
    drop(db);

    // Lost for good: its file brings nothing in, and takes the end back.
    let file = carried(&phone, "/system/carry/file").await;
    portal.command(&["revoke", &id]);
    assert!(take(&portal, &file).unwrap_err().contains("revoked"));
    portal.command(&wipe);
    let deadly = take(&portal, &file).unwrap();
    assert_eq!(portal.records().len(), held);
    // The end of the box may come before its answer.
    let last_words = tokio::spawn(async move { bring_back(&phone, deadly).await });
    until("the box is wiped", || state.join("wiped").exists()).await;
    drop(last_words);
    drop(server);
    let left: Vec<_> =
        std::fs::read_dir(state).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left, ["wiped"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_is_told_by_stick_and_a_file_from_before_is_refused() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let mut phone = clinic.phone.clone();
    let server = carried_there(state, &mut phone, &portal).await;
    let id = only_box(&portal);
    portal.command(&["ask-key", &id, "--by", "District office"]);
    trip(&phone, &portal).await;
    assert!(phone.page("/system/portal").await.contains("A new key waits."));
    let (before, _) = trip(&phone, &portal).await;
    let page = phone.page("/system/portal").await;
    assert!(page.contains("changes so far: 1") && page.contains(&id), "{page}");
    // The portal knows both until the box has used the new one.
    assert!(take(&portal, &before).is_ok());
    trip(&phone, &portal).await;
    assert!(take(&portal, &before).unwrap_err().contains("before the box changed its key"));
    drop(server);
    assert_eq!(portal.boxes_list().len(), 1, "it is the same box");
    assert_eq!(outcomes(&portal, &id), [("rotate".to_owned(), "done".to_owned())]);
    super::compare(state, &portal);
}
