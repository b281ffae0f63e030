//! A box that is set up on its pages alone: it finds its portal and its people without anybody who edits a
//! file, and keeps to itself what is secret.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{RawQuery, State};
use reqwest::StatusCode;

use crate::alerts::{BotApi, pair, until};
use crate::clinic::{Box_, PATIENCE, Phone, TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};
use crate::sync::portal::Portal_;
use crate::ways::is_reached_at;

/// Has the form of a token, and is made of parts that no text of the program holds.
pub const TOKEN: &str = "4711471147:Zqxwv-Kanarienvogel_Zqxwv-4711zz";

/// Loads a page of a box that starts again until a text is on it.
async fn comes_back(phone: &Phone, path: &str, text: &str) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        let page = phone.try_page(path).await;
        if let Some(page) = page.filter(|page| page.contains(text)) {
            return page;
        }
        assert!(Instant::now() < end, "{text:?} does not come to {path}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn send(phone: &Phone, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let csrf = phone.hidden("/account", "csrf").await;
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    let answer = phone.post(path, &all).await;
    (answer.status(), answer.text().await.unwrap())
}

/// Sends a form after which the box has to start again.
async fn save(phone: &Phone, path: &str, fields: &[(&str, &str)]) {
    let (status, page) = send(phone, path, fields).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("The box starts again"), "{page}");
    // Its doors close first.
    until("the end", async || phone.try_page("/health").await.is_none()).await;
}

const CONNECT: &str = "/system/portal/connect";
const WAYS: &str = "/system/ways";
const FIRST: &str = "/system/first-steps";

