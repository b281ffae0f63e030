//! `/studies/{study}`: everything about one film, and what to do next.
//!
//! Scores are shown only in the states *reported* and *signed*: in every other state the page says
//! that there is no reading, and why.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::ids::{PhotoId, StudyId};
use crate::domain::quality::QualityIssue;
use crate::domain::rights::Right;
use crate::domain::study::{PhotoState, Stage, StudyState};
use crate::domain::view::{PhotoView, StudyView};
use crate::locale::{Advice, Locale};
use crate::web::error::{Failure, status_of};
use crate::web::forms::random_id;
use crate::web::guard::Session;
use crate::web::html::{self, Page, Stop, page};
use crate::web::pages::camp::{self, Strip};
use crate::web::pages::compare::{self, PriorLink};
use crate::web::pages::followup::{self, Loop};
use crate::web::pages::indication::IndicationWords;
use crate::web::pages::patients::local_id;
use crate::web::pages::pixels::study_id;
use crate::web::pages::proposal::Proposal;
use crate::web::pages::second::Second;
use crate::web::pages::worklist::person_line;

mod repeat;
mod same_film;
pub(in crate::web) mod scores;

use repeat::Compared;
use same_film::SameFilmCard;
pub(in crate::web) use same_film::answer as answer_same_film;
use scores::Reading;

/// Issues that the script looks for before a photo is sent (`web/static/check.js`).
const LOOKED_FOR: [QualityIssue; 5] = [
    QualityIssue::TooSmall,
    QualityIssue::Underexposed,
    QualityIssue::Overexposed,
    QualityIssue::CutOff,
    QualityIssue::Blur,
];

/// Texts that the script shows.
const SCRIPT_KEYS: [&str; 25] = [
    "js-live-starting",
    "js-live-find",
    "js-live-good",
    "js-live-taking",
    "js-live-refused",
    "js-waiting",
    "js-looking",
    "js-asked",
    "js-take-again",
    "js-send-anyway",
    "js-thumbnail",
    "js-checking",
    "js-sending",
    "js-stored",
    "js-known",
    "js-retrying",
    "js-failed",
    "js-retry",
    "js-remove",
    "js-leave",
    "js-photo",
    "js-offline",
    "js-too-large",
    "js-too-large-next",
    "fault-next-title",
];

#[derive(askama::Template)]
#[template(path = "study.html")]
struct StudyPage {
    page: Page,
    /// The films before and after this one, in a camp.
    strip: Option<Strip>,
    stop: Option<Stop>,
    note: Option<String>,
    study: Study,
    upload_open: bool,
    /// An id for each of the two upload forms: sent twice, it adds one photo.
    upload_ids: [String; 2],
    photo_bytes_max: u64,
    script_texts: String,
}

#[derive(askama::Template)]
#[template(path = "study_fragment.html")]
struct FragmentPage {
    page: Page,
    study: Study,
}

