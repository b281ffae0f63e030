//! Urgent results by text message while no link comes: the real box, gammu-smsd, the real portal. Between the
//! box's modem and the portal's folder the test is the network.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use rusqlite::Connection;

use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::{all_done, compare, start, until_done};
use crate::alerts::Daemon;
use crate::clinic::{Box_, PATIENCE, TestClinic, check};
use crate::seed::{self, Film};

const PORTAL_NUMBER: &str = "+911140000000";
const BOX_NUMBER: &str = "+919876543210";
/// What gateways know.
const TOKEN: &str = "0123456789abcdef-token";
/// Urgent films: more than one text can tell of.
const URGENT: usize = 6;

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
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

/// A box with a modem, a portal with its three doors, and the folders between them.
struct Scene {
    folders: tempfile::TempDir,
    _daemon: Daemon,
    portal: Portal_,
    pages_key: String,
    clinic: TestClinic,
    link: BadLink,
}

impl Scene {
    async fn open() -> Option<Self> {
        let folders = tempfile::tempdir().unwrap();
        // It looks into its outbox every 30 seconds unless it is told otherwise.
        let often = "commtimeout = 1\nreceivefrequency = 1\n";
        let daemon = Daemon::start_with(folders.path(), often)?;
        let folder = |name: &str| {
            let path = folders.path().join(name);
            std::fs::create_dir_all(&path).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let token = folders.path().join("token").to_str().unwrap().to_owned();
        std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
        let portal = Portal_::start_with(&[
            ("--sms-inbox", &folder("portal-inbox")),
            ("--sms-outbox", &folder("portal-outbox")),
            ("--sms-token-file", &token),
        ]);
        let printed = portal.command(&["pages-key"]);
        let pages_key = printed.trim().rsplit(' ').next().unwrap().to_owned();
        let mut clinic = TestClinic::open().await;
        clinic.server.stop();
        let link = BadLink::open(portal.boxes, Faults::none()).await;
        Some(Self { folders, _daemon: daemon, portal, pages_key, clinic, link })
    }

    fn spool(&self) -> &Path {
        self.folders.path()
    }

    fn inbox(&self) -> PathBuf {
        self.folders.path().join("portal-inbox")
    }

    fn state(&self) -> &Path {
        self.clinic.state.path()
    }

    fn settings(&self, url: &str, code: &str) -> PathBuf {
        let file = self.state().join("settings.toml");
        let text = format!(
            "site_name = 'PHC Test'\n[portal]\nurl = '{url}'\nkey = '{}'\ncode = '{code}'\n\
             sms = '{PORTAL_NUMBER}'\nsms_after_minutes = 0\n[sms]\ngammu_spool = '{}'\n",
            self.portal.key,
            self.spool().display()
        );
        std::fs::write(&file, text).unwrap();
        file
    }

    fn start(&mut self, settings: &Path, environment: &[(&str, &str)]) -> Box_ {
        let server = start(self.state(), settings, environment);
        self.clinic.phone.move_to(&server.address);
        server
    }

    async fn fleet(&self) -> String {
        let request = Client::new().get(self.portal.pages.as_str());
        let request = request.basic_auth("anybody", Some(&self.pages_key));
        request.send().await.unwrap().text().await.unwrap()
    }

    async fn post(&self, token: &str, text: &str) -> reqwest::Response {
        let hook = format!("{}/sms/in", self.portal.pages);
        let form = [("from", BOX_NUMBER), ("text", text)];
        Client::new().post(hook).bearer_auth(token).form(&form).send().await.unwrap()
    }

    /// One contact: each side learns the other's key.
    async fn meet(&mut self) {
        let file = self.settings(&self.link.url(), &self.portal.code());
        let _server = self.start(&file, &[]);
        let database = self.state().join("fieldray.db");
        let known = "select count(*) from box where key = 'sms_reader' and value <> ''";
        until("the keys", async || one::<i64>(&database, known) == 1).await;
        self.clinic.phone.page_until("/system", "go to the portal by text message").await;
    }

    /// What left the box: both halves. The first one left twice, because the box died after it.
    fn halves(&self) -> (String, String) {
        let texts = sent(self.spool());
        assert!(texts.iter().all(|(name, text)| {
            name.starts_with("OUTZ") && name.contains(PORTAL_NUMBER) && text.len() == 160
        }));
        let halves = |mark: &str| -> Vec<&String> {
            texts.iter().map(|(_, text)| text).filter(|text| text.starts_with(mark)).collect()
        };
        let (first, second) = (halves("FR1B"), halves("FR1C"));
        assert_eq!((texts.len(), first.len(), second.len()), (3, 2, 1), "{texts:?}");
        assert_eq!(first[0], first[1], "a try without a known end is made again as it was");
        let log = std::fs::read_to_string(self.spool().join("log")).unwrap();
        let counted: Vec<_> = log.lines().filter(|line| line.contains("Transmitted")).collect();
        assert!(counted.len() == 3 && counted.iter().all(|line| line.contains("(total: 1)")));
        (first[0].clone(), second[0].clone())
    }

    /// The second half first, by the folder; the first twice, by a gateway. Gives the portal's answer.
    async fn deliver(&self, first: &str, second: &str) -> String {
        arrives(&self.inbox(), 1, second);
        arrives(&self.inbox(), 2, "You have won. Call now.");
        until("the half", async || self.fleet().await.contains("1 text message lacks")).await;
        let wrong = self.post("0123456789abcdef-wrong", first).await;
        assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
        let answered = self.post(TOKEN, first).await;
        assert_eq!(answered.status(), StatusCode::OK);
        let answer = answered.text().await.unwrap();
        assert!(answer.starts_with("FR1H") && answer.len() == 12, "{answer}");
        assert_eq!(self.post(TOKEN, first).await.text().await.unwrap(), answer);
        let page = self.fleet().await;
        assert!(page.contains("6 urgent results were announced by text message"), "{page}");
        assert!(!page.contains("lacks its other half") && !page.contains("Patient 0"));
        let by_hand = self.portal.command(&["take-sms", first, second]);
        assert!(by_hand.contains("known: 6 results") && by_hand.contains(&answer), "{by_hand}");
        answer
    }

    /// The portal's word goes back by the folder, too.
    async fn hear(&self, both: &str, answer: &str) {
        arrives(&self.inbox(), 3, both);
        let outbox = self.folders.path().join("portal-outbox");
        let answers = || {
            let files = std::fs::read_dir(&outbox).unwrap().map(|one| one.unwrap().path());
            files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("OUT"))
        };
        until("the answer", async || answers().next().is_some()).await;
        let put = answers().next().unwrap();
        assert!(put.to_str().unwrap().contains(BOX_NUMBER));
        assert_eq!(utf16(&std::fs::read(&put).unwrap()), answer);
        to_box(self.spool(), answer);
        self.clinic.phone.page_until("/system", "the portal has read it").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn urgent_results_reach_the_portal_while_no_link_comes_and_close_when_it_does() {
    let Some(mut scene) = Scene::open().await else { return };
    scene.meet().await;

    // No link from now on, and the box dies between the modem's word and its row.
    let films: Vec<Film> = (0..URGENT).map(|at| Film::urgent(&format!("Patient {at}"))).collect();
    seed::films(scene.state(), &films);
    let file = scene.settings("https://127.0.0.1:9", "");
    let mut server = scene.start(&file, &[("FIELDRAY_CRASH_AT", "before_sms_sent")]);
    assert!(server.died().await);
    let server = scene.start(&file, &[]);
    let announced = "6 urgent results were announced to the portal by text message";
    scene.clinic.phone.page_until("/system", announced).await;
    assert!(!all_done(scene.state()), "an announcement is no receipt");
    let (first, second) = scene.halves();
    let answer = scene.deliver(&first, &second).await;
    scene.hear(&format!("{second}\n{first}"), &answer).await;
    drop(server);

    // The link comes: the records close what was announced.
    let file = scene.settings(&scene.link.url(), "");
    let server = scene.start(&file, &[]);
    until_done(scene.state(), URGENT, || {}).await;
    drop(server);
    compare(scene.state(), &scene.portal);
    let open = "select count(*) from announcement where state <> 'arrived'";
    assert_eq!(one::<i64>(&scene.portal.state.path().join("portal.db"), open), 0);
    assert!(!scene.fleet().await.contains("announced by text message"));
    assert!(check(scene.state()).ends_with("0 problems"));
    let left: Vec<_> =
        std::fs::read_dir(scene.inbox()).unwrap().map(|one| one.unwrap().path()).collect();
    assert!(left.len() == 1 && left[0].extension().unwrap() == "other", "{left:?}");
}
