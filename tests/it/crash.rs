//! Killed at every named step, then started again: nothing acknowledged is lost, nothing is stuck,
//! nothing is there twice.

use reqwest::StatusCode;

use crate::clinic::{TestClinic, upload_id};
use crate::phantom::{self, Shot};

async fn check_killed_at(point: &str) {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let mut clinic = clinic.restart(&[("FIELDRAY_CRASH_AT", point)]).await;
    let photo = phantom::jpeg(Shot { width: 900, height: 1200, ..Shot::default() });

    let sent = clinic.phone.try_upload(&study, &upload_id(1), photo.clone()).await;
    let acknowledged = sent.is_ok_and(|answer| answer.status() == StatusCode::OK);
    assert!(clinic.server.died().await, "{point} was never reached");

    let clinic = clinic.restart(&[]).await;
    let before_retry = clinic.phone.settled(&study).await;
    if acknowledged {
        assert_eq!(before_retry, "reported", "{point}: an acknowledged photo was lost");
    }
    let (status, _) = clinic.phone.upload(&study, &upload_id(1), photo).await;
    assert_eq!(status, StatusCode::OK, "{point}: the retry was refused");
    assert_eq!(clinic.phone.settled(&study).await, "reported", "{point}");
    assert_eq!(clinic.stop_and_check(), "1 studies and 2 files checked, 0 problems", "{point}");
}

#[tokio::test]
async fn killed_while_the_photo_arrives() {
    check_killed_at("after_part_write").await;
}

#[tokio::test]
async fn killed_around_the_rename() {
    check_killed_at("after_file_fsync").await;
    check_killed_at("after_rename").await;
    check_killed_at("after_folder_fsync").await;
}

#[tokio::test]
async fn killed_before_the_acknowledgement() {
    check_killed_at("after_photo_row").await;
}

#[tokio::test]
async fn killed_while_digitising() {
    check_killed_at("before_digitised_row").await;
    check_killed_at("after_digitised_row").await;
}

#[tokio::test]
async fn killed_while_grading_and_scoring() {
    check_killed_at("after_graded_row").await;
    check_killed_at("after_scored_row").await;
}

#[tokio::test]
async fn killed_after_the_draft() {
    check_killed_at("after_reported_row").await;
}

#[tokio::test]
async fn a_step_that_kills_the_program_each_time_is_held_not_repeated() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let photo = phantom::jpeg(Shot { width: 900, height: 1200, ..Shot::default() });
    let deadly = [("FIELDRAY_CRASH_AT", "before_digitised_row")];
    let mut clinic = clinic.restart(&deadly).await;
    let _unanswered = clinic.phone.try_upload(&study, &upload_id(1), photo).await;
    for _ in 0..2 {
        assert!(clinic.server.died().await);
        clinic = clinic.restart(&deadly).await;
    }
    assert!(clinic.server.died().await);
    let clinic = clinic.restart(&[]).await;
    assert_eq!(clinic.phone.settled(&study).await, "held");

    let page = clinic.phone.page(&study).await;
    assert!(page.contains("FR-501"), "the page names the fault");
    let action = page.split('"').find(|part| part.ends_with("/release")).expect("a way to retry");
    let csrf = crate::clinic::hidden(&page, "csrf");
    let released = clinic.phone.post(action, &[("csrf", &csrf)]).await;
    assert_eq!(released.status(), StatusCode::SEE_OTHER);
    assert_eq!(clinic.phone.settled(&study).await, "reported");
}

#[tokio::test]
async fn killed_at_random_moments_under_load() {
    let mut clinic = TestClinic::open().await;
    let csrf = clinic.phone.hidden("/studies/new", "csrf").await;
    let mut acknowledged = Vec::new();
    for round in 0..8_u32 {
        let study = clinic.phone.register(&format!("Patient {round}"), "30").await;
        let photo = phantom::jpeg(Shot { width: 600, height: 800, seed: round, ..Shot::default() });
        let (phone, csrf) = (clinic.phone.clone(), csrf.clone());
        let (target, sent) = (study.clone(), photo.clone());
        let upload = tokio::spawn(async move {
            phone.send_photo(&target, &upload_id(round + 1), &csrf, sent).await
        });
        tokio::time::sleep(std::time::Duration::from_millis(u64::from(round * 37 % 130))).await;
        clinic = clinic.restart(&[]).await;
        if upload.await.unwrap().is_ok_and(|answer| answer.status() == StatusCode::OK) {
            acknowledged.push(study.clone());
        } else {
            clinic.phone.upload(&study, &upload_id(round + 1), photo).await;
            acknowledged.push(study);
        }
    }
    for study in &acknowledged {
        assert_ne!(
            clinic.phone.settled(study).await,
            "registered",
            "an acknowledged photo was lost"
        );
    }
    assert!(clinic.stop_and_check().starts_with("8 studies and"));
}
