//! A real browser at phone size, with and without script.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use fieldray::domain::quality::QualityIssue;

use crate::alerts::BotApi;
use crate::clinic::{Box_, PIN};
use crate::connect::TOKEN;
use crate::phantom::{self, Shot};
use crate::report::Practice;
use crate::seed::Film;
use crate::sync::portal::Portal_;

/// Runs `tests/browser/run.mjs` against a fresh box. Without the browser's tools it says so and
/// skips; `make test` installs them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_technician_gets_a_reading_in_a_real_browser() {
    let Some(mut browser) = script("run.mjs") else { return };
    let folder = tempfile::tempdir().unwrap();
    let photo = |name: &str, shot: Shot| {
        let path = folder.path().join(name);
        std::fs::write(&path, phantom::jpeg(shot)).unwrap();
        path
    };
    let with_script = photo("one.jpg", Shot::default());
    let without_script = photo("two.jpg", Shot { seed: 4, ..Shot::default() });
    let camp = photo("three.jpg", Shot { seed: 6, ..Shot::default() });
    let blurred = folder.path().join("blurred.jpg");
    std::fs::write(&blurred, phantom::blurred_jpeg(Shot { seed: 5, ..Shot::default() }, 9.0))
        .unwrap();
    // 0.68 of the width is film: 435 pixels are read with a remark.
    let small = photo("small.jpg", Shot { width: 640, height: 853, seed: 3, ..Shot::default() });
    let nearer = photo("nearer.jpg", Shot { seed: 3, ..Shot::default() });
    let portal = Portal_::start(&[]);
    let (_api, bots) = BotApi::open().await;
    let config = folder.path().join("settings.toml");
    std::fs::write(&config, format!("[telegram]\napi_url = '{bots}'\n")).unwrap();
    let arguments = ["--config", config.to_str().unwrap()];
    let server = Box_::start_with(&folder.path().join("state"), &[], &arguments);
    let done = browser
        .env("FIELDRAY_PORTAL", portal.settings())
        .env("FIELDRAY_PORTAL_URL", portal.url())
        .env("FIELDRAY_TOKEN", TOKEN)
        .env("FIELDRAY_URL", &server.address)
        .env("FIELDRAY_CODE", server.code.as_deref().unwrap())
        .env("FIELDRAY_PHOTO", with_script)
        .env("FIELDRAY_PHOTO_2", without_script)
        .env("FIELDRAY_PHOTO_3", camp)
        .env("FIELDRAY_BLURRED", blurred)
        .env("FIELDRAY_SMALL", small)
        .env("FIELDRAY_SMALL_AGAIN", nearer);
    passes(done);
}

/// Runs `tests/browser/clinic.mjs` against a box with read films.
#[tokio::test]
async fn every_page_fits_in_every_language_in_a_real_browser() {
    let Some(mut browser) = script("clinic.mjs") else { return };
    let again = Film { of: Some(0), ..Film::urgent("Asha Devi") };
    let films = [Film::urgent("Asha Devi"), Film::clear("Ravi Kumar"), again];
    let practice = Practice::with(&films).await;
    let [earlier, _, newer] = &practice.studies[..] else { panic!("three films") };
    let compare = format!("{newer}/compare/{}", earlier.rsplit('/').next().unwrap());
    let photo = tempfile::Builder::new().suffix(".jpg").tempfile().unwrap();
    std::fs::write(photo.path(), phantom::jpeg(Shot { seed: 8, ..Shot::default() })).unwrap();
    let camera = tempfile::Builder::new().suffix(".mjpeg").tempfile().unwrap();
    let seen = phantom::jpeg(Shot { seed: 9, chest: 2, ..Shot::default() });
    std::fs::write(camera.path(), seen.repeat(3)).unwrap();
    let done = browser
        .env("FIELDRAY_URL", &practice.clinic.server.address)
        .env("FIELDRAY_NAME", "Tech One")
        .env("FIELDRAY_OTHER", "Dr. Rao")
        .env("FIELDRAY_PIN", PIN)
        .env("FIELDRAY_STUDY", earlier)
        .env("FIELDRAY_COMPARE", compare)
        .env("FIELDRAY_PHOTO", photo.path())
        .env("FIELDRAY_CAMERA", camera.path());
    passes(done);
}

