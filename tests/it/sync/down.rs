//! What a portal asks of a box: second opinions, settings, consent, and the end of a lost box.

use std::path::Path;
use std::time::{Duration, Instant};

use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::stamp::WallMs;
use fieldray::domain::sync::identity::{KeyId, PublicKey};
use fieldray::domain::sync::order;
use fieldray::keys::SigningKey;
use reqwest::{Client, Response, StatusCode};
use rusqlite::Connection;
use serde_json::Value;

use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::{all_done, films, offline, settings, start, until_done};
use crate::clinic::{Box_, PATIENCE, PIN, Phone, check, hidden};
use crate::report::send_from;

/// What a reader has chosen.
const PASSWORD: &str = "six bones a hand";

/// A radiologist's browser.
pub struct Reader {
    client: Client,
    pub(super) base: String,
    cookie: String,
}

impl Reader {
    /// Begins with the code that works once.
    pub async fn begin(portal: &Portal_, name: &str) -> Self {
        let printed = portal.command(&["add-reader", name]);
        let code = printed.trim().rsplit(' ').next().unwrap().to_owned();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let mut reader = Self { client, base: portal.pages.clone(), cookie: String::new() };
        let begin = [("name", name), ("code", &code), ("pin", PASSWORD), ("pin_again", PASSWORD)];
        let wrong = ("code", "AAAAA-AAAAA");
        let weak = [("name", name), ("code", &code), ("pin", PIN), ("pin_again", PIN)];
        for refused in [[begin[0], wrong, begin[2], begin[3]], weak] {
            let refused = reader.post("/read/begin", &refused).await;
            assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let begun = reader.post("/read/begin", &begin).await;
        assert_eq!(begun.status(), StatusCode::SEE_OTHER);
        let again = reader.post("/read/begin", &begin).await;
        assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY, "a code works once");
        // With the passcode from now on.
        let entered = reader.post("/read/login", &[("name", name), ("passcode", PASSWORD)]).await;
        assert_eq!(entered.status(), StatusCode::SEE_OTHER);
        let cookie = entered.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly; SameSite=Strict") && !cookie.contains("Secure"));
        let by_https = reader.client.post(format!("{}/read/login", reader.base));
        let by_https = by_https.header("x-forwarded-proto", "https");
        let again = by_https.form(&[("name", name), ("passcode", PASSWORD)]).send().await.unwrap();
        assert!(again.headers()["set-cookie"].to_str().unwrap().contains("; Secure"));
        reader.cookie = cookie.split(';').next().unwrap().to_owned();
        reader
    }

    pub(super) async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.base));
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.base)).form(fields);
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    /// Address of the film of a patient.
    pub async fn film(&self, name: &str) -> String {
        let page = self.page("/read").await;
        let before = page.split(name).next().unwrap();
        let href = before.rsplit("href=\"").next().unwrap();
        href.split('"').next().unwrap().to_owned()
    }

    /// Gives a reading.
    pub async fn give(&self, path: &str, fields: &[(&str, &str)]) {
        let page = self.page(path).await;
        let (csrf, radiograph) = (hidden(&page, "csrf"), hidden(&page, "radiograph"));
        let kept = [("csrf", csrf.as_str()), ("radiograph", radiograph.as_str())];
        let fields: Vec<_> = kept.iter().chain(fields).copied().collect();
        assert_eq!(self.post(path, &fields).await.status(), StatusCode::SEE_OTHER);
    }
}

pub fn only_box(portal: &Portal_) -> String {
    portal.boxes_list()[0]["id"].as_str().unwrap().to_owned()
}

/// Kind, outcome and reason of every order of a box.
pub fn orders(portal: &Portal_, id: &str) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let printed = portal.command(&["orders", id]);
    let lines = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|one| (text(&one["kind"]), text(&one["outcome"]), text(&one["reason"]))).collect()
}

/// Whether something has been heard of every order.
fn answered(portal: &Portal_, id: &str) -> bool {
    orders(portal, id).iter().all(|(_, outcome, _)| !outcome.is_empty())
}

pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        // What is asked is often a command of its own.
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

