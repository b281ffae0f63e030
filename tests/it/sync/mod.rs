//! The real box against the real portal, over a link that is as bad as it gets.

mod amend;
mod announce;
mod beside;
mod carry;
mod certificate;
mod down;
mod fhir;
mod fleet;
mod keys;
mod link;
mod namespace;
mod netns;
pub mod portal;
#[path = "../../peers/postgres.rs"]
#[expect(dead_code, reason = "the portal's unit tests use more of it")]
mod postgres_server;
mod programme;
mod replicas;
mod rings;
#[path = "../../peers/s3.rs"]
mod s3_server;
mod standards;
mod states;
mod stick;
mod support;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::ids::Seq;
use fieldray::domain::indication::{HivStatus, Indication};
use fieldray::domain::stamp::WallMs;
use fieldray::domain::sync::identity::{KeyId, PublicKey, Signature};
use fieldray::domain::sync::receipt::{Delivered, text};
use fieldray::keys::rotation::BoxKeys;
use fieldray::keys::signed_by;
use fieldray::wire::pack::unpack;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::clinic::{Box_, TestClinic, check};
use crate::report::{Practice, sign};
use crate::seed::Film;
use link::{BadLink, Faults};
use portal::Portal_;

/// Studies of the short run unless `FIELDRAY_SYNC_STUDIES` says otherwise.
const STUDIES: usize = 8;
/// Longest wait for everything to arrive, for each study, and at least.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(8), crate::clinic::PATIENCE);

fn studies() -> usize {
    let asked = std::env::var("FIELDRAY_SYNC_STUDIES").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(STUDIES)
}

