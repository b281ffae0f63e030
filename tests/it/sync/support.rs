//! Help from afar: the portal asks, a person of the box agrees, and the sealed file arrives, once, for as long as was
//! agreed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::{Client, Response, StatusCode};
use rusqlite::Connection;

use super::carry::{NOWHERE, bring_back, carried, take};
use super::down::{count, only_box, orders, until};
use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::{offline, start, until_done};
use crate::clinic::{PATIENCE, Phone, check, hidden};

const CLOCK: &str = "FIELDRAY_CLOCK_WRONG_BY_DAYS";
/// Stands in the place of a patient's name.
const CANARY: &str = "Zqxwv Kanarienvogel";

fn fieldray(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The key of support, and a box's settings with it.
struct Support {
    secret: PathBuf,
    public: String,
}

impl Support {
    fn new(state: &Path) -> Self {
        let secret = state.join("support.key");
        let public = fieldray(&["support", "keygen", secret.to_str().unwrap()]);
        Self { secret, public: public.trim().to_owned() }
    }

    /// Settings that lead to a portal; `more` goes into its section.
    fn settings(&self, state: &Path, url: &str, portal: &Portal_, more: &str) -> PathBuf {
        let file = state.join("settings.toml");
        let section = portal.settings().replace("https://ADDRESS:8443", url);
        let text =
            format!("site_name = 'PHC Test'\nsupport_key = '{}'\n{section}\n{more}\n", self.public);
        std::fs::write(&file, text).unwrap();
        file
    }

    fn open(&self, sealed: &[u8]) -> String {
        let file = self.secret.with_extension("age");
        std::fs::write(&file, sealed).unwrap();
        let key = self.secret.to_str().unwrap();
        fieldray(&["support", "open", file.to_str().unwrap(), "--key", key])
    }
}

/// What the portal's pages show of bundles.
struct Pages {
    base: String,
    key: String,
}

impl Pages {
    fn of(portal: &Portal_) -> Self {
        let said = portal.command(&["pages-key"]);
        let key = said.trim().rsplit(' ').next().unwrap().to_owned();
        Self { base: portal.pages.clone(), key }
    }

    async fn get(&self, path: &str) -> Response {
        let request = Client::new().get(format!("{}{path}", self.base));
        request.basic_auth("anybody", Some(&self.key)).send().await.unwrap()
    }

    /// Addresses of the bundles that are there.
    async fn bundles(&self) -> Vec<String> {
        let page = self.get("/").await.text().await.unwrap();
        let hrefs = page.split('"').filter(|part| part.starts_with("/support/"));
        hrefs.map(str::to_owned).collect()
    }

    async fn until_none(&self) {
        let end = Instant::now() + PATIENCE;
        while !self.bundles().await.is_empty() {
            assert!(Instant::now() < end, "the portal still shows a bundle");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn outbox(state: &Path) -> Vec<PathBuf> {
    let list = std::fs::read_dir(state.join("outbox/support"));
    list.map_or_else(|_| Vec::new(), |list| list.map(|one| one.unwrap().path()).collect())
}

fn held(portal: &Portal_, table: &str) -> i64 {
    let db = Connection::open(portal.state.path().join("portal.db")).unwrap();
    db.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

async fn answer(phone: &Phone, what: &str) {
    let page = phone.page("/system/support").await;
    let (csrf, number) = (hidden(&page, "csrf"), hidden(&page, "request"));
    let fields = [("csrf", csrf.as_str()), ("request", number.as_str()), ("do", what)];
    assert_eq!(phone.post("/system/support", &fields).await.status(), StatusCode::SEE_OTHER);
}

async fn agree(phone: &Phone) {
    let csrf = phone.hidden("/system/support", "csrf").await;
    let fields = [("csrf", csrf.as_str()), ("hours", "24"), ("agree", "yes")];
    assert_eq!(phone.post("/system/support", &fields).await.status(), StatusCode::SEE_OTHER);
}

async fn take_back(phone: &Phone) {
    let csrf = phone.hidden("/system/support", "csrf").await;
    let fields = [("csrf", csrf.as_str()), ("do", "end")];
    assert_eq!(phone.post("/system/support", &fields).await.status(), StatusCode::SEE_OTHER);
}

/// Outcome and reason of the only order.
fn outcome(portal: &Portal_, id: &str) -> (String, String) {
    let (kind, outcome, reason) = orders(portal, id).remove(0);
    assert_eq!(kind, "support");
    (outcome, reason)
}

fn is(portal: &Portal_, id: &str, outcome_and_reason: (&str, &str)) -> bool {
    let (outcome, reason) = outcome(portal, id);
    (outcome.as_str(), reason.as_str()) == outcome_and_reason
}

/// Everything for one clinic: its records are at the portal, a patient has a name that nobody else has.
async fn asked(state: &Path, support: &Support, portal: &Portal_) -> String {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    assert!(db.execute("update patient set name = ?1", [CANARY]).unwrap() > 0);
    drop(db);
    let file = support.settings(state, &portal.url(), portal, "");
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    drop(server);
    let id = only_box(portal);
    let ask = ["ask-support", &id, "--by", "Help desk", "--reason", "Slow readings"];
    portal.command(&ask);
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bundle_that_somebody_agreed_to_arrives_once_through_cuts_and_goes_when_taken_back() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let (support, portal) = (Support::new(state), Portal_::start(&[]));
    let id = asked(state, &support, &portal).await;

    // Where every byte costs it waits, and the help desk knows that it does.
    let metered = support.settings(state, &portal.url(), &portal, "metered = true");
    let server = start(state, &metered, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system/support", "Help desk of the portal asks").await;
    assert_eq!(outbox(state).len(), 0);
    answer(&phone, "allow").await;
    assert_eq!(outbox(state).len(), 1);
    until("the portal hears yes", || is(&portal, &id, ("waiting", "agreed"))).await;
    let page = phone.page("/system/support").await;
    assert!(page.contains("waits for the portal") && !page.contains("Help desk"), "{page}");
    assert!(phone.page("/system/portal").await.contains("Agreed, on its way to the portal"));
    drop(server);
    assert_eq!(held(&portal, "support_bundle"), 0, "not one byte");

    // Over a link that breaks, to a box that dies.
    let link =
        BadLink::open(portal.boxes, Faults { cut_after_max: 12_000, ..Faults::many(5) }).await;
    let file = support.settings(state, &link.url(), &portal, "");
    let deaths = ["before_sync_receipt", "before_sync_receipt:3", ""];
    let mut died = 0;
    let mut server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[0])]);
    until("it arrives", || {
        if server.is_dead() {
            died += 1;
            server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[died])]);
        }
        is(&portal, &id, ("done", ""))
    })
    .await;
    assert!(died >= 1, "the box never died");
    assert_eq!(held(&portal, "support_bundle"), 1, "it is there once");
    drop(server);

    let pages = Pages::of(&portal);
    let bundles = pages.bundles().await;
    assert_eq!(bundles.len(), 1);
    let stranger = Client::new().get(format!("{}{}", portal.pages, bundles[0])).send().await;
    assert_eq!(stranger.unwrap().status(), StatusCode::UNAUTHORIZED);
    let sealed = pages.get(&bundles[0]).await.bytes().await.unwrap();
    assert_eq!(sealed, std::fs::read(&outbox(state)[0]).unwrap());
    let opened = support.open(&sealed);
    let told: serde_json::Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(told["kind"], "fieldray-support-1");
    for word in CANARY.split(' ') {
        assert!(!opened.contains(word), "a patient is named");
    }

    let server = start(state, &support.settings(state, &portal.url(), &portal, ""), &[]);
    phone.move_to(&server.address);
    phone.page_until("/system/support", "the portal has it since").await;
    assert_eq!(held(&portal, "support_bundle"), 1, "it does not go twice");
    take_back(&phone).await;
    assert_eq!(outbox(state).len(), 0);
    pages.until_none().await;
    phone.page_until("/system/support", "the portal has removed it").await;
    assert_eq!(pages.get(&bundles[0]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(held(&portal, "support_part"), 0);
    assert!(is(&portal, &id, ("done", "")), "what was done was done");
    drop(server);
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_time_of_a_consent_is_over_its_bundle_is_gone_on_both_sides() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let (support, portal) = (Support::new(state), Portal_::start(&[]));
    let id = asked(state, &support, &portal).await;
    let mut phone = clinic.phone.clone();

    // One that nobody asked for arrives, too.
    let server = start(state, &support.settings(state, &portal.url(), &portal, ""), &[]);
    phone.move_to(&server.address);
    agree(&phone).await;
    phone.page_until("/system/support", "the portal has it since").await;
    phone.page_until("/system/support", "Help desk of the portal asks").await;
    drop(server);
    // The one that was asked for waits until its time is over.
    let metered = support.settings(state, &portal.url(), &portal, "metered = true");
    let server = start(state, &metered, &[]);
    phone.move_to(&server.address);
    answer(&phone, "allow").await;
    until("the portal hears yes", || is(&portal, &id, ("waiting", "agreed"))).await;
    drop(server);
    assert_eq!((outbox(state).len(), Pages::of(&portal).bundles().await.len()), (2, 1));

    let portal = portal.again(&[(CLOCK, "8")]);
    let pages = Pages::of(&portal);
    assert!(pages.bundles().await.is_empty(), "shown to nobody at once");
    until("its bytes go", || held(&portal, "support_part") == 0).await;
    let file = support.settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[(CLOCK, "8")]);
    assert_eq!(outbox(state).len(), 0, "expired at the start");
    until("the portal hears no", || is(&portal, &id, ("refused", "consent_ended"))).await;
    drop(server);
    assert_eq!((held(&portal, "support_part"), count(state, "support_bundle")), (0, 2));
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bundle_goes_by_a_carried_file_and_what_was_taken_back_does_not_return() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let (support, portal) = (Support::new(state), Portal_::start(&[]));
    let file = support.settings(state, NOWHERE, &portal, "");
    let server = start(state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    // Without films: a bundle is small.
    let trip = async || {
        let file = carried(&phone, "/system/carry/file").await;
        let back = take(&portal, &file).unwrap();
        let (status, page) = bring_back(&phone, back).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        file
    };
    trip().await;
    let id = only_box(&portal);
    portal.command(&["ask-support", &id, "--by", "Help desk"]);
    trip().await;
    answer(&phone, "allow").await;
    let first = trip().await;
    assert!(is(&portal, &id, ("waiting", "agreed")));
    assert!(phone.page("/system/support").await.contains("the portal has it since"));
    // The same file again, and the next one, which says that it is done.
    take(&portal, &first).unwrap();
    trip().await;
    assert!(is(&portal, &id, ("done", "")));
    let pages = Pages::of(&portal);
    let bundles = pages.bundles().await;
    assert_eq!((bundles.len(), held(&portal, "support_bundle")), (1, 1));
    let sealed = pages.get(&bundles[0]).await.bytes().await.unwrap();
    assert!(support.open(&sealed).contains("fieldray-support-1"));

    take_back(&phone).await;
    trip().await;
    assert!(pages.bundles().await.is_empty());
    assert!(phone.page("/system/support").await.contains("the portal has removed it"));
    // A copy of the file from before is found in somebody's pocket.
    take(&portal, &first).unwrap();
    assert!(is(&portal, &id, ("done", "")), "an older word");
    assert!(pages.bundles().await.is_empty());
    assert_eq!((held(&portal, "support_bundle"), held(&portal, "support_part")), (1, 0));
    drop(server);
    assert!(check(state).ends_with("0 problems"));
}
