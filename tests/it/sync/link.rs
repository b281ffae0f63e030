//! A TCP proxy that fails: it cuts connections after some bytes, in either direction, resets or stalls
//! them, and carries so many bytes a second.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How bad a link is.
#[derive(Clone, Copy)]
pub struct Faults {
    /// Most bytes, of both directions, before a connection is cut; 0: none is.
    pub cut_after_max: u64,
    /// Bytes a second in each direction; 0: as fast as it goes.
    pub rate: u64,
    pub seed: u64,
}

impl Faults {
    pub fn none() -> Self {
        Self { cut_after_max: 0, rate: 0, seed: 1 }
    }

    /// Cut after 45 kB on average; as fast as `FIELDRAY_SYNC_RATE` says, bytes a second.
    pub fn many(seed: u64) -> Self {
        let rate = std::env::var("FIELDRAY_SYNC_RATE").ok().and_then(|text| text.parse().ok());
        Self { cut_after_max: 90_000, rate: rate.unwrap_or(400_000), seed }
    }
}

pub struct BadLink {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    target: Mutex<SocketAddr>,
    random: Mutex<u64>,
    cuts: AtomicU64,
    connections: AtomicU64,
    bytes: AtomicU64,
    exchanges: AtomicU64,
}

impl Shared {
    fn random(&self) -> u64 {
        let mut state = self.random.lock().unwrap();
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state >> 16
    }
}

impl BadLink {
    pub async fn open(target: SocketAddr, faults: Faults) -> Self {
        Self::open_on("127.0.0.1:0", target, faults).await
    }

    pub async fn open_on(listen: &str, target: SocketAddr, faults: Faults) -> Self {
        let listener = TcpListener::bind(listen).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            target: Mutex::new(target),
            random: Mutex::new(faults.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            cuts: AtomicU64::new(0),
            connections: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            exchanges: AtomicU64::new(0),
        });
        let accepting = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    shared.connections.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(carry(stream, Arc::clone(&shared), faults));
                }
            }
        });
        Self { address, shared, accepting }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    pub fn lead_to(&self, target: SocketAddr) {
        *self.shared.target.lock().unwrap() = target;
    }

    pub fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    pub fn bytes(&self) -> u64 {
        self.shared.bytes.load(Ordering::SeqCst)
    }

    /// How often the near side spoke after the far one had: handshakes and requests.
    pub fn exchanges(&self) -> u64 {
        self.shared.exchanges.load(Ordering::SeqCst)
    }
}

impl Drop for BadLink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn carry(near: TcpStream, shared: Arc<Shared>, faults: Faults) {
    let target = *shared.target.lock().unwrap();
    let Ok(far) = TcpStream::connect(target).await else { return };
    let budget = match faults.cut_after_max {
        0 => u64::MAX,
        most => 1 + shared.random() % most,
    };
    let left = AtomicU64::new(budget);
    let (near_read, near_write) = near.into_split();
    let (far_read, far_write) = far.into_split();
    let answered = AtomicBool::new(true);
    let spoken = || {
        if answered.swap(false, Ordering::SeqCst) {
            shared.exchanges.fetch_add(1, Ordering::SeqCst);
        }
    };
    let heard = || answered.store(true, Ordering::SeqCst);
    let there = pump(near_read, far_write, spoken, (&*shared, &left), faults.rate);
    let back = pump(far_read, near_write, heard, (&*shared, &left), faults.rate);
    // Whichever ends first ends both, in the middle of whatever was on its way.
    let cut = tokio::select! {
        cut = there => cut,
        cut = back => cut,
    };
    if cut {
        shared.cuts.fetch_add(1, Ordering::SeqCst);
    }
}

/// Carries one direction; `true` when the bytes were used up.
async fn pump(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    came: impl Fn(),
    (shared, left): (&Shared, &AtomicU64),
    rate: u64,
) -> bool {
    let mut buffer = vec![0; 4_096];
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer).await else { return false };
        came();
        let before = left.load(Ordering::SeqCst);
        let take = before.min(read as u64);
        left.fetch_sub(take, Ordering::SeqCst);
        if to.write_all(&buffer[..take as usize]).await.is_err() {
            return false;
        }
        shared.bytes.fetch_add(take, Ordering::SeqCst);
        if take < read as u64 {
            return true;
        }
        if let Some(micros) = (take * 1_000_000).checked_div(rate) {
            tokio::time::sleep(Duration::from_micros(micros)).await;
        }
    }
}
