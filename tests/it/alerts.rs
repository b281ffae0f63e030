//! Alerts end in a person: by Telegram and by text message, with peers that misbehave.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode as Status;
use axum::response::{IntoResponse as _, Response};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::clinic::{PATIENCE, Phone, TestClinic, hidden};
use crate::seed::{self, Film};

pub const CHAT: i64 = 4711;

/// A Bot API that answers as it is told and remembers what it was asked.
#[derive(Clone, Default)]
pub struct BotApi(Arc<Mutex<Script>>);

#[derive(Default)]
pub struct Script {
    calls: Vec<(String, Value)>,
    updates: VecDeque<Value>,
    /// What the next calls of `sendMessage` answer in place of success.
    refusals: VecDeque<(u16, Value)>,
    /// The same for one chat.
    refusals_of: BTreeMap<i64, VecDeque<(u16, Value)>>,
    sent: i64,
    /// How many calls of `editMessageText` fail as if Telegram's own gateway were broken.
    bad_edits: u32,
}

impl BotApi {
    pub async fn open() -> (Self, String) {
        let api = Self::default();
        let router = axum::Router::new()
            .route("/{token}/{method}", axum::routing::post(answer))
            .with_state(api.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (api, address)
    }

    pub fn update(&self, id: i64, content: &Value) {
        let mut update = json!({ "update_id": id });
        update.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
        self.0.lock().unwrap().updates.push_back(update);
    }

    fn refuse(&self, status: u16, body: Value) {
        self.0.lock().unwrap().refusals.push_back((status, body));
    }

    pub fn refuse_chat(&self, chat: i64, status: u16, body: Value) {
        let mut script = self.0.lock().unwrap();
        script.refusals_of.entry(chat).or_default().push_back((status, body));
    }

    pub fn refuse_edits(&self, count: u32) {
        self.0.lock().unwrap().bad_edits = count;
    }

    pub fn calls(&self, method: &str) -> Vec<Value> {
        let script = self.0.lock().unwrap();
        let ours = script.calls.iter().filter(|(name, _)| name.eq_ignore_ascii_case(method));
        ours.map(|(_, body)| body.clone()).collect()
    }
}

pub fn user(id: i64, bot: bool) -> Value {
    json!({ "id": id, "is_bot": bot, "first_name": "Rao", "username": "fieldray_bot" })
}

fn message(id: i64, text: &str) -> Value {
    json!({
        "message_id": id, "date": 1_800_000_000, "text": text, "from": user(CHAT, false),
        "chat": { "id": CHAT, "type": "private", "first_name": "Rao" },
    })
}

async fn answer(
    State(api): State<BotApi>,
    UrlPath((_, method)): UrlPath<(String, String)>,
    body: String,
) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let waits = {
        let mut script = api.0.lock().unwrap();
        if method.eq_ignore_ascii_case("editMessageText") && script.bad_edits > 0 {
            script.bad_edits -= 1;
            script.calls.push(("refused edit".to_owned(), body));
            let bad = json!({ "ok": false, "error_code": 502, "description": "Bad Gateway" });
            return (Status::BAD_GATEWAY, bad.to_string()).into_response();
        }
        if !method.eq_ignore_ascii_case("getUpdates") {
            script.calls.push((method.clone(), body.clone()));
        }
        method.eq_ignore_ascii_case("getUpdates") && script.updates.is_empty()
    };
    if waits {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let mut script = api.0.lock().unwrap();
    let result = match method.to_ascii_lowercase().as_str() {
        "getme" => {
            let mut me = user(1, true);
            me.as_object_mut().unwrap().extend(
                json!({ "can_join_groups": true, "can_read_all_group_messages": false,
                    "supports_inline_queries": false, "has_main_web_app": false,
                    "can_connect_to_business": false })
                .as_object()
                .unwrap()
                .clone(),
            );
            me
        }
        "getupdates" => {
            let offset = body["offset"].as_i64().unwrap_or(0);
            script.updates.retain(|update| update["update_id"].as_i64().unwrap() >= offset);
            script.updates.iter().cloned().collect()
        }
        "sendmessage" => {
            let chat = body["chat_id"].as_i64().unwrap_or_default();
            let of_chat = script.refusals_of.get_mut(&chat).and_then(VecDeque::pop_front);
            if let Some((status, body)) = of_chat.or_else(|| script.refusals.pop_front()) {
                return (Status::from_u16(status).unwrap(), body.to_string()).into_response();
            }
            script.sent += 1;
            message(script.sent, body["text"].as_str().unwrap_or_default())
        }
        "editmessagetext" => message(1, body["text"].as_str().unwrap_or_default()),
        _ => Value::Bool(true),
    };
    json!({ "ok": true, "result": result }).to_string().into_response()
}

/// A clinic with a physician, and read films, on those settings.
pub async fn clinic(settings: &str, films: &[Film]) -> (TestClinic, Phone) {
    let mut clinic = TestClinic::open_set(settings).await;
    let physician = clinic.physician("Dr. Rao").await;
    clinic.server.stop();
    seed::films(clinic.state.path(), films);
    let file = clinic.state.path().join("settings.toml");
    clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await
}

/// A file that a daemon may look into at any moment: there as a whole, or not at all.
pub fn written_at_once(path: &Path, text: &str) {
    let beside = path.parent().unwrap().parent().unwrap().join("coming");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(beside, path).unwrap();
}

pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < end, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

pub async fn pairing_code(person: &Phone) -> String {
    let csrf = person.hidden("/contact", "csrf").await;
    let page = person.post("/contact", &[("csrf", csrf.as_str()), ("do", "pair")]).await;
    let page = page.text().await.unwrap();
    let (_, code) = page.split_once("<b class=\"digest\">").unwrap();
    code.split('<').next().unwrap().to_owned()
}

pub async fn pair(physician: &Phone, api: &BotApi, update: i64) {
    let code = pairing_code(physician).await;
    api.update(update, &json!({ "message": message(900, &format!("/start {code}")) }));
    until("pairing", async || physician.page("/contact").await.contains("A chat is paired")).await;
}

pub fn telegram_settings(folder: &Path, address: &str) -> String {
    let token = folder.join("token");
    std::fs::write(&token, "12345:secret\n").unwrap();
    format!(
        "site_name = 'Rampur'\n[telegram]\ntoken_file = '{}'\napi_url = '{address}'\n",
        token.display()
    )
}

#[tokio::test]
async fn an_alert_reaches_a_chat_and_ends_with_a_tap() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    assert!(physician.page("/alerts").await.contains("Nobody has answered"), "nobody is reachable");
    // The service asks to wait once and talks nonsense once: the message comes all the same.
    api.refuse(
        429,
        json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1",
        "parameters": { "retry_after": 1 } }),
    );
    pair(&physician, &api, 1).await;
    until("the message", async || !api.calls("sendMessage").is_empty()).await;
    let is_alert = |call: &Value| call["reply_markup"].to_string().contains("ack:1");
    until("the alert", async || api.calls("sendMessage").iter().any(is_alert)).await;
    let everything = format!("{:?}", api.0.lock().unwrap().calls);
    for secret in ["Asha", "Devi", "tuberculosis", "K-0", "44"] {
        assert!(!everything.contains(secret), "{secret} left the box");
    }
    assert!(everything.contains("Rampur"));
    // Strangers who tap change nothing and hear nothing.
    let tap = |update: i64, who: i64| {
        let tap = json!({ "callback_query": { "id": format!("t{update}"), "from": user(who, false),
            "chat_instance": "1", "data": "ack:1" } });
        api.update(update, &tap);
    };
    tap(2, 99);
    tap(3, CHAT);
    until("the acknowledgement", async || {
        physician.page("/alerts/1").await.contains("Taken over by Dr. Rao")
    })
    .await;
    until("the edit", async || {
        api.calls("editMessageText").iter().any(|call| call["text"].to_string().contains("Dr. Rao"))
    })
    .await;
    assert!(physician.page("/alerts").await.contains("No alert is open"));
    let proof = physician.page("/alerts/1").await;
    for step in ["Found", "To be told", "Message left the box", "by Telegram"] {
        assert!(proof.contains(step), "{step} is not in the proof");
    }
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_blocked_chat_is_given_up_shown_in_red_and_sent_again() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (mut clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    clinic.server.stop();
    let database = rusqlite::Connection::open(clinic.state.path().join("fieldray.db")).unwrap();
    database.execute("update alert set class = 'critical'", []).unwrap();
    drop(database);
    let file = clinic.state.path().join("settings.toml");
    let (clinic, physician) =
        clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    let blocked = json!({ "ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user" });
    // One for the word that the pairing worked, one for the alert.
    for _ in 0..2 {
        api.refuse(403, blocked.clone());
    }
    pair(&physician, &api, 1).await;
    until("giving up", async || physician.page("/alerts/1").await.contains("Given up")).await;
    let page = physician.page("/alerts/undelivered").await;
    for words in
        ["Dr. Rao (Physician) · Telegram", "has blocked the sender", "pair again", "Given up"]
    {
        assert!(page.contains(words), "{words} is not on the page");
    }
    assert!(physician.page("/").await.contains("message about an open alert did not arrive"));
    let health = physician.page("/health").await;
    assert!(health.contains("\"alerts_undelivered_critical\":1"), "{health}");
    assert!(clinic.phone.page("/system").await.contains("did not arrive: 1"));
    let (csrf, message) = (hidden(&page, "csrf"), hidden(&page, "message"));
    let again = [("csrf", csrf.as_str()), ("message", message.as_str())];
    let sent = physician.post("/alerts/undelivered", &again).await;
    assert!(sent.text().await.unwrap().contains("tried once more"));
    let people = clinic.phone.page("/alerts/people").await;
    assert!(people.contains("Dr. Rao") && people.contains("never tested"), "{people}");
    let (csrf, person) = (hidden(&people, "csrf"), hidden(&people, "person"));
    let path = format!("/alerts/people/{person}");
    assert!(clinic.phone.page(&path).await.contains("How Dr. Rao is reached"));
    let hours = [
        ("csrf", csrf.as_str()),
        ("order", "7"),
        ("all", "yes"),
        ("sunday-from", "20:00"),
        ("sunday-until", "08:00"),
    ];
    let saved = clinic.phone.post(&path, &hours).await.text().await.unwrap();
    assert!(saved.contains("Saved") && saved.contains("20:00"), "{saved}");
    assert!(physician.page("/contact").await.contains("A chat is paired"), "the chat stays");
    assert!(clinic.phone.page("/alerts/people").await.contains("Sunday: 20:00-08:00"));
    assert_eq!(physician.post(&path, &hours).await.status(), StatusCode::FORBIDDEN);
    let test = [("csrf", csrf.as_str()), ("person", person.as_str())];
    let tested = clinic.phone.post("/alerts/people", &test).await;
    assert!(tested.text().await.unwrap().contains("on its way to this person"));
    until("the test", async || {
        api.calls("sendMessage")
            .iter()
            .any(|call| call["text"].to_string().contains("Test message"))
    })
    .await;
    until("the second try", async || physician.page("/alerts/1").await.contains("Left the box"))
        .await;
    assert!(!physician.page("/").await.contains("did not arrive"));
    let sent = physician.post("/alerts/undelivered", &again).await;
    assert!(sent.text().await.unwrap().contains("not needed any more"));
    assert!(physician.page("/alerts/1").await.contains("To be sent once more"));
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_month_and_an_alert_leave_the_box_as_figures_and_files() {
    let (clinic, physician) = clinic("", &[Film::urgent("Asha Devi")]).await;
    let csrf = physician.hidden("/alerts/1", "csrf").await;
    let taken = physician.post("/alerts/1", &[("csrf", csrf.as_str())]).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    let table = physician.page("/alerts/1/timeline.csv").await;
    assert!(
        table.contains("raised") && table.contains("acknowledged") && table.contains("Dr. Rao")
    );
    let timeline: Value =
        serde_json::from_str(&physician.page("/alerts/1/timeline.json").await).unwrap();
    assert_eq!(timeline["answered"]["by"], "Dr. Rao");
    assert_eq!(timeline["events"].as_array().unwrap().len(), 2);
    // Films are put in with a time in January 2027.
    let page = physician.page("/alerts/month?month=2027-01").await;
    assert!(page.contains("Answered by Dr. Rao") && page.contains("Look today"), "{page}");
    let lines = physician.page("/alerts/month/table.csv?month=2027-01").await;
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.contains("1,suspect,2027-01-15T08:00:00Z"));
    let pdf = physician.get("/alerts/month/page.pdf?month=2027-01").await;
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-"));
    assert!(physician.page("/alerts/month?month=2026-01").await.contains("No alert in this month"));
    assert_eq!(physician.get("/alerts/month?month=2026-1").await.status(), StatusCode::NOT_FOUND);
    for page in [table, lines, timeline.to_string()] {
        assert!(!page.contains("Asha") && !page.contains("K-0"), "a patient left the box");
    }
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_message_in_flight_at_a_crash_is_sent_again_and_says_so() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (mut clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    pair(&physician, &api, 1).await;
    let is_alert = |call: &Value| call["reply_markup"].to_string().contains("ack:1");
    until("the alert", async || api.calls("sendMessage").iter().any(is_alert)).await;
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    clinic.server.stop();
    // As if the power had failed between the service's answer and our note of it.
    let database = rusqlite::Connection::open(clinic.state.path().join("fieldray.db")).unwrap();
    let changed = database
        .execute("update message set state = 'sending', sent_ms = null, sent_trust = null", []);
    assert_eq!(changed.unwrap(), 1);
    drop(database);
    let file = clinic.state.path().join("settings.toml");
    let (clinic, _) = clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    until("the repetition", async || {
        api.calls("sendMessage").iter().any(|call| call["text"].to_string().contains("Repeated"))
    })
    .await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}

/// gammu-smsd with its dummy phone: the real daemon, no modem.
pub struct Daemon(Child);

impl Daemon {
    pub fn start(folder: &Path) -> Option<Self> {
        Self::start_with(folder, "")
    }

    /// The same with further lines about the daemon.
    pub fn start_with(folder: &Path, further: &str) -> Option<Self> {
        if !Path::new("/usr/bin/gammu-smsd").exists() {
            assert!(std::env::var_os("CI").is_none(), "CI must have gammu-smsd");
            println!("skipped: no gammu-smsd here; make test installs it");
            return None;
        }
        for part in
            ["inbox", "outbox", "sent", "error", "dummy/sms/1", "dummy/sms/2", "dummy/sms/3"]
        {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        for part in [
            "dummy/pb/ME",
            "dummy/pb/SM",
            "dummy/note",
            "dummy/todo",
            "dummy/calendar",
            "dummy/alarm",
            "dummy/sms/4",
            "dummy/sms/5",
        ] {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        let path = |part: &str| format!("{}/{part}/", folder.display());
        let settings = format!(
            "[gammu]\nconnection = none\nmodel = dummy\ndevice = {}\n[smsd]\nservice = files\n\
             inboxpath = {}\noutboxpath = {}\nsentsmspath = {}\nerrorsmspath = {}\nloopsleep = 1\n\
             statusfrequency = 0\nlogfile = {}/log\n{further}",
            folder.join("dummy").display(),
            path("inbox"),
            path("outbox"),
            path("sent"),
            path("error"),
            folder.display(),
        );
        let file = folder.join("smsdrc");
        std::fs::write(&file, settings).unwrap();
        let child = Command::new("gammu-smsd")
            .arg("-c")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Self(child))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _already_dead = self.0.kill();
        let _already_reaped = self.0.wait();
    }
}

#[tokio::test]
async fn an_alert_goes_out_by_a_modems_daemon_and_ends_with_a_reply() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_daemon) = Daemon::start(folder.path()) else { return };
    let settings =
        format!("site_name = 'Rampur'\n[sms]\ngammu_spool = '{}'\n", folder.path().display());
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    let page = physician.page("/contact").await;
    let csrf = hidden(&page, "csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("phone", "+91 98765 43210"),
        ("order", "1"),
        ("monday-from", "08:00"),
        ("monday-until", "16:00"),
        ("all", "yes"),
    ];
    assert_eq!(physician.post("/contact", &fields).await.status(), StatusCode::OK);
    until("the text message", async || physician.page("/alerts/1").await.contains("Left the box"))
        .await;
    let sent = std::fs::read_dir(folder.path().join("sent")).unwrap().next().unwrap().unwrap();
    assert!(sent.file_name().into_string().unwrap().contains("+919876543210"));
    // What a phone would send back.
    let text: String = "OK 1".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let reply = format!(
        "[SMSBackup000]\nSMSC = \"+910000000000\"\nSent = 20261125T101500\nState = UnRead\n\
         Number = \"+919876543210\"\nCoding = Default_No_Compression\nFolder = 1\nLength = 4\n\
         Text00 = {text}\n"
    );
    written_at_once(&folder.path().join("dummy/sms/1/100"), &reply);
    until("the acknowledgement", async || {
        physician.page("/alerts/1").await.contains("by text message")
    })
    .await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}

