//! The ways to people against peers that are not ours: ModemManager's interface on a bus of its own,
//! gammu-smsd's reports, Kannel; and a double of the phone's app, signed by openssl.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, StatusCode as Status};
use axum::response::{IntoResponse as _, Response};
use fieldray::alert::modem::Pace;
use fieldray::alert::{Modem, ModemSettings};
use fieldray::domain::alert::contact::PhoneNumber;
use fieldray::domain::alert::delivery::SendFault;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::alerts::{Daemon, clinic, until, written_at_once};
use crate::clinic::{Phone, TestClinic, free_port, hidden};
use crate::seed::Film;

const NUMBER: &str = "+919876543210";
const OTHER: &str = "+919876543211";

/// A program that ends with its test.
pub struct Peer(pub Child);

impl Peer {
    fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _already_dead = self.0.kill();
        let _already_reaped = self.0.wait();
    }
}

/// Whether something that `make test` installs is here.
pub fn is_here(path: &Path) -> bool {
    if path.exists() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "CI must have {}", path.display());
    println!("skipped: no {} here; make test installs it", path.display());
    false
}

pub async fn is_reached_at(person: &Phone, number: &str, place: &str) {
    let page = person.page("/contact").await;
    let csrf = hidden(&page, "csrf");
    let fields = [("csrf", csrf.as_str()), ("phone", number), ("order", place), ("all", "yes")];
    assert_eq!(person.post("/contact", &fields).await.status(), StatusCode::OK);
}

/// Waits until the page about the box says something.
async fn system_says(phone: &Phone, text: &str) {
    until(text, async || phone.page("/system").await.contains(text)).await;
}

/// A bus with ModemManager on it, as python-dbusmock plays it.
struct Bus {
    folder: tempfile::TempDir,
    _daemon: Peer,
    modem_manager: Option<Peer>,
    connection: zbus::Connection,
}

const MANAGER: &str = "org.freedesktop.ModemManager1";

impl Bus {
    async fn open() -> Option<Self> {
        if !is_here(Path::new("/usr/bin/dbus-daemon")) || !Self::has_mock() {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig>\
             <type>session</type><listen>unix:path={}/bus</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().display()
        );
        let file = folder.path().join("bus.conf");
        std::fs::write(&file, settings).unwrap();
        let mut command = Command::new("/usr/bin/dbus-daemon");
        let daemon = Peer::start(command.arg("--nofork").arg("--config-file").arg(&file));
        // The socket is there before anybody listens.
        let bus = folder.path().join("bus");
        until("the bus", async || tokio::net::UnixStream::connect(&bus).await.is_ok()).await;
        let address = format!("unix:path={}/bus", folder.path().display());
        let connection =
            zbus::connection::Builder::address(address.as_str()).build().await.unwrap();
        Some(Self { folder, _daemon: daemon, modem_manager: None, connection })
    }

    /// Debian's Python, with the packages that `scripts/install-test-tools` puts beside the tests.
    fn python() -> Command {
        let mut command = Command::new("/usr/bin/python3");
        let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/python");
        command.env("PYTHONPATH", packages).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    fn has_mock() -> bool {
        let import = "import dbusmock.templates.modemmanager";
        let output = Self::python().args(["-c", import]).stderr(Stdio::null()).status();
        if output.is_ok_and(|status| status.success()) {
            return true;
        }
        assert!(std::env::var_os("CI").is_none(), "CI must have python-dbusmock");
        println!("skipped: no python-dbusmock here; make test installs it");
        false
    }

    fn address(&self) -> String {
        format!("unix:path={}/bus", self.folder.path().display())
    }

    async fn start_modem_manager(&mut self) {
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/modemmanager.py");
        let mut command = Self::python();
        command.args(["-m", "dbusmock", "--template"]).arg(template);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.address());
        self.modem_manager = Some(Peer::start(&mut command));
        until("ModemManager", async || self.try_call("HeldCount", &()).await.is_ok()).await;
    }

    async fn try_call<B: serde::Serialize + zbus::DynamicType + Sync>(
        &self,
        method: &str,
        body: &B,
    ) -> zbus::Result<zbus::Message> {
        let path = "/org/freedesktop/ModemManager1";
        let mock = "org.freedesktop.DBus.Mock";
        self.connection.call_method(Some(MANAGER), path, Some(mock), method, body).await
    }

