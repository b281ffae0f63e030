//! Amendments that a radiologist of the portal proposes to reports that the box has signed.

use std::path::Path;

use reqwest::StatusCode;
use rusqlite::Connection;

use super::down::{Office, Reader, count, only_box, orders, until};
use super::portal::Portal_;
use super::{offline, settings, start, until_done};
use crate::clinic::{Box_, PIN, Phone, check, hidden};
use crate::report::send_from;

const WORDS: &str = "Cavity in the right upper zone, and a mass behind the heart.";

/// Proposes an amendment to the newest version of a report; gives the answer.
async fn propose(
    reader: &Reader,
    film: &str,
    fields: &[(&str, &str)],
    follows: Option<&str>,
) -> reqwest::Response {
    let path = format!("{film}/amend");
    let page = reader.page(&path).await;
    let (csrf, newest) = (hidden(&page, "csrf"), hidden(&page, "follows"));
    let kept = [("csrf", csrf.as_str()), ("follows", follows.unwrap_or(&newest))];
    let fields: Vec<_> = kept.iter().chain(fields).copied().collect();
    reader.post(&path, &fields).await
}

/// A clinic whose first report is signed and at the portal, where a radiologist looks at it.
async fn at_the_portal(portal: &Portal_, state: &Path) -> (Reader, String) {
    let file = settings(state, &portal.url(), portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    drop(server);
    let reader = Reader::begin(portal, "Dr. Sen").await;
    let film = reader.film("Patient 0").await;
    (reader, film)
}

fn study(film: &str) -> String {
    format!("/studies/{}", film.rsplit('/').next().unwrap())
}

fn versions(state: &Path) -> Vec<(i64, Vec<u8>, String)> {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let mut select =
        db.prepare("select version, hash, content from report_version order by version").unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proposal_waits_for_a_physician_and_changes_nothing_by_itself() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let (reader, film) = at_the_portal(&portal, state).await;
    let page = reader.page(&format!("{film}/amend")).await;
    assert!(page.contains("Cavity in the right upper zone.") && page.contains("Dr. Rao"));
    assert!(page.contains("value=\"seen\" checked"), "it begins with what was signed");
    let why = ("reason", "Seen at the second look.");
    let said = [("conclusion", WORDS), ("finding-tuberculosis", "seen"), ("finding-mass", "seen")];
    let unexplained = propose(&reader, &film, &said, None).await;
    assert_eq!(unexplained.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let explained: Vec<_> = said.iter().copied().chain([why]).collect();
    let stale = propose(&reader, &film, &explained, Some(&"00".repeat(32))).await;
    assert_eq!(stale.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let stale = stale.text().await.unwrap();
    assert!(stale.contains("has signed another version") && stale.contains(WORDS), "{stale}");
    let id = only_box(&portal);
    assert!(orders(&portal, &id).is_empty());
    assert_eq!(propose(&reader, &film, &explained, None).await.status(), StatusCode::SEE_OTHER);

    // It comes down once, to a box that dies before and after its row.
    let before = versions(state);
    let file = settings(state, &portal.url(), &portal, "");
    let deaths = ["before_order_row", "after_order_row", ""];
    let mut died = 0;
    let mut server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[0])]);
    until("it waits for a person", || {
        if server.is_dead() {
            died = (died + 1).min(deaths.len() - 1);
            server = start(state, &file, &[("FIELDRAY_CRASH_AT", deaths[died])]);
        }
        orders(&portal, &id).iter().all(|(_, outcome, _)| outcome == "waiting")
    })
    .await;
    assert_eq!((died, count(state, "portal_amendment")), (2, 1));
    assert_eq!(versions(state), before, "nothing was changed");

    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    let physician = phone.log_in_as("Dr. Rao").await;
    take_over(&physician, &study(&film)).await;
    until("the portal hears it", || orders(&portal, &id)[0].1 == "done").await;
    assert!(reader.page(&film).await.contains("Done"));
    drop(server);
    let after = versions(state);
    assert_eq!((after.len(), &after[..1]), (2, &before[..]), "the first version stays as it was");
    assert!(after[1].2.contains("\ncredit amendment ") && after[1].2.contains("Dr. Sen"));
    assert!(check(state).ends_with("0 problems"));
}

