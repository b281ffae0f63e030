//! The portal as a FHIR server and a PACS: for a box, for somebody else's PACS, for curl, and for those who mean
//! it no good.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::down::Reader;
use super::portal::Portal_;
use super::{settings, until_done};
use crate::clinic::{Box_, free_port, until_fact};
use crate::pacs::{self, Pacs, all_stored, offline, passes, pixels_of, until_ended};

/// A DICOMweb and FHIR client with a token.
struct Client_ {
    base: String,
    token: String,
}

impl Client_ {
    fn new(portal: &Portal_, arguments: &[&str]) -> Self {
        let printed = portal.command(&[&["add-source"], arguments].concat());
        let token = printed.trim().rsplit(' ').next().unwrap().to_owned();
        Self { base: portal.pages.clone(), token }
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Response {
        let request = Client::new().request(method, format!("{}{path}", self.base));
        let request = request.bearer_auth(&self.token).header("content-type", kind);
        request.body(body).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, "text/plain", Vec::new()).await
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// Status and answer of a STOW-RS request with these files.
    async fn stow(&self, files: &[&[u8]]) -> (u16, Value) {
        let kind = "multipart/related; type=\"application/dicom\"; boundary=frontier";
        let mut body = Vec::new();
        for file in files {
            body.extend_from_slice(b"--frontier\r\nContent-Type: application/dicom\r\n\r\n");
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--frontier--\r\n");
        let answer = self.send(Method::POST, "/dicomweb/studies", kind, body).await;
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// The one file of an object.
    async fn file(&self, ids: &[&str; 3]) -> Vec<u8> {
        let [study, series, uid] = ids;
        let path = format!("/dicomweb/studies/{study}/series/{series}/instances/{uid}");
        let answer = self.get(&path).await;
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        let boundary = kind.split("boundary=").nth(1).unwrap().to_owned();
        let body = answer.bytes().await.unwrap();
        let head = format!("\r\n--{boundary}\r\nContent-Type: application/dicom\r\n\r\n");
        let tail = format!("\r\n--{boundary}--\r\n");
        let body = body.strip_prefix(head.as_bytes()).unwrap();
        body.strip_suffix(tail.as_bytes()).unwrap().to_vec()
    }
}

fn first<'a>(told: &'a Value, tag: &str) -> &'a str {
    told[tag]["Value"][0].as_str().unwrap()
}

fn sources(portal: &Portal_) -> Vec<Value> {
    let printed = portal.command(&["sources"]);
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Somebody else's PACS gets the objects of a box and pushes them to the portal.
async fn pushed_by_a_pacs(state: &Path, file: &Path, folder: &Path, to: &Client_) -> Pacs {
    let web = free_port();
    let servers = json!({"portal": {
        "Url": format!("{}/dicomweb/", to.base), "Username": "pacs", "Password": to.token,
    }});
    let orthanc = Pacs::start_with(folder, web, free_port(), &servers);
    pacs::until_open(web).await;
    let stow = format!("stow = 'http://127.0.0.1:{web}/dicom-web'");
    let server = pacs::start(state, file, &stow, &[]);
    until_fact(state, "pacs_place", &web.to_string()).await;
    until_ended(state).await;
    all_stored(state);
    server.kill();
    let instances = orthanc.instances().await;
    let names: Vec<&String> = instances.iter().map(|(id, _)| id).collect();
    let push = json!({"Resources": names, "Synchronous": true});
    let pushed = Client::new()
        .post(format!("{}/dicom-web/servers/portal/stow", orthanc.web))
        .body(push.to_string())
        .send()
        .await
        .unwrap();
    assert!(pushed.status().is_success(), "{}", pushed.text().await.unwrap());
    orthanc
}

/// The films are on the worklist, with the radiograph's own pixels.
async fn worklist_shows_the_films(portal: &Portal_, state: &Path) {
    let reader = Reader::begin(portal, "Dr Sen").await;
    let list = reader.page("/read").await;
    assert!(list.contains("Films from other systems") && list.contains("Sunita Oraon"), "{list}");
    let href = list.split("href=\"/read/dicom/").nth(1).unwrap().split('"').next().unwrap();
    let page = reader.page(&format!("/read/dicom/{href}")).await;
    assert!(!page.contains("Two contents"), "{page}");
    let image = page.split("<img class=\"film\" src=\"").nth(1).unwrap().split('"').next().unwrap();
    let png = reader.get(image).await.bytes().await.unwrap();
    let shown = image::load_from_memory_with_format(&png, image::ImageFormat::Png).unwrap();
    let pixels: [u8; 32] = Sha256::digest(shown.into_luma8().as_raw()).into();
    assert_eq!(pixels, pixels_of(state));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn objects_of_a_box_and_of_a_pacs_are_held_once_and_given_back_as_they_came() {
    if !pacs::tools() {
        return;
    }
    let (clinic, file) = offline().await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let all = Client_::new(&portal, &["Programme", "--reads-all"]);
    let own = Client_::new(&portal, &["Box of PHC Test"]);
    let token = state.join("token");
    std::fs::write(&token, &own.token).unwrap();
    let stow = format!("stow = '{}/dicomweb'\nsecret_file = '{}'", portal.pages, token.display());
    let server = pacs::start(state, &file, &stow, &[]);
    until_ended(state).await;
    all_stored(state);
    server.kill();
    assert_eq!(sources(&portal)[0]["objects"], 5);

    let folder = tempfile::tempdir().unwrap();
    let other = Client_::new(&portal, &["District PACS"]);
    let orthanc = pushed_by_a_pacs(state, &file, folder.path(), &other).await;
    let instances = orthanc.instances().await;
    let held = sources(&portal);
    let of = |name: &str| held.iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!(
        (&of("District PACS")["objects"], &of("District PACS")["conflicts"]),
        (&5.into(), &0.into())
    );

    // Found, described, and given back byte for byte: as the box had sent it to the other PACS.
    let studies = all.json("/dicomweb/studies").await;
    assert_eq!(studies.as_array().unwrap().len(), 2);
    assert_eq!(own.json("/dicomweb/studies?limit=1").await.as_array().unwrap().len(), 1);
    let mut compared = 0;
    for study in studies.as_array().unwrap() {
        let study = first(study, "0020000D");
        let path = format!("/dicomweb/studies/{study}/instances");
        for one in own.json(&path).await.as_array().unwrap() {
            let (series, uid) = (first(one, "0020000E"), first(one, "00080018"));
            let file = own.file(&[study, series, uid]).await;
            let (id, _) = instances.iter().find(|(_, it)| it["SOPInstanceUID"] == uid).unwrap();
            let theirs = orthanc.get(&format!("/instances/{id}/file")).await;
            assert_eq!(Sha256::digest(&file), Sha256::digest(&theirs), "{uid}");
            let path = folder.path().join("back.dcm");
            std::fs::write(&path, &file).unwrap();
            assert!(passes("dcmdump", &path).contains(uid));
            passes("dciodvfy", &path);
            compared += 1;
        }
        let told = own.json(&format!("/dicomweb/studies/{study}/metadata")).await;
        assert!(told[0]["00100010"]["Value"][0]["Alphabetic"].is_string(), "{told}");
    }
    assert_eq!(compared, 5);

    worklist_shows_the_films(&portal, state).await;
}

/// A source that floods gets what it may have, and no more.
async fn is_slowed_down(stranger: &Client_) {
    let (flooding, begun) = (Client::new(), Instant::now());
    let (mut sent, mut slowed) = (0, 0);
    // A machine may be slower than the flood that is let in.
    while slowed == 0 && sent < 4_000 {
        let mut flood = tokio::task::JoinSet::new();
        for _ in 0..400 {
            let ask = format!("{}/fhir/Patient?identifier=a%7Cb", stranger.base);
            flood.spawn(flooding.get(ask).bearer_auth(&stranger.token).send());
        }
        let answers = flood.join_all().await;
        sent += answers.len();
        let refused = |one: &reqwest::Result<Response>| one.as_ref().unwrap().status() == 429;
        slowed = answers.iter().filter(|one| refused(one)).count();
    }
    assert!(slowed > 0, "a source that floods is slowed down");
    // Two hundred at once and twenty a second, however long it took.
    let allowed = 200 + 20 * (begun.elapsed().as_secs() as usize + 1);
    assert!(sent - slowed <= allowed, "{slowed} of {sent} are slowed down");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_kept_apart_or_refused() {
    if !pacs::tools() {
        return;
    }
    let portal = Portal_::start(&[]);
    let client = Client_::new(&portal, &["Mobile van"]);
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("a.dump");
    let object = |name: &str| {
        let text = format!(
            "(0008,0005) CS [ISO_IR 192]\n(0008,0016) UI [1.2.840.10008.5.1.4.1.1.7]\n\
             (0008,0018) UI [1.2.3.4]\n(0010,0010) PN [{name}]\n(0010,0020) LO [7]\n\
             (0020,000d) UI [1.2.3]\n(0020,000e) UI [1.2.3.1]\n"
        );
        std::fs::write(&dump, text).unwrap();
        let out = folder.path().join("a.dcm");
        let done = Command::new("dump2dcm").arg(&dump).arg(&out).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        std::fs::read(out).unwrap()
    };
    let (one, changed) = (object("Rao^Asha"), object("Rao^Usha"));
    let (status, told) = client.stow(&[&one]).await;
    assert_eq!((status, told["00081199"]["Value"].as_array().unwrap().len()), (200, 1));
    assert_eq!(client.stow(&[&one]).await.0, 200, "a repetition is no second object");
    assert_eq!(sources(&portal)[0]["objects"], 1);
    // The same UID with other bytes: both are kept, and whoever sent it hears of it.
    let (status, told) = client.stow(&[&changed]).await;
    assert_eq!(status, 409);
    assert_eq!(told["00081198"]["Value"][0]["00081197"]["Value"][0], 0x0111);
    let held = &sources(&portal)[0];
    assert_eq!((&held["objects"], &held["conflicts"]), (&2.into(), &2.into()));
    let names = client.json("/dicomweb/studies/1.2.3/metadata").await;
    assert_eq!(names.as_array().unwrap().len(), 2);

    // Rubbish beside an object: one is stored, the other is not.
    let (status, told) = client.stow(&[&one, b"no DICOM at all", &one[..180]]).await;
    assert_eq!(status, 409, "the first one is in conflict by now: {told}");
    assert_eq!(told["0008119A"]["Value"].as_array().unwrap().len(), 2);
    let big = vec![0_u8; 65 * 1024 * 1024];
    let (status, told) = client.stow(&[&big]).await;
    assert_eq!(
        (status, &told["0008119A"]["Value"][0]["00081197"]["Value"][0]),
        (409, &0xa700.into())
    );
    assert_eq!(std::fs::read_dir(portal.state.path().join("incoming")).unwrap().count(), 0);
    let post = |kind: &'static str, body: &'static [u8]| {
        client.send(Method::POST, "/dicomweb/studies", kind, body.to_vec())
    };
    assert_eq!(post("application/dicom", b"DICM").await.status(), 415);
    let cut = post("multipart/related; boundary=x", b"--x\r\n\r\nabc").await;
    assert_eq!(cut.status(), 400);
    assert_eq!(client.get("/dicomweb/studies/..%2f..").await.status(), 400);
    let nothing = client.get("/dicomweb/studies/9.9/series/9/instances/9").await;
    assert_eq!(nothing.status(), 404);

    // Another source does not see them; a wrong, an old and a closed token do not come in.
    let stranger = Client_::new(&portal, &["Stranger"]);
    assert_eq!(stranger.get("/dicomweb/studies").await.status(), 204);
    let wrong = Client_ { token: "00".repeat(16), base: portal.pages.clone() };
    assert_eq!(wrong.get("/dicomweb/studies").await.status(), 401);
    let renewed = Client_::new(&portal, &["Mobile van"]);
    assert_eq!(client.get("/dicomweb/studies").await.status(), 401);
    assert_eq!(renewed.get("/dicomweb/studies").await.status(), 200);
    portal.command(&["close-source", "Mobile van"]);
    assert_eq!(renewed.get("/dicomweb/studies").await.status(), 401);
    is_slowed_down(&stranger).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_can_use_the_portal_as_its_fhir_server_and_dhis2_gets_what_the_mapping_names() {
    let (clinic, _) = offline().await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let client = Client_::new(&portal, &["Box of PHC Test"]);
    let token = state.join("token");
    std::fs::write(&token, &client.token).unwrap();
    // Beside the way of boxes, with the same facts.
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let text = std::fs::read_to_string(&file).unwrap();
    let fhir = |path: &str| {
        format!(
            "{text}[fhir]\nurl = '{}{path}'\nsecret_file = '{}'\nimages_url = 'https://pacs.example/web'\n",
            portal.pages,
            token.display()
        )
    };
    std::fs::write(&file, fhir("/fhir")).unwrap();
    let server = Box_::start_with(state, &[], &["--config", file.to_str().unwrap()]);
    until_done(state, 2, || {}).await;
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system", "bundles are taken in, and nothing waits").await;
    server.kill();
    let db = rusqlite::Connection::open(portal.state.path().join("portal.db")).unwrap();
    let counts = || {
        let select = "select kind, count(*) from fhir_resource group by kind order by kind";
        let mut select = db.prepare(select).unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<(String, i64)>>()
    };
    let once = counts();
    assert!(once.contains(&("Patient".to_owned(), 2)), "{once:?}");
    assert!(once.contains(&("Endpoint".to_owned(), 1)), "{once:?}");
    let sent = sources(&portal)[0]["bundles"].as_u64().unwrap();

    // All of it again under another address of the same place: no second one of anything.
    std::fs::write(&file, fhir("/fhir/")).unwrap();
    let config = std::fs::read_to_string(&file).unwrap().replace("/fhir/'", "/./fhir'");
    std::fs::write(&file, config).unwrap();
    let server = Box_::start_with(state, &[], &["--config", file.to_str().unwrap()]);
    until_fact(state, "fhir_place", "/./").await;
    phone.move_to(&server.address);
    phone.page_until("/system", "bundles are taken in, and nothing waits").await;
    server.kill();
    assert_eq!(counts(), once);
    assert!(sources(&portal)[0]["bundles"].as_u64().unwrap() >= sent);

    let studies = clinic_ids(state);
    let path = format!("/fhir/ImagingStudy?identifier=urn:x-fieldray:study%7C{}", studies[0]);
    let found = client.json(&path).await;
    assert_eq!(found["total"], 1, "{found}");
    let study = &found["entry"][0]["resource"];
    let patient = study["subject"]["reference"].as_str().unwrap();
    assert_eq!(client.json(&format!("/fhir/{patient}")).await["resourceType"], "Patient");
    assert!(study["endpoint"][0]["reference"].as_str().unwrap().starts_with("Endpoint/"));
    let two = r#"{"resourceType":"Bundle","type":"batch","entry":[]}"#;
    let refused = client.send(Method::POST, "/fhir", "application/fhir+json", two.into()).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(client.json("/fhir/metadata").await["fhirVersion"], "4.0.1");

    dhis2_gets_what_the_mapping_names(&portal, state);
}

fn dhis2_gets_what_the_mapping_names(portal: &Portal_, state: &Path) {
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dhis2-mapping.toml");
    let out = state.join("dhis2.json");
    let said = portal.command(&[
        "export-dhis2",
        "--mapping",
        mapping.to_str().unwrap(),
        "--since",
        "2020-01-01",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(said.starts_with("2 films are in "), "{said}");
    let text = std::fs::read_to_string(&out).unwrap();
    let payload: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(payload["trackedEntities"].as_array().unwrap().len(), 2);
    assert!(!text.contains("Sunita") && !text.contains("आशा"), "no name is mapped");
}

/// Names of the studies of a box, as bundles have them.
fn clinic_ids(state: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(state.join("fieldray.db")).unwrap();
    let mut select = db.prepare("select lower(hex(id)) from study order by number").unwrap();
    let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let dashed =
        |hex: String| [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
    rows.map(|row| dashed(row.unwrap())).collect()
}