#[tokio::test]
async fn a_fresh_box_finds_its_portal_changes_and_leaves_it_by_its_page() {
    let clinic = TestClinic::open().await;
    let (state, phone) = (clinic.state.path(), &clinic.phone);
    let (portal, second) = (Portal_::start(&[]), Portal_::start(&[]));
    let pid = clinic.server.pid();
    assert!(phone.page(FIRST).await.contains("or say that there is none"));

    // As it is printed: with a place for the address, which the person has to know.
    let printed = portal.settings();
    let (status, page) = send(phone, CONNECT, &[("portal_text", &printed)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("An address that begins with https://"), "{page}");
    assert!(page.contains(&format!("value=\"{}\"", portal.key)), "what was understood stays");

    let url = portal.url();
    save(phone, CONNECT, &[("portal_text", &printed), ("portal_url", &url)]).await;
    let page = comes_back(phone, CONNECT, "The portal has taken this box in").await;
    assert!(page.contains(&url) && page.contains(&portal.key[..16]));
    let code = printed.lines().find(|line| line.starts_with("code")).unwrap();
    assert!(!page.contains(code.split('"').nth(1).unwrap()), "the code is shown");
    assert!(phone.page(FIRST).await.contains("The portal has taken the box in"));
    let _study = phone.register("Asha Devi", "44").await;
    until("a record", async || !portal.records().is_empty()).await;
    assert_eq!(portal.boxes_list().len(), 1);
    let list = state.join("chosen/chosen.toml");
    assert_eq!(std::fs::metadata(&list).unwrap().permissions().mode() & 0o777, 0o600);

    // It is kept over a power cut.
    let clinic = clinic.restart(&[]).await;
    let phone = &clinic.phone;
    assert_ne!(clinic.server.pid(), pid);
    phone.page_until(CONNECT, "The portal has taken this box in").await;

    // Another portal: everything goes there too, once the person has read what that means.
    let (printed, url) = (second.settings(), second.url());
    let other = [("portal_text", printed.as_str()), ("portal_url", url.as_str())];
    let (status, page) = send(phone, CONNECT, &other).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("FR-805"), "{page}");
    save(phone, CONNECT, &[other[0], other[1], ("agree", "yes")]).await;
    comes_back(phone, CONNECT, &second.key[..16]).await;
    until("the record once more", async || !second.records().is_empty()).await;

    let (status, _) = send(phone, CONNECT, &[("do", "none")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    save(phone, CONNECT, &[("do", "none"), ("agree", "yes")]).await;
    comes_back(phone, CONNECT, "This box has no portal").await;
    assert!(phone.page("/system").await.contains("Portal: not set up"));
    assert!(phone.page(FIRST).await.contains("This box has no portal"));
    assert!(
        !std::fs::read_to_string(clinic.state.path().join("chosen/chosen.toml"))
            .unwrap()
            .contains("key")
    );
    let kept = !portal.records().is_empty() && !second.records().is_empty();
    assert!(kept, "both keep what they have");
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn no_portal_is_a_choice_and_needs_no_new_start() {
    let clinic = TestClinic::open().await;
    let (status, _) = send(&clinic.phone, CONNECT, &[("do", "none")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(clinic.phone.page(FIRST).await.contains("This box has no portal"));
    let clinic = clinic.restart(&[]).await;
    assert!(clinic.phone.page(FIRST).await.contains("This box has no portal"));
}

#[tokio::test]
async fn a_bot_from_the_page_brings_the_test_message_and_the_step_is_done() {
    let (api, address) = BotApi::open().await;
    let clinic = TestClinic::open_set(&format!("[telegram]\napi_url = '{address}'\n")).await;
    let (phone, physician) = (&clinic.phone, clinic.physician("Dr. Rao").await);
    assert!(phone.page(FIRST).await.contains("First say how alerts leave the box"));
    let wrong = "4711:Zqxwv-Kanarienvogel";
    let (status, page) = send(phone, WAYS, &[("do", "bot"), ("bot_token", wrong)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("no token of a bot") && !page.contains("Zqxwv"), "{page}");

    save(phone, WAYS, &[("do", "bot"), ("bot_token", &format!(" {TOKEN} "))]).await;
    comes_back(phone, WAYS, "The bot is @fieldray_bot").await;
    assert!(phone.page(FIRST).await.contains("Each person writes an own phone number"));
    let (status, page) = send(phone, WAYS, &[("do", "try")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("works, the bot is @fieldray_bot"), "{page}");
    pair(&physician, &api, 1).await;
    assert!(phone.page(FIRST).await.contains("Send a test to somebody"));
    let people = phone.page("/alerts/people").await;
    let person = hidden(&people, "person");
    let (status, _) = send(phone, "/alerts/people", &[("person", &person)]).await;
    assert_eq!(status, StatusCode::OK);
    let is_test = |call: &serde_json::Value| call["text"].to_string().contains("Test message");
    until("the test", async || api.calls("sendMessage").iter().any(is_test)).await;
    phone.page_until(FIRST, "A message got through to somebody").await;

    // Another token of the same bot, and then none.
    let again = TOKEN.replace("zz", "yy");
    save(phone, WAYS, &[("do", "bot"), ("bot_token", &again)]).await;
    comes_back(phone, WAYS, "The bot is @fieldray_bot").await;
    let secrets = || std::fs::read_dir(clinic.state.path().join("chosen")).unwrap().count();
    assert_eq!(secrets(), 2, "the list and one token");
    save(phone, WAYS, &[("do", "no-bot")]).await;
    comes_back(phone, WAYS, "No bot is set up").await;
    assert_eq!(secrets(), 1, "nothing is left of a token");
    assert!(phone.page(FIRST).await.contains("First say how alerts leave the box"));
}

/// A gateway that remembers what it was asked.
async fn gateway() -> (Arc<Mutex<Vec<String>>>, String) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let answer = async |State(asked): State<Arc<Mutex<Vec<String>>>>, RawQuery(query): RawQuery| {
        asked.lock().unwrap().push(query.unwrap_or_default());
        "{}"
    };
    let router = axum::Router::new()
        .route("/send", axum::routing::get(answer))
        .with_state(Arc::clone(&asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (asked, address)
}

#[tokio::test]
async fn a_gateway_from_the_page_sends_and_a_film_in_hand_is_read() {
    let (asked, address) = gateway().await;
    let clinic = TestClinic::open().await;
    let (phone, physician) = (&clinic.phone, clinic.physician("Dr. Rao").await);
    is_reached_at(&physician, "+919876543210", "1").await;
    for url in ["", "sms.example", "http://sms.example/send"] {
        let fields = [("do", "gateway"), ("gateway_url", url), ("gateway_user", "clinic")];
        let (status, page) = send(phone, WAYS, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        assert!(page.contains("value=\"clinic\""), "the form comes back filled in");
    }
    let study = phone.register("Asha Devi", "44").await;
    let (status, _) = phone.upload(&study, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(status, StatusCode::OK);
    let url = format!("{address}/send?to={{to}}&text={{text}}&key={{secret}}");
    let fields = [
        ("do", "gateway"),
        ("gateway_url", url.as_str()),
        ("gateway_secret", "Zqxwv Kanarienvogel"),
    ];
    save(phone, WAYS, &fields).await;
    let page = comes_back(phone, WAYS, "By the gateway at 127.0.0.1").await;
    assert!(!page.contains("Zqxwv") && !page.contains("{secret}&"), "{page}");
    assert_eq!(phone.settled(&study).await, "reported");
    let (status, _) = send(&physician, "/contact", &[("do", "test")]).await;
    assert_eq!(status, StatusCode::OK);
    let sent = || asked.lock().unwrap().iter().any(|query| query.contains("Zqxwv%20Kanarienvogel"));
    until("the text message", async || sent()).await;
    phone.page_until(FIRST, "A message got through to somebody").await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn the_settings_file_goes_before_the_pages() {
    let portal = Portal_::start(&[]);
    let printed = portal.settings().replace("https://ADDRESS:8443", &portal.url());
    let clinic = TestClinic::open_set(&format!("{printed}\n[sms]\nmodem = 'any'\n")).await;
    let phone = &clinic.phone;
    let page = phone.page(CONNECT).await;
    assert!(page.contains(&portal.url()) && page.contains("can be changed only there"), "{page}");
    assert!(!page.contains("name=\"portal_text\""));
    let page = phone.page(WAYS).await;
    assert!(page.contains("can be changed only there") && page.contains("own modem"), "{page}");
    assert!(page.contains("name=\"bot_token\""), "the bot is nobody's yet");
    for (path, fields) in [
        (CONNECT, [("do", "connect"), ("portal_text", printed.as_str())]),
        (CONNECT, [("do", "none"), ("agree", "yes")]),
        (WAYS, [("do", "modem"), ("modem", "")]),
        (WAYS, [("do", "no-sms"), ("modem", "")]),
    ] {
        let (status, page) = send(phone, path, &fields).await;
        assert_eq!(status, StatusCode::CONFLICT, "{fields:?}");
        assert!(page.contains("FR-809"), "{page}");
    }
    assert!(!clinic.state.path().join("chosen").exists());
}

#[tokio::test]
async fn what_cannot_be_read_any_more_is_said_and_the_box_starts() {
    let mut clinic = TestClinic::open().await;
    clinic.server.stop();
    let folder = clinic.state.path().join("chosen");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("chosen.toml"), "[portal]\nurl = 'https://x'\nkey = '1'\n").unwrap();
    let clinic = clinic.restart(&[]).await;
    for path in [CONNECT, WAYS] {
        assert!(clinic.phone.page(path).await.contains("cannot be read any more"), "{path}");
    }
}

fn fieldray(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[tokio::test]
async fn secrets_of_the_pages_are_on_no_page_in_no_log_and_in_no_bundle() {
    let mut clinic = TestClinic::open().await;
    let state = clinic.state.path().to_owned();
    clinic.server.stop();
    let secret = state.join("support.key");
    let public = fieldray(&["support", "keygen", secret.to_str().unwrap()]);
    let config = state.join("support.toml");
    // Nobody answers there: failures are logged.
    let nobody = "[telegram]\napi_url = 'http://127.0.0.1:9'\n";
    std::fs::write(&config, format!("support_key = {:?}\n{nobody}", public.trim())).unwrap();
    let log = std::fs::File::create(state.join("log")).unwrap();
    clinic.server = Box_::start_logged(&state, &["--config", config.to_str().unwrap()], log);
    clinic.phone.move_to(&clinic.server.address);
    let phone = &clinic.phone;
    save(phone, WAYS, &[("do", "bot"), ("bot_token", TOKEN)]).await;
    comes_back(phone, WAYS, "A bot is set up").await;
    let fields = [
        ("do", "phone"),
        ("phone_url", "http://127.0.0.1:9"),
        ("phone_user", "sms"),
        ("phone_password", "Zqxwv Kanarienvogel"),
        ("phone_signing_key", "Zqxwv-Kanarienvogel-2"),
    ];
    save(phone, WAYS, &fields).await;
    comes_back(phone, WAYS, "By the phone at 127.0.0.1:9").await;
    let code = "ZQXWV-KANARIENVOGEL";
    let key = "ab".repeat(32);
    let fields = [("portal_url", "127.0.0.1:9"), ("portal_key", &*key), ("portal_code", code)];
    save(phone, CONNECT, &fields).await;
    comes_back(phone, CONNECT, "has not taken this box in yet").await;
    let (_, tried) = send(phone, WAYS, &[("do", "try")]).await;
    let mut seen = vec![tried];
    for path in [WAYS, CONNECT, FIRST, "/system", "/system/portal", "/system/support"] {
        seen.push(phone.page(path).await);
    }
    let (status, _) = send(phone, "/system/support", &[("hours", "24"), ("agree", "yes")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = phone.page("/system/support").await;
    let href = page.split('"').find(|part| part.starts_with("/system/support/")).unwrap();
    let sealed = phone.get(href).await.bytes().await.unwrap();
    let file = state.join("carried.age");
    std::fs::write(&file, &sealed).unwrap();
    let bundle =
        fieldray(&["support", "open", file.to_str().unwrap(), "--key", secret.to_str().unwrap()]);
    assert!(bundle.contains("\"ways_chosen\"") && bundle.contains("\"phone\""), "{bundle}");
    seen.push(bundle);
    clinic.server.stop();
    seen.push(String::from_utf8_lossy(&std::fs::read(state.join("log")).unwrap()).into_owned());
    for text in seen {
        let lower = text.to_lowercase();
        assert!(!lower.contains("zqxwv") && !lower.contains("kanarienvogel"), "{text}");
    }
}
