//! A physician clears a morning of films: by urgency, and the clear ones together.

use std::time::{Duration, Instant};

use reqwest::StatusCode;

use fieldray::domain::quality::QualityIssue;

use crate::clinic::{PIN, hidden};
use crate::report::{Practice, send_from};
use crate::seed::Film;

/// Addresses of studies named in the hidden or ticked fields of a batch.
fn ticked(page: &str) -> Vec<String> {
    let fields = page.split("name=\"study-").skip(1);
    fields.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Studies that chance took out of the batch and nobody has read yet.
fn unread_sample(page: &str) -> Vec<String> {
    let sample = page.split("id=\"sample\"").nth(1).unwrap();
    let sample = sample.split("</section>").next().unwrap();
    let links = sample
        .split("<a class=\"button wide\" href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    links.map(str::to_owned).collect()
}

#[tokio::test]
async fn urgent_reports_come_first_and_the_next_one_follows_a_signature() {
    let films = [Film::clear("Clear One"), Film::urgent("Urgent One"), Film::urgent("Urgent Two")];
    let practice = Practice::with(&films).await;
    let page = practice.physician.page("/review").await;
    let place = |name: &str| page.find(name).unwrap();
    assert!(place("Urgent One") < place("Urgent Two") && place("Urgent Two") < place("Clear One"));
    assert!(page.contains("3 reports wait"));

    let first = format!("{}/report?queue=1", practice.studies[1]);
    let form = practice.physician.page(&first).await;
    assert!(form.contains("1 of 3 to sign") && form.contains("data-next"));
    let decided = [
        ("action", "sign"),
        ("pin", PIN),
        ("finding-tuberculosis", "not_seen"),
        ("finding-abnormal", "seen"),
        ("conclusion", "Old scar."),
    ];
    let path = format!("{}/report", practice.studies[1]);
    let signed = send_from(&practice.physician, &form, &path, &decided).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    let next = signed.headers()["location"].to_str().unwrap();
    assert_eq!(next, format!("{}/report?queue=1", practice.studies[2]));
    // Going on saves what was written.
    let form = practice.physician.page(next).await;
    let path = format!("{}/report", practice.studies[2]);
    let on = [("action", "next"), ("conclusion", "Half a sen")];
    let answer = send_from(&practice.physician, &form, &path, &on).await;
    let target = answer.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(target, format!("{}/report?queue=1", practice.studies[0]));
    assert!(practice.physician.page(&path).await.contains("Half a sen"));
}

#[tokio::test]
async fn only_wholly_clear_films_are_signed_together_and_chance_takes_some_out() {
    let mut films: Vec<_> = (0..20).map(|n| Film::clear(&format!("Clear {n}"))).collect();
    films.push(Film { scores: [0.45, 0.1], ..Film::clear("Near Threshold") });
    films.push(Film { remarks: vec![QualityIssue::Blur], ..Film::clear("Blurred") });
    films.push(Film { scored_for_age: false, ..Film::clear("Unknown Age") });
    films.push(Film::urgent("Urgent One"));
    let practice = Practice::with(&films).await;
    let page = practice.physician.page("/review").await;
    assert!(page.contains("Look at 20 films"));
    let csrf = hidden(&page, "csrf");
    let drawn = practice.physician.post("/review/batch", &[("csrf", &*csrf)]).await;
    assert_eq!(drawn.status(), StatusCode::SEE_OTHER);
    let batch = drawn.headers()["location"].to_str().unwrap().to_owned();
    let page = practice.physician.page(&batch).await;
    for name in ["Near Threshold", "Blurred", "Unknown Age", "Urgent One"] {
        assert!(!page.contains(name), "{name} is in the batch");
    }
    let (together, sample) = (ticked(&page), unread_sample(&page));
    assert_eq!((together.len(), sample.len()), (18, 2));
    // Asking again draws nothing new, and the sample stays what it was.
    assert_eq!(unread_sample(&practice.physician.page(&batch).await), sample);
    let again = practice.physician.post("/review/batch", &[("csrf", &*csrf)]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);

    let names: Vec<_> = together.iter().map(|study| format!("study-{study}")).collect();
    let sign = async |confirm: &str, pin: &str| {
        let fields = names.iter().map(|name| (name.as_str(), "yes"));
        let rest = [("csrf", &*csrf), ("confirm", confirm), ("pin", pin)];
        practice.physician.post(&batch, &fields.chain(rest).collect::<Vec<_>>()).await
    };
    // Not before the sample was read.
    assert_eq!(sign("yes", PIN).await.status(), StatusCode::CONFLICT);
    for report in &sample {
        let path = report.strip_suffix("?queue=1").unwrap();
        let fields = [("action", "sign"), ("pin", PIN), ("conclusion", "Nothing seen.")];
        assert_eq!(practice.send_to(path, &fields).await.status(), StatusCode::SEE_OTHER);
        assert!(practice.physician.page(path).await.contains("chosen by chance"));
    }
    assert_eq!(sign("", PIN).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign("yes", "9999").await.status(), StatusCode::UNAUTHORIZED);
    let signed = sign("yes", PIN).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    assert!(practice.physician.page("/review").await.contains("4 reports wait"));
    let one = practice.physician.page(&format!("/studies/{}/report", together[0])).await;
    assert!(one.contains("Signed together with others"));
    // Twice sent signs nothing twice.
    assert_ne!(sign("yes", PIN).await.status(), StatusCode::SEE_OTHER);
    let films = practice.clinic.stop_and_check();
    assert_eq!(films, "24 studies and 25 files checked, 0 problems");
}

/// Longest answer of a page of the review. No bound on the speed, which `make load` measures: every other test may
/// run beside this one.
const PAGE_MAX: Duration = Duration::from_secs(30);

#[tokio::test]
async fn three_hundred_films_are_reviewed_without_waiting() {
    let films: Vec<_> = (0..300).map(|n| Film::clear(&format!("Patient {n}"))).collect();
    let practice = Practice::with(&films).await;
    let timed = async |path: &str| {
        let begun = Instant::now();
        let page = practice.physician.page(path).await;
        let took = begun.elapsed();
        println!("{path}: {took:?}, {} bytes", page.len());
        assert!(took < PAGE_MAX, "{path} took {took:?}");
        page
    };
    let page = timed("/review").await;
    assert!(page.contains("300 reports wait") && page.contains("Patient 299"));
    let csrf = hidden(&page, "csrf");
    let drawn = practice.physician.post("/review/batch", &[("csrf", &*csrf)]).await;
    let batch = drawn.headers()["location"].to_str().unwrap().to_owned();
    let page = timed(&batch).await;
    assert_eq!((ticked(&page).len(), unread_sample(&page).len()), (27, 3));
    for report in unread_sample(&page) {
        timed(&report).await;
        let path = report.strip_suffix("?queue=1").unwrap();
        let fields = [("action", "sign"), ("pin", PIN), ("conclusion", "Nothing seen.")];
        assert_eq!(practice.send_to(path, &fields).await.status(), StatusCode::SEE_OTHER);
    }
    let names: Vec<_> = ticked(&page).iter().map(|study| format!("study-{study}")).collect();
    let fields = names.iter().map(|name| (name.as_str(), "yes"));
    let rest = [("csrf", &*csrf), ("confirm", "yes"), ("pin", PIN)];
    let fields: Vec<_> = fields.chain(rest).collect();
    let begun = Instant::now();
    let signed = practice.physician.post(&batch, &fields).await;
    println!("27 reports signed in {:?}", begun.elapsed());
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    assert!(begun.elapsed() < 2 * PAGE_MAX);
    assert!(timed("/review").await.contains("270 reports wait"));
}
