//! The programme in figures: what real boxes send is counted once, and the pages fit.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::StatusCode;
use rusqlite::Connection;

use super::portal::Portal_;
use super::{settings, start, until_done};
use crate::clinic::{Box_, hidden};
use crate::followup::note;
use crate::report::Practice;
use crate::seed::Film;

fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

fn key(portal: &Portal_) -> String {
    let said = portal.command(&["pages-key"]);
    said.trim().rsplit(' ').next().unwrap().to_owned()
}

async fn page(portal: &Portal_, key: &str, path: &str) -> (StatusCode, String) {
    let request = reqwest::Client::new().get(format!("{}{path}", portal.pages));
    let answer = request.basic_auth("anybody", Some(key)).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

/// The only line of the table: week and figures by the name of their column.
async fn only_line(portal: &Portal_, key: &str) -> impl Fn(&str) -> String + use<> {
    let (status, text) = page(portal, key, "/programme.csv?weeks=4").await;
    assert_eq!(status, StatusCode::OK);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (head, line) = (lines.next().unwrap(), lines.next().expect("a line"));
    assert_eq!(lines.next(), None, "{text}");
    move |name: &str| line[head.iter().position(|one| one == name).expect(name)].clone()
}

/// The films were taken and their alerts raised half an hour ago.
fn taken_today(state: &Path) {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let then = now_ms() - 1_800_000;
    db.execute("update study set registered_ms = ?1", [then]).unwrap();
    db.execute("update alert set raised_ms = ?1", [then]).unwrap();
}

/// This machine's clock is not confirmed: the answer is told as if it had been.
fn taken_over_after_half_an_hour(state: &Path) {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let select = "select sql from sqlite_schema where name = 'alert_stays_acknowledged'";
    let trigger: String = db.query_row(select, [], |row| row.get(0)).unwrap();
    db.execute_batch("drop trigger alert_stays_acknowledged").unwrap();
    let update = "update alert set ack_ms = raised_ms + 1800000, ack_trust = 'synced'";
    assert_eq!(db.execute(update, []).unwrap(), 1);
    db.execute_batch(&trigger).unwrap();
}

/// A film raises an alert, somebody takes it over, a test confirms: three records, one person, also when
/// the portal has lost them and gets them again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_film_its_alert_and_its_confirmed_test_are_counted_once() {
    let child = Film { scored_for_age: false, ..Film::clear("Mina Kujur") };
    let films = [Film::urgent("Asha Devi"), Film::clear("Ravi Kumar"), child];
    let practice = Practice::with(&films).await;
    let (mut clinic, studies) = (practice.clinic, practice.studies);
    clinic.server.stop();
    let state = clinic.state.path();
    taken_today(state);
    let portal = Portal_::start(&[]);
    let key = key(&portal);
    assert_eq!(page(&portal, "wrong", "/programme").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(page(&portal, "wrong", "/programme.csv").await.0, StatusCode::UNAUTHORIZED);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    let line = only_line(&portal, &key).await;
    let got = ["films", "above", "below", "not_scored_age", "suspected", "tested"].map(&line);
    assert_eq!(got, ["3", "1", "1", "1", "1", "0"]);
    assert_eq!(["other_alerts", "other_open", "other_median_s"].map(&line), ["1", "1", ""]);
    drop(server);

    // Away from the portal somebody takes the alert over, and a test confirms.
    let server = Box_::start(state, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    let csrf = hidden(&phone.page("/alerts/1").await, "csrf");
    let taken = phone.post("/alerts/1", &[("csrf", csrf.as_str())]).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    note(&phone, &studies[0], &[("test", "xpert")]).await;
    note(&phone, &studies[0], &[("result", "positive")]).await;
    drop(server);
    assert!(!super::all_done(state), "both are news");
    taken_over_after_half_an_hour(state);
    let server = start(state, &file, &[]);
    until_done(state, 3, || {}).await;
    drop(server);
    check_counted(&only_line(&portal, &key).await);
    portal.command(&["recount"]);
    check_counted(&only_line(&portal, &key).await);
    let (status, html) = page(&portal, &key, "/programme").await;
    assert_eq!(status, StatusCode::OK);
    for expected in ["PHC Test", "1 of 1", "too young, or age not known: 1", "30 min"] {
        assert!(html.contains(expected), "{expected} is not on the page: {html}");
    }
    for name in ["Asha", "Ravi", "Mina"] {
        assert!(!html.contains(name), "{name} is on the page");
    }

    // The portal forgets the later records, and counts what comes a second time.
    let portal = portal.forget_after(6);
    let file = settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[]);
    let whole = super::records(state).len();
    super::down::until("everything is there again", || portal.records().len() == whole).await;
    drop(server);
    check_counted(&only_line(&portal, &key).await);
    assert!(crate::clinic::check(state).ends_with("0 problems"));
}

fn check_counted(line: &impl Fn(&str) -> String) {
    let got = ["films", "suspected", "tested", "confirmed", "clinical", "lost"].map(line);
    assert_eq!(got, ["3", "1", "1", "1", "0", "0"]);
    assert_eq!(["other_alerts", "other_open"].map(line), ["1", "0"]);
    assert_eq!(line("other_median_s"), "1800");
}

/// A site's week, so many weeks ago.
fn week(tx: &rusqlite::Transaction<'_>, (id, site): ([u8; 16], usize), this_week: i64, ago: i64) {
    let wave = (ago * 7 + i64::try_from(site).unwrap() * 5) % 11;
    let films = 24 + wave * 2 - if ago == 0 { 18 } else { 0 };
    let above = if site == 1 && ago < 4 { films / 2 } else { films / 8 };
    let (near, age) = (films / 12, films / 9);
    let refused = if site == 0 && ago < 4 { films / 2 } else { 2 };
    let (tested, confirmed) = (above * 3 / 4, above / 3);
    tx.execute(
        "insert into programme_week (box_id, week, films, above, near, below, age, model, \
         unsaid, no_reading, coming, signed, suspected, tested, confirmed, clinical, lost, \
         photos, refused, voided) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 1, 0, ?8, ?9, \
         ?10, ?11, 0, ?12, ?13, ?14, 0)",
        rusqlite::params![
            id,
            this_week - ago,
            films,
            above,
            near,
            films - above - near - age - 1,
            age,
            films / 2,
            above,
            tested,
            confirmed,
            i64::from(ago == 5),
            films + refused,
            refused,
        ],
    )
    .unwrap();
    for at in 0..above {
        let mut alert = [site as u8 + 1; 16];
        (alert[0], alert[1]) = (ago as u8, at as u8);
        let open = ago == 0 && at == 0;
        let seconds = (!open).then_some(240 + (at * 613 + ago * 97) % 5_400);
        let class = if at % 5 == 0 { "critical" } else { "suspect" };
        tx.execute(
            "insert into programme_alert (box_id, alert, told_seq, class, week, told, \
             method, after_s) values (?1, ?2, 1, ?3, ?4, 1, ?5, ?6)",
            (id, alert, class, this_week - ago, (!open).then_some("telegram"), seconds),
        )
        .unwrap();
    }
}

/// Three sites and thirteen weeks of rows, one of them with too much light and one silent.
fn phantom_rows(portal: &Portal_) {
    let mut db = Connection::open(portal.state.path().join("portal.db")).unwrap();
    let tx = db.transaction().unwrap();
    let today = now_ms() / 86_400_000;
    let this_week = (today + 3) / 7;
    let health =
        r#"{"clock_synced":true,"backend":"tract","models":["findings 1.0.0"],"heat":"fine"}"#;
    for (site, name) in ["PHC Jhalod", "CHC Garbada", "Mobile van 2"].iter().enumerate() {
        let id = [site as u8 + 1; 16];
        tx.execute(
            "insert into box (id, public_key, name, enrolled_ms, seen_ms, version, disk_free_mib, \
             health) values (?1, ?2, ?3, ?4, ?5, '0.1.0', 20000, ?6)",
            (id, [site as u8 + 1; 32], name, now_ms() - 200 * 86_400_000, now_ms(), health),
        )
        .unwrap();
        for ago in 0..13_i64 {
            if site == 2 && ago < 2 {
                continue;
            }
            week(&tx, (id, site), this_week, ago);
        }
        let last = today - if site == 2 { 15 } else { 0 };
        tx.execute(
            "insert into programme_film (box_id, study, day, has_reading, photos, refused, told_seq, \
             result_seq, suspicion_open, tests, follow_seq, physician, report_seq, week, counted) \
             values (?1, ?1, ?2, 1, 0, 0, 1, 1, 0, 'none', 0, 'not_yet', 0, ?3, 'below')",
            (id, last, (last + 3) / 7),
        )
        .unwrap();
    }
    tx.execute(
        "insert into programme_week (box_id, week, films, above, near, below, age, model, unsaid, \
         no_reading, coming, signed, suspected, tested, confirmed, clinical, lost, photos, refused, \
         voided) values (?1, -1, 9, 2, 0, 7, 0, 0, 0, 0, 0, 3, 2, 1, 0, 0, 0, 9, 0, 1)",
        [[3_u8; 16]],
    )
    .unwrap();
    tx.commit().unwrap();
}

/// Runs `tests/browser/programme.mjs`: the district's office looks at figures on a phone and on a desk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_fit_and_are_accessible_in_a_real_browser() {
    let Some(mut browser) = crate::browser::script("programme.mjs") else { return };
    let portal = Portal_::start(&[]);
    phantom_rows(&portal);
    let done = browser.env("FIELDRAY_URL", &portal.pages).env("FIELDRAY_KEY", key(&portal));
    crate::browser::passes(done);
}