/// The physician finds it on top, and signs it as a version of the box's own.
async fn take_over(physician: &Phone, study: &str) {
    let worklist = physician.page("/").await;
    assert!(worklist.contains("proposes to amend the signed report"), "{worklist}");
    assert!(worklist.contains("Amendment proposed"));
    let alerts = physician.page("/alerts").await;
    assert!(alerts.contains("A radiologist of the portal sees it."), "{alerts}");
    for path in [study.to_owned(), format!("{study}/report")] {
        let page = physician.page(&path).await;
        assert!(
            page.contains("Proposed amendment to version 1 from the portal: Dr. Sen"),
            "{path}"
        );
        assert!(page.contains(WORDS) && page.contains("Seen at the second look."), "{path}");
    }
    let page = physician.page(&format!("{study}/report")).await;
    let hash = hidden(&page, "proposal");
    let path = format!("{study}/report/amend?proposal={hash}");
    let page = physician.page(&path).await;
    let sent = |fields: &[(&str, &str)]| {
        let kept = [("proposal", hash.clone())];
        let kept: Vec<(String, String)> =
            kept.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let fields: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .chain(kept)
            .collect();
        fields
    };
    assert!(page.contains(WORDS) && page.contains("As Dr. Sen of the portal proposed"), "{page}");
    assert!(page.contains("name=\"finding-mass\" value=\"seen\" checked"));
    let decided = [
        ("finding-tuberculosis", "seen"),
        ("finding-abnormal", "seen"),
        ("finding-mass", "seen"),
        ("conclusion", WORDS),
        ("reason", "As the portal proposes."),
        ("action", "sign"),
    ];
    let path = format!("{study}/report/amend");
    let send = async |pin: &str| {
        let fields = sent(&[&decided[..], &[("pin", pin)]].concat());
        let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        send_from(physician, &page, &path, &fields).await
    };
    let wrong = send("9999").await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let page = wrong.text().await.unwrap();
    assert_eq!(hidden(&page, "proposal"), hash, "it is still taken over");
    let fields = sent(&[&decided[..], &[("pin", PIN)]].concat());
    let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let signed = send_from(physician, &page, &path, &fields).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    let page = physician.page(&format!("{study}/report")).await;
    for expected in [
        "Version 2",
        "As Dr. Sen of the portal proposed",
        "Taken over into version 2 by Dr. Rao",
        "As the portal proposes.",
    ] {
        assert!(page.contains(expected), "{expected} is not on the page: {page}");
    }
    assert!(!physician.page("/").await.contains("proposes to amend"));
    // Somebody else's page from before cannot answer it a second time.
    let again = physician.get(&format!("{study}/report/amend?proposal={hash}")).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proposal_about_an_older_version_is_kept_beside_the_newer_and_settled_by_a_person() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let (reader, film) = at_the_portal(&portal, state).await;
    let said = [
        ("conclusion", WORDS),
        ("finding-tuberculosis", "seen"),
        ("reason", "Seen at the second look."),
    ];
    assert_eq!(propose(&reader, &film, &said, None).await.status(), StatusCode::SEE_OTHER);

    // Meanwhile the box, without a link, signs a version of its own.
    let server = Box_::start(state, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    let physician = phone.log_in_as("Dr. Rao").await;
    let path = format!("{}/report/amend", study(&film));
    let page = physician.page(&path).await;
    let own = [
        ("finding-tuberculosis", "seen"),
        ("finding-abnormal", "seen"),
        ("conclusion", "Old cavity, no mass."),
        ("reason", "Compared with the older film."),
        ("action", "sign"),
        ("pin", PIN),
    ];
    let signed = send_from(&physician, &page, &path, &own).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    drop(server);
    let two = versions(state);
    assert_eq!(two.len(), 2);

    let file = settings(state, &portal.url(), &portal, "");
    let server = start(state, &file, &[]);
    let id = only_box(&portal);
    until("it came", || orders(&portal, &id)[0].1 == "waiting").await;
    let mut physician = physician;
    physician.move_to(&server.address);
    let report = format!("{}/report", study(&film));
    let page = physician.page(&report).await;
    for expected in ["Old cavity, no mass.", WORDS, "It is about an older version"] {
        assert!(page.contains(expected), "{expected} is not on the page: {page}");
    }
    assert!(physician.page("/").await.contains("proposes to amend"));
    let (csrf, hash) = (hidden(&page, "csrf"), hidden(&page, "proposal"));
    let decline = async |reason: &str| {
        let fields = [("csrf", csrf.as_str()), ("proposal", hash.as_str()), ("reason", reason)];
        physician.post(&format!("{}/proposal", study(&film)), &fields).await.status()
    };
    assert_eq!(decline(" ").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(decline("The mass is the old scar.").await, StatusCode::SEE_OTHER);
    assert_eq!(decline("Again.").await, StatusCode::CONFLICT, "the first answer holds");
    let page = physician.page(&report).await;
    assert!(page.contains("Declined by Dr. Rao") && page.contains(WORDS), "both stay");
    assert!(!physician.page("/").await.contains("proposes to amend"));
    until("the portal hears why", || orders(&portal, &id)[0].2 == "declined").await;
    assert!(reader.page(&film).await.contains("The mass is the old scar."));
    // Whoever has the key of the boxes' pages sees that somebody said no, and nothing about a patient.
    let office = Office::open(&portal, &id).await.page().await;
    assert!(office.contains("somebody at the box said no"), "{office}");
    for secret in ["The mass is the old scar.", WORDS, "Patient 0"] {
        assert!(!office.contains(secret), "{secret} is on the page of the box: {office}");
    }
    drop(server);
    assert_eq!(versions(state), two);
    assert!(check(state).ends_with("0 problems"));
}

/// Runs `tests/browser/proposal.mjs`: the box's pages of a proposal on a phone and on a desk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_proposal_fit_and_are_accessible_in_a_real_browser() {
    let Some(mut browser) = crate::browser::script("proposal.mjs") else { return };
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let (reader, film) = at_the_portal(&portal, state).await;
    let said = [
        ("conclusion", WORDS),
        ("finding-tuberculosis", "seen"),
        ("finding-mass", "seen"),
        ("reason", "Seen at the second look."),
    ];
    assert_eq!(propose(&reader, &film, &said, None).await.status(), StatusCode::SEE_OTHER);
    let id = only_box(&portal);
    let metered = r#"{"by":"X","values":{"metered":"false"}}"#;
    super::down::smuggle(&portal, &id, (9, "settings", metered), false);
    let server = start(state, &settings(state, &portal.url(), &portal, ""), &[]);
    until("it came", || orders(&portal, &id).iter().all(|(_, outcome, _)| !outcome.is_empty()))
        .await;
    let done = browser
        .env("FIELDRAY_URL", &server.address)
        .env("FIELDRAY_NAME", "Dr. Rao")
        .env("FIELDRAY_OTHER", "Tech One")
        .env("FIELDRAY_STUDY", study(&film))
        .env("FIELDRAY_PIN", PIN);
    crate::browser::passes(done);
    drop(server);
}