/// A study in words.
struct Study {
    href: String,
    heading: String,
    version: i64,
    state: &'static str,
    state_word: String,
    urgency: Option<(&'static str, String)>,
    advice: Advice,
    /// The patient, for the head of the page.
    name: String,
    box_id: String,
    /// Number of the clinic; empty: none.
    local_id: String,
    person: String,
    patient_href: String,
    registered: String,
    /// Why the film was taken.
    indication: IndicationWords,
    /// What that means for the reading.
    notes: Vec<Advice>,
    /// Which figure of a band counts, where it is not the usual one.
    point: Option<String>,
    /// This phone is in a camp, and the next patient may come.
    next_patient: bool,
    /// "No reading" in words, when there is none.
    missing: Option<String>,
    takes_photos: bool,
    reading: Option<Reading>,
    /// The photo whose radiograph is shown.
    viewer: Option<String>,
    photos: Vec<Photo>,
    steps: Vec<Step>,
    /// Reasons for a retake, of the newest refused photo.
    retake: Vec<Advice>,
    /// Why a second photo is worth taking, and what to do better.
    again: Option<Advice>,
    /// How the readings of several photos compare.
    compared: Option<Compared>,
    /// Films of other studies that look the same.
    same_films: Vec<SameFilmCard>,
    /// Earlier films of the patient to compare with; empty without a reading.
    priors: Vec<PriorLink>,
    /// Suspicions that nothing has settled; `None`: there is no reading to follow up.
    loops: Option<Vec<Loop>>,
    /// Second opinions from the portal.
    seconds: Vec<Second>,
    /// One of them goes beyond the box's reading, and nobody has looked at it since.
    alarm: bool,
    /// Amendments that the portal proposes.
    proposals: Vec<Proposal>,
    /// The way to the report: its address and the words on the button; `None`: there is none.
    report: Option<(String, &'static str)>,
    signed: bool,
}

impl Study {
    fn processing(&self) -> bool {
        self.state == StudyState::Processing.code()
    }

    /// Adds what comes from other studies and from after the film.
    async fn add_surroundings(
        &mut self,
        app: &App,
        (locale, session): (&Locale, &Session),
        view: &StudyView,
    ) -> Result<(), Failure> {
        let said = app.said_by_portal(view.id).await?;
        self.seconds = Second::all(locale, &said.reviews, None, app.utc_offset_minutes());
        self.alarm = said.sees_more;
        self.proposals = Proposal::all(app, locale, session, (&said.amendments, &said.versions));
        if self.reading.is_some() {
            self.priors = compare::links(app, locale, view.id).await?;
            let found = app.follow_up(view.id).await?;
            self.loops = Some(followup::loops(app, locale, &found, app.now()));
        }
        Ok(())
    }
}

/// A photo in words.
struct Photo {
    id: String,
    heading: String,
    received: String,
    state: &'static str,
    state_word: String,
    issues: Vec<Advice>,
    fault: Option<Stop>,
    held: bool,
    in_use: bool,
    better: bool,
    /// Somebody may say how the film lies in it.
    correctable: bool,
    corrected: bool,
}

/// A step of the newest photo.
struct Step {
    name: String,
    /// Class and icon: `done`, `now`, `waiting`, `failed`, `stopped`.
    mark: &'static str,
    word: String,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Note {
    note: Option<String>,
}

/// `GET /studies/{study}`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Path(study): Path<String>,
    Query(note): Query<Note>,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    render(&app, &session, study, (note.note.as_deref().into(), camp::is_on(&headers))).await
}

/// The page with a fault on top: the answer to a form without script that failed.
pub(super) async fn show_fault(
    app: &App,
    session: &Session,
    study: StudyId,
    fault: Fault,
) -> Result<Response, Failure> {
    render(app, session, study, (Occasion::Fault(fault), false)).await
}

/// `GET /studies/{study}/fragment`: the changing parts of the page.
pub(in crate::web) async fn fragment(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let view = app.study(study_id(&study)?).await?;
    let frame = Page::inside(&session, "viewer-title");
    let mut study = words(&app, &frame, &view, session.may(Right::Report));
    study.next_patient = camp::is_on(&headers) && !view.photos.is_empty();
    study.add_surroundings(&app, (frame.locale, &session), &view).await?;
    Ok(page(StatusCode::OK, &FragmentPage { page: frame, study }))
}

/// `GET /studies/{study}/status`: whether an open page is old.
pub(in crate::web) async fn status(
    State(app): State<App>,
    _session: Session,
    Path(study): Path<String>,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    let (version, state) = app.study_version(study).await?;
    Ok(html::json(&json!({ "version": version, "state": state.code() })))
}

/// Why the page is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// Somebody came to look.
    Look,
    /// The photo that was sent was here already.
    Known,
    /// Somebody without script wants to choose a photo: the page must hold still.
    Add,
    /// A form failed.
    Fault(Fault),
}

impl From<Option<&str>> for Occasion {
    fn from(note: Option<&str>) -> Self {
        match note {
            Some("known") => Self::Known,
            Some("add") => Self::Add,
            Some(_) | None => Self::Look,
        }
    }
}

async fn render(
    app: &App,
    session: &Session,
    study: StudyId,
    (occasion, in_camp): (Occasion, bool),
) -> Result<Response, Failure> {
    let view = app.study(study).await?;
    let mut frame = Page::inside(session, "viewer-title");
    let strip = if in_camp { Some(Strip::of(app, frame.locale, Some(study)).await?) } else { None };
    let mut study = words(app, &frame, &view, session.may(Right::Report));
    study.next_patient = in_camp && !view.photos.is_empty();
    study.add_surroundings(app, (frame.locale, session), &view).await?;
    frame.title.clone_from(&study.heading);
    let (status, stop) = match occasion {
        Occasion::Fault(fault) => (status_of(fault.kind()), Some(Stop::new(&frame, fault))),
        Occasion::Look | Occasion::Known | Occasion::Add => (StatusCode::OK, None),
    };
    // A page with a fault on top stays until it was read.
    frame.refresh = study.processing() && matches!(occasion, Occasion::Look | Occasion::Known);
    let template = StudyPage {
        strip,
        stop,
        note: (occasion == Occasion::Known).then(|| frame.t("upload-known")),
        upload_open: occasion == Occasion::Add || (!study.processing() && study.reading.is_none()),
        study,
        upload_ids: [upload_id()?, upload_id()?],
        photo_bytes_max: app.limits().photo_bytes_max,
        script_texts: script_texts(frame.locale),
        page: frame,
    };
    Ok(page(status, &template))
}

fn upload_id() -> Result<String, Fault> {
    Ok(PhotoId::from_bytes(random_id()?).to_string())
}

fn script_texts(locale: &Locale) -> String {
    let text = |key: &str| (key.to_owned(), Value::from(locale.t(key)));
    let texts = SCRIPT_KEYS.iter().map(|key| text(key));
    // The sentences that the box itself would say about the same photo.
    let issues = LOOKED_FOR.iter().flat_map(|issue| {
        let Advice { what, next } = locale.issue_text(*issue);
        let key = format!("issue-{}", issue.code());
        [(format!("{key}.next"), Value::from(next)), (key, Value::from(what))]
    });
    Value::Object(texts.chain(issues).collect()).to_string()
}

fn words(app: &App, frame: &Page, view: &StudyView, may_sign: bool) -> Study {
    let locale = frame.locale;
    let minutes = app.utc_offset_minutes();
    let has_numbers = matches!(view.state, StudyState::Reported | StudyState::Signed);
    let shown = view.reading.as_ref().filter(|_| has_numbers);
    let urgency = view.urgency.filter(|_| has_numbers);
    let advice = match (view.state, urgency) {
        (StudyState::Reported, Some(urgency)) => locale.urgency_text(urgency),
        _ => locale.state_text(view.state),
    };
    let missing = match view.state {
        StudyState::Registered | StudyState::Processing => Some(locale.t("no-reading-yet")),
        _ if shown.is_none() => Some(locale.t("no-reading")),
        _ => None,
    };
    let read = shown.map(|reading| reading.photo);
    let newest_radiograph = view.photos.iter().rev().find(|photo| photo.has_radiograph);
    let viewer = read.or(newest_radiograph.map(|photo| photo.id));
    let newest_refused = view.photos.iter().rev().find(|photo| photo.state == PhotoState::Refused);
    let refused = newest_refused.filter(|_| view.state == StudyState::RetakeAsked);
    let again = view.worth_repeating.filter(|_| shown.is_some() && view.state.is_open());
    let registered = locale.time_text(view.registered, minutes);
    let number = view.number.to_string();
    Study {
        href: format!("/studies/{}", view.id),
        heading: locale.text("study-title", &[("number", number.into())]),
        version: view.version,
        state: view.state.code(),
        state_word: locale.state_word(view.state),
        urgency: urgency.map(|urgency| (urgency.code(), locale.urgency_word(urgency))),
        advice,
        name: view.patient.name.reveal().as_str().to_owned(),
        box_id: view.patient.box_id.reveal().to_string(),
        local_id: local_id(&view.patient),
        patient_href: format!("/patients/{}", view.patient.id),
        indication: IndicationWords::of(locale, &view.indication, may_sign),
        notes: shown.map_or_else(Vec::new, |reading| {
            let notes = view.indication.notes(&reading.sheet).into_iter();
            notes.map(|note| locale.indication_note(note)).collect()
        }),
        point: locale.operating_point_text(view.indication.operating_point()),
        next_patient: false,
        person: person_line(locale, &view.patient, app.year_now()),
        registered: locale.text("study-registered", &[("time", registered.into())]),
        missing,
        takes_photos: view.state.is_open(),
        reading: shown.map(|reading| Reading::of(locale, reading)),
        viewer: viewer.map(|photo| photo.to_string()),
        photos: photos(frame, view, read, minutes),
        steps: view.photos.last().map_or_else(Vec::new, |photo| steps(locale, photo.state)),
        retake: refused.map_or_else(Vec::new, |photo| {
            photo.issues.iter().map(|issue| locale.issue_text(*issue)).collect()
        }),
        again: again.map(|remark| Advice {
            what: locale.remark_text(remark),
            next: locale.issue_text(remark).next,
        }),
        compared: shown.and_then(|_| Compared::of(locale, view)),
        same_films: view
            .same_films
            .iter()
            .map(|film| SameFilmCard::of(locale, film, minutes))
            .collect(),
        priors: Vec::new(),
        loops: None,
        seconds: Vec::new(),
        alarm: false,
        proposals: Vec::new(),
        report: report_way(view, may_sign),
        signed: view.state == StudyState::Signed,
    }
}

/// The way from a study to its report.
fn report_way(view: &StudyView, may_sign: bool) -> Option<(String, &'static str)> {
    let href = format!("/studies/{}/report", view.id);
    match view.state {
        StudyState::Signed => Some((href, "report-read")),
        StudyState::Reported if may_sign => Some((href, "report-write")),
        StudyState::Registered
        | StudyState::Processing
        | StudyState::RetakeAsked
        | StudyState::Held
        | StudyState::Reported
        | StudyState::Voided => None,
    }
}

fn photos(frame: &Page, view: &StudyView, read: Option<PhotoId>, minutes: i32) -> Vec<Photo> {
    let locale = frame.locale;
    let photo = |(index, photo): (usize, &PhotoView)| {
        let received = locale.time_text(photo.received, minutes);
        Photo {
            id: photo.id.to_string(),
            heading: locale.text("photo-number", &[("number", (index + 1).into())]),
            received: locale.text("photo-received", &[("time", received.into())]),
            state: photo_mark(photo.state),
            state_word: locale.photo_state_word(photo.state),
            issues: photo.issues.iter().map(|issue| locale.issue_text(*issue)).collect(),
            fault: photo.fault.map(|fault| Stop::new(frame, fault)),
            held: matches!(photo.state, PhotoState::Held { .. }) && view.state.is_open(),
            in_use: read == Some(photo.id),
            better: read.is_some() && view.better == Some(photo.id),
            correctable: photo.state.due().is_none() && view.state.is_open(),
            corrected: photo.corrected,
        }
    };
    view.photos.iter().enumerate().map(photo).collect()
}

/// The icon of a photo's state: that of the study's state with the same meaning.
const fn photo_mark(state: PhotoState) -> &'static str {
    match state {
        PhotoState::Captured
        | PhotoState::Digitised
        | PhotoState::Accepted
        | PhotoState::Scored => StudyState::Processing.code(),
        PhotoState::Reported => StudyState::Reported.code(),
        PhotoState::Refused => StudyState::RetakeAsked.code(),
        PhotoState::Held { .. } => StudyState::Held.code(),
    }
}

