//! Updates: killed at every named step, refused where they must be, taken back where they fail.
//!
//! The program in a slot is a small script that runs this build as another version: in a debug build
//! the environment says which one, and which further step of the database it has.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::StatusCode;

use crate::clinic::{PIN, TestClinic, free_port, hidden, upload_id};
use crate::phantom::{self, Shot};

pub const OLD: &str = "0.1.0";
pub const NEW: &str = "0.2.0";
/// What the new version does to the database.
pub const STEP: &str = "create table later (x integer primary key) strict; \
                    alter table patient add column later text;";

/// What a program in a slot does instead of what it should.
#[derive(Clone, Copy, PartialEq)]
pub enum Manner {
    Well,
    /// Changes the database, then ends.
    DiesAtStart,
    /// Says that a table lost its rows.
    LosesRows,
    /// Never answers.
    Hangs,
    /// Ends at its start on boxes that have a file `dies` beside their slots.
    DiesWhereTold,
    /// Has another findings network inside: the one in the folder `maker`.
    NewNetwork,
}

/// The state directory of a clinic with two patients and a read film, made once.
fn state_of_a_clinic() -> &'static Path {
    static STATE: OnceLock<tempfile::TempDir> = OnceLock::new();
    STATE
        .get_or_init(|| {
            let make = || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(async {
                    let mut clinic = TestClinic::open().await;
                    let study = clinic.phone.register("Asha Devi", "44").await;
                    clinic.phone.register("Ravi Kumar", "51").await;
                    let shot = Shot { width: 900, height: 1200, ..Shot::default() };
                    let photo = phantom::jpeg(shot);
                    let (status, _) = clinic.phone.upload(&study, &upload_id(1), photo).await;
                    assert_eq!(status, StatusCode::OK);
                    assert_eq!(clinic.phone.settled(&study).await, "reported");
                    clinic.server.stop();
                    clinic.state
                })
            };
            std::thread::spawn(make).join().unwrap()
        })
        .path()
}

/// A box with slots.
pub struct Site {
    pub folder: tempfile::TempDir,
    /// Bytes that no compression helps, in its programs.
    padding: usize,
}

/// A program that serves.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Served {
    pub fn is_dead(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }
}

#[track_caller]
pub fn done(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[track_caller]
pub fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "{said}");
}

#[track_caller]
pub fn died(output: &Output, point: &str) {
    assert_eq!(output.status.code(), None, "{point} was not reached: {output:?}");
}

impl Site {
    pub fn new() -> Self {
        Self::padded(0)
    }

