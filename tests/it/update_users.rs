//! Updates as provisioning has them: slots and updater are root's, with no more rights than its unit gives it, the
//! appliance is somebody else's, and the bundle brings a model pack along. Not here: systemd itself.

use std::fs::Metadata;
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rusqlite::Connection;

use crate::shadow::other_pack;
use crate::update::{Manner, NEW, Site, done};

/// User and group of the appliance: nobody's.
const SERVICE: u32 = 65_534;

/// Why it cannot run here; `None`: it can.
fn missing() -> Option<&'static str> {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0);
    if !is_root {
        return Some("changing users needs root");
    }
    let has = Command::new("setpriv").arg("--version").output().is_ok();
    (!has).then_some("setpriv is not installed")
}

/// What the appliance's unit may do: nothing.
fn as_service(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    let id = SERVICE.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "--bounding-set=-all"]);
    command.args(["--inh-caps=-all", "--no-new-privs"]).arg(program);
    command.env("FIELDRAY_LOG", "error").env_remove("FIELDRAY_CRASH_AT");
    command
}

/// The units of root that work in the slots.
const UPDATER: &str = include_str!("../../firmware/systemd/fieldray-update.service");
const SETTLER: &str = include_str!("../../firmware/systemd/fieldray-settle.service");

/// What a unit of root may do, by its own line.
fn as_unit(unit: &str, program: &Path) -> Command {
    let line = unit.lines().find_map(|line| line.strip_prefix("CapabilityBoundingSet="));
    let rights: Vec<String> = line
        .unwrap()
        .split(' ')
        .map(|name| format!("+{}", name.strip_prefix("CAP_").unwrap().to_lowercase()))
        .collect();
    let mut command = Command::new("setpriv");
    command.arg(format!("--bounding-set=-all,{}", rights.join(",")));
    command.args(["--inh-caps=-all", "--no-new-privs"]).arg(program);
    command.env("FIELDRAY_LOG", "error").env_remove("FIELDRAY_CRASH_AT");
    command
}

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _already_dead = self.0.kill();
        let _already_reaped = self.0.wait();
    }
}

fn serve(site: &Site) -> Served {
    let mut command = as_service(&site.path("opt/current/fieldray"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(site.path("settings.toml"));
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let ready = BufReader::new(child.stdout.take().unwrap()).lines().next();
    let served = Served(child);
    assert!(ready.is_some_and(|line| line.unwrap().contains("ready")), "it does not start");
    served
}

fn with_settings(mut command: Command, arguments: &[&str], site: &Site) -> Output {
    command.args(arguments).arg("--config").arg(site.path("settings.toml")).output().unwrap()
}

fn chown(path: &Path, recursive: bool) {
    let mut command = Command::new("chown");
    if recursive {
        command.arg("-R");
    }
    let who = format!("{SERVICE}:{SERVICE}");
    assert!(command.arg(who).arg(path).status().unwrap().success());
}

/// What stands there, unless it went away meanwhile.
fn is_there(path: &Path) -> Option<Metadata> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        meta => Some(meta.unwrap()),
    }
}

/// Everything below a folder, links not followed.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // What runs beside this makes and removes files.
            if is_there(&path).is_some_and(|meta| meta.is_dir()) {
                waiting.push(path.clone());
            }
            found.push(path);
        }
    }
    found
}

fn of_others(folder: &Path, owner: u32) -> Vec<PathBuf> {
    let mut found = below(folder);
    found.retain(|path| is_there(path).is_some_and(|meta| meta.uid() != owner));
    found
}

/// As soon as the new program has confirmed itself.
fn settled_while_it_runs(site: &Site, state: &Path) {
    let settler = as_unit(SETTLER, &site.path("opt/current/fieldray"));
    let said = done(&with_settings(settler, &["slots", "settle"], site));
    assert!(said.contains("slot b, version 0.2.0"), "{said}");
    assert!(!state.join("updates/confirmed").exists());
    assert_eq!(of_others(state, SERVICE), Vec::<PathBuf>::new());
}

