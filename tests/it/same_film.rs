//! One film photographed for two studies: the box asks, a person answers, nothing is merged.

use std::convert::Infallible;

use fieldray::domain::lungs::Extent;
use fieldray::domain::radiograph::Radiograph;
use reqwest::StatusCode;

use crate::clinic::{TestClinic, hidden, shared, upload_id};
use crate::phantom::{self, Shot};

const QUESTION: &str = "registered for another patient";

/// Another photo of the film of that seed: another phone, other distance and other noise.
fn again(seed: u32) -> Vec<u8> {
    phantom::jpeg(Shot { width: 1080, height: 1500, seed, ..Shot::default() })
}

#[tokio::test]
async fn the_same_film_under_another_patient_is_asked_about_and_the_answer_is_kept() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let first = phone.register("Asha Devi", "44").await;
    phone.upload(&first, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(phone.settled(&first).await, "reported");
    assert!(!phone.page(&first).await.contains(QUESTION));

    let second = phone.register("Ravi Kumar", "51").await;
    phone.upload(&second, &upload_id(2), again(1)).await;
    assert_eq!(phone.settled(&second).await, "reported");
    let page = phone.page(&second).await;
    for expected in [QUESTION, "Check whose film this is", &*first, "It is another film"] {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
    // The other study is in doubt too, and neither page names the other patient.
    let other = phone.page(&first).await;
    assert!(other.contains(QUESTION) && other.contains(&*second));
    assert!(!other.contains("Ravi Kumar") && !page.contains("Asha Devi"));

    // A further photo of the film asks nothing new.
    phone
        .upload(&second, &upload_id(3), phantom::jpeg(Shot { width: 1100, ..Shot::default() }))
        .await;
    assert_eq!(phone.settled(&second).await, "reported");
    assert_eq!(phone.page(&second).await.matches("name=\"answer\" value=\"same\"").count(), 1);

    let csrf = hidden(&page, "csrf");
    let number = first.rsplit('/').next().unwrap();
    let form = format!("{second}/same-film/{number}");
    let forged = phone.post(&form, &[("csrf", "x"), ("answer", "same")]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let wrong = phone.post(&form, &[("csrf", &*csrf), ("answer", "merge")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = phone.post(&form, &[("csrf", &*csrf), ("answer", "same")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);

    let clinic = clinic.restart(&[]).await;
    for study in [&first, &second] {
        let page = clinic.phone.page(study).await;
        assert!(page.contains("One of the two names is wrong"));
        assert!(page.contains("Tech One said so on"));
        assert!(page.contains("the same film belongs to study"), "the draft does not say so");
    }
    let csrf = clinic.phone.hidden(&second, "csrf").await;
    clinic.phone.post(&form, &[("csrf", &*csrf), ("answer", "other")]).await;
    let page = clinic.phone.page(&second).await;
    assert!(page.contains("but it is another film") && !page.contains("Check whose film"));
    assert_eq!(clinic.stop_and_check(), "2 studies and 6 files checked, 0 problems");
}

#[tokio::test]
async fn another_film_raises_no_question() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let first = phone.register("Asha Devi", "44").await;
    phone.upload(&first, &upload_id(1), phantom::jpeg(Shot::default())).await;
    assert_eq!(phone.settled(&first).await, "reported");
    let second = phone.register("Ravi Kumar", "51").await;
    let own = Shot { chest: 5, ..Shot::default() };
    phone.upload(&second, &upload_id(2), phantom::jpeg(own)).await;
    assert_eq!(phone.settled(&second).await, "reported");
    assert!(!phone.page(&second).await.contains("same-film"));

    // Nor can anybody answer what nobody asked.
    let csrf = phone.hidden(&second, "csrf").await;
    let form = format!("{second}/same-film/{}", first.rsplit('/').next().unwrap());
    let answer = phone.post(&form, &[("csrf", &*csrf), ("answer", "same")]).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

/// Films of the shared set, and each of them again: cropped, lighter and from a poor JPEG.
#[test]
fn real_films_are_found_again_and_not_taken_for_each_other() {
    use fieldray::digitise::{FilmQuery, LIKENESS_MIN, fingerprint};
    use fieldray::domain::fingerprint::Signature;

    let Some(folder) = shared("cxr/nih") else { return };
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    // Every fiftieth: neighbours are films of one patient.
    let films: Vec<_> = paths
        .iter()
        .step_by(50)
        .take(FILMS)
        .map(|path| image::open(path).unwrap().into_luma8())
        .collect();
    let known: Vec<_> = films
        .iter()
        .map(|film| fingerprint(&radiograph(film), Extent::new(0.1, 0.1, 0.9, 0.8).unwrap()))
        .collect();
    let signatures: Vec<Signature> = known.iter().map(|film| film.signature).collect();
    for (number, film) in films.iter().enumerate() {
        let again =
            fingerprint(&radiograph(&retaken(film)), Extent::new(0.09, 0.11, 0.9, 0.82).unwrap());
        let query = FilmQuery::new(&again.detail);
        let details = |at: usize| Ok::<_, Infallible>(Some(known[at].detail.clone()));
        let Ok(found) = query.compare(&query.shortlist(&signatures), details);
        let alike: Vec<usize> =
            found.iter().filter(|(_, like)| *like >= LIKENESS_MIN).map(|(at, _)| *at).collect();
        assert_eq!(alike, [number]);
    }
}

/// Films looked at; more take longer than a test should.
const FILMS: usize = 12;

fn radiograph(film: &image::GrayImage) -> Radiograph {
    Radiograph::new(film.width(), film.height(), film.as_raw().clone()).unwrap()
}

fn retaken(film: &image::GrayImage) -> image::GrayImage {
    let (width, height) = film.dimensions();
    let (x, y) = (width / 50, height / 40);
    let mut crop = image::imageops::crop_imm(film, x, y, width - 2 * x, height - 2 * y).to_image();
    for pixel in crop.pixels_mut() {
        pixel.0[0] = ((f32::from(pixel.0[0]) / 255.0).powf(0.7) * 240.0) as u8;
    }
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 60).encode_image(&crop).unwrap();
    image::load_from_memory(&bytes).unwrap().into_luma8()
}
