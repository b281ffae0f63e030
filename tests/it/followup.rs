//! What happens after a film, until nothing is open any more.

use reqwest::StatusCode;

use crate::clinic::{Phone, hidden};
use crate::report::Practice;
use crate::seed::Film;

async fn note(phone: &Phone, study: &str, fields: &[(&str, &str)]) -> reqwest::Response {
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
