//! Registering films: who was here before, who may be the same, why the film is taken, and the slip.

use reqwest::{Response, StatusCode};

use fieldray::domain::indication::{HivStatus, Indication, PastTb, Reason, Symptom};

use crate::clinic::{Phone, TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};
use crate::report::{Practice, send_from};
use crate::seed::Film;

/// Sends the registration form with these fields over a full set of plain ones.
async fn register(phone: &Phone, fields: &[(&str, &str)]) -> Response {
    let page = phone.page("/studies/new").await;
    let (csrf, form_id) = (hidden(&page, "csrf"), hidden(&page, "form_id"));
    let plain = [("csrf", &*csrf), ("form_id", &*form_id), ("sex", "female"), ("age", "44")];
    let given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    let mut all: Vec<_> = plain.into_iter().filter(|(name, _)| !given(name)).collect();
    all.extend(fields);
    phone.post("/studies/new", &all).await
}

fn to(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn asked(answer: Response) -> String {
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

/// The page's form again with another answer.
async fn answer(phone: &Phone, page: &str, chosen: &str) -> Response {
    let part = page.split("action=\"/studies/new\"").nth(1).unwrap();
    let fields = part.split("type=\"hidden\" name=\"").skip(1).map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().to_owned())
    });
    let fields: Vec<_> = fields.collect();
    let mut all: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    all.push(("chosen", chosen));
    phone.post("/studies/new", &all).await
}

/// Address and id of the patient whose study this is.
async fn patient(phone: &Phone, study: &str) -> (String, String) {
    let page = phone.page(study).await;
    let href = page.split("href=\"/patients/").nth(1).unwrap().split('"').next().unwrap();
    let slip = phone.page(&format!("{study}/slip")).await;
    let id = slip.split("slip-id\">").nth(1).unwrap().split('<').next().unwrap();
    (href.to_owned(), id.to_owned())
}

#[tokio::test]
async fn somebody_alike_is_asked_about_and_never_merged_by_the_box() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let first = to(&register(phone, &[("name", "Asha Devi"), ("local_id", "K 17")]).await);
    let (asha, id) = patient(phone, &first).await;

    // The same name in another script, nothing stored yet.
    let page = asked(register(phone, &[("name", "आशा देवी"), ("age", "46")]).await).await;
    for expected in ["Was this patient here before?", &*id, &*asha, "A name that sounds alike"] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!phone.page("/").await.contains("आशा"));
    // Back to the form: nothing typed is lost.
    let form = asked(answer(phone, &page, "back").await).await;
    assert!(form.contains("value=\"आशा देवी\"") && form.contains("value=\"46\""));

    let same = answer(phone, &page, &asha).await;
    let second = to(&same);
    assert_eq!(to(&answer(phone, &page, &asha).await), second, "sent twice, it is one study");
    assert_eq!(patient(phone, &second).await, (asha.clone(), id.clone()));
    let all = phone.page(&format!("/patients/{asha}")).await;
    assert!(all.contains(&first) && all.contains(&second));

    // Somebody else with the number of the first: asked, and then another patient.
    let page = asked(register(phone, &[("name", "Rekha Das"), ("local_id", "k-17")]).await).await;
    assert!(page.contains("The same clinic’s number") && !page.contains("sounds alike"));
    let third = to(&answer(phone, &page, "else").await);
    let (other, other_id) = patient(phone, &third).await;
    assert!(other != asha && other_id != id);
    assert_eq!(clinic.stop_and_check(), "3 studies and 0 files checked, 0 problems");
}

#[tokio::test]
async fn a_chosen_patient_who_does_not_fit_is_asked_about() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let first = to(&register(phone, &[("name", "Asha Devi")]).await);
    let (asha, _) = patient(phone, &first).await;
    let form = phone.page(&format!("/studies/new?patient={asha}")).await;
    assert!(form.contains("Asha Devi") && !form.contains("id=\"name\""));

    // Nothing has to be typed for somebody known.
    let nothing = [("chosen", &*asha), ("sex", ""), ("age", "")];
    let second = to(&register(phone, &nothing).await);
    assert_eq!(patient(phone, &second).await.0, asha);

    let wrong = [("chosen", &*asha), ("sex", "male"), ("age", "12")];
    let page = asked(register(phone, &wrong).await).await;
    assert!(page.contains("Is this the right patient?") && page.contains("you wrote “Male”"));
    // Not this one after all: the form of a new patient, with what was told.
    let form = answer(phone, &page, "else").await;
    assert_eq!(form.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let form = form.text().await.unwrap();
    assert!(form.contains("id=\"name\"") && form.contains("value=\"12\""));
    let kept = to(&answer(phone, &page, &format!("{asha}.record")).await);
    assert!(phone.page(&kept).await.contains("Female, 44 years"));
    let page = asked(register(phone, &wrong).await).await;
    let told = to(&answer(phone, &page, &format!("{asha}.told")).await);
    assert!(phone.page(&told).await.contains("Male, 12 years"));
    assert_eq!(clinic.stop_and_check(), "4 studies and 0 files checked, 0 problems");
}

