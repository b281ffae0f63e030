//! What is wrong with a photo, and what with the film itself: named apart, with what to do.

use reqwest::StatusCode;

use crate::clinic::{TestClinic, upload_id};
use crate::phantom::{self, Shot};

#[tokio::test]
async fn a_lamp_over_a_lung_is_refused_as_a_reflection() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let photo = phantom::jpeg_with_lamp(Shot::default());
    let (status, _) = clinic.phone.upload(&study, &upload_id(1), photo).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(clinic.phone.settled(&study).await, "retake_asked");
    let page = clinic.phone.page(&study).await;
    for expected in ["A reflection covers part of the film", "Switch off the room light"] {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
}

#[tokio::test]
async fn an_ordinary_film_has_no_remark_on_the_film_itself() {
    let clinic = TestClinic::open().await;
    let whole = clinic.phone.register("Meena Rao", "37").await;
    clinic.phone.upload(&whole, &upload_id(3), phantom::jpeg(Shot::default())).await;
    assert_eq!(clinic.phone.settled(&whole).await, "reported");
    let page = clinic.phone.page(&whole).await;
    for remark in ["reach the edge", "film itself is too", "differ in width", "Reflections cover"] {
        assert!(!page.contains(remark), "{remark}: on the page of an ordinary film");
    }
}
