//! An object store behind the S3 protocol: moto's server, which is not ours. Everything is in its memory.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::clinic::free_port;

/// Environment of who may use it; moto lets everybody in, the signature is there all the same.
pub const KEYS: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "clinic"), ("AWS_SECRET_ACCESS_KEY", "not-in-any-log-either")];

/// The server.
pub struct ObjectStore {
    child: Child,
    pub address: SocketAddr,
}

impl ObjectStore {
    /// Starts it with one empty bucket, `films`; `None`: it is not installed here.
    pub async fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/moto");
        if !folder.join("moto").exists() {
            println!("skipped: moto is not installed, see scripts/install-test-tools");
            return None;
        }
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let child = Command::new("/usr/bin/python3")
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &address.port().to_string()])
            .env("PYTHONPATH", folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let store = Self { child, address };
        let client = reqwest::Client::new();
        let (mut tries, mut up) = (0, false);
        while !up {
            assert!(tries < 1_800, "moto does not start");
            tries += 1;
            tokio::time::sleep(Duration::from_millis(100)).await;
            let made = client.put(format!("http://{address}/films")).send().await;
            up = made.is_ok_and(|answer| answer.status().is_success());
        }
        Some(store)
    }

    /// An object; `None`: it is not there.
    pub async fn get(&self, key: &str) -> Option<Vec<u8>> {
        let request = reqwest::Client::new().get(format!("http://{}/films/{key}", self.address));
        // Nobody without a name may read; moto does not look at the signature.
        let who = "AWS4-HMAC-SHA256 Credential=clinic/20200101/us-east-1/s3/aws4_request, \
                   SignedHeaders=host, Signature=none";
        let answer = request.header("authorization", who).send().await.unwrap();
        if !answer.status().is_success() {
            return None;
        }
        Some(answer.bytes().await.unwrap().to_vec())
    }
}

impl Drop for ObjectStore {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_reaped = self.child.wait();
    }
}
