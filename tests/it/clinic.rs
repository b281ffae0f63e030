//! `TestClinic`: the real program on a scratch state directory, and a technician's phone.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;

pub const PIN: &str = "2580";
/// What an administrator gives to new people.
pub const START_PIN: &str = "1470";

/// Longest wait for what comes sooner or later: on a machine where every test runs at once, that may be long.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// A running appliance. Killed when dropped.
pub struct Box_ {
    child: Child,
    pub address: String,
    pub code: Option<String>,
}

impl Box_ {
    /// Starts `fieldray serve` on a state directory; environment entries go to the program.
    pub fn start(state: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start_with(state, environment, &[])
    }

    /// The same with further arguments.
    pub fn start_with(state: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        Self::start_by(&[], state, environment, arguments)
    }

    /// The same by a program that starts others: `ip netns exec …`.
    pub fn start_by(
        launcher: &[String],
        state: &Path,
        environment: &[(&str, &str)],
        arguments: &[&str],
    ) -> Self {
        let mut begin = launched(launcher);
        begin
            .args(["serve", "--listen", "127.0.0.1:0", "--state"])
            .arg(state)
            .args(arguments)
            .env("FIELDRAY_LOG", "warn")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped());
        wait_for_lock(state);
        let mut child = begin.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.next().expect("a first line").unwrap();
        let address = ready.rsplit(' ').next().unwrap().to_owned();
        assert!(address.starts_with("http://"), "{ready}");
        // The code follows at once on a new box and never on an old one.
        let fresh = !has_operator(state);
        let code = fresh.then(|| lines.next().unwrap().unwrap());
        let code = code.map(|line| line.rsplit(' ').next().unwrap().to_owned());
        Self { child, address, code }
    }

    /// The same with every line of the log in a file.
    pub fn start_logged(state: &Path, arguments: &[&str], log: std::fs::File) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["serve", "--listen", "127.0.0.1:0", "--state"])
            .arg(state)
            .args(arguments)
            .env("FIELDRAY_LOG", "debug")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let ready = BufReader::new(child.stdout.take().unwrap()).lines().next();
        let ready = ready.expect("a first line").unwrap();
        Self { child, address: ready.rsplit(' ').next().unwrap().to_owned(), code: None }
    }

    /// Kills the program as a power cut would stop it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The same, for a state directory that is looked into before the next start.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the program has died by itself.
    pub async fn died(&mut self) -> bool {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    pub fn is_dead(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Box_ {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }
}

/// The program: the one built with the tests, or another one that a measurement names.
fn program() -> std::ffi::OsString {
    std::env::var_os("FIELDRAY_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_fieldray").into())
}

/// The program by one that starts others, which becomes it; by nobody where `launcher` is empty.
pub fn launched(launcher: &[String]) -> Command {
    match launcher.split_first() {
        None => Command::new(program()),
        Some((first, more)) => {
            let mut command = Command::new(first);
            command.args(more).arg(program());
            command
        }
    }
}

/// A folder in memory where there is one: for states whose durability no test asks about.
pub fn quick_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = tempfile::Builder::new().prefix("fieldray-").tempdir_in(memory);
    made.or_else(|_| tempfile::tempdir()).unwrap()
}

/// Asks the box itself whether anybody has set it up; the database is not opened behind its back.
fn has_operator(state: &Path) -> bool {
    state.join("set-up-by-test").exists()
}

/// A scratch clinic: state directory, running box, logged-in phone.
pub struct TestClinic {
    pub state: tempfile::TempDir,
    pub server: Box_,
    pub phone: Phone,
}

impl TestClinic {
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    pub async fn open_with(environment: &[(&str, &str)]) -> Self {
        let state = tempfile::tempdir().unwrap();
        let server = Box_::start(state.path(), environment);
        let phone = Phone::set_up(&server, state.path()).await;
        Self { state, server, phone }
    }

    /// The same with the state in memory.
    pub async fn open_quick() -> Self {
        let state = quick_folder();
        let server = Box_::start(state.path(), &[]);
        let phone = Phone::set_up(&server, state.path()).await;
        Self { state, server, phone }
    }

    /// The same with a settings file.
    pub async fn open_set(settings: &str) -> Self {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join("settings.toml");
        std::fs::write(&file, settings).unwrap();
        let arguments = ["--config", file.to_str().unwrap()];
        let server = Box_::start_with(state.path(), &[], &arguments);
        let phone = Phone::set_up(&server, state.path()).await;
        Self { state, server, phone }
    }

    /// Nobody touches any phone for that long.
    pub fn leave_alone(&mut self, seconds: i64) {
        self.server.stop();
        let database = rusqlite::Connection::open(self.state.path().join("fieldray.db")).unwrap();
        let update = "update session set seen_ms = seen_ms - ?1 * 1000";
        assert!(database.execute(update, [seconds]).unwrap() > 0);
        drop(database);
        let file = self.state.path().join("settings.toml");
        let arguments = ["--config", file.to_str().unwrap()];
        self.server = Box_::start_with(self.state.path(), &[], &arguments);
        self.phone.move_to(&self.server.address);
    }

