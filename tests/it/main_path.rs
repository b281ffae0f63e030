//! From a photo to a reading, as the technician's phone sees it.

use reqwest::StatusCode;

use crate::clinic::{TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};

#[tokio::test]
async fn a_photo_becomes_a_reading() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let (status, answer) =
        clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(
        (status, &answer["ok"], &answer["known"]),
        (StatusCode::OK, &true.into(), &false.into())
    );
    assert_eq!(clinic.phone.settled(&study).await, "reported");

    let page = clinic.phone.page(&study).await;
    for expected in
        ["Asha Devi", "radiograph.png", "heatmap/tuberculosis", "threshold", "Not assessed"]
    {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
    let photo = answer["photo"].as_str().unwrap();
    for (file, kind) in [("radiograph.png", "image/png"), ("heatmap/abnormal.png", "image/png")] {
        let image = clinic.phone.get(&format!("{study}/photos/{photo}/{file}")).await;
        assert_eq!(image.status(), StatusCode::OK, "{file}");
        assert_eq!(image.headers()["content-type"], kind);
        assert_eq!(image.headers()["cache-control"], "no-store");
        assert!(image::load_from_memory(&image.bytes().await.unwrap()).is_ok());
    }
    assert!(clinic.phone.page("/").await.contains("Asha Devi"));
    assert_eq!(clinic.stop_and_check(), "1 studies and 2 files checked, 0 problems");
}

#[tokio::test]
async fn photos_in_quick_succession_are_all_read() {
    let clinic = TestClinic::open().await;
    let csrf = clinic.phone.hidden("/studies/new", "csrf").await;
    let mut studies = Vec::new();
    for n in 0..6 {
        studies.push((clinic.phone.register(&format!("Patient {n}"), "30").await, n));
    }
    let uploads = studies.iter().map(|(study, n)| {
        let (phone, csrf, study) = (clinic.phone.clone(), csrf.clone(), study.clone());
        let photo = phantom::jpeg(Shot { seed: *n, width: 900, height: 1200, ..Shot::default() });
        let id = upload_id(100 + n);
        tokio::spawn(
            async move { phone.send_photo(&study, &id, &csrf, photo).await.unwrap().status() },
        )
    });
    for upload in uploads.collect::<Vec<_>>() {
        assert_eq!(upload.await.unwrap(), StatusCode::OK);
    }
    for (study, _) in &studies {
        assert_eq!(clinic.phone.settled(study).await, "reported");
    }
    assert_eq!(clinic.stop_and_check(), "6 studies and 12 files checked, 0 problems");
}

#[tokio::test]
async fn a_retry_never_makes_a_second_photo() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let photo = phantom::jpeg(Shot::default());
    clinic.phone.upload(&study, &upload_id(1), photo.clone()).await;
    let (status, again) = clinic.phone.upload(&study, &upload_id(1), photo.clone()).await;
    assert_eq!((status, &again["known"]), (StatusCode::OK, &true.into()));
    let (status, same_bytes) = clinic.phone.upload(&study, &upload_id(2), photo.clone()).await;
    assert_eq!((status, &same_bytes["photo"]), (StatusCode::OK, &again["photo"]));

    let other = clinic.phone.register("Wrong Patient", "50").await;
    let (status, refused) = clinic.phone.upload(&other, &upload_id(3), photo).await;
    assert_eq!((status, &refused["code"]), (StatusCode::CONFLICT, &"FR-116".into()));
    let different = phantom::jpeg(Shot { seed: 9, ..Shot::default() });
    let (status, refused) = clinic.phone.upload(&study, &upload_id(1), different).await;
    assert_eq!((status, &refused["code"]), (StatusCode::CONFLICT, &"FR-117".into()));
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    assert_eq!(clinic.stop_and_check(), "2 studies and 2 files checked, 0 problems");
}

#[tokio::test]
async fn a_double_submit_registers_one_patient() {
    let clinic = TestClinic::open().await;
    let page = clinic.phone.page("/studies/new").await;
    let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("form_id", form_id.as_str()),
        ("name", "Asha Devi"),
        ("local_id", "K-1"),
        ("sex", "other"),
        ("age", ""),
        ("birth_year", "1980"),
    ];
    let first = clinic.phone.post("/studies/new", &fields).await;
    let second = clinic.phone.post("/studies/new", &fields).await;
    assert_eq!(first.headers()["location"], second.headers()["location"]);
    assert_eq!(clinic.stop_and_check(), "1 studies and 0 files checked, 0 problems");
}

#[tokio::test]
async fn a_child_gets_no_tuberculosis_score_and_is_told_so() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Small Child", "14").await;
    clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    let page = clinic.phone.page(&study).await;
    assert!(!page.contains("heatmap/tuberculosis"));
    assert!(page.contains("15"), "the page names the validated age");
}

#[tokio::test]
async fn a_photo_without_a_film_is_refused_by_name_and_never_scored() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let empty = phantom::jpeg(Shot { film: false, ..Shot::default() });
    let (status, _) = clinic.phone.upload(&study, &upload_id(1), empty).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(clinic.phone.settled(&study).await, "retake_asked");
    let page = clinic.phone.page(&study).await;
    assert!(!page.contains("heatmap/"));
    assert!(!page.to_lowercase().contains("below the threshold"));

    // A later good photo of the same film gives the reading.
    clinic.phone.upload(&study, &upload_id(2), phantom::jpeg(Shot::default())).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    // And a later bad one does not take it away.
    let empty = phantom::jpeg(Shot { film: false, seed: 3, ..Shot::default() });
    clinic.phone.upload(&study, &upload_id(3), empty).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
}

/// A film of 435 pixels across: read, with the remark that it is small.
const SMALL: Shot = Shot { width: 640, height: 853, seed: 3, chest: 0, film: true };

#[tokio::test]
async fn a_photo_with_a_remark_invites_a_second_one_and_both_readings_are_compared() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(SMALL)).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    let page = clinic.phone.page(&study).await;
    assert!(page.contains("A second photo would help"));
    assert!(page.contains("Go closer until the film fills most of the photo."));
    assert!(!page.contains("Photos compared"));

    let nearer = phantom::jpeg(Shot { seed: SMALL.seed, ..Shot::default() });
    clinic.phone.upload(&study, &upload_id(2), nearer).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    let page = clinic.phone.page(&study).await;
    assert!(page.contains("Two photos of this film: scores differ by at most 0."));
    assert!(page.contains("The better photo"));
    assert!(!page.contains("A second photo would help"), "nobody is asked for a third one");
    assert_eq!(clinic.stop_and_check(), "1 studies and 4 files checked, 0 problems");
}

#[tokio::test]
async fn a_good_photo_invites_no_second_one() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    assert!(!clinic.phone.page(&study).await.contains("A second photo would help"));
}

#[tokio::test]
async fn a_failed_form_comes_back_filled_in() {
    let clinic = TestClinic::open().await;
    let page = clinic.phone.page("/studies/new").await;
    let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
    for (age, birth_year) in [("", ""), ("-3", ""), ("121", ""), ("40", "1980"), ("", "1492")] {
        let fields = [
            ("csrf", csrf.as_str()),
            ("form_id", form_id.as_str()),
            ("name", "Asha <b>Devi</b>"),
            ("local_id", "K-1"),
            ("sex", "female"),
            ("age", age),
            ("birth_year", birth_year),
        ];
        let answer = clinic.phone.post("/studies/new", &fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{age:?} {birth_year:?}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("K-1") && page.contains("Devi") && !page.contains("<b>Devi"));
    }
    assert_eq!(clinic.stop_and_check(), "0 studies and 0 files checked, 0 problems");
}
