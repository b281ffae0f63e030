//! Programs that come down from a portal ring by ring: over cuts and kills, into the slots, and back.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use rusqlite::Connection;
use serde_json::Value;

use super::down::{only_box, orders, until};
use super::link::{BadLink, Faults};
use super::portal::Portal_;
use crate::clinic::{PATIENCE, PIN, hidden};
use crate::update::{Manner, NEW, OLD, Served, Site, done, refused};

/// Bytes of a program beside its few lines.
const PADDING: usize = 300_000;

/// Settings of a box with slots that lead to a portal; its clinic is never open.
fn lead(site: &Site, url: &str, portal: &Portal_, code: &str, more: &str) {
    let text = format!(
        "slots_dir = {:?}\nstate_dir = {:?}\nsite_name = 'PHC Test'\n\
         clinic_hours = ['00:00', '00:00']\n\
         [portal]\nurl = '{url}'\nkey = '{}'\ncode = '{code}'\n{more}",
        site.path("opt"),
        site.path("state"),
        portal.key
    );
    std::fs::write(site.path("settings.toml"), text).unwrap();
}

/// The portal believes the key that signs a site's bundles.
fn trust(portal: &Portal_, site: &Site, name: &str) {
    let keys = portal.state.path().join("keys");
    std::fs::create_dir_all(&keys).unwrap();
    std::fs::copy(site.path("release.pub"), keys.join(name)).unwrap();
}

/// An administrator's browser on a box.
struct Browser {
    client: Client,
    base: String,
}