    /// Starts the program again on the same state, as after a power cut.
    pub async fn restart(mut self, environment: &[(&str, &str)]) -> Self {
        self.server.kill();
        self.server = Box_::start(self.state.path(), environment);
        self.phone.move_to(&self.server.address);
        self
    }

    /// Adds a physician and logs in on another phone.
    pub async fn physician(&self, name: &str) -> Phone {
        self.person(name, "physician").await
    }

    /// Adds somebody, who logs in on another phone and chooses the PIN of all tests.
    pub async fn person(&self, name: &str, role: &str) -> Phone {
        self.add_person(name, role, START_PIN).await;
        let phone = self.phone.log_in_with(name, START_PIN).await;
        let csrf = phone.hidden("/passcode", "csrf").await;
        let fields = [("csrf", csrf.as_str()), ("pin", PIN), ("pin_again", PIN)];
        let chosen = phone.post("/passcode", &fields).await;
        assert_eq!(chosen.status(), StatusCode::SEE_OTHER);
        phone
    }

    /// Adds somebody with a PIN that has to be replaced.
    pub async fn add_person(&self, name: &str, role: &str, pin: &str) {
        let csrf = self.phone.hidden("/operators", "csrf").await;
        let fields = [
            ("csrf", csrf.as_str()),
            ("name", name),
            ("role", role),
            ("pin", pin),
            ("pin_again", pin),
        ];
        let added = self.phone.post("/operators", &fields).await;
        assert_eq!(added.status(), StatusCode::OK);
    }

    /// Starts the program again on the same state; gives the other phone back too.
    pub async fn again_with(mut self, mut other: Phone, arguments: &[&str]) -> (Self, Phone) {
        self.server.stop();
        self.server = Box_::start_with(self.state.path(), &[], arguments);
        self.phone.move_to(&self.server.address);
        other.move_to(&self.server.address);
        (self, other)
    }

    /// Stops the program and runs `fieldray check`, which must find something; gives what it says.
    pub fn stop_and_list_problems(mut self) -> String {
        self.server.stop();
        let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["check", "--state"])
            .arg(self.state.path())
            .output()
            .unwrap();
        assert!(!done.status.success());
        String::from_utf8(done.stdout).unwrap()
    }

    /// Stops the program and runs `fieldray check --deep`; gives its last line.
    pub fn stop_and_check(self) -> String {
        self.server.kill();
        check(self.state.path())
    }
}

