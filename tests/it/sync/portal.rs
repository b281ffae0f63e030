//! A running portal with a scratch state directory.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use serde_json::Value;

use crate::clinic::launched;

/// What a portal keeps everything in: a folder of its own, or one that a test has made.
pub enum Folder {
    Scratch(tempfile::TempDir),
    Given(PathBuf),
}

impl Folder {
    pub fn path(&self) -> &Path {
        match self {
            Self::Scratch(dir) => dir.path(),
            Self::Given(path) => path,
        }
    }
}

/// Where a portal runs.
#[derive(Clone)]
pub struct Place {
    /// What starts it: `ip netns exec …`, `taskset …`, or nothing.
    pub launcher: Vec<String>,
    /// Where it listens for boxes.
    pub listen: &'static str,
    /// Environment of the portal and of its commands: where it keeps everything; nothing: in its folder.
    pub storage: Vec<(String, String)>,
}

impl Place {
    /// On this machine, like any other program.
    pub const HERE: Self =
        Self { launcher: Vec::new(), listen: "127.0.0.1:0", storage: Vec::new() };
}

pub struct Portal_ {
    child: Child,
    place: Place,
    pub state: Folder,
    pub key: String,
    pub boxes: SocketAddr,
    pub pages: String,
}

/// A record as the portal holds it, in the order in which it came.
pub struct HeldRecord {
    pub seq: i64,
    pub kind: String,
    pub hash: [u8; 32],
    pub body: Option<Vec<u8>>,
}

impl Portal_ {
    pub fn start(environment: &[(&str, &str)]) -> Self {
        Self::start_at(Place::HERE, environment)
    }

    /// One with further arguments.
    pub fn start_with(arguments: &[(&str, &str)]) -> Self {
        let state = Folder::Scratch(tempfile::tempdir().unwrap());
        Self::launch(state, Place::HERE, &[], arguments)
    }

    pub fn start_in(state: PathBuf, environment: &[(&str, &str)]) -> Self {
        Self::start_on(Folder::Given(state), Place::HERE, environment)
    }

    pub fn start_at(place: Place, environment: &[(&str, &str)]) -> Self {
        Self::start_on(Folder::Scratch(tempfile::tempdir().unwrap()), place, environment)
    }

    /// One that keeps rows and images where the environment `storage` says.
    pub fn replica(
        state: tempfile::TempDir,
        storage: &[(String, String)],
        environment: &[(&str, &str)],
    ) -> Self {
        let place = Place { storage: storage.to_vec(), ..Place::HERE };
        Self::start_on(Folder::Scratch(state), place, environment)
    }

    fn start_on(state: Folder, place: Place, environment: &[(&str, &str)]) -> Self {
        Self::launch(state, place, environment, &[])
    }

    fn launch(
        state: Folder,
        place: Place,
        environment: &[(&str, &str)],
        arguments: &[(&str, &str)],
    ) -> Self {
        let mut child = launched(&place.launcher)
            .args(["portal", "serve", "--listen", place.listen, "--pages", "127.0.0.1:0"])
            .arg("--state")
            .arg(state.path())
            .args(arguments.iter().flat_map(|(name, value)| [name, value]))
            .env("FIELDRAY_LOG", "warn")
            .envs(place.storage.iter().cloned())
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.next().unwrap().unwrap();
        let words: Vec<_> = ready.split(' ').collect();
        let (key, url) = (words[2].to_owned(), words.last().unwrap());
        let boxes = url.strip_prefix("https://").unwrap().parse().unwrap();
        let pages = lines.next().unwrap().unwrap();
        let pages = pages.rsplit(' ').next().unwrap().to_owned();
        Self { child, place, state, key, boxes, pages }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.boxes)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn is_dead(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Kills it if it lives, and starts it again on the same state.
    pub fn again(mut self, environment: &[(&str, &str)]) -> Self {
        self.stop();
        let state = std::mem::replace(&mut self.state, Folder::Given(PathBuf::new()));
        Self::start_on(state, self.place.clone(), environment)
    }

    /// Stops it, and gives its folder.
    pub fn into_state(mut self) -> tempfile::TempDir {
        self.stop();
        let state = std::mem::replace(&mut self.state, Folder::Given(PathBuf::new()));
        let own = match state {
            Folder::Scratch(dir) => Some(dir),
            Folder::Given(_) => None,
        };
        own.expect("the folder is the portal's own")
    }

    fn stop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }

