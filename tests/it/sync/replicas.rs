//! Replicas of one portal behind a balancer: PostgreSQL, an object store, and whatever fails among them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fieldray::domain::digest::Sha256Digest;
use fieldray::wire::pack::unpack;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::down::Reader;
use super::link::{BadLink, Faults};
use super::portal::Portal_;
use super::postgres_server::Server;
use super::s3_server::{KEYS, ObjectStore};
use super::{all_done, check_receipts, films, left, offline, records, settings, start};
use crate::clinic::{PATIENCE, check};

/// Gives each connection to the next replica that takes it.
struct Balancer {
    address: SocketAddr,
    targets: Arc<Mutex<Vec<SocketAddr>>>,
    accepting: JoinHandle<()>,
}

impl Balancer {
    async fn open(targets: &[SocketAddr]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let targets = Arc::new(Mutex::new(targets.to_vec()));
        let (known, turn) = (Arc::clone(&targets), Arc::new(AtomicUsize::new(0)));
        let accepting = tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let mut order = known.lock().unwrap().clone();
                let by = turn.fetch_add(1, Ordering::SeqCst) % order.len();
                order.rotate_left(by);
                tokio::spawn(async move {
                    for target in order {
                        if let Ok(mut far) = TcpStream::connect(target).await {
                            let _cut = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                            return;
                        }
                    }
                });
            }
        });
        Self { address, targets, accepting }
    }

    fn lead_to(&self, at: usize, target: SocketAddr) {
        self.targets.lock().unwrap()[at] = target;
    }

    fn url(&self) -> String {
        format!("https://{}", self.address)
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Servers, and the environment by which a replica finds them.
struct District {
    rows: Server,
    url: String,
    objects: ObjectStore,
    /// The way to the object store, which can be closed.
    way: BadLink,
    places: Vec<(String, String)>,
}

impl District {
    async fn open() -> Option<Self> {
        let rows = Server::start()?;
        let objects = ObjectStore::start().await?;
        let way = BadLink::open(objects.address, Faults::none()).await;
        let endpoint = way.url().replace("https", "http");
        let url = rows.database();
        let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let address = format!("s3://films/district?endpoint={endpoint}");
        let mut places = vec![own("FIELDRAY_PORTAL_OBJECTS", &address)];
        places.push(own("FIELDRAY_PORTAL_DATABASE", &format!("{url}?connections=4")));
        places.extend(KEYS.map(|(name, value)| own(name, value)));
        Some(Self { rows, url, objects, way, places })
    }

    /// A further replica, with the keys of the first.
    fn replica(&self, like: Option<&Portal_>, environment: &[(&str, &str)]) -> Portal_ {
        let state = tempfile::tempdir().unwrap();
        if let Some(first) = like {
            for key in ["portal.key", "portal.age"] {
                std::fs::copy(first.state.path().join(key), state.path().join(key)).unwrap();
            }
        }
        Portal_::replica(state, &self.places, environment)
    }

    /// Rows of the database, each as the texts of its columns.
    async fn rows(&self, select: &'static str) -> Vec<Vec<Option<Vec<u8>>>> {
        let url = self.url.clone();
        let work = move || {
            let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            let rows = client.query(select, &[]).unwrap();
            let read = |row: &postgres::Row| (0..row.len()).map(|at| row.get(at)).collect();
            rows.iter().map(read).collect()
        };
        tokio::task::spawn_blocking(work).await.unwrap()
    }

    /// Restarts PostgreSQL under everybody, and opens the way to the object store.
    async fn restart(&self, replica: &Portal_) {
        self.rows.stop();
        let end = Instant::now() + PATIENCE;
        while health(replica).await.0 != 503 {
            assert!(Instant::now() < end, "{:?}", health(replica).await);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        // Long enough for the boxes to meet it.
        tokio::time::sleep(Duration::from_secs(6)).await;
        self.rows.go_on();
        self.way.lead_to(self.objects.address);
    }

    /// How large rows are, for `docs/scale.md`.
    async fn print_sizes(&self) {
        let sizes = self
            .rows(
                "select int8send(count(*)), int8send(sum(length(body))::bigint), \
                 int8send(count(body)), int8send(pg_total_relation_size('record')) from record",
            )
            .await;
        let number =
            |at: usize| i64::from_be_bytes(sizes[0][at].as_deref().unwrap().try_into().unwrap());
        let [rows, bytes, bundles, table] = [0, 1, 2, 3].map(number);
        let each = bytes / bundles;
        println!(
            "{rows} records, {bundles} bundles of {each} bytes, table and indexes {table} bytes"
        );
    }

    /// Both sides hold the same of a box, byte for byte, each record once, and every receipt is good.
    async fn compare(&self, state: &Path, key: &str) {
        let here = records(state);
        let id = box_id(state);
        // Integers as bytes: everything is compared as it is stored.
        let all = self
            .rows(
                "select box_id, int8send(seq), hash, body, convert_to(kind, 'utf8') from record \
                 order by seq",
            )
            .await;
        let theirs: Vec<_> = all.iter().filter(|row| row[0].as_deref() == Some(&id)).collect();
        assert_eq!(theirs.len(), here.len(), "the portal holds as many as the box made");
        for ((seq, kind, hash, _), row) in here.iter().zip(theirs) {
            let hash = hash.expect("a hash");
            assert_eq!(
                row[1].as_deref(),
                Some(&seq.to_be_bytes()[..]),
                "record {seq} is there once"
            );
            assert_eq!(row[2].as_deref(), Some(&hash[..]), "record {seq}");
            assert_eq!(row[4].as_deref(), Some(kind.as_bytes()), "record {seq}");
            let held = match &row[3] {
                Some(packed) => unpack(packed).unwrap(),
                None => {
                    let name = Sha256Digest::from_bytes(hash);
                    let object = self.objects.get(&format!("district/images/{name}")).await;
                    object.expect("the image is in the object store")
                }
            };
            let digest: [u8; 32] = Sha256::digest(&held).into();
            assert_eq!(digest, hash, "record {seq} is what was sent");
        }
        check_receipts(state, key, here.len());
    }
}

async fn health(replica: &Portal_) -> (u16, String) {
    let answer = reqwest::get(format!("{}/health", replica.pages)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn box_id(state: &Path) -> [u8; 16] {
    let seed = std::fs::read_to_string(state.join("keys/box.key")).unwrap();
    let seed = fieldray::domain::sync::identity::PublicKey::parse(&seed).unwrap();
    *fieldray::keys::SigningKey::of_seed(*seed.as_bytes()).unwrap().public().key_id().as_bytes()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + 2 * PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_hold_everything_once_while_everything_behind_them_fails() {
    let Some(district) = District::open().await else { return };
    let crash = |point: &'static str| vec![("FIELDRAY_CRASH_AT", point)];
    let deaths = ["portal_before_commit:3", "portal_after_commit:3", "object_after_put", ""];
    let first = district.replica(None, &[]);
    let second = district.replica(Some(&first), &crash(deaths[0]));
    let balancer = Balancer::open(&[first.boxes, second.boxes]).await;
    // One box meets the second replica alone: whichever the other one meets, every crash is met.
    let alone = Balancer::open(&[second.boxes]).await;
    let link = BadLink::open(balancer.address, Faults::many(3)).await;
    // The object store is away to begin with: results arrive, images wait.
    district.way.lead_to(SocketAddr::from(([127, 0, 0, 1], 1)));
    let clinics = [offline(4).await, offline(3).await];
    let states = [clinics[0].state.path(), clinics[1].state.path()];
    let urls = [link.url(), alone.url()];
    let mut servers = Vec::new();
    for (state, url) in states.iter().zip(&urls) {
        servers.push(start(state, &settings(state, url, &first, &first.code()), &[]));
    }
    let held = |state: &Path| records(state).iter().filter(|one| one.3).count();

    let mut died = 0;
    let mut second = Some(second);
    let mut look = |died: &mut usize| {
        let portal = second.as_mut().unwrap();
        if portal.is_dead() {
            *died = (*died + 1).min(deaths.len() - 1);
            let again = second.take().unwrap().again(&crash(deaths[*died]));
            balancer.lead_to(1, again.boxes);
            alone.lead_to(0, again.boxes);
            second = Some(again);
        }
    };
    let images_alone =
        |state: &Path| held(state) > 3 && left(state).iter().all(|(_, kind)| kind == "image");
    until("records arrive without the object store", || {
        look(&mut died);
        states.iter().all(|state| images_alone(state))
    })
    .await;
    assert!(!all_done(states[0]) && !all_done(states[1]), "no image has a receipt yet");
    let away = (200, "{\"database\":true,\"objects\":false}\n".to_owned());
    let end = Instant::now() + PATIENCE;
    while health(&first).await != away {
        assert!(Instant::now() < end, "{:?}", health(&first).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    district.restart(&first).await;
    until("everything arrives", || {
        look(&mut died);
        states.iter().all(|state| all_done(state))
    })
    .await;
    assert_eq!(died, 3, "every crash was met");
    drop(servers);
    for state in states {
        district.compare(state, &first.key).await;
        assert!(check(state).ends_with("0 problems"));
    }
    assert!(district.rows("select hash from image_part").await.is_empty(), "no piece is left");
    for secret in ["not-in-any-log", "Patient 0"] {
        assert!(!district.rows.log().contains(secret), "{secret} is in the log of PostgreSQL");
    }

    district.print_sizes().await;
    println!("{} connections of a box, {} of them cut", link.connections(), link.cuts());
    let replicas = [&first, second.as_ref().unwrap()];
    // The reading is given at the second; the box asks the first.
    let other = Balancer::open(&[first.boxes]).await;
    read_at_the_other(replicas, &states, &other.url()).await;
}

/// Somebody logs in at one replica and reads and answers at the other; the box hears of it.
async fn read_at_the_other([first, second]: [&Portal_; 2], states: &[&Path], url: &str) {
    let mut reader = Reader::begin(first, "Dr. Sen").await;
    second.pages.clone_into(&mut reader.base);
    let film = reader.film("Patient 1").await;
    let radiograph = reader.get(&format!("{film}/radiograph.png")).await.bytes().await.unwrap();
    assert_eq!(radiograph, films(4)[1].radiograph.clone().unwrap());
    let words = [("conclusion", "Small cavity, left apex."), ("finding-tuberculosis", "seen")];
    reader.give(&film, &words).await;
    let of_film = |state: &&&Path| film.contains(&hex(&box_id(state)));
    let state = states.iter().find(of_film).expect("the box of the film");
    let server = start(state, &settings(state, url, first, ""), &[]);
    until("the second opinion arrives", || {
        let db = Connection::open(state.join("fieldray.db")).unwrap();
        let select = "select count(*) from portal_review";
        db.query_row(select, [], |row| row.get::<_, i64>(0)).unwrap() == 1
    })
    .await;
    drop(server);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_with_other_keys_is_refused_and_a_password_on_the_command_line_too() {
    let Some(server) = Server::shared() else { return };
    let url = server.database();
    let run = |state: &Path, more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldray"));
        command.args(["portal", "boxes", "--state"]).arg(state).args(more);
        let done = command.env("FIELDRAY_PORTAL_DATABASE", &url).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let [first, bare, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    assert!(run(first.path(), &[]).0);
    let (done, told) = run(bare.path(), &[]);
    assert!(!done && told.contains("portal.key and portal.age are missing"), "{told}");
    assert!(!bare.path().join("portal.key").exists(), "no key is made that boxes would not trust");
    // Keys of another portal.
    let own = std::process::Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(["portal", "boxes", "--state"])
        .arg(other.path())
        .output()
        .unwrap();
    assert!(own.status.success());
    let (done, told) = run(other.path(), &[]);
    assert!(!done && told.contains("other keys"), "{told}");
    let (done, told) = run(first.path(), &["--database", &url]);
    assert!(!done && told.contains("password on the command line"), "{told}");
    assert!(!told.contains("not-in-any-log"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_moves_with_everything_it_signed_for_and_its_boxes_notice_nothing() {
    let Some(district) = District::open().await else { return };
    let clinic = offline(3).await;
    let state = clinic.state.path();
    let portal = Portal_::start(&[]);
    let server = start(state, &settings(state, &portal.url(), &portal, &portal.code()), &[]);
    super::until_done(state, 3, || {}).await;
    drop(server);
    portal.command(&["add-reader", "Dr. Sen"]);
    let (key, folder) = (portal.key.clone(), portal.into_state());

    let run = |action: &str, places: &[(String, String)]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldray"));
        command.args(["portal", action, "--state"]).arg(folder.path());
        let done = command.envs(places.iter().cloned()).output().unwrap();
        let told = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    // The object store fails in the middle: rows are there, and it goes on from there.
    district.way.lead_to(SocketAddr::from(([127, 0, 0, 1], 1)));
    let (done, told) = run("move-to", &district.places);
    assert!(!done && told.contains("reader: 1"), "{told}");
    district.way.lead_to(district.objects.address);
    let (done, told) = run("move-to", &district.places);
    assert!(done && told.contains("are moved and compared"), "{told}");
    assert!(told.contains("images: 3"), "{told}");
    district.compare(state, &key).await;

    let (done, told) = run("boxes", &[]);
    assert!(!done && told.contains("was moved to PostgreSQL"), "{told}");
    let portal = Portal_::replica(folder, &district.places, &[]);
    assert_eq!(portal.key, key, "it is the same portal");
    let server = start(state, &settings(state, &portal.url(), &portal, ""), &[]);
    let mut phone = clinic.phone.clone();
    phone.move_to(&server.address);
    phone.page_until("/system", "everything has its receipt").await;
    let seen = |portal: &Portal_| portal.boxes_list()[0]["seen_ms"].as_i64().unwrap();
    let before = seen(&portal);
    drop(server);
    let server = start(state, &settings(state, &portal.url(), &portal, ""), &[]);
    until("the box says hello again", || seen(&portal) > before).await;
    drop(server);
    district.compare(state, &key).await;
    // What is numbered goes on after the last number.
    let printed = portal.command(&["add-reader", "Dr. Roy"]);
    assert!(printed.contains("Code for Dr. Roy"), "{printed}");
}
