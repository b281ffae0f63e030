//! Urgent results by text message while no link comes: the real box, gammu-smsd, the real portal. Between the
//! box's modem and the portal's folder the test is the network.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use rusqlite::Connection;

use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::{all_done, compare, start, until_done};
use crate::alerts::Daemon;
use crate::clinic::{TestClinic, check};
use crate::seed::{self, Film};

const PORTAL_NUMBER: &str = "+911140000000";
const BOX_NUMBER: &str = "+919876543210";
/// Urgent films: more than one text can tell of.
const URGENT: usize = 6;

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(90);
    while !holds().await {
        assert!(Instant::now() < end, "{what}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn one<T: rusqlite::types::FromSql>(database: &Path, select: &str) -> T {
    let db = Connection::open(database).unwrap();
    db.query_row(select, [], |row| row.get(0)).unwrap()
}

/// What gammu-smsd has sent, oldest first: name and text.
fn sent(spool: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(spool.join("sent")).unwrap();
    let mut files: Vec<_> = entries.map(|one| one.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, utf16(&std::fs::read(path).unwrap()))
        })
        .collect()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes[2..].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    String::from_utf16(&units).unwrap()
}

/// A text as gammu-smsd puts it into its inbox, from any number: that proves nothing.
fn arrives(inbox: &Path, serial: u32, text: &str) {
    let name = format!("IN20261129_0101{serial:02}_00_{BOX_NUMBER}_00.txt");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    std::fs::write(inbox.join(name), bytes).unwrap();
}

/// What a phone would send to the box.
fn to_box(spool: &Path, text: &str) {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let reply = format!(
        "[SMSBackup000]\nSMSC = \"+910000000000\"\nSent = 20261125T101500\nState = UnRead\n\
         Number = \"{PORTAL_NUMBER}\"\nCoding = Default_No_Compression\nFolder = 1\nLength = {}\n\
         Text00 = {hex}\n",
        text.len()
    );
    std::fs::write(spool.join("dummy/sms/1/100"), reply).unwrap();
}

async fn fleet(portal: &Portal_, key: &str) -> String {
    let request = Client::new().get(portal.pages.as_str()).basic_auth("anybody", Some(key));
    request.send().await.unwrap().text().await.unwrap()
}

fn box_settings(
    state: &Path,
    (url, portal): (&str, &Portal_),
    code: &str,
    spool: &Path,
) -> std::path::PathBuf {
    let file = state.join("settings.toml");
    let text = format!(
        "site_name = 'PHC Test'\n[portal]\nurl = '{url}'\nkey = '{}'\ncode = '{code}'\n\
         sms = '{PORTAL_NUMBER}'\nsms_after_minutes = 0\n[sms]\ngammu_spool = '{}'\n",
        portal.key,
        spool.display()
    );
    std::fs::write(&file, text).unwrap();
    file
}

