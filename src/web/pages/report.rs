//! `/studies/{study}/report`: a physician reads, writes, signs and amends.
//!
//! Everything that is sent is saved before anything else is done with it, so that a wrong PIN or a
//! missing word loses nothing. Next and previous save too.

mod edit;
mod signed;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, LoginFault, ReportView, ToSign, begun};
use crate::domain::fault::{Fault, Kind};
use crate::domain::ids::StudyId;
use crate::domain::rights::Right;
use crate::domain::signing::{Credit, CreditKind, Edits, FreeText, ReportContent};
use crate::domain::study::StudyState;
use crate::domain::sync::amendment::KeptAmendment;
use crate::web::error::{Failure, status_of};
use crate::web::forms::Fields;
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};
use crate::web::pages::pixels::study_id;
use crate::web::pages::proposal;
use edit::Place;
pub(in crate::web) use signed::version;

/// What comes in the address.
#[derive(Deserialize)]
pub(in crate::web) struct Way {
    queue: Option<String>,
    /// Hash of an amendment that the portal proposes, to be taken over.
    #[serde(default)]
    proposal: String,
}

/// `GET /studies/{study}/report`: the form, or the signed report.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
    Query(way): Query<Way>,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    let view = app.report(study).await?;
    if view.study.state == StudyState::Signed {
        return signed::render(&app, &session, &view, None);
    }
    session.operator.needs(Right::Report)?;
    let form = Form::begin(&app, &session, &view, (false, None));
    let place = place(&app, &session, study, way.queue.is_some()).await?;
    render(&app, &session, &view, form, place)
}

/// `GET /studies/{study}/report/amend`.
pub(in crate::web) async fn amend(
    State(app): State<App>,
    session: Session,
    Path(study): Path<String>,
    Query(way): Query<Way>,
) -> Result<Response, Failure> {
    let view = app.report(study_id(&study)?).await?;
    if view.study.state != StudyState::Signed {
        return Err(Fault::ReportNotReady.into());
    }
    let proposal = proposal::named(&view, &way.proposal)?;
    let form = Form::begin(&app, &session, &view, (true, proposal));
    render(&app, &session, &view, form, None)
}

/// `POST /studies/{study}/report` and `…/amend`: save, then sign, or go on.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let study = study_id(&study)?;
    let view = app.report(study).await?;
    let mut form = Form::read(&app, &session, &view, &fields)?;
    let in_queue = fields.get("queue") == "1";
    let place = place(&app, &session, study, in_queue).await?;
    if let Err(fault) = form.save(&app, &session, &view).await {
        if fault.kind() == Kind::Internal {
            return Err(fault.into());
        }
        form.stop = Some((fault, 0));
        return render(&app, &session, &view, form, place);
    }
    if form.new_reading {
        form.stop = Some((Fault::StudyChanged, 0));
        return render(&app, &session, &view, form, place);
    }
    let next = |place: Option<&Place>| {
        let next = place.and_then(|place| place.next.clone());
        next.unwrap_or_else(|| "/review".to_owned())
    };
    match fields.get("action") {
        "sign" => match form.sign(&app, &session, &view).await {
            Ok(()) if in_queue => Ok(Redirect::to(&next(place.as_ref())).into_response()),
            Ok(()) => Ok(Redirect::to(&format!("/studies/{study}/report")).into_response()),
            Err(refused) if refused.fault.kind() == Kind::Internal => Err(refused.fault.into()),
            Err(refused) => {
                form.stop = Some((refused.fault, refused.wait_s));
                let view = app.report(study).await?;
                form.study_version = view.study.version;
                render(&app, &session, &view, form, place)
            }
        },
        "next" => Ok(Redirect::to(&next(place.as_ref())).into_response()),
        "previous" => {
            let before = place.and_then(|place| place.previous);
            Ok(Redirect::to(before.as_deref().unwrap_or("/review")).into_response())
        }
        action if action.starts_with("take-") => {
            let view = app.report(study).await?;
            if let Err(fault) = form.take_over(&app, &session, &view, action).await {
                form.stop = Some((fault, 0));
            }
            form.saved_now = form.stop.is_none();
            let view = app.report(study).await?;
            render(&app, &session, &view, form, place)
        }
        _ => {
            form.saved_now = true;
            let view = app.report(study).await?;
            render(&app, &session, &view, form, place)
        }
    }
}

