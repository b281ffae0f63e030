//! A film beside an earlier one of the same patient, and the lungs laid over a radiograph.

use reqwest::StatusCode;

use crate::clinic::{TestClinic, upload_id};
use crate::phantom::{self, Shot};

async fn read_film(clinic: &TestClinic, (name, number): (&str, &str), n: u32) -> (String, String) {
    let study = clinic.phone.register_as(name, "44", number).await;
    let photo = phantom::jpeg(Shot { seed: n, ..Shot::default() });
    let (_, answer) = clinic.phone.upload(&study, &upload_id(n), photo).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    (study, answer["photo"].as_str().unwrap().to_owned())
}

fn id(study: &str) -> &str {
    study.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn an_earlier_film_of_the_same_patient_is_shown_beside_the_newer_one() {
    let clinic = TestClinic::open().await;
    let (first, _) = read_film(&clinic, ("Asha Devi", "P-7"), 1).await;
    let (other, _) = read_film(&clinic, ("Ravi Das", "P-8"), 2).await;
    let (second, photo) = read_film(&clinic, ("Asha Devi", "P-7"), 3).await;

    let compare = format!("{second}/compare/{}", id(&first));
    let page = clinic.phone.page(&second).await;
    let foreign = format!("/compare/{}", id(&other));
    assert!(page.contains(&compare) && !page.contains(&foreign), "only her own earlier film");
    assert!(!clinic.phone.page(&first).await.contains("/compare/"), "the newer film is no prior");

    let page = clinic.phone.page(&compare).await;
    assert!(page.contains("Then and now") && page.contains("Share of lung with opacity:"));
    assert!(!page.contains("names of these two studies differ"));
    let earlier = clinic.phone.get(&format!("{compare}/earlier.png")).await;
    assert_eq!(earlier.headers()["content-type"], "image/png");
    let earlier = image::load_from_memory(&earlier.bytes().await.unwrap()).unwrap().to_luma8();
    let current = clinic.phone.get(&format!("{second}/photos/{photo}/radiograph.png")).await;
    let current = image::load_from_memory(&current.bytes().await.unwrap()).unwrap();
    let shape = |width: u32, height: u32| f64::from(width) / f64::from(height);
    let apart = shape(earlier.width(), earlier.height()) - shape(current.width(), current.height());
    assert!(apart.abs() < 0.01, "both films have one shape on the page");

    for foreign in [
        format!("{second}/compare/{}", id(&other)),
        format!("{first}/compare/{}", id(&second)),
        format!("{second}/compare/{}/earlier.png", id(&other)),
    ] {
        assert_eq!(clinic.phone.get(&foreign).await.status(), StatusCode::NOT_FOUND, "{foreign}");
    }
}

#[tokio::test]
async fn another_name_under_the_same_number_is_pointed_out() {
    let clinic = TestClinic::open().await;
    let (first, _) = read_film(&clinic, ("Asha Devi", "P-7"), 1).await;
    let (second, _) = read_film(&clinic, ("Rekha Devi", "P-7"), 2).await;
    let page = clinic.phone.page(&format!("{second}/compare/{}", id(&first))).await;
    assert!(page.contains("names of these two studies differ"));
}

#[tokio::test]
async fn the_lungs_can_be_laid_over_the_radiograph() {
    let clinic = TestClinic::open().await;
    let (study, photo) = read_film(&clinic, ("Asha Devi", "P-7"), 1).await;
    let path = format!("{study}/photos/{photo}/lungs.png");
    assert!(clinic.phone.page(&study).await.contains(&path));
    let overlay = clinic.phone.get(&path).await;
    let overlay = image::load_from_memory(&overlay.bytes().await.unwrap()).unwrap().to_rgba8();
    let drawn = overlay.pixels().filter(|pixel| pixel.0[3] > 0).count();
    assert!(drawn > 500, "both lungs have a rim: {drawn}");
    let (other, _) = read_film(&clinic, ("Ravi Das", "P-8"), 2).await;
    let foreign = clinic.phone.get(&format!("{other}/photos/{photo}/lungs.png")).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
}