/// The steps of a photo: which are done, which one is at work, which one failed.
fn steps(locale: &Locale, state: PhotoState) -> Vec<Step> {
    let step = |name: String, mark: &'static str| Step {
        name,
        mark,
        word: locale.t(&format!("step-{mark}")),
    };
    let stored = step(locale.t("stage-stored"), "done");
    let stages = Stage::ALL
        .into_iter()
        .enumerate()
        .map(|(index, stage)| step(locale.stage_name(stage), mark(index, state)));
    std::iter::once(stored).chain(stages).collect()
}

fn mark(index: usize, state: PhotoState) -> &'static str {
    let position = |stage: Stage| Stage::ALL.iter().position(|one| *one == stage).unwrap_or(0);
    let (reached, here, after) = match state {
        PhotoState::Reported => return "done",
        // Refused at the film or at the quality: the page does not know, and it does not matter.
        PhotoState::Refused => (position(Stage::Grade), "failed", "stopped"),
        PhotoState::Held { stage } => (position(stage), "failed", "stopped"),
        PhotoState::Captured
        | PhotoState::Digitised
        | PhotoState::Accepted
        | PhotoState::Scored => (state.due().map_or(0, position), "now", "waiting"),
    };
    match index.cmp(&reached) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => here,
        std::cmp::Ordering::Greater => after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_follow_the_photo() {
        let check = |state: PhotoState, expected: [&str; 5]| {
            let steps = steps(Locale::english(), state);
            let marks: Vec<_> = steps.iter().map(|step| step.mark).collect();
            assert_eq!(marks, expected, "{state:?}");
        };
        check(PhotoState::Captured, ["done", "now", "waiting", "waiting", "waiting"]);
        check(PhotoState::Accepted, ["done", "done", "done", "now", "waiting"]);
        check(PhotoState::Reported, ["done"; 5]);
        check(PhotoState::Refused, ["done", "done", "failed", "stopped", "stopped"]);
        let held = PhotoState::Held { stage: Stage::Score };
        check(held, ["done", "done", "done", "failed", "stopped"]);
    }

    #[test]
    fn the_script_gets_its_texts_as_json() {
        let texts: Value = serde_json::from_str(&script_texts(Locale::english())).unwrap();
        assert_eq!(texts["js-retry"], "Try again");
        assert!(SCRIPT_KEYS.iter().all(|key| texts[*key] != **key));
    }

    #[test]
    fn the_script_names_an_issue_in_the_words_of_the_box() {
        let texts: Value = serde_json::from_str(&script_texts(Locale::english())).unwrap();
        let script = include_str!("../../../web/static/check.js");
        let told: Vec<_> = script.match_indices("return \"").collect();
        assert_eq!(told.len(), LOOKED_FOR.len());
        for issue in LOOKED_FOR {
            let advice = Locale::english().issue_text(issue);
            assert!(script.contains(&format!("return \"{}\"", issue.code())), "{issue:?}");
            assert_eq!(texts[format!("issue-{}", issue.code())], advice.what);
            assert_eq!(texts[format!("issue-{}.next", issue.code())], advice.next);
        }
    }
}
