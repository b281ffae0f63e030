//! Phantom films through a box of the test's own.

use crate::app::acceptance::FILM_MAX;
use crate::app::clock::Stopwatch;
use crate::app::{App, Lightbox, random};
use crate::domain::acceptance::{Finding, Item};
use crate::domain::fault::Fault;
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::login::{Device, Passcode};
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, AgeYears, Operator, PersonName, Phi, Sex};
use crate::domain::reading::ScoreSheet;
use crate::domain::registration::{Person, Registration};
use crate::domain::study::PhotoState;
use crate::domain::view::StudyView;
use crate::locale::Locale;
use crate::phantom::{self, Shot};

/// Looks at the queue this often, milliseconds.
const LOOK_MS: u64 = 100;
/// Most that two readings of the same pixels may differ. On one back end it is nothing; a faster one may
/// take over between the two, and is believed up to here (`infer`).
const APART_MAX: f32 = 1e-3;
/// How blurred the bad phantom is: sigma of a Gaussian, pixels of a photo 1200 wide.
const BLUR: f32 = 9.0;

/// Runs all films.
pub(super) async fn run(bench: App) -> Vec<Finding> {
    let lightbox = match Lightbox::start(&bench) {
        Ok(lightbox) => lightbox,
        Err(error) => return vec![Finding::new(Item::Reading, false, error.to_string())],
    };
    let mut findings = match operator(&bench).await {
        Ok(by) => films(&bench, &by).await,
        Err(fault) => vec![Finding::new(Item::Reading, false, fault.to_string())],
    };
    // The step in hand ends before the folder goes.
    let ended = tokio::task::spawn_blocking(move || drop(lightbox)).await;
    if let Err(error) = ended {
        tracing::error!(%error, "the test's compute thread ended abnormally");
    }
    findings.push(records(&bench));
    findings
}

async fn operator(bench: &App) -> Result<Operator, Fault> {
    let name = PersonName::parse("Acceptance test").ok_or(Fault::Internal)?;
    let passcode = Passcode::parse("a box of its own").ok_or(Fault::Internal)?;
    let code = bench.setup_code();
    let token = bench.set_up(&code, name, passcode, Device::of_user_agent("")).await?;
    let attendance = bench.session(&token, false).await?.ok_or(Fault::Internal)?;
    Ok(attendance.operator)
}

async fn films(bench: &App, by: &Operator) -> Vec<Finding> {
    let shot = Shot::default();
    let photo = phantom::jpeg(shot);
    let good = film(bench, by, photo.clone()).await;
    let again = film(bench, by, with_comment(&photo)).await;
    let blurred = film(bench, by, phantom::blurred_jpeg(shot, BLUR)).await;
    let empty = film(bench, by, phantom::jpeg(Shot { film: false, ..shot })).await;
    vec![
        reading(&good),
        repeatable(&good, &again),
        refused(Item::Blurred, &blurred),
        refused(Item::NoFilm, &empty),
    ]
}

/// The same pixels in another file: the box takes no file twice. A comment segment after the first two
/// bytes (ITU T.81, B.2.4.5).
fn with_comment(jpeg: &[u8]) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(jpeg.len().min(2));
    [start, &[0xff, 0xfe, 0, 6], b"test", rest].concat()
}

/// A film that went all the way, and how long that took.
type Film = Result<(StudyView, f64), String>;

async fn film(bench: &App, by: &Operator, photo: Vec<u8>) -> Film {
    send(bench, by, photo).await.map_err(|fault| fault.to_string())
}

