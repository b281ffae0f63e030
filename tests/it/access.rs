//! Who gets in, and from where.

use std::collections::BTreeSet;

use reqwest::{Client, StatusCode};

use crate::clinic::{PIN, TestClinic, hidden};

/// For every route of the program and each method: who gets through. `T` technician, `P` physician,
/// `A` administrator, `S` support; `*` everybody on the clinic's network. Written by hand, so that a
/// slip in the program's own table is seen.
const ROUTES: &[(&str, &str, &str)] = &[
    ("GET", "/", "TPAS"),
    ("GET", "/setup", "*"),
    ("POST", "/setup", "*"),
    ("GET", "/login", "*"),
    ("POST", "/login", "*"),
    ("POST", "/logout", "TPAS"),
    ("POST", "/unlock", "TPAS"),
    ("GET", "/passcode", "TPAS"),
    ("POST", "/passcode", "TPAS"),
    ("GET", "/account", "TPAS"),
    ("POST", "/account/sessions", "TPAS"),
    ("GET", "/studies/new", "TPA"),
    ("POST", "/studies/new", "TPA"),
    ("GET", "/studies/{study}", "TPA"),
    ("GET", "/studies/{study}/status", "TPA"),
    ("GET", "/studies/{study}/fragment", "TPA"),
    ("GET", "/studies/{study}/indication", "TPA"),
    ("POST", "/studies/{study}/indication", "TPA"),
    ("GET", "/studies/{study}/slip", "TPA"),
    ("GET", "/studies/{study}/slip.pdf", "TPA"),
    ("POST", "/studies/{study}/same-film/{other}", "TPA"),
    ("GET", "/studies/{study}/photos", "TPA"),
    ("POST", "/studies/{study}/photos", "TPA"),
    ("POST", "/studies/{study}/photos/{photo}/release", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/radiograph.png", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/heatmap/{finding}", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/lungs.png", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/original", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/preview.jpg", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/correct", "TPA"),
    ("POST", "/studies/{study}/photos/{photo}/correct", "TPA"),
    ("GET", "/studies/{study}/photos/{photo}/thumbnail.jpg", "TPA"),
    ("GET", "/studies/{study}/compare/{other}", "TPA"),
    ("GET", "/studies/{study}/compare/{other}/earlier.png", "TPA"),
    ("GET", "/studies/{study}/report", "TPA"),
    ("POST", "/studies/{study}/report", "P"),
    ("GET", "/studies/{study}/report/amend", "P"),
    ("POST", "/studies/{study}/report/amend", "P"),
    ("GET", "/studies/{study}/report/{version}", "TPA"),
    ("GET", "/studies/{study}/report/{version}/report.pdf", "TPA"),
    ("GET", "/studies/{study}/letter", "TPA"),
    ("POST", "/studies/{study}/letter", "TPA"),
    ("POST", "/studies/{study}/second-opinion", "P"),
    ("POST", "/studies/{study}/proposal", "P"),
    ("GET", "/studies/{study}/follow-up", "TPA"),
    ("POST", "/studies/{study}/follow-up", "TPA"),
    ("POST", "/camp", "TPA"),
    ("GET", "/patients", "TPA"),
    ("GET", "/patients/{patient}", "TPA"),
    ("GET", "/follow-up", "TPA"),
    ("GET", "/alerts", "TPA"),
    ("GET", "/alerts/rules", "PA"),
    ("POST", "/alerts/rules", "PA"),
    ("GET", "/alerts/groups", "A"),
    ("POST", "/alerts/groups", "A"),
    ("GET", "/alerts/undelivered", "TPA"),
    ("POST", "/alerts/undelivered", "TPA"),
    ("GET", "/alerts/people", "A"),
    ("POST", "/alerts/people", "A"),
    ("GET", "/alerts/people/{operator}", "A"),
    ("POST", "/alerts/people/{operator}", "A"),
    ("GET", "/alerts/month", "PA"),
    ("GET", "/alerts/month/table.csv", "PA"),
    ("GET", "/alerts/month/page.pdf", "PA"),
    ("GET", "/alerts/{number}/timeline.csv", "TPA"),
    ("GET", "/alerts/{number}/timeline.json", "TPA"),
    ("GET", "/alerts/{number}", "TPA"),
    ("POST", "/alerts/{number}", "TPA"),
    ("GET", "/siren", "TPA"),
    ("GET", "/contact", "TPA"),
    ("POST", "/contact", "TPA"),
    ("GET", "/review", "P"),
    ("POST", "/review/batch", "P"),
    ("GET", "/review/batch/{seq}", "P"),
    ("POST", "/review/batch/{seq}", "P"),
    ("GET", "/operators", "A"),
    ("POST", "/operators", "A"),
    ("GET", "/operators/{operator}", "A"),
    ("POST", "/operators/{operator}", "A"),
    ("GET", "/models", "P"),
    ("POST", "/models", "P"),
    ("GET", "/system", "AS"),
    ("POST", "/system", "AS"),
    ("GET", "/system/portal", "AS"),
    ("POST", "/system/portal/key", "A"),
    ("GET", "/system/portal/connect", "A"),
    ("POST", "/system/portal/connect", "A"),
    ("GET", "/system/ways", "A"),
    ("POST", "/system/ways", "A"),
    ("GET", "/system/settings", "A"),
    ("POST", "/system/settings", "A"),
    ("GET", "/system/clock", "A"),
    ("POST", "/system/clock", "A"),
    ("GET", "/system/first-steps", "A"),
    ("GET", "/system/acceptance", "AS"),
    ("POST", "/system/acceptance", "A"),
    ("GET", "/system/acceptance/sheet.txt", "AS"),
    ("GET", "/system/carry", "AS"),
    ("POST", "/system/carry", "AS"),
    ("GET", "/system/carry/file", "AS"),
    ("GET", "/system/support", "A"),
    ("POST", "/system/support", "A"),
    ("GET", "/system/support/{number}", "A"),
    ("GET", "/system/update", "A"),
    ("POST", "/system/update", "A"),
    ("GET", "/health", "*"),
    ("GET", "/about", "*"),
    ("GET", "/help", "*"),
    ("GET", "/captive", "*"),
    ("POST", "/captive", "*"),
    ("GET", "/trust", "*"),
    ("GET", "/trust/fieldray-box.crt", "*"),
    ("POST", "/language", "*"),
    // Open to whoever signs: tested beside the phone's other half.
    ("POST", "/hooks/sms", "*"),
    ("GET", "/static/{tag}/{name}", "*"),
];