#[tokio::test]
async fn wrong_fields_are_refused_by_name_and_nothing_typed_is_lost() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let typed = [
        ("name", "Asha Devi"),
        ("nikshay", "12"),
        ("abha", "22-7225"),
        ("programme", "Silicosis board"),
        ("programme_id", "<b>"),
        ("symptom-cough", "1"),
        ("past_tb", "yes"),
        ("reason", "triage"),
    ];
    let refused = register(phone, &typed).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    for expected in [
        "5 to 12 digits",
        "all 14 digits",
        "the number in that programme",
        "value=\"22-7225\"",
        "value=\"Silicosis board\"",
        "name=\"symptom-cough\" value=\"1\" checked",
        "name=\"past_tb\" value=\"yes\" checked",
        "name=\"reason\" value=\"triage\" checked",
        "id=\"more\" open",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    for odd in [("reason", "x"), ("hiv", "x"), ("past_tb", "x"), ("chosen", "x")] {
        let refused = register(phone, &[("name", "Asha Devi"), odd]).await;
        assert!(refused.text().await.unwrap().contains("FR-202"), "{odd:?}");
    }
    let nobody = format!("{:032x}", 7);
    let refused = register(phone, &[("chosen", &nobody)]).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    for path in [format!("/patients/{nobody}"), "/patients/x".to_owned()] {
        let answer = phone.get(&path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert!(answer.text().await.unwrap().contains("FR-408"));
    }
    assert_eq!(clinic.stop_and_check(), "0 studies and 0 files checked, 0 problems");
}

#[tokio::test]
async fn patients_are_found_by_everything_that_is_on_a_card() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let fields = [
        ("name", "Asha Kumari Devi"),
        ("local_id", "OPD-17/26"),
        ("nikshay", "12345678"),
        ("abha", "22-7225-4829-5255"),
    ];
    let study = to(&register(phone, &fields).await);
    let (asha, id) = patient(phone, &study).await;
    to(&register(phone, &[("name", "Usha Devi"), ("age", "20"), ("sex", "male")]).await);
    let found = |q: &str| {
        let address = format!("/patients?q={}", q.replace(' ', "%20"));
        async move { phone.page(&address).await }
    };
    let plain = id.replace('-', "").to_lowercase();
    for q in
        [&*id, &*plain, "opd 17 26", "00001", "12345678", "22722548295255", "asha", "আশা", "आशा"]
    {
        let page = found(q).await;
        let first = page.split("class=\"row\" href=\"/patients/").nth(1).unwrap_or_default();
        assert!(first.starts_with(&asha), "{q}");
    }
    assert!(found("rekha").await.contains("Nobody was found."));
    assert!(found("").await.contains("Newest patients"));
    // The check character is another one than it should be.
    let last = if id.ends_with('R') { "T" } else { "R" };
    let mistyped = format!("{}{last}", &id[..id.len() - 1]);
    assert!(found(&mistyped).await.contains("it is mistyped"));
    // Typed or scanned into the form, an id leads to the patient.
    let answer = register(phone, &[("name", &id)]).await;
    assert_eq!(to(&answer), format!("/studies/new?patient={asha}"));
    let answer = register(phone, &[("name", &mistyped)]).await;
    assert!(answer.text().await.unwrap().contains("it is mistyped"));
    let page = phone.page(&format!("/patients/{asha}")).await;
    assert!(page.contains("22-7225-4829-5255") && page.contains("12345678"));
}

