//! Many boxes at one portal, spoken for by the program's own client: real enrolment, real signatures, TLS with
//! the pinned key, bundles of our own making, images by ranges.
//!
//! The run within `make test` is small. `make load-sync` makes it large by `FIELDRAY_LOAD_…` (see [`number`]'s
//! callers) and prints the tables of docs/performance.md; timings fail nothing, a missing record does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fieldray::domain::box_id::{BoxCode, BoxId};
use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::ids::{PatientId, PhotoId, Seq, StudyId, StudyNumber};
use fieldray::domain::patient::Patient;
use fieldray::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use fieldray::domain::reading::Urgency;
use fieldray::domain::stamp::{ClockTrust, Stamp, WallMs};
use fieldray::domain::study::StudyState;
use fieldray::domain::sync::identity::PublicKey;
use fieldray::domain::sync::keys::PortalKeys;
use fieldray::domain::sync::pace::CHUNK_BYTES_MAX;
use fieldray::keys::SigningKey;
use fieldray::keys::rotation::BoxKeys;
use fieldray::sync::{Answered, Client, Outgoing, PortalSettings};
use fieldray::wire::fhir::{self, BoxFacts, ReadingFacts, StudyFacts};
use fieldray::wire::messages::Hello;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use super::peak_mib;
use super::portal::{Place, Portal_};
use crate::load::processor_ms;
use crate::seed::{self, Film};

/// Records that go in one request when many wait.
const TOGETHER: usize = 16;
const AT: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };

/// What a run is asked to be by the environment.
pub fn number(name: &str, small: u64) -> u64 {
    let text = std::env::var(format!("FIELDRAY_LOAD_{name}"));
    text.map_or(small, |text| text.parse().unwrap())
}

/// The portal, held to the cores that `FIELDRAY_LOAD_CORES` names.
pub fn portal() -> Portal_ {
    let cores = std::env::var("FIELDRAY_LOAD_CORES").ok();
    let launcher = cores.map(|cores| ["taskset".to_owned(), "-c".to_owned(), cores].to_vec());
    Portal_::start_at(Place { launcher: launcher.unwrap_or_default(), ..Place::HERE }, &[])
}

