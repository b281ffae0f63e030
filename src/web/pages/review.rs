//! `/review`: what waits for a signature, by urgency, and films that are signed together.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, Batch, BatchMember, ReviewRow};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::StudyId;
use crate::domain::study::StudyState;
use crate::locale::Locale;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::worklist::person_line;

#[derive(askama::Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    stop: Option<Stop>,
    /// What was just signed.
    note: Option<String>,
    count: String,
    start: Option<String>,
    rows: Vec<Row>,
    more: Option<String>,
    /// Films that could be signed together, in words, and batches that are begun.
    /// A new network waits for a decision.
    network_waits: bool,
    draw: Option<String>,
    open: Vec<(i64, String)>,
}

/// One unsigned report.
struct Row {
    href: String,
    name: String,
    person: String,
    number: String,
    urgency: &'static str,
    word: String,
    headline: Option<String>,
    hints: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "batch.html")]
struct BatchPage {
    page: Page,
    stop: Option<Stop>,
    seq: i64,
    sample: Vec<Sampled>,
    sample_read: bool,
    /// On a film of the sample the physician saw what the box did not.
    saw: bool,
    films: Vec<Film>,
    films_title: String,
    left: Vec<Row>,
    sign: String,
}

/// A film that chance took out.
struct Sampled {
    row: Row,
    signed: bool,
}

/// A film among those for one signature.
struct Film {
    row: Row,
    study: String,
    thumbnail: String,
    alt: String,
    chosen: bool,
}

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    signed: Option<String>,
}

/// `GET /review`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let signed = wanted.signed.and_then(|count| count.parse::<usize>().ok());
    render(&app, &session, signed, None).await
}

async fn render(
    app: &App,
    session: &Session,
    signed: Option<usize>,
    fault: Option<Fault>,
) -> Result<Response, Failure> {
    let network_waits = app.network_waits().await?;
    let queue = app.review_queue(&session.operator).await?;
    let frame = Page::inside(session, "review-title");
    let locale = frame.locale;
    let shown = Shown { locale, year: app.year_now() };
    let counted = |key: &str, count: u64| locale.text(key, &[("count", count.into())]);
    let mut open: Vec<(i64, u64)> = Vec::new();
    for row in &queue.rows {
        let Some(batch) = row.batch else { continue };
        match open.iter_mut().find(|(seq, _)| *seq == batch) {
            Some((_, films)) => *films += 1,
            None => open.push((batch, 1)),
        }
    }
    let next = queue.undrawn;
    let hidden = queue.unsigned > queue.rows.len() as u64;
    let template = ReviewPage {
        network_waits,
        stop: fault.map(|fault| Stop::new(&frame, fault)),
        note: signed.map(|count| locale.text("batch-done", &[("count", count.into())])),
        count: if queue.unsigned == 0 {
            locale.t("review-none")
        } else {
            counted("review-count", queue.unsigned)
        },
        start: queue.rows.first().map(|row| format!("/studies/{}/report?queue=1", row.id)),
        more: hidden.then(|| counted("review-more", queue.rows.len() as u64)),
        draw: (next > 0).then(|| counted("review-batch-draw", next)),
        open: open
            .into_iter()
            .map(|(seq, films)| (seq, counted("review-batch-open", films)))
            .collect(),
        rows: queue.rows.iter().map(|row| shown.row(row)).collect(),
        page: frame,
    };
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}

