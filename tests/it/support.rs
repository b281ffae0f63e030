//! Support bundles: who agrees, until when, and that nothing of a patient is in them.

use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;
use rusqlite::Connection;

use crate::clinic::{Box_, Phone, TestClinic, hidden};
use crate::report::Practice;
use crate::seed::Film;

/// Planted into every column that takes it. Made of parts that no text of the program holds.
const CANARY: &str = "Zqxwv Kanarienvogel 98765432109";

/// Text columns in which something else must stand for the box to run at all.
const NEEDED: [&str; 11] = [
    "box.value",
    "patient.box_id",
    "id_range.code",
    "operator.passcode_hash",
    "operator.language",
    "alert_rules.content",
    "report_version.content",
    "correction.outline",
    "correction.found_corners",
    "digitised.corners",
    "digitised.grade_issues",
];

fn fieldray(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Writes the canary into every text column of every table; gives how many columns hold it.
fn plant(state: &Path) -> usize {
    let database = Connection::open(state.join("fieldray.db")).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut select = database.prepare(sql).unwrap();
        let names = select.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    };
    for trigger in list("select name from sqlite_schema where type = 'trigger'") {
        database.execute_batch(&format!("drop trigger {trigger}")).unwrap();
    }
    let mut planted = 0;
    for table in
        list("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    {
        let columns = format!("select name from pragma_table_info('{table}') where type = 'TEXT'");
        for column in list(&columns) {
            if NEEDED.contains(&format!("{table}.{column}").as_str()) {
                continue;
            }
            // A check on the column keeps some words out, which is as good.
            let plant = format!("update {table} set {column} = ?1 || ' ' || rowid");
            if database.execute(&plant, [CANARY]).is_ok_and(|rows| rows > 0) {
                planted += 1;
            }
        }
    }
    planted
}

/// The ways in which a text may stand in a file: each must be absent.
fn spellings() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for word in ["Zqxwv", "Kanarienvogel", "98765432109"] {
        for word in [word.to_owned(), word.to_lowercase(), word.to_uppercase()] {
            let bytes = word.as_bytes();
            all.push(bytes.to_vec());
            all.push(bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes());
            all.push(bytes.iter().map(|b| format!("{b:02X}")).collect::<String>().into_bytes());
            all.push(bytes.iter().flat_map(|b| [*b, 0]).collect());
            all.push(bytes.iter().flat_map(|b| [0, *b]).collect());
            all.push(bytes.iter().rev().copied().collect());
            // Base64 of the word wherever it lies within three bytes, without the edges.
            for shift in 0..3 {
                let shifted = [&vec![b'.'; shift][..], bytes].concat();
                let text = base64(&shifted);
                let inner = &text[4..text.len() - 4];
                if inner.len() >= 4 {
                    all.push(inner.as_bytes().to_vec());
                }
            }
        }
    }
    all
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut word = [0_u8; 3];
        word[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, word[0], word[1], word[2]]);
        for place in 0..4 {
            text.push(LETTERS[(bits >> (18 - 6 * place)) as usize & 63] as char);
        }
    }
    text
}

#[track_caller]
fn clean(what: &str, bytes: &[u8]) {
    for spelling in spellings() {
        let found = bytes.windows(spelling.len()).position(|part| part == spelling);
        let around = |at: usize| {
            let end = (at + 80).min(bytes.len());
            String::from_utf8_lossy(&bytes[at.saturating_sub(80)..end]).into_owned()
        };
        assert_eq!(found.map(around), None, "{what}: {}", String::from_utf8_lossy(&spelling));
    }
}

async fn agree(phone: &Phone, hours: &str, tick: &str) -> StatusCode {
    let csrf = phone.hidden("/system/support", "csrf").await;
    let fields = [("csrf", csrf.as_str()), ("hours", hours), ("agree", tick)];
    phone.post("/system/support", &fields).await.status()
}

/// A box with the key of support in its settings, the phone of its administrator, and the secret key.
fn settings(state: &Path, more: &str) -> (String, String) {
    let secret = state.join("support.key");
    let public = fieldray(&["support", "keygen", secret.to_str().unwrap()]);
    let config = state.join("support.toml");
    std::fs::write(&config, format!("support_key = {:?}\n{more}", public.trim())).unwrap();
    (config.to_str().unwrap().to_owned(), secret.to_str().unwrap().to_owned())
}

#[test]
fn the_search_finds_what_is_planted() {
    for hidden in [
        b"x zqxwv y".to_vec(),
        base64(format!("name: {CANARY}").as_bytes()).into_bytes(),
        "Kanarienvogel".bytes().flat_map(|b| [b, 0]).collect(),
        "Kanarienvogel".bytes().map(|b| format!("{b:02x}")).collect::<String>().into_bytes(),
    ] {
        let found = std::panic::catch_unwind(|| clean("planted", &hidden));
        assert!(found.is_err(), "{}", String::from_utf8_lossy(&hidden));
    }
}