pub fn count(state: &Path, table: &str) -> i64 {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    db.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_opinion_arrives_once_beside_a_signed_report_through_cuts_and_crashes() {
    let clinic = offline(3).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let link = BadLink::open(portal.boxes, Faults::none()).await;
    let file = settings(state, &link.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    drop(server);

    let stranger = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let closed = stranger.get(format!("{}/read", portal.pages)).send().await.unwrap();
    assert_eq!(closed.status(), StatusCode::SEE_OTHER, "nobody sees a film without a login");
    let reader = Reader::begin(&portal, "Dr. Sen").await;
    let list = reader.page("/read").await;
    let place = |name: &str| list.find(name).expect(name);
    assert!(place("Patient 0") < place("Patient 1"), "the urgent one first");
    let (signed, clear) = (reader.film("Patient 0").await, reader.film("Patient 1").await);
    let page = reader.page(&clear).await;
    for expected in ["Patient 1", "score 0.10, threshold 0.50", "Not assessed: ", "PHC Test"] {
        assert!(page.contains(expected), "{expected} is not on the page: {page}");
    }
    assert!(!page.contains("checked value") && !page.contains("value=\"seen\" checked"));
    assert!(reader.page(&signed).await.contains("Cavity in the right upper zone."));
    let radiograph = reader.get(&format!("{clear}/radiograph.png")).await.bytes().await.unwrap();
    assert_eq!(radiograph, films(3)[1].radiograph.clone().unwrap());
    let forged = [("csrf", "0"), ("conclusion", "x")];
    assert_eq!(reader.post(&clear, &forged).await.status(), StatusCode::FORBIDDEN);
    let words = [("conclusion", "Small cavity, left apex."), ("finding-tuberculosis", "seen")];
    reader.give(&clear, &words).await;
    let words = [("conclusion", "Old scar."), ("finding-tuberculosis", "not_seen")];
    reader.give(&signed, &words).await;

    come_down(state, &portal).await;
    let server = start(state, &settings(state, &portal.url(), &portal, ""), &[]);
    assert_eq!((count(state, "report_version"), count(state, "review_alarm")), (1, 1));
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    show_and_settle(&phone.log_in_as("Dr. Rao").await, &signed, &clear).await;
    drop(server);
    assert_eq!(count(state, "review_alarm"), 0);
    assert!(check(state).ends_with("0 problems"));
}

/// Brings two reviews down over a link that breaks, to a box that dies before and after the row.
async fn come_down(state: &Path, portal: &Portal_) {
    let link =
        BadLink::open(portal.boxes, Faults { cut_after_max: 9_000, ..Faults::many(3) }).await;
    let file = settings(state, &link.url(), portal, "");
    let deaths = ["before_order_row", "after_order_row", "before_order_row:2", ""];
    let mut died = 0;
    let mut server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[0])]);
    let id = only_box(portal);
    until("both arrive", || {
        if server.is_dead() {
            died = (died + 1).min(deaths.len() - 1);
            server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[died])]);
        }
        orders(portal, &id).iter().all(|(_, outcome, _)| outcome == "done")
    })
    .await;
    assert!(died >= 2, "the box died {died} times");
    drop(server);
    assert_eq!((count(state, "portal_review"), count(state, "portal_order")), (2, 2));
}

