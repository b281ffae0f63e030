//! A person shows where the film is and how it lies; the photo is read again, and nothing that the
//! box had found is lost.

use reqwest::StatusCode;

use crate::clinic::{TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};

/// The eight numbers of the form, as it is filled in.
fn corners(page: &str) -> Vec<(String, String)> {
    let names = (0..4).flat_map(|i| [format!("x{i}"), format!("y{i}")]);
    names.map(|name| (name.clone(), hidden(page, &name))).collect()
}

struct Correcting {
    clinic: TestClinic,
    study: String,
    path: String,
}

impl Correcting {
    async fn of(shot: Shot) -> Self {
        let clinic = TestClinic::open().await;
        let study = clinic.phone.register("Asha Devi", "44").await;
        let (_, answer) = clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(shot)).await;
        clinic.phone.settled(&study).await;
        let path = format!("{study}/photos/{}/correct", answer["photo"].as_str().unwrap());
        Self { clinic, study, path }
    }

    async fn send(&self, corners: &[(String, String)], more: &[(&str, &str)]) -> reqwest::Response {
        let csrf = self.clinic.phone.hidden(&self.path, "csrf").await;
        let mut fields = vec![("csrf", csrf.as_str())];
        fields.extend(corners.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        fields.extend_from_slice(more);
        self.clinic.phone.post(&self.path, &fields).await
    }
}

fn square(from: &str, to: &str) -> Vec<(String, String)> {
    let values = [from, from, to, from, to, to, from, to];
    let names = (0..4).flat_map(|i| [format!("x{i}"), format!("y{i}")]);
    names.zip(values).map(|(name, value)| (name, value.to_owned())).collect()
}

#[tokio::test]
async fn a_corrected_photo_is_read_again_and_stays_corrected() {
    let mut film = Correcting::of(Shot::default()).await;
    let page = film.clinic.phone.page(&film.path).await;
    let found = corners(&page);
    assert!(page.contains("Drag each of the four marks onto a corner of the film."));
    let preview = film.path.replace("/correct", "/preview.jpg");
    let preview = film.clinic.phone.get(&preview).await;
    assert_eq!(preview.headers()["content-type"], "image/jpeg");
    assert!(image::load_from_memory(&preview.bytes().await.unwrap()).is_ok());

    let answer = film.send(&found, &[("turn", "0")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(film.clinic.phone.settled(&film.study).await, "reported");
    let page = film.clinic.phone.page(&film.study).await;
    assert!(page.contains("A person has shown how the film lies in this photo."));

    film.clinic = film.clinic.restart(&[]).await;
    let again = corners(&film.clinic.phone.page(&film.path).await);
    assert_eq!(again, found);
    // The photo, what the box had made of it, and what the person made of it.
    assert_eq!(film.clinic.stop_and_check(), "1 studies and 3 files checked, 0 problems");
}

#[tokio::test]
async fn a_correction_takes_the_old_reading_out_of_force() {
    let film = Correcting::of(Shot::default()).await;
    assert!(film.clinic.phone.page(&film.study).await.contains("heatmap/tuberculosis"));
    // The marks on a bit of the light box: nothing that may be read.
    let answer = film.send(&square("1", "16"), &[("turn", "0")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(film.clinic.phone.settled(&film.study).await, "retake_asked");
    let page = film.clinic.phone.page(&film.study).await;
    assert!(!page.contains("heatmap/") && !page.contains("Urgent"), "an old number is shown");
}

#[tokio::test]
async fn corners_that_no_film_has_are_refused_and_stay_in_the_form() {
    let film = Correcting::of(Shot::default()).await;
    let mut crossed = square("20", "80");
    crossed[0].1 = "79.5".to_owned();
    crossed[1].1 = "78.25".to_owned();
    let answer = film.send(&crossed, &[("turn", "90"), ("mirrored", "yes")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(page.contains("FR-203") && page.contains("78.25"));
    assert!(page.contains("value=\"90\" checked") && page.contains("value=\"yes\" checked"));
    assert_eq!(film.clinic.phone.settled(&film.study).await, "reported");
}

#[tokio::test]
async fn where_no_film_was_found_a_person_can_show_one() {
    let film = Correcting::of(Shot { film: false, ..Shot::default() }).await;
    assert_eq!(film.clinic.phone.settled(&film.study).await, "retake_asked");
    let page = film.clinic.phone.page(&film.path).await;
    // What is offered is a place to begin; an empty light box is still no chest film.
    let answer = film.send(&corners(&page), &[("turn", "0")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(film.clinic.phone.settled(&film.study).await, "retake_asked");
    assert!(!film.clinic.phone.page(&film.study).await.contains("heatmap/"));
}
