//! What happens after a film, until nothing is open any more.

use reqwest::StatusCode;

use crate::clinic::{Phone, hidden};
use crate::report::Practice;
use crate::seed::Film;

pub async fn note(phone: &Phone, study: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let path = format!("{study}/follow-up");
    let page = phone.page(&path).await;
    let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
    let mut all = vec![("csrf", csrf.as_str()), ("form_id", form_id.as_str())];
    if let Some((_, rest)) = page.rsplit_once("name=\"order\" value=\"") {
        all.push(("order", rest.split('"').next().unwrap()));
    }
    all.extend_from_slice(fields);
    phone.post(&path, &all).await
}

async fn is_open(phone: &Phone, name: &str) -> bool {
    phone.page("/follow-up").await.contains(name)
}

#[tokio::test]
async fn a_suspect_film_stays_open_until_a_result_settles_it() {
    let practice = Practice::with(&[Film::urgent("Asha Devi"), Film::clear("Ravi Kumar")]).await;
    let (phone, study) = (&practice.clinic.phone, &practice.studies[0]);
    assert!(is_open(phone, "Asha Devi").await);
    assert!(!is_open(phone, "Ravi Kumar").await, "nothing is suspected of a clear film");
    assert!(phone.page(study).await.contains("No test for tuberculosis was ordered"));
    // A smear that is negative settles nothing.
    assert_eq!(note(phone, study, &[("test", "smear")]).await.status(), StatusCode::SEE_OTHER);
    note(phone, study, &[("result", "negative")]).await;
    let page = phone.page(&format!("{study}/follow-up")).await;
    assert!(page.contains("does not exclude it: order Xpert"), "{page}");
    assert!(is_open(phone, "Asha Devi").await);
    // Xpert does; and a wrong entry is corrected.
    note(phone, study, &[("test", "xpert")]).await;
    note(phone, study, &[("result", "negative")]).await;
    assert!(!is_open(phone, "Asha Devi").await);
    note(phone, study, &[("result", "inconclusive")]).await;
    assert!(phone.page("/follow-up").await.contains("Xpert or Truenat: to be repeated"));
    note(phone, study, &[("outcome", "lost")]).await;
    assert!(!is_open(phone, "Asha Devi").await);
    assert!(phone.page(&format!("{study}/follow-up")).await.contains("could not be reached"));
    // Results that a test cannot have, and tests of another film, are refused.
    let refused = note(phone, study, &[("result", "cured")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let other = note(phone, &practice.studies[1], &[("order", "1"), ("result", "positive")]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    // A test that is ordered for a clear film waits for its result too.
    note(phone, &practice.studies[1], &[("test", "xpert")]).await;
    assert!(phone.page("/follow-up").await.contains("Ravi Kumar"));
    note(phone, &practice.studies[1], &[("result", "negative")]).await;
    assert!(!is_open(phone, "Ravi Kumar").await);
    assert!(practice.clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_result_and_an_outcome_are_entered_once_for_all_films_of_a_person() {
    let films = [
        Film::urgent("Asha Devi"),
        Film { of: Some(0), ..Film::urgent("Asha Devi") },
        Film::urgent("Ravi Kumar"),
        Film { of: Some(2), ..Film::clear("Ravi Kumar") },
    ];
    let practice = Practice::with(&films).await;
    let (phone, studies) = (&practice.clinic.phone, &practice.studies);
    let list = phone.page("/follow-up").await;
    assert_eq!(list.matches("Asha Devi").count(), 1, "one line for a person: {list}");
    assert!(list.contains("Studies 00001, 00002") && list.contains("Study 00003"), "{list}");
    // Ordered from the page of one film, entered on that of the other, corrected on the first.
    note(phone, &studies[0], &[("test", "xpert")]).await;
    assert_eq!(note(phone, &studies[1], &[("result", "negative")]).await.status(), 303);
    assert!(!is_open(phone, "Asha Devi").await, "both films are settled");
    note(phone, &studies[0], &[("result", "inconclusive")]).await;
    assert!(phone.page("/follow-up").await.contains("Studies 00001, 00002"));
    note(phone, &studies[1], &[("outcome", "lost")]).await;
    assert!(!is_open(phone, "Asha Devi").await);
    note(phone, &studies[0], &[("outcome", "tb_confirmed")]).await;
    let page = phone.page(&format!("{}/follow-up", studies[1])).await;
    assert!(page.contains("<b>Tuberculosis, confirmed by a test"), "{page}");
    // Nobody else's film, and not the clear one of the same person before a physician sees something.
    note(phone, &studies[2], &[("test", "xpert")]).await;
    let page = phone.page(&format!("{}/follow-up", studies[3])).await;
    assert!(!page.contains("name=\"order\""), "{page}");
    let seen = [
        ("finding-tuberculosis", "seen"),
        ("finding-abnormal", "seen"),
        ("conclusion", "Cavity."),
        ("action", "sign"),
        ("pin", crate::clinic::PIN),
    ];
    let signed = practice.send_to(&format!("{}/report", studies[3]), &seen).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    assert!(phone.page("/follow-up").await.contains("Studies 00003, 00004"));
    note(phone, &studies[3], &[("result", "positive")]).await;
    assert!(!is_open(phone, "Ravi Kumar").await, "the test that was on its way is for both");
    assert!(practice.clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn what_a_physician_signs_decides_what_is_suspected() {
    let films = [Film::urgent("Asha Devi"), Film::clear("Ravi Kumar")];
    let practice = Practice::with(&films).await;
    let phone = &practice.clinic.phone;
    let sign = async |study: &str, tuberculosis: &str| {
        let fields = [
            ("finding-tuberculosis", tuberculosis),
            ("finding-abnormal", "seen"),
            ("finding-mass", "seen"),
            ("conclusion", "As said."),
            ("action", "sign"),
            ("pin", crate::clinic::PIN),
        ];
        practice.send_to(&format!("{study}/report"), &fields).await
    };
    let signed = sign(&practice.studies[0], "not_seen").await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    let list = phone.page("/follow-up").await;
    assert!(!list.contains("tuberculosis"), "the physician does not see it");
    assert!(list.contains("No CT was ordered"), "but a nodule");
    sign(&practice.studies[1], "seen").await;
    let list = phone.page("/follow-up").await;
    assert!(list.contains("Ravi Kumar") && list.contains("by a physician"));
}
