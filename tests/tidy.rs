//! The rules of the tree, as a test: who may import whom, one home for each outside crate, file
//! length, words, and addresses. ARCHITECTURE.md tells why.

#![expect(clippy::unwrap_used, reason = "test code: a failed unwrap is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest source file, lines. A file that grows past it is split before the next feature.
const LINES_MAX: usize = 600;

/// Which of our modules a module may import. `domain` is open to all.
const MAY_IMPORT: [(&str, &[&str]); 27] = [
    ("domain", &[]),
    ("board", &[]),
    ("capture", &[]),
    ("digitise", &[]),
    ("quality", &["digitise"]),
    ("alert", &["locale", "tls", "wire"]),
    ("infer", &[]),
    ("report", &[]),
    ("locale", &[]),
    ("print", &[]),
    ("phantom", &[]),
    ("crash_point", &[]),
    ("durable", &[]),
    ("release", &[]),
    ("packs", &["durable", "infer"]),
    ("tls", &["durable"]),
    ("keys", &["crash_point", "durable"]),
    ("wire", &["locale"]),
    ("sync", &["keys", "wire"]),
    ("pacs", &["tls", "wire"]),
    ("fhir", &["tls", "wire"]),
    ("portal", &["crash_point", "durable", "keys", "locale", "wire"]),
    ("store", &["crash_point", "durable", "release"]),
    ("update", &["crash_point", "durable", "infer", "packs", "release", "store"]),
    (
        "app",
        &[
            "alert",
            "board",
            "capture",
            "digitise",
            "quality",
            "infer",
            "packs",
            "phantom",
            "print",
            "report",
            "locale",
            "durable",
            "release",
            "store",
            "crash_point",
            "fhir",
            "keys",
            "pacs",
            "sync",
            "tls",
            "wire",
            "update",
        ],
    ),
    ("web", &["app", "locale"]),
    (
        "cmd",
        &[
            "app",
            "board",
            "capture",
            "crash_point",
            "digitise",
            "durable",
            "infer",
            "locale",
            "packs",
            "portal",
            "release",
            "report",
            "store",
            "tls",
            "update",
            "web",
        ],
    ),
];

/// The one place that names an outside crate.
const HOMES: [(&str, &[&str]); 40] = [
    // The member crate alone opens foreign libraries.
    ("libloading", &["firmware/tensorrt/"]),
    ("fieldray_tensorrt", &["src/infer/tensorrt/"]),
    ("rcgen", &["src/tls/"]),
    ("x509_cert", &["src/tls/"]),
    // Uses that share nothing: certificates, and raw keys between box and portal.
    (
        "rustls",
        &[
            "src/tls/",
            "src/web/secure.rs",
            "src/keys/",
            "src/portal/store/sql/postgres/settings.rs",
        ],
    ),
    ("tokio_rustls", &["src/web/secure.rs", "src/portal/listen.rs"]),
    ("age_crypt", &["src/keys/sealed.rs"]),
    ("rustfft", &["src/digitise/moire.rs"]),
    ("minisign", &["src/infer/signature.rs"]),
    ("axum", &["src/web/", "src/cmd/serve.rs", "src/cmd/https.rs", "src/portal/"]),
    // The portal is a program of its own with a database of its own.
    ("rusqlite", &["src/store/", "src/portal/store/sql/sqlite.rs"]),
    ("postgres", &["src/portal/store/sql"]),
    ("tokio_postgres_rustls", &["src/portal/store/sql/postgres/settings.rs"]),
    ("ring", &["src/keys/"]),
    ("hpke", &["src/keys/"]),
    ("dicom_core", &["src/wire/dicom/", "src/pacs/dimse.rs"]),
    ("dicom_dictionary_std", &["src/wire/dicom/", "src/pacs/dimse.rs"]),
    ("dicom_object", &["src/wire/dicom/", "src/pacs/dimse.rs"]),
    ("dicom_transfer_syntax_registry", &["src/pacs/dimse.rs"]),
    ("dicom_ul", &["src/pacs/dimse.rs"]),
    ("flate2", &["src/wire/pack.rs"]),
    ("base64", &["src/wire/encoding.rs"]),
    ("rustix", &["src/store/files.rs", "src/app/lightbox/gentle.rs", "src/cmd/gpu.rs"]),
    ("tract_onnx", &["src/infer/tract/"]),
    ("zune_jpeg", &["src/capture/decode.rs"]),
    ("askama", &["src/web/", "src/portal/pages"]),
    ("fluent_bundle", &["src/locale.rs", "src/locale/"]),
    ("argon2", &["src/keys/passcode.rs"]),
    ("getrandom", &["src/app/random.rs", "src/web/forms.rs"]),
    ("clap", &["src/cmd/"]),
    ("csv", &["src/cmd/evaluate/"]),
    ("fast_qr", &["src/print/qr.rs"]),
    ("typst", &["src/print/world.rs"]),
    ("typst_pdf", &["src/print/world.rs"]),
    (
        "tokio",
        &[
            "src/alert/",
            "src/app/",
            "src/fhir/",
            "src/pacs/dimse.rs",
            "src/portal/",
            "src/web/",
            "src/cmd/",
        ],
    ),
    ("teloxide", &["src/alert/telegram.rs"]),
    ("zbus", &["src/alert/modem/"]),
    (
        "futures_util",
        &["src/alert/modem/", "src/web/pages/system/carry.rs", "src/portal/dicomweb/"],
    ),
    (
        "reqwest",
        &[
            "src/alert/telegram.rs",
            "src/alert/gateway.rs",
            "src/alert/android.rs",
            "src/alert/http.rs",
            "src/alert/probe.rs",
            "src/sync/client.rs",
            "src/pacs/stow.rs",
            "src/tls/trust.rs",
            "src/portal/store/objects/s3.rs",
            "src/fhir/client.rs",
            "src/fhir/access.rs",
        ],
    ),
    ("rusty_s3", &["src/portal/store/objects/s3.rs"]),
];