/// The form of the rules as it comes, with some fields changed.
async fn send_rules(by: &Phone, changes: &[(&str, &str)]) -> reqwest::Response {
    let csrf = by.hidden("/alerts/rules", "csrf").await;
    let usual = [
        ("csrf", csrf.as_str()),
        ("step", "5"),
        ("quiet_from", ""),
        ("quiet_until", ""),
        ("budget", "10"),
        ("digest", "07:00"),
    ];
    let kept = usual.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let fields: Vec<_> = kept.chain(changes).copied().collect();
    by.post("/alerts/rules", &fields).await
}

async fn confirm(by: &Phone) -> reqwest::Response {
    let csrf = by.hidden("/alerts/rules", "csrf").await;
    let fields = [("csrf", csrf.as_str()), ("version", "1"), ("decide", "confirm")];
    by.post("/alerts/rules", &fields).await
}

/// Rules under which messages bring the film along: proposed by one, confirmed by another.
pub async fn let_pictures_go(one: &Phone, another: &Phone) {
    let wish = [
        ("class-tuberculosis", "suspect"),
        ("role-physician", "yes"),
        ("picture", "yes"),
        ("do", "propose"),
    ];
    let proposed = send_rules(one, &wish).await.text().await.unwrap();
    assert!(proposed.contains("Somebody else must confirm"), "{proposed}");
    let confirmed = confirm(another).await.text().await.unwrap();
    assert!(confirmed.contains("in force"), "{confirmed}");
}

