//! A clinic without any network: everything goes to the portal as a file, and the answer comes back.

use std::path::{Path, PathBuf};
use std::process::Command;

use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};

use super::down::Office;
use super::{all_done, compare, offline, records, start};
use crate::clinic::Phone;
use crate::sync::portal::Portal_;

/// Nobody listens there.
pub const NOWHERE: &str = "https://127.0.0.1:9";

pub fn settings(state: &Path, portal: &Portal_) -> PathBuf {
    let file = state.join("settings.toml");
    let text = portal.settings().replace("https://ADDRESS:8443", NOWHERE);
    std::fs::write(&file, format!("site_name = 'PHC Test'\n{text}\n")).unwrap();
    file
}

pub async fn carried(phone: &Phone, address: &str) -> Vec<u8> {
    let response = phone.get(address).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.bytes().await.unwrap().to_vec()
}

/// What `fieldray portal take` says, and the answer that it wrote.
pub fn take(portal: &Portal_, file: &[u8]) -> Result<Vec<u8>, String> {
    let dir = tempfile::tempdir().unwrap();
    let (from, to) = (dir.path().join("in.age"), dir.path().join("out.age"));
    std::fs::write(&from, file).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(["portal", "take", "--state"])
        .arg(portal.state.path())
        .arg(&from)
        .arg("--answer")
        .arg(&to)
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(std::fs::read(to).unwrap()),
        false => {
            assert!(!to.exists(), "no answer beside a refusal");
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

pub async fn bring_back(phone: &Phone, answer: Vec<u8>) -> (StatusCode, String) {
    let csrf = phone.hidden("/system/carry", "csrf").await;
    let form =
        Form::new().text("csrf", csrf).part("answer", Part::bytes(answer).file_name("a.age"));
    let response = phone.post_form("/system/carry", form).await;
    (response.status(), response.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_carries_everything_and_the_answer_brings_the_receipts() {
    let clinic = offline(4).await;
    let state = clinic.state.path();
    let (portal, other) = (Portal_::start(&[]), Portal_::start(&[]));
    let file = settings(state, &portal);
    let server = start(state, &file, &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);

    // Without films first: everything else is there, and nobody else can open or change it.
    let small = carried(&phone, "/system/carry/file").await;
    assert!(!small.windows(7).any(|bytes| bytes == b"Patient"));
    assert!(take(&other, &small).unwrap_err().contains("not for this portal"));
    assert!(take(&portal, &small[..small.len() - 40]).unwrap_err().contains("not whole"));
    assert!(portal.records().is_empty() && portal.boxes_list().is_empty());
    let answer = take(&portal, &small).unwrap();
    let (status, page) = bring_back(&phone, answer).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let left = records(state).into_iter().filter(|(.., done)| !done);
    assert!(left.clone().count() > 0 && left.clone().all(|(_, kind, ..)| kind == "image"));

    // Then the films, twice: there is one of each, and the same receipts.
    let films = carried(&phone, "/system/carry/file?images=yes").await;
    let answers = [take(&portal, &films).unwrap(), take(&portal, &films).unwrap()];
    let (status, page) = bring_back(&phone, small).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("not the portal’s answer to this box"));
    for answer in answers {
        assert_eq!(bring_back(&phone, answer).await.0, StatusCode::OK);
        assert!(all_done(state));
    }
    assert!(phone.page("/system/carry").await.contains("Nothing waits for the portal."));
    drop(server);
    compare(state, &portal);
    let boxes = portal.boxes_list();
    assert_eq!(boxes[0]["name"], "PHC Test");
    let office = Office::open(&portal, boxes[0]["id"].as_str().unwrap()).await.page().await;
    assert!(office.contains("Comes by carried file alone"), "{office}");
    assert!(office.contains("came in a carried file"), "{office}");
}
