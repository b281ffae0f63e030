//! Who gets in, and from where.

use reqwest::{Client, StatusCode};

use crate::clinic::{PIN, TestClinic, hidden};

/// Routes that are open to everybody on the clinic's network; `/logout` is harmless without a session.
const OPEN: [&str; 8] = [
    "/setup",
    "/login",
    "/logout",
    "/language",
    "/help",
    "/health",
    "/about",
    "/static/{tag}/{name}",
];

/// Every other route of the program, as its source names them, so that none can be forgotten; with a
/// real study and made-up names for the rest.
fn routes(study: &str) -> Vec<String> {
    let source = include_str!("../../src/web/mod.rs");
    let named = source.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1));
    let closed: Vec<_> = named.filter(|route| !OPEN.contains(route)).collect();
    assert!(closed.len() > 20, "the routes are not found any more: {closed:?}");
    let id = study.rsplit('/').next().unwrap();
    let filled = |route: &str| {
        let parts = route.split('/').map(|part| match part {
            "{study}" => id,
            "{version}" | "{seq}" => "1",
            "{finding}" => "tuberculosis.png",
            _ if part.starts_with('{') => "00000000000000000000000000000001",
            _ => part,
        });
        parts.collect::<Vec<_>>().join("/")
    };
    closed.into_iter().map(filled).collect()
}

#[tokio::test]
async fn nothing_about_patients_is_shown_without_a_login() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let stranger = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for path in routes(&study) {
        let address = format!("{}{path}", clinic.phone.base);
        let answer = stranger.get(&address).send().await.unwrap();
        let status = answer.status();
        // Some routes take forms only.
        if status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
            assert!(answer.headers()["location"].to_str().unwrap().starts_with("/login"), "{path}");
        }
        let posted = stranger.post(&address).form(&[("name", "x")]).send().await.unwrap();
        let to_login = posted.headers().get("location").is_some_and(|to| to == "/login");
        let refused = [
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::METHOD_NOT_ALLOWED,
            StatusCode::BAD_REQUEST,
        ];
        assert!(to_login || refused.contains(&posted.status()), "{path}: {}", posted.status());
    }
    let health = stranger.get(format!("{}/health", clinic.phone.base)).send().await.unwrap();
    let health: serde_json::Value = health.json().await.unwrap();
    assert_eq!(health["backend"], "tract");
    assert!(!health.to_string().contains("Asha"));
}

#[tokio::test]
async fn wrong_pins_are_refused_and_then_slowed_down() {
    let clinic = TestClinic::open().await;
    let stranger = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let login = format!("{}/login", clinic.phone.base);
    let page = stranger.get(&login).send().await.unwrap().text().await.unwrap();
    let operator = hidden(&page, "operator");
    let attempt = async |pin: &str| {
        let fields = [("operator", operator.as_str()), ("pin", pin), ("next", "")];
        stranger.post(&login).form(&fields).send().await.unwrap()
    };
    for _ in 0..4 {
        assert_eq!(attempt("9999").await.status(), StatusCode::UNAUTHORIZED);
    }
    let slowed = attempt(PIN).await;
    assert_eq!(slowed.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = slowed.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=5).contains(&wait));
}

#[tokio::test]
async fn requests_from_foreign_pages_are_refused() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let without_token = clinic.phone.post("/studies/new", &[("name", "x")]).await;
    assert_eq!(without_token.status(), StatusCode::FORBIDDEN);
    let login = clinic.phone.client.post(format!("{}/login", clinic.phone.base));
    let foreign = login.header("origin", "http://evil.example").form(&[("pin", "1")]).send().await;
    assert_eq!(foreign.unwrap().status(), StatusCode::FORBIDDEN);
    let page = clinic.phone.get(&study).await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
}

#[tokio::test]
async fn unknown_studies_and_pages_say_so() {
    let clinic = TestClinic::open().await;
    for path in
        [format!("/studies/{}", "0".repeat(32)), "/studies/x".to_owned(), "/nothing".to_owned()]
    {
        let answer = clinic.phone.get(&path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().await.unwrap().contains("FR-40"), "{path}");
    }
}

#[tokio::test]
async fn the_first_login_code_works_once() {
    let clinic = TestClinic::open().await;
    let code = clinic.server.code.clone().unwrap();
    let fields =
        [("code", code.as_str()), ("name", "Second"), ("pin", "1379"), ("pin_again", "1379")];
    let again = clinic.phone.client.post(format!("{}/setup", clinic.phone.base)).form(&fields);
    assert_ne!(again.send().await.unwrap().status(), StatusCode::OK);
    let page = clinic.phone.client.get(format!("{}/login", clinic.phone.base));
    assert!(!page.send().await.unwrap().text().await.unwrap().contains("Second"));
}