#[tokio::test]
async fn rules_change_only_with_a_second_person() {
    let (clinic, physician) = clinic("", &[]).await;
    let form = physician.page("/alerts/rules").await;
    assert!(form.contains("class-tuberculosis"));
    assert!(!form.contains("class-effusion"), "a finding that ships as a hint is offered");
    assert!(form.contains("role-technician") && !form.contains("role-support"));
    let send = async |class, what| {
        let wish = [
            (class, "critical"),
            ("from-tuberculosis", "0,9"),
            ("role-physician", "yes"),
            ("do", what),
        ];
        send_rules(&physician, &wish).await
    };
    let nobody = [("class-tuberculosis", "critical"), ("do", "propose")];
    let nobody = send_rules(&physician, &nobody).await;
    assert_eq!(nobody.status(), StatusCode::UNPROCESSABLE_ENTITY, "rules that tell nobody");
    let hint = send("class-effusion", "propose").await;
    assert!(hint.text().await.unwrap().contains("FR-704"));
    let preview = send("class-tuberculosis", "preview").await.text().await.unwrap();
    assert!(preview.contains("What your change would mean here"));
    assert!(preview.contains("value=\"0.9\""), "the form keeps the score");
    assert!(!preview.contains("Somebody else must confirm"));
    let proposed = send("class-tuberculosis", "propose").await;
    assert!(proposed.text().await.unwrap().contains("Somebody else must confirm"));
    assert!(confirm(&physician).await.text().await.unwrap().contains("FR-701"));
    let confirmed = confirm(&clinic.phone).await.text().await.unwrap();
    assert!(confirmed.contains("in force") && confirmed.contains("Confirmed by Tech One"));
    assert_eq!(confirm(&clinic.phone).await.status(), StatusCode::CONFLICT);
    // Only physicians are told now: the person who looks after the box hears nothing, and sees why.
    crate::ways::is_reached_at(&clinic.phone, "+919876543211", "1").await;
    assert!(clinic.phone.page("/alerts/people").await.contains("tell nobody with this role"));
}