/// Waits until a fact of the box (`fhir_place`, `pacs_place`) holds that text: it has taken up its settings.
pub async fn until_fact(state: &Path, fact: &str, text: &str) {
    let db = rusqlite::Connection::open(state.join("fieldray.db")).unwrap();
    let select = "select instr(value, ?2) > 0 from box where key = ?1";
    let end = Instant::now() + PATIENCE;
    while !db.query_row(select, [fact, text], |row| row.get::<_, bool>(0)).unwrap() {
        assert!(Instant::now() < end, "{fact} does not become {text}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Runs `fieldray check --deep` on a state directory and expects it to find nothing.
pub fn check(state: &Path) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(["check", "--deep", "--state"])
        .arg(state)
        .env("FIELDRAY_LOG", "error")
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    text.lines().last().unwrap().to_owned()
}

/// A phone with a session.
#[derive(Clone)]
pub struct Phone {
    pub client: Client,
    pub base: String,
    cookie: String,
}

impl Phone {
    pub async fn set_up(server: &Box_, state: &Path) -> Self {
        let client = client();
        let code = server.code.clone().expect("a new box prints a code");
        let fields =
            [("code", code.as_str()), ("name", "Tech One"), ("pin", PIN), ("pin_again", PIN)];
        let answer = client.post(format!("{}/setup", server.address)).form(&fields).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        std::fs::write(state.join("set-up-by-test"), "").unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { client, base: server.address.clone(), cookie }
    }

    /// Another phone, with connections of its own, on which somebody has logged in.
    pub async fn elsewhere(&self, name: &str) -> Self {
        let phone = Self { client: client(), ..self.clone() };
        phone.log_in_as(name).await
    }

    /// A phone on which somebody else has logged in.
    pub async fn log_in_as(&self, name: &str) -> Self {
        self.log_in_with(name, PIN).await
    }

    /// The same with another PIN or password.
    pub async fn log_in_with(&self, name: &str, pin: &str) -> Self {
        let answer = self.try_log_in(name, pin).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { client: self.client.clone(), base: self.base.clone(), cookie }
    }

    /// What the box answers to a login on a phone without a session.
    pub async fn try_log_in(&self, name: &str, pin: &str) -> Response {
        let login = self.client.get(format!("{}/login", self.base)).send().await.unwrap();
        let page = login.text().await.unwrap();
        let before = page.split(name).next().unwrap();
        let id = before.rsplit("name=\"operator\" value=\"").next().unwrap();
        let id = id.split('"').next().unwrap();
        let fields = [("operator", id), ("pin", pin), ("next", "")];
        self.client.post(format!("{}/login", self.base)).form(&fields).send().await.unwrap()
    }

    /// The same phone with a language chosen.
    pub fn in_language(&self, code: &str) -> Self {
        let cookie = format!("{}; fieldray_language={code}", self.cookie);
        Self { cookie, ..self.clone() }
    }

    /// The same phone with a further cookie.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: format!("{}; {cookie}", self.cookie), ..self.clone() }
    }

    pub fn move_to(&mut self, address: &str) {
        self.base = address.to_owned();
    }

    pub async fn get(&self, path: &str) -> Response {
        let request =
            self.client.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        request.send().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    /// A page of a box that may not be there at the moment.
    pub async fn try_page(&self, path: &str) -> Option<String> {
        let request =
            self.client.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        request.send().await.ok()?.text().await.ok()
    }

    /// Loads a page until a text is on it.
    pub async fn page_until(&self, path: &str, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let page = self.page(path).await;
            if page.contains(text) {
                return page;
            }
            assert!(Instant::now() < end, "{text:?} is not on {path}: {page}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.base)).form(fields);
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    /// The same to a box that may die of it: nothing then.
    pub async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Response> {
        let request = self.client.post(format!("{}{path}", self.base)).form(fields);
        request.header("cookie", &self.cookie).send().await.ok()
    }

    /// The page's hidden field of that name.
    pub async fn hidden(&self, path: &str, name: &str) -> String {
        hidden(&self.page(path).await, name)
    }

    /// Registers a patient of that age and gives the study's address.
    pub async fn register(&self, name: &str, age: &str) -> String {
        self.register_as(name, age, "K-17").await
    }

    /// The same under a number of the clinic.
    pub async fn register_as(&self, name: &str, age: &str, number: &str) -> String {
        let page = self.page("/studies/new").await;
        let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("form_id", form_id.as_str()),
            ("name", name),
            ("local_id", number),
            ("sex", "female"),
            ("age", age),
            ("birth_year", ""),
            // Whoever is alike: a test's patient is somebody new.
            ("chosen", "else"),
        ];
        let answer = self.post("/studies/new", &fields).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Uploads a photo as the page's script does; `Err` when the connection broke.
    pub async fn try_upload(
        &self,
        study: &str,
        upload_id: &str,
        photo: Vec<u8>,
    ) -> Result<Response, reqwest::Error> {
        let csrf = self.hidden("/studies/new", "csrf").await;
        self.send_photo(study, upload_id, &csrf, photo).await
    }

    pub async fn send_photo(
        &self,
        study: &str,
        upload_id: &str,
        csrf: &str,
        photo: Vec<u8>,
    ) -> Result<Response, reqwest::Error> {
        let form = Form::new()
            .text("csrf", csrf.to_owned())
            .text("upload_id", upload_id.to_owned())
            .part("photo", Part::bytes(photo).file_name("photo.jpg"));
        self.multipart(&format!("{study}/photos"), form).send().await
    }

    fn multipart(&self, path: &str, form: Form) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .header("accept", "application/json")
            .multipart(form)
    }

    pub async fn post_form(&self, path: &str, form: Form) -> Response {
        self.multipart(path, form).send().await.unwrap()
    }

    pub async fn upload(
        &self,
        study: &str,
        upload_id: &str,
        photo: Vec<u8>,
    ) -> (StatusCode, Value) {
        let answer = self.try_upload(study, upload_id, photo).await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap())
    }

    /// The study's state, as soon as nothing is on its way any more.
    pub async fn settled(&self, study: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let status: Value = self.get(&format!("{study}/status")).await.json().await.unwrap();
            let state = status["state"].as_str().unwrap().to_owned();
            if state != "processing" {
                return state;
            }
            assert!(Instant::now() < end, "still processing");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build().unwrap()
}

/// Waits until nobody holds the lock of a state directory. A test that has filled it lets go of it at once, and a
/// child of another test that began meanwhile does so when it becomes another program.
fn wait_for_lock(state: &Path) {
    let Ok(lock) = std::fs::File::options().write(true).open(state.join("lock")) else { return };
    let end = Instant::now() + Duration::from_secs(10);
    while lock.try_lock().is_err() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A port that nobody has now, and no test gets again: below those that the kernel gives out by itself.
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        // Elsewhere for another run on this machine.
        let at = NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id();
        let port = u16::try_from(20_000 + at % 5_000).unwrap();
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

/// Upload id number `n`.
pub fn upload_id(n: u32) -> String {
    format!("{n:032x}")
}

/// The shared films and photos, where this checkout has them beside it.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}
