//! A new program with another findings network inside: the one in use goes on reading, from the library.

use rusqlite::Connection;

use crate::shadow::pack_named;
use crate::update::{Manner, NEW, Site, done};

/// The findings network that a served box reads with.
async fn reads_with(address: &str) -> String {
    let health = reqwest::get(format!("{address}/health")).await.unwrap();
    let health: serde_json::Value = health.json().await.unwrap();
    let model = health["models"].as_array().unwrap().last().unwrap();
    format!("{}@{}", model["id"].as_str().unwrap(), model["version"].as_str().unwrap())
}

#[tokio::test]
async fn a_network_in_a_new_program_reads_only_after_it_was_compared() {
    let site = Site::new();
    let (pack, key) = pack_named(site.folder.path(), "findings", "3.0.0");
    std::fs::copy(key, site.path("maker.pub")).unwrap();
    let served = site.serve("").unwrap();
    let before = reads_with(&served.address).await;
    drop(served);
    let models = site.path("state/models");
    let chosen = || std::fs::read_to_string(models.join("in-use.toml")).unwrap();
    assert!(chosen().contains(&format!("now = \"{before}\"")), "{}", chosen());

    done(&site.install(&site.bundle(NEW, "", Manner::NewNetwork), ""));
    let kept = models.join(before.replace('@', "/"));
    assert!(kept.join("model.onnx").is_file(), "the old program has kept its network");
    done(&site.boot(""));
    let served = site.serve("").expect("the new version starts");
    assert_eq!(reads_with(&served.address).await, before);
    drop(served);
    done(&site.boot(""));
    let proposed = models.join("proposed");
    assert_eq!(std::fs::read_to_string(&proposed).unwrap(), "findings@3.0.0");
    let state = site.path("state");
    let listed = done(&site.good(&["models", "list", "--state", state.to_str().unwrap()], ""));
    let line = |name: &str| listed.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line(&before).contains("installed") && line(&before).contains("yes"), "{listed}");
    assert!(line("findings@3.0.0").contains("built in"), "{listed}");
    assert!(!line("findings@3.0.0").contains("yes"), "{listed}");

    // A physician has said no: it is not proposed at every start.
    std::fs::remove_file(&proposed).unwrap();
    let network = std::fs::read(pack.join("model.onnx")).unwrap();
    let network = fieldray::domain::digest::Sha256Digest::of(network);
    let database = Connection::open(state.join("fieldray.db")).unwrap();
    database.execute("delete from shadow_score", []).unwrap();
    database.execute("delete from shadow_film", []).unwrap();
    database.execute("delete from shadow_run", []).unwrap();
    let insert = "insert into shadow_run (pack_id, pack_version, network, against, photo_seq_max, \
                  state, films, calls, flips, began_ms, began_trust, decided_ms, decided_trust) \
                  values ('findings', '3.0.0', ?1, zeroblob(32), 1, 'refused', 1, 1, 1, 1, \
                  'synced', 1, 'synced')";
    database.execute(insert, [network.as_bytes().as_slice()]).unwrap();
    drop(database);
    let served = site.serve("").unwrap();
    assert_eq!(reads_with(&served.address).await, before);
    assert!(!proposed.exists());
    drop(served);
    site.holds(NEW);
}