#[tokio::test]
async fn the_slip_shows_and_prints_the_id() {
    let clinic = TestClinic::open().await;
    let phone = &clinic.phone;
    let study = to(&register(phone, &[("name", "आशा देवी"), ("local_id", "K-17")]).await);
    let (_, id) = patient(phone, &study).await;
    let slip = phone.page(&format!("{study}/slip")).await;
    for expected in ["आशा देवी", &*id, "Study 00001", "K-17", "<svg", "slip.pdf"] {
        assert!(slip.contains(expected), "{expected}");
    }
    let pdf = phone.get(&format!("{study}/slip.pdf")).await;
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert!(!pdf.headers()["content-disposition"].to_str().unwrap().contains("00001"));
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-"));
    let none = format!("/studies/{:032x}/slip.pdf", 9);
    assert_eq!(phone.get(&none).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn in_a_camp_the_next_patient_comes_at_once() {
    let clinic = TestClinic::open().await;
    let csrf = clinic.phone.hidden("/studies/new", "csrf").await;
    let begun = clinic.phone.post("/camp", &[("csrf", &csrf), ("camp", "on")]).await;
    assert_eq!(begun.headers()["location"], "/studies/new");
    let cookie = begun.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let phone = clinic.phone.with_cookie(cookie.split(';').next().unwrap());
    let form = phone.page("/studies/new").await;
    assert!(form.contains("value=\"screening\" checked") && !form.contains("id=\"more\" open"));
    let fields = [("name", "Asha Devi"), ("reason", "screening")];
    let study = to(&register(&phone, &fields).await);
    let page = phone.page(&study).await;
    assert!(page.contains("Reason: Screening") && !page.contains("next-patient"));
    phone.upload(&study, &upload_id(1), phantom::jpeg(Shot::default())).await;
    let page = phone.page(&format!("{study}/fragment")).await;
    assert!(page.contains("next-patient"), "the next patient need not wait for the reading");
    let form = phone.page("/studies/new").await;
    assert!(form.contains(&study) && form.contains("Asha Devi"), "the strip shows the last film");
    assert!(!clinic.phone.page(&study).await.contains("next-patient"));
    let ended = phone.post("/camp", &[("csrf", &csrf), ("camp", "off")]).await;
    assert!(ended.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let odd = phone.post("/camp", &[("csrf", &csrf), ("camp", "x")]).await;
    assert_eq!(odd.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(phone.settled(&study).await, "reported");
}

fn coughs() -> Indication {
    let told = vec![Symptom::Cough, Symptom::WeightLoss];
    Indication::new(Some(Reason::Triage), told, PastTb::Yes, HivStatus::Positive)
}

#[tokio::test]
async fn complaints_are_told_to_the_physician_and_stand_in_the_report() {
    let films = [
        Film { indication: coughs(), ..Film::clear("Asha Devi") },
        Film { scores: [0.55, 0.2], indication: coughs(), ..Film::clear("Ravi Kumar") },
        Film::clear("Mira Tudu"),
    ];
    let practice = Practice::with(&films).await;
    let (physician, technician) = (&practice.physician, &practice.clinic.phone);
    let study = &practice.studies[0];
    let page = technician.page(study).await;
    for expected in
        ["Soon", "whatever the score says", "Reason: Complaints.", "Treated for tuberculosis"]
    {
        assert!(page.contains(expected), "{expected}");
    }
    // At the threshold, within its band, with complaints: it does not wait.
    let urgent = technician.page(&practice.studies[1]).await;
    assert!(urgent.contains("banner is-reported is-urgent") && urgent.contains("Do not wait"));
    assert!(!technician.page(&practice.studies[2]).await.contains("whatever the score says"));

    // Nobody but a physician sees the HIV status, and no list shows it.
    assert!(!page.contains("HIV"));
    assert!(physician.page(study).await.contains("HIV status: Positive."));
    let form = physician.page(&format!("{study}/report")).await;
    assert!(form.contains("HIV status: Positive.") && form.contains("Loss of weight"));
    assert!(form.contains("The patient has symptoms that call for a tuberculosis test"));
    for path in ["/", "/review", "/follow-up", "/alerts", "/patients"] {
        assert!(!physician.page(path).await.contains("HIV"), "{path}");
    }

    // Films of people with complaints are never signed together with others.
    let csrf = physician.hidden("/review", "csrf").await;
    let drawn = physician.post("/review/batch", &[("csrf", &csrf)]).await;
    let batch = physician.page(drawn.headers()["location"].to_str().unwrap()).await;
    assert!(batch.contains("Mira Tudu") && !batch.contains("Asha Devi"));

    // Signed, the report tells the complaints and not the status.
    let fields = [
        ("conclusion", "Nothing seen."),
        ("template", ""),
        ("recommendation", "Sputum."),
        ("pin", crate::clinic::PIN),
        ("action", "sign"),
    ];
    let signed = send_from(physician, &form, &format!("{study}/report"), &fields).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    let report = physician.page(&format!("{study}/report")).await;
    assert!(report.contains("Symptoms: Cough for 2 weeks or longer, Loss of weight."));
    assert!(!report.contains("HIV"));
    let pdf = physician.get(&format!("{study}/report/1/report.pdf")).await;
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-"));
}

#[tokio::test]
async fn what_is_told_later_is_added_and_a_status_that_nobody_sees_stays() {
    let films = [Film { indication: coughs(), ..Film::clear("Asha Devi") }];
    let practice = Practice::with(&films).await;
    let (physician, technician) = (&practice.physician, &practice.clinic.phone);
    let path = format!("{}/indication", practice.studies[0]);
    let form = technician.page(&path).await;
    assert!(form.contains("name=\"symptom-cough\" value=\"1\" checked"));
    assert!(form.contains("only physicians see") && !form.contains("value=\"positive\" checked"));
    let csrf = hidden(&form, "csrf");
    let fields = [("csrf", &*csrf), ("reason", "ward"), ("hiv", "unknown")];
    to(&technician.post(&path, &fields).await);
    let page = physician.page(&practice.studies[0]).await;
    assert!(page.contains("Reason: Patient of a ward.") && page.contains("HIV status: Positive."));
    assert!(page.contains("not checked on films taken in bed"));
    let odd = technician.post(&path, &[("csrf", &*csrf), ("reason", "x")]).await;
    assert!(odd.text().await.unwrap().contains("FR-202"));
    assert!(physician.page(&path).await.contains("value=\"positive\" checked"));
}