/// Milliseconds of each kind of request.
#[derive(Clone, Default)]
pub struct Times(Arc<Mutex<BTreeMap<&'static str, Vec<f64>>>>);

impl Times {
    /// Keeps how long it is since a request was due.
    fn add(&self, kind: &'static str, due: Instant) {
        let ms = due.elapsed().as_secs_f64() * 1000.0;
        self.0.lock().unwrap().entry(kind).or_default().push(ms);
    }

    fn print(&self) {
        println!("{:10} {:>7} {:>8} {:>8} {:>8} {:>8}", "ms", "n", "p50", "p95", "p99", "max");
        for (kind, values) in self.0.lock().unwrap().iter_mut() {
            values.sort_by(f64::total_cmp);
            let at = |share: usize| values[(values.len() * share / 100).min(values.len() - 1)];
            let [p50, p95, p99, max] = [50, 95, 99, 100].map(at);
            println!("{kind:10} {:7} {p50:8.1} {p95:8.1} {p99:8.1} {max:8.1}", values.len());
        }
    }
}

/// Bytes by chance of which images are made: each has its own first sixteen.
pub struct Bytes(Vec<u8>);

impl Bytes {
    pub fn new(size: usize) -> Self {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let word = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        Self((0..size.div_ceil(8)).flat_map(word).collect())
    }
}

/// An image that a box has.
#[derive(Clone, Copy)]
struct Image {
    head: [u8; 16],
    size: usize,
    digest: Sha256Digest,
}

impl Image {
    fn new(bytes: &Bytes, head: u128, size: usize) -> Self {
        let head = head.to_be_bytes();
        let mut hash = Sha256::new();
        hash.update(head);
        hash.update(&bytes.0[16..size]);
        Self { head, size, digest: Sha256Digest::from_bytes(hash.finalize().into()) }
    }

    fn part(&self, bytes: &Bytes, from: usize, until: usize) -> Vec<u8> {
        let mut part = bytes.0[from..until].to_vec();
        if from == 0 {
            part[..16].copy_from_slice(&self.head);
        }
        part
    }
}

/// A box that is nothing but its key and its numbers.
pub struct SimBox {
    number: u64,
    settings: PortalSettings,
    keys: Arc<BoxKeys>,
    client: Client,
    facts: BoxFacts,
    /// A box says one thing after the other.
    turn: tokio::sync::Mutex<()>,
    /// Number and hash of everything that has a receipt.
    receipts: Mutex<Vec<(i64, [u8; 32])>>,
    seq: Mutex<i64>,
}

fn client(settings: &PortalSettings, keys: &Arc<BoxKeys>) -> Client {
    let portal = PortalKeys::new(settings.key, Vec::new());
    Client::new(settings.clone(), portal, Arc::clone(keys)).unwrap()
}

impl SimBox {
    /// A box that the portal knows.
    pub async fn enrolled(portal: &Portal_, number: u64, times: &Times) -> Self {
        let settings = PortalSettings {
            url: portal.url(),
            key: PublicKey::parse(&portal.key).unwrap(),
            code: Some(portal.code()),
            metered: false,
            budget_bytes_per_day: None,
            recipient: None,
            sms: None,
        };
        let mut seed = [0x5A; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        let keys = Arc::new(BoxKeys::of(SigningKey::of_seed(seed).unwrap()));
        let client = client(&settings, &keys);
        let site = format!("PHC {number}");
        let facts = BoxFacts::of(client.box_id(), site.clone());
        let due = Instant::now();
        client.enrol(&site).await.unwrap();
        times.add("enrol", due);
        let (receipts, seq) = (Mutex::new(Vec::new()), Mutex::new(0));
        Self {
            number,
            settings,
            keys,
            client,
            facts,
            turn: tokio::sync::Mutex::new(()),
            receipts,
            seq,
        }
    }

    fn next(&self) -> Seq {
        let mut seq = self.seq.lock().unwrap();
        *seq += 1;
        Seq(*seq)
    }

    /// Says how the box is, as one whose connection went away meanwhile.
    async fn hello(&self, due: Instant, times: &Times) {
        let client = client(&self.settings, &self.keys);
        let made = *self.seq.lock().unwrap() as u64;
        let hello = Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            name: self.facts.site.clone(),
            made,
            through: made,
            waiting: [0; 4],
            parked: 0,
            disk_free_mib: 40_000,
            health: None,
            sms_key: None,
            program: None,
        };
        client.hello(&hello).await.unwrap();
        times.add("hello", due);
    }

    /// The bundles of a film: registered, read, and at every fifth one pressing.
    fn bundles(&self, film: u64, image: &Image) -> Vec<Outgoing> {
        let id = ((u128::from(self.number) << 64) | u128::from(film + 1)).to_be_bytes();
        let pressing = film.is_multiple_of(5);
        let name = format!("{} {}", NAMES[film as usize % NAMES.len()], self.number * 100 + film);
        let read = if pressing { Film::urgent(&name) } else { Film::clear(&name) };
        let read = Film { scored_for_age: !film.is_multiple_of(7), ..read };
        let mut study = StudyFacts {
            id: StudyId::from_bytes(id),
            number: StudyNumber(i64::try_from(film).unwrap() + 1),
            state: StudyState::Registered,
            patient: Patient {
                id: PatientId::from_bytes(id),
                box_id: Phi::new(
                    BoxId::new(BoxCode::parse("K7PXM").unwrap(), film as u32 + 1).unwrap(),
                ),
                name: Phi::new(PersonName::parse(&name).unwrap()),
                local_id: LocalId::parse(&format!("OPD-{film}/26")).map(Phi::new),
                sex: Sex::Female,
                age: AgeEvidence::Told(AgeYears::new(18 + (film % 60) as u8).unwrap()),
            },
            programmes: vec![],
            registered: AT,
            urgency: None,
            images_url: None,
            photos: [1, 0],
        };
        let mut bundles = vec![("study", fhir::study(&self.facts, &study))];
        study.state = StudyState::Reported;
        study.urgency = Some(if pressing { Urgency::Urgent } else { Urgency::Routine });
        let reading = ReadingFacts {
            photo: PhotoId::from_bytes(id),
            radiograph: image.digest,
            sheet: seed::sheet(&read),
        };
        if pressing {
            bundles.push(("urgent", fhir::urgent(&self.facts, &study, &reading)));
        }
        bundles.push(("result", fhir::result(&self.facts, &study, &reading, AT)));
        bundles
            .into_iter()
            .map(|(kind, body)| Outgoing {
                seq: self.next(),
                kind,
                study: study.id.to_string(),
                hash: Sha256Digest::of(&body),
                body,
            })
            .collect()
    }

    async fn send(&self, records: &[Outgoing], due: Instant, times: &Times) {
        for answer in self.client.send(records).await.unwrap() {
            let Answered::Receipt(receipt) = answer else { unreachable!("{answer:?}") };
            let delivered = receipt.delivered;
            let row = (delivered.seq.0, *delivered.hash.as_bytes());
            self.receipts.lock().unwrap().push(row);
        }
        times.add("records", due);
    }

    /// Sends an image in steps, each timed; the first is due at `due`.
    async fn image(&self, bytes: &Bytes, image: &Image, due: Instant, times: &Times) {
        let (size, mut from, mut due) = (image.size, 0, due);
        let seq = self.next();
        loop {
            let until = (from + CHUNK_BYTES_MAX as usize).min(size);
            let part = image.part(bytes, from, until);
            let whole = (seq, image.digest, size as u64);
            let told = self.client.upload(whole, from as u64, part).await.unwrap();
            times.add("image step", due);
            if let Some(receipt) = told.receipt {
                let row = (seq.0, *receipt.delivered.hash.as_bytes());
                self.receipts.lock().unwrap().push(row);
                return;
            }
            (from, due) = (told.held as usize, Instant::now());
        }
    }

    /// Sends the bytes of a file as an image of this box.
    pub async fn file(&self, digest: Sha256Digest, file: &[u8]) {
        let (seq, mut from) = (self.next(), 0);
        loop {
            let until = (from + CHUNK_BYTES_MAX as usize).min(file.len());
            let whole = (seq, digest, file.len() as u64);
            let part = file[from..until].to_vec();
            let told = self.client.upload(whole, from as u64, part).await.unwrap();
            if told.receipt.is_some() {
                return;
            }
            from = told.held as usize;
        }
    }
}

const NAMES: [&str; 6] =
    ["आशा देवी", "Sunita Oraon", "রহিমা বেগম", "Birsa Munda", "ସୁମିତ୍ରା", "Marie Kujur"];

/// What a run sends.
#[derive(Clone, Copy)]
struct Plan {
    boxes: u64,
    films: u64,
    image_bytes: [usize; 2],
    seconds: u64,
    films_a_minute: u64,
    hellos_a_minute: u64,
}

impl Plan {
    fn from_environment() -> Self {
        Self {
            boxes: number("BOXES", 6),
            films: number("FILMS", 3),
            image_bytes: [number("IMAGE_MIN", 30_000), number("IMAGE_MAX", 400_000)]
                .map(|bytes| bytes as usize),
            seconds: number("SECONDS", 2),
            films_a_minute: number("FILMS_A_MINUTE", 120),
            hellos_a_minute: number("HELLOS_A_MINUTE", 300),
        }
    }

    fn image(&self, bytes: &Bytes, number: u64, film: u64) -> Image {
        let [min, max] = self.image_bytes;
        let spread = (number * 7_919 + film * 104_729) as usize;
        let size = min + spread.wrapping_mul(2_654_435_761) % (max - min).max(1);
        Image::new(bytes, (u128::from(number) << 64) | u128::from(film), size)
    }
}

/// What the portal spent.
struct Spent {
    since: Instant,
    processor_ms: f64,
}

impl Spent {
    fn now(portal: &Portal_) -> Self {
        Self { since: Instant::now(), processor_ms: processor_ms(portal.pid()) }
    }

    fn print(&self, what: &str, portal: &Portal_, (bundles, images, bytes): (usize, usize, usize)) {
        let seconds = self.since.elapsed().as_secs_f64();
        let busy = (processor_ms(portal.pid()) - self.processor_ms) / 1000.0;
        let each = |count: usize| f64::from(u32::try_from(count).unwrap()) / seconds;
        println!(
            "{what}: {seconds:.1} s, {bundles} bundles ({:.1} a second), {images} images ({:.1} a second, \
             {:.1} MB a second); portal: {busy:.1} s of processor time ({:.0} of 100 of one core, {:.1} ms a \
             film), peak memory {} MiB",
            each(bundles),
            each(images),
            each(bytes / 1000) / 1000.0,
            busy / seconds * 100.0,
            busy * 1000.0 / f64::from(u32::try_from(images.max(1)).unwrap()),
            peak_mib(portal.pid())
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_boxes_at_once_are_taken_in_once() {
    let plan = Plan::from_environment();
    let portal = portal();
    let bytes = Arc::new(Bytes::new(plan.image_bytes[1]));
    let times = Times::default();
    let mut boxes = Vec::new();
    for number in 0..plan.boxes {
        boxes.push(Arc::new(SimBox::enrolled(&portal, number, &times).await));
    }

    // Everybody at once: the link of a whole district is back.
    let begun = Spent::now(&portal);
    let mut all = JoinSet::new();
    for one in &boxes {
        all.spawn(everything(Arc::clone(one), plan, Arc::clone(&bytes), times.clone()));
    }
    let sent = all.join_all().await.into_iter().reduce(add).unwrap();
    println!("{} boxes", plan.boxes);
    begun.print("all at once", &portal, sent);
    times.print();

    // A steady day: films and signs of life at a rate, whoever is slow.
    let times = Times::default();
    let begun = Spent::now(&portal);
    let sent = steady(&boxes, plan, &bytes, &times).await;
    println!("{} films and {} hellos a minute", plan.films_a_minute, plan.hellos_a_minute);
    begun.print("steady", &portal, sent);
    times.print();

    all_there_once(&portal, &boxes);
}

type Sent = (usize, usize, usize);
/// Of which box, its number, its hash.
type Row = ([u8; 16], i64, [u8; 32]);

fn add(one: Sent, other: Sent) -> Sent {
    (one.0 + other.0, one.1 + other.1, one.2 + other.2)
}

/// What a box does that was without a link: a hello, the bundles, then the images.
async fn everything(one: Arc<SimBox>, plan: Plan, bytes: Arc<Bytes>, times: Times) -> Sent {
    one.hello(Instant::now(), &times).await;
    let images: Vec<Image> =
        (0..plan.films).map(|film| plan.image(&bytes, one.number, film)).collect();
    let bundles: Vec<Outgoing> =
        (0..).zip(&images).flat_map(|(film, image)| one.bundles(film, image)).collect();
    for together in bundles.chunks(TOGETHER) {
        one.send(together, Instant::now(), &times).await;
    }
    for image in &images {
        one.image(&bytes, image, Instant::now(), &times).await;
    }
    (bundles.len(), images.len(), images.iter().map(|image| image.size).sum())
}

/// Films and hellos one after the other at their rates, from box to box; times count from when each was due.
async fn steady(boxes: &[Arc<SimBox>], plan: Plan, bytes: &Arc<Bytes>, times: &Times) -> Sent {
    let begun = Instant::now();
    let mut all = JoinSet::new();
    let films = plan.films_a_minute * plan.seconds / 60;
    let hellos = plan.hellos_a_minute * plan.seconds / 60;
    let mut due: Vec<(u64, Option<u64>, u64)> = Vec::new();
    due.extend((0..films).map(|n| (n * 60_000 / plan.films_a_minute, Some(n), n)));
    due.extend((0..hellos).map(|n| (n * 60_000 / plan.hellos_a_minute, None, n)));
    due.sort_unstable();
    for (ms, film, n) in due {
        let at = begun + Duration::from_millis(ms);
        tokio::time::sleep_until(at.into()).await;
        let one = Arc::clone(&boxes[(n % plan.boxes) as usize]);
        let (bytes, times) = (Arc::clone(bytes), times.clone());
        all.spawn(async move {
            let _turn = one.turn.lock().await;
            let Some(film) = film else {
                one.hello(at, &times).await;
                return (0, 0, 0);
            };
            let film = plan.films + film;
            let image = plan.image(&bytes, one.number, film);
            let bundles = one.bundles(film, &image);
            one.send(&bundles, at, &times).await;
            one.image(&bytes, &image, Instant::now(), &times).await;
            (bundles.len(), 1, image.size)
        });
    }
    all.join_all().await.into_iter().reduce(add).unwrap_or_default()
}

/// The portal holds what every box has receipts for, each once, and nothing else; images by their bytes.
fn all_there_once(portal: &Portal_, boxes: &[Arc<SimBox>]) {
    let mut expected = BTreeSet::new();
    let mut count = 0;
    for one in boxes {
        let receipts = one.receipts.lock().unwrap();
        count += receipts.len();
        let made = *one.seq.lock().unwrap();
        assert_eq!(i64::try_from(receipts.len()).unwrap(), made, "a receipt for every record");
        let id = *one.client.box_id().as_bytes();
        expected.extend(receipts.iter().map(|(seq, hash)| (id, *seq, *hash)));
    }
    assert_eq!(expected.len(), count);
    let db = Connection::open(portal.state.path().join("portal.db")).unwrap();
    let mut select = db.prepare("select box_id, seq, hash, kind from record").unwrap();
    let rows = select
        .query_map([], |row| {
            let kind: String = row.get(3)?;
            Ok(((row.get(0)?, row.get(1)?, row.get(2)?), kind == "image"))
        })
        .unwrap();
    let rows: Vec<(Row, bool)> = rows.map(Result::unwrap).collect();
    assert_eq!(rows.len(), count);
    for (row, image) in rows {
        assert!(expected.remove(&row), "{row:?} was not sent, or is there twice");
        if image {
            let name = Sha256Digest::from_bytes(row.2).to_string();
            let file = std::fs::read(portal.state.path().join("images").join(name)).unwrap();
            let digest: [u8; 32] = Sha256::digest(&file).into();
            assert_eq!(digest, row.2);
        }
    }
    println!("{count} records are there once");
    let mut select = db
        .prepare(
            "select kind, count(*), cast(avg(size_bytes) as integer), \
             cast(coalesce(avg(length(body)), 0) as integer) from record group by kind",
        )
        .unwrap();
    let mut rows = select.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let kind: String = row.get(0).unwrap();
        let [count, bytes, packed]: [u64; 3] = [1, 2, 3].map(|at| row.get(at).unwrap());
        println!("{kind}: {count}, {bytes} bytes each, {packed} packed");
    }
}
