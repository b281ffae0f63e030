//! A certificate that the portal brings: shown at once for its names and its time, refused with the reason
//! otherwise.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldray::domain::people::PersonName;
use fieldray::domain::sync::certificate::CertificateOffer;
use fieldray::domain::sync::order::Asked;
use fieldray::keys::sealed::Identity;
use fieldray::wire::orders::body;
use reqwest::{Certificate, Client, StatusCode};

use super::carry::{bring_back, carried, settings as far_away, take};
use super::down::{only_box, orders, smuggle, until};
use super::portal::Portal_;
use super::{offline, settings, start, until_done};
use crate::clinic::{PATIENCE, Phone, TestClinic, check, free_port};
use crate::fhir_server::Authority;

const NAMES: [&str; 2] = ["box7.clinics.example", "*.phc.example"];

/// A certificate and its key, in files and in memory.
struct Issued {
    chain: PathBuf,
    key: PathBuf,
    der: Vec<u8>,
}

/// Signs a certificate for [`NAMES`] that ends in so many days.
fn issue(authority: &Authority, dir: &Path, name: &str, days: i64) -> Issued {
    let names = NAMES.map(str::to_owned).to_vec();
    let mut params = rcgen::CertificateParams::new(names).unwrap();
    let now = time::OffsetDateTime::now_utc();
    params.not_before = now - time::Duration::days(60);
    params.not_after = now + time::Duration::days(days);
    let pair = rcgen::KeyPair::generate().unwrap();
    let signed = params.signed_by(&pair, &authority.issuer).unwrap();
    let (chain, key) = (dir.join(format!("{name}.pem")), dir.join(format!("{name}.key")));
    // As some authorities give it: everything in one file, the key too.
    let all = format!("{}{}{}", pair.serialize_pem(), signed.pem(), authority.pem);
    std::fs::write(&chain, all).unwrap();
    std::fs::write(&key, pair.serialize_pem()).unwrap();
    Issued { chain, key, der: signed.der().to_vec() }
}

impl Issued {
    /// What the administrator of the portal types.
    fn command<'a>(&'a self, id: &'a str, key: &'a Path) -> Vec<&'a str> {
        let (chain, key) = (self.chain.to_str().unwrap(), key.to_str().unwrap());
        vec!["certificate", id, "--chain", chain, "--key", key, "--by", "District office"]
    }

    /// An order with this chain and any key, sealed to anybody.
    fn order(&self, key: &Path, to: &Identity) -> String {
        let sealed_key = to.recipient().seal(&std::fs::read(key).unwrap()).unwrap();
        let chain = std::fs::read_to_string(&self.chain).unwrap();
        let by = PersonName::parse("Somebody").unwrap();
        body(&Asked::Certificate(by, Some(CertificateOffer { chain, sealed_key }))).1
    }
}

/// Adds pages over HTTPS to settings.
fn with_https(file: &Path, port: u16) {
    let text = std::fs::read_to_string(file).unwrap();
    let https = format!("[https]\nlisten = '127.0.0.1:{port}'\nnames = ['fieldray.lan']\n");
    std::fs::write(file, format!("{text}{https}")).unwrap();
}

fn client(port: u16, name: &str) -> reqwest::ClientBuilder {
    let here = SocketAddr::from(([127, 0, 0, 1], port));
    Client::builder().no_proxy().tls_built_in_root_certs(false).resolve(name, here)
}

/// Whether a phone that knows one authority alone opens the box by that name.
async fn opens(port: u16, name: &str, root: &Certificate) -> bool {
    let client = client(port, name).add_root_certificate(root.clone()).build().unwrap();
    // Once more where the box was too busy for a handshake.
    for _ in 0..3 {
        let answer = client.get(format!("https://{name}:{port}/health")).send().await;
        if answer.is_ok_and(|answer| answer.status() == StatusCode::OK) {
            return true;
        }
    }
    false
}

