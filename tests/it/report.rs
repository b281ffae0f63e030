//! A physician decides, signs and amends; nothing that was signed changes.

use reqwest::StatusCode;

use crate::clinic::{PIN, Phone, TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};
use crate::seed::{self, Film};

/// A clinic with a physician's phone, and films read already.
pub struct Practice {
    pub clinic: TestClinic,
    pub physician: Phone,
    pub studies: Vec<String>,
}

impl Practice {
    pub async fn with(films: &[Film]) -> Self {
        Self::configured(films, &[]).await
    }

    /// The same with the state in memory, for many films.
    pub async fn quick(films: &[Film]) -> Self {
        Self::filled(TestClinic::open_quick().await, films, &[]).await
    }

    pub async fn configured(films: &[Film], arguments: &[&str]) -> Self {
        Self::filled(TestClinic::open().await, films, arguments).await
    }

    async fn filled(mut clinic: TestClinic, films: &[Film], arguments: &[&str]) -> Self {
        let physician = clinic.physician("Dr. Rao").await;
        clinic.server.stop();
        let studies = seed::films(clinic.state.path(), films);
        let (clinic, physician) = clinic.again_with(physician, arguments).await;
        Self { clinic, physician, studies }
    }

    async fn send(&self, fields: &[(&str, &str)]) -> reqwest::Response {
        self.send_to(&format!("{}/report", self.studies[0]), fields).await
    }

    /// Sends the form of a page with its hidden fields.
    pub async fn send_to(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        let page = self.physician.page(path).await;
        send_from(&self.physician, &page, path, fields).await
    }
}

/// Sends a page's form with its hidden fields, as they were when the page was made.
pub async fn send_from(
    phone: &Phone,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> reqwest::Response {
    let names = ["csrf", "revision", "study_version", "radiograph", "amends", "queue"];
    let there = |name: &&str| page.contains(&format!("name=\"{name}\" value=\""));
    let kept: Vec<_> =
        names.into_iter().filter(there).map(|name| (name, hidden(page, name))).collect();
    let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
    phone.post(path, &kept.chain(fields.iter().copied()).collect::<Vec<_>>()).await
}

const DECIDED: [(&str, &str); 3] = [
    ("finding-tuberculosis", "seen"),
    ("finding-abnormal", "seen"),
    ("conclusion", "Cavity in the right upper zone."),
];

/// Signs the report of a study.
pub async fn sign(practice: &Practice, study: &str) {
    let fields = and(&[("action", "sign"), ("pin", PIN)]);
    let signed = practice.send_to(&format!("{study}/report"), &fields).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
}

fn and<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    DECIDED.iter().copied().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_physician_decides_signs_and_amends() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let study = practice.studies[0].clone();
    let path = format!("{study}/report");
    let page = practice.physician.page(&path).await;
    for expected in ["Asha Devi", "score 0.90, threshold 0.50", "decide before you sign"] {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
    // Undecided is what every finding begins with.
    assert!(!page.contains("value=\"seen\" checked"));

    let undecided =
        practice.send(&[("action", "sign"), ("pin", PIN), ("conclusion", "Words kept.")]).await;
    assert_eq!(undecided.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = undecided.text().await.unwrap();
    assert!(page.contains("FR-604") && page.contains("Consistent with tuberculosis"));
    // The words were saved before they were refused.
    assert!(practice.physician.page(&path).await.contains("Words kept."));

    let wrong = practice.send(&and(&[("action", "sign"), ("pin", "9999")])).await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let page = practice.physician.page(&path).await;
    assert!(page.contains("Cavity in the right") && page.contains("value=\"seen\" checked"));
    assert_eq!(practice.physician.settled(&study).await, "reported");

    let signed =
        practice.send(&and(&[("action", "sign"), ("pin", PIN), ("finding-mass", "seen")])).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    assert_eq!(practice.physician.settled(&study).await, "signed");
    let page = practice.clinic.phone.page(&path).await;
    for expected in ["Signed by Dr. Rao", "Cavity in the right", "Seen, added", "Version 1", "Seal"]
    {
        assert!(page.contains(expected), "{expected} is not on the page");
    }

    let amend = format!("{path}/amend");
    let change = and(&[("action", "sign"), ("pin", PIN), ("finding-effusion", "seen")]);
    let unexplained = practice.send_to(&amend, &change).await;
    assert_eq!(unexplained.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unexplained.text().await.unwrap().contains("FR-605"));
    let mut explained = change;
    explained.push(("reason", "Effusion seen on the second look."));
    let amended = practice.send_to(&amend, &explained).await;
    assert_eq!(amended.status(), StatusCode::SEE_OTHER);
    let page = practice.clinic.phone.page(&path).await;
    assert!(page.contains("Version 2") && page.contains("Effusion seen on the second look."));
    let old = practice.clinic.phone.page(&format!("{path}/1")).await;
    assert!(old.contains("This is an older version") && !old.contains("Pleural effusion"));
    assert_eq!(practice.clinic.stop_and_check(), "1 studies and 2 files checked, 0 problems");
}

#[tokio::test]
async fn a_signed_study_takes_no_further_photo() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let study = practice.studies[0].clone();
    practice.send(&and(&[("action", "sign"), ("pin", PIN)])).await;
    let photo = phantom::jpeg(Shot { width: 600, height: 800, ..Shot::default() });
    let (status, answer) = practice.clinic.phone.upload(&study, &upload_id(900), photo).await;
    assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &"FR-403".into()));
    assert!(!practice.clinic.phone.page(&study).await.contains("id=\"upload\""));
}