    async fn call<B: serde::Serialize + zbus::DynamicType + Sync>(&self, method: &str, body: &B) {
        self.try_call(method, body).await.unwrap();
    }

    async fn sent(&self) -> Vec<String> {
        self.try_call("Sent", &()).await.unwrap().body().deserialize().unwrap()
    }

    async fn held(&self) -> u32 {
        self.try_call("HeldCount", &()).await.unwrap().body().deserialize().unwrap()
    }
}

#[tokio::test]
async fn an_alert_leaves_by_the_boxs_own_modem_and_ends_with_a_reply() {
    let Some(mut bus) = Bus::open().await else { return };
    bus.start_modem_manager().await;
    bus.call("PlugIn", &(8,)).await;
    let settings =
        format!("site_name = 'Rampur'\n[sms]\nmodem = 'any'\nbus = '{}'\n", bus.address());
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, NUMBER, "1").await;
    until("the message", async || !bus.sent().await.is_empty()).await;
    let sent = bus.sent().await;
    assert!(sent[0].starts_with(NUMBER) && sent[0].contains("Rampur"), "{sent:?}");
    assert!(!format!("{sent:?}").contains("Asha"));
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    // The network writes the number without its country.
    bus.call("Arrive", &("9876543210", "", 3_u32, 41_u32, 0_u32)).await;
    until("the report", async || physician.page("/alerts/1").await.contains("Is on the phone"))
        .await;
    bus.call("Arrive", &("+910000000000", "OK 1", 1_u32, 0_u32, 0x100_u32)).await;
    bus.call("Arrive", &("AD-SHOP", "Sale! OK 1", 1_u32, 0_u32, 0x100_u32)).await;
    until("strangers' messages to go", async || bus.held().await == 0).await;
    assert!(physician.page("/alerts").await.contains("I take it over"), "strangers change nothing");
    bus.call("Arrive", &(NUMBER, "OK 1", 1_u32, 0_u32, 0x100_u32)).await;
    until("the reply", async || physician.page("/alerts/1").await.contains("by text message"))
        .await;
    until("the modem's memory", async || bus.held().await == 0).await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_modem_that_fails_hangs_or_goes_is_told_apart_and_comes_back() {
    let Some(mut bus) = Bus::open().await else { return };
    let pace = Pace {
        answer: Duration::from_secs(30),
        sending: Duration::from_secs(6),
        look_every: Duration::from_millis(50),
        lost: Duration::from_millis(300),
        reset_first: Duration::from_millis(400),
        reset_max: Duration::from_millis(400),
    };
    let to = PhoneNumber::parse(NUMBER).unwrap();
    let nowhere = ModemSettings { wanted: None, bus: Some("unix:path=/nowhere/bus".into()) };
    let nowhere = Modem::with_pace(&nowhere, pace);
    assert_eq!(nowhere.look().await.fault, Some(SendFault::NoBus));
    let modem = ModemSettings { wanted: None, bus: Some(bus.address()) };
    let modem = Modem::with_pace(&modem, pace);
    assert_eq!(modem.look().await.fault, Some(SendFault::NoBus), "ModemManager does not run");
    bus.start_modem_manager().await;
    assert_eq!(modem.look().await.fault, Some(SendFault::NoModem));
    assert_eq!(modem.send(&to, "x").await.unwrap_err().fault, SendFault::NoModem);
    bus.call("PlugIn", &(8,)).await;
    assert_eq!(modem.look().await.fault, None);
    for (state, fault) in [(2, SendFault::Sim), (7, SendFault::NoNetwork)] {
        bus.call("SetState", &(state,)).await;
        assert_eq!(modem.look().await.fault, Some(fault));
        assert_eq!(modem.send(&to, "x").await.unwrap_err().fault, fault);
    }
    bus.call("SetState", &(8,)).await;
    assert_eq!(modem.look().await.fault, None);
    let refusal = |rest: &str| format!("org.freedesktop.ModemManager1.Error.{rest}");
    for (error, fault) in [
        ("Message.NoNetwork", SendFault::NoNetwork),
        ("MobileEquipment.SimNotInserted", SendFault::Sim),
        ("Message.InvalidPduParameter", SendFault::Refused),
    ] {
        bus.call("Behave", &(refusal(error),)).await;
        assert_eq!(modem.send(&to, "x").await.unwrap_err().fault, fault, "{error}");
    }
    bus.call("Behave", &("well",)).await;
    assert_eq!(modem.send(&to, "before").await.unwrap(), "76543210/41");
    assert_eq!(bus.held().await, 0, "nothing is left in the modem");
    // It hangs: nobody knows whether that message left. The next look resets it, and it comes back under
    // another path.
    bus.call("Behave", &("hang",)).await;
    assert_eq!(modem.send(&to, "lost").await.unwrap_err().fault, SendFault::ModemHung);
    until("the reset", async || modem.look().await.fault.is_none()).await;
    assert_eq!(modem.send(&to, "after").await.unwrap(), "76543210/42");
    assert_eq!(bus.sent().await, [format!("{NUMBER} before"), format!("{NUMBER} after")]);
    // Out of every network for too long: reset as well, and no more often than it may.
    bus.call("SetState", &(7,)).await;
    until("another reset", async || modem.look().await.fault.is_none()).await;
    bus.modem_manager = None;
    assert_eq!(modem.look().await.fault, Some(SendFault::NoBus));
}