#[test]
fn roots_updater_installs_a_program_and_a_pack_for_an_appliance_without_rights() {
    if let Some(why) = missing() {
        println!("skipped: {why}");
        return;
    }
    let site = Site::new();
    let (pack, key) = other_pack(site.folder.path());
    let keys = site.path("state/models/keys");
    std::fs::create_dir_all(&keys).unwrap();
    std::fs::copy(&key, keys.join("maker.pub")).unwrap();
    std::fs::set_permissions(site.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let packs = format!("newer@9.0.0={}", pack.display());
    let bundle = site.bundle_with(NEW, "", Manner::Well, &["--pack", &packs]);
    let state = site.path("state");
    chown(&state, true);
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o700)).unwrap();

    // The appliance cannot write where programs are.
    let record = site.path("opt/update/boot.toml");
    let mut touch = as_service(Path::new("touch"));
    assert!(!touch.arg(&record).stderr(Stdio::null()).status().unwrap().success());
    drop(serve(&site));

    // As the page leaves it: a bundle in the inbox, and a request, both the appliance's.
    let inbox = state.join("updates/inbox");
    std::fs::create_dir_all(&inbox).unwrap();
    let lies = inbox.join("portal.frbundle");
    std::fs::copy(&bundle, &lies).unwrap();
    let bytes = std::fs::read(&bundle).unwrap();
    let start = "fieldray bundle 1\n".len();
    let length = u32::from_le_bytes(bytes[start..start + 4].try_into().unwrap()) as usize;
    let manifest = &bytes[start + 4..start + 4 + length];
    let digest = fieldray::domain::digest::Sha256Digest::of(manifest);
    let request = format!("file = {lies:?}\nmanifest_sha256 = \"{digest}\"\n");
    std::fs::write(state.join("updates/request.toml"), request).unwrap();
    chown(&state.join("updates"), true);

    let updater = as_unit(UPDATER, &site.path("opt/good/fieldray"));
    let said = done(&with_settings(updater, &["update", "run"], &site));
    assert!(said.contains("version 0.2.0 is installed"), "{said}");
    assert!(!state.join("updates/request.toml").exists());
    assert_eq!(of_others(&state, SERVICE), Vec::<PathBuf>::new(), "the state is the appliance's");
    assert_eq!(of_others(&site.path("opt/slots"), 0), Vec::<PathBuf>::new(), "slots are root's");
    for path in below(&site.path("opt/slots")) {
        let mode = path.symlink_metadata().unwrap().mode();
        assert_eq!(mode & 0o022, 0, "{} can be written by others", path.display());
        assert_eq!(mode & 0o004, 0o004, "{} cannot be read by the appliance", path.display());
    }
    assert!(state.join("models/newer/9.0.0/manifest.toml").is_file(), "the pack is there");

    // As the unit of the appliance does before each start.
    let boot =
        with_settings(Command::new(site.path("opt/good/fieldray")), &["slots", "boot"], &site);
    assert!(done(&boot).contains("version 0.2.0, on trial"));
    let served = serve(&site);
    assert_eq!(of_others(&state, SERVICE), Vec::<PathBuf>::new());
    settled_while_it_runs(&site, &state);
    drop(served);
    let boot =
        with_settings(Command::new(site.path("opt/good/fieldray")), &["slots", "boot"], &site);
    assert!(done(&boot).contains("slot b, version 0.2.0"));
    drop(serve(&site));

    // The new network is proposed and does not read before it was compared.
    let listed = as_service(&site.path("opt/current/fieldray"))
        .args(["models", "list", "--state"])
        .arg(&state)
        .output()
        .unwrap();
    let listed = done(&listed);
    let line = listed.lines().find(|line| line.starts_with("newer@9.0.0")).unwrap();
    assert!(line.contains("installed") && !line.contains("yes"), "{line}");
    let proposed = std::fs::read_to_string(state.join("models/proposed")).unwrap();
    assert!(proposed.contains("newer@9.0.0"), "{proposed}");
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    let runs: i64 = db
        .query_row("select count(*) from shadow_run where state = 'used'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(runs, 0);
}
