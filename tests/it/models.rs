//! `fieldray models`: other people's networks, choice and way back, damage, and the memory ceiling.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::phantom::{self, Shot};

fn fieldray(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(arguments)
        .env("FIELDRAY_LOG", "error")
        .output()
        .unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{said}");
    text
}

#[track_caller]
fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "{said}");
}

/// The folder of the newest pack of a network in the tree.
fn pack(id: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(id);
    let versions = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    versions.filter(|path| path.join("manifest.toml").is_file()).max().unwrap()
}

/// A box whose site brings a network: our own with a few weights changed in their last digit.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn state(&self) -> String {
        self.folder.path().join("state").to_string_lossy().into_owned()
    }

    fn models(&self, arguments: &[&str]) -> Output {
        fieldray(&[&["models"], arguments, &["--state", &self.state()]].concat())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// The `seed`-th other network and the text of its manifest.
    fn other_network(&self, seed: u8) -> (String, String) {
        let own = pack("findings");
        let mut network = std::fs::read(own.join("model.onnx")).unwrap();
        let middle = network.len() / 2;
        // Where in the middle of the file a weight begins is not known: the first changed byte that
        // leaves a network with finite answers will do.
        let manifest = std::fs::read_to_string(own.join("manifest.toml")).unwrap();
        let (manifest, _files) = manifest.split_once("[files]").unwrap();
        let version = manifest.lines().find(|line| line.starts_with("version")).unwrap();
        let manifest = manifest
            .replace("id = \"findings\"", "id = \"site\"")
            .replace(version, &format!("version = \"1.0.{seed}\""));
        let manifest = self.write(&format!("site{seed}.toml"), manifest.as_bytes());
        (0..4)
            .find_map(|shift| {
                network[middle + shift] ^= seed;
                let path = self.write(&format!("other{seed}.onnx"), &network);
                network[middle + shift] ^= seed;
                let taken =
                    self.models(&["import", &path, "--manifest", &manifest]).status.success();
                taken.then(|| (path, manifest.clone()))
            })
            .expect("no variant of the network was taken")
    }

    fn analyzed(&self) -> Value {
        let photo = self.write("film.jpg", &phantom::jpeg(Shot::default()));
        let text = done(&fieldray(&["analyze", &photo, "--json", "--state", &self.state()]));
        serde_json::from_str(&text).unwrap()
    }
}

#[test]
fn a_site_brings_a_network_reads_with_it_and_goes_back() {
    let site = Site::new();
    site.other_network(1);
    let key = Path::new(&site.state()).join("models/keys/site.key");
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&key).unwrap());
    assert_eq!(mode & 0o777, 0o600);

    assert!(site.analyzed()["model"].to_string().contains("findings"));
    done(&site.models(&["use", "site@1.0.1"]));
    assert!(site.analyzed()["model"].to_string().contains("site"));
    let list = done(&site.models(&["list"]));
    let used = list.lines().find(|line| line.starts_with("site@1.0.1")).unwrap();
    assert!(used.contains("yes") && used.contains("installed"), "{list}");
    done(&site.models(&["verify"]));
    assert!(done(&site.models(&["show", "site@1.0.1"])).contains("tuberculosis"));

    done(&site.models(&["rollback", "findings"]));
    assert!(site.analyzed()["model"].to_string().contains("findings"));
    refused(&site.models(&["rollback", "lungs"]), "no other pack");
}

#[test]
fn a_damaged_or_foreign_pack_never_reads() {
    let site = Site::new();
    site.other_network(1);
    done(&site.models(&["use", "site@1.0.1"]));
    let network = Path::new(&site.state()).join("models/site/1.0.1/model.onnx");
    let mut bytes = std::fs::read(&network).unwrap();
    let end = bytes.len() - 1;
    bytes[end] ^= 1;
    std::fs::write(&network, bytes).unwrap();
    let list = site.models(&["list"]);
    assert!(!list.status.success());
    assert!(String::from_utf8_lossy(&list.stdout).contains("digest"));
    let photo = site.write("film.jpg", &phantom::jpeg(Shot::default()));
    refused(&fieldray(&["analyze", &photo, "--json", "--state", &site.state()]), "digest");

    // Signed by a key that this box was never given.
    let foreign = site.folder.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    for entry in std::fs::read_dir(pack("orientation")).unwrap() {
        let from = entry.unwrap().path();
        std::fs::copy(&from, foreign.join(from.file_name().unwrap())).unwrap();
    }
    let key = site.folder.path().join("foreign.key");
    done(&fieldray(&["models", "keygen", key.to_str().unwrap()]));
    let (folder, key) = (foreign.to_str().unwrap(), key.to_str().unwrap());
    done(&fieldray(&["models", "sign", folder, "--key", key]));
    refused(&site.models(&["install", folder]), "no trusted key");
}

#[test]
fn what_no_manifest_explains_is_not_imported() {
    let site = Site::new();
    let (network, manifest) = site.other_network(1);
    let text = std::fs::read_to_string(&manifest).unwrap();
    let wrong = |name: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let path = site.write(name, text.replace(from, to).as_bytes());
        site.models(&["import", &network, "--manifest", &path])
    };
    refused(&wrong("label.toml", "\"tuberculosis\"", "\"TB\""), "unknown finding");
    refused(&wrong("output.toml", "logits = \"logits\"", "logits = \"scores\""), "scores");
    refused(&wrong("std.toml", "std = 0.25", "std = 0.0"), "is wrong");
    let junk = site.write("junk.onnx", b"no network");
    refused(&site.models(&["import", &junk, "--manifest", &manifest]), "does not load");
}

/// Six networks under a ceiling that holds less than half of them: all answer as they should, and
/// the program stays far below what they take without it.
#[test]
fn the_memory_ceiling_holds_for_the_whole_program() {
    let site = Site::new();
    for seed in 1..=4 {
        site.other_network(seed);
    }
    let peak = |ceiling: &str| {
        let output = site.models(&["verify", "--memory", "--memory-mib", ceiling]);
        assert!(done(&output).lines().all(|line| line.contains("holds")));
        let said = String::from_utf8(output.stderr).unwrap();
        let (_, number) = said.split_once("at any time: ").unwrap();
        number.split_whitespace().next().unwrap().parse::<f64>().unwrap()
    };
    let (free, bounded) = (peak("1024"), peak("130"));
    println!("peak memory: {free} MiB without, {bounded} MiB with a ceiling of 130 MiB");
    assert!(bounded < free - 40.0, "{bounded} against {free}");
}