    pub fn padded(padding: usize) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), padding };
        let copied = Command::new("cp")
            .arg("-a")
            .args([state_of_a_clinic(), &site.path("state")])
            .status()
            .unwrap();
        assert!(copied.success());
        let config =
            format!("slots_dir = {:?}\nstate_dir = {:?}\n", site.path("opt"), site.path("state"));
        std::fs::write(site.path("settings.toml"), config).unwrap();
        let old = site.program(OLD, "", Manner::Well);
        done(&site.run(&old, &["slots", "init", "--program", old.to_str().unwrap()], ""));
        let key = site.path("release.key");
        done(&site.run(&old, &["models", "keygen", key.to_str().unwrap()], ""));
        let public = site.path("release.pub");
        std::fs::copy(public, site.path("opt/update/keys/release.pub")).unwrap();
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A script that is the program in another version.
    pub fn program(&self, version: &str, step: &str, manner: Manner) -> PathBuf {
        let real = env!("CARGO_BIN_EXE_fieldray");
        let mut text = format!("#!/bin/sh\nexport FIELDRAY_PRETEND_VERSION={version}\n");
        // One program runs the other: what it exports must not reach it.
        match step {
            "" => text.push_str("unset FIELDRAY_PRETEND_STEP FIELDRAY_PRETEND_PACK\n"),
            _ => text.push_str(&format!("export FIELDRAY_PRETEND_STEP='{step}'\n")),
        }
        text.push_str(match manner {
            Manner::Well => "",
            Manner::DiesAtStart => {
                "if [ \"$1\" = serve ]; then\n\
                 \"$REAL\" check --state \"$STATE\" >/dev/null; exit 1; fi\n"
            }
            Manner::LosesRows => {
                "if [ \"$2\" = trial ]; then \"$REAL\" \"$@\" | sed 's/\"patient\":2/\"patient\":1/'; exit; fi\n"
            }
            Manner::DiesWhereTold => {
                "if [ \"$1\" = serve ] && [ -e \"${0%/*}/../../dies\" ]; then exit 1; fi\n"
            }
            Manner::NewNetwork => {
                "export FIELDRAY_PRETEND_PACK=\"$FOLDER/maker/models/findings/3.0.0\"\n\
                 export FIELDRAY_PRETEND_KEY=\"$FOLDER/maker.pub\"\n"
            }
            Manner::Hangs => "if [ \"$2\" = trial ]; then exec sleep 30; fi\n",
        });
        let state = self.path("state");
        let text = text.replace("$REAL", real).replace("$STATE", state.to_str().unwrap());
        let text = text.replace("$FOLDER", self.folder.path().to_str().unwrap());
        let path = self.path(&format!("program-{version}"));
        let mut state = 0x9E37_79B9_u64;
        let digit = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from_digit((state >> 32) as u32 % 36, 36).unwrap()
        };
        // Never read: the line before does not come back.
        let padding: String = (0..self.padding).map(digit).collect();
        let written = path.with_extension("text");
        std::fs::write(&written, format!("{text}exec {real} \"$@\"\n#{padding}\n")).unwrap();
        // By another process: a child of another test that begins now would hold it open for writing, and
        // nobody could run it.
        let mut install = Command::new("install");
        install.args(["-m", "755"]).arg(&written).arg(&path);
        assert!(install.status().unwrap().success());
        path
    }

    /// A signed bundle of such a script.
    pub fn bundle(&self, version: &str, step: &str, manner: Manner) -> String {
        self.bundle_with(version, step, manner, &[])
    }

    /// The same with further arguments.
    pub fn bundle_with(&self, version: &str, step: &str, manner: Manner, more: &[&str]) -> String {
        let program = self.program(version, step, manner);
        let described = done(&self.run(&program, &["update", "describe"], ""));
        let described: serde_json::Value = serde_json::from_str(&described).unwrap();
        let schema = described["schema"].to_string();
        let out = self.path(&format!("{version}.frbundle"));
        let (out, program) = (out.to_str().unwrap(), program.to_str().unwrap());
        let key = self.path("release.key");
        let arguments = ["bundle", "make", out, "--program", program, "--version", version];
        let rest = ["--schema", schema.as_str(), "--key", key.to_str().unwrap()];
        let made = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(arguments)
            .args(rest)
            .args(more)
            .output()
            .unwrap();
        done(&made);
        out.to_owned()
    }

    /// Runs a program of the box with its settings; it is killed at the point, if one is named.
    pub fn run(&self, program: &Path, arguments: &[&str], crash_at: &str) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env("FIELDRAY_LOG", "error").env("FIELDRAY_CRASH_AT", crash_at);
        if matches!(arguments[0], "update" | "slots") {
            command.arg("--config").arg(self.path("settings.toml"));
        }
        command.output().unwrap()
    }

    pub fn good(&self, arguments: &[&str], crash_at: &str) -> Output {
        self.run(&self.path("opt/good/fieldray"), arguments, crash_at)
    }

    pub fn install(&self, bundle: &str, crash_at: &str) -> Output {
        self.good(&["update", "install", bundle], crash_at)
    }

    /// What systemd runs before each start.
    pub fn boot(&self, crash_at: &str) -> Output {
        self.good(&["slots", "boot"], crash_at)
    }

    /// What systemd starts; `None` when it ended before it was ready.
    pub fn serve(&self, crash_at: &str) -> Option<Served> {
        self.serve_on("127.0.0.1:0", crash_at)
    }

    fn serve_on(&self, listen: &str, crash_at: &str) -> Option<Served> {
        let mut child = Command::new(self.path("opt/current/fieldray"))
            .args(["serve", "--listen", listen, "--config"])
            .arg(self.path("settings.toml"))
            .env("FIELDRAY_LOG", "error")
            .env("FIELDRAY_CRASH_AT", crash_at)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next();
        match line {
            Some(Ok(ready)) => {
                let address = ready.rsplit(' ').next().unwrap().to_owned();
                Some(Served { child, address })
            }
            _ => {
                assert!(!child.wait().unwrap().success());
                None
            }
        }
    }

    /// The box runs this version and has everything that it had.
    #[track_caller]
    pub fn holds(&self, version: &str) {
        let current = std::fs::read_link(self.path("opt/current")).unwrap();
        let script = std::fs::read_to_string(self.path("opt").join(current).join("fieldray"));
        assert!(script.unwrap().contains(&format!("VERSION={version}\n")), "not {version}");
        let checked = done(
            &self.good(&["check", "--deep", "--state", self.path("state").to_str().unwrap()], ""),
        );
        assert!(checked.contains("2 studies and 2 files checked, 0 problems"), "{checked}");
        assert_eq!(self.patients(), ["Asha Devi", "Ravi Kumar"]);
    }

    fn patients(&self) -> Vec<String> {
        let database = rusqlite::Connection::open(self.path("state/fieldray.db")).unwrap();
        let mut select = database.prepare("select name from patient order by rowid").unwrap();
        let names = select.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    }

    pub fn schema(&self) -> u32 {
        let database = rusqlite::Connection::open(self.path("state/fieldray.db")).unwrap();
        database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }
}