/// The methods and routes that the program's source names.
fn routes_in_source() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/web/mod.rs");
    let mut found = BTreeSet::new();
    for rest in source.split(".route(").skip(1) {
        let path = rest.split('"').nth(1).unwrap();
        // Handlers of forms with files have a line of their own before the route.
        let files = path.ends_with("/photos") || path == "/system/carry";
        let before = if files { "get(post(" } else { "" };
        let here = rest.split(".route(").next().unwrap().split("\nfn ").next().unwrap();
        let handlers = format!("{before}{here}");
        for (call, method) in [("get(", "GET"), ("post(", "POST")] {
            if handlers.contains(call) {
                found.insert((method.to_owned(), path.to_owned()));
            }
        }
    }
    found
}

/// A route with a real study in it, and made-up names for the rest.
fn filled(route: &str, study: &str) -> String {
    let parts = route.split('/').map(|part| match part {
        "{study}" => study,
        "{version}" | "{seq}" | "{number}" => "1",
        "{finding}" => "tuberculosis.png",
        _ if part.starts_with('{') => "00000000000000000000000000000001",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn every_route_is_in_the_table_of_rights() {
    let table = ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()));
    assert_eq!(table.collect::<BTreeSet<_>>(), routes_in_source());
}

#[tokio::test]
async fn every_role_gets_through_exactly_its_routes() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let study = study.rsplit('/').next().unwrap();
    let mut people = vec![('A', clinic.phone.clone())];
    for (mark, name, role) in
        [('T', "Tara", "technician"), ('P', "Dr Paul", "physician"), ('S', "Sam", "support")]
    {
        people.push((mark, clinic.person(name, role).await));
    }
    for (mark, phone) in &people {
        let csrf = phone.hidden("/account", "csrf").await;
        for (method, route, allowed) in ROUTES {
            // Routes that end the session come last, by themselves.
            if *allowed == "*" || *route == "/logout" {
                continue;
            }
            let path = filled(route, study);
            let answer = match *method {
                "GET" => phone.get(&path).await,
                _ => phone.post(&path, &[("csrf", csrf.as_str()), ("change", "none")]).await,
            };
            let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
            assert!(!to.is_some_and(|to| to.starts_with("/login")), "{mark} {method} {route}");
            let text = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
            let refused = text.contains("FR-306");
            // A report that is not signed is a form, which only physicians see.
            let form = *route == "/studies/{study}/report" && *method == "GET" && *mark != 'P';
            let expected = !allowed.contains(*mark) || (form && refused);
            assert_eq!(refused, expected, "{mark} {method} {route}");
        }
        let left = phone.post("/logout", &[("csrf", csrf.as_str())]).await;
        assert_eq!(left.status(), StatusCode::SEE_OTHER, "{mark}");
        assert_eq!(phone.get("/account").await.status(), StatusCode::SEE_OTHER, "{mark}");
    }
}

#[tokio::test]
async fn nothing_about_patients_is_shown_without_a_login() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let study = study.rsplit('/').next().unwrap();
    let stranger = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (method, route, _) in ROUTES.iter().filter(|(_, _, allowed)| *allowed != "*") {
        let path = filled(route, study);
        let address = format!("{}{path}", clinic.phone.base);
        if *method == "GET" {
            let answer = stranger.get(&address).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
            assert!(answer.headers()["location"].to_str().unwrap().starts_with("/login"), "{path}");
        } else {
            let answer = stranger.post(&address).form(&[("name", "x")]).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
        }
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
    // A machine may be slower than the first wait lasts: then the right PIN is let in, and it begins anew.
    for _ in 0..10 {
        for _ in 0..4 {
            let status = attempt("9999").await.status();
            assert!([StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(&status));
        }
        let slowed = attempt(PIN).await;
        if slowed.status() == StatusCode::TOO_MANY_REQUESTS {
            let wait: u32 = slowed.headers()["retry-after"].to_str().unwrap().parse().unwrap();
            assert!((1..=5).contains(&wait));
            return;
        }
        assert_eq!(slowed.status(), StatusCode::SEE_OTHER);
    }
    panic!("nobody was slowed down");
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