/// Both reviews stand beside what was there; a physician takes one over, signs, and the alarm ends.
async fn show_and_settle(physician: &Phone, signed: &str, clear: &str) {
    let worklist = physician.page("/").await;
    assert!(
        worklist.contains("the portal sees more than the box")
            && worklist.contains("Portal sees more")
    );
    let study = |path: &str| format!("/studies/{}", path.rsplit('/').next().unwrap());
    let page = physician.page(&format!("{}/report", study(signed))).await;
    for expected in
        ["Cavity in the right upper zone.", "Old scar.", "Second opinion from the portal: Dr. Sen"]
    {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
    let alerts = physician.page("/alerts").await;
    assert!(alerts.contains("A radiologist of the portal sees it."), "{alerts}");
    let path = format!("{}/report", study(clear));
    let page = physician.page(&path).await;
    assert!(page.contains("Sees what the box did not point at"));
    let taken = send_from(physician, &page, &path, &[("action", "take-1")]).await;
    assert_eq!(taken.status(), StatusCode::OK);
    let page = taken.text().await.unwrap();
    let draft =
        page.split("name=\"conclusion\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(draft.contains("Small cavity, left apex."), "{draft}");
    let conclusion = ("conclusion", "Small cavity, left apex.");
    // Whoever wrote the words is named as long as the mark is there.
    let (_, named) = page.split_once("name=\"credit-").expect("somebody is named");
    assert!(named.contains("value=\"yes\" checked"));
    let credit = format!("credit-{}", named.split('"').next().unwrap());
    let fields = [conclusion, (&*credit, "yes"), ("action", "sign"), ("pin", PIN)];
    let answer = send_from(physician, &page, &path, &fields).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(!physician.page("/").await.contains("the portal sees more than the box"));
    let page = physician.page(&path).await;
    assert!(page.contains("With words of the second opinion by Dr. Sen"), "{page}");
}

/// Puts an order into the portal's rows that its own program would not make.
pub fn smuggle(portal: &Portal_, id: &str, (number, kind, body): (u64, &str, &str), sound: bool) {
    let seed = std::fs::read_to_string(portal.state.path().join("portal.key")).unwrap();
    let key = SigningKey::of_seed(*PublicKey::parse(&seed).unwrap().as_bytes()).unwrap();
    let (box_id, hash) = (KeyId::parse(id).unwrap(), Sha256Digest::of(body));
    let text = order::text(&key.public(), box_id, (number, kind, hash, WallMs(1)));
    let mut signature = key.sign(&text).0;
    signature[7] ^= u8::from(!sound);
    let db = Connection::open(portal.state.path().join("portal.db")).unwrap();
    db.execute(
        "insert into box_order (box_id, number, kind, lane, hash, body, made_by, made_ms, signature) \
         values (?1, ?2, ?3, 3, ?4, ?5, 'test', 1, ?6)",
        (box_id.as_bytes(), number, kind, hash.as_bytes(), body, signature),
    )
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_and_requests_are_answered_and_what_is_not_known_or_not_signed_is_not_done() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    drop(server);
    let id = only_box(&portal);
    let office = asks_from_the_page(&portal, &id).await;
    smuggle(&portal, &id, (3, "dance", "{}"), true);
    smuggle(&portal, &id, (4, "settings", r#"{"by":"X","values":{"alert_rules":"none"}}"#), true);

    let server = start(state, &file, &[]);
    let expected = [
        ("settings", "done", ""),
        ("support", "waiting", ""),
        ("dance", "kept", ""),
        ("settings", "refused", "setting_unknown"),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    until("all are answered", || orders(&portal, &id) == expected).await;
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    let page = phone.page("/system/portal").await;
    for text in [
        "Ravi 98450",
        "set by District office",
        "does not know: dance",
        "may not change this setting",
    ] {
        assert!(page.contains(text), "{text} is not on the page: {page}");
    }
    assert!(phone.page("/help").await.contains("Ravi 98450"));
    assert!(phone.page("/system").await.contains("Help desk of the portal asks"));
    // Nothing is given to support without a person's word.
    assert_eq!(count(state, "support_consent"), 0);
    let page = phone.page("/system/support").await;
    let (csrf, number) = (hidden(&page, "csrf"), hidden(&page, "request"));
    let fields = [("csrf", csrf.as_str()), ("request", number.as_str()), ("do", "decline")];
    assert_eq!(phone.post("/system/support", &fields).await.status(), StatusCode::SEE_OTHER);
    until("the portal hears no", || orders(&portal, &id)[1].2 == "declined").await;
    let page = office.page().await;
    for text in
        ["somebody at the box said no", "Done", "does not know: dance", "Order 2 · Help desk"]
    {
        assert!(page.contains(text), "{text} is not on the page: {page}");
    }
    assert_eq!(count(state, "support_consent"), 0);
    drop(server);

    // One with a bad signature is kept apart; those after it go on, and a late one before it counts.
    let metered = r#"{"by":"X","values":{"metered":"false"}}"#;
    smuggle(&portal, &id, (5, "settings", metered), false);
    smuggle(&portal, &id, (7, "settings", r#"{"by":"Y","values":{"metered":"true"}}"#), true);
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    until("the others go on", || orders(&portal, &id).len() == 6 && answered(&portal, &id)).await;
    let unverifiable = ("settings".to_owned(), "refused".to_owned(), "unverifiable".to_owned());
    assert_eq!(orders(&portal, &id)[4], unverifiable);
    assert_eq!(orders(&portal, &id)[5].1, "done");
    let page = phone.page("/system/portal").await;
    assert!(page.contains("Orders that cannot be trusted") && page.contains("Order 5 · came"));
    phone.page_until("/system", "everything has its receipt").await;
    drop(server);
    smuggle(&portal, &id, (6, "settings", metered), true);
    let server = start(state, &file, &[]);
    until("the late one counts", || orders(&portal, &id).len() == 7 && answered(&portal, &id))
        .await;
    drop(server);
    assert_eq!((count(state, "portal_order"), count(state, "parked_order")), (6, 1));
    assert!(check(state).ends_with("0 problems"));
}

/// Changes settings and asks for support on the page of a box; a second press asks for nothing.
async fn asks_from_the_page(portal: &Portal_, id: &str) -> Office {
    let office = Office::open(portal, id).await;
    let settings_of = [("support_contact", "Ravi 98450"), ("metered", "true")];
    office.asks("settings", &[&settings_of[..], &[("by", "District office")]].concat()).await;
    let request = [("hours", "24"), ("reason", "Slow readings"), ("by", "Help desk")];
    office.asks("support", &request).await;
    let twice = [&[("csrf", office.csrf.as_str())], &request[..]].concat();
    let (status, page) = office.sends("support", &twice).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("The clinic was asked already"), "{page}");
    let page = office.page().await;
    for text in
        ["Sending costs money (films wait): Yes", "Slow readings", "Not heard of by the box yet"]
    {
        assert!(page.contains(text), "{text} is not on the page: {page}");
    }
    office
}

/// Whoever has the key of the portal's pages, at the page of one box.
pub struct Office {
    client: Client,
    href: String,
    key: String,
    csrf: String,
}

impl Office {
    pub async fn open(portal: &Portal_, id: &str) -> Self {
        let key = portal.command(&["pages-key"]);
        let key = key.trim().rsplit(' ').next().unwrap().to_owned();
        let href = format!("{}/box/{id}", portal.pages);
        let office = Self {
            client: Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            href,
            key,
            csrf: String::new(),
        };
        let csrf = hidden(&office.page().await, "csrf");
        Self { csrf, ..office }
    }

    pub async fn page(&self) -> String {
        let request = self.client.get(&self.href).basic_auth("anybody", Some(&self.key));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    }

    /// Sends a form of the page; gives status and what is answered.
    async fn sends(&self, form: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let request = self.client.post(format!("{}/{form}", self.href)).form(fields);
        let answer = request.basic_auth("anybody", Some(&self.key)).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn asks(&self, form: &str, fields: &[(&str, &str)]) {
        let fields = [&[("csrf", self.csrf.as_str())], fields].concat();
        assert_eq!(self.sends(form, &fields).await.0, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_a_box_asks_for_nothing_that_makes_no_sense() {
    let portal = Portal_::start(&[]);
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let server = start(state, &settings(state, &portal.url(), &portal, &portal.code()), &[]);
    until_done(state, 1, || {}).await;
    drop(server);
    let id = only_box(&portal);
    let office = Office::open(&portal, &id).await;
    let csrf = ("csrf", office.csrf.as_str());
    let by = ("by", "District office");
    let contact = ("support_contact", "Ravi 98450");
    let refused = [
        ("settings", vec![csrf, by], "Fill in at least one setting"),
        ("settings", vec![csrf, by, contact, ("metered", "perhaps")], "cannot be “perhaps”"),
        ("settings", vec![csrf, by, ("budget_mib_per_day", "-3")], "cannot be “-3”"),
        ("settings", vec![csrf, contact, ("by", " ")], "Write your name"),
        ("support", vec![csrf, ("hours", "24"), ("by", "")], "Write your name"),
    ];
    for (form, fields, text) in refused {
        let (status, page) = office.sends(form, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(text), "{text} is not on the page: {page}");
        let written = fields.contains(&contact);
        assert_eq!(page.contains("value=\"Ravi 98450\""), written, "what was written stays");
    }
    let foreign = [
        ("settings", vec![("csrf", "0"), by, contact]),
        ("support", vec![csrf, by, ("hours", "100000")]),
    ];
    for (form, fields) in foreign {
        assert_eq!(office.sends(form, &fields).await.0, StatusCode::FORBIDDEN);
    }
    let nobody = office.client.get(&office.href).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    let posted = office.client.post(format!("{}/settings", office.href)).form(&[csrf, by, contact]);
    assert_eq!(posted.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(orders(&portal, &id), []);

    // One that was shut out hears of nothing, and is not asked.
    portal.command(&["revoke", &id]);
    let page = office.page().await;
    assert!(page.contains("Shut out") && !page.contains("<form"), "{page}");
    let (status, page) = office.sends("settings", &[csrf, by, contact]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("it hears of nothing"), "{page}");
    assert_eq!(orders(&portal, &id), []);
    let other = office.href.replace(&id, &"0".repeat(32));
    let unknown = office.client.get(other).basic_auth("anybody", Some(&office.key));
    assert_eq!(unknown.send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_box_wipes_itself_and_no_other_one_does() {
    let (lost, kept) = (offline(1).await, offline(1).await);
    let portal = Portal_::start(&[]);
    let elsewhere = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let files = [&elsewhere[0], &elsewhere[1]]
        .map(|dir| settings(dir.path(), &portal.url(), &portal, &portal.code()));
    let run = |clinic: &Path, at: usize| start(clinic, &files[at], &[]);
    let (lost_state, kept_state) = (lost.state.path(), kept.state.path());
    let server = run(lost_state, 0);
    until_done(lost_state, 1, || {}).await;
    drop(server);
    let lost_id = only_box(&portal);
    let server = run(kept_state, 1);
    until_done(kept_state, 1, || {}).await;
    drop(server);
    let boxes = portal.boxes_list();
    let kept_id = boxes.iter().map(|one| one["id"].as_str().unwrap()).find(|id| *id != lost_id);
    let kept_id = kept_id.unwrap().to_owned();

    portal.command(&["wipe", &lost_id, "--by", "District office", "--reason", "Stolen"]);
    // The other box is shown the order for the lost one, signature and all.
    let db = Connection::open(portal.state.path().join("portal.db")).unwrap();
    db.execute(
        "insert into box_order (box_id, number, kind, lane, hash, body, made_by, made_ms, signature) \
         select ?1, number, kind, lane, hash, body, made_by, made_ms, signature from box_order",
        [KeyId::parse(&kept_id).unwrap().as_bytes()],
    )
    .unwrap();
    drop(db);
    let server = run(kept_state, 1);
    let mut phone = kept.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system/portal", "Orders that cannot be trusted").await;
    drop(server);
    assert!(all_done(kept_state) && !kept_state.join("wipe").exists());
    assert_eq!((count(kept_state, "portal_order"), count(kept_state, "parked_order")), (0, 1));

    let server = run(lost_state, 0);
    until("the box is wiped", || lost_state.join("wiped").exists()).await;
    drop(server);
    let left: Vec<_> =
        std::fs::read_dir(lost_state).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left, ["wiped"], "nothing is left");
    assert_eq!(orders(&portal, &lost_id), [("wipe".to_owned(), "done".to_owned(), String::new())]);
    // It stays so, and says so.
    std::fs::write(lost_state.join("set-up-by-test"), "").unwrap();
    let server = Box_::start_with(lost_state, &[], &["--config", files[0].to_str().unwrap()]);
    let answer = Client::new().get(format!("{}/login", server.address)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::GONE);
    let page = answer.text().await.unwrap();
    assert!(page.contains("This box was wiped") && page.contains("District office"), "{page}");
    drop(server);
}

/// Runs `tests/browser/portal.mjs`: a radiologist reads on a phone and on a desk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_portals_pages_fit_and_are_accessible_in_a_real_browser() {
    let Some(mut browser) = crate::browser::script("portal.mjs") else { return };
    let clinic = offline(2).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 2, || {}).await;
    drop(server);
    Reader::begin(&portal, "Dr. Sen").await;
    let done = browser
        .env("FIELDRAY_URL", &portal.pages)
        .env("FIELDRAY_NAME", "Dr. Sen")
        .env("FIELDRAY_PIN", PASSWORD);
    crate::browser::passes(done);
}