#[tokio::test]
async fn the_page_says_in_the_readers_language_what_is_wrong_with_a_way() {
    let settings = "[sms]\nmodem = 'any'\nbus = 'unix:path=/nowhere/bus'\n\
                    [telegram]\ntoken_file = '/nowhere/token'\n";
    let clinic = TestClinic::open_set(settings).await;
    system_says(&clinic.phone, "ModemManager does not answer").await;
    system_says(&clinic.phone, "the file /nowhere/token cannot be read").await;
    let hindi = clinic.phone.in_language("hi").page("/system").await;
    assert!(hindi.contains("ModemManager जवाब नहीं देता"), "{hindi}");
    assert!(hindi.contains("फ़ाइल /nowhere/token पढ़ी नहीं जा सकती"));
}

#[tokio::test]
async fn what_the_network_gives_up_counts_as_dead_and_the_next_person_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let details = "deliveryreport = sms\ninboxformat = detail\n";
    let Some(_daemon) = Daemon::start_with(folder.path(), details) else { return };
    let settings =
        format!("site_name = 'Rampur'\n[sms]\ngammu_spool = '{}'\n", folder.path().display());
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, NUMBER, "1").await;
    until("the message", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    is_reached_at(&clinic.phone, OTHER, "2").await;
    let report = |text: &str, number: &str, name: &str| {
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let file = format!(
            "[SMSBackup000]\nPDU = Status_Report\nSent = 20261125T101500\nState = UnRead\n\
             Number = \"{number}\"\nCoding = Default_No_Compression\nFolder = 1\nLength = {}\n\
             Text00 = {hex}\nMessageReference = 7\n",
            text.len()
        );
        written_at_once(&folder.path().join("dummy/sms/1").join(name), &file);
    };
    report("Failed", NUMBER, "101");
    until("giving up", async || {
        let page = physician.page("/alerts/1").await;
        page.contains("Given up") && page.contains("the network could not deliver the message")
    })
    .await;
    until("the next person", async || {
        let sent = std::fs::read_dir(folder.path().join("sent")).unwrap();
        let mut names = sent.map(|one| one.unwrap().file_name().into_string().unwrap());
        names.any(|name| name.contains(OTHER))
    })
    .await;
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    report("Delivered", OTHER, "102");
    until("the report", async || physician.page("/alerts/1").await.contains("Is on the phone"))
        .await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}

/// The app's local server, as its source has it.
#[derive(Clone, Default)]
struct App(Arc<Mutex<AppScript>>);

#[derive(Default)]
struct AppScript {
    messages: Vec<Value>,
    state: &'static str,
    inbox: Vec<Value>,
    /// What it answers in place of success.
    status: Option<u16>,
}