/// Crates that the domain must not know.
const FOREIGN_TO_DOMAIN: [&str; 8] =
    ["serde", "tokio", "image", "rusqlite", "axum", "tract_onnx", "std::fs", "std::net"];

#[test]
fn modules_import_only_what_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let Some(module) = module(&path) else { continue };
        let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == module);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("module {module} has no rule"));
        for imported in imports(&text) {
            let fine = imported == module || imported == "domain" || allowed.contains(&&*imported);
            if !fine {
                wrong.push(format!("{} imports {imported}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_outside_crate_has_one_home() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let path = path.to_string_lossy();
        for (name, homes) in HOMES {
            let at_home = homes.iter().any(|home| path.starts_with(home));
            if !at_home && code(&text).any(|line| names(line, name)) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Whether a line names a crate: `ring::` does, `String::` and `tokio_rustls::` do not.
fn names(line: &str, name: &str) -> bool {
    let path = format!("{name}::");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        // Within a longer path it is a module of another crate: `rustls::crypto::ring::`.
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[test]
fn the_domain_is_pure() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src/domain") {
        for name in FOREIGN_TO_DOMAIN {
            if code(&text).any(|line| line.contains(&format!("{name}::"))) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_file_grows_into_a_drawer() {
    let long: Vec<String> = sources("src")
        .into_iter()
        .filter(|(_, text)| text.lines().count() > LINES_MAX)
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

/// A message of the log may go to support: nothing may be put into it. Values are fields.
#[test]
fn log_messages_are_fixed_texts() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        for level in ["error", "warn", "info", "debug"] {
            for call in text.split(&format!("tracing::{level}!(")).skip(1) {
                let end = call.find(");").unwrap_or(call.len());
                let texts = call[..end].split('"').skip(1).step_by(2);
                if texts.clone().any(|text| text.contains('{')) {
                    wrong.push(format!("{}: {}", path.display(), &call[..end]));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn nothing_unfinished_is_marked() {
    let marks =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("#[ig", "nore")];
    let mut wrong = Vec::new();
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        for mark in marks {
            if text.contains(mark) {
                wrong.push(format!("{}: {mark}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn pages_need_nothing_from_outside_the_box() {
    let mut wrong = Vec::new();
    for folder in ["web/templates", "web/static"] {
        for (path, text) in files(folder) {
            // Licences name addresses, and no page loads a text file.
            if path.extension().is_some_and(|ending| ending == "txt") {
                continue;
            }
            let outside = text.lines().any(|line| {
                (line.contains("http://") || line.contains("https://"))
                    && !line.contains("http://www.w3.org/")
            });
            if outside {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_a_clinic_reads_never_claims_a_decision() {
    let banned = ["diagnosed", "positive patient", "detected disease", "infected"];
    let mut wrong = Vec::new();
    for (path, text) in files("web/locales").into_iter().chain(files("web/templates")) {
        for word in banned {
            if text.to_lowercase().contains(word) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The module that a file of `src` belongs to; `None` for `main.rs` and `lib.rs`.
fn module(path: &Path) -> Option<String> {
    let inside = path.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.trim_end_matches(".rs").to_owned();
    (name != "main" && name != "lib").then_some(name)
}

/// Our own modules that a file names as `crate::…`, tests within the file left out.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code(text) {
        for part in line.split("crate::").skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                found.insert(name);
            }
        }
    }
    found
}

/// The lines of a file that are code, up to its test module.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = files(folder);
    found.retain(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"));
    found
}

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // Tools of the tests are not ours.
                let name = path.file_name().unwrap_or_default();
                if name != "node_modules" && name != "target" && name != "moto" {
                    waiting.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path.strip_prefix(root).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}
