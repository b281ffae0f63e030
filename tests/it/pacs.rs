//! The real box against PACSs that are not ours: Orthanc by STOW-RS and by C-STORE, dcmtk's storescp; and
//! what arrived before validators that are not ours: dicom3tools and dcmtk.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::clinic::{Box_, PATIENCE, TestClinic, check, free_port, until_fact};
use crate::report::{Practice, sign};
use crate::seed::Film;

const PLUGIN: &str = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
/// SOP classes of what a box sends.
const FILM: &str = "1.2.840.10008.5.1.4.1.1.7";
const READING: &str = "1.2.840.10008.5.1.4.1.1.88.33";
const REPORT: &str = "1.2.840.10008.5.1.4.1.1.104.1";

/// Without the tools a test says so and skips; `make test` installs them.
pub fn tools() -> bool {
    let programs = ["/usr/sbin/Orthanc", PLUGIN, "/usr/bin/dciodvfy", "/usr/bin/dcmdump"];
    let there = programs.iter().all(|path| Path::new(path).exists());
    if !there {
        println!("skipped: run scripts/install-test-tools");
    }
    there
}

/// A PACS on ports that are known before it starts. Killed when dropped.
pub struct Pacs {
    child: Child,
    pub web: String,
}

impl Pacs {
    pub fn start(folder: &Path, web: u16, dicom: u16) -> Self {
        Self::start_with(folder, web, dicom, &serde_json::json!({}))
    }

    /// The same with DICOMweb services that it can push to.
    pub fn start_with(folder: &Path, web: u16, dicom: u16, servers: &Value) -> Self {
        let database = folder.join("orthanc");
        let settings = serde_json::json!({
            "Name": "TEST", "StorageDirectory": database, "IndexDirectory": database,
            "Plugins": [PLUGIN], "HttpPort": web, "RemoteAccessAllowed": false,
            "AuthenticationEnabled": false, "DicomPort": dicom, "DicomAet": "ORTHANC",
            "DicomCheckCalledAet": true, "DicomAlwaysAllowStore": true, "DefaultEncoding": "Utf8",
            "DicomWeb": {"Enable": true, "Root": "/dicom-web/", "Servers": servers},
        });
        let file = folder.join("orthanc.json");
        std::fs::write(&file, settings.to_string()).unwrap();
        let child = Command::new("/usr/sbin/Orthanc")
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, web: format!("http://127.0.0.1:{web}") }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Address of its DICOMweb service.
    pub fn stow(&self) -> String {
        format!("{}/dicom-web", self.web)
    }

    pub async fn get(&self, path: &str) -> Vec<u8> {
        let answer = reqwest::get(format!("{}{path}", self.web)).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.unwrap().to_vec()
    }

    pub async fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).await).unwrap()
    }

    /// What it holds: Orthanc's own name of an instance, and its simple tags.
    pub async fn instances(&self) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for id in self.json("/instances").await.as_array().unwrap() {
            let id = id.as_str().unwrap().to_owned();
            let told = self.json(&format!("/instances/{id}/simplified-tags")).await;
            found.push((id, told));
        }
        found
    }
}

impl Drop for Pacs {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }
}

/// A clinic with two films read and the first one's report signed, stopped.
pub async fn offline() -> (TestClinic, PathBuf) {
    let practice = Practice::with(&[Film::urgent("आशा देवी"), Film::clear("Sunita Oraon")]).await;
    sign(&practice, &practice.studies[0]).await;
    let mut clinic = practice.clinic;
    clinic.server.stop();
    let file = clinic.state.path().join("settings.toml");
    (clinic, file)
}

pub fn start(state: &Path, file: &Path, pacs: &str, environment: &[(&str, &str)]) -> Box_ {
    std::fs::write(file, format!("site_name = 'PHC Test'\n[pacs]\n{pacs}\n")).unwrap();
    Box_::start_with(state, environment, &["--config", file.to_str().unwrap()])
}

