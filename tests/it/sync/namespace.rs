//! Box and portal in two network namespaces: a line that is narrow, loses packets, is pulled out and breaks.
//!
//! The runs within `make test` are short; `make soak-sync` makes them long by `FIELDRAY_NET_…` (see
//! [`number`]'s callers). Each prints what it took.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use fieldray::domain::stamp::{Clock as _, WallMs};
use rusqlite::Connection;

use super::link::Faults;
use super::netns::Line;
use super::portal::Portal_;
use super::{compare, peak_mib, records, settings};
use crate::clinic::{Box_, TestClinic, check};
use crate::report::{Practice, sign};
use crate::seed::{self, Film};

/// Longest wait for the next receipt.
const STILL_MAX: Duration = Duration::from_secs(900);
/// Further memory that a portal or a box may have had when ten times as much waited, MiB.
const FURTHER_MIB: u64 = 32;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a run is asked to be by the environment.
fn number(name: &str, small: u64) -> u64 {
    let text = std::env::var(format!("FIELDRAY_NET_{name}"));
    text.map_or(small, |text| text.parse().unwrap())
}

/// Films with small radiographs of their own: bytes by chance, which no compression helps.
fn films(count: usize, bytes: std::ops::Range<usize>) -> Vec<Film> {
    let film = |at: usize| {
        let name = format!("Patient {at}");
        let film = if at.is_multiple_of(4) { Film::urgent(&name) } else { Film::clear(&name) };
        let mut state = (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let byte = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        let size = bytes.start + at * 7_001 % bytes.len();
        Film { radiograph: Some((0..size).map(byte).collect()), ..film }
    };
    (0..count).map(film).collect()
}

/// A clinic whose films were read over the last thirty days, the first one's report signed, and that has
/// never seen a portal. Put in within memory, kept on a disk.
async fn thirty_days(films: &[Film]) -> TestClinic {
    let mut clinic = TestClinic::open_quick().await;
    let physician = clinic.physician("Dr. Rao").await;
    clinic.server.stop();
    let state = clinic.state.path();
    let studies = seed::films_over(state, films, 0, |at| day(at, films.len()));
    let (clinic, physician) = clinic.again_with(physician, &[]).await;
    let practice = Practice { clinic, physician, studies };
    sign(&practice, &practice.studies[0]).await;
    let mut clinic = practice.clinic;
    clinic.server.stop();
    let disk = tempfile::tempdir().unwrap();
    copy(clinic.state.path(), disk.path());
    clinic.state = disk;
    clinic
}

/// For a ratio.
fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// When a film of so many was read.
fn day(at: usize, count: usize) -> WallMs {
    let now = fieldray::app::clock::SystemClock.now().wall.0;
    let whole = |films: usize| i64::try_from(films).unwrap();
    let share = whole(count - at.min(count)) * 30 * DAY_MS / whole(count);
    WallMs(now - share)
}

fn copy(from: &Path, to: &Path) {
    let all = from.join(".");
    assert!(Command::new("cp").arg("-a").arg(all).arg(to).status().unwrap().success());
}

fn start(line: &Line, state: &Path, file: &Path) -> Box_ {
    Box_::start_by(&line.at_box(), state, &[], &["--config", file.to_str().unwrap()])
}

/// How many of the box's records there are, by a condition, and how many bytes of them a portal has begun.
fn count_begun(state: &Path, which: &str) -> (u64, u64) {
    let db = Connection::open(state.join("fieldray.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    let select = "select count(*), coalesce(sum(held_bytes), 0) from sync_record";
    let select = format!("{select} where {which}");
    db.query_row(&select, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn count(state: &Path, which: &str) -> u64 {
    count_begun(state, which).0
}

/// Waits until so many records are left of those that a condition names, as long as something comes forward.
async fn until_left(state: &Path, which: &str, left: u64, mut look: impl FnMut()) {
    let which = format!("done = 0 and {which}");
    let (mut before, mut moved) = ((0, 0), Instant::now());
    loop {
        let now = count_begun(state, &which);
        if now.0 <= left {
            return;
        }
        if now != before {
            (before, moved) = (now, Instant::now());
        }
        assert!(moved.elapsed() < STILL_MAX, "nothing comes forward: {now:?} wait");
        look();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// How many records the portal holds, once it has taken in what has arrived.
async fn come_to_rest(portal: &Portal_) -> usize {
    let (mut there, mut since) = (portal.records().len(), Instant::now());
    while since.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = portal.records().len();
        if now != there {
            (there, since) = (now, Instant::now());
        }
    }
    there
}

/// Numbers of the records that wait.
fn waiting(state: &Path) -> BTreeSet<i64> {
    records(state).into_iter().filter(|(.., done)| !done).map(|(seq, ..)| seq).collect()
}

/// An urgent film comes in on a box that is not running; gives the number of its urgent record.
fn urgent_film(state: &Path, first: usize) -> i64 {
    let before = records(state).iter().map(|(seq, ..)| *seq).max().unwrap_or(0);
    let late = Film { radiograph: Some(vec![7; 1_000]), ..Film::urgent("Late Urgent") };
    let now = fieldray::app::clock::SystemClock.now().wall;
    seed::films_over(state, &[late], first, |_| now);
    let urgent =
        records(state).into_iter().find(|(seq, kind, ..)| kind == "urgent" && *seq > before);
    urgent.unwrap().0
}

/// The urgent record stands before everything that waited when it was made and was not there yet.
fn overtook(portal: &Portal_, urgent: i64, waited: &BTreeSet<i64>, there: usize) {
    let places: Vec<i64> = portal.records().iter().map(|one| one.seq).collect();
    let since = &places[there..];
    let before: Vec<_> = since.iter().take_while(|seq| **seq != urgent).collect();
    assert!(before.len() < since.len(), "the urgent record is there");
    let overtaken = before.iter().filter(|seq| waited.contains(seq)).count();
    assert_eq!(overtaken, 0, "{before:?} came before the urgent record {urgent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_cross_a_narrow_lossy_line_once_and_the_urgent_one_first() {
    let Some(line) = Line::open("narrow") else { return };
    let (studies, rate, loss) = (number("STUDIES", 4), number("RATE", 64_000), number("LOSS", 10));
    line.rate(rate);
    line.loss(loss);
    let clinic = thirty_days(&films(studies as usize, 1_500..3_000)).await;
    let state = clinic.state.path();
    let portal = Portal_::start_at(line.place(), &[]);
    let file = settings(state, &portal.url(), &portal, &portal.code());
    let made = count(state, "kind <> 'image'");

    // Half of it, then the power fails, and an urgent film is read before it is back.
    let begun = Instant::now();
    let server = start(&line, state, &file);
    until_left(state, "kind <> 'image'", made / 2, || ()).await;
    server.kill();
    line.drained().await;
    let waited = waiting(state);
    let there = come_to_rest(&portal).await;
    let urgent = urgent_film(state, studies as usize);
    let again = Instant::now();
    let server = start(&line, state, &file);
    until_left(state, &format!("seq = {urgent}"), 0, || ()).await;
    let urgent_took = again.elapsed();

    // The line is pulled out while something is on it.
    let pulled = Duration::from_secs(number("PULLED_SECONDS", 3));
    line.pull();
    tokio::time::sleep(pulled).await;
    line.mend();
    until_left(state, "kind <> 'image'", 0, || ()).await;
    let (took, bytes) = (begun.elapsed() - pulled, line.bytes());
    let small = count(state, "kind <> 'image'");
    println!(
        "{rate} bit/s, {loss} of 100 packets lost each way: {small} records without images in {:.0} s \
         ({:.1} s each; {} s without a line left out), {bytes} bytes on the line ({} each); the urgent one {:.1} s after the start",
        took.as_secs_f64(),
        took.as_secs_f64() / real(small),
        pulled.as_secs(),
        bytes / small,
        urgent_took.as_secs_f64(),
    );

    // Images on a better line.
    line.rate(rate * 8);
    line.loss(loss / 5);
    until_left(state, "true", 0, || ()).await;
    let peaks = [peak_mib(server.pid()), peak_mib(portal.pid())];
    drop(server);
    compare(state, &portal);
    overtook(&portal, urgent, &waited, there);
    assert!(check(state).ends_with("0 problems"));
    println!("everything after {:.0} s; peak memory {peaks:?} MiB", begun.elapsed().as_secs_f64());
}

/// What thirty days took, once there is a line that breaks.
struct Month {
    records: usize,
    seconds: f64,
    cuts: u64,
    exchanges: u64,
    bytes: u64,
    pulled: u32,
    peaks: [u64; 2],
}

/// Everything of thirty days over a line that breaks: connections cut at random bytes, the line pulled out, the
/// portal killed once, the box once, with an urgent film read meanwhile.
async fn month(line: &Line, studies: usize, cut_after_max: u64) -> Month {
    let clinic = thirty_days(&films(studies, 1_000..9_000)).await;
    let state = clinic.state.path();
    let mut portal = Portal_::start_at(line.place(), &[]);
    let faults = Faults { cut_after_max, rate: 0, seed: 11 };
    let proxy = line.proxy(portal.boxes, faults);
    let file = settings(state, &proxy.link.url(), &portal, &portal.code());
    let all = count(state, "true");
    let (begun, sent) = (Instant::now(), line.bytes());
    let mut server = start(line, state, &file);

    until_left(state, "true", all * 3 / 4, || ()).await;
    portal = portal.again(&[]);
    proxy.link.lead_to(portal.boxes);
    until_left(state, "true", all / 2, || ()).await;
    let box_peak = peak_mib(server.pid());
    server.kill();
    line.drained().await;
    let (waited, there) = (waiting(state), come_to_rest(&portal).await);
    let urgent = urgent_film(state, studies);
    server = start(line, state, &file);
    let (mut pulled, mut last) = (0, Instant::now());
    until_left(state, "true", 0, || {
        if last.elapsed() > Duration::from_secs(60) {
            line.pull();
            std::thread::sleep(Duration::from_secs(4));
            line.mend();
            (pulled, last) = (pulled + 1, Instant::now());
        }
    })
    .await;
    let seconds = begun.elapsed().as_secs_f64();
    let peaks = [box_peak.max(peak_mib(server.pid())), peak_mib(portal.pid())];
    drop(server);
    compare(state, &portal);
    overtook(&portal, urgent, &waited, there);
    assert!(check(state).ends_with("0 problems"));
    Month {
        records: portal.records().len(),
        seconds,
        cuts: proxy.link.cuts(),
        exchanges: proxy.link.exchanges(),
        bytes: line.bytes() - sent,
        pulled,
        peaks,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_days_arrive_once_and_memory_does_not_grow_with_them() {
    let Some(line) = Line::open("month") else { return };
    line.rate(number("MONTH_RATE", 4_000_000));
    line.loss(number("MONTH_LOSS", 1));
    let studies = number("MONTH_STUDIES", 12) as usize;
    let mut peaks = Vec::new();
    let cut_after_max = number("MONTH_CUT_AFTER_MAX", 60_000);
    for studies in [(studies / 10).max(4), studies] {
        let month = month(&line, studies, cut_after_max).await;
        println!(
            "{studies} studies of 30 days, {} records: {:.0} s, {} bytes on the line, {} exchanges, {} cuts, \
             line pulled out {} times; peak memory of box and portal {:?} MiB",
            month.records,
            month.seconds,
            month.bytes,
            month.exchanges,
            month.cuts,
            month.pulled,
            month.peaks
        );
        assert!(month.cuts > 0, "nothing was cut");
        peaks.push(month.peaks);
    }
    for (small, large) in peaks[0].iter().zip(peaks[1]) {
        assert!(large <= small + FURTHER_MIB, "memory grew: {peaks:?} MiB");
    }
}

/// What a run cost on the line.
struct Cost {
    bytes: u64,
    cuts: u64,
    exchanges: u64,
}

/// Sends what a clinic has, from the same beginning each time.
async fn send_all(line: &Line, seeded: &Path, cut_after_max: u64) -> Cost {
    let state = tempfile::tempdir().unwrap();
    copy(seeded, state.path());
    let portal = Portal_::start_at(line.place(), &[]);
    let proxy = line.proxy(portal.boxes, Faults { cut_after_max, rate: 0, seed: 5 });
    let file = settings(state.path(), &proxy.link.url(), &portal, &portal.code());
    let sent = line.bytes();
    let server = start(line, state.path(), &file);
    until_left(state.path(), "true", 0, || ()).await;
    drop(server);
    compare(state.path(), &portal);
    Cost { bytes: line.bytes() - sent, cuts: proxy.link.cuts(), exchanges: proxy.link.exchanges() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cuts_cost_few_bytes() {
    let Some(line) = Line::open("cuts") else { return };
    line.rate(number("CUTS_RATE", 4_000_000));
    let studies = number("CUTS_STUDIES", 3) as usize;
    let clinic = thirty_days(&films(studies, 50_000..200_000)).await;
    let clean = send_all(&line, clinic.state.path(), 0).await;
    // Cut after up to twice as many bytes as so many exchanges have: every third, in the soak every twelfth.
    let between = clean.bytes * number("CUTS_BETWEEN", 3) / clean.exchanges;
    let cut = send_all(&line, clinic.state.path(), between * 2).await;
    assert!(cut.cuts > 0, "nothing was cut");
    let share = real(cut.cuts) / real(cut.exchanges);
    let ratio = real(cut.bytes) / real(clean.bytes);
    println!(
        "{studies} studies: {} bytes and {} exchanges without a cut; {} bytes, {} exchanges, {} cuts \
         ({:.1} of 100): {ratio:.3} times",
        clean.bytes,
        clean.exchanges,
        cut.bytes,
        cut.exchanges,
        cut.cuts,
        share * 100.0
    );
    // Of many cuts at one exchange in twenty, as it comes out then, what is promised; a few may all fall badly.
    let most = if number("CUTS_BETWEEN", 3) >= 10 { 1.1 } else { 4.0 };
    assert!(ratio <= most, "{ratio} times the bytes of a clean run");
}