/// What stands in the form.
struct Form {
    edits: Edits,
    /// Revision of the draft that the page was made from; 0 without one.
    revision: u32,
    /// Number of the study's last event when the page was made.
    study_version: i64,
    /// A signed report is changed.
    amends: bool,
    /// The portal's proposal that is taken over.
    proposal: Option<KeptAmendment>,
    reason: String,
    pin: String,
    /// What is wrong with a text, or with the decisions.
    complaints: Vec<(&'static str, String)>,
    stop: Option<(Fault, u32)>,
    /// A draft was made from another reading: its decisions do not count.
    new_reading: bool,
    saved_now: bool,
    language: &'static str,
}

impl Form {
    /// What the page begins with: the draft that was saved, the report that is amended, or the words
    /// of the box; what the portal proposes, where that is to be taken over.
    fn begin(
        app: &App,
        session: &Session,
        view: &ReportView,
        (amends, proposal): (bool, Option<&KeptAmendment>),
    ) -> Self {
        let locale = Page::inside(session, "report-edit-title").locale;
        let radiograph = view.basis.as_ref().map(|basis| basis.radiograph);
        let newest = view.versions.last();
        let signed = newest.and_then(|one| crate::domain::report_text::read(one.text.reveal()));
        let (edits, new_reading) = match (proposal, &view.draft, signed) {
            (Some(kept), _, signed) => {
                let mut edits = kept.amendment.edits(radiograph);
                // Who is named in the version before stays named until somebody takes the mark away.
                edits.credits.splice(0..0, signed.into_iter().flat_map(|before| before.credits));
                (edits, false)
            }
            (None, Some(draft), _) if Some(draft.radiograph) == radiograph => {
                (draft.edits.clone(), false)
            }
            (None, Some(draft), _) => {
                let kept = Edits { opinions: Vec::new(), ..draft.edits.clone() };
                (kept, true)
            }
            (None, None, Some(signed)) => (signed.edits(), false),
            (None, None, None) => (begun(view, app.report_settings(), locale), false),
        };
        Self {
            edits,
            revision: view.draft.as_ref().map_or(0, |draft| draft.revision),
            study_version: view.study.version,
            amends,
            reason: proposal
                .map_or_else(String::new, |kept| kept.amendment.reason.as_str().to_owned()),
            proposal: proposal.cloned(),
            pin: String::new(),
            complaints: Vec::new(),
            stop: None,
            new_reading,
            saved_now: false,
            language: locale.code(),
        }
    }

    /// What was sent.
    fn read(
        app: &App,
        session: &Session,
        view: &ReportView,
        fields: &Fields,
    ) -> Result<Self, Fault> {
        let proposal = proposal::named(view, fields.get("proposal"))?;
        let mut form = Self::begin(app, session, view, (fields.get("amends") == "1", proposal));
        // What a draft names is named until somebody takes the mark away; a proposal always is.
        let must = proposal.map(|kept| kept.amendment.credit());
        let named = view.draft.as_ref().map_or(form.edits.credits, |d| d.edits.credits.clone());
        form.edits.credits = edit::credits(named, must.as_ref(), fields);
        let number =
            |name: &str| fields.get(name).parse::<i64>().map_err(|_| Fault::FormUnreadable);
        form.revision = u32::try_from(number("revision")?).map_err(|_| Fault::FormUnreadable)?;
        form.study_version = number("study_version")?;
        let basis = view.basis.as_ref().ok_or(Fault::ReportNotReady)?;
        // Opinions count for the radiograph that was looked at, and for no other.
        form.new_reading = fields.get("radiograph") != basis.radiograph.to_string();
        form.edits.opinions =
            if form.new_reading { Vec::new() } else { edit::opinions(basis, fields) };
        let locale = Page::inside(session, "report-edit-title").locale;
        let most = [("most", FreeText::CHARS_MAX.into())];
        let mut take = |field: &'static str, written: &str, kept: &mut FreeText| {
            match FreeText::parse(written) {
                Some(parsed) => *kept = parsed,
                None => form.complaints.push((field, locale.text("field-text-long", &most))),
            }
        };
        take("conclusion", fields.get("conclusion"), &mut form.edits.conclusion);
        let template = fields.get("template");
        let more = fields.get("recommendation");
        let whole = [template, more].into_iter().filter(|part| !part.trim().is_empty());
        let whole = whole.collect::<Vec<_>>().join("\n");
        take("recommendation", &whole, &mut form.edits.recommendation);
        fields.get("reason").clone_into(&mut form.reason);
        fields.get("pin").trim().clone_into(&mut form.pin);
        Ok(form)
    }