/// Killed while a bundle is installed: until the record is written the box is the old one.
#[test]
fn killed_while_installing() {
    let site = Site::new();
    let bundle = site.bundle(NEW, STEP, Manner::Well);
    let before = site.schema();
    for point in [
        "update_unpacked",
        "update_slot_cleared",
        "update_slot_filled",
        "update_copied",
        "update_tried",
        "update_before_record",
    ] {
        died(&site.install(&bundle, point), point);
        done(&site.boot(""));
        site.holds(OLD);
        assert_eq!(site.schema(), before, "{point}");
        let status = done(&site.good(&["update", "status"], ""));
        assert!(
            status.contains("last update: refused"),
            "{point}: nobody could ask again: {status}"
        );
    }
    died(&site.install(&bundle, "update_recorded"), "update_recorded");
    done(&site.boot(""));
    drop(site.serve("").expect("the new version starts"));
    done(&site.boot(""));
    site.holds(NEW);
    assert_eq!(site.schema(), before + 1);
}

/// Killed at every step from the first try to the settled slot.
#[test]
fn killed_while_the_new_version_starts() {
    let site = Site::new();
    done(&site.install(&site.bundle(NEW, STEP, Manner::Well), ""));
    for point in ["slots_way_back_kept", "slots_try_counted"] {
        died(&site.boot(point), point);
    }
    done(&site.boot(""));
    assert!(site.serve("update_before_confirmed").is_none());
    died(&site.boot("slots_switched"), "slots_switched");
    // The third try was counted; the start itself goes on from here.
    assert!(site.serve("update_confirmed").is_none());
    for point in ["slots_good_pointed", "slots_settled"] {
        died(&site.boot(point), point);
    }
    done(&site.boot(""));
    site.holds(NEW);
    let served = site.serve("").expect("the new version starts");
    let status = done(&site.good(&["update", "status"], ""));
    assert!(status.contains("slot b, version 0.2.0, known to start"), "{status}");
    drop(served);

    // The old program does not know the database any more: no way back, and it says so.
    refused(&site.good(&["update", "rollback"], ""), "install a corrected newer bundle");
    site.holds(NEW);
}

/// A version that changes the database and then does not start: back to the old one, killed at every
/// step, and the database as it was. A corrected version goes in afterwards.
#[test]
fn a_version_that_does_not_start_is_taken_back() {
    let site = Site::new();
    let before = site.schema();
    done(&site.install(&site.bundle(NEW, STEP, Manner::DiesAtStart), ""));
    for number in 1..=3 {
        assert!(done(&site.boot("")).contains(&format!("on trial, try {number}")));
        assert!(site.serve("").is_none());
        assert_eq!(site.schema(), before + 1, "the version on trial changed the database");
    }
    for point in
        ["slots_going_back", "slots_database_back", "slots_back_pointed", "slots_went_back"]
    {
        died(&site.boot(point), point);
    }
    done(&site.boot(""));
    site.holds(OLD);
    assert_eq!(site.schema(), before);
    drop(site.serve("").expect("the old version starts"));
    let status = done(&site.good(&["update", "status"], ""));
    assert!(status.contains("version 0.2.0 did not start here"), "{status}");
    assert!(status.contains("last update: went-back"), "{status}");

    done(&site.install(&site.bundle("0.2.1", STEP, Manner::Well), ""));
    done(&site.boot(""));
    drop(site.serve("").expect("the corrected version starts"));
    done(&site.boot(""));
    site.holds("0.2.1");
}