#[tokio::test]
async fn urgent_results_reach_the_portal_while_no_link_comes_and_close_when_it_does() {
    let spool = tempfile::tempdir().unwrap();
    let spool = spool.path();
    let Some(_daemon) = Daemon::start(spool) else { return };
    let doors = tempfile::tempdir().unwrap();
    let (inbox, outbox) = (doors.path().join("inbox"), doors.path().join("outbox"));
    let token = doors.path().join("token");
    std::fs::create_dir_all(&inbox).unwrap();
    std::fs::create_dir_all(&outbox).unwrap();
    std::fs::write(&token, "0123456789abcdef-token\n").unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let portal = Portal_::start_with(&[
        ("--sms-inbox", &path(&inbox)),
        ("--sms-outbox", &path(&outbox)),
        ("--sms-token-file", &path(&token)),
    ]);
    let key = portal.command(&["pages-key"]);
    let key = key.trim().rsplit(' ').next().unwrap();

    // One contact: each side learns the other's key.
    let mut clinic = TestClinic::open().await;
    clinic.server.stop();
    let state = clinic.state.path();
    let link = BadLink::open(portal.boxes, Faults::none()).await;
    let file = box_settings(state, (&link.url(), &portal), &portal.code(), spool);
    let server = start(state, &file, &[]);
    clinic.phone.move_to(&server.address);
    let database = state.join("fieldray.db");
    let known = "select count(*) from box where key = 'sms_reader' and value <> ''";
    until("the keys", async || one::<i64>(&database, known) == 1).await;
    clinic.phone.page_until("/system", "go to the portal by text message").await;
    drop(server);

    // No link from now on, and the box dies between the modem's word and its row.
    let films: Vec<Film> = (0..URGENT).map(|at| Film::urgent(&format!("Patient {at}"))).collect();
    seed::films(state, &films);
    let file = box_settings(state, ("https://127.0.0.1:9", &portal), "", spool);
    let mut server = start(state, &file, &[("FIELDRAY_CRASH_AT", "before_sms_sent")]);
    assert!(server.died().await);
    let server = start(state, &file, &[]);
    clinic.phone.move_to(&server.address);
    let announced = "6 urgent results were announced to the portal by text message";
    clinic.phone.page_until("/system", announced).await;
    assert!(!all_done(state), "an announcement is no receipt");
    let texts = sent(spool);
    assert!(texts.iter().all(|(name, text)| {
        name.starts_with("OUTZ") && name.contains(PORTAL_NUMBER) && text.len() == 160
    }));
    let halves = |mark: &str| -> Vec<&String> {
        texts.iter().map(|(_, text)| text).filter(|text| text.starts_with(mark)).collect()
    };
    let (first, second) = (halves("FR1B"), halves("FR1C"));
    assert_eq!((texts.len(), first.len(), second.len()), (3, 2, 1), "{texts:?}");
    assert_eq!(first[0], first[1], "a try without a known end is made again with the same text");
    let (first, second) = (first[0].clone(), second[0].clone());
    let log = std::fs::read_to_string(spool.join("log")).unwrap();
    let counted = log.lines().filter(|line| line.contains("Transmitted"));
    assert!(
        counted.clone().count() == 3 && counted.clone().all(|line| line.contains("(total: 1)"))
    );
    let told: String = texts.iter().map(|(_, text)| text.as_str()).collect();
    assert!(!told.contains("Patient") && !told.contains("PHC"));

    // The second half first, by the folder; the first twice, by a gateway.
    arrives(&inbox, 1, &second);
    arrives(&inbox, 2, "You have won. Call now.");
    until("the half", async || fleet(&portal, key).await.contains("1 text message lacks")).await;
    let hook = format!("{}/sms/in", portal.pages);
    let post = async |token: &str| {
        let form = [("from", BOX_NUMBER), ("text", first.as_str())];
        Client::new().post(&hook).bearer_auth(token).form(&form).send().await.unwrap()
    };
    assert_eq!(post("0123456789abcdef-wrong").await.status(), StatusCode::UNAUTHORIZED);
    let answered = post("0123456789abcdef-token").await;
    assert_eq!(answered.status(), StatusCode::OK);
    let answer = answered.text().await.unwrap();
    assert!(answer.starts_with("FR1H") && answer.len() == 12, "{answer}");
    assert_eq!(post("0123456789abcdef-token").await.text().await.unwrap(), answer);
    let page = fleet(&portal, key).await;
    assert!(page.contains("6 urgent results were announced by text message"), "{page}");
    assert!(!page.contains("lacks its other half") && !page.contains("Patient 0"));
    let by_hand = portal.command(&["take-sms", &first, &second]);
    assert!(by_hand.contains("known: 6 results") && by_hand.contains(&answer), "{by_hand}");

    // The portal's word reaches the box, in the folder's way too.
    arrives(&inbox, 3, &format!("{second}\n{first}"));
    let answers = || {
        let files = std::fs::read_dir(&outbox).unwrap().map(|one| one.unwrap().path());
        files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("OUT"))
    };
    until("the answer", async || answers().next().is_some()).await;
    let put = answers().next().unwrap();
    assert!(put.to_str().unwrap().contains(BOX_NUMBER));
    assert_eq!(utf16(&std::fs::read(&put).unwrap()), answer);
    to_box(spool, "FR1HAAAAAAAA");
    until("a forged answer", async || std::fs::read_dir(spool.join("inbox")).unwrap().count() == 0)
        .await;
    to_box(spool, &answer);
    clinic.phone.page_until("/system", "the portal has read it").await;
    drop(server);

    // The link comes: the records close what was announced.
    let file = box_settings(state, (&link.url(), &portal), "", spool);
    let server = start(state, &file, &[]);
    until_done(state, URGENT, || {}).await;
    drop(server);
    compare(state, &portal);
    let open = "select count(*) from announcement where state <> 'arrived'";
    assert_eq!(one::<i64>(&portal.state.path().join("portal.db"), open), 0);
    assert!(!fleet(&portal, key).await.contains("announced by text message"));
    assert!(check(state).ends_with("0 problems"));
    let left: Vec<_> = std::fs::read_dir(&inbox).unwrap().map(|one| one.unwrap().path()).collect();
    assert!(left.len() == 1 && left[0].extension().unwrap() == "other", "{left:?}");
}