/// Names, numbers, ids and notes in every text column, in settings and on pages: none of it is in the
/// opened bundle, and none in the log.
#[tokio::test]
async fn nothing_of_a_patient_is_in_a_bundle_or_in_the_log() {
    let practice = Practice::with(&[Film::urgent("Asha Devi"), Film::clear("Ravi Kumar")]).await;
    let (mut clinic, physician) = (practice.clinic, practice.physician);
    let study = &practice.studies[0];
    let csrf = clinic.phone.hidden("/system", "csrf").await;
    let order = format!("{study}/follow-up");
    let _ordered = clinic.phone.post(&order, &[("csrf", csrf.as_str()), ("test", "xpert")]).await;
    clinic.server.stop();
    let state = clinic.state.path().to_owned();
    let planted = plant(&state);
    assert!(planted >= 25, "{planted} columns were planted");
    let more = format!(
        "site_name = {CANARY:?}\nsupport_contact = {CANARY:?}\nrecommendations = [{CANARY:?}]\n"
    );
    let (config, secret) = settings(&state, &more);
    let log = std::fs::File::create(state.join("log")).unwrap();
    let (mut clinic, physician) = {
        clinic.server = Box_::start_logged(&state, &["--config", &config], log);
        clinic.phone.move_to(&clinic.server.address);
        let mut physician = physician;
        physician.move_to(&clinic.server.address);
        (clinic, physician)
    };
    // Everything that may fail on planted rows, so that errors are logged about them.
    for path in ["/", "/review", "/alerts", "/follow-up", study.as_str(), "/operators"] {
        let _whatever = clinic.phone.get(path).await;
        let _whatever = physician.get(path).await;
    }
    let _registered = clinic.phone.register_as(CANARY, "44", "98765432109").await;

    assert_eq!(agree(&clinic.phone, "24", "yes").await, StatusCode::SEE_OTHER);
    let page = clinic.phone.page("/system/support").await;
    let href =
        page.split('"').find(|part| part.starts_with("/system/support/")).unwrap().to_owned();
    let sealed = clinic.phone.get(&href).await.bytes().await.unwrap().to_vec();
    let file = state.join("carried.age");
    std::fs::write(&file, &sealed).unwrap();
    let opened = fieldray(&["support", "open", file.to_str().unwrap(), "--key", &secret]);
    let told: serde_json::Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(told["kind"], "fieldray-support-1");
    assert!(told["database"]["rows"]["patient"].as_u64().unwrap() >= 3);
    assert!(told["database"]["event_counts"]["other"].as_u64().unwrap() > 0, "planted kinds");
    assert!(!told["log"].as_array().unwrap().is_empty());
    clean("the bundle", opened.as_bytes());
    clean("the sealed file", &sealed);
    clinic.server.stop();
    clean("the log", &std::fs::read(state.join("log")).unwrap());
}

#[tokio::test]
async fn consent_is_asked_for_logged_limited_and_taken_back() {
    let mut clinic = TestClinic::open().await;
    let state = clinic.state.path().to_owned();
    let (config, _secret) = settings(&state, "");
    clinic.server.stop();
    clinic.server = Box_::start_with(&state, &[], &["--config", &config]);
    clinic.phone.move_to(&clinic.server.address);
    let outbox = || {
        let list = std::fs::read_dir(state.join("outbox/support"));
        list.map_or(0, Iterator::count)
    };
    assert_eq!(agree(&clinic.phone, "24", "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(agree(&clinic.phone, "8000", "yes").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(outbox(), 0);
    assert_eq!(agree(&clinic.phone, "72", "yes").await, StatusCode::SEE_OTHER);
    assert_eq!(outbox(), 1);
    let page = clinic.phone.page("/system/support").await;
    assert!(page.contains("Tech One: from"), "{page}");
    let fields = [("csrf", hidden(&page, "csrf")), ("do", "end".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(clinic.phone.post("/system/support", &fields).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(outbox(), 0);
    assert!(clinic.phone.page("/system/support").await.contains("taken back"));

    // The time runs out while the box is off.
    assert_eq!(agree(&clinic.phone, "24", "yes").await, StatusCode::SEE_OTHER);
    clinic.server.stop();
    let database = Connection::open(state.join("fieldray.db")).unwrap();
    database
        .execute("update support_consent set wall_ms = 1, until_ms = 2 where ended_ms is null", [])
        .unwrap();
    drop(database);
    clinic.server = Box_::start_with(&state, &[], &["--config", &config]);
    clinic.phone.move_to(&clinic.server.address);
    assert_eq!(outbox(), 0, "expired at the start");

    // A box that does not run, and a name that may not agree.
    clinic.server.stop();
    let bundle = |name: &str, out: &Path| {
        Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["support", "bundle", out.to_str().unwrap(), "--agreed-by", name])
            .args(["--config", &config, "--state", state.to_str().unwrap()])
            .output()
            .unwrap()
    };
    let out = state.join("stick.age");
    assert!(!bundle("Nobody", &out).status.success() && !out.exists());
    let made = bundle("Tech One", &out);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(out.exists());
}
