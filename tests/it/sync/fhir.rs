//! Bundles as the portal got them, before programs that are not ours: two validators, and a server that
//! takes every transaction in twice.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{offline, settings, start, until_done};
use crate::sync::portal::Portal_;
use fieldray::wire::pack::unpack;

/// Without the validators it says so and skips; `make test` installs them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_bundle_is_fhir_for_two_validators_and_a_server_keeps_one_of_each() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir");
    if !folder.join("node_modules/fhir").exists() {
        println!("skipped: run scripts/install-test-tools");
        return;
    }
    let clinic = offline(6).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let server = start(state, &file, &[]);
    until_done(state, 6, || {}).await;
    drop(server);

    let scratch = tempfile::tempdir().unwrap();
    let mut kinds = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for record in portal.records() {
        let Some(body) = record.body else { continue };
        let file = scratch.path().join(format!("{:03}-{}.json", record.seq, record.kind));
        let bundle = unpack(&body).unwrap();
        let told = String::from_utf8_lossy(&bundle);
        assert!(told.contains("urn:x-fieldray:slip-id"), "{told}");
        // Not `hiv` alone: the base64 of a report may hold these three letters by chance.
        assert!(!told.contains("HIV status") && !told.contains("\"hiv"), "{told}");
        std::fs::write(&file, bundle).unwrap();
        kinds.push(record.kind);
        files.push(file);
    }
    for kind in ["urgent", "study", "result", "follow_up", "alert", "report"] {
        assert!(kinds.iter().any(|one| one == kind), "no {kind} among {kinds:?}");
    }
    let done = Command::new("node").arg(folder.join("check.mjs")).args(&files).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["errors"], Value::Array(vec![]), "{:#}", answer["errors"]);
    assert_eq!(answer["once"], answer["twice"], "a second delivery leaves no second resource");
    assert_eq!(answer["once"]["Patient"], 6);
    assert_eq!(answer["once"]["ImagingStudy"], 6);
    // Six drafts of the box, one report of a physician.
    assert_eq!(answer["once"]["DiagnosticReport"], 7);
    assert_eq!(answer["once"]["Provenance"], 7);
    assert!(answer["once"]["AuditEvent"].as_u64().unwrap() >= 1, "who signed is told");
}
