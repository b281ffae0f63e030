//! A new network is compared on stored films; a physician agrees, or the rule does; and the way back.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use rusqlite::Connection;

use crate::clinic::{Box_, PATIENCE, PIN, Phone, TestClinic, hidden, upload_id};
use crate::phantom::{self, Shot};

fn fieldray(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Our own findings network with a byte changed, signed by another site: its pack and that site's key.
pub fn other_pack(folder: &Path) -> (PathBuf, PathBuf) {
    pack_named(folder, "newer", "9.0.0")
}

/// The same under that name and version.
pub fn pack_named(folder: &Path, id: &str, number: &str) -> (PathBuf, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/findings");
    let versions = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let own = versions.filter(|path| path.join("manifest.toml").is_file()).max().unwrap();
    let mut network = std::fs::read(own.join("model.onnx")).unwrap();
    let manifest = std::fs::read_to_string(own.join("manifest.toml")).unwrap();
    let (manifest, _files) = manifest.split_once("[files]").unwrap();
    let version = manifest.lines().find(|line| line.starts_with("version")).unwrap();
    let manifest = manifest
        .replace("id = \"findings\"", &format!("id = \"{id}\""))
        .replace(version, &format!("version = \"{number}\""));
    let (file, text) = (folder.join("newer.onnx"), folder.join("newer.toml"));
    std::fs::write(&text, manifest).unwrap();
    let state = folder.join("maker");
    let middle = network.len() / 2;
    let taken = (0..4).any(|shift| {
        network[middle + shift] ^= 1;
        std::fs::write(&file, &network).unwrap();
        network[middle + shift] ^= 1;
        let import = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["models", "import"])
            .arg(&file)
            .arg("--manifest")
            .arg(&text)
            .arg("--state")
            .arg(&state)
            .output();
        import.unwrap().status.success()
    });
    assert!(taken, "no variant of the network was taken");
    let keys = std::fs::read_dir(state.join("models/keys")).unwrap();
    let mut keys = keys.map(|entry| entry.unwrap().path());
    let key = keys.find(|path| path.extension().is_some_and(|ending| ending == "pub")).unwrap();
    (state.join("models").join(id).join(number), key)
}