#[tokio::test]
async fn nobody_but_a_physician_writes_or_signs() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let study = &practice.studies[0];
    let administrator = &practice.clinic.phone;
    for path in [format!("{study}/report"), "/review".to_owned(), "/review/batch/1".to_owned()] {
        assert_eq!(administrator.get(&path).await.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let csrf = administrator.hidden(study, "csrf").await;
    let head = [("csrf", csrf.as_str()), ("revision", "0"), ("study_version", "6")];
    let form = head.into_iter().chain(and(&[("action", "sign"), ("pin", PIN)]));
    let answer = administrator.post(&format!("{study}/report"), &form.collect::<Vec<_>>()).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let draw = administrator.post("/review/batch", &[("csrf", csrf.as_str())]).await;
    assert_eq!(draw.status(), StatusCode::FORBIDDEN);
    assert_eq!(administrator.settled(study).await, "reported");
    let way = format!("href=\"{study}/report\"");
    assert!(!administrator.page(study).await.contains(&way));
    assert!(practice.physician.page(study).await.contains(&way));
}

#[tokio::test]
async fn an_old_page_cannot_undo_what_another_physician_saved() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let path = format!("{}/report", practice.studies[0]);
    let old = practice.physician.page(&path).await;
    let saved = practice.send(&[("action", "save"), ("conclusion", "First words.")]).await;
    assert_eq!(saved.status(), StatusCode::OK);
    assert!(saved.text().await.unwrap().contains("Not signed yet"));
    let fields = [("action", "save"), ("conclusion", "Second words.")];
    let late = send_from(&practice.physician, &old, &path, &fields).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = late.text().await.unwrap();
    assert!(page.contains("FR-602") && page.contains("Second words."));
    assert!(practice.physician.page(&path).await.contains("First words."));
    // The page that told about it may save over the other version.
    let again = send_from(&practice.physician, &page, &path, &fields).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert!(practice.physician.page(&path).await.contains("Second words."));
}

#[tokio::test]
async fn opinions_count_only_for_the_radiograph_that_was_looked_at() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let path = format!("{}/report", practice.studies[0]);
    let page = practice.physician.page(&path).await;
    let old = page.replace(&hidden(&page, "radiograph"), &"0".repeat(64));
    let fields = and(&[("action", "sign"), ("pin", PIN)]);
    let late = send_from(&practice.physician, &old, &path, &fields).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = late.text().await.unwrap();
    assert!(page.contains("FR-603") && page.contains("Cavity in the right"));
    assert!(!page.contains("value=\"seen\" checked"), "an opinion about another film counts");
    assert_eq!(practice.physician.settled(&practice.studies[0]).await, "reported");
}

#[tokio::test]
async fn what_is_written_survives_a_power_cut() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    practice.send(&and(&[("action", "save"), ("recommendation", "Come on Monday.")])).await;
    let path = format!("{}/report", practice.studies[0]);
    let (_clinic, physician) = practice.clinic.again_with(practice.physician, &[]).await;
    let page = physician.page(&path).await;
    assert!(page.contains("Cavity in the right") && page.contains("Come on Monday."));
    assert_eq!(page.matches("value=\"seen\" checked").count(), 2);
}

#[tokio::test]
async fn a_signed_report_that_was_tampered_with_is_found_and_not_printed() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let path = format!("{}/report", practice.studies[0]);
    practice.send(&and(&[("action", "sign"), ("pin", PIN)])).await;
    let mut clinic = practice.clinic;
    clinic.server.stop();
    let db = rusqlite::Connection::open(clinic.state.path().join("fieldray.db")).unwrap();
    let change = "update report_version set content = replace(content, 'right', 'left')";
    assert!(db.execute(change, []).is_err(), "the database lets a signed report be changed");
    db.execute_batch(&format!("drop trigger report_version_is_final_update; {change};")).unwrap();
    drop(db);
    let (clinic, physician) = clinic.again_with(practice.physician, &[]).await;
    let page = physician.get(&path).await;
    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text().await.unwrap().contains("FR-610"));
    let pdf = physician.get(&format!("{path}/1/report.pdf")).await;
    assert_eq!(pdf.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let problems = clinic.stop_and_list_problems();
    assert!(problems.contains("version 1 is not what was signed"), "{problems}");
}