/// State of every object of the box, with what a PACS said.
fn objects(state: &Path) -> Vec<(String, String, String)> {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let select = "select kind, state, coalesce(reason, '') from pacs_object order by seq";
    let mut select = db.prepare(select).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Waits until somebody takes connections.
pub async fn until_open(port: u16) {
    let end = Instant::now() + PATIENCE;
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        assert!(Instant::now() < end, "nobody is at port {port}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

pub async fn until_ended(state: &Path) {
    let end = Instant::now() + PATIENCE;
    while objects(state).iter().any(|(_, state, _)| state == "waiting") {
        assert!(Instant::now() < end, "not everything was sent: {:?}", objects(state));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

pub fn all_stored(state: &Path) {
    let objects = objects(state);
    assert!(objects.iter().all(|(_, state, _)| state == "stored"), "{objects:?}");
}

/// Runs a reader or validator over a file; gives what it says.
pub fn passes(program: &str, file: &Path) -> String {
    let done = Command::new(program).arg(file).output().unwrap();
    let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    let said = said.concat();
    let clean = done.status.success() && !said.lines().any(|line| line.starts_with("Error"));
    assert!(clean, "{program} {}: {said}", file.display());
    said
}

/// Hash of the pixels of the radiograph that all drawn films share, as the box stores it.
pub fn pixels_of(state: &Path) -> [u8; 32] {
    let file = std::fs::read_dir(state.join("radiographs")).unwrap().next().unwrap().unwrap();
    let png = std::fs::read(file.path()).unwrap();
    let film = image::load_from_memory_with_format(&png, image::ImageFormat::Png).unwrap();
    Sha256::digest(film.into_luma8().as_raw()).into()
}

#[tokio::test]
async fn films_readings_and_reports_reach_a_pacs_once_whatever_happens_on_the_way() {
    if !tools() {
        return;
    }
    let (clinic, file) = offline().await;
    let (state, mut phone) = (clinic.state.path(), clinic.phone.clone());
    let folder = tempfile::tempdir().unwrap();
    let (web, dicom) = (free_port(), free_port());
    let stow = format!("stow = 'http://127.0.0.1:{web}/dicom-web'");

    // Nobody is there: everything waits, and the page says why.
    let server = start(state, &file, &stow, &[]);
    phone.move_to(&server.address);
    let page = phone.page_until("/system", "cannot be reached now").await;
    assert!(page.contains("stored 0, waiting 5"), "{page}");
    server.kill();

    // The box dies between the PACS's word and its own row, and sends that object again.
    let pacs = Pacs::start(folder.path(), web, dicom);
    until_open(web).await;
    let mut server = start(state, &file, &stow, &[("FIELDRAY_CRASH_AT", "before_pacs_stored:2")]);
    assert!(server.died().await);
    let server = start(state, &file, &stow, &[]);
    until_ended(state).await;
    all_stored(state);
    phone.move_to(&server.address);
    phone.page_until("/system", "5 objects are stored").await;
    let by_stow = pacs.instances().await;
    assert_eq!(by_stow.len(), 5);
    server.kill();

    // By the other way everything goes once more, and the PACS holds one of each.
    let c_store = format!("host = '127.0.0.1'\nport = {dicom}\ncalled_ae_title = 'ORTHANC'");
    let server = start(state, &file, &c_store, &[]);
    until_fact(state, "pacs_place", &format!("@127.0.0.1:{dicom}")).await;
    until_ended(state).await;
    all_stored(state);
    server.kill();
    let held = pacs.instances().await;
    assert_eq!(held.len(), 5);
    let studies = pacs.json("/dicom-web/studies").await;
    assert_eq!(studies.as_array().unwrap().len(), 2);

    for (id, told) in &held {
        let file = folder.path().join(format!("{id}.dcm"));
        std::fs::write(&file, pacs.get(&format!("/instances/{id}/file")).await).unwrap();
        passes("dciodvfy", &file);
        passes("dcmdump", &file);
        match told["SOPClassUID"].as_str().unwrap() {
            FILM => {
                let raw = pacs.get(&format!("/instances/{id}/frames/0/raw")).await;
                let hash: [u8; 32] = Sha256::digest(&raw).into();
                assert_eq!(hash, pixels_of(state), "the pixels are those of the radiograph");
                assert_eq!(told["ConversionType"], "DF");
            }
            READING => {
                let said = passes("dsrdump", &file);
                assert!(
                    said.contains("Imaging Measurement Report") && said.contains("Not assessed")
                );
                // The other one cuts long texts.
                let said = passes("dsr2xml", &file);
                assert!(said.contains("Scores of a network. Not read by a physician."), "{said}");
            }
            REPORT => {
                assert_eq!(told["PatientName"], "आशा देवी");
                assert!(pacs.get(&format!("/instances/{id}/pdf")).await.starts_with(b"%PDF-"));
            }
            other => panic!("{other} was not sent by the box"),
        }
    }
    let settings =
        ["check", "--state", state.to_str().unwrap(), "--config", file.to_str().unwrap()];
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(settings).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && said.contains("PACS: answers to this box"), "{said}");
    drop(pacs);
    assert!(check(state).ends_with("0 problems"));
}

#[tokio::test]
async fn an_object_that_a_pacs_refuses_holds_up_no_other() {
    if !tools() {
        return;
    }
    let (clinic, file) = offline().await;
    let (state, mut phone) = (clinic.state.path(), clinic.phone.clone());
    let folder = tempfile::tempdir().unwrap();
    let films_only = "[[TransferSyntaxes]]\n[Plain]\nTransferSyntax1 = LittleEndianExplicit\n\
        [[PresentationContexts]]\n[Films]\n\
        PresentationContext1 = SecondaryCaptureImageStorage\\Plain\n\
        [[Profiles]]\n[FilmsOnly]\nPresentationContexts = Films\n";
    let profile = folder.path().join("films.cfg");
    std::fs::write(&profile, films_only).unwrap();
    let port = free_port();
    let child = Command::new("storescp")
        .arg("-xf")
        .arg(&profile)
        .args(["FilmsOnly", "-od"])
        .arg(folder.path())
        .arg(port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _scp = Pacs { child, web: String::new() };
    until_open(port).await;

    let c_store = format!("host = '127.0.0.1'\nport = {port}\ncalled_ae_title = 'ANY'");
    let server = start(state, &file, &c_store, &[]);
    until_ended(state).await;
    for (kind, state, reason) in objects(state) {
        let expected = match kind.as_str() {
            "film" => ("stored", ""),
            _ => ("refused", "kind of object not accepted"),
        };
        assert_eq!((state.as_str(), reason.as_str()), expected, "{kind}");
    }
    phone.move_to(&server.address);
    phone.page_until("/system", "3 objects were refused (kind of object not accepted)").await;
}
