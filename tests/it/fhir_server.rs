//! The real box against a FHIR server that is not ours, behind real HTTP (medplum's core, `tests/fhir/server.mjs`),
//! and against certificates that must not be accepted.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::Value;

use crate::clinic::{Box_, TestClinic, check, free_port, until_fact};
use crate::pacs::offline;

/// Longest wait for everything to be there.
const PATIENCE: Duration = Duration::from_secs(120);

/// A FHIR server. Killed when dropped.
struct Peer {
    child: Child,
    address: String,
}

impl Peer {
    /// `None` without its packages; `make test` installs them.
    fn start(port: u16, environment: &[(&str, &str)]) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir");
        if !folder.join("node_modules/@medplum/fhir-router").exists() {
            println!("skipped: run scripts/install-test-tools");
            return None;
        }
        let mut child = Command::new("node")
            .arg(folder.join("server.mjs"))
            .env("PORT", port.to_string())
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        Some(Self { child, address: format!("http://127.0.0.1:{line}") })
    }

    async fn counts(&self) -> Value {
        let answer = reqwest::get(format!("{}/counts", self.address)).await.unwrap();
        answer.json().await.unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }
}

fn start(state: &Path, file: &Path, fhir: &str, environment: &[(&str, &str)]) -> Box_ {
    std::fs::write(file, format!("site_name = 'PHC Test'\n[fhir]\n{fhir}\n")).unwrap();
    Box_::start_with(state, environment, &["--config", file.to_str().unwrap()])
}

/// Kind and state of every bundle of the box, with what a server said.
fn bundles(state: &Path) -> Vec<(String, String, String)> {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let select = "select kind, state, coalesce(reason, '') from fhir_bundle order by seq";
    let mut select = db.prepare(select).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn until_ended(state: &Path) {
    let end = Instant::now() + PATIENCE;
    while bundles(state).iter().any(|(_, state, _)| state == "waiting") {
        assert!(Instant::now() < end, "not everything was sent: {:?}", bundles(state));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn all_taken(state: &Path) {
    let bundles = bundles(state);
    assert!(bundles.iter().all(|(_, state, _)| state == "taken"), "{bundles:?}");
}

/// What a server holds, without how it came.
fn held(mut counts: Value) -> Value {
    let all = counts.as_object_mut().unwrap();
    all.remove("transactions");
    all.remove("given");
    counts
}

#[tokio::test]
async fn everything_reaches_a_fhir_server_once_whatever_happens_on_the_way() {
    let (clinic, file) = offline().await;
    let (state, mut phone) = (clinic.state.path(), clinic.phone.clone());
    let port = free_port();
    let url = format!("url = 'http://127.0.0.1:{port}/fhir'");

    // Nobody is there: everything waits, and the page says why.
    let server = start(state, &file, &url, &[]);
    phone.move_to(&server.address);
    let page = phone.page_until("/system", "FHIR: taken in 0, waiting").await;
    assert!(page.contains("cannot be reached now"), "{page}");
    server.kill();

    // Busy at first; then the box dies between the server's word and its own row.
    let Some(peer) = Peer::start(port, &[("STORM", "3")]) else { return };
    let crash = [("FIELDRAY_CRASH_AT", "before_fhir_taken:5")];
    let mut server = start(state, &file, &url, &crash);
    assert!(server.died().await);
    let server = start(state, &file, &url, &[]);
    until_ended(state).await;
    all_taken(state);
    phone.move_to(&server.address);
    phone.page_until("/system", "bundles are taken in, and nothing waits").await;
    let kinds: Vec<_> = bundles(state).into_iter().map(|(kind, ..)| kind).collect();
    for kind in ["urgent", "result", "report"] {
        assert!(kinds.iter().any(|one| one == kind), "no {kind} among {kinds:?}");
    }
    let once = peer.counts().await;
    assert_eq!((&once["Patient"], &once["ImagingStudy"]), (&2.into(), &2.into()));
    assert_eq!(once["DiagnosticReport"], 3, "two drafts and a report");
    assert!(once["AuditEvent"].as_u64().unwrap() >= 1, "{once}");
    server.kill();

    // Another address in the settings: everything goes anew, and the server holds one of each.
    let other = format!("url = 'http://127.0.0.1:{port}/r4'");
    let server = start(state, &file, &other, &[]);
    until_fact(state, "fhir_place", "/r4").await;
    until_ended(state).await;
    all_taken(state);
    let twice = peer.counts().await;
    assert!(twice["transactions"].as_u64() > once["transactions"].as_u64());
    assert_eq!(held(twice), held(once));
    server.kill();
    let settings =
        ["check", "--state", state.to_str().unwrap(), "--config", file.to_str().unwrap()];
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(settings).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && said.contains("FHIR: answers to this box"), "{said}");
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test]
async fn a_bundle_that_a_server_refuses_holds_up_no_other_and_tokens_are_renewed() {
    let (clinic, file) = offline().await;
    let (state, mut phone) = (clinic.state.path(), clinic.phone.clone());
    let environment = [("CLIENT", "box:s3cret"), ("DENY", "Sunita")];
    let Some(peer) = Peer::start(0, &environment) else { return };
    let secret = state.join("secret");
    std::fs::write(&secret, "wrong\n").unwrap();
    let access = format!(
        "url = '{0}/fhir'\ntoken_url = '{0}/token'\nclient_id = 'box'\nsecret_file = '{1}'",
        peer.address,
        secret.display()
    );
    let server = start(state, &file, &access, &[]);
    phone.move_to(&server.address);
    phone.page_until("/system", "does not accept this box").await;
    server.kill();
    std::fs::write(&secret, "s3cret\n").unwrap();
    let server = start(state, &file, &access, &[]);
    until_ended(state).await;
    let all = bundles(state);
    let refused: Vec<_> = all.iter().filter(|(_, state, _)| state == "refused").collect();
    assert!(!refused.is_empty() && all.iter().any(|(_, state, _)| state == "taken"), "{all:?}");
    assert!(refused.iter().all(|(_, _, why)| why == "HTTP 422: we do not take Sunita"), "{all:?}");
    phone.move_to(&server.address);
    phone.page_until("/system", "HTTP 422: we do not take Sunita").await;
    let counts = peer.counts().await;
    assert_eq!((&counts["Patient"], &counts["given"]), (&1.into(), &2.into()), "{counts}");
    server.kill();

    // A server that does no transactions gets nothing, and the page says what it lacks.
    drop(peer);
    let Some(plain) = Peer::start(0, &[("PLAIN", "1")]) else { return };
    let url = format!("url = '{}/fhir'", plain.address);
    let server = start(state, &file, &url, &[]);
    phone.move_to(&server.address);
    phone.page_until("/system", "does no transactions").await;
    assert_eq!(plain.counts().await["Patient"], 0);
    drop(server);
}

#[tokio::test]
async fn a_bundle_that_a_server_forbids_holds_up_no_other() {
    let (clinic, file) = offline().await;
    let (state, mut phone) = (clinic.state.path(), clinic.phone.clone());
    let Some(peer) = Peer::start(0, &[("FORBID", "आशा")]) else { return };
    let server = start(state, &file, &format!("url = '{}/fhir'", peer.address), &[]);
    phone.move_to(&server.address);
    let end = Instant::now() + PATIENCE;
    // The urgent one is of the patient whom the server forbids.
    while !bundles(state).iter().any(|(kind, state, _)| kind == "result" && state == "taken") {
        assert!(Instant::now() < end, "nothing else is taken: {:?}", bundles(state));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let urgent = bundles(state).into_iter().find(|(kind, ..)| kind == "urgent").unwrap();
    assert_eq!(urgent.1, "waiting", "nothing is lost");
    phone.page_until("/system", "does not accept this box").await;
    drop(server);
}

/// A certificate authority of a test.
pub struct Authority {
    pub issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
    pub pem: String,
}

impl Authority {
    pub fn make(name: &str) -> Self {
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: rcgen::Issuer::new(params, key), pem }
    }

    /// A service that shows a certificate for that name, whose time is over when `old`.
    async fn serve(&self, name: &str, old: bool) -> String {
        let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        if old {
            params.not_before = rcgen::date_time_ymd(2019, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        }
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let server = rustls::ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key);
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(server.unwrap()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let acceptor = acceptor.clone();
                // Whoever refuses the certificate hangs up.
                tokio::spawn(async move { acceptor.accept(stream).await.is_ok() });
            }
        });
        format!("https://127.0.0.1:{port}")
    }
}