/// Copies a read film until there are that many more.
fn multiply(database: &Connection, times: u32) {
    let columns = |table: &str| -> Vec<String> {
        let mut select =
            database.prepare(&format!("select name from pragma_table_info('{table}')")).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let copy = |table: &str, seq: &str, changed: &[(&str, &str)], condition: &str| {
        let columns: Vec<_> = columns(table).into_iter().filter(|name| name != seq).collect();
        let values = columns.iter().map(|name| {
            changed.iter().find(|(of, _)| of == name).map_or(name.as_str(), |(_, value)| value)
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let columns = columns.join(", ");
        let sql = format!(
            "insert into {table} ({columns}) select {values} from {table} where {condition}"
        );
        database.execute(&sql, []).unwrap();
    };
    for number in 1..=times {
        // Far from the ids of uploads, which are small numbers too.
        let (photo, study) =
            (format!("x'{:032x}'", number + 2000), format!("x'{:032x}'", number + 1000));
        let first = "(select id from photo where state = 'reported' order by seq limit 1)";
        let first_study =
            "(select study_id from photo where state = 'reported' order by seq limit 1)";
        copy(
            "study",
            "number",
            &[("id", &study), ("reading_photo_id", "null")],
            &format!("id = {first_study}"),
        );
        copy(
            "photo",
            "seq",
            &[("id", &photo), ("study_id", &study), ("digest", "randomblob(32)")],
            &format!("id = {first}"),
        );
        for table in ["digitised", "reading", "score"] {
            copy(table, "", &[("photo_id", &photo)], &format!("photo_id = {first}"));
        }
    }
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + 2 * PATIENCE;
    while !holds().await {
        assert!(Instant::now() < end, "never: {what}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn reads_with(phone: &Phone) -> String {
    let health: serde_json::Value = phone.get("/health").await.json().await.unwrap();
    // In the order of a reading: what scores comes last.
    let model = health["models"].as_array().unwrap().last().unwrap();
    format!("{}@{}", model["id"].as_str().unwrap(), model["version"].as_str().unwrap())
}

fn start(clinic: &mut TestClinic, physician: &mut Phone) {
    let file = clinic.state.path().join("settings.toml");
    std::fs::write(&file, "clinic_hours = ['00:00', '00:00']\n").unwrap();
    let arguments = ["--config", file.to_str().unwrap()];
    clinic.server = Box_::start_with(clinic.state.path(), &[], &arguments);
    clinic.phone.move_to(&clinic.server.address);
    physician.move_to(&clinic.server.address);
}

#[tokio::test]
async fn a_new_network_is_compared_before_it_reads() {
    let mut clinic = TestClinic::open().await;
    let mut physician = clinic.physician("Dr. Rao").await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let shot = Shot { width: 900, height: 1200, ..Shot::default() };
    clinic.phone.upload(&study, &upload_id(1), phantom::jpeg(shot)).await;
    assert_eq!(clinic.phone.settled(&study).await, "reported");
    let built_in = reads_with(&clinic.phone).await;
    clinic.server.stop();

    let state = clinic.state.path().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let (pack, key) = other_pack(folder.path());
    std::fs::create_dir_all(state.join("models/keys")).unwrap();
    std::fs::copy(&key, state.join("models/keys/maker.pub")).unwrap();
    let install = ["models", "install", pack.to_str().unwrap(), "--state", state.to_str().unwrap()];
    assert!(fieldray(&install).contains("compares it while the clinic is closed"));

    // One film tells nothing: a physician decides.
    start(&mut clinic, &mut physician);
    until("it waits", async || physician.page("/review").await.contains("waits for your decision"))
        .await;
    assert_eq!(reads_with(&clinic.phone).await, built_in);
    let page = physician.page("/models").await;
    assert!(page.contains("1 films were scored again") && page.contains("too few films"), "{page}");
    let (csrf, run) = (hidden(&page, "csrf"), hidden(&page, "run"));
    let decide = async |what: &str, looked: &str, pin: &str| {
        let fields = [("csrf", csrf.as_str()), ("run", run.as_str()), ("do", what)];
        let fields = [&fields[..], &[("looked", looked), ("pin", pin)]].concat();
        physician.post("/models", &fields).await.status()
    };
    assert_eq!(decide("use", "yes", "9999").await, StatusCode::UNAUTHORIZED);
    assert_eq!(decide("use", "", PIN).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reads_with(&clinic.phone).await, built_in);
    assert_eq!(decide("use", "yes", PIN).await, StatusCode::SEE_OTHER);
    assert_eq!(reads_with(&clinic.phone).await, "newer@9.0.0", "without a start");
    assert_eq!(decide("back", "", PIN).await, StatusCode::SEE_OTHER);
    assert_eq!(reads_with(&clinic.phone).await, built_in);

    enough_films_and_the_rule_decides(clinic, physician, &install).await;
}

/// Interrupted in the middle, the comparison goes on where it was.
async fn enough_films_and_the_rule_decides(
    mut clinic: TestClinic,
    mut physician: Phone,
    install: &[&str],
) {
    let state = clinic.state.path().to_owned();
    clinic.server.stop();
    let database = Connection::open(state.join("fieldray.db")).unwrap();
    multiply(&database, 52);
    fieldray(install);
    start(&mut clinic, &mut physician);
    let films = |database: &Connection| -> u32 {
        let select = "select count(*) from shadow_film where run = 2";
        database.query_row(select, [], |row| row.get(0)).unwrap()
    };
    until("some films are scored", async || films(&database) >= 3).await;
    clinic.server.stop();
    let before = films(&database);
    start(&mut clinic, &mut physician);
    let ended = || -> Option<(u32, u32, u32, String)> {
        let select =
            "select films, calls, flips, state from shadow_run where seq = 2 and films is not null";
        let row = database
            .query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        row.ok()
    };
    until("the comparison ends", async || ended().is_some()).await;
    let (compared, calls, flips, verdict) = ended().unwrap();
    // A film in hand when the power fails is left out.
    assert!(before >= 3 && (52..=53).contains(&compared), "{before} {compared}");
    // Two in a hundred of each finding's calls, not of all together.
    let mut of_findings = database
        .prepare(
            "select count(*), sum(new.score is null or (case when new.score < new.band_low \
             then 'below' when new.score > new.band_high then 'above' else 'indeterminate' end) \
             <> score.call) from shadow_film join score using (photo_id) \
             left join shadow_score new on new.run = shadow_film.run \
             and new.photo_id = score.photo_id and new.finding = score.finding \
             where shadow_film.run = 2 and scored = 1 and evidence = 'assessed' \
             group by score.finding",
        )
        .unwrap();
    let many = of_findings
        .query_map([], |row| Ok(row.get::<_, u32>(1)? * 100 > row.get::<_, u32>(0)? * 2))
        .unwrap()
        .any(Result::unwrap);
    let expected = if many { "waiting" } else { "used" };
    assert_eq!(verdict, expected, "{flips} of {calls}");
    let runs: u32 =
        database.query_row("select count(*) from shadow_run", [], |row| row.get(0)).unwrap();
    assert_eq!(runs, 2, "resumed, not begun anew");
    let mut select = database
        .prepare(
            "select kind, operator_id is null from event where kind like 'model_%' order by seq",
        )
        .unwrap();
    let events = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let events: Vec<(String, bool)> = events.map(Result::unwrap).collect();
    let last = if expected == "used" { "model_used" } else { "model_shadow_ended" };
    let expected = [
        ("model_shadow_began", true),
        ("model_shadow_ended", true),
        ("model_used", false),
        ("model_rolled_back", false),
        ("model_shadow_began", true),
        (last, true),
    ];
    assert_eq!(events, expected.map(|(kind, by_box)| (kind.to_owned(), by_box)));
    println!("{compared} films, {flips} of {calls} calls would change: {verdict}");
}