impl App {
    async fn open() -> (Self, String) {
        let app = Self::default();
        app.0.lock().unwrap().state = "Pending";
        let router = axum::Router::new()
            .route("/message", axum::routing::post(take_message))
            .route("/message/{id}", axum::routing::get(message_state))
            .route("/inbox", axum::routing::get(inbox))
            .with_state(app.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (app, address)
    }

    fn refusal(&self, headers: &HeaderMap) -> Option<Response> {
        // "sms:pass" in base 64.
        let known = headers.get("authorization").is_some_and(|value| value == "Basic c21zOnBhc3M=");
        let status = if known { self.0.lock().unwrap().status } else { Some(401) };
        status.map(|status| Status::from_u16(status).unwrap().into_response())
    }
}

fn answer(value: &Value) -> Response {
    ([("content-type", "application/json")], value.to_string()).into_response()
}

async fn take_message(State(app): State<App>, headers: HeaderMap, body: String) -> Response {
    if let Some(refusal) = app.refusal(&headers) {
        return refusal;
    }
    let message: Value = serde_json::from_str(&body).unwrap();
    app.0.lock().unwrap().messages.push(message);
    let taken = json!({ "id": "m-1", "deviceId": "d", "state": "Pending", "isHashed": false,
        "isEncrypted": false, "recipients": [{ "phoneNumber": NUMBER, "state": "Pending" }] });
    (Status::ACCEPTED, answer(&taken)).into_response()
}

async fn message_state(
    State(app): State<App>,
    UrlPath(id): UrlPath<String>,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = app.refusal(&headers) {
        return refusal;
    }
    let state = app.0.lock().unwrap().state;
    answer(&json!({ "id": id, "deviceId": "d", "state": state, "recipients": [] }))
}

async fn inbox(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(refusal) = app.refusal(&headers) {
        return refusal;
    }
    let inbox = app.0.lock().unwrap().inbox.clone();
    answer(&Value::from(inbox))
}

fn android_settings(folder: &Path, address: &str) -> String {
    std::fs::write(folder.join("password"), "pass\n").unwrap();
    std::fs::write(folder.join("key"), "signing key\n").unwrap();
    format!(
        "site_name = 'Rampur'\n[sms]\nandroid_url = '{address}'\nuser = 'sms'\n\
         secret_file = '{0}/password'\nwebhook_secret_file = '{0}/key'\n",
        folder.display()
    )
}

/// A signature that is not made by our own code.
fn openssl_hmac(key: &str, message: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new("openssl")
        .args(["dgst", "-sha256", "-r", "-hmac", key])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(message.as_bytes()).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    text.split(' ').next().unwrap().to_owned()
}

async fn call(phone: &Phone, body: &str, key: &str) -> StatusCode {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let time = now.as_secs().to_string();
    let signature = openssl_hmac(key, &format!("{body}{time}"));
    let request = phone.client.post(format!("{}/hooks/sms", phone.base)).body(body.to_owned());
    let request = request.header("x-signature", signature).header("x-timestamp", time);
    request.header("content-type", "application/json").send().await.unwrap().status()
}

fn event(id: &str, kind: &str, payload: &Value) -> String {
    json!({ "deviceId": "d", "event": kind, "id": id, "webhookId": "w", "payload": payload })
        .to_string()
}

#[tokio::test]
async fn an_alert_leaves_by_a_phones_app_and_ends_with_a_signed_call() {
    let (app, address) = App::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = android_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, NUMBER, "1").await;
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    let message = app.0.lock().unwrap().messages[0].clone();
    assert_eq!(message["phoneNumbers"], json!([NUMBER]));
    assert_eq!(message["withDeliveryReport"], json!(true));
    assert!(!message.to_string().contains("Asha"));
    // Nobody signs as the phone but the phone.
    let reply = json!({ "messageId": "x", "message": "OK 1", "sender": NUMBER, "simNumber": 1 });
    let reply = event("e-1", "sms:received", &reply);
    assert_eq!(call(&physician, &reply, "another key").await, StatusCode::UNAUTHORIZED);
    let large = "x".repeat(20_000);
    assert_eq!(call(&physician, &large, "signing key").await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(call(&physician, "no json", "signing key").await, StatusCode::BAD_REQUEST);
    let bare = physician.client.post(format!("{}/hooks/sms", physician.base)).body(reply.clone());
    assert_eq!(bare.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert!(physician.page("/alerts").await.contains("I take it over"));
    let delivered = event("e-2", "sms:delivered", &json!({ "messageId": "m-1" }));
    assert_eq!(call(&physician, &delivered, "signing key").await, StatusCode::NO_CONTENT);
    assert!(physician.page("/alerts/1").await.contains("Is on the phone"));
    for _ in 0..2 {
        assert_eq!(call(&physician, &reply, "signing key").await, StatusCode::NO_CONTENT);
    }
    assert!(physician.page("/alerts/1").await.contains("by text message"));
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_phone_that_cannot_reach_the_box_is_asked() {
    let (app, address) = App::open().await;
    app.0.lock().unwrap().inbox =
        vec![json!({ "id": "old", "type": "SMS", "sender": NUMBER, "contentPreview": "OK 1" })];
    let folder = tempfile::tempdir().unwrap();
    let settings = android_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, NUMBER, "1").await;
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    app.0.lock().unwrap().state = "Delivered";
    until("the state", async || physician.page("/alerts/1").await.contains("Is on the phone"))
        .await;
    assert!(physician.page("/alerts").await.contains("I take it over"), "what is old is not new");
    let new = json!({ "id": "new", "type": "SMS", "sender": NUMBER, "contentPreview": "OK 1" });
    app.0.lock().unwrap().inbox.insert(0, new);
    until("the reply", async || physician.page("/alerts/1").await.contains("by text message"))
        .await;
    app.0.lock().unwrap().status = Some(500);
    system_says(&clinic.phone, "the service says that it has a fault of its own").await;
    std::fs::write(folder.path().join("password"), "wrong").unwrap();
    app.0.lock().unwrap().status = None;
    let file = clinic.state.path().join("settings.toml");
    let (mut clinic, physician) =
        clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    system_says(&clinic.phone, "the service does not accept the key").await;
    clinic.server.stop();
    let safe = settings.replace("http://", "https://");
    std::fs::write(&file, safe).unwrap();
    let (clinic, _) = clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    system_says(&clinic.phone, "or it does not speak TLS").await;
}

#[tokio::test]
async fn an_alert_leaves_by_kannel() {
    let fake = Path::new("/usr/lib/kannel/test/fakesmsc");
    if !is_here(fake) || !is_here(Path::new("/usr/sbin/bearerbox")) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [admin, boxes, centre, requests] = [(); 4].map(|()| free_port());
    let kannel = folder.path().join("kannel.conf");
    let text = format!(
        "group = core\nadmin-port = {admin}\nadmin-password = p\nsmsbox-port = {boxes}\n\
         box-allow-ip = \"127.0.0.1\"\n\ngroup = smsc\nsmsc = fake\nport = {centre}\n\
         connect-allow-ip = 127.0.0.1\n\ngroup = smsbox\nbearerbox-host = 127.0.0.1\n\
         sendsms-port = {requests}\n\ngroup = sendsms-user\nusername = box\npassword = s3&cret\n\n\
         group = sms-service\nkeyword = default\ntext = \"ok\"\n"
    );
    std::fs::write(&kannel, text).unwrap();
    let listens = |port: u16| async move {
        let tried = async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok();
        until("a port of Kannel", tried).await;
    };
    let _bearerbox = Peer::start(Command::new("/usr/sbin/bearerbox").arg(&kannel));
    listens(admin).await;
    let _smsbox = Peer::start(Command::new("/usr/sbin/smsbox").arg(&kannel));
    listens(requests).await;
    let log = folder.path().join("centre.log");
    let output = std::fs::File::create(&log).unwrap();
    let centre = centre.to_string();
    let mut command = Command::new(fake);
    command.args(["-H", "127.0.0.1", "-r", &centre, "-i", "1000", "-m", "1", "123 456 text nop"]);
    let child = command.stdout(output.try_clone().unwrap()).stderr(output).spawn().unwrap();
    let _centre = Peer(child);
    let got = || std::fs::read_to_string(&log).unwrap();
    until("Kannel", async || got().contains("Got message 1")).await;
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s3&cret\n").unwrap();
    let settings = |path: &Path| {
        format!(
            "site_name = 'Rampur'\n[sms]\nurl = 'http://127.0.0.1:{requests}/cgi-bin/sendsms?\
             username=box&password={{secret}}&from=4711&to={{to}}&text={{text}}&charset=UTF-8'\n\
             secret_file = '{}'\n",
            path.display()
        )
    };
    let (clinic, physician) = clinic(&settings(&secret), &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, NUMBER, "1").await;
    until("the message", async || got().contains("Got message 2")).await;
    let got = got();
    let line = got.lines().find(|line| line.contains("Got message 2")).unwrap();
    assert!(line.contains(NUMBER) && line.contains("Rampur"), "{line}");
    assert!(!line.contains("Asha"), "{line}");
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    // A wrong password is said, not guessed at.
    std::fs::write(&secret, "wrong\n").unwrap();
    let file = clinic.state.path().join("settings.toml");
    let (clinic, physician) =
        clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    let csrf = physician.hidden("/contact", "csrf").await;
    physician.post("/contact", &[("csrf", csrf.as_str()), ("do", "test")]).await;
    system_says(&clinic.phone, "the service does not accept the key").await;
}
