//! The program under a service manager, and the machine under the program.

use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::clinic::{Box_, PATIENCE, TestClinic};

/// The next message to the service manager within that time.
fn heard(socket: &UnixDatagram, within: Duration) -> Option<String> {
    let mut bytes = [0; 256];
    socket.set_read_timeout(Some(within)).unwrap();
    let length = socket.recv(&mut bytes).ok()?;
    Some(String::from_utf8(bytes[..length].to_vec()).unwrap())
}

/// Takes messages until there has been none for that long; whether that was before the deadline.
fn falls_silent(socket: &UnixDatagram, silence: Duration, deadline: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < deadline {
        if heard(socket, silence).is_none() {
            return true;
        }
    }
    false
}

#[test]
fn signs_of_life_stop_while_the_database_cannot_be_written_and_come_back() {
    let state = tempfile::tempdir().unwrap();
    let address = state.path().join("notify");
    let socket = UnixDatagram::bind(&address).unwrap();
    let environment = [("NOTIFY_SOCKET", address.to_str().unwrap()), ("WATCHDOG_USEC", "300000")];
    let server = Box_::start(state.path(), &environment);
    let said = heard(&socket, PATIENCE).unwrap();
    assert_eq!(said, "READY=1");
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        let since = Instant::now();
        assert_eq!(heard(&socket, PATIENCE).unwrap(), "WATCHDOG=1");
        quickest = quickest.min(since.elapsed());
    }
    // However busy the machine is, one of them comes in time.
    assert!(quickest < Duration::from_millis(300), "systemd would end the program: {quickest:?}");
    let other = rusqlite::Connection::open(state.path().join("fieldray.db")).unwrap();
    other.busy_timeout(PATIENCE).unwrap();
    other.execute_batch("begin immediate").unwrap();
    assert!(falls_silent(&socket, Duration::from_secs(2), PATIENCE));
    other.execute_batch("rollback").unwrap();
    assert_eq!(heard(&socket, PATIENCE).unwrap(), "WATCHDOG=1");
    let stop = format!("kill -TERM {}", server.pid());
    assert!(Command::new("sh").args(["-c", &stop]).status().unwrap().success());
    let end = Instant::now() + PATIENCE;
    let mut last = String::new();
    while last != "STOPPING=1" && Instant::now() < end {
        last = heard(&socket, Duration::from_secs(5)).unwrap_or_default();
    }
    assert_eq!(last, "STOPPING=1");
    // Nobody takes the next start for one after a crash.
    while !state.path().join("updates/in-order").exists() {
        assert!(Instant::now() < end, "the end counts as a crash");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A machine that is too hot, with a worn eMMC mounted in a way that loses data.
fn ailing_machine(root: &Path) {
    write(root, "proc/device-tree/compatible", "nvidia,p3767-0005\0nvidia,tegra234\0");
    write(root, "sys/class/thermal/thermal_zone0/temp", "101500\n");
    let mount = "23 22 179:9 / / rw - ext4 /dev/mmcblk0p9 rw,data=writeback\n";
    write(root, "proc/self/mountinfo", mount);
    write(root, "sys/dev/block/179:9/device/life_time", "0x0b 0x01\n");
}

#[tokio::test]
async fn a_hot_box_with_worn_storage_says_what_to_do() {
    let kernel = tempfile::tempdir().unwrap();
    ailing_machine(kernel.path());
    let environment = [("FIELDRAY_KERNEL_ROOT", kernel.path().to_str().unwrap())];
    let clinic = TestClinic::open_with(&environment).await;
    let page = clinic.phone.page("/system").await;
    for words in ["Orin Nano", "101 °C inside: too hot", "in the shade", "data=ordered", "worn out"]
    {
        assert!(page.contains(words), "{words}");
    }
    let health: serde_json::Value = clinic.phone.get("/health").await.json().await.unwrap();
    assert_eq!(health["heat"], "hot");
    assert_eq!(health["storage"]["used_life_percent"], 100);
    assert_eq!(health["storage"]["flaws"], serde_json::json!(["writeback", "worn-out"]));
}

#[test]
fn the_board_command_refuses_storage_that_forgets() {
    let kernel = tempfile::tempdir().unwrap();
    ailing_machine(kernel.path());
    let run = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_fieldray");
        let root = kernel.path();
        Command::new(program).args(arguments).env("FIELDRAY_KERNEL_ROOT", root).output().unwrap()
    };
    let refused = run(&["board", "--storage", "/"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("writeback"));
    let id = run(&["board", "--get", "id"]);
    assert_eq!(String::from_utf8_lossy(&id.stdout).trim(), "orin-nano-8gb");
    let unknown = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(["serve", "--board", "toaster"])
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("x86-mini-pc"));
}