/// What the page says of a server and of a PACS with that certificate.
async fn says(clinic: &TestClinic, file: &Path, url: &str, authority: &Path, words: &str) {
    let state = clinic.state.path();
    let authority = authority.display();
    let settings = format!(
        "url = '{url}/fhir'\nca_file = '{authority}'\n\
         [pacs]\nstow = '{url}/dicom-web'\nca_file = '{authority}'"
    );
    let server = start(state, file, &settings, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    let end = Instant::now() + PATIENCE;
    loop {
        let page = phone.page("/system").await;
        if page.matches(words).count() == 2 {
            break;
        }
        assert!(Instant::now() < end, "{words} is not said twice: {page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    server.kill();
    assert!(bundles(state).iter().all(|(_, state, _)| state == "waiting"), "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_certificate_is_said_in_plain_words_and_nothing_is_sent() {
    let (clinic, file): (TestClinic, PathBuf) = offline().await;
    let (trusted, other) = (Authority::make("Ministry"), Authority::make("Somebody"));
    let authority = clinic.state.path().join("ca.pem");
    std::fs::write(&authority, &trusted.pem).unwrap();
    let old = trusted.serve("127.0.0.1", true).await;
    says(&clinic, &file, &old, &authority, "does not hold at the box’s date").await;
    let unknown = other.serve("127.0.0.1", false).await;
    says(&clinic, &file, &unknown, &authority, "whom this box does not know").await;
    let elsewhere = trusted.serve("fhir.example", false).await;
    says(&clinic, &file, &elsewhere, &authority, "certificate is for another name").await;
}
