//! Accounts, sessions and the phone that locks.

use reqwest::StatusCode;

use crate::clinic::{PIN, Phone, START_PIN, TestClinic, hidden, upload_id};
use crate::phantom;

/// Number of the account in the list of operators.
async fn id_of(clinic: &TestClinic, name: &str) -> String {
    let list = clinic.phone.page("/operators").await;
    let before = list.split(&format!("<b>{name}</b>")).next().unwrap();
    let (_, id) = before.rsplit_once("href=\"/operators/").unwrap();
    id.split('"').next().unwrap().to_owned()
}

async fn change(by: &Phone, id: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let csrf = by.hidden("/operators", "csrf").await;
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    by.post(&format!("/operators/{id}"), &all).await
}

#[tokio::test]
async fn a_given_pin_is_good_for_choosing_another_one_only() {
    let clinic = TestClinic::open().await;
    clinic.add_person("Dr Mina", "physician", START_PIN).await;
    let phone = clinic.phone.log_in_with("Dr Mina", START_PIN).await;
    let sent_on = phone.get("/review").await;
    assert_eq!(sent_on.headers()["location"], "/passcode");
    let csrf = phone.hidden("/passcode", "csrf").await;
    let drawn = phone.post("/review/batch", &[("csrf", csrf.as_str())]).await;
    assert_eq!(drawn.status(), StatusCode::FORBIDDEN);
    let choose = async |pin: &str| {
        phone.post("/passcode", &[("csrf", csrf.as_str()), ("pin", pin), ("pin_again", pin)]).await
    };
    // The administrator's PIN once more is no choice.
    assert_eq!(choose(START_PIN).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(choose("a long password").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(phone.get("/review").await.status(), StatusCode::OK);
    assert_eq!(
        clinic.phone.try_log_in("Dr Mina", START_PIN).await.status(),
        StatusCode::UNAUTHORIZED
    );
    clinic.phone.log_in_with("Dr Mina", "a long password").await;
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_its_work_stays() {
    let clinic = TestClinic::open().await;
    let tara = clinic.person("Tara", "technician").await;
    let study = tara.register("Asha Devi", "44").await;
    let id = id_of(&clinic, "Tara").await;
    assert_eq!(change(&clinic.phone, &id, &[("change", "close")]).await.status(), 303);
    assert_eq!(tara.get("/").await.headers()["location"], "/login");
    assert!(
        !clinic
            .phone
            .client
            .get(format!("{}/login", clinic.phone.base))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("Tara")
    );
    assert!(clinic.phone.page(&study).await.contains("Asha Devi"));
    assert_eq!(change(&clinic.phone, &id, &[("change", "reopen")]).await.status(), 303);
    clinic.phone.log_in_as("Tara").await;
}

#[tokio::test]
async fn a_forgotten_pin_is_replaced_and_ends_what_was_open() {
    let clinic = TestClinic::open().await;
    let tara = clinic.person("Tara", "technician").await;
    let id = id_of(&clinic, "Tara").await;
    let reset = [("change", "reset"), ("pin", "8642"), ("pin_again", "8642")];
    assert_eq!(change(&clinic.phone, &id, &reset).await.status(), 303);
    assert_eq!(tara.get("/").await.headers()["location"], "/login");
    let again = clinic.phone.log_in_with("Tara", "8642").await;
    assert_eq!(again.get("/").await.headers()["location"], "/passcode");
}

#[tokio::test]
async fn administrators_do_not_change_themselves_and_names_stay_apart() {
    let clinic = TestClinic::open().await;
    let own = id_of(&clinic, "Tech One").await;
    let closed = change(&clinic.phone, &own, &[("change", "close")]).await;
    assert_eq!(closed.status(), StatusCode::CONFLICT);
    assert!(closed.text().await.unwrap().contains("FR-309"));
    clinic.add_person("Tara", "technician", START_PIN).await;
    let id = id_of(&clinic, "Tara").await;
    let taken = change(&clinic.phone, &id, &[("change", "rename"), ("name", "Tech One")]).await;
    assert_eq!(taken.status(), StatusCode::CONFLICT);
    let role = change(&clinic.phone, &id, &[("change", "role"), ("role", "administrator")]).await;
    assert_eq!(role.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let clinic = TestClinic::open().await;
    let tara = clinic.person("Tara", "technician").await;
    let other = clinic.phone.log_in_as("Tara").await;
    let page = tara.page("/account").await;
    assert_eq!(page.matches("name=\"session\"").count(), 1, "the other phone can be ended");
    let (csrf, session) = (hidden(&page, "csrf"), hidden(&page, "session"));
    // Somebody else without the right ends nothing.
    let paul = clinic.physician("Dr Paul").await;
    let foreign = paul.hidden("/account", "csrf").await;
    paul.post("/account/sessions", &[("csrf", foreign.as_str()), ("session", session.as_str())])
        .await;
    assert_eq!(other.get("/").await.status(), StatusCode::OK);
    tara.post("/account/sessions", &[("csrf", csrf.as_str()), ("session", session.as_str())]).await;
    assert_eq!(other.get("/").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(tara.get("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_phone_left_alone_locks_and_loses_nothing() {
    let mut clinic = TestClinic::open_set("lock_after_minutes = 1\n").await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let page = clinic.phone.page("/studies/new").await;
    let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
    clinic.leave_alone(90);
    // Nothing of a patient is shown, and scripts are told.
    let locked = clinic.phone.get(&study).await;
    assert_eq!(locked.status(), StatusCode::UNAUTHORIZED);
    let text = locked.text().await.unwrap();
    assert!(!text.contains("Asha") && text.contains("unlock_passcode"));
    let photo = phantom::jpeg(phantom::Shot::default());
    let taken = clinic.phone.send_photo(&study, &upload_id(1), &csrf, photo).await.unwrap();
    assert_eq!(taken.status(), StatusCode::OK, "a photo on its way is taken");
    // A form that was filled in before the phone was put down.
    let fields = [
        ("csrf", csrf.as_str()),
        ("form_id", form_id.as_str()),
        ("name", "Ravi Kumar"),
        ("local_id", "K-18"),
        ("sex", "male"),
        ("age", "51"),
        ("birth_year", ""),
    ];
    let asked = clinic.phone.post("/studies/new", &fields).await;
    assert_eq!(asked.status(), StatusCode::UNAUTHORIZED);
    let asked = asked.text().await.unwrap();
    assert_eq!(hidden(&asked, "name"), "Ravi Kumar");
    let mut again = fields.to_vec();
    again.push(("unlock_passcode", "9999"));
    assert_eq!(clinic.phone.post("/studies/new", &again).await.status(), StatusCode::UNAUTHORIZED);
    again.pop();
    again.push(("unlock_passcode", PIN));
    assert_eq!(clinic.phone.post("/studies/new", &again).await.status(), StatusCode::SEE_OTHER);
    assert!(clinic.phone.page("/").await.contains("Ravi Kumar"));
}