/// What fails its trial, or is not for this box, changes nothing; an equal database lets one go back.
#[test]
fn bad_bundles_change_nothing_and_a_good_one_can_be_taken_back() {
    let site = Site::new();
    refused(&site.install(&site.bundle(NEW, STEP, Manner::LosesRows), ""), "patient would lose");
    let bundle = site.bundle(NEW, STEP, Manner::Hangs);
    let slow = ["update", "install", &bundle, "--trial-seconds", "1"];
    refused(&site.good(&slow, ""), "no answer within 1 s");
    refused(&site.good(&["update", "rollback"], ""), "no other program");
    site.holds(OLD);

    let good = site.bundle(NEW, "", Manner::Well);
    let mut bytes = std::fs::read(&good).unwrap();
    let end = bytes.len() - 1;
    bytes[end] ^= 1;
    let damaged = site.path("damaged.frbundle");
    std::fs::write(&damaged, bytes).unwrap();
    refused(&site.install(damaged.to_str().unwrap(), ""), "not the one that was signed");
    let (out, program) = (site.path("unsigned.frbundle"), site.path("program-0.2.0"));
    let (out, program) = (out.to_str().unwrap(), program.to_str().unwrap());
    let make = ["bundle", "make", out, "--program", program, "--version", NEW];
    done(&site.run(Path::new(env!("CARGO_BIN_EXE_fieldray")), &make, ""));
    refused(&site.install(out, ""), "not signed");

    done(&site.good(&["update", "inspect", &good], ""));
    done(&site.install(&good, ""));
    refused(&site.install(&good, ""), "not settled yet");
    done(&site.boot(""));
    drop(site.serve("").unwrap());
    let older = site.bundle("0.1.5", "", Manner::Well);
    refused(&site.install(&older, ""), "update rollback");
    refused(&site.install(&good, ""), "in use already");
    done(&site.good(&["update", "rollback"], ""));
    done(&site.boot(""));
    drop(site.serve("").unwrap());
    done(&site.boot(""));
    site.holds(OLD);
}

/// The whole way over the page: offered, agreed to, installed, closed while it proves itself, running.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_agrees_on_the_page() {
    let site = Site::new();
    let bundle = site.bundle(NEW, STEP, Manner::Well);
    let inbox = site.path("state/updates/inbox");
    std::fs::create_dir_all(&inbox).unwrap();
    std::fs::copy(bundle, inbox.join("fieldray.frbundle")).unwrap();
    std::fs::write(inbox.join("junk.frbundle"), "junk").unwrap();
    let served = site.serve("").unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .cookie_store(true)
        .build()
        .unwrap();
    let base = served.address.clone();
    let page = |path: &str| client.get(format!("{base}{path}")).send();
    let login = page("/login").await.unwrap().text().await.unwrap();
    let operator = hidden(&login, "operator");
    let fields = [("operator", operator.as_str()), ("pin", PIN), ("next", "")];
    client.post(format!("{base}/login")).form(&fields).send().await.unwrap();

    let system = page("/system").await.unwrap().text().await.unwrap();
    assert!(system.contains("Version 0.2.0 lies ready"), "{system}");
    let shown = page("/system/update").await.unwrap().text().await.unwrap();
    let (csrf, digest) = (hidden(&shown, "csrf"), hidden(&shown, "bundle"));
    let agree = |tick: &'static str| {
        let fields =
            [("csrf", csrf.clone()), ("bundle", digest.clone()), ("agree", tick.to_owned())];
        client.post(format!("{base}/system/update")).form(&fields).send()
    };
    assert_eq!(agree("").await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!site.path("state/updates/request.toml").exists());
    assert_eq!(agree("yes").await.unwrap().status(), StatusCode::SEE_OTHER);
    assert!(
        page("/system/update").await.unwrap().text().await.unwrap().contains("waiting to begin")
    );
    assert_eq!(agree("yes").await.unwrap().status(), StatusCode::CONFLICT);

    // The appliance runs on while root's part is done.
    done(&site.good(&["update", "run"], ""));
    assert!(!site.path("state/updates/request.toml").exists());
    assert!(page("/system/update").await.unwrap().text().await.unwrap().contains("starts again"));
    drop(served);
    done(&site.boot(""));
    let _served = closed_until_it_has_proved_itself(&site, &client).await;
    let events = rusqlite::Connection::open(site.path("state/fieldray.db")).unwrap();
    let asked: String = events
        .query_row("select detail from event where kind = 'update_asked'", [], |row| row.get(0))
        .unwrap();
    assert!(asked.starts_with("0.2.0 "), "{asked}");
}

/// Starts the version on trial and asks it for a page all the while.
async fn closed_until_it_has_proved_itself(site: &Site, client: &reqwest::Client) -> Served {
    let port = free_port();
    let address = format!("http://127.0.0.1:{port}");
    let asked = tokio::spawn({
        let (client, address) = (client.clone(), address.clone());
        async move {
            loop {
                if let Ok(answer) = client.get(format!("{address}/login")).send().await {
                    return (answer.status(), answer.text().await.unwrap());
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    });
    let served = std::thread::scope(|scope| {
        scope.spawn(|| site.serve_on(&format!("127.0.0.1:{port}"), "")).join().unwrap()
    });
    let served = served.expect("the new version starts");
    let (status, text) = asked.await.unwrap();
    assert_eq!(
        status,
        StatusCode::SERVICE_UNAVAILABLE,
        "pages are closed until it has proved itself"
    );
    assert!(text.contains("FR-804"));
    let login = client.get(format!("{address}/login")).send().await.unwrap();
    assert_eq!(login.status(), StatusCode::OK);
    assert!(site.path("state/updates/confirmed").exists());
    served
}
