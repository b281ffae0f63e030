//! Two network namespaces with a line between them, as narrow and as lossy as a bad modem's: `tc tbf` holds
//! the rate in both directions, `nft` drops packets by chance, and the line can be pulled out.

use std::io::Write as _;
use std::net::SocketAddr;
use std::os::fd::AsFd as _;
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use serde_json::Value;
use tokio::sync::oneshot;

use super::link::{BadLink, Faults};
use super::portal::Place;

/// The line's end in either namespace.
const DEVICE: &str = "line";
/// Addresses of the two ends.
const BOX: &str = "10.77.0.1/30";
const PORTAL: &str = "10.77.0.2/30";
/// Where a portal, or a proxy beside it, listens.
pub const LISTEN: &str = "10.77.0.2:0";

/// The line. Gone with both namespaces when dropped.
pub struct Line {
    at_box: String,
    at_portal: String,
}

impl Line {
    /// Makes both namespaces. `None`, and says so, without the right or the tools: root, `ip`, `tc`, `nft`.
    pub fn open(name: &str) -> Option<Self> {
        let space = |end| format!("fieldray-{}-{name}-{end}", std::process::id());
        let line = Self { at_box: space("box"), at_portal: space("portal") };
        let (near, far) = (line.at_box.as_str(), line.at_portal.as_str());
        let mut made = run("ip", &["netns", "add", near]) && run("ip", &["netns", "add", far]);
        let pair = ["link", "add", DEVICE, "netns", near, "type", "veth"];
        made = made && run("ip", &[&pair[..], &["peer", "name", DEVICE, "netns", far]].concat());
        for (end, address) in [(near, BOX), (far, PORTAL)] {
            let up = |what: &[&str]| run("ip", &[&["-n", end], what].concat());
            made = made
                && up(&["addr", "add", address, "dev", DEVICE])
                && up(&["link", "set", "lo", "up"])
                // Packets as a modem has them, none of 64 KiB; and none that nobody asked for.
                && up(&["link", "set", DEVICE, "gso_max_segs", "1", "addrgenmode", "none", "up"]);
        }
        if !(made && line.try_rate(1_000_000) && line.try_loss(0)) {
            println!("skipped: network namespaces need root and the tools ip, tc and nft");
            return None;
        }
        Some(line)
    }

    /// So many bits a second in each direction, with a queue before it that holds two seconds or four packets.
    pub fn rate(&self, bits: u64) {
        assert!(self.try_rate(bits));
    }

    fn try_rate(&self, bits: u64) -> bool {
        // A bucket has to hold one whole packet, and on fast lines what comes between two ticks.
        let (burst, limit) = ((bits / 8 / 100).max(1_600), (bits / 8 * 2).max(6_000));
        let shape = format!("tbf rate {bits}bit burst {burst} limit {limit}");
        [&self.at_box, &self.at_portal].into_iter().all(|end| {
            let start = ["-n", end, "qdisc", "replace", "dev", DEVICE, "root"];
            run("tc", &start.into_iter().chain(shape.split(' ')).collect::<Vec<_>>())
        })
    }

    /// So many of a hundred packets are lost, in each direction.
    pub fn loss(&self, percent: u64) {
        assert!(self.try_loss(percent));
    }

    fn try_loss(&self, percent: u64) -> bool {
        let mut rules = "add table inet faults\ndelete table inet faults\n".to_owned();
        if percent > 0 {
            rules += &format!(
                "add table inet faults\n\
                 add chain inet faults come {{ type filter hook prerouting priority -300; }}\n\
                 add rule inet faults come iifname \"{DEVICE}\" numgen random mod 100 < {percent} drop\n"
            );
        }
        [&self.at_box, &self.at_portal].into_iter().all(|end| {
            let command = ["netns", "exec", end, "nft", "-f", "-"];
            fed("ip", &command, &rules)
        })
    }

    /// The line is pulled out.
    pub fn pull(&self) {
        assert!(run("ip", &["-n", &self.at_box, "link", "set", DEVICE, "down"]));
    }

    /// The line is there again.
    pub fn mend(&self) {
        assert!(run("ip", &["-n", &self.at_box, "link", "set", DEVICE, "up"]));
    }

    /// Bytes that left both ends so far, heads of packets and lost ones among them.
    pub fn bytes(&self) -> u64 {
        let sent = |end: &String| {
            let shown = Command::new("ip")
                .args(["-n", end, "-s", "-j", "link", "show", DEVICE])
                .output()
                .unwrap();
            let told: Value = serde_json::from_slice(&shown.stdout).unwrap();
            told[0]["stats64"]["tx"]["bytes"].as_u64().unwrap()
        };
        sent(&self.at_box) + sent(&self.at_portal)
    }

    /// Waits until nothing of a box that was killed is on its way any more: the system sends on what it had
    /// taken over.
    pub async fn drained(&self) {
        let queues = ["netns", "exec", &self.at_box, "ss", "-tanH", "dst", "10.77.0.2"];
        let end = Instant::now() + Duration::from_secs(300);
        loop {
            let shown = Command::new("ip").args(queues).output().unwrap();
            let shown = String::from_utf8(shown.stdout).unwrap();
            let sending = |row: &str| {
                let mut words = row.split_whitespace();
                words.next() != Some("TIME-WAIT") && words.nth(1).is_some_and(|sent| sent != "0")
            };
            if !shown.lines().any(sending) {
                // What has arrived is being taken in.
                tokio::time::sleep(Duration::from_secs(1)).await;
                return;
            }
            assert!(Instant::now() < end, "{shown}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// What starts a program at the box's end.
    pub fn at_box(&self) -> Vec<String> {
        ["ip", "netns", "exec", &self.at_box].map(str::to_owned).to_vec()
    }

    /// A portal at the other end.
    pub fn place(&self) -> Place {
        let launcher = ["ip", "netns", "exec", &self.at_portal].map(str::to_owned).to_vec();
        Place { launcher, listen: LISTEN, ..Place::HERE }
    }

    /// A proxy at the portal's end that cuts connections.
    pub fn proxy(&self, target: SocketAddr, faults: Faults) -> Proxy {
        let path = format!("/run/netns/{}", self.at_portal);
        let (ready, opened) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            // Sockets belong to the namespace of the thread that makes them.
            let space = std::fs::File::open(path).unwrap();
            move_into_link_name_space(space.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let link = BadLink::open_on(LISTEN, target, faults).await;
                ready.send(link).unwrap();
                let _dropped = stopped.await;
            });
        });
        Proxy { link: opened.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        for end in [&self.at_box, &self.at_portal] {
            run("ip", &["netns", "del", end]);
        }
    }
}

/// A cutting proxy on a thread in the portal's namespace.
pub struct Proxy {
    pub link: BadLink,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _a_panic_is_told_already = thread.join();
        }
    }
}

fn run(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    let quiet = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

fn fed(program: &str, arguments: &[&str], text: &str) -> bool {
    let quiet = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = quiet else { return false };
    let written = child.stdin.take().unwrap().write_all(text.as_bytes()).is_ok();
    child.wait().is_ok_and(|status| status.success()) && written
}
