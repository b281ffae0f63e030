//! Ways that are set up wrong, or that reach nobody: the same clear words on the page of the box's state and
//! in `fieldray check`.

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode as Status;
use axum::response::{IntoResponse as _, Response};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;

use crate::alerts::{BotApi, CHAT, check_with, clinic, pair, telegram_settings, until};
use crate::clinic::Phone;
use crate::seed::Film;
use crate::ways::is_reached_at;

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";

/// A service that answers every request in the same way.
#[derive(Clone, Default)]
struct Answer(Arc<Mutex<u16>>);

impl Answer {
    async fn open(self) -> String {
        let answer = self.clone();
        let router = axum::Router::new().fallback(move || answer.clone().give());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    async fn give(self) -> Response {
        let code = *self.0.lock().unwrap();
        let status = Status::from_u16(code).unwrap();
        // The Bot API's own form; others look at the status.
        let words = if code == 401 { "Unauthorized" } else { "Internal Server Error" };
        let body = json!({ "ok": false, "error_code": code, "description": words });
        (status, body.to_string()).into_response()
    }
}

/// A service behind TLS with a certificate that nobody vouches for, and whose time is over when `old`.
#[derive(Clone, Default)]
struct Tls {
    old: Arc<Mutex<bool>>,
}

impl Tls {
    fn server(old: bool) -> Arc<rustls::ServerConfig> {
        let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        if old {
            params.not_before = rcgen::date_time_ymd(2019, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        }
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let server = rustls::ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key);
        Arc::new(server.unwrap())
    }

    async fn open(self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
        let servers = [false, true].map(Self::server);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let old = *self.old.lock().unwrap();
                let acceptor =
                    tokio_rustls::TlsAcceptor::from(Arc::clone(&servers[usize::from(old)]));
                // Whoever refuses the certificate hangs up.
                tokio::spawn(async move { acceptor.accept(stream).await.is_ok() });
            }
        });
        address
    }
}

/// What the page says after every way was tried.
async fn page_says(admin: &Phone) -> String {
    let csrf = admin.hidden("/system", "csrf").await;
    let tried = admin.post("/system", &[("csrf", csrf.as_str())]).await;
    assert_eq!(tried.status(), Status::OK, "{:?}", tried.headers());
    tried.text().await.unwrap()
}

fn settings(folder: &Path, telegram: &str, sms: &str) -> String {
    let token = folder.join("token");
    std::fs::write(&token, TOKEN).unwrap();
    format!(
        "[telegram]\ntoken_file = '{}'\napi_url = '{telegram}'\n\
         [sms]\nurl = '{sms}/send?to={{to}}&text={{text}}'\n",
        token.display()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_service_is_said_on_the_page_and_by_check() {
    const KEY: &str = "the service does not accept the key";
    const FAULT: &str = "the service says that it has a fault of its own";
    const UNTRUSTED: &str = "certificate is not valid";
    const OVER: &str = "certificate does not hold at the box’s date";
    let (answer, tls) = (Answer::default(), Tls::default());
    let (plain, secure) = (answer.clone().open().await, tls.clone().open().await);
    let folder = tempfile::tempdir().unwrap();
    let by_tls = settings(folder.path(), &format!("http://{plain}"), &format!("https://{secure}"));
    let swapped = settings(folder.path(), &format!("https://{secure}"), &format!("http://{plain}"));
    *answer.0.lock().unwrap() = 401;
    let (mut clinic, _) = clinic(&by_tls, &[]).await;
    let cases = [(401, false, KEY, UNTRUSTED), (500, true, FAULT, OVER)];
    let set = |status, old| {
        *answer.0.lock().unwrap() = status;
        *tls.old.lock().unwrap() = old;
    };
    for (status, old, telegram, sms) in cases {
        set(status, old);
        let page = page_says(&clinic.phone).await;
        assert!(page.contains(&format!("Telegram: {telegram}")), "{telegram}: {page}");
        assert!(page.contains(sms), "{sms}: {page}");
    }
    // The state belongs to one program at a time.
    clinic.server.stop();
    for (status, old, telegram, sms) in cases {
        set(status, old);
        let (fine, said) = check_with(clinic.state.path(), &by_tls);
        assert!(!fine && said.contains(&format!("problem: Telegram: {telegram}")), "{said}");
        let lines = said.lines().filter(|line| line.starts_with("problem: Text message: "));
        assert!(
            lines.clone().count() == 1 && lines.clone().all(|line| line.contains(sms)),
            "{said}"
        );
        // What to do stands beside it.
        let next = if old { "Set the box’s clock" } else { "Write the right token" };
        assert!(said.contains(next), "{said}");
        // The other way round: no way hides behind another. A gateway that knows no first page is there.
        let (fine, said) = check_with(clinic.state.path(), &swapped);
        assert!(!fine && said.contains(sms), "{said}");
        let gateway = format!("problem: Text message: {FAULT}");
        assert_eq!(said.contains(&gateway), status == 500, "{said}");
    }
    let phone = format!(
        "[sms]\nandroid_url = 'http://{plain}'\nuser = 'sms'\nsecret_file = '{}'\n",
        folder.path().join("token").display()
    );
    for (status, words) in [(401, KEY), (500, FAULT)] {
        *answer.0.lock().unwrap() = status;
        let (fine, said) = check_with(clinic.state.path(), &phone);
        assert!(!fine && said.contains(&format!("problem: Text message: {words}")), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_does_not_exist_is_said_on_the_page_and_by_check() {
    let (api, address) = BotApi::open().await;
    let answer = Answer::default();
    *answer.0.lock().unwrap() = 400;
    let gateway = answer.clone().open().await;
    let folder = tempfile::tempdir().unwrap();
    let telegram = telegram_settings(folder.path(), &address);
    let settings = format!("{telegram}[sms]\nurl = 'http://{gateway}/?to={{to}}&text={{text}}'\n");
    let (mut clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    is_reached_at(&physician, "+919876500000", "1").await;
    let lines = [
        "Text message to Dr. Rao: the service refuses this message",
        "Telegram to Dr. Rao: the receiver does not exist or has blocked the sender",
    ];
    until("the refusal", async || page_says(&clinic.phone).await.contains(lines[0])).await;
    // The word that the pairing worked, and the alert.
    for _ in 0..2 {
        let gone =
            json!({ "ok": false, "error_code": 400, "description": "Bad Request: chat not found" });
        api.refuse_chat(CHAT, 400, gone);
    }
    pair(&physician, &api, 1).await;
    until("both", async || {
        let page = page_says(&clinic.phone).await;
        lines.iter().all(|line| page.contains(line))
    })
    .await;
    clinic.server.stop();
    let (fine, said) = check_with(clinic.state.path(), &settings);
    assert!(!fine, "{said}");
    for line in lines {
        assert!(said.contains(&format!("problem: {line}")), "{line}: {said}");
    }
    assert!(said.contains("correct the number"), "{said}");
    // Another number is another way: nothing is known against it.
    *answer.0.lock().unwrap() = 200;
    let file = clinic.state.path().join("settings.toml");
    let (clinic, physician) =
        clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    is_reached_at(&physician, "+919876511111", "1").await;
    until("the correction", async || !page_says(&clinic.phone).await.contains(lines[0])).await;
}