/// `POST /review/batch`: draws the next batch.
pub(in crate::web) async fn draw(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    match app.draw_batch(&posted.session.operator).await {
        Ok(seq) => Ok(Redirect::to(&format!("/review/batch/{seq}")).into_response()),
        Err(Fault::BatchEmpty) => {
            render(&app, &posted.session, None, Some(Fault::BatchEmpty)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /review/batch/{seq}`.
pub(in crate::web) async fn batch(
    State(app): State<App>,
    session: Session,
    Path(seq): Path<String>,
) -> Result<Response, Failure> {
    let batch = app.batch(&session.operator, number(&seq)?).await?;
    render_batch(&app, &session, &batch, None, (None, 0)).await
}

/// `POST /review/batch/{seq}`: one signature for the chosen films.
pub(in crate::web) async fn sign(
    State(app): State<App>,
    Path(seq): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let seq = number(&seq)?;
    let batch = app.batch(&session.operator, seq).await?;
    let chosen = batch.members.iter().map(|member| member.row.id);
    let chosen: Vec<StudyId> =
        chosen.filter(|study| fields.get(&format!("study-{study}")) == "yes").collect();
    let locale = Page::inside(&session, "batch-title").locale;
    let refused = if chosen.is_empty() || fields.get("confirm") != "yes" {
        (Fault::BatchUnconfirmed, 0)
    } else if !batch.sample_read() {
        (Fault::SampleUnread, 0)
    } else {
        match app.check_passcode(session.operator.id, fields.get("pin").trim()).await {
            Err(refused) => (refused.fault, refused.wait_s),
            Ok(()) => match app.sign_batch(&session.operator, seq, chosen.clone(), locale).await {
                Ok(count) => {
                    let target = format!("/review?signed={count}");
                    return Ok(Redirect::to(&target).into_response());
                }
                Err(fault) => (fault, 0),
            },
        }
    };
    if refused.0.kind() == Kind::Internal {
        return Err(refused.0.into());
    }
    let batch = app.batch(&session.operator, seq).await?;
    render_batch(&app, &session, &batch, Some(&chosen), (Some(refused.0), refused.1)).await
}

async fn render_batch(
    app: &App,
    session: &Session,
    batch: &Batch,
    chosen: Option<&[StudyId]>,
    (fault, wait_s): (Option<Fault>, u32),
) -> Result<Response, Failure> {
    let frame = Page::inside(session, "batch-title");
    let locale = frame.locale;
    let shown = Shown { locale, year: app.year_now() };
    let sampled = batch.members.iter().filter(|member| member.row.sampled);
    let mut saw = false;
    for member in sampled.clone().filter(|member| member.state == StudyState::Signed) {
        saw = saw || app.sees_something(member.row.id).await?;
    }
    let films: Vec<_> = batch
        .members
        .iter()
        .filter(|member| member.may_be_signed())
        .filter_map(|member| shown.film(member, chosen))
        .collect();
    let left = batch.members.iter().filter(|member| {
        !member.row.sampled && member.state == StudyState::Reported && !member.may_be_signed()
    });
    let count = films.len();
    let template = BatchPage {
        stop: fault.map(|fault| Stop::new(&frame, fault).waiting(&frame, wait_s)),
        seq: batch.seq,
        sample: sampled
            .map(|member| Sampled {
                row: shown.row(&member.row),
                signed: member.state == StudyState::Signed,
            })
            .collect(),
        sample_read: batch.sample_read(),
        saw,
        films,
        films_title: locale.text("batch-films-title", &[("count", count.into())]),
        left: left.map(|member| shown.row(&member.row)).collect(),
        sign: locale.text("batch-sign", &[("count", count.into())]),
        page: frame,
    };
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}

/// In which words rows are shown.
struct Shown {
    locale: &'static Locale,
    year: i32,
}

impl Shown {
    fn row(&self, row: &ReviewRow) -> Row {
        let locale = self.locale;
        let headline = row.headline.map(|(finding, _, call)| {
            let (finding, call) = (locale.finding_name(finding), locale.call_word(call));
            locale.text("headline", &[("finding", finding.into()), ("call", call.into())])
        });
        let hints = row.hints.iter().map(|finding| locale.finding_name(*finding));
        let hints = hints.collect::<Vec<_>>().join(", ");
        Row {
            hints: (!hints.is_empty())
                .then(|| locale.text("batch-hints", &[("findings", hints.into())])),
            href: format!("/studies/{}/report?queue=1", row.id),
            name: row.patient.name.reveal().as_str().to_owned(),
            person: person_line(locale, &row.patient, self.year),
            number: row.number.to_string(),
            urgency: row.urgency.map_or("none", |urgency| urgency.code()),
            word: row
                .urgency
                .map_or_else(|| locale.t("review-no-urgency"), |one| locale.urgency_word(one)),
            headline,
        }
    }

    fn film(&self, member: &BatchMember, chosen: Option<&[StudyId]>) -> Option<Film> {
        let photo = member.row.photo?;
        let study = member.row.id;
        let number = [("number", member.row.number.to_string().into())];
        Some(Film {
            row: self.row(&member.row),
            study: study.to_string(),
            thumbnail: format!("/studies/{study}/photos/{photo}/thumbnail.jpg"),
            alt: self.locale.text("batch-alt", &number),
            chosen: chosen.is_none_or(|chosen| chosen.contains(&study)),
        })
    }
}

fn number(seq: &str) -> Result<i64, Fault> {
    seq.parse().map_err(|_| Fault::PageUnknown)
}