async fn send(bench: &App, by: &Operator, photo: Vec<u8>) -> Result<(StudyView, f64), Fault> {
    let patient = NewPatient {
        name: Phi::new(PersonName::parse("Phantom").ok_or(Fault::Internal)?),
        local_id: None,
        sex: Sex::Female,
        age: AgeEvidence::Told(AgeYears::new(40).ok_or(Fault::Internal)?),
        programmes: Vec::new(),
    };
    // Each phantom is somebody of its own: nobody is there to be asked.
    let person = Person::SomebodyElse(patient);
    let registration = Registration { person, indication: Indication::default() };
    let study = StudyId::from_bytes(random::bytes()?);
    bench.register(by, registration, study).await?;
    let watch = Stopwatch::start();
    let id = PhotoId::from_bytes(random::bytes()?);
    let mut intake = bench.begin_photo(by, study, id, None).await?;
    intake.write(&photo).await?;
    intake.finish().await?;
    let wait = async {
        loop {
            let view = bench.study(study).await?;
            let waits = view.photos.iter().any(|photo| {
                !matches!(
                    photo.state,
                    PhotoState::Reported | PhotoState::Refused | PhotoState::Held { .. }
                )
            });
            if !waits {
                return Ok::<StudyView, Fault>(view);
            }
            tokio::time::sleep(std::time::Duration::from_millis(LOOK_MS)).await;
        }
    };
    let view = tokio::time::timeout(FILM_MAX, wait).await.map_err(|_late| Fault::StepFailed)??;
    Ok((view, watch.ms()))
}

fn reading(film: &Film) -> Finding {
    let (view, ms) = match film {
        Ok(film) => film,
        Err(reason) => return Finding::new(Item::Reading, false, reason.as_str()),
    };
    let Some(reading) = &view.reading else {
        return Finding::new(Item::Reading, false, format!("the photo ended {}", ending(view)));
    };
    let text = Locale::english().draft_text(&reading.draft);
    let scores = reading.sheet.lines.len();
    let whole = scores > 0 && !text.trim().is_empty();
    let sentences = text.lines().count();
    let detail = format!(
        "{scores} scores, a draft of {sentences} lines, {:.1} s from upload to draft",
        ms / 1000.0
    );
    Finding::new(Item::Reading, whole, detail)
}

fn repeatable(one: &Film, two: &Film) -> Finding {
    let sheet = |film: &Film| match film {
        Ok((view, _)) => view.reading.as_ref().map(|reading| reading.sheet.clone()),
        Err(_) => None,
    };
    let (Some(one), Some(two)) = (sheet(one), sheet(two)) else {
        return Finding::new(Item::Repeatable, false, "one of the two films has no reading");
    };
    let Some(furthest) = furthest_apart(&one, &two) else {
        return Finding::new(Item::Repeatable, false, "the two readings score other findings");
    };
    let detail = format!("{} scores, at most {furthest:.6} apart", one.lines.len());
    Finding::new(Item::Repeatable, furthest <= APART_MAX, detail)
}

/// How far two readings of the same pixels are apart; `None` when they are about different findings.
fn furthest_apart(one: &ScoreSheet, two: &ScoreSheet) -> Option<f32> {
    let findings =
        |sheet: &ScoreSheet| sheet.lines.iter().map(|line| line.finding).collect::<Vec<_>>();
    if one.lines.is_empty() || findings(one) != findings(two) {
        return None;
    }
    let pairs = one.lines.iter().zip(&two.lines);
    let apart = pairs.map(|(one, two)| (one.score.value() - two.score.value()).abs());
    Some(apart.fold(0.0, f32::max))
}

fn refused(item: Item, film: &Film) -> Finding {
    match film {
        Ok((view, _)) => {
            let refused = view.reading.is_none()
                && view.photos.iter().all(|photo| photo.state == PhotoState::Refused);
            Finding::new(item, refused, format!("the photo ended {}", ending(view)))
        }
        Err(reason) => Finding::new(item, false, reason.as_str()),
    }
}

fn ending(view: &StudyView) -> String {
    let photos = view.photos.iter().map(|photo| {
        let issues: Vec<_> = photo.issues.iter().map(|issue| issue.code()).collect();
        let fault = photo.fault.map_or_else(String::new, |fault| format!(" {}", fault.code()));
        format!("{}{fault} {}", photo.state.code(), issues.join(", "))
    });
    photos.collect::<Vec<_>>().join("; ").trim().to_owned()
}

fn records(bench: &App) -> Finding {
    match bench.inner.store.check(true) {
        Ok(report) => {
            let detail = format!(
                "{} studies, {} files, {} problems",
                report.studies,
                report.files,
                report.problems.len()
            );
            Finding::new(Item::Records, report.problems.is_empty() && report.files > 0, detail)
        }
        Err(error) => Finding::new(Item::Records, false, error.to_string()),
    }
}
