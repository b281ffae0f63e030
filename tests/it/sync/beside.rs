//! The portal beside Orthanc: the same films in turns on the same machine, to the portal as PNG by ranges, to
//! Orthanc as DICOM Secondary Capture by STOW-RS, as a box sends them.
//!
//! Small within `make test`; `make load-sync` prints the figures of docs/performance.md. Times fail nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldray::app::pipeline::png_grey;
use fieldray::domain::box_id::{BoxCode, BoxId};
use fieldray::domain::digest::Sha256Digest;
use fieldray::domain::ids::{PatientId, StudyId, StudyNumber};
use fieldray::domain::patient::Patient;
use fieldray::domain::people::{AgeEvidence, PersonName, Phi, Sex};
use fieldray::domain::radiograph::Radiograph;
use fieldray::domain::stamp::{ClockTrust, Stamp, WallMs};
use fieldray::domain::study::StudyState;
use fieldray::domain::sync::identity::KeyId;
use fieldray::pacs::{Client, PacsSettings, Sent, StowSettings};
use fieldray::wire::dicom::{self, About, DicomObject, FilmFacts};
use fieldray::wire::fhir::{BoxFacts, StudyFacts};
use tokio::task::JoinSet;

use super::fleet::{SimBox, Times, number, portal};
use super::peak_mib;
use crate::clinic::{PATIENCE, free_port};
use crate::load::processor_ms;
use crate::pacs::{Pacs, tools};
use crate::phantom::{self, Shot};

/// A film as either side gets it.
struct Film {
    digest: Sha256Digest,
    png: Vec<u8>,
    object: DicomObject,
}

/// Size of a radiograph, as a box stores it.
const SIZE: (u32, u32) = (1_600, 1_900);

/// A drawn radiograph.
fn drawn() -> Vec<u8> {
    phantom::radiograph(Shot { width: SIZE.0, height: SIZE.1, ..Shot::default() }).into_raw()
}

/// The drawn radiograph with grain of its own.
fn film(drawn: &[u8], number: u32) -> Film {
    let mut state = (u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let grain = |pixel: &u8| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        pixel.saturating_add((state >> 62) as u8)
    };
    let pixels = drawn.iter().map(grain).collect();
    let radiograph = Radiograph::new(SIZE.0, SIZE.1, pixels).unwrap();
    let png = png_grey(&radiograph).unwrap();
    let digest = Sha256Digest::of(&png);
    let id = u128::from(number + 1).to_be_bytes();
    let received = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    let about = About {
        from: BoxFacts::of(KeyId::from_bytes([0xB0; 16]), "PHC Test".into()),
        study: StudyFacts {
            id: StudyId::from_bytes(id),
            number: StudyNumber(i64::from(number) + 1),
            state: StudyState::Reported,
            patient: Patient {
                id: PatientId::from_bytes(id),
                box_id: Phi::new(BoxId::new(BoxCode::parse("K7PXM").unwrap(), number + 1).unwrap()),
                name: Phi::new(PersonName::parse(&format!("Patient {number}")).unwrap()),
                local_id: None,
                sex: Sex::Female,
                age: AgeEvidence::BirthYear(1980),
            },
            programmes: vec![],
            registered: received,
            urgency: None,
            images_url: None,
            photos: [1, 0],
        },
        utc_offset_minutes: 330,
    };
    let facts = FilmFacts { radiograph, digest, received, mirror_doubtful: false, lossy: None };
    Film { digest, png, object: dicom::film(&about, facts).unwrap() }
}

/// What one side took for all its turns.
#[derive(Default)]
struct Total {
    seconds: f64,
    processor_seconds: f64,
}

impl Total {
    fn add(&mut self, begun: Instant, pid: u32, processor_before: f64) {
        self.seconds += begun.elapsed().as_secs_f64();
        self.processor_seconds += (processor_ms(pid) - processor_before) / 1000.0;
    }

    fn print(&self, name: &str, films: u32, megabytes: f64, pid: u32) {
        let films = f64::from(films);
        println!(
            "{name:8} {:6.1} films a second {:6.1} MB a second {:6.1} ms of processor time a film, peak memory \
             {} MiB",
            films / self.seconds,
            megabytes / self.seconds,
            self.processor_seconds * 1000.0 / films,
            peak_mib(pid)
        );
    }
}

type Sender = (Arc<SimBox>, Arc<Client>);

/// One turn of one side: every sender its share, all at once.
async fn turn(senders: &[Sender], films: &[Arc<Film>], to_portal: bool) {
    let mut all = JoinSet::new();
    for (at, sender) in senders.iter().enumerate() {
        let mine: Vec<_> = films.iter().skip(at).step_by(senders.len()).cloned().collect();
        let (portal, pacs) = (Arc::clone(&sender.0), Arc::clone(&sender.1));
        all.spawn(async move {
            for film in mine {
                if to_portal {
                    portal.file(film.digest, &film.png).await;
                } else {
                    assert_eq!(pacs.send(&film.object).await, Ok(Sent::Stored));
                }
            }
        });
    }
    all.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_films_go_to_the_portal_and_to_orthanc() {
    if !tools() {
        return;
    }
    let (rounds, together) = (number("ROUNDS", 2) as u32, number("TURN", 3) as u32);
    let portal = portal();
    let folder = tempfile::tempdir().unwrap();
    let pacs = Pacs::start(folder.path(), free_port(), free_port());
    let stow =
        StowSettings { url: pacs.stow(), user: String::new(), secret_file: None, ca_file: None };
    let stow = PacsSettings::Stow(stow);
    let mut senders = Vec::new();
    for at in 0..number("SENDERS", 2) {
        let one = SimBox::enrolled(&portal, at, &Times::default()).await;
        senders.push((Arc::new(one), Arc::new(Client::open(&stow).unwrap())));
    }
    let end = Instant::now() + PATIENCE;
    while senders[0].1.probe().await.is_err() {
        assert!(Instant::now() < end, "Orthanc does not answer");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let drawn = drawn();
    let (mut ours, mut theirs) = (Total::default(), Total::default());
    let (mut png, mut dicom) = (0, 0);
    for round in 0..rounds {
        let films: Vec<_> =
            (0..together).map(|at| Arc::new(film(&drawn, round * together + at))).collect();
        png += films.iter().map(|film| film.png.len()).sum::<usize>();
        dicom += films.iter().map(|film| film.object.file().len()).sum::<usize>();
        // Who comes second finds the machine as the first has left it: they change places.
        for to_portal in [round.is_multiple_of(2), !round.is_multiple_of(2)] {
            let pid = if to_portal { portal.pid() } else { pacs.pid() };
            let (begun, before) = (Instant::now(), processor_ms(pid));
            turn(&senders, &films, to_portal).await;
            let total = if to_portal { &mut ours } else { &mut theirs };
            total.add(begun, pid, before);
        }
    }
    let count = rounds * together;
    let megabytes = |bytes: usize| f64::from(u32::try_from(bytes / 1000).unwrap()) / 1000.0;
    println!("{count} films of 1600 x 1900, {} senders, {rounds} turns each", senders.len());
    ours.print("portal", count, megabytes(png), portal.pid());
    theirs.print("Orthanc", count, megabytes(dicom), pacs.pid());
    println!("films a second, portal to Orthanc: {:.2}", theirs.seconds / ours.seconds);
    let held = std::fs::read_dir(portal.state.path().join("images")).unwrap().count();
    assert_eq!((held, pacs.instances().await.len()), (count as usize, count as usize));
}
