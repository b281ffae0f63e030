//! `/read`: films that wait for a radiologist, and one of them with the form for a second opinion.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::announced::{self, Card};
use super::login::Session;
use super::{Fields, Page, Trouble, amend, blocking, outcome, render, utc};
use crate::domain::finding::{Evidence, Finding};
use crate::domain::ids::StudyId;
use crate::domain::people::AgeEvidence;
use crate::domain::signing::{FreeText, Machine, Opinion};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::{Asked, OrderKind};
use crate::domain::sync::review::Review;
use crate::locale::Locale;
use crate::portal::orders::SentOrder;
use crate::portal::reading::{FilmToRead, WaitingFilm};
use crate::portal::{Portal, StorageError};
use crate::wire::orders;

#[derive(Template)]
#[template(path = "portal/films.html")]
struct FilmsPage {
    page: Page,
    /// What boxes said by text message and no record has confirmed.
    announced: Vec<Card>,
    /// Those that wait, then those that were read.
    lists: [Vec<Film>; 2],
    /// Studies that others than boxes have sent.
    foreign: Vec<super::foreign::Row>,
    /// Films can be downloaded for DHIS2.
    dhis2: bool,
}

/// A film in a list.
struct Film {
    href: String,
    name: String,
    urgency: &'static str,
    urgency_word: String,
    signed: bool,
    place: String,
    time: String,
}

#[derive(Template)]
#[template(path = "portal/film.html")]
struct FilmPage {
    page: Page,
    stop: Option<String>,
    /// A reading was given just now.
    given: bool,
    /// An amendment was proposed just now.
    proposed: bool,
    /// An amendment can be proposed.
    may_amend: bool,
    href: String,
    name: String,
    person: String,
    place: String,
    urgency: Option<(&'static str, String)>,
    has_radiograph: bool,
    radiograph: String,
    /// Heading and conclusion of reports that the box's physicians signed.
    reports: Vec<(String, String)>,
    earlier: Vec<Earlier>,
    scored: Vec<Choice>,
    unscored: Vec<Addable>,
    model: String,
    conclusion: String,
    text_max: usize,
}

/// A reading that the portal has given before.
struct Earlier {
    who: String,
    conclusion: String,
    opinions: Vec<String>,
    outcome: String,
}

/// A finding with a score.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) hint: bool,
    pub(super) call: &'static str,
    pub(super) machine: String,
    pub(super) score: String,
    /// Code, word, whether it is chosen.
    pub(super) options: [(&'static str, String, bool); 3],
}

/// A finding without one.
pub(super) struct Addable {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) why: String,
    pub(super) seen: bool,
}

/// What was written so far.
#[derive(Default)]
pub(super) struct Written {
    pub(super) opinions: Vec<(Finding, Opinion)>,
    pub(super) conclusion: String,
}

impl Written {
    pub(super) fn opinion(&self, finding: Finding) -> Opinion {
        let found = self.opinions.iter().find(|(one, _)| *one == finding);
        found.map_or(Opinion::Undecided, |(_, opinion)| *opinion)
    }
}

/// What comes in the address.
#[derive(Deserialize)]
pub(super) struct Note {
    given: Option<String>,
    proposed: Option<String>,
}

/// `GET /read`.
pub(super) async fn list(
    State(portal): State<Portal>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let page = session.page(&headers, "portal-films-title");
    let lists = move || {
        let storage = portal.storage();
        let foreign = storage.object_studies(super::foreign::ROWS_MAX)?;
        let lists = (storage.waiting_films()?, storage.read_films()?, foreign);
        let announced = announced::open(&portal)?;
        Ok::<_, StorageError>((lists, announced, portal.dhis2().is_some()))
    };
    let ((waiting, read, foreign), (announced, now), dhis2) = blocking(lists).await?;
    let announced = announced.iter().map(|one| Card::of(page.locale, one, now)).collect();
    let films = |films: &[WaitingFilm]| films.iter().map(|one| film(page.locale, one)).collect();
    let lists = [films(&waiting), films(&read)];
    let foreign = foreign.iter().map(|one| super::foreign::Row::of(page.locale, one)).collect();
    render(StatusCode::OK, &FilmsPage { announced, lists, foreign, dhis2, page })
}

fn film(locale: &Locale, one: &WaitingFilm) -> Film {
    let urgency = one.urgency;
    Film {
        href: format!("/read/{}/{}", one.box_id, one.study),
        name: one.name.reveal().clone(),
        urgency: urgency.map_or("none", crate::domain::reading::Urgency::code),
        urgency_word: urgency.map_or_else(String::new, |one| locale.urgency_word(one)),
        signed: one.signed,
        place: place(locale, &one.site, &one.number),
        time: time(locale, one.read.unwrap_or(one.received)),
    }
}

pub(super) fn place(locale: &Locale, site: &str, number: &str) -> String {
    let number = locale.text("study-title", &[("number", number.into())]);
    if site.is_empty() { number } else { format!("{site} · {number}") }
}

/// A time by the portal's clock, UTC.
pub(super) fn time(locale: &Locale, wall: WallMs) -> String {
    utc(locale, Stamp { wall, trust: ClockTrust::Synced })
}

/// Box and study of an address.
pub(super) fn ids(from: &str, study: &str) -> Result<(KeyId, StudyId), Trouble> {
    KeyId::parse(from).zip(StudyId::parse(study)).ok_or(Trouble::Unknown)
}

/// A film with what the portal has said about it.
pub(super) async fn load(
    portal: &Portal,
    from: KeyId,
    study: StudyId,
) -> Result<(FilmToRead, Vec<SentOrder>), Trouble> {
    let portal = portal.clone();
    let work = move || {
        let Some(film) = portal.film(from, study)? else { return Ok(None) };
        Ok(Some((film, portal.storage().sent_orders(from, Some(study))?)))
    };
    blocking(work).await?.ok_or(Trouble::Unknown)
}

/// `GET /read/{from}/{study}`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((from, study)): Path<(String, String)>,
    Query(note): Query<Note>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let (from, study) = ids(&from, &study)?;
    let (film, sent) = load(&portal, from, study).await?;
    tracing::info!(reader = session.reader.id, %from, %study, "a reader looks at a film");
    let page = session.page(&headers, "viewer-title");
    let mut page = film_page(page, (from, study), (&film, &sent), &Written::default());
    page.given = note.given.is_some();
    page.proposed = note.proposed.is_some();
    render(StatusCode::OK, &page)
}