impl Browser {
    async fn log_in(served: &Served) -> Self {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .cookie_store(true)
            .build()
            .unwrap();
        let browser = Self { client, base: served.address.clone() };
        let operator = hidden(&browser.page("/login").await, "operator");
        let fields = [("operator", operator.as_str()), ("pin", PIN), ("next", "")];
        let login = format!("{}/login", browser.base);
        browser.client.post(login).form(&fields).send().await.unwrap();
        browser
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    /// Sends a form of the update page.
    async fn say(&self, fields: &[(&str, &str)]) -> StatusCode {
        let csrf = hidden(&self.page("/system/update").await, "csrf");
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        let answer = self.client.post(format!("{}/system/update", self.base)).form(&fields);
        answer.send().await.unwrap().status()
    }

    /// The update page once a text is on it.
    async fn update_page(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let page = self.page("/system/update").await;
            if page.contains(text) {
                return page;
            }
            assert!(Instant::now() < end, "{text} is not on the page: {page}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

fn stage(site: &Site) -> Option<String> {
    let db = Connection::open(site.path("state/fieldray.db")).unwrap();
    let select = "select stage from portal_bundle order by number desc limit 1";
    db.query_row(select, [], |row| row.get(0)).ok()
}

/// State and ring of the newest roll-out.
fn stands(portal: &Portal_) -> (String, u64) {
    let printed = portal.command(&["roll-outs"]);
    let newest: Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    (newest["state"].as_str().unwrap().to_owned(), newest["ring"].as_u64().unwrap())
}

fn bundle_in_inbox(site: &Site) -> Option<PathBuf> {
    let list = std::fs::read_dir(site.path("state/updates/inbox")).ok()?;
    list.flatten().map(|entry| entry.path()).next()
}

fn bytes_come(site: &Site) -> bool {
    let Ok(list) = std::fs::read_dir(site.path("state/updates")) else { return false };
    list.flatten().any(|entry| entry.path().extension().is_some_and(|it| it == "part"))
}

/// A box that speaks to the portal for the first time, through `url`; gives its name there.
async fn enrol(site: &Site, portal: &Portal_, url: &str) -> String {
    let known: Vec<Value> = portal.boxes_list();
    lead(site, url, portal, &portal.code(), "");
    let served = site.serve("").unwrap();
    let mut new = None;
    until("the box is enrolled", || {
        let boxes = portal.boxes_list();
        let found = boxes.into_iter().find(|one| !known.iter().any(|k| k["id"] == one["id"]));
        // Its first hello too.
        new = found.filter(|one| !one["seen_ms"].is_null());
        new.is_some()
    })
    .await;
    drop(served);
    new.unwrap()["id"].as_str().unwrap().to_owned()
}

/// Fetches the bundle over a link that breaks, to a box that dies, from a portal that is killed.
async fn fetch_through_cuts_and_kills(site: &Site, portal: Portal_, link: &BadLink) -> Portal_ {
    let deaths = [
        "before_bundle_bytes:2",
        "between_bundle_bytes:3",
        "after_bundle_bytes:2",
        "before_bundle_ready",
    ];
    let (mut died, mut kills) = (0, 0);
    let mut portal = portal;
    let mut served = site.serve(deaths[0]);
    let end = Instant::now() + PATIENCE;
    while stage(site).as_deref() != Some("ready") {
        assert!(Instant::now() < end, "it does not arrive: {:?}, {died} deaths", stage(site));
        if served.as_mut().is_none_or(Served::is_dead) {
            died += 1;
            served = site.serve(deaths.get(died).copied().unwrap_or(""));
        }
        if kills < 2 && died > kills {
            kills += 1;
            portal = portal.again(&[]);
            link.lead_to(portal.boxes);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(died, deaths.len(), "every crash was met");
    assert_eq!(kills, 2);
    drop(served);
    portal
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_comes_down_ring_by_ring_and_stops_where_a_box_goes_back() {
    let (canary, second) = (Site::padded(PADDING), Site::new());
    let portal = Portal_::start(&[]);
    let bundle = canary.bundle(NEW, "", Manner::DiesWhereTold);
    let size = std::fs::metadata(&bundle).unwrap().len();
    assert!(size > 300_000);
    // Nobody whom the portal trusts has signed it yet.
    assert!(portal.refuses(&["add-bundle", &bundle]).contains("not signed by a key"));
    trust(&portal, &canary, "release.pub");
    let kept = portal.command(&["add-bundle", &bundle]);
    assert!(kept.contains("is kept: version 0.2.0") && kept.contains("program"), "{kept}");
    let mut damaged = std::fs::read(&bundle).unwrap();
    let end = damaged.len() - 9;
    damaged[end] ^= 1;
    std::fs::write(canary.path("damaged.frbundle"), damaged).unwrap();
    let path = canary.path("damaged.frbundle");
    let why = portal.refuses(&["add-bundle", path.to_str().unwrap()]);
    assert!(why.contains("not the one that was signed"), "{why}");
    let keys = second.path("opt/update/keys");
    std::fs::copy(canary.path("release.pub"), keys.join("district.pub")).unwrap();

    let link =
        BadLink::open(portal.boxes, Faults { cut_after_max: 60_000, ..Faults::many(5) }).await;
    let first = enrol(&canary, &portal, &link.url()).await;
    let other = enrol(&second, &portal, &portal.url()).await;
    portal.command(&["ring", &first, "0"]);
    let begun = ["roll-out", NEW, "--by", "District office", "--soak-hours", "0"];
    assert!(portal.command(&begun).contains("Roll-out 1 begins"));
    assert!(portal.refuses(&begun).contains("still open"));
    lead(&canary, &link.url(), &portal, "", "");
    let portal = fetch_through_cuts_and_kills(&canary, portal, &link).await;
    assert!(link.cuts() > 3, "the link was cut {} times only", link.cuts());
    let whole = bundle_in_inbox(&canary).unwrap();
    assert_eq!(std::fs::read(whole).unwrap(), std::fs::read(&bundle).unwrap(), "byte for byte");
    assert!(!bytes_come(&canary));
    assert!(orders(&portal, &other).is_empty(), "ring 2 waits");

    // Nothing starts again before somebody has agreed.
    lead(&canary, &portal.url(), &portal, "", "");
    let served = canary.serve("").unwrap();
    let browser = Browser::log_in(&served).await;
    let page = browser.update_page("Version 0.2.0 lies ready").await;
    assert!(page.contains("District office of the portal offers it"), "{page}");
    assert!(!canary.path("state/updates/request.toml").exists());
    let digest = hidden(&page, "bundle");
    let agreed = browser.say(&[("bundle", &digest), ("agree", "yes")]).await;
    assert_eq!(agreed, StatusCode::SEE_OTHER);
    done(&canary.good(&["update", "run"], ""));
    drop(served);
    done(&canary.boot(""));
    let served = canary.serve("").expect("the new version starts");
    until("the canary is well", || stands(&portal) == ("running".to_owned(), 2)).await;
    assert_eq!(orders(&portal, &first), [("bundle".to_owned(), "done".to_owned(), String::new())]);
    drop(served);
    canary.holds(NEW);

    goes_back(&second, &portal).await;
    until("the roll-out stops", || stands(&portal) == ("stopped".to_owned(), 2)).await;
    second.holds(OLD);
    the_page_says_so(&portal).await;
}

/// Installs at night by itself, does not start, and goes back.
async fn goes_back(site: &Site, portal: &Portal_) {
    lead(site, &portal.url(), portal, "", "");
    std::fs::write(site.path("opt/dies"), "").unwrap();
    let served = site.serve("").unwrap();
    let browser = Browser::log_in(&served).await;
    let chosen = browser.say(&[("do", "choose"), ("updates", "at_night")]).await;
    assert_eq!(chosen, StatusCode::SEE_OTHER);
    browser.update_page("Version 0.2.0 lies ready").await;
    // Somebody uses the pages: nothing happens.
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(!site.path("state/updates/request.toml").exists());
    let db = Connection::open(site.path("state/fieldray.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    db.execute("update session set seen_ms = seen_ms - 3600000", []).unwrap();
    drop(db);
    until("it is asked for", || site.path("state/updates/request.toml").exists()).await;
    done(&site.good(&["update", "run"], ""));
    drop(served);
    for _ in 0..3 {
        done(&site.boot(""));
        assert!(site.serve("").is_none());
    }
    let booted = done(&site.boot(""));
    assert!(booted.contains("version 0.1.0"), "{booted}");
    let served = site.serve("").expect("the old version starts");
    until("the box has told", || stage(site).as_deref() == Some("ended")).await;
    until("its bytes are gone", || bundle_in_inbox(site).is_none()).await;
    until("the portal knows", || stands(portal).0 == "stopped").await;
    drop(served);
}

async fn the_page_says_so(portal: &Portal_) {
    let key = portal.command(&["pages-key"]);
    let key = key.trim().rsplit(' ').next().unwrap();
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = async |path: &str| {
        let url = format!("{}{path}", portal.pages);
        let answer = client.get(url).basic_auth("anybody", Some(key)).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let closed = client.get(format!("{}/rollout", portal.pages)).send().await.unwrap();
    assert_eq!(closed.status(), StatusCode::UNAUTHORIZED);
    let (status, html) = page("/rollout").await;
    assert_eq!(status, StatusCode::OK);
    for text in [
        "Roll-out 1: version 0.2.0",
        "It has stopped in ring 2: a box is not well",
        "it did not start; the box went back",
        "Begun with ring 0",
        "District office",
    ] {
        assert!(html.contains(text), "{text} is not on the page: {html}");
    }
    let csrf = hidden(&html, "csrf");
    let say = async |path: &str, fields: &[(&str, &str)]| {
        let request = client.post(format!("{}{path}", portal.pages)).form(fields);
        request.basic_auth("anybody", Some(key)).send().await.unwrap().status()
    };
    let word = |csrf, word| [("csrf", csrf), ("rollout", "1"), ("word", word), ("by", "Dr. Sen")];
    assert_eq!(say("/rollout", &word("0", "go_on")).await, StatusCode::FORBIDDEN);
    assert_eq!(say("/rollout", &word(&csrf, "next_ring")).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(say("/rollout", &word(&csrf, "withdraw")).await, StatusCode::SEE_OTHER);
    assert!(page("/rollout").await.1.contains("Dr. Sen"));
    assert_eq!(stands(portal).0, "withdrawn");
    let id = portal.boxes_list()[0]["id"].as_str().unwrap().to_owned();
    let ring = [("csrf", csrf.as_str()), ("box", id.as_str()), ("ring", "3")];
    assert_eq!(say("/ring", &ring).await, StatusCode::SEE_OTHER);
    assert!(page("/").await.1.contains("<option value=\"3\" selected>"));
    if let Some(keep) = std::env::var_os("FIELDRAY_KEEP_PORTAL") {
        std::fs::write(Path::new(&keep).with_extension("rollout.html"), html).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_costs_waits_what_nobody_signed_is_refused_and_people_may_say_no() {
    let (site, stranger) = (Site::padded(PADDING), Site::new());
    let portal = Portal_::start(&[]);
    trust(&portal, &site, "release.pub");
    trust(&portal, &stranger, "stranger.pub");
    let id = enrol(&site, &portal, &portal.url()).await;
    assert_eq!(only_box(&portal), id);
    portal.command(&["ring", &id, "0"]);

    // Signed by somebody whom the portal trusts, and the box does not.
    portal.command(&["add-bundle", &stranger.bundle("0.3.0", "", Manner::Well)]);
    portal.command(&["roll-out", "0.3.0", "--by", "District office"]);
    lead(&site, &portal.url(), &portal, "", "metered = true\n");
    let served = site.serve("").unwrap();
    until("the order is there", || stage(&site).is_some()).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(stage(&site).as_deref(), Some("fetching"));
    assert!(!bytes_come(&site), "every byte costs");
    portal.command(&["set", &id, "metered=false", "--by", "District office"]);
    drop(served);
    let served = site.serve("").unwrap();
    until("it is refused", || orders(&portal, &id)[0].2 == "bad_signature").await;
    assert!(!bytes_come(&site) && bundle_in_inbox(&site).is_none());
    until("the roll-out stops", || stands(&portal).0 == "stopped").await;
    portal.command(&["withdraw", "1", "--by", "District office"]);

    // People of the box say no.
    portal.command(&["add-bundle", &site.bundle(NEW, "", Manner::Well)]);
    portal.command(&["roll-out", NEW, "--by", "District office"]);
    drop(served);
    let served = site.serve("").unwrap();
    let browser = Browser::log_in(&served).await;
    let page = browser.update_page("Version 0.2.0 lies ready").await;
    let digest = hidden(&page, "bundle");
    let said = browser.say(&[("bundle", &digest), ("do", "decline")]).await;
    assert_eq!(said, StatusCode::SEE_OTHER);
    assert!(bundle_in_inbox(&site).is_none());
    browser.update_page("No new version lies ready").await;
    until("the portal hears no", || stands(&portal).0 == "stopped").await;
    let last = orders(&portal, &id).into_iter().rfind(|(kind, ..)| kind == "bundle").unwrap();
    assert_eq!((last.1.as_str(), last.2.as_str()), ("refused", "declined"));
    drop(served);
    site.holds(OLD);
    refused(&site.good(&["update", "rollback"], ""), "no other program");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_without_slots_says_so_at_once() {
    let clinic = super::offline(1).await;
    let state = clinic.state.path();
    let site = Site::new();
    let portal = Portal_::start(&[]);
    trust(&portal, &site, "release.pub");
    let file = super::settings(state, &portal.url(), &portal, &portal.code());
    let elsewhere = format!("slots_dir = {:?}\n", state.join("nowhere"));
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{elsewhere}{text}")).unwrap();
    let server = super::start(state, &file, &[]);
    super::until_done(state, 1, || {}).await;
    drop(server);
    let id = only_box(&portal);
    portal.command(&["ring", &id, "0"]);
    portal.command(&["add-bundle", &site.bundle(NEW, "", Manner::Well)]);
    portal.command(&["roll-out", NEW, "--by", "District office"]);
    let server = super::start(state, &file, &[]);
    until("it is refused", || orders(&portal, &id).iter().any(|(.., why)| why == "no_slots")).await;
    drop(server);
}