/// Signs the report of the first film.
pub async fn sign(physician: &Phone) {
    let path = "/studies/00000000000000000000000000000001/report";
    let page = physician.page(path).await;
    let fields = [
        ("action", "sign"),
        ("pin", crate::clinic::PIN),
        ("finding-tuberculosis", "seen"),
        ("finding-abnormal", "seen"),
        ("conclusion", "Cavity."),
    ];
    let signed = crate::report::send_from(physician, &page, path, &fields).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_signature_takes_the_alert_over() {
    let (clinic, physician) = clinic("", &[Film::urgent("Asha Devi")]).await;
    assert!(physician.page("/alerts").await.contains("Look today"));
    sign(&physician).await;
    assert!(physician.page("/alerts/1").await.contains("by signing the report"));
    assert!(clinic.stop_and_check().contains("0 problems"));
}

/// Runs `fieldray check` with settings; gives whether it is content, and what it says.
pub fn check_with(state: &Path, settings: &str) -> (bool, String) {
    let file = state.join("check.toml");
    std::fs::write(&file, settings).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(["check", "--state"])
        .arg(state)
        .arg("--config")
        .arg(&file)
        .env("FIELDRAY_LOG", "error")
        .output()
        .unwrap();
    (out.status.success(), String::from_utf8(out.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn check_and_the_page_say_what_is_wrong_with_a_way() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    let telegram = |token_text: &str, address: &str| {
        std::fs::write(&token, token_text).unwrap();
        format!("[telegram]\ntoken_file = '{}'\napi_url = '{address}'\n", token.display())
    };
    let good = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";
    let (mut clinic, _) = clinic(&telegram(good, &address), &[]).await;
    let csrf = clinic.phone.hidden("/system", "csrf").await;
    let tried = clinic.phone.post("/system", &[("csrf", csrf.as_str())]).await;
    let tried = tried.text().await.unwrap();
    assert!(tried.contains("works, the bot is @"), "{tried}");
    clinic.server.stop();
    let state = clinic.state.path();
    let check = |settings: &str| check_with(state, settings);
    let (fine, said) = check(&telegram(good, &address));
    assert!(fine && said.contains("Telegram: works, the bot is @"), "{said}");
    assert!(said.contains("Text message: not set up"), "{said}");
    let (fine, said) = check(&telegram("@rampur_bot", &address));
    assert!(!fine && said.contains("problem: Telegram: what stands in"), "{said}");
    // Without a link nothing is wrong: it is said, and the command is content.
    let (fine, said) = check(&telegram(good, "http://127.0.0.1:9"));
    assert!(fine && said.contains("not tried: Telegram: could not be tried"), "{said}");
    let (fine, said) = check("[sms]\ngammu_spool = '/nowhere'\n");
    assert!(!fine && said.contains("problem: Text message: cannot be used"), "{said}");
    let (fine, said) = check(&format!("[sms]\nurl = '{address}/send?to={{to}}&text={{text}}'\n"));
    assert!(fine && said.contains("Text message: works"), "{said}");
    assert!(api.calls("sendMessage").is_empty(), "a check sends nothing");
}