/// `GET /read/{from}/{study}/radiograph.png`.
pub(super) async fn radiograph(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((from, study)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    Session::of(&portal, &headers).await?;
    let (from, study) = ids(&from, &study)?;
    let work = move || {
        let Some(film) = portal.film(from, study)? else { return Ok(None) };
        portal.storage().radiograph(from, film.reading.radiograph)
    };
    let bytes = blocking(work).await?.ok_or(Trouble::Unknown)?;
    Ok(([(CONTENT_TYPE, "image/png")], bytes).into_response())
}

/// `POST /read/{from}/{study}`: gives a second opinion; it goes down to the box.
pub(super) async fn submit(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path((from, study)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let session = Session::of(&portal, &headers).await?;
    let fields = Fields(fields);
    session.check(&fields)?;
    let (from, study) = ids(&from, &study)?;
    let (film, sent) = load(&portal, from, study).await?;
    let written = Written {
        opinions: opinions(&film, &fields),
        conclusion: fields.get("conclusion").to_owned(),
    };
    let radiograph = film.reading.radiograph;
    // An opinion counts for the radiograph that was looked at, and for no other.
    let wrong = if fields.get("radiograph") != radiograph.to_string() {
        Some("report-new-reading")
    } else if written.conclusion.trim().is_empty() {
        Some("report-no-conclusion")
    } else {
        None
    };
    let conclusion = FreeText::parse(&written.conclusion).filter(|_| wrong.is_none());
    let Some(conclusion) = conclusion else {
        let page = session.page(&headers, "viewer-title");
        let most = [("most", FreeText::CHARS_MAX.into())];
        let stop = match wrong {
            Some(key) => page.t(key),
            None => page.locale.text("field-text-long", &most),
        };
        let mut page = film_page(page, (from, study), (&film, &sent), &written);
        page.stop = Some(stop);
        return render(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let reader = session.reader.name;
    let work = move || {
        let (opinions, at) = (written.opinions, portal.now().wall);
        let review = Review { study, radiograph, reader, at, opinions, conclusion };
        portal.order(from, &Asked::Review(review))
    };
    let number = blocking(work).await?;
    tracing::info!(%from, %study, number, "a second opinion waits for its box");
    Ok(Redirect::to(&format!("/read/{from}/{study}?given=1")).into_response())
}

fn opinions(film: &FilmToRead, fields: &Fields) -> Vec<(Finding, Opinion)> {
    let scored = film.reading.scored.iter().map(|(finding, _)| *finding);
    let unscored = film.reading.unscored.iter().map(|(finding, _)| *finding);
    let mut said: Vec<_> = scored
        .chain(unscored)
        .filter_map(|finding| {
            let opinion = Opinion::parse(fields.get(&format!("finding-{}", finding.code())))?;
            (opinion != Opinion::Undecided).then_some((finding, opinion))
        })
        .collect();
    said.sort_by_key(|(finding, _)| *finding);
    said
}

fn film_page(
    page: Page,
    (from, study): (KeyId, StudyId),
    (film, sent): (&FilmToRead, &[SentOrder]),
    written: &Written,
) -> FilmPage {
    let locale = page.locale;
    let age = match film.study.age {
        Some(AgeEvidence::Told(age)) => locale.text("age-years", &[("years", age.years().into())]),
        Some(AgeEvidence::BirthYear(year)) => year.to_string(),
        None => locale.t("age-unknown"),
    };
    let sex = locale.sex_word(film.study.sex);
    let scored = |hint: bool| {
        let wanted = film.reading.scored.iter().filter(move |(_, one)| is_hint(*one) == hint);
        wanted.map(|(finding, machine)| choice(locale, (*finding, *machine), written))
    };
    FilmPage {
        stop: None,
        given: false,
        proposed: false,
        may_amend: amend::is_possible(film),
        href: format!("/read/{from}/{study}"),
        name: film.study.name.reveal().as_str().to_owned(),
        person: locale.text("patient-line", &[("sex", sex.into()), ("age", age.into())]),
        place: place(locale, &film.site, &film.study.number),
        urgency: film.study.urgency.map(|one| (one.code(), locale.urgency_word(one))),
        has_radiograph: film.has_radiograph,
        radiograph: film.reading.radiograph.to_string(),
        reports: film
            .reports
            .iter()
            .map(|one| {
                let version = one.version.into();
                let title = locale.text("report-version", &[("version", version)]);
                (format!("{title} · {}", one.signer), one.conclusion.reveal().clone())
            })
            .collect(),
        earlier: sent.iter().filter_map(|one| earlier(locale, one)).collect(),
        // What the box measured well first; a hint stays a hint.
        scored: scored(false).chain(scored(true)).collect(),
        unscored: film
            .reading
            .unscored
            .iter()
            .map(|(finding, why)| Addable {
                code: finding.code(),
                name: locale.finding_name(*finding),
                why: why.clone(),
                seen: written.opinion(*finding) == Opinion::Seen,
            })
            .collect(),
        model: film.reading.model.clone(),
        conclusion: written.conclusion.clone(),
        text_max: FreeText::CHARS_MAX,
        page,
    }
}

pub(super) const fn is_hint(machine: Machine) -> bool {
    matches!(machine, Machine::Scored { evidence: Evidence::Hint, .. })
}

pub(super) fn choice(
    locale: &Locale,
    (finding, machine): (Finding, Machine),
    written: &Written,
) -> Choice {
    let opinion = written.opinion(finding);
    let (call, score) = match machine {
        Machine::Scored { call, score, threshold, .. } => {
            (call.code(), locale.score_line(score, threshold))
        }
        Machine::NotAssessed(why) => ("none", locale.not_assessed_reason(why)),
    };
    Choice {
        code: finding.code(),
        name: locale.finding_name(finding),
        hint: is_hint(machine),
        call,
        machine: locale.machine_word(machine),
        score,
        options: Opinion::ALL.map(|one| (one.code(), locale.opinion_word(one), one == opinion)),
    }
}

/// A reading that was given or an amendment that was proposed, and what the box says of it.
fn earlier(locale: &Locale, sent: &SentOrder) -> Option<Earlier> {
    let read = orders::read(OrderKind::parse(&sent.order.kind)?, sent.order.body.reveal());
    let (key, conclusion, opinions) = match read {
        Ok(Asked::Review(review)) => ("review-by", review.conclusion, review.opinions),
        Ok(Asked::Amendment(one)) => ("portal-amend-by", one.conclusion, one.opinions),
        _ => return None,
    };
    let mut outcome = outcome(locale, sent);
    let words = sent.words.reveal();
    outcome.extend((!words.is_empty()).then(|| words.clone()));
    let args = [("name", sent.by.as_str().into()), ("time", time(locale, sent.order.at).into())];
    Some(Earlier {
        who: locale.text(key, &args),
        conclusion: conclusion.as_str().to_owned(),
        opinions: locale.opinion_lines(&opinions),
        outcome: outcome.join(" · "),
    })
}