/// Films of all kinds, each with a radiograph of its own: bytes by chance, which no compression helps.
fn films(count: usize) -> Vec<Film> {
    let film = |at: usize| {
        let name = format!("Patient {at}");
        let film = if at.is_multiple_of(4) { Film::urgent(&name) } else { Film::clear(&name) };
        let mut state = (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let byte = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        let size = 20_000 + at * 7_001 % 60_000;
        let radiograph = Some((0..size).map(byte).collect());
        // Known to the box, and nobody's business at a portal.
        let indication = Indication::default().with_hiv(HivStatus::Positive);
        Film { radiograph, scored_for_age: !at.is_multiple_of(5), indication, ..film }
    };
    (0..count).map(film).collect()
}

/// A clinic with films read and the first one's report signed, stopped before it ever saw a portal.
async fn offline(count: usize) -> TestClinic {
    let mut films = films(count);
    films[0].scored_for_age = true;
    let practice = Practice::with(&films).await;
    sign(&practice, &practice.studies[0]).await;
    let mut clinic = practice.clinic;
    clinic.server.stop();
    clinic
}

/// Writes settings that lead to a portal.
fn settings(state: &Path, url: &str, portal: &Portal_, code: &str) -> PathBuf {
    let file = state.join("settings.toml");
    let text = format!(
        "site_name = 'PHC Test'\n[portal]\nurl = '{url}'\nkey = '{}'\ncode = '{code}'\n",
        portal.key
    );
    std::fs::write(&file, text).unwrap();
    file
}

fn start(state: &Path, settings: &Path, environment: &[(&str, &str)]) -> Box_ {
    Box_::start_with(state, environment, &["--config", settings.to_str().unwrap()])
}

/// Records of a box: number, kind, hash, whether the receipt is there.
fn records(state: &Path) -> Vec<(i64, String, Option<[u8; 32]>, bool)> {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let mut select =
        db.prepare("select seq, kind, hash, done from sync_record order by seq").unwrap();
    let rows = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

fn all_done(state: &Path) -> bool {
    let records = records(state);
    !records.is_empty() && records.iter().all(|(.., done)| *done)
}

/// Waits until every record of the box has its receipt, starting whatever dies meanwhile again.
async fn until_done(state: &Path, count: usize, mut look: impl FnMut()) {
    let patience = PATIENCE.1.max(PATIENCE.0 * count as u32);
    let end = Instant::now() + patience;
    while !all_done(state) {
        assert!(Instant::now() < end, "not everything arrived: {:?}", left(state));
        look();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn left(state: &Path) -> Vec<(i64, String)> {
    let waiting = records(state).into_iter().filter(|(.., done)| !done);
    waiting.map(|(seq, kind, ..)| (seq, kind)).collect()
}

/// The most memory that a process has had, MiB.
fn peak_mib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Both sides hold the same, byte for byte, each record once, and every receipt is the portal's.
fn compare(state: &Path, portal: &Portal_) {
    let here = records(state);
    let theirs = portal.records();
    assert_eq!(theirs.len(), here.len(), "the portal holds as many as the box made");
    for (seq, kind, hash, _) in &here {
        let hash = hash.expect("a hash");
        let found: Vec<_> = theirs.iter().filter(|one| one.seq == *seq).collect();
        assert_eq!(found.len(), 1, "record {seq} is there once");
        assert_eq!((found[0].hash, &found[0].kind), (hash, kind), "record {seq}");
        let held = match &found[0].body {
            Some(packed) => unpack(packed).unwrap(),
            None => {
                let name = Sha256Digest::from_bytes(hash).to_string();
                std::fs::read(portal.state.path().join("images").join(name)).unwrap()
            }
        };
        let digest: [u8; 32] = Sha256::digest(&held).into();
        assert_eq!(digest, hash, "record {seq} is what was sent");
    }
    let incoming = std::fs::read_dir(portal.state.path().join("incoming")).unwrap();
    assert_eq!(incoming.count(), 0, "no image is left half");
    check_receipts(state, &portal.key, here.len());
}

fn check_receipts(state: &Path, portal: &str, count: usize) {
    let portal = PublicKey::parse(portal).unwrap();
    let box_id: KeyId = BoxKeys::open_or_make(&state.join("keys")).unwrap().name();
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let mut select = db.prepare("select * from sync_receipt").unwrap();
    let mut rows = select.query([]).unwrap();
    let mut seen = 0;
    while let Some(row) = rows.next().unwrap() {
        let delivered = Delivered {
            box_id,
            seq: Seq(row.get("seq").unwrap()),
            hash: Sha256Digest::from_bytes(row.get("hash").unwrap()),
        };
        let at = WallMs(row.get("portal_ms").unwrap());
        let text = text(&portal, &delivered, row.get("place").unwrap(), at);
        assert!(signed_by(&portal, &text, &Signature(row.get("signature").unwrap())));
        seen += 1;
    }
    assert_eq!(seen, count, "a receipt for every record");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn weeks_of_films_arrive_once_through_cuts_and_crashes() {
    let count = studies();
    let clinic = offline(count).await;
    let state = clinic.state.path();
    let mut portal = Portal_::start(&[]);
    let link = BadLink::open(portal.boxes, Faults::many(7)).await;
    let file = settings(state, &link.url(), &portal, &portal.code());
    let box_deaths = ["after_sync_seal", "before_sync_receipt:2", "after_sync_receipt:2", ""];
    let portal_deaths = [
        "portal_before_commit:3",
        "portal_after_commit:4",
        "image_after_pieces",
        "image_before_rename",
        "",
    ];
    let (mut box_died, mut portal_died) = (0, 0);
    let crash = |point: &'static str| vec![("FIELDRAY_CRASH_AT", point)];
    portal = portal.again(&crash(portal_deaths[0]));
    link.lead_to(portal.boxes);
    let mut server = start(state, &file, &crash(box_deaths[0]));
    let begun = Instant::now();
    let portal_cell = std::cell::RefCell::new(Some(portal));
    until_done(state, count, || {
        if server.is_dead() {
            box_died = (box_died + 1).min(box_deaths.len() - 1);
            server = start(state, &file, &crash(box_deaths[box_died]));
        }
        let mut portal = portal_cell.borrow_mut();
        if portal.as_mut().unwrap().is_dead() {
            portal_died = (portal_died + 1).min(portal_deaths.len() - 1);
            let again = portal.take().unwrap().again(&crash(portal_deaths[portal_died]));
            link.lead_to(again.boxes);
            *portal = Some(again);
        }
    })
    .await;
    let portal = portal_cell.into_inner().unwrap();
    assert_eq!((box_died, portal_died), (3, 4), "every crash was met");
    assert!(link.cuts() > 3, "the link was cut {} times only", link.cuts());
    let peaks = [peak_mib(server.pid()), peak_mib(portal.pid())];
    drop(server);
    compare(state, &portal);
    assert!(check(state).ends_with("0 problems"));

    // Urgent ones first, images last, as the portal numbered them.
    let lane = |kind: &str| match kind {
        "urgent" => 0,
        "report" => 2,
        "image" => 3,
        _ => 1,
    };
    let lanes: Vec<_> = portal.records().iter().map(|one| lane(&one.kind)).collect();
    assert!(lanes.is_sorted(), "{lanes:?}");
    println!(
        "{count} studies, {} records: {} connections, {} cuts, {} bytes, {} s; peak memory of box \
         and portal {peaks:?} MiB",
        lanes.len(),
        link.connections(),
        link.cuts(),
        link.bytes(),
        begun.elapsed().as_secs()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_portal_gets_nothing_and_a_revoked_box_is_told() {
    let clinic = offline(2).await;
    let state = clinic.state.path();
    let (portal, other) = (Portal_::start(&[]), Portal_::start(&[]));
    let link = BadLink::open(other.boxes, Faults::none()).await;
    let file = settings(state, &link.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system", "another portal answers at its address").await;
    assert!(other.records().is_empty() && other.boxes_list().is_empty());
    drop(server);

    // The right portal now; the code is good, and good for this box alone.
    link.lead_to(portal.boxes);
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    phone.page_until("/system", "everything has its receipt").await;
    compare(state, &portal);
    let boxes = portal.boxes_list();
    assert_eq!(boxes.len(), 1);
    assert_eq!(boxes[0]["name"], "PHC Test");
    drop(server);

    portal.command(&["revoke", boxes[0]["id"].as_str().unwrap()]);
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    phone.page_until("/system", "has shut this box out").await;
    drop(server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_restored_from_an_old_copy_gets_what_it_lost() {
    let clinic = offline(3).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    drop(server);
    let before = portal.records().len();
    // The older copy: enrolled, and nothing but the first records.
    let portal = portal.forget_after(4);
    assert_eq!(portal.records().len(), 4);
    let file = settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[]);
    let end = Instant::now() + PATIENCE.1;
    while portal.records().len() < before || !all_done(state) {
        assert!(Instant::now() < end, "{} of {before} are there", portal.records().len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_fleet_page_shows_boxes_to_its_key_and_no_patient() {
    let clinic = offline(2).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let key = portal.command(&["pages-key"]);
    let key = key.trim().rsplit(' ').next().unwrap();
    let page = async |key: &str, language: &str| {
        let request = reqwest::Client::new().get(portal.pages.as_str());
        let request = request.basic_auth("anybody", Some(key));
        let answer = request.header("accept-language", language).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(page("wrong", "en").await.0, 401);
    assert!(page(key, "en").await.1.contains("No box is enrolled yet"));
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 2, || {}).await;
    let health = reqwest::get(format!("{}/health", server.address)).await.unwrap();
    let health: serde_json::Value = serde_json::from_str(&health.text().await.unwrap()).unwrap();
    drop(server);
    let (status, html) = page(key, "en").await;
    assert_eq!(status, 200);
    // What the box says of itself is what the page says of it.
    let nothing = |name: &str| health[name] == 0 || health[name] == serde_json::json!([]);
    let flaws = health["storage"]["flaws"] == serde_json::json!([]);
    let sound = ["held", "alerts_undelivered", "alerts_undelivered_critical", "models_passed_over"]
        .into_iter()
        .all(nothing);
    let well = health["clock"] == "synced" && flaws && sound && health["heat"] != "hot";
    let counted = if well { "1 of 1 are well" } else { "0 of 1 are well" };
    let clock = if health["clock"] == "synced" { "is confirmed" } else { "is not confirmed" };
    let network = health["models"][0]["id"].as_str().unwrap();
    for expected in
        ["PHC Test", "records are held", "waiting for a receipt", counted, clock, network]
    {
        assert!(html.contains(expected), "{expected} is not on the page: {html}");
    }
    assert!(!html.contains("Patient 0") && !html.contains("Patient 1"));
    assert!(page(key, "hi").await.1.contains("पिछला संपर्क"));
    if let Some(keep) = std::env::var_os("FIELDRAY_KEEP_PORTAL") {
        std::fs::write(keep, html).unwrap();
    }
}
