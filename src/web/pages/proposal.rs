//! Amendments that the portal proposes, as pages show them beside the signed report. A physician takes one
//! over by the form of an amendment, or declines it here.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::app::{App, ReportView};
use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::rights::Right;
use crate::domain::signing::{FreeText, SignedVersion};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::domain::sync::amendment::{KeptAmendment, Settled};
use crate::locale::Locale;
use crate::web::error::Failure;
use crate::web::guard::{Posted, Session};
use crate::web::pages::pixels::study_id;

/// A proposed amendment in words.
pub(in crate::web) struct Proposal {
    /// What names it in addresses and forms.
    pub(in crate::web) hash: String,
    /// By whom, when, to which version.
    pub(in crate::web) who: String,
    pub(in crate::web) reason: String,
    pub(in crate::web) conclusion: String,
    pub(in crate::web) recommendation: String,
    pub(in crate::web) opinions: Vec<String>,
    /// It follows another version than the newest one.
    pub(in crate::web) older: bool,
    /// What became of it; `None`: it waits for a physician.
    pub(in crate::web) settled: Option<String>,
    /// The person who looks at the page may answer it.
    pub(in crate::web) may_answer: bool,
}

impl Proposal {
    /// All of one study, the newest first.
    pub(in crate::web) fn all(
        app: &App,
        locale: &Locale,
        session: &Session,
        (kept, versions): (&[KeptAmendment], &[SignedVersion]),
    ) -> Vec<Self> {
        let may = session.may(Right::Report);
        kept.iter().rev().map(|one| Self::of(app, locale, may, (one, versions))).collect()
    }

    fn of(
        app: &App,
        locale: &Locale,
        may: bool,
        (kept, versions): (&KeptAmendment, &[SignedVersion]),
    ) -> Self {
        let amendment = &kept.amendment;
        let minutes = app.utc_offset_minutes();
        let at = Stamp { wall: amendment.at, trust: ClockTrust::Synced };
        let version = versions.iter().find(|one| one.hash == amendment.follows);
        let args = [
            ("name", amendment.reader.as_str().into()),
            ("time", locale.time_text(at, minutes).into()),
            ("version", version.map_or(0, |one| one.head.version).into()),
        ];
        let settled = kept.settled.as_ref().map(|(settled, by, at)| {
            let (name, time) = (by.as_str().into(), locale.time_text(*at, minutes).into());
            match settled {
                Settled::TakenOver(version) => {
                    let args = [("name", name), ("time", time), ("version", (*version).into())];
                    locale.text("proposal-taken", &args)
                }
                Settled::Declined(why) => {
                    let args = [("name", name), ("time", time), ("reason", why.as_str().into())];
                    locale.text("proposal-declined", &args)
                }
            }
        });
        Self {
            hash: kept.hash.to_string(),
            who: locale.text("proposal-by", &args),
            reason: amendment.reason.as_str().to_owned(),
            conclusion: amendment.conclusion.as_str().to_owned(),
            recommendation: amendment.recommendation.as_str().to_owned(),
            opinions: locale.opinion_lines(&amendment.opinions),
            older: kept.waits() && kept.is_about_older(versions.last().map(|last| last.hash)),
            may_answer: may && kept.waits(),
            settled,
        }
    }
}

/// A proposal that waits, by what a form or an address names it; `None` where it names none.
pub(in crate::web) fn named<'a>(
    view: &'a ReportView,
    name: &str,
) -> Result<Option<&'a KeptAmendment>, Fault> {
    if name.is_empty() {
        return Ok(None);
    }
    let hash = Sha256Digest::parse(name).ok_or(Fault::PageUnknown)?;
    let found = view.amendments.iter().find(|one| one.hash == hash).ok_or(Fault::PageUnknown)?;
    // Somebody else has answered it meanwhile.
    if found.waits() { Ok(Some(found)) } else { Err(Fault::StudyChanged) }
}

/// `POST /studies/{study}/proposal`: a physician declines a proposal, with a reason.
pub(in crate::web) async fn decline(
    State(app): State<App>,
    Path(study): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let study = study_id(&study)?;
    let Posted { session, fields } = posted;
    let proposal = Sha256Digest::parse(fields.get("proposal")).ok_or(Fault::FormUnreadable)?;
    let reason = FreeText::parse(fields.get("reason")).ok_or(Fault::FieldInvalid)?;
    app.decline_amendment(&session.operator, study, proposal, reason).await?;
    Ok(Redirect::to(&format!("/studies/{study}/report")).into_response())
}