/// The certificate that a phone is shown.
async fn shown(port: u16, name: &str) -> Vec<u8> {
    let client = client(port, name).danger_accept_invalid_certs(true).tls_info(true);
    let asked = client.build().unwrap().get(format!("https://{name}:{port}/health"));
    // The pages over HTTPS come up beside those that say that the box is ready.
    let end = Instant::now() + PATIENCE;
    let answer = loop {
        match asked.try_clone().unwrap().send().await {
            Ok(answer) => break answer,
            Err(error) => assert!(Instant::now() < end, "{error:?}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let info = answer.extensions().get::<reqwest::tls::TlsInfo>().unwrap();
    info.peer_certificate().unwrap().to_vec()
}

fn told(outcomes: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let one = |(outcome, reason): &(&str, &str)| {
        ("certificate".to_owned(), (*outcome).to_owned(), (*reason).to_owned())
    };
    outcomes.iter().map(one).collect()
}

/// Orders that are refused, with a number each from 2 on.
fn smuggle_bad_ones(portal: &Portal_, state: &Path, id: &str, (good, old): (&Issued, &Issued)) {
    let own = std::fs::read_to_string(state.join("keys/carry.key")).unwrap();
    let (own, stranger) = (Identity::parse(&own).unwrap(), Identity::generate());
    let bodies = [
        good.order(&old.key, &own),
        good.order(&good.key, &stranger),
        old.order(&old.key, &own),
        good.order(&good.key, &own).replace("-----BEGIN CERTIFICATE", "-----BEGIN NONSENSE"),
    ];
    for (number, body) in (2..).zip(&bodies) {
        smuggle(portal, id, (number, "certificate", body), true);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_of_the_portal_is_shown_for_its_names_and_for_its_time() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let (portal, ministry) = (Portal_::start(&[]), Authority::make("Ministry"));
    let root = Certificate::from_pem(ministry.pem.as_bytes()).unwrap();
    let port = free_port();
    let file = settings(state, &portal.url(), &portal, &portal.code());
    with_https(&file, port);
    let server = start(state, &file, &[]);
    until_done(state, 1, || {}).await;
    let own = shown(port, NAMES[0]).await;
    assert!(!opens(port, NAMES[0], &root).await);
    drop(server);
    let id = only_box(&portal);

    let dir = tempfile::tempdir().unwrap();
    let good = issue(&ministry, dir.path(), "good", 20);
    let old = issue(&ministry, dir.path(), "old", -1);
    // Who types it hears at once what cannot be.
    assert!(portal.refuses(&good.command(&id, &old.key)).contains("the key cannot be used"));
    assert!(portal.refuses(&old.command(&id, &old.key)).contains("has ended"));
    let said = portal.command(&good.command(&id, &good.key));
    assert!(said.contains("Order 1 waits") && said.contains(NAMES[0]), "{said}");
    let database = std::fs::read(portal.state.path().join("portal.db")).unwrap();
    let log = std::fs::read(portal.state.path().join("portal.db-wal")).unwrap_or_default();
    let secret = b"PRIVATE KEY";
    assert!(![database, log].iter().any(|bytes| bytes.windows(11).any(|part| part == secret)));
    smuggle_bad_ones(&portal, state, &id, (&good, &old));

    let server = start(state, &file, &[]);
    let expected = told(&[
        ("done", ""),
        ("refused", "certificate_key"),
        ("refused", "certificate_sealed"),
        ("refused", "certificate_ended"),
        ("refused", "certificate_damaged"),
    ]);
    until("all are answered", || orders(&portal, &id) == expected).await;
    // At once, in the program that runs: for its names, and the own one for the rest.
    assert_eq!(shown(port, NAMES[0]).await, good.der);
    assert!(opens(port, NAMES[0], &root).await && opens(port, "a.phc.example", &root).await);
    assert_eq!(shown(port, "fieldray.lan").await, own);
    let authority = std::fs::read(state.join("tls/authority.der")).unwrap();
    let authority = Certificate::from_der(&authority).unwrap();
    assert!(opens(port, "fieldray.lan", &authority).await);
    assert!(!opens(port, "fieldray.lan", &root).await);
    let kept = state.join("tls/portal.pem");
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    pages_speak_of_it(&phone, port).await;
    drop(server);

    // An order from before is too late; what was brought is found again at a start.
    smuggle(&portal, &id, (6, "certificate", r#"{"by":"Somebody"}"#), true);
    let server = start(state, &file, &[]);
    until("the late one is refused", || orders(&portal, &id)[5].2 == "expired").await;
    assert_eq!(shown(port, NAMES[0]).await, good.der);
    drop(server);

    // It ended while nobody brought another one: the box goes on with its own.
    let server = start(state, &file, &[("FIELDRAY_CLOCK_WRONG_BY_DAYS", "30")]);
    assert_eq!(shown(port, NAMES[0]).await, own);
    let trust = reqwest::get(format!("{}/trust", server.address)).await.unwrap();
    assert!(!trust.text().await.unwrap().contains(NAMES[0]));
    drop(server);
    assert!(check(state).ends_with("0 problems"));
}

async fn pages_speak_of_it(phone: &Phone, port: u16) {
    let trust = phone.page("/trust").await;
    let address = format!("https://{}:{port}", NAMES[0]);
    assert!(trust.contains(&address) && trust.contains("Get the box’s certificate"), "{trust}");
    assert!(phone.page("/help").await.contains("href=\"/trust\""));
    let system = phone.page("/system").await;
    assert!(system.contains("HTTPS: certificate from the portal") && system.contains("ends soon"));
    let asked = phone.page("/system/portal").await;
    assert!(asked.contains("its key does not belong to it"), "{asked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_comes_by_stick_too_and_needs_pages_over_https() {
    let clinic = offline(1).await;
    let state = clinic.state.path();
    let (portal, ministry) = (Portal_::start(&[]), Authority::make("Ministry"));
    let file = far_away(state, &portal);
    let server = start(state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    trip(&phone, &portal).await;
    let id = only_box(&portal);
    let dir = tempfile::tempdir().unwrap();
    let good = issue(&ministry, dir.path(), "good", 90);
    portal.command(&good.command(&id, &good.key));
    trip(&phone, &portal).await;
    trip(&phone, &portal).await;
    assert_eq!(orders(&portal, &id), told(&[("refused", "no_https")]));
    drop(server);

    let port = free_port();
    with_https(&file, port);
    let server = start(state, &file, &[]);
    phone.move_to(&server.address);
    portal.command(&good.command(&id, &good.key));
    trip(&phone, &portal).await;
    assert_eq!(shown(port, NAMES[0]).await, good.der);
    trip(&phone, &portal).await;
    assert_eq!(orders(&portal, &id), told(&[("refused", "no_https"), ("done", "")]));
    assert!(portal.boxes_list()[0]["certificate_until_ms"].as_i64().is_some());
    portal.command(&["certificate", &id, "--take-back", "--by", "District office"]);
    trip(&phone, &portal).await;
    assert_ne!(shown(port, NAMES[0]).await, good.der);
    assert!(!state.join("tls/portal.pem").exists());
    drop(server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_the_settings_are_shown_for_their_names_and_taken_up_when_they_are_replaced() {
    let (ministry, port) = (Authority::make("Ministry"), free_port());
    let dir = tempfile::tempdir().unwrap();
    let old = issue(&ministry, dir.path(), "old", -1);
    let settings = format!(
        "[https]\nlisten = '127.0.0.1:{port}'\nnames = ['box7.clinics.example', 'fieldray.lan']\n\
         certificate = '{}'\nkey = '{}'\n",
        old.chain.display(),
        old.key.display()
    );
    let clinic = TestClinic::open_set(&settings).await;
    // One that has ended is not shown in place of the box's own, and the way to trust that one stays.
    let own = shown(port, NAMES[0]).await;
    assert_ne!(own, old.der);
    assert!(clinic.phone.page("/trust").await.contains(&format!("https://fieldray.lan:{port}")));
    assert!(clinic.phone.page("/system").await.contains("the box shows its own"));
    let new = issue(&ministry, dir.path(), "new", 90);
    std::fs::rename(&new.chain, &old.chain).unwrap();
    std::fs::rename(&new.key, &old.key).unwrap();
    let end = Instant::now() + PATIENCE;
    while shown(port, NAMES[0]).await != new.der {
        assert!(Instant::now() < end, "the new files are not taken up");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let root = Certificate::from_pem(ministry.pem.as_bytes()).unwrap();
    assert!(opens(port, NAMES[0], &root).await);
    assert_eq!(shown(port, "fieldray.lan").await, own);
    let trust = clinic.phone.page("/trust").await;
    assert!(trust.contains(&format!("https://{}:{port}", NAMES[0])), "{trust}");
    assert!(clinic.phone.page("/help").await.contains("href=\"/trust\""));
}

/// A file to the portal, and its answer back.
async fn trip(phone: &Phone, portal: &Portal_) {
    let file = carried(phone, "/system/carry/file?images=yes").await;
    let answer = take(portal, &file).unwrap();
    let (status, page) = bring_back(phone, answer).await;
    assert_eq!(status, StatusCode::OK, "{page}");
}