    /// Saves what was sent, where it differs from what is saved or what the box began with.
    async fn save(&mut self, app: &App, session: &Session, view: &ReportView) -> Result<(), Fault> {
        if !self.complaints.is_empty() {
            return Err(Fault::FieldInvalid);
        }
        let begun = Self::begin(app, session, view, (self.amends, None));
        let unchanged = begun.edits == self.edits && begun.revision == self.revision;
        if unchanged && !begun.new_reading {
            return Ok(());
        }
        let (by, study, edits) = (&session.operator, view.study.id, self.edits.clone());
        match app.save_report(by, study, self.revision, edits).await {
            Ok(revision) => {
                self.revision = revision;
                Ok(())
            }
            Err(Fault::ReportChanged) => {
                // The next save goes over the other version: the person was told.
                self.revision = view.draft.as_ref().map_or(0, |draft| draft.revision);
                Err(Fault::ReportChanged)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Puts the words of a second opinion under those that are written, and saves. Decisions are not
    /// taken over: each stays the physician's own.
    async fn take_over(
        &mut self,
        app: &App,
        session: &Session,
        view: &ReportView,
        action: &str,
    ) -> Result<(), Fault> {
        let number = action.strip_prefix("take-").and_then(|text| text.parse::<u64>().ok());
        let taken = view.reviews.iter().find(|one| Some(one.number) == number);
        let review = &taken.ok_or(Fault::FormUnreadable)?.review;
        let words = review.conclusion.as_str();
        let credit =
            Credit { kind: CreditKind::Review, name: review.reader.clone(), at: review.at };
        let mut lines = vec![self.edits.conclusion.as_str(), words];
        lines.retain(|line| !line.is_empty());
        match FreeText::parse(&lines.join("\n")) {
            Some(whole) => {
                self.edits.conclusion = whole;
                if !self.edits.credits.contains(&credit) {
                    self.edits.credits.push(credit);
                }
            }
            None => {
                let locale = Page::inside(session, "report-edit-title").locale;
                let most = [("most", FreeText::CHARS_MAX.into())];
                self.complaints.push(("conclusion", locale.text("field-text-long", &most)));
            }
        }
        self.save(app, session, view).await
    }

    /// Signs what was sent, after the PIN was asked for again.
    async fn sign(
        &mut self,
        app: &App,
        session: &Session,
        view: &ReportView,
    ) -> Result<(), LoginFault> {
        let locale = Page::inside(session, "report-edit-title").locale;
        let reason = match (self.amends, FreeText::parse(&self.reason)) {
            (false, _) => FreeText::default(),
            (true, Some(reason)) if !reason.is_empty() => reason,
            (true, _) => return Err(Fault::ReasonMissing.into()),
        };
        let basis = view.basis.clone().ok_or(Fault::ReportNotReady)?;
        let content = ReportContent::new(self.language, basis, &self.edits);
        if let Err(why) = content.signable() {
            self.complaints.push(("sign", locale.not_signable_text(why)));
            return Err(Fault::ReportIncomplete.into());
        }
        app.check_passcode(session.operator.id, &self.pin).await?;
        let to_sign = ToSign {
            study: view.study.id,
            study_version: self.study_version,
            language: self.language,
            edits: self.edits.clone(),
            reason,
            proposal: self.proposal.as_ref().map(|kept| kept.hash),
        };
        Ok(app.sign_report(&session.operator, to_sign).await?)
    }
}

/// Where the study stands among those to be signed; `None` for somebody who came another way.
async fn place(
    app: &App,
    session: &Session,
    study: StudyId,
    wanted: bool,
) -> Result<Option<Place>, Fault> {
    if !wanted {
        return Ok(None);
    }
    let place = app.queue_place(&session.operator, study).await?;
    Ok(place.as_ref().map(Place::of))
}

fn render(
    app: &App,
    session: &Session,
    view: &ReportView,
    form: Form,
    place: Option<Place>,
) -> Result<Response, Failure> {
    let title = if form.amends { "report-amend-title" } else { "report-edit-title" };
    let frame = Page::inside(session, title);
    let status = form.stop.map_or(StatusCode::OK, |(fault, _)| status_of(fault.kind()));
    let stop = form.stop.map(|(fault, wait_s)| Stop::new(&frame, fault).waiting(&frame, wait_s));
    let basis = view.basis.as_ref().ok_or(Fault::ReportNotReady)?;
    let place = (form, place, stop);
    let template = edit::EditPage::new(app, session, frame, (view, basis), place)?;
    Ok(page(status, &template))
}