    /// As an administrator would run it beside the running portal.
    pub fn command(&self, arguments: &[&str]) -> String {
        self.command_by(arguments, &[])
    }

    fn command_by(&self, arguments: &[&str], environment: &[(&str, &str)]) -> String {
        let (action, more) = arguments.split_first().unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["portal", action, "--state"])
            .arg(self.state.path())
            .args(more)
            .envs(self.place.storage.iter().cloned())
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// The same, refused: what it says.
    pub fn refuses(&self, arguments: &[&str]) -> String {
        let (action, more) = arguments.split_first().unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
            .args(["portal", action, "--state"])
            .arg(self.state.path())
            .args(more)
            .output()
            .unwrap();
        assert!(!done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stderr).unwrap()
    }

    /// The settings for a new box, as the portal prints them.
    pub fn settings(&self) -> String {
        self.command(&["enrol"])
    }

    /// A fresh code for one box.
    pub fn code(&self) -> String {
        self.code_by(&[])
    }

    /// The same by a clock of its own.
    pub fn code_by(&self, environment: &[(&str, &str)]) -> String {
        let printed = self.command_by(&["enrol"], environment);
        assert!(printed.contains(&self.key));
        let line = printed.lines().find(|line| line.starts_with("code")).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    }

    pub fn boxes_list(&self) -> Vec<Value> {
        let printed = self.command(&["boxes"]);
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn records(&self) -> Vec<HeldRecord> {
        let db = Connection::open(self.state.path().join("portal.db")).unwrap();
        let mut select =
            db.prepare("select seq, kind, hash, body from record order by place").unwrap();
        let rows = select
            .query_map([], |row| {
                let (seq, kind) = (row.get(0)?, row.get(1)?);
                Ok(HeldRecord { seq, kind, hash: row.get(2)?, body: row.get(3)? })
            })
            .unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Whether a box has used a key after its first one.
    pub fn box_key_used(&self) -> bool {
        let db = Connection::open(self.state.path().join("portal.db")).unwrap();
        let select = "select count(*) from box_key where used_ms is not null";
        db.query_row(select, [], |row| row.get::<_, i64>(0)).unwrap() > 0
    }

    /// The portal as it was when its database was copied.
    pub fn restored_from(mut self, copy: &Path) -> Self {
        self.stop();
        let at = |name: &str| self.state.path().join(name);
        for name in ["portal.db", "portal.db-wal", "portal.db-shm"] {
            let _not_there = std::fs::remove_file(at(name));
        }
        std::fs::copy(copy, at("portal.db")).unwrap();
        self.again(&[])
    }

    /// A portal of somebody who has the key from before the last change.
    pub fn of_a_thief(&self) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let old = self.state.path().join("portal.old");
        std::fs::copy(old, dir.path().join("portal.key")).unwrap();
        Self::start_on(Folder::Scratch(dir), Place::HERE, &[])
    }

    /// The portal as a copy from before its record `place` was followed by others has it.
    pub fn forget_after(mut self, place: i64) -> Self {
        self.stop();
        let db = Connection::open(self.state.path().join("portal.db")).unwrap();
        db.execute_batch(&format!(
            "drop trigger record_is_final_delete; \
             delete from examination where result_place > {place}; \
             delete from record where place > {place}; \
             update sqlite_sequence set seq = {place} where name = 'record'; \
             update box set digest = null, sum_seq = 0, sum_count = 0, sum_state = null, \
               held = (select count(*) from record where box_id = box.id); \
             create trigger record_is_final_delete before delete on record \
             begin select raise(abort, 'records are final'); end;"
        ))
        .unwrap();
        drop(db);
        self.again(&[])
    }
}

impl Drop for Portal_ {
    fn drop(&mut self) {
        self.stop();
    }
}