/// A script of `tests/browser`. Without the browser's tools it says so and gives nothing; `make test`
/// installs them.
pub fn script(name: &str) -> Option<Command> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tools = root.join("tests/browser/node_modules/axe-core");
    if !tools.exists() || !Path::new("/usr/bin/chromium").exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must have the browser: scripts/install-test-tools"
        );
        println!("skipped: no browser here; make test installs one");
        return None;
    }
    let screenshots = std::env::var_os("FIELDRAY_SCREENSHOTS")
        .map_or_else(|| root.join("target/screenshots"), Into::into);
    let mut command = Command::new("node");
    command.arg(root.join("tests/browser").join(name)).env("FIELDRAY_SHOTS", screenshots);
    Some(command)
}

/// Runs a script, prints what it says, and expects it to pass. What was measured is shown even where the
/// runner keeps what tests print.
pub fn passes(script: &mut Command) {
    let done = script.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    println!("{said}");
    for figure in said.lines().filter(|line| line.starts_with("figure:")) {
        std::io::stderr().write_all(format!("{figure}\n").as_bytes()).unwrap();
    }
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Runs `tests/browser/physician.mjs` against a box with read films.
#[tokio::test]
async fn a_physician_signs_and_reviews_in_a_real_browser() {
    let Some(mut browser) = script("physician.mjs") else { return };
    let mut films: Vec<_> = (1..=12).map(|n| Film::clear(&format!("Clear Patient {n}"))).collect();
    films.push(Film::urgent("Asha Devi"));
    films.push(Film::urgent("Ravi Kumar"));
    films.push(Film::urgent("Sita Munda"));
    let practice = Practice::with(&films).await;
    let done = browser
        .env("FIELDRAY_URL", &practice.clinic.server.address)
        .env("FIELDRAY_NAME", "Dr. Rao")
        .env("FIELDRAY_PIN", PIN)
        .env("FIELDRAY_URGENT", &practice.studies[14]);
    passes(done);
    assert_eq!(practice.clinic.stop_and_check(), "15 studies and 16 files checked, 0 problems");
}

/// Runs `tests/browser/morning.mjs`: a physician clears the films of a morning on a phone. Afterwards
/// the rows say how each of them was read.
#[tokio::test]
async fn a_physician_clears_three_hundred_films_in_a_real_browser() {
    let Some(mut browser) = script("morning.mjs") else { return };
    let mut films: Vec<_> = (1..=260).map(|n| Film::clear(&format!("Clear {n}"))).collect();
    for n in 1..=12 {
        films.insert(n * 21, Film::urgent(&format!("Urgent {n}")));
    }
    for n in 1..=18 {
        let name = format!("Close {n}");
        films.insert(n * 13, Film { scores: [0.45, 0.1], ..Film::clear(&name) });
    }
    for n in 1..=10 {
        let name = format!("Marked {n}");
        films.insert(n * 7, Film { remarks: vec![QualityIssue::Blur], ..Film::clear(&name) });
    }
    let practice = Practice::quick(&films).await;
    let done = browser
        .env("FIELDRAY_URL", &practice.clinic.server.address)
        .env("FIELDRAY_NAME", "Dr. Rao")
        .env("FIELDRAY_PIN", PIN);
    passes(done);
    let mut clinic = practice.clinic;
    clinic.server.stop();
    let database = rusqlite::Connection::open(clinic.state.path().join("fieldray.db")).unwrap();
    let count = |condition: &str| -> i64 {
        let select = format!(
            "select count(*) from report_version join study on study.id = study_id where {condition}"
        );
        database.query_row(&select, [], |row| row.get(0)).unwrap()
    };
    let read = ["batch", "audit_sample", "singly"].map(|how| count(&format!("how = '{how}'")));
    assert_eq!(read, [234, 26, 40]);
    assert_eq!(count("state = 'signed' and report_version.version = 1"), 300);
    assert_eq!(count("how <> 'singly' and (urgency <> 'routine' or unremarkable = 0)"), 0);
    drop(database);
    assert_eq!(
        crate::clinic::check(clinic.state.path()),
        "300 studies and 301 files checked, 0 problems"
    );
}
