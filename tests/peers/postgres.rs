//! A PostgreSQL server in a scratch folder, on the loopback, with a password. It ends with the process that
//! started it, whatever ends that.

use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// The server does not run as root; nobody's number on Debian.
const NOBODY: u32 = 65_534;
const USER: &str = "fieldray";
const PASSWORD: &str = "not-in-any-log";
/// Starts the server, waits for a word, and stops it; without a word the folder goes too.
const KEEPER: &str = r#"
"$0"/postgres -D "$1/data" -p "$2" -k "$1" -c listen_addresses=127.0.0.1 -c max_connections=60 \
    -c ssl=on -c ssl_cert_file="$1/server.crt" -c ssl_key_file="$1/server.key" \
    </dev/null >>"$1/log" 2>&1 3<&- & server=$!
read -r word <&3 || word=gone
kill -INT $server; wait $server
[ "$word" = stop ] || rm -rf "$1"
"#;

/// The server.
pub struct Server {
    tools: PathBuf,
    dir: PathBuf,
    port: u16,
    root: bool,
    keeper: Mutex<Option<Child>>,
}

/// A port that nobody has now, and that the kernel gives to nobody while the server is stopped.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        // Elsewhere for another run on this machine.
        let at = NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id();
        let port = u16::try_from(25_000 + at % 5_000).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Server {
    /// The one that the tests of this process share; `None`: PostgreSQL is not installed here.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// One of its own.
    pub fn start() -> Option<Self> {
        let Some(tools) = tools() else {
            println!("skipped: PostgreSQL is not installed");
            return None;
        };
        let dir = tempfile::Builder::new().prefix("fieldray-postgres").tempdir().unwrap().keep();
        let root = std::fs::metadata(&dir).unwrap().uid() == 0;
        std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::fs::write(dir.join("password"), PASSWORD).unwrap();
        let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        std::fs::write(dir.join("server.crt"), made.cert.pem()).unwrap();
        let key = dir.join("server.key");
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
        if root {
            for path in [&dir, &key, &dir.join("password"), &dir.join("server.crt")] {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        let port = free_port();
        let server = Self { tools, dir, port, root, keeper: Mutex::new(None) };
        let mut make = server.command("initdb");
        make.arg("-D").arg(server.dir.join("data")).args(["-U", USER, "-A", "scram-sha-256"]);
        make.args(["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--pwfile"]);
        let made = make.arg(server.dir.join("password")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server.go_on();
        Some(server)
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(self.tools.join(tool));
        command.current_dir(&self.dir).env("PGPASSWORD", PASSWORD).env("LC_ALL", "C");
        if self.root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Starts it again, and waits until it answers.
    pub fn go_on(&self) {
        let mut keeper = Command::new("/bin/bash");
        keeper.arg("-c").arg(format!("exec 3<&0\n{KEEPER}")).arg(&self.tools).arg(&self.dir);
        keeper.arg(self.port.to_string()).stdin(Stdio::piped()).stdout(Stdio::null());
        // A group of its own, so that Ctrl-C at the tests is not a word.
        keeper.process_group(0).env("LC_ALL", "C").current_dir(&self.dir);
        if self.root {
            keeper.uid(NOBODY).gid(NOBODY);
        }
        *self.keeper.lock().unwrap() = Some(keeper.spawn().unwrap());
        let ready = || {
            let mut ask = self.command("pg_isready");
            ask.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            ask.status().unwrap().success()
        };
        let up = (0..1_200).any(|_| {
            std::thread::park_timeout(std::time::Duration::from_millis(100));
            ready()
        });
        assert!(up, "PostgreSQL does not start: {}", self.log());
    }

    /// Stops it as an administrator does who does not wait for clients.
    pub fn stop(&self) {
        if let Some(mut keeper) = self.keeper.lock().unwrap().take() {
            keeper.stdin.take().unwrap().write_all(b"stop\n").unwrap();
            keeper.wait().unwrap();
        }
    }

    /// The certificate that vouches for the server.
    pub fn authority(&self) -> PathBuf {
        self.dir.join("server.crt")
    }

    /// What the server wrote.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }

    /// An empty database of its own; its address.
    pub fn database(&self) -> String {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("portal_{}", MADE.fetch_add(1, Ordering::SeqCst));
        let mut make = self.command("createdb");
        make.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", USER, &name]);
        let made = make.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.lock().unwrap().take() {
            drop(keeper.stdin.take());
            let _ended = keeper.wait();
        }
    }
}

/// Where the tools are: in the path, or where Debian has them.
fn tools() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|list| list.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect())
        .unwrap_or_default();
    places.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    places.extend(std::env::split_paths(&path));
    places.into_iter().find(|place: &PathBuf| Path::exists(&place.join("initdb")))
}
